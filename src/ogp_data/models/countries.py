"""Names of countries: those of the EU's table, and those of the Unicode CLDR in other languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from babel import Locale, UnknownLocaleError

from ogp_data.core.messages import languages
from ogp_data.models.lexicon import folded
from ogp_data.models.lists import Concept, ValueList

_CODES = ("code", "alpha2", "alpha3", "also")
"""The facts of a country by which it is known in any language."""


def country_name(country: Concept, language: str) -> str:
    """Return what a country of the EU's table is called in a language; in English where nobody says it."""
    own = {"en": country.en, "nl": country.nl}.get(language, "")
    return own or _territories(language).get(country.facts.get("alpha2", ""), "") or country.label(language)


def _territories(language: str) -> Mapping[str, str]:
    try:
        return Locale.parse(language, sep="-").territories
    except (UnknownLocaleError, ValueError):
        return {}


def names_of(country: Concept) -> frozenset[str]:
    """Return what a country of today is called in each language of the program, as texts are compared."""
    said = (country_name(country, language) for language in languages())
    return frozenset() if country.deprecated else frozenset(map(folded, said))


def code_of(name: str, countries: ValueList) -> str:
    """Return the code of the country that has just this name or code; "" for none."""
    sought = folded(name)
    found = [one.code for one in countries.concepts.values() if sought in names_of(one) | {folded(one.code)}]
    return found[0] if sought and len(found) == 1 else ""


def codes_by_name(countries: ValueList, language: str) -> Mapping[str, str]:
    """Return the codes of the countries of today by their names in a language and their codes in any list.

    Names are as texts are compared; one that two countries have is of none.
    """
    today = [one for one in countries.concepts.values() if not one.deprecated]
    said = [(folded(one.facts.get(fact, "")), one.code) for one in today for fact in _CODES]
    said += [(folded(country_name(one, language)), one.code) for one in today]
    often = Counter(name for name, _ in dict.fromkeys(said))
    return {name: code for name, code in said if name and often[name] == 1}
