"""Values -> TOML, which the standard library can only read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any


def to_toml(tree: Mapping[str, Any]) -> str:
    """Return a tree as TOML, each key of the first level on a line of its own; null, which TOML lacks, is left out."""
    return "".join(f"{_key(key)} = {as_toml(value)}\n" for key, value in tree.items() if value is not None)


def as_toml(value: Any) -> str:
    """Return a value as TOML."""
    match value:
        case bool():
            return str(value).lower()
        case int() | float() | date() | time() | datetime():
            return value.isoformat() if hasattr(value, "isoformat") else repr(value)
        case str():
            return _string(value)
        case Sequence():
            return "[" + ", ".join(as_toml(one) for one in value if one is not None) + "]"
        case _:
            inner = ", ".join(f"{_key(key)} = {as_toml(one)}" for key, one in value.items() if one is not None)
            return "{ " + inner + " }"


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _string(key)


def _string(text: str) -> str:
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    return character if character >= " " and character != "\x7f" else f"\\u{ord(character):04x}"
