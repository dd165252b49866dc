"""Rows from the running text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from ogp_data.core.columns import DatasetSpec
from ogp_data.core.strict import STRICT
from ogp_data.tables.kind import Finder, Kind, Offer, Turn
from ogp_data.tables.rows import Placed, Reading, Row, Search, source_cell
from ogp_data.tables.sections import section_cell


@dataclass(frozen=True, slots=True)
class Paragraphs(Finder):
    """Rows from paragraphs."""

    __pydantic_config__ = STRICT
    kind: Literal["paragraphs"]

    turn: ClassVar[Turn] = Turn.REST
    offers: ClassVar[Mapping[str, Offer]] = {
        "text": Offer("source", "the text of the paragraph"),
        "section": Offer("repeated", "the headings that it is under, from the outermost, with ` > ` between them *"),
    }

    def rows(self, search: Search, _spec: DatasetSpec) -> list[Row]:
        """Return a row for each paragraph that is not claimed, such as an instruction."""
        spots = (spot for spot in search.free() if spot.block.is_running)
        return [_row(search.reading, spot) for spot in spots if spot.block.inline.passage.text]


def _row(reading: Reading, spot: Placed) -> Row:
    text = spot.block.inline
    offers = {"section": section_cell(spot.path), "text": source_cell(text)}
    return Row(offers, reading.document.source.places(text.passage), {"text": text.anchors})


PARAGRAPHS = Kind(
    "paragraphs",
    Paragraphs,
    "The running text. Cells of tables, headings, instructions and the items of a list that a dataset takes are not in"
    " it.",
)
