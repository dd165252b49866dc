"""The rules about checksums, sizes and resolutions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from ogp_data.checks.catalogue import Catalogue, Fault
from ogp_data.checks.pitfalls.judging import judged
from ogp_data.checks.places import shown
from ogp_data.core.findings import Finding
from ogp_data.core.messages import Message
from ogp_data.core.namespaces import DCAT, SPDX
from ogp_data.core.terms import Literal, Term

_HEX = re.compile(r"[0-9a-fA-F]*")
_DURATION = re.compile(r"(?P<minus>-)?P(?=.)(?:[\d.]+[YMWD])*(?:T(?:[\d.]+[HMS])+)?")


def checksums(catalogue: Catalogue) -> Iterator[Finding]:
    """Find checksums that are no number in hexadecimal digits, or not of the length of their algorithm's."""
    known = catalogue.lists["checksum-algorithm"]
    for subject, value in catalogue.pairs(SPDX.checksumValue):
        if not isinstance(value, Literal):
            continue
        concepts = [known.get(each.value) for each in catalogue.graph.objects(subject, SPDX.algorithm)]
        lengths = {c.en: int(c.facts["hex_length"]) for c in concepts if c and c.facts.get("hex_length")}
        if message := _checksum_fault(value.value.strip(), lengths):
            yield catalogue.fault("invalid-checksum", subject, SPDX.checksumValue, message)


def _checksum_fault(text: str, lengths: dict[str, int]) -> str:
    """Return what is wrong with a checksum; `lengths` has how many digits each algorithm that it may be of gives."""
    if not text:
        return Message("The checksum is empty.")
    if not _HEX.fullmatch(text):
        return Message("{shown} is not in hexadecimal digits.", shown=shown(Literal(text)))
    if lengths and len(text) not in lengths.values():
        name, digits = min(lengths.items())
        return Message(
            "The checksum has {count} digits; {name} gives {digits}.", count=len(text), name=name, digits=digits
        )
    return Message("The checksum has half a byte: {count} digits.", count=len(text)) if len(text) % 2 else ""


def sizes(catalogue: Catalogue) -> Iterator[Finding]:
    """Find files of no bytes; fewer are left to the shapes, which ask for a number from 0."""
    yield from judged(catalogue, (DCAT.byteSize,), _size_faults)


def _size_faults(value: Term) -> Iterator[Fault]:
    if _number(value) == 0:
        yield Fault("empty-file", Message("The file has 0 bytes."))


def resolutions(catalogue: Catalogue) -> Iterator[Finding]:
    """Find resolutions of no distance or time, or of less."""
    yield from judged(catalogue, (DCAT.spatialResolutionInMeters,), _distance_faults)
    yield from judged(catalogue, (DCAT.temporalResolution,), _duration_faults)


def _distance_faults(value: Term) -> Iterator[Fault]:
    number = _number(value)
    if number == 0:
        yield Fault("zero-resolution", Message("The resolution is {shown} metres.", shown=value.value))
    elif number is not None and number < 0:
        yield Fault("impossible-resolution", Message("A resolution of {shown} metres cannot be.", shown=value.value))


def _duration_faults(value: Term) -> Iterator[Fault]:
    match = _DURATION.fullmatch(value.value.strip()) if isinstance(value, Literal) else None
    if match and not re.search("[1-9]", value.value):
        yield Fault("zero-resolution", Message("The resolution is {shown}.", shown=value.value))
    elif match and match["minus"]:
        yield Fault("impossible-resolution", Message("A resolution of {shown} cannot be.", shown=value.value))


def _number(value: Term) -> Decimal | None:
    """Return the number that a literal is; None when it is none."""
    try:
        number = Decimal(value.value.strip()) if isinstance(value, Literal) else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None
