"""The pages over all publications in a real browser: from files, narrow, dark, by keyboard, and the search in them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from browser import Browser, invalid, served
from made_collection import ALL, LAKELAND, collection
from ogp_data.core.stage import Stage
from ogp_data.formats.known import KNOWN
from ogp_data.models.vocabulary import vocabulary
from ogp_data.site import parted
from ogp_data.site.root import stage_root

_NARROWEST = """
const heads = [...document.querySelectorAll('table:not(.stack) thead th')];
return Math.min(99, ...heads.map(head => head.clientWidth));
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("root") / "some" / "path"
    stage = Stage(folder)
    stage.add("all/all.xlsx", b"", KNOWN["xlsx"], "everything")
    for name in ("publications", "commitments", "narrative", "a_table_of_their_own"):
        for form in ("csv", "xlsx", "parquet"):
            stage.add(f"all/{name}/{name}.{form}", b"a", KNOWN[form], name)
    stage_root(collection(folder.parent / "made"), vocabulary(), stage)
    for one in ALL:  # a stand-in for its page, so that a link can be followed
        (folder / one.id / "commitments").mkdir(parents=True)
        for path in ("index.html", "commitments/C1.html"):
            (folder / one.id / path).write_text("<!doctype html><title>There</title>", encoding="utf-8")
    return folder


def pages(site: Path) -> list[Path]:
    ids = {one.id for one in ALL}
    found = [path for path in sorted(site.rglob("*.html")) if path.relative_to(site).parts[0] not in ids]
    assert len(found) > 14
    return [path for path in found if "lakeland" not in path.relative_to(site).parts]  # that one leads on


def search(browser: Browser, words: str) -> tuple[str, list[str]]:
    """Return what the page says of a search, and the titles of what it shows."""
    field = browser.driver.find_element(By.CSS_SELECTOR, "#search input")
    field.clear()
    browser.run("document.querySelector('#search [role=status]').textContent = ''")
    field.send_keys(words, Keys.ENTER)
    said = browser.driver.find_element(By.CSS_SELECTOR, "#search [role=status]")
    WebDriverWait(browser.driver, 10).until(lambda _: said.text)
    WebDriverWait(browser.driver, 2).until(
        lambda _: "Nothing" in said.text or browser.driver.find_elements(By.CSS_SELECTOR, ".results .title")
    )
    return said.text, [one.text for one in browser.driver.find_elements(By.CSS_SELECTOR, ".results .title")]


def test_every_page_is_quiet_self_contained_and_fits_a_narrow_screen(browser: Browser, site: Path) -> None:
    browser.look(320)
    browser.faults()
    with served(site.parents[1]) as address:
        for path in pages(site):
            browser.asked()
            browser.get(f"{address}some/path/{path.relative_to(site)}")
            assert browser.width() <= 320, path
            assert browser.run(_NARROWEST) > 40, path  # a heading one letter wide cannot be read
            assert browser.faults() == [], path
            assert [url for url in browser.asked() if not url.startswith((address, "data:"))] == [], path


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing(browser: Browser, site: Path, dark: bool) -> None:
    browser.look(1200, dark)
    found = {}
    for path in pages(site):
        browser.get(path.as_uri() + ("?q=law" if path.name == "search.html" else ""))
        if path.name == "search.html":
            WebDriverWait(browser.driver, 10).until(lambda _: browser.driver.find_elements(By.CSS_SELECTOR, "mark"))
        if faults := browser.axe():
            found[path] = faults[:4]
    assert found == {}


def test_the_html_is_valid(site: Path, tmp_path: Path) -> None:
    assert invalid([*pages(site), site / "lakeland" / "index.html"], tmp_path) == ""


def test_the_search_works_from_files_and_keeps_what_is_sought_in_the_address(browser: Browser, site: Path) -> None:
    browser.look(1200)
    browser.get((site / "en" / "search.html").as_uri())
    browser.faults()
    assert search(browser, "LAW") == ("Found: 2", ["2. Draft laws online", "1. Register of lobbyists"])
    assert browser.driver.current_url.endswith("en/search.html?q=LAW")
    assert [one.text for one in browser.driver.find_elements(By.CSS_SELECTOR, ".results mark")] == ["laws", "law"]
    assert search(browser, "oeuvre ete")[1] == ["1. Œuvre des archives publiques"]
    assert search(browser, "القانون") == ("Nothing found", [])
    assert search(browser, "مشاركة")[1] == ["2. مشاركة المواطنين"]
    said, _ = search(browser, "lobbyists zebra")
    assert said == "Nothing has all of these words. This has some of them: 2"
    assert browser.faults() == []
    link = browser.driver.find_element(By.CSS_SELECTOR, ".results a")
    assert link.get_attribute("href") == (site / LAKELAND.id / "commitments" / "C1.html").as_uri()
    link.click()
    assert browser.driver.title == "There"
    browser.driver.back()
    WebDriverWait(browser.driver, 10).until(lambda _: browser.driver.find_elements(By.CSS_SELECTOR, ".results a"))
    assert browser.run("return document.querySelector('#search input').value") == "lobbyists zebra"


