"""Names of countries: those of the EU's table, and those of the Unicode CLDR in other languages."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError

from ogp_data.models.lists import Concept


def country_name(country: Concept, language: str) -> str:
    """Return what a country of the EU's table is called in a language; in English where nobody says it."""
    own = {"en": country.en, "nl": country.nl}.get(language, "")
    return own or _by_cldr(country.facts.get("alpha2", ""), language) or country.label(language)


def _by_cldr(code: str, language: str) -> str:
    try:
        return str(Locale.parse(language).territories.get(code, ""))
    except (UnknownLocaleError, ValueError):
        return ""
