"""Tables as governments set them: headings over headings, themes over the full width, merged cells, ticks, colours."""

from __future__ import annotations

from typing import Any

import pytest

from generate_declarations import (
    SEQUENCE,
    Entry,
    Read,
    Small,
    column,
    dataset,
    furniture,
    narrative,
    read,
    table,
)
from test_records import kept

HEADINGS = ["No", "Action", "Lead"]


def small(text: str, *datasets: Entry, kind: str = "html") -> Read:
    """Return what becomes of a document, with its running text."""
    text = text if kind == "html" else f"Before.\n\n{text}"
    found = read(Small(text, [*datasets, narrative()], kind=kind))
    assert found.built, found.findings
    return found


def cells(found: Read, name: str = "actions") -> list[tuple[str, ...]]:
    assert (found.told, kept(found)) == ([], [])
    return found.cells(name)


def html(*rows: str) -> str:
    """Return a table of rows, each of which says its cells with bars between; `2|` and `v2|` span columns and rows."""
    return f"<p>Before.</p><table>{''.join(map(_row, rows))}</table><p>Behind.</p>"


def _row(row: str) -> str:
    return f"<tr>{''.join(map(_cell, row.split('|')))}</tr>"


def _cell(cell: str) -> str:
    span, mark, text = cell.rpartition("^")
    if not mark:
        return f"<td>{cell}"
    return f"<td {'row' if span[0] == 'v' else 'col'}span={span[1:]}>{text}"


def paragraphs(found: Read) -> list[str]:
    return [row["text"] for row in found.rows("narrative")]


# Headings ------------------------------------------------------------------------------------------------

PATHS = ["No", "Action", "Progress / Limited", "Progress / Done"]
TWO = ("v2^No|v2^Action|h2^Progress", "Limited|Done")


@pytest.mark.parametrize("declared", [PATHS, ["No", "Action", "Limited", "Done"]])
def test_a_column_below_several_headings_is_called_by_their_path_or_the_lowest(declared: list[str]) -> None:
    found = small(html(*TWO, "1|Open data|x|", "2|Open source||x", *TWO, "3|Open doors||"), table(declared))
    assert cells(found) == [("1", "Open data", "x", ""), ("2", "Open source", "", "x"), ("3", "Open doors", "", "")]


@pytest.mark.parametrize("heading", ["Limited", "Progress / Limited", "3"])
def test_a_column_takes_a_cell_by_each_of_its_names(heading: str) -> None:
    taken = [column("level", "cell", heading=heading), column("title", "cell", heading="Action")]
    found = small(html(*TWO, "|Open data|so so|"), table(PATHS, SEQUENCE, *taken))
    assert cells(found) == [("so so", "Open data")]


def test_headings_over_several_columns_are_known_where_no_cells_are_merged() -> None:
    text = "No\tAction\tProgress\t\n\t\tLimited\tDone\n1\tOpen data\tx\t\n"
    found = small(text, table(PATHS), kind="converted-text")
    assert cells(found) == [("1", "Open data", "x", "")]


def test_a_heading_that_stands_twice_or_not_at_all_is_called_by_its_number() -> None:
    taken = [column(f"c{number}", "cell", heading=str(number)) for number in (1, 2, 3)]
    found = small(html("Who|Who|", "Records|Justice|since May"), table(["Who", "Who", ""], SEQUENCE, *taken))
    assert cells(found) == [("Records", "Justice", "since May")]


def test_a_table_without_headings_is_known_by_its_width_and_place() -> None:
    text = html("Open data|Records|May").replace("<table>", "<h2>Steps</h2><table>", 1)
    taken = [column(f"c{number}", "cell", heading=str(number)) for number in (1, 2, 3)]
    steps = dataset("actions", {"kind": "table", "width": 3, "under": "Steps"}, SEQUENCE, *taken)
    found = small(html("No|Action|Lead", "1|x|y") + text, table(HEADINGS, name="others"), steps, furniture())
    assert cells(found) == [("Open data", "Records", "May")]
    assert cells(found, "others") == [("1", "x", "y")]


# Rows of one text ----------------------------------------------------------------------------------------

BANDS = r"Theme (?P<number>\d+): (?P<theme>.+)"


def banded(**more: Any) -> Entry:
    own = [column("theme", "band:theme"), column("theme_number", "band:number", "string")]
    taken = [column(name.lower(), "cell", heading=name) for name in HEADINGS]
    return table(HEADINGS, SEQUENCE, *own, *taken, bands=BANDS, **more)


