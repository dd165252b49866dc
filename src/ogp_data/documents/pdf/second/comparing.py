"""A document and what PDFium sees of the same file -> where they differ."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message, changed
from ogp_data.core.places import Box, Page
from ogp_data.core.text import shown
from ogp_data.documents.document import Document
from ogp_data.documents.limits import UnreadableError
from ogp_data.documents.pdf.corners import Corners, around, holds, middle
from ogp_data.documents.pdf.second.places import Laid, laid_out
from ogp_data.documents.pdf.second.seen import BROKEN, Seen, pages
from ogp_data.documents.pdf.second.words import folded, unlike
from ogp_data.documents.sharing import shared_out

_STRETCH = 50
_MOST = 12
"""So many differences of a page are told one by one: where there are more, the page is read wrong as a whole."""
_SHAPES = 40
"""A page with more small shapes in its cells is drawn, and none of them tells anything."""
_LONGEST = 80
_AGAIN = 1.2
"""The same letter so many points away is drawn again."""


def differences(content: bytes, document: Document, count: int) -> tuple[Finding, ...]:
    """Return where a second reading of a PDF of so many pages differs from a document."""
    stretches = [range(first, min(first + _STRETCH, count)) for first in range(0, count, _STRETCH)]
    work = partial(_of_stretch, content, laid_out(document))
    found: list[Finding] = []
    for stretch, result in zip(stretches, shared_out(work, stretches), strict=True):
        found += [_failed(stretch, result)] if isinstance(result, BaseException) else result
    return tuple(replace(one, place=replace(one.place, file=document.source.name)) for one in found)


def _failed(stretch: range, reason: BaseException) -> Finding:
    """Return that the second reading does not survive some pages."""
    said = reason.message if isinstance(reason, UnreadableError) else f"{type(reason).__name__}: {reason}"[:200]
    message = Message("The PDF cannot be read a second time from here on: {said}", said=said)
    return finding("second-reading-failed", changed(message, shown), Place(at=Page(stretch.start + 1)))


def _of_stretch(content: bytes, laid: Mapping[int, Laid], stretch: range) -> list[Finding]:
    found = []
    for number, seen in enumerate(pages(content, stretch), start=stretch.start + 1):
        known = {address.strip() for at in (number - 1, number) for _, address in laid.get(at, Laid()).links}
        found += _few(list(_of_page(number, laid.get(number, Laid()), seen, known)), number)
    return found


def _few(found: list[Finding], number: int) -> list[Finding]:
    if len(found) <= _MOST:
        return found
    message = Message("Two readings differ at {count} more places of the page.", count=len(found) - _MOST)
    return [*found[:_MOST], finding("readings-differ", message, Place(at=Page(number)))]


def _of_page(number: int, laid: Laid, seen: Seen, known: set[str]) -> Iterator[Finding]:
    """Yield where the words, the links and the marks of a page differ."""
    spread = _spread(laid, seen)
    for box in sorted({*laid.cells, *(home for home in spread if home)}, key=lambda box: (box[1], box[0])):
        yield from _of_cell(number, box, laid.cells.get(box, ""), spread.get(box, _Said()))
    yield from _of_rest(number, laid, spread.get(None, _Said()))
    yield from _of_links(number, laid, seen, known)
    yield from _of_shapes(number, laid, seen)


# Words ----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Said:
    """What is seen in a part of a page, and where the middle of each letter stands."""

    letters: list[str] = field(default_factory=list)
    spots: list[tuple[float, float]] = field(default_factory=list)

    def add(self, letter: str, spot: tuple[float, float]) -> None:
        """Take up a letter, or a space between words."""
        self.letters.append(letter)
        self.spots.append(spot)

    @property
    def text(self) -> str:
        """Return it with its spaces."""
        return "".join(self.letters)

    @property
    def once(self) -> _Said:
        """Return it without letters that are drawn again on themselves, after something else."""
        left, seen = _Said(), dict[str, list[tuple[float, float]]]()
        for letter, spot in zip(self.letters, self.spots, strict=True):
            if letter.isspace() or not any(math.dist(spot, other) <= _AGAIN for other in seen.get(letter, ())):
                seen.setdefault(letter, []).append(spot)
                left.add(letter, spot)
        return left

    def box(self, words: Sequence[str]) -> Corners | None:
        """Return the box around the middles of the letters of words."""
        sought, spots, word = Counter(words), list[tuple[float, float]](), list[int]()
        for at, letter in enumerate([*self.letters, " "]):
            if not letter.isspace():
                word.append(at)
            if letter.isspace() or letter == BROKEN:
                said = folded("".join(self.letters[one] for one in word)).replace(BROKEN, "-")
                if sought[said]:
                    sought[said] -= 1
                    spots += (self.spots[one] for one in word)
                word = []
        return around((x, y, x, y) for x, y in spots) if spots else None


def _spread(laid: Laid, seen: Seen) -> Mapping[Corners | None, _Said]:
    """Return what is seen in each cell, and under None what is seen outside of tables."""
    found: dict[Corners | None, _Said] = {}
    home: Corners | None = None
    said = found.setdefault(None, _Said())
    for letter, x, y in zip(seen.letters, seen.xs, seen.ys, strict=True):
        if letter.isspace():
            said.add(" ", (x, y))
            continue
        if not holds(seen.whole, x, y):
            continue
        if home is None or not holds(home, x, y):
            before, home = home, laid.home(x, y)
            said = found.setdefault(home, _Said())
            if home != before:  # between two cells no word goes on
                said.add(" ", (x, y))
        said.add(letter, (x, y))
    return found


def _of_cell(number: int, box: Corners, first: str, said: _Said) -> Iterator[Finding]:
    one, other = _unlike(first, said)
    if one or other:
        message = Message(
            "Two readings differ in the words of a cell: “{first}” in the first, “{second}” in the second.",
            first=_cut(one),
            second=_cut(other),
        )
        yield _told("readings-differ", message, number, box)


def _of_rest(number: int, laid: Laid, said: _Said) -> Iterator[Finding]:
    one, other = _unlike(laid.rest, said)
    if one or other:
        message = Message(
            "Two readings differ in the words outside of tables, of which the first has {count} and the second"
            " {count2}: “{first}” in the first, “{second}” in the second.",
            count=len(laid.rest.split()),
            count2=len(said.text.split()),
            first=_cut(one),
            second=_cut(other),
        )
        lines = (box for box, text in laid.lines.items() if set(one) & set(folded(text).split()))
        box = said.box(other) or next(lines, None)
        yield _told("readings-differ", message, number, box)


def _unlike(first: str, said: _Said) -> tuple[list[str], list[str]]:
    """Return the words of each reading that the other does not have."""
    one, other = unlike(first, said.text)
    return unlike(first, said.once.text) if other else (one, other)


def _cut(words: Sequence[str]) -> str:
    text = " ".join(words)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _told(rule: str, message: Message, number: int, box: Corners | None) -> Finding:
    place = Page(number, Box(*box) if box else None)
    return finding(rule, changed(message, shown), Place(at=place))


# Links and marks ------------------------------------------------------------------------------------------------


def _of_links(number: int, laid: Laid, seen: Seen, known: set[str]) -> Iterator[Finding]:
    """Yield the links that one reading has at a place and the other has not.

    Outside of tables it is enough that the other has it somewhere on the page, or on the one before (`known`): one over
    several lines, or over the end of a page, is one link there.
    """
    first = _linked(laid, laid.links)
    second = _linked(laid, (link for link in seen.links if holds(seen.whole, *middle(link[0]))))
    for home, address, box in _missing(second, first):
        if home or address not in known:
            message = Message("Only the second reading has a link to {address} here.", address=_cut([address]))
            yield _told("readings-differ", message, number, box)
    for _, address, box in _missing(first, second):
        message = Message("Only the first reading has a link to {address} here.", address=_cut([address]))
        yield _told("readings-differ", message, number, box)


_Linked = Mapping[tuple[Corners | None, str], Corners]
"""The cell in which a link stands, or None, and its address -> where it stands."""


def _linked(laid: Laid, links: Iterable[tuple[Corners, str]]) -> _Linked:
    return {(laid.home(*middle(box)), address.strip()): box for box, address in links}


def _missing(links: _Linked, others: _Linked) -> list[tuple[Corners | None, str, Corners]]:
    """Return the links that are not among others, from the left of the page."""
    found = ((home, address, box) for (home, address), box in links.items() if (home, address) not in others)
    return sorted(found, key=lambda link: (link[2], link[1]))


def _of_shapes(number: int, laid: Laid, seen: Seen) -> Iterator[Finding]:
    """Yield the cells in which a small shape is drawn that is no letter, and so stands in neither reading."""
    homes: dict[Corners, Corners] = {}
    shapes = [(home, box) for box in seen.drawn if (home := laid.home(*middle(box)))]
    for home, box in shapes if len(shapes) <= _SHAPES else ():
        if home not in laid.drawn:
            homes.setdefault(home, box)
    for home, box in sorted(homes.items()):
        message = Message(
            "A small shape is drawn in a cell, and may be a tick; the cell is read as “{text}”.",
            text=_cut(laid.cells.get(home, "").split()),
        )
        yield _told("drawn-mark", message, number, box)
