"""A dataset that finds nothing: an error, and what of the document came nearest to what it looks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ogp_data.core.columns import DatasetSpec
from ogp_data.core.findings import errors
from ogp_data.tables.kinds.headings import Headings
from ogp_data.tables.kinds.list_items import ListItems
from ogp_data.tables.kinds.table_rows import TableRows
from ogp_data.tables.rows import NUMBERED, Placed, Reading, Row, headings_under, starts_table

MARKER = re.compile(r"(?:[-*+•◦‣·]|\(?(?:\d{1,4}(?:\.\d{1,4})*|[A-Za-z]|[ivxIVX]{1,5})[.)]?)(?=\s|$)")
"""What begins a line that a reader may see as an item of a list."""


def check_found(reading: Reading, placed: Sequence[Placed], rows: Mapping[str, Sequence[Row]]) -> None:
    """Report the datasets that found no row in the document, but for those of which something is told already."""
    faults = errors(reading.findings)
    told = {found.place.table for found in faults}
    for index, spec in enumerate(reading.declaration.dataset):
        here = f"dataset[{index}].find"
        if any(found.place.key.startswith(f"{here}.") for found in faults):
            told.add(spec.name)
        if rows.get(spec.name, True) or spec.rows == 0 or {spec.name, _each(spec)} & told:
            continue
        told.add(spec.name)
        reading.nothing_found(spec.name, here, next(_nearest(spec, placed), ""))


def _each(spec: DatasetSpec) -> str:
    """Return the dataset below whose headings the rows stand; the dataset itself where there is none."""
    return (spec.find.each if isinstance(spec.find, ListItems) else "") or spec.name


def _nearest(spec: DatasetSpec, placed: Sequence[Placed]) -> Iterator[str]:
    """Yield what came nearest, the nearest first."""
    find = spec.find
    if isinstance(find, Headings):
        yield from _near_headings(find, placed)
    elif isinstance(find, ListItems):
        yield from _near_items(find, placed)
    elif isinstance(find, TableRows):
        for spot in placed:
            if starts_table(spot, find):
                yield f"its headings stand on {spot.block.place} with no row below them"


def _near_headings(find: Headings, placed: Sequence[Placed]) -> Iterator[str]:
    for spot in headings_under(placed, find.under):
        yield f"the heading {spot.block.inline.passage.text[:60]!r} on {spot.block.place} does not match `pattern`"
    for spot in _below(placed, find.under):
        yield f"a [[section]] puts the heading on {spot.block.place} elsewhere than below {find.under!r}"
    yield f"there is no heading below {find.under!r}"


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


def _why_no_item(text: str, is_row: bool) -> str:
    """Return what keeps a line that begins like an item of a list from being one."""
    if is_row:
        return "a tab, which makes it a row of a table"
    if NUMBERED.match(text):
        return "says by a backslash, a tag or the way it is written that this is text and no number of a list"
    return "no number, full stop and space"


def _near_items(find: ListItems, placed: Sequence[Placed]) -> Iterator[str]:
    inside = [spot for spot in placed if not find.under or spot.section == find.under]
    for spot in inside:
        cells = spot.block.cells
        text = cells[0].passage.text if cells else spot.block.inline.passage.text
        if spot.block.kind in ("row", "paragraph") and (match := MARKER.match(text)):
            yield f"{spot.block.place} begins with {match[0]!r} and {_why_no_item(text, is_row=bool(cells))}"
    for spot in placed:
        if spot.block.kind == "item":
            yield f"the numbered item on {spot.block.place} stands directly under {spot.section!r}"
    yield "the document has no line that begins with a number, a full stop and a space"
