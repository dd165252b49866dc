"""Cells that span several rows or columns -> what each row says there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ogp_data.documents import Cell


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says in a column; it may be a cell that has its home in another row or column."""

    cell: Cell
    is_home: bool = True

    @property
    def text(self) -> str:
        """Return its text."""
        return self.cell.passage.text

    @property
    def says(self) -> bool:
        """Return whether it says anything: a text or a link."""
        return bool(self.cell.passage.text or self.cell.anchors)


Line = tuple[Said, ...]
"""What a row says, column by column."""


def spread(rows: Iterable[Sequence[Cell]]) -> Iterator[Line]:
    """Yield what each row says, with the cells that reach into it from above or from the left."""
    over: dict[int, Cell] = {}
    for cells in rows:
        said: list[Said] = []
        for at, cell in enumerate(cells):
            if not cell.covered:
                # Whatever covers a column further down is the last cell above it that is not covered itself.
                over.update(dict.fromkeys(range(at, at + max(cell.columns, 1)), cell))
            said.append(Said(over[at], False) if cell.covered and at in over else Said(cell))
        yield tuple(said)


def has_spans(rows: Iterable[Sequence[Cell]]) -> bool:
    """Return whether a table says itself which of its cells are merged."""
    return any(cell.covered for cells in rows for cell in cells)


def lead(line: Sequence[Said]) -> int:
    """Return how many cells stand empty in front of the first that says something; 0 where none does."""
    return next((at for at, said in enumerate(line) if said.says), 0)


def filled_down(line: Line, above: Line) -> Line:
    """Return a row with what stands above the cells that are empty in front of its first text.

    Where a form knows no merged cells, that is how one looks that groups the rows beside it.
    """
    size = lead(line)
    return (*(Said(said.cell, False) for said in above[:size]), *line[size:])
