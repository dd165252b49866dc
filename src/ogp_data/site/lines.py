"""Lines of the source document, with the words that a finding or a quotation is about marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line; `mark` says which of the sought words it is, counted from 1, or 0."""

    text: str
    mark: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the document: its number, counted from 1, and its parts."""

    number: int
    pieces: Sequence[Piece]


def marked(lines: Sequence[str], numbers: Iterable[int], sought: Sequence[tuple[str, Iterable[int]]]) -> list[Line]:
    """Return lines with the sought words marked: each stands with the lines it may stand on, and is marked once."""
    left = {place: (words, set(where)) for place, (words, where) in enumerate(sought, 1) if words.strip()}
    found = []
    for number in sorted(set(numbers)):
        text = lines[number - 1] if number <= len(lines) else ""
        spans: list[tuple[int, int, int]] = []
        for place, (words, where) in list(left.items()):
            for begin, end in _places(text, words) if number in where else ():
                if all(begin >= other_end or end <= other for other, other_end, _ in spans):
                    spans.append((begin, end, place))
                    del left[place]
                    break
        found.append(Line(number, _pieces(text, sorted(spans))))
    return found


def _places(text: str, words: str) -> list[tuple[int, int]]:
    """Return where words stand, those in the text before those in its markup; white space is as wide as it likes."""
    tags = [match.span() for match in _TAG.finditer(text)]
    found = [match.span() for match in re.finditer(r"\s+".join(map(re.escape, words.split())), text)]
    return sorted(found, key=lambda span: any(begin <= span[0] < end for begin, end in tags))


def _pieces(text: str, spans: Iterable[tuple[int, int, int]]) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    for start, end, place in spans:
        pieces += [Piece(text[at:start]), Piece(text[start:end], place)]
        at = end
    pieces.append(Piece(text[at:]))
    return [piece for piece in pieces if piece.text]
