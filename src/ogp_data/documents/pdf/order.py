"""What stands on a page, in the order in which it is read: from the top, and column by column where there are some."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ogp_data.documents.pdf.corners import Corners
from ogp_data.documents.pdf.letters import GUTTER, Line, parted
from ogp_data.documents.pdf.rulings import Grid

_ROWS = 4
"""So many lines beside one another are columns; fewer may be a heading and a date."""
_NARROW = 0.15
"""What is narrower than such a share of the page is no column: bullets, numbers."""
_FULL = 0.6
"""The lines of a column fill so much of it on average; those of a list of names and values do not."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a line, or a table, and its box."""

    box: Corners
    line: Line | None = None
    grid: Grid | None = None


def units(lines: Sequence[Line], turned: Sequence[Line], grids: Sequence[Grid]) -> list[Unit]:
    """Return lines, parted where there is a wide gap, those that run another way, and tables, from the top."""
    found = [Unit(part.box, part.packed()) for line in lines for part in parted(line)]
    found += [Unit(line.box, line.packed()) for line in turned]
    found += [Unit(grid.box, grid=grid) for grid in grids]
    return sorted(found, key=lambda unit: (unit.box[1], unit.box[0]))


def in_order(found: Sequence[Unit]) -> list[list[Unit]]:
    """Return the units in reading order, in runs: what follows in another run stands in another column."""
    gutter = _gutter(found)
    if gutter is None:
        return [list(found)]
    runs: list[list[Unit]] = []
    beside: list[Unit] = []
    for unit in found:
        if unit.box[0] < gutter < unit.box[2]:
            runs += _columns(beside, gutter)
            beside = []
            if runs and runs[-1] and runs[-1][-1].box[0] < gutter < runs[-1][-1].box[2]:
                runs[-1].append(unit)
            else:
                runs.append([unit])
        else:
            beside.append(unit)
    return [run for run in runs + _columns(beside, gutter) if run]


def _columns(beside: Sequence[Unit], gutter: float) -> list[list[Unit]]:
    """Return what stands left and right of a gutter; few lines beside one another are read across."""
    left = [unit for unit in beside if unit.box[2] <= gutter]
    right = [unit for unit in beside if unit.box[0] >= gutter]
    if len(left) < _ROWS or len(right) < _ROWS:
        return [list(beside)]
    return [*in_order(left), *in_order(right)]


def _gutter(found: Sequence[Unit]) -> float | None:
    """Return where the lines of a page are parted into columns, or None."""
    boxes = [unit.box for unit in found]
    votes: Counter[float] = Counter()
    for start in {round(box[0]) for box in boxes}:
        starting = [box for box in boxes if abs(box[0] - start) <= 2]
        before = [box for box in boxes if box[2] < start - GUTTER / 2]
        if len(starting) >= _ROWS and len(before) >= _ROWS:
            gutter = start - 3.0
            if _is_gutter(boxes, gutter):
                votes[gutter] = len(starting)
    return votes.most_common(1)[0][0] if votes else None


def _is_gutter(boxes: Sequence[Corners], gutter: float) -> bool:
    """Return whether lines stand beside one another on both sides, and fill them as running text does."""
    left = [box for box in boxes if box[2] <= gutter]
    right = [box for box in boxes if box[0] >= gutter]
    if len(left) < _ROWS or len(right) < _ROWS:
        return False
    top = max(min(box[1] for box in side) for side in (left, right))
    bottom = min(max(box[3] for box in side) for side in (left, right))
    beside = [[box for box in side if box[1] < bottom and box[3] > top] for side in (left, right)]
    crossing = [box for box in boxes if box[0] < gutter < box[2] and top < box[1] and box[3] < bottom]
    wide = max(box[2] for box in boxes) - min(box[0] for box in boxes)
    if (
        min(map(len, beside)) < _ROWS
        or min(map(_width, beside)) < _NARROW * wide
        or len(crossing) > min(map(len, beside))
    ):
        return False
    return all(_fills(side) for side in beside)


def _fills(side: Sequence[Corners]) -> bool:
    return sum(box[2] - box[0] for box in side) / len(side) >= _FULL * _width(side)


def _width(side: Sequence[Corners]) -> float:
    return max(box[2] for box in side) - min(box[0] for box in side)