def test_a_search_may_be_in_one_plan(browser: Browser, site: Path) -> None:
    browser.get((site / "en" / "search.html").as_uri() + "?q=register&in=ll-2025-2026")
    WebDriverWait(browser.driver, 10).until(lambda _: browser.driver.find_elements(By.CSS_SELECTOR, ".results a"))
    titles = [one.text for one in browser.driver.find_elements(By.CSS_SELECTOR, ".results .title")]
    assert titles == ["1. Register of lobbyists, second part"]
    Select(browser.driver.find_element(By.ID, "in")).select_by_value("")
    WebDriverWait(browser.driver, 10).until(
        lambda _: len(browser.driver.find_elements(By.CSS_SELECTOR, ".results a")) == 2
    )
    assert browser.driver.current_url.endswith("search.html?q=register")


def test_a_search_among_many_plans_offers_each_of_them_and_their_pages_are_sound(
    browser: Browser, tmp_path: Path
) -> None:
    made = [
        replace(LAKELAND, id=f"p-{number}", country=f"Land {number // 2}", plan=f"{2000 + number}", others={})
        for number in range(parted.NAMED + 1)
    ]
    folder = tmp_path / "root"
    stage_root(replace(collection(tmp_path / "made", made), moved={}), vocabulary(), Stage(folder))
    browser.faults()
    browser.get((folder / "en" / "search.html").as_uri() + "?q=register&in=p-7")
    WebDriverWait(browser.driver, 20).until(lambda _: browser.driver.find_elements(By.CSS_SELECTOR, ".results a"))
    choice = Select(browser.driver.find_element(By.ID, "in"))
    assert len(choice.options) == len(made) + 1
    assert choice.first_selected_option.text == "Land 3 2007"
    assert len(browser.driver.find_elements(By.CSS_SELECTOR, ".results a")) == 1
    assert browser.faults() == []
    several = [folder / "en" / path for path in ("search.html", "index.html", "compare.html", "compare/2.html")]
    for path in several:
        browser.get(path.as_uri())
        assert browser.axe() == [], path
    assert invalid(several, tmp_path) == ""


def test_each_page_of_an_id_of_before_leads_on_with_what_is_sought_and_its_place(
    browser: Browser, tmp_path: Path
) -> None:
    gathered = collection(tmp_path / "made")
    leading = [replace(one, pages=["index.html", "commitments/C1.html"]) for one in gathered.publications]
    folder = tmp_path / "root"
    stage_root(replace(gathered, publications=leading), vocabulary(), Stage(folder))
    (folder / LAKELAND.id / "commitments").mkdir(parents=True)
    there = folder / LAKELAND.id / "commitments" / "C1.html"
    there.write_text("<!doctype html><title>There</title>", encoding="utf-8")
    before = folder / "lakeland" / "commitments" / "C1.html"
    browser.get(f"{before.as_uri()}?q=a#L12")
    WebDriverWait(browser.driver, 10).until(lambda _: browser.driver.title == "There")
    assert browser.driver.current_url == f"{there.as_uri()}?q=a#L12"
    assert invalid([before], tmp_path) == ""


def test_the_field_of_the_first_page_leads_to_what_is_found(browser: Browser, site: Path) -> None:
    browser.faults()
    browser.get((site / "en" / "index.html").as_uri())
    browser.driver.find_element(By.CSS_SELECTOR, ".find input").send_keys("budget", Keys.ENTER)
    WebDriverWait(browser.driver, 10).until(lambda _: browser.driver.find_elements(By.CSS_SELECTOR, ".results a"))
    assert browser.driver.current_url.endswith("en/search.html?q=budget")
    assert browser.faults() == []


def test_a_keyboard_walks_through_what_is_found_in_order(browser: Browser, site: Path) -> None:
    browser.get((site / "en" / "search.html").as_uri() + "?q=law")
    WebDriverWait(browser.driver, 10).until(lambda _: browser.driver.find_elements(By.CSS_SELECTOR, ".results a"))
    browser.driver.find_element(By.CSS_SELECTOR, "#search input").send_keys(Keys.TAB, Keys.TAB, Keys.TAB)
    walked = [browser.driver.switch_to.active_element.text]
    browser.driver.switch_to.active_element.send_keys(Keys.TAB)
    walked.append(browser.driver.switch_to.active_element.text)
    assert walked == ["2. Draft laws online", "1. Register of lobbyists"]


def test_scripts_in_every_cell_are_found_and_shown_as_text(browser: Browser, tmp_path: Path) -> None:
    evil = "</script><img src=x onerror=document.title='Ran'><script>document.title='Ran'</script>"
    made = replace(
        LAKELAND, country=evil, others={}, title=evil, titles=[evil], said=[evil], narrative=[evil], progress=[]
    )
    stage_root(collection(tmp_path / "made", [made]), vocabulary(), Stage(tmp_path / "root"))
    browser.faults()
    browser.get((tmp_path / "root" / "en" / "search.html").as_uri())
    said, titles = search(browser, "onerror")
    assert (said, len(titles)) == ("Found: 3", 3)
    assert f"1. {evil}" in titles
    assert browser.driver.title.startswith("Search everything")
    assert browser.run("return document.querySelectorAll('main img').length") == 0
    assert browser.faults() == []


def test_without_scripts_the_search_says_so_and_lists_the_plans(browser: Browser, site: Path) -> None:
    browser.script(False)
    browser.get((site / "en" / "search.html").as_uri())
    text = browser.driver.find_element(By.TAG_NAME, "main").text
    browser.script(True)
    assert "Searching works in browsers that run scripts." in text
    assert "Lakeland 2021-2023" in text
    assert "The beginning of a word" not in text
