"""Names, languages, keywords, periods and addresses that a declaration can have, and those that it cannot."""

from __future__ import annotations

import hashlib
import json
import random
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from rdflib import DCAT, Graph, Literal

from conftest import begin
from generate_declarations import HEAD, NAME, SEQUENCE, Entry, Small, column, dataset, furniture, narrative, read
from ogp_data import pipeline
from ogp_data.core import columns, declared, finds, publication, shared
from ogp_data.declaration.naming import LANGUAGE_CODES, dataset_fault, id_fault, spreadsheet_fault
from ogp_data.delivery import package_reader as contents
from ogp_data.delivery.aanlever import fields as aanlever_fields
from ogp_data.delivery.ckan import flavours
from ogp_data.delivery.ckan.target import CkanTarget
from ogp_data.delivery.target import SecretSpec
from ogp_data.pipeline import Folders

# Names ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["nl-2020-2022", "plan", "n", "maya-2020", "mar-del-plata", "may", "zz", "congo", "com"]
)
def test_an_id_that_addresses_and_spreadsheets_keep_is_taken(name: str) -> None:
    assert id_fault(name) == ""


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        *((name, "must begin with a lowercase letter") for name in ("", "2020", "7-plan", "-a", ".git", "Plan", "é")),
        *((name, "the code of a language") for name in ("nl", "en", "fr", "id", "zu")),
        *((name, "taken by another") for name in ("all", "index", "catalog", "vocabulary", "api", "health", "sparql")),
        *((name, "taken by another") for name in ("validate", "v", "git")),
        *((name, "a device on Windows") for name in ("con", "aux", "nul", "prn", "com1", "lpt9")),
        *((name, "a date") for name in ("mei-2020", "jan-21", "may-2020", "maart-2020", "mrt-20", "sept2", "dec1")),
        *((name, "a date") for name in ("okt-1-2020", "augustus-2021", "march2020", "dec27-32018")),
        *((name, "a truth value") for name in ("true", "onwaar")),
    ],
)
def test_other_ids_are_told_why_not(name: str, fault: str) -> None:
    assert fault in id_fault(name)


MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"),
    *("december", "januari", "februari", "maart", "mei", "juni", "juli", "augustus", "oktober"),
)


def test_no_spelling_of_a_month_with_a_number_is_an_id() -> None:
    """What LibreOffice and Excel take for dates in either language: whole names and short ones, with 1 to 4 digits."""
    dice = random.Random(6)
    short = {name[:3] for name in MONTHS} - {"maa"} | {"mrt", "sept", "febr"}
    for month in sorted({*MONTHS, *short}):
        for joint in ("-", ""):
            number = dice.randint(1, 9999)
            assert "a date" in id_fault(f"{month}{joint}{number}"), (month, number)
            assert "a date" in id_fault(f"{month}{joint}{dice.randint(1, 31)}-{number}")
        assert id_fault(f"plan-{month}-2020") == id_fault(f"{month}-plan-2020") == ""


def test_datasets_and_columns_keep_their_names_in_a_cell_too() -> None:
    assert dataset_fault("source_findings") == dataset_fault("ogp-crosswalk") == ""
    assert "taken" in dataset_fault("reports")
    assert "language" in dataset_fault("fr")
    assert "a date" in dataset_fault("mei-2020")
    assert "a date" in spreadsheet_fault("mei2020")
    odd = {**narrative(), "column": [*narrative()["column"][:1], column("dec1", "text"), narrative()["column"][-1]]}
    assert told([odd]) == [("unsafe-name", "dataset[0].column[1].name")]


def told(datasets: Sequence[Entry] = (), **more: object) -> list[tuple[str, str]]:
    """Return rule and key of each error of a small publication that says other than the usual."""
    found = read(Small("# Plan\n\nText.\n", datasets or [narrative(), furniture()], more={**HEAD, **more})).findings
    return [(one.rule, one.place.key) for one in found if one.severity == "error"]


def test_a_new_publication_has_an_id_that_can_be_published(tmp_path: Path) -> None:
    for name in ("mei-2020", "git", "nl", "2020"):
        with pytest.raises(ValueError, match="call it by its country and years"):
            begin(tmp_path, name)
    assert list(tmp_path.iterdir()) == []


# Languages ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["", "xx", "EN", "eng", "e", "bh", "en-GB"])
def test_a_language_exists(code: str) -> None:
    assert told(language=code) == [("value-type", "language")]


def test_each_language_of_iso_639_1_is_one() -> None:
    assert len(LANGUAGE_CODES) == 183
    assert {"nl", "en", "fr", "et", "gd", "sr", "zh"} <= LANGUAGE_CODES
    assert told(language="sr") == []


