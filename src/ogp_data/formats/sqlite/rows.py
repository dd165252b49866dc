"""The datasets as tables: the type of each column, what its values must be and what they refer to."""

from __future__ import annotations

from collections.abc import Iterator

from ogp_data.core.columns import Column
from ogp_data.formats.sqlite.plan import Plan
from ogp_data.formats.sqlite.sql import Step, create, insert, literal, quoted
from ogp_data.types import type_of
from ogp_data.types.rows import Row


def tables_of_rows(plan: Plan) -> Iterator[Step]:
    """Yield each dataset as a table, all tables before the first row; a cell that is empty in the CSV is NULL."""
    for spec, _ in plan.tables:
        parts = [_column(plan, column) for column in spec.column]
        parts += [_reference(plan, column) for column in spec.column if _refers(plan, column)]
        yield create(plan.table[spec.name], parts), None
    for spec, rows in plan.tables:
        cells = ([cell(column, row) for column in spec.column] for row in rows)
        yield insert(plan.table[spec.name], len(spec.column)), cells


def cell(column: Column, row: Row) -> str | int | None:
    """Return what stands in a cell: a number where the type has one, a list as in the CSV, None when it is empty."""
    kind, found = type_of(column), row.typed[column.name]
    if kind.about.separator:
        return row[column.name] or None
    return kind.sql(found[0].value) if found else None


def _column(plan: Plan, column: Column) -> str:
    """Return a column with its type and what its values must be."""
    name, kind = quoted(column.name), type_of(column)
    parts = [name, kind.sql_type()]
    parts += ["PRIMARY KEY"] if column.key else []
    parts += ["NOT NULL"] if column.required or column.key else []
    if check := kind.sql_check(name):
        parts.append(f"CHECK ({check})")
    if column.codes:
        concepts = plan.publication.shared.codelists[column.codes].concept
        parts.append(f"CHECK ({name} IN ({', '.join(literal(concept.code) for concept in concepts)}))")
    return " ".join(parts)


def _refers(plan: Plan, column: Column) -> bool:
    return column.references in plan.specs or bool(column.codes) or type_of(column).about.names == "agents"


def _reference(plan: Plan, column: Column) -> str:
    if type_of(column).about.names == "agents":
        target, key = plan.organisations, "iri"
    elif column.codes:
        target, key = plan.codes[column.codes], "code"
    else:
        target, key = plan.table[column.references], plan.specs[column.references].key.name
    return f"FOREIGN KEY ({quoted(column.name)}) REFERENCES {quoted(target)} ({quoted(key)})"
