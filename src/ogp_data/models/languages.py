"""Languages by their two-letter codes, and by those of the EU's table of languages."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError

from ogp_data.models.lists import ValueLists


def language_name(language: str, spoken: str) -> str:
    """Return what a language is called in another, by the Unicode CLDR; its code where nobody says it."""
    try:
        return Locale.parse(language).get_language_name(spoken) or language
    except (UnknownLocaleError, ValueError):
        return language


def eu_code(language: str, lists: ValueLists) -> str:
    """Return the code of a language in the EU's table; "" when the table does not have it."""
    known = lists["language"].concepts.values()
    return next((concept.code for concept in known if concept.facts.get("iso639_1") == language), "")
