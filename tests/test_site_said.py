"""What the pages say of commitments, themes, progress and links: only what is so, in each of three languages."""

from __future__ import annotations

import hashlib
import html
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ogp_data.core.messages import Plural
from ogp_data.pipeline import Outcome
from ogp_data.site import overview
from test_countries import DATA, ENGLISH, FRENCH, build, countries  # noqa: F401  # the fixture

PROGRESS = re.compile(r"## Progress of the Commitments.*?(?=## What the Plan Cost)", re.DOTALL)
ASSESSED = re.compile(r"\[datasets\.(?:assessments|overview|ogp-crosswalk)\]\n.*?(?=\[datasets)", re.DOTALL)


def publish(folder: Path, declared: Any = lambda text: text, written: Any = lambda text: text) -> Path:
    """Publish the made country with changes to its declaration and its document; return where it stands."""
    shutil.copytree(DATA, folder / "data")
    place = folder / "data" / ENGLISH
    source, declaration = place / "source" / "self-assessment.txt", place / "publication.toml"
    content = written(source.read_text(encoding="utf-8")).encode()
    source.write_bytes(content)
    text = declared(declaration.read_text(encoding="utf-8"))
    digest = f'sha256 = "{hashlib.sha256(content).hexdigest()}"'
    declaration.write_text(re.sub('sha256 = ".*"', digest, text), encoding="utf-8")
    build(folder, ENGLISH)
    return folder / "dist" / ENGLISH


