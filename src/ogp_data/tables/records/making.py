"""Records -> rows, each with what one dataset takes of them; all that it takes is claimed, all labels are set aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ogp_data.core.columns import DatasetSpec
from ogp_data.core.places import merged
from ogp_data.core.tables import Cell
from ogp_data.core.text import Passage
from ogp_data.documents import Anchor, Inline
from ogp_data.documents.joining import join_all
from ogp_data.tables.composed import filled
from ogp_data.tables.records.family import Family, Keys, Taken
from ogp_data.tables.records.items import by_letter, numbers
from ogp_data.tables.records.judging import Judging
from ogp_data.tables.records.labels import spelt
from ogp_data.tables.records.parts import Part
from ogp_data.tables.records.starting import MARK, Record
from ogp_data.tables.rows import Placed, Row, Search, derived_cell, set_rest_aside, sliced, source_cell


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
    """Makes the rows of one dataset of a family."""

    search: Search
    spec: DatasetSpec
    keys: Keys
    family: Family

    def rows(self, records: Sequence[Taken]) -> list[Row]:
        """Return the rows of the records."""
        numbered = [self._number(taken.record) for taken in records]
        named = zip(records, _unique(numbered), _keys(numbered), strict=True)
        return [row for position, one in enumerate(named, start=1) for row in self._rows(position, *one)]

    def _rows(self, position: int, taken: Taken, number: str, key: str) -> Iterator[Row]:
        begun = self._begun(taken.record, position)
        begun.cells["unique_key"] = Cell(key)
        judged = Judging(self.search.reading, self.spec, self.keys.fill, taken)
        if self.family.home_of_ticks == self.spec.name:
            self._take_ticks(taken)
            judged.tell()
        self._take_headers(taken)
        if self.keys.each == "record":
            self._labels(taken, begun)
            self._rest(taken, begun)
            begun.cells |= judged.of_record()
            yield self._row(begun, number)
        else:
            yield from self._sub_items(taken, begun, number, judged)

    def _row(self, offered: _Offered, number: str) -> Row:
        for spot in offered.spots.values():
            self.search.claim(spot)
        places = merged(at for spot in offered.spots.values() for at in self.search.reading.standing(spot.block))
        return Row(offered.cells, places, offered.anchors, number)

    # The beginning ---------------------------------------------------------------------------------------

    def _begun(self, record: Record, position: int) -> _Offered:
        """Return what the beginning of a record offers; its words have their home in the first dataset to take them."""
        offered = _Offered({"position": Cell(str(position)), "parent": Cell(self._parent(record.start))})
        offered.stands([record.start])
        groups = {name: record.match.span(name) for name in record.match.re.groupindex if record.match[name]}
        if (mark := groups.pop(MARK, None)) and not self.keys.of:
            self.search.reading.set_aside(record.head.passage.slice(*mark), "pattern")
        for name in {*re.compile(self.family.members[0].keys.starts).groupindex, *record.match.re.groupindex}:
            offered.cells[f"group:{name}"] = Cell()
        for name, (start, end) in groups.items():
            part = sliced(record.head, start, end)
            offered.add(f"group:{name}", part, self._home(part, f"group:{name}"))
        if record.title:
            offered.add("group:title", record.title, self._home(record.title, "group:title"))
            offered.stands([record.titled] if record.titled else [])
        if not self.keys.of:
            self.search.reading.set_aside(record.label, "label")
            set_rest_aside(self.search.reading, record.head.passage, record.match)
        offered.cells["number"] = offered.cells.get("group:number", Cell())
        return offered

    def _home(self, part: Inline, verb: str) -> Cell:
        # A number is taken by a name of its own.
        home = self.family.home(verb, "number") if verb == "group:number" else self.family.home(verb)
        return source_cell(part) if home == self.spec.name else derived_cell(part.passage)

    def _parent(self, start: Placed) -> str:
        """Return the key of the heading above, of those below which the records of the family stand."""
        return self.search.key_above(self.family.members[0].keys.within, start)

    def _number(self, record: Record) -> tuple[str, str]:
        """Return the number of a record, and the key of the heading above."""
        return record.match.groupdict().get("number") or "", self._parent(record.start)

    # Labels ----------------------------------------------------------------------------------------------

    def _parts(self, taken: Taken, spellings: Sequence[str]) -> list[Part]:
        """Return the parts of a label, in order; the label itself is set aside."""
        wanted = set(map(spelt, spellings))
        parts = [part for part in taken.found.parts if part.spelling in wanted]
        for part in parts:
            self.search.reading.set_aside(part.label, "label")
        return parts

    def _is_home(self, found: Iterable[str]) -> bool:
        """Return whether the words behind labels have their home in this dataset."""
        return all(self.family.home_of_label(one) in (self.spec.name, "") for one in found)

    def _labels(self, taken: Taken, offered: _Offered) -> None:
        for name, spellings in self.keys.labels.items():
            parts = self._parts(taken, spellings)
            joined = self._joined([text for part in parts for text in part.texts], name)
            offered.add(f"label:{name}", joined, self._said(joined, [part.spelling for part in parts]))
            offered.stands(spot for part in parts for spot in (part.begun, *part.spots))

    def _said(self, joined: Inline, found: Iterable[str]) -> Cell:
        if not joined.passage.text:
            return Cell()
        return source_cell(joined) if self._is_home(found) else derived_cell(joined.passage)

    def _joined(self, texts: Sequence[Inline], name: str) -> Inline:
        """Return texts as one, and tell where a hyphen between them may not belong to its word."""
        self.search.reading.tell_doubts(texts, self.spec.name, name)
        return join_all(texts)

    def _rest(self, taken: Taken, offered: _Offered) -> None:
        """Take what stands in the tables of a record beside labels that nobody knows, where a column takes that."""
        if self.family.home("rest") != self.spec.name or not self.family.takes_rest:
            return
        rows = [(cell, spot) for spot in (*taken.found.rest, *taken.found.further) for cell in spot.block.cells]
        others = [pair for header in taken.found.headers for pair in header.unread(taken.record.start)]
        texts = sorted(
            [*rows, *others, *taken.found.beside, *taken.found.ticked.unread], key=lambda pair: pair[0].passage.start
        )
        joined = join_all([inline for inline, _ in texts if inline.passage.text])
        offered.add("rest", joined, source_cell(joined) if joined.passage.text else Cell())
        offered.stands(spot for _, spot in texts)

    # Ticks -----------------------------------------------------------------------------------------------

    def _take_ticks(self, taken: Taken) -> None:
        """Account for the rows of ticks."""
        reading, ticked = self.search.reading, taken.found.ticked
        for passage in ticked.headings:
            reading.set_aside(passage, "table-header")
        for passage in (*ticked.empty, *(mark.passage for mark in ticked.marks if not mark.letter)):
            reading.set_aside(passage, "marker")
        for passage in (*ticked.between, *ticked.labels):
            reading.set_aside(passage, "label")
        for part in taken.found.parts:
            if part.spelling in self.family.levels:
                reading.set_aside(part.label, "label")
                self.search.claim(part.begun)
        for spot in taken.record.spots:
            if spot.number in ticked.spots:
                self.search.claim(spot)

    def _take_headers(self, taken: Taken) -> None:
        """Account for rows of column headings and titles of the form: by the first dataset."""
        if self.keys.of:
            return
        for spot in taken.found.bands:
            for cell in spot.block.cells:
                self.search.reading.set_aside(cell.passage, "label")
            self.search.claim(spot)
        for header in taken.found.headers:
            for passage in header.known:
                self.search.reading.set_aside(passage, "table-header")
            for spot in header.spots:
                self.search.claim(spot)

    # Sub-items -------------------------------------------------------------------------------------------

    def _sub_items(self, taken: Taken, begun: _Offered, number: str, judged: Judging) -> Iterator[Row]:
        rows: dict[str, _Offered] = {}
        for mark in taken.found.ticked.marks:
            if mark.letter:
                self._lettered(begun, rows, mark.letter, mark.passage, self.family.home_of_letters == self.spec.name)
                rows[mark.letter].stands([mark.spot])
                rows[mark.letter].cells["tick"] = judged.of_letter(mark.letter)
        for name, spellings in self.keys.labels.items():
            self._in_texts(taken, name, spellings, begun, rows)
        if self.keys.labels:
            self._in_rows(taken, begun, rows)
        for _, offered in sorted(rows.items(), key=lambda one: (len(one[0]), one[0])):
            yield self._row(offered, number)

    def _lettered(
        self, begun: _Offered, rows: dict[str, _Offered], letter: str, written: Passage, is_home: bool
    ) -> None:
        """Begin the row of a sub-item with its letter; one that has begun has its letter already."""
        at = written.text.find(letter)
        own = written.slice(at, at + len(letter))
        if is_home:
            for beside in (written.slice(0, at), written.slice(at + len(letter), len(written.text))):
                is_word = any(map(str.isalpha, beside.text))  # such as `Milestone` before its number
                self.search.reading.set_aside(beside, "label" if is_word else "markup")
        if letter in rows:
            if is_home:
                self.search.reading.set_aside(own, "label")
            return
        cells = {name: cell for name, cell in begun.cells.items() if cell.origin != "source"}
        offered = _Offered({**cells, "letter": _letter(letter, own, is_home)})
        rows[letter] = offered

    def _in_texts(
        self, taken: Taken, name: str, spellings: Sequence[str], begun: _Offered, rows: dict[str, _Offered]
    ) -> None:
        """Take of each sub-item what the text of a label says of it."""
        parts = self._parts(taken, spellings)
        found = [part.spelling for part in parts]
        is_home = self._is_home(found)
        pieces: dict[str, list[Inline]] = {}
        texts = [(text, spot.block.marker) for part in parts for text, spot in zip(part.texts, part.spots, strict=True)]
        for letter, written, text in by_letter(texts, self.family.letters):
            self._lettered(begun, rows, letter, written, is_home)
            rows[letter].stands(spot for part in parts for spot in (part.begun, *part.spots))
            pieces.setdefault(letter, []).append(text)
        for letter, said in pieces.items():
            joined = join_all(said)
            rows[letter].add(f"label:{name}", joined, self._said(joined, found))

    def _in_rows(self, taken: Taken, begun: _Offered, rows: dict[str, _Offered]) -> None:
        """Take the rows of a table of sub-items in the record."""
        items = taken.found.items
        firsts = [next(iter(item.cells.values()))[0] for item in items]
        for item, first, (letter, end) in zip(items, firsts, numbers(firsts), strict=True):
            self._lettered(begun, rows, letter, first.passage.slice(0, end), is_home=True)
            rows[letter].stands(item.spots)
            for name, spellings in self.keys.labels.items():
                texts = [text for one in map(spelt, spellings) for text in item.cells.get(one, ())]
                if end and first in texts:
                    texts = [sliced(first, end, len(first.passage.text)), *texts[1:]]
                joined = join_all(texts)
                rows[letter].add(f"label:{name}", joined, source_cell(joined) if joined.passage.text else Cell())


def _letter(letter: str, written: Passage, is_home: bool) -> Cell:
    """Return the letter of a sub-item; one that stands nowhere is counted."""
    return Cell(letter, "source" if is_home else "derived", written) if written.text else Cell(letter)


def _unique(numbers: Sequence[tuple[str, str]]) -> list[str]:
    """Return the numbers of records, each behind that of the heading above where they begin again below each."""
    return [f"{parent}-{number}" if parent and number else number for number, parent in _restarting(numbers)]


def _keys(numbers: Sequence[tuple[str, str]]) -> list[str]:
    """Return the keys of records: C7, and T2-C7 where numbers begin again; by its order what has no number."""
    found: list[str] = []
    known = {filled("C{number}", {"number": number}) for number, _ in numbers if number}
    for order, (number, parent) in enumerate(_restarting(numbers), start=1):
        key = filled("T{parent}-C{number}" if parent else "C{number}", {"number": number, "parent": parent})
        ordered = f"C{order}-bis" if f"C{order}" in known else f"C{order}"
        found.append(key or ordered)
    return found


def _restarting(numbers: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    """Return the numbers of records with the keys above them where these tell them apart, and without where not."""
    plain = [number for number, _ in numbers if number]
    if len(set(plain)) == len(plain) or not all(parent for _, parent in numbers):
        return [(number, "") for number, _ in numbers]
    return numbers
