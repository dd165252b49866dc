"""The vocabulary over HTTP: each term and code list in the form that a client asks for, beside the publications."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pyoxigraph as ox
import pytest

from ogp_data import beside
from ogp_data.models.vocabulary import vocabulary
from ogp_data.pipeline import Folders
from ogp_data.service.snapshot import read_all
from ogp_data.service.sparql import Endpoint, graphs_served
from service_help import Web, client

OGP = "https://w3id.org/ogp-data/"
MODEL = vocabulary()
FORMS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
}


@pytest.fixture(scope="module")
def dist(small_published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a publication and the vocabulary."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(small_published, folder / "dist" / "small")
    outcome = beside.publish_vocabulary(Folders(folder / "data", folder / "build", folder / "dist"))
    assert outcome.published
    return folder / "dist"


@pytest.fixture(scope="module")
def web(dist: Path) -> Web:
    return client(dist)


def follow(web: Web, path: str, **headers: str) -> tuple[str, httpx.Response]:
    """Return where an address leads, fragment and all, and what is there."""
    answer = web.get(path, headers=headers)
    for _ in range(3):
        if answer.status_code not in (303, 308):
            break
        path = urljoin(path, answer.headers["location"])
        answer = web.get(path.partition("#")[0], headers=headers)
    assert answer.status_code == 200, path
    return path, answer


def triples(answer: httpx.Response) -> set[str]:
    media = answer.headers["content-type"].partition(";")[0]
    return {str(quad.triple) for quad in ox.parse(answer.content, format=FORMS[media])}


def in_file(path: Path) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(path=str(path))}


@pytest.mark.parametrize("media", FORMS)
def test_all_terms_are_there_in_each_form(web: Web, dist: Path, media: str) -> None:
    answer = web.get("/vocabulary/", headers={"Accept": media})
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, media)
    assert triples(answer) == in_file(dist / "vocabulary" / "vocabulary.ttl")
    assert "Accept" in answer.headers["vary"]
    assert f'<{OGP}>; rel="cite-as"' in answer.headers["link"]


@pytest.mark.parametrize(("language", "folder"), [("en", ""), ("nl", "nl/"), ("fr", "fr/"), ("de", "")])
def test_a_browser_gets_the_page_in_its_language(web: Web, dist: Path, language: str, folder: str) -> None:
    asked = {"accept": "text/html,*/*;q=0.8", "accept-language": language}
    _, whole = follow(web, "/vocabulary/", **asked)
    assert whole.content == (dist / "vocabulary" / folder / "index.html").read_bytes()
    at, one = follow(web, "/vocabulary/Commitment", **asked)
    assert one.content == whole.content
    assert at.endswith("#Commitment")
    _, codes = follow(web, "/vocabulary/codelists/progress", **asked)
    assert codes.content == (dist / "vocabulary" / folder / "codelists/progress.html").read_bytes()
    for name in ("", "Commitment", "codelists/progress"):
        varied = web.get(f"/vocabulary/{name}", headers=asked).headers["vary"]
        assert {"Accept", "Accept-Language"} <= set(varied.split(", ")), name
    for answer in (whole, one, codes):
        assert "style-src 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("name", MODEL.terms)
def test_each_term_leads_to_what_is_said_of_it(web: Web, name: str) -> None:
    for media in FORMS:
        _, answer = follow(web, f"/vocabulary/{name}", accept=media)
        assert any(f"<{OGP}{name}>" in triple for triple in triples(answer)), media
    answer = web.get(f"/vocabulary/{name}", headers={"Accept": "text/html"})
    assert answer.status_code == 303
    assert urljoin("/vocabulary/x", answer.headers["location"]) == f"/vocabulary/index.html#{name}"
    assert f'<{OGP}{name}>; rel="cite-as"' in answer.headers["link"]


@pytest.mark.parametrize("name", MODEL.codelists)
def test_each_code_list_is_there_in_each_form(web: Web, dist: Path, name: str) -> None:
    for media in FORMS:
        answer = web.get(f"/vocabulary/codelists/{name}", headers={"Accept": media})
        assert answer.status_code == 200
        assert triples(answer) == in_file(dist / "vocabulary" / f"codelists/{name}.ttl")
        assert f'<{OGP}codelists/{name}>; rel="cite-as"' in answer.headers["link"]


def test_what_is_no_term_is_not_there(web: Web) -> None:
    for path in ("Nothing", "commitments", "codelists/nothing", "codelists/", "catalog", "catalog?page=1", "linkset"):
        assert web.get(f"/vocabulary/{path}").status_code == 404, path
    for path in ("ldes", "Commitment/x", "de/", "nl/Commitment", "Commitment/", "v/1/Commitment", "everything"):
        assert web.get(f"/vocabulary/{path}").status_code == 404, path
    assert web.get("/vocabulary/", headers={"Accept": "text/csv"}).status_code == 406
    assert web.request("POST", "/vocabulary/").status_code == 405
    assert web.get("/vocabulary").headers["location"] == "vocabulary/"


def test_its_files_are_there_with_validators(web: Web, dist: Path) -> None:
    for path in sorted(p for p in (dist / "vocabulary").resolve().rglob("*") if p.is_file()):
        name = path.relative_to((dist / "vocabulary").resolve()).as_posix()
        answer = web.get(f"/vocabulary/{name}")
        assert answer.content == path.read_bytes()
        again = web.get(f"/vocabulary/{name}", headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304


def test_a_query_can_name_the_vocabulary_as_a_graph(dist: Path) -> None:
    graphs = graphs_served(read_all(dist))
    assert {OGP, *(f"{OGP}codelists/{name}" for name in MODEL.codelists)} == {n for n in graphs if n.startswith(OGP)}
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    said = f"GRAPH <{OGP}> {{ <{OGP}Commitment> <{label}> ?label }} FILTER(LANG(?label) = 'fr')"

    async def ask() -> httpx.Response:
        endpoint = Endpoint(graphs)
        await endpoint.start()
        try:
            transport = httpx.ASGITransport(endpoint)
            async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as asking:
                return await asking.get("/sparql", params={"query": f"SELECT ?label WHERE {{ {said} }}"})
        finally:
            await endpoint.close()

    answer = asyncio.run(ask())
    assert [row["label"]["value"] for row in answer.json()["results"]["bindings"]] == ["Engagement"]


def test_a_broken_one_is_a_fault_and_takes_no_publication_along(dist: Path, tmp_path: Path) -> None:
    shutil.copytree(dist, tmp_path / "dist")
    web = client(tmp_path / "dist")
    assert web.get("/health").json()["status"] == "ok"
    listed = json.loads((tmp_path / "dist/vocabulary/manifest.json").read_bytes())
    assert listed["files"]
    (tmp_path / "dist/vocabulary/vocabulary.ttl").write_text("broken", encoding="utf-8")
    broken = client(tmp_path / "dist")
    told = broken.get("/health").json()
    assert told["status"] == "degraded"
    assert [fault["publication"] for fault in told["faults"]] == ["vocabulary"]
    assert broken.get("/small/").status_code == 200
    assert broken.get("/vocabulary/").status_code == 404


def test_without_it_the_publications_are_served_as_ever(small_published: Path) -> None:
    web = client(small_published.parent)
    assert web.get("/health").json()["status"] == "ok"
    assert web.get("/small/").status_code == 200
    assert web.get("/vocabulary/").status_code == 404


def test_a_new_build_of_it_is_seen(dist: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    shutil.copytree(dist / "small", tmp_path / "dist" / "small")
    folders = Folders(tmp_path / "data", tmp_path / "build", tmp_path / "dist")
    beside.publish_vocabulary(folders)
    web = client(tmp_path / "dist")
    before = web.service.state.published.vocabulary
    assert not web.service.state.look()
    (tmp_path / "data" / "site.toml").write_text('vocabulary = "https://terms.test.nl/"\n', encoding="utf-8")
    beside.publish_vocabulary(folders)
    assert web.service.state.look()
    after = web.service.state.published.vocabulary
    assert before
    assert after
    assert (before.base_iri, after.base_iri) == (OGP, "https://terms.test.nl/")
