"""Editions: each stays as it was published; the next says what became of each commitment, and nothing that nobody said.

Three made publications are published one after the other: two assessments of one plan, and the plan after it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import sqlite3
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyshacl import validate
from rdflib import Graph, URIRef
from rdflib.namespace import RDF

import test_site
from conftest import ROOT
from made_editions import BASE, COMMITMENTS, CONTINUATIONS, FILES, FINAL, IN_DUTCH, MIDTERM, NEXT, Editions, write
from ogp_data.core.editions import Continuation, continuations
from ogp_data.core.findings import errors
from ogp_data.core.places import Line
from ogp_data.core.publication import Contents, Earlier, Edition
from ogp_data.core.vocab import DCAT
from test_shapes_dcat_ap import needs_official, official
from test_shapes_dcat_ap_nl import official_violations
from test_tutorial import run

SAID = """
[continues.commitments]
C1 = ["C1"]
C2 = ["C2", "C3"]
C3 = ["C4"]
C4 = []
"""
"""What became of the commitments of the plan in the plan after it, as a steward says it."""


def files(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder."""
    folder = folder.resolve()
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@dataclass(frozen=True)
class Published:
    """The three editions, published one after the other, with the files of each as they were right after."""

    made: Editions
    files: dict[str, dict[str, str]]

    def table(self, name: str, dataset: str) -> list[dict[str, str]]:
        text = (self.made.dist / name / dataset / f"{dataset}.csv").read_text(encoding="utf-8")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def changes(self, name: str) -> Any:
        return json.loads((self.made.dist / name / "changes.json").read_bytes())

    def page(self, name: str, path: str) -> str:
        return (self.made.dist / name / path).read_text(encoding="utf-8")

    def catalogue(self, name: str) -> Graph:
        return Graph().parse(self.made.dist / name / "catalog.nt", format="nt")


def publish(made: Editions, name: str) -> dict[str, str]:
    outcome = made.publish(name)
    assert outcome.published, [str(found) for found in errors(list(outcome.report.findings))]
    assert [found.rule for found in outcome.report.findings if "continu" in found.rule] == []
    return files(made.dist / name)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Return the three editions as a steward makes them, with what `keep` prints; tests only read them."""
    made, found = write(tmp_path_factory.mktemp("editions")), {}
    found[MIDTERM] = publish(made, MIDTERM)
    # [[continues]] alone brings the dataset; [datasets.continuations] gives it a place, or better texts.
    made.add(FINAL, f"{kept_lines(made, MIDTERM, FINAL)}same_numbers = true\n")
    found[FINAL] = publish(made, FINAL)
    made.add(NEXT, f"{CONTINUATIONS}{kept_lines(made, FINAL, NEXT)}{SAID}")
    found[NEXT] = publish(made, NEXT)
    return Published(made, found)


def kept_lines(made: Editions, name: str, edition_of: str) -> str:
    """Keep an edition, and return the lines that declare it, written by hand after what the guide says."""
    assert made.keep(name, edition_of) == 0
    manifest = f"previous/{name}/1.0.0/manifest.json"
    checksum = hashlib.sha256((made.data / edition_of / manifest).read_bytes()).hexdigest()
    return (
        f'\n[previous]\npublication = "{name}"\nmanifest = "{manifest}"\nsha256 = "{checksum}"\n'
        f'\n[[continues]]\npublication = "{name}"\n'
    )


# What is published --------------------------------------------------------------------------------------


def row(edition: str, before: str, now: str, change: str, title: str, places: str) -> dict[str, str]:
    """Return a row of the continuations of the plan after, written by hand."""
    return {
        "publication": NEXT,
        "continuation": f"{edition}~{before}~{now}",
        "commitment": now,
        "commitment_number": now.removeprefix("C"),
        "change": change,
        "previous_publication": edition,
        "previous_commitment": before,
        "previous_title": title,
        "previous_iri": f"{BASE}{edition}/commitments#{before}" if before else "",
        "previous_page": f"{FILES}{edition}/commitments/{before}.html" if before else "",
        "source_places": places,
    }


GOLDEN = [
    row(FINAL, "C1", "C1", "continued", "Register of lobbyists", "L7 L16"),
    row(FINAL, "C2", "C2", "split", "Draft laws online", "L8 L17"),
    row(FINAL, "C2", "C3", "split", "Draft laws online", "L9 L18"),
    row(FINAL, "C3", "C4", "continued", "Map of all public land", "L10 L19"),
    row(FINAL, "C4", "", "dropped", "Timetables of all buses", ""),
    row(FINAL, "", "C5", "new", "", "L11 L20"),
]


def test_the_table_of_what_became_of_each_commitment(published: Published) -> None:
    assert published.table(NEXT, "continuations") == GOLDEN


def test_two_assessments_of_one_plan_have_the_same_commitments_by_number(published: Published) -> None:
    became = [(r["previous_commitment"], r["commitment"], r["change"]) for r in published.table(FINAL, "continuations")]
    expected = [("C1", "C1", "continued"), ("C2", "C2", "continued"), ("C3", "C3", "continued"), ("", "C4", "new")]
    assert became == expected


def test_an_edition_stays_byte_for_byte_when_the_next_is_published(published: Published) -> None:
    for name, before in published.files.items():
        assert files(published.made.dist / name) == before, name
        assert len(before) > 50


@pytest.mark.parametrize("name", [FINAL, NEXT])
def test_a_second_run_changes_nothing(published: Published, name: str) -> None:
    outcome = published.made.publish(name)
    assert (outcome.published, outcome.changed) == (True, False)


def test_the_table_is_there_in_every_format(published: Published) -> None:
    names = {path.name.partition(".")[2] for path in (published.made.dist / NEXT / "continuations").iterdir()}
    assert names >= {"csv", "csv-metadata.json", "jsonld", "ttl", "prov.ttl", "xlsx", "ods", "parquet", "html"}
    with sqlite3.connect(published.made.dist / NEXT / f"{NEXT}.sqlite") as database:
        stored = database.execute("SELECT previous_commitment, commitment, change FROM continuations").fetchall()
    assert stored == [(r["previous_commitment"] or None, r["commitment"] or None, r["change"]) for r in GOLDEN]


def test_in_linked_data_a_row_leads_to_the_commitments_of_both_editions(published: Published) -> None:
    graph = Graph().parse(published.made.dist / NEXT / "continuations" / "continuations.ttl")
    subject = URIRef(f"{BASE}{NEXT}/continuations#{FINAL}~C3~C4")
    found = {str(o) for o in graph.objects(subject)}
    assert {f"{BASE}{NEXT}/commitments#C4", f"{BASE}{FINAL}/commitments#C3"} <= found
    there = Graph().parse(published.made.dist / FINAL / "commitments" / "commitments.ttl")
    assert (URIRef(f"{BASE}{FINAL}/commitments#C3"), None, None) in there


CONTRACT = """
SELECT previous_publication AS publication, previous_commitment AS commitment,
       publication AS next_publication, commitment AS next_commitment, change
