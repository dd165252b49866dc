"""Tables -> files: every dataset in every format, code lists, the data package, the source, the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from ogp_data.catalogue import metadata, statistics, versions
from ogp_data.catalogue.metadata import DICTIONARY, EVERYTHING
from ogp_data.catalogue.provenance import to_provenance
from ogp_data.catalogue.statistics import Statistics
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import Triple, dump, jsonld, to_ox, unique, write
from ogp_data.core.records import Record, from_csv
from ogp_data.core.stage import Stage
from ogp_data.core.tables import Table
from ogp_data.core.vocab import PREFIXES
from ogp_data.formats import codelists, csvw, linked, ods, parquet, xlsx
from ogp_data.formats.archive import to_zip
from ogp_data.formats.columns import agents_in_use, prefixes, table_schema
from ogp_data.formats.csv import to_csv
from ogp_data.formats.known import FORMATS
from ogp_data.formats.sqlite import to_sqlite
from ogp_data.formats.workbook import UnfitError, to_workbook
from ogp_data.models.lists import ValueLists
from ogp_data.site import dictionary


def stage_tables(tables: Sequence[Table], stage: Stage) -> dict[str, list[Record]]:
    """Write each table's CSV and return its rows as they lie on the disk."""
    for table in tables:
        stage.add(f"{table.name}/{table.name}.csv", to_csv(table.frame), FORMATS["csv"], table.name)
    return {table.name: from_csv(stage.read(f"{table.name}/{table.name}.csv")) for table in tables}


def stage_data(
    publication: Publication, tables: Sequence[Table], records: Mapping[str, list[Record]], stage: Stage
) -> dict[str, Statistics]:
    """Write the linked data, the code lists, the source and the Data Package; return the rows' counts."""
    counted = stage_linked(publication, tables, records, stage)
    stage_codelists(publication, records, stage)
    stage_source(publication, stage)
    stage_datapackage(publication, stage)
    return counted


def stage_formats(
    publication: Publication, tables: Sequence[Table], records: Mapping[str, list[Record]], stage: Stage
) -> list[Finding]:
    """Write what else is made of the rows, and all of it in one file; return what a format cannot hold."""
    found = stage_products(publication, tables, records, stage)
    stage_everything(publication, tables, records, stage)
    return found


def stage_linked(
    publication: Publication, tables: Sequence[Table], records: Mapping[str, list[Record]], stage: Stage
) -> dict[str, Statistics]:
    """Write each table's JSON-LD, Turtle and provenance, made of the rows of its CSV, and return their counts."""
    names, language, bound = publication.names, publication.declaration.language, _prefixes(publication)
    faults = statistics.faults_by_dataset(publication, records)
    counted: dict[str, Statistics] = {}
    for table in tables:
        spec, rows = table.spec, records[table.name]
        triples = list(linked.row_triples(spec, names, language, rows))
        contents = {
            "jsonld": linked.to_jsonld(spec, names, language, rows),
            "ttl": write(triples, "ttl", bound),
            "prov": to_provenance(publication, spec, rows, bound),
        }
        for fmt, content in contents.items():
            stage.add(f"{spec.name}/{spec.name}{FORMATS[fmt].suffix}", content, FORMATS[fmt], spec.name)
        counted[spec.name] = statistics.measure(spec, rows, triples, faults)
    return {**counted, EVERYTHING: statistics.total(counted.values(), faults)}


def _prefixes(publication: Publication) -> dict[str, str]:
    """Return the prefixes of a publication's files, with one for what the catalogue alone describes."""
    return {**prefixes(publication, publication.names), "cat": publication.names.node("")}


def stage_codelists(publication: Publication, records: Mapping[str, list[Record]], stage: Stage) -> None:
    """Write the code lists and organisations that the tables use, and the vocabulary."""
    names, bound = publication.names, prefixes(publication, publication.names)
    used = {column.codes for spec in publication.declaration.dataset for column in spec.column if column.codes}
    for name in sorted(used):
        triples = codelists.codelist_triples(publication.shared.codelists[name], names)
        stage.add(f"codelists/{name}.ttl", _turtle(triples, bound))
    iris = agents_in_use(publication, records)
    agents = [agent for agent in publication.shared.agents.values() if names.agent(agent) in iris]
    if agents:
        stage.add("codelists/organisations.ttl", _turtle(codelists.agent_triples(agents, names), bound))
    stage.add("codelists/ogp.ttl", _turtle(codelists.vocabulary_triples(publication, names), bound))


def _turtle(triples: Iterable[Triple], bound: Mapping[str, str]) -> bytes:
    return write(map(to_ox, triples), "ttl", bound)


def stage_source(publication: Publication, stage: Stage) -> None:
    """Write the source document, byte for byte."""
    stage.add(f"source/{publication.source_name}", publication.source_bytes, FORMATS["txt"], EVERYTHING)


