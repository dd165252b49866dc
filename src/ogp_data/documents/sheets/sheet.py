"""Sheets of cells -> blocks: the lines above a table, and its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ogp_data.core.messages import Message
from ogp_data.core.places import SheetCell
from ogp_data.documents.building import Builder, Piece
from ogp_data.documents.document import Cell
from ogp_data.documents.limits import too_large

Spot = tuple[int, int]
"""Row and column, counted from 1."""
LAST: Spot = (1_048_576, 16_384)
"""Where sheets end."""


@dataclass(frozen=True, slots=True)
class Square:
    """A cell of a sheet: what it shows, and how it looks; its link is that of the whole cell, or of a part of it."""

    text: str = ""
    fill: str = ""
    bold: bool = False
    runs: tuple[tuple[str, str], ...] = ()
    """Parts of the text, each with its link; none: it has no links."""


@dataclass(slots=True)
class Sheet:
    """A sheet: the squares that hold anything, and the cells that span several."""

    name: str
    tab: int
    squares: dict[Spot, Square] = field(default_factory=dict)
    spans: dict[Spot, tuple[int, int]] = field(default_factory=dict)
    """Where a cell begins that spans several: how many rows and columns."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formulas: dict[Spot, str] = field(default_factory=dict)
    """The cells that hold a formula, each with what it shows."""

    def span(self, spot: Spot, rows: int, columns: int) -> None:
        """Take up that a cell spans several, as far as a sheet goes."""
        self.spans[spot] = (min(rows, LAST[0] - spot[0] + 1), min(columns, LAST[1] - spot[1] + 1))

    def place(self, spot: Spot) -> SheetCell:
        """Return the place of a cell, or of the range over which it spans."""
        row, column = spot
        rows, columns = self.spans.get(spot, (1, 1))
        last = (letters(column + columns - 1), row + rows - 1)
        return SheetCell(self.name, letters(column), row, last, self.tab)


_TOLD = 5
"""So many cells of a sheet are named."""


def letters(column: int) -> str:
    """Return the letters of a column, counted from 1."""
    said = ""
    while column:
        column, rest = divmod(column - 1, 26)
        said = chr(ord("A") + rest) + said
    return said


def take(builder: Builder, sheets: Sequence[Sheet]) -> None:
    """Take up what sheets show; each is under its name where there are several."""
    for sheet in sheets:
        _tell_hidden(builder, sheet)
        _tell_formulas(builder, sheet)
        if len(sheets) > 1:
            place = SheetCell(sheet.name, "A", 1, tab=sheet.tab)
            builder.add("heading", place, [Piece(sheet.name, place)], level=1)
        _rows(builder, sheet, level=1 + (len(sheets) > 1))


def _tell_hidden(builder: Builder, sheet: Sheet) -> None:
    lost = [
        spot
        for spot, square in sheet.squares.items()
        if square.text and (spot[0] in sheet.hidden_rows or spot[1] in sheet.hidden_columns)
    ]
    if lost:
        builder.unseen.add("hidden-cells", sheet.place(min(lost)), len(lost))


def _tell_formulas(builder: Builder, sheet: Sheet) -> None:
    """Tell once that cells hold formulas: a sheet may be made of them."""
    if not sheet.formulas:
        return
    first = sorted(sheet.formulas)[:_TOLD]
    message = Message(
        "Cells hold formulas ({count}, first {cells}); what they showed when the file was last saved is read. Those"
        " that showed nothing: {empty}.",
        count=len(sheet.formulas),
        cells=", ".join(f"{letters(column)}{row}" for row, column in first),
        empty=sum(1 for text in sheet.formulas.values() if not text.strip()),
    )
    builder.warn("formula-value", message, sheet.place(first[0]))


def _rows(builder: Builder, sheet: Sheet, level: int) -> None:
    """Take up the rows of a sheet; lines of one text above the first row of several stand above its table."""
    seen = {
        spot: square
        for spot, square in sheet.squares.items()
        if spot[0] not in sheet.hidden_rows and spot[1] not in sheet.hidden_columns
    }
    said = {spot: square for spot, square in seen.items() if square.text}
    if not said:
        return
    by_row: dict[int, list[Spot]] = {}
    for spot in sorted(said):
        by_row.setdefault(spot[0], []).append(spot)
    first = next((row for row, spots in by_row.items() if len(spots) > 1), 0)
    columns = _columns(sheet, [spot for spot in said if spot[0] >= first])
    builder.tables += 1
    if len(columns) * len(by_row) > builder.limits.cells:
        raise too_large(Message("A table has more than {limit} cells.", limit=builder.limits.cells), "cells")
    for row, spots in by_row.items():
        if not first or row < first or len(columns) == 1:
            _line(builder, sheet, spots, said, level)
        else:
            _row(builder, sheet, row, columns, seen, is_first=row == first)


def _columns(sheet: Sheet, spots: Iterable[Spot]) -> list[int]:
    """Return the columns of a table: from the first to the last that holds anything, without those that are hidden."""
    found = [column for _, column in spots]
    return [c for c in range(min(found), max(found) + 1) if c not in sheet.hidden_columns]


def _line(builder: Builder, sheet: Sheet, spots: Sequence[Spot], said: Mapping[Spot, Square], level: int) -> None:
    for spot in spots:
        place = sheet.place(spot)
        if said[spot].bold:
            builder.add("heading", place, _pieces(said[spot], place), level=level)
        else:
            builder.add("paragraph", place, _pieces(said[spot], place))


def _row(
    builder: Builder, sheet: Sheet, row: int, columns: Sequence[int], seen: Mapping[Spot, Square], is_first: bool
) -> None:
    squares = {column: seen.get((row, column), Square()) for column in columns}
    header = is_first and all(square.bold for square in squares.values() if square.text)
    covered = set(_covered(sheet, row))
    cells = []
    for column, square in squares.items():
        if column in covered:
            cells.append(Cell(covered=True))
            continue
        place = sheet.place((row, column))
        rows, wide = sheet.spans.get((row, column), (1, 1))
        pieces = _pieces(square, place)
        cells.append(builder.cell(pieces, rows=rows, columns=wide, is_header=header, fill=square.fill))
    builder.row(sheet.place((row, columns[0])), cells, builder.tables)


def _covered(sheet: Sheet, row: int) -> Iterator[int]:
    """Yield the columns of a row that cells cover which begin further up or left."""
    for (top, left), (rows, columns) in sheet.spans.items():
        if top <= row < top + rows:
            yield from range(left + (row == top), left + columns)


def _pieces(square: Square, place: SheetCell) -> list[Piece]:
    runs = square.runs or ((square.text, ""),)
    return [Piece(text, place, link, square.bold) for text, link in runs]
