"""Tables of a made country as governments set them, in every form of document, and the rows that anybody reads there.

Each table is made of a seed: headings over headings, themes over the full width, merged cells, ticks, colours, links,
cells of several lines, and the whole of it set in parts. `expected` says its rows by what it was made of.
"""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import _Cell
from openpyxl import Workbook as Book
from openpyxl.styles import PatternFill

from generate_declarations import SEQUENCE, Entry, column, links, narrative, table
from made_documents import linked, zipped

WORDS = ("open", "budget", "archive", "council", "café", "naïve", "Łódź", "audit", "&", "<law>", "vote", "2024", "plan")
LEVELS = {"limited": "Limited", "substantial": "Substantial", "completed": "Done"}
FILLS = {"#00b050": "green", "#ffc000": "amber", "#ff0000": "red"}
BANDS = r"Theme (?P<theme_number>\d+): (?P<theme>.+)"
NOTES = r"Note .+"
BETWEEN = "Note on what follows."
TITLE = "Table 1. What is done."
LAST = "Note by the ministry."


@dataclass(frozen=True)
class Square:
    """A cell as it is made: its lines, fill, link, and how many rows and columns it spans."""

    lines: tuple[str, ...] = ("",)
    fill: str = ""
    link: str = ""
    rows: int = 1
    columns: int = 1


Grid = list[list[Square | None]]
"""Rows of cells; None is a cell that another one covers."""


@dataclass(frozen=True)
class Action:
    """A row of the made table, as anybody reads it."""

    theme: tuple[str, str]
    group: str
    number: str
    steps: tuple[str, ...]
    who: str
    level: str
    fill: str
    link: str


@dataclass(frozen=True)
class Made:
    """A made table: which features it has, and its rows by part."""

    parts: Sequence[Sequence[Action]]
    has: Mapping[str, bool]
    sign: str

    @property
    def rows(self) -> list[Action]:
        return [action for part in self.parts for action in part]

    @property
    def headings(self) -> list[str]:
        """Return the headings as a declaration says them."""
        over = "Progress / " if self.has["paths"] else ""
        levels = [f"{over}{heading}" for heading in LEVELS.values()] if self.has["ticks"] else []
        return [*(["Group"] if self.has["groups"] else []), "No", "Steps", "Who", *levels, "Colour"]

    @property
    def is_split(self) -> bool:
        return any(len(action.steps) > 1 for action in self.rows)

    @property
    def is_ticked(self) -> bool:
        return any(action.level for action in self.rows)


def made(seed: int) -> Made:
    """Return the table of a seed."""
    random = Random(seed)
    has = {name: random.random() < 0.5 for name in ("bands", "groups", "ticks", "paths", "title", "note", "between")}
    has["paths"] &= has["ticks"]
    splits, count = random.random() < 0.4, random.randint(1, 9)
    form = random.choice(["{}", "2.{}", "C0{}", "5-{}", "({})"])
    actions: list[Action] = []
    for number in range(1, count + 1):
        before = actions[-1] if actions else None
        actions.append(_action(random, has, before, form.format(number), splits))
    cuts = sorted(random.sample(range(1, count), k=min(random.choice([0, 0, 1, 2]), count - 1)))
    parts = [actions[low:high] for low, high in zip([0, *cuts], [*cuts, count], strict=True)]
    has["between"] &= len(parts) > 1
    return Made(parts, has, random.choice(["x", "X", "✓", "☒", "●"]))


def _action(random: Random, has: Mapping[str, bool], before: Action | None, number: str, splits: bool) -> Action:
    theme, group = (before.theme, before.group) if before else (("", ""), "")
    if has["bands"] and (not before or random.random() < 0.3):
        theme = (str(int(theme[0] or "0") + 1), _said(random))
    if has["groups"] and (not before or theme != before.theme or random.random() < 0.4):
        group = f"{_said(random)} of {number}"
    steps = tuple(_said(random) for _ in range(random.choice([1, 1, 2, 3]) if splits else 1))
    link = f"https://made.example/{random.randint(1, 99)}?a=1&b=2" if random.random() < 0.3 else ""
    who = _said(random) if link or random.random() < 0.8 else ""
    level = random.choice(["", *LEVELS]) if has["ticks"] else ""
    return Action(theme, group, number, steps, who, level, random.choice(["", *FILLS]), link)


def _said(random: Random) -> str:
    return " ".join(random.choices(WORDS, k=random.randint(1, 4)))


# What a declaration says, and what it must find ----------------------------------------------------------


