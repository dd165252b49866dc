"""Plans of a made country that differ in all that documents differ in: what each holds, and what its cells must say.

`country_files.py` writes one as a file of each kind; nothing of what is expected here comes from a reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Literal

Mark = Literal["", "wingdings", "control", "form"]


@dataclass(frozen=True)
class Run:
    """A stretch of text with one look; `mark`: how Word writes a tick that is no character of the text."""

    text: str
    link: str = ""
    bold: bool = False
    italic: bool = False
    ink: str = ""
    highlight: str = ""
    mark: Mark = ""


@dataclass(frozen=True)
class Line:
    """A paragraph in a cell."""

    runs: tuple[Run, ...]
    bullet: bool = False


@dataclass(frozen=True)
class Square:
    """A cell: its paragraphs, its fill, how far it reaches, and the note at its end."""

    lines: tuple[Line, ...] = ()
    fill: str = ""
    rows: int = 1
    columns: int = 1
    right: bool = False
    note: str = ""
    covered: bool = False

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Return the labels of its links with their addresses."""
        return tuple((folded(r.text), r.link) for line in self.lines for r in line.runs if r.link)


Rows = tuple[tuple[Square, ...], ...]


@dataclass(frozen=True)
class Look:
    """How a plan is laid out."""

    font: str = "Liberation Sans"
    size: int = 10
    landscape: bool = False
    border: str = "single"
    sides: tuple[str, ...] = ("top", "left", "bottom", "right", "insideH", "insideV")
    widths: tuple[int, ...] = ()
    """The share of each column, of a hundred."""
    repeats: bool = True
    splits: bool = False


@dataclass(frozen=True)
class Plan:
    """A plan: its title, a paragraph, a table whose first row is its header, and a paragraph behind it."""

    title: str
    said: str
    rows: Rows
    end: str
    look: Look = field(default_factory=Look)
    running: str = ""


@dataclass(frozen=True)
class Seen:
    """What a cell says, as anybody sees it; its text may have soft hyphens."""

    text: str
    fill: str = ""
    links: tuple[tuple[str, str], ...] = ()
    rows: int = 1
    columns: int = 1
    covered: bool = False


def folded(text: str) -> str:
    """Return a text as it is read: without soft hyphens, each run of white space one space."""
    return " ".join(text.replace("\u00ad", "").split())


def seen(rows: Rows) -> list[list[Seen]]:
    """Return what the cells of a table say; the notes of a document are numbered."""
    number, found = 0, []
    for row in rows:
        told = []
        for square in row:
            text = " ".join("".join(run.text for run in line.runs) for line in square.lines)
            if square.note:
                number += 1
                text += str(number).translate(_RAISED)
            told.append(Seen(text, square.fill, square.links, square.rows, square.columns, square.covered))
        found.append(told)
    return found


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

# Making them up ---------------------------------------------------------------------------------------------------

_LATIN = (
    "the council opens its registers and minutes so that residents can follow how money is spent efficient offices"
    " fluffy staff affirm waffle fields flights first e-participation self-assessment co-creation long-term follow-up"
    " open data portal pilot inventory of contracts with suppliers 2024 12.5% €1,200 (see below) “quoted” isn't M&E A/B"
    " Q1–Q2 No. 4; nationwide: responsibilities anti-corruption decentralisation institutionalisation"
)
_OTHER = {
    "nl": "gemeenten delen gegevens over financiën coördinatie reële ideeën ’s ochtends en e-mail",
    "fr": "l’élaboration d’un plan œuvre naïve à l’État où l’on reçoit été garçon",
    "el": "το σχέδιο δράσης της χώρας για ανοικτή διακυβέρνηση",
    "uk": "план дій країни щодо відкритого врядування об’єднання",
    "pl": "żółć gęślą jaźń źdźbło ministerstwo łączności",
    "ro": "acțiune națională și guvernare deschisă înființare",
}
_SOFT = ("respon\u00adsi\u00adbil\u00adi\u00adties", "insti\u00adtu\u00adtions", "partici\u00adpation")
_TICKS: Sequence[Run] = (
    Run("✓"), Run("X"), Run("x"), Run("☒"), Run("☑"), Run("✓", mark="wingdings"), Run("☒", mark="control"),
    Run("☐", mark="control"), Run("☒", mark="form"), Run("✔"),
)  # fmt: skip
_LOOKS = (
    Run("", bold=True),
    Run("", italic=True),
    Run("", ink="C00000"),
    Run("", highlight="yellow"),
    Run("", bold=True, ink="FFFFFF"),
)
_FILLS = ("#00b050", "#ffc000", "#ff0000", "#92d050", "#d9d9d9", "#1f4e79", "#fff2cc")
_FONTS = ("Liberation Sans", "Liberation Serif", "Liberation Sans Narrow", "DejaVu Sans", "DejaVu Serif", "Carlito")
ALL_SIDES = Look().sides
OPEN = ("top", "bottom", "insideH", "insideV")
ADDRESS = "https://example.invalid/"


def words(chance: Random, count: int, soft: bool = True) -> str:
    """Return so many words, now and then in another language."""
    other = chance.random() < 0.2
    stock = (_OTHER[chance.choice(sorted(_OTHER))] if other else _LATIN).split()
    found = [chance.choice(_SOFT) if soft and chance.random() < 0.03 else chance.choice(stock) for _ in range(count)]
    return " ".join(found)


