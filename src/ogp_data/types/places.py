"""The type `places`: where in the source a row stands."""

from __future__ import annotations

from typing import Any

from ogp_data.core import places
from ogp_data.core.messages import Message
from ogp_data.types.base import About, Fault, Setting, Texts, TextType, Written


class Places(TextType):
    """Lists of places of the source."""

    about = About(
        name="places",
        holds="places of the document, with a space between them: L98 L100 are two lines; the type of the last column",
        label=Message("places in the source, with a space between"),
        in_csv=Message(
            "a list: places in the source document in the order of the document, with a space between them: L98"
            " L100 are the lines 98 and 100, counted from 1; p12 is a page, Sheet1!A5 a cell of a sheet, b17 a"
            " block, 2:L98 a line of the second file; in JSON-LD an array, in Turtle one value for each place"
        ),
        datatype="xsd:string",
        native=True,
        names="places",
        separator=places.SEPARATOR,
    )

    def parse(self, written: Written, setting: Setting) -> str | Fault:
        """Return the places as they are."""
        return written.text

    def check(self, text: str, setting: Setting, row: Texts) -> Fault | None:
        """Return nothing: places are made by this program and never written."""
        return None

    def csvw(self, setting: Setting) -> str | dict[str, str]:
        """Return a string of the form of a place."""
        return {"base": "string", "format": f"^{places.PATTERN}$"}

    def constraints(self, setting: Setting) -> dict[str, Any]:
        """Return the form of a list of places."""
        return {"pattern": f"{places.PATTERN}({places.SEPARATOR}{places.PATTERN})*"}
