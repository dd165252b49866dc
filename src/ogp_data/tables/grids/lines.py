"""Rows that are one text: themes between the rows of a table, its titles above and its notes below."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ogp_data.documents import Cell
from ogp_data.tables.grids.stretches import Stretch, is_across, is_line
from ogp_data.tables.rows import Placed


@dataclass(frozen=True, slots=True)
class Band:
    """A row of one text to which the rows below it belong: that text, and what the pattern of bands matches in it."""

    spot: Placed
    cell: Cell
    match: re.Match[str]


@dataclass(slots=True)
class Lines:
    """The rows of a stretch that are one text, by what they are; all others are rows of the table."""

    bands: dict[int, Band] = field(default_factory=dict)
    texts: list[Placed] = field(default_factory=list)
    headings: list[Placed] = field(default_factory=list)
    """What stands above a header in the same table and is more than one text: further headings."""
    noted: int = 0
    """How many of the texts the pattern of notes matches."""
    amid: list[Placed] = field(default_factory=list)
    """Texts over all columns amid the rows, of which the declaration says nothing."""

    @property
    def numbers(self) -> set[int]:
        """Return the numbers of the blocks that are no rows."""
        return {*self.bands, *(spot.number for spot in (*self.texts, *self.headings, *self.amid))}


def find_lines(stretch: Stretch, bands: str, notes: str) -> Lines:
    """Return the rows of a stretch that are one text."""
    lines = Lines()
    for spot in stretch.above:
        (lines.texts if is_across(spot) or is_line(spot) else lines.headings).append(spot)
    below = True
    for spot in reversed(stretch.rows):
        cell = _only(spot)
        if cell and bands and (match := re.fullmatch(bands, cell.passage.text)):
            lines.bands[spot.number] = Band(spot, cell, match)
        elif cell and notes and re.fullmatch(notes, cell.passage.text):
            lines.texts.append(spot)
            lines.noted += 1
        elif is_across(spot):
            (lines.texts if below else lines.amid).append(spot)
        else:
            below = below and not _says(spot)
    return lines


def _only(spot: Placed) -> Cell | None:
    """Return the one cell of a row that holds a text."""
    filled = [cell for cell in spot.block.cells if cell.passage.text]
    return filled[0] if len(filled) == 1 else None


def _says(spot: Placed) -> bool:
    return any(cell.passage.text or cell.anchors for cell in spot.block.cells)


def as_paragraph(spot: Placed) -> Placed:
    """Return a row that is one text as the paragraph that it is."""
    cell = _only(spot) or Cell()
    return replace(spot, block=replace(spot.block, kind="paragraph", inline=cell, cells=(), table=0))
