"""A language that the program does not know is added by a file alone: pages, reports and command line speak it."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from ogp_data import pipeline
from ogp_data.cli.main import main
from ogp_data.core import messages, templates
from ogp_data.pipeline import Folders
from test_countries import DATA, FRENCH
from test_french_pages import Page, bare, foreign

sys.path.insert(0, str(ROOT / "tools"))

import messages as tool

MADE = "eo"
"""Esperanto: Babel knows it, and no file of the program does."""


def made(text: str) -> str:
    """Return a text as the made language has it: between marks, its places as they were."""
    lead = text[: len(text) - len(text.lstrip())]
    return f"{lead}«{text.strip()}»" + text[len(text.rstrip()) :]


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Let the program find its catalogues in a folder with one more; yield the folder."""
    folder = tmp_path_factory.mktemp("locales")
    shutil.copytree(messages.LOCALES, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    catalogue = tool.updated(MADE, None)
    for message in catalogue:
        if message.id:
            forms = [message.id] if isinstance(message.id, str) else list(message.id)
            message.string = made(forms[0]) if len(forms) == 1 else tuple(map(made, forms))
    tool.write(catalogue, folder / MADE / "LC_MESSAGES" / "ogp_data.po")
    before, messages.LOCALES = messages.LOCALES, folder
    kept = (messages.languages, messages.catalogue, templates._environment)
    for one in kept:
        one.cache_clear()
    yield folder
    messages.LOCALES = before
    for one in kept:
        one.cache_clear()


@pytest.fixture(scope="module")
def published(spoken: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the made French publication with its pages in the made language."""
    assert (spoken / MADE).is_dir()
    folder = tmp_path_factory.mktemp("fourth")
    shutil.copytree(DATA, folder / "data")
    for path in (folder / "data").rglob("*.toml"):
        text = path.read_text(encoding="utf-8").replace('page_languages = ["fr", "nl"]', f'page_languages = ["{MADE}"]')
        text = re.sub(r"\bfr = (\[?)\"", rf'{MADE} = \1"', text).replace("description.fr", f"description.{MADE}")
        text = re.sub(r', nl = (?:"[^"]*"|\[[^\]]*\])', "", text)
        path.write_text(re.sub(r"^description\.nl .*\n", "", text, flags=re.M), encoding="utf-8")
    folders = Folders(folder / "data", folder / "build", folder / "dist")
    outcome = pipeline.run(folders, FRENCH, "", "", lambda _: None)
    assert outcome.published, [str(found) for found in outcome.report.findings if found.severity == "error"]
    return folder / "dist" / FRENCH


@pytest.mark.usefixtures("spoken")
def test_the_program_speaks_it_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert MADE in messages.languages()
    with pytest.raises(SystemExit):
        main(["--help", "--language", MADE])
    assert "«show this help message and exit»" in capsys.readouterr().out
    assert main(["explain", "row-width", "--language", MADE]) == 0
    assert "«When it occurs: " in capsys.readouterr().out


def test_every_page_is_in_it_and_in_nothing_else(published: Path) -> None:
    whole, _ = foreign(MADE)
    found = sorted(published.rglob("*.html"))
    assert len(found) > 20
    for path in found:
        page = Page(path.read_text(encoding="utf-8"))
        assert page.language == MADE, path
        said = {bare(text) for text in page.said if len(text) > 12}
        assert {text for text in said & whole if " " in text} == set(), path
    assert "«Data dictionary»" in (published / "dictionary.html").read_text(encoding="utf-8")


def test_the_texts_of_the_model_are_in_its_file_too(published: Path) -> None:
    catalogue = (published / "catalog.ttl").read_text(encoding="utf-8")
    assert f'»"@{MADE}' in catalogue
    columns = (published / "themes" / "themes.csv-metadata.json").read_text(encoding="utf-8")
    assert f'"{MADE}"' in columns
