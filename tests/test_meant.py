"""Names that are misspelt in a declaration: the line of each, and the name that was probably meant."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from conftest import NAME, ROOT, Workspace
from generate_declarations import Small, column, furniture, narrative, read, table, words
from ogp_data.core.declared import Declaration
from ogp_data.core.findings import Finding
from ogp_data.core.near import meant
from ogp_data.core.places import Line
from ogp_data.declaration.key_names import known_keys

STATUS = ("Name", "Status")
TEXT = "# Report\n\nSome words.\n\nName\tStatus\nRoads\tYellow\n"


def told(datasets: list[Any], text: str = TEXT) -> list[Finding]:
    """Return the errors of a small publication."""
    return [found for found in read(Small(text, datasets)).findings if found.severity == "error"]


def coded(**more: Any) -> list[Any]:
    """Return datasets for a table with codes."""
    name, status = column("name", "cell", heading="Name", key=True), column("status", "cell", "code", heading="Status")
    return [narrative(), furniture(), table(STATUS, name, {**status, "codes": "progress", **more})]


def test_a_document_has_its_own_words_for_a_code() -> None:
    built = read(Small(TEXT, coded(written={"amber": ["Yellow"]})))
    assert not built.told
    assert built.rows() == [{"name": "Roads", "status": "amber"}]


def test_a_code_that_no_list_knows_names_the_key_that_solves_it() -> None:
    (found,) = told(coded())
    assert found.rule == "unknown-code"
    assert "written" in found.hint
    assert '["Yellow"]' in found.hint
    assert "small/publication.toml, key dataset[2].column[1].written" in found.hint


@pytest.mark.parametrize(
    ("written", "rule", "key", "hint"),
    [
        ({"ambre": ["Yellow"]}, "unknown-code", "written.ambre", "Did you mean amber?"),
        ({"amber": ["Yellow"], "red": ["Yellow"]}, "duplicate-name", "written.red[0]", ""),
        ({"amber": "Yellow"}, "value-type", "written.amber", ""),
        (["Yellow"], "value-type", "written", ""),
    ],
)
def test_words_for_a_code_that_cannot_be_are_told(written: Any, rule: str, key: str, hint: str) -> None:
    found = told(coded(written=written))
    assert (found[0].rule, found[0].place.key) == (rule, f"dataset[2].column[1].{key}")
    assert hint in found[0].hint


def test_only_codes_are_written_in_other_words() -> None:
    found = told(coded(type="string", codes="", written={"amber": ["Yellow"]}))
    assert [(one.rule, one.place.key) for one in found] == [("value-type", "dataset[2].column[1].written")]


@pytest.mark.parametrize(
    ("change", "key", "hint"),
    [
        ({"heding": "Status"}, "dataset[2].column[1].heding", "Did you mean heading?"),
        ({"titel": words("x")}, "dataset[2].column[1].titel", "Did you mean title?"),
    ],
)
def test_a_key_of_a_column_that_is_none_is_told_with_the_nearest(change: Any, key: str, hint: str) -> None:
    found = next(one for one in told(coded(**change)) if one.rule == "unknown-key")
    assert (found.place.key, found.hint) == (key, hint)


def test_a_key_of_find_is_looked_for_among_those_of_its_kind() -> None:
    entry = table(STATUS, headngs=[])
    found = next(one for one in told([entry]) if one.rule == "unknown-key")
    assert (found.place.key, found.hint) == ("dataset[0].find.headngs", "Did you mean headings?")


def test_the_keys_of_a_table_are_those_of_its_noun() -> None:
    tables = {"dataset": [{"find": {"kind": "list"}, "column": [{}]}], "source": {}}
    assert "datasets" in known_keys(Declaration, (), tables)
    assert "sha256" in known_keys(Declaration, ("source",), tables)
    assert known_keys(Declaration, ("dataset", 0, "find"), tables) == ["kind", "under", "each", "items"]
    assert "written" in known_keys(Declaration, ("dataset", 0, "column", 0), tables)
    assert {"manifest", "sha256"} <= {*known_keys(Declaration, ("previous",), tables)}
    assert known_keys(Declaration, ("title",), tables) == []
    assert known_keys(Declaration, ("dataset", 5, "find", "x", 0), tables) == []


def test_the_fix_for_a_name_is_the_nearest_and_all_that_there_are() -> None:
    assert meant("ambre", ["amber", "green"]) == "Did you mean amber? Use one of: amber, green."
    assert meant("x", ["amber", "green"]) == "Use one of: amber, green."
    assert meant("x", []) == ""


@pytest.mark.parametrize(
    ("old", "new", "line", "hint"),
    [
        ('publisher = "bzk"', 'publisher = "bkz"', 'publisher = "bkz"', "Did you mean bzk?"),
        ('codes = "url-status"', 'codes = "url-statsu"', 'codes = "url-statsu"', ""),
        ('frequency = "NEVER"', 'frequncy = "NEVER"', 'frequncy = "NEVER"', "Did you mean frequency?"),
        ('lost = "lost-colour"', 'lost = "lost-color"', 'lost = "lost-color"', "Did you mean lost-colour?"),
    ],
)
def test_what_is_misspelt_in_a_file_has_its_line(
    workspace: Workspace, old: str, new: str, line: str, hint: str
) -> None:
    workspace.edit(f"{NAME}/publication.toml", old, new)
    text = (workspace.data / NAME / "publication.toml").read_text(encoding="utf-8")
    number = next(n for n, one in enumerate(text.split("\n"), start=1) if one.startswith(line))
    found = [
        one for one in workspace.publish(write_dist=False).report.findings if str(one.place).endswith(f"line {number}")
    ]
    assert found
    assert hint in found[0].hint


@pytest.fixture
def short(tmp_path: Path) -> Workspace:
    """Return a copy of the shipped declarations, short as they are, with a code list of their own."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "data" / "codelists").mkdir()
    (tmp_path / "data" / "codelists" / "marks.toml").write_text(OWN_LIST, encoding="utf-8")
    return Workspace(tmp_path)


