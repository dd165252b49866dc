"""What was made while serving, kept in memory up to a number of bytes."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from ogp_data.service.limits import BOUNDS
from ogp_data.service.snapshot import File


@dataclass(slots=True)
class Kept:
    """Files by what they were made for, the one asked for last at the end. Keys hold a host, so any may come."""

    most: int = BOUNDS.kept_bytes
    bytes: int = 0
    _files: OrderedDict[str, File] = field(default_factory=OrderedDict)

    async def once(self, key: str, write: Callable[[], File]) -> File:
        """Return what is written, from memory when it was written before; others are served meanwhile."""
        file = self._files.get(key)
        if file is None:
            file = await asyncio.to_thread(write)
            before = self._files.pop(key, None)  # another request may have made it meanwhile
            self.bytes += _size(file) - (_size(before) if before else 0)
            self._files[key] = file
        # Python's dictionaries keep no order of use; here the one asked for longest ago is the first to go.
        self._files.move_to_end(key)
        while self.bytes > self.most:
            self.bytes -= _size(self._files.popitem(last=False)[1])
        return file


def _size(file: File) -> int:
    return len(file.content) + len(file.gzipped or b"")
