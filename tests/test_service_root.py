"""What is over all publications is served at the root, whole and as it lies there; without it a page leads to each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urljoin

import pytest

from made_publication import publication
from ogp_data.core.stage import MANIFEST, Stage, manifest
from ogp_data.package.root import publish_root
from ogp_data.service.state import State
from service_help import Web, client, quiet

HOME = b'<!doctype html>\n<html lang="nl">\n<title>Alles</title>\n'
FILES = {
    "index.html": HOME,
    "en/index.html": b'<!doctype html>\n<html lang="en">\n<title>Everything</title>\n',
    "site/site.css": b"p { color: red }\n",
    "all/all.csv": b"a,b\n",
    "robots.txt": b"User-agent: *\nAllow: /\n",
    "favicon.svg": b"<svg/>",
    ".well-known/security.txt": b"Contact: mailto:a@example.org\n",
}


def put_root(dist: Path, files: Mapping[str, bytes]) -> None:
    """Put files over the publications of a folder."""
    stage = Stage(dist.parent / "root-staged")
    for path, content in files.items():
        stage.add(path, content)
    stage.add(MANIFEST, manifest(stage.artefacts, "root", ""))
    publish_root(stage.folder, dist)


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """Return a folder with one publication, whose pages have a style sheet of their own, and what is over all."""
    folder = tmp_path / "dist"
    own = {"index.html": b'<html lang="nl">', "site/site.css": b"p { color: blue }\n", "v/0.9.0/catalog.ttl": b""}
    publication(folder, "one", 1, own)
    put_root(folder, FILES)
    return folder


@pytest.fixture
def web(dist: Path) -> Web:
    return client(dist)


@pytest.mark.parametrize("path", sorted(FILES))
def test_each_file_is_served_as_it_is(web: Web, path: str) -> None:
    answer = web.get(f"/{path}")
    assert (answer.status_code, answer.content) == (200, FILES[path])
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert web.get(f"/{path}", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304


def test_who_follows_the_pages_of_the_catalogue_over_all_comes_to_an_end(dist: Path) -> None:
    put_root(dist, {**FILES, "catalog.ttl": b"# all of it\n"})
    web = client(dist)
    for query, status in (("", 200), ("?page=1", 200), ("?page=2", 404), ("?page=", 404), ("?page=99&x=1", 404)):
        assert web.get(f"/catalog.ttl{query}").status_code == status
    assert web.get("/robots.txt?page=2").status_code == 200


def test_folders_have_their_pages_and_browsers_find_the_icon(web: Web) -> None:
    assert web.get("/").content == HOME
    assert web.get("/en/").content == FILES["en/index.html"]
    for path, leads in (("/en", "/en/"), ("/favicon.ico", "/favicon.svg")):
        answer = web.get(path)
        assert (answer.status_code, urljoin(path, answer.headers["location"])) == (308, leads)


def test_the_only_publication_is_led_to_and_not_mixed_with_the_root(web: Web) -> None:
    assert web.get("/one/site/site.css").content == b"p { color: blue }\n"
    for path in ("/catalog.nt", "/v/0.9.0/catalog.ttl"):
        answer = web.get(f"{path}?page=1")
        assert (answer.status_code, urljoin(path, answer.headers["location"])) == (308, f"/one{path}?page=1")
    assert web.get("/one/catalog.nt").status_code == 200


@pytest.mark.parametrize(
    "path", ["/nothing", "/en/nothing/", "/catalog.xyz", "/v/9.9.9/catalog.ttl", "/one/nothing", "/a/b/c"]
)
def test_nobody_is_led_to_where_there_is_nothing(web: Web, path: str) -> None:
    assert web.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/catalog", "/catalog.ttl", "/linkset", "/ldes", "/everything"])
def test_what_the_only_publication_has_is_led_to(web: Web, path: str) -> None:
    answer = web.get(path)
    assert (answer.status_code, urljoin(path, answer.headers["location"])) == (308, f"/one{path}")
    assert web.get(f"/one{path}").status_code in (200, 303)


@pytest.mark.parametrize("path", ["/.root/index.html", "/.root", "/manifest.json/x", "/..%2Findex.html"])
def test_nothing_else_is_a_way_into_the_folder(web: Web, path: str) -> None:
    answer = web.get(path)
    if answer.status_code == 308:
        answer = web.get(urljoin(path, answer.headers["location"]))
    assert answer.status_code == 404


def test_health_tells_of_publications_alone(web: Web) -> None:
    told = web.get("/health").json()
    assert (told["status"], [one["id"] for one in told["publications"]], told["faults"]) == ("ok", ["one"], [])


def test_a_new_root_takes_the_place_of_the_old_one_and_a_broken_one_does_not(dist: Path) -> None:
    state = State(dist, quiet)
    put_root(dist, {**FILES, "index.html": HOME + b"new"})
    assert state.look()
    assert state.published.root is not None
    assert state.published.root.files["index.html"].content == HOME + b"new"
    (dist / ".root" / "index.html").write_bytes(b"spoilt")
    (dist / ".root" / MANIFEST).touch()
    state.look()
    assert state.published.root.files["index.html"].content == HOME + b"new"
    assert list(state.published.faults) == [".root"]


def rooted(dist: Path, gone: str, index: Mapping[str, object]) -> None:
    """Put the page of a publication that is gone in its place, with the index that says so."""
    page = {f"{gone}/index.html": b"<h1>gone</h1>", "index.json": json.dumps(index).encode()}
    stage = Stage(dist.parent / "root-staged")
    for path, content in {**FILES, **page}.items():
        stage.add(path, content)
    stage.add(MANIFEST, manifest(stage.artefacts, "root", ""))
    publish_root(stage.folder, dist, [gone])


@pytest.mark.parametrize(
    "index", [{"withdrawn": [{"id": "two"}], "moved": {}}, {"withdrawn": [], "moved": {"two": "one"}}]
)
def test_what_is_withdrawn_or_moved_while_it_is_served_is_served_no_longer(
    dist: Path, index: Mapping[str, object]
) -> None:
    publication(dist, "two", 1)
    web = client(dist)
    assert web.get("/two/catalog.ttl").status_code == 200
    rooted(dist, "two", index)
    assert web.service.state.look()
    told = web.get("/health").json()
    assert (told["status"], [one["id"] for one in told["publications"]], told["faults"]) == ("ok", ["one"], [])
    is_moved = bool(index["moved"])
    assert is_moved or web.get("/two/").content == b"<h1>gone</h1>"
    assert web.get("/api/v1/publications/two").status_code == (308 if is_moved else 404)
    (dist / "two").unlink()
    publication(dist, "two", 2)  # it comes back before the root says so
    web.service.state.look()
    assert web.get("/two/catalog.ttl").status_code == 200


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("/first", "/one/"),
        ("/first/", "/one/"),
        ("/first/commitments/C1.html?q=a&q=b", "/one/commitments/C1.html?q=a&q=b"),
        ("/first/commitments", "/one/commitments"),
        ("/first/commitments/commitments.csv", "/one/commitments/commitments.csv"),
        ("/first/a%20b/%C3%A9", "/one/a%20b/%C3%A9"),
        ("/api/v1/publications/first", "/api/v1/publications/one"),
        ("/api/v1/publications/first/datasets/c/rows?limit=2", "/api/v1/publications/one/datasets/c/rows?limit=2"),
    ],
)
def test_each_address_of_an_id_of_before_leads_to_the_same_of_today(dist: Path, before: str, now: str) -> None:
    rooted(dist, "first", {"publications": [], "withdrawn": [], "moved": {"first": "one"}})
    answer = client(dist).get(before)
    assert (answer.status_code, urljoin(before, answer.headers["location"])) == (308, now)


@pytest.mark.parametrize("moved", [None, [], 3, {"first": None}, {"first": "nowhere"}, {"one": "one"}])
def test_nobody_is_led_to_a_publication_that_is_not_served(dist: Path, moved: object) -> None:
    put_root(dist, {**FILES, "index.json": json.dumps({"moved": moved}).encode()})
    web = client(dist)
    assert web.get("/first/commitments").status_code == 404
    assert web.get("/one/index.html").status_code == 200


def test_what_stands_as_it_was_before_a_failed_build_is_told_to_who_watches(dist: Path) -> None:
    publication(dist, "two", 1)
    told = [{"id": "one", "stale": True}, {"id": "two", "stale": False}, {"stale": True}, 3]
    put_root(dist, {**FILES, "index.json": json.dumps({"publications": told}).encode()})
    health = client(dist).get("/health").json()
    assert {one["id"]: one["stale"] for one in health["publications"]} == {"one": True, "two": False}


@pytest.mark.parametrize("index", [b"{", b"[]", b'{"withdrawn": 3}', b'{"withdrawn": [{}]}', b'{"moved": null}', b"{}"])
def test_what_no_index_says_is_gone_stays(dist: Path, index: bytes) -> None:
    publication(dist, "two", 1)
    state = State(dist, quiet)
    put_root(dist, {**FILES, "index.json": index})
    (dist / "two").unlink()
    state.look()
    assert list(state.published.publications) == ["one", "two"]
    assert list(state.published.faults) == ["two"]


@pytest.mark.parametrize("own", ["/ogp/", "/data/open/"])
def test_below_the_path_of_its_address_all_that_is_served_answers(dist: Path, own: str) -> None:
    publication(dist, "two", 1)
    put_root(dist, {**FILES, "index.json": json.dumps({"address": f"https://h.example{own}"}).encode()})
    web = client(dist)
    for path in (*FILES, "", "en/", "one/", "one/catalog.ttl", "health", "api/v1", "robots.txt"):
        answer = web.get(f"{own}{path}")
        assert (answer.status_code, answer.content) == (200, web.get(f"/{path}").content), path
    assert web.get(f"{own}two/linkset").json()["linkset"][0]["anchor"] == f"http://testserver{own}two/catalog"
    for path, leads in ((own[:-1], own), (f"{own}en", f"{own}en/"), (f"{own}two", f"{own}two/")):
        assert urljoin(path, web.get(path).headers["location"]) == leads
    for path in (f"{own}nothing", f"{own[:-1]}x/", f"{own}..%2Frobots.txt", f"{own}.root/index.html"):
        assert web.get(path).status_code == 404


def test_a_name_that_is_served_is_not_taken_for_the_path_of_the_address(dist: Path) -> None:
    publication(dist, "two", 1)
    put_root(dist, {**FILES, "index.json": b'{"address": "https://h.example/one/"}'})
    assert client(dist).get("/one/robots.txt").status_code == 404


def test_without_it_a_page_in_the_language_of_the_reader_leads_to_each_publication(tmp_path: Path) -> None:
    for name in ("one", "two"):
        publication(tmp_path, name, 1)
    web = client(tmp_path)
    for language, title in (("nl", "Publicaties"), ("fr", "Publications"), ("de", "Publications")):
        page = web.get("/", headers={"Accept-Language": language})
        assert f"<h1>{title}</h1>" in page.text
        assert page.headers["content-language"] == (language if language != "de" else "en")
        assert 'href="one/"' in page.text
        assert 'href="two/"' in page.text
        assert "sha256-" in page.headers["content-security-policy"]
    assert web.get("/robots.txt").status_code == 404
