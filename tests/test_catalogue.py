"""The published catalogue is valid DCAT-AP-NL by the official shapes, and the same in each serialisation."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pyshacl import validate
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, SH

from conftest import shared

FORMATS = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml", "nt": "nt"}
MANDATORY = (
    "dcat-ap-SHACL.ttl",
    "dcat-ap-nl-SHACL.ttl",
    "dcat-ap-nl-SHACL-klassebereik.ttl",
    "dcat-ap-nl-SHACL-klassebereik-codelijsten.ttl",
)
DCAT = "http://www.w3.org/ns/dcat#"


def catalogue(published: Path, suffix: str) -> Graph:
    return Graph().parse(published / f"catalog.{suffix}", format=FORMATS[suffix])


def results(data: Graph, *shapes: Path) -> list[tuple[str, str, str]]:
    """Return focus node, path and severity of every result of the official shapes."""
    background = Graph()
    for path in (shared() / "standards/vocabularies").glob("*.ttl"):
        background.parse(path)
    shape_graph = Graph()
    for path in shapes:
        shape_graph.parse(path)
    named = set(shape_graph.objects(None, SH.property))
    for dangling in [shape for shape in named if (shape, SH.path, None) not in shape_graph]:
        # Two are named for data services, but nowhere written; pyshacl stops at them.
        shape_graph.remove((None, SH.property, dangling))
    _, report, _ = validate(data + background, shacl_graph=shape_graph, inference="none", advanced=False)
    found: Any = report.subjects(RDF.type, SH.ValidationResult)
    return [
        (
            str(report.value(r, SH.focusNode)),
            str(report.value(r, SH.resultPath)),
            str(report.value(r, SH.resultSeverity)),
        )
        for r in found
    ]


@pytest.mark.parametrize("version", ["3.0.1", "3.0.0"])
def test_the_official_mandatory_shapes_find_nothing(published: Path, version: str) -> None:
    folder = shared() / f"standards/dcat-ap-nl-{version}"
    assert results(catalogue(published, "ttl"), *(folder / name for name in MANDATORY)) == []


def test_the_official_shapes_would_find_something(published: Path) -> None:
    """The test above can fail: without its publisher a dataset is reported."""
    graph = catalogue(published, "ttl")
    dataset = URIRef("https://example.org/ogp/nl-2020-2022/themes")
    graph.remove((dataset, URIRef("http://purl.org/dc/terms/publisher"), None))
    folder = shared() / "standards/dcat-ap-nl-3.0.1"
    found = results(graph, *(folder / name for name in MANDATORY))
    assert {(focus, path) for focus, path, _ in found} == {(str(dataset), "http://purl.org/dc/terms/publisher")}


def test_what_the_official_recommendations_miss_are_services_that_are_not_declared(published: Path) -> None:
    folder = shared() / "standards/dcat-ap-nl-3.0.1"
    found = results(catalogue(published, "ttl"), folder / "dcat-ap-nl-SHACL-aanbevolen.ttl")
    missing = Counter(path for _, path, _ in found)
    assert missing == {
        f"{DCAT}accessService": 90,  # each of the 12 x 7 + 6 files; there is no service to name
    }


@pytest.mark.parametrize("suffix", ["jsonld", "rdf", "nt"])
def test_the_four_serialisations_are_the_same_graph(published: Path, suffix: str) -> None:
    assert isomorphic(catalogue(published, "ttl"), catalogue(published, suffix))


def test_the_jsonld_needs_no_other_file_to_be_read(published: Path) -> None:
    import json

    context = json.loads((published / "catalog.jsonld").read_bytes())["@context"]
    assert isinstance(context, dict)
    assert context["title"] == {"@id": "dct:title", "@container": "@language"}


def test_every_file_of_a_dataset_and_the_source_has_a_distribution(published: Path) -> None:
    graph = catalogue(published, "nt")
    base = "https://example.org/ogp/nl-2020-2022/"
    addresses = {str(o).removeprefix(base) for o in graph.objects(None, URIRef(f"{DCAT}downloadURL"))}
    others = ("codelists", "reports", "upload", "en", "site", "query", "charts", ".well-known")
    datasets = [path for path in published.iterdir() if path.is_dir() and path.name not in others]
    files = {file.relative_to(published).as_posix() for folder in datasets for file in folder.rglob("*.*")}
    files = {file for file in files if not file.endswith(".html")}
    documentation = {file for file in files if file.endswith(".csv-metadata.json")}
    together = {"datapackage.json", *(f"nl-2020-2022{suffix}" for suffix in (".xlsx", ".ods", ".sqlite", ".zip"))}
    assert addresses == (files - documentation) | together
    assert len(addresses) == 90
    pages = {str(o).removeprefix(base) for o in graph.objects(None, URIRef("http://xmlns.com/foaf/0.1/page"))}
    assert documentation <= pages
    assert len(documentation) == 12


def test_every_text_is_there_in_dutch_and_english(published: Path) -> None:
    graph = catalogue(published, "nt")
    for name in ("title", "description"):
        predicate = URIRef(f"http://purl.org/dc/terms/{name}")
        for subject in set(graph.subjects(predicate)):
            languages = {o.language for o in graph.objects(subject, predicate) if isinstance(o, Literal)}
            assert languages == {"nl", "en"}, (subject, name)


def test_nothing_is_invented_about_the_contact(published: Path) -> None:
    graph = catalogue(published, "nt")
    vcard = "http://www.w3.org/2006/vcard/ns#"
    assert {str(o) for o in graph.objects(None, URIRef(f"{vcard}hasURL"))} == {"https://open-overheid.nl"}
    assert not list(graph.objects(None, URIRef(f"{vcard}hasEmail")))
    homepages = list(graph.objects(None, URIRef("http://xmlns.com/foaf/0.1/homepage")))
    assert homepages == [URIRef("https://example.org/ogp/nl-2020-2022/index.html")]


def test_every_dataset_has_a_landing_page_that_is_there(published: Path) -> None:
    graph, base = catalogue(published, "nt"), "https://example.org/ogp/nl-2020-2022/"
    pages = dict(graph.subject_objects(URIRef(f"{DCAT}landingPage")))
    datasets = set(graph.subjects(RDF.type, URIRef(f"{DCAT}Dataset")))
    assert set(pages) == datasets
    assert len(datasets) == 13
    assert all((published / str(page).removeprefix(base)).is_file() for page in pages.values())


def test_the_licence_is_told_by_the_names_that_others_give_it(published: Path) -> None:
    """Portals know CC0 by the name in the EU's table or in the Dutch list, not by the address of its text."""
    exact = URIRef("http://www.w3.org/2004/02/skos/core#exactMatch")
    licence = URIRef("http://creativecommons.org/publicdomain/zero/1.0/deed.nl")
    assert set(catalogue(published, "ttl").objects(licence, exact)) == {
        URIRef("http://publications.europa.eu/resource/authority/licence/CC0"),
        URIRef("https://definities.geostandaarden.nl/dcat-ap-nl/id/waardelijst/licenties/cc0"),
    }
