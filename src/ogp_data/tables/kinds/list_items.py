"""Rows from the items of a numbered list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from ogp_data.core.columns import DatasetSpec
from ogp_data.core.findings import Finding
from ogp_data.core.messages import Message
from ogp_data.core.near import meant
from ogp_data.core.strict import STRICT
from ogp_data.core.tables import Cell
from ogp_data.documents import Block
from ogp_data.tables.kind import Declared, Finder, Kind, Offer, Turn
from ogp_data.tables.kinds.headings import Headings
from ogp_data.tables.numbers import NUMBERED
from ogp_data.tables.rows import Placed, Reading, Row, Search, source_cell

_MARKER = re.compile(r"(?:[-*+•◦‣·]|\(?(?:\d{1,4}(?:\.\d{1,4})*|[A-Za-z]|[ivxIVX]{1,5})[.)]?)(?=\s|$)")
"""What begins a line that a reader may see as an item of a list."""


@dataclass(frozen=True, slots=True)
class ListItems(Finder):
    """Rows from list items, under one heading or under each row of a `headings` dataset."""

    __pydantic_config__ = STRICT
    kind: Literal["list"]
    under: Annotated[str, "The heading directly above the list."] = ""
    each: Annotated[str, "Instead of `under`: a dataset of kind `headings`; each of its headings must have items."] = ""
    items: Annotated[
        Literal["numbered", "any"],
        "Which items are rows: `numbered`, those of a numbered list that stands in no other; `any`, also those with"
        " bullets or letters, and items in items. Absent: `numbered`.",
    ] = "numbered"

    turn: ClassVar[Turn] = Turn.BELOW
    paired: ClassVar[bool] = True
    offers: ClassVar[Mapping[str, Offer]] = {
        "number": Offer("source", "the number of the item"),
        "text": Offer("source", "the text of the item, without its number"),
        "parent": Offer("source", "with `each`: the key of the row of the heading that the item is under"),
        "marker": Offer("generated", "what stands in front of the item: `1.`, `a)`, a bullet"),
        "depth": Offer("generated", "how deep the item stands: 1, and 2 for an item in an item"),
        "above": Offer("generated", "of an item in an item: the `sequence` of that one among the rows"),
    }

    def check(self, declared: Declared) -> Iterator[Finding]:
        """Yield that the list has no one place, or stands below the rows of a dataset that has no headings."""
        parent = declared.known.get(self.each)
        if self.each and not (parent and isinstance(parent.find, Headings)):
            message = Message("There is no dataset {each!r} of the kind 'headings'.", each=self.each)
            able = [name for name, spec in declared.known.items() if isinstance(spec.find, Headings)]
            yield declared.fault("dangling-reference", "find.each", message, meant(self.each, able))
        if self.under and self.each:
            message = Message("A list is under one heading or under each of several, not both.")
            yield declared.fault("value-type", "find.each", message, Message("Leave out `under` or `each`."))

    @property
    def parent(self) -> str:
        """Return the dataset below whose headings the items stand."""
        return self.each

    def named(self) -> Mapping[str, Sequence[str]]:
        """Return the heading above the list, where it is one."""
        return {"under": [self.under] if self.under else []}

    def rows(self, search: Search, _spec: DatasetSpec) -> list[Row]:
        """Return a row for each numbered item under a heading, or under each of the parents' headings."""
        parents = search.parents.get(self.each, {})
        rows = _list_rows(search, self, parents)
        _check_parents(search.reading, self, rows, parents)
        return rows

    def nearest(self, placed: Sequence[Placed]) -> Iterator[str]:
        """Yield the lines that look like items and are none, and the items that stand elsewhere."""
        return _near_items(self, placed)


def _list_rows(search: Search, find: ListItems, parents: Mapping[int, str]) -> list[Row]:
    """Return a row for each item under a heading, or under each of the parents' headings."""
    rows: list[Row] = []
    above: list[tuple[int, int]] = []
    for spot in search.placed:
        block = spot.block
        parent = parents.get(spot.heading, "")
        is_here = bool(parent) if find.each else spot.section == find.under
        if not is_here or not _is_row(block, find):
            continue
        search.claim(spot)
        # Items that the reader does not know to stand in others stand side by side.
        above = [one for one in above if one[0] < block.depth]
        rows.append(_item_row(search.reading, block, parent, above[-1][1] if above else 0))
        above.append((block.depth, len(rows)))
    return rows


def _is_row(block: Block, find: ListItems) -> bool:
    return block.is_numbered or (find.items == "any" and block.kind == "item")


def _item_row(reading: Reading, block: Block, parent: str, above: int) -> Row:
    number = str(block.number) if block.number else ""
    offers = {
        "number": Cell(number),
        "text": source_cell(block.inline),
        "parent": Cell(parent),
        "marker": Cell(block.marker),
        "depth": Cell(str(max(block.depth, 1))),
        "above": Cell(str(above) if above else ""),
    }
    found = reading.document.source.places(block.inline.passage) or (block.place,)
    return Row(offers, found, {"text": block.inline.anchors}, number)


def _check_parents(reading: Reading, find: ListItems, rows: Sequence[Row], parents: Mapping[int, str]) -> None:
    used = {row.offers["parent"].value for row in rows}
    for number, key in parents.items():
        if key not in used:
            message = Message(
                "The heading is row {key} of '{each}' and has no list items under it.", key=key, each=find.each
            )
            at = reading.document.blocks[number].place
            reading.fault("heading-without-items", message, reading.place(at, find.each, row=key))


def _near_items(find: ListItems, placed: Sequence[Placed]) -> Iterator[str]:
    inside = [spot for spot in placed if not find.under or spot.section == find.under]
    for spot in inside:
        cells = spot.block.cells
        text = cells[0].passage.text if cells else spot.block.inline.passage.text
        if spot.block.kind in ("row", "paragraph") and (match := _MARKER.match(text)):
            yield Message(
                "{place} begins with {match!r} and {why_no_item}",
                place=spot.block.place,
                match=match[0],
                why_no_item=_why_no_item(text, spot.block),
            )
        elif spot.block.kind == "item" and not spot.block.is_numbered:
            yield _why_not_taken(spot.block)
    for spot in placed:
        if spot.block.is_numbered:
            yield Message(
                "the numbered item on {place} is directly under {section!r}",
                place=spot.block.place,
                section=spot.section,
            )
    yield Message("the document has no line that begins with a number, a full stop and a space")


def _why_not_taken(block: Block) -> Message:
    """Return why an item is none of those that a list takes: it has no number, or stands in another list."""
    if block.number:
        return Message("the numbered item on {place} stands in an item of another list", place=block.place)
    return Message("the item on {place} is that of no numbered list", place=block.place)


def _why_no_item(text: str, block: Block) -> str:
    """Return what keeps a line that begins like an item of a list from being one."""
    if block.table:
        return Message("stands in a table")
    if block.cells:
        return Message("a tab, which makes it a row of a table")
    if NUMBERED.match(text):
        return Message(
            "says by a backslash, a tag or the way it is written that this is text and not the number of a list item"
        )
    return Message("no number, full stop and space")


LIST_ITEMS = Kind(
    "list",
    ListItems,
    "The items of a list, such as commitments. The numbers that name rows must be 1, 2, 3 and so on.",
)
