"""Reads a Word document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import docx
from docx.opc.part import PartFactory
from docx.package import Package
from docx.parts.document import DocumentPart
from lxml import etree

from ogp_data.core.messages import Message
from ogp_data.core.places import Block as Part
from ogp_data.core.source import SourceFile
from ogp_data.documents.building import Builder, Piece
from ogp_data.documents.colours import colour
from ogp_data.documents.document import Cell, Document
from ogp_data.documents.grid import Spot, laid_out
from ogp_data.documents.limits import refusing
from ogp_data.documents.unseen import office
from ogp_data.documents.word.names import TRACKED, Element, children, is_on, is_taken_out, value, w
from ogp_data.documents.word.numbering import Counted, Numbering
from ogp_data.documents.word.runs import Runs
from ogp_data.documents.word.styles import Styles
from ogp_data.documents.zips import damaged, part, parts

_HYPERLINK = "/hyperlink"
for _kind in (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
):
    # A document with macros and a template say the same as one without; python-docx knows that one alone.
    PartFactory.part_type_for[_kind] = DocumentPart


def read(file: SourceFile) -> Document:
    """Return the document that a Word file is."""
    archive = parts(file.content, file.limits.bytes)
    builder = Builder(file.name, file.limits)
    with refusing(damaged):
        main = Package.open(io.BytesIO(file.content)).main_document_part
        if not isinstance(main, DocumentPart):
            raise damaged(ValueError(Message("it is no document of Word")))
        reading = _Reading(builder, main.document, archive)
        reading.take()
    return builder.document()


class _Reading:
    """One reading: the parts of the file, the lists and notes under way, and the number of the block."""

    def __init__(self, builder: Builder, package: docx.document.Document, archive: zipfile.ZipFile) -> None:
        self.builder, self.archive = builder, archive
        self.body = getattr(package.element, "body", None)
        if self.body is None:
            raise damaged(ValueError(Message("it has no body")))
        self.styles = Styles.of(_root(archive, "word/styles.xml"))
        self.numbering = Numbering.of(_root(archive, "word/numbering.xml"))
        relations = [one for one in package.part.rels.values() if one.reltype]
        self.links = {
            one.rId: one.target_ref for one in relations if one.reltype.endswith(_HYPERLINK) and one.is_external
        }
        self.notes: list[tuple[str, str]] = []
        self.number = 1
        self.shift = int(any(self._level(one) < 0 for one in self.body.iter(w("p"))))
        self.nested = 0

    def take(self) -> None:
        """Take up the body, the notes, and what stands on every page."""
        self._blocks(self.body)
        self._notes()
        self._furniture()
        office.look(self.archive, self.builder.unseen)

    def _level(self, paragraph: Element) -> int:
        return self.styles.level(paragraph.find(w("pPr")))

    def _blocks(self, parent: Element) -> None:
        for child in children(parent):
            if child.tag == w("p"):
                self._paragraph(child)
            elif child.tag == w("tbl"):
                self._table(child)
            elif child.tag in (w("altChunk"), w("subDoc")):
                self.builder.unseen.add("attachments", Part(self.number))

    def _runs(self, place: Part) -> Runs:
        return Runs(self.builder, self.styles, self.links, place, self.notes)

    def _paragraph(self, paragraph: Element) -> None:
        place = Part(self.number)
        runs = self._runs(place)
        pieces = runs.paragraph(paragraph)
        level, counted = self._level(paragraph), self._counted(paragraph)
        if any(piece.text.strip() for piece in pieces):
            self._add(place, pieces, level, counted)
            self.number += 1
        else:
            self.builder.pictures(pieces)
        for box in runs.boxes:
            self._blocks(box)

    def _add(self, place: Part, pieces: list[Piece], level: int, counted: Counted | None) -> None:
        if level:
            # The number of a heading is part of what people read, and of how others refer to it.
            number = [Piece(f"{counted.text} ", place)] if counted and counted.text and not counted.is_bullet else []
            self.builder.add("heading", place, [*number, *pieces], level=1 if level < 0 else level + self.shift)
        elif counted:
            marker = counted.text or "•"
            self.builder.add("item", place, pieces, marker=marker, number=counted.number, depth=counted.depth)
        else:
            self.builder.add("paragraph", place, pieces)

    def _counted(self, paragraph: Element) -> Counted | None:
        found = self.styles.numbering(paragraph.find(w("pPr")))
        # An empty paragraph of a list has a number on the page, so it is counted.
        return self.numbering.next(*found) if found else None

    # Tables ---------------------------------------------------------------------------------------------------

    def _table(self, table: Element) -> None:
        self.builder.tables += 1
        number = self.builder.tables
        rows = [row for row in children(table) if row.tag == w("tr") and not self._is_gone(row)]
        spots = [list(self._spots(row, header)) for row, header in _with_headers(rows)]
        heights = _heights(spots)
        lost = sum(1 for r, row in enumerate(spots) for s in row if s.lost and (r, s.column) not in heights)
        self.builder.unseen.add("hidden-text", Part(self.number), lost)
        grid = [
            [Spot(s.make, heights[r, s.column], s.columns) for s in row if (r, s.column) in heights]
            for r, row in enumerate(spots)
        ]
        for cells in laid_out(grid, self.builder.limits.cells):
            self.builder.row(Part(self.number), cells, number)
            self.number += 1

    def _is_gone(self, row: Element) -> bool:
        """Return whether a row is not shown, or was taken out: nobody sees it once the tracked changes are accepted."""
        for properties in (row.find(w("trPr")), *(cell.find(w("tcPr")) for cell in children(row))):
            if properties is not None and next(properties.iter(*TRACKED), None) is not None:
                self.builder.unseen.add("tracked-changes", Part(self.number))
        cells = [cell for cell in children(row) if cell.tag == w("tc")]
        taken_out = bool(cells) and all(is_taken_out(cell.find(w("tcPr"))) for cell in cells)
        return taken_out or is_taken_out(row.find(w("trPr"))) or self._is_hidden(row)

    def _is_hidden(self, row: Element) -> bool:
        hidden = bool(is_on(row.find(w("trPr")), "hidden"))
        if hidden and any((text.text or "").strip() for text in row.iter(w("t"))):
            self.builder.unseen.add("hidden-text", Part(self.number))
        return hidden

    def _spots(self, row: Element, header: bool) -> Iterator[_Tall]:
        """Yield the cells of a row with their columns."""
        properties = row.find(w("trPr"))
        at = _whole(value(properties, "gridBefore"), 0)
        for column in range(at):
            yield _Tall(Cell, column, 1)
        for cell in (child for child in children(row) if child.tag == w("tc")):
            own = cell.find(w("tcPr"))
            wide = min(_whole(value(own, "gridSpan"), 1), 1000) or 1
            merge = value(own, "vMerge")
            continues = merge is not None and merge != "restart"
            lost = "".join(text.text or "" for text in cell.iter(w("t"))).strip() if continues else ""
            yield _Tall(partial(self._cell, cell, header), at, wide, merge == "restart", continues, lost)
            at += wide

    def _cell(self, cell: Element, header: bool) -> Cell:
        place = Part(self.number)
        pieces = list(self._cell_pieces(cell, place))
        own = cell.find(w("tcPr"))
        shade = own.find(w("shd")) if own is not None else None
        fill = colour(f"#{shade.get(w('fill'), '')}") if shade is not None else ""
        return self.builder.cell(pieces, is_header=header, fill="" if fill == "#ffffff" else fill)

    def _cell_pieces(self, cell: Element, place: Part) -> Iterator[Piece]:
        """Yield the texts of a cell, its paragraphs one after another; none of a cell that was taken out."""
        if is_taken_out(cell.find(w("tcPr"))):
            return
        for child in children(cell):
            if child.tag == w("tbl"):
                message = Message("A table stands in a cell of another; its texts are read as text of that cell.")
                self.builder.warn("nested-table", message, place)
                for inner in child.iter(w("tc")):
                    if inner.getparent().getparent() is child:
                        yield from self._cell_pieces(inner, place)
            elif child.tag == w("p"):
                yield from self._in_cell(child, place)

    def _in_cell(self, paragraph: Element, place: Part) -> Iterator[Piece]:
        runs = self._runs(place)
        pieces = runs.paragraph(paragraph)
        counted = self._counted(paragraph)
        if any(piece.text.strip() for piece in pieces):
            if counted and not counted.is_bullet:
                yield Piece(f"{counted.text} ", place)
            yield from pieces
            yield Piece("\n", place)
        else:
            yield from (piece for piece in pieces if piece.pictured)
        for box in runs.boxes:
            yield from self._cell_pieces(box, place)

    # What stands beside the text --------------------------------------------------------------------------------

    def _notes(self) -> None:
        """Take up the notes in the order of their numbers; one may refer to another."""
        roots = {kind: _root(self.archive, f"word/{kind}s.xml") for kind in ("footnote", "endnote")}
        at = 0
        while at < len(self.notes):
            kind, name = self.notes[at]
            at += 1
            root = roots[kind]
            found = [note for note in root.iter(w(kind)) if note.get(w("id")) == name] if root is not None else []
            place = Part(self.number)
            pieces = [piece for note in found[:1] for piece in self._cell_pieces(note, place)]
            if any(piece.text.strip() for piece in pieces):
                self.builder.add("item", place, pieces, marker=str(at), depth=1)
                self.number += 1

    def _furniture(self) -> None:
        """Set aside what the heads and feet of pages say, each once."""
        seen: set[str] = set()
        for name in sorted(self.archive.namelist()):
            if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"):
                root = _root(self.archive, name)
                for paragraph in root.iter(w("p")) if root is not None else ():
                    place = Part(self.number)
                    said = "".join(piece.text for piece in self._runs(place).paragraph(paragraph))
                    if said.strip() and said not in seen:
                        seen.add(said)
                        self.builder.aside(said, place, "running-header")


@dataclass(frozen=True, slots=True)
class _Tall:
    """A cell of a row: where it begins, how wide it is, and whether it begins or goes on with one over several rows."""

    make: partial[Cell] | type[Cell]
    column: int
    columns: int
    begins: bool = False
    continues: bool = False
    lost: str = ""
    """What is written in a cell that goes on with another, where nobody sees it."""


def _heights(rows: Sequence[Sequence[_Tall]]) -> dict[tuple[int, int], int]:
    """Return over how many rows each cell goes: as many as go on with it, in the same column."""
    heights: dict[tuple[int, int], int] = {}
    open_cells: dict[int, tuple[int, int]] = {}
    for number, row in enumerate(rows):
        columns = {spot.column for spot in row if spot.continues and spot.column in open_cells}
        open_cells = {column: key for column, key in open_cells.items() if column in columns}
        for spot in row:
            if spot.continues and spot.column in open_cells:
                heights[open_cells[spot.column]] += 1
            else:
                heights[number, spot.column] = 1
                if spot.begins:
                    open_cells[spot.column] = (number, spot.column)
    return heights


def _with_headers(rows: Sequence[Element]) -> Iterator[tuple[Element, bool]]:
    """Yield rows, and whether each is one of those that stand again on each page: the first ones alone can be."""
    header = True
    for row in rows:
        header = header and bool(is_on(row.find(w("trPr")), "tblHeader"))
        yield row, header


def _whole(text: str | None, usual: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 5 else usual


def _root(archive: zipfile.ZipFile, name: str) -> Element | None:
    """Return the root of a part; None where there is none."""
    content = part(archive, name)
    if not content:
        return None
    return etree.fromstring(content, parser=etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
