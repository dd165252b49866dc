"""Every bound of the service: one name, one value, its unit and what it bounds. docs/service.md has the same table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any


def _bound(value: float, unit: str, what: str) -> Any:
    return field(default=value, metadata={"unit": unit, "what": what})


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds that a service keeps; `BOUNDS` has those that it keeps when nobody says otherwise."""

    # Requests
    rate: float = _bound(50.0, "requests a second", "of one client in the long run, 0 for no limit: 429")
    burst: int = _bound(200, "requests", "of one client at once, before `rate` applies: 429")
    head_bytes: int = _bound(32_768, "bytes", "of the first line and the header of a request: 431, or 400 when unread")
    head_fields: int = _bound(100, "fields", "in the header of a request: 431")
    path_bytes: int = _bound(2048, "bytes", "of a path: 414")
    query_string_bytes: int = _bound(16_384, "bytes", "of what follows the question mark: 414")
    body_bytes: int = _bound(1_000_000, "bytes", "of the body of a request: 413")
    wire_bytes: int = _bound(2_000_000, "bytes", "of a request with its chunk markers: the connection is closed")
    chunks: int = _bound(1000, "chunks", "of the body of a request that is sent in chunks: 400")
    form_fields: int = _bound(200, "fields", "of a form, or of the parameters of a query: 400")
    ranges: int = _bound(16, "ranges", "of one request: the whole file is sent")
    page_rows: int = _bound(500, "rows", "on a page of the API: 400")

    # Connections
    connections: int = _bound(1000, "connections", "at once: one more is closed")
    client_connections: int = _bound(100, "connections", "of one client at once, proxies apart: one more is closed")
    head_seconds: float = _bound(10.0, "seconds", "from the first byte of a request to the end of its header: 408")
    body_seconds: float = _bound(20.0, "seconds", "for the body of a request: 408")
    idle_seconds: float = _bound(15.0, "seconds", "that a connection may be silent between requests: it is closed")
    take_rate: int = _bound(1000, "bytes a second", "at which a client must take an answer: the connection is closed")
    take_seconds: float = _bound(20.0, "seconds", "between two checks of how much of an answer was taken")
    grace_seconds: int = _bound(30, "seconds", "that requests under way get when the service is stopped")

    # Queries
    workers: int = _bound(3, "queries", "running at once; all but one of them may be long")
    slice_seconds: float = _bound(0.2, "seconds", "of processor time, after which a query counts as long")
    client_long: int = _bound(1, "queries", "of one client that count as long and run at once")
    waiting: int = _bound(128, "queries", "waiting: 503")
    client_waiting: int = _bound(32, "queries", "of one client waiting: 503")
    seconds: float = _bound(3.0, "seconds", "for a query, from its arrival: 504, or 503 if it only waited")
    memory: int = _bound(1 << 30, "bytes", "of memory for a query: 422")
    result_bytes: int = _bound(20_000_000, "bytes", "of a result: 422")
    query_bytes: int = _bound(65_536, "bytes", "of a query: 413")
    query_depth: int = _bound(100, "brackets", "of a query inside one another: 403")
    iri_characters: int = _bound(2048, "characters", "of an IRI in a query: 403")
    page_results: int = _bound(1000, "rows", "of a result that the query page shows")

    # Memory
    clients: int = _bound(10_000, "clients", "whose rate and queries are remembered; the quietest is forgotten")
    kept_bytes: int = _bound(32_000_000, "bytes", "of pages that are cached, for each publication")

    def asked(self, rate: float, seconds: float) -> Limits:
        """Return these bounds with another rate, of which the burst keeps its share, and another time for a query."""
        # Without a rate, no burst is kept either.
        burst = round(self.burst * rate / self.rate) if self.rate and rate else self.burst
        return replace(self, rate=rate, burst=max(burst, 1), seconds=seconds)


BOUNDS = Limits()


def rows(limits: Limits = BOUNDS) -> Iterator[tuple[str, str, str]]:
    """Yield of each bound its name, its value with the unit, and what it bounds."""
    for bound in fields(limits):
        value = getattr(limits, bound.name)
        yield (
            bound.name,
            f"{value:,g}" if value < 1 else f"{value:,.0f}",
            f"{bound.metadata['unit']} {bound.metadata['what']}",
        )


def table(limits: Limits = BOUNDS) -> str:
    """Return the bounds as lines of text."""
    return "\n".join(f"{name:20} {value:>15} {what}" for name, value, what in rows(limits))
