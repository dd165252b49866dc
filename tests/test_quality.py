"""The scores: the published catalogue has all that can be had offline, and a break costs exactly its points."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import BNode, Graph, Namespace
from rdflib.namespace import RDF

from conftest import Workspace
from ogp_data.checks import scored
from ogp_data.checks.incoming import Reading
from ogp_data.checks.scores import mqa, report
from ogp_data.checks.scores.measures import Measured
from ogp_data.checks.scores.summary import Quality
from ogp_data.checks.scores.summary import assess as assess_view
from ogp_data.checks.scores.view import View
from ogp_data.cli import exits
from ogp_data.cli.main import main
from ogp_data.core import resources, web
from ogp_data.core.graph import Graph as Index
from ogp_data.core.terms import Iri, Term
from ogp_data.models.lists import load_lists

AS_OF = date(2026, 11, 23)
DQV = Namespace("http://www.w3.org/ns/dqv#")
LISTS = load_lists(resources.value_lists())

# Points by dimension and metric, copied from the table of data.europa.eu's methodology.
TABLE = {
    "findability": {
        "keywordAvailability": 30,
        "categoryAvailability": 30,
        "spatialAvailability": 20,
        "temporalAvailability": 20,
    },
    "accessibility": {"accessUrlStatusCode": 50, "downloadUrlAvailability": 20, "downloadUrlStatusCode": 30},
    "interoperability": {
        "formatAvailability": 20,
        "mediaTypeAvailability": 10,
        "formatMediaTypeVocabularyAlignment": 10,
        "formatMediaTypeNonProprietary": 20,
        "formatMediaTypeMachineInterpretable": 20,
        "dcatApCompliance": 30,
    },
    "reusability": {
        "licenceAvailability": 20,
        "knownLicence": 10,
        "accessRightsAvailability": 10,
        "accessRightsVocabularyAlignment": 5,
        "contactPointAvailability": 20,
        "publisherAvailability": 10,
    },
    "contextuality": {
        "rightsAvailability": 5,
        "byteSizeAvailability": 5,
        "dateIssuedAvailability": 5,
        "dateModifiedAvailability": 5,
    },
}

HEAD = """
@prefix at: <http://publications.europa.eu/resource/authority/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix freq: <http://publications.europa.eu/resource/authority/frequency/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://data.test.nl/> .
:office a foaf:Organization .
:catalogue a dcat:Catalog ; dcat:dataset :one , :two .
"""
DATASET = """
:{name} a dcat:Dataset ;
    dct:title "Titel"@nl ;
    dct:description "{description}"@nl ;
    dct:creator :office ;
    dct:publisher :office ;
    dcat:contactPoint :contact ;
    dcat:keyword "bomen"@nl ;
    dcat:theme <http://publications.europa.eu/resource/authority/data-theme/GOVE> ;
    dct:language <http://publications.europa.eu/resource/authority/language/NLD> ;
    dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;
    dct:accrualPeriodicity freq:MONTHLY ;
    dct:spatial <http://publications.europa.eu/resource/authority/country/NLD> ;
    dct:temporal :period ;
    dct:issued "2026-01-01"^^xsd:date ;
    dct:modified "2026-10-23"^^xsd:date ;
    dcat:distribution :{name}-csv , :{name}-json .
"""
FILE = """
:{name} a dcat:Distribution ;
    dct:description "Een bestand"@nl ;
    dcat:accessURL <{base}{name}.html> ;
    dcat:downloadURL <{base}{name}.data> ;
    dct:license <http://publications.europa.eu/resource/authority/licence/CC0> ;
    dct:rights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;
    dcat:byteSize "5"^^xsd:nonNegativeInteger ;
    dct:format <http://publications.europa.eu/resource/authority/file-type/{code}> ;
    dcat:mediaType <https://www.iana.org/assignments/media-types/{media}> .
