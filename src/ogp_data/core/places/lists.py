"""Places as the text of the tables, and as people list them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from ogp_data.core.messages import Message
from ogp_data.core.places.base import SourcePlace
from ogp_data.core.places.blocks import Block
from ogp_data.core.places.lines import Line
from ogp_data.core.places.pages import Page
from ogp_data.core.places.sheets import SheetCell
from ogp_data.core.words import Text, Words

SEPARATOR = " "
"""What stands between the places of a list."""

PATTERN = r"([1-9][0-9]*:)?([Lpb][1-9][0-9]*|([A-Za-z0-9_-]|%[0-9A-F]{2})+![A-Z]{1,3}[1-9][0-9]*)"
"""The text of one place, as a regular expression without anchors."""

_FORM = re.compile(
    r"(?:(?P<file>[1-9][0-9]*):)?"
    r"(?:(?P<letter>[Lpb])|(?P<sheet>(?:[A-Za-z0-9_-]|%[0-9A-F]{2})+)!(?P<column>[A-Z]{1,3}))(?P<number>[1-9][0-9]*)"
)


def place(text: str) -> SourcePlace:
    """Return the place that a text names; ValueError when it names none, or not in the one form that it has."""
    found = _FORM.fullmatch(text)
    if not found:
        raise ValueError(
            Message("{text!r} is not a place of a source, such as L98, p12, Sheet1!A5 or b17", text=text[:80])
        )
    file, number = int(found["file"] or 1), int(found["number"])
    read: SourcePlace
    if found["letter"]:
        read = {"L": Line, "p": Page, "b": Block}[found["letter"]](number, file=file)
    else:
        read = SheetCell(unquote(found["sheet"], errors="strict"), found["column"], number, file=file)
    if read.text != text:
        raise ValueError(Message("{text!r} is written as {text2!r}", text=text[:80], text2=read.text))
    return read


def merged(found: Iterable[SourcePlace]) -> tuple[SourcePlace, ...]:
    """Return places in the order of the source, each once."""
    return tuple(sorted(set(found)))


def write(found: Iterable[SourcePlace]) -> str:
    """Return places as the text of a cell: in the order of the source, and each text once."""
    return SEPARATOR.join(dict.fromkeys(one.text for one in sorted(found)))


def read(text: str) -> list[SourcePlace]:
    """Return the places of a cell; ValueError when it is no list of places."""
    return [place(part) for part in text.split(SEPARATOR)] if text else []


_CALLED: dict[type, tuple[Message, Message]] = {
    Line: (Message("line"), Message("lines")),
    Page: (Message("page"), Message("pages")),
    Block: (Message("block"), Message("blocks")),
}
"""What the places are called that people name by a number, one of them and several."""


def called(found: Sequence[SourcePlace]) -> tuple[Message | None, list[Text]]:
    """Return what whole places are called together ("lines"), and each in short ("98"); else each in full."""
    names = {_CALLED.get(type(one)) for one in found}
    name = names.pop() if len(names) == 1 else None
    if name is None or any(one.file > 1 or one != one.whole for one in found):
        return None, [one.words for one in found]
    return name[len(found) > 1], [Words(und=one.own_text[1:]) for one in found]


def series(found: Iterable[SourcePlace]) -> Text:
    """Return places as people list them: "lines 98, 99 and 120"."""
    name, short = called(list(dict.fromkeys(one.whole for one in found)))
    places = _listed(short)
    return Message("{name} {places}", name=name, places=places) if name else places


def _listed(parts: Sequence[Text]) -> Text:
    if len(parts) == 1:
        return parts[0]
    first = parts[0]
    for part in parts[1:-1]:
        first = Message("{some}, {more}", some=first, more=part)
    return Message("{first} and {last}", first=first, last=parts[-1])
