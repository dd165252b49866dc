"""What `validate` tells of a catalogue, to people and to programs: grouped, compared, in each of its formats."""

from __future__ import annotations

import dataclasses
import json
import os
import random
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.namespace import RDF, SH

from conftest import ROOT
from ogp_data.checks import foreign as catalogues
from ogp_data.checks.reports import written
from ogp_data.checks.reports.baseline import compared, held_alike
from ogp_data.checks.reports.data import as_dict
from ogp_data.checks.reports.identity import identity
from ogp_data.checks.reports.telling import FORMATS, Telling
from ogp_data.checks.reports.text import SCREEN, as_lines
from ogp_data.checks.validation import Publisher, Size, Validation, in_order
from ogp_data.cli import exits
from ogp_data.cli.commands import validate as command
from ogp_data.cli.main import main
from ogp_data.core import terminal
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message
from ogp_data.core.words import Words

SCHEMA = json.loads((ROOT / "docs/validation.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
CONFORMING = ROOT / "tests/catalogues/conforming.ttl"

IRI = "https://data.voorbeeld.nl/set/{}"


def lacking(number: int, file: str = "c.ttl") -> Finding:
    """Return a finding as shapes give it: words in two languages, about one property."""
    words = Words(en="A distribution has a licence.", nl="Een distributie heeft een licentie.")
    place = Place(file, iri=IRI.format(number), property="dct:license", label="licentie")
    return finding(
        "dcat-ap-nl-required", Message("{text}", text=words), place, Message("Add the property with its value.")
    )


def untagged(number: int, text: str = "") -> Finding:
    """Return a finding as rules give it: words with a value of the catalogue in them."""
    said = Message("{shown} has no two-letter language tag.", shown=f'"{text or number}"')
    place = Place("c.ttl", iri=IRI.format(number), property="dct:title", label="titel")
    return dataclasses.replace(finding("language-tag", said, place), severity="error")


def recommended(number: int, name: str) -> Finding:
    words = Words(en=f"For a dataset, {name} is recommended.", nl=f"Voor een dataset is {name} aanbevolen.")
    place = Place("c.ttl", iri=IRI.format(number), property=name)
    return finding("dcat-ap-nl-recommended", Message("{text}", text=words), place, Message("Add it."))


def validation(findings: Iterable[Finding], **more: Any) -> Validation:
    return Validation("c.ttl", in_order(findings), ["dcat-ap-nl"], size=Size(1000, 1000, 96000), **more)


def text(told: Validation, language: str = "en", **more: int) -> list[str]:
    return as_lines(told, Telling(language, **more))


# Text ---------------------------------------------------------------------------------------------------


def test_a_thousand_equal_faults_are_one_with_three_places_and_their_number() -> None:
    lines = text(validation(map(lacking, range(1000))))
    assert lines[:6] == [
        "error dcat-ap-nl-required, dct:license, 1,000 times: A distribution has a licence.",
        "    at: <https://data.voorbeeld.nl/set/0>",
        "        <https://data.voorbeeld.nl/set/1>",
        "        <https://data.voorbeeld.nl/set/10> and 997 more",
        "    fix: Add the property with its value.",
        lines[5],
    ]
    assert re.fullmatch(r"    norm: DCAT-AP-NL .*<https://docs\.geostandaarden\.nl/.*>", lines[5])
    assert lines[6:] == [
        "checked by dcat-ap-nl: 1,000 datasets, 1,000 distributions, 96,000 statements",
        "c.ttl: 1,000 errors, 0 warnings",
    ]


def test_the_same_in_dutch_has_the_name_of_the_property_and_dutch_marks_in_numbers() -> None:
    lines = text(validation(map(lacking, range(1000))), "nl")
    assert lines[:5] == [
        "fout dcat-ap-nl-required, dct:license (licentie), 1.000 keer: Een distributie heeft een licentie.",
        "    waar: <https://data.voorbeeld.nl/set/0>",
        "          <https://data.voorbeeld.nl/set/1>",
        "          <https://data.voorbeeld.nl/set/10> en nog 997",
        "    herstel: Voeg de eigenschap toe, met haar waarde.",
    ]
    assert lines[6:] == [
        "getoetst aan dcat-ap-nl: 1.000 datasets, 1.000 distributies, 96.000 uitspraken",
        "c.ttl: 1.000 fouten, 0 waarschuwingen",
    ]


def test_findings_that_differ_in_a_value_are_one_group_and_each_place_has_its_sentence() -> None:
    lines = text(validation(untagged(number) for number in (1, 2, 3, 4)))
    assert lines[:4] == [
        "error language-tag, dct:title, 4 times",
        '    at: <https://data.voorbeeld.nl/set/1>: "1" has no two-letter language tag.',
        '        <https://data.voorbeeld.nl/set/2>: "2" has no two-letter language tag.',
        '        <https://data.voorbeeld.nl/set/3>: "3" has no two-letter language tag. and 1 more',
    ]


def test_what_shapes_say_makes_a_group_of_each_sentence() -> None:
    findings = [recommended(1, "dct:spatial"), recommended(1, "dct:temporal"), recommended(2, "dct:temporal")]
    assert [len(group.findings) for group in validation(findings).groups] == [2, 1]


def test_errors_come_first_and_the_most_frequent_of_a_severity_first() -> None:
    findings = [lacking(1), *map(untagged, range(5)), *(recommended(number, "dct:spatial") for number in range(9))]
    groups = validation(findings).groups
    assert [(group.first.severity, len(group.findings)) for group in groups] == [
        ("error", 5),
        ("error", 1),
        ("warning", 9),
    ]


def many(kinds: int) -> list[Finding]:
    warned = (recommended(number, f"dct:p{kind}") for kind in range(kinds) for number in range(1000))
    return [*map(lacking, range(1000)), *warned]


@pytest.mark.parametrize("kinds", [0, 1, 2, 5, 9, 14, 15, 16, 17, 40])
def test_a_thousand_datasets_with_one_fault_fit_a_screen_whatever_is_recommended(kinds: int) -> None:
    lines = text(validation(many(kinds)))
    assert len(lines) <= SCREEN < 24
    told = sum("dct:p" in line for line in lines)
    (left,) = [line for line in lines if line.startswith("and ")] or [""]
    assert told + int(left.split()[1] if left else 0) == kinds, "what is not told is counted"
    assert lines[-1] == f"c.ttl: 1,000 errors, {kinds and f'{kinds},000'} warnings"


def test_who_asks_for_a_number_of_kinds_or_places_gets_it() -> None:
    told = validation(many(40))
    lines = text(told, groups=2)
    assert sum("times" in line for line in lines) == 2
    assert "and 39 more kinds, 39,000 findings: --max 0 tells all" in lines
    assert sum("times" in line for line in text(told, groups=0)) == 41
    places = [line for line in text(told, places=5, groups=1) if "/set/" in line]
    assert len(places) == 5
    assert places[-1].endswith("and 995 more")
    assert not [line for line in text(told, places=0) if "/set/" in line]


def test_publishers_are_counted_the_one_with_most_errors_first() -> None:
    town, other = Publisher("Gemeente Voorbeeld", datasets=2), Publisher("Provincie Voorbeeld", datasets=1)
    findings = [lacking(1), lacking(2), recommended(3, "dct:spatial")]
    owners = {findings[0].place: town, findings[1].place: town, findings[2].place: other}
    told = validation(findings, publishers=[other, town], owners=owners)
    at = text(told).index("  Gemeente Voorbeeld: 2 errors, 0 warnings in 2 datasets")
    assert text(told)[at + 1] == "  Provincie Voorbeeld: 0 errors, 1 warning in 1 dataset"
    assert [p["name"] for p in as_dict(told)["totals"]["publishers"]] == ["Gemeente Voorbeeld", "Provincie Voorbeeld"]


TWO = """
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix : <https://a.test.nl/> .
:c a dcat:Catalog ; dct:publisher :town ; dcat:dataset :d1 , :d2 , :d3 .
:town a foaf:Agent ; foaf:name "Town"@en , "Gemeente"@nl .
:d1 a dcat:Dataset ; dct:publisher :town ;
    dcat:contactPoint [ a vcard:Kind ; vcard:fn "Loket" ; vcard:hasEmail "a b" ] .
:d2 a dcat:Dataset ; dct:publisher [ a foaf:Agent ; foaf:name "Provincie"@nl ] ; dcat:distribution :x .
:d3 a dcat:Dataset ; dct:publisher [ a foaf:Agent ; foaf:name "Provincie"@nl ] .
:x a dcat:Distribution ; dcat:byteSize "many" .
"""


def test_each_finding_belongs_to_who_publishes_the_dataset(tmp_path: Path) -> None:
    (tmp_path / "c.ttl").write_text(TWO)
    told = catalogues.validate(str(tmp_path / "c.ttl"))
    assert [(one.name, one.iri, one.datasets) for one in told.publishers] == [
        ("Gemeente", "https://a.test.nl/town", 1),
        ("Provincie", "", 2),
    ]
    owners = {(found.place.iri or found.place.property): told.owners[found.place].name for found in told.findings}
    assert {iri: owners[f"https://a.test.nl/{iri}"] for iri in ("c", "d1", "d2", "d3", "x")} == {
        **dict.fromkeys(("c", "d1"), "Gemeente"),
        **dict.fromkeys(("d2", "d3", "x"), "Provincie"),
    }
    assert owners["vcard:hasEmail"] == "Gemeente", "a contact without IRI is the dataset's that names it"
    counts = as_dict(told)["totals"]["publishers"]
    assert sum(one["errors"] for one in counts) == told.count("error")
    VALIDATOR.validate(json.loads(told_as("json", told)))


def test_a_report_says_what_the_catalogue_was_held_to_and_with_which_lists() -> None:
    both = catalogues.validate(str(CONFORMING), profiles=["dcat-ap-nl-3.0.0", "dcat-ap-nl"])
    assert both.profiles == ("dcat-ap-nl-3.0.0", "dcat-ap-nl-3.0.1")
    assert both.versions["profiles"] == {"dcat-ap-nl": "3.0.0, 3.0.1"}
    assert re.fullmatch(r"\d{4}(-\d\d){0,2}|\d+(\.\d+)*", both.versions["lists"]["file-type"])
    assert {"dcat-ap-nl-required", "language-tag"} <= set(both.checked)
    assert "language-tag" not in catalogues.validate(str(CONFORMING), profiles=["dcat-ap"]).checked


# Baseline -----------------------------------------------------------------------------------------------


def report_of(findings: Iterable[Finding]) -> list[Any]:
    told: list[Any] = json.loads(json.dumps(as_dict(validation(findings))))["findings"]
    return told


def test_only_what_is_new_fails_and_what_is_mended_is_told() -> None:
    before = report_of([lacking(1), lacking(2), untagged(3)])
    now = compared(validation([lacking(2), untagged(3)]), before, "old.json")
    assert not now.fails("warning")
    assert "since old.json: 0 new, 2 known, 1 mended" in text(now)
    assert any(line.startswith("    mended: dcat-ap-nl-required: ") and IRI.format(1) in line for line in text(now))
    worse = compared(validation([lacking(2), lacking(4)]), before, "old.json")
    assert worse.fails("error")
    assert [found["new"] for found in as_dict(worse)["findings"]] == [False, True]
    assert not compared(validation([recommended(1, "dct:spatial")]), before, "old.json").fails("error")


def test_a_finding_is_the_same_whatever_its_words_its_file_and_its_number() -> None:
    place = Place("c.ttl", iri=IRI.format(1), property="dct:title")

    def said(message: str, where: Place = place) -> str:
        return identity(finding("language-tag", message, where))

    one = said(Message("{shown} has no two-letter language tag.", shown='"x"'))
    assert one == said(Message("The text {text} is not tagged.", text='"x"'))
    assert one == said(
        Message("{shown} has no tag.", shown='"x"'), Place("d.ttl", iri=IRI.format(1), property="dct:title")
    )
    assert one != said(Message("{shown} has no two-letter language tag.", shown='"y"'))
    assert one != said(Message("{shown} has no two-letter language tag.", shown='"x"'), Place(iri=IRI.format(1)))
    counted = [said(Message("There are {count} texts in {language}.", count=n, language="nl")) for n in (2, 3)]
    assert counted[0] == counted[1]


def test_one_of_two_equal_findings_that_is_mended_is_one_mended() -> None:
    same = [untagged(1, "x"), finding("language-tag", Message("{a} is untagged.", a='"x"'), untagged(1).place)]
    assert identity(same[0]) == identity(same[1])
    now = compared(validation(same[:1]), report_of(same), "old.json").comparison
    assert now is not None
    assert (len(now.new), len(now.mended)) == (0, 1)


def test_a_baseline_of_other_rules_is_told() -> None:
    now = dataclasses.replace(validation([lacking(1)]), versions={"profiles": {"dcat-ap": "3.0.1"}})
    before = {"versions": {"profiles": {"dcat-ap-nl": "3.0.0"}}}
    told = [str(note) for note in held_alike(now, before, "old.json").notes]
    assert told == [
        "old.json was made by dcat-ap-nl 3.0.0, and this report by dcat-ap 3.0.1: "
        "what is new or mended may come of that."
    ]
    assert held_alike(now, {"versions": now.versions}, "old.json") is now
    assert held_alike(now, {"versions": 3}, "old.json") is now


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"findings": [{}]}', '{"findings": 3}'])
def test_a_baseline_that_is_none_is_wrong_usage(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "old.json").write_text(content)
    assert main(["validate", str(CONFORMING), "--baseline", str(tmp_path / "old.json")]) == exits.USAGE
    assert "is no report of" in capsys.readouterr().err
    assert main(["validate", str(CONFORMING), "--baseline", str(tmp_path / "gone.json")]) == exits.USAGE
    err = capsys.readouterr().err
    assert "gone.json cannot be read: No such file or directory" in err
    assert "Errno" not in err


# Formats ------------------------------------------------------------------------------------------------


def told_as(form: str, told: Validation, language: str = "en", **more: Any) -> bytes:
    return written(told, form, Telling(language, **more))


HOSTILE = finding(
    "language-tag",
    Message("{shown} has no tag.", shown="<script>alert(1)</script>\x1b[2J & ]]> \ud800\x00"),
    Place("c.ttl", iri=IRI.format("a?b=<c>".replace("<", "%3C").replace(">", "%3E")), property="dct:title"),
)
NAMELESS = finding(
    "language-tag",
    Message("{shown} has no tag.", shown='"x"'),
    Place("c.ttl", name=Message("{what} (no IRI)", what="vcard:Kind"), property="vcard:fn"),
)
WHOLE = validation([*map(lacking, range(5)), *map(untagged, range(3)), recommended(1, "dct:spatial"), NAMELESS])
CASES: dict[str, Callable[[], Validation]] = {
    "nothing": lambda: validation([]),
    "all": lambda: WHOLE,
    "compared": lambda: compared(WHOLE, report_of([lacking(1), lacking(99)]), "old.json"),
    "unread": lambda: Validation(
        "gone.ttl", [finding("unreadable-catalogue", "No such file.", Place("gone.ttl"))], unread=True
    ),
    "errors": lambda: WHOLE.only_errors(),
}


@pytest.mark.parametrize("case", CASES)
def test_every_json_report_keeps_to_the_published_schema(case: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    told = json.loads(told_as("json", CASES[case]()))
    VALIDATOR.validate(told)
    assert told["$schema"] == SCHEMA["$id"]
    for found in told["findings"]:
        assert told["groups"][found["group"]]["rule"] == found["rule"]
    assert sum(group["count"] for group in told["groups"]) == len(told["findings"])


def test_the_schema_refuses_what_is_no_report() -> None:
    told = as_dict(WHOLE)
    for wrong in ({**told, "extra": 1}, {**told, "conforms": "yes"}, {**told, "findings": [{"rule": "x"}]}):
        assert not VALIDATOR.is_valid(wrong)


@pytest.mark.parametrize("form", ["turtle", "jsonld"])
@pytest.mark.parametrize("case", CASES)
def test_a_shacl_report_has_what_shacl_asks_of_one(case: str, form: str) -> None:
    """https://www.w3.org/TR/shacl/#validation-report: exactly one of these, at most one of those."""
    told = CASES[case]()
    kind = {"turtle": "turtle", "jsonld": "json-ld"}[form]
    graph = Graph().parse(data=told_as(form, told), format=kind)
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    (conforms,) = graph.objects(report, SH.conforms)
    assert conforms.toPython() is (not told.findings)
    results = list(graph.objects(report, SH.result))
    assert len(results) == len(told.findings)
    for result in results:
        assert (result, RDF.type, SH.ValidationResult) in graph
        for asked in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent):
            assert len(list(graph.objects(result, asked))) == 1
        (component,) = graph.objects(result, SH.sourceConstraintComponent)
        assert (component, RDF.type, SH.ConstraintComponent) in graph
        assert len(list(graph.objects(result, SH.resultPath))) <= 1
        assert {message.language for message in graph.objects(result, SH.resultMessage)} >= {"en", "nl"}
    terms = {term for triple in graph for term in triple if str(term).startswith(str(SH))}
    assert terms <= {SH[name] for name in SH.__annotations__}, "SHACL has no other"


NAMELESS_SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix : <https://s.test.nl/> .
:Listed a sh:NodeShape ; sh:targetClass dcat:Distribution ;
    sh:property [ sh:path [ sh:inversePath dcat:distribution ] ; sh:minCount 1 ; sh:severity sh:Info ] ;
    sh:property [ sh:path dcat:accessURL ; sh:nodeKind sh:IRI ] .
"""
NAMELESS_DATA = """
_:{0} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Distribution> .
_:{0} <http://purl.org/dc/terms/title> "{0}" .
_:{0} <http://www.w3.org/ns/dcat#accessURL> "text {0}" .
<https://a.test.nl/c> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Catalog> .
"""


def test_a_shacl_report_has_what_the_shapes_found_with_value_shape_and_path_whatever_nodes_are_called(
    tmp_path: Path,
) -> None:
    (tmp_path / "shapes").mkdir()
    (tmp_path / "shapes" / "s.ttl").write_text(NAMELESS_SHAPES)
    told = []
    for names in (("a", "b"), ("b", "a")):
        (tmp_path / "c.nt").write_text("".join(NAMELESS_DATA.format(name) for name in names))
        told.append(catalogues.validate(str(tmp_path / "c.nt"), shapes=tmp_path / "shapes"))
    reports = [told_as("turtle", each) for each in told]
    assert reports[0] == reports[1]
    graph = Graph().parse(data=reports[0], format="turtle")
    of_shapes = list(graph.subjects(RDF.type, SH.ValidationResult))
    found = Counter(
        (graph.value(r, SH.sourceConstraintComponent), graph.value(r, SH.resultSeverity)) for r in of_shapes
    )
    assert found[SH.MinCountConstraintComponent, SH.Info] == 2
    assert found[SH.NodeKindConstraintComponent, SH.Violation] == 2
    kinds = [r for r in of_shapes if graph.value(r, SH.sourceConstraintComponent) == SH.NodeKindConstraintComponent]
    assert {str(graph.value(r, SH.value)) for r in kinds} == {"text a", "text b"}
    paths = {graph.value(r, SH.resultPath) for r in of_shapes if graph.value(r, SH.resultSeverity) == SH.Info}
    assert {str(graph.value(path, SH.inversePath)) for path in paths} == {"http://www.w3.org/ns/dcat#distribution"}
    assert len({graph.value(r, SH.focusNode) for r in kinds}) == 2


def test_sarif_has_each_finding_at_its_line_with_the_rule_that_it_breaks() -> None:
    lines = {IRI.format(number): 10 * number + 1 for number in range(5)}
    told = validation(map(lacking, range(5)), lines=lines.get)
    (run,) = json.loads(told_as("sarif", told, "nl"))["runs"]
    assert [result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in run["results"]] == [
        1,
        11,
        21,
        31,
        41,
    ]
    (rule,) = run["tool"]["driver"]["rules"]
    assert (rule["id"], rule["defaultConfiguration"]["level"]) == ("dcat-ap-nl-required", "error")
    assert rule["helpUri"].startswith("https://docs.geostandaarden.nl/")
    first = run["results"][0]
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"]
    assert first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "c.ttl"
    assert first["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == f"{IRI.format(0)} dct:license"
    assert first["message"]["text"].startswith("Een distributie heeft een licentie. Voeg de eigenschap toe")
    prints = [result["partialFingerprints"]["ogpDataFinding/v1"] for result in run["results"]]
    assert len(set(prints)) == 5


def test_each_report_has_the_line_of_a_thing_or_of_what_leads_to_it(tmp_path: Path) -> None:
    (tmp_path / "c.ttl").write_text(TWO)
    told = catalogues.validate(str(tmp_path / "c.ttl"))
    (run,) = json.loads(told_as("sarif", told))["runs"]
    lines = {
        where["logicalLocations"][0]["fullyQualifiedName"].split(" ")[0]: where["physicalLocation"]["region"][
            "startLine"
        ]
        for one in run["results"]
        for where in one["locations"]
    }
    rows = TWO.split("\n")
    for name in ("d1", "d2", "d3", "x"):
        written_at = next(number for number, row in enumerate(rows, 1) if row.startswith(f":{name} "))
        assert lines[f"https://a.test.nl/{name}"] == written_at
    (mail,) = (one for one in as_dict(told)["findings"] if one["place"].get("property") == "vcard:hasEmail")
    assert mail["line"] == next(number for number, row in enumerate(rows, 1) if row.startswith(":d1 "))
    assert f"<https://a.test.nl/x>, line {rows.index(next(r for r in rows if r.startswith(':x '))) + 1}" in "\n".join(
        text(told)
    )


def test_sarif_names_files_so_that_a_checkout_finds_them() -> None:
    def uri(source: str) -> str:
        told = Validation(source, [finding("unreadable-catalogue", "x.", Place(source))], unread=True)
        (result,) = json.loads(told_as("sarif", told))["runs"][0]["results"]
        return str(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])

    assert uri("data/mijn catalogus.ttl") == "data/mijn%20catalogus.ttl"
    assert uri("/srv/c.ttl") == "file:///srv/c.ttl"
    assert uri("https://a.test.nl/c?page=2") == "https://a.test.nl/c?page=2"


def test_junit_fails_once_for_a_thousand_equal_faults_and_passes_what_nothing_breaks() -> None:
    told = validation(
        [*map(lacking, range(1000)), recommended(1, "dct:spatial")], checked=("language-tag", "address-form")
    )
    suites = ET.fromstring(told_as("junit", told))
    (suite,) = suites
    assert {key: suite.get(key) for key in ("tests", "failures", "skipped")} == {
        "tests": "4",
        "failures": "1",
        "skipped": "1",
    }
    failed, skipped, *passed = suite
    assert (failed.get("classname"), failed.get("name")) == (
        "dcat-ap-nl-required",
        "dct:license: A distribution has a licence.",
    )
    words = failed.findtext("failure") or ""
    assert "Add the property with its value." in words
    assert words.endswith("and 900 more")
    assert skipped.find("skipped") is not None
    assert [case.get("classname") for case in passed] == ["language-tag", "address-form"]
    assert all(len(case) == 0 for case in passed)
    strict = ET.fromstring(told_as("junit", told, fail_on="warning"))
    assert strict.get("failures") == "2"


def test_the_page_groups_counts_and_shows_hostile_words_as_text() -> None:
    page = told_as("html", validation([*map(lacking, range(1200)), HOSTILE]), "nl").decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert page.count("<article") == 2
    assert page.count("<li>") == 1000 + 1 + 1
    assert "en nog 200" in page
    assert '<html lang="nl">' in page
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_is_the_same_bytes_each_time_and_utf_8_whatever_it_quotes(form: str) -> None:
    findings = [*WHOLE.findings, HOSTILE]
    once = told_as(form, validation(findings))
    random.Random(1).shuffle(findings)
    assert told_as(form, validation(findings)) == once
    assert "\x1b" not in once.decode()
    if form == "junit":
        ET.fromstring(once)


# The command --------------------------------------------------------------------------------------------


def test_one_run_writes_several_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ("r.json", "r.ttl", "r.jsonld", "r.html", "r.sarif", "r.xml", "r.txt")
    outputs = [part for name in names for part in ("--output", str(tmp_path / name))]
    assert main(["validate", str(CONFORMING), *outputs, "--output", f"sarif={tmp_path / 'other'}"]) == exits.PUBLISHED
    assert "conforming.ttl: 0 errors" in capsys.readouterr().out
    VALIDATOR.validate(json.loads((tmp_path / "r.json").read_bytes()))
    assert (tmp_path / "other").read_bytes() == (tmp_path / "r.sarif").read_bytes()
    assert (tmp_path / "r.html").read_text().startswith("<!doctype html>")
    assert ET.parse(tmp_path / "r.xml").getroot().get("failures") == "0"
    assert main(["validate", str(CONFORMING), "--output", str(tmp_path / "report.doc")]) == exits.USAGE
    assert "report.doc" in capsys.readouterr().err
    assert main(["validate", str(CONFORMING), "--output", str(tmp_path / "gone" / "r.json")]) == exits.USAGE


def test_the_command_names_the_formats_that_there_are() -> None:
    assert set(command.FORMATS) == set(FORMATS)


def test_house_rules_are_told_where_they_are_asked_for_and_fail_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = CONFORMING.read_text(encoding="utf-8").replace(
        'dct:identifier "https://data.example.nl/bomen"', 'dct:identifier "3f2c9d1e-8a4b-4c6d-9e0f-1a2b3c4d5e6f"'
    )
    (tmp_path / "c.ttl").write_text(own, encoding="utf-8")
    assert main(["validate", str(tmp_path / "c.ttl"), "--json"]) == exits.PUBLISHED
    plain = json.loads(capsys.readouterr().out)
    assert "identifier-differs" not in plain["totals"]["rules"]
    assert plain["totals"]["info"] == 0
    assert main(["validate", str(tmp_path / "c.ttl"), "--json", "--house-rules"]) == exits.PUBLISHED
    told = json.loads(capsys.readouterr().out)
    assert (told["totals"]["rules"]["identifier-differs"], told["totals"]["info"] > 0, told["conforms"]) == (
        1,
        True,
        True,
    )
    assert told["totals"]["warnings"] == plain["totals"]["warnings"]
    assert main(["validate", str(tmp_path / "c.ttl"), "--house-rules", "--language", "nl"]) == exits.PUBLISHED
    out = capsys.readouterr().out
    assert "huisregel identifier-differs, dct:identifier (identificator)" in out
    assert re.search(r"0 fouten, \d+ waarschuwingen, 1 bevinding van een huisregel$", out.strip())


def test_what_fails_is_what_is_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "c.ttl"
    broken.write_text(CONFORMING.read_text(encoding="utf-8").replace("vcard:hasEmail", "vcard:fn"), encoding="utf-8")
    ended = {
        (file.name, fail_on): main(["validate", str(file), "--fail-on", fail_on])
        for file in (CONFORMING, broken, tmp_path / "gone.ttl")
        for fail_on in ("error", "warning", "never")
    }
    capsys.readouterr()
    assert ended == {
        ("conforming.ttl", "error"): 0,
        ("conforming.ttl", "warning"): 1,
        ("conforming.ttl", "never"): 0,
        ("c.ttl", "error"): 1,
        ("c.ttl", "warning"): 1,
        ("c.ttl", "never"): 0,
        ("gone.ttl", "error"): 2,
        ("gone.ttl", "warning"): 2,
        ("gone.ttl", "never"): 2,
    }


def test_a_pipeline_with_a_baseline_fails_for_new_faults_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = CONFORMING.read_text(encoding="utf-8")
    file, old = tmp_path / "c.ttl", tmp_path / "old.json"
    file.write_text(text.replace("vcard:hasEmail", "vcard:fn"), encoding="utf-8")
    assert main(["validate", str(file), "--output", str(old)]) == exits.ERRORS
    assert main(["validate", str(file), "--baseline", str(old)]) == exits.PUBLISHED
    file.write_text("# a line more\n" + text.replace('Bomenregister Voorbeeldstad"@nl', 'Bomen"@xx'), encoding="utf-8")
    capsys.readouterr()
    assert main(["validate", str(file), "--baseline", str(old), "--json"]) == exits.ERRORS
    told = json.loads(capsys.readouterr().out)
    VALIDATOR.validate(told)
    assert told["baseline"]["mended"]
    assert {found["rule"] for found in told["findings"] if found["new"] and found["severity"] == "error"} == {
        "unknown-language"
    }


def test_errors_only_tells_errors_in_every_report(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(CONFORMING), "--errors-only", "--json"]) == exits.PUBLISHED
    assert json.loads(capsys.readouterr().out)["findings"] == []


def test_shuffled_statements_make_the_same_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = CONFORMING.read_text(encoding="utf-8").replace("vcard:hasEmail", "vcard:fn").replace("@nl", "")
    quads = list(ox.parse(text.encode(), format=ox.RdfFormat.TURTLE, base_iri="https://data.test.nl/"))
    lines = ox.serialize(quads, format=ox.RdfFormat.N_TRIPLES).decode().splitlines(keepends=True)
    told = set()
    for seed in range(4):
        random.Random(seed).shuffle(lines)
        (tmp_path / "c.nt").write_text("".join(lines), encoding="utf-8")
        main(["validate", str(tmp_path / "c.nt"), "--json"])
        told.add(capsys.readouterr().out)
    assert len(told) == 1


def test_warnings_alone_are_told_in_full_as_far_as_a_screen_has_room() -> None:
    kinds = [recommended(1, f"dct:p{kind}") for kind in range(7)]  # 4 lines each in full: all would be 28
    lines = text(validation(kinds))
    assert len(lines) <= SCREEN
    assert [line.startswith("warning") for line in lines].count(True) == 7
    assert sum(line.startswith("    fix:") for line in lines) == 4, "4 in full, 3 in one line, and the sums: 21"


# Whatever is found --------------------------------------------------------------------------------------

RULES = ("dcat-ap-nl-required", "dcat-ap-nl-recommended", "language-tag", "address-form", "unreadable-catalogue")
VALUES = ('"x"', "<https://a.test.nl/?a=1&b=2>", '"é\u202e{}%s"', '"]]> <b>\x07"', "")
PLACES = ("", "dct:title", "https://own.test.nl/term#a", "dcat:no such:thing")


def made(chance: random.Random) -> Finding:
    """Return a finding as any rule may make one."""
    words = chance.choice(
        (Message("{shown} is wrong.", shown=chance.choice(VALUES)), Message("{text}", text=Words(en="A.", nl="B.")))
    )
    name = Message("{what} (no IRI)", what=chance.choice(VALUES)) if chance.random() < 0.3 else ""
    iri = "" if name else chance.choice(("", IRI.format(chance.randrange(6)), "https://a.test.nl/ü"))
    found = finding(chance.choice(RULES), words, Place("c.ttl", iri=iri, name=name, property=chance.choice(PLACES)))
    return dataclasses.replace(found, severity=chance.choice(("error", "warning", "info")))


def counted(findings: Iterable[Finding]) -> Counter[str]:
    return Counter(map(identity, findings))


def looks_right(seed: int) -> None:
    """Hold every report of what chance makes to what must be true of it."""
    chance = random.Random(seed)
    before, now = ([made(chance) for _ in range(chance.choice((0, 1, 3, 40)))] for _ in range(2))
    earlier = validation(before)
    plain = validation([*now, *chance.sample(before, len(before) // 2)])
    told = compared(plain, as_dict(earlier)["findings"], "old.json")
    assert told.comparison is not None
    assert counted(told.comparison.new) == counted(plain.findings) - counted(earlier.findings)
    mended = Counter(str(one["identity"]) for one in told.comparison.mended)
    assert mended == counted(earlier.findings) - counted(plain.findings)

    most = chance.choice((None, 0, 1, 5))
    lines = as_lines(plain, Telling(chance.choice(("en", "nl", "fr")), groups=most, places=chance.choice((None, 0, 2))))
    assert sum(len(group.findings) for group in plain.groups) == len(plain.findings)
    assert len({group.key for group in plain.groups}) == len(plain.groups)
    assert lines[-1].startswith("c.ttl")
    for form in ("json", "turtle", "jsonld", "sarif", "junit", "text"):
        content = written(told, form, Telling("nl"))
        assert not {sign for sign in content.decode() if unicodedata.category(sign) in terminal.HIDDEN - {"Cf"}} - set(
            "\n\t"
        )
        if form in ("turtle", "jsonld"):
            kind = ox.RdfFormat.TURTLE if form == "turtle" else ox.RdfFormat.JSON_LD
            quads = list(ox.parse(content, format=kind))
            assert sum(quad.predicate.value == str(SH.result) for quad in quads) == len(told.findings)
    report = json.loads(written(told, "json", Telling("nl")))
    VALIDATOR.validate(report)
    assert len(json.loads(written(told, "sarif", Telling("nl")))["runs"][0]["results"]) == len(told.findings)
    suite = ET.fromstring(written(told, "junit", Telling("nl")))[0]
    assert len(suite) == len(told.groups)
    assert len({(case.get("classname"), case.get("name")) for case in suite}) == len({g.key[1:] for g in told.groups})


def test_every_report_of_whatever_is_found_holds() -> None:
    for seed in range(60):
        looks_right(seed)


# What people have -----------------------------------------------------------------------------------------


def catalogues_at_hand() -> list[Path]:
    """Return the catalogues of the tests, and those of others where the reference material is."""
    others = Path(os.environ.get("OGP_SHARED", ROOT.parent / "shared")) / "samples" / "catalogues"
    return sorted(path for path in (*(ROOT / "tests/catalogues").rglob("*.ttl"), *others.glob("*.*")) if path.is_file())


@pytest.mark.parametrize("path", catalogues_at_hand(), ids=lambda path: path.name)
def test_every_report_of_every_catalogue_at_hand_keeps_to_its_schema(path: Path) -> None:
    told = catalogues.validate(str(path))
    report = json.loads(told_as("json", told))
    VALIDATOR.validate(report)
    assert report["conforms"] == (report["totals"]["errors"] == 0)
    assert sum(report["totals"]["rules"].values()) == len(report["findings"])
    assert len(ET.fromstring(told_as("junit", told))[0]) == len(told.groups) + len(
        {*told.checked} - {*report["totals"]["rules"]}
    )
    quads = list(ox.parse(told_as("turtle", told), format=ox.RdfFormat.TURTLE))
    results = sum(quad.predicate.value == str(SH.result) for quad in quads)
    assert results >= len(
        {(f.place, f.message) for f in told.findings if f.rule.endswith(("-required", "-recommended"))}
    )
    assert not compared(told, report["findings"], "itself").fails("warning") or told.unread


def test_a_failure_of_the_program_is_a_report_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(catalogues, "validate", fails)
    assert main(["validate", str(CONFORMING), "--format", "json"]) == exits.ERRORS
    told = json.loads(capsys.readouterr().out)
    VALIDATOR.validate(told)
    assert [found["rule"] for found in told["findings"]] == ["internal-error"]


@pytest.mark.parametrize(("is_terminal", "form"), [(True, "text"), (True, "json"), (False, "text")])
def test_how_far_it_is_stands_on_a_terminal_alone(
    is_terminal: bool, form: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal, raising=False)
    assert main(["validate", str(CONFORMING), "--format", form, "--language", "nl"]) == exits.PUBLISHED
    out, err = capsys.readouterr()
    assert ("uitspraken toetsen" in err) == (is_terminal and form == "text")
    assert "toetsen" not in out
    assert err == "" or err.endswith("\r\x1b[K"), "the line is left to what comes next"


# Things without an IRI ----------------------------------------------------------------------------------

TWINS = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
<https://data.voorbeeld.nl/d> a dcat:Dataset ; dcat:distribution {} .
"""
TWIN = "[ a dcat:Distribution ; dcat:accessURL <https://data.voorbeeld.nl/a> ]"


def of_twins(folder: Path, count: int) -> Validation:
    path = folder / "c.ttl"
    path.write_text(TWINS.format(", ".join([TWIN] * count)), encoding="utf-8")
    return catalogues.validate(str(path))


def test_things_without_an_iri_that_are_called_alike_are_each_counted(tmp_path: Path) -> None:
    told = of_twins(tmp_path, 50)
    (licences,) = [group for group in told.groups if group.first.place.property == "dct:license"]
    assert len(licences.findings) == 50
    results = Graph().parse(data=written(told, "turtle", Telling("en")))
    assert told.count("error") == len(set(results.subjects(SH.resultSeverity, SH.Violation)))
    assert (
        told.findings == in_order(told.findings) == in_order(random.Random(1).sample(told.findings, len(told.findings)))
    )


def test_a_baseline_counts_things_without_an_iri(tmp_path: Path) -> None:
    three = as_dict(of_twins(tmp_path, 3))["findings"]
    now = compared(of_twins(tmp_path, 5), three, "b.json")
    then = compared(of_twins(tmp_path, 2), three, "b.json")
    of_one = sum("no IRI" in found["where"] for found in three) // 3
    assert now.comparison
    assert then.comparison
    assert (len(now.comparison.new), len(now.comparison.mended)) == (2 * of_one, 0)
    assert (len(then.comparison.new), len(then.comparison.mended)) == (0, of_one)


def test_errors_only_says_nothing_of_warnings_and_compares_errors() -> None:
    earlier = as_dict(validation([lacking(1), recommended(1, "dct:issued"), recommended(2, "dct:issued")]))
    now = validation([lacking(1), lacking(2), recommended(1, "dct:issued"), recommended(3, "dct:issued")])
    lines = text(compared(now, earlier["findings"], "b.json").only_errors())
    assert "since b.json: 1 new, 1 known, 0 mended" in lines
    assert "only errors are shown: 2 findings not" in lines
    assert lines[-1] == "c.ttl: 2 errors"


def test_what_fails_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(CONFORMING), "--errors-only", "--fail-on", "warning"]) == exits.USAGE
    assert "--errors-only" in capsys.readouterr().err


