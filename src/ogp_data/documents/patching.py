"""Recorded repairs of a document whose text was taken out of it: what they say is put into the texts that were read.

A document that is its own markup is read again instead (`repairs.py`), as a repair there may change what is a list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ogp_data.core.text import Fragment, Passage
from ogp_data.documents.document import Anchor, AnyInline, Aside, Block, Document
from ogp_data.documents.repairs import Repair


def patched(document: Document, repairs: Sequence[Repair]) -> Document:
    """Return a document with its repairs made; what they take away is set aside as a correction."""
    patches = _Patches(sorted(repairs))
    blocks = tuple(_block(patches, block) for block in document.blocks)
    asides = [part for aside in document.asides for part in patches.uncovered(aside)]
    asides += [Aside(one.start, one.end, "correction") for one in patches.repairs if one not in patches.claimed]
    return replace(document, blocks=blocks, asides=tuple(asides))


@dataclass(slots=True)
class _Patches:
    """The repairs in order, and those that a text has taken up."""

    repairs: Sequence[Repair]
    claimed: set[Repair] = field(default_factory=set)

    def passage(self, passage: Passage, claim: bool) -> Passage:
        """Return a text with what the repairs say; the first text of a repair stands for all that it replaces."""
        return Passage(tuple(part for fragment in passage.fragments for part in self._parts(fragment, claim)))

    def _parts(self, fragment: Fragment, claim: bool) -> Iterator[Fragment]:
        at = fragment.start
        for repair in self._within(fragment.start, fragment.end):
            if at < repair.start:
                yield _cut(fragment, at, repair.start)
            if repair.value.strip() and not (claim and repair in self.claimed):
                self.claimed |= {repair} if claim else set()
                yield Fragment(repair.value, repair.start, repair.end, recorded=True)
            at = min(repair.end, fragment.end)
        if at < fragment.end or fragment.start == fragment.end:
            yield _cut(fragment, at, fragment.end)

    def uncovered(self, aside: Aside) -> Iterator[Aside]:
        """Yield the parts of what is set aside that no repair replaces."""
        at = aside.start
        for repair in self._within(aside.start, aside.end):
            if at < repair.start:
                yield replace(aside, start=at, end=repair.start)
            at = min(repair.end, aside.end)
        if at < aside.end:
            yield replace(aside, start=at)

    def _within(self, start: int, end: int) -> Iterator[Repair]:
        return (repair for repair in self.repairs if repair.start < end and repair.end > start)


def _cut(fragment: Fragment, start: int, end: int) -> Fragment:
    if (start, end) == (fragment.start, fragment.end):
        return fragment
    return Fragment(fragment.text[start - fragment.start : end - fragment.start], start, end)


def _block(patches: _Patches, block: Block) -> Block:
    inline = _inline(patches, block.inline)
    return replace(block, inline=inline, cells=tuple(_inline(patches, cell) for cell in block.cells))


def _inline(patches: _Patches, inline: AnyInline) -> AnyInline:
    passage = patches.passage(inline.passage, claim=True)
    return replace(inline, passage=passage, anchors=tuple(_anchor(patches, anchor) for anchor in inline.anchors))


def _anchor(patches: _Patches, anchor: Anchor) -> Anchor:
    """Return a link; its label is accounted for in the text that it stands in, and its address is set aside."""
    label, target = (patches.passage(passage, claim=False) for passage in (anchor.label, anchor.target))
    return replace(anchor, label=label, target=target)
