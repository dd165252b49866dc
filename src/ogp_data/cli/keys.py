"""Every key of a declaration with its type, its default and what it says, as the nouns have it."""

from __future__ import annotations

import dataclasses
import datetime
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from ogp_data.core.declared import Declaration
from ogp_data.core.declared_site import Site
from ogp_data.core.places import Box, SourcePlace
from ogp_data.core.publication import Correction
from ogp_data.core.shared import Agent, CodeList, Contact
from ogp_data.core.words import Saying, WordLists, Words
from ogp_data.declaration.short.keys import COLUMNS, DATASETS, OF_A_COLUMN, OF_A_DATASET, Said
from ogp_data.delivery.target import Target
from ogp_data.delivery.targets import TARGETS
from ogp_data.tables.kinds import KINDS

FILES: Mapping[str, Mapping[str, type]] = {
    "publication.toml": {"": Declaration},
    "site.toml": {"": Site},
    "corrections.toml": {"correction[]": Correction},
    "agents.toml": {"agent[]": Agent, "contact[]": Contact},
    "codelists/*.toml": {"": CodeList},
    "targets/*.toml": {"": Target},
}
"""File -> its tables: key path -> the noun that it becomes."""

FIND = "dataset[].find"
"""Where the keys of a kind of dataset stand."""

SIMPLE: Mapping[Any, str] = {
    str: "text",
    int: "whole number",
    bool: "`true` or `false`",
    datetime.date: "date",
    SourcePlace: "place",
    Box: "list of four numbers",
    Words: "text in each of the page languages",
    Saying: "text, or text in each of the page languages",
    WordLists: "list of texts in each of the page languages",
    list[str]: "list of texts",
    Said: "`true`, `false`, text or table",
    dict[str, str]: "table of texts",
    dict[str, list[str]]: "table of lists of texts",
}


@dataclass(frozen=True, slots=True)
class Key:
    """A key as the nouns have it: its path, its type, its default in Markdown, and what it says."""

    path: str
    hint: Any
    default: str
    sentence: str

    @property
    def form(self) -> str:
        """Return its type in words."""
        return _type(self.hint)

    def held(self) -> Iterator[tuple[str, type]]:
        """Yield key path and noun of each table that it holds, other than texts in two languages."""
        hint, several = self.hint, "[]" if get_origin(self.hint) is list else ""
        parts = get_args(hint) if isinstance(hint, types.UnionType) or get_origin(hint) in (list, Union) else (hint,)
        nouns = [part for part in parts if isinstance(part, type) and dataclasses.is_dataclass(part)]
        yield from ((self.path + several, noun) for noun in nouns if noun not in SIMPLE)


def keys(path: str, noun: type) -> Iterator[Key]:
    """Yield the keys of the noun that stands at a path."""
    hints = get_type_hints(noun, include_extras=True)
    for field in dataclasses.fields(noun):
        hint = hints[field.name]
        said = getattr(hint, "__metadata__", ("The kind of dataset.",))
        form = get_args(hint)[0] if get_origin(hint) is Annotated else hint
        yield Key(f"{path}.{field.name}".lstrip("."), form, _default(field), said[0])


def short_keys() -> Iterator[Key]:
    """Yield the keys that only the short form of a declaration has; NAME stands for that of a dataset or column."""
    above = f"{DATASETS}.NAME"
    yield Key(above, dict, "", "A dataset of the model, or one of the publication's own, by its name.")
    for name, (hint, sentence) in OF_A_DATASET.items():
        yield Key(f"{above}.{name}", hint, "", sentence)
    hint, sentence = OF_A_COLUMN
    yield Key(f"{above}.{COLUMNS}.NAME", hint, "", sentence)


def all_keys() -> Iterator[tuple[str, Key]]:
    """Yield every key with the file that has it, a table before its keys."""
    yield from (("publication.toml", key) for key in short_keys())
    for file, tables in FILES.items():
        for path, noun in tables.items():
            yield from ((file, key) for key in _within(path, noun))
    for kind in KINDS:
        yield from ((f'publication.toml with kind = "{kind.name}"', key) for key in _within(FIND, kind.keys))
    for target in TARGETS:
        yield from ((f'targets/*.toml with kind = "{target.name}"', key) for key in own_keys(target.keys))


def _within(path: str, noun: type) -> Iterator[Key]:
    for key in keys(path, noun):
        yield key
        for inner, held in key.held():
            yield from _within(inner, held)


def own_keys(noun: type) -> Iterator[Key]:
    """Return the keys that a kind of target adds to those of every target."""
    shared = {field.name for field in dataclasses.fields(Target)}
    return (key for key in keys("", noun) if key.path not in shared)


def _type(hint: Any) -> str:
    """Return a type in words."""
    if hint in SIMPLE:
        return SIMPLE[hint]
    if get_origin(hint) is Literal:
        values = [f"`{value}`" for value in get_args(hint) if value]
        return values[0] if len(values) == 1 else f"one of {', '.join(values)}"
    if get_origin(hint) is list:
        (inner,) = get_args(hint)
        return f"list, each {_type(inner)}" if get_origin(inner) is Literal else "tables, one for each"
    parts = [part for part in get_args(hint) if part is not type(None)]
    return _type(parts[0]) if len(parts) == 1 else "table"


def _default(field: dataclasses.Field[Any]) -> str:
    if field.default is not dataclasses.MISSING:
        return f"`{str(field.default).lower()}`" if field.default not in ("", None) else ""
    return "**required**" if field.default_factory is dataclasses.MISSING else ""
