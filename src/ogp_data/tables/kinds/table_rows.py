"""Rows of a table of the document."""

from __future__ import annotations

import difflib
import itertools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, ClassVar, Literal

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.findings import Finding
from ogp_data.core.messages import Message, listed
from ogp_data.core.near import meant, nearest
from ogp_data.core.places import series
from ogp_data.core.strict import STRICT
from ogp_data.core.tables import Fault
from ogp_data.tables.checked import check_colours, check_pattern, check_within
from ogp_data.tables.grids.header import Header
from ogp_data.tables.grids.making import Making
from ogp_data.tables.grids.names import called, names
from ogp_data.tables.grids.stretches import Seeking, Stretch
from ogp_data.tables.kind import ColumnOrigin, Declared, Finder, Kind, Offer, Turn
from ogp_data.tables.numbers import is_named
from ogp_data.tables.patterns import pattern_fault
from ogp_data.tables.rows import Placed, Reading, Row, Search, begin, titles

_GOES_ON = Message(
    "After a blank line or a line of dashes, rows without headings of their own are read as rows of this table."
)
_HOW_IT_GOES_ON = Message(
    "If they are another table, declare a dataset with their own headings. If they are this one,"
    ' `continues = "empty-key"` in `find` says that it goes on there; a row without key then continues the one above.'
)
_AGAIN = re.compile(r"\s*\([^()]*\)\s*$|\b(?:vervolgd?|continued|continuation|cont['’]?d|cont|suite|fortsetzung)\b")
_WAYS = ("line", "item")


