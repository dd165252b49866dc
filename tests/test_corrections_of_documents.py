"""Corrections at the places of each kind of document: the words are mended there, and nowhere else."""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from fpdf import FPDF

from conftest import Workspace
from document_help import read
from generate_declarations import faults, table
from made_documents import DATASETS, HEADINGS, MADE, TABLE_ALONE, laid_down
from ogp_data.core.places import Box, Page
from ogp_data.core.source import SourceText
from ogp_data.pipeline import Outcome

ALONE = ("csv", "xlsx", "ods")
ROW = {
    "markdown": "L16",
    "html": "b10",
    "pdf": "p2",
    "docx": "b10",
    "csv": "document!B3",
    "xlsx": "Plan!B3",
    "ods": "Plan!B3",
}
"""Kind -> the place of the words "Publish the contracts" in the table."""


def with_record(
    folder: Path, kind: str, content: bytes, place: str, expect: str, datasets: object = None, **more: str
) -> Workspace:
    """Return a publication with a correction of words to "Print the contracts"."""
    made = datasets or (*(TABLE_ALONE if kind in ALONE else DATASETS), faults())
    workspace = laid_down(folder, kind, content, made)  # type: ignore[arg-type]
    keys = {"kind": '"spelling"', "reason": '"A word is wrong."', "status": '"corrected"'}
    keys |= {"place": f'"{place}"', "expect": f'"{expect}"', "value": '"Print the contracts"', **more}
    record = "\n".join(f"{key} = {value}" for key, value in keys.items())
    (workspace.data / workspace.name / "corrections.toml").write_text(f"[[correction]]\n{record}\n", encoding="utf-8")
    return workspace


def column(outcome: Outcome, dataset: str, name: str) -> list[str]:
    assert outcome.published, [str(one) for one in outcome.report.findings if one.severity == "error"]
    with (outcome.folder / dataset / f"{dataset}.csv").open(encoding="utf-8", newline="") as file:
        return [row[name] for row in csv.DictReader(file)]


def mismatch(outcome: Outcome) -> tuple[str, str]:
    (found,) = (one for one in outcome.report.findings if one.rule == "correction-mismatch")
    return found.message, found.hint


@pytest.mark.parametrize("kind", MADE)
def test_words_are_mended_at_their_place_alone(kind: str, tmp_path: Path) -> None:
    expect = "Publish the contracts"
    outcome = with_record(tmp_path, kind, MADE[kind](), ROW[kind], expect).publish()
    assert column(outcome, "progress", "c1") == ["Open the budget", "Print the contracts", "Stream the council"]
    assert column(outcome, "source_findings", "source_places") == [ROW[kind]]
    if kind not in ALONE:  # the same words stand further up as well
        assert expect in column(outcome, "commitments", "text")


@pytest.mark.parametrize("kind", MADE)
def test_words_that_are_elsewhere_are_told_with_their_places(kind: str, tmp_path: Path) -> None:
    sheet = ROW[kind].partition("!")[0]
    wrong = {"markdown": "L3", "html": "b2", "docx": "b2", "pdf": "p3"}.get(kind, f"{sheet}!A1")
    outcome = with_record(tmp_path, kind, MADE[kind](), wrong, "Publish the contracts").publish()
    message, hint = mismatch(outcome)
    assert "it stands there 0 times" in message
    first = {"markdown": "L8", "html": "b5", "docx": "b5", "pdf": "p1"}.get(kind, ROW[kind])
    assert f'place = "{first}"' in hint
    named = {"markdown": "line 16", "html": "block 10", "docx": "block 10", "pdf": "page 2"}.get(kind, "cell B3")
    assert named in hint


# Words that stand on a page more than once ----------------------------------------------------------------


def twice() -> bytes:
    """Return a PDF with a table in which a cell stands twice, and a text of two lines in another."""
    paper = FPDF(unit="pt")
    paper.add_page()
    paper.set_font("helvetica", size=11)
    for row in (HEADINGS[:3], ("1", "Publish the contracts", "Begun"), ("2", "Publish the contracts", "Begun")):
        for width, text in zip((40, 200, 100), row, strict=True):
            paper.cell(width, 20, text, border=1)
        paper.ln(20)
    return bytes(paper.output())


def boxes(content: bytes, words: str) -> list[Box]:
    source = read("pdf", content).source
    return [at.box for at, start, end in source if words in source.text[start:end] and isinstance(at, Page) and at.box]


