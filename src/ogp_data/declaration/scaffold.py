"""`ogp-data new`: a declaration to start from, with the facts of the document filled in, and all that it refers to."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ogp_data.core import resources
from ogp_data.core.files import in_the_way, read_file
from ogp_data.core.messages import Message
from ogp_data.declaration.checking import FILE_NAME
from ogp_data.declaration.naming import id_fault

_TEMPLATE = Path(__file__).parents[1] / "templates" / "publication.toml"
_SHARED = ("agents.toml",)
_LONGEST = 100
_HEADING = re.compile(rb"^[ \t]*#|<h[1-6]\b", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Begun:
    """A new publication: its folder, what its document is called there, and what was laid beside the folder."""

    folder: Path
    document: str
    beside: tuple[Path, ...]


def create(data: Path, name: str, source: Path | None) -> Begun:
    """Write `data/<name>/publication.toml`, copy the document below it, and lay beside it what it shares with others.

    Raises ValueError for an unsafe name or an existing publication, OSError when a file cannot be read or written;
    then nothing is left of it.
    """
    if fault := id_fault(name):
        raise ValueError(
            Message("{name!r} {fault}; call it by its country and years, such as nl-2020-2022", name=name, fault=fault)
        )
    folder = data / name
    if os.path.lexists(folder):
        raise ValueError(Message("{folder} exists already", folder=folder))
    content = read_file(source) if source else None
    document = safe_name(source.name) if source else "document.txt"
    files = {Path(name, "publication.toml"): _declaration(name, document, content).encode()}
    if content is not None:
        files[Path(name, "source", document)] = content
    return Begun(folder, document, _lay(data, files, [Path(name)]))


def complete(data: Path) -> tuple[Path, ...]:
    """Lay into `data` what publications share and is not there, and return it; raises as `create` does."""
    return _lay(data, {}, [])


def safe_name(file: str) -> str:
    """Return what a file is called where its name is part of a web address: as it is, or as near as can be."""
    if FILE_NAME.fullmatch(file):
        return file
    stem, suffix = (_safe(part) for part in (Path(file).stem, Path(file).suffix))
    return f"{stem or 'document'}{f'.{suffix}' if suffix else ''}"


def _safe(text: str) -> str:
    """Return a text without accents, with a hyphen for all else that would be escaped in an address."""
    letters = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[^A-Za-z0-9._]+", "-", letters)[:_LONGEST].strip("._-")


def _declaration(name: str, document: str, content: bytes | None) -> str:
    """Return the template with what is known filled in."""
    digest = "" if content is None else hashlib.sha256(content).hexdigest()
    before, frame, after = _TEMPLATE.read_text(encoding="utf-8").split("# @FRAME@\n")
    # A dataset that finds nothing is an error, and a document without headings has no frame.
    text = before + (frame if content is None or _HEADING.search(content) else "") + after
    for key, value in {"ID": name, "FILE": f"source/{document}", "SHA256": digest}.items():
        # A basic string of TOML is escaped as one of JSON is.
        text = text.replace(f"@{key}@", json.dumps(value)[1:-1])
    return text


def _lay(data: Path, files: dict[Path, bytes], names: list[Path]) -> tuple[Path, ...]:
    """Lay files into `data`, all or none, with what is shared and not there; return the latter.

    All is written in a folder of its own first, so that a full disk cuts nothing that the next run would take for
    whole; what then gets its name is `names` and the shared files.
    """
    if wrong := in_the_way(data):
        told = {"path": wrong[0], "kind": wrong[1]}
        raise ValueError(Message("{path} is {kind}, not a folder; move it away, or name another with --data", **told))
    shared = [path for path in _shared_files() if not os.path.lexists(data / path)]
    # Noted before they are made, so that a failure takes away just those, and none that was there.
    made = [folder for folder in (data, *data.parents) if not folder.exists()]
    try:
        data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=data) as workshop:
            for path, content in {**{path: read_file(resources.shared() / path) for path in shared}, **files}.items():
                _write(Path(workshop) / path, content)
            _name(Path(workshop), data, [*shared, *names])
    except BaseException:
        _remove_empty(made)
        raise
    return tuple(data / path for path in shared)


def _shared_files() -> list[Path]:
    """Return the paths of what publications share, from the folder that has it."""
    return [Path(name) for name in _SHARED]


def _write(path: Path, content: bytes) -> None:
    """Write a file, and return when its bytes are on the disk: some disks say only then that they are full."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _name(workshop: Path, data: Path, paths: Iterable[Path]) -> None:
    """Give what lies in the workshop its place in `data`; where one is refused, none has come."""
    come: list[Path] = []
    try:
        for path in paths:
            (workshop / path).rename(data / path)
            come.append(path)
    except BaseException:
        for path in come:
            (data / path).rename(workshop / path)
        raise


def _remove_empty(folders: Iterable[Path]) -> None:
    """Remove those of the folders that are there and empty, in their order."""
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()
