"""Bytes of any encoding -> UTF-8, which is all that the parsers read."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ogp_data.checks.incoming.forms import Form
from ogp_data.core import web
from ogp_data.core.messages import Message

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARATION = re.compile(rb"""<\?xml\b[^<>]*?encoding\s*=\s*["']([A-Za-z][\w.-]*)["'][^<>]*?\?>""")


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the characters of a text are written, and how many bytes of a mark stand before them."""

    name: str = "utf-8"
    mark: int = 0

    @property
    def is_utf_8(self) -> bool:
        """Return whether the bytes can be read as they are."""
        return self.name == "utf-8"


def encoding_of(head: bytes) -> Encoding:
    """Return the encoding of a text by its first bytes: a mark, bytes of zero, or what XML declares."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Encoding(name, len(mark))
    # The first characters of every syntax here are of ASCII, so that a zero tells which half is empty.
    if len(head) >= 4 and head[0] and not head[1] and head[2] and not head[3]:
        return Encoding("utf-16-le")
    if len(head) >= 4 and not head[0] and head[1] and not head[2] and head[3]:
        return Encoding("utf-16-be")
    declared = _DECLARATION.match(head.lstrip())
    return Encoding(_known(declared[1].decode())) if declared else Encoding()


def _known(name: str) -> str:
    """Return the codec of a declared encoding; ISO-8859-1 is in truth Windows-1252, as the web reads it."""
    try:
        found = codecs.lookup(name).name
        "".encode(found)  # a codec of Python may be none of characters
    except LookupError as fault:
        raise web.RefusedError(Message("It declares the encoding {name}, which is not known", name=name)) from fault
    if found.startswith("utf-16") or found.startswith("utf-32"):
        return "utf-8"  # it could not have been read as it was just now
    return {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(found, found)


def in_utf_8(pieces: Iterable[bytes], encoding: Encoding, form: Form) -> Iterator[bytes]:
    """Yield a text in UTF-8, without its mark; of XML also without the encoding that it declares."""
    rest = _without(pieces, encoding.mark)
    decoded = rest if encoding.is_utf_8 else _decoded(rest, encoding.name)
    return _undeclared(decoded) if form.family == "xml" else decoded


def _without(pieces: Iterable[bytes], count: int) -> Iterator[bytes]:
    """Yield pieces without the first bytes."""
    for piece in pieces:
        if count:
            piece, count = piece[count:], max(0, count - len(piece))
        yield piece


def _decoded(pieces: Iterable[bytes], name: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(name)("replace")
    for piece in pieces:
        yield decoder.decode(piece).encode("utf-8", "replace")
    yield decoder.decode(b"", True).encode("utf-8", "replace")


def _undeclared(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield XML in which blanks stand where an encoding was declared, which it no longer has; no line moves."""
    start = b""
    for piece in pieces:
        start += piece
        if len(start) >= 200:
            break
    declared = _DECLARATION.match(start.lstrip())
    if declared:
        at, end = (len(start) - len(start.lstrip()) + index for index in declared.span())
        start = start[:at] + _blanked(start[at:end]) + start[end:]
    yield start
    yield from pieces


def _blanked(text: bytes) -> bytes:
    return re.sub(rb"[^\r\n]", b" ", text)


AS_WINDOWS = "ogp-data-windows-1252"
"""The way to decode bytes that are not what they should be: as Windows-1252, which they nearly always are."""


def _windows(fault: UnicodeError) -> tuple[str, int]:
    assert isinstance(fault, UnicodeDecodeError)
    return fault.object[fault.start : fault.end].decode("cp1252", "replace"), fault.end


codecs.register_error(AS_WINDOWS, _windows)
