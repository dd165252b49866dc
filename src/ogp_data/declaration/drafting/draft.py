"""A document -> the declaration of what was seen of it, as text, with what is left to fill in."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from ogp_data.core.messages import Message, Plural, languages
from ogp_data.declaration.drafting.frame import Facts, find_facts, propose_frame
from ogp_data.declaration.drafting.grids import (
    Tables,
    find_listing,
    find_tables,
    known_cells,
    propose_assessments,
    propose_commitments_of,
    propose_tables,
    titles_in,
)
from ogp_data.declaration.drafting.language import Spoken, detect
from ogp_data.declaration.drafting.lists import find_commitments, propose_commitments, propose_lists
from ogp_data.declaration.drafting.opening import Opened, opened
from ogp_data.declaration.drafting.outline import Outline, outline
from ogp_data.declaration.drafting.page import Page, Written
from ogp_data.declaration.drafting.proposal import Entry, Proposal, Sight, said
from ogp_data.declaration.drafting.shared_keys import SHARED
from ogp_data.declaration.drafting.writing import sample
from ogp_data.documents import Block, Document
from ogp_data.models.lexicon import lexicon
from ogp_data.models.lists import ValueLists

DAY = datetime.date(1, 1, 1)
"""What stands for a day that a person is to fill in."""
_MADE = ("source_findings", "overview", "ogp-crosswalk")
"""The datasets that are made of others, and need no more than their name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a draft is asked for: its id, the path of its document, and in which language it speaks to its steward.

    `spoken` is the language of the document where the steward says it; `given` are the keys that publications share
    already, `pages` the languages of their pages, where these are said.
    """

    id: str
    file: str
    language: str = "en"
    spoken: str = ""
    given: frozenset[str] = frozenset()
    pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A declaration as text with what is left to fill in, and what was seen of the document.

    `left` are the places of what no dataset takes, `pages` the languages of the pages, `country` its code.
    """

    written: Written
    spoken: Spoken
    proposals: tuple[Proposal, ...] = ()
    left: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    country: str = ""


def draft(asked: Asked, content: bytes, lists: ValueLists) -> Draft:
    """Return the declaration of a document as far as it can be read; what is not known is left to fill in."""
    seen_as = opened(asked.file.rpartition("/")[2], content)
    document = seen_as.document
    words = lexicon()
    seen = outline(document, partial(known_cells, words))
    spoken = Spoken(asked.spoken) if asked.spoken else detect(document.source.text, words.languages(_labels(seen)))
    facts = find_facts(Sight(seen, words, spoken.language, ()), lists["country"])
    pages = asked.pages or _pages(spoken.language, facts.code)
    sight = Sight(seen, words, spoken.language, pages, frozenset(one.dataset for one in words.known))
    proposals = tuple(_proposals(sight, facts))
    left = tuple(_left(document, {number for one in proposals for number in one.blocks}))
    page = Page(asked.language)
    _head(page, asked, [*_country(sight, facts), _plan(facts), _ISSUED, _language(spoken)])
    _source(page, asked, content, seen_as)
    for proposal in proposals:
        _dataset(page, proposal)
    if proposals and not has_commitments(proposals):
        _without_commitments(page)
    if left:
        page.begin()
        page.say(Message("No dataset takes this of the document:"), *left)
    return Draft(page.written, spoken, proposals, left, pages, facts.code)


def has_commitments(proposals: Collection[Proposal]) -> bool:
    """Return whether a dataset of the commitments is among those that are proposed."""
    return any(one.name == "commitments" for one in proposals)


def _without_commitments(page: Page) -> None:
    """Write what is to be added by hand; what is made of commitments is not drafted either."""
    page.begin()
    page.say(Message("No commitments were found, nor is anything drafted that is made of them. Say where they stand:"))
    page.say(*_COMMITMENTS, "[datasets.overview]", "[datasets.ogp-crosswalk]")


def blank(asked: Asked) -> Draft:
    """Return a declaration to start from without a document: what there always is, and what is to be filled in."""
    pages = asked.pages or _pages(asked.spoken or asked.language, "")
    page = Page(asked.language)
    country = Entry("country", "", _COUNTRY, is_open=True)
    _head(page, asked, [country, _plan(Facts()), _ISSUED, _language(Spoken(asked.spoken))], drafted=False)
    page.begin("[source]")
    page.add(Entry("file", asked.file, Message("put the document there")))
    page.add(Entry("sha256", "", Message("the SHA-256 of the document"), is_open=True), _PUBLISH)
    for name, about in _ALWAYS.items():
        _dataset(page, Proposal(name, about))
    page.begin()
    page.say(
        Message("A list, a table or headings of the document are datasets too, such as:"),
        *_COMMITMENTS,
    )
    return Draft(page.written, Spoken(asked.spoken), pages=pages)


_COMMITMENTS = ("[datasets.commitments]", 'find = { kind = "list", under = "Commitments" }')
"""How commitments are declared, as an example."""
_ALWAYS = {
    "links": Message("every link in the text"),
    "narrative": Message("the paragraphs of the running text"),
    "document": Message("title, headings and front matter"),
    "source_findings": Message("what is found to be wrong with the document"),
}


def _labels(seen: Outline) -> list[str]:
    """Return the headings, table headings and labels, by which a language is known too."""
    labels = [block.cells[0].passage.text for _, block in seen.front_matter]
    headings = [heading for grid in seen.grids if grid.is_headed for heading in grid.headings]
    return [*(section.title for section in seen.headings), *headings, *labels]


