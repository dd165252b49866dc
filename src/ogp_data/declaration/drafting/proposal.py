"""What is proposed for a declaration: a dataset with its lines, and what of the document it would take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ogp_data.core.messages import Message
from ogp_data.declaration.drafting.outline import Outline
from ogp_data.models.lexicon import Lexicon

FILL_IN = "FILL_IN"
"""What stands for a code that a person is to choose."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a declaration: a key, its value, what is said beside it, and whether a person is to fill it in."""

    key: str
    value: object
    note: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A dataset: its lines, how many rows were counted (-1: not), a few of them, and the blocks that they are.

    `shows` are the names of what the samples show; `about` says in words where the rows are, `sure` what speaks for it.
    """

    name: str
    about: str
    entries: tuple[Entry, ...] = ()
    rows: int = -1
    shows: tuple[str, ...] = ()
    samples: tuple[tuple[str, ...], ...] = ()
    blocks: frozenset[int] = frozenset()
    sure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sight:
    """A document as it is drafted from: its outline, its language ("": not sure), the languages of the pages."""

    outline: Outline
    lexicon: Lexicon
    language: str
    page_languages: tuple[str, ...]
    taken: frozenset[str] = field(default=frozenset())
    """The names of datasets that the model has."""

    def titled(self, text: str) -> dict[str, str]:
        """Return words of the document as a text in each language of the pages; "" in those it is not written in."""
        return {code: text if code == self.language else "" for code in self.page_languages}


def is_open(value: object) -> bool:
    """Return whether a value, or one in it, is still to be filled in."""
    if isinstance(value, Mapping):
        return any(FILL_IN in str(key) or is_open(held) for key, held in value.items())
    return value == ""


def said(entries: Mapping[str, object]) -> tuple[Entry, ...]:
    """Return keys with their values as lines, none of which is to be filled in."""
    return tuple(Entry(key, value) for key, value in entries.items())


def numbering(numbers: Sequence[int]) -> Message:
    """Return how rows are numbered: rows that count from one to their last are surely all of them."""
    if not numbers or not all(numbers):
        return Message("not all rows are numbered")
    if [*numbers] == [*range(1, len(numbers) + 1)]:
        return Message("numbered 1 to {last} without a gap", last=len(numbers))
    if len({*numbers}) < len(numbers):
        return Message("numbers stand there more than once")
    return Message("numbered from {first} to {last}, but not one by one", first=numbers[0], last=numbers[-1])


SAMPLES = 3
"""So many rows show a person what was understood."""


def sampled(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Return the first rows, as samples."""
    return tuple(tuple(row) for row in rows[:SAMPLES])
