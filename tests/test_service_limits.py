"""Each bound of the service is one value, told by the command and in the documentation, and held exactly."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import httpx
import pytest

from made_publication import publication
from ogp_data.service.limits import BOUNDS, Limits, rows
from ogp_data.service.query_pool import Pool, Query
from ogp_data.service.server import create
from service_help import quiet, serving

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


# Just below, just above ----------------------------------------------------------------------------------

B = BOUNDS
SPARQL = {"Content-Type": "application/sparql-query"}
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
