"""Rows -> their provenance: from which places of the document each was made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox
from rdflib.namespace import PROV, RDF

from ogp_data.catalogue import lineage
from ogp_data.core.columns import DatasetSpec
from ogp_data.core.places import SourcePlace
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import to_ox, write
from ogp_data.core.records import Record
from ogp_data.core.tables import Table
from ogp_data.core.vocab import DCT

_DERIVED = ox.NamedNode(str(PROV.wasDerivedFrom))

Traced = Iterable[tuple[str, Iterable[SourcePlace]]]
"""The keys of rows, each with the places that the row came from."""


def traced(table: Table, records: Iterable[Record]) -> Traced:
    """Return the rows of a table by the keys under which they are published."""
    return ((record[table.spec.key.name], found) for record, found in zip(records, table.places, strict=True))


def provenance_triples(publication: Publication, spec: DatasetSpec, rows: Traced) -> Iterator[ox.Triple]:
    """Yield where a dataset came from, and each row: one prov:wasDerivedFrom for each place, boxes and all."""
    yield from map(to_ox, lineage.dataset_triples(publication, spec))
    names, files = publication.names, [file.name for file in publication.source_files]
    a, entity, part = (ox.NamedNode(str(term)) for term in (RDF.type, PROV.Entity, DCT.isPartOf))
    used: set[SourcePlace] = set()
    for key, found in rows:
        row = ox.NamedNode(names.row(spec.name, key))
        yield ox.Triple(row, a, entity)
        used.update(known := list(found))
        # A document that is nowhere to be found is named once for each row, not for each of its places.
        yield from dict.fromkeys(triple for place in known for triple in _derived(row, place, publication))
    # Rows of one table often come from the same place; it is described once, behind the rows.
    for place in sorted(used):
        if not (iri := names.place(files[place.file - 1], place)):
            continue
        fragment = ox.NamedNode(iri)
        yield ox.Triple(fragment, a, entity)
        yield ox.Triple(fragment, part, ox.NamedNode(str(lineage.document(publication, place.file))))


def _derived(row: ox.NamedNode, place: SourcePlace, publication: Publication) -> Iterator[ox.Triple]:
    """Yield that a row comes from a place: by its IRI, else from the document, with the place in words."""
    names, file = publication.names, publication.source_files[place.file - 1].name
    if iri := names.place(file, place):
        yield ox.Triple(row, _DERIVED, ox.NamedNode(iri))
    else:
        yield ox.Triple(row, _DERIVED, ox.NamedNode(names.source(file)))
        yield ox.Triple(row, ox.NamedNode(f"{names.ogp}sourcePlace"), ox.Literal(place.text))


def to_provenance(publication: Publication, spec: DatasetSpec, rows: Traced, prefixes: Mapping[str, str]) -> bytes:
    """Return a dataset's provenance as Turtle."""
    return write(provenance_triples(publication, spec, rows), "ttl", prefixes)
