"""What is marked in a row: the heading that is ticked, and the colour that its cells are filled with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ogp_data.documents import Cell
from ogp_data.tables.grids.spread import Line, Said
from ogp_data.tables.levels import NO_COLOUR
from ogp_data.tables.records.marks import EMPTY, TICK


def is_tick(said: Said) -> bool:
    """Return whether a cell holds nothing but a mark."""
    return TICK.fullmatch(said.text) is not None


def is_unticked(said: Said) -> bool:
    """Return whether a cell holds nothing but an empty box."""
    return EMPTY.fullmatch(said.text) is not None


def ticked(cells: Sequence[Said], columns: Mapping[int, str]) -> list[str]:
    """Return the codes of the columns in which a row has a mark."""
    return [code for at, code in columns.items() if is_tick(cells[at])]


def fills(lines: Iterable[Line]) -> dict[str, Cell]:
    """Return the colours of the cells of a row, each with the first cell that has it."""
    found: dict[str, Cell] = {}
    for line in lines:
        for said in line:
            if said.cell.fill not in NO_COLOUR:
                found.setdefault(said.cell.fill, said.cell)
    return found
