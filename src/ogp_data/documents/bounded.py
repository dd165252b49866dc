"""Reads or draws a document in a process of its own, which has so much time and memory and can be ended.

What is in a file of somebody else can lead a library anywhere: into a loop, or into a crash of the whole process.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import redirect_stdout, suppress
from subprocess import DEVNULL, PIPE, Popen, TimeoutExpired
from typing import cast

from ogp_data.core.messages import Message
from ogp_data.core.source import SourceFile
from ogp_data.documents.document import Document
from ogp_data.documents.limits import UnreadableError, too_large
from ogp_data.documents.pictures import Picture
from ogp_data.documents.sharing import available, crashed, divide, sent, taken

_MODULE = "ogp_data.documents.bounded"
_MEMORY = 4 << 30
"""Bytes of memory that reading takes at most: twenty times the largest file."""


def read_bounded(kind: str, file: SourceFile) -> Document:
    """Return what the reader of a kind makes of a file; UnreadableError where it cannot, or not within the limits."""
    return cast(Document, _bounded(kind, "read", file))


def draw_bounded(kind: str, file: SourceFile) -> tuple[Picture, ...]:
    """Return the pages of a file as the reader of its kind draws them; UnreadableError as for reading it."""
    return cast(tuple[Picture, ...], _bounded(kind, "draw", file))


def read_together(files: Sequence[tuple[str, SourceFile]]) -> Sequence[Document | None]:
    """Return what the readers of some kinds make of their files, in one process; None for each that they do not read.

    A file that ends the process leaves all unread: then each is to be read by itself, which tells which it was.
    """
    try:
        found = cast(Sequence[object], _bounded("", "read", files))
    except (UnreadableError, RuntimeError):
        return [None] * len(files)
    return [one if isinstance(one, Document) else None for one in found]


_Task = SourceFile | Sequence[tuple[str, SourceFile]]
"""A file, or several with the kinds of their readers."""


def _bounded(kind: str, task: str, file: _Task) -> object:
    limit = (file if isinstance(file, SourceFile) else file[0][1]).limits.seconds
    # The other process ends when this pipe does: when we are through with it, or are no more.
    lifeline, ours = os.pipe()
    # -P: a file in the folder where somebody calls the program is no module of it.
    command = [sys.executable, "-P", "-m", _MODULE, str(lifeline)]
    with (
        os.fdopen(ours, "wb"),
        os.fdopen(lifeline, "rb"),
        Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, start_new_session=True, pass_fds=[lifeline]) as process,
    ):
        try:
            answer, _ = process.communicate(pickle.dumps((kind, task, file)), timeout=limit)
        except TimeoutExpired:
            message = Message("Reading the document takes more than {limit} seconds.", limit=limit)
            raise too_large(message, "seconds") from None
        finally:
            _end(process)
    if process.returncode:
        raise crashed(process.returncode)
    return cast(object, taken(pickle.loads(answer)))


def _end(process: Popen[bytes]) -> None:
    """End a process, and those that it divided its work among."""
    if process.returncode != 0:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _done(kind: str, task: str, file: _Task) -> object:
    """Return what a reader makes of a file, or why it makes nothing; of several files, a list of that."""
    from ogp_data.documents.readers import READERS

    if not isinstance(file, SourceFile):
        return [_done(one_kind, task, one) for one_kind, one in file]
    try:
        return getattr(READERS[kind], task)(file)
    except MemoryError:
        return too_large(Message("Reading the document takes more memory than there is for it."), "bytes")
    except Exception as reason:
        return reason


def _main() -> None:
    """Take the document that stands in the input, and write what is made of it."""
    threading.Thread(target=_live, args=(int(sys.argv[1]),), daemon=True).start()
    kind, task, file = pickle.loads(sys.stdin.buffer.read())
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    memory = _MEMORY if most == resource.RLIM_INFINITY else min(_MEMORY, most)
    resource.setrlimit(resource.RLIMIT_AS, (memory, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    divide(available())
    with redirect_stdout(sys.stderr):  # what a library prints is no part of the answer
        found = _done(kind, task, file)
    sys.stdout.buffer.write(sent(found))


def _live(lifeline: int) -> None:
    """Live as long as the process that waits for the document, however that one ends."""
    os.read(lifeline, 1)
    os.killpg(os.getpgrp(), signal.SIGKILL)


if __name__ == "__main__":
    _main()
