"""Every bound of the service: one name, one value, its unit and what it bounds. docs/service.md has the same table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any

from ogp_data.core.messages import SOURCE, Message, say, written


def _bound(value: float, unit: Message, what: Message) -> Any:
    return field(default=value, metadata={"unit": unit, "what": what})


@dataclass(frozen=True, slots=True)
class Room:
    """What the body of a request may be: its bytes, those of it with its chunk markers, its chunks, its seconds."""

    body_bytes: int
    wire_bytes: int
    chunks: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds that a service keeps; `BOUNDS` has those that it keeps when nobody says otherwise."""

    # Requests
    rate: float = _bound(
        50.0, Message("requests a second"), Message("of one client in the long run, 0 for no limit: 429")
    )
    burst: int = _bound(200, Message("requests"), Message("of one client at once, before `rate` applies: 429"))
    head_bytes: int = _bound(
        32_768, Message("bytes"), Message("of the first line and the header of a request: 431, or 400 when unread")
    )
    head_fields: int = _bound(100, Message("fields"), Message("in the header of a request: 431"))
    path_bytes: int = _bound(2048, Message("bytes"), Message("of a path: 414"))
    query_string_bytes: int = _bound(16_384, Message("bytes"), Message("of what follows the question mark: 414"))
    body_bytes: int = _bound(1_000_000, Message("bytes"), Message("of the body of a request: 413"))
    wire_bytes: int = _bound(
        2_000_000, Message("bytes"), Message("of a request with its chunk markers: the connection is closed")
    )
    chunks: int = _bound(1000, Message("chunks"), Message("of the body of a request that is sent in chunks: 400"))
    form_fields: int = _bound(200, Message("fields"), Message("of a form, or of the parameters of a query: 400"))
    ranges: int = _bound(16, Message("ranges"), Message("of one request: the whole file is sent"))
    page_rows: int = _bound(500, Message("rows"), Message("on a page of the API: 400"))
    search_characters: int = _bound(200, Message("characters"), Message("of words that the API looks for in rows: 400"))

    # Connections
    connections: int = _bound(1000, Message("connections"), Message("at once: one more is closed"))
    client_connections: int = _bound(
        100, Message("connections"), Message("of one client at once, proxies apart: one more is closed")
    )
    head_seconds: float = _bound(
        10.0, Message("seconds"), Message("from the first byte of a request to the end of its header: 408")
    )
    body_seconds: float = _bound(20.0, Message("seconds"), Message("for the body of a request: 408"))
    idle_seconds: float = _bound(
        15.0, Message("seconds"), Message("that a connection may be silent between requests: it is closed")
    )
    take_rate: int = _bound(
        1000, Message("bytes a second"), Message("at which a client must take an answer: the connection is closed")
    )
    take_seconds: float = _bound(
        20.0, Message("seconds"), Message("between two checks of how much of an answer was taken")
    )
    grace_seconds: int = _bound(
        30, Message("seconds"), Message("that requests under way get when the service is stopped")
    )

    # Queries
    workers: int = _bound(3, Message("queries"), Message("running at once; all but one of them may be long"))
    slice_seconds: float = _bound(
        0.2, Message("seconds"), Message("of processor time, after which a query counts as long")
    )
    client_long: int = _bound(1, Message("queries"), Message("of one client that count as long and run at once"))
    waiting: int = _bound(128, Message("queries"), Message("waiting: 503"))
    client_waiting: int = _bound(32, Message("queries"), Message("of one client waiting: 503"))
    seconds: float = _bound(
        3.0, Message("seconds"), Message("for a query, from its arrival: 504, or 503 if it only waited")
    )
    memory: int = _bound(1 << 30, Message("bytes"), Message("of memory for a query: 422"))
    result_bytes: int = _bound(20_000_000, Message("bytes"), Message("of a result: 422"))
    query_bytes: int = _bound(65_536, Message("bytes"), Message("of a query: 413"))
    query_depth: int = _bound(100, Message("brackets"), Message("of a query inside one another: 403"))
    iri_characters: int = _bound(2048, Message("characters"), Message("of an IRI in a query: 403"))
    page_results: int = _bound(1000, Message("rows"), Message("of a result that the query page shows"))

    # Checks of catalogues, where they are switched on
    catalogue_bytes: int = _bound(
        20_000_000, Message("bytes"), Message("of a catalogue that is sent to be checked: 413")
    )
    catalogue_chunks: int = _bound(
        20_000, Message("chunks"), Message("of such a catalogue when it is sent in chunks: 400")
    )
    catalogue_seconds: float = _bound(60.0, Message("seconds"), Message("for such a catalogue to arrive: 408"))
    checks: int = _bound(2, Message("checks"), Message("running at once"))
    checks_waiting: int = _bound(8, Message("checks"), Message("arriving and waiting: 503"))
    client_checks: int = _bound(3, Message("checks"), Message("of one client arriving, waiting and running: 429"))
    check_seconds: float = _bound(
        30.0, Message("seconds"), Message("for a check: 504; and before that, to wait for others: 503")
    )
    check_memory: int = _bound(1 << 30, Message("bytes"), Message("of memory for a check: 422"))
    report_bytes: int = _bound(50_000_000, Message("bytes"), Message("of a report: 422"))

    # Memory
    clients: int = _bound(
        10_000, Message("clients"), Message("whose rate and queries are remembered; the quietest is forgotten")
    )
    kept_bytes: int = _bound(32_000_000, Message("bytes"), Message("of pages that are cached, for each publication"))

    @property
    def room(self) -> Room:
        """Return what the body of a request may be, where nothing else is said of its address."""
        return Room(self.body_bytes, self.wire_bytes, self.chunks, self.body_seconds)

    @property
    def room_of_catalogues(self) -> Room:
        """Return what the body of a request may be that brings a catalogue."""
        # Around its content a form has little, and each chunk some bytes.
        return Room(self.catalogue_bytes, 2 * self.catalogue_bytes, self.catalogue_chunks, self.catalogue_seconds)

    def asked(self, rate: float, seconds: float) -> Limits:
        """Return these bounds with another rate, of which the burst keeps its share, and another time for a query."""
        # Without a rate, no burst is kept either.
        burst = round(self.burst * rate / self.rate) if self.rate and rate else self.burst
        return replace(self, rate=rate, burst=max(burst, 1), seconds=seconds)


BOUNDS = Limits()


def rows(limits: Limits = BOUNDS, language: str = SOURCE) -> Iterator[tuple[str, str, str]]:
    """Yield of each bound its name, its value, and its unit with what it bounds, in a language."""
    for bound in fields(limits):
        value = getattr(limits, bound.name)
        shown = f"{written(value, language):g}" if value < 1 else f"{written(round(value), language):,}"
        unit, what = (say(bound.metadata[part], language) for part in ("unit", "what"))
        yield bound.name, shown, f"{unit} {what}"


def table(limits: Limits = BOUNDS, language: str = SOURCE) -> str:
    """Return the bounds as lines of text in a language."""
    return "\n".join(f"{name:20} {value:>15} {what}" for name, value, what in rows(limits, language))
