"""What a catalogue describes itself, and what it only names because it stands elsewhere."""

from __future__ import annotations

from urllib.parse import urlsplit

from ogp_data.checks.catalogue import Catalogue
from ogp_data.core.terms import RDF, Iri, Term


def is_bare(catalogue: Catalogue, thing: Term, kind: Iri, by: Iri) -> bool:
    """Return whether a thing of a class has nothing but that class, and is described nowhere else either.

    A blank node is nowhere else. An IRI may be, unless it is of the host of what names it with the property `by`.
    """
    graph = catalogue.graph
    if isinstance(thing, Iri) and not _is_own(catalogue, thing, kind, by):
        return False
    return all(predicate == RDF.type for predicate, _ in graph.about(thing))


def _is_own(catalogue: Catalogue, thing: Iri, kind: Iri, by: Iri) -> bool:
    graph = catalogue.graph
    if not graph.has(thing, RDF.type, kind) or catalogue.lists.home(thing.value):
        return False
    return any(_host(thing) == _host(subject) for subject in graph.subjects(by, thing))


def _host(thing: Term) -> str:
    try:
        return urlsplit(thing.value).netloc.lower()
    except ValueError:
        return ""
