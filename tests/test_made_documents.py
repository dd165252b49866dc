"""The same plan in every form of document gives the same rows, and is published whole."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from document_help import links, read
from made_documents import DATASETS, EXPECTED, LAW, MADE, NAME, REPORT, TABLE, TABLE_ALONE, laid_down
from ogp_data.core.findings import errors
from ogp_data.formats.known import received


def rows(folder: Path, name: str) -> list[tuple[str, ...]]:
    """Return the rows of a dataset without their publication and places."""
    with (folder / name / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [tuple(row[1:-1]) for row in list(csv.reader(file))[1:]]


def places(folder: Path, name: str) -> list[str]:
    with (folder / name / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [row["source_places"] for row in csv.DictReader(file)]


CELL = "/html/body%5B1%5D/table%5B1%5D/tr%5B2%5D/td%5B1%5D"
PLACES = {
    "markdown": (["L7", "L8", "L9"], ["L15", "L16", "L17"], "#line=14,15"),
    "pdf": (["p1"] * 3, ["p1", "p2", "p2"], "#page=1&viewrect="),
    "docx": (["b4", "b5", "b6"], ["b9", "b10", "b11"], "#block=9"),
    "html": (["b4", "b5", "b6"], ["b9", "b10", "b11"], f"#selector(type=XPathSelector,value={CELL})"),
}
"""Kind -> the places of the commitments and of the rows of the table, and how its first cell is found in the file."""


@pytest.mark.parametrize("kind", PLACES)
def test_a_plan_is_published_whole_from_each_form(kind: str, tmp_path: Path) -> None:
    content = MADE[kind]()
    outcome = laid_down(tmp_path, kind, content, DATASETS).publish()
    assert outcome.published, [str(found) for found in outcome.report.findings]
    assert errors(outcome.report.findings) == []
    for name, expected in EXPECTED.items():
        assert rows(outcome.folder, name) == list(expected), name
    assert [(row[4], row[-1]) for row in rows(outcome.folder, "links")] == [("the law", LAW), ("report", REPORT)]
    commitments, progress, fragment = PLACES[kind]
    assert places(outcome.folder, "commitments") == commitments
    assert places(outcome.folder, "progress") == progress
    provenance = (outcome.folder / "progress" / "progress.prov.ttl").read_text(encoding="utf-8")
    assert f"source/document.{kind}{fragment}" in provenance
    catalogue = (outcome.folder / "catalog.ttl").read_text(encoding="utf-8")
    assert f"media-types/{received(kind).media_type}>" in catalogue
    assert (outcome.folder / "source" / f"document.{kind}").read_bytes() == content
    page = (outcome.folder / "en" / "source" / "index.html").read_text(encoding="utf-8")
    assert "Stream the council" in page


@pytest.mark.parametrize("kind", [kind for kind in MADE if kind not in ("markdown", "csv")])
def test_fills_are_read_where_the_form_has_them(kind: str) -> None:
    document = read(kind, MADE[kind]())
    body = [block.cells for block in document.blocks if block.cells][1:]
    assert [[cell.fill for cell in row] for row in body] == [[cell.fill for cell in row] for row in TABLE]


@pytest.mark.parametrize("kind", [kind for kind in MADE if kind != "csv"])
def test_links_are_read_with_the_words_that_they_cover(kind: str) -> None:
    assert ("report", REPORT) in links(read(kind, MADE[kind]()))
    assert kind in ("xlsx", "ods") or ("the law", LAW) in links(read(kind, MADE[kind]()))


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_a_table_alone_gives_the_same_rows(kind: str, tmp_path: Path) -> None:
    outcome = laid_down(tmp_path, kind, MADE[kind](), TABLE_ALONE).publish()
    assert outcome.published, [str(found) for found in outcome.report.findings]
    assert rows(outcome.folder, "progress") == list(EXPECTED["progress"])
    sheet = "document" if kind == "csv" else "Plan"
    assert places(outcome.folder, "progress")[1] == f"{sheet}!A3 {sheet}!B3 {sheet}!C3"
    assert [row[-1] for row in rows(outcome.folder, "links")] == ([] if kind == "csv" else [REPORT])
    catalogue = (outcome.folder / "catalog.ttl").read_text(encoding="utf-8")
    assert f"media-types/{received(kind).media_type}>" in catalogue


def test_a_file_of_another_kind_than_declared_is_named(tmp_path: Path) -> None:
    outcome = laid_down(tmp_path, "markdown", b"%PDF-1.7\n").publish(write_dist=False)
    (found,) = errors(outcome.report.findings)
    assert found.rule in ("wrong-kind", "source-encoding")
    assert "a PDF" in found.message
    assert NAME in str(found.place)
