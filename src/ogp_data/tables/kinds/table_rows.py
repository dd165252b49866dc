"""Rows of a table of the document."""

from __future__ import annotations

import difflib
import itertools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Literal

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.findings import Finding, finding
from ogp_data.core.messages import Message, changed, listed
from ogp_data.core.near import meant, nearest
from ogp_data.core.places import SourcePlace, merged, series
from ogp_data.core.strict import STRICT
from ogp_data.core.tables import Cell, Fault
from ogp_data.core.text import shown
from ogp_data.documents import Block, Inline
from ogp_data.documents import Cell as Part
from ogp_data.documents.document import Doubt
from ogp_data.documents.joining import breaks, doubt, doubts, join_all
from ogp_data.tables.kind import Declared, Finder, Kind, Offer, Turn
from ogp_data.tables.numbers import NUMBERED, is_named, mark, takes_number
from ogp_data.tables.rows import Placed, Reading, Row, Search, begin, source_cell, stands_under, titles
from ogp_data.tables.sections import section_cell

_GOES_ON = Message(
    "After a blank line or a line of dashes, rows without headings of their own are read as rows of this table."
)
_HOW_IT_GOES_ON = Message(
    "If they are another table, declare a dataset with their own headings. If they are this one,"
    ' `continues = "empty-key"` in `find` says that it goes on there; a row without key then continues the one above.'
)
_AGAIN = re.compile(r"\s*\([^()]*\)\s*$|\b(?:vervolgd?|continued|continuation|cont['’]?d|cont|suite|fortsetzung)\b")


@dataclass(frozen=True, slots=True)
class TableRows(Finder):
    """Rows of a table, recognised by its column headings; where they are repeated, its rows go on."""

    __pydantic_config__ = STRICT
    kind: Literal["table"]
    headings: Annotated[
        list[str], "The column headings of the table, exactly as the document writes them and in order."
    ]
    under: Annotated[
        str, "The heading that the table is under, at any depth; absent: every table with these headings."
    ] = ""
    continues: Annotated[
        Literal["empty-key", "never"],
        "Which row continues the one above it, cell by cell: `empty-key`, one whose key cell (that of the key"
        " column, or else the first) is empty, as where a page break splits rows; `never`, none; absent: `never`.",
    ] = "never"

    turn: ClassVar[Turn] = Turn.MARKED
    offers: ClassVar[Mapping[str, Offer]] = {
        "cell": Offer("source", "the cell under the column heading that the column names with `heading`"),
        "number": Offer(
            "source",
            "the number with which the first cell begins, as printed in `4. Title` or `C1: Title`; that cell then holds"
            " the rest, and the other datasets can be joined by this number",
        ),
        "section": Offer(
            "repeated", "the headings that the row is under, from the outermost, with ` > ` between them *"
        ),
    }

    def check(self, declared: Declared) -> Iterator[Finding]:
        """Yield that the headings make no table, or do not tell its columns apart."""
        if len(self.headings) < 2:
            message = Message("A table has at least two columns; a row is recognised by a tab between cells.")
            yield declared.fault("value-type", "find.headings", message)
        for heading in sorted({one for one in self.headings if self.headings.count(one) > 1}):
            message = Message(
                "The heading {heading!r} occurs more than once, so a column cannot say which one it takes.",
                heading=heading,
            )
            yield declared.fault("duplicate-name", "find.headings", message)

    def check_take(self, declared: Declared, column: Column, key: str, own: bool) -> Iterator[Finding]:
        """Yield that these rows do not offer what a column takes, or have no cell with its heading."""
        if column.take in self.headings:
            message = Message("{take!r} is the heading of a column, not a verb.", take=column.take)
            hint = Message("Write heading = {heading} instead.", heading=json.dumps(column.take, ensure_ascii=False))
            yield declared.fault("dangling-reference", f"{key}.take", message, hint)
            return
        yield from Finder.check_take(self, declared, column, key, own)
        if column.take == "cell" and column.heading not in self.headings:
            message = Message("The table has no column {heading!r}.", heading=column.heading)
            near = nearest(column.heading, self.headings)
            hint = Message(
                "Did you mean {near}? Or write {heading!r} in `headings`: both are as the document has it.",
                near=near,
                heading=column.heading,
            )
            yield declared.fault(
                "dangling-reference", f"{key}.heading", message, hint if near else meant(column.heading, self.headings)
            )

    def named(self) -> Mapping[str, Sequence[str]]:
        """Return the heading below which the table stands, where it is one."""
        return {"under": [self.under] if self.under else []}

    def rows(self, search: Search, spec: DatasetSpec) -> list[Row]:
        """Return the rows of the table, split rows put together."""
        return _table_rows(search.reading, search.placed, spec, self, search.claimed)

    def nearest(self, placed: Sequence[Placed]) -> Iterator[str]:
        """Yield where the headings stand without rows."""
        for spot in placed:
            if _starts_table(spot, self):
                yield Message("its headings are on {place}, with no row below them", place=spot.block.place)

    def defects(self, spec: DatasetSpec, row: Row, key: str) -> Iterator[Fault]:
        """Yield that a page break split the row, and that it broke a word of it."""
        if row.pieces:
            statement = Message(
                "A page break split this row into {count} pieces, on {series}.",
                count=len(row.pieces),
                series=series(row.pieces),
            )
            yield Fault("split-row", statement, row.places[0], spec.name, key)
        for heading in row.broken:
            broken = next((c.name for c in spec.column if c.heading == heading), "")
            statement = Message("A page break broke a word; its two parts are published as one word.")
            yield Fault("broken-word", statement, row.pieces[-1], spec.name, key, broken)


