"""How the rules go over a graph: each value is judged once, however many resources have it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ogp_data.checks.catalogue import Catalogue, Fault
from ogp_data.core.findings import Finding
from ogp_data.core.graph import LOW, SHIFT
from ogp_data.core.terms import Iri, Term

Judge = Callable[[Term], Iterable[Fault]]


def judged(catalogue: Catalogue, terms: Iterable[Iri], judge: Judge) -> Iterator[Finding]:
    """Yield what is wrong with the values of properties, at each thing that profiles are about and that has them."""
    graph, known = catalogue.graph, dict[int, tuple[Fault, ...]]()
    for term in terms:
        for each in catalogue.column(term):
            number = each & LOW
            if number not in known:
                known[number] = tuple(judge(graph.term(number)))
            for fault in known[number]:
                yield catalogue.fault(fault.rule, graph.term(each >> SHIFT), term, fault.message, fault.hint)
