"""One workbook with all tables: what its sheets hold, where its first one leads, and what its sheets are called."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine as calamine
from hypothesis import given
from hypothesis import strategies as st

from conftest import NAME
from ogp_data.formats.sheets import distinct

CONTENTS, COLUMNS, SOURCE = "Inhoud - Contents", "Kolommen - Columns", "Bron - Source"
TABLES = (
    *("themes", "commitments", "assessments", "links", "process", "irm_lessons", "recommendations", "narrative"),
    *("document", "source_findings", "overview", "ogp-crosswalk"),
)


@pytest.fixture(scope="module", params=["xlsx", "ods"])
def book(request: pytest.FixtureRequest, published: Path) -> calamine.CalamineWorkbook:
    return calamine.CalamineWorkbook.from_path(published / f"{NAME}.{request.param}")


def header(published: Path, name: str) -> list[str]:
    with (published / name / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def test_it_has_a_sheet_for_each_table_between_what_is_where_and_what_it_means(
    book: calamine.CalamineWorkbook,
) -> None:
    first, *tables, columns, source = book.sheet_names
    assert (first, columns, source) == (CONTENTS, COLUMNS, SOURCE)
    assert sorted(tables) == sorted(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_a_sheet_is_that_of_the_workbook_of_its_table(
    book: calamine.CalamineWorkbook, published: Path, name: str
) -> None:
    of_table = calamine.CalamineWorkbook.from_path(published / name / f"{name}.xlsx").get_sheet_by_index(0).to_python()
    cells = book.get_sheet_by_name(name).to_python()
    assert cells == of_table
    assert cells[0] == header(published, name)


def test_the_titles_of_all_columns_stand_in_each_language_on_a_sheet_of_their_own(
    book: calamine.CalamineWorkbook, published: Path
) -> None:
    head, *rows = book.get_sheet_by_name(COLUMNS).to_python()
    assert head[:4] == ["Tabel / Table", "Kolom / Column", "Titel", "Title"]
    assert [tuple(row[:2]) for row in rows] == [
        (name, column) for name in book.sheet_names[1:-2] for column in header(published, name)
    ]
    assert ["themes", "theme_number", "Themanummer", "Theme number"] in [row[:4] for row in rows]


def test_the_first_sheet_leads_to_each_table_and_counts_its_rows(published: Path) -> None:
    sheet = openpyxl.load_workbook(published / f"{NAME}.xlsx")[CONTENTS]
    cells: list[tuple[Any, ...]] = list(sheet.iter_rows(min_row=2))
    counts = {row[0].value: row[3].value for row in cells}
    assert [row[0].hyperlink.location for row in cells] == [f"'{name}'!A1" for name in counts]
    assert {name: counts[name] for name in ("themes", "commitments", "links")} == {
        "themes": 7,
        "commitments": 13,
        "links": 32,
    }


NAMES = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz0123456789-_"), min_size=1, max_size=40)


@given(st.lists(NAMES | st.sampled_from(["history", "a" * 31, "a" * 32, "a" * 40, "data"])), st.just(["Data - X"]))
def test_sheets_of_any_datasets_have_names_that_excel_takes(names: list[str], taken: list[str]) -> None:
    """https://support.microsoft.com/office/3f1f7148-ee83-404d-8ef0-9ff99fbad1f9."""
    found = distinct(names, taken)
    assert len({name.lower() for name in [*found, *taken]}) == len(found) + len(taken)
    assert all(0 < len(name) <= 31 and name.lower() != "history" for name in found)


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert distinct(["history", "links", "links"], []) == ["history~2", "links", "links~2"]
    assert distinct(["x" * 40, "x" * 35], []) == ["x" * 31, "x" * 29 + "~2"]
