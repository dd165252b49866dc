"""The readers of documents, behind one door: a kind of file, and how one of it becomes a Document.

A reader of another package comes in by an entry point of the group `ogp_data.readers`; docs/how-to/add-a-reader.md
shows one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from ogp_data.core.doors import FAILURES, Door, said
from ogp_data.core.findings import Place, finding
from ogp_data.core.messages import Message, changed
from ogp_data.core.source import SourceFile, SourceText
from ogp_data.core.text import shown
from ogp_data.documents import converted_text
from ogp_data.documents.document import Document
from ogp_data.documents.limits import UnreadableError
from ogp_data.documents.pictures import Picture


@dataclass(frozen=True, slots=True)
class Reader:
    """A kind of document by the name that `source.kind` calls it, and what reads it.

    `is_text`: its bytes are text in the declared encoding. `look`: what `kind_by_look` calls such a text, "" for prose;
    one that looks like something else, such as JSON, is reported. `reread`, of a document that is its own markup: what
    reads its text with the recorded corrections made, which may change what is a list or a row.
    `is_bounded`: it is read in a process of its own. `draw`, of a kind that has pages: what makes pictures of them.
    """

    name: str
    read: Callable[[SourceFile], Document]
    is_text: bool = True
    look: str | None = None
    reread: Callable[[SourceText], Document] | None = None
    is_bounded: bool = False
    draw: Callable[[SourceFile], tuple[Picture, ...]] | None = None


def _own(name: str, module: str, look: str | None = None, is_text: bool = True, drawing: str = "") -> Reader:
    """Return a reader that is loaded with the first document of its kind: its libraries are those of an extra."""

    def read(file: SourceFile) -> Document:
        return cast(Document, import_module(f"ogp_data.documents.{module}").read(file))

    def draw(file: SourceFile) -> tuple[Picture, ...]:
        return cast(tuple[Picture, ...], import_module(f"ogp_data.documents.{drawing}").draw(file))

    return Reader(name, read, is_text, look, is_bounded=True, draw=draw if drawing else None)


READERS: Door[Reader] = Door(
    "ogp_data.readers",
    Reader,
    (
        Reader(
            "converted-text",
            lambda file: converted_text.read(file.said),
            look="",
            reread=converted_text.read,
        ),
        _own("markdown", "markdown", look=""),
        _own("html", "web.html", look="HTML"),
        _own("pdf", "pdf.reader", is_text=False, drawing="pdf.drawing"),
        _own("docx", "word.reader", is_text=False),
        _own("xlsx", "sheets.xlsx", is_text=False),
        _own("ods", "sheets.ods", is_text=False),
        _own("csv", "sheets.csv", look="CSV"),
    ),
)
"""Every reader by the name of its kind of document."""


def read_by(reader: Reader, work: Callable[[], Document], empty: SourceText) -> Document:
    """Return what a reader makes of a file; that the code of another package fails is reported with its name."""
    try:
        return work()
    except UnreadableError as reason:
        place = Place(file=empty.name, at=reason.place)
        return Document(empty, (), (), (finding(reason.rule, changed(reason.message, shown), place, reason.hint),))
    except FAILURES as reason:
        # A fault of ours is an internal error with a report of its own; here it would be blamed on an extension.
        if READERS.is_own(reader.name):
            raise
        message = Message("The reader {name} fails: {said}.", name=reader.name, said=said(reason))
        place = Place(file=READERS.origin(reader.name))
        return Document(empty, (), (), (finding("extension-broken", message, place),))
