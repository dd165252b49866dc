"""Drawings of the site: SVG made when the data is published, with text alternatives and every number as text.

The drawings are as wide as the text on the narrowest screen (288 units), so that their letters are never smaller than
those of the page. What they mean never hangs on colour: each part has its number and a sign, which stands by its words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from ogp_data.core.messages import direction
from ogp_data.site.lettering import shortened, width, wrapped

WIDTH = 288
"""The width of a drawing in its own units: the text's width on a screen of 320 pixels, one unit a pixel there."""

KINDS = frozenset({"known", "unknown", "done", "mostly", "underway", "delayed", "stopped", "notstarted"})
"""What a part of a drawing can mean, which is the class that colours it; what is unknown has a dashed outline."""

_LINE, _BAR, _GAP = 16, 22, 12
_SIGN, _ON, _APART = 13, 10, 12
"""How wide a sign is with the room before its words, and before its number in a bar, and the room between entries."""
_CIRCLE = "m0 4a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"
_OWN_SIGNS = {
    "known": _CIRCLE,
    "done": _CIRCLE,
    "mostly": "m4 0l4 4l-4 4l-4-4z",
    "underway": "l8 4l-8 4z",
    "delayed": "m4 0l4 8h-8z",
    "stopped": "h8v8h-8z",
    "notstarted": f"{_CIRCLE}m2 0a2 2 0 1 1 4 0a2 2 0 1 1-4 0z",
    "unknown": "h8v8h-8zm2 2v4h4v-4z",
}
_MORE_SIGNS = (
    *("h8l-4 8z", "m8 0v8l-8-4z", "m3 0h2v3h3v2h-3v3h-2v-3h-3v-2h3z", "h3v8h-3zm5 0h3v8h-3z", "m0 2h8v4h-8z"),
    *("m0 0h8v2h-8zm0 6h8v2h-8z", "h8v8z", "v8h8z"),
)
"""The signs of what parts mean, as paths of 8 by 8 units, and those of further parts that mean the same."""
_MOST = 8
"""How many lines of a text a drawing has at most; it has all of a longer one for who points at it, and in the table."""
_ALL = 10**6

_TOP, _MARK = 20, 12
"""How high the years of a timeline stand, and each mark on it."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a bar: its words, how many, and what it means, one of KINDS."""

    words: str
    number: int
    kind: str = "known"

    @property
    def level(self) -> tuple[str, str]:
        """Return what it shares with parts of other bars: its words, and what it means."""
        return self.words, self.kind if self.kind in KINDS else "unknown"


