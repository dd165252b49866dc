"""Our shapes of DCAT-AP 3.0.1 beside the official ones: they ask the same, and find it in the same places."""

from __future__ import annotations

from functools import cache

import pytest
from pyshacl import validate
from rdflib import BNode, Graph, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from graphs_help import load_shapes
from ogp_data.core import resources
from ogp_data.core.vocab import DCAT
from test_same_results import CATALOGUES, Constraint, constraints
from test_shapes_dcat_ap_nl import STANDARDS, qualified

FOLDER = resources.shapes() / "dcat-ap"
OFFICIAL = STANDARDS / "dcat-ap-eu-3.0.1"
WHOLE = STANDARDS / "dcat-ap-nl-3.0.1" / "dcat-ap-SHACL.ttl"
"""The EU's other file, of the text's tables; the Dutch profile hands it on unchanged."""

GEOMETRY = URIRef("http://www.w3.org/ns/locn#geometry")
"""shapes.ttl asks for a literal, which the other file forbids; the text has the range Geometry, as that and ours."""

needs_official = pytest.mark.skipif(
    not (OFFICIAL / "shapes.ttl").is_file(),
    reason=f"the official shapes are not at {OFFICIAL}; name their folder in OGP_SHARED",
)


@cache
def official() -> Graph:
    """Return the base, range and recommended shapes, as the EU's validator takes them."""
    return load_shapes(sorted(OFFICIAL.glob("*.ttl")))


@cache
def all_official() -> Graph:
    """Return these and those of the text's tables, which look up that a dataset is a dcat:Resource."""
    shapes = load_shapes([*sorted(OFFICIAL.glob("*.ttl")), WHOLE])
    for dangling in {shape for shape in shapes.objects(None, SH.property) if (shape, SH.path, None) not in shapes}:
        shapes.remove((None, SH.property, dangling))
    for contradicted in list(shapes.subjects(SH.path, GEOMETRY)):
        shapes.remove((contradicted, SH.nodeKind, SH.Literal))
    return shapes


@cache
def ours() -> Graph:
    return load_shapes(sorted(FOLDER.glob("*.ttl")))


def plain(shapes: Graph) -> set[Constraint]:
    """Return what shapes ask of properties: class, property, parameter and its value."""
    asked = set().union(*constraints(shapes).values())
    return {constraint for constraint in asked if not isinstance(constraint[1], BNode)}


@needs_official
def test_we_ask_all_that_the_official_shapes_ask_and_nothing_else() -> None:
    """A primary topic is a dcat:Resource with us; there it is one of the four classes that are one."""
    topics = {(kind, path, SH["class"], DCAT.Resource) for kind, path in resources_asked()}
    asked, wanted = plain(ours()), plain(all_official())
    assert len(wanted) > 300
    assert asked - topics - wanted == set()
    assert {constraint for constraint in wanted - asked if not implied(constraint, asked)} == set()


def implied(constraint: Constraint, asked: set[Constraint]) -> bool:
    """Return whether what is asked is stricter: an IRI is no nameless node, what has a datatype is a literal."""
    kind, path, parameter, value = constraint
    has_datatype = any((kind, path, SH.datatype) == each[:3] for each in asked)
    is_iri = (kind, path, SH.nodeKind, SH.IRI) in asked
    return parameter == SH.nodeKind and (has_datatype if value == SH.Literal else is_iri)


def resources_asked() -> set[tuple[Node, Node]]:
    """Return of which class which property leads to a resource."""
    shapes = all_official()
    nodes = {node for _, node in shapes.subject_objects(SH.node) if str(node).endswith("#DcatResource_Shape")}
    found = set()
    for shape, node in shapes.subject_objects(SH.node):
        for holder in shapes.subjects(SH.property, shape) if node in nodes else ():
            found |= {(kind, shapes.value(shape, SH.path)) for kind in shapes.objects(holder, SH.targetClass)}
    return found


def results(catalogue: str, shapes: Graph) -> set[tuple[Node, Node]]:
    """Return focus node and path of what a catalogue breaks, but for what is compared elsewhere."""
    _, report, _ = validate(CATALOGUES[catalogue](), shacl_graph=shapes, inference="none", inplace=True)
    found = {
        (report.value(r, SH.focusNode), report.value(r, SH.resultPath), report.value(r, SH.sourceConstraintComponent))
        for r in report.objects(None, SH.result)
    }
    topics = {path for _, path in resources_asked()}
    return {
        (focus, path)
        for focus, path, broken in found
        if path is not None
        and not isinstance(path, BNode)
        and broken not in (SH.NodeConstraintComponent, SH.OrConstraintComponent)
        and not (path in topics and broken == SH.ClassConstraintComponent)
    }


@needs_official
@pytest.mark.parametrize(("catalogue", "least"), [("made", 40), ("mutated", 500)])
def test_both_find_the_same_in_the_same_places(catalogue: str, least: int) -> None:
    expected = results(catalogue, all_official())
    assert results(catalogue, ours()) == expected
    assert len(expected) >= least


def test_every_shape_has_one_target_of_its_own_and_a_message_in_dutch_and_english_that_names_the_property() -> None:
    shapes = ours()
    for shape, path in shapes.subject_objects(SH.path):
        assert len(list(shapes.objects(shape, SH.targetClass))) == 1, shape
        assert sorted(m.language for m in shapes.objects(shape, SH.message)) == ["en", "nl"], shape
        for message in shapes.objects(shape, SH.message):
            assert f"({qualified(shapes.value(path, SH.inversePath) or path)})" in message


def test_the_shapes_are_property_shapes_without_nesting_or_nameless_nodes() -> None:
    shapes = ours()
    assert {node for node in shapes.all_nodes() if isinstance(node, BNode)} == set(shapes.subjects(SH.inversePath))
    assert set(shapes.objects(None, RDF.type)) == {SH.PropertyShape}


def test_mandatory_shapes_are_violations_and_recommended_ones_warnings() -> None:
    assert set(load_shapes([FOLDER / "mandatory.ttl"]).objects(None, SH.severity)) == set()
    recommended = load_shapes([FOLDER / "recommended.ttl"])
    assert {recommended.value(shape, SH.severity) for shape in recommended.subjects(SH.path)} == {SH.Warning}


@pytest.mark.parametrize("profile", ["dcat-ap", "dcat-ap-nl"])
def test_what_is_recommended_is_a_warning_and_says_what_is_lost_without_it(profile: str) -> None:
    shapes = load_shapes([FOLDER.with_name(profile) / "recommended.ttl"])
    said = {(shape, text.language): str(text) for shape, text in shapes.subject_objects(SH.message)}
    assert len(said) > 70
    for (shape, language), text in said.items():
        recommended, harm = text.split(". ", 1)
        assert recommended.endswith({"nl": " aanbevolen", "en": " is recommended"}[language]), shape
        assert harm.endswith("."), shape
        assert harm.startswith("Without it, ") or language == "nl" or str(shape).endswith("-one"), shape
