"""The type `datetime`: a day with a time of the clock, with or without a time zone."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ogp_data.core.columns import Column
from ogp_data.core.edtf import is_date
from ogp_data.core.messages import Message
from ogp_data.types import date
from ogp_data.types.base import About, Fault, Setting, Shown, Texts, Type, Written
from ogp_data.types.sheet import FIRST_DATE, Cell

if TYPE_CHECKING:
    import pyarrow as pa

_ZONE = r"Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00"
_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?"
FORM = re.compile(rf"(?P<day>\d{{4}}-\d\d-\d\d)T(?P<time>{_TIME})(?P<zone>{_ZONE})?", re.ASCII)
"""https://www.w3.org/TR/xmlschema11-2/#dateTime; of a second, a millionth at most, which is what programs keep."""

_CLOCK = re.compile(
    r"""(?P<day>.*?)(?:\s*,)?(?:[T\s]\s*|(?<=\d)T)(?:om\s|at\s|à\s|um\s)?\s*
    (?P<hour>\d{1,2})(?:(?:[:.]|\s?h\s?)(?P<minute>\d\d)(?::(?P<second>\d\d)(?P<fraction>[.,]\d+)?)?|\s?h(?=\s|$)|(?=\s?[ap]\.?m))
    (?:\s?(?P<half>[ap])\.?m\.?)?(?:\s?(?:uur|u\.|Uhr|h|heures?|hours|hrs))?
    (?:\s?(?P<zone>Z|UTC|GMT|CEST|CET|MESZ|MEZ|[+-]\d\d:?\d\d))?""",
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
_ZONES = {"UTC": "Z", "GMT": "Z", "CET": "+01:00", "MEZ": "+01:00", "CEST": "+02:00", "MESZ": "+02:00", "Z": "Z"}


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as the clock shows it, with the zone that is said; and as it is written."""

    clock: datetime.datetime
    text: str = field(compare=False)

    @property
    def is_zoned(self) -> bool:
        """Return whether the zone is known, so that it is one moment everywhere."""
        return self.clock.tzinfo is not None


class UnreadError(ValueError):
    """A text is not a time; its message says why."""


class Datetime(Type):
    """A day and a time of the clock."""

    about = About(
        name="datetime",
        holds="a day with a time, in ISO 8601 or as the language of the document writes it, such as 26 mei 2023, 14:30"
        " uur; the time zone is kept where it is said, and none is added",
        label=Message("date and time (ISO 8601)"),
        in_csv=Message(
            "a day and a time: 2023-05-26T14:30:00; with Z or +02:00 behind it where the source says the time zone"
        ),
        datatype="xsd:dateTime",
        verbatim=False,
    )

    def parse(self, written: Written, setting: Setting) -> str | Fault:
        """Return the time that is written; midnight at the end of a day is that at which the next one begins."""
        try:
            text = _read(" ".join(written.text.split()), written.language)
        except UnreadError as reason:
            hint = date.meant(written.language, _FORM)
            return Fault("invalid-date", Message("{text!r} {reason}.", text=written.text[:60], reason=reason), hint)
        return text if _is_in_calendar(text) else _outside(written.text, date.meant(written.language, _FORM))

    def check(self, text: str, setting: Setting, row: Texts) -> Fault | None:
        """Return why a text is not a time."""
        if _is_moment(text):
            return (
                None
                if _is_in_calendar(text)
                else _outside(text, Message("Write the intended value, as {form}.", form=_FORM))
            )
        return Fault(
            "invalid-date",
            Message("{text!r} is not a day and a time.", text=text[:60]),
            Message("Write it such as 2023-05-26T14:30:00."),
        )

    def value(self, text: str) -> Moment:
        """Return the time."""
        if not _is_moment(text) or not _is_in_calendar(text):
            raise ValueError(text)
        return Moment(datetime.datetime.fromisoformat(text), text)

    def json(self, value: Moment) -> str:
        """Return the time in ISO 8601."""
        return value.text

    def arrow(self, values: Sequence[Moment | None]) -> pa.Array:
        """Return timestamps where all zones are said (then in UTC) or none is; of both together, strings."""
        import pyarrow as pa

        # A column of Arrow has one zone or none. To give the others UTC would say what the source does not say.
        zoned = {value.is_zoned for value in values if value}
        if len(zoned) > 1:
            return pa.array([value and value.text for value in values], type=pa.string())
        clocks = [value and value.clock for value in values]
        return pa.array(clocks, type=pa.timestamp("us", tz="UTC" if True in zoned else None))

    def sql(self, value: Moment) -> str:
        """Return the time in ISO 8601, which the functions of SQLite read."""
        return value.text

    def sheet(self, text: str, value: Moment, column: Column) -> Cell:
        """Return a time, where a spreadsheet has it: without a zone, and of a second no part."""
        clock = value.clock
        # A spreadsheet would drop the zone without a word, so such a time stays text.
        if value.is_zoned or clock.microsecond or clock.date() < FIRST_DATE:
            return Cell(text)
        return Cell(clock, "datetime")

    def unfit(self, text: str) -> str:
        """Return nothing: what a spreadsheet has no time for is text."""
        return ""

    def show(self, text: str, setting: Setting) -> Shown:
        """Return the day, the time up to the last part that says something, and the zone."""
        match = FORM.fullmatch(text)
        if match is None:
            return Shown(text)
        time = re.sub(r":00(\.0+)?$", "", match["time"])
        zone = {"Z": " UTC", None: ""}.get(match["zone"], f" UTC{match['zone']}")
        return Shown(text, Message("{day} {time}{zone}", day=match["day"], time=time, zone=zone))

    def rank(self, value: Moment) -> tuple[datetime.timedelta, bool]:
        """Return how long the moment is after year 1 begins in UTC, where a time without a zone stands as well."""
        return _since_first(value.clock), value.is_zoned

    def csvw(self, setting: Setting) -> str | dict[str, str]:
        """Return `dateTime`."""
        return "dateTime"

    def field(self, setting: Setting) -> dict[str, str]:
        """Return `datetime`, in any form: that of the standard is in UTC."""
        return {"type": "datetime", "format": "any"}

    def constraints(self, setting: Setting) -> dict[str, Any]:
        """Return none."""
        return {}

    def sql_type(self) -> str:
        """Return `DATETIME`."""
        return "DATETIME"

    def sql_check(self, name: str) -> str:
        """Return that it is a day of the calendar and a time of the clock."""
        day = f"substr({name}, 1, 10)"
        return f"{name} IS NULL OR ({day} IS date({day}, '+0 days') AND datetime({name}) IS NOT NULL)"

    def openapi(self) -> dict[str, Any]:
        """Return a string: `date-time` of JSON Schema always has a zone."""
        return {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"}


def _is_moment(text: str) -> bool:
    match = FORM.fullmatch(text)
    return match is not None and is_date(match["day"])


def _since_first(clock: datetime.datetime) -> datetime.timedelta:
    # A difference, unlike a time in UTC, has a value for every clock: it may be below zero.
    return clock.replace(tzinfo=None) - datetime.datetime.min - (clock.utcoffset() or datetime.timedelta())


def _is_in_calendar(text: str) -> bool:
    """Return whether a moment lies in the years 1 to 9999 in UTC too, as databases and programs compare it."""
    last = datetime.datetime.max - datetime.datetime.min
    return datetime.timedelta() <= _since_first(datetime.datetime.fromisoformat(text)) <= last


_FORM = Message("a day with a time (2023-05-26T14:30:00)")


def _outside(text: str, fix: Message) -> Fault:
    return Fault("cell-type", Message("{text!r} is outside the years 1 to 9999 in UTC.", text=text[:60]), fix)


def _read(text: str, language: str) -> str:
    if _is_moment(text):
        return text
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise UnreadError(Message("is not a day and a time"))
    found = date.read(match["day"], language)
    if found.fault or not is_date(found.edtf):
        raise UnreadError(found.fault or Message("says no day of the calendar"))
    return _canonical(datetime.date.fromisoformat(found.edtf), match)


def _canonical(day: datetime.date, match: re.Match[str]) -> str:
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    if half := (match["half"] or "").lower():
        if not 1 <= hour <= 12:
            raise UnreadError(Message("has {hour} on a clock of twelve hours", hour=hour))
        hour = hour % 12 + 12 * (half == "p")
    # Real leap seconds exist, hence a reason of its own instead of "not a time of the clock".
    if (minute, second) == (59, 60):
        raise UnreadError(Message("is a leap second, which XML Schema and most programs do not have"))
    fraction = (match["fraction"] or "").replace(",", ".")
    # Deadlines are often written 24:00. XML Schema 1.1 has it as the next day's 00:00, which is the same moment.
    if hour == 24 and not (minute or second or fraction.strip(".0")):
        day, hour = _next(day), 0
    if hour > 23 or minute > 59 or second > 59:
        raise UnreadError(Message("is not a time of the clock"))
    if len(fraction) > 7:
        raise UnreadError(Message("has more than six decimals of a second, which programs do not keep"))
    return f"{day}T{hour:02}:{minute:02}:{second:02}{fraction}{_zone(match['zone'])}"


def _next(day: datetime.date) -> datetime.date:
    if day == datetime.date.max:
        raise UnreadError(Message("ends the calendar"))
    return day + datetime.timedelta(days=1)


def _zone(said: str | None) -> str:
    zone = _ZONES.get((said or "").upper(), said or "")
    zone = f"{zone[:3]}:{zone[3:]}" if len(zone) == 5 else zone
    if zone and not re.fullmatch(_ZONE, zone):
        raise UnreadError(Message("has {said}, which is not a time zone", said=said))
    return zone
