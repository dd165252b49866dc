"""The type `duration`: how long something takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ogp_data.core.columns import Column
from ogp_data.core.messages import Message, Plural, sentences
from ogp_data.types import numbers
from ogp_data.types.base import About, Fault, Setting, Shown, Texts, Type, Written
from ogp_data.types.sheet import Cell

if TYPE_CHECKING:
    import pyarrow as pa

FORM = re.compile(
    r"(?P<sign>-?)P(?=.)(?:(?P<Y>[0-9]{1,9})Y)?(?:(?P<M>[0-9]{1,9})M)?(?:(?P<D>[0-9]{1,9})D)?"
    r"(?:T(?=.)(?:(?P<h>[0-9]{1,9})H)?(?:(?P<m>[0-9]{1,9})M)?(?:(?P<s>[0-9]{1,9}(?:\.[0-9]{1,9})?)S)?)?"
)
"""https://www.w3.org/TR/xmlschema11-2/#duration; each part of nine digits at most, which every program counts with."""

_WEEKS = re.compile(r"(-?)P([0-9]{1,8})W")
_MONTHS, _SECONDS = {"Y": 12, "M": 1}, {"D": 86_400, "h": 3_600, "m": 60, "s": 1}

_UNITS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "Y": "jaar|jaar|jaren|jr|jr.",
        "Q": "kwartaal|kwartalen",
        "M": "maand|maanden|mnd|mnd.",
        "W": "week|weken",
        "D": "dag|dagen",
        "h": "uur|uur|uren",
        "m": "minuut|minuten|min|min.",
        "s": "seconde|seconden|sec|sec.",
    },
    "en": {
        "Y": "year|years|yr|yrs",
        "Q": "quarter|quarters",
        "M": "month|months",
        "W": "week|weeks",
        "D": "day|days",
        "h": "hour|hours",
        "m": "minute|minutes|min|min.",
        "s": "second|seconds|sec|sec.",
    },
    "fr": {
        "Y": "an|ans|année|années",
        "Q": "trimestre|trimestres",
        "M": "mois",
        "W": "semaine|semaines",
        "D": "jour|jours",
        "h": "heure|heures",
        "m": "minute|minutes|min|min.",
        "s": "seconde|secondes",
    },
    "de": {
        "Y": "jahr|jahre|jahren",
        "Q": "quartal|quartale|quartalen",
        "M": "monat|monate|monaten",
        "W": "woche|wochen",
        "D": "tag|tage|tagen",
        "h": "stunde|stunden",
        "m": "minute|minuten|min|min.",
        "s": "sekunde|sekunden",
    },
}
"""Language -> its words for each unit: first those behind 1 and behind another number (in Dutch: 2 jaar, 2 dagen)."""

_COUNTS: Mapping[str, str] = {
    "nl": "één|een twee drie vier vijf zes zeven acht negen tien elf twaalf",
    "en": "one|a|an two three four five six seven eight nine ten eleven twelve",
    "fr": "un|une deux trois quatre cinq six sept huit neuf dix onze douze",
    "de": "ein|eine|einem zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
}
_JOINTS = "en|and|et|und"
_PART = re.compile(
    rf"(?:^|,? (?:{_JOINTS}) |, ?| )(?P<count>[0-9]{{1,6}}|[^\W\d_]{{1,20}}) ?(?P<unit>[^\W\d_]{{1,20}}\.?)"
)
_MADE_OF: Mapping[str, tuple[str, int]] = {"Q": ("M", 3), "W": ("D", 7)}
_ORDER = "YQMWDhms"


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """A duration as XML Schema compares it: by months, which differ in length, and by seconds; and as it is written."""

    months: int
    seconds: Decimal
    text: str = field(compare=False)


def _read(text: str, language: str) -> str:
    """Return the canonical text of a duration in words, or ""."""
    found: dict[str, int] = {}
    at, last = 0, -1
    while at < len(text):
        match = _PART.match(text, at)
        unit = _unit(match["unit"], language) if match else ""
        count = _count(match["count"], language) if match else None
        # Units go from large to small, each once: what breaks that is more than a duration.
        if match is None or not unit or count is None or _ORDER.index(unit) <= last:
            return ""
        at, last = match.end(), _ORDER.index(unit)
        # ISO 8601 has weeks only by themselves and no quarters, so both become what they are made of.
        own, times = _MADE_OF.get(unit, (unit, 1))
        found[own] = found.get(own, 0) + count * times
    return _written(found)


def _unit(word: str, language: str) -> str:
    return next((unit for unit, words in _UNITS.get(language, {}).items() if word in words.split("|")), "")


def _count(word: str, language: str) -> int | None:
    if word.isdecimal():  # ² and ① are digits in Unicode, and no numbers that int() reads
        return int(word)
    counts = enumerate(_COUNTS.get(language, "").split(), start=1)
    return next((number for number, words in counts if word in words.split("|")), None)


def _written(parts: Mapping[str, int]) -> str:
    days = "".join(f"{parts[unit]}{unit}" for unit in "YMD" if unit in parts)
    time = "".join(f"{parts[unit]}{unit.upper()}" for unit in "hms" if unit in parts)
    return f"P{days}{'T' if time else ''}{time}" if parts else ""


