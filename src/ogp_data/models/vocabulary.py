"""The vocabulary of the OGP model: the classes, properties and code lists that all publications share."""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from ogp_data.core.shared import CodeList, Term, Vocabulary
from ogp_data.models.model import Model

FOLDER = Path(__file__).with_name("ogp")


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary of the model; ValidationError when a file of it is not as it should be."""
    terms = TypeAdapter(dict[str, list[Term]]).validate_json(_json(FOLDER / "vocabulary.toml"))["term"]
    read = TypeAdapter(CodeList).validate_json
    lists = [read(_json(path)) for path in sorted((FOLDER / "codelists").glob("*.toml"))]
    return Vocabulary({term.name: term for term in terms}, {codes.id: codes for codes in lists})


def used(model: Model) -> tuple[dict[str, Sequence[str]], dict[str, Sequence[str]]]:
    """Return which datasets and columns of the model use each term, by its CURIE, and each code list, by its id."""
    terms, lists = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for dataset in model.datasets.values():
        terms[dataset.type].append(dataset.name)
        for column in dataset.columns.values():
            name = f"{dataset.name}.{column.name}"
            terms[column.keys["rdf"]].append(name)
            if codes := column.keys.get("codes"):
                lists[codes].append(name)
    return dict(terms), dict(lists)


def _json(path: Path) -> str:
    # In JSON, strict types are strict for values, while a table may still become a dataclass.
    table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return json.dumps(table, default=str)
