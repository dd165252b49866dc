"""What changed since the version or edition before, row by row, and where the earlier versions stay."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any, Literal

from rdflib import Literal as Text
from rdflib import URIRef
from rdflib.namespace import RDF, RDFS

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.editions import NUMBER, Continuation, continuations, numbers
from ogp_data.core.framed import ABOUT, of_publication
from ogp_data.core.messages import Message
from ogp_data.core.pages import naming
from ogp_data.core.publication import COMMITMENTS, Contents, Earlier, Edition, Publication
from ogp_data.core.rdf import Triple
from ogp_data.core.records import Record
from ogp_data.core.templates import render, web_page
from ogp_data.core.vocab import DCAT
from ogp_data.types import language_of, type_of

Status = Literal["added", "removed", "changed", "key-changed", "unrelated"]

# Comparing ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that says something else than before; of another edition, the row there has another key."""

    row: str
    column: str
    old: str
    new: str
    previous_row: str = ""


@dataclass(frozen=True, slots=True)
class DatasetChange:
    """How a dataset differs from the one before; rows by key. Rows under another key cannot be compared.

    Of an edition, rows are compared that are said to continue one another; those of other datasets are `unrelated`.
    """

    dataset: str
    status: Status
    key: str
    previous_key: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[CellChange, ...] = ()
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()

    @property
    def by_column(self) -> dict[str, list[CellChange]]:
        """Return the changed cells by column."""
        cells: dict[str, list[CellChange]] = {}
        for cell in self.changed:
            cells.setdefault(cell.column, []).append(cell)
        return cells


def changes(before: Mapping[str, Contents], now: Mapping[str, Contents]) -> list[DatasetChange]:
    """Return how the datasets differ; one that does not is left out."""
    names = [*now, *(name for name in before if name not in now)]
    found = (_change(name, before.get(name), now.get(name)) for name in names)
    return [change for change in found if change]


def _change(name: str, before: Contents | None, now: Contents | None) -> DatasetChange | None:
    old, new = before or Contents(), now or Contents()
    status = _status(before, now)
    comparable = status != "key-changed"
    change = DatasetChange(
        name,
        status,
        new.key,
        old.key,
        added=_without(new.rows, old.rows) if comparable else (),
        removed=_without(old.rows, new.rows) if comparable else (),
        changed=tuple(_cells(old, new)) if comparable else (),
        columns_added=_without(new.columns, old.columns),
        columns_removed=_without(old.columns, new.columns),
    )
    differs = change.added or change.removed or change.changed or change.columns_added or change.columns_removed
    return change if differs or status != "changed" else None


def _status(before: Contents | None, now: Contents | None) -> Status:
    if before is None:
        return "added"
    if now is None:
        return "removed"
    return "changed" if before.key == now.key else "key-changed"


