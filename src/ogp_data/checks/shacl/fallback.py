"""Pyshacl, for shapes that are beyond those compiled here; it is also what these are held to in the tests."""

from __future__ import annotations

import logging
from typing import cast

import rdflib
from pyshacl import validate
from rdflib.namespace import SH
from rdflib.term import Node

from ogp_data.checks.shacl.engine import Result, ShapesError
from ogp_data.core.graph import Graph
from ogp_data.core.rdf import as_rdflib, from_rdflib
from ogp_data.core.terms import Iri, Literal, Term


def by_pyshacl(shapes: Graph, data: Graph) -> list[Result]:
    """Return all results of a graph by shapes, in no certain order; ShapesError when the shapes cannot be applied."""
    report = _report(as_rdflib(shapes), as_rdflib(data))
    return [_result(report, each) for each in report.objects(None, SH.result)]


def _report(shapes: rdflib.Graph, data: rdflib.Graph) -> rdflib.Graph:
    logging.getLogger("pyshacl-validate").disabled = True  # what it says, it raises as well
    try:
        # inplace spares a copy of the whole graph, and without inference pyshacl adds nothing to it. Shapes that need
        # subclasses find them in the data.
        _, report, _ = validate(data, shacl_graph=shapes, inference="none", inplace=True, advanced=False)
    except Exception as reason:  # shapes of others can be wrong in as many ways as the engine has parts
        raise ShapesError(" ".join(f"{type(reason).__name__}: {reason}".split())) from reason
    if not isinstance(report, rdflib.Graph):
        raise ShapesError(" ".join(str(report).split()))
    return report


def _result(report: rdflib.Graph, result: Node) -> Result:
    def value(predicate: Node) -> Term | None:
        said = report.value(result, predicate)
        return None if said is None else from_rdflib(said)

    component = str(report.value(result, SH.sourceConstraintComponent))
    said = report.objects(result, SH.resultMessage) if is_foreign(component) else ()
    return Result(
        cast(Term, value(SH.focusNode)),
        value(SH.resultPath),
        value(SH.value),
        Iri(component),
        cast(Term, value(SH.sourceShape)),
        cast(Term, value(SH.resultSeverity)),
        tuple(each for each in map(from_rdflib, said) if isinstance(each, Literal)),
    )


def is_foreign(component: str) -> bool:
    """Return whether a component is a query, or of the shapes' own: its message is filled in for each result.

    The messages that the engine makes for others hold chance names of nodes without IRI.
    """
    name = component.removeprefix(str(SH))
    return name == component or name.startswith(("SPARQL", "JS"))
