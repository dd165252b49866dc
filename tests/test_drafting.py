"""What `ogp-data new` understands of a document, and what it leaves to the steward."""

from __future__ import annotations

import itertools
import random
import re
import tomllib
from typing import Any

import pytest

from conftest import ROOT, SOURCE, shared
from ogp_data.core import resources
from ogp_data.core.messages import languages
from ogp_data.declaration.drafting.draft import SHARED, Asked, Draft, blank, draft, survey
from ogp_data.declaration.drafting.language import detect
from ogp_data.declaration.drafting.themes import NUMBER, ROMAN, is_numbered, match_of
from ogp_data.models.lists import load_lists

LISTS = load_lists(resources.value_lists())
GIVEN = frozenset(SHARED)


def drafted_of(content: bytes, file: str = "source/p.txt", **asked: Any) -> Draft:
    wanted = Asked("p", file, given=GIVEN, **asked)
    seen = survey(wanted, [(file.removeprefix("source/"), content)], LISTS)
    return draft(wanted, seen, seen.answers)


def drafted(document: str, **asked: Any) -> Draft:
    return drafted_of(document.encode(), **asked)


def datasets(document: str, **asked: Any) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(drafted(document, **asked).written.text).get("datasets", {})
    return found


def in_markdown(document: str) -> dict[str, Any]:
    seen = drafted_of(document.encode(), "source/p.md", spoken="en")
    found: dict[str, Any] = tomllib.loads(seen.written.text)["datasets"]
    return found


# A whole draft ------------------------------------------------------------------------------------------

REPORT = """\
# How Exampleland keeps its promises

Country\tExampleland
Period\t2024-2026
Report date\t3 May 2025

## The plan

It was made with residents, who are named in [the annex](https://example.org/annex).

### Theme A: Open doors

1. Publish every decision
2. Answer within four weeks

### Theme B: Open books

3. Explain the budget

## Where we are

Commitment\tLevel of completion\tResults
1. Publish every decision\tCompleted\tAll of them are online.
2. Answer within four weeks\tUnder way\tHalf of them are.
3. Explain the budget\tLimited\tA first page is.

## Money

Year\tAmount\tPaid on
2024\t€ 1,200.50\t3 June 2024
2025\t€ 900\t1 July 2025

Signed by the council
"""

DRAFT = """\
# Drafted from source/p.txt: each dataset shows in a comment what was understood.
# What is to be filled in is marked; `ogp-data check p` tells what is left.

id = "p"
country.en = "Exampleland"
spatial = [""]  # FILL IN: the address of the place at GeoNames, such as https://sws.geonames.org/2750405/
plan = "2024-2026"
issued = 0001-01-01  # FILL IN: the day on which this data is first published
language = "en"  # of the document

[source]
file = "source/p.txt"
sha256 = "@SHA256@"
publish = true  # the document itself is published too, with all that it carries unseen

# headings below “The plan”, with a numbered list below each: 2 rows
# roman | title
# A | Open doors
# B | Open books
[datasets.themes]
rows = 2
find = { kind = "headings", under = "The plan", pattern = "Theme (?P<roman>[A-Z]): (?P<title>.+)" }

# a numbered list below each theme: 3 rows
# how sure: numbered 1 to 3 without a gap
# commitment_number | title | theme
# 1 | Publish every decision | Theme A: Open doors
# 2 | Answer within four weeks | Theme A: Open doors
# 3 | Explain the budget | Theme B: Open books
[datasets.commitments]
rows = 3
find = { kind = "list", each = "themes" }
columns.title_in_assessment = { of = "assessments", heading = "Commitment" }

# the table below “Where we are”: 3 rows
# how sure: 3 of 3 headings are known, numbered 1 to 3 without a gap
# commitment | progress | results
# 1. Publish every decision | Completed | All of them are online.
# 2. Answer within four weeks | Under way | Half of them are.
# 3. Explain the budget | Limited | A first page is.
[datasets.assessments]
rows = 3
find = { kind = "table", headings = ["Commitment", "Level of completion", "Results"] }
columns.assessed_on = { of = "document", where = "Report date" }
# FILL IN: write for FILL_IN one of: not-started, limited, substantial, completed
columns.progress = { heading = "Level of completion", codes = "completion", written.FILL_IN = ["Under way"] }
columns.results = { heading = "Results" }

# the table below “Money”: 2 rows
# how sure: not all rows are numbered
# Year | Amount | Paid on
# 2024 | € 1,200.50 | 3 June 2024
# 2025 | € 900 | 1 July 2025
[datasets.money]
title.en = "Money"
description.en = "What the document gives in a table below “Money”."
rows = 2
find = { kind = "table", headings = ["Year", "Amount", "Paid on"] }
columns.sequence = { key = true, type = "integer", take = "sequence", title.en = "Sequence" }
columns.year = { heading = "Year", type = "integer", title.en = "Year" }
columns.amount = { heading = "Amount", type = "money", currency = "EUR", title.en = "Amount" }
columns.paid_on = { heading = "Paid on", type = "date", title.en = "Paid on" }

# every link in the text
# label | url
# the annex | https://example.org/annex
[datasets.links]

# the paragraphs of the running text: 2 rows
# text
# It was made with residents, who are named in the annex.
# Signed by the council
[datasets.narrative]
rows = 2

# title, headings and front matter
# as_written
# How Exampleland keeps its promises
# Country | Exampleland
# Period | 2024-2026
[datasets.document]
find.normalise = [{ label = "Period", to = "date" }, { label = "Report date", to = "date" }]

# what is found to be wrong with the document
[datasets.source_findings]

# the commitments once more, in one table
[datasets.overview]

# the commitments in the columns of the Open Government Partnership
[datasets.ogp-crosswalk]
columns.country_locality = { of = "document", where = "Country", take = "as_written" }
"""


