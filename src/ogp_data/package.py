"""Artefacts -> a folder and its manifest, all or nothing.

`dist/<id>` is a link to a folder named by the build's content. A new build is laid beside the old one and the
link is replaced in one step, so at every moment the name leads to a whole publication; what a killed build
leaves behind is cleared by the next start.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from ogp_data.model import Artefact, Format

MEDIA_TYPES = {
    ".atom": "application/atom+xml",
    ".css": "text/css",
    ".csv": "text/csv",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".nt": "application/n-triples",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".parquet": "application/vnd.apache.parquet",
    ".rdf": "application/rdf+xml",
    ".sqlite": "application/vnd.sqlite3",
    ".svg": "image/svg+xml",
    ".ttl": "text/turtle",
    ".txt": "text/plain",
    ".xml": "application/xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
MANIFEST = "manifest.json"


class Stage:
    """A folder in which a build takes shape; counts bytes and checksum of each file on its way."""

    def __init__(self, folder: Path) -> None:
        """Begin with an empty folder."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.folder = folder
        self._artefacts: dict[str, Artefact] = {}

    @property
    def artefacts(self) -> list[Artefact]:
        """Return the files in the order in which they were written last."""
        return list(self._artefacts.values())

    def add(self, path: str, content: bytes, fmt: Format | None = None, dataset: str = "") -> Artefact:
        """Write a file and return what it is."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        media_type = fmt.media_type if fmt else MEDIA_TYPES.get(target.suffix, "application/octet-stream")
        artefact = Artefact(path, len(content), hashlib.sha256(content).hexdigest(), media_type, fmt, dataset)
        self._artefacts.pop(path, None)
        self._artefacts[path] = artefact
        return artefact

    def read(self, path: str) -> bytes:
        """Return a staged file as it lies on the disk."""
        return (self.folder / path).read_bytes()


def manifest(
    artefacts: Iterable[Artefact], publication: str, version: str, used: Iterable[tuple[str, str, str]] = ()
) -> bytes:
    """Return the manifest: path, bytes, media type and SHA-256 of every other file.

    `used` is what went into the build beside the declaration and document: name, version and SHA-256.
    """
    files = [
        {"path": a.path, "bytes": a.bytes, "mediaType": a.media_type, "sha256": a.sha256}
        for a in sorted(artefacts, key=lambda a: a.path)
        if a.path != MANIFEST
    ]
    inputs = [{"name": name, "version": release, "sha256": sha256} for name, release, sha256 in used]
    data = {"publication": publication, "version": version, "inputs": inputs, "files": files}
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


@contextmanager
def building(build: Path, name: str) -> Iterator[Path]:
    """Yield the build folder of a publication, held so that two builds cannot disturb each other.

    Raises BlockingIOError when another build of the same publication is under way.
    """
    build.mkdir(parents=True, exist_ok=True)
    with (build / f".{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield build / name


def publish(staged: Path, dist: Path, name: str) -> bool:
    """Put the staged folder in the place of `dist/<name>`; return False when the same bytes stand there already.

    Raises OSError when the disk refuses, with `dist/<name>` as it was.
    """
    store, link = dist / f".{name}", dist / name
    if link.exists() and not link.is_symlink():
        raise FileExistsError(errno.EEXIST, "Something stands there that this program did not make", str(link))
    store.mkdir(parents=True, exist_ok=True)
    with _held(store):
        unchanged = _holds(link, (staged / MANIFEST).read_bytes())
        if not unchanged:
            _point(link, _lay(staged, store))
        with suppress(OSError):  # what cannot be cleared now, the next start clears
            _clear(store, link)
    return not unchanged


def heal(dist: Path, name: str) -> None:
    """Clear what a killed build left: everything that `dist/<name>` does not lead to."""
    store = dist / f".{name}"
    if store.is_dir():
        with _held(store):
            _clear(store, dist / name)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold a folder against other builds; the system lets go of it when the program ends, however it ends."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _clear(store: Path, link: Path) -> None:
    current = link.resolve() if link.is_symlink() else None
    for entry in store.iterdir():
        if entry.is_symlink() or entry.resolve() != current:
            _remove(entry)


def _holds(link: Path, manifest: bytes) -> bool:
    """Return whether the link leads to a whole publication with just this manifest."""
    with suppress(OSError):
        return link.is_symlink() and (link / MANIFEST).read_bytes() == manifest and _is_whole(link.resolve())
    return False


def _is_whole(folder: Path) -> bool:
    """Return whether a folder holds just the files of its manifest, byte for byte."""
    try:
        files = json.loads((folder / MANIFEST).read_bytes())["files"]
        wanted = {entry["path"]: entry["sha256"] for entry in files}
        present = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} - {MANIFEST}
        return present == set(wanted) and all(
            hashlib.sha256((folder / path).read_bytes()).hexdigest() == sha256 for path, sha256 in wanted.items()
        )
    except (OSError, ValueError, KeyError):
        return False


def _lay(staged: Path, store: Path) -> Path:
    """Lay the staged folder in the store and return where; it gets its name only when it is whole.

    What stands there under that name already is damaged, and may be what readers see: it stays as it is.
    """
    name = hashlib.sha256((staged / MANIFEST).read_bytes()).hexdigest()[:16]
    target = next(
        path for number in count() if not (path := store / f"{name}{f'-{number}' if number else ''}").exists()
    )
    incoming = target.with_suffix(".incoming")
    _remove(incoming)
    try:
        _copy(staged, incoming)
        incoming.rename(target)
    except OSError:
        with suppress(OSError):
            _remove(incoming)
        raise
    return target


def _copy(folder: Path, target: Path) -> None:
    """Copy a folder; shutil.copytree would go on after a disk is full and tell of every file."""
    target.mkdir()
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            (target / path.relative_to(folder)).mkdir()
        else:
            shutil.copyfile(path, target / path.relative_to(folder))


def _point(link: Path, target: Path) -> None:
    """Let the name lead to another folder, in one step."""
    fresh = target.with_suffix(".link")
    _remove(fresh)
    fresh.symlink_to(os.path.relpath(target, link.parent))
    fresh.replace(link)


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)
