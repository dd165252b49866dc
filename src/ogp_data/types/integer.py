"""The type `integer`: whole numbers of at most 18 digits, which every format holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ogp_data.core.columns import Column
from ogp_data.core.messages import Message, sentences
from ogp_data.types import numbers
from ogp_data.types.base import About, Fault, Setting, Shown, Texts, Type, Written
from ogp_data.types.sheet import MOST_DIGITS, Cell

if TYPE_CHECKING:
    import pyarrow as pa

FORM = re.compile(r"0|-?[1-9][0-9]{0,17}")


class Integer(Type):
    """Whole numbers."""

    about = About(
        name="integer",
        holds="whole numbers; what stands between thousands is read as the language of the document writes it",
        label=Message("integer"),
        in_csv=Message("digits, without points or spaces between them"),
        datatype="xsd:integer",
        verbatim=False,
        native=True,
        numeric=True,
    )

    def parse(self, written: Written, setting: Setting) -> str | Fault:
        """Return the number that is written, with or without something between thousands."""
        if FORM.fullmatch(written.text) or not written.language:
            return written.text
        found = numbers.read(written.text, written.language).number
        return found if FORM.fullmatch(found) else written.text

    def check(self, text: str, setting: Setting, row: Texts) -> Fault | None:
        """Return why a text is not a whole number."""
        if FORM.fullmatch(text):
            return None
        message = Message("{text!r} is not a whole number of at most 18 digits without leading zeros.", text=text[:40])
        # What is named by numbers, such as 1.2, is named by texts of no language.
        names = setting.column.key or setting.column.references
        wrong = Message("Record in corrections.toml what is meant, in digits.")
        return Fault("cell-type", message, sentences(wrong, numbers.as_written("string" if names else "text")))

    def value(self, text: str) -> int:
        """Return the number."""
        if not FORM.fullmatch(text):
            raise ValueError(text)
        return int(text)

    def json(self, value: int) -> int:
        """Return the number."""
        return value

    def arrow(self, values: Sequence[int | None]) -> pa.Array:
        """Return an array of int64."""
        import pyarrow as pa

        return pa.array(values, type=pa.int64())

    def sql(self, value: int) -> int:
        """Return the number."""
        return value

    def sheet(self, text: str, value: int, column: Column) -> Cell:
        """Return a number."""
        return Cell(value, "integer")

    def unfit(self, text: str) -> str:
        """Return why a spreadsheet would alter the number."""
        if len(text.lstrip("-")) <= MOST_DIGITS:
            return ""
        return Message(
            "an integer of more than {most_digits} digits, which a spreadsheet rounds", most_digits=MOST_DIGITS
        )

    def show(self, text: str, setting: Setting) -> Shown:
        """Return the digits: a number may be a year or a name, in which nobody writes points."""
        return Shown(text)

    def rank(self, value: int) -> int:
        """Return the number."""
        return value

    def csvw(self, setting: Setting) -> str | dict[str, str]:
        """Return `integer`."""
        return "integer"

    def field(self, setting: Setting) -> dict[str, str]:
        """Return `integer`."""
        return {"type": "integer"}

    def constraints(self, setting: Setting) -> dict[str, Any]:
        """Return none."""
        return {}

    def sql_type(self) -> str:
        """Return `INTEGER`."""
        return "INTEGER"

    def sql_check(self, name: str) -> str:
        """Return that it is an integer, which SQLite does not hold a column to."""
        return f"{name} IS NULL OR typeof({name}) = 'integer'"

    def openapi(self) -> dict[str, Any]:
        """Return an integer."""
        return {"type": "integer"}
