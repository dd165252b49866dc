"""Faults of the corpus that are not fixed yet; a file that is no longer at fault must go from this list."""

from __future__ import annotations

KNOWN: dict[str, str] = {}
"""File below `tests/corpus/` -> what is wrong."""
