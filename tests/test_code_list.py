"""A column that says from which code list the code of another is: scales of progress stand apart in one table."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from conftest import ROOT
from ogp_data.core import resources
from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.shared import CodeList, Concept
from ogp_data.core.tables import Cell
from ogp_data.core.words import WordLists, Words
from ogp_data.declaration import reading
from ogp_data.declaration.composing import check_composed
from ogp_data.declaration.short import Given, expand
from ogp_data.models.lists import load_lists
from ogp_data.models.model import model
from ogp_data.tables.composed import compose
from ogp_data.tables.kind import Declared
from ogp_data.tables.kinds.table_rows import TableRows
from ogp_data.tables.rows import Draft
from ogp_data.types import TYPES
from ogp_data.types.base import Setting, Written

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


@pytest.mark.parametrize(
    ("progress", "scale", "expected"),
    [
        ('{ heading = "Level", codes = "completion" }', "", (True, [])),
        ('{ heading = "Level", codes = "traffic-lights" }', "", (False, [])),
        ('{ heading = "Level", codes = "traffic-lights" }', "false", (False, [])),
        (
            '{ heading = "Level", codes = "traffic-lights" }',
            "true",
            (False, [("datasets.assessments.columns.progress_scale", "Leave it out: columns.progress_scale = false.")]),
        ),
    ],
)
def test_progress_by_a_list_of_ones_own_has_no_scale(
    progress: str, scale: str, expected: tuple[bool, list[tuple[str, str]]]
) -> None:
    text = f"""
        country = {{ en = "Country X" }}
        plan = "2023-2025"
        page_languages = ["en"]
        [datasets.assessments]
        find.headings = ["Commitment", "Level"]
        columns.progress = {progress}
        {f"columns.progress_scale = {scale}" if scale else ""}
        """
    found = expand(tomllib.loads(text), Given(model(), load_lists(resources.value_lists())))
    names = [column["name"] for column in found.tables["dataset"][0]["column"]]
    assert ("progress_scale" in names, [(one.place.key, one.hint) for one in found.findings]) == expected


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


def concept(code: str, label: dict[str, str], *written: str) -> Concept:
    return Concept(code, Words(label), written=list(written))


SCALE = [
    concept("done", {"en": "Done", "nl": "Gereed"}),
    concept("dropped", {"en": "Abandoned", "nl": "Gestopt"}, "Given up"),
    concept("slow", {"en": "Under way", "nl": "Bezig"}, "Started"),
    concept("fast", {"en": "Under way", "nl": "Vlot"}),
    concept("new", {"en": "Started", "nl": "Nieuw"}),
]
"""A list in which two codes have one name in English, and another has for its name what is written for a third."""


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("done", "en", "done"),
        ("Done", "en", "done"),
        ("Gereed", "nl", "done"),
        ("Gereed", "en", "Gereed"),
        ("Abandoned", "en", "dropped"),
        ("Given up", "en", "dropped"),
        ("Under way", "en", "Under way"),
        ("Bezig", "nl", "slow"),
        ("Started", "en", "slow"),
        ("Half done", "en", "done"),
        ("abandoned", "en", "abandoned"),
        ("Done", "", "Done"),
        ("Done", "fr", "Done"),
    ],
)
def test_the_name_of_a_code_in_the_language_of_the_document_is_written_for_it(
    text: str, language: str, code: str
) -> None:
    here = setting(language, written={"done": ["Half done"]})
    assert TYPES["code"].parse(Written(text, language, {}), here) == code


def test_who_writes_another_word_is_told_what_the_list_has_with_the_names_of_its_codes() -> None:
    fault = TYPES["code"].check("Abandonned", setting(), {})
    assert fault is not None
    assert '`dropped = ["Abandonned"]`' in fault.hint
    assert "'dropped', 'Given up', 'Abandoned', " in fault.hint


def test_a_list_that_is_no_scale_is_told_to_leave_the_scale_out() -> None:
    fault = TYPES["code"].check("traffic-lights", setting(take="code_list", basis="progress"), {})
    assert fault is not None
    assert "with columns.level = false" in fault.hint
    assert "CODE" not in fault.hint


def setting(language: str = "en", take: str = "cell", **more: Any) -> Setting:
    loaded, found = reading.load(ROOT / "data", "nl-2020-2022", load_lists(resources.value_lists()))
    assert loaded is not None, found
    words = Words(en="Own")
    own = CodeList("own", words, words, "The legend.", date(2026, 11, 30), SCALE)
    shared = replace(loaded.shared, codelists={**loaded.shared.codelists, "own": own})
    declaration = replace(loaded.declaration, language=language)
    return Setting(replace(loaded, shared=shared, declaration=declaration), column("level", take, codes="own", **more))
