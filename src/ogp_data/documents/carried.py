"""What a file carries unseen -> what the report says of it: each kind once, with where it is, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from ogp_data.core.declared import SourceSpec
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message
from ogp_data.core.unseen import ABOUT, Carried
from ogp_data.documents.document import Document

_OFFICE = Message("in Word or Excel: File, Info, Check for Issues, Inspect Document")
_TAKEN_OUT: Mapping[str, Message] = {
    "docx": _OFFICE,
    "xlsx": _OFFICE,
    "ods": Message("in LibreOffice: File, Properties, Reset Properties, and what the message names deleted"),
    "pdf": Message("in Acrobat: Redact a PDF, Sanitize Document; or exported anew from the cleaned original"),
}
"""How its publisher takes out what a file carries, by what its name ends in."""


def told(document: Document, source: SourceSpec) -> Iterator[Finding]:
    """Yield what a document carries that the declaration does not know, and what it knows that is not there."""
    for one in document.carried:
        # Where the file itself is not published, what its tables do not depend on goes nowhere.
        if one.kind not in source.carries and (source.publish is not False or ABOUT[one.kind].is_content):
            place = Place(file=one.file, at=next(iter(one.places), None))
            yield finding("carried-unseen", _said(one), place, _advice(one, source))


def no_more(there: Iterable[Carried], source: SourceSpec) -> Iterator[Finding]:
    """Yield what the declaration says that the document carries, and it does not."""
    known = {one.kind for one in there}
    for kind in source.carries:
        if kind not in known:
            message = Message("The document carries no {kind} any more: {what}.", kind=kind, what=ABOUT[kind].what)
            yield finding("carried-no-more", message, Place(key="source.carries"))


def _said(one: Carried) -> Message:
    """Return what is carried, how often, and where: a file may have thousands, and a few lead to the others."""
    said = Message("The file carries {what} ({count}).", what=ABOUT[one.kind].what, count=one.count)
    if one.names:
        return Message("{said} By name: {names}.", said=said, names=", ".join(one.names))
    if len(one.places) > 1:
        return Message("{said} First at: {places}.", said=said, places=", ".join(place.text for place in one.places))
    return said


def _advice(one: Carried, source: SourceSpec) -> Message:
    if source.publish is False:
        return Message(
            'Look at whether it bears on what the tables say; if not, add "{kind}" to `carries` under [source].',
            kind=one.kind,
        )
    how = _TAKEN_OUT.get(PurePosixPath(one.file).suffix.removeprefix(".").lower())
    copy = Message("ask its publisher for a copy without it, and declare that one")
    if how:
        copy = Message("ask its publisher for a copy without it ({how}), and declare that one", how=how)
    return Message(
        "Write `publish = false` under [source] to publish the data without the file, or {copy}. If all may have it,"
        ' add "{kind}" to `carries` under [source].',
        copy=copy,
        kind=one.kind,
    )
