"""The pages of data, of datasets, of findings and about the site: of whatever there is, whole and not too large."""

from __future__ import annotations

import posixpath
from pathlib import Path
from random import Random
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import pytest

from made_commitments import NAME, Made, lay_down, publish
from ogp_data import pipeline
from ogp_data.core.licences import licence_terms
from ogp_data.core.records import from_csv
from ogp_data.site.formatting import shortened
from ogp_data.site.locations import ROWS, sheet_sizes
from ogp_data.site.titles import shortened_titles, told_apart
from page_weight import weight
from test_dictionary import Page

OWN = ("data.html", "about.html", "findings.html", "dictionary.html", "codelists/", "dictionary/", "changes.html")
MADE = {
    "one": Made(commitments=1, themes=0),
    "unassessed": Made(is_assessed=False),
    "many": Made(commitments=400, themes=0),
    "script": Made(word="</td><script>alert(1)</script>&amp;"),
    "long": Made(word="w" * 200),
    "right to left": Made(word="حكومة مفتوحة", language="ar"),
    "in two languages": Made(languages=("nl", "en")),
}


@pytest.fixture(scope="module", params=MADE, ids=str)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(MADE[request.param], tmp_path_factory.mktemp("made")).folder


def own_pages(folder: Path) -> dict[str, Element]:
    """Return the pages of this part of the site, as trees: a tag that is not closed fails."""
    found = {}
    for file in sorted(folder.rglob("*.html")):
        path = file.relative_to(folder).as_posix()
        bare = path.partition("/")[2] if path.split("/")[0] in ("en", "fr") else path
        is_dataset = (folder / posixpath.dirname(bare) / f"{bare.split('/')[0]}.csv").exists() or "/rows/" in bare
        if bare.startswith(OWN) or (is_dataset and (bare.endswith("/index.html") or "/rows/" in bare)):
            found[path] = Page(file.read_bytes()).tree
    return found


def ids(tree: Element) -> list[str]:
    return [element.attrib["id"] for element in tree.iter() if "id" in element.attrib]


def test_every_page_is_whole_and_its_links_lead_somewhere(site: Path) -> None:
    pages = own_pages(site)
    assert {"data.html", "about.html", "findings.html", "dictionary.html"} <= pages.keys()
    known = {path: set(ids(tree)) for path, tree in pages.items()}
    for path, tree in pages.items():
        assert len(known[path]) == len(ids(tree)), path
        assert len(list(tree.iter("h1"))) == 1, path
        assert {one.get("type") for one in tree.iter("script") if "src" not in one.attrib} == {"application/ld+json"}
        for link in (element.attrib["href"] for element in tree.iter("a")):
            parts = urlsplit(link)
            if parts.scheme:
                continue
            to = (
                posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
            )
            assert (site / to).is_file(), (path, link)
            if parts.fragment and to in known:
                assert unquote(parts.fragment) in known[to], (path, link)


def test_no_page_is_larger_than_60_kb_with_what_it_loads(site: Path) -> None:
    sizes = {path: weight(site / path) for path in own_pages(site)}
    assert {path: size for path, size in sizes.items() if size > 60_000} == {}


class Wordy(Made):
    """A self-assessment with two very long texts in each row."""

    @property
    def document(self) -> str:
        """Return the document."""
        return (
            super()
            .document.replace("And more of it.", "“Ménage” & more. " * 4000)
            .replace("Seen", "Seen & seen. " * 3000)
        )


def test_a_row_of_very_long_texts_shows_their_beginnings(tmp_path: Path) -> None:
    folder = publish(Wordy(2, 1, languages=("en", "nl", "fr")), tmp_path).folder
    pages = [path for path in own_pages(folder) if "assessments/" in path]
    assert {path: size for path in pages if (size := weight(folder / path)) > 60_000} == {}
    (first,) = (
        cell
        for cell in Page((folder / "assessments/index.html").read_bytes()).tree.iter("td")
        if "Because" in "".join(cell.itertext())
    )
    assert "".join(first.itertext()).endswith("… The rest is in the files.")
    held = from_csv((folder / "assessments/assessments.csv").read_bytes())[0]["reasons"]
    assert held.count("Ménage") == 4000


def test_the_first_200_rows_of_a_dataset_stand_on_its_pages_each_once(site: Path) -> None:
    rows = from_csv((site / "commitments/commitments.csv").read_bytes())
    pages = {path: tree for path, tree in own_pages(site).items() if path.startswith("commitments/")}
    shown = [row.attrib["id"] for tree in pages.values() for body in tree.iter("tbody") for row in body.iter("tr")]
    assert sorted(shown) == sorted(row["commitment"] for row in rows[:ROWS])


