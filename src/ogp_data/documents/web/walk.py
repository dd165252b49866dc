"""Elements of a page -> blocks, in the order in which a browser shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from ogp_data.core.messages import Message
from ogp_data.core.places import SourcePlace
from ogp_data.documents.building import PICTURE, Builder, Piece, folded
from ogp_data.documents.document import Cell
from ogp_data.documents.grid import Spot, laid_out
from ogp_data.documents.markers import written
from ogp_data.documents.marks import in_signs
from ogp_data.documents.web.shown import (
    BREAKING,
    EMBEDDED,
    HEADINGS,
    UNSHOWN,
    Element,
    fill,
    font,
    ink,
    is_hidden,
    is_unseen,
    looks,
)

Locate = Callable[[int, str], SourcePlace]
"""The number of a block and the XPath of its element -> its place."""

_DEEPEST = 150
"""What lies in more elements than so many is read as text of the last of them."""
_PARTS = {
    "table": ("thead", "tbody", "tfoot", "tr"),
    **dict.fromkeys(("thead", "tbody", "tfoot"), ("tr",)),
    "tr": ("td", "th"),
}
"""Of which elements a table is made."""
_SPAN = 1000
"""So many columns a cell spans at most, as browsers have it."""


@dataclass(slots=True)
class Walk:
    """One reading of a page: the text of the block under way, its kind, and the lists that are open."""

    builder: Builder
    locate: Locate
    pieces: list[Piece] = field(default_factory=list)
    number: int = 1
    path: str = ""
    home: str = ""
    """The innermost element before which a line ends: the text under way is its."""
    link: str = ""
    font: str = ""
    ink: str = ""
    looks: frozenset[str] = frozenset()
    level: int = 0
    marker: str = ""
    counted: int = 0
    depth: int = 0
    lists: int = 0
    nested: int = 0
    in_cell: int = 0
    kept: int = 0
    """How many elements are open in which white space is kept."""

    def element(self, element: Element, path: str) -> None:
        """Take up an element and all that is in it."""
        if not isinstance(element.tag, str) or element.tag in UNSHOWN:
            return
        if is_hidden(element):
            self._hidden(element, path)
            return
        if is_unseen(element) and "".join(element.itertext()).strip():
            self.builder.unseen.add("unseen-text", self.locate(self.number, path))
        if element.tag not in BREAKING:
            with self._within(element):
                self._take(element, path)
            return
        self.flush(path)
        before, self.home = self.home, path
        with self._within(element):
            self._take(element, path)
        self.flush(path)
        self.home = before

    def children(self, element: Element, path: str) -> None:
        """Take up the text of an element and the elements in it, in order."""
        self.text(element.text)
        for child, _, inner in _children(element, path):
            self._inner(child, inner)
            self.text(child.tail)

    def _inner(self, element: Element, path: str) -> None:
        """Take up an element that lies in another; of what lies too deep, the text alone."""
        if self.nested > _DEEPEST:
            self.text("".join(element.itertext()) if isinstance(element.tag, str) else "")
            return
        self.nested += 1
        self.element(element, path)
        self.nested -= 1

    def text(self, text: str | None, drawn: str = "") -> None:
        """Take up text that stands in an element."""
        if not text:
            return
        said = text if self.kept else folded(text)
        if not self.pieces and not self.in_cell:
            if not said.strip():
                return
            self.path = self.home
        bold, italic, raised = (look in self.looks for look in ("bold", "italic", "raised"))
        for seen, mark in [(said, drawn)] if drawn else in_signs(said, self.font):
            self.pieces.append(Piece(seen, self._place(), self.link, bold, italic, raised, mark, ink=self.ink))

    def flush(self, path: str) -> None:
        """End the block under way; in a cell, end its line."""
        if self.in_cell:
            if next((piece.text for piece in reversed(self.pieces) if piece.text), "\n") != "\n":
                self.pieces.append(Piece("\n", self._place()))
            return
        pieces, self.pieces = self.pieces, []
        if any(piece.text.strip() or piece.link for piece in pieces):
            self._block(pieces)
        elif self.level:
            self.builder.warn("empty-heading", Message("A heading has no text."), self._place())
        self.path, self.level = path, 0

    def _block(self, pieces: list[Piece]) -> None:
        place = self._place()
        if self.level:
            self.builder.add("heading", place, pieces, level=self.level)
        elif self.marker:
            self.builder.add("item", place, pieces, number=self.counted, marker=self.marker, depth=self.lists)
            self.marker = ""
        else:
            self.builder.add("paragraph", place, pieces, depth=self.lists)
        self.number += 1

    def _place(self) -> SourcePlace:
        return self.locate(self.number, self.path)

    @contextmanager
    def _within(self, element: Element) -> Iterator[None]:
        """Let the looks and the link of an element hold for what is in it."""
        before = self.looks, self.font, self.ink, self.link, self.kept
        self.font, self.ink = font(element) or self.font, ink(element) or self.ink
        self.looks = self.looks | looks(element)
        self.kept += element.tag in ("pre", "textarea")
        if element.tag == "a" and element.get("href") is not None:
            self.link = element.get("href").strip()
            if self.link.startswith("#"):  # it leads to a place of this page
                self.link = ""
        yield
        self.looks, self.font, self.ink, self.link, self.kept = before

    def _take(self, element: Element, path: str) -> None:
        tag = element.tag
        if tag in HEADINGS and not self.in_cell:
            self.level, self.path = HEADINGS[tag], path
            self.children(element, path)
        elif tag in ("ul", "ol", "menu", "dir"):
            self._list(element, path)
        elif tag == "table":
            self._table(element, path)
        elif tag == "br":
            self._line_end()
        elif tag in ("hr", "img", "input") or tag in EMBEDDED:
            self._thing(element, path)
        else:
            self.children(element, path)

    def _line_end(self) -> None:
        if self.pieces:
            self.pieces.append(Piece("\n", self._place()))

    # Lists ----------------------------------------------------------------------------------------------------

    def _list(self, element: Element, path: str) -> None:
        before, self.lists = self.lists, self.lists + 1
        ordered, style = element.tag == "ol", element.get("type") or "1"
        number = _whole(element.get("start"), 1)
        self.text(element.text)
        for child, name, inner in _children(element, path):
            if name == "li" and not is_hidden(child):
                number = _whole(child.get("value"), number)
                self._item(child, inner, f"{written(number, style)}." if ordered else "•", style)
                self.counted, number = 0, number + 1
            else:
                self._inner(child, inner)
            self.text(child.tail)
        self.flush(path)
        self.lists = before

    def _item(self, element: Element, path: str, marker: str, style: str) -> None:
        self.flush(path)
        if self.in_cell:
            # In a cell the marker is part of the text, as it is where a page shows the cell; a bullet says nothing.
            if marker != "•":
                self.pieces.append(Piece(f"{marker} ", self._place()))
        else:
            self.marker, self.path = marker, path
            self.counted = int(marker[:-1]) if marker[:-1].isdecimal() and style == "1" else 0
        before, self.home = self.home, path
        with self._within(element):
            self.children(element, path)
        self.flush(path)
        self.home = before
        if not self.in_cell:
            self.marker = ""

    # Tables ---------------------------------------------------------------------------------------------------

    def _table(self, element: Element, path: str) -> None:
        if self.in_cell:
            message = Message("A table stands in a cell of another; its texts are read as text of that cell.")
            self.builder.warn("nested-table", message, self._place())
            self.children(element, path)
            return
        self._strays(element, path)
        self.flush(path)
        rows = list(_rows(element, path))
        self.builder.tables += 1
        table, spots = self.builder.tables, []
        for row, at in rows:
            spots.append([self._spot(cell, row, inner) for cell, inner in _cells(row, at)])
        # The cells of a row are read when it is its turn, so that they know its number.
        for (_, at), cells in zip(rows, laid_out(spots, self.builder.limits.cells), strict=True):
            self.builder.row(self.locate(self.number, at), cells, table)
            self.number += 1
        self.path = path

    def _strays(self, element: Element, path: str) -> None:
        """Take up what stands in a table and in none of its cells: its caption, and what a browser shows above it."""
        self.text(element.text)
        for child, name, inner in _children(element, path):
            if name not in _PARTS.get(element.tag, ()):
                self._inner(child, inner)
            elif is_hidden(child):
                self._hidden(child, inner)
            elif name in _PARTS:
                self._strays(child, inner)
            self.text(child.tail)

    def _spot(self, cell: Element, row: Element, path: str) -> Spot:
        rows, columns = _whole(cell.get("rowspan"), 1), min(_whole(cell.get("colspan"), 1), _SPAN)
        return Spot(partial(self._cell, cell, row, path), rows or 65534, columns)

    def _cell(self, element: Element, row: Element, path: str) -> Cell:
        """Return the text of a cell, its lines one after another."""
        self.in_cell += 1
        self.pieces, self.path = [], path
        if not is_hidden(element):
            with self._within(row), self._within(element):
                self.children(element, path)
        else:
            self._hidden(element, path)
        self.in_cell -= 1
        pieces, self.pieces = self.pieces, []
        return self.builder.cell(pieces, is_header=element.tag == "th", fill=fill(element, row))

    # What is no text ------------------------------------------------------------------------------------------

    def _thing(self, element: Element, path: str) -> None:
        tag = element.tag
        if tag == "input":
            self._input(element)
        elif tag == "hr" and not self.in_cell:
            self.builder.add("rule", self.locate(self.number, path))
            self.number += 1
        elif tag != "hr":
            self._picture(element, path)

    def _picture(self, element: Element, path: str) -> None:
        said = " ".join((element.get("alt") or element.get("title") or "").split())
        place = self.locate(self.number, path)
        if self.link and not self.in_cell:
            message = Message("A link to {text!r} has no label.", text=self.link[:80])
            self.builder.warn("link-without-label", message, place)
            self.pieces.append(Piece("", place, self.link))
        is_alone = not self.in_cell and not self.pieces
        if is_alone:
            self.builder.add("picture", place, drawn=said)
            self.number += 1
        piece = self.builder.picture(said, place, PICTURE if element.tag == "img" else f"<{element.tag}>")
        self.pieces += [] if is_alone else [piece]

    def _input(self, element: Element) -> None:
        kind = (element.get("type") or "text").lower()
        if kind in ("checkbox", "radio"):
            mark = "☑" if element.get("checked") is not None else "☐"
            self.text(mark, drawn=Message("a box of a form ({kind})", kind=kind))
        elif kind not in ("image", "file", "password"):
            self.text(f" {element.get('value') or ''} ")

    def _hidden(self, element: Element, path: str) -> None:
        if "".join(element.itertext()).strip() or (element.tag == "input" and element.get("value")):
            self.builder.unseen.add("hidden-text", self.locate(self.number, path))


def _whole(text: str | None, usual: int) -> int:
    """Return a whole number as an attribute has it, or what is usual."""
    bare = (text or "").strip()
    return int(bare) if bare.isascii() and bare.isdecimal() and len(bare) < 7 else usual


def _children(element: Element, path: str) -> Iterator[tuple[Element, str, str]]:
    """Yield what is in an element: each with its name, and its path, which counts those of its name."""
    counts: Counter[str] = Counter()
    for child in element:
        name = child.tag if isinstance(child.tag, str) else "node()"
        counts[name] += 1
        yield child, name, f"{path}/{name}[{counts[name]}]"


def _rows(element: Element, path: str) -> Iterator[tuple[Element, str]]:
    """Yield the rows of a table with their paths: those of its foot stand last, wherever they are written."""
    last = []
    for child, name, inner in _children(element, path):
        if name == "tr" and not is_hidden(child):
            yield child, inner
        elif name in ("thead", "tbody", "tfoot") and not is_hidden(child):
            found = list(_rows(child, inner))
            if name == "tfoot":
                last += found
            else:
                yield from found
    yield from last


def _cells(row: Element, path: str) -> Iterator[tuple[Element, str]]:
    return ((child, inner) for child, name, inner in _children(row, path) if name in ("td", "th"))
