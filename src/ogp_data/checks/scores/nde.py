"""The rating of the Dataset Register of Netwerk Digitaal Erfgoed: out of 100, with a penalty for what its shapes find.

A property costs its penalty when the register's shapes give any result there, of whatever severity; of created and
issued, and of spatial and temporal, when both have one. Beside the rating the register warns of licences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ogp_data.checks.scores.measures import Measure, Outcome, Scale, share
from ogp_data.checks.scores.view import Resources, View
from ogp_data.checks.shacl.datatypes import well_formed
from ogp_data.core.graph import LOW, SHIFT
from ogp_data.core.messages import Message
from ogp_data.core.namespaces import DCAT, DCT, FOAF
from ogp_data.core.terms import RDF, XSD, Iri, Literal, Term

_SCHEMA = [f"{scheme}://schema.org/{kind}" for scheme in ("http", "https") for kind in ("Date", "DateTime")]
DATES = (XSD.date, XSD.dateTime, *map(Iri, _SCHEMA))
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}.*)?")
WEB = re.compile(r"https?://.*", re.DOTALL)

_DAY = r"-?[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2}(?:T[0-9:.]+(?:Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?[?~%]?"
INTERVAL = re.compile(rf"(?:{_DAY}/(?:{_DAY}|\.\.|)|(?:\.\.|)/{_DAY})")
"""Two dates of EDTF with a slash between, of which one may be open."""


def _is_text(value: Term) -> bool:
    return isinstance(value, Literal) and value.datatype in (XSD.string, RDF.langString)


def _is_plain(value: Term) -> bool:
    return isinstance(value, Literal) and value.datatype == XSD.string


def _is_date(value: Term) -> bool:
    return (
        isinstance(value, Literal)
        and value.datatype in DATES
        and DATE.fullmatch(value.value) is not None
        # The register's shapes ask for the datatype: a day that the calendar does not have is no xsd:date.
        and well_formed(value.value, value.datatype.value)
    )


def _is_web(value: Term) -> bool:
    return isinstance(value, Iri) and WEB.fullmatch(value.value) is not None


def _once(column: Iterable[int]) -> set[int]:
    """Return the resources that have just one of some statements."""
    once, again = set[int](), set[int]()
    for each in column:
        (again if each >> SHIFT in once else once).add(each >> SHIFT)
    return once - again


def _described(view: View) -> Resources:
    """Return what has a description, only texts, and of those without a language one at most."""
    column = view.graph.column(view.graph.number(DCT.description))
    plain = [each for each in column if _is_plain(view.graph.term(each & LOW))]
    twice = {each >> SHIFT for each in plain} - _once(plain)
    return view.every(DCT.description, _is_text) - twice


def _distributed(view: View) -> Resources:
    typed = view.of_class(DCAT.Distribution)
    return view.every(DCAT.distribution, lambda value: view.graph.number(value) in typed)


def _created_by(view: View) -> Resources:
    agents = view.of_class(FOAF.Organization, FOAF.Person, FOAF.Agent)
    return view.every(DCT.creator, lambda value: view.graph.number(value) in agents)


def _dated(view: View, predicate: Iri) -> set[int]:
    column = view.graph.column(view.graph.number(predicate))
    return view.every(predicate, _is_date) & _once(column)


def _placed(view: View) -> set[int]:
    return view.every(DCT.spatial, _is_web)


def _timed(view: View) -> set[int]:
    periods = view.of_class(DCT.PeriodOfTime)

    def is_period(value: Term) -> bool:
        if isinstance(value, Literal):
            return INTERVAL.fullmatch(value.value) is not None
        return _is_web(value) or view.graph.number(value) in periods

    return view.every(DCT.temporal, is_period)


ONE_DATE = Message("Give one date, as 2026-11-30 of type xsd:date.")

PENALTIES = (
    Measure("description", Message("description"), 20, "dataset", _described, (DCT.description,),
            Message("Give the description as text, once without a language at most.")),
    Measure("distribution", Message("distribution"), 20, "dataset", _distributed, (DCAT.distribution,),
            Message("Type each distribution as dcat:Distribution.")),
    Measure("creator", Message("creator"), 10, "dataset", _created_by, (DCT.creator,),
            Message("Describe each creator as a foaf:Organization, foaf:Person or foaf:Agent.")),
    Measure("created-issued", Message("created or issued"), 10, "dataset",
            lambda view: _dated(view, DCT.created) | _dated(view, DCT.issued), (DCT.issued,), ONE_DATE),
    Measure("modified", Message("modified"), 5, "dataset", lambda view: _dated(view, DCT.modified), (DCT.modified,),
            ONE_DATE),
    Measure("spatial-temporal", Message("spatial or temporal"), 5, "dataset",
            lambda view: _placed(view) | _timed(view), (DCT.spatial,),
            Message("Name the place by a web address, or the period as a dct:PeriodOfTime.")),
    Measure("language", Message("language"), 5, "dataset", lambda view: view.having(DCT.language), (DCT.language,)),
)  # fmt: skip

NDE = Scale("nde", PENALTIES, base=100 - sum(penalty.points for penalty in PENALTIES))

LICENCES = (
    (Message("a licence of Creative Commons with http:// instead of https://"), r"http://creativecommons\.org/.*"),
    (
        Message("a licence of Creative Commons without a slash at its end"),
        r"https://creativecommons\.org/(?:.*[^/])?",
    ),
    (Message("an alias of opendefinition.org for a licence"), r"https?://www\.opendefinition\.org/licenses/.*"),
    (
        Message("a licence of Open Data Commons without its version"),
        r"(?!http://opendatacommons\.org/licenses/[^/]+/[0-9]+\.[0-9]+/$).*opendatacommons\.org.*",
    ),
)
"""What the register warns of in the address of a licence -> which addresses these are."""


def warnings(view: View) -> list[Outcome]:
    """Return of which licences the register warns, those that the catalogue has."""
    found = ((name, share(view, _with_licence(view, pattern))) for name, pattern in LICENCES)
    return [
        Outcome(name, met=False, evidence=Message("{met} of {count} datasets", met=met, count=count))
        for name, (met, count) in found
        if met
    ]


def _with_licence(view: View, pattern: str) -> Resources:
    """Return the datasets that have such a licence, themselves or a file of theirs."""
    fits = re.compile(pattern, re.DOTALL)
    licensed = view.some(DCT.license, lambda licence: fits.fullmatch(licence.value) is not None)
    return licensed | view.with_files(licensed)


def warned(view: View) -> Resources:
    """Return the datasets that have a licence of which the register warns."""
    return set[int]().union(*(_with_licence(view, pattern) for _, pattern in LICENCES))
