"""The datasets that are made of the same records, and what all of them together find in each record."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ogp_data.tables.records.ending import ended
from ogp_data.tables.records.labels import in_order, spelt
from ogp_data.tables.records.marks import Scale
from ogp_data.tables.records.parts import Parts, find_parts
from ogp_data.tables.records.starting import Begins, Record, find_records
from ogp_data.tables.records.wording import Wording
from ogp_data.tables.rows import Placed


class Keys(Protocol):
    """What a dataset of records says of them."""

    @property
    def of(self) -> str: ...  # noqa: D102
    @property
    def within(self) -> str: ...  # noqa: D102
    @property
    def starts(self) -> str: ...  # noqa: D102
    @property
    def begins(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def named_by(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def further(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def optional(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def labels(self) -> Mapping[str, Sequence[str]]: ...  # noqa: D102
    @property
    def level(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def ticks(self) -> Mapping[str, str | Sequence[str]]: ...  # noqa: D102
    @property
    def fill(self) -> Mapping[str, str]: ...  # noqa: D102
    @property
    def sub_items(self) -> str: ...  # noqa: D102
    @property
    def each(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Taken:
    """A record with all that the datasets made of it find there."""

    record: Record
    found: Parts

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing in it but its beginning."""
        return not (self.found.parts or self.found.ticked.headings or self.found.items)


@dataclass(frozen=True, slots=True)
class Member:
    """A dataset of a family: its name, its keys, and what its columns take."""

    name: str
    keys: Keys
    takes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Family:
    """All datasets over the same records, that which says where they begin first."""

    members: Sequence[Member]

    @property
    def wording(self) -> Wording:
        """Return every word of theirs by which records are known: where one label begins, the text of another ends."""
        of_records = [one for member in self.members if member.keys.each == "record" for one in _labels(member.keys)]
        items = [member.keys for member in self.members if member.keys.each != "record"]
        of_items = [one for keys in items for one in _labels(keys)]
        titles = [one for keys in items for one in next(iter(keys.labels.values()), ())]
        level = [one for member in self.members for one in member.keys.level]
        named = [one for member in self.members for one in member.keys.named_by]
        scale = Scale.of(self._ticks(), self.letters, level)
        known = in_order([*of_records, *of_items, *level])
        further = in_order([one for member in self.members for one in member.keys.further])
        return Wording(known, in_order(of_items), in_order(titles), in_order(named), further, scale)

    @property
    def letters(self) -> str:
        """Return what a sub-item looks like; "" where none of them says so."""
        return next((one.keys.sub_items for one in self.members if one.keys.sub_items), "")

    def _ticks(self) -> Mapping[str, str | Sequence[str]]:
        """Return the levels of the first dataset that has any."""
        return next((one.keys.ticks for one in self.members if one.keys.ticks), {})

    def records(self, placed: Sequence[Placed]) -> list[Taken]:
        """Return the records with what is found in each."""
        wording = self.wording
        begins = self._begins
        found = find_records(placed, begins, wording)
        return [
            Taken(record, find_parts(record, wording))
            for record in (ended(found, wording) if begins.labelled else found)
        ]

    @property
    def _begins(self) -> Begins:
        first = self.members[0].keys
        return Begins(re.compile(first.starts), first.title, first.begins == "labelled")

    def home(self, *verbs: str) -> str:
        """Return the dataset in which the words of the beginning have their home: the first to take them."""
        return next((one.name for one in self.members if not one.takes.isdisjoint(verbs)), self.members[0].name)

    def home_of_label(self, spelling: str) -> str:
        """Return the dataset in which the words behind a label have their home."""
        taking = (one for one in self.members if any(verb in one.takes for verb in _verbs(one.keys, spelling)))
        return next((one.name for one in taking), "")

    @property
    def takes_rest(self) -> bool:
        """Return whether one of the datasets takes what stands beside labels that are not known."""
        return any("rest" in one.takes for one in self.members)

    @property
    def levels(self) -> Collection[str]:
        """Return the labels beside the levels, as they are compared."""
        return {spelt(one) for member in self.members for one in member.keys.level}

    @property
    def home_of_ticks(self) -> str:
        """Return the dataset that accounts for the marks of records, and tells what is wrong with them."""
        return next((one.name for one in self.members if one.keys.ticks), "")

    @property
    def home_of_letters(self) -> str:
        """Return the dataset in which the letters that stand in the place of ticks have their home."""
        some = [one for one in self.members if one.keys.each == "sub-item" and "letter" in one.takes]
        return next((one.name for one in some if one.keys.ticks), next((one.name for one in some), ""))


def _labels(keys: Keys) -> list[str]:
    return [one for spellings in keys.labels.values() for one in spellings]


def _verbs(keys: Keys, spelling: str) -> list[str]:
    return [f"label:{name}" for name, said in keys.labels.items() if spelling in map(spelt, said)]
