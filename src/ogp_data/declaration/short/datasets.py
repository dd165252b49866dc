"""The datasets of a short declaration -> those of the long form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

from ogp_data.core.messages import Message, sentences
from ogp_data.core.near import meant, nearest
from ogp_data.core.toml_lines import key_path
from ogp_data.declaration.offering import is_offered, kind_of
from ogp_data.declaration.short.columns import Dataset, Filling
from ogp_data.declaration.short.keys import OF_A_DATASET
from ogp_data.declaration.short.translations import translations
from ogp_data.declaration.short.work import Table, Work, as_meant, did_you_mean
from ogp_data.models.model import ModelColumn

_TEXTS = ("title", "description", "keywords")
_FIND = Message(
    "Write where its rows are, such as find = {example}; `ogp-data explain find` lists the kinds.",
    example='{ kind = "table", headings = ["…", "…"] }',
)
_NOWHERE = {"kind": "list", "under": "?"}
"""What stands for rows of which is still to be said where they are, so that nothing else is told of them."""
_FOUND = "find"
_LAST = "source_places"


def datasets(said: object, work: Work) -> list[dict[str, Any]]:
    """Return the datasets of a short declaration as the long form has them; what is wrong is taken up by the work."""
    tables = {
        name: table for name, table in _tables(work.table(said, "datasets"), work) if _is_known(name, table, work)
    }
    begun = {name: _begun(name, table, work) for name, table in tables.items()}
    _check_of(begun, work)
    # Rows that are repeated can be asked for their columns only when those are known.
    for dataset in sorted(begun.values(), key=lambda one: one.find.get("kind") == "rows"):
        _fill(dataset, tables[dataset.name], Filling(work, dataset, begun))
    return [_long(number, begun[name], tables[name], work) for number, name in enumerate(tables)]


def _check_of(begun: Mapping[str, Dataset], work: Work) -> None:
    """Take up the datasets that are misspelt where rows are those of another; what lacks because of it is not told."""
    for dataset in begun.values():
        of = dataset.find.get("of")
        if isinstance(of, str) and of not in begun and nearest(of, begun):
            message = Message("There is no dataset {name!r}.", name=of)
            work.fault(
                "dangling-reference", key_path("datasets", dataset.name, "find", "of"), message, meant(of, [*begun])
            )


def _tables(said: Table, work: Work) -> Iterator[tuple[str, Table]]:
    """Yield each dataset with what is said of it, without the keys that there are not."""
    for name, value in said.items():
        at = key_path("datasets", name)
        table = work.table(value, at)
        for key in table.keys() - OF_A_DATASET.keys():
            message = Message("There is no key '{error}'.", error=key)
            work.fault("unknown-key", key_path("datasets", name, key), message, did_you_mean(key, OF_A_DATASET))
        if isinstance(value, dict):
            table = as_meant(table, OF_A_DATASET)
            yield name, {key: table[key] for key in table if key in OF_A_DATASET}


def _is_known(name: str, table: Table, work: Work) -> bool:
    """Return whether a dataset is one of the model, or says what one of its own must."""
    known = work.given.model.datasets
    if name in known or "title" in table:
        return True
    message = Message("The model has no dataset {name!r}.", name=name)
    own = Message("A dataset of your own needs `title`, `description`, `find` and `columns`.")
    work.fault("unknown-key", key_path("datasets", name), message, sentences(did_you_mean(name, known), own))
    return False


def _begun(name: str, table: Table, work: Work) -> Dataset:
    """Return a dataset without its columns."""
    model = work.given.model.datasets.get(name)
    said = work.table(table.get("find", {}), key_path("datasets", name, "find"))
    default = model.find if model and said.get("kind", model.find.get("kind")) == model.find.get("kind") else {}
    home = model.key if model else ""
    dataset = Dataset(name, {**default, **said}, _key(home, table), home)
    dataset.is_found = "find" in table or _suffices(default, table.get("columns"))
    if not dataset.is_found:
        message = Message("The key '{error}' is missing.", error=_FOUND)
        work.fault("missing-key", key_path("datasets", name, "find"), message, _FIND)
    return dataset


def _key(home: str, table: Table) -> str:
    """Return the column that is made the key: the model's, unless another is, or it is said not to be."""
    columns = table.get("columns", {})
    said = columns.items() if isinstance(columns, dict) else ()
    keyed = {name: one["key"] for name, one in said if isinstance(one, dict) and "key" in one}
    return next((name for name, is_key in keyed.items() if is_key is True), "" if keyed.get(home) is False else home)


