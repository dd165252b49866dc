"""What changed between builds, as an event stream: LDES (https://w3id.org/ldes/specification) with Activity Streams.

A member says that a dataset came, changed or went, and holds the description that the dataset had then in a graph of
its own. The stream is made of what is published: the kept versions below `v/`, then the build itself. Builds that
were replaced while the service ran are remembered until it stops, so that who follows the stream misses none.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pyoxigraph as ox
from rdflib import URIRef
from rdflib.namespace import RDF, XSD

from ogp_data.core.messages import Message
from ogp_data.core.rdf import plain_names
from ogp_data.core.vocab import AS, LDES, SERVED, TREE
from ogp_data.core.vocab import PREFIXES as COMMON
from ogp_data.service.listing import Catalogue, catalogue_of, node, parse
from ogp_data.service.problems import ProblemError
from ogp_data.service.snapshot import Published, Snapshot

PATH = "ldes"
MEMBERS = 50
"""Members of one page of the stream."""

REMEMBERED = 50
"""Builds of a publication that are kept in memory beside those that it holds itself."""

FORMATS: Mapping[str, ox.RdfFormat] = {
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


@dataclass(frozen=True, slots=True)
class State:
    """What a build says of one dataset: the triples, their digest, and the day on which it last changed."""

    digest: str
    day: str
    triples: Sequence[ox.Triple] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Build:
    """One build as the stream knows it: the version, the day of the catalogue, and each dataset by IRI."""

    version: str
    day: str
    datasets: Mapping[str, State] = field(repr=False)

    @property
    def key(self) -> tuple[str, ...]:
        """Return what tells two builds apart."""
        return (self.version, *sorted(state.digest for state in self.datasets.values()))


@dataclass(frozen=True, slots=True)
class Event:
    """A member of the stream: what happened to which dataset, on which day, and how it was described then."""

    iri: str
    kind: URIRef
    dataset: str
    day: str
    triples: Sequence[ox.Triple] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Feed:
    """The builds that were replaced while the service ran, by publication."""

    builds: dict[str, list[Build]] = field(default_factory=dict)

    def replaced(self, before: Published, after: Published) -> None:
        """Remember what was served before, of what still is."""
        for name, snapshot in before.publications.items():
            if name not in after.publications:
                self.builds.pop(name, None)
            elif after.publications[name].build != snapshot.build:
                self.builds[name] = self._all(snapshot)[-REMEMBERED:]

    def events(self, snapshot: Snapshot) -> list[Event]:
        """Return the members of a publication's stream, the oldest first."""
        builds = self._all(snapshot)
        stream = f"{snapshot.base_iri}{PATH}"
        # Before the first build there was nothing, so everything in it is a Create.
        pairs = zip([Build("", "", {}), *builds[:-1]], builds, strict=True)
        return list(_numbered(event for old, new in pairs for event in _between(old, new, stream)))

    def _all(self, snapshot: Snapshot) -> list[Build]:
        *older, latest = builds_of(snapshot)
        seen = self.builds.get(snapshot.id, [])
        known = {build.key for build in seen}
        builds = [*seen, *(build for build in older if build.key not in known)]
        return builds if builds and builds[-1].key == latest.key else [*builds, latest]


def builds_of(snapshot: Snapshot) -> list[Build]:
    """Return the versions that a build holds, the oldest first, and itself; read once."""
    # Kept with the snapshot and not in a cache of our own, so that it goes when the snapshot goes.
    known = snapshot.kept.get("builds")
    if isinstance(known, list):
        return known
    kept = re.compile(r"v/([^/]+)/catalog\.ttl")
    older = [(m[1], parse(f.content, snapshot.base_iri)) for p, f in snapshot.files.items() if (m := kept.fullmatch(p))]
    found = sorted((_build(version, catalogue) for version, catalogue in older), key=_age)
    snapshot.kept["builds"] = made = [*found, _build(snapshot.version, catalogue_of(snapshot))]
    return made


def _age(build: Build) -> tuple[str, list[int]]:
    return build.day, [int(number) for number in re.findall(r"\d+", build.version)]


def _build(version: str, catalogue: Catalogue) -> Build:
    states = {}
    for dataset in catalogue.datasets:
        said = list(catalogue.described(dataset))
        # Sorted, because the order of a graph is not part of what it says; the digest becomes a lasting name.
        lines = "\n".join(sorted({str(triple) for triple in said}))
        digest = hashlib.sha256(lines.encode()).hexdigest()[:16]
        states[dataset.value] = State(digest, _full(catalogue.modified(dataset)), said)
    return Build(version, _full(catalogue.modified(catalogue.iri)), states)


