"""Pages that are not of a publication, in a real browser: those of the service, and reports that stand alone."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from browser import ROOT, Browser, invalid
from conftest import NAME
from ogp_data.cli import main as cli
from service_help import running

ADDRESSES = ("api/v1", f"api/v1/publications/{NAME}/datasets/links/rows?f=html", "sparql", "validate", "a/b/nothing")
CATALOGUE = ROOT / "tests" / "catalogues" / "conforming.ttl"


@pytest.fixture(scope="module")
def found(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    """Yield the address of each page."""
    folder = tmp_path_factory.mktemp("frames")
    cli.main(["validate", str(CATALOGUE), "--output", str(folder / "validate.html")])
    cli.main(["quality", str(CATALOGUE), "--html", str(folder / "quality.html")])
    alone = {one.stem: one.as_uri() for one in folder.glob("*.html")}
    assert set(alone) == {"validate", "quality"}
    with running(published.parent, folder, "--validate") as service:
        yield {**alone, **{path: service.url + path for path in ADDRESSES}}


def test_each_page_is_quiet_and_narrow_and_has_one_heading(browser: Browser, found: Mapping[str, str]) -> None:
    browser.look(320)
    browser.faults()
    for name, address in found.items():
        browser.get(address)
        assert browser.width() <= 320, name
        assert browser.run("return document.querySelectorAll('h1').length") == 1, name
        # A browser notes each answer that is no 200.
        assert [fault for fault in browser.faults() if "404" not in fault] == [], name


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing(browser: Browser, found: Mapping[str, str], dark: bool) -> None:
    browser.look(1200, dark)
    wrong = {}
    for name, address in found.items():
        browser.get(address)
        if faults := browser.axe():
            wrong[name] = faults[:4]
    assert wrong == {}


def test_the_first_key_leads_past_the_menu(browser: Browser, found: Mapping[str, str]) -> None:
    browser.look(1200)
    for name, address in found.items():
        browser.get(address)
        browser.driver.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
        first = browser.driver.switch_to.active_element
        assert first.get_attribute("class") == "skip", name
        first.send_keys(Keys.ENTER)
        assert browser.run("return document.activeElement.id") == "main", name


def test_the_html_is_valid(found: Mapping[str, str], tmp_path: Path) -> None:
    for number, address in enumerate(address for address in found.values() if not address.endswith("nothing")):
        asked = urllib.request.Request(address, headers={"Accept": "text/html"})
        with urllib.request.urlopen(asked) as answer:
            (tmp_path / f"{number}.html").write_bytes(answer.read())
    assert invalid(tmp_path.glob("*.html"), tmp_path) == ""
