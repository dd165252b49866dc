"""Documents of made countries, each of a known form as somebody sets it, with the rows that anybody reads in it."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from conftest import ROOT
from form_help import facts, formed, lost, warned
from generate_declarations import Read

PLAN = """
<h1>Action Plan of Arendia</h1>
<h2>Theme A: Open archives</h2>
<table>
<tr><td colspan=3>Commitment 1: Open the archive</td></tr>
<tr><td>Commitment Start and End Date</td><td colspan=2>May 2026 – June 2028</td></tr>
<tr><td>Lead implementing agency/actor</td><td colspan=2>The archive</td></tr>
<tr><td colspan=3>Commitment description</td></tr>
<tr><td>What is the public problem that the commitment will address?</td><td colspan=2>Nobody may look.</td></tr>
<tr><td>What is the commitment?</td><td colspan=2>Doors are opened.</td></tr>
<tr><td>How will the commitment contribute to solve the public problem?</td><td colspan=2>All may look.</td></tr>
<tr><td>Why is this commitment relevant to OGP values?</td><td colspan=2>Access to information.</td></tr>
<tr><td>Milestone Activity with a verifiable deliverable</td><td>Start Date:</td><td>End Date:</td></tr>
<tr><td>1. A reading room</td><td>May 2026</td><td>June 2027</td></tr>
<tr><td>2. A catalogue</td><td>July 2027</td><td>June 2028</td></tr>
<tr><td>Other Actors Involved</td><td>State actors involved</td><td>The council</td></tr>
<tr><td></td><td>CSOs, private sector</td><td>Friends of the archive</td></tr>
</table>
<h2>Theme B: Open budgets</h2>
<table>
<tr><td colspan=3>Commitment 2: Publish the budget</td></tr>
<tr><td>Start date</td><td>End date</td><td>Responsible institution</td></tr>
<tr><td>2026</td><td>2027</td><td>The treasury</td></tr>
<tr><td>Status quo or problem/issue to be addressed</td><td colspan=2>It is secret.</td></tr>
<tr><td>Main objective</td><td colspan=2>It is known.</td></tr>
</table>
<table>
<tr><td colspan=3>Commitment 3: Ask the towns</td></tr>
<tr><td>Lead institution</td><td colspan=2>The towns</td></tr>
<tr><td>Main objective</td><td colspan=2>They answer.</td></tr>
<tr><td>Budget</td><td colspan=2>None</td></tr>
</table>
"""


def test_an_action_plan_has_its_themes_commitments_and_milestones() -> None:
    found = formed("ogp-action-plan", "html", PLAN)
    assert found.told == []
    assert [row["title"] for row in facts(found, "themes")] == ["Theme A: Open archives", "Theme B: Open budgets"]
    first, second, third = facts(found, "commitments")
    assert first == {
        "commitment": "C1",
        "commitment_number": "1",
        "theme_number": "1",
        "title": "Open the archive",
        "lead_institution": "The archive",
        "supporting_institutions": "State actors involved The council CSOs, private sector Friends of the archive",
        "description": "Doors are opened.",
        "relevance": "Access to information.",
        "problem": "Nobody may look.",
        "contribution": "All may look.",
        "period_as_written": "May 2026 – June 2028",
    }
    assert (second["start_as_written"], second["end_as_written"]) == ("2026", "2027")
    assert (second["lead_institution"], second["problem"]) == ("The treasury", "It is secret.")
    assert (third["theme_number"], third["further_text"]) == ("2", "Budget None")
    assert warned(found).count("unknown-label") == 1
    assert [tuple(row.values()) for row in facts(found, "milestones")] == [
        ("C1-1", "C1", "1", "1", "A reading room", "May 2026", "June 2027"),
        ("C1-2", "C1", "1", "2", "A catalogue", "July 2027", "June 2028"),
    ]
    assert lost(found) == []


FIVE = ("Commitment", "Assessment of Progress (Green/Amber/Red)", "Evidence supporting the assessment")
FIVE += ("Reasons for the assessment", "Next Steps")
ROWS = (
    ("1. Open the archive", "00B050", "A reading room.", "It is open.", "A catalogue."),
    ("2. Publish the budget", "FFC000", "A draft.", "It is late.", ""),
    ("3. Ask the towns", "FF0000", "", "Nobody asked.", "Ask."),
    ("4. Name a speaker", "", "A name.", "", ""),
)
COLOURED = [
    {"progress": "green", "evidence": "A reading room.", "reasons": "It is open.", "next_steps": "A catalogue."},
    {"progress": "amber", "evidence": "A draft.", "reasons": "It is late."},
    {"progress": "red", "reasons": "Nobody asked.", "next_steps": "Ask."},
    {"evidence": "A name."},
]


def in_word() -> bytes:
    paper = docx.Document()
    paper.add_heading("Self-assessment of Arendia", 1)
    table = paper.add_table(0, 5)
    for row in (FIVE, *ROWS):
        for at, (cell, text) in enumerate(zip(table.add_row().cells, row, strict=True)):
            if at == 1 and row is not FIVE:
                shade = OxmlElement("w:shd")
                shade.set(qn("w:val"), "clear")
                shade.set(qn("w:fill"), text or "auto")
                cell._tc.get_or_add_tcPr().append(shade)
            else:
                cell.text = text
    target = io.BytesIO()
    paper.save(target)
    return target.getvalue()


def in_excel() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet
    sheet.append(FIVE)
    for row in ROWS:
        sheet.append([row[0], "", *row[2:]])
        if row[1]:
            sheet.cell(sheet.max_row, 2).fill = PatternFill("solid", fgColor=f"FF{row[1]}")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def on_a_page(*rows: tuple[str, ...]) -> bytes:
    cells = (
        "".join(
            f"<td bgcolor='#{text}'></td>" if at == 1 and row is not FIVE and len(text) == 6 else f"<td>{text}</td>"
            for at, text in enumerate(row)
        )
        for row in (FIVE, *rows)
    )
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>".encode()


def judged(found: Read) -> list[dict[str, str]]:
    left_out = ("commitment", "commitment_number", "progress_scale")
    return [{k: v for k, v in row.items() if k not in left_out} for row in facts(found, "assessments")]


@pytest.mark.parametrize(("kind", "content"), [("html", on_a_page(*ROWS)), ("docx", in_word()), ("xlsx", in_excel())])
def test_the_colours_of_five_columns_are_the_judgements(kind: str, content: bytes) -> None:
    found = formed("nl-five-columns", kind, content)
    assert found.told == []
    assert judged(found) == COLOURED
    assert [row["title"] for row in facts(found, "commitments")] == [row[0][3:] for row in ROWS]
    assert lost(found) == []


def test_the_words_of_a_colour_are_its_judgement_too_and_what_contradicts_itself_is_none() -> None:
    rows = [("1. A", "Green", "x", "y", "z"), ("2. B", "amber", "x", "y", "z"), ("3. C", "on track", "x", "y", "z")]
    found = formed("nl-five-columns", "html", on_a_page(*rows))
    assert [row.get("progress", "") for row in judged(found)] == ["green", "amber", ""]
    assert "unread-mark" in warned(found)
    both = on_a_page(*rows).replace(b"<td>Green</td>", b"<td bgcolor='#ff0000'>Green</td>")
    found = formed("nl-five-columns", "html", both)
    assert [row.get("progress", "") for row in judged(found)] == ["", "amber", ""]
    assert "several-marks" in warned(found)


def test_a_colour_that_the_form_does_not_know_is_told_and_is_no_judgement() -> None:
    found = formed("nl-five-columns", "html", on_a_page(("1. A", "0000FF", "x", "y", "z"), ROWS[1]))
    assert [row.get("progress", "") for row in judged(found)] == ["", "amber"]
    (told,) = [one for one in found.findings if one.rule == "unknown-fill"]
    assert "#0000ff" in told.message


DUTCH = """
[datasets.themes.find]
kind = "headings"
under = "Introduction"
above = ""
pattern = '(?P<roman>[IVXLC]+)\\. (?P<title>.+)'

