"""Each engine finds what is wrong with staged files, and tells it in the one form."""

from __future__ import annotations

import json
import shutil
import socket
from pathlib import Path
from typing import get_args

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, RDFS, SH, XSD

from conftest import shared
from graphs_help import checked, load_shapes
from ogp_data.checks import foreign as catalogues
from ogp_data.checks import report as reports
from ogp_data.checks import staged
from ogp_data.checks.reports.data import finding_as_dict
from ogp_data.checks.shacl import property_labels
from ogp_data.checks.tables import check_package
from ogp_data.checks.validation import in_order
from ogp_data.cli import exits
from ogp_data.cli.main import main
from ogp_data.core import resources
from ogp_data.core.findings import Finding, Place, finding, rules
from ogp_data.core.messages import say
from ogp_data.core.names import Names
from ogp_data.core.namespaces import curie
from ogp_data.core.places import Block, Box, Line, Page, SheetCell, SourcePlace
from ogp_data.core.rdf import to_ox, write
from ogp_data.core.reasons import REASONS
from ogp_data.core.stage import Stage
from ogp_data.core.vocab import AUTHORITY, DCAT, DCT
from ogp_data.declaration import reading as publication
from ogp_data.documents.document import Reason
from ogp_data.models.lists import load_lists

ROOT = Path(__file__).parents[1]
ROWS = {"assessments": 13, "themes": 7}


@pytest.fixture
def package(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published, tmp_path / "package"))


def spoil(package: Path, dataset: str, old: str, new: str) -> list[Finding]:
    path = package / dataset / f"{dataset}.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    found = check_package(package, ROWS)
    # The descriptor knows size and hash of each file; here only what is in the rows is of interest.
    return [fault for fault in found if fault.place.row or fault.rule == "row-count"]


def test_a_sound_package_has_no_findings(package: Path) -> None:
    assert check_package(package, ROWS) == []


@pytest.mark.parametrize(
    ("dataset", "old", "new", "rule", "row", "column"),
    [
        ("themes", ",3,III,", ",three,III,", "cell-type", "4", "theme_number"),
        ("themes", ",3,III,Open Communication", ",3,III,", "cell-required", "4", "title"),
        ("themes", ",3,III,", ",2,III,", "duplicate-row-key", "4", ""),
        ("commitments", ",C13,13,7,", ",C13,13,8,", "cell-foreign-key", "14", "theme_number"),
        ("links", ",C7,7,", ",C14,7,", "cell-foreign-key", "20", "commitment"),
        ("overview", ",C13,13,", ",C12,13,", "duplicate-row-key", "14", ""),
        ("links", ",false-link,", ",wrong-link,", "cell-code", "7", "url_status"),
        ("assessments", "L98 L100", "L98;L100", "cell-constraint", "2", "source_places"),
        ("assessments", ",2,2023-05-26,", ",2,2023-05-36,", "cell-type", "3", "assessed_on"),
    ],
)
def test_frictionless_finds_a_wrong_cell_and_its_place(
    package: Path, dataset: str, old: str, new: str, rule: str, row: str, column: str
) -> None:
    found = spoil(package, dataset, old, new)
    places = [(fault.rule, fault.place.file, fault.place.row) for fault in found]
    assert (rule, f"{dataset}/{dataset}.csv", row) in places
    if column:
        assert column in {fault.place.column for fault in found if fault.rule == rule}


def test_frictionless_counts_the_rows_that_the_declaration_expects(package: Path) -> None:
    path = package / "themes/themes.csv"
    path.write_text("\n".join(path.read_text(encoding="utf-8").split("\n")[:-2]) + "\n", encoding="utf-8")
    (found,) = (fault for fault in check_package(package, ROWS) if fault.rule == "row-count")
    expected = ROWS["themes"]
    assert found.message == f"The number of rows is {expected - 1}; `rows` in the declaration says {expected}."
    assert say(found.message, "nl") == (
        f"Het aantal rijen is {expected - 1}; volgens `rows` in de declaratie zijn het er {expected}."
    )


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (",3,III,", ",three,III,", "'three' n’est pas du type de la colonne."),
        (",3,III,", ",2,III,", "La ligne a la même clé que la ligne 3 du tableau."),
        (",3,III,Open Communication", ",3,III,", "La cellule est vide, alors que sa colonne demande une valeur."),
    ],
)
def test_what_frictionless_finds_is_said_in_the_language(package: Path, old: str, new: str, says: str) -> None:
    told = {say(fault.message, "fr") for fault in spoil(package, "themes", old, new)}
    assert says in told


