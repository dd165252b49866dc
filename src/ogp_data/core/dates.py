"""Dates as government prose writes them, read as EDTF (https://www.loc.gov/standards/datetime/).

Words become tokens by the tables of `date_words.py`, and one grammar reads the tokens of every language. What could be
two dates is none, and a weekday that does not fit is a fault: a date is never more than its words say.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Literal

from ogp_data.core.date_words import LANGUAGES, DateWords
from ogp_data.core.text import fold


@dataclass(frozen=True, slots=True)
class Dated:
    """What words say: a date in EDTF, or why they are none (a predicate, such as "is no date")."""

    edtf: str = ""
    fault: str = ""


class _UnreadError(ValueError):
    """Words are no date; the text says why."""


def read_date(written: str, language: str = "", year: int | None = None) -> Dated:
    """Return a date in words as EDTF, no more precise than the words, or why it cannot be read.

    The language is the document's: it says whether a date in digits begins with the day. `year` is what the context
    says where the words have none; such a year is marked uncertain (`2020?-03-04`).
    """
    try:
        found = _whole(_tokens(fold(written).lower(), language), f"{year:04}?" if year is not None else "")
    except _UnreadError as reason:
        return Dated(fault=str(reason))
    return Dated(found) if is_edtf(found) else Dated(fault="is no day of the calendar")


# Words -> tokens ----------------------------------------------------------------------------------------
#
# y2023 a year, m05 a month, p2023-05 both in digits, s21 a season, quarter or half, n26 a number, o26 an ordinal, w5 a
# weekday, d2023-05-26 a day (d2023-03-04|2023-04-03: one of two), lead a word that adds nothing, and the words `and`,
# `between`, `from`, `on`, `since`, `to`. Beside these, until neighbours say more: `quarter`, `half`, and joints: - / ,


@dataclass(frozen=True, slots=True)
class _Tongue:
    """What is needed to read one language: a scanner, what its words mean, and which may stand before a date."""

    scanner: re.Pattern[str]
    words: dict[str, str]
    leads: frozenset[str]
    day_first: bool | None


_LIKE_ASCII = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212\u2018\u2019\u02bc\u2032", "------''''")
_DIGITS = r"""
    (?P<y1>[12]\d{3})\ ?(?P<s1>[-/.])\ ?(?P<m1>\d{1,2})\ ?(?P=s1)\ ?(?P<d1>\d{1,2})(?![\w-])
    | (?P<a>\d{1,2})\ ?(?P<s2>[-/.])\ ?(?P<b>\d{1,2})\ ?(?P=s2)\ ?(?P<y2>[12]\d{3})(?!\w)
    | (?P<m3>\d{1,2})[-/.](?P<y3>[12]\d{3})(?!\w)
    | (?P<y4>[12]\d{3})-(?P<m4>\d{2})(?![\w-])
    | (?P<year>[12]\d{3})(?!\w)
    | '(?P<short>\d{2})(?!\w)
"""
_BEFORE = frozenset({"", "lead", "to", "and", "between", "from", "since"})
"""The tokens behind which a date begins."""


@cache
def _tongue(language: str) -> _Tongue:
    """Return what reads a language: its own table before the others', whose words a document may use as well."""
    own = LANGUAGES.get(language)
    tables = [table for table in LANGUAGES.values() if table is not own] + ([own] if own else [])
    words = {word: token for table in tables for word, token in _meanings(table)}
    leads = frozenset(word for table in tables for word in table.lead.split("|"))
    known = "|".join(re.escape(word) for word in sorted({*words, *leads}, key=lambda word: (-len(word), word)))
    suffixes = "|".join(table.suffixes for table in tables)
    scanner = re.compile(
        rf"""(?P<to>\ -\ )|\ ?(?:{_DIGITS}
        | (?P<number>\d{{1,2}})(?P<suffix>{suffixes})?(?!\w)
        | (?P<sign>[a-z]{{1,2}})(?P<of>[1-4])(?!\w)
        | (?P<word>{known})\.?(?!\w)
        | (?P<joint>[-/,])
        )""",
        re.VERBOSE | re.ASCII,
    )
    return _Tongue(scanner, words, leads, own.day_first if own else None)


