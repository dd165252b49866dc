"""The catalogue of a snapshot as a graph: what it says of each dataset, in the order in which it lists them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox
from rdflib.namespace import FOAF

from ogp_data.core.rdf import read
from ogp_data.core.vocab import DCAT, DCT
from ogp_data.service.snapshot import Snapshot

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def node(iri: object) -> ox.NamedNode:
    """Return an IRI as a term of the graph."""
    return ox.NamedNode(str(iri))


# Made once: the graph is walked for every page, and a term of pyoxigraph is a new object each time.
LISTS, TOPIC, MODIFIED = node(DCAT.dataset), node(FOAF.primaryTopic), node(DCT.modified)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The triples of a catalogue by subject, its IRI, and its datasets in order."""

    iri: ox.NamedNode
    datasets: tuple[ox.NamedNode, ...]
    about: Mapping[Term, Sequence[ox.Triple]] = field(repr=False)
    records: Mapping[Term, ox.NamedNode] = field(repr=False)
    pointing: Mapping[Term, Sequence[Term]] = field(repr=False)
    """For each dataset the things that say something of it and are no dataset, such as its making."""

    def values(self, subject: Term, predicate: ox.NamedNode) -> list[Term]:
        """Return what the catalogue says of a thing by one property."""
        return [triple.object for triple in self.about.get(subject, ()) if triple.predicate == predicate]

    def text(self, subject: Term, predicate: ox.NamedNode) -> str:
        """Return the first value of a property as text, or nothing."""
        return next((v.value for v in self.values(subject, predicate) if not isinstance(v, ox.Triple)), "")

    def texts(self, subject: Term, predicate: ox.NamedNode) -> dict[str, str]:
        """Return the texts of a property by language."""
        found = self.values(subject, predicate)
        return {v.language: v.value for v in found if isinstance(v, ox.Literal) and v.language}

    def modified(self, dataset: ox.NamedNode) -> str:
        """Return the day on which a dataset or its record last changed, as the catalogue writes it."""
        record = self.records.get(dataset)
        days = [self.text(thing, MODIFIED) for thing in (dataset, record) if thing is not None]
        return max(days, default="")

    def part(self, datasets: Iterable[ox.NamedNode]) -> Iterator[ox.Triple]:
        """Yield the triples of a catalogue of only these datasets, each with all that is said of it."""
        chosen = list(datasets)
        shown = {*chosen, *(self.records[dataset] for dataset in chosen if dataset in self.records)}
        # Datasets refer to one another (a part, a version before). Without a limit one page would pull in the next, and
        # so on.
        hidden = {*self.datasets, *self.records.values()} - shown
        pointing = (subject for dataset in chosen for subject in self.pointing.get(dataset, ()))
        yield from self._reached([self.iri, *chosen, *pointing], hidden, drop=True)

    def described(self, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
        """Yield what is said of one dataset, without the catalogue and other datasets."""
        hidden = {self.iri, *self.datasets, *self.records.values()} - {dataset}
        yield from self._reached([dataset], hidden, drop=False)

    def _reached(self, begin: Iterable[Term], hidden: Container[Term], drop: bool) -> Iterator[ox.Triple]:
        """Yield the triples of all things that lead on from some; `drop`: none that lead to a hidden one."""
        seen: set[Term] = set()
        # A stack of our own and not recursion: how deep a catalogue leads is not ours to say.
        waiting = list(begin)[::-1]
        while waiting:
            subject = waiting.pop()
            if subject in seen or subject in hidden:
                continue
            seen.add(subject)
            for triple in self.about.get(subject, ()):
                # On a page a link to a dataset that is not shown would be a node without a class, and SHACL refuses
                # that.
                if not (drop and triple.object in hidden):
                    yield triple
                    if triple.object in self.about:
                        waiting.append(triple.object)


def catalogue_of(snapshot: Snapshot) -> Catalogue:
    """Return the catalogue of a snapshot, read once."""
    known = snapshot.kept.get("catalogue")
    if isinstance(known, Catalogue):
        return known
    made = parse(snapshot.files["catalog.ttl"].content, snapshot.base_iri)
    snapshot.kept["catalogue"] = made
    return made


def titled(snapshot: Snapshot, name: str, language: str) -> str:
    """Return the title of a dataset or the catalogue, in a language if it has one in that."""
    catalogue = catalogue_of(snapshot)
    texts = catalogue.texts(node(f"{snapshot.base_iri}{name}"), node(DCT.title))
    return texts.get(language) or next(iter(texts.values()), name)


def parse(content: bytes, base_iri: str) -> Catalogue:
    """Return a catalogue in Turtle as a graph; SyntaxError when it is none."""
    about: dict[Term, list[ox.Triple]] = defaultdict(list)
    for triple in read(content, "ttl", base_iri):
        about[triple.subject].append(triple)
    iri = node(f"{base_iri}catalog")
    listed = tuple(t.object for t in about.get(iri, ()) if t.predicate == LISTS and isinstance(t.object, ox.NamedNode))
    records: dict[Term, ox.NamedNode] = {
        triple.object: subject
        for subject, triples in about.items()
        for triple in triples
        if triple.predicate == TOPIC and isinstance(subject, ox.NamedNode)
    }
    datasets, pointing = set(listed), defaultdict(list)
    # What points to a dataset and is neither catalogue, dataset nor record, such as an activity in PROV, belongs to it.
    apart = {iri, *listed, *records.values()}
    for subject, triples in about.items():
        for triple in triples:
            if triple.object in datasets and subject not in apart:
                pointing[triple.object].append(subject)
    return Catalogue(iri, listed, dict(about), records, dict(pointing))
