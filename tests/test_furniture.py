"""What stands at the top and at the foot of each page: headers and numbers of pages, and headings, which are text."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest
from fpdf import FPDF

from document_help import inlines, read
from ogp_data.documents.markers import written
from ogp_data.documents.pdf.furniture import furniture
from ogp_data.documents.pdf.letters import Letter, Line
from ogp_data.documents.pdf.order import Unit
from ogp_data.documents.pdf.pages import PageRead

BODY, WIDTH, HEIGHT = 10.0, 595.0, 842.0


@dataclass(frozen=True)
class Set:
    """A line on a page: what it says, where, how large, and whether it is furniture."""

    text: str
    y: float
    size: float = BODY
    bold: bool = False
    furniture: bool = False


@dataclass
class Made:
    """A document under way: the lines of each of its pages."""

    pages: list[list[Set]] = field(default_factory=list)

    def put(self, page: int, line: Set) -> None:
        self.pages[page - 1].append(line)


def unit(line: Set) -> Unit:
    right = 72 + 0.5 * line.size * len(line.text)
    made = Line([Letter(line.text, 72, line.y, right, line.y + line.size, line.size, line.bold, False)])
    return Unit(made.box, made)


def as_read(made: Made) -> list[PageRead]:
    return [
        PageRead(number, WIDTH, HEIGHT, [unit(line) for line in sorted(lines, key=lambda one: one.y)], {}, (), 99)
        for number, lines in enumerate(made.pages, start=1)
    ]


Said = Callable[[int, int], str]
"""A number and how many there are -> what a line says."""

HEADS: Sequence[Said] = (
    lambda n, _: f"Commitment {n}",
    lambda n, _: f"Commitment {n}: Open budget",
    lambda n, _: f"Commitment {n} of the plan 2015",
    lambda n, _: f"Actiepunt {n}",
    lambda n, _: f"{n}e actie",
    lambda n, _: f"Engagement n° {n}",
    lambda n, _: f"Theme {written(n, 'I')}",
    lambda n, _: f"Objective 1.{n}",
    lambda n, _: f"C{n}",
    lambda n, _: f"P{n}",
    lambda n, _: f"{n}.",
    lambda n, _: f"{n}. Commitment",
)  # fmt: skip
NUMBERS: Sequence[Said] = (lambda n, _: str(n), lambda n, _: f"0{n}", lambda n, _: f"({n})")
"""Headings that are a number alone are larger than the text."""
TITLES: Sequence[Said] = (
    lambda _, __: "Self-assessment report 2015",
    lambda _, __: "Ministry of Archives",
    lambda _, __: "2. Commitments of the plan",
)
PAGES: Sequence[Said] = (
    lambda n, _: str(n),
    lambda n, _: f"- {n} -",
    lambda n, of: f"{n} / {of}",
    lambda n, of: f"Page {n} of {of}",
    lambda n, _: f"Pagina {n}",
    lambda n, _: f"Self-assessment report 2015 | {n}",
    lambda n, _: f"{n} | Ministry of Archives",
    lambda n, _: f"Ministry of Archives, page {n}",
)
AT_FOOT: Sequence[Said] = (*PAGES, lambda n, _: f"Plan of Arendia {n}", lambda n, _: written(n, "i"))


def words(chance: random.Random) -> str:
    return " ".join(
        "".join(chance.choices("abcdefgh", k=chance.randrange(2, 9))) for _ in range(chance.randrange(4, 9))
    )


def document(chance: random.Random) -> Made:
    """Return a document by chance: records that begin at the top of pages, and furniture around them."""
    front, records = chance.randrange(5), chance.randrange(1, 14)
    starts, at = [], front + 1
    for _ in range(records):
        starts.append(at)
        at += chance.choice((1, 1, 1, 2, 3)) if chance.random() < 0.5 else 1
    made = Made([[] for _ in range(at - 1)])
    _furniture(made, chance)
    head = chance.choice((*HEADS, *NUMBERS))
    larger = head in NUMBERS or chance.random() < 0.5
    size, bold = BODY * (1.4 if larger else 1.0), chance.random() < 0.5
    for number, start in enumerate(starts, start=1):
        made.put(start, Set(head(number, records), 76, size, bold))
    for number in range(1, at):
        lowest = chance.choice((150, 770))
        for y in range(76 if number not in starts else 100, lowest, 84):
            made.put(number, Set(words(chance), y))
    return made


def _furniture(made: Made, chance: random.Random) -> None:
    count, offset = len(made.pages), chance.choice((0, 0, -1, 4))
    first = chance.choice((1, 2))
    if count - first < 4:
        return
    size = BODY * chance.choice((0.8, 1.0))
    top = chance.choice((*TITLES, *PAGES, None))
    foot = chance.choice((*TITLES, *AT_FOOT, None)) if top not in PAGES else None
    for number in range(first, count + 1):
        for one, y in ((top, 36), (foot, 800)):
            if one and number + offset > 0:  # covers have none
                made.put(number, Set(one(number + offset, count), y, size, furniture=True))


def wrong(seed: int) -> list[str]:
    made = document(random.Random(seed))
    pages = as_read(made)
    found = furniture(pages, BODY)
    return [
        f"{'kept' if line.furniture else 'lost'} on page {page.number} of {len(pages)}: {line.text}"
        for page, lines in zip(pages, made.pages, strict=True)
        for one, line in zip(page.units, sorted(lines, key=lambda one: one.y), strict=True)
        if (id(one) in found) != line.furniture
    ]


def test_headings_of_pages_are_kept_and_furniture_is_set_aside() -> None:
    assert {seed: found for seed in range(150) if (found := wrong(seed))} == {}


def paper(lines: Sequence[Sequence[Set]]) -> bytes:
    made = FPDF(unit="pt", format="A4")
    made.set_auto_page_break(False)
    for page in lines:
        made.add_page()
        for line in page:
            made.set_font("helvetica", "B" if line.bold else "", line.size)
            made.text(72, line.y + line.size, line.text)
    return bytes(made.output())


def test_a_pdf_has_a_heading_for_each_page_and_its_furniture_set_aside() -> None:
    lines = [
        [
            Set("Self-assessment report 2015", 30, 9),
            Set(f"Commitment {number}", 76, 14, True),
            Set("The ministry opens what it has, and says so.", 110),
            Set(f"Page {number} of 5", 800, 9),
        ]
        for number in range(1, 6)
    ]
    document = read("pdf", paper(lines))
    headings = [block.inline.passage.text for block in document.blocks if block.kind == "heading"]
    assert headings == [f"Commitment {number}" for number in range(1, 6)]
    assert Counter(aside.reason for aside in document.asides) == {"running-header": 5, "page-number": 5}
    assert len(inlines(document)) == 10


def texts(pages: Sequence[Sequence[Set]]) -> list[str]:
    """Return what is kept of pages, of which each ends in a line of text."""
    below = [[*page, Set(f"text {'abcdefghijklm'[at]}", 400)] for at, page in enumerate(pages)]
    read_as = as_read(Made(below))
    found = furniture(read_as, BODY)
    kept = [one.line.text for page in read_as for one in page.units if one.line and id(one) not in found]
    return [text for text in kept if not text.startswith("text ")]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        # The header of a part names it on each of its pages: it begins on the first.
        (["Chapter 1", "Chapter 1", "Chapter 2", "Chapter 2", "Chapter 2"], ["Chapter 1", "Chapter 2"]),
        # Numbers that do not count on are what the pages tell.
        (["Budget: 7", "Budget: 7", "Budget: 5", "Budget: 7"], ["Budget: 7", "Budget: 7", "Budget: 5", "Budget: 7"]),
        (["Report 2015 | 3", "Report 2015 | 4", "Report 2015 | 5"], []),
        (["Report 2015", "Report 2015", "Report 2015"], []),
    ],
)
def test_what_differs_in_numbers_is_set_aside_where_these_are_numbers_of_pages(
    said: list[str], kept: list[str]
) -> None:
    assert texts([[Set(text, 40)] for text in said]) == kept


def test_a_label_just_above_its_text_on_each_page_is_text() -> None:
    pages = [[Set("Title:", 76), Set(f"what {'abcd'[number]} is called", 88)] for number in range(4)]
    assert texts(pages) == [line.text for page in pages for line in page]
    assert texts([[Set("Title:", 40), page[1]] for page in pages]) == [page[1].text for page in pages]


def test_a_number_at_the_top_counts_no_pages_where_the_foot_does() -> None:
    pages = [[Set(str(number), 76), Set(str(number + 2), 800, 8)] for number in range(1, 6)]
    assert texts(pages) == ["1", "2", "3", "4", "5"]
    assert texts([page[:1] for page in pages]) == []
