"""What is done with the data and said of it, in the Dataset Usage Vocabulary (https://www.w3.org/TR/vocab-duv/)."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Literal, URIRef
from rdflib.namespace import FOAF, RDF, XSD

from ogp_data.core.declared import Feedback, Use
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import Triple
from ogp_data.core.vocab import DCT, DUV, OA
from ogp_data.core.words import Words


def uses_of(publication: Publication, dataset: str) -> list[tuple[int, Use]]:
    """Return the declared uses of a dataset, numbered from 1; one that names no dataset is of them all."""
    declared = enumerate(publication.declaration.use, 1)
    whole = dataset not in publication.specs
    return [(number, use) for number, use in declared if whole or not use.datasets or dataset in use.datasets]


def feedback_on(publication: Publication, dataset: str) -> list[tuple[int, Feedback]]:
    """Return the declared feedback on a dataset, numbered from 1; of everything together, all of it."""
    declared = enumerate(publication.declaration.feedback, 1)
    whole = dataset not in publication.specs
    return [(number, one) for number, one in declared if whole or not one.dataset or one.dataset == dataset]


def usage_triples(publication: Publication, dataset: str) -> Iterator[Triple]:
    """Yield the way from a dataset to its uses and the feedback on it."""
    names = publication.names
    iri = URIRef(names.dataset(dataset))
    for number, _ in uses_of(publication, dataset):
        yield iri, DUV.hasUsage, URIRef(names.node(f"use-{number}"))
    for number, _ in feedback_on(publication, dataset):
        yield iri, DUV.hasFeedback, URIRef(names.node(f"feedback-{number}"))


def declared_triples(publication: Publication, everything: str) -> Iterator[Triple]:
    """Yield each use and each piece of feedback; what names no dataset is about `everything`."""
    names, d = publication.names, publication.declaration
    for number, use in enumerate(d.use, 1):
        iri = URIRef(names.node(f"use-{number}"))
        yield iri, RDF.type, DUV.Usage
        yield from _texts(iri, DCT.title, use.title)
        yield from _texts(iri, DCT.description, use.description)
        yield from ((iri, DUV.refersTo, URIRef(names.dataset(name))) for name in use.datasets or [everything])
        yield iri, FOAF.page, URIRef(use.url)
        yield URIRef(use.url), RDF.type, FOAF.Document
        if use.date:
            yield iri, DCT.issued, Literal(use.date.isoformat(), datatype=XSD.date)
    for number, one in enumerate(d.feedback, 1):
        yield from _feedback(publication, URIRef(names.node(f"feedback-{number}")), one, everything)


def _feedback(publication: Publication, iri: URIRef, one: Feedback, everything: str) -> Iterator[Triple]:
    """Yield a piece of feedback: a Web Annotation on a row or dataset; its replies say what was changed."""
    names = publication.names
    target = names.row(one.dataset, one.row) if one.row else names.dataset(one.dataset or everything)
    yield iri, RDF.type, DUV.UserFeedback
    yield iri, OA.hasTarget, URIRef(target)
    yield iri, OA.motivatedBy, OA.editing
    yield from _texts(iri, DCT.description, one.text)
    yield iri, DCT.issued, Literal(one.date.isoformat(), datatype=XSD.date)
    if one.url:
        yield iri, DCT.source, URIRef(one.url)
    reply = URIRef(f"{iri}-change")
    yield reply, RDF.type, OA.Annotation
    yield reply, OA.hasTarget, iri
    yield reply, OA.motivatedBy, OA.replying
    yield from _texts(reply, DCT.description, one.change)


def _texts(iri: URIRef, predicate: URIRef, words: Words) -> Iterator[Triple]:
    return ((iri, predicate, Literal(text, lang=language)) for language, text in words)
