"""How a reader says a date in EDTF (https://www.loc.gov/standards/datetime/)."""

from __future__ import annotations

from datetime import date

from babel import Locale

from ogp_data.core.edtf import Span, spans
from ogp_data.core.messages import Message

_PARTS = {
    "21": Message("spring of {year}"),
    "22": Message("summer of {year}"),
    "23": Message("autumn of {year}"),
    "24": Message("winter of {year}"),
    "33": Message("first quarter of {year}"),
    "34": Message("second quarter of {year}"),
    "35": Message("third quarter of {year}"),
    "36": Message("fourth quarter of {year}"),
    "40": Message("first half of {year}"),
    "41": Message("second half of {year}"),
}
"""Parts of a year that are no months, as level 2 of EDTF numbers them."""


def span(edtf: str) -> tuple[date, date, bool]:
    """Return the first and last day that a date covers, and whether it is uncertain; an open end adds no day.

    Raises ValueError for what is not one of the forms that tables have.
    """
    # An open end is None: it may lie anywhere, so it does not stretch the drawing.
    known = [part for part in spans(edtf) if part]
    return min(part.first for part in known), max(part.last for part in known), any(part.doubt for part in known)


def spoken(edtf: str, language: str) -> str:
    """Return how a reader of a language says a date, with what is in doubt of it."""
    said, doubt = plain(edtf, language), doubted(edtf)
    return f"{said} ({doubt.of(language)})" if doubt else said


def plain(edtf: str, language: str) -> str:
    """Return how a reader says a date, without its doubts; what is of another form stays as it is."""
    found = _spans(edtf)
    if not found:
        # A page shows what is in the table, even where it cannot be said in words.
        return edtf
    said = [_one(part, language) for part in found if part]
    return said[0] if len(found) == 1 else _together(edtf, found, said).of(language)


def doubted(edtf: str) -> Message | None:
    """Return what is in doubt of a date; None where nothing is."""
    return _doubt([part.doubt for part in _spans(edtf) if part])


def _spans(edtf: str) -> list[Span | None]:
    try:
        return list(spans(edtf))
    except ValueError:
        return []


def _doubt(doubts: list[str]) -> Message | None:
    """Return what is uncertain of dates."""
    if set(doubts) == {"year"}:
        return Message("year uncertain")
    return Message("uncertain") if any(doubts) else None


def _together(edtf: str, found: list[Span | None], said: list[str]) -> Message:
    """Return the dates of a set or a period as one phrase."""
    if edtf.startswith("{"):
        return Message("{dates} and {last}", dates=", ".join(said[:-1]), last=said[-1])
    if found[-1] is None:
        return Message("from {date} on", date=said[0])
    if found[0] is None:
        return Message("until {date}", date=said[0])
    return Message("{first} to {last}", first=said[0], last=said[1])


def _one(part: Span, language: str) -> str:
    if not part.part:
        return part.year
    if part.part in _PARTS:
        return Message(_PARTS[part.part].msgid, year=part.year).of(language)
    # Of a year that is not known in full, such as 201X, only the month's name can be said.
    locale = Locale(language)
    name = locale.months["stand-alone" if not part.day else "format"]["wide"][int(part.part)]
    return f"{part.day} {name} {part.year}" if part.day else f"{name} {part.year}"
