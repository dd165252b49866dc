"""Our DCAT-AP-NL shapes: what they accept and catch, and that they are never laxer than the official ones.

The official shapes are no part of this repository. The tests that compare with them read them from the folder
named by OGP_SHARED, or from `../shared` beside the checkout, and are skipped if there is none.
"""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import FOAF, RDF, RDFS, SH, XSD
from rdflib.term import Node

from graphs_help import checked, load_shapes, plain
from ogp_data.checks.rules import check_catalogue
from ogp_data.checks.shacl import check_shapes
from ogp_data.core import resources
from ogp_data.core.findings import Finding
from ogp_data.core.messages import say
from ogp_data.core.namespaces import curie
from ogp_data.core.vocab import AUTHORITY, DCAT, DCATAP, DCT, IANA, SPDX, VCARD
from ogp_data.models.lists import load_lists

ROOT = Path(__file__).parents[1]
SHAPES = ROOT / "shapes" / "dcat-ap-nl"
CONFORMING = ROOT / "tests" / "catalogues" / "conforming.ttl"
STANDARDS = Path(os.environ.get("OGP_SHARED", ROOT.parent / "shared")) / "standards"
OFFICIAL = (
    "dcat-ap-SHACL.ttl",
    "dcat-ap-nl-SHACL.ttl",
    "dcat-ap-nl-SHACL-klassebereik.ttl",
    "dcat-ap-nl-SHACL-klassebereik-codelijsten.ttl",
)
VERSIONS = ("3.0.1", "3.0.0")

DATA = Namespace("https://data.example.nl/")
GEONOVUM = Namespace("https://definities.geostandaarden.nl/dcat-ap-nl/id/waardelijst/licenties/")
TOOI_THEME = URIRef("https://identifier.overheid.nl/tooi/def/thes/top/c_3eb6243b")
GOVE = URIRef(AUTHORITY + "data-theme/GOVE")

REQUIRED, RECOMMENDED = "dcat-ap-nl-required", "dcat-ap-nl-recommended"

needs_official = pytest.mark.skipif(
    not (STANDARDS / "dcat-ap-nl-3.0.1" / OFFICIAL[0]).is_file(),
    reason=f"the official shapes are not at {STANDARDS}; name their folder in OGP_SHARED",
)


def conforming() -> Graph:
    """Return the conforming catalogue, with the background for just what it names in the lists of others."""
    graph = load_shapes([CONFORMING])
    for triple in plain(load_lists(resources.value_lists()).background(map(str, graph.objects()))):
        graph.add(triple)
    return graph


@cache
def our_shapes() -> Graph:
    return load_shapes(sorted(SHAPES.glob("*.ttl")))


def by_shapes(graph: Graph) -> list[Finding]:
    return check_shapes(checked(graph), checked(our_shapes()), REQUIRED, RECOMMENDED, "x.ttl")


def check(graph: Graph) -> list[Finding]:
    lists = load_lists(resources.value_lists())
    return [*by_shapes(graph), *check_catalogue(checked(graph), lists)]


def official_violations(graph: Graph, version: str) -> set[tuple[str, str]]:
    """Return focus node and path of all that the official mandatory shapes report."""
    from pyshacl import validate

    shapes = load_shapes(STANDARDS / f"dcat-ap-nl-{version}" / name for name in OFFICIAL)
    for dangling in {shape for shape in shapes.objects(None, SH.property) if (shape, SH.path, None) not in shapes}:
        shapes.remove((None, SH.property, dangling))  # two are named, but nowhere written; pyshacl stops at them
    shapes.remove((None, SH["class"], RDFS.Resource))  # 3.0.0 asks for it; everything is one (RDF Schema 1.1, 2.1)
    for triple in load_shapes([STANDARDS / "vocabularies" / "background.ttl"]):
        graph.add(triple)
    _, report, _ = validate(graph, shacl_graph=shapes, inference="none", inplace=True)
    return {
        (str(report.value(result, SH.focusNode)), curie(str(report.value(result, SH.resultPath))))
        for result in report.objects(None, SH.result)
    }


