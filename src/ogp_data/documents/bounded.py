"""Reads or draws a document in a process of its own, which has so much time and memory and can be ended.

What is in a file of somebody else can lead a library anywhere: into a loop, or into a crash of the whole process.
"""

from __future__ import annotations

import pickle
import resource
import sys
from contextlib import redirect_stdout
from subprocess import DEVNULL, PIPE, Popen, TimeoutExpired
from typing import cast

from ogp_data.core.messages import Message
from ogp_data.core.source import SourceFile
from ogp_data.documents.document import Document
from ogp_data.documents.limits import UnreadableError, too_large
from ogp_data.documents.pictures import Picture

_MODULE = "ogp_data.documents.bounded"
_MEMORY = 4 << 30
"""Bytes of memory that reading takes at most: twenty times the largest file."""


def read_bounded(kind: str, file: SourceFile) -> Document:
    """Return what the reader of a kind makes of a file; UnreadableError where it cannot, or not within the limits."""
    return cast(Document, _bounded(kind, "read", file))


def draw_bounded(kind: str, file: SourceFile) -> tuple[Picture, ...]:
    """Return the pages of a file as the reader of its kind draws them; UnreadableError as for reading it."""
    return cast(tuple[Picture, ...], _bounded(kind, "draw", file))


def _bounded(kind: str, task: str, file: SourceFile) -> object:
    # -P: a file in the folder where somebody calls the program is no module of it.
    command = [sys.executable, "-P", "-m", _MODULE]
    with Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, start_new_session=True) as process:
        try:
            answer, _ = process.communicate(pickle.dumps((kind, task, file)), timeout=file.limits.seconds)
        except TimeoutExpired:
            message = Message("Reading the document takes more than {limit} seconds.", limit=file.limits.seconds)
            raise too_large(message, "seconds") from None
        finally:
            process.kill()
    if process.returncode:
        message = Message("The document makes its reader crash (status {status}).", status=process.returncode)
        raise UnreadableError("damaged-file", message)
    found = pickle.loads(answer)
    if isinstance(found, BaseException):
        raise found
    return cast(object, found)


def _done(kind: str, task: str, file: SourceFile) -> object:
    """Return what a reader makes of a file, or why it makes nothing."""
    from ogp_data.documents.readers import READERS

    try:
        return getattr(READERS[kind], task)(file)
    except MemoryError:
        return too_large(Message("Reading the document takes more memory than there is for it."), "bytes")
    except Exception as reason:
        return reason


def _main() -> None:
    """Take the document that stands in the input, and write what is made of it."""
    kind, task, file = pickle.loads(sys.stdin.buffer.read())
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    memory = _MEMORY if most == resource.RLIM_INFINITY else min(_MEMORY, most)
    resource.setrlimit(resource.RLIMIT_AS, (memory, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with redirect_stdout(sys.stderr):  # what a library prints is no part of the answer
        found = _done(kind, task, file)
    try:
        answer = pickle.dumps(found)
    except Exception:  # an exception of a library may hold what cannot be sent
        answer = pickle.dumps(RuntimeError(f"{type(found).__name__}: {found}"))
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    _main()
