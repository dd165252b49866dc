"""What kind of file a text is by its look, where that is another than the reader of converted text expects."""

from __future__ import annotations

import codecs
import csv
import json
import re
from collections.abc import Sequence

from ogp_data.core.messages import Message

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
_LONGEST = 80
"""No cell of a table of two columns is longer than so many characters."""


_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", Message("a PDF"), "pdf"),
    (b"\xd0\xcf\x11\xe0", Message("a file of an older Word, Excel or PowerPoint"), ""),
    (b"\x1f\x8b", Message("compressed by gzip"), ""),
    (b"7z\xbc\xaf", Message("a 7z archive"), ""),
    (b"\x89PNG", Message("a PNG picture"), ""),
    (b"\xff\xd8\xff", Message("a JPEG picture"), ""),
    (b"GIF8", Message("a GIF picture"), ""),
)
_IN_ZIP: tuple[tuple[bytes, str, str], ...] = (
    (b"word/", Message("a DOCX, which Word writes"), "docx"),
    (b"xl/", Message("an XLSX, which Excel writes"), "xlsx"),
    (b"ppt/", Message("a PPTX, which PowerPoint writes"), ""),
    (b"opendocument.text", Message("an ODT, which LibreOffice writes"), ""),
    (b"opendocument.spreadsheet", Message("an ODS, which LibreOffice writes"), "ods"),
    (b"opendocument.", Message("an OpenDocument file, which LibreOffice writes"), ""),
    (b"epub", Message("an EPUB"), ""),
    (b"", Message("a ZIP archive"), ""),
)
"""How a file that holds no text begins, or what is in its archive: what it is, and the reader that takes it."""


def reader_by_bytes(content: bytes) -> str:
    """Return the kind that `source.kind` calls a file that is no text, by how it begins, or ""."""
    return _by_bytes(content)[1]


def is_locked(content: bytes) -> bool:
    """Return whether a file is one of Word or Excel that nobody reads without its password."""
    return content.startswith(b"\xd0\xcf\x11\xe0") and "EncryptedPackage".encode("utf-16-le") in content


def kind_by_bytes(content: bytes) -> str:
    """Return what a file is that holds no text, by how it begins, or ""."""
    return _by_bytes(content)[0]


def _by_bytes(content: bytes) -> tuple[str, str]:
    if content.startswith(b"PK\x03\x04"):
        # Office formats are all ZIP; names of files in the archive are not packed, and tell which one it is.
        return next((name, reader) for mark, name, reader in _IN_ZIP if mark in content)
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    return next(((name, reader) for mark, name, reader in _SIGNATURES if start.startswith(mark)), ("", ""))


def is_utf16(content: bytes) -> bool:
    """Return whether bytes are UTF-16: they begin with its mark, or nearly each second one is NUL."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    start = content[: 2 * _SAMPLE]
    even, odd = start[::2].count(0), start[1::2].count(0)
    # Without a mark: Latin letters in UTF-16 have a NUL in every other byte, always on the same side.
    return max(even, odd) * 10 >= len(start) // 2 * 7 and min(even, odd) * 10 < len(start) and len(start) > 3


def kind_by_look(text: str) -> str:
    """Return the name of the kind of file that a text looks like, or "" for a document as people read it."""
    for name, beginning in _BEGINNINGS:
        if beginning.match(text[:2000]):
            return name
    if _is_json(text):
        return "JSON"
    # "# " begins a comment in YAML and TOML and a heading in a document, so it speaks for neither.
    lines = [line for line in text[:100_000].splitlines()[:_SAMPLE] if line.strip() and not line.startswith("# ")]
    # Three lines with a colon are a letterhead as easily as they are YAML.
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
    """Return whether every line has the same number of cells, and cells like those of a table.

    Two cells a line may be a sentence with a comma; they are a table where no space follows the mark.
    """
    if any("\t" in line or mark not in line for line in lines):
        return False
    try:
        rows = list(csv.reader(lines, delimiter=mark, strict=True))
    except csv.Error:
        return False
    if len({len(row) for row in rows}) != 1:
        return False
    return len(rows[0]) >= 3 or not any(cell.startswith(" ") or len(cell) > _LONGEST for row in rows for cell in row)
