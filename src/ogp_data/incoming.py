"""Any DCAT file from outside -> a graph, or a finding: truncated, mislabelled, enormous and hostile files included."""

from __future__ import annotations

import re
from pathlib import Path

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

_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)


def is_address(source: str) -> bool:
    """Return whether a source is a web address, not a file."""
    return source.startswith(("http://", "https://"))


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
    return _parse(content, form, place)


def _file(source: str) -> bytes:
    path = Path(source)
    if path.stat().st_size > LIMIT:
        raise web.RefusedError(f"the file is longer than {LIMIT} bytes")
    return path.read_bytes()


def _parse(content: bytes, form: ox.RdfFormat, place: Place) -> tuple[Graph | None, list[Finding]]:
    if form == ox.RdfFormat.RDF_XML and _DOCTYPE.search(content):
        message = "The RDF/XML declares a document type or entities; they are refused and never fetched."
        return None, [
            finding("catalogue-unreadable", message, place, "Write the file without <!DOCTYPE> and <!ENTITY>.")
        ]
    try:
        graph = to_graph(content, form)
    except (SyntaxError, ValueError) as reason:
        return None, [finding("catalogue-unreadable", f"It is not well-formed {form.name}: {reason}.", place)]
    return graph, []


def to_graph(content: bytes, form: ox.RdfFormat) -> Graph:
    """Return what a file says, all its graphs as one; SyntaxError when it is not well formed."""
    graph = Graph(bind_namespaces="none")
    for quad in ox.parse(content, format=form, rename_blank_nodes=True):
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph
