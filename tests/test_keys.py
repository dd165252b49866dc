"""Keys that templates make, cells that are looked up, and what of them is refused: each with its place."""

from __future__ import annotations

import csv
import itertools
import random
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from rdflib import Graph

from generate_declarations import Entry, Small, column, dataset, furniture, read, table
from ogp_data import pipeline
from ogp_data.pipeline import Folders
from ogp_data.tables.composed import braces_fault, filled, lookup, variables
from ogp_data.tables.numbers import mark

# Templates ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "values", "expected"),
    [
        ("C{number}", {"number": "7"}, "C7"),
        ("C{number}", {"number": "13"}, "C13"),
        ("C{number}", {"number": "1.10"}, "C1.10"),
        ("C{number}", {"number": "01"}, "C01"),
        ("C{number}", {"number": "C1"}, "C1"),
        ("C{number}", {"number": "C1.10"}, "C1.10"),
        ("C{number}", {"number": "C01"}, "C01"),
        ("C{number}", {"number": "c1"}, "c1"),
        ("C{number}", {"number": "C"}, "C"),
        ("C{number}", {"number": "Culture 1"}, "CCulture 1"),
        ("C{number}", {"number": ""}, ""),
        ("T{parent}-C{number}", {"parent": "2", "number": "7"}, "T2-C7"),
        ("T{parent}-C{number}", {"parent": "T2", "number": "C7"}, "T2-C7"),
        ("T{parent}-C{number}", {"parent": "", "number": "7"}, ""),
        ("{commitment}-{letter}", {"commitment": "C7", "letter": "a"}, "C7-a"),
        ("{number}", {"number": "x"}, "x"),
        ("no braces", {}, "no braces"),
        ("{a}{b} end", {"a": "1", "b": "2"}, "12 end"),
    ],
)
def test_a_template_is_filled_without_doubling_its_letters(
    template: str, values: Mapping[str, str], expected: str
) -> None:
    assert filled(template, values) == expected


@pytest.mark.parametrize("take", ["C{number", "C}number{", "{{number}}", "number}", "{", "{a}{"])
def test_braces_that_do_not_match_are_seen(take: str) -> None:
    assert braces_fault(take)


@pytest.mark.parametrize(("take", "expected"), [("C{number}", ["number"]), ("{a}-{b}", ["a", "b"]), ("number", [])])
def test_the_names_of_a_template(take: str, expected: list[str]) -> None:
    assert variables(take) == expected
    assert not braces_fault(take)


@pytest.mark.parametrize(
    ("take", "expected"),
    [
        ("commitment.title", ("commitment", "title")),
        ("reference:a.b", None),
        ("title", None),
        ("a.b.c", None),
        (".title", None),
        ("commitment.", None),
    ],
)
def test_a_look_up_is_two_names_with_a_dot(take: str, expected: tuple[str, str] | None) -> None:
    assert lookup(take) == expected


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("7. Open budget", "7", "Open budget"),
        ("7) Open budget", "7", "Open budget"),
        ("07. Open budget", "07", "Open budget"),
        ("C1. Open budget", "C1", "Open budget"),
        ("C1: open budget", "C1", "open budget"),
        ("C1 Open budget", "C1", "Open budget"),
        ("C-1 Open budget", "C-1", "Open budget"),
        ("C1.10 Open budget", "C1.10", "Open budget"),
        ("1.10 Open budget", "1.10", "Open budget"),
        ("1.10. Open budget", "1.10", "Open budget"),
        ("7", "7", ""),
        ("7.", "7", ""),
        ("C01", "C01", ""),
        ("5-2", "5-2", ""),
        ("5-2 Open budget", "5-2", "Open budget"),
        ("5-2. open budget", "5-2", "open budget"),
        ("1)", "1", ""),
        ("(3) Open budget", "3", "Open budget"),
        ("(C3)", "C3", ""),
        ("7 – Open budget", "7", "Open budget"),
        ("Actie 4", "4", ""),
        ("Action 4: open budget", "4", "open budget"),
        ("Commitment 12 - Open budget", "12", "Open budget"),
        ("Engagement 1.10. Open budget", "1.10", "Open budget"),
    ],
)
def test_a_number_at_the_begin_of_a_text_is_read_as_printed(text: str, number: str, rest: str) -> None:
    found = mark(text)
    assert found
    assert (found["number"], text[found.end() :]) == (number, rest)


