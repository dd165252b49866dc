"""Rows -> Turtle and JSON-LD: two views of the same cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.names import Names
from ogp_data.core.rdf import dump
from ogp_data.core.records import Record
from ogp_data.formats.columns import RowMapper, constants, context, iri
from ogp_data.types import is_iri, type_of
from ogp_data.types.rows import Row


def row_triples(spec: DatasetSpec, names: Names, language: str, records: Iterable[Record]) -> Iterator[ox.Triple]:
    """Yield the triples of every row, in the order of the table."""
    mapper = RowMapper(spec, names, language)
    for record in records:
        yield from mapper.triples(record)


def to_jsonld(spec: DatasetSpec, names: Names, language: str, rows: Iterable[Row]) -> bytes:
    """Return a dataset's rows as JSON-LD 1.1 with an inline context; integers are numbers, lists are lists."""
    key = spec.key.name
    graph = [_node(spec, key, row, names) for row in rows]
    return dump({"@context": context(spec, names, language), "@graph": graph})


def _node(spec: DatasetSpec, key: str, row: Row, names: Names) -> dict[str, Any]:
    name = names.relative(names.row(spec.name, row[key]))
    cells = {c.name: _cell(c, row, names) for c in spec.column if row[c.name]}
    said = {curie: {"@id": value} for curie, value in constants(spec).items()}
    return {"@id": name, "@type": spec.type, **cells, **said}


def _cell(column: Column, row: Row, names: Names) -> Any:
    kind = type_of(column)
    if is_iri(column):
        found: list[Any] = [iri(column, one.text, row, names) for one in row.typed[column.name]]
    else:
        found = [kind.json(one.value) for one in row.typed[column.name]]
    return found if kind.about.separator else found[0]
