"""PDF: what stands at places of pages, read in the order in which people read it."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdfium2
import pytest
from fpdf import FPDF

from document_help import links, read, rows, said, told
from ogp_data.core.places import Page
from ogp_data.documents import Document
from ogp_data.documents.limits import UnreadableError


def paper(draw: Callable[[FPDF], None], pages: int = 1) -> bytes:
    """Return a PDF of so many pages, on each of which the same is drawn."""
    made = FPDF(unit="pt", format="A4")
    made.set_auto_page_break(False)
    for _ in range(pages):
        made.add_page()
        made.set_font("helvetica", size=11)
        draw(made)
    return bytes(made.output())


def at(made: FPDF, x: float, y: float, text: str, size: float = 11, style: str = "") -> None:
    made.set_font("helvetica", style, size)
    made.text(x, y, text)


def paragraphs(document: Document) -> list[str]:
    return [said(block) for block in document.blocks if block.kind == "paragraph"]


def test_a_word_that_a_line_breaks_is_one_and_doubtful() -> None:
    def draw(made: FPDF) -> None:
        for number, line in enumerate(
            ["The council meets each year in Noord-", "Holland and the govern-", "ment pays."]
        ):
            at(made, 72, 100 + 14 * number, line)

    document = read("pdf", paper(draw))
    assert paragraphs(document) == ["The council meets each year in Noord-Holland and the govern-ment pays."]
    assert [rule for rule, _ in told(document)] == ["hyphen-at-line-end"]
    (doubt,) = document.doubts
    assert document.source.text[doubt.at - 6 : doubt.at + 1] == "overn-" or document.source.text[doubt.at] == "-"


def test_two_columns_are_read_one_after_the_other() -> None:
    def draw(made: FPDF) -> None:
        at(made, 72, 60, "A heading over both columns of the page", 16, "B")
        for number in range(8):
            at(made, 72, 100 + 14 * number, f"left {number} goes on and on over its column")
            at(made, 320, 100 + 14 * number, f"right {number} goes on and on over its own")

    words = " ".join(paragraphs(read("pdf", paper(draw)))).split()
    assert [word for word in words if word in ("left", "right")] == ["left"] * 8 + ["right"] * 8


def test_a_list_of_names_and_values_is_read_across() -> None:
    def draw(made: FPDF) -> None:
        for number, name in enumerate(["Lead", "Support", "Start", "End", "Budget", "Source of it"]):
            at(made, 72, 100 + 14 * number, name)
            at(made, 200, 100 + 14 * number, f"value {number}")

    text = " ".join(paragraphs(read("pdf", paper(draw))))
    assert text == "Lead value 0 Support value 1 Start value 2 End value 3 Budget value 4 Source of it value 5"


def test_a_paragraph_that_goes_on_over_a_page_is_one_and_another_is_another() -> None:
    def draw(made: FPDF) -> None:
        first = made.page_no() == 1
        at(made, 72, 700 if first else 100, "The council decided that the" if first else "archives are opened.")
        at(made, 72, 714 if first else 200, "minutes of its meetings and the" if first else "Then it went home.")

    document = read("pdf", paper(draw, 2))
    assert paragraphs(document) == [
        "The council decided that the minutes of its meetings and the archives are opened.",
        "Then it went home.",
    ]
    passage = document.blocks[0].inline.passage
    assert [place.text for place in document.source.places(passage)] == ["p1", "p2"]


def test_headers_footers_and_numbers_are_furniture() -> None:
    def draw(made: FPDF) -> None:
        at(made, 72, 40, "Plan of Arendia 2026")
        at(made, 72, 300, f"Text of the page with number {made.page_no()}.")
        at(made, 290, 810, f"{made.page_no()} / 4")

    document = read("pdf", paper(draw, 4))
    assert paragraphs(document) == [f"Text of the page with number {number}." for number in range(1, 5)]
    text = document.source.text
    assert [(aside.reason, text[aside.start : aside.end]) for aside in document.asides] == [
        pair
        for number in range(1, 5)
        for pair in (("running-header", "Plan of Arendia 2026"), ("page-number", f"{number} / 4"))
    ]


def box(made: FPDF, x: float, y: float, width: float, height: float, text: str, fill: str = "") -> None:
    if fill:
        made.set_fill_color(fill)
    made.rect(x, y, width, height, style="DF" if fill else "D")
    at(made, x + 4, y + 14, text)


def test_cells_that_span_and_their_fills_are_read() -> None:
    def draw(made: FPDF) -> None:
        box(made, 72, 100, 300, 20, "Over all three", "#deeaf6")
        box(made, 72, 120, 100, 40, "Two high")
        for number, (x, y) in enumerate([(172, 120), (272, 120), (172, 140), (272, 140)]):
            box(made, x, y, 100, 20, f"c{number}", "#00b050" if number == 3 else "")

    document = read("pdf", paper(draw))
    assert rows(document) == [["Over all three", "", ""], ["Two high", "c0", "c1"], ["", "c2", "c3"]]
    table = [block.cells for block in document.blocks if block.cells]
    assert [(cell.rows, cell.columns) for cell in (table[0][0], table[1][0])] == [(1, 3), (2, 1)]
    assert [[cell.covered for cell in row] for row in table] == [[False, True, True], [False] * 3, [True, False, False]]
    assert [table[0][0].fill, table[1][0].fill, table[2][2].fill] == ["#deeaf6", "", "#00b050"]
    assert [str(block.place.whole) for block in document.blocks] == ["page 1"] * 3


def test_a_table_that_goes_on_is_one_and_another_is_another() -> None:
    def draw(made: FPDF) -> None:
        at(made, 72, 150, "Between the tables stands this.")
        for row in range(3):
            box(made, 72, 160 + 20 * row, 100, 20, f"a{row}")
            box(made, 172, 160 + 20 * row, 100, 20, f"b{row}")

    def alone(made: FPDF) -> None:
        box(made, 72, 100, 100, 20, "a")
        box(made, 172, 100, 100, 20, "b")

    assert [block.table for block in read("pdf", paper(draw, 2)).blocks if block.cells] == [1, 1, 1, 2, 2, 2]
    assert [block.table for block in read("pdf", paper(alone, 3)).blocks if block.cells] == [1, 1, 1]


def test_a_mark_of_a_private_font_is_a_sign_and_said_to_be_one() -> None:
    def draw(made: FPDF) -> None:
        made.set_font("zapfdingbats", size=11)
        made.text(72, 100, "3")
        at(made, 90, 100, "done")

    (block,) = read("pdf", paper(draw)).blocks
    assert said(block) == "✓ done"
    assert [(style.kind, style.drawn) for style in block.inline.styles] == [("mark", "U+0033 in ZapfDingbats")]


def test_a_raised_number_is_no_part_of_another() -> None:
    def draw(made: FPDF) -> None:
        at(made, 72, 100, "in 2022")
        at(made, 72 + made.get_string_width("in 2022"), 96, "1", 7)
        at(made, 130, 100, "it began")

    assert paragraphs(read("pdf", paper(draw))) == ["in 2022¹ it began"]


def test_a_link_covers_its_words_and_none_more() -> None:
    def draw(made: FPDF) -> None:
        made.set_xy(72, 100)
        made.write(14, "See ")
        made.write(14, "the law", link="https://law.example/")
        made.write(14, " now.")

    assert links(read("pdf", paper(draw))) == [("the law", "https://law.example/")]


def test_a_list_is_items_and_a_year_is_none() -> None:
    def draw(made: FPDF) -> None:
        lines = ["1. first", "2. second goes on", "    in a line of its own", "3. third"]
        for number, line in enumerate(lines):
            at(made, 72 + 20 * line.startswith(" "), 100 + 14 * number, line.strip())
        at(made, 72, 200, "It went on until the end of")
        at(made, 72, 214, "2015. Then it was over.")

    document = read("pdf", paper(draw))
    assert [(block.kind, block.marker, said(block)) for block in document.blocks] == [
        ("item", "1.", "first"),
        ("item", "2.", "second goes on in a line of its own"),
        ("item", "3.", "third"),
        ("paragraph", "", "It went on until the end of 2015. Then it was over."),
    ]


# What cannot be read ------------------------------------------------------------------------------------------


def scan(kinds: str = "s", strips: int = 1) -> bytes:
    """Return pages that are nothing but a picture of text, cut into strips, where `kinds` has s, and text elsewhere."""
    text = paper(lambda made: at(made, 72, 100, "Words that are seen"))
    picture = io.BytesIO()
    pypdfium2.PdfDocument(text)[0].render().to_pil().save(picture, "png")
    made = FPDF(unit="pt", format="A4")
    for kind in kinds:
        made.add_page()
        if kind == "t":
            at(made, 72, 100, "Words of a page that has text")
        for strip in range(strips if kind == "s" else 0):
            made.image(picture, 0, strip * made.h / strips, made.w, made.h / strips)
    return bytes(made.output())


def locked() -> bytes:
    made = FPDF()
    made.set_encryption(owner_password="o", user_password="u")
    made.add_page()
    made.set_font("helvetica", size=11)
    made.cell(0, 10, "secret")
    return bytes(made.output())


PLAIN = paper(lambda made: at(made, 72, 100, "Words"))


@pytest.mark.parametrize(
    ("content", "rule", "words"),
    [
        (scan(), "no-text-layer", "is a scan: 1 of its 1 pages"),
        (scan("st", strips=4), "no-text-layer", "is a scan: 1 of its 2 pages"),
        (locked(), "encrypted-file", "without its password"),
        (PLAIN[: len(PLAIN) // 2], "damaged-file", "was cut off"),
        (b"%PDF-1.7\nnothing of it\n%%EOF\n", "damaged-file", ""),
        (paper(lambda _: None, 1001), "too-large", "1001 pages, more than 1000"),
    ],
    ids=["scan", "strips", "encrypted", "truncated", "damaged", "pages"],
)
def test_what_cannot_be_read_says_why(content: bytes, rule: str, words: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        read("pdf", content)
    assert raised.value.rule == rule
    assert words in raised.value.message


def test_pages_that_are_scans_among_others_are_told_with_their_numbers() -> None:
    document = read("pdf", scan("ttsstttst"))
    (found,) = (one for one in document.findings if one.rule == "page-without-text")
    assert "Of the 9 pages 3 are pictures" in found.message
    assert found.message.endswith(": 3-4, 8.")
    assert (str(found.place.at), found.severity) == ("page 3", "warning")
    assert "ocrmypdf" in found.hint


def test_a_place_is_a_box_of_its_page() -> None:
    (block,) = read("pdf", PLAIN).blocks
    assert isinstance(block.place, Page)
    assert block.place.box
    left, top, right, bottom = block.place.box.corners
    assert 71 < left < 73
    assert 88 < top < 100 < bottom < 106
    assert right > left


def test_the_notes_of_a_page_do_not_end_the_table_above_them() -> None:
    def draw(made: FPDF) -> None:
        for row in range(2):
            box(made, 72, 160 + 20 * row, 100, 20, f"a{row}")
            box(made, 172, 160 + 20 * row, 100, 20, "")
        at(made, 176, 174, "b")
        at(made, 182, 170, "1", 6)
        at(made, 72, 700, "1 The note.")

    document = read("pdf", paper(draw, 2))
    assert [block.table for block in document.blocks if block.cells] == [1, 1, 1, 1]
    assert paragraphs(document) == ["1 The note."] * 2


def test_a_drawn_box_is_a_mark_and_rules_nothing() -> None:
    def draw(made: FPDF) -> None:
        box(made, 72, 160, 100, 20, "a")
        box(made, 172, 160, 100, 20, "")
        made.rect(180, 165, 9, 9)
        box(made, 72, 180, 100, 20, "b")
        box(made, 172, 180, 100, 20, "")
        made.rect(180, 185, 9, 9)
        made.line(180, 185, 189, 194)
        made.line(180, 194, 189, 185)
        for column in range(3):  # squares in a row are cells
            box(made, 72 + 18 * column, 300, 18, 18, str(column))

    assert rows(read("pdf", paper(draw))) == [["a", "☐"], ["b", "☒"], ["0", "1", "2"]]


def test_a_word_that_finds_no_room_in_its_cell_is_one() -> None:
    def draw(made: FPDF) -> None:
        box(made, 72, 160, 44, 60, "")
        box(made, 116, 160, 200, 60, "residents of the town")
        for number, line in enumerate(("residen", "ts of", "town")):
            at(made, 76, 172 + 14 * number, line)

    document = read("pdf", paper(draw))
    assert rows(document) == [["residents of town", "residents of the town"]]
    assert told(document) == []


def test_a_line_without_its_space_may_end_amid_a_word_and_that_is_told() -> None:
    def draw(made: FPDF) -> None:
        box(made, 72, 160, 47, 60, "")
        box(made, 119, 160, 100, 60, "")
        for number, line in enumerate(("residen", "ts of ", "town")):
            at(made, 76, 172 + 14 * number, line)
            at(made, 123, 172 + 14 * number, "One of the ")

    document = read("pdf", paper(draw))
    assert rows(document)[0][0] == "residents of town"
    assert [rule for rule, _ in told(document)] == ["word-at-line-end"]


@pytest.mark.parametrize(
    ("lines", "said", "doubts"),
    [
        (("participa", "tion is"), "participation is", 2),
        (("participa", "Tion is"), "participa Tion is", 1),
        (("participa", "the law"), "participa the law", 1),
        (("a.b/partic", "tion is"), "a.b/partic tion is", 1),
    ],
)
def test_a_cell_full_of_a_word_breaks_it_where_the_document_breaks_words_and_knows_neither_part(
    lines: tuple[str, str], said: str, doubts: int
) -> None:
    def draw(made: FPDF) -> None:
        made.set_font("helvetica", size=11)
        wide = made.get_string_width(lines[0]) + 9
        for x, width in ((72, 47), (119, 100), (219, wide)):
            box(made, x, 160, width, 60, "")
        for number, line in enumerate(("residen", "ts of ", "town")):
            at(made, 76, 172 + 14 * number, line)
            at(made, 123, 172 + 14 * number, "One of the ")
        for number, line in enumerate(lines):
            at(made, 223, 172 + 14 * number, line)

    document = read("pdf", paper(draw))
    assert rows(document)[0][2] == said
    assert [rule for rule, _ in told(document)] == ["word-at-line-end"] * doubts


def test_the_lines_of_a_cell_are_one_paragraph_unless_the_next_word_had_room() -> None:
    def draw(made: FPDF) -> None:
        box(made, 72, 160, 100, 80, "")
        box(made, 172, 160, 100, 80, "b")
        for number, line in enumerate(("The council of our", "small town gathers", "in May", "and in June")):
            at(made, 76, 172 + 14 * number, line)

    document = read("pdf", paper(draw))
    (cell, _) = next(block.cells for block in document.blocks if block.cells)
    assert (
        "".join(one.text for one in cell.passage.fragments)
        == "The council of our small town gathers in May\nand in June"
    )


@pytest.mark.parametrize(
    ("lines", "label"),
    [
        (("https://example.invalid/a-", "long/path."), "https://example.invalid/a-long/path."),
        (("https:", "//example.invalid/a-long/path"), "https://example.invalid/a-long/path"),
        (("see https", "the long path"), "see https the long path"),
    ],
)
def test_an_address_that_a_line_breaks_is_whole_where_its_link_says_so(lines: tuple[str, str], label: str) -> None:
    def draw(made: FPDF) -> None:
        for number, line in enumerate(lines):
            at(made, 72, 160 + 14 * number, line)
            made.link(72, 150 + 14 * number, 200, 14, "https://example.invalid/a-long/path")

    assert links(read("pdf", paper(draw))) == [(label, "https://example.invalid/a-long/path")]


def test_two_pages_that_begin_alike_have_a_running_header() -> None:
    def draw(made: FPDF) -> None:
        at(made, 72, 40, "Ministry of Archives")
        at(made, 72, 200, "The council meets.")

    assert paragraphs(read("pdf", paper(draw, 2))) == ["The council meets."] * 2
