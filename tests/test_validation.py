"""Each engine finds what is wrong with staged files, and tells it in the one form."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH

from ogp_data import publication, resources
from ogp_data.findings import RULES, Finding, Place, finding
from ogp_data.model import Names
from ogp_data.package import Stage
from ogp_data.rdf import to_ox, write
from ogp_data.validation import report as reports
from ogp_data.validation import staged
from ogp_data.validation.lists import load_lists
from ogp_data.validation.tables import check_package

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
        ("themes", "\n3,III,", "\nthree,III,", "cell-type", "4", "theme_number"),
        ("themes", "\n3,III,Open Communication", "\n3,III,", "cell-required", "4", "title"),
        ("themes", "\n3,III,", "\n2,III,", "cell-unique", "4", ""),
        ("commitments", "\n13,7,", "\n13,8,", "cell-foreign-key", "14", ""),
        ("links", ",false-link,", ",wrong-link,", "cell-code", "7", "url_status"),
        ("assessments", '"98,100"', '"98;100"', "cell-constraint", "2", "source_lines"),
        ("assessments", "\n2,2023-05-26,", "\n2,2023-05-36,", "cell-type", "3", "assessed_on"),
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
    assert "row-count" in {fault.rule for fault in check_package(package, ROWS)}


# SHACL over the rows ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dataset", "old", "new", "severity", "says"),
    [
        ("assessments", "ogp:commitment commitments:3 ;", "", "error", "exactly one commitment"),
        ("assessments", "ogp:sourceLine 101 ", 'ogp:sourceLine "none" ', "error", "at least one line"),
        ("commitments", "ogp:theme themes:7 ;", "", "error", "A theme has at least one commitment"),
        ("commitments", '"NL0039"', '"39"', "error", "OGP identifier"),
    ],
)
def test_shapes_about_commitments_and_assessments_find_what_is_wrong(
    package: Path, dataset: str, old: str, new: str, severity: str, says: str
) -> None:
    lists = load_lists(resources.shapes() / "dcat-ap-nl" / "value-lists.toml")
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
    assert all(fault.message_nl for fault in found)


# The report ---------------------------------------------------------------------------------------------


def test_a_finding_reads_aloud() -> None:
    place = Place(file="ogp-self-assessment.txt", table="assessments", line=102, column="Evidence")
    assert str(place) == "ogp-self-assessment.txt, table 'assessments', line 102, column 'Evidence'"
    text = str(finding("row-width", "A row has 4 cells, the table has 5 columns.", place, "Put a tab there."))
    assert text == (
        "error row-width: A row has 4 cells, the table has 5 columns.\n"
        "    at: ogp-self-assessment.txt, table 'assessments', line 102, column 'Evidence'\n"
        "    mend: Put a tab there."
    )


def test_the_report_as_rdf_is_a_shacl_report_in_which_every_result_has_an_iri() -> None:
    names = Names("https://data.example.nl/x/", "https://files.example.nl/x/", "https://data.example.nl/x/ogp#")
    found = [
        finding("row-width", "A row.", Place(file="a.txt", line=3)),
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


def test_json_and_html_say_the_same_as_each_other(published: Path) -> None:
    data = json.loads((published / "reports/validation.json").read_bytes())
    page = (published / "reports/validation.html").read_text(encoding="utf-8")
    assert data["errors"] == 0
    assert data["publishable"] is True
    assert data["warnings"] == len(data["findings"])
    assert all(f"<h3>{found['rule']}</h3>" in page for found in data["findings"])
    # What is said of many places is told once, with every place: eleven datasets have no landing page.
    assert page.count("dcat:landingPage) is recommended.") == 1
    assert page.count("dcat:landingPage</li>") == 11
    assert {found["rule"] for found in data["findings"]} == {
        "base-iri-placeholder",
        "source-origin-unknown",
        "dcat-ap-nl-recommended",
    }
    assert all(found["hint"] and found["where"] and found["engine"] for found in data["findings"])


def test_script_in_a_finding_is_shown_as_text() -> None:
    found = [finding("row-width", "<script>alert(1)</script>", Place(file="<b>"))]
    page = reports.to_html(reports.Report("x", "1", found, {})).decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_findings_are_told_once_and_errors_first() -> None:
    warning = finding("formula-like", "w", Place(line=1))
    error = finding("row-width", "e", Place(line=9))
    assert reports.in_order([warning, error, warning]) == [error, warning]


def test_every_rule_says_when_it_occurs_and_how_to_mend_it() -> None:
    for rule in RULES.values():
        assert rule.occurs.endswith("."), rule.name
        assert rule.mend.rstrip(")").endswith((".", "toml")), rule.name
