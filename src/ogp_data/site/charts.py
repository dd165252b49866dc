"""Pictures of the site: SVG drawn when the data is published, with text alternatives and every number as text.

The drawings are as wide as the text on the narrowest screen (288 units), so that their letters are never smaller than
those of the page. What they mean never hangs on colour: what is known is filled, what is not has a dashed outline.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup, escape

from ogp_data.core.messages import Message, listed

WIDTH = 288
"""The width of a drawing in its own units: the text's width on a screen of 320 pixels, one unit a pixel there."""

_LINE, _BAR, _GAP = 16, 14, 10
_LETTERS = 42
"""How many letters of 12 units stand beside each other on a line, when they are wide."""

_TILE, _APART = 42, 7
_NARROW = frozenset("0123456789abcdefghijklnopqrstuvxyz.-,:/ ")
_LANE = 26


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its label, how many, whether it is "known" or "unknown", and what stands after the number."""

    label: str
    value: int
    kind: str = "known"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """An event: its first and last day, its words, how its date is said, whether that is uncertain, its page."""

    start: date
    end: date
    label: str
    when: str
    uncertain: bool
    href: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A tile: what it stands for, what is written on it, whether it is "known" or "unknown", its page."""

    label: str
    short: str
    kind: str
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    """Tiles under one heading; without a label they have none."""

    label: str
    items: Sequence[Item] = field(default_factory=tuple)


def bars(ident: str, title: str, summary: str, shown: Sequence[Bar], unit: str, language: str) -> Markup:
    """Return horizontal bars, each with its label and number; `unit` says what is counted."""
    if not shown:
        return Markup()
    # At least 1, for where all bars are 0 there is nothing to divide by.
    most, parts, y = max(1, *(bar.value for bar in shown)), [], 0
    for bar in shown:
        for line in _wrapped(bar.label):
            y += _LINE
            parts.append(_text(0, y - 4, line))
        # Rounded, so that the last digits of a division do not make other bytes on another machine.
        length = round(200 * bar.value / most, 1)
        kind = bar.kind if bar.kind in ("known", "unknown") else "known"
        if bar.value:
            parts.append(f'<rect class="{kind}" x="1" y="{y + 1}" width="{length}" height="{_BAR - 2}"/>')
        number = f"{bar.value} {bar.note}".strip()
        parts.append(_text(length + 8, y + _BAR - 2, number, "count"))
        y += _BAR + _GAP
    return _figure(ident, title, f"{summary} {_counts(shown, unit, language)}", summary, parts, y)


def _counts(shown: Sequence[Bar], unit: str, language: str) -> str:
    """Return the bars as a sentence, for those who do not see them."""
    said = ((bar.label, f"{bar.value} {bar.note}".rstrip()) for bar in shown)
    counts = listed((Message("{label}: {value}", label=label, value=value) for label, value in said), Message("; "))
    return Message("{counts} ({unit}).", counts=counts, unit=unit).of(language)


