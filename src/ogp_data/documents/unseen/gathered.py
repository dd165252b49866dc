"""Gathers what a file carries unseen, each kind once, however often it is met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ogp_data.core.places import SourcePlace
from ogp_data.core.unseen import Carried, Kind

_SHOWN = 5
"""So many places and names of a kind are kept: a file may have thousands."""


@dataclass(slots=True)
class Unseen:
    """What was met so far: how often each kind was, where first, and by which names."""

    counts: dict[Kind, int] = field(default_factory=dict)
    places: dict[Kind, list[SourcePlace]] = field(default_factory=dict)
    names: dict[Kind, list[str]] = field(default_factory=dict)

    def add(self, kind: Kind, place: SourcePlace | None = None, count: int = 1, names: Iterable[str] = ()) -> None:
        """Take up so many more of a kind; nothing when there are none."""
        if count < 1:
            return
        self.counts[kind] = self.counts.get(kind, 0) + count
        places, known = self.places.setdefault(kind, []), self.names.setdefault(kind, [])
        if place is not None and len(places) < _SHOWN and place not in places:
            places.append(place)
        known += [name for name in dict.fromkeys(names) if name not in known][: _SHOWN - len(known)]

    def take(self, carried: Iterable[Carried]) -> None:
        """Take up what was gathered elsewhere."""
        for one in carried:
            first, *others = one.places or (None,)
            self.add(one.kind, first, one.count, one.names)
            self.places[one.kind] += [place for place in others if place][: _SHOWN - len(self.places[one.kind])]

    @property
    def carried(self) -> tuple[Carried, ...]:
        """Return what was met, in the order in which it first was."""
        return tuple(
            Carried(kind, count, tuple(self.places[kind]), tuple(self.names[kind]))
            for kind, count in self.counts.items()
        )
