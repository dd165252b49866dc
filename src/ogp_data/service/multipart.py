"""A form that is sent with a file -> its fields: RFC 7578, as far as browsers and curl write it."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message as Header
from email.parser import BytesHeaderParser

_HEAD = 10_000
"""Bytes before the content of a field: its name, the name of its file, its media type."""


class MalformedError(ValueError):
    """A body that is no form."""


def fields(content_type: str, body: bytes, most: int) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each field of a form; MalformedError when it is none, or has more than so many."""
    header = Header()
    header["Content-Type"] = content_type
    boundary = header.get_boundary("")
    # A boundary that is longer is none (RFC 2046), and looking for it in each byte would cost more.
    if not boundary or len(boundary) > 70 or not boundary.isascii():
        raise MalformedError
    mark = b"\r\n--" + boundary.encode()
    # The first mark may stand at the beginning, without a line before it; what is before it is nobody's.
    pieces = (b"\r\n" + body).split(mark, most + 2)[1:]
    for piece in pieces:
        if piece.startswith(b"--"):
            return
        yield _field(piece)
    raise MalformedError


def _field(piece: bytes) -> tuple[str, bytes]:
    """Return the field that stands between two marks."""
    # What follows a mark on its line is white space, which some senders add.
    head, empty_line, content = piece.partition(b"\r\n\r\n")
    if not empty_line or len(head) > _HEAD:
        raise MalformedError
    header = BytesHeaderParser().parsebytes(head.lstrip(b" \t").removeprefix(b"\r\n"))
    name = header.get_param("name", None, "Content-Disposition")
    if not isinstance(name, str):
        raise MalformedError
    return name, content
