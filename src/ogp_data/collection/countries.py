"""Countries as publications call them -> each country once: by its code, or by a name that several give it.

A country that is declared by its name is that of the code which the list of countries, or the CLDR, has for the name in
that language. What no list has stays as it is called, and is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ogp_data.collection.handed import Country
from ogp_data.collection.published import Collection, Published
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import SOURCE, Message
from ogp_data.core.words import Words
from ogp_data.models.countries import codes_by_name, country_name
from ogp_data.models.lexicon import folded
from ogp_data.models.lists import ValueList


def joined(collection: Collection, countries: ValueList) -> Collection:
    """Return the collection in which publications of one country say so alike, in the languages over all too."""
    uncoded = [one.country for one in collection.publications if not one.country.code]
    tags = {SOURCE, *(tag for one in uncoded for tag in one.name)} if uncoded else ()
    known = {tag: codes_by_name(countries, tag) for tag in tags}
    coded = [_coded(one.country, known) for one in collection.publications]
    told = [_told(one, collection.languages, countries) for one in _shared(coded)]
    pairs = zip(collection.publications, told, strict=True)
    return replace(collection, publications=[replace(one, country=country) for one, country in pairs])


def unlisted(collection: Collection, countries: ValueList) -> Iterator[Finding]:
    """Yield the countries that no list has; nothing where all plans are of one, from which none can stand apart."""
    by_key: dict[str, list[Published]] = {}
    for one in collection.publications:
        by_key.setdefault(one.country.key, []).append(one)
    for own in by_key.values() if len(by_key) > 1 else ():
        first = own[0].country
        if not first.code and first.said:
            yield _unlisted(own, countries)


def _unlisted(own: Sequence[Published], countries: ValueList) -> Finding:
    name = own[0].country.said
    message = Message(
        "No list has a country called {name!r}; these publications stand apart from those of any other country: {ids}.",
        name=name,
        ids=", ".join(one.id for one in own),
    )
    near = ", ".join(f'country = "{one.code}" ({one.en})' for one in countries.nearest(name)[:2])
    hint = Message("Declare the country by its code, perhaps as {near}.", near=near) if near else ""
    return finding("unlisted-country", message, Place(file=f"{own[0].id}/publication.toml", key="country"), hint)


def _coded(country: Country, known: Mapping[str, Mapping[str, str]]) -> Country:
    """Return a country with its code, where its names have one in the lists, and no two."""
    if country.code:
        return country
    said = [(folded(name), tag) for tag, name in country.name.items()]
    found = {code for name, tag in said if (code := known[tag].get(name) or known[SOURCE].get(name))}
    return replace(country, code=found.pop()) if len(found) == 1 else country


def _shared(countries: Sequence[Country]) -> list[Country]:
    """Return the countries, those without a code that have a name in common as the first of them says it."""
    seen: dict[tuple[str, str], int] = {}
    first = list(range(len(countries)))
    for at, one in enumerate(countries):
        names = [(tag, folded(name)) for tag, name in one.name.items() if not one.code]
        for before in sorted({first[seen[name]] for name in names if name in seen}):
            first = [min(before, first[at]) if number in (before, first[at]) else number for number in first]
        seen |= dict.fromkeys(names, at)
    return [one if one.code else countries[first[at]] for at, one in enumerate(countries)]


def _told(country: Country, languages: Sequence[str], countries: ValueList) -> Country:
    """Return a country of a code with its name in each of the languages too."""
    concept = countries.of_code(country.code)
    if concept is None:
        return country
    return replace(country, name=Words({**{tag: country_name(concept, tag) for tag in languages}, **country.name}))
