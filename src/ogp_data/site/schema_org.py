"""Publication -> schema.org JSON-LD within a page, for search engines (https://schema.org/Dataset)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ogp_data.core.artefact import Artefact
from ogp_data.core.columns import DatasetSpec
from ogp_data.core.framed import DATA
from ogp_data.core.pages import in_language
from ogp_data.core.publication import Publication
from ogp_data.core.shared import Agent
from ogp_data.core.templates import schema_org, web_page
from ogp_data.core.words import Text
from ogp_data.formats.known import received
from ogp_data.site import formatting as show
from ogp_data.tables.provides import ORIGINS, origin


def catalogue_jsonld(publication: Publication, language: str) -> str:
    """Return the catalogue as a schema:DataCatalog, as text that can stand within a script element."""
    d, names = publication.declaration, publication.names
    datasets = [{"@id": names.dataset(spec.name)} for spec in d.dataset]
    return schema_org(
        {
            "@type": "DataCatalog",
            "@id": names.dataset("catalog"),
            "url": names.download(in_language("", language, d.page_languages)),
            "name": d.title.of(language),
            "description": d.description.of(language),
            **_common(publication, language),
            "dataset": [*datasets, {"@id": names.dataset("everything")}],
        }
    )


def whole_jsonld(publication: Publication, files: Sequence[Artefact], language: str) -> str:
    """Return everything together as a schema:Dataset of its own in the catalogue; `files` are those with all tables."""
    d, names = publication.declaration, publication.names
    return schema_org(
        {
            "@type": "Dataset",
            "@id": names.dataset("everything"),
            "url": names.download(in_language(DATA, language, d.page_languages)),
            "name": d.title.of(language),
            "description": d.description.of(language),
            **_common(publication, language),
            "includedInDataCatalog": {"@type": "DataCatalog", "@id": names.dataset("catalog")},
            "distribution": [_download(publication, file, language) for file in files if file.format],
        }
    )


def dataset_jsonld(publication: Publication, spec: DatasetSpec, artefacts: Sequence[Artefact], language: str) -> str:
    """Return a dataset as a schema:Dataset, with all that Google's page on datasets recommends and we know."""
    d, names = publication.declaration, publication.names
    iri = names.dataset(spec.name)
    source = {"@type": "CreativeWork", "name": d.source.title.of(language)}
    return schema_org(
        {
            "@type": "Dataset",
            "@id": iri,
            "identifier": iri,
            "url": names.download(in_language(f"{spec.name}/", language, d.page_languages)),
            "name": spec.title.of(language),
            "description": spec.description.of(language),
            **_common(publication, language, spec),
            "includedInDataCatalog": {"@type": "DataCatalog", "@id": names.dataset("catalog")},
            "isBasedOn": source | ({"url": publication.source_address} if publication.source_address else {}),
            "citation": show.citation(publication, spec.title, iri, language),
            "variableMeasured": [column.name for column in spec.column],
            "distribution": [_download(publication, file, language) for file in artefacts if file.format],
        }
    )


def columns_jsonld(
    publication: Publication, spec: DatasetSpec, shown: Iterable[int], title: Text, language: str
) -> str:
    """Return the page of some of a dataset's columns, with what each of them says."""
    names = publication.names
    measured = [_variable(publication, spec, index, language) for index in shown]
    about = {"@type": "Dataset", "@id": names.dataset(spec.name), "variableMeasured": measured}
    return web_page(names.dataset("catalog"), {language: title.of(language)}, mainEntity=about)


def commitment_jsonld(publication: Publication, dataset: str, key: str, title: str, language: str) -> str:
    """Return a commitment: schema.org has no promise of a government, so it is a thing (schema:Thing) of a dataset."""
    names = publication.names
    about = {"@type": "Thing", "@id": names.row(dataset, key), "name": title, "identifier": key}
    return web_page(names.dataset("catalog"), {language: title}, about=about)


def source_jsonld(publication: Publication, language: str) -> str:
    """Return the page of the source document, which is a schema:DigitalDocument with the file as its encoding."""
    names, title = publication.names, publication.declaration.source.title.of(language)
    encoding = [
        {
            "@type": "MediaObject",
            "contentUrl": names.download(path),
            "encodingFormat": received(file.kind).media_type,
            "contentSize": f"{len(file.content)} B",
            "sha256": file.sha256,
        }
        for file, path in zip(publication.source_files, publication.source_paths, strict=True)
    ]
    about = {"@type": "DigitalDocument", "name": title, "encoding": encoding if encoding[1:] else encoding[0]}
    return web_page(names.dataset("catalog"), {language: title}, mainEntity=about)


def _common(publication: Publication, language: str, spec: DatasetSpec | None = None) -> dict[str, Any]:
    d, agents = publication.declaration, publication.shared.agents
    words = [*d.keywords.of(language), *(spec.keywords.of(language) if spec else ())]
    return {
        "license": d.licence,
        "creator": _agent(publication, agents[d.creator], language),
        "publisher": _agent(publication, agents[d.publisher], language),
        "version": d.version,
        "datePublished": d.issued.isoformat(),
        "dateModified": d.modified.isoformat(),
        "temporalCoverage": d.temporal.edtf,
        "spatialCoverage": [{"@type": "Place", "identifier": code} for code in d.spatial],
        # Of the data and not of the page: the words of the document are not translated.
        "inLanguage": d.language,
        # A keyword of the catalogue that a dataset has as well is named once, and the order stays.
        "keywords": list(dict.fromkeys(words)),
        "isAccessibleForFree": True,
    }


def _agent(publication: Publication, agent: Agent, language: str) -> dict[str, str]:
    kind = "GovernmentOrganization" if agent.is_government else "Organization"
    return {"@type": kind, "@id": publication.names.agent(agent), "name": agent.name.of(language)}


def _variable(publication: Publication, spec: DatasetSpec, index: int, language: str) -> dict[str, str]:
    column = spec.column[index]
    return {
        "@type": "PropertyValue",
        "name": column.name,
        "alternateName": column.title.of(language),
        "description": column.description.of(language),
        "measurementTechnique": ORIGINS[origin(column, spec, publication.specs)].of(language),
    }


def _download(publication: Publication, file: Artefact, language: str) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": file.format.title.of(language) if file.format else file.path,
        "contentUrl": publication.names.download(file.path),
        "encodingFormat": file.media_type,
        "contentSize": f"{file.bytes} B",
        "sha256": file.sha256,
    }
