"""Whole publications by chance: a declaration, its document in any kind of file, and all that strangers put in them.

`whole` gives one of a seed; `lay_down` writes some of them beside each other. Most can be published. Where one cannot,
the program has to say what is wrong; where it can, `site_rules.py` says what must hold of all that it writes.
"""

from __future__ import annotations

import csv
import hashlib
import html
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile, ZipInfo

from openpyxl import Workbook as Book

from fuzz.toml import to_toml
from ogp_data.pipeline import Folders

EVIL = "<x-evil onclick=alert(1)>"
"""Markup in a cell: if it ever is that on a page, an element is called so."""

WORDS = {
    "nl": "gemeenten delen gegevens over financiën coördinatie ’s ochtends één e-mail",
    "en": "the council opens its registers so that residents can follow money isn't 12.5% (see below)",
    "fr": "l’élaboration d’un plan œuvre naïve à l’État où l’on reçoit été garçon",
    "de": "Größe der Straße über Maßnahmen für Bürgerinnen ſ ẞ",
    "es": "¿qué niño pingüino corazón? ¡acción! de la información pública",
    "ar": "تفتح الحكومة سجلاتها للمواطنين ٢٠٢٤ الشفافية",
    "he": "הממשלה פותחת את הרישומים לאזרחים שקיפות",
    "ja": "政府は記録を市民に公開する。オープンデータ、２０２４年",
    "uk": "план дій країни щодо відкритого врядування об’єднання",
}
ODD = (
    "<script>alert(1)</script>",
    "</script><!--",
    EVIL,
    "]]>",
    "{{ 7*7 }}{% raw %}",
    "%s %(x)s {0} {id} {plan}",
    "=1+1",
    "&amp; &lt;b&gt; &nosuch;",
    "'\"><svg onload=alert(1)>",
    "w" * 200,
    "https://example.invalid/" + "a" * 200,
    "👩‍👩‍👧 🏳️‍🌈",
    "e\u0301e\u0301 a\u0308 \u0301",
    "\u202eabc\u202c \u2066x\u2069 \u200f",
    "\u00ad\u200b\ufeff",
    "…",
    "?!",
    "—",
    "-",
    "0",
    "null",
    "a\\b\\n$x `y` *z* _w_ #1 | ~t~",
    "two\nlines",
    "\u00a0\u2003",
    "ﬁ ½ Ⅳ ²",
    "Zͫ̓a͊l̎g̈o̊",
    "con",
    "İstanbul ıI ß ẞ",
)
MARKS = (
    *("1/2", "1.1", "1.a", "I", "con", "aux", "index", "..", ".", "a b", "A", "a", "№ 7", "1?x=1#y", "%2e%2e", "٣"),
    *(
        "nul.txt",
        "-",
        "é",
        "e\u0301",
        "a&b",
        '"',
        "x" * 150,
        "日本",
        "404",
        "rows",
        "C:\\x",
        "\u202e1",
        "<b>",
        "a/../b",
    ),
)
DAYS = ("2021", "2021-05", "2021-05-06", "May 2021", "3 mei 2021", "", "2021/2023", "2021?", "..")
BAD_DAYS = ("2021-02-30", "soon", "31 June 2021", "9999999", "2021-13")
COMPLETION = {
    "not-started": "Not started",
    "limited": "Limited",
    "substantial": "Substantial",
    "completed": "Completed",
}
ADDRESSES = (
    *("https://example.invalid/a?b=1&c=%22", "http://example.invalid/é/日本", "mailto:x@example.invalid", "#", ""),
    *("HTTPS://EXAMPLE.INVALID/" + "y" * 300, "https://example.invalid/'x'"),
)
BAD_ADDRESSES = (
    *("javascript:alert(1)", "data:text/html,x", "../up", "https://example.invalid/a b", "//example.invalid", "x:y"),
    *("https://example.invalid/'\"><x-evil>", "https://[", "https://x:99999/", "https://例え.テスト/"),
)
TYPED: Sequence[tuple[Mapping[str, str], Sequence[str]]] = (
    ({"type": "text"}, ODD),
    ({"type": "string"}, ODD),
    ({"type": "integer"}, ("0", "-7", "1 000", "")),
    ({"type": "decimal"}, ("0", "1.50", "")),
    ({"type": "money", "currency": "EUR"}, ("€ 1,200", "12", "")),
    ({"type": "date"}, ("2021-05-06", "6 May 2021", "")),
    ({"type": "edtf"}, ("2021", "2021-05/2022", "")),
    ({"type": "boolean"}, ("true", "false", "")),
    ({"type": "url"}, ("https://example.invalid/a?b=1&c='x'", "mailto:x@example.invalid", "")),
)
KINDS = ("markdown", "html", "csv", "xlsx", "converted-text")
SUFFIXES = {"markdown": "md", "html": "html", "csv": "csv", "xlsx": "xlsx", "converted-text": "txt"}
PAGES = (("en",), ("nl",), ("nl", "en"), ("fr",), ("fr", "nl", "en"), ("en", "fr"))

