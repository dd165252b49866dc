"""What tests change and compare as rdflib's, and what the checks read: from one to the other."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib.term import Node

from ogp_data.checks import shacl
from ogp_data.core.graph import Graph
from ogp_data.core.rdf import as_rdflib, from_ox
from ogp_data.core.terms import Blank, Iri, Literal, Term


def load_shapes(paths: Iterable[Path]) -> rdflib.Graph:
    """Return the shapes, or other statements, of Turtle files as one graph of rdflib."""
    return as_rdflib(shacl.load_shapes(paths))


def parse_shapes(texts: Iterable[str]) -> rdflib.Graph:
    """Return the shapes, or other statements, of Turtle texts as one graph of rdflib."""
    return as_rdflib(shacl.parse_shapes(texts))


def checked(graph: Iterable[tuple[Node, Node, Node]]) -> Graph:
    """Return a graph as the checks read it."""
    one = Graph()
    for subject, predicate, value in graph:
        one.add(_term(subject), Iri(str(predicate)), _term(value))
    return one


def _term(node: Node) -> Term:
    if isinstance(node, rdflib.URIRef):
        return _iri(str(node))
    if isinstance(node, rdflib.BNode):
        return Blank(str(node))
    assert isinstance(node, rdflib.Literal)
    if node.language:
        return Literal(str(node), language=node.language)
    return Literal(str(node), datatype=Iri(str(node.datatype))) if node.datatype else Literal(str(node))


def _iri(text: str) -> Iri:
    """Return an IRI, also one that is none, as lenient reading gives it."""
    [quad] = ox.parse(f"<{text}> <x:x> <x:x> .".encode(), format=ox.RdfFormat.N_TRIPLES, lenient=True)
    assert isinstance(quad.subject, Iri)
    return quad.subject


def plain(triples: Iterable[ox.Triple]) -> list[tuple[Node, Node, Node]]:
    """Return statements as rdflib's."""
    return list(map(from_ox, triples))


def turtle(text: str) -> Graph:
    """Return what a text in Turtle says, as the checks read it."""
    return Graph.of(ox.parse(text.encode(), format=ox.RdfFormat.TURTLE))
