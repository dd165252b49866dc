"""Metadata Quality Assurance of data.europa.eu: 405 points, of which 80 need published addresses.

https://data.europa.eu/mqa/methodology. A metric's points are shared out evenly over the datasets, and where it is
counted on distributions, over those of each dataset; for interoperability a dataset's best distribution counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from rdflib import URIRef
from rdflib.namespace import SKOS
from rdflib.term import Node

from ogp_data.checks.scores.view import View
from ogp_data.core.messages import Message
from ogp_data.core.vocab import DCAT, DCT

Test = Callable[[View, Node], bool]
Counted = Literal["dataset", "distribution", "best", "either"]


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric: its dimension, its name in piveau's vocabulary, its points and what it is counted on.

    `aside` tells what to know of its points.
    """

    dimension: str
    label: str
    name: str
    points: int
    on: Counted
    test: Test
    live: bool = False
    aside: Callable[[View], str] = lambda _view: ""


@dataclass(frozen=True, slots=True)
class Score:
    """A metric's result: exact points, and why they are not all there."""

    metric: Metric
    points: Fraction
    reason: str


def _has(*predicates: URIRef) -> Test:
    return lambda view, node: view.has(node, *predicates)


def _listed(predicate: URIRef, list_id: str) -> Test:
    return lambda view, node: view.in_list(node, predicate, list_id)


def _answers(predicate: URIRef) -> Test:
    return lambda view, node: view.answered(node, predicate)


def _aligned(view: View, node: Node) -> bool:
    return view.in_list(node, DCT["format"], "file-type") and view.in_list(node, DCAT.mediaType, "media-type")


def _open(view: View, node: Node) -> bool:
    return is_called("non-proprietary", view, node)


def _machine_readable(view: View, node: Node) -> bool:
    return is_called("machine-readable", view, node)


def is_called(word: str, view: View, file: Node) -> bool:
    """Return whether the file type of a distribution is one of those that data.europa.eu calls so."""
    return word in view.fact(file, DCT["format"], "file-type", "mqa").split()


def _known_licence(view: View, node: Node) -> bool:
    licences = view.values(node, DCT.license)
    return bool(licences) and all(_is_listed(view, each) or _is_matched(view, each) for each in licences)


def _is_listed(view: View, licence: Node) -> bool:
    """Return whether a licence is in the EU's list, or is the web address of one that is."""
    return str(licence) not in view.lists["licence-geonovum"] and view.licences.meant(str(licence)) is not None


def _is_matched(view: View, licence: Node) -> bool:
    """Return whether a licence is said to be the same as one of the EU's, or known to be."""
    known = view.lists["licence"]
    matches = [*view.licences.same(str(licence)), *map(str, view.values(licence, SKOS.exactMatch))]
    return any(match in known for match in matches)


def _only_matched(view: View) -> str:
    files = {file for dataset in view.datasets for file in view.distributions(dataset)}
    licences = {licence for file in files for licence in view.values(file, DCT.license)}
    count = sum(not _is_listed(view, each) and _is_matched(view, each) for each in licences)
    return (
        Message("; {count} known only through skos:exactMatch, which MQA itself may not follow", count=count)
        if count
        else ""
    )


def _complies(view: View, node: Node) -> bool:
    return not {view.name(thing) for thing in (node, *view.distributions(node))} & view.faulty


FIND, ACCESS, INTEROP, REUSE, CONTEXT = (
    Message("findability"),
    Message("accessibility"),
    Message("interoperability"),
    Message("reusability"),
    Message("contextuality"),
)

