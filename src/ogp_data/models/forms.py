"""Forms: known templates of documents, each with where its datasets are found, as a declaration would say it.

They stand in forms/, a file each. A form of another package comes in by an entry point of the group
`ogp_data.forms`; docs/how-to/add-a-form.md shows both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ogp_data.core.doors import Door
from ogp_data.core.strict import STRICT
from ogp_data.core.words import Words
from ogp_data.models.data_files import Table, read, valid

_FOLDER = Path(__file__).with_name("forms")


@dataclass(frozen=True, slots=True)
class Form:
    """A known template: its name, what it is, the languages of its labels, and what it says of which datasets.

    `usual` are the labels by which it is known, as its datasets call them; `publication` is what it says of the whole
    publication in place of the model.
    """

    name: str
    title: Words
    languages: Sequence[str]
    usual: Sequence[str]
    datasets: Table
    publication: Table = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _FormFile:
    __pydantic_config__ = STRICT
    title: Words
    usual: list[str]
    datasets: dict[str, Any]
    languages: list[str] = field(default_factory=list)
    like: str = ""
    publication: dict[str, Any] = field(default_factory=dict)


def load_form(path: Path, known: Mapping[str, Form] = MappingProxyType({})) -> Form:
    """Return the form that stands in a file, which it is called by; ValueError says what is wrong with it.

    It may be `like` another that is known, and change what that says.
    """
    file = valid(_FormFile, read(path), path)
    if file.like and file.like not in known:
        raise ValueError(f"{path.name}: there is no form {file.like!r}")
    other = known[file.like] if file.like else _NOTHING
    datasets = over(other.datasets, file.datasets)
    labels = {name for table in datasets.values() for name in _labels(table)}
    if unknown := [name for name in file.usual if name not in labels]:
        raise ValueError(f"{path.name}: no dataset has the label {unknown[0]!r}")
    languages, publication = file.languages or other.languages, merged(other.publication, file.publication)
    return Form(path.stem, file.title, languages, file.usual, datasets, publication)


_NOTHING = Form("", Words(), (), (), {})
"""What a form is like that is like no other."""


def over(form: Table, said: Table) -> dict[str, Any]:
    """Return datasets of a form as a declaration has them, or another form; `false` takes one out."""
    both = {name: _changed(form.get(name), said.get(name, {})) for name in {**form, **said}}
    return {name: table for name, table in both.items() if table is not False or name not in form}


def _changed(form: object, said: Any) -> Any:
    """Return a dataset of a form as it is said to be."""
    if not isinstance(form, Mapping) or not isinstance(said, dict):
        return said
    both = merged(form, said)
    find, own = form.get("find", {}), said.get("find", {})
    if not isinstance(own, dict) or own.get("kind", find.get("kind")) != find.get("kind"):
        return {**both, "find": own}  # rows of another kind have none of its keys
    return both


def merged(form: Table, said: Table) -> dict[str, Any]:
    """Return two tables as one, where what is said wins key by key."""
    both = {**form, **said}
    inner = [key for key in both if isinstance(form.get(key), Mapping) and isinstance(said.get(key, {}), Mapping)]
    return {**both, **{key: merged(form[key], said.get(key, {})) for key in inner}}


def _own() -> Iterator[Form]:
    """Yield our own forms, those before that others are like."""
    known: dict[str, Form] = {}
    paths = sorted(_FOLDER.glob("*.toml"), key=lambda path: (bool(read(path).get("like")), path.name))
    for path in paths:
        known[path.stem] = load_form(path, known)
    return iter(known.values())


def _labels(table: Any) -> Sequence[str]:
    """Return the names of the labels of a dataset; `ticks` for its levels."""
    find = table.get("find", {}) if isinstance(table, dict) else {}
    return [*find.get("labels", {}), *(["ticks"] if find.get("ticks") else [])]


FORMS: Door[Form] = Door("ogp_data.forms", Form, tuple(_own()))
"""Every form by the name that declarations call it."""


def forms() -> Mapping[str, Form]:
    """Return every form by its name: our own, then those of other packages."""
    return FORMS.all()