def _full(day: str) -> str:
    """Return a day, month or year as the first day of it."""
    # A catalogue may give only a year or a month, and members of a stream are ordered by whole moments.
    return day[:10] + {0: "1970-01-01", 4: "-01-01", 7: "-01"}.get(len(day), "")


def _between(old: Build, new: Build, stream: str) -> Iterator[Event]:
    """Yield what happened between two builds that follow each other."""
    for iri, state in new.datasets.items():
        before, name = old.datasets.get(iri), iri.rpartition("/")[2]
        if before is None or before.digest != state.digest:
            kind = AS.Update if before else AS.Create
            yield Event(f"{stream}#{name}-{state.digest}", kind, iri, state.day, state.triples)
    for iri, state in old.datasets.items():
        if iri not in new.datasets:
            name = iri.rpartition("/")[2]
            # A dataset that is gone has no day of its own any more; it went with the catalogue that no longer names it.
            yield Event(f"{stream}#{name}-{state.digest}-gone", AS.Delete, iri, new.day, ())


def _numbered(events: Iterable[Event]) -> Iterator[Event]:
    """Yield events with names of their own, also where a dataset comes back to what it said before."""
    seen: Counter[str] = Counter()
    for event in events:
        seen[event.iri] += 1
        yield event if seen[event.iri] == 1 else replace(event, iri=f"{event.iri}-{seen[event.iri]}")


# Writing --------------------------------------------------------------------------------------------------


def page_number(asked: Mapping[str, str], events: Sequence[Event]) -> int:
    """Return the page of the stream that a query asks for; ProblemError when there is none."""
    text = asked.get("page", "1")
    if not _NUMBER.fullmatch(text) or int(text) > _pages(events):
        raise ProblemError(
            404, Message("There is no page {text!r}; the last one is {pages}.", text=text[:100], pages=_pages(events))
        )
    return int(text)


def _pages(events: Sequence[Event]) -> int:
    return max(1, -(-len(events) // MEMBERS))


def quads(snapshot: Snapshot, events: Sequence[Event], number: int, address: str) -> Iterator[ox.Quad]:
    """Yield one page of the stream, which is at an address; the page itself is its first view."""
    stream = node(f"{snapshot.base_iri}{PATH}")
    view = node(address)
    page = view if number == 1 else node(f"{address}?page={number}")
    yield ox.Quad(stream, node(RDF.type), node(LDES.EventStream))
    yield ox.Quad(stream, node(LDES.timestampPath), node(AS.published))
    yield ox.Quad(stream, node(LDES.versionOfPath), node(AS.object))
    yield ox.Quad(stream, node(TREE.view), view)
    yield ox.Quad(page, node(RDF.type), node(TREE.Node))
    if number < _pages(events):
        relation = node(f"{address}?page={number}#next")
        yield ox.Quad(page, node(TREE.relation), relation)
        yield ox.Quad(relation, node(RDF.type), node(TREE.Relation))
        yield ox.Quad(relation, node(TREE.node), node(f"{address}?page={number + 1}"))
    for event in events[(number - 1) * MEMBERS : number * MEMBERS]:
        yield from _member(stream, event)


def _member(stream: ox.NamedNode, event: Event) -> Iterator[ox.Quad]:
    member = node(event.iri)
    moment = ox.Literal(f"{event.day}T00:00:00Z", datatype=node(XSD.dateTime))
    yield ox.Quad(stream, node(TREE.member), member)
    yield ox.Quad(member, node(RDF.type), node(event.kind))
    yield ox.Quad(member, node(AS.object), node(event.dataset))
    yield ox.Quad(member, node(AS.published), moment)
    for triple in event.triples:
        yield ox.Quad(triple.subject, triple.predicate, triple.object, member)


def serialised(found: Iterator[ox.Quad], media_type: str, base_iri: str) -> bytes:
    """Return quads in one of the forms of the stream."""
    prefixes = {**COMMON, **SERVED, "cat": f"{base_iri}catalog#"}
    made = bytes(ox.serialize(found, format=FORMATS[media_type], prefixes=prefixes) or b"")
    # pyoxigraph shortens names to forms that rdflib cannot read, such as `acties:A\.`.
    return plain_names(made, prefixes) if FORMATS[media_type] is ox.RdfFormat.TRIG else made
