"""Evaluates compiled shapes over whole columns of a graph: a column is walked once for each target and path.

A value is judged once for each constraint, however many resources have it, and what conforms to a shape that others
refer to is remembered. Nothing here knows what the constraints ask; `constraints.py` does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

from ogp_data.core.graph import LOW, SHIFT, Graph
from ogp_data.core.namespaces import SH, curie
from ogp_data.core.terms import Iri, Literal, Term

ABSENT = 1 << (SHIFT - 1)
"""From here on are the numbers of terms that only the shapes have."""
FEW = 16
"""A column is searched rather than walked where it has more than this many statements for each focus node."""

Fault = tuple[int, int | None, int | None]
"""Focus node, value, and the property where it is another than that of the shape."""


class ShapesError(Exception):
    """Shapes that cannot be applied, with the reason in words."""


class BeyondError(Exception):
    """A property of SHACL that is used in a way that is not compiled."""

    def __init__(self, predicate: Iri) -> None:
        """Take the property."""
        super().__init__(curie(predicate.value))
        self.predicate = predicate


@dataclass(frozen=True, slots=True)
class Step:
    """The way from a focus node to its values: a property, or its inverse."""

    predicate: Iri
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Targets:
    """What the focus nodes of a shape are."""

    classes: frozenset[Iri] = frozenset()
    nodes: frozenset[Term] = frozenset()
    subjects_of: frozenset[Iri] = frozenset()
    objects_of: frozenset[Iri] = frozenset()

    def __bool__(self) -> bool:
        """Return whether there is any."""
        return bool(self.classes or self.nodes or self.subjects_of or self.objects_of)


@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint of a shape: its component, and the function that finds what breaks it."""

    component: Iri
    faults: Callable[[Asked, Values], Iterable[Fault]]


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """A shape with what it asks; `path` is the term by which the shapes name its step."""

    node: Term
    step: Step | None = None
    path: Term | None = None
    severity: Iri = SH.Violation
    deactivated: bool = False
    constraints: Sequence[Constraint] = ()
    properties: Sequence[Shape] = ()
    beyond: Iri | None = None
    """A property that is used in a way that is not compiled; it matters as soon as the shape has a focus node."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """Shapes ready to be evaluated, by their targets; with what of them no evaluator here understands."""

    graph: Graph
    by_targets: Mapping[Targets, Sequence[Shape]] = field(default_factory=dict)
    beyond: Iri | None = None
    """A property that is used in a way that is not compiled, whatever the data are."""


@dataclass(frozen=True, slots=True)
class Result:
    """One result of validation; blank nodes are those of the data, and in `path` and `shape` those of the shapes."""

    focus: Term
    path: Term | None
    value: Term | None
    component: Iri
    shape: Term
    severity: Term
    messages: tuple[Literal, ...] = ()
    """What a query or component of the shapes' own says about this very result."""


class Values:
    """The values that focus nodes have by one step."""

    def __init__(self, focus: Mapping[int, int], pairs: Sequence[int]) -> None:
        """Take the focus nodes with how often each is asked about, and their values: focus << 32 | value."""
        self.focus = focus
        self.pairs = pairs

    @cached_property
    def distinct(self) -> set[int]:
        """Return all values, each once."""
        return {each & LOW for each in self.pairs}

    @cached_property
    def counts(self) -> Counter[int]:
        """Return how many values a focus node has."""
        return Counter(each >> SHIFT for each in self.pairs)

    def each(self) -> Iterator[tuple[int, set[int]]]:
        """Yield each focus node with its values."""
        values: dict[int, set[int]] = {}
        for each in self.pairs:
            values.setdefault(each >> SHIFT, set()).add(each & LOW)
        return ((focus, values.get(focus, set())) for focus in self.focus)

    def having(self, values: Set[int]) -> Iterator[tuple[int, int]]:
        """Yield focus node and value for those values that are given."""
        return ((each >> SHIFT, each & LOW) for each in self.pairs if each & LOW in values)

    def weights(self) -> dict[int, int]:
        """Return how often each value is asked about when the values become focus nodes."""
        if len(self.distinct) == len(self.pairs) and all(times == 1 for times in self.focus.values()):
            return dict.fromkeys(self.distinct, 1)
        weights: Counter[int] = Counter()
        for each in self.pairs:
            weights[each & LOW] += self.focus[each >> SHIFT]
        return weights


