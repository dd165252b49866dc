"""SHACL: shapes from files, a report as findings. pyshacl does the work; its report is read, not printed."""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import FOAF, RDF, RDFS, SH, SKOS, XSD
from rdflib.term import Node

from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message, listed
from ogp_data.core.rdf import term
from ogp_data.core.vocab import DCAT, DCT, PREFIXES, VCARD
from ogp_data.core.words import Words

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

TEXT_FOR_IRI = Message("Give an IRI instead of the text {value}.", value="{value}")

FIXES: dict[Node | None, Message] = {
    SH.MinCountConstraintComponent: Message("Add the property with its value."),
    SH.MaxCountConstraintComponent: Message("Remove the surplus values."),
    SH.NodeKindConstraintComponent: Message("Give a text instead of {value}.", value="{value}"),
    SH.ClassConstraintComponent: Message(
        "Give {value} that type in the catalogue, or take a value that has it.", value="{value}"
    ),
    SH.DatatypeConstraintComponent: Message("Write {value} as that datatype.", value="{value}"),
}
"""Constraint -> how to fix the value; for another constraint the fix of the rule serves."""

EUSH_MESSAGE = URIRef("https://purl.eu/ns/shacl#message")
"""Where the shapes of DCAT-AP and DCAT-AP-NL keep their messages; only their validator reads them there."""

TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)

OWN_WORDS = (DCT.title, FOAF.name, VCARD.fn, SKOS.prefLabel, DCT.identifier, DCAT.accessURL, DCAT.downloadURL)
"""Properties by which people recognise a thing that has no IRI, the best first."""

Labels = Mapping[tuple[Node | None, Node], str]
"""Class and property -> what the property is called in Dutch there; class None: wherever it stands."""


class ShapesError(Exception):
    """Shapes that cannot be applied, with the reason in words."""


@dataclass(frozen=True, slots=True)
class Places:
    """Turns a thing of a graph and its property into the place where a steward finds them."""

    graph: Graph
    file: str = ""
    labels: Labels = field(default_factory=dict)

    def of(self, node: Node | None, path: Node | None) -> Place:
        """Return the place of a property of a thing; both may be absent."""
        return Place(
            file=self.file,
            iri=_iri(node),
            property=curie(_iri(path)),
            name=called(self.graph, node) if isinstance(node, BNode) else "",
            label=self._label(node, path) if path is not None else "",
        )

    def _label(self, node: Node | None, path: Node) -> str:
        kinds = (*sorted(self.graph.objects(node, RDF.type), key=str), None) if node is not None else (None,)
        return next((self.labels[kind, path] for kind in kinds if (kind, path) in self.labels), "")


def called(graph: Graph, node: Node, depth: int = 4) -> str:
    """Return what a thing without an IRI is: its class, its own words, and what leads to it."""
    kinds = sorted(curie(str(kind)) for kind in graph.objects(node, RDF.type))
    words = [_first_word(graph, node, term) for term in OWN_WORDS]
    what = listed([kinds[0] if kinds else Message("something"), *[word for word in words if word][:2]], " ")
    text = Message("{what} (no IRI)", what=what)
    # A thing with an IRI comes first, since whoever looks for the place can search for that.
    leads = [(isinstance(s, BNode), curie(str(p)), str(s), s) for s, p in graph.subject_predicates(node) if s != node]
    if not (leads and depth):
        return text
    *_, step, _, leading = min(leads, key=lambda lead: lead[:3])
    whose = f"<{leading}>" if isinstance(leading, URIRef) else called(graph, leading, depth - 1)
    return Message("{thing}, {property} of {whose}", thing=text, property=step, whose=whose)


def _first_word(graph: Graph, node: Node, term: Node) -> str:
    return min((shown(value) for value in graph.objects(node, term) if not isinstance(value, BNode)), default="")


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


def property_labels(shapes: Graph) -> dict[tuple[Node | None, Node], str]:
    """Return what shapes call properties in Dutch (sh:name): by class, and without where all classes agree."""
    found: dict[tuple[Node | None, Node], set[str]] = defaultdict(set)
    for shape, name in shapes.subject_objects(SH.name):
        if isinstance(name, Literal) and name.language == "nl":
            path = shapes.value(shape, SH.path) or shape
            found[shapes.value(shape, SH.targetClass), path].add(str(name))
            found[None, path].add(str(name))
    # Where classes call a property by different names, no name is better than the wrong one.
    return {where: min(names) for where, names in found.items() if len(names) == 1}


def has_target(shapes: Graph) -> bool:
    """Return whether a shape says what it is about, by a target or by being a class itself."""
    classes = set(shapes.subjects(RDF.type, SH.NodeShape)) & set(shapes.subjects(RDF.type, RDFS.Class))
    return bool(classes) or any((None, target, None) in shapes for target in TARGETS)


def without_dangling(shapes: Graph) -> tuple[Graph, list[str]]:
    """Return shapes without the references to property shapes that have no path, and those; pyshacl stops at them."""
    dangling = {shape for shape in shapes.objects(None, SH.property) if (shape, SH.path, None) not in shapes}
    whole = Graph(bind_namespaces="none")
    for triple in shapes:
        if triple[1] != SH.property or triple[2] not in dangling:
            whole.add(triple)
    return whole, sorted(shown(shape, longest=200) for shape in dangling)


