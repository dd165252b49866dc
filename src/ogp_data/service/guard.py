"""What stands before every address: bounds on size and rate, security headers on every answer, one line of log each."""

from __future__ import annotations

import json
import secrets
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TextIO

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as Event

from ogp_data.core.messages import Message
from ogp_data.service import forwarded
from ogp_data.service.forwarded import HOST, NOTHING, Trusted, client_of
from ogp_data.service.limits import BOUNDS, Limits, Room
from ogp_data.service.paths import origin_form
from ogp_data.service.policies import policy_of
from ogp_data.service.problems import ProblemError, problem

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
        b"Accept-Ranges, API-Version, Content-Location, Content-Range, ETag, Link, Location, Retry-After, X-Request-Id",
    ),
)
PREFLIGHT = (
    (b"access-control-allow-headers", b"Accept, Accept-Language, Content-Type, If-None-Match, Range"),
    (b"access-control-max-age", b"86400"),
)
"""What an answer to OPTIONS has more, beside its methods: https://fetch.spec.whatwg.org/#http-cors-protocol."""

ANYWHERE = b"frame-ancestors *"
"""In the policy of a page that other sites may show; what knows nothing of policies must not be told DENY."""

CLOSE = {"Connection": "close"}

Log = Callable[[str, dict[str, object]], None]


