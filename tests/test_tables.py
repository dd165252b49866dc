"""Rows of small documents: what a declaration finds, and what it is told that it does not find."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable, Sequence

import pytest

from generate_declarations import (
    NUMBER,
    SEQUENCE,
    Entry,
    Small,
    column,
    dataset,
    faults,
    furniture,
    links,
    narrative,
    read,
    table,
)
from ogp_data.core.records import from_csv
from ogp_data.formats.csv import to_csv
from ogp_data.tables import reconcile

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
    assert found.told == [("missing-number", "document.txt, table 'actions', line 3, column 'No'")]
    assert 'continues = "empty-key"' in found.findings[-1].hint


def test_numbers_that_name_no_row_may_stand_as_they_do() -> None:
    text = "Action\tState\n3. One\tDone\n1. Two\tBusy\n3. Three\tLate\n"
    cells = [column("action", "cell", heading="Action"), column("state", "cell", heading="State")]
    told = read(Small(text, [table(["Action", "State"], NUMBER, *cells)])).told
    assert {rule for rule, _ in told} == {"number-out-of-order", "duplicate-number", "missing-number"}
    number = column("number", "number", "integer")
    found = read(Small(text, [table(["Action", "State"], SEQUENCE, number, *cells)]))
    assert (found.told, [row["number"] for row in found.rows()]) == ([], ["3", "1", "3"])


def _record(**about: object) -> Entry:
    return {"kind": "corrected-text", "reason": "The word is broken.", **about}


@pytest.mark.parametrize(
    ("records", "cell", "warned"),
    [
        ([], "Give gemeen-ten", [("hyphen-at-line-end", 2)]),
        ([("gemeen-ten", "gemeenten")], "Give gemeenten", []),
        ([("gemeen-ten", None)], "Give gemeen-ten", []),
        ([("Give", None)], "Give gemeen-ten", [("hyphen-at-line-end", 2)]),
    ],
)
def test_a_word_broken_between_pieces_of_a_row_is_told_until_a_record_says_how_it_is(
    records: list[tuple[str, str | None]], cell: str, warned: list[tuple[str, int]]
) -> None:
    text = "No\tAction\tState\n1. a\tGive gemeen-\tdone\n\tten\t\n"
    columns = [NUMBER, column("action", "cell", heading="Action"), column("state", "cell", heading="State")]
    declared = table(["No", "Action", "State"], *columns, continues="empty-key")
    made = [
        _record(dataset="actions", row="1", column="action", expect=expect)
        | ({"status": "acknowledged"} if value is None else {"status": "corrected", "value": value})
        for expect, value in records
    ]
    found = read(Small(text, [declared], made))
    assert (found.told, found.warned) == ([], warned)
    assert found.cells() == [("1", cell, "done")]


def test_a_word_broken_over_lines_is_told_until_a_record_of_the_line_acknowledges_it() -> None:
    text = "# Plan\n\nde gemeen-\nten doen\n"
    assert read(Small(text, [narrative(), furniture()])).warned == [("hyphen-at-line-end", 3)]
    known = _record(place="L3", expect="gemeen-", status="acknowledged")
    assert read(Small(text, [narrative(), furniture()], [known])).warned == []


@pytest.mark.parametrize(
    ("label", "address", "status", "url"),
    [
        ("site", "https://x.nl/s", "as-published", "https://x.nl/s"),
        ("site.nl", "https://site.nl", "false-link", ""),
    ],
)
def test_a_link_that_goes_on_with_a_broken_word_keeps_an_address_that_is_not_its_label(
    label: str, address: str, status: str, url: str
) -> None:
    text = f"Key\tEvidence\nk\tWeb-\n\t[{label}]({address})\n"
    columns = [column(name, name, "string") for name in ("dataset", "row", "column", "label", "url", "url_status")]
    listed = dataset("links", {"kind": "links"}, SEQUENCE, *columns)
    found = read(Small(text, [table(["Key", "Evidence"], continues="empty-key"), listed]))
    assert found.told == []
    assert [(row["url"], row["url_status"]) for row in found.rows("links")] == [(url, status)]


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
    assert (found.told, found.warned) == ([], [("table-continues", 10)])


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


# A dataset that finds nothing ----------------------------------------------------------------------------

ITEMS = dataset("points", {"kind": "list", "under": "Points"}, NUMBER, column("text", "text"))
PARTS = dataset(
    "parts",
    {"kind": "headings", "under": "Plan", "pattern": r"(?P<letter>[A-Z])\. (?P<title>.+)"},
    column("part", "position", "integer", key=True),
    column("title", "group:title"),
    column("letter", "group:letter", "string"),
)


@pytest.mark.parametrize(
    ("text", "declared", "nearest"),
    [
        ("# Points\n\n1.\tOne\n2.\tTwo\n", ITEMS, "line 3 begins with '1.' and a tab, which makes it a row of a table"),
        ("# Points\n\n- one\n- two\n", ITEMS, "line 3 begins with '-' and no number, full stop and space"),
        ("# Points\n\n## More\n\n1. One\n", ITEMS, "the numbered item on line 5 is directly under 'More'"),
        ("# Points\n\nOne.\n", ITEMS, "the document has no line that begins with a number, a full stop and a space"),
        ("# Plan\n\n## First\n", PARTS, "the heading 'First' on line 3 does not match `pattern`"),
        ("# Plan\n\nText.\n\n# A. Other\n", PARTS, "there is no heading below 'Plan'"),
        (
            "# Plan\n\nTheme\tAction\n",
            table(["Theme", "Action"]),
            "its headings are on line 3, with no row below them",
        ),
    ],
)
def test_a_dataset_that_finds_nothing_is_told_with_what_came_nearest(text: str, declared: Entry, nearest: str) -> None:
    found = read(Small(text, [declared, furniture()]))
    empty = [one for one in found.findings if one.rule == "empty-dataset"]
    name = declared["name"]
    assert [one.message for one in empty] == [f"Dataset '{name}' found no rows: {nearest}."]
    assert str(empty[0].place) == f"small/publication.toml, key dataset[0].find, table '{name}'"


def test_a_heading_that_the_declaration_puts_elsewhere_is_named() -> None:
    section = {"begins": "A. One", "path": ["A. One"], "reason": "It is about the whole."}
    found = read(Small("# Plan\n\n## A. One\n", [PARTS, furniture()], more={"section": [section]}))
    (empty,) = [one for one in found.findings if one.rule == "empty-dataset"]
    assert "a [[section]] puts the heading on line 3 somewhere other than below 'Plan'" in empty.message


def test_paragraphs_and_frame_that_are_not_there_are_told() -> None:
    assert read(Small("# Plan\n", [narrative(), furniture()])).told[0][0] == "empty-dataset"
    assert read(Small("Text.\n", [narrative(), furniture()])).told[0][0] == "empty-dataset"


def test_one_cause_is_told_once() -> None:
    commitments = dataset("commitments", {"kind": "list", "each": "parts"}, NUMBER, column("text", "text"))
    found = read(Small("# Plan\n\n## First\n", [PARTS, commitments, furniture()]))
    assert [rule for rule, _ in found.told] == ["empty-dataset"]
    found = read(Small("# Plan\n\nOne.\n", [ITEMS, narrative(), furniture()]))
    assert [rule for rule, _ in found.told] == ["dangling-reference"]


def test_a_dataset_that_is_declared_empty_may_be_empty() -> None:
    found = read(Small("# Points\n", [{**ITEMS, "rows": 0}, furniture(), links(), faults()]))
    assert found.told == []
    assert [found.rows(name) for name in ("points", "links", "source_findings")] == [[], [], []]


# Links ---------------------------------------------------------------------------------------------------

LINKED = "# Plan\n\nSee [the law](https://example.net/law) and [that](#).\n\n## [Other](https://example.net/o)\n"


def test_a_link_that_no_dataset_takes_is_a_warning_with_its_line() -> None:
    found = read(Small(LINKED, [narrative(), furniture()]))
    assert found.warned == [("link-dropped", 3), ("link-dropped", 5)]
    assert "“the law” is not published in any table: 'https://example.net/law'" in found.findings[-2].message
    assert read(Small(LINKED, [narrative(), furniture(), links()])).warned == []


def test_a_link_in_text_that_no_column_holds_is_a_warning() -> None:
    text = "# Plan\n\n## A. [Other](https://example.net/o)\n\n[](https://example.net/none)\n"
    parts = {**PARTS, "column": [one for one in PARTS["column"] if one["name"] != "title"]}
    told = read(Small(text, [parts, furniture(), links()])).warned
    assert sorted(told) == [("link-dropped", 3), ("link-without-label", 5), ("markup-only", 5)]
    found = read(Small(text, [PARTS, furniture(), links()]))
    assert found.warned == [("link-without-label", 5), ("markup-only", 5)]
    assert [(row["dataset"], row["column"], row["url"]) for row in found.rows("links")] == [
        ("parts", "title", "https://example.net/o")
    ]


def test_a_dataset_of_links_without_their_addresses_does_not_take_them() -> None:
    nameless = {**links(), "column": [one for one in links()["column"] if one["name"] != "url"]}
    assert ("link-dropped", 3) in read(Small(LINKED, [narrative(), furniture(), nameless])).warned


# Cells that must have a value ----------------------------------------------------------------------------


def test_a_required_cell_that_is_empty_is_told_with_its_place() -> None:
    columns = [NUMBER, column("c", "cell", heading="Commitment", required=True), column("s", "cell", heading="Status")]
    text = f"# Plan\n\n{ROWS}1. a\tOpen data\tDone\n2. b\t\tLimited\n"
    declared = table(ROWS.strip().split("\t"), *columns, column("title", "cell", heading="No"))
    found = read(Small(text, [declared, furniture()]))
    assert found.told == [("cell-required", "document.txt, table 'actions', line 5, row 2, column 'c'")]


def test_a_required_section_that_is_empty_is_told_with_its_line() -> None:
    section = column("section", "section", required=True)
    declared = dataset("narrative", {"kind": "paragraphs"}, SEQUENCE, section, column("text", "text"))
    found = read(Small("A line before any heading.\n\n# Title\n\nText.\n", [declared, furniture()]))
    assert found.told == [("cell-required", "document.txt, table 'narrative', line 1, row 1, column 'section'")]


def test_a_key_that_stands_twice_is_told_with_both_lines() -> None:
    key = column("no", "cell", "string", heading="A", key=True)
    found = read(Small("A\tB\nx\ty\nz\ty\nx\tw\n", [table(["A", "B"], key, column("b", "cell", heading="B"))]))
    assert found.told == [("duplicate-row-key", "document.txt, table 'actions', line 4, row x, column 'no'")]
    assert "first on line 2" in found.findings[-1].message


def test_a_reference_to_a_row_that_is_not_there_is_told_with_its_place() -> None:
    leads = table(["Lead", "Name"], column("lead", "cell", "string", heading="Lead", key=True), name="leads")
    refers = column("lead", "cell", "string", heading="By", references="leads")
    actions = table(["What", "By"], SEQUENCE, column("what", "cell", heading="What"), refers)
    found = read(Small("Lead\tName\nA\tArchive\n\nWhat\tBy\nOpen\tA\nClose\tB\n", [leads, actions]))
    assert found.told == [("cell-foreign-key", "document.txt, table 'actions', line 6, row 2, column 'lead'")]


@pytest.mark.parametrize(
    ("kind", "written", "rule"),
    [
        ("integer", "007", "cell-type"),
        ("integer", "٣", "cell-type"),
        ("integer", "1" * 19, "cell-type"),
        ("date", "2023-02-29", "invalid-date"),
        ("edtf", "soon", "invalid-date"),
        ("url", "nowhere", "invalid-url"),
        ("agent", "nobody", "unknown-code"),
    ],
)
def test_a_value_of_another_type_is_told_with_its_place(kind: str, written: str, rule: str) -> None:
    declared = table(["A", "B"], SEQUENCE, column("a", "cell", heading="A"), column("b", "cell", kind, heading="B"))
    found = read(Small(f"A\tB\nx\t{written}\n", [declared]))
    assert found.told == [(rule, "document.txt, table 'actions', line 2, row 1, column 'b'")]


# What frames the text ------------------------------------------------------------------------------------


def test_rows_of_two_cells_below_a_later_heading_are_no_front_matter() -> None:
    text = "# Plan\nCountry\tNetherlands\n\n## One\n\nLead\tArchive\nLevel\tHigh\n\n## Two\n\nLead\tRecords\n"
    found = read(Small(text, [furniture()]))
    assert found.told == [("unclaimed-row", "document.txt, line 6"), ("unclaimed-row", "document.txt, line 11")]
    assert "2 rows, down to line 7, belong to no declared table; the first is 'Lead | Archive'" in str(found.findings)
    found = read(Small(text, [furniture(front_matter_under=["One", "Two"])]))
    assert found.told == []
    labels = [(row["label"], row["as_written"]) for row in found.rows("document") if row["kind"] == "front-matter"]
    assert labels == [("Country", "Netherlands"), ("Lead", "Archive"), ("Level", "High"), ("Lead", "Records")]


def test_rows_that_no_dataset_takes_are_told_without_a_dataset_of_the_frame() -> None:
    assert read(Small("Text.\n\nA\tB\n", [narrative()])).told == [("unclaimed-row", "document.txt, line 3")]


def test_markup_without_text_is_no_row() -> None:
    text = "# Plan\n\nLead: Records.\n\n<br>\n\nIt opens in May.\n\n<p></p>\n\n#### \n\nLater.\n"
    section = column("section", "section", required=True)
    declared = dataset("narrative", {"kind": "paragraphs"}, SEQUENCE, section, column("text", "text", required=True))
    found = read(Small(text, [declared, furniture()]))
    assert found.told == []
    assert found.cells("narrative") == [("Plan", "Lead: Records."), ("Plan", "It opens in May."), ("Plan", "Later.")]


def test_a_part_of_a_pattern_that_is_not_there_is_empty() -> None:
    pattern = r"(?:(?P<letter>[A-Z])\. )?(?P<title>.+)"
    found = read(
        Small("# Plan\n\n## First\n\n## B. Second\n", [{**PARTS, "find": {**PARTS["find"], "pattern": pattern}}])
    )
    assert found.cells("parts") == [("1", "First", ""), ("2", "Second", "B")]


# Recorded corrections ------------------------------------------------------------------------------------

CELL = {"dataset": "actions", "row": "1", "column": "b", "kind": "spelling", "reason": "It is wrong."}


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ({"expect": "", "status": "acknowledged"}, "A record says in `expect` what is there."),
        (
            {"expect": "y", "value": "\x0c\x07", "status": "corrected"},
            "`value` and `reason` cannot contain control characters.",
        ),
        (
            {"expect": "y", "reason": "why\x00", "status": "acknowledged"},
            "`value` and `reason` cannot contain control characters.",
        ),
        *[
            ({"expect": "y", "status": "acknowledged", "reason": reason}, "`reason` says nothing")
            for reason in ("...", "", " ", "…", "?", "-", "123")
        ],
        ({"expect": "y", "row": "3", "status": "acknowledged"}, "There is no text in dataset 'actions', row 3"),
        ({"expect": "y", "dataset": "none", "status": "acknowledged"}, "There is no text in dataset 'none', row 1"),
    ],
)
def test_a_record_that_cannot_hold_is_told_with_its_place(record: Entry, says: str) -> None:
    cells = [column(name, "cell", heading=name.upper()) for name in ("a", "b")]
    found = read(Small("A\tB\nx\ty\n", [table(["A", "B"], SEQUENCE, *cells)], [{**CELL, **record}]))
    assert found.told == [("correction-mismatch", "small/corrections.toml, key correction[0]")]
    assert says in found.findings[-1].message


@pytest.mark.parametrize(
    ("record", "hint"),
    [
        ({"expect": "y", "dataset": "none"}, "Use one of: actions, links."),
        ({"expect": "y", "row": "3"}, "Write as `row` a value of the column 'sequence', such as 1, 2."),
        ({"expect": "y", "column": "c"}, "Write as `column` one that contains text of the document: a, b."),
        ({"expect": "z"}, "Copy `expect` from the cell: 'y y'; or remove the record."),
        ({"expect": "y"}, "Write more of the text in `expect`, so that it occurs only once."),
        ({"expect": "y", "status": "corrected"}, 'Write status = "corrected" or "withheld" if there is a `value`, and'),
        ({"expect": "", "column": "b"}, "Copy into `expect` the words of the place"),
        ({"expect": "y", "place": "L2"}, "Write either `place`, or `dataset`, `row` and `column`."),
        ({"expect": "y", "dataset": "links", "column": "url"}, "Remove the record."),
    ],
)
def test_each_cause_for_which_a_record_fails_has_its_own_mend(record: Entry, hint: str) -> None:
    cells = [column(name, "cell", heading=name.upper()) for name in ("a", "b")]
    records = [{**CELL, "status": "acknowledged", **record}]
    found = read(Small("A\tB\nx\ty y\nu\tv\n", [table(["A", "B"], SEQUENCE, *cells), links()], records))
    assert [rule for rule, _ in found.told] == ["correction-mismatch"]
    assert next(one for one in found.findings if one.severity == "error").hint.startswith(hint)


@pytest.mark.parametrize(
    ("record", "hint"),
    [
        ({"place": "L1", "expect": "Two", "value": "2"}, 'It is on line 3 now: write place = "L3".'),
        ({"place": "L2", "expect": "Six", "value": "6"}, "Correct `place`: line 2 has no text."),
        ({"place": "L9", "expect": "Six", "value": "6"}, "Correct `place`: line 9 has no text."),
        ({"place": "L1", "expect": "Six", "value": "6"}, "Copy `expect` from line 1, which says 'One one.'; or remove"),
        ({"place": "L1", "expect": "ne", "value": "6"}, "Write more of the text in `expect`"),
        ({"place": "L1", "expect": "One", "value": "a\nb"}, "Write `value` as one line"),
    ],
)
def test_each_cause_for_which_a_repair_fails_has_its_own_mend(record: Entry, hint: str) -> None:
    records = [{"kind": "corrected-text", "reason": "It is wrong.", "status": "corrected", **record}]
    found = read(Small("One one.\n\nTwo.\n", [narrative()], records))
    assert [rule for rule, _ in found.told] == ["correction-mismatch"]
    assert next(one for one in found.findings if one.severity == "error").hint.startswith(hint)


@pytest.mark.parametrize(
    "place", [97, True, "", "97", "regel 97", "p0", "L1 L2", "S!XFE1", "'S 1'!A1", "/html;p", "0:L1"]
)
def test_a_record_names_one_place(place: object) -> None:
    record = {"kind": "spelling", "reason": "So.", "expect": "One", "status": "acknowledged", "place": place}
    assert read(Small("One.\n", [narrative()], [record])).told == [("value-type", "small/publication.toml, key place")]


def test_a_corrected_code_is_one_of_its_list() -> None:
    level = column("b", "cell", "code", heading="B", codes="completion")
    record = {**CELL, "expect": "limted", "value": "limited", "status": "corrected"}
    declared = table(["A", "B"], SEQUENCE, column("a", "cell", heading="A"), level)
    found = read(Small("A\tB\nx\tlimted\n", [declared], [record]))
    assert (found.told, found.cells()) == ([], [("x", "limited")])


def test_a_tab_that_a_record_takes_away_parts_no_cells() -> None:
    record = {"kind": "spelling", "reason": "So.", "place": "L1", "status": "corrected", "value": ""}
    small = Small("Open the\t register\n", [narrative()], [{**record, "expect": "the\t"}])
    found = read(small)
    assert [row["text"] for row in found.rows("narrative")] == ["Open register"]
    assert found.built
    assert found.loaded
    records = {"narrative": from_csv(to_csv(found.built.tables[0].frame))}
    source = found.loaded.source_files[0].said
    figures, faults = reconcile.reconcile(source, found.built.tables, found.built.asides, records)
    assert (faults, figures.whole) == ([], True)


# Work that grows with the input --------------------------------------------------------------------------


def _rows(count: int) -> tuple[str, Sequence[Entry], Sequence[Entry]]:
    body = "".join(f"{n}. x\t[y](https://example.net/{n})\n" for n in range(1, count + 1))
    columns = [NUMBER, column("a", "cell", heading="A"), column("b", "cell", heading="B")]
    return f"A\tB\n{body}", [table(["A", "B"], *columns), links()], ()


def _pieces(count: int) -> tuple[str, Sequence[Entry], Sequence[Entry]]:
    return "A\tB\nx\ty-\n" + "\tword-\n" * count, [table(["A", "B"], continues="empty-key")], ()


def _items(count: int) -> tuple[str, Sequence[Entry], Sequence[Entry]]:
    return "# Points\n\n" + "".join(f"{n}. x\n" for n in range(1, count + 1)), [ITEMS, furniture()], ()


def _paragraphs(count: int) -> tuple[str, Sequence[Entry], Sequence[Entry]]:
    return "# Plan\n\n" + "One [two](https://example.net/).\n\n" * count, [narrative(), furniture(), links()], ()


def _corrections(count: int) -> tuple[str, Sequence[Entry], Sequence[Entry]]:
    cell = {"kind": "spelling", "reason": "So.", "dataset": "actions", "column": "c1"}
    records = [
        *({**cell, "row": str(n), "expect": "y", "value": "z", "status": "corrected"} for n in range(1, count, 2)),
        *({**cell, "row": str(n), "expect": "y", "status": "acknowledged"} for n in range(2, count, 2)),
    ]
    return "A\tB\n" + "x\ty\n" * count, [table(["A", "B"]), faults()], records


def _repairs(count: int) -> tuple[str, Sequence[Entry], Sequence[Entry]]:
    record = {"kind": "spelling", "reason": "So.", "expect": "y", "value": "z", "status": "corrected"}
    return "A\tB\n" + "x\ty\n" * count, [table(["A", "B"])], [{**record, "place": f"L{n}"} for n in range(2, count + 2)]


@pytest.mark.parametrize("made", [_rows, _pieces, _items, _paragraphs, _corrections, _repairs])
def test_ten_times_the_input_is_at_most_twelve_times_the_work(
    made: Callable[[int], tuple[str, Sequence[Entry], Sequence[Entry]]],
) -> None:
    def work(count: int) -> int:
        small = Small(*made(count))
        steps = 0

        def step(*_: object) -> None:
            nonlocal steps
            steps += 1

        read(small)  # what is only done once
        sys.setprofile(step)
        try:
            found = read(small)
        finally:
            sys.setprofile(None)
        assert found.told == []
        return steps

    assert work(400) <= 12 * work(40)


# Shapes in which others write ----------------------------------------------------------------------------


def test_numbers_with_a_full_stop_in_them_are_keys_as_they_stand() -> None:
    text = f"{ROWS}1.1\tOpen data\tDone\n1.2\tOpen source\tLimited\n"
    headings = ROWS.strip().split("\t")
    key = column("no", "cell", "string", heading="No", key=True)
    cells = [column("commitment", "cell", heading="Commitment"), column("status", "cell", heading="Status")]
    found = read(Small(text, [table(headings, key, *cells)]))
    assert (found.told, found.cells()) == ([], [("1.1", "Open data", "Done"), ("1.2", "Open source", "Limited")])
    found = read(Small(text, [table(headings, *NUMBERED, cells[0])]))
    assert found.told == [
        ("cell-type", f"document.txt, table 'actions', line {line}, row {number}, column 'number'")
        for line, number in ((2, "1.1"), (3, "1.2"))
    ]
    assert 'type = "string"' in found.findings[-1].hint


def test_a_mark_in_a_column_of_levels_is_published_as_it_stands() -> None:
    headings = ["Commitment", "Limited", "Substantial"]
    found = read(Small("\t".join(headings) + "\n1. Open data\t\tx\n2. Open source\tx\t\n", [table(headings)]))
    assert found.cells() == [("1. Open data", "", "x"), ("2. Open source", "x", "")]


# Another table behind a blank line ------------------------------------------------------------------------

ACTIONS = "Actie\tStand\nEen\tklaar\n"


@pytest.mark.parametrize("between", ["\n", "\n\n", "---\t--\n", "\t\n"])
def test_rows_of_another_table_behind_a_blank_line_are_told_with_their_line(between: str) -> None:
    text = f"{ACTIONS}{between}Naam\tTelefoon\nJan\tx\n"
    found = read(Small(text, [table(["Actie", "Stand"])]))
    assert found.told == []
    assert found.warned == [("table-continues", text[: text.index("Naam")].count("\n") + 1)]
    assert found.cells()[1:] == [("Naam", "Telefoon"), ("Jan", "x")]


@pytest.mark.parametrize("text", [f"{ACTIONS}\nTwee\tbezig\n", f"{ACTIONS}Twee\tbezig\n\n{ACTIONS}"])
def test_that_a_table_goes_on_behind_a_blank_line_can_be_declared_or_said_by_its_headings(text: str) -> None:
    assert read(Small(text, [table(["Actie", "Stand"], continues="empty-key")])).warned == []
    silent = read(Small(text, [table(["Actie", "Stand"])])).warned == []
    assert silent == (text.count("Actie") == 2)


def test_a_second_table_that_is_declared_too_is_its_own() -> None:
    found = read(
        Small(
            f"{ACTIONS}\nNaam\tTelefoon\n\nJan\tx\n",
            [table(["Actie", "Stand"]), table(["Naam", "Telefoon"], name="people")],
        )
    )
    assert (found.told, found.warned, found.cells("people")) == ([], [], [("Jan", "x")])


@pytest.mark.parametrize(
    "again", ["Actie (vervolg)\tStand", "ACTIE\tStand", "Actie:\tStand.", "Actie\tStand (continued)"]
)
def test_headings_that_stand_again_in_other_words_are_told_and_a_record_sets_them_aside(again: str) -> None:
    declared = [table(["Actie", "Stand"])]
    text = f"{ACTIONS}{again}\nTwee\tbezig\n"
    found = read(Small(text, declared))
    assert (found.told, found.warned) == ([], [("heading-as-row", 3)])
    record = {
        "kind": "corrected-text",
        "place": "L3",
        "expect": again,
        "value": "Actie\tStand",
        "reason": "Again.",
        "status": "corrected",
    }
    fixed = read(Small(text, declared, [record]))
    assert (fixed.told, fixed.warned) == ([], [])
    assert fixed.cells() == [("Een", "klaar"), ("Twee", "bezig")]


# Words that are quoted ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "written", "date"),
    [
        ("Op 12 mei 2023 begon het.", "2 mei 2023", None),
        ("Op 12 mei 2023 begon het.", "12 mei 2023", "2023-05-12"),
        ("In het 1e kwartaal 20221 begon het.", "1e kwartaal 2022", None),
        ("Op 12 mei 2023 en 2 mei 2023 begon het.", "2 mei 2023", "2023-05-02"),
        ("Na 1.2020 begon het.", "2020", None),
        ("In 2020. Het begon.", "2020", "2020"),
    ],
)
def test_a_date_is_not_quoted_from_amid_a_word_or_number(text: str, written: str, date: str | None) -> None:
    quotes = {"kind": "quotes", "of": "narrative", "quote": [{"description": text, "date_as_written": written}]}
    events = dataset("events", quotes, SEQUENCE, column("date", "date", "edtf", "dct:date"))
    found = read(Small(f"{text}\n", [narrative(), events], more={"language": "nl"}))
    assert [rule for rule, _ in found.told] == ([] if date else ["quote-not-found"])
    assert found.cells("events") == ([(date,)] if date else [])


@pytest.mark.parametrize(("words", "told"), [("not started", []), ("started", []), ("start", ["quote-not-found"])])
def test_a_phrase_is_not_found_amid_a_word(words: str, told: list[str]) -> None:
    phrase = [{"words": words, "value": "limited"}]
    level = column("derived_level", "phrase", "code", codes="completion", search=["text"], phrase=phrase)
    text = column("text", "text", rdf="ogp:evidence")
    found = read(Small("It has not started.\n", [dataset("said", {"kind": "paragraphs"}, SEQUENCE, text, level)]))
    assert [rule for rule, _ in found.told] == told
    assert found.cells("said") == [("It has not started.", "" if told else "limited")]


# Numbers in front of a cell, however they are written -------------------------------------------------------

NUMBERED_CELLS = [column("action", "cell", heading="Action"), column("state", "cell", heading="State")]


@pytest.mark.parametrize("number", ["1.", "1\\.", "1&#46;", "&#49;.", "<b>1</b>.", "<b>1.</b>"])
def test_a_number_that_is_written_in_pieces_is_set_aside_as_one(number: str) -> None:
    found = read(Small(f"Action\tState\n{number} Een\tklaar\n", [table(["Action", "State"], NUMBER, *NUMBERED_CELLS)]))
    assert (found.told, found.cells()) == ([], [("1", "Een", "klaar")])
    assert found.loaded
    assert found.built
    staged = {one.name: from_csv(to_csv(one.frame)) for one in found.built.tables}
    _, faults = reconcile.reconcile(found.loaded.source_files[0].said, found.built.tables, found.built.asides, staged)
    assert [str(fault) for fault in faults] == []


@pytest.mark.parametrize("line", ["1\\. Een", "1&#46; Een", "<b>1</b>. Een"])
def test_a_line_that_only_looks_like_an_item_is_told_as_text(line: str) -> None:
    found = read(Small(f"# Points\n\n{line}\n", [ITEMS, narrative(), furniture()]))
    assert [rule for rule, _ in found.told] == ["empty-dataset"]
    assert "line 3 begins with '1.' and says by a backslash, a tag" in found.findings[-1].message


# Addresses that are none of the public web -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("#anker", "relative"),
        ("bijlage-a.pdf", "relative"),
        ("tel:+31701234567", "not-a-web-address"),
        ("http://intranet/x", "not-a-web-address"),
        ("https://x.nl/één", "unencoded"),
    ],
)
def test_a_sound_address_is_told_kept_as_it_is_written_and_published_as_none(address: str, status: str) -> None:
    declared = [narrative(), links(), faults()]
    text = f"See [the plan]({address}) now.\n"
    found = read(Small(text, declared))
    assert (found.told, found.warned) == ([], [("unpublished-url", 1)])
    assert [(row["url"], row["url_status"]) for row in found.rows("links")] == [("", status)]
    assert [(row["kind"], row["as_written"]) for row in found.rows("source_findings")] == [
        ("unpublished-link", address)
    ]
    hint = next(one.hint for one in found.findings if one.rule == "unpublished-url")
    record = tomllib.loads(hint[hint.index(": ") + 2 : hint.index(";")].replace(", ", "\n"))
    assert set(record) == {"kind", "dataset", "row", "column", "expect", "status", "reason"}
    record["reason"] = "So it stands in the document."
    acknowledged = read(Small(text, declared, [record]))
    assert (acknowledged.told, acknowledged.warned) == ([], [])
    assert [row["url_status"] for row in acknowledged.rows("links")] == [status]
    corrected = read(Small(text, declared, [{**record, "status": "corrected", "value": "https://x.nl/plan"}]))
    assert [(row["url"], row["url_status"]) for row in corrected.rows("links")] == [("https://x.nl/plan", "corrected")]


def test_a_damaged_address_is_an_error_that_says_the_whole_record() -> None:
    found = read(Small("See [it](https://x.nl/afroндen) now.\n", [narrative(), links()]))
    assert found.told == [("invalid-url", "document.txt, table 'links', line 1, row 1, column 'url'")]
    hint = next(one.hint for one in found.findings if one.rule == "invalid-url")
    record = tomllib.loads(hint[hint.index(": ") + 2 : hint.index(";")].replace(", ", "\n"))
    record["reason"] = "So it stands in the document."
    acknowledged = read(Small("See [it](https://x.nl/afroндen) now.\n", [narrative(), links()], [record]))
    assert (acknowledged.told, acknowledged.cells("links")[0][-2:]) == ([], ("corrupted", ""))
