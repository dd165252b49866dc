"""The samples of code on dataset pages: each is run as a reader runs it, and gives the rows of the CSV."""

from __future__ import annotations

import ast
import contextlib
import csv
import io
import os
import shlex
import shutil
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import NAME, ROOT
from ogp_data import pipeline
from ogp_data.core.artefact import Artefact
from ogp_data.core.publication import Publication
from ogp_data.core.resources import value_lists
from ogp_data.declaration.reading import load
from ogp_data.formats.known import KNOWN
from ogp_data.formats.samples import Sample, samples
from ogp_data.models.lists import load_lists
from ogp_data.pipeline import Folders
from typed_publication import Typed, lay_down

TEXTS = ("NA", "null", "01", "1e5", "TRUE", 'a "b", c', "=1+1", "2023-05-26", "été 😀", "")
"""What tools like to take for something else."""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Stood:
    """A publication that is served, and the samples of each of its datasets."""

    folder: Path
    base: str
    samples: Mapping[str, Mapping[str, Sample]]

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.folder / name / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def tool(self, name: str) -> Iterator[tuple[str, str, list[dict[str, str]]]]:
        """Yield the sample of a tool for each dataset, and the rows that it must give."""
        assert self.samples
        yield from ((dataset, found[name].code, self.rows(dataset)) for dataset, found in self.samples.items())


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    folder.mkdir(parents=True, exist_ok=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def loaded(data: Path, name: str, base: str) -> Publication:
    found, _ = load(data, name, load_lists(value_lists()), base_url=base)
    assert found
    return found


def artefacts(folder: Path, publication: Publication) -> list[Artefact]:
    """Return the files of the datasets, by their suffixes."""
    formats = {fmt.suffix: fmt for name, fmt in KNOWN.items() if name != "prov"}
    return [
        Artefact(f"{name}/{name}{suffix}", 0, "", fmt.media_type, fmt, name)
        for name in publication.specs
        for suffix, fmt in formats.items()
        if (folder / name / f"{name}{suffix}").exists()
    ]


@contextlib.contextmanager
def stood(data: Path, name: str, folder: Path) -> Iterator[Stood]:
    with served(folder / "dist") as root:
        base = f"{root}{name}/"
        outcome = pipeline.run(Folders(data, folder / "build", folder / "dist"), name, "", base, lambda _: None)
        assert outcome.published
        publication = loaded(data, name, base)
        files = artefacts(folder / "dist" / name, publication)
        found = {
            spec.name: {one.name: one for one in samples(publication, spec, files)}
            for spec in publication.declaration.dataset
        }
        yield Stood(folder / "dist" / name, base, found)


@pytest.fixture(scope="module", params=[NAME, "typed"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stood]:
    folder = tmp_path_factory.mktemp("samples")
    if request.param == "typed":
        columns = (Typed("name", "text"), Typed("code", "text"), Typed("count", "integer"), Typed("share", "decimal"))
        lay_down(folder / "data", columns, [["x", text, str(at), f"0,{at}"] for at, text in enumerate(TEXTS)])
    else:
        shutil.copytree(ROOT / "data", folder / "data")
    with stood(folder / "data", request.param, folder) as made:
        yield made


def same(found: object, text: str) -> bool:
    """Return whether a value that a tool read is that of the CSV: as its text, or as a number."""
    if text == "":
        return found is None or found == "" or bool(pd.isna(found))  # type: ignore[call-overload]
    if isinstance(found, bool):
        return str(found).lower() == text
    if isinstance(found, int | float | Decimal):
        return float(found) == float(text)
    return " ".join(map(str, found)) == text if isinstance(found, list) else str(found) == text


def differing(found: list[Mapping[str, Any]], rows: list[dict[str, str]]) -> list[tuple[object, str]]:
    assert [list(row) for row in found] == [list(row) for row in rows]
    pairs = ((one[name], row[name]) for one, row in zip(found, rows, strict=True) for name in row)
    return [(value, text) for value, text in pairs if not same(value, text)]


def as_lists(value: object) -> object:
    return list(value) if hasattr(value, "tolist") and not isinstance(value, str) else value


def test_each_dataset_has_a_sample_for_each_tool(site: Stood) -> None:
    for found in site.samples.values():
        assert list(found) == ["Python (pandas)", "R", "DuckDB", "SPARQL", "curl"]


def test_pandas_has_the_rows_and_their_types(site: Stood) -> None:
    for dataset, code, rows in site.tool("Python (pandas)"):
        names: dict[str, Any] = {}
        with contextlib.redirect_stdout(io.StringIO()) as said:
            exec(code, names)
        read = [{k: as_lists(v) for k, v in row.items()} for row in names["rows"].to_dict("records")]
        assert differing(read, rows) == [], dataset
        assert said.getvalue()


def test_duckdb_has_the_rows(site: Stood) -> None:
    """Its wheel has no HTTP, which DuckDB fetches when it first needs it: here the address is the file itself."""
    for dataset, code, rows in site.tool("DuckDB"):
        cursor = duckdb.sql(code.replace(site.base, f"{site.folder}/"))
        read = [dict(zip(cursor.columns, row, strict=True)) for row in cursor.fetchall()]
        assert differing(read, rows) == [], dataset


def test_sparql_has_a_solution_for_each_row(site: Stood) -> None:
    for dataset, code, rows in site.tool("SPARQL"):
        store = ox.Store()
        store.load((site.folder / dataset / f"{dataset}.ttl").read_bytes(), ox.RdfFormat.TURTLE)
        solutions = store.query(code)
        assert isinstance(solutions, ox.QuerySolutions)
        shown = [variable.value for variable in solutions.variables][1:]
        read = [{name: "" if (v := one[name]) is None else v.value for name in shown} for one in solutions]  # type: ignore[union-attr]
        assert len(read) == len(rows)
        is_ours = {name: not any(row[name].startswith("http") for row in read) for name in shown}
        plain = [name for name in shown if is_ours[name]]
        assert plain or not shown
        assert Counter(tuple(row[name] for name in plain) for row in read) == Counter(
            tuple(row[name] for name in plain) for row in rows
        ), dataset


def test_sparql_leaves_out_what_else_an_endpoint_serves(site: Stood) -> None:
    for dataset, code, rows in site.tool("SPARQL"):
        turtle = (site.folder / dataset / f"{dataset}.ttl").read_text(encoding="utf-8")
        store = ox.Store()
        for place in (f"/{dataset}#", f"-second/{dataset}#", f"/{dataset}s#"):
            store.load(turtle.replace(f"/{dataset}#", place).encode(), ox.RdfFormat.TURTLE)
        solutions = store.query(code)
        assert isinstance(solutions, ox.QuerySolutions)
        assert len(list(solutions)) == len(rows), dataset


def test_curl_fetches_the_file(site: Stood, tmp_path: Path) -> None:
    for dataset, code, _ in site.tool("curl"):
        subprocess.run(["sh", "-c", f"{code} --silent"], cwd=tmp_path, check=True)
        name = f"{dataset}.csv"
        assert (tmp_path / name).read_bytes() == (site.folder / dataset / name).read_bytes()


def test_r_has_the_rows(site: Stood, tmp_path: Path) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    write = 'write.csv(rows, "{0}.csv", row.names = FALSE, na = "", fileEncoding = "UTF-8")'
    script = "\n".join(f"{code}\n{write.format(dataset)}" for dataset, code, _ in site.tool("R"))
    (tmp_path / "all.R").write_text(script, encoding="utf-8")
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    subprocess.run(["Rscript", "--vanilla", "all.R"], cwd=tmp_path, check=True, capture_output=True, env=env)
    for dataset, _, rows in site.tool("R"):
        with (tmp_path / f"{dataset}.csv").open(encoding="utf-8", newline="") as file:
            read = list(csv.DictReader(file))
        for one, row in zip(read, rows, strict=True):
            assert list(one) == list(row)
            for name, text in row.items():
                assert one[name] == text or float(one[name]) == float(text), (dataset, name)


def test_without_a_file_there_is_no_sample_that_reads_it(site: Stood) -> None:
    assert site.samples
    publication = loaded(ROOT / "data", NAME, "https://data.voorbeeld.nl/")
    spec = publication.declaration.dataset[0]
    csv_only = [Artefact(f"{spec.name}/{spec.name}.csv", 0, "", "text/csv", KNOWN["csv"], spec.name)]
    assert [one.name for one in samples(publication, spec, csv_only)] == ["R", "curl"]
    assert samples(publication, spec, ()) == ()


ADDRESSES = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), max_size=20)
SHIPPED = loaded(ROOT / "data", NAME, "")


@given(ADDRESSES)
def test_any_address_stands_in_the_code_as_it_is(end: str) -> None:
    """An apostrophe ends a text of SQL or a shell, a quotation mark one of Python or R."""
    base = f"https://data.voorbeeld.nl/{end}/"
    moved = replace(SHIPPED, declaration=replace(SHIPPED.declaration, base_url=base))
    spec = moved.declaration.dataset[0]
    files = [Artefact(f"a.{name}", 0, "", "", KNOWN[name], spec.name) for name in ("csv", "parquet")]
    code = {one.name: one.code for one in samples(moved, spec, files)}
    call = ast.parse(code["Python (pandas)"]).body[1]
    assert isinstance(call, ast.Assign)
    assert isinstance(call.value, ast.Call)
    assert ast.literal_eval(call.value.args[0]) == f"{base}a.parquet"
    assert shlex.split(code["curl"])[-1] == f"{base}a.csv"
    text = code["DuckDB"].removeprefix("SELECT * FROM read_parquet('").removesuffix("');")
    assert "'" not in text.replace("''", "")
    assert text.replace("''", "'") == f"{base}a.parquet"
