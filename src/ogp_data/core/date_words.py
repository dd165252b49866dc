"""How languages write dates: one table a language, read by `dates.py`. A further language is a further table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DateWords:
    """The words of one language for dates, in lower case; those for the same thing are separated by a bar."""

    months: tuple[str, ...]
    """January to December, with their abbreviations (a full stop may follow)."""
    weekdays: tuple[str, ...]
    """Monday to Sunday."""
    seasons: tuple[str, ...]
    """Spring to winter."""
    ordinals: tuple[str, ...]
    """First to fourth, in letters."""
    suffixes: str
    """What makes an ordinal of a number in digits."""
    quarter: str
    half: str
    until: str
    """Between two dates, the second of which is meant too."""
    also: str
    between: str
    begin: str = ""
    """Before a first date, where a second follows or `onwards` does."""
    onwards: str = ""
    since: str = ""
    lead: str = ""
    """Before a date, adding nothing that a date of days, months and years could say."""
    filler: str = ""
    """Anywhere, without a meaning of its own."""
    day_first: bool | None = None
    """Whether dates in digits begin with the day or the month; None: writers differ."""


_NL = DateWords(
    months=(
        *("januari|jan", "februari|febr|feb", "maart|mrt|mar", "april|apr", "mei", "juni|jun", "juli|jul"),
        *("augustus|aug", "september|sept|sep", "oktober|okt", "november|nov", "december|dec"),
    ),
    weekdays=(
        *("maandag|ma", "dinsdag|di", "woensdag|woe|wo", "donderdag|do", "vrijdag|vrij|vr", "zaterdag|zat|za"),
        "zondag|zo",
    ),
    seasons=("voorjaar|lente", "zomer", "najaar|herfst", "winter"),
    ordinals=("eerste", "tweede", "derde", "vierde"),
    suffixes="e|de|ste",
    quarter="kwartaal|kw|k|q",
    half="halfjaar|half jaar|helft|h",
    until="t/m|tot en met|t.e.m.",
    also="en|&",
    between="tussen",
    since="vanaf|sinds",
    lead=(
        "op|in|per|d.d.|dd|begin|eind|einde|medio|half|midden|halverwege|gedurende|tijdens|in de loop van"
        "|met ingang van|m.i.v.|vroeg in|laat in"
    ),
    filler="de|het|van",
    day_first=True,
)
_EN = DateWords(
    months=(
        *("january|jan", "february|feb", "march|mar", "april|apr", "may", "june|jun", "july|jul", "august|aug"),
        *("september|sept|sep", "october|oct", "november|nov", "december|dec"),
    ),
    weekdays=(
        *("monday|mon", "tuesday|tues|tue", "wednesday|wed", "thursday|thurs|thur|thu", "friday|fri"),
        *("saturday|sat", "sunday|sun"),
    ),
    seasons=("spring", "summer", "autumn|fall", "winter"),
    ordinals=("first", "second", "third", "fourth"),
    suffixes="st|nd|rd|th",
    quarter="quarter|q",
    half="half year|half|h",
    until="to|through|up to and including",
    also="and|&",
    between="between",
    begin="from",
    onwards="on|onward|onwards",
    since="since",
    lead="on|in|at|by|during|throughout|as of|early|late|mid|beginning|start|middle|end",
    filler="the|of",
)

LANGUAGES: Mapping[str, DateWords] = {"nl": _NL, "en": _EN}
"""Two-letter code -> table."""
