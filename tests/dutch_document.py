"""The Dutch self-assessment rebuilt as what its text was converted from: a document of Word with what the text lost.

Its colours and addresses are made up, and the addresses say so. Nobody knows what they were; nothing of this is ever
written outside of a test's own folder.
"""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from country_files import shade
from made_documents import linked

ADDRESS = "https://example.invalid/made-up-"
FILLS = ("#00b050", "#ffc000", "#ff0000")
"""Green, amber and red, in the order of the legend."""
PROGRESS = [FILLS[number % 3] for number in range(13)]
"""The colour of each commitment: one after another, so that nobody takes them for what they were."""

_LINK = re.compile(r'<a href="(?P<href>[^"]*)">(?P<label>.*?)</a>|\[(?P<text>[^\]]*)\]\((?P<to>[^)]*)\)', re.S)
_ITEM = re.compile(r"(\d+)\. (.*)")
_FIELD = re.compile(r"<b>(.*?)</b>\t(.*)")


@dataclass(frozen=True)
class Run:
    """A stretch of text and the address that it leads to."""

    text: str
    link: str = ""


Runs = tuple[Run, ...]
Rows = list[list[list[Runs]]]
"""The rows of the table, each of its cells in paragraphs."""


class Addresses:
    """Gives each link that lost its address one that is made up, and keeps those that did not."""

    def __init__(self) -> None:
        self.count = itertools.count(1)

    def of(self, written: str, is_broken: bool) -> str:
        """Return the address of the next link."""
        number = next(self.count)
        return f"{ADDRESS}{number}" if written == "#" or is_broken else written.replace("&amp;", "&")

    def runs(self, text: str) -> Runs:
        """Return a text in stretches."""
        found, at = [], 0
        for match in _LINK.finditer(text):
            label = match["label"] if match["label"] is not None else match["text"]
            href = match["href"] if match["href"] is not None else match["to"]
            found += [Run(text[at : match.start()]), Run(label, self.of(href, href == "https://democratie.nl"))]
            at = match.end()
        return tuple(run for run in (*found, Run(text[at:])) if run.text)


def paragraphs(cell: str) -> list[str]:
    """Return the paragraphs of a cell of the text."""
    return re.findall(r"<p>(.*?)</p>", cell, re.S) if cell.startswith("<p>") else [cell] if cell else []


def table(lines: Sequence[str], addresses: Addresses) -> Rows:
    """Return the rows of the table, those put together that page breaks parted."""
    rows: Rows = []
    for line in lines:
        cells = [[addresses.runs(part) for part in paragraphs(cell.strip())] for cell in line.split("\t")]
        if cells[0]:
            rows.append(cells)
        else:
            rows[-1] = [_both(one, other) for one, other in zip(rows[-1], cells, strict=True)]
    return rows


def _both(one: list[Runs], other: list[Runs]) -> list[Runs]:
    if not one or not other:
        return one or other
    between = () if one[-1][-1].text.endswith("-") else (Run(" "),)
    return [*one[:-1], (*one[-1], *between, *other[0]), *other[1:]]


class Rebuilt:
    """The document under way."""

    def __init__(self) -> None:
        self.paper, self.addresses = docx.Document(), Addresses()
        section = self.paper.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
        self.paper.styles["Normal"].font.size = Pt(10)

    def take(self, text: str) -> None:
        """Take up the text, block by block."""
        for lines in _blocks(text):
            if lines[0].startswith("#"):
                marks, _, said = lines[0].partition(" ")
                self.paper.add_heading(said, len(marks))
            elif _FIELD.match(lines[0]):
                self._fields([_FIELD.fullmatch(line).groups() for line in lines])  # type: ignore[union-attr]
            elif _ITEM.match(lines[0]):
                self._list(lines)
            elif lines[0].startswith("■"):
                self._legend(lines)
            elif "\t" in lines[0]:
                self._table(table(lines, self.addresses))
            else:
                self._paragraph(lines[0])

    def _fields(self, fields: Sequence[Sequence[str]]) -> None:
        held = self.paper.add_table(0, 2, style="Table Grid")
        for label, said in fields:
            row = held.add_row().cells
            row[0].paragraphs[0].add_run(label).bold = True
            row[1].paragraphs[0].add_run(said)

    def _paragraph(self, text: str) -> None:
        paragraph = self.paper.add_paragraph()
        if text.startswith("*"):
            paragraph.add_run(text.strip("*")).italic = True
        else:
            add(paragraph, self.addresses.runs(text))

    def _list(self, lines: Sequence[str]) -> None:
        """Add numbered items; a list that begins with 1 is one of its own, another goes on."""
        for line in lines:
            number, said = _ITEM.fullmatch(line).groups()  # type: ignore[union-attr]
            if number == "1":
                self.list = new_list(self.paper)
            paragraph = self.paper.add_paragraph()
            add(paragraph, self.addresses.runs(said))
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, self.list

    def _legend(self, lines: Sequence[str]) -> None:
        for line, fill in zip(lines, FILLS, strict=True):
            paragraph = self.paper.add_paragraph()
            paragraph.add_run("■").font.color.rgb = RGBColor.from_string(fill[1:].upper())
            paragraph.add_run(line.strip().removeprefix("■"))

    def _table(self, rows: Rows) -> None:
        held = self.paper.add_table(0, 5, style="Table Grid")
        for number, cells in enumerate(rows):
            row = held.add_row()
            if number == 0:
                row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
            for square, said, width in zip(row.cells, cells, (3, 2.6, 7, 5.4, 5), strict=True):
                square.width = Cm(width)
                for at, runs in enumerate(said):
                    paragraph = square.paragraphs[0] if at == 0 else square.add_paragraph()
                    add(paragraph, tuple(replace(run, text=run.text) for run in runs), bold=number == 0)
            if number:
                shade(row.cells[1], PROGRESS[number - 1])


def add(paragraph: Paragraph, runs: Runs, bold: bool = False) -> None:
    """Add the runs of a text to a paragraph."""
    for run in runs:
        made = paragraph.add_run(run.text)
        made.bold = bold or None
        if run.link:
            linked(paragraph, made, run.link)


def new_list(paper: docx.document.Document) -> int:
    """Return the number of a new numbered list, which begins with 1."""
    numbering = paper.part.numbering_part.numbering_definitions._numbering
    style = paper.styles["List Number"].element.pPr.numPr.numId.val
    abstract = next(num for num in numbering.num_lst if num.numId == style).abstractNumId.val
    made = numbering.add_num(abstract)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(made.numId)


def _blocks(text: str) -> Iterator[list[str]]:
    """Yield the lines between blank ones; those of the table are one, wherever pages end."""
    waiting: list[str] = []
    for key, lines in itertools.groupby(text.split("\n"), key=lambda line: bool(line.strip())):
        held = list(lines)
        if key and held[0].count("\t") == 4:
            waiting += [line for line in held if line.strip("-\t ")]
        elif key:
            yield from ([waiting] if waiting else [])
            waiting = []
            yield held


def to_docx(text: str) -> bytes:
    """Return the document of Word that a text is made of again."""
    rebuilt = Rebuilt()
    rebuilt.take(text)
    content = io.BytesIO()
    rebuilt.paper.save(content)
    return content.getvalue()
