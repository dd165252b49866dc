"""What stands before every address: bounds on size and rate, security headers on every answer, one line of log each."""

from __future__ import annotations

import json
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TextIO

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ogp_data.service.app import policy_of
from ogp_data.service.paths import origin_form
from ogp_data.service.problems import ProblemError, problem

LONGEST_QUERY = 16_384
CLIENTS = 10_000
"""So many clients are remembered for their rate; the one that was quiet longest is forgotten first."""

HEADERS = (
    (b"content-security-policy", policy_of().encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"strict-transport-security", b"max-age=31536000"),
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"Accept-Ranges, API-Version, Content-Location, Content-Range, ETag, Link, Location, Retry-After",
    ),
)
PREFLIGHT = (
    (b"access-control-allow-headers", b"Accept, Accept-Language, Content-Type, If-None-Match, Range"),
    (b"access-control-max-age", b"86400"),
)
"""What an answer to OPTIONS has more, beside its methods: https://fetch.spec.whatwg.org/#http-cors-protocol."""

Log = Callable[[str, dict[str, object]], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for each client: requests a second in the long run (0: none), at once, and bytes of one request."""

    rate: float = 50.0
    burst: int = 200
    body: int = 1_000_000
    log_clients: bool = False


@dataclass(slots=True)
class Guard:
    """An application behind its bounds."""

    app: ASGIApp
    log: Log
    limits: Limits = field(default_factory=Limits)
    clock: Callable[[], float] = time.monotonic
    _buckets: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it; its answer gets the headers that every answer has."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        said = _Said(self.clock(), scope, send)
        try:
            await self._answer(scope, receive, said.send)
        except Exception:
            self.log("failed", {"path": scope["path"][:200], "reason": traceback.format_exc(limit=-5)})
            if said.status:  # the answer has begun: only breaking it off can tell the client
                raise
            fault = ProblemError(500, "The service failed on this request; the failure is in its log.")
            await problem(Request(scope, receive), fault)(scope, receive, said.send)
        finally:
            self._tell(scope, said)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            self._check(request)
            await self.app(origin_form(scope), _bounded(receive, self.limits.body), send)
        except ProblemError as fault:
            await problem(request, fault)(scope, receive, send)

    def _check(self, request: Request) -> None:
        """Raise ProblemError for a request that is too much."""
        if len(request.scope.get("query_string", b"")) > LONGEST_QUERY:
            raise ProblemError(414, f"The query string is longer than {LONGEST_QUERY} bytes.")
        length = request.headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit():
            raise ProblemError(400, "The Content-Length is no number.")
        if len(length) > 15 or int(length) > self.limits.body:
            raise ProblemError(413, f"A request may have {self.limits.body} bytes at most.", {"Connection": "close"})
        wait = self._wait(request.client.host if request.client else "")
        if wait > 0:
            raise ProblemError(429, "That is too many requests in a short time.", {"Retry-After": str(int(wait) + 1)})

    def _wait(self, client: str) -> float:
        """Return how many seconds a client must wait; 0 when it may go on, and is counted."""
        if not self.limits.rate:
            return 0.0
        now = self.clock()
        tokens, since = self._buckets.pop(client, (float(self.limits.burst), now))
        tokens = min(self.limits.burst, tokens + (now - since) * self.limits.rate)
        allowed = tokens >= 1
        self._buckets[client] = (tokens - allowed, now)
        if len(self._buckets) > CLIENTS:
            self._buckets.popitem(last=False)
        return 0.0 if allowed else (1 - tokens) / self.limits.rate

    def _tell(self, scope: Scope, said: _Said) -> None:
        line: dict[str, object] = {
            "method": scope["method"],
            "path": scope["path"][:200],
            "status": said.status,
            "bytes": said.bytes,
            "ms": round((self.clock() - said.began) * 1000, 1),
        }
        if self.limits.log_clients and scope.get("client"):
            line["client"] = scope["client"][0]
        self.log("request", line)


@dataclass(slots=True)
class _Said:
    """An answer on its way: its status, how many bytes it has, and the headers that it gets."""

    began: float
    scope: Scope
    to: Send
    status: int = 0
    bytes: int = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            own = {name.lower() for name, _ in message["headers"]}
            more: tuple[tuple[bytes, bytes], ...] = HEADERS
            if self.scope["method"] == "OPTIONS":
                allowed = [(b"access-control-allow-methods", v) for k, v in message["headers"] if k.lower() == b"allow"]
                more = (*HEADERS, *PREFLIGHT, *allowed)
            message["headers"] = [*message["headers"], *(pair for pair in more if pair[0] not in own)]
        elif message["type"] == "http.response.body":
            self.bytes += len(message.get("body", b""))
        await self.to(message)


def _bounded(receive: Receive, most: int) -> Receive:
    """Return what receives a request of bounded size, also when it does not tell its size before."""
    got = 0

    async def bounded() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > most:
            raise ProblemError(413, f"A request may have {most} bytes at most.", {"Connection": "close"})
        return message

    return bounded


def to_stream(stream: TextIO) -> Log:
    """Return a log that writes each event as one line of JSON."""

    def log(event: str, about: dict[str, object]) -> None:
        moment = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        stream.write(json.dumps({"time": moment, "event": event, **about}, ensure_ascii=True) + "\n")
        stream.flush()

    return log
