"""The theme of site.toml is put on every page that the service makes itself, and on those of the vocabulary."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from made_publication import publication
from ogp_data import beside
from ogp_data.core import theme
from ogp_data.core.frame import PARTS
from ogp_data.core.stage import THEME
from ogp_data.core.theme import Theme
from ogp_data.pipeline import Folders
from ogp_data.service.server import create
from service_help import NO_LIMIT, Web, quiet, serving
from test_service_root import put_root

RED = ":root {\n--utrecht-link-color: #a00;\n}\n"
PAGES = (
    "/sparql",
    "/sparql?query=SELECT",
    "/sparql?query=SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20LIMIT%201",
    "/validate",
    "/api/v1",
    "/api/v1/publications?f=html",
    "/api/v1/publications/nl-2020-2022/datasets/themes/rows",
    "/api/v1/publications/nl-2020-2022/datasets/themes/rows?nothing=1",
    "/nothing",
    "/nl-2020-2022/nothing.html",
    "/%ff",
)


def web(dist: Path) -> Web:
    return Web(create(dist, quiet, NO_LIMIT, profiles=("dcat-ap-nl",)))


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    publication(tmp_path / "dist", "one", 1)
    return tmp_path / "dist"


@pytest.fixture(scope="module")
def themed(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    dist = tmp_path_factory.mktemp("themed") / "dist"
    shutil.copytree(published.parent, dist, symlinks=True)
    put_root(dist, {"index.html": b"<!doctype html>", THEME: RED.encode()})
    service = web(dist).service
    with serving(service, NO_LIMIT) as port, httpx.Client(base_url=f"http://127.0.0.1:{port}") as asking:
        yield asking


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_the_service_has_the_theme(themed: httpx.Client, path: str) -> None:
    answer = themed.get(path, headers={"Accept": "text/html"})
    assert answer.headers["content-type"].startswith("text/html")
    assert "--utrecht-link-color: #a00" in answer.text
    assert "prefers-color-scheme" not in answer.text, "a theme without dark colours is light for everybody"


def test_the_first_page_is_neutral_where_nothing_is_over_all(dist: Path) -> None:
    publication(dist, "two", 1)
    text = web(dist).get("/", headers={"Accept": "text/html"}).text
    assert Theme().sheet((*PARTS, "service")) in text


def test_a_theme_that_changes_is_put_on_without_a_new_start(dist: Path) -> None:
    put_root(dist, {THEME: RED.encode()})
    asked = web(dist)
    put_root(dist, {THEME: RED.replace("#a00", "#0a0").encode()})
    assert asked.service.state.look()
    text = asked.get("/nothing", headers={"Accept": "text/html"}).text
    assert ("#a00" in text, "#0a0" in text) == (False, True)


@pytest.mark.parametrize("name", theme.shipped())
@pytest.mark.parametrize("parts", [PARTS, (*PARTS, "service"), (*PARTS, "dictionary", "vocabulary")])
def test_the_tokens_that_are_handed_over_are_the_theme(name: str, parts: tuple[str, ...]) -> None:
    made = theme.of_name(name)
    assert theme.read(made.tokens).sheet(parts) == made.sheet(parts)


def test_a_large_theme_hands_over_what_some_page_uses() -> None:
    many = "".join(f"--utrecht-unused-{number}: red;\n" for number in range(3000))
    made = theme.read(f".a-theme {{\n{many}--own: #123;\n--utrecht-link-color: var(--own);\n}}")
    assert made.tokens == ":root {\n--own: #123;\n--utrecht-link-color: var(--own);\n}\n"


def test_the_pages_of_the_vocabulary_have_the_theme(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "site.toml").write_text('theme = "red.css"\n', encoding="utf-8")
    (tmp_path / "data" / "red.css").write_text(RED, encoding="utf-8")
    outcome = beside.publish_vocabulary(Folders(tmp_path / "data", tmp_path / "build", tmp_path / "dist"))
    assert outcome.published
    sheet = (outcome.folder / "site.css").read_text(encoding="utf-8")
    assert sheet.endswith(":root {\ncolor-scheme: light;\n--utrecht-link-color: #a00;\n}\n")
