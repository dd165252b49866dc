"""A document -> the declaration of what was seen of it, as text, with what is left to fill in."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from ogp_data.core.messages import Message, Plural, languages, say
from ogp_data.core.source import SourceFile
from ogp_data.declaration.drafting.frame import Facts, find_facts, propose_frame
from ogp_data.declaration.drafting.grids import (
    Tables,
    find_tables,
    known_cells,
    propose_assessments,
    propose_commitments_of,
    propose_tables,
)
from ogp_data.declaration.drafting.language import Spoken, detect
from ogp_data.declaration.drafting.lists import find_commitments, propose_commitments, propose_lists
from ogp_data.declaration.drafting.outline import Outline, outline
from ogp_data.declaration.drafting.proposal import Entry, Proposal, Sight
from ogp_data.declaration.drafting.writing import WIDTH, comment, lines, sample
from ogp_data.documents import Block, Document, read
from ogp_data.documents.detection import is_utf16, kind_by_bytes
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
    """A declaration as text, which of its lines are to be filled in, and what was seen of the document.

    `left` are the places of what no dataset takes, `pages` the languages of the pages, `country` its code.
    """

    text: str
    open: tuple[int, ...]
    spoken: Spoken
    proposals: tuple[Proposal, ...] = ()
    left: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    country: str = ""


def draft(asked: Asked, content: bytes, lists: ValueLists) -> Draft:
    """Return the declaration of a document as far as it can be read; what is not known is left to fill in."""
    codec = _codec(content)
    document = read(
        "converted-text", SourceFile(asked.file.rpartition("/")[2], content if codec else b"", codec or "utf-8")
    )
    words = lexicon()
    seen = outline(document, partial(known_cells, words))
    spoken = Spoken(asked.spoken) if asked.spoken else detect(document.source.text, words.languages(_labels(seen)))
    facts = find_facts(Sight(seen, words, spoken.language, ()), lists["country"])
    pages = asked.pages or _pages(spoken.language, facts.code)
    sight = Sight(seen, words, spoken.language, pages, frozenset(one.dataset for one in words.known))
    proposals = tuple(_proposals(sight, facts))
    left = tuple(_left(document, {number for one in proposals for number in one.blocks}))
    written = _Text(asked.language)
    written.head(asked, sight, facts, spoken)
    written.source(asked, content, codec)
    for proposal in proposals:
        written.dataset(proposal)
    written.left(left)
    return Draft(written.text, tuple(written.open), spoken, proposals, left, pages, facts.code)


def _codec(content: bytes) -> str:
    """Return by which encoding a document is text; "" for what is no text, or in an encoding that is not known."""
    codec = "utf-16" if is_utf16(content) else "utf-8-sig"
    try:
        content.decode(codec)
    except UnicodeDecodeError:
        return ""
    return "" if kind_by_bytes(content) else codec


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
    found = find_commitments(sight)
    listed = [] if found.begin_again else found.numbers
    # Where numbers begin again below each theme, no number of a table says which commitment it is.
    tables = Tables() if found.begin_again else find_tables(sight, listed)
    columns: dict[str, object] = {}
    if found.lists and tables.assessments:
        columns = {"columns.title_in_assessment": _of("assessments", heading=tables.assessments.headings[0])}
    dated = {"columns.assessed_on": _of("document", where=facts.dated)} if facts.dated else {}
    proposals = [
        *propose_commitments(sight, found, columns),
        *propose_commitments_of(sight, tables),
        *propose_assessments(sight, tables, dated),
    ]
    proposals += propose_tables(sight, tables, listed, _names(proposals))
    proposals += propose_lists(sight, found, _names(proposals))
    proposals += propose_frame(sight, facts, frozenset(number for one in proposals for number in one.blocks))
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


def _names(proposals: Sequence[Proposal]) -> list[str]:
    return [one.name for one in proposals]


def _of(dataset: str, **keys: str) -> Mapping[str, str]:
    return {"of": dataset, **keys}


def _left(document: Document, claimed: Collection[int]) -> Iterator[str]:
    """Yield what of the document no dataset takes: the places of what stands together, and how it begins."""
    run: list[Block] = []
    for number, block in [*enumerate(document.blocks), (-1, None)]:
        if block is not None and number not in claimed:
            run.append(block)
        elif run:
            places = run[0].place.text if len(run) == 1 else f"{run[0].place.text} to {run[-1].place.text}"
            yield f"{places}: {' | '.join(_texts(run[0]))}"
            run = []


def _texts(block: Block) -> list[str]:
    return [text.passage.text for text in (block.cells or (block.inline,))]


class _Text:
    """A declaration under way: its lines, and which of them are to be filled in."""

    def __init__(self, language: str) -> None:
        self._lines: list[str] = []
        self._language = language
        self.open: list[int] = []

    @property
    def text(self) -> str:
        """Return the declaration."""
        return "\n".join(self._lines) + "\n"

    def _say(self, *texts: str) -> None:
        self._lines += [comment(say(text, self._language)) for text in texts]

    def _add(self, *entries: Entry) -> None:
        for entry in entries:
            note = say(entry.note, self._language)
            if entry.is_open:
                note = (
                    Message("FILL IN: {note}", note=note).of(self._language) if note else say(_FILL_IN, self._language)
                )
            for line in lines(entry):
                # What is said of a value on several lines stands at the one that is to be filled in.
                said = note if note and line.is_open == entry.is_open else ""
                beside = f"{line.value}  # {said}" if said else str(line.value)
                fits = not said or len(beside) <= WIDTH
                self._lines += [beside] if fits else [comment(said), str(line.value)]
                self.open += [len(self._lines)] if line.is_open else []

    def head(self, asked: Asked, sight: Sight, facts: Facts, spoken: Spoken) -> None:
        """Write what is true of the whole publication."""
        self._say(
            Message("Drafted from {file}. Each dataset below shows in a comment what was understood.", file=asked.file),
            Message("What the document does not say is marked; `ogp-data check {id}` tells what is left.", id=asked.id),
        )
        self._lines.append("")
        self._add(Entry("id", asked.id), *_country(sight, facts))
        self._add(_plan(facts), Entry("issued", DAY, Message("the day on which this data is first published"), True))
        self._add(_language(spoken))
        self._add(*(Entry(key, "", note, True) for key, note in SHARED.items() if key not in asked.given))

    def source(self, asked: Asked, content: bytes, codec: str) -> None:
        """Write which document it is."""
        self._lines += ["", "[source]"]
        self._add(Entry("file", asked.file), Entry("sha256", hashlib.sha256(content).hexdigest()))
        if codec == "utf-16":
            self._add(Entry("encoding", codec))
        if not codec:
            self._say(Message("The document cannot be read as text, so nothing of it is drafted."))

    def dataset(self, proposal: Proposal) -> None:
        """Write a dataset below what was understood of it."""
        self._lines.append("")
        counted = Message(
            "{about}: {rows}", about=proposal.about, rows=Plural("{num} row", "{num} rows", proposal.rows)
        )
        self._say(proposal.about if proposal.rows < 0 else counted)
        if proposal.samples:
            self._say(*map(sample, (proposal.shows, *proposal.samples)))
        self._lines.append(f"[datasets.{proposal.name}]")
        self._add(*proposal.entries)

    def left(self, left: Sequence[str]) -> None:
        """Write what of the document no dataset takes."""
        if left:
            self._lines.append("")
            self._say(Message("No dataset takes this of the document:"), *left)


_FILL_IN = Message("FILL IN")

SHARED: Mapping[str, Message] = {
    "base_iri": Message("the address below which everything is named, such as https://data.example.org/ogp/{id}/"),
    "publisher": Message("an organisation of agents.toml"),
    "creator": Message("an organisation of agents.toml"),
    "contact": Message("a contact of agents.toml"),
    "licence": Message("the address of the licence, such as https://creativecommons.org/licenses/by/4.0/"),
}
"""What publications share, and each may say itself."""


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
        yield Entry("country", "", Message("the code of the country in three letters, such as NLD"), True)


def _plan(facts: Facts) -> Entry:
    note = "" if facts.years else Message("the years of the plan, such as 2023-2025")
    return Entry("plan", facts.years, note, not facts.years)


def _language(spoken: Spoken) -> Entry:
    if spoken.language:
        return Entry("language", spoken.language, Message("of the document"))
    return Entry("language", "", Message("the language of the document in two letters, such as en"), True)
