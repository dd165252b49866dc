"""What a text says of where something is, in whichever form: the reference system, and the box around the positions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ogp_data.core.messages import Message

DEEPEST = 32
"""Collections within collections; a text with more is no place on earth."""

_LINES = frozenset({"LINESTRING", "MULTILINESTRING"})
_RINGS = frozenset({"POLYGON", "TRIANGLE", "MULTIPOLYGON", "POLYHEDRALSURFACE", "TIN"})


class NoGeometryError(ValueError):
    """A text is no geometry; the message is a predicate that says why."""


class Box(NamedTuple):
    """The least and greatest first and second coordinates."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Geometry:
    """What a text says: the IRI of its reference system ("" where it has none) and its box, None for nowhere."""

    kind: str
    crs: str = ""
    box: Box | None = None


@dataclass(slots=True)
class Extent:
    """The box of the positions so far."""

    box: Box | None = None

    def add(self, x: float, y: float) -> None:
        """Take a position in."""
        west, south, east, north = self.box or (x, y, x, y)
        self.box = Box(min(west, x), min(south, y), max(east, x), max(north, y))


def check_positions(kind: str, positions: Sequence[Sequence[float]]) -> None:
    """Check a list of positions: one for a point, two for a line, a closed ring for a surface."""
    if kind == "POINT" and len(positions) > 1:
        raise NoGeometryError(Message("has several positions in one point"))
    if kind in _LINES and len(positions) == 1:
        raise NoGeometryError(Message("has a line of one position"))
    if kind in _RINGS and (len(positions) < 4 or positions[0] != positions[-1]):
        raise NoGeometryError(Message("has a ring that does not end where it begins"))
