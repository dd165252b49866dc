"""What tests ask of findings."""

from __future__ import annotations

from ogp_data.core.findings import Finding
from ogp_data.core.places import Line


def line_of(found: Finding) -> int | None:
    """Return the line that a finding is about, None where it is about another place or none."""
    return found.place.at.number if isinstance(found.place.at, Line) else None
