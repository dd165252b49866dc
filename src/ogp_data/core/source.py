"""A source as one text that knows the place of each of its characters, whatever kind of document it was."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ogp_data.core.limits import Limits
from ogp_data.core.places import Line, SourcePlace, merged
from ogp_data.core.text import LINE_END, Passage, shown


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of a source as it was received: its name, its bytes, and how they are read as text where they are that."""

    name: str
    content: bytes = field(repr=False)
    codec: str = "utf-8-sig"
    limits: Limits = field(default_factory=Limits)

    @property
    def said(self) -> SourceText:
        """Return the file as text that knows its lines."""
        return SourceText.of(self.name, self.content.decode(self.codec))


@dataclass(frozen=True)
class SourceText:
    """The text of a source in stretches: the offset at which each begins, and its place. Those of a text are lines."""

    name: str
    text: str = field(repr=False)
    starts: tuple[int, ...] = field(repr=False)
    stretches: tuple[SourcePlace, ...] = field(repr=False)
    is_markup: bool = True
    """Whether it is written as markup, so that `&amp;` stands for a character; else it is what people see."""

    @staticmethod
    def of(name: str, text: str) -> SourceText:
        """Return a text with its lines counted."""
        starts = (0, *(match.end() for match in LINE_END.finditer(text)))
        return SourceText(name, text, starts, tuple(map(Line, range(1, len(starts) + 1))))

    @staticmethod
    def placed(name: str, stretches: Iterable[tuple[str, SourcePlace]]) -> SourceText:
        """Return a text put together of stretches that a reader found, each with its place."""
        # An empty source has a place too: what is wrong with it is reported there.
        found = list(stretches) or [("", Line(1))]
        starts = [0]
        for text, _ in found:
            starts.append(starts[-1] + len(text))
        text = "".join(text for text, _ in found)
        return SourceText(name, text, tuple(starts[:-1]), tuple(place for _, place in found), is_markup=False)

    def __iter__(self) -> Iterator[tuple[SourcePlace, int, int]]:
        """Yield each stretch: its place, where it begins, and where it ends."""
        ends = (*self.starts[1:], len(self.text))
        return zip(self.stretches, self.starts, ends, strict=True)

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

    def find(self, words: str, at: SourcePlace) -> list[int]:
        """Return where words stand in the text of a whole place; nowhere at a place that the source does not have."""
        sought = re.compile(re.escape(words))
        # Run by run, or words could be found across two boxes that only happen to follow each other in the text.
        runs = self.spans.get(at.whole, ())
        return [match.start() for run in runs for match in sought.finditer(self.text, *run)] if words else []

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
