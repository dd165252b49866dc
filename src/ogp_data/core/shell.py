"""A page that is drawn with marks -> any number of pages that differ only in what stands at the marks.

What stands around a page is the same on each page of a kind: of thousands of them it is drawn once.
"""

from __future__ import annotations

import re

_EDGE = "\ufdd0"
"""What a mark is set off by: a noncharacter, which Unicode keeps for use within a program; nothing turns it into
another form, be it for HTML, JSON or a path."""

_MARK = re.compile(f"{_EDGE}([a-z_]+){_EDGE}")


def mark(name: str) -> str:
    """Return what stands for a value that each page has of its own."""
    return f"{_EDGE}{name}{_EDGE}"


class Shell:
    """A page with marks; the same value may stand at several of them."""

    def __init__(self, drawn: bytes) -> None:
        """Take the page as it was drawn, in UTF-8."""
        # Each second piece is the name of a mark.
        self._pieces = _MARK.split(drawn.decode())

    def filled(self, **values: str) -> bytes:
        """Return a page in UTF-8 with HTML for each of its marks; KeyError where that of one is missing."""
        pieces = self._pieces.copy()
        pieces[1::2] = [values[name] for name in pieces[1::2]]
        return "".join(pieces).encode("utf-8", "backslashreplace")
