"""Rows over the full width of tables that are open at their sides: themes between rows, by the rulings of a page."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest
from fpdf import FPDF

from document_help import read, rows
from ogp_data.documents.pdf.bands import bands
from ogp_data.documents.pdf.letters import Letter
from ogp_data.documents.pdf.rulings import Ruling, grids

SIZE = 10.0


@dataclass
class Page:
    """A page under way: its rulings and letters, and where its tables have their rows."""

    flat: list[Ruling] = field(default_factory=list)
    upright: list[Ruling] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    tables: list[list[float]] = field(default_factory=list)
    boxes: list[dict[str, float | bool]] = field(default_factory=list)

    def say(self, x: float, y: float, lines: int = 1) -> None:
        for line in range(lines):
            top = y + 12 * line
            self.letters.append(Letter("word", x, top, x + 20, top + SIZE, SIZE, False, False))


def page(chance: random.Random) -> Page:
    """Return a page of tables with the same columns, between which paragraphs stand apart."""
    made, y = Page(), 80.0
    xs = [50.0 + 60 * at for at in range(chance.randrange(3, 7))]
    above, below = chance.choice((-0.5, 1, 4)), chance.choice((2, 5, 14))
    for _ in range(chance.randrange(1, 4)):
        ys = [y]
        for is_band in _kinds(chance):
            lines = 1 if is_band else chance.randrange(1, 4)
            for x in xs[:1] if is_band else xs[:-1]:
                made.say(x + 4, ys[-1] + above, lines)
            ys.append(ys[-1] + above + 12 * lines + below)
            filled = is_band and chance.random() < 0.2
            made.upright += [] if is_band else [Ruling(x, ys[-2], ys[-1]) for x in xs[1:-1]]
            made.boxes += [{"x0": xs[0], "x1": xs[-1], "top": ys[-2], "bottom": ys[-1], "fill": True}] if filled else []
        made.flat += [Ruling(y, xs[0], xs[-1]) for y in ys]
        made.tables.append(ys)
        low, high = chance.choice(((above + 6, below), (above, max(below, 14) + 12), (above + 9, below + 30)))
        if chance.random() < 0.8:
            made.say(54, ys[-1] + low)
        y = ys[-1] + low + 12 + high
    return made


def _kinds(chance: random.Random) -> list[bool]:
    """Return of each row of a table whether it is a band; two rows at least are none."""
    kinds = [False, False, *(chance.random() < 0.4 for _ in range(chance.randrange(5)))]
    chance.shuffle(kinds)
    return kinds


def wrong(seed: int) -> str:
    made = page(random.Random(seed))
    sides = bands(made.flat, made.upright, made.boxes, made.letters)
    found = grids(made.flat, sorted([*made.upright, *sides], key=lambda one: one.at))
    got = [[round(y) for y in grid.ys] for grid in found]
    expected = [[round(y) for y in ys] for ys in made.tables]
    return "" if got == expected else f"{got} instead of {expected}"


def test_bands_are_rows_of_their_table_and_paragraphs_part_tables() -> None:
    assert {seed: found for seed in range(300) if (found := wrong(seed))} == {}


@pytest.mark.parametrize(("gap", "tables"), [(0.0, 1), (14.0, 2)])
def test_a_theme_is_a_row_and_a_heading_between_tables_parts_them(gap: float, tables: int) -> None:
    made = FPDF(unit="pt", format="A4")
    made.add_page()
    made.set_font("helvetica", size=SIZE)
    y = 100.0
    for texts in (("No", "Action"), ("Theme 1",), ("1", "Archives"), ("2", "Budget")):
        room = gap if len(texts) == 1 else 0.0
        made.line(72, y, 372, y)
        for at, text in enumerate(texts):
            made.text(76 + 100 * at, y + room + 12, text)
        if len(texts) > 1:
            made.line(172, y, 172, y + 18)
        y += room + 18
    made.line(72, y, 372, y)
    document = read("pdf", bytes(made.output()))
    assert len({block.table for block in document.blocks if block.cells}) == tables
    theme = [["Theme 1", ""]] if tables == 1 else []
    assert rows(document) == [["No", "Action"], *theme, ["1", "Archives"], ["2", "Budget"]]
