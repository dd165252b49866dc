"""The data dictionary: every dataset and column explained in Dutch and English, for people and for screen readers."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder

import pytest

from long_form import tables
from ogp_data.core import places, resources
from ogp_data.core.artefact import Artefact
from ogp_data.core.publication import Publication
from ogp_data.core.records import Record, from_csv
from ogp_data.core.words import Words
from ogp_data.declaration import reading as publications
from ogp_data.formats.known import KNOWN
from ogp_data.models.lists import load_lists
from ogp_data.models.vocabulary import FOLDER
from ogp_data.site import dictionary

ROOT = Path(__file__).parents[1]
NAME = "nl-2020-2022"
DECLARED = tables(ROOT / "data", NAME)
VOID = {"br", "col", "input", "link", "meta", "wbr"}
BASE = "https://data.voorbeeld.nl/tiny/"


class Page(HTMLParser):
    """A page as a tree; a tag that closes what is not open fails."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self._builder, self._open = TreeBuilder(), ["page"]
        self._builder.start("page", {})
        self.feed(content.decode("utf-8"))
        assert self._open == ["page"]
        self._builder.end("page")
        self.tree = self._builder.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._builder.start(tag, {name: value or "" for name, value in attrs})
        self._open.append(tag)
        if tag in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        self._builder.end(tag)

    def handle_data(self, data: str) -> None:
        self._builder.data(data)


def load(data: Path, name: str) -> Publication:
    loaded, found = publications.load(data, name, load_lists(resources.value_lists()))
    assert loaded is not None, found
    return loaded


def files(publication: Publication, *formats: str) -> list[Artefact]:
    """Return the files that a build makes of the datasets in some formats."""
    return [
        Artefact(f"{spec.name}/{spec.name}{KNOWN[fmt].suffix}", 1, "", "", KNOWN[fmt], spec.name)
        for spec in publication.declaration.dataset
        for fmt in formats
    ]


@pytest.fixture(scope="module")
def both() -> dict[str, Element]:
    """Return the page of the shipped publication in each of its languages."""
    publication = load(ROOT / "data", NAME)
    golden = Path(__file__).parent / "golden" / NAME
    records = {name: from_csv((golden / f"{name}.csv").read_bytes()) for name in publication.specs}
    artefacts = files(publication, "csv", "jsonld", "ods")
    return {tag: Page(dictionary.to_html(publication, records, artefacts, tag)).tree for tag in ("nl", "en")}


@pytest.fixture(scope="module", params=["nl", "en"])
def shipped(request: pytest.FixtureRequest, both: dict[str, Element]) -> Element:
    return both[request.param]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    data = tmp_path_factory.mktemp("tiny") / "data"
    shutil.copytree(Path(__file__).parent / "tiny" / "data", data)
    return load(data, "tiny")


def page(
    publication: Publication, rows: dict[str, list[dict[str, str]]], *formats: str, language: str = "nl"
) -> Element:
    """Return the page of a publication with rows of our own: what they do not name is empty."""
    records: dict[str, list[Record]] = {
        name: [{column.name: row.get(column.name, "") for column in spec.column} for row in rows.get(name, [])]
        for name, spec in publication.specs.items()
    }
    return Page(dictionary.to_html(publication, records, files(publication, *formats), language)).tree


def at(tree: Element, name: str) -> Element:
    """Return the one element with an id."""
    (found,) = (element for element in tree.iter() if element.get("id") == name)
    return found


def text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def texts(element: Element, tag: str) -> list[str]:
    return [text(found) for found in element.iter(tag)]


def links(tree: Element) -> list[str]:
    return [element.attrib["href"] for element in tree.iter("a")]


def cells(tree: Element, column: str) -> list[Element]:
    """Return the cells of a column's row: name, meaning, type, examples, origin."""
    return [cell for cell in at(tree, column) if cell.tag in ("th", "td")]


# What is on the page -------------------------------------------------------------------------------------


