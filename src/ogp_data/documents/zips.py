"""Office files are ZIP archives of XML: what is too large, encrypted or a trap is refused before anything reads it."""

from __future__ import annotations

import io
import zipfile
import zlib

from ogp_data.core.messages import Message
from ogp_data.documents.limits import UnreadableError, too_large

_PARTS = 20_000
_START = 4096
"""A document type is declared in front of everything else."""


def parts(content: bytes, limit: int) -> zipfile.ZipFile:
    """Return an archive of XML that is sound, not too large when unpacked, and declares no entities."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        _check_size(archive, limit)
        for info in archive.infolist():
            if info.flag_bits & 0x1:
                raise UnreadableError("encrypted-file", Message("The file cannot be read without its password."))
            if info.filename.endswith((".xml", ".rels", ".vml")):
                with archive.open(info) as part:
                    _check_start(part.read(_START), info.filename)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as reason:
        raise damaged(reason) from reason
    return archive


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a part of an archive; nothing where it has none of that name."""
    try:
        return archive.read(name) if name in archive.namelist() else b""
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as reason:
        raise damaged(reason) from reason


def damaged(reason: BaseException) -> UnreadableError:
    """Return that a file is damaged, as its library said."""
    said = f"{type(reason).__name__}: {reason}"[:200]
    return UnreadableError("damaged-file", Message("The file cannot be read: {said}.", said=said))


def _check_size(archive: zipfile.ZipFile, limit: int) -> None:
    size, count = sum(info.file_size for info in archive.infolist()), len(archive.infolist())
    if size > limit or count > _PARTS:
        message = Message("Unpacked, the file has {size} bytes in {count} parts.", size=size, count=count)
        raise too_large(message, "bytes")


def _check_start(start: bytes, name: str) -> None:
    plain = start.replace(b"\0", b"").upper()  # in UTF-16 as well
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        message = Message("Its part {name} declares a document type, which no office program writes.", name=name)
        raise UnreadableError("damaged-file", message)
