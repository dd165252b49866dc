"""All tables of a publication -> one SQLite database (https://www.sqlite.org/fileformat2.html).

Names come from the declaration; `-` becomes `_`, so that no name needs quotes. A list stands in its cell as in the
CSV and, for joins, in a table of its own. What the columns mean and where the data come from is in the database.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.places import Line
from ogp_data.core.publication import Publication
from ogp_data.core.shared import Agent, CodeList
from ogp_data.core.source import SourceText
from ogp_data.core.words import Text
from ogp_data.tables.provides import origin
from ogp_data.types import language_of, type_of
from ogp_data.types.rows import Row, split

Tables = Sequence[tuple[DatasetSpec, Sequence[Row]]]
"""The datasets with their rows."""

_PAGE = 4096
_TITLES = ("dct:title", "rdfs:label")


def to_sqlite(publication: Publication, tables: Tables, source: SourceText) -> bytes:
    """Return a database of all tables, with keys, code lists, descriptions and views.

    The bytes are the same with the same SQLite; the version number that it writes into bytes 96 to 99 of a file on
    a disk stays 0, since the database is made in memory.
    Raises sqlite3.IntegrityError when a row breaks a key, a code list or a reference.
    """
    plan = _Plan(publication, tables, source)
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for pragma in (f"page_size = {_PAGE}", "encoding = 'UTF-8'", "auto_vacuum = NONE", "foreign_keys = ON"):
            database.execute(f"PRAGMA {pragma}")
        database.execute("BEGIN")
        database.execute("PRAGMA defer_foreign_keys = ON")
        for part in (_source, _organisations, _codelists, _datasets, _rows, _lists, _metadata):
            for statement, rows in part(plan):
                database.execute(statement) if rows is None else database.executemany(statement, rows)
        for statement in _views(plan):
            database.execute(statement)
        database.execute("COMMIT")
        database.execute("VACUUM")
        return database.serialize()
    finally:
        database.close()


_Step = tuple[str, Iterable[Sequence[str | int | None]] | None]
"""A statement, and the rows to execute it for; None: execute it once."""


class _Plan:
    """The names of everything in the database, each given once."""

    def __init__(self, publication: Publication, tables: Tables, source: SourceText) -> None:
        self.publication, self.tables, self.texts = publication, tables, source.texts
        is_text = all(isinstance(place, Line) for place in self.texts)
        self.unit, self.number = ("line", "line") if is_text else ("place", "position")
        self.specs = {spec.name: spec for spec, _ in tables}
        self._taken: set[str] = set()
        self.table = {spec.name: self.name(spec.name) for spec, _ in tables}
        self.lists = {
            (spec.name, column.name): self.name(f"{spec.name}_{column.name}")
            for spec, _ in tables
            for column in spec.column
            if type_of(column).about.separator
        }
        used = {column.codes for spec, _ in tables for column in spec.column if column.codes}
        self.codes = {codes: self.name(f"codes_{codes}") for codes in sorted(used)}
        self.source, self.organisations = self.name("source"), self.name("organisations")
        self.datasets, self.columns, self.metadata = map(self.name, ("datasets", "columns", "metadata"))

    @property
    def languages(self) -> list[str]:
        """Return the languages of texts, each of which has its columns."""
        return self.publication.declaration.page_languages

    def spoken(self, name: str, needed: str = "") -> list[str]:
        """Return the columns of a text, one for each language."""
        return [f"{name}_{language} TEXT {needed}".rstrip() for language in self.languages]

    def said(self, text: Text) -> tuple[str, ...]:
        """Return a text in each language."""
        return tuple(said for _, said in text.said(self.languages))

    def described(self, described: DatasetSpec | Column) -> tuple[str, ...]:
        """Return a title and a description in each language."""
        return (*self.said(described.title), *self.said(described.description))

    def name(self, wanted: str) -> str:
        """Return a name that nothing has yet; SQLite keeps names that begin with sqlite_ for itself."""
        name = wanted.replace("-", "_")
        name = f"_{name}" if name.startswith("sqlite_") else name
        while name in self._taken:
            name += "_"
        self._taken.add(name)
        return name

    @cached_property
    def agents(self) -> dict[str, Agent]:
        """Return the organisations that the tables name, by IRI."""
        used = {
            iri
            for spec, rows in self.tables
            for column in spec.column
            if type_of(column).about.names == "agents"
            for row in rows
            for iri in split(type_of(column), row[column.name])
        }
        known = {self.publication.names.agent(agent): agent for agent in self.publication.shared.agents.values()}
        return {iri: known[iri] for iri in sorted(used & known.keys())}


def _q(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _insert(table: str, width: int) -> str:
    return f"INSERT INTO {_q(table)} VALUES ({', '.join('?' * width)})"


def _create(table: str, parts: Iterable[str]) -> str:
    body = ",\n  ".join(parts)
    return f"CREATE TABLE {_q(table)} (\n  {body}\n)"


# Tables -------------------------------------------------------------------------------------------------


def _source(plan: _Plan) -> Iterator[_Step]:
    """Yield the source document, a row for each line, page, cell or block: its place, its number from 1, its text."""
    columns = ("place TEXT PRIMARY KEY NOT NULL", f"{plan.number} INTEGER NOT NULL UNIQUE", "text TEXT NOT NULL")
    yield _create(plan.source, columns), None
    yield (
        _insert(plan.source, 3),
        ((place.text, n, text) for n, (place, text) in enumerate(plan.texts.items(), start=1)),
    )


def _organisations(plan: _Plan) -> Iterator[_Step]:
    columns = ("iri TEXT PRIMARY KEY NOT NULL", *plan.spoken("name", "NOT NULL"))
    yield _create(plan.organisations, columns), None
    yield (
        _insert(plan.organisations, len(columns)),
        ((iri, *plan.said(agent.name)) for iri, agent in plan.agents.items()),
    )


def _codelists(plan: _Plan) -> Iterator[_Step]:
    columns = (
        "code TEXT PRIMARY KEY NOT NULL",
        *plan.spoken("label", "NOT NULL"),
        *plan.spoken("definition"),
    )
    for codes, table in plan.codes.items():
        yield _create(table, columns), None
        yield _insert(table, len(columns)), _concepts(plan, plan.publication.shared.codelists[codes])


def _concepts(plan: _Plan, codes: CodeList) -> Iterator[tuple[str | None, ...]]:
    unsaid = (None,) * len(plan.languages)
    for concept in codes.concept:
        meaning = plan.said(concept.definition) if concept.definition else unsaid
        yield concept.code, *plan.said(concept.label), *meaning


def _rows(plan: _Plan) -> Iterator[_Step]:
    """Yield each dataset as a table, all tables before the first row; a cell that is empty in the CSV is NULL."""
    for spec, _ in plan.tables:
        parts = [_column(plan, column) for column in spec.column]
        parts += [_reference(plan, column) for column in spec.column if _refers(plan, column)]
        yield _create(plan.table[spec.name], parts), None
    for spec, rows in plan.tables:
        cells = ([_cell(column, row) for column in spec.column] for row in rows)
        yield _insert(plan.table[spec.name], len(spec.column)), cells


def _cell(column: Column, row: Row) -> str | int | None:
    kind, found = type_of(column), row.typed[column.name]
    if kind.about.separator:
        return row[column.name] or None
    return kind.sql(found[0].value) if found else None


def _column(plan: _Plan, column: Column) -> str:
    """Return a column with its type and what its values must be."""
    name, kind = _q(column.name), type_of(column)
    parts = [name, kind.sql_type()]
    parts += ["PRIMARY KEY"] if column.key else []
    parts += ["NOT NULL"] if column.required or column.key else []
    if check := kind.sql_check(name):
        parts.append(f"CHECK ({check})")
    if column.codes:
        concepts = plan.publication.shared.codelists[column.codes].concept
        parts.append(f"CHECK ({name} IN ({', '.join(_text(concept.code) for concept in concepts)}))")
    return " ".join(parts)


def _refers(plan: _Plan, column: Column) -> bool:
    return column.references in plan.specs or bool(column.codes) or type_of(column).about.names == "agents"


def _reference(plan: _Plan, column: Column) -> str:
    if type_of(column).about.names == "agents":
        target, key = plan.organisations, "iri"
    elif column.codes:
        target, key = plan.codes[column.codes], "code"
    else:
        target, key = plan.table[column.references], plan.specs[column.references].key.name
    return f"FOREIGN KEY ({_q(column.name)}) REFERENCES {_q(target)} ({_q(key)})"


def _lists(plan: _Plan) -> Iterator[_Step]:
    """Yield a table for each column of lists: the row's key, the place in the list from 1, the value."""
    for spec, rows in plan.tables:
        for column in spec.column:
            if type_of(column).about.separator:
                yield from _list(plan, spec, column, rows)


