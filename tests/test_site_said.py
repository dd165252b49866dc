"""What the pages say of commitments, themes, progress and links: only what is so, in each of three languages."""

from __future__ import annotations

import hashlib
import html
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ogp_data.pipeline import Outcome
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
    assert not (unassessed / "charts" / "status.svg").exists()
    for words in ("Progress", "progress", "not said", "not judged", "Not judged", "Evidence", "filled tile"):
        assert words not in home, words
    for number in range(1, 6):
        page = said(unassessed / "commitments" / f"C{number}.html")
        assert "not assessed" not in page
        assert "no assessment" not in page
        assert "how far it is" not in page


def test_the_only_link_is_counted_as_one(unassessed: Path) -> None:
    # The text names the website of the government, once; the others stood in the table of assessments.
    assert "1 of the 1 link still has an address." in said(unassessed / "findings.html")


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
    told, source, rest = page.partition("The words of the document")
    assert source
    assert told.count("Opened in May") == 1
    assert "Register of lobbyists" in told
    assert "Opened in May" not in rest[rest.index("All data on this commitment") :]


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


def test_progress_is_drawn_in_the_order_of_its_code_list(tmp_path: Path) -> None:
    # Red, which is last in the list of colours, stands most often; amber, which is in the middle, once.
    def written(text: str) -> str:
        return text.replace("letters\tYellow", "letters\tRed").replace("online\tGreen", "online\tRed")

    table = (publish(tmp_path, written=written) / "charts" / "status.csv").read_text(encoding="utf-8").splitlines()
    assert re.sub(r": [^,]+", "", table[0]) == "Theme,Green,Amber,Red,Total"
    assert table[1] == "All commitments,1,1,3,5"
