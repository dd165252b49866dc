"""Rows of small documents: what a declaration finds, and what it is told that it does not find."""

from __future__ import annotations

from generate_declarations import NUMBER, Small, column, furniture, read, table

ROWS = "No\tCommitment\tStatus\n"
NUMBERED = [NUMBER, column("title", "cell", heading="No"), column("status", "cell", heading="Status")]


# How the rows of a table continue ------------------------------------------------------------------------

MERGED = (
    "Theme\tAction\tLead\nAccess\tOpen the register\tRecords\n\tTeach ten clerks\tRecords\n\nMoney\tOpen budgets\t\n"
    "\tCompare two years\tFinance\n"
)
HEADINGS = ["Theme", "Action", "Lead"]


def test_a_row_without_first_cell_stands_by_itself() -> None:
    found = read(Small(MERGED, [table(HEADINGS)]))
    assert found.told == []
    assert found.cells() == [
        ("Access", "Open the register", "Records"),
        ("", "Teach ten clerks", "Records"),
        ("Money", "Open budgets", ""),
        ("", "Compare two years", "Finance"),
    ]


def test_a_row_without_first_cell_continues_the_one_above_where_that_is_declared() -> None:
    found = read(Small(MERGED, [table(HEADINGS, continues="empty-key")]))
    assert found.told == []
    assert found.cells() == [
        ("Access", "Open the register Teach ten clerks", "Records Records"),
        ("Money", "Open budgets Compare two years", "Finance"),
    ]


def test_a_continued_row_that_has_no_row_above_is_told_with_its_line() -> None:
    found = read(Small("Theme\tAction\n\tOpen budgets\n", [table(["Theme", "Action"], continues="empty-key")]))
    assert found.told == [("row-width", "document.txt, table 'actions', line 2")]


def test_the_key_cell_is_that_of_the_key_column() -> None:
    text = "Theme\tNo\nAccess\tA1\nand money\t\n\tA2\n"
    key = column("number", "cell", "string", "dct:identifier", heading="No", key=True)
    declared = table(["Theme", "No"], key, column("theme", "cell", heading="Theme"), continues="empty-key")
    assert read(Small(text, [declared])).cells() == [("A1", "Access and money"), ("A2", "")]


def test_a_numbered_row_without_first_cell_is_told_with_what_to_declare() -> None:
    found = read(Small(f"{ROWS}1. One\tx\tDone\n\t\tLate\n", [table(ROWS.strip().split("\t"), *NUMBERED)]))
    assert found.told == [("number-missing", "document.txt, table 'actions', line 3, column 'No'")]
    assert 'continues = "empty-key"' in found.findings[-1].hint


# Headings of a table that stand again --------------------------------------------------------------------


def test_headings_that_stand_again_on_the_next_page_are_set_aside() -> None:
    text = "Action\tState\n1. One\tDone\n\n---\t--\nAction\tState\n\tat last\n2. Two\tBusy\n"
    state = column("state", "cell", heading="State")
    declared = table(
        ["Action", "State"], NUMBER, column("action", "cell", heading="Action"), state, continues="empty-key"
    )
    found = read(Small(text, [declared]))
    assert (found.told, found.warned) == ([], [])
    assert found.cells() == [("1", "One", "Done at last"), ("2", "Two", "Busy")]


TWO = f"# Plan\n\n## Theme A\n\n{ROWS}1. a\tOpen data\tDone\n\n## Theme B\n\n{ROWS}2. b\tOpen source\tLimited\n"


def test_a_table_goes_on_below_another_heading_and_that_is_told() -> None:
    found = read(Small(TWO, [table(ROWS.strip().split("\t"), *NUMBERED), furniture()]))
    assert found.cells() == [("1", "a", "Done"), ("2", "b", "Limited")]
    assert (found.told, found.warned) == ([], [("table-goes-on", 10)])


def test_a_column_says_below_which_heading_a_row_stands() -> None:
    columns = [*NUMBERED, column("theme", "section", rdf="ogp:section")]
    found = read(Small(TWO, [table(ROWS.strip().split("\t"), *columns), furniture()]))
    assert found.cells() == [("1", "a", "Done", "Plan > Theme A"), ("2", "b", "Limited", "Plan > Theme B")]
    assert (found.told, found.warned) == ([], [])


def test_tables_with_the_same_headings_are_told_apart_by_their_heading() -> None:
    headings = ROWS.strip().split("\t")
    tables = [table(headings, name=name, under=f"Theme {name.upper()}") for name in ("a", "b")]
    found = read(Small(TWO, [*tables, furniture()]))
    assert (found.cells("a"), found.cells("b")) == (
        [("1. a", "Open data", "Done")],
        [("2. b", "Open source", "Limited")],
    )
    assert (found.told, found.warned) == ([], [])


def test_a_table_ends_where_the_headings_of_another_stand() -> None:
    found = read(Small("A\tB\none\ttwo\n\nC\tD\nthree\tfour\n", [table(["A", "B"]), table(["C", "D"], name="others")]))
    assert (found.cells(), found.cells("others")) == ([("one", "two")], [("three", "four")])
