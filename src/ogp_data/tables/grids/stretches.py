"""Blocks -> the stretches of one table: its header, the rows below it, and what stands above it in the same table."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ogp_data.documents import Cell, Inline
from ogp_data.tables.grids.header import Header, in_one_file, in_one_table
from ogp_data.tables.rows import Placed, stands_under


@dataclass(slots=True)
class Stretch:
    """Rows that follow each other: those above the first header, and all others, of which some are headers again."""

    above: list[Placed] = field(default_factory=list)
    spots: list[Placed] = field(default_factory=list)
    headers: set[int] = field(default_factory=set)
    """The numbers of the blocks that are headers."""

    @property
    def rows(self) -> list[Placed]:
        """Return the rows that are no header."""
        return [spot for spot in self.spots if spot.number not in self.headers]

    def is_header(self, spot: Placed) -> bool:
        """Return whether a row is one of a header."""
        return spot.number in self.headers


@dataclass(frozen=True, slots=True)
class Seeking:
    """Where a table is sought: by its header, below a heading; the headers of `others` end it.

    A paragraph between its rows that `bands` matches is a row of one text, as some converters set those.
    """

    header: Header
    under: str
    others: Sequence[Header]
    bands: str = ""

    def stretches(self, placed: Sequence[Placed]) -> list[Stretch]:
        """Return each run of rows that begins with the header; it stands in it again where a page begins."""
        found: list[Stretch] = []
        run: Stretch | None = None
        at = 0
        while at < len(placed):
            if run and not in_one_file(placed[at - 1], placed[at]):
                run = None
            size = self._begins(placed, at, run)
            if run and size is None and self._is_band(placed, at):
                run.spots.append(_as_row(placed[at], self.header.width))
                at += 1
                continue
            if size is None and not (run and self._goes_on(placed, at)):
                run, at = None, at + 1
                continue
            if run is None:
                run = Stretch(list(_above(placed, at, found)) if self.header.headings else [])
                found.append(run)
            run.spots += placed[at : at + (size or 1)]
            run.headers.update(spot.number for spot in placed[at : at + (size or 0)])
            at += size or 1
        return found

    def _begins(self, placed: Sequence[Placed], at: int, run: Stretch | None) -> int | None:
        """Return how many rows of header a table begins with at a block; None where none begins."""
        spot = placed[at]
        if not spot.block.cells or not stands_under(spot, self.under):
            return None
        if self.header.headings:
            return self.header.size(placed, at) or None
        is_first = not at or not placed[at - 1].block.cells or not in_one_table(placed[at - 1], spot)
        is_free = is_first and len(spot.block.cells) == self.header.width
        return 0 if run is None and is_free and not self._is_others(placed, at) else None

    def _goes_on(self, placed: Sequence[Placed], at: int) -> bool:
        """Return whether a row is one of the table of the row before it.

        A reader that knows tables says where one ends; else rows go on until the headings of another.
        """
        block = placed[at].block
        same = bool(block.cells) and (not block.table or block.table == placed[at - 1].block.table)
        return same and not self._is_others(placed, at)

    def _is_band(self, placed: Sequence[Placed], at: int) -> bool:
        """Return whether a paragraph is a band: it matches, and rows of the table go on right below it."""
        block = placed[at].block
        if not self.bands or block.kind != "paragraph" or not re.fullmatch(self.bands, block.inline.passage.text):
            return False
        below = placed[at + 1 : at + 2]
        return any(len(spot.block.cells) == self.header.width and not spot.block.table for spot in below)

    def _is_others(self, placed: Sequence[Placed], at: int) -> bool:
        return any(other.size(placed, at) for other in self.others)


def _above(placed: Sequence[Placed], at: int, found: Sequence[Stretch]) -> Iterator[Placed]:
    """Yield the rows of the same table above a header: its titles, and headings that the declaration does not say.

    Where nobody knows where a table begins, a title stands right above the header in the first cell of a row.
    """
    first, last = placed[at], found[-1].spots[-1].number if found else -1
    above = itertools.takewhile(
        lambda spot: spot.block.cells and in_one_table(spot, first) and spot.number > last,
        reversed(placed[:at]),
    )
    rows = list(above) if first.block.table else [spot for spot in itertools.islice(above, 1) if is_line(spot)]
    yield from reversed(rows)


def _as_row(spot: Placed, width: int) -> Placed:
    """Return a paragraph as a row of one text."""
    said = spot.block.inline
    cells = (Cell(said.passage, said.anchors, said.soft, said.styles), *[Cell()] * (width - 1))
    return replace(spot, block=replace(spot.block, kind="row", inline=Inline(), cells=cells))


def is_line(spot: Placed) -> bool:
    """Return whether a row holds one text, which stands in its first cell or reaches over all of them."""
    filled = [at for at, cell in enumerate(spot.block.cells) if cell.passage.text]
    return filled == [0]


def is_across(spot: Placed) -> bool:
    """Return whether a row is one cell that reaches over all columns."""
    cells = spot.block.cells
    return len(cells) > 1 and bool(cells[0].passage.text) and all(cell.covered for cell in cells[1:])
