"""What every place of a source is and can do."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from functools import total_ordering
from typing import Self

from ogp_data.core.messages import SOURCE, Message

Order = tuple[int | float | str, ...]


@total_ordering
@dataclass(frozen=True, slots=True)
class SourcePlace(ABC):
    """A place in one of the files of a source, which count from 1; `Line`, `Page`, `SheetCell` and `Block` are all."""

    file: int = field(default=1, kw_only=True)

    @property
    @abstractmethod
    def own_text(self) -> str:
        """Return the place in its file as the tables say it."""

    @property
    @abstractmethod
    def own_words(self) -> Message:
        """Return the place in its file as people say it."""

    @property
    @abstractmethod
    def fragment(self) -> str:
        """Return the fragment that leads to the place in its file, without `#`."""

    @property
    @abstractmethod
    def order(self) -> tuple[int, int, Order]:
        """Return what sorts places in the order of the source: file, kind, and where in it."""

    @property
    @abstractmethod
    def members(self) -> dict[str, object]:
        """Return the parts of the place in its file by name, as JSON has them."""

    @abstractmethod
    def follows(self, before: SourcePlace) -> bool:
        """Return whether no place lies between another one and this."""

    @property
    def whole(self) -> SourcePlace:
        """Return the place that the text names: the page of a box, the first cell of a range, the block of an XPath."""
        return self

    @property
    def in_its_file(self) -> Self:
        """Return the place where it is known which file it is in."""
        return replace(self, file=1)

    @property
    def text(self) -> str:
        """Return the place as the tables say it; the first file of a source is not named."""
        return f"{self.file}:{self.own_text}" if self.file > 1 else self.own_text

    @property
    def words(self) -> Message:
        """Return the place as people say it."""
        own = self.own_words
        return Message("file {file}, {place}", file=self.file, place=own) if self.file > 1 else own

    def __str__(self) -> str:
        """Return the place as people say it in English."""
        return self.of(SOURCE)

    def of(self, language: str) -> str:
        """Return the place as people say it in a language."""
        return self.words.of(language)

    def __lt__(self, other: object) -> bool:
        """Return whether the place comes before another."""
        return self.order < other.order if isinstance(other, SourcePlace) else NotImplemented


def check_counts(*numbers: int) -> None:
    """Refuse a number that counts nothing."""
    if any(number < 1 for number in numbers):
        raise ValueError(
            Message("files, lines, pages, rows and blocks count from 1, not from {numbers}", numbers=min(numbers))
        )
