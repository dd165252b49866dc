"""The service as a process: its parts put together, a socket, and an end that lets requests finish."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import resource
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from ogp_data.core.messages import Message, languages
from ogp_data.service import validation
from ogp_data.service.api import Api
from ogp_data.service.app import App
from ogp_data.service.checking import Checks
from ogp_data.service.connections import Connection, Gate
from ogp_data.service.feed import Feed
from ogp_data.service.forwarded import Trusted
from ogp_data.service.framing import LOOK
from ogp_data.service.guard import Guard, Log
from ogp_data.service.limits import BOUNDS, Limits, Room
from ogp_data.service.resolve import languages_of
from ogp_data.service.snapshot import Published
from ogp_data.service.sparql import Endpoint, graphs_served
from ogp_data.service.state import EVERY, State
from ogp_data.service.validation import Validator

NOBODY = Trusted()


class RefusedError(Exception):
    """A service that cannot be started, with the reason and its fix in words."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the service is run.

    `proxies`: those whose word is taken for who asks, and by which address; `profiles`: those by which catalogues of
    others are checked, the usual one first, none when they are not.
    """

    dist: Path
    host: str = "127.0.0.1"
    port: int = 8000
    limits: Limits = BOUNDS
    proxies: Trusted = NOBODY
    log_clients: bool = False
    profiles: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """The whole application: what starts with it, what ends with it, and what answers."""

    state: State
    answer: ASGIApp
    log: Log
    queries: Endpoint
    gate: Gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or live from the server's start to its end."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self.answer({**scope, LOOK: self.state.published.look}, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        async with self._running():
            await send({"type": "lifespan.startup.complete"})
            await receive()
        self.log("stopped", {})
        await send({"type": "lifespan.shutdown.complete"})

    @asynccontextmanager
    async def _running(self) -> AsyncIterator[None]:
        # Each part that has begun is ended in reverse order, also when a later one cannot begin.
        async with AsyncExitStack() as parts:
            watch = asyncio.create_task(self.state.watch())
            parts.push_async_callback(_ended, watch)
            look = asyncio.create_task(self.gate.watch())
            parts.push_async_callback(_ended, look)
            await self.queries.start()
            parts.push_async_callback(self.queries.close)
            follow = asyncio.create_task(self._follow())
            parts.push_async_callback(_ended, follow)
            yield

    async def _follow(self) -> None:
        """Let queries be answered from what is served, one exchange after another; a failed one leaves the old."""
        known = _builds(self.state.published)
        while True:
            await asyncio.sleep(EVERY)
            published = self.state.published
            if _builds(published) == known:
                continue
            # Before the exchange: a build that cannot be loaded is tried once, not every second.
            known = _builds(published)
            try:
                await self.queries.replace(graphs_served(published))
            except Exception as reason:
                self.log("reload-failed", {"reason": f"SPARQL: {type(reason).__name__}: {reason}"})


def _builds(published: Published) -> dict[str, str]:
    return {name: snapshot.build for name, snapshot in published.snapshots.items()}


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


def create(
    dist: Path,
    log: Log,
    limits: Limits = BOUNDS,
    proxies: Trusted = NOBODY,
    log_clients: bool = False,
    profiles: Sequence[str] = (),
) -> Service:
    """Return the service over a folder of publications."""
    state = State(dist, log)
    queries = Endpoint(
        graphs_served(state.published),
        limits,
        spoken=lambda: spoken(state.published),
        published=lambda: state.published,
    )
    mounts: dict[str, ASGIApp] = {"api": Api(state, profiles), "sparql": queries}
    rooms: dict[str, Room] = {}
    if profiles:
        mounts["validate"] = Validator(Checks(limits), profiles, lambda: spoken(state.published))
        rooms[validation.PATH] = limits.room_of_catalogues
    feed = Feed()
    state.listeners.append(feed.replaced)
    guard = Guard(App(state, mounts, feed), log, limits, proxies=proxies, log_clients=log_clients, rooms=rooms)
    return Service(state, guard, log, queries, Gate(log, limits, proxies, log_clients, rooms))


def spoken(published: Published) -> list[str]:
    """Return the languages in which the program speaks, those of the published pages first and in their order."""
    known = languages()
    first = (language for snapshot in published.publications.values() for language in languages_of(snapshot))
    return [language for language in dict.fromkeys([*first, *known]) if language in known]


def run(options: Options, log: Log, ready: Callable[[str], None]) -> None:
    """Serve until the process is told to stop; RefusedError when it cannot begin."""
    if not options.dist.is_dir():
        raise RefusedError(
            Message(
                "there is no folder {dist}; publish first (ogp-data publish), or name one with --dist",
                dist=options.dist,
            )
        )
    # Before anything is read: a taken port is the commonest fault, and should not cost the reading of all files.
    listener = _listener(options)
    _allow_files(options.limits.connections)
    service = create(options.dist, log, options.limits, options.proxies, options.log_clients, options.profiles)
    to_log(log)
    host, port = listener.getsockname()[:2]
    log("listening", {"host": host, "port": port, "publications": list(service.state.published.publications)})
    for name, text in service.state.published.faults.items():
        log("fault", {"publication": name, "detail": text})
    ready(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
    with listener:
        uvicorn.Server(configuration(service, options.limits)).run(sockets=[listener])


def configuration(service: Service, limits: Limits) -> uvicorn.Config:
    """Return how the HTTP server below the service is set up."""
    return uvicorn.Config(
        service,
        http=partial(Connection, service.gate),  # type: ignore[arg-type]  # it is only called
        # Nothing here speaks WebSocket, and an upgrade would leave the bounds of connections.
        ws="none",
        # The log is ours, one line of JSON for each event; uvicorn's would be lines of text in between.
        log_config=None,
        access_log=False,
        # The name and version of a server help only those who look for a weak one.
        server_header=False,
        date_header=True,
        # uvicorn believes X-Forwarded-For of every local client by default; `forwarded.py` asks who may say so.
        proxy_headers=False,
        h11_max_incomplete_event_size=limits.head_bytes,
        timeout_keep_alive=int(limits.idle_seconds),
        timeout_graceful_shutdown=limits.grace_seconds,
        lifespan="on",
    )


def _allow_files(connections: int) -> None:
    """Let the process have as many sockets as connections, where the system lets it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    # Beside connections there are the pipes of workers, the listener, and a file or two while a build is read.
    wanted = connections + 200
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def to_log(log: Log) -> None:
    """Let what the HTTP server has to say come into the log of the service."""
    for name in ("uvicorn", "asyncio"):
        server_log = logging.getLogger(name)
        server_log.handlers, server_log.propagate = [_Server(log)], False


