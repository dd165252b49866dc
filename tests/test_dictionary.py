"""The data dictionary: every dataset and column explained in Dutch and English, for people and for screen readers."""

from __future__ import annotations

import posixpath
import shutil
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder, tostring

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
from page_weight import weight

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


Book = dict[str, Element]
"""The pages of a dictionary by their paths in the first language."""

FIRST, CODES = "dictionary.html", "codelists/index.html"


def read(pages: Iterable[tuple[str, bytes]]) -> Book:
    return {path: Page(content).tree for path, content in pages}


@pytest.fixture(scope="module")
def both() -> dict[str, Book]:
    """Return the pages of the shipped publication in each of its languages."""
    publication = load(ROOT / "data", NAME)
    golden = Path(__file__).parent / "golden" / NAME
    records = {name: from_csv((golden / f"{name}.csv").read_bytes()) for name in publication.specs}
    artefacts = files(publication, "csv", "jsonld", "ods")
    return {tag: read(dictionary.to_html(publication, records, artefacts, tag)) for tag in ("nl", "en")}


@pytest.fixture(scope="module", params=["nl", "en"])
def shipped(request: pytest.FixtureRequest, both: dict[str, Book]) -> Book:
    return both[request.param]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    data = tmp_path_factory.mktemp("tiny") / "data"
    shutil.copytree(Path(__file__).parent / "tiny" / "data", data)
    return load(data, "tiny")


def pages(publication: Publication, rows: dict[str, list[dict[str, str]]], *formats: str, language: str = "nl") -> Book:
    """Return the pages of a publication with rows of our own: what they do not name is empty."""
    records: dict[str, list[Record]] = {
        name: [{column.name: row.get(column.name, "") for column in spec.column} for row in rows.get(name, [])]
        for name, spec in publication.specs.items()
    }
    return read(dictionary.to_html(publication, records, files(publication, *formats), language))


def of(book: Book, dataset: str) -> Element:
    """Return the page with the columns of a dataset."""
    return book[f"dictionary/{dataset}.html"]


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


def cells(book: Book, column: str) -> list[Element]:
    """Return what stands of a column: its meaning, type, examples, origin."""
    return [cell for cell in at(of(book, column.partition(".")[0]), column) if cell.tag == "dd"]


# What is on the page -------------------------------------------------------------------------------------


@pytest.mark.parametrize("dataset", DECLARED["dataset"], ids=lambda dataset: str(dataset["name"]))
def test_every_dataset_and_column_is_explained_in_the_language_of_the_page(
    both: dict[str, Book], dataset: dict[str, Any]
) -> None:
    for language, book in both.items():
        tree = of(book, dataset["name"])
        assert dataset["description"][language] in texts(tree, "p")
        # It is called there by what tells it from the other datasets.
        assert text(next(tree.iter("h1"))).partition(": ")[2].lower() in dataset["title"][language].lower()
        _publication, *named, _places = texts(tree, "summary")
        assert named == [f"{column['title'][language]} {column['name']}" for column in dataset["column"]]
        for column in dataset["column"]:
            assert column["description"][language] in texts(cells(book, f"{dataset['name']}.{column['name']}")[0], "p")


def test_a_dataset_says_what_one_row_is_how_many_there_are_and_which_column_names_them(tiny: Publication) -> None:
    book = pages(tiny, {"themes": [{"number": "1"}, {"number": "2"}]})
    assert "Elke rij is één thema. Een thema van een actieplan, waaronder beloften vallen." in texts(
        of(book, "themes"), "p"
    )
    assert texts(of(book, "themes"), "dd")[:3] == ["2", "themes, ogp:Theme", "themes.publication, themes.number"]
    assert "themes, 2 rijen, " in text(at(book[FIRST], "themes"))
    english = pages(tiny, {"themes": [{"number": "1"}]}, language="en")
    assert "themes, 1 row, " in text(at(english[FIRST], "themes"))


def test_a_dataset_links_to_the_files_it_has_and_to_no_others(tiny: Publication) -> None:
    tree = of(pages(tiny, {}, "csv", "parquet"), "themes")
    assert [link for link in links(tree) if "/themes/" in link and "://" not in link] == [
        "../themes/themes.csv",
        "../themes/themes.parquet",
    ]


