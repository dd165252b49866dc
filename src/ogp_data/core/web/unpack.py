"""The bytes of a body, unpacked piece by piece, so that no more of them is made than may be kept."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from ogp_data.core.messages import Message
from ogp_data.core.web.faults import BrokenError, RefusedError, TooLargeError

PIECE = 65_536
"""Bytes that are taken in at once, and unpacked at once."""
ACCEPTED = "gzip, deflate"
"""What is asked for, as Accept-Encoding."""
_KINDS = {"": "", "identity": "", "gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}
_GZIP, _ZLIB, _RAW = 31, 15, -15


def unpacked(parts: Iterable[bytes], packing: str) -> Iterator[bytes]:
    """Yield what was packed, in pieces; RefusedError for a packing that was not asked for, or that breaks off."""
    kind = _KINDS.get(packing.strip().lower())
    if kind is None:
        raise RefusedError(Message("It is compressed as {packing}, which was not requested", packing=packing))
    return _inflated(parts, kind) if kind else iter(parts)


def _inflated(parts: Iterable[bytes], kind: str) -> Iterator[bytes]:
    """Yield what is in gzip, of any number of members, or in deflate, with its zlib header or without."""
    unpacker: Any = None
    ended = 0
    try:
        for part in parts:
            left = part
            while left:
                if unpacker is None:
                    unpacker = zlib.decompressobj(_GZIP if kind == "gzip" else _bits(left))
                elif unpacker.eof:
                    left = left.lstrip(b"\0")  # some pad the end
                    unpacker, ended = (zlib.decompressobj(_GZIP), ended + 1) if left else (unpacker, ended)
                    continue
                # Bounded, because a few kilobytes of gzip can hold gigabytes; whoever counts the pieces stops in time.
                yield unpacker.decompress(left, PIECE)
                # A gzip file may be several joined together, and the next one begins where this one ended.
                left = unpacker.unconsumed_tail or unpacker.unused_data
        while unpacker and not unpacker.eof and (rest := unpacker.decompress(b"", PIECE)):
            yield rest
    except zlib.error as reason:
        if ended:
            raise BrokenError(Message("Bytes that are not compressed stand behind its end")) from reason
        raise BrokenError(Message("It claims to be compressed as {kind}, but is not", kind=kind)) from reason
    if unpacker and not unpacker.eof:
        raise BrokenError(Message("The compressed content is truncated"))


def _bits(start: bytes) -> int:
    """Return how deflate begins here, https://www.rfc-editor.org/rfc/rfc1950#section-2.2."""
    return _ZLIB if start[0] & 15 == 8 and (len(start) < 2 or int.from_bytes(start[:2], "big") % 31 == 0) else _RAW


def collected(parts: Iterable[bytes], most: int, what: str) -> bytes:
    """Return all pieces as one; TooLargeError, naming `what` it is, when that is more than may be."""
    import io

    body = io.BytesIO()  # gives its bytes away without another copy of them
    body.writelines(counted(parts, most, what))
    return body.getvalue()


def counted(parts: Iterable[bytes], most: int, what: str) -> Iterator[bytes]:
    """Yield the pieces as they come; TooLargeError, naming `what` they are of, when they are more than may be."""
    count = 0
    for part in parts:
        count += len(part)
        if count > most:
            raise TooLargeError(Message("{what} is longer than {bytes:,} bytes", what=what, bytes=most))
        yield part
