"""The type `places`: where in the source a row stands."""

from __future__ import annotations

from typing import Any

from ogp_data.core import places
from ogp_data.core.words import Words
from ogp_data.types.base import About, Fault, Setting, Texts, TextType, Written


class Places(TextType):
    """Lists of places of the source."""

    about = About(
        name="places",
        holds="places of the document, with a space between them: L98 L100 are two lines; the type of the last column",
        label=Words("plaatsen in de bron, met een spatie ertussen", "places in the source, with a space between"),
        in_csv=Words(
            "een lijst: plaatsen in het brondocument, in de volgorde ervan, met een spatie ertussen: L98 L100 zijn de"
            " regels 98 en 100, geteld vanaf 1; p12 is een pagina, Sheet1!A5 een cel van een werkblad, b17 een blok,"
            " 2:L98 een regel van het tweede bestand; in JSON-LD een array, in Turtle een waarde per plaats",
            "a list: places in the source document in the order of the document, with a space between them: L98 L100"
            " are the lines 98 and 100, counted from 1; p12 is a page, Sheet1!A5 a cell of a sheet, b17 a block,"
            " 2:L98 a line of the second file; in JSON-LD an array, in Turtle one value for each place",
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
