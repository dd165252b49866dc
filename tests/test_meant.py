"""Names that are misspelt in a declaration: the line of each, and the name that was probably meant."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import NAME, Workspace
from generate_declarations import Small, column, furniture, narrative, read, table, words
from ogp_data.core.declared import Declaration
from ogp_data.core.findings import Finding
from ogp_data.core.near import meant
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
    assert known_keys(Declaration, ("dataset", 0, "find"), tables) == ["kind", "under", "each"]
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
