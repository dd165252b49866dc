"""Publication and artefacts -> one DCAT-AP-NL 3.0 graph (https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/).

Each function yields the triples of one thing: subject, type, then its properties in the order of the
application profile's table. Every thing has an IRI; a value that is not known yields nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rdflib import Literal, URIRef
from rdflib.namespace import FOAF, RDF, RDFS, SKOS, XSD
from rdflib.term import Node

from ogp_data.catalogue import lineage, measurements, services, versions
from ogp_data.catalogue.statistics import Statistics
from ogp_data.catalogue.usage import declared_triples, usage_triples
from ogp_data.catalogue.void import subset_triples, void_triples
from ogp_data.core.artefact import Artefact, Format
from ogp_data.core.columns import DatasetSpec
from ogp_data.core.declared import Declaration
from ogp_data.core.names import Names
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import Triple
from ogp_data.core.shared import Agent, Contact
from ogp_data.core.vocab import ADMS, AUTHORITY, DCAT, DCATAP, DCT, IANA, SPDX, VCARD
from ogp_data.core.words import WordLists, Words
from ogp_data.formats.codelists import texts
from ogp_data.models.licences import Licences
from ogp_data.models.lists import ValueLists
from ogp_data.models.organisations import type_of
from ogp_data.models.profiles import Profile, load_profile

EVERYTHING = "everything"
"""The dataset of the database, the archive, the Data Package and the source document."""

CATALOGUE_FILES = ("catalog.ttl", "catalog.jsonld", "catalog.rdf", "catalog.nt")
DICTIONARY = "dictionary.html"
"""The documentation of the dataset of everything: what each dataset and column means."""

CHANGE_TYPE = "http://purl.org/adms/changetype/"
METADATA_LANGUAGES = ("NLD", "ENG")


@dataclass(frozen=True, slots=True)
class Described:
    """What the catalogue says of one dataset: its own texts and its files."""

    name: str
    title: Words
    description: Words
    keywords: WordLists | None = None
    files: Sequence[Artefact] = field(default_factory=tuple)
    page: str = ""
    landing: str = ""


HOME = "index.html"
"""The page of the whole publication; each dataset has one of that name in its folder."""


def catalogue(
    publication: Publication, artefacts: Sequence[Artefact], lists: ValueLists, counted: Mapping[str, Statistics]
) -> Iterator[Triple]:
    """Yield the catalogue: itself, its records, datasets, distributions, and whatever they name.

    `counted` are the statistics of every dataset, and of everything together.
    """
    declaration, names = publication.declaration, publication.names
    datasets = described(publication, artefacts)
    yield from _catalog(declaration, names, publication.shared.agents, datasets)
    for dataset in datasets:
        yield from _record(declaration, names, dataset)
        yield from _dataset(publication, dataset, counted)
        for file in dataset.files:
            yield from _distribution(publication, dataset, file)
        yield from lineage.catalogue_triples(publication, dataset.name)
        yield from measurements.measurement_triples(dataset.name, names, counted[dataset.name])
    yield from versions.triples(publication, [dataset.name for dataset in datasets])
    yield from declared_triples(publication, EVERYTHING)
    yield from _series(publication)
    yield from services.catalogue_triples(publication, [dataset.name for dataset in datasets], DICTIONARY)
    yield from lineage.origin_triples(publication)
    yield from measurements.metric_triples(names, counted)
    yield from _named(publication, artefacts, lists)


def described(publication: Publication, artefacts: Iterable[Artefact]) -> list[Described]:
    """Return every dataset of the catalogue: the tables, then everything together with the source document."""
    files = list(artefacts)
    d = publication.declaration
    tables = [_of_spec(spec, files) for spec in d.dataset]
    own = tuple(file for file in files if file.dataset == EVERYTHING)
    said = publication.disclaimer or Words("", "")
    title = Words(f"{d.title.nl}: alles bij elkaar", f"{d.title.en}: everything together")
    description = Words(
        f"Alle tabellen van deze publicatie bij elkaar, als database, als archief en als Data Package, met het"
        f" brondocument zelf. {d.source.description.nl} {said.nl}".rstrip(),
        f"All tables of this publication together, as a database, as an archive and as a Data Package, with the"
        f" source document itself. {d.source.description.en} {said.en}".rstrip(),
    )
    return [*tables, Described(EVERYTHING, title, description, None, own, DICTIONARY, HOME)]


def _of_spec(spec: DatasetSpec, files: Iterable[Artefact]) -> Described:
    own = [file for file in files if file.dataset == spec.name]
    page = next((file.path for file in own if file.format is None), "")
    files_ = [file for file in own if file.format]
    return Described(spec.name, spec.title, spec.description, spec.keywords, files_, page, f"{spec.name}/{HOME}")


# The catalogue and its records --------------------------------------------------------------------------


def _catalog(
    d: Declaration, names: Names, agents: Mapping[str, Agent], datasets: Sequence[Described]
) -> Iterator[Triple]:
    catalog = URIRef(names.dataset("catalog"))
    yield catalog, RDF.type, DCAT.Catalog
    yield catalog, DCAT.contactPoint, _contact_iri(d, names)
    yield from _each(catalog, DCT.description, texts(d.description))
    yield catalog, DCT.publisher, URIRef(_agent_iri(names, agents, d.publisher))
    yield from _each(catalog, DCT.title, texts(d.title))
    yield from _each(catalog, DCAT.dataset, (URIRef(names.dataset(dataset.name)) for dataset in datasets))
    yield catalog, DCAT.themeTaxonomy, URIRef(AUTHORITY + "data-theme")
    yield catalog, DCT.creator, URIRef(_agent_iri(names, agents, d.creator))
    yield catalog, FOAF.homepage, URIRef(names.download(HOME))
    yield catalog, DCT.issued, _date(d.issued.isoformat())
    yield from _each(catalog, DCT.language, (_eu("language", code) for code in METADATA_LANGUAGES))
    yield catalog, DCT.license, URIRef(d.licence)
    yield catalog, DCT.modified, _date(d.modified.isoformat())
    yield from _each(catalog, DCT.spatial, map(_place, d.spatial))
    yield from _each(catalog, DCAT.record, (URIRef(names.node(f"{dataset.name}-record")) for dataset in datasets))
    yield catalog, DCT.rights, _eu("access-right", d.access_rights)
    yield catalog, DCT.temporal, URIRef(names.node("period"))


def _record(d: Declaration, names: Names, dataset: Described) -> Iterator[Triple]:
    record = URIRef(names.node(f"{dataset.name}-record"))
    change = "created" if d.issued == d.modified else "updated"
    yield record, RDF.type, DCAT.CatalogRecord
    yield from _each(record, DCT.language, (_eu("language", code) for code in METADATA_LANGUAGES))
    yield record, DCT.modified, _date(d.modified.isoformat())
    yield record, FOAF.primaryTopic, URIRef(names.dataset(dataset.name))
    yield record, ADMS.status, URIRef(CHANGE_TYPE + change)
    yield record, DCT.conformsTo, URIRef(load_profile(d.profile).conforms_to)
    yield record, DCT.issued, _date(d.issued.isoformat())


# Datasets and distributions -----------------------------------------------------------------------------


def _dataset(publication: Publication, dataset: Described, counted: Mapping[str, Statistics]) -> Iterator[Triple]:
    d, names, agents = publication.declaration, publication.names, publication.shared.agents
    iri = URIRef(names.dataset(dataset.name))
    yield iri, RDF.type, DCAT.Dataset
    yield iri, DCAT.contactPoint, _contact_iri(d, names)
    yield from _each(iri, DCAT.theme, (_eu("data-theme", code) for code in d.themes))
    yield iri, DCT.accessRights, _eu("access-right", d.access_rights)
    yield iri, DCT.creator, URIRef(_agent_iri(names, agents, d.creator))
    yield from _each(iri, DCT.description, texts(dataset.description))
    # DCAT-AP-NL wants the identifier to be the IRI, as a text.
    yield iri, DCT.identifier, Literal(str(iri))
    yield iri, DCT.publisher, URIRef(_agent_iri(names, agents, d.publisher))
    yield from _each(iri, DCT.title, texts(dataset.title))
    yield from _each(iri, DCAT.distribution, (_distribution_iri(names, file) for file in dataset.files))
    yield from _each(iri, DCAT.keyword, _keywords(d.keywords, dataset.keywords))
    yield iri, DCT.conformsTo, URIRef(names.ogp.rstrip("#/"))
    yield from _each(iri, DCT.language, (_eu("language", code) for code in d.languages))
    yield from _each(iri, DCT.spatial, map(_place, d.spatial))
    yield iri, DCT.temporal, URIRef(names.node("period"))
    yield iri, DCAT.landingPage, URIRef(names.download(dataset.landing))
    if dataset.page:
        yield iri, FOAF.page, URIRef(names.download(dataset.page))
    yield iri, ADMS.status, _eu("dataset-status", d.status)
    yield from _each(iri, ADMS.versionNotes, texts(d.version_notes))
    yield iri, DCAT.inSeries, _series_iri(d, names)
    yield iri, DCAT.version, Literal(d.version)
    yield iri, DCT.accrualPeriodicity, _eu("frequency", d.frequency)
    yield iri, DCT.issued, _date(d.issued.isoformat())
    yield iri, DCT.modified, _date(d.modified.isoformat())
    if d.unofficial:
        yield iri, DCT.provenance, _unofficial(names)
    yield from lineage.derivation(publication, dataset.name)
    yield from _linked_data(publication, dataset, counted)
    yield from measurements.link_triples(dataset.name, names, counted[dataset.name])
    yield from usage_triples(publication, dataset.name)
    for page in filter(None, (dataset.landing, dataset.page)):
        yield URIRef(names.download(page)), RDF.type, FOAF.Document


def _linked_data(publication: Publication, dataset: Described, counted: Mapping[str, Statistics]) -> Iterator[Triple]:
    """Yield what a dataset is as linked data, where it has such a file; everything together holds the others."""
    names, spec = publication.names, publication.specs.get(dataset.name)
    if spec is None:
        parts = (URIRef(names.dataset(name)) for name in publication.specs)
        yield from subset_triples(URIRef(names.dataset(dataset.name)), parts)
        return
    dumps = [file.path for file in dataset.files if file.format and file.format.service == "sparql"]
    if dumps:
        yield from void_triples(spec, names, counted[dataset.name], dumps)


def _distribution(publication: Publication, dataset: Described, file: Artefact) -> Iterator[Triple]:
    d, names, fmt = publication.declaration, publication.names, file.format
    if fmt is None:
        return
    iri = _distribution_iri(names, file)
    address = URIRef(names.download(file.path))
    yield iri, RDF.type, DCAT.Distribution
    # No page is about one file alone, so what gives access to it is the file's own address.
    yield iri, DCAT.accessURL, address
    yield from services.access(publication, iri, fmt)
    yield iri, DCT.license, URIRef(d.licence)
    yield iri, DCAT.byteSize, Literal(str(file.bytes), datatype=XSD.nonNegativeInteger)
    yield iri, DCAT.mediaType, URIRef(IANA + fmt.media_type)
    if fmt.file_type:
        yield iri, DCT.format, _eu("file-type", fmt.file_type)
    yield iri, DCT.rights, _eu("access-right", d.access_rights)
    yield iri, DCAT.downloadURL, address
    yield iri, DCATAP.availability, _eu("planned-availability", d.availability)
    yield iri, DCT.conformsTo, URIRef(fmt.standard)
    yield from _each(iri, DCT.description, texts(fmt.description))
    # 3.0.0 allows one language for a distribution; the data's first is that of the source text.
    yield iri, DCT.language, _eu("language", d.languages[0])
    yield iri, DCT.issued, _date(d.issued.isoformat())
    yield iri, DCT.modified, _date(d.modified.isoformat())
    yield from _each(iri, DCT.title, _titles(dataset.title, fmt.title))
    yield iri, SPDX.checksum, URIRef(f"{iri}-checksum")
    yield from lineage.checksum(URIRef(f"{iri}-checksum"), file.sha256)
    # The shapes ask of what class an address is, and in RDF an IRI that nobody describes has none.
    yield address, RDF.type, RDFS.Resource


def _titles(title: Words, fmt: Words) -> Iterator[Literal]:
    yield Literal(f"{title.nl} ({fmt.nl})", lang="nl")
    yield Literal(f"{title.en} ({fmt.en})", lang="en")


def _keywords(common: WordLists, own: WordLists | None) -> Iterator[Literal]:
    for language in ("nl", "en"):
        words = [*getattr(common, language), *(getattr(own, language) if own else ())]
        # A keyword of the publication that the dataset repeats is named once.
        yield from (Literal(word, lang=language) for word in dict.fromkeys(words))


def _series(publication: Publication) -> Iterator[Triple]:
    d, names = publication.declaration, publication.names
    iri = _series_iri(d, names)
    yield iri, RDF.type, DCAT.DatasetSeries
    yield from _each(iri, DCT.description, texts(d.series.description))
    yield from _each(iri, DCT.title, texts(d.series.title))
    yield iri, DCAT.contactPoint, _contact_iri(d, names)
    yield iri, DCT.publisher, URIRef(_agent_iri(names, publication.shared.agents, d.publisher))
    yield from _each(iri, DCT.spatial, map(_place, d.spatial))


# What the catalogue names: described, so that a validator elsewhere needs nothing else ---------------------


def _named(publication: Publication, artefacts: Iterable[Artefact], lists: ValueLists) -> Iterator[Triple]:
    d, names, shared = publication.declaration, publication.names, publication.shared
    for name in dict.fromkeys((d.publisher, d.creator)):
        yield from _agent(names, shared.agents[name], lists)
    yield from _contact(_contact_iri(d, names), shared.contacts[d.contact])
    yield from _period(URIRef(names.node("period")), d)
    formats = {file.format.name: file.format for file in artefacts if file.format}
    yield from _codes(d, formats.values(), lists)
    yield from _documents(names, formats.values(), load_profile(d.profile))
    yield from _licence(d, lists)
    if publication.disclaimer:
        yield _unofficial(names), RDF.type, DCT.ProvenanceStatement
        yield from _each(_unofficial(names), RDFS.label, texts(publication.disclaimer))
    yield from _change_type("created" if d.issued == d.modified else "updated")


def _agent(names: Names, agent: Agent, lists: ValueLists) -> Iterator[Triple]:
    iri = URIRef(names.agent(agent))
    yield iri, RDF.type, FOAF.Agent
    yield from _each(iri, FOAF.name, texts(agent.name))
    if kind := type_of(lists, agent.type):
        yield iri, DCT.type, kind.iri
        yield kind.iri, RDF.type, SKOS.Concept
        yield from _each(kind.iri, SKOS.prefLabel, kind.labels())


def _contact(iri: URIRef, contact: Contact) -> Iterator[Triple]:
    # Both classes, because shapes without inference do not know that the one is the other.
    yield iri, RDF.type, VCARD.Kind
    yield iri, RDF.type, VCARD.Organization
    yield from _each(iri, VCARD.fn, texts(contact.name))
    if contact.email:
        yield iri, VCARD.hasEmail, URIRef(f"mailto:{contact.email}")
    if contact.url:
        yield iri, VCARD.hasURL, URIRef(contact.url)


def _period(iri: URIRef, d: Declaration) -> Iterator[Triple]:
    yield iri, RDF.type, DCT.PeriodOfTime
    if d.temporal.start:
        yield iri, DCAT.startDate, _date(d.temporal.start)
    if d.temporal.end:
        yield iri, DCAT.endDate, _date(d.temporal.end)


def _codes(d: Declaration, formats: Iterable[Format], lists: ValueLists) -> Iterator[Triple]:
    """Yield the concepts of the EU tables that the catalogue names, and the table of themes."""
    used = {
        "access-right": [d.access_rights],
        "country": [place for place in d.spatial if not _is_iri(place)],
        "data-theme": d.themes,
        "dataset-status": [d.status],
        "file-type": sorted({fmt.file_type for fmt in formats} - {""}),
        "frequency": [d.frequency],
        "language": sorted({*METADATA_LANGUAGES, *d.languages}),
        "planned-availability": [d.availability],
    }
    for name, codes in used.items():
        yield from lists[name].described([_eu(name, code) for code in codes])
    for place in map(URIRef, filter(_is_iri, d.spatial)):
        if home := lists.home(place):
            yield from home.described([place])


def _documents(names: Names, formats: Iterable[Format], profile: Profile) -> Iterator[Triple]:
    standards = {*(fmt.standard for fmt in formats), names.ogp.rstrip("#/")}
    yield from ((URIRef(iri), RDF.type, DCT.Standard) for iri in sorted({*standards, profile.conforms_to}))
    media = sorted({IANA + fmt.media_type for fmt in formats})
    yield from ((URIRef(iri), RDF.type, DCT.MediaType) for iri in media)
    yield SPDX.checksumAlgorithm_sha256, RDF.type, SPDX.ChecksumAlgorithm


def _licence(d: Declaration, lists: ValueLists) -> Iterator[Triple]:
    licence = URIRef(d.licence)
    yield licence, RDF.type, DCT.LicenseDocument
    yield from _each(licence, SKOS.exactMatch, Licences(lists).same(licence))


def _change_type(name: str) -> Iterator[Triple]:
    concept = URIRef(CHANGE_TYPE + name)
    labels = {"created": Words("aangemaakt", "created"), "updated": Words("bijgewerkt", "updated")}
    yield concept, RDF.type, SKOS.Concept
    yield from _each(concept, SKOS.prefLabel, texts(labels[name]))


# Small things -------------------------------------------------------------------------------------------


def _unofficial(names: Names) -> URIRef:
    return URIRef(names.node("unofficial"))


def _each(subject: Node, predicate: Node, values: Iterable[Node]) -> Iterator[Triple]:
    return ((subject, predicate, value) for value in values)


def _eu(table: str, code: str) -> URIRef:
    return URIRef(f"{AUTHORITY}{table}/{code}")


def _is_iri(place: str) -> bool:
    return "://" in place


def _place(place: str) -> URIRef:
    """Return the IRI of a place: an IRI itself, or a code of the EU's countries."""
    return URIRef(place) if _is_iri(place) else _eu("country", place)


def _series_iri(d: Declaration, names: Names) -> URIRef:
    return URIRef(d.series.iri or names.node("series"))


def _date(value: str) -> Literal:
    """Return a year, month or day with the datatype of its precision."""
    # As precise as it was written: 2023 as an xsd:date would claim the first of January.
    datatype = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}[len(value)]
    return Literal(value, datatype=datatype, normalize=False)


def _agent_iri(names: Names, agents: Mapping[str, Agent], name: str) -> str:
    return names.agent(agents[name])


def _contact_iri(d: Declaration, names: Names) -> URIRef:
    return URIRef(names.node(f"contact-{d.contact}"))


def _distribution_iri(names: Names, file: Artefact) -> URIRef:
    return URIRef(names.node(f"{file.dataset}-{file.format.name if file.format else 'file'}"))
