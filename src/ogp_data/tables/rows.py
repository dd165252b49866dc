"""Blocks -> rows: finds each dataset's rows in a document, by the verbs of its declaration.

A row offers its texts and values under the names that a column's `take` uses.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ogp_data.core.columns import DatasetSpec
from ogp_data.core.dates import read_date
from ogp_data.core.declared import Declaration, Section
from ogp_data.core.edtf import is_date
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.places import SourcePlace
from ogp_data.core.tables import Cell, Fault
from ogp_data.core.text import Fragment, Passage, shown
from ogp_data.documents import Anchor, Aside, Block, Document, Inline
from ogp_data.documents.document import Doubt, Reason
from ogp_data.documents.joining import breaks, doubt, doubts, join_all
from ogp_data.tables.kinds.front_matter import FrontMatter, Normalise
from ogp_data.tables.kinds.headings import Headings
from ogp_data.tables.kinds.list_items import ListItems
from ogp_data.tables.kinds.table_rows import TableRows

NUMBERED = re.compile(r"(?P<number>[1-9]\d{0,8})\.\s+")
PATH_JOINT = " > "


@dataclass(frozen=True, slots=True)
class Row:
    """A row found in the document: what it offers, its links by offer, its places, and its number (0: none)."""

    offers: Mapping[str, Cell]
    places: tuple[SourcePlace, ...]
    anchors: Mapping[str, tuple[Anchor, ...]] = field(default_factory=dict)
    number: int = 0
    pieces: tuple[SourcePlace, ...] = ()
    broken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A row under way: its cells by column, its places, its links by column."""

    cells: Mapping[str, Cell]
    places: tuple[SourcePlace, ...]
    anchors: Mapping[str, tuple[Anchor, ...]] = field(default_factory=dict)


Drafts = dict[str, list[Draft]]


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, its number among those of the document, the headings it stands under, and the number of the last one."""

    block: Block
    number: int
    path: tuple[Passage, ...] = ()
    heading: int = -1

    @property
    def section(self) -> str:
        """Return the title of the innermost section."""
        return self.path[-1].text if self.path else ""


@dataclass(slots=True)
class Reading:
    """What is gathered while rows are found."""

    document: Document
    declaration: Declaration
    findings: list[Finding] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def file(self) -> str:
        """Return the source document's name."""
        return self.document.source.name

    def place(self, at: SourcePlace, table: str = "", column: str = "", row: str = "") -> Place:
        """Return a place in the source document."""
        return Place(file=self.file, table=table, at=at, column=column, row=row)

    def fault(self, rule: str, message: str, place: Place, hint: str = "") -> None:
        """Take up a finding."""
        self.findings.append(finding(rule, shown(message), place, hint))

    def settle(self, start: int, end: int) -> None:
        """Drop what is told of doubts between two offsets: a record says what is right there."""
        settled = [doubt.told for doubt in self.doubts if start <= doubt.at < end]
        self.findings[:] = [found for found in self.findings if found not in settled]

    def set_aside(self, passage: Passage, reason: Reason) -> None:
        """Account for text that no cell is to hold."""
        for part in passage.fragments:
            if part.end > part.start:
                self.asides.append(Aside(part.start, part.end, "correction" if part.recorded else reason))

    def declared(self, key: str) -> Place:
        """Return a place in the declaration."""
        return Place(file=f"{self.declaration.id}/publication.toml", key=key)

    def dangling(self, message: str, key: str) -> None:
        """Take up that the declaration names what the document does not have."""
        self.findings.append(finding("dangling-reference", message, self.declared(key)))

    def nothing_found(self, name: str, key: str, nearest: str) -> None:
        """Take up that a declared dataset has no rows."""
        message = f"Dataset '{name}' found no rows{f': {nearest}' if nearest else ''}."
        self.findings.append(finding("empty-dataset", message, replace(self.declared(key), table=name)))


def source_cell(inline: Inline) -> Cell:
    """Return a text as the home of its words."""
    return Cell(inline.passage.text, "source", inline.passage)


def derived_cell(passage: Passage) -> Cell:
    """Return a text whose words have their home elsewhere."""
    return Cell(passage.text, "derived", passage)


# Sections -----------------------------------------------------------------------------------------------


