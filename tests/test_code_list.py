"""A column that says from which code list the code of another is: scales of progress stand apart in one table."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from ogp_data.core import resources
from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.tables import Cell
from ogp_data.core.words import WordLists, Words
from ogp_data.declaration.composing import check_composed
from ogp_data.declaration.short import Given, expand
from ogp_data.models.lists import load_lists
from ogp_data.models.model import model
from ogp_data.tables.composed import compose
from ogp_data.tables.kind import Declared
from ogp_data.tables.kinds.table_rows import TableRows
from ogp_data.tables.rows import Draft

NO_WORDS = Words(en="")


def column(name: str, take: str, **more: Any) -> Column:
    return Column(name, "code" if "codes" in more else "string", take, NO_WORDS, NO_WORDS, "ogp:progress", **more)


def assessments(scale: Column) -> DatasetSpec:
    progress = column("progress", "cell", heading="Level", codes="completion")
    find = TableRows("table", ["Commitment", "Level"])
    key, places = column("commitment", "number", key=True), column("source_places", "source_places")
    return DatasetSpec(
        "assessments", "ogp:Assessment", NO_WORDS, NO_WORDS, WordLists(), find, [key, progress, scale, places]
    )


def test_the_list_of_a_code_stands_beside_it_and_nothing_beside_no_code() -> None:
    spec = assessments(column("progress_scale", "code_list", basis="progress"))
    drafts = [Draft({"progress": Cell(code), "progress_scale": Cell()}, (), {}) for code in ("limited", "")]
    made = compose({spec.name: spec}, {spec.name: drafts})[spec.name]
    assert [draft.cells["progress_scale"].value for draft in made] == ["completion", ""]


@pytest.mark.parametrize("basis", ["", "commitment", "progress_scale", "nothing"])
def test_a_column_without_codes_has_no_list(basis: str) -> None:
    scale = column("progress_scale", "code_list", basis=basis, codes="progress-scale")
    spec = assessments(scale)
    (found,) = check_composed(Declared(spec, {spec.name: spec}, "dataset[0]", set()), scale, "column[2]")
    assert (found.rule, found.place.key) == ("dangling-reference", "dataset[0].column[2].basis")
    assert "Use one of: progress." in found.hint


@pytest.mark.parametrize(("said", "expected"), [('{ heading = "Level" }', "code_list"), ("", None)])
def test_the_scale_is_there_where_progress_is(said: str, expected: str | None) -> None:
    text = f"""
        country = {{ en = "Country X" }}
        plan = "2023-2025"
        page_languages = ["en"]
        [datasets.commitments]
        [datasets.assessments]
        find.headings = ["Commitment", "Level"]
        {f"columns.progress = {said}" if said else ""}
        """
    long = expand(tomllib.loads(text), Given(model(), load_lists(resources.value_lists()))).tables["dataset"][1]
    takes = {column["name"]: column["take"] for column in long["column"]}
    assert takes.get("progress_scale") == expected
    assert takes["progress"] == ("cell" if said else "unknown")


def test_what_repeats_a_code_has_its_list() -> None:
    text = """
        country = { en = "Country X" }
        plan = "2023-2025"
        page_languages = ["en"]
        [datasets.commitments]
        [datasets.assessments]
        find.headings = ["Commitment", "Level"]
        columns.progress = { heading = "Level", codes = "completion" }
        [datasets.overview]
        """
    overview = expand(tomllib.loads(text), Given(model(), load_lists(resources.value_lists()))).tables["dataset"][2]
    (progress,) = [column for column in overview["column"] if column["name"] == "progress"]
    assert (progress["take"], progress["codes"]) == ("progress", "completion")
