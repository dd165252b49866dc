"""How to mend a value that breaks a constraint: what to write in its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ogp_data.checks.places import shown
from ogp_data.checks.shacl.datatypes import INTEGERS, well_formed
from ogp_data.checks.shacl.engine import Result
from ogp_data.core.graph import Graph
from ogp_data.core.messages import Message
from ogp_data.core.namespaces import SH
from ogp_data.core.terms import XSD, Iri, Literal, Term

Meant = Callable[[Term | None, str], str]
"""Returns the IRI that a text stands for as value of a property; "" where there is none, or more than one."""

FIXES: Mapping[Iri, Message] = {
    SH.MinCountConstraintComponent: Message("Add the property with its value."),
    SH.MaxCountConstraintComponent: Message("Remove the surplus values."),
    SH.ClassConstraintComponent: Message(
        "Give {value} that type in the catalogue, or take a value that has it.", value="{value}"
    ),
}
"""Constraint -> how to fix the value; for another constraint the fix of the rule serves."""

_LIKE = {
    "base64Binary": "aGFsbG8=",
    "boolean": "true",
    "byte": "10",
    "date": "2024-01-31",
    "dateTime": "2024-01-31T12:00:00Z",
    "dayTimeDuration": "P1D",
    "decimal": "10.5",
    "double": "10.5",
    "duration": "P1D",
    "float": "10.5",
    "hexBinary": "9f86d081884c7d65",
    "negativeInteger": "-1",
    "nonPositiveInteger": "-1",
    "time": "12:00:00",
    "unsignedByte": "10",
    "yearMonthDuration": "P1Y",
}
EXAMPLES: Mapping[str, str] = {
    **dict.fromkeys(INTEGERS, "1024"),
    **{XSD.base + name: text for name, text in _LIKE.items()},
}
"""Datatype -> a text that is well-formed for it."""

_IRI = re.compile(r"(?:https?://|mailto:|urn:)[^\s<>\"{}|\\^`]+")


def nothing_meant(_: Term | None, __: str) -> str:
    """Return that a text stands for no IRI."""
    return ""


def mend(shapes: Graph, result: Result, meant: Meant = nothing_meant) -> str:
    """Return what to write in the place of a value; "" where the fix of the rule serves."""
    value, component = result.value, result.component
    if component == SH.DatatypeConstraintComponent:
        return _as_datatype(shapes.value(result.shape, SH.datatype), value)
    if component == SH.NodeKindConstraintComponent and shapes.value(result.shape, SH.nodeKind) == SH.Literal:
        return Message("Give a text instead of {value}.", value=shown(value))
    if component in (SH.NodeKindConstraintComponent, SH.ClassConstraintComponent) and isinstance(value, Literal):
        return _as_iri(value, meant(result.path, value.value))
    if component == SH.NodeKindConstraintComponent:
        return Message("Give an IRI instead of {value}.", value=shown(value))
    fix = FIXES.get(component)
    return Message(fix.msgid, **{name: shown(value) for name in fix.values}) if fix else ""


def _as_iri(text: Literal, iri: str) -> str:
    """Return that an IRI is to be written: the one that is meant, or that the text is, whole however long."""
    if iri or _IRI.fullmatch(text.value):
        return Message("Write <{value}>.", value=iri or text.value)
    return Message("Give an IRI instead of the text {value}.", value=shown(text))


def _as_datatype(asked: Term | None, value: Term | None) -> str:
    """Return how to write a value of a datatype: the same text, where it can be one, or one that is like it."""
    example = EXAMPLES.get(asked.value) if asked else None
    if not isinstance(asked, Iri) or example is None or _fits(value, asked):
        return Message("Write {value} as that datatype.", value=shown(value))
    like = shown(Literal(example, datatype=asked))
    return Message(
        "Write a value of that datatype, such as {example}, instead of {value}.", example=like, value=shown(value)
    )


def _fits(value: Term | None, asked: Iri) -> bool:
    return isinstance(value, Literal) and well_formed(value.value, asked.value)
