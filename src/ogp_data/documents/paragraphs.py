"""A published text -> its paragraphs and working links, as the document has them; the text itself is folded.

Where one paragraph ends and the next begins is what the document says: a tag of its markup, a line that its writer
ended, or another block. A line that only had no more room is no end of a paragraph.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ogp_data.core.places import Line, Page, SourcePlace
from ogp_data.core.text import Fragment, Passage, url_fault
from ogp_data.documents.document import Anchor, Block, Document
from ogp_data.documents.joining import ends_sentence
from ogp_data.documents.markers import marker

_TAG = re.compile(r"<(/?)(p|br|div|li|ul|ol)\b", re.IGNORECASE)
_WORD = re.compile(r"\S")
_BULLET = "•"


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words; `address` is where they lead to, "" where they are no link or one that does not work."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; an item of a list has its marker. `pictures`: what the document says of each that stands in it."""

    words: tuple[Words, ...]
    marker: str = ""
    pictures: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return its text."""
        return "".join(one.text for one in self.words)


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a text of a block begins and ends, and what of it matters here."""

    start: int
    end: int
    block: Block

    @property
    def ends_lines(self) -> bool:
        """Return whether the end of a line in it is the writer's: in running text of a page, it had no more room."""
        return bool(self.block.cells) or not isinstance(self.block.place, Page | Line)

    def may_continue(self, before: _Span) -> bool:
        """Return whether the text can go on with the one before it: a row of a table, or the head of a page or column.

        Only what the text says tells then whether a paragraph ends there.
        """
        if before.block.cells or self.block.cells:
            return bool(before.block.cells and self.block.cells)
        is_running = self.block.kind == "paragraph" and before.block.kind in ("paragraph", "item")
        return is_running and _is_head(self.block.place, before.block.place)

    @property
    def marker(self) -> str:
        """Return the marker of an item; "" of what is none."""
        return self.block.marker or _BULLET if self.block.kind == "item" else ""


def _is_head(place: SourcePlace, before: SourcePlace) -> bool:
    """Return whether a place of a page is at the head of another page or column than the place before it."""
    if not (isinstance(place, Page) and isinstance(before, Page) and place.file == before.file):
        return False
    is_above = place.box and before.box and place.box.top < before.box.top
    return place.number == before.number + 1 or (place.number == before.number and bool(is_above))


def _begins(text: str, at: int) -> int:
    """Return where the next word begins."""
    found = _WORD.search(text, at)
    return found.start() if found else at


@dataclass(frozen=True)
class Paragraphs:
    """The paragraphs of a document's texts."""

    document: Document

    def of(self, passage: Passage) -> list[Paragraph]:
        """Return the paragraphs of a text; together they say what it says, and nothing else."""
        writing = _Writing()
        before: _Span | None = None
        shown = -1
        for piece in self._pieces(passage.fragments):
            span = self._span(piece.start)
            is_next = span is not None and before is not None and span.block is not before.block
            if is_next and span and before:
                writing.part(sure=not span.may_continue(before))
            before = span or before
            if tag := self._tag(piece):
                writing.part(marker=_BULLET if tag[2].lower() == "li" and not tag[1] else "")
            elif piece.text == "\n" and span and span.ends_lines and not self._is_markup(piece.start):
                writing.part()
            if mark := self._bullet(piece):
                writing.part(marker=mark)
            writing.link(self._anchor(piece), is_next)
            writing.say(piece.text, span.marker if span else "")
            for number in self._pictured(piece, span) if span and self._pictures else ():
                if number > shown:
                    writing.picture(self._pictures[number][1])
                    shown = number
        return writing.paragraphs()

    def _pieces(self, fragments: Iterable[Fragment]) -> Iterator[Fragment]:
        """Yield fragments, cut where a link begins or ends and around the ends of lines."""
        for one in fragments:
            if one.recorded or len(one.text) != one.end - one.start:
                yield one
                continue
            inner = self._edges[bisect_right(self._edges, one.start) : bisect_left(self._edges, one.end)]
            lines = (one.start + at for at, sign in enumerate(one.text) if sign == "\n")
            cuts = {one.start, one.end, *inner, *(at for line in lines for at in (line, line + 1))}
            for start, end in itertools.pairwise(sorted(cuts)):
                yield Fragment(one.text[start - one.start : end - one.start], start, end)

    @cached_property
    def _spans(self) -> list[_Span]:
        texts = ((block, text) for block in self.document.blocks for text in block.texts)
        held = ((block, list(text.passage.spans)) for block, text in texts)
        found = [_Span(min(spans)[0], max(end for _, end in spans), block) for block, spans in held if spans]
        return sorted(found, key=lambda one: one.start)

    @cached_property
    def _starts(self) -> list[int]:
        return [one.start for one in self._spans]

    @cached_property
    def _links(self) -> list[tuple[int, int, Anchor]]:
        """Return where the labels of links stand that have an address."""
        texts = (text for block in self.document.blocks for text in block.texts)
        anchors = (anchor for text in texts for anchor in text.anchors if not url_fault(anchor.target.text))
        found = ((*span, anchor) for anchor in anchors for span in anchor.label.spans)
        return sorted(found, key=lambda one: one[:2])

    @cached_property
    def _pictures(self) -> list[tuple[int, str]]:
        """Return where pictures stand of which the document says something; one between two texts is of the first."""
        found, end = [], -1
        for block in self.document.blocks:
            if block.kind == "picture" and block.drawn and end >= 0:
                found.append((end, block.drawn))
            for text in block.texts:
                found += ((one.start, one.drawn) for one in text.styles if one.kind == "picture")
                end = max((end, *(end for _, end in text.passage.spans)))
        return sorted(found, key=lambda one: one[0])

    @cached_property
    def is_pictured(self) -> bool:
        """Return whether the document says anything of a picture."""
        return bool(self._pictures) or any(self.wordless.values())

    @cached_property
    def wordless(self) -> Mapping[SourcePlace, Sequence[str]]:
        """Return what is said of pictures in cells and items without a word, by place: they stand with no text."""
        found: dict[SourcePlace, list[str]] = {}
        for block in self.document.blocks:
            for text in block.texts:
                if not text.passage.text:
                    said = [one.drawn for one in text.styles if one.kind == "picture"]
                    found.setdefault(block.place.whole, []).extend(said)
        return found

    def _pictured(self, piece: Fragment, span: _Span) -> range:
        """Return which pictures stand in a piece of a text, or between it and what is said before or behind it."""
        text = self.document.source.text
        before, behind = text[span.start : piece.start], text[piece.end : span.end]
        first = span.start + len(before.rstrip())
        last = span.end - len(behind.lstrip())
        places = [place for place, _ in self._pictures]
        return range(bisect_left(places, first), bisect_right(places, last))

    @cached_property
    def _markers(self) -> Mapping[int, str]:
        """Return the markers of items that are no text, such as the bullets in a cell, by where the text begins."""
        text = self.document.source.text
        marks = (one for one in self.document.asides if one.reason == "marker")
        return {_begins(text, one.end): text[one.start : one.end].strip() or _BULLET for one in marks}

    def _bullet(self, piece: Fragment) -> str:
        """Return the marker in front of a piece; "" for none."""
        blank = len(piece.text) - len(piece.text.lstrip())
        return self._markers.get(piece.start + blank, "") if piece.text.strip() else ""

    @cached_property
    def _edges(self) -> list[int]:
        return sorted({edge for start, end, _ in self._links for edge in (start, end)} | set(self._starts))

    def _span(self, at: int) -> _Span | None:
        number = bisect_right(self._starts, at) - 1
        found = self._spans[number] if number >= 0 else None
        return found if found and at <= found.end else None

    def _anchor(self, piece: Fragment) -> Anchor | None:
        number = bisect_right(self._links, piece.start, key=lambda one: one[0]) - 1
        is_in = number >= 0 and piece.start < self._links[number][1] and piece.end > piece.start
        return self._links[number][2] if is_in else None

    def _is_markup(self, at: int) -> bool:
        return self.document.source.written_as_markup(at)

    def _tag(self, piece: Fragment) -> re.Match[str] | None:
        """Return the tag that a joint stands for."""
        is_joint = piece.start == piece.end and self._is_markup(piece.start)
        return _TAG.match(self.document.source.text, piece.start) if is_joint else None