def place_blocks(reading: Reading) -> list[Placed]:
    """Return the blocks in order, each with its section: by heading level, or as the declaration sets it."""
    titles = {b.inline.passage.text: b.inline.passage for b in reading.document.blocks if b.kind == "heading"}
    used: set[str] = set()
    placed: list[Placed] = []
    stack: list[tuple[int, Passage]] = []
    heading = -1
    for number, block in enumerate(reading.document.blocks):
        if block.kind == "heading":
            heading = number
            stack = [entry for entry in stack if entry[0] < block.level]
            stack.append((block.level, block.inline.passage))
        if section := _section_of(block, reading.declaration.section):
            used.add(section.begins)
            stack = _set_path(reading, section, block, titles)
        placed.append(Placed(block, number, tuple(passage for _, passage in stack), heading))
    for index, section in enumerate(reading.declaration.section):
        if section.begins not in used:
            reading.dangling(f"No heading or paragraph begins with {section.begins!r}.", f"section[{index}].begins")
    return placed


def _section_of(block: Block, sections: Iterable[Section]) -> Section | None:
    if block.kind not in ("heading", "paragraph"):
        return None
    passage = block.inline.passage
    return next((section for section in sections if passage.begins_with(section.begins)), None)


def _set_path(
    reading: Reading, section: Section, block: Block, titles: Mapping[str, Passage]
) -> list[tuple[int, Passage]]:
    reading.faults.append(Fault("section-set", section.reason, block.place, written=block.inline.passage))
    for title in section.path:
        if title not in titles:
            index = reading.declaration.section.index(section)
            reading.dangling(f"The document has no heading {title!r}.", f"section[{index}].path")
    known = [titles[title] for title in section.path if title in titles]
    depth = block.level or 6
    return [(depth - len(known) + 1 + index, passage) for index, passage in enumerate(known)]


def section_cell(path: Sequence[Passage]) -> Cell:
    """Return a section's heading path as one text."""
    fragments: list[Fragment] = []
    for passage in path:
        if fragments and passage.text:
            fragments.append(Fragment(PATH_JOINT, 0, 0))
        fragments.extend(passage.fragments)
    return derived_cell(Passage(tuple(fragments)))


def check_under(reading: Reading, placed: Sequence[Placed], titles: Iterable[str], key: str) -> None:
    """Report the headings that a dataset's rows must stand under and that the document does not have."""
    known = {passage.text for spot in placed for passage in spot.path}
    for title in titles:
        if title not in known:
            reading.dangling(f"The document has no heading {title!r}.", key)


# Headings, lists, paragraphs ----------------------------------------------------------------------------


def heading_rows(reading: Reading, placed: Sequence[Placed], find: Headings) -> list[tuple[Placed, Row]]:
    """Return a row for each heading under another that matches the pattern."""
    pattern = re.compile(find.pattern)
    rows: list[tuple[Placed, Row]] = []
    for spot in headings_under(placed, find.under):
        if match := pattern.fullmatch(spot.block.inline.passage.text):
            rows.append((spot, _heading_row(reading, spot.block, match, len(rows) + 1)))
    return rows


def headings_under(placed: Sequence[Placed], title: str) -> Iterator[Placed]:
    """Yield the headings below another, at any depth."""
    for spot in placed:
        if spot.block.kind == "heading" and any(passage.text == title for passage in spot.path[:-1]):
            yield spot


def _heading_row(reading: Reading, block: Block, match: re.Match[str], position: int) -> Row:
    passage = block.inline.passage
    offers = {"position": Cell(str(position))}
    anchors: dict[str, tuple[Anchor, ...]] = {}
    taken: list[tuple[int, int]] = []
    for name, number in match.re.groupindex.items():
        offers[f"group:{name}"] = Cell()
        if match[number]:
            part = passage.slice(*match.span(number))
            offers[f"group:{name}"] = Cell(part.text, "source", part)
            anchors[f"group:{name}"] = _anchors_in(block.inline, part)
            taken.append(match.span(number))
    at = 0
    for start, end in [*sorted(taken), (len(passage.text), 0)]:
        _set_pattern_aside(reading, passage.slice(at, start), match.re.pattern)
        at = max(at, end)
    return Row(offers, (block.place,), anchors)


def _anchors_in(inline: Inline, part: Passage) -> tuple[Anchor, ...]:
    """Return the links whose labels begin in a part of a text."""
    spans = list(part.spans)
    return tuple(a for a in inline.anchors if any(start <= a.label.start < end for start, end in spans))


