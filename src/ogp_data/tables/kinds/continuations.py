"""Rows from what the declaration says of earlier editions: what became of each of their commitments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from ogp_data.core.columns import DatasetSpec
from ogp_data.core.editions import Continuation, continuations
from ogp_data.core.messages import Message
from ogp_data.core.places import SourcePlace
from ogp_data.core.publication import Edition
from ogp_data.core.strict import STRICT
from ogp_data.core.tables import Cell
from ogp_data.tables.continued import numbers, places
from ogp_data.tables.kind import Finder, Kind, Offer, Turn
from ogp_data.tables.rows import Placed, Row, Search


@dataclass(frozen=True, slots=True)
class Continuations(Finder):
    """Rows from [[continues]]: each earlier commitment with each one here that continues it, and those that are new."""

    __pydantic_config__ = STRICT
    kind: Literal["continuations"]

    turn: ClassVar[Turn] = Turn.TAKEN
    placed: ClassVar[bool] = False
    offers: ClassVar[Mapping[str, Offer]] = {
        "continuation": Offer("generated", "the key of the row: the earlier edition, its commitment, the one here"),
        "commitment": Offer("generated", "the key of the commitment here; empty when none continues the earlier one"),
        "change": Offer("generated", "what the two are to each other, a code of the list `change`; empty: not known"),
        "previous_publication": Offer("generated", "the earlier edition"),
        "previous_commitment": Offer("generated", "the key of its commitment; empty when the one here is new"),
        "previous_title": Offer("reference", "the title of that commitment, as it was published"),
        "previous_iri": Offer("generated", "the IRI of that commitment"),
        "previous_page": Offer("generated", "the address of its page; empty where it was published without one"),
    }

    def rows(self, search: Search, _spec: DatasetSpec) -> list[Row]:
        """Return the rows of each edition before, in the order of its commitments, and then those that are new."""
        publication = search.publication
        now, found = numbers(publication, search.drafts), places(publication, search.drafts)
        rows: list[Row] = []
        for edition in (one for one in publication.editions if one.is_continued):
            # A commitment that is named and not there is told of the declaration, where it can be put right.
            known = (one for one in continuations(edition, now) if one.now in {"", *now})
            rows += (_row(edition, one, found) for one in known)
        return rows

    def nearest(self, _placed: Sequence[Placed]) -> Iterator[str]:
        """Yield why there are no rows."""
        yield Message("no [[continues]] names an earlier edition")


def _row(edition: Edition, one: Continuation, found: Mapping[str, tuple[SourcePlace, ...]]) -> Row:
    before = edition.commitments.rows.get(one.before, {})
    offers = {
        "continuation": "~".join((edition.id, one.before, one.now)),
        "commitment": one.now,
        "change": one.change,
        "previous_publication": edition.id,
        "previous_commitment": one.before,
        "previous_title": before.get("title", ""),
        "previous_iri": edition.row(one.before) if one.before else "",
        "previous_page": edition.page(one.before) if one.before else "",
    }
    cells = {
        name: Cell(value, "reference" if name == "previous_title" else "generated") for name, value in offers.items()
    }
    # What was dropped stands nowhere in this document.
    return Row(cells, found.get(one.now, ()))


CONTINUATIONS = Kind(
    "continuations",
    Continuations,
    "What became of each commitment of the editions that [[continues]] names. Rows are computed from that; a commitment"
    " that was dropped has no place in the document.",
)
