"""What is shipped to host a site: nginx runs with its configuration, commands are ones that the program takes."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import httpx
import pytest
import yaml

from conftest import ROOT
from nginx import NGINX, nginx
from ogp_data.cli.parser import make_parser
from ogp_data.core.stage import MANIFEST, MEDIA_TYPES
from service_help import client, running
from test_service_root import put_root

DEPLOY = ROOT / "deploy"
CONFIGURATION = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
ID = "nl-2020-2022"


ROOT_FILES = {
    "index.html": b"<!doctype html><title>root</title>",
    ".well-known/security.txt": b"Contact: mailto:a@example.org\n",
    "index.json": json.dumps({"moved": {"before": ID}}).encode(),
    "before/index.html": b"<!doctype html><title>moved</title>",
    "before/moved.json": b"{}",
}
"""What stands over the publication, which had another id before."""


def compose() -> Any:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


def shipped(dist: Path, service: int, port: int) -> str:
    """Return the configuration that is shipped, on loopback, over a folder and before a service."""
    changes = {
        "listen 8080;": f"listen 127.0.0.1:{port};",
        "root /srv/ogp/dist;": f"root {dist};",
        "http://service:8000": f"http://127.0.0.1:{service}",
    }
    made = CONFIGURATION
    for said, here in changes.items():
        assert said in made
        made = made.replace(said, here)
    return made


@pytest.fixture(scope="module")
def site(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Yield a client of nginx before the service, with an earlier version and a replaced build among the files."""
    if NGINX is None:
        pytest.skip("nginx is not installed")
    folder, dist = tmp_path_factory.mktemp("nginx"), tmp_path_factory.mktemp("hosted") / "dist"
    shutil.copytree(published, dist / ".editions" / "1", symlinks=False)
    (dist / ID).symlink_to(".editions/1")
    earlier = dist / ".editions" / "1" / "v" / "0.9.0" / "themes"
    earlier.mkdir(parents=True)
    (earlier / "themes.csv").write_text("theme_number\n1\n", encoding="utf-8")
    put_root(dist, ROOT_FILES)
    with (
        running(dist, folder, "--trust-proxy", "127.0.0.1") as service,
        nginx(folder, lambda port: shipped(dist, service.port, port)) as address,
        httpx.Client(base_url=address) as client,
    ):
        yield client


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        (f"/{ID}/", "text/html; charset=utf-8"),
        (f"/{ID}/themes/", "text/html; charset=utf-8"),
        (f"/{ID}/themes/themes.csv", "text/csv; charset=utf-8"),
        (f"/{ID}/themes/themes.ttl", "text/turtle; charset=utf-8"),
        (f"/{ID}/themes/themes.parquet", "application/vnd.apache.parquet"),
        (f"/{ID}/{ID}.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("/.well-known/security.txt", "text/plain; charset=utf-8"),
    ],
)
def test_files_are_given_with_their_type_and_may_be_kept_until_asked(site: httpx.Client, path: str, kind: str) -> None:
    answer = site.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    assert answer.headers.get_list("cache-control") == ["no-cache"]
    assert answer.headers["access-control-allow-origin"] == "*"
    again = site.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_every_kind_of_file_is_given_as_the_service_gives_it(site: httpx.Client, published: Path) -> None:
    """Same type, same bytes, and asked for anew with what was kept: else an old page stands beside a new table."""
    listed = json.loads((published / MANIFEST).read_bytes())["files"]
    first = {PurePosixPath(one["path"]).suffix: one["path"] for one in reversed(listed)}
    assert len(first) > 15
    direct = client(published.parent)
    for path in first.values():
        given, own = site.get(f"/{ID}/{path}"), direct.get(f"/{ID}/{path}")
        assert given.status_code == own.status_code == 200, path
        assert given.content == own.content == (published / path).read_bytes(), path
        for field in ("content-type", "cache-control", "access-control-allow-origin", "x-content-type-options"):
            assert given.headers.get_list(field) == own.headers.get_list(field), (path, field)
        for asked, answer in ((site, given), (direct, own)):
            kept = {"If-None-Match": answer.headers["etag"], "Accept-Encoding": "gzip, deflate"}
            again = asked.get(f"/{ID}/{path}", headers=kept)
            assert (again.status_code, again.content) == (304, b""), path


@pytest.mark.parametrize("path", ["", "index.html", "themes/themes.csv", "themes/1.html?q=a", "nothing/of/that"])
def test_each_address_of_an_id_of_before_leads_to_the_same_of_today(site: httpx.Client, path: str) -> None:
    answer = site.get(f"/before/{path}")
    assert answer.status_code == 308
    assert answer.url.join(answer.headers["location"]).raw_path.decode() == f"/{ID}/{path}"


def test_an_earlier_version_is_kept_for_good(site: httpx.Client) -> None:
    answer = site.get(f"/{ID}/v/0.9.0/themes/themes.csv")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_text_is_packed_for_who_takes_it(site: httpx.Client) -> None:
    answer = site.get(f"/{ID}/commitments/commitments.csv")
    assert (answer.headers["content-encoding"], answer.headers["vary"]) == ("gzip", "Accept-Encoding")


@pytest.mark.parametrize("path", ["/.editions/1/catalog.ttl", "/.editions/", f"/{ID}/.hidden/x.csv"])
def test_builds_that_were_replaced_are_not_given(site: httpx.Client, path: str) -> None:
    assert site.get(path).status_code == 404


@pytest.mark.parametrize("kind", ["text/turtle", "application/ld+json", "text/csv"])
def test_a_name_is_given_in_the_form_that_is_asked_for(site: httpx.Client, kind: str) -> None:
    answer = site.get(f"/{ID}/commitments", headers={"Accept": kind}, follow_redirects=True)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)


