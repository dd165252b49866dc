"""A graph as an index of numbers: each term once, and for each property its statements as one sorted column.

A statement takes 8 bytes in the column of its property, and 8 more where values are looked up the other way round; the
terms come on top. Two graphs of the same statements answer alike, in whichever order they were read, but for the order
of what they yield: it is that of the terms' first appearance, so whoever reports sorts by what is said.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import TypeGuard, cast

import pyoxigraph as ox

from ogp_data.core.terms import RDF, RDFS, Iri, Term

SHIFT = 32
LOW = (1 << SHIFT) - 1
Column = "array[int]"
"""Statements of one property, sorted: the number of the subject above that of the value, 32 bits each."""


class Graph:
    """Statements to add to and to ask; what is added after a question is seen by the next one."""

    def __init__(self) -> None:
        """Begin without a statement."""
        self.terms: list[Term] = []
        """Number -> term."""
        self._numbers: dict[Term, int] = {}
        self._columns: dict[int, array[int]] = {}
        self._inverse: dict[int, array[int]] = {}
        self._unsorted: set[int] = set()
        self._odd: tuple[int, dict[str, Iri]] = 0, {}

    @classmethod
    def of(cls, statements: Iterable[ox.Triple | ox.Quad]) -> Graph:
        """Return the graph of statements; those of all named graphs are one."""
        graph = cls()
        for each in statements:
            graph.add(each.subject, each.predicate, each.object)  # type: ignore[arg-type]
        return graph

    def add(self, subject: Term, predicate: Iri, value: Term) -> None:
        """Add a statement; one that is there already stays one."""
        numbers = self._numbers
        s = numbers.setdefault(subject, len(numbers))
        p = numbers.setdefault(predicate, len(numbers))
        o = numbers.setdefault(value, len(numbers))
        column = self._columns.get(p)
        if column is None:
            column = self._columns[p] = array("Q")
        column.append(s << SHIFT | o)
        self._unsorted.add(p)

    def with_statements(self, statements: Iterable[ox.Triple]) -> Graph:
        """Return a graph that has these statements as well, and shares with this one all that they do not touch."""
        both = Graph()
        both._numbers, both._columns, both._inverse = self._numbers, dict(self._columns), dict(self._inverse)
        both.terms, both._unsorted = self.terms, set(self._unsorted)
        touched: set[int] = set()
        for each in statements:
            p = both._numbers.setdefault(each.predicate, len(both._numbers))
            if p not in touched:
                touched.add(p)
                both._columns[p] = both._columns.get(p, array("Q"))[:]
                both._inverse.pop(p, None)
            both.add(each.subject, each.predicate, each.object)  # type: ignore[arg-type]
        return both

    # Numbers: for what goes through whole columns --------------------------------------------------------

    def number(self, term: Term) -> int:
        """Return the number of a term, -1 when no statement has it."""
        return self._numbers.get(term, -1)

    def term(self, number: int) -> Term:
        """Return the term of a number."""
        if len(self.terms) < len(self._numbers):
            # dict keeps the order in which terms came, which is that of their numbers.
            self.terms.extend(list(self._numbers)[len(self.terms) :])
        return self.terms[number]

    def numbered(self) -> list[Term]:
        """Return all terms, each at its number; some may be in no statement of this graph any more."""
        if self._numbers:
            self.term(len(self._numbers) - 1)
        return self.terms

    def find(self, iri: str) -> Iri | None:
        """Return the IRI that is written so, or a name that is none with which a catalogue was read; else None."""
        try:
            return Iri(iri)
        except ValueError:
            if self._odd[0] < len(self._numbers):
                self._odd = len(self._numbers), {term.value: term for term in self._numbers if _is_odd(term)}
            return self._odd[1].get(iri)

    def column(self, predicate: int) -> array[int]:
        """Return the statements of a property, sorted by subject and value: subject << 32 | value."""
        self._settle(predicate)
        return self._columns.get(predicate, array("Q"))

    def inverse(self, predicate: int) -> array[int]:
        """Return the statements of a property, sorted by value and subject: value << 32 | subject."""
        self._settle(predicate)
        if predicate not in self._inverse:
            turned = sorted((each & LOW) << SHIFT | each >> SHIFT for each in self._columns.get(predicate, ()))
            self._inverse[predicate] = array("Q", turned)
        return self._inverse[predicate]

    def values_of(self, subject: int, predicate: int) -> list[int]:
        """Return the numbers of a property's values of one subject."""
        return list(_behind(self.column(predicate), subject))

    def subjects_of(self, predicate: int, value: int) -> list[int]:
        """Return the numbers of the subjects of a value."""
        return list(_behind(self.inverse(predicate), value))

    def predicate_numbers(self) -> list[int]:
        """Return the numbers of all properties."""
        return list(self._columns)

    def _settle(self, predicate: int) -> None:
        """Sort what was added to a column, each statement once."""
        if predicate not in self._unsorted:
            return
        self._unsorted.discard(predicate)
        self._inverse.pop(predicate, None)
        column = sorted(self._columns[predicate])
        self._columns[predicate] = array("Q", dict.fromkeys(column))

    # Terms: for rules --------------------------------------------------------------------------------------

    def __len__(self) -> int:
        """Return the number of statements."""
        return sum(len(self.column(predicate)) for predicate in self._columns)

    def predicates(self) -> list[Iri]:
        """Return all properties that a statement has."""
        return [p for p in map(self.term, self._columns) if isinstance(p, Iri)]

    def has(self, subject: Term, predicate: Iri, value: Term | None = None) -> bool:
        """Return whether there is such a statement, with any value where none is given."""
        values = _behind(self.column(self.number(predicate)), self.number(subject))
        if value is None:
            return next(values, None) is not None
        wanted = self.number(value)
        return wanted in values

    def objects(self, subject: Term, predicate: Iri) -> list[Term]:
        """Return the values of a property of one subject."""
        return list(map(self.term, self.values_of(self.number(subject), self.number(predicate))))

    def value(self, subject: Term, predicate: Iri) -> Term | None:
        """Return the only value of a property, or the least by its text of several; None where there is none."""
        return min(self.objects(subject, predicate), key=lambda term: (term.value, str(term)), default=None)

    def subjects(self, predicate: Iri, value: Term) -> list[Term]:
        """Return the subjects that have a value of a property."""
        return list(map(self.term, self.subjects_of(self.number(predicate), self.number(value))))

    def pairs(self, predicate: Iri) -> Iterator[tuple[Term, Term]]:
        """Yield subject and value of all statements of a property."""
        for each in self.column(self.number(predicate)):
            yield self.term(each >> SHIFT), self.term(each & LOW)

    def groups(self, predicate: Iri) -> Iterator[tuple[Term, list[Term]]]:
        """Yield each subject of a property with all its values."""
        subject, values = -1, list[Term]()
        for each in self.column(self.number(predicate)):
            if each >> SHIFT != subject:
                if values:
                    yield self.term(subject), values
                subject, values = each >> SHIFT, []
            values.append(self.term(each & LOW))
        if values:
            yield self.term(subject), values

    def instances(self, kind: Iri) -> list[Term]:
        """Return the resources of a class and of its subclasses, as the graph says both."""
        return list(map(self.term, self.numbers_of(kind)))

    def numbers_of(self, kind: Iri) -> list[int]:
        """Return the numbers of the resources of a class and of its subclasses, as the graph says both."""
        below, type_ = self._below(self.number(kind)), self.number(RDF.type)
        return sorted({node for each in below for node in self.subjects_of(type_, each)})

    def _below(self, kind: int) -> set[int]:
        """Return a class and all its subclasses."""
        found, todo, subclass_of = {kind}, [kind], self.number(RDFS.subClassOf)
        while todo:
            new = set(self.subjects_of(subclass_of, todo.pop())) - found
            found |= new
            todo += new
        return found

    def about(self, subject: Term) -> Iterator[tuple[Iri, Term]]:
        """Yield property and value of all statements about a subject; it looks into every column."""
        number = self.number(subject)
        return (
            (cast(Iri, self.term(predicate)), self.term(value))
            for predicate in self._columns
            for value in self.values_of(number, predicate)
        )

    def leading_to(self, value: Term) -> Iterator[tuple[Term, Iri]]:
        """Yield subject and property of all statements with a value; it looks into every column."""
        number = self.number(value)
        return (
            (self.term(subject), cast(Iri, self.term(predicate)))
            for predicate in self._columns
            for subject in self.subjects_of(predicate, number)
        )

    def named(self) -> set[str]:
        """Return the IRIs that are values of statements."""
        values = {each & LOW for predicate in self._columns for each in self.column(predicate)}
        return {term.value for term in map(self.term, values) if isinstance(term, Iri)}

    def statements(self) -> Iterator[tuple[Term, Iri, Term]]:
        """Yield every statement, property by property."""
        return ((s, predicate, o) for predicate in self.predicates() for s, o in self.pairs(predicate))


def _behind(column: array[int], number: int) -> Iterator[int]:
    """Yield what stands behind a number in a sorted column."""
    if number < 0:
        return
    at, length = bisect_left(column, number << SHIFT), len(column)
    while at < length and column[at] >> SHIFT == number:
        yield column[at] & LOW
        at += 1


def _is_odd(term: Term) -> TypeGuard[Iri]:
    """Return whether a term stands as an IRI and is none."""
    if not isinstance(term, Iri):
        return False
    try:
        Iri(term.value)
    except ValueError:
        return True
    return False
