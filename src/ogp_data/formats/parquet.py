"""Rows -> Parquet with real types (https://parquet.apache.org/docs/file-format/), described in its own metadata."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.publication import Publication
from ogp_data.core.records import Record
from ogp_data.formats.columns import values
from ogp_data.tables.provides import origin

if TYPE_CHECKING:
    import pyarrow as pa


def to_parquet(publication: Publication, spec: DatasetSpec, records: Sequence[Record]) -> bytes:
    """Return a dataset as Parquet: int64, date32, string and lists of them; an unknown value is null.

    The bytes are the same with the same pyarrow, which writes its version into the file and no hour.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema(
        [_field(publication, spec, column) for column in spec.column], metadata=_about(publication, spec)
    )
    arrays = [
        pa.array([_value(column, record[column.name]) for record in records], type=field.type)
        for column, field in zip(spec.column, schema, strict=True)
    ]
    target = io.BytesIO()
    # Snappy, since everything that reads Parquet reads it.
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), target, version="2.6", compression="snappy")
    return target.getvalue()


def _field(publication: Publication, spec: DatasetSpec, column: Column) -> pa.Field:
    import pyarrow as pa

    single = {"integer": pa.int64(), "date": pa.date32()}.get(column.type, pa.string())
    kind = pa.list_(single) if column.is_list else single
    nullable = not (column.required or column.key)
    return pa.field(column.name, kind, nullable=nullable, metadata=_described(publication, spec, column))


def _value(column: Column, text: str) -> Any:
    """Return a cell's value by the type of its column: None when it is empty, a list when it holds several."""
    found = [_typed(column, part) for part in values(column, text)]
    if not found:
        return None
    return found if column.is_list else found[0]


def _typed(column: Column, text: str) -> int | str | datetime.date:
    if column.type == "integer":
        return int(text)
    return datetime.date.fromisoformat(text) if column.type == "date" else text


def _described(publication: Publication, spec: DatasetSpec, column: Column) -> dict[str, str]:
    """Return what a column says of itself."""
    described = {
        "description": column.description.en,
        **{f"title:{language}": text for language, text in column.title},
        **{f"description:{language}": text for language, text in column.description},
        "type": column.type,
        "rdf": column.rdf,
        "origin": origin(column, spec, publication.specs),
    }
    if column.codes:
        described["codelist"] = publication.names.concept(column.codes)
        described["codes"] = " ".join(concept.code for concept in publication.shared.codelists[column.codes].concept)
    if column.references:
        described["references"] = column.references
    if column.key:
        described["key"] = "true"
    if column.type == "text":
        described["language"] = column.spoken(publication.declaration.language)
    return described


def _about(publication: Publication, spec: DatasetSpec) -> dict[str, str]:
    """Return what a table says of itself."""
    d, names = publication.declaration, publication.names
    return {
        "dataset": names.dataset(spec.name),
        **{f"title:{language}": text for language, text in spec.title},
        **{f"description:{language}": text for language, text in spec.description},
        "licence": d.licence,
        "version": d.version,
        "issued": d.issued.isoformat(),
        "modified": d.modified.isoformat(),
        **{f"publisher:{language}": text for language, text in publication.shared.agents[d.publisher].name},
        "source": names.download(f"source/{publication.source_name}"),
        "source:sha256": d.source.sha256,
    }
