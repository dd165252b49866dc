"""Tables -> files: every dataset in every format, code lists, the data package, the source, the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

import pyoxigraph as ox

from ogp_data.catalogue import metadata, statistics, versions
from ogp_data.catalogue.lineage import dataset_triples
from ogp_data.catalogue.metadata import EVERYTHING
from ogp_data.catalogue.provenance import to_provenance, traced
from ogp_data.catalogue.serialised import stage_triples
from ogp_data.catalogue.statistics import Statistics
from ogp_data.core.findings import Finding, Place
from ogp_data.core.messages import languages as spoken
from ogp_data.core.pages import in_language
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import Triple, dump, to_ox, unique, write
from ogp_data.core.records import Record, from_csv
from ogp_data.core.source import SourceText
from ogp_data.core.stage import Stage
from ogp_data.core.tables import Table
from ogp_data.core.text import shown
from ogp_data.documents import Document
from ogp_data.documents.described import described
from ogp_data.formats import codelists, croissant, csvw, datacite, rocrate
from ogp_data.formats.columns import agents_in_use, prefixes, typed
from ogp_data.formats.csv import to_csv
from ogp_data.formats.datapackage import to_datapackage
from ogp_data.formats.known import KNOWN, received
from ogp_data.formats.writers import FORMATS, Rows, Writer, bound
from ogp_data.formats.writing import written
from ogp_data.models.lists import ValueLists
from ogp_data.site import dictionary
from ogp_data.types.rows import Row


def keep_reading(document: Document, language: str, stage: Stage) -> None:
    """Keep what was read, and where a second reading differs: nothing tells which is right, so it is not published."""
    stage.keep("document.json", described(document))
    if document.differences:
        lines = (shown(line) for found in document.differences for line in found.lines(language))
        stage.keep("readings.txt", ("\n".join(lines) + "\n").encode())


def stage_tables(tables: Sequence[Table], stage: Stage) -> dict[str, list[Row]]:
    """Write each table's CSV and return its rows as they lie on the disk."""
    for table in tables:
        stage.add(f"{table.name}/{table.name}.csv", to_csv(table.frame), KNOWN["csv"], table.name)
    return {t.name: typed(t.spec, from_csv(stage.read(f"{t.name}/{t.name}.csv"))) for t in tables}


def stage_data(
    publication: Publication,
    source: SourceText,
    tables: Sequence[Table],
    records: Mapping[str, Sequence[Row]],
    stage: Stage,
) -> tuple[dict[str, Statistics], list[Finding]]:
    """Write the linked data, the code lists, the source and the Data Package.

    Returns the counts of the rows, and which formats could not be written.
    """
    counted, found = stage_linked(publication, source, tables, records, stage)
    stage_codelists(publication, records, stage)
    stage_source(publication, stage)
    package = to_datapackage(publication, stage.artefacts)
    stage.add("datapackage.json", package, KNOWN["datapackage"], EVERYTHING)
    return counted, found


def stage_formats(
    publication: Publication,
    source: SourceText,
    tables: Sequence[Table],
    records: Mapping[str, Sequence[Row]],
    stage: Stage,
) -> list[Finding]:
    """Write what else is made of the rows, and all of it in one file; return what a format cannot hold."""
    made = _rows(publication, source, tables, records)
    found = stage_products(publication, made, stage)
    return [*found, *stage_everything(publication, made, records, stage)]


def _rows(
    publication: Publication, source: SourceText, tables: Sequence[Table], records: Mapping[str, Sequence[Row]]
) -> list[Rows]:
    return [Rows(publication, table.spec, records[table.name], source) for table in tables]


def stage_linked(
    publication: Publication,
    source: SourceText,
    tables: Sequence[Table],
    records: Mapping[str, Sequence[Row]],
    stage: Stage,
) -> tuple[dict[str, Statistics], list[Finding]]:
    """Write each table's linked data and provenance, made of the rows of its CSV, and return their counts."""
    faults = statistics.faults_by_dataset(publication, records)
    counted: dict[str, Statistics] = {}
    found: list[Finding] = []
    for table, rows in zip(tables, _rows(publication, source, tables, records), strict=True):
        spec = table.spec
        found += _stage_formats_of(rows, (writer for writer in FORMATS if writer.is_linked), stage)
        provenance = to_provenance(publication, spec, traced(table, rows.records), bound(publication))
        stage.add(f"{spec.name}/{spec.name}{KNOWN['prov'].suffix}", provenance, KNOWN["prov"], spec.name)
        counted[spec.name] = statistics.measure(spec, rows.records, rows.triples, faults)
    return {**counted, EVERYTHING: statistics.total(counted.values(), faults)}, found


def _stage_formats_of(rows: Rows, writers: Iterable[Writer], stage: Stage) -> list[Finding]:
    """Write the rows of a dataset in each format; return what a format cannot hold, once for formats that agree."""
    found: dict[Finding, None] = {}
    name = rows.spec.name
    for writer in writers:
        if writer.of_dataset is None:
            continue
        content = written(writer, partial(writer.of_dataset, rows), Place(table=name))
        if isinstance(content, bytes):
            stage.add(f"{name}/{name}{writer.format.suffix}", content, writer.format, name)
        else:
            found[content] = None
    return list(found)


