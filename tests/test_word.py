"""Word documents, read as people see them: with the numbers of lists, without what was taken out."""

from __future__ import annotations

import io
import random
import zipfile
from collections import Counter

import docx
import pytest
from docx.document import Document as Paper
from docx.oxml import parse_xml
from lxml import etree

from document_help import carried, check, inlines, links, read, rows, said, told, words
from made_documents import to_docx, zipped
from ogp_data.core.source import SourceFile
from ogp_data.documents import READERS, Document
from ogp_data.documents.limits import UnreadableError

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{SPACE}}}"
NUMBERING = f"""<w:numbering xmlns:w="{SPACE}"><w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>"""


def xml(inner: str, **more: str) -> Document:
    """Return a document whose body is what is given, in the package that python-docx writes."""
    content = io.BytesIO()
    paper = docx.Document()
    for child in list(paper.element.body):
        paper.element.body.remove(child)
    paper.save(content)
    archive = zipfile.ZipFile(content)
    parts = {name: archive.read(name).decode("utf-8", "surrogateescape") for name in archive.namelist()}
    body = parts["word/document.xml"].replace("<w:body/>", f"<w:body>{inner}</w:body>")
    return read(
        "docx",
        zipped(
            {**{n: p.encode("utf-8", "surrogateescape") for n, p in parts.items()}, "word/document.xml": body, **more}
        ),
    )


