"""A build that was published before: read and checked against its manifest, and kept beside the declaration."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from ogp_data.core import misfits
from ogp_data.core.files import read_file
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message
from ogp_data.core.publication import COMMITMENTS, Contents, Earlier
from ogp_data.core.records import from_csv
from ogp_data.core.stage import MANIFEST

VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
"""A version that can be part of an address."""

_NUMBERS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})*")
_PATH = re.compile(r"(?!.*(?:^|/)\.{0,2}(?:/|$))[^\x00-\x1f\x7f\\:\ud800-\udfff]+")
"""A path below a folder: no part of it is empty or leads upwards, and it means the same on every system."""

MEND_MANIFEST = Message("Put the folder back as `ogp-data keep` made it, or declare the SHA-256 that it printed.")

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class _Manifest:
    publication: str
    version: str
    files: list[_File]


@dataclass(frozen=True, slots=True)
class _Schema:
    primaryKey: list[str]  # noqa: N815 - the specification's spelling


@dataclass(frozen=True, slots=True)
class _Resource:
    name: str
    path: str
    schema: _Schema


@dataclass(frozen=True, slots=True)
class _DataPackage:
    resources: list[_Resource]


def every(_path: str) -> bool:
    """Return that a version is read with all its files: they stay published below `v/`."""
    return True


def of_edition(path: str) -> bool:
    """Return whether a file of an earlier edition is read: its tables, and what says where they stand."""
    return _OF_EDITION.fullmatch(path) is not None


_OF_EDITION = re.compile(r"datapackage\.json|catalog\.nt|changes\.json|([a-z][a-z0-9_-]*)/\1\.csv")


def read(
    manifest: Path, name: str, at: str, sha256: str | None = None, which: Callable[[str], bool] = every
) -> tuple[Earlier | None, list[Finding]]:
    """Return a build of the publication called `name` with the files of its manifest that are asked for, or faults.

    `at` is the folder as findings name it; with `sha256` the manifest itself must have that checksum.
    """
    place = Place(file=f"{at}/{manifest.name}")
    content = _content(manifest, place)
    if isinstance(content, Finding):
        return None, [content]
    if sha256 is not None and _sha256(content) != sha256.lower():
        message = Message(
            "The manifest has the SHA-256 {sha256}, but the declaration says {sha2562}.",
            sha256=_sha256(content),
            sha2562=sha256,
        )
        return None, [finding("previous-version-changed", message, place, MEND_MANIFEST)]
    listed = _parsed(_Manifest, content, place)
    if isinstance(listed, Finding):
        return None, [listed]
    if found := list(_manifest_faults(listed, name, place)):
        return None, found
    files = {entry.path: _listed_file(manifest.parent, entry, at) for entry in listed.files if which(entry.path)}
    if found := [file for file in files.values() if isinstance(file, Finding)]:
        return None, found
    contents = {path: file for path, file in files.items() if isinstance(file, bytes)}
    tables = _tables(contents, Place(file=f"{at}/datapackage.json"))
    if isinstance(tables, Finding):
        return None, [tables]
    return Earlier(listed.version, _sha256(content), {**contents, MANIFEST: content}, tables, name), []


def _content(path: Path, place: Place) -> bytes | Finding:
    try:
        return read_file(path)
    except FileNotFoundError:
        return finding("missing-previous-version", Message("There is no such file."), place)
    except OSError as reason:
        return finding(
            "missing-previous-version", Message("The file cannot be read: {strerror}.", strerror=reason.strerror), place
        )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _differs(content: bytes, size: int, sha256: str, place: Place) -> Finding | None:
    """Return a finding unless a file has the size and checksum that it should have."""
    actual = _sha256(content)
    if actual == sha256.lower() and len(content) == size:
        return None
    message = Message(
        "The file has {count} bytes and SHA-256 {actual}; it should have {size} bytes and {sha256}.",
        count=len(content),
        actual=actual,
        size=size,
        sha256=sha256,
    )
    return finding("previous-version-changed", message, place)


def _parsed(kind: type[_T], content: bytes, place: Place) -> _T | Finding:
    """Return JSON as an instance of a dataclass; keys that it does not have are passed over."""
    try:
        return TypeAdapter(kind).validate_json(content, strict=True)
    except ValidationError as reason:
        fault = reason.errors(include_url=False, include_input=False)[0]
        where = "".join(f", {part}" for part in fault["loc"])
        message = Message(
            "This is not in the form that the program writes{where}: {fault}.", where=where, fault=misfits.told(fault)
        )
        return finding("invalid-previous-version", message, place)


def _manifest_faults(listed: _Manifest, name: str, place: Place) -> Iterator[Finding]:
    """Yield what tells that a manifest is none of a build of this publication."""
    if listed.publication != name:
        yield finding(
            "invalid-previous-version",
            Message(
                "This is a version of {publication!r}, not of {name!r}.", publication=listed.publication, name=name
            ),
            place,
        )
    if not VERSION.fullmatch(listed.version):
        yield finding(
            "previous-version-number",
            Message("The version {version!r} cannot be part of an address.", version=listed.version),
            place,
        )
    seen = {MANIFEST}
    for entry in listed.files:
        if not _PATH.fullmatch(entry.path) or not _is_apart(entry.path, listed.version):
            yield finding(
                "invalid-previous-version", Message("The path {path!r} leads elsewhere.", path=entry.path), place
            )
        elif entry.path in seen:
            yield finding(
                "invalid-previous-version",
                Message("The path {path!r} is listed more than once.", path=entry.path),
                place,
            )
        seen.add(entry.path)


def _is_apart(path: str, version: str) -> bool:
    """Return whether a path is no place of the version itself: below `v/` stand the versions before it."""
    first, *rest = path.split("/")
    return first != "v" or (len(rest) > 1 and rest[0] != version and VERSION.fullmatch(rest[0]) is not None)


def _listed_file(folder: Path, entry: _File, at: str) -> bytes | Finding:
    """Return a file as it was published; what is reached through a link lies elsewhere and is none."""
    place, path = Place(file=f"{at}/{entry.path}"), folder / entry.path
    if any(part.is_symlink() for part in (path, *path.parents) if part != folder and part.is_relative_to(folder)):
        return finding(
            "invalid-previous-version",
            Message("The path {path!r} leads elsewhere: it is a link.", path=entry.path),
            place,
        )
    content = _content(path, place)
    if isinstance(content, Finding):
        return content
    return _differs(content, entry.bytes, entry.sha256, place) or content


def _tables(files: Mapping[str, bytes], place: Place) -> dict[str, Contents] | Finding:
    """Return the tables that a build's Data Package describes."""
    described = _parsed(_DataPackage, files.get("datapackage.json", b""), place)
    if isinstance(described, Finding):
        return described
    try:
        return {r.name: _from_csv(files[r.path], r.schema.primaryKey[-1]) for r in described.resources}
    except (IndexError, KeyError, ValueError, csv.Error) as reason:
        return finding("invalid-previous-version", Message("A table cannot be read: {reason}.", reason=reason), place)