def test_sheets_hold_all_rows_in_order_and_are_no_larger_than_they_may_be() -> None:
    random = Random(17)
    for _ in range(2000):
        widths = [random.choice((0, 3, 40, 900, 20_000)) for _ in range(random.randrange(40))]
        records = [{"key": str(number), "text": "x" * width} for number, width in enumerate(widths)]
        sizes = list(sheet_sizes(records))
        assert sum(sizes) == len(records)
        assert all(sizes) or sizes == [0]
        at = 0
        for size in sizes:
            held = sum(
                len(value) + (250 if len(value) > 120 else 70)
                for record in records[at : at + size]
                for value in record.values()
            )
            assert size <= 1 or held <= (24_000 if at else 24_500 - 2 * 400)
            at += size


TITLES = [
    "Plan: themes, Country, 2020",
    "Plan: commitments, Country, 2020",
    "Plan: making of it, Elsewhere, 2019",
]


def test_titles_lose_what_most_of_them_say() -> None:
    assert shortened_titles(TITLES) == ["Themes", "Commitments", "Making of it, Elsewhere, 2019"]
    assert shortened_titles(["Plan: themes, Country"]) == ["Plan: themes, Country"]
    assert shortened_titles(["A: x, B", "A: x, B"]) == ["A: x, B", "A: x, B"]
    assert shortened_titles(["", ""]) == ["", ""]


def test_datasets_of_one_title_are_told_apart_by_their_names() -> None:
    assert told_apart(["A", "B", "A"], ["a", "b", "c"]) == ["A (a)", "B", "A (c)"]
    assert told_apart(["A", "A", "A (a)"], ["a", "b", "c"]) == ["A (a) (a)", "A (b)", "A (a) (c)"]
    assert told_apart(["A", "B"], ["a", "b"]) == ["A", "B"]


def test_short_titles_are_parts_of_the_titles_and_differ_where_those_do() -> None:
    random = Random(17)
    for _ in range(3000):
        words = ("Plan", "a", "b", ": ", ", ", ":", ",", " ", "2020", "é")
        titles = ["".join(random.choices(words, k=random.randrange(1, 9))) for _ in range(random.randrange(1, 7))]
        short = shortened_titles(titles)
        assert len(short) == len(titles)
        for one, whole in zip(short, titles, strict=True):
            assert one.casefold() in whole.casefold()
            assert bool(one) == bool(whole)
        if len(set(titles)) == len(titles):
            assert len(set(short)) == len(short), titles


def test_a_text_is_cut_after_a_whole_word() -> None:
    random = Random(17)
    for _ in range(2000):
        text = "".join(random.choices("ab c", k=random.randrange(60)))
        most = random.randrange(1, 50)
        short = shortened(text, most)
        assert short == text if len(text) <= most else len(short) <= most + 1
        assert short == text or text.startswith(short[:-1])


@pytest.mark.parametrize(
    ("iri", "said"),
    [
        ("http://creativecommons.org/publicdomain/zero/1.0/deed.nl", "without asking"),
        ("http://creativecommons.org/licenses/by/4.0/", "if you name the source."),
        ("https://creativecommons.org/licenses/by-sa/4.0/deed.nl", "in the same way"),
        ("http://creativecommons.org/licenses/by-nc-nd/4.0/", "The licence says"),
        ("https://licence.example.org/own", "The licence says"),
        ("", "The licence says"),
    ],
)
def test_what_a_licence_allows_is_said_where_it_is_known(iri: str, said: str) -> None:
    assert said in str(licence_terms(iri))


def test_without_findings_no_page_speaks_of_them(tmp_path: Path) -> None:
    made = Made(commitments=2)
    folder = tmp_path / "data" / NAME
    folders = lay_down(made, tmp_path)
    declaration = folder / "publication.toml"
    declaration.write_text(declaration.read_text(encoding="utf-8").replace("[datasets.source_findings]\n", ""), "utf-8")
    outcome = pipeline.run(folders, NAME, "", "", lambda _: None)
    assert outcome.published
    assert not (outcome.folder / "findings.html").exists()
    for page in outcome.folder.rglob("*.html"):
        assert "findings.html" not in page.read_text(encoding="utf-8"), page