def p(text: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{text}</w:p>"


def r(text: str, looks: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{looks}</w:rPr>" if looks else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def item(level: int, text: str, name: int = 1) -> str:
    return p(r(text), f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{name}"/></w:numPr>')


def test_numbers_are_those_that_are_seen() -> None:
    inner = item(0, "one") + item(1, "one a") + item(1, "one b") + item(2, "bullet") + p(r("between")) + item(0, "two")
    inner += item(1, "two a") + item(0, "anew", 2) + item(0, "none", 9)
    found = xml(inner, **{"word/numbering.xml": NUMBERING})
    assert [(block.kind, block.marker, block.number, block.depth, said(block)) for block in found.blocks] == [
        ("item", "1.", 1, 1, "one"),
        ("item", "1.a)", 0, 2, "one a"),
        ("item", "1.b)", 0, 2, "one b"),
        ("item", "•", 0, 3, "bullet"),
        ("paragraph", "", 0, 0, "between"),
        ("item", "2.", 2, 1, "two"),
        ("item", "2.a)", 0, 2, "two a"),
        ("item", "1.", 1, 1, "anew"),
        ("paragraph", "", 0, 0, "none"),
    ]


@pytest.mark.parametrize(
    ("inner", "text", "rules"),
    [
        (f"<w:ins>{r('in')}</w:ins><w:del><w:r><w:delText>out</w:delText></w:r></w:del>", "in", ["tracked-changes"]),
        (f"<w:moveFrom>{r('from')}</w:moveFrom><w:moveTo>{r('to')}</w:moveTo>", "to", ["tracked-changes"]),
        (r("seen ") + r("not", "<w:vanish/>"), "seen", ["hidden-text"]),
        (r("seen", '<w:vanish w:val="0"/>'), "seen", []),
        (f"<w:sdt><w:sdtContent>{r('control')}</w:sdtContent></w:sdt>", "control", []),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>", "a b c-d", []),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "✓", []),
        (r("\uf0fe", '<w:rFonts w:ascii="Wingdings"/>'), "☑", []),
        (r("m") + r("2", '<w:vertAlign w:val="superscript"/>'), "m²", []),
        (f'<w:fldSimple w:instr=" PAGE ">{r("7")}</w:fldSimple>', "7", []),
        ("<w:r><w:drawing/></w:r>" + r("words"), "words", ["picture-unread"]),
        (r("a") + '<w:r><w:commentReference w:id="1"/></w:r>', "a", ["comments"]),
    ],
)
def test_a_paragraph_says_what_is_seen_of_it(inner: str, text: str, rules: list[str]) -> None:
    found = xml(p(inner))
    told_of = [*(rule for rule, _ in told(found)), *carried(found)]
    assert ([said(block) for block in found.blocks], told_of) == ([text], rules)


def test_a_field_shows_its_result_and_a_link_its_words() -> None:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = '<w:r><w:instrText> HYPERLINK "https://a.example/" </w:instrText></w:r>'
    found = xml(p(r("see ") + char("begin") + code + char("separate") + r("this") + char("end") + r(" and on")))
    assert [said(block) for block in found.blocks] == ["see this and on"]
    assert links(found) == [("this", "https://a.example/")]


def test_text_boxes_notes_and_headers_are_in_their_places() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{p(r('in the box'))}</w:txbxContent></w:pict></w:r>"
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnotes xmlns:w="{SPACE}"><w:footnote w:id="2">{p(r("the note"))}</w:footnote></w:footnotes>'
    header = f'<w:hdr xmlns:w="{SPACE}">{p(r("Ministry"))}</w:hdr>'
    found = xml(p(r("text") + note + box), **{"word/footnotes.xml": notes, "word/header1.xml": header})
    assert [(block.kind, block.marker, said(block)) for block in found.blocks] == [
        ("paragraph", "", "text¹"),
        ("paragraph", "", "in the box"),
        ("item", "1", "the note"),
    ]
    text = found.source.text
    assert [(aside.reason, text[aside.start : aside.end]) for aside in found.asides] == [("running-header", "Ministry")]


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(r(text)) if text else '<w:p/>'}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def test_cells_that_span_are_one_and_the_others_empty() -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = (
        tr(tc("A", '<w:gridSpan w:val="2"/>'), tc("B"), properties="<w:tblHeader/>")
        + tr(tc("C", down), tc("d", '<w:shd w:fill="00B050"/>'), tc("e", '<w:shd w:fill="auto"/>'))
        + tr(tc("", on), tc("f"), tc("g", down))
        + tr(tc("h"), tc("i"), tc("lost", on))
    )
    found = xml(f"<w:tbl>{table}</w:tbl>")
    assert rows(found) == [["A", "", "B"], ["C", "d", "e"], ["", "f", "g"], ["h", "i", ""]]
    held = [block.cells for block in found.blocks]
    assert [(cell.rows, cell.columns) for cell in (held[0][0], held[1][0], held[2][2])] == [(1, 2), (2, 1), (2, 1)]
    assert [[cell.covered for cell in row] for row in held] == [
        [False, True, False],
        [False, False, False],
        [True, False, False],
        [False, False, True],
    ]
    assert [cell.is_header for cell in held[0]] == [True, False, True]
    assert [held[1][1].fill, held[1][2].fill] == ["#00b050", ""]
    assert list(carried(found)) == ["hidden-text"]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (tr(tc("c"), tc("d"), properties="<w:del/>"), [["a", "b"], ["e", "f"]]),
        (tr(tc("c"), tc("d"), properties="<w:ins/>"), [["a", "b"], ["c", "d"], ["e", "f"]]),
        (tr(tc("c", "<w:cellDel/>"), tc("d", "<w:cellDel/>")), [["a", "b"], ["e", "f"]]),
        (tr(tc("c", "<w:cellDel/>"), tc("d")), [["a", "b"], ["", "d"], ["e", "f"]]),
        (tr(tc("c"), tc("d", "<w:cellIns/>")), [["a", "b"], ["c", "d"], ["e", "f"]]),
    ],
    ids=["row out", "row in", "all cells out", "cell out", "cell in"],
)
def test_tracked_changes_of_rows_and_cells_are_as_if_accepted_and_told(second: str, expected: list[list[str]]) -> None:
    found = xml(f"<w:tbl>{tr(tc('a'), tc('b'))}{second}{tr(tc('e'), tc('f'))}</w:tbl>")
    assert (rows(found), list(carried(found))) == (expected, ["tracked-changes"])


