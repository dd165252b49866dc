"""Kinds of organisations, as declarations name them: `regional-authority` is RegionalAuthority of ADMS."""

from __future__ import annotations

import re

from ogp_data.models.lists import Concept, ValueLists

TYPES = "publisher-type"
PERSONS = "private-individual"
"""The one kind that is no organisation."""


def type_names(lists: ValueLists) -> list[str]:
    """Return the names of all kinds of organisations."""
    return [_name(code) for code in lists[TYPES].rows]


def type_of(lists: ValueLists, name: str) -> Concept | None:
    """Return the concept of a kind of organisation, None when no kind is called so."""
    return next((each for each in lists[TYPES].concepts.values() if _name(each.code) == name), None)


def nearest_types(lists: ValueLists, written: str) -> list[str]:
    """Return the names of kinds that somebody may have meant."""
    return [_name(concept.code) for concept in lists[TYPES].nearest(written)]


def _name(code: str) -> str:
    words = re.findall(r"[A-Z][a-z]+", code)
    return "-".join(words).lower()