def test_what_is_no_file_the_service_answers(site: httpx.Client) -> None:
    assert site.get("/health").status_code == 200
    assert site.get("/api/v1").status_code == 200
    asked: dict[str, Any] = {
        "data": {"query": "ASK { ?s ?p ?o }"},
        "headers": {"Accept": "application/sparql-results+json"},
    }
    assert site.post("/sparql", **asked).json()["boolean"] is True
    missing = site.get(f"/{ID}/nothing.html")
    assert missing.status_code == 404
    assert len(missing.headers.get_list("cache-control")) <= 1


@pytest.mark.parametrize("form", ["ttl", "rdf", "jsonld", "nt"])
def test_harvesters_get_pages_and_come_to_an_end(site: httpx.Client, form: str) -> None:
    at = f"/{ID}/catalog.{form}"
    first = site.get(at, params={"page": "1"})
    assert (first.status_code, 'rel="last"' in first.headers["link"]) == (200, True)
    assert first.content != site.get(at).content
    assert site.get(at, params={"page": "99"}).status_code == 404
    for query in ("x=1&page=99", "page=99&x=1", "page=0", "page", "page=", "modified_since=soon", "%70age=99"):
        assert site.get(f"{at}?{query}").status_code in (400, 404), query
    later = site.get(at, params={"modified_since": "2099-01-01"})
    assert (later.status_code, len(later.content) < len(first.content)) == (200, True)


@pytest.mark.parametrize("query", ["utm_source=a", "homepage=1", "xpage=1&not_modified_since=3"])
@pytest.mark.parametrize("path", ["catalog.ttl", "catalog.rdf", "themes/themes.csv", ""])
def test_any_other_query_on_a_file_gives_the_file(site: httpx.Client, path: str, query: str) -> None:
    assert site.get(f"/{ID}/{path}?{query}").content == site.get(f"/{ID}/{path}").content


def test_nginx_knows_each_type_that_is_written() -> None:
    (block,) = re.findall(r"\n    types \{(.*?)\}", CONFIGURATION, re.DOTALL)
    known = {f".{suffix}": kind for kind, suffix in re.findall(r"(\S+)\s+(\w+);", block)}
    assert known == MEDIA_TYPES


# The containers -------------------------------------------------------------------------------------------


def test_each_image_is_built_here_or_named_by_version() -> None:
    images = {name: one["image"] for name, one in compose()["services"].items()}
    assert images["publish"] == images["service"] == "ogp-data"
    assert re.fullmatch(r"docker\.io/library/nginx:\d+\.\d+-\w+", images["web"])
    build = compose()["services"]["service"]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).is_file()


def test_each_command_of_a_container_is_one_that_the_program_takes() -> None:
    services = compose()["services"]
    publish = make_parser().parse_args(services["publish"]["command"])
    assert (str(publish.data), str(publish.dist)) == ("/srv/ogp/data", "/srv/ogp/dist")
    (entry,) = re.findall(r"^ENTRYPOINT (\[.*\])$", (DEPLOY / "Containerfile").read_text(encoding="utf-8"), re.M)
    serve = make_parser().parse_args([*yaml.safe_load(entry)[1:], *services["service"]["command"]])
    assert serve.command == "serve"
    (subnet,) = (one["subnet"] for one in compose()["networks"]["inside"]["ipam"]["config"])
    assert services["service"]["command"] == ["--trust-proxy", subnet]


def test_containers_change_nothing_but_what_is_published() -> None:
    for name, one in compose()["services"].items():
        assert one["read_only"] is True
        assert one["cap_drop"] == ["ALL"]
        writable = [volume for volume in one["volumes"] if not volume.endswith(":ro")]
        assert writable == (["../dist:/srv/ogp/dist"] if name == "publish" else [])
        for volume in one["volumes"]:
            source = (DEPLOY / volume.partition(":")[0]).resolve()
            assert source in (ROOT / "data", ROOT / "dist", DEPLOY / "nginx.conf")
    assert compose()["services"]["web"]["ports"] == ["127.0.0.1:8080:8080"]


# Static pages ---------------------------------------------------------------------------------------------


def steps() -> list[dict[str, Any]]:
    workflow = yaml.safe_load((ROOT / "docs" / "workflows" / "pages.yml").read_text(encoding="utf-8"))
    return list(workflow["jobs"]["publish"]["steps"])


def test_the_workflow_publishes_with_a_command_that_the_program_takes() -> None:
    (command,) = [step["run"] for step in steps() if step.get("name") == "Publish"]
    assert make_parser().parse_args(shlex.split(command)[1:]).command == "publish"


def test_the_workflow_and_the_page_lay_out_files_and_no_replaced_builds(published: Path, tmp_path: Path) -> None:
    (script,) = [step["run"] for step in steps() if step.get("name") == "Lay out"]
    page = (ROOT / "docs" / "how-to" / "host.md").read_text(encoding="utf-8")
    assert re.search("^    mkdir site\n(    .*\n)*", page, re.M)[0].replace("\n    ", "\n").strip() == script.strip()  # type: ignore[index]
    dist = tmp_path / "dist"
    shutil.copytree(published, dist / f".{ID}.editions" / "1")
    (dist / ID).symlink_to(f".{ID}.editions/1")
    (dist / ".well-known").mkdir()
    (dist / ".well-known" / "security.txt").write_text("x", encoding="utf-8")
    subprocess.run(["bash", "-euc", script], cwd=tmp_path, check=True)
    assert {path.name for path in (tmp_path / "site").iterdir()} == {ID, ".well-known"}
    assert not any(path.is_symlink() for path in (tmp_path / "site").rglob("*"))
    laid = (tmp_path / "site" / ID / "catalog.ttl").read_bytes()
    assert laid == (published / "catalog.ttl").read_bytes()