FROM continuations ORDER BY rowid
"""


def test_the_tables_of_all_publications_stack_to_what_became_of_each_commitment(published: Published) -> None:
    stacked: list[tuple[str | None, ...]] = []
    for name in (FINAL, NEXT):
        with sqlite3.connect(published.made.dist / name / f"{name}.sqlite") as database:
            stacked += database.execute(CONTRACT).fetchall()
    assert stacked[0] == (MIDTERM, "C1", FINAL, "C1", "continued")
    assert stacked[3:6] == [
        (MIDTERM, None, FINAL, "C4", "new"),
        (FINAL, "C1", NEXT, "C1", "continued"),
        (FINAL, "C2", NEXT, "C2", "split"),
    ]
    assert stacked[-2:] == [(FINAL, "C4", NEXT, None, "dropped"), (FINAL, None, NEXT, "C5", "new")]


def test_progress_is_drawn_beside_that_of_the_edition_before_and_so_is_what_became_of_it(published: Published) -> None:
    def shown(edition: str, name: str) -> list[list[str]]:
        return list(csv.reader(io.StringIO(published.page(edition, f"charts/{name}.csv"))))[1:]

    # Of each edition how many are green, amber and red, and how many there are.
    assert shown(FINAL, "editions") == [[MIDTERM, "1", "1", "1", "3"], [FINAL, "2", "0", "2", "4"]]
    assert shown(NEXT, "editions") == [[FINAL, "2", "0", "2", "4"], [NEXT, "1", "2", "2", "5"]]
    assert [row[0] for row in shown(NEXT, "continuations")] == [FINAL]
    assert not (published.made.dist / MIDTERM / "charts" / "editions.csv").exists()


def test_every_link_of_an_edition_leads_somewhere(published: Published) -> None:
    test_site.test_every_internal_link_and_fragment_leads_somewhere((published.made.dist / NEXT).resolve())


def test_a_page_says_which_commitment_it_continues_and_leads_there(published: Published) -> None:
    page = published.page(NEXT, "commitments/C3.html")
    link = f'<a href="{FILES}{FINAL}/commitments/C2.html">Continues commitment C2 of {FINAL}</a>'
    assert re.search(f"{re.escape(link)}: <bdi[^>]*>Draft laws online</bdi> \\(Split\\)", page)
    assert f"New: it continues no commitment of {FINAL}." in published.page(NEXT, "commitments/C5.html")
    assert "Continues commitment" not in published.page(MIDTERM, "commitments/C1.html")
    dataset = published.page(NEXT, "continuations/index.html")
    assert f'href="{FILES}{FINAL}/commitments/C4.html"' in dataset
    assert 'href="../commitments/C4.html"' in dataset


# What differs -------------------------------------------------------------------------------------------


def test_an_edition_is_compared_by_what_continues_what_and_not_by_key(published: Published) -> None:
    changes = published.changes(NEXT)
    assert changes["previous"]["publication"] == FINAL
    assert [one["publication"] for one in changes["editions"]] == [MIDTERM, FINAL]
    status = {one["dataset"]: one["status"] for one in changes["datasets"]}
    assert status == {
        "commitments": "changed",
        "assessments": "changed",
        "narrative": "unrelated",
        "document": "unrelated",
        "continuations": "unrelated",
    }
    (assessments,) = [one for one in changes["datasets"] if one["dataset"] == "assessments"]
    cells = [(c["previous_row"], c["row"], c["column"], c["old"], c["new"]) for c in assessments["changed"]]
    assert cells == [
        ("C1", "C1", "progress", "green", "amber"),
        ("C1", "C1", "evidence", "The law has been in force since May.", "Meetings are in it."),
        ("C2", "C2", "evidence", "All of 2022.", "All of 2025."),
        ("C2", "C3", "progress", "green", "red"),
        ("C2", "C3", "evidence", "All of 2022.", "Nothing yet."),
        ("C3", "C4", "progress", "red", "amber"),
        ("C3", "C4", "evidence", "Nothing yet.", "Two provinces are missing."),
    ]
    assert (assessments["added"], assessments["removed"]) == (["C5"], ["C4"])


def test_the_page_of_changes_says_that_it_is_another_edition_and_not_another_version(published: Published) -> None:
    page = published.page(NEXT, "changes.html")
    assert f"{FINAL} is another edition, not another version of this data" in page
    assert f'href="{FILES}{FINAL}/"' in page
    assert "v/1.0.0" not in page
    assert not (published.made.dist / NEXT / "v").exists()


def test_the_version_after_is_compared_with_the_version_before_and_still_continues_the_edition(
    published: Published, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = copied(published, tmp_path)
    capsys.readouterr()
    assert made.keep(NEXT) == 0
    printed = capsys.readouterr().out
    text = made.declaration(NEXT).read_text(encoding="utf-8")
    start, end = text.index("\n[previous]"), text.index("\n[[continues]]")
    own, moved = printed[printed.index("\n[previous]\n") :].split("\nthen ")
    lines = moved[moved.index("\nmanifest") :]
    continued = text[end:].replace(f'"{FINAL}"\n', f'"{FINAL}"{lines}', 1)
    made.declaration(NEXT).write_text(f'version = "1.1.0"\n{text[:start]}{own}{continued}', encoding="utf-8")
    publish(made, NEXT)
    again = Published(made, {})
    assert again.changes(NEXT)["previous"].keys() == {"version", "manifest_sha256"}
    assert again.changes(NEXT)["datasets"] == []
    assert again.table(NEXT, "continuations") == GOLDEN
    graph, subject = again.catalogue(NEXT), URIRef(f"{BASE}{NEXT}/assessments")
    assert set(graph.objects(subject, DCAT.prev)) == {URIRef(f"{BASE}{FINAL}/assessments")}
    assert set(graph.objects(subject, DCAT.previousVersion)) == {URIRef(f"{BASE}{NEXT}/v/1.0.0/assessments")}


def copied(published: Published, folder: Path) -> Editions:
    """Return the editions in a folder of their own, to change."""
    for name in ("data", "dist"):
        shutil.copytree(published.made.folder / name, folder / name, symlinks=True)
    return Editions(folder)


# The series ---------------------------------------------------------------------------------------------


def test_all_editions_are_members_of_the_series_of_the_first(published: Published) -> None:
    found = {name: set(published.catalogue(name).objects(None, DCAT.inSeries)) for name in COMMITMENTS}
    assert set(map(frozenset, found.values())) == {frozenset({URIRef(f"{BASE}{MIDTERM}/catalog#series")})}


def test_the_newer_edition_says_which_came_before_and_the_series_which_is_first_and_last(published: Published) -> None:
    graph, series = published.catalogue(NEXT), URIRef(f"{BASE}{MIDTERM}/catalog#series")
    assert (series, RDF.type, DCAT.DatasetSeries) in graph
    for dataset in ("commitments", "assessments", "everything"):
        own = URIRef(f"{BASE}{NEXT}/{dataset}")
        assert list(graph.objects(own, DCAT.prev)) == [URIRef(f"{BASE}{FINAL}/{dataset}")]
        assert (series, DCAT.first, URIRef(f"{BASE}{MIDTERM}/{dataset}")) in graph
        assert (series, DCAT.last, own) in graph
    # What another catalogue tells of is only named here: its version may go on.
    assert not list(graph.objects(URIRef(f"{BASE}{FINAL}/assessments"), DCAT.version))
    # The first edition had no earlier one to tell of.
    assert (series, DCAT.first, URIRef(f"{BASE}{FINAL}/continuations")) in graph
    first = published.catalogue(MIDTERM)
    assert not {*first.triples((None, DCAT.prev, None)), *first.triples((None, DCAT.first, None))}


@needs_official
@pytest.mark.parametrize("name", [MIDTERM, FINAL, NEXT])
def test_the_official_shapes_accept_the_catalogue_of_each_edition(published: Published, name: str) -> None:
    graph = published.catalogue(name)
    before = Graph() + graph
    _, report, _ = validate(graph, shacl_graph=official(), inference="none", inplace=True)
    violations = "SELECT ?r { ?r a sh:ValidationResult ; sh:resultSeverity sh:Violation }"
    assert len(before) > 500
    # Concepts of other people's lists have their classes elsewhere; all of these are the same in a first edition.
    assert [*report.query(violations)] == []


@needs_official
def test_the_official_dutch_shapes_accept_the_catalogue_of_the_next_edition(tmp_path: Path) -> None:
    made = write(tmp_path, IN_DUTCH)
    publish(made, MIDTERM)
    made.add(FINAL, f"{kept_lines(made, MIDTERM, FINAL)}same_numbers = true\n")
    publish(made, FINAL)
    found = Published(made, {})
    graph = found.catalogue(FINAL)
    assert (URIRef(f"{BASE}{MIDTERM}/catalog#series"), DCAT.first, None) in graph
    assert official_violations(graph, "3.0.1") == set()
    assert f"Vervolg op belofte C1 van {MIDTERM}" in found.page(FINAL, "commitments/C1.html")
    assert f"Verschillen met de uitgave {MIDTERM}" in found.page(FINAL, "changes.html")


# What nobody says ---------------------------------------------------------------------------------------


def edition(named: dict[str, list[str]], known: list[str], same: bool = False) -> Edition:
    """Return an edition whose commitments have these keys, the number behind the letter."""
    rows = {key: {"commitment": key, "commitment_number": key.lstrip("C")} for key in known}
    table = Contents("commitment", ("commitment", "commitment_number"), rows)
    build = Earlier("1.0.0", "", {}, {"commitments": table}, "x")
    return Edition(build, "", "", "", {}, (), frozenset(), "continues[0]", named, same)


def became(named: dict[str, list[str]], known: str, now: str, same: bool = False) -> list[tuple[str, str, str]]:
    found = continuations(edition(named, known.split(), same), {key: key.lstrip("C") for key in now.split()})
    return [(one.before, one.now, one.change) for one in found]


def test_what_is_not_named_is_neither_dropped_nor_new() -> None:
    assert became({"C1": ["C1"]}, "C1 C2", "C1 C2") == [("C1", "C1", "continued"), ("C2", "", ""), ("", "C2", "")]
    assert became({"C1": ["C1"], "C2": []}, "C1 C2", "C1 C2")[1:] == [("C2", "", "dropped"), ("", "C2", "new")]


def test_several_that_become_one_are_merged_and_several_that_become_several_regrouped() -> None:
    assert became({"C1": ["C1"], "C2": ["C1"]}, "C1 C2", "C1") == [("C1", "C1", "merged"), ("C2", "C1", "merged")]
    assert became({"C1": ["C1", "C2"], "C2": ["C2"]}, "C1 C2", "C1 C2") == [
        ("C1", "C1", "split"),
        ("C1", "C2", "regrouped"),
        ("C2", "C2", "merged"),
    ]


def test_same_numbers_find_the_commitments_of_an_edition_that_was_published_before_there_were_keys() -> None:
    assert became({}, "1 2 3", "C1 C2", same=True) == [
        ("1", "C1", "continued"),
        ("2", "C2", "continued"),
        ("3", "", "dropped"),
    ]
    # What is said of one goes before its number.
    assert became({"3": ["C2"]}, "1 2 3", "C1 C2", same=True)[1:] == [("2", "C2", "merged"), ("3", "C2", "merged")]


def test_a_number_that_stands_twice_says_nothing() -> None:
    now = {"T1-C1": "1", "T2-C1": "1"}
    found = continuations(edition({}, ["C1"], same=True), now)
    assert found == [Continuation("C1", "", ""), Continuation("", "T1-C1", ""), Continuation("", "T2-C1", "")]


KEYS = [f"C{number}" for number in range(1, 7)]


@given(
    st.lists(st.sampled_from(KEYS), unique=True),
    st.lists(st.sampled_from(KEYS), unique=True),
    st.data(),
)
@settings(max_examples=200)
def test_each_commitment_has_a_row_each_pair_that_is_said_is_there_once_and_no_other(
    known: list[str], now: list[str], data: st.DataObject
) -> None:
    some = st.lists(st.sampled_from(now), unique=True) if now else st.just([])
    named = data.draw(st.dictionaries(st.sampled_from(known), some) if known else st.just({}))
    found = continuations(edition(named, known), dict.fromkeys(now, ""))
    pairs = Counter((one.before, one.now) for one in found if one.before and one.now)
    assert pairs == Counter((before, after) for before, after_all in named.items() for after in after_all)
    assert {one.before for one in found if one.before} == set(known)
    assert {one.now for one in found if one.now} == set(now)
    assert {one.before for one in found if one.change == "dropped"} == {key for key in named if not named[key]}
    assert {one.before for one in found if one.before and not one.change} == {*known} - {*named}
    came = {after for after_all in named.values() for after in after_all}
    fresh = {*now} - came if known and {*named} == {*known} else set()
    assert {one.now for one in found if one.change == "new"} == fresh


# Bad input ----------------------------------------------------------------------------------------------


@pytest.fixture
def spoilt(published: Published, tmp_path: Path) -> Editions:
    """Return the editions to spoil; the last one is built without publishing."""
    return copied(published, tmp_path)


Case = tuple[str, str, str, str, str]

FAULTS: dict[str, Case] = {
    "no such earlier commitment": (
        "C4 = []",
        "C4 = []\nC44 = []",
        "dangling-reference",
        "continues[0].commitments.C44",
        "Did you mean C4?",
    ),
    "the key of another time": (
        'C3 = ["C4"]',
        '3 = ["C4"]',
        "dangling-reference",
        "continues[0].commitments.3",
        "Did you mean C3?",
    ),
    "no such commitment here": (
        'C3 = ["C4"]',
        'C3 = ["c4"]',
        "dangling-reference",
        "continues[0].commitments.C3[0]",
        "Did you mean C4?",
    ),
    "one here twice": ('["C2", "C3"]', '["C2", "C2"]', "duplicate-name", "continues[0].commitments.C2[1]", ""),
    "an edition twice": (
        "[[continues]]",
        f'[[continues]]\npublication = "{FINAL}"\n\n[[continues]]',
        "duplicate-name",
        "continues[1].publication",
        "",
    ),
    "a name misspelt": (
        f'[[continues]]\npublication = "{FINAL}"',
        f'[[continues]]\npublication = "{FINAL}x"',
        "missing-previous-version",
        "continues[0].publication",
        f"Did you mean {FINAL}?",
    ),
    "the name of the previous one misspelt": (
        f'[previous]\npublication = "{FINAL}"',
        f'[previous]\npublication = "{FINAL}x"',
        "missing-previous-version",
        "previous.publication",
        f"Did you mean {FINAL}?",
    ),
    "its own previous": (
        f'[previous]\npublication = "{FINAL}"',
        f'[previous]\npublication = "{NEXT}"',
        "circular-editions",
        "previous.publication",
        "Leave `publication` out",
    ),
    "continuing itself": (
        f'[[continues]]\npublication = "{FINAL}"',
        f'[[continues]]\npublication = "{NEXT}"',
        "circular-editions",
        "continues[0].publication",
        "",
    ),
    "not a list": ('C1 = ["C1"]', 'C1 = "C1"', "value-type", "continues[0].commitments.C1", ""),
    "an unknown key": ("[[continues]]", "[[continues]]\nplans = 1", "unknown-key", "continues[0].plans", ""),
}


@pytest.mark.parametrize("case", FAULTS)
def test_what_is_wrong_with_an_edition_is_told_with_its_place_and_the_nearest_name(spoilt: Editions, case: str) -> None:
    old, new, rule, key, hint = FAULTS[case]
    spoilt.edit(NEXT, old, new)
    found = errors(list(spoilt.publish(NEXT).report.findings))
    told = [(fault.rule, fault.place.key) for fault in found]
    assert told == [(rule, key)], [str(fault) for fault in found]
    assert found[0].place.file.endswith(f"{NEXT}/publication.toml")
    assert isinstance(found[0].place.at, Line)
    assert hint in found[0].hint


def test_an_edition_that_is_not_kept_is_told_with_the_command_that_keeps_it(spoilt: Editions) -> None:
    spoilt.add(NEXT, f'\n[[continues]]\npublication = "{MIDTERM}"\nsame_numbers = true\n')
    (fault,) = errors(list(spoilt.publish(NEXT).report.findings))
    assert (fault.rule, fault.place.key) == ("missing-previous-version", "continues[1].publication")
    assert f"ogp-data keep {MIDTERM} --for {NEXT}" in fault.hint


def test_a_circle_of_editions_is_told_by_what_the_declarations_beside_it_say(spoilt: Editions) -> None:
    lines = kept_lines(spoilt, NEXT, MIDTERM)
    spoilt.add(MIDTERM, f"{lines}same_numbers = true\n")
    for name, ring in (
        (MIDTERM, f"{MIDTERM} → {NEXT} → {FINAL} → {MIDTERM}"),
        (NEXT, f"{NEXT} → {FINAL} → {MIDTERM} → {NEXT}"),
    ):
        (fault,) = errors(list(spoilt.publish(name).report.findings))
        assert (fault.rule, fault.place.key) == ("circular-editions", "continues[0].publication")
        assert ring in fault.message


def test_a_circle_of_previous_editions_is_told_as_well(spoilt: Editions) -> None:
    lines = kept_lines(spoilt, NEXT, FINAL)
    text = spoilt.declaration(FINAL).read_text(encoding="utf-8")
    only_previous = text[: text.index("\n[previous]")] + lines[: lines.index("\n[[continues]]")]
    spoilt.declaration(FINAL).write_text(only_previous, encoding="utf-8")
    (fault,) = errors(list(spoilt.publish(FINAL).report.findings))
    assert (fault.rule, fault.place.key) == ("circular-editions", "previous.publication")
    assert f"{FINAL} → {NEXT} → {FINAL}" in fault.message


def test_a_circle_of_editions_is_told_by_what_is_kept_alone(spoilt: Editions) -> None:
    lines = kept_lines(spoilt, NEXT, MIDTERM)
    spoilt.add(MIDTERM, f"{lines}same_numbers = true\n")
    for name in (FINAL, NEXT):
        shutil.rmtree(spoilt.data / name)
    (fault,) = errors(list(spoilt.publish(MIDTERM).report.findings))
    assert (fault.rule, fault.place.key) == ("circular-editions", "continues[0].publication")


def test_a_commitment_that_nobody_speaks_of_is_warned_about_and_published_as_not_known(spoilt: Editions) -> None:
    spoilt.edit(NEXT, "\nC4 = []", "")
    outcome = spoilt.publish(NEXT)
    assert outcome.published
    (fault,) = [one for one in outcome.report.findings if one.rule == "unsaid-continuation"]
    assert (fault.severity, fault.place.key) == ("warning", "continues[0].commitments")
    assert fault.message.endswith(": C4.")
    rows = Published(spoilt, {}).table(NEXT, "continuations")
    assert [(one["previous_commitment"], one["commitment"], one["change"]) for one in rows[4:]] == [
        ("C4", "", ""),
        ("", "C5", ""),
    ]


def test_a_table_of_continuations_needs_an_edition_that_is_continued(spoilt: Editions) -> None:
    spoilt.add(MIDTERM, CONTINUATIONS)
    (fault,) = errors(list(spoilt.publish(MIDTERM).report.findings))
    assert (fault.rule, fault.place.key) == ("empty-dataset", "datasets.continuations.find")
    assert "[[continues]]" in fault.message


def test_without_commitments_here_nothing_can_continue_those_of_an_edition(spoilt: Editions) -> None:
    text = spoilt.declaration(NEXT).read_text(encoding="utf-8")
    start, end = text.index("[datasets.commitments]"), text.index("[datasets.assessments]")
    spoilt.declaration(NEXT).write_text(text[:start] + text[end:], encoding="utf-8")
    (fault,) = errors(list(spoilt.publish(NEXT).report.findings))
    assert (fault.rule, fault.place.key) == ("dangling-reference", "continues[0]")


def test_an_edition_with_the_names_of_the_one_before_is_told(spoilt: Editions) -> None:
    spoilt.edit(NEXT, "\n[source]\n", f'\nbase_iri = "{BASE}{FINAL}/"\n\n[source]\n')
    (fault,) = errors(list(spoilt.publish(NEXT).report.findings))
    assert (fault.rule, fault.place.key) == ("invalid-address", "base_iri")


def test_another_series_than_that_of_the_edition_before_is_warned_about(spoilt: Editions) -> None:
    spoilt.edit(NEXT, "\n[source]\n", '\n[series]\niri = "https://ogp.voorbeeld.nl/series"\n\n[source]\n')
    _, found = spoilt.load(NEXT)
    assert [(one.severity, one.place.key) for one in found if one.rule == "separate-series"] == [
        ("warning", "series.iri")
    ]


OLD = "q-2019-2021"
OLD_FILES = {
    "commitments/commitments.csv": "commitment_number,title,source_lines\n1,Register,7\n2,Draft laws,8\n",
    "commitments/1.html": "<!doctype html>",
    "datapackage.json": json.dumps(
        {
            "id": f"{BASE}{OLD}/catalog",
            "resources": [
                {
                    "name": "commitments",
                    "path": "commitments/commitments.csv",
                    "schema": {"primaryKey": ["commitment_number"]},
                }
            ],
        }
    ),
    "catalog.nt": f"<{BASE}{OLD}/catalog> <http://xmlns.com/foaf/0.1/homepage> <{FILES}{OLD}/index.html> .\n"
    f"<{BASE}{OLD}/catalog> <http://www.w3.org/ns/dcat#dataset> <{BASE}{OLD}/commitments> .\n",
    "changes.json": '{"publication": "q-2019-2021", "version": "1.0.0", "previous": null, "datasets": []}',
}
"""An edition as it was published before tables had the key of a commitment and the publication of a row."""


def publish_old(dist: Path, **other: str) -> None:
    found = OLD_FILES | other
    for path, content in found.items():
        (dist / OLD / path).parent.mkdir(parents=True, exist_ok=True)
        (dist / OLD / path).write_text(content, encoding="utf-8")
    listed = [
        {"path": path, "bytes": len(content.encode()), "sha256": hashlib.sha256(content.encode()).hexdigest()}
        for path, content in found.items()
    ]
    manifest = {"publication": OLD, "version": "1.0.0", "files": listed}
    (dist / OLD / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.parametrize("said", ["same_numbers = true\n", '[continues.commitments]\n1 = ["C1"]\n2 = ["C2"]\n'])
def test_an_edition_from_before_there_were_keys_is_continued_by_the_keys_it_was_published_with(
    tmp_path: Path, said: str
) -> None:
    made = write(tmp_path)
    publish_old(made.dist)
    made.add(MIDTERM, f"{kept_lines(made, OLD, MIDTERM)}{said}")
    publish(made, MIDTERM)
    found = Published(made, {})
    rows = found.table(MIDTERM, "continuations")
    names = ("previous_commitment", "commitment", "change", "previous_iri", "previous_page")
    page, iri = f"{FILES}{OLD}/commitments/1.html", f"{BASE}{OLD}/commitments"
    assert [tuple(one[name] for name in names) for one in rows] == [
        ("1", "C1", "continued", f"{iri}#1", page),
        ("2", "C2", "continued", f"{iri}#2", ""),
        ("", "C3", "new", "", ""),
    ]
    (changed,) = [one for one in found.changes(MIDTERM)["datasets"] if one["dataset"] == "commitments"]
    assert (changed["key"], changed["previous_key"]) == ("commitment", "commitment_number")
    assert [(one["previous_row"], one["row"], one["old"]) for one in changed["changed"]] == [
        ("1", "C1", "Register"),
        ("2", "C2", "Draft laws"),
    ]


def test_an_edition_without_commitments_can_be_before_another_but_not_be_continued(tmp_path: Path) -> None:
    assert continuations(edition({}, []), {"C1": "1"}) == [Continuation("", "C1", "")]
    made = write(tmp_path)
    publish_old(made.dist, **{"datapackage.json": json.dumps({"id": f"{BASE}{OLD}/catalog", "resources": []})})
    lines = kept_lines(made, OLD, MIDTERM)
    made.add(MIDTERM, lines)
    (fault,) = errors(made.load(MIDTERM)[1])
    assert (fault.rule, fault.place.key) == ("dangling-reference", "continues[0].publication")
    made.edit(MIDTERM, lines[lines.index("\n[[continues]]") :], "")
    publish(made, MIDTERM)
    assert {one["status"] for one in Published(made, {}).changes(MIDTERM)["datasets"]} == {"added"}


KEPT_BADLY: dict[str, tuple[str, str]] = {
    "a catalogue that is none": ("catalog.nt", "<html>"),
    "a catalogue in no UTF-8": ("catalog.nt", "\ud8ff"),
    "pages where a script stands": (
        "catalog.nt",
        f"<{BASE}{OLD}/catalog> <http://xmlns.com/foaf/0.1/homepage> <javascript:alert(1)> .\n",
    ),
    "a Data Package without a name": ("datapackage.json", '{"resources": []}'),
    "a name that is no address": ("datapackage.json", '{"resources": [], "id": "x y/catalog"}'),
    "changes that are a list": ("changes.json", "[]"),
    "editions that are numbers": ("changes.json", '{"editions": [1]}'),
}


@pytest.mark.parametrize("case", KEPT_BADLY)
def test_what_is_kept_of_an_edition_is_not_trusted(tmp_path: Path, case: str) -> None:
    path, content = KEPT_BADLY[case]
    made = write(tmp_path)
    publish_old(made.dist)
    lines = kept_lines(made, OLD, MIDTERM)
    kept = made.data / MIDTERM / "previous" / OLD / "1.0.0"
    (kept / path).write_bytes(content.encode("utf-8", "surrogatepass"))
    manifest = json.loads((kept / "manifest.json").read_bytes())
    (listed,) = [one for one in manifest["files"] if one["path"] == path]
    spoilt = (kept / path).read_bytes()
    listed.update(bytes=len(spoilt), sha256=hashlib.sha256(spoilt).hexdigest())
    before = hashlib.sha256((kept / "manifest.json").read_bytes()).hexdigest()
    (kept / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    after = hashlib.sha256((kept / "manifest.json").read_bytes()).hexdigest()
    made.add(MIDTERM, f"{lines.replace(before, after)}same_numbers = true\n")
    loaded, found = made.load(MIDTERM)
    assert loaded is None
    (fault,) = errors(found)
    assert (fault.rule, fault.hint != "") == ("invalid-previous-version", True)


# Keeping ------------------------------------------------------------------------------------------------


def test_keep_prints_what_the_declaration_needs_and_leaves_it_to_the_steward_what_continues_what(
    spoilt: Editions, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert spoilt.keep(MIDTERM, NEXT) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(f"kept: {spoilt.data / NEXT / 'previous' / MIDTERM / '1.0.0'}\n")
    lines = printed[printed.index("\n[previous]\n") :]
    assert "\n# C3 = []   # Map of public land\n" in lines
    text = spoilt.declaration(NEXT).read_text(encoding="utf-8")
    spoilt.declaration(NEXT).write_text(text[: text.index("\n[previous]")] + lines, encoding="utf-8")
    loaded, found = spoilt.load(NEXT)
    assert loaded, found
    assert [one.id for one in loaded.editions] == [MIDTERM]


def test_an_edition_that_is_kept_and_not_declared_is_warned_about(spoilt: Editions) -> None:
    assert spoilt.keep(MIDTERM, NEXT) == 0
    _, found = spoilt.load(NEXT)
    (fault,) = [one for one in found if one.rule == "undeclared-previous-version"]
    assert (fault.severity, fault.place.key) == ("warning", "previous")
    assert MIDTERM in fault.message
    assert f"previous/{MIDTERM}/" in fault.hint


def test_of_an_edition_only_its_tables_and_what_says_where_they_stand_are_kept(published: Published) -> None:
    kept = published.made.data / NEXT / "previous" / FINAL / "1.0.0"
    tables = {f"{name}/{name}.csv" for name in ("commitments", "assessments", "narrative", "document", "continuations")}
    assert set(files(kept)) == {"manifest.json", "datapackage.json", "catalog.nt", "changes.json", *tables}


@pytest.mark.parametrize("options", [[NEXT, NEXT], [FINAL, "nowhere"]])
def test_keep_refuses_an_edition_of_itself_and_of_what_is_not_there(spoilt: Editions, options: list[str]) -> None:
    assert spoilt.keep(*options) == 2


BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)


def test_the_guide_does_what_it_says(tmp_path: Path) -> None:
    made = write(tmp_path)
    shutil.rmtree(made.data / MIDTERM)
    page = (ROOT / "docs" / "how-to" / "next-edition.md").read_text(encoding="utf-8")
    page = re.sub("^   ", "", page, flags=re.M).replace("nl-2020-2022", FINAL).replace("nl-2023-2027", NEXT)
    printed = ""
    for kind, block in BLOCK.findall(page):
        if kind == "sh":
            printed = run(tmp_path, block)
        elif kind == "toml":
            lines = printed[printed.index("\n[previous]\n") :]
            filled_in = lines[: lines.index("\n[[continues]]")] + block
            assert re.findall(r"^# (C\d) = \[\]", lines, re.M) == re.findall(r"^(C\d) = \[", block, re.M)
            made.add(NEXT, filled_in)
        else:
            at = 0
            for line in block.splitlines():
                at = printed.find(line, at)
                assert at >= 0, (line, printed)
                at += len(line)
    assert Published(made, {}).table(NEXT, "continuations") == GOLDEN