@pytest.mark.parametrize(
    "text",
    [
        "Action 4 begins",
        "In 2015. Then",
        "2020-2024 Strategy",
        "05-12-2024",
        "3 – 4 schools",
        "(see 3)",
        "(2024) Budget",
        "7 Open budget",
        "1.5 million euros",
        "A4 paper",
        "Open budget",
        "2020 budget",
        "0. Nothing",
        "7.Open",
    ],
)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert mark(text) is None


# A publication --------------------------------------------------------------------------------------------

KEY = column("commitment", "C{number}", "string", "schema:identifier", key=True)
PRINTED = column("commitment_number", "number", "string", "ogp:commitmentNumber")
TITLE = column("title", "text", rdf="dct:title")
REFERS = column("commitment", "C{number}", "string", "ogp:commitment", key=True, references="commitments")
LOOKED_UP = column("commitment_number", "commitment.commitment_number", "string", "ogp:commitmentNumber")
STATUS = column("status", "cell", rdf="ogp:text", heading="Status")
NAMED = column("named", "cell", rdf="dct:title", heading="Commitment")

TEXT = (
    "# Plan\n\n1. Open budget\n2. Open courts\n\n# Progress\n\nCommitment\tStatus\n1. Budget\tdone\n2. Courts\tlate\n"
)


def commitments(*columns: Entry, **find: Any) -> Entry:
    found = {"kind": "list", **(find or {"under": "Plan"})}
    return dataset("commitments", found, *(columns or (KEY, PRINTED, TITLE)))


def assessments(*columns: Entry) -> Entry:
    return table(["Commitment", "Status"], *(columns or (REFERS, LOOKED_UP, NAMED, STATUS)), name="assessments")


def told(*datasets: Entry, text: str = TEXT) -> list[tuple[str, str]]:
    return [
        (rule, place.removeprefix("small/publication.toml, key ")) for rule, place in read(Small(text, datasets)).told
    ]


def test_the_number_as_printed_stands_beside_wherever_a_table_refers_to_a_commitment() -> None:
    found = read(Small(TEXT, [commitments(), assessments()]))
    assert found.told == []
    assert found.cells("commitments") == [("C1", "1", "Open budget"), ("C2", "2", "Open courts")]
    assert found.cells("assessments") == [("C1", "1", "Budget", "done"), ("C2", "2", "Courts", "late")]
    assert found.built
    assert [row["publication"].value for one in found.built.tables for row in one.cells] == ["small"] * 4


@pytest.mark.parametrize("printed", ["1. Budget", "C1. Budget", "C1: Budget", "C1 Budget"])
def test_a_table_may_print_the_letter_that_the_list_does_not(printed: str) -> None:
    beside = column("named", "cell", rdf="ogp:text", of="assessments", heading="Commitment")
    text = TEXT.replace("1. Budget", printed)
    found = read(Small(text, [commitments(KEY, PRINTED, TITLE, beside), assessments(REFERS, LOOKED_UP, STATUS)]))
    assert found.told == []
    assert found.cells("commitments")[0] == ("C1", "1", "Open budget", "Budget")
    assert found.cells("assessments")[0] == ("C1", "1", "done")


def test_numbers_as_printed_are_kept_as_they_are() -> None:
    text = "# Progress\n\nCommitment\tStatus\nC01: Budget\tdone\nC1.10 Courts\tlate\n"
    key = column("commitment", "C{number}", "string", "schema:identifier", key=True)
    found = read(Small(text, [assessments(key, PRINTED, NAMED, STATUS)]))
    assert found.told == []
    assert found.cells("assessments") == [("C01", "C01", "Budget", "done"), ("C1.10", "C1.10", "Courts", "late")]


HEADED = "# Plan\n\n## Commitment C7 - Open budget\n\n## Commitment C9 - Open courts\n\n"
BELOW = "# Steps\n\nCommitment\tStatus\nC7: Budget\tdone\nC9: Courts\tlate\n"