def stage_codelists(publication: Publication, records: Mapping[str, Sequence[Record]], stage: Stage) -> None:
    """Write the code lists and organisations that the tables use, and the terms: of the model, and of its own."""
    names, spaces = publication.names, prefixes(publication, publication.names)
    languages = publication.declaration.page_languages
    shared, everywhere = publication.shared, list(dict.fromkeys([*languages, *spoken()]))
    used = codelists.Used.of(publication, _named(publication))
    for codes in used.codelists:
        triples = codelists.codelist_triples(codes, names, everywhere if codes.id in shared.model else languages)
        stage.add(f"codelists/{codes.id}.ttl", _turtle(triples, spaces))
    iris = agents_in_use(publication, records)
    agents = [agent for agent in shared.agents.values() if names.agent(agent) in iris]
    if agents:
        stage.add("codelists/organisations.ttl", _turtle(codelists.agent_triples(agents, names, languages), spaces))
    stage.add("codelists/ogp.ttl", _turtle(codelists.vocabulary_triples(used.terms, names, everywhere), spaces))
    if codelists.own_terms(publication):
        stage.add("codelists/own.ttl", _turtle(codelists.own_triples(publication, names), spaces))


def _named(publication: Publication) -> set[str]:
    """Return the IRIs by which the provenance says what it says: it has terms and codes that no column need have."""
    said = (triple for spec in publication.declaration.dataset for triple in dataset_triples(publication, spec))
    return {str(node) for _, predicate, value in said for node in (predicate, value)}


def _turtle(triples: Iterable[Triple], spaces: Mapping[str, str]) -> bytes:
    return write(map(to_ox, triples), "ttl", spaces)


def stage_source(publication: Publication, stage: Stage) -> None:
    """Write the files of the source, byte for byte, where the declaration says so."""
    if not publication.declaration.source.publish:
        return
    is_one = len(publication.source_files) == 1
    for file, path in zip(publication.source_files, publication.source_paths, strict=True):
        stage.add(path, file.content, received(file.kind), EVERYTHING, "" if is_one else file.name)


def stage_products(publication: Publication, tables: Sequence[Rows], stage: Stage) -> list[Finding]:
    """Write each table's CSVW and what is made of its rows but linked data; return what a format cannot hold."""
    found: list[Finding] = []
    for rows in tables:
        name = rows.spec.name
        stage.add(f"{name}/{name}{csvw.SUFFIX}", csvw.to_csvw(publication, rows.spec), dataset=name)
        found += _stage_formats_of(rows, (writer for writer in FORMATS if not writer.is_linked), stage)
    return found


def stage_everything(
    publication: Publication, tables: Sequence[Rows], records: Mapping[str, Sequence[Record]], stage: Stage
) -> list[Finding]:
    """Write what holds all tables, the data dictionary, what describes each file, and what holds them all.

    What describes files comes behind them. Croissant and RO-Crate are in the archive, so they do without its checksum;
    DataCite, which is for whoever deposits the archive, is not in it and has its format.
    """
    whole = [(writer, partial(writer.of_all, tables)) for writer in FORMATS if writer.of_all]
    found = _stage_whole(publication, whole, stage)
    languages = publication.declaration.page_languages
    for language in languages:
        for path, page in dictionary.to_html(publication, records, stage.artefacts, language):
            stage.add(in_language(path, language, languages), page)
    stage.add(croissant.PATH, croissant.to_croissant(publication, stage.artefacts), dataset=EVERYTHING)
    stage.add(rocrate.PATH, rocrate.to_rocrate(publication, stage.artefacts), dataset=EVERYTHING)
    files = {artefact.path: stage.read(artefact.path) for artefact in stage.artefacts}
    packed = [(writer, partial(writer.of_files, files)) for writer in FORMATS if writer.of_files]
    found += _stage_whole(publication, packed, stage)
    stage.add(datacite.PATH, datacite.to_datacite(publication, stage.artefacts), dataset=EVERYTHING)
    return found


def _stage_whole(
    publication: Publication, ways: Iterable[tuple[Writer, Callable[[], object]]], stage: Stage
) -> list[Finding]:
    """Write a file of all datasets in each format; return what a format cannot hold, once for formats that agree."""
    found: dict[Finding, None] = {}
    for writer, way in ways:
        content = written(writer, way, Place(table=EVERYTHING))
        if isinstance(content, bytes):
            stage.add(f"{publication.id}{writer.format.suffix}", content, writer.format, EVERYTHING)
        else:
            found[content] = None
    return list(found)


def stage_versions(
    publication: Publication, records: Mapping[str, Sequence[Record]], stage: Stage
) -> list[versions.DatasetChange]:
    """Write what changed since the version before, and the earlier versions below `v/`; return the changes."""
    changed = versions.changes_of(publication, records)
    stage.add("changes.json", dump(versions.as_dict(publication, changed)))
    languages = publication.declaration.page_languages
    for language in languages:
        stage.add(in_language(versions.CHANGES, language, languages), versions.to_html(publication, changed, language))
    for path, content in versions.addresses(publication.earlier).items():
        stage.add(path, content)
    return changed


def stage_catalogue(
    publication: Publication, counted: Mapping[str, Statistics], lists: ValueLists, stage: Stage
) -> list[ox.Triple]:
    """Write the catalogue four times and return its triples."""
    triples = list(unique(metadata.catalogue(publication, stage.artefacts, lists, counted)))
    return stage_triples(triples, bound(publication), stage)
