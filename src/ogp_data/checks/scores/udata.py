"""The nine criteria of udata, which data.gouv.fr runs on: yes or no for each dataset, a catalogue has their mean."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ogp_data.checks.scores.measures import OPEN, Blame, Measure, Scale
from ogp_data.checks.scores.view import Resources, View
from ogp_data.core.messages import Message
from ogp_data.core.namespaces import DCAT, DCT
from ogp_data.core.terms import Iri, Term

TOO_SHORT = 100
"""A description of so many characters is too short for udata; one more is enough."""

PERIODS = {
    **dict.fromkeys(("1MIN", "5MIN", "10MIN", "15MIN", "30MIN", "12HRS", "CONT", "UPDATE_CONT"), 1),
    **dict.fromkeys(("HOURLY", "BIHOURLY", "TRIHOURLY", "DAILY_2", "DAILY"), 1),
    **dict.fromkeys(("WEEKLY_5", "WEEKLY_3", "WEEKLY_2", "WEEKLY"), 7),
    "BIWEEKLY": 14,
    **dict.fromkeys(("MONTHLY_3", "MONTHLY_2", "MONTHLY"), 31),
    "BIMONTHLY": 62,
    "QUARTERLY": 92,
    "ANNUAL_3": 123,
    "ANNUAL_2": 184,
    "ANNUAL": 366,
    "BIENNIAL": 731,
    "TRIENNIAL": 1096,
    "QUADRENNIAL": 1461,
    "QUINQUENNIAL": 1827,
    "SEXENNIAL": 2192,
    "DECENNIAL": 3653,
    "BIDECENNIAL": 7306,
    "TRIDECENNIAL": 10958,
}
"""EU frequency -> days within which the next version is due; another frequency is never overdue."""


TERMS = {
    "irregular": "IRREG",
    "punctual": "AS_NEEDED",
    "realtime": "UPDATE_CONT",
    "continuous": "UPDATE_CONT",
    "fourtimesaday": "CONT",
    "threetimesaday": "CONT",
    "semidaily": "DAILY_2",
    "fourtimesaweek": "OTHER",
    "threetimesaweek": "WEEKLY_3",
    "semiweekly": "WEEKLY_2",
    "threetimesamonth": "MONTHLY_3",
    "semimonthly": "MONTHLY_2",
    "threetimesayear": "ANNUAL_3",
    "semiannual": "ANNUAL_2",
    "biannual": "ANNUAL_2",
}
"""What udata, and Dublin Core before it, calls a frequency that the EU's list calls otherwise."""


def _code(view: View, value: Term) -> str:
    """Return the code of a frequency in the EU's list, by its IRI or a term that udata knows; "" for any other."""
    frequencies = view.lists["frequency"]
    concept = view.concept(value, "frequency")
    if concept or value.value.startswith(frequencies.base):
        return concept.code if concept else ""
    term = (re.split("[/#]", value.value)[-1] if isinstance(value, Iri) else value.value).lower()
    code = TERMS.get(term, term.upper())
    return code if code in frequencies.rows else ""


def _frequent(view: View) -> set[int]:
    """Return what says how often it is updated, and not that nobody knows."""
    return view.some(DCT.accrualPeriodicity, lambda value: _code(view, value) not in ("", "UNKNOWN"))


def in_time(view: View) -> set[int]:
    """Return the resources that are not overdue by their frequency, on the day by which is judged."""
    # A catalogue that is never updated, or irregularly, cannot be late.
    promised = {code: PERIODS.get(code) for code in view.lists["frequency"].rows if code != "UNKNOWN"}
    found = set[int]()
    for days in set(promised.values()):
        codes = {code for code, within in promised.items() if within == days}
        found |= _of_frequency(view, codes) & _due(view, days)
    return found


def _of_frequency(view: View, codes: set[str]) -> set[int]:
    return view.some(DCT.accrualPeriodicity, lambda value: _code(view, value) in codes)


def _due(view: View, days: int | None) -> set[int]:
    """Return the resources that were changed so recently that no change is overdue."""
    last = date.min + timedelta(days=1) if days is None else view.as_of
    return view.some(DCT.modified, lambda value: _until(value, days or 0) >= last)


def _until(modified: Term, days: int) -> date:
    """Return the day until which something of that date is not overdue; the first of all days where it is no date."""
    try:
        return date.fromisoformat(modified.value[:10]) + timedelta(days=days)
    except ValueError:
        return date.min
    except OverflowError:
        return date.max


def _late(view: View, resource: int) -> Blame:
    """Return what makes a resource overdue: no frequency that is known, no date, or that it was not updated since."""
    codes = {_code(view, value) for value in view.values(resource, DCT.accrualPeriodicity)} - {"", "UNKNOWN"}
    if not codes:
        return Blame((DCT.accrualPeriodicity,))
    return Blame((DCT.modified,), () if changed(view, resource) == date.min else tuple(sorted(codes)))


def changed(view: View, resource: int) -> date:
    """Return when a resource was changed last; the first of all days where it does not say so."""
    return max((_until(value, 0) for value in view.values(resource, DCT.modified)), default=date.min)


def _long(view: View) -> Resources:
    return view.some(DCT.description, lambda text: len(text.value) > TOO_SHORT)


def _licensed(view: View) -> Resources:
    """Return what has a licence, itself or one of its files: udata takes either."""
    licensed = view.having(DCT.license)
    return view.with_files(licensed).union(licensed)


def _documented(view: View) -> Resources:
    """Return the datasets of which any file has a description, or is documentation by its type."""
    documentation = view.some(DCT.type, lambda kind: kind.value.lower().endswith("documentation"))
    return view.with_files(documentation.union(view.having(DCT.description)))


def _available(view: View) -> Resources:
    return view.with_files(view.answering(DCAT.accessURL), all_of_them=True)


CRITERIA = (
    Measure("licence", Message("licence"), 1, "dataset", _licensed, (DCT.license,), by_file=True),
    Measure("temporal-coverage", Message("temporal coverage"), 1, "dataset", lambda view: view.having(DCT.temporal),
            (DCT.temporal,)),
    Measure("spatial-coverage", Message("spatial coverage"), 1, "dataset", lambda view: view.having(DCT.spatial),
            (DCT.spatial,)),
    Measure("update-frequency", Message("update frequency"), 1, "dataset", _frequent, (DCT.accrualPeriodicity,),
            Message("Name how often it is updated by a code of the EU's list other than UNKNOWN.")),
    Measure("in-time", Message("frequency fulfilled in time"), 1, "dataset", in_time,
            (DCT.accrualPeriodicity, DCT.modified),
            Message("Update the data as often as that promises."), blame=_late),
    Measure("long-description", Message("description long enough"), 1, "dataset", _long, (DCT.description,),
            Message("Describe the dataset in more than 100 characters.")),
    Measure("open-format", Message("open format"), 1, "dataset",
            lambda view: view.with_files(view.file_type("non-proprietary")), (DCT["format"],), OPEN, by_file=True),
    Measure("available", Message("all resources available"), 1, "dataset", _available, (DCAT.accessURL,),
            live=True, by_file=True),
    Measure("documented", Message("resources documented"), 1, "dataset", _documented, (DCT.description,),
            by_file=True),
)  # fmt: skip

UDATA = Scale("udata", CRITERIA)
