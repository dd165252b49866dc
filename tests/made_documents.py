"""A plan of a made country in every form of document, all from the one source below."""

from __future__ import annotations

import datetime
import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RELATIONS
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from fpdf import FPDF
from openpyxl import Workbook as Book
from openpyxl.styles import Font, PatternFill

from conftest import Workspace
from generate_declarations import NAME, NUMBER, Small, column, dataset, furniture, links, narrative, table, words

LAW = "https://law.arendia.example/?a=1&b=2"
REPORT = "https://report.arendia.example/"


@dataclass(frozen=True)
class Cell:
    """A cell of the made table."""

    text: str
    fill: str = ""
    link: str = ""


TITLE = "Plan of Arendia"
INTRO = ("Arendia opens its archives, as ", "the law", " wants & says.")
COMMITMENTS = ("Open the budget", "Publish the contracts", "Stream the council")
HEADINGS = ("No", "Commitment", "Level", "Done", "More")
TABLE: Sequence[Sequence[Cell]] = (
    (Cell("1"), Cell("Open the budget"), Cell("Substantial", "#00b050"), Cell("✓"), Cell("report", link=REPORT)),
    (Cell("2"), Cell("Publish the contracts"), Cell("Limited", "#ffc000"), Cell(""), Cell("")),
    (Cell("3"), Cell("Stream the council"), Cell("Not started", "#ff0000"), Cell(""), Cell("see below")),
)
NOTE = "The council meets in May; its minutes follow."

DATASETS = (
    dataset("commitments", {"kind": "list", "under": "Commitments"}, NUMBER, column("text", "text")),
    table(HEADINGS, name="progress", under="Progress"),
    narrative(),
    furniture(),
    links(),
)
"""What a declaration says of the plan, whatever its form."""
TABLE_ALONE = (table(HEADINGS, name="progress"), links())
"""What it says of a form that holds the table and nothing else."""

EXPECTED: Mapping[str, Sequence[Sequence[str]]] = {
    "commitments": [(str(number), text) for number, text in enumerate(COMMITMENTS, start=1)],
    "progress": [(str(number), *(cell.text for cell in row)) for number, row in enumerate(TABLE, start=1)],
    "narrative": [("1", TITLE, "".join(INTRO)), ("2", f"{TITLE} > Notes", NOTE)],
}
"""The rows of each dataset without their publication and places, as anybody reads them in the document."""


def to_markdown() -> bytes:
    rows = [HEADINGS, ["---"] * len(HEADINGS)]
    rows += [[f"[{c.text}]({c.link})" if c.link else c.text for c in row] for row in TABLE]
    lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    items = "\n".join(f"{number}. {text}" for number, text in enumerate(COMMITMENTS, start=1))
    said = f"# {TITLE}\n\n{INTRO[0]}[{INTRO[1]}]({LAW}){INTRO[2]}\n\n"
    return f"{said}## Commitments\n\n{items}\n\n## Progress\n\n{lines}\n\n## Notes\n\n{NOTE}\n".encode()


def to_html() -> bytes:
    def told(cell: Cell) -> str:
        text = f'<a href="{cell.link}">{cell.text}</a>' if cell.link else cell.text
        return f'<td style="background: {cell.fill}">{text}</td>' if cell.fill else f"<td>{text}</td>"

    head = "".join(f"<th>{text}</th>" for text in HEADINGS)
    rows = "".join(f"<tr>{''.join(map(told, row))}</tr>\n" for row in TABLE)
    items = "".join(f"<li>{text}</li>" for text in COMMITMENTS)
    link = f'<a href="{LAW.replace("&", "&amp;")}">{INTRO[1]}</a>'
    return (
        f"<!DOCTYPE html><html lang=en><title>x</title><body><h1>{TITLE}</h1>\n"
        f"<p>{INTRO[0]}{link}{INTRO[2].replace('&', '&amp;')}</p><h2>Commitments</h2><ol>{items}</ol>\n"
        f"<h2>Progress</h2><table><tr>{head}</tr>{rows}</table><h2>Notes</h2><p>{NOTE}</p></body></html>\n"
    ).encode()


