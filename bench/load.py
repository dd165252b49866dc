"""Measure the service under load, beside plain nginx and `oxigraph serve` in the same run: `make bench-service`.

Each row is one address of one server, asked over loopback by a number of connections that stay open, each of which
sends its next request when the answer to the last one is there. Servers of one comparison take turns, and a row is
what all their turns together gave. The client is one process of Python on the same machine: it takes a processor for
itself, and what it can ask at most is the row that nginx reaches.

A comparison is between the same bytes: nginx has the very files that the service gives, also the page of a catalogue.
What is not there (nginx, oxigraph) is left out, and that is told.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

NAME, LARGE = "nl-2020-2022", "large"
DATASETS = 1000
QUERY = """\
PREFIX dct: <http://purl.org/dc/terms/>
SELECT ?row ?title WHERE { ?row dct:title ?title } ORDER BY ?row LIMIT 20
"""
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Case:
    """What is asked of a server: the row's names, where, and the bytes of the request."""

    what: str
    server: str
    port: int
    request: bytes


@dataclass(frozen=True, slots=True)
class Row:
    """What came of it: requests a second, milliseconds that half and 99 of 100 waited at most, faults, bytes of one."""

    per_second: float
    p50: float
    p99: float
    faults: int
    bytes: int


def request(path: str, port: int, *headers: str) -> bytes:
    """Return a request as it goes over the wire."""
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "User-Agent: load", *headers, "", ""]
    return "\r\n".join(lines).encode()


# Asking ---------------------------------------------------------------------------------------------------


async def ask(case: Case, connections: int, seconds: float) -> tuple[list[float], int, int]:
    """Return how long each answer took, how many were none, and the bytes of one."""
    end = time.perf_counter() + seconds
    parts = await asyncio.gather(*(_connection(case, end) for _ in range(connections)))
    return [t for times, _, _ in parts for t in times], sum(p[1] for p in parts), max(p[2] for p in parts)


async def _connection(case: Case, end: float) -> tuple[list[float], int, int]:
    times, faults, size = [], 0, 0
    reader, writer = await asyncio.open_connection("127.0.0.1", case.port, limit=2**20)
    while (begin := time.perf_counter()) < end:
        writer.write(case.request)
        status, size = await _answer(reader)
        times.append(time.perf_counter() - begin)
        faults += status != 200
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
    return times, faults, size


async def _answer(reader: asyncio.StreamReader) -> tuple[int, int]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head.split(b" ", 2)[1])
    _, found, length = head.partition(b"content-length:")
    if found:
        size = int(length.partition(b"\r\n")[0])
        await reader.readexactly(size)
        return status, size
    size = 0
    while chunk := int((await reader.readuntil(b"\r\n")).strip() or b"0", 16):
        size += len(await reader.readexactly(chunk))
        await reader.readexactly(2)
    await reader.readuntil(b"\r\n")
    return status, size


def measure(cases: Sequence[Case], connections: int, seconds: float) -> list[Row]:
    """Return a row for each case; they take turns."""
    times: list[list[float]] = [[] for _ in cases]
    faults, sizes = [0] * len(cases), [0] * len(cases)
    for case in cases:
        asyncio.run(ask(case, 2, 0.3))
    for _ in range(ROUNDS):
        for index, case in enumerate(cases):
            taken, failed, sizes[index] = asyncio.run(ask(case, connections, seconds))
            times[index] += taken
            faults[index] += failed
    return [_row(times[i], faults[i], sizes[i], seconds * ROUNDS) for i in range(len(cases))]


def _row(times: list[float], faults: int, size: int, seconds: float) -> Row:
    ordered = sorted(times)
    at = [ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000 for part in (0.5, 0.99)]
    return Row(len(times) / seconds, at[0], at[1], faults, size)


# Servers --------------------------------------------------------------------------------------------------


def free_port() -> int:
    """Return a port that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(command: Sequence[str], port: int) -> Iterator[None]:
    """Run a server until the end of the block; it must answer within a minute."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            if process.poll() is not None:
                raise SystemExit(f"{command[0]} ended with {process.returncode}")
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


