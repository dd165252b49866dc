"""The type `text`: text in a language."""

from __future__ import annotations

from ogp_data.core.messages import Message
from ogp_data.types.base import About, Fault, Setting, Texts, TextType, Written


class Text(TextType):
    """Text in the language of the document, or in that of its column."""

    about = About(
        name="text",
        holds="text in the language of the document, or in that of `language`",
        label=Message("text in a language"),
        in_csv=Message("plain text without markup; the column says in which language"),
        spoken=True,
        words=True,
    )

    def parse(self, written: Written, setting: Setting) -> str | Fault:
        """Return the text as it is written."""
        return written.text

    def check(self, text: str, setting: Setting, row: Texts) -> Fault | None:
        """Return nothing: every text is one."""
        return None
