"""The rows of a CSV as they stand in it: text by the name of its column."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

Record = Mapping[str, str]


def from_csv(content: bytes) -> list[Record]:
    """Return a CSV's rows as they stand in it; ValueError when a row is not as wide as the header."""
    csv.field_size_limit(2**31 - 1)  # the declaration's limit counts, not Python's
    rows = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
    records: list[Record] = []
    for row in rows:
        # csv.DictReader puts cells that are too many under None, and gives None for those that are missing.
        if None in row or None in row.values():
            raise ValueError(f"row {rows.line_num} is not as wide as the header")
        records.append(row)
    return records
