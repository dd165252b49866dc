"""Rows from headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from ogp_data.core.columns import Column
from ogp_data.core.findings import Finding
from ogp_data.core.strict import STRICT
from ogp_data.tables.kind import ColumnOrigin, Declared, Finder, Kind, Offer


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
        groups = () if self._fault() else re.compile(self.pattern).groupindex
        return {**Finder.verbs(self), **{f"group:{name}": self.offers["group:NAME"].origin for name in groups}}

    def check(self, declared: Declared) -> Iterator[Finding]:
        """Yield that the pattern cannot be read."""
        if fault := self._fault():
            yield declared.fault("value-type", "find.pattern", f"The pattern is no regular expression: {fault}.")

    def check_take(self, declared: Declared, column: Column, key: str, own: bool) -> Iterator[Finding]:
        """Yield that no group has the name; of a pattern that cannot be read, that alone is reported."""
        if not self._fault():
            yield from Finder.check_take(self, declared, column, key, own)

    def _fault(self) -> str:
        try:
            re.compile(self.pattern)
        except (re.error, OverflowError, RecursionError) as reason:
            return str(reason)
        return ""


HEADINGS = Kind("headings", Headings, "The headings below another heading, such as the themes of a plan.")