def test_the_conforming_catalogue_has_no_error() -> None:
    assert [str(found) for found in check(conforming()) if found.severity == "error"] == []


@needs_official
@pytest.mark.parametrize("version", VERSIONS)
def test_the_official_shapes_accept_the_conforming_catalogue(version: str) -> None:
    assert official_violations(conforming(), version) == set()


def test_what_the_conforming_catalogue_leaves_out_is_recommended_once_for_each_property() -> None:
    warnings = by_shapes(conforming())
    assert [(w.rule, w.place.iri.removeprefix(DATA), w.place.property) for w in warnings] == [
        (RECOMMENDED, "bomen-jsonld", "dcat:accessService"),
        (RECOMMENDED, "bomen-jsonld", "dcatap:availability"),
        (RECOMMENDED, "bomen-jsonld", "dct:conformsTo"),
        (RECOMMENDED, "bomen-jsonld", "dct:description"),
        (RECOMMENDED, "bomen-jsonld", "dct:language"),
        (RECOMMENDED, "record-bomen", "adms:status"),
    ]


# The mutation table: one change to one resource, and what must catch it.

Change = Callable[[Graph, Node], None]


def instead(term: URIRef, *values: Node) -> Change:
    """Put the values in the place of all that the resource has for the property."""

    def change(graph: Graph, node: Node) -> None:
        graph.remove((node, term, None))
        for value in values:
            graph.add((node, term, value))

    return change


def also(term: URIRef, *values: Node) -> Change:
    """Add the values to what the resource has for the property."""

    def change(graph: Graph, node: Node) -> None:
        for value in values:
            graph.add((node, term, value))

    return change


def without(*terms: URIRef) -> Change:
    """Take the properties away."""

    def change(graph: Graph, node: Node) -> None:
        for term in terms:
            graph.remove((node, term, None))

    return change


def without_data(graph: Graph, node: Node) -> None:
    """Take away the distributions of a dataset, and that a service gives its data."""
    graph.remove((node, DCAT.distribution, None))
    graph.remove((None, DCAT.servesDataset, node))


def text(value: str, lang: str = "nl") -> Literal:
    return Literal(value, lang=lang)


@dataclass(frozen=True)
class Row:
    """A row of the mutation table: what is changed where, the rule and property that tell, and the oracle's say."""

    says: str
    node: str
    change: Change
    rule: str
    property: str
    official: bool = True