def _address(chance: Random) -> str:
    parts = [chance.choice(("plan", "open-data", "a_b", "2024", "Report.pdf", "commitments")) for _ in "ab"]
    return ADDRESS + "/".join(parts[: chance.randrange(3)]) + chance.choice(("", "", "?a=1&b=2", "#top"))


def _runs(chance: Random, count: int) -> Iterator[Run]:
    """Yield the runs of a paragraph: text, and now and then a link or a word that looks otherwise."""
    text = words(chance, count)
    kind = chance.random()
    if kind < 0.6 or count < 3:
        yield Run(text)
    elif kind < 0.75:
        address = _address(chance)
        label = address if chance.random() < 0.3 else words(chance, chance.randrange(1, 7), soft=False)
        yield from (Run(text + " "), Run(label, address), Run(chance.choice((".", " " + words(chance, 2), ""))))
    else:
        look = chance.choice(_LOOKS)
        yield from (Run(text + " "), replace(look, text=words(chance, 2)), Run(" " + words(chance, 2)))


def _square(chance: Random, longest: int) -> Square:
    kind = chance.random()
    fill = chance.choice(_FILLS) if chance.random() < 0.12 else ""
    if kind < 0.08:
        return Square(fill=fill)
    if kind < 0.2:
        return Square((Line((chance.choice(_TICKS),)),), fill)
    if kind < 0.3:
        number = chance.choice(("1", "12", "1.1", "2024", "12.5", "€ 1,200", "C01", "100%"))
        return Square((Line((Run(number),)),), fill, right=True)
    count = min(longest, chance.choice((1, 2, 4, 9, 20, 60)))
    lines = [Line(tuple(_runs(chance, count)))]
    if chance.random() < 0.2:
        lines += [Line((Run(words(chance, chance.randrange(1, 8))),), True) for _ in range(chance.randrange(1, 4))]
    note = words(chance, 4) if chance.random() < 0.04 and lines[-1].runs[-1].text[-1:].isalpha() else ""
    return Square(tuple(lines), fill, note=note)


def _merged(chance: Random, rows: list[list[Square]]) -> None:
    """Make some cells reach over those below or beside them."""
    for at in range(1, len(rows)):
        for column in range(len(rows[at])):
            if chance.random() > 0.06:
                continue
            high, wide = (chance.randrange(2, 4), 1) if chance.random() < 0.6 else (1, chance.randrange(2, 4))
            if at + high > len(rows) or column + wide > len(rows[at]):
                continue
            if column == 0:  # so that no row is covered whole, which a spreadsheet does not show
                high = 1
            area = [(r, c) for r in range(at, at + high) for c in range(column, column + wide)]
            if any(rows[r][c].covered or rows[r][c].rows * rows[r][c].columns > 1 for r, c in area):
                continue
            # What is short stands on one page, wherever the page ends.
            said = (Line((Run(words(chance, 2, soft=False)),)),)
            for r, c in area:
                rows[r][c] = Square(covered=True)
            rows[at][column] = Square(said, chance.choice(("", "", *_FILLS)), high, wide)


def themed(one: Plan, sides: tuple[str, ...]) -> Plan:
    """Return a plan with themes over the full width between its rows, the table drawn with such sides."""
    chance, wide = Random(one.title), len(one.rows[0])
    rows = [one.rows[0]]
    for row in one.rows[1:]:
        if (len(rows) == 1 or chance.random() < 0.35) and not any(square.covered for square in row):
            said = Run(f"Theme {len(rows)}: {words(chance, 2, soft=False)}", bold=chance.random() < 0.5)
            theme = Square((Line((said,)),), chance.choice(("", "", "#d9d9d9")), columns=wide)
            rows.append((theme, *[Square(covered=True)] * (wide - 1)))
        rows.append(row)
    return replace(one, rows=tuple(rows), look=replace(one.look, sides=sides))


def look(chance: Random, wide: int) -> Look:
    """Return a layout for a table of so many columns."""
    shares = [chance.choice((1, 1, 2, 3)) for _ in range(wide)]
    border = chance.choice(("single",) * 6 + ("dotted", "dashed", "double", "thick"))
    return Look(
        chance.choice(_FONTS),
        chance.choice((7, 8, 9, 10, 11)),
        chance.random() < 0.4,
        border,
        ALL_SIDES if chance.random() < 0.85 else OPEN,
        tuple(max(6, 100 * share // sum(shares)) for share in shares),
        chance.random() < 0.6,
        chance.random() < 0.3,
    )


def plan(seed: int) -> Plan:
    """Return the plan of a seed."""
    chance = Random(seed)
    wide, longest = chance.randrange(2, 8), chance.choice((10, 30, 60))
    layout = look(chance, wide)
    heads = [Square((Line((Run(words(chance, chance.randrange(1, 4), soft=False), bold=True),)),)) for _ in range(wide)]
    # What is taller than a page no program sets as a row.
    most = [min(longest, share * 13 // layout.size) for share in layout.widths]
    body = [[_square(chance, count) for count in most] for _ in range(chance.randrange(2, 14))]
    for row in body:  # no row is empty: a spreadsheet does not show where one begins
        if not any(square.lines for square in row):
            row[0] = Square((Line((Run("1"),)),))
    rows = [heads, *body]
    _merged(chance, rows)
    return Plan(
        f"Plan of Arendia {seed}",
        words(chance, 30, soft=False),
        tuple(map(tuple, rows)),
        words(chance, 8, soft=False),
        layout,
        "Ministry of Archives" if chance.random() < 0.5 else "",
    )
