"""The service over the tiny publication: in this process, and as a process of its own on the loopback."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from fuzz.target import BrokenError
from fuzz.tiny import NAME, copied
from ogp_data import pipeline
from ogp_data.pipeline import Folders
from ogp_data.service.limits import Limits
from ogp_data.service.server import Service, create

BOUNDS = Limits(rate=0, workers=1, seconds=2.0, memory=1 << 28, result_bytes=1_000_000)
"""Bounds of queries: tight ones, so that many can be tried."""
LONGEST = 8.0
UNLIKE = frozenset({"date", "last-modified", "x-request-id"})
"""Header fields that differ from one answer to the next."""
Headers = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Said:
    """An answer of the service."""

    status: int
    headers: dict[str, str]
    body: bytes

    def __str__(self) -> str:
        headers = "\n".join(f"{name}: {value}" for name, value in sorted(self.headers.items()) if name not in UNLIKE)
        return f"{self.status}\n{headers}\n\n{self.body.decode('utf-8', 'replace')}"


@dataclass(frozen=True, slots=True)
class Asking:
    """The service in this process, and what it wrote into its log."""

    runner: asyncio.Runner
    service: Service
    log: list[tuple[str, dict[str, object]]]

    def ask(self, method: str, target: bytes, headers: Headers = (), body: bytes = b"") -> Said:
        """Return an answer; BrokenError when it is none that a service may give."""
        said = self.runner.run(self._ask(method, target, headers, body))
        failed = [about for event, about in self.log if event in ("failed", "server")]
        self.log.clear()
        if failed or said.status == 500:
            raise BrokenError(f"the service failed {_where(failed)}", json.dumps(failed) if failed else str(said))
        _check(method, said)
        return said

    async def _ask(self, method: str, target: bytes, headers: Headers, body: bytes) -> Said:
        raw, _, query = target.partition(b"?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote_to_bytes(raw).decode("utf-8", "replace"),
            "raw_path": raw,
            "query_string": query,
            "root_path": "",
            "headers": [(name.lower(), value) for name, value in headers],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 8000),
        }
        sent, gone = [{"type": "http.request", "body": body, "more_body": False}], asyncio.Event()
        messages: list[Any] = []

        async def receive() -> Any:
            if sent:
                return sent.pop()
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            messages.append(message)

        async with asyncio.timeout(LONGEST):
            await self.service(scope, receive, send)
        return _answer(messages)


def _where(failed: Sequence[dict[str, object]]) -> str:
    """Return the last place of our code that a failure went through."""
    frames = re.findall(r'ogp_data/([\w/]+)\.py", line \d+, in (\w+)', "".join(map(str, failed)))
    return " in ".join(reversed(frames[-1])) if frames else ""


def _answer(messages: Sequence[Any]) -> Said:
    kinds = [message["type"] for message in messages]
    if kinds[:1] != ["http.response.start"] or set(kinds[1:]) != {"http.response.body"}:
        raise BrokenError("no whole answer", str(kinds))
    headers = messages[0]["headers"]
    if any(re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", name + value) for name, value in headers):
        raise BrokenError("a header with control characters", str(headers))
    body = b"".join(message.get("body", b"") for message in messages[1:])
    return Said(messages[0]["status"], {n.decode().lower(): v.decode("latin-1") for n, v in headers}, body)


def _check(method: str, said: Said) -> None:
    """Raise BrokenError for an answer that is not as every answer is."""
    length = said.headers.get("content-length")
    if method != "HEAD" and said.status != 304 and length is not None and int(length) != len(said.body):
        raise BrokenError("a length that is not that of the body", str(said))
    if method == "HEAD" and said.body:
        raise BrokenError("a body for HEAD", str(said))
    if said.headers.get("x-content-type-options") != "nosniff":
        raise BrokenError("no headers of security", str(said))
    kind = said.headers.get("content-type", "").partition(";")[0]
    if kind.endswith("json") and said.body and "content-encoding" not in said.headers and said.status != 206:
        json.loads(said.body)


def published(folder: Path) -> Path:
    """Publish the tiny publication, and return the folder to serve."""
    data = copied(folder)
    outcome = pipeline.run(Folders(data, folder / "build", folder / "dist"), NAME, "", "", lambda _: None)
    assert outcome.published, [str(found) for found in outcome.report.findings]
    return folder / "dist"


@contextmanager
def asking(folder: Path, limits: Limits = BOUNDS) -> Iterator[Asking]:
    """Yield the service over the tiny publication, in this process."""
    log: list[tuple[str, dict[str, object]]] = []
    service = create(published(folder), lambda event, about: log.append((event, about)), limits)
    with asyncio.Runner() as runner:
        living = _living(service)
        runner.run(living.__aenter__())
        try:
            yield Asking(runner, service, log)
        finally:
            runner.run(living.__aexit__(None, None, None))


@asynccontextmanager
async def _living(service: Service) -> AsyncIterator[None]:
    """Let a service live as its server does."""
    to, back = asyncio.Queue[Any](), asyncio.Queue[Any]()
    life = asyncio.create_task(service({"type": "lifespan"}, to.get, back.put))
    await to.put({"type": "lifespan.startup"})
    await back.get()
    yield
    await to.put({"type": "lifespan.shutdown"})
    await life
