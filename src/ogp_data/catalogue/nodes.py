"""A table of properties and getters, and a thing -> the triples of one node.

A norm's table of a class becomes ours: a row for each property, in the norm's order, with what gives its value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, XSD
from rdflib.term import Node

from ogp_data.core.messages import Message
from ogp_data.core.rdf import Triple, literals
from ogp_data.core.vocab import AUTHORITY
from ogp_data.core.words import Text, Words

T = TypeVar("T")
Value = Node | Text | Iterable[Node] | None
"""What a property has: one value, several, a text in each language, or none; what is not known yields nothing."""
Table = Sequence[tuple[URIRef, Callable[[T], Value]]]


def triples(
    iri: URIRef, kinds: Iterable[URIRef], table: Table[T], thing: T, languages: Sequence[str] = ()
) -> Iterator[Triple]:
    """Yield a node: its classes, then its properties in the order of their table, texts in the languages."""
    yield from ((iri, RDF.type, kind) for kind in kinds)
    for predicate, get in table:
        value = get(thing)
        if isinstance(value, Node):
            yield iri, predicate, value
        elif isinstance(value, Words | Message):
            yield from ((iri, predicate, said) for said in literals(value, languages))
        elif value is not None:
            yield from ((iri, predicate, one) for one in value)


def eu(table: str, code: str) -> URIRef:
    """Return the IRI of a concept of an EU table."""
    return URIRef(f"{AUTHORITY}{table}/{code}")


def eu_each(table: str, codes: Iterable[str]) -> Iterator[URIRef]:
    """Yield the IRIs of concepts of an EU table."""
    return (eu(table, code) for code in codes)


def link(address: str | None) -> URIRef | None:
    """Return an address as an IRI; None for none."""
    return URIRef(address) if address else None


def date(value: str | None) -> Literal | None:
    """Return a year, month or day with the datatype of its precision; None for none."""
    if not value:
        return None
    # As precise as it was written: 2023 as an xsd:date would claim the first of January.
    datatype = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}[len(value)]
    return Literal(value, datatype=datatype, normalize=False)


def is_iri(place: str) -> bool:
    """Return whether a place is named by an IRI, and not by a code."""
    return "://" in place


def place(named: str) -> URIRef:
    """Return the IRI of a place: an IRI itself, or a code of the EU's countries."""
    return URIRef(named) if is_iri(named) else eu("country", named)