def _table_rows(
    reading: Reading, placed: Sequence[Placed], spec: DatasetSpec, find: TableRows, used: set[int]
) -> list[Row]:
    """Return the rows of a table, split rows put together; `used` takes up the numbers of the blocks that belong to it.

    Where its header stands again, on the next page or below another heading, its rows go on.
    """
    stretches = list(_stretches(placed, find, _all_headings(reading)))
    if not stretches:
        _missing_table(reading, find, spec.name, used)
    rows: list[Row] = []
    for stretch in stretches:
        used.update(spot.number for spot in stretch)
        rows += _stretch_rows(reading, stretch, spec, find)
    _check_sections(reading, spec, stretches)
    return rows


def _all_headings(reading: Reading) -> list[list[str]]:
    finds = (spec.find for spec in reading.declaration.dataset)
    return [find.headings for find in finds if isinstance(find, TableRows)]


def _stretches(placed: Sequence[Placed], find: TableRows, others: Sequence[list[str]]) -> Iterator[list[Placed]]:
    """Yield each run of rows that begins with the declared headings; they stand in it again where a page begins."""
    run: list[Placed] = []
    for spot in placed:
        written = titles(spot.block)
        begins = _starts_table(spot, find)
        # A reader that knows tables says where one ends; else rows go on until the headings of another.
        same = not run or not spot.block.table or spot.block.table == run[-1].block.table
        in_file = bool(run) and spot.block.place.file == run[-1].block.place.file
        goes_on = bool(in_file and written) and (begins or (same and written not in others))
        if run and not goes_on:
            yield run
            run = []
        if begins or goes_on:
            run.append(spot)
    if run:
        yield run


def _starts_table(spot: Placed, find: TableRows) -> bool:
    """Return whether a block is the row of headings with which a table begins."""
    return titles(spot.block) == find.headings and stands_under(spot, find.under)


def _check_sections(reading: Reading, spec: DatasetSpec, stretches: Sequence[Sequence[Placed]]) -> None:
    """Tell where a table goes on below another heading, unless a column says below which each row stands."""
    if any(column.take == "section" for column in spec.column):
        return
    for before, after in itertools.pairwise(stretches):
        in_file = before[0].block.place.file == after[0].block.place.file
        if in_file and before[0].heading != after[0].heading:
            message = Message(
                "The table continues below {section!r}, and no column says where a row is.", section=after[0].section
            )
            reading.fault("table-continues", message, reading.place(after[0].block.place, spec.name))


