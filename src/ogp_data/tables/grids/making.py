"""The stretches of a table -> its rows, each with what it offers to the columns of one dataset."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from ogp_data.core.columns import DatasetSpec
from ogp_data.core.messages import Message, listed
from ogp_data.core.places import SourcePlace, merged
from ogp_data.core.tables import Cell
from ogp_data.documents import Anchor, Inline
from ogp_data.documents import Cell as Part
from ogp_data.documents.joining import breaks, join_all
from ogp_data.tables.grids.entries import Entries, Entry, Ways
from ogp_data.tables.grids.lines import Band, find_lines
from ogp_data.tables.grids.marks import fills, is_tick, is_unticked, ticked
from ogp_data.tables.grids.names import names
from ogp_data.tables.grids.pieces import is_mark, split
from ogp_data.tables.grids.spread import Said
from ogp_data.tables.grids.stretches import Stretch
from ogp_data.tables.levels import differ, level_cells
from ogp_data.tables.numbers import NUMBERED, mark, takes_number
from ogp_data.tables.rows import Placed, Row, Search, check_met, derived_cell, set_rest_aside, sliced, source_cell
from ogp_data.tables.sections import section_cell


class Keys(Ways, Protocol):
    """What a declaration says of a table."""

    @property
    def within(self) -> str: ...  # noqa: D102
    @property
    def split(self) -> Mapping[str, str]: ...  # noqa: D102
    @property
    def ticks(self) -> Mapping[str, str]: ...  # noqa: D102
    @property
    def fill(self) -> Mapping[str, str]: ...  # noqa: D102


@dataclass(slots=True)
class _Met:
    """What was met with of what is declared, so that what finds nothing is told."""

    pieces: int = 0
    ticks: int = 0
    fills: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Making:
    """Makes the rows of one dataset of a table."""

    search: Search
    spec: DatasetSpec
    keys: Keys
    bands_apart: bool = False
    """Whether the bands are rows of a dataset, so that their words have their home there."""
    met: _Met = field(default_factory=_Met)

    def rows(self, stretches: Iterable[Stretch]) -> list[Row]:
        """Return the rows of all stretches of the table."""
        entries = Entries(self.search, self.spec, self.keys, self.bands_apart)
        rows = [row for entry in entries.find(stretches) for row in self._rows(entry)]
        self._check_met(rows, entries)
        return rows

    def bands(self, stretches: Iterable[Stretch]) -> list[Row]:
        """Return a row for each band of the table."""
        found = [
            band
            for stretch in stretches
            for _, band in sorted(find_lines(stretch, self.keys.bands, self.keys.notes).bands.items())
        ]
        return [self._band_row(band) for band in found]

    # What a row offers -----------------------------------------------------------------------------------

    def _rows(self, entry: Entry) -> Iterator[Row]:
        cells = [_joined(column) for column in zip(*entry.lines, strict=True)]
        self._tell_doubts(entry)
        marked = self._marks(entry, cells)
        number, cells = self._number(entry, cells)
        for heading, how in self.keys.split.items():
            at = names(self.keys.columns)[heading]
            yield from self._pieces(entry, number, cells, marked, at, how)
        if not self.keys.split:
            yield self._row(entry, number, cells, marked)

    def _row(self, entry: Entry, number: str, cells: Sequence[Said], more: Mapping[str, Cell]) -> Row:
        reading = self.search.reading
        offers: dict[str, Cell] = {}
        anchors: dict[str, tuple[Anchor, ...]] = {}
        for name, at in names(self.keys.columns).items():
            offers[f"cell:{name}"] = _cell(cells[at])
            anchors[f"cell:{name}"] = cells[at].cell.anchors if cells[at].is_home else ()
        filled = [
            spot.block for spot, line in zip(entry.spots, entry.lines, strict=True) if any(said.says for said in line)
        ]
        pieces = tuple(block.place for block in filled) if len(filled) > 1 and self.keys.merged != "join" else ()
        places = merged(place for block in filled for place in reading.standing(block))
        offers |= {"number": Cell(number), **self._where(entry.spots[0]), **self._band(entry), **more}
        return Row(offers, places, anchors, number, pieces, self._broken(entry) if pieces else ())

    def _where(self, spot: Placed) -> dict[str, Cell]:
        """Return below which headings a row stands."""
        return {"section": section_cell(spot.path), "parent": Cell(self.search.key_above(self.keys.within, spot))}

    def _band(self, entry: Entry) -> dict[str, Cell]:
        """Return what the band above a row offers; its words have their home in the first row below it."""
        return {name: _cell(Said(part, entry.opens)) for name, part in self._parts(entry.band, entry.opens).items()}

    def _band_row(self, band: Band) -> Row:
        """Return the row that a band is."""
        reading, parts = self.search.reading, self._parts(band, True)
        self.search.claim(band.spot)
        offers = {name: source_cell(part) for name, part in parts.items()}
        number = offers.get("band:number", Cell()).value
        anchors = {name: part.anchors for name, part in parts.items()}
        return Row({**offers, **self._where(band.spot)}, reading.standing(band.spot.block), anchors, number)

    def _parts(self, band: Band | None, is_home: bool) -> dict[str, Part]:
        """Return the parts of a band that its pattern names; what stands between them is set aside at their home."""
        if band is None:
            return {}
        if is_home:
            set_rest_aside(self.search.reading, band.cell.passage, band.match)
        spans = {name: band.match.span(name) if band.match[name] else (0, 0) for name in band.match.re.groupindex}
        return {f"band:{name}": _part(sliced(band.cell, *span)) for name, span in spans.items()}

    def _broken(self, entry: Entry) -> tuple[str, ...]:
        """Return the headings of the cells in which a page break broke a word, once for each."""
        columns = zip(self.keys.columns, zip(*entry.lines, strict=True), strict=True)
        return tuple(heading for heading, column in columns for _ in range(breaks(_homes(column))))

    def _tell_doubts(self, entry: Entry) -> None:
        """Take up the hyphens between the pieces of a row that may not belong to their words."""
        known = names(self.keys.columns)
        for index, pieces in enumerate(zip(*entry.lines, strict=True)):
            column = next((c.name for c in self.spec.column if known.get(c.heading) == index), "")
            self.search.reading.tell_doubts(_homes(pieces), self.spec.name, column)

    # Numbers ---------------------------------------------------------------------------------------------

    def _number(self, entry: Entry, cells: Sequence[Said]) -> tuple[str, list[Said]]:
        """Return the number of a row, and its cells without it."""
        found = list(cells)
        taking = [column for column in self.spec.column if takes_number(column)]
        if not taking:
            return "", found
        at = next((names(self.keys.columns)[column.heading] for column in taking if column.heading), 0)
        said = found[at]
        text = said.text
        match = mark(text)
        if match is None:
            self._no_number(text, entry.spots[0].block.place, self.keys.columns[at])
            return "", found
        if said.is_home:
            self._set_number_aside(said, match)
        rest = replace(said.cell, passage=said.cell.passage.slice(match.end(), len(text)))
        found[at] = replace(said, cell=rest)
        return match["number"], found

    def _set_number_aside(self, said: Said, match: re.Match[str]) -> None:
        """Account for a number, and for the word that calls it one."""
        at = match.start("number") if match.groupdict().get("word") else 0
        self.search.reading.set_aside(said.cell.passage.slice(0, at), "label")
        marked = said.cell.passage.slice(at, len(match[0].rstrip()))
        # In pieces, where its full stop is escaped or a tag stands amid, no piece looks like the mark of an item.
        is_plain = len(marked.fragments) == 1 and NUMBERED.match(said.text)
        self.search.reading.set_aside(marked, "markup" if is_plain else "number")

    def _no_number(self, text: str, at: SourcePlace, column: str) -> None:
        reading = self.search.reading
        begins = Message("begins with {text!r}, not", text=text[:40]) if text else Message("does not begin")
        message = Message("The row {begins} with a number and a full stop.", begins=begins)
        hint = Message('If such a row continues the one above, declare `continues = "empty-key"` in `find`.')
        if text:
            hint = Message(
                'If rows have no such number, make `sequence` the key and take the whole cell, `take = "cell"`.'
            )
        reading.fault("missing-number", message, reading.place(at, self.spec.name, column), hint)

    # Ticks and fills -------------------------------------------------------------------------------------

    def _marks(self, entry: Entry, cells: Sequence[Said]) -> dict[str, Cell]:
        """Return the code that is ticked, that of the colour, and whichever of these there is."""
        tick = self._tick(entry, cells) if self.keys.ticks else ""
        fill = self._fill(entry) if self.keys.fill else ""
        if differ(tick, fill):
            message = Message("A row is marked {tick} and filled for {fill}.", tick=tick, fill=fill)
            self._told("several-marks", message, entry)
        return level_cells(tick, fill)

    def _told(self, rule: str, message: str, entry: Entry) -> None:
        reading = self.search.reading
        reading.fault(rule, message, reading.place(entry.spots[0].block.place, self.spec.name))

    def _tick(self, entry: Entry, cells: Sequence[Said]) -> str:
        """Return the code of the one column that is ticked; where several are, or something else stands there, none."""
        known = names(self.keys.columns)
        columns = {known[heading]: code for code, heading in self.keys.ticks.items()}
        unread = [cells[at] for at in columns if cells[at].text and not (is_tick(cells[at]) or is_unticked(cells[at]))]
        for at in columns:
            if cells[at].is_home and cells[at] not in unread:
                self.search.reading.set_aside(cells[at].cell.passage, "marker")
        for said in unread:
            message = Message("{text!r} stands where a tick is expected.", text=said.text[:60])
            self._told("unread-mark", message, entry)
        codes = ticked(cells, columns)
        self.met.ticks += len(codes)
        if len(codes) > 1:
            self._told(
                "several-marks", Message("A row is marked for several codes: {codes}.", codes=listed(codes)), entry
            )
        return codes[0] if len(codes) == 1 and not unread else ""

    def _fill(self, entry: Entry) -> str:
        """Return the code of the colour of a row; a colour of no code is told once."""
        reading = self.search.reading
        found = fills(entry.lines)
        for colour, cell in found.items():
            if colour not in self.keys.fill and colour not in self.met.fills:
                places = reading.document.source.places(cell.passage) or (entry.spots[0].block.place,)
                message = Message("The colour {fill} is none of those in `fill`.", fill=colour)
                reading.fault("unknown-fill", message, reading.place(places[0], self.spec.name))
        self.met.fills |= found.keys()
        codes = list(dict.fromkeys(self.keys.fill[colour] for colour in found if colour in self.keys.fill))
        if len(codes) > 1:
            message = Message("Cells of one row are filled for several codes: {codes}.", codes=listed(codes))
            self._told("several-marks", message, entry)
        return codes[0] if len(codes) == 1 else ""

    # Pieces ----------------------------------------------------------------------------------------------

    def _pieces(
        self, entry: Entry, number: str, cells: Sequence[Said], more: Mapping[str, Cell], at: int, how: str
    ) -> Iterator[Row]:
        """Yield a row for each piece of a cell; what the other cells say has its home in the first of them."""
        reading = self.search.reading
        pieces, marks = split(cells[at].cell, how, reading.document.source)
        for passage in marks if cells[at].is_home else ():
            if is_mark(passage):
                reading.set_aside(passage, "marker")
        self.met.pieces += len(pieces) > 1 or bool(marks)
        for position, piece in enumerate(pieces, start=1):
            first = position == 1
            own = [replace(said, is_home=said.is_home and first) for said in cells]
            own[at] = Said(_part(piece), cells[at].is_home)
            begun = replace(entry, opens=entry.opens and first)
            row = self._row(begun, number, own, {**more, "piece": Cell(str(position))})
            places = reading.document.source.places(piece.passage)
            yield row if first or not places else replace(row, places=places)

    # What is declared and not there ----------------------------------------------------------------------

    def _check_met(self, rows: Sequence[Row], entries: Entries) -> None:
        """Report what the declaration says of the rows and the document does not have."""
        if not rows:
            return
        said: dict[str, tuple[object, object, str]] = {
            "bands": (self.keys.bands, entries.met_bands, Message("No row of one text matches `bands`.")),
            "notes": (self.keys.notes, entries.met_notes, Message("No row of one text matches `notes`.")),
            "split": (self.keys.split, self.met.pieces, Message("No cell is parted by what `split` says.")),
            "ticks": (self.keys.ticks, self.met.ticks, Message("No row is ticked below a heading of `ticks`.")),
            "fill": (
                self.keys.fill,
                self.met.fills & self.keys.fill.keys(),
                Message("No cell is filled with a colour of `fill`."),
            ),
        }
        check_met(self.search.reading, self.spec, said)


def _homes(column: Iterable[Said]) -> list[Inline]:
    return [said.cell for said in column if said.is_home]


def _joined(column: Sequence[Said]) -> Said:
    """Return what the pieces of a row say in a column as one text, or else what is repeated there."""
    homes = _homes(column)
    repeated = next((said for said in column if not said.is_home and said.says), None)
    if repeated and not any(home.passage.text or home.anchors for home in homes):
        return repeated
    found = join_all(homes)
    return Said(_part(found))


def _part(inline: Inline) -> Part:
    return Part(inline.passage, inline.anchors, inline.soft)


def _cell(said: Said) -> Cell:
    return source_cell(said.cell) if said.is_home else derived_cell(said.cell.passage)
