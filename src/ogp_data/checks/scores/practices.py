"""The other scores: NDE Dataset Register, udata, W3C Data on the Web Best Practices, Google Dataset Search."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from rdflib import Literal, URIRef
from rdflib.namespace import FOAF, PROV, VOID
from rdflib.term import Node

from ogp_data.checks.scores.mqa import is_called
from ogp_data.checks.scores.view import Criterion, Outcome, View, share
from ogp_data.core.messages import Message, listed
from ogp_data.core.vocab import ADMS, DCAT, DCATAP, DCT, DQV

Test = Callable[[View, Node], bool]


# NDE Dataset Register -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Penalty:
    """What the NDE Dataset Register takes off, for each dataset that lacks something."""

    name: str
    points: int
    lacking: Test


def _lacks(*predicates: URIRef) -> Test:
    return lambda view, node: not view.has(node, *predicates)


PENALTIES = (
    Penalty(Message("description"), 20, _lacks(DCT.description)),
    Penalty(Message("distribution"), 20, _lacks(DCAT.distribution)),
    Penalty(Message("creator"), 10, _lacks(DCT.creator)),
    Penalty(Message("created or issued"), 10, _lacks(DCT.created, DCT.issued)),
    Penalty(Message("modified"), 5, _lacks(DCT.modified)),
    Penalty(Message("spatial or temporal"), 5, _lacks(DCT.spatial, DCT.temporal)),
    Penalty(Message("language"), 5, _lacks(DCT.language)),
)


def nde(view: View) -> tuple[Fraction, list[Outcome]]:
    """Return the mean rating of the datasets, out of 100, and each penalty with how many datasets it hits."""
    points, outcomes = Fraction(100 if view.datasets else 0), []
    for penalty in PENALTIES:
        hit, count = share(view, penalty.lacking)
        points -= Fraction(penalty.points * hit, count) if count else 0
        outcomes.append(
            Outcome(
                penalty.name,
                not hit,
                Message(
                    "lacking in {hit} of {count} datasets, at {points} points each",
                    hit=hit,
                    count=count,
                    points=penalty.points,
                ),
            )
        )
    return points, outcomes


# udata --------------------------------------------------------------------------------------------------

LONG_ENOUGH = 100
"""Characters of a description that udata takes for long enough."""

PERIODS = {
    "CONT": 1,
    "UPDATE_CONT": 1,
    "HOURLY": 1,
    "BIHOURLY": 1,
    "TRIHOURLY": 1,
    "DAILY_2": 1,
    "DAILY": 1,
    "WEEKLY_3": 7,
    "WEEKLY_2": 7,
    "WEEKLY": 7,
    "MONTHLY_3": 31,
    "MONTHLY_2": 31,
    "BIWEEKLY": 14,
    "MONTHLY": 31,
    "BIMONTHLY": 62,
    "QUARTERLY": 92,
    "ANNUAL_3": 123,
    "ANNUAL_2": 184,
    "ANNUAL": 366,
    "BIENNIAL": 731,
    "TRIENNIAL": 1096,
    "QUADRENNIAL": 1461,
    "QUINQUENNIAL": 1827,
}
"""EU frequency -> days within which the next version is due; another frequency is never overdue."""


def _description(view: View, node: Node) -> bool:
    return any(len(str(text)) >= LONG_ENOUGH for text in view.values(node, DCT.description))


def _in_time(view: View, node: Node) -> bool:
    frequency = view.fact(node, DCT.accrualPeriodicity, "frequency", "code")
    modified = [_day(value) for value in view.values(node, DCT.modified)]
    days = [day for day in modified if day]
    if not frequency or not days:
        return False
    # A catalogue that is never updated, or irregularly, cannot be late.
    period = PERIODS.get(frequency)
    return period is None or max(days) + timedelta(days=period) >= view.as_of


def _day(value: Node) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _open_format(view: View, node: Node) -> bool:
    return any(is_called("non-proprietary", view, file) for file in view.distributions(node))


def _documented(view: View, node: Node) -> bool:
    files = view.distributions(node)
    return bool(files) and all(view.has(file, DCT.description) for file in files)


def _available(view: View, node: Node) -> bool:
    files = view.distributions(node)
    return bool(files) and all(view.answered(file, DCAT.accessURL) for file in files)


def _licensed(view: View, node: Node) -> bool:
    files = view.distributions(node)
    return bool(files) and all(view.has(file, DCT.license) for file in files)


def _all_have(test: Test) -> Callable[[View], tuple[bool, str]]:
    def ask(view: View) -> tuple[bool, str]:
        met, count = share(view, test)
        return count > 0 and met == count, Message("{met} of {count} datasets", met=met, count=count)

    return ask


def _probed(view: View) -> tuple[bool, str]:
    if view.answers is None:
        return False, Message("not asked: needs the published address (--probe)")
    return _all_have(_available)(view)


UDATA = (
    Criterion(Message("licence"), _all_have(_licensed)),
    Criterion(Message("temporal coverage"), _all_have(lambda v, n: v.has(n, DCT.temporal))),
    Criterion(Message("spatial coverage"), _all_have(lambda v, n: v.has(n, DCT.spatial))),
    Criterion(Message("update frequency"), _all_have(lambda v, n: v.has(n, DCT.accrualPeriodicity))),
    Criterion(Message("frequency fulfilled in time"), _all_have(_in_time)),
    Criterion(Message("description long enough"), _all_have(_description)),
    Criterion(Message("open format"), _all_have(_open_format)),
    Criterion(Message("all resources available"), _probed),
    Criterion(Message("resources documented"), _all_have(_documented)),
)


# W3C Data on the Web Best Practices ---------------------------------------------------------------------


def _every(*predicates: URIRef) -> Callable[[View], tuple[bool, str]]:
    names = listed((predicate.rpartition("/")[2].rpartition("#")[2] for predicate in predicates), Message(" or "))

    def ask(view: View) -> tuple[bool, str]:
        met, count = share(view, lambda v, n: v.has(n, *predicates))
        return count > 0 and met == count, Message(
            "{met} of {count} datasets have {names}", met=met, count=count, names=names
        )

    return ask


def _files(test: Test, says: str) -> Callable[[View], tuple[bool, str]]:
    def ask(view: View) -> tuple[bool, str]:
        met, count = share(view, lambda v, n: any(test(v, file) for file in v.distributions(n)))
        return count > 0 and met == count, Message("{met} of {count} datasets {says}", met=met, count=count, says=says)

    return ask


def _machine(view: View, file: Node) -> bool:
    return is_called("machine-readable", view, file)


def _formats(view: View) -> tuple[bool, str]:
    def several(v: View, n: Node) -> bool:
        return len({v.fact(file, DCT["format"], "file-type", "code") for file in v.distributions(n)} - {""}) > 1

    met, count = share(view, several)
    return count > 0 and met == count, Message(
        "{met} of {count} datasets come in more than one format", met=met, count=count
    )


def _persistent(view: View) -> tuple[bool, str]:
    named = sum(isinstance(node, URIRef) and str(node).startswith(("http://", "https://")) for node in view.datasets)
    # Such a name is an IRI like any other, and will certainly not last.
    reserved = [node for node in view.datasets if "//example." in str(node)]
    if reserved:
        return False, Message("{count} datasets have a name reserved for examples", count=len(reserved))
    return bool(view.datasets) and named == len(view.datasets), Message(
        "{named} datasets have an http(s) IRI; whether it lasts", named=named
    )


def _subsets(view: View) -> tuple[bool, str]:
    met, count = share(view, lambda v, n: v.has(n, VOID.subset, DCT.hasPart))
    return met > 0, Message("{met} of {count} datasets name parts of theirs", met=met, count=count)


def _services(view: View) -> tuple[bool, str]:
    services = list(view.graph.objects(None, DCAT.service)) + list(view.graph.objects(None, DCAT.accessService))
    return bool(services), Message("{count} data services are described", count=len(set(services)))


def _no(reason: str) -> Callable[[View], tuple[bool, str]]:
    return lambda _view: (False, reason)


_NOT_TOLD = Message("cannot be determined from the catalogue")
_RDF = frozenset({"JSON_LD", "RDF_TURTLE", "RDF_XML", "RDF_N_TRIPLES", "RDF_N_QUADS", "RDF_TRIG"})

PRACTICES: tuple[Criterion, ...] = (
    Criterion(Message("provide metadata"), _every(DCT.title)),
    Criterion(Message("provide descriptive metadata"), _every(DCT.description)),
    Criterion(Message("provide structural metadata"), _every(DCT.conformsTo)),
    Criterion(Message("provide data license information"),
        _files(lambda v, f: v.has(f, DCT.license), Message("name a licence"))),
    Criterion(Message("provide data provenance information"), _every(
        PROV.wasGeneratedBy, PROV.wasDerivedFrom, DCT.provenance, DCT.source)),
    Criterion(Message("provide data quality information"), _every(
        DQV.hasQualityMeasurement, DQV.hasQualityAnnotation, DQV.hasQualityMetadata)),
    Criterion(Message("provide a version indicator"), _every(DCAT.version)),
    Criterion(Message("provide version history"), _every(ADMS.versionNotes, DCAT.previousVersion)),
    Criterion(Message("use persistent URIs as identifiers of datasets"), _persistent),
    Criterion(Message("use persistent URIs as identifiers within datasets"), _files(
        lambda v, f: v.fact(f, DCT["format"], "file-type", "code") in _RDF, Message("are also published as RDF"))),
    Criterion(Message("assign URIs to dataset versions and series"), _every(DCAT.inSeries, DCAT.hasVersion)),
    Criterion(Message("use machine-readable standardized data formats"),
        _files(_machine, Message("have a machine-readable file"))),
    Criterion(Message("use locale-neutral data representations"), _files(
        lambda v, f: v.fact(f, DCT["format"], "file-type", "code") in _RDF, Message("have a file with typed values"))),
    Criterion(Message("provide data in multiple formats"), _formats),
    Criterion(Message("reuse vocabularies, preferably standardized ones"), _every(DCAT.theme)),
    Criterion(Message("choose the right formalization level"), _no(_NOT_TOLD)),
    Criterion(Message("provide bulk download"),
        _files(lambda v, f: v.has(f, DCAT.downloadURL), Message("can be downloaded whole"))),
    Criterion(Message("provide subsets for large datasets"), _subsets),
    Criterion(Message("use content negotiation for serving data available in multiple formats"),
        _no(Message("needs a service"))),
    Criterion(Message("provide real-time access"), _no(Message("the data is not real-time"))),
    Criterion(Message("provide data up to date"), _all_have(_in_time)),
    Criterion(Message("provide an explanation for data that is not available"), _every(DCATAP.availability)),
    Criterion(Message("make data available through an API"), _services),
    Criterion(Message("use web standards as the foundation of APIs"), _services),
    Criterion(Message("provide complete documentation for your API"), _services),
    Criterion(Message("avoid breaking changes to your API"), _no(_NOT_TOLD)),
    Criterion(Message("preserve identifiers"), _no(_NOT_TOLD)),
    Criterion(Message("assess dataset coverage"), _every(DCT.temporal, DCT.spatial)),
    Criterion(Message("gather feedback from data consumers"), _every(DCAT.contactPoint)),
    Criterion(Message("make feedback available"), _no(_NOT_TOLD)),
    Criterion(Message("enrich data by generating new data"), _no(_NOT_TOLD)),
    Criterion(Message("provide complementary presentations"), _every(DCAT.landingPage, FOAF.page)),
    Criterion(Message("provide feedback to the original publisher"), _no(_NOT_TOLD)),
    Criterion(Message("follow licensing terms"), _no(_NOT_TOLD)),
    Criterion(Message("cite the original publication"), _every(DCT.source, PROV.wasDerivedFrom)),
)  # fmt: skip
"""The 35 best practices in the order of https://www.w3.org/TR/dwbp/."""


