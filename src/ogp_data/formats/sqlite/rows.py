"""The datasets as tables: the type of each column, what its values must be and what they refer to."""

from __future__ import annotations

from collections.abc import Iterator

from ogp_data.core.columns import Column, DatasetSpec, is_filled
from ogp_data.formats.columns import pairs
from ogp_data.formats.sqlite.plan import Plan
from ogp_data.formats.sqlite.sql import Step, create, foreign_key, insert, literal, primary_key, quoted
from ogp_data.types import type_of
from ogp_data.types.rows import Row


def tables_of_rows(plan: Plan) -> Iterator[Step]:
    """Yield each dataset as a table, all tables before the first row; a cell that is empty in the CSV is NULL."""
    for spec, _ in plan.tables:
        parts = [_column(plan, column) for column in spec.column]
        parts.append(primary_key(column.name for column in spec.keys))
        parts += [_reference(plan, spec, column) for column in spec.column if _refers(plan, column)]
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
    parts += ["NOT NULL"] if is_filled(column) else []
    if check := kind.sql_check(name):
        parts.append(f"CHECK ({check})")
    if column.codes:
        concepts = plan.publication.shared.codelists[column.codes].concept
        parts.append(f"CHECK ({name} IN ({', '.join(literal(concept.code) for concept in concepts)}))")
    return " ".join(parts)


def _refers(plan: Plan, column: Column) -> bool:
    return column.references in plan.specs or bool(column.codes) or type_of(column).about.names == "agents"


def _reference(plan: Plan, spec: DatasetSpec, column: Column) -> str:
    """Return what a column refers to; a row of a dataset is one of the same publication."""
    if type_of(column).about.names == "agents":
        return foreign_key([column.name], plan.organisations, ["iri"])
    if column.codes:
        return foreign_key([column.name], plan.codes[column.codes], ["code"])
    target = plan.specs[column.references]
    here, there = pairs(spec, column, target)
    return foreign_key(here, plan.table[target.name], there)