@dataclass(frozen=True, slots=True)
class Stack:
    """A bar of several parts, in their order; without a label it stands for the whole picture.

    `language` is that of its label, "" where that is the language of the page.
    """

    label: str
    shares: Sequence[Share]
    language: str = ""

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
    """An event: what its date covers, its words, how its date is said, what is in doubt of that, and what is wrong.

    `language` is that of its words, "" where that is the language of the page.
    """

    stretches: Sequence[Stretch]
    label: str
    when: str
    doubt: str = ""
    wrong: str = ""
    language: str = ""

    @property
    def begins(self) -> tuple[date, date]:
        """Return by what it stands among others: its first day, and its last, so that a day goes before its year."""
        days = [(one.first or one.last or date.max, one.last or date.max) for one in self.stretches]
        return min(days)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn, as SVG within a frame that is as wide as all drawings, its height, and its figures in words."""

    inside: str
    height: float
    told: str
    language: str = ""

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
        above, y = [], 4.0
        for kind, said in (("count", title), ("", text)):
            lines, y = _lines(said, y + _LINE, kind, self.language, _ALL)
            above += lines
        top = y + _GAP
        foot, end = _lines(source, top + self.height + _LINE, "", self.language, _ALL)
        height, wide = round(end + 8, 2), WIDTH + 24
        frame = f'viewBox="-12 0 {wide} {height}" width="{2 * wide}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" {frame}>'
            f"<title>{_clean(title)}</title><desc>{_clean(f'{text} {self.told}')}</desc><style>{style}</style>"
            f'<rect class="paper" x="-12" width="{wide}" height="{height}"/>{"".join(above)}'
            f'<g transform="translate(0 {top})">{self.inside}</g>{"".join(foot)}</svg>\n'
        ).encode("utf-8", "backslashreplace")


# Bars ---------------------------------------------------------------------------------------------------


def stacks(shown: Sequence[Stack], language: str) -> Drawing:
    """Return a bar for each stack, all to one scale, with the numbers and signs of its parts.

    The words of the signs stand above several bars once, and beneath a single one.
    """
    signs, is_told_once = _signs(shown)
    parts: list[str] = []
    y = 0.0
    if is_told_once:
        parts, y = _entries([(sign, kind, words) for (words, kind), sign in signs.items()], y + _LINE - 4, language)
        y += _GAP
    # At least 1, for where all bars are 0 there is nothing to divide by.
    most = max((1, *(stack.total for stack in shown)))
    for stack in shown:
        drawn, y = _stack(stack, y, most, signs, language)
        said, y = _beneath(stack, y, most, signs, is_told_once, language)
        parts += [*drawn, *said]
        y += _GAP
    return Drawing("".join(parts), y, " ".join(map(_told, shown)), language)


def _stack(
    stack: Stack, y: float, most: int, signs: Mapping[tuple[str, str], str], language: str
) -> tuple[list[str], float]:
    """Return a bar with its label from a height on, and where it ends."""
    parts: list[str] = []
    if stack.label:
        parts, y = _lines(stack.label, y + _LINE - 4, "count", stack.language or language)
        y += 4
    if not stack.total:
        return parts, y
    return [*parts, *_bar(stack, y, most, signs)], y + _BAR


def _beneath(
    stack: Stack, y: float, most: int, signs: Mapping[tuple[str, str], str], is_told_once: bool, language: str
) -> tuple[list[str], float]:
    """Return what stands beneath a bar: the words of its parts, or their numbers where the bar has no room for one."""
    counted = [one for one in stack.shares if one.number]
    if is_told_once and all(_has_room(one.number, WIDTH * one.number / most) for one in counted):
        return [], y
    said = [f"{one.number}" if is_told_once else f"{one.number} {one.words}" for one in counted]
    entries = [(signs[one.level], _kind(one), text) for one, text in zip(counted, said, strict=True)]
    parts, y = _entries(entries, y + _LINE - 3, language)
    return parts, y + 3


def _signs(shown: Sequence[Stack]) -> tuple[dict[tuple[str, str], str], bool]:
    """Return the sign of each level, and whether the words of the signs are to be told once for all bars.

    They are not where there is one bar, or where there are more levels than signs.
    """
    signs: dict[tuple[str, str], str] = {}
    more = list(_MORE_SIGNS)
    is_told_once = len(shown) > 1
    for level in dict.fromkeys(share.level for stack in shown for share in stack.shares if share.number):
        sign = _OWN_SIGNS[level[1]]
        if sign in signs.values():
            is_told_once = is_told_once and bool(more)
            sign = more.pop(0) if more else sign
        signs[level] = sign
    return signs, is_told_once


def _told(stack: Stack) -> str:
    counts = ", ".join(f"{share.number} {share.words}" for share in stack.shares if share.number)
    return f"{stack.label}: {counts}." if stack.label else f"{counts}."


def _bar(stack: Stack, y: float, most: int, signs: Mapping[tuple[str, str], str]) -> Iterator[str]:
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
        kind = _kind(share)
        yield f'<rect class="{kind}" {inner}/>'
        if _has_room(share.number, wide):
            left = x + (wide - _on(share.number)) / 2
            yield _sign(left, y + 7, signs[share.level], f"on on-{kind}")
            yield f'<text class="on on-{kind}" x="{round(left + _ON, 2)}" y="{y + 16}">{share.number}</text>'


def _on(number: int) -> float:
    """Return how wide a number is that stands in a bar behind its sign."""
    return _ON + width(str(number), bold=True)


def _has_room(number: int, wide: float) -> bool:
    return wide - 2 >= _on(number)


def _sign(x: float, y: float, sign: str, kind: str) -> str:
    return f'<path class="{kind}" d="M{round(x, 2)} {round(y, 2)}{sign}"/>'


def _entries(shown: Sequence[tuple[str, str, str]], y: float, language: str) -> tuple[list[str], float]:
    """Return entries of sign, kind and words, from a line on, side by side where they have room, and the last line."""
    parts: list[str] = []
    x, line = 0.0, y - _LINE
    for sign, kind, text in shown:
        said = wrapped(_plain(text), WIDTH - _SIGN)
        wide = _SIGN + max(map(width, said))
        if not parts or len(said) > 1 or x + wide > WIDTH:
            x, line = 0.0, line + _LINE
        parts.append(_sign(x, line - 8.5, sign, f"sign sign-{kind}"))
        parts += [_text(x + _SIGN, line + _LINE * n, one, "", language) for n, one in enumerate(said)]
        line += _LINE * (len(said) - 1)
        x = WIDTH if len(said) > 1 else x + wide + _APART
    return parts, max(line, y - _LINE)


def _kind(share: Share) -> str:
    return share.level[1]


# Time ---------------------------------------------------------------------------------------------------


def timeline(events: Sequence[Event], language: str) -> Drawing:
    """Return events on an axis of years, each with its date and words above its mark, and what is wrong beneath."""
    days = [day for event in events for one in event.stretches for day in (one.first, one.last) if day]
    first, last = min(days), max(days)
    # Python's calendar ends with 9999, and a document may well write such a year by mistake.
    begin, end = date(first.year, 1, 1), date(min(last.year, 9998) + 1, 1, 1)
    scale = WIDTH / (end - begin).days

    def x(day: date) -> float:
        return round((day - begin).days * scale, 2)

    years = {year: x(date(year, 1, 1)) for year in _years(first.year, last.year)}
    parts = [_axis(years.values(), 4, 0), *(_text(place + 3, 12, str(year)) for year, place in years.items())]
    y = float(_TOP)
    for event in events:
        drawn, y = _event(event, y, x, years.values(), language)
        parts += drawn
    return Drawing("".join(parts), round(y, 2), " ".join(map(_told_of, events)), language)


def _event(
    event: Event, y: float, x: Callable[[date], float], years: Iterable[float], language: str
) -> tuple[list[str], float]:
    """Return an event from a height on, and where it ends; beside its marks are the years, and nowhere else."""
    parts, y = _lines(event.when, y + _LINE - 3, "count", language)
    said, y = _lines(event.label, y + _LINE, "", event.language or language)
    y += 5
    parts += [*said, _axis(years, y, WIDTH)]
    parts += [_mark(one, y, x, "unknown" if event.doubt else "known") for one in event.stretches]
    if event.wrong:
        marked = [x(day) for one in event.stretches for day in (one.first, one.last) if day]
        parts.append(_warned(min(marked), max(marked), y))
        wrong, y = _lines(event.wrong, y + _MARK + _LINE - 2, "wrong", language)
        return [*parts, *wrong], y + 4 + _GAP
    return parts, y + _MARK - 2 + _GAP


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


def _warned(first: float, last: float, y: float) -> str:
    """Return a warning sign behind a mark, or before it where there is no room behind."""
    left = round(last + 8 if last + 24 <= WIDTH else max(0.0, first - 28), 2)
    sign = f'<path class="delayed" d="M{left} {y + 12}h14l-7 -13z"/>'
    return f'{sign}<text class="on" x="{round(left + 7, 2)}" y="{y + 11}" text-anchor="middle">!</text>'


def _axis(years: Iterable[float], y: float, wide: int) -> str:
    """Return where years begin, at a height, and a line through them."""
    return f'<path class="axis" d="{"".join(f"M{place} {y}v{_MARK}" for place in years)}M0 {y + _MARK / 2}h{wide}"/>'


def _years(first: int, last: int) -> Iterator[int]:
    """Yield the years that are marked; of many, only so many as can be read."""
    step = max(1, -(-(last - first + 1) // 6))
    yield from (year for year in range(first, last + 1, step))


# Letters ------------------------------------------------------------------------------------------------


def _lines(text: str, y: float, kind: str, language: str, most: int = _MOST) -> tuple[list[str], float]:
    """Return the lines of a text from a height on, and the height of the last; what they leave out is their title."""
    lines = shortened(_plain(text), WIDTH, most, kind == "count")
    whole = text if lines[-1].endswith("…") and not text.endswith("…") else ""
    parts = [_text(0, y + _LINE * n, one, kind, language, whole) for n, one in enumerate(lines)]
    return parts, y + _LINE * (len(lines) - 1)


def _text(x: float, y: float, text: str, kind: str = "", language: str = "", whole: str = "") -> str:
    """Return a line of text, which runs as its language does, with its left end at a place."""
    name = f' class="{kind}"' if kind else ""
    # A line that runs from right to left ends at its left.
    turned = ' direction="rtl" text-anchor="end"' if language and direction(language) == "rtl" else ""
    title = f"<title>{_clean(whole)}</title>" if whole else ""
    return f'<text{name}{turned} x="{round(x, 2)}" y="{round(y, 2)}">{title}{_clean(text)}</text>'


def _clean(text: str) -> Markup:
    """Return text as XML can hold it."""
    return escape(_plain(text))


def _plain(text: str) -> str:
    # SVG is XML where it is looked at by itself, and one such character makes the whole picture unreadable.
    return "".join(letter for letter in text if letter in "\t\n" or (letter >= " " and letter not in _NONE))


_NONE = frozenset({"\x7f", "\ufffe", "\uffff", *map(chr, range(0xD800, 0xE000))})
