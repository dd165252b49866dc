"""Parts of a document -> HTML. There are thousands of them, so this is written without templates; text is escaped."""

from __future__ import annotations

import itertools
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup, escape

from ogp_data.core.messages import Message
from ogp_data.core.places import Box, Page, SheetCell, SourcePlace
from ogp_data.core.places.sheets import column_number
from ogp_data.core.templates import turned
from ogp_data.core.text import shown
from ogp_data.documents import Picture
from ogp_data.documents.sheets.sheet import letters
from ogp_data.site.document.leaves import Leaf, Part, Run, Square
from ogp_data.site.locations import anchor

_ABOVE = 2
"""So many levels of headings the page itself has above those of the document."""
_DEEPEST = 6
"""The level of the last heading that HTML has."""


class LeafWriter(ABC):
    """Writes leaves in a language; what a run and a box look like, and what stands beside text, its kinds say."""

    def __init__(self, language: str, written: str) -> None:
        """Begin where no place has an element yet; `written` is the language of the leaf."""
        self.language = language
        self._isolated = f"<bdi{turned(written, language)}>"
        self._placed: set[SourcePlace] = set()
        self._level, self._tables = 1, 0

    @abstractmethod
    def run(self, run: Run) -> str:
        """Return a run of text."""

    @abstractmethod
    def box(self, runs: Sequence[Run], rectangle: str) -> str:
        """Return the box of runs over the picture of their page, from the rectangle that it is; "" for none."""

    def before(self, _place: SourcePlace) -> str:
        """Return what stands in front of the first text of a place."""
        return ""

    def behind(self, _part: Part) -> str:
        """Return what stands behind a part."""
        return ""

    def leaf(self, leaf: Leaf, level: int) -> Markup:
        """Return the parts of a leaf under a heading of a level; the place of a page is that of the leaf."""
        self._placed |= {leaf.page} if leaf.page else set()
        self._level = level
        return Markup("\n".join(self._groups(leaf.parts)))

    def boxes(self, leaf: Leaf, picture: Picture) -> Markup:
        """Return the boxes of a page, to be laid over its picture: what they say stands in its text as well."""
        wide, high = picture.points
        held: dict[Box, list[Run]] = {}
        for run in leaf.runs:
            if isinstance(run.place, Page) and run.place.box and run.text.strip():
                held.setdefault(run.place.box, []).append(run)
        inner = "".join(self.box(runs, _rectangle(box)) for box, runs in held.items())
        return Markup(
            f'<svg class="boxes" viewBox="0 0 {wide:g} {high:g}" preserveAspectRatio="none" aria-hidden="true">'
            f"{inner}</svg>"
        )

    # Parts --------------------------------------------------------------------------------------------------

    def _groups(self, parts: Sequence[Part]) -> Iterator[str]:
        for kind, group in itertools.groupby(parts, key=_group):
            held = list(group)
            if kind == "line":
                yield f'<ol class="lines">{"".join(map(self._line, held))}</ol>'
            elif kind == "item":
                yield f'<ul class="items">{"".join(map(self._item, held))}</ul>'
            elif kind.startswith("sheet"):
                yield self._sheet(held)
            elif kind.startswith("row"):
                yield self._table(held)
            else:
                yield from map(self._plain, held)

    def _line(self, part: Part) -> str:
        # Empty lines are counted too, so each has its number.
        name, spot = escape(part.place.own_text), self._spot(part.place)
        return f"<li{spot.id}><span>{name}</span> {self._said(part)}</li>"

    def _item(self, part: Part) -> str:
        marker = f'<span class="marker">{escape(part.marker)}</span> ' if part.marker else ""
        spot = self._spot_of(part)
        return f"<li{spot.id}>{spot.before}{marker}{self._said(part)}{self.behind(part)}</li>"

    def _plain(self, part: Part) -> str:
        spot = self._spot_of(part)
        text = f"{spot.before}{self._said(part)}{self.behind(part)}"
        if part.kind == "heading":
            # A page of the web leaves out no level of its headings, whatever the document does.
            self._level = min(part.level + _ABOVE, self._level + 1, _DEEPEST)
            return f"<h{self._level}{spot.id}>{text}</h{self._level}>"
        aside = ' class="aside"' if part.kind == "aside" else ""
        return f"<p{spot.id}{aside}>{text}</p>"

    def _table(self, parts: Sequence[Part]) -> str:
        rows = "".join(self._row(part, behind) for part, behind in self._behind_each(parts))
        return self._numbered(f"<table>{rows}</table>")

    def _row(self, part: Part, behind: str) -> str:
        spot = self._spot(part.place)
        squares = "".join(map(self._square, part.squares))
        return f"<tr{spot.id}>{squares}{_last(spot.before + behind)}</tr>"

    def _behind_each(self, parts: Iterable[Part]) -> Iterator[tuple[Part, str]]:
        """Yield parts with what stands behind each, where that is not the same as behind the one before."""
        before = ""
        for part in parts:
            behind = self.behind(part)
            yield part, "" if behind == before else behind
            before = behind or before

    def _square(self, square: Square) -> str:
        name = "th" if square.is_header else "td"
        spans = "".join(
            f' {key}="{count}"' for key, count in (("rowspan", square.rows), ("colspan", square.columns)) if count > 1
        )
        place = self._spot(square.place).id if square.place else ""
        filled = ' class="filled"' if square.fill else ""
        return f"<{name}{place}{filled}{spans}>{self._fill(square.fill)}{self._said(square)}</{name}>"

    def _fill(self, colour: str) -> str:
        """Return the colour of a cell as a picture that says which it is; it may stand for something."""
        if not colour:
            return ""
        said = escape(Message("cell filled with {colour}", colour=colour).of(self.language))
        return f'<svg class="fill" role="img" aria-label="{said}"><title>{said}</title><rect fill="{colour}"/></svg> '

    def _sheet(self, parts: Sequence[Part]) -> str:
        """Return the rows of a sheet with the letters of its columns and the numbers of its rows."""
        grid = Grid(parts)
        behind: dict[int, str] = dict.fromkeys(grid.parts, "")
        for part, said in self._behind_each(part for row in grid.parts.values() for part in row):
            behind[grid.number(part)] += said
        head = "".join(f'<th scope="col">{name}</th>' for name in grid.columns)
        rows = "".join(
            f'<tr><th scope="row">{number}</th>{"".join(map(self._square, grid.row(number)))}'
            f"{_last(behind[number])}</tr>"
            for number in grid.parts
        )
        head = f"<thead><tr><td></td>{head}</tr></thead>"
        return self._numbered(f'<table class="sheet">{head}<tbody>{rows}</tbody></table>')

    def _numbered(self, table: str) -> str:
        """Return a table that scrolls by itself, called by its number."""
        self._tables += 1
        said = escape(Message("table {number}", number=self._tables).of(self.language))
        return f'<div class="scroll" role="region" aria-label="{said}" tabindex="0">{table}</div>'

    # Text ---------------------------------------------------------------------------------------------------

    def _said(self, one: Part | Square) -> str:
        """Return the text of a part, which runs as its language does and turns nothing that stands beside it."""
        return f"{self._isolated}{self._runs(one.runs)}</bdi>"

    def _runs(self, runs: Iterable[Run]) -> str:
        return "".join(map(self._placed_run, runs))

    def _placed_run(self, run: Run) -> str:
        """Return a run, as the element at its place where none was before: a paragraph may go over several lines."""
        written = self.run(run)
        spot = self._spot(run.place) if run.text.strip() else _Spot()
        return f"<span{spot.id}>{written}</span>" if spot.id else written

    def _spot_of(self, part: Part) -> _Spot:
        return self._spot(part.runs[0].place if part.runs else part.place)

    def _spot(self, place: SourcePlace) -> _Spot:
        """Return how the first element at a place begins; nothing for others there."""
        if place.whole in self._placed:
            return _Spot()
        self._placed.add(place.whole)
        return _Spot(f' id="{escape(anchor(place.whole))}"', self.before(place))


