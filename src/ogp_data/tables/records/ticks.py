"""What is marked in a record: the codes of ticks, of the letters of sub-items, and of colours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ogp_data.core.text import Passage
from ogp_data.documents import Cell
from ogp_data.tables.records.labels import spelt
from ogp_data.tables.rows import Placed

TICK = re.compile("[\u2611\u2612\u2705\u2713-\u2718\u25cf\u25a0\u00d7\u221axX][\ufe0e\ufe0f]?")
EMPTY = re.compile("[\u2610\u25a1\u25cb\u274f\u2751]")
_BETWEEN = re.compile(r"\s*(?:[,;/&+]|\band\b|\ben\b|\bet\b)\s*|\s+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: the code of the heading above or left of it ("" without one), its text, and the letter that it is."""

    code: str
    passage: Passage
    spot: Placed
    letter: str = ""


@dataclass(slots=True)
class Ticked:
    """What is ticked in a record: its marks, and what else stands in the rows of them."""

    marks: list[Mark] = field(default_factory=list)
    headings: list[Passage] = field(default_factory=list)
    empty: list[Passage] = field(default_factory=list)
    between: list[Passage] = field(default_factory=list)
    spots: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Scale:
    """The headings of ticks with their codes, and what a sub-item looks like."""

    codes: Mapping[str, str]
    letters: str = ""

    @staticmethod
    def of(ticks: Mapping[str, str], letters: str) -> Scale:
        """Return a scale by the headings as they are compared."""
        return Scale({spelt(heading): code for code, heading in ticks.items()}, letters)

    def columns(self, spot: Placed) -> dict[int, str]:
        """Return the codes of a row of headings by their columns; none where the row is another one."""
        found = {
            at: code
            for at, cell in enumerate(spot.block.cells)
            if (code := self.codes.get(spelt(cell.passage.text))) is not None
        }
        return found if found and len(found) >= min(2, len(self.codes)) else {}


def find_ticks(spots: Sequence[Placed], scale: Scale, labelled: set[int]) -> Ticked:
    """Return what is ticked in the rows of a record; `labelled` are the rows that have a label."""
    ticked = Ticked()
    columns: dict[int, str] = {}
    table = 0
    for spot in spots:
        if not spot.block.cells or (columns and spot.block.table != table):
            columns = {}
        if found := scale.columns(spot):
            columns, table = _headings(spot, found, scale, ticked), spot.block.table
        elif columns and spot.number not in labelled and not spot.block.cells[0].passage.text:
            _marks(spot, columns, scale, ticked)
        else:
            columns = {}
    return ticked


def _headings(spot: Placed, found: Mapping[int, str], scale: Scale, ticked: Ticked) -> dict[int, str]:
    """Take up a row of headings, with the marks right of them, and return of which columns marks may stand below."""
    ticked.spots.add(spot.number)
    code, beside = "", False
    for at, cell in enumerate(spot.block.cells):
        code = found.get(at, code)
        if at in found or not code:
            ticked.headings.append(cell.passage)
        elif cell.passage.text:
            beside = True
            _take(cell, code, spot, scale, ticked)
    return {} if beside else dict(found)


def _marks(spot: Placed, columns: Mapping[int, str], scale: Scale, ticked: Ticked) -> None:
    ticked.spots.add(spot.number)
    for at, cell in enumerate(spot.block.cells):
        if cell.passage.text:
            _take(cell, columns.get(at, ""), spot, scale, ticked)


def _take(cell: Cell, code: str, spot: Placed, scale: Scale, ticked: Ticked) -> None:
    """Take up what a cell of ticks says; what is neither mark nor letter is nobody's text, and so is told."""
    passage = cell.passage
    if TICK.fullmatch(passage.text) and not _is_letter(passage.text, scale):
        ticked.marks.append(Mark(code, passage, spot))
    elif EMPTY.fullmatch(passage.text):
        ticked.empty.append(passage)
    elif scale.letters:
        _letters(passage, code, spot, scale, ticked)


def _is_letter(text: str, scale: Scale) -> bool:
    # Where sub-items have letters an x may be the 24th of them; nobody has so many.
    return bool(scale.letters) and text not in "xX" and re.fullmatch(scale.letters, text) is not None


def _letters(passage: Passage, code: str, spot: Placed, scale: Scale, ticked: Ticked) -> None:
    pieces = list(_pieces(passage.text))
    pattern = re.compile(rf"\(?({scale.letters})[.)]?")
    read = [(pattern.fullmatch(passage.text[low:high]), low) for low, high in pieces]
    if not all(match for match, _ in read):
        return
    at = 0
    for match, low in read:
        if match is None:
            continue
        start, end = low + match.start(1), low + match.end(1)
        ticked.between.append(passage.slice(at, start))
        ticked.marks.append(Mark(code, passage.slice(start, end), spot, match[1]))
        at = end
    ticked.between.append(passage.slice(at, len(passage.text)))


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the positions of what stands between commas, white space or a word for and."""
    at = 0
    for match in _BETWEEN.finditer(text):
        if match.start() > at:
            yield at, match.start()
        at = match.end()
    if at < len(text):
        yield at, len(text)
