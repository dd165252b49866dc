"""The nodes of the catalogue as tables of DCAT-AP-NL 3.0 (https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/).

Each table is that of a class of the profile: its mandatory properties, then the recommended, then the optional ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rdflib import Literal, URIRef
from rdflib.namespace import FOAF, PROV, RDFS, SKOS, XSD

from ogp_data.catalogue import lineage, services
from ogp_data.catalogue.nodes import Table, date, eu, eu_each, link, place
from ogp_data.core.artefact import Artefact, Format
from ogp_data.core.declared import Declaration, Period
from ogp_data.core.messages import Message
from ogp_data.core.names import Names
from ogp_data.core.publication import Publication
from ogp_data.core.shared import Agent, Contact
from ogp_data.core.vocab import ADMS, AUTHORITY, DCAT, DCATAP, DCT, IANA, SPDX, VCARD
from ogp_data.core.words import Text, WordLists
from ogp_data.models.profiles import load_profile

HOME = "index.html"
"""The page of the whole publication; each dataset has one of that name in its folder."""

CHANGE_TYPE = "http://purl.org/adms/changetype/"


# What the tables are asked of -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Described:
    """What the catalogue says of one dataset: its own texts and its files."""

    name: str
    title: Text
    description: Text
    keywords: WordLists | None = None
    files: Sequence[Artefact] = field(default_factory=tuple)
    pages: Sequence[str] = ()
    landing: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """A publication, and what nodes of its catalogue say alike."""

    publication: Publication
    spoken: Sequence[URIRef]
    """Its languages, by their IRIs."""

    @property
    def languages(self) -> Sequence[str]:
        """Return the languages in which it is described."""
        return self.d.page_languages

    @property
    def d(self) -> Declaration:
        """Return what is declared."""
        return self.publication.declaration

    @property
    def names(self) -> Names:
        """Return what makes IRIs."""
        return self.publication.names

    @property
    def publisher(self) -> URIRef:
        """Return the IRI of the publisher."""
        return URIRef(self.names.agent(self.publication.shared.agents[self.d.publisher]))

    @property
    def creator(self) -> URIRef:
        """Return the IRI of the creator."""
        return URIRef(self.names.agent(self.publication.shared.agents[self.d.creator]))

    @property
    def contact(self) -> URIRef:
        """Return the IRI of the contact point."""
        return URIRef(self.names.node(f"contact-{self.d.contact}"))

    @property
    def period(self) -> URIRef:
        """Return the IRI of the period that the data is about."""
        return URIRef(self.names.node("period"))

    @property
    def series(self) -> URIRef:
        """Return the IRI of the series of the editions."""
        return URIRef(self.d.series.iri or self.names.node("series"))

    @property
    def disclaimer(self) -> URIRef:
        """Return the IRI of the statement that the publication is not the government's, or not confirmed."""
        return URIRef(self.names.node("disclaimer"))

    @property
    def change(self) -> str:
        """Return the name of the change that the records tell of."""
        return "created" if self.d.issued == self.d.modified else "updated"

    def page(self, path: str) -> URIRef | None:
        """Return the address of a page; None for none."""
        return link(self.names.download(path)) if path else None


@dataclass(frozen=True, slots=True)
class AboutAll(About):
    """The catalogue with its datasets."""

    datasets: Sequence[Described]


@dataclass(frozen=True, slots=True)
class AboutDataset(About):
    """A dataset."""

    dataset: Described

    @property
    def iri(self) -> URIRef:
        """Return the IRI of the dataset."""
        return URIRef(self.names.dataset(self.dataset.name))


@dataclass(frozen=True, slots=True)
class AboutFile(AboutDataset):
    """A file of a dataset, in a format."""

    file: Artefact
    format: Format

    @property
    def distribution(self) -> URIRef:
        """Return the IRI of the distribution."""
        return distribution(self.names, self.file)

    @property
    def shown_format(self) -> Text:
        """Return what the file is called: its format, and its name where other files have that too."""
        title = self.format.title
        return Message("{format}: {file}", format=title, file=self.file.part) if self.file.part else title

    @property
    def address(self) -> URIRef:
        """Return where the file is to be had."""
        return URIRef(self.names.download(self.file.path))


def record(names: Names, dataset: str) -> URIRef:
    """Return the IRI of the record of a dataset."""
    return URIRef(names.node(f"{dataset}-record"))


def distribution(names: Names, file: Artefact) -> URIRef:
    """Return the IRI of the distribution that a file is."""
    part = f"-{file.part.replace('/', '-')}" if file.part else ""
    return URIRef(names.node(f"{file.dataset}-{file.format.name if file.format else 'file'}{part}"))


def _keywords(d: Declaration, own: WordLists | None) -> Iterator[Literal]:
    for language in d.page_languages:
        words = [*d.keywords.of(language), *(own.of(language) if own else ())]
        # A keyword of the publication that the dataset repeats is named once.
        yield from (Literal(word, lang=language) for word in dict.fromkeys(words))


# The tables -----------------------------------------------------------------------------------------------

# Class Catalog
CATALOG: Table[AboutAll] = (
    (DCAT.contactPoint, lambda a: a.contact),
    (DCT.description, lambda a: a.d.description),
    (DCT.publisher, lambda a: a.publisher),
    (DCT.title, lambda a: a.d.title),
    (DCAT.dataset, lambda a: [URIRef(a.names.dataset(dataset.name)) for dataset in a.datasets]),
    (DCAT.themeTaxonomy, lambda _: URIRef(AUTHORITY + "data-theme")),
    (DCT.creator, lambda a: a.creator),
    (FOAF.homepage, lambda a: a.page(HOME)),
    (DCT.issued, lambda a: date(a.d.issued.isoformat())),
    (DCT.language, lambda a: a.spoken),
    (DCT.license, lambda a: URIRef(a.d.licence)),
    (DCT.modified, lambda a: date(a.d.modified.isoformat())),
    (DCT.spatial, lambda a: map(place, a.d.spatial)),
    (DCAT.record, lambda a: [record(a.names, dataset.name) for dataset in a.datasets]),
    (DCT.rights, lambda a: eu("access-right", a.d.access_rights)),
    (DCT.temporal, lambda a: a.period),
)

