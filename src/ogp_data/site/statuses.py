"""Codes of progress -> what a reader sees of them: words, a meaning that has a colour, and their numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ogp_data.core.messages import Message
from ogp_data.core.shared import CodeList, Concept, Meaning
from ogp_data.core.words import Text

Basis = Literal["document", "text", ""]
"""What tells of progress: the judgements of the document, or else words of its text, or nothing."""

BY_PART = "by-part"
"""Stands for a code where the document judges the parts of a commitment and not the whole."""

MEANINGS: dict[Meaning, Message] = {
    "done": Message("Done"),
    "mostly": Message("Mostly done"),
    "underway": Message("Under way"),
    "delayed": Message("Delayed"),
    "stopped": Message("Paused"),
    "notstarted": Message("Not started"),
    "unknown": Message("Not stated"),
}
"""What each meaning is called where several codes have it; the order is that in which they are told."""


@dataclass(frozen=True, slots=True)
class Status:
    """How far a commitment is: a code, "" where nothing is told, its words, and what it means whatever the scale."""

    code: str
    words: Text
    meaning: Meaning = "unknown"

    @property
    def is_told(self) -> bool:
        """Return whether it is a level, and not that none is told."""
        return self.code not in ("", BY_PART)


UNTOLD: dict[Basis, Status] = {
    "document": Status("", Message("Not judged")),
    "text": Status("", MEANINGS["unknown"]),
    "": Status("", MEANINGS["unknown"]),
}
"""What is said of a commitment of which nothing is told, by what tells of others."""

PARTLY = Status(BY_PART, Message("Judged by part"))


@dataclass(frozen=True, slots=True)
class Counted:
    """How many commitments have a status."""

    status: Status
    number: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many commitments have which status, in the order of their scale, those of which nothing is told last.

    `scale` is the id of the code list: the numbers of two scales are never put together. `lost` says that the
    conversion of the document lost what it judged.
    """

    scale: str
    basis: Basis
    lost: bool
    counts: Sequence[Counted]

    @property
    def total(self) -> int:
        """Return how many commitments there are."""
        return sum(one.number for one in self.counts)

    @property
    def known(self) -> int:
        """Return of how many commitments a level is told."""
        return sum(one.number for one in self.counts if one.status.is_told)

    @property
    def is_told(self) -> bool:
        """Return whether anything is told of any commitment, be it of its parts."""
        return any(one.number and one.status.code for one in self.counts)

    @property
    def untold(self) -> int:
        """Return of how many commitments nothing is told, not even of their parts."""
        return sum(one.number for one in self.counts if not one.status.code)

    @property
    def shown(self) -> list[Counted]:
        """Return what a reader is told: the levels of the document as it has them, what the text says by meaning."""
        counted: Counter[Status] = Counter()
        for one in self.counts:
            counted[self.tag(one.status)] += one.number
        told = (Counted(status, number) for status, number in counted.items() if number)
        return sorted(told, key=self._rank) if self.basis == "text" else list(told)

    def tag(self, status: Status) -> Status:
        """Return the status as a tag says it: a statement of the text by its meaning, a judgement by its own words."""
        if self.basis != "text" or not status.is_told or status.meaning == "unknown":
            return status
        return Status(status.meaning, MEANINGS[status.meaning], status.meaning)

    @staticmethod
    def _rank(one: Counted) -> int:
        return list(MEANINGS).index(one.status.meaning) if one.status.code else len(MEANINGS)


def status_of(concept: Concept) -> Status:
    """Return a code of a list as the status that it is."""
    return Status(concept.code, concept.label, concept.progress or "unknown")


def tally(statuses: Iterable[Status], scale: CodeList | None, basis: Basis, lost: bool = False) -> Tally:
    """Return how many of these statuses there are, by the scale that they are of."""
    counted = Counter(statuses)
    return Tally(scale.id if scale else "", basis, lost, list(_counts(counted, scale, basis)))


def _counts(counted: Counter[Status], scale: CodeList | None, basis: Basis) -> Iterator[Counted]:
    levels = [status_of(concept) for concept in (scale.concept if scale else ())]
    # A code that the list has no more still counts: what stands in the rows is never left out.
    others = sorted((one for one in counted if one.is_told and one not in levels), key=lambda one: one.code)
    for status in (*levels, *others, PARTLY, UNTOLD[basis]):
        if counted[status] or status in levels:
            yield Counted(status, counted[status])
