"""The type `code`: codes of a list."""

from __future__ import annotations

import re
from typing import Any

from ogp_data.core.messages import Message
from ogp_data.types.base import About, Fault, Setting, Shown, Texts, TextType, Written

_SPECIAL = re.compile(r"[\\^$.|?*+()\[\]{}/]")


class Code(TextType):
    """Codes of the list that the column names; IRIs of concepts in the linked data."""

    about = About(
        name="code",
        holds="codes of the list that `codes` names",
        label=Message("code of a list"),
        in_csv=Message("one code of the code list named with the column; JSON-LD and Turtle have the IRI of the code"),
        names="codes",
        verbatim=False,
    )

    def parse(self, written: Written, setting: Setting) -> str | Fault:
        """Return the code that stands for what is written, or what is written where none does."""
        # A table from elsewhere gives codes, no words that stand for them.
        if not written.language:
            return written.text
        known = setting.concepts.values()
        return next((c.code for c in known if written.text == c.code or written.text in c.written), written.text)

    def check(self, text: str, setting: Setting, row: Texts) -> Fault | None:
        """Return that the list has no such code."""
        if text in setting.concepts:
            return None
        written = ", ".join(repr(said) for c in setting.concepts.values() for said in (c.code, *c.written))
        message = Message("{text!r} is not in the code list '{codes}'.", text=text[:80], codes=setting.column.codes)
        return Fault("unknown-code", message, Message("The list has {written}.", written=written))

    def show(self, text: str, setting: Setting) -> Shown:
        """Return the label of the code."""
        concept = setting.concepts.get(text)
        return Shown(text, concept.label if concept else None)

    def csvw(self, setting: Setting) -> str | dict[str, str]:
        """Return a string that is one of the codes."""
        codes = [_SPECIAL.sub(r"\\\g<0>", code) for code in setting.concepts]
        return {"base": "string", "format": f"^(?:{'|'.join(codes)})$"}

    def constraints(self, setting: Setting) -> dict[str, Any]:
        """Return the codes."""
        return {"enum": list(setting.concepts)}
