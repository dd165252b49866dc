"""A text that says which of several levels holds, in the ways in which people tick: `☒ Limited`, `x`, `a, b`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ogp_data.core.text import Passage
from ogp_data.tables.records.labels import in_order, reach, spelt

_NOTE = r"\u00b2\u00b3\u00b9\u2070-\u2079"
"""The raised number of a note, which may stand behind a tick."""
TICK = re.compile(
    r"[\[(]?[\u2611\u2612\u2705\u2713-\u2718\u25cf\u25a0\u00d7\u221axX][\ufe0e\ufe0f]?[\])]?"
    rf"(?![^\W{_NOTE}])"
)
EMPTY = re.compile(r"[\u2610\u25a1\u25cb\u274f\u2751\u2752\u274d]|\[\s*\]|\(\s*\)|_{1,5}(?!\w)")
_DASHES = ("-", "\u2010", "\u2011", "\u2013", "\u2014")
_BETWEEN = re.compile(rf"[\s,;/&+|:.\u2013\u2014{_NOTE}-]+|(?:and|en|et)\b|[()](?=\s|\Z)|(?<=\s)\(", re.I)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of such a text: a heading with its code, a tick, an empty box, a letter, or what stands between."""

    kind: Literal["heading", "tick", "empty", "letter", "between"]
    start: int
    end: int
    said: str = ""


@dataclass(frozen=True)
class Scale:
    """The headings of levels with their codes, what a sub-item looks like, and the labels beside the levels."""

    codes: Mapping[str, str]
    letters: str = ""
    labels: tuple[str, ...] = ()

    @staticmethod
    def of(ticks: Mapping[str, str | Sequence[str]], letters: str = "", labels: Sequence[str] = ()) -> Scale:
        """Return a scale by the headings as they are compared."""
        codes = {spelt(heading): code for code, headings in by_code(ticks).items() for heading in headings}
        return Scale(codes, letters, in_order(labels))

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """Return the headings as they are compared, the longest first."""
        return in_order([*self.codes])

    @cached_property
    def letter(self) -> re.Pattern[str] | None:
        """Return what a sub-item looks like in the place of a tick; None where there are none."""
        return re.compile(rf"\(?({self.letters})(?:[.)]+(?=\W|\Z)|(?!\w))") if self.letters else None

    @property
    def least(self) -> int:
        """Return how many headings make a row of them."""
        return max(1, min(2, len(set(self.codes.values()))))


def by_code(ticks: Mapping[str, str | Sequence[str]]) -> dict[str, Sequence[str]]:
    """Return the headings of each level, where one alone need not be written as a list."""
    return {code: [one] if isinstance(one, str) else one for code, one in ticks.items()}


def tokens(passage: Passage, scale: Scale) -> list[Token] | None:
    """Return the pieces of a text that says nothing but levels and ticks; None for another."""
    text, at = passage.text, 0
    found: list[Token] = []
    while at < len(text):
        token = _token(text, at, scale)
        if token is None:
            return None
        found.append(token)
        at = token.end
    return None if _has_range(found, text) else found


def _has_range(found: Sequence[Token], text: str) -> bool:
    """Return whether letters are left out, as in `a-c`: which ones are meant is not said, and the text is told."""
    return any(
        text[between.start : between.end].strip() in _DASHES and _leave_out(first, last)
        for first, between, last in zip(found, found[1:], found[2:], strict=False)
    )


def _leave_out(first: Token, last: Token) -> bool:
    """Return whether there are letters between two of the alphabet."""
    is_alphabet = first.kind == last.kind == "letter" and len(first.said) == len(last.said) == 1
    return is_alphabet and ord(last.said) - ord(first.said) > 1


def _token(text: str, at: int, scale: Scale) -> Token | None:
    heading = _heading(text, at, scale)
    if heading:
        return heading
    if match := EMPTY.match(text, at):
        return Token("empty", at, match.end())
    if (match := TICK.match(text, at)) and not _is_letter(match[0], scale):
        return Token("tick", at, match.end())
    if scale.letter and (match := scale.letter.match(text, at)):
        if match.start(1) > at:
            return Token("between", at, match.start(1))
        return Token("letter", match.start(1), match.end(), match[1])
    if match := _BETWEEN.match(text, at):
        return Token("between", at, match.end())
    return None


def _heading(text: str, at: int, scale: Scale) -> Token | None:
    if not text[at].isalnum():
        return None
    for spelling in scale.headings:
        end = reach(text, spelling, at)
        if end > 0 and not text[end : end + 1].isalnum():
            return Token("heading", at, end, scale.codes[spelling])
    return None


def _is_letter(text: str, scale: Scale) -> bool:
    # Where sub-items have letters an x may be the 24th of them; nobody has so many.
    return bool(scale.letters) and text not in "xX" and re.fullmatch(scale.letters, text) is not None


def marked(found: Sequence[Token], code: str) -> Iterator[tuple[str, Token]]:
    """Yield each tick and letter of a text with the code that it stands for.

    That is the code of the heading behind it where the first of its kind stands before all headings, as in
    `\u2612 Limited` and `a. Limited`, of the one before it otherwise, and `code` where the text has no heading: that of
    the column.
    """
    headings = [(index, token.said) for index, token in enumerate(found) if token.kind == "heading"]
    is_first = {"tick": _is_first(found, "tick", "empty"), "letter": _is_first(found, "letter")}
    for index, token in enumerate(found):
        if token.kind not in is_first:
            continue
        behind = next((said for at, said in headings if at > index), "")
        before = next((said for at, said in reversed(headings) if at < index), "")
        of_heading = behind if is_first[token.kind] else before
        yield (of_heading if headings else code), token


def _is_first(found: Sequence[Token], *kinds: str) -> bool:
    """Return whether one of the kinds stands before all headings."""
    first = next((token.kind for token in found if token.kind in ("heading", *kinds)), "heading")
    return first in kinds
