"""Where a narrow cell breaks a word without a hyphen, because it has no room for it in one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ogp_data.documents.markers import marker
from ogp_data.documents.pdf.letters import Ends, Line

_ALWAYS, _MOSTLY = 0.98, 0.5
"""Some programs write the space at the end of each line, others where it finds room."""
_MARKS = "\"'“”‘’«»()[]<>.,;:!?…"


@dataclass(frozen=True, slots=True)
class Wrapping:
    """What a document tells of its lines: the words in it, and at which share of their ends it writes the space."""

    words: frozenset[str]
    spaced: float

    @staticmethod
    def of(cells: Iterable[Sequence[Line]], others: Iterable[Line]) -> Wrapping:
        """Return what the lines of cells, each with those of the same cell, and other lines tell."""
        found = [list(lines) for lines in cells]
        lines = (*others, *(line for lines in found for line in lines))
        words = {part for line in lines for word in line.words for part in (word, *word.split("-"))}
        ends = [line.ends.spaced for lines in found for line in lines[:-1] if len(line.words) > 1]
        return Wrapping(frozenset(map(_bare, words)), sum(ends) / max(len(ends), 1))

    def breaks(self, lines: Sequence[Line], at: int, sides: tuple[float, float]) -> bool:
        """Return whether a line of a cell ends amid a word, between the sides that its text has.

        It can only where the word is alone in its line and the next letter finds no room. Then the word may still end
        there by chance: it does not where the next space would have had room, or where the document has the whole word.
        """
        line, following = lines[at], lines[at + 1]
        if len(line.words) != 1 or line.ends.spaced or marker(following.text):
            return False
        room = _room(line.ends, following.ends, sides)
        if room >= following.ends.first:
            return False
        said = self.spaced >= _ALWAYS or (self.spaced >= _MOSTLY and room > min(one.ends.space for one in lines))
        return said or any(word in self.words for word in _wholes(lines, at))


def _room(line: Ends, following: Ends, sides: tuple[float, float]) -> float:
    """Return how much room a line leaves: at its right, where it begins as the next does, or else at both sides."""
    room = sides[1] - line.right
    return room if abs(line.left - following.left) < 1 else room + line.left - sides[0]


def _wholes(lines: Sequence[Line], at: int) -> Iterable[str]:
    """Yield what the word can be, as it goes on in one line more, or in several that it fills."""
    whole = lines[at].words[-1]
    for line in lines[at + 1 :]:
        whole += line.words[0]
        yield _bare(whole)
        if len(line.words) > 1:
            return


def _bare(word: str) -> str:
    return word.strip(_MARKS).casefold()
