"""EDTF -> the days that a date covers, and how a reader says it (https://www.loc.gov/standards/datetime/).

The forms are those that `text.py` writes; no library at hand says them in Dutch.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

_DATE = re.compile(
    r"(?P<year>\d{4})(?P<year_mark>[?~%]?)(?:-(?P<month>\d{2}|XX))?(?:-(?P<day>\d{2}|XX))?(?P<mark>[?~%]?)"
)
_QUARTERS = {"33": 1, "34": 2, "35": 3, "36": 4}
"""The quarters of a year, as level 2 of EDTF numbers them."""

_MONTHS = {
    "nl": (
        *("januari", "februari", "maart", "april", "mei", "juni"),
        *("juli", "augustus", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_ORDINALS = {"nl": ("eerste", "tweede", "derde", "vierde"), "en": ("first", "second", "third", "fourth")}


def span(edtf: str) -> tuple[date, date, bool]:
    """Return the first and last day that a date covers, and whether it is uncertain; an open end adds no day.

    Raises ValueError for what is not one of the forms that tables have.
    """
    parts = [_part(text) for text in _texts(edtf)]
    if not parts:
        raise ValueError(f"{edtf!r} is not a date of a form known here.")
    return min(start for start, _, _ in parts), max(end for _, end, _ in parts), any(mark for _, _, mark in parts)


def _texts(edtf: str) -> list[str]:
    """Return the dates of a period or an enumeration; of an open end, nothing."""
    inner = edtf[1:-1] if edtf.startswith("{") and edtf.endswith("}") else edtf
    return [text for text in re.split(r"[,/]", inner) if text not in ("..", "")]


def _part(text: str) -> tuple[date, date, bool]:
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a date of a form known here.")
    try:
        first, last = _days(int(match["year"]), match["month"], match["day"])
    except ValueError:
        raise ValueError(f"{text!r} is not a date of the calendar.") from None
    return first, last, bool(match["year_mark"] or match["mark"])


def _days(year: int, month: str | None, day: str | None) -> tuple[date, date]:
    """Return the first and last day; ValueError when the calendar has none."""
    if month in _QUARTERS and day is None:
        months = _QUARTERS[month] * 3 - 2, _QUARTERS[month] * 3
    elif month in (None, "XX"):
        months = 1, 12
    elif day in (None, "XX"):
        months = int(month), int(month)
    else:
        return date(year, int(month), int(day)), date(year, int(month), int(day))
    return date(year, months[0], 1), date(year, months[1], calendar.monthrange(year, months[1])[1])


def spoken(edtf: str, language: str) -> str:
    """Return how a reader says a date in Dutch ("nl") or English; what is of another form stays as it is."""
    nl = language == "nl"
    try:
        _, _, uncertain = span(edtf)
        said = _said(edtf, nl)
    except ValueError:
        return edtf
    return f"{said} ({_doubt(edtf, nl)})" if uncertain else said


def _doubt(edtf: str, nl: bool) -> str:
    """Return what is uncertain of a date: a mark right after a year that more follows is about the year alone."""
    year = all((m := _DATE.fullmatch(text)) and m["year_mark"] and m["month"] for text in _texts(edtf))
    if year:
        return "jaar onzeker" if nl else "year uncertain"
    return "onzeker" if nl else "uncertain"


def _said(edtf: str, nl: bool) -> str:
    if edtf.startswith("{"):
        said = [_one(text, nl) for text in _texts(edtf)]
        return f" {'en' if nl else 'and'} ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)
    start, slash, end = edtf.partition("/")
    if not slash:
        return _one(start, nl)
    if end in ("..", ""):
        return f"vanaf {_one(start, nl)}" if nl else f"from {_one(start, nl)} on"
    if start in ("..", ""):
        return f"tot en met {_one(end, nl)}" if nl else f"until {_one(end, nl)}"
    return f"{_one(start, nl)} {'tot en met' if nl else 'to'} {_one(end, nl)}"


def _one(text: str, nl: bool) -> str:
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a date of a form known here.")
    year, month, day = match["year"], match["month"], match["day"]
    language = "nl" if nl else "en"
    if month in _QUARTERS:
        ordinal = _ORDINALS[language][_QUARTERS[month] - 1]
        return f"{ordinal} kwartaal van {year}" if nl else f"{ordinal} quarter of {year}"
    if month in (None, "XX"):
        return year
    name = _MONTHS[language][int(month) - 1]
    return f"{name} {year}" if day in (None, "XX") else f"{int(day)} {name} {year}"
