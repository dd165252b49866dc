"""Blocks -> records: where each begins, what its beginning says, and the blocks down to its end."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ogp_data.documents import Block, Inline
from ogp_data.tables.records.labels import is_bold, spelt
from ogp_data.tables.rows import Placed


@dataclass(frozen=True, slots=True)
class Record:
    """A record: the block in which it begins, what its pattern matches there, and the blocks below.

    `title` is the next heading, where that is the title of the record.
    """

    start: Placed
    head: Inline
    match: re.Match[str]
    spots: tuple[Placed, ...] = ()
    title: Placed | None = None


def heads(block: Block) -> Inline | None:
    """Return the text in which a record may begin: a heading, a bold paragraph, the first cell of a row."""
    if block.cells:
        return block.cells[0] if block.cells[0].passage.text else None
    if block.kind == "heading" or (block.kind == "paragraph" and is_bold(block.inline)):
        return block.inline
    return None


def find_records(
    placed: Sequence[Placed], starts: re.Pattern[str], next_title: bool, labels: Collection[str]
) -> list[Record]:
    """Return the records, each with the blocks down to the next one or the end of its section."""
    levels = _levels(placed, labels)
    begun = list(_begun(placed, starts))
    ends = [*(index for index, _, _ in begun[1:]), len(placed)]
    found = []
    for (index, head, match), end in zip(begun, ends, strict=True):
        below = list(_in_file(placed[index], placed[index + 1 : end]))
        title = next(iter(below), None) if next_title else None
        if title is None or heads(title.block) is None:
            title = None
        rest = below[1:] if title else below
        found.append(
            Record(placed[index], head, match, tuple(_section(placed[index], levels[index], rest, labels)), title)
        )
    return found


def _in_file(start: Placed, below: Iterable[Placed]) -> Iterator[Placed]:
    """Return the blocks down to the end of the file in which a record begins."""
    return itertools.takewhile(lambda spot: spot.block.place.file == start.block.place.file, below)


def _begun(placed: Sequence[Placed], starts: re.Pattern[str]) -> Iterator[tuple[int, Inline, re.Match[str]]]:
    for index, spot in enumerate(placed):
        head = heads(spot.block)
        if head and (match := starts.fullmatch(head.passage.text)):
            yield index, head, match


def _section(start: Placed, level: int, below: Iterable[Placed], labels: Collection[str]) -> Iterator[Placed]:
    """Return the blocks down to the end of the section in which a record begins: to a heading that is no label."""
    if start.block.kind == "heading":
        level = start.block.level
    for spot in below:
        ends = spot.block.kind == "heading" and spot.block.level <= level
        if ends and spelt(spot.block.inline.passage.text) not in labels:
            return
        yield spot


def _levels(placed: Sequence[Placed], labels: Collection[str]) -> list[int]:
    """Return of each block how deep the heading is below which it stands; labels of other records are none."""
    levels: list[int] = []
    level, file = 0, 1
    for spot in placed:
        if spot.block.place.file != file:
            level, file = 0, spot.block.place.file
        if spot.block.kind == "heading" and spelt(spot.block.inline.passage.text) not in labels:
            level = spot.block.level
        levels.append(level)
    return levels
