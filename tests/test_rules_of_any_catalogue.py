"""The rules of catalogues over generated ones: they never fail, and what they say depends on the statements alone."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from ogp_data.checks.rules import check_catalogue
from ogp_data.core import resources
from ogp_data.core.findings import Finding, rules
from ogp_data.core.graph import Graph
from ogp_data.core.terms import RDF, XSD, Blank, Iri, Literal, Term
from ogp_data.models.lists import load_lists

RUNS = int(os.environ.get("OGP_RUNS", "60"))
CONFORMING = Path(__file__).parent / "catalogues" / "conforming.ttl"
STATEMENTS = list(ox.parse(path=str(CONFORMING), format=ox.RdfFormat.TURTLE))
LISTS = load_lists(resources.value_lists())

EU = "http://publications.europa.eu/resource/authority/"
STRANGE: tuple[Term, ...] = (
    Literal(""),
    Literal(" \u200b\t"),
    Literal("\x00\x1b[31m\u202e"),
    Literal("bomen", language="nl"),
    Literal("bomen", language="x-klingon"),
    Literal("2024-02-30", datatype=XSD.date),
    Literal("2024-01-01T24:00:00", datatype=XSD.dateTime),
    Literal("٢٠٢٤", datatype=XSD.gYear),
    Literal("-1", datatype=XSD.integer),
    Literal("\u00ad" * 3000),
    Literal("https://data.example.nl/bomen"),
    Literal("www.example.nl/é"),
    Literal("mailto:a@b"),
    Literal("POINT(1e999 -0)", datatype=Iri("http://www.opengis.net/ont/geosparql#wktLiteral")),
    Iri("https://publications.europa.eu/resource/authority/file-type/CSV"),
    Iri(EU + "file-type/"),
    Iri(EU + "file-type/CSV/"),
    Iri(EU + "licence/CC_BY_4_0"),
    Iri("http:a"),
    Iri("https://[::1]:99999/"),
    Iri("https://creativecommons.org/licenses/"),
    Iri("urn:x:y"),
    Iri("https://identifier.overheid.nl/tooi/id/gemeente/gm0005"),
    Iri("https://identifier.overheid.nl/tooi/id/"),
    Iri("https://www.geonames.org/2750405/x.html"),
    RDF.type,
    Blank("a"),
    Blank("b"),
)
"""Values that a catalogue may have anywhere."""


def spoilt(chance: random.Random) -> list[ox.Triple]:
    """Return the conforming catalogue with some statements left out, and others with a strange subject or value."""
    kept = [ox.Triple(q.subject, q.predicate, q.object) for q in STATEMENTS if chance.random() > 0.05]
    values = [*STRANGE, *(triple.object for triple in chance.sample(kept, 10))]
    for at in chance.sample(range(len(kept)), chance.randrange(1, 60)):
        subject, value = kept[at].subject, chance.choice(values)
        if chance.random() < 0.2:
            subject = chance.choice([triple.subject for triple in kept])
        kept.append(ox.Triple(subject, kept[at].predicate, value))
    return kept


def renamed(triples: list[ox.Triple]) -> Iterator[ox.Triple]:
    """Yield the same statements with other names for nodes without IRI."""

    def other(term: Term) -> Term:
        return Blank(f"z{term.value[::-1]}") if isinstance(term, Blank) else term

    return (ox.Triple(other(t.subject), t.predicate, other(t.object)) for t in triples)  # type: ignore[arg-type]


def said(triples: Iterator[ox.Triple] | list[ox.Triple], house: str = "ours") -> list[Finding]:
    """Return what is found, each nameless thing by what it is called: its name in the file is never told."""
    found = check_catalogue(Graph.of(triples), LISTS, "c.ttl", house=house)  # type: ignore[arg-type]
    nameless = (replace(fault, place=replace(fault.place, node="")) for fault in found)
    return sorted(nameless, key=lambda fault: (fault.rule, str(fault.place), fault.message, fault.hint))


def test_the_order_of_statements_and_the_names_of_nodes_change_nothing_that_is_said() -> None:
    counted = 0
    for run in range(RUNS):
        chance = random.Random(run)
        triples = spoilt(chance)
        found = said(triples)
        shuffled = chance.sample(triples, len(triples))
        assert said(renamed(shuffled)) == found, run
        counted += len(found)
    assert counted > 3 * RUNS


def test_what_is_told_of_others_is_what_is_told_of_ours_without_house_rules() -> None:
    for run in range(RUNS // 5):
        triples = spoilt(random.Random(run))
        ours = said(triples)
        assert said(triples, "untold") == [fault for fault in ours if not rules()[fault.rule].house], run
        asked = said(triples, "told")
        assert {fault.severity for fault in asked if rules()[fault.rule].house} <= {"info"}, run
        assert [fault.message for fault in asked] == [fault.message for fault in ours], run
