"""The text of a TOML file -> the line of each of its keys, which no reader of TOML tells."""

from __future__ import annotations

import json
import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping

Path = tuple[int | str, ...]
"""The keys and indices that lead to a value."""

_BLANK = re.compile(r"(?:[\s]|#[^\n]*)*")
_KEY = re.compile(r"""[ \t]*("(?:\\.|[^"\\\n])*"|'[^'\n]*'|[A-Za-z0-9_-]+)[ \t]*""")
_TEXT = re.compile(
    r'"""(?:\\[\s\S]|[^\\])*?""""{0,2}' + r"|'''[\s\S]*?''''{0,2}" + r"""|"(?:\\.|[^"\\\n])*"|'[^'\n]*'"""
)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_PLAIN = re.compile(r"[^,\]}#\n]*")


def key_path(*path: int | str) -> str:
    """Return a path as findings name it, `dataset[2].column[0].title.nl`; a key that TOML quotes is quoted."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{_key(step)}" for step in path)
    return "".join(steps).removeprefix(".")


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)


def key_lines(text: str) -> Mapping[str, int]:
    """Return on which line of a TOML file, which is taken to be sound, each key, table and entry of a list begins."""
    scan = _Scan(text)
    scan.statements()
    return {key_path(*path): line for path, line in scan.lines.items()}


class _Scan:
    """A text, how far it was read, and the lines of the paths that were met so far."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.lines: dict[Path, int] = {}
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._entries: dict[Path, int] = {}

    def statements(self) -> None:
        """Read headers of tables, and keys with their values, up to the end."""
        table: Path = ()
        while self._peek():
            if self._skip("[["):
                table = self._header(is_entry=True)
            elif self._skip("["):
                table = self._header(is_entry=False)
            else:
                self._pair(table)

    def _peek(self) -> str:
        """Return the next character that is no white space and in no comment; "" at the end."""
        self._match(_BLANK)
        return self.text[self.at : self.at + 1]

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return found

    def _skip(self, sign: str) -> bool:
        self._peek()
        if not self.text.startswith(sign, self.at):
            return False
        self.at += len(sign)
        return True

    def _found(self, path: Path, at: int) -> None:
        """Note where a path, and each of those above it that is not known, begins."""
        line = bisect_left(self._ends, at) + 1
        for length in range(1, len(path) + 1):
            self.lines.setdefault(path[:length], line)

    def _keys(self) -> list[str]:
        """Return the parts of a key, `a."b.c".d`."""
        keys = []
        while part := self._match(_KEY):
            (key,) = tomllib.loads(f"{part[1]} = 0")
            keys.append(key)
            if not self.text.startswith(".", self.at):
                break
            self.at += 1
        return keys

    def _header(self, is_entry: bool) -> Path:
        """Return the path of the table of a header, in the last entry of each list of tables that it leads through."""
        at, path = self.at, Path(())
        *outer, last = self._keys()
        for key in outer:
            path = self._entered((*path, key))
        path = (*path, last)
        if is_entry:
            self._entries[path] = self._entries.get(path, -1) + 1
        path = self._entered(path)
        self._found(path, at)
        self.at = self.text.index("]" * (1 + is_entry), self.at) + 1 + is_entry
        return path

    def _entered(self, path: Path) -> Path:
        return (*path, self._entries[path]) if path in self._entries else path

    def _pair(self, table: Path) -> None:
        at = self.at
        path = (*table, *self._keys())
        self._found(path, at)
        self._skip("=")
        self._value(path)

    def _value(self, path: Path) -> None:
        if self._skip("["):
            self._several(path)
        elif self._skip("{"):
            while self._peek() != "}":
                self._pair(path)
                self._skip(",")
            self._skip("}")
        elif not self._match(_TEXT):
            self._match(_PLAIN)

    def _several(self, path: Path) -> None:
        number = 0
        while self._peek() != "]":
            self._found((*path, number), self.at)
            self._value((*path, number))
            self._skip(",")
            number += 1
        self._skip("]")
