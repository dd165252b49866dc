"""The TOML files that models and forms are: read, and held against what they may say."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

_T = TypeVar("_T")

Table = Mapping[str, Any]
"""A table of TOML."""


def read(path: Path) -> dict[str, Any]:
    """Return what a file says; ValueError with its name where it is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as reason:
        raise ValueError(f"{path.name}: {reason}") from reason


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)  # it costs a millisecond, and there are hundreds of values


def valid(kind: type[_T], value: object, path: Path) -> _T:
    """Return a value as what it must be; ValueError with the name of its file where it is something else."""
    try:
        # In JSON mode, strict types are strict for values, while a table may still become a dataclass.
        found: _T = _adapter(cast("Any", kind)).validate_json(json.dumps(value, default=str), strict=True)
    except ValueError as reason:
        raise ValueError(f"{path.name}: {reason}") from reason
    return found
