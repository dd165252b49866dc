"""Rows over the full width of a table that is open at its sides: no ruling runs down beside them.

Above and below such a row the rulings across have the width of the table. A paragraph between two tables may stand
between such rulings as well; it is a row only where it stands between them as the rows of the table do, or is filled.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ogp_data.documents.pdf.corners import Corners, Drawn, corners, shared
from ogp_data.documents.pdf.letters import Letter
from ogp_data.documents.pdf.rulings import NEAR, Ruling

_LOOSE = 0.4
"""By so much of the size of its letters a row may be looser than other rows of the table."""
_MOST = 1.6
"""Rows that are made taller than their text tell nothing of what stands between two tables."""
_BARELY = 0.5
_FILLED = 0.8


@dataclass(frozen=True, slots=True)
class _Strip:
    """What lies between two rulings of the same width, one below the other."""

    top: float
    bottom: float
    left: float
    right: float

    @property
    def box(self) -> Corners:
        return self.left, self.top, self.right, self.bottom

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top < y < self.bottom


@dataclass(frozen=True, slots=True)
class _Room:
    """How much room is above and below the letters of a strip, and how large these are."""

    above: float
    below: float
    size: float


def bands(
    flat: Sequence[Ruling], upright: Sequence[Ruling], boxes: Sequence[Drawn], letters: Sequence[Letter]
) -> list[Ruling]:
    """Return the sides that the rows of open tables lack which reach over their full width."""
    seen = sorted((one for one in letters if one.text.strip()), key=lambda one: one.middle[1])
    found: list[Ruling] = []
    for level in _same_width(flat):
        strips = [_Strip(a.at, b.at, a.start, a.end) for a, b in itertools.pairwise(level)]
        ruled = [_is_parted(strip, upright) for strip in strips]
        if not any(ruled) or all(ruled):
            continue
        rooms = [_room(strip, seen) for strip in strips]
        usual = [room for room, is_ruled in zip(rooms, ruled, strict=True) if is_ruled and room]
        # Beside a row that has its sides, one of the same table would have them too.
        opened = [is_ruled and not _is_closed(strip, upright) for strip, is_ruled in zip(strips, ruled, strict=True)]
        for at in _growing(ruled, opened):
            if _is_filled(strips[at], boxes) or _stands_as(rooms[at], usual):
                ruled[at] = opened[at] = True
                found += _sides(strips[at])
    return found


def _growing(ruled: list[bool], opened: list[bool]) -> Iterator[int]:
    """Yield the strips beside rows that are open at their sides, also beside those that have become rows meanwhile."""
    for order in (range(len(ruled)), reversed(range(len(ruled)))):
        for at in order:
            if not ruled[at] and any(opened[max(at - 1, 0) : at + 2]):
                yield at


def _sides(strip: _Strip) -> list[Ruling]:
    return [Ruling(side, strip.top, strip.bottom) for side in (strip.left, strip.right)]


def _same_width(flat: Sequence[Ruling]) -> Iterator[list[Ruling]]:
    """Yield rulings that begin and end at the same places, from the top."""
    waiting = sorted(flat, key=lambda one: one.at)
    while waiting:
        first = waiting[0]
        same = [one for one in waiting if abs(one.start - first.start) <= NEAR and abs(one.end - first.end) <= NEAR]
        waiting = [one for one in waiting if one not in same]
        if len(same) > 2:
            yield same


def _is_parted(strip: _Strip, upright: Sequence[Ruling]) -> bool:
    """Return whether a ruling runs down somewhere in a strip."""
    middle, reach = (strip.top + strip.bottom) / 2, _BARELY * (strip.bottom - strip.top) / 2
    return any(
        strip.left - NEAR <= one.at <= strip.right + NEAR and one.start <= middle - reach and one.end >= middle + reach
        for one in upright
    )


def _is_closed(strip: _Strip, upright: Sequence[Ruling]) -> bool:
    """Return whether rulings run down at both sides of a strip."""
    middle = (strip.top + strip.bottom) / 2
    down = [one.at for one in upright if one.start <= middle <= one.end]
    return all(any(abs(at - side) <= NEAR for at in down) for side in (strip.left, strip.right))


def _room(strip: _Strip, letters: Sequence[Letter]) -> _Room | None:
    start = bisect_left(letters, strip.top, key=lambda one: one.middle[1])
    end = bisect_left(letters, strip.bottom, key=lambda one: one.middle[1])
    held = [one for one in letters[start:end] if strip.holds(*one.middle)]
    if not held:
        return None
    above, below = min(one.top for one in held) - strip.top, strip.bottom - max(one.bottom for one in held)
    return _Room(above, below, max(one.size for one in held))


def _stands_as(room: _Room | None, usual: Sequence[_Room]) -> bool:
    """Return whether what is in a strip stands as near to its rulings as what is in the rows of the table."""
    if room is None or not usual:
        return False
    above, below = max(one.above for one in usual), max(one.below for one in usual)
    loose, most = _LOOSE * room.size, _MOST * room.size
    return room.above <= min(above, most) + loose and room.below <= min(below, most) + loose


def _is_filled(strip: _Strip, boxes: Sequence[Drawn]) -> bool:
    """Return whether boxes that are filled lie behind most of a strip."""
    covered = 0.0
    for box in boxes:
        across, down = shared(strip.box, corners(box))
        if box["fill"] and across > 0 and down >= _FILLED * (strip.bottom - strip.top):
            covered += across
    return covered >= _FILLED * (strip.right - strip.left)