"""
CSV_FORMAT = "dct:format <http://publications.europa.eu/resource/authority/file-type/CSV>"
JSON_FORMAT = "dct:format <http://publications.europa.eu/resource/authority/file-type/JSON>"
CC0 = "<http://publications.europa.eu/resource/authority/licence/CC0>"
DISTRIBUTION_RIGHTS = "    dct:rights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;\n"
ACCESS_RIGHTS = "    dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;\n"
LICENCE = f"    dct:license {CC0} ;\n"


def parts(base: str = "https://data.test.nl/") -> dict[str, str]:
    """Return a whole catalogue of two datasets with two distributions each, thing by thing."""
    made = {"head": HEAD}
    for name in ("one", "two"):
        made[name] = DATASET.format(name=name, description="Elke boom van de gemeente. " * 5)
        made[f"{name}-csv"] = FILE.format(name=f"{name}-csv", base=base, code="CSV", media="text/csv")
        made[f"{name}-json"] = FILE.format(name=f"{name}-json", base=base, code="JSON", media="application/json")
    return made


def index(turtle: str) -> Index:
    return Index.of(ox.parse(turtle, format=ox.RdfFormat.TURTLE))


def assess(turtle: str, as_of: date = AS_OF, faulty: frozenset[Term] = frozenset()) -> Quality:
    quality = assess_view(View(index(turtle), LISTS, as_of, faulty), "a test")
    assert quality is not None
    return quality


def met(quality: Quality) -> dict[str, bool]:
    """Return which criteria of udata all datasets meet."""
    return {outcome.name: outcome.met for outcome in report.outcomes(quality, quality.udata)}


def nde(quality: Quality) -> Fraction:
    return quality.nde.points(quality.all)


def broken(*breaks: tuple[str, str, str]) -> Quality:
    """Return the scores after changes: of a thing, what stands there once, and what comes in its place."""
    made = parts()
    for thing, old, new in breaks:
        assert made[thing].count(old) == 1, f"{old!r} stands {made[thing].count(old)} times in {thing}"
        made[thing] = made[thing].replace(old, new)
    return assess("".join(made.values()))


def lost(quality: Quality) -> dict[str, Fraction]:
    """Return what each metric that can be had offline falls short of."""
    return {
        each.measure.name: each.measure.points - each.points(quality.all)
        for each in quality.mqa.measured
        if not each.measure.live and each.points(quality.all) < each.measure.points
    }


def line(begins: str, thing: str) -> str:
    """Return the one line of a thing's Turtle that begins so."""
    (found,) = [text for text in parts()[thing].splitlines(keepends=True) if text.strip().startswith(begins)]
    return found


# The published catalogue --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scores(published: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((published / "reports/quality.json").read_bytes())
    return loaded


def test_the_published_catalogue_has_every_point_that_needs_no_address(scores: dict[str, Any]) -> None:
    assert (scores["mqa"]["points"], scores["mqa"]["offline_maximum"], scores["mqa"]["maximum"]) == (325, 325, 405)
    assert scores["fixes"] == []
    assert "80 of the 405" in scores["note"]


def test_the_points_of_each_metric_are_those_of_the_methodology(scores: dict[str, Any]) -> None:
    found: dict[str, dict[str, int]] = {}
    for metric in scores["mqa"]["metrics"]:
        found.setdefault(metric["dimension"], {})[metric["metric"]] = metric["maximum"]
    assert found == TABLE
    sums = {dimension: sum(points.values()) for dimension, points in found.items()}
    assert sums == {
        "findability": 100,
        "accessibility": 100,
        "interoperability": 110,
        "reusability": 75,
        "contextuality": 20,
    }


def test_the_live_metrics_say_that_they_were_not_asked(scores: dict[str, Any]) -> None:
    short = [metric for metric in scores["mqa"]["metrics"] if metric["points"] < metric["maximum"]]
    assert {metric["metric"] for metric in short} == {"accessUrlStatusCode", "downloadUrlStatusCode"}
    assert all(metric["points"] == 0 and metric["reason"].startswith("not asked") for metric in short)


