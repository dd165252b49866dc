"""Made documents of a form, read by it and nothing else: the rows are those of which they were made."""

from __future__ import annotations

from pathlib import Path
from random import Random

import libreoffice
from form_help import facts, formed, lost
from made_forms import SHAPES, Document, document, expected


def check(seed: int) -> None:
    """Hold the rows of a made document against what it was made of."""
    made = document(Random(seed))
    found = formed("ogp-self-assessment", "html", f"<!DOCTYPE html><html><body>{made.text}</body></html>")
    told = [one for one in found.told if one[0] != "label-not-found"]
    assert told == [], (seed, made.shape, made.text)
    for name, rows in expected(made.made).items():
        assert facts(found, name) == rows, (seed, made.shape, name, made.text)
    assert lost(found) == [], (seed, made.shape, made.text)


def test_made_documents_of_the_form_are_read_as_they_were_made() -> None:
    for seed in range(12):
        check(seed)


def as_page(made: Document) -> str:
    """Return a made document as a page with rulings, from which other programs make theirs."""
    ruled = made.text.replace("<table>", '<table border="1" cellspacing="0" width="100%">').replace(
        "</table>", "</table><p></p>"
    )
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{ruled}</body></html>'


def one_of_each_shape() -> dict[str, Document]:
    """Return a made document of each shape, the first that the generator makes."""
    made: dict[str, Document] = {}
    for seed in range(104, 200):
        one = document(Random(seed))
        made.setdefault(one.shape, one)
    return {shape: made[shape] for shape in SHAPES}


@libreoffice.writer_needed
def test_documents_of_every_shape_are_read_from_word_and_those_with_tables_from_pdf(tmp_path: Path) -> None:
    made = one_of_each_shape()
    files = []
    for shape, one in made.items():
        files.append(tmp_path / f"{shape.replace(' ', '-')}.html")
        files[-1].write_text(as_page(one), encoding="utf-8")
    word = libreoffice.converted(files, "docx", tmp_path / "docx", "HTML (StarWriter)")
    # Fifteen columns on an upright page break every word; a letter in front of a line is the marker of an item there.
    ruled = [file for file in word if file.stem not in ("wide", "bold", "headings")]
    paper = libreoffice.converted(ruled, "pdf", tmp_path / "pdf")
    for file in [*word, *paper]:
        one = made[file.stem.replace("-", " ")]
        found = formed("ogp-self-assessment", file.suffix[1:], file.read_bytes())
        assert [fault for fault in found.told if fault[0] != "label-not-found"] == [], file
        for name, rows in expected(one.made).items():
            assert facts(found, name) == rows, (file, name)
        assert lost(found) == [], file