# Class Catalog Record
RECORD: Table[AboutDataset] = (
    (DCT.language, lambda a: a.spoken),
    (DCT.modified, lambda a: date(a.d.modified.isoformat())),
    (FOAF.primaryTopic, lambda a: a.iri),
    (ADMS.status, lambda a: URIRef(CHANGE_TYPE + a.change)),
    (DCT.conformsTo, lambda a: URIRef(load_profile(a.d.profile).conforms_to)),
    (DCT.issued, lambda a: date(a.d.issued.isoformat())),
)

# Class Dataset
DATASET: Table[AboutDataset] = (
    (DCAT.contactPoint, lambda a: a.contact),
    (DCAT.theme, lambda a: eu_each("data-theme", a.d.themes)),
    (DCT.accessRights, lambda a: eu("access-right", a.d.access_rights)),
    (DCT.creator, lambda a: a.creator),
    (DCT.description, lambda a: a.dataset.description),
    # DCAT-AP-NL wants the identifier to be the IRI, as a text.
    (DCT.identifier, lambda a: Literal(str(a.iri))),
    (DCT.publisher, lambda a: a.publisher),
    (DCT.title, lambda a: a.dataset.title),
    (DCAT.distribution, lambda a: [distribution(a.names, file) for file in a.dataset.files]),
    (DCAT.keyword, lambda a: _keywords(a.d, a.dataset.keywords)),
    (DCT.conformsTo, lambda a: URIRef(a.names.documents["ogp"])),
    (DCT.language, lambda a: eu_each("language", a.d.languages)),
    (DCT.spatial, lambda a: map(place, a.d.spatial)),
    (DCT.temporal, lambda a: a.period),
    (DCAT.landingPage, lambda a: a.page(a.dataset.landing)),
    (FOAF.page, lambda a: filter(None, map(a.page, a.dataset.pages))),
    (ADMS.status, lambda a: eu("dataset-status", a.d.status)),
    (ADMS.versionNotes, lambda a: a.d.version_notes),
    (DCAT.inSeries, lambda a: a.series),
    (DCAT.version, lambda a: Literal(a.d.version)),
    (DCT.accrualPeriodicity, lambda a: eu("frequency", a.d.frequency)),
    (DCT.issued, lambda a: date(a.d.issued.isoformat())),
    (DCT.modified, lambda a: date(a.d.modified.isoformat())),
    (DCT.provenance, lambda a: a.disclaimer if a.publication.disclaimer else None),
    (PROV.wasDerivedFrom, lambda a: lineage.sources(a.publication, a.dataset.name)),
)

# Class Distribution
DISTRIBUTION: Table[AboutFile] = (
    # No page is about one file alone, so what gives access to it is the file's own address.
    (DCAT.accessURL, lambda a: a.address),
    (DCAT.accessService, lambda a: services.giving(a.publication, a.format)),
    (DCT.license, lambda a: URIRef(a.d.licence)),
    (DCAT.byteSize, lambda a: Literal(str(a.file.bytes), datatype=XSD.nonNegativeInteger)),
    (DCAT.mediaType, lambda a: URIRef(IANA + a.format.media_type)),
    (DCT.format, lambda a: eu("file-type", a.format.file_type) if a.format.file_type else None),
    (DCT.rights, lambda a: eu("access-right", a.d.access_rights)),
    (DCAT.downloadURL, lambda a: a.address),
    (DCATAP.availability, lambda a: eu("planned-availability", a.d.availability)),
    (DCT.conformsTo, lambda a: URIRef(a.format.standard)),
    (DCT.description, lambda a: a.format.description),
    # 3.0.0 allows one language for a distribution; the data's first is that of the source text.
    (DCT.language, lambda a: eu("language", a.d.languages[0])),
    (DCT.issued, lambda a: date(a.d.issued.isoformat())),
    (DCT.modified, lambda a: date(a.d.modified.isoformat())),
    (DCT.title, lambda a: Message("{dataset} ({format})", dataset=a.dataset.title, format=a.shown_format)),
    (SPDX.checksum, lambda a: URIRef(f"{a.distribution}-checksum")),
)

# Class Dataset Series
SERIES: Table[About] = (
    (DCT.description, lambda a: a.d.series.description),
    (DCT.title, lambda a: a.d.series.title),
    (DCAT.contactPoint, lambda a: a.contact),
    (DCT.publisher, lambda a: a.publisher),
    (DCT.spatial, lambda a: map(place, a.d.spatial)),
)

# Class Agent
AGENT: Table[Agent] = ((FOAF.name, lambda agent: agent.name),)

# Class Kind
CONTACT: Table[Contact] = (
    (VCARD.fn, lambda contact: contact.name),
    (VCARD.hasEmail, lambda contact: link(f"mailto:{contact.email}" if contact.email else "")),
    (VCARD.hasURL, lambda contact: link(contact.url)),
)

# Class Period of Time
PERIOD: Table[Period] = (
    (DCAT.startDate, lambda period: date(period.start)),
    (DCAT.endDate, lambda period: date(period.end)),
)

# Class Provenance Statement, and concepts that no list of others has
LABELLED: Table[Text] = ((RDFS.label, lambda text: text),)
CONCEPT: Table[Text] = ((SKOS.prefLabel, lambda text: text),)