class _Writing:
    """Paragraphs under way."""

    def __init__(self) -> None:
        """Begin where nothing is said yet."""
        self._done: list[Paragraph] = []
        self._words: list[Words] = []
        self._pictures: list[str] = []
        self._marker = self._next = ""
        self._parted: bool | None = None
        self._anchor: Anchor | None = None
        self._address = ""

    def part(self, sure: bool = True, marker: str = "") -> None:
        """End the paragraph before the next word; unless `sure`, only where what was said can end there."""
        # What a doubtful end is followed by, such as the tag of the next row's paragraph, makes it no surer.
        self._parted = sure if self._parted is None else self._parted and sure
        self._next = marker or self._next

    def link(self, anchor: Anchor | None, is_next: bool) -> None:
        """Take up the link, if any, that the next words are of; `is_next`: where another text begins."""
        if anchor is not self._anchor:
            # A link that begins amid a word that another text began may be one that a converter made of its end.
            resumes = is_next and bool(self._words) and not self._words[-1].text[-1:].isspace()
            works = anchor and not (anchor.is_made_up or replace(anchor, resumes=resumes).is_made_up)
            self._anchor, self._address = anchor, anchor.target.text if anchor and works else ""

    def say(self, text: str, marker: str) -> None:
        """Take up words."""
        if self._parted is not None and text.strip():
            self._end(self._parted, text)
        if text.strip() and not any(one.text.strip() for one in self._words):
            self._marker, self._next = self._next or marker, ""
        self._words.append(Words(text, self._address))

    def picture(self, said: str) -> None:
        """Take up a picture where it stands."""
        self._pictures.append(said)

    def _end(self, sure: bool, after: str) -> None:
        """End a paragraph, but never a word that goes on."""
        said = "".join(one.text for one in self._words)
        if said[-1:].isspace() and (sure or marker(after) or ends_sentence(said, after)):
            self._close()
        self._parted = None

    def _close(self) -> None:
        words = tuple(_folded(self._words))
        if words:
            self._done.append(Paragraph(words, self._marker, tuple(self._pictures)))
            self._pictures = []
        self._words, self._marker = [], ""

    def paragraphs(self) -> list[Paragraph]:
        """Return what was said."""
        self._close()
        return self._done


def _folded(words: Sequence[Words]) -> Iterator[Words]:
    """Yield words with each run of white space as one space and none at the ends; those of one link together."""
    found: list[Words] = []
    for address, group in itertools.groupby(words, key=lambda one: one.address):
        text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", "".join(one.text for one in group)))
        if not found or found[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if text:
            found.append(Words(text, address))
    while found and not (last := found.pop()).text.isspace():
        found.append(replace(last, text=last.text.rstrip()))
        break
    yield from found
