"""Shapes of documents in which other governments set their commitments: each is published, or told with its place."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import shared
from generate_declarations import SEQUENCE, Entry, Read, Small, column, dataset, furniture, narrative, read, table
from test_records import kept

Rows = list[tuple[str, ...]]


def taken(*headings: str) -> list[Entry]:
    """Return a column for each heading."""
    return [column(heading.split()[0].lower(), "cell", heading=heading) for heading in headings]


def plan(headings: list[str], *columns: Entry, **find: Any) -> list[Entry]:
    return [table(headings, SEQUENCE, *columns, **find), furniture()]


def commitments(**more: Any) -> list[Entry]:
    labels = {"lead": ["Lead agency"], "level": ["Completion level"]}
    find = {"kind": "records", "starts": r"Commitment (?P<number>\d+)", "labels": labels, **more}
    own = [column("lead", "label:lead"), column("level", "label:level")]
    key = column("number", "number", "string", "schema:identifier", key=True)
    return [dataset("actions", find, key, *own), furniture()]


KEYED = ["No", "Commitment", "Status"]
LEVELS = {"not-started": "Not started", "limited": "Limited", "substantial": "Substantial", "completed": "Completed"}
ITEMS = [column("marker", "marker", "string"), column("depth", "depth", "integer"), column("text", "text")]
LISTED = [dataset("actions", {"kind": "list", "under": "Plan", "items": "any"}, SEQUENCE, *ITEMS), furniture()]
TICKED = plan(["Commitment", *LEVELS.values()], column("level", "tick", "string"), *taken("Commitment"), ticks=LEVELS)
THEMED = [
    dataset(
        "themes",
        {"kind": "headings", "under": "Plan", "pattern": r"Theme (?P<letter>\w)"},
        column("theme", "group:letter", "string", "schema:identifier", key=True),
    ),
    table(
        KEYED,
        column("theme", "parent", "string", "ogp:theme", references="themes"),
        column("number", "number", "string", "schema:identifier", key=True),
        *taken(*KEYED),
        within="themes",
    ),
    furniture(),
]
GROUPED = ["Group", "Activity", "Done", "Pending", "Who"]
TICKS = {"done": "Done", "pending": "Pending"}
GROUPS = plan(GROUPED, *taken("Group", "Activity"), column("level", "tick", "string"), ticks=TICKS, merged="repeat")


@pytest.mark.parametrize(
    ("kind", "text", "datasets", "expected"),
    [
        (
            "markdown",
            "# Plan\n\n* open\n* close\n  * on Sundays\n  * in May\n\na. tell\nb. ask\n",
            LISTED,
            [
                *[("*", "1", "open"), ("*", "1", "close"), ("*", "2", "on Sundays"), ("*", "2", "in May")],
                *[("a.", "1", "tell"), ("b.", "1", "ask")],
            ],
        ),
        (
            "converted-text",
            "# Plan\n\nNo\tCommitment\tStatus\n3.1\tBudget\tLate\n3.2\tCourts\tDone\n",
            plan(KEYED, *taken(*KEYED)),
            [("3.1", "Budget", "Late"), ("3.2", "Courts", "Done")],
        ),
        (
            "converted-text",
            "# Plan\n\nCommitment\tNot started\tLimited\tSubstantial\tCompleted\nBudget\t\t\t\tx\nCourts\tx\t\t\t\n",
            TICKED,
            [("completed", "Budget"), ("not-started", "Courts")],
        ),
        (
            "converted-text",
            "# Plan\n\n## Theme A\n\nNo\tCommitment\tStatus\n1\tBudget\tLate\n\n## Theme B\n\n"
            "No\tCommitment\tStatus\n2\tCourts\tDone\n",
            THEMED,
            [("A", "1", "", "Budget", "Late"), ("B", "2", "", "Courts", "Done")],
        ),
        (
            "converted-text",
            "# Plan\n\n## Commitment 1\n\nLead agency\tRecords\nCompletion level\tLimited\n\n## Commitment 2\n\n"
            "Lead agency\tJustice\nCompletion level\tDone\n",
            commitments(),
            [("1", "Records", "Limited"), ("2", "Justice", "Done")],
        ),
        (
            "markdown",
            "# Plan\n\n| No | Commitment | Status |\n|:-:|---|---|\n| 1 | Budget | Late |\n| 2 | Courts | Done |\n",
            plan(KEYED, *taken(*KEYED)),
            [("1", "Budget", "Late"), ("2", "Courts", "Done")],
        ),
        (
            "html",
            "<h1>Plan</h1><h2>Commitment 1</h2>"
            "<table><tr><th>Lead agency<td>Records<tr><th>Completion level<td>Done</table>",
            commitments(),
            [("1", "Records", "Done")],
        ),
        (
            "csv",
            "Group\tActivity\tDone\tPending\tWho\nA\tBudget\tx\t\t\n\tCourts\t\tx\t\nB\tDoors\tx\t\t\n",
            [GROUPS[0]],
            [("A", "Budget", "done"), ("A", "Courts", "pending"), ("B", "Doors", "done")],
        ),
    ],
)
def test_a_shape_is_read(kind: str, text: str, datasets: list[Entry], expected: Rows) -> None:
    found = read(Small(text, datasets, kind=kind))
    assert (found.told, kept(found)) == ([], [])
    assert found.cells() == expected


def test_an_item_in_an_item_says_in_which_it_stands() -> None:
    above = column("above", "above", "integer")
    listed = dataset("actions", {"kind": "list", "under": "Plan", "items": "any"}, SEQUENCE, above, *ITEMS[2:])
    text = "# Plan\n\n- a\n- b\n  - c\n    - d\n  - e\n- f\n"
    found = read(Small(text, [listed, furniture()], kind="markdown"))
    assert (found.told, kept(found)) == ([], [])
    assert found.cells() == [("", "a"), ("", "b"), ("2", "c"), ("3", "d"), ("2", "e"), ("", "f")]


# Those that others met with --------------------------------------------------------------------------------


def case(name: str, kind: str, datasets: list[Entry]) -> Read:
    return read(Small((shared() / "cases" / "documents" / name).read_bytes(), datasets, kind=kind))


NEVER = plan(GROUPED, *taken("Group"), column("level", "tick", "string"), ticks=TICKS, continues="never")
TEXT = [narrative(), furniture()]


@pytest.mark.parametrize(
    ("name", "kind", "datasets", "expected"),
    [
        ("bullets.md", "markdown", LISTED, [("-", "1"), ("-", "1"), ("-", "2"), ("a.", "1"), ("b.", "1")]),
        ("dotted.txt", "converted-text", plan(KEYED, *taken(*KEYED)), [("1.1",), ("1.2",)]),
        ("column-named-position.txt", "converted-text", plan(KEYED, *taken(*KEYED)), [("1.1",), ("1.2",)]),
        ("ticks.txt", "converted-text", TICKED, [("substantial",), ("limited",)]),
        ("twotables.txt", "converted-text", THEMED, [("A", "1"), ("B", "2")]),
        ("labelvalue.txt", "converted-text", commitments(), [("1", "GSA", "Substantial"), ("2", "DOJ", "Limited")]),
        ("mdtable.md", "markdown", plan(KEYED, *taken(*KEYED)), [("1",), ("2",)]),
        ("html.html", "html", commitments(), [("1", "GSA", "Substantial")]),
    ],
)
def test_a_shape_that_others_met_with_is_read(name: str, kind: str, datasets: list[Entry], expected: Rows) -> None:
    found = case(name, kind, datasets)
    assert found.told == []
    assert [row[: len(expected[0])] for row in found.cells()] == expected


@pytest.mark.parametrize("kind", ["csv", "converted-text"])
@pytest.mark.parametrize(("datasets", "groups"), [(NEVER, ["A", "", "", "B", ""]), (GROUPS, ["A", "A", "A", "B", "B"])])
def test_groups_that_others_merged_are_as_declared(kind: str, datasets: list[Entry], groups: list[str]) -> None:
    found = case("merged-first-column.tsv", kind, [datasets[0]])
    assert [row["group"][:1] for row in found.rows()] == groups
    assert [row["level"] for row in found.rows()] == ["done", "pending", "pending", "done", "pending"]


@pytest.mark.parametrize(
    ("name", "kind", "datasets", "rule", "line"),
    [
        ("markup-only-lines.md", "markdown", TEXT, "link-without-label", 13),
        ("empty-heading.txt", "converted-text", TEXT, "empty-heading", 3),
        ("links-dropped.md", "markdown", TEXT, "link-dropped", 3),
    ],
)
def test_what_others_documents_lack_is_a_warning(
    name: str, kind: str, datasets: list[Entry], rule: str, line: int
) -> None:
    assert (rule, line) in case(name, kind, datasets).warned


def test_cells_and_sections_that_others_left_empty_are_errors_where_they_are_required() -> None:
    cell = plan(KEYED, column("title", "cell", heading="Commitment", required=True), *taken("No", "Status"))
    assert [place for _, place in case("required-cell-empty.txt", "converted-text", cell).told if "line 5" in place]
    section = narrative()
    section["column"][1]["required"] = True
    told = case("required-section-empty.txt", "converted-text", [section, furniture()]).told
    assert [place for _, place in told if "line 1" in place]


def test_a_year_at_the_begin_of_a_line_is_in_its_paragraph_and_yaml_is_no_document() -> None:
    assert len(case("year-as-number.txt", "converted-text", TEXT).rows("narrative")) == 1
    told = case("schema-not-a-document.yaml", "converted-text", TEXT).findings
    assert [found for found in told if found.rule == "unexpected-file-kind" and "YAML" in found.message]