def test_a_report_is_drafted_whole() -> None:
    seen = drafted(REPORT)
    digest = tomllib.loads(seen.written.text)["source"]["sha256"]
    assert len(digest) == 64
    assert seen.written.text.splitlines() == DRAFT.replace("@SHA256@", digest).splitlines()
    lines = seen.written.text.splitlines()
    assert [lines[number - 1].split(" = ")[0] for number in seen.written.open] == [
        "spatial",
        "issued",
        "columns.progress",
    ]


def test_a_report_in_dutch_is_drafted_in_dutch_with_comments_in_the_language_asked_for() -> None:
    text = (
        "# Verslag\n\nLand\tNederland\nPeriode\t2021-2023\nOpgesteld op\t3 mei 2022\n\n## Actiepunten\n\n"
        "1. De agenda van het bestuur is openbaar\n2. Wij geven antwoord\n\n## Voortgang\n\n"
        "Actiepunt\tStatus\tToelichting\n1. De agenda\tGroen\tDat is gedaan.\n2. Wij\tRood\tDat is niet gedaan.\n"
    )
    seen = drafted(text, language="nl")
    head = tomllib.loads(seen.written.text)
    assert (head["country"], head["plan"], head["language"]) == ("NLD", "2021-2023", "nl")
    assert seen.pages == ("nl",)
    assert "INVULLEN: de dag waarop" in seen.written.text
    assert "FILL IN" not in seen.written.text
    found = head["datasets"]
    assert found["commitments"]["find"] == {"kind": "list", "under": "Actiepunten"}
    assert found["assessments"]["columns"]["progress"]["written"] == {"green": ["Groen"], "red": ["Rood"]}
    assert found["assessments"]["columns"]["reasons"] == {"heading": "Toelichting"}
    assert found["assessments"]["columns"]["assessed_on"] == {"of": "document", "where": "Opgesteld op"}


def test_a_report_in_french_is_drafted() -> None:
    text = (
        "# Rapport\n\nPays\tBelgique\nPériode\t2019-2021\nDate du rapport\t3 mai 2020\n\n## Les engagements\n\n"
        "### 1. Transparence\n\n1. Publier les décisions\n\n### 2. Participation\n\n2. Consulter les citoyens\n\n"
        "## Mise en œuvre\n\nEngagement\tNiveau d'achèvement\tRésultats\tCoût\n"
        "1. Publier les décisions\tAchevé\tC'est fait.\t1 200,50\n2. Consulter\tLimité\tC'est en cours.\t900\n"
    )
    found = datasets(text)
    assert found["themes"]["find"]["pattern"] == r"(?P<roman>\d+(?:\.\d+)*)\. (?P<title>.+)"
    columns = found["assessments"]["columns"]
    assert columns["progress"] == {
        "heading": "Niveau d'achèvement",
        "codes": "completion",
        "written": {"completed": ["Achevé"], "limited": ["Limité"]},
    }
    assert columns["results"] == {"heading": "Résultats"}
    assert columns["cout"] == {"heading": "Coût", "type": "decimal", "title": {"fr": "Coût"}}
    assert tomllib.loads(drafted(text).written.text)["language"] == "fr"


def test_the_dutch_document_gives_all_its_datasets_but_the_one_that_people_choose() -> None:
    text = (ROOT / "data" / SOURCE).read_text(encoding="utf-8")
    found = datasets(text, pages=("nl", "en"))
    assert set(found) == {
        *("themes", "commitments", "assessments", "links", "irm_lessons", "recommendations", "narrative"),
        *("document", "source_findings", "overview", "ogp-crosswalk"),
    }
    rows = {name: table["rows"] for name, table in found.items() if "rows" in table}
    assert rows == {
        "themes": 7,
        "commitments": 13,
        "assessments": 13,
        "irm_lessons": 4,
        "recommendations": 4,
        "narrative": 13,
    }
    assert found["assessments"]["find"]["continues"] == "empty-key"
    assert found["assessments"]["columns"]["progress"]["lost"] == "lost-colour"
    assert found["document"]["find"]["instructions_under"] == ["Assessment of the Commitments"]
    assert found["document"]["find"]["normalise"][0]["codes"] == {"Netherlands": "NLD"}


def test_a_country_that_no_table_knows_is_drafted_too() -> None:
    seen = drafted((shared() / "samples" / "country-x-report.txt").read_text(encoding="utf-8"))
    table = tomllib.loads(seen.written.text)
    assert table["country"] == {"en": "Country X"}
    found = table["datasets"]
    assert {name: found[name]["rows"] for name in ("themes", "commitments", "assessments")} == {
        "themes": 2,
        "commitments": 4,
        "assessments": 4,
    }
    budget = found["budget_of_the_plan"]
    assert budget["columns"]["commitment"] == {"key": True}
    assert {name: column.get("type") for name, column in budget["columns"].items()} == {
        "commitment": None,
        "title": "text",
        "budget": "integer",
        "spent": "integer",
    }
    assert len(seen.written.open) == 2


