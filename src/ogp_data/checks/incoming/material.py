"""Where a catalogue comes from: a file, an address or standard input, unpacked and counted, opened again at will."""

from __future__ import annotations

import errno
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from ogp_data.core import bounds as most
from ogp_data.core import web
from ogp_data.core.messages import Message, reason
from ogp_data.core.web import unpack
from ogp_data.core.web.faults import BrokenError, TooLargeError

STANDARD_INPUT = "-"
ACCEPT = (
    "text/turtle, application/ld+json;q=0.9, application/rdf+xml;q=0.8, application/n-triples;q=0.7,"
    " application/trig;q=0.6, application/n-quads;q=0.6, text/n3;q=0.5, application/xml;q=0.4, text/html;q=0.3"
)
"""What is asked of an address; the client puts */* behind it."""
_OPEN = re.compile(r"/dev/fd/\d+|/proc/self/fd/\d+")
"""What a shell gives for <(a command): a pipe that is open already, so that nothing waits for its other end."""
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Material:
    """What a source gave: its name in findings, the address that its relative IRIs begin from, and its bytes."""

    name: str
    base: str
    pieces: Callable[[], Iterator[bytes]] = field(repr=False)
    media_type: str = ""
    is_local: bool = False

    def head(self, length: int = 65_536) -> bytes:
        """Return the first bytes."""
        found = b""
        for piece in self.pieces():
            found += piece
            if len(found) >= length:
                break
        return found[:length]

    def content(self) -> bytes:
        """Return all bytes, which are held in memory: for what cannot be read as a stream."""
        return unpack.collected(self.pieces(), most.CATALOGUE_BYTES, self.name)


class Reader:
    """Pieces of bytes as the file that a parser reads."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        """Take the pieces."""
        self._pieces = iter(pieces)
        self._piece, self._at = b"", 0

    def read(self, length: int = -1) -> bytes:
        """Return the next bytes, perhaps fewer than asked for; b"" at the end."""
        while self._at == len(self._piece):
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._piece, self._at = piece, 0
        end = len(self._piece) if length < 0 else self._at + length
        part = self._piece[self._at : end]
        self._at += len(part)
        return part


def is_address(source: str) -> bool:
    """Return whether a source is an address, not a file."""
    return "://" in source


def obtained(source: str, limits: web.Bounds, base: str = "") -> Material:
    """Return what a source gives, unpacked; RefusedError or OSError when it cannot or must not be had."""
    if is_address(source):
        return _unpacked(fetched(source, limits, base))
    if source == STANDARD_INPUT:
        if sys.stdin is None:
            raise OSError(errno.EBADF, Message("There is no standard input"))
        return _unpacked(_streamed(source, sys.stdin.buffer, base))
    if _OPEN.fullmatch(source) and Path(source).is_fifo():
        with Path(source).open("rb") as stream:
            return _unpacked(_streamed(source, stream, base))
    return _unpacked(_file(Path(source), base))


def _streamed(name: str, stream: BinaryIO, base: str) -> Material:
    """Return what a stream gives, which can be read but once and is held in memory."""
    pieces = iter(lambda: stream.read(unpack.PIECE), b"")
    what = Message("Standard input") if name == STANDARD_INPUT else name
    content = b"".join(unpack.counted(pieces, most.CATALOGUE_BYTES, what))
    return Material(name, base, lambda: iter((content,)))


def fetched(url: str, limits: web.Bounds, base: str = "") -> Material:
    """Return what is at an address."""
    answer = web.fetch(url, limits, ACCEPT)
    return Material(url, base or answer.url, lambda: iter((answer.body,)), answer.media_type)


def _file(path: Path, base: str) -> Material:
    kind = path.stat().st_mode
    if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):
        # Opening a pipe can wait for ever.
        raise OSError(errno.EINVAL, Message("It is a pipe or a device, not a file"))
    with path.open("rb"):  # a folder, or what may not be read, is told before anything is asked of it
        return Material(str(path), base or path.resolve().as_uri(), lambda: _read(path), is_local=True)


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(unpack.PIECE):
            yield piece


# Packed files -------------------------------------------------------------------------------------------


def _in_proportion(unpacked: Iterable[bytes], packed: Callable[[], int]) -> Iterator[bytes]:
    """Yield what was packed; TooLargeError once it is out of all proportion to the bytes that it was packed in."""
    count = 0
    for piece in unpacked:
        count += len(piece)
        if count > most.UNPACKED_BYTES and count > most.UNPACKED_TIMES * packed():
            raise TooLargeError(Message("It unpacks to more than {times} times its size", times=most.UNPACKED_TIMES))
        yield piece


def _gunzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    taken = 0

    def counted() -> Iterator[bytes]:
        nonlocal taken
        for piece in pieces:
            taken += len(piece)
            yield piece

    try:
        yield from _in_proportion(unpack.unpacked(counted(), "gzip"), lambda: taken)
    except BrokenError as fault:
        hint = Message("Pack the file anew, fetch it again, or give it unpacked.")
        raise BrokenError(reason(fault), hint) from fault


def _unpacked(material: Material) -> Material:
    """Return the material without gzip or zip around it, and with its length bounded."""
    start = material.head(4)
    longest = most.LOCAL_BYTES if material.is_local else most.CATALOGUE_BYTES
    inner = material
    if start.startswith(_GZIP):
        name = material.name.removesuffix(".gz")
        inner = replace(material, name=name, pieces=lambda: _gunzipped(material.pieces()))
    elif start == _ZIP:
        from ogp_data.checks.incoming import zipped  # with zipfile, which few catalogues need

        content = material.content()
        name, pieces = zipped.only_member(content)
        inner = replace(material, name=name, pieces=lambda: _in_proportion(pieces(), lambda: len(content)))
    if inner is not material and inner.head(2) == _GZIP:
        raise web.RefusedError(Message("It is packed twice"), Message("Unpack it once."))
    what = Message("The file")
    return replace(inner, name=material.name, pieces=lambda: unpack.counted(inner.pieces(), longest, what))