def test_a_column_says_its_type_and_what_its_values_must_be(tiny: Publication) -> None:
    tree = pages(tiny, {})
    _, key, *_ = cells(tree, "themes.number")
    assert texts(key, "li") == ["sleutel", "verplicht"]
    _, reference, *_ = cells(tree, "commitments.theme")
    assert text(next(reference.iter("a"))) == "geheel getal"
    assert texts(reference, "li") == ["mag leeg zijn", "verwijst naar themes.number"]
    assert links(reference) == ["../dictionary.html#type:integer", "../dictionary/themes.html#themes.number"]
    _, listed, *_ = cells(tree, "themes.source_places")
    assert "met een spatie ertussen" in text(listed)
    assert f"patroon {places.PATTERN}( {places.PATTERN})*" in texts(listed, "li")
    _, spoken_text, *_ = cells(tree, "themes.title")
    assert "taal: Nederlands" in texts(spoken_text, "li")
    *_, english, _, _ = cells(pages(tiny, {}, language="en"), "themes.title")
    assert "language: Dutch" in texts(english, "li")
    assert "EDTF" in text(at(tree[FIRST], "type:edtf"))


def test_a_column_names_its_property_and_what_its_values_are_in_the_linked_data(tiny: Publication) -> None:
    tree = pages(tiny, {})
    expected = {
        "themes.title": ("http://purl.org/dc/terms/title", "dct:title", "rdf:langString"),
        # The address of the vocabulary is not registered yet, so the link leads to the publication's own file.
        "commitments.theme": ("../codelists/ogp.ttl", "ogp:theme", "IRI"),
        "process.date": ("http://purl.org/dc/terms/date", "dct:date", "edtf:EDTF"),
    }
    for column, (iri, curie, value) in expected.items():
        origin = cells(tree, column)[3]
        assert links(origin)[1] == iri
        assert texts(origin, "code")[1:] == [curie, value]
    assert f"{BASE}{{dataset}}#{{row}}" in texts(cells(tree, "links.row")[3], "code")


def test_a_column_says_where_its_values_come_from_with_a_link_to_the_legend(tiny: Publication) -> None:
    tree = pages(tiny, {})
    expected = {
        "themes.title": "source",
        "themes.number": "generated",
        "commitments.ogp_id": "reference",
        "process.date": "derived",
        "links.label": "repeated",
    }
    for column, origin in expected.items():
        cell = cells(tree, column)[3]
        assert links(cell)[0] == f"../dictionary.html#origin:{origin}"
        assert text(at(tree[FIRST], f"origin:{origin}")) == origin
    assert "een tabel van elders, niet het brondocument" in texts(cells(tree, "commitments.ogp_id")[3], "p")


# Examples ------------------------------------------------------------------------------------------------


def test_the_examples_are_the_first_three_values_each_once(tiny: Publication) -> None:
    rows = [{"number": str(n), "letter": letter} for n, letter in enumerate(["", "B", "B", "A", "", "C", "D"])]
    _, _, examples, _ = cells(pages(tiny, {"themes": rows}), "themes.letter")
    assert texts(examples, "li") == ["B", "A", "C"]
    assert "gevuld: 5 van 7" in text(examples)


def test_an_empty_column_has_no_examples_and_says_so(tiny: Publication) -> None:
    tree = pages(tiny, {"themes": [{"publication": "tiny", "number": "1", "letter": "A"}]})
    _, _, examples, _ = cells(tree, "themes.title")
    assert texts(examples, "li") == []
    assert "Geen: de kolom is leeg." in text(examples)
    assert "gevuld: 0 van 1" in text(examples)
    unknown = at(tree[FIRST], "section:unknown")
    empty = ["dictionary/themes.html#themes.title", "dictionary/themes.html#themes.source_places"]
    assert links(unknown) == ["findings.html", *empty]


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
    tree = pages(tiny, {"themes": [{"number": "1", "title": value}]})
    assert ["".join(found.itertext()) for found in cells(tree, "themes.title")[2].iter("bdi")] == [shown]


