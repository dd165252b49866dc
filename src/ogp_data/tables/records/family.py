"""The datasets that are made of the same records, and what all of them together find in each record."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ogp_data.tables.records.labels import spelt
from ogp_data.tables.records.parts import Part, find_parts
from ogp_data.tables.records.starting import Record, find_records
from ogp_data.tables.records.ticks import Scale, Ticked, find_ticks
from ogp_data.tables.rows import Placed


class Keys(Protocol):
    """What a dataset of records says of them."""

    @property
    def starts(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def labels(self) -> Mapping[str, Sequence[str]]: ...  # noqa: D102
    @property
    def ticks(self) -> Mapping[str, str]: ...  # noqa: D102
    @property
    def sub_items(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Taken:
    """A record with all that the datasets made of it find there."""

    record: Record
    parts: Sequence[Part]
    ticked: Ticked

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing in it but its beginning."""
        return not self.parts and not self.ticked.headings


@dataclass(frozen=True, slots=True)
class Family:
    """The keys of all datasets over the same records, that which says where they begin first."""

    keys: Sequence[Keys]

    @property
    def spellings(self) -> list[str]:
        """Return every label of theirs as it is compared: where one begins, the text of another ends."""
        said = (one for keys in self.keys for spellings in keys.labels.values() for one in spellings)
        return list(dict.fromkeys(map(spelt, said)))

    @property
    def letters(self) -> str:
        """Return what a sub-item looks like; "" where none of them says so."""
        return next((keys.sub_items for keys in self.keys if keys.sub_items), "")

    @property
    def scale(self) -> Scale:
        """Return the headings of ticks of the first dataset that has any."""
        return Scale.of(next((keys.ticks for keys in self.keys if keys.ticks), {}), self.letters)

    def records(self, placed: Sequence[Placed]) -> list[Taken]:
        """Return the records with what is found in each."""
        first = self.keys[0]
        found = find_records(placed, re.compile(first.starts), first.title == "next heading", self.spellings)
        return [self._taken(record) for record in found]

    def _taken(self, record: Record) -> Taken:
        spellings, scale = self.spellings, self.scale
        labelled = {part.spots[0].number for part in find_parts(record.spots, spellings, ())}
        ticked = find_ticks(record.spots, scale, labelled) if scale.codes else Ticked()
        return Taken(record, find_parts(record.spots, spellings, ticked.spots), ticked)
