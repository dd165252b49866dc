"""publication.toml and site.toml -> the declaration in its long form, and where its keys were written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from ogp_data.core.declared import Declaration
from ogp_data.core.declared_site import Defaults, Site
from ogp_data.core.files import read_file
from ogp_data.core.findings import Finding, Place, errors, finding
from ogp_data.core.messages import Message
from ogp_data.core.toml_lines import key_path
from ogp_data.core.written import Origin, Written
from ogp_data.declaration.key_names import known_keys
from ogp_data.declaration.short import Expanded, Given, expand
from ogp_data.declaration.short.work import as_meant, did_you_mean
from ogp_data.declaration.toml_files import as_noun, read_tables
from ogp_data.models.lists import ValueLists
from ogp_data.models.model import model

_SITE = "site.toml"
_OF_SITE = {part.name for part in fields(Defaults)}
_SHARED = Message("Write it here, or in site.toml for all publications.")
_MISSING = {
    "spatial": Message("Write the code of the country as `country`, such as NLD, or a place as `spatial`."),
    "temporal": Message('Write the years as `plan = "2020-2022"`, or say `start` and `end` under `temporal`.'),
}


_FOLLOWS = {
    "modified": ("issued",),
    "spatial": ("country",),
    "temporal": ("plan",),
    "languages": ("language",),
    **dict.fromkeys(("title", "description", "keywords"), ("country", "plan")),
}
"""Keys that follow from others, in so far as they are not said."""


def read_publication(
    data: Path, name: str, lists: ValueLists, found: list[Finding]
) -> tuple[Declaration | None, Written]:
    """Return the declaration of a publication, None with findings; and where its keys were written."""
    path, before = data / name / "publication.toml", len(found)
    long = expanded(data, name, lists, found)
    if long is None:
        return None, _written(data, name, {})
    found += [replace(fault, place=replace(fault.place, file=str(path))) for fault in long.findings]
    declaration = as_noun(long.tables, Declaration, path, found)
    wrong = {fault.place.key for fault in found[before:]}
    found[before:] = [_hinted(fault) for fault in found[before:] if not _consequent(fault, wrong)]
    keys = {key: replace(origin, file=_SITE if origin.file else "") for key, origin in long.keys.items()}
    # A country or plan that is still to be said leaves all else to be checked.
    is_stopped = any(fault.place.key not in ("country", "plan") for fault in errors(found))
    return None if is_stopped else declaration, _written(data, name, keys)


def expanded(data: Path, name: str, lists: ValueLists, found: list[Finding]) -> Expanded | None:
    """Return the long form of a declaration, None with findings when its file cannot be read."""
    path = data / name / "publication.toml"
    said, site = read_tables(path, found), _site(data, found)
    if said is None or errors(found):  # what a broken file does not say is not missing
        return None
    known = known_keys(Declaration, (), said)
    meant = as_meant(said, known)
    found += _misspelt(said.keys() - meant.keys(), known, path)
    return expand(meant, Given(model(), lists, site, frozenset(_reference_columns(path.parent, meant))))


def _misspelt(keys: Iterable[str], known: Iterable[str], path: Path) -> Iterator[Finding]:
    """Yield the keys that were read as another, which they are like."""
    for key in sorted(keys):
        message = Message("There is no key '{error}'.", error=key)
        yield finding("unknown-key", message, Place(file=str(path), key=key_path(key)), did_you_mean(key, known))


def _consequent(fault: Finding, wrong: Set[str]) -> bool:
    """Return whether a key is missing only because another is, from which it follows."""
    key = fault.place.key
    return fault.rule == "missing-key" and not wrong.isdisjoint(_FOLLOWS.get(key, ()))


def _hinted(fault: Finding) -> Finding:
    """Return a finding that a key is missing with where else it can be said, or what it follows from."""
    hint = _MISSING.get(fault.place.key, _SHARED if fault.place.key in _OF_SITE else "")
    return replace(fault, hint=hint) if hint and fault.rule == "missing-key" else fault


def _site(data: Path, found: list[Finding]) -> Mapping[str, Any]:
    """Return what site.toml says; nothing where there is none."""
    path = data / _SITE
    said = read_tables(path, found, optional=True) or {}
    site = as_noun(said, Site, path, found) or Site()
    # A key that is there and empty is still to be filled in, which is told of that line.
    return {key: value for key, value in asdict(site).items() if key in _OF_SITE and (value or key in said)}


def _reference_columns(folder: Path, said: Mapping[str, Any]) -> Iterator[str]:
    """Yield the columns of the reference tables that can be read, without their keys; what cannot is told later."""
    specs = said.get("reference")
    for spec in specs if isinstance(specs, list) else ():
        with suppress(OSError, ValueError, RuntimeError, csv.Error, AttributeError, TypeError):
            path = (folder / spec.get("file")).resolve()
            if path.is_relative_to(folder.resolve()):
                names = next(csv.reader(io.StringIO(read_file(path).decode("utf-8"), newline="")), [])
                yield from (name for name in names if name != spec.get("key"))


def shared_files(data: Path) -> Written:
    """Return where the keys of the files are written that all publications share."""
    return Written(texts=_texts(data, (_SITE, "agents.toml")))


def _written(data: Path, name: str, keys: Mapping[str, Origin]) -> Written:
    own = [f"{name}/{file}" for file in ("publication.toml", "corrections.toml")]
    codelists = [f"codelists/{path.name}" for path in sorted((data / "codelists").glob("*.toml"))]
    texts = _texts(data, (*own, _SITE, "agents.toml", *codelists))
    return Written((str(data / own[0]), own[0]), keys, texts)


def _texts(data: Path, files: Iterable[str]) -> dict[str, str]:
    """Return the texts of files by what findings call them; none of a file that cannot be read."""
    texts = dict[str, str]()
    for called in files:
        with suppress(OSError, ValueError):
            # Findings call files by their path below the data folder, which reports on every machine have, or by the
            # whole one.
            texts[called] = texts[str(data / called)] = read_file(data / called).decode("utf-8")
    return texts
