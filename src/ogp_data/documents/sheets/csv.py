"""Reads a table of comma-separated text, or of text parted by semicolons, tabs or bars."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from ogp_data.core.messages import Message
from ogp_data.core.source import SourceFile
from ogp_data.documents.building import Builder
from ogp_data.documents.document import Document
from ogp_data.documents.limits import UnreadableError, too_large
from ogp_data.documents.sheets.sheet import Sheet, Square, take

_MARKS = ",;\t|"
_SAMPLE = 100
"""So many rows tell by what the cells are parted."""
_AFTER = re.compile(r'" +(?=[,;\t|\r\n]|$)')
"""Spaces between the end of a cell and what parts it from the next, which strict CSV has not and people write."""


def read(file: SourceFile) -> Document:
    """Return the document that a table of text is; its one sheet has the name of the file."""
    text = file.said.text
    builder = Builder(file.name, file.limits)
    sheet = Sheet(PurePath(file.name).stem or "table", 0)
    count = 0
    parsed = _parsed(text, _mark(text))
    for number, row in enumerate(parsed, start=1):
        count += len(row)
        if count > file.limits.cells or number > 1_048_576 or len(row) > 16384:
            message = Message("The table has more than {limit} cells.", limit=file.limits.cells)
            raise too_large(message, "cells")
        for column, cell in enumerate(row, start=1):
            if cell.strip():
                sheet.squares[number, column] = Square(cell.strip())
    take(builder, [sheet])
    if not text.endswith(("\n", "\r")):
        _tell_cut_off(builder, sheet, parsed)
    return builder.document()


def _parsed(text: str, mark: str) -> list[list[str]]:
    csv.field_size_limit(1 << 30)
    # A NUL is told as a character that no file can hold, further on.
    lines = io.StringIO(text, newline="").readlines()
    reader, rows, line = csv.reader(lines, delimiter=mark), list[list[str]](), 0
    for row in reader:
        rows.append(row)
        # A quotation mark that is never closed takes the rows below it into its cell, up to the next one or the end.
        end = reader.line_num
        if (end > line + 1 or end == len(lines)) and not _closes(lines[line:end], mark):
            raise _never_closed(line + 1, end)
        line = end
    return rows


def _closes(lines: Sequence[str], mark: str) -> bool:
    """Return whether what opens in the lines of a row is closed there, at the end of a cell."""
    try:
        list(csv.reader([_AFTER.sub('"', line) for line in lines], delimiter=mark, strict=True))
    except csv.Error:
        # In a row of one line, `"Open" data` is a cell that was written by hand, and takes no other with it.
        return len(lines) == 1 and len(list(csv.reader([*lines, "\n", "end"], delimiter=mark))) > 1
    return True


def _never_closed(first: int, last: int) -> UnreadableError:
    message = Message(
        "A quotation mark that opens in the row of line {first} is not closed at the end of a cell; the lines up to"
        " {last} would be one cell.",
        first=first,
        last=last,
    )
    return UnreadableError("damaged-file", message)


def _tell_cut_off(builder: Builder, sheet: Sheet, rows: Sequence[Sequence[str]]) -> None:
    """Tell that a file ends in the middle of a row, as far as that is seen: in fewer cells than the row above has."""
    if len(rows) > 1 and 0 < len(rows[-1]) < len(rows[-2]):
        message = Message(
            "The last row has {count} cells where that above it has {above}, and the file ends there without the end"
            " of a line.",
            count=len(rows[-1]),
            above=len(rows[-2]),
        )
        builder.warn("cut-off-row", message, sheet.place((len(rows), 1)))


def _mark(text: str) -> str:
    """Return what parts the cells: what makes most rows of a sample equally wide."""
    lines = text.splitlines(keepends=True)[:_SAMPLE]
    best, most = ",", 0
    for mark in _MARKS:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark) if len(row) > 1)
        width, count = widths.most_common(1)[0] if widths else (1, 0)
        if count * min(width, 8) > most:
            best, most = mark, count * min(width, 8)
    return best
