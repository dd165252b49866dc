"""Reads a workbook of Excel."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import Any

from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from ogp_data.core.messages import Message
from ogp_data.core.places import SheetCell
from ogp_data.core.source import SourceFile
from ogp_data.documents.building import Builder
from ogp_data.documents.document import Document
from ogp_data.documents.limits import refusing, too_large
from ogp_data.documents.sheets.sheet import Sheet, Square, take
from ogp_data.documents.sheets.shown import shown
from ogp_data.documents.sheets.themes import fill_of, theme
from ogp_data.documents.unseen import office
from ogp_data.documents.zips import damaged, parts

Workbook = Any
"""What openpyxl has, which has no types here."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINKED = re.compile(r'HYPERLINK\(\s*"([^"]+)"', re.I)


def read(file: SourceFile) -> Document:
    """Return the document that a workbook is."""
    archive = parts(file.content, file.limits.bytes)
    builder = Builder(file.name, file.limits)
    with refusing(damaged), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl does not keep; nothing is written back
        _check_count(archive, file.limits.cells)
        book = load_workbook(io.BytesIO(file.content), data_only=True)
        sheets = list(_sheets(book, archive, builder))
        office.look(archive, builder.unseen)
    take(builder, sheets)
    return builder.document()


def _check_count(archive: zipfile.ZipFile, limit: int) -> None:
    """Refuse a workbook with more cells than are read, before they are all in memory."""
    counting = _Counting(limit)
    for name in archive.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            parser = etree.XMLParser(target=counting, resolve_entities=False, no_network=True, huge_tree=True)
            with archive.open(name) as part:
                while chunk := part.read(1 << 20):
                    parser.feed(chunk)
            parser.close()


class _Counting:
    """Counts the cells of sheets as their XML goes by: those that are written, and those that a range makes."""

    def __init__(self, limit: int) -> None:
        self.limit, self.count = limit, 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Count a cell, or all those that are merged or linked together: openpyxl makes each of them."""
        name = tag.rpartition("}")[2]
        if name == "c":
            self.count += 1
        elif name in ("mergeCell", "hyperlink"):
            left, top, right, bottom = (number or 1 for number in range_boundaries(attributes.get("ref", "A1")))
            self.count += (right - left + 1) * (bottom - top + 1)
        if self.count > self.limit:
            raise too_large(Message("The workbook has more than {limit} cells.", limit=self.limit), "cells")

    def close(self) -> None:
        """End a sheet."""


def _sheets(book: Workbook, archive: zipfile.ZipFile, builder: Builder) -> Iterator[Sheet]:
    colours = theme(book.loaded_theme)
    paths = _paths(archive)
    for tab, held in enumerate(book.worksheets):
        if held.sheet_state != "visible":
            builder.unseen.add("hidden-sheets")
            continue
        formulas = _formulas(archive, paths.get(held.title, ""))
        sheet = Sheet(held.title, tab)
        _hide(held, sheet)
        for area in held.merged_cells.ranges:
            high, wide = area.max_row - area.min_row + 1, area.max_col - area.min_col + 1
            sheet.span((area.min_row, area.min_col), high, wide)
        # Those that there are: from the first to the last of a sheet there may be billions.
        for _, cell in sorted(held._cells.items(), key=itemgetter(0)):
            _take(builder, sheet, cell, formulas.get(cell.coordinate), colours)
        if held._images or held._charts:
            builder.picture("", SheetCell(held.title, "A", 1, tab=tab))
        if held.conditional_formatting:
            message = Message("Colours that depend on the values of cells are not read.")
            builder.warn("unread-part", message, SheetCell(held.title, "A", 1, tab=tab))
        yield sheet


def _hide(held: Workbook, sheet: Sheet) -> None:
    sheet.hidden_rows |= {row for row, size in held.row_dimensions.items() if size.hidden}
    for size in held.column_dimensions.values():
        if size.hidden:
            sheet.hidden_columns |= set(range(size.min or 0, min(size.max or 0, 16384) + 1))


def _take(builder: Builder, sheet: Sheet, cell: Any, formula: str | None, colours: list[str]) -> None:
    text = shown(cell.value, str(cell.number_format or "General")) if cell.value is not None else ""
    fill = fill_of(cell.fill, colours) if cell.has_style else ""
    if formula is not None:
        sheet.formulas[cell.row, cell.column] = text
    if cell.comment is not None:
        builder.unseen.add("comments", sheet.place((cell.row, cell.column)))
    if text and (_is_unshown(cell) or (not fill and _is_white(cell))):
        builder.unseen.add("unseen-text", sheet.place((cell.row, cell.column)))
    if text or fill:
        link = _link(cell, formula)
        bold = bool(cell.font and cell.font.b) if cell.has_style else False
        sheet.squares[cell.row, cell.column] = Square(text, fill, bold, ((text, link),) if link else ())


def _is_unshown(cell: Any) -> bool:
    """Return whether the format of a cell shows nothing: it has parts for all kinds of values, and all are empty."""
    return set(str(cell.number_format or "General")) == {";"}


def _is_white(cell: Any) -> bool:
    colour = cell.font.color if cell.has_style and cell.font else None
    if colour is None:
        return False
    return str(colour.rgb)[-6:] == "FFFFFF" if colour.type == "rgb" else colour.type == "theme" and colour.theme == 0


def _link(cell: Any, formula: str | None) -> str:
    """Return the address that a cell leads to; "" where it leads to a place of the workbook itself."""
    if cell.hyperlink is not None and cell.hyperlink.target:
        address, part = str(cell.hyperlink.target), cell.hyperlink.location
        return f"{address}#{part}" if part and "#" not in address else address
    found = _LINKED.search(formula or "")
    return found[1] if found and not found[1].startswith("#") else ""


def _paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of the archive in which each sheet stands."""
    related = {one.get("Id"): one.get("Target") for one in _root(archive, "xl/_rels/workbook.xml.rels")}
    space = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    found = {}
    for sheet in _root(archive, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        target = str(related.get(sheet.get(space)) or "")
        found[str(sheet.get("name"))] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _root(archive: zipfile.ZipFile, name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(archive.read(name), parser=parser)


def _formulas(archive: zipfile.ZipFile, path: str) -> dict[str, str]:
    """Return the formulas of a sheet by the names of their cells; the values alone do not tell that they are made."""
    found: dict[str, str] = {}
    if path not in archive.namelist() or b"<f" not in (content := archive.read(path)):
        return found
    for _, cell in etree.iterparse(io.BytesIO(content), tag=f"{_MAIN}c", resolve_entities=False, huge_tree=True):
        formula = cell.find(f"{_MAIN}f")
        if formula is not None:
            found[str(cell.get("r"))] = formula.text or ""
        cell.clear()
    return found