def test_the_language_of_a_column_exists() -> None:
    section, text = column("section", "section", rdf="ogp:section"), column("text", "text", language="qq")
    odd = {**narrative(), "column": [narrative()["column"][0], section, text, narrative()["column"][-1]]}
    assert told([odd, furniture()]) == [("value-type", "dataset[0].column[2].language")]


# Keywords -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["", " ", "\u00a0", "\u200b"])
def test_an_empty_keyword_is_refused_with_its_place(word: str) -> None:
    found = told(keywords={"nl": ["plan", word], "en": []})
    assert found == [("missing-key", "keywords.nl[1]")]


@pytest.mark.parametrize("word", ["thema's", "plan (nieuw)", "a", "x" * 101, "a, b", "wob/woo", "b&w"])
def test_a_keyword_that_ckan_refuses_is_named(word: str) -> None:
    odd = {**narrative(), "keywords": {"nl": ["verhaal"], "en": ["story", word]}}
    findings = read(Small("# Plan\n\nText.\n", [odd, furniture()])).findings
    found = [one for one in findings if one.rule == "keyword-not-harvested"]
    assert [(one.severity, one.place.key) for one in found] == [("warning", "dataset[0].keywords.en[1]")]
    assert word in found[0].message


@pytest.mark.parametrize("word", ["open overheid", "Comit\u00e9", "v1.0", "co-creatie", "a_b", "ab", "x" * 100, "漢字"])
def test_other_keywords_are_not(word: str) -> None:
    findings = read(Small("Text.", [narrative()], more={"keywords": {"nl": [word], "en": [word]}})).findings
    assert "keyword-not-harvested" not in {one.rule for one in findings}


# Addresses ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["..", ".", "%2e%2E", "%2E", ".%2e"])
@pytest.mark.parametrize("key", ["base_iri", "base_url", "vocabulary"])
def test_an_address_has_no_steps_that_readers_take_away(key: str, step: str) -> None:
    address = f"https://data.voorbeeld.nl/{step}/plan/"
    assert told(**{key: address}) == [("invalid-address", f"{key}")]
    assert told(**{key: address.replace(step, f"a{step}")}) == []


# Periods --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ({}, [("missing-key", "temporal")]),
        ({"start": "", "end": ""}, [("missing-key", "temporal")]),
        ({"start": "2022", "end": "2021-12"}, [("invalid-date", "temporal")]),
        ({"start": "2023-02-29"}, [("invalid-date", "temporal.start")]),
        ({"end": "0000"}, [("invalid-date", "temporal.end")]),
        ({"end": "2021-33"}, [("invalid-date", "temporal.end")]),
        ({"start": "soon", "end": "2021?"}, [("invalid-date", "temporal.start"), ("invalid-date", "temporal.end")]),
        ({"start": "2021"}, []),
        ({"end": "2021-03-31"}, []),
        ({"start": "2021-03", "end": "2021"}, []),
    ],
)
def test_a_period_has_an_end_at_least(period: Entry, expected: list[tuple[str, str]]) -> None:
    assert told(temporal=period) == [(rule, f"{key}") for rule, key in expected]


