"""Faults of the corpus that are not mended yet; a file that is no longer at fault must go from this list."""

from __future__ import annotations

KNOWN: dict[str, str] = {
    "declarations/no-languages.json": "A publication may say that its data has no language.",
    "declarations/code-twice.json": "A code may stand in a list twice; the database cannot hold that.",
}
"""File below `tests/corpus/` -> what is wrong."""
