"""Drawings of the site: SVG made when the data is published, with text alternatives and every number as text.

The drawings are as wide as the text on the narrowest screen (288 units), so that their letters are never smaller than
those of the page. What they mean never hangs on colour: each part has its number in it and its words beneath it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

WIDTH = 288
"""The width of a drawing in its own units: the text's width on a screen of 320 pixels, one unit a pixel there."""

KINDS = frozenset({"known", "unknown", "done", "mostly", "underway", "delayed", "stopped", "notstarted"})
"""What a part of a drawing can mean, which is the class that colours it; what is unknown has a dashed outline."""

_LINE, _BAR, _GAP = 16, 22, 12
_LETTERS = 42
"""How many letters of 12 units stand beside each other on a line, when they are wide."""
_BOLD = 36
"""How many of them where they are bold."""

_TOP, _MARK = 20, 12
"""How high the years of a timeline stand, and each mark on it."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a bar: its words, how many, and what it means, one of KINDS."""

    words: str
    number: int
    kind: str = "known"


@dataclass(frozen=True, slots=True)
class Stack:
    """A bar of several parts, in their order; without a label it stands for the whole picture."""

    label: str
    shares: Sequence[Share]

    @property
    def total(self) -> int:
        """Return how many all its parts are."""
        return sum(share.number for share in self.shares)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days that a date covers; without a first or last day it is open there."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Event:
    """An event: what its date covers, its words, how its date is said, what is in doubt of that, and what is wrong."""

    stretches: Sequence[Stretch]
    label: str
    when: str
    doubt: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn, as SVG within a frame that is as wide as all drawings, its height, and its figures in words."""

    inside: str
    height: float
    told: str

    def svg(self, name: str, title: str, text: str) -> Markup:
        """Return the drawing as an SVG with a name and a description; its figures stand in the table beside it."""
        # By ids, since browsers do not all read <title> and <desc> of an SVG to a screen reader by themselves.
        title_id, told_id = (f"drawn-{_clean(name)}-{part}" for part in ("title", "told"))
        return Markup(
            f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" role="img" viewBox="0 0 {WIDTH} {self.height}"'
            f' aria-labelledby="{title_id}" aria-describedby="{told_id}"><title id="{title_id}">{_clean(title)}</title>'
            f'<desc id="{told_id}">{_clean(text)}</desc>{self.inside}</svg>'
        )

    def file(self, title: str, text: str, source: str, style: str) -> bytes:
        """Return the drawing as a file of its own, which says what it is and where it comes from."""
        above, y = [], 4
        for kind, said in (("count", title), ("", text)):
            for line in _wrapped(said, _BOLD if kind else _LETTERS):
                y += _LINE
                above.append(_text(0, y, line, kind))
        top, below = y + _GAP, _wrapped(source)
        foot = [_text(0, top + self.height + _LINE * n, line) for n, line in enumerate(below, 1)]
        height, wide = round(top + self.height + _LINE * len(below) + 8, 2), WIDTH + 24
        frame = f'viewBox="-12 0 {wide} {height}" width="{2 * wide}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" {frame}>'
            f"<title>{_clean(title)}</title><desc>{_clean(f'{text} {self.told}')}</desc><style>{style}</style>"
            f'<rect class="paper" x="-12" width="{wide}" height="{height}"/>{"".join(above)}'
            f'<g transform="translate(0 {top})">{self.inside}</g>{"".join(foot)}</svg>\n'
        ).encode("utf-8", "backslashreplace")


# Bars ---------------------------------------------------------------------------------------------------


def stacks(shown: Sequence[Stack]) -> Drawing:
    """Return a bar for each stack, all to one scale; its parts have their numbers in them and their words beneath."""
    # At least 1, for where all bars are 0 there is nothing to divide by.
    most, parts, y = max((1, *(stack.total for stack in shown))), [], 0
    for stack in shown:
        for line in _wrapped(stack.label, _BOLD) if stack.label else ():
            y += _LINE
            parts.append(_text(0, y - 4, line, "count"))
        if stack.total:
            parts += _bar(stack, y, most)
            y += _BAR
        for entries in _lines(stack.shares):
            y += _LINE
            parts.append(f'<text x="0" y="{y - 3}">{"".join(entries)}</text>')
        y += _GAP
    return Drawing("".join(parts), y, " ".join(map(_told, shown)))


def _told(stack: Stack) -> str:
    counts = ", ".join(f"{share.number} {share.words}" for share in stack.shares if share.number)
    return f"{stack.label}: {counts}." if stack.label else f"{counts}."


def _bar(stack: Stack, y: float, most: int) -> Iterator[str]:
    """Yield the parts of a bar, each where the one before it ends."""
    before = 0
    for share in (share for share in stack.shares if share.number):
        # Rounded, so that the last digits of a division do not make other bytes on another machine.
        x, end = (round(WIDTH * number / most, 1) for number in (before, before + share.number))
        before += share.number
        wide = round(end - x, 1)
        # Within its place, so that no outline lies over that of the next part or sticks out of the drawing.
        edge = min(1.0, wide / 4)
        inner = f'x="{round(x + edge, 2)}" y="{y + 1}" width="{round(wide - 2 * edge, 2)}" height="{_BAR - 2}"'
        yield f'<rect class="{_kind(share)}" {inner}/>'
        if wide >= 8 + 8 * len(str(share.number)):
            middle = f'x="{round(x + wide / 2, 1)}" y="{y + 16}" text-anchor="middle"'
            yield f'<text class="on on-{_kind(share)}" {middle}>{share.number}</text>'


def _lines(shares: Sequence[Share]) -> Iterator[list[str]]:
    """Yield what stands beneath a bar, line by line: a sign in the colour of each part, its number and its words."""
    line: list[str] = []
    room = _LETTERS
    for share in (share for share in shares if share.number):
        first, *rest = textwrap.wrap(_plain(f"{share.number} {share.words}"), _LETTERS - 3) or [str(share.number)]
        if line and len(first) + 3 > room:
            yield line
            line, room = [], _LETTERS
        sign = "□" if _kind(share) == "unknown" else "■"
        line.append(f'<tspan class="sign sign-{_kind(share)}">{sign}</tspan> {_clean(first)}   ')
        room -= len(first) + 4
        for more in rest:
            yield line
            line, room = [_clean(more) + "   "], _LETTERS - len(more) - 4
    if line:
        yield line


def _kind(share: Share) -> str:
    return share.kind if share.kind in KINDS else "unknown"


# Time ---------------------------------------------------------------------------------------------------


def timeline(events: Sequence[Event]) -> Drawing:
    """Return events on an axis of years, each with its date and words above its mark."""
    days = [day for event in events for one in event.stretches for day in (one.first, one.last) if day]
    first, last = min(days), max(days)
    # Python's calendar ends with 9999, and a document may well write such a year by mistake.
    begin, end = date(first.year, 1, 1), date(min(last.year, 9998) + 1, 1, 1)
    scale = WIDTH / (end - begin).days

    def x(day: date) -> float:
        return round((day - begin).days * scale, 2)

    parts: list[str] = []
    y = float(_TOP)
    for event in events:
        for line, kind in _said(event):
            y += _LINE
            parts.append(_text(0, y - 3, line, kind))
        parts += (_mark(one, y + 2, x, "unknown" if event.doubt else "known") for one in event.stretches)
        if event.wrong:
            marked = [x(day) for one in event.stretches for day in (one.first, one.last) if day]
            parts.append(_warned(min(marked), max(marked), y + 2))
        y += _MARK + _GAP
    axis = _axis(first.year, last.year, x, y)
    return Drawing("".join([*axis, *parts]), round(y, 2), " ".join(map(_told_of, events)))


def _told_of(event: Event) -> str:
    when = f"{event.when} ({event.doubt})" if event.doubt else event.when
    return f"{when}: {event.label}" + (f" ({event.wrong})" if event.wrong else "")


def _mark(one: Stretch, y: float, x: Callable[[date], float], kind: str) -> str:
    """Return the mark of days: a bar, which ends in a point where it is open."""
    first, last = x(one.first or one.last or date.min), x(one.last or one.first or date.min)
    # A day on an axis of years would be thinner than a pixel.
    wide = max(5.0, round(last - first, 2))
    left = round(min(first, WIDTH - wide), 2)
    right, middle, bottom = round(left + wide, 2), y + _MARK / 2, y + _MARK
    if one.first and one.last:
        return f'<rect class="{kind}" x="{left}" y="{y}" width="{wide}" height="{_MARK}" rx="2"/>'
    tip, base = (min(WIDTH, right + 14), left) if one.first else (max(0, left - 14), right)
    return f'<path class="{kind}" d="M{base} {y}L{round(tip, 2)} {middle}L{base} {bottom}Z"/>'


def _said(event: Event) -> Iterator[tuple[str, str]]:
    """Yield each line above a mark, with the class of its letters."""
    yield from ((line, "count") for line in _wrapped(event.when, _BOLD))
    yield from ((line, "wrong") for line in (_wrapped(event.wrong, _BOLD) if event.wrong else ()))
    yield _cut(event.label), ""


def _warned(first: float, last: float, y: float) -> str:
    """Return a warning sign behind a mark, or before it where there is no room behind."""
    left = round(last + 8 if last + 24 <= WIDTH else max(0.0, first - 28), 2)
    sign = f'<path class="delayed" d="M{left} {y + 12}h14l-7 -13z"/>'
    return f'{sign}<text class="on" x="{round(left + 7, 2)}" y="{y + 11}" text-anchor="middle">!</text>'


def _axis(first: int, last: int, x: Callable[[date], float], height: float) -> Iterator[str]:
    """Yield a line at the begin of each year; of many years, only so many as can be read."""
    step = max(1, -(-(last - first + 1) // 6))
    for year in range(first, last + 2, step):
        if year <= 9999:
            place = x(date(year, 1, 1))
            yield f'<line class="axis" x1="{place}" y1="16" x2="{place}" y2="{round(height, 2)}"/>'
            if year <= last:
                yield _text(place + 3, 12, str(year))


# Letters ------------------------------------------------------------------------------------------------


def _text(x: float, y: float, text: str, kind: str = "") -> str:
    name = f' class="{kind}"' if kind else ""
    return f'<text{name} x="{round(x, 2)}" y="{round(y, 2)}">{_clean(text)}</text>'


def _cut(text: str) -> str:
    """Return the first line of a text, with a sign that it goes on."""
    lines = _wrapped(text)
    return lines[0] if len(lines) == 1 else f"{lines[0][: _LETTERS - 1]}…"


def _wrapped(label: str, letters: int = _LETTERS) -> list[str]:
    return textwrap.wrap(_plain(label), letters) or [""]


def _clean(text: str) -> Markup:
    """Return text as XML can hold it."""
    return escape(_plain(text))


def _plain(text: str) -> str:
    # SVG is XML where it is looked at by itself, and one such character makes the whole picture unreadable.
    return "".join(letter for letter in text if letter in "\t\n" or (letter >= " " and letter not in _NONE))


_NONE = frozenset({"\x7f", "\ufffe", "\uffff", *map(chr, range(0xD800, 0xE000))})
