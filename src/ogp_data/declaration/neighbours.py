"""The publications of a folder beside each other -> which of them would name different things alike."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ogp_data.core.files import read_file
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message
from ogp_data.core.places import Line
from ogp_data.core.toml_lines import key_lines
from ogp_data.declaration.toml_files import find_publications

_PORTS = {"http": ":80", "https": ":443"}


@dataclass(frozen=True, slots=True)
class _Head:
    """What a publication is called, and the base IRI of its names, each with its place."""

    folder: str
    id: str
    id_place: Place
    base: str
    base_place: Place


def clashes(data: Path, bases: Mapping[str, str]) -> dict[str, list[Finding]]:
    """Return what is wrong with publications of a folder because of others there, by their names.

    `bases` are base IRIs that take the place of the declared ones, by the names of publications.
    """
    site = _tables(data / "site.toml")
    heads = [head for name in find_publications(data) if (head := _head(data, name, site, bases.get(name, "")))]
    found = {one.folder: [*_same_ids(one, heads), *_same_bases(one, heads)] for one in heads}
    return {name: faults for name, faults in found.items() if faults}


def _tables(path: Path) -> tuple[Mapping[str, Any], Mapping[str, int]]:
    """Return what a TOML file says and on which lines; nothing of one that cannot be read, which its build tells of."""
    with suppress(OSError, ValueError, RecursionError):
        text = read_file(path).decode("utf-8")
        return tomllib.loads(text), key_lines(text)
    return {}, {}


def _head(data: Path, name: str, site: tuple[Mapping[str, Any], Mapping[str, int]], base: str) -> _Head | None:
    said, lines = _tables(data / name / "publication.toml")
    file, shared = f"{name}/publication.toml", "base_iri" not in said and not base
    called, given = said.get("id", name), base or said.get("base_iri") or site[0].get("base_iri")
    if not isinstance(called, str) or not isinstance(given, str):
        return None
    place = _place("site.toml", "base_iri", site[1]) if shared else _place(file, "base_iri", lines)
    return _Head(name, called, _place(file, "id", lines), _normal(given.replace("{id}", called)), place)


def _place(file: str, key: str, lines: Mapping[str, int]) -> Place:
    return Place(file=file, key=key, at=Line(lines[key]) if key in lines else None)


def _normal(address: str) -> str:
    """Return an address as it is compared: with a slash at its end, and its host in small letters."""
    with suppress(ValueError):
        parts = urlsplit(address)
        host = parts.netloc.lower().removesuffix(_PORTS.get(parts.scheme, ""))
        address = parts._replace(netloc=host).geturl()
    return address if address.endswith("/") else f"{address}/"


def _same_ids(one: _Head, heads: list[_Head]) -> Iterator[Finding]:
    for other in heads:
        if other is not one and other.id == one.id:
            message = Message("The id {id!r} is also that of {place}.", id=one.id, place=other.id_place)
            hint = Message("Give each publication an id of its own, the name of its folder.")
            yield finding("duplicate-name", message, one.id_place, hint)


def _same_bases(one: _Head, heads: list[_Head]) -> Iterator[Finding]:
    for other in heads:
        if other is not one and (message := _overlap(one.base, other.base, other.base_place)):
            yield finding("overlapping-base-iri", message, one.base_place)


def _overlap(base: str, other: str, place: Place) -> Message | None:
    """Return how a base IRI lies to another, which stands at a place; None when neither is in the other's way."""
    if base == other:
        return Message("The base_iri {base} is also that of {place}.", base=base, place=place)
    if base.startswith(other):
        return Message("The base_iri {base} lies below {other}, that of {place}.", base=base, other=other, place=place)
    if other.startswith(base):
        return Message("Below the base_iri {base} lies {other}, that of {place}.", base=base, other=other, place=place)
    return None
