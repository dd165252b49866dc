"""Work beside the build, in a process of its own: for what takes long and needs little, while another core idles."""

from __future__ import annotations

import gc
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from functools import partial
from subprocess import DEVNULL, PIPE, Popen
from typing import TypeVar, cast

_T = TypeVar("_T")


@contextmanager
def beside(work: Callable[..., _T], *arguments: object) -> Iterator[Callable[[], _T]]:
    """Begin `work`, a function of a module, in another process; yield a function that waits for its value.

    When the other process cannot begin or fails, the work is done here, so that what it raises is raised here.
    """
    here = partial(work, *arguments)
    try:
        process = _begun(here)
    except OSError:
        yield here
        return
    with process:
        try:
            yield lambda: _value(process, here)
        finally:
            process.kill()


def _begun(work: partial[_T]) -> Popen[bytes]:
    # -P: a file in the folder where somebody calls the program is no module of it. A session of its own: Ctrl-C
    # interrupts the build, which then ends the other process.
    command = [sys.executable, "-P", "-m", "ogp_data.core.background", pickle.dumps(work).hex()]
    return Popen(command, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, start_new_session=True)


def _value(process: Popen[bytes], work: partial[_T]) -> _T:
    answer, _ = process.communicate()
    return cast(_T, pickle.loads(answer)) if process.returncode == 0 else work()


def _main() -> None:
    """Do the work that the command line holds, and write its value."""
    gc.disable()
    work = pickle.loads(bytes.fromhex(sys.argv[1]))
    with redirect_stdout(sys.stderr):  # what a library prints is no part of the value
        value = work()
    sys.stdout.buffer.write(pickle.dumps(value))
    gc.freeze()


if __name__ == "__main__":
    _main()
