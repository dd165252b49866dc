"""Reads a spreadsheet of LibreOffice, which says of each cell what it shows."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from ogp_data.core.messages import Message
from ogp_data.core.source import SourceFile
from ogp_data.documents.building import Builder
from ogp_data.documents.colours import colour
from ogp_data.documents.document import Document
from ogp_data.documents.limits import UnreadableError, too_large
from ogp_data.documents.sheets.sheet import LAST, Sheet, Square, take
from ogp_data.documents.unseen import office
from ogp_data.documents.zips import damaged, part, parts

Element = Any
"""An element of lxml, which has no types of its own."""

_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}


def _n(name: str) -> str:
    """Return a name with its namespace, as lxml has it."""
    space, _, local = name.partition(":")
    return f"{{{_SPACES[space]}}}{local}"


_ROWS = (_n("table:table-rows"), _n("table:table-header-rows"), _n("table:table-row-group"))
_COLUMNS = (_n("table:table-columns"), _n("table:table-header-columns"), _n("table:table-column-group"))
_SHAPES = (_n("draw:frame"), _n("table:shapes"), _n("draw:custom-shape"))


def read(file: SourceFile) -> Document:
    """Return the document that a spreadsheet is."""
    archive = parts(file.content, file.limits.bytes)
    if b"encryption-data" in part(archive, "META-INF/manifest.xml"):
        raise UnreadableError("encrypted-file", Message("The file cannot be read without its password."))
    builder = Builder(file.name, file.limits)
    office.look(archive, builder.unseen)
    take(builder, list(_sheets(archive, builder)))
    return builder.document()


def _sheets(archive: zipfile.ZipFile, builder: Builder) -> Iterator[Sheet]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(part(archive, "content.xml"), parser=parser)
    except etree.XMLSyntaxError as reason:
        raise damaged(reason) from reason
    fills, bold, hidden = _styles(root)
    count = 0
    for tab, table in enumerate(root.iterfind(f".//{_n('office:spreadsheet')}/{_n('table:table')}")):
        sheet = Sheet(table.get(_n("table:name")) or f"Sheet{tab + 1}", tab)
        if table.get(_n("table:style-name")) in hidden:
            builder.unseen.add("hidden-sheets")
            continue
        taking = _Taking(builder, sheet, fills, bold, count)
        taking.take(table)
        count = taking.count
        yield sheet


def _styles(root: Element) -> tuple[dict[str, str], set[str], set[str]]:
    """Return the fills of styles by name, the styles that are bold, and those of hidden sheets."""
    fills: dict[str, str] = {}
    bold: set[str] = set()
    hidden: set[str] = set()
    for style in root.iter(_n("style:style")):
        name = style.get(_n("style:name")) or ""
        for properties in style:
            if said := colour(properties.get(_n("fo:background-color")) or ""):
                fills[name] = "" if said == "#ffffff" else said
            if properties.get(_n("fo:font-weight")) == "bold":
                bold.add(name)
            if properties.get(_n("table:display")) == "false":
                hidden.add(name)
    return fills, bold, hidden


class _Taking:
    """Takes up the cells of one sheet."""

    def __init__(self, builder: Builder, sheet: Sheet, fills: dict[str, str], bold: set[str], count: int) -> None:
        self.builder, self.sheet, self.fills, self.bold = builder, sheet, fills, bold
        self.row = self.column = 0
        self.count = count
        """The cells of the workbook so far."""

    def take(self, table: Element) -> None:
        """Take up columns, then rows, also those in groups."""
        for child in table:
            if child.tag in _ROWS or child.tag in _COLUMNS:
                self.take(child)
            elif child.tag == _n("table:table-column"):
                self._column(child)
            elif child.tag == _n("table:table-row"):
                self._row(child)
            elif child.tag in _SHAPES:
                self.builder.picture("", self.sheet.place((1, 1)))

    def _column(self, element: Element) -> None:
        count = _repeated(element, "table:number-columns-repeated")
        if element.get(_n("table:visibility")) in ("collapse", "filter"):
            self.sheet.hidden_columns |= set(range(self.column + 1, self.column + min(count, 16384) + 1))
        self.column += count

    def _row(self, element: Element) -> None:
        count = _repeated(element, "table:number-rows-repeated")
        # The rows below the last are one, repeated a million times; an empty one says nothing.
        said = count if any(_has_text(cell) for cell in element) else 0
        self._count(said * sum(_times(cell) for cell in element))
        squares = list(_squares(element)) if said else []
        for row in range(self.row + 1, self.row + said + 1):
            if element.get(_n("table:visibility")) in ("collapse", "filter"):
                self.sheet.hidden_rows.add(row)
            for column, cell in squares:
                self._cell(row, column, cell)
        self.row += count

    def _count(self, more: int) -> None:
        """Refuse a workbook with more cells than are read, before the first of a row that is repeated is taken up."""
        self.count += more
        if self.count > self.builder.limits.cells:
            limit = self.builder.limits.cells
            raise too_large(Message("The workbook has more than {limit} cells.", limit=limit), "cells")

    def _cell(self, row: int, column: int, cell: Element) -> None:
        if row > LAST[0] or column > LAST[1]:
            raise damaged(ValueError(Message("a cell in row {row} and column {column}", row=row, column=column)))
        runs = tuple(_runs(cell))
        text = "".join(said for said, _ in runs)
        style = cell.get(_n("table:style-name")) or ""
        rows = _repeated(cell, "table:number-rows-spanned")
        columns = _repeated(cell, "table:number-columns-spanned")
        if rows > 1 or columns > 1:
            self.sheet.span((row, column), rows, columns)
        place = self.sheet.place((row, column))
        if cell.get(_n("table:formula")) is not None:
            self.sheet.formulas[row, column] = text
        if cell.find(_n("office:annotation")) is not None:
            self.builder.unseen.add("comments", place)
        if cell.find(_n("draw:frame")) is not None:
            self.builder.picture("", place)
        if text.strip() or style in self.fills:
            linked = runs if any(link for _, link in runs) else ()
            self.sheet.squares[row, column] = Square(
                text.strip(), self.fills.get(style, ""), style in self.bold, linked
            )


def _squares(row: Element) -> Iterator[tuple[int, Element]]:
    """Yield the cells of a row with their columns; one that is repeated without text, once."""
    column = 1
    for cell in row:
        if cell.tag not in (_n("table:table-cell"), _n("table:covered-table-cell")):
            continue
        for at in range(_times(cell)):
            yield column + at, cell
        column += _repeated(cell, "table:number-columns-repeated")


def _times(cell: Element) -> int:
    """Return how often a cell is taken up: one that is repeated without text, once; what is no cell, never."""
    if cell.tag != _n("table:table-cell"):
        return 0
    return _repeated(cell, "table:number-columns-repeated") if _has_text(cell) else 1


def _has_text(cell: Element) -> bool:
    return cell.tag == _n("table:table-cell") and cell.find(_n("text:p")) is not None


def _repeated(element: Element, name: str) -> int:
    said = element.get(_n(name)) or "1"
    return min(int(said), 1 << 20) if said.isdecimal() and len(said) < 9 else 1


def _runs(cell: Element) -> Iterator[tuple[str, str]]:
    """Yield the texts of a cell with their links, its paragraphs parted by the end of a line."""
    for number, paragraph in enumerate(cell.iterfind(_n("text:p"))):
        if number:
            yield "\n", ""
        yield from _inside(paragraph, "")


def _inside(element: Element, link: str) -> Iterator[tuple[str, str]]:
    if element.text:
        yield element.text, link
    for child in element:
        if child.tag == _n("text:a"):
            address = child.get(_n("xlink:href")) or ""
            yield from _inside(child, "" if address.startswith("#") else address)
        elif child.tag == _n("text:s"):
            yield " ", link
        elif child.tag in (_n("text:line-break"), _n("text:tab")):
            yield "\n", link
        else:
            yield from _inside(child, link)
        if child.tail:
            yield child.tail, link
