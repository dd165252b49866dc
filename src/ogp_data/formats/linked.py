"""Rows -> Turtle, JSON-LD and provenance: three views of the same cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox
from rdflib.namespace import PROV, RDF

from ogp_data.catalogue import lineage
from ogp_data.core import places
from ogp_data.core.model import Column, DatasetSpec, Names, Publication
from ogp_data.core.rdf import dump, to_ox, write
from ogp_data.core.vocab import DCT
from ogp_data.formats.columns import Record, RowMapper, context, iri, values


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


def provenance_triples(publication: Publication, spec: DatasetSpec, records: Iterable[Record]) -> Iterator[ox.Triple]:
    """Yield where a dataset came from, and each row: one prov:wasDerivedFrom for each source line."""
    yield from map(to_ox, lineage.dataset_triples(publication, spec))
    names, source = publication.names, publication.source_name
    a, entity = ox.NamedNode(str(RDF.type)), ox.NamedNode(str(PROV.Entity))
    derived, part = ox.NamedNode(str(PROV.wasDerivedFrom)), ox.NamedNode(str(DCT.isPartOf))
    document = ox.NamedNode(str(lineage.document(publication)))
    key, column = spec.key.name, spec.column[-1]
    lines: set[int] = set()
    for record in records:
        row = ox.NamedNode(names.row(spec.name, record[key]))
        yield ox.Triple(row, a, entity)
        for place in places.read(record[column.name]):
            lines.add(place.number)
            yield ox.Triple(row, derived, ox.NamedNode(names.lines(source, place.number)))
    for number in sorted(lines):
        fragment = ox.NamedNode(names.lines(source, number))
        yield ox.Triple(fragment, a, entity)
        yield ox.Triple(fragment, part, document)


def to_provenance(
    publication: Publication, spec: DatasetSpec, records: Iterable[Record], prefixes: Mapping[str, str]
) -> bytes:
    """Return a dataset's provenance as Turtle."""
    return write(provenance_triples(publication, spec, records), "ttl", prefixes)
