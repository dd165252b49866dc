"""A page of a PDF -> its lines, tables and pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ogp_data.core.unseen import Carried
from ogp_data.documents.colours import mixed
from ogp_data.documents.pdf.boxes import boxes
from ogp_data.documents.pdf.letters import Char, Corners, Letter, Line, letters, lines, turned
from ogp_data.documents.pdf.order import Unit, units
from ogp_data.documents.pdf.rulings import Grid, Spot, fills, grids
from ogp_data.documents.pdf.wrapping import InCell
from ogp_data.documents.unseen.pdf import of_page

_SIDE = 12.0
"""Cells leave no more room than this between their sides and their text."""

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
    lost: Sequence[tuple[Corners, str]] = field(default_factory=tuple)
    """Links that cover no letter."""


def read_page(page: Opened, number: int) -> PageRead:
    """Return what stands on a page."""
    left, top, right, bottom = page.cropbox or page.bbox
    chars = [char for char in page.chars if left <= (char["x0"] + char["x1"]) / 2 <= right]
    seen = [char for char in chars if top <= (char["top"] + char["bottom"]) / 2 <= bottom]
    whole = {id(char) for char in seen}
    is_cut = any(char["text"].strip() for char in page.chars if id(char) not in whole)
    links = [(_corners(link), str(link["uri"])) for link in page.hyperlinks if link.get("uri")]
    found = list(letters([char for char in seen if char["upright"]], links))
    drawn = boxes(page.lines, page.rects, found)
    found += drawn.found
    ruled = grids(drawn.lines, drawn.rects)
    held: list[list[Letter]] = [[] for _ in ruled]
    free = [one for one in found if not _into(one, ruled, held)]
    tables = {grid: _held(grid, inside, drawn.rects) for grid, inside in zip(ruled, held, strict=True)}
    turned_lines = _turned([char for char in seen if not char["upright"]], links)
    covered = {one.link for one in found}
    return PageRead(
        number,
        right - left,
        bottom - top,
        units([*lines(free), *turned_lines], ruled),
        tables,
        [_corners(image) for image in page.images],
        sum(1 for one in found if one.text.strip()),
        of_page(page, number, seen, is_cut),
        [link for link in links if link[1] not in covered],
    )


def _turned(chars: Sequence[Char], links: Sequence[tuple[Corners, str]]) -> Iterator[Line]:
    """Yield letters that run upwards or downwards as a line for each that stands beside the others."""
    line = Line()
    before: Char | None = None
    for char in turned(chars):
        if before and abs(char["x0"] - before["x0"]) > 0.5 * float(char["size"] or 1):
            yield line
            line = Line()
        line.letters += letters([char], links)
        before = char
    if any(one.text.strip() for one in line.letters):
        yield line


def _corners(drawn: Mapping[str, Any]) -> Corners:
    return drawn["x0"], drawn["top"], drawn["x1"], drawn["bottom"]


def _into(one: Letter, ruled: Sequence[Grid], held: Sequence[list[Letter]]) -> bool:
    """Put a letter into the table in which it stands, if there is one."""
    x, y = one.middle
    at = next((at for at, grid in enumerate(ruled) if grid.holds(x, y)), None)
    if at is not None:
        held[at].append(one)
    return at is not None


def _held(grid: Grid, found: Sequence[Letter], boxes: Sequence[Mapping[str, Any]]) -> Held:
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
    lefts = (line.box[0] - grid.xs[spot.column] for spot, found in held.items() for line in found)
    return Held(grid, held, coloured, min(max(min(lefts, default=0.0), 0.0), _SIDE))


def _colour(box: Mapping[str, Any]) -> str:
    """Return the colour with which a box is filled; "" for white, and where it is a pattern or not known."""
    written = box.get("non_stroking_color")
    parts = list(written) if isinstance(written, tuple | list) else [written]
    shares = [float(part) for part in parts if isinstance(part, int | float)]
    said = ""
    if len(shares) != len(parts):
        return ""
    if len(shares) == 1:
        said = mixed(shares[0], shares[0], shares[0])
    elif len(shares) == 3:
        said = mixed(*shares)
    elif len(shares) == 4:
        said = mixed(*((1 - share) * (1 - shares[3]) for share in shares[:3]))
    return "" if said == "#ffffff" else said
