"""The type `boolean`: yes or no, also as a tick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ogp_data.core.columns import Column
from ogp_data.core.messages import Message
from ogp_data.types.base import About, Fault, Setting, Shown, Texts, Type, Written
from ogp_data.types.sheet import Cell

if TYPE_CHECKING:
    import pyarrow as pa

_TICKS, _BLANKS = frozenset("x✓✔☑☒✅√"), frozenset("☐□")
"""Marks that say yes, and the empty box that says no, in every language."""

_WORDS: Mapping[str, tuple[str, str]] = {
    "nl": ("ja|j|waar", "nee|n|neen|onwaar"),
    "en": ("yes|y", "no|n"),
    "fr": ("oui|o|vrai", "non|n|faux"),
    "de": ("ja|j|wahr", "nein|n|falsch"),
}
"""Language -> its words for yes and for no."""

_TEXTS = {True: "true", False: "false"}


def _meant(text: str, language: str) -> set[bool]:
    """Return what a text says: nothing, one of both, or both where a language is not known."""
    # Word processors append an invisible selector that says whether a tick is drawn as text or as a picture.
    bare = text.strip().lower().rstrip("\ufe0e\ufe0f")
    if bare in ("true", "false"):
        return {bare == "true"}
    # Words are those of a language; without one only true and false are read.
    if not language:
        return set()
    if bare in _TICKS or bare in _BLANKS:
        return {bare in _TICKS}
    # An unknown language may agree with one that is known; where two disagree, nothing is chosen.
    words = [_WORDS[language]] if language in _WORDS else _WORDS.values()
    return {said for pair in words for said, known in zip((True, False), pair, strict=True) if bare in known.split("|")}


def _examples(language: str) -> str:
    if not language:
        return Message("true or false")
    yes, no = (known.partition("|")[0] for known in _WORDS.get(language, _WORDS["en"]))
    return Message("{yes}, {no} or x", yes=yes, no=no)


class Boolean(Type):
    """Yes or no."""

    about = About(
        name="boolean",
        holds="yes or no: `true` and `false`, the words for it in the language of the document (such as ja and nee,"
        " waar and onwaar), or a tick (x, ✓, ☑); an empty cell is unknown, and an empty box (☐) is no",
        label=Message("yes or no"),
        in_csv=Message("true or false"),
        datatype="xsd:boolean",
        verbatim=False,
        native=True,
    )

    def parse(self, written: Written, setting: Setting) -> str | Fault:
        """Return `true` or `false`."""
        meant = _meant(written.text, written.language)
        if len(meant) == 1:
            return _TEXTS[meant.pop()]
        message = Message(
            "{text!r} does not say yes or no, such as {examples}.",
            text=written.text[:40],
            examples=_examples(written.language),
        )
        hint = Message(
            "Record in corrections.toml what is meant; where there is more to say than yes or no, let it be a code."
        )
        return Fault("cell-type", message, hint)

    def check(self, text: str, setting: Setting, row: Texts) -> Fault | None:
        """Return why a text is not `true` or `false`."""
        known = text in _TEXTS.values()
        return (
            None
            if known
            else Fault(
                "cell-type", Message("{text!r} is not true or false.", text=text[:40]), Message("Write true or false.")
            )
        )

    def value(self, text: str) -> bool:
        """Return whether it is true."""
        if text not in _TEXTS.values():
            raise ValueError(text)
        return text == "true"

    def json(self, value: bool) -> bool:
        """Return the truth value."""
        return value

    def arrow(self, values: Sequence[bool | None]) -> pa.Array:
        """Return an array of truth values."""
        import pyarrow as pa

        return pa.array(values, type=pa.bool_())

    def sql(self, value: bool) -> int:
        """Return 1 or 0, which is what SQLite takes TRUE and FALSE for."""
        return int(value)

    def sheet(self, text: str, value: bool, column: Column) -> Cell:
        """Return a truth value."""
        return Cell(value, "boolean")

    def unfit(self, text: str) -> str:
        """Return nothing."""
        return ""

    def show(self, text: str, setting: Setting) -> Shown:
        """Return yes or no."""
        return Shown(text, Message("yes") if text == "true" else Message("no"))

    def rank(self, value: bool) -> bool:
        """Return the truth value: no comes before yes."""
        return value

    def csvw(self, setting: Setting) -> str | dict[str, str]:
        """Return `boolean`."""
        return "boolean"

    def field(self, setting: Setting) -> dict[str, str]:
        """Return `boolean`."""
        return {"type": "boolean"}

    def constraints(self, setting: Setting) -> dict[str, Any]:
        """Return none."""
        return {}

    def sql_type(self) -> str:
        """Return `BOOLEAN`."""
        return "BOOLEAN"

    def sql_check(self, name: str) -> str:
        """Return that it is 1 or 0."""
        return f"{name} IN (0, 1)"

    def openapi(self) -> dict[str, Any]:
        """Return a truth value."""
        return {"type": "boolean"}
