"""The order of words, as readers look them up: é beside e, and not behind z.

It is that of the Unicode Collation Algorithm as far as Latin letters go: base letters first, then accents, then
capitals. The libraries that know all of it need a C library, or have a table of 8 MB that was last renewed for Unicode
10, and the languages of the pages (English, Dutch, French) order no letter in a way of their own. Other scripts keep
the order of Unicode. Neither the machine nor its locale is asked.
"""

from __future__ import annotations

import re
import unicodedata

_DIGITS = re.compile(r"([0-9]+)")
_LIGATURES = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "Œ": "OE", "Æ": "AE", "Ø": "O", "Ł": "L"}
_BASE = str.maketrans({**_LIGATURES, "Đ": "D", "ß": "ss"})

Order = tuple[tuple[tuple[int, str], ...], str, str, str]


def order(text: str) -> Order:
    """Return what sorts texts as a dictionary does, a number in them by its value."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    bare = without_accents(decomposed)
    parts = _DIGITS.split(" ".join(re.sub(r"[^\w\s]", " ", bare).split()))
    # Numbers stand at the odd places, so that a number is always compared with a number.
    return (
        tuple((int(part), "") if at % 2 else (0, part) for at, part in enumerate(parts)),
        decomposed,
        text.swapcase(),
        text,
    )


def without_accents(text: str) -> str:
    """Return a text in base letters: é as e, œ as oe."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).translate(_BASE)
