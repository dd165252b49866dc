"""In which syntax a text is written: decided by what stands in it, for names and media types are often wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class Form:
    """A syntax: its name, and the parser that reads it."""

    name: str
    parser: ox.RdfFormat
    family: str
    """What tells it from others at a glance; of one family, only the name says which it is."""


# Turtle is read as TriG, which is Turtle and named graphs; N-Triples as N-Quads in the same way.
TURTLE = Form("Turtle", ox.RdfFormat.TRIG, "text")
TRIG = Form("TriG", ox.RdfFormat.TRIG, "text")
N3 = Form("N3", ox.RdfFormat.TRIG, "text")
N_TRIPLES = Form("N-Triples", ox.RdfFormat.N_QUADS, "lines")
N_QUADS = Form("N-Quads", ox.RdfFormat.N_QUADS, "lines")
RDF_XML = Form("RDF/XML", ox.RdfFormat.RDF_XML, "xml")
JSON_LD = Form("JSON-LD", ox.RdfFormat.JSON_LD, "json")
HTML = Form("HTML", ox.RdfFormat.JSON_LD, "html")

SUFFIXES = {
    ".ttl": TURTLE,
    ".jsonld": JSON_LD,
    ".json": JSON_LD,
    ".rdf": RDF_XML,
    ".xml": RDF_XML,
    ".owl": RDF_XML,
    ".nt": N_TRIPLES,
    ".nq": N_QUADS,
    ".trig": TRIG,
    ".n3": N3,
    ".html": HTML,
    ".htm": HTML,
}
MADE_OF_STATEMENTS = [suffix for suffix, form in SUFFIXES.items() if form is not HTML]
"""How the names of files end that are nothing but statements."""
MEDIA_TYPES = {
    "text/turtle": TURTLE,
    "application/turtle": TURTLE,
    "application/x-turtle": TURTLE,
    "application/trig": TRIG,
    "application/n-triples": N_TRIPLES,
    "application/n-quads": N_QUADS,
    "text/n3": N3,
    "text/rdf+n3": N3,
    "application/n3": N3,
    "application/ld+json": JSON_LD,
    "application/json": JSON_LD,
    "application/rdf+xml": RDF_XML,
    "application/xml": RDF_XML,
    "text/xml": RDF_XML,
    "text/html": HTML,
    "application/xhtml+xml": HTML,
}
"""text/plain, application/octet-stream and the like say nothing."""

_SPACE = re.compile(r"(?:\s++|#[^\n]*+(?:\n|\Z))*+")
_JSON = re.compile(r'\{\s*+(?:"|\}\s*+\Z|\Z)|\[\s*+(?:-?\d|true\b|false\b|null\b|\{\s*+["}]|\[|"|\]\s*+\Z|\Z)')
_MARKUP = re.compile(r"<(?:\?xml|!DOCTYPE|!--|(?P<name>[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)[\s/>])", re.I)
_ELEMENT = re.compile(r"<(?P<name>[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)(?=[\s/>])(?P<rest>[^<>]*+)")
_PAGE = re.compile(r"<!DOCTYPE\s+html\b", re.I)
_NAMED = r"(?:<[^<>\s:]*:[^<>\s]*>|_:[^\s<>\"]+)"
_LINE = re.compile(
    rf'{_NAMED}[ \t]*<[^<>\s]*>[ \t]*(?:{_NAMED}|"(?:[^"\\\n]|\\.)*+"(?:\^\^<[^<>\s]*>|@[\w-]+)?)'
    rf"(?P<graph>[ \t]*{_NAMED})?[ \t]*\.[ \t]*(?:#.*)?"
)
_ONLY_TURTLE = re.compile(r"^\s*@?(?:prefix|base)\b|[;,]\s*$", re.I | re.M)
_TURTLE = re.compile(r"@?(?:prefix|base)\b|<[^<>\s]*>\s|_:\S|\[|\(|[\w-]*:[^\s/]*\s+(?:a\b|<|[\w-]*:)|GRAPH\b|\{", re.I)


def declared(name: str, media_type: str) -> Form | None:
    """Return the syntax that a media type says, or else the end of a name; None where neither says one."""
    # The media type first: the server knows what it sends, and an address may end in anything.
    plain = name.partition("?")[0].partition("#")[0].removesuffix(".gz").removesuffix(".zip")
    return MEDIA_TYPES.get(media_type) or SUFFIXES.get(PurePosixPath(plain).suffix.lower())


def detected(start: str, said: Form | None) -> Form | None:
    """Return the syntax of a text by how it starts; what its name says decides where its start does not."""
    text = start.lstrip("\ufeff")
    after = text[match.end() :] if (match := _SPACE.match(text)) else text
    if _JSON.match(after):
        return JSON_LD
    if _MARKUP.match(after) and (markup := _kind_of_markup(after, said)):
        return markup
    known = said if said and said.family in ("text", "lines") else None
    return _kind_of_text(text, known) if known or _TURTLE.match(after) else said


def _kind_of_markup(text: str, said: Form | None) -> Form | None:
    """Return whether markup is RDF/XML or a page; None for an IRI of Turtle that looks like an element."""
    element = _ELEMENT.search(text)
    name = element["name"].lower() if element else ""
    if _PAGE.match(text) or name == "html":
        return HTML
    if text.startswith(("<?xml", "<!")) or (element and "xmlns" in element["rest"]):
        return RDF_XML
    return said if said and said.family in ("xml", "html") else None


def _kind_of_text(text: str, said: Form | None) -> Form:
    """Return which of the syntaxes of statements a text is written in: lines where each line is one."""
    lines = [line for each in text.splitlines()[:50] if (line := each.strip()) and not line.startswith("#")]
    # The last line may be cut off where the start of the file ends.
    fits = [_LINE.fullmatch(line) is not None for line in lines[:-1] or lines]
    if said and said.family == "lines":
        # Some lines may be broken; where most are no statements and there are signs of Turtle, it is Turtle.
        return TURTLE if 2 * sum(fits) < len(fits) and _ONLY_TURTLE.search(text) else said
    return said or (N_QUADS if fits and all(fits) else TURTLE)