def _list(plan: _Plan, spec: DatasetSpec, column: Column, rows: Sequence[Row]) -> Iterator[_Step]:
    table, key = plan.lists[spec.name, column.name], _q(spec.key.name)
    position, value = _list_columns(spec)
    parts = [
        f"{key} {type_of(spec.key).sql_type()} NOT NULL REFERENCES {_q(plan.table[spec.name])} ({key})",
        f"{_q(position)} INTEGER NOT NULL",
        f"{_q(value)} TEXT NOT NULL{_leads_to(plan, column)}",
        f"PRIMARY KEY ({key}, {_q(position)})",
    ]
    yield _create(table, parts) + " WITHOUT ROWID", None
    yield (
        _insert(table, 3),
        (
            (_cell(spec.key, row), position, value.text)
            for row in rows
            for position, value in enumerate(row.typed[column.name], start=1)
        ),
    )
    yield f"CREATE INDEX {_q(plan.name(f'{table}_by_value'))} ON {_q(table)} ({_q(value)})", None


def _list_columns(spec: DatasetSpec) -> tuple[str, str]:
    """Return what the columns of a table of lists are called behind the row's key, which may have their names."""
    position, value = (name + "_" * (name == spec.key.name) for name in ("position", "value"))
    return position, value


def _leads_to(plan: _Plan, column: Column) -> str:
    return f" REFERENCES {_q(plan.source)} (place)" if type_of(column).about.names == "places" else ""


