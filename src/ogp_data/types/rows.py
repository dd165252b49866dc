"""Rows as text -> rows as typed values, once for every format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ogp_data.core.records import Record
from ogp_data.types.base import Type

Kinds = Mapping[str, Type]
"""Column -> its type."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a cell: its canonical text, and what it is."""

    text: str
    value: Any


class Row(dict[str, str]):
    """A row of a CSV: the text of each cell by its column, and the values that the texts are by their types."""

    def __init__(self, record: Record, kinds: Kinds) -> None:
        """Take a row as it stands in the CSV; it is typed when a value is asked for."""
        super().__init__(record)
        self._kinds = kinds

    @cached_property
    def typed(self) -> Mapping[str, tuple[Value, ...]]:
        """Return column -> its values: none for an empty cell, several for a list.

        ValueError when a text is none of its type.
        """
        return {name: cell(kind, self[name]) for name, kind in self._kinds.items()}


def split(kind: Type, text: str) -> list[str]:
    """Return the texts of the values that a cell of a type holds: none when it is empty, several when it is a list."""
    separator = kind.about.separator
    return text.split(separator) if text and separator else [text] if text else []


def cell(kind: Type, text: str, separator: str = "") -> tuple[Value, ...]:
    """Return the values that a cell of a type holds; ValueError when a text is none of the type.

    `separator` is what a Data Package says to stand between them; else the type says it.
    """
    parts = text.split(separator) if text and separator else split(kind, text)
    return tuple(Value(part, kind.value(part)) for part in parts)


def rows(kinds: Kinds, records: Iterable[Record]) -> list[Row]:
    """Return the rows of a CSV whose columns have these types."""
    return [Row(record, kinds) for record in records]
