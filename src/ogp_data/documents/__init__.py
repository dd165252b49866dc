"""A file -> Document: blocks with their places; one reader for each kind of file. Imports core."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message
from ogp_data.core.source import SourceFile, SourceText
from ogp_data.documents.bounded import draw_bounded, read_bounded, read_together
from ogp_data.documents.characters import check_characters
from ogp_data.documents.detection import kind_by_look
from ogp_data.documents.document import Anchor, Aside, Block, Cell, Document, Inline, Style
from ogp_data.documents.kept.shelf import keep_ahead, keeping, kept_or_read
from ogp_data.documents.limits import UnreadableError
from ogp_data.documents.patching import patched
from ogp_data.documents.pictures import Picture
from ogp_data.documents.readers import READERS, Reader, read_by
from ogp_data.documents.repairs import Repair, repaired, restored
from ogp_data.documents.several import joined, numbered, over

Recorded = Callable[[SourceText], Sequence[Repair]]
"""The text of a document -> the repairs that are recorded for it."""


def read_all(name: str, files: Sequence[SourceFile], recorded: Recorded = lambda _: ()) -> Document:
    """Return the files of a source as one document, read as if the recorded repairs were made."""
    begun, documents = time.monotonic(), list[Document]()
    # Each process takes a moment to begin, which is most of the time that a small file takes.
    keep_ahead([(one.kind, _alone(one)) for one in files if READERS[one.kind].is_bounded], read_together)
    for file in files:
        documents.append(read(file.kind, file, recorded))
        # What one file may hold its reader knows; what all may hold together is counted here.
        if len(files) > 1 and (refused := over(documents, file.limits, time.monotonic() - begun)):
            documents[-1] = replace(documents[-1], findings=(*documents[-1].findings, refused))
            break
    return joined(name, documents)


def read(kind: str, file: SourceFile, recorded: Recorded = lambda _: ()) -> Document:
    """Return a document of a kind, read as if the recorded repairs were made, with its own places."""
    reader = READERS[kind]
    document, text = _reread(reader, file.said, recorded) if reader.reread else _read(reader, file, recorded)
    findings = [*check_characters(text), *document.findings]
    return numbered(replace(document, findings=(*_check_look(reader, file, text), *findings)), file.number)


def draw(file: SourceFile) -> tuple[Picture, ...]:
    """Return the pages of a file as pictures; none where its kind has no pages, or they cannot be drawn."""
    if READERS[file.kind].draw is None:
        return ()
    try:
        pictures = draw_bounded(file.kind, file)
    except UnreadableError:  # what is wrong with the file, its reader tells
        return ()
    return tuple(replace(picture, page=replace(picture.page, file=file.number)) for picture in pictures)


def _check_look(reader: Reader, file: SourceFile, text: SourceText) -> Iterator[Finding]:
    """Yield that a text looks like one of another kind."""
    if reader.look is None:
        return
    look = kind_by_look(text.text if reader.reread else file.said.text)
    if look in ("", reader.look):
        return
    message = Message(
        "The document looks like {look}, not like text that a converter made for people to read.", look=look
    )
    if reader.look or not reader.reread:
        message = Message("The document looks like {look}, and is declared as {kind}.", look=look, kind=reader.name)
    known = next((other.name for other in READERS if other.look == look), "")
    hint = Message('If it is that, write kind = "{known}" under [source].', known=known) if known else ""
    yield finding("unexpected-file-kind", message, Place(file=file.name, at=text.place(0)), hint)


def _reread(reader: Reader, source: SourceText, recorded: Recorded) -> tuple[Document, SourceText]:
    """Return a document that is its own markup, and the text of which it was read: that with the repairs."""
    repairs = recorded(source)
    text, pieces = repaired(source, repairs)
    work = reader.reread
    document = read_by(reader, lambda: work(text) if work else Document(text, (), ()), text)
    return restored(document, source, pieces, repairs) if repairs else document, text


def _read(reader: Reader, file: SourceFile, recorded: Recorded) -> tuple[Document, SourceText]:
    """Return a document out of which its text was taken, and that text with the repairs."""
    work = partial(_read_apart, reader, file) if reader.is_bounded else partial(reader.read, file)
    document = numbered(read_by(reader, work, SourceText.placed(file.name, ())), file.number)
    repairs = recorded(document.source)
    return patched(document, repairs), repaired(document.source, repairs)[0]


def _read_apart(reader: Reader, file: SourceFile) -> Document:
    """Return a document that is read in a process of its own, or was read before and is kept."""
    alone = _alone(file)
    return kept_or_read(reader.name, alone, lambda: read_bounded(reader.name, alone))


def _alone(file: SourceFile) -> SourceFile:
    """Return a file without what its reading does not depend on."""
    return replace(file, number=1, path="", kind="", language="")


__all__ = [
    "READERS",
    "Anchor",
    "Aside",
    "Block",
    "Cell",
    "Document",
    "Inline",
    "Picture",
    "Reader",
    "Repair",
    "Style",
    "draw",
    "keeping",
    "read",
    "read_all",
]