# SHACL over the rows ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dataset", "old", "new", "severity", "says"),
    [
        (
            "assessments",
            "ogp:commitment commitments:C3 ;",
            "",
            "error",
            "exactly one commitment",
        ),
        ("assessments", 'ogp:sourcePlace "L101" ', "ogp:sourcePlace 101 ", "error", "at least one place"),
        (
            "commitments",
            "ogp:theme <https://example.org/ogp/nl-2020-2022/themes#7> ;",
            "",
            "warning",
            "A theme has at least one commitment",
        ),
        ("commitments", '"NL0039"', '"39"', "error", "OGP identifier"),
    ],
)
def test_shapes_about_commitments_and_assessments_find_what_is_wrong(
    package: Path, dataset: str, old: str, new: str, severity: str, says: str
) -> None:
    lists = load_lists(resources.value_lists())
    loaded, _ = publication.load(ROOT / "data", "nl-2020-2022", lists)
    assert loaded
    stage = Stage(package.parent / "stage")
    shutil.copytree(package, stage.folder, dirs_exist_ok=True)
    assert [fault for fault in staged.check_linked(loaded, stage) if fault.severity == "error"] == []
    path = stage.folder / dataset / f"{dataset}.ttl"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")
    found = staged.check_linked(loaded, stage)
    assert [fault.severity for fault in found if says in fault.message] == [severity]
    assert all(say(fault.message, "nl") != fault.message for fault in found)


# The report ---------------------------------------------------------------------------------------------


def test_a_finding_reads_aloud() -> None:
    place = Place(file="ogp-self-assessment.txt", table="assessments", at=Line(102), column="Evidence")
    assert str(place) == "ogp-self-assessment.txt, table 'assessments', line 102, column 'Evidence'"
    text = str(finding("row-width", "A row has 4 cells, but the table has 5 columns.", place, "Put a tab there."))
    assert text == (
        "error row-width: A row has 4 cells, but the table has 5 columns.\n"
        "    at: ogp-self-assessment.txt, table 'assessments', line 102, column 'Evidence'\n"
        "    fix: Put a tab there."
    )


def test_the_report_as_rdf_is_a_shacl_report_in_which_every_result_has_an_iri() -> None:
    names = Names("https://data.example.nl/x/", "https://files.example.nl/x/", "https://data.example.nl/x/ogp#")
    found = [
        finding("row-width", "A row.", Place(file="a.txt", at=Line(3))),
        finding("language-tag", "No tag.", Place(iri="https://data.example.nl/x/themes", property="dct:title")),
    ]
    report = reports.Report("x", "1", found, {})
    graph = Graph().parse(data=write(map(to_ox, reports.triples(report, names)), "ttl", {}), format="turtle")
    whole = URIRef("https://data.example.nl/x/reports/validation")
    results = set(graph.objects(whole, SH.result))
    assert results == {URIRef(f"{whole}#1"), URIRef(f"{whole}#2")}
    assert str(graph.value(whole, SH.conforms)) == "false"
    for result in results:
        assert (result, RDF.type, SH.ValidationResult) in graph
        for required in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent, SH.resultMessage):
            assert graph.value(result, required) is not None
    assert graph.value(URIRef(f"{whole}#1"), SH.focusNode) == URIRef("https://data.example.nl/x/source/a.txt#line=2,3")
    assert graph.value(URIRef(f"{whole}#2"), SH.resultPath) == URIRef("http://purl.org/dc/terms/title")


@pytest.mark.parametrize(
    ("at", "members", "fragment"),
    [
        (Line(3), {"line": 3}, "line=2,3"),
        (Page(3, Box(1, 2, 3, 4.5)), {"page": 3, "box": [1, 2, 3, 4.5]}, "page=3&viewrect=1,2,2,2.5"),
        (SheetCell("S 1", "A", 5, ("B", 6)), {"sheet": "S 1", "cell": "A5:B6"}, "'S%201'!A5:B6"),
        (Block(7, "/p"), {"block": 7, "path": "/p"}, "selector(type=XPathSelector,value=/p)"),
        (Block(7), {"block": 7}, "block=7"),
    ],
)
def test_a_place_of_any_document_is_told_in_its_parts_and_by_its_iri(
    at: SourcePlace, members: dict[str, object], fragment: str
) -> None:
    names = Names("https://data.example.nl/x/", "https://files.example.nl/x/", "https://data.example.nl/x/ogp#")
    found = finding("row-width", "A row.", Place(file="a.bin", table="t", at=at, row="1"))
    assert finding_as_dict(found)["place"] == {"file": "a.bin", "table": "t", **members, "row": "1"}
    graph = Graph()
    for triple in reports.triples(reports.Report("x", "1", [found], {}), names):
        graph.add(triple)
    focus = [str(one) for one in graph.objects(None, SH.focusNode)]
    assert focus == [f"https://data.example.nl/x/source/a.bin#{fragment}"]
    assert json.loads(json.dumps(finding_as_dict(found)))["where"] == f"a.bin, table 't', {at}, row 1"