def _from_csv(content: bytes, key: str) -> Contents:
    """Return a CSV's rows by key; ValueError when a key stands twice."""
    records = from_csv(content)
    columns = next(csv.reader(io.StringIO(content.decode("utf-8"), newline="")), [])
    rows = {record[key]: record for record in records}
    if len(rows) < len(records) or key not in columns:
        raise ValueError(Message("the column '{key}' does not name its rows", key=key))
    return Contents(key, tuple(columns), rows)


def name_faults(version: str, place: Place) -> Iterator[Finding]:
    """Yield a finding when a version cannot be part of an address, below which it is kept."""
    if not VERSION.fullmatch(version):
        hint = Message("Write numbers with full stops, such as 1.0.0; letters, hyphens and underscores are allowed.")
        yield finding(
            "unsafe-name",
            Message("The version {version!r} cannot be part of an address.", version=version),
            place,
            hint,
        )


def version_faults(earlier: Earlier, version: str, place: Place) -> Iterator[Finding]:
    """Yield a finding for each earlier version that is not lower than this one."""
    for known in versions(earlier):
        if known == version:
            yield finding(
                "previous-version-number",
                Message("The version {version!r} was published before.", version=version),
                place,
            )
        elif not _is_lower(known, version):
            message = Message(
                "The version {known!r} is not lower than {version!r}, and was published before it.",
                known=known,
                version=version,
            )
            yield finding("previous-version-number", message, place)


