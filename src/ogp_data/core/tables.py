"""Tables: rows with the cells that their values came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ogp_data.core.columns import DatasetSpec, Origin
from ogp_data.core.places import SourcePlace
from ogp_data.core.text import Passage
from ogp_data.core.words import Text

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with its origin; text of the source keeps its passage. An unknown value is "".

    `said` is what a value that the program or a record says is in other languages, for pages in those.
    """

    value: str = ""
    origin: Origin = "generated"
    passage: Passage | None = None
    said: Text | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the source that is published in source_findings."""

    kind: str
    statement: Text
    place: SourcePlace
    dataset: str = ""
    row: str = ""
    column: str = ""
    written: Passage | None = None
    status: str = "found"


@dataclass(frozen=True, slots=True)
class Table:
    """A dataset's rows: a typed frame, the places of each row, and the cell each value came from."""

    spec: DatasetSpec
    frame: pd.DataFrame
    places: tuple[tuple[SourcePlace, ...], ...]
    cells: tuple[Mapping[str, Cell], ...] = field(repr=False)

    @property
    def name(self) -> str:
        """Return the dataset's name."""
        return self.spec.name