@dataclass(frozen=True, slots=True)
class TableRows(Finder):
    """Rows of a table, recognised by its column headings; where they are repeated, its rows go on."""

    __pydantic_config__ = STRICT
    kind: Literal["table"]
    headings: Annotated[
        list[str],
        "The column headings of the table, exactly as the document writes them and in order; where headings stand one"
        " below the other, all of a column with ` / ` between them, or the lower ones that tell it apart. Columns take"
        " them by these names, or by the number of the column where a heading is empty or stands twice.",
    ] = field(default_factory=list)
    width: Annotated[
        int, 'Instead of `headings`: how many columns a table without headings has; columns take `heading = "2"`.'
    ] = 0
    under: Annotated[
        str, "The heading that the table is under, at any depth; absent: every table with these headings."
    ] = ""
    within: Annotated[
        str, "A dataset of kind `headings` below whose rows the table stands, such as themes; columns take `parent`."
    ] = ""
    continues: Annotated[
        Literal["empty-key", "no-label", "never"],
        "Which row continues the one above it, cell by cell: `empty-key`, one whose key cell (that of the key"
        " column, or else the first) is empty, as where a page break splits rows; `no-label`, one whose key cell does"
        " not begin with a number; `never`, none; absent: `never`.",
    ] = "never"
    merged: Annotated[
        Literal["first", "repeat", "join"],
        "What a cell that spans several rows or columns says: `first`, only its first row and column; `repeat`, each"
        " of them; `join`, rows that share their key cell are one row. Where a form knows no merged cells, such as"
        " `csv`, cells that are empty in front of the first text of a row are those. Absent: `first`.",
    ] = "first"
    bands: Annotated[
        str,
        "Regular expression that the whole of a row of one text matches to which the rows below it belong, such as a"
        " theme over the full width, with a named group for each part that a column takes; in converted text also a"
        " paragraph between the rows.",
    ] = ""
    notes: Annotated[
        str,
        "Regular expression of the rows of one text that are running text, such as notes below the table; a row over"
        " all columns above the headings or below the last row is one in any case.",
    ] = ""
    each: Annotated[
        Literal["row", "band"], "What a row of the dataset is: a row of the table, or one of its bands."
    ] = "row"
    split: Annotated[
        dict[str, str],
        "By the heading of one column, how its cells are parted, each piece a row of its own: `line`, `item` (with a"
        " bullet, letter or number), or a regular expression of what stands in front of or between the pieces.",
    ] = field(default_factory=dict)
    ticks: Annotated[dict[str, str], "By code, the headings of the columns of which one is ticked."] = field(
        default_factory=dict
    )
    fill: Annotated[
        dict[str, str], "By colour, such as `#00b050`, the code that the fill of a cell of the row stands for."
    ] = field(default_factory=dict)

    turn: ClassVar[Turn] = Turn.BELOW
    paired: ClassVar[bool] = True
    offers: ClassVar[Mapping[str, Offer]] = {
        "cell": Offer("source", "the cell under the column heading that the column names with `heading`"),
        "number": Offer(
            "source",
            "the number with which the first cell begins, or the one that the column names with `heading`, as printed"
            " in `4. Title` or `C1: Title`; that cell then holds the rest, and the other datasets can be joined by this"
            " number",
        ),
        "section": Offer(
            "repeated", "the headings that the row is under, from the outermost, with ` > ` between them *"
        ),
        "parent": Offer(
            "source", "with `within`: the key of the row of the heading that the row is under", ("within",)
        ),
        "band:NAME": Offer(
            "source", "the words that the group `(?P<NAME>...)` of `bands` matches above the row", ("bands",)
        ),
        "piece": Offer("generated", "with `split`: the number of the piece in its cell: 1, 2, 3", ("split",)),
        "tick": Offer("derived", "with `ticks`: the code of the column that is ticked", ("ticks",)),
        "fill": Offer(
            "derived", "with `fill`: the code of the colour with which a cell of the row is filled", ("fill",)
        ),
        "level": Offer(
            "derived",
            "with `ticks` or `fill`: the code that is ticked or, where nothing is, of the colour",
            ("ticks", "fill"),
        ),
    }

    @property
    def columns(self) -> Sequence[str]:
        """Return the headings of all columns; those of a table without headings are empty."""
        return self.headings or [""] * self.width

    @property
    def header(self) -> Header:
        """Return the header by which the table is found."""
        return Header(tuple(self.headings), len(self.columns))

    def called_here(self, first: Finder) -> Mapping[str, str]:
        """Return, by the headings of the table in the first language, those of its columns in this."""
        return (
            dict(zip(names(first.columns), names(self.columns), strict=False)) if isinstance(first, TableRows) else {}
        )

    def verbs(self) -> Mapping[str, ColumnOrigin]:
        """Return what a column can take, as far as the keys say where that is."""
        groups = {} if pattern_fault(self.bands) else re.compile(self.bands).groupindex
        found = Finder.verbs(self)
        bands: dict[str, ColumnOrigin] = {f"band:{name}": "source" for name in groups}
        if self.each == "band":
            return {**{verb: found[verb] for verb in ("section", "parent") if verb in found}, **bands}
        return {**found, **bands}

    def check(self, declared: Declared) -> Iterator[Finding]:
        """Yield that the keys make no table, or name columns or patterns that there are not."""
        if len(self.columns) < 2:
            message = Message("A table has at least two columns; a row is recognised by a tab between cells.")
            yield declared.fault("value-type", "find.headings", message)
        if self.headings and self.width:
            message = Message("A table has `headings`, or only a `width`: say one of both.")
            yield declared.fault("value-type", "find.width", message)
        yield from self._check_patterns(declared)
        yield from check_within(declared, self.within)
        for code, heading in self.ticks.items():
            yield from self._check_heading(declared, heading, f"find.ticks.{code}")
        for heading in self.split:
            yield from self._check_heading(declared, heading, "find.split")
        if len(self.split) > 1:
            message = Message("The cells of one column can be split, not of {count}.", count=len(self.split))
            yield declared.fault("value-type", "find.split", message)
        yield from check_colours(declared, self.fill)

    def _check_patterns(self, declared: Declared) -> Iterator[Finding]:
        ways = [("split", how) for how in self.split.values() if how not in _WAYS]
        for key, pattern in [("bands", self.bands), ("notes", self.notes), *ways]:
            yield from check_pattern(declared, key, pattern)
        if self.bands and not pattern_fault(self.bands) and not re.compile(self.bands).groupindex:
            message = Message("The pattern has no named group, so no column can take what a band says.")
            hint = Message("Name what it says: bands = {pattern}.", pattern=json.dumps(f"(?P<theme>{self.bands})"))
            yield declared.fault("value-type", "find.bands", message, hint)
        if self.each == "band" and not self.bands:
            message = Message("The bands of a table are those that `bands` matches.")
            yield declared.fault("missing-key", "find.bands", message)

    def _check_heading(self, declared: Declared, heading: str, key: str) -> Iterator[Finding]:
        """Yield that the table has no column with a heading, or several."""
        if heading in names(self.columns):
            return
        if several := called(heading, self.columns):
            message = Message(
                "The heading {heading!r} occurs more than once, so a column cannot say which one it takes.",
                heading=heading,
            )
            hint = Message("Call the column by its number: {numbers}.", numbers=listed([str(at + 1) for at in several]))
            yield declared.fault("duplicate-name", key, message, hint)
            return
        message = Message("The table has no column {heading!r}.", heading=heading)
        near = nearest(heading, self.columns)
        hint = Message(
            "Did you mean {near}? Or write {heading!r} in `headings`: both are as the document has it.",
            near=near,
            heading=heading,
        )
        yield declared.fault("dangling-reference", key, message, hint if near else meant(heading, self.columns))

    def check_take(self, declared: Declared, column: Column, key: str, own: bool) -> Iterator[Finding]:
        """Yield that these rows do not offer what a column takes, or have no cell with its heading."""
        if column.take in self.headings:
            message = Message("{take!r} is the heading of a column, not a verb.", take=column.take)
            hint = Message("Write heading = {heading} instead.", heading=json.dumps(column.take, ensure_ascii=False))
            yield declared.fault("dangling-reference", f"{key}.take", message, hint)
            return
        if not pattern_fault(self.bands):
            yield from Finder.check_take(self, declared, column, key, own)
        if column.take == "cell" or (column.take == "number" and column.heading):
            yield from self._check_heading(declared, column.heading, f"{key}.heading")

    def named(self) -> Mapping[str, Sequence[str]]:
        """Return the heading below which the table stands, where it is one."""
        return {"under": [self.under] if self.under else []}

    @property
    def parent(self) -> str:
        """Return the dataset below whose headings the rows stand."""
        return self.within

    def rows(self, search: Search, spec: DatasetSpec) -> list[Row]:
        """Return the rows of the table, split rows put together."""
        reading, blocks = search.reading, search.reading.document.blocks
        # What another dataset found to be running text is a row of the table still, where both are made of it.
        placed = [replace(spot, block=blocks[spot.number]) for spot in search.placed]
        finds = [one.find for one in reading.declaration.dataset if isinstance(one.find, TableRows)]
        seeking = Seeking(self.header, self.under, [find.header for find in finds], self.bands)
        stretches = seeking.stretches(placed)
        if not stretches:
            _missing_table(reading, self, spec.name, search.claimed)
        for stretch in stretches:
            _check_going_on(reading, stretch, spec, self)
        # The words of bands that are rows have their home there.
        bands_apart = any(find.each == "band" and find.columns == self.columns for find in finds)
        making = Making(search, spec, self, bands_apart)
        rows = making.bands(stretches) if self.each == "band" else making.rows(stretches)
        _check_sections(reading, spec, stretches)
        return rows

    def nearest(self, placed: Sequence[Placed]) -> Iterator[str]:
        """Yield where the headings stand without rows."""
        for at, spot in enumerate(placed):
            if self.header.size(placed, at):
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


