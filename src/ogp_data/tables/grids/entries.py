"""The stretches of a table -> which rows of the document make each of its rows, and the bands to which these belong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from ogp_data.core.columns import DatasetSpec
from ogp_data.core.messages import Message
from ogp_data.documents import Cell
from ogp_data.tables.grids.header import in_one_file
from ogp_data.tables.grids.lines import Band, Lines, as_paragraph, find_lines
from ogp_data.tables.grids.names import names
from ogp_data.tables.grids.spread import Line, Said, filled_down, has_spans, spread
from ogp_data.tables.grids.stretches import Stretch
from ogp_data.tables.numbers import mark
from ogp_data.tables.rows import Placed, Search, begin


class Ways(Protocol):
    """What a declaration says of which rows a table has."""

    @property
    def columns(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def continues(self) -> str: ...  # noqa: D102
    @property
    def merged(self) -> str: ...  # noqa: D102
    @property
    def bands(self) -> str: ...  # noqa: D102
    @property
    def notes(self) -> str: ...  # noqa: D102


@dataclass(slots=True)
class Entry:
    """A row of the table: the rows of the document that it is made of, and the band to which it belongs."""

    spots: list[Placed]
    lines: list[Line]
    band: Band | None = None
    opens: bool = False
    """Whether it is the first of its band."""


@dataclass(slots=True)
class Entries:
    """Finds the rows of a table; `bands_apart` says that bands are rows of a dataset of their own."""

    search: Search
    spec: DatasetSpec
    ways: Ways
    bands_apart: bool = False
    met_bands: int = 0
    met_notes: int = 0
    _band: Band | None = None
    _last: Line | None = None
    """The row before, whose texts reach down where a form knows no merged cells."""

    def find(self, stretches: Iterable[Stretch]) -> list[Entry]:
        """Return the rows of all stretches; the last band of one goes on in the next below the same heading."""
        entries: list[Entry] = []
        before: Placed | None = None
        for stretch in stretches:
            first = stretch.spots[0]
            if before and not (first.heading == before.heading and in_one_file(first, before)):
                self._begin_band(None, entries)
            before = first
            self._add(stretch, entries)
        self._begin_band(None, entries)
        return entries

    def _add(self, stretch: Stretch, entries: list[Entry]) -> None:
        lines = find_lines(stretch, self.ways.bands, self.ways.notes)
        self._take_lines(stretch, lines)
        is_spread = has_spans(spot.block.cells for spot in stretch.spots)
        wide = [self._in_width(spot, stretch) for spot in stretch.spots]
        for spot, line in zip(wide, spread(spot.block.cells for spot in wide), strict=True):
            if spot.number in lines.bands:
                self._begin_band(lines.bands[spot.number], entries)
            elif spot.number in lines.numbers or stretch.is_header(spot):
                continue
            elif any(said.says for said in line if said.is_home):
                self._take(entries, spot, self._repeated(line, is_spread), is_spread)

    def _take_lines(self, stretch: Stretch, lines: Lines) -> None:
        """Account for what is no row: headers are set aside, titles and notes are paragraphs from here on."""
        reading, claimed = self.search.reading, self.search.claimed
        claimed.update(spot.number for spot in (*stretch.spots, *lines.headings))
        for spot in (*lines.headings, *(spot for spot in stretch.spots if stretch.is_header(spot))):
            for cell in spot.block.cells:
                reading.set_aside(cell.passage, "table-header")
        for spot in lines.amid:
            message = Message("The row {begin} is one text over all columns, and so no row.", begin=begin(spot.block))
            reading.fault("row-across", message, reading.place(spot.block.place, self.spec.name))
        for spot in (*lines.texts, *lines.amid):
            self.search.placed[spot.number] = as_paragraph(spot)
            claimed.discard(spot.number)
        self.met_bands += len(lines.bands)
        self.met_notes += lines.noted

    def _in_width(self, spot: Placed, stretch: Stretch) -> Placed:
        """Return a row with a cell for each column; that it has more or fewer is told."""
        block, width = spot.block, len(self.ways.columns)
        if len(block.cells) == width or stretch.is_header(spot):
            return spot
        if any(cell.passage.text or cell.anchors for cell in block.cells):
            message = Message(
                "A row has {count} cells, but the table has {width} columns.", count=len(block.cells), width=width
            )
            reading = self.search.reading
            reading.fault("row-width", message, reading.place(block.place, self.spec.name))
        # Read on as well as can be, so that what follows from the fault is not told as more faults.
        return replace(spot, block=replace(block, cells=(*block.cells, *[Cell()] * width)[:width]))

    def _repeated(self, line: Line, is_spread: bool) -> Line:
        """Return a row with what merged cells say of it, where these are repeated."""
        if self.ways.merged != "repeat":
            return tuple(said if said.is_home else Said(Cell(covered=True)) for said in line)
        if not is_spread and self._last:
            line = filled_down(line, self._last)
        self._last = line
        return line

    def _take(self, entries: list[Entry], spot: Placed, line: Line, is_spread: bool) -> None:
        """Add a row, or let the one above go on with it."""
        if not self._goes_on(line, is_spread):
            entries.append(Entry([spot], [line], self._band, self._opens(entries)))
        elif entries and entries[-1].band is self._band:
            entries[-1].spots.append(spot)
            entries[-1].lines.append(line)
        else:
            reading = self.search.reading
            message = Message("The first row of the table has no key, so it continues nothing.")
            reading.fault("row-width", message, reading.place(spot.block.place, self.spec.name))

    def _opens(self, entries: Sequence[Entry]) -> bool:
        return self._band is not None and not self.bands_apart and not self._has_rows(entries)

    def _has_rows(self, entries: Sequence[Entry]) -> bool:
        return bool(entries) and entries[-1].band is self._band

    def _goes_on(self, line: Line, is_spread: bool) -> bool:
        """Return whether a row goes on with the one above, by what stands in its key cell."""
        said = line[names(self.ways.columns).get(self.spec.key.heading, 0)]
        if self.ways.continues == "no-label":
            return mark(said.text) is None
        is_joined = self.ways.merged == "join" and (said.cell.covered or not is_spread)
        return (self.ways.continues == "empty-key" or is_joined) and not said.text

    def _begin_band(self, band: Band | None, entries: Sequence[Entry]) -> None:
        """Let rows belong to a band from here on; that none belongs to the one before is told."""
        if self._band and not self._has_rows(entries):
            reading, cell = self.search.reading, self._band.cell
            message = Message("No rows stand below {text!r}.", text=cell.passage.text[:60])
            reading.fault("empty-band", message, reading.place(self._band.spot.block.place, self.spec.name))
            if not self.bands_apart:
                reading.set_aside(cell.passage, "label")
        self._band, self._last = band, None
