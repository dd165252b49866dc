"""The folder of the vocabulary: a page in each language of the program, Turtle and JSON-LD, replaced as one."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import posixpath
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, RDFS, SKOS

from conftest import Workspace
from ogp_data import beside
from ogp_data.cli.main import main
from ogp_data.core.findings import rules
from ogp_data.core.vocab import OGP
from ogp_data.models.model import model
from ogp_data.models.vocabulary import vocabulary
from ogp_data.pipeline import Folders

MODEL = vocabulary()
LANGUAGES = {"en": "", "nl": "nl/", "fr": "fr/"}
"""Language -> the folder of its pages."""


class Page(HTMLParser):
    """What a page says: its language, ids, links, the text of each of its terms, and what is left open."""

    VOID = ("meta", "link", "col", "br", "wbr")

    def __init__(self, content: str) -> None:
        super().__init__()
        self.language, self.ids, self.links = "", list[str](), list[str]()
        self.headings, self.tables, self.texts = list[str](), list[str](), dict[str, str]()
        self._open: list[tuple[str, str]] = []
        self.feed(content)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        assert len(given) == len(attrs), "an attribute stands twice"
        assert "style" not in given
        assert not any(name.startswith("on") for name in given)
        self.language = given["lang"] if tag == "html" else self.language
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given[name] for name in ("href", "src") if name in given]
        self.headings += [tag] if re.fullmatch(r"h[1-6]", tag) else []
        self.tables += [tag] if tag in ("table", "caption") else []
        assert tag != "th" or given["scope"] in ("row", "col")
        if tag not in self.VOID:
            self._open.append((tag, given.get("id", "")))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, name in self._open:
            if name:
                self.texts[name] = f"{self.texts.get(name, '')} {data}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    at = tmp_path_factory.mktemp("vocabulary")
    outcome = beside.publish_vocabulary(Folders(at / "data", at / "build", at / "dist"))
    assert (outcome.published, outcome.changed, outcome.folder) == (True, True, at / "dist" / "vocabulary")
    return outcome.folder


def pages(folder: Path) -> Iterator[tuple[str, Page]]:
    for path in sorted(folder.rglob("*.html")):
        yield path.relative_to(folder).as_posix(), Page(path.read_text(encoding="utf-8"))


def test_each_page_stands_in_each_language_and_each_list_in_each_form(folder: Path) -> None:
    names = ["index", *(f"codelists/{name}" for name in MODEL.codelists)]
    found = {path: page.language for path, page in pages(folder)}
    assert found == {f"{at}{name}.html": language for name in names for language, at in LANGUAGES.items()}
    data = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in (".ttl", ".jsonld")}
    documents = ["vocabulary", *names[1:]]
    assert data == {f"{name}.{suffix}" for name in documents for suffix in ("ttl", "jsonld")}


def test_each_term_has_its_place_its_texts_what_it_refines_and_who_uses_it(folder: Path) -> None:
    for language, at in LANGUAGES.items():
        page = Page((folder / f"{at}index.html").read_text(encoding="utf-8"))
        for term in MODEL.terms.values():
            said = page.texts[term.name]
            for text in (term.label[language], term.definition[language], OGP + term.name, term.broader):
                assert text in said, (language, term.name)
        assert "commitments" in page.texts["Commitment"]
        assert "assessments.progress" in page.texts["progress"]
        assert "assessments.evidence" in page.texts["evidence"]
        assert "assessments.reasons" not in page.texts["evidence"]
        assert {f"codelists/{name}" for name in MODEL.codelists} <= set(page.ids)


def test_each_code_has_its_place_and_its_texts(folder: Path) -> None:
    for language, at in LANGUAGES.items():
        for codes in MODEL.codelists.values():
            page = Page((folder / f"{at}codelists/{codes.id}.html").read_text(encoding="utf-8"))
            for concept in codes.concept:
                assert concept.definition
                for text in (concept.code, concept.label[language], concept.definition[language]):
                    assert text in page.texts[concept.code], (language, codes.id, concept.code)


def test_who_is_said_to_use_a_term_does_in_the_model(folder: Path) -> None:
    page = Page((folder / "index.html").read_text(encoding="utf-8"))
    for name in MODEL.terms:
        using = {
            f"{dataset.name}.{column.name}"
            for dataset in model().datasets.values()
            for column in dataset.columns.values()
            if column.keys["rdf"] == f"ogp:{name}"
        }
        said = set(re.findall(r"\b[a-z_-]+\.[a-z_]+\b", page.texts[name].replace("w3id.org", "")))
        assert using == said, name


def test_a_page_is_sound_and_each_link_of_it_leads_somewhere(folder: Path) -> None:
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    ids = {path: page.ids for path, page in pages(folder)}
    for path, page in pages(folder):
        assert len(page.ids) == len(set(page.ids)), path
        assert (page.headings[0], page.headings.count("h1")) == ("h1", 1), path
        assert all(int(after[1]) - int(before[1]) <= 1 for before, after in itertools.pairwise(page.headings)), path
        assert page.tables.count("table") == page.tables.count("caption"), path
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("http", "https", "data")
                continue
            target = (
                posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
            )
            assert target in files, (path, link)
            assert not parts.fragment or unquote(parts.fragment) in ids[target], (path, link)


def test_turtle_and_json_ld_say_the_same_and_all_of_it(folder: Path) -> None:
    graph = Graph().parse(folder / "vocabulary.ttl")
    assert set(graph) == set(Graph().parse(folder / "vocabulary.jsonld"))
    for term in MODEL.terms.values():
        iri = URIRef(OGP + term.name)
        assert {(text.language, str(text)) for text in graph.objects(iri, RDFS.label)} == set(term.label.items())
        assert (iri, RDF.type, RDFS.Class if term.kind == "class" else RDF.Property) in graph
    for codes in MODEL.codelists.values():
        concepts = Graph().parse(folder / f"codelists/{codes.id}.ttl")
        assert set(concepts) == set(Graph().parse(folder / f"codelists/{codes.id}.jsonld"))
        for concept in codes.concept:
            iri = URIRef(f"{OGP}codelists/{codes.id}#{concept.code}")
            labels = {(text.language, str(text)) for text in concepts.objects(iri, SKOS.prefLabel)}
            assert labels == set(concept.label.items())


def test_a_publication_says_of_a_term_just_what_the_vocabulary_says(folder: Path, small_published: Path) -> None:
    whole: set[ox.Triple] = set()
    for path in folder.rglob("*.ttl"):
        whole |= set(ox.parse(path=str(path)))
    for path in small_published.glob("codelists/*.ttl"):
        said = {t for t in ox.parse(path=str(path)) if t.subject.value.startswith(OGP)}
        assert said, path
        assert said <= whole, path


def test_a_second_run_changes_nothing_and_another_machine_writes_the_same(folder: Path, tmp_path: Path) -> None:
    at = folder.parents[1]
    before = (at / "dist" / "vocabulary").readlink()
    outcome = beside.publish_vocabulary(Folders(at / "data", at / "build", at / "dist"))
    assert (outcome.published, outcome.changed) == (True, False)
    assert (at / "dist" / "vocabulary").readlink() == before
    beside.publish_vocabulary(Folders(tmp_path / "data", tmp_path / "build", tmp_path / "dist"))
    manifests = [
        json.loads((at / "dist/vocabulary/manifest.json").read_bytes()) for at in (folder.parents[1], tmp_path)
    ]
    assert manifests[0] == manifests[1]
    assert {entry["path"] for entry in manifests[0]["files"]} == {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    } - {"manifest.json"}


def _publish(at: str) -> bool:
    outcome = beside.publish_vocabulary(Folders(Path(at) / "data", Path(at) / "build", Path(at) / "dist"))
    return outcome.published


def test_runs_at_one_time_wait_for_each_other(tmp_path: Path) -> None:
    with multiprocessing.get_context("fork").Pool(3) as pool:
        assert pool.map(_publish, [str(tmp_path)] * 3) == [True] * 3


def test_what_is_in_the_way_is_told_and_stays(tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "vocabulary").write_text("mine", encoding="utf-8")
    outcome = beside.publish_vocabulary(Folders(tmp_path / "data", tmp_path / "build", tmp_path / "dist"))
    assert not outcome.published
    assert [found.rule for found in outcome.report.findings] == ["occupied-output"]
    assert rules()["occupied-output"].severity == "error"
    assert (tmp_path / "dist" / "vocabulary").read_text(encoding="utf-8") == "mine"


def test_publishing_writes_it_beside_the_publications(
    small: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(small.folder)
    assert main(["publish"]) == 0
    assert capsys.readouterr().out.endswith("\npublished: dist/small\n")
    assert (small.folder / "dist" / "vocabulary" / "index.html").is_file()
    assert main(["publish", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["vocabulary"]["published"], told["vocabulary"]["changed"]) == (True, False)
    assert main(["check"]) == 0
    assert "vocabulary" not in capsys.readouterr().out.splitlines()[-1]


def test_where_nothing_is_published_nothing_is_written(small: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small.folder)
    small.edit("small/publication.toml", 'version = "', 'versoin = "')
    assert main(["publish"]) == 1
    assert not (small.folder / "dist").exists()


def test_another_address_is_that_of_the_terms(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "site.toml").write_text('vocabulary = "https://terms.test.nl/"\n', encoding="utf-8")
    outcome = beside.publish_vocabulary(Folders(tmp_path / "data", tmp_path / "build", tmp_path / "dist"))
    subjects = {t.subject.value for path in outcome.folder.rglob("*.ttl") for t in ox.parse(path=str(path))}
    assert {"https://terms.test.nl/", "https://terms.test.nl/codelists/progress#red"} <= subjects
    assert all(iri.startswith("https://terms.test.nl/") for iri in subjects)
