"""What the catalogue says of the service: two dcat:DataServices, for queries and for rows, when one is declared.

DCAT-AP-NL 3.0: everything that is mandatory, conditional or recommended of a data service.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rdflib import Literal, URIRef
from rdflib.namespace import FOAF, RDF, RDFS

from ogp_data.catalogue.nodes import Table, eu, eu_each, triples
from ogp_data.core.artefact import Format
from ogp_data.core.declared import Declaration
from ogp_data.core.messages import Message
from ogp_data.core.names import Names
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import Triple
from ogp_data.core.vocab import DCAT, DCT


@dataclass(frozen=True, slots=True)
class Offer:
    """A service as the catalogue tells it: where it is, where it is described, by which standard, and its texts."""

    id: str
    endpoint: str
    described: str
    standard: str
    title: Message
    description: Message
    keywords: Message


OFFERS = (
    Offer(
        "sparql",
        "sparql",
        "sparql",
        "https://www.w3.org/TR/sparql11-protocol/",
        Message("queries in SPARQL"),
        Message(
            "Queries over all published graphs in SPARQL 1.1, read-only. The default graph is that of all datasets"
            " together. The address without a query gives the description of the service."
        ),
        Message("SPARQL"),
    ),
    Offer(
        "api",
        "api/v1",
        "api/v1/openapi.json",
        "https://gitdocumentatie.logius.nl/publicatie/api/adr/",
        Message("rows as JSON"),
        Message(
            "The rows of every table as JSON, with filters, order and pages, by the NLGov REST API Design Rules."
            " The description comes with it as an OpenAPI document."
        ),
        Message("REST API"),
    ),
)


def catalogue_triples(publication: Publication, datasets: Iterable[str], page: str) -> Iterator[Triple]:
    """Yield the services and that the catalogue has them; `page` documents them. Nothing when none is declared."""
    declared = publication.declaration.service
    if declared is None:
        return
    names, served = publication.names, [URIRef(publication.names.dataset(name)) for name in datasets]
    for offer in OFFERS:
        yield URIRef(names.dataset("catalog")), DCAT.service, _iri(names, offer.id)
        yield from _service(_Told(publication, offer, declared.url, served))
        yield _iri(names, offer.id), FOAF.page, URIRef(names.download(page))
        yield URIRef(offer.standard), RDF.type, DCT.Standard


def giving(publication: Publication, fmt: Format) -> URIRef | None:
    """Return the service that gives what a file of a format holds; None when none is declared."""
    return _iri(publication.names, fmt.service) if publication.declaration.service and fmt.service else None


def _iri(names: Names, offer: str) -> URIRef:
    return URIRef(names.node(f"service-{offer}"))


@dataclass(frozen=True, slots=True)
class _Told:
    """A service of a publication: what is offered, the address that it is declared at, and the datasets it serves."""

    publication: Publication
    offer: Offer
    url: str
    served: Sequence[URIRef]

    @property
    def iri(self) -> URIRef:
        return _iri(self.publication.names, self.offer.id)

    def agent(self, name: str) -> URIRef:
        return URIRef(self.publication.names.agent(self.publication.shared.agents[name]))

    def address(self, path: str) -> URIRef:
        # Joined by hand: urljoin would take the last step of an address without a slash away.
        return URIRef((self.url if self.url.endswith("/") else f"{self.url}/") + path)

    @property
    def d(self) -> Declaration:
        return self.publication.declaration


def _title(told: _Told) -> Message:
    return Message("{publication}: {service}", publication=told.d.title, service=told.offer.title)


def _keywords(told: _Told) -> Iterator[Literal]:
    for tag, own in told.offer.keywords.said(told.d.page_languages):
        yield from (Literal(word, lang=tag) for word in dict.fromkeys([*told.d.keywords.of(tag), own]))


# DCAT-AP-NL 3.0, class Data Service
SERVICE: Table[_Told] = (
    (DCAT.contactPoint, lambda told: URIRef(told.publication.names.node(f"contact-{told.d.contact}"))),
    (DCAT.endpointDescription, lambda told: told.address(told.offer.described)),
    (DCAT.endpointURL, lambda told: told.address(told.offer.endpoint)),
    (DCAT.theme, lambda told: eu_each("data-theme", told.d.themes)),
    (DCT.accessRights, lambda told: eu("access-right", told.d.access_rights)),
    (DCT.description, lambda told: told.offer.description),
    (DCT.identifier, lambda told: Literal(str(told.iri))),
    (DCT.license, lambda told: URIRef(told.d.licence)),
    (DCT.publisher, lambda told: told.agent(told.d.publisher)),
    (DCT.title, _title),
    (DCAT.servesDataset, lambda told: told.served),
    (DCT.conformsTo, lambda told: URIRef(told.offer.standard)),
    (DCAT.keyword, _keywords),
    (DCT.creator, lambda told: told.agent(told.d.creator)),
    (DCT.language, lambda told: eu_each("language", told.d.languages)),
)


def _service(told: _Told) -> Iterator[Triple]:
    yield from triples(told.iri, [DCAT.DataService], SERVICE, told, told.d.page_languages)
    yield told.address(told.offer.endpoint), RDF.type, RDFS.Resource
    yield told.address(told.offer.described), RDF.type, RDFS.Resource
