"""What compiles the value of each parameter of SHACL to the function that finds its faults."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol

from ogp_data.checks.shacl import constraints as asks
from ogp_data.checks.shacl.constraints import NODE_KINDS, Faults, by_term, by_value
from ogp_data.checks.shacl.datatypes import INTEGERS, PARSED, bound_of, well_formed
from ogp_data.checks.shacl.engine import BeyondError, Shape
from ogp_data.core.namespaces import SH
from ogp_data.core.terms import RDF, RDFS, XSD, Blank, Iri, Literal, Term


class Compiler(Protocol):
    """The shapes of a graph, which parameters lead to."""

    def one(self, node: Term, predicate: Iri) -> Term | None:
        """Return the only value of a property, if there is one."""

    def members(self, head: Term, predicate: Iri) -> list[Term]:
        """Return the members of a list that a property leads to."""

    def below(self, node: Term, predicate: Iri) -> Shape:
        """Return the shape that a property leads to."""


def component(predicate: Iri) -> Iri:
    """Return sh:MinCountConstraintComponent for sh:minCount."""
    name = predicate.value.removeprefix(SH.base)
    return SH[f"{name[0].upper()}{name[1:]}ConstraintComponent"]


def iri(predicate: Iri, value: Term) -> Iri:
    """Return a value that must be an IRI."""
    if not isinstance(value, Iri):
        raise BeyondError(predicate)
    return value


def boolean(predicate: Iri, value: Term) -> bool:
    """Return the truth of a well-formed xsd:boolean."""
    if not isinstance(value, Literal) or value.datatype != XSD.boolean:
        raise BeyondError(predicate)
    if not well_formed(value.value, XSD.boolean.value):
        raise BeyondError(predicate)
    return value.value in ("true", "1")


def whole(predicate: Iri, value: Term, kinds: frozenset[str] = frozenset({XSD.integer.value})) -> int:
    """Return a value that must be a whole number, and not less than 0."""
    if not isinstance(value, Literal) or value.datatype.value not in kinds:
        raise BeyondError(predicate)
    if not well_formed(value.value, value.datatype.value) or int(value.value) < 0:
        raise BeyondError(predicate)
    return int(value.value)


# One function for each parameter: what finds the faults of its value at a shape -----------------------------


def _class(_: Compiler, __: Term, value: Term) -> Faults:
    return by_value(partial(asks.not_of_class, iri(SH["class"], value)))


def _datatype(_: Compiler, __: Term, value: Term) -> Faults:
    datatype = iri(SH.datatype, value)
    if datatype == RDFS.Literal:  # of which every literal is one
        return by_term(partial(asks.is_other_kind, (Literal,)))
    # pyshacl takes literals for instances of rdfs:Datatype, which has no meaning as a datatype.
    if datatype.value in PARSED or datatype == RDFS.Datatype:
        raise BeyondError(SH.datatype)
    return by_term(partial(asks.is_other_datatype, datatype))


def _node_kind(_: Compiler, __: Term, value: Term) -> Faults:
    if value not in NODE_KINDS:
        raise BeyondError(SH.nodeKind)
    return by_term(partial(asks.is_other_kind, NODE_KINDS[iri(SH.nodeKind, value)]))


def _min_count(_: Compiler, __: Term, value: Term) -> Faults:
    return partial(asks.fewer, whole(SH.minCount, value))


def _max_count(_: Compiler, __: Term, value: Term) -> Faults:
    return partial(asks.more, whole(SH.maxCount, value))


def _min_length(_: Compiler, __: Term, value: Term) -> Faults:
    return by_term(partial(asks.is_shorter, whole(SH.minLength, value, INTEGERS)))


def _max_length(_: Compiler, __: Term, value: Term) -> Faults:
    return by_term(partial(asks.is_longer, whole(SH.maxLength, value, INTEGERS)))


def _pattern(compiler: Compiler, node: Term, value: Term) -> Faults:
    flags = compiler.one(node, SH.flags)
    if not isinstance(value, Literal) or value.datatype not in (XSD.string, RDF.langString):
        raise BeyondError(SH.pattern)
    if not set(flags.value if flags else "") <= set("im"):
        raise BeyondError(SH.flags)
    named = {"i": re.IGNORECASE, "m": re.MULTILINE}
    try:
        pattern = re.compile(value.value, sum(named[each] for each in set(flags.value if flags else "")))
    except (re.error, OverflowError, RecursionError) as reason:
        raise BeyondError(SH.pattern) from reason
    return by_term(partial(asks.is_unmatched, pattern))


def _range(predicate: Iri, within: Callable[[Any, Any], bool]) -> Parameter:
    def faults(_: Compiler, __: Term, value: Term) -> Faults:
        bound = bound_of(value) if isinstance(value, Literal) else None
        if bound is None:
            raise BeyondError(predicate)
        return by_term(partial(asks.is_outside, bound, within))

    return faults


def _language_in(compiler: Compiler, _: Term, value: Term) -> Faults:
    ranges = compiler.members(value, SH.languageIn)
    if not all(isinstance(each, Literal) and each.datatype == XSD.string for each in ranges):
        raise BeyondError(SH.languageIn)
    return by_term(partial(asks.is_other_language, frozenset(each.value.lower() for each in ranges)))


def _unique_language(_: Compiler, __: Term, value: Term) -> Faults:
    return asks.same_language if boolean(SH.uniqueLang, value) else asks.nothing


def _in(compiler: Compiler, _: Term, value: Term) -> Faults:
    members = compiler.members(value, SH["in"])
    if any(isinstance(each, Blank) for each in members):  # it is another node than any of the data
        raise BeyondError(SH["in"])
    return by_value(partial(asks.not_among, frozenset(members)))


def _has_value(_: Compiler, __: Term, value: Term) -> Faults:
    if isinstance(value, Blank):
        raise BeyondError(SH.hasValue)
    return partial(asks.lacking, value)


def _equals(_: Compiler, __: Term, value: Term) -> Faults:
    return partial(asks.unequal, iri(SH.equals, value))


def _disjoint(_: Compiler, __: Term, value: Term) -> Faults:
    return partial(asks.common, iri(SH.disjoint, value))


def _shape(predicate: Iri, judge: Callable[..., set[int]]) -> Parameter:
    def faults(compiler: Compiler, _: Term, value: Term) -> Faults:
        return by_value(partial(judge, compiler.below(value, predicate)))

    return faults


def _shapes(predicate: Iri, judge: Callable[..., set[int]]) -> Parameter:
    def faults(compiler: Compiler, _: Term, value: Term) -> Faults:
        members = tuple(compiler.below(each, predicate) for each in compiler.members(value, predicate))
        return by_value(partial(judge, members))

    return faults


Parameter = Callable[[Compiler, Term, Term], Faults]

PARAMETERS: Mapping[Iri, Parameter] = {
    SH["class"]: _class,
    SH.datatype: _datatype,
    SH.nodeKind: _node_kind,
    SH.minCount: _min_count,
    SH.maxCount: _max_count,
    SH.minExclusive: _range(SH.minExclusive, operator.gt),
    SH.minInclusive: _range(SH.minInclusive, operator.ge),
    SH.maxExclusive: _range(SH.maxExclusive, operator.lt),
    SH.maxInclusive: _range(SH.maxInclusive, operator.le),
    SH.minLength: _min_length,
    SH.maxLength: _max_length,
    SH.pattern: _pattern,
    SH.languageIn: _language_in,
    SH.uniqueLang: _unique_language,
    SH["in"]: _in,
    SH.hasValue: _has_value,
    SH.equals: _equals,
    SH.disjoint: _disjoint,
    SH.node: _shape(SH.node, asks.fails),
    SH["not"]: _shape(SH["not"], asks.conforms),
    SH["and"]: _shapes(SH["and"], asks.fails_any),
    SH["or"]: _shapes(SH["or"], asks.fails_all),
    SH.xone: _shapes(SH.xone, asks.not_just_one),
}
"""Property of a shape -> what compiles its value."""

REPEATABLE = frozenset(PARAMETERS) - {
    SH.datatype, SH.nodeKind, SH.minCount, SH.maxCount, SH.minLength, SH.maxLength, SH.languageIn, SH.uniqueLang,
    SH["in"],
}  # fmt: skip
"""Parameters that a shape may have several values of, each a constraint of its own."""

ABOUT_PATHS = frozenset({SH.minCount, SH.maxCount, SH.uniqueLang})
"""Parameters that only a shape with a path may have."""
