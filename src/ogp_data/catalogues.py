"""Any DCAT catalogue, not only ours: validated and scored."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import quote

from rdflib import Graph, URIRef
from rdflib.term import Node

from ogp_data import incoming, resources, web
from ogp_data.findings import Finding, errors
from ogp_data.quality import report
from ogp_data.quality.report import Quality
from ogp_data.quality.view import View
from ogp_data.rdf import dump, to_ox, unique
from ogp_data.rdf import write as write_rdf
from ogp_data.validation.lists import ValueLists, load_lists
from ogp_data.validation.report import in_order
from ogp_data.validation.staged import check_graph
from ogp_data.vocab import PREFIXES


def _lists() -> ValueLists:
    return load_lists(resources.value_lists())


def validate(source: str, allow_private: bool) -> list[Finding]:
    """Return what breaks DCAT-AP-NL 3.0.0 or 3.0.1, the stricter of both, in a file or at an address."""
    graph, found = incoming.read(source, web.Bounds(allow_private=allow_private))
    return in_order(found if graph is None else _check(graph, _lists(), source))


def _check(graph: Graph, lists: ValueLists, source: str) -> list[Finding]:
    with_background = Graph(bind_namespaces="none")
    for triple in (*graph, *lists.background()):
        with_background.add(triple)
    return check_graph(with_background, lists, source)


def score(source: str, as_of: date, probe: bool, allow_private: bool) -> tuple[Quality | None, list[Finding]]:
    """Return the scores of a catalogue in a file or at an address, or why there are none."""
    bounds = web.Bounds(allow_private=allow_private)
    graph, found = incoming.read(source, bounds)
    if graph is None:
        return None, found
    lists = _lists()
    faulty = frozenset(fault.place.iri for fault in errors(_check(graph, lists, source)))
    view = View(graph, lists, as_of, faulty)
    answers = web.probe(view.addresses(), bounds) if probe else None
    note = _note(view.addresses(), allow_private) if probe else ""
    return report.assess(View(graph, lists, as_of, faulty, answers), source, note), []


def _note(addresses: list[str], allow_private: bool) -> str:
    """Return what the answers to a probe do not show."""
    origins = web.origins(addresses)
    if not allow_private and not all(map(web.is_public, origins)):
        return "Addresses that are not public were not asked (--allow-private asks them)."
    if any(map(web.is_loopback, origins)):
        return "The addresses lead to this machine: that they answer does not show that they are published."
    return "Every address was asked once."


def write(quality: Quality, html: Path | None, dqv: Path | None) -> None:
    """Write the scores as a page and as DQV, where a file is named."""
    if html:
        html.write_bytes(report.to_html(quality))
    if dqv:
        catalogue: Node = URIRef(_iri(quality.name))
        triples = report.triples(quality, catalogue, f"{catalogue}-quality")
        dqv.write_bytes(write_rdf(map(to_ox, unique(triples)), "ttl", PREFIXES))


def _iri(source: str) -> str:
    """Return a source as an IRI without fragment."""
    address = source.partition("#")[0] if incoming.is_address(source) else Path(source).resolve().as_uri()
    return quote(address, safe=":/?[]@!$&'()*+,;=%~")


def as_json(quality: Quality) -> str:
    """Return the scores as a JSON text."""
    return dump(report.as_dict(quality)).decode().rstrip()


def as_text(quality: Quality) -> str:
    """Return the scores as lines for a terminal, what to mend first on top."""
    scores = report.as_dict(quality)
    lines = [f"{fix['gain']:>6} points to gain: {fix['metric']}: {fix['reason']}" for fix in scores["fixes"]]
    practices = sum(practice["met"] for practice in scores["dwbp"])
    lines += [
        f"MQA {scores['mqa']['points']} of {quality.maximum}{' offline' if quality.is_offline else ''}",
        f"NDE {scores['nde']['points']} of 100",
        f"udata {scores['udata']['met']} of {scores['udata']['of']}",
        f"W3C best practices {practices} of {len(scores['dwbp'])}",
        f"Google Dataset Search {scores['google']['met']} of {scores['google']['of']}",
    ]
    return "\n".join([*lines, *([quality.note] if quality.note else [])])