def test_headings_have_a_number_too_and_tables_are_joined_by_it() -> None:
    find = {"kind": "headings", "under": "Plan", "pattern": r"Commitment (?P<number>\S+) - (?P<title>.+)"}
    title = column("title", "group:title", rdf="dct:title")
    beside = column("status", "cell", rdf="ogp:text", of="assessments", heading="Status")
    plan = dataset("commitments", find, KEY, PRINTED, title, beside)
    rest = table(["Commitment", "Status"], REFERS, LOOKED_UP, NAMED, name="assessments")
    found = read(Small(HEADED + BELOW, [plan, rest]))
    assert found.told == []
    assert found.cells("commitments") == [("C7", "C7", "Open budget", "done"), ("C9", "C9", "Open courts", "late")]
    assert found.cells("assessments") == [("C7", "C7", "Budget"), ("C9", "C9", "Courts")]


THEMED = "# Plan\n\n## A. Money\n\n1. Open budget\n2. Open tax\n\n## B. Law\n\n1. Open courts\n"
THEMES = dataset(
    "themes",
    {"kind": "headings", "under": "Plan", "pattern": r"(?P<letter>[A-Z])\. (?P<title>.+)"},
    column("letter", "group:letter", "string", "skos:notation", key=True),
    column("title", "group:title", rdf="dct:title"),
)
THEME = column("theme", "parent", "string", "ogp:theme", references="themes")
ACTION = column("action", "cell", heading="Action")
IN_THEME = column("commitment", "T{parent}-C{number}", "string", "schema:identifier", key=True)


def test_numbers_may_begin_again_in_each_theme_whose_key_is_that_of_the_heading() -> None:
    title = column("theme_title", "theme.title", rdf="ogp:themeTitle")
    found = read(Small(THEMED, [THEMES, commitments(IN_THEME, PRINTED, THEME, title, TITLE, each="themes")]))
    assert found.told == []
    assert found.cells("commitments") == [
        ("TA-C1", "1", "A", "Money", "Open budget"),
        ("TA-C2", "2", "A", "Money", "Open tax"),
        ("TB-C1", "1", "B", "Law", "Open courts"),
    ]


def test_who_lets_numbers_begin_again_without_saying_so_is_told_how() -> None:
    found = read(Small(THEMED, [THEMES, commitments(KEY, PRINTED, THEME, TITLE, each="themes")]))
    (one,) = (found for found in found.findings if found.rule == "duplicate-number")
    assert str(one.place) == "document.txt, table 'commitments', line 10, row 1"
    assert 'take = "T{parent}-C{number}"' in one.hint


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ("A1 A2 A3 B1 B2 C1 C2", []),
        ("A1 B1 A2 B2", []),
        ("II.1 II.2 III.1 III.2", []),
        ("A-1 A-2 B-1", []),
        ("2.A.1 2.A.2 2.B.1", []),
        ("1a 1b 2a", []),
        ("1 2 3.1 3.2 10", []),
        ("A1 A2 B1 B3 B2 C1", ["Number B2 comes after B3."]),
        ("A2 B1 A1 B2", ["Number A1 comes after A2."]),
        ("a2 A1", ["Number A1 comes after a2."]),
        ("1a 2a 1b", ["Number 1b comes after 2a."]),
        ("1 9 2 3 4", ["Number 2 comes after 9."]),
    ],
)
def test_numbers_go_on_within_a_letter(numbers: str, said: list[str]) -> None:
    text = "# Plan\n" + "".join(f"\n## {number} Open\n" for number in numbers.split())
    pattern = r"(?P<number>\S+) (?P<title>.+)"
    key = column("no", "group:number", "string", key=True)
    found = read(Small(text, [dataset("actions", {"kind": "headings", "under": "Plan", "pattern": pattern}, key)]))
    assert [row["no"] for row in found.rows()] == numbers.split()
    assert [one.message for one in found.findings if one.rule == "number-out-of-order"] == said


