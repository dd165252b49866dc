"""The catalogue in pages, each of them valid, and the stream of what changed between builds."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, Dataset, Graph, URIRef
from rdflib.compare import to_isomorphic

from conftest import Workspace
from made_publication import publication
from ogp_data.core.rdf import read, to_graph
from ogp_data.core.vocab import AS, DCAT, DCT, HYDRA, LDES, TREE
from ogp_data.declaration import earlier
from ogp_data.service import feed
from service_help import Web, client, service

BASE = "https://example.org/ogp/nl-2020-2022/"
FORMS = ("ttl", "rdf", "jsonld", "nt")


@pytest.fixture(scope="module")
def web(published: Path) -> Web:
    return client(published.parent)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Web:
    """Return the service over a made catalogue of 250 datasets."""
    dist = tmp_path_factory.mktemp("large")
    publication(dist, "large", 250)
    return client(dist)


def page(web: Web, path: str, status: int = 200) -> Graph:
    answer = web.get(path)
    assert answer.status_code == status, answer.text[:500]
    suffix = path.partition("?")[0].rpartition(".")[2]
    return to_graph(read(answer.content, suffix))


def paged(graph: Graph) -> dict[str, str]:
    (node,) = graph.subjects(RDF.type, HYDRA.PagedCollection)
    return {
        str(name).rpartition("#")[2]: str(value) for name, value in graph.predicate_objects(node) if name != RDF.type
    }


@pytest.mark.parametrize("form", FORMS)
def test_without_a_query_the_catalogue_is_the_file(web: Web, published: Path, form: str) -> None:
    answer = web.get(f"/nl-2020-2022/catalog.{form}")
    assert answer.content == (published / f"catalog.{form}").read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_a_page_that_holds_all_says_all_and_that_it_is_the_only_one(web: Web, published: Path, form: str) -> None:
    graph = page(web, f"/catalog.{form}?page=1")
    told = paged(graph)
    assert (told["totalItems"], told["itemsPerPage"]) == ("13", "100")
    assert told["first"] == told["last"] == f"http://testserver/catalog.{form}?page=1"
    assert "next" not in told
    (node,) = graph.subjects(RDF.type, HYDRA.PagedCollection)
    graph.remove((node, None, None))
    assert to_isomorphic(graph) == to_isomorphic(to_graph(read((published / "catalog.nt").read_bytes(), "nt")))


@pytest.mark.parametrize("form", FORMS)
def test_following_the_pages_gives_every_dataset_once(large: Web, form: str) -> None:
    href, sizes, found = f"http://testserver/catalog.{form}?page=1", [], []
    while href:
        graph = page(large, href.removeprefix("http://testserver"))
        datasets = sorted(map(str, graph.subjects(RDF.type, DCAT.Dataset)))
        listed = sorted(map(str, graph.objects(URIRef("https://data.example.nl/catalog"), DCAT.dataset)))
        assert datasets == listed
        told = paged(graph)
        assert told.get("next") == told.get("nextPage")
        sizes.append(len(datasets))
        found += datasets
        href = told.get("next", "")
    assert sizes == [100, 100, 50]
    assert sorted(found) == sorted(f"https://data.example.nl/dataset-{number}" for number in range(250))


def test_each_page_says_of_its_datasets_all_that_the_whole_says(large: Web) -> None:
    whole, part = page(large, "/catalog.ttl"), page(large, "/catalog.ttl?page=2")
    for number in (100, 150, 199):
        dataset = URIRef(f"https://data.example.nl/dataset-{number}")
        assert set(part.predicate_objects(dataset)) == set(whole.predicate_objects(dataset))
        for file in whole.objects(dataset, DCAT.distribution):
            assert set(part.predicate_objects(file)) == set(whole.predicate_objects(file))
    assert not set(part.objects(None, DCAT.dataset)) & {URIRef("https://data.example.nl/dataset-99")}


def test_each_page_is_a_valid_catalogue(large: Web, tmp_path: Path) -> None:
    from ogp_data.checks import foreign as catalogues

    for number in (1, 2, 3):
        file = tmp_path / f"page-{number}.ttl"
        file.write_bytes(large.get(f"/catalog.ttl?page={number}").content)
        found = catalogues.validate(str(file)).findings
        assert [str(fault) for fault in found if fault.severity == "error"] == []


def test_pages_lead_to_each_other_in_the_header_too(large: Web) -> None:
    link = large.get("/catalog.rdf?page=2").headers["link"]
    assert {rel: target for target, rel in re.findall(r'<([^>]+)>; rel="(\w+)"', link)} == {
        "first": "catalog.rdf?page=1",
        "last": "catalog.rdf?page=3",
        "next": "catalog.rdf?page=3",
        "prev": "catalog.rdf?page=1",
    }


def test_a_page_has_a_tag_and_its_form_is_negotiated_where_no_file_is_named(web: Web) -> None:
    answer = web.get("/catalog?page=1", headers={"Accept": "application/rdf+xml"})
    assert answer.headers["content-type"] == "application/rdf+xml"
    assert answer.headers["content-location"] == "catalog.rdf?page=1"
    assert "Accept" in answer.headers["vary"]
    tag = answer.headers["etag"]
    again = {"Accept": "application/rdf+xml", "If-None-Match": tag}
    assert web.get("/catalog?page=1", headers=again).status_code == 304
    assert web.get("/catalog?page=1", headers={"Accept": "text/csv"}).status_code == 406


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=one", "page=", "modified_since=", "modified_since=soon",
                                   "modified_since=2026-02-30", "page=1&modified_since=2026"])  # fmt: skip
def test_a_query_that_cannot_be_is_told(web: Web, query: str) -> None:
    answer = web.get(f"/catalog.ttl?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["name"] in ("page", "modified_since")


def test_a_page_beyond_the_last_is_not_there(large: Web) -> None:
    assert large.get("/catalog.ttl?page=4").status_code == 404


def test_modified_since_gives_what_changed_from_that_day_on(large: Web) -> None:
    # Every fifth dataset of the made catalogue changed on 25 November 2026, the others on the 20th.
    for since, count in (("2026-11-20", 250), ("2026-11-21", 50), ("2026-11-25", 50), ("2026-11-25T10:00:00Z", 50),
                         ("2026-11-25T10:00:00%2B01:00", 50), ("2026-11-26", 0)):  # fmt: skip
        told = paged(page(large, f"/catalog.ttl?modified_since={since}"))
        assert told["totalItems"] == str(count), since
    told = paged(page(large, "/catalog.ttl?modified_since=2026-11-20&page=2"))
    assert told["next"] == "http://testserver/catalog.ttl?page=3&modified_since=2026-11-20"


# The stream -----------------------------------------------------------------------------------------------


def stream(web: Web, path: str = "/nl-2020-2022/ldes") -> Dataset:
    answer = web.get(path, headers={"Accept": "application/n-quads"})
    assert answer.status_code == 200, answer.text
    graph = Dataset()
    graph.parse(data=answer.content, format="nquads")
    return graph


def members(graph: Dataset) -> dict[URIRef, list[str]]:
    """Return what happened to each dataset, and the version that it had then, in order."""
    found: dict[URIRef, list[tuple[str, str]]] = {}
    for member in graph.objects(URIRef(f"{BASE}ldes"), TREE.member):
        (dataset,), (kind,) = graph.objects(member, AS.object), graph.objects(member, RDF.type)
        payload = graph.graph(member)
        version = str(payload.value(dataset, DCAT.version) or "")
        found.setdefault(dataset, []).append((version, str(kind).rpartition("#")[2]))
    return {dataset: [" ".join(pair) for pair in sorted(pairs)] for dataset, pairs in found.items()}


def test_a_first_build_is_a_stream_in_which_every_dataset_came(web: Web) -> None:
    graph = stream(web)
    collection = URIRef(f"{BASE}ldes")
    assert (collection, RDF.type, LDES.EventStream) in graph
    assert (collection, LDES.timestampPath, AS.published) in graph
    assert (collection, LDES.versionOfPath, AS.object) in graph
    assert (collection, TREE.view, URIRef("http://testserver/nl-2020-2022/ldes")) in graph
    found = members(graph)
    assert len(found) == 13
    assert set(map(tuple, found.values())) == {("1.0.0 Create",)}


def test_a_member_holds_the_description_of_its_dataset_and_the_day(web: Web, published: Path) -> None:
    graph = stream(web)
    whole = to_graph(read((published / "catalog.nt").read_bytes(), "nt"))
    dataset = URIRef(f"{BASE}commitments")
    (member,) = graph.subjects(AS.object, dataset)
    assert set(graph.graph(member).predicate_objects(dataset)) == set(whole.predicate_objects(dataset))
    (moment,) = graph.objects(member, AS.published)
    assert str(moment) == f"{whole.value(dataset, DCT.modified)}T00:00:00+00:00"


@pytest.mark.parametrize(
    ("media", "form"),
    [
        ("application/trig", ox.RdfFormat.TRIG),
        ("application/n-quads", ox.RdfFormat.N_QUADS),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
    ],
)
def test_the_stream_says_the_same_in_every_form(web: Web, media: str, form: ox.RdfFormat) -> None:
    answer = web.get("/ldes", headers={"Accept": media})
    assert answer.headers["content-type"] == media
    said = {str(quad) for quad in ox.parse(answer.content, format=form)}
    expected = web.get("/ldes", headers={"Accept": "application/n-quads"}).content
    assert said == {str(quad) for quad in ox.parse(expected, format=ox.RdfFormat.N_QUADS)}


def raised(workspace: Workspace, version: str, kept: str) -> None:
    """Publish a new version, after the one that is out was kept."""

    known, _ = earlier.keep(workspace.data, workspace.dist, "nl-2020-2022")
    assert known is not None
    path = workspace.data / "nl-2020-2022/publication.toml"
    text = path.read_text(encoding="utf-8").replace(f'version = "{kept}"', f'version = "{version}"', 1)
    text = re.sub(r"^modified = .*$", f"modified = {date(2026, 12, 1).isoformat()}", text, count=1, flags=re.M)
    sha256 = known.build.sha256
    path.write_text(f'{text}\n[previous]\nmanifest = "previous/{kept}/manifest.json"\nsha256 = "{sha256}"\n')


def test_a_new_version_adds_to_the_stream_the_same_way_running_or_started_anew(workspace: Workspace) -> None:
    assert workspace.publish().published
    runs = service(workspace.dist)
    before = set(stream(Web(runs)).objects(URIRef(f"{BASE}ldes"), TREE.member))
    raised(workspace, "1.1.0", kept="1.0.0")
    assert workspace.publish().published
    assert runs.state.look()
    after = stream(Web(runs))
    assert set(after.objects(URIRef(f"{BASE}ldes"), TREE.member)) > before
    assert members(after)[URIRef(f"{BASE}commitments")] == ["1.0.0 Create", "1.1.0 Update"]
    assert set(stream(client(workspace.dist))) == set(after)


def test_a_build_that_was_replaced_is_remembered_while_the_service_runs(workspace: Workspace) -> None:
    assert workspace.publish().published
    runs = service(workspace.dist)
    path = workspace.data / "nl-2020-2022/publication.toml"
    text = path.read_text(encoding="utf-8")
    (title,) = re.findall(r'^title\.en = "(Open Government Action Plan: themes[^"]*)"', text, flags=re.M) or [""]
    assert title
    path.write_text(text.replace(title, f"{title}, fixed"), encoding="utf-8")
    assert workspace.publish().published
    assert runs.state.look()
    graph = stream(Web(runs))
    found = members(graph)
    assert found[URIRef(f"{BASE}themes")] == ["1.0.0 Create", "1.0.0 Update"]
    assert len(found) == 13


def test_a_dataset_that_went_is_told(tmp_path: Path) -> None:
    publication(tmp_path, "large", 3)
    runs = service(tmp_path)
    publication(tmp_path, "large", 2)
    assert runs.state.look()
    graph = stream(Web(runs), "/large/ldes")
    (gone,) = graph.subjects(RDF.type, AS.Delete)
    assert list(graph.objects(gone, AS.object)) == [URIRef("https://data.example.nl/dataset-2")]


def test_a_long_stream_comes_in_pages_that_lead_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "MEMBERS", 20)
    publication(tmp_path, "large", 50)
    web, path, found = client(tmp_path), "/large/ldes", []
    while path:
        graph = stream(web, path)
        found += list(graph.objects(URIRef("https://data.example.nl/ldes"), TREE.member))
        relations = list(graph.objects(URIRef(f"http://testserver{path}"), TREE.relation))
        path = str(graph.value(relations[0], TREE.node)).removeprefix("http://testserver") if relations else ""
    assert len(found) == len(set(found)) == 50
    assert web.get("/large/ldes?page=4").status_code == 404
