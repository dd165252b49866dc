"""Queries -> answers, in processes that are killed when they take too long.

pyoxigraph's `query()` cannot be stopped, and ends its process when memory runs out. So each query has a process to
itself while it runs, bounded in time and memory; one that is killed is replaced at once. `turns.py` tells who is next.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from ogp_data.core.messages import Message
from ogp_data.service.limits import BOUNDS, Limits
from ogp_data.service.turns import FullError, Turn, Turns

FROM_OUTSIDE = frozenset({signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGKILL})
"""Signals that a query cannot end its worker with: somebody else did. (An engine without memory ends with another.)"""

_T = TypeVar("_T")
_TICKS = os.sysconf("SC_CLK_TCK")


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
            # A length and not an end mark: a query may contain any mark.
            stdin.write(json.dumps({**told, "bytes": len(content)}).encode() + b"\n" + content)
            await stdin.drain()
            answered = json.loads(await stdout.readuntil(b"\n"))
            return answered, await stdout.readexactly(answered["bytes"])
        except (asyncio.IncompleteReadError, ConnectionError):
            raise _DiedError from None

    def processor(self) -> float:
        """Return the seconds of a processor that the process has used; 0 when it is gone."""
        try:
            said = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            return 0.0
        # The name of the program is in brackets and may itself hold spaces and brackets; utime and stime are behind it.
        after_name = said.rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / _TICKS

    def kill(self) -> None:
        """Kill the process, without waiting for it."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()

    async def ended(self) -> int:
        """Wait until the process is gone, and return how it ended."""
        code = await self.process.wait()
        if self.process.stdin is not None:
            self.process.stdin.close()
        return code


@dataclass(slots=True, eq=False)
class _Run:
    """A query on its way: its turn, where its answer is awaited, and the task in which a worker evaluates it."""

    query: Query
    turn: Turn
    answer: asyncio.Future[Answer]
    task: asyncio.Task[bool] | None = None
    is_second: bool = False

    def fail(self, kind: str, detail: str = "") -> None:
        if not self.answer.done():
            self.answer.set_exception(QueryError(kind, detail))


Graph = Path | tuple[str, bytes]
"""A graph: its file, or the suffix of its form (`nt`, `ttl`) and its bytes."""


def _read(graph: Graph) -> tuple[str, bytes]:
    return (graph.suffix.removeprefix("."), graph.read_bytes()) if isinstance(graph, Path) else graph


