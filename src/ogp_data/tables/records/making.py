"""Records -> rows, each with what one dataset takes of them; all that it takes is claimed, all labels are set aside."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ogp_data.core.columns import DatasetSpec
from ogp_data.core.findings import finding
from ogp_data.core.messages import Message, changed, listed
from ogp_data.core.near import nearest
from ogp_data.core.places import SourcePlace, merged
from ogp_data.core.tables import Cell
from ogp_data.core.text import Passage, shown
from ogp_data.documents import Anchor, Inline
from ogp_data.documents.document import Doubt
from ogp_data.documents.joining import doubt, doubts, join_all
from ogp_data.tables.records.family import Family, Keys, Taken
from ogp_data.tables.records.labels import block_label, label_like, sliced, spelt
from ogp_data.tables.records.parts import by_letter
from ogp_data.tables.records.starting import Record, heads
from ogp_data.tables.records.ticks import Mark
from ogp_data.tables.rows import Placed, Row, Search, derived_cell, set_pattern_aside, source_cell


class Wanted(Keys, Protocol):
    """The keys of the dataset whose rows are made."""

    @property
    def of(self) -> str: ...  # noqa: D102
    @property
    def each(self) -> str: ...  # noqa: D102
    @property
    def fill(self) -> Mapping[str, str]: ...  # noqa: D102


@dataclass(slots=True)
class _Offered:
    """A row under way: what it offers, its links, and the blocks in which that stands."""

    cells: dict[str, Cell] = field(default_factory=dict)
    anchors: dict[str, tuple[Anchor, ...]] = field(default_factory=dict)
    spots: dict[int, Placed] = field(default_factory=dict)

    def add(self, name: str, inline: Inline, cell: Cell) -> None:
        self.cells[name] = cell
        self.anchors[name] = inline.anchors if cell.origin == "source" else ()

    def stands(self, spots: Iterable[Placed]) -> None:
        self.spots.update((spot.number, spot) for spot in spots)


@dataclass(frozen=True, slots=True)
class Making:
    """Makes the rows of one dataset; `parents` are the headings below which records stand, and their keys."""

    search: Search
    spec: DatasetSpec
    keys: Wanted
    letters: str
    parents: Mapping[int, str]

    def rows(self, records: Sequence[Taken], family: Family) -> list[Row]:
        """Return the rows of the records, after what is wrong with these is told."""
        if not self.keys.of:
            self._check_records(records, family)
        self._check_labels(records)
        rows: list[Row] = []
        for position, taken in enumerate(records, start=1):
            rows += self._rows(taken, position)
        return rows

    def _rows(self, taken: Taken, position: int) -> Iterator[Row]:
        begun = self._begun(taken.record, position)
        self._take_ticks(taken)
        if self.keys.each == "record":
            self._labels(taken, begun)
            begun.cells["tick"] = self._tick(taken)
            begun.cells["fill"] = self._fill(taken)
            yield self._row(begun, begun.cells["number"].value)
        else:
            yield from self._sub_items(taken, begun)

    def _row(self, offered: _Offered, number: str) -> Row:
        for spot in offered.spots.values():
            self.search.claim(spot)
        places = merged(at for spot in offered.spots.values() for at in self.search.reading.standing(spot.block))
        return Row(offered.cells, places, offered.anchors, number)

    # The beginning ---------------------------------------------------------------------------------------

    def _begun(self, record: Record, position: int) -> _Offered:
        """Return what the beginning of a record offers; its words have their home in the first of the datasets."""
        offered = _Offered({"position": Cell(str(position)), "parent": Cell(self._parent(record.start))})
        offered.stands([record.start])
        groups = {name: record.match.span(name) for name in record.match.re.groupindex if record.match[name]}
        for name in record.match.re.groupindex:
            offered.cells[f"group:{name}"] = Cell()
        for name, (start, end) in groups.items():
            part = sliced(record.head, start, end)
            offered.add(f"group:{name}", part, self._home(part))
        if record.title and (title := heads(record.title.block)):
            offered.add("group:title", title, self._home(title))
            offered.stands([record.title])
        if not self.keys.of:
            self._set_rest_aside(record, sorted(groups.values()))
        offered.cells["number"] = offered.cells.get("group:number", Cell())
        return offered

    def _home(self, part: Inline) -> Cell:
        return derived_cell(part.passage) if self.keys.of else source_cell(part)

    def _set_rest_aside(self, record: Record, taken: Sequence[tuple[int, int]]) -> None:
        """Account for what `starts` matches between its groups."""
        passage, at = record.head.passage, 0
        for start, end in [*taken, (len(passage.text), 0)]:
            set_pattern_aside(self.search.reading, passage.slice(at, start), record.match.re.pattern)
            at = max(at, end)

    def _parent(self, start: Placed) -> str:
        """Return the key of the nearest heading above that is a row."""
        blocks = self.search.reading.document.blocks
        keys = {blocks[number].inline.passage: key for number, key in self.parents.items()}
        return next((keys[passage] for passage in reversed(start.path) if passage in keys), "")

    # Labels ----------------------------------------------------------------------------------------------

    def _texts(self, taken: Taken, spellings: Sequence[str]) -> tuple[list[Inline], list[Placed]]:
        """Return the texts of a label, in order, with their blocks; the label itself is set aside."""
        wanted = set(map(spelt, spellings))
        parts = [part for part in taken.parts if part.spelling in wanted]
        for part in parts:
            self.search.reading.set_aside(part.label, "label")
        return [text for part in parts for text in part.texts], [spot for part in parts for spot in part.spots]

    def _labels(self, taken: Taken, offered: _Offered) -> None:
        for name, spellings in self.keys.labels.items():
            texts, spots = self._texts(taken, spellings)
            self._tell_doubts(texts, name)
            joined = join_all(texts)
            offered.add(f"label:{name}", joined, source_cell(joined) if joined.passage.text else Cell())
            offered.stands(spots)

    def _tell_doubts(self, texts: Sequence[Inline], name: str) -> None:
        reading = self.search.reading
        for before, after, at in doubts(texts):
            place = reading.place(reading.document.source.place(at), self.spec.name, name)
            told = finding("hyphen-at-line-end", changed(doubt(before, after), shown), place)
            reading.findings.append(told)
            reading.doubts.append(Doubt(at, told))

    # Ticks and colours -----------------------------------------------------------------------------------

    def _take_ticks(self, taken: Taken) -> None:
        """Account for the rows of ticks: by the dataset that declares them."""
        if not self.keys.ticks:
            return
        reading, ticked = self.search.reading, taken.ticked
        for passage in ticked.headings:
            reading.set_aside(passage, "table-header")
        for passage in (*ticked.empty, *(mark.passage for mark in ticked.marks if not mark.letter)):
            reading.set_aside(passage, "marker")
        for passage in ticked.between:
            reading.set_aside(passage, "label")
        for spot in taken.record.spots:
            if spot.number in ticked.spots:
                self.search.claim(spot)
        self._check_marks(taken)

    def _check_marks(self, taken: Taken) -> None:
        for mark in taken.ticked.marks:
            if not mark.code:
                message = Message("The mark {text!r} stands under no heading of `ticks`.", text=mark.passage.text)
                self._told("mark-without-heading", message, mark)
        times = Counter(mark.letter for mark in taken.ticked.marks if mark.letter)
        for mark in taken.ticked.marks:
            if times.pop(mark.letter, 0) > 1:
                message = Message("The sub-item {letter!r} is marked more than once.", letter=mark.letter)
                self._told("several-marks", message, mark)
        whole = [mark for mark in taken.ticked.marks if not mark.letter]
        if len(whole) > 1:
            message = Message("{count} marks stand in one record, where one is expected.", count=len(whole))
            self._told("several-marks", message, whole[1])
        elif whole and len(taken.ticked.marks) > 1:
            message = Message("Marks of the record and of its sub-items stand in one record.")
            self._told("several-marks", message, whole[0])

    def _told(self, rule: str, message: str, mark: Mark) -> None:
        reading = self.search.reading
        places = reading.document.source.places(mark.passage) or (mark.spot.block.place,)
        reading.fault(rule, message, reading.place(places[0], self.spec.name))

    def _tick(self, taken: Taken) -> Cell:
        """Return the code of the one mark of a record; letters are marks of its sub-items."""
        marks = taken.ticked.marks
        return Cell(marks[0].code, "derived") if len(marks) == 1 and not marks[0].letter else Cell()

    def _fill(self, taken: Taken) -> Cell:
        found: dict[str, SourcePlace] = {}
        if not self.keys.fill:
            return Cell()
        labelled = {part.spelling for part in taken.parts}
        for spot in taken.record.spots:
            for cell in () if spot.number in taken.ticked.spots else spot.block.cells:
                if cell.fill not in ("", "#ffffff") and not cell.covered and spelt(cell.passage.text) not in labelled:
                    places = self.search.reading.document.source.places(cell.passage)
                    found.setdefault(cell.fill, next(iter(places), spot.block.place))
        return self._coloured(found)

    def _coloured(self, found: Mapping[str, SourcePlace]) -> Cell:
        reading = self.search.reading
        for fill, at in found.items():
            if fill not in self.keys.fill:
                message = Message("The colour {fill} is none of those in `fill`.", fill=fill)
                reading.fault("unknown-fill", message, reading.place(at, self.spec.name))
        codes = {self.keys.fill[fill]: at for fill, at in found.items() if fill in self.keys.fill}
        if len(codes) > 1:
            message = Message("Cells of one record are filled for several codes: {codes}.", codes=listed([*codes]))
            reading.fault("several-marks", message, reading.place([*codes.values()][1], self.spec.name))
        return Cell(next(iter(codes)), "derived") if len(codes) == 1 else Cell()

    # Sub-items -------------------------------------------------------------------------------------------

    def _sub_items(self, taken: Taken, begun: _Offered) -> Iterator[Row]:
        marks = [] if self.keys.labels and not self.keys.ticks else [m for m in taken.ticked.marks if m.letter]
        rows: dict[str, _Offered] = {}
        for mark in marks:
            if mark.letter in rows:
                self.search.reading.set_aside(mark.passage, "label")
            else:
                rows[mark.letter] = self._sub_item(begun, mark.passage, mark.letter)
            rows[mark.letter].stands([mark.spot])
        for mark in marks:
            alone = sum(other.letter == mark.letter for other in marks) == 1
            rows[mark.letter].cells["tick"] = Cell(mark.code, "derived") if alone else Cell()
        for name, spellings in self.keys.labels.items():
            self._lettered(taken, name, spellings, begun, rows)
        for _, offered in sorted(rows.items()):
            yield self._row(offered, begun.cells["number"].value)

    def _lettered(
        self, taken: Taken, name: str, spellings: Sequence[str], begun: _Offered, rows: dict[str, _Offered]
    ) -> None:
        """Take of each sub-item what a label says of it."""
        texts, spots = self._texts(taken, spellings)
        pieces: dict[str, list[Inline]] = {}
        for letter, written, text in by_letter(texts, self.letters):
            if letter in rows:
                self.search.reading.set_aside(written, "label")
            else:
                rows[letter] = self._sub_item(begun, written, letter)
            rows[letter].stands(spots)
            pieces.setdefault(letter, []).append(text)
        for letter, said in pieces.items():
            joined = join_all(said)
            rows[letter].add(f"label:{name}", joined, source_cell(joined))

    def _sub_item(self, begun: _Offered, written: Passage, letter: str) -> _Offered:
        """Return the row of a sub-item; what stands beside its letter is no word."""
        at = written.text.find(letter)
        own = written.slice(at, at + len(letter))
        for beside in (written.slice(0, at), written.slice(at + len(letter), len(written.text))):
            self.search.reading.set_aside(beside, "markup")
        cells = {name: cell for name, cell in begun.cells.items() if cell.origin != "source"}
        return _Offered({**cells, "letter": Cell(own.text, "source", own)})

    # What is wrong ---------------------------------------------------------------------------------------

    def _check_records(self, records: Sequence[Taken], family: Family) -> None:
        reading = self.search.reading
        for taken in records:
            if taken.is_empty and family.spellings:
                message = Message(
                    "The record {text!r} has none of the labels.", text=taken.record.head.passage.text[:60]
                )
                reading.fault("empty-record", message, reading.place(taken.record.start.block.place, self.spec.name))
        first = records[0].record.start.number if records else 0
        for spot in itertools.takewhile(lambda spot: spot.number < first, self.search.placed):
            said = [spelt(cell.passage.text) for cell in spot.block.cells]
            label = next((one for one in said if one in family.spellings), "")
            if not spot.block.cells and (found := block_label(spot.block, family.spellings)):
                label = found.label.text
            if label:
                message = Message("The label {label!r} stands before the first record.", label=label)
                reading.fault("label-before-record", message, reading.place(spot.block.place, self.spec.name))

    def _check_labels(self, records: Sequence[Taken]) -> None:
        """Report labels that no record has, with the one most like it that the document has."""
        reading = self.search.reading
        index = reading.declaration.dataset.index(self.spec)
        present = {part.spelling for taken in records for part in taken.parts}
        for name, spellings in self.keys.labels.items():
            if not records or present.intersection(map(spelt, spellings)):
                continue
            message = Message("No record has the label {label!r}.", label=spellings[0] if spellings else name)
            near = nearest(spellings[0] if spellings else name, self._like_labels(records))
            hint = Message("The document has {near!r}.", near=near) if near else ""
            place = reading.declared(f"dataset[{index}].find.labels.{name}")
            reading.findings.append(finding("label-not-found", message, place, hint))

    def _like_labels(self, records: Sequence[Taken]) -> list[str]:
        spots = (spot for taken in records for spot in taken.record.spots)
        return list(dict.fromkeys(text for spot in spots for text in label_like(spot.block)))
