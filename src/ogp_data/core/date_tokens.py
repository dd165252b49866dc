"""Words of a date -> tokens, by the tables of `date_words.py`; the words of every language become the same ones.

y2023 a year, m05 a month, p2023-05 both in digits, s21 a season, quarter or half, n26 a number, o26 an ordinal, w5 a
weekday, d2023-05-26 a day (d2023-03-04|2023-04-03: one of two), lead a word that adds nothing, and the words `and`,
`between`, `from`, `on`, `since`, `to`. Beside these, until neighbours say more: `quarter`, `half`, and joints: - / ,
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ogp_data.core.date_words import LANGUAGES, LIKE_ASCII, DateWords, date_words
from ogp_data.core.edtf import is_date
from ogp_data.core.messages import Message


class UnreadError(ValueError):
    """Words are no date; the text says why."""


@dataclass(frozen=True, slots=True)
class _Tongue:
    """What is needed to read one language: a scanner, what its words mean, and which may stand before a date."""

    scanner: re.Pattern[str]
    words: Mapping[str, str]
    leads: Collection[str]
    day_first: bool | None


_DIGITS = r"""
    (?P<y1>[12][0-9]{3})\ ?(?P<s1>[-/.])\ ?(?P<m1>[0-9]{1,2})\ ?(?P=s1)\ ?(?P<d1>[0-9]{1,2})(?![\w-])
    | (?P<a>[0-9]{1,2})\ ?(?P<s2>[-/.])\ ?(?P<b>[0-9]{1,2})\ ?(?P=s2)\ ?(?P<y2>[12][0-9]{3})(?!\w)
    | (?P<m3>[0-9]{1,2})[-/.](?P<y3>[12][0-9]{3})(?!\w)
    | (?P<y4>[12][0-9]{3})-(?P<m4>[0-9]{2})(?![\w-])
    | (?P<year>[12][0-9]{3})(?!\w)
    | '(?P<short>[0-9]{2})(?!\w)
"""
_BEFORE = frozenset({"", "lead", "to", "and", "between", "from", "since"})
"""The tokens behind which a date begins."""


@cache
def _tongue(language: str) -> _Tongue:
    """Return what reads a language: its own table before the others', whose words a document may use as well."""
    own = date_words(language)
    tables = [*([own] if own else []), *(table for table in LANGUAGES.values() if table is not own)]
    words: dict[str, str] = {}
    leads: set[str] = set()
    for table in tables:
        meanings, before = dict(_meanings(table)), {*filter(None, table.lead.split("|"))}
        # What a word is in the language of the document, it is not in another besides.
        known = {*words, *leads, *tables[0].unclear.split("|")}
        leads |= before - known
        words |= {word: token for word, token in meanings.items() if word not in known}
    return _Tongue(_scanner({*words, *leads}, tables), words, leads, own.day_first if own else None)


def _scanner(known: Iterable[str], tables: Sequence[DateWords]) -> re.Pattern[str]:
    """Return what finds the parts of a date: known words, digits and what joins them."""
    longest_first = "|".join(re.escape(word) for word in sorted(known, key=lambda word: (-len(word), word)))
    suffixes = "|".join(table.suffixes for table in tables if table.suffixes)
    stop = r"(?<=[0-9])\.(?=\ |$)|" if tables[0].dotted else ""
    return re.compile(
        rf"""(?P<to>\ -\ )|\ ?(?:{_DIGITS}
        | (?P<number>[0-9]{{1,2}})(?P<suffix>{suffixes})?(?!\w)
        | (?P<sign>[a-z]{{1,2}})(?P<of>[1-4])(?!\w)
        | (?P<word>{longest_first})(?:(?<=')|\.?(?!\w))
        | {stop}(?P<joint>[-/,])
        )""",
        re.VERBOSE,
    )


def _meanings(table: DateWords) -> Iterator[tuple[str, str]]:
    numbered = (("m{:02}", table.months, 1), ("w{}", table.weekdays, 1), ("s{}", table.seasons, 21))
    for form, entries, first in (*numbered, ("o{}", table.ordinals, 1)):
        for number, words in enumerate(entries, start=first):
            yield from ((word, form.format(number)) for word in words.split("|") if word)
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


def tokens(words: str, language: str) -> str:
    """Return the tokens of words in lower case, separated by spaces."""
    tongue = _tongue(language)
    words = words.translate(LIKE_ASCII).rstrip(". ")
    found: list[str] = []
    at = 0
    while at < len(words):
        match = tongue.scanner.match(words, at)
        if match is None:
            raise UnreadError(Message("is not a date"))
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
    elif match[0].strip() == ".":
        return ""
    else:
        return _in_digits(match, tongue.day_first)
    raise UnreadError(Message("is not a date"))


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
        raise UnreadError(Message("is not a month in the calendar"))
    return f"p{year}-{number:02}"


def _year_and_month(year: str, number: int) -> str:
    """Return the token of 2021-05; 2009-10 could be a span of two years as well."""
    if number > 12:
        raise UnreadError(Message("is not a date"))
    if number > int(year[2:]):
        raise UnreadError(
            Message("may be {year}-{number:02} or {year}/{year2}{number:02}", year=year, number=number, year2=year[:2])
        )
    return _month_of(year, number)


def _one_of(year: str, days: Iterable[tuple[int, int]]) -> str:
    """Return the days of the calendar among months and days of a year, each once."""
    stamps = [f"{year}-{month:02}-{day:02}" for month, day in days]
    real = sorted({stamp for stamp in stamps if is_date(stamp)})
    if not real:
        raise UnreadError(Message("is not a day in the calendar"))
    return "|".join(real)


def _merged(found: Sequence[str]) -> list[str]:
    """Return the tokens with the names of quarters and halves as one."""
    text = " ".join(found)
    text = re.sub(r"\b[no]([1-4]) quarter\b|\bquarter n([1-4])\b", lambda m: f"s{32 + int(m[1] or m[2])}", text)
    text = re.sub(r"\b[no]([12]) half\b|\bhalf n([12])\b", lambda m: f"s{39 + int(m[1] or m[2])}", text)
    return text.split()


_FILLING = frozenset({("n", "m"), ("o", "m"), ("m", "y"), ("s", "y"), ("y", "s"), ("lead", "m"), ("lead", "y")})
"""The kinds of tokens between which a hyphen or slash joins parts of one date, as in 26-mei-2021 and Q1/2021."""


def _joined(merged: Sequence[str]) -> str:
    """Return the tokens with each joint as what its neighbours make of it."""
    threes = zip(["", *merged], merged, [*merged[1:], ""], strict=False)
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
    raise UnreadError(Message("is not a date"))
