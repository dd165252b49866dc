"""What the database says of itself: its datasets, their columns, and the publication as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ogp_data.core.columns import Column, DatasetSpec, is_filled
from ogp_data.core.publication import Publication
from ogp_data.core.words import Text
from ogp_data.formats.sqlite.plan import Plan
from ogp_data.formats.sqlite.sql import Step, create, insert, quoted
from ogp_data.tables.provides import origin
from ogp_data.types import language_of, type_of


def datasets(plan: Plan) -> Iterator[Step]:
    """Yield the datasets, with titles and descriptions in each language."""
    parts = (
        "dataset TEXT PRIMARY KEY NOT NULL",
        "table_name TEXT NOT NULL",
        *_words(plan),
        "iri TEXT NOT NULL",
        "rows INTEGER NOT NULL",
    )
    yield create(plan.datasets, parts), None
    yield (
        insert(plan.datasets, len(parts)),
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


def columns(plan: Plan) -> Iterator[Step]:
    """Yield the columns of the datasets, with titles and descriptions in each language."""
    parts = (
        f"dataset TEXT NOT NULL REFERENCES {quoted(plan.datasets)} (dataset)",
        '"column" TEXT NOT NULL',
        '"position" INTEGER NOT NULL',
        "type TEXT NOT NULL",
        *_words(plan),
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
    yield create(plan.columns, parts), None
    yield (
        insert(plan.columns, len(parts) - 1),
        (
            _described(plan, spec, column, position)
            for spec, _ in plan.tables
            for position, column in enumerate(spec.column, start=1)
        ),
    )


def _words(plan: Plan) -> tuple[str, ...]:
    """Return the columns of a title and a description in each language."""
    return (*plan.spoken("title", "NOT NULL"), *plan.spoken("description", "NOT NULL"))


def _described(plan: Plan, spec: DatasetSpec, column: Column, position: int) -> tuple[str | int | None, ...]:
    language = language_of(column, plan.publication.declaration.language) or None
    return (
        spec.name,
        column.name,
        position,
        " ".join((column.type, *(f"{name}={said}" for name, said in type_of(column).details(column).items()))),
        *plan.described(column),
        int(is_filled(column)),
        int(column in spec.keys),
        plan.codes.get(column.codes),
        column.references or None,
        plan.lists.get((spec.name, column.name)),
        language,
        column.rdf,
        origin(column, spec, plan.publication.specs),
    )


def metadata(plan: Plan) -> Iterator[Step]:
    """Yield what is known of the whole: a name, a value, and its language when it has one."""
    parts = (
        "name TEXT NOT NULL",
        "language TEXT NOT NULL DEFAULT ''",
        "value TEXT NOT NULL",
        "PRIMARY KEY (name, language)",
    )
    yield create(plan.metadata, parts), None
    yield insert(plan.metadata, 3), _facts(plan.publication)


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
        "source": publication.source_address,
        "source_sha256": d.source.sha256,
        "source_url": d.source.url,
    }
    yield from (
        (name, language, text) for name, words in said.items() for language, text in words.said(d.page_languages)
    )
    yield from ((name, "", value) for name, value in plain.items() if value)
