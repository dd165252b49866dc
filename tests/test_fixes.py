"""What to mend first: one cause is one fix, what a template lacks is one change, and the cheapest points come first."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pyoxigraph as ox
import pytest

from ogp_data.checks.scores import report
from ogp_data.checks.scores.fixes import Fix
from ogp_data.checks.scores.summary import Quality, assess
from ogp_data.checks.scores.view import View
from ogp_data.cli import exits
from ogp_data.cli.main import main
from ogp_data.core.graph import Graph
from ogp_data.core.terms import Iri, Term
from test_scores_apart import LISTS, TODAY

HEAD = """
@prefix at: <http://publications.europa.eu/resource/authority/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://data.fixes.test/> .
:office a foaf:Organization . :other a foaf:Organization .
:catalogue a dcat:Catalog ; dct:publisher :office .
"""
SOUND = """
:d{n} a dcat:Dataset ; dct:title "t"@en ; dct:description "{long}"@en ; dct:creator :office ;
    dct:publisher :office ; dcat:keyword "k"@en ; dcat:theme at:data-theme\\/GOVE ; dct:spatial at:country\\/NLD ;
    dct:temporal :period ; dct:language at:language\\/NLD ; dct:accessRights at:access-right\\/PUBLIC ;
    dcat:contactPoint :desk ; dct:accrualPeriodicity at:frequency\\/NEVER ; dct:issued "2026-01-01"^^xsd:date ;
    dct:modified "2026-01-01"^^xsd:date ; dcat:distribution :d{n}-csv .
:d{n}-csv a dcat:Distribution ; dcat:accessURL :page ; dcat:downloadURL :d{n}.csv ; dct:description "f"@en ;
    dct:license at:licence\\/CC0 ; dct:rights at:access-right\\/PUBLIC ; dcat:byteSize "1"^^xsd:nonNegativeInteger ;
    dct:format at:file-type\\/CSV ; dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> .
