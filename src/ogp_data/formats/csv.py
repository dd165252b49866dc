"""Rows -> CSV (RFC 4180: comma, quotes where needed; UTF-8 without BOM, LF, header row)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from ogp_data.core.columns import DatasetSpec


def to_csv(spec: DatasetSpec, rows: Iterable[Iterable[str]]) -> bytes:
    """Return the rows of a dataset as CSV; an unknown value is an empty cell."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(column.name for column in spec.column)
    writer.writerows(rows)
    return target.getvalue().encode()