def _set_pattern_aside(reading: Reading, passage: Passage, pattern: str) -> None:
    """Account for what stands between the groups of a pattern, when the pattern itself says these words."""
    words = any(character.isalnum() for character in passage.text)
    if not words:
        reading.set_aside(passage, "markup")
    elif passage.text in pattern.replace("\\", ""):
        reading.set_aside(passage, "pattern")


def list_rows(reading: Reading, placed: Sequence[Placed], find: ListItems, parents: Mapping[int, str]) -> list[Row]:
    """Return a row for each numbered item under a heading, or under each of the parents' headings."""
    rows = []
    for spot in placed:
        if spot.block.kind != "item":
            continue
        parent = parents.get(spot.heading, "")
        if parent if find.each else spot.section == find.under:
            rows.append(_item_row(reading, spot.block, parent))
    return rows


def _item_row(reading: Reading, block: Block, parent: str) -> Row:
    offers = {"number": Cell(str(block.number)), "text": source_cell(block.inline), "parent": Cell(parent)}
    found = reading.document.source.places(block.inline.passage) or (block.place,)
    return Row(offers, found, {"text": block.inline.anchors}, block.number)


def paragraph_rows(reading: Reading, placed: Sequence[Placed], instructions: set[str]) -> list[Row]:
    """Return a row for each paragraph that is not an instruction."""
    rows = []
    for spot in placed:
        text = spot.block.inline
        if spot.block.kind != "paragraph" or not text.passage.text or _is_instruction(spot, instructions):
            continue
        offers = {"section": section_cell(spot.path), "text": source_cell(text)}
        rows.append(Row(offers, reading.document.source.places(text.passage), {"text": text.anchors}))
    return rows


def _is_instruction(spot: Placed, under: set[str]) -> bool:
    return spot.block.emphasis and any(passage.text in under for passage in spot.path)


# Tables -------------------------------------------------------------------------------------------------


def table_rows(reading: Reading, placed: Sequence[Placed], spec: DatasetSpec, used: set[int]) -> list[Row]:
    """Return the rows of a table, split rows put together; `used` takes up the numbers of the blocks that belong to it.

    Where its header stands again, on the next page or below another heading, its rows go on.
    """
    find = spec.find
    if not isinstance(find, TableRows):
        return []
    stretches = list(_stretches(placed, find, _all_headings(reading)))
    if not stretches:
        _missing_table(reading, find, spec.name, used)
    rows: list[Row] = []
    for stretch in stretches:
        used.update(spot.number for spot in stretch)
        rows += _stretch_rows(reading, stretch, spec, find)
    _check_sections(reading, spec, stretches)
    return rows


def _titles(block: Block) -> list[str]:
    return [cell.passage.text for cell in block.cells]


def _all_headings(reading: Reading) -> list[list[str]]:
    finds = (spec.find for spec in reading.declaration.dataset)
    return [find.headings for find in finds if isinstance(find, TableRows)]


def _stretches(placed: Sequence[Placed], find: TableRows, others: Sequence[list[str]]) -> Iterator[list[Placed]]:
    """Yield each run of rows that begins with the declared headings; they stand in it again where a page begins."""
    run: list[Placed] = []
    for spot in placed:
        titles = _titles(spot.block)
        begins = starts_table(spot, find)
        goes_on = bool(run and titles) and (begins or titles not in others)
        if run and not goes_on:
            yield run
            run = []
        if begins or goes_on:
            run.append(spot)
    if run:
        yield run


def starts_table(spot: Placed, find: TableRows) -> bool:
    """Return whether a block is the row of headings with which a table begins."""
    return _titles(spot.block) == find.headings and _stands_under(spot, find.under)


def _stands_under(spot: Placed, heading: str) -> bool:
    return not heading or any(passage.text == heading for passage in spot.path)


def _check_sections(reading: Reading, spec: DatasetSpec, stretches: Sequence[Sequence[Placed]]) -> None:
    """Tell where a table goes on below another heading, unless a column says below which each row stands."""
    if any(column.take == "section" for column in spec.column):
        return
    for before, after in itertools.pairwise(stretches):
        if before[0].heading != after[0].heading:
            message = f"The table goes on below {after[0].section!r}, and no column says where a row stands."
            reading.fault("table-continues", message, reading.place(after[0].block.place, spec.name))


