"""What kind of file a text is by its look, where that is another than the reader of converted text expects."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Sequence

_BEGINNINGS = (
    ("HTML", re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?(?:<!doctype html|<html)\b", re.I | re.S)),
    ("XML", re.compile(r"\s*<\?xml\b", re.I)),
    ("RTF", re.compile(r"\{\\rtf")),
    ("LaTeX", re.compile(r"\s*(?:%[^\n]*\s+)*\\documentclass\b")),
    ("PostScript", re.compile(r"%!PS")),
)
_YAML = re.compile(r"\s*(?:- +)?[\w.\"'-]+:(?: +[|>{\[\"'\w&*!].*)?|\s*- +[^ ].*|---|\.\.\.")
_YAML_KEY = re.compile(r"\s*(?:- +)?[a-z_][\w.-]*:(?: |$)")
_TOML = re.compile(r"\[\[?[\w.\"-]+\]\]?|[\w.\"-]+ *= *\S.*")
_TOML_KEY = re.compile(r"[\w.\"-]+ *= *[\"'\[{\dtf]")
_SAMPLE = 200
"""So many lines tell what the others are like."""
_FEWEST = 4


def kind_by_look(text: str) -> str:
    """Return the name of the kind of file that a text looks like, or "" for a document as people read it."""
    for name, beginning in _BEGINNINGS:
        if beginning.match(text[:2000]):
            return name
    if _is_json(text):
        return "JSON"
    lines = [line for line in text[:100_000].splitlines()[:_SAMPLE] if line.strip() and not line.startswith("# ")]
    if len(lines) < _FEWEST:
        return ""
    if _mostly(lines, _YAML, _YAML_KEY):
        return "YAML"
    if _mostly(lines, _TOML, _TOML_KEY):
        return "TOML"
    return "CSV" if any(_is_csv(lines, mark) for mark in ",;") else ""


def _is_json(text: str) -> bool:
    if text.lstrip()[:1] not in ("{", "["):
        return False
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return False


def _mostly(lines: Sequence[str], shape: re.Pattern[str], key: re.Pattern[str]) -> bool:
    """Return whether nearly all lines have a shape, and half of them a key."""
    shaped = sum(bool(shape.fullmatch(line)) for line in lines)
    return shaped * 10 >= len(lines) * 9 and sum(bool(key.match(line)) for line in lines) * 2 >= len(lines)


def _is_csv(lines: Sequence[str], mark: str) -> bool:
    """Return whether every line has the same number of cells, three or more, and cells like those of a table."""
    if any("\t" in line or mark not in line for line in lines):
        return False
    try:
        rows = list(csv.reader(lines, delimiter=mark, strict=True))
    except csv.Error:
        return False
    return len({len(row) for row in rows}) == 1 and len(rows[0]) >= 3
