"""SHACL: shapes from files, a report as findings. pyshacl does the work; its report is read, not printed."""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import cast

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import SH, XSD
from rdflib.term import Node

from ogp_data.findings import Finding, Place, finding
from ogp_data.rdf import term
from ogp_data.vocab import PREFIXES

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

TEXT_FOR_IRI = "Give an IRI in the place of the text {value}."

MENDS: dict[Node | None, str] = {
    SH.MinCountConstraintComponent: "Add the property with its value.",
    SH.MaxCountConstraintComponent: "Keep no more values than that.",
    SH.NodeKindConstraintComponent: "Give a text in the place of {value}.",
    SH.ClassConstraintComponent: "Give {value} that type in the catalogue, or take a value that has it.",
    SH.DatatypeConstraintComponent: "Write {value} as that datatype.",
}
"""Constraint -> how to mend the value; for another constraint the mend of the rule serves."""


def load_shapes(paths: Iterable[Path]) -> Graph:
    """Return the shapes of Turtle files as one graph; pyoxigraph parses many times faster than rdflib."""
    return parse_shapes(path.read_text(encoding="utf-8") for path in paths)


def parse_shapes(texts: Iterable[str]) -> Graph:
    """Return the shapes of Turtle texts as one graph."""
    graph = Graph(bind_namespaces="none")
    for text in texts:
        for quad in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True):
            graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


def check_shapes(data: Graph, shapes: Graph, required: str, recommended: str, file: str) -> list[Finding]:
    """Return what breaks the shapes: violations by the rule `required`, warnings by the rule `recommended`.

    Give `data` together with the background of the value lists. Neither graph is copied; data is not changed.
    """
    report = _report(data, shapes)
    results = report.objects(None, SH.result)
    found = {_result(report, result, required, recommended, file) for result in results}
    return sorted(_merged(found), key=_order)


def _report(data: Graph, shapes: Graph) -> Graph:
    from pyshacl import validate

    logging.getLogger("pyshacl-validate").setLevel(logging.ERROR)
    _, report, _ = validate(data, shacl_graph=shapes, inference="none", inplace=True, advanced=False)
    return cast(Graph, report)


def _result(report: Graph, result: Node, required: str, recommended: str, file: str) -> Finding:
    path = _iri(report.value(result, SH.resultPath))
    place = Place(file=file, iri=_iri(report.value(result, SH.focusNode)), property=curie(path))
    english, dutch = _messages(report, result)
    if report.value(result, SH.resultSeverity) == SH.Violation:
        return finding(required, english, place, _mend(report, result), dutch)
    return finding(recommended, english, place, nl=dutch)


def _messages(report: Graph, result: Node) -> tuple[str, str]:
    said = {m.language: str(m) for m in report.objects(result, SH.resultMessage) if isinstance(m, Literal)}
    return said.get("en") or min(said.values()), said.get("nl", "")


def _mend(report: Graph, result: Node) -> str:
    component = report.value(result, SH.sourceConstraintComponent)
    value = report.value(result, SH.value)
    about_kind = component in (SH.NodeKindConstraintComponent, SH.ClassConstraintComponent)
    mend = TEXT_FOR_IRI if about_kind and isinstance(value, Literal) else MENDS.get(component, "")
    return mend.format(value=shown(value))


def _merged(findings: Iterable[Finding]) -> list[Finding]:
    """Return one finding for each place and message: a text for an IRI breaks kind and class at once."""
    hints = defaultdict(set)
    for found in findings:
        hints[replace(found, hint="")].add(found.hint)
    return [replace(found, hint=" ".join(sorted(said))) for found, said in hints.items()]


def _order(found: Finding) -> tuple[str, ...]:
    return found.rule, found.place.iri, found.place.property, found.message, found.hint


def _iri(node: Node | None) -> str:
    return str(node) if isinstance(node, URIRef) else ""


def curie(iri: str) -> str:
    """Return dct:title for http://purl.org/dc/terms/title; an IRI of no known vocabulary stays whole."""
    fits = [(len(base), prefix, base) for prefix, base in PREFIXES.items() if iri.startswith(base)]
    if not fits:
        return iri
    _, prefix, base = max(fits)
    return f"{prefix}:{iri.removeprefix(base)}"


def shown(node: Node | None, longest: int = 60) -> str:
    """Return a term much as in Turtle, on one line, cut when long; blank nodes stay nameless."""
    if isinstance(node, BNode) or node is None:
        return "the node without a name"
    text = CONTROL.sub(_escaped, str(node))
    if isinstance(node, URIRef):
        return f"<{text}>"
    text = text if len(text) <= longest else text[:longest].rstrip() + "..."
    return f'"{text}"{_tag(cast(Literal, node))}'


def _tag(literal: Literal) -> str:
    if literal.language:
        return f"@{literal.language}"
    return f"^^{curie(literal.datatype)}" if literal.datatype not in (None, XSD.string) else ""


def _escaped(sign: re.Match[str]) -> str:
    return f"\\u{ord(sign[0]):04X}"
