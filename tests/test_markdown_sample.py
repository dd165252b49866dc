"""A real self-assessment in Markdown: its table, its lists and its links, and none of its words left over."""

from __future__ import annotations

from conftest import shared
from generate_declarations import (
    NUMBER,
    SEQUENCE,
    Entry,
    Read,
    Small,
    column,
    dataset,
    furniture,
    links,
    narrative,
    read,
)
from generate_declarations import table as rows_of
from test_records import kept

SAMPLE = "us-nap5-self-assessment.md"
UPDATES = ["August 2023 Update", "February 2024 Updates"]


def listed(name: str, under: str, **find: object) -> Entry:
    columns = (SEQUENCE, column("depth", "depth", "integer")) if find else (NUMBER,)
    return dataset(name, {"kind": "list", "under": under, **find}, *columns, column("text", "text"))


DATASETS = (
    rows_of(UPDATES, name="tracker", under="Analysis of the Commitments"),
    listed("contents", "Table of Contents", items="any"),
    listed("process", "Action Plan Process", items="any"),
    listed("uses", "Use of IRM Recommendations"),
    listed("lessons", "Lessons and Insights"),
    listed("recommendations", "Recommendations"),
    narrative(),
    furniture(),
    links(),
)


def sample() -> Read:
    return read(Small((shared() / "samples" / SAMPLE).read_bytes(), DATASETS, kind="markdown"))


def test_the_table_the_lists_and_the_links_of_a_real_document_are_rows() -> None:
    found = sample()
    assert (found.told, kept(found)) == ([], [])
    # Counted by eye: five fields of a tracker, of which the older has three; eleven items in two levels, and so on.
    assert [bool(first) for first, _ in found.cells("tracker")] == [True, True, True, False, False]
    assert [row["depth"] for row in found.rows("process")] == list("12212221222")
    counts = {name: len(found.rows(name)) for name in ("contents", "uses", "lessons", "recommendations")}
    assert counts == {"contents": 6, "uses": 4, "lessons": 5, "recommendations": 5}
    # 26 links in brackets and 8 as HTML lead out of the page; those to its own notes and headings are none.
    assert len(found.rows("links")) == 34
    assert sum(row["url"].startswith("https://") for row in found.rows("links")) == 33
