"""A file as it was received -> the document that a reader makes of it, and what a declaration says of that."""

from __future__ import annotations

from dataclasses import dataclass

from ogp_data.core.source import SourceFile, SourceText
from ogp_data.documents import READERS, Document, read
from ogp_data.documents.detection import is_utf16, kind_by_bytes, kind_by_look, reader_by_bytes

_TEXT = "converted-text"


@dataclass(frozen=True, slots=True)
class Opened:
    """A document with the reader of its kind, and its encoding where it is text; "" for what cannot be read."""

    document: Document
    kind: str = ""
    codec: str = ""

    @property
    def keys(self) -> dict[str, object]:
        """Return the keys by which a declaration says how the document is read, where that is not as usual."""
        kind: dict[str, object] = {"kind": self.kind} if self.kind not in ("", _TEXT) else {}
        return kind | ({"encoding": self.codec} if self.codec == "utf-16" else {})


def opened(name: str, content: bytes) -> Opened:
    """Return a document by the reader that its content asks for; without blocks where there is none."""
    kind, codec = reader_by_bytes(content), ""
    if not kind and not kind_by_bytes(content) and (codec := _codec(content)):
        kind = _of_text(name, content.decode(codec))
    if not kind:
        return Opened(Document(SourceText.of(name, ""), (), ()))
    document = read(kind, SourceFile(name, content, codec or "utf-8-sig"))
    return Opened(document, kind if document.blocks or codec else "", codec)


def _codec(content: bytes) -> str:
    """Return by which encoding a document is text; "" for what is no text, or in an encoding that is not known."""
    codec = "utf-16" if is_utf16(content) else "utf-8-sig"
    try:
        content.decode(codec)
    except UnicodeDecodeError:
        return ""
    return codec


def _of_text(name: str, text: str) -> str:
    """Return the reader of a text: by its look; one that looks like prose is Markdown only where its name says so."""
    if look := kind_by_look(text):
        return next((reader.name for reader in READERS if reader.look == look), _TEXT)
    return "markdown" if name.lower().endswith((".md", ".markdown")) and "markdown" in READERS else _TEXT
