"""What a spreadsheet makes of a text when it opens a CSV, in Dutch, English or French: text, or something else.

It reads what looks like a number, a date, a time or a truth value as one, and shows it otherwise or counts with it.
What LibreOffice does is tested against it; Excel reads more (2021-02 is a month for it), and that is here as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from ogp_data.core.date_words import LANGUAGES
from ogp_data.core.edtf import is_date
from ogp_data.core.messages import Message

Reading = Literal["", "number", "date", "time", "truth value"]

READINGS: Mapping[Reading, Message] = {
    "number": Message("number"),
    "date": Message("date"),
    "time": Message("time"),
    "truth value": Message("truth value"),
}
"""What people call them."""

_MONTHS = "|".join(names for words in LANGUAGES.values() for names in words.months)
_DAYS = "|".join(names for words in LANGUAGES.values() for names in words.weekdays)
_WORDS = "|".join(sorted(f"{_MONTHS}|{_DAYS}".split("|"), key=len, reverse=True))
"""The longest first: an atomic group that takes them reads a text in one way only, so that no text takes long."""

_PLAIN = re.compile(r"0|-?[1-9]\d{0,14}", re.ASCII)
"""A whole number that is shown as it is written; of one with more digits the last are lost."""

_LONGEST = 320
"""No number of binary64 has more digits; a longer text is always a text."""

# The forms are those of all these languages at once: a decimal comma or point, days before months or behind them.
_SPACE = re.compile("[ \\u00a0]+")
_DIGITS = r"(?:\d+(?:\.\d{3,})+(?:,\d*)?|\d+(?:,\d{3,})+(?:\.\d*)?|\d+(?:[.,]\d*)?|[.,]\d+)"
_MONEY = r"(?:[€$£] ?)?"
_AMOUNT = rf"[-+]? ?{_MONEY}[-+]? ?{_DIGITS}(?: ?e ?[-+]?\d+|[ .,]\d+/\d+)? ?[-+]? ?[€$£%]?[-+]?"
_NUMBER = rf"{_AMOUNT}|\({_AMOUNT}\)"
_HALF = "(?: ?[ap]m)?"
# A time may have a date before it, in digits or words, or a number of days.
_TIME = (
    rf"(?:(?=[^\W_])(?>{_WORDS}|[\d .,/T+-])*[ ,T])?"
    rf"\d+:\d+(?::\d+)?(?:[.,]\d*)?(?: \d+)?{_HALF}[ ,+-]*|(?:\d+ )?\d{{1,2}}[ .,:-]*[ap]m"
)
# Two numbers are a day and a month, or a month and a year, when one of them can be a month.
_PAIR = r"(?:0?[1-9]|1[0-2])([-/])\d{1,4}|\d{1,4}([-/])(?:0?[1-9]|1[0-2])"
_TRIPLE = r"\d{1,2}([-/])\d{1,2}\3\d{1,4}|\d{3,4}([-/])\d{1,2}\4\d{1,2}"
_NAMED = rf"(?:\d{{1,9}}[ ./,-]{{0,3}}){{0,2}}(?:{_MONTHS})(?:[ ./,-]{{0,3}}\d{{1,9}}){{0,2}}"
_DATE = rf"(?=.*\d)(?:(?:{_DAYS})[., ]*)?(?:{_NAMED}|{_PAIR}|{_TRIPLE})[., -]*(?:{_DAYS})?"
_FORMS: Sequence[tuple[Reading, re.Pattern[str]]] = (
    ("truth value", re.compile("true|false|waar|onwaar", re.IGNORECASE)),
    ("time", re.compile(_TIME, re.IGNORECASE | re.ASCII)),
    ("date", re.compile(_DATE, re.IGNORECASE | re.ASCII)),
    ("number", re.compile(_NUMBER, re.IGNORECASE | re.ASCII)),
)


def read_as(text: str) -> Reading:
    """Return what a spreadsheet reads a text as, "" when it stays what it is; a formula is another matter."""
    if len(text) > _LONGEST or _PLAIN.fullmatch(text) or is_date(text):
        return ""
    # Spreadsheets read past such spaces, so a space does not keep a text a text.
    bare = _SPACE.sub(" ", text).strip(" ")
    return next((reading for reading, form in _FORMS if form.fullmatch(bare)), "")