def declared(one: Made, kind: str) -> list[Entry]:
    """Return the datasets of a made table in a kind of document."""
    columns = [column("number", "cell", "string", heading="No"), column("step", "cell", heading="Steps")]
    columns += [column("who", "cell", heading="Who"), column("seen", "cell", heading="Colour")]
    find: dict[str, Any] = {}
    if one.has["groups"]:
        columns.append(column("group", "cell", heading="Group"))
        find["merged"] = "repeat"
    if one.has["bands"]:
        columns += [column("theme_number", "band:theme_number", "string"), column("theme", "band:theme")]
        find["bands"] = BANDS
    if one.has["note"] or (one.has["between"] and kind in SHEETS):
        find["notes"] = NOTES
    if one.is_split:
        columns.append(column("piece", "piece", "integer"))
        find["split"] = {"Steps": "line"}
    if one.is_ticked:
        columns.append(column("level", "tick", "string"))
        find["ticks"] = LEVELS
    if kind in FILLED and any(action.fill for action in one.rows):
        columns.append(column("fill", "fill", "string"))
        find["fill"] = FILLS
    texts = [narrative()] if said(one) else []
    return [table(one.headings, SEQUENCE, *columns, **find), *texts, links()]


def expected(one: Made) -> list[dict[str, str]]:
    """Return the rows with all that any form of document can say of them."""
    return [
        {
            "number": action.number,
            "step": step,
            "who": action.who,
            "seen": "seen" if action.fill else "",
            "group": action.group,
            "theme_number": action.theme[0],
            "theme": action.theme[1],
            "piece": str(position),
            "level": action.level,
            "fill": FILLS.get(action.fill, ""),
        }
        for action in one.rows
        for position, step in enumerate(action.steps, start=1)
    ]


def linked_words(one: Made) -> list[tuple[str, str]]:
    return [(action.who, action.link) for action in one.rows if action.link]


def said(one: Made) -> list[str]:
    """Return the running text around and in the table."""
    between = [BETWEEN] * (len(one.parts) - 1) if one.has["between"] else []
    return [*([TITLE] if one.has["title"] else []), *between, *([LAST] if one.has["note"] else [])]


# The table as it is set ----------------------------------------------------------------------------------


def grid(one: Made, number: int) -> Grid:
    """Return the cells of a part: its header, its rows with the themes between them, and a note at the end."""
    width, part = len(one.headings), one.parts[number]
    rows = list(_header(one))
    before = one.parts[number - 1][-1] if number else None
    for at, action in enumerate(part):
        if before is None or action.theme != before.theme:
            rows += [_across(f"Theme {action.theme[0]}: {action.theme[1]}", width)] if action.theme[0] else []
        goes_on = bool(at) and before is not None and (action.theme, action.group) == (before.theme, before.group)
        same = sum(1 for other in part[at:] if (other.theme, other.group) == (action.theme, action.group))
        rows.append([*_group(one, action, 0 if goes_on else same), *_cells(one, action)])
        before = action
    return rows


def _header(one: Made) -> Iterator[list[Square | None]]:
    plain = [heading for heading in one.headings if heading.rpartition(" / ")[2] not in LEVELS.values()]
    if not one.has["paths"]:
        yield [Square((heading,)) for heading in one.headings]
        return
    first: list[Square | None] = [Square((heading,), rows=2) for heading in plain]
    yield [*first[:-1], Square(("Progress",), columns=3), None, None, first[-1]]
    yield [*[None] * (len(plain) - 1), *(Square((heading,)) for heading in LEVELS.values()), None]


def _across(text: str, width: int) -> list[Square | None]:
    return [Square((text,), columns=width), *[None] * (width - 1)]


def _group(one: Made, action: Action, rows: int) -> list[Square | None]:
    if not one.has["groups"]:
        return []
    return [Square((action.group,), rows=rows)] if rows else [None]


def _cells(one: Made, action: Action) -> list[Square | None]:
    ticks = [Square((one.sign if level == action.level else "",)) for level in LEVELS] if one.has["ticks"] else []
    seen = Square(("seen" if action.fill else "",), fill=action.fill)
    return [Square((action.number,)), Square(action.steps), Square((action.who,), link=action.link), *ticks, seen]


def whole(one: Made, number: int) -> Grid:
    """Return a part with the title above it and the note below it, where these are rows of it."""
    width, rows = len(one.headings), grid(one, number)
    title = [_across(TITLE, width)] if one.has["title"] and number == 0 else []
    return [*title, *rows, *noted(one, number)]


def noted(one: Made, number: int) -> Grid:
    return [_across(LAST, len(one.headings))] if one.has["note"] and number == len(one.parts) - 1 else []


def sheet(one: Made) -> Grid:
    """Return all parts as rows of one sheet."""
    rows: Grid = []
    for number in range(len(one.parts)):
        rows += [_across(BETWEEN, len(one.headings))] if number and one.has["between"] else []
        rows += whole(one, number)
    return rows


# The forms of document -----------------------------------------------------------------------------------


def to_html(one: Made) -> bytes:
    parts = [f"<table>{''.join(map(_html_row, whole(one, number)))}</table>" for number in range(len(one.parts))]
    between = f"<p>{BETWEEN}</p>" if one.has["between"] else ""
    return f"<!DOCTYPE html><html lang=en><title>x</title><body>{between.join(parts)}</body></html>".encode()


def _html_row(row: Sequence[Square | None]) -> str:
    return f"<tr>{''.join(_html_cell(square) for square in row if square)}</tr>"