BY_RULE = {"official": False}
TABLE = (
    Row("no dct:accessRights", "bomen", without(DCT.accessRights), REQUIRED, "dct:accessRights"),
    Row("no dct:identifier", "bomen", without(DCT.identifier), REQUIRED, "dct:identifier"),
    Row("no licence on CSV distribution", "bomen-csv", without(DCT.license), REQUIRED, "dct:license"),
    Row("no dct:creator on dataset", "bomen", without(DCT.creator), REQUIRED, "dct:creator"),
    Row("no contactPoint on catalogue", "catalogus", without(DCAT.contactPoint), REQUIRED, "dcat:contactPoint"),
    Row("no dcat:theme", "bomen", without(DCAT.theme), REQUIRED, "dcat:theme"),
    Row("two accessURL", "bomen-csv", also(DCAT.accessURL, DATA.other), REQUIRED, "dcat:accessURL"),
    Row("no accessURL", "bomen-csv", without(DCAT.accessURL), REQUIRED, "dcat:accessURL"),
    Row(
        "accessURL as literal",
        "bomen-csv",
        instead(DCAT.accessURL, Literal("https://data.example.nl/x")),
        REQUIRED,
        "dcat:accessURL",
    ),
    Row(
        "title without language tag",
        "bomen",
        instead(DCT.title, Literal("Bomen")),
        "language-tag",
        "dct:title",
        **BY_RULE,
    ),
    Row(
        "two @nl titles",
        "bomen",
        also(DCT.title, text("Nog een titel")),
        "duplicate-language",
        "dct:title",
        **BY_RULE,
    ),
    Row(
        "issued as plain string",
        "bomen",
        instead(DCT.issued, Literal("2024-03-01")),
        "temporal-value",
        "dct:issued",
        **BY_RULE,
    ),
    Row(
        "modified ill-typed",
        "bomen",
        instead(DCT.modified, Literal("2026-11-23", datatype=XSD.dateTime, normalize=False)),
        "temporal-value",
        "dct:modified",
        **BY_RULE,
    ),
    Row(
        "byteSize as xsd:integer",
        "bomen-csv",
        instead(DCAT.byteSize, Literal("2048", datatype=XSD.integer)),
        REQUIRED,
        "dcat:byteSize",
    ),
    Row(
        "byteSize as xsd:decimal",
        "bomen-csv",
        instead(DCAT.byteSize, Literal("2048", datatype=XSD.decimal)),
        REQUIRED,
        "dcat:byteSize",
    ),
    Row(
        "checksum value as plain string",
        "bomen-csv-controlesom",
        instead(SPDX.checksumValue, Literal("2c26b46b")),
        REQUIRED,
        "spdx:checksumValue",
    ),
    Row("format as literal", "bomen-csv", instead(DCT.format, Literal("CSV")), REQUIRED, "dct:format"),
    Row(
        "format as IANA IRI",
        "bomen-csv",
        instead(DCT.format, URIRef(IANA + "text/csv")),
        "value-list",
        "dct:format",
        **BY_RULE,
    ),
    Row(
        "mediaType as literal",
        "bomen-csv",
        instead(DCAT.mediaType, Literal("text/csv")),
        REQUIRED,
        "dcat:mediaType",
    ),
    Row(
        "mediaType http:, without s",
        "bomen-csv",
        instead(DCAT.mediaType, URIRef(IANA.replace("https", "http") + "text/csv")),
        "value-list",
        "dcat:mediaType",
    ),
    Row(
        "https EU authority IRI",
        "bomen",
        instead(DCAT.theme, URIRef(GOVE.replace("http", "https"))),
        "authority-scheme",
        "dcat:theme",
    ),
    Row(
        "theme outside the EU list",
        "bomen",
        instead(DCAT.theme, TOOI_THEME),
        "value-list",
        "dcat:theme",
    ),
    Row(
        "theme of EU and an untyped one",
        "bomen",
        instead(DCAT.theme, GOVE, TOOI_THEME),
        REQUIRED,
        "dcat:theme",
    ),
    Row("language as literal", "bomen", instead(DCT.language, Literal("nl")), REQUIRED, "dct:language"),
    Row(
        "licence of the EU table",
        "bomen-csv",
        instead(DCT.license, URIRef(AUTHORITY + "licence/CC0")),
        "licence-form",
        "dct:license",
    ),
    Row(
        "licence of Geonovum, untyped",
        "bomen-csv",
        instead(DCT.license, GEONOVUM.cc0),
        REQUIRED,
        "dct:license",
    ),
    Row(
        "hasEmail without mailto",
        "contact",
        instead(VCARD.hasEmail, Literal("opendata@example.nl")),
        "mailto-form",
        "vcard:hasEmail",
        **BY_RULE,
    ),
    Row(
        "contact without fn, e-mail and address",
        "contact",
        without(VCARD.fn, VCARD.hasEmail, VCARD.hasURL),
        "contact-point",
        "vcard:hasEmail",
        **BY_RULE,
    ),
    Row(
        "publisher as literal",
        "bomen",
        instead(DCT.publisher, Literal("gemeente")),
        REQUIRED,
        "dct:publisher",
    ),
    Row("agent without name", "gemeente", without(FOAF.name), REQUIRED, "foaf:name"),
    Row(
        "description over 2,000 characters",
        "bomen",
        instead(DCT.description, text("a" * 2001)),
        "description-too-long",
        "dct:description",
        **BY_RULE,
    ),
    Row("no language of catalogue record", "record-bomen", without(DCT.language), REQUIRED, "dct:language"),
    Row(
        "downloadURL without mediaType",
        "bomen-csv",
        without(DCAT.mediaType),
        "missing-media-type",
        "dcat:mediaType",
        **BY_RULE,
    ),
    Row(
        "dataset without distribution",
        "bomen",
        without_data,
        "missing-distribution",
        "dcat:distribution",
        **BY_RULE,
    ),
    Row(
        "two conformsTo on catalogue record",
        "record-bomen",
        also(DCT.conformsTo, DATA["bomen-schema"]),
        RECOMMENDED,
        "dct:conformsTo",
        **BY_RULE,
    ),
)


