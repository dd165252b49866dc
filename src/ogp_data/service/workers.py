"""Queries -> answers, in processes that are killed when they take too long.

pyoxigraph's `query()` cannot be stopped, and ends its process when memory runs out. So each query has a process to
itself while it runs, bounded in time and memory; one that is killed is replaced at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of queries: how many run and wait at once, seconds from arrival, bytes of memory, result and query."""

    workers: int = 2
    seconds: float = 10.0
    memory: int = 1 << 30
    waiting: int = 128
    result_bytes: int = 20_000_000
    query_bytes: int = 65_536


@dataclass(frozen=True, slots=True)
class Query:
    """A query, its dataset (None: what is published), and the media types wanted; "" where none is acceptable."""

    text: str
    results: str
    graph: str
    default: Sequence[str] | None = None
    named: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its media type ("" when the wanted kind has none), whether it is a graph, and its bytes."""

    media_type: str
    is_graph: bool
    content: bytes


class QueryError(Exception):
    """A query without an answer; `kind` is one of busy, expired, slow, memory, large, syntax, failed, closed."""

    def __init__(self, kind: str, detail: str = "") -> None:
        """Keep the kind, and what the engine said."""
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind, self.detail = kind, detail


class _DiedError(Exception):
    """A worker that ended by itself."""


@dataclass(slots=True, eq=False)
class _Worker:
    """A running process and the counts of its graphs."""

    process: asyncio.subprocess.Process
    counts: dict[str, int] = field(default_factory=dict)

    async def ask(self, told: Mapping[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None
        assert stdout is not None
        try:
            stdin.write(json.dumps({**told, "bytes": len(content)}).encode() + b"\n" + content)
            await stdin.drain()
            answered = json.loads(await stdout.readuntil(b"\n"))
            return answered, await stdout.readexactly(answered["bytes"])
        except (asyncio.IncompleteReadError, ConnectionError):
            raise _DiedError from None

    async def end(self) -> None:
        """Kill the process, and wait until it is gone."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        if self.process.stdin is not None:
            self.process.stdin.close()
        await self.process.wait()


Graph = Path | tuple[str, bytes]
"""A graph: its file, or the suffix of its form (`nt`, `ttl`) and its bytes."""


def _read(graph: Graph) -> tuple[str, bytes]:
    return (graph.suffix.removeprefix("."), graph.read_bytes()) if isinstance(graph, Path) else graph


class Pool:
    """Workers over graphs, which are read when the pool is made: a new build needs a new pool."""

    def __init__(self, graphs: Mapping[str, Graph], limits: Limits | None = None) -> None:
        """Read the graphs; nothing runs before `start`."""
        self.limits = limits or Limits()
        self.counts: dict[str, int] = {}
        contents = [(name, *_read(graph)) for name, graph in graphs.items()]
        self._graphs = [(name, suffix, len(content)) for name, suffix, content in contents]
        self._content = b"".join(content for *_, content in contents)
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._alive: set[_Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._open, self._closed = 0, False

    @property
    def graphs(self) -> list[str]:
        """Return the names of the graphs."""
        return [name for name, *_ in self._graphs]

    async def start(self) -> None:
        """Start the workers; QueryError when the graphs cannot be loaded."""
        try:
            workers = await asyncio.gather(*(self._new() for _ in range(self.limits.workers)))
        except _DiedError:
            await self.close()
            raise QueryError("failed", "The published graphs cannot be loaded.") from None
        self.counts = workers[0].counts
        for worker in workers:
            self._idle.put_nowait(worker)

    async def query(self, query: Query) -> Answer:
        """Return the answer of a query; QueryError when there is none. To cancel this stops the query."""
        if self._closed:
            raise QueryError("closed")
        if self._open >= self.limits.workers + self.limits.waiting:
            raise QueryError("busy")
        self._open += 1
        deadline = asyncio.get_running_loop().time() + self.limits.seconds
        try:
            try:
                async with asyncio.timeout_at(deadline):
                    worker = await self._idle.get()
            except TimeoutError:
                raise QueryError("expired") from None
            return await self._run(worker, query, deadline)
        finally:
            self._open -= 1

    async def drain(self) -> None:
        """Close when the queries under way are answered, all of which have a deadline."""
        await asyncio.sleep(0.05)  # for queries that have the pool, and have not begun
        while self._open:
            await asyncio.sleep(0.05)
        await self.close()

    async def close(self) -> None:
        """Kill every worker; queries under way end without an answer."""
        self._closed = True
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(worker.end() for worker in self._alive))
        self._alive.clear()

    async def _run(self, worker: _Worker, query: Query, deadline: float) -> Answer:
        told = {
            "seconds": self.limits.seconds,
            "most": self.limits.result_bytes,
            "default": None if query.default is None else list(query.default),
            "named": None if query.named is None else list(query.named),
            "results": query.results,
            "graph": query.graph,
        }
        sound = False
        try:
            async with asyncio.timeout_at(deadline):
                answered, content = await worker.ask(told, query.text.encode())
            sound = answered.get("fault") != "memory"
        except TimeoutError:
            raise QueryError("slow") from None
        except _DiedError:
            raise QueryError("closed" if self._closed else "memory") from None
        finally:
            if sound and not self._closed:
                self._idle.put_nowait(worker)
            else:
                self._replace(worker)
        if "fault" in answered:
            raise QueryError(answered["fault"], answered.get("detail", ""))
        return Answer(answered["media"], answered["graph"], content)

    def _replace(self, worker: _Worker) -> None:
        """Kill a worker and start another, without waiting for it."""
        with contextlib.suppress(ProcessLookupError):
            worker.process.kill()
        task = asyncio.create_task(self._successor(worker))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _successor(self, worker: _Worker) -> None:
        await worker.end()
        self._alive.discard(worker)
        while not self._closed:
            try:
                self._idle.put_nowait(await self._new())
                return
            except (_DiedError, OSError):  # the machine has no room now: try again
                await asyncio.sleep(0.5)

    async def _new(self) -> _Worker:
        """Return a new worker that has loaded the graphs."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "ogp_data.service.worker"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        worker = _Worker(process)
        self._alive.add(worker)
        try:
            told, _ = await worker.ask({"graphs": self._graphs, "memory": self.limits.memory}, self._content)
        except BaseException:
            await worker.end()
            self._alive.discard(worker)
            raise
        worker.counts = told["counts"]
        return worker
