"""A file as it was received -> the document that a reader makes of it, and what a declaration says of that."""

from __future__ import annotations

from dataclasses import dataclass

from ogp_data.core.source import SourceFile, SourceText
from ogp_data.documents import Document, read
from ogp_data.documents.recognised import TEXT, recognised


@dataclass(frozen=True, slots=True)
class Opened:
    """A document with the reader of its kind, and its encoding where it is text; "" for what cannot be read."""

    document: Document
    kind: str = ""
    codec: str = ""

    @property
    def keys(self) -> dict[str, object]:
        """Return the keys by which a declaration says how the document is read, where that is not as usual."""
        kind: dict[str, object] = {"kind": self.kind} if self.kind not in ("", TEXT) else {}
        return kind | ({"encoding": self.codec} if self.codec == "utf-16" else {})


def opened(name: str, content: bytes) -> Opened:
    """Return a document by the reader that its content asks for; without blocks where there is none."""
    kind, codec = recognised(name, content)
    if not kind:
        return Opened(Document(SourceText.of(name, ""), (), ()))
    document = read(kind, SourceFile(name, content, codec or "utf-8-sig"))
    return Opened(document, kind if document.blocks or codec else "", codec)
