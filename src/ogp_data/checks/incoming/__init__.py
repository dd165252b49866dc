"""Any DCAT file from outside -> a graph, and findings: truncated, mislabelled, enormous and hostile files included."""

from __future__ import annotations

from ogp_data.checks.incoming.forms import MADE_OF_STATEMENTS
from ogp_data.checks.incoming.material import is_address
from ogp_data.checks.incoming.reading import Incoming, Reading, read

__all__ = ["MADE_OF_STATEMENTS", "Incoming", "Reading", "is_address", "read"]
