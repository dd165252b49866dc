"""Publication and artefacts -> one DCAT-AP-NL 3.0 graph (https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/).

What each thing says is in the tables of `tables.py`; here is which things there are, and in which order they come.
Every thing has an IRI; a value that is not known yields nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rdflib import URIRef
from rdflib.namespace import FOAF, RDF, RDFS, SKOS

from ogp_data.catalogue import lineage, measurements, services, tables, versions
from ogp_data.catalogue.nodes import eu, is_iri, triples
from ogp_data.catalogue.statistics import Statistics
from ogp_data.catalogue.tables import HOME, About, AboutAll, AboutDataset, AboutFile, Described
from ogp_data.catalogue.usage import declared_triples, usage_triples
from ogp_data.catalogue.void import subset_triples, void_triples
from ogp_data.core.artefact import Artefact, Format
from ogp_data.core.columns import DatasetSpec
from ogp_data.core.declared import Declaration, SourceSpec
from ogp_data.core.messages import Message
from ogp_data.core.names import Names
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import Triple, from_ox, term
from ogp_data.core.shared import Agent
from ogp_data.core.vocab import DCAT, DCT, IANA, SPDX, VCARD
from ogp_data.models.languages import eu_code
from ogp_data.models.licences import Licences
from ogp_data.models.lists import ValueLists
from ogp_data.models.organisations import PERSONS, type_of
from ogp_data.models.profiles import Profile, load_profile

EVERYTHING = "everything"
"""The dataset of the database, the archive, the Data Package and the source document."""

CATALOGUE_FILES = ("catalog.ttl", "catalog.jsonld", "catalog.rdf", "catalog.nt")
DICTIONARY = "dictionary.html"
"""The documentation of the dataset of everything: what each dataset and column means."""


def catalogue(
    publication: Publication, artefacts: Sequence[Artefact], lists: ValueLists, counted: Mapping[str, Statistics]
) -> Iterator[Triple]:
    """Yield the catalogue: itself, its records, datasets, distributions, and whatever they name.

    `counted` are the statistics of every dataset, and of everything together.
    """
    names, datasets = publication.names, described(publication, artefacts)
    languages = publication.declaration.page_languages
    spoken = [eu("language", eu_code(language, lists)) for language in languages]
    everything = About(publication, spoken)
    yield from triples(
        URIRef(names.dataset("catalog")),
        [DCAT.Catalog],
        tables.CATALOG,
        AboutAll(publication, spoken, datasets),
        languages,
    )
    for dataset in datasets:
        about = AboutDataset(publication, spoken, dataset)
        yield from triples(tables.record(names, dataset.name), [DCAT.CatalogRecord], tables.RECORD, about, languages)
        yield from _dataset(about, counted[dataset.name])
        for file in dataset.files:
            if file.format:
                yield from distribution(AboutFile(publication, spoken, dataset, file, file.format))
        yield from lineage.catalogue_triples(publication, dataset.name)
        yield from measurements.measurement_triples(dataset.name, names, counted[dataset.name])
    yield from versions.triples(publication, [dataset.name for dataset in datasets])
    yield from declared_triples(publication, EVERYTHING)
    yield from triples(everything.series, [DCAT.DatasetSeries], tables.SERIES, everything, languages)
    yield from services.catalogue_triples(publication, [dataset.name for dataset in datasets], DICTIONARY)
    yield from lineage.origin_triples(publication)
    yield from measurements.metric_triples(names, counted, languages)
    yield from named(everything, artefacts, lists)


def _everything(source: SourceSpec) -> Message:
    """Return what is in everything together: the source document too where that is published."""
    if source.publish:
        return Message(
            "All tables of this publication together, as a workbook, a database, an archive and a Data Package, with"
            " the source document itself. {description}",
            description=source.description,
        )
    return Message(
        "All tables of this publication together, as a workbook, a database, an archive and a Data Package, without the"
        " source document. {description}",
        description=source.description,
    )


def described(publication: Publication, artefacts: Iterable[Artefact]) -> list[Described]:
    """Return every dataset of the catalogue: the tables, then everything together with the source document."""
    files = list(artefacts)
    d = publication.declaration
    own_tables = [_of_spec(spec, files) for spec in d.dataset]
    own, metadata = _own(EVERYTHING, files)
    title = Message("{title}: everything together", title=d.title)
    description = _everything(d.source)
    if publication.disclaimer:
        description = Message("{description} {disclaimer}", description=description, disclaimer=publication.disclaimer)
    return [*own_tables, Described(EVERYTHING, title, description, None, own, (DICTIONARY, *metadata), HOME)]


def _of_spec(spec: DatasetSpec, files: Iterable[Artefact]) -> Described:
    own, metadata = _own(spec.name, files)
    return Described(spec.name, spec.title, spec.description, spec.keywords, own, metadata, f"{spec.name}/{HOME}")


def _own(dataset: str, files: Iterable[Artefact]) -> tuple[list[Artefact], list[str]]:
    """Return the files of a dataset that hold it, and the paths of those that describe it, which have no format."""
    own = [file for file in files if file.dataset == dataset]
    return [file for file in own if file.format], [file.path for file in own if file.format is None]


# One thing each -----------------------------------------------------------------------------------------


def _dataset(about: AboutDataset, counted: Statistics) -> Iterator[Triple]:
    dataset, iri = about.dataset, about.iri
    yield from triples(iri, [DCAT.Dataset], tables.DATASET, about, about.languages)
    yield from _linked_data(about.publication, dataset, counted)
    yield from measurements.link_triples(dataset.name, about.names, counted)
    yield from usage_triples(about.publication, dataset.name)
    for page in filter(None, (dataset.landing, *dataset.pages)):
        yield URIRef(about.names.download(page)), RDF.type, FOAF.Document


def _linked_data(publication: Publication, dataset: Described, counted: Statistics) -> Iterator[Triple]:
    """Yield what a dataset is as linked data, where it has such a file; everything together holds the others."""
    names, spec = publication.names, publication.specs.get(dataset.name)
    if spec is None:
        parts = (URIRef(names.dataset(name)) for name in publication.specs)
        yield from subset_triples(URIRef(names.dataset(dataset.name)), parts)
        return
    dumps = [file.path for file in dataset.files if file.format and file.format.service == "sparql"]
    if dumps:
        yield from void_triples(spec, names, counted, dumps)


def distribution(about: AboutFile) -> Iterator[Triple]:
    """Yield a file of a dataset."""
    yield from triples(about.distribution, [DCAT.Distribution], tables.DISTRIBUTION, about, about.languages)
    yield from lineage.checksum(URIRef(f"{about.distribution}-checksum"), about.file.sha256)
    # The shapes ask of what class an address is, and in RDF an IRI that nobody describes has none.
    yield about.address, RDF.type, RDFS.Resource


# What the catalogue names: described, so that a validator elsewhere needs nothing else ---------------------


def named(about: About, artefacts: Iterable[Artefact], lists: ValueLists) -> Iterator[Triple]:
    """Yield what a catalogue names: organisations, contact, period, codes of lists, standards and the licence."""
    d, shared = about.d, about.publication.shared
    for name in dict.fromkeys((d.publisher, d.creator)):
        yield from _agent(d, about.names, shared.agents[name], lists)
    # Both classes, because shapes without inference do not know that the one is the other.
    yield from triples(
        about.contact, [VCARD.Kind, VCARD.Organization], tables.CONTACT, shared.contacts[d.contact], about.languages
    )
    yield from triples(about.period, [DCT.PeriodOfTime], tables.PERIOD, d.temporal)
    formats = {file.format.name: file.format for file in artefacts if file.format}
    yield from _codes(d, formats.values(), lists)
    yield from _documents(about.names, formats.values(), load_profile(d.profile))
    yield from _licence(d, lists)
    if said := about.publication.disclaimer:
        yield from triples(about.disclaimer, [DCT.ProvenanceStatement], tables.LABELLED, said, about.languages)
    labels = {"created": Message("created"), "updated": Message("updated")}
    change = URIRef(tables.CHANGE_TYPE + about.change)
    yield from triples(change, [SKOS.Concept], tables.CONCEPT, labels[about.change], about.languages)


def _agent(d: Declaration, names: Names, agent: Agent, lists: ValueLists) -> Iterator[Triple]:
    # Both classes, as of contacts: the register of NDE takes nothing but organisations and persons for a creator.
    kinds = [FOAF.Agent] if agent.type == PERSONS else [FOAF.Agent, FOAF.Organization]
    yield from triples(URIRef(names.agent(agent)), kinds, tables.AGENT, agent, d.page_languages)
    if kind := type_of(lists, agent.type):
        concept = URIRef(kind.iri)
        yield URIRef(names.agent(agent)), DCT.type, concept
        yield concept, RDF.type, SKOS.Concept
        yield from ((concept, SKOS.prefLabel, term(label)) for label in kind.labels())


def _codes(d: Declaration, formats: Iterable[Format], lists: ValueLists) -> Iterator[Triple]:
    """Yield the concepts of the EU tables that the catalogue names, and the table of themes."""
    used = {
        "access-right": [d.access_rights],
        "country": [place for place in d.spatial if not is_iri(place)],
        "data-theme": d.themes,
        "dataset-status": [d.status],
        "file-type": sorted({fmt.file_type for fmt in formats} - {""}),
        "frequency": [d.frequency],
        "language": sorted({*(eu_code(language, lists) for language in d.page_languages), *d.languages}),
        "planned-availability": [d.availability],
    }
    for name, codes in used.items():
        yield from map(from_ox, lists[name].described([eu(name, code) for code in codes]))
    for place in filter(is_iri, d.spatial):
        if home := lists.home(place):
            yield from map(from_ox, home.described([place]))


def _documents(names: Names, formats: Iterable[Format], profile: Profile) -> Iterator[Triple]:
    standards = {*(fmt.standard for fmt in formats), names.documents["ogp"]}
    yield from ((URIRef(iri), RDF.type, DCT.Standard) for iri in sorted({*standards, profile.conforms_to}))
    media = sorted({IANA + fmt.media_type for fmt in formats})
    yield from ((URIRef(iri), RDF.type, DCT.MediaType) for iri in media)
    yield SPDX.checksumAlgorithm_sha256, RDF.type, SPDX.ChecksumAlgorithm


def _licence(d: Declaration, lists: ValueLists) -> Iterator[Triple]:
    licence = URIRef(d.licence)
    yield licence, RDF.type, DCT.LicenseDocument
    yield from ((licence, SKOS.exactMatch, URIRef(same)) for same in Licences(lists).same(d.licence))
