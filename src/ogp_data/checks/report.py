"""Findings of all engines in one form: reports/validation.json, .html and .ttl."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH, XSD

from ogp_data.checks.reports.data import finding_as_dict
from ogp_data.core.findings import Finding, Place, grouped, rules
from ogp_data.core.frame import Frame, alone, tongues
from ogp_data.core.framed import of_report
from ogp_data.core.messages import SOURCE, Message, say
from ogp_data.core.names import Names
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import Triple
from ogp_data.core.reasons import REASONS
from ogp_data.core.templates import render

IN_SHACL = {"error": SH.Violation, "warning": SH.Warning, "info": SH.Info}
"""Severity -> what SHACL calls it."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked, what was found, and where the words are."""

    publication: str
    version: str
    findings: Sequence[Finding]
    checked: Mapping[str, int]
    words: Mapping[str, Any] = field(default_factory=dict)
    languages: Sequence[str] = (SOURCE,)
    disclaimer: Message | None = None
    """What says that the publication is not the government's."""

    @property
    def title(self) -> Message:
        """Return what its page is called."""
        return Message("Validation of {publication}", publication=f"{self.publication} {self.version}".rstrip())

    def count(self, severity: str) -> int:
        """Return how many findings have a severity."""
        return sum(found.severity == severity for found in self.findings)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as JSON has it; places without their empty parts."""
        return {
            "publication": self.publication,
            "version": self.version,
            **({"disclaimer": self.disclaimer.of(SOURCE)} if self.disclaimer else {}),
            "publishable": self.count("error") == 0,
            "errors": self.count("error"),
            "warnings": self.count("warning"),
            "checked": dict(self.checked),
            "words": dict(self.words),
            "findings": [finding_as_dict(found, self.languages) for found in self.findings],
        }


def said_anywhere(found: Finding, data: Path, assets: Path) -> Finding:
    """Return a finding that names a file alike wherever the folders of a build lie.

    What is published says nothing of the machine; who runs the program is told the whole path.
    """
    file = Path(found.place.file)
    if not found.place.file or not (file == assets or file.is_relative_to(data)):
        return found
    told = assets.name if file == assets else file.relative_to(data).as_posix()
    return replace(found, place=replace(found.place, file=told))


def triples(report: Report, names: Names) -> Iterator[Triple]:
    """Yield the report in the terms of SHACL, every result with an IRI.

    https://www.w3.org/TR/shacl/#validation-report
    """
    base = f"{names.base}reports/validation"
    whole = URIRef(base)
    yield whole, RDF.type, SH.ValidationReport
    # SHACL lets nothing conform that has a result, warnings included.
    yield whole, SH.conforms, Literal("false" if report.findings else "true", datatype=XSD.boolean)
    for number, found in enumerate(report.findings, start=1):
        result = URIRef(f"{base}#{number}")
        yield whole, SH.result, result
        yield from _result(result, found, names, f"{base}#rule-{found.rule}", report.languages)
    for name in sorted({found.rule for found in report.findings}):
        rule = URIRef(f"{base}#rule-{name}")
        # SHACL wants a component for each result, and ours are no shapes: each rule stands for one.
        yield rule, RDF.type, SH.ConstraintComponent
        yield rule, RDFS.label, Literal(name)
        for language in report.languages:
            yield rule, RDFS.comment, Literal(say(rules()[name].occurs, language), lang=language)


def _result(result: URIRef, found: Finding, names: Names, rule: str, languages: Iterable[str]) -> Iterator[Triple]:
    yield result, RDF.type, SH.ValidationResult
    yield result, SH.resultSeverity, IN_SHACL[found.severity]
    yield result, SH.sourceConstraintComponent, URIRef(rule)
    yield result, SH.focusNode, URIRef(_focus(found.place, names))
    if found.place.property:
        yield result, SH.resultPath, URIRef(_path(found.place.property, names))
    for language in languages:
        told = f"{say(found.message, language)} {say(found.hint, language)}"
        yield result, SH.resultMessage, Literal(told, lang=language)


def _focus(place: Place, names: Names) -> str:
    """Return the IRI of what a finding is about: the thing, else the place in the source, else the catalogue."""
    if place.iri:
        return place.iri
    # A file name without a folder or a key is the source; a declaration has keys, the catalogue a path or an IRI.
    if place.at and place.file and not place.key and "/" not in place.file:
        return names.place(place.file, place.at) or names.source(place.file)
    return names.dataset(place.table) if place.table else names.dataset("catalog")


def _path(curie: str, names: Names) -> str:
    from ogp_data.core.vocab import expand

    return curie if "://" in curie else str(expand(curie, names.spaces) or f"{names.ogp}{curie}")


PAGE = "reports/validation.html"


def to_html(report: Report, language: str, publication: Publication | None = None) -> bytes:
    """Return the report as a page for people, in a language: among the publication's pages, or alone where it has none.

    What is not publishable has no pages.
    """
    frame = _frame(report, language, publication if not report.count("error") else None)
    return render("validation.html", language, report=report, grouped=grouped, reasons=REASONS, frame=frame)


def _frame(report: Report, language: str, publication: Publication | None) -> Frame:
    if publication is None:
        note = report.disclaimer.of(language) if report.disclaimer else ""
        languages = tongues(PAGE, language, report.languages)
        return alone(report.title.of(language), "report", note=note, languages=languages)
    return of_report(publication, PAGE, language, report.title, Message("Validation"))
