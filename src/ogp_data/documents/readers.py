"""The readers of documents, behind one door: a kind of file, and how one of it becomes a Document.

A reader of another package comes in by an entry point of the group `ogp_data.readers`; docs/how-to/add-a-reader.md
shows one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ogp_data.core.doors import FAILURES, Door, said
from ogp_data.core.findings import Place, finding
from ogp_data.core.messages import Message
from ogp_data.core.source import SourceText
from ogp_data.documents import converted_text
from ogp_data.documents.document import Document


@dataclass(frozen=True, slots=True)
class Reader:
    """A kind of document by the name that `source.kind` calls it, and what reads it.

    `is_prose`: it reads text that a converter made for people, so one that looks like JSON, say, is reported.
    """

    name: str
    read: Callable[[SourceText], Document]
    is_prose: bool = False


READERS: Door[Reader] = Door(
    "ogp_data.readers", Reader, (Reader("converted-text", converted_text.read, is_prose=True),)
)
"""Every reader by the name of its kind of document."""


def read_by(reader: Reader, text: SourceText) -> Document:
    """Return what a reader makes of a text; that the code of another package fails is reported with its name."""
    try:
        return reader.read(text)
    except FAILURES as reason:
        # A fault of ours is an internal error with a report of its own; here it would be blamed on an extension.
        if READERS.is_own(reader.name):
            raise
        message = Message("The reader {name} fails: {said}.", name=reader.name, said=said(reason))
        return Document(text, (), (), (finding("extension-broken", message, Place(file=READERS.origin(reader.name))),))
