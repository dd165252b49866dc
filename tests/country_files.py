"""A plan of `made_country.py` as a file of each kind."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Iterator, Mapping, Sequence

import docx
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE as RELATIONS
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from openpyxl import Workbook as Book
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from made_country import Line, Plan, Run, Square
from made_documents import linked, zipped

_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"

# Word -----------------------------------------------------------------------------------------------------------


def to_docx(plan: Plan) -> bytes:
    """Return a plan as Word has it."""
    paper = docx.Document()
    _page(paper, plan)
    paper.add_heading(plan.title, 0)
    paper.add_paragraph(plan.said)
    notes: list[str] = []
    table = paper.add_table(len(plan.rows), len(plan.rows[0]))
    _borders(table._tbl, plan)
    for number, row in enumerate(plan.rows):
        _row(table.rows[number]._tr, plan, is_header=number == 0)
        for column, square in enumerate(row):
            if not square.covered:
                cell = table.cell(number, column)
                if square.rows * square.columns > 1:
                    cell = cell.merge(table.cell(number + square.rows - 1, column + square.columns - 1))
                _fill_cell(cell, square, notes)
    for column, share in enumerate(plan.look.widths):
        width = int(_text_width(paper) * share / sum(plan.look.widths))
        table.columns[column].width = width
        for row_ in table.rows:
            row_.cells[column].width = width
    paper.add_paragraph(plan.end)
    if notes:
        _footnotes(paper, notes)
    content = io.BytesIO()
    paper.save(content)
    return content.getvalue()


def _text_width(paper: docx.document.Document) -> int:
    section = paper.sections[0]
    return int(section.page_width - section.left_margin - section.right_margin)


def _page(paper: docx.document.Document, plan: Plan) -> None:
    section, normal = paper.sections[0], paper.styles["Normal"]
    normal.font.name, normal.font.size = plan.look.font, Pt(plan.look.size)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), plan.look.font)
    if plan.look.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    if plan.running:
        section.header.paragraphs[0].text = plan.running
        number = OxmlElement("w:fldSimple")
        number.set(qn("w:instr"), "PAGE")
        section.footer.paragraphs[0].add_run("Page ")
        section.footer.paragraphs[0]._p.append(number)


def _borders(table: OxmlElement, plan: Plan) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in plan.look.sides:
        line = OxmlElement(f"w:{side}")
        for name, said in (("val", plan.look.border), ("sz", "4"), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{name}"), said)
        borders.append(line)
    table.tblPr.append(borders)


def _row(row: OxmlElement, plan: Plan, is_header: bool) -> None:
    properties = row.get_or_add_trPr()
    if not plan.look.splits:
        properties.append(OxmlElement("w:cantSplit"))
    if is_header and plan.look.repeats:
        properties.append(OxmlElement("w:tblHeader"))


def _fill_cell(cell: _Cell, square: Square, notes: list[str]) -> None:
    paragraph = cell.paragraphs[0]
    for other in cell.paragraphs[1:]:
        other._p.getparent().remove(other._p)
    for number, line in enumerate(square.lines):
        paragraph = paragraph if number == 0 else cell.add_paragraph()
        if line.bullet:
            paragraph.style = "List Bullet"
        if square.right:
            paragraph.alignment = 2
        for run in line.runs:
            _add_run(paragraph, run)
    if square.note:
        notes.append(square.note)
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(len(notes)))
        run = paragraph.add_run()
        run.font.superscript = True
        run._r.append(reference)
    if square.fill:
        shade(cell, square.fill)


def shade(cell: _Cell, fill: str) -> None:
    """Give a cell of Word a fill."""
    element = OxmlElement("w:shd")
    for name, said in (("val", "clear"), ("color", "auto"), ("fill", fill[1:].upper())):
        element.set(qn(f"w:{name}"), said)
    cell._tc.get_or_add_tcPr().append(element)


def _add_run(paragraph: Paragraph, run: Run) -> None:
    if run.mark:
        for element in _MARKS[run.mark](run.text):
            paragraph._p.append(element)
        return
    made = paragraph.add_run(run.text)
    made.bold, made.italic = run.bold or None, run.italic or None
    if run.ink:
        made.font.color.rgb = RGBColor.from_string(run.ink)
    if run.highlight:
        made.font.highlight_color = 7
    if run.link:
        linked(paragraph, made, run.link)


def _symbol(_: str) -> Iterator[OxmlElement]:
    yield parse_xml(f'<w:r {nsdecls("w")}><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>')


def _control(text: str) -> Iterator[OxmlElement]:
    state = "1" if text == "☒" else "0"
    yield parse_xml(
        f'<w:sdt {nsdecls("w")} xmlns:w14="{_W14}"><w:sdtPr><w14:checkbox><w14:checked w14:val="{state}"/>'
        f'<w14:checkedState w14:val="2612" w14:font="DejaVu Sans"/><w14:uncheckedState w14:val="2610" '
        f'w14:font="DejaVu Sans"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="DejaVu Sans" '
        f'w:hAnsi="DejaVu Sans" w:eastAsia="DejaVu Sans"/></w:rPr><w:t>{text}</w:t></w:r></w:sdtContent></w:sdt>'
    )


def _form(text: str) -> Iterator[OxmlElement]:
    state = "1" if text == "☒" else "0"
    box = (
        f'<w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="box"/><w:enabled/><w:checkBox><w:sizeAuto/>'
        f'<w:default w:val="{state}"/></w:checkBox></w:ffData></w:fldChar>'
    )
    for inner in (box, "<w:instrText> FORMCHECKBOX </w:instrText>", '<w:fldChar w:fldCharType="end"/>'):
        yield parse_xml(f"<w:r {nsdecls('w')}>{inner}</w:r>")


_MARKS: Mapping[str, Callable[[str], Iterator[OxmlElement]]] = {
    "wingdings": _symbol,
    "control": _control,
    "form": _form,
}


def _footnotes(paper: docx.document.Document, notes: list[str]) -> None:
    """Add the part with the notes, which python-docx does not make."""
    said = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> '
        f"{html.escape(note)}</w:t></w:r></w:p></w:footnote>"
        for number, note in enumerate(notes, start=1)
    )
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    content = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {nsdecls("w")}>{lines}{said}</w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, content.encode(), paper.part.package)
    paper.part.relate_to(part, RELATIONS.FOOTNOTES)


# Text -----------------------------------------------------------------------------------------------------------


def _said(square: Square) -> str:
    return "\n".join("".join(run.text for run in line.runs) for line in square.lines)


def to_html(plan: Plan) -> bytes:
    """Return a plan as a page of the web."""
    cells = [
        [_html_cell(square, "td" if number else "th") for square in row if not square.covered]
        for number, row in enumerate(plan.rows)
    ]
    rows = "".join(f"<tr>{''.join(row)}</tr>\n" for row in cells)
    return (
        f'<!DOCTYPE html><html lang=en><meta charset="utf-8"><title>x</title><body><h1>{plan.title}</h1>\n'
        f"<p>{html.escape(plan.said)}</p>\n<table border=1>{rows}</table>\n<p>{html.escape(plan.end)}</p>\n"
    ).encode()


def _html_cell(square: Square, tag: str) -> str:
    names = f' style="background-color: {square.fill}"' if square.fill else ""
    names += f' rowspan="{square.rows}"' if square.rows > 1 else ""
    names += f' colspan="{square.columns}"' if square.columns > 1 else ""
    return f"<{tag}{names}>{''.join(_html_lines(square))}</{tag}>"


def _html_lines(square: Square) -> Iterator[str]:
    opened = False
    for line in square.lines:
        if line.bullet != opened:
            yield "<ul>" if line.bullet else "</ul>"
        opened = line.bullet
        yield f"<{'li' if opened else 'p'}>{''.join(map(_html_run, line.runs))}</{'li' if opened else 'p'}>"
    yield "</ul>" if opened else ""


def _html_run(run: Run) -> str:
    text = html.escape(run.text)
    for said, tag in ((run.bold, "b"), (run.italic, "i"), (run.highlight, "mark")):
        text = f"<{tag}>{text}</{tag}>" if said else text
    text = f'<span style="color: #{run.ink}">{text}</span>' if run.ink else text
    return f'<a href="{html.escape(run.link)}">{text}</a>' if run.link else text


def to_markdown(plan: Plan) -> bytes:
    """Return a plan as Markdown: no cell spans others, none has a fill."""
    rows = ["| " + " | ".join(_markdown_cell(square) for square in row) + " |" for row in plan.rows]
    rows.insert(1, "|" + " --- |" * len(plan.rows[0]))
    return f"# {plan.title}\n\n{plan.said}\n\n{chr(10).join(rows)}\n\n{plan.end}\n".encode()


def _markdown_cell(square: Square) -> str:
    return "<br>".join("".join(map(_markdown_run, line.runs)) for line in square.lines)


def _markdown_run(run: Run) -> str:
    text = "".join("\\" + c if c in "\\`*_{}[]()#+-.!|<>&~" else c for c in run.text)
    return f"[{text}](<{run.link}>)" if run.link else text


def to_csv(plan: Plan) -> bytes:
    """Return the table of a plan as text: words alone."""
    content = io.StringIO()
    csv.writer(content).writerows([[_said(square) for square in row] for row in plan.rows])
    return content.getvalue().encode()


# Spreadsheets ---------------------------------------------------------------------------------------------------


def to_xlsx(plan: Plan) -> bytes:
    """Return the table of a plan in the one sheet of a workbook; a cell has one link at most."""
    book = Book()
    sheet = book.active
    sheet.title = "Plan"
    side = Side("thin")
    for number, row in enumerate(plan.rows, start=1):
        for at, square in enumerate(row, start=1):
            if square.covered:
                continue
            cell = sheet.cell(number, at, _said(square) or None)
            cell.border = Border(side, side, side, side)
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="right" if square.right else None)
            cell.font = Font(plan.look.font, plan.look.size, bold=number == 1)
            if square.fill:
                cell.fill = PatternFill("solid", fgColor=square.fill[1:].upper())
            if square.links:
                cell.hyperlink = square.links[0][1]
            if square.rows * square.columns > 1:
                area = {"end_row": number + square.rows - 1, "end_column": at + square.columns - 1}
                sheet.merge_cells(start_row=number, start_column=at, **area)
        sheet.row_dimensions[number].height = _height(row, plan)
    for at, share in enumerate(plan.look.widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = max(8, share)
    sheet.page_setup.orientation = "landscape" if plan.look.landscape else "portrait"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    if plan.look.repeats:
        sheet.print_title_rows = "1:1"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _height(row: Sequence[Square], plan: Plan) -> int:
    """Return a height in which all of a row is seen: LibreOffice keeps those of a file."""
    widths = [max(8, share) for share in plan.look.widths]
    lines = [
        sum(1 + int(len(said) * plan.look.size / 11 / (0.6 * width)) for said in _said(square).split("\n"))
        for square, width in zip(row, widths, strict=True)
    ]
    return min(409, int(max(lines) * plan.look.size * 1.4) + 4)


def to_ods(plan: Plan) -> bytes:
    """Return the table of a plan in the one sheet of a spreadsheet, as LibreOffice writes one."""
    names = ("office", "style", "table", "text")
    spaces = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    spaces += ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    spaces += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    fills = sorted({square.fill for row in plan.rows for square in row if square.fill})
    styles = "".join(
        f'<style:style style:name="f{fill[1:]}" style:family="table-cell"><style:table-cell-properties '
        f'fo:background-color="{fill}"/></style:style>'
        for fill in fills
    )
    rows = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in plan.rows)
    content = (
        f"<office:document-content{spaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="Plan">{rows}</table:table></office:spreadsheet></office:body>'
        f"</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in (("/", kind), ("content.xml", "text/xml"))
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest = f'<manifest:manifest xmlns:manifest="{space}" manifest:version="1.2">{listed}</manifest:manifest>'
    return zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def _ods_cell(square: Square) -> str:
    if square.covered:
        return "<table:covered-table-cell/>"
    names = f' table:style-name="f{square.fill[1:]}"' if square.fill else ""
    if square.rows * square.columns > 1:
        names += f' table:number-rows-spanned="{square.rows}" table:number-columns-spanned="{square.columns}"'
    return f"<table:table-cell{names}>{''.join(map(_ods_line, square.lines))}</table:table-cell>"


def _ods_line(line: Line) -> str:
    runs = (
        f'<text:a xlink:href="{html.escape(run.link)}">{html.escape(run.text)}</text:a>'
        if run.link
        else html.escape(run.text)
        for run in line.runs
    )
    return f"<text:p>{''.join(runs)}</text:p>"


WRITERS: Mapping[str, Callable[[Plan], bytes]] = {
    "docx": to_docx,
    "html": to_html,
    "markdown": to_markdown,
    "csv": to_csv,
    "xlsx": to_xlsx,
    "ods": to_ods,
}
"""Kind of document -> a plan as a file of it."""
