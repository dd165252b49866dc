"""Catalogues broken in one way: each property of each thing removed, doubled, or given another kind of value.

`mutations` yields whole catalogues with one change each; `with_twins` has them all in one graph, a changed copy of the
thing for each, so that one run of a validator sees every change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from ogp_data.core.namespaces import DCT, FOAF, curie
from ogp_data.core.terms import RDF, XSD, Blank, Iri, Literal, Term

Statements = frozenset[ox.Triple]
Values = Sequence[Term]

ELSEWHERE = "https://elsewhere.example.nl/"
UNTYPED, MISTYPED = Iri(f"{ELSEWHERE}untyped"), Iri(f"{ELSEWHERE}a-project")
OTHER_CLASS = ox.Triple(MISTYPED, RDF.type, FOAF.Project)
OTHER_LITERALS = {
    XSD.date: "2021-01-01",
    XSD.dateTime: "2021-01-01T00:00:00Z",
    XSD.duration: "P2D",
    XSD.gYear: "2021",
    XSD.gYearMonth: "2021-01",
}
"""Datatype -> a value of it; "12" serves for the others."""


@dataclass(frozen=True)
class Mutation:
    """A catalogue with one change: which, of what, and all its statements."""

    says: str
    focus: Term
    term: Iri
    statements: Statements

    def __str__(self) -> str:
        return f"{curie(self.term.value)} of {self.focus} {self.says}"


def _doubled(values: Values) -> Iterator[Term]:
    """Yield each value and another like it, of the same type; that of a thing is its double (`_doubles`)."""
    for value in values:
        yield value
        if not isinstance(value, Literal):
            yield _double(value)
        elif value.language:
            yield Literal("12", language=value.language)
        else:
            yield _typed(OTHER_LITERALS.get(value.datatype, "12"), value.datatype)


def _double(value: Iri | Blank) -> Iri:
    return Iri(f"{ELSEWHERE}double-{value.value.rpartition('/')[2].rpartition('#')[2]}")


def _doubles(graph: Statements) -> Iterator[ox.Triple]:
    """Yield what is said of each thing, of its double."""
    return (ox.Triple(_double(t.subject), t.predicate, t.object) for t in graph)


def _typed(text: str, datatype: Iri) -> Literal:
    return Literal(text) if datatype == XSD.string else Literal(text, datatype=datatype)


def _with_datatype(value: Term) -> Literal:
    """Return a value as a literal of a datatype that it does not have."""
    text = value.value if isinstance(value, Literal) else f"{value}"
    of = XSD.anyURI if getattr(value, "datatype", None) != XSD.anyURI else XSD.token
    return Literal(text, datatype=of)


def _ill(value: Term) -> Literal:
    """Return a literal whose text is none of its datatype; a plain text where the value is none."""
    datatype = value.datatype if isinstance(value, Literal) else XSD.string
    return _typed("no such value", XSD.string if datatype == RDF.langString else datatype)


CHANGES: dict[str, Callable[[Values], Iterable[Term]]] = {
    "removed": lambda _: (),
    "doubled": _doubled,
    "as a text": lambda _: (Literal("een tekst"),),
    "as a text in Dutch": lambda _: (Literal("een tekst", language="nl"),),
    "as an empty text": lambda _: (Literal(""),),
    "as another IRI": lambda _: (UNTYPED,),
    "as a thing without IRI": lambda _: (Blank("nameless"),),
    "as a thing of another class": lambda _: (MISTYPED,),
    "of another datatype": lambda values: map(_with_datatype, values),
    "with a text that its datatype does not have": lambda values: map(_ill, values),
}
"""What is done to the values of a property."""


def _properties(graph: Statements) -> list[tuple[Term, Iri, tuple[Term, ...]]]:
    """Return each thing that has a class with each of its properties and their values, in an order of the words."""
    typed = {t.subject for t in graph if t.predicate == RDF.type}
    found: dict[tuple[Term, Iri], list[Term]] = {}
    for t in sorted(graph, key=str):
        if t.subject in typed:
            found.setdefault((t.subject, t.predicate), []).append(t.object)
    return [(subject, term, tuple(values)) for (subject, term), values in found.items()]


def mutations(statements: Iterable[ox.Triple]) -> Iterator[Mutation]:
    """Yield the catalogue with each change, one at a time; a class is only taken away."""
    graph = frozenset(statements)
    doubles = frozenset(_doubles(graph))
    for focus, term, values in _properties(graph):
        rest = graph - {ox.Triple(focus, term, value) for value in values}
        for says in CHANGES if term != RDF.type else ("removed",):
            besides = doubles if says == "doubled" else {OTHER_CLASS} if says.endswith("class") else frozenset()
            others = {ox.Triple(focus, term, other) for other in CHANGES[says](values)}
            yield Mutation(says, focus, term, rest | others | besides)


@dataclass(frozen=True)
class Twin:
    """A copy of a thing with one change: what was done to which property of what."""

    says: str
    original: Term
    term: Iri


class _Twins:
    """Copies of things of a catalogue, each with other values of one property."""

    def __init__(self, graph: Statements) -> None:
        self.graph = graph
        self.statements = {*graph, *_doubles(graph), OTHER_CLASS}
        self.known: dict[str, Twin] = {}

    def add(self, focus: Term, term: Iri, says: str, values: Iterable[Term]) -> Iri:
        """Add a twin and return its IRI; a dataset's identifier that is its own IRI is so again."""
        iri = Iri(f"{ELSEWHERE}twin-{len(self.known)}")
        self.known[iri.value] = Twin(says, focus, term)
        for t in self.graph:
            if t.subject == focus and t.predicate != term:
                own = t.predicate == DCT.identifier and t.object.value == focus.value
                self.statements.add(ox.Triple(iri, t.predicate, Literal(iri.value) if own else t.object))
        self.statements.update(ox.Triple(iri, term, value) for value in values)
        return iri

    def add_typeless(self, focus: Term) -> None:
        """Add a twin without class, and twins of what cites it that cite that one."""
        typeless = self.add(focus, RDF.type, "removed", ())
        for t in sorted((t for t in self.graph if t.object == focus), key=str):
            self.add(t.subject, t.predicate, "without its class", (typeless,))


def with_twins(statements: Iterable[ox.Triple]) -> tuple[Statements, dict[str, Twin]]:
    """Return the catalogue with a changed twin for each change to each property, and each twin by its IRI."""
    twins = _Twins(frozenset(statements))
    for focus, term, values in _properties(twins.graph):
        if term == RDF.type:
            twins.add_typeless(focus)
            continue
        for says, change in CHANGES.items():
            twins.add(focus, term, says, change(values))
    return frozenset(twins.statements), twins.known
