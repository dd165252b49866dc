"""The query page as files: what it embeds and from where, its example queries, and a build without its engine."""

from __future__ import annotations

import base64
import csv
import hashlib
import html
import json
import re
import shutil
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Dataset, URIRef
from rdflib.compare import isomorphic

from conftest import NAME, ROOT, Workspace
from ogp_data import pipeline
from ogp_data.pipeline import Folders, Outcome
from ogp_data.site.assets import UnfitAssetsError, load

ASSETS = ROOT / "site-assets"
PACKAGE = ASSETS / "node_modules" / "oxigraph"


@pytest.fixture(scope="module")
def query(published: Path) -> Path:
    """Return the folder of the engine in a build that has one."""
    if not PACKAGE.is_dir():
        pytest.skip("the query engine is not installed: make site-assets")
    return published / "query"


def embedded(path: Path, name: str) -> dict[str, str]:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"window.{name} = ")
    found = json.loads(text[len(f"window.{name} = ") : -2])
    assert isinstance(found, dict)
    return found


def graphs(published: Path) -> dict[str, str]:
    """Return the text of the published graphs, read from their files."""
    base = f"https://example.org/ogp/{NAME}/"
    found = {f"{base}catalog": published / "catalog.nt"}
    for table in published.glob("*/*.csv"):
        name = table.parent.name
        found[f"{base}{name}"] = table.with_suffix(".ttl")
        found[f"{base}{name}/{name}.prov.ttl"] = table.with_suffix(".prov.ttl")
    found |= {f"{base}codelists/{path.name}": path for path in published.glob("codelists/*.ttl")}
    return {name: path.read_text(encoding="utf-8") for name, path in found.items() if path.is_file()}


def examples(page: Path) -> list[str]:
    found = re.findall(r'<pre lang="" translate="no">(.*?)</pre>', page.read_text(encoding="utf-8"), re.DOTALL)
    return [html.unescape(text) for text in found]


# What the page embeds ---------------------------------------------------------------------------------------


def test_the_engine_is_the_installed_package_and_the_manifest_names_it(published: Path, query: Path) -> None:
    engine = embedded(query / "engine.js", "ogpEngine")
    assert base64.b64decode(engine["wasm"]) == (PACKAGE / "web_bg.wasm").read_bytes()
    about = json.loads((PACKAGE / "package.json").read_bytes())
    (used,) = json.loads((published / "manifest.json").read_bytes())["inputs"]
    assert (used["name"], used["version"]) == ("oxigraph", about["version"])
    assert re.fullmatch(r"[0-9a-f]{64}", used["sha256"])
    licences = (query / "LICENCES.txt").read_text(encoding="utf-8")
    assert about["license"] in licences
    assert about["homepage"] in licences


def test_the_graphs_are_the_published_files(published: Path, query: Path) -> None:
    assert embedded(query / "graphs.js", "ogpGraphs") == graphs(published)


@pytest.mark.usefixtures("query")
def test_only_this_page_may_compile_and_start_a_worker(published: Path) -> None:
    for page in published.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert ("wasm-unsafe-eval" in text) == ("worker-src blob:" in text) == (page.name == "query.html")
        assert "unsafe-inline" not in text


def test_a_page_with_its_style_within_it_allows_no_other(published: Path) -> None:
    page = (published / "404.html").read_text(encoding="utf-8")
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}';" in html.unescape(page)
    assert 'rel="stylesheet"' not in page


