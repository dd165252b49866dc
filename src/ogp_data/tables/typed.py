"""Rows -> typed tables; every value is checked to be of its column's type, there where it must be, and a key once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from ogp_data.core import places
from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.findings import Place
from ogp_data.core.messages import Message, listed
from ogp_data.core.publication import Publication
from ogp_data.core.spreadsheet import READINGS, read_as
from ogp_data.core.tables import Cell, Table
from ogp_data.tables.composed import is_composed
from ogp_data.tables.rows import Draft, Drafts, Reading
from ogp_data.types import type_of
from ogp_data.types.base import Fault, Setting, Texts, Written

MARKUP_LEFT = re.compile(r"\*\*|\]\(|`")
FORMULA = ("=", "+", "-", "@")


def table(publication: Publication, reading: Reading, spec: DatasetSpec, drafts: Sequence[Draft]) -> Table:
    """Return a dataset's rows as a table; what is wrong with a value is taken up by the reading."""
    checks = _Checks(publication, reading, spec)
    last = spec.column[-1].name
    cells = []
    for draft in drafts:
        checks.row(draft)
        cells.append({**draft.cells, last: Cell(places.write(draft.places))})
    for column in spec.column:
        if type_of(column).about.words:
            _check_read(reading, spec, column, drafts)
    return Table(spec, frame(spec, cells), tuple(draft.places for draft in drafts), tuple(cells))


def _check_read(reading: Reading, spec: DatasetSpec, column: Column, drafts: Sequence[Draft]) -> None:
    """Tell, once for a column, of the texts that a spreadsheet takes for something else when it opens the CSV."""
    found = [(draft, read) for draft in drafts if (read := read_as(draft.cells[column.name].value))]
    if not found:
        return
    kinds = {read: draft.cells[column.name].value for draft, read in reversed(found)}
    examples = listed(
        Message("{text!r} as a {read}", text=text[:40], read=READINGS[read]) for read, text in reversed(kinds.items())
    )
    first, cells = found[0][0], Message("one cell") if len(found) == 1 else Message("{count} cells", count=len(found))
    message = Message(
        "A spreadsheet that opens the CSV reads {cells} of this column as something else: {examples}.",
        cells=cells,
        examples=examples,
    )
    place = reading.standing_at(first, spec.name, column.name, first.cells[spec.key.name].value)
    reading.fault("altered-by-spreadsheet", message, place)


def read(
    publication: Publication, spec: DatasetSpec, drafts: Iterable[Draft], which: Callable[[Column], bool] = bool
) -> list[Draft]:
    """Return rows with the canonical text of what the cells of some columns say; what has none stays, and says why.

    A cell is read once: the canonical text of a number may say another number in the language of the document. So
    what is made of other cells is not read.
    """
    read_here = (column for column in spec.column[:-1] if which(column) and not is_composed(column))
    settings = [Setting(publication, column) for column in read_here]
    return [_read(settings, draft) for draft in drafts]


def _read(settings: Sequence[Setting], draft: Draft) -> Draft:
    texts = _texts(draft.cells)
    cells, unread = dict(draft.cells), dict(draft.unread)
    for setting in settings:
        name = setting.column.name
        if not cells[name].value or _told_elsewhere(setting.column):
            continue
        found = type_of(setting.column).parse(_written(setting, cells[name], texts), setting)
        if isinstance(found, Fault):
            unread[name] = found
        elif found != cells[name].value:
            cells[name] = replace(cells[name], value=found)
    return replace(draft, cells=cells, unread=unread)


def _texts(cells: Mapping[str, Cell]) -> Texts:
    return {name: cell.value for name, cell in cells.items()}


def _written(setting: Setting, cell: Cell, texts: Texts) -> Written:
    """Return what stands in a cell; without a language where it is from elsewhere, or not written by people."""
    column = setting.column
    is_written = cell.origin in ("source", "derived") and column.take != "phrase"
    language = (column.language or setting.language) if is_written else ""
    return Written(cell.value, language, texts)


def _told_elsewhere(column: Column) -> bool:
    """Return whether a value was read as a date where it stands, in the front matter."""
    return bool(column.where) and type_of(column).about.dated


