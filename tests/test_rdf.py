"""What is written as RDF is read as the same triples by the two libraries at hand, of which one did not write it."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import Graph

from generate_declarations import NAME, Small, column, dataset, furniture, narrative
from ogp_data import pipeline
from ogp_data.core.names import Names
from ogp_data.core.rdf import from_ox, read, to_graph, write
from ogp_data.pipeline import Folders

NAMES = Names("https://data.voorbeeld.nl/plan/", "https://data.voorbeeld.nl/plan/", "https://data.voorbeeld.nl/ogp#")
PREFIXES = {"actions": f"{NAMES.base}actions#", "ogp": NAMES.ogp, "xsd": "http://www.w3.org/2001/XMLSchema#"}
RDFLIB = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}

Triples = set[tuple[rdflib.term.Node, ...]]


@pytest.fixture(autouse=True)
def as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let rdflib keep literals as they are written."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


def by_rdflib(content: bytes, suffix: str) -> Triples:
    return set(Graph().parse(data=content, format=RDFLIB[suffix]))


def by_pyoxigraph(content: bytes, suffix: str) -> Triples:
    return {from_ox(triple) for triple in read(content, suffix)}


def rows(keys: Iterable[str]) -> list[ox.Triple]:
    """Return triples that name a row for each key, and say the key."""
    property_ = ox.NamedNode(f"{NAMES.ogp}text")
    return [ox.Triple(ox.NamedNode(NAMES.row("actions", key)), property_, ox.Literal(key)) for key in keys]


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("C7", "actions:C7"),
        ("C7-a_b", "actions:C7-a_b"),
        ("A.", f"<{NAMES.base}actions#A.>"),
        ("C1.10", f"<{NAMES.base}actions#C1.10>"),
        ("7", f"<{NAMES.base}actions#7>"),
        ("-a", f"<{NAMES.base}actions#-a>"),
        ("a~", f"<{NAMES.base}actions#a~>"),
        ("a b", f"<{NAMES.base}actions#a%20b>"),
        ("é", f"<{NAMES.base}actions#%C3%A9>"),
    ],
)
def test_a_local_name_is_written_only_where_no_reader_can_mistake_it(key: str, name: str) -> None:
    written = write(rows([key]), "ttl", PREFIXES).decode()
    assert written.split("\n")[-2] == f'{name} ogp:text "{key}" .'


def test_what_looks_like_a_name_inside_a_text_or_an_address_stays() -> None:
    odd = ox.NamedNode("https://data.voorbeeld.nl/ogp#a.b")
    text = ox.Literal('actions:1. "actions:2\\" <actions:3> \n actions:A\\. .', datatype=odd)
    triples = [ox.Triple(ox.NamedNode("https://a.nl/actions:4."), odd, text)]
    assert read(write(triples, "ttl", PREFIXES), "ttl") == triples


ODD = "aZ09.-_~:;,/\\'\"!$&()*+=@#?% <>[]{}|^`\té§\u200b漢😀"


def odd_keys(dice: random.Random, count: int) -> list[str]:
    """Return different keys of one to eight characters that names may have to escape."""
    return sorted({"".join(dice.choices(ODD, k=dice.randint(1, 8))) for _ in range(count)})


@pytest.mark.parametrize("suffix", ["ttl", "nt", "rdf"])
def test_rows_of_any_key_are_read_back_by_both_libraries(suffix: str) -> None:
    triples = rows(odd_keys(random.Random(17), 400))
    content = write(triples, suffix, PREFIXES)
    expected = set(to_graph(triples))
    assert by_rdflib(content, suffix) == expected
    assert by_pyoxigraph(content, suffix) == expected


def test_what_rdflib_writes_is_read_by_pyoxigraph() -> None:
    graph = to_graph(rows(odd_keys(random.Random(18), 400)))
    for suffix in ("nt", "ttl", "rdf"):
        assert by_pyoxigraph(graph.serialize(format=RDFLIB[suffix], encoding="utf-8"), suffix) == set(graph)


# A whole publication ------------------------------------------------------------------------------------

MARKS = ("A.", "1", "b.c", "~", "é 1", "50%", "'x'", "C-7", "a/b", "(d)", "-", "x:y")
"""Keys that names must escape, in one way or another."""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("odd")
    text = "# Plan\n\n## Actions\n\n" + "".join(f"### {mark}: Action\n\nText of {mark}\n\n" for mark in MARKS)
    key = column("mark", "group:mark", "string", "dct:identifier", key=True, required=True)
    title = column("title", "group:title", rdf="dct:title")
    find = {"kind": "headings", "under": "Actions", "pattern": "(?P<mark>[^ ]+|é 1): (?P<title>.+)"}
    Small(text, [dataset("actions", find, key, title), narrative(), furniture()]).write(folder / "data")
    outcome = pipeline.run(
        Folders(folder / "data", folder / "build", folder / "dist"), NAME, "", "", lambda _: None, write_dist=True
    )
    assert outcome.published, [str(found) for found in outcome.report.findings]
    return outcome.folder


def test_every_file_of_a_publication_is_read_as_the_same_triples_by_both_libraries(published: Path) -> None:
    files = [path for path in sorted(published.rglob("*")) if path.suffix[1:] in RDFLIB]
    assert {"catalog.rdf", "actions.jsonld", "actions.prov.ttl", "ogp.ttl", "validation.ttl"} <= {f.name for f in files}
    for path in files:
        content, suffix = path.read_bytes(), path.suffix[1:]
        assert by_rdflib(content, suffix) == by_pyoxigraph(content, suffix) != set(), path


def test_the_files_of_one_thing_say_the_same(published: Path) -> None:
    catalogue = [by_rdflib((published / f"catalog.{suffix}").read_bytes(), suffix) for suffix in RDFLIB]
    assert all(triples == catalogue[0] for triples in catalogue)
    turtle, linked = ((published / f"actions/actions.{suffix}").read_bytes() for suffix in ("ttl", "jsonld"))
    assert by_rdflib(turtle, "ttl") == by_rdflib(linked, "jsonld")
    identifiers = {str(o) for _, p, o in by_rdflib(turtle, "ttl") if p == rdflib.DCTERMS.identifier}
    assert identifiers == set(MARKS)
