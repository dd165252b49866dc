"""Where readings are kept: a file for each, named by all that went into it.

A file that is damaged, of another version, or somebody else's, is as good as none: the document is read again.
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from ogp_data.core.files import read_file
from ogp_data.core.source import SourceFile
from ogp_data.documents.document import Document
from ogp_data.documents.kept import form

_PACKAGE = Path(__file__).parents[2]
_SOURCES = ("core", "documents")
"""The rooms whose code says what is read of a document; a document imports no other."""
_MOST = 500
"""So many readings are kept; the one that was not asked for the longest goes first."""
_LIMIT = 2_000_000_000
_NAME = re.compile(r"[0-9a-f]{64}\.json")

Asked = tuple[str, SourceFile]
"""The kind of a reader, and a file."""

_SHELF: ContextVar[Path | None] = ContextVar("shelf", default=None)


@contextmanager
def keeping(build: Path) -> Iterator[None]:
    """Keep what is read meanwhile in a folder of builds, and read nothing that is kept there already."""
    token = _SHELF.set(build / ".readings")
    try:
        yield
    finally:
        _SHELF.reset(token)


def kept_or_read(kind: str, file: SourceFile, work: Callable[[], Document]) -> Document:
    """Return the reading of a file that is kept, or what `work` reads of it, which then is kept."""
    shelf = _SHELF.get()
    if shelf is None:
        return work()
    path = _path(shelf, kind, file)
    with suppress(OSError, form.UnknownFormError):
        return _taken(path)
    document = work()
    with suppress(OSError, form.UnknownFormError):  # one that cannot be kept is read again, and that is all
        _lay(path, form.written(document))
    return document


def keep_ahead(files: Sequence[Asked], work: Callable[[Sequence[Asked]], Sequence[Document | None]]) -> None:
    """Keep the readings of several files, with the kinds of their readers, that are not kept: what `work` reads of all.

    What it does not read is read, and told, when it is its turn.
    """
    shelf = _SHELF.get()
    if shelf is None:
        return
    missing = {path: one for one in files if not (path := _path(shelf, *one)).exists()}
    if len(missing) < 2:
        return
    for path, document in zip(missing, work(list(missing.values())), strict=True):
        with suppress(OSError, form.UnknownFormError):
            if document:
                _lay(path, form.written(document))


# What a reading depends on --------------------------------------------------------------------------------------


def _path(shelf: Path, kind: str, file: SourceFile) -> Path:
    """Return where a reading is kept, by the file with its limits, the kind of its reader and the version of all."""
    members = (getattr(file, field.name) for field in dataclasses.fields(file))
    said = (hashlib.sha256(one).hexdigest() if isinstance(one, bytes) else repr(one) for one in members)
    return shelf / f"{_digest([readers_version(), kind, *said])}.json"


@cache
def readers_version() -> str:
    """Return a digest of what reads: our own code with its rules, the libraries that it uses, and Python."""
    own = (path for room in _SOURCES for path in (_PACKAGE / room).rglob("*") if path.suffix in (".py", ".toml"))
    code = (f"{path.relative_to(_PACKAGE)} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in sorted(own))
    return _digest([sys.version, *code, *(f"{name} {_version(name)}" for name in _libraries())])


def _libraries() -> Iterator[str]:
    """Yield the libraries of the extra for documents."""
    with suppress(PackageNotFoundError):
        for one in requires("ogp-data") or ():
            if "documents" in one.partition(";")[2]:
                yield re.split(r"[^\w.-]", one, maxsplit=1)[0]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()


# Files ----------------------------------------------------------------------------------------------------------


def _taken(path: Path) -> Document:
    """Return the reading that a file holds; OSError or UnknownFormError where it holds none, or not all of it."""
    head, _, body = read_file(path, _LIMIT).partition(b"\n")
    if head != _seal(path.stem, body):
        raise form.UnknownFormError
    document = form.read(body)
    with suppress(OSError):  # now it is the one that was asked for last
        os.utime(path)
    return document


def _seal(key: str, body: bytes) -> bytes:
    """Return the first line of a file, which tells whether the rest is whole, and of the reading that its name says."""
    return _digest([key, hashlib.sha256(body).hexdigest()]).encode()


def _lay(path: Path, body: bytes) -> None:
    """Put a reading into its file, in one step, so that no other run finds half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _make_room(path.parent)
    unfinished = path.with_suffix(f".{os.getpid()}")
    try:
        unfinished.write_bytes(_seal(path.stem, body) + b"\n" + body)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _make_room(shelf: Path) -> None:
    """Remove the readings that were not asked for the longest, where there are too many."""
    found = [entry for entry in os.scandir(shelf) if _NAME.fullmatch(entry.name) and entry.is_file()]
    for entry in sorted(found, key=lambda entry: entry.stat().st_mtime, reverse=True)[_MOST - 1 :]:
        with suppress(FileNotFoundError):
            Path(entry).unlink()
