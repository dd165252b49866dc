"""Rows of a table of the document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from ogp_data.core.strict import STRICT
from ogp_data.tables.kinds.kind import Finder, Kind, Offer


@dataclass(frozen=True, slots=True)
class TableRows(Finder):
    """Rows of a table, recognised by its column headings; where they stand again, its rows go on."""

    __pydantic_config__ = STRICT
    kind: Literal["table"]
    headings: Annotated[
        list[str], "The column headings of the table, exactly as the document writes them and in order."
    ]
    under: Annotated[
        str, "The heading below which the table stands, at any depth; absent: every table with these headings."
    ] = ""
    continues: Annotated[
        Literal["empty-key", "never"],
        "Which row continues the one above it, each cell by itself: `empty-key`, one whose key cell (that of the key"
        " column, or else the first) is empty, as where a page break splits rows; `never`, none; absent: `never`.",
    ] = "never"

    offers: ClassVar[Mapping[str, Offer]] = {
        "cell": Offer("source", "the cell under the column heading that the column names with `heading`"),
        "number": Offer(
            "source",
            "the number with which the first cell begins, as in `4. Title`; that cell then holds the rest, and the"
            " other datasets can be joined by this number",
        ),
        "section": Offer(
            "repeated", "the headings under which the row stands, from the outermost, with ` > ` between them *"
        ),
    }


TABLE_ROWS = Kind(
    "table",
    TableRows,
    "The rows of a table, such as assessments. Where its headings stand again, as on the next page or below another"
    " heading, they are set aside and the rows go on. Behind a blank line they go on as well, with a warning where"
    " nothing says that no other table begins there. Each row of cells is a row of its own; only with `continues ="
    ' "empty-key"` does one with an empty key cell continue the one above, and a word that the break divided is put'
    " together again.",
)
