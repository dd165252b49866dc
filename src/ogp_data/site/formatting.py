"""Numbers, sizes, licences and citations as readers of each language write them."""

from __future__ import annotations

import re

from ogp_data.core.publication import Publication
from ogp_data.core.words import Words
from ogp_data.site.locations import Language

_UNITS = ("bytes", "kB", "MB", "GB")


def number(language: Language, value: int) -> str:
    """Return a whole number with its thousands apart."""
    text = f"{value:,}"
    return text.replace(",", ".") if language == "nl" else text


def size(language: Language, bytes_: int) -> str:
    """Return a size in bytes, kB, MB or GB; 1 kB is 1,000 bytes (IEC 80000-13)."""
    value, unit = float(bytes_), 0
    # 999.5 and not 1000, or 999,600 bytes would be shown as "1000 kB".
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    if unit == 0:
        return f"{bytes_} {_UNITS[0] if bytes_ != 1 else 'byte'}"
    text = f"{value:.1f}" if value < 99.95 else f"{value:.0f}"
    return f"{text.replace('.', ',') if language == 'nl' else text} {_UNITS[unit]}"


def licence(iri: str) -> str:
    """Return how a Creative Commons licence is called; another is called by its IRI."""
    if "publicdomain/zero" in iri:
        return "CC0 1.0"
    match = re.search(r"licenses/(by(?:-[a-z]+)*)/(\d\.\d)", iri)
    return f"CC {match[1].upper()} {match[2]}" if match else iri


def citation(publication: Publication, title: Words, iri: str, language: Language) -> str:
    """Return how to cite: creator, year, title, version, publisher, IRI (as DataCite recommends)."""
    d, agents = publication.declaration, publication.shared.agents
    creator, publisher = agents[d.creator].name.of(language), agents[d.publisher].name.of(language)
    version = "versie" if language == "nl" else "version"
    # Not capitalize(), which would put the rest of a name in small letters.
    creator = creator[0].upper() + creator[1:]
    issuer = "" if d.creator == d.publisher else f"{publisher}. "
    return f"{creator} ({d.modified.year}). {title.of(language)}, {version} {d.version} [dataset]. {issuer}{iri}"
