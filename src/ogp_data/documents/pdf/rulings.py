"""The lines of a page that part cells -> the grids of its tables.

Rulings are drawn as lines, as frames, or as thin filled boxes; wide filled boxes are the background of cells and rule
nothing. Cells are the parts of a grid between which no ruling stands, so merged cells need no guess.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ogp_data.documents.pdf.corners import Corners, Drawn, corners, holds, middle, shared, steps

_THIN = 3.0
"""A filled box that is not wider is a ruling."""
NEAR = 2.5
"""Rulings at less than this distance are one; what is drawn in pieces, or crosses with a gap, is taken together."""
_SHORT = 5.0
"""No ruling of a table is shorter, once it is put together."""
_MOST = 4000
"""A page with more rulings is a drawing."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line along one axis: where it stands on the other, and from where to where it goes."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of a grid: its first row and column, and how many it spans."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns and rows of a table, by the rulings between them, and its cells from the top and from the left."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    spots: tuple[Spot, ...]

    @property
    def box(self) -> Corners:
        """Return left, top, right and bottom."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point is in the table."""
        return holds(self.box, x, y)

    def at(self, x: float, y: float) -> tuple[int, int]:
        """Return the row and column of a point in the table."""
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        return row, min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)

    def corners(self, spot: Spot) -> Corners:
        """Return the box of a cell."""
        right, bottom = self.xs[spot.column + spot.columns], self.ys[spot.row + spot.rows]
        return self.xs[spot.column], self.ys[spot.row], right, bottom


def rulings(lines: Sequence[Drawn], boxes: Sequence[Drawn]) -> tuple[list[Ruling], list[Ruling]]:
    """Return the rulings across a page and down, each put together; none of a drawing."""
    if len(lines) + len(boxes) > _MOST:
        return [], []
    flat, upright = _rulings(lines, boxes)
    return _merged(flat), _merged(upright)


def grids(flat: Sequence[Ruling], upright: Sequence[Ruling]) -> list[Grid]:
    """Return the tables that rulings make, from the top."""
    found = []
    for across, down in _together(flat, upright):
        grid = _grid(across, down)
        if grid and len(grid.spots) > 1:
            found.append(grid)
    return sorted(_outermost(found), key=lambda grid: (grid.ys[0], grid.xs[0]))


def _rulings(lines: Sequence[Drawn], boxes: Sequence[Drawn]) -> tuple[list[Ruling], list[Ruling]]:
    """Return the horizontal and the vertical rulings."""
    flat: list[Ruling] = []
    upright: list[Ruling] = []
    for line in lines:
        _add(line, flat, upright)
    for box in boxes:
        if min(box["width"], box["height"]) <= _THIN:
            _add(box, flat, upright)
        elif box["stroke"]:
            flat += (Ruling(box[side], box["x0"], box["x1"]) for side in ("top", "bottom"))
            upright += (Ruling(box[side], box["top"], box["bottom"]) for side in ("x0", "x1"))
    return flat, upright


def _add(drawn: Drawn, flat: list[Ruling], upright: list[Ruling]) -> None:
    """Add a thin line or box to those along which it lies; one that is a dot may go on a line of either kind."""
    width, height = drawn["width"], drawn["height"]
    if height <= _THIN and height <= width:
        flat.append(Ruling((drawn["top"] + drawn["bottom"]) / 2, drawn["x0"], drawn["x1"]))
    if width <= _THIN and width <= height:
        upright.append(Ruling((drawn["x0"] + drawn["x1"]) / 2, drawn["top"], drawn["bottom"]))


