"""What each constraint of SHACL asks, as functions from values to those that break it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

from ogp_data.checks.shacl.datatypes import Bound, value_of, well_formed
from ogp_data.checks.shacl.engine import Asked, Fault, Shape, Step, Values
from ogp_data.core.graph import LOW, SHIFT
from ogp_data.core.namespaces import SH
from ogp_data.core.terms import RDF, RDFS, Blank, Iri, Literal, Term

Judge = Callable[[Asked, set[int]], set[int]]
"""Which of the values break a constraint."""
Faults = Callable[[Asked, Values], Iterable[Fault]]

NODE_KINDS: dict[Iri, tuple[type[Term], ...]] = {
    SH.IRI: (Iri,),
    SH.BlankNode: (Blank,),
    SH.Literal: (Literal,),
    SH.BlankNodeOrIRI: (Blank, Iri),
    SH.BlankNodeOrLiteral: (Blank, Literal),
    SH.IRIOrLiteral: (Iri, Literal),
}


def by_value(judge: Judge) -> Faults:
    """Return what finds a fault for each focus node and value where the value is judged to break a constraint."""

    def faults(asked: Asked, values: Values) -> Iterator[Fault]:
        bad = judge(asked, values.distinct)
        return ((focus, value, None) for focus, value in values.having(bad)) if bad else iter(())

    return faults


def by_term(breaks: Callable[[Term], bool]) -> Faults:
    """Return what finds a fault wherever a term breaks a constraint by itself."""
    return by_value(lambda asked, values: {value for value in values if breaks(asked.term(value))})


# Values by themselves -----------------------------------------------------------------------------------


def is_other_kind(kinds: tuple[type[Term], ...], term: Term) -> bool:
    """Return whether a term is of none of the kinds: IRI, blank node, literal."""
    return not isinstance(term, kinds)


def is_other_datatype(datatype: Iri, term: Term) -> bool:
    """Return whether a term is no literal of a datatype, or one that is ill-formed."""
    if not isinstance(term, Literal) or term.datatype != datatype:
        return True
    return not well_formed(term.value, datatype.value)


def is_unmatched(pattern: re.Pattern[str], term: Term) -> bool:
    """Return whether a pattern is nowhere in the text of a term; a blank node has none."""
    return isinstance(term, Blank) or not pattern.search(term.value)


def is_shorter(length: int, term: Term) -> bool:
    """Return whether the text of a term has fewer characters."""
    return isinstance(term, Blank) or len(term.value) < length


def is_longer(length: int, term: Term) -> bool:
    """Return whether the text of a term has more characters."""
    return isinstance(term, Blank) or len(term.value) > length


def is_outside(bound: Bound, within: Callable[[Any, Any], bool], term: Term) -> bool:
    """Return whether a term is not within a bound, or cannot be compared with it."""
    value = value_of(term, bound.family) if isinstance(term, Literal) else None
    try:
        return value is None or not within(value, bound.value)
    except (TypeError, ArithmeticError):  # a time with a zone and one without; a decimal that is no number
        return True


def is_other_language(ranges: Collection[str], term: Term) -> bool:
    """Return whether a term has no language tag, or one in none of the ranges."""
    tag = (term.language or "").lower() if isinstance(term, Literal) else ""
    return not tag or not any(each in ("*", tag) or tag.startswith(each + "-") for each in ranges)


# Values in the graph ------------------------------------------------------------------------------------


def not_of_class(kind: Iri, asked: Asked, values: set[int]) -> set[int]:
    """Return the values that are no instances of a class."""
    return values - asked.instances(kind)


def not_among(terms: Collection[Term], asked: Asked, values: set[int]) -> set[int]:
    """Return the values that are none of the terms."""
    return values - set(map(asked.number, terms))


def fails(shape: Shape, asked: Asked, values: set[int]) -> set[int]:
    """Return the values that do not conform to a shape."""
    return asked.failing(shape, values)


def conforms(shape: Shape, asked: Asked, values: set[int]) -> set[int]:
    """Return the values that conform to a shape that they are not to conform to."""
    return values - asked.failing(shape, values)


def fails_any(shapes: Sequence[Shape], asked: Asked, values: set[int]) -> set[int]:
    """Return the values that do not conform to each of the shapes."""
    return set().union(*(asked.failing(shape, values) for shape in shapes))


def fails_all(shapes: Sequence[Shape], asked: Asked, values: set[int]) -> set[int]:
    """Return the values that conform to none of the shapes."""
    return values.intersection(*(asked.failing(shape, values) for shape in shapes))


def not_just_one(shapes: Sequence[Shape], asked: Asked, values: set[int]) -> set[int]:
    """Return the values that conform to none or to several of the shapes."""
    conforming = Counter(value for shape in shapes for value in conforms(shape, asked, values))
    return {value for value in values if conforming[value] != 1}


# All values of a focus node -----------------------------------------------------------------------------


def fewer(least: int, _: Asked, values: Values) -> Iterator[Fault]:
    """Yield the focus nodes with fewer values."""
    counts = values.counts
    return ((focus, None, None) for focus in values.focus if counts[focus] < least)


def more(most: int, _: Asked, values: Values) -> Iterator[Fault]:
    """Yield the focus nodes with more values."""
    return ((focus, None, None) for focus, count in values.counts.items() if count > most)


def lacking(term: Term, asked: Asked, values: Values) -> Iterator[Fault]:
    """Yield the focus nodes that do not have a value."""
    having = {focus for focus, _ in values.having({asked.number(term)})}
    return ((focus, None, None) for focus in values.focus if focus not in having)


def same_language(asked: Asked, values: Values) -> Iterator[Fault]:
    """Yield a focus node for each language in which it has several values."""
    tags: Counter[tuple[int, str]] = Counter()
    for each, value in values.having(values.distinct):
        term = asked.term(value)
        if isinstance(term, Literal) and term.language:
            tags[each, term.language.lower()] += 1
    return ((focus, None, None) for (focus, _), count in tags.items() if count > 1)


def nothing(_: Asked, __: Values) -> Iterator[Fault]:
    """Yield nothing: a constraint that is switched off."""
    return iter(())


def unequal(predicate: Iri, asked: Asked, values: Values) -> Iterator[Fault]:
    """Yield focus node and value for what only the one or only the other of two properties has."""
    others = dict(asked.values(values.focus, Step(predicate)).each())
    return ((focus, value, None) for focus, mine in values.each() for value in mine ^ others[focus])


def common(predicate: Iri, asked: Asked, values: Values) -> Iterator[Fault]:
    """Yield focus node and value for what another property has as well."""
    others = dict(asked.values(values.focus, Step(predicate)).each())
    return ((focus, value, None) for focus, mine in values.each() for value in mine & others[focus])


def qualified(
    shape: Shape, siblings: Sequence[Shape], wrong: Callable[[int], bool], asked: Asked, values: Values
) -> Iterator[Fault]:
    """Yield the focus nodes with a wrong number of values that conform to a shape and to none of its siblings."""
    right = conforms(shape, asked, values.distinct)
    right = right.intersection(*(asked.failing(sibling, right) for sibling in siblings))
    counts = Counter(focus for focus, _ in values.having(right))
    return ((focus, None, None) for focus in values.focus if wrong(counts[focus]))


def beside(allowed: Collection[Term], asked: Asked, values: Values) -> Iterator[Fault]:
    """Yield focus node, value and property for what a closed shape does not name."""
    owners: dict[int, list[int]] = {}
    for focus, value in values.having(values.distinct):
        owners.setdefault(value, []).append(focus)
    every_resource = asked.number(RDF.type) << SHIFT | asked.number(RDFS.Resource)
    for predicate in asked.graph.predicates():
        if predicate in allowed:
            continue
        path = asked.number(predicate)
        for each in asked.pairs(values.distinct, Step(predicate)):
            if path << SHIFT | each & LOW != every_resource:  # it says nothing
                yield from ((focus, each & LOW, path) for focus in owners[each >> SHIFT])
