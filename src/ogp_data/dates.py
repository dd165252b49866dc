"""Dates as government prose writes them, read as EDTF (https://www.loc.gov/standards/datetime/)."""

from __future__ import annotations

import re
from datetime import date

from ogp_data.text import fold

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january januari jan",
            "february februari feb",
            "march maart mar mrt",
            "april apr",
            "may mei",
            "june juni jun",
            "july juli jul",
            "august augustus aug",
            "september sept sep",
            "october oktober oct okt",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = r"(?P<month>[A-Za-z]+)\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|e)?"
_YEAR = r"(?P<year>\d{4})"
_QUARTERS = {
    "first": 33,
    "second": 34,
    "third": 35,
    "fourth": 36,
    "eerste": 33,
    "tweede": 34,
    "derde": 35,
    "vierde": 36,
}
_LEAD = re.compile(
    r"^(?:(?:on|in|at|by|the|during|throughout|d\.d\.|op|begin(?:ning)? of|start of|end of|eind|begin)\s+)+",
    re.I,
)
_SHAPES = tuple(
    re.compile(shape + r"$", re.I)
    for shape in (
        r"(?P<quarter>first|second|third|fourth|eerste|tweede|derde|vierde) (?:quarter of|kwartaal van) " + _YEAR,
        _YEAR + r"-(?P<monthnumber>\d{2})-(?P<day>\d{2})",
        _YEAR + r"\s?[-–]\s?(?P<until>\d{4})",
        _YEAR,
        _MONTH + " " + _DAY + r"(?:,? " + _YEAR + r")?",
        _DAY + " " + _MONTH + r"(?:,? " + _YEAR + r")?",
        r"from " + _MONTH + r"(?: " + _YEAR + r")? on(?:wards)?(?P<open>)",
        _MONTH + r" (?:and|en) (?P<second>[A-Za-z]+)(?: " + _YEAR + r")?",
        _MONTH + r"(?: " + _YEAR + r")?",
    )
)


def edtf(written: str, year: int | None = None) -> str | None:
    """Return a date in words as EDTF, no more precise than the words; None when it is no date.

    `year` is what the context says where the words have none; such a year is marked uncertain
    (`2020?-03-04`), as https://www.loc.gov/standards/datetime/ spells it.
    """
    words = _LEAD.sub("", fold(written))
    for shape in _SHAPES:
        if match := shape.match(words):
            return _edtf(match.groupdict(), year)
    return None


def _edtf(found: dict[str, str | None], context: int | None) -> str | None:
    year = found.get("year") or (f"{context}?" if context else None)
    if year is None:
        return None
    if quarter := found.get("quarter"):
        return f"{year}-{_QUARTERS[quarter.lower()]}"
    if until := found.get("until"):
        return f"{year}/{until}" if year <= until else None
    months = [_month(found.get(name)) for name in ("month", "second") if found.get(name)]
    if number := found.get("monthnumber"):
        months = [int(number)]
    if None in months:
        return None
    return _calendar(year, [month for month in months if month], found)


def _calendar(year: str, months: list[int], found: dict[str, str | None]) -> str | None:
    if not months:
        return year
    if day := found.get("day"):
        return f"{year}-{months[0]:02}-{int(day):02}" if _exists(year, months[0], int(day)) else None
    stamps = [f"{year}-{month:02}" for month in months]
    if "open" in found and found["open"] is not None:
        return stamps[0] + "/.."
    return stamps[0] if len(stamps) == 1 else "{" + ",".join(stamps) + "}"


def _month(name: str | None) -> int | None:
    return _MONTHS.get((name or "").lower())


def _exists(year: str, month: int, day: int) -> bool:
    try:
        date(int(year[:4]), month, day)
    except ValueError:
        return False
    return True


_EDTF_DATE = r"\d{4}\??(?:-(?:0[1-9]|1[0-2]|2[1-9]|3[0-9]|4[01])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_EDTF = re.compile(rf"{_EDTF_DATE}|(?:{_EDTF_DATE}|\.\.)/(?:{_EDTF_DATE}|\.\.)|\{{{_EDTF_DATE}(?:,{_EDTF_DATE})+\}}")


def is_edtf(value: str) -> bool:
    """Return whether the text is EDTF of the kinds in use: a date, season or quarter, an interval, a set of dates."""
    return _EDTF.fullmatch(value) is not None


def is_date(value: str) -> bool:
    """Return whether the text is a calendar date as xsd:date without a zone spells it."""
    return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)) and _exists(value[:4], int(value[5:7]), int(value[8:]))
