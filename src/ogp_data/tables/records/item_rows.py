"""The rows of tables of sub-items that stand within the tables of records."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from ogp_data.tables.records.wording import Header, Wording, header_of, levels_in, whole_spelling
from ogp_data.tables.rows import Placed


def rows_of_items(spots: Sequence[Placed], wording: Wording) -> frozenset[int]:
    """Return the numbers of the rows that are sub-items, below the headings of their columns."""
    found: set[int] = set()
    before = -1
    for at, spot in enumerate(spots):
        if header := heads_items(spot, wording):
            below = _below(itertools.islice(spots, at + 1, None), header, wording)
            found.update(_items(below, header, is_own=spot.block.table != before))
        before = spot.block.table if spot.block.cells else -1
    return frozenset(found)


def heads_items(spot: Placed, wording: Wording) -> Header | None:
    """Return the headings above sub-items that a row is; None where it is another one, or no row."""
    if not any(whole_spelling(cell, wording.titles) for cell in spot.block.cells):
        return None
    header = header_of(spot, wording)
    return header if header and header.of_items else None


def _below(spots: Iterable[Placed], header: Header, wording: Wording) -> Iterator[Placed]:
    """Yield the rows below headings, down to the next label or a row whose cells are merged in another way."""
    for spot in spots:
        cells = spot.block.cells
        if not cells or spot.block.table != header.table or levels_in(spot, wording):
            return
        if any(whole_spelling(cell, wording.labels) for cell in cells) or whole_spelling(cells[0], wording.named):
            return
        if not _fits(spot, header) and _says_more(spot, header):
            return
        yield spot


def _items(below: Iterable[Placed], header: Header, is_own: bool) -> Iterator[int]:
    """Yield the rows that are sub-items: none below the last that says more than its first column.

    What follows there may be anything, such as the title of the next record, unless the table has sub-items alone.
    """
    rows = list(below)
    last = max((at for at, spot in enumerate(rows) if _says_more(spot, header)), default=-1)
    yield from (spot.number for spot in (rows if is_own else rows[: last + 1]) if _fits(spot, header))


def _fits(spot: Placed, header: Header) -> bool:
    """Return whether no cell of a row reaches over the beginning of a column."""
    columns = [*header.labels, *header.others]
    return not any(at < column < at + cell.columns for at, cell in enumerate(spot.block.cells) for column in columns)


def _says_more(spot: Placed, header: Header) -> bool:
    """Return whether there is text right of the first column, such as a date."""
    return any(cell.passage.text for cell in spot.block.cells[min(header.labels) + 1 :])
