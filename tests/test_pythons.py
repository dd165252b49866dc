"""Every Python that answers is tried, and no other is claimed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from conftest import ROOT

sys.path.insert(0, str(ROOT / "tools"))

import pythons

ANSWERS = {
    "first/python3.13": "echo 3.13",
    "first/python3.9": "echo 3.9",
    "first/python3.12": "echo 'no version is set' >&2; exit 127",
    "first/python3.11-config": "echo 3.11",
    "second/python3.12": "echo 3.12",
    "second/python3.13": "echo 3.13",
    "second/python3.14": "echo 3.13",
}


def test_the_first_of_each_version_that_answers_is_taken(tmp_path: Path) -> None:
    for name, says in ANSWERS.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{says}\n", encoding="utf-8")
        path.chmod(0o755)
    (tmp_path / "second" / "python3.15").write_text("no program", encoding="utf-8")
    found = pythons.answering([tmp_path / "nowhere", tmp_path / "first", tmp_path / "second"])
    assert list(found.items()) == [
        ("3.12", tmp_path / "second" / "python3.12"),
        ("3.13", tmp_path / "first" / "python3.13"),
    ]


A, B = {"x.csv": "1", "y.csv": "2"}, {"x.csv": "1", "y.csv": "3", "z.csv": "4"}


@pytest.mark.parametrize(
    ("published", "said"),
    [
        ({"3.11": {"nl": A}, "3.12": {"nl": A}}, []),
        (
            {"3.11": {"nl": A}, "3.12": {"nl": A}, "3.13": {"nl": B}},
            [
                "nl/y.csv is another with Python 3.13 than with 3.11",
                "nl/z.csv is another with Python 3.13 than with 3.11",
            ],
        ),
        ({"3.11": {}, "3.12": {}}, ["nothing is published with Python 3.11"]),
        (
            {"3.11": {"nl": {"x.csv": "1"}}, "3.12": {}},
            ["nl/x.csv is another with Python 3.12 than with 3.11"],
        ),
    ],
)
def test_each_file_that_differs_is_told(published: dict[str, dict[str, dict[str, str]]], said: list[str]) -> None:
    assert list(pythons.differences(published)) == said


def test_what_is_claimed_is_what_was_tried_when_it_was_claimed() -> None:
    assert pythons.claimed() == ["3.11", "3.12", "3.13"]