Cell = str | tuple[str, str]
"""What a cell says, or a link: its label and its address."""

Table = tuple[Sequence[str], Sequence[Sequence[Cell]]]


@dataclass(frozen=True)
class Part:
    """A part of a document: a heading with its depth, a paragraph, or a table."""

    heading: str = ""
    depth: int = 2
    said: str = ""
    table: Table | None = None


@dataclass(frozen=True)
class Whole:
    """A publication: its name, its declaration, its document, and who makes it."""

    name: str
    declared: Mapping[str, Any]
    document: bytes
    suffix: str
    people: str
    count: int
    """How many commitments it has."""
    cells: tuple[str, ...] = ()
    """The texts of the cells of its table of commitments."""
    more: Mapping[str, str] = field(default_factory=dict)
    """Further files below `data/`."""

    def write(self, data: Path) -> None:
        """Lay it down below a folder."""
        place = data / self.name
        (place / "source").mkdir(parents=True)
        (place / f"source/document.{self.suffix}").write_bytes(self.document)
        (place / "publication.toml").write_text(to_toml(self.declared), encoding="utf-8")
        for path, content in self.more.items():
            (data / path).parent.mkdir(exist_ok=True)
            (data / path).write_text(content, encoding="utf-8")


def lay_down(wholes: Sequence[Whole], folder: Path) -> Folders:
    """Write publications beside each other, and return where they are."""
    data = folder / "data"
    for one in wholes:
        one.write(data)
    (data / "agents.toml").write_text("\n".join(one.people for one in wholes), encoding="utf-8")
    return Folders(data, folder / "build", folder / "dist")


# Words ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Chance:
    """The random numbers of a publication: its language, how odd its texts are, how often it is wrong."""

    random: Random
    language: str
    odd: float
    slip: float

    def is_so(self, likely: float) -> bool:
        return self.random.random() < likely

    def one(self, choices: Sequence[Any]) -> Any:
        return self.random.choice(choices)

    def words(self, count: int) -> str:
        """Return so many words of the language."""
        stock = WORDS[self.language].split()
        return " ".join(self.one(stock) for _ in range(count))

    def text(self, most: int = 6) -> str:
        """Return a text that may be odd, or hold what is."""
        if self.is_so(self.odd):
            odd = self.one(ODD)
            return self.one((odd, odd, f"{self.words(2)} {odd}", f"{odd} {self.words(1)}", "", odd * 3))
        return self.words(self.random.randrange(1, most + 1))

    def said(self, languages: Sequence[str], most: int = 6) -> dict[str, str]:
        """Return a text of the declaration in each language; one that says nothing is an error of its own."""
        return {tag: self.seen(most) for tag in languages}

    def seen(self, most: int = 6) -> str:
        """Return a text of which something is seen, but for a slip."""
        text = self.text(most)
        seen = re.sub("[\u00ad\u200b\u200f\ufeff]", "", text).strip()
        return text.strip() if seen or self.is_so(self.slip) else "…"


