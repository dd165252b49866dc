"""A PDF is read twice, by two libraries: where they differ the steward is told, and where they do not, nobody is."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from conftest import Workspace, shared
from document_help import check, rows
from made_documents import DATASETS, MADE, laid_down
from made_pages import HEIGHT, ROW, WIDTH, Made, Sheet, at, made, pdf, shown
from ogp_data.cli.main import main
from ogp_data.core.findings import Finding
from ogp_data.core.places import Box, Page
from ogp_data.core.source import SourceFile
from ogp_data.documents import READERS, Document
from ogp_data.documents.pdf.second import comparing
from ogp_data.documents.pdf.second.comparing import differences
from ogp_data.documents.pdf.second.words import unlike

SOME = 10
"""So many pages by chance are tried each time."""


def read(*sheets: Sheet) -> Document:
    document = READERS["pdf"].read(SourceFile("made.pdf", pdf(*sheets)))
    check(document)
    return document


def said(document: Document) -> list[str]:
    return [str(found.message) for found in document.differences]


def two_cells() -> Sheet:
    """A table of a row with two cells, of which the second has words, and a paragraph below."""
    sheet = Sheet()
    for column in range(2):
        sheet.rect(40 + column * WIDTH, 100, WIDTH, ROW)
    sheet.text(*at(0, 1), "right one")
    sheet.text(40, 300, "Below the table.")
    return sheet


# No difference --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(SOME))
def test_nothing_is_told_where_both_read_the_same_and_that_is_what_stands_there(seed: int) -> None:
    page = made(random.Random(seed))
    document = read(page.sheet)
    assert said(document) == []
    # A note is raised in the text, and in the page only drawn higher.
    expected = [["report ¹" if cell == "report" else cell for cell in row] for row in page.cells]
    assert [["report ¹" if cell == "report" else cell for cell in row] for row in rows(document)] == expected


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("of\ufb01ce x\u00b2 \u2026", "office x2 ..."),
        ("govern\u00adment", "govern\uffffment"),
        ("govern-ment", "govern\uffffment"),
        ("Rijks- en gemeenten", "Rijks\uffffen gemeenten"),
        ("a b\u00a0c", "c a b"),
        ("one two", "onetwo"),
        ("onetwo three", "three one two"),
        ("govern-ment a", "a ment govern-"),
        ("", " \n"),
    ],
)
def test_what_is_no_difference(first: str, second: str) -> None:
    assert unlike(first, second) == ([], [])


@pytest.mark.parametrize(
    ("first", "second", "left"),
    [
        ("12 July", "21 July", (["12"], ["21"])),
        ("2020-2022", "20202022", (["2020-2022"], ["20202022"])),
        ("a a b", "a b", (["a"], [])),
        ("", "✓", ([], ["✓"])),
        ("Budget", "budget", (["Budget"], ["budget"])),
        ("TAhBe", "The AB", (["TAhBe"], ["The", "AB"])),
    ],
)
def test_what_is_a_difference(first: str, second: str, left: tuple[list[str], list[str]]) -> None:
    assert unlike(first, second) == left


def test_nothing_is_told_of_the_sample() -> None:
    content = (shared() / "samples" / "us-nap2-midterm-self-assessment.pdf").read_bytes()
    document = READERS["pdf"].read(SourceFile("sample.pdf", content))
    assert said(document) == []
    # It was looked at all the same: with one letter changed, just that is told.
    source = document.source
    at_word = source.text.index("Completion level")
    spoilt = replace(source, text=source.text[:at_word] + "K" + source.text[at_word + 1 :])
    (found,) = differences(content, replace(document, source=spoilt), 28)
    assert "“Kompletion” in the first, “Completion” in the second" in found.message
    assert found.place.at == source.place(at_word)


# What one of them is misled by ----------------------------------------------------------------------------------


def overlapping(sheet: Sheet, x: float, y: float) -> None:
    sheet.text(x, y, "left one")
    sheet.text(x + 4, y, "other words")


def actual(sheet: Sheet, x: float, y: float) -> None:
    sheet.drawn.append(f"/Span<</ActualText(something else)>>BDC\n{shown(x, y, 'left one')}\nEMC")


def nameless(sheet: Sheet, x: float, y: float) -> None:
    sheet.drawn.append(f"BT /F9 11 Tf {x} {HEIGHT - y} Td <00210022> Tj ET")


def tick(sheet: Sheet, x: float, y: float) -> None:
    sheet.tick(x, y)


def curve(sheet: Sheet, x: float, y: float) -> None:
    sheet.drawn.append(
        f"{x} {HEIGHT - y} m {x + 2} {HEIGHT - y - 4} {x + 4} {HEIGHT - y - 4} {x + 9} {HEIGHT - y + 6} c S"
    )


def soft(sheet: Sheet, x: float, y: float) -> None:
    """The first library takes the hyphen of this encoding for a space."""
    sheet.drawn.append(f"BT /F1 11 Tf {x} {HEIGHT - y} Td (well\\255being) Tj ET")


MISLEADING: tuple[tuple[Callable[[Sheet, float, float], None], str, str], ...] = (
    (overlapping, "readings-differ", "“leoftth oenr ewords” in the first, “left one other words” in the second"),
    (actual, "readings-differ", "“left one” in the first, “something else” in the second"),
    (nameless, "readings-differ", "in the first"),
    (tick, "drawn-mark", "the cell is read as “”"),
    (curve, "drawn-mark", "the cell is read as “”"),
    (soft, "readings-differ", "“well being” in the first, “well-being” in the second"),
)


@pytest.mark.parametrize(("draw", "rule", "message"), MISLEADING)
def test_what_misleads_one_of_them_is_told_with_its_place(
    draw: Callable[[Sheet, float, float], None], rule: str, message: str
) -> None:
    sheet = two_cells()
    draw(sheet, *at(0, 0))
    document = read(sheet)
    (found,) = document.differences
    assert (found.rule, found.severity, found.place.file) == (rule, "warning", "made.pdf")
    assert message in found.message
    assert isinstance(found.place.at, Page)
    assert found.place.at.number == 1
    assert found.place.at.box
    assert within(found.place.at.box, Box(40, 100, 40 + WIDTH, 100 + ROW))
    assert not document.findings


@pytest.mark.parametrize(
    "draw",
    [
        lambda sheet, x, y: sheet.drawn.append(f"q 0 0 9 9 re W n\n{shown(x, y, 'left one')}\nQ"),
        lambda sheet, x, y: sheet.drawn.append(shown(x, y, "left one").replace("BT", "BT 3 Tr") + " BT 0 Tr ET"),
        lambda sheet, x, y: setattr(sheet, "form", shown(x, y, "left one")) or sheet.drawn.append("/X1 Do"),
        lambda sheet, x, y: [sheet.text(x + step, y, "left one") for step in (0, 0.3)],
    ],
)
def test_what_is_cut_off_invisible_in_a_drawing_or_drawn_twice_both_read_once(
    draw: Callable[[Sheet, float, float], None],
) -> None:
    sheet = two_cells()
    draw(sheet, *at(0, 0))
    document = read(sheet)
    assert rows(document) == [["left one", "right one"]]
    assert said(document) == []


def test_what_is_drawn_again_after_much_else_is_no_difference() -> None:
    sheet, (x, y) = two_cells(), at(0, 0)
    sheet.text(x, y, "left one")
    for step, letter in enumerate("abcdefghij"):
        sheet.text(x + 40 + 9 * step, y + 14, letter)
    sheet.text(x + 0.3, y, "left one")
    document = read(sheet)
    assert rows(document) == [["left one a b c d e f g h i j", "right one"]]
    assert said(document) == []


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("cut", ["", "/CropBox[20 50 500 800]", "/MediaBox[20 50 560 800]"])
def test_boxes_are_where_people_see_them_however_a_page_is_turned_and_cut(turn: int, cut: str) -> None:
    sheet = two_cells()
    sheet.link(*at(0, 1), 40, "https://www.example.org/")
    sheet.more = f"/Rotate {turn}{cut}"
    document = read(sheet)
    assert said(document) == []
    assert sorted(word for row in rows(document) for word in row) == ["", "right one"]
    with pypdfium2.PdfDocument(pdf(sheet)) as drawn:
        width, height = drawn[0].get_size()
        image = drawn[0].render(scale=1).to_pil().convert("L")
    (cell,) = (p for p, start, end in document.source if "right" in document.source.text[start:end])
    assert isinstance(cell, Page)
    assert cell.box
    left, top, right, bottom = cell.box.corners
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    # The ink of the words is within the box of their cell, and there is none within the empty one.
    assert min(image.crop((int(left) + 2, int(top) + 2, int(right) - 2, int(bottom) - 2)).tobytes()) < 100


# Seeded differences ---------------------------------------------------------------------------------------------


def within(inner: Box, outer: Box) -> bool:
    return all(a >= b - 12 for a, b in zip(inner.corners[:2], outer.corners[:2], strict=True)) and all(
        a <= b + 12 for a, b in zip(inner.corners[2:], outer.corners[2:], strict=True)
    )


def tables(document: Document) -> list[Any]:
    return [block for block in document.blocks if block.cells]


def holds(outer: Box, inner: Box | None) -> bool:
    return inner is not None and outer.left <= inner.left and outer.top <= inner.top and inner.bottom <= outer.bottom


def spoilt(document: Document, chance: random.Random) -> tuple[Document, Page] | None:
    """Return a document in which a word of a cell or line is another or gone, or has moved, and where."""
    source = document.source
    aside = {at for one in document.asides if one.reason == "address" for at in range(one.start, one.end)}
    found = [
        (number, place, start, end)
        for number, (place, start, end) in enumerate(source)
        if isinstance(place, Page) and place.box and any(c.isalnum() for c in source.text[start:end].split("http")[0])
    ]
    if not found:
        return None
    number, place, start, end = chance.choice(found)
    letters = [at for at in range(start, end) if source.text[at].isalnum() and at not in aside]
    where = chance.choice(letters)
    in_table = any(block.place.box and holds(block.place.box, place.box) for block in tables(document))
    kind = chance.randrange(3 if in_table else 2)
    if kind == 2:  # to another row, which stands lower
        moved = replace(place, box=Box(*(side + 500 * (at % 2) for at, side in enumerate(place.box.corners))))
        places = (*source.stretches[:number], moved, *source.stretches[number + 1 :])
        return replace(document, source=replace(source, stretches=places)), place
    text = source.text[:where] + ("\u0416" if kind else " ") + source.text[where + 1 :]
    if not kind:  # a letter that is gone may leave but a space, which is no difference in the middle of nothing else
        text = source.text[:where] + "\u200b" + source.text[where + 1 :]
    return replace(document, source=replace(source, text=text)), place


@pytest.mark.parametrize("seed", range(SOME))
def test_a_word_that_is_another_gone_or_elsewhere_is_told_at_its_place(seed: int) -> None:
    chance = random.Random(seed)
    content = pdf(made(chance).sheet)
    document = READERS["pdf"].read(SourceFile("made.pdf", content))
    seeded = spoilt(document, chance)
    assert seeded
    found = differences(content, seeded[0], 1)
    assert found, seeded[1]
    assert any(near(one, seeded[1]) for one in found), (seeded[1], found)


def near(found: Finding, place: Page) -> bool:
    told = found.place.at
    return isinstance(told, Page) and told.number == place.number and bool(told.box and place.box)


@pytest.mark.parametrize("seed", range(SOME))
def test_what_is_drawn_to_mislead_is_told_in_its_cell_and_nothing_else_is(seed: int) -> None:
    chance = random.Random(seed)
    page = made(chance)
    row, column = misled(page, chance)
    x, y = at(row, column)
    left, bottom = cut_by(page)
    cell = Box(x - 4 - left, y - 13 - bottom, x - 4 - left + WIDTH, y - 13 - bottom + ROW)
    found = read(page.sheet).differences
    assert found
    for one in found:
        assert isinstance(one.place.at, Page)
        assert one.place.at.box
        assert within(one.place.at.box, cell), (one, cell)


def misled(page: Made, chance: random.Random) -> tuple[int, int]:
    """Draw into a cell what misleads one of the readings, and return which one."""
    row, column = chance.randrange(len(page.cells)), chance.randrange(len(page.cells[0]))
    draw = chance.choice([actual, nameless, tick, curve])
    draw(page.sheet, at(row, column)[0] + 20, at(row, column)[1] + 22)
    return row, column


def cut_by(page: Made) -> tuple[float, float]:
    """Return how much of the page is not seen at its left and at its top."""
    if not page.sheet.more:
        return 0, 0
    left, _, _, top = map(float, page.sheet.more.removeprefix("/CropBox[").removesuffix("]").split())
    return left, HEIGHT - top


@pytest.mark.parametrize("seed", range(SOME))
def test_a_tick_in_another_column_is_told_in_both(seed: int) -> None:
    chance = random.Random(seed)
    columns, ticked = chance.randrange(2, 5), chance.randrange(5)
    sheet = Sheet()
    for column in range(columns):
        sheet.rect(*(at(0, column)[0] - 4, 100), WIDTH, ROW)
    ticked %= columns
    sheet.text(*at(0, ticked), "4", "F2")
    content = pdf(sheet)
    document = READERS["pdf"].read(SourceFile("made.pdf", content))
    assert not document.differences
    other = (ticked + 1) % columns
    place = document.source.stretches[0]
    assert isinstance(place, Page)
    moved = replace(place, box=Box(at(0, other)[0] - 4, 100, at(0, other)[0] - 4 + WIDTH, 100 + ROW))
    wrong = replace(document, source=replace(document.source, stretches=(moved, *document.source.stretches[1:])))
    found = differences(content, wrong, 1)
    assert [("✔" in str(one.message).partition("in the first")[0]) for one in found].count(True) == 1
    assert len(found) == 2


@pytest.mark.parametrize("seed", range(SOME // 2))
def test_a_link_that_leads_elsewhere_is_told_for_each_reading(seed: int) -> None:
    sheet, row, column = Sheet(), seed % 5, seed % 3
    for number in range(15):
        x, y = at(number // 3, number % 3)
        sheet.rect(x - 4, y - 13, WIDTH, ROW)
        sheet.text(x, y, f"cell {number}")
    x, y = at(row, column)
    sheet.link(x, y, 50, "https://www.example.org/a")
    content = pdf(sheet)
    document = READERS["pdf"].read(SourceFile("made.pdf", content))
    assert not document.differences
    assert len([aside for aside in document.asides if aside.reason == "address"]) == 1
    source = document.source
    other = replace(source, text=source.text.replace("example.org/a", "example.org/b"))
    found = [str(one.message) for one in differences(content, replace(document, source=other), 1)]
    assert found == [
        "Only the second reading has a link to https://www.example.org/a here.",
        "Only the first reading has a link to https://www.example.org/b here.",
    ]


# The rest -------------------------------------------------------------------------------------------------------


def test_a_page_that_is_read_wrong_as_a_whole_is_told_a_few_times() -> None:
    sheet = Sheet()
    for number in range(40):
        x, y = at(number // 4, number % 4)
        sheet.rect(x - 4, y - 13, WIDTH, ROW)
        nameless(sheet, x, y)
    found = read(sheet).differences
    assert len(found) == 13
    assert found[-1].message == "Two readings differ at 28 more places of the page."


def test_that_it_cannot_be_read_a_second_time_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no \x07")

    monkeypatch.setattr(comparing, "pages", broken)
    (found,) = read(two_cells()).differences
    assert (found.rule, found.place.at) == ("second-reading-failed", Page(1))
    assert found.message == "The PDF cannot be read a second time from here on: RuntimeError: no ␇"


def test_pages_and_files_keep_their_numbers() -> None:
    wrong = two_cells()
    tick(wrong, *at(0, 0))
    document = read(two_cells(), wrong, two_cells())
    assert [one.place.at.text for one in document.differences if one.place.at] == ["p2"]


def publish(tmp_path: Path, content: bytes, *more: str) -> Workspace:
    workspace = laid_down(tmp_path, "pdf", content, DATASETS)
    folders = ["--data", str(workspace.data), "--build", str(workspace.build), "--dist", str(workspace.dist)]
    assert main(["publish", "small", *folders, *more]) == 0
    return workspace


def test_differences_are_told_and_kept_in_the_build_and_never_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = publish(tmp_path / "plain", MADE["pdf"]())
    capsys.readouterr()
    told = Finding("readings-differ", "Two readings differ here.", hint="Look.", severity="warning")
    bounded = READERS["pdf"].read
    monkeypatch.setattr("ogp_data.documents.read_bounded", lambda _, file: replace(bounded(file), differences=(told,)))
    differing = publish(tmp_path / "differing", MADE["pdf"]())
    printed = capsys.readouterr().out
    assert "warning readings-differ: Two readings differ here." in printed
    assert "a second reading of the document differs in 1 place" in printed
    assert "Two readings differ here." in (differing.build / "small" / "readings.txt").read_text(encoding="utf-8")
    assert not (plain.build / "small" / "readings.txt").exists()
    files = {path.relative_to(one.dist): path.read_bytes() for one in (plain,) for path in files_of(one)}
    assert {path.relative_to(differing.dist): path.read_bytes() for path in files_of(differing)} == files


def files_of(workspace: Workspace) -> list[Path]:
    return [path for path in (workspace.dist / "small").rglob("*") if path.is_file()]