def _missing_table(reading: Reading, find: TableRows, name: str, used: set[int]) -> None:
    """Tell which row looks most like the header that is missing, and how it differs; its table is then this one."""
    blocks = reading.document.blocks
    ranked = sorted(
        ((-_likeness(titles(block), find.headings), index) for index, block in enumerate(blocks) if block.cells)
    )
    message = Message("There is no table with the headings {headings}.", headings=" | ".join(find.headings))
    if not ranked or ranked[0][0] > -0.5:
        reading.fault("table-not-found", message, reading.place(reading.document.source.place(0), name))
        return
    nearest = blocks[ranked[0][1] :]
    actual = titles(nearest[0])
    differing = [
        Message("{a!r} instead of {e!r}", a=a, e=e) for a, e in zip(actual, find.headings, strict=False) if a != e
    ]
    if len(actual) != len(find.headings):
        differing.append(Message("{count} columns instead of {count2}", count=len(actual), count2=len(find.headings)))
    message = Message("The table has changed headings: {differing}.", differing=listed(differing))
    if not differing:
        message = Message("The table is not under the heading {under!r}.", under=find.under)
    reading.fault("table-not-found", message, reading.place(nearest[0].place, name))
    length = sum(1 for _ in itertools.takewhile(lambda block: block.kind == "row", nearest))
    used.update(range(ranked[0][1], ranked[0][1] + length))


def _likeness(actual: list[str], expected: list[str]) -> float:
    """Return how much a row is like the headings, between 0 and 1; a row far longer is like nothing."""
    written, declared = "\t".join(actual), "\t".join(expected)
    if len(written) > 4 * len(declared):
        return 0.0
    return difflib.SequenceMatcher(None, written, declared).ratio()


def _stretch_rows(reading: Reading, stretch: Sequence[Placed], spec: DatasetSpec, find: TableRows) -> Iterator[Row]:
    groups: list[list[Placed]] = []
    _check_going_on(reading, stretch, spec, find)
    for spot in stretch:
        if titles(spot.block) == find.headings:
            for cell in spot.block.cells:
                reading.set_aside(cell.passage, "table-header")
        elif any(cell.passage.text or cell.anchors for cell in spot.block.cells):
            _take_piece(reading, spot, groups, spec, find)
    return (_table_row(reading, group, spec, find) for group in groups)


def _check_going_on(reading: Reading, stretch: Sequence[Placed], spec: DatasetSpec, find: TableRows) -> None:
    """Tell where the rows of another table may have been taken for those of this one, and headings for a row."""
    declared = list(map(_bare, find.headings))
    # Rows that continue by their key go on behind a page break; numbers that name rows are checked to go on.
    is_sure = find.continues == "empty-key" or is_named(spec)
    for before, spot in itertools.pairwise(stretch):
        if (written := titles(spot.block)) == find.headings:
            continue
        place = reading.place(spot.block.place, spec.name)
        if list(map(_bare, written)) == declared:
            message = Message("The row {begin} repeats the headings of the table.", begin=begin(spot.block))
            reading.fault("heading-as-row", message, place)
        elif not (
            is_sure
            or spot.block.table
            or spot.block.place.follows(before.block.place)
            or titles(before.block) == find.headings
        ):
            reading.fault("table-continues", _GOES_ON, place, _HOW_IT_GOES_ON)


def _take_piece(reading: Reading, spot: Placed, groups: list[list[Placed]], spec: DatasetSpec, find: TableRows) -> None:
    """Add a row of cells to the rows, or to the last of them when it continues that."""
    block, width = spot.block, len(find.headings)
    if len(block.cells) != width:
        message = Message(
            "A row has {count} cells, but the table has {width} columns.", count=len(block.cells), width=width
        )
        reading.fault("row-width", message, reading.place(block.place, spec.name))
        # Read on as well as can be, so that what follows from the fault is not told as more faults.
        spot = replace(spot, block=replace(block, cells=(*block.cells, *[Part()] * width)[:width]))
    continues = find.continues == "empty-key" and not spot.block.cells[_key_index(spec, find)].passage.text
    if not continues:
        groups.append([spot])
    elif groups:
        groups[-1].append(spot)
    else:
        message = Message("The first row of the table has no key, so it continues nothing.")
        reading.fault("row-width", message, reading.place(block.place, spec.name))


