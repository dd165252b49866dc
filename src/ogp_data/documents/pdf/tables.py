"""Tables of pages -> tables of the document: one that fills the foot of a page may go on at the head of the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ogp_data.documents.pdf.corners import steps
from ogp_data.documents.pdf.pages import Held
from ogp_data.documents.pdf.rulings import Spot

_NEAR = 3.0
"""Tables whose sides stand so near to each other are one, and so are columns."""


@dataclass(slots=True)
class Joined:
    """A table of the document: its number, its parts with their pages, and the left sides of its columns."""

    number: int
    parts: list[tuple[int, Held]]

    @property
    def sides(self) -> list[float]:
        """Return where columns begin and end, over all parts."""
        return _sides([held for _, held in self.parts])

    def goes_on(self, held: Held) -> bool:
        """Return whether a table can be the next part of this one: it has the same sides, and columns of its own."""
        parts = [part for _, part in self.parts] + [held]
        before = parts[-2].grid.xs
        same = abs(before[0] - held.grid.xs[0]) <= _NEAR and abs(before[-1] - held.grid.xs[-1]) <= _NEAR
        sides = _sides(parts) if same else []
        return same and all(len(set(columns(part, sides).values())) == len(part.grid.xs) for part in parts)


def _sides(parts: Sequence[Held]) -> list[float]:
    """Return where columns begin and end, over all parts; those of one alone are its own."""
    if len(parts) == 1:
        return list(parts[0].grid.xs)
    return steps((x for held in parts for x in held.grid.xs), _NEAR)


def columns(held: Held, sides: Sequence[float]) -> Mapping[int, int]:
    """Return for each side of a column of a part which of the columns of the whole table begins there."""
    return {index: min(range(len(sides)), key=lambda at: abs(sides[at] - x)) for index, x in enumerate(held.grid.xs)}


def by_row(held: Held) -> list[list[Spot]]:
    """Return the cells of a part that begin in each of its rows, from the left."""
    rows: list[list[Spot]] = [[] for _ in range(len(held.grid.ys) - 1)]
    for spot in sorted(held.grid.spots, key=lambda spot: spot.column):
        rows[spot.row].append(spot)
    return rows