def versions(earlier: Earlier) -> list[str]:
    """Return the versions that a build holds, its own first."""
    older = {path.split("/")[1] for path in earlier.files if path.startswith("v/")}
    return [earlier.version, *sorted(older)]


def _is_lower(known: str, version: str) -> bool:
    """Return whether a version is lower; what is not made of numbers and full stops has no order."""
    if not (_NUMBERS.fullmatch(known) and _NUMBERS.fullmatch(version)):
        return True
    return _numbers(known) < _numbers(version)


def _numbers(version: str) -> list[int]:
    """Return a version as numbers; 1.0 is the same as 1.0.0."""
    numbers = [int(part) for part in version.split(".")]
    return numbers[: len(numbers) - len(list(takewhile(lambda number: not number, reversed(numbers))))]


@dataclass(frozen=True, slots=True)
class Kept:
    """A build kept beside a declaration: where, from that declaration's folder, and whether it is new there."""

    folder: Path
    build: Earlier
    manifest: str
    is_new: bool


def keep(data: Path, dist: Path, name: str, edition_of: str = "") -> tuple[Kept | None, list[Finding]]:
    """Copy what is published as `dist/<name>` to the publication's folder, all or nothing, or return what is wrong.

    With `edition_of` it is kept as an earlier edition, in the folder of that publication.
    """
    published, which = dist / name, of_edition if edition_of else every
    build, found = read(published.resolve() / MANIFEST, name, str(published), which=which)
    if build is None:
        return None, [
            replace(fault, hint=Message("Publish it again: ogp-data publish {name}", name=name)) for fault in found
        ]
    below = f"previous/{name}/{build.version}" if edition_of else f"previous/{build.version}"
    kept = Kept(data / (edition_of or name) / below, build, f"{below}/{MANIFEST}", is_new=True)
    if kept.folder.exists():
        return _kept_before(kept, which)
    try:
        _lay(kept.folder, build.files)
    except OSError as reason:
        message = Message("The disk refused: {strerror}.", strerror=reason.strerror or reason)
        return None, [finding("unwritable-output", message, Place(file=str(reason.filename or kept.folder)))]
    return kept, []


def declared(kept: Kept, edition_of: str = "") -> str:
    """Return the lines with which a declaration names what is kept; what continues what is left to the steward."""
    build, publication = kept.build, f'publication = "{kept.build.publication}"\n' if edition_of else ""
    lines = f'[previous]\n{publication}manifest = "{kept.manifest}"\nsha256 = "{build.sha256}"'
    if not edition_of:
        return lines
    commitments = build.tables.get(COMMITMENTS, Contents()).rows
    named = "".join(f"\n# {_toml_key(key)} = []   # {_title(row)}" for key, row in commitments.items())
    return f"{lines}\n\n[[continues]]\n{publication}\n[continues.commitments]{named}"


def _toml_key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key, ensure_ascii=False)


def _title(row: Mapping[str, str]) -> str:
    """Return what a commitment is called, on one line."""
    return " ".join(row.get("title", "").split())


def _kept_before(kept: Kept, which: Callable[[str], bool]) -> tuple[Kept | None, list[Finding]]:
    build, folder = kept.build, kept.folder
    known, _ = read(folder / MANIFEST, build.publication, str(folder), build.sha256, which)
    if known is None:
        message = Message("The version {version} was kept before, with other files.", version=build.version)
        return None, [finding("version-already-kept", message, Place(file=str(folder)))]
    return replace(kept, is_new=False), []


def _lay(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files beside where they belong; the folder gets its name only when it is whole."""
    incoming = folder.with_name(f".{folder.name}.incoming")
    shutil.rmtree(incoming, ignore_errors=True)
    try:
        for path, content in files.items():
            target = incoming / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        incoming.rename(folder)
    finally:
        shutil.rmtree(incoming, ignore_errors=True)
