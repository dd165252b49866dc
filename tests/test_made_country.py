"""The same table gives the same cells from every kind of document: words, fills, links and merges where it has them."""

from __future__ import annotations

from pathlib import Path

import pytest

import libreoffice
from country_compare import HAS, Has, differences
from country_files import WRITERS
from document_help import read
from made_country import ALL_SIDES, OPEN, plan, themed

SEEDS = range(6)


@pytest.mark.parametrize("kind", WRITERS)
def test_a_table_says_the_same_in_every_kind(kind: str) -> None:
    for seed in range(30):
        made = plan(seed)
        assert differences(made, read(kind, WRITERS[kind](made)), HAS[kind]) == [], f"seed {seed}"


@pytest.mark.parametrize(
    ("kind", "to", "reader", "has"),
    [
        ("html", "docx:MS Word 2007 XML", "HTML (StarWriter)", HAS["html"]),
        ("xlsx", "ods", "", HAS["xlsx"]),
        ("ods", "xlsx", "", HAS["xlsx"]),
    ],
)
@libreoffice.writer_needed
def test_a_table_says_the_same_when_libreoffice_has_rewritten_it(
    kind: str, to: str, reader: str, has: Has, tmp_path: Path
) -> None:
    files = [tmp_path / f"{seed}.{kind}" for seed in SEEDS]
    for seed, file in zip(SEEDS, files, strict=True):
        file.write_bytes(WRITERS[kind](plan(seed)))
    for seed, made in zip(SEEDS, libreoffice.converted(files, to, tmp_path / "made", reader), strict=True):
        document = read(made.suffix[1:], made.read_bytes())
        assert differences(plan(seed), document, has) == [], f"seed {seed}"


@libreoffice.writer_needed
def test_a_pdf_says_all_but_where_a_narrow_cell_breaks_a_word(tmp_path: Path) -> None:
    files = [tmp_path / f"{seed}.docx" for seed in SEEDS]
    for seed, file in zip(SEEDS, files, strict=True):
        file.write_bytes(WRITERS["docx"](plan(seed)))
    for seed, made in zip(SEEDS, libreoffice.converted(files, "pdf", tmp_path / "made"), strict=True):
        found = differences(plan(seed), read("pdf", made.read_bytes()), HAS["pdf"])
        assert [one for one in found if not _is_space(one.expected, one.got)] == [], f"seed {seed}"


@libreoffice.writer_needed
def test_themes_over_the_full_width_are_rows_of_their_table_in_a_pdf(tmp_path: Path) -> None:
    plans = {f"{seed}-{len(sides)}": themed(plan(seed), sides) for seed in SEEDS for sides in (ALL_SIDES, OPEN)}
    files = [tmp_path / f"{name}.docx" for name in plans]
    for one, file in zip(plans.values(), files, strict=True):
        file.write_bytes(WRITERS["docx"](one))
    made = libreoffice.converted(files, "pdf", tmp_path / "made")
    for (name, one), file in zip(plans.items(), made, strict=True):
        found = differences(one, read("pdf", file.read_bytes()), HAS["pdf"])
        assert [one for one in found if not _is_space(one.expected, one.got)] == [], name


def _is_space(wanted: object, got: object) -> bool:
    """Return whether two texts, or links, differ in white space and hyphens alone."""
    one, other = (str(said).replace("\\xad", "").replace("\u00ad", "") for said in (wanted, got))
    return "".join(one.split()).replace("-", "") == "".join(other.split()).replace("-", "")
