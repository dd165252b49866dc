"""Small squares that a page draws, empty or crossed: the boxes of a form that are no characters of a font."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ogp_data.core.messages import Message
from ogp_data.documents.pdf.corners import Corners, Drawn, corners, holds
from ogp_data.documents.pdf.letters import Letter

_SMALLEST, _LARGEST = 5.0, 20.0
_SQUARE = 0.15
"""The sides of a square differ by no larger share."""
_FREE = 0.5
"""Nothing else is drawn so near to it: squares in a row are cells of a table."""


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes of a page, and what else it draws."""

    found: tuple[Letter, ...]
    lines: tuple[Drawn, ...]
    rects: tuple[Drawn, ...]


def boxes(lines: Sequence[Drawn], rects: Sequence[Drawn], letters: Sequence[Letter]) -> Boxes:
    """Return the boxes that stand alone, each as a letter unless one stands in it, and the other lines and frames."""
    # The same box is often drawn twice, its background and its frame.
    squares = {corners(rect): rect for rect in rects if rect["stroke"] and _is_square(rect)}
    alone = [box for box in squares if not any(_touches(box, drawn) for drawn in (*lines, *rects))]

    def left(drawn: Sequence[Drawn]) -> tuple[Drawn, ...]:
        return tuple(one for one in drawn if not any(_holds(box, one) for box in alone))

    empty = [box for box in alone if not any(_is_in(one, box) for one in letters)]
    return Boxes(tuple(_letters(empty, lines)), left(lines), left(rects))


def _letters(found: Sequence[Corners], lines: Sequence[Drawn]) -> Iterator[Letter]:
    for box in found:
        crossed = any(_holds(box, line) and _is_slanting(box, line) for line in lines)
        text, drawn = ("☒", Message("a box with a cross")) if crossed else ("☐", Message("a box"))
        yield Letter(text, *box, box[3] - box[1], False, False, drawn=drawn)


def _is_square(rect: Drawn) -> bool:
    sides = rect["width"], rect["height"]
    return bool(min(sides) >= _SMALLEST and max(sides) <= _LARGEST and max(sides) - min(sides) <= _SQUARE * max(sides))


def _is_slanting(box: Corners, line: Drawn) -> bool:
    half = (box[2] - box[0]) / 2
    return bool(line["width"] >= half and line["height"] >= half)


def _holds(box: Corners, drawn: Drawn) -> bool:
    """Return whether something is drawn in a box, or is it."""
    left, top, right, bottom = corners(drawn)
    return left >= box[0] - _FREE and right <= box[2] + _FREE and top >= box[1] - _FREE and bottom <= box[3] + _FREE


def _touches(box: Corners, drawn: Drawn) -> bool:
    """Return whether something runs through a box or along it; what stands in it or around it does not."""
    left, top, right, bottom = corners(drawn)
    apart: bool = left > box[2] + _FREE or right < box[0] - _FREE or top > box[3] + _FREE or bottom < box[1] - _FREE
    around: bool = left < box[0] - _FREE and right > box[2] + _FREE and top < box[1] - _FREE and bottom > box[3] + _FREE
    return not (apart or around or _holds(box, drawn))


def _is_in(letter: Letter, box: Corners) -> bool:
    return bool(letter.text.strip()) and holds(box, *letter.middle)
