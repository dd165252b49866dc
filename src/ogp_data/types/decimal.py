"""The type `decimal`: numbers with a fraction, kept to the digit."""

from __future__ import annotations

import decimal
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ogp_data.core.columns import Column
from ogp_data.core.messages import Message
from ogp_data.types import numbers
from ogp_data.types.base import About, Fault, Setting, Shown, Texts, Type, Written
from ogp_data.types.sheet import MOST_DIGITS, Cell

if TYPE_CHECKING:
    import pyarrow as pa

_MOST_IN_ARROW = 38
"""Digits of a decimal128; of wider ones, some programs that read Parquet make a binary64."""


class Decimal(Type):
    """Numbers with a fraction; as many digits are kept as are written."""

    about = About(
        name="decimal",
        holds="numbers with or without a fraction, kept to the digit; read as the language of the document writes"
        " them, such as 1.234,5 in Dutch, 1,234.5 in English and 1 234,5 in French",
        label=Message("decimal number"),
        in_csv=Message("digits with a point before the decimals and nothing between thousands: 1234.50"),
        datatype="xsd:decimal",
        verbatim=False,
        numeric=True,
    )

    def parse(self, written: Written, setting: Setting) -> str | Fault:
        """Return the number that is written."""
        return self._number(written.text, written)

    def _number(self, text: str, written: Written) -> str | Fault:
        found = numbers.read(text, written.language)
        if not found.fault:
            return found.number
        hint = numbers.meant(written.language, numbers.example(written.language))
        return Fault("cell-type", Message("{text!r} {fault}.", text=written.text[:40], fault=found.fault), hint)

    def check(self, text: str, setting: Setting, row: Texts) -> Fault | None:
        """Return why a text is not a number."""
        if numbers.CANONICAL.fullmatch(text):
            return None
        return Fault(
            "cell-type",
            Message("{text!r} is not a number.", text=text[:40]),
            Message("Write it with a point, such as 1234.5."),
        )

    def value(self, text: str) -> decimal.Decimal:
        """Return the number."""
        return numbers.value(text)

    def json(self, value: decimal.Decimal) -> str:
        """Return the digits as text: many programs make a binary64 of a number in JSON."""
        return f"{value:f}"

    def arrow(self, values: Sequence[decimal.Decimal | None]) -> pa.Array:
        """Return an array of decimals as wide as the widest; of strings where the widest is too wide."""
        import pyarrow as pa

        # Not abs(), which rounds to 28 digits.
        digits = [f"{value.copy_abs():f}".partition(".") for value in values if value is not None]
        scale = max((len(fraction) for _, _, fraction in digits), default=0)
        width = max((len(whole) for whole, _, _ in digits), default=1) + scale
        if width <= _MOST_IN_ARROW:
            return pa.array(values, type=pa.decimal128(width, scale))
        return pa.array([None if value is None else f"{value:f}" for value in values], type=pa.string())

    def sql(self, value: decimal.Decimal) -> str:
        """Return the digits as text, as SQLite's own functions for decimals take them; it has no such type."""
        return f"{value:f}"

    def sheet(self, text: str, value: decimal.Decimal, column: Column) -> Cell:
        """Return a number that shows the decimals that it has."""
        return Cell(value, "decimal", decimals=numbers.scale(text))

    def unfit(self, text: str) -> str:
        """Return why a spreadsheet would alter the number."""
        if numbers.significant(text) <= MOST_DIGITS:
            return ""
        return Message(
            "a number of more than {most_digits} digits, which a spreadsheet rounds", most_digits=MOST_DIGITS
        )

    def show(self, text: str, setting: Setting) -> Shown:
        """Return the number as each language writes it."""
        return Shown(text, Message("{number}", number=numbers.Said(text)))

    def rank(self, value: decimal.Decimal) -> decimal.Decimal:
        """Return the number."""
        return value

    def csvw(self, setting: Setting) -> str | dict[str, str]:
        """Return `decimal`."""
        return "decimal"

    def field(self, setting: Setting) -> dict[str, str]:
        """Return `number`, which Table Schema reads to the digit."""
        return {"type": "number"}

    def constraints(self, setting: Setting) -> dict[str, Any]:
        """Return none."""
        return {}

    def sql_type(self) -> str:
        """Return `TEXT`: a column of numbers would keep some 15 digits."""
        return "TEXT"

    def sql_check(self, name: str) -> str:
        """Return that it consists of digits, with a point and a sign where they can stand."""
        digits = f"ltrim({name}, '-')"
        return f"{digits} GLOB '[0-9]*' AND {digits} NOT GLOB '*[^0-9.]*' AND {digits} NOT GLOB '*.*.*'"

    def openapi(self) -> dict[str, Any]:
        """Return a string of digits."""
        return {"type": "string", "format": "decimal", "pattern": f"^{numbers.CANONICAL.pattern}$"}
