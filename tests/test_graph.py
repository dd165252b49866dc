"""The index of statements: what it answers, whatever the order in which they came."""

from __future__ import annotations

import random

import pyoxigraph as ox
import pytest

from ogp_data.core.graph import Graph
from ogp_data.core.namespaces import DCAT, DCT
from ogp_data.core.terms import RDF, Blank, Iri, Literal, Term

A, B = Iri("https://example.org/a"), Iri("https://example.org/b")
TITLE = Literal("Title", language="en")


def made(seed: int, count: int = 60) -> list[ox.Triple]:
    """Return statements by chance, some of them twice."""
    chance = random.Random(seed)
    things: list[Iri | Blank] = [Iri(f"https://example.org/{n}") for n in range(6)] + [Blank(f"b{n}") for n in range(3)]
    values: list[Term] = [*things, Literal("1"), Literal("1", datatype=Iri("https://example.org/t")), TITLE]
    properties = [DCT.title, DCT.relation, DCAT.dataset, RDF.type]
    return [ox.Triple(chance.choice(things), chance.choice(properties), chance.choice(values)) for _ in range(count)]


@pytest.mark.parametrize("seed", range(200))
def test_a_graph_answers_as_the_set_of_its_statements_does(seed: int) -> None:
    triples = made(seed)
    graph, known = Graph.of(triples), {(t.subject, t.predicate, t.object) for t in triples}
    assert len(graph) == len(known)
    assert set(graph.statements()) == known
    for s, p, o in known:
        assert graph.has(s, p)
        assert graph.has(s, p, o)
        assert set(graph.objects(s, p)) == {c for a, b, c in known if (a, b) == (s, p)}
        assert set(graph.subjects(p, o)) == {a for a, b, c in known if (b, c) == (p, o)}
        assert set(graph.about(s)) == {(b, c) for a, b, c in known if a == s}
        assert set(graph.leading_to(o)) == {(a, b) for a, b, c in known if c == o}
        assert {(a, tuple(sorted(map(str, v)))) for a, v in graph.groups(p)} == {
            (a, tuple(sorted(str(c) for d, b, c in known if (d, b) == (a, p)))) for a, b, _ in known if b == p
        }
    assert not graph.has(A, DCT.description)
    assert graph.objects(B, DCT.description) == []


@pytest.mark.parametrize("seed", range(20))
def test_what_is_added_after_a_question_is_seen_and_the_graph_it_came_from_stays(seed: int) -> None:
    first, second = made(seed), made(seed + 1000)
    graph = Graph.of(first)
    graph.inverse(graph.number(DCT.title))
    both = graph.with_statements(second)
    assert set(graph.statements()) == set(Graph.of(first).statements())
    assert set(both.statements()) == set(Graph.of([*first, *second]).statements())
    assert both.has(second[0].subject, second[0].predicate, second[0].object)
    both.add(A, DCT.title, TITLE)
    assert both.subjects(DCT.title, TITLE).count(A) == 1
    assert not graph.has(A, DCT.title, TITLE)


def test_a_statement_takes_eight_bytes() -> None:
    graph = Graph.of(ox.Triple(Iri(f"https://example.org/{n}"), DCT.title, TITLE) for n in range(1000))
    column = graph.column(graph.number(DCT.title))
    assert (column.itemsize, len(column)) == (8, 1000)


def test_a_term_that_a_vocabulary_does_not_have_raises() -> None:
    assert DCT["format"].value == "http://purl.org/dc/terms/format"
    assert DCT.title in DCT
    assert Iri("http://purl.org/dc/terms/licence") not in DCT
    with pytest.raises(AttributeError, match="licence"):
        _ = DCT.licence


def test_an_iri_is_found_as_it_is_written_also_one_that_is_none() -> None:
    odd = next(iter(ox.parse("<https://a.test/b c> a <https://a.test/d> .", ox.RdfFormat.TURTLE, lenient=True)))
    graph = Graph.of([odd])
    assert graph.find("https://a.test/b c") == odd.subject
    assert graph.find("https://a.test/d") == Iri("https://a.test/d")
    assert graph.find("no iri") is None
    later = next(iter(ox.parse("<https://a.test/e f> a <https://a.test/d> .", ox.RdfFormat.TURTLE, lenient=True)))
    graph.add(later.subject, later.predicate, later.object)  # type: ignore[arg-type]
    assert graph.find("https://a.test/e f") == later.subject
