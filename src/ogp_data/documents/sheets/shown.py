"""A value of a cell with its number format -> what the cell shows.

The language of whoever looks is not in the file: numbers are written with a full stop and dates as the format says, in
English; a date in the format of everybody's own language is written as 2024-05-31.
"""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal

_DATE_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|\[[^\]]*\]|(yyyy|yy|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s|AM/PM|am/pm)|(.)', re.I
)
_NUMBER = re.compile(r"(?P<digits>[#0,?]*[#0](?:,[#0]{3})*)(?:\.(?P<places>[#0?]+))?(?P<percent>\s*%)?")
_OWN = frozenset({"mm-dd-yy", "m/d/yyyy", "[$-x-sysdate]dddd, mmmm dd, yyyy"})
"""The formats that Excel shows in the language of whoever looks."""
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|_.|\*.')
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def shown(value: object, style: str) -> str:
    """Return what a cell shows."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return _date(value, style)
    if isinstance(value, datetime.timedelta):
        return _duration(value)
    if isinstance(value, int | float | Decimal):
        return _number(value, style)
    return str(value)


def _duration(value: datetime.timedelta) -> str:
    seconds = int(value.total_seconds())
    return f"{seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02}"


def _date(value: datetime.datetime | datetime.date | datetime.time, style: str) -> str:
    if style.lower() in _OWN or style == "General":
        whole = value if isinstance(value, datetime.time) or _has_time(value) else value.strftime("%Y-%m-%d")
        return str(whole)
    said: list[str] = []
    hours = False
    section = style.split(";")[0]
    for match in _DATE_TOKEN.finditer(section):
        quoted, escaped, token, other = match.groups()
        if token:
            minutes = hours and token.lower() in ("m", "mm")
            said.append(_part(value, token, minutes, "am/pm" in section.lower()))
            hours = token.lower() in ("h", "hh") or (hours and minutes)
        else:
            said.append(quoted or escaped or other or "")
    return "".join(said).strip()


def _has_time(value: object) -> bool:
    return isinstance(value, datetime.datetime) and value.time() != datetime.time()


def _part(value: datetime.datetime | datetime.date | datetime.time, token: str, minutes: bool, twelve: bool) -> str:
    """Return what a part of a date format shows of a value; "" for what the value has not."""
    day = value if isinstance(value, datetime.date) else None
    time = value if isinstance(value, datetime.datetime | datetime.time) else datetime.time()
    low = token.lower()
    if low in ("h", "hh"):
        hour = (time.hour % 12 or 12) if twelve else time.hour
        return f"{hour:0{len(low)}}"
    if minutes or low in ("s", "ss"):
        return f"{time.minute if minutes else time.second:0{len(low)}}"
    if low == "am/pm":
        return "AM" if time.hour < 12 else "PM"
    if day is None:
        return ""
    named = {"yyyy": f"{day.year:04}", "yy": f"{day.year % 100:02}", "mmmm": _MONTHS[day.month - 1]}
    named |= {"mmm": _MONTHS[day.month - 1][:3], "mm": f"{day.month:02}", "m": str(day.month)}
    named |= {"dddd": _DAYS[day.weekday()], "ddd": _DAYS[day.weekday()][:3], "dd": f"{day.day:02}", "d": str(day.day)}
    return named[low]


def _number(value: float | Decimal, style: str) -> str:
    """Return a number in its format; in one that is not known, as Excel shows it without."""
    sections: list[str] = style.split(";")
    negative = value < 0
    section = sections[1] if negative and len(sections) > 1 and sections[1] else sections[0]
    bare = _LITERAL.sub("\0", section)
    found = _NUMBER.search(bare)
    if style in ("General", "@") or found is None or re.search(r"[eE/?]", bare):
        return _general(value)
    exact = Decimal(str(value)) * (100 if found["percent"] else 1)
    places = found["places"] or ""
    rounded = abs(exact).quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in found["digits"] else f"{rounded:f}"
    if places and "#" in places:
        least = len(places.rstrip("#"))
        whole, _, part = text.partition(".")
        part = part[:least] + part[least:].rstrip("0")
        text = f"{whole}.{part}" if part else whole
    figures = found["digits"].count("0")
    whole, dot, rest = text.partition(".")
    text = whole.rjust(figures, "0") + dot + rest
    said = bare[: found.start()] + text + ("%" if found["percent"] else "") + bare[found.end() :]
    literals = [match[1] or match[2] or match[3] or "" for match in _LITERAL.finditer(section)]
    for literal in literals:
        said = said.replace("\0", literal, 1)
    sign = "-" if negative and len(sections) < 2 else ""
    return f"{sign}{said}".strip()


def _general(value: float | Decimal) -> str:
    """Return a number as a cell without a format shows it: with eleven digits at most."""
    if isinstance(value, int) or value == int(value):
        return str(int(value)) if abs(float(value)) < 1e11 else f"{value:.10g}"
    return f"{value:.10g}"