def test_words_that_stand_twice_on_a_page_are_told_with_their_boxes_and_mended_by_one(tmp_path: Path) -> None:
    content, words = twice(), "Publish the contracts"
    made = [table(HEADINGS[:3], name="progress"), faults()]
    message, hint = mismatch(with_record(tmp_path / "a", "pdf", content, "p1", words, made).publish())
    assert "it stands there 2 times" in message
    _, second = boxes(content, words)
    assert f"box = {list(second.corners)}" in hint
    # Copied from the hint, and as somebody measures it by eye.
    for number, box in enumerate((list(second.corners), [60, 65, 280, 95])):
        outcome = with_record(tmp_path / str(number), "pdf", content, "p1", words, made, box=str(box)).publish()
        assert column(outcome, "progress", "c1") == [words, "Print the contracts"]
        assert column(outcome, "source_findings", "source_places") == ["p1"]


@pytest.mark.parametrize(
    ("box", "said"),
    [
        ("[1, 2, 3]", "four numbers"),
        ('"p1"', "four numbers"),
        ("[9, 9, 1, 1]", "is not a box"),
        ("[true, 1, 2, 3]", "four numbers"),
        ("[0, 0, 10, 10]", "it stands there 0 times"),
    ],
)
def test_a_box_that_is_none_or_holds_nothing_is_told(box: str, said: str, tmp_path: Path) -> None:
    made = [table(HEADINGS[:3], name="progress"), faults()]
    words = "Publish the contracts"
    outcome = with_record(tmp_path, "pdf", twice(), "p1", words, made, box=box).publish()
    assert any(said in one.message for one in outcome.report.findings), [str(one) for one in outcome.report.findings]


def test_a_box_without_a_page_is_told(tmp_path: Path) -> None:
    words = "Publish the contracts"
    outcome = with_record(tmp_path, "xlsx", MADE["xlsx"](), ROW["xlsx"], words, box="[0, 0, 9, 9]").publish()
    assert mismatch(outcome)[0].startswith("A box is a part of a page")


# Words over lines and beside each other -------------------------------------------------------------------


def test_words_are_found_over_lines_of_one_text_and_never_over_two() -> None:
    """Texts with line ends in them, one behind the other: found are just the words that stand in one of them."""
    for seed in range(500):
        chance = random.Random(seed)
        texts = [[chance.choice("abc") for _ in range(chance.randrange(1, 5))] for _ in range(chance.randrange(1, 6))]
        gaps = [[chance.choice((" ", "\n", "  ")) for _ in words] for words in texts]
        check_found(texts, gaps, [chance.choice("abc") for _ in range(chance.randrange(1, 4))])


def check_found(texts: Sequence[Sequence[str]], gaps: Sequence[Sequence[str]], sought: Sequence[str]) -> None:
    said = [
        "".join(f"{word}{gap}" for word, gap in zip(words, between, strict=True))[:-1] + "\n"
        for words, between in zip(texts, gaps, strict=True)
    ]
    edges = [sum(map(len, said[: number + 1])) for number in range(len(said))]
    source = SourceText.placed("d.pdf", [("".join(said), Page(1))], edges)
    found = [source.text[start:end].split() for start, end in source.find(" ".join(sought), Page(1))]
    assert found == [list(sought)] * sum(apart(words, sought) for words in texts)


def apart(words: Sequence[str], sought: Sequence[str]) -> int:
    """Return how often words stand in a text, none of them counted twice."""
    count = at = 0
    while at + len(sought) <= len(words):
        is_here = list(words[at : at + len(sought)]) == list(sought)
        count += is_here
        at += len(sought) if is_here else 1
    return count


def test_words_over_two_lines_of_a_cell_are_mended(tmp_path: Path) -> None:
    paper = FPDF(unit="pt")
    paper.add_page()
    paper.set_font("helvetica", size=11)
    rows: Sequence[Mapping[int, str]] = ({0: "No", 1: "Commitment"}, {0: "1", 1: "Publish the\ncontracts"})
    with paper.table(col_widths=(60, 200), text_align="LEFT") as drawn:
        for cells in rows:
            row = drawn.row()
            for text in cells.values():
                row.cell(text)
    made = [table(HEADINGS[:2], name="progress"), faults()]
    outcome = with_record(tmp_path, "pdf", bytes(paper.output()), "p1", "Publish the contracts", made).publish()
    assert column(outcome, "progress", "c1") == ["Print the contracts"]
