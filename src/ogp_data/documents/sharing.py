"""Work in parts, each in a process of its own, as many at once as there are cores.

What a part takes of memory goes with its process, whatever the library behind it keeps. Only a process that reads one
document and nothing else is divided so: any other has threads and open files that a copy of it must not touch.
"""

from __future__ import annotations

import gc
import os
import pickle
import resource
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe, wait
from typing import Any, TypeVar

from ogp_data.core.messages import Message
from ogp_data.documents.limits import UnreadableError

T = TypeVar("T")

_MOST = 4
"""More processes would leave too little of the memory to each."""

_CORES: ContextVar[int] = ContextVar("cores", default=0)


def available() -> int:
    """Return how many processes can be at work at once."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, _MOST)


def divide(processes: int) -> None:
    """Let the work of this process be done by so many at once from now on; by itself where that is 0."""
    _CORES.set(processes)


def crashed(status: int) -> UnreadableError:
    """Return that what reads a document does not survive it."""
    message = Message("The document makes its reader crash (status {status}).", status=status)
    return UnreadableError("damaged-file", message)


def shared_out(work: Callable[[T], object], tasks: Sequence[T]) -> Iterator[Any]:
    """Yield what `work` makes of each task, in their order, or the exception that it raises there."""
    if processes := _CORES.get():
        with _divided_memory(processes):
            yield from _Crew(work, tasks, processes).results()
    else:
        yield from (_tried(work, task) for task in tasks)


def sent(result: object) -> bytes:
    """Return what was made, or raised, as one process sends it to another."""
    try:
        return pickle.dumps(result)
    except Exception:  # an exception of a library may hold what cannot be sent
        return pickle.dumps(RuntimeError(f"{type(result).__name__}: {result}"))


def taken(result: Any) -> Any:
    """Return what was made, or raise what was raised there."""
    if isinstance(result, BaseException):
        raise result
    return result


def _tried(work: Callable[[T], object], task: T) -> object:
    try:
        return work(task)
    except Exception as reason:
        return reason


@contextmanager
def _divided_memory(processes: int) -> Iterator[None]:
    """Let all processes together take no more memory meanwhile than this one may alone."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_AS, (soft // (processes + 1), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@dataclass(slots=True)
class _Crew:
    """The processes at work, by the pipe through which each answers: which task it has, and its id."""

    work: Callable[[Any], object]
    tasks: Sequence[Any]
    processes: int
    running: dict[Connection, tuple[int, int]] = field(default_factory=dict)

    def results(self) -> Iterator[object]:
        """Yield what is made of each task, in their order."""
        waiting = deque(range(len(self.tasks)))
        made: dict[int, object] = {}
        try:
            for at in range(len(self.tasks)):
                while at not in made:
                    while waiting and len(self.running) < self.processes:
                        self._begin(waiting.popleft())
                    for answer in wait(list(self.running)):
                        made |= [self._answered(answer)]
                yield made.pop(at)
        finally:
            self._end()

    def _begin(self, index: int) -> None:
        """Begin a task in a process of its own."""
        ours, theirs = Pipe(duplex=False)
        process = os.fork()
        if not process:
            _work_apart(theirs, self.work, self.tasks[index])
        theirs.close()
        self.running[ours] = (index, process)

    def _answered(self, answer: Any) -> tuple[int, object]:
        """Return a task, and what its process made of it."""
        index, process = self.running.pop(answer)
        try:
            content = answer.recv_bytes()
        except EOFError:
            content = b""
        answer.close()
        _, status = os.waitpid(process, 0)
        return index, pickle.loads(content) if content else crashed(os.waitstatus_to_exitcode(status))

    def _end(self) -> None:
        """End whatever is still at work."""
        for answer, (_, process) in self.running.items():
            answer.close()
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)


def _work_apart(answer: Connection, work: Callable[[Any], object], task: Any) -> None:
    """Do a task, answer, and end this process without anything that it has from the one before it."""
    status = 1
    gc.freeze()  # what comes from the process before is looked at no more, and so stays one in the memory of both
    try:
        # The answer to whoever asked for the document is not given here.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        answer.send_bytes(sent(_tried(work, task)))
        status = 0
    finally:
        os._exit(status)
