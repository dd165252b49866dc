"""Reads a table of comma-separated text, or of text parted by semicolons, tabs or bars."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import PurePath

from ogp_data.core.messages import Message
from ogp_data.core.source import SourceFile
from ogp_data.documents.building import Builder
from ogp_data.documents.document import Document
from ogp_data.documents.limits import too_large
from ogp_data.documents.sheets.sheet import Sheet, Square, take

_MARKS = ",;\t|"
_SAMPLE = 100
"""So many rows tell by what the cells are parted."""


def read(file: SourceFile) -> Document:
    """Return the document that a table of text is; its one sheet has the name of the file."""
    text = file.said.text
    builder = Builder(file.name, file.limits)
    sheet = Sheet(PurePath(file.name).stem or "table", 0)
    count = 0
    for number, row in enumerate(_parsed(text, _mark(text)), start=1):
        count += len(row)
        if count > file.limits.cells or number > 1_048_576 or len(row) > 16384:
            message = Message("The table has more than {limit} cells.", limit=file.limits.cells)
            raise too_large(message, "cells")
        for column, cell in enumerate(row, start=1):
            if cell.strip():
                sheet.squares[number, column] = Square(cell.strip())
    take(builder, [sheet])
    return builder.document()


def _parsed(text: str, mark: str) -> list[list[str]]:
    csv.field_size_limit(1 << 30)
    # A NUL is told as a character that no file can hold, further on.
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))


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
