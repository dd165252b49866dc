"""Rows from the items of a numbered list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from ogp_data.core.findings import Finding
from ogp_data.core.strict import STRICT
from ogp_data.tables.kind import Declared, Finder, Kind, Offer
from ogp_data.tables.kinds.headings import Headings


@dataclass(frozen=True, slots=True)
class ListItems(Finder):
    """Rows from numbered list items, under one heading or under each row of a `headings` dataset."""

    __pydantic_config__ = STRICT
    kind: Literal["list"]
    under: Annotated[str, "The heading directly above the list."] = ""
    each: Annotated[
        str, "In the place of `under`: a dataset of kind `headings`; each of its headings must have items."
    ] = ""

    offers: ClassVar[Mapping[str, Offer]] = {
        "number": Offer("source", "the number of the item"),
        "text": Offer("source", "the text of the item, without its number"),
        "parent": Offer("source", "with `each`: the key of the row of the heading under which the item stands"),
    }

    def check(self, declared: Declared) -> Iterator[Finding]:
        """Yield that the list has no one place, or stands below the rows of a dataset that has no headings."""
        parent = declared.known.get(self.each)
        if self.each and not (parent and isinstance(parent.find, Headings)):
            message = f"There is no dataset {self.each!r} of the kind 'headings'."
            yield declared.fault("dangling-reference", "find.each", message)
        if self.under and self.each:
            message = "A list stands under one heading or under each of several, not both."
            yield declared.fault("value-type", "find.each", message, "Leave out `under` or `each`.")


LIST_ITEMS = Kind(
    "list",
    ListItems,
    "The items of a numbered list, such as commitments. The numbers must be 1, 2, 3 and so on.",
)