def _meanings(table: DateWords) -> Iterator[tuple[str, str]]:
    numbered = (("m{:02}", table.months, 1), ("w{}", table.weekdays, 1), ("s{}", table.seasons, 21))
    for form, entries, first in (*numbered, ("o{}", table.ordinals, 1)):
        for number, words in enumerate(entries, start=first):
            yield from ((word, form.format(number)) for word in words.split("|"))
    named = {
        "quarter": table.quarter,
        "half": table.half,
        "to": table.until,
        "and": table.also,
        "between": table.between,
        "from": table.begin,
        "on": table.onwards,
        "since": table.since,
        "": table.filler,
    }
    for token, entry in named.items():
        yield from ((word, token) for word in entry.split("|") if word)


def _tokens(words: str, language: str) -> str:
    """Return the tokens of words in lower case, separated by spaces."""
    tongue = _tongue(language)
    words = words.translate(_LIKE_ASCII).rstrip(". ")
    found: list[str] = []
    at = 0
    while at < len(words):
        match = tongue.scanner.match(words, at)
        if match is None:
            raise _UnreadError("is no date")
        found += _token(match, tongue, found[-1] if found else "").split()
        at = match.end()
    return _joined(_merged(found))


def _token(match: re.Match[str], tongue: _Tongue, before: str) -> str:
    """Return what a match of the scanner is; nothing for a filler."""
    if word := match["word"]:
        if before in _BEFORE and word in tongue.leads:
            return "lead"
        if word in tongue.words:
            return tongue.words[word]
    elif number := match["number"]:
        return f"{'o' if match['suffix'] else 'n'}{int(number)}"
    elif match["sign"]:
        return f"{tongue.words.get(match['sign'], '')} n{match['of']}"
    elif match["to"] or match["joint"]:
        return "to" if match["to"] else match["joint"]
    else:
        return _in_digits(match, tongue.day_first)
    raise _UnreadError("is no date")


def _in_digits(match: re.Match[str], day_first: bool | None) -> str:
    """Return the token of a year, or of a date in digits."""
    if year := match["year"]:
        return f"y{year}"
    if short := match["short"]:
        return f"y{2000 + int(short) - 100 * (int(short) > 68)}"  # as POSIX has it
    if match["m3"]:
        return _month_of(match["y3"], int(match["m3"]))
    if match["m4"]:
        return _year_and_month(match["y4"], int(match["m4"]))
    if match["y1"]:
        return "d" + _one_of(match["y1"], [(int(match["m1"]), int(match["d1"]))])
    a, b = int(match["a"]), int(match["b"])
    return "d" + _one_of(match["y2"], [(b, a)] if day_first else [(a, b)] if day_first is False else [(a, b), (b, a)])


def _month_of(year: str, number: int) -> str:
    if not 1 <= number <= 12:
        raise _UnreadError("is no month of the calendar")
    return f"p{year}-{number:02}"


def _year_and_month(year: str, number: int) -> str:
    """Return the token of 2021-05; 2009-10 could be a span of two years as well."""
    if number > 12:
        raise _UnreadError("is no date")
    if number > int(year[2:]):
        raise _UnreadError(f"may be {year}-{number:02} or {year}/{year[:2]}{number:02}")
    return _month_of(year, number)


def _one_of(year: str, days: Iterable[tuple[int, int]]) -> str:
    """Return the days of the calendar among months and days of a year, each once."""
    stamps = [f"{year}-{month:02}-{day:02}" for month, day in days]
    real = sorted({stamp for stamp in stamps if is_date(stamp)})
    if not real:
        raise _UnreadError("is no day of the calendar")
    return "|".join(real)


def _merged(tokens: Sequence[str]) -> list[str]:
    """Return the tokens with the names of quarters and halves as one."""
    text = " ".join(tokens)
    text = re.sub(r"\b[no]([1-4]) quarter\b|\bquarter n([1-4])\b", lambda m: f"s{32 + int(m[1] or m[2])}", text)
    text = re.sub(r"\b[no]([12]) half\b|\bhalf n([12])\b", lambda m: f"s{39 + int(m[1] or m[2])}", text)
    return text.split()


