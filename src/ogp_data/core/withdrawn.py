"""What a publication does not say, or no longer: which files say it all the same."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from ogp_data.core.text import fold

_OF_DOCUMENT = re.compile(r"(?:v/[^/]+/)?source/.+", re.DOTALL)
_QUOTING = str.maketrans("", "", '"\\')
"""What CSV and JSON write in a text that has quotation marks or backslashes."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Whether the document is not published, and which words are withheld."""

    document: bool = False
    words: tuple[str, ...] = ()

    def is_in(self, path: str, content: bytes) -> bool:
        """Return whether a published file is the document or a page of it, or says words that are withheld."""
        return bool(self.document and _OF_DOCUMENT.fullmatch(path)) or bool(self.words and self._says(content))

    def first_in(self, files: Mapping[str, bytes]) -> str:
        """Return the first of files that has what is withdrawn; "" where none has."""
        return next((path for path, content in files.items() if self.is_in(path, content)), "")

    def _says(self, content: bytes) -> bool:
        try:
            said = content.decode()
        except UnicodeDecodeError:
            return False  # spreadsheets, archives and the database say what the text files beside them say
        bare = _bare(said)
        return any(word in bare for word in filter(None, map(_bare, self.words)))


def _bare(text: str) -> str:
    """Return a text as it is compared: however a format has written it."""
    return fold(html.unescape(text)).translate(_QUOTING)
