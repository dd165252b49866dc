"""The model of OGP data: the datasets that action plans and their assessments have in common, each column once.

It stands in ogp/: a file for each dataset, `shared.toml` with the columns that any table may have, and
`publication.toml` with what a publication says of itself where its declaration says nothing better.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ogp_data.core.columns import Column
from ogp_data.core.strict import STRICT
from ogp_data.core.words import WordLists, Words
from ogp_data.models.data_files import Table, read, valid

_FOLDER = Path(__file__).with_name("ogp")


@dataclass(frozen=True, slots=True)
class ModelColumn:
    """A column of the model: its name, what it takes by default, and its other keys as a declaration has them."""

    name: str
    keys: Table
    take: Mapping[str, str] = field(default_factory=dict)
    """Kind of dataset -> verb; that of "" is for every other kind."""
    core: bool = False
    """Whether it is there, and empty, where a document has nothing for it."""

    def verb(self, kind: str) -> str:
        """Return what the column takes by default of rows of a kind; "" for nothing."""
        return self.take.get(kind, self.take.get("", ""))


@dataclass(frozen=True, slots=True)
class ModelDataset:
    """A dataset of the model: class and key of its rows, where they are found by default, its texts and columns."""

    name: str
    type: str
    key: str
    find: Table
    title: Words
    description: Words
    keywords: WordLists
    columns: Mapping[str, ModelColumn]


@dataclass(frozen=True, slots=True)
class Model:
    """The model: its datasets, the columns that any table may have, and the defaults of a publication."""

    datasets: Mapping[str, ModelDataset]
    shared: Mapping[str, ModelColumn]
    publication: Table


@dataclass(frozen=True, slots=True)
class _DatasetFile:
    __pydantic_config__ = STRICT
    type: str
    key: str
    title: Words
    description: Words
    keywords: WordLists
    column: list[dict[str, Any]]
    find: dict[str, Any] = field(default_factory=dict)


@cache
def model() -> Model:
    """Return the model of the package."""
    return load_model(_FOLDER)


def load_model(folder: Path) -> Model:
    """Return the model that stands in a folder; ValueError says what is wrong with which of its files."""
    path = folder / "shared.toml"
    tables = valid(list[dict[str, Any]], read(path).get("column", []), path)
    shared = {str(table.get("name")): table for table in tables}
    datasets = {path.stem: _dataset(path, shared) for path in sorted((folder / "datasets").glob("*.toml"))}
    return Model(datasets, _columns(tables, path), read(folder / "publication.toml"))


def _dataset(path: Path, shared: Mapping[str, Table]) -> ModelDataset:
    table = read(path)
    # `type` is what a declaration calls the class of the rows; in Python, `class` is no name.
    file = valid(_DatasetFile, {"type" if key == "class" else key: value for key, value in table.items()}, path)
    # What a dataset does not say of a column that any table may have is as it is there.
    columns = _columns([{**shared.get(str(table.get("name")), {}), **table} for table in file.column], path)
    if file.key not in columns:
        raise ValueError(f"{path.name}: the key {file.key!r} is none of the columns")
    return ModelDataset(path.stem, file.type, file.key, file.find, file.title, file.description, file.keywords, columns)


def _columns(tables: Sequence[Table], path: Path) -> dict[str, ModelColumn]:
    columns = [_column(table, path) for table in tables]
    found = {column.name: column for column in columns}
    if len(found) < len(columns):
        raise ValueError(f"{path.name}: a column stands there twice")
    return found


def _column(table: Table, path: Path) -> ModelColumn:
    take = table.get("take", {})
    verbs = {"": take} if isinstance(take, str) else valid(dict[str, str], take, path)
    keys = {key: value for key, value in table.items() if key not in ("take", "core")}
    # What it takes is known only when a declaration says where the rows are found.
    held = valid(Column, {**keys, "take": ""}, path)
    return ModelColumn(held.name, keys, verbs, valid(bool, table.get("core", False), path))
