"""What is served at this moment, and its replacement by a new build in one step."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from ogp_data.service.listing import catalogue_of
from ogp_data.service.snapshot import BrokenError, Published, mark, names, read_all

EVERY = 1.0
"""Seconds between two looks at the folder."""

AGAIN = 5
"""After so many looks what is broken is read again: a folder that is being copied changes without its marks."""

Log = Callable[[str, dict[str, object]], None]
Listener = Callable[[Published, Published], None]


class State:
    """The publications of a folder, read again when they change. What a request took stays whole while it is used."""

    def __init__(self, dist: Path, log: Log) -> None:
        """Read what lies in the folder now."""
        self.dist, self._log, self._looks = dist, log, 0
        self.listeners: list[Listener] = []
        self._marks = self._seen()
        self.published = self._read(None)

    def _seen(self) -> dict[str, tuple[str, int, int]]:
        try:
            return {name: mark(self.dist, name) for name in names(self.dist)}
        except BrokenError:
            return {}

    def _read(self, before: Published | None) -> Published:
        found = read_all(self.dist, before)
        for snapshot in found.publications.values():
            catalogue_of(snapshot)  # read here, in a thread of its own, and not while a client waits
        return found

    def look(self) -> bool:
        """Read the folder again when it changed; return whether something else is served since."""
        self._looks += 1
        # The marks are taken before the files are read: what changes in between is seen as changed at the next look.
        marks, before = self._seen(), self.published
        if marks == self._marks and not (before.faults and self._looks % AGAIN == 0):
            return False
        after = self._read(before)
        # One assignment of a frozen value is the whole exchange: a request took the old one or takes the new one.
        self._marks, self.published = marks, after
        if after.faults != before.faults:
            self._log("faults", {"faults": dict(after.faults)})
        served = {name: snapshot.build for name, snapshot in before.held.items()}
        changed = [name for name, snapshot in after.held.items() if served.get(name) != snapshot.build]
        for name in changed:
            self._log("loaded", {"publication": name, "build": after.held[name].build})
        gone = [name for name in served if name not in after.held]
        for name in gone:
            self._log("withdrawn", {"publication": name})
        if changed or gone:
            for listener in self.listeners:
                listener(before, after)
        return bool(changed or gone)

    async def watch(self) -> None:
        """Look for ever; a look that fails is told, and the next one is made all the same."""
        while True:
            await asyncio.sleep(EVERY)
            try:
                # Reading and checksumming a build takes long enough for every client to notice.
                await asyncio.to_thread(self.look)
            except Exception as reason:
                self._log("reload-failed", {"reason": f"{type(reason).__name__}: {reason}"})
