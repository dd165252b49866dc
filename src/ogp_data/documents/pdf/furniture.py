"""What stands on every page again: running headers and footers, and the numbers of pages.

A heading that begins each page ("Commitment 1", "Commitment 2") differs from page to page in its number alone, as a
header with the page's number does. What counts something else than pages is text: words too many are seen, words
that are missing are not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ogp_data.documents.document import Reason
from ogp_data.documents.markers import marker, written
from ogp_data.documents.pdf.letters import Line
from ogp_data.documents.pdf.order import Unit
from ogp_data.documents.pdf.pages import PageRead

_MARGIN = 0.13
"""So much of the height of a page, at its top and at its bottom, is where furniture stands."""
_PAGES = 3
_SHARE = 0.25
"""What stands at one place on so many pages, and on such a share of all, is furniture."""
_LARGER = 1.08
"""What is set so much larger than the text is no number of a page."""
_SMALLER = 0.92
_NEAR = 0.6
"""What stands no further above a line of the text than so much of its size is of the text, too."""
_PAGE = r"(?:page|pagina|pag\.|seite|página|strona|p\.|blz\.)"
_NUMBER = re.compile(
    rf"\W*(?:(?P<said>{_PAGE})\s*)?(?P<number>\d{{1,4}}|[ivxlc]{{1,6}})(?:\s*(?:/|\||of|van|sur|de|von)\s*\d{{1,4}})?\W*",
    re.I,
)
_ROMAN = {written(number, style): number for style in "iI" for number in range(1, 40)}
_COUNTS = re.compile(r"\d+|\b[ivx]+\b|\b[IVX]+\b")
_APART = re.compile(rf"(?:[|/•·]|\b{_PAGE})\s*#|#\s*[|/•·]", re.I)
"""A number of a page among other words is parted from them."""


@dataclass(frozen=True, slots=True)
class _Met:
    """A line in a margin: what it says, its numbers, and whether it is at the top."""

    page: PageRead
    unit: Unit
    line: Line
    text: str
    numbers: tuple[int, ...]

    @property
    def is_top(self) -> bool:
        return self.unit.box[3] < _MARGIN * self.page.height

    @property
    def key(self) -> tuple[str, int]:
        """Return what it says but for its numbers, and where it stands."""
        return _masked(self.text), round(self.unit.box[1] / self.page.height * 50)

    @property
    def numbered(self) -> re.Match[str] | None:
        """Return how it is the number of a page; "3." alone may as well be that of an item."""
        mark = marker(f"{self.text} x")
        return None if mark and not mark.is_bullet else _NUMBER.fullmatch(self.text)


def furniture(pages: Sequence[PageRead], body: float) -> Mapping[int, Reason]:
    """Return the units that are furniture, by their identity, and why; `body` is the size of the text."""
    groups: dict[tuple[str, int], list[_Met]] = {}
    for met in (met for page in pages for met in _margins(page)):
        groups.setdefault(met.key, []).append(met)
    found: dict[int, Reason] = {}
    numbered: set[int] = set()
    # What the foot of a page says, its top need not.
    for group in sorted(groups.values(), key=lambda group: group[0].is_top):
        for met in _of_group(group, len(pages), body, numbered):
            found[id(met.unit)] = "page-number" if met.numbered else "running-header"
            numbered |= {met.page.number} if met.numbered and not met.is_top else set()
    return found


def _margins(page: PageRead) -> Iterator[_Met]:
    """Yield the lines in the margins of a page."""
    for unit in page.units:
        in_margin = unit.box[3] < _MARGIN * page.height or unit.box[1] > (1 - _MARGIN) * page.height
        if unit.line and in_margin:
            text = unit.line.text
            yield _Met(page, unit, unit.line, text, tuple(_values(text)))


def _masked(text: str) -> str:
    return _COUNTS.sub(lambda match: "#" if _value(match[0]) is not None else match[0], text)


def _values(text: str) -> Iterator[int]:
    values = (_value(match[0]) for match in _COUNTS.finditer(text))
    yield from (value for value in values if value is not None)


def _value(said: str) -> int | None:
    return int(said) if said.isdecimal() else _ROMAN.get(said)


def _of_group(group: Sequence[_Met], count: int, body: float, numbered: set[int]) -> Iterator[_Met]:
    """Yield those of the lines that say the same at one place, but for their numbers, which are furniture."""
    on = len({met.page.number for met in group})
    same = len({met.text for met in group}) == 1
    if on >= max(_PAGES, _SHARE * count) or (on == count == 2 and same):
        yield from _again(group, body, numbered)
        return
    for met in group:
        its_page = met.numbered and met.numbered["number"] == str(met.page.number)
        if met.line.is_artifact or (its_page and _may_be_number(met, body, numbered)):
            yield met


def _again(group: Sequence[_Met], body: float, numbered: set[int]) -> Iterator[_Met]:
    """Yield the lines of a group that stands on many pages which are furniture."""
    varying = [at for at in range(len(group[0].numbers)) if len({met.numbers[at] for met in group}) > 1]
    following = all(_follows_pages(group, at) for at in varying)
    in_text = not varying and _is_in_text(group)
    repeated = set() if following else set(_repeated(group))

    def is_furniture(met: _Met) -> bool:
        if met.line.is_artifact or (met.numbered and met.numbered["said"]):
            return True
        if not following:
            return id(met) in repeated
        if met.numbered:
            return _may_be_number(met, body, numbered)
        return _has_page(met, body) if varying else not in_text

    yield from filter(is_furniture, group)


def _may_be_number(met: _Met, body: float, numbered: set[int]) -> bool:
    """Return whether a number can be that of a page: it is not set as a heading on a page that has its number."""
    return not met.is_top or (met.line.size <= _LARGER * body and met.page.number not in numbered)


def _has_page(met: _Met, body: float) -> bool:
    """Return whether words have the number of a page beside them, and do not count what is described on each."""
    return not met.is_top or met.line.size < _SMALLER * body or _APART.search(_masked(met.text)) is not None


def _follows_pages(group: Sequence[_Met], at: int) -> bool:
    """Return whether most of the numbers at a place count on with the pages."""
    steps = Counter(met.numbers[at] - met.page.number for met in group)
    return sum(count for count in steps.values() if count >= _PAGES) * 2 >= len(group)


def _repeated(group: Sequence[_Met]) -> Iterator[int]:
    """Yield those of lines that count on, but not with the pages, which say what the one on the page before says.

    They name the part in which the page is; the first of each is where the part begins.
    """
    steps = list(pairwise(group))
    if all(before.numbers <= after.numbers for before, after in steps):
        yield from (id(after) for before, after in steps if _goes_on(before, after))


def _goes_on(before: _Met, after: _Met) -> bool:
    return before.text == after.text and after.page.number == before.page.number + 1


def _is_in_text(group: Sequence[_Met]) -> bool:
    """Return whether most lines at the top stand as near above a line of the text as its lines above one another."""
    below = [_is_near(met, {id(one.unit) for one in group}) for met in group if met.is_top]
    return sum(below) * 2 > len(group)


def _is_near(met: _Met, group: Iterable[int]) -> bool:
    following = [unit for unit in met.page.units if id(unit) not in group and unit.box[1] >= met.unit.box[3] - 1]
    nearest = min(following, key=lambda unit: unit.box[1], default=None)
    if nearest is None or nearest.line is None:
        return False
    return nearest.box[1] - met.unit.box[3] < _NEAR * met.line.size
