"""Forms: what they say, how a declaration changes it, and how the form of a document is recognised."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from document_help import read
from form_help import expanded
from ogp_data.declaration.recognising import recognise
from ogp_data.declaration.short import Expanded
from ogp_data.models.forms import FORMS, Form, forms, load_form

HOW_TO = (ROOT / "docs" / "how-to" / "add-a-form.md").read_text(encoding="utf-8")


def made(tmp_path: Path, text: str = "") -> Form:
    """Return the form of the page that shows how to add one, with more of it."""
    block = re.search(r"`promises.toml`:\n\n```toml\n(.+?)```", HOW_TO, re.S)
    assert block
    path = tmp_path / "promises.toml"
    path.write_text(block[1] + text, encoding="utf-8")
    return load_form(path)


def of(long: Expanded, name: str) -> dict[str, Any]:
    return next(table for table in long.tables["dataset"] if table["name"] == name)


@pytest.mark.parametrize("name", forms())
def test_a_form_is_a_whole_declaration_of_its_datasets(name: str) -> None:
    long = expanded(f'form = "{name}"')
    assert [str(found) for found in long.findings] == []
    datasets = FORMS[name].datasets
    assert [table["name"] for table in long.tables["dataset"]] == [*datasets]
    for table in long.tables["dataset"]:
        taken = {column.get("take") for column in table["column"]}
        assert {f"label:{label}" for label in table["find"].get("labels", {})} <= taken
    assert {*FORMS[name].title} == {"nl", "en", "fr"}


@pytest.mark.parametrize("name", forms())
def test_no_word_of_a_form_stands_for_two_things(name: str) -> None:
    for dataset, table in FORMS[name].datasets.items():
        labels = table.get("find", {}).get("labels", {})
        said = [(key, one.casefold()) for key, spellings in labels.items() for one in spellings]
        words = [one for _, one in said]
        assert len(words) == len(set(words)), dataset


def test_what_a_declaration_says_wins_key_by_key(tmp_path: Path) -> None:
    form = made(tmp_path)
    long = expanded(
        'form = "promises"\n[datasets.commitments]\nrows = 3\nfind.labels.lead_institution = ["Owner"]\n'
        'columns.title.description.en = "What is promised."\n[datasets.overview]\n[datasets]\nlinks = false\n',
        form,
    )
    assert [str(found) for found in long.findings] == []
    assert [table["name"] for table in long.tables["dataset"]] == ["commitments", "narrative", "document", "overview"]
    commitments = of(long, "commitments")
    assert commitments["rows"] == 3
    assert commitments["find"]["starts"] == r"Promise (?P<number>\d+): (?P<title>.+)"
    assert commitments["find"]["labels"] == {"lead_institution": ["Owner"], "objective": ["Why"]}
    # What the form alone says may be absent.
    assert commitments["find"]["optional"] == ["objective"]
    assert of(long, "narrative")["optional"] is True


def test_rows_that_are_found_otherwise_have_nothing_of_the_form(tmp_path: Path) -> None:
    find = 'form = "promises"\n[datasets.commitments]\nfind = { kind = "list", under = "Promises" }\n'
    assert of(expanded(find, made(tmp_path)), "commitments")["find"] == {"kind": "list", "under": "Promises"}


@pytest.mark.parametrize("said", ["3", "true", "[]", '"Owner"'])
def test_labels_that_are_no_table_stay_as_they_are_said_until_they_are_told(tmp_path: Path, said: str) -> None:
    text = f'form = "promises"\n[datasets.commitments]\nfind.labels = {said}\n'
    find = of(expanded(text, made(tmp_path)), "commitments")["find"]
    assert find["labels"] == tomllib.loads(text)["datasets"]["commitments"]["find"]["labels"]
    assert "optional" not in find


def test_an_action_plan_is_no_self_assessment() -> None:
    titles = {}
    for name in ("ogp-action-plan", "ogp-self-assessment"):
        long = expanded(f'form = "{name}"').tables
        titles[name] = (
            str(long["title"]),
            str(long["source"]["title"]),
            str(long["description"]),
            str(long["keywords"]),
        )
    assert ["assessment" in text.lower() for text in titles["ogp-action-plan"]] == [False] * 4
    assert ["assessment" in text.lower() for text in titles["ogp-self-assessment"]] == [True] * 4


def test_a_form_that_there_is_not_is_told_alone() -> None:
    (told,) = expanded('form = "ogp-self-assessmnt"').findings
    assert (told.rule, told.place.key) == ("dangling-reference", "form")
    assert "ogp-self-assessment" in told.hint


@pytest.mark.parametrize(
    ("text", "said"), [("\n[[datasets]]\n", "line 20"), ('\n[datasets.x.find.labels]\ny = ["Z"]\n[other]\n', "other")]
)
def test_what_is_wrong_with_a_form_is_said_with_its_file(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=rf"promises\.toml: [\s\S]*{said}"):
        made(tmp_path, text)


def test_a_usual_label_that_no_dataset_has_is_an_error(tmp_path: Path) -> None:
    made(tmp_path)
    path = tmp_path / "promises.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"objective"]', '"aim"]'), encoding="utf-8")
    with pytest.raises(ValueError, match="no dataset has the label 'aim'"):
        load_form(path)


# Recognising ---------------------------------------------------------------------------------------------

PROMISES = """# Plan of Arendia

## 1. Introduction

We promise.

## Promise 1: Open the archive

**Who:** the archive

**Why:** to see

## Promise 2: Stream the council

**Who:** the council

**Why:** to hear
"""


def test_the_form_of_a_document_is_the_one_whose_labels_it_has(tmp_path: Path) -> None:
    found = recognise(read("markdown", PROMISES), {**forms(), "promises": made(tmp_path)})
    assert [(one.form.name, one.share, one.records) for one in found] == [("promises", 1.0, 2)]


def test_a_document_of_no_form_is_not_recognised() -> None:
    text = "# Report\n\n## 1. Introduction\n\nWords.\n\n## 2. Results\n\n| A | B |\n|---|---|\n| 1. | 2 |\n"
    assert recognise(read("markdown", text), forms()) == []
