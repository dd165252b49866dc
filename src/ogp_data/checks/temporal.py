"""The rules about the form of dates: of which datatype each is, and whether its text is one of that."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from itertools import chain

from ogp_data.checks.catalogue import Catalogue, Fault
from ogp_data.checks.places import shown
from ogp_data.core.findings import Finding
from ogp_data.core.messages import Message
from ogp_data.core.namespaces import DCAT, DCT, curie
from ogp_data.core.terms import XSD, Iri, Literal, Term

DATES = (DCT.issued, DCT.modified, DCT.created, DCT.available, DCAT.startDate, DCAT.endDate)

_YEAR = r"(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))"
_MONTH = rf"{_YEAR}-(?P<month>0[1-9]|1[0-2])"
_DAY = rf"{_MONTH}-(?P<day>0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_ZONE = r"(?P<zone>Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))"
FORMS: dict[Iri, re.Pattern[str]] = {
    XSD.date: re.compile(f"{_DAY}{_ZONE}?"),
    XSD.dateTime: re.compile(f"{_DAY}T{_TIME}{_ZONE}?"),
    XSD.gYear: re.compile(f"{_YEAR}{_ZONE}?"),
    XSD.gYearMonth: re.compile(f"{_MONTH}{_ZONE}?"),
}
"""The datatypes of a Temporal Literal -> their texts by XML Schema 1.1, which has years before 1 and after 9999."""


def temporal_value(catalogue: Catalogue) -> Iterator[Finding]:
    """Find dates of another datatype, or that do not exist; and times of which nobody knows the zone."""
    return chain.from_iterable(catalogue.faults(term, _judged_date) for term in DATES)


def _judged_date(value: Term) -> Fault | None:
    if not isinstance(value, Literal) or not is_date(value.value, value.datatype):
        return Fault("temporal-value", _wrong(value), _typed(value))
    match = FORMS[value.datatype].fullmatch(value.value)
    if value.datatype != XSD.dateTime or (match and match["zone"]):
        return None
    return Fault("missing-zone", Message("{shown} has no time zone.", shown=shown(value)))


def is_date(text: str, datatype: Iri) -> bool:
    """Return whether a text is a date of a datatype that the calendar has: there is no 2023-02-30."""
    match = FORMS[datatype].fullmatch(text) if datatype in FORMS else None
    if match is None or "day" not in match.groupdict():
        return match is not None
    # The calendar repeats every 400 years, and Python's has no year before 1 nor after 9999.
    last_four = int(match["year"][-4:].removeprefix("-"))
    year = 2000 + (-last_four if match["year"].startswith("-") else last_four) % 400
    return int(match["day"]) <= monthrange(year, int(match["month"]))[1]


def _wrong(value: Term) -> Message:
    if _type(value) is None or not isinstance(value, Literal):
        return Message("{shown} is not a date, a date-time, a year or a year and month.", shown=shown(value))
    if value.datatype == XSD.string or value.language:
        return Message("{shown} is a text: it has no datatype that says that it is a date.", shown=shown(value))
    if value.datatype in FORMS:
        return Message("{shown} has not the form of its datatype.", shown=shown(value))
    return Message("{shown} is of no datatype that the norm has for a date.", shown=shown(value))


def _typed(value: Term) -> Message | str:
    """Return the value with the datatype that it has the form of, "" where it has that of none."""
    datatype = _type(value)
    if datatype is None:
        return ""
    return Message('Write "{text}"^^{datatype}.', text=value.value.strip(), datatype=curie(datatype.value))


def _type(value: Term) -> Iri | None:
    text = value.value.strip() if isinstance(value, Literal) else ""
    return next((datatype for datatype in FORMS if is_date(text, datatype)), None)
