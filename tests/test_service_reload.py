"""A new build while the service runs, and folders that are missing, broken or half there."""

from __future__ import annotations

import json
import shutil
import threading
import time
from pathlib import Path

import httpx
import pytest

from made_publication import publication
from ogp_data.service.snapshot import BrokenError, load
from service_help import Web, client, running, service


def wait_for(url: str, build: str) -> None:
    """Wait until a build is served; the service looks each second."""
    for _ in range(100):
        if any(each["build"] == build for each in httpx.get(f"{url}health").json()["publications"]):
            return
        time.sleep(0.1)
    raise AssertionError(f"the build {build} is not served")


def build_of(dist: Path, name: str = "large") -> str:
    return load(dist, name).build


def test_no_request_fails_while_builds_replace_each_other(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    publication(dist, "large", 20)
    sizes = {build_of(dist): len((dist / "large/catalog.nt").read_bytes())}
    stop, seen, faults = threading.Event(), set(), []

    def ask(url: str) -> None:
        with httpx.Client() as asking:
            while not stop.is_set():
                try:
                    answer = asking.get(f"{url}large/catalog.nt", headers={"Accept-Encoding": "identity"})
                    seen.add((answer.status_code, len(answer.content)))
                except httpx.HTTPError as reason:
                    faults.append(repr(reason))

    with running(dist, tmp_path) as runs:
        threads = [threading.Thread(target=ask, args=(runs.url,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for count in (30, 10, 25):
            publication(dist, "large", count)
            build = build_of(dist)
            sizes[build] = len((dist / "large/catalog.nt").read_bytes())
            wait_for(runs.url, build)
        stop.set()
        for thread in threads:
            thread.join()
    assert faults == []
    assert seen == {(200, size) for size in sizes.values()}


def test_sparql_answers_from_the_new_build_without_a_failed_query(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    publication(dist, "large", 20)
    query = "SELECT (COUNT(*) AS ?n) { ?d a <http://www.w3.org/ns/dcat#Dataset> }"

    def count(url: str) -> int:
        answer = httpx.get(f"{url}sparql", params={"query": query}, headers={"Accept": "text/csv"})
        assert answer.status_code == 200, answer.text
        return int(answer.text.split()[1])

    with running(dist, tmp_path) as runs:
        before = count(runs.url)
        publication(dist, "large", 30)
        wait_for(runs.url, build_of(dist))
        for _ in range(100):
            if (now := count(runs.url)) != before:
                break
            time.sleep(0.1)
    assert (before, now) == (20, 30)


def test_a_request_under_way_keeps_the_build_that_it_began_with(tmp_path: Path) -> None:
    publication(tmp_path, "large", 3)
    runs = service(tmp_path)
    before = runs.state.published.publications["large"]
    publication(tmp_path, "large", 2)
    assert runs.state.look()
    assert not (tmp_path / ".large" / before.build).exists()
    after = runs.state.published.publications["large"]
    assert after.build != before.build
    assert len(before.files["catalog.nt"].content) > len(after.files["catalog.nt"].content)


def test_nothing_is_read_again_when_nothing_changed(tmp_path: Path) -> None:
    publication(tmp_path, "large", 2)
    runs = service(tmp_path)
    before = runs.state.published
    assert not runs.state.look()
    publication(tmp_path, "large", 2)
    assert not runs.state.look()
    assert runs.state.published is before


def spoil(dist: Path, how: str) -> None:
    """Spoil the build that stands there, as a disk or a half copy would."""
    folder = (dist / "large").resolve()
    if how == "no manifest":
        (folder / "manifest.json").unlink()
    elif how == "no json":
        (folder / "manifest.json").write_text("{")
    elif how == "other publication":
        text = (folder / "manifest.json").read_text().replace('"large"', '"other"')
        (folder / "manifest.json").write_text(text)
    elif how == "file missing":
        (folder / "catalog.rdf").unlink()
        (folder / "manifest.json").touch()
    elif how == "file changed":
        (folder / "catalog.rdf").write_text("changed")
        (folder / "manifest.json").write_bytes((folder / "manifest.json").read_bytes() + b"\n")
    elif how == "path leads out":
        listed = json.loads((folder / "manifest.json").read_text())
        listed["files"][0]["path"] = "../../../etc/passwd"
        (folder / "manifest.json").write_text(json.dumps(listed))
    elif how == "link leads nowhere":
        shutil.rmtree(folder)
    elif how == "gone":
        (dist / "large").unlink()
    elif how == "dist gone":
        shutil.rmtree(dist)


HOW = (
    "no manifest", "no json", "other publication", "file missing", "file changed", "path leads out",
    "link leads nowhere", "gone", "dist gone",
)  # fmt: skip


@pytest.mark.parametrize("how", HOW)
def test_a_build_that_is_broken_never_takes_the_place_of_a_whole_one(tmp_path: Path, how: str) -> None:
    dist = tmp_path / "dist"
    publication(dist, "large", 2)
    runs = service(dist)
    whole = runs.state.published.publications["large"]
    spoil(dist, how)
    runs.state.look()
    assert runs.state.published.publications["large"] is whole
    told = Web(runs).get("/health")
    assert told.status_code == 200
    assert told.json()["status"] == "degraded"
    assert told.json()["faults"][0]["detail"]
    publication(dist, "large", 3)  # a good build fixes it
    for _ in range(5):
        runs.state.look()
    assert Web(runs).get("/health").json()["status"] == "ok"
    assert runs.state.published.publications["large"].build == build_of(dist)


@pytest.mark.parametrize("how", HOW[:-2])
def test_a_service_that_begins_with_a_broken_build_says_so_and_takes_the_next_one(tmp_path: Path, how: str) -> None:
    dist = tmp_path / "dist"
    publication(dist, "large", 2)
    spoil(dist, how)
    web = client(dist)
    told = web.get("/health")
    assert (told.status_code, told.json()["status"]) == (503, "unavailable")
    assert told.json()["faults"][0]["publication"] == "large"
    for path in ("/", "/large/catalog.ttl", "/api/v1"):
        answer = web.get(path)
        assert answer.status_code == 503
        assert answer.headers["retry-after"]
    publication(dist, "large", 2)
    for _ in range(5):
        web.service.state.look()
    assert web.get("/health").status_code == 200
    assert web.get("/large/catalog.ttl").status_code == 200


def test_an_empty_folder_waits_for_a_first_build(tmp_path: Path) -> None:
    web = client(tmp_path)
    assert web.get("/health").status_code == 503
    publication(tmp_path, "large", 1)
    web.service.state.look()
    assert web.get("/large/catalog.ttl").status_code == 200


def test_a_half_copy_is_taken_when_it_is_whole(tmp_path: Path) -> None:
    source, dist = tmp_path / "source", tmp_path / "dist"
    publication(source, "large", 2)
    shutil.copytree((source / "large").resolve(), dist / "large")
    content = (dist / "large/catalog.rdf").read_bytes()
    (dist / "large/catalog.rdf").write_bytes(content[:100])
    web = client(dist)
    assert "catalog.rdf" in web.get("/health").json()["faults"][0]["detail"]
    (dist / "large/catalog.rdf").write_bytes(content)
    for _ in range(5):
        web.service.state.look()
    assert web.get("/catalog.rdf").content == content


def test_a_second_publication_comes_while_serving_and_the_root_tells_of_both(tmp_path: Path) -> None:
    publication(tmp_path, "large", 1)
    web = client(tmp_path)
    assert web.get("/catalog.ttl").status_code == 200
    publication(tmp_path, "other", 1)
    web.service.state.look()
    assert web.get("/catalog.ttl").status_code == 404
    overview = web.get("/")
    assert b'<a href="large/">' in overview.content
    assert b'<a href="other/">' in overview.content
    assert web.get("/other/catalog.ttl").status_code == 200
    assert [each["id"] for each in web.get("/api/v1/publications").json()["publications"]] == ["large", "other"]


@pytest.mark.parametrize("name", ["api", "health", "sparql"])
def test_a_publication_cannot_have_the_name_of_a_part_of_the_service(tmp_path: Path, name: str) -> None:
    publication(tmp_path, name, 1)
    with pytest.raises(BrokenError, match="is the service's own"):
        load(tmp_path, name)


def test_folders_that_are_no_publication_are_left_alone(tmp_path: Path) -> None:
    publication(tmp_path, "large", 1)
    (tmp_path / "README.txt").write_text("hello")
    (tmp_path / ".hidden").mkdir()
    web = client(tmp_path)
    assert web.get("/health").json()["status"] == "ok"
    assert web.get("/README.txt").status_code == 404
