"""Where a page of rows goes on: an opaque text of 24 letters that names a row, and is no number of rows.

So rows that come or go elsewhere, with a new build, make a client see none twice and miss none. It names the question
too, since after the same row of another question other rows come.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ogp_data.core.messages import Message

_LAYOUT: Final = struct.Struct(">cI8s5s")
LENGTH: Final = 24
PATTERN: Final = f"^[A-Za-z0-9_-]{{{LENGTH}}}$"
"""What a cursor looks like; more is nobody's business but this module's."""

_AFTER, _BEFORE = b"a", b"b"

MALFORMED: Final = Message(
    "This is no cursor of this API. Take the whole link `next` of a page, or leave `cursor` out to begin at the first"
    " row."
)
OF_ANOTHER: Final = Message(
    "The cursor is of another question: from page to page `q`, the filters and `sort` stay as they are. Leave `cursor`"
    " out to begin at the first row."
)
GONE: Final = Message(
    "The row at which the page before ended is not there any more: the data have changed. Leave `cursor` out to begin"
    " at the first row."
)


class CursorError(Exception):
    """A cursor that leads nowhere; its argument says what to do."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A page that begins after a row, or with `is_before` one that ends before it; `at` is where that row stood."""

    row: bytes
    at: int
    is_before: bool = False


def write(question: str, key: str, at: int, is_before: bool = False) -> str:
    """Return the cursor of the page after, or before, the row with a key that stands at a place of an answer."""
    packed = _LAYOUT.pack(_BEFORE if is_before else _AFTER, at, _digest(key, 8), _digest(question, 5))
    return base64.urlsafe_b64encode(packed).decode()


def read(text: str, question: str) -> Cursor:
    """Return what a cursor says; CursorError when it is none, or is of another question."""
    cursor, asked = _parts(text)
    if asked != _digest(question, 5):
        raise CursorError(OF_ANOTHER)
    return cursor


def check(text: str) -> None:
    """Raise CursorError when a text is no cursor, of whatever question."""
    _parts(text)


def _parts(text: str) -> tuple[Cursor, bytes]:
    """Return what a cursor says, and what stands in it for its question; CursorError when it is none."""
    try:
        packed = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
        way, at, row, asked = _LAYOUT.unpack(packed)
    except (UnicodeEncodeError, binascii.Error, struct.error):
        raise CursorError(MALFORMED) from None
    if way not in (_AFTER, _BEFORE):
        raise CursorError(MALFORMED)
    return Cursor(row, at, way == _BEFORE), asked


def find(cursor: Cursor, keys: Sequence[str]) -> int:
    """Return where the row of a cursor stands among the keys of an answer; CursorError when it is not there."""
    # Where it stood is where it stands, unless a new build came between: then each row is looked at.
    if cursor.at < len(keys) and _digest(keys[cursor.at], 8) == cursor.row:
        return cursor.at
    found = next((at for at, key in enumerate(keys) if _digest(key, 8) == cursor.row), None)
    if found is None:
        raise CursorError(GONE)
    return found


def _digest(text: str, size: int) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).digest()
