"""Which keys a table of a declaration may have, by the noun that it becomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from ogp_data.core.declared import Declaration
from ogp_data.core.finds import Find
from ogp_data.declaration.offering import kind_of
from ogp_data.declaration.short.keys import DATASETS


def known_keys(noun: object, path: Sequence[int | str], tables: Any) -> list[str]:
    """Return the keys that the table at a path below a noun may have; none where no noun says them.

    `tables` is what is written there: the keys of `find` depend on the kind that it names.
    """
    held: object = _noun(noun, tables)
    for step in path:
        tables = _at(tables, step)
        held = _noun(_hint(held, step), tables)
    return [*_names(held), *([DATASETS] if held is Declaration else ())]


def _names(noun: object) -> Iterator[str]:
    return (part.name for part in fields(noun)) if isinstance(noun, type) and is_dataclass(noun) else iter(())


def _at(tables: Any, step: int | str) -> Any:
    """Return what stands below a key or index; None for nothing."""
    if isinstance(step, int):
        return tables[step] if isinstance(tables, list) and step < len(tables) else None
    return tables.get(step) if isinstance(tables, Mapping) else None


def _hint(noun: object, step: int | str) -> object:
    """Return the type that is declared for a key of a noun, or for the entries of a list."""
    if isinstance(step, int):
        return next(iter(get_args(noun)), None)
    return get_type_hints(noun).get(step) if isinstance(noun, type) and is_dataclass(noun) else None


def _noun(hint: object, table: Any) -> object:
    """Return the dataclass, or the list of some, that a type stands for in the place of a table."""
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    if isinstance(hint, type) and issubclass(hint, Find) and isinstance(table, Mapping):
        return kind_of(table)
    parts = [part for part in get_args(hint) if part is not type(None)]
    return hint if get_origin(hint) is list or len(parts) != 1 else parts[0]
