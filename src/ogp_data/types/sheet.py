"""A cell of a spreadsheet, as a type makes it of a value."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["text", "integer", "decimal", "money", "boolean", "date", "datetime", "link"]

FIRST_DATE = datetime.date(1900, 3, 1)
"""Spreadsheets agree on dates from here; Excel believes in 29 February 1900 and has no dates before that year."""

MOST_DIGITS = 15
"""Spreadsheets count in binary64, which holds every number of 15 digits and not every one of 16."""

_LINK = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f]{1,2000}")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its value by kind, and the address that it leads to; an empty text is an empty cell.

    An address of `#` and a name is the sheet of that name in the same workbook. A number shows as many decimals as are
    said, and its currency.
    """

    value: str | int | Decimal | bool | datetime.date = ""
    kind: Kind = "text"
    link: str = ""
    decimals: int = 0
    currency: str = ""


def linked(text: str, address: str = "") -> Cell:
    """Return a text that leads to an address, by default itself; plain text when nothing there can be followed."""
    address = address or text
    return Cell(text, "link", address) if _LINK.fullmatch(address) else Cell(text)