def copied(graph: Graph, node: Node, name: str) -> URIRef:
    """Return a new resource with the statements of `node`; a dataset's identifier is its own IRI again."""
    twin = DATA[name]
    for _, term, value in list(graph.triples((node, None, None))):
        same = term == DCT.identifier and str(value) == str(node)
        graph.add((twin, term, Literal(str(twin)) if same else value))
    return twin


def mutated_by_table() -> tuple[Graph, list[URIRef]]:
    """Return one graph with a mutated twin for each row of the table, so that one run of a validator does all."""
    graph = conforming()
    twins = [copied(graph, DATA[row.node], f"rij-{number}") for number, row in enumerate(TABLE)]
    for row, twin in zip(TABLE, twins, strict=True):
        if row.node == "contact":
            graph.add((DATA.registers, DCAT.contactPoint, twin))
        row.change(graph, twin)
    return graph, twins


@pytest.fixture(scope="session")
def told_of_table() -> dict[str, set[tuple[str, str]]]:
    """Return rule and property of all findings, by resource."""
    graph, twins = mutated_by_table()
    told: dict[str, set[tuple[str, str]]] = {str(twin): set() for twin in twins}
    for found in check(graph):
        told.setdefault(found.place.iri, set()).add((found.rule, found.place.property))
    return told


@pytest.mark.parametrize("number", range(len(TABLE)), ids=[row.says for row in TABLE])
def test_every_mutation_of_the_table_is_caught(number: int, told_of_table: dict[str, set[tuple[str, str]]]) -> None:
    assert (TABLE[number].rule, TABLE[number].property) in told_of_table[str(DATA[f"rij-{number}"])]


def test_who_names_a_category_of_high_value_datasets_must_name_the_regulation() -> None:
    graph = conforming()
    graph.remove((DATA.bomen, DCATAP.applicableLegislation, None))
    before = errors_of(graph)
    graph.add((DATA.bomen, DCATAP.hvdCategory, DATA["thema-groen"]))
    assert before == []
    assert "dcatap:applicableLegislation" in errors_of(graph)


def errors_of(graph: Graph) -> list[str]:
    return [found.place.property for found in check(graph) if found.severity == "error"]


def test_an_unchanged_twin_is_not_caught() -> None:
    graph = conforming()
    nodes = [node for node in graph.subjects(RDF.type, unique=True) if node.startswith(DATA)]
    for number, node in enumerate(sorted(nodes)):
        copied(graph, node, f"tweeling-{number}")
    assert [str(found) for found in check(graph) if found.severity == "error"] == []


@pytest.fixture(scope="session", params=VERSIONS)
def official_of_table(request: pytest.FixtureRequest) -> set[tuple[str, str]]:
    return official_violations(mutated_by_table()[0], request.param)


@needs_official
def test_the_official_shapes_catch_what_the_table_says_they_catch(
    official_of_table: set[tuple[str, str]],
) -> None:
    caught = {iri for iri, _ in official_of_table}
    expected = {str(DATA[f"rij-{number}"]) for number, row in enumerate(TABLE) if row.official}
    assert {iri for iri in caught if "/rij-" in iri} == expected


# The systematic comparison: each property of each resource removed, doubled, replaced.

OTHER = URIRef("https://elsewhere.example.nl/untyped")
OTHER_LITERALS = {
    XSD.date: "2021-01-01",
    XSD.dateTime: "2021-01-01T00:00:00Z",
    XSD.duration: "P2D",
    XSD.gYear: "2021",
    XSD.gYearMonth: "2021-01",
}


