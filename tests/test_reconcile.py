"""Where a staged cell differs from the document is told exactly: file, row, column, line and words."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from conftest import ROOT
from finding_help import line_of
from ogp_data.core import resources
from ogp_data.core.findings import Finding, Place
from ogp_data.core.places import Line
from ogp_data.core.records import from_csv
from ogp_data.core.source import SourceText
from ogp_data.core.tables import Table
from ogp_data.core.text import Passage
from ogp_data.declaration import reading as publication
from ogp_data.documents import READERS
from ogp_data.formats.csv import to_csv
from ogp_data.models.lists import load_lists
from ogp_data.tables import build as tables
from ogp_data.tables import reconcile, typed

Read = tuple[SourceText, tables.Tables]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Return the small document and its tables. The reasons of its second assessment stand in lines 27 and 30."""
    data = tmp_path_factory.mktemp("small") / "data"
    shutil.copytree(ROOT / "tests" / "tiny" / "data", data)
    loaded, _ = publication.load(data, "tiny", load_lists(resources.value_lists()))
    assert loaded
    source = loaded.source_files[0].said
    return source, tables.build(loaded, READERS["converted-text"].read(loaded.source_files[0]))


def staged(built: tables.Tables) -> dict[str, list[dict[str, str]]]:
    return {table.name: [dict(row) for row in from_csv(to_csv(table.frame))] for table in built.tables}


def found_with(read: Read, dataset: str, row: int, column: str, text: str) -> list[Finding]:
    """Return what is found when one cell, of a row counted from 0, was written otherwise."""
    source, built = read
    written = staged(built)
    assert written[dataset][row][column] != text
    written[dataset][row][column] = text
    return reconcile.reconcile(source, built.tables, built.asides, written)[1]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (
            "Hun begin en het eind.",
            27,
            "At word 1 the file says “Hun begin en het”, but the source says “Het begin en het”.",
        ),
        (
            "Het bEgin en het eind.",
            27,
            "At word 2 the file says “bEgin en het eind.”, but the source says “begin en het eind.”.",
        ),
        (
            "Het begint en het eind.",
            27,
            "At word 2 the file says “begint en het eind.”, but the source says “begin en het eind.”.",
        ),
        ("Het begin of het eind.", 30, "At word 3 the file says “of het eind.”, but the source says “en het eind.”."),
        ("Het begin het eind.", 30, "At word 3 the file says “het eind.”, but the source says “en het eind.”."),
        ("Het begin en en het eind.", 30, "At word 4 the file says “en het eind.”, but the source says “het eind.”."),
        ("Het begin en het einde.", 30, "At word 5 the file says “einde.”, but the source says “eind.”."),
        ("Het begin en het", 30, "At word 5 the file says nothing, but the source says “eind.”."),
        ("Het begin en het eind. Punt.", 30, "At word 6 the file says “Punt.”, but the source says nothing."),
        ("", 27, "At word 1 the file says nothing, but the source says “Het begin en het”."),
    ],
)
def test_a_changed_cell_is_told_with_the_line_of_the_first_word_that_differs(
    read: Read, text: str, line: int, message: str
) -> None:
    (found,) = found_with(read, "assessments", 1, "reasons", text)
    assert (found.rule, found.message) == ("words-changed", message)
    assert found.place == Place("assessments/assessments.csv", "", "assessments", Line(line), "3", "reasons")


@pytest.mark.parametrize("row", [0, 1, 2])
def test_a_row_is_counted_as_the_lines_of_its_csv_are(read: Read, row: int) -> None:
    (found,) = found_with(read, "themes" if row < 2 else "commitments", row, "title", "Iets anders")
    assert found.place.row == str(row + 2)
    assert line_of(found) == (10, 15, 17)[row]


def test_a_cell_that_the_document_does_not_say_is_told_with_the_first_line_of_its_row(read: Read) -> None:
    (found,) = found_with(read, "commitments", 1, "ogp_id", "XX0003")
    assert found.place == Place("commitments/commitments.csv", "", "commitments", Line(13), "3", "ogp_id")
    assert found.message == "At word 1 the file says “XX0003”, but the source says “XX0002”."


def test_a_code_is_told_with_the_line_of_the_word_that_it_was_made_of(read: Read) -> None:
    (found,) = found_with(read, "assessments", 1, "progress", "completed")
    assert (line_of(found), found.place.column) == (27, "progress")
    assert found.message == "At word 1 the file says “completed”, but the source says “delayed”."


def test_a_row_that_was_not_written_is_told_with_its_file(read: Read) -> None:
    source, built = read
    written = staged(built)
    written["assessments"].pop()
    (found,) = reconcile.reconcile(source, built.tables, built.asides, written)[1]
    assert found.message == "assessments.csv has 2 rows, 3 were read."
    assert found.place == Place("assessments/assessments.csv")


def test_a_column_that_was_not_written_is_told_with_its_cells(read: Read) -> None:
    source, built = read
    written = staged(built)
    for row in written["themes"]:
        del row["letter"]
    found = reconcile.reconcile(source, built.tables, built.asides, written)[1]
    assert [(fault.place.row, fault.message) for fault in found] == [
        ("2", "At word 1 the file says nothing, but the source says “A”."),
        ("3", "At word 1 the file says nothing, but the source says “B”."),
    ]


def test_text_that_was_joined_out_of_order_is_told_with_its_cell(read: Read) -> None:
    source, built = read
    assessments = next(table for table in built.tables if table.name == "assessments")
    passage = assessments.cells[1]["reasons"].passage
    assert passage
    cells = [dict(row) for row in assessments.cells]
    turned = Passage(tuple(fragment for fragment in reversed(passage.fragments)))
    cells[1]["reasons"] = replace(cells[1]["reasons"], passage=turned, value=turned.text)
    wrong = Table(assessments.spec, typed.frame(assessments.spec, cells), assessments.places, tuple(cells))
    made = [wrong if table.name == "assessments" else table for table in built.tables]
    found = reconcile.reconcile(source, made, built.asides, staged(replace(built, tables=tuple(made))))[1]
    assert {fault.place for fault in found} == {
        Place("assessments/assessments.csv", "", "assessments", Line(30), "3", "reasons")
    }
    assert "“Het begin” is out of order." in {fault.message for fault in found}