class _Server(logging.Handler):
    """Takes what fails in the HTTP server into the log of the service; what it warns of are the faults of clients."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.ERROR)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        text = self.format(record) if record.exc_info else record.getMessage()
        self._log("server", {"level": record.levelname.lower(), "message": text})


def _listener(options: Options) -> socket.socket:
    """Return a socket that listens; RefusedError says how to fix that it cannot."""
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    # Named TCP, else asyncio leaves Nagle's algorithm on, and each body waits 40 ms for the header's acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    # Otherwise a restart fails for a minute, until the system has forgotten the connections of the process before.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((options.host, options.port))
        listener.listen(2048)
    except (OSError, OverflowError) as reason:
        listener.close()
        raise RefusedError(_mend(options, reason)) from None
    return listener


def _mend(options: Options, reason: Exception) -> str:
    where = f"{options.host}:{options.port}"
    if isinstance(reason, OverflowError):
        return Message(
            "{port} is not a port; name one from 0 to 65535 with --port (0 takes a free one)", port=options.port
        )
    if isinstance(reason, PermissionError):
        return Message(
            "{where} is not allowed here; ports below 1024 are for root: name another with --port", where=where
        )
    if isinstance(reason, socket.gaierror):
        return Message(
            "{host!r} is not an address of this machine; name one with --host, such as 127.0.0.1", host=options.host
        )
    if isinstance(reason, OSError) and reason.strerror and "in use" in reason.strerror:
        return Message(
            "{where} is taken by another program; stop that one, or name another port with --port", where=where
        )
    return Message(
        "cannot listen at {where}: {reason}; name another address with --host or --port", where=where, reason=reason
    )
