"""The type `edtf`: dates of any precision."""

from __future__ import annotations

from typing import Any

from ogp_data.core.edtf import is_edtf
from ogp_data.core.messages import Message
from ogp_data.core.vocab import PREFIXES
from ogp_data.types import date
from ogp_data.types.base import About, Fault, Setting, Texts, TextType, Written


class Edtf(TextType):
    """Days, months, quarters, seasons, years, periods and enumerations of these."""

    about = About(
        name="edtf",
        holds="dates of any precision in EDTF (ISO 8601-2), such as 2020-33 for the first quarter of 2020,"
        " read likewise",
        label=Message("date or period (EDTF)"),
        in_csv=Message(
            "a day (2023-05-26), month (2023-05), quarter (2023-33 is the first), year (2023), period"
            " (2023-05/2023-08; .. is an open end) or enumeration ({2023-05,2023-08}) in EDTF, a part of ISO 8601-2,"
            " no more precise than the source; a question mark stands after what is uncertain: 2023?-05-26"
        ),
        datatype="edtf:EDTF",
        verbatim=False,
        dated=True,
    )

    def parse(self, written: Written, setting: Setting) -> str | Fault:
        """Return the date that words say, no more precise than they are."""
        dated = date.read(written.text, written.language)
        if dated.fault:
            return date.unread(written.text, dated.fault, date.meant(written.language, Message("a date in EDTF")))
        return dated.edtf

    def check(self, text: str, setting: Setting, row: Texts) -> Fault | None:
        """Return why a text is not EDTF."""
        return None if is_edtf(text) else date.unread(text, Message("is not a date"), Message("Write a date in EDTF."))

    def csvw(self, setting: Setting) -> str | dict[str, str]:
        """Return the datatype of the Library of Congress, which is text to CSVW."""
        prefix, _, term = self.about.datatype.partition(":")
        return {"@id": PREFIXES[prefix] + term, "base": "string"}

    def openapi(self) -> dict[str, Any]:
        """Return a date in EDTF: `date` of JSON Schema is a day, and no other date."""
        return {"type": "string", "format": "edtf"}
