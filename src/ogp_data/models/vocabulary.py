"""The vocabulary of the OGP model: the classes, properties and code lists that all publications share."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from ogp_data.core.shared import CodeList, Term

FOLDER = Path(__file__).with_name("ogp")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms by their names, and code lists by their ids, both in the order of their files."""

    terms: Mapping[str, Term]
    codelists: Mapping[str, CodeList]


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary of the model; ValidationError when a file of it is not as it should be."""
    terms = TypeAdapter(dict[str, list[Term]]).validate_json(_json(FOLDER / "vocabulary.toml"))["term"]
    read = TypeAdapter(CodeList).validate_json
    lists = [read(_json(path)) for path in sorted((FOLDER / "codelists").glob("*.toml"))]
    return Vocabulary({term.name: term for term in terms}, {codes.id: codes for codes in lists})


def _json(path: Path) -> str:
    # In JSON, strict types are strict for values, while a table may still become a dataclass.
    table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return json.dumps(table, default=str)
