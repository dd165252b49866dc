"""Where the labels of a record begin again: one more record, set unlike the others or without a number."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from ogp_data.core.text import Passage
from ogp_data.documents import Block, Inline
from ogp_data.tables.records.labels import block_label, heads
from ogp_data.tables.records.wording import Wording, labels_in, whole_label
from ogp_data.tables.rows import Placed

LEAST = 2
"""So many labels below it make a record of what looks like the beginning of one."""
_LONGEST = 250
"""No beginning is longer."""


@dataclass(frozen=True, slots=True)
class Head:
    """A text in which a record may begin: the index of its block, its column there, and the label before it."""

    index: int
    text: Inline
    at: int = -1
    label: Passage = field(default_factory=Passage)


def is_again(before: Collection[str], after: Collection[str]) -> bool:
    """Return whether labels that follow are those of one more record: most of those before are among them."""
    both = {*before} & {*after}
    return len(both) >= LEAST and 3 * len(both) >= 2 * len({*before})


def groups(placed: Sequence[Placed], start: int, end: int, wording: Wording) -> Iterator[tuple[int, int]]:
    """Yield from where to where there are labels, each set of them once: the first and behind the last."""
    found = [(at, said) for at in range(start, end) if (said := labels_in(placed[at].block, wording))]
    begun, met = 0, set[str]()
    for order, (_, said) in enumerate(found):
        if (
            met & said
            and is_again(met, {one for _, more in found[order:] for one in more})
            and met & _next(found, order)
        ):
            yield found[begun][0], found[order - 1][0] + 1
            begun, met = order, set()
        met |= said
    if len(met) >= LEAST:
        yield found[begun][0], found[-1][0] + 1


def _next(found: Sequence[tuple[int, Collection[str]]], order: int) -> set[str]:
    """Return the labels behind one: where it alone is met again, its text goes on."""
    return {one for _, said in found[order + 1 : order + 4] for one in said}


def head_above(placed: Sequence[Placed], first: int, floor: int, wording: Wording) -> Head | None:
    """Return the beginning of the record whose labels begin with a block, behind another one; None for none.

    That is the row above in the same table, a title right above the table, or else the nearest heading.
    """
    if first <= floor:
        return None
    spot, above = placed[first], placed[first - 1]
    if spot.block.cells and above.block.cells and above.block.table == spot.block.table:
        return _of_row(first - 1, above.block, wording)
    right_above = above.block.inline.passage.text
    if spot.block.cells and right_above and len(right_above) <= _LONGEST and right_above[-1] not in ".:;":
        return _of_block(first - 1, above.block, above.block.inline, wording)
    for index in range(first - 1, floor - 1, -1):
        block = placed[index].block
        if not block.cells and (text := heads(block)) and len(text.passage.text) <= _LONGEST:
            return _of_block(index, block, text, wording)
    return None


def _of_row(index: int, block: Block, wording: Wording) -> Head | None:
    """Return the one text of a row, or that beside a label for it."""
    filled = [(at, cell) for at, cell in enumerate(block.cells) if cell.passage.text]
    if len(filled) == LEAST and (said := whole_label(filled[0][1], wording.named)):
        return Head(index, filled[1][1], filled[1][0], said.label)
    return Head(index, filled[0][1], filled[0][0]) if len(filled) == 1 else None


def _of_block(index: int, block: Block, text: Inline, wording: Wording) -> Head:
    said = block_label(block, wording.named)
    return Head(index, said.rest, -1, said.label) if said and said.rest.passage.text else Head(index, text)