@dataclass(slots=True)
class Guard:
    """An application behind its bounds.

    `proxies`: those whose word is taken for who asks, and by which address; `rooms`: paths that take larger bodies.
    """

    app: ASGIApp
    log: Log
    limits: Limits = BOUNDS
    clock: Callable[[], float] = time.monotonic
    proxies: Trusted = field(default_factory=Trusted)
    log_clients: bool = False
    rooms: Mapping[str, Room] = field(default_factory=dict)
    _buckets: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it; its answer gets the headers that every answer has."""
        # The start and the end of the server come this way too, and are not requests.
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        told = forwarded.told(scope, self.proxies)
        # Everything behind this line sees the client and the address that count, and need not ask who told them.
        scope = origin_form(forwarded.applied(scope, told) if told is not NOTHING else scope)
        said = _Said(self.clock(), scope, send, told.request_id or secrets.token_hex(8))
        try:
            await self._answer(scope, receive, said.send)
        except Exception:
            reason = traceback.format_exc(limit=-5)[-4000:]
            self.log("failed", {"id": said.request_id, "path": scope["path"][:200], "reason": reason})
            if said.status:  # the answer has begun: only breaking it off can tell the client
                raise
            fault = ProblemError(500, Message("The service failed on this request; the failure is in its log."))
            await problem(Request(scope, receive), fault)(scope, receive, said.send)
        finally:
            self._tell(scope, said)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            self._check(request)
            await self.app(scope, _bounded(receive, self._most(request)), send)
        except ProblemError as fault:
            await problem(request, fault)(scope, receive, send)

    def _check(self, request: Request) -> None:
        """Raise ProblemError for a request that is too much, or has no place in an answer."""
        limits, scope = self.limits, request.scope
        fields = scope["headers"]
        if len(fields) > limits.head_fields:
            raise ProblemError(
                431, Message("A request may have {head_fields} header fields.", head_fields=limits.head_fields), CLOSE
            )
        size, hosts = 0, []
        for name, value in fields:
            size += len(name) + len(value)
            if name == b"host":
                hosts.append(value)
        if size > limits.head_bytes:
            raise ProblemError(
                431,
                Message("The header of a request may have {head_bytes} bytes.", head_bytes=limits.head_bytes),
                CLOSE,
            )
        if len(scope.get("query_string", b"")) > limits.query_string_bytes:
            raise ProblemError(
                414,
                Message(
                    "The query string is longer than {query_string_bytes} bytes.",
                    query_string_bytes=limits.query_string_bytes,
                ),
            )
        # The host becomes part of addresses in answers: whoever could write anything here could put a link in them.
        if len(hosts) > 1 or (hosts and hosts[0] and not HOST.fullmatch(hosts[0].decode("latin-1"))):
            raise ProblemError(400, Message("The Host is not one that an address can have."))
        length = request.headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit():
            raise ProblemError(400, Message("The Content-Length is not a number."))
        most = self._most(request)
        if len(length) > 15 or int(length) > most:
            raise ProblemError(413, Message("A request may have {most} bytes at most.", most=most), CLOSE)
        wait = self._wait(client_of(scope)) if limits.rate else 0.0
        if wait > 0:
            raise ProblemError(
                429, Message("That is too many requests in a short time."), {"Retry-After": str(int(wait) + 1)}
            )

    def _most(self, request: Request) -> int:
        """Return how many bytes the body of a request may have."""
        return self.rooms.get(request.scope["path"], self.limits.room).body_bytes

    def _wait(self, client: str) -> float:
        """Return how many seconds a client must wait; 0 when it may go on, and is counted."""
        now = self.clock()
        # Popped and put back, so that the dictionary is in order of use, and the first is who was quiet longest.
        tokens, since = self._buckets.pop(client, (float(self.limits.burst), now))
        tokens = min(self.limits.burst, tokens + (now - since) * self.limits.rate)
        allowed = tokens >= 1
        self._buckets[client] = (tokens - allowed, now)
        if len(self._buckets) > self.limits.clients:
            self._buckets.popitem(last=False)
        return 0.0 if allowed else (1 - tokens) / self.limits.rate

    def _tell(self, scope: Scope, said: _Said) -> None:
        line: dict[str, object] = {
            "id": said.request_id,
            "method": scope["method"][:20],
            "path": scope["path"][:200],
            "status": said.status,
            "bytes": said.bytes,
            "ms": round((self.clock() - said.began) * 1000, 1),
        }
        if self.log_clients and scope.get("client"):
            line["client"] = scope["client"][0]
        self.log("request", line)


@dataclass(slots=True)
class _Said:
    """An answer on its way: its status, how many bytes it has, and the headers that it gets."""

    began: float
    scope: Scope
    to: Send
    request_id: str
    status: int = 0
    bytes: int = 0

    async def send(self, message: Event) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            # A page brings a policy of its own, with the hashes of its styles; two policies would both have to be met.
            own = {name.lower() for name, _ in message["headers"]}
            more: tuple[tuple[bytes, bytes], ...] = HEADERS
            if self.scope["method"] == "OPTIONS":
                allowed = [(b"access-control-allow-methods", v) for k, v in message["headers"] if k.lower() == b"allow"]
                more = (*HEADERS, *PREFLIGHT, *allowed)
            if any(k.lower() == b"content-security-policy" and ANYWHERE in v for k, v in message["headers"]):
                own.add(b"x-frame-options")
            own_id = (b"x-request-id", self.request_id.encode())
            message["headers"] = [*message["headers"], own_id, *(pair for pair in more if pair[0] not in own)]
        elif message["type"] == "http.response.body":
            self.bytes += len(message.get("body", b""))
        await self.to(message)


def _bounded(receive: Receive, most: int) -> Receive:
    """Return what receives a request of bounded size, also when it does not tell its size before."""
    got = 0

    async def bounded() -> Event:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        # Counted as it comes, because a request in chunks need not say its length.
        if got > most:
            raise ProblemError(413, Message("A request may have {most} bytes at most.", most=most), CLOSE)
        return message

    return bounded


def to_stream(stream: TextIO) -> Log:
    """Return a log that writes each event as one line of JSON."""

    def log(event: str, about: dict[str, object]) -> None:
        moment = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        stream.write(json.dumps({"time": moment, "event": event, **about}, ensure_ascii=True) + "\n")
        # At once: the last lines before a crash are the ones that somebody will want to read.
        stream.flush()

    return log
