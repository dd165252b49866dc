"""A validation as a validation report of SHACL, in Turtle or JSON-LD.

https://www.w3.org/TR/shacl/#validation-report
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from typing import cast
from urllib.parse import quote

import pyoxigraph as ox

from ogp_data.checks.reports.telling import Telling
from ogp_data.checks.validation import Validation
from ogp_data.core.findings import Finding, rules
from ogp_data.core.messages import languages, say
from ogp_data.core.namespaces import PREFIXES, SH
from ogp_data.core.terms import RDF, RDFS, XSD, Blank, Iri, Literal, Term

_UNFIT = re.compile('[\\x00-\\x20<>"{}|^`\\\\\\x7f-\\x9f\\ud800-\\udfff]')

COMPONENTS = "https://w3id.org/ogp-data/rules#"
"""What stands before the name of a rule in the IRI of the component that it is here."""

SEVERITIES = {"error": SH.Violation, "warning": SH.Warning, "info": SH.Info}


def turtle(validation: Validation, _: Telling) -> bytes:
    """Return the report in Turtle."""
    return _written(triples(validation), ox.RdfFormat.TURTLE)


def jsonld(validation: Validation, _: Telling) -> bytes:
    """Return the report in JSON-LD."""
    return _written(triples(validation), ox.RdfFormat.JSON_LD)


def _written(statements: Iterable[ox.Triple], form: ox.RdfFormat) -> bytes:
    used = {"rdfs", "sh", "xsd", "dcat", "dct", "foaf", "vcard", "adms", "dcatap"}
    spaces = {prefix: space for prefix, space in PREFIXES.items() if prefix in used}
    content = cast(bytes, ox.serialize(statements, format=form, prefixes=spaces))
    return content.rstrip() + b"\n"


def triples(validation: Validation) -> Iterator[ox.Triple]:
    """Yield the report: a result for each finding; nodes without IRI are named by their number, for the same bytes."""
    report = Blank("report")
    yield ox.Triple(report, RDF.type, SH.ValidationReport)
    # SHACL lets nothing conform that has a result, warnings included.
    conforms = "false" if validation.findings else "true"
    yield ox.Triple(report, SH.conforms, Literal(conforms, datatype=XSD.boolean))
    results = {Blank(f"r{number}"): found for number, found in enumerate(validation.findings, start=1)}
    yield from (ox.Triple(report, SH.result, result) for result in results)
    nameless: dict[str, Blank] = {}
    for result, found in results.items():
        focus = _focus(found, validation, nameless)
        yield from (ox.Triple(result, term, value) for term, value in _result(found, focus))
    for name, node in nameless.items():
        yield ox.Triple(node, RDFS.comment, _literal(name))
    for name in dict.fromkeys(found.rule for found in validation.findings):
        yield from _component(name)


def _focus(found: Finding, validation: Validation, nameless: dict[str, Blank]) -> Term:
    """Return what a finding is about: the thing, or the file where it is about the whole."""
    if found.place.iri and (fit := _fit(found.place.iri)):
        return fit
    name = found.place.iri or found.place.name or found.place.file or validation.source
    return nameless.setdefault(name, Blank(f"n{len(nameless) + 1}"))


def _result(found: Finding, focus: Term) -> Iterator[tuple[Iri, Term]]:
    yield RDF.type, SH.ValidationResult
    yield SH.resultSeverity, SEVERITIES[found.severity]
    yield SH.sourceConstraintComponent, Iri(COMPONENTS + found.rule)
    yield SH.focusNode, focus
    if path := _path(found.place.property):
        yield SH.resultPath, path
    for language in languages():
        told = f"{say(found.message, language)} {say(found.hint, language)}"
        yield SH.resultMessage, _literal(told, language)


def _literal(text: str, language: str | None = None) -> Literal:
    """Return a text as a literal; the name of a file may hold bytes that are no text."""
    return Literal(text.encode("utf-8", "backslashreplace").decode(), language=language)


def _path(name: str) -> Iri | None:
    """Return the property that a place names, by its prefix or in full; None where it is about none."""
    prefix, _, local = name.partition(":")
    return _fit(PREFIXES[prefix] + local if prefix in PREFIXES else name) if name else None


@cache
def _fit(iri: str) -> Iri | None:
    """Return an IRI as every reader takes it, with the signs that none may have percent-encoded; None where it is none.

    A catalogue is read with the IRIs that it has, whatever is in them.
    """
    for text in (iri, _UNFIT.sub(lambda sign: quote(sign[0], errors="replace"), iri)):
        with suppress(SyntaxError, ValueError):
            list(ox.parse(f"<{text}> <{text}> <{text}> .", format=ox.RdfFormat.N_TRIPLES))
            return Iri(text)
    return None


def _component(name: str) -> Iterator[ox.Triple]:
    """Yield what a rule is: SHACL wants a component for each result, and a rule of ours is no shape."""
    rule, component = rules()[name], Iri(COMPONENTS + name)
    yield ox.Triple(component, RDF.type, SH.ConstraintComponent)
    yield ox.Triple(component, RDFS.label, Literal(name))
    for language in languages():
        yield ox.Triple(component, RDFS.comment, Literal(say(rule.occurs, language), language=language))
    if rule.norm:
        yield ox.Triple(component, RDFS.seeAlso, Iri(rule.norm))
