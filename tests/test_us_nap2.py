"""A real self-assessment, read by its form and nothing else, held against what somebody saw on its pages."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pdfplumber
import pypdfium2

from conftest import shared
from form_help import formed, lost, warned
from generate_declarations import Read

SEEN = tomllib.loads((Path(__file__).parent / "us_nap2_levels.toml").read_text(encoding="utf-8"))["commitment"]
LEVELS = ("not-started", "limited", "substantial", "completed")
LABELS = {
    "commitments": (
        "lead_institution",
        "supporting_institutions",
        "objective",
        "description",
        "relevance",
        "ambition",
    ),
    "assessments": ("results", "end_as_reported", "next_steps"),
}
"""The nine labels, by the dataset that has what stands beside them."""


def content() -> bytes:
    return (shared() / "samples" / "us-nap2-midterm-self-assessment.pdf").read_bytes()


@cache
def sample() -> Read:
    return formed("ogp-self-assessment", "pdf", content())


def key(seen: dict[str, object]) -> str:
    return f"T{seen['theme']}-C{seen['number']}"


def test_nothing_is_wrong_and_no_word_is_lost() -> None:
    assert sample().told == []
    assert set(warned(sample())) <= {"picture-unread", "hyphen-at-line-end", "altered-by-spreadsheet"}
    assert lost(sample()) == []


def test_each_commitment_has_its_nine_labels() -> None:
    commitments = sample().rows("commitments")
    assert [(row["commitment"], row["theme_number"]) for row in commitments] == [
        (key(s), str(s["theme"])) for s in SEEN
    ]
    assert len(sample().rows("themes")) == 3
    empty = [
        (row["commitment"], name)
        for dataset, names in LABELS.items()
        for row in sample().rows(dataset)
        for name in names
        if not row[name]
    ]
    # As the document leaves them.
    assert empty == [
        (one, "supporting_institutions") for one in ("T1-C7", "T1-C11", "T2-C8", "T3-C1", "T3-C5", "T3-C6")
    ]


def test_every_level_is_the_one_that_is_seen() -> None:
    whole = {row["commitment"]: row["progress"] for row in sample().rows("assessments")}
    assert whole == {key(seen): next((level for level in LEVELS if seen.get(level) == "*"), "") for seen in SEEN}
    letters = {(row["commitment"], row["letter"]): row["progress"] for row in sample().rows("milestone_assessments")}
    assert letters == {
        (key(seen), letter): level
        for seen in SEEN
        for level in LEVELS
        for letter in seen.get(level, "").replace("*", "")
    }
    assert {row["progress_scale"] for row in sample().rows("assessments") if row["progress"]} == {"completion"}


def test_each_letter_is_a_milestone_with_what_the_description_says_of_it() -> None:
    milestones = {(row["commitment"], row["letter"]): row["title"] for row in sample().rows("milestones")}
    marked = {(row["commitment"], row["letter"]) for row in sample().rows("milestone_assessments")}
    assert marked == set(milestones)
    assert all(milestones.values())
    assert milestones["T1-C3", "e"] == "Improve FOIA training for Federal employees."
    assert milestones["T3-C5", "b"] == "Add new prizes and challenges on Challenge.gov."


class Link(NamedTuple):
    """A link as it is drawn on a page: its address and the letters below it."""

    page: int
    url: str
    letters: str


def drawn() -> Iterator[Link]:
    """Yield the boxes of links by the count of one library, and what another reads below each."""
    pdf = pypdfium2.PdfDocument(content())
    with pdfplumber.open(io.BytesIO(content())) as pages:
        for number, page in enumerate(pages.pages):
            texts = pdf[number].get_textpage()
            for link in page.hyperlinks:
                # Half a line less at top and bottom, so that no other line is below it.
                middle = (link["top"] + link["bottom"]) / 2
                box = (link["x0"], float(page.height) - middle - 2, link["x1"], float(page.height) - middle + 2)
                said = texts.get_text_bounded(*box)
                yield Link(number + 1, link["uri"], letters_of(said))


def letters_of(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def test_every_link_is_in_the_cell_of_its_commitment() -> None:
    rows = sample().rows("links")
    cells = {
        (name, next(iter(row.values()))): row
        for name in ("commitments", "assessments", "narrative")
        for row in sample().rows(name)
    }
    begins = [seen["begins"] for seen in SEEN]
    pages = {key(seen): range(seen["begins"], end + 1) for seen, end in zip(SEEN, [*begins[1:], 28], strict=True)}
    boxes = list(drawn())
    placed = 0
    for box in boxes:
        found = [row for row in rows if row["url"] == box.url and box.letters in letters_of(row["label"])]
        placed += any(not row["commitment"] or box.page in pages[row["commitment"]] for row in found)
    assert (len(boxes), placed) == (68, 68)
    # A link that goes over the end of a line has two boxes.
    assert len(rows) == 57
    for row in rows:
        if row["dataset"] != "narrative":
            assert row["label"] in cells[row["dataset"], row["row"]][row["column"]]
