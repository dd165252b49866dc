"""Languages in the EU's table of languages."""

from __future__ import annotations

from ogp_data.models.lists import ValueLists


def eu_code(language: str, lists: ValueLists) -> str:
    """Return the code of a language in the EU's table; "" when the table does not have it."""
    known = lists["language"].concepts.values()
    return next((concept.code for concept in known if concept.facts.get("iso639_1") == language), "")
