"""Rows from the items of a numbered list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from ogp_data.core.strict import STRICT
from ogp_data.tables.kinds.kind import Finder, Kind, Offer


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


LIST_ITEMS = Kind(
    "list",
    ListItems,
    "The items of a numbered list, such as commitments. The numbers must be 1, 2, 3 and so on.",
)
