"""What stands in front of the items of a list: numbers, letters and bullets, as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

BULLETS = "•◦‣∙·▪▫■□●○◆◇➢➤❖"
_BULLET = re.compile(rf"\s*(?P<mark>[{BULLETS}\u2022\u2023\u2043]|[-–—*](?=\s))\s*(?=\S)")
_ORDERED = re.compile(
    r"\s*(?P<mark>\((?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})\)|(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxIVX]{1,5})[.)])\s+(?=\S)"
)
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]")


@dataclass(frozen=True, slots=True)
class Marker:
    """The marker of an item: as it is written, where its text begins, and its number (0: it is a letter or bullet)."""

    text: str
    end: int
    number: int = 0
    is_bullet: bool = False

    @property
    def is_letter(self) -> bool:
        """Return whether it is a letter or a Roman number."""
        return self.text.strip("().").isalpha()


def marker(line: str) -> Marker | None:
    """Return the marker that a line begins with, or None."""
    if match := _ORDERED.match(line):
        number = _NUMBER.fullmatch(match["mark"])
        return Marker(match["mark"], match.end(), int(number[1]) if number else 0)
    if match := _BULLET.match(line):
        return Marker(match["mark"], match.end(), is_bullet=True)
    return None


def follows(found: Marker, before: str) -> bool:
    """Return whether a marker is the first of its kind or the next behind another: a, b, c; i, ii, iii; 1, 2, 3."""
    own, last = _value(found.text), _value(before) if before else {}
    return any(value == (last[kind] + 1 if kind in last else 1) for kind, value in own.items())


_ROMAN = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"]


def _value(mark: str) -> dict[str, int]:
    """Return what a marker counts, in each way that it can be read: i is a letter and a Roman number."""
    bare = mark.strip("().")
    found: dict[str, int] = {}
    if bare.isdecimal():
        found[f"number {mark.replace(bare, '')}"] = int(bare)
    if len(bare) == 1 and bare.isascii() and bare.isalpha():
        found[f"letter {bare.isupper()}"] = ord(bare.lower()) - ord("a") + 1
    if bare.lower() in _ROMAN[1:]:
        found[f"roman {bare.isupper()}"] = _ROMAN.index(bare.lower())
    return found


def written(number: int, style: str) -> str:
    """Return a number as a list counts: `1`, `a`, `A`, `i` and `I` are the styles of HTML."""
    if style in ("a", "A"):
        letters = ""
        while number > 0:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("a") + rest) + letters
        return letters.upper() if style == "A" else letters
    if style in ("i", "I"):
        return _roman(number).upper() if style == "I" else _roman(number)
    return str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    said = ""
    for value, letters in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
        (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        said += letters * (number // value)
        number %= value
    return said