def test_each_metric_has_the_parts_that_programs_read(scores: dict[str, Any]) -> None:
    for metric in scores["mqa"]["metrics"]:
        assert set(metric) >= {"dimension", "metric", "points", "maximum", "reason"}
        assert isinstance(metric["reason"], str)
        assert metric["reason"]


def test_nde_and_udata_of_the_published_catalogue(scores: dict[str, Any]) -> None:
    assert (scores["nde"]["points"], scores["nde"]["maximum"]) == (100, 100)
    assert (scores["udata"]["met"], scores["udata"]["of"], len(scores["udata"]["criteria"])) == (8, 9, 9)
    (missing,) = [criterion for criterion in scores["udata"]["criteria"] if not criterion["met"]]
    assert missing["name"] == "all resources available"
    assert missing["evidence"].startswith("not asked")


def test_each_of_the_35_best_practices_has_an_answer_and_its_evidence(scores: dict[str, Any]) -> None:
    practices = scores["dwbp"]
    assert [practice["number"] for practice in practices] == list(range(1, 36))
    assert all(isinstance(practice["met"], bool) and practice["evidence"] for practice in practices)
    assert not [practice for practice in practices if practice["met"] and not practice["judged"]]
    # What no metadata tells: 16 formalisation, 19 negotiation, 20 real time, and what people do with the data.
    untold = {practice["number"] for practice in practices if not practice["judged"]}
    assert untold >= {16, 19, 20, 26, 27, 30, 31, 33, 34}
    assert {practice["met"] for practice in practices} == {True, False}, "an honest list has a no"


def test_the_dqv_holds_one_measurement_for_each_metric(published: Path, scores: dict[str, Any]) -> None:
    graph = Graph().parse(published / "reports/quality.ttl")
    assert not [node for triple in graph for node in triple if isinstance(node, BNode)]
    measured = {
        str(graph.value(measurement, DQV.isMeasurementOf)): float(str(graph.value(measurement, DQV.value)))
        for measurement in graph.subjects(RDF.type, DQV.QualityMeasurement)
    }
    expected = {f"https://piveau.eu/ns/voc#{m['metric']}": float(m["points"]) for m in scores["mqa"]["metrics"]}
    assert measured == expected
    assert len(list(graph.subjects(RDF.type, DQV.QualityMeasurement))) == len(scores["mqa"]["metrics"]) == 23


