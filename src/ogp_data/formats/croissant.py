"""A publication -> its tables for machine learning, in Croissant 1.0 (https://docs.mlcommons.org/croissant/docs/croissant-spec.html).

What a table is stands there once more as a set of records whose fields are taken from the columns of the CSV.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ogp_data.core.artefact import Artefact
from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import dump
from ogp_data.core.vocab import PREFIXES
from ogp_data.types import type_of

PATH = "croissant.json"

_OWN = (
    *("citeAs", "column", "equivalentProperty", "extract", "field", "fileObject", "fileProperty", "fileSet", "format"),
    *("includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex"),
    *("repeated", "replace", "samplingRate", "separator", "source", "subField", "transform"),
)
_CONTEXT: Mapping[str, Any] = {
    **{name: f"cr:{name}" for name in _OWN},
    "@vocab": PREFIXES["schema"],
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": PREFIXES["dct"],
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": PREFIXES["schema"],
}
"""As the specification has it, but for the language, which is that of the texts."""

_TYPES = {"xsd:integer": "sc:Integer", "xsd:decimal": "sc:Float", "xsd:boolean": "sc:Boolean", "xsd:date": "sc:Date"}
"""What has no type of its own in Croissant is text: codes, places, durations, dates of which a part is not known."""


def to_croissant(publication: Publication, artefacts: Iterable[Artefact]) -> bytes:
    """Return the description of every file of a publication, and of its tables as they stand in the CSV."""
    d, names = publication.declaration, publication.names
    language = d.plain_language
    context: dict[str, Any] = {"@language": language, **_CONTEXT}
    return dump(
        {
            "@context": context,
            "@type": "sc:Dataset",
            "@id": names.dataset("everything"),
            "conformsTo": "http://mlcommons.org/croissant/1.0",
            "name": d.title.of(language),
            "description": d.description.of(language),
            "citeAs": _citation(publication),
            "license": d.licence,
            "url": names.download(""),
            "version": d.version,
            "datePublished": d.issued.isoformat(),
            "dateModified": d.modified.isoformat(),
            "inLanguage": d.language,
            "keywords": d.keywords.of(language),
            "creator": _organisation(publication, d.creator),
            "publisher": _organisation(publication, d.publisher),
            "distribution": [_file(publication, file) for file in artefacts if file.format],
            "recordSet": [_records(publication, spec) for spec in d.dataset],
        }
    )


def _citation(publication: Publication) -> str:
    d, agents = publication.declaration, publication.shared.agents
    publisher, title = (text.of(d.plain_language) for text in (agents[d.publisher].name, d.title))
    return f"{publisher} ({d.issued.year}). {title} ({d.version}). {publication.names.dataset('catalog')}"


def _organisation(publication: Publication, name: str) -> dict[str, str]:
    agent = publication.shared.agents[name]
    said = agent.name.of(publication.declaration.plain_language)
    return {"@type": "sc:Organization", "@id": publication.names.agent(agent), "name": said}


def _file(publication: Publication, file: Artefact) -> dict[str, str]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": publication.names.download(file.path),
        "contentSize": f"{file.bytes} B",
        "encodingFormat": file.media_type,
        "sha256": file.sha256,
    }


def _records(publication: Publication, spec: DatasetSpec) -> dict[str, Any]:
    language = publication.declaration.plain_language
    return {
        "@type": "cr:RecordSet",
        "@id": spec.name,
        "name": spec.name,
        "description": spec.description.of(language),
        "key": [{"@id": f"{spec.name}/{column.name}"} for column in spec.keys],
        "field": [_field(publication, spec, column) for column in spec.column],
    }


def _field(publication: Publication, spec: DatasetSpec, column: Column) -> dict[str, Any]:
    target, about = publication.specs.get(column.references), type_of(column).about
    source: dict[str, Any] = {
        "fileObject": {"@id": f"{spec.name}/{spec.name}.csv"},
        "extract": {"column": column.name},
    }
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{spec.name}/{column.name}",
        "name": column.name,
        "description": column.description.of(publication.declaration.plain_language),
        "dataType": _TYPES.get(about.datatype, "sc:Text"),
        "source": source,
    }
    if target:
        field["references"] = {"field": {"@id": f"{target.name}/{target.key.name}"}}
    return field
