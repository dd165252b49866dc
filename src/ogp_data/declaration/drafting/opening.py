"""Files as they were received -> the document that readers make of them, and what a declaration says of that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from ogp_data.core.findings import Finding, Place, errors, finding
from ogp_data.core.messages import Message
from ogp_data.core.source import SourceFile, SourceText
from ogp_data.documents import READERS, Document, read_all
from ogp_data.documents.detection import is_locked, kind_by_bytes, kind_by_look
from ogp_data.documents.recognised import TEXT, recognised

_ENCODINGS = ("utf-16", "windows-1252")
"""What a declaration says of a text that is in no UTF-8."""
_PROSE = ("", ".md", ".markdown", ".txt", ".text", ".htm", ".html", ".xhtml", ".csv", ".tsv")
"""How the names of files of text end that people read; a text with another ending is a program, a style or data."""
_ABOUT = re.compile(r"(?:licen[cs]e|copying|contributing|changelog|code_of_conduct|security)\b.*", re.I)
"""Files about a folder of files, and no part of what it holds."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A document with the files that it is made of; `wrong` says why it cannot be read."""

    document: Document
    files: tuple[SourceFile, ...]
    wrong: tuple[Finding, ...] = ()

    @property
    def keys(self) -> dict[str, object]:
        """Return the keys by which a declaration says how a document is read, where that is not as usual."""
        kinds, codecs = {file.kind for file in self.files}, {file.codec for file in self.files}
        kind = kinds.pop() if len(self.files) == 1 else ""
        codec = next((one for one in _ENCODINGS if one in codecs), "")
        keys: dict[str, object] = {"kind": kind} if kind not in ("", TEXT) else {}
        return keys | ({"encoding": codec} if codec else {})


def opened(files: Sequence[tuple[str, bytes]]) -> Opened:
    """Return files, by their paths below `source/`, as one document; without blocks where one cannot be read."""
    known = [_known(name, content, number) for number, (name, content) in enumerate(files, start=1)]
    called = known[0].name if len(known) == 1 else "source"
    if wrong := [fault for file in known for fault in _hindrances(file)]:
        return Opened(Document(SourceText.of(called, ""), (), ()), tuple(known), tuple(wrong))
    document = read_all(called, known)
    return Opened(document, tuple(known), tuple(errors([*document.findings])) if not document.blocks else ())


def _known(name: str, content: bytes, number: int) -> SourceFile:
    kind, codec = recognised(name, content)
    file = SourceFile(name, content, number=number, path=f"source/{name}", kind=kind)
    return replace(file, codec=codec) if codec else file


def why_no_document(name: str, content: bytes) -> str:
    """Return why a file that lies in a folder with others is no document of theirs; "" where it is one."""
    if _ABOUT.fullmatch(PurePath(name).name):
        return Message("it is about the folder")
    if not content.strip():
        return Message("it is empty")
    kind, codec = recognised(name, content)
    if not codec:
        return "" if kind else kind_by_bytes(content) or Message("it is not text")
    suffix = PurePath(name).suffix.lower()
    if suffix not in _PROSE:
        return Message("its name ends in {suffix}", suffix=suffix)
    look = kind_by_look(content.decode(codec))
    return look if look and all(reader.look != look for reader in READERS) else ""


def _hindrances(file: SourceFile) -> Iterator[Finding]:
    """Yield why no reader can be given a file."""
    place = Place(file=file.name)
    convert = Message("Save it in a kind that is read: {kinds}.", kinds=", ".join(reader.name for reader in READERS))
    if not file.content.strip(b"\xef\xbb\xbf \t\r\n\f\0"):
        yield finding("empty-source", Message("The source document is empty."), place)
    elif is_locked(file.content):
        yield finding("encrypted-file", Message("The file cannot be read without its password."), place)
    elif not file.kind:
        unread = Message("The source document is no text, nor a kind of file that is read.")
        what = kind_by_bytes(file.content)
        message = Message("The source document is {kind}, not text.", kind=what) if what else unread
        yield finding("source-encoding", message, place, convert)
