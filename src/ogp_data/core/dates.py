"""Dates as government prose writes them, read as EDTF (https://www.loc.gov/standards/datetime/).

Words become tokens (`date_tokens.py`), and one grammar reads the tokens of every language. What could be two dates is
none, and a weekday that does not fit is a fault: a date is never more than its words say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from ogp_data.core.date_tokens import UnreadError, tokens
from ogp_data.core.date_words import LANGUAGES
from ogp_data.core.edtf import is_date, is_edtf
from ogp_data.core.messages import SOURCE, Message, listed, reason
from ogp_data.core.text import fold


@dataclass(frozen=True, slots=True)
class Dated:
    """What words say: a date in EDTF, or why they are none (a predicate, such as "is not a date")."""

    edtf: str = ""
    fault: str = ""


def read_date(written: str, language: str = "", year: int | None = None) -> Dated:
    """Return a date in words as EDTF, no more precise than the words, or why it cannot be read.

    The language is the document's: it says whether a date in digits begins with the day. `year` is what the context
    says where the words have none; such a year is marked uncertain (`2020?-03-04`).
    """
    try:
        found = _whole(tokens(fold(written).lower(), language), f"{year:04}?" if year is not None else "")
    except UnreadError as fault:
        return Dated(fault=reason(fault))
    return Dated(found) if is_edtf(found) else Dated(fault=Message("is not a day in the calendar"))


@dataclass(frozen=True, slots=True)
class _Weekday:
    """A day of the week, from 1 for Monday."""

    number: int

    def __str__(self) -> str:
        return self.of(SOURCE)

    def of(self, language: str) -> str:
        """Return its name in a language."""
        if language == SOURCE:
            return LANGUAGES[SOURCE].weekdays[self.number - 1].split("|")[0].title()
        from babel.dates import get_day_names

        return str(get_day_names(locale=language)[self.number - 1])


@dataclass(frozen=True, slots=True)
class _Item:
    """One date as far as it is said: a year, what of it (a month, season, quarter or half), a day of the month."""

    year: str = ""
    part: str = ""
    day: int = 0
    weekday: int = 0
    days: tuple[str, ...] = ()
    """The days that digits can mean; the rest is empty then."""

    @property
    def precision(self) -> tuple[bool, bool]:
        """Return whether there are parts of a year, and days."""
        return bool(self.part or self.days), bool(self.day or self.days)


_ITEM = re.compile(
    r"""(?:lead\ )*(?:w(?P<weekday>\d)\ )?(?:
        d(?P<days>\S+)
        | [no](?P<day>\d+)(?:\ m(?P<m1>\d\d))?(?:\ y(?P<y1>\d{4}))?
        | m(?P<m2>\d\d)\ [no](?P<d2>\d+)(?:\ y(?P<y2>\d{4}))?
        | [ms](?P<m3>\d\d)(?:\ y(?P<y3>\d{4}))?
        | y(?P<y4>\d{4})(?:\ s(?P<m4>\d\d))?
        | p(?P<y5>\d{4})-(?P<m5>\d\d)
        | y(?P<y6>\d{4})\ (?:m(?P<m6>\d\d)\ [no](?P<d6>\d+)|[no](?P<d7>\d+)\ m(?P<m7>\d\d)|m(?P<m8>\d\d))
    )""",
    re.VERBOSE,
)

_YEARS, _PARTS, _DAYS = ("y1 y2 y3 y4 y5 y6", "m1 m2 m3 m4 m5 m6 m7 m8", "day d2 d6 d7")


def _whole(said: str, context: str) -> str:
    """Return the EDTF of tokens: a period, a set of dates, or one date."""
    if open_ := re.fullmatch(r"since (.+)|from (.+) on", said):
        return f"{_dates([open_[1] or open_[2]], context)[0]}/.."
    if period := re.fullmatch(r"between (.+) and (.+)|(?:from )?(.+) to (.+)", said):
        start, end = _dates([period[1] or period[3], period[2] or period[4]], context)
        if not is_edtf(f"{start}/{end}"):
            raise UnreadError(Message("ends before it begins"))
        return f"{start}/{end}"
    found = _dates(said.split(" and "), context)
    return found[0] if len(found) == 1 else "{" + ",".join(found) + "}"


def _dates(texts: Iterable[str], context: str) -> list[str]:
    """Return the EDTF of dates that follow each other, of which each may leave to the next what they share."""
    items = [_item(text) for text in texts]
    if context and not any(item.year or item.days for item in items):
        items[-1] = replace(items[-1], year=context)
    whole = _shared(items)
    kinds = {item.precision for item in whole}
    # A year is no fellow of its parts ("winter 2021-2022"), and what is shared is shared by alike ("May-5 2021").
    if len({in_parts for in_parts, _ in kinds}) > 1 or (whole != items and len(kinds) > 1):
        raise UnreadError(Message("is not a date"))
    return [_written(item) for item in whole]


def _item(text: str) -> _Item:
    match = _ITEM.fullmatch(text)
    if match is None:
        raise UnreadError(Message("is not a date"))
    year, part, day = (next(filter(None, match.group(*names.split())), "") for names in (_YEARS, _PARTS, _DAYS))
    if day and not int(day):
        raise UnreadError(Message("is not a day in the calendar"))
    days = tuple((match["days"] or "").split("|")) if match["days"] else ()
    return _Item(year, part, int(day or 0), int(match["weekday"] or 0), days)


def _shared(items: Sequence[_Item]) -> list[_Item]:
    """Return the dates with the years and months that the next one says for them, or the one before (May 1 to 5)."""
    found: list[_Item] = []
    year = part = ""
    for item in reversed(items):
        year, part = item.year or year, item.part or part
        found.insert(0, item if item.days else replace(item, year=year, part=item.part or part * bool(item.day)))
    for index, (before, item) in enumerate(pairwise(found), start=1):
        if item.day and not item.part:
            found[index] = replace(item, part=before.part)
    return found


def _written(item: _Item) -> str:
    """Return the EDTF of one date that is all said."""
    if not (item.year or item.days):
        raise UnreadError(Message("says no year"))
    if not item.day and not item.days:
        return f"{item.year}-{item.part}" if item.part else item.year
    if item.day and not item.part:
        raise UnreadError(Message("says no month"))
    found = item.days or (f"{item.year}-{item.part}-{item.day:02}",)
    real = [stamp for stamp in found if is_date(stamp.replace("?", ""))]
    if not real:
        raise UnreadError(Message("is not a day in the calendar"))
    return _only(real, item.weekday)


def _only(stamps: Sequence[str], weekday: int) -> str:
    """Return the one of some days that is meant."""
    fitting = [stamp for stamp in stamps if weekday in (0, _weekday(stamp))]
    if not fitting:
        named, real = _Weekday(weekday), _Weekday(_weekday(stamps[0]))
        raise UnreadError(Message("says {named}, while {day} is a {real}", named=named, day=stamps[0], real=real))
    if len(fitting) > 1:
        raise UnreadError(Message("may be {fitting}", fitting=listed(fitting, Message(" or "))))
    return fitting[0]


def _weekday(stamp: str) -> int:
    return date.fromisoformat(stamp.replace("?", "")).isoweekday()
