"""What may be printed: no sign of a stranger's text moves a cursor, changes a colour or begins a line of its own."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO, cast

HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories of Unicode that command a terminal, turn the order of what it shows, or end a line."""


def line(text: str) -> str:
    """Return a text as one line, in which each sign that would not be seen is its number."""
    return _spelt(text, _number)


def lines(texts: Iterable[str]) -> str:
    """Return texts as lines, one for each and no more."""
    return "\n".join(map(line, texts))


def document(value: Any) -> str:
    """Return JSON for people and programs, in which each sign that would not be seen is escaped."""
    return escaped(json.dumps(value, ensure_ascii=False, indent=2))


def escaped(text: str) -> str:
    """Return a JSON text in which each sign that would not be seen is escaped."""
    return "\n".join(_spelt(one, lambda sign: json.dumps(sign)[1:-1]) for one in text.split("\n"))


def _spelt(text: str, spell: Callable[[str], str]) -> str:
    # Nearly every text is, and this is asked once for each line that is printed.
    if text.isprintable():
        return text
    return "".join(spell(sign) if unicodedata.category(sign) in HIDDEN else sign for sign in text)


def _number(sign: str) -> str:
    code = ord(sign)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


class Stream:
    """A stream to print to that never stops what is under way: what cannot be written is lost, and `lost` says why."""

    def __init__(self, stream: TextIO) -> None:
        """Write to another stream."""
        self._stream = stream
        self.lost: OSError | None = None

    def __getattr__(self, name: str) -> Any:
        """Return what the stream itself has."""
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write a text, and return how long it is."""
        if not self.lost:
            try:
                self._stream.write(text)
            except OSError as reason:
                self._lose(reason)
        return len(text)

    def flush(self) -> None:
        """Let go of what is still to be written."""
        if not self.lost:
            try:
                self._stream.flush()
            except OSError as reason:
                self._lose(reason)

    def _lose(self, reason: OSError) -> None:
        self.lost = reason
        with suppress(OSError, ValueError):  # else Python would try once more when it ends, and complain
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)


@contextmanager
def streams() -> Iterator[Stream]:
    """Let all that is printed go to streams that stop nothing; yield that of the output."""
    _open_closed()
    before = sys.stdout, sys.stderr
    out, err = Stream(before[0]), Stream(before[1])
    sys.stdout, sys.stderr = cast(TextIO, out), cast(TextIO, err)
    try:
        yield out
    finally:
        out.flush()
        err.flush()
        sys.stdout, sys.stderr = before


def _open_closed() -> None:
    """Open what the caller closed of the three streams; else files would get their numbers, and be printed into."""
    if None in (sys.stdin, sys.stdout, sys.stderr):
        while (handle := os.open(os.devnull, os.O_RDWR)) <= 2:
            os.set_inheritable(handle, True)
        os.close(handle)
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
