"""A catalogue as the scores look at it: its datasets, each with its distributions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from rdflib import BNode, Graph, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from ogp_data.checks.places import called
from ogp_data.core.graph import Graph as Columns
from ogp_data.core.rdf import from_rdflib
from ogp_data.core.terms import Iri
from ogp_data.core.vocab import DCAT
from ogp_data.models.licences import Licences
from ogp_data.models.lists import ValueLists

Answers = Mapping[str, int]
"""Address -> HTTP status of a probe; 0 when nothing answered."""


@dataclass(frozen=True)
class View:
    """A graph with what is needed to score it: value lists, names of faulty things, the day, a probe's answers."""

    graph: Graph
    lists: ValueLists
    as_of: date
    faulty: frozenset[str] = frozenset()
    answers: Answers | None = None

    @cached_property
    def datasets(self) -> list[Node]:
        """Return the datasets, by name."""
        # Sorted, since the order of a graph changes from run to run and the order of reasons must not.
        return sorted(set(self.graph.subjects(RDF.type, DCAT.Dataset)), key=self.name)

    def distributions(self, dataset: Node) -> list[Node]:
        """Return the distributions of a dataset, by name."""
        return self._distributions.get(dataset, [])

    @cached_property
    def _distributions(self) -> dict[Node, list[Node]]:
        """Return dataset -> distributions; every metric asks for them."""
        found: dict[Node, list[Node]] = {}
        for dataset, file in self.graph.subject_objects(DCAT.distribution):
            found.setdefault(dataset, []).append(file)
        return {dataset: sorted(files, key=self.name) for dataset, files in found.items()}

    def name(self, node: Node) -> str:
        """Return the IRI of a thing, or what it is when it has none, as a finding's place does."""
        return called(self._columns, from_rdflib(node)) if isinstance(node, BNode) else str(node)

    @cached_property
    def _columns(self) -> Columns:
        columns = Columns()
        for subject, predicate, value in self.graph:
            columns.add(from_rdflib(subject), Iri(str(predicate)), from_rdflib(value))
        return columns

    def values(self, node: Node, predicate: URIRef) -> list[Node]:
        """Return a property's values, in an order that does not depend on chance."""
        return sorted(self.graph.objects(node, predicate), key=str)

    def has(self, node: Node, *predicates: URIRef) -> bool:
        """Return whether a node has a value for one of the properties."""
        return any((node, predicate, None) in self.graph for predicate in predicates)

    @cached_property
    def licences(self) -> Licences:
        """Return the licences of the lists."""
        return Licences(self.lists)

    def fact(self, node: Node, predicate: URIRef, list_id: str, column: str) -> str:
        """Return what a list says in a column of a property's first value in it; "" when none is in it."""
        found = (self.lists[list_id].get(str(value)) for value in self.values(node, predicate))
        return next((concept.facts.get(column, "") for concept in found if concept), "")

    def in_list(self, node: Node, predicate: URIRef, list_id: str) -> bool:
        """Return whether a property has values and all of them are in a list."""
        found = self.values(node, predicate)
        # Without the first half a property that is absent would count as wholly in the list.
        return bool(found) and all(str(value) in self.lists[list_id] for value in found)

    def answered(self, node: Node, predicate: URIRef) -> bool:
        """Return whether a property's addresses all answered a probe with a status of 200 to 399."""
        addresses = [str(value) for value in self.values(node, predicate)]
        answers = self.answers or {}
        return bool(addresses) and all(200 <= answers.get(address, 0) < 400 for address in addresses)

    def addresses(self) -> list[str]:
        """Return every address that a probe is to ask."""
        predicates = (DCAT.accessURL, DCAT.downloadURL)
        files = [d for dataset in self.datasets for d in self.distributions(dataset)]
        return sorted({str(v) for file in files for p in predicates for v in self.values(file, p)})


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one criterion: whether it is met, and the evidence or the reason."""

    name: str
    met: bool
    evidence: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """A yes/no question about a catalogue."""

    name: str
    ask: Callable[[View], tuple[bool, str]] = field(repr=False)

    def of(self, view: View) -> Outcome:
        """Return the answer for a catalogue."""
        met, evidence = self.ask(view)
        return Outcome(self.name, met, evidence)


def share(view: View, test: Callable[[View, Node], bool]) -> tuple[int, int]:
    """Return for how many of the datasets a test holds, and how many there are."""
    return sum(test(view, dataset) for dataset in view.datasets), len(view.datasets)