""".replace("{long}", "x" * 101)


def turtle(count: int, change: Callable[[int, str], str] = lambda _, text: text) -> str:
    """Return a catalogue of sound datasets, each changed by its number."""
    return HEAD + "".join(change(n, SOUND.replace("{n}", str(n))) for n in range(count))


def quality(text: str, faulty: set[Term] | None = None) -> Quality:
    graph = Graph.of(ox.parse(text, format=ox.RdfFormat.TURTLE))
    found = assess(View(graph, LISTS, TODAY, faulty or set()), "a test")
    assert found is not None
    return found


def fixes(text: str, faulty: set[Term] | None = None) -> tuple[Fix, ...]:
    return quality(text, faulty).fixes


def without(property_: str, text: str) -> str:
    """Return a dataset without a property, which has one value."""
    cut, count = re.subn(
        rf"\s{property_} [^;]+ ;|;\s+{property_} [^;]+ \.", lambda m: "" if m[0][-1] == ";" else " .", text
    )
    assert count == 1, property_
    return cut


def test_a_sound_catalogue_has_nothing_to_mend() -> None:
    assert fixes(turtle(3)) == ()


def test_a_dataset_by_a_subclass_of_the_data_is_scored() -> None:
    text = (
        turtle(2).replace(":d1 a dcat:Dataset", ":d1 a :c2")
        + """
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        :c1 rdfs:subClassOf dcat:Dataset . :c2 rdfs:subClassOf :c1 . dcat:Dataset rdfs:subClassOf :c2 .
    """
    )
    found = quality(text)
    assert ([each.iri[-2:] for each in found.datasets], found.points) == (["d0", "d1"], 325)


def test_what_a_template_lacks_is_one_change_and_comes_before_single_ones() -> None:
    def change(n: int, text: str) -> str:
        text = without("dct:rights", text)
        return without("dcat:keyword", text) if n == 0 else text

    first, second = fixes(turtle(10, change))
    # 5 points for each of ten, by one change; 30 points for one of ten, by one change as well, but more of them.
    assert (first.gains, first.changes, first.datasets) == ({"mqa": Fraction(5)}, 1, 10)
    assert (second.gains, second.changes, second.datasets) == ({"mqa": Fraction(3)}, 1, 1)
    assert "dct:rights" in first.do
    assert "dcat:keyword" in second.do


def test_what_only_some_lack_is_a_change_for_each() -> None:
    (fix,) = fixes(turtle(10, lambda n, text: without("dct:rights", text) if n < 4 else text))
    assert (fix.gains, fix.changes, fix.datasets) == ({"mqa": Fraction(2)}, 4, 4)


def test_what_gains_the_larger_share_of_a_score_comes_first() -> None:
    first, second = fixes(turtle(1, lambda _, text: without("dct:rights", text).replace("x" * 101, "short")))
    # A ninth of udata is more than 5 of 405 points of MQA.
    assert (first.gains, second.gains) == ({"udata": 1}, {"mqa": 5})


def test_each_publisher_has_a_template_of_its_own() -> None:
    def change(n: int, text: str) -> str:
        return without("dct:rights", text.replace("dct:publisher :office", "dct:publisher :other")) if n < 4 else text

    (fix,) = fixes(turtle(10, change))
    assert (fix.changes, fix.datasets) == (1, 4)


def test_a_value_that_is_wrong_everywhere_is_replaced_once() -> None:
    def change(n: int, text: str) -> str:
        return text.replace("at:licence\\/CC0", ":own-terms") if n < 6 else text

    (fix,) = fixes(turtle(10, change))
    assert (fix.gains, fix.changes, fix.datasets) == ({"mqa": Fraction(6)}, 1, 6)
    assert fix.do == "Give a licence of the EU's list, or its web address."


def test_values_that_are_wrong_each_in_its_way_are_one_fix_of_many_changes() -> None:
    def change(n: int, text: str) -> str:
        return text.replace("at:licence\\/CC0", f":terms-{n}") if n < 6 else text

    (fix,) = fixes(turtle(10, change))
    assert (fix.gains, fix.changes, fix.datasets) == ({"mqa": Fraction(6)}, 6, 6)


def test_a_description_is_written_for_each_dataset_though_all_have_the_same() -> None:
    (fix,) = fixes(turtle(5, lambda _, text: text.replace("x" * 101, "kort")))
    assert (fix.gains, fix.changes, fix.datasets) == ({"udata": Fraction(1)}, 5, 5)


def test_a_shared_thing_that_breaks_the_shapes_is_mended_once() -> None:
    single = {Iri(f"https://data.fixes.test/d{n}") for n in (0, 1)}
    (fix,) = fixes(turtle(4), {Iri("https://data.fixes.test/desk")})
    assert (fix.gains, fix.changes, fix.datasets) == ({"mqa": Fraction(30)}, 1, 4)
    (fix,) = fixes(turtle(4), set(single))
    assert (fix.gains, fix.changes, fix.datasets) == ({"mqa": Fraction(15)}, 2, 2)


def test_a_property_counts_for_all_scores_that_ask_for_it() -> None:
    (fix,) = fixes(turtle(1, lambda _, text: without("dct:format", text)))
    assert fix.gains == {"mqa": 20 + 10 + 20 + 20, "udata": 1}
    (fix,) = fixes(turtle(1, lambda _, text: without("dct:issued", text)))
    assert fix.gains == {"mqa": 5, "nde": 10}


def test_a_dataset_without_a_file_is_given_one() -> None:
    bare = re.sub(r"dcat:distribution :d0-csv", "dct:relation :page", turtle(1))
    (fix,) = fixes(bare)
    # Of files MQA has 20 for an address, 80 for a format, 30 for a licence, 5 each for rights and size.
    assert fix.gains == {"mqa": 140, "nde": 20, "udata": 3}
    for asked in ("accessURL", "downloadURL", "mediaType", "byteSize"):
        assert f"dcat:{asked}" in fix.do
    for asked in ("format", "license", "rights", "description"):
        assert f"dct:{asked}" in fix.do
    for asked in ("open, machine-readable type", "licence of the EU's list", "codes of the EU's file types"):
        assert asked in fix.do, "a bare distribution brings none of these points"


@pytest.mark.parametrize("frequency", ["at:frequency\\/UNKNOWN", '"wekelijks"', "at:frequency\\/weekly"])
def test_a_frequency_that_says_nothing_is_one_fix_with_words(frequency: str) -> None:
    (fix,) = fixes(turtle(3, lambda _, text: text.replace("at:frequency\\/NEVER", frequency)))
    assert (fix.gains, fix.changes, fix.datasets) == ({"udata": Fraction(2)}, 1, 3)
    assert fix.do.startswith("Name how often it is updated by a code of the EU's list other than UNKNOWN.")


@pytest.mark.parametrize("frequency", ['"weekly"', '"Weekly"', "<http://purl.org/cld/freq/weekly>"])
def test_a_term_that_udata_knows_is_a_frequency(frequency: str) -> None:
    text = turtle(1).replace("at:frequency\\/NEVER", frequency)
    assert fixes(text.replace("2026-01-01", TODAY.isoformat())) == ()


def test_what_is_overdue_is_told_with_its_frequency_and_its_last_day() -> None:
    text = turtle(3).replace("at:frequency\\/NEVER", "at:frequency\\/WEEKLY")
    (fix,) = fixes(text)
    assert (fix.gains, fix.changes, fix.datasets) == ({"udata": Fraction(1)}, 3, 3)
    assert "(weekly: updated last on 2026-01-01)" in fix.do
    (fix,) = fixes(text.replace("2026-01-01", "2025-03-04", 2))
    assert "(weekly: updated last on 2025-03-04 to 2026-01-01)" in fix.do


def test_a_day_that_the_calendar_does_not_have_is_no_date() -> None:
    found = quality(turtle(1).replace("2026-01-01", "2026-13-45"))
    assert found.nde.points(found.all) == 100 - 10 - 5, "neither issued nor modified"
    assert all(fix.do for fix in found.fixes)


# Told ---------------------------------------------------------------------------------------------------


def test_of_many_datasets_the_text_fits_a_screen() -> None:
    def change(n: int, text: str) -> str:
        text = text.replace("dct:publisher :office", f"dct:publisher :p{n % 50}")
        text = text.replace("at:licence\\/CC0", f":terms-{n % 70}")
        return without(("dct:rights", "dcat:keyword", "dcat:theme", "dct:language")[n % 4], text)

    found = quality(turtle(300, change))
    assert len(found.fixes) > 40
    lines = [str(line) for line in report.as_lines(found, 5, per_publisher=True, per_dataset=True)]
    assert sum(line.startswith("... and ") for line in lines) == 3
    assert len(lines) <= 3 * 7 + 5 + len(found.assumptions)


def test_publishers_have_the_mean_of_their_datasets() -> None:
    def change(n: int, text: str) -> str:
        text = without("dcat:keyword", text) if n == 0 else text
        return text.replace("dct:publisher :office", "dct:publisher :other") if n < 2 else text

    told = report.as_dict(quality(turtle(5, change)), per_publisher=True)["publishers"]
    assert told == [
        {"publisher": "https://data.fixes.test/office", "datasets": 3, "mqa": 325, "nde": 100, "udata": 8},
        {"publisher": "https://data.fixes.test/other", "datasets": 2, "mqa": 310, "nde": 100, "udata": 8},
    ]


def test_a_dataset_without_publisher_has_that_of_its_catalogue() -> None:
    def change(_: int, text: str) -> str:
        return without("dct:publisher", text)

    listed = f"{turtle(1, change)}:catalogue dcat:dataset :d0 ."
    assert list(quality(listed).publishers) == ["https://data.fixes.test/office"]
    assert list(quality(turtle(1, change)).publishers) == [""]


def test_the_command_tells_each_dataset_and_writes_the_table_and_dqv(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, table, dqv = tmp_path / "c.ttl", tmp_path / "c.csv", tmp_path / "q.ttl"
    file.write_text(turtle(3, lambda n, text: without("dcat:keyword", text) if n == 1 else text), encoding="utf-8")
    command = ["quality", str(file), "--as-of", "2026-11-30", "--per-dataset", "--per-publisher"]
    assert main([*command, "--json", "--csv", str(table), "--dqv", str(dqv)]) == exits.PUBLISHED
    scores = json.loads(capsys.readouterr().out)["scores"]
    lacking = {each["dataset"][-2:]: each["lacking"] for each in scores["perDataset"]}
    assert {name: "mqa keywordAvailability" in some for name, some in lacking.items()} == {
        "d0": False,
        "d1": True,
        "d2": False,
    }
    assert len(table.read_text(encoding="utf-8").splitlines()) == 4
    measured = ox.NamedNode("http://www.w3.org/ns/dqv#computedOn")
    of = {q.object.value for q in ox.parse(dqv.read_bytes(), ox.RdfFormat.TURTLE) if q.predicate == measured}
    assert {f"https://data.fixes.test/d{n}" for n in range(3)} < of
    assert len(of) == 4, "the catalogue as well"
    assert main([*command, "--max", "1"]) == exits.PUBLISHED
    out = capsys.readouterr().out
    lines = out.splitlines()
    assert lines[lines.index("By dataset, the fewest points first:") + 1].endswith("/d1"), "the worst dataset first"
    assert lines[lines.index("By publisher:") + 1].endswith("/office (3 datasets)")
    assert "udata 8 of 9, 8 at most offline; not asked (--probe): all resources available" in out
    assert "... and 2 more" in out


def test_a_dataset_by_a_name_that_is_no_iri_is_scored_and_told_but_not_measured_for_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, dqv = tmp_path / "c.ttl", tmp_path / "q.ttl"
    file.write_text(turtle(2).replace(":d1 a", "<https://data.fixes.test/d 1> a"), encoding="utf-8")
    command = ["quality", str(file), "--json", "--per-dataset", "--dqv", str(dqv)]
    assert main(command) == exits.PUBLISHED
    told = json.loads(capsys.readouterr().out)
    assert [each["dataset"][-3:] for each in told["scores"]["perDataset"]] == ["d 1", "/d0"]
    assert told["scores"]["mqa"]["dcat_ap_nl"]["of"] == 2
    measured = {q.object.value for q in ox.parse(dqv.read_bytes(), ox.RdfFormat.TURTLE)}
    assert "https://data.fixes.test/d0" in measured
    assert "https://data.fixes.test/d 1" not in measured


def work(count: int) -> int:
    """Return how many calls it takes to score a catalogue of so many datasets, and to tell the scores."""

    def change(n: int, text: str) -> str:
        text = text.replace("dct:publisher :office", f"dct:publisher :p{n}").replace("at:licence\\/CC0", f":terms-{n}")
        text = text.replace(f":d{n} a dcat:Dataset", f"_:d{n} a dcat:Dataset") if n % 2 else text
        return without(("dct:rights", "dcat:keyword", "dcat:theme", "dct:language")[n % 4], text)

    text = turtle(count, change)
    graph = Graph.of(ox.parse(text, format=ox.RdfFormat.TURTLE))
    faulty = {Iri("https://data.fixes.test/desk"), *(Iri(f"https://data.fixes.test/d{n}-csv") for n in range(count))}
    calls = 0

    def count_one(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count_one)
    try:
        found = assess(View(graph, LISTS, TODAY, faulty), "a test")
        assert found is not None
        report.as_dict(found, per_publisher=True, per_dataset=True)
        report.to_csv(found)
        list(report.as_lines(found, 10, per_publisher=True, per_dataset=True))
    finally:
        sys.setprofile(None)
    return calls


def test_scoring_takes_work_in_proportion_to_the_datasets() -> None:
    work(10)  # what is read once
    assert work(160) < 2.2 * work(80)


def test_scoring_loads_no_large_library() -> None:
    code = (
        "import sys; from ogp_data.checks import scored; from ogp_data.checks.scores import report;"
        "print(*{'rdflib', 'pyshacl', 'pydantic', 'pandas', 'numpy', 'jinja2'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == ""