@pytest.mark.parametrize("form", FORMATS)
def test_what_cannot_be_read_stands_first(form: str, tmp_path: Path) -> None:
    path = tmp_path / "c.ttl"
    path.write_text(TWINS.format(", ".join([TWIN] * 3)) + "<https://data.voorbeeld.nl/e> a dcat:Data", encoding="utf-8")
    told = catalogues.validate(str(path))
    assert told.groups[0].first.rule == told.findings[0].rule == "broken-syntax"
    assert catalogues.CONSEQUENCE in told.notes
    report = written(told, form, Telling("en")).decode()
    assert (
        0
        < report.index("broken-syntax")
        < report.replace("dcat-ap-nl-3", "").index(
            "MinCount" if form in ("turtle", "jsonld") else "dcat-ap-nl-required"
        )
    )


def test_a_shacl_report_does_not_depend_on_the_order_of_nameless_things(tmp_path: Path) -> None:
    first = (
        "[ a dcat:Distribution ; dcat:accessURL <https://data.voorbeeld.nl/a> ; dct:license [ a dct:LicenseDocument ] ]"
    )
    reports = set()
    for nodes in ([TWIN, first], [first, TWIN]):
        path = tmp_path / "c.ttl"
        prefix = "@prefix dct: <http://purl.org/dc/terms/> .\n"
        path.write_text(prefix + TWINS.format(", ".join(nodes)), encoding="utf-8")
        reports.add(written(catalogues.validate(str(path)), "turtle", Telling("en")))
    assert len(reports) == 1


def test_up_to_three_fixes_of_a_kind_are_told_and_the_others_counted() -> None:
    found = [dataclasses.replace(lacking(number), hint=f"Fix {number}.") for number in range(5)]
    told = text(validation(found), places=1)
    assert told[2:6] == [
        "    fix: Fix 0.",
        "    or, for others: Fix 1.",
        "    or, for others: Fix 2.",
        "    and 2 more fixes of that kind: --format json has them all",
    ]
    page = written(validation(found), "html", Telling("en")).decode()
    assert "Fix 2." in page
    assert "Fix 3." not in page


def test_mended_findings_that_are_not_told_are_counted() -> None:
    earlier = as_dict(validation(map(lacking, range(2000))))["findings"]
    assert "    and 1,997 more" in text(compared(validation([]), earlier, "b.json"))