@pytest.mark.parametrize(
    "lines",
    [
        "Country: Netherlands\nPeriod: 2023-2025\n",
        "**Country:** Netherlands\n\n**Action plan period**: 2023–2025\n",
        "<b>Land</b>: Nederland\n\nPeriode: 2023-2025\n",
    ],
)
def test_what_stands_behind_a_colon_is_known_too_but_no_table_refers_to_it(lines: str) -> None:
    declared = tomllib.loads(drafted(f"# Report\n\n{lines}\n## Commitments\n\n1. a\n2. b\n", spoken="en").written.text)
    assert (declared["country"], declared["plan"]) == ("NLD", "2023-2025")
    assert "columns" not in declared["datasets"]["ogp-crosswalk"]
    assert "find" not in declared["datasets"]["document"]


# Odd shapes ---------------------------------------------------------------------------------------------


def test_of_nothing_nothing_is_drafted() -> None:
    for text in ("", "\n\n", "\ufeff", "---\n"):
        seen = drafted(text)
        assert "datasets" not in tomllib.loads(seen.written.text)
        assert len(seen.written.open) == 4  # country, plan, issued and language


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"\x1f\x8b gzip", "source-encoding"),
        (b"\xff\xfe\xfa", "source-encoding"),
        (b"\x81\x02 binary", "source-encoding"),
        (b"PK\x03\x04", "source-encoding"),
        (b"\xef\xbb\xbf\n ", "empty-source"),
        (b"%PDF-1.7 cut off", "damaged-file"),
    ],
)
def test_why_nobody_reads_a_file_is_said(content: bytes, rule: str) -> None:
    seen = survey(Asked("p", "source/p.bin", given=GIVEN), [("p.bin", content)], LISTS)
    assert [one.rule for one in seen.opened.wrong] == [rule]
    assert not seen.outline.document.blocks


def test_a_text_in_an_encoding_of_windows_says_so() -> None:
    seen = drafted_of("Café au lait – et plus.\n".encode("windows-1252"))
    assert tomllib.loads(seen.written.text)["source"]["encoding"] == "windows-1252"


def test_a_text_in_utf_16_says_so() -> None:
    seen = drafted_of(REPORT.encode("utf-16"), "source/p.txt")
    assert tomllib.loads(seen.written.text)["source"]["encoding"] == "utf-16"
    assert seen.proposals == drafted(REPORT).proposals


def test_a_document_of_another_kind_is_read_by_its_reader_and_declared_as_that() -> None:
    rows = "| 1. We publish it | Green | x |\n| 2. We answer | Red | y |\n"
    table = f"# Report\n\n## Progress\n\n| Commitment | Status | Evidence |\n|---|---|---|\n{rows}"
    seen = drafted_of(table.encode(), "source/p.md")
    declared = tomllib.loads(seen.written.text)
    assert declared["source"]["kind"] == "markdown"
    assert declared["datasets"]["assessments"]["rows"] == 2
    page = "<!doctype html><title>T</title><h1>Report</h1><h2>Commitments</h2><ol><li>We publish it<li>We answer</ol>"
    seen = drafted_of(page.encode(), "source/p.htm")
    declared = tomllib.loads(seen.written.text)
    assert declared["source"]["kind"] == "html"
    assert declared["datasets"]["commitments"]["rows"] == 2


@pytest.mark.parametrize(
    ("above", "heading", "pattern"),
    [
        ("## What we promise", "### Commitment {}: {}", r"Commitment (?P<number>\d+(?:\.\d+)*): (?P<title>.+)"),
        ("## Commitments", "### {}. {}", r"(?P<number>\d+(?:\.\d+)*)\. (?P<title>.+)"),
        ("## Actiepunten", "### Actiepunt {} – {}", r"Actiepunt (?P<number>\d+(?:\.\d+)*) – (?P<title>.+)"),
        ("## Notre plan", "#### Engagement {} : {}", r"Engagement (?P<number>\d+(?:\.\d+)*) : (?P<title>.+)"),
    ],
)
def test_headings_can_be_the_commitments_themselves(above: str, heading: str, pattern: str) -> None:
    said = "".join(f"{heading.format(n, f'Promise {n}')}\n\nWe do it.\n\n" for n in (1, 2, 3))
    table = "Commitment\tStatus\tEvidence\n1. a\tGreen\tx\n2. b\tRed\ty\n3. c\tRed\tz\n"
    found = datasets(f"# Plan\n\n{above}\n\n{said}## Progress\n\n{table}", spoken="en")
    assert found["commitments"]["find"]["pattern"] == pattern
    assert {name: found[name]["rows"] for name in ("commitments", "assessments", "narrative")} == {
        "commitments": 3,
        "assessments": 3,
        "narrative": 3,
    }
    assert "themes" not in found


@pytest.mark.parametrize("heading", ["No.", "#", "Number", "Commitment no."])
def test_numbers_in_a_column_of_their_own_name_the_commitments(heading: str) -> None:
    table = f"{heading}\tCommitment\tStatus\tReasons\n1\tWe publish\tGreen\tx\n2\tWe answer\tRed\ty\n"
    found = datasets(f"# R\n\n## Commitments\n\n1. We publish\n2. We answer\n\n## Progress\n\n{table}", spoken="en")
    columns = found["assessments"]["columns"]
    assert (columns["commitment"], columns["commitment_number"]) == ("C{commitment_number}", {"heading": heading})
    assert columns["progress"] == {"heading": "Status"}
    assert columns["commitment_as_written"]["heading"] == "Commitment"


