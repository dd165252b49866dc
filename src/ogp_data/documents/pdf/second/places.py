"""Where on its pages a document has which words and links: in the cells of tables, and outside of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ogp_data.core.places import Page
from ogp_data.documents.document import Document
from ogp_data.documents.pdf.corners import Corners, around, holds

_NEAR = 0.1
"""Boxes are rounded, and so stand out of one another by a hair."""


@dataclass(slots=True)
class Laid:
    """What stands on a page: the boxes of its tables and of their rows, the words of each cell, and of each line."""

    tables: list[Corners] = field(default_factory=list)
    rows: list[Corners] = field(default_factory=list)
    cells: dict[Corners, str] = field(default_factory=dict)
    lines: dict[Corners, str] = field(default_factory=dict)
    links: list[tuple[Corners, str]] = field(default_factory=list)
    drawn: set[Corners] = field(default_factory=set)
    """The boxes in which something is read that is drawn, and no letter."""

    @property
    def rest(self) -> str:
        """Return what stands outside of tables."""
        return "".join(self.lines.values())

    def home(self, x: float, y: float) -> Corners | None:
        """Return the box of the cell in which a point stands; of the row, where no cell there has words; else None."""
        if not any(holds(table, x, y) for table in self.tables):
            return None
        return next((box for boxes in (self.cells, self.rows) for box in boxes if holds(box, x, y)), None)


def laid_out(document: Document) -> Mapping[int, Laid]:
    """Return by its number what stands on each page."""
    pages: dict[int, Laid] = {}
    tables: dict[tuple[int, int], list[Corners]] = {}
    for block in document.blocks:
        if block.cells and isinstance(block.place, Page) and block.place.box:
            tables.setdefault((block.place.number, block.table), []).append(block.place.box.corners)
    for (number, _), rows in tables.items():
        laid = pages.setdefault(number, Laid())
        laid.rows += rows
        laid.tables.append(around(rows))
    apart = _apart(document)
    for place, start, end in document.source:
        if isinstance(place, Page) and place.box:
            within = apart[bisect_left(apart, (start, 0, "")) : bisect_left(apart, (end, 0, ""))]
            _put(pages.setdefault(place.number, Laid()), place.box.corners, document.source.text, start, end, within)
    return pages


_Span = tuple[int, int, str]


def _apart(document: Document) -> list[_Span]:
    """Return the spans of the text that are no letters of a page, in order: addresses, and boxes that are drawn."""
    addresses = ((one.start, one.end, "address") for one in document.asides if one.reason == "address")
    inlines = (inline for block in document.blocks for inline in block.texts)
    marks = (one for inline in inlines for one in inline.styles if one.kind == "mark")
    return sorted([*addresses, *((one.start, one.end, "mark") for one in marks if not one.drawn.startswith("U+"))])


def _put(laid: Laid, box: Corners, text: str, start: int, end: int, apart: Sequence[_Span]) -> None:
    """Put what is said at a place among the cells or lines of its page."""
    said = []
    for begin, over, what in apart:
        said.append(text[start:begin])
        start = over
        if what == "address":
            laid.links.append((box, text[begin:over]))
        else:
            laid.drawn.add(box)
    texts = laid.cells if any(_within(box, table) for table in laid.tables) else laid.lines
    texts[box] = texts.get(box, "") + "".join([*said, text[start:end]])


def _within(box: Corners, outer: Corners) -> bool:
    wider = outer[0] - _NEAR, outer[1] - _NEAR, outer[2] + _NEAR, outer[3] + _NEAR
    return holds(wider, *box[:2]) and holds(wider, *box[2:])
