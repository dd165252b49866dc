"""Names of countries: those of the EU's table, and those of the Unicode CLDR in other languages."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError

from ogp_data.core.messages import languages
from ogp_data.models.lexicon import folded
from ogp_data.models.lists import Concept, ValueList


def country_name(country: Concept, language: str) -> str:
    """Return what a country of the EU's table is called in a language; in English where nobody says it."""
    own = {"en": country.en, "nl": country.nl}.get(language, "")
    return own or _by_cldr(country.facts.get("alpha2", ""), language) or country.label(language)


def _by_cldr(code: str, language: str) -> str:
    try:
        return str(Locale.parse(language).territories.get(code, ""))
    except (UnknownLocaleError, ValueError):
        return ""


def names_of(country: Concept) -> frozenset[str]:
    """Return what a country of today is called in each language of the program, as texts are compared."""
    said = (country_name(country, language) for language in languages())
    return frozenset() if country.deprecated else frozenset(map(folded, said))


def code_of(name: str, countries: ValueList) -> str:
    """Return the code of the country that has just this name or code; "" for none."""
    sought = folded(name)
    found = [one.code for one in countries.concepts.values() if sought in names_of(one) | {folded(one.code)}]
    return found[0] if sought and len(found) == 1 else ""
