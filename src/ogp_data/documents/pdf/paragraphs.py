"""Lines of a page -> headings, items and paragraphs."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ogp_data.documents.markers import Marker, follows, marker
from ogp_data.documents.pdf.corners import Corners, around
from ogp_data.documents.pdf.letters import Line

_APART = 0.45
"""A gap of so much of the height of a line, more than lines of the text have, parts paragraphs."""
_LARGER = 1.08
"""What is set so much larger than the text is a heading."""
_OPEN = re.compile(r"[\w,(\-–—]$")
"""How a line ends amid a sentence."""
_LONG = 3
"""A heading has at most so many lines."""


@dataclass(slots=True)
class Part:
    """Lines that belong together: their number on the page, and the marker in front of them if they are an item."""

    page: int
    lines: list[Line] = field(default_factory=list)
    marker: Marker | None = None
    rest: Part | None = None
    """How it goes on at the head of the next column or page."""

    @property
    def whole(self) -> Iterator[Part]:
        """Yield the part and what it goes on with."""
        part: Part | None = self
        while part:
            yield part
            part = part.rest

    @property
    def box(self) -> Corners:
        """Return the box around the lines."""
        return around(line.box for line in self.lines)


@dataclass(frozen=True, slots=True)
class Look:
    """What sets a heading off: its size, and whether it is bold."""

    size: float
    bold: bool


def parts(page: int, lines: Sequence[Line], body: float) -> Iterator[Part]:
    """Yield lines of a column put together; `body` is the size of most letters of the document."""
    pitch = _pitch(lines)
    part: Part | None = None
    for line in lines:
        mark = marker(line.text) if not is_heading(line, body) else None
        if part is None or not _goes_on(part, line, mark, body, pitch):
            if part:
                yield part
            part = Part(page, [], mark if mark and _begins_item(mark, line, body) else None)
        part.lines.append(line)
    if part:
        yield part


def is_heading(line: Line, body: float) -> bool:
    """Return whether a line is set as headings are: larger than the text, or bold and as large."""
    return line.size > _LARGER * body or (line.bold and line.size >= body - 0.2)


def _goes_on(part: Part, line: Line, mark: Marker | None, body: float, pitch: float) -> bool:
    """Return whether a line belongs to the lines above it."""
    last = part.lines[-1]
    gap = line.box[1] - last.box[3]
    height = max(last.size, line.size)
    if gap > pitch + _APART * height or gap < -1.5 * height:
        return False
    if is_heading(line, body) != is_heading(last, body) or abs(line.size - last.size) > 0.08 * body:
        return False
    # In the text, a line that begins with "2015." is none of a list: a list hangs, or counts on.
    if mark and (_hangs(part, line) or follows(mark, part.marker.text if part.marker else "")):
        return False
    if part.marker and line.box[0] < part.lines[0].box[0] - 2:
        return False
    return not (part.marker and mark and mark.is_bullet)


def continues(before: Part, part: Part, body: float) -> bool:
    """Return whether a part at the head of a column goes on with the one at the foot of the column before.

    Only where nothing else can be: that one ends amid a sentence, and this one begins with a small letter.
    """
    last, first = before.lines[-1], part.lines[0]
    if part.marker or is_heading(first, body) or is_heading(last, body) or abs(first.size - last.size) > 0.08 * body:
        return False
    return first.text[:1].islower() and _OPEN.search(last.text) is not None


def _hangs(part: Part, line: Line) -> bool:
    """Return whether a line begins where the item above it begins, and not where that one's text goes on."""
    return part.marker is not None and abs(line.box[0] - part.lines[0].box[0]) <= 2


def _begins_item(mark: Marker, line: Line, body: float) -> bool:
    return mark.is_bullet or (mark.number < 1000 and line.size <= _LARGER * body)


def _pitch(lines: Sequence[Line]) -> float:
    """Return the usual gap between a line and the next."""
    gaps = [round(after.box[1] - before.box[3], 1) for before, after in itertools.pairwise(lines)]
    small = [gap for gap in gaps if -8 < gap < 10]
    return Counter(small).most_common(1)[0][0] if small else 0.0


def levels(found: Sequence[Part], body: float) -> dict[Look, int]:
    """Return the level of each look of headings: the larger the higher, and bold above plain.

    A cover is set larger than all headings of the text; what stands on it is of the first level.
    """
    text = min((part.page for part in found if not is_heading(part.lines[0], body)), default=0)
    looks: dict[Look, bool] = {}
    for part in found:
        if is_heading(part.lines[0], body) and len(part.lines) <= _LONG:
            look = Look(round(part.lines[0].size), part.lines[0].bold)
            looks[look] = looks.get(look, False) or part.page >= text
    ordered = sorted((look for look in looks if looks[look]), key=lambda look: (-look.size, not look.bold))
    known = {look: min(number, 6) for number, look in enumerate(ordered, start=1)}
    return {look: known.get(look, 1) for look in looks}


def heading_level(part: Part, known: dict[Look, int], body: float) -> int:
    """Return the level of a part that is a heading; 0 for any other."""
    line = part.lines[0]
    if not is_heading(line, body) or len(part.lines) > _LONG:
        return 0
    return known.get(Look(round(line.size), line.bold), 0)
