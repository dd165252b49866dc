"""What a workbook is made of, whichever file is written of it: sheets with typed cells, and what it says of itself."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ogp_data.core.declared import Declaration
from ogp_data.core.messages import Message
from ogp_data.core.words import Text
from ogp_data.types.sheet import Cell

LINES, _MOST_LINES = 20, 27
"""Heights in lines: that of a comfortable cell, and that of Excel's highest row."""

_LONGEST_NAME = 31
_RESERVED = "history"
"""Of a sheet: "Rename a worksheet", https://support.microsoft.com/office/3f1f7148-ee83-404d-8ef0-9ff99fbad1f9."""


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, header, rows, widths in characters, how many columns stay in sight, whether it filters."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    frozen_columns: int = 0
    filtered: bool = False

    @cached_property
    def heights(self) -> tuple[int, ...]:
        """Return the height of each row in lines, the header's first, as far as the widths tell it without a font."""
        return self._height(self.header), *(self._height(cell.value for cell in row) for row in self.rows)

    def _height(self, texts: Iterable[object]) -> int:
        pairs = zip(texts, self.widths, strict=True)
        return min(_MOST_LINES, max(_folded(str(text), width) for text, width in pairs))


def _folded(text: str, width: int) -> int:
    """Return how many lines a text takes."""
    # A width counts digits, than which letters are narrower; words that do not fit leave some of it empty.
    on_a_line = max(1, width + width // 10 - 3)
    return sum(max(1, -(-len(line) // on_a_line)) for line in text.split("\n"))


@dataclass(frozen=True, slots=True)
class Workbook:
    """Sheets, and what the file says of itself."""

    sheets: tuple[Sheet, ...]
    title: str
    subject: str
    author: str
    description: str
    keywords: tuple[str, ...]
    language: str
    created: datetime.date
    modified: datetime.date


def joined(text: Text, d: Declaration, between: str = " / ") -> str:
    """Return a text in each language of the publication, once where it is the same."""
    return between.join(dict.fromkeys(said for _, said in text.said(d.page_languages)))


def sheet_name(name: Message, d: Declaration) -> str:
    """Return what a sheet is called; a name of Excel has no slash and at most 31 characters."""
    return joined(name, d, " - ")[:_LONGEST_NAME]


def distinct(wanted: Iterable[str], taken: Iterable[str]) -> list[str]:
    """Return names for sheets that differ, also from those that are taken, when capitals are small letters."""
    used, found = {_RESERVED, *(name.lower() for name in taken)}, []
    for name in wanted:
        short, number = name[:_LONGEST_NAME], 1
        while short.lower() in used:
            number += 1
            short = f"{name[: _LONGEST_NAME - len(str(number)) - 1]}~{number}"
        used.add(short.lower())
        found.append(short)
    return found
