"""What a file carries unseen is told, each kind once, and nothing is told that is not there."""

from __future__ import annotations

import datetime
import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from fpdf import FPDF
from fpdf.drawing import DeviceCMYK, DeviceGray, DeviceRGB
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill

from document_help import read
from made_documents import DATASETS, MADE, laid_down, to_docx, to_html, to_markdown, to_ods, to_pdf, to_xlsx, zipped
from ogp_data.core.findings import Finding
from ogp_data.core.unseen import ABOUT

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OUTSIDE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "word/_rels/document.xml.rels"

Made = Mapping[str, tuple[Callable[[], bytes], Mapping[str, int]]]
"""What is put into a file, and what the file then carries more than before."""


def with_parts(content: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """Return an archive with more parts, or others in the place of its own."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return zipped({**{name: archive.read(name) for name in archive.namelist()}, **parts})


def edited(content: bytes, name: str, old: str, new: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read(name).decode()
    assert old in text
    return with_parts(content, {name: text.replace(old, new, 1)})


def exif(order: str, tags: Mapping[int, int], gps: Mapping[int, int] | None = None) -> bytes:
    """Return a JPEG, as far as it matters here, with a block of EXIF."""
    held = {**tags, **({0x8825: 8 + 2 + 12 * (len(tags) + 1) + 4} if gps is not None else {})}

    def block(entries: Mapping[int, int]) -> bytes:
        said = b"".join(struct.pack(f"{order}HHII", tag, 4, 1, value) for tag, value in entries.items())
        return struct.pack(f"{order}H", len(entries)) + said + struct.pack(f"{order}I", 0)

    mark = b"II*\0" if order == "<" else b"MM\0*"
    tiff = mark + struct.pack(f"{order}I", 8) + block(held) + (block(gps) if gps is not None else b"")
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff + b"\xff\xd9"


# Word ----------------------------------------------------------------------------------------------------


def body(inner: str) -> bytes:
    return edited(to_docx(), "word/document.xml", "<w:body>", f"<w:body><w:p>{inner}</w:p>")


def run(looks: str) -> str:
    return f"<w:r><w:rPr>{looks}</w:rPr><w:t>words</w:t></w:r>"


def commented(count: int) -> bytes:
    said = "".join(f'<w:r><w:commentReference w:id="{n}"/></w:r>' for n in range(count))
    held = "".join(f'<w:comment w:id="{n}" w:author="J. Vos"/>' for n in range(count))
    return with_parts(body(said), {"word/comments.xml": f'<w:comments xmlns:w="{W}">{held}</w:comments>'})


def related(kind: str, target: str) -> bytes:
    one = f'<Relationship Id="rId99" Type="{OUTSIDE}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    return edited(to_docx(), RELATIONS, "</Relationships>", one)


def word_part(name: str, content: str | bytes = b"x") -> Callable[[], bytes]:
    return lambda: with_parts(to_docx(), {name: content})


WHITE = '<w:color w:val="FFFFFF"/>'
WORD: Made = {
    "comments": (lambda: commented(3), {"comments": 3, "authors": 1}),
    "tracked changes": (lambda: body(f"<w:ins>{run('')}</w:ins>"), {"tracked-changes": 1}),
    "hidden": (lambda: body(run("<w:vanish/>")), {"hidden-text": 1}),
    "white": (lambda: body(run(WHITE)), {"unseen-text": 1}),
    "white on black": (lambda: body(run(f'{WHITE}<w:shd w:val="clear" w:fill="000000"/>')), {}),
    "tiny": (lambda: body(run('<w:sz w:val="2"/>')), {"unseen-text": 1}),
    "macros": (word_part("word/vbaProject.bin"), {"macros": 1}),
    "an object": (word_part("word/embeddings/oleObject1.bin"), {"embedded-objects": 1}),
    "a printer": (word_part("word/printerSettings1.bin"), {"printer": 1}),
    "a company": (word_part("docProps/app.xml", "<P><Company>Vos</Company></P>"), {"organisation": 1}),
    "a template": (lambda: related("attachedTemplate", "file:///C:/Users/vos/x.dotm"), {"file-paths": 1}),
    "a link to a disk": (lambda: related("hyperlink", "file:///C:/Users/vos/x.docx"), {"file-paths": 1}),
    "a picture elsewhere": (lambda: related("image", "https://x.example/a.png"), {"external-references": 1}),
    "a link": (lambda: related("hyperlink", "https://x.example/"), {}),
    "a property": (word_part("docProps/custom.xml", '<P><property name="Client"/></P>'), {"properties": 1}),
    "a list of no books": (word_part("customXml/item1.xml", "<Sources/>"), {}),
    "a place": (word_part("word/media/a.jpeg", exif("<", {}, {1: 0, 2: 0, 4: 0})), {"picture-location": 1}),
    "a camera": (word_part("word/media/a.jpg", exif(">", {0x010F: 0, 0x0110: 0})), {"picture-properties": 1}),
    "no place": (word_part("word/media/a.jpg", exif(">", {0x0112: 1}, {0: 2})), {}),
}


def gained(kind: str, before: bytes, after: bytes) -> dict[str, int]:
    """Return what a file carries more of than another, how much."""
    had, has = ({one.kind: one.count for one in read(kind, content).carried} for content in (before, after))
    return {name: count - had.get(name, 0) for name, count in has.items() if count > had.get(name, 0)}


@pytest.mark.parametrize("name", WORD)
def test_a_word_file_carries(name: str) -> None:
    make, more = WORD[name]
    assert gained("docx", to_docx(), make()) == more


# Spreadsheets --------------------------------------------------------------------------------------------


def book(change: Callable[[Workbook], None]) -> bytes:
    held, content = load_workbook(io.BytesIO(to_xlsx())), io.BytesIO()
    change(held)
    held.save(content)
    return content.getvalue()


def _white(held: Workbook) -> None:
    held.active["A9"] = "secret"
    held.active["A9"].font = Font(color="FFFFFFFF")


def _white_on_blue(held: Workbook) -> None:
    _white(held)
    held.active["A9"].fill = PatternFill("solid", fgColor="FF000080")


def _unshown(held: Workbook) -> None:
    held.active["A9"] = 12
    held.active["A9"].number_format = ";;;"


def sheet_part(name: str, content: str | bytes = b"<a/>") -> Callable[[], bytes]:
    return lambda: with_parts(to_xlsx(), {name: content})


SHEETS: Made = {
    "white": (lambda: book(_white), {"unseen-text": 1}),
    "white on blue": (lambda: book(_white_on_blue), {}),
    "a format that shows nothing": (lambda: book(_unshown), {"unseen-text": 1}),
    "macros": (sheet_part("xl/vbaProject.bin"), {"macros": 1}),
    "another file": (sheet_part("xl/externalLinks/externalLink1.xml"), {"external-references": 1, "kept-data": 1}),
    "a pivot table": (sheet_part("xl/pivotCache/pivotCacheRecords1.xml"), {"kept-data": 1}),
    "persons": (sheet_part("xl/persons/person.xml", '<p displayName="J. Vos"/>'), {"authors": 1}),
    "a printer": (sheet_part("xl/printerSettings/printerSettings1.bin"), {"printer": 1}),
    "its folder": (
        lambda: edited(to_xlsx(), "xl/workbook.xml", "<workbookPr", '<absPath url="C:/Users/vos/"/><workbookPr'),
        {"file-paths": 1},
    ),
}


@pytest.mark.parametrize("name", SHEETS)
def test_a_workbook_carries(name: str) -> None:
    make, more = SHEETS[name]
    assert gained("xlsx", to_xlsx(), make()) == more


def test_an_ods_carries() -> None:
    meta = "<m><creator>J. Vos</creator><keyword>draft</keyword><generator>LibreOffice</generator></m>"
    parts = {"meta.xml": meta, "Thumbnails/thumbnail.png": b"x", "Basic/a.xml": b"x", "Versions/v1": b"x"}
    found = gained("ods", to_ods(), with_parts(to_ods(), parts))
    kinds = ("authors", "properties", "program", "preview", "macros", "earlier-versions")
    assert found == dict.fromkeys(kinds, 1)


# PDF -----------------------------------------------------------------------------------------------------


def paper(change: Callable[[FPDF], object]) -> bytes:
    held = FPDF()
    held.set_creation_date(datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
    held.add_page()
    held.set_font("helvetica", size=11)
    held.cell(60, 8, "Seen by all")
    change(held)
    return bytes(held.output())


def _on_black(held: FPDF, ink: int) -> None:
    held.set_fill_color(0)
    held.set_text_color(ink)
    held.cell(60, 8, "words", fill=True)


def _in_white(held: FPDF) -> None:
    held.set_text_color(255)
    held.cell(60, 8, "words")


def _tiny(held: FPDF) -> None:
    held.set_font_size(1)
    held.cell(60, 8, "words")


PAPER: Made = {
    "author": (lambda: paper(lambda held: held.set_author("J. Vos")), {"authors": 1}),
    "title": (lambda: paper(lambda held: held.set_title("Draft")), {"properties": 1}),
    "white": (lambda: paper(_in_white), {"unseen-text": 1}),
    "black on black": (lambda: paper(lambda held: _on_black(held, 0)), {"unseen-text": 1}),
    "white on black": (lambda: paper(lambda held: _on_black(held, 255)), {}),
    "tiny": (lambda: paper(_tiny), {"unseen-text": 1}),
    "off the page": (lambda: paper(lambda held: held.text(400, 50, "words")), {"text-off-page": 1}),
    "comment": (lambda: paper(lambda held: held.text_annotation(20, 20, "a word")), {"comments": 1}),
    "file": (lambda: paper(lambda held: held.embed_file(bytes=b"x", basename="x.txt")), {"attachments": 1}),
    "link": (lambda: paper(lambda held: held.cell(20, 8, "x", link="https://x.example/")), {}),
}


@pytest.mark.parametrize("name", PAPER)
def test_a_pdf_carries(name: str) -> None:
    make, more = PAPER[name]
    assert gained("pdf", paper(lambda _: None), make()) == more


Ink = DeviceCMYK | DeviceGray | DeviceRGB


@pytest.mark.parametrize(
    ("ink", "under", "more"),
    [
        (DeviceCMYK(0, 0, 0, 0), DeviceGray(1), {"unseen-text": 1}),
        (DeviceGray(0.5), DeviceRGB(0.5, 0.5, 0.5), {"unseen-text": 1}),
        (DeviceCMYK(0, 0, 0, 0.5), DeviceGray(0.5), {"unseen-text": 1}),
        (DeviceRGB(1, 0, 0), DeviceCMYK(0, 1, 1, 0), {"unseen-text": 1}),
        (DeviceRGB(1, 0, 0), DeviceCMYK(1, 0, 1, 0), {}),
        (DeviceGray(0.5), DeviceCMYK(0, 0, 0, 0.25), {}),
    ],
)
def test_a_colour_of_a_pdf_is_the_same_however_it_is_mixed(ink: Ink, under: Ink, more: Mapping[str, int]) -> None:
    def written(held: FPDF) -> None:
        held.set_fill_color(under)
        held.set_text_color(ink)
        held.cell(60, 8, "words", fill=True)

    assert gained("pdf", paper(lambda _: None), paper(written)) == more


def test_what_is_written_behind_a_pdf_makes_what_was_there_an_earlier_version() -> None:
    content = to_pdf()
    table = content.rindex(b"startxref")
    again = b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n" + content[content.rindex(b"xref\n0") : table]
    # As Word ends a file: a second table, and no object that is another.
    twice = content + b"xref\n0 0\n" + content[content.rindex(b"trailer") :]
    assert gained("pdf", content, twice) == {}
    assert gained("pdf", content, content + again + content[table:]) == {"earlier-versions": 1}


# Pages and Markdown --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inner", "more"),
    [
        ("<!-- not this --><p>a</p>", {"comments": 1}),
        ("<script>'<!-- no comment -->'</script>", {"macros": 1}),
        ("<p onclick='x()'>a</p>", {"macros": 1}),
        ("<meta name=author content='J. Vos'><meta name=generator content=x>", {"authors": 1, "program": 1}),
        ("<meta name=description content=x><meta name=author content=''>", {}),
        ("<p hidden>a</p><input type=hidden value=a><input type=hidden>", {"hidden-text": 2}),
        ("<p style='color: white'>a</p><p style='font-size: 0'>a</p>", {"unseen-text": 2}),
        ("<p style='color: #fff; background: navy'>a</p>", {}),
        ("<div bgcolor=navy><font color=white>a</font></div>", {}),
        ("<iframe src=x></iframe><link rel=stylesheet href=x><link rel=canonical href=x>", {"external-references": 2}),
    ],
)
def test_a_page_carries(inner: str, more: Mapping[str, int]) -> None:
    assert gained("html", to_html(), to_html().replace(b"<h1>", f"{inner}<h1>".encode(), 1)) == more


def test_markdown_carries() -> None:
    said = "\n\na <!-- one --> b\n\n<!-- two -->\n\n[//]: # (three)\n\n[link]: https://x.example/\n"
    assert gained("markdown", to_markdown(), to_markdown() + said.encode()) == {"comments": 3}


# What is told --------------------------------------------------------------------------------------------


def told(folder: Path, content: bytes, **source: object) -> list[Finding]:
    outcome = laid_down(folder, "docx", content, DATASETS, source).publish(write_dist=False)
    return [found for found in outcome.report.findings if found.rule.startswith("carried")]


def test_each_kind_is_told_once_however_often_it_is_met(tmp_path: Path) -> None:
    """Nothing of what it says is told: a report is published."""
    found = told(tmp_path, commented(5000))
    (one,) = [one for one in found if "comments" in one.message]
    assert len(found) <= len(ABOUT)
    assert (one.severity, "(5000)" in one.message, str(one.place.at)) == ("warning", True, "block 1")
    assert all(len(one.message) < 300 and "Vos" not in str(one) for one in found)
    assert 'add "comments" to `carries`' in one.hint
    assert "publish = false" in one.hint


def test_what_may_be_there_is_told_no_more_and_what_is_gone_is(tmp_path: Path) -> None:
    known = sorted({one.kind for one in read("docx", commented(1)).carried})
    assert told(tmp_path / "a", commented(1), carries=known) == []
    gone = told(tmp_path / "b", to_docx(), carries=known)
    assert [(one.rule, one.place.key) for one in gone] == [("carried-no-more", "source.carries")]
    assert "comments" in gone[0].message


def test_of_a_file_that_is_not_published_only_what_bears_on_the_tables_is_told(tmp_path: Path) -> None:
    found = told(tmp_path, commented(1), publish=False)
    assert [one.message.partition(" (")[0] for one in found] == ["The file carries comments, which are not read"]
    assert "publish = false" not in found[0].hint


@pytest.mark.parametrize("kind", MADE)
def test_a_file_of_each_kind_is_read_with_what_it_carries(kind: str) -> None:
    """None of the made documents carries what bears on its tables."""
    assert not [one.kind for one in read(kind, MADE[kind]()).carried if ABOUT[one.kind].is_content]