# What the database says of itself -----------------------------------------------------------------------


def _datasets(plan: _Plan) -> Iterator[_Step]:
    """Yield the datasets and their columns, with titles and descriptions in each language."""
    words = (*plan.spoken("title", "NOT NULL"), *plan.spoken("description", "NOT NULL"))
    about = (
        "dataset TEXT PRIMARY KEY NOT NULL",
        "table_name TEXT NOT NULL",
        *words,
        "iri TEXT NOT NULL",
        "rows INTEGER NOT NULL",
    )
    yield _create(plan.datasets, about), None
    yield (
        _insert(plan.datasets, len(about)),
        (
            (
                spec.name,
                plan.table[spec.name],
                *plan.described(spec),
                plan.publication.names.dataset(spec.name),
                len(rows),
            )
            for spec, rows in plan.tables
        ),
    )
    parts = (
        f"dataset TEXT NOT NULL REFERENCES {_q(plan.datasets)} (dataset)",
        '"column" TEXT NOT NULL',
        '"position" INTEGER NOT NULL',
        "type TEXT NOT NULL",
        *words,
        "required INTEGER NOT NULL",
        '"key" INTEGER NOT NULL',
        "code_list TEXT",
        '"references" TEXT',
        "list_table TEXT",
        "language TEXT",
        "rdf TEXT NOT NULL",
        "origin TEXT NOT NULL",
        'PRIMARY KEY (dataset, "column")',
    )
    yield _create(plan.columns, parts), None
    yield (
        _insert(plan.columns, len(parts) - 1),
        (
            _described(plan, spec, column, position)
            for spec, _ in plan.tables
            for position, column in enumerate(spec.column, start=1)
        ),
    )


