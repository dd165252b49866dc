"""A catalogue in a zip, as portals offer them for download."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator

from ogp_data.core import web
from ogp_data.core.messages import Message
from ogp_data.core.web import unpack
from ogp_data.core.web.faults import BrokenError

_DIRECTORY = 100_000
"""Bytes of the list of files of a zip."""
_UNPACK = Message("Unpack it, and give the file that holds the catalogue.")


def _not_one(count: object) -> web.RefusedError:
    return web.RefusedError(Message("The zip holds {count} files, not one", count=count), _UNPACK)


def _archive(content: bytes) -> zipfile.ZipFile:
    """Return a zip whose list of files is short: every name in it is an object, however small the file."""
    end = content.rfind(b"PK\x05\x06")
    if end < 0:
        raise BrokenError(Message("It begins as a zip does, but is no zip or breaks off"), _UNPACK)
    if int.from_bytes(content[end + 12 : end + 16], "little") > _DIRECTORY or content[end - 20 :][:4] == b"PK\x06\x07":
        raise _not_one(Message("too many"))
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as fault:
        raise BrokenError(Message("It claims to be compressed as {kind}, but is not", kind="zip")) from fault


def only_member(content: bytes) -> tuple[str, Callable[[], Iterator[bytes]]]:
    """Return the name of the one file that a zip holds, and what opens its bytes."""
    archive = _archive(content)
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) != 1:
        raise _not_one(len(members))
    if members[0].compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise web.RefusedError(Message("The zip is packed in a way that few programs know"), _UNPACK)

    def pieces() -> Iterator[bytes]:
        try:
            with archive.open(members[0]) as file:
                while piece := file.read(unpack.PIECE):
                    yield piece
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as fault:
            raise BrokenError(Message("The compressed content is truncated")) from fault

    return members[0].filename, pieces
