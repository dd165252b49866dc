"""What pages say of their own: how much data there is, whose the faults are, and who publishes."""

from __future__ import annotations

import tomllib
from pathlib import Path

from lxml import html as lxml_html

from conftest import ROOT
from made_commitments import AGENTS, NAME, Made, lay_down, publish
from ogp_data import pipeline
from ogp_data.core.records import from_csv
from ogp_data.core.shared import Concept
from ogp_data.core.words import Words
from ogp_data.site.faults import Group
from test_home import page, select, words

# The kinds of faults of the Dutch document, as somebody who has both texts before them would part them.
CONVERSION = {"lost-link", "false-link", "lost-colour", "split-row", "broken-word", "lost-separator"}
DOCUMENT = {"contradiction", "spelling", "title-differs", "section-set"}


def lead(element: lxml_html.HtmlElement) -> str:
    return words(select(element, ".lead")[0])


def test_the_first_lines_say_how_many_faults_are_of_the_conversion_and_how_many_of_the_document(
    published: Path,
) -> None:
    kinds = [row["kind"] for row in from_csv((published / "source_findings/source_findings.csv").read_bytes())]
    converted, own = sum(kind in CONVERSION for kind in kinds), sum(kind in DOCUMENT for kind in kinds)
    either = len(kinds) - converted - own
    english, dutch = page(published, "en/findings.html"), page(published, "findings.html")
    assert f"{converted} arose when the document was converted. {own} are in the document itself." in lead(english)
    assert f"{either} may be either." in lead(english)
    assert f"{converted} daarvan zijn ontstaan bij het omzetten van het document. {own} staan in" in lead(dutch)
    headings = [words(one) for one in select(dutch, "#list > h2")]
    assert headings[:2] == ["In het document zelf", "Ontstaan bij het omzetten van het document"]
    assert kinds.count("lost-link") == 21
    assert "Verloren links komen het meest voor: 21 keer." in words(select(dutch, "main")[0])


def test_the_list_of_faults_is_one_link_away_and_below_a_page_of_the_menu(published: Path) -> None:
    faults = page(published, "findings.html")
    assert "#list" in [link.get("href") for link in select(faults, "main p a")]
    current = [words(one) for one in select(faults, ".menu a") if one.get("aria-current")]
    assert current == ["Het document"]


def test_every_page_is_below_one_of_the_menu(published: Path) -> None:
    paths = {file.relative_to(published).as_posix() for file in published.rglob("*.html")}
    without = set()
    for path in paths:
        items = select(page(published, path), ".menu a")
        if items and not any(item.get("aria-current") for item in items):
            without.add(path)
    assert without == {"404.html", "en/404.html"}


def test_where_the_document_is_not_shown_its_faults_are_below_the_page_about_the_site(tmp_path: Path) -> None:
    folders = lay_down(Made(2, 0), tmp_path)
    file = folders.data / NAME / "publication.toml"
    file.write_text(file.read_text("utf-8").replace("publish = true", "publish = false"), encoding="utf-8")
    folder = pipeline.run(folders, NAME, "", "", lambda _: None).folder
    current = [words(one) for one in select(page(folder, "findings.html"), ".menu a") if one.get("aria-current")]
    assert current == ["About this site"]


def test_every_kind_of_fault_of_the_model_says_what_several_of_it_are_called() -> None:
    kinds = tomllib.loads((ROOT / "src/ogp_data/models/ogp/codelists/finding-kind.toml").read_text("utf-8"))["concept"]
    assert [kind["code"] for kind in kinds if set(kind.get("plural", ())) != {"en", "nl", "fr"}] == []
    arising = {kind["code"]: kind.get("arises") for kind in kinds}
    assert {code for code, origin in arising.items() if origin == "conversion"} == CONVERSION
    assert {code for code, origin in arising.items() if origin == "document"} > DOCUMENT


def test_a_kind_is_called_as_its_list_says() -> None:
    alone = Group("x", Concept("x", Words(en="Torn page")), [])
    assert alone.title.of("en") == "Torn page"
    assert alone.is_commonest.of("en") == "The most common kind is “Torn page”: 0."


def test_the_page_of_all_data_says_first_what_it_is_about_and_how_much(published: Path, tmp_path: Path) -> None:
    files = [file for file in published.glob("*/*.csv") if file.parent.name == file.stem]
    rows = sum(len(from_csv(file.read_bytes())) for file in files)
    said = lead(page(published, "data.html"))
    assert "staat over 13 beloften: " in said
    assert said.endswith(f": {len(files)} tabellen, samen {rows} rijen.")
    one = publish(Made(1, 0, is_assessed=False), tmp_path).folder
    assert " says about 1 commitment: 4 tables with " in lead(page(one, "data.html"))


def test_who_publishes_is_said_in_a_sentence(published: Path, tmp_path: Path) -> None:
    dutch = words(select(page(published, "about.html"), "#who > p")[0])
    assert dutch == "Het ministerie van Binnenlandse Zaken en Koninkrijksrelaties geeft deze site en de data uit."
    folders = lay_down(Made(1, 0), tmp_path)
    agents = AGENTS + '\n[[agent]]\nid = "school"\nname = { en = "School" }\norigin = "Made up."\n'
    agents += 'in_sentence = { en = "the School" }\n'
    (folders.data / "agents.toml").write_text(agents, encoding="utf-8")
    file = folders.data / NAME / "publication.toml"
    file.write_text(file.read_text("utf-8").replace('creator = "office"', 'creator = "school"'), encoding="utf-8")
    folder = pipeline.run(folders, NAME, "", "", lambda _: None).folder
    told = words(select(page(folder, "about.html"), "#who > p")[0])
    assert told == "Office publishes this site and its data. The School made the data."


def test_the_language_of_the_document_is_said_before_its_first_words(published: Path) -> None:
    story = page(published, "commitments/C4.html")
    main = select(story, "main")[0]
    order = list(main.iter())
    notice = next(one for one in order if "zijn in het Engels" in (one.text or ""))
    first = next(one for one in order if one.get("lang") == "en")
    assert order.index(notice) < order.index(first)
    assert not select(page(published, "en/commitments/C4.html"), ".tongue")


def test_a_place_is_named_within_its_sentence(published: Path) -> None:
    dutch, english = (page(published, f"{tongue}commitments/C4.html") for tongue in ("", "en/"))
    assert "In het document, regel 105" in [words(one) for one in select(dutch, "p.origin")]
    assert "In the document, line 105" in [words(one) for one in select(english, "p.origin")]


def test_the_foot_says_when_a_version_was_made(published: Path) -> None:
    for path, named, said in (
        ("index.html", "Bijgewerkt op", "23 november 2026, versie 1.0.0"),
        ("en/index.html", "Updated on", "23 November 2026, version 1.0.0"),
    ):
        foot = page(published, path)
        facts = {words(name): words(name.getnext()) for name in select(foot, ".imprint dt")}
        assert facts[named] == said


def test_what_only_few_want_to_know_of_the_document_is_folded(published: Path) -> None:
    source = page(published, "source/index.html")
    (fold,) = select(source, "main > details")
    assert "SHA-256" in words(fold)
    assert "L98" in words(fold)
    fold.drop_tree()
    for line in select(source, ".lines"):
        line.drop_tree()
    rest = words(select(source, "main")[0])
    assert not any(word in rest for word in ("SHA-256", "L98", "<p>"))