@pytest.mark.parametrize("file", ["agents.toml", "site.toml", "x/publication.toml"])
def test_a_key_of_a_declaration_is_no_place_in_the_source(file: str) -> None:
    names = Names("https://data.example.nl/x/", "https://files.example.nl/x/", "https://data.example.nl/x/ogp#")
    found = finding("row-width", "A key.", Place(file=file, key="contact[0].email", at=Line(2)))
    told = reports.triples(reports.Report("x", "1", [found], {}), names)
    assert [str(o) for _, p, o in told if p == SH.focusNode] == ["https://data.example.nl/x/catalog"]


def test_json_and_html_say_the_same_as_each_other(published: Path) -> None:
    data = json.loads((published / "reports/validation.json").read_bytes())
    page = (published / "en/reports/validation.html").read_text(encoding="utf-8")
    assert data["errors"] == 0
    assert data["publishable"] is True
    assert data["warnings"] == len(data["findings"])
    assert all(f"<h3>{found['rule']}</h3>" in page for found in data["findings"])
    # What is said of many places is told once, with every place: no file has a service that gives access to it.
    files = set(Graph().parse(published / "catalog.ttl").subjects(RDF.type, DCAT.Distribution))
    assert page.count("(dcat:accessService) is recommended. Without it, the service that gives") == 1
    assert page.count("dcat:accessService</li>") == len(files) > 10
    dutch = (published / "reports/validation.html").read_text(encoding="utf-8")
    assert dutch.count("dcat:accessService (toegangsservice)</li>") == len(files)
    installed = (ROOT / "site-assets" / "node_modules" / "installed").exists()
    assert {found["rule"] for found in data["findings"]} == {
        "placeholder-base-iri",
        "unknown-source-origin",
        "vocabulary-unregistered",
        "dcat-ap-nl-recommended",
        "placeholder-base-url",
        "altered-by-spreadsheet",
        "contact-without-email",
        *(() if installed else ("missing-site-assets",)),
    }
    assert all(found["hint"] and found["where"] and found["engine"] for found in data["findings"])


def test_script_in_a_finding_is_shown_as_text() -> None:
    found = [finding("row-width", "<script>alert(1)</script>", Place(file="<b>"))]
    page = reports.to_html(reports.Report("x", "1", found, {}), "en").decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_findings_are_told_once_and_errors_first() -> None:
    warning = finding("formula-like", "w", Place(at=Line(1)))
    error = finding("row-width", "e", Place(at=Line(9)))
    assert in_order([warning, error, warning]) == [error, warning]


def test_every_rule_says_when_it_occurs_and_how_to_mend_it() -> None:
    for rule in rules().values():
        assert rule.occurs.endswith("."), rule.name
        assert rule.fix.rstrip(")").endswith((".", "toml")), rule.name


# Any catalogue, by a version and by shapes of others ----------------------------------------------------

CONFORMING = ROOT / "tests" / "catalogues" / "conforming.ttl"
DATA = Namespace("https://data.example.nl/")
FRISIAN = URIRef(AUTHORITY + "language/FRY")
RESTRICTED = URIRef(AUTHORITY + "access-right/RESTRICTED")
UNTYPED = URIRef("https://elsewhere.example.nl/untyped")

# What 3.0.0 forbids and 3.0.1 allows, by the official shapes of both: resource, property, and a value beside those that
# are there. 3.0.0 also wants the values of LOOSE to be of the type rdfs:Resource, which every IRI is by RDFS.
BESIDE = (
    ("bomen", DCAT.contactPoint, DATA.contact2),
    ("bomen-api", DCAT.contactPoint, DATA.contact2),
    ("bomen", DCAT.spatialResolutionInMeters, Literal("2.5", datatype=XSD.decimal)),
    ("bomen-csv", DCT.language, FRISIAN),
    ("bomen-csv", DCT.rights, RESTRICTED),
    ("catalogus", DCT.rights, RESTRICTED),
)
LOOSE = (
    ("bomen", DCT.relation),
    ("bomen", DCT.isReferencedBy),
    ("bomen-csv", DCAT.accessURL),
    ("bomen-csv", DCAT.downloadURL),
    ("bomen-api", DCAT.endpointURL),
    ("bomen-api", DCAT.endpointDescription),
    ("relatie", DCT.relation),
)
ONLY_3_0_0 = {(str(DATA[name]), curie(str(term))) for name, term, _ in BESIDE}