def test_order_within_letters_is_that_of_sorting_them_apart() -> None:
    """Of shuffled numbers, those are told that fall behind the one before them with their letter, and no others."""
    draw, wrong = random.Random(6), 0
    for _ in range(60):
        numbers = [f"{letter}{count}" for letter in "AB" for count in range(1, draw.randint(3, 5))]
        draw.shuffle(numbers)
        text = "No\tAction\n" + "".join(f"{number}\tOpen\n" for number in numbers)
        falls = [
            f"Number {after} comes after {one}."
            for letter in "AB"
            for one, after in itertools.pairwise([number for number in numbers if number[0] == letter])
            if int(after[1:]) < int(one[1:])
        ]
        declared = table(["No", "Action"], column("no", "number", "string", key=True), ACTION)
        found = [one.message for one in read(Small(text, [declared])).findings if one.rule == "number-out-of-order"]
        assert sorted(found) == sorted(falls), numbers
        wrong += bool(falls)
    assert 0 < wrong < 60


SWAPPED = "No\tAction\nA2\tOpen tax\nA1\tOpen budget\nB1\tOpen courts\n"


def test_numbers_that_are_meant_as_they_stand_may_be_so_by_the_fix_that_is_told() -> None:
    heads = ["No", "Action"]
    wrong = read(Small(SWAPPED, [table(heads, column("no", "number", "string", key=True), ACTION)]))
    (one,) = (found for found in wrong.findings if found.severity == "error")
    assert (one.rule, one.message) == ("number-out-of-order", "Number A1 comes after A2.")
    assert "let 'no', the key, count the rows: take = \"sequence\"" in one.hint
    found = read(Small(SWAPPED, [table(heads, column("no", "sequence", "string", key=True), ACTION)]))
    assert (found.told, found.cells()) == ([], [("1", "Open tax"), ("2", "Open budget"), ("3", "Open courts")])


def test_numbers_that_begin_again_must_still_go_on_within_each_theme() -> None:
    text = THEMED.replace("2. Open tax", "3. Open tax")
    assert told(THEMES, commitments(IN_THEME, PRINTED, THEME, TITLE, each="themes"), text=text) == [
        ("missing-number", "document.txt, table 'commitments', line 5")
    ]


def test_nothing_is_taken_by_a_number_that_several_rows_have() -> None:
    text = f"{THEMED}\n# Progress\n\nCommitment\tStatus\n1. Budget\tdone\n"
    beside = column("beside", "text", rdf="ogp:text", of="commitments")
    key = column("number", "number", "string", "schema:position", key=True)
    plan = commitments(IN_THEME, PRINTED, THEME, TITLE, each="themes")
    found = told(THEMES, plan, assessments(key, NAMED, STATUS, beside), text=text)
    assert ("duplicate-number", "document.txt, table 'commitments', line 10, row 1") in found


MILESTONES = "# Steps\n\nNo.\tMark\tStep\nC7\ta\tA law\nC7\tb\tA register\nC8\ta\tA site\n"


def milestones() -> Entry:
    return table(
        ["No.", "Mark", "Step"],
        column("milestone", "{commitment}-{letter}", "string", "schema:identifier", key=True),
        column("commitment", "C{cell}", "string", "ogp:commitment", heading="No."),
        column("number", "cell", "string", "ogp:commitmentNumber", heading="No."),
        column("letter", "cell", "string", "skos:notation", heading="Mark"),
        column("title", "cell", rdf="dct:title", heading="Step"),
        name="milestones",
    )


def test_the_key_of_a_milestone_is_made_of_other_columns_of_its_row_before_or_behind_it() -> None:
    found = read(Small(MILESTONES, [milestones()]))
    assert found.told == []
    assert [row[0] for row in found.cells("milestones")] == ["C7-a", "C7-b", "C8-a"]


def test_rows_that_are_joined_have_templates_and_look_ups_too() -> None:
    overview = dataset(
        "overview",
        {"kind": "rows", "of": "assessments"},
        column("commitment", "commitment", "string", "ogp:commitment", key=True, references="commitments"),
        column("title", "commitment.title", rdf="dct:title"),
        column("place", "{sequence}/{publication}: {status}", "string", "ogp:text"),
    )
    found = read(Small(TEXT, [commitments(), assessments(), overview]))
    assert found.told == []
    assert found.cells("overview") == [("C1", "Open budget", "1/small: done"), ("C2", "Open courts", "2/small: late")]


