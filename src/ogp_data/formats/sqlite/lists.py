"""The lists of cells as tables, for joins: a row for each value, with its place in the list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.formats.sqlite.plan import Plan
from ogp_data.formats.sqlite.rows import cell
from ogp_data.formats.sqlite.sql import Step, create, insert, quoted
from ogp_data.types import type_of
from ogp_data.types.rows import Row


def lists(plan: Plan) -> Iterator[Step]:
    """Yield a table for each column of lists: the row's key, the place in the list from 1, the value."""
    for spec, rows in plan.tables:
        for column in spec.column:
            if type_of(column).about.separator:
                yield from _list(plan, spec, column, rows)


def _list(plan: Plan, spec: DatasetSpec, column: Column, rows: Sequence[Row]) -> Iterator[Step]:
    table, key = plan.lists[spec.name, column.name], quoted(spec.key.name)
    position, value = list_columns(spec)
    parts = [
        f"{key} {type_of(spec.key).sql_type()} NOT NULL REFERENCES {quoted(plan.table[spec.name])} ({key})",
        f"{quoted(position)} INTEGER NOT NULL",
        f"{quoted(value)} TEXT NOT NULL{_leads_to(plan, column)}",
        f"PRIMARY KEY ({key}, {quoted(position)})",
    ]
    yield create(table, parts) + " WITHOUT ROWID", None
    yield (
        insert(table, 3),
        (
            (cell(spec.key, row), position, value.text)
            for row in rows
            for position, value in enumerate(row.typed[column.name], start=1)
        ),
    )
    yield f"CREATE INDEX {quoted(plan.name(f'{table}_by_value'))} ON {quoted(table)} ({quoted(value)})", None


def list_columns(spec: DatasetSpec) -> tuple[str, str]:
    """Return what the columns of a table of lists are called behind the row's key, which may have their names."""
    position, value = (name + "_" * (name == spec.key.name) for name in ("position", "value"))
    return position, value


def _leads_to(plan: Plan, column: Column) -> str:
    return f" REFERENCES {quoted(plan.source)} (place)" if type_of(column).about.names == "places" else ""
