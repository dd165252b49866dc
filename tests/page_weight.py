"""What a page weighs: itself and all that it loads, unpacked and without its pictures."""

from __future__ import annotations

import re
from pathlib import Path

_PICTURE = re.compile(r"<svg.*?</svg>", re.DOTALL)
_LOADED = re.compile(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"')


def weight(page: Path) -> int:
    """Return how many bytes a page takes with its style sheets and scripts, each counted once."""
    text = page.read_text(encoding="utf-8")
    beside: int = sum((page.parent / address).stat().st_size for address in set(_LOADED.findall(text)))
    return len(_PICTURE.sub("", text).encode()) + beside
