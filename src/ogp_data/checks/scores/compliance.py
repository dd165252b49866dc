"""Which resources of a catalogue break the shapes of DCAT-AP itself, the EU's: what MQA calls compliance."""

from __future__ import annotations

from collections.abc import Sequence

from ogp_data.checks import shacl
from ogp_data.checks.places import Names
from ogp_data.core import resources
from ogp_data.core.findings import Finding
from ogp_data.core.graph import Graph
from ogp_data.core.namespaces import SH
from ogp_data.core.terms import RDF, Blank, Term

PROFILE = "dcat-ap"


def breaking(graph: Graph) -> frozenset[Term]:
    """Return the resources in which DCAT-AP's mandatory shapes find a violation; give the graph with its background."""
    shapes = shacl.load_shapes([resources.shapes() / PROFILE / "mandatory.ttl"])
    return frozenset(r.focus for r in shacl.validate(shapes, graph).results if r.severity == SH.Violation)


def concerned(outcome: shacl.Outcome, findings: Sequence[Finding]) -> set[Term]:
    """Return the resources with a violation of shapes, and those that findings are about."""
    iris = {found.place.iri for found in findings if found.place.iri}
    names = {found.place.name for found in findings if found.place.name}
    violating = {result.focus for result in outcome.results if result.severity == SH.Violation}
    called = Names(outcome.data).of
    # What rules find in a thing without IRI is told by what the thing is called.
    told = {called(node) for node in violating if isinstance(node, Blank)} if names else set()
    nameless = {node for node, _ in outcome.data.pairs(RDF.type) if isinstance(node, Blank)} if names - told else set()
    named = filter(None, map(outcome.data.find, iris))
    return {*violating, *named, *(node for node in nameless if called(node) in names)}
