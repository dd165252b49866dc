"""A column may be called what a format, a library or the program itself calls something else."""

from __future__ import annotations

import io
import json
import sqlite3
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from rdflib import Graph

from generate_declarations import NAME, SEQUENCE, Small, column, faults, furniture, table
from ogp_data import pipeline
from ogp_data.pipeline import Folders

NAMES = (
    *("position", "value", "line", "line_text", "place", "row", "column", "dataset", "sequence"),  # the program's own
    *("select", "order", "group", "table", "index", "references", "null", "rowid", "values", "key"),  # SQL
    *("class", "from", "import", "lambda", "def", "self", "none"),  # Python
    *("count", "size", "shape", "columns", "loc", "T".lower(), "name"),  # pandas
    *("id", "type", "graph", "context", "language", "base", "vocab", "container"),  # JSON-LD
    *("limit", "cursor", "sort", "fields", "q", "f", "constructor", "prototype", "length"),  # addresses and JavaScript
)


@pytest.mark.parametrize("key", ["position", "value"])
def test_a_column_of_any_name_is_published_in_every_format(tmp_path: Path, key: str) -> None:
    headings = [f"H{index}" for index in range(len(NAMES))]
    rows = [[f"{name} {row}" for name in NAMES] for row in (1, 2)]
    columns = [
        column(name, "cell", "string", heading=heading, key=name == key)
        for name, heading in zip(NAMES, headings, strict=True)
    ]
    text = "# Plan\n\n" + "\n".join("\t".join(line) for line in [headings, *rows]) + "\n"
    Small(text, [table(headings, *columns), furniture(), faults()]).write(tmp_path / "data")
    folders = Folders(tmp_path / "data", tmp_path / "build", tmp_path / "dist")
    outcome = pipeline.run(folders, NAME, "", "", lambda _: None)
    assert outcome.published, [str(found) for found in outcome.report.findings]
    expected = [dict(zip(NAMES, row, strict=True)) for row in rows]
    made = outcome.folder / "actions"
    for frame in (pd.read_csv(made / "actions.csv"), pd.read_parquet(made / "actions.parquet")):
        assert frame[list(NAMES)].to_dict("records") == expected
    sheet = openpyxl.load_workbook(io.BytesIO((made / "actions.xlsx").read_bytes())).worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["publication", *NAMES, "source_places"]
    graph = json.loads((made / "actions.jsonld").read_text())["@graph"]
    assert [{name: node[name] for name in NAMES} for node in graph] == expected
    triples = Graph().parse(made / "actions.jsonld", format="json-ld")
    assert {*triples} == {*Graph().parse(made / "actions.ttl")}
    with sqlite3.connect(outcome.folder / f"{NAME}.sqlite") as database:
        found = database.execute(f'SELECT "{key}" FROM actions ORDER BY 1').fetchall()
        places = database.execute("SELECT * FROM _actions_source_places ORDER BY 1").fetchall()
        lines = database.execute('SELECT line, "row" FROM rows_by_line WHERE dataset = ?', ("actions",)).fetchall()
    assert found == [(f"{key} 1",), (f"{key} 2",)]
    assert places == [(NAME, f"{key} 1", 1, "L4"), (NAME, f"{key} 2", 1, "L5")]
    assert lines == [(4, f"{key} 1"), (5, f"{key} 2")]


def test_findings_have_their_lines_whatever_their_columns_are_called(tmp_path: Path) -> None:
    parts = [column("line", "kind", "string"), column("line_text", "statement", "string")]
    found = {**faults(), "column": [SEQUENCE, *parts, faults()["column"][-1]]}
    text = "# Plan\n\nA\tB\nx\ty\n\tz\n"
    Small(text, [table(["A", "B"], continues="empty-key"), furniture(), found]).write(tmp_path / "data")
    folders = Folders(tmp_path / "data", tmp_path / "build", tmp_path / "dist")
    outcome = pipeline.run(folders, NAME, "", "", lambda _: None)
    assert outcome.published, [str(found) for found in outcome.report.findings]
    with sqlite3.connect(outcome.folder / f"{NAME}.sqlite") as database:
        view = database.execute("SELECT * FROM source_findings_by_line")
        assert [name for name, *_ in view.description] == [
            *("line", "publication", "sequence", "line_", "line_text", "source_places", "line_text_")
        ]
        assert [row[0:4] for row in view] == [(4, NAME, 1, "split-row")]