@pytest.fixture(scope="module", params=["start", "end"])
def half_open(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    folder = tmp_path_factory.mktemp("open")
    small = Small("# Plan\n\nText.\n", [narrative(), furniture()], more={"temporal": {request.param: "2023-05"}})
    small.write(folder / "data")
    folders = Folders(folder / "data", folder / "build", folder / "dist")
    outcome = pipeline.run(folders, NAME, "", "", lambda _: None, write_dist=True)
    assert outcome.published, [str(found) for found in outcome.report.findings]
    return request.param, outcome.folder


def test_a_period_with_an_open_end_is_published_as_such_everywhere(half_open: tuple[str, Path]) -> None:
    known, folder = half_open
    graph = Graph().parse(folder / "catalog.ttl")
    start, end = (list(graph.objects(None, property_)) for property_ in (DCAT.startDate, DCAT.endDate))
    assert (start, end) == ((MAY, []) if known == "start" else ([], MAY))
    interval = {"start": "2023-05/..", "end": "../2023-05"}[known]
    with sqlite3.connect(folder / f"{NAME}.sqlite") as database:
        assert database.execute("SELECT value FROM metadata WHERE name = 'period'").fetchall() == [(interval,)]
    book = openpyxl.load_workbook(folder / "narrative/narrative.xlsx")
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {"start": "2023-05 - …", "end": "… - 2023-05"}[known] in cells
    about = (folder / "about.html").read_text(encoding="utf-8")
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert f"<dd>{({'start': 'vanaf mei 2023', 'end': 'tot en met mei 2023'})[known]}</dd>" in about
    assert f'"temporalCoverage": {json.dumps(interval)}' in page or f'"temporalCoverage":{json.dumps(interval)}' in page


MAY = [Literal("2023-05", datatype="http://www.w3.org/2001/XMLSchema#gYearMonth")]


def test_a_period_with_an_open_end_is_delivered_as_such(half_open: tuple[str, Path]) -> None:
    known, folder = half_open
    dataset = contents.load(folder.parent, NAME).datasets[0]
    target = CkanTarget("ckan", "https://ckan.voorbeeld.nl", NAME, SecretSpec())
    assert flavours.FLAVOURS["dcat"].dataset_fields(dataset, target)["temporal_coverage"] == [{known: "2023-05"}]
    extras = flavours.FLAVOURS["extras"].dataset_fields(dataset, target)
    assert {name for name in extras if name.startswith("temporal")} == {f"temporal_{known}"}
    day = {"start": {"dcatStartDate": "2023-05-01"}, "end": {"dcatEndDate": "2023-05-31"}}[known]
    assert aanlever_fields.dataset_fields(dataset, "nl")["dctTemporal"] == [day]


# Addresses --------------------------------------------------------------------------------------------------

BAD = ["www.voorbeeld.nl/plan een", "voorbeeld.nl", "https://x..nl/", "https://user:pw@x.nl/", "https://-x.nl/", "-"]


@pytest.mark.parametrize("address", BAD)
@pytest.mark.parametrize("key", ["source.url", "series.iri", "report.url", "use[0].url", "feedback[0].url"])
def test_every_address_of_a_declaration_is_one(key: str, address: str) -> None:
    assert ("invalid-address", key) in told(**with_address(key, address))
    assert ("invalid-address", key) not in told(**with_address(key, "https://voorbeeld.nl/plan"))


def with_address(key: str, address: str) -> dict[str, Any]:
    texts = {"nl": "Tekst.", "en": "Text."}
    sha256 = hashlib.sha256(b"Text.").hexdigest()
    source = {"file": "source/document.txt", "kind": "converted-text", "sha256": sha256, "title": texts}
    tables: dict[str, Any] = {
        "source": {**source, "description": texts},
        "series": {"title": texts, "description": texts},
        "report": {},
        "use": {"title": texts, "description": texts},
        "feedback": {"date": "2024-05-01", "text": texts, "change": texts},
    }
    name, part = key.replace("[0]", "").split(".")
    table = {**tables[name], part: address}
    return {name: [table] if "[0]" in key else table}


def test_no_key_of_the_model_that_holds_an_address_is_left_unchecked() -> None:
    checked = {"base_iri", "base_url", "vocabulary", "licence", "url", "iri", "email"}
    held = {
        part.name
        for module in (columns, declared, finds, publication, shared)
        for kind in vars(module).values()
        if is_dataclass(kind) and hasattr(kind, "__pydantic_config__")
        for part in fields(kind)
        if re.search(r"\W(?:Web address|Address|E-mail address|Its IRI|IRI of) ", str(part.type))
    }
    assert {"url", "base_iri", "licence"} <= held
    assert held - checked == set()


@pytest.mark.parametrize(
    "base",
    [
        "https://x.nl/a/../b/",
        "https://x.nl/./",
        "https://x.nl//a/",
        "https://x.nl/%2e%2e/",
        "https://user:pw@x.nl/",
        "https://x..nl/",
        "https://-x.nl/",
        "www.x.nl/a b/",
    ],
)
def test_a_base_that_is_none_is_one_error(base: str) -> None:
    assert told(base_iri=base) == [("invalid-address", "base_iri")]


def test_a_publication_has_a_keyword() -> None:
    assert told(keywords={"nl": [], "en": []}) == [("missing-key", "keywords")]


@pytest.mark.parametrize("text", ["\u200b", "\u2060\ufeff", "\u3164", "\u2800", " \u00ad", "\u0301"])
def test_a_text_that_nobody_sees_is_none(text: str) -> None:
    assert told(title={"nl": text, "en": "A plan"}) == [("missing-key", "title.nl")]


# Columns that the linked data cannot tell apart ---------------------------------------------------------------


def test_two_columns_of_one_property_are_warned_of() -> None:
    texts = [column("a", "text", rdf="dct:title"), column("b", "section", rdf="dct:title")]
    found = read(Small("Text.", [dataset("narrative", {"kind": "paragraphs"}, SEQUENCE, *texts)])).findings
    assert [(one.severity, one.place.key) for one in found if one.rule == "duplicate-property"] == [
        ("warning", "dataset[0].column[2].rdf")
    ]


def test_texts_of_two_languages_may_have_one_property() -> None:
    texts = [column("a", "text", rdf="dct:title"), column("b", "section", rdf="dct:title", language="nl")]
    found = read(Small("Text.", [dataset("narrative", {"kind": "paragraphs"}, SEQUENCE, *texts)])).findings
    assert "duplicate-property" not in [one.rule for one in found]