class _Paper(FPDF):
    """A page with a running header and its number."""

    def header(self) -> None:
        self.set_font("helvetica", size=9)
        self.cell(0, 10, "Ministry of Archives", align="R", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("helvetica", size=9)
        self.cell(0, 10, f"Page {self.page_no()}", align="C")


def to_pdf() -> bytes:
    """Return the plan on three pages: the text, the first rows of the table, and the last."""
    paper = _Paper()
    paper.set_creation_date(datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
    paper.add_page()
    _heading(paper, TITLE, 20)
    paper.set_font("helvetica", size=11)
    paper.write(6, INTRO[0])
    paper.write(6, INTRO[1], link=LAW)
    paper.write(6, INTRO[2])
    paper.ln(12)
    _heading(paper, "Commitments", 14)
    paper.set_font("helvetica", size=11)
    for number, text in enumerate(COMMITMENTS, start=1):
        paper.cell(0, 6, f"{number}. {text}", new_x="LMARGIN", new_y="NEXT")
    paper.ln(6)
    _heading(paper, "Progress", 14)
    _rows(paper, [None, TABLE[0]])
    paper.add_page()
    _rows(paper, TABLE[1:])
    paper.add_page()
    _heading(paper, "Notes", 14)
    paper.set_font("helvetica", size=11)
    paper.multi_cell(0, 6, NOTE, new_x="LMARGIN", new_y="NEXT")
    return bytes(paper.output())


def _heading(paper: FPDF, text: str, size: int) -> None:
    paper.set_font("helvetica", "B", size)
    paper.cell(0, 12, text, new_x="LMARGIN", new_y="NEXT")


def _rows(paper: FPDF, rows: Sequence[Sequence[Cell] | None]) -> None:
    for row in rows:
        for width, cell in zip((12, 60, 35, 20, 40), row or [Cell(text) for text in HEADINGS], strict=True):
            tick = cell.text == "✓"
            paper.set_font("zapfdingbats" if tick else "helvetica", "" if row else "B", 11)
            if cell.fill:
                paper.set_fill_color(cell.fill)
            paper.cell(width, 8, "3" if tick else cell.text, border=1, fill=bool(cell.fill), link=cell.link)
        paper.ln(8)


def to_docx() -> bytes:
    """Return the plan as Word has it: styles of headings and lists, a table with shaded cells, links as relations."""
    paper = docx.Document()
    paper.add_heading(TITLE, 0)
    said = paper.add_paragraph(INTRO[0])
    linked(said, said.add_run(INTRO[1]), LAW)
    said.add_run(INTRO[2])
    paper.add_heading("Commitments", 1)
    for text in COMMITMENTS:
        paper.add_paragraph(text, style="List Number")
    paper.add_heading("Progress", 1)
    held = paper.add_table(0, len(HEADINGS))
    for row in [[Cell(text) for text in HEADINGS], *TABLE]:
        for square, cell in zip(held.add_row().cells, row, strict=True):
            if cell.link:
                linked(square.paragraphs[0], square.paragraphs[0].add_run(cell.text), cell.link)
            else:
                square.paragraphs[0].add_run(cell.text)
            if cell.fill:
                shade = OxmlElement("w:shd")
                shade.set(qn("w:val"), "clear")
                shade.set(qn("w:fill"), cell.fill[1:].upper())
                square._tc.get_or_add_tcPr().append(shade)
    paper.add_heading("Notes", 1)
    paper.add_paragraph(NOTE)
    content = io.BytesIO()
    paper.save(content)
    return content.getvalue()


def linked(paragraph: Paragraph, run: Run, address: str) -> None:
    """Make the last run of a paragraph a link, in the style by which LibreOffice knows it as one."""
    styles = paragraph.part.document.styles
    if "Hyperlink" not in styles:
        styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER).font.underline = True
    run.style = "Hyperlink"
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONS.HYPERLINK, is_external=True))
    run._r.addprevious(link)
    link.append(run._r)


def to_csv() -> bytes:
    rows = [HEADINGS, *([cell.text for cell in row] for row in TABLE)]
    return "".join(f"{';'.join(row)}\n" for row in rows).encode()


def to_xlsx() -> bytes:
    """Return the table in the one sheet of a workbook, its fills and links those of its cells."""
    book = Book()
    sheet = book.active
    sheet.title = "Plan"
    sheet.append(HEADINGS)
    for row in TABLE:
        sheet.append([int(cell.text) if cell.text.isdecimal() else cell.text or None for cell in row])
    for number, row in enumerate([[Cell(text) for text in HEADINGS], *TABLE], start=1):
        for at, cell in enumerate(row, start=1):
            square = sheet.cell(number, at)
            square.font = Font(bold=number == 1)
            if cell.fill:
                square.fill = PatternFill("solid", fgColor=cell.fill[1:].upper())
            if cell.link:
                square.hyperlink = cell.link
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def to_ods() -> bytes:
    """Return the table in the one sheet of a spreadsheet, as LibreOffice writes one."""
    styles = "".join(
        f'<style:style style:name="f{cell.fill[1:]}" style:family="table-cell">'
        f'<style:table-cell-properties fo:background-color="{cell.fill}"/></style:style>'
        for row in TABLE
        for cell in row
        if cell.fill
    )

    def told(cell: Cell) -> str:
        style = f' table:style-name="f{cell.fill[1:]}"' if cell.fill else ""
        text = f'<text:a xlink:href="{cell.link}">{cell.text}</text:a>' if cell.link else cell.text
        return f"<table:table-cell{style}>{f'<text:p>{text}</text:p>' if text else ''}</table:table-cell>"

    rows = [[Cell(text) for text in HEADINGS], *TABLE]
    body = "".join(f"<table:table-row>{''.join(map(told, row))}</table:table-row>" for row in rows)
    names = ("office", "style", "table", "text")
    spaces = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    spaces += ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    spaces += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    content = (
        f"<office:document-content{spaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="Plan"><table:table-column table:number-columns-repeated="5"/>'
        f'{body}<table:table-row table:number-rows-repeated="1048572"><table:table-cell '
        f'table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet></office:body>'
        f"</office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return an archive of parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return content.getvalue()


MADE: Mapping[str, Callable[[], bytes]] = {
    "markdown": to_markdown,
    "html": to_html,
    "pdf": to_pdf,
    "csv": to_csv,
    "xlsx": to_xlsx,
    "ods": to_ods,
    "docx": to_docx,
}
"""Kind of document -> the plan in that form."""


def laid_down(
    folder: Path,
    kind: str,
    content: bytes,
    datasets: Sequence[Mapping[str, object]] = DATASETS,
    more: Mapping[str, object] | None = None,
) -> Workspace:
    """Return a folder with a publication of a document of a kind; `more` is what else its declaration says of that."""
    source: dict[str, object] = {
        "file": f"source/document.{kind}",
        "kind": kind,
        "sha256": hashlib.sha256(content).hexdigest(),
        "publish": True,
        "title": words("The document"),
        "description": words("The document"),
        **(more or {}),
    }
    path = Small("x", datasets, more={"source": source}).write(folder / "data") / "source"
    (path / "document.txt").unlink()
    (path / f"document.{kind}").write_bytes(content)
    return Workspace(folder, NAME, f"{NAME}/source/document.{kind}")
