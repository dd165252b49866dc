"""The type `date`: days of the calendar."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ogp_data.core.columns import Column
from ogp_data.core.dates import Dated, read_date
from ogp_data.core.edtf import is_date, is_edtf
from ogp_data.core.messages import Message
from ogp_data.types.base import About, Fault, Setting, Shown, Texts, Type, Written
from ogp_data.types.sheet import FIRST_DATE, Cell

if TYPE_CHECKING:
    import pyarrow as pa


def read(text: str, language: str) -> Dated:
    """Return a date as EDTF, from EDTF or from words; how a table from elsewhere writes digits is not known."""
    return Dated(text) if is_edtf(text) else read_date(text, language)


def unread(text: str, why: str, hint: str) -> Fault:
    """Return the fault that a text is not a date of the kind wanted."""
    return Fault("invalid-date", Message("{text!r} {why}.", text=text, why=why), hint)


class Date(Type):
    """Days of the calendar."""

    about = About(
        name="date",
        holds="calendar days, such as 2023-05-26; what the document writes is read as a date of its language",
        label=Message("date (yyyy-mm-dd)"),
        in_csv=Message("a day as year, month and day: 2023-05-26"),
        datatype="xsd:date",
        verbatim=False,
        dated=True,
    )

    def parse(self, written: Written, setting: Setting) -> str | Fault:
        """Return the day that words say."""
        dated, fix = read(written.text, written.language), meant(written.language, _FORM)
        if dated.fault:
            return unread(written.text, dated.fault, fix)
        if is_date(dated.edtf):
            return dated.edtf
        hint = Message(
            'Declare the column as `type = "edtf"`, which takes {edtf}. Otherwise: {fix}', edtf=dated.edtf, fix=fix
        )
        return unread(written.text, Message("is not a calendar date"), hint)

    def check(self, text: str, setting: Setting, row: Texts) -> Fault | None:
        """Return why a text is not a day."""
        return (
            None
            if is_date(text)
            else unread(text, Message("is not a calendar date"), Message("Write {form}.", form=_FORM))
        )

    def value(self, text: str) -> datetime.date:
        """Return the day."""
        if not is_date(text):
            raise ValueError(text)
        return datetime.date.fromisoformat(text)

    def json(self, value: datetime.date) -> str:
        """Return the day as text."""
        return value.isoformat()

    def arrow(self, values: Sequence[datetime.date | None]) -> pa.Array:
        """Return an array of date32."""
        import pyarrow as pa

        return pa.array(values, type=pa.date32())

    def sql(self, value: datetime.date) -> str:
        """Return the day as text."""
        return value.isoformat()

    def sheet(self, text: str, value: datetime.date, column: Column) -> Cell:
        """Return a date where all spreadsheets agree on it."""
        return Cell(value, "date") if value >= FIRST_DATE else Cell(text)

    def unfit(self, text: str) -> str:
        """Return nothing: what a spreadsheet has no date for is text."""
        return ""

    def show(self, text: str, setting: Setting) -> Shown:
        """Return the day."""
        return Shown(text)

    def rank(self, value: datetime.date) -> datetime.date:
        """Return the day."""
        return value

    def csvw(self, setting: Setting) -> str | dict[str, str]:
        """Return `date`."""
        return "date"

    def field(self, setting: Setting) -> dict[str, str]:
        """Return `date`."""
        return {"type": "date"}

    def constraints(self, setting: Setting) -> dict[str, Any]:
        """Return none."""
        return {}

    def sql_type(self) -> str:
        """Return `DATE`."""
        return "DATE"

    def sql_check(self, name: str) -> str:
        """Return that it is a day of the calendar."""
        # Only when it has something to add does SQLite find out that a day is not on the calendar.
        return f"{name} IS date({name}, '+0 days')"

    def openapi(self) -> dict[str, Any]:
        """Return a date."""
        return {"type": "string", "format": "date"}


_FORM = Message("a day (YYYY-MM-DD)")


def meant(language: str, form: str) -> Message:
    """Return how to say, in what form, what is meant by a cell that cannot be read."""
    if language:
        return Message("Record the intended value of this cell in corrections.toml, as {form}.", form=form)
    return Message("Write the intended value in the reference table, as {form}.", form=form)
