"""Contexts of JSON-LD that come with the program: those that catalogues of the profiles name."""

from __future__ import annotations

from typing import Any

_CONTEXTS: dict[str, Any] = {}


def context(url: str) -> Any:
    """Return the context that stands at an address; None where it does not come with the program."""
    return _CONTEXTS.get(url)