def _missing_table(reading: Reading, find: TableRows, name: str, used: set[int]) -> None:
    """Tell which row looks most like the header that is missing, and how it differs; its table is then this one."""
    blocks = reading.document.blocks
    ranked = sorted(
        ((-_likeness(_titles(block), find.headings), index) for index, block in enumerate(blocks) if block.cells)
    )
    message = f"There is no table with the headings {' | '.join(find.headings)}."
    if not ranked or ranked[0][0] > -0.5:
        reading.fault("table-not-found", message, reading.place(reading.document.source.place(0), name))
        return
    nearest = blocks[ranked[0][1] :]
    actual = _titles(nearest[0])
    differing = [f"{a!r} instead of {e!r}" for a, e in zip(actual, find.headings, strict=False) if a != e]
    if len(actual) != len(find.headings):
        differing.append(f"{len(actual)} columns instead of {len(find.headings)}")
    message = f"The table has changed headings: {', '.join(differing)}."
    if not differing:
        message = f"The table does not stand under a heading {find.under!r}."
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
        if _titles(spot.block) == find.headings:
            for cell in spot.block.cells:
                reading.set_aside(cell.passage, "table-header")
        elif any(cell.passage.text or cell.anchors for cell in spot.block.cells):
            _take_piece(reading, spot, groups, spec, find)
    return (_table_row(reading, group, spec, find) for group in groups)


def _check_going_on(reading: Reading, stretch: Sequence[Placed], spec: DatasetSpec, find: TableRows) -> None:
    """Tell where the rows of another table may have been taken for those of this one, and headings for a row."""
    declared = list(map(_bare, find.headings))
    # Rows that continue by their key go on behind a page break; numbers that name rows are checked to go on.
    numbered = any(column.take == "number" and (column.key or column.references) for column in spec.column)
    is_sure = find.continues == "empty-key" or numbered
    for before, spot in itertools.pairwise(stretch):
        if (titles := _titles(spot.block)) == find.headings:
            continue
        place = reading.place(spot.block.place, spec.name)
        if list(map(_bare, titles)) == declared:
            message = f"The row {_begin(spot.block)} says what the headings of the table say."
            reading.fault("heading-as-row", message, place)
        elif not (is_sure or spot.block.place.follows(before.block.place) or _titles(before.block) == find.headings):
            reading.fault("table-continues", _GOES_ON, place, _HOW_IT_GOES_ON)


_GOES_ON = "Behind a blank line or a line of dashes, rows without headings of their own are read as rows of this table."
_HOW_IT_GOES_ON = (
    "When they are another table, declare a dataset with their own headings. When it is this one,"
    ' `continues = "empty-key"` in `find` says that it goes on there; a row without key then continues the one above.'
)
_AGAIN = re.compile(r"\s*\([^()]*\)\s*$|\b(?:vervolgd?|continued|continuation|cont['’]?d|cont|suite|fortsetzung)\b")


def _bare(heading: str) -> str:
    """Return a heading in small letters, without punctuation and the words that say that it stands again."""
    bare = _AGAIN.sub("", heading.casefold())
    return "".join(filter(str.isalnum, bare)) or heading


def _take_piece(reading: Reading, spot: Placed, groups: list[list[Placed]], spec: DatasetSpec, find: TableRows) -> None:
    """Add a row of cells to the rows, or to the last of them when it continues that."""
    block, width = spot.block, len(find.headings)
    if len(block.cells) != width:
        message = f"A row has {len(block.cells)} cells, the table has {width} columns."
        reading.fault("row-width", message, reading.place(block.place, spec.name))
        # Read on as well as can be, so that what follows from the fault is not told as more faults.
        spot = replace(spot, block=replace(block, cells=(*block.cells, *[Inline()] * width)[:width]))
    continues = find.continues == "empty-key" and not spot.block.cells[_key_index(spec, find)].passage.text
    if not continues:
        groups.append([spot])
    elif groups:
        groups[-1].append(spot)
    else:
        message = "The first row of the table has no key, so it continues nothing."
        reading.fault("row-width", message, reading.place(block.place, spec.name))


def _key_index(spec: DatasetSpec, find: TableRows) -> int:
    """Return which cell of a row holds its key: that of the key column, or else the first."""
    heading = spec.key.heading
    return find.headings.index(heading) if heading in find.headings else 0