# Documents ------------------------------------------------------------------------------------------------------


def _label(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell[0]


def _flat(text: str) -> str:
    """Return a text that stands on one line."""
    return re.sub(r"[\t\n\r\x0b\x0c\u0085\u2028\u2029]", " ", text)


def _html(parts: Sequence[Part]) -> bytes:
    def cell(one: Cell, tag: str) -> str:
        text = html.escape(_label(one)).replace("\n", "<br>")
        return f"<{tag}>{text if isinstance(one, str) else _anchor(one, text)}</{tag}>"

    made = []
    for part in parts:
        if part.heading:
            made.append(f"<h{part.depth}>{html.escape(_flat(part.heading))}</h{part.depth}>")
        if part.said:
            made.append(f"<p>{html.escape(part.said)}</p>")
        if part.table:
            heads, rows = part.table
            lines = [[cell(one, "th") for one in heads], *[[cell(one, "td") for one in row] for row in rows]]
            made.append("<table>" + "\n".join(f"<tr>{''.join(line)}</tr>" for line in lines) + "</table>")
    return (
        f'<!DOCTYPE html><html><meta charset="utf-8"><title>x</title><body>{chr(10).join(made)}</body></html>'.encode()
    )


def _anchor(one: tuple[str, str], text: str) -> str:
    return f'<a href="{html.escape(one[1])}">{text}</a>'


def _escaped(text: str) -> str:
    """Return a text as Markdown says it in a cell."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~&=:@^$\"'/?])", r"\\\1", text).replace("\n", "<br>")


def _bare(address: str) -> str:
    """Return an address as Markdown has it in pointed brackets."""
    return re.sub(r"[<>|\s]", "", address)


def _markdown(parts: Sequence[Part]) -> bytes:
    def cell(one: Cell) -> str:
        text = _escaped(_label(one))
        return text if isinstance(one, str) else f"[{text}](<{_bare(one[1])}>)"

    made = []
    for part in parts:
        if part.heading:
            made.append(f"{'#' * part.depth} {_escaped(_flat(part.heading))}")
        if part.said:
            made.append(_escaped(_flat(part.said)))
        if part.table:
            heads, rows = part.table
            lines = [[cell(one) for one in heads], ["---"] * len(heads), *[[cell(one) for one in row] for row in rows]]
            made.append("\n".join(f"| {' | '.join(line)} |" for line in lines))
    return ("\n\n".join(made) + "\n").encode()


def _converted(parts: Sequence[Part]) -> bytes:
    def cell(one: Cell) -> str:
        text = html.escape(_flat(_label(one)), quote=False)
        return text if isinstance(one, str) else _anchor(one, text)

    made = []
    for part in parts:
        if part.heading:
            made.append(f"{'#' * part.depth} {html.escape(_flat(part.heading), quote=False)}")
        if part.said:
            made.append(html.escape(_flat(part.said), quote=False))
        if part.table:
            heads, rows = part.table
            made.append("\n".join("\t".join(map(cell, line)) for line in (heads, *rows)))
    return ("\n\n".join(made) + "\n").encode()


def _csv(parts: Sequence[Part]) -> bytes:
    heads, rows = next(part.table for part in parts if part.table)
    content = io.StringIO()
    csv.writer(content).writerows([heads, *[[_label(one) for one in row] for row in rows]])
    return content.getvalue().encode()


def _xlsx(parts: Sequence[Part]) -> bytes:
    book = Book()
    book.remove(book.active)
    for part in parts:
        if part.table:
            sheet = book.create_sheet(f"Sheet {len(book.sheetnames)}")
            for number, row in enumerate((part.table[0], *part.table[1]), start=1):
                for at, one in enumerate(row, start=1):
                    square = sheet.cell(number, at)
                    square.value, square.data_type = _label(one), "s"
                    if not isinstance(one, str) and one[1]:
                        square.hyperlink = one[1]
    content = io.BytesIO()
    book.save(content)
    return _timeless(content)


def _timeless(content: io.BytesIO) -> bytes:
    """Return a workbook without the time at which it was written, so that a seed gives the same bytes."""
    timeless = io.BytesIO()
    with ZipFile(content) as written, ZipFile(timeless, "w") as made:
        for name in written.namelist():
            said = re.sub(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-11-30T00:00:00Z", written.read(name))
            made.writestr(ZipInfo(name), said)
    return timeless.getvalue()


WRITERS: Mapping[str, Callable[[Sequence[Part]], bytes]] = {
    "markdown": _markdown,
    "html": _html,
    "csv": _csv,
    "xlsx": _xlsx,
    "converted-text": _converted,
}


# Publications ---------------------------------------------------------------------------------------------------


def whole(seed: int) -> Whole:
    """Return the publication of a seed."""
    random = Random(seed)
    language = random.choice(sorted(WORDS))
    odd = random.choice((0, 0.1, 0.5, 1))
    chance = _Chance(random, language, odd, random.choice((0, 0, 0, 0, 0.03)))
    pages = ("en", "de") if chance.is_so(chance.slip) else chance.one(PAGES)
    return _Maker(chance, pages, seed).made()


NAMES = ("con", "aux", "index", "..", "a/b", "Made", "all", "root", "search", "made..x", "site", "é")


class _Maker:
    """Makes one publication."""

    def __init__(self, chance: _Chance, pages: Sequence[str], seed: int) -> None:
        self.chance, self.pages = chance, pages
        self.name = chance.one(NAMES) if chance.slip and chance.is_so(0.2) else f"made-{seed}"
        self.kind = chance.one(KINDS)
        self.parts: list[Part] = []
        self.datasets: dict[str, Any] = {}
        self.more: dict[str, str] = {}
        self.is_unofficial = chance.is_so(0.1)
        self.count = chance.one((0, 1, 1, 2, 3, 5, 8, 20))
        self.has_sections = self.kind in ("markdown", "html", "converted-text")

    def made(self) -> Whole:
        self._fronts()
        marks, titles = list[str](), list[str]()
        if self.kind != "csv" and self.chance.is_so(0.08):
            self.count = 0
            self._own_table()
        else:
            marks, titles = self._commitments()
            if self.kind != "csv":
                self._assessments(marks)
                self._milestones(marks)
                if self.chance.is_so(0.4):
                    self._own_table()
        self._rest()
        document = WRITERS[self.kind](self.parts)
        return Whole(
            self.name,
            self._declared(document),
            document,
            SUFFIXES[self.kind],
            self._people(),
            self.count,
            tuple(titles),
            self.more,
        )

    def _fronts(self) -> None:
        chance = self.chance
        if not self.has_sections:
            return
        self.parts.append(Part(chance.text() if chance.is_so(0.9) else "", 1))
        for _ in range(chance.one((0, 1, 3))):
            self.parts.append(Part(said=chance.words(12) if chance.is_so(0.5) else chance.text(20)))

    def _commitments(self) -> tuple[list[str], list[str]]:
        """Add the table of commitments; return their numbers and titles."""
        chance, count = self.chance, self.count
        marks = self._marks()
        same = self.chance.seen(9)
        titles = [same if chance.odd == 1 and chance.is_so(0.5) else self.chance.seen(9) for _ in range(count)]
        if chance.is_so(0.03) and titles:
            titles[0] = chance.words(20_000)[: 30_000 if self.kind == "xlsx" else 100_000]
        columns: dict[str, Any] = {"commitment": "C{commitment_number}", "commitment_number": {"heading": "No"}}
        if chance.is_so(0.3):
            columns["commitment"] = chance.one(({"take": "T{sequence}"}, {"heading": "No"}))
            if "heading" in columns["commitment"]:
                columns["commitment_number"] = {"take": "{commitment}"}
        columns["title"] = {"heading": "Title", "required": False}
        heads, rows = ["No", "Title"], [[mark, title] for mark, title in zip(marks, titles, strict=True)]
        for name, head, value in self._further():
            columns[name] = {"heading": head, **value[0]}
            heads.append(head)
            rows = [[*row, value[1]()] for row in rows]
        themed = self.has_sections and chance.is_so(0.5)
        self.datasets["commitments"] = {"find": {"kind": "table", "headings": heads}, "columns": columns}
        if not count and not chance.is_so(chance.slip):
            self.datasets["commitments"]["optional"] = True
        if themed:
            self._themes(heads, rows)
        else:
            self.parts.append(Part(*(("Commitments", 2) if chance.is_so(0.8) else ("", 2)), table=(heads, rows)))
        return marks, titles

    def _marks(self) -> list[str]:
        """Return the numbers of the commitments, plain or odd."""
        chance = self.chance
        if chance.is_so(0.5):
            marks = [str(number) for number in range(1, self.count + 1)]
        else:
            marks = chance.random.sample(MARKS, min(self.count, len(MARKS)))
            marks += [f"n{number}" for number in range(self.count - len(marks))]
        if chance.is_so(chance.slip) and len(marks) > 1:
            marks[1] = chance.one((marks[0], "", marks[0].upper()))
        return marks

    def _further(self) -> Iterator[tuple[str, str, tuple[dict[str, Any], Callable[[], Cell]]]]:
        """Yield further columns of the commitments: the name, the heading, what is declared, and what makes a cell."""
        chance = self.chance
        if chance.is_so(0.5):
            yield "description", "Said", ({}, lambda: chance.text(30))
        if chance.is_so(0.4):
            yield "lead_institution", "Lead", ({}, lambda: chance.one((chance.text(3), "Office", "")))
        if chance.is_so(0.4):
            yield "start", "Start", ({}, lambda: chance.one(BAD_DAYS if chance.is_so(chance.slip) else DAYS[:3]))
        if chance.is_so(0.4):
            yield "end_as_written", "End", ({}, lambda: chance.one((*DAYS, *BAD_DAYS)))
        if chance.is_so(0.3):
            yield "ogp_id", "Id", ({}, lambda: chance.one(("NL0001", "")))
        for number in range(300 if chance.is_so(0.01) else chance.one((0, 0, 1, 3))):
            title = chance.said(self.pages, 3)
            own = {
                "type": chance.one(("text", "string")),
                "title": {tag: f"{said} {number}" for tag, said in title.items()},
            }
            yield f"own_{number}", f"Own {number}", (own, lambda: chance.text(3))

    def _themes(self, heads: list[str], rows: list[list[Cell]]) -> None:
        """Part the table of commitments by themes."""
        chance = self.chance
        many = 300 if chance.is_so(0.02) else chance.one((1, 2, 5))
        same = chance.is_so(0.2)
        title = self.chance.seen(9)
        for number in range(many):
            said = title if same else self.chance.seen(9)
            self.parts.append(Part(f"Theme {number + 1}: {_flat(said)}", 3))
            own = rows[number * len(rows) // many : (number + 1) * len(rows) // many]
            if own:
                self.parts.append(Part(table=(heads, own)))
        pattern = r"Theme (?P<roman>\d+): (?P<title>.+)"
        self.datasets = {
            "themes": {
                "find": {"kind": "headings", "pattern": pattern},
            },
            **self.datasets,
        }
        self.datasets["commitments"]["find"]["within"] = "themes"

    def _assessments(self, marks: Sequence[str]) -> None:
        chance = self.chance
        if chance.is_so(0.3) or not self.count:
            return
        heads = ["Commitment", "Status", "Evidence", "Reasons"]
        written, codes = self._statuses()
        said = [one for spellings in written.values() for one in spellings]
        rows: list[list[Cell]] = []
        for mark in marks:
            if chance.is_so(0.1):
                continue
            level = chance.one((*said, "")) if not chance.is_so(chance.slip) else chance.text(1)
            link = (chance.text(3).strip() or "x", self._address()) if chance.is_so(0.4) else chance.text(20)
            rows.append([mark, level, link, chance.text(20)])
        columns: dict[str, Any] = {
            "commitment": "C{commitment_number}",
            "commitment_number": {"heading": "Commitment"},
            "progress": {"heading": "Status", "codes": codes, "written": written},
            "evidence": {"heading": "Evidence"},
            "reasons": {"heading": "Reasons"},
        }
        if self.datasets["commitments"]["columns"]["commitment"] != columns["commitment"]:
            return
        if rows:
            self.parts.append(Part("Progress", 2, table=(heads, rows)))
            self.datasets["assessments"] = {"find": {"kind": "table", "headings": heads}, "columns": columns}

    def _address(self) -> str:
        return str(self.chance.one(BAD_ADDRESSES if self.chance.is_so(self.chance.slip) else ADDRESSES))

    def _statuses(self) -> tuple[dict[str, list[str]], str]:
        """Return how codes are written, in several spellings, and of which list they are."""
        chance = self.chance
        if chance.is_so(0.6):
            return {code: [said, said.upper(), f"{said}!"] for code, said in COMPLETION.items()}, "completion"
        own = f"own-{self.name}".replace("/", "-").replace(".", "-")
        concepts = "".join(map(self._concept, range(4)))
        head = to_toml(
            {
                "id": own,
                "title": self._named(9),
                "description": self._named(8),
                "origin": "Made up.",
                "established": "2026-11-30",
            }
        )
        self.more[f"codelists/{own}.toml"] = f"{head}{concepts}"
        return {f"level-{number}": [f"Level {number}"] for number in range(4)}, own

    def _concept(self, number: int) -> str:
        concept = {"code": f"level-{number}", "label": self._named(number), "definition": self._named(number)}
        meaning = self.chance.one(("done", "mostly", "underway", "delayed", "stopped", "notstarted", None, None))
        return f"\n[[concept]]\n{to_toml({**concept, 'progress': meaning})}"

    def _named(self, number: int) -> dict[str, str]:
        return {tag: f"{said} {number}" for tag, said in self.chance.said(self.pages, 2).items()}

    def _own_table(self) -> None:
        """Add a table that the model does not know."""
        chance = self.chance
        name = chance.one(
            ("budget", "index-2", "rows", "search", "x" * 60, *["v", "con", "charts"] * bool(chance.slip))
        )
        kind, values = chance.one(TYPED)
        rows = [[chance.text(2), chance.one(values)] for _ in range(chance.one((1, 4, 250)))]
        self.parts.append(Part("Budget", 2, table=(["Post", "Amount"], rows)))
        titles = [chance.said(self.pages, 2) for _ in range(4)]
        alike = titles[0] if chance.is_so(0.2) else None
        self.datasets[name] = {
            "title": alike or chance.said(self.pages),
            "description": chance.said(self.pages, 20),
            "find": {"kind": "table", "headings": ["Post", "Amount"]},
            "columns": {
                "number": {"key": True, "type": "integer", "take": "sequence", "title": alike or titles[1]},
                "post": {"heading": "Post", "type": "string", "title": alike or titles[2]},
                "amount": {"heading": "Amount", "title": alike or titles[3], **kind},
            },
        }
        if alike and "commitments" in self.datasets:
            self.datasets["commitments"]["title"] = alike

    def _milestones(self, marks: Sequence[str]) -> None:
        """Add a table of the parts of commitments."""
        chance = self.chance
        columns = self.datasets["commitments"]["columns"]
        if chance.is_so(0.7) or not marks or columns["commitment"] != "C{commitment_number}":
            return
        rows = [[mark, letter, chance.text(9)] for mark in marks for letter in "abc"[: chance.random.randrange(4)]]
        if rows:
            heads = ["Of", "Letter", "Step"]
            self.parts.append(Part("Milestones", 2, table=(heads, rows)))
            self.datasets["milestones"] = {
                "find": {"kind": "table", "headings": heads},
                "columns": {
                    "commitment": "C{commitment_number}",
                    "commitment_number": {"heading": "Of"},
                    "letter": {"heading": "Letter"},
                    "title": {"heading": "Step"},
                },
            }

    def _rest(self) -> None:
        chance = self.chance
        if self.has_sections:
            if chance.is_so(0.3):
                self.parts.append(Part(said=chance.text(40)))
            self.datasets["narrative"] = {"optional": True}
        if self.kind != "csv":
            self.datasets["document"] = {"optional": True}
            self.datasets["links"] = {"optional": True}
        if chance.is_so(0.9):
            self.datasets["source_findings"] = {}
        if chance.is_so(0.5):
            self.datasets["overview"] = {"optional": True}

    def _declared(self, document: bytes) -> dict[str, Any]:
        chance, pages = self.chance, self.pages
        source = {
            "file": f"source/document.{SUFFIXES[self.kind]}",
            "kind": self.kind,
            "sha256": hashlib.sha256(document).hexdigest(),
            "publish": chance.is_so(0.8),
            "title": chance.said(pages) if chance.is_so(0.3) else None,
            "url": chance.one((None, "https://example.invalid/plan?a=1&b=%22'x'", "https://gov.example.invalid/plan")),
        }
        country = chance.one((None, "NLD", "UKR"))
        declared: dict[str, Any] = {
            "id": self.name,
            "country": country or {tag: chance.text(2).strip() or "Land" for tag in pages},
            "spatial": None if country else ["https://sws.geonames.org/1/"],
            "plan": chance.one(("2021-2023", "2021", "2020-2022")),
            "issued": "2026-11-30",
            "language": chance.language,
            "page_languages": list(pages),
            "base_iri": f"https://{chance.one(('data.gov.example.net', 'data.voorbeeld.nl'))}/{self.name}/",
            "confirmed": False if chance.is_so(0.1) else None,
            "publisher": f"office-{self.name}",
            "creator": f"office-{self.name}",
            "contact": f"desk-{self.name}",
            "licence": "http://creativecommons.org/licenses/by/4.0/",
            "profile": "dcat-ap",
            "title": chance.said(pages) if chance.is_so(0.5) else None,
            "description": chance.said(pages, 30) if chance.is_so(0.5) else None,
            "keywords": {tag: [chance.words(1), chance.words(1)] for tag in pages} if chance.is_so(0.2) else None,
            "version": chance.one(("1.0.0", "1.0.0", "2.0.0-a", "1")),
            "theme": chance.one((None, "green", "contrast")),
            "unofficial": self.is_unofficial or None,
            "report": {"email": "x@example.invalid"} if chance.is_so(0.3) else None,
            "use": [self._use()] if chance.is_so(0.2) else None,
            "feedback": [self._feedback()] if chance.is_so(0.2) else None,
            "source": source,
            "datasets": self.datasets,
        }
        for key in ("licence", "publisher", "contact", "country", "plan"):
            if chance.is_so(chance.slip):
                declared[key] = chance.one((None, ""))
        return declared

    def _use(self) -> dict[str, Any]:
        chance, pages = self.chance, self.pages
        return {"title": chance.said(pages), "description": chance.said(pages), "url": "https://use.example.invalid/"}

    def _feedback(self) -> dict[str, Any]:
        chance, pages = self.chance, self.pages
        return {"date": "2026-11-30", "text": chance.said(pages), "change": chance.said(pages)}

    def _people(self) -> str:
        chance, pages = self.chance, ("en", "nl", "fr")
        kind = "non-governmental-organisation" if self.is_unofficial else "national-authority"
        agent = {"id": f"office-{self.name}", "name": chance.said(pages, 3), "type": kind, "origin": "x"}
        contact: dict[str, Any] = {"id": f"desk-{self.name}", "name": chance.said(pages, 3)}
        contact |= chance.one(({"url": "https://desk.example.invalid/"}, {"email": "desk@example.invalid"}))
        return f"[[agent]]\n{to_toml(agent)}\n[[contact]]\n{to_toml(contact)}"
