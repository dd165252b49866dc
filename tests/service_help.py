"""The service for tests: in this process for what it answers, as a process of its own for how it runs."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from jsonschema import Draft202012Validator

from ogp_data.service.limits import Limits
from ogp_data.service.server import Service, configuration, create, to_log

_SCHEMA_FILE = Path(__file__).parents[1] / "docs/log.schema.json"
SCHEMA = Draft202012Validator(json.loads(_SCHEMA_FILE.read_text(encoding="utf-8")))
"""What a line of the log may be."""

NO_LIMIT = Limits(rate=0)


def quiet(_event: str, _about: dict[str, object]) -> None:
    """Keep no log."""


def service(dist: Path, limits: Limits = NO_LIMIT) -> Service:
    """Return the service over a folder, for one process."""
    return create(dist, quiet, limits)


@dataclass(frozen=True, slots=True)
class Web:
    """A client of a service in this process; redirects are answers, and are not followed."""

    service: Service

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Return an answer, unpacked."""
        return asyncio.run(self._ask(method, path, more))

    def get(self, path: str, **more: Any) -> httpx.Response:
        """Return the answer to GET."""
        return self.request("GET", path, **more)

    def head(self, path: str, **more: Any) -> httpx.Response:
        """Return the answer to HEAD."""
        return self.request("HEAD", path, **more)

    def packed(self, path: str, **headers: str) -> tuple[int, bytes]:
        """Return status and bytes of an answer as they come, with their coding."""
        return asyncio.run(self._stream(path, headers))

    async def _ask(self, method: str, path: str, more: dict[str, Any]) -> httpx.Response:
        async with self._client() as asking:
            return await asking.request(method, path, **more)

    async def _stream(self, path: str, headers: dict[str, str]) -> tuple[int, bytes]:
        async with self._client() as asking, asking.stream("GET", path, headers=headers) as answer:
            return answer.status_code, b"".join([part async for part in answer.aiter_raw()])

    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.ASGITransport(self.service), base_url="http://testserver")


def client(dist: Path, limits: Limits = NO_LIMIT) -> Web:
    """Return a client of the service over a folder."""
    return Web(service(dist, limits))


@dataclass(frozen=True, slots=True)
class Running:
    """A service in a process of its own: where it is, and what it writes."""

    url: str
    port: int
    process: subprocess.Popen[str]
    log: Path

    def lines(self) -> list[dict[str, object]]:
        """Return what it wrote to its log so far, each line as it is documented."""
        found = [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]
        for line in found:
            SCHEMA.validate(line)
        return found

    def requests(self, count: int = 1) -> list[dict[str, object]]:
        """Return the lines of requests when there are so many; they are written after the answer."""
        for _ in range(50):
            found = [line for line in self.lines() if line["event"] == "request"]
            if len(found) >= count:
                return found
            time.sleep(0.1)
        raise AssertionError(f"there are no {count} requests in {self.log}")

    def raw(self, request: bytes) -> bytes:
        """Return the answer to bytes that no client would send, as far as it came."""
        parts: list[bytes] = []
        # A server that closes before it has read all resets the connection (RFC 9112, section 9.6).
        with (
            suppress(ConnectionResetError, BrokenPipeError),
            socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection,
        ):
            connection.sendall(request)
            while part := connection.recv(65536):
                parts.append(part)
        return b"".join(parts)


@contextmanager
def running(dist: Path, folder: Path, *options: str) -> Iterator[Running]:
    """Yield a service that runs over a folder; it is told to stop at the end, and must do so."""
    log = folder / "service.log"
    command = [sys.executable, "-m", "ogp_data", "serve", "--port", "0", "--dist", str(dist), "--rate", "0", *options]
    with log.open("w") as stderr:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=stderr, text=True, env={**os.environ})
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            assert said.startswith("serving at http://"), f"{said}{log.read_text(encoding='utf-8')}"
            url = said.split()[-1]
            yield Running(url, int(url.rstrip("/").rpartition(":")[2]), process, log)
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=40) in (0, -signal.SIGTERM)
            if process.stdout is not None:
                process.stdout.close()


@contextmanager
def serving(service: Service, limits: Limits) -> Iterator[int]:
    """Let a service of this process answer at a port, until the end of the block; yield the port."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        to_log(service.log)
        server = uvicorn.Server(configuration(service, limits))
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.01)
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(timeout=30)


def free_port() -> int:
    """Return a port that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
