"""A real plan in two languages, of a file for each commitment, held against what its files say."""

from __future__ import annotations

import re
import shutil
import unicodedata
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from conftest import shared
from ogp_data.documents import READERS
from sources_help import AGENTS, Made, make

DECLARATION = Path(__file__).parent / "fr_nap1"
NAME = "fr-2015-2017"
SAMPLE = "samples/fr-nap1-2015-2017"
LEAD = re.compile(r"\*\*(?:Institutions? porteuses?|Lead institutions?)\*\*")


@pytest.fixture(scope="module")
def made() -> Made:
    sample = shared() / SAMPLE
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        # A process for each of 52 files is no matter of this test.
        patch.setattr("ogp_data.documents.read_bounded", lambda kind, file: READERS[kind].read(file))
        data = Path(folder)
        shutil.copytree(DECLARATION, data / NAME)
        for language in ("fr", "en"):
            shutil.copytree(sample / language, data / NAME / "source" / language)
        (data / "agents.toml").write_text(AGENTS)
        return make(data, NAME)


@cache
def lines(language: str, number: int) -> list[str]:
    """Return the lines of the file of a commitment."""
    name = {"fr": "engagement", "en": "commitment"}[language]
    path = next((shared() / SAMPLE / language).rglob(f"{name}-{number}.md"))
    return path.read_text(encoding="utf-8").splitlines()


def plain(text: str) -> str:
    """Return a text of Markdown without marks of emphasis, with its white space folded."""
    return unicodedata.normalize("NFC", " ".join(text.replace("*", "").split()))


def leads(language: str, number: int) -> list[str]:
    """Return the institutions that stand as bullets below each label for them."""
    found: list[str] = []
    is_below = False
    for line in lines(language, number):
        if LEAD.match(line):
            is_below = True
        elif is_below and line.startswith("-"):
            found.append(plain(line.removeprefix("-")))
        elif line.strip():
            is_below = False
    return found


def test_each_commitment_is_one_row_in_two_languages(made: Made) -> None:
    rows = made.tables["commitments"]
    assert [row["commitment"] for row in rows] == [f"C{number}" for number in range(1, 27)]
    for number, row in enumerate(rows, start=1):
        for language, name in (("fr", "title"), ("en", "title_en")):
            heading = next(line for line in lines(language, number) if line.startswith("## "))
            assert row[name] == plain(heading.removeprefix("## "))


def test_labels_that_are_met_again_are_joined_in_order(made: Made) -> None:
    for number, row in enumerate(made.tables["commitments"], start=1):
        assert row["lead_institution"] == " ".join(leads("fr", number))
        assert row["lead_institution_en"] == " ".join(leads("en", number))
    first = made.tables["commitments"][0]
    assert lines("fr", 1).count("#### Feuille de route") == 3
    assert first["roadmap"].count("[suivi]") == sum("[[suivi]" in line for line in lines("fr", 1))


def test_stakes_context_and_roadmap_are_columns_in_both_languages(made: Made) -> None:
    empty = {
        name: [row["commitment"] for row in made.tables["commitments"] if not row[name]]
        for name in ("problem", "problem_en", "context", "context_en", "roadmap", "roadmap_en")
    }
    # The sixth has no stakes, in neither language.
    assert empty == {
        "problem": ["C6"],
        "problem_en": ["C6"],
        "context": [],
        "context_en": [],
        "roadmap": [],
        "roadmap_en": [],
    }


def test_no_word_of_either_language_is_lost(made: Made) -> None:
    assert made.figures
    assert made.figures.whole
    assert (made.figures.aside["repeated"], made.figures.aside["pattern"]) == (26, 52)
    assert [str(one) for one in made.told if one.severity == "error"] == []
    assert made.rules.count("unclaimed-file") == 1
    assert "untranslated-row" not in made.rules


def test_texts_of_the_rest_stand_in_the_column_of_their_language(made: Made) -> None:
    assert made.loaded
    languages = {file.number: file.language for file in made.loaded.source_files}
    for row in made.tables["narrative"]:
        number = int(row["source_places"].partition(":")[0]) if ":" in row["source_places"] else 1
        assert [bool(row["text"]), bool(row["text_en"])] == [languages[number] == "fr", languages[number] == "en"]
