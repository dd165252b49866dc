"""The rows of a table -> what of it is what: titles, headings over headings, themes between its rows, merged cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ogp_data.documents import Block, Cell
from ogp_data.tables.grids.header import paths
from ogp_data.tables.grids.marks import is_tick
from ogp_data.tables.grids.spread import Said, spread
from ogp_data.tables.rows import titles

_MOST = 3
"""So many rows of headings are looked for at most."""
THEME_GROUP = "theme"
"""What the column of the bands is called."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The headings of a table, the rows below them with what merged cells say of each, and how `find` says so."""

    headings: tuple[str, ...]
    rows: tuple[Block, ...]
    find: Mapping[str, object] = field(default_factory=dict)
    texts: tuple[int, ...] = ()
    """Which of the rows are titles above the headings, or notes below the last row."""
    ticked: tuple[int, ...] = ()
    """The columns in which nothing but marks stands, where there are several."""


def shape(blocks: Sequence[Block]) -> Shape:
    """Return what of a table is what, as far as its cells say it."""
    start = next((at for at, block in enumerate(blocks) if not is_across(block)), 0)
    size = _header(blocks[start:])
    header, body = blocks[start : start + size], blocks[start + size :]
    headings = tuple(paths([block.cells for block in header])) if size > 1 else tuple(titles(header[0]))
    again = [titles(block) for block in header]
    kept = [block for block in body if titles(block) not in again]
    rows = [block for block in kept if not is_across(block)]
    last = max((at for at, block in enumerate(blocks) if not is_across(block)), default=-1)
    texts = (*range(start), *range(last + 1, len(blocks)))
    find: dict[str, object] = {}
    if len(kept) - (len(blocks) - last - 1) > len(rows):
        find["bands"] = f"(?P<{THEME_GROUP}>.+)"
    if any(_is_below(rows)):
        find["merged"] = "repeat"
        rows = _repeated(rows)
    return Shape(headings, tuple(rows), find, texts, _ticked(rows, len(headings)))


def is_across(block: Block) -> bool:
    """Return whether a row is one cell that reaches over all columns."""
    return len(block.cells) > 1 and bool(titles(block)[0]) and all(cell.covered for cell in block.cells[1:])


def _header(blocks: Sequence[Block]) -> int:
    """Return of how many rows the header is: as many as its first cells span, and one more below one over several."""
    cells = blocks[0].cells
    spanned = max((cell.rows for cell in cells), default=1)
    if spanned == 1 and any(cell.columns > 1 for cell in cells):
        spanned = 2
    return spanned if spanned <= _MOST and spanned < len(blocks) else 1


def _is_below(rows: Sequence[Block]) -> Iterator[bool]:
    """Yield of each row whether a cell from above reaches into it."""
    for line in spread(block.cells for block in rows):
        # What reaches into a row from its own left is no home either, but spans its columns from there.
        yield any(not said.is_home and said.cell.rows > 1 for said in line)


def _repeated(rows: Sequence[Block]) -> list[Block]:
    lines = spread(block.cells for block in rows)
    return [replace(block, cells=tuple(map(_cell, line))) for block, line in zip(rows, lines, strict=True)]


def _cell(said: Said) -> Cell:
    return replace(said.cell, covered=False)


def _ticked(rows: Sequence[Block], width: int) -> tuple[int, ...]:
    """Return the columns of marks that stand side by side, with one mark in each row at most."""
    columns = [[Said(block.cells[at]) for block in rows if at < len(block.cells)] for at in range(width)]
    held = [at for at, column in enumerate(columns) if not any(said.text and not is_tick(said) for said in column)]
    marked = [at for at in held if any(map(is_tick, columns[at]))]
    if not marked:
        return ()
    run = [at for at in held if all(between in held for between in range(min(at, marked[0]), max(at, marked[0]) + 1))]
    once = all(sum(is_tick(Said(block.cells[at])) for at in run if at < len(block.cells)) <= 1 for block in rows)
    return tuple(run) if len(run) > 1 and once else ()
