"""A document's pages are read by several processes: in order, in the memory of one, and none outlives its reader."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from ogp_data.documents import sharing
from ogp_data.documents.limits import UnreadableError, too_large
from ogp_data.documents.sharing import shared_out, taken

TRIED = """
import json, os, sys
sys.path.insert(0, {tests!r})
import test_sharing
from ogp_data.documents.sharing import divide
divide({cores})
print(json.dumps(list(getattr(test_sharing, {name!r})())))
"""


def apart(name: str, cores: int) -> str:
    """Return what a function of this module yields in a process that may divide its work."""
    program = TRIED.format(tests=str(ROOT / "tests"), name=name, cores=cores)
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout


def in_turn() -> Iterator[tuple[int, bool]]:
    """The first tasks take longest, so that the last are done first."""

    def work(task: int) -> tuple[int, int]:
        time.sleep(0.01 * (9 - task))
        return task, os.getpid()

    made = list(map(taken, shared_out(work, range(9))))
    yield from ((task, process == os.getpid()) for task, process in made)


@pytest.mark.parametrize(("cores", "own"), [(0, "true"), (1, "false"), (2, "false"), (4, "false")])
def test_results_come_in_the_order_of_tasks_however_many_are_at_work(cores: int, own: str) -> None:
    said = ", ".join(f"[{task}, {own}]" for task in range(9))
    assert apart("in_turn", cores).strip() == f"[{said}]"


def raised() -> Iterator[str]:
    def work(task: int) -> int:
        if task == 1:
            raise too_large("Too much.", "cells")
        if task == 3:
            raise RuntimeError(Unsendable())
        if task == 4:
            os.kill(os.getpid(), signal.SIGSEGV)
        if task == 5:
            os._exit(7)
        return task

    for result in shared_out(work, range(7)):
        if isinstance(result, UnreadableError):
            yield f"{result.rule}: {result.message}"
        else:
            yield type(result).__name__


class Unsendable:
    def __reduce__(self) -> str:
        raise TypeError


def test_what_a_part_raises_and_that_it_crashes_are_results_too() -> None:
    said = apart("raised", 2)
    assert said.strip() == (
        '["int", "too-large: Too much.", "int", "RuntimeError",'
        ' "damaged-file: The document makes its reader crash (status -11).",'
        ' "damaged-file: The document makes its reader crash (status 7).", "int"]'
    )


def limits() -> Iterator[int]:
    resource.setrlimit(resource.RLIMIT_AS, (3 << 30, resource.RLIM_INFINITY))
    yield from shared_out(lambda _: resource.getrlimit(resource.RLIMIT_AS)[0], range(2))
    yield resource.getrlimit(resource.RLIMIT_AS)[0]


def test_all_parts_together_have_the_memory_of_one() -> None:
    assert apart("limits", 2).strip() == f"[{1 << 30}, {1 << 30}, {3 << 30}]"


def given_up() -> Iterator[int]:
    def work(task: int) -> int:
        if task:
            time.sleep(60)
        return os.getpid()

    results = shared_out(work, range(4))
    yield next(results)
    results.close()  # type: ignore[attr-defined]
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        yield -1


def test_who_takes_no_more_results_leaves_no_process_behind() -> None:
    assert apart("given_up", 3).strip().endswith("-1]")


def test_a_process_that_nobody_told_to_divides_nothing() -> None:
    assert list(shared_out(lambda _: os.getpid(), range(3))) == [os.getpid()] * 3


def test_there_is_one_process_for_each_core_and_not_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    for cores, processes in ((1, 1), (2, 2), (64, 4)):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _, count=cores: set(range(count)), raising=False)
        assert sharing.available() == processes


# The reader and its parts ---------------------------------------------------------------------------------------

READING = """
import os, sys, time
from ogp_data.core.limits import Limits
from ogp_data.core.source import SourceFile
from ogp_data.documents import bounded
bounded._MODULE = "slow_reader"
os.environ["PYTHONPATH"] = sys.argv[1]
try:
    bounded.read_bounded("slow", SourceFile("a", b"", limits=Limits(seconds=int(sys.argv[2]))))
except Exception as reason:
    print(reason.args[1], flush=True)
"""

SLOW = """
import os, sys, time
from pathlib import Path
from ogp_data.documents import bounded, readers
from ogp_data.documents.sharing import shared_out

def work(task):
    Path({folder!r}, f"{{os.getpid()}}.pid").write_text("")
    while True:
        pass

def read(kind, task, file):
    Path({folder!r}, f"{{os.getpid()}}.pid").write_text("")
    list(shared_out(work, range(2)))

bounded._done = read
bounded.available = lambda: 2
bounded._main()
"""


@pytest.fixture
def slow(tmp_path: Path) -> Callable[[int], subprocess.Popen[str]]:
    (tmp_path / "slow_reader.py").write_text(SLOW.format(folder=str(tmp_path)), encoding="utf-8")

    def begin(seconds: int) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", READING, str(tmp_path), str(seconds)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    return begin


def at_work(folder: Path) -> list[int]:
    return [int(path.stem) for path in folder.glob("*.pid") if is_running(int(path.stem))]


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state != "Z"


def eventually(holds: Callable[[], bool]) -> bool:
    for _ in range(600):
        if holds():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("ended", [signal.SIGKILL, signal.SIGTERM])
def test_what_reads_ends_with_who_waits_for_it(
    slow: Callable[[int], subprocess.Popen[str]], ended: signal.Signals, tmp_path: Path
) -> None:
    with slow(600) as process:
        assert eventually(lambda: len(at_work(tmp_path)) == 3)
        process.send_signal(ended)
    assert eventually(lambda: not at_work(tmp_path))


def test_what_reads_ends_when_its_time_is_over(slow: Callable[[int], subprocess.Popen[str]], tmp_path: Path) -> None:
    with slow(4) as process:
        assert process.communicate()[0] == "Reading the document takes more than 4 seconds.\n"
    assert len(list(tmp_path.glob("*.pid"))) == 3
    assert eventually(lambda: not at_work(tmp_path))
