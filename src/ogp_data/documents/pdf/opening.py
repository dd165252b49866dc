"""Opens a PDF, or says why it cannot be read, and what it carries besides its pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from ogp_data.core.messages import Message
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
