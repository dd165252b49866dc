"""Cells that are made of others: by a template such as `C{number}`, or looked up, such as `commitment.title`.

A template puts together what a row offers and what its other columns hold. A look-up takes a column of the row that
another column refers to. Either may rest on the other, so each cell is made when it is asked for. The list of a code is
known where there is a code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ogp_data.core.columns import CODE_LIST, Column, DatasetSpec
from ogp_data.core.tables import Cell
from ogp_data.tables.rows import Draft, Drafts

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_LOOKUP = re.compile(r"([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)")
_LETTERS = re.compile(r"[^\W\d_]*\Z")


def variables(take: str) -> list[str]:
    """Return the names in braces of what a column takes; none for what is no template."""
    return _VARIABLE.findall(take)


def lookup(take: str) -> tuple[str, str] | None:
    """Return the column that refers to another row, and the column there; None for what is no look-up."""
    match = _LOOKUP.fullmatch(take)
    return (match[1], match[2]) if match else None


def is_template(take: str) -> bool:
    """Return whether what a column takes has braces, sound or not."""
    return "{" in take or "}" in take


def is_composed(column: Column) -> bool:
    """Return whether the cells of a column are made of others."""
    return is_template(column.take) or lookup(column.take) is not None or column.take == CODE_LIST


def braces_fault(take: str) -> str:
    """Return what stands in a template between braces that do not match, or ""."""
    return next((part for part in _VARIABLE.split(take)[::2] if is_template(part)), "")


def filled(template: str, values: Mapping[str, str]) -> str:
    """Return a template with its values; "" when one of them is missing.

    Letters before a value are left out when it begins with them: `C{number}` makes C1 of 1, and of C1 as well.
    """
    literals, names = _VARIABLE.split(template)[::2], variables(template)
    if not all(values.get(name) for name in names):
        return ""
    parts = (_before(literal, values[name]) + values[name] for literal, name in zip(literals, names, strict=False))
    return "".join(parts) + literals[-1]


def _before(literal: str, value: str) -> str:
    """Return what a template says before a value, without the letters that the value has itself."""
    letters = _LETTERS.search(literal)
    own = letters[0] if letters else ""
    has = value[: len(own)].casefold() == own.casefold() and not value[len(own) : len(own) + 1].isalpha()
    return literal[: len(literal) - len(own)] if own and has else literal


def offered(column: Column, name: str) -> str:
    """Return under which name a row offers what a template names; the cell of a column is that of its heading."""
    return f"cell:{column.heading}" if name == "cell" else name


def repeated(cell: Cell) -> Cell:
    """Return a cell once more, which is not the home of its words."""
    # A code stands for its words, so only text that is repeated word for word keeps its place in the source.
    is_text = cell.passage is not None and cell.passage.text == cell.value
    return replace(cell, origin="derived", passage=cell.passage if is_text else None)


def compose(specs: Mapping[str, DatasetSpec], drafts: Drafts) -> Drafts:
    """Return the rows with all cells that are made of others, as far as these are there."""
    composing = _Composing(specs, drafts)
    return {name: list(composing.rows(name)) for name in drafts}


@dataclass(slots=True)
class _Composing:
    """The rows whose cells are made, with what is known of them."""

    specs: Mapping[str, DatasetSpec]
    drafts: Mapping[str, Sequence[Draft]]
    _columns: dict[str, dict[str, Column]] = field(default_factory=dict)
    _made: dict[tuple[str, int, str], Cell] = field(default_factory=dict)
    _by_key: dict[str, dict[str, int]] = field(default_factory=dict)

    def rows(self, name: str) -> Iterator[Draft]:
        """Yield the rows of a dataset with their cells."""
        made = [column.name for column in self.specs[name].column if is_composed(column)]
        for at, draft in enumerate(self.drafts[name]):
            cells = {column: self._cell(name, at, column) for column in made}
            yield replace(draft, cells={**draft.cells, **cells}) if made else draft

    def _cell(self, name: str, at: int, column: str) -> Cell:
        own = self._own(name).get(column)
        if own is None or not is_composed(own):
            return self.drafts[name][at].cells.get(column, Cell())
        key = (name, at, column)
        if key not in self._made:
            self._made[key] = Cell()  # a circle is refused before there are rows; this ends one all the same
            self._made[key] = self._composed(name, at, own)
        return self._made[key]

    def _composed(self, name: str, at: int, column: Column) -> Cell:
        if column.take == CODE_LIST:
            has_code = self._cell(name, at, column.basis).value
            return Cell(self._own(name)[column.basis].codes) if has_code else Cell()
        found = lookup(column.take)
        return self._looked_up(name, at, *found) if found else self._filled(name, at, column)

    def _own(self, name: str) -> Mapping[str, Column]:
        if name not in self._columns:
            self._columns[name] = {column.name: column for column in self.specs[name].column}
        return self._columns[name]

    def _filled(self, name: str, at: int, column: Column) -> Cell:
        offers = self.drafts[name][at].offers
        values = {
            variable: (
                offers[offer] if (offer := offered(column, variable)) in offers else self._cell(name, at, variable)
            ).value
            for variable in variables(column.take)
        }
        return Cell(filled(column.take, values))

    def _looked_up(self, name: str, at: int, refers: str, column: str) -> Cell:
        target = self._own(name)[refers].references
        row = self._keys(target).get(self._cell(name, at, refers).value)
        return Cell() if row is None else repeated(self._cell(target, row, column))

    def _keys(self, name: str) -> Mapping[str, int]:
        """Return where in a dataset each row stands, by its key; the first of equals."""
        if name not in self._by_key:
            found: dict[str, int] = {}
            for at in range(len(self.drafts.get(name, ()))):
                found.setdefault(self._cell(name, at, self.specs[name].key.name).value, at)
            self._by_key[name] = found
        return self._by_key[name]
