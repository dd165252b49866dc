"""A person at a terminal: a command runs in one of its own, and each question that it asks is answered."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_QUESTION = re.compile(r"[^\r\n]*: \Z")
_PATIENCE = 60
"""Seconds after which a command that neither asks nor ends is given up."""


@dataclass(frozen=True)
class Talk:
    """How a command ended, and what stood on the terminal, with the answers as they were typed."""

    code: int
    said: str


def talk(folder: Path, command: Sequence[str], answers: Sequence[str]) -> Talk:
    """Run `ogp-data` in a folder; an answer is typed with Enter, or as it is where it ends in a control character."""
    child, terminal = pty.fork()
    if child == 0:
        # Below a shell that started the tests in the background Ctrl-C would be ignored.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.chdir(folder)
        os.execv(sys.executable, [sys.executable, "-m", "ogp_data", *command])
    said, answered, left, until = b"", 0, list(answers), time.monotonic() + _PATIENCE
    spoken = select.poll()  # select() knows the first 1,024 open files of a process alone
    spoken.register(terminal, select.POLLIN)
    while time.monotonic() < until and spoken.poll(1_000 * _PATIENCE):
        try:
            part = os.read(terminal, 65_536)
        except OSError:  # the command has ended
            break
        if not part:
            break
        said += part
        if left and _QUESTION.search(said[answered:].decode(errors="replace")):
            answered, answer = len(said), left.pop(0)
            os.write(terminal, answer.encode() + (b"" if answer[-1:] < " " and answer else b"\n"))
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    return Talk(os.waitstatus_to_exitcode(status), said.decode(errors="replace").replace("\r\n", "\n"))
