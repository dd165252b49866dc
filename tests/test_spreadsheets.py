"""Spreadsheets: what a sheet shows, with its spans, fills and links; what is hidden is told and not read."""

from __future__ import annotations

import datetime
import io
import random
import re
import zipfile
from collections import Counter
from decimal import Decimal

import pytest
from lxml import etree
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color

from document_help import carried, inlines, links, read, rows, said, told, words
from made_documents import to_ods, to_xlsx, zipped
from ogp_data.core.limits import Limits
from ogp_data.core.source import SourceFile
from ogp_data.documents import READERS
from ogp_data.documents.limits import UnreadableError
from ogp_data.documents.sheets.shown import shown


def saved(book: Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def plan() -> Workbook:
    """Return a workbook with title rows, merged cells, a formula, and much that is hidden."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Voortgang 2026"
    sheet["B1"], sheet["B2"] = "Plan of Arendia", "State in May"
    sheet["B1"].font = Font(bold=True)
    for row in (["Group", "Activity", "Done", "Since"], ["Access", "List", "x", datetime.date(2026, 5, 3)]):
        sheet.append([None, *row])
    sheet.append([None, None, "Teach", None, datetime.date(2025, 1, 31)])
    sheet.append([None, "Money", "Budget", "=1+1", 0.125])
    sheet["E4"].number_format = "d mmmm yyyy"
    sheet["E5"].number_format = "dd-mm-yyyy"
    sheet["E6"].number_format = "0.0%"
    sheet.merge_cells("B4:B5")
    sheet["C4"].hyperlink = "https://list.example/"
    sheet["D4"].fill = PatternFill("solid", fgColor=Color(theme=4, tint=0.5))
    sheet["D4"].comment = Comment("a word", "somebody")
    sheet["G3"], sheet["G4"] = "secret", "secret"
    sheet.column_dimensions["G"].hidden = True
    sheet["B7"], sheet["C7"] = "not", "seen"
    sheet.row_dimensions[7].hidden = True
    hidden = book.create_sheet("Hidden")
    hidden["A1"] = "hidden"
    hidden.sheet_state = "hidden"
    return book


def test_a_sheet_is_read_as_it_is_shown() -> None:
    document = read("xlsx", saved(plan()))
    assert [(block.kind, block.place.text, said(block)) for block in document.blocks if not block.cells] == [
        ("heading", "Voortgang%202026!B1", "Plan of Arendia"),
        ("paragraph", "Voortgang%202026!B2", "State in May"),
    ]
    assert rows(document) == [
        ["Group", "Activity", "Done", "Since"],
        ["Access", "List", "x", "3 May 2026"],
        ["", "Teach", "", "31-01-2025"],
        ["Money", "Budget", "", "12.5%"],
    ]
    table = [block.cells for block in document.blocks if block.cells]
    assert (table[1][0].rows, table[2][0].covered) == (2, True)
    # The fifth colour of the theme that openpyxl writes is 4f81bd; half way to white it is a7c0de.
    assert table[1][2].fill == "#a7c0de"
    assert links(document) == [("List", "https://list.example/")]
    assert told(document) == [("formula-value", "Voortgang%202026!D6")]
    assert carried(document) == {
        "hidden-sheets": "",
        "hidden-cells": "Voortgang%202026!G3",
        "comments": "Voortgang%202026!D4",
    }
    assert "secret" not in words(document)


def test_several_sheets_stand_below_their_names() -> None:
    book = Workbook()
    book.active.append(["a", "b"])
    book.create_sheet("Second").append(["c", "d"])
    document = read("xlsx", saved(book))
    assert [said(block) or [cell.passage.text for cell in block.cells] for block in document.blocks] == [
        "Sheet",
        ["a", "b"],
        "Second",
        ["c", "d"],
    ]
    assert [block.table for block in document.blocks if block.cells] == [1, 2]


@pytest.mark.parametrize(
    ("value", "style", "expected"),
    [
        (None, "General", ""),
        (3, "General", "3"),
        (2.5, "General", "2.5"),
        (1 / 3, "General", "0.3333333333"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (0.5, "0%", "50%"),
        (7, "000", "007"),
        (-3, "0.0;(0.0)", "(3.0)"),
        (-3, "0", "-3"),
        (12.5, '"€" 0.00', "€ 12.50"),
        (12, "[$€-413] #,##0", "€ 12"),
        (1.5, "0.##", "1.5"),
        (True, "General", "TRUE"),
        (Decimal("0.145"), "0.00", "0.15"),
        (datetime.datetime(2026, 5, 3), "mm-dd-yy", "2026-05-03"),
        (datetime.datetime(2026, 5, 3, 14, 5), "d/m/yy h:mm", "3/5/26 14:05"),
        (datetime.datetime(2026, 5, 3, 14, 5), "h:mm AM/PM", "2:05 PM"),
        (datetime.time(9, 30), "hh:mm", "09:30"),
        (datetime.date(2026, 5, 3), "ddd d mmm", "Sun 3 May"),
        ("text", "@", "text"),
    ],
)
def test_a_value_is_what_its_cell_shows(value: object, style: str, expected: str) -> None:
    assert shown(value, style) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("a;b\n1,5;2\n", [["a", "b"], ["1,5", "2"]]),
        ("a\tb\n\n1\t2\n", [["a", "b"], ["1", "2"]]),
        ('a|b\n"1\n2"|3\n', [["a", "b"], ["1 2", "3"]]),
        ("Title\na;b\nc;\n", [["a", "b"], ["c", ""]]),
        ("a;b;c\n1\n", [["a", "b", "c"], ["1", "", ""]]),
    ],
)
def test_text_is_parted_by_the_mark_that_makes_a_table_of_it(text: str, expected: list[list[str]]) -> None:
    assert rows(read("csv", text)) == expected


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('No,Title,Lead\n1,Register,"Ministry A\n2,Map,Ministry B\n3,List,Ministry C\n', "line 2 .* up to 4"),
        ('No,Title,Lead\n1,Register,"Ministry A\n2,"Map, large",Ministry B\n3,List,C\n', "line 2 .* up to 3"),
        ('No;Title\n1;"a\nb"\n2;"Map', "line 4 .* up to 4"),
        ('No;Title\r\n1;"Map\r\n\r\n', "line 2 .* up to 3"),
    ],
    ids=["to the end", "to the next", "in the last line", "before empty lines"],
)
def test_a_quotation_mark_that_is_never_closed_takes_no_rows_with_it(text: str, lines: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        read("csv", text)
    assert raised.value.rule == "damaged-file"
    assert re.search(lines, raised.value.message)


def test_sound_text_is_read_and_each_quotation_mark_that_is_lost_over_rows_is_told() -> None:
    """10,000 tables gave 3 misses: those whose damage also made another mark the likelier one between the cells."""
    chance = random.Random(5)
    for _ in range(CSV_TABLES):
        table = [[f"{chance.choice(CSV_CELLS)}{row}{column}" for column in range(3)] for row in range(5)]
        lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in table]
        expected = [[" ".join(cell.split()) for cell in row] for row in table]
        assert rows(read("csv", "".join(lines))) == expected
        spoilt = chance.randrange(5)
        lines[spoilt] = lines[spoilt].removesuffix('"\n') + "\n"  # the mark that closes the last cell
        with pytest.raises(UnreadableError):
            read("csv", "".join(lines))


CSV_TABLES = 40
CSV_CELLS = ("plain", "a, b", 'an "open" word', "two\nlines", "; | ", "x ")


@pytest.mark.parametrize(
    ("text", "told_of"),
    [
        ("No,Title,Lead\n1,Register,A\n2,Ma", [("cut-off-row", "made!A3")]),
        ("No,Title,Lead\n1,Register,A\n2,Ma\n", []),
        ("No,Title,Lead\n1,Register,A\n2,Map,B", []),
        ("No,Title,Lead\n1,Register,A\n\nMade in May", []),
    ],
    ids=["cut off", "short", "whole", "a note"],
)
def test_a_file_that_ends_within_a_row_is_told(text: str, told_of: list[tuple[str, str]]) -> None:
    assert told(read("csv", text)) == told_of


def test_an_ods_says_itself_what_it_shows() -> None:
    content = zipfile.ZipFile(io.BytesIO(to_ods())).read("content.xml").decode()
    hidden = content.replace('<table:table table:name="Plan">', '<table:table table:name="Plan" table:style-name="h">')
    style = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    hidden = hidden.replace("<office:automatic-styles>", f"<office:automatic-styles>{style}")
    document = read("ods", zipped({"content.xml": hidden}))
    assert (document.blocks, carried(document)) == ((), {"hidden-sheets": ""})
    row = content.replace("<table:table-row>", '<table:table-row table:visibility="collapse">', 1)
    assert rows(read("ods", zipped({"content.xml": row})))[0][0] == "1"


# By another count -----------------------------------------------------------------------------------------------


def made(chance: random.Random) -> bytes:
    """Return a workbook of cells anywhere, some of them merged and filled."""
    book = Workbook()
    sheet = book.active
    for _ in range(chance.randrange(25)):
        cell = sheet.cell(chance.randrange(1, 9), chance.randrange(1, 7))
        cell.value = chance.choice([f"text {chance.randrange(99)}", chance.randrange(999), "é\nf", " ", "✓"])
        if chance.random() < 0.3:
            cell.fill = PatternFill("solid", fgColor="00B050")
    if chance.random() < 0.5:
        row, column = chance.randrange(1, 8), chance.randrange(1, 6)
        sheet.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column + chance.randrange(3))
    return saved(book)


def check_count(chance: random.Random) -> None:
    """The words that are read are those in the XML of the workbook, whose merged cells hold none."""
    content = made(chance)
    archive = zipfile.ZipFile(io.BytesIO(content))
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    shared = "xl/sharedStrings.xml"
    texts = [
        "".join(entry.itertext())
        for entry in (etree.fromstring(archive.read(shared)).iter(f"{space}si") if shared in archive.namelist() else ())
    ]
    seen: Counter[str] = Counter()
    for cell in etree.fromstring(archive.read("xl/worksheets/sheet1.xml")).iter(f"{space}c"):
        value, inline = cell.findtext(f"{space}v"), cell.find(f"{space}is")
        if inline is not None:
            seen.update("".join(inline.itertext()).split())
        elif value is not None:
            seen.update((texts[int(value)] if cell.get("t") == "s" else value).split())
    assert words(read("xlsx", content)) == seen


def test_no_word_of_a_workbook_is_missing() -> None:
    for seed in range(40):
        check_count(random.Random(seed))


# What is refused ------------------------------------------------------------------------------------------------


def bomb() -> bytes:
    parts = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": '<!DOCTYPE w [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><w>&b;</w>',
    }
    return zipped(parts)


def swollen() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/a.xml", "w") as part:
        for _ in range(210):
            part.write(b" " * 1_000_000)
    return content.getvalue()


def with_sheet(before: str, after: str) -> bytes:
    """Return a small workbook of Excel with something else in the XML of its sheet."""
    archive = zipfile.ZipFile(io.BytesIO(to_xlsx()))
    parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    assert before in sheet
    return zipped({**parts, "xl/worksheets/sheet1.xml": sheet.replace(before, after, 1).encode()})


def repeated(rows: int, columns: int, times: int = 1) -> bytes:
    """Return a workbook of LibreOffice whose sheets have one cell each, repeated."""
    content = zipfile.ZipFile(io.BytesIO(to_ods())).read("content.xml").decode()
    start, end = content.index("<table:table "), content.index("</office:spreadsheet>")
    cell = f'<table:table-cell table:number-columns-repeated="{columns}"><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
    sheet = f'<table:table table:name="a">{row}</table:table>'
    return zipped({"content.xml": content[:start] + sheet * times + content[end:]})


def merged(area: str, name: str = "mergeCell") -> bytes:
    return with_sheet("</sheetData>", f'</sheetData><{name}s count="1"><{name} ref="{area}"/></{name}s>')


def test_a_cell_at_the_end_of_a_sheet_takes_no_time() -> None:
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row></sheetData>'
    assert words(read("xlsx", with_sheet("</sheetData>", far)))["far"] == 1


def test_the_cells_of_all_sheets_of_a_workbook_are_counted() -> None:
    content = repeated(10, 10, times=6)
    for limit, rule in ((600, ""), (599, "too-large")):
        try:
            READERS["ods"].read(SourceFile("made.ods", content, limits=Limits(cells=limit)))
            found = ""
        except UnreadableError as reason:
            found = reason.rule
        assert found == rule


@pytest.mark.parametrize(
    ("kind", "content", "rule", "words"),
    [
        ("ods", repeated(1_000_000, 16_000), "too-large", "5000000 cells"),
        ("ods", repeated(1, 1_048_576), "damaged-file", "column 16385"),
        ("xlsx", merged("A3:XFD1048000"), "too-large", "5000000 cells"),
        ("xlsx", merged("A3:XFD1048000", "hyperlink"), "too-large", "5000000 cells"),
        ("xlsx", bomb(), "damaged-file", "declares a document type"),
        ("xlsx", swollen(), "too-large", "210000000 bytes"),
        ("xlsx", to_xlsx()[:2000], "damaged-file", "cannot be read"),
        ("xlsx", zipped({"xl/workbook.xml": "<a"}), "damaged-file", "cannot be read"),
        ("ods", zipped({"content.xml": "<a"}), "damaged-file", "cannot be read"),
        ("ods", zipped({"content.xml": "<a/>", "META-INF/manifest.xml": "<encryption-data/>"}), "encrypted-file", ""),
        ("csv", ",".join("a" * 20000), "too-large", "5000000"),
    ],
    ids=[
        "rows",
        "columns",
        "merged",
        "linked",
        "entities",
        "zip bomb",
        "cut off",
        "no XML",
        "no XML in ods",
        "encrypted",
        "wide",
    ],
)
def test_what_cannot_be_read_says_why(kind: str, content: bytes | str, rule: str, words: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        read(kind, content)
    assert (raised.value.rule, words in raised.value.message) == (rule, True)


def test_macros_and_references_are_told() -> None:
    archive = zipfile.ZipFile(io.BytesIO(to_xlsx()))
    parts = {name: archive.read(name) for name in archive.namelist()}
    document = read("xlsx", zipped({**parts, "xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": b"<a/>"}))
    assert {"macros", "external-references", "kept-data"} <= {one.kind for one in document.carried}
    assert len(inlines(document)) == 20


def test_a_sheet_of_formulas_is_told_once() -> None:
    book = Workbook()
    for row in range(1, 1001):
        book.active.append([row, f"=A{row}*2", "words"])
    (found,) = (one for one in read("xlsx", saved(book)).findings if one.rule == "formula-value")
    assert "(1000, first B1, B2, B3, B4, B5)" in found.message
    # Nobody has calculated them: openpyxl writes no values beside its formulas.
    assert "showed nothing: 1000" in found.message