def _described(plan: _Plan, spec: DatasetSpec, column: Column, position: int) -> tuple[str | int | None, ...]:
    language = language_of(column, plan.publication.declaration.language) or None
    return (
        spec.name,
        column.name,
        position,
        " ".join((column.type, *(f"{name}={said}" for name, said in type_of(column).details(column).items()))),
        *plan.described(column),
        int(column.required or column.key),
        int(column.key),
        plan.codes.get(column.codes),
        column.references or None,
        plan.lists.get((spec.name, column.name)),
        language,
        column.rdf,
        origin(column, spec, plan.publication.specs),
    )


def _metadata(plan: _Plan) -> Iterator[_Step]:
    """Yield what is known of the whole: a name, a value, and its language when it has one."""
    parts = (
        "name TEXT NOT NULL",
        "language TEXT NOT NULL DEFAULT ''",
        "value TEXT NOT NULL",
        "PRIMARY KEY (name, language)",
    )
    yield _create(plan.metadata, parts), None
    yield _insert(plan.metadata, 3), _facts(plan.publication)


def _facts(publication: Publication) -> Iterator[tuple[str, str, str]]:
    d, agents = publication.declaration, publication.shared.agents
    contact = publication.shared.contacts[d.contact]
    said: Mapping[str, Text] = {
        "title": d.title,
        "description": d.description,
        "version_notes": d.version_notes,
        "publisher": agents[d.publisher].name,
        "creator": agents[d.creator].name,
        "contact": contact.name,
        "source_title": d.source.title,
        "source_description": d.source.description,
    }
    plain = {
        "catalogue": publication.names.dataset("catalog"),
        "licence": d.licence,
        "version": d.version,
        "issued": d.issued.isoformat(),
        "modified": d.modified.isoformat(),
        "period": d.temporal.edtf,
        "contact_url": contact.url,
        "contact_email": contact.email,
        "source": publication.names.download(f"source/{publication.source_name}"),
        "source_sha256": d.source.sha256,
        "source_url": d.source.url,
    }
    yield from (
        (name, language, text) for name, words in said.items() for language, text in words.said(d.page_languages)
    )
    yield from ((name, "", value) for name, value in plain.items() if value)


# Views --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Select:
    """A query under way: what it selects, each with its name, and the tables it joins."""

    selected: list[tuple[str, str]]
    joined: list[str]

    def add(self, expression: str, name: str) -> None:
        """Select an expression under a name that is not in use."""
        taken = {name for _, name in self.selected}
        while name in taken:
            name += "_"
        self.selected.append((expression, name))

    def view(self, name: str, end: str = "") -> str:
        """Return the statement that makes the view."""
        columns = ",\n  ".join(f"{expression} AS {_q(alias)}" for expression, alias in self.selected)
        return f"CREATE VIEW {_q(name)} AS\nSELECT\n  {columns}\nFROM {chr(10).join(self.joined)}{end}"


def _views(plan: _Plan) -> Iterator[str]:
    """Yield the views: tables with words for their keys and codes, links by what they belong to, and lines."""
    for spec, _ in plan.tables:
        select = _labelled(plan, spec)
        if len(select.selected) > len(spec.column):
            yield select.view(plan.name(f"{spec.name}_with_titles"))
    for spec, _ in plan.tables:
        if spec.find.lists == "links":
            yield from _link_views(plan, spec)
    for spec, _ in plan.tables:
        if spec.find.lists == "defects":
            yield from _findings_by_place(plan, spec)
    yield from _rows_by_place(plan)


def _labelled(plan: _Plan, spec: DatasetSpec) -> _Select:
    """Return a query for a table's columns, the titles of the rows they refer to, and the labels of their codes."""
    select = _Select([], [f"{_q(plan.table[spec.name])} AS t0"])
    for column in spec.column:
        select.add(f"t0.{_q(column.name)}", column.name)
    _follow(plan, spec, "t0", select, {spec.name})
    return select


