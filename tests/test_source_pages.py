"""The site's pages of the source: each kind of document as people look at it, with the way to its rows and back."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import docx
import pypdfium2
import pytest
from fpdf import FPDF
from lxml import html
from openpyxl import Workbook as Book
from PIL import Image

from document_help import read
from generate_declarations import narrative
from made_documents import DATASETS, MADE, TABLE_ALONE, laid_down
from ogp_data.core.places import Block, Line, Page, SheetCell, called
from ogp_data.core.source import SourceFile
from ogp_data.documents import Picture, draw
from ogp_data.site.document.laid import Laid
from ogp_data.site.document.layout import parts
from ogp_data.site.document.leaves import bound
from ogp_data.site.document.shown import ShownLeaf
from ogp_data.tables.claims import Claim, claims

ALONE = ("csv", "xlsx", "ods")
PLACES = {
    "markdown": "line-15",
    "html": "b9",
    "pdf": "p2",
    "csv": "document!A3",
    "xlsx": "Plan!A3",
    "ods": "Plan!A3",
    "docx": "b9",
}
"""Kind -> the id of the place at which a row of the table is shown."""


def publish(folder: Path, kind: str, content: bytes | None = None, datasets: object = None) -> Path:
    made = datasets or (TABLE_ALONE if kind in ALONE else DATASETS)
    outcome = laid_down(folder, kind, content or MADE[kind](), made).publish()  # type: ignore[arg-type]
    assert outcome.published, [str(found) for found in outcome.report.findings if found.severity == "error"]
    return outcome.folder


def page(path: Path) -> html.HtmlElement:
    return html.fromstring(path.read_bytes())


def said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def followed(path: Path, link: str) -> tuple[Path, html.HtmlElement]:
    """Return the page that a link of a page leads to, and the element there."""
    at = (path.parent / unquote(urlsplit(link).path)).resolve() if urlsplit(link).path else path.resolve()
    (element,) = page(at).xpath("//*[@id=$id]", id=unquote(urlsplit(link).fragment))
    return at, element


def links_to_source(path: Path) -> Iterator[str]:
    for link in page(path).iterfind(".//table//a[@href]"):
        if "source/" in link.get("href") and "#" in link.get("href"):
            yield link.get("href")


@pytest.mark.parametrize("kind", MADE)
def test_each_place_of_a_row_leads_to_where_its_words_are_shown(kind: str, tmp_path: Path) -> None:
    folder = publish(tmp_path, kind)
    found = links_to_source(folder / "en" / "progress" / "index.html")
    assert PLACES[kind] in [unquote(urlsplit(link).fragment) for link in found]
    for name in [one["name"] for one in (TABLE_ALONE if kind in ALONE else DATASETS)]:
        table = folder / "en" / str(name) / "index.html"
        with (folder / str(name) / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            places = {place for row in csv.DictReader(file) for place in row["source_places"].split()}
        links = list(links_to_source(table))
        assert len(set(links)) == len(places)
        for link in links:
            followed(table, link)


@pytest.mark.parametrize("kind", MADE)
def test_each_text_leads_to_the_row_that_has_it(kind: str, tmp_path: Path) -> None:
    folder = publish(tmp_path, kind)
    first = folder / "en" / "source" / "index.html"
    pages = [first, *sorted((first.parent / "pages").glob("*.html"))]
    found = [(path, link) for path in pages for link in page(path).iterfind('.//small[@class="of"]/a')]
    assert "progress 3" in [said(link) for _, link in found]
    for path, link in found:
        name, key = said(link).split()
        at, element = followed(path, link.get("href"))
        assert (at.parent.name, element.get("id")) == (name, key)


def test_a_page_of_a_pdf_is_a_picture_with_its_text_beside_it(tmp_path: Path) -> None:
    folder = publish(tmp_path, "pdf")
    second = folder / "en" / "source" / "pages" / "2.html"
    shown = page(second)
    (picture,) = shown.iterfind(".//img")
    content = (second.parent / picture.get("src")).resolve().read_bytes()
    assert (second.parent / picture.get("src")).resolve().relative_to(folder.resolve()) == Path("source/pages/2.png")
    image = Image.open(io.BytesIO(content))
    assert image.size == (int(picture.get("width")), int(picture.get("height")))
    assert len(content) < 150_000
    assert picture.get("alt")
    assert picture.get("loading") == "lazy"
    at = shown.find('.//*[@id="p2"]')
    cells = [said(cell.find("bdi")) for cell in at.findall(".//table/tr[1]/td")[:5]]
    assert cells == ["2", "Publish the contracts", "Limited", "", ""]
    assert "Open the budget" not in said(at)
    around = {link.get("rel"): link.get("href") for link in shown.iterfind('.//nav[@class="pager"]/a')}
    paths = {rel: (second.parent / href).resolve() for rel, href in around.items()}
    assert paths == {"prev": (second.parents[1] / "index.html").resolve(), "next": (second.parent / "3.html").resolve()}
    manifest = (folder / "manifest.json").read_text(encoding="utf-8")
    assert '"path": "source/pages/3.png"' in manifest
    assert '"mediaType": "image/png"' in manifest
    assert not list(folder.glob("**/preview"))


def test_a_sheet_is_a_table_with_the_names_of_its_columns_and_rows(tmp_path: Path) -> None:
    folder = publish(tmp_path, "xlsx")
    shown = page(folder / "en" / "source" / "index.html").find('.//table[@class="sheet"]')
    assert [said(cell) for cell in shown.iterfind("thead//th")] == ["A", "B", "C", "D", "E"]
    row = shown.find("tbody/tr[3]")
    assert [said(cell) for cell in row][:4] == ["3", "2", "Publish the contracts", "cell filled with #ffc000 Limited"]
    assert [cell.get("id") for cell in row][1:4] == ["Plan!A3", "Plan!B3", "Plan!C3"]


def test_merged_cells_of_sheets_span_and_rows_without_words_are_left_out() -> None:
    book = Book()
    sheet = book.active
    sheet.title = "One"
    for at, text in {"A1": "Both", "A2": "1", "B2": "2", "C2": "3", "B3": "5", "A9": "9", "C9": "11"}.items():
        sheet[at] = text
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("A2:A6")
    content = io.BytesIO()
    book.save(content)
    document = read("xlsx", content.getvalue())
    assert [block.kind for block in document.blocks][1:] == ["row", "row", "row"]
    (leaf,) = bound(parts(document, claims(document.source, (), document.asides)), ("made.xlsx",))
    table = html.fromstring(ShownLeaf("en", "en", {}, lambda *_: "").leaf(leaf, 2)).find(".//tbody")
    assert [[(said(cell), cell.get("rowspan"), cell.get("colspan")) for cell in row] for row in table] == [
        [("1", None, None), ("Both", None, None), ("", None, None), ("", None, None)],
        [("2", None, None), ("1", "2", None), ("2", None, None), ("3", None, None)],
        [("3", None, None), ("5", None, None), ("", None, None)],
        [("9", None, None), ("9", None, None), ("", None, None), ("11", None, None)],
    ]


def test_a_document_that_is_not_published_is_shown_nowhere(tmp_path: Path) -> None:
    workspace = laid_down(tmp_path, "pdf", MADE["pdf"](), DATASETS)
    workspace.edit("small/publication.toml", "publish = true", "publish = false")
    outcome = workspace.publish()
    assert outcome.published
    assert not (outcome.folder / "source").exists()
    assert not list(outcome.folder.rglob("*.png"))


def test_long_documents_are_parted_so_that_no_page_is_large(tmp_path: Path) -> None:
    paper = docx.Document()
    chance = random.Random(1)
    texts = [f"Paragraph {number}: {'word ' * chance.randrange(60)}end." for number in range(900)]
    for text in texts:
        paper.add_paragraph(text)
    content = io.BytesIO()
    paper.save(content)
    folder = publish(tmp_path, "docx", content.getvalue(), [narrative()])
    first = folder / "en" / "source" / "index.html"
    pages = [first, *sorted((first.parent / "pages").glob("*.html"), key=lambda path: int(path.stem))]
    assert 4 < len(pages) < 12
    assert max(len(path.read_bytes()) for path in pages) < 70_000
    shown = [said(one) for path in pages for one in page(path).iterfind(".//p[@id]/bdi")]
    assert shown == [" ".join(text.split()) for text in texts]
    for path in pages:
        for link in page(path).iterfind(".//nav[@class='pager']/a"):
            assert (path.parent / link.get("href")).is_file()


# Boxes on pictures ----------------------------------------------------------------------------------------


def one_word(chance: random.Random) -> bytes:
    """Return a PDF of one word somewhere on a page that is turned and cut in any way, and begins anywhere."""
    wide, high = chance.randrange(200, 900), chance.randrange(200, 900)
    paper = FPDF(unit="pt", format=(wide, high))
    paper.add_page()
    paper.set_font("helvetica", size=chance.randrange(8, 30))
    paper.text(chance.randrange(60, wide - 120), chance.randrange(60, high - 60), "Word")
    pdf = pypdfium2.PdfDocument(bytes(paper.output()))
    if chance.random() < 0.5:
        pdf[0].set_cropbox(chance.randrange(50), chance.randrange(50), wide - 5, high - 5)
    if chance.random() < 0.3:
        pdf[0].set_mediabox(-chance.randrange(50), chance.randrange(30), wide, high)
    pdf[0].set_rotation(chance.choice((0, 90, 180, 270)))
    content = io.BytesIO()
    pdf.save(content)
    return content.getvalue() if content.getvalue().rstrip().endswith(b"%%EOF") else content.getvalue() + b"\n%%EOF\n"


def ink(picture: Picture) -> tuple[float, float, float, float]:
    """Return the corners of what is not white on a picture, in points."""
    image = Image.open(io.BytesIO(picture.content)).convert("L").point(lambda level: 255 if level < 200 else 0)
    corners = image.getbbox()
    assert corners
    scale = picture.pixels[0] / picture.points[0]
    return tuple(side / scale for side in corners)  # type: ignore[return-value]


def check_box(chance: random.Random) -> None:
    """The box of a word is where its picture has ink, however the page is turned and cut."""
    content = one_word(chance)
    (picture,) = draw(SourceFile("made.pdf", content, kind="pdf"))
    document = read("pdf", content)
    boxes = [place.box for place in document.source.stretches if isinstance(place, Page) and place.box]
    left, top, right, bottom = ink(picture)
    assert min(box.left for box in boxes) <= left + 2
    assert min(box.top for box in boxes) <= top + 2
    assert max(box.right for box in boxes) >= right - 2
    assert max(box.bottom for box in boxes) >= bottom - 2
    size = max(max(box.right - box.left, box.bottom - box.top) for box in boxes)
    assert size < 120


def test_a_box_is_where_the_page_has_ink() -> None:
    for seed in range(6):
        check_box(random.Random(seed))


def test_of_a_page_only_what_rows_have_of_it_is_told_of_them() -> None:
    document = read("pdf", MADE["pdf"]())
    text = document.source.text
    first = text.index("Publish the contracts", text.index("Substantial"))
    second = text.index("Stream the council", first)
    spans = [(first, first + len("Publish the contracts")), (second, second + len("Stream the council"))]
    held = [Claim(start, end, "progress", row, "c1") for row, (start, end) in enumerate(spans, start=1)]
    laid = Laid(document.source, bound(parts(document, held), ("made.pdf",)), {}, held)
    assert laid.said_by({("progress", 1)}) == {Page(2): "Publish the contracts"}
    assert laid.said_by({("progress", 1), ("progress", 2)})[Page(2)] == ("Publish the contracts\nStream the council")
    assert laid.said_by({("links", 0)}) == {}
    label = text.index("Limited", first)
    labelled = [*held[:1], Claim(label, label + len("Limited"), reason="label"), *held[1:]]
    laid = Laid(document.source, bound(parts(document, labelled), ("made.pdf",)), {}, labelled)
    assert laid.said_by({("progress", 1)})[Page(2)] == "Publish the contracts │ Limited"


def test_where_the_file_is_known_a_place_does_not_name_it() -> None:
    for place in (Line(7, file=25), Page(7, file=2), SheetCell("Plan", "A", 7, file=3), Block(7, file=4)):
        name, short = called([place.in_its_file])
        assert "file" not in " ".join(one.of("en") for one in (*((name,) if name else ()), *short))
        assert place.words.of("en").startswith(f"file {place.file}, ")
