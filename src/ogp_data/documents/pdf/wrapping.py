"""Where a narrow cell breaks a word without a hyphen, because it has no room for it in one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ogp_data.documents.markers import marker
from ogp_data.documents.pdf.letters import Line

_ALWAYS, _MOSTLY = 0.98, 0.5
"""Some programs write the space at the end of each line, others where it finds room."""
_MARKS = "\"'“”‘’«»()[]<>.,;:!?…"


@dataclass(frozen=True, slots=True)
class InCell:
    """The lines of a cell, and the sides between which they stand."""

    lines: Sequence[Line]
    left: float
    right: float

    @property
    def ends(self) -> range:
        """Return the lines behind which another stands."""
        return range(len(self.lines) - 1)

    def room(self, at: int) -> float | None:
        """Return how much room a line of one word leaves, if the next letter does not fit into it; None for another."""
        line, following = self.lines[at], self.lines[at + 1]
        if len(line.words) != 1 or line.ends.spaced or marker(following.text):
            return None
        room = self.right - line.ends.right
        # What does not begin where the next line does is not set to the left.
        room += line.ends.left - self.left if abs(line.ends.left - following.ends.left) >= 1 else 0
        return room if room < following.ends.first else None


@dataclass(frozen=True, slots=True)
class Wrapping:
    """What a document tells of its lines: the words in it, and at which share of their ends it writes the space."""

    words: frozenset[str]
    spaced: float

    @staticmethod
    def of(cells: Sequence[InCell], others: Iterable[Line]) -> Wrapping:
        """Return what the lines of cells and other lines tell."""
        lines = (*others, *(line for cell in cells for line in cell.lines))
        words = {part for line in lines for word in line.words for part in (word, *word.split("-"))}
        ends = [line.ends.spaced for cell in cells for line in cell.lines[:-1] if len(line.words) > 1]
        first = Wrapping(frozenset(map(_bare, words)), sum(ends) / max(len(ends), 1))
        # A word that is broken for certain in one place may be broken elsewhere, too.
        sure = {next(_wholes(cell, at)) for cell in cells for at in cell.ends if first._is_sure(cell, at)}
        return replace(first, words=first.words | sure)

    def broken(self, cell: InCell) -> frozenset[int]:
        """Return which lines of a cell end amid a word.

        They can only where the word is alone in its line and the next letter finds no room. Then the word may still end
        there by chance: it does not where the next space would have had room, or where the document has the whole word.
        """
        return frozenset(
            at
            for at in cell.ends
            if self._is_sure(cell, at) or (cell.room(at) is not None and not self.words.isdisjoint(_wholes(cell, at)))
        )

    def _is_sure(self, cell: InCell, at: int) -> bool:
        room = cell.room(at)
        if room is None or self.spaced < _MOSTLY:
            return False
        return self.spaced >= _ALWAYS or room > min(line.ends.space for line in cell.lines)


def _wholes(cell: InCell, at: int) -> Iterator[str]:
    """Yield what the word can be, as it goes on in one line more, or in several that it fills."""
    whole = cell.lines[at].words[-1]
    for line in cell.lines[at + 1 :]:
        whole += line.words[0]
        yield _bare(whole)
        if len(line.words) > 1:
            return


def _bare(word: str) -> str:
    return word.strip(_MARKS).casefold()