def test_lists_below_headings_that_are_commitments_are_their_milestones() -> None:
    text = "# Plan\n\n## Commitment 1: a\n\n1. x\n2. y\n\n## Commitment 2: b\n\n1. z\n"
    found = datasets(text, spoken="en")
    assert found["milestones"]["find"] == {"kind": "list", "each": "commitments"}
    assert (found["commitments"]["rows"], found["milestones"]["rows"]) == (2, 3)


def test_what_is_known_to_be_something_else_is_not_taken_for_the_commitments() -> None:
    found = datasets("# R\n\n## Lessons and insights\n\n1. a\n2. b\n", spoken="en")
    assert "commitments" not in found
    assert found["lessons_and_insights"]["rows"] == 2


def test_only_items_that_a_list_takes_are_drafted_as_one_and_the_rest_is_running_text() -> None:
    text = "# R\n\nSaid there[^1].\n\n## Partners\n\n- a\n- b\n\n## Recommendations\n\n1. c\n   1. d\n2. e\n"
    found = in_markdown(f"{text}\n[^1]: There.\n")
    assert {name: entry.get("rows") for name, entry in found.items() if "find" in entry} == {"recommendations": 2}
    # The sentence, both bullets, the item in an item, and the note.
    assert found["narrative"]["rows"] == 5


LISTING = "## Liste des engagements\n\nN°\tEngagement\tAxe\n1\tPublier le budget\t1\n2\tRépondre\t2\n3\tFormer\t2\n\n"


@pytest.mark.parametrize(
    "heading", ["Axes", "2. Axes", "Thèmes", "Les axes", "Axes 2023", "Axes stratégiques", "Piliers"]
)
@pytest.mark.parametrize("listing", [LISTING, "", "## 3. Engagements\n\n1. Publier\n2. Répondre\n3. Former\n\n"])
def test_a_list_below_a_heading_that_says_themes_is_never_the_commitments(heading: str, listing: str) -> None:
    text = f"# Rapport\n\n## {heading}\n\n1. Transparence\n2. Participation\n\n{listing}"
    found = datasets(text, spoken="fr")
    assert found["themes"]["find"] == {"kind": "list", "under": heading}
    assert ("commitments" in found, found.get("commitments", {}).get("rows", 3)) == (bool(listing), 3)


@pytest.mark.parametrize("heading", ["Priorités", "2. Méthode", "Next year"])
def test_a_table_below_a_heading_that_says_commitments_is_them_and_no_list_besides_it(heading: str) -> None:
    found = datasets(f"# Rapport\n\n## {heading}\n\n1. Transparence\n2. Participation\n\n{LISTING}", spoken="fr")
    assert found["commitments"]["find"] == {"kind": "table", "headings": ["N°", "Engagement", "Axe"]}
    assert found["commitments"]["rows"] == 3
    assert [entry["rows"] for entry in found.values() if entry.get("find", {}).get("kind") == "list"] == [2]


def test_headings_that_say_theme_each_are_themes_and_the_lists_below_them_the_commitments() -> None:
    text = "# Plan\n\n## Theme 1\n\n1. a\n2. b\n\n## Theme 2\n\n3. c\n"
    found = datasets(text, spoken="en")
    assert (found["themes"]["rows"], found["commitments"]["rows"]) == (2, 3)
    assert "themes" not in datasets("# Plan\n\n## Theme 1\n\n1. a\n2. b\n", spoken="en")


def test_a_table_of_themes_is_not_that_of_the_commitments() -> None:
    themes = "## Axes\n\nN°\tIntitulé\n1\tTransparence\n2\tParticipation\n\n"
    found = datasets(f"# Rapport\n\n{themes}{LISTING}", spoken="fr")
    assert found["commitments"]["find"]["headings"] == ["N°", "Engagement", "Axe"]
    assert "commitments" not in datasets(f"# Rapport\n\n{themes}", spoken="fr")


def test_a_table_of_two_columns_keeps_its_headings_where_a_reader_knows_tables() -> None:
    table = "\n| Item | Content |\n|---|---|\n| Lead institution | Ministry |\n| Partners | Court |\n"
    found = in_markdown(f"# R\n\n## Commitment 1: Open\n{table}\n## Commitment 2: Close\n{table}")
    parts = [entry for entry in found.values() if entry.get("find", {}).get("kind") == "table"]
    assert [part["find"]["headings"] for part in parts] == [["Item", "Content"]] * 2
    assert [part["find"]["under"] for part in parts] == ["Commitment 1: Open", "Commitment 2: Close"]


def test_tables_that_follow_each_other_are_two_where_a_reader_knows_tables() -> None:
    table = "| What | Cost |\n|---|---|\n| Rent | 10 |\n\n| Who | Share |\n|---|---|\n| Town | 9 |\n"
    found = in_markdown(f"# R\n\n## Money\n\n{table}")
    parts = [entry for entry in found.values() if entry.get("find", {}).get("kind") == "table"]
    assert [part["find"]["headings"] for part in parts] == [["What", "Cost"], ["Who", "Share"]]


