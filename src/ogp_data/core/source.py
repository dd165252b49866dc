"""A source as one text that knows the place of each of its characters, whatever kind of document it was."""

from __future__ import annotations

import hashlib
import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ogp_data.core.limits import Limits
from ogp_data.core.places import Box, Line, Page, SourcePlace, merged
from ogp_data.core.text import LINE_END, Passage, shown


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of a source as it was received: its name, its bytes, and how they are read as text where they are that.

    `number` is how places count it, `path` where it lies in the publication's folder, `language` what it is written in.
    """

    name: str
    content: bytes = field(repr=False)
    codec: str = "utf-8-sig"
    limits: Limits = field(default_factory=Limits)
    number: int = 1
    path: str = ""
    kind: str = ""
    language: str = ""

    @property
    def said(self) -> SourceText:
        """Return the file as text that knows its lines."""
        return SourceText.of(self.name, self.content.decode(self.codec), self.number)

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the file, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Part:
    """What of a source is one of its files: its name, where its text begins, and whether that is written as markup."""

    name: str
    start: int = 0
    is_markup: bool = True


@dataclass(frozen=True)
class SourceText:
    """The text of a source in stretches: the offset at which each begins, and its place. Those of a text are lines."""

    name: str
    text: str = field(repr=False)
    starts: tuple[int, ...] = field(repr=False)
    stretches: tuple[SourcePlace, ...] = field(repr=False)
    is_markup: bool = True
    """Whether it is written as markup, so that `&amp;` stands for a character; else it is what people see."""
    several: tuple[Part, ...] = field(default=(), repr=False)
    """Its files in order, where it has several."""
    edges: tuple[int, ...] = field(default=(), repr=False)
    """Where texts begin that stand apart from what is before them, such as the next cell; not known of markup."""

    @staticmethod
    def of(name: str, text: str, file: int = 1) -> SourceText:
        """Return a text with its lines counted, as those of one of the files of a source."""
        starts = (0, *(match.end() for match in LINE_END.finditer(text)))
        return SourceText(name, text, starts, tuple(Line(line, file=file) for line in range(1, len(starts) + 1)))

    @staticmethod
    def placed(name: str, stretches: Iterable[tuple[str, SourcePlace]], edges: Iterable[int] = ()) -> SourceText:
        """Return a text put together of stretches that a reader found, each with its place."""
        # An empty source has a place too: what is wrong with it is reported there.
        found = list(stretches) or [("", Line(1))]
        starts = [0]
        for text, _ in found:
            starts.append(starts[-1] + len(text))
        text = "".join(text for text, _ in found)
        places = tuple(place for _, place in found)
        return SourceText(name, text, tuple(starts[:-1]), places, is_markup=False, edges=tuple(edges))

    def __iter__(self) -> Iterator[tuple[SourcePlace, int, int]]:
        """Yield each stretch: its place, where it begins, and where it ends."""
        ends = (*self.starts, len(self.text))[1:]  # none of a source without any place
        return zip(self.stretches, self.starts, ends, strict=True)

    @property
    def parts(self) -> Iterator[tuple[Part, str]]:
        """Yield its files in the order in which places count them, each with its text."""
        parts = self.several or (Part(self.name, 0, self.is_markup),)
        ends = (*(part.start for part in parts[1:]), len(self.text))
        return ((part, self.text[part.start : end]) for part, end in zip(parts, ends, strict=True))

    def named(self, place: SourcePlace | None) -> str:
        """Return the name of the file in which a place is."""
        return self.several[place.file - 1].name if self.several and place else self.name

    def written_as_markup(self, offset: int) -> bool:
        """Return whether the file in which a character stands is written as markup."""
        return self.several[self.place(offset).file - 1].is_markup if self.several else self.is_markup

    @cached_property
    def spans(self) -> Mapping[SourcePlace, tuple[tuple[int, int], ...]]:
        """Return where each whole place is: a page with all its boxes, which need not follow each other, a cell."""
        found: dict[SourcePlace, tuple[tuple[int, int], ...]] = {}
        for place, start, end in self:
            runs = found.get(place.whole, ())
            if runs and runs[-1][1] == start:
                runs, start = runs[:-1], runs[-1][0]
            found[place.whole] = (*runs, (start, end))
        return found

    @cached_property
    def texts(self) -> Mapping[SourcePlace, str]:
        """Return what stands at each whole place, as it can be shown, without the ends of lines."""
        return {
            place: shown("".join(self.text[start:end] for start, end in runs).rstrip("\r\n"))
            for place, runs in self.spans.items()
        }

    def find(self, words: str, at: SourcePlace) -> list[tuple[int, int]]:
        """Return where words stand in the text of a whole place, or in a box on it; nowhere where that is not there.

        Of what is no markup, white space is as wide as it likes: people copy a line end as a space.
        """
        # Run by run, or words could be found across two boxes that only happen to follow each other in the text.
        found = [match.span() for run in self.spans.get(at.whole, ()) for match in self._all(words, *run)]
        if isinstance(at, Page) and at.box:
            return [span for span in found if _is_in(self.place(span[0]), at.box)]
        return found

    def everywhere(self, words: str) -> list[SourcePlace]:
        """Return the whole places at which words stand, in the order of the text."""
        return list(dict.fromkeys(self.place(match.start()).whole for match in self._all(words, 0, len(self.text))))

    def _all(self, words: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Yield where words stand between two offsets, in one text each."""
        if not words or start == end:
            return
        loose = not self.written_as_markup(start) and words.split()
        sought = re.compile(r"\s+".join(map(re.escape, words.split())) if loose else re.escape(words))
        inner = self.edges[bisect_right(self.edges, start) : bisect_left(self.edges, end)]
        # Each text by itself: what begins in one and ends in the next would hide what begins amid it.
        for one, other in itertools.pairwise((start, *inner, end)):
            yield from sought.finditer(self.text, one, other)

    def place(self, offset: int) -> SourcePlace:
        """Return the place at which a character stands."""
        return self.stretches[self.stretch(offset)]

    def places(self, passage: Passage) -> tuple[SourcePlace, ...]:
        """Return the places at which the text of a passage stands, in order."""
        return merged(self.stretches[at] for span in passage.spans for at in self._said_on(*span))

    def stretch(self, offset: int) -> int:
        """Return which stretch a character stands in, counted from 0."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def _said_on(self, start: int, end: int) -> Iterator[int]:
        """Yield which stretches between two offsets hold more than white space."""
        # A passage may end in the white space before the next line, and did not come from that one.
        for at in range(self.stretch(start), self.stretch(end - 1) + 1):
            after = self.starts[at + 1] if at + 1 < len(self.starts) else end
            if self.text[max(start, self.starts[at]) : min(end, after)].strip():
                yield at


def _is_in(place: SourcePlace, box: Box) -> bool:
    """Return whether the middle of a place lies in a box."""
    if not isinstance(place, Page) or place.box is None:
        return False
    left, top, right, bottom = place.box.corners
    return box.left <= (left + right) / 2 <= box.right and box.top <= (top + bottom) / 2 <= box.bottom
