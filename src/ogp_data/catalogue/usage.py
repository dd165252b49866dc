"""What is done with the data and said of it, in the Dataset Usage Vocabulary (https://www.w3.org/TR/vocab-duv/)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import Literal, URIRef
from rdflib.namespace import FOAF, RDF, XSD

from ogp_data.catalogue.nodes import Table, date, link, triples
from ogp_data.core.declared import Feedback, Use
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import Triple
from ogp_data.core.vocab import DCT, DUV, OA


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


@dataclass(frozen=True, slots=True)
class _Said:
    """A use or a piece of feedback: its IRI, and the dataset of everything, which one that names none is about."""

    publication: Publication
    iri: URIRef
    everything: str

    def dataset(self, name: str) -> URIRef:
        return URIRef(self.publication.names.dataset(name or self.everything))


@dataclass(frozen=True, slots=True)
class _Used(_Said):
    use: Use


@dataclass(frozen=True, slots=True)
class _Heard(_Said):
    one: Feedback

    @property
    def target(self) -> URIRef:
        """Return the row or dataset that it is on."""
        row = self.one.row
        return URIRef(self.publication.names.row(self.one.dataset, row)) if row else self.dataset(self.one.dataset)

    @property
    def reply(self) -> URIRef:
        return URIRef(f"{self.iri}-change")


# Dataset Usage Vocabulary, class Usage
USE: Table[_Used] = (
    (DCT.title, lambda used: used.use.title),
    (DCT.description, lambda used: used.use.description),
    (DUV.refersTo, lambda used: map(used.dataset, used.use.datasets or [""])),
    (FOAF.page, lambda used: URIRef(used.use.url)),
)

# Class User Feedback: a Web Annotation on a row or dataset; its reply says what was changed
FEEDBACK: Table[_Heard] = (
    (OA.hasTarget, lambda heard: heard.target),
    (OA.motivatedBy, lambda _: OA.editing),
    (DCT.description, lambda heard: heard.one.text),
    (DCT.issued, lambda heard: date(heard.one.date.isoformat())),
    (DCT.source, lambda heard: link(heard.one.url)),
)
REPLY: Table[_Heard] = (
    (OA.hasTarget, lambda heard: heard.iri),
    (OA.motivatedBy, lambda _: OA.replying),
    (DCT.description, lambda heard: heard.one.change),
)


def declared_triples(publication: Publication, everything: str) -> Iterator[Triple]:
    """Yield each use and each piece of feedback; what names no dataset is about `everything`."""
    names, d = publication.names, publication.declaration
    languages = d.page_languages
    for number, use in enumerate(d.use, 1):
        iri = URIRef(names.node(f"use-{number}"))
        yield from triples(iri, [DUV.Usage], USE, _Used(publication, iri, everything, use), languages)
        yield URIRef(use.url), RDF.type, FOAF.Document
        if use.date:
            yield iri, DCT.issued, Literal(use.date.isoformat(), datatype=XSD.date)
    for number, one in enumerate(d.feedback, 1):
        heard = _Heard(publication, URIRef(names.node(f"feedback-{number}")), everything, one)
        yield from triples(heard.iri, [DUV.UserFeedback], FEEDBACK, heard, languages)
        yield from triples(heard.reply, [OA.Annotation], REPLY, heard, languages)
