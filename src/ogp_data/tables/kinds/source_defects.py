"""Rows from what is wrong with the source document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from ogp_data.core.finds import Subject
from ogp_data.core.strict import STRICT
from ogp_data.tables.kind import Finder, Kind, Offer


@dataclass(frozen=True, slots=True)
class SourceDefects(Finder):
    """Rows from the faults of the source: those the reader finds and those that corrections.toml records."""

    __pydantic_config__ = STRICT
    kind: Literal["findings"]

    lists: ClassVar[Subject] = "defects"
    in_document: ClassVar[bool] = False
    offers: ClassVar[Mapping[str, Offer]] = {
        "kind": Offer("generated", "the kind of fault, a code of the list `finding-kind`"),
        "statement": Offer("generated", "what is wrong"),
        "dataset": Offer("generated", "the dataset it concerns; empty when it is outside the tables"),
        "row": Offer("generated", "the key of the row there"),
        "column": Offer("generated", "the column there"),
        "as_written": Offer("repeated", "the words concerned *"),
        "status": Offer("generated", "`found`, `acknowledged` or `corrected`"),
    }


SOURCE_DEFECTS = Kind(
    "findings",
    SourceDefects,
    "The faults of the document: those that the program finds by itself, and those of `corrections.toml`.",
)
