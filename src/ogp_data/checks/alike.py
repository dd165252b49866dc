"""Findings that are alike: so many are told that a file in which everything is wrong needs little more memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from ogp_data.core import bounds
from ogp_data.core.messages import Message, listed

Kind = tuple[str, str]
"""A rule, and the property that it is about."""

T = TypeVar("T")


class Alike:
    """Lets through the first of each kind, and counts the others."""

    def __init__(self) -> None:
        """Begin with none."""
        self._seen = Counter[Kind]()

    def first(self, things: Iterable[T], kind: Callable[[T], Kind]) -> Iterator[T]:
        """Yield things in their order, at most so many of each kind."""
        for thing in things:
            one = kind(thing)
            self._seen[one] += 1
            if self._seen[one] <= bounds.ALIKE:
                yield thing

    @property
    def note(self) -> Message | None:
        """Return how many were counted only, by kind; None where all were let through."""
        more = {kind: count - bounds.ALIKE for kind, count in self._seen.items() if count > bounds.ALIKE}
        if not more:
            return None
        each = [
            Message("{count:,} of {rule}, {property}", count=count, rule=rule, property=name)
            if name
            else Message("{count:,} of {rule}", count=count, rule=rule)
            for (rule, name), count in sorted(more.items())
        ]
        return Message(
            "of each kind the first {most:,} findings are told; there are more: {each}",
            most=bounds.ALIKE,
            each=listed(each),
        )
