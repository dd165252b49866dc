"""The rule about links that lead in a circle: a dataset that is its own version, a part that contains its whole."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ogp_data.checks.catalogue import Catalogue
from ogp_data.checks.places import shown
from ogp_data.core.findings import Finding
from ogp_data.core.graph import LOW, SHIFT, Graph
from ogp_data.core.messages import Message
from ogp_data.core.namespaces import ADMS, DCAT, DCT, PROV
from ogp_data.core.terms import Iri


@dataclass(frozen=True, slots=True)
class Relation:
    """Properties that say one thing, and those that say it the other way round; no thing is so related to itself.

    One that is `mutual` may hold both ways between two things.
    """

    forth: tuple[Iri, ...]
    back: tuple[Iri, ...] = ()
    rule: str = "circular-link"
    mutual: bool = False


RELATIONS = (
    Relation((DCAT.inSeries,), (DCAT.seriesMember,), rule="circular-series"),
    Relation((DCT.isPartOf,), (DCT.hasPart,)),
    Relation((DCAT.catalog,)),
    Relation((DCAT.isVersionOf,), (DCAT.hasVersion, DCAT.hasCurrentVersion)),
    # Without a direction in DCAT-AP 2: "a version, edition, or adaptation of the described dataset".
    Relation((DCT.isVersionOf, DCT.hasVersion), mutual=True),
    Relation((DCAT.previousVersion, ADMS.prev), (ADMS.next,)),
    Relation((DCT.replaces,), (DCT.isReplacedBy,)),
    Relation((DCAT.prev,), (DCAT.next,)),
    Relation((DCT.source, PROV.wasDerivedFrom, PROV.wasRevisionOf)),
    Relation((DCT.relation,), mutual=True),
)

LONGEST_PATH = 4
"""Steps of a circle that are told; the others are counted."""

Edges = Mapping[int, Mapping[int, Iri]]
"""Thing -> what it leads to, and by which property that is said."""


def circles(catalogue: Catalogue) -> Iterator[Finding]:
    """Find links of a thing to itself, and circles of links; one finding for each circle."""
    for relation in RELATIONS:
        edges = _edges(catalogue.graph, relation)
        for thing, leads in edges.items():
            if thing in leads:
                yield _of_itself(catalogue, relation, thing, leads[thing])
        for group in () if relation.mutual else _groups(edges):
            yield _circle(catalogue, relation, edges, group)


def _edges(graph: Graph, relation: Relation) -> dict[int, dict[int, Iri]]:
    edges = defaultdict[int, dict[int, Iri]](dict)
    for terms, turned in ((relation.forth, False), (relation.back, True)):
        for term in terms:
            for each in graph.column(graph.number(term)):
                one, other = each >> SHIFT, each & LOW
                edges[other if turned else one].setdefault(one if turned else other, term)
    return edges


def _of_itself(catalogue: Catalogue, relation: Relation, thing: int, term: Iri) -> Finding:
    subject = catalogue.graph.term(thing)
    message = Message("It leads to itself, {shown}.", shown=shown(subject))
    return catalogue.fault(relation.rule, subject, term, message)


def _circle(catalogue: Catalogue, relation: Relation, edges: Edges, group: set[int]) -> Finding:
    """Return the finding about a group of things that all lead to one another, at the first by its IRI."""
    graph = catalogue.graph
    start = min(group, key=lambda number: (graph.term(number).value, number))
    path = _way_back(edges, group, start)
    steps = [shown(graph.term(number)) for number in path[:LONGEST_PATH]]
    through = ", ".join([*steps, *(["..."] if len(path) > LONGEST_PATH else [])])
    message = Message("It leads back to itself in {count} steps, by {through}.", count=len(path), through=through)
    return catalogue.fault(relation.rule, graph.term(start), edges[start][path[0]], message)


def _way_back(edges: Edges, group: set[int], start: int) -> list[int]:
    """Return the steps of a shortest circle from a thing of a group back to it."""
    before, ahead = dict[int, int](), deque([start])
    while start not in before:
        one = ahead.popleft()
        for other in sorted(edges.get(one, ())):
            if other in group and other not in before and (one, other) != (start, start):
                before[other] = one
                ahead.append(other)
    path, at = [start], before[start]
    while at != start:
        path.append(at)
        at = before[at]
    return path[::-1]


def _groups(edges: Edges) -> Iterator[set[int]]:
    """Yield each set of two or more things that all lead to one another.

    It is Tarjan's algorithm with a stack of its own, so a chain of any length takes time in proportion to its links.
    """
    index, low, stack, on_stack = dict[int, int](), dict[int, int](), list[int](), set[int]()
    for root in edges:
        if root in index:
            continue
        work = [(root, iter(edges[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            thing, ahead = work[-1]
            other = next(
                (each for each in ahead if each not in index or _lower(low, index, on_stack, thing, each)), None
            )
            if other is not None:
                index[other] = low[other] = len(index)
                stack.append(other)
                on_stack.add(other)
                work.append((other, iter(edges.get(other, ()))))
                continue
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[thing])
            if low[thing] == index[thing]:
                group = set[int]()
                while thing not in group:
                    group.add(stack.pop())
                on_stack -= group
                if len(group) > 1:
                    yield group


def _lower(low: dict[int, int], index: dict[int, int], on_stack: set[int], thing: int, other: int) -> bool:
    """Note that a thing leads to one that was met before; return False, as there is nothing to step into."""
    if other in on_stack:
        low[thing] = min(low[thing], index[other])
    return False
