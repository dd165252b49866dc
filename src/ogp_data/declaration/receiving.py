"""What a publication is begun with -> its documents: files, those of folders, what is at addresses of the web."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

from ogp_data.core import web
from ogp_data.core.collation import without_accents
from ogp_data.core.files import is_device, is_folder, read_file
from ogp_data.core.limits import Limits
from ogp_data.core.messages import Message
from ogp_data.declaration.drafting.opening import why_no_document
from ogp_data.declaration.naming import is_file_name
from ogp_data.documents.recognised import recognised

MOST = 1000
"""Documents of one publication."""
_LONGEST = 100
_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")
_ENDINGS = {"converted-text": ".txt", "markdown": ".md", "html": ".html", "csv": ".csv"}
"""What the names of files of a kind end in, where that is not the kind itself."""


@dataclass(frozen=True, slots=True)
class Received:
    """A document as it came: its path below `source/`, its bytes, what it was called, and the address it came from."""

    name: str
    content: bytes
    called: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Documents in their order, and the files of folders that are none, with why."""

    documents: tuple[Received, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()


def receive(sources: Sequence[str], bounds: web.Bounds) -> Delivery:
    """Return the documents that are meant; ValueError where there are none, or too many or too large ones.

    OSError where a file cannot be read, web.RefusedError where an address cannot or must not be asked.
    """
    documents: list[Received] = []
    left_out: list[tuple[str, str]] = []
    for source in sources:
        if _ADDRESS.match(source):
            documents.append(_fetched(source, bounds))
        elif Path(source).is_dir():
            _walk(Path(source), documents, left_out)
        else:
            path = Path(source)
            documents.append(Received(path.name, read_file(path, Limits().bytes), path.name))
        _check_size(documents)
    # By their paths, as the files of a source are counted.
    return Delivery(tuple(sorted(_named(documents), key=lambda one: one.name)), tuple(left_out))


def _check_size(documents: Sequence[Received]) -> None:
    most = Limits().bytes
    if sum(len(one.content) for one in documents) > most:
        raise ValueError(Message("the documents are longer than {most:,} bytes together", most=most))
    if len(documents) > MOST:
        raise ValueError(Message("these are more than {most:,} documents", most=MOST))


def _fetched(url: str, bounds: web.Bounds) -> Received:
    """Return what is at an address, called as its path ends."""
    answer = web.fetch(url, bounds, "*/*")
    # What it was asked for by, not where that led: an address that a person can find again.
    path = url.partition("#")[0].partition("?")[0].partition("://")[2].partition("/")[2]
    name = re.split(r"[/\\]", unquote(path))[-1]
    if not Path(name).suffix:
        kind, codec = recognised(name, answer.body)
        name = f"{name or 'document'}{_ENDINGS.get(kind, '') if codec or not kind else f'.{kind}'}"
    return Received(name, answer.body, url, url)


def _walk(folder: Path, documents: list[Received], left_out: list[tuple[str, str]]) -> None:
    """Take up the documents of a folder, sorted by their paths, and the files of it that are none."""
    count = len(documents)
    for path in _files(folder):
        called = path.relative_to(folder).as_posix()
        content = b"" if path.is_symlink() else read_file(path, Limits().bytes)
        if why := Message("a link") if path.is_symlink() else why_no_document(path.name, content):
            left_out.append((called, why))
        else:
            documents.append(Received(called, content, called))
            _check_size(documents)
    if len(documents) == count:
        raise ValueError(Message("there is no document in {folder}", folder=folder))


def _files(folder: Path) -> list[Path]:
    """Return the files of a folder and of those in it, but for hidden ones."""
    found: list[Path] = []
    for at, folders, files in os.walk(folder, onerror=_raised):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and is_folder(Path(at, name)))
        found += [Path(at, name) for name in files if not name.startswith(".")]
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def _raised(reason: OSError) -> None:
    raise reason


def _named(documents: Iterable[Received]) -> Iterator[Received]:
    """Yield the documents under names that can be part of an address, and that no other has."""
    taken: set[str] = set()
    for one in documents:
        name = free = "/".join(map(safe_name, one.name.split("/")))
        number = 2
        # Disks that do not tell A from a would lay one over the other.
        while free.casefold() in taken:
            free = f"{name.removesuffix(Path(name).suffix)}-{number}{Path(name).suffix}"
            number += 1
        taken.add(free.casefold())
        yield replace(one, name=free)


def safe_name(file: str) -> str:
    """Return what a file is called where its name is part of a web address: as it is, or as near as can be."""
    if is_file_name(file) and len(file) <= 2 * _LONGEST:
        return file
    stem, suffix = (_safe(part) for part in (Path(file).stem, Path(file).suffix))
    named = f"{stem or 'document'}{f'.{suffix}' if suffix else ''}"
    return f"document-{named}" if is_device(named) else named


def _safe(text: str) -> str:
    """Return a text without accents, with a hyphen for all else that would be escaped in an address."""
    return re.sub(r"[^A-Za-z0-9._]+", "-", without_accents(text))[:_LONGEST].strip("._-")
