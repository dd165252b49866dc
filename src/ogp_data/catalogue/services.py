"""What the catalogue says of the service: two dcat:DataServices, for queries and for rows, when one is declared.

DCAT-AP-NL 3.0: everything that is mandatory, conditional or recommended of a data service.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib import Literal, URIRef
from rdflib.namespace import FOAF, RDF, RDFS

from ogp_data.core.artefact import Format
from ogp_data.core.names import Names
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import Triple
from ogp_data.core.vocab import AUTHORITY, DCAT, DCT
from ogp_data.core.words import Words


@dataclass(frozen=True, slots=True)
class Offer:
    """A service as the catalogue tells it: where it is, where it is described, by which standard, and its texts."""

    id: str
    endpoint: str
    described: str
    standard: str
    title: Words
    description: Words
    keywords: Words


OFFERS = (
    Offer(
        "sparql",
        "sparql",
        "sparql",
        "https://www.w3.org/TR/sparql11-protocol/",
        Words("bevragen met SPARQL", "queries in SPARQL"),
        Words(
            "Bevraging van alle gepubliceerde grafen met SPARQL 1.1, alleen lezen. De standaardgraaf is die van alle"
            " datasets samen. Op het adres zonder vraag staat de beschrijving van de dienst.",
            "Queries over all published graphs in SPARQL 1.1, read-only. The default graph is that of all datasets"
            " together. The address without a query gives the description of the service.",
        ),
        Words("SPARQL", "SPARQL"),
    ),
    Offer(
        "api",
        "api/v1",
        "api/v1/openapi.json",
        "https://gitdocumentatie.logius.nl/publicatie/api/adr/",
        Words("rijen als JSON", "rows as JSON"),
        Words(
            "De rijen van elke tabel als JSON, met filters, volgorde en bladzijden, volgens de NLGov REST API Design"
            " Rules. De beschrijving staat er als OpenAPI-document bij.",
            "The rows of every table as JSON, with filters, order and pages, by the NLGov REST API Design Rules. The"
            " description comes with it as an OpenAPI document.",
        ),
        Words("REST-API", "REST API"),
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
        yield from _service(publication, offer, declared.url, served)
        yield _iri(names, offer.id), FOAF.page, URIRef(names.download(page))
        yield URIRef(offer.standard), RDF.type, DCT.Standard


def access(publication: Publication, distribution: URIRef, fmt: Format) -> Iterator[Triple]:
    """Yield which service gives what a distribution holds; nothing when no service is declared."""
    if publication.declaration.service is not None and fmt.service:
        yield distribution, DCAT.accessService, _iri(publication.names, fmt.service)


def _iri(names: Names, offer: str) -> URIRef:
    return URIRef(names.node(f"service-{offer}"))


def _service(publication: Publication, offer: Offer, url: str, served: Iterable[URIRef]) -> Iterator[Triple]:
    d, names, agents = publication.declaration, publication.names, publication.shared.agents
    # Joined by hand: urljoin would take the last step of an address without a slash away.
    base, iri = url if url.endswith("/") else f"{url}/", _iri(names, offer.id)
    endpoint, described = URIRef(base + offer.endpoint), URIRef(base + offer.described)
    yield iri, RDF.type, DCAT.DataService
    yield iri, DCAT.contactPoint, URIRef(names.node(f"contact-{d.contact}"))
    yield iri, DCAT.endpointDescription, described
    yield iri, DCAT.endpointURL, endpoint
    yield from ((iri, DCAT.theme, URIRef(f"{AUTHORITY}data-theme/{code}")) for code in d.themes)
    yield iri, DCT.accessRights, URIRef(f"{AUTHORITY}access-right/{d.access_rights}")
    yield from ((iri, DCT.description, text) for text in _texts(offer.description))
    yield iri, DCT.identifier, Literal(str(iri))
    yield iri, DCT.license, URIRef(d.licence)
    yield iri, DCT.publisher, URIRef(names.agent(agents[d.publisher]))
    titles = zip(d.title, offer.title, strict=True)
    yield from ((iri, DCT.title, Literal(f"{title}: {text}", lang=tag)) for (tag, title), (_, text) in titles)
    yield from ((iri, DCAT.servesDataset, dataset) for dataset in served)
    yield iri, DCT.conformsTo, URIRef(offer.standard)
    for tag, words in (("nl", d.keywords.nl), ("en", d.keywords.en)):
        own = dict(offer.keywords)[tag]
        yield from ((iri, DCAT.keyword, Literal(word, lang=tag)) for word in dict.fromkeys([*words, own]))
    yield iri, DCT.creator, URIRef(names.agent(agents[d.creator]))
    yield from ((iri, DCT.language, URIRef(f"{AUTHORITY}language/{code}")) for code in d.languages)
    yield endpoint, RDF.type, RDFS.Resource
    yield described, RDF.type, RDFS.Resource


def _texts(words: Words) -> Iterator[Literal]:
    return (Literal(text, lang=language) for language, text in words)
