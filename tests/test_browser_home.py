"""The list of commitments in a real browser: narrowed by choices that the address keeps, whole without script."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select

from browser import Browser, served
from made_commitments import Made, publish

LISTED = (
    "return [...document.querySelectorAll('.result')].filter(one => one.getClientRects().length)"
    ".map(one => one.querySelector('a').textContent.split('.')[0])"
)

BEGINNING = list(range(1, 13))
CLEAR = ".find [type=reset]"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a publication of 30 commitments under three themes; n is judged Amber, Red, not, Green, Amber, ..."""
    return publish(Made(30, 3), tmp_path_factory.mktemp("made")).folder


def listed(browser: Browser) -> list[int]:
    return [int(number) for number in browser.run(LISTED)]


def at_home(browser: Browser, address: str) -> None:
    browser.look(1200)
    browser.get("about:blank")
    browser.get(address)


def field(browser: Browser, name: str) -> Select:
    return Select(browser.driver.find_element(By.CSS_SELECTOR, f"form.find [name={name}]"))


def test_the_list_begins_short_and_is_whole_on_demand(browser: Browser, folder: Path) -> None:
    at_home(browser, (folder / "index.html").as_uri())
    assert listed(browser) == BEGINNING
    button = browser.driver.find_element(By.CSS_SELECTOR, ".later button")
    assert button.text == "Show the other 18"
    button.click()
    assert listed(browser) == list(range(1, 31))


@pytest.mark.parametrize(("number", "begins_with"), [(2, 2), (20, 20), (21, 12)])
def test_a_list_that_is_not_long_is_shown_whole(
    browser: Browser, tmp_path: Path, number: int, begins_with: int
) -> None:
    at_home(browser, (publish(Made(number, 2), tmp_path).folder / "index.html").as_uri())
    assert listed(browser) == list(range(1, begins_with + 1))
    assert browser.driver.find_element(By.CSS_SELECTOR, ".later").is_displayed() == (begins_with < number)


def test_the_button_that_clears_the_filters_is_there_while_one_is_set(browser: Browser, folder: Path) -> None:
    at_home(browser, (folder / "index.html").as_uri())
    button = browser.driver.find_element(By.CSS_SELECTOR, CLEAR)
    assert not button.is_displayed()
    for name, value in (("status", "red"), ("theme", "2")):
        field(browser, name).select_by_value(value)
        assert button.is_displayed()
        assert button.text == "Clear the filters"
        button.click()
        assert not button.is_displayed()
        # Who came by keyboard goes on from the list.
        assert browser.run("return document.activeElement.id") == "commitments"
    browser.driver.find_element(By.CSS_SELECTOR, ".find [name=q]").send_keys("open")
    assert button.is_displayed()


@pytest.mark.parametrize("path", ["index.html", "en/index.html"])
def test_on_a_phone_each_count_is_below_the_one_before(browser: Browser, published: Path, path: str) -> None:
    browser.look(375)
    browser.get((published / path).as_uri())
    places = browser.run(
        "return [...document.querySelectorAll('.tally li')].map(one => one.getBoundingClientRect())"
        ".map(box => [box.top, box.bottom, box.left])"
    )
    assert len(places) == 5
    assert all(above[1] <= below[0] and above[2] == below[2] for above, below in itertools.pairwise(places))


def test_without_script_the_whole_list_stands_there(browser: Browser, folder: Path) -> None:
    browser.script(False)
    at_home(browser, (folder / "index.html").as_uri())
    shown = browser.driver.find_elements(By.CSS_SELECTOR, ".result")
    is_form_shown = browser.driver.find_element(By.CSS_SELECTOR, "form.find").is_displayed()
    browser.script(True)
    assert len(shown) == 30
    assert not is_form_shown


def test_a_choice_narrows_the_list_and_stands_in_the_address_of_a_file(browser: Browser, folder: Path) -> None:
    home = (folder / "index.html").as_uri()
    at_home(browser, home)
    field(browser, "status").select_by_value("red")
    assert listed(browser) == [n for n in range(1, 31) if n % 4 == 2]
    field(browser, "theme").select_by_index(2)
    assert listed(browser) == [14, 18]
    # No line stands above the first of them, and one between them.
    lines = (
        "return [...document.querySelectorAll('.result:not([hidden])')].map(e => getComputedStyle(e).borderTopWidth)"
    )
    assert browser.run(lines) == ["0px", "1px"]
    assert browser.driver.find_element(By.CSS_SELECTOR, ".find [role=status]").text == "Showing 2 of 30 commitments"
    address = browser.driver.current_url
    assert "#" in address
    at_home(browser, address)
    assert listed(browser) == [14, 18]
    browser.driver.find_element(By.CSS_SELECTOR, CLEAR).click()
    browser.run("return new Promise(done => setTimeout(done, 50))")
    assert listed(browser) == BEGINNING
    assert "status" not in browser.driver.current_url


def test_on_a_phone_the_filters_are_folded_and_say_how_many_are_set(browser: Browser, folder: Path) -> None:
    at_home(browser, (folder / "index.html").as_uri() + "?status=red&theme=2")
    filters = browser.driver.find_element(By.CSS_SELECTOR, ".filters")
    summary = filters.find_element(By.CSS_SELECTOR, "summary")
    assert filters.find_element(By.NAME, "theme").is_displayed()
    assert not summary.is_displayed()
    browser.look(375)
    browser.run("return new Promise(done => setTimeout(done, 50))")
    assert not filters.find_element(By.NAME, "theme").is_displayed()
    assert browser.driver.find_element(By.NAME, "q").is_displayed()
    assert summary.text == "Filters (2)"


