"""What stands on every page again: running headers and footers, and the numbers of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ogp_data.documents.document import Reason
from ogp_data.documents.pdf.order import Unit
from ogp_data.documents.pdf.pages import PageRead

_MARGIN = 0.13
"""So much of the height of a page, at its top and at its bottom, is where furniture stands."""
_PAGES = 3
_SHARE = 0.25
"""What stands at one place on so many pages, and on such a share of all, is furniture."""
_NUMBER = re.compile(
    r"\W*(?:(?:page|pagina|seite|página|p\.?|blz\.?)\s*)?(?P<number>\d{1,4}|[ivxlc]{1,6})"
    r"(?:\s*(?:/|\||of|van|sur|de|von)\s*\d{1,4})?\W*",
    re.I,
)


def furniture(pages: Sequence[PageRead]) -> Mapping[int, Reason]:
    """Return the units that are furniture, by their identity, and why."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({_key(unit, page) for unit in _margins(page)})
    # On two pages, only what says the same to the last digit can be told from a heading of each.
    same = Counter(unit.line.text for page in pages for unit in _margins(page) if unit.line)
    enough = max(_PAGES, _SHARE * len(pages))
    found: dict[int, Reason] = {}
    for page in pages:
        for unit in _margins(page):
            said = unit.line.text if unit.line else ""
            numbered = _NUMBER.fullmatch(said)
            drawn_apart = unit.line is not None and unit.line.is_artifact
            count = seen[_key(unit, page)]
            again = count >= enough or (count == len(pages) == 2 == same[said])
            if numbered and (again or drawn_apart or numbered["number"] == str(page.number)):
                found[id(unit)] = "page-number"
            elif again or drawn_apart:
                found[id(unit)] = "running-header"
    return found


def _margins(page: PageRead) -> Iterator[Unit]:
    """Yield the lines in the margins of a page."""
    for unit in page.units:
        in_margin = unit.box[3] < _MARGIN * page.height or unit.box[1] > (1 - _MARGIN) * page.height
        if unit.line and in_margin:
            yield unit


def _key(unit: Unit, page: PageRead) -> tuple[str, int]:
    """Return what a line says but for its digits, and where it stands."""
    said = re.sub(r"\d+", "#", unit.line.text) if unit.line else ""
    return said, round(unit.box[1] / page.height * 50)