def _pages(language: str, country: str) -> tuple[str, ...]:
    """Return the languages of the pages: the document's where the program speaks it, and what a profile asks."""
    spoken = language if language in languages() else "en"
    # The Dutch profile wants Dutch titles.
    return tuple(dict.fromkeys(("nl", spoken))) if country == "NLD" else (spoken,)


def _proposals(sight: Sight, facts: Facts) -> Iterator[Proposal]:
    """Yield the datasets in the order of publication."""
    found = find_commitments(sight, find_listing(sight))
    listed = [] if found.begin_again else found.numbers
    # Where numbers begin again below each theme, no number of a table says which commitment it is.
    is_unnumbered = found.begin_again or (found.headed and len(listed) < len(found.headed))
    tables = Tables() if is_unnumbered else find_tables(sight, listed)
    columns = titles_in(tables.assessments) if found.lists or found.headed else {}
    dated = {"columns.assessed_on": _of("document", where=facts.dated)} if facts.dated else {}
    proposals = [
        *propose_commitments(sight, found, columns),
        *propose_commitments_of(sight, tables),
        *propose_assessments(sight, tables, dated),
    ]
    proposals += propose_tables(sight, tables, listed, _names(proposals))
    proposals += propose_lists(sight, _claimed(proposals), _names(proposals))
    proposals += propose_frame(sight, facts, _claimed(proposals))
    yield from proposals
    yield from _made(facts, _names(proposals))


def _made(facts: Facts, names: Collection[str]) -> Iterator[Proposal]:
    """Yield the datasets that are made of others."""
    if names:
        yield Proposal("source_findings", Message("what is found to be wrong with the document"))
    if "commitments" in names:
        yield Proposal("overview", Message("the commitments once more, in one table"))
        label = facts.country[0]
        locality = Entry("columns.country_locality", _of("document", where=label, take="as_written"))
        about = Message("the commitments in the columns of the Open Government Partnership")
        yield Proposal("ogp-crosswalk", about, (locality,) if label else ())


def _claimed(proposals: Sequence[Proposal]) -> frozenset[int]:
    return frozenset(number for one in proposals for number in one.blocks)


def _names(proposals: Sequence[Proposal]) -> list[str]:
    return [one.name for one in proposals]


def _of(dataset: str, **keys: str) -> Mapping[str, str]:
    return {"of": dataset, **keys}


def _left(document: Document, claimed: Collection[int]) -> Iterator[str]:
    """Yield what of the document no dataset takes: the places of what stands together, and how it begins."""
    run: list[Block] = []
    for number, block in [*enumerate(document.blocks), (-1, None)]:
        if block is not None and number not in claimed:
            run += [block] if any(_texts(block)) else []
        elif run:
            places = run[0].place.text if len(run) == 1 else f"{run[0].place.text} to {run[-1].place.text}"
            yield f"{places}: {' | '.join(_texts(run[0]))}"
            run = []


def _texts(block: Block) -> list[str]:
    return [text.passage.text for text in (block.cells or (block.inline,))]


def _head(page: Page, asked: Asked, entries: Sequence[Entry], drafted: bool = True) -> None:
    """Write what is true of the whole publication."""
    if drafted:
        page.say(Message("Drafted from {file}: each dataset shows in a comment what was understood.", file=asked.file))
    page.say(Message("What is to be filled in is marked; `ogp-data check {id}` tells what is left.", id=asked.id))
    page.begin()
    page.add(Entry("id", asked.id), *entries)
    page.add(*(Entry(key, "", note, is_open=True) for key, note in SHARED.items() if key not in asked.given))


def _source(page: Page, asked: Asked, content: bytes, seen_as: Opened) -> None:
    """Write which document it is, and how it is read."""
    page.begin("[source]")
    page.add(Entry("file", asked.file), Entry("sha256", hashlib.sha256(content).hexdigest()), _PUBLISH)
    page.add(*said(seen_as.keys))
    if not seen_as.kind:
        page.say(Message("The document cannot be read as text, so nothing of it is drafted."))


def _dataset(page: Page, proposal: Proposal) -> None:
    """Write a dataset below what was understood of it."""
    page.begin()
    counted = Message("{about}: {rows}", about=proposal.about, rows=Plural("{num} row", "{num} rows", proposal.rows))
    page.say(proposal.about if proposal.rows < 0 else counted)
    if proposal.samples:
        page.say(*map(sample, (proposal.shows, *proposal.samples)))
    page.head(f"[datasets.{proposal.name}]")
    page.add(*proposal.entries)


_PUBLISH = Entry("publish", True, Message("the document itself is published too, with all that it carries unseen"))
_COUNTRY = Message("the code of the country in three letters, such as NLD, or its name by language: country.fr")
_ISSUED = Entry("issued", DAY, Message("the day on which this data is first published"), is_open=True)


def _country(sight: Sight, facts: Facts) -> Iterator[Entry]:
    if facts.code:
        yield Entry("country", facts.code)
    elif facts.country[1]:
        names = sight.titled(facts.country[1])
        yield Entry(
            "country", names, Message("the name of the country") if "" in names.values() else "", "" in names.values()
        )
        note = Message("the address of the place at GeoNames, such as https://sws.geonames.org/2750405/")
        yield Entry("spatial", [""], note, True)
    else:
        yield Entry("country", "", _COUNTRY, True)


def _plan(facts: Facts) -> Entry:
    note = "" if facts.years else Message("the years of the plan, such as 2023-2025")
    return Entry("plan", facts.years, note, not facts.years)


def _language(spoken: Spoken) -> Entry:
    if spoken.language:
        return Entry("language", spoken.language, Message("of the document"))
    return Entry("language", "", Message("the language of the document in two letters, such as en"), True)