_SAID: Mapping[str, Callable[[int, object], Plural]] = {
    "Y": lambda count, shown: Plural("{num}\u00a0year", "{num}\u00a0years", count, shown),
    "M": lambda count, shown: Plural("{num}\u00a0month", "{num}\u00a0months", count, shown),
    "D": lambda count, shown: Plural("{num}\u00a0day", "{num}\u00a0days", count, shown),
    "h": lambda count, shown: Plural("{num}\u00a0hour", "{num}\u00a0hours", count, shown),
    "m": lambda count, shown: Plural("{num}\u00a0minute", "{num}\u00a0minutes", count, shown),
    "s": lambda count, shown: Plural("{num}\u00a0second", "{num}\u00a0seconds", count, shown),
}


def _said(text: str) -> Message | None:
    """Return a canonical duration in words."""
    match = FORM.fullmatch(text)
    if match is None:
        return None
    first, *others = (_part(match[unit], unit) for unit in "YMDhms" if match[unit])
    # "1 year, 2 months and 3 days": a joint before the last only.
    for part in others[:-1]:
        first = Message("{some}, {more}", some=first, more=part)
    whole = Message("{first} and {last}", first=first, last=others[-1]) if others else first
    return Message("\u2212({duration})", duration=whole) if match["sign"] else whole


def _part(count: str, unit: str) -> Message:
    # A second can have a fraction, of which there are always several.
    number = int(count) if count.isdecimal() else 2
    return Message("{part}", part=_SAID[unit](number, numbers.Said(count)))


class Duration(Type):
    """How long something takes, in the units in which it is said."""

    about = About(
        name="duration",
        holds="how long something takes, in ISO 8601 (P1Y2M) or in words of the language of the document, such as"
        " 14 months; a week is seven days, a quarter three months",
        label=Message("duration (ISO 8601)"),
        in_csv=Message(
            "a duration in years, months, days, hours, minutes and seconds, as the source has them: P1Y2M is a year"
            " and two months, P14M fourteen months, PT36H thirty-six hours"
        ),
        datatype="xsd:duration",
        verbatim=False,
    )

    def parse(self, written: Written, setting: Setting) -> str | Fault:
        """Return the duration that is written."""
        text = " ".join(written.text.split())
        if FORM.fullmatch(text):
            return text
        if weeks := _WEEKS.fullmatch(text):
            return f"{weeks[1]}P{int(weeks[2]) * 7}D"
        if found := _read(text.lower(), written.language):
            return found
        message = Message(
            "{text!r} is not a duration of years, months, weeks, days, hours, minutes or seconds.",
            text=written.text[:40],
        )
        wrong = Message("Record in corrections.toml what is meant, such as P1Y2M or P18M.")
        return Fault("cell-type", message, sentences(wrong, numbers.as_written("text")))

    def check(self, text: str, setting: Setting, row: Texts) -> Fault | None:
        """Return why a text is not a duration."""
        if FORM.fullmatch(text):
            return None
        return Fault(
            "cell-type",
            Message("{text!r} is not a duration in ISO 8601.", text=text[:40]),
            Message("Write it such as P1Y2M."),
        )

    def value(self, text: str) -> Length:
        """Return its months and seconds."""
        match = FORM.fullmatch(text)
        if match is None:
            raise ValueError(text)
        sign = -1 if match["sign"] else 1
        # Kept apart from seconds, because a month has no length: P1M is neither P30D nor P31D.
        months = sum(int(match[unit] or 0) * each for unit, each in _MONTHS.items())
        seconds = sum((Decimal(match[unit] or 0) * each for unit, each in _SECONDS.items()), Decimal(0))
        return Length(sign * months, sign * seconds, text)

    def json(self, value: Length) -> str:
        """Return the duration in ISO 8601."""
        return value.text

    def arrow(self, values: Sequence[Length | None]) -> pa.Array:
        """Return an array of strings: Parquet has no type for months that others read."""
        import pyarrow as pa

        return pa.array([value and value.text for value in values], type=pa.string())

    def sql(self, value: Length) -> str:
        """Return the duration in ISO 8601."""
        return value.text

    def sheet(self, text: str, value: Length, column: Column) -> Cell:
        """Return text: a spreadsheet has no months."""
        return Cell(text)

    def unfit(self, text: str) -> str:
        """Return nothing."""
        return ""

    def show(self, text: str, setting: Setting) -> Shown:
        """Return the duration in words."""
        return Shown(text, _said(text))

    def rank(self, value: Length) -> Length:
        """Return its months, then its seconds."""
        return value

    def csvw(self, setting: Setting) -> str | dict[str, str]:
        """Return `duration`."""
        return "duration"

    def field(self, setting: Setting) -> dict[str, str]:
        """Return `duration`."""
        return {"type": "duration"}

    def constraints(self, setting: Setting) -> dict[str, Any]:
        """Return none."""
        return {}

    def sql_type(self) -> str:
        """Return `TEXT`."""
        return "TEXT"

    def sql_check(self, name: str) -> str:
        """Return that it has the form of a duration."""
        return f"ltrim({name}, '-') GLOB 'P*[0-9][YMDHS]' AND {name} NOT GLOB '*[^-PYMDTHS0-9.]*'"

    def openapi(self) -> dict[str, Any]:
        """Return a duration."""
        return {"type": "string", "format": "duration"}