@pytest.mark.parametrize("theme", ["h3^Theme {}", "Theme {}||", "|Theme {}|"])
def test_a_band_says_something_of_the_rows_below_it_and_is_no_row(theme: str) -> None:
    first, second = theme.format("1: Access"), theme.format("2: Money")
    found = small(html("No|Action|Lead", first, "1|a|x", "2|b|y", "No|Action|Lead", "3|c|z", second, "4|d|x"), banded())
    assert cells(found) == [
        ("Access", "1", "1", "a", "x"),
        ("Access", "1", "2", "b", "y"),
        ("Access", "1", "3", "c", "z"),
        ("Money", "2", "4", "d", "x"),
    ]


def test_a_band_that_a_converter_set_as_a_paragraph_is_one() -> None:
    text = "No\tAction\tLead\nTheme 1: Access\n1\ta\tx\n2\tb\ty\n\nTheme 2: Money\n\n3\tc\tz\n\nTheme 3: None\n"
    found = small(text, banded(), kind="converted-text")
    assert cells(found) == [
        ("Access", "1", "1", "a", "x"),
        ("Access", "1", "2", "b", "y"),
        ("Money", "2", "3", "c", "z"),
    ]
    assert paragraphs(found) == ["Before.", "Theme 3: None"]


def test_bands_are_rows_of_a_dataset_to_which_those_below_them_refer() -> None:
    key = column("theme", "T{band:number}", "string", "ogp:theme", key=True)
    themes = dataset(
        "themes",
        {"kind": "table", "headings": HEADINGS, "bands": BANDS, "each": "band"},
        key,
        column("n", "band:number"),
        column("t", "band:theme"),
    )
    theme = column("theme", "T{band:number}", "string", "ogp:theme", references="themes")
    taken = [column(name.lower(), "cell", heading=name) for name in HEADINGS]
    actions = table(HEADINGS, SEQUENCE, theme, *taken, bands=BANDS)
    found = small(html("No|Action|Lead", "h3^Theme 1: Access", "1|a|x", "h3^Theme 2: Money", "2|b|y"), actions, themes)
    assert cells(found) == [("T1", "1", "a", "x"), ("T2", "2", "b", "y")]
    assert cells(found, "themes") == [("T1", "1", "Access"), ("T2", "2", "Money")]


def test_titles_above_the_headings_and_notes_below_the_rows_are_running_text() -> None:
    text = html("h3^Table 1. What is done", "No|Action|Lead", "1|a|x", "h3^Source: Records.", "* Estimated.||")
    found = small(text, table(HEADINGS, notes=r"\*.*"))
    assert cells(found) == [("1", "a", "x")]
    assert paragraphs(found) == ["Before.", "Table 1. What is done", "Source: Records.", "* Estimated.", "Behind."]


def test_a_text_over_all_columns_amid_the_rows_of_which_nothing_is_said_is_an_error() -> None:
    found = small(html("No|Action|Lead", "1|a|x", "h3^Money", "2|b|y"), table(HEADINGS))
    assert found.told == [("row-across", "document.txt, table 'actions', block 4 (/html/body[1]/table[1]/tr[3])")]
    assert found.cells() == [("1", "a", "x"), ("2", "b", "y")]


def test_a_band_without_rows_is_told() -> None:
    found = small(html("No|Action|Lead", "h3^Theme 1: Access", "h3^Theme 2: Money", "1|a|x"), banded())
    assert [one.rule for one in found.findings if one.rule == "empty-band"] == ["empty-band"]
    assert cells(found) == [("Money", "2", "1", "a", "x")]


# Merged cells --------------------------------------------------------------------------------------------

GROUPS = ("No|Action|Lead", "v2^1|a|x", "b|y", "2|c|z")


@pytest.mark.parametrize(
    ("merged", "expected"),
    [
        ("first", [("1", "a", "x"), ("", "b", "y"), ("2", "c", "z")]),
        ("repeat", [("1", "a", "x"), ("1", "b", "y"), ("2", "c", "z")]),
        ("join", [("1", "a b", "x y"), ("2", "c", "z")]),
    ],
)
@pytest.mark.parametrize("kind", ["html", "converted-text"])
def test_what_a_merged_cell_says_is_as_declared(merged: str, expected: list[tuple[str, ...]], kind: str) -> None:
    text = html(*GROUPS) if kind == "html" else "No\tAction\tLead\n1\ta\tx\n\tb\ty\n2\tc\tz\n"
    assert cells(small(text, table(HEADINGS, merged=merged), kind=kind)) == expected


def test_a_cell_over_several_columns_is_said_of_each() -> None:
    found = small(html("No|Action|Lead", "1|h2^see above"), table(HEADINGS, merged="repeat"))
    assert cells(found) == [("1", "see above", "see above")]


def test_a_group_ends_where_a_band_begins() -> None:
    text = "No\tAction\tLead\nTheme 1: A\t\t\n1\ta\tx\n\tb\ty\nTheme 2: B\t\t\n\tc\tz\n"
    found = small(text, banded(merged="repeat"), kind="converted-text")
    assert [row[2] for row in cells(found)] == ["1", "1", ""]


