"""Short declarations: what the model fills in, what a declaration says better, and what is wrong with one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from conftest import NAME, ROOT, Workspace
from ogp_data.core import resources
from ogp_data.core.findings import Place
from ogp_data.core.places import Line
from ogp_data.core.written import Origin, Written
from ogp_data.declaration import reading
from ogp_data.declaration.offering import is_offered
from ogp_data.models.lists import load_lists
from short_help import HEAD, expanded, takes, told, whole

PATTERN = r"find = { under = 'Introduction', pattern = '(?P<roman>[IVX]+)\. (?P<title>.+)' }"
TABLE = """
[datasets.commitments]
[datasets.assessments]
find.headings = ["Commitment", "Status", "Evidence"]
"""

# The publication ----------------------------------------------------------------------------------------


def test_texts_of_the_model_say_country_and_plan_in_the_languages_of_the_pages() -> None:
    long = expanded("").tables
    assert long["title"] == {"nl": "Plan van Nederland, 2020-2022", "en": "Plan of Netherlands, 2020-2022"}
    assert long["keywords"] == {"nl": ["plan"], "en": ["plan"]}
    assert long["series"] == {"title": {"nl": "Plannen van Nederland", "en": "Plans of Netherlands"}}


def test_a_country_has_its_name_in_a_language_that_the_table_lacks() -> None:
    assert expanded("", {"languages": ["fr"]}).tables["title"] == {"fr": "Plan : Pays-Bas, 2020-2022"}


def test_a_country_of_no_table_says_its_name_itself() -> None:
    text = HEAD.replace('country = "NLD"', 'country = { en = "Country X" }\npage_languages = ["en"]')
    long = whole(text).tables
    assert long["title"] == {"en": "Plan of Country X, 2020-2022"}
    assert long["country"] == {"en": "Country X"}
    assert "spatial" not in long


def test_what_follows_from_what_is_said_need_not_be_said() -> None:
    long = expanded("").tables
    assert long["spatial"] == ["NLD"]
    assert long["temporal"] == {"start": "2020", "end": "2022"}
    assert long["modified"] == long["issued"] == date(2026, 11, 23)
    assert long["languages"] == ["ENG"]
    assert (long["version"], long["frequency"]) == ("1.0.0", "NEVER")


def test_what_the_declaration_says_stands_and_a_table_is_completed() -> None:
    long = expanded('kind = "html"\ntitle = { en = "Own" }').tables
    assert long["source"] == {"file": "source/x.txt", "kind": "html", "title": {"en": "Own"}}
    assert expanded("").tables["source"]["title"] == {"nl": "Verslag 2020-2022", "en": "Report 2020-2022"}


def test_site_toml_says_what_publications_share_and_each_says_it_better() -> None:
    site = {"base_iri": "https://example.org/{id}/", "publisher": "bzk", "languages": ["en"]}
    found = expanded("", site)
    assert found.tables["base_iri"] == "https://example.org/x-2020-2022/"
    assert (found.tables["publisher"], found.tables["page_languages"]) == ("bzk", ["en"])
    assert found.keys["page_languages"] == Origin("languages", "site.toml")
    own = HEAD.replace("[source]", 'publisher = "min"\npage_languages = ["nl"]\n[source]')
    long = whole(own, site).tables
    assert (long["publisher"], long["page_languages"]) == ("min", ["nl"])
    assert long["title"] == {"nl": "Plan van Nederland, 2020-2022"}


def test_a_long_form_stays_as_it_is() -> None:
    entry = {"name": "a", "column": [{"name": "b"}]}
    found = expanded('[[dataset]]\nname = "a"\n[[dataset.column]]\nname = "b"')
    assert found.tables["dataset"] == [entry]
    assert not found.findings
    assert not any(key.startswith("dataset") for key in found.keys)


# Columns ------------------------------------------------------------------------------------------------


def test_a_group_of_the_pattern_fills_the_column_of_its_name() -> None:
    found = expanded(f"[datasets.themes]\nrows = 7\n{PATTERN}")
    assert takes(found) == {"theme_number": "position", "roman": "group:roman", "title": "group:title"}
    (dataset,) = found.tables["dataset"]
    assert (dataset["name"], dataset["type"], dataset["rows"]) == ("themes", "ogp:Theme", 7)
    assert dataset["find"]["kind"] == "headings"
    assert dataset["title"] == {"nl": "title of themes (nl), Nederland", "en": "title of themes (en), Netherlands"}
    key = dataset["column"][0]
    assert (key["key"], key["required"], key["rdf"]) == (True, True, "ogp:theme")
    assert not found.findings


def faults(text: str) -> list[tuple[str, str, str]]:
    return [(one.rule, one.place.key, str(one.message)) for one in expanded(text).findings]


def test_a_pattern_that_cannot_be_read_is_all_that_is_told_of_it() -> None:
    find = "[datasets.commitments]\nfind = { kind = 'headings', pattern = '(?P<nr>[0-9]+ (.+)' }"
    reason = "missing ), unterminated subpattern at position 0"
    key = "datasets.commitments.find.pattern"
    assert faults(find) == [("value-type", key, f"The pattern is not a regular expression: {reason}.")]


def test_a_group_that_misspells_an_empty_column_is_named() -> None:
    find = "[datasets.themes]\nfind = {{ pattern = '(?P<roman>[IVX]+) (?P<{}>.+)' }}"
    said = "No column takes the group 'titel' of the pattern, and the column 'title' is empty."
    assert faults(find.format("titel")) == [("unknown-key", "datasets.themes.find.pattern", said)]
    assert faults(find.format("titel") + '\ncolumns.title = "group:titel"') == []
    assert faults(find.format("title")) == faults(find.format("quote")) == []


def test_what_a_column_can_take_has_the_groups_of_the_pattern_by_their_names() -> None:
    text = "[datasets.commitments]\nfind = { kind = 'headings', pattern = '(?P<nr>[0-9]+) (?P<title>.+)' }"
    (fault,) = expanded(text).findings
    assert fault.place.key == "datasets.commitments.columns.commitment.take"
    offers = fault.hint.removesuffix(".").rpartition(": ")[2].split(", ") if ":" in fault.hint else []
    assert "group:nr" in fault.hint
    assert "group:title" in fault.hint
    assert "group:NAME" not in fault.hint
    assert "number" not in offers


@pytest.mark.parametrize(
    ("find", "verb", "is_there"),
    [
        ({}, "level", False),
        ({"ticks": {"limited": "Limited"}}, "level", True),
        ({"fill": {"#00b050": "completed"}}, "level", True),
        ({"fill": {"#00b050": "completed"}}, "tick", False),
        ({}, "parent", False),
        ({"within": "themes"}, "parent", True),
        ({"bands": "(?P<theme>.+)"}, "band:theme", True),
        ({"bands": "(?P<theme>.+)"}, "band:title", False),
        ({"bands": "("}, "band:theme", False),
    ],
)
def test_a_table_offers_what_its_keys_say(find: dict[str, Any], verb: str, is_there: bool) -> None:
    assert is_offered({"kind": "table", **find}, verb) == is_there


@pytest.mark.parametrize("plan", ["24-26", "2024/26", "20242026", "the third"])
def test_a_plan_without_its_years_is_told_there(plan: str) -> None:
    head = HEAD.replace('plan = "2020-2022"', f'plan = "{plan}"') + "[datasets]"
    assert plan in head
    found = whole(head)
    assert [(one.rule, one.place.key, str(one.message)) for one in found.findings] == [
        ("invalid-date", "plan", f"The plan '{plan}' does not say its years.")
    ]
    assert found.tables["temporal"] == {"start": "0001"}
    assert not whole(f'temporal = {{ start = "2024" }}\n{head}').findings


def test_of_an_own_column_without_a_title_that_alone_is_told() -> None:
    text = "[datasets.themes]\nfind.pattern = '.+'\ncolumns.mood = { type = 'text', take = 'position' }"
    assert faults(text) == [("missing-key", "datasets.themes.columns.mood.title", "The key 'title' is missing.")]


def test_a_core_column_without_a_source_is_empty_and_another_is_not_there() -> None:
    found = expanded("[datasets.themes]\nfind = { under = 'x', pattern = '.+' }")
    assert takes(found) == {"theme_number": "position", "title": "unknown"}


def test_a_reference_table_fills_the_columns_of_its_names_of_commitments_alone() -> None:
    found = expanded(
        "[datasets.themes]\nfind.pattern = '.'\n[datasets.commitments]",
        reference=frozenset(["ogp_id", "title", "roman"]),
    )
    assert "roman" not in takes(found)
    assert takes(found, 1) == {
        "commitment": "C{number}",
        "commitment_number": "number",
        "theme_number": "parent",
        "title": "reference:title",
        "ogp_id": "reference:ogp_id",
    }


def test_defaults_are_by_kind_and_refer_only_to_what_is_there() -> None:
    found = expanded(TABLE)
    assert takes(found, 1) == {
        "commitment": "C{number}",
        "commitment_number": "commitment.commitment_number",
        "progress": "unknown",
        "evidence": "unknown",
    }
    commitment, _, progress, evidence = found.tables["dataset"][1]["column"]
    assert commitment["references"] == "commitments"
    assert progress["codes"] == "progress"
    assert "required" not in evidence  # an empty column has no values
    alone = expanded('[datasets.assessments]\nfind.headings = ["A", "B"]')
    assert "references" not in alone.tables["dataset"][0]["column"][0]
    assert takes(alone)["commitment_number"] == "unknown"


def test_what_is_said_of_a_column_is_a_verb_a_table_or_that_it_is_there() -> None:
    found = expanded(
        TABLE
        + """