def _without(names: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    known = set(others)
    return tuple(name for name in names if name not in known)


def _cells(old: Contents, new: Contents) -> Iterator[CellChange]:
    """Yield the cells that differ, in the rows and columns that both have."""
    columns = [column for column in new.columns if column in set(old.columns)]
    for key, row in new.rows.items():
        before = old.rows.get(key)
        if before is not None and before != row:
            yield from (CellChange(key, c, before[c], row[c]) for c in columns if before[c] != row[c])


CHANGES = "changes.html"


def changes_of(publication: Publication, records: Mapping[str, Sequence[Record]]) -> list[DatasetChange]:
    """Return how the rows of a publication differ from those of what was published before; nothing in a first one."""
    now = {name: _contents(spec, records[name]) for name, spec in publication.specs.items()}
    if publication.earlier:
        return changes(publication.earlier.tables, now)
    return edition_changes(publication, publication.compared, now) if publication.compared else []


def _contents(spec: DatasetSpec, records: Sequence[Record]) -> Contents:
    columns = tuple(column.name for column in spec.column)
    return Contents(spec.key.name, columns, {record[spec.key.name]: record for record in records})


# Comparing editions -----------------------------------------------------------------------------------------


def edition_changes(publication: Publication, edition: Edition, now: Mapping[str, Contents]) -> list[DatasetChange]:
    """Return how the datasets differ from those of another edition: by what continues what, not by key."""
    before, known = edition.build.tables, edition.commitments.rows
    became = continuations(edition, numbers(now.get(COMMITMENTS, Contents())))
    found = []
    for name in (*now, *(name for name in before if name not in now)):
        old, new, spec = before.get(name), now.get(name), publication.specs.get(name)
        if old and new and spec and _is_of_commitments(spec) and old.rows.keys() <= known.keys():
            found.append(_continued(spec, old, new, became))
        else:
            status: Status = "unrelated" if old and new else "added" if new else "removed"
            found.append(_unrelated(name, status, old or Contents(), new or Contents()))
    return found


def _is_of_commitments(spec: DatasetSpec) -> bool:
    """Return whether the rows of a dataset have the keys of commitments."""
    return COMMITMENTS in (spec.name, spec.key.references)


def _unrelated(name: str, status: Status, old: Contents, new: Contents) -> DatasetChange:
    columns = _without(new.columns, old.columns), _without(old.columns, new.columns)
    return DatasetChange(name, status, new.key, old.key, columns_added=columns[0], columns_removed=columns[1])


def _continued(spec: DatasetSpec, old: Contents, new: Contents, became: Sequence[Continuation]) -> DatasetChange:
    """Return how a dataset of commitments differs: each row from those that it is said to continue."""
    pairs = [one for one in became if one.before in old.rows and one.now in new.rows]
    # What nobody says anything of is neither added nor removed: that would be a statement of this program.
    said = [one for one in became if one.change]
    change = _unrelated(spec.name, "changed", old, new)
    return replace(
        change,
        added=_without(dict.fromkeys(one.now for one in said if one.now in new.rows), (one.now for one in pairs)),
        removed=_without(
            dict.fromkeys(one.before for one in said if one.before in old.rows), (one.before for one in pairs)
        ),
        changed=tuple(_continued_cells(spec, old, new, pairs)),
    )


def _continued_cells(
    spec: DatasetSpec, old: Contents, new: Contents, pairs: Iterable[Continuation]
) -> Iterator[CellChange]:
    """Yield the cells that differ of rows that continue others, but for what places a row in its own document."""
    passed = {old.key, new.key, "publication", NUMBER, *(c.name for c in spec.column if _places_a_row(c))}
    columns = [column for column in new.columns if column in set(old.columns) - passed]
    for one in pairs:
        before, row = old.rows[one.before], new.rows[one.now]
        yield from (CellChange(one.now, c, before[c], row[c], one.before) for c in columns if before[c] != row[c])


def _places_a_row(column: Column) -> bool:
    """Return whether a column says where a row stands in its document, or to which rows of the document it refers."""
    return bool(column.references) or column.take == "sequence" or type_of(column).about.names == "places"


# Publishing ---------------------------------------------------------------------------------------------


def as_dict(publication: Publication, changed: Iterable[DatasetChange]) -> dict[str, Any]:
    """Return changes.json: which datasets differ from what was published before, and how; the editions before."""
    editions = [{"publication": name} for name in before(publication)]
    return {
        "publication": publication.id,
        "version": publication.declaration.version,
        "previous": _previous(publication),
        **({"editions": editions} if editions else {}),
        "datasets": [_dataset_as_dict(change) for change in changed],
    }


def before(publication: Publication) -> list[str]:
    """Return the editions before a publication, the oldest first, as far as those that it continues know."""
    names = (name for edition in publication.editions for name in (*edition.before, edition.id))
    return list(dict.fromkeys(names))


def _previous(publication: Publication) -> dict[str, str] | None:
    edition, earlier = publication.compared, publication.earlier
    if edition:
        earlier = edition.build
    named = {"publication": edition.id} if edition else {}
    return {**named, "version": earlier.version, "manifest_sha256": earlier.sha256} if earlier else None


def _dataset_as_dict(change: DatasetChange) -> dict[str, Any]:
    return {
        "dataset": change.dataset,
        "status": change.status,
        "key": change.key or None,
        "previous_key": change.previous_key or None,
        "added": change.added,
        "removed": change.removed,
        "changed": [_cell_as_dict(cell) for cell in change.changed],
        "columns_added": change.columns_added,
        "columns_removed": change.columns_removed,
    }


def _cell_as_dict(cell: CellChange) -> dict[str, str]:
    there = {"previous_row": cell.previous_row} if cell.previous_row else {}
    return {"row": cell.row, **there, "column": cell.column, "old": cell.old, "new": cell.new}


def to_html(publication: Publication, changed: Sequence[DatasetChange], spoken: str) -> bytes:
    """Return the changes as a page for people, in a language."""
    language = publication.declaration.language
    columns = {(spec.name, column.name): column for spec in publication.declaration.dataset for column in spec.column}
    places = {at for at, column in columns.items() if type_of(column).about.names == "places"}
    return render(
        CHANGES,
        spoken,
        **naming(CHANGES, spoken, publication.declaration.page_languages),
        publication=publication,
        frame=of_publication(
            publication,
            CHANGES,
            spoken,
            _title(publication),
            summary=publication.declaration.version_notes,
            crumbs=[(ABOUT, Message("About this site"))],
            alternates=[("changes.json", "application/json", Message("Changes"))],
            jsonld=web_page(publication.names.dataset("catalog"), {spoken: Message("Changes").of(spoken)}),
        ),
        changed=changed,
        figures=_figures(changed, places),
        languages={place: said for place, column in columns.items() if (said := language_of(column, language))},
        places=places,
        differing=differing,
    )


def _title(publication: Publication) -> Message:
    """Return what the page of changes is called."""
    if publication.compared:
        return Message("Differences from the edition {edition}", edition=publication.compared.id)
    return Message("Changes in version {version}", version=publication.declaration.version)


def _figures(changed: Sequence[DatasetChange], places: Container[tuple[str, str]]) -> dict[str, int]:
    """Return how many rows and cells differ; cells that say where in the source the row stands are counted apart."""
    moved = [(change.dataset, cell.column) in places for change in changed for cell in change.changed]
    return {
        "added": sum(len(change.added) for change in changed),
        "removed": sum(len(change.removed) for change in changed),
        "cells": moved.count(False),
        "places": moved.count(True),
    }


def differing(text: str, other: str) -> tuple[str, str, str]:
    """Return a text in three parts: words as in the other text, words that differ, words as in the other again."""
    words, others = _words(text), _words(other)
    # From both ends to the middle, not a full comparison: what changes in a cell is mostly one stretch.
    head = _alike(words, others)
    tail = _alike(words[head:][::-1], others[head:][::-1])
    end = len(words) - tail
    return "".join(words[:head]), "".join(words[head:end]), "".join(words[end:])


def _words(text: str) -> list[str]:
    return re.findall(r"\S+|\s+", text)


def _alike(words: Sequence[str], others: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(words, others, strict=False)))


