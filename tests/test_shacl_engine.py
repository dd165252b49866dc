"""The compiled SHACL engine against pyshacl, result by result: focus, path, value, component, shape, severity, count.

`python tests/test_shacl_engine.py made|spoilt FIRST LAST [FILE...]` tries as many seeds as one likes, and tells what
they covered; files are further catalogues to spoil.
"""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest
import rdflib
from pyshacl.constraints.core import value_range_constraints
from pyshacl.rdfutil.compare import compare_literal

import made_shapes
from conftest import ROOT
from ogp_data.checks.shacl import check_shapes, load_shapes, validate, without_dangling
from ogp_data.checks.shacl.compiling import compile as compiled
from ogp_data.checks.shacl.datatypes import well_formed
from ogp_data.checks.shacl.engine import Asked, BeyondError, Result, ShapesError, Step, evaluate
from ogp_data.checks.shacl.fallback import by_pyshacl
from ogp_data.core import resources
from ogp_data.core.graph import Graph
from ogp_data.core.namespaces import SH
from ogp_data.core.terms import XSD, Iri
from ogp_data.models.lists import load_lists

STANDARDS = Path(os.environ.get("OGP_SHARED", ROOT.parent / "shared")) / "standards"

NAMES = """And Class Closed Datatype Disjoint Equals HasValue In LanguageIn MaxCount MaxExclusive MaxInclusive MaxLength
    MinCount MinExclusive MinInclusive MinLength Node NodeKind Not Or Pattern QualifiedMaxCount QualifiedMinCount
    UniqueLang Xone"""
COMPONENTS = {f"{name}ConstraintComponent" for name in NAMES.split()}


