"""Collection -> the files over all publications but the pages, staged."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd
import pyoxigraph as ox

from ogp_data.catalogue.serialised import stage_triples
from ogp_data.collection import catalogue, own
from ogp_data.collection.catalogue import EVERYTHING
from ogp_data.collection.index import INDEX, to_index
from ogp_data.collection.licences import common_licence
from ogp_data.collection.published import Collection
from ogp_data.collection.stacking import Stacked, stacked
from ogp_data.collection.whole import ALL, whole
from ogp_data.core.columns import DatasetSpec
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message, listed
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import dump, from_ox, jsonld, to_ox, unique
from ogp_data.core.records import Record
from ogp_data.core.source import SourceText
from ogp_data.core.stage import MANIFEST, Stage, manifest
from ogp_data.core.vocab import OGP
from ogp_data.formats import csvw, linked
from ogp_data.formats.columns import prefixes, typed
from ogp_data.formats.csv import to_csv
from ogp_data.formats.datapackage import licence, to_datapackage
from ogp_data.formats.known import KNOWN
from ogp_data.formats.writers import FORMATS, Rows, Writer
from ogp_data.formats.writing import written
from ogp_data.models.lists import ValueLists

NOWHERE = SourceText("", "", (), ())


@dataclass(frozen=True)
class StackedRows(Rows):
    """Rows of many publications: what they say as linked data is not made of the table, for each has its own names."""

    said: Sequence[ox.Triple] = field(default=(), repr=False)
    base: str = ""
    """What the names of its rows begin with, `{publication}` for the id; "" where no one template has them all."""

    @cached_property
    def triples(self) -> list[ox.Triple]:
        """Return what the publications say of their rows."""
        return list(self.said)

    @property
    def jsonld(self) -> bytes:
        """Return the same as JSON-LD, with the properties as keys."""
        return jsonld(map(from_ox, self.said), prefixes(self.publication, self.publication.names))


@dataclass(frozen=True)
class Staged:
    """What is over all publications as it is staged: what a format cannot hold, and its catalogue without theirs."""

    findings: Sequence[Finding] = ()
    catalogue: Sequence[ox.Triple] = ()


def stage_collection(collection: Collection, lists: ValueLists, stage: Stage, ogp: str = OGP) -> Staged:
    """Write what is over all publications but the pages."""
    stage.add(INDEX, to_index(collection))
    if not collection.publications:
        return Staged()
    inner = Stage(stage.folder / ALL)
    publication, found = stage_tables(collection, inner, ogp)
    stage.take(inner)
    if any(undescribed(collection)):
        return Staged(found)
    own = list(unique(catalogue.own_triples(collection, publication, inner.artefacts, lists)))
    spaces = {**prefixes(publication, publication.names), "cat": publication.names.node("")}
    stage_triples(catalogue.whole(own, collection), spaces, stage)
    return Staged(found, list(map(to_ox, own)))


def undescribed(collection: Collection) -> Iterator[Finding]:
    """Yield what is not known and a catalogue over all cannot do without; nothing where nothing is published."""
    if not collection.publications:
        return
    said = {
        "root_iri": collection.iri,
        "publisher": collection.owner,
        "contact": collection.contact,
        "licence": common_licence(one.licence for one in collection.publications),
    }
    for key in (key for key, value in said.items() if not value):
        if key == "licence":
            yield _no_licence(collection)
            continue
        message = Message("There is no catalogue over all publications: they have no common {key}.", key=key)
        yield finding("undescribed-root", message, Place(file="site.toml", key=key))


def _no_licence(collection: Collection) -> Finding:
    """Return that no licence can be that of all, with the licences and whose they are; site.toml cannot mend it."""
    each = [Message("{name} {licence}", name=one.id, licence=one.licence) for one in collection.publications]
    message = Message(
        "There is no catalogue over all publications: none of their licences can be that of all: {each}.",
        each=listed(each),
    )
    hint = Message("Declare licences that can stand together, such as CC0 and CC BY, or the same one for each.")
    return finding("undescribed-root", message, Place(), hint)


def stage_tables(collection: Collection, stage: Stage, ogp: str) -> tuple[Publication, list[Finding]]:
    """Write the tables over all in every format, their Data Package and manifest.

    Returns the publication that they are together, and what a format cannot hold.
    """
    tables = _tables(collection, ogp)
    found = [fault for table in tables for fault in _stage_table(table, stage)]
    publication = tables[0].publication
    stage.add("datapackage.json", _datapackage(collection, publication, stage), KNOWN["datapackage"], EVERYTHING)
    found += _stage_whole(tables, stage)
    stage.add(MANIFEST, manifest(stage.artefacts, ALL, publication.declaration.version))
    return publication, found


def _datapackage(collection: Collection, publication: Publication, stage: Stage) -> bytes:
    """Return the Data Package over all: made of the publications, under what the catalogue says, or each one's own.

    Several licences read as a choice, so there are several only where none can be that of all.
    """
    language = publication.declaration.plain_language
    common = publication.declaration.licence
    licences = [common] if common else sorted({one.licence for one in collection.publications})
    sources = [{"title": one.title.of(language), "path": one.catalogue} for one in collection.publications]
    whole = json.loads(to_datapackage(publication, stage.artefacts))
    named = {} if is_named(publication) else {"id": ALL}
    return dump({**whole, **named, "licenses": [licence(each) for each in licences], "sources": sources})


def _tables(collection: Collection, ogp: str) -> list[StackedRows]:
    """Return all tables: the publications, the stacked ones, and what became of commitments where anybody says it."""
    stacks = stacked(collection.publications, collection.languages, ogp)
    owned = [table for table in (own.publications(collection), own.continuations(collection)) if table[1]]
    publication = whole(collection, [*(spec for spec, _ in owned), *(stack.spec for stack in stacks)], ogp)
    base, datasets = _template(collection), {table.name for one in collection.publications for table in one.tables}
    here = publication.names.base if is_named(publication) else ""
    return [
        *(_rows(publication, _own(publication, spec, records), here) for spec, records in owned),
        *(_rows(publication, stack, base if stack.spec.name in datasets else "") for stack in stacks),
    ]


def _template(collection: Collection) -> str:
    """Return the template of all base IRIs, with `{publication}` for the id; "" where they are not of one form."""
    found = {one.base_iri.removesuffix(f"{one.id}/") for one in collection.publications}
    is_one = len(found) == 1 and all(one.base_iri.endswith(f"/{one.id}/") for one in collection.publications)
    return f"{found.pop()}{{publication}}/" if is_one else ""


def _own(publication: Publication, spec: DatasetSpec, records: Sequence[Record]) -> Stacked:
    """Return a table of ours; without an address over all, its rows have no names in linked data."""
    language = publication.declaration.page_languages[0]
    said = linked.row_triples(spec, publication.names, language, typed(spec, records))
    return Stacked(spec, records, list(said) if is_named(publication) else [])


def is_named(publication: Publication) -> bool:
    """Return whether there is an address below which what is over all has its names."""
    return "://" in publication.names.base


def _rows(publication: Publication, table: Stacked, base: str) -> StackedRows:
    return StackedRows(publication, table.spec, typed(table.spec, table.records), NOWHERE, table.triples, base)


def _stage_table(table: StackedRows, stage: Stage) -> Iterator[Finding]:
    name, columns = table.spec.name, [column.name for column in table.spec.column]
    frame = pd.DataFrame([[row[column] for column in columns] for row in table.records], columns=columns)
    stage.add(f"{name}/{name}.csv", to_csv(frame), KNOWN["csv"], name)
    if table.base:
        named = replace(table.publication.declaration, base_iri=table.base)
        described = csvw.to_csvw(replace(table.publication, declaration=named), table.spec)
        stage.add(f"{name}/{name}{csvw.SUFFIX}", described, dataset=name)
    for writer in FORMATS:
        if (write := writer.of_dataset) and (table.said or not writer.is_linked):
            yield from _stage(writer, f"{name}/{name}", lambda write=write: write(table), name, stage)  # type: ignore[misc]


def _stage_whole(tables: Sequence[StackedRows], stage: Stage) -> list[Finding]:
    """Write what holds all tables, then what holds all files so far."""
    found: list[Finding] = []
    for writer in FORMATS:
        if of_all := writer.of_all:
            found += _stage(writer, ALL, lambda write=of_all: write(tables), EVERYTHING, stage)  # type: ignore[misc]
    files = {artefact.path: stage.read(artefact.path) for artefact in stage.artefacts}
    for writer in FORMATS:
        if of_files := writer.of_files:
            found += _stage(writer, ALL, lambda write=of_files: write(files), EVERYTHING, stage)  # type: ignore[misc]
    return found


def _stage(writer: Writer, stem: str, way: Callable[[], object], dataset: str, stage: Stage) -> Iterator[Finding]:
    path = f"{stem}{writer.format.suffix}"
    content = written(writer, way, Place(file=f"{ALL}/{path}"))
    if isinstance(content, bytes):
        stage.add(path, content, writer.format, dataset)
    else:
        yield content
