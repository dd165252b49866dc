"""Each dataset tells where it came from (PROV), what it is as linked data (VoID) and how good it is (DQV)."""

from __future__ import annotations

import csv
import shutil
import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, PROV, RDF, SKOS, VOID
from rdflib.term import Node

from conftest import ROOT
from ogp_data import pipeline
from ogp_data.catalogue import measurements, statistics
from ogp_data.catalogue.provenance import provenance_triples
from ogp_data.catalogue.statistics import Statistics
from ogp_data.catalogue.void import void_triples
from ogp_data.checks.scores import practices as w3c
from ogp_data.checks.scores.google import GOOGLE
from ogp_data.checks.scores.measures import scored
from ogp_data.checks.scores.view import View
from ogp_data.core import resources
from ogp_data.core.graph import Graph as Index
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import to_graph
from ogp_data.declaration import reading as publication
from ogp_data.models.lists import load_lists
from ogp_data.pipeline import Folders

BASE = "https://data.voorbeeld.nl/tiny/"
NL = "https://example.org/ogp/nl-2020-2022/"
DQV = Namespace("http://www.w3.org/ns/dqv#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
PREFIXES = f"""
@prefix cat: <{BASE}catalog#> .
@prefix commitments: <{BASE}commitments#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dqv: <http://www.w3.org/ns/dqv#> .
@prefix kind: <https://w3id.org/ogp-data/codelists/finding-kind#> .
@prefix ogp: <https://w3id.org/ogp-data/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix status: <https://w3id.org/ogp-data/codelists/finding-status#> .
"""
TABLES = ("themes", "commitments", "assessments", "links", "process", "narrative", "document", "source_findings")
LISTS = load_lists(resources.value_lists())


def copy(folder: Path) -> Path:
    """Return a copy of the tiny publication's declarations, with what publications share."""
    data = folder / "data"
    shutil.copytree(ROOT / "tests/tiny/data", data)
    return data


def load(data: Path) -> Publication:
    loaded, found = publication.load(data, "tiny", LISTS)
    assert loaded is not None, found
    return loaded


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny")
    outcome = pipeline.run(Folders(copy(folder), folder / "build", folder / "dist"), "tiny", "", "", lambda _: None)
    assert outcome.published, [str(found) for found in outcome.report.findings]
    return outcome.folder


def provenance(folder: Path, dataset: str) -> Graph:
    return Graph().parse(folder / dataset / f"{dataset}.prov.ttl")


def described(graph: Graph, *names: str) -> Graph:
    part = Graph()
    for name in names:
        part += graph.triples((URIRef(BASE + name), None, None))
    return part


def assert_same(actual: Graph, expected: str) -> None:
    graph = Graph().parse(data=PREFIXES + expected, format="turtle")
    only = [f"{name}: {sorted(part)}" for name, part in (("published", actual - graph), ("expected", graph - actual))]
    assert isomorphic(actual, graph), "\n".join(only)


# PROV: which document, which corrections, which program -------------------------------------------------


def test_a_dataset_names_its_document_its_table_from_elsewhere_and_its_correction(tiny: Path) -> None:
    graph = provenance(tiny, "commitments")
    assert_same(
        described(graph, "commitments", "catalog#commitments-build", "catalog#reference-1", "catalog#correction-1"),
        f"""
        <{BASE}commitments> a prov:Entity ; prov:wasGeneratedBy cat:commitments-build ;
            prov:wasDerivedFrom <{BASE}source/evaluatie.txt> , cat:reference-1 .
        cat:commitments-build a prov:Activity ; prov:wasAssociatedWith cat:software ;
            prov:used <{BASE}source/evaluatie.txt> , cat:reference-1 , cat:correction-1 .
        cat:reference-1 a prov:Entity ; rdfs:label "ogp.csv" ; rdfs:comment "Made up for this test."@en .
        cat:correction-1 a prov:Entity , ogp:Correction ; dct:type kind:corrected-text ;
            dct:description "The word 'Het' was added."@en ; ogp:status status:corrected ;
            ogp:asWritten "Het derde punt" ; ogp:asPublished "Derde punt" ;
            ogp:inDataset <{BASE}commitments> ; ogp:inRow commitments:3 ; ogp:inColumn "title_in_assessment" .
        """,
    )


def test_the_program_has_the_version_of_the_package(tiny: Path) -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for graph in (provenance(tiny, "themes"), Graph().parse(tiny / "catalog.ttl")):
        (program,) = graph.subjects(RDF.type, PROV.SoftwareAgent)
        said = {str(value) for value in graph.objects(program) if isinstance(value, Literal)}
        assert said == {declared["name"], declared["version"]}


def test_a_dataset_without_corrections_names_none(tiny: Path) -> None:
    graph = provenance(tiny, "themes")
    assert not list(graph.subjects(RDF.type, URIRef("https://w3id.org/ogp-data/Correction")))
    assert set(graph.objects(None, PROV.used)) == {URIRef(f"{BASE}source/evaluatie.txt")}


def test_a_fault_that_is_only_acknowledged_publishes_no_other_words(tiny: Path) -> None:
    assert_same(
        described(provenance(tiny, "assessments"), "catalog#correction-3"),
        f"""
        cat:correction-3 a prov:Entity , ogp:Correction ; dct:type kind:spelling ; ogp:status status:acknowledged ;
            dct:description "A hyphen says that there is no evidence."@en ; ogp:asWritten "-" ;
            ogp:inDataset <{BASE}assessments> ; ogp:inRow <{BASE}assessments#3> ; ogp:inColumn "evidence" .
        """,
    )


def test_the_list_of_faults_is_made_of_every_record_those_outside_the_tables_too(tiny: Path) -> None:
    graph = provenance(tiny, "source_findings")
    records = {str(record) for record in graph.subjects(RDF.type, URIRef("https://w3id.org/ogp-data/Correction"))}
    assert records == {f"{BASE}catalog#correction-{number}" for number in (1, 2, 3, 4)}
    assert_same(
        described(graph, "catalog#correction-4"),
        """
        cat:correction-4 a prov:Entity , ogp:Correction ; dct:type kind:spelling ; ogp:status status:acknowledged ;
            dct:description "The heading should be in the plural."@en ; ogp:asWritten "Bewijs" ; ogp:sourcePlace "L25" .
        """,
    )


def test_of_several_tables_from_elsewhere_only_those_with_a_column_that_is_taken_are_named(tmp_path: Path) -> None:
    data = copy(tmp_path)
    declaration = data / "tiny/publication.toml"
    second = '\n[[reference]]\nfile = "reference/b.csv"\nkey = "number"\norigin = "https://voorbeeld.example/b"\n'
    third = '\n[[reference]]\nfile = "reference/c.csv"\nkey = "number"\norigin = "Not used."\n'
    change(declaration, 'origin = "Made up for this test."\n', f'origin = "Made up for this test."\n{second}{third}')
    change(data / "tiny/reference/ogp.csv", "number,code,lead,second_lead", "number,code,lead,other")
    (data / "tiny/reference/b.csv").write_text("number,second_lead\n2,stichting\n", encoding="utf-8")
    (data / "tiny/reference/c.csv").write_text("number,more\n2,x\n", encoding="utf-8")
    loaded = load(data)
    graph = to_graph(provenance_triples(loaded, loaded.specs["commitments"], []))
    assert set(graph.objects(URIRef(f"{BASE}commitments"), PROV.wasDerivedFrom)) == {
        URIRef(f"{BASE}source/evaluatie.txt"),
        URIRef(f"{BASE}catalog#reference-1"),
        URIRef(f"{BASE}catalog#reference-2"),
    }
    assert (URIRef(f"{BASE}catalog#reference-2"), DCTERMS.source, URIRef("https://voorbeeld.example/b")) in graph
    assert URIRef(f"{BASE}catalog#reference-3") not in graph.all_nodes()


def test_what_is_not_known_of_the_document_is_left_out(tmp_path: Path) -> None:
    data = copy(tmp_path)
    change(data / "tiny/publication.toml", 'url = "https://voorbeeld.example/evaluatie"\nretrieved = 2024-05-03\n', "")
    loaded = load(data)
    graph = to_graph(provenance_triples(loaded, loaded.specs["themes"], []))
    said = set(graph.predicates(URIRef(f"{BASE}source/evaluatie.txt")))
    assert said == {RDF.type, DCTERMS.title, URIRef("http://spdx.org/rdf/terms#checksum")}


def test_the_catalogue_tells_in_short_how_a_dataset_was_made_and_where_more_is_told(tiny: Path) -> None:
    assert_same(
        described(Graph().parse(tiny / "catalog.ttl"), "catalog#commitments-build"),
        f"""
        cat:commitments-build a prov:Activity ; prov:wasAssociatedWith cat:software ;
            prov:generated <{BASE}commitments> ;
            prov:used <{BASE}source/evaluatie.txt> , cat:reference-1 ;
            rdfs:seeAlso <https://files.voorbeeld.nl/tiny/commitments/commitments.prov.ttl> .
        """,
    )


def test_the_catalogue_and_the_provenance_describe_document_program_and_tables_alike(tiny: Path) -> None:
    things = ("source/evaluatie.txt", "catalog#source-checksum", "catalog#software", "catalog#reference-1")
    catalogue, beside = Graph().parse(tiny / "catalog.ttl"), provenance(tiny, "commitments")
    for thing in things:
        said = set(described(catalogue, thing))
        own = set(described(beside, thing))
        assert own, thing
        assert own <= said, thing


def test_a_dataset_of_rows_of_others_was_derived_from_those(published: Path) -> None:
    graph = Graph().parse(published / "catalog.ttl")
    derived = {str(o).removeprefix(NL) for o in graph.objects(URIRef(f"{NL}overview"), PROV.wasDerivedFrom)}
    document = "source/ogp-self-assessment-nl-2020-2022.txt"
    assert derived == {document, "commitments", "themes", "assessments", "links"}


def test_everything_together_was_derived_from_all_tables_and_holds_them(tiny: Path) -> None:
    graph = Graph().parse(tiny / "catalog.ttl")
    everything = URIRef(f"{BASE}everything")
    tables = {URIRef(BASE + name) for name in TABLES}
    assert set(graph.objects(everything, PROV.wasDerivedFrom)) == {*tables, URIRef(f"{BASE}source/evaluatie.txt")}
    assert set(graph.objects(everything, VOID.subset)) == tables
    assert (everything, RDF.type, VOID.Dataset) in graph


def test_provenance_has_neither_a_time_nor_a_blank_node(published: Path) -> None:
    files = [published / "catalog.ttl", *sorted(published.glob("*/*.prov.ttl"))]
    assert len(files) == 13
    for file in files:
        graph = Graph().parse(file)
        assert not [predicate for predicate in graph.predicates() if "Time" in str(predicate)], file
        assert not [node for node in graph.all_nodes() if isinstance(node, BNode)], file


def test_every_dataset_and_every_activity_is_led_back_to_the_document(published: Path) -> None:
    graph = Graph().parse(published / "catalog.ttl")
    document = URIRef(f"{NL}source/ogp-self-assessment-nl-2020-2022.txt")
    for dataset in graph.subjects(RDF.type, DCAT.Dataset):
        (making,) = graph.subjects(PROV.generated, dataset)
        assert (dataset, PROV.wasDerivedFrom, document) in graph
        assert (making, PROV.used, document) in graph
        assert (making, RDF.type, PROV.Activity) in graph


# VoID ---------------------------------------------------------------------------------------------------


def tables(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*/*.ttl") if path.stem == path.parent.name)


def test_void_counts_the_triples_and_the_rows_that_are_in_the_files(published: Path) -> None:
    graph = Graph().parse(published / "catalog.ttl")
    assert len(tables(published)) == 12
    for name in tables(published):
        dataset = URIRef(NL + name)
        with (published / name / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = len(list(csv.reader(file))) - 1
        assert (dataset, RDF.type, VOID.Dataset) in graph
        assert graph.value(dataset, VOID.triples) == Literal(len(Graph().parse(published / name / f"{name}.ttl")))
        assert graph.value(dataset, VOID.entities) == Literal(rows)


def test_both_dumps_of_a_dataset_hold_its_triples_and_every_row_is_in_its_space(published: Path) -> None:
    graph = Graph().parse(published / "catalog.ttl")
    for name in tables(published):
        dataset = URIRef(NL + name)
        paths = [published / str(dump).removeprefix(NL) for dump in graph.objects(dataset, VOID.dataDump)]
        assert {path.suffix for path in paths} == {".ttl", ".jsonld"}
        first, second = (Graph().parse(path) for path in paths)
        assert isomorphic(first, second)
        space = str(graph.value(dataset, VOID.uriSpace))
        assert {str(row).startswith(space) for row in first.subjects()} == {True}
        assert graph.value(dataset, VOID.exampleResource) in set(first.subjects())


def test_the_vocabularies_of_a_dataset_are_those_of_its_classes_and_properties(published: Path) -> None:
    graph = Graph().parse(published / "catalog.ttl")
    ogp = "https://w3id.org/ogp-data/"
    for name in tables(published):
        rows = Graph().parse(published / name / f"{name}.ttl")
        terms = {*rows.predicates(), *rows.objects(None, RDF.type)} - {RDF.type}
        spaces = {str(term)[: max(str(term).rfind("#"), str(term).rfind("/")) + 1] for term in terms}
        said = {str(vocabulary) for vocabulary in graph.objects(URIRef(NL + name), VOID.vocabulary)}
        assert said == spaces, name
        assert ogp in said


def test_the_class_of_the_rows_counts_as_use_of_its_vocabulary_when_there_are_rows(tmp_path: Path) -> None:
    loaded = load(copy(tmp_path))
    spec = replace(loaded.specs["themes"], type="prov:Plan")
    record = {"publication": "", "number": "1", "letter": "", "title": "", "source_places": ""}
    for records, expected in (([record], {"http://www.w3.org/ns/prov#", "https://schema.org/"}), ([], set())):
        triples = void_triples(spec, loaded.names, statistics.measure(spec, records, [], None), [])
        assert {str(value) for _, predicate, value in triples if predicate == VOID.vocabulary} == expected


def test_a_triple_that_a_row_says_twice_is_counted_once(tmp_path: Path) -> None:
    loaded = load(copy(tmp_path))
    spec = loaded.specs["themes"]
    record = {"publication": "tiny", "number": "1", "letter": "A", "title": "", "source_places": "L10"}
    counted = statistics.measure(spec, [record], ["one", "two", "one"], None)
    assert counted == Statistics(
        rows=1,
        cells=5,
        filled=4,
        traced=1,
        triples=2,
        first="1",
        columns=("publication", "number", "letter", "source_places"),
    )


def test_rdf_xml_names_a_dataset_by_its_class_of_dcat(published: Path) -> None:
    text = (published / "catalog.rdf").read_text(encoding="utf-8")
    assert text.count("<dcat:Dataset rdf:about=") == 13
    assert "<void:Dataset" not in text


# DQV ----------------------------------------------------------------------------------------------------

MEASURED = {
    # cells with a value / cells, rows with lines / rows, faults; counted by hand in the tables of the publication
    "themes": ("1.0000", "1.0000", "0"),  # 10 / 10
    "commitments": ("0.8518", "1.0000", "1"),  # 23 / 27
    "assessments": ("0.9047", "1.0000", "6"),  # 19 / 21
    "links": ("0.9500", "1.0000", "1"),  # 38 / 40
    "process": ("1.0000", "1.0000", "0"),  # 18 / 18
    "narrative": ("1.0000", "1.0000", "0"),  # 5 / 5
    "document": ("0.8392", "1.0000", "1"),  # 47 / 56
    "source_findings": ("0.9000", "1.0000", "0"),  # 99 / 110
    "everything": ("0.9024", "1.0000", "11"),  # 259 / 287, and two faults outside the tables
}


@pytest.mark.parametrize("dataset", MEASURED)
def test_the_measurements_of_a_dataset_are_those_counted_by_hand(tiny: Path, dataset: str) -> None:
    completeness, traceability, faults = MEASURED[dataset]
    measured = [f"catalog#{dataset}-{metric}" for metric in ("completeness", "traceability", "known-faults")]
    assert_same(
        described(Graph().parse(tiny / "catalog.ttl"), *measured),
        "".join(
            f"cat:{dataset}-{metric} a dqv:QualityMeasurement ; dqv:computedOn <{BASE}{dataset}> ;"
            f" dqv:isMeasurementOf cat:{metric}-metric ; dqv:value {value} .\n"
            for metric, value in (
                ("completeness", completeness),
                ("traceability", traceability),
                ("known-faults", faults),
            )
        ),
    )


def test_every_measurement_is_of_a_metric_that_is_explained_and_has_its_datatype(published: Path) -> None:
    graph = Graph().parse(published / "catalog.ttl")
    found = list(graph.subjects(RDF.type, DQV.QualityMeasurement))
    assert len(found) == 13 * 3
    for measurement in found:
        metric, value = graph.value(measurement, DQV.isMeasurementOf), graph.value(measurement, DQV.value)
        dataset = graph.value(measurement, DQV.computedOn)
        assert (dataset, DQV.hasQualityMeasurement, measurement) in graph
        assert isinstance(value, Literal)
        assert value.datatype == graph.value(metric, DQV.expectedDataType)
        assert str(value.datatype).endswith("#integer") or 0 <= Decimal(str(value)) <= 1
        assert_explained(graph, metric, DQV.Metric)
        assert_explained(graph, graph.value(metric, DQV.inDimension), DQV.Dimension)


def assert_explained(graph: Graph, thing: Node | None, kind: URIRef) -> None:
    assert (thing, RDF.type, kind) in graph
    for predicate in (SKOS.prefLabel, SKOS.definition):
        texts: Any = graph.objects(thing, predicate)
        assert sorted(text.language for text in texts) == ["en", "nl"], (thing, predicate)


def test_the_known_faults_of_a_dataset_are_its_rows_of_the_list_of_faults(published: Path) -> None:
    graph = Graph().parse(published / "catalog.ttl")
    with (ROOT / "tests/golden/nl-2020-2022/source_findings.csv").open(encoding="utf-8", newline="") as file:
        places = [row["dataset"] for row in csv.DictReader(file)]
    for name in tables(published):
        assert str(graph.value(URIRef(f"{NL}catalog#{name}-known-faults"), DQV.value)) == str(places.count(name))
    assert str(graph.value(URIRef(f"{NL}catalog#everything-known-faults"), DQV.value)) == str(len(places))


def test_every_dataset_leads_to_the_reports_and_they_are_there(published: Path) -> None:
    graph = Graph().parse(published / "catalog.ttl")
    for dataset in graph.subjects(RDF.type, DCAT.Dataset):
        reports = {str(o).removeprefix(NL) for o in graph.objects(dataset, DQV.hasQualityMetadata)}
        assert reports == {"reports/quality.ttl", "reports/validation.ttl"}
        assert all((published / path).is_file() for path in reports)


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(1, 3, "0.3333"), (2, 3, "0.6666"), (99_999, 100_000, "0.9999"), (7, 7, "1.0000"), (0, 5, "0.0000"), (0, 0, "")],
)
def test_a_share_is_rounded_down_so_that_only_what_is_whole_is_one(part: int, whole: int, expected: str) -> None:
    assert measurements.share(part, whole) == expected


def test_where_there_is_nothing_to_measure_nothing_is_said(tmp_path: Path) -> None:
    loaded = load(copy(tmp_path))
    empty = statistics.measure(loaded.specs["themes"], [], [], None)
    assert list(measurements.measurement_triples("themes", loaded.names, empty)) == []
    metrics = set(measurements.metric_triples(loaded.names, {"themes": empty}, ["nl", "en"]))
    assert {kind for _, predicate, kind in metrics if predicate == RDF.type} == {DQV.QualityMetadata}


def test_without_a_list_of_faults_their_number_is_not_known(tmp_path: Path) -> None:
    loaded = load(copy(tmp_path))
    record = {"publication": "tiny", "number": "1", "letter": "A", "title": "", "source_places": "L10"}
    counted = statistics.measure(loaded.specs["themes"], [record], [], None)
    said = list(measurements.measurement_triples("themes", loaded.names, counted))
    assert {str(subject) for subject, _, _ in said} == {
        f"{BASE}catalog#themes-completeness",
        f"{BASE}catalog#themes-traceability",
    }
    assert statistics.total([counted, counted], None).faults is None


# What portals make of it --------------------------------------------------------------------------------

BARE = "<https://data.test.nl/a> a <http://www.w3.org/ns/dcat#Dataset> ."


def practices(turtle: str | bytes) -> set[int]:
    """Return the numbers of the W3C's best practices that a catalogue meets."""
    graph = Index.of(ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    outcomes = w3c.practices(View(graph, LISTS, date(2026, 11, 23)))
    return {number for number, outcome in enumerate(outcomes, start=1) if outcome.met}


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (5, "<http://www.w3.org/ns/prov#wasGeneratedBy> <https://data.test.nl/making>"),
        (6, "<http://www.w3.org/ns/dqv#hasQualityMeasurement> <https://data.test.nl/measurement>"),
        (6, "<http://www.w3.org/ns/dqv#hasQualityMetadata> <https://data.test.nl/report>"),
        (18, "<http://rdfs.org/ns/void#subset> <https://data.test.nl/part>"),
        (18, "<http://purl.org/dc/terms/hasPart> <https://data.test.nl/part>"),
    ],
)
def test_a_practice_is_met_by_what_a_catalogue_says_and_not_without(number: int, says: str) -> None:
    assert number not in practices(BARE)
    assert number in practices(f"{BARE} <https://data.test.nl/a> {says} .")


def test_the_published_catalogue_tells_its_provenance_quality_version_and_subsets(published: Path) -> None:
    # 5 provenance, 6 quality, 7 version, 8 version history, 18 subsets, 35 the original is cited
    assert practices((published / "catalog.ttl").read_bytes()) >= {5, 6, 7, 8, 18, 35}


def test_the_practices_that_a_file_cannot_show_stay_unmet(published: Path) -> None:
    # 16 formalisation, 19 content negotiation, 20 real time, 23-25 an API, 26 and 27 no breaks, 30, 31, 33, 34
    met = practices((published / "catalog.ttl").read_bytes())
    assert not met & {16, 19, 20, 23, 24, 25, 26, 27, 30, 31, 33, 34}


def test_a_dataset_of_a_catalogue_can_be_shown_as_part_of_it() -> None:
    listed = "<https://data.test.nl/c> <http://www.w3.org/ns/dcat#dataset> <https://data.test.nl/a> ."
    for turtle, expected in ((BARE, False), (f"{BARE} {listed}", True)):
        view = View(Index.of(ox.parse(turtle, format=ox.RdfFormat.TURTLE)), LISTS, date(2026, 11, 23))
        listed_in = next(each for each in scored(GOOGLE, view).measured if each.measure.name == "includedInDataCatalog")
        assert listed_in.whole(0) is expected
