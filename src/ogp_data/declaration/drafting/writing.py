"""Values -> TOML as a person writes it, no line longer than the page is wide where that can be helped."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ogp_data.core.text import shown
from ogp_data.declaration.drafting.proposal import Entry, is_open

WIDTH = 120
_TEXTS = ("title", "description", "country")
"""What is said in each language, on a line of its own."""
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BACKSLASH = re.compile(r"[^'\x00-\x1f\x7f]*\\[^'\x00-\x1f\x7f]*")


def inline(value: object) -> str:
    """Return a value on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | datetime.date):
        return str(value)
    if isinstance(value, Mapping):
        return f"{{ {', '.join(_pairs(value))} }}" if value else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(inline, value))}]"
    return _text(str(value))


def _pairs(table: Mapping[str, object], above: str = "") -> Iterator[str]:
    """Yield the keys of a table with their values; a table of one level is written with dots."""
    for key, value in table.items():
        path = f"{above}{_key(str(key))}"
        is_flat = isinstance(value, Mapping) and value and not any(isinstance(v, Mapping) for v in value.values())
        if isinstance(value, Mapping) and is_flat and not above:
            yield from _pairs(value, f"{path}.")
        else:
            yield f"{path} = {inline(value)}"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(text: str) -> str:
    if _BACKSLASH.fullmatch(text):  # a pattern is read more easily without each backslash twice
        return f"'{text}'"
    # A basic string of TOML is escaped as one of JSON is, and may not hold the sign of deletion.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def lines(entry: Entry) -> list[Entry]:
    """Return an entry in those that stand on a line each: where its value is long, keys with dots and lists in parts.

    Their values are text of TOML.
    """
    if isinstance(entry.value, Mapping) and (entry.key in _TEXTS or len(_line(entry)) > WIDTH):
        parts = (Entry(f"{entry.key}.{_key(str(key))}", value) for key, value in entry.value.items())
        return [line for part in parts for line in lines(replace(part, is_open=is_open({part.key: part.value})))]
    return [replace(entry, value=_line(entry))]


def _line(entry: Entry) -> str:
    whole = f"{entry.key} = {inline(entry.value)}"
    if len(whole) > WIDTH and isinstance(entry.value, list | tuple) and len(entry.value) > 1:
        return "\n".join([f"{entry.key} = [", *(f"    {inline(value)}," for value in entry.value), "]"])
    return whole


def sample(cells: Sequence[str]) -> str:
    """Return a row of cells on one line, of which each gets its share."""
    share = (WIDTH - 2) // len(cells) - 3
    short = [cell for cell in cells if len(cell) <= share]
    if len(short) < len(cells):  # what short cells leave over is for the long ones
        share += sum(share - len(cell) for cell in short) // (len(cells) - len(short))
    return " | ".join(cell if len(cell) <= share else f"{cell[: max(share, 1) - 1].rstrip()}…" for cell in cells)


def comment(text: str) -> str:
    """Return a text as a comment, cut to the width of the page."""
    line = f"# {' '.join(shown(text).split())}"
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 1]}…"
