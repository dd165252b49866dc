"""The tables of each publication -> one table for each dataset, in which `publication` says whose a row is.

A column is that of all publications that call it so. Where they differ in its type it is text, and where one lacks it
its rows have an empty cell. What the rows say as linked data is what each publication says of them, and nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import ClassVar

import pyoxigraph as ox

from ogp_data.collection.handed import Table, TableColumn
from ogp_data.collection.published import Published
from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.files import read_file
from ogp_data.core.messages import Message
from ogp_data.core.names import Names
from ogp_data.core.rdf import read
from ogp_data.core.records import Record
from ogp_data.core.vocab import OGP, expand
from ogp_data.core.words import WordLists, Words
from ogp_data.models.model import model
from ogp_data.models.over import beside_publication
from ogp_data.models.vocabulary import vocabulary
from ogp_data.tables.kind import Finder, Offer
from ogp_data.types import is_iri

PUBLICATION = "publication"
PUBLICATIONS = "publications"
CONTINUATIONS = "continuations"

_MADE = re.compile(r",? *\{country\},? *\{plan\}")
"""How the titles of the model end, which name the country and plan of one publication."""

_WEAKEST = ("derived", "generated", "reference", "repeated", "source", "unknown")
"""Where values come from, that which says the least of the document first: a column says it for all its rows."""


class Stack(Finder):
    """How rows over all publications are found: in the tables of each, which say where their values come from."""

    kind = "stack"
    offers: ClassVar[Mapping[str, Offer]] = {one: Offer(one, one) for one in _WEAKEST}  # type: ignore[arg-type]
    placed: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Stacked:
    """A table over all publications: what it is, its rows as text, and what these say as linked data."""

    spec: DatasetSpec
    records: Sequence[Record]
    triples: Sequence[ox.Triple]


def stacked(publications: Sequence[Published], languages: Sequence[str], ogp: str = OGP) -> list[Stacked]:
    """Return a table for each dataset that any publication has, in the order of the model; others come behind.

    `ogp` is the address of the vocabulary, by which what stands beside `publication` is named.
    """
    names = dict.fromkeys([*model().datasets, *(table.name for one in publications for table in one.tables)])
    del names[CONTINUATIONS]  # it is read the other way round, and made by itself
    taken = {*names, PUBLICATIONS}
    alike = [(name, key, pairs) for name in names for key, pairs in _alike(name, publications).items()]
    tables = [_stack(name, called, pairs, languages, ogp) for name, called, pairs in _called(alike, taken)]
    # Rows that are referred to by one column stand in one table: of a dataset that is two here nobody knows in which.
    counted = Counter(name for name, _, _ in alike)
    whole = {table.spec.name for table in tables if counted[table.spec.name] == 1}
    return [replace(table, spec=_led(table.spec, whole)) for table in tables]


_Pair = tuple[Published, Table]


def _alike(name: str, publications: Iterable[Published]) -> dict[str, list[_Pair]]:
    """Return the tables of a name by their keys: rows of one table need one key."""
    by_key: dict[str, list[_Pair]] = {}
    for one in publications:
        if table := one.table(name):
            by_key.setdefault(_key(table), []).append((one, table))
    return by_key


def _called(found: Iterable[tuple[str, str, list[_Pair]]], taken: set[str]) -> Iterator[tuple[str, str, list[_Pair]]]:
    """Yield what each table is called in its publications and here: as there, or by its key too where another is."""
    seen = {PUBLICATIONS}
    for name, key, pairs in found:
        called = name
        while called in (seen if called == name else taken):
            called = f"{name}_by_{key}" if called == name else f"{called}_"
        seen.add(called)
        taken.add(called)
        yield name, called, pairs


def _key(table: Table) -> str:
    return next(column.name for column in table.columns if column.key)


def _led(spec: DatasetSpec, known: Container[str]) -> DatasetSpec:
    """Return a table whose columns refer to tables that are there, and to no other."""
    columns = [replace(one, references=one.references if one.references in known else "") for one in spec.column]
    return replace(spec, column=columns)


def _stack(name: str, called: str, pairs: Sequence[_Pair], languages: Sequence[str], ogp: str) -> Stacked:
    tables = [table for _, table in pairs]
    said = {one.name for number, one in enumerate(beside_publication()) if _is_said(pairs, one.name, number)}
    columns = [one for one in _columns(name, tables) if one not in said]
    own = {one: _free(one, columns) for one in columns}
    made = [_column(name, [_of(table, one) for table in tables], own[one]) for one in columns]
    first, behind = made[:1], made[1:]
    known = model().datasets.get(name)
    spec = DatasetSpec(
        name=called,
        type=tables[0].type,
        title=_title(name, languages),
        description=_description(name, [one.id for one, _ in pairs], languages),
        keywords=known.keywords if known else WordLists(),
        find=Stack(),
        column=[*first, *beside_publication(), *behind],
    )
    records = [record for pair in pairs for record in _records(spec, *pair, own)]
    return Stacked(spec, records, [one for pair in pairs for one in _triples(*pair, ogp)])


def _is_said(pairs: Iterable[_Pair], name: str, number: int) -> bool:
    """Return whether each row says in a column of that name just what is to stand beside `publication`."""
    return all(
        record[name] == _beside(one)[number]
        for one, table in pairs
        if _of(table, name)
        for record in one.rows(table.name)
    )


def title_of(name: str, language: str) -> str:
    """Return the title that the model has for a table, without the country and plan of one publication; "" for none."""
    known = model().datasets.get(name)
    return _MADE.sub("", known.title.of(language)) if known else ""


def _title(name: str, languages: Sequence[str]) -> Words:
    said = {tag: title_of(name, tag) or name for tag in languages}
    return Words({tag: Message("{table}: all publications", table=title).of(tag) for tag, title in said.items()})


def _description(name: str, ids: Sequence[str], languages: Sequence[str]) -> Words:
    message = Message(
        "All rows of the table {name} of these publications: {publications}. Each row says from which publication it"
        " comes, of which country and action plan, and under which licence; scales of progress stand beside each"
        " other and are not merged.",
        name=name,
        publications=", ".join(ids),
    )
    return Words(dict(message.said(languages)))


# Rows -----------------------------------------------------------------------------------------------------------------


def _records(spec: DatasetSpec, one: Published, table: Table, own: Mapping[str, str]) -> Iterator[Record]:
    """Yield the rows of a publication with all columns of the table over all."""
    beside = dict(zip((column.name for column in beside_publication()), _beside(one), strict=True))
    empty = dict.fromkeys((column.name for column in spec.column), "")
    for record in one.rows(table.name):
        yield {**empty, **beside, **{own[name]: text for name, text in record.items() if name in own}}


def _beside(one: Published) -> tuple[str, str, str]:
    return one.country.code or one.country.said, one.plan, one.licence


def _triples(one: Published, table: Table, ogp: str) -> Iterator[ox.Triple]:
    """Yield what a publication says of its rows, and of each row its country, plan and licence."""
    try:
        content = read_file(one.folder / table.name / f"{table.name}.ttl")
    except FileNotFoundError:  # a format that could not hold the rows is left out of a publication too
        return
    names, key = Names(one.base_iri, one.base_url), _key(table)
    rows = {names.row(table.name, record[key]) for record in one.rows(table.name)}
    added = list(_said(one, ogp))
    for subject, said in groupby(read(content, "ttl"), key=lambda triple: triple.subject):
        yield from said
        if isinstance(subject, ox.NamedNode) and subject.value in rows:
            yield from (ox.Triple(subject, predicate, value) for predicate, value in added)


def _said(one: Published, ogp: str) -> Iterator[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
    for column, text in zip(beside_publication(), _beside(one), strict=True):
        predicate = ox.NamedNode(str(expand(column.rdf, {"ogp": ogp})))
        if text:
            yield predicate, ox.NamedNode(text) if is_iri(column) else ox.Literal(text)


# Columns --------------------------------------------------------------------------------------------------------------


def _columns(name: str, tables: Iterable[Table]) -> list[str]:
    """Return the columns of all, each behind the one that it stands behind in the first that has it."""
    found: list[str] = [*(model().datasets[name].columns if name in model().datasets else ())]
    found = [PUBLICATION, *found, "source_places"]
    for table in tables:
        before = PUBLICATION
        for column in table.columns:
            if column.name not in found:
                found.insert(found.index(before) + 1, column.name)
            before = column.name
    there = {column.name for table in tables for column in table.columns}
    return [column for column in found if column in there]


def _of(table: Table, name: str) -> TableColumn | None:
    return next((column for column in table.columns if column.name == name), None)


def _free(name: str, columns: Sequence[str]) -> str:
    """Return what a column is called here: as there, unless that is the name of a column over all."""
    taken = {column.name for column in beside_publication()}
    while name in taken:
        name = f"own_{name}" if f"own_{name}" not in columns else f"{name}_"
    return name


def _column(dataset: str, there: Sequence[TableColumn | None], name: str) -> Column:
    """Return the column that is to hold what all those hold; it is filled where each of them is."""
    columns = [column for column in there if column]
    one = columns[0]
    is_alike = len({(c.type, c.codes, c.currency, c.currency_in) for c in columns}) == 1
    is_known = is_alike and (not one.codes or one.codes in vocabulary().codelists)
    title, description = _texts(dataset, one)
    origins = {column.origin for column in columns}
    origin = next(filter(origins.__contains__, _WEAKEST), "source")
    return Column(
        name=name,
        type=one.type if is_known else "string",
        take=name if name in (PUBLICATION, "source_places") else origin,
        title=title,
        description=description,
        rdf=one.rdf,
        codes=one.codes if is_known else "",
        iri=one.iri if len({c.iri for c in columns}) == 1 else "",
        references=one.references if len({c.references for c in columns}) == 1 else "",
        currency=one.currency if is_known else "",
        currency_in=one.currency_in if is_known else "",
        language=one.language if len({c.language for c in columns}) == 1 else "",
        key=all(column.key for column in columns) and one.key,
        required=len(columns) == len(there) and all(column.required for column in columns),
    )


def _texts(dataset: str, column: TableColumn) -> tuple[Words, Words]:
    """Return title and description: those of the model, since what a publication says may hold for itself alone."""
    own = model().datasets[dataset].columns if dataset in model().datasets else {}
    known = own.get(column.name) or model().shared.get(column.name)
    return (
        (Words(known.keys["title"]), Words(known.keys["description"])) if known else (column.title, column.description)
    )
