"""Places of the source with their text, in which the words that a finding or a quotation is about are marked."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ogp_data.core.places import SourcePlace

_TAG = re.compile(r"<[^<>]*>")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")
_PARTING = re.compile(r"</?(?:p|br|div|li|ul|ol)\b", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; `mark` says which of the sought words it is, counted from 1, or 0."""

    text: str
    mark: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A place of the source, and the parts of its text."""

    place: SourcePlace
    pieces: Sequence[Piece]


Sought = tuple[str, Iterable[SourcePlace]]
"""Words, and the places at which they may stand."""


def marked(texts: Mapping[SourcePlace, str], places: Iterable[SourcePlace], sought: Sequence[Sought]) -> list[Stretch]:
    """Return places with the sought words marked: each stands with the places it may stand at, and is marked once."""
    left = {number: (words, set(where)) for number, (words, where) in enumerate(sought, 1) if words.strip()}
    found = []
    for place in places:
        text = texts.get(place, "")
        spans: list[tuple[int, int, int]] = []
        for number, (words, where) in list(left.items()):
            for begin, end in _spans(text, words) if place in where else ():
                if all(begin >= other_end or end <= other for other, other_end, _ in spans):
                    spans.append((begin, end, number))
                    del left[number]
                    break
        found.append(Stretch(place, _pieces(text, sorted(spans))))
    return found


def as_read(text: str) -> str:
    """Return a line of markup as people read it: without its tags, with the characters that references stand for."""
    shown = _MARKUP.sub(lambda tag: " " if _PARTING.match(tag[0]) else "", text.replace("\t", " │ "))
    return html.unescape(_LINK.sub(r"\1", shown)).strip(" │\n")


def _spans(text: str, words: str) -> list[tuple[int, int]]:
    """Return where words stand, those in the text before those in its markup; white space is as wide as it likes."""
    tags = [match.span() for match in _TAG.finditer(text)]
    found = [match.span() for match in re.finditer(r"\s+".join(map(re.escape, words.split())), text)]
    # A word of a finding also stands in the address of a link now and then; the one that people read is marked first.
    return sorted(found, key=lambda span: any(begin <= span[0] < end for begin, end in tags))


def _pieces(text: str, spans: Iterable[tuple[int, int, int]]) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    for start, end, number in spans:
        pieces += [Piece(text[at:start]), Piece(text[start:end], number)]
        at = end
    pieces.append(Piece(text[at:]))
    return [piece for piece in pieces if piece.text]