def _table_row(reading: Reading, group: Sequence[Placed], spec: DatasetSpec, find: TableRows) -> Row:
    blocks = [spot.block for spot in group]
    cells, broken = _put_together(blocks, find.headings)
    _tell_doubts(reading, blocks, spec, find)
    number = 0
    if any(column.take == "number" for column in spec.column):
        number, cells[0] = _number(reading, cells[0], blocks[0].place, spec.name, find.headings[0])
    offers = {f"cell:{heading}": source_cell(cell) for heading, cell in zip(find.headings, cells, strict=True)}
    offers |= {"number": Cell(str(number) if number else ""), "section": section_cell(group[0].path)}
    anchors = {f"cell:{heading}": cell.anchors for heading, cell in zip(find.headings, cells, strict=True)}
    found = tuple(block.place for block in blocks if any(cell.passage.text or cell.anchors for cell in block.cells))
    return Row(offers, found, anchors, number, found if len(found) > 1 else (), broken)


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
            told = finding("hyphen-at-line-end", shown(doubt(before, after)), place)
            reading.findings.append(told)
            reading.doubts.append(Doubt(at, told))


def _number(reading: Reading, cell: Inline, at: SourcePlace, name: str, column: str) -> tuple[int, Inline]:
    """Return the number in front of a cell and the rest of it."""
    text = cell.passage.text
    match = NUMBERED.match(text)
    if match is None:
        begins = f"begins with {text[:40]!r}, not" if text else "does not begin"
        message = f"The row {begins} with a number and a full stop."
        hint = 'Where such a row continues the one above, declare `continues = "empty-key"` in `find`.'
        if text:
            hint = 'Where rows have no such number, let the key be `sequence` and take the cell whole, `take = "cell"`.'
        reading.fault("missing-number", message, reading.place(at, name, column), hint)
        return 0, cell
    mark = cell.passage.slice(0, match.end("number") + 1)
    # In pieces, where its full stop is escaped or a tag stands amid, no piece looks like the mark of an item.
    reading.set_aside(mark, "markup" if len(mark.fragments) == 1 else "number")
    return int(match["number"]), replace(cell, passage=cell.passage.slice(match.end(), len(text)))


def check_numbers(reading: Reading, rows: Sequence[Row], name: str) -> None:
    """Report numbers that stand twice or out of order; where rows that follow each other repeat others, once."""
    first: dict[int, Row] = {}
    highest = 0
    numbered = [row for row in rows if row.number]
    for again, run in itertools.groupby(numbered, lambda row: row is not first.setdefault(row.number, row)):
        if again:
            _report_twice(reading, list(run), first, name)
            continue
        for row in run:
            if row.number < highest:
                message = f"Number {row.number} comes after {highest}."
                reading.fault("number-out-of-order", message, _at_number(reading, row, name))
            highest = max(highest, row.number)


def _report_twice(reading: Reading, run: Sequence[Row], first: Mapping[int, Row], name: str) -> None:
    row, last = run[0], run[-1]
    message = f"Number {row.number} stands twice; first on {first[row.number].places[0]}."
    if last is not row:
        message += f" So do those of the rows after it, down to {last.places[0]}."
    reading.fault("duplicate-number", message, _at_number(reading, row, name))


def _at_number(reading: Reading, row: Row, name: str) -> Place:
    return reading.place(row.places[0], name, row=str(row.number))


def check_gaps(reading: Reading, rows: Sequence[Row], name: str) -> None:
    """Report numbers that are missing: they must be 1, 2, 3, ..."""
    last = {row.number: row.places[-1] for row in rows if row.number}
    for before, after in itertools.pairwise(sorted({0, *last})):
        if after - before > 1:
            missing = f"number {before + 1}" if after - before == 2 else f"number from {before + 1} to {after - 1}"
            at = last.get(before, rows[0].places[0])
            reading.fault("missing-number", f"There is no {missing}.", reading.place(at, name))


# Document furniture -------------------------------------------------------------------------------------