def _merged(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Return rulings with those that lie on one another, or go on from one another, as one."""
    found: list[Ruling] = []
    for level in _levels(sorted(rulings, key=lambda one: one.at)):
        at = sum(one.at for one in level) / len(level)
        run: Ruling | None = None
        for one in sorted(level, key=lambda one: one.start):
            if run and one.start <= run.end + NEAR:
                run = Ruling(at, run.start, max(run.end, one.end))
            else:
                found += [run] if run else []
                run = Ruling(at, one.start, one.end)
        found += [run] if run else []
    return [one for one in found if one.end - one.start >= _SHORT]


def _levels(rulings: Sequence[Ruling]) -> Iterator[list[Ruling]]:
    level: list[Ruling] = []
    for one in rulings:
        if level and one.at - level[0].at > NEAR:
            yield level
            level = []
        level.append(one)
    if level:
        yield level


def _together(flat: Sequence[Ruling], upright: Sequence[Ruling]) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    """Yield the rulings that touch one another, directly or by others."""
    parent = list(range(len(flat) + len(upright)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for i, across in enumerate(flat):
        for j, down in enumerate(upright, start=len(flat)):
            if (
                across.start - NEAR <= down.at <= across.end + NEAR
                and down.start - NEAR <= across.at <= down.end + NEAR
            ):
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for i, across in enumerate(flat):
        groups.setdefault(root(i), ([], []))[0].append(across)
    for j, down in enumerate(upright, start=len(flat)):
        groups.setdefault(root(j), ([], []))[1].append(down)
    yield from (group for group in groups.values() if len(group[0]) > 1 and group[1])


def _grid(across: Sequence[Ruling], down: Sequence[Ruling]) -> Grid | None:
    """Return the grid that rulings make, with the columns and rows that part some of its cells."""
    # A table may be open at its sides: then its rulings end there, at the same place.
    xs = _steps([one.at for one in down], [end for one in across for end in (one.start, one.end)])
    ys = _steps([one.at for one in across], [end for one in down for end in (one.start, one.end)])
    if len(xs) < 2 or len(ys) < 2:
        return None
    walls_down = [[_covers(down, x, ys[r], ys[r + 1]) for x in xs] for r in range(len(ys) - 1)]
    walls_across = [[_covers(across, y, xs[c], xs[c + 1]) for c in range(len(xs) - 1)] for y in ys]
    spots = _spots(len(ys) - 1, len(xs) - 1, walls_down, walls_across)
    return _reduced(xs, ys, spots)


def _steps(levels: Sequence[float], ends: Sequence[float]) -> list[float]:
    found = list(levels)
    for side in (min(ends), max(ends)):
        if sum(abs(end - side) <= NEAR for end in ends) > 1:
            found.append(side)
    return steps(found, NEAR)


def _covers(rulings: Sequence[Ruling], at: float, start: float, end: float) -> bool:
    """Return whether a ruling stands between two points of a line."""
    middle, reach = (start + end) / 2, (end - start) / 2 - NEAR
    return any(
        abs(one.at - at) <= NEAR and one.start <= middle - max(reach, 0) and one.end >= middle + max(reach, 0)
        for one in rulings
    )


def _spots(rows: int, columns: int, down: Sequence[Sequence[bool]], across: Sequence[Sequence[bool]]) -> list[Spot]:
    """Return the cells: squares of the grid between which no wall stands, as far as they make a box."""
    taken = [[False] * columns for _ in range(rows)]
    spots = []
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            wide = 1
            while column + wide < columns and not down[row][column + wide] and not taken[row][column + wide]:
                wide += 1
            high = 1
            while row + high < rows and not any(across[row + high][column : column + wide]):
                high += 1
            for inner in range(row, row + high):
                taken[inner][column : column + wide] = [True] * wide
            spots.append(Spot(row, column, high, wide))
    return spots


def _reduced(xs: Sequence[float], ys: Sequence[float], spots: Sequence[Spot]) -> Grid:
    """Return a grid without the columns and rows that part no cells."""
    columns = sorted({0, len(xs) - 1} | {s.column for s in spots} | {s.column + s.columns for s in spots})
    rows = sorted({0, len(ys) - 1} | {s.row for s in spots} | {s.row + s.rows for s in spots})
    new_column = {old: new for new, old in enumerate(columns)}
    new_row = {old: new for new, old in enumerate(rows)}
    moved = []
    for s in spots:
        row, column = new_row[s.row], new_column[s.column]
        moved.append(Spot(row, column, new_row[s.row + s.rows] - row, new_column[s.column + s.columns] - column))
    return Grid(tuple(xs[c] for c in columns), tuple(ys[r] for r in rows), tuple(moved))


def _outermost(found: Sequence[Grid]) -> Iterator[Grid]:
    """Yield the tables that stand in no other."""
    for grid in found:
        if not any(_area(other) > _area(grid) and other.holds(*middle(grid.box)) for other in found):
            yield grid


def _area(grid: Grid) -> float:
    left, top, right, bottom = grid.box
    return (right - left) * (bottom - top)


def fills(boxes: Iterable[Drawn], grid: Grid) -> Mapping[Spot, Drawn]:
    """Return the filled box behind each cell that has one: of those that cover half of it, the last that is drawn."""
    wide = [box for box in boxes if box["fill"] and min(box["width"], box["height"]) > _THIN]
    found: dict[Spot, Drawn] = {}
    for spot in grid.spots:
        left, top, right, bottom = cell = grid.corners(spot)
        for box in wide:
            across, down = shared(cell, corners(box))
            if across > 0 and down > 0 and across * down * 2 >= (right - left) * (bottom - top):
                found[spot] = box
    return found