def test_a_correction_names_a_row_by_its_key_and_reaches_the_cells_that_are_looked_up() -> None:
    refers = [REFERS, column("title", "commitment.title", rdf="ogp:text"), NAMED, STATUS]
    record = {"dataset": "commitments", "row": "C2", "column": "title", "expect": "courts", "value": "justice"}
    more = {"kind": "corrected-text", "reason": "It is called so.", "status": "corrected"}
    found = read(Small(TEXT, [commitments(), assessments(*refers)], [{**record, **more}]))
    assert found.told == []
    assert [row[1] for row in found.cells("assessments")] == ["Open budget", "Open justice"]


# What is refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "rule", "key"),
    [
        ({"take": "C{no}"}, "dangling-reference", "take"),
        ({"take": "C{status"}, "value-type", "take"),
        ({"take": "C{status}", "type": "integer"}, "value-type", "type"),
        ({"take": "C{status}", "of": "commitments"}, "dangling-reference", "of"),
        ({"take": "named.title"}, "dangling-reference", "take"),
        ({"take": "nothing.title"}, "dangling-reference", "take"),
        ({"take": "commitment.colour"}, "dangling-reference", "take"),
        ({"take": "commitment.source_places"}, "dangling-reference", "take"),
        ({"take": "commitment.commitment_number", "type": "integer"}, "value-type", "type"),
        ({"take": "{more}x"}, "dangling-reference", "take"),
        ({"take": "{source_places}"}, "dangling-reference", "take"),
    ],
)
def test_what_cannot_be_made_or_looked_up_is_told_with_its_key(changed: Mapping[str, Any], rule: str, key: str) -> None:
    more = {**column("more", "", "string", "ogp:value"), **changed}
    found = told(commitments(), assessments(REFERS, LOOKED_UP, NAMED, STATUS, more))
    assert (rule, f"dataset[1].column[4].{key}") in found


def test_names_in_braces_that_are_unknown_are_told_with_those_that_are_offered() -> None:
    more = column("more", "C{no}", "string", "ogp:value")
    small = read(Small(TEXT, [commitments(), assessments(REFERS, LOOKED_UP, NAMED, STATUS, more)]))
    (found,) = (found for found in small.findings if found.severity == "error")
    assert "'no'" in found.message
    named = {*("cell", "number", "section", "publication", "sequence"), "commitment", "named", "status"}
    assert named <= set(found.hint.removeprefix("Use one of: ").removesuffix(".").split(", "))


def circle(*columns: Entry) -> list[tuple[str, str]]:
    return [
        place for place in told(commitments(), assessments(REFERS, NAMED, STATUS, *columns)) if "column" in place[1]
    ]


def test_columns_that_are_made_of_each_other_are_refused() -> None:
    one, other = (column(a, f"x{{{b}}}", "string", f"ogp:{r}") for a, b, r in (("a", "b", "value"), ("b", "a", "text")))
    assert circle(one, other) == [
        ("dangling-reference", "dataset[1].column[3].take"),
        ("dangling-reference", "dataset[1].column[4].take"),
    ]


def test_a_circle_through_another_dataset_is_refused() -> None:
    plan = commitments(
        KEY,
        TITLE,
        column("assessed", "C{number}", "string", "ogp:value", references="assessments"),
        column("status", "assessed.more", rdf="ogp:text"),
    )
    more = column("more", "commitment.status", rdf="ogp:value")
    found = told(plan, assessments(REFERS, NAMED, STATUS, more))
    assert ("dangling-reference", "dataset[0].column[3].take") in found
    assert ("dangling-reference", "dataset[1].column[3].take") in found


def test_a_key_cannot_be_made_of_what_is_known_only_when_rows_have_keys() -> None:
    phrase = [{"words": "late", "value": "on-hold"}]
    said = column("derived_said", "phrase", "string", "ogp:value", search=["status"], phrase=phrase)
    key = column("key", "{derived_said}-{number}", "string", "schema:identifier", key=True)
    assert told(assessments(key, NAMED, STATUS, said)) == [("dangling-reference", "dataset[0].column[0].take")]


