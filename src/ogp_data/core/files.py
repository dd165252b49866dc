"""A path -> the bytes of a file, and nothing that could hang or fill the memory."""

from __future__ import annotations

import errno
import os
import re
import stat
from contextlib import suppress
from pathlib import Path

from ogp_data.core.messages import Message

LIMIT = 100_000_000
"""Bytes of the longest file that is read: a thousand times the length of an action plan."""

_PART = 1 << 20
_FOLDER = Message("a folder")
_KINDS = (
    (stat.S_ISREG, Message("a file")),
    (stat.S_ISDIR, _FOLDER),
    (stat.S_ISFIFO, Message("a pipe")),
    (stat.S_ISSOCK, Message("a socket")),
    (stat.S_ISCHR, Message("a device")),
    (stat.S_ISBLK, Message("a device")),
)


_DEVICE = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE)


def is_device(name: str) -> bool:
    """Return whether Windows takes the name of a file for that of a device: no file can be called so there."""
    return bool(_DEVICE.fullmatch(name))


def read_file(path: Path, limit: int = LIMIT) -> bytes:
    """Return the bytes of a regular file; OSError where it is something else, or longer than `limit`."""
    # Asked by name first, because opening a device can set it to work; then of what was opened, because that
    # may be another by now. Without O_NONBLOCK a pipe would be waited for until somebody writes to it.
    _check_kind(path.stat(), path)
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as file:
        _check_kind(os.fstat(file.fileno()), path)
        content = bytearray()
        while part := file.read(_PART):
            content += part
            if len(content) > limit:
                raise OSError(errno.EFBIG, Message("it is longer than {limit} bytes", limit=limit), str(path))
    return bytes(content)


def kind_of(path: Path) -> str:
    """Return what stands at a path, such as "a pipe" or "a link that leads nowhere"; "" for nothing, or unknown."""
    with suppress(OSError):
        if stat.S_ISLNK(path.lstat().st_mode) and not path.exists():
            return Message("a link that leads nowhere")
        return _kind(path.stat().st_mode)
    return ""


def in_the_way(folder: Path) -> tuple[Path, str] | None:
    """Return the first step to a folder that is none, and what it is; None where all that is there are folders."""
    steps = ((step, kind_of(step)) for step in (*reversed(folder.parents), folder))
    return next(((step, kind) for step, kind in steps if kind not in ("", _FOLDER)), None)


def _kind(mode: int) -> str:
    return next((name for is_kind, name in _KINDS if is_kind(mode)), Message("something else"))


def _check_kind(found: os.stat_result, path: Path) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, Message("it is {kind}, not a file", kind=_kind(found.st_mode)), str(path))


def is_folder(path: Path) -> bool:
    """Return whether a path is itself a folder, and no link to one."""
    return stat.S_ISDIR(mode(path))


def mode(path: Path) -> int:
    """Return what a path is, or 0 where there is nothing.

    OSError where the disk does not say; Path.exists and os.path.lexists would then say that there is nothing.
    """
    try:
        return path.lstat().st_mode
    except FileNotFoundError:
        return 0