def doubled(graph: Graph, node: Node, term: URIRef) -> Iterator[Node]:
    """Yield values like those there are, of the same type."""
    for value in sorted(graph.objects(node, term)):
        if isinstance(value, Literal):
            language = value.language
            other = OTHER_LITERALS.get(value.datatype, "12")
            yield Literal(other, lang=language, datatype=None if language else value.datatype)
        else:
            twin = URIRef(f"{value}-2")
            for _, said, object_ in list(graph.triples((value, None, None))):
                graph.add((twin, said, object_))
            yield twin


def mutations(graph: Graph, node: Node, term: URIRef) -> Iterator[tuple[str, Change]]:
    yield "removed", without(term)
    yield "doubled", also(term, *doubled(graph, node, term))
    yield "text", instead(term, Literal("een tekst"))
    yield "untyped", instead(term, OTHER)
    yield "nameless", instead(term, BNode("nameless"))


def mutated_systematically() -> Graph:
    """Return the catalogue with a twin for every property of every resource and every kind of change to it."""
    graph = conforming()
    nodes = sorted(node for node in graph.subjects(RDF.type, unique=True) if node.startswith(DATA))
    for number, node in enumerate(nodes):
        terms = sorted(set(graph.predicates(node)) - {RDF.type})
        for term, (kind, change) in itertools.chain.from_iterable(
            ((term, mutation) for mutation in mutations(graph, node, term)) for term in terms
        ):
            change(graph, copied(graph, node, f"{kind}-{number}-{terms.index(term)}"))
    original = conforming()
    for number, node in enumerate(nodes):
        typeless = copied(graph, node, f"typeless-{number}")
        graph.remove((typeless, RDF.type, None))
        for citing, (subject, term, _) in enumerate(sorted(original.triples((None, None, node)))):
            also(term, typeless)(graph, copied(graph, subject, f"citing-{number}-{citing}"))
    return graph


@pytest.fixture(scope="session")
def ours_of_all() -> set[tuple[str, str]]:
    found = check(mutated_systematically())
    return {(f.place.iri, f.place.property) for f in found if f.severity == "error"}


@needs_official
@pytest.mark.parametrize("version", VERSIONS)
def test_ours_are_never_laxer_than_the_official_shapes(version: str, ours_of_all: set[tuple[str, str]]) -> None:
    official = official_violations(mutated_systematically(), version)
    assert len(official) > 300, "the official shapes hardly ran: this test would compare nothing"
    assert official - ours_of_all == set()


@needs_official
def test_every_property_of_the_tables_has_a_shape_with_its_cardinality_and_range() -> None:
    shapes = list(our_shapes().subjects(SH.path))
    rows = list(table_rows())
    assert len(rows) == 141
    assert [row for row in rows if not any(row.met_by(shape) for shape in shapes)] == []


@dataclass(frozen=True)
class Property:
    """A row of the property tables of the standard."""

    kind: str
    term: str
    low: int
    single: bool
    range: str

    def met_by(self, shape: Node) -> bool:
        shapes = our_shapes()
        least, most = shapes.value(shape, SH.minCount), shapes.value(shape, SH.maxCount)
        ranges = {qualified(o) for p in (SH["class"], SH.datatype) for o in shapes.objects(shape, p)}
        return (
            qualified(shapes.value(shape, SH.targetClass)) == self.kind
            and qualified(shapes.value(shape, SH.path)) == self.term
            and shapes.value(shape, SH.nodeKind) is not None
            and int(least or 0) >= self.low
            and (most is not None or not self.single)
            and (self.range in ranges or self.range in UNTYPED)
        )


UNTYPED = ("rdfs:Literal", "Temporal Literal", "sh:BlankNodeOrIRI")


def table_rows() -> Iterator[Property]:
    """Yield the rows of the property tables, section 1.4 of the facts about the standard."""
    facts = (STANDARDS / "README.md").read_text(encoding="utf-8")
    for block in facts.split("### 1.4")[1].split("\n---")[0].split("\n#### ")[1:]:
        kind = block.splitlines()[0].split(" - ")[1].strip()
        for row in re.findall(r"^\| `([^`]+)` \| (\d)\.\.(\w) \|[^|]*\| ([^|]+?) \|", block, re.MULTILINE):
            yield Property(kind, row[0], int(row[1]), row[2] == "1", row[3])


