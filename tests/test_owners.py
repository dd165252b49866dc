"""Whose a thing of a catalogue is, by hand: what is shared, what leads back, chains, records, services and series."""

from __future__ import annotations

from itertools import pairwise

import pyoxigraph as ox
import pytest

from ogp_data.checks.owners import Owners
from ogp_data.core.graph import Graph
from ogp_data.core.namespaces import DCAT, DCT
from ogp_data.core.terms import RDF, Iri, Literal, Term

BASE = "https://data.owners.test/"
TURTLE = f"""
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix : <{BASE}> .
:catalogue a dcat:Catalog ; dct:publisher :office ; dcat:dataset :a , :b , :c ; dcat:record :record-a ;
    dcat:service :api , :lone ; dcat:dataset :series .
:a a dcat:Dataset ; dct:publisher :town ; dcat:distribution :file , :both ; dct:relation :b ; dcat:inSeries :series .
:b a dcat:Dataset ; dct:publisher "a town" ; dcat:distribution :both ; dcat:contactPoint :desk .
:c a dcat:Dataset ; dcat:contactPoint :desk ; dct:temporal [ dcat:startDate "2020" ; dct:relation :inner ] .
:d a dcat:Dataset .
:file a dcat:Distribution ; dcat:accessService :api ; dct:relation :loop .
:loop dct:relation :back . :back dct:relation :loop .
:both a dcat:Distribution . :desk a foaf:Agent .
:record-a a dcat:CatalogRecord ; foaf:primaryTopic :a .
:note foaf:primaryTopic :desk .
:api a dcat:DataService ; dcat:servesDataset :a . :lone a dcat:DataService .
:series a dcat:DatasetSeries .
"""


def owners() -> Owners:
    return Owners(Graph.of(ox.parse(TURTLE, format=ox.RdfFormat.TURTLE)))


def names(terms: list[Term]) -> list[str]:
    return [term.value.removeprefix(BASE) for term in terms]


@pytest.mark.parametrize(
    ("thing", "datasets", "publishers"),
    [
        ("a", ["a"], ["town"]),
        ("b", ["b"], ["a town"]),
        ("c", ["c"], ["office"]),  # it names none: its catalogue does
        ("d", ["d"], []),
        ("file", ["a"], ["town"]),
        ("both", ["a", "b"], ["a town", "town"]),
        ("desk", ["b", "c"], ["a town", "office"]),
        ("inner", ["c"], ["office"]),  # through a node without IRI
        ("loop", ["a"], ["town"]),
        ("back", ["a"], ["town"]),
        ("record-a", ["a"], ["town"]),
        ("note", [], []),  # about something that is no dataset, though datasets lead to that
        ("catalogue", [], ["office"]),
        ("api", [], ["town"]),  # of the dataset that it serves
        ("lone", [], ["office"]),
        ("series", [], ["town"]),
        ("elsewhere", [], []),
    ],
)
def test_a_thing_belongs_to_what_leads_to_it(thing: str, datasets: list[str], publishers: list[str]) -> None:
    found = owners()
    term = Iri(BASE + thing)
    assert names(found.datasets_of(term)) == datasets
    assert names(found.publishers_of(term)) == publishers


def test_what_several_things_touch_is_found_in_one_walk() -> None:
    found = owners()
    touched = found.touched([Iri(f"{BASE}loop"), Iri(f"{BASE}desk"), Iri(f"{BASE}api")])
    assert names(sorted(map(found.graph.term, touched), key=str)) == ["a", "b", "c"]


class Counted(Owners):
    """Owners that count what they step over."""

    steps = 0

    def _leading(self, thing: int) -> list[int]:
        found = super()._leading(thing)
        Counted.steps += 1 + len(found)
        return found


def test_a_long_list_behind_a_thing_that_many_share_takes_work_in_proportion() -> None:
    graph = Graph()
    for n in range(200):
        graph.add(Iri(f"{BASE}{n}"), RDF.type, DCAT.Dataset)
        graph.add(Iri(f"{BASE}{n}"), DCAT.contactPoint, Iri(f"{BASE}desk"))
    cells = [Iri(f"{BASE}desk"), *(Iri(f"{BASE}cell-{n}") for n in range(2000))]
    for cell, rest in pairwise(cells):
        graph.add(cell, RDF.rest, rest)
        graph.add(cell, DCT.title, Literal("x"))
    found, Counted.steps = Counted(graph), 0
    for cell in cells:
        assert len(found.datasets_of(cell)) == 200
    assert Counted.steps < 3 * len(cells)