_FILLING = frozenset({("n", "m"), ("o", "m"), ("m", "y"), ("s", "y"), ("y", "s"), ("lead", "m"), ("lead", "y")})
"""The kinds of tokens between which a hyphen or slash joins parts of one date, as in 26-mei-2021 and Q1/2021."""


def _joined(tokens: Sequence[str]) -> str:
    """Return the tokens with each joint as what its neighbours make of it."""
    threes = zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False)
    found = [_joint(_kind(before), token, _kind(after)) for before, token, after in threes]
    return " ".join(filter(None, found))


def _kind(token: str) -> str:
    return token[0] if token[1:2].isdigit() else token


def _joint(before: str, token: str, after: str) -> str:
    if token == ",":
        return "" if before == "w" or (after == "y" and before != "y") else "and"
    if token not in ("-", "/"):
        return token
    if (before, after) in _FILLING:
        return ""
    if token == "-" or before == after == "y":
        return "to"
    raise _UnreadError("is no date")


# Tokens -> EDTF -----------------------------------------------------------------------------------------


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
    )""",
    re.VERBOSE,
)

_YEARS, _PARTS = ("y1", "y2", "y3", "y4", "y5"), ("m1", "m2", "m3", "m4", "m5")


def _whole(tokens: str, context: str) -> str:
    """Return the EDTF of tokens: a period, a set of dates, or one date."""
    if open_ := re.fullmatch(r"since (.+)|from (.+) on", tokens):
        return f"{_dates([open_[1] or open_[2]], context)[0]}/.."
    if period := re.fullmatch(r"between (.+) and (.+)|(?:from )?(.+) to (.+)", tokens):
        start, end = _dates([period[1] or period[3], period[2] or period[4]], context)
        if not is_edtf(f"{start}/{end}"):
            raise _UnreadError("ends before it begins")
        return f"{start}/{end}"
    found = _dates(tokens.split(" and "), context)
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
        raise _UnreadError("is no date")
    return [_written(item) for item in whole]


def _item(text: str) -> _Item:
    match = _ITEM.fullmatch(text)
    if match is None:
        raise _UnreadError("is no date")
    year, part = (next(filter(None, match.group(*names)), "") for names in (_YEARS, _PARTS))
    day = match["day"] or match["d2"]
    if day and not int(day):
        raise _UnreadError("is no day of the calendar")
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
        raise _UnreadError("says no year")
    if not item.day and not item.days:
        return f"{item.year}-{item.part}" if item.part else item.year
    if item.day and not item.part:
        raise _UnreadError("says no month")
    found = item.days or (f"{item.year}-{item.part}-{item.day:02}",)
    real = [stamp for stamp in found if is_date(stamp.replace("?", ""))]
    if not real:
        raise _UnreadError("is no day of the calendar")
    return _only(real, item.weekday)


def _only(stamps: Sequence[str], weekday: int) -> str:
    """Return the one of some days that is meant."""
    fitting = [stamp for stamp in stamps if weekday in (0, _weekday(stamp))]
    if not fitting:
        named, real = (LANGUAGES["en"].weekdays[n - 1].split("|")[0] for n in (weekday, _weekday(stamps[0])))
        raise _UnreadError(f"says {named.title()}, while {stamps[0]} is a {real.title()}")
    if len(fitting) > 1:
        raise _UnreadError(f"may be {' or '.join(fitting)}")
    return fitting[0]


def _weekday(stamp: str) -> int:
    return date.fromisoformat(stamp.replace("?", "")).isoweekday()


# EDTF -> days -------------------------------------------------------------------------------------------

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
        raise ValueError(f"{edtf!r} has no end that is known.")
    if start and end and start.first > end.last:
        raise ValueError(f"{edtf!r} ends before it begins.")
    return [start, end]


def _span(text: str) -> Span:
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a date of a form known here.")
    part, day = ("" if match[name] in (None, "XX") else match[name] for name in ("month", "day"))
    try:
        first, last = _covered(int(match["year"]), part, day)
    except (KeyError, ValueError):
        raise ValueError(f"{text!r} is not a date of the calendar.") from None
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
