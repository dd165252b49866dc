"""The service in the catalogue: told when it is declared, as DCAT-AP-NL wants it, and otherwise nothing changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import FOAF, RDF

from conftest import Workspace, shared
from ogp_data.core.vocab import DCAT, DCT
from test_catalogue import FORMATS, MANDATORY, results

BASE = "https://example.org/ogp/nl-2020-2022/"
URL = "https://data.example.nl/ogp/"
TOML = "nl-2020-2022/publication.toml"


def declare(workspace: Workspace, url: str) -> None:
    path = workspace.data / TOML
    path.write_text(f'{path.read_text(encoding="utf-8")}\n[service]\nurl = "{url}"\n', encoding="utf-8")


@pytest.fixture(scope="module")
def declared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import shutil

    from conftest import ROOT

    folder = tmp_path_factory.mktemp("declared")
    shutil.copytree(ROOT / "data", folder / "data")
    workspace = Workspace(folder)
    declare(workspace, URL)
    outcome = workspace.publish()
    assert outcome.published, [str(found) for found in outcome.report.findings]
    return outcome.folder


@pytest.fixture(scope="module")
def graph(declared: Path) -> Graph:
    return Graph().parse(declared / "catalog.nt", format="nt")


@pytest.mark.parametrize("version", ["3.0.1", "3.0.0"])
def test_the_official_mandatory_shapes_find_nothing(graph: Graph, version: str) -> None:
    folder = shared() / f"standards/dcat-ap-nl-{version}"
    assert results(graph, *(folder / name for name in MANDATORY)) == []


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "rdf"])
def test_every_serialisation_says_so(declared: Path, graph: Graph, suffix: str) -> None:
    assert isomorphic(Graph().parse(declared / f"catalog.{suffix}", format=FORMATS[suffix]), graph)


def test_the_official_shapes_would_find_something(graph: Graph) -> None:
    """The test above can fail: without its title, or with two endpoints, a service is reported."""
    data = Graph() + graph
    service = URIRef(f"{BASE}catalog#service-api")
    data.remove((service, DCT.title, None))
    data.add((service, DCAT.endpointURL, URIRef("https://data.example.nl/other")))
    folder = shared() / "standards/dcat-ap-nl-3.0.1"
    found = results(data, *(folder / name for name in MANDATORY))
    assert {(focus, path) for focus, path, _ in found} == {
        (str(service), str(DCT.title)),
        (str(service), str(DCAT.endpointURL)),
    }


def test_the_official_recommendations_miss_nothing_of_the_services(graph: Graph) -> None:
    found = results(graph, shared() / "standards/dcat-ap-nl-3.0.1/dcat-ap-nl-SHACL-aanbevolen.ttl")
    assert [each for each in found if "#service-" in each[0]] == []


def test_both_services_say_where_they_are_and_what_they_serve(graph: Graph) -> None:
    listed = set(graph.objects(URIRef(f"{BASE}catalog"), DCAT.service))
    assert listed == set(graph.subjects(RDF.type, DCAT.DataService))
    addresses = {
        str(service).partition("#")[2]: (
            str(graph.value(service, DCAT.endpointURL)),
            str(graph.value(service, DCAT.endpointDescription)),
        )
        for service in listed
    }
    assert addresses == {
        "service-sparql": (f"{URL}sparql", f"{URL}sparql"),
        "service-api": (f"{URL}api/v1", f"{URL}api/v1/openapi.json"),
    }
    datasets = set(graph.objects(URIRef(f"{BASE}catalog"), DCAT.dataset))
    for service in listed:
        assert set(graph.objects(service, DCAT.servesDataset)) == datasets
        for name in (DCT.title, DCT.description, DCAT.keyword):
            assert {text.language for text in graph.objects(service, name)} == {"nl", "en"}  # type: ignore[attr-defined]
        for name in (
            DCAT.contactPoint,
            DCAT.theme,
            DCT.accessRights,
            DCT.license,
            DCT.publisher,
            DCT.creator,
            FOAF.page,
        ):
            assert list(graph.objects(service, name)), name


def test_rows_and_graphs_lead_to_the_service_that_gives_them(graph: Graph) -> None:
    services = {
        fmt: graph.value(URIRef(f"{BASE}catalog#commitments-{fmt}"), DCAT.accessService)
        for fmt in ("csv", "ttl", "jsonld", "xlsx")
    }
    assert services == {
        "csv": URIRef(f"{BASE}catalog#service-api"),
        "ttl": URIRef(f"{BASE}catalog#service-sparql"),
        "jsonld": URIRef(f"{BASE}catalog#service-sparql"),
        "xlsx": None,
    }


def test_what_is_not_declared_is_not_told(published: Path, declared: Path) -> None:
    without = Graph().parse(published / "catalog.nt", format="nt")
    assert not set(without.subjects(RDF.type, DCAT.DataService))
    assert not list(without.triples((None, DCAT.accessService, None)))
    for dataset, some in (("commitments", "C1.html"), ("assessments", "rows/2.html")):
        one, other = (files_of(folder / dataset) for folder in (published, declared))
        assert {f"{dataset}.csv", f"{dataset}.ttl", some} <= one.keys()
        assert {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)} == set()


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_address_without_its_last_slash_means_the_same(workspace: Workspace) -> None:
    declare(workspace, URL.rstrip("/"))
    folder = workspace.publish().folder
    assert f"<{URL}api/v1>" in (folder / "catalog.nt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "url", ["", "data.example.nl", "ftp://data.example.nl/", "https://data.example.nl/?x=", "https://a b/"]
)
def test_an_address_that_is_none_is_a_finding_at_its_key(workspace: Workspace, url: str) -> None:
    declare(workspace, url)
    outcome = workspace.publish(write_dist=False)
    (found,) = [found for found in outcome.report.findings if found.severity == "error"]
    assert (found.rule, found.place.key) == ("invalid-address", "service.url")


def test_a_key_that_the_table_does_not_have_is_a_finding(workspace: Workspace) -> None:
    path = workspace.data / TOML
    path.write_text(f'{path.read_text(encoding="utf-8")}\n[service]\nurl = "{URL}"\nport = 1\n', encoding="utf-8")
    outcome = workspace.publish(write_dist=False)
    assert [f.rule for f in outcome.report.findings if f.severity == "error"] == ["unknown-key"]
