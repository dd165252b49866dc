"""Recorded repairs of lines: the document is read as if they were made, and keeps its own bytes and places.

The text with its repairs is read like any other; then every place is told in the document as it was received. What a
repair says stands for the whole text that it replaces; what it takes away is set aside as a correction.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ogp_data.core.places import SourcePlace
from ogp_data.core.source import SourceText
from ogp_data.core.text import Fragment, Passage
from ogp_data.documents.document import Anchor, AnyInline, Aside, Block, Document


@dataclass(frozen=True, slots=True, order=True)
class Repair:
    """A span of the document and what is to be read in its place; it stays on its line."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the repaired text that comes from one stretch of the document."""

    start: int
    end: int
    origin: int
    repair: Repair | None = None


@dataclass(slots=True)
class _Places:
    """Tells places of the repaired text as places of the document; each repair is claimed by the first text of it."""

    pieces: Sequence[_Piece]
    claimed: set[Repair] = field(default_factory=set)

    def fragments(self, fragment: Fragment, claim: bool) -> Iterator[Fragment]:
        """Yield the parts of a fragment, each with its place in the document."""
        if fragment.start == fragment.end:
            origin = self.place(fragment.start)
            yield replace(fragment, start=origin, end=origin)
            return
        # A decoded reference (&amp;) is shorter than its span; such a text cannot be cut where a repair begins.
        exact = len(fragment.text) == fragment.end - fragment.start
        for piece, start, end in self._parts(fragment.start, fragment.end):
            text = fragment.text[start - fragment.start : end - fragment.start] if exact else fragment.text
            if piece.repair is None:
                yield Fragment(text, piece.origin + start - piece.start, piece.origin + end - piece.start)
            else:
                yield self._repaired(piece.repair, text, claim)
            if not exact:
                return

    def place(self, offset: int) -> int:
        """Return where in the document a place of the repaired text is; in a repair, where that begins."""
        at = self.pieces[self._first(offset)]
        return at.repair.start if at.repair else at.origin + offset - at.start

    def _repaired(self, repair: Repair, text: str, claim: bool) -> Fragment:
        whole = not claim or (repair not in self.claimed and bool(text.strip()))
        if claim and whole:
            self.claimed.add(repair)
        # The first text of a repair stands for the whole span that it replaces, the others for nothing: counted once.
        return Fragment(text, repair.start if whole else repair.end, repair.end, recorded=True)

    def asides(self, aside: Aside) -> Iterator[Aside]:
        """Yield the parts of an aside that the document has."""
        for piece, start, end in self._parts(aside.start, aside.end):
            if piece.repair is None:
                yield replace(aside, start=piece.origin + start - piece.start, end=piece.origin + end - piece.start)

    def _first(self, offset: int) -> int:
        return max(bisect_right(self.pieces, offset, key=lambda piece: piece.start) - 1, 0)

    def _parts(self, start: int, end: int) -> Iterator[tuple[_Piece, int, int]]:
        for index in range(self._first(start), len(self.pieces)):
            piece = self.pieces[index]
            if piece.start >= end:
                return
            if piece.end > start:
                yield piece, max(start, piece.start), min(end, piece.end)


def repaired(source: SourceText, repairs: Sequence[Repair]) -> tuple[SourceText, Sequence[_Piece]]:
    """Return the text with its repairs made, and where each stretch of it comes from."""
    pieces: list[_Piece] = []
    texts: list[str] = []
    at = length = 0
    for repair in sorted(repairs):
        for text, origin, made in ((source.text[at : repair.start], at, None), (repair.value, repair.start, repair)):
            if text:
                pieces.append(_Piece(length, length + len(text), origin, made))
                texts.append(text)
                length += len(text)
        at = repair.end
    pieces.append(_Piece(length, length + len(source.text) - at, at))
    text = "".join([*texts, source.text[at:]])
    starts, stretches = _moved(source, repairs)
    return replace(source, text=text, starts=starts, stretches=stretches), pieces


def _moved(source: SourceText, repairs: Sequence[Repair]) -> tuple[tuple[int, ...], tuple[SourcePlace, ...]]:
    """Return where the stretches of a text begin once it is repaired; a line without its end has the next one too."""
    left = deque(sorted(repairs))
    found: list[tuple[int, SourcePlace]] = []
    moved, last = 0, -1
    for start, place in zip(source.starts, source.stretches, strict=True):
        while left and left[0].start < start:
            repair = left[0]
            if repair.end > start:
                break
            left.popleft()
            moved, last = moved + len(repair.value) - (repair.end - repair.start), repair.end
        inside = left[0] if left and left[0].start < start else None
        is_joined = (inside or last == start) and source.text[start - 1] in "\r\n"
        if not is_joined:
            found.append((inside.start + len(inside.value) + moved if inside else start + moved, place))
    return tuple(start for start, _ in found), tuple(place for _, place in found)


def restored(document: Document, source: SourceText, pieces: Sequence[_Piece], repairs: Sequence[Repair]) -> Document:
    """Return a document that was read from repaired text with the places of the text as it was received."""
    places = _Places(pieces)
    blocks = tuple(_block(places, block) for block in document.blocks)
    asides = [part for aside in document.asides for part in places.asides(aside)]
    # A repair that leaves no text still took words away, and they must be accounted for.
    asides += [Aside(r.start, r.end, "correction") for r in repairs if r not in places.claimed]
    doubts = tuple(replace(doubt, at=places.place(doubt.at)) for doubt in document.doubts)
    return replace(document, source=source, blocks=blocks, asides=tuple(asides), doubts=doubts)


def _block(places: _Places, block: Block) -> Block:
    inline = _inline(places, block.inline)
    return replace(block, inline=inline, cells=tuple(_inline(places, cell) for cell in block.cells))


def _inline(places: _Places, inline: AnyInline) -> AnyInline:
    anchors = tuple(_anchor(places, anchor) for anchor in inline.anchors)
    return replace(inline, passage=_passage(places, inline.passage, claim=True), anchors=anchors)


def _anchor(places: _Places, anchor: Anchor) -> Anchor:
    """Return a link; its label stands in a text that is accounted for already, and its address is none."""
    start = next(places.fragments(Fragment("", anchor.start, anchor.start), claim=False)).start
    label, target = (_passage(places, passage, claim=False) for passage in (anchor.label, anchor.target))
    return replace(anchor, label=label, target=target, start=start)


def _passage(places: _Places, passage: Passage, claim: bool) -> Passage:
    return Passage(tuple(part for fragment in passage.fragments for part in places.fragments(fragment, claim)))
