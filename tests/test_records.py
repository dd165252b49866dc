"""Records: one row from each beginning to the next, with what its labels, ticks, letters and colours say."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from conftest import shared
from generate_declarations import Entry, Read, Small, column, dataset, furniture, narrative, read
from ogp_data.core.records import from_csv
from ogp_data.formats.csv import to_csv
from ogp_data.tables import reconcile

LABELS = {
    "lead": ["Lead institution", "Institution(s) porteuse(s)"],
    "aim": ["Main objective", "Objectif"],
}
STARTS = r"(?P<number>\d+)\. (?P<title>.+)"


def commitments(**find: Any) -> Entry:
    key = column("commitment", "C{number}", "string", "schema:identifier", key=True)
    said = {"kind": "records", "starts": STARTS, "labels": LABELS, **find}
    own = [column(name, f"label:{name}") for name in said["labels"]]
    number = column("number", "number", "string")
    return dataset("commitments", said, key, number, column("title", "group:title"), *own)


def assessments(**find: Any) -> Entry:
    key = column("commitment", "C{number}", "string", "schema:identifier", key=True)
    marked = [column(name, name, "string") for name in ("tick", "fill")]
    return dataset("assessments", {"kind": "records", "of": "commitments", **find}, key, *marked)


def sub_items(name: str, *columns: Entry, **find: Any) -> Entry:
    key = column("milestone", "{commitment}-{letter}", "string", "schema:identifier", key=True)
    commitment = column("commitment", "C{number}", "string", "ogp:commitment")
    letter = column("letter", "letter", "string")
    said = {"kind": "records", "of": "commitments", "each": "sub-item", **find}
    return dataset(name, said, key, commitment, letter, *columns)


def small(kind: str, text: str, *datasets: Entry) -> Read:
    return read(Small(text, datasets, kind=kind))


def kept(found: Read) -> list[str]:
    """Return each word that is lost, doubled or changed."""
    assert found.built
    assert found.document
    staged = {one.name: from_csv(to_csv(one.frame)) for one in found.built.tables}
    _, faults = reconcile.reconcile(found.document.source, found.built.tables, found.built.asides, staged)
    return list(map(str, faults))


def values(found: Read, name: str = "commitments", *without: str) -> list[tuple[str, ...]]:
    return [
        tuple(value for key, value in row.items() if key not in ("source_places", "publication", *without))
        for row in found.rows(name)
    ]


IN_SHAPES = {
    "headings": (
        "# 1. Open the register\n\n## Lead institution\n\nArchive\n\n## Main objective\n\nTo see.\n\nTo know.\n"
    ),
    "bold": "# 1. Open the register\n\n**Lead institution** Archive\n\n**Main objective:** To see.\n\nTo know.\n",
    "colon": "**1. Open the register**\n\nLead institution: Archive\n\nMain objective : To see.\n\nTo know.\n",
    "cells": (
        "| 1. Open the register | |\n|---|---|\n| Lead institution | Archive |\n| Main objective: | To see. |\n|  | To"
        " know. |\n"
    ),
}


@pytest.mark.parametrize("shape", IN_SHAPES)
def test_a_label_is_found_in_each_of_its_shapes(shape: str) -> None:
    found = small("markdown", IN_SHAPES[shape], commitments())
    assert found.told == []
    assert values(found) == [("C1", "1", "Open the register", "Archive", "To see. To know.")]
    assert kept(found) == []


def test_a_label_that_is_met_again_adds_to_its_text_and_one_that_is_absent_is_empty() -> None:
    text = "# 1. A\n\nLead institution: X\n\n**Main objective** see\n\nLead institution: Y\n\n# 2. B\n\nObjectif : vu\n"
    found = small("markdown", text, commitments())
    assert (found.told, kept(found)) == ([], [])
    assert values(found) == [("C1", "1", "A", "X Y", "see"), ("C2", "2", "B", "", "vu")]


def test_a_label_that_no_record_has_is_told_with_the_nearest_in_the_document() -> None:
    found = small("markdown", "# 1. A\n\nLead institutions: X\n", commitments(labels={"lead": ["Lead institution"]}))
    (told,) = [one for one in found.findings if one.rule == "label-not-found"]
    assert told.place.key == "dataset[0].find.labels.lead"
    assert told.hint == "The document has 'Lead institutions'."


def test_a_record_ends_with_its_section() -> None:
    text = "# Plan\n\n## 1. A\n\nLead institution: X\n\nMain objective: y\n\n# Later\n\nMore.\n"
    found = small("markdown", text, commitments(), narrative())
    assert values(found) == [("C1", "1", "A", "X", "y")]
    assert [row["text"] for row in found.rows("narrative")] == ["More."]


def test_the_title_may_stand_in_the_next_heading() -> None:
    text = (
        "# Engagement 1\n\n## Ouvrir le registre\n\n**Institution(s) porteuse(s)** :\n"
        "- Archives\n- Justice\n\n### Objectif\n\nVoir.\n"
    )
    said = commitments(starts=r"Engagement (?P<number>\d+)", title="next heading")
    found = small("markdown", text, said)
    assert (found.told, kept(found)) == ([], [])
    assert values(found) == [("C1", "1", "Ouvrir le registre", "Archives Justice", "Voir.")]


def test_numbers_may_begin_again_below_each_theme() -> None:
    text = "# Theme I\n\n## 1. A\n\nLead institution: X\n\n# Theme II\n\n## 1. B\n\nMain objective: y\n"
    find = {"kind": "headings", "pattern": "Theme (?P<roman>[IV]+)"}
    key = column("theme", "group:roman", "string", "schema:identifier", key=True)
    themes = dataset("themes", find, key)
    made = commitments(within="themes")
    made["column"][0]["take"] = "T{parent}-C{number}"
    found = small("markdown", text, themes, made)
    assert (found.told, kept(found)) == ([], [])
    assert [row[0] for row in values(found)] == ["TI-C1", "TII-C1"]


LEVELS = {"not-started": "Not started", "limited": "Limited", "completed": "Completed"}
FORM = """\
<table><tr><td colspan=4>{number}. A</td></tr>
<tr><td>Lead institution</td><td colspan=3>X</td></tr>
<tr><td rowspan=2>Completion</td><td>Not started</td><td>Limited</td><td>Completed</td></tr>
<tr>{marks}</tr>
<tr><td>Main objective</td><td colspan=3>a. See it. b. Know it.</td></tr></table>
"""


def form(*marks: str) -> str:
    """Return forms one below the other, each with the cells of its levels; a bar stands between cells."""
    rows = ("".join(f"<td>{cell}</td>" for cell in said.split("|")) for said in marks)
    return "".join(FORM.format(number=number, marks=said) for number, said in enumerate(rows, start=1))


@pytest.mark.parametrize(
    ("marks", "code", "told"),
    [
        ("||\u2611", "completed", []),
        ("\u2610|\u2713|\u2610", "limited", []),
        ("x||", "not-started", []),
        ("||", "", []),
        ("|(X)|", "limited", []),
        ("||x<sup>1</sup>", "completed", []),
        ("\u2713|\u2713|", "", ["several-marks"]),
    ],
)
def test_a_mark_below_a_heading_gives_its_code(marks: str, code: str, told: list[str]) -> None:
    found = small("html", form(marks), commitments(), assessments(ticks=LEVELS))
    assert (found.told, kept(found)) == ([], [])
    assert values(found, "assessments") == [("C1", code, "")]
    assert [one.rule for one in found.findings if one.rule in ("several-marks", "mark-without-heading")] == told


def test_marks_below_headings_may_stand_on_the_next_page_with_the_rest_of_the_label() -> None:
    text = (
        "<table><tr><td colspan=5>1. A</td></tr><tr><td>Completion</td><td colspan=2>Not started</td><td>Limited</td>"
        "<td>Completed</td></tr></table>"
        "<table><tr><td>level (tick one)</td><td></td><td>\u2713</td><td></td></tr></table>"
    )
    found = small("html", text, commitments(labels={}), assessments(ticks=LEVELS, level=["Completion level"]))
    assert (found.told, kept(found)) == ([], [])
    assert values(found, "assessments") == [("C1", "limited", "")]


def test_a_mark_right_of_a_heading_gives_its_code() -> None:
    text = (
        "<table><tr><td colspan=6>1. A</td></tr><tr><td>Not started</td><td></td>"
        "<td>Limited</td><td>\u2714</td><td>Completed</td><td></td></tr></table>"
    )
    found = small("html", text, commitments(labels={}), assessments(ticks=LEVELS))
    assert (found.told, kept(found)) == ([], [])
    assert values(found, "assessments") == [("C1", "limited", "")]


LETTERED = [
    commitments(labels={"lead": ["Lead institution"]}, sub_items="[a-z]"),
    assessments(ticks=LEVELS),
    sub_items("judged", column("tick", "tick", "string"), ticks=LEVELS),
    sub_items("milestones", column("aim", "label:aim"), labels={"aim": ["Main objective"]}),
]


def test_letters_give_a_row_each_and_leave_the_record_without_a_code() -> None:
    found = small("html", form("|b|a", "|a, b|"), *LETTERED)
    assert (found.told, kept(found)) == ([], [])
    assert values(found, "assessments") == [("C1", "", ""), ("C2", "", "")]
    assert values(found, "judged") == [
        ("C1-a", "C1", "a", "completed"),
        ("C1-b", "C1", "b", "limited"),
        ("C2-a", "C2", "a", "limited"),
        ("C2-b", "C2", "b", "limited"),
    ]
    assert values(found, "milestones")[:2] == [("C1-a", "C1", "a", "See it."), ("C1-b", "C1", "b", "Know it.")]


def test_a_label_that_a_page_break_parts_is_one_with_the_text_of_both_rows() -> None:
    text = (
        "<table><tr><td colspan=2>1. A</td></tr><tr><td>Lead institut</td><td>Ministry of</td></tr>"
        "<tr><td>ion</td><td>Wells</td></tr><tr><td></td><td>and Rivers</td></tr></table>"
    )
    found = small("html", text, commitments(labels={"lead": ["Lead institution"]}))
    assert (found.told, kept(found)) == ([], [])
    assert values(found, "commitments")[0][-1] == "Ministry of Wells and Rivers"


def test_two_rows_that_make_no_label_are_two_unknown_ones() -> None:
    rows = "<tr><td>Lead</td><td>x</td></tr><tr><td>Owner</td><td>y</td></tr>"
    text = f"<table><tr><td>1. A</td><td></td></tr>{rows}</table>"
    found = small("html", text, commitments(labels={"lead": ["Lead institution"]}))
    assert "unclaimed-row" in {one.rule for one in found.findings}


def test_a_level_whose_heading_no_record_has_is_told() -> None:
    wrong = {"not-started": "Not started", "limited": "Limited", "completed": "Done"}
    said = assessments(ticks=wrong, level=["Completion"])
    told = [one for one in small("html", form("x||"), commitments(), said).findings if one.rule == "dangling-reference"]
    assert [(one.place.key, "'Done'" in one.message) for one in told] == [("dataset[1].find.ticks.completed", True)]


def test_a_level_that_is_declared_without_a_heading_is_told_by_its_code() -> None:
    said = assessments(ticks={**LEVELS, "delayed": []}, level=["Completion"])
    told = [one for one in small("html", form("x||"), commitments(), said).findings if one.rule == "dangling-reference"]
    assert [(one.place.key, "'delayed'" in one.message) for one in told] == [("dataset[1].find.ticks.delayed", True)]


def test_a_level_in_words_that_no_record_has_is_no_fault() -> None:
    text = "<table><tr><td colspan=2>1. A</td></tr><tr><td>Level</td><td>Limited</td></tr></table>"
    found = small("html", text, commitments(labels={}), assessments(ticks=LEVELS, level=["Level"]))
    assert (found.told, "dangling-reference" in {one.rule for one in found.findings}) == ([], False)


@pytest.mark.parametrize(
    "said",
    [
        "a. Limited; b. Completed; c. Not started",
        "a: Limited<br>b: Completed<br>c: Not started",
        "(a) Limited (b) Completed (c) Not started",
        "Limited: a; Completed: b; Not started: c",
        "Not started (c), Limited (a), Completed (b)",
    ],
)
def test_letters_beside_the_words_of_levels_have_the_level_that_they_stand_with(said: str) -> None:
    text = f"<table><tr><td colspan=2>1. A</td></tr><tr><td>Level</td><td>{said}</td></tr></table>"
    made = [commitments(labels={}, sub_items="[a-z]"), assessments(ticks=LEVELS, level=["Level"])]
    found = small("html", text, *made, sub_items("judged", column("tick", "tick", "string"), ticks=LEVELS))
    assert (found.told, kept(found)) == ([], [])
    assert [row[2:] for row in values(found, "judged")] == [("a", "limited"), ("b", "completed"), ("c", "not-started")]


def test_letters_in_brackets_below_a_level_lose_no_bracket() -> None:
    found = small("html", form("|(a), (b)|(c)"), *LETTERED)
    assert (found.told, kept(found)) == ([], [])
    assert [row[2:] for row in values(found, "judged")] == [("a", "limited"), ("b", "limited"), ("c", "completed")]


@pytest.mark.parametrize("dash", ["-", "\u2013", " \u2013 "])
def test_a_range_of_letters_is_told_and_gives_no_level(dash: str) -> None:
    found = small("html", form(f"|a{dash}c|d"), *LETTERED)
    assert [row[2:] for row in values(found, "judged") if row[3]] == [("d", "completed")]
    assert "unread-mark" in {one.rule for one in found.findings}


def test_a_letter_that_is_marked_twice_has_no_code() -> None:
    found = small("html", form("a|a|b"), *LETTERED)
    assert (found.told, kept(found)) == ([], [])
    assert values(found, "judged") == [("C1-a", "C1", "a", ""), ("C1-b", "C1", "b", "completed")]
    assert "several-marks" in {one.rule for one in found.findings}


def test_a_mark_under_no_heading_gives_no_code() -> None:
    found = small("html", form("x||"), commitments(), assessments(ticks={"b": "Limited", "c": "Completed"}))
    assert values(found, "assessments") == [("C1", "", "")]
    assert "mark-without-heading" in {one.rule for one in found.findings}


@pytest.mark.parametrize(
    ("colour", "code", "told"), [("#00b050", "green", 0), ("#123456", "", 1), ("#ffffff", "", 0), ("red", "red", 0)]
)
def test_a_colour_gives_its_code_and_an_unknown_one_is_named(colour: str, code: str, told: int) -> None:
    text = (
        "<table><tr><td>1. A</td><td></td></tr>"
        f"<tr><td bgcolor=#eeeeee>Lead institution</td><td bgcolor={colour}>X</td></tr></table>"
    )
    said = commitments(labels={"lead": ["Lead institution"]})
    found = small("html", text, said, assessments(optional=["fill"], fill={"#00b050": "green", "#ff0000": "red"}))
    assert (found.told, kept(found)) == ([], [])
    assert values(found, "assessments") == [("C1", "", code)]
    unknown = [one for one in found.findings if one.rule == "unknown-fill"]
    assert (len(unknown), all(colour in one.message for one in unknown)) == (told, True)


def test_two_shades_that_stand_for_one_code_give_it() -> None:
    cells = "<td bgcolor=#00b050>X</td><td bgcolor=#92d050>Y</td>"
    text = f"<table><tr><td>1. A</td><td></td><td></td></tr><tr><td>Lead institution</td>{cells}</tr></table>"
    said = commitments(labels={"lead": ["Lead institution"]})
    found = small("html", text, said, assessments(fill={"#00b050": "green", "#92d050": "green", "#ff0000": "red"}))
    assert (found.told, kept(found)) == ([], [])
    assert values(found, "assessments") == [("C1", "", "green")]
    assert "several-marks" not in {one.rule for one in found.findings}


def test_what_is_wrong_with_records_is_told_with_its_place() -> None:
    text = "Lead institution: X\n\n# 1. A\n\n# 1. B\n\nLead institution: Y\n\nMain objective: z\n"
    found = small("markdown", text, commitments())
    told = {(one.rule, str(one.place)) for one in found.findings if one.severity in ("error", "warning")}
    rules = {rule for rule, _ in told}
    assert {"duplicate-number", "label-before-record", "empty-record"} <= rules


@pytest.mark.parametrize(
    ("find", "rule", "key"),
    [
        ({"starts": "("}, "value-type", "starts"),
        ({"starts": ""}, "value-type", "starts"),
        ({"sub_items": "("}, "value-type", "sub_items"),
        ({"of": "nothing"}, "dangling-reference", "of"),
        ({"within": "nothing"}, "dangling-reference", "within"),
        ({"each": "sub-item"}, "missing-key", "of"),
        ({"fill": {"green": "green"}}, "value-type", "fill"),
    ],
)
def test_keys_that_do_not_fit_are_told(find: Entry, rule: str, key: str) -> None:
    found = small("markdown", "# 1. A\n", commitments(**find))
    assert (rule, f"small/publication.toml, key dataset[0].find.{key}") in found.told


# Made documents ------------------------------------------------------------------------------------------

WORDS = ["open", "register", "minutes", "budget", "city", "data:", "law", "a.", "b,", "Limited", "End", "(c)", "é"]


def made_text(random: Random, label: str) -> tuple[str, str]:
    """Return a label with its text in one of the shapes that a page of the web may have, and the text."""
    said = " ".join(random.choices(WORDS, k=random.randint(1, 6)))
    shapes = [
        f"<h3>{label}</h3><p>{said}</p>",
        f"<p><b>{label}</b> {said}</p>",
        f"<p>{label}: {said}</p>",
        f"<p><b>{label}:</b></p><ul><li>{said}</li></ul>",
        f"<table><tr><td>{label}</td><td>{said}</td></tr></table>",
        f"<table><tr><th>{label}:</th><td colspan=2>{said}</td></tr></table>",
    ]
    return random.choice(shapes), said


def made_record(random: Random, number: int) -> tuple[str, tuple[str, ...]]:
    """Return a record and the row that it is."""
    title = " ".join(random.choices(WORDS, k=3))
    parts: list[str] = []
    said: dict[str, list[str]] = {"lead": [], "aim": []}
    for _ in range(random.randint(0, 4)):
        name = random.choice(["lead", "aim"])
        part, text = made_text(random, random.choice(LABELS[name]))
        parts.append(part)
        said[name].append(text)
    begin = random.choice(["<h2>{}</h2>", "<p><b>{}</b></p>", "<table><tr><td>{}</td><td></td></tr></table>"])
    row = (f"C{number}", str(number), title, " ".join(said["lead"]), " ".join(said["aim"]))
    return begin.format(f"{number}. {title}") + "".join(parts), row


def check_made(seed: int) -> None:
    """Hold the rows of a made document against what it was made of."""
    random = Random(seed)
    made = [made_record(random, number) for number in range(1, random.randint(2, 5))]
    text = "<h1>Plan</h1>" + "".join(part for part, _ in made) + "<h1>End</h1><p>Limited.</p>"
    found = small("html", text, commitments(), narrative(), furniture())
    assert [one for one in found.told if one[0] != "label-not-found"] == [], (seed, text)
    assert values(found) == [row for _, row in made], (seed, text)
    assert kept(found) == [], (seed, text)


def test_made_records_are_read_as_they_were_made() -> None:
    for seed in range(10):
        check_made(seed)


@pytest.mark.parametrize(
    ("find", "key"), [({"ticks": {"limited": "Limited"}}, "ticks"), ({"fill": {"#00b050": "completed"}}, "fill")]
)
def test_levels_and_colours_that_no_record_has_are_told(find: dict[str, Any], key: str) -> None:
    text = "<h2>1. Open</h2><table><tr><td>Lead institution<td>Records</table>"
    labels = {"lead": ["Lead institution"]}
    found = small("html", text, commitments(labels=labels), assessments(**find))
    assert ("dangling-reference", f"small/publication.toml, key dataset[1].find.{key}") in found.told
    optional = small("html", text, commitments(labels=labels), assessments(**find, optional=[key]))
    assert optional.told == []


# Real documents ------------------------------------------------------------------------------------------

NINE = {
    "lead": ["Lead government actors"],
    "others": ["Other actors involved"],
    "objective": ["Main objective"],
    "description": ["Brief description"],
    "relevance": ["Relevance"],
    "ambition": ["Ambition"],
    "results": ["Description of results"],
    "end": ["End date"],
    "next": ["Next steps"],
}
OGP_LEVELS = {**LEVELS, "substantial": "Substantial"}


def sample(path: str, kind: str, *datasets: Entry) -> Read:
    content = (shared() / "samples" / path).read_bytes()
    return read(Small(content, datasets, kind=kind))


def test_all_commitments_of_a_real_self_assessment_are_records_with_their_labels_and_levels() -> None:
    themes = {"kind": "headings", "pattern": "(?P<title>Open Government to .+)"}
    position = column("theme", "position", "integer", "schema:identifier", key=True)
    judged = sub_items("judged", column("tick", "tick", "string"), ticks=OGP_LEVELS)
    made = [commitments(labels=NINE, sub_items="[a-z]", within="themes"), assessments(ticks=OGP_LEVELS), judged]
    for one, at in zip(made, (0, 0, 1), strict=True):
        one["column"][at]["take"] = "T{parent}-C{number}"
    first = dataset("themes", themes, position, column("title", "group:title"))
    found = sample("us-nap2-midterm-self-assessment.pdf", "pdf", first, *made, narrative(), furniture())
    assert (found.told, kept(found)) == ([], [])
    rows = found.rows("commitments")
    counts = {1: 11, 2: 8, 3: 7}
    keys = [f"T{theme}-C{number}" for theme, count in counts.items() for number in range(1, count + 1)]
    assert [row["commitment"] for row in rows] == keys
    # The document has all nine labels each time, and leaves six cells beside one of them empty.
    empty = [(row["commitment"], name) for row in rows for name in NINE if not row[name]]
    assert empty == [(key, "others") for key in ("T1-C7", "T1-C11", "T2-C8", "T3-C1", "T3-C5", "T3-C6")]
    levels = {row["milestone"]: row["tick"] for row in found.rows("judged")}
    assert (levels["T1-C1-a"], levels["T1-C1-b"]) == ("substantial", "completed")
    assert (levels["T1-C2-b"], levels["T1-C2-a"]) == ("substantial", "completed")
    whole = {row["commitment"]: row["tick"] for row in found.rows("assessments")}
    seen = {"T1-C5": "substantial", "T2-C1": "substantial", "T2-C2": "completed", "T2-C7": "completed"}
    assert {key: whole[key] for key in seen} == seen
    lettered = {row["commitment"] for row in found.rows("judged")}
    assert [name for name, tick in whole.items() if bool(tick) == (name in lettered)] == []


def test_a_commitment_of_a_real_plan_is_a_record() -> None:
    labels = {"lead": ["Lead institutions"], "stakes": ["Stakes"], "aim": ["Context & Aim"], "roadmap": ["Roadmap"]}
    made = commitments(starts=r"Commitment (?P<number>\d+)", title="next heading", labels=labels)
    found = sample("fr-nap1-2015-2017/en/open-resources/commitment-15.md", "markdown", made, narrative())
    (row,) = found.rows("commitments")
    assert row["number"] == "15"
    assert row["title"].startswith("Strengthen government policy on the opening")
    assert row["lead"].startswith("Ministry of State for State Reform")
    assert row["lead"].endswith("Industry and the Digital Sector")
    assert row["roadmap"].startswith("Continue the opening of data")
    assert kept(found) == []
