"""Where a folder of files says what it is: title, country and years of a draft, whatever the files are called."""

from __future__ import annotations

import random

import pytest

from ogp_data.cli import dialogue
from ogp_data.core import resources
from ogp_data.declaration.drafting.draft import Asked, Survey, draft, survey
from ogp_data.models.lists import load_lists

LISTS = load_lists(resources.value_lists())
TRIED = 5
"""So many made folders; three hundred were tried."""

NAMES = ("A-GLOSSARY.md", "0.md", "SUMMARY.md", "preface.md", "zones.md")
FOLDERS = ("", "en/", "a/b/", "x/")
LONG = "This plan was made with everybody who wanted to take part, and says what will be done and by whom. " * 3


def surveyed(files: dict[str, str], name: str = "p") -> Survey:
    given = [(path, text.encode()) for path, text in sorted(files.items())]
    return survey(Asked(name, "source/", spoken="en"), given, LISTS)


def page(title: str) -> str:
    return f"# {title}\n\n{LONG}\n\n## More\n\nText.\n"


def test_a_folder_is_what_its_readme_says() -> None:
    files = {
        "GLOSSARY.md": page("API"),
        "README.md": page("Plan of Norway 2015 -2017"),
        "b/README.md": page("Lessons of Sweden from 2012-2014"),
        "climate.md": page("Promises of 2011-2013 to Denmark"),
    }
    seen = surveyed(files, "fr-2015")
    assert (seen.outline.title.title, seen.facts.years, seen.facts.code) == (
        "Plan of Norway 2015 -2017",
        "2015-2017",
        "NOR",
    )
    assert seen.facts.by_id == frozenset()


def test_what_two_files_beside_one_another_say_differently_neither_says() -> None:
    files = {"a.md": page("Plan of Norway 2015-2017"), "b.md": page("Plan of Sweden 2018-2020")}
    assert surveyed(files).facts.code == ""


def test_what_the_id_alone_says_is_marked() -> None:
    files = {"README.md": page("Plan of the government")}
    seen = surveyed(files, "fr-2015")
    text = draft(Asked("fr-2015", "source/"), seen, seen.answers).written.text
    assert 'country = "FRA"  # by the publication\'s id; the document does not say it\n' in text
    assert 'plan = "2015"  # by the publication\'s id; the document does not say it\n' in text


def test_what_the_document_says_is_not_marked() -> None:
    seen = surveyed({"README.md": page("Plan of Norway 2015-2017")}, "fr-2018")
    text = draft(Asked("fr-2018", "source/"), seen, seen.answers).written.text
    assert 'country = "NOR"\nplan = "2015-2017"\n' in text


def test_labels_with_a_colon_are_read_in_the_file_that_speaks_for_all() -> None:
    files = {"A.md": page("API"), "index.md": f"# Plan\n\nCountry: Norway\n\nPeriod: 2020-2022\n\n## Begin\n\n{LONG}\n"}
    facts = surveyed(files).facts
    assert (facts.code, facts.years) == ("NOR", "2020-2022")


def test_no_other_file_changes_what_the_first_says() -> None:
    chance = random.Random(6)
    for _ in range(TRIED):
        first = chance.randint(1990, 2030)
        said, folder = f"{first}-{first + chance.randint(1, 4)}", chance.choice(FOLDERS)
        files = {f"{folder}{chance.choice(('README.md', 'index.md', 'Readme.md'))}": page(f"Plan of Norway {said}")}
        for _ in range(chance.randint(0, 4)):
            deeper = folder + chance.choice(("", "m/", "q/r/"))
            about = chance.choice(("API", "Lessons of 1980-1981", "Sweden", "Italy in 1985-1986"))
            files.setdefault(deeper + chance.choice(NAMES), page(about))
        seen = surveyed(files)
        assert (seen.facts.code, seen.facts.years) == ("NOR", said), files
        assert seen.outline.title.title == f"Plan of Norway {said}"


@pytest.mark.parametrize(
    ("written", "country"),
    [
        ("Exampletown.", "Exampletown"),
        ("Mali;", "MLI"),
        ("Exampletown D.C.", "Exampletown D.C."),
        ("Ex. Rep.", "Ex. Rep."),
    ],
)
def test_the_sign_that_ends_a_sentence_is_no_part_of_a_country(written: str, country: str) -> None:
    seen = surveyed({"a.md": f"# Report\n\nCountry: {written}\n\n## More\n\n{LONG}\n"})
    assert seen.answers.country == country


def test_a_country_that_no_line_says_gives_no_codes_for_a_line() -> None:
    files = {
        "a.md": f"# Report of Norway\n\n| Period | 2020-2022 |\n|---|---|\n| Author | Office |\n\n## More\n\n{LONG}\n"
    }
    seen = surveyed(files)
    assert seen.facts.code == "NOR"
    assert all(one["label"] for one in seen.facts.normalise)


@pytest.mark.parametrize("said", ["CC0", "cc0 1.0", "CC-0"])
def test_a_licence_is_known_by_its_name(said: str) -> None:
    assert dialogue._licence(said) == "https://creativecommons.org/publicdomain/zero/1.0/"


@pytest.mark.parametrize("said", ["CC BY", "cc-by-4.0", "CC BY 4.0"])
def test_a_licence_that_asks_for_a_name_is_known_by_its_own(said: str) -> None:
    assert dialogue._licence(said) == "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize("said", ["CC BY-SA 4.0", "CC BY 3.0", "free"])
def test_another_licence_is_told_by_its_address(said: str) -> None:
    with pytest.raises(ValueError, match="address"):
        dialogue._licence(said)
