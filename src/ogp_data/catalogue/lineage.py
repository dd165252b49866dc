"""Publication -> where each dataset came from, in PROV-O (https://www.w3.org/TR/prov-o/).

What a dataset was made of, which recorded corrections went into it, and which program made it. There is no time in
it: a build has no clock.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from rdflib import Literal, URIRef
from rdflib.namespace import FOAF, PROV, RDF, RDFS, XSD
from rdflib.term import Node

from ogp_data import __version__
from ogp_data.catalogue.nodes import Table, triples
from ogp_data.core.columns import DatasetSpec
from ogp_data.core.declared import ReferenceSpec
from ogp_data.core.files import read_file
from ogp_data.core.messages import SOURCE
from ogp_data.core.names import Names
from ogp_data.core.publication import Correction, Publication
from ogp_data.core.rdf import Triple, literals
from ogp_data.core.text import url_fault
from ogp_data.core.vocab import DCT, SCHEMA, SPDX
from ogp_data.core.words import UNNAMED
from ogp_data.formats.known import KNOWN

PROGRAM = "ogp-data"


# What a dataset was made of -----------------------------------------------------------------------------


def document(publication: Publication, file: int = 1) -> URIRef:
    """Return the IRI of the source document, or of one of its files."""
    return URIRef(publication.names.source(publication.source_files[file - 1].name))


def activity(names: Names, dataset: str) -> URIRef:
    """Return the IRI of the making of a dataset."""
    return URIRef(names.node(f"{dataset}-build"))


def sources(publication: Publication, dataset: str) -> list[URIRef]:
    """Return what a dataset was made of: the document, tables from elsewhere, and other datasets."""
    names = publication.names
    tables = (_reference(names, number) for number, _ in _references(publication, dataset))
    others = (URIRef(names.dataset(name)) for name in _datasets(publication, dataset))
    files = (document(publication, file.number) for file in publication.source_files)
    return [*files, *tables, *others]


def _datasets(publication: Publication, dataset: str) -> list[str]:
    """Return the datasets whose rows a dataset repeats; what is no table holds all of them."""
    spec = publication.specs.get(dataset)
    if spec is None:
        return list(publication.specs)
    if not spec.find.base:
        return []
    return list(dict.fromkeys([spec.find.base, *(column.of for column in spec.column if column.of)]))


def _references(publication: Publication, dataset: str) -> list[tuple[int, ReferenceSpec]]:
    """Return the tables from elsewhere, with their numbers, that have a column which a dataset takes."""
    spec = publication.specs.get(dataset)
    # A table from elsewhere is a source of the datasets that take a column of it, and of no other.
    takes = [column.take for column in spec.column] if spec else []
    taken = {take.removeprefix("reference:") for take in takes if take.startswith("reference:")}
    known = enumerate(publication.declaration.reference, start=1) if taken else ()
    return [(number, table) for number, table in known if taken & _header(publication, table)]


def _header(publication: Publication, table: ReferenceSpec) -> set[str]:
    text = read_file(publication.folder / table.file).decode()
    return set(next(csv.reader(io.StringIO(text, newline="")), ()))


def _reference(names: Names, number: int) -> URIRef:
    return URIRef(names.node(f"reference-{number}"))


def _corrections(publication: Publication, spec: DatasetSpec) -> list[tuple[URIRef, Correction]]:
    """Return the records that went into a dataset, each with its IRI; the dataset of faults is made of all of them."""
    numbered = enumerate(publication.corrections, start=1)
    is_list = spec.find.lists == "defects"
    return [
        (URIRef(publication.names.node(f"correction-{number}")), record)
        for number, record in numbered
        if is_list or record.dataset == spec.name
    ]


# In the catalogue, and beside a dataset -----------------------------------------------------------------


def catalogue_triples(publication: Publication, dataset: str) -> Iterator[Triple]:
    """Yield the making of a dataset in short, with the way to the file that tells all of it.

    The making names the dataset, not the other way round: a CKAN without a schema refuses a dataset that is harvested
    with prov:wasGeneratedBy.
    """
    making = activity(publication.names, dataset)
    yield from _making(publication, dataset)
    yield making, PROV.generated, URIRef(publication.names.dataset(dataset))
    # Everything together has no provenance file of its own; that of each dataset tells its part.
    if dataset in publication.specs:
        path = f"{dataset}/{dataset}{KNOWN['prov'].suffix}"
        yield making, RDFS.seeAlso, URIRef(publication.names.download(path))


def origin_triples(publication: Publication) -> Iterator[Triple]:
    """Yield what the datasets of a catalogue were made of and by: program, document, tables from elsewhere."""
    names = publication.names
    yield from _program(names)
    yield from _documents(publication)
    used = {number: table for name in publication.specs for number, table in _references(publication, name)}
    for number, table in sorted(used.items()):
        yield from _table(_reference(names, number), table)


def dataset_triples(publication: Publication, spec: DatasetSpec) -> Iterator[Triple]:
    """Yield all that is known of where a dataset came from, but for its rows."""
    names, iri = publication.names, URIRef(publication.names.dataset(spec.name))
    corrections = _corrections(publication, spec)
    yield iri, RDF.type, PROV.Entity
    yield from derivation(publication, spec.name)
    yield iri, PROV.wasGeneratedBy, activity(names, spec.name)
    yield from _making(publication, spec.name, [record for record, _ in corrections])
    yield from _program(names)
    yield from _documents(publication)
    for number, table in _references(publication, spec.name):
        yield from _table(_reference(names, number), table)
    for record, correction in corrections:
        yield from _correction(record, correction, publication)


def derivation(publication: Publication, dataset: str) -> Iterator[Triple]:
    """Yield what a dataset itself says of where it came from."""
    iri = URIRef(publication.names.dataset(dataset))
    yield from _each(iri, PROV.wasDerivedFrom, sources(publication, dataset))


def checksum(iri: URIRef, sha256: str) -> Iterator[Triple]:
    """Yield a SHA-256 as SPDX has it."""
    yield from triples(iri, [SPDX.Checksum], CHECKSUM, sha256)


# DCAT-AP-NL 3.0, class Checksum
CHECKSUM: Table[str] = (
    (SPDX.algorithm, lambda _: SPDX.checksumAlgorithm_sha256),
    (SPDX.checksumValue, lambda sha256: Literal(sha256, datatype=XSD.hexBinary, normalize=False)),
)


# One thing each -----------------------------------------------------------------------------------------


def _making(publication: Publication, dataset: str, corrections: Iterable[Node] = ()) -> Iterator[Triple]:
    making = activity(publication.names, dataset)
    yield making, RDF.type, PROV.Activity
    yield from _each(making, PROV.used, [*sources(publication, dataset), *corrections])
    yield making, PROV.wasAssociatedWith, _program_iri(publication.names)


def _program_iri(names: Names) -> URIRef:
    return URIRef(names.node("software"))


def _program(names: Names) -> Iterator[Triple]:
    iri = _program_iri(names)
    yield iri, RDF.type, PROV.SoftwareAgent
    yield iri, FOAF.name, Literal(PROGRAM)
    yield iri, SCHEMA.softwareVersion, Literal(__version__)


def _documents(publication: Publication) -> Iterator[Triple]:
    """Yield the files of the source with their checksums, and where and when it was retrieved when that is known."""
    spec, names = publication.declaration.source, publication.names
    several = len(publication.source_files) > 1
    is_named = several and spec.publish  # files that are not published have one name together
    for file in publication.source_files:
        iri = document(publication, file.number)
        proof = URIRef(names.node(f"source-checksum-{file.number}" if several else "source-checksum"))
        title = publication.source_title(file) if is_named else spec.title
        yield iri, RDF.type, PROV.Entity
        yield from _each(iri, DCT.title, literals(title, publication.declaration.page_languages))
        if spec.url:
            yield iri, DCT.source, URIRef(spec.url)
        if spec.retrieved:
            yield iri, URIRef(f"{names.ogp}retrievedOn"), Literal(spec.retrieved.isoformat(), datatype=XSD.date)
        yield iri, SPDX.checksum, proof
        yield from checksum(proof, file.sha256)


def _from(iri: URIRef, origin: str) -> Triple:
    """Return where something comes from: a web address as a link, anything else as a remark."""
    # People write "https://... (retrieved in May)" here; as an IRI that would make the whole file unreadable.
    is_address = origin.startswith(("http://", "https://")) and not url_fault(origin)
    return (iri, DCT.source, URIRef(origin)) if is_address else (iri, RDFS.comment, Literal(origin, lang="en"))


def _table(iri: URIRef, table: ReferenceSpec) -> Iterator[Triple]:
    """Yield a table from elsewhere: its file, and where its facts come from, as the declaration says it."""
    yield iri, RDF.type, PROV.Entity
    yield iri, RDFS.label, Literal(PurePosixPath(table.file).name)
    yield _from(iri, table.origin)


def _correction(iri: URIRef, record: Correction, publication: Publication) -> Iterator[Triple]:
    """Yield a record of corrections.toml: what stands there, what is wrong, what is published, and where."""
    names = publication.names
    yield iri, RDF.type, URIRef(f"{names.ogp}Correction")
    yield iri, RDF.type, PROV.Entity
    yield iri, DCT.type, URIRef(names.concept("finding-kind", record.kind))
    for language, reason in record.reason.items():
        yield iri, DCT.description, Literal(reason, lang=SOURCE if language == UNNAMED else language)
    yield iri, URIRef(f"{names.ogp}status"), URIRef(names.concept("finding-status", record.status))
    if record.status != "withheld":
        yield iri, URIRef(f"{names.ogp}asWritten"), Literal(record.expect)
    if record.value is not None:
        yield iri, URIRef(f"{names.ogp}asPublished"), Literal(record.value)
    yield from _where(iri, record, names)


def _where(iri: URIRef, record: Correction, names: Names) -> Iterator[Triple]:
    """Yield the place of a correction: a cell, or a place of the document."""
    if record.place is not None:
        yield iri, URIRef(f"{names.ogp}sourcePlace"), Literal(record.place.text)
    if record.dataset:
        yield iri, URIRef(f"{names.ogp}inDataset"), URIRef(names.dataset(record.dataset))
        yield iri, URIRef(f"{names.ogp}inRow"), URIRef(names.row(record.dataset, record.row))
        yield iri, URIRef(f"{names.ogp}inColumn"), Literal(record.column)


def _each(subject: Node, predicate: Node, values: Iterable[Node]) -> Iterator[Triple]:
    return ((subject, predicate, value) for value in values)
