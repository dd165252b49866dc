"""Files -> one zip, the same bytes whenever and wherever it is written (APPNOTE.TXT 6.3, https://pkware.com/appnote)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The first that a zip can tell; the hour of packing says nothing of the files."""

_UNIX = 3
_PERMISSIONS = 0o100644 << 16
_LEVEL = 6
"""Of nine: the last takes half as long again for files that are smaller by a quarter of a per cent."""


def to_zip(files: Mapping[str, bytes], first: tuple[str, bytes] | None = None) -> bytes:
    """Return files as a zip, sorted by path; `first` goes before all, uncompressed, as OpenDocument wants its type.

    The bytes are the same with the same zlib; another may pack the same files in other bytes.
    Raises ValueError when a path leads out of the folder in which the zip is unpacked.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        if first:
            archive.writestr(_entry(first[0]), first[1], zipfile.ZIP_STORED)
        for path in sorted(files):
            archive.writestr(_entry(path), files[path], zipfile.ZIP_DEFLATED, _LEVEL)
    return target.getvalue()


def _entry(path: str) -> zipfile.ZipInfo:
    if path.startswith("/") or "\\" in path or not {"", ".", ".."}.isdisjoint(path.split("/")):
        raise ValueError(f"{path!r} is not the path of a file in an archive.")
    entry = zipfile.ZipInfo(path, _MOMENT)
    entry.create_system = _UNIX
    entry.external_attr = _PERMISSIONS
    return entry
