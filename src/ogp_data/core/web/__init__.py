"""All outgoing requests, by one client: bounded and polite, and nowhere that they may not go."""

from __future__ import annotations

from ogp_data.core.web.client import Answer, Bounds, Client, fetch, probe, unchecked
from ogp_data.core.web.faults import RefusedError
from ogp_data.core.web.names import is_loopback, is_placeholder, is_public, origins

__all__ = [
    "Answer",
    "Bounds",
    "Client",
    "RefusedError",
    "fetch",
    "is_loopback",
    "is_placeholder",
    "is_public",
    "origins",
    "probe",
    "unchecked",
]
