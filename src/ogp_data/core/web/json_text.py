"""JSON of others: its depth and what it will take are counted in its bytes, before anything is made of it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any

from ogp_data.core import bounds
from ogp_data.core.messages import Message

_PIECE = 1 << 20
_BACKSLASHES = re.compile(rb"\\*+.?", re.DOTALL)
_TEXT = re.compile(rb'"[^"]*+"')
_EVEN = bytes.maketrans(b"{}", b"[]")
_NO_SIGN = bytes(set(range(256)) - set(b'":,[]{}'))
_NO_BRACKET = bytes(set(range(256)) - set(b"[]{}"))


class JsonError(ValueError):
    """What is not JSON."""


class TooMuchError(JsonError):
    """What is too large or nested too deep."""


def parse(content: bytes, most: int) -> Any:
    """Return what JSON says; JsonError when it is none, nested too deep, or takes more than `most` bytes.

    Each value counts for more than its own bytes, so that the text and all it says take twice `most`.
    """
    from pydantic_core import from_json  # of bytes, without a second text of them, and without lone surrogates

    # RFC 8259 lets a parser ignore it, and some servers send it.
    content = content.removeprefix(codecs.BOM_UTF8)
    check(content, most)
    try:
        return from_json(content, allow_inf_nan=False)
    except ValueError as reason:
        raise JsonError(Message("it is not JSON: {reason}", reason=reason)) from reason


def check(content: bytes, most: int) -> None:
    """Check whether JSON is small and shallow enough to be parsed; JsonError when it is not."""
    if _brackets(content) <= bounds.JSON_DEPTH and _cost(content, content) <= most:
        return  # even if none of the signs stood in a text
    signs = _outside_texts(content, most)
    if _is_deep(signs.translate(_EVEN, _NO_BRACKET)):
        raise TooMuchError(
            Message(
                "it is nested more than {json_depth} deep, or its brackets do not match", json_depth=bounds.JSON_DEPTH
            )
        )


def is_deeper(content: bytes, levels: int) -> bool:
    """Return whether brackets of JSON, whole or broken, stand in each other more than so many levels deep."""
    if _brackets(content) <= levels:
        return False
    left, opened = bytearray(), b""
    for signs in _signs(content):
        outside, opened, _ = _TEXT.sub(b"", opened + signs).partition(b'"')
        left += outside.translate(_EVEN, _NO_BRACKET)
    brackets = bytes(left)
    # Each pass takes away the innermost brackets; what then stays was never closed, or never opened.
    for _ in range(levels):
        if (inner := brackets.replace(b"[]", b"")) == brackets:
            return brackets.count(b"[") > levels
        brackets = inner
    return bool(brackets)


def _outside_texts(content: bytes, most: int) -> bytes:
    """Return the signs that stand in no text; TooMuchError as soon as their values take more than may be."""
    found, opened, cost = bytearray(), b"", len(content)
    for signs in _signs(content):
        outside, opened, _ = _TEXT.sub(b"", opened + signs).partition(b'"')
        found += outside
        cost += _cost(b"", outside)
        if cost > most:
            raise TooMuchError(Message("it has too many values: they take more than {most} bytes", most=most))
    return bytes(found)


def _signs(content: bytes) -> Iterator[bytes]:
    """Yield the signs of JSON, with quotes and what stands between those that looks like signs."""
    start = 0
    while start < len(content):
        # A piece must not end between a backslash and the sign that it escapes.
        end = _BACKSLASHES.match(content, min(start + _PIECE, len(content)))
        piece = content[start : (start := end.end() if end else len(content))]
        # Backslashes in pairs go first, so that a quote behind two of them counts as the end of a text.
        yield piece.replace(b"\\\\", b"").replace(b'\\"', b"").translate(None, _NO_SIGN).replace(b'""', b"")


def _cost(content: bytes, signs: bytes) -> int:
    """Return what JSON with these signs takes: its bytes, and those of each value."""
    return len(content) + bounds.VALUE_BYTES * (_brackets(signs) + signs.count(b","))


def _brackets(content: bytes) -> int:
    return content.count(b"[") + content.count(b"{")


def _is_deep(brackets: bytes) -> bool:
    """Return whether something is left of brackets when the innermost ones are taken away as often as may be."""
    # Each pass takes away the innermost brackets; what is left after so many was nested deeper, or did not match.
    for _ in range(bounds.JSON_DEPTH):
        brackets = brackets.replace(b"[]", b"")
    return bool(brackets)
