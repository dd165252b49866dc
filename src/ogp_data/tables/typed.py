"""Rows -> typed tables; every value is checked to be of its column's type, there where it must be, and a key once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from ogp_data.core import places
from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.dates import Dated, is_date, is_edtf, read_date
from ogp_data.core.findings import Place
from ogp_data.core.publication import Publication
from ogp_data.core.spreadsheet import read_as
from ogp_data.core.tables import Cell, Table
from ogp_data.core.text import url_fault
from ogp_data.tables.rows import Draft, Drafts, Reading

MARKUP_LEFT = re.compile(r"\*\*|\]\(|`")
FORMULA = ("=", "+", "-", "@")
INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")

_Told = tuple[str, str, str]
"""Rule, message and hint of a fault; an empty hint is the rule's own fix."""


def table(publication: Publication, reading: Reading, spec: DatasetSpec, drafts: Sequence[Draft]) -> Table:
    """Return a dataset's rows as a table; what is wrong with a value is taken up by the reading."""
    checks = _Checks(publication, reading, spec)
    last = spec.column[-1].name
    cells = []
    for draft in drafts:
        draft = replace(draft, cells=_with_dates(reading, spec, draft))
        checks.row(draft)
        cells.append({**draft.cells, last: Cell(places.write(map(places.line, draft.lines)))})
    for column in spec.column:
        if column.type in ("string", "text"):
            _check_read(reading, spec, column, drafts)
    return Table(spec, frame(spec, cells), tuple(draft.lines for draft in drafts), tuple(cells))


def _check_read(reading: Reading, spec: DatasetSpec, column: Column, drafts: Sequence[Draft]) -> None:
    """Tell, once for a column, of the texts that a spreadsheet takes for something else when it opens the CSV."""
    found = [(draft, read) for draft in drafts if (read := read_as(draft.cells[column.name].value))]
    if not found:
        return
    kinds = {read: draft.cells[column.name].value for draft, read in reversed(found)}
    examples = ", ".join(f"{text[:40]!r} as a {read}" for read, text in reversed(kinds.items()))
    first, cells = found[0][0], "one cell" if len(found) == 1 else f"{len(found)} cells"
    message = f"A spreadsheet that opens the CSV reads {cells} of this column as something else: {examples}."
    place = reading.place(first.lines[0], spec.name, column.name, first.cells[spec.key.name].value)
    reading.fault("altered-by-spreadsheet", message, place)


def _with_dates(reading: Reading, spec: DatasetSpec, draft: Draft) -> Mapping[str, Cell]:
    """Return the cells with their dates as days or EDTF; what cannot be read is told, and stays as it is."""
    cells = dict(draft.cells)
    for column in spec.column:
        if column.type not in ("date", "edtf") or column.where or not (cell := cells[column.name]).value:
            continue
        dated = _cell_date(cell, reading.declaration.language, only_days=column.type == "date")
        if dated.fault:
            place = reading.place(draft.lines[0], spec.name, column.name, cells[spec.key.name].value)
            reading.fault("invalid-date", f"{cell.value!r} {dated.fault}.", place, _date_hint(column, cell, dated))
        cells[column.name] = replace(cell, value=(not dated.fault and dated.edtf) or cell.value)
    return cells


def _cell_date(cell: Cell, language: str, only_days: bool) -> Dated:
    """Return the date of a cell; how a table from elsewhere writes dates in digits is not known."""
    if not is_edtf(cell.value):
        dated = read_date(cell.value, "" if cell.origin == "reference" else language)
    else:
        dated = Dated(cell.value)
    no_day = only_days and dated.edtf and not is_date(dated.edtf)
    return replace(dated, fault="is no calendar date") if no_day else dated


def _date_hint(column: Column, cell: Cell, dated: Dated) -> str:
    """Return how a date that cannot stand in a column is fixed; `dated` is what it says all the same."""
    form = "a day (YYYY-MM-DD)" if column.type == "date" else "a date in EDTF"
    where = "Record in corrections.toml what is meant for this cell"
    if cell.origin == "reference":
        where = "Write in the table from elsewhere what is meant"
    told = f"{where}, as {form}"
    if column.type == "date" and dated.edtf:
        return f'Declare the column as `type = "edtf"`, which takes {dated.edtf}; or {told[0].lower()}{told[1:]}.'
    return f"{told}."


