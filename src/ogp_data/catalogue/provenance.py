"""Rows -> their provenance: from which lines of the document each was made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox
from rdflib.namespace import PROV, RDF

from ogp_data.catalogue import lineage
from ogp_data.core import places
from ogp_data.core.columns import DatasetSpec
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import to_ox, write
from ogp_data.core.records import Record
from ogp_data.core.vocab import DCT


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
