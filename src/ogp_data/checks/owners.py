"""Whose a thing of a catalogue is: a resource -> the datasets that it is part of -> who publishes these.

What a catalogue lists for itself (a dataset, series, service or catalogue) heads its part of the graph: all that it
leads to belongs to it, up to the next head. A contact that a thousand datasets share belongs to all of them.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

from ogp_data.core.graph import LOW, SHIFT, Graph
from ogp_data.core.namespaces import DCAT, DCT, FOAF
from ogp_data.core.terms import RDF, Literal, Term

HEADS = (DCAT.Dataset, DCAT.DatasetSeries, DCAT.DataService, DCAT.Catalog)
"""The classes of what belongs to itself."""

LISTS = (DCAT.dataset, DCAT.service, DCAT.catalog, DCAT.record)
"""The properties by which a catalogue lists what is in it."""

_NONE, _SEVERAL = -1, -2


class Owners:
    """Who owns what in a graph, built in one walk through its statements; what is added later is not seen."""

    def __init__(self, graph: Graph) -> None:
        """Go through the statements once."""
        self.graph = graph
        self.datasets = frozenset(graph.numbers_of(DCAT.Dataset))
        """The numbers of the datasets."""
        self._heads = {thing for kind in HEADS for thing in graph.numbers_of(kind)}
        self._one = array("q")
        self._several: dict[int, list[int]] = {}
        self._found: dict[int, frozenset[int]] = {}
        for leading, thing in self._steps():
            self._add(leading, thing)

    def _steps(self) -> Iterator[tuple[int, int]]:
        """Yield what leads to what; a record of a catalogue belongs to the dataset that it is about."""
        graph, about = self.graph, self.graph.number(FOAF.primaryTopic)
        listing = {graph.number(predicate) for predicate in (RDF.type, *LISTS)}
        for predicate in graph.predicate_numbers():
            if predicate in listing:
                continue
            column = graph.column(predicate)
            texts = {value for value in {each & LOW for each in column} if isinstance(graph.term(value), Literal)}
            for each in column:
                subject, value = each >> SHIFT, each & LOW
                if predicate == about and value in self._heads:
                    yield value, subject
                elif predicate != about and value not in texts:
                    yield subject, value

    def _add(self, leading: int, thing: int) -> None:
        if thing in self._heads or thing == leading:
            return
        one = self._one
        if thing >= len(one):
            one.extend([_NONE] * (thing + 1 - len(one)))
        if one[thing] == _NONE:
            one[thing] = leading
        elif one[thing] == _SEVERAL:
            self._several[thing].append(leading)
        elif one[thing] != leading:
            self._several[thing] = [one[thing], leading]
            one[thing] = _SEVERAL

    def datasets_of(self, thing: Term) -> list[Term]:
        """Return the datasets that a thing is, or is part of."""
        return sorted((self.graph.term(head) for head in self.heads_of(thing) if head in self.datasets), key=str)

    def publishers_of(self, thing: Term) -> list[Term]:
        """Return who publishes a thing: that of its datasets, where these name none, of what lists or serves them."""
        return sorted({who for head in self.heads_of(thing) for who in self._publishers(head)}, key=str)

    def touched(self, things: Iterable[Term]) -> set[int]:
        """Return the numbers of the datasets that are, or have a part that is, one of these; in one walk."""
        numbers = {self.graph.number(thing) for thing in things}
        return self._above(numbers) & self.datasets

    def heads_of(self, thing: Term) -> frozenset[int]:
        """Return the numbers of the heads of what a thing is part of: one and the same set for things alike."""
        anchor = self._anchor(self.graph.number(thing))
        if anchor not in self._found:
            self._found[anchor] = frozenset(self._above({anchor}) & self._heads)
        return self._found[anchor]

    def _leading(self, thing: int) -> list[int]:
        if not 0 <= thing < len(self._one):
            return []
        one = self._one[thing]
        return self._several[thing] if one == _SEVERAL else [] if one == _NONE else [one]

    def _above(self, things: Iterable[int]) -> set[int]:
        """Return these and all that leads to them, no further than the heads."""
        seen = set(things)
        rest = list(seen)
        while rest:
            if (thing := rest.pop()) in self._heads:
                continue
            new = [each for each in self._leading(thing) if each not in seen]
            seen.update(new)
            rest += new
        return seen

    def _anchor(self, thing: int) -> int:
        """Return the nearest above a thing that is a head or that not just one leads to: it has the same owners."""
        # A list of 20,000 items is a chain of as many nodes: walked once, since each step is then cut short.
        one, heads = self._one, self._heads
        path = list[int]()
        seen = set[int]()
        while 0 <= thing < len(one) and one[thing] >= 0 and thing not in heads and thing not in seen:
            seen.add(thing)
            path.append(thing)
            thing = one[thing]
        for each in path[:-1] if thing not in seen else ():
            one[each] = thing
        return thing

    def _publishers(self, head: int) -> list[Term]:
        graph, publisher = self.graph, self.graph.number(DCT.publisher)
        # First its own, then that of the datasets of a service or series, last that of the catalogue.
        for heads in ([head], self._served(head), self._listing([head, *self._served(head)])):
            if found := [graph.term(who) for each in heads for who in graph.values_of(each, publisher)]:
                return found
        return []

    def _served(self, head: int) -> list[int]:
        graph = self.graph
        of_series = graph.subjects_of(graph.number(DCAT.inSeries), head)
        return [*graph.values_of(head, graph.number(DCAT.servesDataset)), *of_series]

    def _listing(self, heads: Iterable[int]) -> list[int]:
        graph = self.graph
        return [by for head in heads for p in LISTS for by in graph.subjects_of(graph.number(p), head)]