@pytest.mark.parametrize("sign", ["n° ", "N° ", "n°", "no. ", "No. ", "nr. ", "nº ", "№ ", "n°\N{NO-BREAK SPACE}"])
@pytest.mark.parametrize("joint", [" – ", ": ", "\N{NO-BREAK SPACE}: "])
def test_a_sign_may_stand_between_the_word_and_the_number_of_a_heading(sign: str, joint: str) -> None:
    heads = [f"### Engagement {sign}{number}{joint}{title}\n\nTexte.\n" for number, title in enumerate("ABC", 1)]
    found = datasets("# Bilan\n\n" + "\n".join(heads), spoken="fr")["commitments"]
    assert found["rows"] == 3
    lines = [head.splitlines()[0].removeprefix("### ").replace("\N{NO-BREAK SPACE}", " ") for head in heads]
    matches = [re.fullmatch(found["find"]["pattern"], line) for line in lines]
    assert [match and match.group("number", "title") for match in matches] == [("1", "A"), ("2", "B"), ("3", "C")]


def test_a_ligature_stays_in_a_name() -> None:
    text = "# R\n\n## Chiffres\n\nŒuvre\tCœur\nA\tB\n"
    assert {"oeuvre", "coeur"} < {*datasets(text, spoken="fr")["chiffres"]["columns"]}


def test_without_a_document_the_pages_speak_as_the_comments_do() -> None:
    assert blank(Asked("p", "source/p.txt", "fr")).pages == ("fr",)


def test_a_list_without_any_heading_is_the_commitments() -> None:
    assert datasets("1. We publish it\n2. We answer\n")["commitments"]["find"] == {"kind": "list"}


def test_numbers_that_begin_again_below_each_theme_make_keys_of_both() -> None:
    text = "# Plan\n\n## I. Doors\n\n1. a\n2. b\n\n## II. Books\n\n1. c\n"
    found = datasets(text)
    assert found["commitments"]["columns"] == {"commitment": "T{parent}-C{number}"}
    assert found["commitments"]["rows"] == 3


def test_themes_at_any_depth_are_found_and_no_other_heading() -> None:
    text = (
        "# Plan\n\n## Introduction\n\n#### I. What this is\n\nText.\n\n## Promises\n\n### All of them\n\n"
        "##### I. Doors\n\n1. a\n\n##### II. Books\n\n2. b\n"
    )
    find = datasets(text)["themes"]["find"]
    assert (find["under"], find["pattern"]) == ("All of them", r"(?P<roman>[IVXLC]+)\. (?P<title>.+)")


def test_themes_without_a_heading_above_are_looked_for_everywhere() -> None:
    find = datasets("## I. Doors\n\n1. a\n\n## II. Books\n\n2. b\n", spoken="en")["themes"]["find"]
    assert find == {"kind": "headings", "pattern": r"(?P<roman>[IVXLC]+)\. (?P<title>.+)"}


def test_headings_that_nothing_tells_apart_are_no_themes() -> None:
    twice = "### I. Doors\n\n1. a\n\n### II. Books\n\n2. b\n\n## After\n\n### I. Doors\n\nText.\n"
    assert "themes" not in datasets(f"# Plan\n\n## Before\n\n{twice}".replace("## Before\n\n", ""), spoken="en")


def test_themes_that_only_their_words_tell_apart_are_named_one_by_one() -> None:
    text = "# Plan\n\n## Doors\n\n1. a\n\n## About (us)\n\nText.\n\n## Books\n\n2. b\n"
    find = datasets(text)["themes"]["find"]
    assert find["pattern"] == "(?P<title>Doors|Books)"


def test_lists_that_are_not_surely_commitments_are_datasets_of_their_own() -> None:
    text = "# Plan\n\n## Partners\n\n1. a\n2. b\n\n## Next year\n\n1. c\n2. d\n\n## Recommendations\n\n1. e\n"
    found = datasets(text, spoken="en")
    assert "commitments" not in found
    assert found["partners"]["columns"]["number"]["take"] == "number"
    assert found["next_year"]["find"] == {"kind": "list", "under": "Next year"}
    assert found["recommendations"]["rows"] == 1


def test_two_lists_below_one_heading_text_are_one_dataset_in_the_order_of_the_document() -> None:
    text = "# Plan\n\n## North\n\n### Steps\n\n1. a\n2. b\n\n## South\n\n### Steps\n\n1. c\n"
    found = datasets(text, spoken="en")
    assert (found["steps"]["rows"], found["steps"]["columns"]["sequence"]["key"]) == (3, True)


def test_two_tables_with_the_same_headings_are_told_apart_by_the_heading_above() -> None:
    text = "# R\n\n## Cost 2023\n\nWhat\tCost\nRent\t10\n\n## Cost 2024\n\nWhat\tCost\nRent\t12\n"
    found = datasets(text, spoken="en")
    assert found["cost_2023"]["find"]["under"] == "Cost 2023"
    assert found["cost_2024"]["find"]["under"] == "Cost 2024"
    assert found["cost_2024"]["columns"]["cost"]["type"] == "integer"


def test_a_table_in_parts_below_several_headings_is_one_whose_rows_say_where_they_stand() -> None:
    part = "Commitment\tEvidence\n"
    text = f"# R\n\n## A\n\n{part}1. a\tx\n\n## B\n\n{part}2. b\ty\n"
    found = datasets(text, spoken="en")["assessments"]
    assert found["rows"] == 2
    assert "under" not in found["find"]
    assert found["columns"]["section"]["take"] == "section"


def test_only_a_table_gives_commitments_and_their_assessments() -> None:
    found = datasets("# R\n\nCommitment\tStatus\n1. We publish\tGreen\n2. We answer\tRed\n", spoken="en")
    assert found["commitments"]["find"] == found["assessments"]["find"]
    assert found["commitments"]["columns"] == {"title": {"heading": "Commitment"}}
    assert list(found["assessments"]["columns"]) == ["progress"]


