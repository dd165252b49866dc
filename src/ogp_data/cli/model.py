"""What the OGP model says of a dataset or a column, for people at a terminal and for docs/publication.md."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from ogp_data.core.messages import Message
from ogp_data.core.words import Words
from ogp_data.models.model import ModelColumn, ModelDataset, model

_NAMES = ("dataset", "datasets")


def takes(column: ModelColumn) -> str:
    """Return what a column takes by default: a verb, or one for each kind of dataset."""
    said = {kind: f"`{verb}`" for kind, verb in column.take.items()}
    return ", ".join(f"{kind}: {verb}" if kind else verb for kind, verb in said.items())


def names() -> Iterator[str]:
    """Yield the keys of the short form that the model says something of."""
    for name, dataset in model().datasets.items():
        yield f"datasets.{name}"
        yield from (f"datasets.{name}.columns.{column}" for column in dataset.columns)


def explained(steps: Sequence[str], language: str) -> list[str]:
    """Return what the model says at a key of the short form, in lines; nothing where it says nothing."""
    datasets = model().datasets
    match steps:
        case [first] if first == _NAMES[1]:
            return [_headline(f"datasets.{name}", dataset, language) for name, dataset in datasets.items()]
        case [first, name] | [first, name, "columns"] if first in _NAMES and name in datasets:
            return list(_dataset(datasets[name], language))
        case [first, name, "columns" | "column", column] if first in _NAMES:
            known = {**model().shared, **(datasets[name].columns if name in datasets else {})}
            return list(_column(known[column], language)) if column in known else []
    return []


def as_key(steps: Sequence[str]) -> str:
    """Return the key of the long form that a key of the short form stands for, or the key as it is."""
    match steps:
        case [first, _, "columns", _, *rest] if first == _NAMES[1] and rest:
            return ".".join(["dataset", "column", *rest])
        case [first, name, *rest] if first == _NAMES[1] and rest and name != "NAME":
            return ".".join(["datasets.NAME" if len(rest) == 1 else "dataset", *rest])
    return ".".join(steps)


def _headline(name: str, dataset: ModelDataset, language: str) -> str:
    return f"{name}: {dataset.title.of(language)}"


def _dataset(dataset: ModelDataset, language: str) -> Iterator[str]:
    """Yield what a dataset is, and each of its columns."""
    yield _headline(f"datasets.{dataset.name}", dataset, language)
    yield f"  {dataset.description.of(language)}"
    find = ", ".join(f"{key} = {json.dumps(value)}" for key, value in dataset.find.items())
    yield Message("  key: {key}; found by default: {find}", key=dataset.key, find=f"{{ {find} }}").of(language)
    for column in dataset.columns.values():
        yield from _column(column, language)


def _column(column: ModelColumn, language: str) -> Iterator[str]:
    """Yield what a column says, and what it takes."""
    title, description = (Words(column.keys[key]).of(language) for key in ("title", "description"))
    yield f"{column.name} ({column.keys['type']}): {title}"
    yield f"  {description}"
    if column.core or column.take:
        always = Message("in every publication").of(language) if column.core else ""
        taken = Message("takes {verbs}", verbs=takes(column)).of(language) if column.take else ""
        yield f"  {'; '.join(filter(None, (always, taken)))}"
