"""Where in the source something stands, in the form that every table has: `L98`, `p12`, `Sheet1!A5`, `b17`, `2:L98`.

A letter stands in each, so that no spreadsheet of any country reads a place, or a list of them, as a number or a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, unquote

Kind = Literal["line", "page", "cell", "block"]

SEPARATOR = " "
"""What stands between the places of a list."""

PATTERN = r"([1-9][0-9]*:)?([Lpb][1-9][0-9]*|([A-Za-z0-9_-]|%[0-9A-F]{2})+![A-Z]{1,3}[1-9][0-9]*)"
"""The text form of one place, as a regular expression without anchors."""

_LETTERS: dict[Kind, str] = {"line": "L", "page": "p", "block": "b"}
_KINDS: dict[str, Kind] = {letter: kind for kind, letter in _LETTERS.items()}
_FORM = re.compile(
    r"(?:(?P<file>[1-9][0-9]*):)?"
    r"(?:(?P<letter>[Lpb])|(?P<sheet>(?:[A-Za-z0-9_-]|%[0-9A-F]{2})+)!(?P<column>[A-Z]{1,3}))(?P<number>[1-9][0-9]*)"
)


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """A line, a page, a block, or a cell (then `number` is its row), counted from 1, of a source's file."""

    kind: Kind
    number: int
    sheet: str = ""
    column: str = ""
    file: int = 1

    def __str__(self) -> str:
        """Return the place as text; the first file of a source is not said."""
        file = f"{self.file}:" if self.file > 1 else ""
        if self.kind == "cell":
            return f"{file}{_encoded(self.sheet)}!{self.column}{self.number}"
        return f"{file}{_LETTERS[self.kind]}{self.number}"


def _encoded(sheet: str) -> str:
    """Return the name of a sheet with all but ASCII letters, digits, `_` and `-` percent-encoded."""
    # `quote` leaves full stops and tildes as they are.
    return quote(sheet, safe="").replace(".", "%2E").replace("~", "%7E")


def line(number: int, file: int = 1) -> SourcePlace:
    """Return the place of a line."""
    return SourcePlace("line", number, file=file)


def place(text: str) -> SourcePlace:
    """Return the place that a text names; ValueError when it names none, or not in the one form that it has."""
    found = _FORM.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no place of a source")
    read = SourcePlace(
        _KINDS.get(found["letter"], "cell"),
        int(found["number"]),
        unquote(found["sheet"] or "", errors="strict"),
        found["column"] or "",
        int(found["file"] or 1),
    )
    if str(read) != text:
        raise ValueError(f"{text!r} is not written as {str(read)!r}")
    return read


def in_order(found: Iterable[SourcePlace], sheets: Sequence[str] = ()) -> list[SourcePlace]:
    """Return places in the order of the source, each once; `sheets`: the sheets in the order of their workbook."""
    order = {sheet: number for number, sheet in enumerate(sheets)}

    def position(one: SourcePlace) -> tuple[int, int, str, int, int, str, str]:
        sheet = order.get(one.sheet, len(order))
        return one.file, sheet, one.sheet, one.number, len(one.column), one.column, one.kind

    return sorted(set(found), key=position)


def write(found: Iterable[SourcePlace]) -> str:
    """Return a list of places as the text of a cell."""
    return SEPARATOR.join(map(str, found))


def read(text: str) -> list[SourcePlace]:
    """Return the places of a cell; ValueError when it is no list of places."""
    return [place(part) for part in text.split(SEPARATOR)] if text else []
