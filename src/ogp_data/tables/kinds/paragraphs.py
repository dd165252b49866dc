"""Rows from the running text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from ogp_data.core.columns import DatasetSpec
from ogp_data.core.strict import STRICT
from ogp_data.documents import Inline
from ogp_data.documents.joining import join_all
from ogp_data.tables.kind import Finder, Kind, Offer, Turn
from ogp_data.tables.rows import Placed, Reading, Row, Search, has_text, source_cell
from ogp_data.tables.sections import section_cell


@dataclass(frozen=True, slots=True)
class Paragraphs(Finder):
    """Rows from paragraphs."""

    __pydantic_config__ = STRICT
    kind: Literal["paragraphs"]
    tables: Annotated[
        bool, "Whether the rows of tables that no dataset takes are texts as well, each with its cells in their order."
    ] = False

    turn: ClassVar[Turn] = Turn.REST
    offers: ClassVar[Mapping[str, Offer]] = {
        "text": Offer("source", "the text of the paragraph"),
        "section": Offer("repeated", "the headings that it is under, from the outermost, with ` > ` between them *"),
    }

    def rows(self, search: Search, _spec: DatasetSpec) -> list[Row]:
        """Return a row for each paragraph that is not claimed, such as an instruction, and each row of a table."""
        rows = []
        for spot in search.free():
            is_row = self.tables and has_text(spot.block)
            text = join_all(spot.block.cells) if is_row else spot.block.inline
            if text.passage.text and (is_row or spot.block.is_running):
                rows.append(_row(search.reading, spot, text))
                # Whoever takes a row of a table says so; whatever is left of the text is read here alone.
                search.claimed |= {spot.number} if is_row else set()
        return rows


def _row(reading: Reading, spot: Placed, text: Inline) -> Row:
    offers = {"section": section_cell(spot.path), "text": source_cell(text)}
    return Row(offers, reading.document.source.places(text.passage), {"text": text.anchors})


PARAGRAPHS = Kind(
    "paragraphs",
    Paragraphs,
    "The running text. Headings, instructions and the items of a list that a dataset takes are not in it, nor are the"
    " cells of tables, unless `tables` says so.",
)
