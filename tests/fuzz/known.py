"""Faults of the corpus that are not mended yet; a file that is no longer at fault must go from this list."""

from __future__ import annotations

_CKAN = "What CKAN answers is taken to have its parts before that is looked at."

KNOWN: dict[str, str] = {
    "declarations/no-languages.json": "A publication may say that its data has no language.",
    "deliveries/attributeerror-in-ckan-setcomp-e50d350b.json": _CKAN,
    "deliveries/keyerror-in-ckan-setcomp-7f77d210.json": _CKAN,
    "deliveries/keyerror-in-flavours-dictcomp-c51fb52d.json": _CKAN,
    "deliveries/typeerror-in-ckan-setcomp-8e65b5de.json": _CKAN,
    "deliveries/typeerror-in-flavours-dictcomp-a2db3e39.json": _CKAN,
    "declarations/code-twice.json": "A code may stand in a list twice; the database cannot hold that.",
}
"""File below `tests/corpus/` -> what is wrong."""
