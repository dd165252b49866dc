"""Parts of a broken document that can be read by themselves."""

from __future__ import annotations

from dataclasses import dataclass

from ogp_data.core.messages import Message


@dataclass(frozen=True, slots=True)
class Broken:
    """A part of a document that was not read as it stands there: its line, 0 where that is not known, and why."""

    line: int
    words: Message
    is_end: bool = False
    """Whether nothing is known of what comes after it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a document that can be read by itself, once its head and tail are around it."""

    line: int
    text: bytes
    head: bytes = b""
    """What holds for it and stands before: prefixes, or the element around it. It has no line of its own."""
    tail: bytes = b""