OWN_LIST = """id = "marks"
title = { nl = "Lijst", en = "List" }
description = { nl = "Een lijst.", en = "A list." }
origin = "Made up."
established = 2026-11-23
[[concept]]
code = "one"
label = { nl = "Een", en = "One" }
"""
DECLARED = f"{NAME}/publication.toml"
NEXT_STEPS = "datasets.assessments.columns.next_steps"


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "hint"),
    [
        (DECLARED, 'heading = "Next Steps"', 'heading = "Next Stepz"', f"{NEXT_STEPS}.heading", "mean Next Steps?"),
        (DECLARED, 'next_steps = { heading = "Next Steps"', 'next_stps = { heading = "Next Steps"',
         "datasets.assessments.columns.next_stps", "mean next_steps?"),
        (DECLARED, 'next_steps = { heading = "Next Steps", required = true }', 'next_steps = "Next Steps"',
         NEXT_STEPS, 'heading = "Next Steps"'),
        (DECLARED, 'next_steps = { heading = "Next Steps", required = true }', 'next_steps = "sectoin"',
         NEXT_STEPS, "mean section?"),
        (DECLARED, "[datasets.recommendations]", "[datasets.reccomendations]", "datasets.reccomendations",
         "mean recommendations?"),
        (DECLARED, 'each = "themes"', 'each = "theme"', "datasets.commitments.find.each", "mean themes?"),
        (DECLARED, 'continues = "empty-key"', 'contineus = "empty-key"', "datasets.assessments.find.contineus",
         "mean continues?"),
        (DECLARED, 'value = "on-hold"', 'value = "onhold"',
         "datasets.assessments.columns.derived_progress.phrase[4].value", "mean on-hold?"),
        (DECLARED, 'of = "assessments", heading', 'of = "asessments", heading',
         "datasets.commitments.columns.title_in_assessment.of", "mean assessments?"),
        (DECLARED, 'country = "NLD"', 'country = "NLDD"', "country", "NLD (Netherlands)"),
        (DECLARED, "plan = ", "plna = ", "plna", "mean plan?"),
        (DECLARED, 'language = "en"', 'language = "e"', "language", "ISO 639-1"),
        (DECLARED, "columns.theme.required = true", 'columns.theme.title.en = "Theme"',
         "datasets.overview.columns.theme.title.nl", ""),
        ("site.toml", 'publisher = "bzk"', 'publisher = "bkz"', "publisher", "mean bzk?"),
        ("site.toml", 'profile = "dcat-ap-nl"', 'profile = "dcatap-nl"', "profile", "mean dcat-ap-nl?"),
        ("site.toml", "licence = ", "license = ", "license", "mean licence?"),
        ("agents.toml", "[[contact]]\nid = ", "[[contact]]\nidd = ", "contact[0].idd", "mean id?"),
        (f"{NAME}/corrections.toml", 'kind = "spelling"\nplace = "L97"', 'kind = "speling"\nplace = "L97"',
         "correction[4].kind", "mean spelling?"),
        ("codelists/marks.toml", "label = { nl", "lable = { nl", "concept[0].lable", "mean label?"),
    ],
)  # fmt: skip
def test_what_is_misspelt_anywhere_has_its_line_and_the_nearest_right_name(
    short: Workspace, file: str, old: str, new: str, key: str, hint: str
) -> None:
    before = (short.data / file).read_text(encoding="utf-8")
    short.edit(file, old, new, before.count(old))
    after = (short.data / file).read_text(encoding="utf-8").split("\n")
    line = next(n for n, (one, other) in enumerate(zip(before.split("\n"), after, strict=True), 1) if one != other)
    found = [one for one in short.publish(write_dist=False).report.findings if one.place.key == key]
    assert found
    assert found[0].place.at == Line(line)
    assert found[0].place.file.endswith(file)
    assert hint in found[0].hint


