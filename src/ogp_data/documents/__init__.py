"""A file -> Document: blocks with their places; one reader for each kind of file. Imports core."""

from collections.abc import Sequence
from dataclasses import replace

from ogp_data.core.findings import Place, finding
from ogp_data.core.messages import Message
from ogp_data.core.source import SourceText
from ogp_data.documents.characters import check_characters
from ogp_data.documents.detection import kind_by_look
from ogp_data.documents.document import Anchor, Aside, Block, Document, Inline
from ogp_data.documents.readers import READERS, Reader, read_by
from ogp_data.documents.repairs import Repair, repaired, restored


def read(kind: str, source: SourceText, repairs: Sequence[Repair] = ()) -> Document:
    """Return a document of a kind, read as if the recorded repairs were made, with its own places."""
    reader = READERS[kind]
    text, pieces = repaired(source, repairs)
    document = read_by(reader, text)
    if repairs:
        document = restored(document, source, pieces, repairs)
    findings = [*check_characters(text), *document.findings]
    if reader.is_prose and (look := kind_by_look(text.text)):
        message = Message(
            "The document looks like {look}, not like text that a converter made for people to read.", look=look
        )
        findings.insert(0, finding("unexpected-file-kind", message, Place(file=source.name, at=source.place(0))))
    return replace(document, findings=tuple(findings))


__all__ = ["READERS", "Anchor", "Aside", "Block", "Document", "Inline", "Reader", "Repair", "read"]
