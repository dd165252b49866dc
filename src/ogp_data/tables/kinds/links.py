"""Rows from the links in the cells of other datasets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from ogp_data.core.finds import Subject
from ogp_data.core.strict import STRICT
from ogp_data.tables.kind import Finder, Kind, Offer


@dataclass(frozen=True, slots=True)
class Links(Finder):
    """Rows from every link in the text, in the order of the document."""

    __pydantic_config__ = STRICT
    kind: Literal["links"]

    lists: ClassVar[Subject] = "links"
    in_document: ClassVar[bool] = False
    offers: ClassVar[Mapping[str, Offer]] = {
        "link": Offer("generated", "the number of the link: 1, 2, 3"),
        "dataset": Offer("generated", "the dataset in which the link stands"),
        "row": Offer(
            "generated",
            'the key of the row there; with `of = "DATASET"` only when the link stands in that dataset, otherwise'
            " empty",
        ),
        "column": Offer("generated", "the column in which it stands"),
        "label": Offer("repeated", "the text of the link *"),
        "url": Offer(
            "source",
            "its web address; empty when it was lost, is corrupted or false, or is none of the public web *",
        ),
        "url_status": Offer(
            "generated",
            "`as-published`, `lost-in-conversion`, `corrupted`, `false-link`, `corrected`, `relative`,"
            " `not-a-web-address` or `unencoded`",
        ),
    }


LINKS = Kind(
    "links",
    Links,
    "Every link in the cells of the other datasets, in the order of the document. A link whose address reaches no"
    " table in this way is told as a warning.",
)
