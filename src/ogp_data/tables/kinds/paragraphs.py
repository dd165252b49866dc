"""Rows from the running text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from ogp_data.core.strict import STRICT
from ogp_data.tables.kind import Finder, Kind, Offer


@dataclass(frozen=True, slots=True)
class Paragraphs(Finder):
    """Rows from paragraphs."""

    __pydantic_config__ = STRICT
    kind: Literal["paragraphs"]

    offers: ClassVar[Mapping[str, Offer]] = {
        "text": Offer("source", "the text of the paragraph"),
        "section": Offer(
            "repeated", "the headings under which it stands, from the outermost, with ` > ` between them *"
        ),
    }


PARAGRAPHS = Kind(
    "paragraphs",
    Paragraphs,
    "The running text. List items, cells of tables, headings and instructions are not in it.",
)
