"""The CSV, JSON-LD, Turtle and provenance of a dataset say the same; so do the catalogue's four files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox

from ogp_data.catalogue.provenance import provenance_triples, traced
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message
from ogp_data.core.places import SourcePlace
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import read
from ogp_data.core.records import Record
from ogp_data.core.tables import Table
from ogp_data.formats.linked import row_triples

Files = Mapping[str, bytes]


def check_formats(publication: Publication, table: Table, records: Sequence[Record], files: Files) -> list[Finding]:
    """Return where the linked files of a dataset say something else than its CSV; `files`: path -> content."""
    names, language, spec = publication.names, publication.declaration.language, table.spec
    # The records come from the staged CSV and not from the tables in memory: what is compared is what will be
    # published. Boxes and paths of places are in no CSV, so the places come from the table.
    rows = set(row_triples(spec, names, language, records))
    origin = set(provenance_triples(publication, spec, traced(table, records)))
    where = {names.row(spec.name, key): next(iter(found), None) for key, found in traced(table, records)}
    found: list[Finding] = []
    for suffix, expected in (("jsonld", rows), ("ttl", rows), ("prov.ttl", origin)):
        path = f"{spec.name}/{spec.name}.{suffix}"
        found += _compare(path, files[path], suffix.rpartition(".")[2], expected, where)
    return found


def check_catalogue_files(files: Files, expected: Iterable[ox.Triple]) -> list[Finding]:
    """Return where a serialisation of the catalogue is not the same graph."""
    graph = set(expected)
    return [
        fault
        for path, content in files.items()
        for fault in _compare(path, content, path.rpartition(".")[2], graph, {})
    ]


def _compare(
    path: str, content: bytes, suffix: str, expected: set[ox.Triple], where: Mapping[str, SourcePlace | None]
) -> Iterator[Finding]:
    try:
        actual = set(read(content, suffix))
    except (SyntaxError, ValueError) as reason:
        yield finding(
            "formats-differ", Message("The file cannot be parsed: {reason}.", reason=reason), Place(file=path)
        )
        return
    # Sorted, because a set has no order and a report has to be the same for the same input.
    for triple in sorted(expected - actual, key=str):
        yield finding(
            "formats-differ", Message("The file lacks {triple}.", triple=_say(triple)), _place(path, triple, where)
        )
    for triple in sorted(actual - expected, key=str):
        yield finding(
            "formats-differ", Message("Only this file says {triple}.", triple=_say(triple)), _place(path, triple, where)
        )


def _say(triple: ox.Triple) -> str:
    text = str(triple.object)
    return f"{triple.predicate} {text if len(text) <= 80 else text[:79] + '…'}"


def _place(path: str, triple: ox.Triple, where: Mapping[str, SourcePlace | None]) -> Place:
    iri = str(getattr(triple.subject, "value", triple.subject))
    return Place(file=path, at=where.get(iri), iri=iri)
