"""Table -> CSV (RFC 4180: comma, quotes where needed; UTF-8 without BOM, LF, header row), and back."""

from __future__ import annotations

import csv
import io

import pandas as pd

from ogp_data.formats.columns import Record


def to_csv(frame: pd.DataFrame) -> bytes:
    """Return a frame as CSV; a missing value is an empty cell."""
    return frame.to_csv(index=False, lineterminator="\n", na_rep="").encode("utf-8")


def from_csv(content: bytes) -> list[Record]:
    """Return a CSV's rows as they stand in it; ValueError when a row is not as wide as the header."""
    csv.field_size_limit(2**31 - 1)  # the declaration's limit counts, not Python's
    rows = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
    records: list[Record] = []
    for row in rows:
        if None in row or None in row.values():
            raise ValueError(f"row {rows.line_num} is not as wide as the header")
        records.append(row)
    return records
