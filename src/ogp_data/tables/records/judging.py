"""What is marked in a record -> the codes that are published; what contradicts itself is told, and is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ogp_data.core.columns import DatasetSpec
from ogp_data.core.messages import Message, listed
from ogp_data.core.places import SourcePlace
from ogp_data.core.tables import Cell
from ogp_data.documents import Cell as DocumentCell
from ogp_data.tables.levels import NO_COLOUR, coded, differ, level_cells
from ogp_data.tables.records.family import Taken
from ogp_data.tables.records.labels import spelt
from ogp_data.tables.records.ticks import Mark
from ogp_data.tables.rows import Placed, Reading


@dataclass(frozen=True, slots=True)
class Judging:
    """What one dataset says of the levels of a record; `fill` are its codes by colour."""

    reading: Reading
    spec: DatasetSpec
    fill: Mapping[str, str]
    taken: Taken

    def of_record(self) -> dict[str, Cell]:
        """Return the code that is ticked, that of the colour, and whichever of these there is."""
        tick, fill = self._tick(), self._fill()
        if differ(tick, fill):
            message = Message("A record is marked {tick} and filled for {fill}.", tick=tick, fill=fill)
            self._fault("several-marks", message, self.taken.found.ticked.marks[0])
        return level_cells(tick, fill)

    def of_letter(self, letter: str) -> Cell:
        """Return the code of a sub-item; none where it is marked twice."""
        codes = [mark.code for mark in self.taken.found.ticked.marks if mark.letter == letter]
        return coded(codes[0] if len(codes) == 1 else "")

    def tell(self) -> None:
        """Take up what is wrong with the marks of a record."""
        ticked = self.taken.found.ticked
        for inline, spot in ticked.unread:
            message = Message("{text!r} stands where a tick is expected.", text=inline.passage.text[:60])
            self._fault("unread-mark", message, Mark("", inline.passage, spot))
        for mark in ticked.marks:
            if not mark.code:
                message = Message("The mark {text!r} stands under no heading of `ticks`.", text=mark.passage.text)
                self._fault("mark-without-heading", message, mark)
        times = Counter(mark.letter for mark in ticked.marks if mark.letter)
        for mark in ticked.marks:
            if times.pop(mark.letter, 0) > 1:
                message = Message("The sub-item {letter!r} is marked more than once.", letter=mark.letter)
                self._fault("several-marks", message, mark)
        whole = [mark for mark in ticked.marks if not mark.letter]
        if len(whole) > 1:
            message = Message("{count} marks stand in one record, where one is expected.", count=len(whole))
            self._fault("several-marks", message, whole[1])
        elif whole and len(ticked.marks) > 1:
            self._fault(
                "several-marks", Message("Marks of the record and of its sub-items stand in one record."), whole[0]
            )

    def _tick(self) -> str:
        """Return the code of the one mark of a record; letters are marks of its sub-items."""
        ticked = self.taken.found.ticked
        is_clear = len(ticked.marks) == 1 and not ticked.marks[0].letter and not ticked.unread
        return ticked.marks[0].code if is_clear else ""

    def _fill(self) -> str:
        if not self.fill:
            return ""
        found: dict[str, SourcePlace] = {}
        for cell, spot in self._coloured():
            places = self.reading.document.source.places(cell.passage)
            found.setdefault(cell.fill, next(iter(places), spot.block.place))
        for fill, at in found.items():
            if fill not in self.fill:
                message = Message("The colour {fill} is none of those in `fill`.", fill=fill)
                self.reading.fault("unknown-fill", message, self.reading.place(at, self.spec.name))
        codes: dict[str, SourcePlace] = {}
        for fill, at in found.items():
            if fill in self.fill:
                codes.setdefault(self.fill[fill], at)  # two shades may stand for one code
        if len(codes) > 1:
            message = Message("Cells of one record are filled for several codes: {codes}.", codes=listed([*codes]))
            self.reading.fault("several-marks", message, self.reading.place([*codes.values()][1], self.spec.name))
        return next(iter(codes)) if len(codes) == 1 and found.keys() <= self.fill.keys() else ""

    def _coloured(self) -> Iterator[tuple[DocumentCell, Placed]]:
        """Yield the cells whose colour may mean something: those of the column of levels, where there is one."""
        record, found = self.taken.record, self.taken.found
        labelled = {part.spelling for part in found.parts}
        cells: list[tuple[DocumentCell, Placed]] = found.colours or [
            (cell, spot)
            for spot in (record.start, *record.spots)
            for cell in spot.block.cells
            if spot.number not in found.ticked.spots
            and cell is not record.head
            and spelt(cell.passage.text) not in labelled
        ]
        return ((cell, spot) for cell, spot in cells if cell.fill not in NO_COLOUR and not cell.covered)

    def _fault(self, rule: str, message: str, mark: Mark) -> None:
        places = self.reading.document.source.places(mark.passage) or (mark.spot.block.place,)
        self.reading.fault(rule, message, self.reading.place(places[0], self.spec.name))
