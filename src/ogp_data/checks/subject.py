"""What the rules read: a catalogue with the lists and the profile that it is held to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rdflib import Graph, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from ogp_data.checks.shacl import Labels, Places
from ogp_data.core.findings import Finding, finding
from ogp_data.models.lists import ValueLists
from ogp_data.models.profiles import Profile, load_profile


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a rule reads: the graph, the lists, the profile to check by, and how findings name places."""

    graph: Graph
    lists: ValueLists
    file: str = ""
    profile: Profile = field(default_factory=load_profile)
    labels: Labels = field(default_factory=dict)

    def fault(self, rule: str, subject: Node, term: URIRef, message: str, hint: str = "") -> Finding:
        """Return a finding about one property of one resource."""
        return finding(rule, message, Places(self.graph, self.file, self.labels).of(subject, term), hint)

    def values(self, terms: Iterable[URIRef]) -> Iterator[tuple[Node, URIRef, Node]]:
        """Yield subject, property and value of all statements with these properties."""
        return ((s, term, o) for term in terms for s, o in self.graph.subject_objects(term))

    def all(self, kind: URIRef) -> Iterator[Node]:
        """Yield the resources of a class."""
        return self.graph.subjects(RDF.type, kind)
