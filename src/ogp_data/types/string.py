"""The type `string`: text without a language."""

from __future__ import annotations

from ogp_data.core.messages import Message
from ogp_data.types.base import About, Fault, Setting, Texts, TextType, Written


class String(TextType):
    """Text that is not of one language: a name, an identifier, a label."""

    about = About(
        name="string",
        holds="text without a language, such as names, codes of others and labels",
        label=Message("text"),
        in_csv=Message("a name, an identifier or other text that is not of one language"),
        datatype="xsd:string",
        native=True,
        words=True,
    )

    def parse(self, written: Written, setting: Setting) -> str | Fault:
        """Return the text as it is written."""
        return written.text

    def check(self, text: str, setting: Setting, row: Texts) -> Fault | None:
        """Return nothing: every text is one."""
        return None
