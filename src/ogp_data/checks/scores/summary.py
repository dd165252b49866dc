"""A catalogue -> all its scores, and what to fix first; as JSON, as a page, and as DQV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, RDFS, XSD
from rdflib.term import Node

from ogp_data.checks.scores import mqa
from ogp_data.checks.scores.practices import GOOGLE, PRACTICES, UDATA, google, nde
from ogp_data.checks.scores.view import Outcome, View
from ogp_data.core.messages import SOURCE, Message, say
from ogp_data.core.pages import frame
from ogp_data.core.rdf import Triple
from ogp_data.core.templates import render, web_page
from ogp_data.core.vocab import DQV

PIVEAU = "https://piveau.eu/ns/voc#"


@dataclass(frozen=True, slots=True)
class Quality:
    """All scores of one catalogue; `note` says what an offline or loopback score does not show."""

    name: str
    as_of: str
    note: str
    scores: Sequence[mqa.Score]
    nde: Fraction
    nde_outcomes: Sequence[Outcome]
    udata: Sequence[Outcome]
    practices: Sequence[Outcome]
    google: Sequence[Outcome]

    @property
    def points(self) -> Fraction:
        """Return the points of MQA, out of 405."""
        return sum((score.points for score in self.scores), Fraction(0))

    @property
    def maximum(self) -> int:
        """Return the points that could be had: without a probe, those that need no published address."""
        return mqa.OFFLINE_MAXIMUM if self.is_offline else mqa.MAXIMUM

    @property
    def is_offline(self) -> bool:
        """Return whether the addresses were not asked."""
        return any(score.metric.live and score.reason.startswith("not asked") for score in self.scores)

    @property
    def fixes(self) -> list[mqa.Score]:
        """Return the metrics that can gain points, most points first."""
        short = [s for s in self.scores if s.points < s.metric.points and not s.reason.startswith("not asked")]
        return sorted(short, key=lambda s: (s.points - s.metric.points, s.metric.name))


def assess(view: View, name: str, note: str = "") -> Quality:
    """Return all scores of a catalogue."""
    points, outcomes = nde(view)
    return Quality(
        name,
        view.as_of.isoformat(),
        note or _note(view),
        mqa.score(view),
        points,
        outcomes,
        [criterion.of(view) for criterion in UDATA],
        [criterion.of(view) for criterion in PRACTICES],
        list(google(view)),
    )


def _note(view: View) -> str:
    if view.answers is None:
        return Message(
            "{points} of the {maximum} points of MQA need the published address.",
            points=mqa.MAXIMUM - mqa.OFFLINE_MAXIMUM,
            maximum=mqa.MAXIMUM,
        )
    return ""


def as_dict(quality: Quality) -> dict[str, Any]:
    """Return the scores as programs read them; points with two decimals."""
    return {
        "catalogue": quality.name,
        "asOf": quality.as_of,
        "note": quality.note,
        "mqa": {
            "points": number(quality.points),
            "maximum": mqa.MAXIMUM,
            "offline_maximum": mqa.OFFLINE_MAXIMUM,
            "rating": mqa.rating(quality.points),
            "metrics": [_metric(score) for score in quality.scores],
        },
        "fixes": [
            {"metric": s.metric.name, "gain": number(s.metric.points - s.points), "reason": s.reason}
            for s in quality.fixes
        ],
        "nde": {"points": number(quality.nde), "maximum": 100, "penalties": list(map(asdict, quality.nde_outcomes))},
        "udata": {"met": _met(quality.udata), "of": len(UDATA), "criteria": list(map(asdict, quality.udata))},
        "google": {"met": _met(quality.google), "of": len(GOOGLE) + 1, "properties": list(map(asdict, quality.google))},
        "dwbp": [
            {"number": n, "practice": o.name, "met": o.met, "evidence": o.evidence}
            for n, o in enumerate(quality.practices, start=1)
        ],
    }


def _metric(score: mqa.Score) -> dict[str, Any]:
    metric = score.metric
    return {
        "dimension": metric.dimension,
        "metric": metric.name,
        "label": metric.label,
        "points": number(score.points),
        "maximum": metric.points,
        "reason": score.reason,
    }


def _met(outcomes: Sequence[Outcome]) -> int:
    return sum(outcome.met for outcome in outcomes)


def number(points: Fraction) -> int | float:
    """Return points with at most two decimals, as a whole number where they are one."""
    if points.denominator == 1:
        return int(points)
    # Rounded half up, as people do; round() of a float would make 0.125 into 0.12.
    exact = Decimal(points.numerator) / Decimal(points.denominator)
    return float(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))


def triples(quality: Quality, catalogue: Node, base: str, languages: Sequence[str] = (SOURCE,)) -> Iterator[Triple]:
    """Yield the measurements in DQV, https://www.w3.org/TR/vocab-dqv/, in the metrics of piveau; no blank nodes."""
    for score in quality.scores:
        metric, measurement = URIRef(PIVEAU + score.metric.name), URIRef(f"{base}#{score.metric.name}")
        yield catalogue, DQV.hasQualityMeasurement, measurement
        yield measurement, RDF.type, DQV.QualityMeasurement
        yield measurement, DQV.isMeasurementOf, metric
        yield measurement, DQV.computedOn, catalogue
        yield measurement, DQV.value, Literal(str(number(score.points)), datatype=XSD.decimal)
        yield from ((measurement, RDFS.comment, Literal(say(score.reason, tag), lang=tag)) for tag in languages)
        yield metric, RDF.type, DQV.Metric
        yield from ((metric, RDFS.label, Literal(say(score.metric.label, tag), lang=tag)) for tag in languages)
        yield metric, DQV.inDimension, URIRef(f"{base}#{score.metric.dimension}")
        yield URIRef(f"{base}#{score.metric.dimension}"), RDF.type, DQV.Dimension


PAGE = "reports/quality.html"


def to_html(quality: Quality, languages: Sequence[str] = (SOURCE,), language: str = SOURCE, site: str = "") -> bytes:
    """Return the scores as a page for people, in one of its languages; `site` is the IRI of its site's catalogue."""
    jsonld = web_page(site, {language: Message("Metadata quality").of(language)}) if site else ""
    told = {"quality": quality, "number": number, "rating": mqa.rating, "mqa": mqa, "jsonld": jsonld}
    return render("quality.html", language, **told, **frame(PAGE, language, languages))