def test_groups_in_groups_are_repeated_each_in_its_column() -> None:
    text = "No\tAction\tLead\n1\ta\tx\n\t\ty\n\tb\tz\n"
    found = small(text, table(HEADINGS, merged="repeat"), kind="converted-text")
    assert cells(found) == [("1", "a", "x"), ("1", "a", "y"), ("1", "b", "z")]


def test_a_row_without_a_number_goes_on_where_that_is_declared() -> None:
    text = "No\tAction\tLead\n1.1 Open\ta\tx\ndata\tb\ty\n1.2 Shut\tc\tz\n"
    found = small(text, table(HEADINGS, continues="no-label"), kind="converted-text")
    assert cells(found) == [("1.1 Open data", "a b", "x y"), ("1.2 Shut", "c", "z")]


# Ticks, colours, pieces ----------------------------------------------------------------------------------

LEVELS = ["Action", "Not started", "Limited", "Done"]
TICKS = {"not-started": "Not started", "limited": "Limited", "completed": "Done"}


def ticks(**more: Any) -> Entry:
    taken = [column("action", "cell", heading="Action"), column("level", "tick", "string")]
    return table(LEVELS, SEQUENCE, *taken, ticks=TICKS, **more)


def test_a_tick_is_the_code_of_its_column() -> None:
    found = small(html("|".join(LEVELS), "a||x|", "b|||✓", "c|☐|☒|☐", "d|||"), ticks())
    assert cells(found) == [("a", "limited"), ("b", "completed"), ("c", "limited"), ("d", "")]


def test_two_ticks_in_a_row_are_told_and_none_is_published() -> None:
    found = small(html("|".join(LEVELS), "a|x|x|", "b|x||"), ticks())
    assert [one.rule for one in found.findings if one.rule == "several-marks"] == ["several-marks"]
    assert cells(found) == [("a", ""), ("b", "not-started")]


def test_a_text_in_the_place_of_a_tick_is_told_and_gives_no_level() -> None:
    found = small(html("|".join(LEVELS), "a|x|partly|", "b|x||"), ticks())
    assert [one.rule for one in found.findings if one.rule == "unread-mark"] == ["unread-mark"]
    assert found.cells() == [("a", ""), ("b", "not-started")]


def test_a_level_is_ticked_or_filled_and_not_both_in_two_ways() -> None:
    text = html("|".join(LEVELS), "a||x|", "b|||", "c|x||").replace("<td>b", "<td bgcolor=#00b050>b")
    text = text.replace("<td>c", "<td bgcolor=#00b050>c")
    taken = [column("action", "cell", heading="Action"), column("level", "level", "string")]
    found = small(text, table(LEVELS, SEQUENCE, *taken, ticks=TICKS, fill={"#00b050": "completed"}))
    assert [one.rule for one in found.findings if one.rule == "several-marks"] == ["several-marks"]
    assert cells(found) == [("a", "limited"), ("b", "completed"), ("c", "")]


FILL = {"#00b050": "green", "#ff0000": "red"}


def test_a_fill_is_the_code_of_its_colour_and_unknown_ones_are_told_once() -> None:
    text = html("No|Action|Lead", "1|a|x", "2|b|y", "3|c|z").replace("<td>x", "<td bgcolor=#00b050>x")
    text = text.replace("<td>b", "<td bgcolor=#123456>b").replace("<td>c", "<td bgcolor=#123456>c")
    taken = [column(name.lower(), "cell", heading=name) for name in HEADINGS]
    found = small(text, table(HEADINGS, SEQUENCE, column("level", "fill", "string"), *taken, fill=FILL))
    assert [one.rule for one in found.findings if one.rule == "unknown-fill"] == ["unknown-fill"]
    assert [row[0] for row in cells(found)] == ["green", "", ""]


def pieces(how: str) -> Entry:
    key = column("piece", "{number}.{piece}", "string", "schema:identifier", key=True)
    number = column("number", "number", "string", heading="No")
    step = column("step", "cell", heading="Action", required=True)
    return table(HEADINGS, key, number, step, column("lead", "cell", heading="Lead"), split={"Action": how})