def qualified(iri: Node | None) -> str:
    more = {
        "locn:": "http://www.w3.org/ns/locn#",
        "odrl:": "http://www.w3.org/ns/odrl/2/",
        "time:": "http://www.w3.org/2006/time#",
    }
    known = curie(str(iri))
    return next((p + known.removeprefix(b) for p, b in more.items() if known.startswith(b)), known)


# How the shapes are written.


def test_every_shape_has_one_target_of_its_own_and_a_message_in_dutch_and_english() -> None:
    shapes = our_shapes()
    for shape in shapes.subjects(RDF.type, SH.PropertyShape):
        targets = [*shapes.objects(shape, SH.targetClass), *shapes.objects(shape, SH.targetSubjectsOf)]
        assert len(targets) == 1, shape
        assert sorted(m.language for m in shapes.objects(shape, SH.message)) == ["en", "nl"], shape


def test_every_message_names_the_property() -> None:
    shapes = our_shapes()
    for shape, path in shapes.subject_objects(SH.path):
        for message in shapes.objects(shape, SH.message):
            assert f"({qualified(path)})" in message


def test_the_shapes_are_property_shapes_without_sparql_nesting_or_nameless_nodes() -> None:
    shapes = our_shapes()
    assert not any(isinstance(node, BNode) for node in shapes.all_nodes())
    assert set(shapes.objects(None, RDF.type)) == {SH.PropertyShape}
    assert set(shapes.predicates()) <= {
        RDF.type,
        SH.targetClass,
        SH.targetSubjectsOf,
        SH.path,
        SH.minCount,
        SH.maxCount,
        SH.nodeKind,
        SH["class"],
        SH.datatype,
        SH.severity,
        SH.message,
        SH.name,
    } | {RDFS.subClassOf, RDFS.seeAlso, DCT.bibliographicCitation}


def test_mandatory_shapes_are_violations_and_recommended_ones_warnings() -> None:
    mandatory = load_shapes([SHAPES / "mandatory.ttl"])
    recommended = load_shapes([SHAPES / "recommended.ttl"])
    assert set(mandatory.objects(None, SH.severity)) == set()
    for shape in recommended.subjects(SH.path):
        assert recommended.value(shape, SH.severity) == SH.Warning


# How a report becomes findings.


def test_one_fault_is_one_finding_with_place_dutch_message_and_mend() -> None:
    graph = conforming()
    instead(DCT.publisher, Literal("gemeente"))(graph, DATA.bomen)
    [found] = [f for f in by_shapes(graph) if f.rule == REQUIRED]
    assert str(found.place) == "x.ttl, <https://data.example.nl/bomen>, dct:publisher"
    assert found.message == "A dataset has exactly one publisher (dct:publisher): an IRI typed foaf:Agent."
    assert say(found.message, "nl") == (
        "Een dataset heeft precies één uitgever (dct:publisher): een IRI van het type foaf:Agent."
    )
    assert found.hint == 'Give an IRI instead of the text "gemeente".'


def test_no_chance_name_of_a_blank_node_reaches_a_finding() -> None:
    graph = conforming()
    instead(DCT.publisher, BNode("chance"))(graph, DATA.bomen)
    graph.add((BNode("chance2"), RDF.type, DCAT.Dataset))
    assert "chance" not in "".join(map(str, check(graph)))


def test_the_order_of_findings_does_not_depend_on_the_order_of_statements() -> None:
    graph, _ = mutated_by_table()
    backwards = Graph(bind_namespaces="none")
    for triple in sorted(graph, reverse=True):
        backwards.add(triple)
    assert check(graph) == check(backwards)


def test_checking_changes_neither_data_nor_the_next_check() -> None:
    graph = conforming()
    before = set(graph)
    assert check(graph) == check(graph)
    assert set(graph) == before
