"""Rows -> Parquet with real types (https://parquet.apache.org/docs/file-format/), described in its own metadata."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from ogp_data.core.columns import Column, DatasetSpec, is_filled
from ogp_data.core.declared import Declaration
from ogp_data.core.publication import Publication
from ogp_data.core.words import Text
from ogp_data.tables.provides import origin
from ogp_data.types import language_of, type_of
from ogp_data.types.rows import Row

if TYPE_CHECKING:
    import pyarrow as pa


def to_parquet(publication: Publication, spec: DatasetSpec, rows: Sequence[Row]) -> bytes:
    """Return a dataset as Parquet with the types that its values have in Arrow; an unknown value is null.

    The bytes are the same with the same pyarrow, which writes its version into the file and no hour.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrays = [_array(column, rows) for column in spec.column]
    fields = [_field(publication, spec, column, array) for column, array in zip(spec.column, arrays, strict=True)]
    schema = pa.schema(fields, metadata=_about(publication, spec))
    target = io.BytesIO()
    # Snappy, since everything that reads Parquet reads it.
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), target, version="2.6", compression="snappy")
    return target.getvalue()


def _field(publication: Publication, spec: DatasetSpec, column: Column, array: pa.Array) -> pa.Field:
    import pyarrow as pa

    nullable = not is_filled(column)
    return pa.field(column.name, array.type, nullable=nullable, metadata=_described(publication, spec, column))


def _array(column: Column, rows: Sequence[Row]) -> pa.Array:
    """Return a column's values by its type: null for an empty cell, a list where a cell can hold several."""
    import pyarrow as pa

    kind, cells = type_of(column), [row.typed[column.name] for row in rows]
    if not kind.about.separator:
        return kind.arrow([cell[0].value if cell else None for cell in cells])
    ends = list(accumulate(map(len, cells), initial=0))
    # A null where a list begins makes it null; the end of the last one is no beginning.
    begins = [begin if cell else None for begin, cell in zip(ends, cells, strict=False)]
    flat = kind.arrow([value.value for cell in cells for value in cell])
    return pa.ListArray.from_arrays(pa.array([*begins, ends[-1]], pa.int32()), flat)


def _described(publication: Publication, spec: DatasetSpec, column: Column) -> dict[str, str]:
    """Return what a column says of itself."""
    d = publication.declaration
    described = {
        "description": column.description.of(d.plain_language),
        **_tagged("title", column.title, d),
        **_tagged("description", column.description, d),
        "type": column.type,
        **type_of(column).details(column),
        "rdf": column.rdf,
        "origin": origin(column, spec, publication.specs),
    }
    if column.codes:
        described["codelist"] = publication.names.concept(column.codes)
        described["codes"] = " ".join(concept.code for concept in publication.shared.codelists[column.codes].concept)
    if column.references:
        described["references"] = column.references
    if column in spec.keys:
        described["key"] = "true"
    if language := language_of(column, d.language):
        described["language"] = language
    return described


def _tagged(name: str, text: Text, d: Declaration) -> dict[str, str]:
    return {f"{name}:{language}": said for language, said in text.said(d.page_languages)}


def _about(publication: Publication, spec: DatasetSpec) -> dict[str, str]:
    """Return what a table says of itself."""
    d, names = publication.declaration, publication.names
    return {
        "dataset": names.dataset(spec.name),
        **_tagged("title", spec.title, d),
        **_tagged("description", spec.description, d),
        "licence": d.licence,
        "version": d.version,
        "issued": d.issued.isoformat(),
        "modified": d.modified.isoformat(),
        **_tagged("publisher", publication.shared.agents[d.publisher].name, d),
        **({"source": publication.source_address} if publication.source_address else {}),
        "source:sha256": d.source.sha256,
    }