def addresses(earlier: Earlier | None) -> dict[str, bytes]:
    """Return the files of the earlier versions by the path at which they stay: each version in a folder below `v/`."""
    if earlier is None:
        return {}
    return {_address(earlier.version, path): content for path, content in earlier.files.items()}


def _address(version: str, path: str) -> str:
    # The version before holds those before it below its own v/: they keep their addresses, and nothing is nested.
    return path if path.startswith("v/") else f"v/{version}/{path}"


def triples(publication: Publication, datasets: Sequence[str]) -> Iterator[Triple]:
    """Yield the way from the catalogue and its datasets to what was published before; nothing in a first publication.

    An earlier version is a bare dcat:Resource, and so is a dataset of an earlier edition: what they hold is told by
    the catalogue that was published with them.
    """
    yield from _version_triples(publication, datasets)
    for edition in publication.editions:
        yield from _edition_triples(publication, edition, datasets)
    if publication.editions:
        yield from _series_triples(publication, datasets)


def _version_triples(publication: Publication, datasets: Iterable[str]) -> Iterator[Triple]:
    if publication.earlier is None:
        return
    names, version, tables = publication.names, publication.earlier.version, publication.earlier.tables
    # What is no table is the publication as a whole, which every version has.
    known = [name for name in datasets if name in tables or name not in publication.specs]
    for name in ("catalog", *known):
        thing, earlier = URIRef(names.dataset(name)), URIRef(f"{names.base}v/{version}/{name}")
        yield thing, DCAT.previousVersion, earlier
        # DCAT has `prev` for members of a series: the catalogue is in none, and where there are editions it is theirs.
        if name != "catalog" and not publication.editions:
            yield thing, DCAT.prev, earlier
        yield earlier, RDF.type, DCAT.Resource
        yield earlier, DCAT.version, Text(version)
        yield earlier, RDFS.seeAlso, URIRef(names.download(f"v/{version}/catalog.ttl"))


def _edition_triples(publication: Publication, edition: Edition, datasets: Iterable[str]) -> Iterator[Triple]:
    """Yield the dataset of the edition before, for each that it has too."""
    for name in datasets:
        if name in edition.first:
            earlier = URIRef(f"{edition.base}{name}")
            yield URIRef(publication.names.dataset(name)), DCAT.prev, earlier
            # Its version is told by its own catalogue alone: that goes on when the edition gets another one.
            yield earlier, RDF.type, DCAT.Resource
            yield earlier, RDFS.seeAlso, URIRef(f"{edition.home or edition.base}catalog.ttl")


def _series_triples(publication: Publication, datasets: Iterable[str]) -> Iterator[Triple]:
    """Yield the first and the last members of the series, as far as is known when this edition is published."""
    series = URIRef(publication.declaration.series.iri or publication.names.node("series"))
    for name in datasets:
        own = publication.names.dataset(name)
        firsts = [edition.first[name] for edition in publication.editions if name in edition.first]
        yield from ((series, DCAT.first, URIRef(first)) for first in firsts or [own])
        yield series, DCAT.last, URIRef(own)
