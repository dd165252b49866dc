"""Rows from headings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from ogp_data.core.strict import STRICT
from ogp_data.tables.kinds.kind import ColumnOrigin, Finder, Kind, Offer


@dataclass(frozen=True, slots=True)
class Headings(Finder):
    """Rows from headings that match a pattern; its named groups are columns' texts."""

    __pydantic_config__ = STRICT
    kind: Literal["headings"]
    under: Annotated[str, "The heading below which they stand."]
    pattern: Annotated[
        str, "Regular expression that the whole heading matches, with a named group for each part that a column takes."
    ]

    offers: ClassVar[Mapping[str, Offer]] = {
        "position": Offer("generated", "the number of the heading among those found: 1, 2, 3"),
        "group:NAME": Offer("source", "the words that the group `(?P<NAME>...)` of `pattern` matches"),
    }

    def verbs(self) -> Mapping[str, ColumnOrigin]:
        """Return what a column can take: the position, and what each group of the pattern matches."""
        try:
            groups = re.compile(self.pattern).groupindex
        except (re.error, OverflowError, RecursionError):
            return Finder.verbs(self)
        return {**Finder.verbs(self), **{f"group:{name}": self.offers["group:NAME"].origin for name in groups}}


HEADINGS = Kind("headings", Headings, "The headings below another heading, such as the themes of a plan.")
