"""How wide text is in a drawing, and where its lines end: SVG breaks no line by itself, and no font is shipped.

What is reckoned with is DejaVu Sans, the widest of the fonts that pages ask for: no other one makes a line longer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

SIZE = 12
"""How many units high letters are; widths are hundredths of it."""


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split()))


_FIRST = 32
_PLAIN = _numbers(
    "32 41 46 84 64 96 78 28 40 40 50 84 32 37 32 34 64 64 64 64 64 64 64 64 64 64 34 34 84 84 84 54 102 69 69"
    " 70 78 67 58 78 76 30 50 67 56 87 75 79 67 79 70 67 62 74 69 99 69 67 69 40 34 40 84 56 50 62 64 55 64 62"
    " 36 64 64 28 28 58 28 98 64 62 64 64 42 53 40 64 60 82 60 60 53 64 34 64 84"
)
_BOLD = _numbers(
    "35 46 53 84 70 101 88 31 46 46 53 84 38 42 38 37 70 70 70 70 70 70 70 70 70 70 40 40 84 84 84 62 100 78 77"
    " 74 84 69 69 83 84 38 56 78 64 100 84 86 74 86 78 73 69 82 78 111 78 73 73 46 37 46 84 56 50 68 72 60 72 68"
    " 44 72 72 35 35 67 35 105 72 69 72 72 50 60 48 72 66 93 65 66 59 72 37 72 84"
)
"""The widths of the characters from a space to a tilde."""

_WIDE = frozenset("ÆŒĦÐØĐæœЉЊЖМФШЩЪЫЮжфшщюљњмыЂЋЏДджИЛПНКЧЦОмΜΩωΗΘΝΟΠΦΨԹԽԾՓախպտփֆდლთფ—―…‰©®±×÷¬")
"""Letters of alphabets and signs that are wider than those beside them."""

_LETTER, _WIDE_LETTER, _SQUARE, _PICTURE = 80, 112, 100, 140
_BOLDER = 1.2


@cache
def _width(sign: str, bold: bool) -> int:
    """Return how wide a character is at most, in hundredths of its height."""
    sign = unicodedata.normalize("NFD", sign)[0]
    at = ord(sign) - _FIRST
    if 0 <= at < len(_PLAIN):
        return (_BOLD if bold else _PLAIN)[at]
    if _is_joined(sign):
        return 0
    if unicodedata.east_asian_width(sign) in "WF":
        return _PICTURE if unicodedata.category(sign) == "So" else _SQUARE
    if unicodedata.category(sign) == "So":
        return _PICTURE
    return round((_WIDE_LETTER if sign in _WIDE else _LETTER) * (_BOLDER if bold else 1))


def _is_joined(sign: str) -> bool:
    """Return whether a character is shown with the one before it, or not at all."""
    return unicodedata.category(sign) in ("Mn", "Me", "Cf")


def width(text: str, bold: bool = False) -> float:
    """Return how many units wide a text is at most."""
    return sum(_width(sign, bold) for sign in text) * SIZE / 100


def wrapped(text: str, room: float, bold: bool = False) -> list[str]:
    """Return the lines of a text, none of which is wider than the room; nothing of it but spaces between lines is lost.

    A line ends between words, and in scripts without spaces between characters. A word breaks only where it alone is
    wider than a line; years that are joined, such as 2020-2022, stay together.
    """
    lines = [""]
    for word in _words(text):
        if width(lines[-1] + word.rstrip(), bold) <= room:
            lines[-1] += word
        else:
            lines += [""] if lines[-1] else []
            lines[-1:] = _pieces(word, room, bold)
    return [line.rstrip() for line in lines]


def shortened(text: str, room: float, most: int, bold: bool = False) -> list[str]:
    """Return the lines of a text, or so many of them, the last of which then says that the text goes on."""
    lines = wrapped(text, room, bold)
    if len(lines) <= most:
        return lines
    last, rest = lines[most - 1], "\u2009…"
    while last and width(last + rest, bold) > room:
        # A whole word is left out where there is another one before it.
        last = last.rpartition(" ")[0] or last[:-1]
    return [*lines[: most - 1], last.rstrip(" ,;:.-–—(") + rest]


_WORD = re.compile(r"\S+\s*|\s+")


def _words(text: str) -> Iterator[str]:
    """Yield what stays together on a line, with the white space behind it."""
    for word in _WORD.findall(" ".join(text.split())):
        held = ""
        for one in _clusters(word):
            if held and (_is_square(held[-1]) or _is_square(one)) and _may_part(held[-1], one[0]):
                yield held
                held = ""
            held += one
        yield held


def _is_square(sign: str) -> bool:
    return unicodedata.east_asian_width(sign[0]) in "WF"


def _may_part(before: str, after: str) -> bool:
    """Return whether a line may end between two characters: no mark ends one that opens, or begins one that closes."""
    return unicodedata.category(before) not in ("Ps", "Pi") and unicodedata.category(after)[0] not in "PZ"


def _clusters(text: str) -> Iterator[str]:
    """Yield characters with the marks on them, of which no line may begin with one."""
    held = ""
    for sign in text:
        is_part = unicodedata.category(sign)[0] == "M" or _is_joined(sign) or held.endswith("\u200d")
        if held and not is_part:
            yield held
            held = ""
        held += sign
    if held:
        yield held


def _pieces(word: str, room: float, bold: bool) -> list[str]:
    """Return a word in pieces that have room on a line, which end behind a sign within it where there is one."""
    pieces = [""]
    for one in _clusters(word):
        while pieces[-1] and not one.isspace() and width(pieces[-1] + one, bold) > room:
            pieces[-1:] = _parted(pieces[-1])
        pieces[-1] += one
    return pieces


def _parted(piece: str) -> tuple[str, str]:
    at = max(piece.rfind(sign) for sign in "/-_.@=&") + 1 or len(piece)
    return piece[:at], piece[at:]