@pytest.fixture
def between_versions(tmp_path: Path) -> Path:
    """Return a catalogue that 3.0.1 allows, and 3.0.0 forbids in every way in which it differs."""
    graph = Graph().parse(CONFORMING)
    graph += Graph().parse(data=CONTACT_2, format="turtle")
    for name, term, value in BESIDE:
        graph.add((DATA[name], term, value))
    for name, term in LOOSE:
        graph.set((DATA[name], term, UNTYPED))
    return Path(graph.serialize(tmp_path / "between.ttl", format="turtle") and tmp_path / "between.ttl")


CONTACT_2 = """
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
<https://data.example.nl/contact2> a vcard:Organization ; vcard:hasEmail <mailto:twee@example.nl> .
"""


def told(findings: list[Finding]) -> set[tuple[str, str]]:
    """Return resource and property of the errors."""
    return {(f.place.iri, f.place.property) for f in findings if f.severity == "error"}


@pytest.mark.parametrize(
    ("profiles", "expected"),
    [
        (["dcat-ap-nl"], set()),
        (["dcat-ap-nl-3.0.1"], set()),
        (["dcat-ap-nl-3.0.0"], ONLY_3_0_0),
        (["dcat-ap-nl", "dcat-ap-nl-3.0.0"], ONLY_3_0_0),
    ],
)
def test_what_only_3_0_0_forbids_is_told_where_it_is_asked_for_and_says_so(
    profiles: list[str], expected: set[tuple[str, str]], between_versions: Path
) -> None:
    found = catalogues.validate(str(between_versions), profiles=profiles).findings
    assert told(found) == expected
    for fault in found:
        if fault.severity == "error":
            assert "3.0.0" in fault.message, fault
            assert "3.0.0" in say(fault.message, "nl"), fault


@pytest.mark.parametrize(("version", "expected"), [("3.0.0", ONLY_3_0_0), ("3.0.1", set())])
def test_the_official_shapes_of_a_version_say_the_same_as_ours_of_it(
    version: str, expected: set[tuple[str, str]], between_versions: Path
) -> None:
    shapes = shared() / "standards" / f"dcat-ap-nl-{version}"
    found = catalogues.validate(str(between_versions), profiles=[f"dcat-ap-nl-{version}"], shapes=shapes).findings
    assert {(f.place.iri, f.place.property) for f in found if f.rule == "shapes-required"} == expected


@pytest.mark.parametrize("profile", ["", "-3.0.0", "-3.0.1"])
def test_what_both_versions_forbid_is_told_by_each_without_its_number(profile: str, tmp_path: Path) -> None:
    graph = Graph().parse(CONFORMING)
    graph.remove((DATA.bomen, DCAT.contactPoint, None))
    graph.remove((DATA["bomen-csv"], DCT.license, None))
    graph += Graph().parse(data=CONTACT_2, format="turtle")
    graph.add((DATA.catalogus, DCAT.contactPoint, DATA.contact2))
    graph.serialize(tmp_path / "c.ttl", format="turtle")
    found = catalogues.validate(str(tmp_path / "c.ttl"), profiles=[f"dcat-ap-nl{profile}"]).findings
    assert told(found) == {
        (str(DATA.bomen), "dcat:contactPoint"),
        (str(DATA["bomen-csv"]), "dct:license"),
        (str(DATA.catalogus), "dcat:contactPoint"),
    }
    assert not any("3.0.0" in fault.message for fault in found if fault.severity == "error")


def test_the_command_takes_the_version(between_versions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(between_versions), "--profile", "dcat-ap-nl-3.0.1"]) == exits.PUBLISHED
    assert main(["validate", str(between_versions), "--profile", "dcat-ap-nl-3.0.0"]) == exits.ERRORS
    assert main(["validate", str(between_versions)]) == exits.PUBLISHED
    assert "In DCAT-AP-NL 3.0.0, not in 3.0.1, a dataset has at most one contact point" in capsys.readouterr().out
    assert main(["validate", str(between_versions), "--profile", "dcat-ap-nl-2.0"]) == exits.USAGE
    known = "dcat-ap, dcat-ap-3.0.1, dcat-ap-hvd, dcat-ap-hvd-3.0.0, dcat-ap-nl, dcat-ap-nl-3.0.0, dcat-ap-nl-3.0.1"
    assert known in capsys.readouterr().err


