"""A real document, held against what somebody saw on ten of its pages."""

from __future__ import annotations

import io
import itertools
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest

from conftest import shared
from document_help import check, inlines, words
from ogp_data.core.places import Page
from ogp_data.core.source import SourceFile
from ogp_data.documents import READERS, Block, Document

SEEN = tomllib.loads((Path(__file__).parent / "us_nap2_pages.toml").read_text(encoding="utf-8"))["page"]


@cache
def sample() -> tuple[bytes, Document]:
    content = (shared() / "samples" / "us-nap2-midterm-self-assessment.pdf").read_bytes()
    document = READERS["pdf"].read(SourceFile("sample.pdf", content))
    check(document)
    return content, document


def on_page(number: int) -> list[Block]:
    return [b for b in sample()[1].blocks if isinstance(b.place, Page) and b.place.number == number]


def is_seen(seen: str, read: str) -> bool:
    """Return whether a text is the one that was seen: it begins and ends as that does."""
    begin, dots, end = seen.partition(" ... ")
    return read.startswith(begin) and read.endswith(end) and len(read) >= len(begin) if dots else read == seen


def tables(number: int) -> list[list[list[str]]]:
    """Return the tables of a page as rows of those cells that begin there."""
    rows = [block for block in on_page(number) if block.cells]
    return [
        [[cell.passage.text for cell in row.cells if not cell.covered or cell is row.cells[0]] for row in table]
        for _, table in itertools.groupby(rows, key=lambda row: row.table)
    ]


@pytest.mark.parametrize("number", SEEN)
def test_the_cells_of_a_page_are_those_that_are_seen(number: str) -> None:
    found = tables(int(number))
    assert [len(table) for table in found] == [len(table) for table in SEEN[number]["tables"]]
    for table, seen in zip(found, SEEN[number]["tables"], strict=True):
        for row, cells in zip(table, seen, strict=True):
            assert len(row) == len(cells), row
            assert [is_seen(cell, said) for cell, said in zip(cells, row, strict=True)] == [True] * len(cells), row


@pytest.mark.parametrize("number", SEEN)
def test_the_links_of_a_page_cover_the_words_that_are_seen(number: str) -> None:
    document = sample()[1]
    anchors = [anchor for inline in inlines(document) for anchor in inline.anchors]
    places = [document.source.place(anchor.start) for anchor in anchors]
    labels = [a.label.text for a, at in zip(anchors, places, strict=True) if at.whole == Page(int(number))]
    assert labels == SEEN[number]["links"]


def test_headings_and_items_are_those_that_are_seen() -> None:
    for number in ("2", "3"):
        read = [b.inline.passage.text for b in on_page(int(number)) if b.kind == "heading"]
        assert set(SEEN[number]["headings"]) <= set(read)
    assert len([b for b in on_page(3) if b.kind == "item"]) == SEEN["3"]["bullets"]


def test_each_of_its_tables_is_one_over_its_pages() -> None:
    document = sample()[1]
    rows = [block for block in document.blocks if block.cells]
    titles = [row for row in rows if row.cells[0].columns == 5]
    assert len(titles) == 26
    assert len({row.table for row in rows}) <= 26 + 1
    labels = {"Lead government actors", "Completion level", "End date", "Next steps"}
    for label in labels:
        assert sum(row.cells[0].passage.text == label for row in rows) == 26, label
    # The labels stand on a blue ground, and the values on none.
    assert {row.cells[0].fill for row in rows if row.cells[0].passage.text in labels} == {"#deeaf6"}


def test_every_link_is_in_a_cell_or_paragraph() -> None:
    content, document = sample()
    read = Counter(anchor.target.text for inline in inlines(document) for anchor in inline.anchors)
    assert all(anchor.label.text for inline in inlines(document) for anchor in inline.anchors)
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        drawn = Counter(link["uri"] for page in pdf.pages for link in page.hyperlinks)
    # A link that goes over the end of a line is drawn twice, and is one.
    assert (drawn.total(), read.total()) == (68, 57)
    assert set(read) == set(drawn)
    assert not read - drawn


def test_no_letter_is_missing_by_the_count_of_another_library() -> None:
    content, document = sample()
    pdf = pypdfium2.PdfDocument(content)
    seen = "".join(pdf[index].get_textpage().get_text_range() for index in range(len(pdf)))
    read = "".join(words(document, furniture=True).elements())
    plain = "".join(character for character in "".join(seen.split()) if character not in "\ufffe\u0002\uf0fc\uf0b7")
    own = "".join(character for character in read if character not in "✓•-")
    assert sorted(plain.replace("-", "")) == sorted(own)