def _html_cell(square: Square) -> str:
    text = "<br>".join(map(html.escape, square.lines))
    text = f'<a href="{html.escape(square.link)}">{text}</a>' if square.link else text
    fill = f' style="background-color: {square.fill}"' if square.fill else ""
    return f'<td rowspan="{square.rows}" colspan="{square.columns}"{fill}>{text}</td>'


def _plain(square: Square | None) -> str:
    """Return a cell where a form knows HTML but no merged cells."""
    if square is None:
        return ""
    text = "<br>".join(map(html.escape, square.lines))
    return f"[{text}]({square.link})" if square.link else text


def to_markdown(one: Made) -> bytes:
    parts = []
    for number in range(len(one.parts)):
        rows = [[_plain(square) for square in row] for row in (*grid(one, number), *noted(one, number))]
        rows.insert(1, ["---"] * len(one.headings))
        parts.append("\n".join(f"| {' | '.join(row)} |" for row in rows))
    between = f"\n\n{BETWEEN}\n\n" if one.has["between"] else "\n\n<!-- a new page -->\n\n"
    return f"{TITLE if one.has['title'] else ''}\n\n{between.join(parts)}\n".encode()


def to_text(one: Made) -> bytes:
    parts = []
    for number in range(len(one.parts)):
        parts.append("\n".join("\t".join(map(_plain, row)) for row in whole(one, number)))
    between = f"\n\n{BETWEEN}\n\n" if one.has["between"] else "\n"
    return f"{between.join(parts)}\n".encode()


def to_csv(one: Made) -> bytes:
    content = io.StringIO()
    writer = csv.writer(content, delimiter=";")
    for row in sheet(one):
        writer.writerow(["\n".join(square.lines) if square else "" for square in row])
    return content.getvalue().encode()


def to_xlsx(one: Made) -> bytes:
    book = Book()
    page = book.active
    for at, row in enumerate(sheet(one), start=1):
        for along, square in enumerate(row, start=1):
            if square is None:
                continue
            cell = page.cell(at, along, "\n".join(square.lines) or None)
            if square.fill:
                cell.fill = PatternFill("solid", fgColor=square.fill[1:].upper())
            if square.link:
                cell.hyperlink = square.link
            if square.rows * square.columns > 1:
                page.merge_cells(
                    start_row=at,
                    start_column=along,
                    end_row=at + square.rows - 1,
                    end_column=along + square.columns - 1,
                )
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def to_ods(one: Made) -> bytes:
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in sheet(one))
    styles = "".join(
        f'<style:style style:name="f{fill[1:]}" style:family="table-cell">'
        f'<style:table-cell-properties fo:background-color="{fill}"/></style:style>'
        for fill in FILLS
    )
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "style", "table", "text")
    )
    spaces += ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    spaces += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    content = (
        f"<office:document-content{spaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="Plan">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def _ods_cell(square: Square | None) -> str:
    if square is None:
        return "<table:covered-table-cell/>"
    spans = f' table:number-rows-spanned="{square.rows}" table:number-columns-spanned="{square.columns}"'
    style = f' table:style-name="f{square.fill[1:]}"' if square.fill else ""
    texts = [html.escape(line) for line in square.lines if line]
    if square.link:
        texts = [f'<text:a xlink:href="{html.escape(square.link)}">{text}</text:a>' for text in texts]
    return f"<table:table-cell{style}{spans}>{''.join(f'<text:p>{t}</text:p>' for t in texts)}</table:table-cell>"


def to_docx(one: Made) -> bytes:
    paper = docx.Document()
    for number in range(len(one.parts)):
        if number:
            paper.add_paragraph(BETWEEN if one.has["between"] else "")
        rows = whole(one, number)
        held = paper.add_table(len(rows), len(one.headings), style="Table Grid")
        for at, row in enumerate(rows):
            for along, square in enumerate(row):
                if square:
                    last = held.cell(at + square.rows - 1, along + square.columns - 1)
                    _docx_cell(held.cell(at, along).merge(last), square)
    content = io.BytesIO()
    paper.save(content)
    return content.getvalue()


def _docx_cell(cell: _Cell, square: Square) -> None:
    if square.link:
        linked(cell.paragraphs[0], cell.paragraphs[0].add_run(square.lines[0]), square.link)
    else:
        cell.paragraphs[0].add_run("\n".join(square.lines))
    if square.fill:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), square.fill[1:].upper())
        cell._tc.get_or_add_tcPr().append(shade)


FORMS: Mapping[str, Callable[[Made], bytes]] = {
    "markdown": to_markdown,
    "html": to_html,
    "converted-text": to_text,
    "csv": to_csv,
    "xlsx": to_xlsx,
    "ods": to_ods,
    "docx": to_docx,
}
"""Kind of document -> a made table in that form."""

SHEETS = ("csv", "xlsx", "ods")
FILLED = ("html", "xlsx", "ods", "docx", "pdf")
