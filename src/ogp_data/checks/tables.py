"""Frictionless over the staged data package: types, required values, keys, code lists, row counts."""

from __future__ import annotations

import re
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

_OTHERWISE = Message("The file is not a sound table, or is not the one that its description tells of.")
_NAMES = Message("The first row does not have just the names of the columns.")

STRUCTURE = {
    "primary-key": Message("The row has no key."),
    "extra-cell": Message("The row has more cells than there are columns."),
    "missing-cell": Message("The row has fewer cells than there are columns."),
    "blank-row": Message("The row is empty."),
    "blank-header": _NAMES,
    "unmatched-header": _NAMES,
    "extra-label": _NAMES,
    "missing-label": _NAMES,
    "blank-label": _NAMES,
    "duplicate-label": _NAMES,
    "incorrect-label": _NAMES,
    "encoding-error": Message("The file is not UTF-8."),
    "hash-count": Message("The file is not the one whose checksum its description has."),
    "byte-count": Message("The file does not have as many bytes as its description says."),
}
"""Frictionless error type -> what is wrong; every other one is said by `_OTHERWISE`."""

_CONSTRAINT = re.compile(r'constraint "(\w+)" is "(.*)"', re.S)


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
    return finding(rule, _message(rule, error, path), place)


def _message(rule: str, error: Any, path: str) -> Message:
    """Return what is wrong in a sentence of ours, for Frictionless speaks English only."""
    # Of counts, constraints and equal rows only its note tells which.
    numbers = re.findall(r"\d+", error.note)
    if rule == "cell-constraint" and (broken := _CONSTRAINT.search(error.note)):
        name, value = broken.groups()
        return Message("{cell!r} breaks the constraint {name} = {value}.", cell=error.cell, name=name, value=value)
    if rule == "row-count":
        return Message(
            "The number of rows is {found}; `rows` in the declaration says {expected}.",
            found=numbers[0],
            expected=numbers[-1],
        )
    if rule == "duplicate-row-key" and numbers:
        return Message("The row has the same key as row {row}.", row=numbers[-1])
    if rule == "cell-foreign-key":
        key = ", ".join(error.field_cells)
        return Message("The key {key!r} is that of no row in {table}.", key=key, table=error.reference_name or path)
    return _of_cell(rule, error) or STRUCTURE.get(error.type, _OTHERWISE)


def _of_cell(rule: str, error: Any) -> Message | None:
    cell = getattr(error, "cell", "")
    told = {
        "cell-code": Message("{cell!r} is not in the code list of the column.", cell=cell),
        "cell-type": Message("{cell!r} is not of the type of the column.", cell=cell),
        "cell-required": Message("The cell is empty, but its column asks for a value."),
    }
    return told.get(rule)
