"""What may be printed: no sign of a stranger's text moves a cursor, changes a colour or begins a line of its own."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

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
    if text.isprintable():
        return text
    return "".join(spell(sign) if unicodedata.category(sign) in HIDDEN else sign for sign in text)


def _number(sign: str) -> str:
    code = ord(sign)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
