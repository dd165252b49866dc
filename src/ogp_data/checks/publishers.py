"""Who publishes what findings are about, so that a portal of many publishers sees whose datasets they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from ogp_data.checks.owners import Owners
from ogp_data.checks.places import anchor
from ogp_data.checks.validation import Publisher
from ogp_data.core.findings import Finding, Place
from ogp_data.core.graph import Graph
from ogp_data.core.namespaces import DCAT, DCT, FOAF, SKOS
from ogp_data.core.terms import Iri, Literal, Term

_NAMES = (FOAF.name, SKOS.prefLabel, DCT.title)
_LANGUAGES = ("nl", "en", "")
"""Of a name in several languages, the first of these."""


class Publishers:
    """The publishers of a catalogue's datasets; one without an IRI is the same for all datasets that name it so."""

    def __init__(self, graph: Graph) -> None:
        """Take the graph."""
        self._graph = graph
        self._owners = Owners(graph)
        self._of = cache(self._publisher)
        called = [self._of(dataset) for dataset in graph.instances(DCAT.Dataset)]
        self._datasets = Counter(one for one in called if one)

    def all(self) -> list[Publisher]:
        """Return each with the number of its datasets, by name."""
        made = (Publisher(name, iri, count) for (name, iri), count in self._datasets.items())
        return sorted(made, key=lambda one: (one.name, one.iri))

    def of(self, findings: Iterable[Finding]) -> Mapping[Place, Publisher]:
        """Return whose the things are that findings are about, for each place that is somebody's."""
        known = {(one.name, one.iri): one for one in self.all()}
        about = ((found.place, self._graph.find(anchor(found.place))) for found in findings)
        places = ((place, self._of(iri)) for place, iri in about if iri)
        return {place: known.get(who) or Publisher(*who) for place, who in places if who}

    def _publisher(self, thing: Term) -> tuple[str, str] | None:
        """Return name and IRI of who publishes a thing; the first of several."""
        found = self._owners.publishers_of(thing)
        return (self._name(found[0]), found[0].value if isinstance(found[0], Iri) else "") if found else None

    def _name(self, publisher: Term) -> str:
        for term in _NAMES:
            texts = [one for one in self._graph.objects(publisher, term) if isinstance(one, Literal)]
            if texts:
                return min(texts, key=lambda text: (_order(text.language or ""), text.value)).value
        return publisher.value if isinstance(publisher, Literal) else ""


def _order(language: str) -> int:
    return _LANGUAGES.index(language) if language in _LANGUAGES else len(_LANGUAGES)
