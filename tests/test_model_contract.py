"""The model against the contract for the output, typed by hand: its datasets, columns, order, keys and texts."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from babel import Locale

from ogp_data.models import model as models
from ogp_data.models.model import model

LANGUAGES = ("nl", "en", "fr")

FIRST = {
    "themes": "theme_number roman title",
    "commitments": (
        "commitment commitment_number theme_number title title_in_assessment ogp_id ogp_url lead_institution"
    ),
    "assessments": "commitment commitment_number assessed_on progress evidence reasons next_steps",
    "links": "link commitment commitment_number dataset row column label url url_status",
    "process": "sequence date date_as_written description phase",
    "irm_lessons": "sequence text",
    "recommendations": "sequence text",
    "narrative": "sequence section text",
    "document": "sequence kind label value as_written",
    "source_findings": "sequence kind statement dataset row column",
    "milestones": "milestone commitment commitment_number letter title start end",
    "milestone_assessments": "milestone commitment commitment_number letter progress progress_scale",
    "overview": "commitment commitment_number",
    "ogp-crosswalk": "commitment commitment_number",
    "continuations": "continuation commitment commitment_number change previous_publication previous_commitment",
}
"""The key, the reference to a commitment with its number, and what stands first: there in every publication."""

FURTHER = {
    "commitments": (
        "sequence start end supporting_institutions policy_areas description objective ambition relevance problem"
        " context roadmap"
    ),
    "assessments": "progress_scale results end_as_reported",
    "process": "date_earliest date_latest",
    "ogp-crosswalk": (
        "commitment_unique_identifier country_locality year_of_submission derived_action_plan_number commitment_title"
        " short_title full_text lead_institution supporting_institutions policy_areas url"
    ),
}
"""What the contract has behind these, in its order."""

OGP_HEADINGS = (
    "Commitment Number|Commitment Unique Identifier|Country/Locality|Year Of Submission|Action Plan Number"
    "|Commitment Title|Short Title|Full Text|Lead Institution|Supporting Institution(s)|Policy Area(s)|URL"
)

ALIKE = frozenset(
    {
        *("Ambition", "Context", "Dataset", "Date", "Description", "Letter", "Phase", "Publication", "Start", "Status"),
        *("links", "participation"),
    }
)
"""Words that are the same in two languages because the languages have them so."""

NAMES_OF_THE_DUTCH = ("Nederlandse?", "Dutch", "Netherlands", "néerlandaise?", "français", "French", "Franse?")


def test_the_model_has_the_datasets_of_the_contract() -> None:
    assert set(model().datasets) == set(FIRST)


@pytest.mark.parametrize("name", FIRST)
def test_columns_stand_in_the_order_of_the_contract(name: str) -> None:
    columns = [*model().datasets[name].columns]
    expected = [*FIRST[name].split(), *FURTHER.get(name, "").split()]
    assert columns[: len(expected)] == expected
    assert not {"publication", "source_places"} & set(columns)  # they stand in every table by themselves


@pytest.mark.parametrize("name", FIRST)
def test_the_key_stands_first_and_what_each_publication_has_is_core(name: str) -> None:
    dataset = model().datasets[name]
    first = FIRST[name].split()
    assert dataset.key == first[0]
    assert [column for column in first if not dataset.columns[column].core] == []


def test_what_any_table_may_have_is_shared() -> None:
    assert [*model().shared] == [
        *("publication", "commitment", "commitment_number", "theme_number", "milestone", "source_places")
    ]


def test_keys_are_text_and_the_order_is_a_number() -> None:
    types = {
        f"{dataset.name}.{column.name}": column.keys["type"]
        for dataset in model().datasets.values()
        for column in dataset.columns.values()
    }
    assert types["commitments.commitment"] == types["assessments.commitment"] == types["links.commitment"] == "string"
    assert {types[f"{name}.commitment_number"] for name in FIRST if "commitment_number" in FIRST[name]} == {"string"}
    assert types["commitments.sequence"] == types["narrative.sequence"] == types["links.link"] == "integer"


def test_a_commitment_is_referred_to_wherever_it_is_named() -> None:
    for dataset in model().datasets.values():
        if "commitment" in dataset.columns and dataset.name != "commitments":
            assert dataset.columns["commitment"].keys["references"] == "commitments", dataset.name
    for dataset in model().datasets.values():
        assert [c.name for c in dataset.columns.values() if c.keys.get("references") == dataset.name] == []
    assert model().datasets["milestone_assessments"].columns["milestone"].keys["references"] == "milestones"


def test_the_english_titles_of_the_crosswalk_are_the_headings_of_the_partnership() -> None:
    columns = [*model().datasets["ogp-crosswalk"].columns.values()][1:]
    assert [column.keys["title"]["en"] for column in columns] == OGP_HEADINGS.split("|")


def test_the_scales_of_progress_stay_apart() -> None:
    columns = model().datasets["assessments"].columns
    assert (columns["progress"].keys["codes"], columns["progress_scale"].keys["codes"]) == (
        "progress",
        "progress-scale",
    )
    assert model().datasets["milestone_assessments"].columns["progress"].keys["codes"] == "completion"


# Texts --------------------------------------------------------------------------------------------------


def texts(table: object, at: str) -> Iterator[tuple[str, Mapping[str, str | list[str]]]]:
    """Yield every text of a table of the model, by language, with where it stands."""
    if isinstance(table, Mapping) and "en" in table:
        yield at, table
    elif isinstance(table, Mapping):
        for key, value in table.items():
            yield from texts(value, f"{at}.{key}")


def every_text() -> list[tuple[str, Mapping[str, str | list[str]]]]:
    found = [*texts(model().publication, "publication")]
    for dataset in model().datasets.values():
        found += [
            (f"{dataset.name}.{part}", dict(getattr(dataset, part))) for part in ("title", "description", "keywords")
        ]
        found += [
            one for name, column in dataset.columns.items() for one in texts(column.keys, f"{dataset.name}.{name}")
        ]
    return found + [one for column in model().shared.values() for one in texts(column.keys, column.name)]


def words(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "; ".join(text)


def test_every_text_is_in_the_three_languages_and_not_the_same_in_two_by_accident() -> None:
    found = every_text()
    assert len(found) > 250
    for at, text in found:
        assert set(text) == set(LANGUAGES), at
        for one, other in combinations(LANGUAGES, 2):
            assert words(text[one]) != words(text[other]) or words(text[one]) in ALIKE, (at, one, other)


def test_a_text_names_no_country() -> None:
    names = "|".join([*map(re.escape, countries()), *NAMES_OF_THE_DUTCH])
    named = re.compile(rf"\b(?:{names})\b")
    assert named.search("van het vierde Nederlandse Actieplan")
    said = [(at, words(text[language])) for at, text in every_text() for language in LANGUAGES]
    assert [(at, text) for at, text in said if named.search(text)] == []


def countries() -> set[str]:
    """Return the names of all countries in the three languages."""
    path = Path(models.__file__).with_name("values") / "country.csv"
    with path.open(encoding="utf-8", newline="") as file:
        listed = {name for row in csv.DictReader(file) for name in (row["en"], row["nl"]) if name}
    assert {"Nederland", "Netherlands", "France"} <= listed
    return (listed | {*Locale("fr").territories.values()}) - {"European Union", "Europese Unie", "Union européenne"}


def test_the_country_and_the_plan_stand_in_the_texts_of_every_dataset() -> None:
    for dataset in model().datasets.values():
        for language in LANGUAGES:
            for text in (dataset.title[language], dataset.description[language]):
                assert "{country}" in text, (dataset.name, language)
                assert "{plan}" in text, (dataset.name, language)


def test_a_description_is_as_long_as_a_catalogue_takes_and_ends_as_a_sentence() -> None:
    for at, text in every_text():
        for language, said in text.items():
            if at.endswith("description"):
                assert len(words(said)) <= 2000, (at, language)
                assert words(said).endswith((".", ". ", "»." if language == "fr" else ".")), (at, language)


def test_keywords_are_of_letters_that_every_catalogue_takes() -> None:
    lists = [text[language] for at, text in every_text() if at.endswith("keywords") for language in LANGUAGES]
    said = [word for words in lists for word in words]
    assert len(said) > 75
    assert [word for word in said if not re.fullmatch(r"[\w .-]{2,100}", word)] == []


def test_french_has_its_own_apostrophes() -> None:
    assert [at for at, text in every_text() if "'" in words(text["fr"])] == []


# Words by which things are known --------------------------------------------------------------------------

NOT_OF_THE_MODEL = {"front_matter", "codes", "other"}
"""Lines of front matter and codes are known by words too, but are no datasets."""


def words_of_documents() -> dict[str, dict[str, dict[str, dict[str, list[str]]]]]:
    path = Path(models.__file__).with_name("ogp") / "words.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_what_documents_call_a_thing_is_said_of_things_that_there_are() -> None:
    found = words_of_documents()
    for name in found.keys() - NOT_OF_THE_MODEL:
        assert found[name].get("columns", {}).keys() <= model().datasets[name].columns.keys(), name
    folder = Path(models.__file__).with_name("ogp") / "codelists"
    for name, codes in found["codes"].items():
        concepts = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))["concept"]
        assert codes.keys() == {concept["code"] for concept in concepts}, name


def test_what_documents_call_a_thing_is_in_three_languages_and_small_letters() -> None:
    said = [text for table in words_of_documents().values() for text in by_language(table)]
    assert len(said) > 50
    for text in said:
        assert set(text) == set(LANGUAGES), text
        for words in text.values():
            assert [word for word in words if word != word.lower().strip()] == []
            assert len(words) == len(set(words)), words


def by_language(table: Mapping[str, Any]) -> Iterator[Mapping[str, list[str]]]:
    if "en" in table:
        yield table
    else:
        for value in table.values():
            yield from by_language(value)
