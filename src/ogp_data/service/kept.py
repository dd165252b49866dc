"""What was made while serving, kept in memory up to a number of bytes."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from ogp_data.service.snapshot import File

MOST = 32_000_000


@dataclass(slots=True)
class Kept:
    """Files by what they were made for, the one asked for last at the end. Keys hold a host, so any may come."""

    most: int = MOST
    _files: OrderedDict[str, File] = field(default_factory=OrderedDict)

    async def once(self, key: str, write: Callable[[], File]) -> File:
        """Return what is written, from memory when it was written before; others are served meanwhile."""
        file = self._files.get(key)
        if file is None:
            file = self._files[key] = await asyncio.to_thread(write)
        self._files.move_to_end(key)
        while self.bytes > self.most:
            self._files.popitem(last=False)
        return file

    @property
    def bytes(self) -> int:
        """Return how many bytes are kept."""
        return sum(len(file.content) + len(file.gzipped or b"") for file in self._files.values())
