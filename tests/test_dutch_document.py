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
from dutch_document import ADDRESS, FILLS, PROGRESS, to_docx
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
    same = [{column: cell for column, cell in row.items() if column not in gone} for row in left]
    # Findings are in the order of their places.
    return sorted(same, key=lambda row: tuple(row.values())) if name == "source_findings" else same


def check_restored(folder: Path) -> None:
    """Each commitment has the colour that was made up for it, and each link that had lost its address another one."""
    assert [row["progress"] for row in rows(folder / "assessments", "assessments")] == [CODES[f] for f in PROGRESS]
    lost = [row["link"] for row in rows(GOLDEN, "links") if row["url_status"] in ("lost-in-conversion", "false-link")]
    links = rows(folder / "links", "links")
    made_up = [row["link"] for row in links if row["url"].startswith(ADDRESS) and row["url_status"] == "as-published"]
    assert made_up == lost
    assert len({row["url"] for row in links}) == len(links)


def test_as_text_the_document_has_neither_colours_nor_addresses() -> None:
    assert {row["progress"] for row in rows(GOLDEN, "assessments")} == {""}
    assert not [row for row in rows(GOLDEN, "links") if row["url"].startswith(ADDRESS)]


def test_word_has_what_the_text_lost_and_all_else_is_the_same(tmp_path: Path) -> None:
    made = declared(tmp_path, "docx", as_word(), {'continues = "empty-key"\n': ""})
    made.edit(f"{NAME}/corrections.toml", 'place = "L97"', 'place = "b53"')
    outcome = made.publish()
    assert errors(outcome.report.findings) == []
    assert outcome.published
    check_restored(outcome.folder)
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
    drop_damaged_address(made)
    outcome = made.publish()
    assert errors(outcome.report.findings) == []
    assert outcome.published
    check_restored(outcome.folder)
    for name in DATASETS:
        got, wanted = (as_paper(compared(name, rows(at, name))) for at in (outcome.folder / name, GOLDEN))
        assert got == wanted, name


def drop_damaged_address(made: Workspace) -> None:
    """Take out the record of the damaged address: LibreOffice repairs it."""
    path = made.data / NAME / "corrections.toml"
    first, *records = path.read_text(encoding="utf-8").split("[[correction]]")
    left = [record for record in records if 'kind = "corrupted-link"' not in record]
    assert len(left) == len(records) - 1
    path.write_text("[[correction]]".join((first, *left)), encoding="utf-8")


def as_paper(table: Rows) -> Rows:
    """Return a table as a PDF can say it.

    It knows headings by their size, so their level is another. The letters in the damaged address, which the text has
    from a conversion, are drawn in another font with room around them. A line may end where a separator was lost.
    """
    kept = [row for row in table if row.get("kind") not in ("corrupted-link", "lost-separator")]
    return [
        {column: cell.replace("afro ند", "afroند") for column, cell in row.items() if column != "level"} for row in kept
    ]
