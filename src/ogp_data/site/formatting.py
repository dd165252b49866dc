"""Numbers, sizes, licences and citations as readers of each language write them."""

from __future__ import annotations

from babel import Locale
from babel.numbers import format_decimal

from ogp_data.core.messages import Message, Plural
from ogp_data.core.publication import Publication
from ogp_data.core.shared import Term
from ogp_data.core.words import Text

UNBROKEN = "\u00a0"
"""The blank between a number and what it counts, which stay on one line."""

_UNITS = (Message("kB"), Message("MB"), Message("GB"))


def number(language: str, value: int) -> str:
    """Return a whole number with its thousands apart."""
    return format_decimal(value, locale=language)


def size(language: str, bytes_: int) -> str:
    """Return a size in bytes, kB, MB or GB; 1 kB is 1,000 bytes (IEC 80000-13)."""
    if bytes_ < 1000:
        return Plural("{num} byte", "{num} bytes", bytes_).of(language).replace(" ", UNBROKEN)
    value, unit = bytes_ / 1000, 0
    # 999.5 and not 1000, or 999,600 bytes would be shown as "1000 kB".
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    rounded = round(value, 1) if value < 99.95 else round(value)
    shown = format_decimal(rounded, "0.0" if value < 99.95 else "0", locale=language)
    return Message("{number} {unit}", number=shown, unit=_UNITS[unit]).of(language).replace(" ", UNBROKEN)


def rows(language: str, term: Term | None, count: int) -> str:
    """Return how many rows there are, by what each of them is where the vocabulary has a word for several."""
    if term and term.plural and term.plural.has(language):
        is_one = Locale.parse(language, sep="-").plural_form(count) == "one"
        name = term.label if is_one else term.plural
        return f"{number(language, count)}{UNBROKEN}{within(name.of(language))}"
    return Plural("{num} row", "{num} rows", count, number(language, count)).of(language)


def unbroken(text: str, language: str, count: int) -> str:
    """Return a text whose number stays on one line with what it counts."""
    shown = number(language, count)
    return text.replace(f"{shown} ", f"{shown}{UNBROKEN}", 1)


def citation(publication: Publication, title: Text, iri: str, language: str) -> str:
    """Return how to cite: creator, year, title, version, publisher, IRI (as DataCite recommends)."""
    d, agents = publication.declaration, publication.shared.agents
    creator, publisher = agents[d.creator].name.of(language), agents[d.publisher].name.of(language)
    # Not capitalize(), which would put the rest of a name in small letters.
    creator = creator[0].upper() + creator[1:]
    issuer = "" if d.creator == d.publisher else f"{publisher}. "
    titled = Message("{title}, version {version}", title=title, version=d.version).of(language)
    return f"{creator} ({d.modified.year}). {titled} [dataset]. {issuer}{iri}"


def shortened(text: str, most: int) -> str:
    """Return a text, a long one up to its last whole word that fits and an ellipsis."""
    if len(text) <= most:
        return text
    head = text[:most]
    return f"{head.rpartition(' ')[0] or head[:-1]}…"


def within(name: str) -> str:
    """Return a name as it stands within a sentence; what begins with an abbreviation keeps its capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
