"""Connections within their bounds: how many a client has, how slowly it may send and take, what it may not send at all.

uvicorn bounds neither the time for a header or a body nor the connections of one client, and takes a client's fault for
one of the application. What it leaves is added here: one look at all connections each second, by monotonic time.
"""

from __future__ import annotations

import asyncio
import fcntl
import math
import sys
import termios
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from ogp_data.service.forwarded import Trusted, parsed, share
from ogp_data.service.limits import BOUNDS, Limits, Room

EVERY = 1.0
"""Seconds between two looks."""

TOO_SLOW = (
    b"HTTP/1.1 408 Request Timeout\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 17\r\n"
    b"Connection: close\r\n\r\nRequest Timeout.\n"
)

Log = Callable[[str, dict[str, object]], None]


@dataclass(slots=True)
class Gate:
    """The open connections, and how many each client has; a trusted proxy has as many as there may be.

    `rooms`: paths whose requests may have larger bodies.
    """

    log: Log
    limits: Limits = BOUNDS
    proxies: Trusted = field(default_factory=Trusted)
    log_clients: bool = False
    rooms: Mapping[str, Room] = field(default_factory=dict)
    clock: Callable[[], float] = time.monotonic
    open: dict[Connection, str] = field(default_factory=dict)
    of_client: Counter[str] = field(default_factory=Counter)

    def enter(self, connection: Connection, peer: str) -> bool:
        """Return whether a connection may be; it is counted then."""
        client, is_proxy = share(peer), parsed(peer) in self.proxies
        if len(self.open) >= self.limits.connections:
            return False
        # A proxy brings everybody's connections over its own address; whom it brings is counted by request.
        if not is_proxy and self.of_client[client] >= self.limits.client_connections:
            return False
        self.open[connection] = client
        self.of_client[client] += 1
        return True

    def room(self, path: str) -> Room:
        """Return what the body of a request to a path may be."""
        return self.rooms.get(path, self.limits.room)

    def leave(self, connection: Connection) -> None:
        """Forget a connection that is closed."""
        client = self.open.pop(connection, None)
        if client is not None:
            self.of_client[client] -= 1
            # A Counter keeps its zeros, and would grow by every address that ever came.
            if not self.of_client[client]:
                del self.of_client[client]

    def tell(self, reason: str, peer: str) -> None:
        """Write that a connection was ended, and why: each time a fault of the client."""
        self.log("connection", {"reason": reason, **({"client": peer} if self.log_clients else {})})

    async def watch(self) -> None:
        """Look for ever."""
        while True:
            await asyncio.sleep(EVERY)
            now = self.clock()
            # One look at all of them costs less than a timer for each, which every byte that arrives would reset.
            for connection in list(self.open):
                connection.look(now)


class _Parser(h11.Connection):
    """A parser that takes a request of so many chunks: each costs the same, however little it carries."""

    def __init__(self, gate: Gate) -> None:
        super().__init__(h11.SERVER, gate.limits.head_bytes)
        self._gate, self._most, self._chunks = gate, gate.limits.chunks, 0

    @property
    def too_many(self) -> bool:
        return self._chunks > self._most

    def next_event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        event = super().next_event()
        if isinstance(event, h11.Request):
            self._chunks = 0
            self._most = self._gate.room(event.target.partition(b"?")[0].decode("latin-1")).chunks
        elif isinstance(event, h11.Data):
            # h11 yields a chunk in pieces as they arrive; only the first piece of each is a start.
            self._chunks += event.chunk_start
            if self.too_many:
                raise h11.RemoteProtocolError("too many chunks")
        return event


