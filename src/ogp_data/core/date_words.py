"""How languages write dates: one table a language, read by `dates.py`.

For Dutch, English and French the tables say all that government prose does with dates. For any other language the
months, weekdays and words between them come from the Unicode CLDR, so that its plain dates are read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale


@dataclass(frozen=True, slots=True)
class DateWords:
    """The words of one language for dates, in lower case; those for the same thing are separated by a bar."""

    months: tuple[str, ...]
    """January to December, with their abbreviations (a full stop may follow)."""
    weekdays: tuple[str, ...]
    """Monday to Sunday."""
    seasons: tuple[str, ...] = ()
    """Spring to winter."""
    ordinals: tuple[str, ...] = ()
    """First to fourth, in letters."""
    suffixes: str = ""
    """What makes an ordinal of a number in digits."""
    dotted: bool = False
    """Whether a full stop behind digits makes an ordinal of them, or means nothing."""
    quarter: str = ""
    half: str = ""
    until: str = ""
    """Between two dates, the second of which is meant too."""
    also: str = ""
    between: str = ""
    begin: str = ""
    """Before a first date, where a second follows or `onwards` does."""
    onwards: str = ""
    since: str = ""
    lead: str = ""
    """Before a date, adding nothing that a date of days, months and years could say."""
    filler: str = ""
    """Anywhere, without a meaning of its own."""
    unclear: str = ""
    """Words for two things, such as "mar" for Tuesday and March, so that neither is read."""
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

_FR = DateWords(
    months=(
        *("janvier|janv|jan", "février|fevrier|févr|fevr|fév|fev", "mars", "avril|avr", "mai", "juin"),
        *("juillet|juil", "août|aout", "septembre|sept", "octobre|oct", "novembre|nov", "décembre|decembre|déc|dec"),
    ),
    weekdays=("lundi|lun", "mardi|mar", "mercredi|mer", "jeudi|jeu", "vendredi|ven", "samedi|sam", "dimanche|dim"),
    seasons=("printemps", "été", "automne", "hiver"),
    ordinals=("premier|première", "deuxième|second|seconde", "troisième", "quatrième"),
    suffixes="er|ère|re|ème|e|nd|nde|d|de",
    quarter="trimestre|t",
    half="semestre|s",
    until="au|à|jusqu'au|jusqu'à|jusqu'en",
    also="et|&",
    between="entre",
    since="à partir de|à partir du|à partir d'|depuis|depuis le|dès|dès le",
    lead=(
        "le|en|au|à|à la|dans|dans le|dans la|pour|courant|pendant|durant|au cours de|au cours du|à compter de"
        "|à compter du|au mois de|au mois d'|mi|début|fin|milieu|au début de|au début du|à la fin de|à la fin du"
    ),
    filler="de|du|des|d'|le|la|l'",
    day_first=True,
)

LANGUAGES: Mapping[str, DateWords] = {"nl": _NL, "en": _EN, "fr": _FR}
"""Two-letter code -> table."""

LIKE_ASCII = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212\u2018\u2019\u02bc\u2032", "------''''")
"""Hyphens and apostrophes -> those of ASCII."""


@cache
def date_words(language: str) -> DateWords | None:
    """Return the table of a language: the one here, else what the CLDR knows; None for a language it does not have."""
    if language in LANGUAGES:
        return LANGUAGES[language]
    from babel import Locale, UnknownLocaleError

    try:
        return _of_locale(Locale.parse(language))
    except (UnknownLocaleError, ValueError):
        return None


def _of_locale(locale: Locale) -> DateWords:
    """Return the months, weekdays and words between them of a language."""
    named = {("m", n): words for n, words in _names(locale.months)} | {
        ("w", n): words for n, words in _names(locale.days)
    }
    meant = defaultdict(set)
    for what, words in named.items():
        for word in words:
            meant[word].add(what)
    clear = {what: "|".join(word for word in words if len(meant[word]) == 1) for what, words in named.items()}
    patterns = [locale.date_formats[width].pattern for width in ("full", "long", "medium")]
    return DateWords(
        months=tuple(clear["m", n] for n in range(1, 13)),
        weekdays=tuple(clear["w", n] for n in range(7)),
        dotted=any(re.search(r"[dy]\.", pattern) for pattern in patterns),
        filler="|".join(dict.fromkeys(word for pattern in patterns for word in _literals(pattern))),
        unclear="|".join(word for word, things in meant.items() if len(things) > 1),
        day_first=_day_first(locale.date_formats["short"].pattern),
    )


def _names(by_context: Mapping[str, Mapping[str, Mapping[int, str]]]) -> Iterator[tuple[int, list[str]]]:
    """Yield each month or weekday by its number with the words for it, in full and abbreviated."""
    widths = [by_context[context][width] for context in ("format", "stand-alone") for width in ("wide", "abbreviated")]
    for number in widths[0]:
        yield number, list(dict.fromkeys(_plain(width[number] for width in widths)))


def _plain(words: Iterable[str]) -> Iterator[str]:
    """Yield words as they are compared; what begins with a digit is no word."""
    for word in words:
        plain = word.lower().translate(LIKE_ASCII).strip(". ")
        if plain and not plain[0].isdigit():
            yield plain


def _literals(pattern: str) -> Iterator[str]:
    """Yield the words that stand between day, month and year."""
    quoted = re.findall(r"'([^']+)'", pattern)
    bare = re.findall(r"[^\W\d_a-zA-Z]+", re.sub(r"'[^']*'", " ", pattern))
    yield from _plain(word for text in [*quoted, *bare] for word in text.split())


def _day_first(pattern: str) -> bool | None:
    """Return whether a date in digits with its year behind begins with the day, by the short form of a language."""
    order = [pattern.find(field) for field in "dMy"]
    # Where the year comes first, one who writes it last may have any other order in mind.
    return None if order[2] < max(order[:2]) or -1 in order else order[0] < order[1]
