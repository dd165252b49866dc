"""A text -> the label with which it begins and what is said behind it, in each of the shapes that labels have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ogp_data.core.text import Passage, fold
from ogp_data.documents import Block, Inline
from ogp_data.documents.joining import end_of

_COLON = re.compile(r"\s*[:\uff1a]\s*")
_LABEL_LIKE = re.compile(r"([^:\uff1a]{2,60})[:\uff1a]")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label as it is declared and as it stands in the document, and what is said behind it in the same text."""

    spelling: str
    label: Passage
    rest: Inline


def spelt(text: str) -> str:
    """Return a label as it is compared: without case, white space and the colon behind it."""
    return fold(text).casefold().rstrip(" :\uff1a")


def sliced(inline: Inline, start: int, end: int) -> Inline:
    """Return a part of a text with the links whose labels begin in it."""
    part = inline.passage.slice(start, end)
    spans = list(part.spans)
    anchors = tuple(a for a in inline.anchors if any(low <= a.label.start < high for low, high in spans))
    return replace(Inline(part, anchors), styles=inline.styles, soft=inline.soft)


def bold_end(inline: Inline) -> int:
    """Return the offset to which a text is bold from its beginning on."""
    at = inline.passage.start
    for style in sorted((s for s in inline.styles if s.kind == "bold"), key=lambda style: style.start):
        # White space between two words may be set in either way.
        if style.start <= at + 1:
            at = max(at, style.end)
    return at


def is_bold(inline: Inline) -> bool:
    """Return whether a whole text is bold."""
    return bool(inline.passage.text) and bold_end(inline) >= end_of(inline.passage.fragments)


def begins(inline: Inline, spellings: Sequence[str], whole: bool) -> Labelled | None:
    """Return the label with which a text begins; `whole`: the text stands for itself, as headings and cells do."""
    text = inline.passage.text
    for spelling in sorted(spellings, key=len, reverse=True):
        size = len(spelling)
        if text[:size].casefold() != spelling:
            continue
        colon = _COLON.match(text, size)
        end = colon.end() if colon else size
        if colon or (whole and end == len(text)) or (not whole and _is_set_off(inline, end)):
            return Labelled(spelling, inline.passage.slice(0, end), sliced(inline, end, len(text)))
    return None


def _is_set_off(inline: Inline, end: int) -> bool:
    """Return whether a text is bold as far as a position, and no further."""
    passage = inline.passage
    label, rest = passage.slice(0, end), passage.slice(end, len(passage.text))
    bold = bold_end(inline)
    return end_of(label.fragments) <= bold and (not rest.text or bold <= rest.start)


def block_label(block: Block, spellings: Sequence[str]) -> Labelled | None:
    """Return the label with which a block begins that is no row."""
    return begins(block.inline, spellings, whole=block.kind == "heading")


def label_like(block: Block) -> list[str]:
    """Return what of a block may be meant by a label that is not found."""
    if block.cells:
        return [cell.passage.text for cell in block.cells if 0 < len(cell.passage.text) <= 80]
    text = block.inline.passage.text
    if block.kind == "heading" or is_bold(block.inline):
        return [text]
    match = _LABEL_LIKE.match(text)
    return [match[1]] if match else []
