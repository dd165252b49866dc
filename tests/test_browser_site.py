"""The site in a real browser: from files and under a sub-path, light and dark, narrow, by keyboard, without script."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from browser import Browser, invalid, served
from ogp_data import beside
from ogp_data.pipeline import Folders
from service_help import running

SAMPLES = ("index.html", "en/links/index.html", "en/commitments/C3.html", "query.html", "source/index.html")


@pytest.fixture(scope="module")
def site(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a plain copy, as a web server would have it, and in it the pages of the vocabulary."""
    at = tmp_path_factory.mktemp("web")
    folder = at / "some" / "path"
    shutil.copytree(published, folder, symlinks=False)
    vocabulary = beside.publish_vocabulary(Folders(at / "data", at / "build", at / "dist"))
    shutil.copytree(vocabulary.folder, folder / "vocabulary", symlinks=False)
    return folder


def pages(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html") if "v" not in path.parts)


def test_every_page_is_quiet_self_contained_and_fits_a_narrow_screen(browser: Browser, site: Path) -> None:
    browser.look(320)
    browser.faults()
    with served(site.parents[1]) as address:
        for path in pages(site):
            browser.asked()
            browser.get(f"{address}some/path/{path}")
            assert browser.width() <= 320, path
            assert browser.faults() == [], path
            foreign = [url for url in browser.asked() if not url.startswith((address, "data:", "blob:"))]
            assert foreign == [], path


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_on_any_page(browser: Browser, site: Path, dark: bool) -> None:
    browser.look(1200, dark)
    found = {}
    for path in pages(site):
        browser.get((site / path).as_uri())
        if faults := browser.axe():
            found[path] = faults[:4]
    assert found == {}


def test_the_html_is_valid(site: Path, tmp_path: Path) -> None:
    assert invalid((site / path for path in pages(site)), tmp_path) == ""


def test_search_and_sort_work_and_are_the_only_things_that_need_script(browser: Browser, site: Path) -> None:
    browser.look(1200)
    browser.get((site / "en/links/index.html").as_uri())
    shown = "return [...document.querySelectorAll('table.rows tbody tr')].filter(r => !r.hidden).map(r => r.id)"
    first = browser.run(shown)
    assert first == [str(number) for number in range(1, len(first) + 1)]
    field = browser.driver.find_element(By.CSS_SELECTOR, ".finder input")
    field.send_keys("lancering")  # of the label of the second link of the document
    assert browser.run(shown) == ["2"]
    assert (
        browser.driver.find_element(By.CSS_SELECTOR, ".finder [role=status]").text
        == f"You see 1 of the {len(first)} rows here"
    )
    field.clear()
    field.send_keys(" ")
    link, *_ = browser.driver.find_elements(By.CSS_SELECTOR, "table.rows thead button")
    link.click()
    link.click()
    assert browser.run(shown) == first[::-1]
    browser.script(False)
    browser.get((site / "en/links/index.html").as_uri())
    text = browser.driver.find_element(By.TAG_NAME, "main").text
    more = [one.get_attribute("href") for one in browser.driver.find_elements(By.CSS_SELECTOR, ".pager a[rel=next]")]
    browser.script(True)
    assert "Lost in conversion" in text
    assert [address.rpartition("/en/")[2] for address in more] == ["links/rows/2.html#section.table"]


def test_a_figure_is_saved_as_a_picture_and_can_be_shown_on_another_page(browser: Browser, site: Path) -> None:
    """The picture is drawn in the browser, from the page alone, also where the page is a file."""
    save = """
        HTMLAnchorElement.prototype.click = function () { window.saved = this.download; };
        const made = URL.createObjectURL;
        URL.createObjectURL = (blob) => {
          createImageBitmap(blob).then((image) => { window.size = [image.width, image.height, blob.type]; });
          return made(blob);
        };
        document.querySelector("#chart-status [data-png] button").click();
    """
    with served(site.parents[1]) as address:
        for base in (site.as_uri(), f"{address}some/path"):
            browser.get(f"{base}/index.html")
            browser.run(save)
            for _ in range(50):
                if size := browser.run("return window.size"):
                    break
                time.sleep(0.1)
            assert size[2] == "image/png"
            assert min(size[:2]) > 800
            assert browser.run("return window.saved") == "status.png"
        code = browser.run("return document.querySelector('#chart-status .embed code').textContent")
        assert code.startswith(f'<iframe src="{address}some/path/charts/status.html" title="')


def test_a_page_elsewhere_shows_each_figure_whole_at_any_width(browser: Browser, site: Path, tmp_path: Path) -> None:
    with served(site) as address, served(tmp_path) as elsewhere:
        for number, (src, height) in enumerate(sorted(shown_elsewhere(site))):
            frame = f'<iframe src="{address}{src}" width="100%" height="{height}"></iframe>'
            page = f"<!doctype html><style>* {{ margin: 0 }}</style>{frame}"
            (tmp_path / f"{number}.html").write_text(page, encoding="utf-8")
            for wide in (320, 375, 600, 760, 1000):
                browser.look(wide)
                browser.get(f"{elsewhere}{number}.html")
                browser.driver.switch_to.frame(0)
                high, room, across, width = browser.run(
                    "const at = document.documentElement;"
                    "return [at.scrollHeight, at.clientHeight, at.scrollWidth, at.clientWidth];"
                )
                assert (high, across) == (room, width), (src, wide)
                assert browser.run("return innerWidth") == width, f"{src} has a scroll bar at {wide}"


def shown_elsewhere(site: Path) -> set[tuple[str, int]]:
    """Return the page of each figure, and how high the code for other pages makes its frame."""
    found = set()
    for path in ("", "en/"):
        for page in site.glob(f"{path}*.html"):
            for code in re.findall(r"&lt;iframe src=.*?&gt;", page.read_text(encoding="utf-8")):
                src, height = re.findall(r"charts/\w+\.html|(?<=height=&#34;)\d+", code)
                found.add((f"{path}{src}", int(height)))
    assert {src for src, _ in found} == {one.relative_to(site).as_posix() for one in site.glob("**/charts/*.html")}
    return found


@pytest.mark.parametrize("path", SAMPLES)
def test_a_keyboard_reaches_everything_in_order_and_sees_where_it_is(browser: Browser, site: Path, path: str) -> None:
    browser.look(1200)
    browser.get((site / path).as_uri())
    count = browser.run(
        "const wanted = 'a[href],button:not([disabled]),input,select,textarea,summary,[tabindex=\"0\"]';"
        "const folded = 'details:not([open]) > :not(summary)';"
        "const shown = e => e.getClientRects().length && !e.closest(folded);"
        "window.all = [...document.querySelectorAll(wanted)].filter(shown); return all.length"
    )
    walk, places = browser.driver.switch_to.active_element, []
    for _ in range(min(count, 60)):
        walk.send_keys(Keys.TAB)
        walk = browser.driver.switch_to.active_element
        index, visible = browser.run(
            "const e = document.activeElement, s = getComputedStyle(e), r = e.querySelector('rect');"
            "return [all.indexOf(e), s.outlineStyle !== 'none' || (r && getComputedStyle(r).strokeWidth === '5px')]"
        )
        assert visible, (path, index)
        places.append(index)
    assert places == list(range(len(places)))


def answer(browser: Browser, words: str, seconds: float = 30) -> str:
    """Wait until the page says something with these words."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        text = str(browser.run("return document.getElementById('query-status').textContent"))
        if words in text:
            return text
        time.sleep(0.05)
    raise AssertionError(text)


def test_the_query_page_answers_from_files_stops_and_tells_faults(browser: Browser, site: Path) -> None:
    if not (site / "query" / "engine.js").is_file():
        pytest.skip("the query engine is not installed: make site-assets")
    browser.look(1200)
    browser.faults()
    browser.asked()
    browser.get((site / "en/query.html").as_uri())
    buttons = browser.driver.find_elements(By.CSS_SELECTOR, "button.try")
    assert len(buttons) >= 8
    for button in buttons:
        browser.run("document.getElementById('query-status').textContent = ''; arguments[0].click()", button)
        # The last column of the assessments that was lost has no value: the honest answer is No.
        said = answer(browser, "") or answer(browser, "s")
        while "Loading" in said or "Answering" in said or not said:
            time.sleep(0.05)
            said = answer(browser, "")
        assert said == "No" or ("result" in said and not said.startswith("0 ")), said
    browser.shot("query")
    text = browser.driver.find_element(By.ID, "query-text")

    def ask(query: str) -> None:
        browser.run("arguments[0].value = arguments[1]", text, query)
        text.send_keys(Keys.CONTROL, Keys.ENTER)

    ask("SELECT (COUNT(*) AS ?n) WHERE { ?s a <http://www.w3.org/ns/dcat#Dataset> }")
    answer(browser, "1 result in")
    assert browser.driver.find_element(By.CSS_SELECTOR, "#query-answer td").text == "13"
    ask("SELECT *\nWHERE { ?s ?p }")
    answer(browser, "line 2, column 15: The statement is not whole: behind “?p” a property or a value is missing.")
    assert (
        browser.driver.find_element(By.CSS_SELECTOR, "#query-answer pre").text
        == f"WHERE {{ ?s ?p }}\n{'^':>15}".rstrip()
    )
    ask("SELECT ?s (COUNT(?p) AS ?n) WHERE { ?s ?p ?o }")
    answer(browser, "line 1, column 8: ?s has many values for each row of the answer")
    ask(f"SELECT * WHERE {{ ?s ?p }} # {'x' * 10_000}")
    answer(browser, "The program that answers says, in English:")
    ask("SELECT * WHERE { SERVICE <https://example.org/> { ?s ?p ?o } }")
    answer(browser, "SERVICE asks another server")
    # The engine breaks on this; the next query must have another one.
    ask("SELECT * { " + "{" * 800 + "?s ?p ?o" + "}" * 800 + " } LIMIT 1")
    answer(browser, "nested too deep")
    ask('SELECT ?s WHERE { ?s ?p "SERVICE <x>" } # SERVICE <x>')
    answer(browser, "0 results")
    ask("SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    answer(browser, "Answering")
    browser.driver.find_element(By.ID, "query-stop").send_keys(Keys.ENTER)
    answer(browser, "Stopped.")
    assert browser.run("return document.activeElement.id") == "query-run", "a disabled button would lose the focus"
    ask("ASK { ?s ?p ?o }")
    answer(browser, "Yes")
    assert browser.faults() == []
    assert [url for url in browser.asked() if not url.startswith(("file:", "blob:", "data:"))] == []


def test_the_service_gives_pages_that_work_under_its_policy(browser: Browser, published: Path, tmp_path: Path) -> None:
    browser.look(1200)
    with running(published.parent, tmp_path) as runs:
        browser.faults()
        browser.asked()
        for path in ("", "en/links/", "dictionary.html", "reports/quality.html", "sparql?query=SELECT * { ?s ?p ?o }"):
            browser.get(f"{runs.url}{path}")
            assert browser.faults() == [], path
            assert browser.axe() == [], path
        assert len(browser.driver.find_elements(By.CSS_SELECTOR, "tbody tr")) == 1000
        if (published / "query" / "engine.js").is_file():
            browser.get(f"{runs.url}en/query.html")
            browser.driver.find_element(By.ID, "query-run").click()
            answer(browser, "12 results")
        assert browser.faults() == []
        assert [url for url in browser.asked() if not url.startswith((runs.url, "blob:", "data:"))] == []


def test_pictures_of_the_main_pages_at_three_widths(browser: Browser, site: Path) -> None:
    for width in (320, 768, 1280):
        for name, path in (
            ("home", "index.html"),
            ("commitment", "en/commitments/C3.html"),
            ("links", "links/index.html"),
        ):
            browser.look(width, dark=width == 768)
            browser.get((site / path).as_uri())
            browser.shot(f"{name}-{width}")
            assert browser.width() <= width
