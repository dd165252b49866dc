"""What the columns of a table are called: by their headings, by the lowest of these, or by their numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

PATH = " / "
"""What stands between the headings of a column that stand one below the other."""


def names(headings: Sequence[str]) -> Mapping[str, int]:
    """Return which column each name is that of: its whole heading, the lower part of it, or its number, from 1.

    A name that several columns have is that of none.
    """
    found: dict[str, int] = {str(number): number - 1 for number in range(1, len(headings) + 1)}
    found |= _once((lower, at) for at, heading in enumerate(headings) for lower in _lower(heading))
    return found | _once((heading, at) for at, heading in enumerate(headings) if heading)


def called(name: str, headings: Sequence[str]) -> list[int]:
    """Return the columns that a heading may mean, where it is the name of none."""
    return [at for at, heading in enumerate(headings) if name and name in (heading, *_lower(heading))]


def ends_with(path: str, heading: str) -> bool:
    """Return whether a heading is that of a column below which others may stand: all of its path, or the lower part."""
    return path == heading or (bool(heading) and path.endswith(f"{PATH}{heading}"))


def _lower(heading: str) -> Iterator[str]:
    """Yield the lower parts of a heading: of `A / B / C`, `B / C` and `C`."""
    _, *rest = heading.split(PATH)
    for start in range(len(rest)):
        yield PATH.join(rest[start:])


def _once(named: Iterator[tuple[str, int]]) -> dict[str, int]:
    found = list(named)
    counted = Counter(name for name, _ in found)
    return {name: at for name, at in found if counted[name] == 1}