def _key_index(spec: DatasetSpec, find: TableRows) -> int:
    """Return which cell of a row holds its key: that of the key column, or else the first."""
    heading = spec.key.heading
    return find.headings.index(heading) if heading in find.headings else 0


def _table_row(reading: Reading, group: Sequence[Placed], spec: DatasetSpec, find: TableRows) -> Row:
    blocks = [spot.block for spot in group]
    cells, broken = _put_together(blocks, find.headings)
    _tell_doubts(reading, blocks, spec, find)
    number = ""
    if any(map(takes_number, spec.column)):
        number, cells[0] = _number(reading, cells[0], blocks[0].place, spec.name, find.headings[0])
    offers = {f"cell:{heading}": source_cell(cell) for heading, cell in zip(find.headings, cells, strict=True)}
    offers |= {"number": Cell(number), "section": section_cell(group[0].path)}
    anchors = {f"cell:{heading}": cell.anchors for heading, cell in zip(find.headings, cells, strict=True)}
    filled = [block for block in blocks if any(cell.passage.text or cell.anchors for cell in block.cells)]
    pieces = tuple(block.place for block in filled) if len(filled) > 1 else ()
    places = merged(place for block in filled for place in reading.standing(block))
    return Row(offers, places, anchors, number, pieces, broken)


def _put_together(blocks: Sequence[Block], headings: Sequence[str]) -> tuple[list[Inline], tuple[str, ...]]:
    """Return the cells of a row that stands in pieces, and the headings of those in which a word is broken."""
    columns = list(zip(*(block.cells for block in blocks), strict=True))
    broken = [heading for heading, pieces in zip(headings, columns, strict=True) for _ in range(breaks(pieces))]
    return [join_all(pieces) for pieces in columns], tuple(broken)


def _tell_doubts(reading: Reading, blocks: Sequence[Block], spec: DatasetSpec, find: TableRows) -> None:
    """Take up the hyphens between the pieces of a row that may not belong to their words."""
    for heading, pieces in zip(find.headings, zip(*(block.cells for block in blocks), strict=True), strict=True):
        column = next((c.name for c in spec.column if c.heading == heading), "")
        for before, after, at in doubts(pieces):
            place = reading.place(reading.document.source.place(at), spec.name, column)
            told = finding("hyphen-at-line-end", changed(doubt(before, after), shown), place)
            reading.findings.append(told)
            reading.doubts.append(Doubt(at, told))


def _number(reading: Reading, cell: Inline, at: SourcePlace, name: str, column: str) -> tuple[str, Inline]:
    """Return the number in front of a cell and the rest of it."""
    text = cell.passage.text
    match = mark(text)
    if match is None:
        begins = Message("begins with {text!r}, not", text=text[:40]) if text else Message("does not begin")
        message = Message("The row {begins} with a number and a full stop.", begins=begins)
        hint = Message('If such a row continues the one above, declare `continues = "empty-key"` in `find`.')
        if text:
            hint = Message(
                'If rows have no such number, make `sequence` the key and take the whole cell, `take = "cell"`.'
            )
        reading.fault("missing-number", message, reading.place(at, name, column), hint)
        return "", cell
    marked = cell.passage.slice(0, len(match[0].rstrip()))
    # In pieces, where its full stop is escaped or a tag stands amid, no piece looks like the mark of an item.
    is_plain = len(marked.fragments) == 1 and NUMBERED.match(text)
    reading.set_aside(marked, "markup" if is_plain else "number")
    return match["number"], replace(cell, passage=cell.passage.slice(match.end(), len(text)))


def _bare(heading: str) -> str:
    """Return a heading in small letters, without punctuation and the words that say that it stands again."""
    bare = _AGAIN.sub("", heading.casefold())
    return "".join(filter(str.isalnum, bare)) or heading


TABLE_ROWS = Kind(
    "table",
    TableRows,
    "The rows of a table, such as assessments. Where its headings are repeated, as on the next page or below another"
    " heading, they are set aside and the rows go on. Behind a blank line they go on as well, with a warning where"
    " nothing says that no other table begins there. Each row of cells is a row of its own; only with `continues ="
    ' "empty-key"` does one with an empty key cell continue the one above, and a word that the break divided is put'
    " together again.",
)
