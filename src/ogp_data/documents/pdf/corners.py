"""Boxes on a page, counted from its top left corner: what every step of reading a PDF asks of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Drawn = Mapping[str, Any]
"""A letter, line, box or picture as pdfplumber has it."""

Corners = tuple[float, float, float, float]
"""The left, top, right and bottom of a box."""


def corners(drawn: Drawn) -> Corners:
    """Return the box of what the library has."""
    return drawn["x0"], drawn["top"], drawn["x1"], drawn["bottom"]


def ordered(x: float, y: float, other_x: float, other_y: float) -> Corners:
    """Return the box between two points."""
    return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)


def around(boxes: Iterable[Corners]) -> Corners:
    """Return the box around boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def middle(box: Corners) -> tuple[float, float]:
    """Return the point in the middle of a box."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def holds(box: Corners, x: float, y: float) -> bool:
    """Return whether a point stands in a box."""
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def shared(one: Corners, other: Corners) -> tuple[float, float]:
    """Return how wide and how high two boxes lie on one another; not above 0 where they do not."""
    return min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])


def steps(levels: Iterable[float], near: float) -> list[float]:
    """Return levels in order, without those that are no further than that from the one before."""
    found: list[float] = []
    for level in sorted(levels):
        if not found or level - found[-1] > near:
            found.append(level)
    return found
