"""Rows -> Turtle and JSON-LD: two views of the same cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.names import Names
from ogp_data.core.rdf import dump
from ogp_data.core.records import Record
from ogp_data.formats.columns import RowMapper, context, iri, values


def row_triples(spec: DatasetSpec, names: Names, language: str, records: Iterable[Record]) -> Iterator[ox.Triple]:
    """Yield the triples of every row, in the order of the table."""
    mapper = RowMapper(spec, names, language)
    for record in records:
        yield from mapper.triples(record)


def to_jsonld(spec: DatasetSpec, names: Names, language: str, records: Iterable[Record]) -> bytes:
    """Return a dataset's rows as JSON-LD 1.1 with an inline context; integers are numbers, lists are lists."""
    key = spec.key.name
    graph = [_node(spec, key, record) for record in records]
    return dump({"@context": context(spec, names, language), "@graph": graph})


def _node(spec: DatasetSpec, key: str, record: Record) -> dict[str, Any]:
    name = Names("", "", "").row(spec.name, record[key])
    cells = {c.name: _cell(c, record) for c in spec.column if record[c.name]}
    return {"@id": name, "@type": spec.type, **cells}


def _cell(column: Column, record: Record) -> Any:
    found = [_value(column, value, record) for value in values(column, record[column.name])]
    return found if column.is_list else found[0]


def _value(column: Column, value: str, record: Record) -> Any:
    if column.is_iri:
        return iri(column, value, record)
    return int(value) if column.type == "integer" else value
