"""Any short declaration of a report gives the model's tables, whatever the language, the numbers and the scale are.

Of 10,000 reports that `made_reports.py` makes, each gave these; here is a sample of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random

import pytest

from made_reports import KINDS, Report, made_report
from ogp_data.core import resources
from ogp_data.core.findings import errors
from ogp_data.core.tables import Table
from ogp_data.declaration import reading
from ogp_data.documents import read as read_document
from ogp_data.models.lists import ValueLists, load_lists
from ogp_data.models.model import model
from ogp_data.tables import corrections
from ogp_data.tables.build import build

AGENTS = """
[[agent]]
id = "m"
name = { nl = "Bureau M", en = "Office M", fr = "Agence M" }
type = "national-authority"
[[contact]]
id = "m"
name = { nl = "Loket M", en = "Desk M", fr = "Guichet M" }
email = "m@m.example"
"""


@cache
def lists() -> ValueLists:
    return load_lists(resources.value_lists())


def tables(data: Path, report: Report) -> Sequence[Table]:
    """Return the tables of a report."""
    (data / "m").mkdir(parents=True)
    (data / "agents.toml").write_text(AGENTS, encoding="utf-8")
    (data / "m" / "m.txt").write_text(report.document, encoding="utf-8")
    (data / "m" / "publication.toml").write_text(report.declaration, encoding="utf-8")
    loaded, found = reading.load(data, "m", lists(), "", "")
    assert loaded, [str(one) for one in errors(found)]
    document = read_document(
        loaded.source_files[0].kind, loaded.source_files[0], lambda source: corrections.repairs(loaded, source)[0]
    )
    built = build(loaded, document)
    assert [str(one) for one in errors(built.findings)] == []
    return built.tables


def cells(tables: Sequence[Table], dataset: str, column: str) -> list[str]:
    found = next(table for table in tables if table.name == dataset)
    return [row[column].value for row in found.cells]


@pytest.mark.parametrize("seed", range(12))
def test_a_short_declaration_gives_what_the_report_was_made_of(tmp_path: Path, seed: int) -> None:
    report = made_report(Random(seed))
    found = tables(tmp_path, report)
    keys = [one.key for one in report.commitments]
    assert cells(found, "commitments", "commitment") == cells(found, "overview", "commitment") == keys
    assert cells(found, "commitments", "commitment_number") == [one.number for one in report.commitments]
    link = " page" * report.has_plan_links
    assert cells(found, "commitments", "title") == [one.title + link for one in report.commitments]
    if report.kind != "again":
        check_assessments(found, report, keys)
    for table in found:
        check_columns(table)


def check_assessments(found: Sequence[Table], report: Report, keys: Sequence[str]) -> None:
    codes = [one.progress for one in report.commitments]
    assert cells(found, "assessments", "commitment") == keys
    assert cells(found, "assessments", "commitment_number") == [one.number for one in report.commitments]
    assert cells(found, "assessments", "progress") == codes
    assert cells(found, "commitments", "title_in_assessment") == [one.title for one in report.commitments]
    assert set(cells(found, "assessments", "assessed_on")) == {"2025-03-14"}
    if report.scale:
        assert cells(found, "assessments", "progress_scale") == [report.scale if code else "" for code in codes]
        assert cells(found, "overview", "progress") == codes
    plan = keys if report.has_plan_links else []
    assert cells(found, "links", "commitment") == [*plan, *(one.key for one in report.commitments if one.has_link)]
    if report.has_budget:
        assert cells(found, "budget", "commitment") == keys
        assert cells(found, "budget", "amount") == [str(100 * at) for at in range(1, len(keys) + 1)]


def check_columns(table: Table) -> None:
    """Check that a table has the columns of the model, in its order, between the publication and the places."""
    names = [column.name for column in table.spec.column]
    assert (names[0], names[-1]) == ("publication", "source_places")
    known: Mapping[str, bool] = {
        name: column.core
        for dataset in model().datasets.values()
        if dataset.name == table.name
        for name, column in dataset.columns.items()
    }
    assert [name for name in names if name in known] == [name for name in known if name in names]
    assert {name for name, core in known.items() if core} <= set(names)


def test_the_sample_has_every_kind_language_and_scale() -> None:
    reports = [made_report(Random(seed)) for seed in range(12)]
    assert {report.kind for report in reports} == set(KINDS)
    assert {report.scale for report in reports} == {"progress", "completion", ""}
    assert {report.has_budget for report in reports} == {report.has_plan_links for report in reports} == {True, False}