def test_a_table_without_headings_is_left_and_said() -> None:
    seen = drafted("# R\n\n## Sums\n\n2023\t10\n2024\t12\n")
    assert "sums" not in tomllib.loads(seen.written.text)["datasets"]
    assert seen.left == ("L5 to L6: 2023 | 10",)
    assert seen.written.text.endswith("# No dataset takes this of the document:\n# L5 to L6: 2023 | 10\n")


def test_progress_told_in_sentences_is_no_code() -> None:
    says = "We are well under way with this one, and shall be ready in May."
    found = datasets(
        f"# R\n\n## C\n\nCommitment\tProgress\tEvidence\n1. a\t{says}\tx\n2. b\tNot yet.\ty\n", spoken="en"
    )
    assert "progress" not in found["assessments"]["columns"]
    assert found["assessments"]["columns"]["progress_as_written"]["type"] == "text"


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_ends_of_lines_change_nothing(end: str) -> None:
    assert drafted(REPORT.replace("\n", end)).proposals == drafted(REPORT).proposals


def test_headings_in_letters_without_a_name_of_ours_give_names_of_their_kind() -> None:
    found = datasets("# 報告\n\n## 予算\n\n項目\t額\n甲\t10\n\n## 支出\n\n種\t額\n乙\t5\n", spoken="en")
    assert {"table", "table_2"} <= set(found)
    assert list(found["table"]["columns"]) == ["sequence", "column_1", "column_2"]


# The language -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The plan was made by the council and it is not ready.", "en"),
        ("Het plan is door de raad gemaakt en het is niet klaar.", "nl"),
        ("Le plan est fait par le conseil et il n'est pas prêt dans les délais.", "fr"),
        ("Der Plan ist von dem Rat und er ist nicht fertig.", "de"),
        ("Plan 2024", ""),
        ("", ""),
    ],
)
def test_the_small_words_tell_the_language_or_nothing_does(text: str, language: str) -> None:
    assert detect(text).language == language


def test_half_a_text_in_each_of_two_languages_is_not_sure() -> None:
    assert detect("The plan is of the council. Het plan is van de raad en het dorp.").language == ""


def test_without_a_language_nothing_is_said_to_be_in_one() -> None:
    seen = drafted("# R\n\n## Sums\n\nX\tY\n1\t2\n")
    table = tomllib.loads(seen.written.text)
    assert table["language"] == ""
    assert table["datasets"]["sums"]["title"] == {"en": "From the document: “Sums”"}


# Made documents -----------------------------------------------------------------------------------------

_PIECES = (
    *("# Title", "## Introduction", "### I. Budget", "### II. Justice", "## Theme 2: x", "## Commitments", "#"),
    *("## Recommendations", "#### deep", "1. one", "2. two", "3. three", "10. ten", "- bullet", "a) letter", "A\tB"),
    *("Commitment\tStatus\tEvidence", "1. one\tGreen\tx", "2. two\tRed\t-", "\t\tmore", 'Country\tX\'land "q" \\'),
    *("Land\tBelgië", "Date\t3 May 2024", "a [l](https://a.example/x) b", "*Fill in here.*", "■ green", "■ red", "---"),
    *("<b>x</b> &amp; é", "\x00\x07\x7f\x1b", "\u2028\u202e", "## 日本語", "Année\tMontant", "2023\t€ 1.200,50", ""),
    *("2023", "x" * 400, "### " + "y " * 200, "A\tA\tB", "\t", "(?P<a>b)|[\t*+", "'\"x'''\\", "### I. (a|b)*"),
    *("## '''x\"", "1. '\\'", "### II. [x]+?", "Milestone\tPublication\tSource places", "1. m\t2\t3"),
)


@pytest.mark.parametrize("seed", range(300))
def test_whatever_stands_in_a_document_its_draft_is_toml_and_marks_what_is_open(seed: int) -> None:
    chance = random.Random(seed)
    end = chance.choice(["\n", "\r\n", "\n\n"])
    text = end.join(chance.choices(_PIECES, k=chance.choice([1, 3, 8, 20, 40])))
    language = chance.choice(languages())
    seen = drafted(text, language=language, spoken=chance.choice(["", "", "fr"]))
    found = tomllib.loads(seen.written.text)
    assert found["id"] == "p"
    lines = seen.written.text.splitlines()
    is_open = [
        number
        for number, line in enumerate(lines, start=1)
        if (re.search(r'(?<!\\)""', line) or " 0001-01-01" in line or "FILL_IN" in line) and not line.startswith("#")
    ]
    assert is_open == [*seen.written.open]
    claimed = [number for proposal in seen.proposals for number in proposal.blocks]
    shared_by_both = {"commitments", "assessments"}
    twice = len(claimed) - len(set(claimed))
    assert twice == 0 or shared_by_both <= set(found["datasets"])


