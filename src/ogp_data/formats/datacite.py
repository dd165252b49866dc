"""A publication -> what DataCite wants to know for a DOI, by its Metadata Schema 4.5 (https://datacite-metadata-schema.readthedocs.io/).

The DOI itself is given by whoever deposits the data, and is not in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ogp_data.core.artefact import Artefact
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import dump
from ogp_data.core.words import Text
from ogp_data.formats.datapackage import licence

PATH = "datacite.json"


def to_datacite(publication: Publication, artefacts: Iterable[Artefact]) -> bytes:
    """Return the metadata of a publication as the JSON that DataCite takes."""
    d, names = publication.declaration, publication.names
    agents, contact = publication.shared.agents, publication.shared.contacts[d.contact]
    language = d.plain_language
    return dump(
        {
            "schemaVersion": "http://datacite.org/schema/kernel-4",
            "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Dataset"},
            "creators": [{"name": agents[d.creator].name.of(language), "nameType": "Organizational"}],
            "titles": list(_spoken(publication, "title", d.title)),
            "publisher": {"name": agents[d.publisher].name.of(language), "lang": language},
            "publicationYear": str(d.issued.year),
            "subjects": [
                {"subject": word, "lang": tag} for tag in d.page_languages for word in dict.fromkeys(d.keywords.of(tag))
            ],
            "contributors": [
                {"name": contact.name.of(language), "nameType": "Organizational", "contributorType": "ContactPerson"}
            ],
            "dates": [
                {"date": d.issued.isoformat(), "dateType": "Issued"},
                {"date": d.modified.isoformat(), "dateType": "Updated"},
            ],
            "language": d.language,
            "alternateIdentifiers": [
                {"alternateIdentifier": names.dataset("catalog"), "alternateIdentifierType": "IRI"}
            ],
            "relatedIdentifiers": list(_related(publication)),
            "formats": list(dict.fromkeys(file.media_type for file in artefacts if file.format)),
            "version": d.version,
            "rightsList": [_rights(d.licence)],
            "descriptions": [
                {**one, "descriptionType": "Abstract"} for one in _spoken(publication, "description", d.description)
            ],
        }
    )


def _spoken(publication: Publication, key: str, text: Text) -> Iterator[dict[str, Any]]:
    """Yield a text in each language of the pages."""
    for tag, said in text.said(publication.declaration.page_languages):
        yield {key: said, "lang": tag}


def _related(publication: Publication) -> Iterator[dict[str, str]]:
    """Yield the document, where it has an address."""
    if publication.source_address:
        yield {
            "relatedIdentifier": publication.source_address,
            "relatedIdentifierType": "URL",
            "relationType": "IsDerivedFrom",
        }


def _rights(address: str) -> dict[str, str]:
    """Return the licence: its address and, of Creative Commons, the name that SPDX has for it too."""
    if not (name := licence(address).get("name")):
        return {"rightsUri": address}
    known = {"rightsIdentifier": name, "rightsIdentifierScheme": "SPDX", "schemeUri": "https://spdx.org/licenses/"}
    return {"rightsUri": address, **known}