class Pool:
    """Workers over graphs, which are read when the pool is made: a new build needs a new pool."""

    def __init__(self, graphs: Mapping[str, Graph], limits: Limits = BOUNDS) -> None:
        """Read the graphs; nothing runs before `start`."""
        self.limits = limits
        self.counts: dict[str, int] = {}
        # Read now and kept: a worker that is replaced in an hour must get the same build, whose files may be gone by
        # then.
        contents = [(name, *_read(graph)) for name, graph in graphs.items()]
        self._graphs = [(name, suffix, len(content)) for name, suffix, content in contents]
        self._content = b"".join(content for *_, content in contents)
        self._turns = Turns(limits)
        self._runs: dict[Turn, _Run] = {}
        self._idle: list[_Worker] = []
        self._alive: set[_Worker] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False

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
            raise QueryError("failed", Message("The published graphs cannot be loaded.")) from None
        self.counts = workers[0].counts
        for worker in workers:
            self._begin(self._watched(worker))

    async def query(self, query: Query, client: str = "") -> Answer:
        """Return the answer of a client's query; QueryError when there is none. To cancel this stops the query."""
        if self._closed:
            raise QueryError("closed")
        try:
            turn = self._turns.enter(client, query.text)
        except FullError:
            raise QueryError("busy") from None
        run = self._runs[turn] = _Run(query, turn, asyncio.get_running_loop().create_future())
        try:
            # The clock starts at arrival, so that a queue of slow queries cannot make the last one wait for all of
            # their times.
            async with asyncio.timeout(self.limits.seconds):
                self._dispatch()
                return await run.answer
        except TimeoutError:
            # A query that never ran is not to blame: it gets 503, and may be tried again.
            raise QueryError("slow" if turn.running else "expired") from None
        finally:
            self._turns.leave(turn)
            del self._runs[turn]
            self._break_off(run)
            self._dispatch()

    async def drain(self) -> None:
        """Close when the queries under way are answered, all of which have a deadline."""
        await asyncio.sleep(0.05)  # for queries that have the pool, and have not begun
        while self._runs:
            await asyncio.sleep(0.05)
        await self.close()

    async def close(self) -> None:
        """Kill every worker; queries under way end without an answer."""
        self._closed = True
        for run in self._runs.values():
            self._break_off(run)
            run.fail("closed")
        for worker in self._alive:
            worker.kill()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(worker.ended() for worker in self._alive))
        self._alive.clear()

    # Queries and workers

    def _dispatch(self) -> None:
        """Give idle workers the queries whose turn it is; when there are none idle, let one make room that has to."""
        while not self._closed and self._idle and (turn := self._turns.next()):
            run = self._runs[turn]
            worker = self._idle.pop()
            run.task = self._begin(self._evaluate(run, worker))
            run.task.add_done_callback(partial(self._evaluated, worker))
        # A query makes room only where every worker is taken by one; a worker that is just being replaced is room
        # enough.
        all_run = sum(run.turn.running for run in self._runs.values()) == self.limits.workers
        if all_run and (turn := self._turns.too_long()):
            self._turns.back(turn)
            self._break_off(self._runs[turn])

    def _break_off(self, run: _Run) -> None:
        if run.task is not None:
            run.task.cancel()
            run.task = None

    async def _evaluate(self, run: _Run, worker: _Worker) -> bool:
        """Let a worker answer a query, and return whether it can answer another one."""
        begun = worker.processor() if run.turn.is_long else 0.0
        watch = self._begin(self._measure(run.turn, worker))
        try:
            answered, content = await worker.ask(self._told(run.query), run.query.text.encode())
        except _DiedError:
            self._bury(run, await worker.ended())
            return False
        finally:
            watch.cancel()
        if run.turn.is_long and worker.processor() - begun < self.limits.slice_seconds:
            self._turns.shorten(run.turn)
        if "fault" in answered:
            run.fail(answered["fault"], answered.get("detail", ""))
        elif not run.answer.done():
            run.answer.set_result(Answer(answered["media"], answered["graph"], content))
        # The engine may hold on to what it took when memory ran out, so such a worker serves nobody else.
        return bool(answered.get("fault") != "memory")

    def _evaluated(self, worker: _Worker, task: asyncio.Task[bool]) -> None:
        """Take a worker back when its query is answered; one whose query was broken off is killed."""
        # A cancelled query still runs in its worker: only killing the process ends it.
        if not self._closed and not task.cancelled() and task.exception() is None and task.result():
            self._idle.append(worker)
        else:
            worker.kill()
        self._dispatch()

    def _bury(self, run: _Run, code: int) -> None:
        """Tell what the end of its worker means for a query: killed by another program, it is asked once more."""
        if self._closed or run.is_second or -code not in FROM_OUTSIDE:
            run.fail("closed" if self._closed else "slow" if -code == signal.SIGALRM else "memory")
            return
        run.is_second, run.task = True, None
        self._turns.back(run.turn)

    async def _measure(self, turn: Turn, worker: _Worker) -> None:
        """Wait until a query has used its slice of a processor, and count it among the long ones."""
        begun, left = worker.processor(), self.limits.slice_seconds
        while left > 0:
            # A query cannot use more of a processor than time passes, so it is asked again only when it could be over.
            await asyncio.sleep(max(left, 0.01))
            left = self.limits.slice_seconds - (worker.processor() - begun)
        self._turns.lengthen(turn)
        self._dispatch()

    def _told(self, query: Query) -> dict[str, Any]:
        return {
            "seconds": self.limits.seconds,
            "most": self.limits.result_bytes,
            "default": None if query.default is None else list(query.default),
            "named": None if query.named is None else list(query.named),
            "results": query.results,
            "graph": query.graph,
        }

    def _begin(self, work: Coroutine[Any, Any, _T]) -> asyncio.Task[_T]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _watched(self, worker: _Worker) -> None:
        """Let a worker serve, and when it ended, however it did, another one after it."""
        while True:
            self._idle.append(worker)
            self._dispatch()
            await worker.ended()
            self._alive.discard(worker)
            if worker in self._idle:
                self._idle.remove(worker)
            worker = await self._successor()

    async def _successor(self) -> _Worker:
        while True:
            try:
                return await self._new()
            except (_DiedError, OSError):  # the machine has no room now: try again
                await asyncio.sleep(0.5)

    async def _new(self) -> _Worker:
        """Return a new worker that has loaded the graphs."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *(
                "-P",
                "-m",
                "ogp_data.service.query_process",
            ),  # -P: what lies in the folder of the call is no module of ours
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            # Ctrl-C in a terminal reaches the whole group; the service ends its workers itself, once requests are
            # answered.
            start_new_session=True,
        )
        worker = _Worker(process)
        self._alive.add(worker)
        try:
            told, _ = await worker.ask({"graphs": self._graphs, "memory": self.limits.memory}, self._content)
        # Also when the task is cancelled: nobody else knows of the process yet, and it would run on for ever.
        except BaseException:
            worker.kill()
            await worker.ended()
            self._alive.discard(worker)
            raise
        worker.counts = told["counts"]
        return worker
