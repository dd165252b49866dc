"""The tables that rows of datasets refer to: the source, the organisations and the code lists."""

from __future__ import annotations

from collections.abc import Iterator

from ogp_data.core.shared import CodeList
from ogp_data.formats.sqlite.plan import Plan
from ogp_data.formats.sqlite.sql import Step, create, insert


def source_text(plan: Plan) -> Iterator[Step]:
    """Yield the source document, a row for each line, page, cell or block: its place, its number from 1, its text.

    Of a document that is not published there are the places alone.
    """
    if not plan.has_source:
        return
    is_published = plan.publication.declaration.source.publish
    said = "text TEXT NOT NULL" if is_published else "text TEXT"
    columns = ("place TEXT PRIMARY KEY NOT NULL", f"{plan.number} INTEGER NOT NULL UNIQUE", said)
    yield create(plan.source, columns), None
    rows = enumerate(plan.texts.items(), start=1)
    yield insert(plan.source, 3), ((at.text, number, text if is_published else None) for number, (at, text) in rows)


def organisations(plan: Plan) -> Iterator[Step]:
    """Yield the organisations that the tables name, with their names in each language."""
    columns = ("iri TEXT PRIMARY KEY NOT NULL", *plan.spoken("name", "NOT NULL"))
    yield create(plan.organisations, columns), None
    yield (
        insert(plan.organisations, len(columns)),
        ((iri, *plan.said(agent.name)) for iri, agent in plan.agents.items()),
    )


def codelists(plan: Plan) -> Iterator[Step]:
    """Yield a table for each code list in use, with labels and definitions in each language."""
    columns = (
        "code TEXT PRIMARY KEY NOT NULL",
        *plan.spoken("label", "NOT NULL"),
        *plan.spoken("definition"),
    )
    for codes, table in plan.codes.items():
        yield create(table, columns), None
        yield insert(table, len(columns)), _concepts(plan, plan.publication.shared.codelists[codes])


def _concepts(plan: Plan, codes: CodeList) -> Iterator[tuple[str | None, ...]]:
    unsaid = (None,) * len(plan.languages)
    for concept in codes.concept:
        meaning = plan.said(concept.definition) if concept.definition else unsaid
        yield concept.code, *plan.said(concept.label), *meaning
