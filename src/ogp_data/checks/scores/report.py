"""Scores as programs, people and spreadsheets read them: JSON, lines for a terminal, a page, DQV and a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

import pyoxigraph as ox

from ogp_data.checks.scores.fixes import Fix
from ogp_data.checks.scores.measures import Measured, Outcome, Scored
from ogp_data.checks.scores.mqa import MQA, rating
from ogp_data.checks.scores.nde import NDE
from ogp_data.checks.scores.summary import Quality
from ogp_data.checks.scores.udata import UDATA
from ogp_data.core.messages import SOURCE, Message, Plural, listed, say
from ogp_data.core.namespaces import DQV, PREFIXES
from ogp_data.core.terms import RDF, RDFS, XSD, Iri, Literal

if TYPE_CHECKING:
    from ogp_data.core.frame import Frame
    from ogp_data.core.publication import Publication

PIVEAU = "https://piveau.eu/ns/voc#"


def number(points: Fraction) -> int | float:
    """Return points with at most two decimals, as a whole number where they are one."""
    if points.denominator == 1:
        return int(points)
    # Rounded half up, as people do; round() of a float would make 0.125 into 0.12.
    exact = Decimal(points.numerator) / Decimal(points.denominator)
    return float(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))


# JSON ---------------------------------------------------------------------------------------------------


def as_dict(quality: Quality, *, per_publisher: bool = False, per_dataset: bool = False) -> dict[str, Any]:
    """Return the scores as programs read them, if asked with those of each publisher and each dataset."""
    return {
        "catalogue": quality.name,
        "asOf": quality.as_of,
        "note": quality.note,
        "assumptions": list(quality.assumptions),
        "datasets": len(quality.datasets),
        "mqa": _mqa(quality),
        "fixes": list(map(_fix, quality.fixes)),
        "nde": {
            "points": number(quality.nde.points(quality.all)),
            "maximum": NDE.maximum,
            "penalties": _outcomes(quality, quality.nde),
            "warnings": list(map(_outcome, quality.licences)),
        },
        "udata": {
            "met": number(quality.udata.points(quality.all)),
            "of": UDATA.maximum,
            "criteria": _outcomes(quality, quality.udata),
        },
        "google": {
            "met": sum(not measured.short for measured in quality.google.measured),
            "of": len(quality.google.measured),
            "properties": _outcomes(quality, quality.google),
        },
        "dwbp": [
            {"number": n, "practice": o.name, "met": o.met, "judged": o.judged, "evidence": o.evidence}
            for n, o in enumerate(quality.practices, start=1)
        ],
        **({"publishers": _of_publishers(quality)} if per_publisher else {}),
        **({"perDataset": [_of_dataset(quality, at) for at in quality.all]} if per_dataset else {}),
    }


def _mqa(quality: Quality) -> dict[str, Any]:
    told: dict[str, Any] = {
        "points": number(quality.points),
        "maximum": MQA.maximum,
        "offline_maximum": MQA.offline_maximum,
        "rating": rating(quality.points),
        "metrics": [_metric(quality, measured) for measured in quality.mqa.measured],
    }
    if quality.conforming is not None:
        told["dcat_ap_nl"] = {"conforming": quality.conforming, "of": len(quality.datasets)}
    return told


def _metric(quality: Quality, measured: Measured) -> dict[str, Any]:
    measure = measured.measure
    return {
        "dimension": measure.dimension,
        "metric": measure.name,
        "label": measure.label,
        "points": number(measured.points(quality.all)),
        "maximum": measure.points,
        "datasets": len(quality.datasets) - len(measured.short) if measured.asked else 0,
        "reason": quality.reason(measured),
    }


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "do": fix.do,
        "gain": {score: number(points) for score, points in fix.gains.items()},
        "measures": list(fix.measures),
        "datasets": fix.datasets,
        "changes": fix.changes,
        "places": list(fix.places),
    }


def outcomes(quality: Quality, scored: Scored) -> list[Outcome]:
    """Return each measure of a score as yes or no, with how many datasets have all its points."""
    return [
        Outcome(
            each.measure.label,
            each.asked and not each.short,
            Message(
                "{met} of {count} datasets", met=len(quality.datasets) - len(each.short), count=len(quality.datasets)
            )
            if each.asked
            else quality.reason(each),
            each.asked,
        )
        for each in scored.measured
    ]


def _outcomes(quality: Quality, scored: Scored) -> list[dict[str, Any]]:
    return list(map(_outcome, outcomes(quality, scored)))


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {"name": outcome.name, "met": outcome.met, "evidence": outcome.evidence}


def _of_publishers(quality: Quality) -> list[dict[str, Any]]:
    return [
        {"publisher": publisher, "datasets": len(places), **_points(quality, places)}
        for publisher, places in quality.publishers.items()
    ]


def _points(quality: Quality, places: Sequence[int]) -> dict[str, int | float]:
    return {scored.scale.name: number(_mean(scored, places)) for scored in quality.scores}


def _mean(scored: Scored, places: Sequence[int]) -> Fraction:
    return scored.of(places[0]) if len(places) == 1 else scored.points(places)


def _of_dataset(quality: Quality, at: int) -> dict[str, Any]:
    dataset = quality.datasets[at]
    lacking = [
        f"{scored.scale.name} {each.measure.name}"
        for scored in quality.scores
        for each in scored.measured
        if at in each.short
    ]
    return {"dataset": dataset.name, "publisher": dataset.publisher, **_points(quality, [at]), "lacking": lacking}


# Text ---------------------------------------------------------------------------------------------------


def as_lines(quality: Quality, most: int, *, per_publisher: bool = False, per_dataset: bool = False) -> Iterator[str]:
    """Yield the scores as lines for a terminal, what to mend first; `most` lines of a kind, all of them for 0."""
    if quality.fixes:
        yield Message("What to fix first, by the share of each score that a change gains:")
        yield from _few(map(to_gain, quality.fixes), len(quality.fixes), most)
    if per_dataset:
        worst = sorted(quality.all, key=quality.mqa.of)
        yield Message("By dataset, the fewest points first:")
        yield from _few((_line(quality, quality.datasets[at].name, [at]) for at in worst), len(worst), most)
    if per_publisher:
        groups = quality.publishers.items()
        nobody = Message("no publisher")
        yield Message("By publisher:")
        yield from _few((_of_publisher(quality, who or nobody, places) for who, places in groups), len(groups), most)
    yield from _sums(quality)
    yield from filter(None, (quality.note, *quality.assumptions))


def _few(lines: Iterable[str], count: int, most: int) -> Iterator[str]:
    yield from islice(lines, most or count)
    if 0 < most < count:
        yield Message("... and {count} more (--max shows more)", count=count - most)


def to_gain(fix: Fix) -> Message:
    """Return what a fix brings, what is to be done for it, and where."""
    titles = {"mqa": "MQA", "nde": "NDE", "udata": "udata"}
    gains = listed((Message("{points} {score}", points=number(p), score=titles[s]) for s, p in fix.gains.items()), ", ")
    return Message(
        "{gains} to gain: {do} ({changes}, {datasets}, such as {place})",
        gains=gains,
        do=fix.do,
        changes=Plural("{num} change", "{num} changes", fix.changes),
        datasets=Plural("{num} dataset", "{num} datasets", fix.datasets),
        place=fix.places[0],
    )


def _line(quality: Quality, name: str, places: Sequence[int]) -> Message:
    mqa, nde, udata = (number(_mean(scored, places)) for scored in quality.scores)
    return Message("MQA {mqa}, NDE {nde}, udata {udata}: {name}", mqa=mqa, nde=nde, udata=udata, name=name)


def _of_publisher(quality: Quality, name: str, places: Sequence[int]) -> Message:
    datasets = Plural("{num} dataset", "{num} datasets", len(places))
    return Message("{line} ({datasets})", line=_line(quality, name, places), datasets=datasets)


def _sums(quality: Quality) -> Iterator[Message]:
    """Yield each of the scores."""
    of = {"points": number(quality.points), "most": quality.maximum}
    yield (
        Message("MQA {points} of {most} offline", **of)
        if quality.is_offline
        else Message("MQA {points} of {most}", **of)
    )
    if quality.conforming is not None:
        count = len(quality.datasets)
        yield Message("DCAT-AP-NL: {met} of {count} datasets conform", met=quality.conforming, count=count)
    yield Message("NDE {points} of 100", points=number(quality.nde.points(quality.all)))
    yield _udata(quality)
    met, untold = sum(o.met for o in quality.practices), sum(not o.judged for o in quality.practices)
    yield Message(
        "W3C best practices {met} of {of}; {untold} cannot be judged from a catalogue",
        met=met, of=len(quality.practices), untold=untold,
    )  # fmt: skip
    google = outcomes(quality, quality.google)
    yield Message("Google Dataset Search {met} of {of}", met=sum(o.met for o in google), of=len(google))


def _udata(quality: Quality) -> Message:
    met = number(quality.udata.points(quality.all))
    unasked = [each.measure.label for each in quality.udata.measured if not each.asked]
    if not unasked:
        return Message("udata {met} of {of}", met=met, of=UDATA.maximum)
    return Message(
        "udata {met} of {of}, {most} at most offline; not asked (--probe): {unasked}",
        met=met, of=UDATA.maximum, most=UDATA.offline_maximum, unasked=listed(unasked),
    )  # fmt: skip


# A table ------------------------------------------------------------------------------------------------


def to_csv(quality: Quality) -> bytes:
    """Return a table of the datasets with their points: of each score, and of each of its measures."""
    columns = [(scored.scale.name, each) for scored in quality.scores for each in scored.measured]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    names = [f"{scale}:{each.measure.name}" for scale, each in columns]
    writer.writerow(["dataset", "publisher", *(scored.scale.name for scored in quality.scores), *names])
    for at, dataset in enumerate(quality.datasets):
        points = [number(scored.of(at)) for scored in quality.scores]
        # What nobody asked is left empty: it is not known, and not nothing.
        single = [number(each.of(at)) if each.asked else "" for _, each in columns]
        writer.writerow([dataset.name, dataset.publisher, *points, *single])
    return text.getvalue().encode()


# DQV ----------------------------------------------------------------------------------------------------


def triples(
    quality: Quality, catalogue: str, base: str, languages: Sequence[str] = (SOURCE,), *, per_dataset: bool = False
) -> Iterator[ox.Triple]:
    """Yield the measurements in DQV, https://www.w3.org/TR/vocab-dqv/, in the metrics of piveau; no blank nodes.

    They are of the catalogue, and if asked of each dataset that has an IRI.
    """
    for each in quality.mqa.measured:
        reason = quality.reason(each)
        yield from _measurement(each, quality.all, Iri(catalogue), f"{base}#{each.measure.name}")
        for tag in languages:
            comment = Literal(say(reason, tag), language=tag)
            yield ox.Triple(Iri(f"{base}#{each.measure.name}"), RDFS.comment, comment)
        yield from _metric_triples(each, base, languages)
    for at, dataset in enumerate(quality.datasets) if per_dataset else ():
        for each in quality.mqa.measured if dataset.is_nameable else ():
            yield from _measurement(each, [at], Iri(dataset.iri), f"{base}#dataset-{at + 1}-{each.measure.name}")


def _measurement(measured: Measured, places: Sequence[int], of: Iri, name: str) -> Iterator[ox.Triple]:
    measurement, points = Iri(name), str(number(measured.points(places)))
    yield ox.Triple(of, DQV.hasQualityMeasurement, measurement)
    yield ox.Triple(measurement, RDF.type, DQV.QualityMeasurement)
    yield ox.Triple(measurement, DQV.isMeasurementOf, Iri(PIVEAU + measured.measure.name))
    yield ox.Triple(measurement, DQV.computedOn, of)
    yield ox.Triple(measurement, DQV.value, Literal(points, datatype=XSD.decimal))


def _metric_triples(measured: Measured, base: str, languages: Sequence[str]) -> Iterator[ox.Triple]:
    metric, dimension = Iri(PIVEAU + measured.measure.name), Iri(f"{base}#{measured.measure.dimension}")
    yield ox.Triple(metric, RDF.type, DQV.Metric)
    for tag in languages:
        yield ox.Triple(metric, RDFS.label, Literal(say(measured.measure.label, tag), language=tag))
    yield ox.Triple(metric, DQV.inDimension, dimension)
    yield ox.Triple(dimension, RDF.type, DQV.Dimension)


def to_dqv(quality: Quality, catalogue: str, base: str, *, per_dataset: bool = False) -> bytes:
    """Return the measurements as Turtle."""
    used = {prefix: PREFIXES[prefix] for prefix in ("dqv", "rdfs", "xsd")}
    statements = dict.fromkeys(triples(quality, catalogue, base, per_dataset=per_dataset))
    return cast(bytes, ox.serialize(statements, format=ox.RdfFormat.TURTLE, prefixes=used))


# A page -------------------------------------------------------------------------------------------------

PAGE = "reports/quality.html"


def to_html(quality: Quality, language: str = SOURCE, publication: Publication | None = None) -> bytes:
    """Return the scores as a page for people, in a language: among a publication's pages, or alone."""
    from ogp_data.core.templates import render

    tables = (
        ("NDE Dataset Register", [*outcomes(quality, quality.nde), *quality.licences]),
        ("udata", outcomes(quality, quality.udata)),
        ("W3C Data on the Web Best Practices", quality.practices),
        ("Google Dataset Search", outcomes(quality, quality.google)),
    )
    publishers = sorted(_of_publishers(quality), key=lambda told: told["mqa"])
    told = {"quality": quality, "number": number, "rating": rating, "tables": tables}
    told |= {"told": to_gain, "publishers": publishers}
    return render("quality.html", language, **told, frame=_frame(quality, language, publication))


def _frame(quality: Quality, language: str, publication: Publication | None) -> Frame:
    from ogp_data.core.frame import alone

    title = Message("Metadata quality of {catalogue}", catalogue=quality.name)
    if publication is None:
        return alone(title.of(language), "report")
    from ogp_data.core.framed import of_report

    return of_report(publication, PAGE, language, title, Message("Metadata quality"))
