"""A validation as a validation report of SHACL, in Turtle or JSON-LD: each result of the shapes, and our other rules.

https://www.w3.org/TR/shacl/#validation-report
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import cast
from urllib.parse import quote

import pyoxigraph as ox

from ogp_data.checks.places import Names, shown
from ogp_data.checks.reports.telling import Telling
from ogp_data.checks.reports.twins import Twins
from ogp_data.checks.shacl.engine import Result
from ogp_data.checks.shacl.findings import Teller
from ogp_data.checks.shacl.outcome import Outcome
from ogp_data.checks.validation import FIRST, Validation
from ogp_data.core.findings import Finding, rules
from ogp_data.core.graph import Graph
from ogp_data.core.messages import languages, say
from ogp_data.core.namespaces import PREFIXES, SH
from ogp_data.core.terms import RDF, RDFS, XSD, Blank, Iri, Literal, Term

COMPONENTS = "https://w3id.org/ogp-data/rules#"
"""What stands before the name of a rule in the IRI of the component that it is here."""

SEVERITIES = {"error": SH.Violation, "warning": SH.Warning, "info": SH.Info}

_OF_SHAPES = ("-required", "-recommended")
"""How the rules end under which results of shapes are findings."""

_UNFIT = re.compile('[\\x00-\\x20<>"{}|^`\\\\\\x7f-\\x9f\\ud800-\\udfff]')


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
    """Yield the report; nodes without IRI are named by their number, so that the same report is the same bytes."""
    nodes = _Nodes()
    by_shapes = [each for outcome in validation.outcomes for each in _ordered(outcome)]
    # What shapes found is told as they found it: a finding may stand for several results, and leaves some unsaid.
    by_rules = [found for found in validation.findings if not (validation.outcomes and found.rule.endswith(_OF_SHAPES))]
    first = [found for found in by_rules if found.rule in FIRST]
    last = [found for found in by_rules if found.rule not in FIRST]
    told = [
        *(_of_rule(found, validation, nodes) for found in first),
        *(_of_shapes(each, nodes) for each in by_shapes),
        *(_of_rule(found, validation, nodes) for found in last),
    ]
    report = Blank("report")
    yield ox.Triple(report, RDF.type, SH.ValidationReport)
    # SHACL lets nothing conform that has a result, warnings included.
    yield ox.Triple(report, SH.conforms, Literal("false" if told else "true", datatype=XSD.boolean))
    results = [Blank(f"r{number}") for number in range(1, len(told) + 1)]
    yield from (ox.Triple(report, SH.result, result) for result in results)
    for result, said in zip(results, told, strict=True):
        yield from (ox.Triple(result, term, value) for term, value in said)
    yield from nodes.said
    for name in dict.fromkeys(found.rule for found in by_rules):
        yield from _component(name)


class _Nodes:
    """The nodes of the report that have no IRI, and what is said of them."""

    def __init__(self) -> None:
        self.said: list[ox.Triple] = []
        self._made: dict[object, Blank] = {}
        self._names: dict[int, Names] = {}

    def called(self, key: object, name: str) -> Blank:
        """Return the node for a thing, which has what it is called as a comment."""
        if key not in self._made:
            self._made[key] = Blank(f"n{len(self._made) + 1}")
            if name:
                self.said.append(ox.Triple(self._made[key], RDFS.comment, _literal(name)))
        return self._made[key]

    def of(self, term: Term, graph: Graph) -> Term:
        """Return a term of a graph as the report has it."""
        if isinstance(term, Blank):
            names = self._names.setdefault(id(graph), Names(graph))
            return self.called((id(graph), term), names.of(term))
        if isinstance(term, Iri):
            return _fit(term.value) or self.called(term, term.value)
        return term

    def path(self, path: Term, shapes: Graph) -> Term:
        """Return a path as the report has it: all of it where it is more than a property."""
        if not isinstance(path, Blank):
            return self.of(path, shapes)
        key = (id(shapes), path)
        is_new = key not in self._made
        node = self.called(key, "")
        for term, value in shapes.about(path) if is_new else ():
            self.said.append(ox.Triple(node, term, self.path(value, shapes)))
        return node


# What shapes find -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Found:
    """A result of shapes with what it says, in the languages of the shapes."""

    result: Result
    outcome: Outcome
    texts: Sequence[Literal]


def _ordered(outcome: Outcome) -> list[_Found]:
    """Return the results of shapes by what they say: the worst first, then by place."""
    teller = Teller(outcome.shapes)
    severities: list[Term] = [SH.Violation, SH.Warning, SH.Info]
    names, twins = Names(outcome.data), Twins(outcome.data)

    @cache
    def name(term: Term) -> tuple[object, ...]:
        return (names.of(term), *twins.rank(term)) if isinstance(term, Blank) else (term.value,)

    found = [_Found(result, outcome, list(_texts(result, teller))) for result in outcome.results]

    def rank(one: _Found) -> tuple[object, ...]:
        result = one.result
        worst = severities.index(result.severity) if result.severity in severities else len(severities)
        value = () if result.value is None else (*name(result.value), shown(result.value))
        path = result.path.value if isinstance(result.path, Iri) else ""
        return worst, name(result.focus), path, value, result.component.value, [text.value for text in one.texts]

    return sorted(found, key=rank)


def _texts(result: Result, teller: Teller) -> Iterator[Literal]:
    message = teller.message(result.shape, result.component, result.messages)
    yield from (_literal(say(message, language), language) for language in languages())


def _of_shapes(found: _Found, nodes: _Nodes) -> list[tuple[Iri, Term]]:
    result, outcome = found.result, found.outcome
    told: list[tuple[Iri, Term]] = [
        (RDF.type, SH.ValidationResult),
        (SH.resultSeverity, result.severity),
        (SH.sourceConstraintComponent, result.component),
        (SH.focusNode, nodes.of(result.focus, outcome.data)),
    ]
    if isinstance(result.shape, Iri):
        told.append((SH.sourceShape, result.shape))
    if result.path is not None:
        told.append((SH.resultPath, nodes.path(result.path, outcome.shapes)))
    if result.value is not None:
        told.append((SH.value, nodes.of(result.value, outcome.data)))
    return [*told, *((SH.resultMessage, text) for text in found.texts)]


# What other rules find ------------------------------------------------------------------------------------


def _of_rule(found: Finding, validation: Validation, nodes: _Nodes) -> list[tuple[Iri, Term]]:
    told: list[tuple[Iri, Term]] = [
        (RDF.type, SH.ValidationResult),
        (SH.resultSeverity, SEVERITIES[found.severity]),
        (SH.sourceConstraintComponent, Iri(COMPONENTS + found.rule)),
        (SH.focusNode, _focus(found, validation, nodes)),
    ]
    if path := _path(found.place.property):
        told.append((SH.resultPath, path))
    for language in languages():
        text = f"{say(found.message, language)} {say(found.hint, language)}"
        told.append((SH.resultMessage, _literal(text, language)))
    return told


def _focus(found: Finding, validation: Validation, nodes: _Nodes) -> Term:
    """Return what a finding is about: the thing, or the file where it is about the whole."""
    if found.place.iri and (fit := _fit(found.place.iri)):
        return fit
    name = found.place.iri or found.place.name or found.place.file or validation.source
    return nodes.called((name, found.place.node), name)


def _component(name: str) -> Iterator[ox.Triple]:
    """Yield what a rule is: SHACL wants a component for each result, and a rule of ours is no shape."""
    rule, component = rules()[name], Iri(COMPONENTS + name)
    yield ox.Triple(component, RDF.type, SH.ConstraintComponent)
    yield ox.Triple(component, RDFS.label, Literal(name))
    for language in languages():
        yield ox.Triple(component, RDFS.comment, Literal(say(rule.occurs, language), language=language))
    if rule.norm:
        yield ox.Triple(component, RDFS.seeAlso, Iri(rule.norm))


# Terms ----------------------------------------------------------------------------------------------------


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
