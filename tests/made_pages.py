"""Pages of PDF drawn by their operators, so that a test says exactly what a library gets to see."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

FONTS = {"F1": "Helvetica", "F2": "ZapfDingbats", "F3": "Times-Bold", "F4": "Courier"}
HEIGHT = 842


@dataclass
class Sheet:
    """A page under way; what is drawn counts from the top left corner, in points."""

    drawn: list[str] = field(default_factory=list)
    links: list[tuple[tuple[float, float, float, float], str]] = field(default_factory=list)
    more: str = ""
    """Further keys of the page."""
    form: str = ""
    """What a drawing in the page draws, where there is one."""

    def text(self, x: float, y: float, said: str, font: str = "F1", size: float = 11) -> None:
        self.drawn.append(shown(x, y, said, font, size))

    def rect(self, x: float, y: float, width: float, height: float, fill: str = "") -> None:
        box = f"{x} {HEIGHT - y - height} {width} {height} re"
        self.drawn.append(f"q {fill} rg {box} B Q" if fill else f"{box} S")

    def link(self, x: float, y: float, width: float, address: str, height: float = 12) -> None:
        self.links.append(((x, HEIGHT - y - 3, x + width, HEIGHT - y + height - 3), address))

    def tick(self, x: float, y: float) -> None:
        """Draw a tick of two lines."""
        y = HEIGHT - y
        self.drawn.append(f"{x} {y + 3} m {x + 3} {y} l {x + 8} {y + 8} l S")


def shown(x: float, y: float, said: str, font: str = "F1", size: float = 11) -> str:
    escaped = said.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font} {size} Tf {x} {HEIGHT - y} Td ({escaped}) Tj ET"


def pdf(*sheets: Sheet) -> bytes:
    """Return pages as a PDF."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    objects += [f"<</Type/Font/Subtype/Type1/BaseFont/{name}{_encoding(name)}>>" for name in FONTS.values()]
    objects.append(
        "<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Own/Encoding/Identity-H/DescendantFonts[<</Type/Font"
        "/Subtype/CIDFontType2/BaseFont/AAAAAA+Own/DW 500/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        "/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/AAAAAA+Own/Flags 4/FontBBox[0 0 1000 1000]"
        "/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>>>]>>"
    )
    fonts = "".join(f"/{key} {number} 0 R" for number, key in enumerate([*FONTS, "F9"], start=3))
    kids = []
    for sheet in sheets:
        annots = "".join(
            f"<</Type/Annot/Subtype/Link/Rect[{' '.join(map(str, box))}]/A<</S/URI/URI({address})>>>>"
            for box, address in sheet.links
        )
        inner, page = len(objects) + 1, len(objects) + 3
        whole = f"/Font<<{fonts}>>"
        objects.append(_stream(sheet.form, f"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<{whole}>>"))
        objects.append(_stream("\n".join(sheet.drawn)))
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<{whole}/XObject<</X1 {inner} 0 R>>>>"
            f"/Contents {inner + 1} 0 R/Annots[{annots}]{sheet.more}>>"
        )
        kids.append(page)
    objects[1] = f"<</Type/Pages/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]/Count {len(kids)}>>"
    return _file(objects)


def _encoding(font: str) -> str:
    return "" if font == "ZapfDingbats" else "/Encoding/WinAnsiEncoding"


def _stream(content: str, keys: str = "") -> str:
    return f"<<{keys}/Length {len(content.encode('latin-1'))}>>stream\n{content}\nendstream"


def _file(objects: Sequence[str]) -> bytes:
    made, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(made))
        made += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(made)}\n%%EOF\n"
    return bytes(made) + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


# Pages by chance ------------------------------------------------------------------------------------------------

SAID = """council budget archive minutes open report of the a in 2024 12.5% m2 COVID-19 Noord-Holland (draft) «x» e.g.
citizens' well-being www.example.org data/portal C1-a § 3 and, or; yes: no!"""
WORDS = SAID.split()
WIDTH, ROW = 130, 46


@dataclass
class Made:
    """A page by chance, with what stands in its table as anybody sees it."""

    sheet: Sheet
    cells: list[list[str]]
    ticks: list[tuple[int, int]]
    links: list[tuple[int, int, str]]


def words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(count))


def at(row: int, column: int) -> tuple[float, float]:
    """Return where the text of a cell begins."""
    return 44.0 + column * WIDTH, 113.0 + row * ROW


def made(chance: random.Random) -> Made:
    """Return a page with a table and text around it, all of it drawn as programs draw it."""
    sheet = Sheet()
    rows, columns = chance.randrange(2, 6), chance.randrange(2, 5)
    cells = [["" for _ in range(columns)] for _ in range(rows)]
    page = Made(sheet, cells, [], [])
    _around(sheet, chance, 100 + rows * ROW)
    for row in range(rows):
        for column in range(columns):
            _cell(page, row, column, chance)
    if chance.random() < 0.2:  # cut: what is seen begins elsewhere
        left, bottom = chance.randrange(0, 30), chance.randrange(0, 20)
        sheet.more = f"/CropBox[{left} {bottom} 595 {HEIGHT - chance.randrange(0, 30)}]"
    if chance.random() < 0.3:  # programs draw in any order
        chance.shuffle(sheet.drawn)
    return page


def _around(sheet: Sheet, chance: random.Random, below: float) -> None:
    """Draw a heading above the table, and a paragraph below it."""
    sheet.text(40, 70, words(chance, 3), "F3", chance.choice([11, 14, 18]))
    lines = chance.randrange(0, 4)
    for line in range(lines):
        broken = line + 1 < lines and chance.random() < 0.4
        sheet.text(40, below + 40 + 14 * line, words(chance, 6) + (" govern-" if broken else ""))


def _cell(page: Made, row: int, column: int, chance: random.Random) -> None:
    x, y = at(row, column)
    sheet, kind = page.sheet, chance.randrange(12)
    sheet.rect(x - 4, y - 13, WIDTH, ROW, chance.choice(["", "", "0.87 0.92 0.96", "0 0.69 0.31"]))
    sheet.drawn.append("0 g")
    if kind == 0:
        return
    if kind == 1:
        sheet.text(x, y, "4", "F2")
        page.ticks.append((row, column))
        page.cells[row][column] = "✔"
        return
    said = words(chance, chance.randrange(1, 4))
    page.cells[row][column] = said
    font, size = chance.choice(["F1", "F3", "F4"]), chance.choice([8, 9, 10])
    if kind == 2:  # bold without a font, or with a shadow
        step = chance.choice([0, 0.2, 0.4])
        _lines(sheet, x, y, said, font, size)
        _lines(sheet, x + step, y + step / 2, said, font, size)
    elif kind == 3:  # upwards
        said = page.cells[row][column] = chance.choice(["up", "a b", "2024"])
        sheet.drawn.append(f"BT /{font} {size} Tf 0 1 -1 0 {x + 10} {HEIGHT - y - 25} Tm ({said}) Tj ET")
    elif kind == 4:  # a note
        said = page.cells[row][column] = "report"
        sheet.text(x, y, said, "F1", 10)
        sheet.text(x + 30, y - 4, "1", "F1", 6)
    else:
        _lines(sheet, x, y, said, font, size)
    if kind == 5:
        address = f"https://www.example.org/{row}/{column}"
        sheet.link(x, y, 60, address)
        page.links.append((row, column, address))


def _lines(sheet: Sheet, x: float, y: float, said: str, font: str, size: float) -> None:
    for line, word in enumerate(said.split()):
        sheet.text(x, y + 12 * line, word, font, size)