@pytest.mark.parametrize("dataset", DECLARED["dataset"], ids=lambda dataset: str(dataset["name"]))
def test_every_dataset_and_column_is_explained_in_the_language_of_the_page(
    both: dict[str, Element], dataset: dict[str, Any]
) -> None:
    for language, tree in both.items():
        section = at(tree, dataset["name"])
        assert {dataset["title"][language], dataset["description"][language]} <= set(texts(section, "p"))
        for column in dataset["column"]:
            row = at(section, f"{dataset['name']}.{column['name']}")
            assert text(next(row.iter("code"))) == column["name"]
            assert {column["title"][language], column["description"][language]} <= set(texts(row, "p"))


def test_a_dataset_says_what_one_row_is_how_many_there_are_and_which_column_names_them(tiny: Publication) -> None:
    tree = page(tiny, {"themes": [{"number": "1"}, {"number": "2"}]})
    facts = texts(at(tree, "themes"), "dd")
    assert facts[0].startswith("Thema: Een thema van een actieplan, waaronder actiepunten vallen.")
    assert facts[0].endswith("ogp:Theme")
    assert facts[1:3] == ["2", "themes.publication, themes.number"]
    assert "themes (2 rijen)" in text(tree)
    assert "themes (1 row)" in text(page(tiny, {"themes": [{"number": "1"}]}, language="en"))


def test_a_dataset_links_to_the_files_it_has_and_to_no_others(tiny: Publication) -> None:
    section = at(page(tiny, {}, "csv", "parquet"), "themes")
    assert [link for link in links(section) if "/" in link and not re.search("://|^codelists/", link)] == [
        "themes/themes.csv",
        "themes/themes.parquet",
    ]


def test_a_column_says_its_type_and_what_its_values_must_be(tiny: Publication) -> None:
    tree = page(tiny, {})
    _, _, key, *_ = cells(tree, "themes.number")
    assert texts(key, "li") == ["sleutel", "verplicht"]
    _, _, reference, *_ = cells(tree, "commitments.theme")
    assert text(next(reference.iter("a"))) == "geheel getal"
    assert texts(reference, "li") == ["mag leeg zijn", "verwijst naar themes.number"]
    assert links(reference) == ["#type:integer", "#themes.number"]
    _, _, listed, *_ = cells(tree, "themes.source_places")
    assert "met een spatie ertussen" in text(listed)
    assert f"patroon {places.PATTERN}( {places.PATTERN})*" in texts(listed, "li")
    _, _, spoken_text, *_ = cells(tree, "themes.title")
    assert "taal: Nederlands" in texts(spoken_text, "li")
    *_, english, _, _ = cells(page(tiny, {}, language="en"), "themes.title")
    assert "language: Dutch" in texts(english, "li")
    assert "EDTF" in text(at(tree, "type:edtf"))


def test_a_column_names_its_property_and_what_its_values_are_in_the_linked_data(tiny: Publication) -> None:
    tree = page(tiny, {})
    expected = {
        "themes.title": ("http://purl.org/dc/terms/title", "dct:title", "rdf:langString"),
        # The address of the vocabulary is not registered yet, so the link leads to the publication's own file.
        "commitments.theme": ("codelists/ogp.ttl", "ogp:theme", "IRI"),
        "process.date": ("http://purl.org/dc/terms/date", "dct:date", "edtf:EDTF"),
    }
    for column, (iri, curie, value) in expected.items():
        origin = cells(tree, column)[4]
        assert links(origin)[1] == iri
        assert texts(origin, "code")[1:] == [curie, value]
    assert f"{BASE}{{dataset}}#{{row}}" in texts(cells(tree, "links.row")[4], "code")


def test_a_column_says_where_its_values_come_from_with_a_link_to_the_legend(tiny: Publication) -> None:
    tree = page(tiny, {})
    expected = {
        "themes.title": "source",
        "themes.number": "generated",
        "commitments.ogp_id": "reference",
        "process.date": "derived",
        "links.label": "repeated",
    }
    for column, origin in expected.items():
        cell = cells(tree, column)[4]
        assert links(cell)[0] == f"#origin:{origin}"
        assert text(at(tree, f"origin:{origin}")) == origin
    assert "een tabel van elders, niet het brondocument" in texts(cells(tree, "commitments.ogp_id")[4], "p")


# Examples ------------------------------------------------------------------------------------------------


def test_the_examples_are_the_first_three_values_each_once(tiny: Publication) -> None:
    rows = [{"number": str(n), "letter": letter} for n, letter in enumerate(["", "B", "B", "A", "", "C", "D"])]
    _, _, _, examples, _ = cells(page(tiny, {"themes": rows}), "themes.letter")
    assert texts(examples, "li") == ["B", "A", "C"]
    assert "gevuld: 5 van 7" in text(examples)


