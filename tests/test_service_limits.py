"""Each bound of the service is one value, told by the command and in the documentation, and held exactly."""

from __future__ import annotations

import asyncio
import json
import random
import re
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import fields, replace
from pathlib import Path

import httpx
import pytest

from made_publication import BASE, publication
from ogp_data.cli.main import main
from ogp_data.service import server
from ogp_data.service.cache import Kept
from ogp_data.service.limits import BOUNDS, Limits, rows
from ogp_data.service.query_pool import Pool, Query
from ogp_data.service.server import create
from ogp_data.service.snapshot import File
from service_help import client, quiet, serving

PAGE = Path(__file__).parents[1] / "docs/service.md"


def test_the_documentation_has_each_bound_with_its_value_and_nothing_else() -> None:
    told = re.findall(r"^\| `(\w+)` \| ([\d,.]+) \| (.*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert told == list(rows())
    assert [float(value.replace(",", "")) for _, value, _ in told] == [
        getattr(BOUNDS, bound.name) for bound in fields(Limits)
    ]


def test_the_command_prints_each_bound() -> None:
    command = [sys.executable, "-P", "-m", "ogp_data", "serve", "--help"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for name, value, what in rows():
        assert re.search(rf"^{name} +{re.escape(value)} {re.escape(what)}$", printed, re.MULTILINE), name


def kept(monkeypatch: pytest.MonkeyPatch, bounds: Limits, *options: str) -> Limits:
    """Return the bounds with which the command starts the service, when the program has these."""
    settings: list[server.Options] = []
    monkeypatch.setattr("ogp_data.service.limits.BOUNDS", bounds)
    monkeypatch.setattr(server, "run", lambda given, *_: settings.append(given))
    assert main(["serve", "--dist", "dist", *options]) == 0
    (given,) = settings
    return given.limits


def test_a_service_without_options_keeps_each_bound_as_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = Limits(**{bound.name: getattr(BOUNDS, bound.name) * 2 + 1 for bound in fields(Limits)})
    assert kept(monkeypatch, changed) == changed
    assert kept(monkeypatch, replace(changed, rate=0.0)) == replace(changed, rate=0.0)


def test_a_changed_bound_is_the_one_that_a_client_meets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publication(tmp_path, "one", 1)
    given = kept(monkeypatch, replace(BOUNDS, rate=0.001, burst=3))
    web = client(tmp_path, given)
    assert [web.get("/health").status_code for _ in range(4)] == [200, 200, 200, 429]


def test_help_and_table_say_the_changed_value(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("ogp_data.service.limits.BOUNDS", replace(BOUNDS, rate=7.5, seconds=11, workers=77))
    with pytest.raises(SystemExit):
        main(["serve", "--help"])
    printed = " ".join(capsys.readouterr().out.split())
    assert "burst changes with it (default: 7.5)" in printed
    assert "a query may take (default: 11)" in printed
    assert "workers 77 queries running at once" in printed


@pytest.mark.parametrize(
    ("rate", "burst"), [("50", 200), ("100", 400), ("10", 40), ("0.5", 2), ("0.001", 1), ("1e6", 4_000_000), ("0", 200)]
)
def test_an_option_goes_before_and_the_burst_follows_the_rate(
    rate: str, burst: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = kept(monkeypatch, replace(BOUNDS, rate=50.0, burst=200), "--rate", rate, "--query-seconds", "9")
    assert given == replace(BOUNDS, rate=float(rate), burst=burst, seconds=9.0)


@pytest.mark.parametrize("value", ["inf", "nan", "-1", "1e400", "5e-324", "x", ""])
@pytest.mark.parametrize("option", ["--rate", "--query-seconds"])
def test_a_bound_that_nobody_can_keep_is_wrong_usage(
    option: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", f"{option}={value}"])
    assert ended.value.code == 2
    assert f"argument {option}: " in capsys.readouterr().err


def test_whatever_number_is_given_is_refused_or_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    chance, taken = random.Random(7), 0
    for _ in range(60):
        rate, seconds = (struct.unpack("d", chance.randbytes(8))[0] for _ in range(2))
        if chance.random() < 0.5:
            rate, seconds = 10 ** chance.uniform(-5, 8), 10 ** chance.uniform(-5, 8)
        fits = 0.001 <= rate <= 1_000_000 and 0.001 <= seconds <= 86_400
        options = (f"--rate={rate!r}", f"--query-seconds={seconds!r}")
        if not fits:
            with pytest.raises(SystemExit, match=r"^2$"):
                kept(monkeypatch, BOUNDS, *options)
            continue
        given = kept(monkeypatch, BOUNDS, *options)
        taken += 1
        assert (given.rate, given.seconds) == (rate, seconds)
        assert given.burst == 1 or abs(given.burst - rate * BOUNDS.burst / BOUNDS.rate) <= 0.5
    assert 0 < taken < 60


# Just below, just above ----------------------------------------------------------------------------------

B = BOUNDS
SPARQL = {"Content-Type": "application/sparql-query"}
HTML = {"Accept": "text/html", "Accept-Language": "nl"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    dist = tmp_path_factory.mktemp("dist")
    publication(dist, "one", 1)
    limits = replace(BOUNDS, rate=0, workers=1, seconds=30)
    with (
        serving(create(dist, quiet, limits), limits) as port,
        httpx.Client(base_url=f"http://127.0.0.1:{port}") as made,
    ):
        made.headers.clear()
        yield made


def ask(client: httpx.Client, path: str = "/health", body: bytes | None = None, **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.request("GET" if body is None else "POST", path, content=body, headers=named).status_code


def test_the_path_and_the_query_string_have_their_bytes(asking: httpx.Client) -> None:
    assert [ask(asking, f"/{'a' * (B.path_bytes - 1 + more)}") for more in (0, 1)] == [404, 414]
    assert [ask(asking, f"/health?{'a' * (B.query_string_bytes + more)}") for more in (0, 1)] == [200, 414]


def test_the_header_has_its_fields_and_its_bytes(asking: httpx.Client) -> None:
    own = len(asking.build_request("GET", "/health").headers)
    for count, status in ((B.head_fields - own, 200), (B.head_fields - own + 1, 431)):
        assert ask(asking, **{f"X{number}": "y" for number in range(count)}) == status
    size = sum(len(name) + len(value) for name, value in asking.build_request("GET", "/health").headers.raw)
    for more, status in ((0, 200), (1, 431)):
        assert ask(asking, X="y" * (B.head_bytes - size - 1 + more)) == status


def test_a_body_and_a_query_have_their_bytes_whether_the_length_is_told_or_not(asking: httpx.Client) -> None:
    for size, status in ((B.query_bytes, 200), (B.query_bytes + 1, 413), (B.body_bytes, 413), (B.body_bytes + 1, 413)):
        query = b"ASK{}" + b" " * (size - 5)
        assert asking.post("/sparql", content=query, headers=SPARQL).status_code == status
        assert asking.post("/sparql", content=iter([query]), headers=SPARQL).status_code == status


def test_a_form_has_its_fields(asking: httpx.Client) -> None:
    for count, status in ((B.form_fields, 200), (B.form_fields + 1, 400)):
        body = "query=ASK%7B%7D" + "&a=b" * (count - 1)
        assert asking.post("/sparql", content=body, headers=FORM).status_code == status


def test_a_query_has_its_depth_and_its_iris_their_length(asking: httpx.Client) -> None:
    deep = [f"ASK {{ FILTER({'(' * n}1{')' * n}) }}" for n in (B.query_depth - 2, B.query_depth - 1)]
    long = [f"ASK {{ ?s <a:{'b' * (B.iri_characters - 2 + more)}> ?o }}" for more in (0, 1)]
    for queries in (deep, long):
        assert [asking.post("/sparql", content=q, headers=SPARQL).status_code for q in queries] == [200, 403]


def test_a_request_has_its_ranges(asking: httpx.Client) -> None:
    for count, status in ((B.ranges, 206), (B.ranges + 1, 200), (2000, 200)):
        ranges = ",".join(f"{2 * number}-{2 * number}" for number in range(count))
        assert ask(asking, "/one/catalog.ttl", Range=f"bytes={ranges}") == status


def test_a_result_and_its_memory_have_their_bytes(tmp_path: Path) -> None:
    file = tmp_path / "a.nt"
    file.write_text("<urn:a> <urn:b> <urn:c> .\n")

    async def run() -> None:
        pool = Pool({"urn:g": file}, Limits(workers=1, seconds=30, result_bytes=1000))
        await pool.start()
        for size, fault in ((1000 - 5, None), (1000 - 4, "large")):  # x, a line end, the value, a line end
            query = Query(f'SELECT ("{"y" * size}" AS ?x) {{}}', "text/csv", "")
            (said,) = await asyncio.gather(pool.query(query), return_exceptions=True)
            assert getattr(said, "kind", None) == fault
        await pool.close()

    asyncio.run(run())


def test_a_query_has_its_memory(tmp_path: Path) -> None:
    file = tmp_path / "a.nt"
    file.write_text("".join(f"<urn:a> <urn:b> <urn:{number}> .\n" for number in range(300)))
    heavy = Query("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f LIMIT 1", "text/csv", "")  # 90,000 rows to sort

    async def run(memory: int) -> str | None:
        pool = Pool({"urn:g": file}, Limits(workers=1, seconds=30, memory=memory))
        await pool.start()
        (said,) = await asyncio.gather(pool.query(heavy), return_exceptions=True)
        await pool.close()
        return getattr(said, "kind", None)

    assert asyncio.run(run(80_000_000)) is None
    assert asyncio.run(run(12_000_000)) == "memory"


def test_a_page_of_rows_and_a_page_of_results_have_their_rows(tmp_path: Path) -> None:
    rows = "\n".join(["number", *map(str, range(B.page_rows + 1)), ""])
    named = {"title": "T", "description": "D"}
    schema = {"primaryKey": ["number"], "fields": [{"name": "number", "type": "integer", **named}]}
    resource = {"name": "themes", "path": "themes/themes.csv", "schema": schema, **named}
    described = json.dumps({"id": f"{BASE}catalog", "resources": [resource]}).encode()
    publication(tmp_path, "one", 1, {"themes/themes.csv": rows.encode(), "datapackage.json": described})
    limits = replace(BOUNDS, rate=0, workers=1, seconds=30)
    with (
        serving(create(tmp_path, quiet, limits), limits) as port,
        httpx.Client(base_url=f"http://127.0.0.1:{port}") as web,
    ):
        for size, status in ((B.page_rows, 200), (B.page_rows + 1, 400)):
            asked = web.get("/api/v1/publications/one/datasets/themes/rows", params={"limit": size})
            assert asked.status_code == status
        for count, cut in ((B.page_results, 0), (B.page_results + 1, 1)):
            values = " ".join(map(str, range(count)))
            page = web.get("/sparql", params={"query": f"SELECT ?x {{ VALUES ?x {{ {values} }} }}"}, headers=HTML).text
            assert page.count("<tr>") == B.page_results + 1
            assert (f", {cut} weggelaten" in page) is bool(cut)


def test_what_is_kept_has_its_bytes() -> None:
    def made(size: int) -> Callable[[], File]:
        return lambda: File("x", b"x" * size, "", "text/plain")

    async def run() -> None:
        cache = Kept()
        await cache.once("a", made(B.kept_bytes - 1))
        await cache.once("b", made(1))
        assert cache.bytes == B.kept_bytes
        assert (await cache.once("a", made(0))).content
        await cache.once("c", made(1))  # one byte too many: the one that was asked for longest ago goes
        assert not (await cache.once("b", made(0))).content

    asyncio.run(run())


@pytest.mark.parametrize(("waits", "answered"), [(0.2, True), (4.0, False)])
def test_a_stopped_service_gives_requests_under_way_their_grace(tmp_path: Path, waits: float, answered: bool) -> None:
    publication(tmp_path, "one", 1)
    limits = replace(BOUNDS, rate=0, workers=1, grace_seconds=1)
    with ExitStack() as service, socket.socket() as client:
        port = service.enter_context(serving(create(tmp_path, quiet, limits), limits))
        client.connect(("127.0.0.1", port))
        client.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n"
            b"Content-Type: application/sparql-query\r\n\r\nASK"
        )
        time.sleep(0.2)  # the service has the request, and lacks two bytes
        ending = threading.Thread(target=service.close)
        ending.start()
        time.sleep(waits)
        with suppress(OSError):
            client.sendall(b"{}")
        said = b""
        with suppress(OSError):
            while part := client.recv(65_536):
                said += part
        ending.join()
    assert said.startswith(b"HTTP/1.1 200") is answered


def test_a_clock_that_jumps_changes_no_answer(asking: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    first, now = asking.get("/one/catalog.ttl"), time.time()
    for offset in (-1e9, 86_400.0, 0.0, 1e9, -3600.0):
        monkeypatch.setattr(time, "time", lambda offset=offset: now + offset)
        for headers in ({}, {"If-None-Match": first.headers["ETag"]}, {"Range": "bytes=0-9"}):
            again = asking.get("/one/catalog.ttl", headers=headers)
            assert again.status_code == (304 if "If-None-Match" in headers else 206 if headers else 200)
        assert asking.post("/sparql", content=b"ASK{}", headers=SPARQL).status_code == 200