METRICS: tuple[Metric, ...] = (
    Metric(FIND, "dcat:keyword", "keywordAvailability", 30, "dataset", _has(DCAT.keyword)),
    Metric(FIND, "dcat:theme", "categoryAvailability", 30, "dataset", _has(DCAT.theme)),
    Metric(FIND, "dct:spatial", "spatialAvailability", 20, "dataset", _has(DCT.spatial)),
    Metric(FIND, "dct:temporal", "temporalAvailability", 20, "dataset", _has(DCT.temporal)),
    Metric(
        ACCESS,
        Message("accessURL answers"),
        "accessUrlStatusCode",
        50,
        "distribution",
        _answers(DCAT.accessURL),
        live=True,
    ),
    Metric(ACCESS, Message("downloadURL given"), "downloadUrlAvailability", 20, "distribution", _has(DCAT.downloadURL)),
    Metric(
        ACCESS,
        Message("downloadURL answers"),
        "downloadUrlStatusCode",
        30,
        "distribution",
        _answers(DCAT.downloadURL),
        live=True,
    ),
    Metric(INTEROP, "dct:format", "formatAvailability", 20, "best", _has(DCT["format"])),
    Metric(INTEROP, "dcat:mediaType", "mediaTypeAvailability", 10, "best", _has(DCAT.mediaType)),
    Metric(
        INTEROP,
        Message("format and media type of the lists"),
        "formatMediaTypeVocabularyAlignment",
        10,
        "best",
        _aligned,
    ),
    Metric(INTEROP, Message("non-proprietary format"), "formatMediaTypeNonProprietary", 20, "best", _open),
    Metric(
        INTEROP,
        Message("machine-readable format"),
        "formatMediaTypeMachineInterpretable",
        20,
        "best",
        _machine_readable,
    ),
    Metric(INTEROP, Message("conforms to DCAT-AP"), "dcatApCompliance", 30, "dataset", _complies),
    Metric(REUSE, "dct:license", "licenceAvailability", 20, "distribution", _has(DCT.license)),
    Metric(
        REUSE,
        Message("licence of the known list"),
        "knownLicence",
        10,
        "distribution",
        _known_licence,
        aside=_only_matched,
    ),
    Metric(REUSE, "dct:accessRights", "accessRightsAvailability", 10, "dataset", _has(DCT.accessRights)),
    Metric(
        REUSE,
        Message("access rights of the list"),
        "accessRightsVocabularyAlignment",
        5,
        "dataset",
        _listed(DCT.accessRights, "access-right"),
    ),
    Metric(REUSE, "dcat:contactPoint", "contactPointAvailability", 20, "dataset", _has(DCAT.contactPoint)),
    Metric(REUSE, "dct:publisher", "publisherAvailability", 10, "dataset", _has(DCT.publisher)),
    Metric(CONTEXT, "dct:rights", "rightsAvailability", 5, "distribution", _has(DCT.rights)),
    Metric(CONTEXT, "dcat:byteSize", "byteSizeAvailability", 5, "distribution", _has(DCAT.byteSize)),
    Metric(CONTEXT, "dct:issued", "dateIssuedAvailability", 5, "either", _has(DCT.issued)),
    Metric(CONTEXT, "dct:modified", "dateModifiedAvailability", 5, "either", _has(DCT.modified)),
)

MAXIMUM = sum(metric.points for metric in METRICS)
OFFLINE_MAXIMUM = sum(metric.points for metric in METRICS if not metric.live)
RATINGS = ((351, "Excellent"), (221, "Good"), (121, "Sufficient"), (0, "Bad"))


def score(view: View) -> list[Score]:
    """Return the points of each metric, exact, in the order of the dimensions."""
    best = {dataset: _best(view, files) for dataset in view.datasets if (files := view.distributions(dataset))}
    return [_score(view, metric, best) for metric in METRICS]


def rating(points: Fraction) -> str:
    """Return the rating that data.europa.eu gives to a number of points."""
    return next(name for least, name in RATINGS if points >= least)


def _score(view: View, metric: Metric, best: Mapping[Node, Node]) -> Score:
    if metric.live and view.answers is None:
        return Score(metric, Fraction(0), Message("not asked: needs the published address (--probe)"))
    parts = [(dataset, _part(view, metric, dataset, best)) for dataset in view.datasets]
    total = sum((part for _, part in parts), Fraction(0))
    # Fractions, because thirds of points do not add up again in floating point, and the same input has to give the
    # same.
    points = metric.points * total / len(parts) if parts else Fraction(0)
    reason = _reason(view, [dataset for dataset, part in parts if part < 1], len(parts))
    aside = metric.aside(view)
    return Score(metric, points, Message("{reason}{aside}", reason=reason, aside=aside) if aside else reason)


def _part(view: View, metric: Metric, dataset: Node, best: Mapping[Node, Node]) -> Fraction:
    """Return the share of a metric that one dataset earns, from 0 to 1; `best`: dataset -> its best distribution."""
    if metric.on == "dataset":
        return Fraction(metric.test(view, dataset))
    if metric.on == "best":
        return Fraction(dataset in best and metric.test(view, best[dataset]))
    files = view.distributions(dataset)
    if metric.on == "either":
        return Fraction(any(metric.test(view, node) for node in (dataset, *files)))
    return Fraction(sum(metric.test(view, file) for file in files), len(files)) if files else Fraction(0)


def _best(view: View, files: Sequence[Node]) -> Node:
    """Return the distribution with the most points for interoperability; the first by IRI of equals."""
    metrics = [metric for metric in METRICS if metric.on == "best"]
    # max() keeps the first of equals, and the files are in the order of their names.
    return max(files, key=lambda file: sum(m.points for m in metrics if m.test(view, file)))


def _reason(view: View, short: Sequence[Node], count: int) -> str:
    if not count:
        return Message("the catalogue has no dataset")
    if not short:
        return Message("all {count} datasets", count=count)
    first = ", ".join(f"<{node}>" if isinstance(node, URIRef) else view.name(node) for node in short[:3])
    more = Message(" and {count} more", count=len(short) - 3) if len(short) > 3 else ""
    return Message(
        "not whole for {count} of {count2} datasets: {first}{more}",
        count=len(short),
        count2=count,
        first=first,
        more=more,
    )
