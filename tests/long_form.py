"""The long form of a declaration as a person would write it: each key is there to be spoilt by a test."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from fuzz.toml import as_toml
from ogp_data.core import resources
from ogp_data.core.declared import Declaration
from ogp_data.declaration.publication_file import expanded
from ogp_data.models.lists import load_lists

COLUMN = (
    *("name", "type", "take", "of", "where", "heading", "search", "codes", "phrase", "basis", "having", "lacking"),
    *("lost", "iri", "references", "language", "rdf", "key", "required", "title", "description"),
)
TABLES = ("keywords", "series", "source")
LISTS = ("reference", "section", "dataset")


@cache
def tables(data: Path, name: str) -> dict[str, Any]:
    """Return the long form of a publication's declaration, which is sound."""
    found = expanded(data, name, load_lists(resources.value_lists()), [])
    assert found
    assert not found.findings
    return found.tables


@cache
def long_form(data: Path, name: str) -> str:
    """Return the long form of a publication's declaration as TOML, and check that it says the same."""
    long = {key: value for key, value in tables(data, name).items() if key not in ("page_languages", "profile")}
    text = "\n".join(_file(long)) + "\n"
    assert tomllib.loads(text) == long
    return text


def _file(long: Mapping[str, Any]) -> Iterator[str]:
    order = [part.name for part in dataclasses.fields(Declaration)]
    for key in sorted(long.keys() - {*TABLES, *LISTS}, key=order.index):
        yield from _pair(key, long[key], dotted=key in ("title", "description"))
    for key in TABLES:
        yield from ("", f"[{key}]")
        for inner, said in long[key].items():
            yield from _pair(inner, said, dotted=isinstance(said, dict))
    for key in LISTS:
        for entry in long[key]:
            yield from _dataset(entry) if key == "dataset" else _table(key, entry)


def _table(header: str, entry: Mapping[str, Any]) -> Iterator[str]:
    yield from ("", f"[[{header}]]")
    for key, said in entry.items():
        yield from _pair(key, said)


def _dataset(entry: Mapping[str, Any]) -> Iterator[str]:
    find = entry["find"]
    is_short = not any(isinstance(said, list) for said in find.values())
    yield from ("", "[[dataset]]")
    for key in ("name", "type", "rows", *(["find"] if is_short else []), "keywords", "title", "description"):
        if key in entry:
            yield from _pair(key, entry[key], dotted=key in ("title", "description"))
    if not is_short:
        yield from ("", "[dataset.find]")
        for key, said in find.items():
            yield from () if key == "quote" else _pair(key, said)
        for quote in find.get("quote", ()):
            yield from _table(
                "dataset.find.quote", dict(sorted(quote.items(), key=lambda one: one[0] != "description"))
            )
    for column in entry["column"]:
        yield from _table("dataset.column", {key: column[key] for key in (*COLUMN, *column) if key in column})


def _pair(key: str, said: Any, dotted: bool = False) -> Iterator[str]:
    if dotted:
        for language, text in said.items():
            yield f"{key}.{language} = {as_toml(text)}"
    elif isinstance(said, list) and any(isinstance(one, dict) for one in said):
        yield f"{key} = ["
        yield from (f"    {as_toml(one)}," for one in said)
        yield "]"
    else:
        yield f"{key} = {_plain(said)}"


def _plain(said: Any) -> str:
    """Return a value as a person writes it: a pattern without escapes, and a table with bare keys."""
    if isinstance(said, str) and "\\" in said and "'" not in said:
        return f"'{said}'"
    if isinstance(said, dict):
        return "{ " + ", ".join(f"{key} = {_plain(one)}" for key, one in said.items()) + " }"
    return as_toml(said)
