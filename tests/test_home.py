"""The home page says what came of commitments and who says so; the page of one tells its story, whatever is in it."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import html as lxml_html

from conftest import NAME, Workspace
from made_commitments import Made, publish
from ogp_data.core import theme
from ogp_data.core.records import from_csv
from page_weight import weight

HOSTILE = "<script>alert(1)</script>" + "w" * 200


def words(element: lxml_html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def select(element: lxml_html.HtmlElement, path: str) -> list[lxml_html.HtmlElement]:
    """Return the elements of a path such as `.results li > a`: classes, ids, names, within or right below another."""
    tests = {".": "contains(concat(' ', @class, ' '), ' {} ')", "#": "@id='{}'", "": "true()"}
    found, axis = [element], "descendant"
    for part in path.split():
        if part == ">":
            axis = "child"
            continue
        name, mark, value = re.fullmatch(r"([a-z0-9]*)([.#]?)([\w-]*)", part).groups()  # type: ignore[union-attr]
        step = f"{axis}::{name or '*'}[{tests[mark].format(value)}]"
        found, axis = [one for held in found for one in held.xpath(step)], "descendant"
    return list(dict.fromkeys(found))


def page(folder: Path, path: str) -> lxml_html.HtmlElement:
    return lxml_html.fromstring((folder / path).read_bytes())


def tally(home: lxml_html.HtmlElement) -> dict[str, int]:
    """Return what the head of the page counts, by the words of its tags, in their order."""
    items = select(home, ".tally li")
    return {words(select(item, ".tag")[0]): int(words(select(item, "strong")[0])) for item in items}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Made(5, 2, word=HOSTILE, languages=("en", "nl"))
    return publish(made, tmp_path_factory.mktemp("hostile")).folder


# What came of it ----------------------------------------------------------------------------------------

# As the reasons in the table of the document say it, read by hand: C3, C6, C8, C9, C10, C11; C12; C5, C13; C4.
DUTCH = {"Uitgevoerd": 6, "Grotendeels uitgevoerd": 1, "Vertraagd": 2, "Ligt stil": 1, "Niet vermeld": 3}
ENGLISH = {"Done": 6, "Mostly done": 1, "Delayed": 2, "Paused": 1, "Not stated": 3}


@pytest.mark.parametrize(("path", "said"), [("index.html", DUTCH), ("en/index.html", ENGLISH)])
def test_the_home_page_counts_what_the_text_says_and_who_says_it(
    published: Path, path: str, said: dict[str, int]
) -> None:
    home = page(published, path)
    assert list(tally(home).items()) == list(said.items())
    tags = [words(one) for one in select(home, ".result .tag")]
    assert {word: tags.count(word) for word in said} == said
    basis = words(select(home, ".basis")[0])
    for told in (
        ("26 mei 2023", "computerprogramma", "Niemand heeft nagegaan")
        if path[0] == "i"
        else ("26 May 2023", "A program", "Nobody checked whether")
    ):
        assert told in basis


def test_each_commitment_is_in_the_list_once_under_its_theme_with_its_lead_and_whole_sentences(published: Path) -> None:
    home = page(published, "en/index.html")
    rows = [dict(row) for row in from_csv((published / "overview/overview.csv").read_bytes())]
    shelves = {words(select(one, "h3")[0]): select(one, ".result") for one in select(home, ".shelf")}
    listed = [(theme, item) for theme, items in shelves.items() for item in items]
    assert [(theme, words(select(item, "a")[0])) for theme, item in listed] == [
        (row["theme"], f"{row['commitment_number']}. {row['title']}") for row in rows
    ]
    fourth = words(listed[3][1])
    assert "Province of North-Holland" in fourth
    assert "Due to a changing direction of the publishing platform PLOOI, following external review" in fourth
    assert "the commitment has been put on hold." in fourth
    assert "…" not in words(select(home, "#commitments")[0])


def test_a_judgement_of_the_document_is_told_in_its_own_words(hostile: Path) -> None:
    # Five commitments, judged by n % 4: Amber, Red, none, Green, Amber.
    assert tally(page(hostile, "index.html")) == {
        "Green: completed or substantial progress": 1,
        "Amber: limited progress": 2,
        "Red: not started or with severe delays": 1,
        "Not judged": 1,
    }
    assert "This is how the government itself judges" in words(page(hostile, "index.html"))


def test_without_themes_and_assessments_there_is_a_plain_list(tmp_path: Path) -> None:
    home = page(publish(Made(1, 0, is_assessed=False), tmp_path).folder, "index.html")
    assert words(select(home, "h1")[0]) == "1 commitment to open government"
    for absent in (".tally", ".tag", ".shelf h3", "#find-status", "#find-theme", "#find-who"):
        assert not select(home, absent), absent
    assert len(select(home, ".result")) == 1
    assert "It does not tell what came of it." in words(home)


# The story ----------------------------------------------------------------------------------------------


def chapters(folder: Path, path: str) -> Mapping[str, lxml_html.HtmlElement]:
    return {words(select(one, "h2")[0]): one for one in select(page(folder, path), ".chapters > section")}


def test_a_story_has_the_paragraphs_and_links_of_the_document(published: Path) -> None:
    # Read in the document, line 106: three paragraphs, all links lost; line 118 on: links with their addresses.
    found = chapters(published, "en/commitments/C5.html")["What was done"]
    paragraphs = [words(one) for one in select(found, "div > p")]
    assert [one.partition(":")[0] for one in paragraphs] == [
        "A toolkit for active disclosure of information was published",
        "As well as a step-by-step guide",
        "And pilot projects are executed",
    ]
    assert not select(found, "div > p a")
    contract = chapters(published, "en/commitments/C9.html")["What was done"]
    links = [one.get("href") for one in select(contract, "div > p a")]
    assert "https://www.rijksoverheid.nl/documenten/rapporten/2019/10/28/inkopen-met-impact" in links
    row = next(
        dict(r) for r in from_csv((published / "assessments/assessments.csv").read_bytes()) if r["commitment"] == "C9"
    )
    assert " ".join(words(one) for one in select(contract, "div > p")) == row["evidence"]


def test_each_text_of_a_story_leads_to_its_lines(published: Path) -> None:
    found = chapters(published, "commitments/C4.html")
    # Its reasons are one sentence, which stands above as what its status rests on.
    assert list(found) == ["Wat is er beloofd?", "Wat is er gedaan?", "Hoe gaat het verder?", "Genoemde bronnen"]
    assert list(chapters(published, "commitments/C13.html"))[2] == "Waarom?"
    for name in ("Wat is er gedaan?", "Hoe gaat het verder?"):
        places = [one.get("href") for one in select(select(found[name], ".origin")[0], "a")]
        assert places, name
        assert all(place.startswith("../source/index.html#line-") for place in places), name
    # The short title is from the web pages of the partnership, and the page says so.
    assert "opengovpartnership.org" in words(found["Wat is er beloofd?"])


def test_every_cell_of_the_rows_can_be_reached_on_the_page(published: Path) -> None:
    for number in range(1, 14):
        shown = re.sub(r"\s+", "", words(page(published, f"en/commitments/C{number}.html")))
        for dataset in ("commitments", "assessments"):
            rows = [dict(row) for row in from_csv((published / dataset / f"{dataset}.csv").read_bytes())]
            row = next(row for row in rows if row["commitment"] == f"C{number}")
            spoken = {"assessed_on", "derived_progress", "lead_organisation", "second_lead_organisation", "publication"}
            for column, value in row.items():
                if column not in spoken and not column.endswith("_places"):
                    assert re.sub(r"\s+", "", value) in shown, (number, column)


def test_an_error_is_reported_once_a_page_with_the_cell_chosen_inside(published: Path) -> None:
    reports = select(page(published, "en/commitments/C4.html"), "details.report")
    assert len(reports) == 1
    named = [words(one) for one in select(reports[0], "li code")]
    assert "assessments, C4, reasons, 1.0.0" in named
    assert "commitments, C4, title, 1.0.0" in named


# Whatever stands in it ----------------------------------------------------------------------------------


def test_words_that_look_like_scripts_are_words(hostile: Path) -> None:
    pages = ["index.html", "nl/index.html", *(f"{at}commitments/C{n}.html" for at in ("", "nl/") for n in range(1, 6))]
    for path in pages:
        text = (hostile / path).read_text(encoding="utf-8")
        assert "<script>alert" not in text, path
        assert html.escape("<script>alert(1)") in text, path


def test_a_right_to_left_document_is_turned_where_it_is_quoted(tmp_path: Path) -> None:
    folder = publish(Made(2, 1, word="شفاف", language="ar", languages=("nl", "en")), tmp_path).folder
    home, one = page(folder, "index.html"), page(folder, "commitments/C1.html")
    assert [quote.get("dir") for quote in select(home, ".result .quote")] == ["rtl", "rtl"]
    texts = [text for text in select(one, ".chapters div") if text.get("lang") == "ar" and len(text)]
    assert texts
    assert all(text.get("dir") == "rtl" for text in texts if text.get("class") is None)
    assert "Titels, thema’s en citaten zijn in het Arabisch, zoals in het document." in words(home)


def test_the_address_of_a_reference_is_a_link_only_where_it_is_one(workspace: Workspace) -> None:
    old = 'origin = "https://www.opengovpartnership.org/members/netherlands/"'
    workspace.edit(f"{NAME}/publication.toml", old, 'origin = "javascript:alert(1)"')
    outcome = workspace.publish()
    assert outcome.published
    assert "javascript:" not in (outcome.folder / "commitments/C1.html").read_text(encoding="utf-8")


# What a sentence takes for granted ----------------------------------------------------------------------


class Unjudged(Made):
    """A self-assessment with a column for judgements that is empty."""

    @property
    def document(self) -> str:
        """Return the document."""
        return re.sub("\t(Green|Amber|Red)\t", "\t\t", super().document)


def test_where_nothing_is_judged_nobody_is_said_to_judge(tmp_path: Path) -> None:
    made = Unjudged(5, 2, languages=("en", "nl", "fr"))
    folder = publish(made, tmp_path).folder
    basis = words(select(page(folder, "index.html"), ".basis")[0])
    assert "judges" not in basis
    assert "It does not say how far the work on each of them has got." in basis
    assert "beoordeelt" not in words(select(page(folder, "nl/index.html"), ".basis")[0])


def test_one_commitment_is_spoken_of_as_one(tmp_path: Path) -> None:
    made = Made(1, 0, is_assessed=False, languages=("en", "nl", "fr"))
    folder = publish(made, tmp_path).folder
    home = page(folder, "index.html")
    assert "It stands in" in words(home)
    assert "It does not tell what came of it." in words(home)
    assert words(select(home, "#h-commitments")[0]) == "The commitment"
    assert not select(home, "form")
    assert "Ze staat in" in words(page(folder, "nl/index.html"))
    assert "Il figure dans" in words(page(folder, "fr/index.html"))
    one = page(folder, "commitments/C1.html")
    assert not select(one, "nav.pager")
    assert "no other text about this commitment" in words(select(one, ".chapters")[0])
    assert "end of a page" not in words(page(folder, "about.html"))  # the document has no pages


class Alike(Made):
    """A plan of themes that have one title."""

    @property
    def document(self) -> str:
        """Return the document."""
        return re.sub(r"(### [IV]+\. Theme \w+) \d", r"\1", super().document)


def test_themes_of_one_title_are_told_apart_by_their_marks(tmp_path: Path) -> None:
    home = page(publish(Alike(4, 2), tmp_path).folder, "index.html")
    labels = ["I. Theme open", "II. Theme open"]
    field = next(one for one in home.iter("select") if one.get("id") == "find-theme")
    assert [words(one) for one in field][1:] == labels
    assert [words(one) for one in select(home, ".shelf h3")] == labels


def test_a_question_that_is_a_link_has_no_full_stop_behind_it(published: Path) -> None:
    for path in sorted(published.rglob("*.html")):
        if "source" not in path.parts and "vocabulary" not in path.parts:
            assert not re.search(r"[?!]</a>\.", path.read_text(encoding="utf-8")), path


def test_light_and_dark_are_promised_where_both_are() -> None:
    assert theme.read("").is_dark
    assert not theme.read(":root { --ink: #111; }").is_dark


class Pictured(Made):
    """A plan with two pictures beside its text."""

    @property
    def document(self) -> str:
        """Return the document."""
        return super().document + "\n![Ten of twelve are done](chart.png)\n\n![](logo.png)\n"

    def declaration(self, content: bytes) -> str:
        """Return the declaration."""
        return super().declaration(content).replace('"converted-text"', '"markdown"')


def test_readers_are_told_of_the_pictures_that_no_page_shows(tmp_path: Path) -> None:
    folder = publish(Pictured(2, 0, is_assessed=False, languages=("en", "nl", "fr")), tmp_path).folder
    for path in ("about.html", "source/index.html", "findings.html"):
        assert "2 pictures or other items without text of the document are not on" in words(page(folder, path)), path
        assert "2 afbeeldingen of andere onderdelen" in words(page(folder, f"nl/{path}")), path
        assert "2 images ou autres" in words(page(folder, f"fr/{path}")), path


def test_the_story_of_a_commitment_has_what_the_document_says_of_a_picture_there(tmp_path: Path) -> None:
    folder = publish(Pictured(2, 0, is_assessed=False, languages=("en", "nl", "fr")), tmp_path).folder
    stories = {
        path.stem: page(folder, f"nl/commitments/{path.name}") for path in (folder / "commitments").glob("*.html")
    }
    found = {name: [words(one) for one in select(story, ".chapters .pictured")] for name, story in stories.items()}
    said = "Hier staat een afbeelding. In het document staat daarover: Ten of twelve are done"
    assert [pictures for pictures in found.values() if pictures] == [[said]]


def test_where_all_is_text_nothing_is_said_of_pictures(published: Path) -> None:
    for path in ("about.html", "source/index.html", "findings.html"):
        assert "not on these pages" not in words(page(published, f"en/{path}")), path


# Where many are listed, and where one is ----------------------------------------------------------------

SIZES = [(1, 0, "open"), (60, 7, "open"), (61, 3, "open"), (20, 7, "w" * 200)]


@pytest.mark.parametrize(("commitments", "themes", "word"), SIZES)
def test_the_home_page_of_a_plan_of_any_size_is_light(tmp_path: Path, commitments: int, themes: int, word: str) -> None:
    folder = publish(Made(commitments, themes, word=word, languages=("en", "nl")), tmp_path).folder
    for home, listed in (("index.html", "commitments.html"), ("nl/index.html", "nl/commitments.html")):
        assert weight(folder / home) <= 60_000
        numbers = [len(select(page(folder, path), ".result")) for path in (home, listed) if (folder / path).exists()]
        assert [number for number in numbers if number] == [commitments]


def test_where_the_list_is_elsewhere_counts_and_themes_lead_to_it_narrowed(tmp_path: Path) -> None:
    folder = publish(Made(61, 2), tmp_path).folder
    home = page(folder, "index.html")
    assert select(home, ".tally a")[0].get("href") == "commitments.html?status=green"
    # The first 31 of 61 belong to the first theme, as (n - 1) * 2 // 61 is 0 for them.
    assert [words(one) for one in select(home, "#commitments .card")] == [
        "Theme open 0 31 commitments",
        "Theme open 1 30 commitments",
    ]
    assert select(home, "#commitments .card a")[1].get("href") == "commitments.html?theme=2"
    one = page(folder, "commitments/C61.html")
    assert "../commitments.html?theme=2#commitments" in [link.get("href") for link in select(one, ".facts a")]
    assert "../commitments.html#commitments" in [link.get("href") for link in select(one, ".breadcrumb a")]


def test_years_and_what_is_counted_stay_on_one_line(published: Path) -> None:
    assert words(select(page(published, "index.html"), ".site-name .years")[0]) == "2020-2022"
    assert "van 13\u00a0beloften" in select(page(published, "index.html"), "h1")[0].text_content()


def current(folder: Path, path: str) -> dict[str, str]:
    """Return which items of the menu are marked on a page, and as what."""
    marks = {words(one): one.get("aria-current") for one in select(page(folder, path), ".menu a")}
    return {name: mark for name, mark in marks.items() if mark}


def test_the_menu_says_in_which_part_of_the_site_a_page_is(published: Path) -> None:
    assert current(published, "en/index.html") == {"Results": "page"}
    assert current(published, "en/commitments/C4.html") == {"Results": "true"}
    assert current(published, "en/data.html") == {"The data": "page"}
    below = ("overview/index.html", "dictionary.html", "dictionary/links.html", "codelists/index.html", "query.html")
    for path in below:
        assert current(published, f"en/{path}") == {"The data": "true"}, path
    assert current(published, "en/source/index.html") == {"The document": "page"}
    for path in ("changes.html", "reports/validation.html"):
        assert current(published, f"en/{path}") == {"About this site": "true"}, path


def test_where_there_are_no_commitments_there_are_no_results(small_published: Path) -> None:
    assert words(select(page(small_published, "data.html"), ".menu a")[0]) == "Data"
    assert [words(one) for one in select(page(small_published, "data.html"), ".breadcrumb li")] == ["Home", "Data"]


def test_the_home_page_leads_to_what_is_wrong_and_to_a_report_once(published: Path) -> None:
    links = [one.get("href") for one in page(published, "index.html").iter("a")]
    for target in ("findings.html", "about.html#report"):
        assert links.count(target) == 1, target
