"""Rows of another dataset once more, joined with what further datasets say of the same thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from ogp_data.core.strict import STRICT
from ogp_data.tables.kinds.kind import Finder, Kind, Offer


@dataclass(frozen=True, slots=True)
class JoinedRows(Finder):
    """Rows of another dataset once more, each with what further datasets say of the same thing."""

    __pydantic_config__ = STRICT
    kind: Literal["rows"]
    of: Annotated[str, "The dataset whose rows they are."]

    offers: ClassVar[Mapping[str, Offer]] = {
        "COLUMN": Offer(
            "repeated",
            "that column of the dataset that `find.of` names or, with `of`, of a dataset that belongs to it *",
        ),
        "count": Offer(
            "derived", "how many rows of the dataset `of` belong to it; `having` and `lacking` count some of them"
        ),
    }

    @property
    def base(self) -> str:
        """Return the dataset whose rows are repeated."""
        return self.of


JOINED_ROWS = Kind(
    "rows",
    JoinedRows,
    "Every row of another dataset once more, with what further datasets say of it. Rows belong together when a"
    " column of one has `references` to the other. Nothing here counts as the place of a word.",
)
