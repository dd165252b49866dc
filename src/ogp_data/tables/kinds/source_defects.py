"""Rows from what is wrong with the source document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from ogp_data.core.columns import DatasetSpec
from ogp_data.core.finds import Subject
from ogp_data.core.messages import SOURCE
from ogp_data.core.strict import STRICT
from ogp_data.core.tables import Cell, Fault
from ogp_data.tables.kind import Finder, Kind, Offer, Turn
from ogp_data.tables.rows import Row, Search, derived_cell


@dataclass(frozen=True, slots=True)
class SourceDefects(Finder):
    """Rows from the faults of the source: those the reader finds and those that corrections.toml records."""

    __pydantic_config__ = STRICT
    kind: Literal["findings"]

    lists: ClassVar[Subject] = "defects"
    turn: ClassVar[Turn] = Turn.DEFECTS
    may_be_empty: ClassVar[bool] = True
    offers: ClassVar[Mapping[str, Offer]] = {
        "kind": Offer("generated", "the kind of fault, a code of the list `finding-kind`"),
        "statement": Offer("generated", "what is wrong"),
        "dataset": Offer("generated", "the dataset it concerns; empty when it is outside the tables"),
        "row": Offer("generated", "the key of the row there"),
        "column": Offer("generated", "the column there"),
        "as_written": Offer("repeated", "the words concerned *"),
        "status": Offer("generated", "`found`, `acknowledged`, `corrected` or `withheld`"),
    }

    def rows(self, search: Search, spec: DatasetSpec) -> list[Row]:
        """Return a row for each fault of the source, in the order of the document."""
        stated = next((column for column in spec.column if column.take == "statement"), None)
        language = stated.spoken(search.publication.declaration.language) if stated else SOURCE
        told = lambda f: (f.place, f.kind, f.dataset, f.row, f.column, f.statement.of(language))  # noqa: E731
        faults = sorted(search.reading.faults, key=told)
        return [_fault_row(fault, language) for fault in faults]


def _fault_row(fault: Fault, language: str) -> Row:
    offers = {
        "kind": Cell(fault.kind),
        "statement": Cell(fault.statement.of(language), said=fault.statement),
        "dataset": Cell(fault.dataset),
        "row": Cell(fault.row),
        "column": Cell(fault.column),
        "as_written": derived_cell(fault.written) if fault.written else Cell(),
        "status": Cell(fault.status),
    }
    return Row(offers, (fault.place,))


SOURCE_DEFECTS = Kind(
    "findings",
    SourceDefects,
    "The faults of the document: those that the program finds by itself, and those of `corrections.toml`.",
)
