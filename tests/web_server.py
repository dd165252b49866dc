"""A server of raw sockets on this machine: it says byte for byte what a test tells it to, and counts what is taken."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

Say = Callable[[socket.socket, "Wire"], None]


@dataclass
class Wire:
    """The server: the heads of the requests it got, the bytes that were taken from it, and whether to end."""

    say: Say
    context: ssl.SSLContext | None = None
    heads: list[bytes] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    sent: int = 0
    connections: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Wire:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._threads: list[threading.Thread] = []
        self._begin(self._accept)
        return self

    @property
    def base(self) -> str:
        return f"http{'s' if self.context else ''}://127.0.0.1:{self.port}"

    def _begin(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self.stop.is_set():
            with suppress(OSError):
                connection, _ = self._listening.accept()
                self.connections += 1
                self._begin(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError):
            if self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
            with connection:
                while head := self._head(connection):
                    self.heads.append(head)
                    self.say(connection, self)

    def _head(self, connection: socket.socket) -> bytes:
        head = b""
        while b"\r\n\r\n" not in head:
            part = connection.recv(65_536)
            if not part:
                return b""
            head += part
        return head

    def send(self, connection: socket.socket, content: bytes) -> None:
        """Send, and count what the other side took."""
        connection.sendall(content)
        self.sent += len(content)

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()


def give(content: bytes, *headers: str, status: str = "200 OK") -> Say:
    """Return an answer with this content."""
    head = "\r\n".join((f"HTTP/1.1 {status}", f"Content-Length: {len(content)}", *headers))

    def say(connection: socket.socket, wire: Wire) -> None:
        wire.send(connection, head.encode("latin-1") + b"\r\n\r\n" + content)

    return say


def endless(start: bytes, piece: bytes, pause: float = 0.0) -> Say:
    """Return an answer that begins, and goes on for ever."""

    def say(connection: socket.socket, wire: Wire) -> None:
        wire.send(connection, start)
        while not wire.stop.wait(pause) if pause else not wire.stop.is_set():
            wire.send(connection, piece)

    return say