def said(page: Path) -> str:
    """Return the words of a page, without its scripts."""
    text = re.sub(r"<script.*?</script>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def without_assessments(text: str) -> str:
    return ASSESSED.sub("", text).replace(
        'columns.title_in_assessment = { of = "assessments", heading = "Commitment" }\n', ""
    )


@pytest.fixture(scope="module")
def unassessed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the country's publication without a table of assessments, and so without that dataset."""
    written = lambda text: PROGRESS.sub("", text)  # noqa: E731
    return publish(tmp_path_factory.mktemp("unassessed"), without_assessments, written)


def test_without_assessments_nothing_is_said_of_assessments_or_progress(unassessed: Path) -> None:
    home = said(unassessed / "index.html")
    assert "5 commitments in 2 themes." in home
    for words in ("Progress", "progress", "not said", "not judged", "Not judged", "Evidence", "filled tile"):
        assert words not in home, words
    for number in range(1, 6):
        page = said(unassessed / "commitments" / f"C{number}.html")
        assert "not assessed" not in page
        assert "no assessment" not in page
        assert "The commitment" in page


def test_the_only_link_is_counted_as_one(unassessed: Path) -> None:
    # The text names the website of the government, once; the others stood in the table of assessments.
    assert "1 of the 1 link still has an address." in said(unassessed / "index.html")


def test_themes_that_no_commitment_names_are_not_counted(tmp_path: Path) -> None:
    # The commitments stand in a table of their own, and nothing there says under which theme.
    def declared(text: str) -> str:
        text = without_assessments(text)[: text.index("[datasets.budget]")].partition("[datasets.budget]")[0]
        columns = 'columns.title = { heading = "Commitment" }\ncolumns.lead_institution = { heading = "By" }'
        return text.replace(
            'find.each = "themes"', f'find = {{ kind = "table", headings = ["Commitment", "By"] }}\n{columns}'
        )

    def written(text: str) -> str:
        text = re.sub(r"## What the Plan Cost.*?(?=## Lessons)", "", PROGRESS.sub("", text), flags=re.DOTALL)
        rows = "".join(re.findall(r"^\d\. .*\n", text, re.MULTILINE)).replace("\n", "\tCabinet\n")
        return re.sub(r"^\d\. .*\n", "", text, flags=re.MULTILINE) + f"\n## All Commitments\n\nCommitment\tBy\n{rows}"

    home = said(publish(tmp_path, declared, written) / "index.html")
    assert "5 commitments. " in home
    assert "Without a theme" not in home
    assert "by theme" not in home


def test_what_assessments_repeat_of_a_commitment_stands_once_on_its_page(tmp_path: Path) -> None:
    def declared(text: str) -> str:
        columns = """columns.title = { heading = "Commitment" }
columns.outcome = { heading = "Outcome", type = "text", title.en = "Outcome" }

[datasets.assessments]
rows = 5
find = { kind = "rows", of = "commitments" }
columns.progress_scale = false
columns.results = "outcome"
"""
        found = f'find = {{ kind = "table", headings = ["Commitment", "Outcome"] }}\n{columns}'
        text = without_assessments(text).partition("[datasets.budget]")[0]
        return text.replace('find.each = "themes"', found)

    def written(text: str) -> str:
        text = re.sub(r"## What the Plan Cost.*?(?=## Lessons)", "", PROGRESS.sub("", text), flags=re.DOTALL)
        rows = "".join(re.findall(r"^\d\. .*\n", text, re.MULTILINE)).replace("\n", "\tOpened in May\n")
        text = re.sub(r"^\d\. .*\n", "", text, flags=re.MULTILINE)
        return text + f"\n## All Commitments\n\nCommitment\tOutcome\n{rows}"

    page = said(publish(tmp_path, declared, written) / "commitments" / "C1.html")
    fields = page[page.index("The assessment") : page.index("The lines of the source document")]
    assert fields.count("Opened in May") == 1
    assert "Register of lobbyists" in fields[fields.index("The commitment ") :]


def test_the_default_title_of_the_source_says_no_more_than_that_of_the_publication(unassessed: Path) -> None:
    heading = "Self-assessment of the Open Government Action Plan, Country Q, 2024-2026"
    source = said(unassessed / "source" / "index.html")
    assert heading in source
    assert "Partnership" not in source


@pytest.mark.parametrize(("name", "folders"), [(ENGLISH, {"en": ""}), (FRENCH, {"fr": "", "nl": "nl/"})])
def test_the_address_in_schema_org_is_that_of_the_page(
    name: str,
    folders: dict[str, str],
    countries: Mapping[str, Outcome],  # noqa: F811
) -> None:
    for language, folder in folders.items():
        for dataset in ("", "themes/", "narrative/", "budget/"):
            page = (countries[name].folder / folder / dataset / "index.html").read_text(encoding="utf-8")
            data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
            assert data
            assert f'<html lang="{language}"' in page
            assert json.loads(data[1])["url"] == f"https://bestanden.voorbeeld.nl/{name}/{folder}{dataset}"


def divided(told: str, *sizes: tuple[str, int]) -> Any:
    """Return what is said of commitments that are divided into themes of these titles and sizes."""
    themes: Any = [SimpleNamespace(title=title, commitments=range(size)) for title, size in sizes]
    material: Any = SimpleNamespace(told=told, commitments=range(sum(size for _, size in sizes)))
    return overview._divided(material, [theme for theme in themes if theme.title])


@pytest.mark.parametrize(
    ("sizes", "english", "dutch", "french"),
    [
        ([("A", 1)], "1 commitment in 1 theme.", "1 actiepunt in 1 thema.", "1 engagement dans 1 thème."),
        (
            [("A", 2), ("B", 1)],
            "3 commitments in 2 themes.",
            "3 actiepunten in 2 thema's.",
            "3 engagements dans 2 thèmes.",
        ),
        ([("", 9)], "9 commitments.", "9 actiepunten.", "9 engagements."),
        (
            [("A", 4), ("", 1)],
            "4 commitments in 1 theme, 1 without a theme.",
            "4 actiepunten in 1 thema, 1 zonder thema.",
            "4 engagements dans 1 thème, 1 sans thème.",
        ),
    ],
)
def test_themes_are_counted_and_what_has_none_beside_them(
    sizes: list[tuple[str, int]], english: str, dutch: str, french: str
) -> None:
    text = divided("", *sizes)
    assert [text.of(language) for language in ("en", "nl", "fr")] == [english, dutch, french]


def linked(assessed: int, known: int, count: int) -> Plural:
    one: Any = SimpleNamespace(assessments=range(assessed))
    material: Any = SimpleNamespace(commitments=[one] * count)
    return overview._linked(material, known)


@pytest.mark.parametrize(
    ("said", "english", "dutch", "french"),
    [
        (
            linked(1, 1, 13),
            "1 of the 13 assessments has links.",
            "1 van de 13 beoordelingen heeft links.",
            "1 évaluation sur 13 a des liens.",
        ),
        (
            linked(0, 2, 13),
            "2 of the 13 commitments have links.",
            "2 van de 13 actiepunten hebben links.",
            "2 engagements sur 13 ont des liens.",
        ),
        (
            linked(0, 1, 1),
            "1 of the 1 commitment has links.",
            "1 van het 1 actiepunt heeft links.",
            "1 engagement sur 1 a des liens.",
        ),
    ],
)
def test_what_has_links_is_counted_with_the_plurals_of_the_language(
    said: Plural, english: str, dutch: str, french: str
) -> None:
    assert [said.of(language) for language in ("en", "nl", "fr")] == [english, dutch, french]


def test_progress_is_drawn_in_the_order_of_its_code_list(tmp_path: Path) -> None:
    # Red, which is last in the list of colours, stands most often; amber, which is in the middle, once.
    def written(text: str) -> str:
        return text.replace("letters\tYellow", "letters\tRed").replace("online\tGreen", "online\tRed")

    home = said(publish(tmp_path, written=written) / "index.html")
    drawn = home[home.index("The document gives the progress of 5 of the 5 commitments. Green") :]
    assert re.findall(r"(Green|Amber|Red): [^:;]+: (\d)", drawn)[:3] == [("Green", "1"), ("Amber", "1"), ("Red", "3")]
