"""The blocks of a record -> its parts: each label with the texts that it stands for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ogp_data.core.text import Passage
from ogp_data.documents import Cell, Inline
from ogp_data.tables.records.labels import Labelled, begins, block_label, sliced
from ogp_data.tables.rows import Placed


@dataclass(slots=True)
class Part:
    """A label as declared, as it stands, and the texts that belong to it; `spots` are the numbers of their blocks."""

    spelling: str
    label: Passage
    texts: list[Inline] = field(default_factory=list)
    spots: list[Placed] = field(default_factory=list)


def find_parts(spots: Sequence[Placed], spellings: Sequence[str], others: Collection[int]) -> list[Part]:
    """Return the parts of a record in order; `others` are rows that say something else, such as ticks."""
    walk = _Walk(spellings)
    for spot in spots:
        if spot.number in others:
            walk.leave()
        elif spot.block.cells:
            walk.row(spot)
        else:
            walk.block(spot)
    return walk.parts


@dataclass(slots=True)
class _Walk:
    """The parts so far, and what the last of them goes on with: the cells below its own, or the blocks below."""

    spellings: Sequence[str]
    parts: list[Part] = field(default_factory=list)
    column: int = -1
    level: int = 0
    goes_on: bool = False

    def leave(self) -> None:
        """End the last part."""
        self.goes_on = False

    def block(self, spot: Placed) -> None:
        """Take a block that is no row."""
        if self.column >= 0:
            self.leave()
        if said := block_label(spot.block, self.spellings):
            self._begin(said, spot, -1, spot.block.level if spot.block.kind == "heading" else 9)
            self._add(said.rest, spot)
        elif spot.block.kind == "heading" and spot.block.level <= self.level:
            self.leave()
        elif self.goes_on:
            self._add(spot.block.inline, spot)

    def row(self, spot: Placed) -> None:
        """Take a row: labels with their right neighbours, or what goes on below the last of these."""
        cells = spot.block.cells
        labels = [(at, said) for at, cell in enumerate(cells) if (said := begins(cell, self.spellings, whole=True))]
        taken = {at for at, _ in labels}
        for at, said in labels:
            right = _right(cells, at)
            self._begin(said, spot, at if said.rest.passage.text or right in taken else right, 0)
            self._add(said.rest if said.rest.passage.text or right in taken or right < 0 else cells[right], spot)
        same = bool(self.parts) and self.parts[-1].spots[-1].block.table == spot.block.table
        if labels:
            return
        if self.goes_on and self.column > 0 and same and not cells[0].passage.text:
            self._add(cells[self.column], spot)
        else:
            self.leave()

    def _begin(self, said: Labelled, spot: Placed, column: int, level: int) -> None:
        self.parts.append(Part(said.spelling, said.label, [], [spot]))
        self.column, self.level, self.goes_on = column, level, True

    def _add(self, text: Inline, spot: Placed) -> None:
        if text.passage.text or text.anchors:
            self.parts[-1].texts.append(text)
            self.parts[-1].spots.append(spot)


def _right(cells: Sequence[Cell], at: int) -> int:
    """Return the cell right of another; -1 where there is none."""
    return next((index for index in range(at + 1, len(cells)) if not cells[index].covered), -1)


def by_letter(texts: Sequence[Inline], letters: str) -> Iterator[tuple[str, Passage, Inline]]:
    """Yield what a text says of each sub-item: its letter, the mark as it stands, and the words behind it.

    A text in which no letter stands belongs to the sub-item before it.
    """
    mark = re.compile(rf"(?:(?<=\A)|(?<=[.;:!?)]\s))\(?({letters})[.)]\s+")
    last: tuple[str, Passage] | None = None
    for text in texts:
        whole = text.passage.text
        found = list(mark.finditer(whole))
        first = found[0].start() if found else len(whole)
        if last and first:
            yield (last[0], Passage(), sliced(text, 0, first))
        ends = [*(match.start() for match in found[1:]), len(whole)]
        for match, end in zip(found, ends, strict=False):
            last = match[1], text.passage.slice(match.start(), match.end())
            yield (*last, replace(sliced(text, match.end(), end), soft=text.soft and end == len(whole)))
