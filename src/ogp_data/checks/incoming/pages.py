"""Web pages that describe their data in JSON-LD, for search engines: the blocks that hold it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SCRIPT = re.compile(rb"<script\b([^<>]*+)>", re.I)
_IS_JSON_LD = re.compile(rb"""\btype\s*=\s*["']?\s*application/ld\+json\b""", re.I)
_END = re.compile(rb"</script\b", re.I)


def blocks(content: bytes) -> Iterator[bytes]:
    """Yield the blocks of JSON-LD of a page."""
    at = 0
    while script := _SCRIPT.search(content, at):
        end = _END.search(content, script.end())
        at = end.start() if end else len(content)
        text = content[script.end() : at].strip()
        if text and _IS_JSON_LD.search(script[1]):
            yield text