def _suffices(find: Table, columns: object) -> bool:
    """Return whether a default says where rows are found, and these offer what is said of the columns."""
    kind = kind_of(find)
    if kind is None or not _required(kind) <= find.keys():
        return False
    said = columns.values() if isinstance(columns, dict) else ()
    return not any(isinstance(one, dict) and "heading" in one and not is_offered(find, "cell") for one in said)


def _required(kind: object) -> set[str]:
    """Return the keys that rows of a kind cannot do without."""
    parts = fields(kind) if isinstance(kind, type) and is_dataclass(kind) else ()
    return {part.name for part in parts if part.default is MISSING and part.default_factory is MISSING}


def _fill(dataset: Dataset, table: Table, filling: Filling) -> None:
    """Give a dataset its columns: the model's in the model's order, those that any table may have, and its own."""
    model = filling.work.given.model
    said = filling.work.table(table.get("columns", {}), f"{dataset.at}.columns")
    own = model.datasets.get(dataset.name)
    shared = _shared(said, model.shared)
    # A dataset of the model has those that any table may have in the order of its own file, if it has them there.
    columns = {**own.columns, **{name: shared[name] for name in shared if name not in own.columns}} if own else shared
    translated = dict(translations(columns, said, dataset.find, filling.work))
    dataset.named = columns.keys() | said.keys() | translated.keys()
    for name, column in columns.items():
        filling.fill(column, said.get(name))
        for one in (one for one in translated.values() if one.base == name):
            filling.translate(one, said.get(one.column.name))
    for name, value in said.items():
        if name not in columns and name not in translated:
            filling.own(name, value, iter((*columns, *model.shared)))
    filling.check_pattern()
    _in_order(dataset)


def _shared(said: Table, shared: Mapping[str, ModelColumn]) -> dict[str, ModelColumn]:
    """Return the columns that any table may have and this one names; a commitment's number stands beside its key."""
    named = {*said, *(["commitment_number"] if "commitment" in said else ())}
    return {name: column for name, column in shared.items() if name in named}


def _in_order(dataset: Dataset) -> None:
    """Put the key first and the places last."""
    columns = dataset.columns
    dataset.columns = dict(sorted(columns.items(), key=lambda one: _rank(one[0], one[1])))


def _rank(name: str, column: Table) -> int:
    return 0 if column.get("key") is True else 2 if name == _LAST else 1


def _long(number: int, dataset: Dataset, table: Table, work: Work) -> dict[str, Any]:
    """Return a dataset as the long form has it, and note where each of its keys was written."""
    model, at, key = work.given.model.datasets.get(dataset.name), dataset.at, f"dataset[{number}]"
    _note(key, dataset, table, work)
    texts: Iterable[tuple[str, Any]] = ((name, getattr(model, name)) for name in _TEXTS) if model else ()
    kind = model.type if model else f"own:{''.join(part[:1].upper() + part[1:] for part in _parts(dataset.name))}"
    keywords: Table = {} if model else {"keywords": {language: [] for language in work.languages}}
    work.wrote(f"{key}.type", f"{at}.class")
    return {
        "name": dataset.name,
        "type": table.get("class", kind),
        **keywords,
        **{name: work.text(text) for name, text in texts},
        **{name: table[name] for name in (*_TEXTS, "rows", "optional") if name in table},
        # A kind may be missing; that is told as of any table.
        "find": dataset.find if dataset.is_found else _NOWHERE,
        **_find_in(dataset, table, work),
        "column": list(dataset.columns.values()),
    }


def _find_in(dataset: Dataset, table: Table, work: Work) -> Table:
    """Return where rows are found in further languages: as in the first, but for what is said of each."""
    if "find_in" not in table:
        return {}
    said = work.table(table["find_in"], f"{dataset.at}.find_in")
    here = {language: {**dataset.find, **one} if isinstance(one, dict) else one for language, one in said.items()}
    return {"find_in": here}


def _note(key: str, dataset: Dataset, table: Table, work: Work) -> None:
    work.wrote(key, dataset.at)
    work.wrote(f"{key}.name", dataset.at)
    work.wrote(f"{key}.column", f"{dataset.at}.columns")
    columns = table.get("columns", {})
    for index, name in enumerate(dataset.columns):
        at = key_path("datasets", dataset.name, "columns", name)
        work.wrote(f"{key}.column[{index}]", at)
        work.wrote(f"{key}.column[{index}].name", at)
        if isinstance(columns, dict) and isinstance(columns.get(name), str):
            work.wrote(f"{key}.column[{index}].take", at)


def _parts(name: str) -> list[str]:
    return re.split(r"[-_]+", name)