def check_shapes(
    data: Graph, shapes: Graph, required: str, recommended: str, file: str, labels: Labels | None = None
) -> list[Finding]:
    """Return what breaks the shapes: violations by the rule `required`, warnings by the rule `recommended`.

    Give `data` together with the background of the value lists. Neither graph is copied; data is not changed.
    ShapesError when shapes of others cannot be applied.
    """
    report, places = _report(data, shapes), Places(data, file, labels or {})
    results = report.objects(None, SH.result)
    # A set: a node that several shapes target breaks the same constraint once for each of them.
    found = {_result(report, result, shapes, required, recommended, places) for result in results}
    return sorted(_merged(found), key=_order)


def _report(data: Graph, shapes: Graph) -> Graph:
    from pyshacl import validate

    logging.getLogger("pyshacl-validate").disabled = True  # what it says, it raises as well
    try:
        # inplace spares a copy of the whole graph, and without inference pyshacl adds nothing to it. Shapes that need
        # subclasses find them in the data: `check_graph` adds them.
        _, report, _ = validate(data, shacl_graph=shapes, inference="none", inplace=True, advanced=False)
    except Exception as reason:  # shapes of others can be wrong in as many ways as the engine has parts
        raise ShapesError(" ".join(f"{type(reason).__name__}: {reason}".split())) from reason
    if not isinstance(report, Graph):
        raise ShapesError(" ".join(str(report).split()))
    return report


def _result(report: Graph, result: Node, shapes: Graph, required: str, recommended: str, places: Places) -> Finding:
    place = places.of(report.value(result, SH.focusNode), report.value(result, SH.resultPath))
    message = _message(report, result, shapes)
    if report.value(result, SH.resultSeverity) == SH.Violation:
        return finding(required, message, place, _mend(report, result))
    return finding(recommended, message, place)


def _message(report: Graph, result: Node, shapes: Graph) -> str:
    """Return what a result says in each of its languages, or which constraint is broken."""
    source = report.value(result, SH.sourceShape, default=result)
    component = report.value(result, SH.sourceConstraintComponent)
    parameter = _parameter(component)
    if parameter is None:  # a query or component of the shapes' own: its message is filled in for each result
        said = list(report.objects(result, SH.resultMessage))
    else:  # the engine's own messages hold chance names of nodes without IRI
        said = [text for p in (SH.message, EUSH_MESSAGE) for text in shapes.objects(source, p)]
    texts = sorted((text.language or "", CONTROL.sub(" ", text)) for text in said if isinstance(text, Literal))
    if not texts:
        return _breaks(shapes, source, parameter or component)
    # Of several texts in one language the first counts.
    return Message("{text}", text=Words(dict(reversed(texts))))


def _parameter(component: Node | None) -> URIRef | None:
    """Return sh:minCount for sh:MinCountConstraintComponent; None for a component that is not SHACL Core's."""
    name = str(component).removeprefix(str(SH)).removesuffix("ConstraintComponent")
    parameter = SH._NS[name[:1].lower() + name[1:]]
    return None if name in ("", str(component), "SPARQL", "JS") else parameter


def _breaks(shapes: Graph, source: Node | None, parameter: Node | None) -> str:
    """Return which constraint is broken, for shapes that have no message."""
    asked = sorted(shown(value) for value in shapes.objects(source, parameter) if not isinstance(value, BNode))
    return Message("It does not satisfy {constraint}.", constraint=" ".join([curie(_iri(parameter)), *asked]))


def _mend(report: Graph, result: Node) -> str:
    component = report.value(result, SH.sourceConstraintComponent)
    value = report.value(result, SH.value)
    about_kind = component in (SH.NodeKindConstraintComponent, SH.ClassConstraintComponent)
    fix = TEXT_FOR_IRI if about_kind and isinstance(value, Literal) else FIXES.get(component)
    return Message(fix.msgid, **{name: shown(value) for name in fix.values}) if fix else ""


def _merged(findings: Iterable[Finding]) -> list[Finding]:
    """Return one finding for each place and message: a text for an IRI breaks kind and class at once."""
    hints = defaultdict(set)
    for found in findings:
        hints[replace(found, hint="")].add(found.hint)
    return [replace(found, hint=_together(sorted(said))) for found, said in hints.items()]


def _together(said: list[str]) -> str:
    """Return the fixes of one fault as one text."""
    return said[0] if len(said) == 1 else Message("{fixes}", fixes=listed(said, " "))


def _order(found: Finding) -> tuple[str, ...]:
    place = found.place
    return found.rule, place.iri, place.name, place.property, found.message, found.hint


def _iri(node: Node | None) -> str:
    return str(node) if isinstance(node, URIRef) else ""


def curie(iri: str) -> str:
    """Return dct:title for http://purl.org/dc/terms/title; an IRI of no known vocabulary stays whole."""
    fits = [(len(base), prefix, base) for prefix, base in PREFIXES.items() if iri.startswith(base)]
    if not fits:
        return iri
    # The longest base wins, for one vocabulary's address may begin with another's.
    _, prefix, base = max(fits)
    return f"{prefix}:{iri.removeprefix(base)}"


def shown(node: Node | None, longest: int = 60) -> str:
    """Return a term much as in Turtle, on one line, cut when long; blank nodes stay nameless."""
    if isinstance(node, BNode) or node is None:
        return Message("the node without a name")
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
