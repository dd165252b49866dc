"""The document as people look at it: leaves, such as the pages of a PDF and the sheets of a workbook, of parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ogp_data.core.messages import Message
from ogp_data.core.places import Page, SheetCell, SourcePlace
from ogp_data.core.text import shown
from ogp_data.core.words import Text, Words
from ogp_data.tables.claims import Claim

MOST = 36_000
"""So much a leaf weighs at most, in characters, but for a page and for a single part: 60 kB as a page of the web."""
_LINE, _PART, _SQUARE = 60, 240, 60
"""What a line weighs beside its text, any other part with the links to its rows, and each of its squares."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text at one place with one fate; none for white space. `address`: where it leads to, as a link."""

    text: str
    place: SourcePlace
    claim: Claim | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Square:
    """A cell of a table of the document, with the rows and columns that it spans, and its fill."""

    runs: tuple[Run, ...] = ()
    rows: int = 1
    columns: int = 1
    is_header: bool = False
    fill: str = ""

    @property
    def place(self) -> SourcePlace | None:
        """Return where it stands; None where it is empty."""
        return self.runs[0].place if self.runs else None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a leaf: a heading of a level, an item with its marker, a paragraph, a row, a line, or text set aside.

    `table` counts the tables; only a row has squares.
    """

    kind: Literal["heading", "item", "paragraph", "row", "line", "aside"]
    place: SourcePlace
    runs: tuple[Run, ...] = ()
    level: int = 0
    marker: str = ""
    table: int = 0
    squares: tuple[Square, ...] = ()

    @property
    def all_runs(self) -> tuple[Run, ...]:
        """Return its runs, those of its squares too."""
        return (*self.runs, *(run for square in self.squares for run in square.runs))

    @property
    def text(self) -> str:
        """Return its text as it can be shown, without the end of a line."""
        return shown("".join(run.text for run in self.runs).rstrip("\r\n"))

    @property
    def weight(self) -> int:
        """Return how much room it takes, in characters."""
        own = _LINE if self.kind == "line" else _PART + _SQUARE * len(self.squares)
        return own + sum(len(run.text) + len(run.address) for run in self.all_runs)


@dataclass(frozen=True, slots=True)
class Leaf:
    """What is looked at in one go: a page, a sheet, a file, or a part of one; counted from 1 in its document.

    `file` is the name of the file that it is of. `piece` counts the leaves of one sheet or file, out of `pieces`.
    """

    number: int
    parts: tuple[Part, ...] = field(repr=False)
    first: SourcePlace
    file: str
    piece: int = 1
    pieces: int = 1

    @property
    def page(self) -> Page | None:
        """Return the page that the leaf is; None where it is none."""
        return self.first.whole if isinstance(self.first, Page) else None

    @property
    def runs(self) -> Iterator[Run]:
        """Yield all text that stands on it."""
        return (run for part in self.parts for run in part.all_runs)

    @property
    def is_text(self) -> bool:
        """Return whether it is of a text that is shown by its lines."""
        return any(part.kind == "line" for part in self.parts)

    @property
    def title(self) -> Text:
        """Return what it is called."""
        if isinstance(self.first, Page):
            return self.first.whole.words
        name: Text = Words(und=self.file)
        if isinstance(self.first, SheetCell):
            name = Message("sheet “{sheet}”", sheet=shown(self.first.sheet))
        if self.pieces == 1:
            return name
        return Message("{name}, part {piece} of {pieces}", name=name, piece=self.piece, pieces=self.pieces)

    @property
    def places(self) -> Mapping[SourcePlace, None]:
        """Return the whole places that stand on it, in their order on it."""
        found: dict[SourcePlace, None] = {self.page: None} if self.page else {}
        for part in self.parts:
            said = [run.place.whole for run in part.all_runs if run.text.strip()]
            if said or part.kind == "line":
                found |= dict.fromkeys((part.place.whole, *said))
        return found


def rows_of(runs: Iterable[Run]) -> Mapping[tuple[str, int], Claim]:
    """Return the rows that have text of runs, by dataset and number from 0, each with the last that it has of them."""
    return {(run.claim.dataset, run.claim.row): run.claim for run in runs if run.claim and run.claim.dataset}


def bound(parts: Sequence[Part], files: Sequence[str], pages: Sequence[Page] = ()) -> tuple[Leaf, ...]:
    """Return parts on leaves: those of a page or sheet together, all others as long as a leaf has room.

    `pages` are those of the document, whether anything stands on them or not.
    """
    held: dict[tuple[object, ...], list[Part]] = {_leaf(page): [] for page in sorted(pages)}
    firsts: dict[tuple[object, ...], SourcePlace] = {_leaf(page): page for page in pages}
    for part in parts:
        held.setdefault(_leaf(part.place), []).append(part)
        firsts.setdefault(_leaf(part.place), part.place)
    found: list[Leaf] = []
    for key, group in held.items():
        first = firsts[key]
        pieces = [group] if isinstance(first, Page) else _pieces(group)
        leaf = Leaf(0, (), first, files[first.file - 1], pieces=len(pieces))
        found += (replace(leaf, parts=tuple(piece), piece=at) for at, piece in enumerate(pieces, start=1))
    return tuple(replace(leaf, number=number) for number, leaf in enumerate(found, start=1))


def _leaf(place: SourcePlace) -> tuple[object, ...]:
    """Return what the parts of one leaf have in common."""
    if isinstance(place, Page):
        return "page", place.file, place.number
    return ("sheet", place.file, place.sheet) if isinstance(place, SheetCell) else ("file", place.file)


def _pieces(parts: Sequence[Part]) -> list[list[Part]]:
    pieces: list[list[Part]] = [[]]
    weight = 0
    for part in parts:
        if pieces[-1] and weight + part.weight > MOST:
            pieces.append([])
            weight = 0
        pieces[-1].append(part)
        weight += part.weight
    return pieces
