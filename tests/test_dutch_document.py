"""The Dutch self-assessment as Word and PDF says what its text says, with the colours and addresses that this lost."""

from __future__ import annotations

import csv
import hashlib
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import libreoffice
from conftest import NAME, ROOT, SOURCE, Workspace
from dutch_document import FILLS, to_docx
from ogp_data.core.findings import errors
from test_nl_2020_2022 import DATASETS, GOLDEN

Rows = list[dict[str, str]]

CODES = dict(zip(FILLS, ("green", "amber", "red"), strict=True))
LOST = ("lost-link", "lost-colour", "false-link", "split-row", "broken-word")
"""What the conversion to text did, and the document itself has not."""
OTHER = ("source_places", "derived_progress_places")
"""The columns that say where something stands."""

_FIND = """
[datasets.assessments.find]
continues = "empty-key"
"""
_PROGRESS = """heading = "Assessment of Progress (Green/Ambler/Red)"
lost = "lost-colour"
"""


def declared(folder: Path, kind: str, content: bytes, changes: Mapping[str, str]) -> Workspace:
    """Return the Dutch declaration for the document as a file of another kind."""
    shutil.copytree(ROOT / "data", folder / "data")
    made = Workspace(folder)
    file = made.data / NAME / "source" / f"document.{kind}"
    file.write_bytes(content)
    made.source.unlink()
    path = made.data / NAME / "publication.toml"
    text = path.read_text(encoding="utf-8")
    digest = hashlib.sha256((ROOT / "data" / SOURCE).read_bytes()).hexdigest()
    for old, new in {
        Path(SOURCE).name: f"document.{kind}",
        f'sha256 = "{digest}"': f'sha256 = "{hashlib.sha256(content).hexdigest()}"\nkind = "{kind}"',
        'lost_marks = "lost-colour"\n': "",
        _PROGRESS: 'take = "fill"\n',
        "progress_scale = false                   # where no row has a code, none has a scale\n": "",
        _FIND: f"{_FIND}fill = {{ {', '.join(f'{fill!r} = {code!r}' for fill, code in CODES.items())} }}\n",
        **changes,
    }.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return made


@cache
def as_word() -> bytes:
    return to_docx((ROOT / "data" / SOURCE).read_text(encoding="utf-8"))


def rows(folder: Path, name: str) -> Rows:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def compared(name: str, table: Rows) -> list[dict[str, str]]:
    """Return a table with what is the same whatever the document is."""
    left = [row for row in table if not (name == "source_findings" and row["kind"] in LOST)]
    gone = {*OTHER, *(("sequence",) if name == "source_findings" else ())}
    gone |= {"url", "url_status"} if name == "links" else set()
    gone |= {"progress", "progress_scale"} if name == "assessments" else set()
    gone |= {"links_with_address", "links_without_address"} if name == "overview" else set()
    return [{column: cell for column, cell in row.items() if column not in gone} for row in left]


def test_word_has_what_the_text_lost_and_all_else_is_the_same(tmp_path: Path) -> None:
    made = declared(tmp_path, "docx", as_word(), {'continues = "empty-key"\n': ""})
    made.edit(f"{NAME}/corrections.toml", 'place = "L97"', 'place = "b53"')
    outcome = made.publish()
    assert errors(outcome.report.findings) == []
    assert outcome.published
    for name in DATASETS:
        assert compared(name, rows(outcome.folder / name, name)) == compared(name, rows(GOLDEN, name)), name


@libreoffice.writer_needed
def test_pdf_has_what_the_text_lost_and_all_else_is_the_same(tmp_path: Path) -> None:
    word = tmp_path / "document.docx"
    word.write_bytes(as_word())
    (paper,) = libreoffice.converted([word], "pdf", tmp_path / "made")
    # A page may end amid the number and title of a commitment.
    made = declared(tmp_path / "pdf", "pdf", paper.read_bytes(), {'"empty-key"': '"no-label"'})
    made.edit(f"{NAME}/corrections.toml", 'place = "L97"', 'place = "p4"')
    outcome = made.publish()
    assert errors(outcome.report.findings) == []
    assert outcome.published
    for name in DATASETS:
        assert compared(name, rows(outcome.folder / name, name)) == compared(name, rows(GOLDEN, name)), name