def test_an_empty_column_has_no_examples_and_says_so(tiny: Publication) -> None:
    tree = page(tiny, {"themes": [{"publication": "tiny", "number": "1", "letter": "A"}]})
    _, _, _, examples, _ = cells(tree, "themes.title")
    assert texts(examples, "li") == []
    assert "Geen: de kolom is leeg." in text(examples)
    assert "gevuld: 0 van 1" in text(examples)
    (unknown,) = (e for e in tree.iter("section") if e.get("aria-labelledby") == "section:unknown")
    assert links(unknown) == ["#source_findings", "#themes.title", "#themes.source_places"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("w " * 40, "w " * 40),
        ("word " * 20, "word " * 15 + "word…"),
        ("x" * 80, "x" * 80),
        ("x" * 81, "x" * 79 + "…"),
    ],
)
def test_a_long_example_is_cut_at_eighty_characters_after_a_whole_word(
    tiny: Publication, value: str, shown: str
) -> None:
    tree = page(tiny, {"themes": [{"number": "1", "title": value}]})
    assert ["".join(found.itertext()) for found in cells(tree, "themes.title")[3].iter("bdi")] == [shown]


def test_an_example_carries_the_language_of_its_text_and_a_name_none(tiny: Publication) -> None:
    rows = {
        "themes": [{"number": "1", "letter": "A", "title": "Begin"}],
        "source_findings": [{"sequence": "1", "statement": "A mark lost its colour."}],
    }
    tree = page(tiny, rows)
    for column, language in (("themes.title", "nl"), ("themes.letter", ""), ("source_findings.statement", "en")):
        (example,) = cells(tree, column)[3].iter("bdi")
        assert example.attrib["lang"] == language, column


def test_markup_in_a_cell_or_a_declaration_is_shown_as_text(tiny: Publication) -> None:
    hostile = '<script>alert("1")</script>&amp;'
    first, *others = tiny.declaration.dataset
    named = replace(first, title=Words(nl=hostile, en=hostile))
    spoilt = replace(tiny, declaration=replace(tiny.declaration, dataset=[named, *others]))
    tree = page(spoilt, {"themes": [{"number": hostile, "title": hostile}]})
    assert [script.get("type") for script in tree.iter("script")] == ["application/ld+json"]
    assert texts(cells(tree, "themes.title")[3], "li") == [hostile]
    assert hostile in texts(at(tree, "themes"), "strong")


# Code lists, identifiers, unknown values -----------------------------------------------------------------


def test_each_code_list_in_use_stands_once_with_every_code(shipped: Element) -> None:
    language = next(shipped.iter("html")).attrib["lang"]
    used = {c["codes"] for dataset in DECLARED["dataset"] for c in dataset["column"] if "codes" in c}
    assert {e.attrib["id"] for e in shipped.iter("section") if e.get("id", "").startswith("codelist:")} == {
        f"codelist:{name}" for name in used
    }
    for name in used:
        section = at(shipped, f"codelist:{name}")
        declared = tomllib.loads((FOLDER / "codelists" / f"{name}.toml").read_text(encoding="utf-8"))
        assert texts(next(section.iter("tbody")), "th") == [concept["code"] for concept in declared["concept"]]
        assert any(link.endswith(f"codelists/{name}.ttl") for link in links(section))
        for concept in declared["concept"]:
            for words in (concept["label"], *filter(None, [concept.get("definition")])):
                assert words[language] in texts(section, "p")


def test_a_column_of_codes_and_its_list_link_to_each_other(tiny: Publication) -> None:
    tree = page(tiny, {})
    assert "#codelist:oordelen" in links(cells(tree, "assessments.progress")[2])
    assert "#assessments.progress" in links(at(tree, "codelist:oordelen"))


def test_an_organisation_is_explained_when_a_table_names_it(tiny: Publication) -> None:
    iri = f"{BASE}codelists/organisations#stichting"
    tree = page(tiny, {"commitments": [{"number": "1", "lead": iri}]})
    (row,) = (row for row in tree.iter("tr") if texts(row, "th") == [iri])
    assert "Stichting Voorbeeld" in texts(row, "p")
    assert "Ministerie van Voorbeelden" not in text(next(tree.iter("main")))


