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


_Said = tuple[Mapping[str, Any], Mapping[str, int]]
"""What a TOML file says, and on which lines."""


@dataclass(frozen=True, slots=True)
class _Base:
    """An address below which a publication has its names, or its downloads, and where that is declared."""

    key: str
    address: str
    written: str
    place: Place
    shared: bool

    def of(self, name: str) -> Message | Place:
        """Return where it stands; a key that publications share does not say whose it is."""
        place = self.place
        return Message("the publication '{name}' ({place})", name=name, place=place) if self.shared else place


@dataclass(frozen=True, slots=True)
class _Head:
    """What a publication is called, and the addresses of its names and of its downloads, each with its place."""

    folder: str
    id: str
    id_place: Place
    names: _Base
    downloads: _Base


def clashes(data: Path, bases: Mapping[str, str], urls: Mapping[str, str] | None = None) -> dict[str, list[Finding]]:
    """Return what is wrong with publications of a folder because of others there, by their names.

    `bases` and `urls` are base IRIs and addresses of downloads that take the place of the declared ones, by the names
    of publications.
    """
    site = _tables(data / "site.toml")
    given = {name: (bases.get(name, ""), (urls or {}).get(name, "")) for name in find_publications(data)}
    heads = [head for name, addresses in given.items() if (head := _head(data, name, site, *addresses))]
    found = {one.folder: [*_gone(one, site), *_same_ids(one, heads), *_overlaps(one, heads)] for one in heads}
    return {name: faults for name, faults in found.items() if faults}


def _tables(path: Path) -> _Said:
    """Return what a TOML file says and on which lines; nothing of one that cannot be read, which its build tells of."""
    with suppress(OSError, ValueError, RecursionError):
        text = read_file(path).decode("utf-8")
        return tomllib.loads(text), key_lines(text)
    return {}, {}


def _head(data: Path, name: str, site: _Said, base: str, url: str) -> _Head | None:
    own, file = _tables(data / name / "publication.toml"), f"{name}/publication.toml"
    called = own[0].get("id", name)
    if not isinstance(called, str):
        return None
    names = _base("base_iri", called, file, (own, site), base)
    # Who gives another base IRI, and nothing else, means the downloads to be below that one too.
    downloads = names if base and not url else _base("base_url", called, file, (own, site), url) or names
    return _Head(name, called, _place(file, "id", own[1]), names, downloads) if names and downloads else None


def _base(key: str, called: str, file: str, said: tuple[_Said, _Said], given: str) -> _Base | None:
    """Return an address of a publication: that which is given, its own, or that which all share."""
    own, site = said
    shared = key not in own[0] and not given
    written = given or (site if shared else own)[0].get(key)
    if not isinstance(written, str):
        return None
    place = _place("site.toml", key, site[1]) if shared else _place(file, key, own[1])
    return _Base(key, _normal(written.replace("{id}", called)), written, place, shared)


def _place(file: str, key: str, lines: Mapping[str, int]) -> Place:
    return Place(file=file, key=key, at=Line(lines[key]) if key in lines else None)


def _normal(address: str) -> str:
    """Return an address as it is compared: with a slash at its end, and its host in small letters."""
    with suppress(ValueError):
        parts = urlsplit(address)
        host = parts.netloc.lower().removesuffix(_PORTS.get(parts.scheme, ""))
        address = parts._replace(netloc=host).geturl()
    return address if address.endswith("/") else f"{address}/"


def _gone(one: _Head, site: _Said) -> Iterator[Finding]:
    """Yield that site.toml says of a publication that it is published no longer."""
    withdrawn, moved = site[0].get("withdrawn"), site[0].get("moved")
    entries = withdrawn if isinstance(withdrawn, list) else []
    ids = [entry.get("id") if isinstance(entry, dict) else None for entry in entries]
    keys = [f"withdrawn[{number}].id" for number, name in enumerate(ids) if name == one.id]
    keys += [f"moved.{one.id}"] if isinstance(moved, dict) and one.id in moved else []
    for key in keys:  # just as it is said of the whole, so that it is told once
        message = Message("{name} is published no longer, and its declaration is still there.", name=one.id)
        yield finding("gone-still-declared", message, _place("site.toml", key, site[1]))


def _same_ids(one: _Head, heads: list[_Head]) -> Iterator[Finding]:
    for other in heads:
        if other is not one and other.id == one.id:
            message = Message("The id {id!r} is also that of {place}.", id=one.id, place=other.id_place)
            hint = Message("Give each publication an id of its own, the name of its folder.")
            yield finding("duplicate-name", message, one.id_place, hint)


def _overlaps(one: _Head, heads: list[_Head]) -> Iterator[Finding]:
    for other in heads:
        if other is one:
            continue
        if message := _overlap(one.names, other.names, other.id):
            yield finding("overlapping-base-iri", message, one.names.place, _hint(one.names, other.names))
        elif message := _overlap(one.downloads, other.downloads, other.id):
            yield finding("overlapping-base-url", message, one.downloads.place, _hint(one.downloads, other.downloads))


def _overlap(one: _Base, other: _Base, name: str) -> Message | None:
    """Return how an address lies to that of another publication; None when neither is in the other's way."""
    key, base, further, place = one.key, one.address, other.address, other.of(name)
    if base == further:
        return Message("The {key} {base} is also that of {place}.", key=key, base=base, place=place)
    if base.startswith(further):
        return Message(
            "The {key} {base} lies below {other}, that of {place}.", key=key, base=base, other=further, place=place
        )
    if further.startswith(base):
        return Message(
            "Below the {key} {base} lies {other}, that of {place}.", key=key, base=base, other=further, place=place
        )
    return None


def _hint(one: _Base, other: _Base) -> str:
    """Return how one key makes an address for each publication; "" where it is not one key, or does so already."""
    if one.place != other.place or "{id}" in one.written:
        return ""
    return Message(
        "Write {id}, which stands for the id of each publication, in the address: {example}",
        id="{id}",
        example=f"{one.written.rstrip('/')}/{{id}}/",
    )