class Asked:
    """A graph of data, and what was found out about it so far."""

    def __init__(self, graph: Graph) -> None:
        """Take the graph; it is not changed."""
        self.graph = graph
        self._absent: dict[Term, int] = {}
        self._absent_terms: list[Term] = []
        self._instances: dict[Iri, set[int]] = {}
        self._judged: dict[Shape, tuple[set[int], set[int]]] = {}

    def number(self, term: Term) -> int:
        """Return the number of a term, also of one that no statement has."""
        number = self.graph.number(term)
        if number >= 0:
            return number
        if term not in self._absent:
            self._absent[term] = ABSENT + len(self._absent)
            self._absent_terms.append(term)
        return self._absent[term]

    def term(self, number: int) -> Term:
        """Return the term of a number."""
        return self.graph.term(number) if number < ABSENT else self._absent_terms[number - ABSENT]

    def pairs(self, focus: Mapping[int, int] | Set[int], step: Step) -> Sequence[int]:
        """Return focus node << 32 | value for all values of the focus nodes by a step."""
        graph, predicate = self.graph, self.graph.number(step.predicate)
        column = graph.inverse(predicate) if step.inverse else graph.column(predicate)
        if len(focus) * FEW > len(column):
            return [each for each in column if each >> SHIFT in focus]
        if step.inverse:
            return [node << SHIFT | value for node in focus for value in graph.subjects_of(predicate, node)]
        return [node << SHIFT | value for node in focus for value in graph.values_of(node, predicate)]

    def values(self, focus: Mapping[int, int], step: Step | None) -> Values:
        """Return the values of focus nodes by a step; without one each is its own value."""
        return Values(focus, self.pairs(focus, step) if step else [node << SHIFT | node for node in focus])

    def instances(self, kind: Iri) -> set[int]:
        """Return the resources of a class and of its subclasses, as the data says both."""
        if kind not in self._instances:
            self._instances[kind] = set(self.graph.numbers_of(kind))
        return self._instances[kind]

    def targeted(self, targets: Targets) -> dict[int, int]:
        """Return the focus nodes of targets, each asked about once."""
        found = {self.number(node) for node in targets.nodes}
        found.update(*map(self.instances, targets.classes))
        for predicate in targets.subjects_of:
            found.update(each >> SHIFT for each in self.graph.column(self.graph.number(predicate)))
        for predicate in targets.objects_of:
            found.update(each & LOW for each in self.graph.column(self.graph.number(predicate)))
        return dict.fromkeys(found, 1)

    def failing(self, shape: Shape, nodes: set[int]) -> set[int]:
        """Return which of the nodes do not conform to a shape."""
        if shape.deactivated or not nodes:
            return set()
        if shape.beyond:
            raise BeyondError(shape.beyond)
        known, failed = self._judged.setdefault(shape, (set(), set()))
        if new := nodes - known:
            failed |= self._failing(shape, new)
            known |= new
        return nodes & failed

    def _failing(self, shape: Shape, nodes: set[int]) -> set[int]:
        values = self.values(dict.fromkeys(nodes, 1), shape.step)
        failed = {focus for constraint in shape.constraints for focus, *_ in constraint.faults(self, values)}
        for below in shape.properties:
            failed.update(focus for focus, _ in values.having(self.failing(below, values.distinct)))
        return failed


def evaluate(shapes: Shapes, data: Graph) -> list[Result]:
    """Return all results of a graph by compiled shapes, in no certain order; BeyondError where that cannot be done."""
    if shapes.beyond:
        raise BeyondError(shapes.beyond)
    asked = Asked(data)
    return [
        result
        for targets, group in shapes.by_targets.items()
        for result in _walk(asked, group, asked.targeted(targets))
    ]


def _walk(asked: Asked, group: Iterable[Shape], focus: Mapping[int, int]) -> Iterator[Result]:
    """Yield the results of shapes that are about the same focus nodes."""
    if not focus:
        return
    by_step: dict[Step | None, list[Shape]] = {}
    for shape in group:
        if shape.beyond:
            raise BeyondError(shape.beyond)
        if not shape.deactivated:
            by_step.setdefault(shape.step, []).append(shape)
    for step, shapes in by_step.items():
        values = asked.values(focus, step)
        for shape in shapes:
            yield from _results(asked, shape, values)
        if below := [each for shape in shapes for each in shape.properties]:
            yield from _walk(asked, below, values.weights())


def _results(asked: Asked, shape: Shape, values: Values) -> Iterator[Result]:
    for constraint in shape.constraints:
        for focus, value, path in constraint.faults(asked, values):
            result = Result(
                asked.term(focus),
                shape.path if path is None else asked.term(path),
                None if value is None else asked.term(value),
                constraint.component,
                shape.node,
                shape.severity,
            )
            for _ in range(values.focus[focus]):
                yield result
