"""What finding rows is made of: blocks with their sections, rows with what they offer, rows under way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ogp_data.core.columns import DatasetSpec, written
from ogp_data.core.declared import Declaration
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message, changed
from ogp_data.core.near import nearest
from ogp_data.core.places import SourcePlace, merged
from ogp_data.core.publication import Publication
from ogp_data.core.tables import Cell, Fault
from ogp_data.core.text import Passage, shown
from ogp_data.documents import Anchor, Aside, Block, Document, Inline
from ogp_data.documents.document import Doubt, Reason
from ogp_data.documents.joining import doubt, doubts
from ogp_data.types import base


@dataclass(frozen=True, slots=True)
class Row:
    """A row found: what it offers, its links by offer, its places, and its number as printed ("": none)."""

    offers: Mapping[str, Cell]
    places: tuple[SourcePlace, ...]
    anchors: Mapping[str, tuple[Anchor, ...]] = field(default_factory=dict)
    number: str = ""
    pieces: tuple[SourcePlace, ...] = ()
    broken: tuple[str, ...] = ()

    def text(self, offer: str) -> str:
        """Return what the row offers under a name; "" for what it does not."""
        return self.offers[offer].value if offer in self.offers else ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A row under way: its cells by column, its places, its links by column, and why cells could not be read.

    `offers` is what its row offered, for cells that are put together of it.
    """

    cells: Mapping[str, Cell]
    places: tuple[SourcePlace, ...]
    anchors: Mapping[str, tuple[Anchor, ...]] = field(default_factory=dict)
    unread: Mapping[str, base.Fault] = field(default_factory=dict)
    offers: Mapping[str, Cell] = field(default_factory=dict)


