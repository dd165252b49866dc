"""Parts of a document -> HTML. There are thousands of them, so this is written without templates; text is escaped."""

from __future__ import annotations

import itertools
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup, escape

from ogp_data.core.messages import Message
from ogp_data.core.places import Page, SheetCell, SourcePlace
from ogp_data.core.places.sheets import column_number
from ogp_data.core.text import shown
from ogp_data.documents import Picture
from ogp_data.documents.sheets.sheet import letters
from ogp_data.site.document.leaves import Leaf, Part, Run, Square
from ogp_data.site.locations import anchor

_ABOVE = 2
"""So many levels of headings the page itself has above those of the document."""
_DEEPEST = 6
"""The level of the last heading that HTML has."""


class Box(NamedTuple):
    """A box on a page, and the runs of text in it."""

    place: Page
    runs: Sequence[Run]


class LeafWriter(ABC):
    """Writes leaves in a language; what a run and a box look like, its kinds say. `behind`: what follows a part."""

    def __init__(self, language: str, behind: Callable[[Part], str] = lambda _: "") -> None:
        """Take what is the same for all leaves."""
        self.language, self.behind = language, behind
        self._placed: set[SourcePlace] = set()
        self._level = 1

    @abstractmethod
    def run(self, run: Run) -> str:
        """Return a run of text."""

    @abstractmethod
    def box(self, box: Box, rectangle: str) -> str:
        """Return a box over the picture of its page, from the rectangle that it is; "" for none."""

    def leaf(self, leaf: Leaf, level: int) -> Markup:
        """Return the parts of a leaf under a heading of a level; the place of a page is that of the leaf."""
        self._placed |= {leaf.page} if leaf.page else set()
        self._level = level
        return Markup("\n".join(self._groups(leaf.parts)))

    def boxes(self, leaf: Leaf, picture: Picture) -> Markup:
        """Return the boxes of a page, to be laid over its picture: what they say stands in its text as well."""
        wide, high = picture.points
        runs = [run for part in leaf.parts for run in part.all_runs if _box(run.place) and run.text.strip()]
        held: dict[SourcePlace, list[Run]] = {}
        for run in runs:
            held.setdefault(run.place, []).append(run)
        inner = "".join(
            self.box(Box(place, found), _rectangle(place)) for place, found in held.items() if isinstance(place, Page)
        )
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
        name = escape(part.place.own_text)
        return f"<li{self._id(part.place)}><span>{name}</span> <bdi>{self._runs(part.runs)}</bdi></li>"

    def _item(self, part: Part) -> str:
        marker = f'<span class="marker">{escape(part.marker)}</span> ' if part.marker else ""
        return f"<li{self._ids(part)}>{marker}<bdi>{self._runs(part.runs)}</bdi>{self.behind(part)}</li>"

    def _plain(self, part: Part) -> str:
        text = f"<bdi>{self._runs(part.runs)}</bdi>{self.behind(part)}"
        if part.kind == "heading":
            # A page of the web leaves out no level of its headings, whatever the document does.
            self._level = min(part.level + _ABOVE, self._level + 1, _DEEPEST)
            return f"<h{self._level}{self._ids(part)}>{text}</h{self._level}>"
        return f"<p{self._ids(part)}{' class=aside' if part.kind == 'aside' else ''}>{text}</p>"

    def _table(self, parts: Sequence[Part]) -> str:
        rows = "".join(
            f"<tr{self._id(part.place)}>{''.join(map(self._square, part.squares))}{self._behind_row(part)}</tr>"
            for part in parts
        )
        return self._scroll(f"<table>{rows}</table>", Message("Table").of(self.language))

    def _behind_row(self, part: Part) -> str:
        behind = self.behind(part)
        return f'<td class="behind">{behind}</td>' if behind else ""

    def _square(self, square: Square) -> str:
        name = "th" if square.is_header else "td"
        spans = "".join(
            f' {key}="{count}"' for key, count in (("rowspan", square.rows), ("colspan", square.columns)) if count > 1
        )
        place = self._id(square.place) if square.place else ""
        return f"<{name}{place}{spans}><bdi>{self._runs(square.runs)}</bdi></{name}>"

    def _sheet(self, parts: Sequence[Part]) -> str:
        """Return the rows of a sheet with the letters of its columns and the numbers of its rows."""
        grid = Grid(parts)
        head = "".join(f'<th scope="col">{name}</th>' for name in grid.columns)
        rows = "".join(
            f'<tr><th scope="row">{number}</th>{"".join(map(self._square, grid.row(number)))}'
            f"{self._behind_rows(grid.parts[number])}</tr>"
            for number in grid.parts
        )
        table = f'<table class="sheet"><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table>'
        return self._scroll(table, Message("Sheet").of(self.language))

    def _behind_rows(self, parts: Iterable[Part]) -> str:
        behind = "".join(filter(None, map(self.behind, parts)))
        return f'<td class="behind">{behind}</td>' if behind else ""

    def _scroll(self, inner: str, name: str) -> str:
        return f'<div class="scroll" role="region" aria-label="{escape(name)}" tabindex="0">{inner}</div>'

    # Text ---------------------------------------------------------------------------------------------------

    def _runs(self, runs: Iterable[Run]) -> str:
        return "".join(map(self.run, runs))

    def _ids(self, part: Part) -> str:
        return self._id(part.runs[0].place if part.runs else part.place)

    def _id(self, place: SourcePlace) -> str:
        """Return the id of what stands at a place, once for each place."""
        if place.whole in self._placed:
            return ""
        self._placed.add(place.whole)
        return f' id="{escape(anchor(place.whole))}"'


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
    if isinstance(part.place, SheetCell) and part.kind != "aside":
        return f"sheet {part.place.sheet}"
    return f"row {part.table}" if part.kind == "row" else part.kind


def _box(place: SourcePlace) -> bool:
    return isinstance(place, Page) and place.box is not None


def _rectangle(place: Page) -> str:
    if place.box is None:
        return ""
    left, top, right, bottom = place.box.corners
    return f'<rect x="{left:g}" y="{top:g}" width="{right - left:.2f}" height="{bottom - top:.2f}"/>'
