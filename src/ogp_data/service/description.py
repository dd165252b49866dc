"""The SPARQL 1.1 Service Description of the endpoint: https://www.w3.org/TR/sparql11-service-description/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

import pyoxigraph as ox
from rdflib import URIRef
from rdflib.namespace import RDF, VOID, XSD

from ogp_data.core.vocab import SD

FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)
"""Local names at https://www.w3.org/ns/formats/."""


def write(endpoint: str, counts: Mapping[str, int], form: ox.RdfFormat) -> bytes:
    """Return the description of the endpoint at an address; `counts` as of `workers.Pool`."""
    bound = form in (ox.RdfFormat.TURTLE, ox.RdfFormat.RDF_XML)
    prefixes = {"sd": str(SD._NS), "void": str(VOID._NS)} if bound else None
    made = ox.serialize(triples(endpoint, counts), format=form, prefixes=prefixes)
    return cast(bytes, made)


def triples(endpoint: str, counts: Mapping[str, int]) -> Iterator[ox.Triple]:
    """Yield what is said of the endpoint, its default graph and its named graphs."""
    service, dataset, default = (ox.NamedNode(endpoint + part) for part in ("", "#dataset", "#default-graph"))
    yield ox.Triple(service, _ox(RDF.type), _ox(SD.Service))
    yield ox.Triple(service, _ox(SD.endpoint), service)
    yield ox.Triple(service, _ox(SD.supportedLanguage), _ox(SD.SPARQL11Query))
    yield ox.Triple(service, _ox(SD.feature), _ox(SD.UnionDefaultGraph))
    for name in FORMATS:
        yield ox.Triple(service, _ox(SD.resultFormat), ox.NamedNode(f"http://www.w3.org/ns/formats/{name}"))
    yield ox.Triple(service, _ox(SD.defaultDataset), dataset)
    yield ox.Triple(dataset, _ox(RDF.type), _ox(SD.Dataset))
    yield ox.Triple(dataset, _ox(SD.defaultGraph), default)
    yield from _graph(default, counts.get("", 0))
    for number, name in enumerate((name for name in counts if name), 1):
        named, graph = (ox.NamedNode(f"{endpoint}#{part}-{number}") for part in ("named", "graph"))
        yield ox.Triple(dataset, _ox(SD.namedGraph), named)
        yield ox.Triple(named, _ox(RDF.type), _ox(SD.NamedGraph))
        yield ox.Triple(named, _ox(SD.name), ox.NamedNode(name))
        yield ox.Triple(named, _ox(SD.graph), graph)
        yield from _graph(graph, counts[name])


def _graph(graph: ox.NamedNode, count: int) -> Iterator[ox.Triple]:
    yield ox.Triple(graph, _ox(RDF.type), _ox(SD.Graph))
    yield ox.Triple(graph, _ox(VOID.triples), ox.Literal(str(count), datatype=_ox(XSD.integer)))


def _ox(iri: URIRef) -> ox.NamedNode:
    return ox.NamedNode(str(iri))
