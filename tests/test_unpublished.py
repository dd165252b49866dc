"""A source document that is not published: neither it nor its text stands anywhere, and all else is sound."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import PROV

from conftest import Workspace, tiny_data
from made_documents import DATASETS, laid_down, to_pdf
from ogp_data.core.findings import errors
from ogp_data.core.vocab import OGP
from ogp_data.pipeline import Outcome

ADDRESS = "https://plans.example/plan.pdf"
RUNNING = "Ministry of Archives"
"""The running header of the made PDF, which is in no table."""


def made(folder: Path, url: str, publish: bool) -> Outcome:
    """Return how a made PDF that is at an address, or nowhere, was published."""
    said = {"publish": publish} | ({"url": url} if url else {})
    return laid_down(folder, "pdf", to_pdf(), DATASETS, said).publish()


@pytest.fixture(scope="module", params=[ADDRESS, f"{ADDRESS}#nameddest=top", ""])
def outcome(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Outcome]:
    found = made(tmp_path_factory.mktemp("unpublished"), request.param, publish=False)
    assert found.published, [str(one) for one in found.report.findings]
    assert not errors(found.report.findings)
    return request.param, found


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file with what it holds, and what the archives among them hold."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield from _opened(path.relative_to(folder).as_posix(), path.read_bytes())


def _opened(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.namelist():
                yield from _opened(f"{name}!{part}", archive.read(part))


def test_neither_the_file_nor_its_text_is_published(outcome: tuple[str, Outcome]) -> None:
    """A list of the places of a document is no text of it; what the tables hold is published as ever."""
    found = dict(contents(outcome[1].folder))
    assert not [name for name in found if PurePosixPath(name.rpartition("!")[2]).parts[:1] == ("source",)]
    assert not [name for name, content in found.items() if RUNNING.encode() in content]
    assert not [name for name, content in found.items() if b"source/document.pdf" in content]
    assert [name for name, content in found.items() if b"Stream the council" in content]
    with sqlite3.connect(next(outcome[1].folder.glob("*.sqlite"))) as database:
        assert {text for (text,) in database.execute("SELECT text FROM source")} == {None}


def test_the_text_of_a_published_document_is_found_where_this_looks_for_it(tmp_path: Path) -> None:
    found = dict(contents(made(tmp_path, ADDRESS, publish=True).folder))
    assert {"source/document.pdf", "source/index.html"} <= found.keys()
    assert [name for name, content in found.items() if RUNNING.encode() in content]


def test_places_lead_to_the_document_elsewhere_or_are_text(outcome: tuple[str, Outcome]) -> None:
    url, published = outcome
    graph = Graph().parse(published.folder / "progress" / "progress.prov.ttl")
    rows = {str(row): row for row in graph.subjects(PROV.wasDerivedFrom) if "progress#" in str(row)}
    assert len(rows) == 3
    for row in rows.values():
        derived = [str(place) for place in graph.objects(row, PROV.wasDerivedFrom)]
        said = [str(place) for place in graph.objects(row, URIRef(f"{OGP}sourcePlace"))]
        if url:
            assert all(place.startswith(f"{ADDRESS}#page=") for place in derived)
            assert said == []
        else:
            assert [place.rpartition("/")[2] for place in derived] == ["catalog#source"]
            assert said in (["p1"], ["p2"])
    page = (published.folder / "en" / "progress" / "index.html").read_text(encoding="utf-8")
    assert (f'<a href="{ADDRESS}#page=1" rel="external">p1</a>' in page) == bool(url)
    assert "p1" in page


class _Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src") and value is not None]


def test_no_link_of_a_page_is_dead(outcome: tuple[str, Outcome]) -> None:
    folder, checked = outcome[1].folder, 0
    for page in folder.rglob("*.html"):
        here = page.relative_to(folder).as_posix()
        for link in _Links(page.read_text(encoding="utf-8")).found:
            assert link, here
            if urlsplit(link).scheme:
                continue
            # The page for what is not there is shown at any depth: it names others by the path of the whole site.
            path = unquote(urlsplit(urljoin(f"/{folder.name}/{here}", link)).path)
            target = folder / path.removeprefix(f"/{folder.name}/")
            assert (target / "index.html" if target.is_dir() else target).is_file(), (here, link)
            checked += 1
    assert checked > 100


def test_what_nobody_said_is_not_published_and_told(tiny_workspace: Workspace) -> None:
    """Of a converted text, places lead to the document without the lines, which are those of the conversion."""
    tiny_workspace.edit("tiny/publication.toml", "publish = true\n", "")
    told = tiny_workspace.publish()
    assert not (told.folder / "source").exists()
    assert [(found.severity, found.place.key) for found in told.report.findings if found.rule == "unsaid-publish"] == [
        ("warning", "source.publish")
    ]
    page = (told.folder / "en" / "commitments" / "index.html").read_text(encoding="utf-8")
    assert '<a href="https://voorbeeld.example/evaluatie" rel="external">L12</a>' in page
    assert "#line=" not in (told.folder / "commitments" / "commitments.prov.ttl").read_text(encoding="utf-8")


@pytest.mark.parametrize("said", ["true", "false"])
def test_what_is_said_is_not_asked_again(said: str, tmp_path: Path) -> None:
    tiny_data(tmp_path)
    workspace = Workspace(tmp_path, "tiny", "tiny/source/evaluatie.txt")
    workspace.edit("tiny/publication.toml", "publish = true\n", f"publish = {said}\n")
    assert "unsaid-publish" not in {found.rule for found in workspace.publish(write_dist=False).report.findings}
