"""What kind of document a file is by its content, and in which encoding where it is text."""

from __future__ import annotations

import re

from ogp_data.documents.detection import is_utf16, kind_by_bytes, kind_by_look, reader_by_bytes
from ogp_data.documents.readers import READERS

TEXT = "converted-text"
_CODECS = ("utf-8-sig", "windows-1252")
"""By which a text is read: what no encoding of Unicode is nearly always was written by a program of Windows."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")

_NAMED: tuple[tuple[tuple[str, ...], str, tuple[str, ...], re.Pattern[str]], ...] = (
    ((".csv", ".tsv", ".tab"), "csv", ("", "CSV", "YAML", "TOML"), re.compile(r"[,;\t|]")),
    ((".html", ".htm", ".xhtml"), "html", ("", "HTML", "XML"), re.compile(r"<[a-z][a-z0-9]*[\s>/]", re.I)),
    ((".md", ".markdown"), "markdown", ("",), re.compile("")),
)
"""How names end, the reader that they ask for, the looks that do not contradict it, and what every such text has."""


def recognised(name: str, content: bytes) -> tuple[str, str]:
    """Return the reader that a file asks for, and its encoding where it is text; "" for what nothing reads."""
    kind = reader_by_bytes(content)
    if kind or kind_by_bytes(content):
        return kind, ""
    codec = _codec(content)
    return (_of_text(name, content.decode(codec)), codec) if codec else ("", "")


def _codec(content: bytes) -> str:
    """Return by which encoding a document is text; "" for what is no text, or in an encoding that is not known."""
    if is_utf16(content):
        return "utf-16" if _decodes(content, "utf-16") else ""
    return next((codec for codec in _CODECS if _decodes(content, codec)), "")


def _decodes(content: bytes, codec: str) -> bool:
    """Return whether bytes are text of an encoding; one of single bytes takes nearly all of them, so signs tell."""
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        return False
    return codec != "windows-1252" or not _CONTROL.search(text)


def _of_text(name: str, text: str) -> str:
    """Return the reader of a text: by its name where its look does not speak against that, and else by its look."""
    look = kind_by_look(text)
    for suffixes, kind, looks, shape in _NAMED:
        if name.lower().endswith(suffixes) and look in looks and shape.search(text) and kind in READERS:
            return kind
    return next((reader.name for reader in READERS if look and reader.look == look), TEXT)