def by_the_standard(one: rdflib.Literal, other: rdflib.Literal) -> int:
    """Compare as SPARQL does, to which SHACL refers; TypeError for what it cannot compare.

    pyshacl compares literals of unlike datatypes by the addresses of these, texts in a language with texts in none,
    ill-formed numbers, and numbers with NaN.
    """
    numbers = rdflib.term._NUMERIC_LITERAL_TYPES
    alike = one.datatype == other.datatype or (one.datatype in numbers and other.datatype in numbers)
    worthless = any(each.value is None or each.ill_typed or each.value != each.value for each in (one, other))
    if not alike or one.language or other.language or worthless:
        raise TypeError(one, other)
    return compare_literal(one, other)


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pyshacl compare by the standard, and rdflib say nothing of ill-formed literals."""
    monkeypatch.setattr(value_range_constraints, "compare_literal", by_the_standard)
    monkeypatch.setattr(logging.getLogger("rdflib.term"), "disabled", True)
    warnings.simplefilter("ignore")


@dataclass(frozen=True)
class Compared:
    """What both engines find, and what only one does; `beyond` is what ours leaves to pyshacl."""

    found: Counter[Result]
    differences: list[str]
    beyond: str = ""


def compare(shapes: Graph, data: Graph) -> Compared:
    """Evaluate shapes by both engines."""
    try:
        ours = Counter(evaluate(compiled(shapes), data))
    except BeyondError as reason:
        return Compared(Counter(), [], str(reason))
    try:
        theirs = Counter(by_pyshacl(shapes, data))
    except ShapesError as reason:
        return Compared(ours, [f"pyshacl refuses: {reason}"])
    only = [(name, more) for name, more in (("ours", ours - theirs), ("pyshacl", theirs - ours))]
    return Compared(ours, [f"{name} {count} times {each}" for name, more in only for each, count in more.items()])


def turtle(text: str) -> Graph:
    prefixes = "@prefix : <https://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> . " + "".join(
        f"@prefix {prefix}: <{iri}> . "
        for prefix, iri in {
            "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
            "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        }.items()
    )
    return Graph.of(ox.parse(prefixes + text, format=ox.RdfFormat.TURTLE))


def found(shapes: str, data: str) -> list[tuple[str, str]]:
    """Return focus node and component of the results of ours."""
    results = evaluate(compiled(turtle(shapes)), turtle(data))
    return sorted((each.focus.value.rpartition("/")[2], each.component.value.rpartition("#")[2]) for each in results)


SAMPLE = 240


def test_made_shapes_give_the_results_of_pyshacl(whole: bool) -> None:
    covered: Counter[str] = Counter()
    for seed in range(5_000 if whole else SAMPLE):
        shapes, data = made_shapes.made(seed)
        compared = compare(shapes, data)
        assert compared.differences == [], f"seed {seed}"
        covered.update({each.component.value.rpartition("#")[2] for each in compared.found})
        covered["beyond"] += bool(compared.beyond)
    assert set(covered) - {"beyond"} == COMPONENTS
    assert 0 < covered["beyond"] < SAMPLE / 5 or whole


# Literals --------------------------------------------------------------------------------------------------------

SIGNS = "0123456789-+:.,TZPYMDHSWeE _infaNtrueAx=/é٣\n"


def text_of(random: Random, name: str) -> str:
    """Return a text that may be well-formed for a datatype, with a sign or two changed."""
    signs = list(random.choice(made_shapes.TEXTS[name].split("|")))
    for _ in range(random.choice([0, 1, 1, 2])):
        at = random.randrange(len(signs) + 1)
        signs[at : at + random.choice([0, 1])] = random.choice([*SIGNS, ""])
    return "".join(signs)


def test_texts_are_judged_as_rdflib_judges_them(whole: bool) -> None:
    random, well = Random(1), Counter[bool]()
    for _ in range(100_000 if whole else 3_000):
        name = random.choice([*made_shapes.TEXTS])
        text, datatype = text_of(random, name), XSD.base + name
        expected = rdflib.Literal(text, datatype=rdflib.URIRef(datatype), normalize=False).ill_typed is not True
        assert well_formed(text, datatype) == expected, (text, name)
        well[expected] += 1
    assert min(well.values()) > 1_000


# Real catalogues, spoilt -------------------------------------------------------------------------------------

SHAPES: dict[str, list[Path]] = {
    "dcat-ap-nl-3.0.1": sorted((STANDARDS / "dcat-ap-nl-3.0.1").glob("*SHACL*.ttl")),
    "dcat-ap-nl-3.0.0": sorted((STANDARDS / "dcat-ap-nl-3.0.0").glob("*SHACL*.ttl")),
    "dcat-ap-eu": sorted((STANDARDS / "dcat-ap-eu-3.0.1").glob("*.ttl")),
    "dcat-ap-hvd": sorted((STANDARDS / "dcat-ap-hvd-3.0.0").glob("*.ttl")),
    "ours": sorted((resources.shapes() / "dcat-ap-nl").glob("*.ttl")),
    "ours, dcat-ap": sorted((resources.shapes() / "dcat-ap").glob("*.ttl")),
}


def catalogues() -> list[Path]:
    """Return the files of catalogues: our own small ones and the samples of others."""
    samples = STANDARDS.parent / "samples" / "catalogues"
    ours = ROOT / "tests" / "catalogues"
    return sorted(path for folder in (ours, samples) for path in folder.glob("*.ttl"))


@cache
def read(path: Path) -> Graph:
    quads = ox.parse(path=path, format=ox.RdfFormat.TURTLE, base_iri="https://example.org/", lenient=True)
    graph = Graph()
    with suppress(SyntaxError):  # a sample has one in the middle
        for quad in quads:
            graph.add(quad.subject, quad.predicate, quad.object)  # type: ignore[arg-type]
    return graph.with_statements(load_lists(resources.value_lists()).background(graph.named()))


@cache
def loaded(name: str) -> Graph:
    return without_dangling(load_shapes(SHAPES[name]))[0]


def spoilt(seed: int, files: Sequence[Path]) -> tuple[Graph, Graph]:
    """Return shapes of somebody, and a catalogue in which some statements are changed."""
    random, names = Random(seed), [name for name in SHAPES if SHAPES[name]]
    graph = read(files[seed // len(names) % len(files)])
    return loaded(names[seed % len(names)]), made_shapes.mutated(graph, random, random.randint(1, 40))


def test_spoilt_catalogues_give_the_results_of_pyshacl(whole: bool) -> None:
    files, results = catalogues(), 0
    for seed in range(500 if whole else 6):
        compared = compare(*spoilt(seed * (1 if whole else 19), files))
        assert compared.differences == [], f"seed {seed}"
        results += compared.found.total()
    assert results > 100


def shuffled(graph: Graph, random: Random) -> Graph:
    statements = list(graph.statements())
    random.shuffle(statements)
    other = Graph()
    for statement in statements:
        other.add(*statement)
    return other


def test_findings_do_not_depend_on_the_order_of_statements() -> None:
    count = 0
    for seed in range(0, 60, 7):
        shapes, data = spoilt(seed, catalogues())
        told, again = (
            check_shapes(each, shapes, "shapes-required", "shapes-recommended", "")
            for each in (data, shuffled(data, Random(seed)))
        )
        assert told == again
        count += len(told)
    assert count > 100


# Where pyshacl departs from the standard ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("constraint", "value"),
    [
        ("sh:minInclusive 0", '"2020-01-01"^^xsd:date'),
        ("sh:minInclusive 0", '"10:00:00"^^xsd:time'),
        ("sh:minInclusive 0", '"x"^^xsd:integer'),
        ("sh:maxInclusive 5", '"NaN"^^xsd:double'),
        ("sh:minInclusive 0", '"-1"^^xsd:nonNegativeInteger'),
        ('sh:minInclusive "a"', '"b"@en'),
        ('sh:minInclusive "2020-01-01T00:00:00Z"^^xsd:dateTime', '"2021-01-01T00:00:00"^^xsd:dateTime'),
        ("sh:minInclusive 0", ":node"),
    ],
)
def test_what_cannot_be_compared_with_a_bound_breaks_it(constraint: str, value: str) -> None:
    component = constraint[3].upper() + constraint[4:].split()[0] + "ConstraintComponent"
    assert found(f":S sh:targetNode :a; sh:property [sh:path :p; {constraint}] .", f":a :p {value} .") == [
        ("a", component)
    ]


def test_a_node_without_iri_is_shorter_than_any_length() -> None:
    assert found(":S sh:targetNode :a; sh:property [sh:path :p; sh:minLength 0] .", ":a :p [] .") == [
        ("a", "MinLengthConstraintComponent")
    ]


def test_a_range_of_languages_of_two_parts_has_the_languages_below_it() -> None:
    shapes = ':S sh:targetNode :a; sh:property [sh:path :p; sh:languageIn ("de-ch")] .'
    assert found(shapes, ':a :p "a"@de-ch-1996, "b"@DE-CH .') == []
    assert found(shapes, ':a :p "a"@de .') == [("a", "LanguageInConstraintComponent")]


# By hand ------------------------------------------------------------------------------------------------------


def test_a_result_for_each_way_to_a_value() -> None:
    shapes = ":S sh:targetClass :C; sh:property [sh:path :p; sh:property [sh:path :q; sh:minCount 1]] ."
    assert found(shapes, ":a a :C; :p :v . :b a :C; :p :v .") == [("v", "MinCountConstraintComponent")] * 2


def test_subclasses_are_those_of_the_data_at_any_depth() -> None:
    data = ":C1 rdfs:subClassOf :C . :C2 rdfs:subClassOf :C1 . :C rdfs:subClassOf :C2 . :a a :C2; :p :a, :b . :b a :D ."
    shapes = ":S sh:targetClass :C; sh:property [sh:path :p; sh:class :C1] ."
    assert found(shapes, data) == [("a", "ClassConstraintComponent")]


@pytest.mark.parametrize(
    ("shapes", "beyond"),
    [
        (":S sh:property [sh:path (:p :q)]", "sh:path"),
        (':S sh:sparql [sh:select "SELECT $this WHERE {}"]', "sh:sparql"),
        (":S sh:property [sh:path :p; sh:lessThan :q]", "sh:lessThan"),
        (":S sh:node :S", "sh:node"),
        (":S sh:property [sh:path :p; sh:datatype xsd:date, xsd:time]", "sh:datatype"),
        (":S sh:property :Missing", "sh:property"),
        (":Component a sh:ConstraintComponent . :S sh:nodeKind sh:IRI", "sh:ConstraintComponent"),
    ],
)
def test_what_is_beyond_is_said_by_its_property(shapes: str, beyond: str) -> None:
    with pytest.raises(BeyondError, match=f"^{beyond}$"):
        found(f"{shapes} . :S sh:targetNode :a .", ":a :p :b .")


QUERY = """:S sh:targetNode :a; sh:severity sh:Warning; sh:sparql [sh:message "{$this} has too much."@en;
    sh:select "SELECT $this WHERE { $this <https://example.org/p> ?o . FILTER (?o > 3) }"] ."""


def test_what_is_beyond_is_evaluated_by_pyshacl_and_said() -> None:
    data = turtle(":a :p 2 , 4 .")
    outcome = validate(turtle(QUERY), data)
    assert (outcome.engine, outcome.beyond) == ("pyshacl", "sh:sparql")
    (result,) = outcome.results
    assert (result.focus.value, result.severity) == (made_shapes.EX + "a", SH.Warning)
    (told,) = check_shapes(data, turtle(QUERY), "shapes-required", "shapes-recommended", "c.ttl")
    assert (told.rule, told.message, told.place.iri) == (
        "shapes-recommended",
        "https://example.org/a has too much.",
        made_shapes.EX + "a",
    )


def test_of_what_is_compiled_it_is_said_as_well() -> None:
    outcome = validate(turtle(":S sh:targetNode :a; sh:nodeKind sh:Literal ."), turtle(":a :p 2 ."))
    assert (outcome.engine, outcome.beyond, len(outcome.results)) == ("compiled", "", 1)


def test_shapes_that_cannot_be_applied_say_why() -> None:
    with pytest.raises(ShapesError, match="datatype"):
        validate(turtle(":S sh:targetNode :a; sh:datatype xsd:date, xsd:time ."), turtle(":a :p 2 ."))


def test_a_column_is_walked_once_for_each_target_and_path(monkeypatch: pytest.MonkeyPatch) -> None:
    walked: list[Step] = []
    pairs = Asked.pairs

    def counted(asked: Asked, focus: set[int], step: Step) -> Sequence[int]:
        walked.append(step)
        return pairs(asked, focus, step)

    monkeypatch.setattr(Asked, "pairs", counted)
    one = "sh:property [sh:path :{}; sh:minCount {}; sh:nodeKind sh:IRI]"
    asked = "; ".join(one.format(path, least) for path in "pq" for least in "123")
    shapes = "".join(f":S{number} sh:targetClass :C; {asked} . " for number in range(5))
    assert len(found(shapes, ":a a :C; :p :b .")) == 5 * (2 + 3)
    assert walked == [Step(Iri(made_shapes.EX + "p")), Step(Iri(made_shapes.EX + "q"))]


def test_a_shape_without_focus_nodes_may_be_beyond() -> None:
    shapes = ":S sh:targetClass :C; sh:property :Missing . :T sh:targetClass :D; sh:nodeKind sh:Literal ."
    assert found(shapes, ":a a :D .") == [("a", "NodeKindConstraintComponent")]


def main(what: str, first: int, last: int, *more: str) -> None:
    """Print what the seeds of a range covered, and where the engines differ."""
    value_range_constraints.compare_literal = by_the_standard  # type: ignore[attr-defined]
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    files = [*catalogues(), *map(Path, more)]
    graphs: Callable[[int], tuple[Graph, Graph]] = (
        made_shapes.made if what == "made" else lambda seed: spoilt(seed, files)
    )
    covered: Counter[str] = Counter()
    for seed in range(first, last):
        compared = compare(*graphs(seed))
        covered.update({each.component.value.rpartition("#")[2] for each in compared.found})
        covered["results"] += compared.found.total()
        covered[f"beyond {compared.beyond}" if compared.beyond else "graphs"] += 1
        covered["differences"] += len(compared.differences)
        for each in compared.differences[:3]:
            print(seed, each)
    print(*sorted(covered.items()), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