class _Spot(NamedTuple):
    """The attribute that makes an element the one at its place, and what stands in front of its text."""

    id: str = ""
    before: str = ""


def _last(inner: str) -> str:
    """Return the cell behind those of a row; "" where there is nothing in it."""
    return f'<td class="behind">{inner}</td>' if inner else ""


def text_of(run: Run) -> str:
    """Return the text of a run as it can be shown."""
    return shown(run.text.rstrip("\r\n") if run.text.strip() else run.text.replace("\r", "").replace("\n", " "))


class Grid:
    """The rows of a sheet by number, and its columns from the first to the last that hold anything."""

    def __init__(self, parts: Sequence[Part]) -> None:
        """Take the parts of a sheet, or of a piece of one."""
        self.parts: dict[int, list[Part]] = {}
        self._squares: dict[tuple[int, str], Square] = {}
        for part in parts:
            for square in part.squares or (Square(part.runs, is_header=part.kind == "heading"),):
                if isinstance(square.place, SheetCell):
                    self._squares[square.place.row, square.place.column] = square
            if isinstance(part.place, SheetCell):
                self.parts.setdefault(part.place.row, []).append(part)
        found = {column_number(column) for _, column in self._squares}
        self.columns = [letters(number) for number in range(min(found, default=1), max(found, default=0) + 1)]

    def number(self, part: Part) -> int:
        """Return the number of the row in which a part is."""
        return part.place.row if isinstance(part.place, SheetCell) else 0

    def row(self, number: int) -> Iterator[Square]:
        """Yield the cells of a row from the left, without those that another one covers."""
        for column in self.columns:
            if (number, column) not in self._covered:
                square = self._squares.get((number, column), Square())
                yield replace(square, rows=sum(one in self.parts for one in range(number, number + square.rows)) or 1)

    @cached_property
    def _covered(self) -> set[tuple[int, str]]:
        """Return which cells others cover that begin further up or left."""
        return {
            (row + down, letters(column_number(column) + right))
            for (row, column), square in self._squares.items()
            for down in range(square.rows)
            for right in range(square.columns)
            if down or right
        }


def _group(part: Part) -> str:
    """Return what parts have in common that stand in one table or list."""
    if isinstance(part.place, SheetCell) and part.kind != "aside" and not _names_its_sheet(part.place, part):
        return f"sheet {part.place.sheet}"
    return f"row {part.table}" if part.kind == "row" else part.kind


def _names_its_sheet(place: SheetCell, part: Part) -> bool:
    return part.kind == "heading" and part.text.strip() == place.sheet


def _rectangle(box: Box) -> str:
    left, top, right, bottom = box.corners
    return f'<rect x="{left:g}" y="{top:g}" width="{right - left:.2f}" height="{bottom - top:.2f}"/>'
