"""What a build writes, before it is published: a folder of files, each with its size, checksum and media type."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ogp_data.core.artefact import Artefact, Format
from ogp_data.core.files import is_folder

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
    ".png": "image/png",
    ".rdf": "application/rdf+xml",
    ".sqlite": "application/vnd.sqlite3",
    ".svg": "image/svg+xml",
    ".ttl": "text/turtle",
    ".txt": "text/plain",
    ".webp": "image/webp",
    ".xml": "application/xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
MANIFEST = "manifest.json"
THEME = "site/theme.css"
"""The tokens of the theme of all pages, over all publications: the service puts them on its own pages."""
ROOT = ".root"
"""The link in `dist/` through which the names of all that is over all publications lead."""


class Stage:
    """A folder in which a build takes shape; counts bytes and checksum of each file on its way."""

    def __init__(self, folder: Path) -> None:
        """Begin with an empty folder."""
        if is_folder(folder):  # of a pipe, rmtree would wait for somebody who writes to it
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)  # where it could not be removed, or is none, this is what the disk refuses
        self.folder = folder
        self._artefacts: dict[str, Artefact] = {}
        self._folders: set[str] = set()

    @property
    def artefacts(self) -> list[Artefact]:
        """Return the files in the order in which they were written last."""
        return list(self._artefacts.values())

    def add(self, path: str, content: bytes, fmt: Format | None = None, dataset: str = "", part: str = "") -> Artefact:
        """Write a file and return what it is."""
        self.keep(path, content)
        media_type = fmt.media_type if fmt else _media_type(path)
        artefact = Artefact(path, len(content), hashlib.sha256(content).hexdigest(), media_type, fmt, dataset, part)
        # Removed and put back, so that a report that is written again comes last, where it was written.
        self._artefacts.pop(path, None)
        self._artefacts[path] = artefact
        return artefact

    def take(self, inner: Stage) -> None:
        """Count the files of a stage below this one among its own."""
        below = inner.folder.relative_to(self.folder).as_posix()
        for artefact in inner.artefacts:
            self._artefacts[f"{below}/{artefact.path}"] = replace(artefact, path=f"{below}/{artefact.path}")

    def keep(self, path: str, content: bytes) -> None:
        """Write a file for whoever looks at the build; it is not published."""
        below = path.rpartition("/")[0]
        if below not in self._folders:
            (self.folder / below).mkdir(parents=True, exist_ok=True)
            self._folders.add(below)
        # There are tens of thousands: without a Path for each, and in one write, which needs no buffer.
        with open(f"{self.folder}/{path}", "wb", buffering=0) as file:  # noqa: PTH123
            file.write(content)

    def read(self, path: str) -> bytes:
        """Return a staged file as it lies on the disk."""
        return (self.folder / path).read_bytes()


def _media_type(path: str) -> str:
    """Return the media type of a file by how its name ends."""
    _, point, suffix = path.rpartition("/")[2].rpartition(".")
    return MEDIA_TYPES.get(point + suffix, "application/octet-stream")


def manifest(
    artefacts: Iterable[Artefact], publication: str, version: str, used: Iterable[tuple[str, str, str]] = ()
) -> bytes:
    """Return the manifest: path, bytes, media type and SHA-256 of every other file.

    `used` is what went into the build beside the declaration and document: name, version and SHA-256.
    """
    files = [
        {"path": a.path, "bytes": a.bytes, "mediaType": a.media_type, "sha256": a.sha256}
        # The manifest's digest names the edition, so the order in which files were staged must not show in it.
        for a in sorted(artefacts, key=lambda a: a.path)
        if a.path != MANIFEST
    ]
    inputs = [{"name": name, "version": release, "sha256": sha256} for name, release, sha256 in used]
    data = {"publication": publication, "version": version, "inputs": inputs, "files": files}
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
