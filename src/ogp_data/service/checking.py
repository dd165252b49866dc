"""Catalogues -> reports: each by `ogp-data validate` in a process of its own, bounded in time, memory and number.

A report is made from bytes that a stranger chose. The process that reads them gets no address to fetch, may write
nothing to a file, and ends with the report: nothing of a catalogue is kept.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from ogp_data.service.limits import BOUNDS, Limits
from ogp_data.service.query_pool import FROM_OUTSIDE

COMMAND = (sys.executable, "-P", "-m", "ogp_data", "validate", "-")
"""The program that checks what it reads; -P: what lies in the folder of the call is no module of ours."""

_T = TypeVar("_T")
_SAID = 20_000
"""Bytes that are kept of what the program says beside its report."""
_PASSED_ON = ("PATH", "PYTHONPATH", "PYTHONHOME", "LANG", "LC_ALL")
"""Variables that the program may see: the service may have been given secrets of its publisher, such as a token."""


class CheckError(Exception):
    """A catalogue without a report; `kind` is one of busy, crowded, expired, slow, memory, large, usage, failed."""

    def __init__(self, kind: str, detail: str = "") -> None:
        """Keep the kind, and what the program said."""
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind, self.detail = kind, detail


class Checks:
    """The checks that run and wait, of all clients."""

    def __init__(self, limits: Limits = BOUNDS, command: Sequence[str] = COMMAND) -> None:
        """Begin with nobody waiting."""
        self.limits, self._command = limits, command
        self._room = asyncio.Semaphore(limits.checks)
        self._of_client: Counter[str] = Counter()

    @contextmanager
    def place(self, client: str) -> Iterator[None]:
        """Keep a place for a client's catalogue while it arrives, waits and is checked; CheckError when there is none.

        It is taken before the catalogue is read, so that no more catalogues are in memory than there are places.
        """
        if self._of_client[client] >= self.limits.client_checks:
            raise CheckError("crowded")
        if self._of_client.total() >= self.limits.checks + self.limits.checks_waiting:
            raise CheckError("busy")
        self._of_client[client] += 1
        try:
            yield
        finally:
            self._of_client[client] -= 1
            self._of_client += Counter()  # a Counter keeps its zeros, and would grow by every address that ever came

    async def report(self, options: Sequence[str], content: bytes) -> bytes:
        """Return the report on a catalogue; CheckError when there is none. To cancel this ends the process."""
        # Each has its whole time, however long it waited for others: its fate does not depend on theirs.
        await _within(self.limits.check_seconds, self._room.acquire(), "expired")
        try:
            return await _within(self.limits.check_seconds, self._checked(options, content), "slow")
        finally:
            self._room.release()

    async def _checked(self, options: Sequence[str], content: bytes) -> bytes:
        process = await asyncio.create_subprocess_exec(
            *self._command,
            *options,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=_environment(os.environ),
            # Ctrl-C in a terminal reaches the whole group; the service lets requests under way finish.
            start_new_session=True,
        )
        try:
            _confine(process.pid, self.limits)
            report, said, _ = await asyncio.gather(
                _read(process.stdout, self.limits.report_bytes), _read(process.stderr, _SAID), _give(process, content)
            )
            return _outcome(await process.wait(), report, said.decode(errors="replace"))
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def _within(seconds: float, work: Coroutine[Any, Any, _T], otherwise: str) -> _T:
    """Return what work gives in time; CheckError of a kind when it is too late."""
    try:
        async with asyncio.timeout(seconds):
            return await work
    except TimeoutError:
        raise CheckError(otherwise) from None


def _environment(whole: Mapping[str, str]) -> dict[str, str]:
    """Return the variables for the program that checks."""
    return {**{name: whole[name] for name in _PASSED_ON if name in whole}, "PYTHONDONTWRITEBYTECODE": "1"}


def _confine(process: int, limits: Limits) -> None:
    """Bound a process that has read nothing yet: its memory, its processor, and that no file takes a byte of it."""
    seconds = int(limits.check_seconds) + 2
    # The service ends it in time; should the service be gone, the processor's clock does.
    for what, bound in (
        (resource.RLIMIT_AS, limits.check_memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ProcessLookupError):
            resource.prlimit(process, what, (bound, bound))


async def _give(process: Process, content: bytes) -> None:
    """Write a catalogue to the program; one that has seen enough may stop reading."""
    assert process.stdin is not None
    with contextlib.suppress(ConnectionError):
        process.stdin.write(content)
        await process.stdin.drain()
    process.stdin.close()


async def _read(stream: asyncio.StreamReader | None, most: int) -> bytes:
    """Return what the program writes; CheckError when that is too much."""
    assert stream is not None
    found = bytearray()
    while part := await stream.read(65_536):
        found += part
        if len(found) > most:
            raise CheckError("large")
    return bytes(found)


def _outcome(code: int, report: bytes, said: str) -> bytes:
    """Return the report of a program that ended so; CheckError when it made none."""
    # Who asks for JSON gets a fault of the program as JSON too. A catalogue cannot write that: its quotes are escaped.
    has_failed = not report or b'"internal-error": 1' in report[:_SAID]
    if code in (0, 1) and not has_failed:
        return report
    if code == 2:
        raise CheckError("usage", said.strip())
    if -code == signal.SIGXCPU:
        raise CheckError("slow")
    said += report[:_SAID].decode(errors="replace") if has_failed else ""
    # An engine without memory aborts; Python tells it, and then it stands in what was said.
    if "(MemoryError)" in said or (code < 0 and -code not in FROM_OUTSIDE):
        raise CheckError("memory")
    raise CheckError("failed", said.strip())
