"""Material -> the page of each dataset."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from ogp_data.catalogue.usage import uses_of
from ogp_data.core.columns import DatasetSpec
from ogp_data.core.framed import DATA
from ogp_data.core.messages import Message
from ogp_data.core.vocab import expand
from ogp_data.site import formatting as show
from ogp_data.site.context import Material
from ogp_data.site.locations import ROWS
from ogp_data.site.page import Page, downloads
from ogp_data.site.schema_org import dataset_jsonld
from ogp_data.tables.provides import ORIGINS, origin
from ogp_data.types import type_of


def dataset_page(material: Material, spec: DatasetSpec) -> Page:
    """Return the page of a dataset."""
    return Page(
        material.where.dataset(spec.name),
        "dataset.html",
        spec.title,
        spec.description,
        partial(_dataset, material, spec),
        downloads(material, spec.name),
        partial(dataset_jsonld, material.publication, spec, material.files(spec.name)),
        crumbs=[(DATA, Message("The data"))],
    )


def _dataset(material: Material, spec: DatasetSpec, language: str) -> dict[str, Any]:
    publication, rows = material.publication, material.rows[spec.name]
    return {
        "spec": spec,
        "rows": rows[:ROWS],
        "count": len(rows),
        "own_page": partial(material.where.row, spec.name) if material.where.commitments == spec.name else None,
        "columns": list(_columns(material, spec)),
        "statistics": material.counted[spec.name],
        "files": material.files,
        "where": material.where,
        "earlier": publication.earlier,
        "edition": publication.compared,
        "change": next((one for one in material.changed if one.dataset == spec.name), None),
        "findings": material.parts.findings,
        "uses": [use for _, use in uses_of(publication, spec.name)],
        "citation": show.citation(publication, spec.title, publication.names.dataset(spec.name), language),
    }


def _columns(material: Material, spec: DatasetSpec) -> Iterator[tuple[Any, ...]]:
    """Yield each column with its type, origin, the number of rows that have a value in it, and its property."""
    publication = material.publication
    for column in spec.column:
        filled = sum(1 for record in material.records[spec.name] if record[column.name])
        iri = expand(column.rdf, publication.names.spaces) or column.rdf
        yield column, type_of(column), ORIGINS[origin(column, spec, publication.specs)], filled, iri
