"""A cell -> its pieces, each of which is a row: its lines, its items, or what a pattern parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ogp_data.core.source import SourceText
from ogp_data.core.text import Fragment, Passage
from ogp_data.documents import Inline
from ogp_data.documents.markers import BULLETS, follows, marker
from ogp_data.tables.rows import sliced

_BREAK = re.compile(r"<\s*/?\s*(?:br|p|div|li|ul|ol)\b[^<>]*>", re.I)
_LINE_END = re.compile(r"[\n\r]+")
_LOOK = 40
"""So many characters tell whether an item begins."""
_MARK = 6
"""So many letters and digits a mark in front of a piece has at most: `(iii)`, `1.10.`; more of them are words."""


def split(inline: Inline, how: str, source: SourceText) -> tuple[list[Inline], list[Passage]]:
    """Return the pieces of a text, and what stands between them."""
    text = inline.passage.text
    if how == "line":
        marks = [(at, at) for at in _line_starts(inline.passage, source)]
    elif how == "item":
        marks = list(_item_marks(text, _line_starts(inline.passage, source)))
    else:
        marks = [match.span() for match in re.finditer(how, text) if match[0].strip()]
    pieces = [sliced(inline, low, high) for low, high in _between(marks, len(text))]
    return (
        [piece for piece in pieces if piece.passage.text],
        [inline.passage.slice(low, high) for low, high in marks if low < high],
    )


def _between(marks: Sequence[tuple[int, int]], end: int) -> list[tuple[int, int]]:
    """Return the spans that marks part; a mark may be nothing but a place."""
    starts = [0, *(high for _, high in marks)]
    ends = [*(low for low, _ in marks), end]
    return [(low, high) for low, high in zip(starts, ends, strict=True) if low < high]


def is_mark(passage: Passage) -> bool:
    """Return whether what stands between pieces may be a mark, and not words."""
    return sum(character.isalnum() for character in passage.text) <= _MARK


def _line_starts(passage: Passage, source: SourceText) -> list[int]:
    """Return where lines begin in a text as it is published, the first left out."""
    lines = [len(Passage(tuple(line)).text) for line in _lines(passage.fragments, source)]
    starts, at = [], 0
    for size in filter(None, lines[:-1]):
        at += size + 1
        starts.append(at)
    return starts


def _lines(fragments: Sequence[Fragment], source: SourceText) -> Iterator[list[Fragment]]:
    """Yield the fragments of each line: an end of a line is a character, or a tag that breaks one."""
    line: list[Fragment] = []
    end = -1
    for fragment in fragments:
        if source.is_markup and end >= 0 and _BREAK.search(source.text[end : fragment.start]):
            yield line
            line = []
        first, *rest = _LINE_END.split(fragment.text)
        line.append(Fragment(first, fragment.start, fragment.end))
        for text in rest:
            yield line
            line = [Fragment(text, fragment.start, fragment.end)]
        end = fragment.end
    yield line


def _item_marks(text: str, starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the marks of items: those that lines begin with, and bullets wherever they stand.

    Letters and numbers amid a line are marks where they count on, as where a form does not keep its lines.
    """
    before = ""
    for word in re.finditer(r"(?<!\S)\S", text):
        at = word.start()
        found = marker(text[at : at + _LOOK])
        if found is None:
            continue
        counts = bool(before) and not found.is_bullet and follows(found, before)
        if at in (0, *starts) or counts or text[at] in BULLETS:
            before = before if found.is_bullet else found.text
            yield at, at + found.end
