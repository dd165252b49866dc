"""The rules about days that cannot be meant, and periods that are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from ogp_data.checks.catalogue import Catalogue, Fault
from ogp_data.checks.pitfalls.judging import judged
from ogp_data.checks.pitfalls.own import is_bare
from ogp_data.checks.places import shown
from ogp_data.core.findings import Finding
from ogp_data.core.graph import Graph
from ogp_data.core.messages import Message
from ogp_data.core.namespaces import DCAT, DCT, SCHEMA, TIME
from ogp_data.core.terms import RDF, Literal, Term

STARTS = (DCAT.startDate, SCHEMA.startDate)
ENDS = (DCAT.endDate, SCHEMA.endDate)
BOUNDS = (*STARTS, *ENDS, TIME.hasBeginning, TIME.hasEnd)

INSTANTS = (TIME.inXSDDate, TIME.inXSDDateTime, TIME.inXSDDateTimeStamp, TIME.inXSDgYear, TIME.inXSDgYearMonth)
"""By what an instant says when it is."""

DONE = (DCT.modified, DCT.created)
"""What has happened; a day or two ahead can be another time zone."""
PLANNED = (DCT.issued, DCT.available)
COVERED = (*STARTS, *ENDS)

SOON, LATER, FAR = timedelta(days=2), timedelta(days=366), timedelta(days=366 * 500)

ZERO_DAYS = frozenset(
    map(
        date.fromisoformat,
        ("0001-01-01", "1601-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "1904-01-01", "1970-01-01"),
    )
)
"""Day 0 of programs: .NET, Windows, spreadsheets, databases and Unix write it where they have no date."""
EARLIEST_YEAR = 1000
"""Before it, a resource has not been issued or changed."""

_FORM = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T(?P<time>\d\d:\d\d:\d\d)(?:\.\d+)?)?)?)?"
    r"(?P<zone>Z|[+-]\d\d:\d\d)?"
)


class Span(NamedTuple):
    """The first and last moment that a date may be, and whether it says in which time zone."""

    first: datetime
    last: datetime
    zoned: bool


@lru_cache(maxsize=10_000)
def _span(text: str) -> Span | None:
    """Return the moments that a date, a month, a year or a moment may be; None when it is none of these."""
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    try:
        return _moments(match)
    except (ValueError, OverflowError):
        return None


def _moments(match: re.Match[str]) -> Span:
    year, month, day = int(match["year"]), int(match["month"] or 1), int(match["day"] or 1)
    time = match["time"] or "00:00:00"
    zone = match["zone"] or "Z"
    first = datetime.fromisoformat(f"{year:04}-{month:02}-{day:02}T{time}{'+00:00' if zone == 'Z' else zone}")
    last = first if match["time"] else _next(first, match) - timedelta(seconds=1)
    # datetime has no moment before year 1 in UTC.
    shifted = first.astimezone(UTC) if first.year > 1 else first.replace(tzinfo=UTC)
    return Span(shifted, last.astimezone(UTC) if last.year > 1 else last.replace(tzinfo=UTC), match["zone"] is not None)


def _next(first: datetime, match: re.Match[str]) -> datetime:
    """Return the beginning of the year, month or day behind that of a date; of the last one that there is, its own."""
    if match["day"]:
        return first + timedelta(days=1) if first.date() < date.max else first
    months = first.year * 12 + first.month - 1 + (1 if match["month"] else 12)
    return first.replace(year=min(months // 12, date.max.year), month=months % 12 + 1)


def _of(value: Term) -> Span | None:
    return _span(value.value.strip()) if isinstance(value, Literal) else None


def _is_before(one: Term, other: Term) -> bool:
    """Return whether a date lies before another, whatever the time zones are that they do not say."""
    a, b = _of(one), _of(other)
    if a is None or b is None:
        return False
    slack = timedelta(0) if a.zoned == b.zoned else timedelta(hours=14)
    return b.first - a.last > slack


def reversed_periods(catalogue: Catalogue) -> Iterator[Finding]:
    """Find periods that end before they begin."""
    graph = catalogue.graph
    for start, end in (*zip(STARTS, ENDS, strict=True), (TIME.hasBeginning, TIME.hasEnd)):
        for subject, begins in catalogue.groups(start):
            ends = list(_dates(graph, graph.objects(subject, end)))
            for one in _dates(graph, begins):
                for other in ends:
                    if _is_before(other, one):
                        about = {"start": one.value, "end": other.value}
                        message = Message("The period begins on {start} and ends on {end}.", **about)
                        yield catalogue.fault("reversed-period", subject, end, message)


def _dates(graph: Graph, values: Iterable[Term]) -> Iterator[Literal]:
    """Yield the dates among some values, and those of the instants among them."""
    for value in values:
        if isinstance(value, Literal):
            yield value
        else:
            dates = (date for term in INSTANTS for date in graph.objects(value, term))
            yield from (date for date in dates if isinstance(date, Literal))


def empty_periods(catalogue: Catalogue) -> Iterator[Finding]:
    """Find periods that neither begin nor end."""
    graph = catalogue.graph
    dated = {subject for term in BOUNDS for subject, _ in graph.pairs(term)}
    periods = dict.fromkeys(period for _, period in catalogue.pairs(DCT.temporal)) | dict.fromkeys(
        catalogue.all(DCT.PeriodOfTime)
    )
    for period in periods:
        if period not in dated and is_bare(catalogue, period, DCT.PeriodOfTime, DCT.temporal):
            yield catalogue.fault("empty-period", period, RDF.type, Message("The period neither begins nor ends."))


def reversed_changes(catalogue: Catalogue) -> Iterator[Finding]:
    """Find what was changed before it was issued."""
    issued = dict(catalogue.graph.groups(DCT.issued))
    for subject, changes in catalogue.groups(DCT.modified):
        for one in issued.get(subject, ()):
            for other in changes:
                if _is_before(other, one):
                    message = Message(
                        "It was changed on {modified} and issued on {issued}.", modified=other.value, issued=one.value
                    )
                    yield catalogue.fault("modified-before-issued", subject, DCT.modified, message)


def unlikely_dates(catalogue: Catalogue) -> Iterator[Finding]:
    """Find days in a far future, and those that programs write where they have none."""
    for terms, ahead in ((DONE, SOON), (PLANNED, LATER), (COVERED, FAR)):
        latest = datetime.combine(catalogue.today, datetime.min.time(), UTC) + ahead
        yield from judged(catalogue, terms, lambda value, latest=latest: _future_faults(value, latest))  # type: ignore[misc]
    yield from judged(catalogue, (*DONE, *PLANNED), _past_faults)
    yield from judged(catalogue, COVERED, _first_year_faults)


def _future_faults(value: Term, latest: datetime) -> Iterator[Fault]:
    span = _of(value)
    if span and span.first > latest:
        yield Fault("future-date", Message("{shown} lies in the future.", shown=value.value))


def _past_faults(value: Term) -> Iterator[Fault]:
    span = _of(value)
    if span and (span.first.year < EARLIEST_YEAR or (_names_a_day(value) and span.first.date() in ZERO_DAYS)):
        yield Fault("zero-date", Message("{shown} is what programs write where they have no date.", shown=value.value))


def _names_a_day(value: Term) -> bool:
    """Return whether a date is more than a year or a month, which are nobody's day 0."""
    return value.value.count("-") > 1


def _first_year_faults(value: Term) -> Iterator[Fault]:
    span = _of(value)
    if span and span.first.year <= 1:
        yield Fault("zero-date", Message("{shown} is what programs write where they have no date.", shown=shown(value)))
