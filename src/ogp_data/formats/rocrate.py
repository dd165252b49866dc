"""A publication -> its files as a Research Object Crate, RO-Crate 1.2 (https://w3id.org/ro/crate/1.2).

The crate is what the archive holds, so that the archive is one wherever it is unpacked, and is itself how to get it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from ogp_data.core.artefact import Artefact
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import dump
from ogp_data.formats.datapackage import licence
from ogp_data.formats.known import KNOWN

PATH = "ro-crate-metadata.json"
VERSION = "https://w3id.org/ro/crate/1.2"

Entity = dict[str, Any]


def to_rocrate(publication: Publication, artefacts: Iterable[Artefact]) -> bytes:
    """Return the description of a publication and of each of its files."""
    files = list(artefacts)
    graph = [
        {"@id": PATH, "@type": "CreativeWork", "conformsTo": _to(VERSION), "about": _to("./")},
        _root(publication, files),
        *_folders(publication, files),
        *(_file(publication, file) for file in files),
        *_named(publication),
    ]
    return dump({"@context": f"{VERSION}/context", "@graph": graph})


def _root(publication: Publication, files: Sequence[Artefact]) -> Entity:
    d, names = publication.declaration, publication.names
    agents, language = publication.shared.agents, d.plain_language
    folders = [spec.name for spec in d.dataset]
    loose = [_to(_id(file.path)) for file in files if file.dataset not in folders]
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": d.title.of(language),
        "description": d.description.of(language),
        "identifier": _to(_identifier(names.dataset("catalog"))["@id"]),
        "url": names.download(""),
        "datePublished": d.issued.isoformat(),
        "dateModified": d.modified.isoformat(),
        "version": d.version,
        "inLanguage": d.language,
        "keywords": d.keywords.of(language),
        "temporalCoverage": d.temporal.edtf,
        "license": _to(d.licence),
        "author": _to(names.agent(agents[d.creator])),
        "publisher": _to(names.agent(agents[d.publisher])),
        "distribution": _to(_archive(publication)["@id"]),
        "hasPart": [*(_to(f"{_id(name)}/") for name in folders), *loose],
    }


def _folders(publication: Publication, files: Sequence[Artefact]) -> Iterator[Entity]:
    """Yield each table as the folder of its files."""
    language = publication.declaration.plain_language
    for spec in publication.declaration.dataset:
        yield {
            "@id": f"{_id(spec.name)}/",
            "@type": "Dataset",
            "name": spec.title.of(language),
            "description": spec.description.of(language),
            "identifier": publication.names.dataset(spec.name),
            "hasPart": [_to(_id(file.path)) for file in files if file.dataset == spec.name],
        }


def _file(publication: Publication, file: Artefact) -> Entity:
    said = (
        {"description": file.format.description.of(publication.declaration.plain_language)}
        if file.format and file.format.description
        else {}
    )
    return {
        "@id": _id(file.path),
        "@type": "File",
        "name": file.path,
        **said,
        "encodingFormat": file.media_type,
        "contentSize": str(file.bytes),
        "sha256": file.sha256,
    }


def _named(publication: Publication) -> Iterator[Entity]:
    """Yield what the crate names and is no part of it: the licence, organisations, the contact, the archive."""
    d, agents, names = publication.declaration, publication.shared.agents, publication.names
    known = licence(d.licence).get("name", d.licence)
    yield {"@id": d.licence, "@type": "CreativeWork", "name": known, "url": d.licence}
    for name in dict.fromkeys((d.creator, d.publisher)):
        # Who publishes is asked, and RO-Crate has the address on the organisation.
        asked = {"contactPoint": _to(_contact(publication)["@id"])} if name == d.publisher else {}
        said = agents[name].name.of(d.plain_language)
        yield {"@id": names.agent(agents[name]), "@type": "Organization", "name": said, **asked}
    yield _contact(publication)
    yield _identifier(names.dataset("catalog"))
    yield _archive(publication)


def _identifier(iri: str) -> Entity:
    return {"@id": f"{iri}#identifier", "@type": "PropertyValue", "propertyID": "IRI", "value": iri, "url": iri}


def _contact(publication: Publication) -> Entity:
    d = publication.declaration
    contact = publication.shared.contacts[d.contact]
    known = {"email": contact.email, "url": contact.url}
    return {
        "@id": publication.names.node(f"contact-{d.contact}"),
        "@type": "ContactPoint",
        "name": contact.name.of(d.plain_language),
        "contactType": "customer service",
        **{key: value for key, value in known.items() if value},
    }


def _archive(publication: Publication) -> Entity:
    """Return the archive. Its size and checksum are not told: it holds the file that would tell them."""
    path = f"{publication.id}{KNOWN['zip'].suffix}"
    return {
        "@id": publication.names.download(path),
        "@type": "DataDownload",
        "name": path,
        "encodingFormat": KNOWN["zip"].media_type,
    }


def _to(iri: str) -> dict[str, str]:
    return {"@id": iri}


def _id(path: str) -> str:
    """Return a path as the IRI that it is, relative to the crate."""
    return quote(path)
