"""What is derived rests on words that stand in the source, says so in every format, and is refused when it cannot."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from rdflib import Graph, Literal, URIRef

from conftest import NAME, ROOT, SOURCE, Workspace
from finding_help import line_of

DECLARATION = f"{NAME}/publication.toml"
OGP = "https://w3id.org/ogp-data/"
DERIVED = {
    "assessments": {"assessed_on", "derived_progress", "derived_progress_quote", "derived_progress_places"},
    "overview": {
        "derived_progress",
        "derived_progress_quote",
        "derived_progress_places",
        "links_with_address",
        "links_without_address",
    },
    "ogp-crosswalk": {"derived_action_plan_number"},
}
OGP_HEADERS = [
    "Commitment Unique Identifier",
    "Country/Locality",
    "Year Of Submission",
    "Action Plan Number",
    "Commitment Number",
    "Commitment Title",
    "Short Title",
    "Full Text",
    "Lead Institution",
    "Supporting Institution(s)",
    "Policy Area(s)",
    "URL",
]


def rows(folder: Path, dataset: str) -> list[dict[str, str]]:
    with (folder / dataset / f"{dataset}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def told(workspace: Workspace) -> list[tuple[str, str]]:
    """Return the rule and the key path, or the place in the tables, of every error of a build."""
    found = [found for found in workspace.publish().report.findings if found.severity == "error"]
    return [(f.rule, f.place.key or f"{f.place.table} {f.place.row} {line_of(f)}") for f in found]


# What rests on what -------------------------------------------------------------------------------------


def test_every_quotation_stands_in_the_places_that_it_names(published: Path) -> None:
    source = (ROOT / "data" / SOURCE).read_bytes().decode("utf-8").split("\n")
    quoted = [row for row in rows(published, "assessments") if row["derived_progress"]]
    assert len(quoted) == 10
    for row in quoted:
        lines = [source[int(place.removeprefix("L")) - 1] for place in row["derived_progress_places"].split(" ")]
        words = row["derived_progress_quote"].split()
        assert words[0] in lines[0]
        assert words[-1] in lines[-1]
        assert all(any(word in line for line in lines) for word in words)
        assert row["derived_progress_quote"] in row["reasons"]


def test_what_the_text_says_never_takes_the_place_of_the_colour(published: Path) -> None:
    assert {row["progress"] for row in rows(published, "assessments")} == {""}


def test_every_link_in_an_assessment_is_counted_once(published: Path) -> None:
    counted = [(int(r["links_with_address"]), int(r["links_without_address"])) for r in rows(published, "overview")]
    links = [row for row in rows(published, "links") if row["commitment"]]
    assert (len(links), len([row for row in links if row["url"]])) == (28, 7)
    assert tuple(map(sum, zip(*counted, strict=True))) == (7, 21)


# Marked in every format ---------------------------------------------------------------------------------


@pytest.mark.parametrize("dataset", sorted(DERIVED))
def test_csvw_table_schema_and_parquet_mark_what_is_derived(published: Path, dataset: str) -> None:
    csvw = json.loads((published / dataset / f"{dataset}.csv-metadata.json").read_bytes())
    columns = csvw["tables"][0]["tableSchema"]["columns"]
    assert {c["name"] for c in columns if c.get(OGP + "origin") == "derived"} == DERIVED[dataset]
    package = json.loads((published / "datapackage.json").read_bytes())
    (fields,) = (r["schema"]["fields"] for r in package["resources"] if r["name"] == dataset)
    assert {f["name"] for f in fields if f["origin"] == "derived"} == DERIVED[dataset]
    schema = pq.read_schema(published / dataset / f"{dataset}.parquet")
    assert {f.name for f in schema if f.metadata[b"origin"] == b"derived"} == DERIVED[dataset]


@pytest.mark.parametrize("dataset", sorted(DERIVED))
def test_the_workbook_and_the_database_mark_what_is_derived(published: Path, dataset: str) -> None:
    sheet = openpyxl.load_workbook(published / dataset / f"{dataset}.xlsx").worksheets[1]
    header, *explained = sheet.iter_rows(values_only=True)
    at = header.index("Herkomst / Origin")
    assert {row[0] for row in explained if str(row[at]).startswith("afgeleid door de makers")} == DERIVED[dataset]
    database = sqlite3.connect(published / f"{NAME}.sqlite")
    query = 'SELECT "column" FROM columns WHERE dataset = ? AND origin = ?'
    assert {name for (name,) in database.execute(query, (dataset, "derived"))} == DERIVED[dataset]
    database.close()


def test_the_vocabulary_marks_what_is_derived(published: Path) -> None:
    graph = Graph().parse(published / "codelists/ogp.ttl")
    marked = {str(s).removeprefix(OGP) for s in graph.subjects(URIRef(OGP + "origin"), Literal("derived"))}
    assert {"derivedProgress", "derivedProgressQuote", "derivedProgressPlace", "derivedActionPlanNumber"} <= marked
    assert not marked & {"progress", "evidence", "reasons", "nextSteps", "text", "titleInAssessment"}


# The columns of another's table --------------------------------------------------------------------------


def test_the_titles_of_the_crosswalk_are_the_headers_of_ogp_in_its_order(published: Path) -> None:
    """But for the number, which stands beside the key as in every table."""
    number = "Commitment Number"
    expected = ["Publication", "Commitment", number, *(h for h in OGP_HEADERS if h != number), "Places in the source"]
    package = json.loads((published / "datapackage.json").read_bytes())
    (fields,) = (r["schema"]["fields"] for r in package["resources"] if r["name"] == "ogp-crosswalk")
    assert [field["title"] for field in fields] == expected
    sheet = openpyxl.load_workbook(published / "ogp-crosswalk/ogp-crosswalk.xlsx").worksheets[1]
    header, *explained = sheet.iter_rows(values_only=True)
    assert [row[header.index("Title")] for row in explained] == expected


# What is refused ----------------------------------------------------------------------------------------


def test_two_phrases_that_disagree_stop_the_build_and_tell_the_row(workspace: Workspace) -> None:
    phrase = '    { words = "many results have been achieved", value = "objectives-achieved" },\n'
    workspace.edit(DECLARATION, '    { words = "Progress on this', phrase + '    { words = "Progress on this')
    assert told(workspace) == [("conflicting-phrases", "assessments C5 107")]


def test_a_phrase_that_the_text_no_longer_holds_stops_the_build(workspace: Workspace) -> None:
    workspace.edit(DECLARATION, 'words = "Progress on this commitment was delayed"', 'words = "was slowed down"')
    assert told(workspace) == [("quote-not-found", "dataset[2].column[7].phrase[3]")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'name = "derived_action_plan_number"',
            'name = "action_plan_number"',
            ("missing-derived-prefix", "dataset[11].column[5].name"),
        ),
        ('value = "on-hold" }', 'value = "paused" }', ("unknown-code", "dataset[2].column[7].phrase[4].value")),
        ('search = ["reasons"]', 'search = ["resons"]', ("dangling-reference", "dataset[2].column[7].search")),
        ('search = ["reasons"]\n', "", ("missing-key", "dataset[2].column[7].search")),
        ('having = "url"', 'having = "address"', ("dangling-reference", "dataset[10].column[8].having")),
        (
            'take = "count"\nof = "links"\nhaving = "url"',
            'take = "link"\nof = "links"',
            ("dangling-reference", "dataset[10].column[8].take"),
        ),
        (
            'take = "title"\nof = "themes"',
            'take = "text"\nof = "recommendations"',
            ("dangling-reference", "dataset[10].column[2].of"),
        ),
        (
            'take = "title"\nof = "themes"',
            'take = "titel"\nof = "themes"',
            ("dangling-reference", "dataset[10].column[2].take"),
        ),
    ],
)
def test_what_cannot_be_derived_is_told_with_its_key(
    workspace: Workspace, old: str, new: str, expected: tuple[str, str]
) -> None:
    workspace.edit(DECLARATION, old, new)
    assert expected in told(workspace)


def test_rows_are_not_taken_of_rows_that_are_taken(workspace: Workspace) -> None:
    text = 'name = "ogp-crosswalk"\ntype = "ogp:OgpCommitmentRecord"\nrows = 13\nfind = { kind = "rows", of = '
    workspace.edit(DECLARATION, f'{text}"commitments"', f'{text}"overview"')
    assert ("dangling-reference", "dataset[11].find.of") in told(workspace)
