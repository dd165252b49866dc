"""dist/<id> -> the datasets and files that are delivered, read from the package's own catalogue.

The catalogue is the one source: what a target is told is what the DCAT says.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import FOAF, RDF
from rdflib.term import Node

from ogp_data.core.messages import Message
from ogp_data.core.rdf import read, to_graph
from ogp_data.core.vocab import ADMS, DCAT, DCATAP, DCT, SPDX, VCARD
from ogp_data.delivery.faults import DeliveryError

Texts = Mapping[str, str]
"""Language -> text; "" for a text without a language."""


@dataclass(frozen=True, slots=True)
class Agent:
    """An organisation: its IRI and names."""

    iri: str
    name: Texts


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact point: name, e-mail address without mailto:, web address."""

    iri: str
    name: Texts
    email: str
    url: str


@dataclass(frozen=True, slots=True)
class File:
    """A file of a dataset, as its Distribution describes it; `path` is where it lies, "" when it lies elsewhere."""

    iri: str
    path: str
    access_url: str
    download_url: str
    title: Texts
    description: Texts
    file_type: str
    media_type: str
    size: int | None
    sha256: str
    licence: str
    languages: tuple[str, ...]
    status: str
    availability: str
    rights: str
    conforms_to: tuple[str, ...]
    issued: str
    modified: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset of the catalogue with its files; what the catalogue does not say is empty."""

    iri: str
    identifier: str
    title: Texts
    description: Texts
    keywords: Mapping[str, tuple[str, ...]]
    publisher: Agent
    creators: tuple[Agent, ...]
    contact: Contact
    themes: tuple[str, ...]
    access_rights: str
    licences: tuple[str, ...]
    languages: tuple[str, ...]
    metadata_languages: tuple[str, ...]
    issued: str
    modified: str
    frequency: str
    spatial: tuple[str, ...]
    start: str
    end: str
    version: str
    version_notes: Texts
    status: str
    conforms_to: tuple[str, ...]
    series: tuple[str, ...]
    pages: tuple[str, ...]
    landing_pages: tuple[str, ...]
    files: tuple[File, ...]

    @property
    def name(self) -> str:
        """Return the last part of its IRI."""
        return self.iri.rstrip("/").rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Package:
    """A publication as it lies in dist/: its name, folder, base IRI and datasets, in the order of their IRIs."""

    id: str
    version: str
    folder: Path
    base_iri: str
    datasets: tuple[Dataset, ...]

    def names(self, iri: str) -> bool:
        """Return whether an IRI is of the form that a dataset of this publication has: one step below its base.

        What lies deeper belongs to another publication, whose base is below this one's.
        """
        step = iri.removeprefix(self.base_iri)
        return step != iri and bool(step) and not set(step) & set("/?#")

    @property
    def addresses(self) -> tuple[str, ...]:
        """Return every address that a delivery would make known."""
        found = {self.base_iri, *(file.download_url or file.access_url for d in self.datasets for file in d.files)}
        return tuple(sorted(found))


def load(dist: Path, publication: str) -> Package:
    """Return the package `dist/<publication>`; DeliveryError when it is not there or not what its manifest says."""
    # The link is followed once: what is read is one build, whatever is published meanwhile.
    folder = (dist / publication).resolve()
    manifest = _manifest(folder, dist / publication)
    try:
        graph = to_graph(read((folder / "catalog.nt").read_bytes(), "nt"))
    except (SyntaxError, ValueError) as reason:
        message = Message("{dist} is not N-Triples: {reason}.", dist=dist / publication / "catalog.nt", reason=reason)
        raise DeliveryError("invalid-package", message, Message("Publish again: ogp-data publish")) from None
    paths = {entry["sha256"]: entry["path"] for entry in reversed(manifest["files"])}
    found = package(publication, manifest["version"], folder, graph, paths)
    absent = [file.iri for dataset in found.datasets for file in dataset.files if file.sha256 and not file.path]
    if absent:
        message = Message(
            "The manifest of {dist} has no file with the checksum of {absent}.",
            dist=dist / publication,
            absent=absent[0],
        )
        raise DeliveryError("invalid-package", message, Message("Nothing was sent. Publish again: ogp-data publish"))
    return found


def package(publication: str, version: str, folder: Path, graph: Graph, paths: Mapping[str, str]) -> Package:
    """Return the package whose catalogue is `graph`; `paths`: SHA-256 of a file -> its path in `folder`."""
    catalogs = sorted(map(str, graph.subjects(RDF.type, DCAT.Catalog)))
    if len(catalogs) != 1:
        raise DeliveryError(
            "invalid-package",
            Message(
                "{folder} describes {count} catalogues, not one.", folder=folder / "catalog.nt", count=len(catalogs)
            ),
        )
    reading = _Reading(graph, paths)
    datasets = sorted(graph.objects(URIRef(catalogs[0]), DCAT.dataset), key=str)
    base = catalogs[0].removesuffix("catalog")
    return Package(publication, version, folder, base, tuple(map(reading.dataset, datasets)))


def _manifest(folder: Path, said: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_bytes())
        if "version" not in manifest or "catalog.nt" not in {entry["path"] for entry in manifest["files"]}:
            raise KeyError
        wrong = [entry["path"] for entry in manifest["files"] if not _is_as_said(folder / entry["path"], entry)]
    except OSError as reason:
        hint = Message("Publish it first: ogp-data publish")
        raise DeliveryError(
            "invalid-package",
            Message("There is no package in {said}: {strerror}.", said=said, strerror=reason.strerror),
            hint,
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise DeliveryError(
            "invalid-package", Message("The manifest of {said} cannot be read.", said=said), Message("Publish again.")
        ) from None
    if wrong:
        more = Message(" and {count} more", count=len(wrong) - 3) if len(wrong) > 3 else ""
        message = Message(
            "{said} does not match its manifest: {wrong}{more}.", said=said, wrong=", ".join(wrong[:3]), more=more
        )
        raise DeliveryError("invalid-package", message, Message("Nothing was sent. Publish again: ogp-data publish"))
    return manifest


def _is_as_said(path: Path, entry: Mapping[str, Any]) -> bool:
    try:
        content = path.read_bytes()
    except OSError:
        return False
    return bool(len(content) == entry["bytes"]) and hashlib.sha256(content).hexdigest() == entry["sha256"]


class _Reading:
    """Reads things of a catalogue by their IRI."""

    def __init__(self, graph: Graph, paths: Mapping[str, str]) -> None:
        self.graph, self.paths = graph, paths

    def dataset(self, iri: Node) -> Dataset:
        """Return a dataset with its files."""
        period = self.graph.value(iri, DCT.temporal)
        files = [self.file(node) for node in sorted(self.graph.objects(iri, DCAT.distribution), key=str)]
        records = list(self.graph.subjects(FOAF.primaryTopic, iri))
        return Dataset(
            iri=str(iri),
            identifier=self.one(iri, DCT.identifier) or str(iri),
            title=self.texts(iri, DCT.title),
            description=self.texts(iri, DCT.description),
            keywords=self.keywords(iri),
            publisher=self.agent(self.graph.value(iri, DCT.publisher)),
            creators=tuple(self.agent(node) for node in sorted(self.graph.objects(iri, DCT.creator), key=str)),
            contact=self.contact(self.graph.value(iri, DCAT.contactPoint)),
            themes=self.all(iri, DCAT.theme),
            access_rights=self.one(iri, DCT.accessRights),
            licences=tuple(sorted({file.licence for file in files if file.licence})),
            languages=self.all(iri, DCT.language),
            metadata_languages=tuple(sorted({lang for record in records for lang in self.all(record, DCT.language)})),
            issued=self.one(iri, DCT.issued),
            modified=self.one(iri, DCT.modified),
            frequency=self.one(iri, DCT.accrualPeriodicity),
            spatial=self.all(iri, DCT.spatial),
            start=self.one(period, DCAT.startDate),
            end=self.one(period, DCAT.endDate),
            version=self.one(iri, DCAT.version),
            version_notes=self.texts(iri, ADMS.versionNotes),
            status=self.one(iri, ADMS.status),
            conforms_to=self.all(iri, DCT.conformsTo),
            series=self.all(iri, DCAT.inSeries),
            pages=self.all(iri, FOAF.page),
            landing_pages=self.all(iri, DCAT.landingPage),
            files=tuple(files),
        )

    def file(self, iri: Node) -> File:
        """Return a file by its Distribution."""
        checksum = self.graph.value(iri, SPDX.checksum)
        digest = self.one(checksum, SPDX.checksumValue)
        size = self.one(iri, DCAT.byteSize)
        return File(
            iri=str(iri),
            path=self.paths.get(digest, ""),
            access_url=self.one(iri, DCAT.accessURL),
            download_url=self.one(iri, DCAT.downloadURL),
            title=self.texts(iri, DCT.title),
            description=self.texts(iri, DCT.description),
            file_type=self.one(iri, DCT["format"]),
            media_type=self.one(iri, DCAT.mediaType),
            size=int(size) if size.isdecimal() else None,
            sha256=digest,
            licence=self.one(iri, DCT.license),
            languages=self.all(iri, DCT.language),
            status=self.one(iri, ADMS.status),
            availability=self.one(iri, DCATAP.availability),
            rights=self.one(iri, DCT.rights),
            conforms_to=self.all(iri, DCT.conformsTo),
            issued=self.one(iri, DCT.issued),
            modified=self.one(iri, DCT.modified),
        )

    def agent(self, iri: Node | None) -> Agent:
        """Return an organisation."""
        return Agent(str(iri or ""), self.texts(iri, FOAF.name))

    def contact(self, iri: Node | None) -> Contact:
        """Return a contact point."""
        email = self.one(iri, VCARD.hasEmail).removeprefix("mailto:")
        return Contact(str(iri or ""), self.texts(iri, VCARD.fn), email, self.one(iri, VCARD.hasURL))

    def all(self, subject: Node | None, predicate: Node) -> tuple[str, ...]:
        """Return every value of a property, in order."""
        return tuple(sorted(str(node) for node in self.graph.objects(subject, predicate))) if subject else ()

    def one(self, subject: Node | None, predicate: Node) -> str:
        """Return the first value of a property; "" without any."""
        return next(iter(self.all(subject, predicate)), "")

    def texts(self, subject: Node | None, predicate: Node) -> Texts:
        """Return a text in its languages."""
        nodes = sorted(self.graph.objects(subject, predicate), key=str) if subject else []
        return {node.language or "": str(node) for node in nodes if isinstance(node, Literal)}

    def keywords(self, iri: Node) -> dict[str, tuple[str, ...]]:
        """Return the keywords by language."""
        found: dict[str, list[str]] = {}
        for node in sorted(self.graph.objects(iri, DCAT.keyword), key=str):
            if isinstance(node, Literal):
                found.setdefault(node.language or "", []).append(str(node))
        return {language: tuple(words) for language, words in found.items()}


def spoken(texts: Texts, language: str) -> str:
    """Return a text in a language, else in another that there is; "" without any."""
    return texts.get(language) or next(iter(texts.values()), "")


def host(address: str) -> str:
    """Return the host of an address."""
    return urlsplit(address).hostname or ""
