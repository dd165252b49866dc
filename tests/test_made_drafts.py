"""Made documents of known content: drafted, filled in by a script, checked; the tables have just the known rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import begin, fill_in
from drafted_documents import Maker, Rows
from ogp_data import staging
from ogp_data.core import resources
from ogp_data.core.findings import errors
from ogp_data.core.stage import Stage
from ogp_data.core.tables import Table
from ogp_data.declaration import reading
from ogp_data.documents import read
from ogp_data.models.lists import load_lists
from ogp_data.tables import build, reconcile

LISTS = load_lists(resources.value_lists())
COLUMNS = {
    "themes": ("theme_number", "roman", "title"),
    "commitments": ("commitment", "commitment_number", "theme_number", "title"),
    "assessments": ("commitment",),
    "milestones": ("milestone", "commitment", "letter", "title"),
    "recommendations": ("text",),
    "narrative": ("text",),
}
ASSESSED = ("progress", "evidence", "reasons", "next_steps")
"""The columns whose cells are known of each dataset; of assessments, those of the table follow."""


@pytest.mark.parametrize("seed", range(8))
def test_a_draft_that_is_filled_in_gives_just_the_rows_of_its_document(seed: int, tmp_path: Path) -> None:
    drafted_and_read(seed, tmp_path / "made")


def drafted_and_read(seed: int, folder: Path) -> None:
    """Draft a made document, fill the draft in, and compare what is read with what is known."""
    made = Maker(seed).make()
    folder.mkdir(parents=True)
    (folder / "report.txt").write_bytes(made.text.encode())
    begun = begin(folder / "data", "p", folder / "report.txt")
    assert begun.draft.spoken.language == made.language
    assert not begun.draft.left
    marked = sum(map(len, begun.open.values()))
    assert fill_in(begun.folder / "publication.toml") == marked
    publication, found = reading.load(folder / "data", "p", LISTS)
    assert publication, [str(one) for one in errors(found)]
    document = read("converted-text", publication.source_files[0])
    built = build.build(publication, document)
    assert not errors(list(built.findings)), [str(one) for one in errors(list(built.findings))]
    rows = staging.stage_tables(built.tables, Stage(folder / "stage"))
    figures, wrong = reconcile.reconcile(document.source, built.tables, built.asides, rows)
    assert (figures.whole, errors(wrong)) == (True, []), (figures, [str(one) for one in wrong])
    tables = {table.name: table for table in built.tables}
    for name, known in made.datasets.items():
        assert cells(tables[name], COLUMNS[name], known) == known, (
            name,
            cells(tables[name], COLUMNS[name], known),
            known,
        )
    others = {proposal.name: proposal for proposal in begun.draft.proposals}
    for title, (types, known) in made.own.items():
        (table,) = (t for name, t in tables.items() if title in str(others[name].about))
        columns = [column for column in table.spec.column if column.heading][-len(types) :]
        assert [column.type for column in columns] == [*types], title
        assert cells(table, [column.name for column in columns], known) == known, title


def cells(table: Table, names: tuple[str, ...] | list[str], known: Rows) -> Rows:
    """Return the cells of columns; for assessments, of those with a heading too."""
    width = len(known[0])
    more = [column.name for column in table.spec.column if column.heading and column.name in ASSESSED]
    wanted = [*names, *more][:width]
    return [tuple(row[name].value if name in row else "" for name in wanted) for row in table.cells]
