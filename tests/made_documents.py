"""A plan of a made country in every form of document, all from the one source below."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fpdf import FPDF

from conftest import Workspace
from generate_declarations import NAME, NUMBER, Small, column, dataset, furniture, links, narrative, table

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


MADE: Mapping[str, Callable[[], bytes]] = {"markdown": to_markdown, "html": to_html, "pdf": to_pdf}
"""Kind of document -> the plan in that form."""


def laid_down(
    folder: Path, kind: str, content: bytes, datasets: Sequence[Mapping[str, object]] = DATASETS
) -> Workspace:
    """Return a folder with a publication of a document of a kind."""
    Small("x", datasets).write(folder / "data")
    path = folder / "data" / NAME / "publication.toml"
    text = path.read_text(encoding="utf-8").replace('"kind" = "converted-text"', f'"kind" = "{kind}"', 1)
    text = text.replace("source/document.txt", f"source/document.{kind}")
    text = text.replace(hashlib.sha256(b"x").hexdigest(), hashlib.sha256(content).hexdigest())
    path.write_text(text, encoding="utf-8")
    (folder / "data" / NAME / "source" / "document.txt").unlink()
    (folder / "data" / NAME / "source" / f"document.{kind}").write_bytes(content)
    return Workspace(folder, NAME, f"{NAME}/source/document.{kind}")
