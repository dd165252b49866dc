"""Each score against a calculation of its own (`plain_scores`), exactly, for each dataset of many catalogues."""

from __future__ import annotations

import os
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from rdflib import Graph as Rdf
from rdflib import URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

import plain_scores as plain
from conftest import ROOT
from ogp_data.checks.incoming import Reading, read
from ogp_data.checks.scores import mqa
from ogp_data.checks.scores.compliance import breaking
from ogp_data.checks.scores.measures import Scored
from ogp_data.checks.scores.summary import Quality, assess
from ogp_data.checks.scores.view import View
from ogp_data.checks.shacl import load_shapes, without_dangling
from ogp_data.core import resources
from ogp_data.core.graph import Graph
from ogp_data.core.rdf import as_rdflib
from ogp_data.models.lists import load_lists

TODAY = date(2026, 11, 30)
LISTS = load_lists(resources.value_lists())
MADE = sorted((Path(__file__).parent / "catalogues" / "scored").glob("*.ttl"))
SHARED = Path(os.environ.get("OGP_SHARED", ROOT.parent / "shared"))
SAMPLES = sorted(
    [
        *(SHARED / "samples" / "catalogues").glob("*.ttl"),
        *(SHARED / "samples" / "catalogues").glob("*.jsonld"),
        *(SHARED / "standards").glob("example*.ttl"),
    ]
)
OWN = Path(__file__).parent / "catalogues" / "conforming.ttl"


def graph_of(path: Path) -> Graph:
    incoming = read(str(path), Reading())
    if not incoming.is_readable:  # a context of somebody's, which is fetched only when that is asked for
        assert path.suffix == ".jsonld", incoming.findings
        pytest.skip(str(incoming.findings[0].message))
    return incoming.graph


def with_background(graph: Graph) -> Graph:
    return graph.with_statements(LISTS.background(graph.named()))


def assessed(path: Path) -> tuple[Quality | None, Rdf, set[Node]]:
    """Return the scores of a catalogue, its graph for rdflib, and what breaks DCAT-AP in it."""
    graph = graph_of(path)
    whole = with_background(graph)
    shapes = Rdf().parse(resources.shapes() / "dcat-ap" / "mandatory.ttl")
    faulty = plain.broken(as_rdflib(whole), shapes)
    return assess(View(graph, LISTS, TODAY, breaking(whole)), "a test"), as_rdflib(graph), faulty


def by_dataset(scored: Scored, at: int) -> dict[str, Fraction]:
    return {each.measure.name: each.points([at]) for each in scored.measured if not each.measure.live}


def nodes(quality: Quality, graph: Rdf) -> list[Node]:
    """Return the datasets in the order of the scores; of one without IRI the titles tell which it is."""
    known = {str(node): node for node in graph.subjects(RDF.type, plain.DCAT.Dataset) if isinstance(node, URIRef)}
    nameless = [n for n in graph.subjects(RDF.type, plain.DCAT.Dataset) if not isinstance(n, URIRef)]

    def of(name: str) -> Node:
        return next(n for n in nameless if str(graph.value(n, plain.DCT["title"])) in name)

    return [known[each.iri] if each.iri else of(each.name) for each in quality.datasets]


@pytest.mark.parametrize("path", [*MADE, OWN, *SAMPLES], ids=lambda path: path.name)
def test_each_dataset_scores_as_a_calculation_apart_says(path: Path) -> None:
    quality, graph, faulty = assessed(path)
    datasets = set(graph.subjects(RDF.type, plain.DCAT.Dataset))
    if quality is None:
        assert not datasets
        return
    assert len(quality.datasets) == len(datasets)
    sums = {"mqa": Fraction(0), "nde": Fraction(0), "udata": Fraction(0)}
    for at, dataset in enumerate(nodes(quality, graph)):
        complies = not plain.parts(graph, dataset) & faulty
        mqa = plain.mqa(graph, dataset, complies=complies)
        udata = {name: Fraction(met) for name, met in plain.udata(graph, dataset, TODAY).items()}
        assert by_dataset(quality.mqa, at) == mqa, dataset
        assert quality.nde.points([at]) == plain.nde(graph, dataset), dataset
        assert by_dataset(quality.udata, at) == udata, dataset
        sums["mqa"] += sum(mqa.values())
        sums["nde"] += plain.nde(graph, dataset)
        sums["udata"] += sum(udata.values())
    means = {scored.scale.name: scored.points(quality.all) for scored in quality.scores}
    assert means == {name: total / len(datasets) for name, total in sums.items()}


def test_the_made_catalogues_are_ten_and_no_measure_is_the_same_for_all_their_datasets() -> None:
    assert len(MADE) == 10
    seen: dict[str, set[bool]] = {}
    for path in MADE:
        quality, _, _ = assessed(path)
        assert quality is not None
        for scored in quality.scores:
            for each in scored.measured:
                if not each.measure.live:
                    seen.setdefault(each.measure.name, set()).update(at in each.short for at in quality.all)
    assert [name for name, answers in seen.items() if answers != {True, False}] == []


EU = SHARED / "standards" / "dcat-ap-eu-3.0.1"
FULL = SHARED / "standards" / "dcat-ap-nl-3.0.1" / "dcat-ap-SHACL.ttl"


@pytest.mark.skipif(not EU.is_dir(), reason="the official shapes are not there; name their folder in OGP_SHARED")
@pytest.mark.parametrize("path", [*MADE, OWN, *SAMPLES], ids=lambda path: path.name)
def test_a_dataset_complies_when_the_official_shapes_find_nothing_in_it(path: Path) -> None:
    graph = graph_of(path)
    whole, rdf = with_background(graph), as_rdflib(graph)
    official = as_rdflib(without_dangling(load_shapes([EU / "shapes.ttl", EU / "range.ttl", FULL]))[0])
    faulty = plain.broken(as_rdflib(whole), official)
    complying = View(graph, LISTS, TODAY, breaking(whole))
    found = {graph.term(number).value for number in mqa.complying(complying)}
    datasets = set(rdf.subjects(RDF.type, plain.DCAT.Dataset))
    expected = {dataset for dataset in datasets if not plain.parts(rdf, dataset) & faulty}
    assert found == set(map(str, expected))
