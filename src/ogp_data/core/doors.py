"""Doors: where the packages of others add to what this program knows, without a change to it.

What is behind a door has a name. Our own register where the door is made; those of others are entry points of its group
(https://packaging.python.org/en/latest/specifications/entry-points/), each under the name that the thing itself has.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from typing import Generic, Protocol, TypeVar

from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message


class Named(Protocol):
    """What can stand behind a door."""

    @property
    def name(self) -> str:
        """Return the name by which declarations call it."""
        ...


T = TypeVar("T", bound=Named)

FAILURES = (Exception, SystemExit, GeneratorExit)
"""What the code of others can raise to end its work. SystemExit too: by it a run would end as if all were well."""

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}")
"""A name that can be part of an address and of a file's name."""

_GUESTS: dict[str, Place] = {}
"""The module at the top of each package that was let in -> its entry point."""


def culprit(reason: BaseException) -> Place | None:
    """Return the entry point of the package in whose code something was raised, None where it was in ours."""
    for frame, _ in reversed(list(traceback.walk_tb(reason.__traceback__))):
        root = str(frame.f_globals.get("__name__", "")).split(".")[0]
        if root in _GUESTS:
            return _GUESTS[root]
    return None


def has_guests() -> bool:
    """Return whether any package of others was let in, of which nobody knows when it changes."""
    return bool(_GUESTS)


def said(reason: BaseException) -> str:
    """Return what was raised, in one line."""
    return f"{type(reason).__name__}: {reason}".splitlines()[0].rstrip(".: ")


@dataclass(slots=True)
class Door(Generic[T]):
    """Our own things of a kind and those of others, by name; looked for when the first one is asked for."""

    group: str
    """The group of the entry points, such as `ogp_data.types`."""
    kind: type[T]
    """What each of them has to be an instance of."""
    own: tuple[T, ...]
    unfit: Callable[[T, Mapping[str, T]], str] | None = None
    """Gives why a thing cannot stand beside those that are known, in a sentence; nothing when it can."""
    _known: dict[str, T] = field(init=False, default_factory=dict)
    _found: list[Finding] = field(init=False, default_factory=list)
    _origins: dict[str, str] = field(init=False, default_factory=dict)

    def all(self) -> Mapping[str, T]:
        """Return everything behind the door by name: our own in their order, then those of others by name."""
        if not self._known:
            self._known.update({thing.name: thing for thing in self.own})
            for entry in sorted(entry_points(group=self.group), key=lambda entry: (entry.name, _origin(entry))):
                self._admit(entry)
        return self._known

    def get(self, name: str) -> T | None:
        """Return what has a name, or None when nothing has."""
        return self.all().get(name)

    def __getitem__(self, name: str) -> T:
        """Return what has a name; KeyError for one that no check let through."""
        return self.all()[name]

    def __contains__(self, name: object) -> bool:
        """Return whether something has a name."""
        return name in self.all()

    def __iter__(self) -> Iterator[T]:
        """Yield everything behind the door, in order."""
        yield from self.all().values()

    def is_own(self, name: str) -> bool:
        """Return whether what has a name is of this program, and not of another package."""
        return any(thing.name == name for thing in self.own)

    def origin(self, name: str) -> str:
        """Return the package that what has a name comes from, with its version; "" for our own."""
        return self._origins.get(name, "")

    def faults(self) -> list[Finding]:
        """Return which entry points of others are not let in, and why: nothing is left out in silence."""
        self.all()
        return list(self._found)

    def _admit(self, entry: EntryPoint) -> None:
        """Let in what an entry point leads to, or keep the finding that says why not."""
        place = Place(file=_origin(entry), key=f"{self.group}: {entry.name} = {entry.value}")
        try:
            thing = entry.load()
        except FAILURES as reason:  # it is the code of others: whatever it raises, the steward is told whose it is
            self._refuse(Message("It cannot be loaded: {said}.", said=said(reason)), place)
            return
        try:
            unfit = self._unfit(thing, entry.name)
        except FAILURES as reason:
            unfit = Message("It cannot be loaded: {said}.", said=said(reason))
        if unfit:
            self._refuse(unfit, place)
        elif entry.name in self._known:
            self._found.append(
                finding("extension-taken", Message("The name {name!r} is taken.", name=entry.name), place)
            )
        else:
            self._known[entry.name] = thing
            self._origins[entry.name] = place.file
            _GUESTS.setdefault(entry.module.split(".")[0], place)

    def _unfit(self, thing: object, name: str) -> str:
        """Return why what an entry point of a name leads to is not let in; "" when nothing is wrong with it."""
        if not isinstance(thing, self.kind):
            return Message(
                "It leads to {name}, not to an instance of {name2}.",
                name=type(thing).__name__,
                name2=self.kind.__name__,
            )
        if thing.name != name:
            return Message("What it leads to is called {name!r}, not {name2!r}.", name=thing.name, name2=name)
        if not _NAME.fullmatch(name):
            return Message(
                "The name {name!r} is not made of lower-case letters, digits, hyphens and underscores.", name=name
            )
        return self.unfit(thing, self._known) if self.unfit and name not in self._known else ""

    def _refuse(self, message: str, place: Place) -> None:
        self._found.append(finding("extension-broken", message, place))


def _origin(entry: EntryPoint) -> str:
    """Return the package that an entry point comes from, with its version."""
    return f"{entry.dist.name} {entry.dist.version}" if entry.dist else Message("an unknown package")
