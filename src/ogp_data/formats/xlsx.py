"""Workbook -> .xlsx, Office Open XML (ISO/IEC 29500, https://ecma-international.org/publications-and-standards/standards/ecma-376/)."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ogp_data.formats.sheets import Sheet, Workbook
from ogp_data.types.sheet import Cell

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_A4 = 9
_LINE = 15
"""Height of a line in points; only Excel itself makes rows as high as their text when it opens a file."""

_MOST_LINKS = 65_530
"""Of a sheet; beyond it an address stays as text."""

_CELL = {"valign": "top", "align": "left", "text_wrap": True, "border": 1, "border_color": "#BFBFBF"}
_FORMATS: dict[str, dict[str, Any]] = {
    "header": {**_CELL, "bold": True, "bg_color": "#154273", "font_color": "#FFFFFF"},
    "text": _CELL,
    "integer": {**_CELL, "num_format": "0"},
    "date": {**_CELL, "num_format": "yyyy-mm-dd"},
    "link": {**_CELL, "font_color": "#0000EE", "underline": 1},
}
_MOST_DECIMALS = 30
"""That a format of Excel shows."""

Looks = Callable[[Cell], Any]
"""A cell -> the format that it is shown in."""


def write(workbook: Workbook) -> bytes:
    """Return a workbook as .xlsx, the same bytes whenever and wherever it is written."""
    import xlsxwriter

    target = io.BytesIO()
    # Its other way writes temporary files, whose folder may be full or not there.
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties(_properties(workbook))
    formats = {name: book.add_format(look) for name, look in _FORMATS.items()}

    def look(cell: Cell) -> Any:
        name = number_format(cell) or cell.kind
        if name not in formats:  # in the order in which they are met, so that the bytes are the same
            formats[name] = book.add_format({**_CELL, "num_format": name})
        return formats[name]

    for sheet in workbook.sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, formats["header"], look)
    book.close()
    return target.getvalue()


def number_format(cell: Cell) -> str:
    """Return the format of a cell as Excel writes it, "" for the kinds that are always shown alike."""
    decimals = f".{'0' * min(cell.decimals, _MOST_DECIMALS)}" if cell.decimals else ""
    if cell.kind == "money":
        return f"{f'[${cell.currency}] ' if cell.currency else ''}#,##0{decimals}"
    if cell.kind == "datetime":
        return "yyyy-mm-dd hh:mm:ss"
    return {"decimal": f"0{decimals}", "boolean": "General"}.get(cell.kind, "")


def _properties(workbook: Workbook) -> dict[str, Any]:
    return {
        "title": workbook.title,
        "subject": workbook.subject,
        "author": workbook.author,
        "keywords": ", ".join(workbook.keywords),
        "comments": workbook.description,
        # xlsxwriter would otherwise write the moment of now.
        "created": datetime.datetime.combine(workbook.modified, datetime.time()),
    }


def _write_sheet(page: Worksheet, sheet: Sheet, header: Any, look: Looks) -> None:
    last_row, last_column = len(sheet.rows), len(sheet.header) - 1
    for index, width in enumerate(sheet.widths):
        page.set_column(index, index, width)
    for index, name in enumerate(sheet.header):
        page.write_string(0, index, name, header)
    page.set_row(0, _LINE * sheet.heights[0])
    links = 0
    for row, cells in enumerate(sheet.rows, start=1):
        page.set_row(row, _LINE * sheet.heights[row])
        for index, cell in enumerate(cells):
            links += cell.kind == "link"
            _write_cell(page, row, index, cell, look(cell), links <= _MOST_LINKS)
    page.freeze_panes(1, sheet.frozen_columns)
    if sheet.filtered:
        page.autofilter(0, 0, last_row, last_column)
    # Without this Excel marks texts of digits, such as the mark of a commitment, as numbers that were meant otherwise.
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{last_row + 1}"})
    _lay_out(page)


def _write_cell(page: Worksheet, row: int, column: int, cell: Cell, look: Any, linked: bool) -> None:
    """Write a cell by its kind; text is never interpreted, whatever it begins with."""
    value = cell.value
    # A datetime is a date, and a bool is an int: the order of these questions matters.
    if isinstance(value, datetime.date):
        page.write_datetime(row, column, value, look)
    elif isinstance(value, bool):
        page.write_boolean(row, column, value, look)
    elif isinstance(value, int | Decimal):
        page.write_number(row, column, value, look)
    elif cell.link and linked:
        # A sheet of this workbook is named after `#`, in quotes as in a formula.
        is_here, sheet = cell.link.startswith("#"), cell.link[1:].replace("'", "''")
        page.write_url(row, column, f"internal:'{sheet}'!A1" if is_here else cell.link, look, value)
    elif value:
        page.write_string(row, column, value, look)
    else:
        page.write_blank(row, column, None, look)


def _lay_out(page: Worksheet) -> None:
    """Lay a sheet out for paper: A4 landscape, all columns on the width of a page, the header on each."""
    page.set_paper(_A4)
    page.set_landscape()
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&L&F - &A&R&P / &N")