def stage_products(
    publication: Publication, tables: Sequence[Table], records: Mapping[str, list[Record]], stage: Stage
) -> list[Finding]:
    """Write each table's CSVW, spreadsheets and Parquet; return which spreadsheet cannot hold its table."""
    found: list[Finding] = []
    for table in tables:
        stage.add(f"{table.name}/{table.name}{csvw.SUFFIX}", csvw.to_csvw(publication, table.spec), dataset=table.name)
        spec, rows = table.spec, records[table.name]
        path = f"{spec.name}/{spec.name}"
        try:
            workbook = to_workbook(publication, spec, rows)
            stage.add(f"{path}.xlsx", xlsx.write(workbook), FORMATS["xlsx"], spec.name)
            stage.add(f"{path}.ods", ods.write(workbook), FORMATS["ods"], spec.name)
        except UnfitError as reason:
            found.append(finding("format-omitted", str(reason), Place(table=spec.name)))
        stage.add(f"{path}.parquet", parquet.to_parquet(publication, spec, rows), FORMATS["parquet"], spec.name)
    return found


def stage_everything(
    publication: Publication, tables: Sequence[Table], records: Mapping[str, list[Record]], stage: Stage
) -> None:
    """Write the database of all tables, the data dictionary, and the archive of all that is staged so far."""
    rows = [(table.spec, records[table.name]) for table in tables]
    stage.add(f"{publication.id}.sqlite", to_sqlite(publication, rows), FORMATS["sqlite"], EVERYTHING)
    stage.add(DICTIONARY, dictionary.to_html(publication, records, stage.artefacts))
    files = {artefact.path: stage.read(artefact.path) for artefact in stage.artefacts}
    stage.add(f"{publication.id}.zip", to_zip(files), FORMATS["zip"], EVERYTHING)


def stage_versions(
    publication: Publication, records: Mapping[str, list[Record]], stage: Stage
) -> list[versions.DatasetChange]:
    """Write what changed since the version before, and the earlier versions below `v/`; return the changes."""
    changed = versions.changes_of(publication, records)
    stage.add("changes.json", dump(versions.as_dict(publication, changed)))
    stage.add("changes.html", versions.to_html(publication, changed))
    for path, content in versions.addresses(publication.earlier).items():
        stage.add(path, content)
    return changed


def stage_catalogue(
    publication: Publication, counted: Mapping[str, Statistics], lists: ValueLists, stage: Stage
) -> list[ox.Triple]:
    """Write the catalogue four times and return its triples."""
    bound = _prefixes(publication)
    triples = list(unique(metadata.catalogue(publication, stage.artefacts, lists, counted)))
    converted = list(map(to_ox, triples))
    stage.add("catalog.ttl", write(converted, "ttl", bound))
    stage.add("catalog.jsonld", jsonld(triples, bound))
    stage.add("catalog.rdf", write(sorted(converted, key=_sort_key), "rdf", bound))
    stage.add("catalog.nt", write(sorted(converted, key=str), "nt", {}))
    return converted


def _sort_key(triple: ox.Triple) -> tuple[str, bool, str, bool, str]:
    """Order by subject, its type first, so that RDF/XML names each node by its class: that of DCAT where it has one."""
    kind, value = triple.predicate.value.endswith("#type"), str(triple.object)
    return str(triple.subject), not kind, triple.predicate.value, not value.startswith(f"<{PREFIXES['dcat']}"), value


def stage_datapackage(publication: Publication, stage: Stage) -> None:
    """Write the Frictionless Data Package over every CSV, https://specs.frictionlessdata.io/data-package/."""
    d = publication.declaration
    files = {a.dataset: a for a in stage.artefacts if a.format is FORMATS["csv"]}
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": d.id,
        "id": publication.names.dataset("catalog"),
        "title": d.title.en,
        "description": d.description.en,
        "version": d.version,
        "keywords": d.keywords.en,
        "created": f"{d.issued.isoformat()}T00:00:00Z",
        "licenses": [{"name": _licence_name(d.licence), "path": d.licence}],
        "contributors": [{"title": publication.shared.agents[d.publisher].name.en, "role": "publisher"}],
        "sources": [{"title": d.source.title.en, "path": f"source/{publication.source_name}"}],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": spec.name,
                "path": files[spec.name].path,
                "title": spec.title.en,
                "description": spec.description.en,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": files[spec.name].bytes,
                "hash": f"sha256:{files[spec.name].sha256}",
                "schema": table_schema(publication, spec),
            }
            for spec in d.dataset
        ],
    }
    stage.add("datapackage.json", dump(package), FORMATS["datapackage"], EVERYTHING)


def _licence_name(licence: str) -> str:
    """Return the Open Definition's id of a Creative Commons licence, as Data Packages name licences."""
    if "publicdomain/zero" in licence:
        return "CC0-1.0"
    match = re.search(r"licenses/(by(?:-[a-z]+)*)/(\d\.\d)", licence)
    return f"CC-{match[1].upper()}-{match[2]}" if match else "other"
