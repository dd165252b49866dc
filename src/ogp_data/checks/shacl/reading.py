"""Shapes from files, and what they say besides constraints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from ogp_data.checks.places import Labels, shown
from ogp_data.core.graph import Graph
from ogp_data.core.namespaces import DCT, SH
from ogp_data.core.terms import RDF, RDFS, Literal

TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


def load_shapes(paths: Iterable[Path]) -> Graph:
    """Return the shapes of Turtle files as one graph."""
    return parse_shapes(path.read_text(encoding="utf-8") for path in paths)


def parse_shapes(texts: Iterable[str]) -> Graph:
    """Return the shapes of Turtle texts as one graph; the nodes without IRI of each are its own."""
    return Graph.of(
        quad for text in texts for quad in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    )


def property_labels(shapes: Graph) -> Labels:
    """Return what shapes call properties in Dutch (sh:name): by class, and without where all classes agree."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for shape, name in shapes.pairs(SH.name):
        if isinstance(name, Literal) and name.language == "nl":
            kind, path = shapes.value(shape, SH.targetClass), shapes.value(shape, SH.path) or shape
            found[kind.value if kind else "", path.value].add(name.value)
            found["", path.value].add(name.value)
    # Where classes call a property by different names, no name is better than the wrong one.
    return {where: min(names) for where, names in found.items() if len(names) == 1}


def property_sentences(shapes: Graph) -> dict[tuple[str, str], tuple[str, str]]:
    """Return address and number of the sentence that shapes name for a property: by class, and for all classes."""
    found: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for shape, norm in shapes.pairs(RDFS.seeAlso):
        kind, path = shapes.value(shape, SH.targetClass), shapes.value(shape, SH.path)
        clause = shapes.value(shape, DCT.bibliographicCitation)
        if path and clause:
            for where in {kind.value if kind else "", ""}:
                found[where, path.value].add((norm.value, clause.value))
    # Several classes have the same property; of a thing of none of them the least number is as good as another.
    return {where: min(sentences) for where, sentences in found.items()}


def has_target(shapes: Graph) -> bool:
    """Return whether a shape says what it is about, by a target or by being a class itself."""
    classes = set(shapes.subjects(RDF.type, SH.NodeShape)) & set(shapes.subjects(RDF.type, RDFS.Class))
    return bool(classes) or any(any(shapes.pairs(target)) for target in TARGETS)


def without_dangling(shapes: Graph) -> tuple[Graph, list[str]]:
    """Return shapes without the references to property shapes that have no path, and those; an engine stops at them."""
    dangling = {shape for _, shape in shapes.pairs(SH.property) if not shapes.has(shape, SH.path)}
    if not dangling:
        return shapes, []
    whole = Graph()
    for subject, predicate, value in shapes.statements():
        if predicate != SH.property or value not in dangling:
            whole.add(subject, predicate, value)
    return whole, sorted(shown(shape, longest=200) for shape in dangling)
