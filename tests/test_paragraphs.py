"""The paragraphs and links of a published text are those that its writer made, whatever kind of file they are in."""

from __future__ import annotations

import html
import io
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pytest
from fpdf import FPDF

from document_help import inlines
from ogp_data.core.source import SourceFile
from ogp_data.core.text import Passage, fold
from ogp_data.documents import READERS, Document
from ogp_data.documents.joining import join_all
from ogp_data.documents.paragraphs import Paragraph, Paragraphs, Words


def read(kind: str, content: str | bytes) -> Document:
    raw = content.encode() if isinstance(content, str) else content
    return READERS[kind].read(SourceFile(f"made.{kind}", raw))


Made = list[list[Words]]
"""Paragraphs of words, some of which are links."""

_WORDS = (
    "open",
    "data",
    "Gemeente",
    "café",
    "2024",
    "it's",
    "x & y",
    "شفاف",
    "a < b",
    "overheid.nl",
    "einde.",
    "(zie)",
)


def made(chance: random.Random) -> Made:
    def run(address: str) -> Words:
        return Words(" ".join(chance.choices(_WORDS, k=chance.randint(1, 6))), address)

    def paragraph() -> list[Words]:
        at = chance.randint(0, 1)
        addresses = ["" if n % 2 == at else f"https://x.example/{n}?a=1&b=2" for n in range(chance.randint(1, 4))]
        return [run(address) for address in addresses]

    return [paragraph() for _ in range(chance.randint(1, 4))]


def shown(paragraphs: Sequence[Paragraph]) -> Made:
    """Return the words of paragraphs, without the white space between two runs."""
    runs = ([Words(one.text.strip(), one.address) for one in found.words] for found in paragraphs)
    return [[one for one in run if one.text] for run in runs]


def told(document: Document, passage: Passage) -> list[Paragraph]:
    found = Paragraphs(document).of(passage)
    assert fold(" ".join(one.text for one in found)) == passage.text
    return found


def _html_run(one: Words) -> str:
    text = html.escape(one.text)
    return f'<a href="{html.escape(one.address)}">{text}</a>' if one.address else text


def _html_paragraphs(chance: random.Random, paragraphs: Made) -> str:
    said = [" ".join(map(_html_run, one)) for one in paragraphs]
    return "<br>".join(said) if chance.random() < 0.5 else "".join(f"<p>{one}</p>" for one in said)


def in_converted_text(chance: random.Random, paragraphs: Made) -> Document:
    return read("converted-text", f"Key\tText\n1\t{_html_paragraphs(chance, paragraphs)}\n")


def in_web_page(chance: random.Random, paragraphs: Made) -> Document:
    cells = f"<tr><th>Key</th><th>Text</th></tr><tr><td>1</td><td>{_html_paragraphs(chance, paragraphs)}</td></tr>"
    return read("html", f"<!doctype html><html><body><table>{cells}</table></body></html>")


def in_word(_: random.Random, paragraphs: Made) -> Document:
    paper = docx.Document()
    cell = paper.add_table(rows=1, cols=2).cell(0, 1)
    for number, runs in enumerate(paragraphs):
        paragraph = cell.paragraphs[0] if not number else cell.add_paragraph()
        for at, one in enumerate(runs):
            paragraph.add_run(" " if at else "")
            _add(paragraph, one)
    held = io.BytesIO()
    paper.save(held)
    return read("docx", held.getvalue())


