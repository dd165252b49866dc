"""A document -> the declaration of what was seen of it, as text, with what is left to fill in."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ogp_data.core.messages import Message, Plural, languages, listed
from ogp_data.declaration.drafting.answers import Answers
from ogp_data.declaration.drafting.formed import drafted_from, followed, form_entry
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
from ogp_data.declaration.drafting.outline import IsKnown, Outline, outline
from ogp_data.declaration.drafting.page import Page, Written
from ogp_data.declaration.drafting.proposal import Entry, Proposal, Sight, said
from ogp_data.declaration.drafting.shared_keys import SHARED
from ogp_data.declaration.drafting.sourced import by_path, main_language, source_entries
from ogp_data.declaration.drafting.themes import about_of
from ogp_data.declaration.drafting.writing import sample
from ogp_data.declaration.recognising import Recognised
from ogp_data.documents import Block, Document
from ogp_data.models.lexicon import lexicon
from ogp_data.models.lists import ValueLists

DAY = datetime.date(1, 1, 1)
"""What stands for a day that a person is to fill in."""
_CODE = 3
"""Letters of the code of a country."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a draft is asked for: its id, what its document is called, and in which language it speaks to its steward.

    `spoken` is the language of the document where the steward says it; `given` are the keys that publications share
    already, `pages` the languages of their pages, `form` the name of the form, where these are said.
    """

    id: str
    file: str = ""
    language: str = "en"
    spoken: str = ""
    given: frozenset[str] = frozenset()
    pages: tuple[str, ...] = ()
    form: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """What is seen of a document before anything is asked of a person: what it consists of, and what it says of itself.

    `spoken` is the language that it seems to be in, `languages` those of its files, `form` the one that it follows.
    """

    opened: Opened
    outline: Outline
    spoken: Spoken
    facts: Facts
    languages: tuple[str, ...] = ()
    form: Recognised | None = None

    @property
    def answers(self) -> Answers:
        """Return what the document says of what only a person can know otherwise."""
        return Answers(self.spoken.language, self.facts.code or self.facts.country[1], plan=self.facts.years)


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


def survey(asked: Asked, files: Sequence[tuple[str, bytes]], lists: ValueLists) -> Survey:
    """Return what is seen of a document, whatever kind of file it is; `files` are paths below `source/` with bytes.

    Of a document in several languages that is what stands in the main one: the others say the same.
    """
    seen_as = opened(files)
    source, is_known = seen_as.document.source, partial(known_cells, lexicon())
    whole = outline(seen_as.document, is_known)
    spoken = detect(source.text, lexicon().languages(_labels(whole)))
    facts = find_facts(_sight(whole, spoken.language), lists["country"], asked.id)
    by_file = tuple(by_path([file.path for file in seen_as.files], [detect(text) for _, text in source.parts]))
    main = Spoken(asked.spoken) if asked.spoken else main_language(spoken, by_file, facts.code, lists["country"])
    seen = _in_main(whole, by_file, main.language, is_known)
    form = followed(seen.document, asked.form) if seen.document.blocks else None
    found = Survey(seen_as, seen, main, facts, by_file, form)
    # A draft says of each dataset where it is in just this document; a form need not take all of it. Where the draft
    # has nothing of what the form says of the commitments, their labels would come out as tables of their own.
    is_drafted = form and not asked.form and _has_judged([*_proposals(_sight(seen, main.language), facts)])
    return replace(found, form=None) if is_drafted else found


def _sight(seen: Outline, language: str, pages: tuple[str, ...] = ()) -> Sight:
    words = lexicon()
    return Sight(seen, words, language, pages, frozenset(one.dataset for one in words.known))


def _in_main(whole: Outline, by_file: Sequence[str], language: str, is_known: IsKnown) -> Outline:
    """Return what stands in the files of one language, or all where nothing tells the files apart."""
    own = {number for number, said in enumerate(by_file, start=1) if said in ("", language)}
    if len(own) == len(by_file) or not own:
        return whole
    blocks = tuple(block for block in whole.document.blocks if block.place.file in own)
    return outline(replace(whole.document, blocks=blocks), is_known)


def draft(asked: Asked, seen: Survey, answers: Answers, taken: frozenset[int] | None = None) -> Draft:
    """Return the declaration of a document as far as it can be read; what nobody answered is left to fill in.

    `taken` are the numbers of the blocks that its form takes, where that is known.
    """
    spoken = seen.spoken if answers.language == seen.spoken.language else Spoken(answers.language)
    code = answers.country if len(answers.country) == _CODE and answers.country.isupper() else ""
    pages = asked.pages or _pages(spoken.language, code)
    sight = _sight(seen.outline, spoken.language, pages)
    # What a form says of its datasets need not be said again.
    beside = _beside_form(sight, taken) if seen.form and taken is not None else ()
    proposals = tuple(beside if seen.form else _proposals(sight, seen.facts))
    left = () if seen.form else tuple(_left(seen.outline.document, _claimed(proposals)))
    page = Page(asked.language)
    _head(
        page,
        asked,
        answers,
        [
            *form_entry(seen.form),
            *_country(sight, answers, code, _by_id(seen, "country", answers.country)),
            _plan(answers.plan, _by_id(seen, "plan", answers.plan)),
            _issued(answers),
            _language(spoken),
        ],
        drafted_from(asked.file, seen.form, bool(proposals)),
    )
    _source(page, seen, answers)
    for proposal in proposals:
        _dataset(page, proposal)
    if proposals and not seen.form and not has_commitments(proposals):
        _without_commitments(page)
    if left:
        page.begin()
        page.say(Message("No dataset takes this of the document:"), *left)
    return Draft(page.written, spoken, proposals, left, pages, code)


def has_commitments(proposals: Collection[Proposal]) -> bool:
    """Return whether a dataset of the commitments is among those that are proposed."""
    return any(one.name == "commitments" for one in proposals)


def _has_judged(proposals: Collection[Proposal]) -> bool:
    """Return whether both the commitments and what is said of each are proposed."""
    return {"commitments", "assessments"} <= {one.name for one in proposals}


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
    none = Answers(language=asked.spoken)
    _head(page, asked, none, [country, _plan(""), _issued(none), _language(Spoken(asked.spoken))])
    page.begin("[source]")
    page.add(Entry("file", asked.file, Message("put the document there")))
    page.add(Entry("sha256", "", Message("the SHA-256 of the document"), is_open=True), _publish(Answers()))
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


def _beside_form(sight: Sight, taken: frozenset[int]) -> Iterator[Proposal]:
    """Yield the tables and lists of which a form takes nothing, but for lists that running text may hold."""
    grids = tuple(grid for grid in sight.outline.grids if not taken.intersection(grid.blocks))
    lists = tuple(
        one
        for one in sight.outline.lists
        if not taken.intersection(number for number, _ in one.items)
        and (about_of(sight.lexicon, one.section.title) in _LISTED or not one.items[0][1].is_running)
    )
    rest = replace(sight, outline=replace(sight.outline, grids=grids, lists=lists))
    tables = [*propose_tables(rest, Tables(), [], ())]
    yield from tables
    yield from propose_lists(rest, taken, _names(tables))


_LISTED = ("irm_lessons", "recommendations")
"""The datasets of the model that are one list each, and of no form."""


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
    return [text.passage.text for text in block.texts]


def _head(page: Page, asked: Asked, answers: Answers, entries: Sequence[Entry], about: Iterable[str] = ()) -> None:
    """Write what is true of the whole publication."""
    page.say(*about)
    page.say(Message("What is to be filled in is marked; `ogp-data check {id}` tells what is left.", id=asked.id))
    page.begin()
    page.add(Entry("id", asked.id))
    if not answers.confirmed:
        note = Message("no person has compared the rows with the document; remove this line when one has")
        page.add(Entry("confirmed", False, note))
    page.add(*entries)
    said = {"licence": answers.licence, "base_iri": answers.base_iri}
    shared = ((key, note, said.get(key, "")) for key, note in SHARED.items() if key not in asked.given)
    page.add(*(Entry(key, value, "" if value else note, is_open=not value) for key, note, value in shared))


def _source(page: Page, seen: Survey, answers: Answers) -> None:
    """Write which document it is, and how it is read."""
    page.begin("[source]")
    page.add(*source_entries(seen.opened, seen.languages, answers.language), _publish(answers), *said(seen.opened.keys))
    if answers.url:
        page.add(Entry("url", answers.url))
    if answers.retrieved:
        page.add(Entry("retrieved", answers.retrieved))


def _dataset(page: Page, proposal: Proposal) -> None:
    """Write a dataset below what was understood of it."""
    page.begin()
    counted = Message("{about}: {rows}", about=proposal.about, rows=Plural("{num} row", "{num} rows", proposal.rows))
    page.say(proposal.about if proposal.rows < 0 else counted)
    if proposal.sure:
        page.say(Message("how sure: {sure}", sure=listed(proposal.sure)))
    if proposal.samples:
        page.say(*map(sample, (proposal.shows, *proposal.samples)))
    page.head(f"[datasets.{proposal.name}]")
    page.add(*proposal.entries)


_COUNTRY = Message(
    "its code in three letters, such as NLD, or its name by language: country.fr, with its place: spatial"
)


def _publish(answers: Answers) -> Entry:
    note = Message("the document itself is published too, with all that it carries unseen")
    without = Message("the document itself is not published")
    return Entry("publish", answers.publish, note if answers.publish else without)


def _issued(answers: Answers) -> Entry:
    note = Message("the day on which this data is first published")
    return Entry("issued", answers.issued or DAY, "" if answers.issued else note, is_open=answers.issued is None)


def _by_id(seen: Survey, key: str, value: str) -> str:
    """Return that nothing but the id says a value; "" where more does."""
    is_guessed = key in seen.facts.by_id and value in (seen.facts.code, seen.facts.years)
    return Message("by the publication's id; the document does not say it") if is_guessed else ""


def _country(sight: Sight, answers: Answers, code: str, note: str) -> Iterator[Entry]:
    if code:
        yield Entry("country", code, note)
    elif answers.country:
        names = sight.titled(answers.country)
        is_open = "" in names.values() and not answers.place
        if answers.place:  # who says where it is says what it is called, in whatever language
            names = dict.fromkeys(names, answers.country)
        yield Entry("country", names, Message("the name of the country") if is_open else "", is_open)
        note = Message("the address of the place at GeoNames, such as https://sws.geonames.org/2750405/")
        yield Entry("spatial", [answers.place], "" if answers.place else note, not answers.place)
    else:
        yield Entry("country", "", _COUNTRY, True)


def _plan(years: str, note: str = "") -> Entry:
    return Entry("plan", years, note if years else Message("the years of the plan, such as 2023-2025"), not years)


def _language(spoken: Spoken) -> Entry:
    if spoken.language:
        return Entry("language", spoken.language, Message("of the document"))
    return Entry("language", "", Message("the language of the document in two letters, such as en"), True)