Drafts = dict[str, list[Draft]]


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, its number among those of the document, the headings it stands under, and the number of the last one."""

    block: Block
    number: int
    path: tuple[Passage, ...] = ()
    heading: int = -1

    @property
    def section(self) -> str:
        """Return the title of the innermost section."""
        return self.path[-1].text if self.path else ""


@dataclass(slots=True)
class Reading:
    """What is gathered while rows are found."""

    document: Document
    declaration: Declaration
    findings: list[Finding] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def place(self, at: SourcePlace, table: str = "", column: str = "", row: str = "") -> Place:
        """Return a place in the source document."""
        return Place(file=self.document.source.named(at), table=table, at=at, column=column, row=row)

    def first_at(self, first: SourcePlace, again: SourcePlace) -> SourcePlace | Place:
        """Return a place as it is said beside another: with its file where that is in another one."""
        return first if first.file == again.file else self.place(first)

    def standing_at(self, draft: Draft, table: str, column: str, row: str) -> Place:
        """Return the place of a cell: where its row begins, unless that stands nowhere in the document."""
        at = next(iter(draft.places), None)
        return Place(file=self.document.source.named(at), table=table, at=at, column=column, row=row)

    def standing(self, block: Block) -> tuple[SourcePlace, ...]:
        """Return the places at which the texts of a block stand; a block without text stands where it begins."""
        texts = (block.inline, *block.cells)
        return merged(at for text in texts for at in self.document.source.places(text.passage)) or (block.place,)

    def fault(self, rule: str, message: str, place: Place, hint: str = "") -> None:
        """Take up a finding; what it quotes of the document is shown without characters that a page may not hold."""
        self.findings.append(finding(rule, changed(message, shown), place, hint))

    def tell_doubts(self, pieces: Sequence[Inline], table: str, column: str) -> None:
        """Take up the hyphens between the pieces of a text that may not belong to their words."""
        for before, after, at in doubts(pieces):
            place = self.place(self.document.source.place(at), table, column)
            told = finding("hyphen-at-line-end", changed(doubt(before, after), shown), place)
            self.findings.append(told)
            self.doubts.append(Doubt(at, told))

    def settle(self, start: int, end: int) -> None:
        """Drop what is told of doubts between two offsets: a record says what is right there."""
        settled = [doubt.told for doubt in self.doubts if start <= doubt.at < end]
        self.findings[:] = [found for found in self.findings if found not in settled]

    def set_aside(self, passage: Passage, reason: Reason) -> None:
        """Account for text that no cell is to hold."""
        for part in passage.fragments:
            if part.end > part.start:
                # Words of a record are in the span of the document that they stand for, but are no words of it.
                self.asides.append(Aside(part.start, part.end, "correction" if part.recorded else reason))

    def declared(self, key: str) -> Place:
        """Return a place in the declaration."""
        return Place(file=f"{self.declaration.id}/publication.toml", key=written(key))

    def dangling(self, message: str, key: str, hint: str = "") -> None:
        """Take up that the declaration names what the document does not have."""
        self.findings.append(finding("dangling-reference", message, self.declared(key), hint))

    def no_heading(self, title: str, known: Iterable[str], key: str) -> None:
        """Take up that the declaration names a heading that the document does not have, and one that it has."""
        near = nearest(title, known)
        hint = Message("Did you mean {near}?", near=near) if near else ""
        self.dangling(Message("The document has no heading {title!r}.", title=title), key, hint)

    def nothing_found(self, name: str, key: str, nearest: str) -> None:
        """Take up that a declared dataset has no rows."""
        if nearest:
            message = Message("Dataset '{name}' found no rows: {nearest}.", name=name, nearest=nearest)
        else:
            message = Message("Dataset '{name}' found no rows.", name=name)
        self.findings.append(finding("empty-dataset", message, replace(self.declared(key), table=name)))


def set_rest_aside(reading: Reading, passage: Passage, match: re.Match[str]) -> None:
    """Account for what stands between the groups of what matches a text, and around them."""
    at = 0
    taken = sorted(match.span(group) for group in match.re.groupindex.values() if match[group])
    for start, end in [*taken, (len(passage.text), 0)]:
        if at < start:
            _set_pattern_aside(reading, passage.slice(at, start), match.re.pattern)
        at = max(at, end)


def _set_pattern_aside(reading: Reading, passage: Passage, pattern: str) -> None:
    """Account for words between groups when the pattern itself says them."""
    words = any(character.isalnum() for character in passage.text)
    if not words:
        reading.set_aside(passage, "markup")
    elif passage.text in pattern.replace("\\", ""):
        reading.set_aside(passage, "pattern")


def sliced(inline: Inline, start: int, end: int) -> Inline:
    """Return a part of a text with the links whose labels begin in it."""
    part = inline.passage.slice(start, end)
    spans = list(part.spans)
    anchors = tuple(a for a in inline.anchors if any(low <= a.label.start < high for low, high in spans))
    return Inline(part, anchors, inline.soft, inline.styles)


def check_met(reading: Reading, spec: DatasetSpec, said: Mapping[str, tuple[object, object, str]]) -> None:
    """Report keys of `find` of which the document has nothing: by key, what it says and what of that was met."""
    index = reading.declaration.dataset.index(spec)
    for key, (declared, met, message) in said.items():
        if declared and not met:
            reading.dangling(message, f"dataset[{index}].find.{key}")


def source_cell(inline: Inline) -> Cell:
    """Return a text as the home of its words."""
    return Cell(inline.passage.text, "source", inline.passage)


def derived_cell(passage: Passage) -> Cell:
    """Return a text whose words have their home elsewhere."""
    return Cell(passage.text, "derived", passage)


@dataclass(slots=True)
class Search:
    """Where kinds look for rows, and what those before them found, claimed and left."""

    publication: Publication
    reading: Reading
    placed: list[Placed]
    rows: dict[str, list[Row]] = field(default_factory=dict)
    drafts: Drafts = field(default_factory=dict)
    parents: dict[str, dict[int, str]] = field(default_factory=dict)
    """By dataset: the headings that are its rows, and their keys."""
    claimed: set[int] = field(default_factory=set)
    """The blocks that are the rows of a dataset, or belong to them; nobody else takes those."""
    recalled: dict[tuple[str, tuple[int, ...]], Any] = field(default_factory=dict)
    """What several datasets look for alike, by the first of these and the blocks among which it is looked for."""

    def free(self, kind: str = "") -> Iterator[Placed]:
        """Yield the blocks of a kind, or all, that are not claimed."""
        return (spot for spot in self.placed if kind in ("", spot.block.kind) and spot.number not in self.claimed)

    def key_above(self, dataset: str, spot: Placed) -> str:
        """Return the key of the nearest heading above a block that is a row of a dataset; "" below none."""
        blocks, parents = self.reading.document.blocks, self.parents.get(dataset, {})
        keys = {blocks[number].inline.passage: key for number, key in parents.items()}
        return next((keys[passage] for passage in reversed(spot.path) if passage in keys), "")

    def claim(self, spot: Placed) -> None:
        """Take a block, so that no kind of a later turn does."""
        self.claimed.add(spot.number)


def titles(block: Block) -> list[str]:
    """Return the texts of the cells of a row."""
    return [cell.passage.text for cell in block.cells]


def begin(block: Block) -> str:
    """Return the beginning of a row of cells, as messages show it."""
    return repr(" | ".join(titles(block))[:60])


def has_text(block: Block) -> bool:
    """Return whether a row of cells says anything."""
    return any(cell.passage.text for cell in block.cells)


def stands_under(spot: Placed, heading: str) -> bool:
    """Return whether a block stands below a heading, at any depth."""
    return not heading or any(passage.text == heading for passage in spot.path)


def taking(spec: DatasetSpec, take: str) -> str:
    """Return the name of the column that takes something of its dataset's own rows; "" when none does."""
    return next((column.name for column in spec.column if column.take == take and not column.of), "")