def nginx_configuration(folder: Path, files: Path, port: int) -> Path:
    """Return the configuration of an nginx that gives files and does nothing else."""
    path = folder / "nginx.conf"
    temporary = "".join(
        f"  {n}_temp_path {folder}/{n};\n" for n in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    path.write_text(
        f"daemon off;\nworker_processes 1;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n"
        f"events {{ worker_connections 1024; }}\nhttp {{\n{temporary}"
        f"  types {{ text/html html; text/turtle ttl; }}\n  access_log off;\n  sendfile on;\n"
        f"  keepalive_requests 10000000;\n"
        f"  server {{ listen 127.0.0.1:{port}; root {files}; }}\n}}\n"
    )
    return path


def fetch(port: int, path: str, accept: str = "*/*") -> bytes:
    """Return what a server gives, or nothing when it gives none."""
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Accept": accept})
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return bytes(answer.read())
    except OSError:
        return b""


def serve(dist: Path, port: int) -> list[str]:
    """Return the command that serves a folder, without a bound on its only client."""
    program = str(Path(sys.executable).with_name("ogp-data"))
    return [program, "serve", "--port", str(port), "--dist", str(dist), "--rate", "0"]


# Comparisons ----------------------------------------------------------------------------------------------


def prepare(dist: Path, folder: Path) -> Path:
    """Return a folder with the publication and one of a large made catalogue beside it."""
    from made_publication import publication

    both = folder / "dist"
    shutil.copytree(dist, both, symlinks=True)
    publication(both, LARGE, DATASETS)
    return both


def files_cases(own: int, files: Path, nginx: int | None) -> list[list[Case]]:
    """Return the comparisons of files, having laid the very bytes before nginx."""
    page = next(p for p in ("index.html", "nl/index.html", "dictionary.html") if fetch(own, f"/{NAME}/{p}"))
    wanted = (
        ("landing page", f"/{NAME}/{page}", "text/html", "page.html"),
        ("negotiated IRI", f"/{NAME}/commitments", "text/turtle", "commitments.ttl"),
        ("page of a catalogue", f"/{LARGE}/catalog.ttl?page=2", "text/turtle", "catalogue.ttl"),
    )
    found = []
    for what, path, accept, file in wanted:
        (files / file).write_bytes(fetch(own, path, accept))
        cases = [Case(what, "ogp-data serve", own, request(path, own, f"Accept: {accept}"))]
        if nginx:
            cases.append(Case(what, "nginx, the same bytes", nginx, request(f"/{file}", nginx)))
        found.append(cases)
    return found


def sparql_cases(own: int, oxigraph: int | None) -> list[Case]:
    """Return the comparison of a query; nothing when the service has no SPARQL."""
    path, accept = f"/sparql?query={quote(QUERY)}", "Accept: application/sparql-results+json"
    if not fetch(own, path, "application/sparql-results+json"):
        return []
    cases = [Case("SPARQL query", "ogp-data serve", own, request(path, own, accept))]
    if oxigraph:
        asked = f"/query?query={quote(QUERY)}&union-default-graph"
        cases.append(Case("SPARQL query", "oxigraph serve-read-only", oxigraph, request(asked, oxigraph, accept)))
    return cases


def loaded(program: Path, dist: Path, folder: Path) -> Path:
    """Return a store of oxigraph with what the service has in its own."""
    store = folder / "store"
    graphs = sorted(p for p in (dist / NAME).resolve().rglob("*.ttl") if "v" not in p.relative_to(dist).parts[:3])
    for file in [*graphs, (dist / LARGE / "catalog.ttl").resolve()]:
        command = [str(program), "load", "--location", str(store), "--file", str(file), "--graph", f"urn:{file.name}"]
        subprocess.run(command, check=True, capture_output=True)
    return store


def compare(dist: Path, oxigraph: Path, connections: int, seconds: float) -> list[tuple[Case, Row]]:
    """Return a row for every address of every server."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as servers:
        folder = Path(name)
        folder.chmod(0o755)
        both, files = prepare(dist, folder), folder / "files"
        files.mkdir()
        own, web, query = free_port(), None, None
        servers.enter_context(started(serve(both, own), own))
        if program := shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin"):
            web = free_port()
            command = [program, "-e", f"{folder}/error.log", "-c", str(nginx_configuration(folder, files, web))]
            servers.enter_context(started(command, web))
        if oxigraph.is_file():
            query, store = free_port(), loaded(oxigraph, both, folder)
            command = [str(oxigraph), "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{query}"]
            servers.enter_context(started(command, query))
        found = []
        for cases in (*files_cases(own, files, web), sparql_cases(own, query)):
            found += list(zip(cases, measure(cases, connections, seconds), strict=True))
        return found


def table(rows: Sequence[tuple[Case, Row]]) -> str:
    """Return the rows as a table in Markdown."""
    lines = [
        "| what | server | bytes | requests/s | half within | 99 % within | faults |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {case.what} | {case.server} | {row.bytes:,} | {row.per_second:,.0f} | {row.p50:.1f} ms | {row.p99:.1f} ms |"
        f" {row.faults} |"
        for case, row in rows
    ]
    return "\n".join(lines)


def main() -> int:
    """Measure, and print what came of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", help="folder of what is published (default: dist)")
    parser.add_argument("--oxigraph", type=Path, default=Path(), help="the program `oxigraph`")
    parser.add_argument("--connections", type=int, default=16, help="connections at once (default: 16)")
    parser.add_argument("--seconds", type=float, default=4.0, help="seconds of one turn of three (default: 4)")
    options = parser.parse_args()
    if not (options.dist / NAME).exists():
        print(f"There is no {options.dist / NAME}: publish it first.", file=sys.stderr)
        return 2
    rows = compare(options.dist, options.oxigraph, options.connections, options.seconds)
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()},")
    print(f"{options.connections} connections, {ROUNDS} turns of {options.seconds:g} s each\n\n{table(rows)}")
    for server in ("nginx", "oxigraph"):
        if not any(server in case.server for case, _ in rows):
            print(f"\n{server} is not there, or has nothing to be compared with: left out.")
    return 1 if any(row.faults for _, row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