def test_two_rows_with_one_key_and_a_reference_that_leads_nowhere_are_told_with_their_place() -> None:
    text = MILESTONES.replace("C7\tb", "C7\ta").replace("C8\ta", "C9\ta")
    steps = milestones()
    steps["column"][1]["references"] = "commitments"  # type: ignore[index]
    plan = commitments(KEY, PRINTED, TITLE)
    found = read(Small("# Plan\n\n" + "".join(f"{n}. Title {n}\n" for n in range(1, 9)) + "\n" + text, [plan, steps]))
    assert [one for one in found.told if "milestones" in one[1]] == [
        ("duplicate-row-key", "document.txt, table 'milestones', line 16, row C7-a, column 'milestone'"),
        ("cell-foreign-key", "document.txt, table 'milestones', line 17, row C9-a, column 'commitment'"),
    ]


def test_publication_is_no_column_that_a_declaration_names() -> None:
    own = column("publication", "text", "string", "ogp:value")
    assert ("duplicate-name", "dataset[0].column[3].name") in told(commitments(KEY, PRINTED, TITLE, own))


@pytest.mark.parametrize("mark", ["=1", "2023-05", "1e3"])
def test_a_key_that_a_spreadsheet_takes_for_something_else_is_told(mark: str) -> None:
    text = MILESTONES.replace("C8\t", f"{mark}\t")
    key = column("key", "{printed}", "string", "schema:identifier", key=True)
    number = column("printed", "cell", "string", "ogp:commitmentNumber", heading="No.")
    rest = [column(name, "cell", rdf=f"ogp:{name}", heading=h) for name, h in (("value", "Mark"), ("text", "Step"))]
    one = table(["No.", "Mark", "Step"], key, number, *rest, name="milestones")
    found = read(Small(text.replace("C7\tb\tA register\n", ""), [one]))
    assert {f.rule for f in found.findings if f.place.column == "key"} == {
        "formula-like" if mark == "=1" else "altered-by-spreadsheet"
    }


# Generated ----------------------------------------------------------------------------------------------

FORMS = ("{0}. {1}", "C{0}. {1}", "C{0}: {1}", "C{0} {1}", "{0}) {1}")
"""How a table may print the number of a commitment before its title."""