[datasets.assessments.columns]
assessed_on = { of = "document", where = "Date Prepared" }
progress = { heading = "Status", lost = "lost-colour", written.green = ["Groen"] }
evidence = "section"
derived_progress = { phrase = [{ words = "done", value = "completed" }] }
derived_progress_quote = true
[datasets.document]
"""
    )
    assert not found.findings
    assert takes(found, 1) == {
        "commitment": "C{number}",
        "commitment_number": "commitment.commitment_number",
        "assessed_on": "value",
        "progress": "cell",
        "evidence": "section",
        "derived_progress": "phrase",
        "derived_progress_quote": "quote",
    }
    columns = {column["name"]: column for column in found.tables["dataset"][1]["column"]}
    assert columns["progress"]["written"] == {"green": ["Groen"]}
    assert columns["derived_progress"]["search"] == ["evidence"]
    assert columns["evidence"]["required"] is True


def test_texts_of_a_column_and_a_dataset_can_be_said_better() -> None:
    found = expanded(
        """
[datasets.themes]
description.nl = "Zeven."
find.pattern = '.'
columns.title.description.en = "Empty."
"""
    )
    (dataset,) = found.tables["dataset"]
    assert dataset["description"] == {"nl": "Zeven."}  # a text is replaced whole, so that none is half particular
    assert dataset["column"][1]["description"] == {"en": "Empty."}
    assert dataset["column"][1]["take"] == "unknown"


def test_another_kind_drops_what_the_model_says_of_find() -> None:
    found = expanded('[datasets.assessments]\nfind = { kind = "list", under = "Assessment" }')
    assert found.tables["dataset"][0]["find"] == {"kind": "list", "under": "Assessment"}
    same = expanded('[datasets.assessments]\nfind = { continues = "empty-key" }')
    assert same.tables["dataset"][0]["find"] == {"kind": "table", "continues": "empty-key"}


def test_rows_that_are_repeated_have_the_columns_that_are_there_wherever_they_are_declared() -> None:
    first = "[datasets.overview]\n[datasets.commitments]\ncolumns.title = false"
    assert told(expanded(first)) == [("value-type", "datasets.commitments.columns.title")]
    found = expanded(f"[datasets.overview]\n[datasets.commitments]\n[datasets.links]\n[datasets.themes]\n{PATTERN}")
    assert takes(found) == {
        "commitment": "commitment",
        "commitment_number": "commitment.commitment_number",
        "theme": "title",
        "title": "title",
        "links": "count",
        "full_text": "unknown",
    }
    without = takes(expanded("[datasets.overview]\n[datasets.commitments]"))
    assert not {"theme", "links"} & without.keys()


def test_rows_that_nothing_relates_are_not_asked_for_their_columns() -> None:
    """The commitments of a table do not say below which theme they stand."""
    said = f"[datasets.overview]\n[datasets.themes]\n{PATTERN}\n[datasets.commitments]\n"
    assert "theme" in takes(expanded(f'{said}find = {{ kind = "list", each = "themes" }}'))
    assert "theme" not in takes(expanded(f'{said}find = {{ kind = "table", headings = ["Title", "Lead"] }}'))


def test_a_link_says_which_commitment_its_row_refers_to_only_where_there_are_commitments() -> None:
    assert takes(expanded("[datasets.links]"))["commitment"] == "unknown"
    found = expanded(f"[datasets.links]\n{TABLE}")
    assert takes(found)["commitment"] == "referred"
    assert found.tables["dataset"][0]["column"][1]["references"] == "commitments"


def test_false_leaves_a_column_out() -> None:
    text = "[datasets.commitments]\ncolumns.ogp_id = false"
    assert "ogp_id" not in takes(expanded(text, reference=frozenset(["ogp_id"])))


def test_a_heading_or_a_verb_drops_what_the_model_finds_the_column_by() -> None:
    found = expanded(
        '[datasets.overview]\ncolumns.links = { take = "sequence" }\n[datasets.commitments]\n[datasets.links]'
    )
    (links,) = [column for column in found.tables["dataset"][0]["column"] if column["name"] == "links"]
    assert not {"of", "having"} & links.keys()


# What is particular -------------------------------------------------------------------------------------


def test_a_column_of_its_own_stands_behind_those_of_the_model() -> None:
    found = expanded(
        "[datasets.commitments]\n"
        'columns.budget_in_euro = { take = "text", type = "integer", title = { nl = "Begroting", en = "Budget" } }'
    )
    *_, own = found.tables["dataset"][0]["column"]
    assert own == {
        "name": "budget_in_euro",
        "take": "text",
        "type": "integer",
        "title": {"nl": "Begroting", "en": "Budget"},
        "description": {"nl": "Begroting", "en": "Budget"},
        "rdf": "own:budgetInEuro",
    }


def test_where_means_the_value_of_a_line_in_a_column_of_its_own_too() -> None:
    found = expanded(
        "[datasets.document]\n[datasets.commitments]\n"
        'columns.on = { of = "document", where = "Date", type = "date", title = { nl = "Op", en = "On" } }'
    )
    assert takes(found, 1)["on"] == "value"


BUDGET = """
[datasets.commitments]
[datasets.budget-lines]
title = { nl = "Begroting", en = "Budget" }
description = { nl = "Wat het kost.", en = "What it costs." }
find = { kind = "table", headings = ["Commitment", "Budget"] }
columns.amount = { heading = "Budget", type = "integer", title = { nl = "Bedrag", en = "Amount" } }
columns.commitment = { key = true }
"""


def test_a_dataset_of_its_own_has_the_columns_that_any_table_may_have() -> None:
    found = expanded(BUDGET)
    assert not found.findings
    own = found.tables["dataset"][1]
    assert (own["name"], own["type"], own["keywords"]) == ("budget-lines", "own:BudgetLines", {"nl": [], "en": []})
    assert takes(found, 1) == {
        "commitment": "C{number}",
        "commitment_number": "commitment.commitment_number",
        "amount": "cell",
    }
    assert own["column"][0]["key"] is True
    assert own["column"][0]["references"] == "commitments"
    assert own["column"][2]["rdf"] == "own:amount"


COUNTED = (
    """columns.sequence = { key = true, type = "integer", take = "sequence", title = { nl = "Rij", en = "Row" } }"""
)


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        ("", ["commitment"]),
        (COUNTED, ["sequence"]),
        (f"columns.commitment.key = false\n{COUNTED}", ["sequence"]),
        ("columns.commitment.key = false", []),
        ("columns.commitment.key = true", ["commitment"]),
    ],
)
def test_another_column_may_be_the_key_in_place_of_that_of_the_model(said: str, keys: list[str]) -> None:
    found = expanded(f"{TABLE}{said}")
    assert not found.findings
    assessments = found.tables["dataset"][1]["column"]
    assert [column["name"] for column in assessments if column.get("key")] == keys
    (commitment,) = (column for column in assessments if column["name"] == "commitment")
    assert (commitment["take"], commitment["references"]) == ("C{number}", "commitments")


# Where it was written -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "written", "line"),
    [
        ("dataset[1]", "datasets.budget-lines", 11),
        ("dataset[1].type", "datasets.budget-lines.class", 11),
        ("dataset[1].title.fr", "datasets.budget-lines.title.fr", 12),
        ("dataset[1].find.headings[1]", "datasets.budget-lines.find.headings[1]", 14),
        ("dataset[1].column[2].heading", "datasets.budget-lines.columns.amount.heading", 15),
        ("dataset[1].column[2].name", "datasets.budget-lines.columns.amount", 15),
        ("dataset[1].column[0].key", "datasets.budget-lines.columns.commitment.key", 16),
        ("dataset[0].column[3].take", "datasets.commitments.columns.title.take", 10),
        ("spatial", "country", 3),
        ("temporal.start", "plan.start", 4),
        ("modified", "issued", 5),
        ("source.title.nl", "source.title.nl", 7),
        ("publisher", "publisher", 0),
    ],
)
def test_a_key_of_the_long_form_leads_to_what_was_written_and_its_line(key: str, written: str, line: int) -> None:
    found, file = expanded(BUDGET), "x/publication.toml"
    place = Written((file,), found.keys, {file: HEAD + BUDGET}).place(Place(file=file, key=key))
    assert (place.key, place.at) == (written, Line(line) if line else None)


def test_a_verb_that_stands_alone_is_the_key_itself() -> None:
    text, file = '[datasets.commitments]\ncolumns.title = "txt"', "x/publication.toml"
    found = expanded(text)
    place = Written((file,), found.keys, {file: HEAD + text}).place(Place(file=file, key="dataset[0].column[3].take"))
    assert (place.key, place.at) == ("datasets.commitments.columns.title", Line(10))


def test_a_key_of_site_toml_leads_there() -> None:
    found = expanded("", {"publisher": "bkz"})
    assert found.keys["publisher"] == Origin("publisher", "site.toml")


def test_datasets_of_both_forms_stand_behind_one_another() -> None:
    found = expanded('[datasets.commitments]\n[[dataset]]\nname = "a"')
    assert [one["name"] for one in found.tables["dataset"]] == ["commitments", "a"]
    assert found.keys["dataset[1]"] == Origin("dataset[0]")


# What is wrong ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rule", "key", "hint"),
    [
        ("datasets = 5", "value-type", "datasets", ""),
        ("[datasets]\nthemes = 5", "value-type", "datasets.themes", ""),
        ("[datasets.asessments]", "unknown-key", "datasets.asessments", "Did you mean assessments?"),
        ("[datasets.budget]", "unknown-key", "datasets.budget", "needs `title`, `description`, `find` and `columns`"),
        ("[datasets.links]\nrow = 3", "unknown-key", "datasets.links.row", "Did you mean rows?"),
        ("[datasets.links]\nfind = 3", "value-type", "datasets.links.find", ""),
        ("[datasets.links]\ncolumns = 3", "value-type", "datasets.links.columns", ""),
        ("[datasets.links]\ncolumns.url = 3", "value-type", "datasets.links.columns.url", ""),
        ("[datasets.links]\ncolumns.ulr = true", "unknown-key", "datasets.links.columns.ulr", "Did you mean url?"),
        ("[datasets.links]\ncolumns.link = false", "value-type", "datasets.links.columns.link", "Leave the key out"),
        (
            "[datasets.commitments]\ncolumns.ogp_id = true",
            "missing-key",
            "datasets.commitments.columns.ogp_id.take",
            "number, parent, phrase",
        ),
        (
            '[datasets.assessments]\nfind = { kind = "paragraphs" }',
            "missing-key",
            "datasets.assessments.columns.commitment.take",
            "section",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_key_and_what_was_meant(text: str, rule: str, key: str, hint: str) -> None:
    head = HEAD.replace("[source]", "") if text.startswith("datasets") else HEAD
    head = head.replace('file = "source/x.txt"', "") if head != HEAD else head
    found = whole(head + text)
    assert told(found) == [(rule, key)]
    assert hint in found.findings[0].hint


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('country = "NDL"', ("unknown-code", "country")),
        ('country = "Nederland"', ("unknown-code", "country")),
        ("", ("missing-key", "country")),
    ],
)
def test_a_country_that_is_none_is_told_with_the_nearest(head: str, expected: Any) -> None:
    text = HEAD.replace('country = "NLD"', head) + "[datasets.links]"
    found = whole(text)
    assert told(found) == [expected]
    assert "NLD" in found.findings[0].hint


def test_the_long_form_of_the_dutch_declaration_says_the_same(workspace: Workspace) -> None:
    lists = load_lists(resources.value_lists())
    short, found = reading.load(ROOT / "data", NAME, lists)
    long, told = reading.load(workspace.data, NAME, lists)
    assert short
    assert long
    assert short.declaration == long.declaration
    assert [one.message for one in found] == [one.message for one in told]


def test_the_dutch_declaration_is_short() -> None:
    text = (ROOT / "data" / NAME / "publication.toml").read_text(encoding="utf-8")
    assert text.count("\n") <= 400
