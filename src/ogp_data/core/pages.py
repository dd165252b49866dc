"""Where pages in several languages lie, and how they name others: the first at the root, another below its code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ogp_data.core.messages import locale


def in_language(path: str, language: str, languages: Sequence[str]) -> str:
    """Return the path of a page in one of its languages, from its path in the first of them."""
    return path if language == languages[0] else f"{language}/{path}"


def relative(path: str, page: str) -> str:
    """Return how a page names a path below the publication's folder."""
    return "../" * page.count("/") + path


def frame(path: str, language: str, languages: Sequence[str]) -> dict[str, Any]:
    """Return what the template of a page needs to name files, other pages, and itself in its other languages."""
    own = in_language(path, language, languages)
    return {
        "to": lambda target: relative(in_language(target, language, languages), own),
        "file": lambda target: relative(target, own),
        "page_in": lambda other: relative(in_language(path, other, languages), own),
        "others": [other for other in languages if other != language],
        "locale": locale,
    }
