"""What stands in the tables over all publications besides: columns of any of them, and two tables of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ogp_data.core.columns import Column
from ogp_data.core.strict import STRICT
from ogp_data.core.words import WordLists, Words
from ogp_data.models.data_files import read, valid

_FOLDER = Path(__file__).with_name("ogp") / "over"


@dataclass(frozen=True, slots=True)
class OwnTable:
    """A table over all publications that none of them has by itself."""

    type: str
    key: str
    title: Words
    description: Words
    keywords: WordLists
    column: Sequence[Column]


@dataclass(frozen=True, slots=True)
class _File:
    __pydantic_config__ = STRICT
    type: str
    key: str
    title: Words
    description: Words
    keywords: WordLists
    column: list[dict[str, Any]] = field(default_factory=list)


@cache
def beside_publication() -> tuple[Column, ...]:
    """Return the columns that stand behind `publication` in every table over all: country, plan and licence."""
    path = _FOLDER / "columns.toml"
    return tuple(valid(Column, table, path) for table in read(path)["column"])


@cache
def own_tables() -> Mapping[str, OwnTable]:
    """Return the tables that only a collection has, by name; their columns without those that every table has."""
    paths = [_FOLDER / "publications.toml", _FOLDER / "continuations.toml"]
    return {path.stem: _own(path) for path in paths}


def _own(path: Path) -> OwnTable:
    # What a declaration calls the class of the rows; in Python, `class` is no name.
    file = valid(_File, {"type" if key == "class" else key: value for key, value in read(path).items()}, path)
    columns = [valid(Column, {**one, "take": "generated", "key": one["name"] == file.key}, path) for one in file.column]
    return OwnTable(file.type, file.key, file.title, file.description, file.keywords, columns)
