"""A place in a text."""

from __future__ import annotations

from dataclasses import dataclass

from ogp_data.core.messages import Message
from ogp_data.core.places.base import Order, SourcePlace, check_counts


@dataclass(frozen=True, slots=True)
class Line(SourcePlace):
    """A line of a text, counted from 1."""

    number: int

    def __post_init__(self) -> None:
        """Refuse a number that counts nothing."""
        check_counts(self.file, self.number)

    @property
    def own_text(self) -> str:
        """Return `L98`."""
        return f"L{self.number}"

    @property
    def own_words(self) -> Message:
        """Return "line 98"."""
        return Message("line {number}", number=self.number)

    @property
    def fragment(self) -> str:
        """Return the fragment of RFC 5147, which counts the gaps between lines from 0."""
        return f"line={self.number - 1},{self.number}"

    @property
    def order(self) -> tuple[int, int, Order]:
        """Return the order of lines."""
        return self.file, 0, (self.number,)

    @property
    def members(self) -> dict[str, object]:
        """Return the line."""
        return {"line": self.number}

    def follows(self, before: SourcePlace) -> bool:
        """Return whether the place is on the same line as another one, or on the next."""
        return isinstance(before, Line) and before.file == self.file and self.number - before.number in (0, 1)