# Shapes of others.

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix eush: <https://purl.eu/ns/shacl#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://shapes.example.nl/> .
"""
THREE_TITLES = SHAPES + ":Three a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:property [ {} ] ."


def with_shapes(tmp_path: Path, *texts: str, catalogue: Path = CONFORMING) -> list[Finding]:
    """Return what is found by shapes in the place of ours."""
    folder = tmp_path / "shapes"
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(texts):
        (folder / f"{number}.ttl").write_text(text, encoding="utf-8")
    return catalogues.validate(str(catalogue), shapes=folder).findings


# What is told where a shape says nothing itself.
UNSAID = (
    'It does not satisfy sh:minCount "3"^^xsd:integer.',
    'Het voldoet niet aan sh:minCount "3"^^xsd:integer.',
)

# How a shape may say what is wrong, and what is told in English and in Dutch.
MESSAGES = {
    "none": ("", *UNSAID),
    "both languages": ('; sh:message "Three!"@en , "Drie!"@nl', "Three!", "Drie!"),
    "Dutch alone": ('; sh:message "Drie!"@nl', "Drie!", "Drie!"),
    "no language": ('; sh:message "Three!"', "Three!", ""),
    "another language": ('; sh:message "Drei!"@de', "Drei!", ""),
    "where the official shapes have it": ('; eush:message "Three!"@en', "Three!", ""),
    "on two lines": ('; sh:message "Three\\nof them"@en', "Three of them", ""),
    "no text": ("; sh:message :nothing", *UNSAID),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_shapes_of_others_may_say_what_is_wrong_in_any_way(name: str, tmp_path: Path) -> None:
    message, english, dutch = MESSAGES[name]
    (found,) = with_shapes(tmp_path, THREE_TITLES.format(f"sh:path dct:title ; sh:minCount 3 {message}"))
    assert (found.rule, found.severity, found.message) == ("shapes-required", "error", english)
    assert say(found.message, "nl") == (dutch or english)
    assert str(found.place) == f"{CONFORMING}, <https://data.example.nl/bomen>, dct:title"
    assert found.place.of("nl") == f"{CONFORMING}, <https://data.example.nl/bomen>, dct:title (titel)"


@pytest.mark.parametrize("severity", ["sh:Warning", "sh:Info", "<https://shapes.example.nl/Remark>"])
def test_what_shapes_of_others_do_not_call_a_violation_is_a_warning(severity: str, tmp_path: Path) -> None:
    (found,) = with_shapes(tmp_path, THREE_TITLES.format(f"sh:path dct:title ; sh:minCount 3 ; sh:severity {severity}"))
    assert (found.rule, found.severity) == ("shapes-recommended", "warning")


def test_shapes_of_others_come_in_the_place_of_ours_and_our_rules_run(tmp_path: Path) -> None:
    text = CONFORMING.read_text(encoding="utf-8")
    spoilt = text.replace('"Bomenregister als CSV"@nl', '"Bomenregister als CSV"').replace(
        "dct:creator :gemeente ;", ""
    )
    (tmp_path / "c.ttl").write_text(spoilt, encoding="utf-8")
    found = with_shapes(
        tmp_path, THREE_TITLES.format("sh:path dct:title ; sh:minCount 1"), catalogue=tmp_path / "c.ttl"
    )
    assert [fault.rule for fault in found] == ["language-tag"]
    ours = catalogues.validate(str(tmp_path / "c.ttl")).findings
    assert {fault.rule for fault in ours if fault.severity == "error"} == {"dcat-ap-nl-required"}


def test_shapes_may_be_in_any_format_and_in_files_that_need_each_other(tmp_path: Path) -> None:
    folder = tmp_path / "shapes"
    folder.mkdir()
    (folder / "README.md").write_text("not a shape")
    (folder / "a.ttl").write_text(SHAPES + ":Three sh:targetClass dcat:Dataset ; sh:property :title .")
    title = {"@id": "https://shapes.example.nl/title", f"{SH}path": {"@id": str(DCT.title)}, f"{SH}minCount": 3}
    (folder / "b.jsonld").write_text(json.dumps(title))
    found = catalogues.validate(str(CONFORMING), shapes=folder).findings
    assert [(fault.rule, fault.place.property) for fault in found] == [("shapes-required", "dct:title")]


def test_concepts_that_only_the_value_lists_describe_are_not_blamed(tmp_path: Path) -> None:
    shape = SHAPES + (
        ":Defined a sh:NodeShape ; sh:targetClass <http://www.w3.org/2004/02/skos/core#Concept> ;"
        " sh:property [ sh:path <http://www.w3.org/2004/02/skos/core#definition> ; sh:minCount 1 ] ."
    )
    found = with_shapes(tmp_path, shape)
    assert {fault.place.iri.removeprefix(DATA) for fault in found} == {"lokale-overheid", "thema-groen"}


def test_a_property_shape_that_is_described_nowhere_is_told_and_left_out(tmp_path: Path) -> None:
    shape = ":Three sh:targetClass dcat:Dataset ; sh:property :gone , [ sh:path dct:title ; sh:minCount 3 ] ."
    found = with_shapes(tmp_path, SHAPES + shape)
    assert [fault.rule for fault in found] == ["shapes-required", "incomplete-shapes"]
    assert "<https://shapes.example.nl/gone>" in found[1].message
    assert found[1].place.file == str(tmp_path / "shapes")


# What a folder of shapes may hold instead, and what is said of it.
UNUSABLE = {
    "broken": (SHAPES + ":Three sh:targetClass", "not well-formed Turtle"),
    "a page": ("<!doctype html>", "web page without JSON-LD"),
    "empty": ("", "without any statement"),
    "no shape": (SHAPES + ':one dct:title "Een"@nl .', "has a target"),
    "no target": (SHAPES + ":One a sh:NodeShape ; sh:property [ sh:path dct:title ; sh:minCount 3 ] .", "has a target"),
    "a count in words": (THREE_TITLES.format('sh:path dct:title ; sh:minCount "three"'), "cannot be applied"),
    "a pattern that is none": (THREE_TITLES.format('sh:path dct:title ; sh:pattern "("'), "cannot be applied"),
    "a path that is none": (THREE_TITLES.format('sh:path "title" ; sh:minCount 3'), "cannot be applied"),
    "a query that is none": (
        SHAPES + ':Q a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:sparql [ sh:select "?" ] .',
        "cannot be applied",
    ),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_shapes_that_cannot_be_used_are_an_error_with_place_and_mend(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, says = UNUSABLE[name]
    (found,) = with_shapes(tmp_path, text)
    assert (found.rule, found.severity) == ("unusable-shapes", "error")
    assert says in found.message
    assert "\n" not in found.message
    assert found.place.file.startswith(str(tmp_path / "shapes"))
    assert found.hint == rules()["unusable-shapes"].fix
    assert main(["validate", str(CONFORMING), "--shapes", str(tmp_path / "shapes")]) == exits.ERRORS
    out, err = capsys.readouterr()
    assert "error unusable-shapes" in out
    assert err == ""


def test_one_broken_file_among_the_shapes_is_enough(tmp_path: Path) -> None:
    found = with_shapes(tmp_path, THREE_TITLES.format("sh:path dct:title ; sh:minCount 3"), "broken")
    assert [(fault.rule, Path(fault.place.file).name) for fault in found] == [("unusable-shapes", "1.ttl")]


def test_a_folder_of_shapes_that_is_not_there_or_is_empty_or_no_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.ttl").write_text(SHAPES)
    for name, rule, says in (
        ("gone", "missing-file", "No such file"),
        ("empty", "unusable-shapes", "no file named *.ttl"),
        ("file.ttl", "missing-file", "Not a directory"),
    ):
        (found,) = catalogues.validate(str(CONFORMING), shapes=tmp_path / name).findings
        assert (found.rule, found.place.file) == (rule, str(tmp_path / name))
        assert says in found.message


def test_a_catalogue_and_shapes_that_cannot_be_read_are_both_told(tmp_path: Path) -> None:
    found = catalogues.validate(str(tmp_path / "gone.ttl"), shapes=tmp_path / "gone").findings
    assert [fault.rule for fault in found] == ["missing-file", "missing-file"]


# Ways in which shapes name other addresses.
FETCHING = {
    "imports": "<https://shapes.example.nl/> a owl:Ontology ; owl:imports <HERE/shapes.ttl> .",
    "a query FROM": ":Q a sh:NodeShape ; sh:targetClass dcat:Dataset ;"
    ' sh:sparql [ sh:message "Q"@en ; sh:select "SELECT $this FROM <HERE/x.ttl> WHERE { $this a ?kind }" ] .',
    "a query by SERVICE": ":Q a sh:NodeShape ; sh:targetClass dcat:Dataset ;"
    ' sh:sparql [ sh:message "Q"@en ; sh:select "SELECT $this WHERE { SERVICE <HERE/x> { $this a ?kind } }" ] .',
    "a shapes graph": "<https://data.example.nl/catalogus> sh:shapesGraph <HERE/shapes.ttl> .",
}


@pytest.mark.parametrize("name", FETCHING)
def test_nothing_that_shapes_name_is_fetched(name: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        here = f"http://127.0.0.1:{server.getsockname()[1]}"
        shapes = THREE_TITLES.format("sh:path dct:title ; sh:minCount 1") + FETCHING[name].replace("HERE", here)
        with_shapes(tmp_path, shapes)
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_query_among_the_shapes_is_asked(tmp_path: Path) -> None:
    query = (
        ':Q a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:sparql [ sh:message "Not {?value}."@en ;'
        ' sh:select "SELECT $this ?value WHERE { $this <http://www.w3.org/ns/dcat#version> ?value }" ] .'
    )
    (found,) = with_shapes(tmp_path, SHAPES + query)
    assert found.message == "Not 2.1.0."


@pytest.mark.parametrize("version", ["3.0.0", "3.0.1"])
def test_the_official_shapes_accept_the_conforming_catalogue_and_the_example_with_its_background(
    version: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    standards = shared() / "standards"
    whole = tmp_path / "example.ttl"
    background = (standards / "vocabularies" / "background.ttl").read_text(encoding="utf-8")
    whole.write_text((standards / "example-dcat-ap-nl.ttl").read_text(encoding="utf-8") + background, encoding="utf-8")
    for catalogue in (CONFORMING, whole):
        shapes = standards / f"dcat-ap-nl-{version}"
        found = catalogues.validate(str(catalogue), profiles=[f"dcat-ap-nl-{version}"], shapes=shapes).findings
        assert [str(fault) for fault in found if fault.rule == "shapes-required"] == []
    command = ["validate", str(CONFORMING), "--shapes", str(standards / f"dcat-ap-nl-{version}")]
    assert main(command) == exits.PUBLISHED
    assert ": 0 errors" in capsys.readouterr().out


@pytest.mark.parametrize("version", ["3.0.0", "3.0.1"])
def test_the_official_shapes_find_a_fault_in_their_own_words(version: str, tmp_path: Path) -> None:
    text = CONFORMING.read_text(encoding="utf-8").replace("dct:publisher :gemeente ;", 'dct:publisher "gemeente" ;')
    (tmp_path / "c.ttl").write_text(text, encoding="utf-8")
    shapes = shared() / "standards" / f"dcat-ap-nl-{version}"
    found = catalogues.validate(str(tmp_path / "c.ttl"), shapes=shapes).findings
    faults = [fault for fault in found if fault.rule == "shapes-required"]
    assert {fault.place.iri.removeprefix(DATA) for fault in faults} == {"bomen", "bomen-api", "catalogus", "registers"}
    assert {str(fault.place.label) for fault in faults} == {"uitgever"}
    assert all(fault.message and "_:" not in fault.message for fault in faults)


# Places that a steward finds ----------------------------------------------------------------------------


def test_every_property_of_our_shapes_has_a_dutch_name_that_its_message_uses() -> None:
    shapes = load_shapes([ROOT / "shapes" / "dcat-ap-nl" / "mandatory.ttl"])
    labels = property_labels(checked(shapes))
    for shape in shapes.subjects(SH.targetClass):
        kind, path = shapes.value(shape, SH.targetClass), shapes.value(shape, SH.path)
        assert path is not None
        dutch = next(m for m in shapes.objects(shape, SH.message) if isinstance(m, Literal) and m.language == "nl")
        assert labels[str(kind), str(path)] in dutch


def test_the_dutch_names_are_those_of_the_standard() -> None:
    shapes = load_shapes([ROOT / "shapes" / "dcat-ap-nl" / "mandatory.ttl"])
    ours = {tuple(map(curie, where)): name for where, name in property_labels(checked(shapes)).items()}
    official = load_shapes([shared() / "standards" / "dcat-ap-nl-3.0.1" / "dcat-ap-nl-LBL.ttl"])
    compared = 0
    for shape, kind in official.subject_objects(SH.targetClass):
        for part in official.objects(shape, SH.property):
            names = {
                str(n) for n in official.objects(part, RDFS.label) if isinstance(n, Literal) and n.language == "nl"
            }
            name = ours.get((curie(str(kind)), curie(str(official.value(part, SH.path)))))
            compared += bool(names and name)
            assert not names or name is None or name.lower() in {text.lower() for text in names}
    assert compared > 70


def places(findings: list[Finding], rule: str) -> list[str]:
    return [str(fault.place).removeprefix("c.ttl, ") for fault in findings if fault.rule == rule]


NAMELESS = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
<https://a.test.nl/c> a dcat:Catalog ; dcat:dataset
    [ a dcat:Dataset ; dct:title "Trees"@en , "Bomen"@nl ; dct:identifier "b-1" ;
      dcat:contactPoint [ a vcard:Kind ; vcard:fn "Team" ] ;
      dcat:distribution [ a dcat:Distribution ; dcat:accessURL <https://a.test.nl/bomen.csv> ] ] ,
    [ a dcat:Dataset ; dct:title "Wegen"@nl ] , [ ] .
[] a dcat:Dataset .
[ <https://a.test.nl/p> _:round ] a dcat:Dataset .
_:round dcat:contactPoint _:round ; <https://a.test.nl/p> _:back .
_:back <https://a.test.nl/p> _:round .
"""