def grid(ident: str, title: str, summary: str, groups: Sequence[Group]) -> Markup:
    """Return a tile for each item, by group; each tile leads to its page.

    A picture (role img) hides what is in it from assistive technology; these links must be reached, so it is a group.
    """
    parts: list[str] = []
    wide = max((_wide(_short(item)) for group in groups for item in group.items), default=_TILE)
    y, across = 0, WIDTH // (wide + _APART)
    for group in (group for group in groups if group.items):
        for line in _wrapped(group.label) if group.label else ():
            y += _LINE
            parts.append(_text(0, y - 4, line))
        for number, item in enumerate(group.items):
            row, column = divmod(number, across)
            parts.append(_tile(item, 2 + column * (wide + _APART), y + 3 + row * (_TILE + _APART), wide))
        y += -(-len(group.items) // across) * (_TILE + _APART) + _GAP
    return _figure(ident, title, summary, summary, parts, y, role="group") if parts else Markup()


def _short(item: Item) -> str:
    return item.short if len(item.short) <= 7 else f"{item.short[:6]}…"


def _wide(short: str) -> int:
    """Return how wide a tile is for what is written on it, so that nothing runs over its border in any font."""
    # Digits and most small letters of a bold font of 15 units are at most 10 wide, everything else is at most 16.
    return max(_TILE, 6 + sum(10 if letter in _NARROW else 16 for letter in short))


def _tile(item: Item, x: int, y: int, wide: int) -> str:
    kind = "known" if item.kind == "known" else "unknown"
    middle = f'x="{x + wide / 2}" y="{y + _TILE / 2 + 5}" text-anchor="middle"'
    return (
        f'<a href="{_clean(item.href)}" class="tile">'
        f"<title>{_clean(item.label)}</title>"
        f'<rect class="{kind}" x="{x}" y="{y}" width="{wide}" height="{_TILE}" rx="3"/>'
        f'<text class="on-{kind}" {middle}>{_clean(_short(item))}</text></a>'
    )


def timeline(ident: str, title: str, summary: str, events: Sequence[Event], language: str) -> Markup:
    """Return events on an axis of years and quarters, one a lane, numbered as in the list beneath."""
    if not events:
        return Markup()
    first, last = min(event.start for event in events), max(event.end for event in events)
    # Python's calendar ends with 9999, and a document may well write such a year by mistake.
    begin, end = date(first.year, 1, 1), date(min(last.year, 9998) + 1, 1, 1)
    left, scale = 24, (WIDTH - 28) / (end - begin).days

    def x(day: date) -> float:
        return round(left + (day - begin).days * scale, 2)

    height = 22 + _LANE * len(events)
    parts = list(_axis(first.year, last.year, x, height))
    for number, event in enumerate(events, 1):
        y = 22 + _LANE * (number - 1)
        # A day on an axis of years would be thinner than a pixel.
        wide = max(5.0, round(x(event.end) - x(event.start), 2))
        kind = "unknown" if event.uncertain else "known"
        parts.append(_text(0, y + 14, str(number), "count"))
        parts.append(f'<rect class="{kind}" x="{x(event.start)}" y="{y + 4}" width="{wide}" height="12" rx="2"/>')
    told = (Message("{label}: {value}", label=number, value=event.when) for number, event in enumerate(events, 1))
    description = listed(told, Message("; ")).of(language)
    drawn = _figure(ident, title, f"{summary} {description}.", summary, parts, height)
    # The list stands in the page for everybody and not only as a text alternative: a lane has no room for words.
    return Markup(f'<div class="timeline">{drawn}<ol class="events">{"".join(map(_listed, events))}</ol></div>')


def _axis(first: int, last: int, x: Callable[[date], float], height: int) -> Iterator[str]:
    """Yield a line at the begin of each year; of many years, only so many as can be read."""
    step = max(1, -(-(last - first + 1) // 6))
    for year in range(first, last + 2, step):
        if year <= 9999:
            place = x(date(year, 1, 1))
            yield f'<line class="axis" x1="{place}" y1="16" x2="{place}" y2="{height}"/>'
            if year <= last:
                yield _text(place + 3, 12, str(year))


def _listed(event: Event) -> str:
    label = f'<a href="{_clean(event.href)}">{_clean(event.label)}</a>' if event.href else _clean(event.label)
    return f"<li><strong>{_clean(event.when)}</strong>: {label}</li>"


def _figure(
    ident: str, title: str, description: str, caption: str, parts: Sequence[str], height: float, role: str = "img"
) -> Markup:
    # By ids, since browsers do not all read <title> and <desc> of an SVG to a screen reader by themselves.
    name, told = f"{ident}-title", f"{ident}-desc"
    return Markup(
        f'<figure class="chart" id="{ident}">'
        f"<figcaption><strong>{_clean(title)}.</strong> {_clean(caption)}</figcaption>"
        f'<svg xmlns="http://www.w3.org/2000/svg" role="{role}" aria-labelledby="{name}" aria-describedby="{told}"'
        f' viewBox="0 0 {WIDTH} {round(height + 2, 2)}"><title id="{name}">{_clean(title)}</title>'
        f'<desc id="{told}">{_clean(description)}</desc>{"".join(parts)}</svg></figure>'
    )


def _text(x: float, y: float, text: str, kind: str = "") -> str:
    name = f' class="{kind}"' if kind else ""
    return f'<text{name} x="{x}" y="{y}">{_clean(text)}</text>'


def _wrapped(label: str) -> list[str]:
    return textwrap.wrap(_plain(label), _LETTERS) or [""]


def _clean(text: str) -> Markup:
    """Return text as XML can hold it."""
    return escape(_plain(text))


def _plain(text: str) -> str:
    # SVG is XML where it is looked at by itself, and one such character makes the whole picture unreadable.
    return "".join(letter for letter in text if letter in "\t\n" or (letter >= " " and letter not in _NONE))


_NONE = frozenset({"\x7f", "\ufffe", "\uffff", *map(chr, range(0xD800, 0xE000))})
