"""Compiles the shapes of a graph, and tells what of them is beyond what can be evaluated here.

Whatever is ill-formed is beyond as well: pyshacl says what is wrong with it. As there, most of it matters only when the
shape has a focus node: the official shapes have some that never do.
"""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from ogp_data.checks.shacl import constraints as asks
from ogp_data.checks.shacl.engine import BeyondError, Constraint, Shape, Shapes, Step, Targets
from ogp_data.checks.shacl.parameters import ABOUT_PATHS, PARAMETERS, REPEATABLE, boolean, component, iri, whole
from ogp_data.core.graph import Graph
from ogp_data.core.namespaces import OWL, SH
from ogp_data.core.terms import RDF, RDFS, Blank, Iri, Literal, Term

DEEPEST = 12
"""How many shapes may refer to one another in a row; pyshacl gives up after 15."""
TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
SHAPES = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)
"""Properties whose value is a shape."""
LISTS = (SH["and"], SH["or"], SH.xone)
"""Properties whose value is a list of shapes."""
FOREIGN = (SH.sparql, SH.js, SH.expression, SH.rule, SH.target, SH.lessThan, SH.lessThanOrEquals)
"""What stands at a shape and asks what is not compiled."""


def compile(shapes: Graph) -> Shapes:  # noqa: A001 that is what it does, and the package is named before it
    """Return the shapes of a graph ready to be evaluated, or what of them is beyond it."""
    return _Compiler(shapes).shapes()


