"""The header of a table: one row of headings, or several, below which its rows stand."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from ogp_data.documents import Cell
from ogp_data.tables.grids.names import PATH, ends_with
from ogp_data.tables.grids.spread import has_spans, spread
from ogp_data.tables.rows import Placed

_MOST = 4
"""So many rows a header has at most."""


@dataclass(frozen=True, slots=True)
class Header:
    """The headings of a table as they are declared, one for each column; none: the table has no header."""

    headings: tuple[str, ...]
    width: int

    def size(self, placed: Sequence[Placed], at: int) -> int:
        """Return of how many rows the header is that begins with a block; 0 where none does."""
        rows: list[Sequence[Cell]] = []
        for spot in placed[at : at + _MOST] if self.headings else ():
            if len(spot.block.cells) != self.width or not in_one_table(spot, placed[at]):
                break
            rows.append(spot.block.cells)
            if self._may_end(spot) and self._fits(rows):
                # What stands above a header that is whole without it is none of it.
                return 0 if any(map(self._fits, _ends(rows))) else len(rows)
        return 0

    def _may_end(self, spot: Placed) -> bool:
        """Return whether a row can be the last of the header, as far as it says anything."""
        pairs = zip(self.headings, spot.block.cells, strict=True)
        return all(_bare(heading).endswith(_bare(cell.passage.text)) for heading, cell in pairs)

    def _fits(self, rows: Sequence[Sequence[Cell]]) -> bool:
        pairs = zip(paths(rows), self.headings, strict=True)
        return all(ends_with(_bare(path), _bare(heading)) for path, heading in pairs)


def _bare(heading: str) -> str:
    """Return a heading without spaces in its parts: one in a narrow column may be broken anywhere."""
    return PATH.join("".join(part.split()) for part in heading.split(PATH))


def _ends(rows: Sequence[Sequence[Cell]]) -> list[Sequence[Sequence[Cell]]]:
    return [rows[start:] for start in range(1, len(rows))]


def paths(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """Return the headings of each column, from the top down, as one; a heading of several columns is that of each."""
    said = [[cell.text for cell in line] for line in spread(rows)]
    if not has_spans(rows):
        for number, texts in enumerate(said):
            _reach_right(texts, [any(below[at] for below in said[number + 1 :]) for at in range(len(texts))])
    columns = zip(*said, strict=True)
    return [PATH.join(text for text, _ in itertools.groupby(filter(None, column))) for column in columns]


def _reach_right(texts: list[str], has_below: Sequence[bool]) -> None:
    """Let a heading reach over the empty cells right of it, as far as headings of their own stand below them."""
    for at in range(1, len(texts)):
        if not texts[at] and has_below[at] and has_below[at - 1]:
            texts[at] = texts[at - 1]


def in_one_file(one: Placed, other: Placed) -> bool:
    """Return whether two blocks stand in the same file."""
    return one.block.place.file == other.block.place.file


def in_one_table(one: Placed, other: Placed) -> bool:
    """Return whether two rows may be of the same table, as far as the reader knows tables."""
    return one.block.table == other.block.table and in_one_file(one, other)