# Google Dataset Search ----------------------------------------------------------------------------------


def _says(*predicates: URIRef) -> Test:
    """Return the question whether a dataset, or a file of it, has a value for one of the properties."""
    return lambda view, node: any(view.has(n, *predicates) for n in (node, *view.distributions(node)))


def _in_catalogue(view: View, node: Node) -> bool:
    return (None, DCAT.dataset, node) in view.graph


GOOGLE: tuple[tuple[str, Test], ...] = (
    ("name", _says(DCT.title)),
    ("description", _says(DCT.description)),
    ("alternateName", _says(DCT.alternative)),
    ("creator", _says(DCT.creator)),
    ("identifier", _says(DCT.identifier)),
    ("isAccessibleForFree", _says(DCT.accessRights)),
    ("keywords", _says(DCAT.keyword)),
    ("license", _says(DCT.license)),
    ("spatialCoverage", _says(DCT.spatial)),
    ("temporalCoverage", _says(DCT.temporal)),
    ("version", _says(DCAT.version)),
    ("url", _says(DCAT.landingPage)),
    ("includedInDataCatalog", _in_catalogue),
    ("isBasedOn", _says(DCT.source, PROV.wasDerivedFrom)),
    ("distribution", _says(DCAT.distribution)),
)
"""Property of schema.org's Dataset -> where a catalogue says it."""


def google(view: View) -> Iterator[Outcome]:
    """Yield which properties of Google's Dataset Search the catalogue could fill on each dataset's page."""
    for name, test in (*GOOGLE, (Message("description of 50 to 5,000 characters"), _google_description)):
        met, count = share(view, test)
        yield Outcome(name, count > 0 and met == count, Message("{met} of {count} datasets", met=met, count=count))


def _google_description(view: View, node: Node) -> bool:
    texts = [value for value in view.values(node, DCT.description) if isinstance(value, Literal)]
    return bool(texts) and all(50 <= len(text) <= 5000 for text in texts)