def _add(paragraph: docx.text.paragraph.Paragraph, one: Words) -> None:
    run = paragraph.add_run(one.text)
    if one.address:
        rid = paragraph.part.relate_to(one.address, docx.opc.constants.RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = docx.oxml.OxmlElement("w:hyperlink")
        link.set(docx.oxml.ns.qn("r:id"), rid)
        paragraph._p.append(link)
        link.append(run._r)


def cell_of(document: Document, paragraphs: Made) -> Passage:
    """Return the text of the cell that was made."""
    want = fold(" ".join(one.text for paragraph in paragraphs for one in paragraph))
    return next(one.passage for one in inlines(document) if one.passage.text == want)


MAKERS: tuple[Callable[[random.Random, Made], Document], ...] = (in_converted_text, in_web_page, in_word)


@pytest.mark.parametrize("maker", MAKERS)
def test_paragraphs_and_links_of_a_cell_are_those_that_were_made(maker: Callable[..., Document]) -> None:
    chance = random.Random(f"{maker.__name__}")
    for _ in range(40 if maker is in_word else 200):
        paragraphs = made(chance)
        document = maker(chance, paragraphs)
        assert shown(told(document, cell_of(document, paragraphs))) == paragraphs


def test_a_line_of_running_text_that_has_no_more_room_is_no_end_of_a_paragraph() -> None:
    document = read("markdown", "First line\ngoes on [here](https://x.example/).\n\nSecond.\n")
    texts = [one.passage for one in inlines(document)]
    assert [shown(told(document, one)) for one in texts] == [
        [[Words("First line goes on"), Words("here", "https://x.example/"), Words(".")]],
        [[Words("Second.")]],
    ]


def test_items_that_one_cell_holds_have_their_markers() -> None:
    document = read("markdown", "- One\n- Two\n\n3. Three\n")
    joined = join_all([one for one in inlines(document) if one.passage.text]).passage
    assert [(one.marker, one.text) for one in told(document, joined)] == [("-", "One"), ("-", "Two"), ("3.", "Three")]


ROWS = "Key\tText\n1\t<p>{first}</p>\n\t<p>{second}</p>\n"


def joined(first: str, second: str) -> list[Paragraph]:
    """Return the paragraphs of a cell that goes on in the next row of its table."""
    document = read("converted-text", ROWS.format(first=first, second=second))
    parts = [block.cells[1] for block in document.blocks if block.kind == "row"][-2:]
    return told(document, join_all(parts).passage)


@pytest.mark.parametrize(
    ("first", "second", "texts"),
    [
        ("It was done on 28 October", "2019 in full.", ["It was done on 28 October 2019 in full."]),
        ("It was done.", "The rest was not.", ["It was done.", "The rest was not."]),
        ("He asked “why?”", "Nobody said.", ["He asked “why?”", "Nobody said."]),
    ],
)
def test_what_goes_on_in_the_next_row_is_one_paragraph_unless_its_sentence_ended(
    first: str, second: str, texts: list[str]
) -> None:
    assert [one.text for one in joined(first, second)] == texts


def test_a_link_that_a_converter_made_of_the_end_of_a_word_is_none() -> None:
    found = joined("see (local-", '<a href="https://site.nl">site.nl</a>) and <a href="https://b.nl">b.nl</a>')
    assert [word.address for one in found for word in one.words if word.address] == ["https://b.nl"]
    assert [one.text for one in found] == ["see (local-site.nl) and b.nl"]


@pytest.mark.parametrize("address", ["#", "javascript:alert(1)", "http://a b", "https://", "data:text/html,x"])
def test_an_address_that_leads_nowhere_is_no_link(address: str) -> None:
    document = read("converted-text", f'Key\tText\n1\tsee <a href="{address}">this page</a>\n')
    passage = next(one.passage for one in inlines(document) if one.passage.text == "see this page")
    assert shown(told(document, passage)) == [[Words("see this page")]]


def test_what_a_correction_put_there_stands_where_it_was() -> None:
    document = read("converted-text", "Key\tText\n1\t<p>One tow.</p><p>Three.</p>\n")
    passage = next(one.passage for one in inlines(document) if "tow" in one.passage.text)
    fixed = passage.replace("tow", "two words")
    assert fixed is not None
    assert [one.text for one in told(document, fixed)] == ["One two words.", "Three."]


@pytest.mark.parametrize(
    ("first", "second", "texts"),
    [
        ("The archives are held by the", "Ministry of Culture.", ["The archives are held by the Ministry of Culture."]),
        ("It was done, e.g.", "in schools.", ["It was done, e.g. in schools."]),
        ("It was done.", "The rest was not.", ["It was done.", "The rest was not."]),
        ("Three of", "b) the rest", ["Three of", "the rest"]),
    ],
)
def test_what_goes_on_on_the_next_page_is_one_paragraph_unless_its_sentence_ended(
    first: str, second: str, texts: list[str]
) -> None:
    paper = FPDF(unit="pt", format="A4")
    paper.set_font("helvetica", size=11)
    for y, text in ((760, first), (90, second)):
        paper.add_page()
        paper.text(72, y, text)
    document = read("pdf", bytes(paper.output()))
    joined = join_all([block.inline for block in document.blocks]).passage
    assert [one.text for one in told(document, joined)] == texts


def test_the_items_in_a_cell_of_a_pdf_are_items() -> None:
    paper = FPDF(unit="pt", format="A4")
    paper.add_page()
    font = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
    if not font.is_file():
        pytest.skip("DejaVu Sans is not installed")
    paper.add_font("dejavu", fname=font)
    paper.set_font("dejavu", size=11)
    for x, text in ((72, "Done:\n• The register is open.\n• The minutes are published.\nMore."), (322, "b")):
        paper.rect(x, 160, 250, 80)
        for number, said in enumerate(text.split("\n")):
            paper.text(x + 4, 172 + 14 * number, said)
    document = read("pdf", bytes(paper.output()))
    cell = next(one for one in inlines(document) if one.passage.text.startswith("Done"))
    assert [(one.marker, one.text) for one in told(document, cell.passage)] == [
        ("", "Done:"),
        ("•", "The register is open."),
        ("•", "The minutes are published."),
        ("", "More."),
    ]


PICTURED = """<p>One <img src=a.png alt="a chart"> goes on.</p><p>Two.</p><p><img src=b.png alt="a map"></p>
<p>Three.</p><p><img src=c.png alt=""></p><table><tr><th>Key</th><th>Text</th></tr>
<tr><td>1</td><td>Four.<p>Five. <img src=d.png title="a logo"></p><img src=e.png alt="a face"></td></tr></table>"""


def test_what_the_document_says_of_a_picture_stands_where_the_picture_does() -> None:
    document = read("html", f"<!doctype html><html><body>{PICTURED}</body></html>")
    *texts, cell = [one for one in inlines(document) if one.passage.text]
    found = [(one.text, one.pictures) for text in texts for one in told(document, text.passage)]
    assert found == [
        ("One goes on.", ("a chart",)),
        ("Two.", ("a map",)),
        ("Three.", ()),
        *((text, ()) for text in ("Key", "Text", "1")),
    ]
    assert [(one.text, one.pictures) for one in told(document, cell.passage)] == [
        ("Four.", ()),
        ("Five.", ("a logo", "a face")),
    ]


def test_each_picture_of_which_the_document_says_something_stands_with_one_text() -> None:
    chance = random.Random(4)
    for _ in range(100):
        kind, parts, number = chance.choice(("html", "markdown")), [], 0
        for _ in range(chance.randint(1, 8)):
            said = []
            for _ in range(chance.randint(1, 4)):
                number += 1
                picture = f'<img src="a.png" alt="says {number}">' if kind == "html" else f"![says {number}](a.png)"
                said.append(picture if chance.random() < 0.4 else f"word {number}")
            parts.append(f"<p>{' '.join(said)}</p>" if kind == "html" else f"{' '.join(said)}\n\n")
        content = "".join(["<p>first</p>" if kind == "html" else "first\n\n", *parts])
        document = read(kind, f"<!doctype html><html><body>{content}</body></html>" if kind == "html" else content)
        shown = [said for one in inlines(document) for each in told(document, one.passage) for said in each.pictures]
        assert shown == re.findall(r"says \d+", content)


def test_the_picture_of_a_word_document_stands_with_the_text_before_it() -> None:
    paper = docx.Document()
    paper.add_paragraph("The plan is done.")
    _draw(paper.add_paragraph(), "A chart of ten.")
    table = paper.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Result"
    paragraph = table.cell(0, 1).paragraphs[0]
    paragraph.add_run("It works.")
    _draw(paragraph, "A picture of it.")
    held = io.BytesIO()
    paper.save(held)
    document = read("docx", held.getvalue())
    texts = [one for one in inlines(document) if one.passage.text]
    assert [each.pictures for one in texts for each in told(document, one.passage)] == [
        ("A chart of ten.",),
        (),
        ("A picture of it.",),
    ]


def _draw(paragraph: docx.text.paragraph.Paragraph, said: str) -> None:
    drawing = docx.oxml.OxmlElement("w:drawing")
    inner = docx.oxml.OxmlElement("wp:docPr")
    inner.set("descr", said)
    drawing.append(inner)
    paragraph.add_run()._r.append(drawing)
