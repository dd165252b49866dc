"""Which rows of two datasets belong together: a column of one refers to the other."""

from __future__ import annotations

from ogp_data.core.columns import DatasetSpec


def relation(base: DatasetSpec, other: DatasetSpec) -> tuple[str, str] | None:
    """Return the columns, here and there, whose values are equal in rows that belong together; None without any."""
    if other.name == base.name:
        return base.key.name, base.key.name
    for column in base.column:
        if column.references == other.name:
            return column.name, other.key.name
    for column in other.column:
        if column.references == base.name:
            return base.key.name, column.name
    return None