# Example queries --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def store(published: Path) -> ox.Store:
    made = ox.Store()
    for name, text in graphs(published).items():
        made.load(text.encode(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(name))
    return made


@pytest.fixture(scope="module")
def oracle(published: Path) -> Dataset:
    made = Dataset(default_union=True)
    for name, text in graphs(published).items():
        made.graph(URIRef(name)).parse(data=text, format="turtle")
    return made


def test_both_languages_have_the_same_examples(published: Path) -> None:
    dutch, english = examples(published / "query.html"), examples(published / "en/query.html")
    assert [text.replace(') = "nl")', ') = "en")') for text in dutch] == english
    assert sum(') = "en")' in text for text in english) == 4
    assert len(examples(published / "query.html")) == 11


@pytest.mark.parametrize("number", range(11))
def test_an_example_gives_what_rdflib_gives(published: Path, store: ox.Store, oracle: Dataset, number: int) -> None:
    text = examples(published / "query.html")[number]
    found, expected = store.query(text, use_default_graph_as_union=True), oracle.query(text)
    if isinstance(found, ox.QueryBoolean):
        # The only question of this kind is for the colours that the conversion lost.
        assert (bool(found), expected.askAnswer) == (False, False)
    elif isinstance(found, ox.QueryTriples):
        triples = b"".join(f"{triple} .\n".encode() for triple in found)
        assert expected.graph is not None
        assert len(expected.graph) > 10
        assert isomorphic(type(expected.graph)().parse(data=triples, format="nt"), expected.graph)
    else:
        names = sorted(variable.value for variable in found.variables)
        rows = Counter(tuple(str(row[name].value) if row[name] else "" for name in names) for row in found)
        others = Counter(tuple(str(row[name]) if row[name] is not None else "" for name in names) for row in expected)
        assert rows == others
        assert rows


def test_examples_tell_what_the_tables_tell(published: Path, store: ox.Store) -> None:
    texts = [text for text in examples(published / "query.html") if "a ogp:Commitment" in text]
    with (published / "commitments/commitments.csv").open(encoding="utf-8-sig", newline="") as file:
        commitments = list(csv.DictReader(file))
    assert len(list(store.query(texts[0], use_default_graph_as_union=True))) == len(commitments) == 13
    by_theme = [int(row["commitments"].value) for row in store.query(texts[1], use_default_graph_as_union=True)]
    assert sum(by_theme) == 13


# Without, or with another engine ----------------------------------------------------------------------------


def build(workspace: Workspace, assets: Path) -> Outcome:
    folders = Folders(workspace.data, workspace.build, workspace.dist, assets)
    return pipeline.run(folders, NAME, "", "", lambda _: None)


def test_without_the_engine_the_site_is_whole_and_the_page_says_so(workspace: Workspace) -> None:
    outcome = build(workspace, workspace.folder / "none")
    assert outcome.published
    (found,) = (one for one in outcome.report.findings if one.rule == "missing-site-assets")
    assert "make site-assets" in found.hint
    # What helps to ask is for the service, which has an engine of its own.
    assert [path.name for path in (outcome.folder / "query").iterdir()] == ["help.json"]
    assert json.loads((outcome.folder / "manifest.json").read_bytes())["inputs"] == []
    for path, words in (("query.html", "in een eigen programma"), ("en/query.html", "in a program of your own")):
        text = (outcome.folder / path).read_text(encoding="utf-8")
        assert words in text
        assert 'data.html">' in text
        assert "textarea" not in text
        assert "<script src" not in text
        assert len(examples(outcome.folder / path)) == 11


@pytest.mark.usefixtures("query")
def test_a_package_of_another_form_is_told_and_not_taken_up(workspace: Workspace) -> None:
    assets = workspace.folder / "assets"
    shutil.copytree(PACKAGE, assets / "node_modules/oxigraph")
    script = assets / "node_modules/oxigraph/web.js"
    script.write_text('import { other } from "./other.js";\n' + script.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(UnfitAssetsError, match="another form"):
        load(assets)
    outcome = build(workspace, assets)
    assert outcome.published
    (found,) = (one for one in outcome.report.findings if one.rule == "missing-site-assets")
    assert "another form" in found.message
    (assets / "node_modules/oxigraph/package.json").write_text("{")
    with pytest.raises(UnfitAssetsError, match="cannot be read"):
        load(assets)