def test_the_published_catalogue_scores_the_same_by_the_command(
    published: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["quality", str(published / "catalog.ttl"), "--as-of", "2026-11-23", "--json"]
    assert main(command) == exits.PUBLISHED
    told = json.loads(capsys.readouterr().out)
    assert (told["source"], told["conforms"], told["totals"]["datasets"]) == (command[1], True, 13)
    found = told["scores"]
    assert (found["mqa"]["points"], found["nde"]["points"], found["udata"]["met"]) == (325, 100, 8)


# Broken on purpose --------------------------------------------------------------------------------------


def test_the_catalogue_of_these_tests_is_whole() -> None:
    quality = broken()
    assert lost(quality) == {}
    assert (quality.points, nde(quality), sum(met(quality).values())) == (325, 100, 8)


IANA_CSV = "<https://www.iana.org/assignments/media-types/text/csv>"
# Each: what is changed, and the points that it costs: weight x share of two datasets, or of two distributions each.
BREAKS: dict[str, tuple[list[tuple[str, str, str]], dict[str, float]]] = {
    "no keyword on one of two": ([("one", line("dcat:keyword", "one"), "")], {"keywordAvailability": 30 / 2}),
    "no theme on both": (
        [(thing, line("dcat:theme", thing), "") for thing in ("one", "two")],
        {"categoryAvailability": 30},
    ),
    "neither place nor period on one": (
        [("two", line("dct:spatial", "two"), ""), ("two", line("dct:temporal", "two"), "")],
        {"spatialAvailability": 20 / 2, "temporalAvailability": 20 / 2},
    ),
    "no download on one of four files": (
        [("one-csv", line("dcat:downloadURL", "one-csv"), "")],
        {"downloadUrlAvailability": 20 / 4},
    ),
    "no rights on one of four files": ([("one-csv", DISTRIBUTION_RIGHTS, "")], {"rightsAvailability": 1.25}),
    "no rights on three of four files": (
        [(thing, DISTRIBUTION_RIGHTS, "") for thing in ("one-csv", "one-json", "two-csv")],
        {"rightsAvailability": 3.75},
    ),
    "no size on both files of a dataset": (
        [(thing, line("dcat:byteSize", thing), "") for thing in ("two-csv", "two-json")],
        {"byteSizeAvailability": 5 / 2},
    ),
    "no licence on one of four files": (
        [("one-csv", LICENCE, "")],
        {"licenceAvailability": 20 / 4, "knownLicence": 10 / 4},
    ),
    "a licence of nobody's list": (
        [("one-csv", CC0, "<https://data.test.nl/own-terms>")],
        {"knownLicence": 10 / 4},
    ),
    "a licence in words": ([("two-json", CC0, '"CC0"')], {"knownLicence": 10 / 4}),
    "a licence that MQA knows by another name": (
        [
            ("one-csv", CC0, "<http://creativecommons.org/licenses/by/4.0/deed.nl>"),
            ("one-json", CC0, "<https://creativecommons.org/licenses/by-sa/4.0/>"),
            ("two-csv", CC0, "<https://creativecommons.org/publicdomain/zero/1.0/legalcode>"),
        ],
        {},
    ),
    "a licence of Creative Commons that is not among the EU's": (
        [("one-csv", CC0, "<https://creativecommons.org/licenses/by/3.0/de/>")],
        {"knownLicence": 10 / 4},
    ),
    "a licence known by exactMatch": (
        [("one-csv", CC0, ":own"), ("head", ":catalogue a", f":own skos:exactMatch {CC0} . :catalogue a")],
        {},
    ),
    "a licence that only resembles one": (
        [("one-csv", CC0, ":own"), ("head", ":catalogue a", f":own skos:closeMatch {CC0} . :catalogue a")],
        {"knownLicence": 10 / 4},
    ),
    "no access rights on one of two": (
        [("one", ACCESS_RIGHTS, "")],
        {"accessRightsAvailability": 10 / 2, "accessRightsVocabularyAlignment": 5 / 2},
    ),
    "access rights in words": (
        [("one", ACCESS_RIGHTS, '    dct:accessRights "openbaar"@nl ;\n')],
        {"accessRightsVocabularyAlignment": 5 / 2},
    ),
    "neither contact nor publisher on one": (
        [("one", line("dcat:contactPoint", "one"), ""), ("one", line("dct:publisher", "one"), "")],
        {"contactPointAvailability": 20 / 2, "publisherAvailability": 10 / 2},
    ),
    "not issued, neither the dataset nor its files": (
        [("one", line("dct:issued", "one"), "")],
        {"dateIssuedAvailability": 5 / 2},
    ),
    "issued as a file only": (
        [
            ("one", line("dct:issued", "one"), ""),
            ("one-csv", LICENCE, LICENCE + '    dct:issued "2026-01-01"^^xsd:date ;\n'),
        ],
        {},
    ),
    "a bad file beside a good one": (
        [
            ("one-csv", f"    {CSV_FORMAT} ;\n", ""),
            ("one-csv", f" ;\n    dcat:mediaType {IANA_CSV} .", " ."),
        ],
        {},
    ),
    "only files that belong to one firm": (
        [
            ("one-csv", CSV_FORMAT, "dct:format at:file-type\\/XLSX"),
            ("one-json", JSON_FORMAT, "dct:format at:file-type\\/XLSX"),
        ],
        {"formatMediaTypeNonProprietary": 20 / 2},
    ),
    "only files for people": (
        [
            ("one-csv", CSV_FORMAT, "dct:format at:file-type\\/PDF"),
            ("one-json", JSON_FORMAT, "dct:format at:file-type\\/PDF"),
        ],
        {"formatMediaTypeNonProprietary": 20 / 2, "formatMediaTypeMachineInterpretable": 20 / 2},
    ),
    "IANA's address as format": (
        [(thing, old, f"dct:format {IANA_CSV}") for thing, old in (("one-csv", CSV_FORMAT), ("one-json", JSON_FORMAT))],
        {
            "formatMediaTypeVocabularyAlignment": 10 / 2,
            "formatMediaTypeNonProprietary": 20 / 2,
            "formatMediaTypeMachineInterpretable": 20 / 2,
        },
    ),
    "no format at all": (
        [("one-csv", f"    {CSV_FORMAT} ;\n", ""), ("one-json", f"    {JSON_FORMAT} ;\n", "")],
        {
            "formatAvailability": 20 / 2,
            "formatMediaTypeVocabularyAlignment": 10 / 2,
            "formatMediaTypeNonProprietary": 20 / 2,
            "formatMediaTypeMachineInterpretable": 20 / 2,
        },
    ),
    "media type in words": (
        [
            ("one-csv", IANA_CSV, '"text/csv"'),
            ("one-json", "<https://www.iana.org/assignments/media-types/application/json>", '"application/json"'),
        ],
        {"formatMediaTypeVocabularyAlignment": 10 / 2},
    ),
    "no files at all": (
        [("one", line("dcat:distribution", "one"), "    dct:source :elsewhere .\n")],
        {
            name: points / 2
            for dimension in TABLE.values()
            for name, points in dimension.items()
            if name.startswith(("downloadUrlAv", "format", "mediaType", "licence", "known", "rights", "byteSize"))
        },
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_break_costs_exactly_its_points(name: str) -> None:
    breaks, costs = BREAKS[name]
    quality = broken(*breaks)
    assert lost(quality) == {metric: Fraction(points) for metric, points in costs.items()}
    assert quality.points == 325 - Fraction(sum(costs.values()))


def test_a_dataset_that_breaks_the_profile_loses_its_share_whether_by_itself_or_by_a_file() -> None:
    turtle = "".join(parts().values())
    for name in ("one", "one-json"):
        faulty = frozenset({Iri(f"https://data.test.nl/{name}")})
        assert lost(assess(turtle, faulty=faulty)) == {"dcatApCompliance": 15}
    assert lost(assess(turtle, faulty=frozenset({Iri("https://data.test.nl/office")}))) == {"dcatApCompliance": 30}
    assert lost(assess(turtle, faulty=frozenset({Iri("https://data.test.nl/elsewhere")}))) == {}


# What is related has to be a dcat:Resource for DCAT-AP itself; DCAT-AP-NL does not ask that.
CONFORMING = f"""{(Path(__file__).parent / "catalogues/conforming.ttl").read_text(encoding="utf-8")}
:bomen-pagina a dcat:Resource .
"""


def test_a_fault_of_the_profile_in_a_file_costs_the_share_of_its_dataset(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.ttl"
    points = []
    for turtle in (CONFORMING, CONFORMING.replace("dct:accessRights <http", "dct:accessRights <https", 1)):
        file.write_text(turtle, encoding="utf-8")
        quality, _ = scored.score(str(file), AS_OF, probe=False)
        assert quality is not None
        points.append({each.measure.name: each.points(quality.all) for each in quality.mqa.measured})
    assert (points[0]["dcatApCompliance"], points[1]["dcatApCompliance"]) == (30, 0)


def compliance(file: Path, turtle: str) -> tuple[Fraction, str, int | None]:
    """Return what a catalogue has for keeping to DCAT-AP, why, and how many datasets keep to DCAT-AP-NL."""
    file.write_text(turtle, encoding="utf-8")
    quality, _ = scored.score(str(file), AS_OF, probe=False)
    assert quality is not None
    each = measured(quality, "dcatApCompliance")
    return each.points(quality.all), quality.reason(each), quality.conforming


def measured(quality: Quality, name: str) -> Measured:
    return next(each for each in quality.mqa.measured if each.measure.name == name)


def test_a_fault_of_a_thing_without_iri_costs_its_share_too(tmp_path: Path) -> None:
    nameless_file = re.sub(r":bomen-csv(?= )", "_:csv", CONFORMING)
    assert compliance(tmp_path / "c.ttl", nameless_file)[0] == 30
    points, _, conforming = compliance(tmp_path / "c.ttl", nameless_file.replace('"2048"', '"2 kB"'))
    assert (points, conforming) == (0, 0)


def test_what_the_dutch_profile_asks_besides_costs_no_points_and_is_told(tmp_path: Path) -> None:
    turtle = re.sub(r"    dct:creator :gemeente ;\n", "", CONFORMING)
    assert turtle != CONFORMING
    points, _, conforming = compliance(tmp_path / "c.ttl", turtle)
    assert (points, conforming) == (30, 0)
    assert compliance(tmp_path / "c.ttl", CONFORMING)[2] == 1


def test_a_dataset_without_iri_is_counted_and_named_in_the_reason(tmp_path: Path) -> None:
    begins, ends = CONFORMING.index("\n:bomen a dcat:Dataset"), CONFORMING.index("\n:bomen-csv a dcat:Distribution")
    twin = CONFORMING[begins:ends].replace(":bomen a", "_:twin a").replace(":bomen-csv , :bomen-jsonld", '"file"')
    with_twin = CONFORMING.replace("dcat:dataset :bomen .", "dcat:dataset :bomen , _:twin .") + twin
    points, reason, _ = compliance(tmp_path / "c.ttl", with_twin)
    assert points == 15
    assert reason == (
        'not whole for 1 of 2 datasets: dcat:Dataset "Bomenregister Voorbeeldstad"@nl "https://data.example.nl/bomen"'
        " (no IRI), dcat:dataset of <https://data.example.nl/catalogus>"
    )


def test_a_licence_known_by_exact_match_only_is_told() -> None:
    breaks, _ = BREAKS["a licence known by exactMatch"]
    assert [text for text in broken(*breaks).assumptions if "skos:exactMatch" in text and text.endswith(": 1.")]
    assert not [text for text in broken().assumptions if "exactMatch" in text]


@pytest.mark.parametrize("kind", ["dcat:Catalog", "dcat:DataService", "dcat:DatasetSeries"])
def test_a_file_without_datasets_is_not_scored(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    turtle = HEAD.replace("a dcat:Catalog ; dcat:dataset :one , :two .", f"a {kind} .")
    assert assess_view(View(index(turtle), LISTS, AS_OF), "a test") is None
    file = tmp_path / "catalogue.ttl"
    file.write_text(turtle, encoding="utf-8")
    assert main(["quality", str(file)]) == exits.ERRORS
    assert "no dcat:Dataset" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("points", "rating"),
    [(405, "Excellent"), (351, "Excellent"), (350, "Good"), (221, "Good"), (220, "Sufficient"), (121, "Sufficient")],
)
def test_the_ratings_of_the_methodology(points: int, rating: str) -> None:
    assert mqa.rating(Fraction(points)) == rating


NDE = {
    "description": (["dct:description"], 20),
    "distribution": (["dcat:distribution"], 20),
    "creator": (["dct:creator"], 10),
    "issued": (["dct:issued"], 10),
    "modified": (["dct:modified"], 5),
    "place": (["dct:spatial"], 0),
    "place and period": (["dct:spatial", "dct:temporal"], 5),
    "language": (["dct:language"], 5),
}


@pytest.mark.parametrize("name", NDE)
def test_a_penalty_of_the_dataset_register_is_shared_by_the_datasets(name: str) -> None:
    properties, points = NDE[name]
    quality = broken(
        *(("one", text, "    .\n" if text.endswith(" .\n") else "") for text in (line(p, "one") for p in properties))
    )
    assert nde(quality) == 100 - Fraction(points, 2)


# Days ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("frequency", "day", "in_time"),
    [
        ("MONTHLY", date(2026, 11, 23), True),  # modified on 23 October: 31 days ago
        ("MONTHLY", date(2026, 11, 24), False),
        ("WEEKLY", date(2026, 10, 30), True),
        ("WEEKLY", date(2026, 10, 31), False),
        ("ANNUAL", date(2027, 10, 23), True),
        ("DAILY_2", date(2026, 10, 25), False),
        ("NEVER", date(2099, 1, 1), True),
    ],
)
def test_the_day_asked_for_decides_what_is_late(frequency: str, day: date, in_time: bool) -> None:
    turtle = "".join(parts().values()).replace("freq:MONTHLY", f"freq:{frequency}")
    assert met(assess(turtle, day))["frequency fulfilled in time"] is in_time


def test_the_command_takes_the_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "catalogue.ttl"
    file.write_text("".join(parts().values()), encoding="utf-8")
    found = []
    for day in ("2026-11-23", "2026-11-24"):
        assert main(["quality", str(file), "--as-of", day, "--json"]) == exits.PUBLISHED
        found.append(json.loads(capsys.readouterr().out)["scores"]["udata"]["met"])
    assert found == [8, 7]
    assert main(["quality", str(file), "--as-of", "24-11-2026"]) == exits.USAGE
    assert "24-11-2026" in capsys.readouterr().err


def test_a_build_asks_no_clock(monkeypatch: pytest.MonkeyPatch, published: Path, workspace: Workspace) -> None:
    class Tomorrow(date):
        @classmethod
        def today(cls) -> date:
            raise AssertionError("a build asks which day it is")

    for module in (
        "ogp_data.checks.scores.view",
        "ogp_data.checks.scores.udata",
        "ogp_data.pipeline",
        "ogp_data.checks.scored",
    ):
        monkeypatch.setattr(f"{module}.date", Tomorrow, raising=False)
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    outcome = workspace.publish()
    assert outcome.published
    for name in ("quality.json", "quality.html", "quality.ttl"):
        digests = {
            hashlib.sha256((folder / "reports" / name).read_bytes()).hexdigest()
            for folder in (outcome.folder, published)
        }
        assert len(digests) == 1, name


# The forms ----------------------------------------------------------------------------------------------


def test_the_page_shows_a_hostile_name_as_text() -> None:
    turtle = "".join(parts().values()).replace(line("dcat:keyword", "one"), "")
    hostile = "<script>alert(1)</script>"
    quality = assess_view(View(index(turtle), LISTS, AS_OF), hostile, note="<img src=x onerror=alert(2)>")
    assert quality is not None
    page = report.to_html(quality).decode()
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2
    assert "&lt;https://data.test.nl/one&gt;" in page
    assert ">295</dd>" in page


@pytest.mark.parametrize("address", ["a catalogue.ttl", "één#twee.ttl"])
def test_the_command_writes_a_page_and_dqv(address: str, tmp_path: Path) -> None:
    file = tmp_path / address
    file.write_text("".join(parts().values()), encoding="utf-8")
    html, dqv = tmp_path / "scores.html", tmp_path / "scores.ttl"
    assert main(["quality", str(file), "--as-of", "2026-11-23", "--html", str(html), "--dqv", str(dqv)]) == 0
    assert html.read_text(encoding="utf-8").startswith("<!doctype html>")
    graph = Graph().parse(dqv)
    measured = Counter(graph.objects(None, DQV.isMeasurementOf))
    assert (len(measured), set(measured.values())) == (23, {1})
    assert len(set(graph.objects(None, DQV.computedOn))) == 1


def test_a_page_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "catalogue.ttl"
    file.write_text("".join(parts().values()), encoding="utf-8")
    assert main(["quality", str(file), "--html", str(tmp_path / "nowhere/scores.html")]) == exits.USAGE
    assert "nowhere" in capsys.readouterr().err


# A probe ------------------------------------------------------------------------------------------------


class Server:
    """A web server on this machine that remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.statuses: dict[str, int] = {}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                outer.asked.append(("HEAD", self.path))
                status = outer.statuses.get(self.path, 200)
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", self.path)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_arguments: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}/"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr("ogp_data.core.web.client.time.sleep", lambda _: None)
    made = Server()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def probed(server: Server, tmp_path: Path, allow_private: bool) -> Quality:
    file = tmp_path / "catalogue.ttl"
    file.write_text("".join(parts(server.base).values()), encoding="utf-8")
    wanted = Reading(bounds=web.Bounds(allow_private=allow_private))
    quality, validation = scored.score(str(file), AS_OF, probe=True, wanted=wanted)
    assert quality is not None, validation.findings
    return quality


def live(quality: Quality) -> dict[str, Fraction]:
    return {each.measure.name: each.points(quality.all) for each in quality.mqa.measured if each.measure.live}


def test_a_private_address_is_not_probed_unless_allowed(server: Server, tmp_path: Path) -> None:
    quality = probed(server, tmp_path, allow_private=False)
    assert server.asked == []
    assert live(quality) == {"accessUrlStatusCode": 0, "downloadUrlStatusCode": 0}
    assert "not public" in quality.note
    reasons = [quality.reason(each) for each in quality.mqa.measured if each.measure.live]
    assert all(reason.startswith("not whole for 2 of 2") for reason in reasons)


def test_a_probe_of_this_machine_says_that_it_shows_no_publication(server: Server, tmp_path: Path) -> None:
    quality = probed(server, tmp_path, allow_private=True)
    assert live(quality) == {"accessUrlStatusCode": 50, "downloadUrlStatusCode": 30}
    assert "does not show that they are published" in quality.note
    assert sorted(server.asked) == sorted(
        ("HEAD", f"/{name}.{suffix}")
        for name in ("one-csv", "one-json", "two-csv", "two-json")
        for suffix in ("html", "data")
    )
    assert met(quality)["all resources available"]


def test_whole_and_answering_is_405_of_405(server: Server) -> None:
    view = View(index("".join(parts(server.base).values())), LISTS, AS_OF)
    answers = web.probe(view.addresses(), web.Bounds(pause=0, allow_private=True))
    quality = assess_view(View(view.graph, LISTS, AS_OF, answers=answers), "a test")
    assert quality is not None
    assert (quality.points, quality.maximum, sum(met(quality).values())) == (405, 405, 9)


@pytest.mark.parametrize(
    ("path", "status", "expected"),
    [
        ("/one-csv.html", 404, {"accessUrlStatusCode": 50 - 12.5, "downloadUrlStatusCode": 30}),
        ("/one-csv.data", 404, {"accessUrlStatusCode": 50, "downloadUrlStatusCode": 30 - 7.5}),
        ("/one-csv.data", 302, {"accessUrlStatusCode": 50, "downloadUrlStatusCode": 30 - 7.5}),
        ("/two-json.html", 500, {"accessUrlStatusCode": 50 - 12.5, "downloadUrlStatusCode": 30}),
        ("/two-json.html", 204, {"accessUrlStatusCode": 50, "downloadUrlStatusCode": 30}),
    ],
)
def test_an_address_that_does_not_answer_costs_its_share(
    server: Server, tmp_path: Path, path: str, status: int, expected: dict[str, float]
) -> None:
    server.statuses[path] = status
    assert live(probed(server, tmp_path, allow_private=True)) == expected
    if status == 302:
        assert server.asked.count(("HEAD", path)) == 1 + web.Bounds().redirects
