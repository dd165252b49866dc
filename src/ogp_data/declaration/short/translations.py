"""Columns that have the text of another in a further language: `title_en` behind `title`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ogp_data.core.messages import Message, language_name
from ogp_data.declaration.naming import LANGUAGE_CODES
from ogp_data.declaration.offering import groups, kind_of, labels
from ogp_data.declaration.short.work import Table, Work
from ogp_data.models.model import ModelColumn

_TEXTUAL = ("text", "string")
_OF_DOCUMENT = ("source", "repeated", "derived")
_UNTRANSLATED = ("key", "codes", "references", "where", "language", "lost", "required")
"""What a column cannot be, or have, that has the text of another in a further language."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A column that has the text of another in a language."""

    base: str
    language: str
    column: ModelColumn


def translations(
    columns: Mapping[str, ModelColumn], said: Table, find: Table, work: Work
) -> Iterator[tuple[str, Translation]]:
    """Yield, by name, the columns in which texts may stand in the other languages of the document."""
    named = {*said, *labels(find), *groups(find)}
    for base, column in columns.items():
        if column.keys.get("type", "string") not in _TEXTUAL or column.keys.get("references"):
            continue
        for language in _languages(base, named, work.further):
            name = f"{base}_{language}"
            if name not in columns:
                yield name, Translation(base, language, _translated(column, name, language, work))


def _languages(base: str, named: Collection[str], further: Sequence[str]) -> list[str]:
    """Return in which languages a column may have a text: those of the files, and those in which it is named so."""
    begins = f"{base}_"
    own = {name.removeprefix(begins) for name in named if name.startswith(begins)} & LANGUAGE_CODES
    return [*further, *sorted(own - {*further})]


def _translated(column: ModelColumn, name: str, language: str, work: Work) -> ModelColumn:
    keys = {key: value for key, value in column.keys.items() if key not in _UNTRANSLATED}
    title, description = (work.text(column.keys[key]) for key in ("title", "description"))
    spoken = {page: language_name(language, page) for page in work.languages}
    said = {
        "title": {page: f"{text} ({spoken[page]})" for page, text in title.items()},
        "description": {
            page: Message("{text} In {language}.", text=text, language=spoken[page]).of(page)
            for page, text in description.items()
        },
    }
    return ModelColumn(name, {**keys, **said, "name": name, "type": "text", "language": language})


def verb_of(base: Table, find: Table, language: str, others: Collection[str]) -> str:
    """Return what a column takes that has the text of another, which is filled, in a language of the files; "" for
    nothing. `others` are the columns of the dataset whose rows are repeated.
    """
    verb = str(base.get("take", ""))
    if find.get("kind") == "rows":
        return f"{verb}_{language}" if f"{verb}_{language}" in others else ""
    is_apart = any(base.get(key) for key in _UNTRANSLATED if key != "required")
    return "" if is_apart or not _is_said(base, verb, find) else verb


def _is_said(base: Table, verb: str, find: Table) -> bool:
    """Return whether a column takes words of the document that are said anew in each language."""
    kind = kind_of(find)
    offers: Mapping[str, Any] = kind.offers if kind else {}
    prefix, colon, name = verb.partition(":")
    offer = offers.get(verb) or offers.get(f"{prefix}:NAME") or (offers.get("cell") if base.get("heading") else None)
    if base.get("of"):
        return verb == "cell" or bool(colon)
    if offer is None or offer.origin not in _OF_DOCUMENT or name == "number" or verb in ("number", "letter"):
        return False
    # A name without a language is said in each language where it stands with a label or in a cell of its own.
    return base.get("type") == "text" or prefix in ("label", "cell", "text")