def test_an_example_carries_the_language_of_its_text_and_a_name_none(tiny: Publication) -> None:
    rows = {
        "themes": [{"number": "1", "letter": "A", "title": "Begin"}],
        "source_findings": [{"sequence": "1", "statement": "A mark lost its colour."}],
    }
    tree = pages(tiny, rows)
    for column, language in (("themes.title", "nl"), ("themes.letter", ""), ("source_findings.statement", "en")):
        (example,) = cells(tree, column)[2].iter("bdi")
        assert example.attrib.get("lang", "") == language, column


def test_markup_in_a_cell_or_a_declaration_is_shown_as_text(tiny: Publication) -> None:
    hostile = '<script>alert("1")</script>&amp;'
    first, *others = tiny.declaration.dataset
    named = replace(first, title=Words(nl=hostile, en=hostile))
    spoilt = replace(tiny, declaration=replace(tiny.declaration, dataset=[named, *others]))
    tree = pages(spoilt, {"themes": [{"number": hostile, "title": hostile}]})
    for one in tree.values():
        assert [script.get("type") for script in one.iter("script")] == ["application/ld+json"]
    assert texts(cells(tree, "themes.title")[2], "li") == [hostile]
    assert hostile in text(next(of(tree, "themes").iter("h1")))


# Code lists, identifiers, unknown values -----------------------------------------------------------------


def test_each_code_list_in_use_stands_once_with_every_code(shipped: Book) -> None:
    codes = shipped[CODES]
    language = next(codes.iter("html")).attrib["lang"]
    used = {c["codes"] for dataset in DECLARED["dataset"] for c in dataset["column"] if "codes" in c}
    assert {e.attrib["id"] for e in codes.iter("details") if e.get("id", "").startswith("codelist:")} == {
        f"codelist:{name}" for name in used
    }
    for name in used:
        section = at(codes, f"codelist:{name}")
        declared = tomllib.loads((FOLDER / "codelists" / f"{name}.toml").read_text(encoding="utf-8"))
        assert texts(next(section.iter("tbody")), "th") == [concept["code"] for concept in declared["concept"]]
        assert any(link.endswith(f"codelists/{name}.ttl") for link in links(section))
        for concept in declared["concept"]:
            for words in (concept["label"], *filter(None, [concept.get("definition")])):
                assert words[language] in texts(section, "p")


def test_a_column_of_codes_and_its_list_link_to_each_other(tiny: Publication) -> None:
    tree = pages(tiny, {})
    assert "../codelists/index.html#codelist:oordelen" in links(cells(tree, "assessments.progress")[1])
    leading = "../dictionary/assessments.html#assessments.progress"
    assert leading in links(at(tree[CODES], "codelist:oordelen"))


def test_an_organisation_is_explained_when_a_table_names_it(tiny: Publication) -> None:
    iri = f"{BASE}codelists/organisations#stichting"
    tree = pages(tiny, {"commitments": [{"number": "1", "lead": iri}]})
    (row,) = (row for row in tree[CODES].iter("tr") if texts(row, "th") == [iri])
    assert "Stichting Voorbeeld" in texts(row, "p")
    assert "Ministerie van Voorbeelden" not in text(next(tree[CODES].iter("main")))


def test_the_page_tells_how_rows_are_named(tiny: Publication) -> None:
    tree = pages(tiny, {"themes": [{"number": "a/b ü"}]})
    codes = texts(tree[FIRST], "code")
    assert f"{BASE}themes#{{number}}" in codes
    assert f"{BASE}themes#a%2Fb%20%C3%BC" in codes
    assert {"https://w3id.org/ogp-data/{name}", "https://w3id.org/ogp-data/codelists/{list}#{code}"} <= set(codes)
    # Its list of judgements is one of its own; it has no terms of its own.
    assert f"{BASE}codelists/{{list}}#{{code}}" in codes
    assert "own:" not in codes


# For every reader ----------------------------------------------------------------------------------------