def test_the_page_tells_how_rows_are_named(tiny: Publication) -> None:
    tree = page(tiny, {"themes": [{"number": "a/b ü"}]})
    codes = texts(tree, "code")
    assert f"{BASE}themes#{{number}}" in codes
    assert f"{BASE}themes#a%2Fb%20%C3%BC" in codes
    assert {"https://w3id.org/ogp-data/{name}", "https://w3id.org/ogp-data/codelists/{list}#{code}"} <= set(codes)
    # Its list of judgements is one of its own; it has no terms of its own.
    assert f"{BASE}codelists/{{list}}#{{code}}" in codes
    assert "own:" not in codes


# For every reader ----------------------------------------------------------------------------------------


def test_every_link_within_the_page_leads_somewhere_and_no_two_places_have_one_name(shipped: Element) -> None:
    ids = [element.attrib["id"] for element in shipped.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    targets = {link.removeprefix("#") for link in links(shipped) if link.startswith("#")}
    assert targets <= set(ids)
    assert {dataset["name"] for dataset in DECLARED["dataset"]} <= targets
    references = {e.attrib[name] for e in shipped.iter() for name in ("aria-labelledby",) if name in e.attrib}
    assert references <= set(ids)


def test_a_dataset_may_have_the_name_of_anything_else_on_the_page(tiny: Publication) -> None:
    first, *others = tiny.declaration.dataset
    for name in ("progress", "codes", "contents", "types", "language"):
        renamed = replace(tiny, declaration=replace(tiny.declaration, dataset=[replace(first, name=name), *others[3:]]))
        tree = page(renamed, {})
        ids = [element.attrib["id"] for element in tree.iter() if "id" in element.attrib]
        assert len(ids) == len(set(ids)), name


def test_the_page_runs_nothing_and_asks_for_nothing(shipped: Element) -> None:
    up = "" if next(shipped.iter("html")).attrib["lang"] == "nl" else "../"
    assert not {element.tag for element in shipped.iter()} & {"img", "iframe", "object", "base"}
    assert {element.get("type") for element in shipped.iter("script")} == {"application/ld+json"}
    assert {(element.get("rel"), element.get("href")) for element in shipped.iter("link")} == {
        ("stylesheet", f"{up}site/site.css"),
        ("icon", f"{up}favicon.svg"),
        ("alternate", f"{up}datapackage.json"),
    }
    assert not [name for element in shipped.iter() for name in element.attrib if name == "src" or name.startswith("on")]
    for style in shipped.iter("style"):
        assert not re.search(r"url\(|@import|expression", text(style))


def test_every_table_has_a_caption_and_every_heading_of_it_a_scope(shipped: Element) -> None:
    tables = list(shipped.iter("table"))
    assert len(tables) > len(DECLARED["dataset"])
    for table in tables:
        assert text(next(table.iter("caption")))
        assert {heading.get("scope") for heading in table.iter("th")} == {"col", "row"}


def test_all_running_text_is_marked_with_its_language(shipped: Element) -> None:
    dutch = {words["nl"] for words in translated(DECLARED) if words["nl"] != words["en"]}
    english = {words["en"] for words in translated(DECLARED) if words["nl"] != words["en"]}
    for element, language in with_language(shipped, ""):
        if element.tag == "bdi":  # an example may well be a text of the declaration
            continue
        for part in filter(None, map(str.strip, [element.text or "", *(child.tail or "" for child in element)])):
            assert part not in dutch - english or language == "nl", part
            assert part not in english - dutch or language == "en", part


def translated(node: object) -> Iterator[dict[str, str]]:
    """Yield every text that a declaration gives in both languages."""
    if isinstance(node, dict):
        if isinstance(node.get("nl"), str):
            yield node
        for value in node.values():
            yield from translated(value)
    elif isinstance(node, list):
        for value in node:
            yield from translated(value)


def with_language(element: Element, inherited: str) -> Iterator[tuple[Element, str]]:
    """Yield every element with the language of its text."""
    language = element.get("lang", inherited)
    yield element, language
    for child in element:
        yield from with_language(child, language)
