"""The type `code`: codes of a list."""

from __future__ import annotations

import json
import re
from typing import Any

from ogp_data.core.columns import CODE_LIST
from ogp_data.core.messages import Message
from ogp_data.core.near import Near
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
        return setting.codes.get(written.text, written.text)

    def check(self, text: str, setting: Setting, row: Texts) -> Fault | None:
        """Return that the list has no such code."""
        if text in setting.concepts:
            return None
        message = Message("{text!r} is not in the code list '{codes}'.", text=text[:80], codes=setting.column.codes)
        if setting.column.take == CODE_LIST:
            hint = Message(
                "The values of '{basis}' are of a list that is none of these: leave '{name}' out, with"
                " columns.{name} = false.",
                basis=setting.column.basis,
                name=setting.column.name,
            )
            return Fault("unknown-code", message, hint)
        return Fault("unknown-code", message, _how_to_say(text, setting))

    def show(self, text: str, setting: Setting) -> Shown:
        """Return the label of the code."""
        concept = setting.concepts.get(text)
        return Shown(text, concept.label if concept else None)

    def csvw(self, setting: Setting) -> str | dict[str, str]:
        """Return a string that is one of the codes."""
        codes = [_SPECIAL.sub(r"\\\g<0>", code) for code in setting.concepts]
        return {"base": "string", "format": f"^(?:{'|'.join(codes)})$"}

    def field(self, setting: Setting) -> dict[str, Any]:
        """Return `string` with the codes as categories, each with its label."""
        language = setting.publication.declaration.plain_language
        found = ({"value": code, "label": concept.label.of(language)} for code, concept in setting.concepts.items())
        return {**super().field(setting), "categories": list(found)}

    def constraints(self, setting: Setting) -> dict[str, Any]:
        """Return the codes."""
        return {"enum": list(setting.concepts)}


def _how_to_say(text: str, setting: Setting) -> Message:
    """Return how to say that a text stands for a code, after what the list has."""
    known = setting.written
    near = Near(known.items()).of(text)
    return Message(
        "If it stands for a code, say so with `{code} = [{text}]` in {place}. The list has {written}.",
        code=near[0] if near else "CODE",
        text=json.dumps(text[:80], ensure_ascii=False),
        place=setting.publication.declared(setting.column, "written"),
        written=", ".join(repr(said) for texts in known.values() for said in texts),
    )
