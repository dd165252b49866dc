"""Made publications and the Dutch one, published together: every way from the pages over all leads somewhere."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from conftest import NAME, ROOT
from long_form import long_form
from made_editions import CONTINUATIONS, FINAL, MIDTERM, NEXT, Editions, write
from ogp_data import beside
from ogp_data.pipeline import Folders, Outcome
from search_node import ask
from test_editions import SAID, kept_lines, publish

COUNTRIES, FRENCH = ROOT / "tests" / "countries" / "data", "pays-z-2022-2024"


class Page(HTMLParser):
    """The ids and links of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.text = path.read_text(encoding="utf-8")
        self.feed(self.text)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.ids.add(said.get("id", ""))
        self.links |= {said[name] for name in ("href", "src") if name in said}


page = cache(Page)


def root(made: Editions) -> Outcome:
    return beside.publish_root(Folders(made.data, made.folder / "build", made.dist), beside.Run())


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of five publications: three editions of one country, a French one, and the Dutch one."""
    made = write(tmp_path_factory.mktemp("together"))
    agents = [(folder / "agents.toml").read_text(encoding="utf-8") for folder in (COUNTRIES, ROOT / "data")]
    (made.data / "agents.toml").write_text("\n".join(agents), encoding="utf-8")
    shutil.copytree(COUNTRIES / FRENCH, made.data / FRENCH)
    shutil.copytree(ROOT / "data" / NAME, made.data / NAME)
    own = 'page_languages = ["nl", "en"]\nprofile = "dcat-ap-nl"\n'
    made.declaration(NAME).write_text(own + long_form(ROOT / "data", NAME), encoding="utf-8")
    publish(made, MIDTERM)
    made.add(FINAL, f"{kept_lines(made, MIDTERM, FINAL)}same_numbers = true\n")
    publish(made, FINAL)
    made.add(NEXT, f"{CONTINUATIONS}{kept_lines(made, FINAL, NEXT)}{SAID}")
    for name in (NEXT, FRENCH, NAME):
        publish(made, name)
    assert root(made).published
    assert not root(made).changed, "nothing is new, so nothing is to be written"
    return made.dist


def pages(dist: Path) -> Iterator[Path]:
    """Yield the pages over all publications."""
    top = dist / ".root"
    yield from (
        path for path in sorted(top.resolve().rglob("*.html")) if "all" not in path.relative_to(top.resolve()).parts
    )


def test_every_link_of_the_pages_over_all_leads_to_a_file_and_a_place_in_it(dist: Path) -> None:
    top, followed = (dist / ".root").resolve(), 0
    for path in pages(dist):
        for link in page(path).links:
            parts = urlsplit(link)
            if parts.scheme or path.name == "404.html":
                continue
            here = posixpath.join(path.parent.relative_to(top).as_posix(), unquote(parts.path))
            target = dist / posixpath.normpath(here) if parts.path else path
            assert target.exists(), (path, link)
            if parts.fragment:
                assert unquote(parts.fragment) in page(target).ids, (path, link)
            followed += 1
    assert followed > 150


def entries(dist: Path) -> Iterator[tuple[str, str]]:
    """Yield the publication and page of each entry of the search, read as the text that the files hold."""
    index = data(dist / "search" / "index.js")
    for number in range(len(index["shown"])):
        for at, _kind, where, *_ in data(dist / "search" / f"e{number}.js"):
            yield index["publications"][at]["id"], where


def data(path: Path) -> Any:
    """Return what a file of the search sets."""
    return json.loads(path.read_text(encoding="utf-8").partition(" = ")[2].removesuffix(";\n"))


def test_everything_that_can_be_found_is_at_its_place(dist: Path) -> None:
    found = list(entries(dist))
    assert {name for name, _ in found} == {MIDTERM, FINAL, NEXT, FRENCH, NAME}
    assert len(found) > 70
    for name, where in found:
        path, _, place = where.partition("#")
        target = dist / name / path
        assert target.is_file(), (name, where)
        assert not place or unquote(place) in page(target).ids, (name, where)


def test_a_search_finds_what_is_said_in_each_language(dist: Path) -> None:
    where = list(entries(dist))
    sought = {"lobbyists": MIDTERM, "algoritmes": "", "ELECTORAL": NAME, "deliberations": FRENCH, "timetable": FINAL}
    for (word, name), (answer, _) in zip(sought.items(), ask(dist, "find", sought), strict=True):
        assert (name in {where[at][0] for at in answer["list"]}) if name else answer["list"] == [], word


def test_each_scale_has_a_table_of_its_own(dist: Path) -> None:
    text = page(dist / "en" / "compare.html").text
    assert re.findall(r'id="scale-\d">(?:<bdi[^>]*>)?([^<]+)', text) == [
        "Progress of a commitment, in colours",
        "Statement on the progress of a commitment",
    ]


def test_a_country_tells_what_became_of_the_commitments_of_each_edition(dist: Path) -> None:
    text = page(dist / "en" / "countries" / "country-q.html").text
    assert text.count("<table") == 2
    assert "Map of all public land" in text


MISSING = "it has no {file}, which says what it is"
CHANGED = "its {file} was changed or damaged after it was published"


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def of_another_form(path: Path) -> None:
    """Give a publication the publication.json, and the manifest, of a program to come."""
    text = path.read_text(encoding="utf-8")
    said = json.dumps({**json.loads(text), "form": 99}).encode()
    path.write_bytes(said)
    old, new = (hashlib.sha256(one).hexdigest() for one in (text.encode(), said))
    manifest = path.with_name("manifest.json")
    manifest.write_text(manifest.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "spoil", "why"),
    [
        ("publication.json", Path.unlink, MISSING),
        ("publication.json", cut, CHANGED),
        ("publication.json", of_another_form, "its {file} is of another version of the program"),
        ("manifest.json", Path.unlink, MISSING),
        ("manifest.json", cut, "its {file} is damaged"),
        ("assessments/assessments.csv", Path.unlink, "its {file} is missing"),
        ("assessments/assessments.csv", cut, CHANGED),
        ("assessments/assessments.ttl", cut, CHANGED),
    ],
)
def test_a_damaged_publication_is_left_out_and_the_others_are_there(
    dist: Path, tmp_path: Path, file: str, spoil: Callable[[Path], object], why: str
) -> None:
    shutil.copytree(dist, tmp_path / "dist", symlinks=True)
    spoil(tmp_path / "dist" / FRENCH / file)
    folders = Folders(dist.parent / "data", tmp_path / "build", tmp_path / "dist")
    ended = beside.publish_root(folders, beside.Run())
    assert ended.published
    assert [one.message for one in ended.report.findings if one.rule == "unlisted-publication"] == [
        f"{FRENCH} cannot be among all publications: {why.format(file=file)}."
    ]
    links = page(tmp_path / "dist" / "index.html").links
    assert f"{NAME}/index.html" in links
    assert not [link for link in links if link.startswith(FRENCH)]
