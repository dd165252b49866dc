"""What both the official shapes and ours ask of a catalogue, they find in the same places.

The catalogues are the one that the benchmark measures (bench/made_catalogue.py), and the one of the other tests with
every property removed, doubled and replaced. What only ours ask is left out here.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph
from rdflib.namespace import RDFS, SH
from rdflib.term import Node

from graphs_help import load_shapes, parse_shapes, plain
from ogp_data.checks import foreign as catalogues
from ogp_data.core import resources
from ogp_data.core.namespaces import curie
from ogp_data.core.vocab import DCT
from ogp_data.models.lists import load_lists
from test_shapes_dcat_ap_nl import OFFICIAL, STANDARDS, VERSIONS, mutated_systematically, needs_official

sys.path.append(str(Path(__file__).parents[1] / "bench"))
import made_catalogue as made

COUNT, EVERY = 34, 2
"""So many datasets, of which every second one has a break: each kind of break is there."""

PARAMETERS = (SH.minCount, SH.maxCount, SH.nodeKind, SH["class"], SH.datatype)

Constraint = tuple[Node, Node, Node, Node]
"""Class, property, parameter and its value: of a dataset, dct:title, sh:minCount, 1."""
Result = tuple[Node, Node, Node]
"""Focus node, path and constraint component."""


@cache
def made_graph() -> Graph:
    """Return the made catalogue with the background of the value lists; nobody changes it."""
    graph = parse_shapes(["".join(made.turtle(COUNT, EVERY))])
    for triple in plain(load_lists(resources.value_lists()).background(map(str, graph.objects()))):
        graph.add(triple)
    return graph


@cache
def mutated_graph() -> Graph:
    """Return the catalogue with every property removed, doubled and replaced; nobody changes it."""
    graph = mutated_systematically()
    for triple in load_shapes([STANDARDS / "vocabularies" / "background.ttl"]):
        graph.add(triple)
    return graph


CATALOGUES: dict[str, Callable[[], Graph]] = {"made": made_graph, "mutated": mutated_graph}


@cache
def our_shapes() -> Graph:
    folder = resources.shapes() / "dcat-ap-nl"
    return load_shapes(path for path in sorted(folder.glob("*.ttl")) if path.stem != "recommended")


@cache
def official_shapes(version: str) -> Graph:
    """Return the official shapes that make something mandatory.

    Without the names of two that are nowhere written, and without the class rdfs:Resource, which everything has.
    """
    shapes = load_shapes(STANDARDS / f"dcat-ap-nl-{version}" / name for name in OFFICIAL)
    for dangling in {shape for shape in shapes.objects(None, SH.property) if (shape, SH.path, None) not in shapes}:
        shapes.remove((None, SH.property, dangling))
    shapes.remove((None, SH["class"], RDFS.Resource))
    return shapes


def constraints(shapes: Graph) -> dict[Node, set[Constraint]]:
    """Return what each property shape asks of which class: its own target, or that of the shape it belongs to."""
    asked = defaultdict(set)
    for shape, path in shapes.subject_objects(SH.path):
        for holder in (shape, *shapes.subjects(SH.property, shape)):
            for kind in shapes.objects(holder, SH.targetClass):
                asked[shape] |= {(kind, path, p, v) for p in PARAMETERS for v in shapes.objects(shape, p)}
    return asked


@cache
def both_ask(version: str) -> frozenset[Constraint]:
    sides = (constraints(our_shapes()), constraints(official_shapes(version)))
    ours, official = (set().union(*asked.values()) for asked in sides)
    return frozenset(ours & official)


def component(parameter: Node) -> Node:
    """Return sh:MinCountConstraintComponent for sh:minCount."""
    name = str(parameter).removeprefix(str(SH))
    return SH[f"{name[0].upper()}{name[1:]}ConstraintComponent"]


@cache
def found(catalogue: str, version: str) -> dict[Result, set[Constraint]]:
    """Return the results of one catalogue by our shapes, or by those of a version, and what each may break."""
    shapes = official_shapes(version) if version else our_shapes()
    asked, results = constraints(shapes), defaultdict(set)
    _, report, _ = validate(CATALOGUES[catalogue](), shacl_graph=shapes, inference="none", inplace=True)
    for result in report.objects(None, SH.result):
        focus, path, broken, source = (
            report.value(result, term)
            for term in (SH.focusNode, SH.resultPath, SH.sourceConstraintComponent, SH.sourceShape)
        )
        results[focus, path, broken] |= {said for said in asked[source] if component(said[2]) == broken}
    return results


def of_both(catalogue: str, version: str, by: str) -> set[tuple[str, str, str]]:
    """Return the results, by our shapes or by the official ones, that break what both ask."""
    shared = both_ask(version)
    return {tuple(map(curie, map(str, result))) for result, broken in found(catalogue, by).items() if broken & shared}


@needs_official
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_what_both_ask_both_find_in_the_same_places(catalogue: str, version: str) -> None:
    ours, official = of_both(catalogue, version, ""), of_both(catalogue, version, version)
    assert ours == official
    assert len(official) >= {"made": len(made.BREAKS), "mutated": 300}[catalogue]


@needs_official
@pytest.mark.parametrize("version", VERSIONS)
def test_the_official_shapes_find_just_the_breaks_that_were_sown(version: str) -> None:
    places = {(str(focus), curie(str(path))) for focus, path, _ in found("made", version)}
    assert places == made.sown(COUNT, EVERY)


def test_we_find_just_the_breaks_that_were_sown(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.ttl"
    file.write_text("".join(made.turtle(COUNT, EVERY)), encoding="utf-8")
    told = catalogues.validate(str(file)).findings
    assert {(f.place.iri, f.place.property) for f in told if f.severity == "error"} == made.sown(COUNT, EVERY)


def test_every_kind_of_break_is_sown() -> None:
    assert {made.break_of(number, EVERY) for number in range(COUNT)} == {None, *made.BREAKS}


@needs_official
@pytest.mark.parametrize("version", VERSIONS)
def test_we_ask_all_that_the_official_shapes_ask(version: str) -> None:
    asked = set().union(*constraints(official_shapes(version)).values())
    assert len(asked) > 300
    assert asked - both_ask(version) == set()


@needs_official
@pytest.mark.parametrize("version", VERSIONS)
def test_only_the_date_of_a_service_is_asked_in_another_way(version: str) -> None:
    shapes = official_shapes(version)
    plain = {SH.path, SH.property, SH.targetClass, SH.closed, SH.name, SH.description, *PARAMETERS}
    others = {term for term in shapes.predicates() if term in SH and term not in plain}
    assert others == {SH.node, SH.xone}
    assert [shapes.value(shape, SH.path) for shape in shapes.subjects(SH.node)] == [DCT.modified]
    assert [shapes.value(shape, SH.targetClass) for shape in shapes.subjects(SH.xone)] == [None]
