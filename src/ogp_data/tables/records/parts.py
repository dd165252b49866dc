"""The blocks of a record -> its parts: each label with the texts that it stands for, marks, rows of sub-items."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from ogp_data.core.text import Passage
from ogp_data.documents import Cell, Inline
from ogp_data.tables.records.item_rows import rows_of_items
from ogp_data.tables.records.labels import Labelled, begins, block_label
from ogp_data.tables.records.starting import Record
from ogp_data.tables.records.ticks import Ticked, Ticks
from ogp_data.tables.records.wording import Header, Wording, header_of, whole_spelling
from ogp_data.tables.rows import Placed


@dataclass(slots=True)
class Part:
    """A label as declared, as it stands, and the texts that belong to it, each with its block."""

    spelling: str
    label: Passage
    begun: Placed
    texts: list[Inline] = field(default_factory=list)
    spots: list[Placed] = field(default_factory=list)

    def add(self, text: Inline, spot: Placed) -> None:
        """Take a text that says something."""
        if text.passage.text or text.anchors:
            self.texts.append(text)
            self.spots.append(spot)


@dataclass(slots=True)
class Item:
    """A row of the table of sub-items in a record: its cells by the label above them."""

    header: Header
    cells: dict[str, list[Inline]] = field(default_factory=dict)
    spots: list[Placed] = field(default_factory=list)


@dataclass(slots=True)
class Parts:
    """All that is found in a record; `headers` are its rows of column headings.

    `rest` are rows without a known label, `further` those with one that has no column, `bands` those that it fills,
    `beside` cells below headings that are not known, `colours` those of levels.
    """

    parts: list[Part] = field(default_factory=list)
    ticked: Ticked = field(default_factory=Ticked)
    items: list[Item] = field(default_factory=list)
    headers: list[Header] = field(default_factory=list)
    rest: list[Placed] = field(default_factory=list)
    further: list[Placed] = field(default_factory=list)
    bands: list[Placed] = field(default_factory=list)
    beside: list[tuple[Cell, Placed]] = field(default_factory=list)
    colours: list[tuple[Cell, Placed]] = field(default_factory=list)


def find_parts(record: Record, wording: Wording) -> Parts:
    """Return the parts of a record in order."""
    walk = _Walk(record, wording, Ticks(wording.scale), rows_of_items(record.spots, wording))
    if record.header:
        walk.found.headers.append(record.header)
        walk.columns(record.start, record.header, record.head)
    for spot in record.spots:
        if spot.block.cells:
            walk.row(spot)
        else:
            walk.block(spot)
    walk.found.ticked = walk.ticks.ticked
    return walk.found


@dataclass(slots=True)
class _Walk:
    """What is found so far, and what the last part goes on with: the cells below its own, or the blocks below."""

    record: Record
    wording: Wording
    ticks: Ticks
    items: Collection[int]
    found: Parts = field(default_factory=Parts)
    header: Header | None = None
    column: int = -1
    level: int = 0
    goes_on: bool = False

    def leave(self) -> None:
        """End the last part."""
        self.goes_on = False

    # Blocks ----------------------------------------------------------------------------------------------

    def block(self, spot: Placed) -> None:
        """Take a block that is no row."""
        self.header = None
        if self.column >= 0:
            self.leave()
        if said := block_label(spot.block, self.wording.labels):
            self._begin(said, spot, -1, spot.block.level if spot.block.kind == "heading" else 9)
            self._add(said.rest, spot)
        elif spot.block.kind == "heading" and spot.block.level <= self.level:
            self.leave()
        elif self.goes_on:
            self._add(spot.block.inline, spot)
        elif self.ticks.text(spot.block.inline, spot, is_beside=False):
            self.ticks.ticked.spots.add(spot.number)

    # Rows ------------------------------------------------------------------------------------------------

    def row(self, spot: Placed) -> None:
        """Take a row: of marks, of column headings or what stands below these, or of labels beside their texts."""
        wide = self.record.header
        header = header_of(spot, self.wording)
        if wide and header and header.spellings == wide.spellings:
            self.found.headers.append(header)  # the headings once more, on the next page
        elif wide and wide.table == spot.block.table:
            self._continue(spot, wide)
        elif self.ticks.row(spot):
            self.header = None
            self.leave()
        elif header:
            self.header = header
            self.found.headers.append(header)
            self.leave()
        elif self.header and self._is_below(spot, self.header):
            self.columns(spot, self.header, None)
        else:
            # Sub-items may follow on a row that is none of them, such as the name of a phase.
            self.header = self.header if self.header and self.header.of_items else None
            self._labels(spot)

    def _is_below(self, spot: Placed, header: Header) -> bool:
        if header.of_items:
            return spot.number in self.items
        labels = (whole_spelling(cell, self.wording.labels) for cell in spot.block.cells)
        return spot.block.table == header.table and not any(labels)

    def _continue(self, spot: Placed, wide: Header) -> None:
        """Take a row that goes on with the record above: its first cell is empty."""
        if spot.block.cells[0].passage.text:
            self._rest(spot)
        else:
            self.columns(spot, wide, None)

    def columns(self, spot: Placed, header: Header, head: Inline | None) -> None:
        """Take the cells of a row by the headings of their columns."""
        if header.of_items:
            self._item(spot, header)
            return
        for at, cell in enumerate(spot.block.cells):
            if at in header.levels or at in header.codes:
                self.found.colours.append((cell, spot))
            if at in header.labels and cell is not head:
                part = Part(header.labels[at].spelling, Passage(), spot)  # the heading is set aside with its row
                part.add(cell, spot)
                self.found.parts.append(part)
            elif cell.passage.text and at in header.codes:
                self.ticks.mark(spot, cell, header.codes[at])
            elif cell.passage.text and at in header.levels and not self.ticks.text(cell, spot, is_beside=True):
                self.ticks.ticked.unread.append((cell, spot))
            elif cell.passage.text and at in header.others:
                self.found.beside.append((cell, spot))

    def _item(self, spot: Placed, header: Header) -> None:
        """Take a row of the table of sub-items; one that says nothing in the first column goes on with the last."""
        cells = spot.block.cells
        first = min(header.labels)
        items = self.found.items
        if not (items and items[-1].header is header and not cells[first].passage.text):
            items.append(Item(header))
        for at, said in header.labels.items():
            if cells[at].passage.text:
                items[-1].cells.setdefault(said.spelling, []).append(cells[at])
        others = (at for at in range(len(cells)) if at not in header.labels and cells[at].passage.text)
        self.found.beside += [(cells[at], spot) for at in others]
        items[-1].spots.append(spot)

    def _labels(self, spot: Placed) -> None:
        """Take labels with what stands right of them, or what goes on below the last of these."""
        cells = spot.block.cells
        found = [(at, said) for at, cell in enumerate(cells) if (said := begins(cell, self.wording.labels, whole=True))]
        for (at, said), end in zip(found, [*(at for at, _ in found[1:]), len(cells)], strict=False):
            self._begin(said, spot, at + 1, 0)
            self._add(said.rest, spot)
            for cell in cells[at + 1 : end]:
                self._add(cell, spot)
        if found:
            self.column = found[-1][0] + (0 if found[-1][1].rest.passage.text else 1)
            return
        parts = self.found.parts
        same = bool(parts) and [parts[-1].begun, *parts[-1].spots][-1].block.table == spot.block.table
        if self.goes_on and self.column > 0 and same and not cells[0].passage.text:
            for cell in cells[self.column :]:
                self._add(cell, spot)
        elif not self._parted(spot):
            self.leave()
            self._rest(spot)

    def _parted(self, spot: Placed) -> bool:
        """Take a row that begins with the rest of the label above it, as a page break leaves the row of a form."""
        above = self.found.rest[-1] if self.found.rest else None
        if above is None or not (above.number + 1 == spot.number and above.block.table == spot.block.table):
            return False
        label = Cell(above.block.cells[0].passage + spot.block.cells[0].passage)
        spelling = whole_spelling(label, self.wording.labels)
        if not spelling:
            return False
        self.found.rest.pop()
        for row in (above, spot):
            # A label that is met again adds to its text.
            first, *others = row.block.cells
            self._begin(Labelled(spelling, first.passage, Inline()), row, 1, 0)
            for cell in others:
                self._add(cell, row)
        return True

    def _rest(self, spot: Placed) -> None:
        filled = [cell for cell in spot.block.cells if cell.passage.text]
        if not filled:
            return
        is_known = bool(whole_spelling(filled[0], self.wording.further))
        found = self.found.rest if not is_known else self.found.further if len(filled) > 1 else self.found.bands
        found.append(spot)

    def _begin(self, said: Labelled, spot: Placed, column: int, level: int) -> None:
        self.found.parts.append(Part(said.spelling, said.label, spot))
        self.column, self.level, self.goes_on = column, level, True

    def _add(self, text: Inline, spot: Placed) -> None:
        part = self.found.parts[-1]
        if part.spelling in self.wording.scale.labels:
            if text.passage.text and not self.ticks.text(text, spot, is_beside=True):
                self.ticks.ticked.unread.append((text, spot))
            self.ticks.ticked.spots.add(spot.number)
        else:
            part.add(text, spot)
