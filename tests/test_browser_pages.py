"""The pages of the source, and the document beside its rows, in a real browser: narrow, dark, by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from browser import Browser, invalid
from generate_declarations import faults
from made_documents import DATASETS, MADE, TABLE_ALONE, laid_down
from test_preview import look


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the pages of made documents: those of the source by kind, and the previews, one with text left over."""
    found: dict[str, Path] = {}
    for kind in ("pdf", "xlsx", "docx", "markdown"):
        folder = tmp_path_factory.mktemp(kind)
        workspace = laid_down(folder, kind, MADE[kind](), TABLE_ALONE if kind == "xlsx" else (*DATASETS, faults()))
        outcome = workspace.publish()
        found[kind] = outcome.folder / "en" / "source" / "index.html"
        seen = look(workspace)
        assert seen.preview
        found[f"preview {kind}"] = seen.preview
    found["pdf 2"] = found["pdf"].parent / "pages" / "2.html"
    failed = laid_down(tmp_path_factory.mktemp("left"), "pdf", MADE["pdf"](), DATASETS[:1]).publish()
    assert failed.preview
    found["left"] = failed.preview
    return found


def test_each_page_is_quiet_and_fits_a_narrow_screen(browser: Browser, made: dict[str, Path]) -> None:
    browser.look(320)
    browser.faults()
    for name, path in made.items():
        browser.get(path.as_uri())
        assert browser.width() <= 320, name
        assert browser.faults() == [], name


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing(browser: Browser, made: dict[str, Path], dark: bool) -> None:
    browser.look(1200, dark)
    found = {}
    for name, path in made.items():
        browser.get(path.as_uri())
        if wrong := browser.axe():
            found[name] = wrong[:4]
        browser.shot(f"{name}-{'dark' if dark else 'light'}")
    assert found == {}


def test_the_html_is_valid(made: dict[str, Path], tmp_path: Path) -> None:
    assert invalid(made.values(), tmp_path) == ""


def test_a_row_and_its_boxes_light_up_together(browser: Browser, made: dict[str, Path]) -> None:
    browser.look(1200)
    browser.get(made["preview pdf"].as_uri())
    row = browser.driver.find_element(By.CSS_SELECTOR, 'article[data-row="progress.1"]')
    row.find_element(By.TAG_NAME, "dl").click()
    chosen = "return [...document.querySelectorAll('.chosen')].map(one => one.localName + ' ' + one.dataset.row)"
    found = browser.run(chosen)
    # The row, its five boxes on the picture, and its five texts below that.
    assert set(found) == {"article progress.1", "a progress.1"}
    assert len(found) == 1 + 5 + 5
    assert browser.run("return location.hash") == "#at.row.1.progress.1"
    browser.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert browser.run(chosen) == []


def test_without_scripts_a_box_leads_to_its_row(browser: Browser, made: dict[str, Path]) -> None:
    browser.look(1200)
    browser.script(allowed=False)
    try:
        browser.get(made["preview pdf"].as_uri())
        browser.driver.find_element(By.CSS_SELECTOR, '.boxes a[data-row="progress.1"]').click()
        assert browser.driver.current_url.endswith("#row.1.progress.1")
    finally:
        browser.script(allowed=True)