[datasets.commitments]
find = { kind = "list", each = "themes" }
columns.title = "text"
columns.title_in_assessment = { of = "assessments", take = "group:title" }
"""


def test_the_dutch_assessment_is_read_by_its_form_as_by_its_own_declaration() -> None:
    folder = ROOT / "data" / "nl-2020-2022" / "source"
    found = formed("nl-five-columns", "converted-text", next(folder.glob("*.txt")).read_bytes(), DUTCH)
    rows = found.rows("assessments")
    assert [row["commitment"] for row in rows] == [f"C{number}" for number in range(1, 14)]
    # The colours were lost: nothing is guessed.
    assert {row["progress"] for row in rows} == {""}
    assert rows[0]["evidence"].endswith("per year. As mentioned in the IRM review.")
    assert rows[8]["reasons"] == "The milestones and actions mentioned in the commitment have been completed."
    assert rows[12]["next_steps"] == "Possible next steps are being explored."
    titles = {row["commitment"]: (row["title"], row["title_in_assessment"]) for row in found.rows("commitments")}
    assert titles["C4"] == ("Continuation of Open Wob (FOIA)", "Continuation of Open Wob (Open FOIA)")


SHEET = (
    ("Theme", "No.", "Commitment", "Lead institution", "Not started", "Limited", "Substantial", "Completed", "Results"),
    ("Archives", "1", "Open the archive", "The archive", "", "", "x", "", "A room."),
    ("", "2", "Publish the budget", "The treasury", "x", "", "", "", ""),
    ("Towns", "3", "Ask the towns", "The towns", "", "x", "x", "", "Two asked."),
)


def test_a_sheet_with_a_row_for_each_commitment_is_read_by_its_column_headings() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet
    for row in SHEET:
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    target = io.BytesIO()
    book.save(target)
    lines = "\n".join(";".join(row) for row in SHEET).encode()
    for kind, content in (("xlsx", target.getvalue()), ("csv", lines)):
        found = formed("ogp-self-assessment", kind, content)
        assert found.told == [], kind
        assert [(row["commitment"], row["title"]) for row in facts(found, "commitments")] == [
            (f"C{row[1]}", row[2]) for row in SHEET[1:]
        ], kind
        levels = [row.get("progress", "") for row in facts(found, "assessments")]
        # Two marks in one row are none.
        assert levels == ["substantial", "not-started", ""], kind
        assert "several-marks" in warned(found)
        assert lost(found) == [], kind


def test_a_document_of_another_form_has_nothing_to_publish() -> None:
    found = formed(
        "ogp-self-assessment", "markdown", "# Report\n\n## 1. Introduction\n\nWords.\n\n## 2. End\n\nMore.\n"
    )
    assert ("empty-dataset", "small/publication.toml, key dataset[2].find, table 'commitments'") in found.told


SELF = """
<h1>Self-assessment of Arendia</h1>
<h2>Commitments</h2>
{}
"""
FIRST = "<table><tr><td>1. Open the archive</td><td></td></tr><tr><td>Lead institution</td><td>The archive</td></tr>"
FIRST += (
    "<tr><td>Supporting institution(s)2</td><td>The towns</td></tr><tr><td>Results</td><td>A room.</td></tr></table>"
)
SECOND = FIRST.replace("1. Open the archive", "2. Publish the budget").replace("A room.", "A draft.")


@pytest.mark.parametrize(
    "below",
    [
        "<h3>Peer exchange</h3><table><tr><td>Country</td><td>Topic</td></tr></table>",
        "<h3>Conclusion</h3><p>It went well.</p><table><tr><td>Results</td><td>Many</td></tr></table>",
        "<p><b>Budget</b></p><table><tr><td>2026</td><td>10</td><td>20</td></tr></table>",
        "<table><tr><td>Country</td><td>Topic</td><td>Date</td></tr></table>",
    ],
)
def test_what_stands_below_the_last_commitment_is_no_part_of_it(below: str) -> None:
    found = formed("ogp-self-assessment", "html", SELF.format(FIRST + SECOND + below))
    last = facts(found, "commitments")[-1]
    assert last == {
        "commitment": "C2",
        "commitment_number": "2",
        "title": "Publish the budget",
        "lead_institution": "The archive",
        "supporting_institutions": "The towns",
    }
    assert facts(found, "assessments")[-1]["results"] == "A draft."
    assert "unclaimed-row" not in warned(found)
    assert lost(found) == []


def test_a_heading_amid_a_commitment_ends_none_where_its_labels_follow() -> None:
    rows = "<tr><td>Next steps</td><td>Ask.</td></tr><tr><td>Budget</td><td>10</td></tr>"
    more = f"<h3>How it went</h3><table>{rows}</table>"
    found = formed("ogp-self-assessment", "html", SELF.format(FIRST + SECOND + more))
    assert facts(found, "assessments")[-1]["next_steps"] == "Ask."
    assert facts(found, "commitments")[-1]["further_text"] == "Budget 10"


def test_a_heading_that_other_commitments_have_as_well_is_within_the_last() -> None:
    more = "<h3>Money</h3><table><tr><td>Budget</td><td>10</td></tr></table>"
    found = formed("ogp-self-assessment", "html", SELF.format(FIRST + more + SECOND + more))
    assert [row["further_text"] for row in facts(found, "commitments")] == ["Budget 10", "Budget 10"]


LABELS = "<tr><td>Lead institution</td><td>{}</td></tr><tr><td>Objective</td><td>See.</td></tr>"
LABELS += "<tr><td>Results</td><td>A room.</td></tr>"
FLOWING = "<p><b>Lead institution:</b> {}</p><p><b>Objective:</b> See.</p><p><b>Results:</b> A room.</p>"


def of_table(head: str, lead: str) -> str:
    return f"<table><tr><td colspan=2>{head}</td></tr>{LABELS.format(lead)}</table>"


def of_text(head: str, lead: str) -> str:
    return head + FLOWING.format(lead)


def named_and_led(found: Read) -> list[tuple[str, str, str]]:
    return [(row["commitment"], row["title"], row["lead_institution"]) for row in facts(found, "commitments")]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (of_table("1. One", "A") + of_table("Publish it", "B") + of_table("3. Three", "C"), "C2"),
        (of_table("1. One", "A") + of_table("Publish it", "B") + of_table("2. Three", "C"), "C2-bis"),
        (of_table("1. One", "A") + "<h3>2. Publish it</h3>" + of_text("", "B") + of_table("3. Three", "C"), "C2"),
        *(
            (of_text("<h3>1. One</h3>", "A") + of_text(head, "B") + of_text("<h3>3. Three</h3>", "C"), "C2")
            for head in ("<p><b>2. Publish it</b></p>", "<h3>Publish it</h3>", "<h2>2. Publish it</h2>")
        ),
    ],
)
def test_a_commitment_set_unlike_the_others_is_one_of_its_own(text: str, key: str) -> None:
    found = formed("ogp-self-assessment", "html", SELF.format(text))
    assert [(title, lead) for _, title, lead in named_and_led(found)] == [
        ("One", "A"),
        ("Publish it", "B"),
        ("Three", "C"),
    ]
    assert named_and_led(found)[1][0] == key
    assert ("record-without-number" in warned(found)) == ("2. Publish it" not in text)
    assert lost(found) == []


@pytest.mark.parametrize(
    "text",
    [
        of_table("Open it", "A") + of_table("Publish it", "B"),
        f"<h3>Open it</h3><table>{LABELS.format('A')}</table><h3>Publish it</h3><table>{LABELS.format('B')}</table>",
        f"<p>Open it</p><table>{LABELS.format('A')}</table><p>Publish it</p><table>{LABELS.format('B')}</table>",
        of_text("<h3>Open it</h3>", "A") + of_text("<h3>Publish it</h3>", "B"),
        of_text("<p><b>Open it</b></p>", "A") + of_text("<p><b>Publish it</b></p>", "B"),
        "<table><tr><td>Commitment title</td><td>Lead institution</td><td>Results</td></tr>"
        "<tr><td>Open it</td><td>A</td><td>A room.</td></tr>"
        "<tr><td>Publish it</td><td>B</td><td>None.</td></tr></table>",
    ],
)
def test_commitments_without_numbers_are_found_by_their_labels_and_named_by_their_order(text: str) -> None:
    found = formed("ogp-self-assessment", "html", SELF.format(text))
    assert named_and_led(found) == [("C1", "Open it", "A"), ("C2", "Publish it", "B")]
    assert [row.get("commitment_number", "") for row in facts(found, "commitments")] == ["", ""]
    assert warned(found).count("record-without-number") == 2
    assert lost(found) == []


def test_labels_that_begin_again_below_no_beginning_are_told_with_their_place() -> None:
    text = of_text("<h3>1. One</h3>", "A") + FLOWING.format("B") + of_text("<h3>2. Two</h3>", "C")
    found = formed("ogp-self-assessment", "html", SELF.format(text))
    (told,) = [one for one in found.findings if one.rule == "labels-again"]
    assert "Lead institution" in told.message
    assert told.place.at


def test_numbers_that_begin_again_in_each_theme_are_checked_in_each() -> None:
    themes = ("<h2>Money</h2>" + of_text("<h3>1. One</h3>", "A") + of_text("<h3>3. Three</h3>", "B")) + (
        "<h2>Towns</h2>" + of_text("<h3>1. Ask</h3>", "C") + of_text("<h3>2. Tell</h3>", "D")
    )
    found = formed("ogp-self-assessment", "html", themes)
    rows = facts(found, "commitments")
    assert [(row["commitment"], row["commitment_number"]) for row in rows] == [
        ("T1-C1", "1"),
        ("T1-C3", "3"),
        ("T2-C1", "1"),
        ("T2-C2", "2"),
    ]
    assert [one.message for one in found.findings if one.rule == "missing-number"] == ["There is no number 2."]
