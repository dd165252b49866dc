"""Text that is set higher: as the characters which look so, or apart, so that 2022 and a note 1 are not 20221."""

from __future__ import annotations

import unicodedata

from ogp_data.documents.runs import SHIFTED, belongs

_MARK = 20
"""So many characters set higher may be a mark; more are text that only looks so."""


def raised(before: str, text: str) -> str:
    """Return what a text that is set higher behind another is written as."""
    last = before[-1:]
    last = last if unicodedata.normalize("NFKC", last) == last else ""
    mark = text.strip()
    if not mark or len(mark) > _MARK or belongs(last, mark):
        return text
    if any(c.isalnum() and c.isascii() and ord(c) not in SHIFTED["sup"] for c in mark):
        return f" {text}" if last.isalnum() else text
    return text.translate(SHIFTED["sup"])
