"""The tiny publication of the tests, which uses every verb of the declaration, as what inputs are made of."""

from __future__ import annotations

import shutil
import tempfile
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from fuzz.target import TESTS
from ogp_data.core import resources
from ogp_data.core.declared import Declaration
from ogp_data.core.publication import Publication
from ogp_data.declaration import reading as publication
from ogp_data.declaration import toml_files
from ogp_data.declaration.complete import complete
from ogp_data.models.lists import ValueLists, load_lists

DATA = TESTS / "tiny" / "data"
NAME = "tiny"
DOCUMENT = (DATA / NAME / "source" / "evaluatie.txt").read_text(encoding="utf-8")
ANY = ("links", "narrative", "document", "source_findings")
"""The datasets that together take up whatever a document has."""


def copied(folder: Path) -> Path:
    """Copy the declarations into a folder, and return that."""
    data = folder / "data"
    shutil.copytree(DATA, data)
    return data


@cache
def lists() -> ValueLists:
    """Return the lists of values that declarations are checked by."""
    return load_lists(resources.value_lists())


@cache
def loaded() -> Publication:
    """Return the tiny publication, as declared but for the numbers of its rows."""
    with tempfile.TemporaryDirectory() as folder:
        found, faults = publication.load(copied(Path(folder)), NAME, lists())
    assert found, faults
    datasets = [replace(spec, rows=None) for spec in found.declaration.dataset]
    return replace(found, declaration=replace(found.declaration, dataset=datasets))


def fitting() -> dict[str, Any]:
    """Return a declaration that fits any document, as TOML has it."""
    declared = tomllib.loads((DATA / NAME / "publication.toml").read_text(encoding="utf-8"))
    datasets = [_loosened(dataset) for dataset in declared["dataset"] if dataset["name"] in ANY]
    return {**declared, "dataset": datasets, "section": []}


@cache
def loose() -> Publication:
    """Return a publication whose declaration fits any document."""
    return replace(loaded(), declaration=complete(toml_files.parse(fitting(), Declaration)), corrections=())


def _loosened(dataset: dict[str, Any]) -> dict[str, Any]:
    """Return a dataset without what it says of the tiny document alone."""
    find = {key: [] if key in ("instructions_under", "normalise") else value for key, value in dataset["find"].items()}
    columns = [column for column in dataset["column"] if column.get("of", "") in ("", *ANY)]
    kept = {key: value for key, value in dataset.items() if key not in ("rows", "find", "column")}
    return {**kept, "find": find, "column": columns}
