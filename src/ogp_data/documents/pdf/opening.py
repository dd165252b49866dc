"""Opens a PDF, or says why it cannot be read, and what it carries besides its pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdftypes import resolve1
from pdfplumber.utils.exceptions import PdfminerException

from ogp_data.core.messages import Message
from ogp_data.documents.building import Builder
from ogp_data.documents.limits import UnreadableError, refusing, too_large

Opened = Any
_END = 2048
"""So near to its end a whole file says that it ends."""


@contextmanager
def opened(content: bytes, limit: int) -> Iterator[Opened]:
    """Yield a PDF with all its pages counted."""
    if b"%%EOF" not in content[-_END:]:
        raise UnreadableError("damaged-file", Message("The PDF was cut off: its end is missing."))
    with reading(), pdfplumber.open(io.BytesIO(content)) as pdf:
        count = len(pdf.pages)
        if count > limit:
            message = Message("The PDF has {count} pages, more than {limit}.", count=count, limit=limit)
            raise too_large(message, "pages")
        if not count:
            raise UnreadableError("damaged-file", Message("The PDF has no pages."))
        yield pdf


def reading() -> AbstractContextManager[None]:
    """Return what lets whatever the library raises meanwhile say why the PDF cannot be read."""
    return refusing(_unreadable)


def _unreadable(raised: Exception) -> UnreadableError:
    # pdfplumber says what pdfminer raised as the argument of an exception of its own.
    reason = raised.args[0] if isinstance(raised, PdfminerException) and raised.args else raised
    if isinstance(reason, PDFPasswordIncorrect | PDFEncryptionError):
        return UnreadableError("encrypted-file", Message("The PDF cannot be read without its password."))
    said = f"{type(reason).__name__}: {reason}"[:200]
    return UnreadableError("damaged-file", Message("The PDF cannot be read: {said}.", said=said))


def warn_of_extras(pdf: Opened, builder: Builder) -> None:
    """Warn of scripts, attached files, forms and comments, none of which is read."""
    catalog = resolve1(pdf.doc.catalog)
    names = _member(catalog, "Names")
    if _is_script(_member(catalog, "OpenAction")) or _member(catalog, "AA") or _member(names, "JavaScript"):
        builder.warn("active-content", Message("The PDF carries a script; it is not run."))
    if _member(names, "EmbeddedFiles"):
        builder.warn("unread-part", Message("The PDF carries other files within it; they are not read."))
    form = _member(catalog, "AcroForm")
    if _member(form, "Fields"):
        builder.warn("unread-part", Message("The PDF is a form; what is filled in is not read."))


def comments(page: Opened) -> int:
    """Return how many comments stand on a page."""
    kinds = (str(annot["data"].get("Subtype", "")) for annot in page.annots if isinstance(annot.get("data"), dict))
    return sum(1 for kind in kinds if any(name in kind for name in ("Text", "Highlight", "StrikeOut", "Stamp", "Ink")))


def _member(held: object, name: str) -> object:
    with suppress(Exception):  # whatever a damaged part is, it is not there
        found = resolve1(held)
        return resolve1(found.get(name)) if isinstance(found, dict) else None
    return None


def _is_script(action: object) -> bool:
    return isinstance(action, dict) and "JavaScript" in str(action.get("S", ""))
