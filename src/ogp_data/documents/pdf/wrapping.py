"""Where a narrow cell breaks a word without a hyphen, because it has no room for it in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ogp_data.documents.joining import ends_sentence
from ogp_data.documents.markers import marker
from ogp_data.documents.pdf.letters import Line

_MOSTLY = 0.5
"""Some programs write the space at the end of a line, where it finds room."""
_GUESSED = 1
"""By so much of the height of letters the side of a cell's text may be elsewhere than it is reckoned to be."""
_LETTERS = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
"""What a word is made of; addresses and numbers go on where their link or their signs say so."""
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

    @property
    def uncut(self) -> Iterator[str]:
        """Yield the words that stand at no end of a line at which a word may be cut."""
        full = {at for at in self.ends if self.room(at) is not None}
        for at, line in enumerate(self.lines):
            words = line.words
            yield from words[at - 1 in full : len(words) - (at in full)]

    def left_over(self, at: int) -> float:
        """Return how much room a line leaves."""
        line, following = self.lines[at].ends, self.lines[at + 1].ends
        # What does not begin where the next line does is not set to the left.
        return self.right - line.right + (line.left - self.left if abs(line.left - following.left) >= 1 else 0)

    def room(self, at: int) -> float | None:
        """Return how much room a line leaves that a word fills, if the next letter does not fit into it; else None."""
        line, following = self.lines[at], self.lines[at + 1]
        if line.ends.spaced or marker(following.text):
            return None
        # A word that has room in a line of its own is set there.
        is_moved = line.ends.last + following.ends.word <= self.right - self.left
        if len(line.words) > 1 and (is_moved or line.letters[-1].link or following.letters[0].link):
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

    `words` stand whole in it, of those that are `sure` no end of a line can have made two, `broken` are those of which
    some line says that it breaks them, and `spaced` is the share of the ends of lines at which a space is written.
    """

    words: frozenset[str] = frozenset()
    sure: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()
    spaced: float = 0.0

    @staticmethod
    def of(cells: Sequence[InCell], others: Sequence[Line]) -> Wrapping:
        """Return what the lines of cells and other lines tell."""
        lines = (*others, *(line for cell in cells for line in cell.lines))
        words = {part for line in lines for word in line.words for part in (word, *word.split("-"))}
        ends = [line.ends.spaced for cell in cells for line in cell.lines[:-1] if len(line.words) > 1]
        sure = {word for line in others for word in line.words} | {word for cell in cells for word in cell.uncut}
        sure |= _followed_by_several(cells)
        bare, sured = frozenset(map(_bare, words)), frozenset(map(_bare, sure))
        first = Wrapping(bare, sured, spaced=sum(ends) / max(len(ends), 1))
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
        told = frozenset(at for at in full if self._is_told(cell, at))
        ended = frozenset(at for at in cell.ends if self._is_ended(cell, at))
        return Wraps(known | told, told - known, ended - known - told)

    def _is_told(self, cell: InCell, at: int) -> bool:
        """Return whether a line says that it ends amid a word, though the document has the word nowhere whole."""
        part, rest = cell.lines[at].words[-1], cell.lines[at + 1].words[0]
        if {_bare(part), _bare(rest)} <= self.sure:
            return False
        if self._lacks_space(cell, at) or not self.broken.isdisjoint(_wholes(cell, at)):
            return True
        is_known = not self.sure.isdisjoint((_bare(part), _bare(rest)))
        is_word = _LETTERS.fullmatch(_bare(part)) is not None and not cell.lines[at].letters[-1].link
        return bool(self.broken) and is_word and not is_known and rest[:1].islower()

    def _lacks_space(self, cell: InCell, at: int) -> bool:
        room = cell.room(at)
        return room is not None and self.spaced >= _MOSTLY and room > min(line.ends.space for line in cell.lines)

    def _is_ended(self, cell: InCell, at: int) -> bool:
        line, following = cell.lines[at], cell.lines[at + 1]
        room, space = cell.left_over(at), line.ends.space
        unwritten = self.spaced >= _MOSTLY and not line.ends.spaced and room > space
        # Where the side is for who sets the text can only be guessed: where a word nearly had no room, the words tell.
        least = 0 if ends_sentence(line.text, following.text) else _GUESSED * line.size
        return unwritten or room - space - following.ends.word > least or marker(following.text) is not None


def _followed_by_several(cells: Sequence[InCell]) -> set[str]:
    """Return what fills lines and goes on in several ways: words, where a part of one goes on as its word does."""
    rests: dict[str, set[str]] = {}
    for cell in cells:
        for at in cell.ends:
            if cell.room(at) is not None:
                rests.setdefault(cell.lines[at].words[-1], set()).add(_bare(cell.lines[at + 1].words[0]))
    return {part for part, found in rests.items() if len(found) > 1}


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
