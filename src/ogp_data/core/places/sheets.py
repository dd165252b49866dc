"""A place in a spreadsheet."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import quote

from ogp_data.core.messages import Message
from ogp_data.core.places.base import Order, SourcePlace, check_counts
from ogp_data.core.text import fold, shown

LAST_COLUMN, LAST_ROW = "XFD", 1_048_576
"""Where the sheets of Excel and LibreOffice end."""


@dataclass(frozen=True, slots=True)
class SheetCell(SourcePlace):
    """A cell of a sheet, or the first of a range down to the cell `last`; `tab`: where in its workbook the sheet is."""

    sheet: str
    column: str
    row: int
    last: tuple[str, int] | None = None
    tab: int = 0

    def __post_init__(self) -> None:
        """Refuse what no sheet has; a range of one cell is that cell."""
        check_counts(self.file)
        _check_cell(self.column, self.row)
        if not self.sheet:
            raise ValueError(Message("a sheet has a name"))
        self.sheet.encode()  # half of a pair of surrogates is no character
        if self.last is not None:
            _check_cell(*self.last)
            if column_number(self.last[0]) < column_number(self.column) or self.last[1] < self.row:
                raise ValueError(
                    Message("{range} is not a range: its last cell lies before its first", range=self.range)
                )
            if self.last == (self.column, self.row):
                object.__setattr__(self, "last", None)

    @property
    def range(self) -> str:
        """Return `A5`, or `A5:C7`."""
        return f"{self.column}{self.row}" + (f":{self.last[0]}{self.last[1]}" if self.last else "")

    @property
    def whole(self) -> SheetCell:
        """Return the first cell alone, without the place of its sheet."""
        return replace(self, last=None, tab=0)

    @property
    def own_text(self) -> str:
        """Return `Sheet1!A5`; in the name, all but ASCII letters, digits, `_` and `-` is percent-encoded."""
        # `quote` leaves full stops and tildes as they are.
        return f"{quote(self.sheet, safe='').replace('.', '%2E').replace('~', '%7E')}!{self.column}{self.row}"

    @property
    def own_words(self) -> Message:
        """Return "cell A5 of sheet “Sheet1”"."""
        sheet = fold(shown(self.sheet))
        if self.last is not None:
            return Message("cells {range} of sheet “{sheet}”", range=self.range, sheet=sheet)
        return Message("cell {range} of sheet “{sheet}”", range=self.range, sheet=sheet)

    @property
    def fragment(self) -> str:
        """Return the reference that spreadsheets follow in a link, `'Sheet1'!A5`, a quote in the name doubled."""
        return f"'{quote(self.sheet, safe='').replace('%27', '%27%27')}'!{self.range}"

    @property
    def order(self) -> tuple[int, int, Order]:
        """Return the order of sheets, rows and columns."""
        last = (self.last[1], column_number(self.last[0])) if self.last else ()
        return self.file, 2, (self.tab, self.sheet, self.row, column_number(self.column), *last)

    @property
    def members(self) -> dict[str, object]:
        """Return the sheet, and the cell or range."""
        return {"sheet": self.sheet, "cell": self.range}

    def follows(self, before: SourcePlace) -> bool:
        """Return whether the place is in the same row of a sheet as another one, or in the next."""
        if not isinstance(before, SheetCell) or (before.file, before.sheet) != (self.file, self.sheet):
            return False
        bottom = before.last[1] if before.last else before.row
        return before.row <= self.row <= bottom + 1


def _check_cell(column: str, row: int) -> None:
    check_counts(row)
    if not re.fullmatch("[A-Z]{1,3}", column) or column_number(column) > column_number(LAST_COLUMN) or row > LAST_ROW:
        raise ValueError(
            Message(
                "{column}{row} is not a cell: the last one of a sheet is {last_column}{last_row}",
                column=column,
                row=row,
                last_column=LAST_COLUMN,
                last_row=LAST_ROW,
            )
        )


def column_number(letters: str) -> int:
    """Return which column, counted from 1, letters name."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
