"""Any DCAT file from outside -> a graph, or a finding: truncated, mislabelled, enormous and hostile files included."""

from __future__ import annotations

import codecs
import logging
import re
from contextlib import suppress
from pathlib import Path
from xml.parsers import expat

import pyoxigraph as ox
from rdflib import Graph

from ogp_data import web
from ogp_data.findings import Finding, Place, finding
from ogp_data.rdf import term

FORMATS: dict[str, ox.RdfFormat] = {
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/json": ox.RdfFormat.JSON_LD,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "text/turtle": ox.RdfFormat.TURTLE,
}
SUFFIXES: dict[str, ox.RdfFormat] = {
    ".json": ox.RdfFormat.JSON_LD,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".ttl": ox.RdfFormat.TURTLE,
    ".xml": ox.RdfFormat.RDF_XML,
}
ACCEPT = "text/turtle, application/ld+json;q=0.9, application/rdf+xml;q=0.8, application/n-triples;q=0.7"
LIMIT = 200_000_000
"""Bytes of the largest file that is read."""
DEEPEST = 500
"""Elements within elements of XML."""

_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)


def is_address(source: str) -> bool:
    """Return whether a source is an address, not a file."""
    return "://" in source


def read(source: str, bounds: web.Bounds) -> tuple[Graph | None, list[Finding]]:
    """Return the graph of a file or address, or why there is none."""
    place = Place(file=source)
    try:
        content, media_type = web.fetch(source, bounds, ACCEPT) if is_address(source) else (_file(source), "")
    except (OSError, web.RefusedError) as reason:
        return None, [finding("catalogue-unreadable", f"{getattr(reason, 'strerror', None) or reason}.", place)]
    form = FORMATS.get(media_type) or SUFFIXES.get(Path(source.partition("?")[0]).suffix.lower())
    if form is None:
        message = "Neither its name nor its media type says in which format it is."
        hint = f"Name the file {', '.join('*' + suffix for suffix in SUFFIXES)}, or serve it with its media type."
        return None, [finding("catalogue-unreadable", message, place, hint)]
    return _parse(content, form, place, source if is_address(source) else "")


def _file(source: str) -> bytes:
    with Path(source).open("rb") as file:
        content = file.read(LIMIT + 1)
    if len(content) > LIMIT:
        raise web.RefusedError(f"The file is longer than {LIMIT} bytes")
    return content


def _parse(content: bytes, form: ox.RdfFormat, place: Place, base: str) -> tuple[Graph | None, list[Finding]]:
    if form == ox.RdfFormat.RDF_XML and _DOCTYPE.search(content):
        message = "The RDF/XML declares a document type or entities; they are refused and never fetched."
        return None, [
            finding("catalogue-unreadable", message, place, "Write the file without <!DOCTYPE> and <!ENTITY>.")
        ]
    if form == ox.RdfFormat.RDF_XML and _depth(content) > DEEPEST:
        message = f"The RDF/XML has elements within elements more than {DEEPEST} deep."
        return None, [finding("catalogue-unreadable", message, place)]
    try:
        graph = to_graph(content.removeprefix(codecs.BOM_UTF8), form, base)
    except (SyntaxError, ValueError) as reason:
        if "LoadDocumentCallback" in str(reason):
            message = "The JSON-LD takes its context from another address; it is refused and never fetched."
            hint = "Write the context into the file, or convert the file to Turtle."
            return None, [finding("catalogue-unreadable", message, place, hint)]
        return None, [finding("catalogue-unreadable", f"It is not well-formed {form.name}: {reason}.", place)]
    if not graph:
        return None, [finding("catalogue-unreadable", f"It is {form.name} that says nothing at all.", place)]
    return graph, []


def _depth(content: bytes) -> int:
    """Return how deep the elements of XML stand in each other, up to just over the limit; reading costs its square."""
    depth = deepest = 0

    def begin(_name: str, _attributes: object) -> None:
        nonlocal depth, deepest
        depth += 1
        deepest = max(deepest, depth)
        if depth > DEEPEST:
            raise ValueError

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    with suppress(expat.ExpatError, ValueError):  # what is not well formed is told by the reader, with its line
        parser.Parse(content, True)
    return deepest


def to_graph(content: bytes, form: ox.RdfFormat, base: str = "") -> Graph:
    """Return what a file says, all its graphs as one; SyntaxError or ValueError when it is not well formed."""
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # the rules tell of a literal that is no date, and where
    graph = Graph(bind_namespaces="none")
    for quad in ox.parse(content, format=form, base_iri=base or None, rename_blank_nodes=True):
        if isinstance(quad.object, ox.Triple):
            raise ValueError("it speaks about statements (RDF 1.2), which DCAT has no use for")
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph
