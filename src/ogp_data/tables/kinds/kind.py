"""What a kind of dataset is: its name, the keys with which a declaration uses it, and what it is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from ogp_data.core.columns import DatasetSpec
from ogp_data.core.finds import Find

ColumnOrigin = Literal["source", "repeated", "derived", "reference", "generated", "unknown"]
"""Where a column's values come from; `ORIGINS` says what each means."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something of a row that a column can take: where it comes from, and what the column gets.

    An asterisk at the end marks words whose home is another cell.
    """

    origin: ColumnOrigin
    gets: str


class Finder(Find):
    """The keys of a kind in a declaration, and what the kind does with them."""

    __slots__ = ()

    offers: ClassVar[Mapping[str, Offer]] = {}
    """What a column can `take` of a row; capitals stand for a name that the declaration gives."""

    def verbs(self) -> Mapping[str, ColumnOrigin]:
        """Return what a column of this very dataset can take, and where that comes from."""
        return {verb: offer.origin for verb, offer in self.offers.items() if verb.islower()}


def finder(spec: DatasetSpec) -> Finder:
    """Return how a dataset finds its rows; whatever a declaration may say was made by a kind of this room."""
    if not isinstance(spec.find, Finder):
        raise TypeError(f"{type(spec.find).__name__} is the keys of no kind of dataset")
    return spec.find


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of dataset: what `find.kind` calls it, the class of its keys, and what its rows are, for the manual."""

    name: str
    keys: type[Finder]
    about: str
