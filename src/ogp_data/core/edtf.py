"""Dates in EDTF (https://www.loc.gov/standards/datetime/) and the days that they cover."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ogp_data.core.messages import Message

_DATE = re.compile(
    r"(?P<year>[0-9]{4})(?P<year_mark>[?~%]?)(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?(?P<mark>[?~%]?)"
)
_MONTHS_OF: Mapping[str, tuple[int, int]] = {
    **{f"{month:02}": (month, month) for month in range(1, 13)},
    **{"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 14)},
    **{str(32 + n): (3 * n - 2, 3 * n) for n in (1, 2, 3, 4)},
    **{"40": (1, 6), "41": (7, 12)},
    "": (1, 12),
}
"""First and last month of a part of a year. Seasons are those of meteorologists; winter is the last, so it goes on."""


@dataclass(frozen=True, slots=True)
class Span:
    """One date in EDTF: the first and last day that it covers, what it says of them, and what is in doubt."""

    first: date
    last: date
    year: str
    part: str = ""
    """A month, season, quarter or half of the year, as EDTF numbers them."""
    day: int = 0
    doubt: Literal["", "year", "all"] = ""


def spans(edtf: str) -> list[Span | None]:
    """Return what each date of a text in EDTF covers, in order; None for an open end.

    Raises ValueError for what is not a date, interval or set of dates of a form known here, or not of the calendar.
    """
    if edtf.startswith("{") and edtf.endswith("}"):
        return [_span(text) for text in edtf[1:-1].split(",")]
    if "/" not in edtf:
        return [_span(edtf)]
    start, end = (None if text == ".." else _span(text) for text in edtf.split("/", 1))
    if not (start or end):
        raise ValueError(Message("{edtf!r} has no known end.", edtf=edtf))
    if start and end and start.first > end.last:
        raise ValueError(Message("{edtf!r} ends before it begins.", edtf=edtf))
    return [start, end]


def _span(text: str) -> Span:
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(Message("{text!r} is not a date in a known form.", text=text))
    part, day = ("" if match[name] in (None, "XX") else match[name] for name in ("month", "day"))
    try:
        first, last = _covered(int(match["year"]), part, day)
    except (KeyError, ValueError):
        raise ValueError(Message("{text!r} is not a date of the calendar.", text=text)) from None
    # A mark right after a year that more follows is about the year alone.
    doubt: Literal["", "year", "all"] = "year" if match["year_mark"] and match["month"] else "all"
    return Span(first, last, match["year"], part, int(day or 0), doubt if match["year_mark"] or match["mark"] else "")


def _covered(year: int, part: str, day: str) -> tuple[date, date]:
    """Return the first and last day; KeyError or ValueError when the calendar has none."""
    if day:
        return date(year, int(part), int(day)), date(year, int(part), int(day))
    begin, end = _MONTHS_OF[part]
    year_after, end = year + (end > 12), end - 12 * (end > 12)
    return date(year, begin, 1), date(year_after, end, calendar.monthrange(year_after, end)[1])


def days(edtf: str) -> tuple[date | None, date | None]:
    """Return the first and last day that a text in EDTF can mean; None for an open end. ValueError as `spans`."""
    found = spans(edtf)
    known = [span for span in found if span]
    first = min(span.first for span in known) if found[0] else None
    return first, max(span.last for span in known) if found[-1] else None


def is_edtf(value: str) -> bool:
    """Return whether the text is EDTF of the kinds in use: a date, season or quarter, an interval, a set of dates."""
    try:
        spans(value)
    except ValueError:
        return False
    return True


def is_date(value: str) -> bool:
    """Return whether the text is a calendar date as xsd:date without a zone spells it."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
