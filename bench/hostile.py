"""What is sent to the service to keep it busy: ten times the length may take at most twelve times as long to read."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

from targets import Target, alternated

from ogp_data.core.web import accept
from ogp_data.service import refusals

HEADERS: dict[str, Callable[[int], str]] = {
    "quoted pairs without an end": lambda count: '"' + '\\"' * count + "\\",
    "escapes": lambda count: '\\"' * count + "\\",
    "quotes": lambda count: '"a' * count,
    "commas": lambda count: "," * 2 * count,
}
QUERIES: dict[str, Callable[[int], str]] = {
    "words": lambda count: "a-" * count,
    "bases": lambda count: "BASE<a/>" * (count // 4),
    "prefixes": lambda count: "PREFIX a:<b> " * (count // 8),
    "braces": lambda count: "ASK " + "{" * count + "}" * count,
    "quotes": lambda count: '"""' + '\\"""' * (count // 2),
}
SHORT, LONG, LIMIT = 3_000, 30_000, 12


def measure(rounds: int) -> list[Target]:
    """Return how the time of reading an Accept header and a query grows with their length."""
    headers = [_growth(f"header of {name}", _choose, make, rounds) for name, make in HEADERS.items()]
    return headers + [_growth(f"query of {name}", _look_at, make, rounds) for name, make in QUERIES.items()]


def _growth(name: str, read: Callable[[str], object], make: Callable[[int], str], rounds: int) -> Target:
    short, long = alternated(rounds, lambda: _seconds(read, make(SHORT)), lambda: _seconds(read, make(LONG)))
    return Target(f"{name}: {LONG:,} / {SHORT:,}", long, short, LIMIT)


def _seconds(read: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    for _ in range(10):
        read(text)
    return time.process_time() - began


def _choose(header: str) -> None:
    accept.choose(header, ["text/turtle", "text/html"])


def _look_at(query: str) -> None:
    with contextlib.suppress(refusals.RefusedError):
        refusals.dataset(query, set())
