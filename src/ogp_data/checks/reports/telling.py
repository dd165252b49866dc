"""How a validation is told, and the names of the formats in which it can be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from ogp_data.checks.validation import Validation
from ogp_data.core.findings import SEVERITIES, Finding, Place
from ogp_data.core.messages import Message, Plural

SUFFIXES = {
    ".txt": "text",
    ".json": "json",
    ".ttl": "turtle",
    ".jsonld": "jsonld",
    ".html": "html",
    ".sarif": "sarif",
    ".xml": "junit",
}
"""How the name of a file ends -> the format that it is written in."""

FORMATS = tuple(SUFFIXES.values())


@dataclass(frozen=True, slots=True)
class Telling:
    """How a validation is told: in which language, how many groups and places as text, and what fails a pipeline."""

    language: str
    groups: int | None = None
    places: int | None = None
    fail_on: str = "error"


def form_of(path: Path) -> str:
    """Return the format that the name of a file says; "" where it says none."""
    return SUFFIXES.get(path.suffix.lower(), "")


def within(place: Place, validation: Validation) -> Place:
    """Return a place without what all places of a report have: its file, and the property that its group is about."""
    file = "" if place.file == validation.source and (place.iri or place.name) else place.file
    return replace(place, file=file, property="", label="")


def placed(found: Finding, validation: Validation, language: str) -> str:
    """Return where a finding is in a language, with the line where its thing is described if that is known."""
    told = within(found.place, validation).of(language)
    line = None if found.place.at else line_of(found, validation)
    return Message("{place}, line {number}", place=told, number=line).of(language) if line and told else told


def line_of(found: Finding, validation: Validation) -> int | None:
    """Return the line of a finding; none in N-Triples, whose lines have no order: equal statements are told alike."""
    name = validation.source.removesuffix(".gz")
    return None if Path(name).suffix.lower() in (".nt", ".nq") else validation.line_of(found)


def property_of(place: Place, language: str) -> str:
    """Return what a property is called in a language: its name in the vocabulary, and what readers of Dutch call it."""
    return Place(property=place.property, label=place.label).of(language)


def number(count: int) -> object:
    """Return a number as people read it: with marks between thousands where it has any."""
    return Message("{count:,}", count=count) if count >= 1000 else count


def marked(plural: Plural) -> Plural:
    """Return what is said of things with their number as people read it."""
    return replace(plural, shown=number(plural.number))


def sums(validation: Validation) -> Message:
    """Return how many errors and warnings a validation has, and findings of house rules where those were asked for.

    Nothing is said of warnings where these were left out: "0 warnings" would be untrue.
    """
    counts = {severity: validation.count(severity) for severity in SEVERITIES}
    told = {
        "name": validation.source,
        "errors": marked(Plural("{num} error", "{num} errors", counts["error"])),
        "warnings": marked(Plural("{num} warning", "{num} warnings", counts["warning"])),
    }
    if validation.has_errors_only:
        return Message("{name}: {errors}", **told)
    if counts["info"]:
        house = marked(Plural("{num} finding of a house rule", "{num} findings of house rules", counts["info"]))
        return Message("{name}: {errors}, {warnings}, {house}", **told, house=house)
    return Message("{name}: {errors}, {warnings}", **told)
