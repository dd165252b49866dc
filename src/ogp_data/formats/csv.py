"""Table -> CSV (RFC 4180: comma, quotes where needed; UTF-8 without BOM, LF, header row)."""

from __future__ import annotations

import pandas as pd


def to_csv(frame: pd.DataFrame) -> bytes:
    """Return a frame as CSV; a missing value is an empty cell."""
    return frame.to_csv(index=False, lineterminator="\n", na_rep="").encode("utf-8")