def test_a_thing_without_iri_is_named_by_its_words_and_by_what_leads_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("c.ttl").write_text(NAMELESS, encoding="utf-8")
    found = catalogues.validate("c.ttl").findings
    trees = 'dcat:Dataset "Bomen"@nl "b-1" (no IRI), dcat:dataset of <https://a.test.nl/c>'
    assert f"{trees}, dct:accessRights" in places(found, "dcat-ap-nl-required")
    assert places(found, "missing-distribution") == [
        'dcat:Dataset "Wegen"@nl (no IRI), dcat:dataset of <https://a.test.nl/c>, dcat:distribution',
        "dcat:Dataset (no IRI), dcat:distribution",
        "dcat:Dataset (no IRI), dcat:distribution",
    ]
    assert f'vcard:Kind "Team" (no IRI), dcat:contactPoint of {trees}, vcard:hasEmail' in places(found, "contact-point")
    assert (
        f"dcat:Distribution <https://a.test.nl/bomen.csv> (no IRI), dcat:distribution of {trees}, dct:license"
        in places(found, "dcat-ap-nl-required")
    )
    assert all(str(fault.place) != "c.ttl" for fault in found)


def test_nameless_things_are_told_the_same_each_time(tmp_path: Path) -> None:
    shared_contact = "_:contact a vcard:Kind . " + "".join(
        f'[] a dcat:Dataset ; dct:title "{number}"@nl ; dcat:contactPoint _:contact . ' for number in range(20)
    )
    (tmp_path / "c.ttl").write_text(NAMELESS + shared_contact, encoding="utf-8")
    once, *again = (catalogues.validate(str(tmp_path / "c.ttl")).findings for _ in range(4))
    assert all(found == once for found in again)


