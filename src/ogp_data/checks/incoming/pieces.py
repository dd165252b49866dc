"""Parts of a broken document that can be read by themselves."""

from __future__ import annotations

from dataclasses import dataclass, field

from ogp_data.core import bounds as most
from ogp_data.core.messages import Message


@dataclass(frozen=True, slots=True)
class Broken:
    """A part of a document that was not read as it stands there: its line, 0 where that is not known, and why."""

    line: int
    words: Message
    is_unread: bool = False
    """Whether something was left out for it, in which there may be what rules then find missing."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a document that can be read by itself, once its head and tail are around it."""

    line: int
    text: bytes
    head: bytes = b""
    """What holds for it and stands before: prefixes, or the element around it. It has no line of its own."""
    tail: bytes = b""


@dataclass(slots=True)
class Faults:
    """Tells what is broken in a text, place after place: lines are counted once, and no more is kept than is told."""

    content: bytes
    broken: list[Broken]
    first: int = 1
    """The line of the text's beginning."""
    _counted: int = field(default=0, init=False)

    def line_of(self, at: int) -> int:
        """Return the line of a place, which is not before the last one that was asked for."""
        self.first += self.content.count(b"\n", self._counted, at)
        self._counted = at
        return self.first

    def tell(self, at: int, words: Message, is_unread: bool = False) -> None:
        """Add what is wrong at a place."""
        if len(self.broken) < most.FAULTS:
            self.broken.append(Broken(self.line_of(at), words, is_unread))
