"""The same made table gives the same rows from every form of document, as far as the form can say them."""

from __future__ import annotations

from pathlib import Path

import pytest

import libreoffice
from generate_declarations import Small, read
from made_tables import FORMS, declared, expected, linked_words, made, said
from test_records import kept


def check(seed: int, kind: str, content: bytes) -> None:
    """Hold what is read of a made table in a form against what the table was made of."""
    one = made(seed)
    found = read(Small(content, declared(one, kind), kind=kind), here=True)
    told = [one for one in found.told if one[0] not in ("empty-dataset",)]
    assert (told, kept(found)) == ([], []), (seed, kind)
    rows = found.rows()
    names = rows[0].keys() if rows else ()
    assert rows == [{name: row[name] for name in names} for row in expected(one)], (seed, kind)
    if kind != "csv":
        assert [(row["label"], row["url"]) for row in found.rows("links")] == linked_words(one), (seed, kind)
    if said(one):
        assert [row["text"] for row in found.rows("narrative")] == said(one), (seed, kind)


@pytest.mark.parametrize("kind", FORMS)
def test_a_made_table_has_the_same_rows_in_every_form(kind: str) -> None:
    for seed in range(6):
        check(seed, kind, FORMS[kind](made(seed)))


LIBRE = {"docx": ("pdf", ""), "html": ("docx:MS Word 2007 XML", "HTML (StarWriter)"), "xlsx": ("ods", "")}
"""Form of document -> into what LibreOffice converts it, and by what it reads it."""
SEEDS = (1, 3, 4, 5, 6, 7)


@libreoffice.writer_needed
@pytest.mark.parametrize("kind", LIBRE)
def test_a_made_table_has_the_same_rows_when_libreoffice_has_converted_it(kind: str, tmp_path: Path) -> None:
    to, reader = LIBRE[kind]
    files = [tmp_path / f"{seed}.{kind}" for seed in SEEDS]
    for seed, file in zip(SEEDS, files, strict=True):
        file.write_bytes(FORMS[kind](made(seed)))
    for seed, file in zip(SEEDS, libreoffice.converted(files, to, tmp_path / "made", reader), strict=True):
        check(seed, file.suffix[1:], file.read_bytes())