def furniture_rows(
    reading: Reading, placed: Sequence[Placed], find: FrontMatter, headings: set[int], claimed: set[int]
) -> list[Row]:
    """Return the title, front matter, headings, instructions and legend that no other dataset holds.

    `claimed` has the numbers of the blocks of declared tables, and takes up those of the front matter.
    """
    rows: list[Row] = []
    first = next((spot.number for spot in placed if spot.block.kind == "heading"), -1)
    for spot in placed:
        block = spot.block
        if block.kind == "row":
            if spot.number not in claimed and _is_front_matter(spot, find, first):
                claimed.add(spot.number)
                rows.append(_front_matter(reading, block, find.normalise))
        elif (kind := _kind_of_part(spot, find, first)) and spot.number not in headings:
            rows.append(_part(block, kind, block.inline, level=block.level))
    return rows


def _kind_of_part(spot: Placed, find: FrontMatter, first: int) -> str:
    """Return what of the frame a block of text is; "" when it is none of it or empty."""
    if not spot.block.inline.passage.text:
        return ""
    if spot.block.kind == "heading":
        return "title" if spot.number == first else "heading"
    if spot.block.kind == "mark":
        return "legend"
    return "instruction" if _is_instruction(spot, set(find.instructions_under)) else ""


def _is_front_matter(spot: Placed, find: FrontMatter, first: int) -> bool:
    """Return whether a row is a label and its value, above the first heading after the title or where declared."""
    declared = any(_stands_under(spot, title) for title in find.front_matter_under)
    return len(spot.block.cells) == 2 and _has_text(spot.block) and (declared or spot.heading in (-1, first))


def _has_text(block: Block) -> bool:
    return any(cell.passage.text for cell in block.cells)


def report_unclaimed(reading: Reading, placed: Sequence[Placed], claimed: set[int]) -> None:
    """Report rows of cells that no dataset claims, those that follow each other as one table."""
    unclaimed = [spot.number for spot in placed if _has_text(spot.block) and spot.number not in claimed]
    for _, run in itertools.groupby(enumerate(unclaimed), lambda pair: pair[1] - pair[0]):
        stretch = [placed[index].block for _, index in run]
        message = f"A row of {len(stretch[0].cells)} cells belongs to no declared table: {_begin(stretch[0])}."
        if len(stretch) > 1:
            message = f"{len(stretch)} rows, down to {stretch[-1].place}, belong to no declared table."
            message = f"{message[:-1]}; the first is {_begin(stretch[0])}."
        reading.fault("unclaimed-row", message, reading.place(stretch[0].place))


def _begin(block: Block) -> str:
    return repr(" | ".join(_titles(block))[:60])


def _part(block: Block, kind: str, text: Inline, level: int = 0, label: Cell | None = None, value: str = "") -> Row:
    offers = {
        "kind": Cell(kind),
        "level": Cell(str(level) if level else ""),
        "label": label or Cell(),
        "value": Cell(value, "derived") if value else derived_cell(text.passage),
        "as_written": source_cell(text),
    }
    return Row(offers, (block.place,), {"as_written": text.anchors})


def _front_matter(reading: Reading, block: Block, normalise: Iterable[Normalise]) -> Row:
    label, text = block.cells
    how = next((entry for entry in normalise if entry.label == label.passage.text), None)
    value = _normal(reading, block, text.passage.text, how) if how else ""
    part = _part(block, "front-matter", text, label=source_cell(label), value=value)
    return replace(part, anchors={**part.anchors, "label": label.anchors})


def _normal(reading: Reading, block: Block, written: str, how: Normalise) -> str:
    place = reading.place(block.place, column=how.label)
    if how.to == "codes":
        if written not in how.codes:
            hint = f"Use one of: {', '.join(how.codes)}, or add it under normalise in publication.toml."
            reading.fault("unknown-code", f"{written!r} has no code.", place, hint)
        return how.codes.get(written, "")
    found = read_date(written, reading.declaration.language)
    if found.fault:
        reading.fault("invalid-date", f"{written!r} {found.fault}.", place, _date_hint(written))
    return found.edtf


def check_day(reading: Reading, row: Row, label: str) -> None:
    """Report a line of front matter that must say a day and says something else."""
    value, written, at = row.offers["value"].value, row.offers["as_written"].value, row.places[0]
    told = any(found.rule == "invalid-date" and found.place.at == at for found in reading.findings)
    if not is_date(value) and not told:
        message = f"{written!r} is no calendar date."
        reading.fault("invalid-date", message, reading.place(at, column=label), _date_hint(written))


def _date_hint(written: str) -> str:
    codes = f'codes = {{ "{written}" = "..." }}'
    return f'Say what is meant under normalise in publication.toml: to = "codes", {codes}.'
