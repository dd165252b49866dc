"""At which addresses terms and codes stand: those of the model at one for all publications, others below the base."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from conftest import Workspace
from generate_declarations import HEAD, Entry, Small, column, furniture, narrative, read
from ogp_data.core.names import Names
from ogp_data.service.snapshot import Published, load
from ogp_data.service.sparql import graphs_served

OGP = "https://w3id.org/ogp-data/"
BASE = HEAD["base_iri"]


def told(*datasets: Entry, **more: Any) -> list[tuple[str, str, str]]:
    """Return severity, rule and key of what is found about terms and addresses of a small publication."""
    found = read(Small("# Plan\n\nText.\n", datasets or [narrative(), furniture()], more=more)).findings
    usual = {"unknown-source-origin", "duplicate-property"}
    return [(one.severity, one.rule, one.place.key or one.place.iri) for one in found if one.rule not in usual]


def test_what_is_the_models_stands_at_one_address_and_the_rest_below_the_base() -> None:
    names = Names("https://data.test.nl/a/", "", shared=frozenset({"progress"}))
    assert names.concept("progress", "red") == f"{OGP}codelists/progress#red"
    assert names.concept("ambition", "high") == "https://data.test.nl/a/codelists/ambition#high"
    assert names.spaces == {"ogp": OGP, "own": "https://data.test.nl/a/codelists/own#"}
    assert names.documents == {"ogp": OGP, "own": "https://data.test.nl/a/codelists/own"}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, ("warning", "vocabulary-unregistered", OGP)),
        ({"vocabulary": OGP}, ("warning", "vocabulary-unregistered", OGP)),
        ({"vocabulary": "https://terms.test.nl/"}, ("warning", "separate-vocabulary", "vocabulary")),
        ({"vocabulary": "https://terms.test.nl/ogp"}, ("error", "invalid-address", "vocabulary")),
        ({"vocabulary": "https://terms.test.nl/ogp#"}, ("error", "invalid-address", "vocabulary")),
        ({"vocabulary": "https://terms.test.nl/?ogp/"}, ("error", "invalid-address", "vocabulary")),
        ({"vocabulary": BASE}, ("error", "invalid-address", "vocabulary")),
        ({"vocabulary": f"{BASE}codelists/"}, ("error", "invalid-address", "vocabulary")),
        ({"base_iri": OGP}, ("error", "invalid-address", "base_iri")),
        ({"base_iri": f"{OGP}codelists/"}, ("error", "invalid-address", "base_iri")),
        ({"base_iri": f"{OGP}nl-2020/"}, ("warning", "vocabulary-unregistered", OGP)),
    ],
)
def test_the_address_of_the_vocabulary_is_told_of_once(more: dict[str, str], expected: tuple[str, str, str]) -> None:
    assert told(**more) == [expected]


@pytest.mark.parametrize(
    ("curie", "rule"),
    [
        ("own:budget", ""),
        ("own:Budget2025", ""),
        ("own:", "unsafe-name"),
        ("own:a b", "unsafe-name"),
        ("own:a/b", "unsafe-name"),
        ("own:a#b", "unsafe-name"),
        ("own:9", "unsafe-name"),
        ("own:évaluation", "unsafe-name"),
        ("ogp:budget", "dangling-reference"),
        ("ogp:", "dangling-reference"),
        ("other:budget", "dangling-reference"),
        ("budget", "dangling-reference"),
    ],
)
def test_an_own_term_needs_a_name_and_any_other_must_be_there(curie: str, rule: str) -> None:
    paragraphs = narrative()
    paragraphs["column"].insert(2, column("budget", "section", rdf=curie))
    found = [(rule, key) for severity, rule, key in told(paragraphs, furniture()) if severity == "error"]
    assert found == ([(rule, "dataset[0].column[2].rdf")] if rule else [])


def test_a_term_is_a_class_or_a_property() -> None:
    paragraphs = {**narrative(), "type": "own:Text"}
    paragraphs["column"].insert(2, column("budget", "section", rdf="own:Text"))
    found = [one for one in told(paragraphs, furniture()) if one[0] == "error"]
    assert found == [("error", "duplicate-name", "dataset[0].column[2].rdf")]


def test_own_terms_are_published_as_they_are_declared(small: Workspace) -> None:
    path = small.data / "small" / "publication.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count('type = "ogp:Paragraph"') == text.count('rdf = "ogp:section"') == 1
    text = text.replace('type = "ogp:Paragraph"', 'type = "own:Passage"')
    path.write_text(text.replace('rdf = "ogp:section"', 'rdf = "own:chapter"'), encoding="utf-8")
    outcome = small.publish()
    assert outcome.published, [str(found) for found in outcome.report.findings]
    base = "https://example.org/ogp/small/"
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    own = [t for t in ox.parse(path=str(outcome.folder / "codelists/own.ttl")) if t.predicate == label]
    said = {(t.subject.value, t.object.value, t.object.language) for t in own}
    resources = json.loads((outcome.folder / "datapackage.json").read_bytes())["resources"]
    (spec,) = (resource for resource in resources if resource["name"] == "narrative")
    (field,) = (f for f in spec["schema"]["fields"] if f["name"] == "section")
    assert (f"{base}codelists/own#Passage", spec["title"], "en") in said
    assert (f"{base}codelists/own#chapter", field["title"], "en") in said
    assert len(said) == 4
    rows = (outcome.folder / "narrative/narrative.ttl").read_text(encoding="utf-8")
    assert f"@prefix own: <{base}codelists/own#> ." in rows
    assert "a own:Passage ;" in rows
    used = (outcome.folder / "codelists/ogp.ttl").read_text(encoding="utf-8")
    assert "ogp:text a rdf:Property" in used
    assert "ogp:Paragraph a" not in used
    assert "ogp:section a" not in used


def test_without_own_terms_there_is_no_file_of_them(small_published: Path) -> None:
    assert not (small_published / "codelists/own.ttl").exists()


def test_rows_of_two_publications_are_of_one_class_and_have_one_set_of_codes(
    small_published: Path, tiny_published: Path
) -> None:
    graphs = graphs_served(Published({f.name: load(f.parent, f.name) for f in (small_published, tiny_published)}))
    store = ox.Store()
    for suffix, content in graphs.values():
        store.load(content, ox.RdfFormat.from_extension(suffix), to_graph=ox.DefaultGraph())
    prefixes = f"PREFIX ogp: <{OGP}> "
    rows = store.query(
        f"{prefixes} SELECT DISTINCT ?publication {{ ?row a ogp:Paragraph ; ogp:publication ?publication }}"
    )
    assert sorted(row["publication"].value for row in rows) == ["small", "tiny"]
    schemes = store.query("SELECT DISTINCT ?s { ?s a <http://www.w3.org/2004/02/skos/core#ConceptScheme> }")
    lists = {row["s"].value for row in schemes}
    assert f"{OGP}codelists/document-kind" in lists
    ours = {iri for iri in lists if not iri.startswith((OGP, "http://publications.europa.eu/", "http://standaarden."))}
    assert ours == {"https://data.voorbeeld.nl/tiny/codelists/oordelen"}
    labels = f"{prefixes} SELECT ?label {{ ogp:Paragraph <http://www.w3.org/2000/01/rdf-schema#label> ?label }}"
    assert sorted(row["label"].value for row in store.query(labels)) == ["Alinea", "Paragraph", "Paragraphe"]


def test_another_address_of_the_site_is_told_with_its_place_and_holds_all_terms_and_codes(small: Workspace) -> None:
    (small.data / "site.toml").write_text('\nvocabulary = "https://terms.test.nl/"\n', encoding="utf-8")
    outcome = small.publish()
    assert outcome.published
    (told_of,) = (found for found in outcome.report.findings if found.rule == "separate-vocabulary")
    assert str(told_of.place) == "site.toml, key vocabulary, line 2"
    assert "vocabulary-unregistered" not in {found.rule for found in outcome.report.findings}
    for path in outcome.folder.rglob("*"):
        if path.suffix in (".ttl", ".jsonld", ".json", ".nt", ".rdf", ".html") and path.parent.name != "reports":
            assert OGP not in path.read_text(encoding="utf-8"), path
    terms = (outcome.folder / "codelists/ogp.ttl").read_text(encoding="utf-8")
    assert "@prefix ogp: <https://terms.test.nl/> ." in terms
    codes = (outcome.folder / "codelists/url-status.ttl").read_text(encoding="utf-8")
    assert "<https://terms.test.nl/codelists/url-status#corrected> a skos:Concept" in codes


def test_a_language_in_which_terms_in_use_are_not_there_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ogp_data.declaration.languages.languages", lambda: ("en", "de", "nl"))
    found = read(Small("# Plan\n\nText.\n", [narrative(), furniture()], more={"page_languages": ["nl", "de"]})).findings
    (told_of,) = (one for one in found if one.rule == "language-without-messages")
    assert told_of.place.key == "page_languages[1]"
    # Paragraph, publication, sourcePlace, section and text, each with a label and a definition, and what several
    # paragraphs are called.
    assert told_of.message == "11 texts of the vocabulary are not there in the language 'de', such as “Paragraph”."
