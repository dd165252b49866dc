"""Forms: known templates of documents, each with where its datasets are found, as a declaration would say it.

They stand in forms/, a file each. A form of another package comes in by an entry point of the group
`ogp_data.forms`; docs/how-to/add-a-form.md shows both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ogp_data.core.doors import Door
from ogp_data.core.strict import STRICT
from ogp_data.core.words import Words
from ogp_data.models.data_files import Table, read, valid

_FOLDER = Path(__file__).with_name("forms")


@dataclass(frozen=True, slots=True)
class Form:
    """A known template: its name, what it is, the languages of its labels, and what it says of which datasets.

    `usual` are the labels by which it is known, as its datasets call them.
    """

    name: str
    title: Words
    languages: Sequence[str]
    usual: Sequence[str]
    datasets: Table


@dataclass(frozen=True, slots=True)
class _FormFile:
    __pydantic_config__ = STRICT
    title: Words
    languages: list[str]
    usual: list[str]
    datasets: dict[str, Any]


def load_form(path: Path) -> Form:
    """Return the form that stands in a file, which it is called by; ValueError says what is wrong with it."""
    file = valid(_FormFile, read(path), path)
    known = {name for table in file.datasets.values() for name in _labels(table)}
    if unknown := [name for name in file.usual if name not in known]:
        raise ValueError(f"{path.name}: no dataset has the label {unknown[0]!r}")
    return Form(path.stem, file.title, file.languages, file.usual, file.datasets)


def _labels(table: Any) -> Sequence[str]:
    """Return the names of the labels of a dataset; `ticks` for its levels."""
    find = table.get("find", {}) if isinstance(table, dict) else {}
    return [*find.get("labels", {}), *(["ticks"] if find.get("ticks") else [])]


FORMS: Door[Form] = Door("ogp_data.forms", Form, tuple(load_form(path) for path in sorted(_FOLDER.glob("*.toml"))))
"""Every form by the name that declarations call it."""


def forms() -> Mapping[str, Form]:
    """Return every form by its name: our own, then those of other packages."""
    return FORMS.all()
