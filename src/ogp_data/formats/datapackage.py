"""A publication -> the descriptor of its CSV files, a Data Package 2.0 (https://datapackage.org/standard/data-package/)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from ogp_data.core.artefact import Artefact
from ogp_data.core.columns import DatasetSpec
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import dump
from ogp_data.formats.columns import table_schema
from ogp_data.formats.known import KNOWN

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def to_datapackage(publication: Publication, artefacts: Iterable[Artefact]) -> bytes:
    """Return the Data Package over every CSV of a publication."""
    d = publication.declaration
    language = d.plain_language
    files = {a.dataset: a for a in artefacts if a.format is KNOWN["csv"]}
    return dump(
        {
            "$schema": PROFILE,
            "name": d.id,
            "id": publication.names.dataset("catalog"),
            "title": d.title.of(language),
            "description": d.description.of(language),
            "version": d.version,
            "keywords": d.keywords.of(language),
            "created": f"{d.issued.isoformat()}T00:00:00Z",
            "licenses": [licence(d.licence)],
            "contributors": list(_contributors(publication)),
            "sources": [{"title": d.source.title.of(language)} | path for path in _source_paths(publication)],
            "resources": [_resource(publication, spec, files[spec.name]) for spec in d.dataset],
        }
    )


def _resource(publication: Publication, spec: DatasetSpec, file: Artefact) -> dict[str, Any]:
    language = publication.declaration.plain_language
    return {
        "name": spec.name,
        "type": "table",
        "path": file.path,
        "title": spec.title.of(language),
        "description": spec.description.of(language),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "schema": table_schema(publication, spec),
    }


def _contributors(publication: Publication) -> Iterator[dict[str, Any]]:
    """Yield each organisation once, with its roles: those of DataCite, which has no publisher among them."""
    d, agents = publication.declaration, publication.shared.agents
    roles: dict[str, list[str]] = {}
    for agent, role in ((d.publisher, "publisher"), (d.creator, "creator")):
        roles.setdefault(agent, []).append(role)
    for agent, found in roles.items():
        yield {"title": agents[agent].name.of(d.plain_language), "roles": found}


def _source_paths(publication: Publication) -> list[dict[str, str]]:
    """Return the path of each file of the source in the package, or its address elsewhere, where it has one."""
    if publication.declaration.source.publish:
        return [{"path": path} for path in publication.source_paths]
    return [{"path": publication.source_address} if publication.source_address else {}]


def licence(address: str) -> dict[str, str]:
    """Return a licence by its address and, of Creative Commons, the Open Definition's name: no other is known here."""
    name = _open_name(address)
    return {"name": name, "path": address} if name else {"path": address}


def _open_name(address: str) -> str:
    if "publicdomain/zero" in address:
        return "CC0-1.0"
    match = re.search(r"licenses/(by(?:-[a-z]+)*)/(\d\.\d)", address)
    return f"CC-{match[1].upper()}-{match[2]}" if match else ""
