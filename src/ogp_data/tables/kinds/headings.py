"""Rows from headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.findings import Finding
from ogp_data.core.messages import Message
from ogp_data.core.strict import STRICT
from ogp_data.core.tables import Cell
from ogp_data.documents import Anchor, Block
from ogp_data.tables.checked import check_pattern
from ogp_data.tables.kind import ColumnOrigin, Declared, Finder, Kind, Offer, Turn
from ogp_data.tables.kinds.records import check_of_records, family_of, records_of
from ogp_data.tables.patterns import pattern_fault
from ogp_data.tables.records.starting import headings_above
from ogp_data.tables.rows import Placed, Reading, Row, Search, set_rest_aside, sliced, source_cell
from ogp_data.tables.taking import keys


@dataclass(frozen=True, slots=True)
class Headings(Finder):
    """Rows from headings that match a pattern; its named groups are columns' texts."""

    __pydantic_config__ = STRICT
    kind: Literal["headings"]
    pattern: Annotated[
        str, "Regular expression that the whole heading matches, with a named group for each part that a column takes."
    ]
    under: Annotated[str, "The heading that they are under, at any depth; absent: anywhere in the document."] = ""
    above: Annotated[
        str,
        "A dataset of the kind `records`: only headings right above its records, where there are several of different"
        " titles with several records below.",
    ] = ""

    turn: ClassVar[Turn] = Turn.MARKED
    paired: ClassVar[bool] = True
    offers: ClassVar[Mapping[str, Offer]] = {
        "position": Offer("generated", "the number of the heading among those found: 1, 2, 3"),
        "group:NAME": Offer("source", "the words that the group `(?P<NAME>...)` of `pattern` matches"),
        "number": Offer(
            "source",
            "the words that the group `(?P<number>...)` matches; the other datasets can be joined by this number",
        ),
    }

    def verbs(self) -> Mapping[str, ColumnOrigin]:
        """Return what a column can take: the position, and what each group of the pattern matches."""
        groups: Mapping[str, int] = {} if self._fault() else re.compile(self.pattern).groupindex
        own = {verb: origin for verb, origin in Finder.verbs(self).items() if verb != "number" or verb in groups}
        return {**own, **{f"group:{name}": self.offers["group:NAME"].origin for name in groups}}

    def check(self, declared: Declared) -> Iterator[Finding]:
        """Yield that the pattern cannot be read, or that there are no records to stand above."""
        if self.above:
            yield from check_of_records(declared, "above", self.above)
        yield from check_pattern(declared, "pattern", self.pattern)

    def check_take(self, declared: Declared, column: Column, key: str, own: bool) -> Iterator[Finding]:
        """Yield that no group has the name; of a pattern that cannot be read, that alone is reported."""
        if not self._fault():
            yield from Finder.check_take(self, declared, column, key, own)

    def _fault(self) -> str:
        return pattern_fault(self.pattern)

    @property
    def parent(self) -> str:
        """Return the dataset above whose rows alone these stand."""
        return self.above

    def named(self) -> Mapping[str, Sequence[str]]:
        """Return the heading below which they stand, where it is one."""
        return {"under": [self.under] if self.under else []}

    def rows(self, search: Search, spec: DatasetSpec) -> list[Row]:
        """Return a row for each heading under another that matches the pattern."""
        found = _heading_rows(search.reading, self._among(search), self)
        named = keys(search.publication, spec, [row for _, row in found])
        search.parents[spec.name] = {spot.number: key for (spot, _), key in zip(found, named, strict=True)}
        for spot, _ in found:
            search.claim(spot)
        return [row for _, row in found]

    def _among(self, search: Search) -> Sequence[Placed]:
        """Return the headings that may be rows."""
        if not self.above:
            return search.placed
        family = family_of(search.reading.declaration, self.above)
        records = records_of(search, family) if family else []
        return headings_above(search.placed, [taken.record for taken in records])

    def nearest(self, placed: Sequence[Placed]) -> Iterator[str]:
        """Yield the headings that stand there and do not match, or stand elsewhere."""
        return _near_headings(self, placed)


def _heading_rows(reading: Reading, placed: Sequence[Placed], find: Headings) -> list[tuple[Placed, Row]]:
    """Return a row for each heading under another that matches the pattern."""
    pattern = re.compile(find.pattern)
    rows: list[tuple[Placed, Row]] = []
    for spot in _headings_under(placed, find.under):
        if match := pattern.fullmatch(spot.block.inline.passage.text):
            rows.append((spot, _heading_row(reading, spot.block, match, len(rows) + 1)))
    return rows


def _headings_under(placed: Sequence[Placed], title: str) -> Iterator[Placed]:
    """Yield the headings below another, at any depth; without a title, all."""
    for spot in placed:
        is_below = not title or any(passage.text == title for passage in spot.path[:-1])
        if spot.block.kind == "heading" and is_below:
            yield spot


def _heading_row(reading: Reading, block: Block, match: re.Match[str], position: int) -> Row:
    offers = {"position": Cell(str(position))}
    anchors: dict[str, tuple[Anchor, ...]] = {}
    for name, group in match.re.groupindex.items():
        offers[f"group:{name}"] = Cell()
        if match[group]:
            part = sliced(block.inline, *match.span(group))
            offers[f"group:{name}"] = source_cell(part)
            anchors[f"group:{name}"] = part.anchors
    set_rest_aside(reading, block.inline.passage, match)
    number = offers.get("group:number", Cell())
    return Row({**offers, "number": number}, (block.place,), anchors, number.value)


def _near_headings(find: Headings, placed: Sequence[Placed]) -> Iterator[str]:
    for spot in _headings_under(placed, find.under):
        yield Message(
            "the heading {text!r} on {place} does not match `pattern`",
            text=spot.block.inline.passage.text[:60],
            place=spot.block.place,
        )
    for spot in _below(placed, find.under):
        yield Message(
            "a [[section]] puts the heading on {place} somewhere other than below {under!r}",
            place=spot.block.place,
            under=find.under,
        )
    yield Message("there is no heading below {under!r}", under=find.under)


def _below(placed: Sequence[Placed], title: str) -> Iterator[Placed]:
    """Yield the headings that the document itself has below another, whatever the declaration says."""
    level = 0
    for spot in placed:
        if spot.block.kind != "heading":
            continue
        if level and spot.block.level > level:
            yield spot
        else:
            level = spot.block.level if spot.block.inline.passage.text == title else 0


HEADINGS = Kind("headings", Headings, "The headings below another heading, such as the themes of a plan.")
