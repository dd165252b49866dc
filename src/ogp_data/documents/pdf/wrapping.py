"""Where a narrow cell breaks a word without a hyphen, because it has no room for it in one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ogp_data.documents.markers import marker
from ogp_data.documents.pdf.letters import Line

_MOSTLY = 0.5
"""Some programs write the space at the end of a line, where it finds room."""
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

    def left_over(self, at: int) -> float:
        """Return how much room a line leaves."""
        line, following = self.lines[at].ends, self.lines[at + 1].ends
        # What does not begin where the next line does is not set to the left.
        return self.right - line.right + (line.left - self.left if abs(line.left - following.left) >= 1 else 0)

    def room(self, at: int) -> float | None:
        """Return how much room a line of one word leaves, if the next letter does not fit into it; None for another."""
        line, following = self.lines[at], self.lines[at + 1]
        if len(line.words) != 1 or line.ends.spaced or marker(following.text):
            return None
        room = self.left_over(at)
        return room if room < following.ends.first else None


@dataclass(frozen=True, slots=True)
class Wraps:
    """Which lines of a cell end amid a word, of which this is not sure, and which end because a paragraph does."""

    amid: frozenset[int]
    doubtful: frozenset[int]
    ended: frozenset[int]


@dataclass(frozen=True, slots=True)
class Wrapping:
    """What a document tells of its lines.

    `words` stand whole in it, `broken` are those of which some line says that it breaks them, and `spaced` is the share
    of the ends of lines at which a space is written.
    """

    words: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()
    spaced: float = 0.0

    @staticmethod
    def of(cells: Sequence[InCell], others: Iterable[Line]) -> Wrapping:
        """Return what the lines of cells and other lines tell."""
        lines = (*others, *(line for cell in cells for line in cell.lines))
        words = {part for line in lines for word in line.words for part in (word, *word.split("-"))}
        ends = [line.ends.spaced for cell in cells for line in cell.lines[:-1] if len(line.words) > 1]
        first = Wrapping(frozenset(map(_bare, words)), spaced=sum(ends) / max(len(ends), 1))
        broken = {next(_wholes(cell, at)) for cell in cells for at in cell.ends if first._lacks_space(cell, at)}
        return replace(first, broken=frozenset(broken))

    def wraps(self, cell: InCell) -> Wraps:
        """Return how the lines of a cell end.

        Amid a word they can only where it is alone in its line and the next letter finds no room. It goes on where the
        document has the whole word elsewhere. Where a space would have had room and is not written, it goes on as well,
        unless a paragraph ends there: that is doubtful.
        """
        full = [at for at in cell.ends if cell.room(at) is not None]
        known = frozenset(at for at in full if not self.words.isdisjoint(_wholes(cell, at)))
        told = frozenset(
            at for at in full if self._lacks_space(cell, at) or not self.broken.isdisjoint(_wholes(cell, at))
        )
        ended = frozenset(at for at in cell.ends if self._is_ended(cell, at))
        return Wraps(known | told, told - known, ended - known - told)

    def _lacks_space(self, cell: InCell, at: int) -> bool:
        room = cell.room(at)
        return room is not None and self.spaced >= _MOSTLY and room > min(line.ends.space for line in cell.lines)

    def _is_ended(self, cell: InCell, at: int) -> bool:
        line, following = cell.lines[at].ends, cell.lines[at + 1]
        room = cell.left_over(at)
        unwritten = self.spaced >= _MOSTLY and not line.spaced and room > line.space
        return unwritten or room > line.space + following.ends.word or marker(following.text) is not None


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
