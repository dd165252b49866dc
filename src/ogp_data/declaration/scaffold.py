"""`ogp-data new`: a declaration to start from, with the facts of the document filled in, and all that it refers to."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ogp_data.core import resources
from ogp_data.core.collation import without_accents
from ogp_data.core.files import in_the_way, read_file
from ogp_data.core.messages import SOURCE, Message
from ogp_data.declaration.drafting.beside import AGENTS, SITE, Known, agents, known, site
from ogp_data.declaration.drafting.draft import Asked, Draft, blank, draft
from ogp_data.declaration.drafting.page import Written
from ogp_data.declaration.naming import FILE_NAME, id_fault
from ogp_data.models.lists import load_lists

_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Begun:
    """A new publication: its folder, what its document is called there, what was seen of it, and what is left to do.

    `beside` are the files that were laid beside the folder, `open` the lines of each file that are to be filled in.
    """

    folder: Path
    document: str
    draft: Draft
    beside: tuple[Path, ...]
    open: Mapping[Path, tuple[int, ...]]


def create(data: Path, name: str, source: Path | None, language: str = SOURCE, spoken: str = "") -> Begun:
    """Write `data/<name>/publication.toml`, copy the document below it, and lay beside it what it shares with others.

    `language` is that of the comments, `spoken` that of the document, "" where it is to be found out. Raises ValueError
    for an unsafe name or an existing publication, OSError when a file cannot be read or written; then nothing is left.
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
    there = known(data)
    asked = Asked(name, f"source/{document}", language, spoken, there.given, there.languages)
    drafted = blank(asked) if content is None else draft(asked, content, load_lists(resources.value_lists()))
    files = {Path(name, "publication.toml"): drafted.written}
    beside = _beside(there, language, drafted.pages, drafted.country)
    written = {path: page.text.encode() for path, page in {**files, **beside}.items()}
    if content is not None:
        written[Path(name, "source", document)] = content
    _lay(data, written, [*beside, Path(name)])
    left = {data / path: page.open for path, page in {**files, **beside}.items() if page.open}
    return Begun(folder, document, drafted, tuple(data / path for path in beside), left)


def complete(data: Path, language: str = SOURCE) -> tuple[Path, ...]:
    """Lay into `data` what publications share and is not there, and return it; raises as `create` does."""
    there = known(data)
    beside = _beside(there, language, there.languages or (SOURCE,), "")
    _lay(data, {path: page.text.encode() for path, page in beside.items()}, [*beside])
    return tuple(data / path for path in beside)


def _beside(there: Known, language: str, pages: Sequence[str], country: str) -> dict[Path, Written]:
    """Return the files that publications share and that are not there."""
    laid = {}
    if not there.has_site:
        laid[Path(SITE)] = site(language, pages, country, there.has_agents)
    if not there.has_agents:
        laid[Path(AGENTS)] = agents(language, pages)
    return laid


def safe_name(file: str) -> str:
    """Return what a file is called where its name is part of a web address: as it is, or as near as can be."""
    if FILE_NAME.fullmatch(file):
        return file
    stem, suffix = (_safe(part) for part in (Path(file).stem, Path(file).suffix))
    return f"{stem or 'document'}{f'.{suffix}' if suffix else ''}"


def _safe(text: str) -> str:
    """Return a text without accents, with a hyphen for all else that would be escaped in an address."""
    return re.sub(r"[^A-Za-z0-9._]+", "-", without_accents(text))[:_LONGEST].strip("._-")


def _lay(data: Path, files: Mapping[Path, bytes], names: Sequence[Path]) -> None:
    """Lay files into `data`, all or none; `names` are the files and folders that get their place there.

    All is written in a folder of its own first, so that a full disk cuts nothing that the next run would take for
    whole.
    """
    if wrong := in_the_way(data):
        told = {"path": wrong[0], "kind": wrong[1]}
        raise ValueError(Message("{path} is {kind}, not a folder; move it away, or name another with --data", **told))
    # Noted before they are made, so that a failure takes away just those, and none that was there.
    made = [folder for folder in (data, *data.parents) if not folder.exists()]
    try:
        data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=data) as workshop:
            for path, content in files.items():
                _write(Path(workshop) / path, content)
            _name(Path(workshop), data, names)
    except BaseException:
        _remove_empty(made)
        raise


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
