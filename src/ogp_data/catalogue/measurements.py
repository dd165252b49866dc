"""The quality of each dataset, measured by metrics of our own, in DQV (https://www.w3.org/TR/vocab-dqv/)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, SKOS, XSD
from rdflib.term import Node

from ogp_data.catalogue.statistics import Statistics
from ogp_data.core.names import Names
from ogp_data.core.rdf import Triple
from ogp_data.core.vocab import DQV
from ogp_data.core.words import Words

REPORTS = ("reports/quality.ttl", "reports/validation.ttl")
"""The files that tell more of the quality: the scores, and what every check found."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """An aspect of quality."""

    name: str
    label: Words
    definition: Words


@dataclass(frozen=True, slots=True)
class Metric:
    """A way to measure an aspect of quality; `of` returns the value, "" where there is nothing to measure."""

    name: str
    dimension: Dimension
    datatype: URIRef
    label: Words
    definition: Words
    of: Callable[[Statistics], str]


def share(part: int, whole: int) -> str:
    """Return a share with four decimals, rounded down: only what is whole is 1.0000; "" of nothing."""
    return str((Decimal(part) / Decimal(whole)).quantize(Decimal("0.0001"), ROUND_DOWN)) if whole else ""


METRICS = (
    Metric(
        "completeness",
        Dimension(
            "completeness",
            Words("Volledigheid", "Completeness"),
            Words("In hoeverre de gegevens er zijn.", "To what extent the data is there."),
        ),
        XSD.decimal,
        Words("Aandeel gevulde cellen", "Share of cells with a value"),
        Words(
            "Het aantal cellen met een waarde, gedeeld door het aantal cellen. Een lege cel is onbekend of niet van"
            " toepassing.",
            "The number of cells with a value, divided by the number of cells. An empty cell is unknown or does not"
            " apply.",
        ),
        lambda counted: share(counted.filled, counted.cells),
    ),
    Metric(
        "traceability",
        Dimension(
            "traceability",
            Words("Herleidbaarheid", "Traceability"),
            Words(
                "In hoeverre de gegevens tot hun bron te herleiden zijn.",
                "To what extent the data can be traced to its source.",
            ),
        ),
        XSD.decimal,
        Words("Aandeel herleidbare rijen", "Share of rows that can be traced"),
        Words(
            "Het aantal rijen dat zegt uit welke regels van het brondocument het komt, gedeeld door het aantal rijen.",
            "The number of rows that say from which lines of the source document they came, divided by the number of"
            " rows.",
        ),
        lambda counted: share(counted.traced, counted.rows),
    ),
    Metric(
        "known-faults",
        Dimension(
            "accuracy",
            Words("Juistheid", "Accuracy"),
            Words("In hoeverre de gegevens kloppen.", "To what extent the data is right."),
        ),
        XSD.integer,
        Words("Aantal bekende fouten van de bron", "Number of known faults of the source"),
        Words(
            "Hoeveel fouten en bijzonderheden van het brondocument bekend zijn met deze dataset als vindplaats, ook als"
            " zij zijn hersteld. Wat een dataset uit een andere herhaalt, telt alleen daar.",
            "How many faults and peculiarities of the source document are known with this dataset as their place, also"
            " when they were fixed. What a dataset repeats of another counts there only.",
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


def measurement_triples(dataset: str, names: Names, counted: Statistics) -> Iterator[Triple]:
    """Yield the measurements of a dataset."""
    for metric in _applying(counted):
        iri = _measurement(names, dataset, metric)
        yield iri, RDF.type, DQV.QualityMeasurement
        yield iri, DQV.computedOn, URIRef(names.dataset(dataset))
        yield iri, DQV.isMeasurementOf, _metric(names, metric)
        yield iri, DQV.value, Literal(metric.of(counted), datatype=metric.datatype, normalize=False)


def metric_triples(names: Names, measured: Mapping[str, Statistics]) -> Iterator[Triple]:
    """Yield the metrics by which something was measured, their dimensions, and of what kind the reports are."""
    used = [metric for metric in METRICS if any(metric.of(counted) for counted in measured.values())]
    for metric in used:
        iri, dimension = _metric(names, metric), _dimension(names, metric.dimension)
        yield iri, RDF.type, DQV.Metric
        yield from _said(iri, metric.label, metric.definition)
        yield iri, DQV.expectedDataType, metric.datatype
        yield iri, DQV.inDimension, dimension
        yield dimension, RDF.type, DQV.Dimension
        yield from _said(dimension, metric.dimension.label, metric.dimension.definition)
    yield from ((URIRef(names.download(path)), RDF.type, DQV.QualityMetadata) for path in REPORTS)


def _applying(counted: Statistics) -> Iterable[Metric]:
    return (metric for metric in METRICS if metric.of(counted))


def _said(iri: Node, label: Words, definition: Words) -> Iterator[Triple]:
    yield from ((iri, SKOS.prefLabel, Literal(text, lang=language)) for language, text in label)
    yield from ((iri, SKOS.definition, Literal(text, lang=language)) for language, text in definition)


def _measurement(names: Names, dataset: str, metric: Metric) -> URIRef:
    return URIRef(names.node(f"{dataset}-{metric.name}"))


def _metric(names: Names, metric: Metric) -> URIRef:
    return URIRef(names.node(f"{metric.name}-metric"))


def _dimension(names: Names, dimension: Dimension) -> URIRef:
    return URIRef(names.node(f"{dimension.name}-dimension"))
