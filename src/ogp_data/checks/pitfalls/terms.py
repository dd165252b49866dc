"""The rules about terms that their vocabulary does not have, such as dcat:title, or has at another address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from ogp_data.checks.catalogue import Catalogue
from ogp_data.core.findings import Finding
from ogp_data.core.graph import Graph
from ogp_data.core.messages import Message, Plural
from ogp_data.core.namespaces import (
    ADMS,
    DCAT,
    DCATAP,
    DCT,
    DQV,
    FOAF,
    IN_PART,
    LOCN,
    OWL,
    PROV,
    SKOS,
    VCARD,
    WHOLE,
    curie,
)
from ogp_data.core.near import Near, fold
from ogp_data.core.terms import RDF, RDFS, Iri, Term, Vocabulary

DESCRIBE = (DCT, DCAT, ADMS, DCATAP, FOAF, RDFS, VCARD, SKOS, PROV, LOCN, DQV, OWL)
"""The vocabularies by which catalogues describe: where a name is looked for that stands in the wrong one of them."""

OTHER_WORDS = {
    "updated": "dct:modified",
    "size": "dcat:byteSize",
    "bytes": "dcat:byteSize",
    "Download": "dcat:Distribution",
    "Feed": "dcat:Distribution",
    "WebService": "dcat:DataService",
}
"""What the drafts of DCAT, or other vocabularies, call a thing -> the term that there is."""

_UNBOUND = re.compile(r"^https?://(?:www\.)?|[/#]+$")
"""What people get wrong in the address of a vocabulary."""


def unknown_terms(catalogue: Catalogue) -> Iterator[Finding]:
    """Find properties and classes that their vocabulary does not have."""
    graph = catalogue.graph
    for predicate in graph.predicates():
        if meant := judge(predicate.value, is_class=False):
            for subject in dict.fromkeys(subject for subject, _ in graph.pairs(predicate)):
                yield _fault(catalogue, subject, predicate, predicate, meant)
    wrong = {kind: judge(kind.value, is_class=True) for kind in classes(graph)}
    for kind, meant in wrong.items():
        for subject in graph.instances(kind) if meant else ():
            yield _fault(catalogue, subject, RDF.type, kind, meant or "")


def wrong_namespaces(catalogue: Catalogue) -> Iterator[Finding]:
    """Find addresses of vocabularies that are written otherwise, once each: one prefix is the cause of all of it."""
    graph = catalogue.graph
    users: dict[tuple[str, Vocabulary], set[Term]] = {}
    for predicate in graph.predicates():
        if at := misplaced(predicate.value, is_class=False):
            users.setdefault(at, set()).update(subject for subject, _ in graph.pairs(predicate))
    for kind in classes(graph):
        if at := misplaced(kind.value, is_class=True):
            users.setdefault(at, set()).update(graph.instances(kind))
    for (written, vocabulary), subjects in sorted(users.items(), key=lambda each: each[0][0]):
        message = Message(
            "{things} described by <{written}>, where the vocabulary is not: nothing of that is read.",
            things=Plural("{num} thing is", "{num} things are", len(subjects)),
            written=written,
        )
        hint = Message("Write the prefix as <{right}>.", right=vocabulary.base)
        first = min(subjects, key=lambda each: str(catalogue.places.of(each)))
        yield catalogue.fault("wrong-namespace", first, RDF.type, message, hint)


def misplaced(iri: str, is_class: bool) -> tuple[str, Vocabulary] | None:
    """Return where a term stands that its vocabulary has at another address, as with https, and that vocabulary."""
    if any(iri.startswith(each.base) for each in (*WHOLE, *IN_PART)):
        return None
    bare, name = _UNBOUND.sub("", iri).lower(), re.split("[/#]", iri)[-1]
    for vocabulary in (*WHOLE, *IN_PART):
        base = _UNBOUND.sub("", vocabulary.base).lower()
        is_there = bare.startswith(base) and bare[len(base) :].strip("/#") == name.lower() and name
        if is_there and any(fold(each) == fold(name) for each in _names(vocabulary, is_class)):
            return iri[: len(iri) - len(name)], vocabulary
    return None


def classes(graph: Graph) -> list[Iri]:
    """Return the classes of which a graph has something."""
    numbers = dict.fromkeys(each >> 32 for each in graph.inverse(graph.number(RDF.type)))
    return [kind for kind in map(graph.term, numbers) if isinstance(kind, Iri)]


def _fault(catalogue: Catalogue, subject: Term, place: Iri, term: Iri, meant: str) -> Finding:
    message = Message("There is no {term}.", term=curie(term.value))
    # A term that is like no other has no word of its own to offer.
    hint = Message("Did you mean {meant}?", meant=meant) if meant != NONE else ""
    return catalogue.fault("unknown-term", subject, place, message, hint)


NONE = "-"
"""What is meant by a term that does not exist and is like none that does."""


@lru_cache(maxsize=10_000)
def judge(iri: str, is_class: bool) -> str:
    """Return which term was meant by one that does not exist, `NONE` when it is like no other; "" for one that does."""
    vocabulary = next((each for each in (*WHOLE, *IN_PART) if iri.startswith(each.base)), None)
    if vocabulary is None:
        return ""  # at another address it is told once, with all that stands there
    name = iri.removeprefix(vocabulary.base)
    if name in _names(vocabulary, is_class):
        return ""
    if meant := _spelt_otherwise(vocabulary, name, is_class):
        return meant
    return _meant(vocabulary, name, is_class) or NONE if vocabulary in WHOLE else ""


def _is_class(name: str) -> bool:
    return name[:1].isupper()


def _names(vocabulary: Vocabulary, is_class: bool) -> list[str]:
    return [name for name in vocabulary if _is_class(name) == is_class]


def _spelt_otherwise(vocabulary: Vocabulary, name: str, is_class: bool) -> str:
    """Return the term of a vocabulary that a name is but for capitals and signs."""
    same = [each for each in _names(vocabulary, is_class) if fold(each) == fold(name) and each != name]
    return curie(vocabulary.base + same[0]) if same else ""


def _meant(vocabulary: Vocabulary, name: str, is_class: bool) -> str:
    """Return the term that was meant: that name in another vocabulary, or one of its own that is spelt nearly so."""
    for other in DESCRIBE:
        if other is not vocabulary and name in _names(other, is_class):
            return curie(other.base + name)
    near = _near(vocabulary, is_class).of(name)
    return curie(vocabulary.base + near[0]) if near else OTHER_WORDS.get(name, "")


@cache
def _near(vocabulary: Vocabulary, is_class: bool) -> Near:
    return Near((name, (name,)) for name in _names(vocabulary, is_class))