class _Compiler:
    """The shapes of a graph, each compiled once."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._said: dict[Term, dict[Iri, list[Term]]] = {}
        for predicate in graph.predicates():
            for subject, values in graph.groups(predicate):
                self._said.setdefault(subject, {})[predicate] = values
        self._kinds_of_class = {RDFS.Class, OWL.Class, *graph.subjects(RDFS.subClassOf, RDFS.Class)}
        self._made: dict[Term, Shape] = {}
        self._heights: dict[Term, int] = {}
        self._open: list[Term] = []

    def shapes(self) -> Shapes:
        """Return all shapes that have targets, by them."""
        by_targets: dict[Targets, list[Shape]] = defaultdict(list)
        try:
            if self._has_components():
                raise BeyondError(SH.ConstraintComponent)
            for node in self._nodes():
                shape, targets = self._shape(node), self._targets(node)
                if targets:
                    by_targets[targets].append(shape)
        except BeyondError as reason:
            return Shapes(self.graph, {}, reason.predicate)
        return Shapes(self.graph, by_targets)

    # What the graph says ---------------------------------------------------------------------------------

    def values(self, node: Term, predicate: Iri) -> list[Term]:
        """Return what a node says by a property."""
        return self._said.get(node, {}).get(predicate, [])

    def one(self, node: Term, predicate: Iri) -> Term | None:
        """Return the only value of a property, if there is one."""
        values = self.values(node, predicate)
        if len(values) > 1:
            raise BeyondError(predicate)
        return values[0] if values else None

    def members(self, head: Term, predicate: Iri) -> list[Term]:
        """Return the members of a list that a property leads to."""
        found, seen, at = list[Term](), set[Term](), head
        while at != RDF.nil:
            first, rest = self.values(at, RDF.first), self.values(at, RDF.rest)
            if at in seen or len(first) != 1 or len(rest) != 1:
                raise BeyondError(predicate)
            seen.add(at)
            found.append(first[0])
            at = rest[0]
        return found

    def _nodes(self) -> set[Term]:
        """Return all shapes, by the marks that pyshacl knows them by."""
        typed = {node for kind in (SH.NodeShape, SH.PropertyShape) for node in self.graph.subjects(RDF.type, kind)}
        saying = {node for p in (*TARGETS, SH.property, SH.node) for node, _ in self.graph.pairs(p)}
        referred = {value for p in SHAPES for _, value in self.graph.pairs(p)}
        return typed | saying | referred | set(self._listed())

    def _listed(self) -> Iterator[Term]:
        """Yield the shapes in lists; without one, no shape can be evaluated."""
        for predicate in LISTS:
            for _, head in self.graph.pairs(predicate):
                if head == RDF.nil:
                    raise BeyondError(predicate)
                yield from self.members(head, predicate)

    def _has_components(self) -> bool:
        """Return whether there is a kind of constraint that the shapes themselves define."""
        kinds = [SH.ConstraintComponent, *self.graph.subjects(RDFS.subClassOf, SH.ConstraintComponent)]
        made = (node for kind in kinds for node in self.graph.subjects(RDF.type, kind))
        return any(not node.value.startswith(SH.base) for node in made)

    # Shapes ----------------------------------------------------------------------------------------------

    def below(self, node: Term, predicate: Iri) -> Shape:
        """Return the shape that a property leads to."""
        if node in self._open or len(self._open) > DEEPEST:
            raise BeyondError(predicate)
        shape = self._shape(node)
        if (predicate == SH.property and shape.step is None) or (predicate == SH.node and shape.step is not None):
            raise BeyondError(predicate)
        if self._heights[node] > DEEPEST:
            raise BeyondError(predicate)
        self._heights[self._open[-1]] = max(self._heights[self._open[-1]], self._heights[node] + 1)
        return shape

    def _shape(self, node: Term) -> Shape:
        if node not in self._made:
            self._open.append(node)
            self._heights[node] = 1
            self._made[node] = self._with_constraints(self._bare(node))
            self._open.pop()
        return self._made[node]

    def _bare(self, node: Term) -> Shape:
        """Return a shape without what it asks; of what is wrong with that much, no shape can be evaluated."""
        path, kinds = self.one(node, SH.path), self.values(node, RDF.type)
        if isinstance(node, Literal) or (SH.PropertyShape if path is None else SH.NodeShape) in kinds:
            raise BeyondError(SH.path)
        severity = iri(SH.severity, self.one(node, SH.severity) or SH.Violation)
        step = None if path is None else Step(path) if isinstance(path, Iri) else self._inverse(path)
        return Shape(node, step, path, severity, self._flag(node, SH.deactivated))

    def _inverse(self, path: Term) -> Step:
        """Return the step of a path that is no IRI; rdf:nil for the steps of another than an inverse one."""
        inverse = self.values(path, SH.inversePath)
        simple = len(inverse) == 1 and set(self._said[path]) == {SH.inversePath} and isinstance(inverse[0], Iri)
        return Step(iri(SH.inversePath, inverse[0]), inverse=True) if simple else Step(RDF.nil)

    def _with_constraints(self, shape: Shape) -> Shape:
        node = shape.node
        if shape.deactivated:
            return shape
        try:
            if shape.step == Step(RDF.nil):
                raise BeyondError(SH.path)
            if foreign := [each for each in FOREIGN if self.values(node, each)]:
                raise BeyondError(foreign[0])
            constraints = tuple(self._constraints(node, shape.step is not None))
            properties = tuple(self.below(each, SH.property) for each in self.values(node, SH.property))
        except BeyondError as reason:
            return replace(shape, beyond=reason.predicate)
        return replace(shape, constraints=constraints, properties=properties)

    def _flag(self, node: Term, predicate: Iri) -> bool:
        """Return whether a property says true."""
        value = self.one(node, predicate)
        return value is not None and boolean(predicate, value)

    def _targets(self, node: Term) -> Targets:
        classes, subjects_of, objects_of = (
            frozenset(iri(predicate, each) for each in self.values(node, predicate))
            for predicate in (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
        )
        nodes = frozenset(self.values(node, SH.targetNode))
        if any(isinstance(each, Blank) for each in nodes):  # it is another node than any of the data
            raise BeyondError(SH.targetNode)
        return Targets(classes | self._own_class(node), nodes, subjects_of, objects_of)

    def _own_class(self, node: Term) -> frozenset[Iri]:
        """Return a shape that is a class itself, as its own target."""
        is_class = isinstance(node, Iri) and not self._kinds_of_class.isdisjoint(self.values(node, RDF.type))
        return frozenset({node} if is_class and isinstance(node, Iri) else ())

    # Constraints -----------------------------------------------------------------------------------------

    def _constraints(self, node: Term, has_path: bool) -> Iterator[Constraint]:
        said = self._said.get(node, {})
        for predicate, faults_of in PARAMETERS.items():
            values = said.get(predicate, [])
            if len(values) > 1 and predicate not in REPEATABLE:
                raise BeyondError(predicate)
            if values and not has_path and predicate in ABOUT_PATHS:
                raise BeyondError(predicate)
            for value in values:
                yield Constraint(component(predicate), faults_of(self, node, value))
        if SH.qualifiedValueShape in said or SH.qualifiedMinCount in said or SH.qualifiedMaxCount in said:
            yield from self._qualified(node, has_path)
        if SH.closed in said or SH.ignoredProperties in said:
            yield from self._closed(node)

    def _qualified(self, node: Term, has_path: bool) -> Iterator[Constraint]:
        """Yield the constraints on how many values conform to a shape."""
        limits = ((SH.qualifiedMinCount, operator.lt), (SH.qualifiedMaxCount, operator.gt))
        counts = [(p, wrong, limit) for p, wrong in limits if (limit := self.one(node, p)) is not None]
        wanted = self.values(node, SH.qualifiedValueShape)
        if not (has_path and counts and wanted):
            raise BeyondError(SH.qualifiedValueShape)
        for value in wanted:
            shape = self.below(value, SH.qualifiedValueShape)
            siblings = tuple(self.below(each, SH.qualifiedValueShape) for each in self._siblings(node, value))
            for predicate, wrong, limit in counts:
                broken = partial(_turned, wrong, whole(predicate, limit))
                yield Constraint(component(predicate), partial(asks.qualified, shape, siblings, broken))

    def _siblings(self, node: Term, value: Term) -> set[Term]:
        if not self._flag(node, SH.qualifiedValueShapesDisjoint):
            return set()
        beside = {each for above in self.graph.subjects(SH.property, node) for each in self.values(above, SH.property)}
        return {shape for each in beside for shape in self.values(each, SH.qualifiedValueShape)} - {value}

    def _closed(self, node: Term) -> Iterator[Constraint]:
        """Yield the constraint that there are no other properties."""
        if not self.values(node, SH.closed):
            raise BeyondError(SH.ignoredProperties)
        if self._flag(node, SH.closed):
            heads = self.values(node, SH.ignoredProperties)
            ignored: set[Term] = {each for head in heads for each in self.members(head, SH.ignoredProperties)}
            named = {path for each in self.values(node, SH.property) for path in self.values(each, SH.path)}
            yield Constraint(component(SH.closed), partial(asks.beside, ignored | named))


def _turned(wrong: Callable[[int, int], bool], limit: int, count: int) -> bool:
    return wrong(count, limit)