def made(random: random.Random) -> tuple[Small, list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return a plan with themes and a table about it, and the rows of both as they are made by hand."""
    restarts, keyed = random.random() < 0.5, random.choice(("themes by letter", "themes by position"))
    lines, plan, number = ["# Plan", ""], [], 0
    for at in range(1, random.randint(1, 3) + 1):
        letter, title = chr(64 + at), f"Theme {random.choice('xyz')}{at}"
        theme = letter if keyed == "themes by letter" else str(at)
        lines += [f"## {letter}. {title}", ""]
        number = 0 if restarts else number
        for _ in range(random.randint(1, 3)):
            number += 1
            key = f"T{theme}-C{number}" if restarts else f"C{number}"
            plan.append((key, str(number), theme, title, f"Open {random.choice(('budget', 'courts'))} {len(plan)}"))
            lines.append(f"{number}. {plan[-1][-1]}")
        lines.append("")
    key = column("letter", "group:letter", "string", "skos:notation", key=keyed == "themes by letter")
    place = column("position", "position", "integer", "schema:position", key=keyed != "themes by letter")
    pattern = {"kind": "headings", "under": "Plan", "pattern": r"(?P<letter>[A-Z])\. (?P<title>.+)"}
    themes = dataset("themes", pattern, key, place, column("title", "group:title", rdf="dct:title"))
    of_theme = {**THEME, "type": "string" if keyed == "themes by letter" else "integer"}
    looked = column("theme_title", "theme.title", rdf="ogp:themeTitle")
    own = IN_THEME if restarts else KEY
    datasets, told = (
        [themes, commitments(own, PRINTED, of_theme, looked, TITLE, each="themes")],
        list[tuple[str, ...]](),
    )
    if not restarts:
        lines += ["# Progress", "", "Commitment\tStatus"]
        for row in plan:
            named, status = f"Named {row[1]}", random.choice(("done", "late"))
            lines.append(f"{random.choice(FORMS).format(row[1], named)}\t{status}")
            told.append((row[0], row[1], row[2], row[3], f"{row[0]}/{status}", named, status))
        more = [
            {**of_theme, "take": "commitment.theme", "name": "theme"},
            column("theme_title", "theme.title", rdf="ogp:themeTitle"),
            column("mark", "{commitment}/{status}", "string", "ogp:value"),
        ]
        datasets.append(assessments(REFERS, LOOKED_UP, *more, NAMED, STATUS))
        random.shuffle(datasets)
    return Small("\n".join(lines) + "\n", datasets), plan, told


def check(seed: int) -> None:
    """Make a publication; AssertionError says which cell is not what it is by hand."""
    small, plan, told = made(random.Random(seed))
    found = read(small)
    assert found.told == [], (seed, small.text, found.told)
    assert found.cells("commitments") == plan, (seed, small.text)
    if told:
        assert found.cells("assessments") == told, (seed, small.text)
    assert not _spoilt(small, random.Random(seed))


def _spoilt(small: Small, random: random.Random) -> str:
    """Return the text in which an item is said twice or a row refers to none, when nothing is told of it."""
    lines = small.text.split("\n")
    at = random.choice(
        [n for n, line in enumerate(lines) if line[:1].isdigit() or ("\t" in line and "Status" not in line)]
    )
    lines[at] = f"99. {lines[at]}" if "\t" in lines[at] else f"{lines[at]}\n{lines[at]}"
    told = read(Small("\n".join(lines), small.datasets)).told
    return "" if told else "\n".join(lines)


def test_keys_of_generated_plans_are_those_made_by_hand() -> None:
    for seed in range(60):
        check(seed)


ODD = (
    *("C1", "c1", "C 2", "C/3", "C#4", "C?5", "É6", 'C"7"', "C'8", "C,9", "C%2010", "index", "C&11", "שלום"),
    *("C1.10", "C01", "row.2", "x" * 150, "x" * 240, "http://example.org/", "a b", "{number}", "main"),
    *("column.title", "C1/../x"),
)
"""Keys as a document may print them."""


def test_keys_of_all_shapes_are_published_in_every_format(tmp_path: Path) -> None:
    text = "# Plan\n\nMark\tTitle\n" + "".join(f"{key}\tOpen {n}\n" for n, key in enumerate(ODD))
    key = column("mark", "cell", "string", "schema:identifier", heading="Mark", key=True)
    title = column("title", "cell", rdf="dct:title", heading="Title")
    again = column("again", "{mark}", "string", "ogp:commitment", references="commitments")
    plan = {**table(["Mark", "Title"], key, title, again, name="commitments"), "type": "ogp:Commitment"}
    Small(text, [plan, furniture()]).write(tmp_path / "data")
    folders = Folders(tmp_path / "data", tmp_path / "build", tmp_path / "dist")
    outcome = pipeline.run(folders, "small", "", "", lambda _: None)
    assert [str(found) for found in outcome.report.findings if found.severity == "error"] == []
    made = outcome.folder
    with (made / "commitments/commitments.csv").open(encoding="utf-8", newline="") as file:
        assert [(row["publication"], row["mark"], row["again"]) for row in csv.DictReader(file)] == [
            ("small", key, key) for key in ODD
        ]
    base = "https://data.voorbeeld.nl/small/commitments#"
    graph = Graph().parse(made / "commitments/commitments.ttl")
    assert {str(row) for row in graph.subjects()} == {base + quote(key, safe="") for key in ODD}
    assert all((row, None, row) in graph for row in set(graph.subjects()))
    with sqlite3.connect(made / "small.sqlite") as database:
        assert database.execute("SELECT mark FROM commitments ORDER BY rowid").fetchall() == [(key,) for key in ODD]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    pages = [path.name.casefold() for path in (made / "commitments").glob("*.html")]
    assert len(pages) == len(set(pages)) == len(ODD) + 1
    assert {"c1.html", "row.2.html", "c1.10.html", f"{'x' * 150}.html"} <= set(pages)
