"""Document + claims -> parts: its blocks in reading order, their text cut where its fate or its place changes."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ogp_data.core.places import Page, SourcePlace
from ogp_data.core.source import SourceText
from ogp_data.documents import Anchor, Block, Document, Inline
from ogp_data.site.document.leaves import Part, Run, Square
from ogp_data.tables.claims import Claim

_KINDS = {"heading": "heading", "item": "item", "paragraph": "paragraph", "mark": "paragraph"}


def parts(document: Document, claims: Sequence[Claim]) -> list[Part]:
    """Return the parts of a document: of markup its lines, else its blocks and what stands beside them."""
    cutter = _Cutter(document.source, claims, tuple(_anchors(document)))
    texts = {place.file for place, start, _ in document.source if document.source.written_as_markup(start)}
    told = [part for block in document.blocks if block.place.file not in texts for part in _block(cutter, block)]
    beside = (part for part in _beside(cutter, document) if part.place.file not in texts)
    lines = (part for part in _lines(cutter) if part.place.file in texts)
    return sorted([*told, *beside, *lines], key=lambda part: part.place.file)


def _anchors(document: Document) -> Iterator[Anchor]:
    return (anchor for block in document.blocks for text in (block.inline, *block.cells) for anchor in text.anchors)


@dataclass(slots=True)
class _Cutter:
    """Cuts the text of a document where its fate, its place or its link changes."""

    source: SourceText
    claims: Sequence[Claim]
    anchors: Sequence[Anchor]
    cuts: list[int] = field(default_factory=list)
    links: list[tuple[int, int, str]] = field(default_factory=list)
    taken: list[tuple[int, int]] = field(default_factory=list)
    """What is in a block."""

    def __post_init__(self) -> None:
        """Gather where anything changes."""
        spans = [(span, anchor.target.text) for anchor in self.anchors for span in anchor.label.spans]
        self.links = sorted((*span, address) for span, address in spans)
        edges = (edge for one in self.claims for edge in (one.start, one.end))
        linked = (edge for start, end, _ in self.links for edge in (start, end))
        self.cuts = sorted({*edges, *linked, *self.source.starts})

    def runs(self, start: int, end: int) -> Iterator[Run]:
        """Yield the text between two offsets."""
        inner = self.cuts[bisect_right(self.cuts, start) : bisect_left(self.cuts, end)]
        for begin, stop in itertools.pairwise([start, *inner, end]):
            yield Run(self.source.text[begin:stop], self.source.place(begin), self._claim(begin), self._link(begin))

    def inline(self, inline: Inline, marker: str = "") -> tuple[Run, ...]:
        """Return the runs of a text, with what is set aside amid it, and with the marker in front of it."""
        spans = list(inline.passage.spans)
        if not spans:
            return ()
        start, end = spans[0][0], spans[-1][1]
        before = self.source.text[max(start - len(marker) - 2, 0) : start]
        if marker and before.rstrip().endswith(marker):
            start -= len(before) - before.rindex(marker)
        self.taken.append((start, end))
        return tuple(self.runs(start, end))

    def _claim(self, at: int) -> Claim | None:
        number = bisect_right(self.claims, at, key=lambda one: one.start) - 1
        return self.claims[number] if number >= 0 and at < self.claims[number].end else None

    def _link(self, at: int) -> str:
        number = bisect_right(self.links, at, key=lambda one: one[0]) - 1
        return self.links[number][2] if number >= 0 and at < self.links[number][1] else ""


def _lines(cutter: _Cutter) -> Iterator[Part]:
    """Yield the lines of a text; an empty one at its end is none."""
    for place, start, end in cutter.source:
        if start < end:
            yield Part("line", place, tuple(cutter.runs(start, end)))


def _block(cutter: _Cutter, block: Block) -> Iterator[Part]:
    """Yield a block, as several parts where it goes over to other pages."""
    if block.cells:
        squares = tuple(
            Square(cutter.inline(cell), cell.rows, cell.columns, cell.is_header, cell.fill)
            for cell in block.cells
            if not cell.covered
        )
        yield Part("row", block.place, table=block.table, squares=squares)
        return
    kind = _KINDS.get(block.kind)
    if kind is None:
        return
    runs = cutter.inline(block.inline, block.marker)
    # Where the marker is text of the document, it stands in front already.
    marker = "" if "".join(run.text for run in runs).startswith(block.marker) else block.marker
    for number, (_, group) in enumerate(itertools.groupby(runs, key=lambda run: _page(run.place))):
        held = tuple(group)
        begins = number == 0
        place = block.place if begins and _page(held[0].place) == _page(block.place) else held[0].place
        yield Part(kind, place, held, block.level, marker if begins else "")  # type: ignore[arg-type]


def _page(place: SourcePlace) -> SourcePlace | None:
    return place.whole if isinstance(place, Page) else None


def _beside(cutter: _Cutter, document: Document) -> Iterator[Part]:
    """Yield what is in no block, such as the header of a page; addresses of links are shown as links."""
    for start, end in _left(len(document.source.text), [*cutter.taken, *_addresses(document)]):
        if document.source.text[start:end].strip():
            for place, group in itertools.groupby(cutter.runs(start, end), key=lambda run: run.place):
                runs = tuple(run for run in group if run.text.strip())
                if runs:
                    yield Part("aside", place, runs)


def _addresses(document: Document) -> Iterator[tuple[int, int]]:
    return (span for anchor in _anchors(document) for span in anchor.target.spans)


def _left(length: int, taken: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text that none of the others covers."""
    at = 0
    for start, end in sorted(taken):
        if start > at:
            yield at, start
        at = max(at, end)
    if at < length:
        yield at, length
