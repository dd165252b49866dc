"""Requests as bytes -> answers of the service, over a socket and in this process."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import h11
from hypothesis import strategies as st

from fuzz.damage import broken_bytes, texts
from fuzz.served import asking
from fuzz.target import BrokenError, Case, Check, Target
from fuzz.texts import bars, spaced
from service_help import Running, running

METHODS = (
    "G\u0000T",
    *("GET",) * 12,
    *spaced("HEAD HEAD OPTIONS POST POST PUT DELETE TRACE CONNECT PATCH get M-SEARCH"),
)
SETS = spaced("themes commitments assessments links process narrative document source_findings source-findings")
PATHS = (
    "",
    *spaced(
        """
tiny tiny/ health sparql sparql/ api api/v1 api/v1/ api/v1/openapi.json api/v1/openapi.yaml tiny/catalog
tiny/catalog.ttl tiny/catalog.jsonld tiny/catalog.rdf tiny/catalog.nt tiny/linkset tiny/ldes tiny/index.html tiny/nl/
tiny/en/ tiny/everything tiny/tiny.zip tiny/tiny.sqlite tiny/manifest.json tiny/changes tiny/feed.atom
tiny/source/evaluatie.txt tiny/codelists/oordelen tiny/codelists/ogp tiny/reports/ tiny/query.html tiny/dictionary
tiny/v/ tiny/datapackage.json .tiny .tiny/ tiny/.. %2e%2e tiny// * api/v1/publications api/v1/publications/tiny
api/v1/publications/tiny/datasets
"""
    ),
    *(f"tiny/{name}" for name in SETS),
    *(f"tiny/{name}/{name}.{suffix}" for name in SETS[:3] for suffix in spaced("csv ttl xlsx parquet jsonld html")),
    *(f"tiny/{name}.{suffix}" for name in SETS[:3] for suffix in spaced("csv ttl nt rdf jsonld html xml")),
    *(
        f"api/v1/publications/tiny/datasets/{name}{rest}"
        for name in SETS
        for rest in ("", "/rows", "/rows", "/rows/1", "/rows/C1", "/rows/x")
    ),
)
PARAMETERS = (
    "a=b&" * 250,
    *spaced(
        """
page=1 page=0 page=2 page=999999999999 page= page=-1 page=١ pageSize=1 pageSize=1000 pageSize=0 sort=number
sort=-number sort=x sort= sort=number,-number fields=number fields= fields=number,x number=1 number=x
number=1&number=2 progress=completed theme=1 title=x q=x modified_since=2024-01-01 modified_since=x
modified_since=2024-01-01T00:00:00+99:00 modified_since=9999-12-31 number[gte]=1 number=%00 query=ASK{} query=
query=SELECT%20*%20WHERE%20{?s%20?p%20?o}%20LIMIT%203 query=x&query=y update=x default-graph-uri=x
named-graph-uri=https://data.voorbeeld.nl/tiny/themes query=DESCRIBE%20<x> % %zz=1 = && ;
"""
    ),
)
HEADERS = bars(
    """