COUNTRY = "country-q-2024-2026"
AT = f"{COUNTRY}/publication.toml"


@pytest.fixture
def country(tmp_path: Path) -> Workspace:
    """Return a copy of the declarations of made countries."""
    shutil.copytree(ROOT / "tests" / "countries" / "data", tmp_path / "data")
    return Workspace(tmp_path, COUNTRY)


def errors_of(workspace: Workspace) -> list[Finding]:
    return [one for one in workspace.publish(write_dist=False).report.findings if one.severity == "error"]


def test_a_code_that_is_read_once_is_told_once_with_the_line_of_its_column(country: Workspace) -> None:
    country.edit(AT, ', written.amber = ["Yellow"]', "")
    text = (country.data / AT).read_text(encoding="utf-8").split("\n")
    line = next(number for number, one in enumerate(text, start=1) if one.startswith("columns.progress = "))
    found = errors_of(country)  # and none of the overview, which repeats it
    assert [(one.rule, one.place.table, one.place.row) for one in found] == [
        ("unknown-code", "assessments", "C3"),
        ("unknown-code", "assessments", "C4"),
    ]
    assert f"{AT}, key datasets.assessments.columns.progress.written, line {line}" in found[0].hint


@pytest.mark.parametrize(
    ("old", "new", "key", "hint"),
    [
        ('spatial = ["https://sws.geonames.org/6295630/"]', "", "country", "`country`, such as NLD"),
        ('contact = "q-desk"', "", "contact", "site.toml for all publications"),
    ],
)
def test_what_is_missing_is_told_with_where_else_it_can_be_said(
    country: Workspace, old: str, new: str, key: str, hint: str
) -> None:
    country.edit(AT, old, new)
    (found,) = errors_of(country)
    assert (found.rule, found.place.key) == ("missing-key", key)
    assert hint in found.hint


def test_a_plan_that_is_no_years_is_told_at_its_key_and_nothing_is_missing_for_it(country: Workspace) -> None:
    country.edit(AT, 'plan = "2024-2026"', 'plan = "the fourth"')
    (found,) = errors_of(country)
    assert (found.rule, found.place.key) == ("invalid-date", "plan")


def test_a_declaration_without_datasets_is_told_how_they_are_named(country: Workspace) -> None:
    text = (country.data / AT).read_text(encoding="utf-8")
    (country.data / AT).write_text(text[: text.index("[datasets.")], encoding="utf-8")
    (found,) = errors_of(country)
    assert (found.rule, found.place.key) == ("missing-key", "datasets")


@pytest.mark.parametrize(
    ("line", "rule"), [("languages = 'en'", "value-type"), ("x =", "declaration-syntax"), ("x = 1", "unknown-key")]
)
def test_what_is_wrong_with_site_toml_is_told_there_and_nothing_is_missing_for_it(
    country: Workspace, line: str, rule: str
) -> None:
    path = country.data / "site.toml"
    path.write_text(f"{line}\n", encoding="utf-8")
    (found,) = errors_of(country)
    assert (found.rule, found.place.file, found.place.at) == (rule, str(path), Line(1))


def test_a_language_that_the_program_does_not_speak_is_told_once(country: Workspace) -> None:
    country.edit(AT, 'page_languages = ["en"]', 'page_languages = ["en", "de"]')
    country.edit(AT, 'country.en = "Country Q"', 'country = { en = "Country Q", de = "Land Q" }')
    found = errors_of(country)
    assert ("language-without-messages", "page_languages[1]") in [(one.rule, one.place.key) for one in found]
    # Texts of the model are no matter of the steward; those of the publication are, such as the title of the budget.
    assert not [one for one in found if "codelists" in one.place.file or "vocabulary" in one.place.file]
