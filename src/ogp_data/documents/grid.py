"""A table with cells that span rows and columns -> rows with a cell for each column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ogp_data.core.messages import Message
from ogp_data.documents.document import Cell
from ogp_data.documents.limits import too_large


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell as a table has it: what makes its text, and how far it reaches."""

    make: Callable[[], Cell]
    rows: int = 1
    columns: int = 1


@dataclass(slots=True)
class _Open:
    """How many more rows each column is covered from above."""

    left: dict[int, int] = field(default_factory=dict)

    def covered(self, column: int) -> bool:
        return self.left.get(column, 0) > 0

    def next_row(self) -> None:
        self.left = {column: rows - 1 for column, rows in self.left.items() if rows > 1}


def laid_out(rows: Sequence[Sequence[Spot]], limit: int) -> Iterator[list[Cell]]:
    """Yield the rows of a table, all of the same width; a span ends where the table does.

    There are not more than `limit` cells in all.
    """
    width = _width(rows, limit)
    opened = _Open()
    for number, spots in enumerate(rows):
        cells = [Cell(covered=opened.covered(column)) for column in range(width)]
        fresh: dict[int, int] = {}
        at = 0
        for spot in spots:
            while opened.covered(at):
                at += 1
            columns, below = max(spot.columns, 1), min(max(spot.rows, 1), len(rows) - number)
            cells[at] = replace(spot.make(), rows=below, columns=columns)
            for column in range(at, at + columns):
                if column > at:
                    cells[column] = Cell(covered=True)
                fresh[column] = below
            at += columns
        opened.left.update(fresh)
        opened.next_row()
        yield cells


def _width(rows: Sequence[Sequence[Spot]], limit: int) -> int:
    """Return how many columns a table has; it is refused as soon as it has too many."""
    opened, width = _Open(), 0
    for number, spots in enumerate(rows):
        at = 0
        fresh: dict[int, int] = {}
        for spot in spots:
            while opened.covered(at):
                at += 1
            columns = max(spot.columns, 1)
            fresh |= dict.fromkeys(range(at, at + columns), min(max(spot.rows, 1), len(rows) - number))
            at += columns
        width = max(width, at)
        if width * len(rows) > limit:
            raise too_large(Message("A table has more than {limit} cells.", limit=limit), "cells")
        opened.left.update(fresh)
        opened.next_row()
    return width
