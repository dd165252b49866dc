"""The guided start: what `ogp-data new` says of a document, what it asks, what it takes, and what it leaves behind."""

from __future__ import annotations

import csv
import datetime
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from conftest import shared
from ogp_data.cli.main import main
from terminal_help import talk
from web_server import Wire, give

REPORT = "# Report of Norway\n\nThe plan was made with everybody.\n\n## Commitments\n\n1. Publish it\n2. Answer\n"

LABELS = {
    "Lead implementing agency": "Ministry {n}",
    "Other actors involved": "Citizens",
    "Main objective": "To do {n}.",
    "Brief description": "We do {n}.",
    "Relevance": "Openness {n}.",
    "Ambition": "More of it {n}.",
    "Description of the results": "Done {n}.",
    "End date": "2025",
    "Next steps": "Go on {n}.",
}
LEVELS = ("Not started", "Limited", "Substantial", "Completed")

SITE = """\
base_iri = "https://data.example.org/ogp/{id}/"
publisher = "office"
creator = "office"
contact = "team"
licence = "https://creativecommons.org/licenses/by/4.0/"
languages = ["en"]
profile = "dcat-ap"
"""
AGENTS = """\
[[agent]]
id = "office"
name.en = "Office of the examples"

[[contact]]
id = "team"
name.en = "Team"
email = "open@example.org"
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder that commands run in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def declared(name: str = "no-2024") -> dict[str, Any]:
    return tomllib.loads(Path("data", name, "publication.toml").read_text(encoding="utf-8"))


def filled_form(count: int = 3) -> str:
    """Return a self-assessment in the form of the Open Government Partnership, one table for each commitment."""
    parts = ["<!doctype html><title>R</title><h1>Self-assessment of Norway 2024-2026</h1>"]
    for n in range(1, count + 1):
        parts.append(f"<table><tr><th colspan=5>{n}. Promise {n}</th></tr>")
        for label, text in LABELS.items():
            if label == "Description of the results":
                cells = "".join(f"<td>{level}</td>" for level in LEVELS)
                ticks = "".join(f"<td>{'✓' if at == n % 4 else ''}</td>" for at in range(4))
                parts.append(f"<tr><td rowspan=2>Completion level</td>{cells}</tr><tr>{ticks}</tr>")
            parts.append(f"<tr><td>{label}</td><td colspan=4>{text.format(n=n)}</td></tr>")
        parts.append("</table>")
    return "\n".join(parts)


def site_of(folder: Path) -> Path:
    folder.mkdir()
    (folder / "agents.toml").write_text(AGENTS, encoding="utf-8")
    (folder / "site.toml").write_text(SITE, encoding="utf-8")
    return folder / "site.toml"


# What a document is -------------------------------------------------------------------------------------


def test_what_a_document_is_and_has_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    page = (
        "<!doctype html><title>R</title><h1>Report of Norway</h1><h2>Progress</h2><p>See <a href=https://a.example/>it</a>."
        "<table><tr><th>Commitment<th>Status<th>Evidence</tr>"
        "<tr><td>1. Publish<td style='background:#00b050'><td>x</tr><tr><td>2. Answer<td><td>y</tr></table>"
    )
    Path("report.html").write_text(page, encoding="utf-8")
    assert main(["new", "no-2024", "report.html", "--language-of-document", "en"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("report.html: a page of the web, ")
    assert "  title: Report of Norway" in said
    assert "  1 heading: “Progress”" in said
    (table,) = (line for line in said if line.startswith("  a table, "))
    assert table.endswith(": 2 rows, 3 columns: Commitment | Status | Evidence")
    assert "  1 link" in said
    assert "  colours of cells: #00b050 (1)" in said


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("# R\n\n■ good\n■ bad\n\nA paragraph.\n", "the colours of a legend"),
        ("# R\n\nFor all of it click here and read.\n", "the addresses of links: the text says “click here”"),
        ("# R\n\nCommitment\tStatus\tEvidence\n1. a\t\tx\n2. b\t\ty\n", "what stood below “Status”"),
    ],
)
def test_what_a_conversion_seems_to_have_lost_is_said(capsys, text: str, lost: str) -> None:
    Path("report.txt").write_text(text, encoding="utf-8")
    assert main(["new", "no-2024", "report.txt"]) == 0
    assert f"it seems to have lost {lost}" in capsys.readouterr().out


# A form -------------------------------------------------------------------------------------------------


def test_a_known_form_and_a_site_make_the_whole_declaration(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("report.html").write_text(filled_form(), encoding="utf-8")
    site = site_of(here / "elsewhere")
    assert main(["new", "no-2024", "report.html", "--site", str(site)]) == 0
    told = capsys.readouterr().out
    assert "it follows the form ogp-self-assessment" in told
    text = Path("data/no-2024/publication.toml").read_text(encoding="utf-8")
    assert "FILL IN" not in text
    about = "the datasets are those of the form ogp-self-assessment, which says where they stand."
    assert text.splitlines()[0] == f"# Drafted from source/report.html: {about}"
    found = declared()
    assert (found["form"], found["confirmed"], found["country"], found["plan"]) == (
        "ogp-self-assessment",
        False,
        "NOR",
        "2024-2026",
    )
    assert (found["issued"], "datasets" in found) == (datetime.date.today(), False)
    lines = Path("data/no-2024/publication.toml").read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line and not line.startswith("#")]) <= 60
    assert Path("data/site.toml").read_bytes() == site.read_bytes()
    assert Path("data/agents.toml").read_text(encoding="utf-8") == AGENTS
    assert "next: compare the rows with the document, then: ogp-data publish no-2024" in told
    assert Path("build/no-2024/preview/index.html").is_file()


def test_what_is_made_of_a_form_is_published_as_not_confirmed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("report.html").write_text(filled_form(), encoding="utf-8")
    assert main(["new", "no-2024", "report.html", "--site", str(site_of(here / "elsewhere"))]) == 0
    assert main(["publish", "no-2024"]) == 0, capsys.readouterr().out
    assert "warning unconfirmed-publication" in capsys.readouterr().out
    with Path("dist/no-2024/commitments/commitments.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["title"] for row in rows] == ["Promise 1", "Promise 2", "Promise 3"]
    assert [row["lead_institution"] for row in rows] == ["Ministry 1", "Ministry 2", "Ministry 3"]
    with Path("dist/no-2024/assessments/assessments.csv").open(encoding="utf-8", newline="") as file:
        assert [row["progress"] for row in csv.DictReader(file)] == ["limited", "substantial", "completed"]
    assert "Not confirmed" in Path("dist/no-2024/index.html").read_text(encoding="utf-8")
    path = Path("data/no-2024/publication.toml")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("confirmed")), encoding="utf-8")
    assert main(["publish", "no-2024"]) == 0
    assert "unconfirmed-publication" not in capsys.readouterr().out
    assert "Not confirmed" not in Path("dist/no-2024/index.html").read_text(encoding="utf-8")


BESIDE = (
    "<h2>Recommendations</h2><ol><li>Start early<li>Ask people</ol>"
    "<h2>Budget</h2><table><tr><th>Year<th>Amount</tr><tr><td>2024<td>100</tr><tr><td>2025<td>200</tr></table>"
    "<h2>Steps</h2><ol><li>One<li>Two</ol><h2>What we promised</h2>"
)


def test_what_a_form_does_not_take_is_drafted_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    Path("report.html").write_text(filled_form().replace("</h1>", f"</h1>{BESIDE}"), encoding="utf-8")
    assert main(["new", "no-2024", "report.html", "--site", str(site_of(Path("elsewhere").absolute()))]) == 0
    assert "no-2024: 0 errors" in capsys.readouterr().out
    found = declared()["datasets"]
    assert {name: table["rows"] for name, table in found.items()} == {"budget": 2, "recommendations": 2}


def test_a_form_is_taken_where_each_commitment_is_a_heading_with_its_word(capsys: pytest.CaptureFixture[str]) -> None:
    tables = re.sub(r"<table><tr><th colspan=5>(\d\. [^<]*)</th></tr>", r"<h2>Commitment \1</h2><table>", filled_form())
    Path("report.html").write_text(tables.replace(". Promise", ": Promise"), encoding="utf-8")
    assert main(["new", "no-2024", "report.html", "--yes"]) == 0
    assert "it follows the form ogp-self-assessment" in capsys.readouterr().out
    assert (declared()["form"], "datasets" in declared()) == ("ogp-self-assessment", False)


def test_an_action_plan_is_known_by_labels_that_its_commitments_repeat(capsys: pytest.CaptureFixture[str]) -> None:
    labels = "**Lead institution**\n\nMinistry {n}\n\n**Stakes**\n\nMany {n}.\n\n**Roadmap**\n\nSoon {n}.\n\n"
    parts = (f"# Commitment {n}\n\n## Promise {n}\n\n" + labels.format(n=n) for n in range(1, 7))
    Path("plan.md").write_text("The plan of Norway.\n\n" + "".join(parts), encoding="utf-8")
    said = ["--site", str(site_of(Path("elsewhere").absolute())), "--language-of-document", "en"]
    assert main(["new", "no-2024", "plan.md", *said]) == 0
    assert "no-2024: 0 errors" in capsys.readouterr().out
    assert declared()["form"] == "ogp-action-plan"


def test_what_is_drafted_for_just_this_document_goes_before_a_form(capsys: pytest.CaptureFixture[str]) -> None:
    rows = "| 1. Publish | Green | x | a | c |\n| 2. Answer | Red | y | b | d |\n"
    table = f"| Commitment | Status | Evidence | Reasons | Next steps |\n|---|---|---|---|---|\n{rows}"
    Path("report.md").write_text(f"# Report\n\n## Progress\n\n{table}", encoding="utf-8")
    assert main(["new", "no-2024", "report.md", "--yes"]) == 0
    assert "  assessments: the table below “Progress”, 2 rows" in capsys.readouterr().out
    assert "form" not in declared()
    assert main(["new", "no-2025", "report.md", "--yes", "--form", "nl-five-columns"]) == 0
    assert declared("no-2025")["form"] == "nl-five-columns"


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ("ogp-self-assesment", "Did you mean ogp-self-assessment?"),
        ("ogp-self-assessment", "does not follow the form ogp-self-assessment: it has nothing for lead_institution"),
    ],
)
def test_a_form_that_fits_nothing_is_refused_and_nothing_is_left(here: Path, capsys, form: str, says: str) -> None:
    Path("report.md").write_text(REPORT, encoding="utf-8")
    assert main(["new", "no-2024", "report.md", "--form", form, "--yes"]) == 2
    assert says in capsys.readouterr().err
    assert below(here / "data") == set()


def test_a_site_that_says_other_things_than_the_one_that_is_there_is_refused(here: Path, capsys) -> None:
    Path("report.md").write_text(REPORT, encoding="utf-8")
    site = site_of(here / "elsewhere")
    Path("data").mkdir()
    Path("data/site.toml").write_text("# ours\n", encoding="utf-8")
    assert main(["new", "no-2024", "report.md", "--site", str(site)]) == 2
    assert "data/site.toml is there already, and says something else" in capsys.readouterr().err
    Path("data/site.toml").write_text(SITE, encoding="utf-8")
    assert main(["new", "no-2024", "report.md", "--site", str(site)]) == 0


@pytest.mark.parametrize("content", [b"licence = \n", b"\xff", b"\x00"])
def test_a_site_that_is_no_toml_is_refused(capsys: pytest.CaptureFixture[str], content: bytes) -> None:
    Path("report.md").write_text(REPORT, encoding="utf-8")
    Path("site.toml").write_bytes(content)
    assert main(["new", "no-2024", "report.md", "--site", "site.toml"]) == 2
    assert "site.toml is no TOML" in capsys.readouterr().err
    assert not Path("data").exists()


# Nobody to be asked -------------------------------------------------------------------------------------


def test_without_a_terminal_what_nobody_knows_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    Path("report.md").write_text(REPORT, encoding="utf-8")
    assert main(["new", "no", "report.md"]) == 2  # the code of a language
    assert main(["new", "norway", "report.md"]) == 0
    text = Path("data/norway/publication.toml").read_text(encoding="utf-8")
    assert declared("norway")["country"] == "NOR"
    assert [line.split(" =")[0] for line in text.splitlines() if "FILL IN" in line] == ["plan", "issued"]
    assert "confirmed" not in declared("norway")
    assert "next: fill these in" in capsys.readouterr().out


def test_yes_takes_what_was_found_and_says_that_nobody_confirmed_it() -> None:
    Path("report.md").write_text(REPORT, encoding="utf-8")
    assert main(["new", "norway-2024-2026", "report.md", "--yes"]) == 0
    found = declared("norway-2024-2026")
    assert (found["confirmed"], found["plan"], found["issued"]) == (False, "2024-2026", datetime.date.today())


@pytest.mark.parametrize(
    ("name", "title", "country", "plan"),
    [
        ("no-2024", "A report", "NOR", "2024"),
        ("us-2014", "United States of America: report 2013-2015", "USA", "2013-2015"),
        ("x-1", "Zelfevaluatie Nederland 2020–2022", "NLD", "2020-2022"),
        ("x-1", "Rapport de la Belgique, 2021/2023", "BEL", "2021-2023"),
        ("x-1", "Guinea-Bissau and its plan", "GNB", ""),
        ("x-1", "From Norway to Sweden, 2019-2021 and 2021-2023", "", ""),
        ("report-1", "A report", "", ""),
    ],
)
def test_country_and_years_are_those_of_the_title_or_else_of_the_id(
    name: str, title: str, country: str, plan: str
) -> None:
    Path("report.md").write_text(f"# {title}\n\nA paragraph.\n", encoding="utf-8")
    assert main(["new", name, "report.md", "--language-of-document", "en"]) == 0
    assert (declared(name)["country"], declared(name)["plan"]) == (country, plan)


def test_a_document_from_an_address_says_where_and_when_it_was_taken() -> None:
    with Wire(give(REPORT.encode())) as wire:
        url = f"{wire.base}/plans/report.md?download=1"
        assert main(["new", "no-2024", url, "--allow-private"]) == 0
    source = declared()["source"]
    assert (source["file"], source["url"], source["retrieved"]) == ("source/report.md", url, datetime.date.today())


def test_an_address_that_is_not_public_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Wire(give(REPORT.encode())) as wire:
        assert main(["new", "no-2024", f"{wire.base}/report.md"]) == 2
        assert wire.heads == []
    assert "an address that is not public" in capsys.readouterr().err
    assert below(here) == set()


def test_a_folder_in_two_languages_is_one_source(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = {
        "fr": "# Engagement {n} : Publier\n\nLe gouvernement est dans une ville et les citoyens sont avec nous.\n",
        "en": "# Commitment {n}: Publish\n\nThe government is in a town and the citizens are with us.\n",
    }
    for language, text in texts.items():
        (here / "plan" / language).mkdir(parents=True)
        for n in (1, 2):
            (here / "plan" / language / f"{n}.md").write_text(text.format(n=n), encoding="utf-8")
        (here / "plan" / language / "short.md").write_text("# OGP\n", encoding="utf-8")
    (here / "plan" / "picture.png").write_bytes(b"\x89PNG")
    assert main(["new", "fr-2015", "plan", "--language-of-document", "fr"]) == 0
    assert declared("fr-2015")["source"]["files"] == [
        {"path": "source/en/", "language": "en"},
        {"path": "source/fr/"},
    ]
    assert "left out: picture.png: a PNG picture" in capsys.readouterr().out


# Files that cannot be read ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n", "damaged-file"),
        ("cut.docx", b"PK\x03\x04 word/document.xml", "damaged-file"),
        ("cut.xlsx", b"PK\x03\x04 xl/workbook.xml", "damaged-file"),
        ("old.doc", b"\xd0\xcf\x11\xe0 Word", "source-encoding"),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted-file"),
        ("photo.jpg", b"\xff\xd8\xff\xe0", "source-encoding"),
        ("nothing.md", b"", "empty-source"),
        ("noise.txt", bytes(range(256)), "source-encoding"),
    ],
)
def test_a_file_that_cannot_be_read_begins_nothing(capsys, name: str, content: bytes, rule: str) -> None:
    Path(name).write_bytes(content)
    assert main(["new", "no-2024", name, "--yes"]) == 1
    told = capsys.readouterr().out
    assert f"error {rule}: " in told
    assert "    fix: " in told
    assert told.endswith("not begun: nothing was written\n")
    assert not Path("data").exists()


# A terminal ---------------------------------------------------------------------------------------------

ANSWERS = ["", "", "2023-2025", "", "", "", "Office of Norway", "open@example.org", "", ""]
"""To the questions in their order: language, country, years, address, day, whether the document is published, who
publishes, whom to ask, licence, address of the data."""


def test_at_a_terminal_what_no_document_says_is_asked(here: Path) -> None:
    Path("report.md").write_text(REPORT, encoding="utf-8")
    ended = talk(here, ["new", "norway", "report.md"], ANSWERS)
    assert ended.code == 0, ended.said
    assert "Country or place, as a code or a name [NOR]: \n" in ended.said
    assert "Years of the plan, such as 2023-2025: 2023-2025\n" in ended.said
    assert "FILL IN" not in "".join(path.read_text(encoding="utf-8") for path in Path("data").rglob("*.toml"))
    found = declared("norway")
    assert (found["language"], found["country"], found["plan"]) == ("en", "NOR", "2023-2025")
    assert "confirmed" not in found
    assert tomllib.loads(Path("data/agents.toml").read_text(encoding="utf-8"))["agent"][0]["name"] == {
        "en": "Office of Norway"
    }
    assert "norway: 0 errors" in ended.said


@pytest.mark.parametrize(("answer", "form"), [("", "ogp-self-assessment"), ("no", None)])
def test_at_a_terminal_a_form_is_taken_where_somebody_says_so(here: Path, answer: str, form: str | None) -> None:
    Path("report.html").write_text(filled_form(), encoding="utf-8")
    ended = talk(here, ["new", "no-2024", "report.html"], [answer, *ANSWERS])
    assert ended.code == 0, ended.said
    assert "Take the datasets of the form ogp-self-assessment, of which it has " in ended.said
    found = declared()
    assert (found.get("form"), "confirmed" in found) == (form, False)


@pytest.mark.parametrize("at", [0, 4, 9])
@pytest.mark.parametrize("stop", ["q", "\x03", "\x04"], ids=["q", "Ctrl-C", "Ctrl-D"])
def test_whoever_stops_leaves_nothing_behind(here: Path, at: int, stop: str) -> None:
    Path("report.txt").write_text(REPORT, encoding="utf-8")
    ended = talk(here, ["new", "norway", "report.txt"], [*ANSWERS[:at], stop])
    assert ended.code == 130, ended.said
    assert "stopped: nothing was written" in ended.said
    assert below(here) == {"report.txt"}


def test_an_answer_that_cannot_be_read_is_asked_for_again(here: Path) -> None:
    Path("report.txt").write_text(REPORT, encoding="utf-8")
    wrong = [
        "xx",
        "",
        "",
        "then",
        "2023-2025",
        "ftp://a.example/x",
        "https://a.example/x",
        "soon",
        "",
        "30 November 2026",
    ]
    ended = talk(
        here, ["new", "norway", "report.txt"], [*wrong, "perhaps", "no", "Office", "x@y", "a@b.example", "", ""]
    )
    assert ended.code == 0, ended.said
    for told in (
        "it is not the code of a language, such as en",
        "these are no years, such as 2023-2025",
        "this is no day, such as 2026-11-30",
        "answer yes or no",
    ):
        assert f"  {told}\n" in ended.said
    found = declared("norway")
    assert (found["issued"], found["source"]["url"], found["source"]["publish"]) == (
        datetime.date(2026, 11, 30),
        "https://a.example/x",
        False,
    )


@pytest.mark.parametrize(("language", "asked"), [("nl", "Jaren van het plan"), ("fr", "Années du plan")])
def test_questions_are_asked_in_the_language_of_the_steward(here: Path, language: str, asked: str) -> None:
    Path("report.txt").write_text(REPORT, encoding="utf-8")
    ended = talk(here, ["new", "norway", "report.txt", "--language", language], ["", "", "q"])
    assert (ended.code, asked in ended.said) == (130, True)


# The samples --------------------------------------------------------------------------------------------


def test_the_form_of_a_real_document_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    sample = shared() / "samples" / "us-nap2-midterm-self-assessment.pdf"
    assert main(["new", "us-2014", str(sample), "--yes"]) == 0
    assert "it follows the form ogp-self-assessment" in capsys.readouterr().out
    found = declared("us-2014")
    assert (found["country"], found["plan"], found["language"]) == ("USA", "2013-2015", "en")
    assert len(Path("data/us-2014/publication.toml").read_text(encoding="utf-8").splitlines()) <= 60