def frame(spec: DatasetSpec, rows: Sequence[Mapping[str, Cell]]) -> pd.DataFrame:
    """Return rows as a frame of canonical texts, unknown values as missing."""
    values = {column.name: [row[column.name].value or None for row in rows] for column in spec.column}
    return pd.DataFrame({name: pd.array(texts, dtype="string") for name, texts in values.items()})


class _Checks:
    """What the values of one dataset must be; reports each that is not, with its place."""

    def __init__(self, publication: Publication, reading: Reading, spec: DatasetSpec) -> None:
        self.publication, self.reading, self.spec = publication, reading, spec
        self.keys: dict[str, Draft] = {}
        self.settings = {column.name: Setting(publication, column) for column in spec.column}

    def row(self, draft: Draft) -> None:
        """Report what is wrong with the values of a row, and with the row's key among those before it."""
        key, texts = draft.cells[self.spec.key.name].value, _texts(draft.cells)
        for column in self.spec.column[:-1]:
            place = self.reading.standing_at(draft, self.spec.name, column.name, key)
            self._cell(column, draft, texts, place)
        first = self.keys.setdefault(key, draft)
        if key and first is not draft:
            known = [self.reading.first_at(*both) for both in zip(first.places[:1], draft.places[:1], strict=False)]
            message = Message(
                "The key {key!r} occurs more than once; first on {places}.",
                key=key[:40],
                places=next(iter(known), ""),
            )
            place = self.reading.standing_at(draft, self.spec.name, self.spec.key.name, key)
            self.reading.fault("duplicate-row-key", message, place)

    def _cell(self, column: Column, draft: Draft, texts: Texts, place: Place) -> None:
        cell = draft.cells[column.name]
        if not cell.value and (column.required or column.key):
            self.reading.fault(
                "cell-required", Message("The cell is empty, but every row must have a value there."), place
            )
        for rule, message in self._faults(column, cell) if cell.value else ():
            self.reading.fault(rule, message, place)
        if cell.value and (fault := self._type_fault(column, draft, texts)):
            self.reading.fault(fault.rule, fault.message, place, fault.hint)

    def _faults(self, column: Column, cell: Cell) -> Iterator[tuple[str, str]]:
        """Yield each fault of a value as text: rule and message."""
        value, limit = cell.value, self.reading.declaration.cell_limit
        if len(value) * 4 > limit and (size := len(value.encode())) > limit:
            yield "cell-too-long", Message("A cell has {size} bytes, but the limit is {limit}.", size=size, limit=limit)
        if cell.origin == "source" and (mark := MARKUP_LEFT.search(value)):
            yield (
                "markup-as-text",
                Message("{mark!r} looks like markup but was not read as such; it is published as text.", mark=mark[0]),
            )
        if value.startswith(FORMULA) and type_of(column).about.words:
            message = Message(
                "A cell begins with {value!r}, which a spreadsheet may take for a formula: {value2!r}.",
                value=value[0],
                value2=value[:40],
            )
            yield "formula-like", message

    def _type_fault(self, column: Column, draft: Draft, texts: Texts) -> Fault | None:
        """Return why a value could not be read, or is not one of the column's type."""
        if _told_elsewhere(column) or self._is_repeated(column):
            return None
        unread = draft.unread.get(column.name)
        return unread or type_of(column).check(texts[column.name], self.settings[column.name], texts)

    def _is_repeated(self, column: Column) -> bool:
        """Return whether a column repeats values of a column of its type, where what is wrong with them is told."""
        base = self.spec.find.base
        target = self.publication.specs.get(column.of or base) if base else None
        return target is not None and any((c.name, c.type) == (column.take, column.type) for c in target.column)


def check_references(reading: Reading, specs: Sequence[DatasetSpec], drafts: Drafts) -> None:
    """Report each value that must be the key of another dataset's row and is none."""
    keys = {spec.name: {draft.cells[spec.key.name].value for draft in drafts[spec.name]} for spec in specs}
    for spec in specs:
        for column in spec.column[:-1]:
            known = keys.get(column.references, set())
            for draft in drafts[spec.name] if column.references else ():
                value = draft.cells[column.name].value
                if value and value not in known:
                    message = Message(
                        "Dataset '{references}' has no row {value!r}.", references=column.references, value=value[:40]
                    )
                    key = draft.cells[spec.key.name].value
                    place = reading.standing_at(draft, spec.name, column.name, key)
                    reading.fault("cell-foreign-key", message, place)