def test_a_long_document_is_looked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice the document is at most twice the questions about what its headings mean."""
    from ogp_data.models import lexicon

    asked = itertools.count()
    fit = lexicon._fit

    def counted(said: str, word: str) -> int:
        next(asked)
        return fit(said, word)

    monkeypatch.setattr(lexicon, "_fit", counted)
    times = []
    for size in (100, 200, 400):
        before = next(asked)
        drafted("".join(f"## Heading {n}\n\n1. a\n2. b\n\nKey {n}\tSum\nx\t1\n\n" for n in range(size)), spoken="en")
        times.append(next(asked) - before)
    assert times[2] < 2.1 * times[1] < 4.5 * times[0]


# What is no commitment ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "heading",
    [
        *("LESSONS LEARNED", "Lessons learned", "5. What we learned", "Key lessons from two years of work"),
        *("Next steps", "NEXT STEPS", "Our recommendations for the next plan", "Co-creation process", "Partners"),
        *("GELEERDE LESSEN", "Lessen en inzichten", "Vervolgstappen", "Aanbevelingen aan het kabinet", "Terugblik"),
        *("LEÇONS APPRISES", "Prochaines étapes", "Recommandations", "Les leçons de deux années", "Bilan"),
    ],
)
@pytest.mark.parametrize("above", ["", "## CIVIL SOCIETY\n\nText.\n\n"])
def test_a_list_of_lessons_or_steps_is_never_that_of_the_commitments(heading: str, above: str) -> None:
    items = "1. Start small.\n2. Ask the archivists first.\n3. Money follows trust.\n"
    for text in (f"# Report\n\n{above}## {heading}\n\n{items}", f"{heading}\n\n{items}"):
        found = datasets(text)
        assert {"commitments", "themes", "overview", "ogp-crosswalk"}.isdisjoint(found)
        (listed,) = [table for table in found.values() if table.get("find", {}).get("kind") == "list"]
        assert listed["rows"] == (4 if heading[0] == "5" and text.startswith(heading) else 3)


def test_a_list_below_a_heading_within_the_lessons_is_one_of_lessons() -> None:
    below = "### I. Small steps\n\n1. a\n2. b\n\n### II. Big steps\n\n3. c\n"
    assert {"commitments", "themes"}.isdisjoint(datasets(f"# R\n\n## Lessons learned\n\n{below}", spoken="en"))
    assert {"commitments", "themes"} <= set(datasets(f"# R\n\n## What we do\n\n{below}", spoken="en"))


def test_a_table_of_lessons_holds_no_commitments() -> None:
    table = "#\tTitle\tReason\n1\tStart small\tx\n2\tAsk first\ty\n"
    assert "commitments" not in datasets(f"# R\n\n## Lessons learned\n\n{table}", spoken="en")
    assert "commitments" in datasets(f"# R\n\n## Commitments\n\n{table}", spoken="en")


def test_a_list_that_nothing_speaks_of_is_taken_only_where_nothing_else_is_known() -> None:
    items = "1. a\n2. b\n"
    assert "commitments" in datasets(f"# R\n\n## Quillmere in 2030\n\n{items}", spoken="en")
    others = ("## Introduction\n\nText.\n\n", "## Money\n\nYear\tAmount\n2024\t3\n\n", "## Commitments\n\nA1. x\n\n")
    for other in others:
        assert "commitments" not in datasets(f"# R\n\n{other}## Quillmere in 2030\n\n{items}", spoken="en")


@pytest.mark.parametrize(
    "title", ["# Commitments", "# R\n\n## Commitments of the City of Quillmere", "# R\n\nCommitments:"]
)
def test_a_title_a_heading_or_a_line_above_says_that_a_list_is_of_commitments(title: str) -> None:
    lessons = "## Lessons learned\n\n1. x\n2. y\n3. z\n"
    found = datasets(f"{title}\n\n1. a\n2. b\n\n{lessons}", spoken="en")
    assert (found["commitments"]["rows"], found["lessons_learned"]["rows"]) == (2, 3)


def test_numbered_chapters_with_lists_are_no_themes() -> None:
    text = "# R\n\n## 1. Foreword\n\nText.\n\n## 2. Guests\n\n1. a\n2. b\n\n## 3. Places\n\n1. c\n2. d\n"
    assert {"commitments", "themes"}.isdisjoint(datasets(text, spoken="en"))
    all_have_one = "# R\n\n## 1. Guests\n\n1. a\n2. b\n\n## 2. Places\n\n1. c\n2. d\n"
    assert {"commitments", "themes"} <= set(datasets(all_have_one, spoken="en"))


@pytest.mark.parametrize(
    "heading",
    [
        *("LESSONS LEARNED", "CIVIL SOCIETY", "What I learned", "The E-government plan", "Mandate C'est"),
        *("Plan 2023-2025", "Plan 2023/2025", "I", "Theme IV", "CIVIL: who takes part", "U.S. policy"),
        *("Priority IMPROVE", "Section 12", "Vote LIVE: all", "D.C. plan"),
    ],
)
def test_a_number_in_a_heading_is_a_whole_word(heading: str) -> None:
    assert not is_numbered([heading])
    assert not is_numbered([heading, heading])


@pytest.mark.parametrize(
    ("headings", "parts"),
    [
        (["Theme I Doors", "Theme II Books"], [("Theme ", "I", " ", "Doors"), ("Theme ", "II", " ", "Books")]),
        (["IX. Doors"], [("", "IX", ". ", "Doors")]),
        (["Axe XLII – Portes"], [("Axe ", "XLII", " – ", "Portes")]),
    ],
)
def test_a_roman_number_is_told_from_its_heading(headings: list[str], parts: list[tuple[str, ...]]) -> None:
    assert is_numbered(headings)
    assert [match.groups() for one in headings if (match := match_of(one, ROMAN))] == parts


@pytest.mark.parametrize("seed", range(100))
def test_no_heading_is_cut_within_a_word(seed: int) -> None:
    """Whatever signs look like a number: what stands on either side of it is no letter."""
    chance = random.Random(seed)
    pieces = ("LESSONS", "LEARNED", "I", "IV", "C", "A", "A1", "12", "2.1", "E-gov", "I'm", "CIVIL", "MIX", "U.S.", "x")
    for _ in range(20):
        heading = "".join(
            chance.choice(pieces) + chance.choice((" ", ". ", ": ", " – ", "", ") ")) for _ in range(3)
        ).strip()
        for mark in (ROMAN, NUMBER, "[A-Z]"):
            if match := match_of(heading, mark):
                before, after = heading[: match.start("mark")][-1:], heading[match.end("mark") :][:1]
                assert not before.isalnum(), heading
                assert not after.isalnum(), heading
                assert "".join(match.groups()) == heading


def test_a_draft_without_commitments_says_so_and_what_is_to_be_written() -> None:
    lines = drafted("# R\n\n## Next steps\n\n1. a\n2. b\n", spoken="en").written.text.splitlines()
    at = lines.index("# No commitments were found, nor is anything drafted that is made of them. Say where they stand:")
    assert lines[at + 1 : at + 3] == [
        "# [datasets.commitments]",
        '# find = { kind = "list", under = "Commitments" }',
    ]
    assert "No commitments" not in drafted("# R\n\n## Commitments\n\n1. a\n2. b\n", spoken="en").written.text


def test_each_line_to_fill_in_says_what_goes_there() -> None:
    text = "# R\n\nCountry\tExampleland\n\n## Sums\n\nYear\tAmount\n2023\t1\n\n## Next steps\n\n1. a\n2. b\n"
    for pages, spoken in itertools.product([(), ("nl", "en", "fr")], ["", "en"]):
        written = drafted(text, pages=pages, spoken=spoken).written
        lines = ["", *written.text.splitlines()]
        assert written.open
        assert max(written.open) < lines.index("[source]"), [lines[number] for number in written.open]
        for number in written.open:
            beside = lines[number] if "  # " in lines[number] else lines[number - 1]
            assert re.search(r"# FILL IN: \w+ .*\w", beside), lines[number]


def test_a_title_is_in_its_own_language_and_quoted_in_the_others_of_the_pages() -> None:
    text = "# R\n\n## Sums\n\nYear\tAmount\n2023\t1\n"
    sums = tomllib.loads(drafted(text, pages=("nl", "en"), spoken="en").written.text)["datasets"]["sums"]
    assert sums["title"] == {"nl": "Uit het document: “Sums”", "en": "Sums"}
    assert sums["columns"]["amount"]["title"] == {"nl": "Kolom “Amount”", "en": "Amount"}


def test_a_draft_says_how_its_rows_are_numbered() -> None:
    told = {
        "1. a\n2. b\n": "numbered 1 to 2 without a gap",
        "1. a\n3. b\n": "numbered from 1 to 3, but not one by one",
    }
    for items, sure in told.items():
        assert f"# how sure: {sure}\n" in drafted(f"# R\n\n## Next steps\n\n{items}", spoken="en").written.text


def test_who_fills_in_a_country_learns_that_a_name_will_do() -> None:
    text = blank(Asked("p", "source/p.txt", given=GIVEN)).written.text
    assert "such as NLD, or its name by language: country.fr, with its place: spatial\n" in text


# Tables as governments set them ---------------------------------------------------------------------------

SET = """<!DOCTYPE html><html lang="en"><title>x</title><body><h1>How Exampleland keeps its promises</h1>
<p>It was made with the residents of the town, who are named in the annex.</p><h2>Commitments</h2><table>
<tr><td colspan="5">Table 1. Where we are</td></tr>
<tr><td rowspan="2">Commitment</td><td rowspan="2">Lead</td><td colspan="3">Progress</td></tr>
<tr><td>Not started</td><td>Limited</td><td>Completed</td></tr>
<tr><td colspan="5">Theme A: Open doors</td></tr>
<tr><td>1. Publish every decision</td><td rowspan="2">Records</td><td></td><td>x</td><td></td></tr>
<tr><td>2. Answer within four weeks</td><td></td><td></td><td>x</td></tr>
<tr><td colspan="5">Theme B: Open books</td></tr>
<tr><td>3. Explain the budget</td><td>Finance</td><td>x</td><td></td><td></td></tr>
</table><p>The council meets in May and will speak of it.</p></body></html>"""


def test_headings_over_headings_themes_merged_cells_and_ticks_are_proposed() -> None:
    found = tomllib.loads(drafted_of(SET.encode(), "source/p.html", spoken="en").written.text)["datasets"]
    levels = [f"Progress / {level}" for level in ("Not started", "Limited", "Completed")]
    assert found["assessments"]["find"] == {
        "kind": "table",
        "headings": ["Commitment", "Lead", *levels],
        "bands": "(?P<theme>.+)",
        "merged": "repeat",
        "ticks": dict(zip(("not-started", "limited", "completed"), levels, strict=True)),
    }
    assert found["commitments"]["columns"]["theme"]["take"] == "band:theme"
    assert found["assessments"]["columns"]["progress"] == {"codes": "completion"}
    assert found["assessments"]["columns"].keys() == {"progress", "lead"}
    assert {name: found[name]["rows"] for name in ("commitments", "assessments", "narrative")} == {
        "commitments": 3,
        "assessments": 3,
        "narrative": 3,
    }