class Connection(H11Protocol):
    """A connection of uvicorn that keeps the bounds of its gate."""

    def __init__(self, gate: Gate, **more: Any) -> None:
        """Begin without anything sent."""
        super().__init__(**more)
        self._gate, self._wire, self._is_over = gate, 0, False
        self.conn: _Parser = _Parser(gate)
        self._seen: tuple[str, object] = ("", None)
        self._counted: object = None
        self._since, self._left = gate.clock(), 0

    @property
    def _room(self) -> Room:
        """Return what the body of the request under way may be."""
        return self._gate.room(self.cycle.scope["path"] if self.cycle is not None else "")

    @property
    def peer(self) -> str:
        """Return the address at the other end."""
        return self.client[0] if self.client else ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin, or end at once when there are too many."""
        super().connection_made(transport)
        if not self._gate.enter(self, self.peer):
            self._gate.tell("too-many", self.peer)
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._gate.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what was sent, up to its bound: chunks of one byte are six times what they carry.

        What still comes of a request that is over is not read as HTTP: it only keeps the answer from being lost.
        """
        # uvicorn makes a cycle for each request of a connection, so a new one begins a new count.
        if self.cycle is not self._counted:
            self._counted, self._wire = self.cycle, 0
        self._wire += len(data)
        if self._wire > self._room.wire_bytes:
            self._end("too-large")
            return
        if not self._is_over:
            super().data_received(data)

    def on_response_complete(self) -> None:
        """Go on to the next request; say no more to a client that still sends a body that nobody asked for."""
        unread = self.conn.their_state is h11.SEND_BODY and self.cycle.scope["method"] in ("GET", "HEAD")
        super().on_response_complete()
        if unread and not self.transport.is_closing():
            self._is_over = True
            self._unset_keepalive_if_required()
            # Closing here would send a reset while the client still sends, and the reset can overtake the answer.
            self.transport.write_eof()

    def send_400_response(self, msg: str) -> None:
        """Tell a client that what it sent is no HTTP; an answer that has begun is broken off."""
        # A second header in the middle of a body would be taken for content.
        begun = self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE)
        self._gate.tell("too-large" if self.conn.too_many else "malformed", self.peer)
        self._leave_cycle()
        if begun:
            self.transport.close()
        else:
            super().send_400_response(msg)

    def _unsupported_upgrade_warning(self) -> None:
        """Say nothing: that an upgrade is not taken is no fault of anybody."""

    def look(self, now: float) -> None:
        """End the connection when what it does takes too long."""
        left = self._left_to_take()
        doing = ("take" if left else self._phase(), self.cycle)
        if doing != self._seen:
            self._seen, self._since, self._left = doing, now, left
            return
        passed = now - self._since
        if passed < self._patience(doing[0]):
            return
        # The client takes fast enough: what it took counts from here on, so that a fast start buys no rest.
        if doing[0] == "take" and self._left - left >= self._gate.limits.take_rate * passed:
            self._since, self._left = now, left
        else:
            self._end(f"slow-{doing[0]}")

    def _patience(self, phase: str) -> float:
        limits = self._gate.limits
        known = {"head": limits.head_seconds, "body": self._room.seconds, "idle": limits.idle_seconds}
        return {**known, "take": limits.take_seconds}.get(phase, math.inf)

    def _left_to_take(self) -> int:
        """Return how many bytes the client has not acknowledged: here, and in the system, which takes some millions."""
        descriptor = self.transport.get_extra_info("socket").fileno()
        # The socket may be closed already, and its number may be another file's.
        if descriptor < 0:
            return 0
        waiting = fcntl.ioctl(descriptor, termios.TIOCOUTQ, bytes(4))
        return self.transport.get_write_buffer_size() + int.from_bytes(waiting, sys.byteorder)

    def _phase(self) -> str:
        """Return what is awaited of a client that took all there is, or `answer` when it waits itself."""
        if self.conn.their_state is h11.SEND_BODY:
            return "body"
        if self.cycle is not None and not self.cycle.response_complete:
            return "answer"
        # Bytes of a header that is not whole wait here; without any the client is between two requests.
        return "head" if self.conn.trailing_data[0] else "idle"

    def _end(self, reason: str) -> None:
        self._gate.tell(reason, self.peer)
        # To a client that takes nothing an answer cannot be told, and one that is idle asked nothing.
        answers = reason in ("slow-head", "slow-body") and self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE)
        self._leave_cycle()
        if answers:
            self.transport.write(TOO_SLOW)
            self.transport.close()
        else:
            self.transport.abort()

    def _leave_cycle(self) -> None:
        """Let the request under way know that nobody waits for its answer."""
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
