"""Text that runs upwards, downwards or upside down -> lines that say what somebody reads who turns the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ogp_data.documents.pdf.corners import Corners, Drawn, around
from ogp_data.documents.pdf.letters import Letter, Line, letters, lines, parted

Turn = Callable[[Corners], Corners]
"""A box on the page -> the same box as somebody sees it who has turned the page so that the text runs to the right."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A way in which text runs: how a page is turned to read it, and how it is turned back."""

    there: Turn
    back: Turn


_WAYS: Mapping[str, _Way] = {
    "up": _Way(lambda b: (-b[3], b[0], -b[1], b[2]), lambda b: (b[1], -b[2], b[3], -b[0])),
    "down": _Way(lambda b: (b[1], -b[2], b[3], -b[0]), lambda b: (-b[3], b[0], -b[1], b[2])),
    "over": _Way(lambda b: (-b[2], -b[3], -b[0], -b[1]), lambda b: (-b[2], -b[3], -b[0], -b[1])),
}


def way(char: Drawn) -> str:
    """Return how the text runs in which a letter stands: "" for the usual way."""
    along, up = char["matrix"][0], char["matrix"][1]
    if abs(up) > abs(along):
        return "up" if up > 0 else "down"
    return "over" if along < 0 else ""


def turned_lines(chars: Sequence[Drawn], links: Sequence[tuple[Corners, str]]) -> Iterator[Line]:
    """Yield the lines of letters that do not run the usual way, each with its box on the page."""
    for name, one in _WAYS.items():
        found = [_turned(letter, one.there) for letter in letters([c for c in chars if way(c) == name], links)]
        for line in (part for whole in lines(found) for part in parted(whole)):
            yield Line(line.letters, at=one.back(around(x.box for x in line.letters)))


def _turned(letter: Letter, turn: Turn) -> Letter:
    left, top, right, bottom = turn(letter.box)
    # Of a letter on its side the library gives the width as the size.
    return replace(letter, left=left, top=top, right=right, bottom=bottom, size=(bottom - top) or 1.0)