@pytest.mark.parametrize(
    "kind",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    ],
)
def test_a_document_with_macros_and_a_template_are_read_as_one_without(kind: str) -> None:
    archive = zipfile.ZipFile(io.BytesIO(to_docx()))
    parts = {name: archive.read(name) for name in archive.namelist()}
    usual = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = parts["[Content_Types].xml"]
    assert usual in types
    made_so = {**parts, "[Content_Types].xml": types.replace(usual, kind.encode()), "word/vbaProject.bin": b"x"}
    found = read("docx", zipped(made_so))
    assert words(found) == words(read("docx", to_docx()))
    assert "macros" in {one.kind for one in found.carried}


def test_what_is_no_document_of_word_says_so_without_the_insides_of_the_program() -> None:
    archive = zipfile.ZipFile(io.BytesIO(to_docx()))
    parts = {name: archive.read(name) for name in archive.namelist()}
    types = parts["[Content_Types].xml"].replace(b"wordprocessingml.document.main", b"presentationml.slide")
    with pytest.raises(UnreadableError) as raised:
        read("docx", zipped({**parts, "[Content_Types].xml": types}))
    assert (raised.value.rule, "it is no document of Word" in raised.value.message) == ("damaged-file", True)


# By another count -----------------------------------------------------------------------------------------------


def made(chance: random.Random) -> bytes:
    """Return a document of headings, lists, tables and runs of all looks."""
    paper: Paper = docx.Document()
    for _ in range(chance.randrange(8)):
        kind = chance.randrange(4)
        text = " ".join(f"w{chance.randrange(99)}" for _ in range(chance.randrange(4)))
        if kind == 0:
            paper.add_heading(text, chance.randrange(4))
        elif kind == 1:
            paragraph = paper.add_paragraph(
                text, style=chance.choice(["List Number", "List Bullet", "Normal", "List Number 2"])
            )
            run = paragraph.add_run(" é\tf\ng")
            run.bold, run.italic = chance.random() < 0.5, chance.random() < 0.5
        elif kind == 2:
            table = paper.add_table(3, 3)
            for cell in (cell for row in table.rows for cell in row.cells):
                cell.text = text if chance.random() < 0.6 else ""
            if chance.random() < 0.5:
                table.cell(0, 0).merge(table.cell(chance.randrange(3), chance.randrange(3)))
        else:
            run = f'<w:r xmlns:w="{SPACE}"><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
            paper.add_paragraph()._p.append(parse_xml(run))
    content = io.BytesIO()
    paper.save(content)
    return content.getvalue()


def check_count(chance: random.Random) -> None:
    """The letters that are read are those in the XML, with the signs for symbols, without markers of items in cells."""
    content = made(chance)
    document = READERS["docx"].read(SourceFile("made.docx", content))
    check(document)
    body = etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml"))
    seen = Counter("".join("".join((text.text or "").split()) for text in body.iter(f"{W}t")))
    seen["✓"] += sum(1 for _ in body.iter(f"{W}sym"))
    assert Counter("".join(words(document).elements())) == +seen


def test_no_letter_of_a_document_is_missing() -> None:
    for seed in range(40):
        check_count(random.Random(seed))


# What is refused ------------------------------------------------------------------------------------------------


def test_what_cannot_be_read_says_why() -> None:
    for content in (to_docx()[:5000], zipped({"word/document.xml": "<a"}), zipped({"a.xml": "<!DOCTYPE a []><a/>"})):
        with pytest.raises(UnreadableError) as raised:
            read("docx", content)
        assert raised.value.rule == "damaged-file"


def test_macros_are_told() -> None:
    archive = zipfile.ZipFile(io.BytesIO(to_docx()))
    parts = {name: archive.read(name) for name in archive.namelist()}
    document = read("docx", zipped({**parts, "word/vbaProject.bin": b"x"}))
    assert "macros" in {one.kind for one in document.carried}
    assert inlines(document)
