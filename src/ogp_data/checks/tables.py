"""Frictionless over the staged data package: types, required values, keys, code lists, row counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message

RULES_BY_TYPE = {
    "type-error": "cell-type",
    "constraint-error": "cell-constraint",
    "primary-key": "duplicate-row-key",
    "unique-error": "duplicate-row-key",
    "foreign-key": "cell-foreign-key",
    "table-dimensions": "row-count",
}
"""Frictionless error type -> our rule; every other one is `table-structure`."""


def check_package(folder: Path, rows: Mapping[str, int]) -> list[Finding]:
    """Return what Frictionless finds in `datapackage.json` and its files; `rows`: dataset -> expected count."""
    # Here and not above: it takes longer to import than everything else of a check.
    from frictionless import Checklist, Package, system
    from frictionless.checks import table_dimensions

    # An untrusted package may name no file outside its folder and no address.
    with system.use_context(trusted=False):
        package = Package("datapackage.json", basepath=str(folder))
        found: list[Finding] = []
        for resource in package.resources:
            expected = [table_dimensions(num_rows=rows[resource.name])] if resource.name in rows else []
            report = resource.validate(Checklist(checks=expected))
            found.extend(_findings(report, resource.path or resource.name))
    return found


def _findings(report: Any, path: str) -> Iterator[Finding]:
    for task in report.tasks:
        for error in task.errors:
            yield _finding(error, path)


def _finding(error: Any, path: str) -> Finding:
    row = getattr(error, "row_number", None)
    # Of a reference that leads nowhere it names all columns; the last is the row's own, before it is the publication.
    column = getattr(error, "field_name", "") or "".join(getattr(error, "field_names", ())[-1:])
    place = Place(file=path, row=str(row) if row else "", column=column)
    rule = RULES_BY_TYPE.get(error.type, "table-structure")
    # Frictionless has one type for all constraints; only its note says which one was broken.
    if rule == "cell-constraint" and 'constraint "enum"' in error.note:
        rule = "cell-code"
    if rule == "cell-constraint" and 'constraint "required"' in error.note:
        rule = "cell-required"
    return finding(rule, _message(rule, error), place)


def _message(rule: str, error: Any) -> str:
    """Return what is wrong in a sentence; Frictionless's own, where it has no list in it."""
    if rule == "row-count":
        return Message("The number of rows is not what `rows` in the declaration says: {note}.", note=error.note)
    if rule == "cell-code":
        return Message("{cell!r} is not in the code list of the column.", cell=error.cell)
    return str(error.message)