def test_the_command_names_the_property_in_dutch_to_readers_of_dutch_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = CONFORMING.read_text(encoding="utf-8")
    (tmp_path / "c.ttl").write_text(text.replace('"2.1.0"', '"2.1.0" , "2"').replace('notes "', 'notes 1 , "'))
    spoilt = text.replace('dcat:version "2.1.0" ;', 'dcat:version "2.1.0" , "3" ;').replace(
        "vcard:hasEmail <mailto:opendata@example.nl>", "vcard:hasEmail <mailto:opendata>"
    )
    (tmp_path / "c.ttl").write_text(spoilt.replace('dct:title "Opname van het bomenregister"@nl', 'dct:title "x"'))
    told = {
        "<https://data.example.nl/bomen>": ("dcat:version", " (versie)"),
        "<https://data.example.nl/contact>": ("vcard:hasEmail", " (e-mailadres)"),
        "<https://data.example.nl/record-bomen>": ("dct:title", " (titel)"),
        "https://data.example.nl/record-bomen": ("adms:status", " (levenscyclus status)"),
    }
    for language in ("nl", "en", "fr"):
        assert main(["validate", str(tmp_path / "c.ttl"), "--language", language]) == exits.ERRORS
        out = capsys.readouterr().out
        for place, (name, dutch) in told.items():
            assert place in out
            assert f", {name}{dutch if language == 'nl' else ''}{' :' if language == 'fr' else ':'} " in out
    assert main(["validate", str(tmp_path / "c.ttl"), "--json"]) == exits.ERRORS
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert {"versie", "e-mailadres", "titel"} <= {found["place"].get("label") for found in findings}


def test_each_reason_to_set_words_aside_is_said_in_words() -> None:
    assert set(REASONS) == set(get_args(Reason))
