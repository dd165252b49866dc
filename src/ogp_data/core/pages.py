"""Where pages in several languages lie, and how they name others: the first at the root, another below its code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def in_language(path: str, language: str, languages: Sequence[str]) -> str:
    """Return the path of a page in one of its languages, from its path in the first of them."""
    return path if language == languages[0] else f"{language}/{path}"


def canonical(path: str) -> str:
    """Return the path by which a page is known: that of its folder for the page that a folder shows."""
    folder, _, name = path.rpartition("/")
    return (f"{folder}/" if folder else "") if name == "index.html" else path


def relative(path: str, page: str) -> str:
    """Return how a page names a path below the publication's folder."""
    return "../" * page.count("/") + path


def naming(path: str, language: str, languages: Sequence[str]) -> dict[str, Any]:
    """Return what the template of a page needs to name files, other pages, and itself in its other languages."""
    own = in_language(path, language, languages)
    return {
        "to": lambda target: relative(in_language(target, language, languages), own),
        "file": lambda target: relative(target, own),
        "page_in": lambda other: relative(in_language(path, other, languages), own),
        "others": [other for other in languages if other != language],
    }
