"""Rows of a table of the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from ogp_data.core.columns import Column
from ogp_data.core.findings import Finding
from ogp_data.core.strict import STRICT
from ogp_data.tables.kind import Declared, Finder, Kind, Offer


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

    def check(self, declared: Declared) -> Iterator[Finding]:
        """Yield that the headings make no table, or do not tell its columns apart."""
        if len(self.headings) < 2:
            message = "A table has at least two columns; a tab between cells is what makes a row."
            yield declared.fault("value-type", "find.headings", message)
        for heading in sorted({one for one in self.headings if self.headings.count(one) > 1}):
            message = f"The heading {heading!r} stands twice, so no column can say which it takes."
            yield declared.fault("duplicate-name", "find.headings", message)

    def check_take(self, declared: Declared, column: Column, key: str, own: bool) -> Iterator[Finding]:
        """Yield that these rows do not offer what a column takes, or have no cell with its heading."""
        yield from Finder.check_take(self, declared, column, key, own)
        if column.take == "cell" and column.heading not in self.headings:
            message = f"The table has no column {column.heading!r}."
            yield declared.fault("dangling-reference", f"{key}.heading", message)


TABLE_ROWS = Kind(
    "table",
    TableRows,
    "The rows of a table, such as assessments. Where its headings stand again, as on the next page or below another"
    " heading, they are set aside and the rows go on. Behind a blank line they go on as well, with a warning where"
    " nothing says that no other table begins there. Each row of cells is a row of its own; only with `continues ="
    ' "empty-key"` does one with an empty key cell continue the one above, and a word that the break divided is put'
    " together again.",
)