Accept: text/turtle | Accept: application/ld+json | Accept: text/html | Accept: */* | Accept: */*;q=0 | Accept: x
Accept: text/csv;q=0.5, application/json;q=x | Accept: text/turtle;q=1.0001 | Accept: text/*;a="b,c;q=0" | Accept:
Accept: application/sparql-results+json | Accept: text/turtle;a,Accept: text/turtle
Accept: application/rdf+xml;q=0.1,*/*;q=0.2 | Accept-Language: nl | Accept-Language: en-GB;q=0.9 | Accept-Language: *
Accept-Language: nl- | Accept-Encoding: gzip | Accept-Encoding: gzip;q=0 | Accept-Encoding: identity;q=0
Accept-Encoding: br, *;q=0 | Accept-Encoding: zstd | Range: bytes=0-0 | Range: bytes=-5 | Range: bytes=5-
Range: bytes=9-1 | Range: bytes=0-1,3-4 | Range: bytes=-0 | Range: bytes=99999999999999999999- | Range: lines=1-2
Range: bytes= | Range: bytes=a-b | If-Range: "x" | If-Range: x | If-None-Match: "x" | If-None-Match: *
If-None-Match: W/"x", "y" | If-None-Match: x | If-Match: "x" | If-Match: *
If-Modified-Since: Thu, 01 Jan 2026 00:00:00 GMT | If-Modified-Since: x
If-Modified-Since: Thu, 01 Jan 99999 00:00:00 GMT | If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT | Host: [
Host: x:y:z | Host: a@b | Host: | Host: é.nl | Host: x/y | X-Forwarded-For: x | X-Forwarded-Proto: gopher
Forwarded: for=_x | Origin: null | Origin: x | Upgrade: websocket | Content-Type: application/sparql-query
Content-Type: application/x-www-form-urlencoded | Content-Type: x; charset=utf-7
Content-Type: application/sparql-update | Content-Type: application/sparql-query; charset=" | Content-Length: 0
Content-Length: 5 | Content-Length: -1 | Content-Length: 99999999999999999999 | Content-Length: 1e3
Content-Length: +5 | Transfer-Encoding: chunked | Transfer-Encoding: gzip, chunked | Expect: 100-continue
Connection: keep-alive | TE: trailers | Access-Control-Request-Method: PUT | Access-Control-Request-Headers: x
Cookie: a=b | Authorization: Basic x | Prefer: x
"""
)
BODIES = (
    "",
    "",
    "ASK {}",
    "query=ASK%7B%7D",
    "5\r\nASK{}\r\n0\r\n\r\n",
    "query=%ff",
    "x" * 3000,
    "update=x",
    "query=SELECT*{?s ?p ?o}",
    "{}",
)
PIECES = (
    b"\0",
    b"\r\n",
    b"\n",
    b"\r",
    b" ",
    b"\t",
    b":",
    b"%00",
    b"%2f",
    b"..",
    b"\xff",
    b"\xc3\xa9",
    b"HTTP/0.9",
    b"HTTP/2.0",
    b"#",
    b"%" * 99,
)


@st.composite
def targets(draw: st.DrawFn) -> str:
    """Return what follows the method: nearly always an address that there is."""
    path = draw(st.sampled_from(PATHS))
    if draw(st.integers(0, 4)) == 0:
        at = draw(st.integers(0, len(path)))
        path = path[:at] + draw(texts) + path[at + draw(st.integers(0, 2)) :]
    query = "&".join(draw(st.lists(st.sampled_from(PARAMETERS), max_size=3)))
    before = draw(
        st.sampled_from((*("/",) * 20, "", "//", "http://x.nl/", "https://x.nl:99999/", "http:/", "HTTP://x"))
    )
    return before + path + (f"?{query}" if query else "")


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Return a request, sometimes with damage to its bytes."""
    headers = draw(st.lists(st.sampled_from(HEADERS), max_size=4))
    if draw(st.integers(0, 6)) == 0:
        headers.append(
            f"{draw(st.sampled_from(('Accept', 'Accept-Language', 'Range', 'If-None-Match', 'X')))}: {draw(texts)}"
        )
    body = draw(st.sampled_from(BODIES))
    if body and draw(st.integers(0, 3)):
        headers.append(f"Content-Length: {len(body)}")
    if not any(header.startswith("Host") for header in headers):
        headers.append("Host: x.nl")
    if draw(st.integers(0, 9)):
        headers.append("Connection: close")
    line = f"{draw(st.sampled_from(METHODS))} {draw(targets())} HTTP/1.1".replace("\n", "")
    content = "\r\n".join((line, *headers, "", body)).encode()
    if draw(st.integers(0, 4)) == 0:
        content = draw(broken_bytes(content, st.sampled_from(PIECES)))
    return Case(content, ".http")


# What must hold -----------------------------------------------------------------------------------------

QUIET = 0.1
"""Seconds without an answer after which a request is taken to be unfinished, and ended."""


@contextmanager
def opened(folder: Path) -> Iterator[Check]:
    """Yield the check of a request: answered in this process, and by a service that goes on."""
    with asking(folder) as service, running(folder / "dist", folder) as process:

        def check(case: Case) -> str:
            _send(process, case.content)
            parsed = _parsed(case.content)
            if parsed is None:
                return "no request"
            request, body = parsed
            said = service.ask(request.method.decode(), request.target, list(request.headers), body)
            if said.status in (503, 504) and b"sparql" not in request.target:
                raise BrokenError(f"status {said.status}", str(said))
            return str(said)

        yield check


def _parsed(content: bytes) -> tuple[h11.Request, bytes] | None:
    """Return a request as a server reads it; None for what it refuses by itself."""
    reader, body = h11.Connection(h11.SERVER), b""
    try:
        reader.receive_data(content)
        request = reader.next_event()
        while isinstance(event := reader.next_event(), h11.Data):
            body += bytes(event.data)
    except (h11.RemoteProtocolError, RuntimeError):
        return None
    return (request, body) if isinstance(request, h11.Request) else None


def _send(process: Running, content: bytes) -> None:
    """Send bytes to the service; BrokenError when it fails on them, does not end, or answers nobody afterwards."""
    answer = _exchange(process.port, content)
    if answer.startswith(b"HTTP/1.1 500"):
        raise BrokenError("status 500 over a socket", answer.decode("utf-8", "replace"))
    if answer and not answer.startswith(b"HTTP/1.1 "):
        raise BrokenError("an answer that is no HTTP", repr(answer[:200]))
    health = _exchange(process.port, b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 5.0)
    if not health.startswith(b"HTTP/1.1 200"):
        raise BrokenError("the service does not answer afterwards", repr(health[:200]))


def _exchange(port: int, content: bytes, patience: float = QUIET) -> bytes:
    """Return what comes for bytes until the connection is closed; TimeoutError when that takes too long."""
    answer, until = bytearray(), time.monotonic() + 9.0
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as connection:
        try:
            connection.sendall(content)
            while part := _received(connection):
                answer += part
            connection.settimeout(max(0.1, until - time.monotonic()))
            connection.shutdown(socket.SHUT_WR)
            while part := connection.recv(65536):
                answer += part
        except (ConnectionError, OSError) as reason:
            if isinstance(reason, TimeoutError):
                raise
    return bytes(answer)


def _received(connection: socket.socket) -> bytes:
    try:
        return connection.recv(65536)
    except TimeoutError:
        return b""


REQUESTS = Target("requests", cases(), opened)