def _follow(plan: _Plan, spec: DatasetSpec, alias: str, select: _Select, seen: set[str]) -> None:
    """Join what a table's columns refer to, and what that refers to, each dataset once."""
    for column in spec.column:
        target = plan.specs.get(column.references)
        if column.codes and alias == "t0":
            other = _join(select, alias, column.name, plan.codes[column.codes], "code")
            select.add(f"{other}.label_nl", f"{column.name}_nl")
            select.add(f"{other}.label_en", f"{column.name}_en")
        elif target and target.name not in seen:
            seen.add(target.name)
            other = _join(select, alias, column.name, plan.table[target.name], target.key.name)
            for title in (c for c in target.column if c.rdf in _TITLES):
                select.add(f"{other}.{_q(title.name)}", f"{plan.table[target.name]}_{title.name}")
            _follow(plan, target, other, select, seen)


def _join(select: _Select, alias: str, column: str, table: str, key: str) -> str:
    other = f"t{len(select.joined)}"
    select.joined.append(f"LEFT JOIN {_q(table)} AS {other} ON {other}.{_q(key)} = {alias}.{_q(column)}")
    return other


def _taking(spec: DatasetSpec, take: str) -> str | None:
    """Return the quoted name of the column that takes something of its row; None when no column does."""
    return next((_q(column.name) for column in spec.column if column.take == take and not column.of), None)


def _link_views(plan: _Plan, spec: DatasetSpec) -> Iterator[str]:
    """Yield, for what links belong to, their counts; and the links without a working address."""
    url = _taking(spec, "url")
    if url is None:
        return
    select = _labelled(plan, spec)
    yield select.view(plan.name(f"{spec.name}_without_address"), f"\nWHERE t0.{url} IS NULL")
    for column in spec.column:
        if owner := plan.specs.get(column.references):
            counts = _Select([], [f"{_q(plan.table[owner.name])} AS t0"])
            for own in owner.column:
                if own.key or own.rdf in _TITLES:
                    counts.add(f"t0.{_q(own.name)}", own.name)
            link = _join(counts, "t0", owner.key.name, plan.table[spec.name], column.name)
            counts.add(f"count({link}.{_q(spec.key.name)})", "links")
            counts.add(f"count({link}.{url})", "with_address")
            counts.add(f"count({link}.{_q(spec.key.name)}) - count({link}.{url})", "without_address")
            end = f"\nGROUP BY t0.{_q(owner.key.name)}"
            yield counts.view(plan.name(f"{spec.name}_per_{owner.name}"), end)


def _findings_by_place(plan: _Plan, spec: DatasetSpec) -> Iterator[str]:
    """Yield the findings place by place, with the text of the place."""
    told = spec.column[-1]
    select = _labelled(plan, spec)
    table = plan.lists[spec.name, told.name]
    found = _join(select, "t0", spec.key.name, table, spec.key.name)
    at = _join(select, found, _list_columns(spec)[1], plan.source, "place")
    numbered = _Select([], select.joined)
    for expression, name in ((f"{at}.{plan.number}", plan.number), *select.selected):
        numbered.add(expression, name)
    numbered.add(f"{at}.text", f"{plan.unit}_text")
    yield numbered.view(
        plan.name(f"{spec.name}_by_{plan.unit}"), f"\nORDER BY {at}.{plan.number}, t0.{_q(spec.key.name)}"
    )


def _rows_by_place(plan: _Plan) -> Iterator[str]:
    """Yield every row of every dataset by the places that it came from."""
    parts = [
        f"SELECT {_q(_list_columns(spec)[1])} AS place, {_text(spec.name)} AS dataset, "
        f'CAST({_q(spec.key.name)} AS TEXT) AS "row" '
        f"FROM {_q(plan.lists[spec.name, column.name])}"
        for spec, _ in plan.tables
        for column in spec.column[-1:]
    ]
    if parts:
        union = "\n  UNION ALL ".join(parts)
        yield (
            f"CREATE VIEW {_q(plan.name(f'rows_by_{plan.unit}'))} AS\n"
            f'SELECT s.{plan.number}, r.dataset, r."row", s.text AS {plan.unit}_text FROM (\n  {union}\n) AS r\n'
            f'JOIN {_q(plan.source)} AS s ON s.place = r.place\nORDER BY s.{plan.number}, r.dataset, r."row"'
        )
