"""The type `url`: web addresses."""

from __future__ import annotations

from ogp_data.core.columns import Column
from ogp_data.core.messages import Message
from ogp_data.core.text import url_fault
from ogp_data.types.base import About, Fault, Setting, Shown, Texts, TextType, Written
from ogp_data.types.sheet import Cell, linked


class Url(TextType):
    """Web addresses, which are IRIs in the linked data."""

    about = About(
        name="url",
        holds="web addresses",
        label=Message("web address"),
        in_csv=Message("a full web address"),
        names="addresses",
        on_one_line=80,
    )

    def parse(self, written: Written, setting: Setting) -> str | Fault:
        """Return the address as it is written."""
        return written.text

    def check(self, text: str, setting: Setting, row: Texts) -> Fault | None:
        """Return why a text is not an address to publish."""
        fault = url_fault(text)
        return (
            Fault("invalid-url", Message("The address {fault}: {text!r}.", fault=fault, text=text[:80]))
            if fault
            else None
        )

    def sheet(self, text: str, value: str, column: Column) -> Cell:
        """Return a text that leads to the address."""
        return linked(text)

    def show(self, text: str, setting: Setting) -> Shown:
        """Return the address, as a link when it is of the web."""
        return Shown(text, address=text if text.lower().startswith(("https://", "http://")) else "")

    def csvw(self, setting: Setting) -> str | dict[str, str]:
        """Return `anyURI`."""
        return "anyURI"

    def field(self, setting: Setting) -> dict[str, str]:
        """Return `string` with the format of URIs."""
        return {"type": "string", "format": "uri"}