def test_words_are_found_without_accents_and_each_of_them(browser: Browser, folder: Path) -> None:
    with served(folder) as address:
        at_home(browser, f"{address}index.html?q=Ópen 17")
        assert listed(browser) == [17]
        words = browser.driver.find_element(By.CSS_SELECTOR, ".find [name=q]")
        words.clear()
        words.send_keys("nothing of the kind")
        assert listed(browser) == []
        assert "q=nothing+of+the+kind" in browser.driver.current_url


def test_a_number_at_the_head_leads_to_its_commitments(browser: Browser, folder: Path) -> None:
    at_home(browser, (folder / "index.html").as_uri())
    browser.driver.find_element(By.CSS_SELECTOR, '.tally a[data-value="-"]').click()
    assert listed(browser) == [n for n in range(1, 31) if n % 4 == 3]
    assert field(browser, "status").first_selected_option.text == "Not judged (7)"


@pytest.mark.parametrize("is_made_anew", [False, True])
def test_a_choice_that_was_cleared_does_not_come_back(browser: Browser, folder: Path, is_made_anew: bool) -> None:
    at_home(browser, (folder / "index.html").as_uri() + "?theme=2#commitments")
    assert listed(browser) == [*range(11, 21)]
    if is_made_anew:
        browser.run("addEventListener('unload', () => {})")
    browser.driver.find_element(By.CSS_SELECTOR, CLEAR).click()
    assert listed(browser) == BEGINNING
    address = browser.driver.current_url
    browser.driver.find_element(By.CSS_SELECTOR, ".result a").click()
    assert "commitments/" in browser.driver.current_url
    browser.driver.back()
    assert listed(browser) == BEGINNING
    assert field(browser, "theme").first_selected_option.text == "All"
    at_home(browser, address)
    assert listed(browser) == BEGINNING


def back_from_a_number(browser: Browser, home: str) -> None:
    at_home(browser, home)
    browser.driver.find_element(By.CSS_SELECTOR, '.tally a[data-value="red"]').click()
    browser.run("return new Promise(done => setTimeout(done, 50))")
    assert listed(browser) == [n for n in range(1, 31) if n % 4 == 2]
    browser.driver.find_element(By.CSS_SELECTOR, '.tally a[data-value="-"]').click()
    browser.run("return new Promise(done => setTimeout(done, 50))")
    browser.driver.back()
    assert listed(browser) == [n for n in range(1, 31) if n % 4 == 2]
    browser.driver.back()
    assert listed(browser) == BEGINNING
    assert browser.driver.current_url == home


def test_the_way_back_from_a_number_at_the_head_is_one_step(browser: Browser, folder: Path) -> None:
    back_from_a_number(browser, (folder / "index.html").as_uri())
    with served(folder) as address:
        back_from_a_number(browser, f"{address}index.html")


def test_a_link_within_the_page_leaves_a_choice_as_it_is(browser: Browser, folder: Path) -> None:
    at_home(browser, (folder / "index.html").as_uri())
    field(browser, "status").select_by_value("red")
    browser.run("document.querySelector('a.skip').click()")
    assert listed(browser) == [n for n in range(1, 31) if n % 4 == 2]
    browser.driver.back()
    assert listed(browser) == [n for n in range(1, 31) if n % 4 == 2]
    assert field(browser, "status").first_selected_option.get_attribute("value") == "red"


@pytest.mark.parametrize("width", [375, 1200])
@pytest.mark.parametrize("has_script", [True, False])
def test_the_timeline_is_one_line_that_the_menu_opens(
    browser: Browser, published: Path, width: int, has_script: bool
) -> None:
    browser.look(width)
    browser.script(has_script)
    try:
        for start in ("en/index.html", "en/data.html"):
            browser.get("about:blank")
            browser.get((published / start).as_uri())
            if start == "en/index.html":
                assert not browser.driver.find_element(By.CSS_SELECTOR, "#chart-timeline").is_displayed()
            browser.driver.find_element(By.CSS_SELECTOR, '.menu a[href$="#timeline"]').click()
            assert browser.driver.find_element(By.CSS_SELECTOR, "#chart-timeline .drawing").is_displayed()
            # Its heading stands on the screen, too.
            summary = browser.driver.find_element(By.CSS_SELECTOR, ".fold:has(#timeline) > summary")
            assert 0 <= browser.run("return arguments[0].getBoundingClientRect().top", summary) < 500
    finally:
        browser.script(True)


def test_a_figure_of_what_the_head_of_the_page_says_is_closed(browser: Browser, tmp_path: Path) -> None:
    """A theme that all commitments have tells no more than all together."""
    for themes, is_open in ((0, False), (1, False), (2, True)):
        folder = publish(Made(4, themes), tmp_path / str(themes)).folder
        at_home(browser, (folder / "index.html").as_uri())
        assert browser.driver.find_element(By.CSS_SELECTOR, "#chart-status").is_displayed() == is_open, themes
