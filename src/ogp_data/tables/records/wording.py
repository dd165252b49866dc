"""All words by which records are known: labels, levels, and what stands before a number or title."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ogp_data.core.text import Passage
from ogp_data.documents import Block, Cell
from ogp_data.tables.records.labels import Labelled, begins, label_at, spelling_of
from ogp_data.tables.records.marks import Scale, tokens
from ogp_data.tables.rows import Placed

_LONGEST = 400
"""No label is longer, with how to fill it in."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The labels of all datasets of the same records, those of sub-items, what names a record, and the levels.

    `titles` are the labels of sub-items one of which stands above each table of these, `further` those of no column.
    """

    labels: tuple[str, ...]
    of_items: Collection[str]
    titles: tuple[str, ...]
    named: tuple[str, ...]
    further: tuple[str, ...]
    scale: Scale


@dataclass(frozen=True, slots=True)
class Header:
    """Rows of column headings: by column the label or the code of a level, and the columns of number and title.

    `others` are headings of which nothing is known.
    """

    spots: tuple[Placed, ...]
    labels: Mapping[int, Labelled]
    codes: Mapping[int, str]
    named: Sequence[int]
    levels: Sequence[int]
    others: Mapping[int, Cell]
    of_items: bool

    @property
    def table(self) -> int:
        """Return the table at whose top they stand."""
        return self.spots[0].block.table

    @property
    def is_of_records(self) -> bool:
        """Return whether each row below may be a record; in the table of one record two labels may share a row."""
        return not self.of_items and (bool(self.named) or len(self.labels) + len(self.levels) + bool(self.codes) > 2)

    @property
    def spellings(self) -> set[str]:
        """Return the labels among them."""
        return {said.spelling for said in self.labels.values()}

    @property
    def known(self) -> Iterator[Passage]:
        """Yield the headings that are known."""
        for spot in self.spots:
            yield from (cell.passage for cell in spot.block.cells if cell not in self.others.values())

    def unread(self, start: Placed) -> Iterator[tuple[Cell, Placed]]:
        """Yield the headings of which nothing is known, where a record is the first row below them."""
        if start.number == self.spots[-1].number + 1:
            yield from ((cell, self.spots[0]) for cell in self.others.values())


def whole_label(cell: Cell, spellings: tuple[str, ...]) -> Labelled | None:
    """Return the label that a cell is, and nothing else."""
    said = begins(cell, spellings, whole=True) if len(cell.passage.text) <= _LONGEST else None
    return said if said and not said.rest.passage.text else None


def whole_spelling(cell: Cell, spellings: tuple[str, ...]) -> str:
    """Return the label that a cell is, and nothing else, as it is compared; "" where it is none."""
    text = cell.passage.text
    found = label_at(cell, spellings, whole=True) if 0 < len(text) <= _LONGEST else None
    return found[0] if found and found[1] >= len(text) else ""


def header_of(spot: Placed, wording: Wording) -> Header | None:
    """Return the column headings that a row is; None where it is another one.

    A row of labels beside their texts knows half of its cells: of column headings most are known.
    """
    cells = [(at, cell) for at, cell in enumerate(spot.block.cells) if cell.passage.text]
    scale = wording.scale
    levels = [at for at, cell in cells if whole_spelling(cell, scale.labels)]
    labels = {at: said for at, cell in cells if at not in levels and (said := whole_label(cell, wording.labels))}
    left = [(at, cell) for at, cell in cells if at not in labels and at not in levels]
    named = [at for at, cell in left if whole_spelling(cell, wording.named)]
    codes = {
        at + more: code
        for at, cell in left
        if at not in named and (code := _code(cell, scale))
        for more in range(max(1, cell.columns))
    }
    known = {*levels, *labels, *named, *(at for at, _ in left if at in codes)}
    others = {at: cell for at, cell in cells if at not in known}
    if not labels or len(known) < 2 or (others and not (len(known) > 2 and len(known) > len(others))):
        return None
    spellings = {said.spelling for said in labels.values()}
    of_items = not named and spellings <= {*wording.of_items} and not spellings.isdisjoint(wording.titles)
    return Header((spot,), labels, codes, named, levels, others, of_items)


def levels_in(spot: Placed, wording: Wording) -> bool:
    """Return whether a row has the headings of several levels."""
    return sum(bool(cell.passage.text and _code(cell, wording.scale)) for cell in spot.block.cells) > 1


def _code(cell: Cell, scale: Scale) -> str:
    """Return the code of the level that a cell names, and nothing else."""
    found = tokens(cell.passage, scale) if scale.codes else None
    kinds = [token.kind for token in found or () if token.kind != "between"]
    return next(token.said for token in found or () if token.kind == "heading") if kinds == ["heading"] else ""


def with_levels(header: Header, spot: Placed, wording: Wording) -> Header | None:
    """Return column headings with the row of levels right below them, which their cell of levels spans."""
    cells = [(at, cell) for at, cell in enumerate(spot.block.cells) if cell.passage.text]
    codes = {at: code for at, cell in cells if (code := _code(cell, wording.scale))}
    if not cells or len(codes) < len(cells) or header.codes or spot.block.table != header.table:
        return None
    return replace(header, spots=(*header.spots, spot), codes=codes)


def labels_in(block: Block, wording: Wording) -> set[str]:
    """Return the labels of a block."""
    if block.cells:
        return {whole_spelling(cell, wording.labels) for cell in block.cells} - {""}
    return {spelling_of(block, wording.labels)} - {""}