@pytest.mark.parametrize(
    ("kind", "how", "cell"),
    [
        ("html", "line", "Open it<br>Tell all<p>Look back"),
        ("html", "item", "<ul><li>• Open it<li>• Tell all<li>• Look back</ul>"),
        ("html", "item", "a) Open it<br>b) Tell<br>all<br>c) Look back"),
        ("html", "item", "• Open it • Tell all • Look back"),
        ("html", ";", "Open it; Tell all; Look back"),
        ("html", r"\([ivx]+\)", "(i) Open it (ii) Tell all (iii) Look back"),
        ("converted-text", "line", "Open it<br>Tell all<br/>Look back"),
        ("converted-text", "item", "1) Open it<br>2) Tell all<br>3) Look back"),
    ],
)
def test_a_cell_is_split_in_a_row_for_each_piece(kind: str, how: str, cell: str) -> None:
    text = html("No|Action|Lead", f"1|{cell}|x", "2|b|y")
    if kind == "converted-text":
        text = f"No\tAction\tLead\n1\t{cell}\tx\n2\tb\ty\n"
    found = small(text, pieces(how), kind=kind)
    assert cells(found) == [
        ("1.1", "1", "Open it", "x"),
        ("1.2", "1", "Tell all", "x"),
        ("1.3", "1", "Look back", "x"),
        ("2.1", "2", "b", "y"),
    ]


# What is declared and not there --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"bands": BANDS}, "bands"),
        ({"notes": "Source.*"}, "notes"),
        ({"ticks": {"done": "Action"}}, "ticks"),
        ({"fill": FILL}, "fill"),
        ({"split": {"Lead": "item"}}, "split"),
    ],
)
def test_what_is_declared_and_finds_nothing_is_an_error(more: Entry, key: str) -> None:
    found = small(html("No|Action|Lead", "1|a|x", "2|b|y"), table(HEADINGS, **more))
    assert found.told == [("dangling-reference", f"small/publication.toml, key dataset[0].find.{key}")]


@pytest.mark.parametrize(
    ("more", "rule", "key"),
    [
        ({"bands": "Theme .+"}, "value-type", "bands"),
        ({"bands": "("}, "value-type", "bands"),
        ({"notes": "("}, "value-type", "notes"),
        ({"split": {"Lead": "("}}, "value-type", "split"),
        ({"split": {"Lead": "line", "No": "line"}}, "value-type", "split"),
        ({"split": {"Leads": "line"}}, "dangling-reference", "split"),
        ({"ticks": {"done": "Leads"}}, "dangling-reference", "ticks.done"),
        ({"fill": {"green": "green"}}, "value-type", "fill"),
        ({"width": 3}, "value-type", "width"),
        ({"each": "band"}, "missing-key", "bands"),
    ],
)
def test_keys_that_do_not_fit_are_told(more: Entry, rule: str, key: str) -> None:
    found = read(Small(html("No|Action|Lead", "1|a|x"), [table(HEADINGS, **more), narrative()], kind="html"))
    assert (rule, f"small/publication.toml, key dataset[0].find.{key}") in found.told


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        (("1.1", "1.2"), ("1.1", "1.2")),
        (("C01", "C02"), ("C01", "C02")),
        (("5-1", "5-2"), ("5-1", "5-2")),
        (("1)", "2)"), ("1", "2")),
        (("(1)", "(2)"), ("1", "2")),
        (("Actie 1", "Actie 2"), ("1", "2")),
        (("1.1 Open data", "1.2 Open source"), ("1.1", "1.2")),
        (("Actie 1: open data", "Actie 2: open source"), ("1", "2")),
    ],
)
def test_rows_are_named_by_the_numbers_that_documents_print(printed: tuple[str, str], numbers: tuple[str, str]) -> None:
    key = column("number", "number", "string", "schema:identifier", key=True)
    taken = [column(name.lower(), "cell", heading=name) for name in HEADINGS]
    found = small(html("No|Action|Lead", f"{printed[0]}|a|x", f"{printed[1]}|b|y"), table(HEADINGS, key, *taken))
    assert tuple(row[0] for row in cells(found)) == numbers


def test_the_number_of_a_row_may_stand_in_another_column_than_the_first() -> None:
    key = column("number", "number", "string", "schema:identifier", key=True, heading="No")
    group = column("group", "cell", heading="Group")
    found = small(html("Group|No", "v2^Access|1", "2"), table(["Group", "No"], key, group, merged="repeat"))
    assert cells(found) == [("1", "Access"), ("2", "Access")]


def test_a_row_refers_to_the_heading_below_which_its_table_stands() -> None:
    pattern = r"Theme (?P<number>\w): (?P<title>.+)"
    key = column("theme", "T{number}", "string", "schema:identifier", key=True)
    own = [column("letter", "number", "string"), column("title", "group:title")]
    themes = dataset("themes", {"kind": "headings", "pattern": pattern}, key, *own)
    refers = column("theme", "parent", "string", "ogp:theme", references="themes")
    taken = [column(name.lower(), "cell", heading=name) for name in HEADINGS]
    actions = table(HEADINGS, SEQUENCE, refers, *taken, within="themes")
    text = f"<h2>Theme A: Access</h2>{html('No|Action|Lead', '1|a|x')}<h2>Theme B: Money</h2>"
    found = small(text + html("No|Action|Lead", "1|b|y"), actions, themes)
    assert cells(found) == [("TA", "1", "a", "x"), ("TB", "1", "b", "y")]