def frame(spec: DatasetSpec, rows: Sequence[Mapping[str, Cell]]) -> pd.DataFrame:
    """Return rows as a frame: Int64 for integers, string for all else, unknown values as missing."""
    columns: dict[str, Any] = {}
    for column in spec.column:
        values = [row[column.name].value or None for row in rows]
        if column.type == "integer":
            numbers = [int(v) if v and INTEGER.fullmatch(v) else None for v in values]
            columns[column.name] = pd.array(numbers, dtype="Int64")
        else:
            columns[column.name] = pd.array(values, dtype="string")
    return pd.DataFrame(columns)


class _Checks:
    """What the values of one dataset must be; reports each that is not, with its place."""

    def __init__(self, publication: Publication, reading: Reading, spec: DatasetSpec) -> None:
        self.publication, self.reading, self.spec = publication, reading, spec
        self.keys: dict[str, Draft] = {}
        self.codes = {
            column.name: {concept.code for concept in publication.shared.codelists[column.codes].concept}
            for column in spec.column
            if column.type == "code"
        }
        self.agents = {publication.names.agent(agent) for agent in publication.shared.agents.values()}

    def row(self, draft: Draft) -> None:
        """Report what is wrong with the values of a row, and with the row's key among those before it."""
        key = draft.cells[self.spec.key.name].value
        for column in self.spec.column[:-1]:
            place = self.reading.place(draft.lines[0], self.spec.name, column.name, key)
            self._cell(column, draft.cells[column.name], place)
        first = self.keys.setdefault(key, draft)
        if key and first is not draft:
            message = f"The key {key[:40]!r} stands twice; first on line {first.lines[0]}."
            place = self.reading.place(draft.lines[0], self.spec.name, self.spec.key.name, key)
            self.reading.fault("duplicate-row-key", message, place)

    def _cell(self, column: Column, cell: Cell, place: Place) -> None:
        value = cell.value
        if not value and (column.required or column.key):
            self.reading.fault("cell-required", "The cell is empty, and each row must have a value there.", place)
        for rule, message, hint in self._faults(column, cell) if value else ():
            self.reading.fault(rule, message, place, hint)

    def _faults(self, column: Column, cell: Cell) -> Iterator[_Told]:
        """Yield each fault of a value."""
        value, limit = cell.value, self.reading.declaration.cell_limit
        if len(value) * 4 > limit and (size := len(value.encode())) > limit:
            yield "cell-too-long", f"A cell holds {size} bytes, the limit is {limit}.", ""
        if cell.origin == "source" and (mark := MARKUP_LEFT.search(value)):
            yield "markup-as-text", f"{mark[0]!r} looks like markup that was not read; it is published as text.", ""
        if value.startswith(FORMULA) and column.type in ("string", "text"):
            message = f"A cell begins with {value[0]!r}, which a spreadsheet may take for a formula: {value[:40]!r}."
            yield "formula-like", message, ""
        yield from self._type_faults(column, value)

    def _type_faults(self, column: Column, value: str) -> Iterator[_Told]:
        """Yield what is wrong when a value is not of the column's type."""
        if column.type == "integer" and not INTEGER.fullmatch(value):
            hint = 'Declare the column as `type = "string"` to publish it as it is written.'
            yield "cell-type", f"{value[:40]!r} is no whole number of at most 18 digits without zeros before it.", hint
        elif column.type == "url" and (fault := url_fault(value)):
            yield "invalid-url", f"The address {fault}: {value[:80]!r}.", ""
        elif column.type == "code" and value not in self.codes[column.name]:
            concepts = self.publication.shared.codelists[column.codes].concept
            written = ", ".join(repr(text) for concept in concepts for text in (concept.code, *concept.written))
            message = f"{value[:80]!r} is not in the code list '{column.codes}'."
            yield "unknown-code", message, f"The list knows {written}."
        elif column.type == "agent" and value not in self.agents:
            known = ", ".join(self.publication.shared.agents)
            yield "unknown-code", f"agents.toml has no {value[:80]!r}.", f"It has {known}."


def check_references(reading: Reading, specs: Sequence[DatasetSpec], drafts: Drafts) -> None:
    """Report each value that must be the key of another dataset's row and is none."""
    keys = {spec.name: {draft.cells[spec.key.name].value for draft in drafts[spec.name]} for spec in specs}
    for spec in specs:
        for column in spec.column[:-1]:
            known = keys.get(column.references, set())
            for draft in drafts[spec.name] if column.references else ():
                value = draft.cells[column.name].value
                if value and value not in known:
                    message = f"Dataset '{column.references}' has no row {value[:40]!r}."
                    key = draft.cells[spec.key.name].value
                    place = reading.place(draft.lines[0], spec.name, column.name, key)
                    reading.fault("cell-foreign-key", message, place)
