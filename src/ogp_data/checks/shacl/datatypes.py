"""Which texts are well-formed literals of a datatype, and what they are worth where they are compared.

They are judged as rdflib does, which pyshacl asks: by Python's own readers, which let through more than XML Schema
does (`2026-W01-1` as a date, `1_000` as a number), and less (years before 1 and after 9999). What of SHACL's own
datatypes has no reader there (gYear, language, anyURI) is always well-formed.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import unhexlify
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

from ogp_data.core.terms import RDF, XSD, Literal

Reader = Callable[[str], object]
"""Returns the value of a text; raises ValueError, OverflowError or ArithmeticError where it has none."""

_DURATION = re.compile(
    r"[+-]?P(?!\b)(\d+([,.]\d+)?Y)?(\d+([,.]\d+)?M)?(?P<weeks>\d+([,.]\d+)?W)?(?P<days>\d+([,.]\d+)?D)?"
    r"(T(?P<hours>\d+([,.]\d+)?H)?(?P<minutes>\d+([,.]\d+)?M)?(?P<seconds>\d+([,.]\d+)?S)?)?$",
    re.ASCII,
)


def _date(text: str) -> date:
    """Return a date; a zone or a time after it is left out, and a year is never negative."""
    plain = text.removesuffix("Z") if text.endswith("Z") else text.removesuffix("z")
    if "T" in plain:
        plain = plain.partition("T")[0]
    elif plain.rfind("+") > 0:
        plain = plain[: plain.rfind("+")]
    elif ":" in plain.rpartition("-")[2]:
        plain = plain.rpartition("-")[0]
    if "-" not in plain:
        raise ValueError(text)
    return date.fromisoformat(plain)


def _duration(text: str) -> object:
    match = _DURATION.match(text)
    if match is None:
        if not text.startswith("P"):
            raise ValueError(text)
        return datetime.fromisoformat(text[1:])  # ISO 8601's other form: P0003-06-04T12:30:05
    parts = {name: float(part[:-1].replace(",", ".")) for name, part in match.groupdict().items() if part}
    return timedelta(**parts)


def _boolean(text: str) -> bool:
    if text not in ("true", "false", "1", "0"):
        raise ValueError(text)
    return text in ("true", "1")


def _within(least: int | None, most: int | None = None) -> Reader:
    """Return the reader of a kind of integers."""

    def read(text: str) -> int:
        value = int(text)
        if (least is not None and value < least) or (most is not None and value > most):
            raise ValueError(text)
        return value

    return read


_XSD: Mapping[str, Reader] = {
    "date": _date,
    "dateTime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "duration": _duration,
    "dayTimeDuration": _duration,
    "yearMonthDuration": _duration,
    "boolean": _boolean,
    "decimal": Decimal,
    "float": float,
    "double": float,
    "hexBinary": lambda text: unhexlify(text.encode()),
    "base64Binary": b64decode,
    "integer": int,
    "long": int,
    "int": _within(-(2**31), 2**31 - 1),
    "short": _within(-(2**15), 2**15 - 1),
    "byte": _within(-(2**7), 2**7 - 1),
    "unsignedLong": _within(0),
    "unsignedInt": _within(0, 2**32 - 1),
    "unsignedShort": _within(0, 2**16 - 1),
    "unsignedByte": _within(0, 2**8 - 1),
    "nonNegativeInteger": _within(0),
    "positiveInteger": _within(1),
    "nonPositiveInteger": _within(None, 0),
    "negativeInteger": _within(None, -1),
}
READERS: Mapping[str, Reader] = {XSD.base + name: reader for name, reader in _XSD.items()}
"""Datatype -> what reads its texts."""

PARSED = frozenset({RDF.base + "XMLLiteral", RDF.base + "HTML"})
"""Datatypes whose literals only a parser of mark-up could judge."""

INTEGERS = frozenset(name for name in READERS if name.endswith(("nteger", "long", "Long", "int", "Int", "hort", "yte")))
NUMBERS = INTEGERS | {XSD.decimal.value, XSD.float.value, XSD.double.value}


@lru_cache(maxsize=2**16)
def _read(text: str, datatype: str) -> object:
    """Return the value of a text, or None where it is ill-formed."""
    try:
        return READERS[datatype](text)
    except (ValueError, OverflowError, ArithmeticError):
        return None


def well_formed(text: str, datatype: str) -> bool:
    """Return whether a text is well-formed for a datatype; for one that is not known every text is."""
    return datatype not in READERS or _read(text, datatype) is not None


# Comparison ---------------------------------------------------------------------------------------------

Family = frozenset[str]
"""Datatypes whose values can be compared with one another."""
FAMILIES: tuple[Family, ...] = (
    NUMBERS,
    *(frozenset({datatype.value}) for datatype in (XSD.date, XSD.dateTime, XSD.time, XSD.string)),
)


@dataclass(frozen=True, slots=True)
class Bound:
    """What sh:minInclusive and its like compare with."""

    value: object
    family: Family


def bound_of(literal: Literal) -> Bound | None:
    """Return a literal as a bound; None where it is ill-formed, or of a datatype whose values have no order."""
    family = next((each for each in FAMILIES if literal.datatype.value in each), None)
    value = value_of(literal, family) if family else None
    return None if family is None or value is None else Bound(value, family)


def value_of(literal: Literal, family: Family) -> object:
    """Return the value of a literal, or None where it is ill-formed or cannot be compared with those of a family."""
    datatype = literal.datatype.value
    if datatype not in family:
        return None
    return literal.value if datatype == XSD.string.value else _read(literal.value, datatype)
