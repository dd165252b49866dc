"""Where records end: at what is set unlike all within them, such as the heading of a conclusion below the last one."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from ogp_data.tables.records.again import LEAST
from ogp_data.tables.records.item_rows import heads_items
from ogp_data.tables.records.labels import is_bold, label_at, spelt
from ogp_data.tables.records.starting import Record
from ogp_data.tables.records.wording import Wording, labels_in, levels_in
from ogp_data.tables.rows import Placed

_Look = tuple[str, int]
"""How a block is set: the depth of a heading, the columns of a row, whether a paragraph is bold."""

_LEVELS = "\0levels"
"""Stands for a row of levels among labels."""


@dataclass(frozen=True, slots=True)
class _Walked:
    """The blocks of a record, each with its labels that are new in it, and from which of them on it may be over."""

    record: Record
    is_last: bool
    new: Sequence[Collection[str]]
    least: int

    def headings(self) -> Iterator[tuple[int, Placed]]:
        """Yield what is set as a heading and is no label, behind the first labels."""
        spots = self.record.spots[self.least :]
        yield from ((at, spot) for at, spot in enumerate(spots, self.least) if not self.new[at] and _is_heading(spot))

    def is_followed(self, at: int, looks: Collection[_Look]) -> bool:
        """Return whether labels follow that are new, and set as labels are."""
        return any(
            new and (look(spot) in looks or _LEVELS in new)
            for spot, new in zip(self.record.spots[at:], self.new[at:], strict=True)
        )


def ended(records: Sequence[Record], wording: Wording) -> list[Record]:
    """Return records without what stands below them and is no part of them.

    That is what follows on a heading, or what is set as one, which is neither a label nor within other records, or on
    a table unlike theirs; but whatever new labels of the record follow on belongs to it.
    """
    walked = [_walked(one, after, wording) for one, after in itertools.zip_longest(records, records[1:]) if one]
    looks = {found for one in walked for found in _looks(one)}
    inner = {look(spot) for one in walked for at, spot in one.headings() if one.is_followed(at, looks)}
    texts = Counter(
        text for one in walked for text in {spelt(spot.block.inline.passage.text) for _, spot in one.headings()}
    )
    again = {text for text, count in texts.items() if count > 1}
    return [_ended(one, _Within(looks, inner, again)) for one in walked]


@dataclass(frozen=True, slots=True)
class _Within:
    """How labels are set in records, how their headings are that are none, and those that several records have."""

    looks: Collection[_Look]
    headings: Collection[_Look]
    texts: Collection[str]


def _ended(one: _Walked, within: _Within) -> Record:
    at = next((at for at in _ends(one, within) if not one.is_followed(at, within.looks)), None)
    return one.record if at is None else replace(one.record, spots=one.record.spots[:at])


def _ends(one: _Walked, within: _Within) -> Iterator[int]:
    """Yield where a record may be over."""
    spots, own = one.record.spots, look(one.record.start)
    columns = {look(spot) for spot in (one.record.start, *spots[: one.least]) if spot.block.cells}
    headings = dict(one.headings())
    for at in range(one.least, len(spots)):
        spot = spots[at]
        if at in headings:
            is_known = spelt(spot.block.inline.passage.text) in within.texts
            is_like = look(spot) in within.headings and look(spot) != own
            if not is_known and not is_like and (one.is_last or _is_title(spots[at:])):
                yield at
        elif one.is_last and spot.block.cells and look(spot) not in {*within.looks, *columns} and not one.new[at]:
            yield at


def _is_title(spots: Sequence[Placed]) -> bool:
    """Return whether headings are all that is left down to the next record: they stand above that."""
    return all(_is_heading(spot) for spot in spots)


def _walked(record: Record, after: Record | None, wording: Wording) -> _Walked:
    met = set(record.header.spellings) if record.header else set[str]()
    least = 0 if len(met) >= LEAST else len(record.spots)
    new: list[set[str]] = []
    for at, spot in enumerate(record.spots):
        found = _said(spot, wording)
        new.append(found - met)
        met |= found
        if len(met) >= LEAST:
            least = min(least, at + 1)
    end = (record.spots[-1] if record.spots else record.start).number
    return _Walked(record, after is None or after.start.number > end + 1, new, least)


def _said(spot: Placed, wording: Wording) -> set[str]:
    """Return the labels of a block, and whether it has levels."""
    cells = (label_at(cell, wording.labels, whole=True) for cell in spot.block.cells)
    found = {said[0] for said in cells if said} if spot.block.cells else labels_in(spot.block, wording)
    return found | {_LEVELS} if levels_in(spot, wording) or heads_items(spot, wording) else found


def _looks(one: _Walked) -> Iterator[_Look]:
    """Yield how the labels of a record are set, as far as all of it is surely its own."""
    first = next((at for at, _ in one.headings()), len(one.record.spots))
    sure = one.record.spots[: first if one.is_last else None]
    yield from (look(spot) for spot, new in zip(sure, one.new, strict=False) if new)
    if one.record.header:
        yield look(one.record.start)


def look(spot: Placed) -> _Look:
    """Return how a block is set."""
    block = spot.block
    if block.cells:
        return ("row", len(block.cells))
    if block.kind == "heading":
        return ("heading", block.level)
    return (block.kind, int(is_bold(block.inline)))


def _is_heading(spot: Placed) -> bool:
    block = spot.block
    return not block.cells and (block.kind == "heading" or (block.kind == "paragraph" and is_bold(block.inline)))
