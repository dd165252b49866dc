"""The lists of cells as tables, for joins: a row for each value, with its place in the list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.formats.sqlite.plan import Plan
from ogp_data.formats.sqlite.rows import cell
from ogp_data.formats.sqlite.sql import Step, create, foreign_key, insert, primary_key, quoted
from ogp_data.types import type_of
from ogp_data.types.rows import Row


def lists(plan: Plan) -> Iterator[Step]:
    """Yield a table for each column of lists: the keys of the row, the place in the list from 1, the value."""
    for spec, rows in plan.tables:
        for column in spec.column:
            if type_of(column).about.separator:
                yield from _list(plan, spec, column, rows)


def _list(plan: Plan, spec: DatasetSpec, column: Column, rows: Sequence[Row]) -> Iterator[Step]:
    table, keys = plan.lists[spec.name, column.name], [key.name for key in spec.keys]
    position, value = list_columns(spec)
    parts = [
        *(f"{quoted(key.name)} {type_of(key).sql_type()} NOT NULL" for key in spec.keys),
        f"{quoted(position)} INTEGER NOT NULL",
        f"{quoted(value)} TEXT NOT NULL{_leads_to(plan, column)}",
        primary_key([*keys, position]),
        foreign_key(keys, plan.table[spec.name], keys),
    ]
    yield create(table, parts) + " WITHOUT ROWID", None
    yield (
        insert(table, len(keys) + 2),
        (
            (*(cell(key, row) for key in spec.keys), position, value.text)
            for row in rows
            for position, value in enumerate(row.typed[column.name], start=1)
        ),
    )
    yield f"CREATE INDEX {quoted(plan.name(f'{table}_by_value'))} ON {quoted(table)} ({quoted(value)})", None


def list_columns(spec: DatasetSpec) -> tuple[str, str]:
    """Return what the columns of a table of lists are called behind the row's keys, which may have their names."""
    keys = {key.name for key in spec.keys}
    position, value = (name + "_" * (name in keys) for name in ("position", "value"))
    return position, value


def _leads_to(plan: Plan, column: Column) -> str:
    is_here = plan.has_source and type_of(column).about.names == "places"
    return f" REFERENCES {quoted(plan.source)} (place)" if is_here else ""
