"""The quality of each dataset, measured by metrics of our own, in DQV (https://www.w3.org/TR/vocab-dqv/)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, SKOS, XSD

from ogp_data.catalogue.nodes import Table, triples
from ogp_data.catalogue.statistics import Statistics
from ogp_data.core.messages import Message
from ogp_data.core.names import Names
from ogp_data.core.rdf import Triple
from ogp_data.core.vocab import DQV

REPORTS = ("reports/quality.ttl", "reports/validation.ttl")
"""The files that tell more of the quality: the scores, and what every check found."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """An aspect of quality."""

    name: str
    label: Message
    definition: Message


@dataclass(frozen=True, slots=True)
class Metric:
    """A way to measure an aspect of quality; `of` returns the value, "" where there is nothing to measure."""

    name: str
    dimension: Dimension
    datatype: URIRef
    label: Message
    definition: Message
    of: Callable[[Statistics], str]


def share(part: int, whole: int) -> str:
    """Return a share with four decimals, rounded down: only what is whole is 1.0000; "" of nothing."""
    return str((Decimal(part) / Decimal(whole)).quantize(Decimal("0.0001"), ROUND_DOWN)) if whole else ""


METRICS = (
    Metric(
        "completeness",
        Dimension(
            "completeness",
            Message("Completeness"),
            Message("To what extent the data is there."),
        ),
        XSD.decimal,
        Message("Share of cells with a value"),
        Message(
            "The number of cells with a value, divided by the number of cells. An empty cell is unknown or does not"
            " apply."
        ),
        lambda counted: share(counted.filled, counted.cells),
    ),
    Metric(
        "traceability",
        Dimension(
            "traceability",
            Message("Traceability"),
            Message("To what extent the data can be traced to its source."),
        ),
        XSD.decimal,
        Message("Share of rows that can be traced"),
        Message(
            "The number of rows that say from which lines of the source document they came, divided by the number"
            " of rows."
        ),
        lambda counted: share(counted.traced, counted.rows),
    ),
    Metric(
        "known-faults",
        Dimension(
            "accuracy",
            Message("Accuracy"),
            Message("To what extent the data is right."),
        ),
        XSD.integer,
        Message("Number of known faults of the source"),
        Message(
            "How many faults and peculiarities of the source document are known with this dataset as their place,"
            " also when they were fixed. What a dataset repeats of another counts there only."
        ),
        lambda counted: "" if counted.faults is None else str(counted.faults),
    ),
)


def link_triples(dataset: str, names: Names, counted: Statistics) -> Iterator[Triple]:
    """Yield the way from a dataset to its measurements and to the reports."""
    iri = URIRef(names.dataset(dataset))
    for metric in _applying(counted):
        yield iri, DQV.hasQualityMeasurement, _measurement(names, dataset, metric)
    for path in REPORTS:
        yield iri, DQV.hasQualityMetadata, URIRef(names.download(path))


@dataclass(frozen=True, slots=True)
class _Measured:
    """A dataset measured by a metric."""

    names: Names
    dataset: str
    metric: Metric
    counted: Statistics


# Data Quality Vocabulary, class Quality Measurement
MEASUREMENT: Table[_Measured] = (
    (DQV.computedOn, lambda m: URIRef(m.names.dataset(m.dataset))),
    (DQV.isMeasurementOf, lambda m: _metric(m.names, m.metric)),
    (DQV.value, lambda m: Literal(m.metric.of(m.counted), datatype=m.metric.datatype, normalize=False)),
)
# Class Metric
METRIC: Table[tuple[Names, Metric]] = (
    (SKOS.prefLabel, lambda told: told[1].label),
    (SKOS.definition, lambda told: told[1].definition),
    (DQV.expectedDataType, lambda told: told[1].datatype),
    (DQV.inDimension, lambda told: _dimension(told[0], told[1].dimension)),
)
# Class Dimension
DIMENSION: Table[Dimension] = (
    (SKOS.prefLabel, lambda dimension: dimension.label),
    (SKOS.definition, lambda dimension: dimension.definition),
)


def measurement_triples(dataset: str, names: Names, counted: Statistics) -> Iterator[Triple]:
    """Yield the measurements of a dataset."""
    for metric in _applying(counted):
        iri = _measurement(names, dataset, metric)
        yield from triples(iri, [DQV.QualityMeasurement], MEASUREMENT, _Measured(names, dataset, metric, counted))


def metric_triples(names: Names, measured: Mapping[str, Statistics], languages: Sequence[str]) -> Iterator[Triple]:
    """Yield the metrics by which something was measured, their dimensions, and of what kind the reports are."""
    used = [metric for metric in METRICS if any(metric.of(counted) for counted in measured.values())]
    for metric in used:
        yield from triples(_metric(names, metric), [DQV.Metric], METRIC, (names, metric), languages)
        yield from triples(_dimension(names, metric.dimension), [DQV.Dimension], DIMENSION, metric.dimension, languages)
    yield from ((URIRef(names.download(path)), RDF.type, DQV.QualityMetadata) for path in REPORTS)


def _applying(counted: Statistics) -> Iterable[Metric]:
    return (metric for metric in METRICS if metric.of(counted))


def _measurement(names: Names, dataset: str, metric: Metric) -> URIRef:
    return URIRef(names.node(f"{dataset}-{metric.name}"))


def _metric(names: Names, metric: Metric) -> URIRef:
    return URIRef(names.node(f"{metric.name}-metric"))


def _dimension(names: Names, dimension: Dimension) -> URIRef:
    return URIRef(names.node(f"{dimension.name}-dimension"))