def _check_sections(reading: Reading, spec: DatasetSpec, stretches: Sequence[Stretch]) -> None:
    """Tell where a table goes on below another heading, unless a column says below which each row stands."""
    if any(column.take == "section" for column in spec.column):
        return
    for before, after in itertools.pairwise(stretches):
        first, again = before.spots[0], after.spots[0]
        if first.block.place.file == again.block.place.file and first.heading != again.heading:
            message = Message(
                "The table continues below {section!r}, and no column says where a row is.", section=again.section
            )
            reading.fault("table-continues", message, reading.place(again.block.place, spec.name))


def _missing_table(reading: Reading, find: TableRows, name: str, used: set[int]) -> None:
    """Tell which row looks most like the header that is missing, and how it differs; its table is then this one."""
    blocks = reading.document.blocks
    if not find.headings:
        message = Message("There is no table of {width} columns without headings.", width=find.width)
        reading.fault("table-not-found", message, reading.place(reading.document.source.place(0), name))
        return
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


def _check_going_on(reading: Reading, stretch: Stretch, spec: DatasetSpec, find: TableRows) -> None:
    """Tell where the rows of another table may have been taken for those of this one, and headings for a row."""
    declared = list(map(_bare, find.columns))
    # Rows that continue by their key go on behind a page break; numbers that name rows are checked to go on.
    is_sure = find.continues != "never" or bool(find.bands) or is_named(spec)
    for before, spot in itertools.pairwise(stretch.spots):
        if stretch.is_header(spot):
            continue
        place = reading.place(spot.block.place, spec.name)
        if find.headings and list(map(_bare, titles(spot.block))) == declared:
            message = Message("The row {begin} repeats the headings of the table.", begin=begin(spot.block))
            reading.fault("heading-as-row", message, place)
        elif not (
            is_sure or spot.block.table or spot.block.place.follows(before.block.place) or stretch.is_header(before)
        ):
            reading.fault("table-continues", _GOES_ON, place, _HOW_IT_GOES_ON)


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