def test_every_link_to_the_dictionary_leads_somewhere_and_no_two_places_have_one_name(shipped: Book) -> None:
    ids = {path: [e.attrib["id"] for e in tree.iter() if "id" in e.attrib] for path, tree in shipped.items()}
    up = "" if next(shipped[FIRST].iter("html")).attrib["lang"] == "nl" else "en/"
    led = set()
    for path, tree in shipped.items():
        assert len(ids[path]) == len(set(ids[path])), path
        for link in links(tree):
            page, _, place = link.partition("#")
            to = posixpath.normpath(posixpath.join(posixpath.dirname(up + path), page)) if page else up + path
            if place and to.removeprefix(up) in ids:
                assert place in ids[to.removeprefix(up)], (path, link)
            led.add(to.removeprefix(up))
        references = {e.attrib["aria-labelledby"] for e in tree.iter() if "aria-labelledby" in e.attrib}
        assert references <= set(ids[path])
    assert {f"dictionary/{dataset['name']}.html" for dataset in DECLARED["dataset"]} < led


def test_no_page_is_larger_than_60_kb_with_its_style(published: Path) -> None:
    for path in (FIRST, CODES, *(f"dictionary/{one['name']}.html" for one in DECLARED["dataset"])):
        for page in (path, f"en/{path}"):
            assert weight(published / page) < 60_000, page


def test_a_dataset_may_have_the_name_of_anything_else_on_the_page(tiny: Publication) -> None:
    first, *others = tiny.declaration.dataset
    for name in ("progress", "codes", "contents", "types", "language"):
        renamed = replace(tiny, declaration=replace(tiny.declaration, dataset=[replace(first, name=name), *others[3:]]))
        for tree in pages(renamed, {}).values():
            ids = [element.attrib["id"] for element in tree.iter() if "id" in element.attrib]
            assert len(ids) == len(set(ids)), name


def test_the_pages_run_nothing_and_ask_for_nothing(shipped: Book) -> None:
    for path, tree in shipped.items():
        depth = path.count("/") + (next(tree.iter("html")).attrib["lang"] != "nl")
        assert not {element.tag for element in tree.iter()} & {"img", "iframe", "object", "base", "style"}
        assert {element.get("type") for element in tree.iter("script")} == {"application/ld+json"}
        assert {(element.get("rel"), element.get("href")) for element in tree.iter("link")} == {
            *(("stylesheet", f"{'../' * depth}site/{name}.css") for name in ("site", "dataset", "dictionary")),
            ("icon", f"{'../' * depth}favicon.svg"),
            ("alternate", f"{'../' * depth}datapackage.json"),
        }
        assert not [
            name for element in tree.iter() for name in element.attrib if name == "src" or name.startswith("on")
        ]


def test_every_table_has_a_caption_and_every_heading_of_it_a_scope(shipped: Book) -> None:
    tables = [table for tree in shipped.values() for table in tree.iter("table")]
    assert len(tables) > 5
    for table in tables:
        assert text(next(table.iter("caption")))
        assert {heading.get("scope") for heading in table.iter("th")} == {"col", "row"}


def test_all_running_text_is_marked_with_its_language(shipped: Book) -> None:
    dutch = {words["nl"] for words in translated(DECLARED) if words["nl"] != words["en"]}
    english = {words["en"] for words in translated(DECLARED) if words["nl"] != words["en"]}
    for element, language in (one for tree in shipped.values() for one in with_language(tree, "")):
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


def test_a_dataset_of_many_columns_is_explained_on_several_pages_each_column_once(tiny: Publication) -> None:
    first, *others = tiny.declaration.dataset
    more = [replace(first.column[-1], name=f"more_{number}") for number in range(40)]
    wide = replace(first, column=[*first.column, *more])
    book = pages(replace(tiny, declaration=replace(tiny.declaration, dataset=[wide, *others])), {})
    own = {path: tree for path, tree in book.items() if path.startswith(f"dictionary/{first.name}.")}
    assert len(own) == -(-len(wide.column) // 18)
    for column in wide.column:
        place = f"{first.name}.{column.name}"
        held = [path for path, tree in own.items() if any(one.get("id") == place for one in tree.iter())]
        assert held == [dictionary.column_page(wide, column.name)]
    assert max(len(tostring(tree)) for tree in own.values()) < 40_000  # styles take less than 20 kB
