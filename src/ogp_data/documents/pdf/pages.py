"""A page of a PDF -> its lines, tables and pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any, TypeVar

from ogp_data.core.unseen import Carried
from ogp_data.documents.colours import mixed, shares
from ogp_data.documents.pdf.bands import bands
from ogp_data.documents.pdf.boxes import boxes
from ogp_data.documents.pdf.corners import Corners, Drawn, corners, holds, middle, ordered
from ogp_data.documents.pdf.letters import Letter, Line, letters, lines
from ogp_data.documents.pdf.order import Unit, units
from ogp_data.documents.pdf.rulings import Grid, Spot, fills, grids, rulings
from ogp_data.documents.pdf.turned import turned_lines, way
from ogp_data.documents.pdf.wrapping import InCell
from ogp_data.documents.unseen.pdf import of_page

_SIDE = 12.0
"""Cells leave no more room than this between their sides and their text."""

T = TypeVar("T")

Opened = Any
"""A page as pdfplumber has it, which has no types here."""


@dataclass(frozen=True, slots=True)
class Held:
    """A table of a page: its grid, the lines in each cell, and the fill behind it."""

    grid: Grid
    lines: Mapping[Spot, Sequence[Line]]
    fills: Mapping[Spot, str]
    padding: float
    """How much room cells leave between their sides and their text."""

    def cell(self, spot: Spot) -> InCell:
        """Return the lines of a cell between the sides that text has in it."""
        left, _, right, _ = self.grid.corners(spot)
        return InCell(self.lines.get(spot, ()), left + self.padding, right - self.padding)


@dataclass(frozen=True, slots=True)
class PageRead:
    """What stands on a page; boxes count from the top left corner of what is seen of it."""

    number: int
    width: float
    height: float
    units: Sequence[Unit]
    tables: Mapping[Grid, Held]
    pictures: Sequence[Corners]
    letters: int
    carried: Sequence[Carried] = ()
    """What the page carries that nobody sees on it."""
    lost: Sequence[tuple[Corners, str]] = ()
    """Links that cover no letter."""


def read_page(page: Opened, number: int) -> PageRead:
    """Return what stands on a page."""
    drawn = _drawn(page)
    within = [holds((0, 0, *drawn.size), *middle(corners(char))) for char in drawn.chars]
    is_cut = any(char["text"].strip() for char, is_seen in zip(page.chars, within, strict=True) if not is_seen)
    seen = list(compress(drawn.chars, within))
    found = list(letters([char for char in seen if not way(char)], drawn.links))
    parts = boxes(drawn.lines, drawn.rects, found)
    found += parts.found
    turned = list(turned_lines([char for char in seen if way(char)], drawn.links))
    flat, upright = rulings(parts.lines, parts.rects)
    ruled = grids(flat, [*upright, *bands(flat, upright, parts.rects, found)])
    held: list[list[Letter]] = [[] for _ in ruled]
    beside: list[list[Line]] = [[] for _ in ruled]
    free = [one for one in found if not _into(one.middle, one, ruled, held)]
    free_turned = [line for line in turned if not _into(middle(line.box), line, ruled, beside)]
    tables = {grid: _held(grid, held[at], beside[at], parts.rects) for at, grid in enumerate(ruled)}
    covered = {one.link for one in found} | {one.link for line in turned for one in line.letters}
    return PageRead(
        number,
        *drawn.size,
        units(lines(free), free_turned, ruled),
        tables,
        [corners(image) for image in drawn.images],
        sum(1 for one in found if one.text.strip()),
        of_page(page, number, list(compress(page.chars, within)), is_cut),
        [link for link in drawn.links if link[1] not in covered],
    )


@dataclass(frozen=True, slots=True)
class _OnPage:
    """What the library has of a page, from the top left corner of what is seen of it."""

    size: tuple[float, float]
    chars: Sequence[Drawn]
    lines: Sequence[Drawn]
    rects: Sequence[Drawn]
    images: Sequence[Drawn]
    links: Sequence[tuple[Corners, str]]


def _drawn(page: Opened) -> _OnPage:
    whole, cut = _box(page.page_obj.mediabox), _box(page.page_obj.cropbox)
    seen = _shared(cut, whole)
    (left, top, *_), (x0, y0, x1, y1) = _turned(seen, whole, page.rotation), _turned(seen, seen, page.rotation)
    left, top = left + page.bbox[0], top + page.bbox[1]
    every = (page.chars, page.lines, page.rects, page.images)
    chars, lines, rects, images = ([_moved(one, left, top) for one in found] for found in every)
    # Of a page that is turned, or does not begin at 0, the library has links elsewhere.
    links = [(_turned(_box(link["data"]["Rect"]), seen, page.rotation), str(link["uri"])) for link in page.hyperlinks]
    return _OnPage((x1 - x0, y1 - y0), chars, lines, rects, images, links)


def _turned(box: Corners, whole: Corners, turn: int) -> Corners:
    """Return where a box of the PDF is on a page that is turned: from the left and top of what is seen of all of it."""
    left, low, right, high = box[0] - whole[0], box[1] - whole[1], whole[2] - box[2], whole[3] - box[3]
    wide, tall = box[2] - box[0], box[3] - box[1]
    if turn in (90, 270):
        x, y = (low, left) if turn == 90 else (high, right)
        return x, y, x + tall, y + wide
    x, y = (right, low) if turn == 180 else (left, high)
    return x, y, x + wide, y + tall


def _box(sides: Sequence[float]) -> Corners:
    return ordered(*map(float, sides))


def _shared(cut: Corners, whole: Corners) -> Corners:
    """Return what of a box lies within another; all of that where nothing does."""
    found = max(cut[0], whole[0]), max(cut[1], whole[1]), min(cut[2], whole[2]), min(cut[3], whole[3])
    return found if found[0] < found[2] and found[1] < found[3] else whole


def _moved(one: Drawn, left: float, top: float) -> Drawn:
    if not left and not top:
        return one
    sides = {"x0": one["x0"] - left, "x1": one["x1"] - left, "top": one["top"] - top, "bottom": one["bottom"] - top}
    return {**one, **sides}


def _into(middle: tuple[float, float], one: T, ruled: Sequence[Grid], held: Sequence[list[T]]) -> bool:
    """Put a letter or line into the table in which it stands, if there is one."""
    at = next((at for at, grid in enumerate(ruled) if grid.holds(*middle)), None)
    if at is not None:
        held[at].append(one)
    return at is not None


def _held(grid: Grid, found: Sequence[Letter], turned: Sequence[Line], boxes: Sequence[Drawn]) -> Held:
    """Return a table with the letters of each cell as lines: a letter stands where its middle does."""
    home = {
        (row, column): spot
        for spot in grid.spots
        for row in range(spot.row, spot.row + spot.rows)
        for column in range(spot.column, spot.column + spot.columns)
    }
    inside: dict[Spot, list[Letter]] = {}
    for one in found:
        inside.setdefault(home[grid.at(*one.middle)], []).append(one)
    coloured = {spot: _colour(box) for spot, box in fills(boxes, grid).items()}
    held = {spot: [line.packed() for line in lines(letters)] for spot, letters in inside.items()}
    for line in turned:
        held.setdefault(home[grid.at(*middle(line.box))], []).append(line.packed())
    lefts = (line.box[0] - grid.xs[spot.column] for spot, found in held.items() for line in found)
    return Held(grid, held, coloured, min(max(min(lefts, default=0.0), 0.0), _SIDE))


def _colour(box: Drawn) -> str:
    """Return the colour with which a box is filled; "" for white, and where it is a pattern or not known."""
    found = shares(box.get("non_stroking_color"))
    said = mixed(*found) if len(found) == 3 else ""
    return "" if said == "#ffffff" else said
