"""How findings name things of a catalogue: by IRI, or by what people recognise them by where they have none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ogp_data.core.findings import Place
from ogp_data.core.graph import Graph
from ogp_data.core.messages import Message, listed
from ogp_data.core.namespaces import DCAT, DCT, FOAF, SKOS, VCARD, curie
from ogp_data.core.terms import RDF, XSD, Blank, Iri, Literal, Term

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

OWN_WORDS = (DCT.title, FOAF.name, VCARD.fn, SKOS.prefLabel, DCT.identifier, DCAT.accessURL, DCAT.downloadURL)
"""Properties by which people recognise a thing that has no IRI, the best first."""

Labels = Mapping[tuple[str, str], str]
"""Class and property -> what the property is called in Dutch there; class "": wherever it stands."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the things of a graph are called that have no IRI; each is looked at once, however much leads over it."""

    graph: Graph
    _known: dict[Term, tuple[Message, str, Term | None]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def of(self, node: Term, depth: int = 4) -> Message:
        """Return what a thing without an IRI is: its class, its own words, and what leads to it."""
        if node not in self._known:
            self._known[node] = (_itself(self.graph, node), *_led_to(self.graph, node))
        text, step, leading = self._known[node]
        if leading is None or not depth:
            return text
        whose = f"<{leading.value}>" if isinstance(leading, Iri) else self.of(leading, depth - 1)
        return Message("{thing}, {property} of {whose}", thing=text, property=step, whose=whose)


@dataclass(frozen=True, slots=True)
class Places:
    """Turns a thing of a graph and its property into the place where a steward finds them."""

    graph: Graph
    file: str = ""
    labels: Labels = field(default_factory=dict)
    _known: dict[Term, tuple[str, tuple[str, ...]]] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What things are called that have no IRI, and the classes of all: it is asked again for each of their faults."""
    _names: Names = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Prepare what things are called."""
        object.__setattr__(self, "_names", Names(self.graph))

    def of(self, node: Term | None, path: str = "") -> Place:
        """Return the place of a property of a thing; both may be absent. `path` is the property's IRI."""
        name, kinds = self._of(node) if node is not None else ("", ())
        label = next((self.labels[kind, path] for kind in (*kinds, "") if (kind, path) in self.labels), "")
        iri = node.value if isinstance(node, Iri) else ""
        which = node.value if isinstance(node, Blank) else ""
        return Place(file=self.file, iri=iri, property=curie(path), name=name, label=label, node=which)

    def _of(self, node: Term) -> tuple[str, tuple[str, ...]]:
        """Return what a thing is called if it has no IRI, and its classes."""
        if node not in self._known:
            kinds = tuple(sorted(kind.value for kind in self.graph.objects(node, RDF.type)))
            self._known[node] = (self._names.of(node) if isinstance(node, Blank) else "", kinds)
        return self._known[node]


def _itself(graph: Graph, node: Term) -> Message:
    """Return the class of a thing without an IRI, and its own words."""
    kinds = sorted(curie(kind.value) for kind in graph.objects(node, RDF.type))
    words = [_first_word(graph, node, term) for term in OWN_WORDS]
    what = listed([kinds[0] if kinds else Message("something"), *[word for word in words if word][:2]], " ")
    return Message("{what} (no IRI)", what=what)


def _led_to(graph: Graph, node: Term) -> tuple[str, Term | None]:
    """Return the property by which another thing leads to this one, and that thing; None where there is none."""
    # A thing with an IRI comes first, since whoever looks for the place can search for that.
    leads = [(isinstance(s, Blank), curie(p.value), s.value, s) for s, p in graph.leading_to(node) if s != node]
    if not leads:
        return "", None
    _, step, _, leading = min(leads, key=lambda lead: lead[:3])
    return step, leading


def anchor(place: Place) -> str:
    """Return the IRI of what a place is about, or of the thing with an IRI that leads to it; "" where there is none."""
    told: object = place.name
    while isinstance(told, Message) and "whose" in told.values:
        told = told.values["whose"]
    leading = str(told)
    return place.iri or (leading[1:-1] if leading.startswith("<") else "")


def _first_word(graph: Graph, node: Term, term: Iri) -> str:
    return min((shown(value) for value in graph.objects(node, term) if not isinstance(value, Blank)), default="")


def shown(node: Term | None, longest: int = 60) -> str:
    """Return a term much as in Turtle, on one line, cut when long; blank nodes stay nameless."""
    if isinstance(node, Blank) or node is None:
        return Message("the node without a name")
    text = CONTROL.sub(_escaped, node.value)
    if isinstance(node, Iri):
        return f"<{text}>"
    text = text if len(text) <= longest else text[:longest].rstrip() + "..."
    return f'"{text}"{_tag(node)}'


def _tag(literal: Literal) -> str:
    if literal.language:
        return f"@{literal.language}"
    return f"^^{curie(literal.datatype.value)}" if literal.datatype != XSD.string else ""


def _escaped(sign: re.Match[str]) -> str:
    return f"\\u{ord(sign[0]):04X}"
