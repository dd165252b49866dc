"""`dist/` -> publications in memory, whole and checked, so that a request never meets half a build.

`package.publish` keeps the edition before until the next one, and no longer; a publication is a few megabytes: its
files are read once. A request keeps the snapshot it began with; the last one to let go frees it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import mimetypes
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib.namespace import OWL, RDF

from ogp_data.core.rdf import read
from ogp_data.core.stage import MANIFEST, MEDIA_TYPES, ROOT, THEME

RESERVED = frozenset({"api", "health", "sparql", "validate"})
"""First steps of addresses that are the service's own."""

VOCABULARY = "vocabulary"
"""The folder beside the publications that has the terms and code lists of all, and its document of all terms."""

COMPRESSIBLE = re.compile(
    r"text/|application/(?:[a-z.+-]*(?:json|xml|yaml)|n-triples|n-quads|trig|javascript|wasm)|image/svg"
)
INDEX = "index.json"
"""The file over all publications that says which are published, withdrawn and moved."""

ATTEMPTS = 3
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_OURS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".xml": "application/xml"}


class BrokenError(Exception):
    """A publication that cannot be served, with the reason in words."""


@dataclass(frozen=True, slots=True)
class File:
    """A file in memory: its bytes, SHA-256, media type, and the bytes in gzip where that saves something."""

    path: str
    content: bytes = field(repr=False)
    sha256: str
    media_type: str
    gzipped: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One build of a publication: its names, and its files by path. `build` is the head of its manifest's SHA-256.

    That of the vocabulary is one too: it has no datasets, but `terms`, each a name without a form of its own.
    Of what is over all publications `base_iri` is the address.
    """

    id: str
    version: str
    build: str
    base_iri: str
    modified: datetime
    files: Mapping[str, File] = field(repr=False)
    datapackage: Mapping[str, object] = field(repr=False)
    terms: frozenset[str] = frozenset()
    kept: dict[str, object] = field(default_factory=dict, repr=False, compare=False)
    """What was made of it while serving, such as other forms of its files; it goes when the snapshot goes."""

    @property
    def datasets(self) -> list[str]:
        """Return the names of the tables, in the order of the publication."""
        resources = self.datapackage.get("resources")
        return [resource["name"] for resource in resources] if isinstance(resources, list) else []

    @property
    def is_vocabulary(self) -> bool:
        """Return whether it is that of the vocabulary, which has no catalogue."""
        return self.id == VOCABULARY

    @property
    def is_root(self) -> bool:
        """Return whether it is what stands over all publications, which is files alone."""
        return self.id == ROOT

    @property
    def whole(self) -> str:
        """Return the name of the document that tells of all of it: the one whose page is the first."""
        return VOCABULARY if self.is_vocabulary else "catalog"


@dataclass(frozen=True)
class Published:
    """All that is served at one moment: publications by name, and why others cannot be or are not the latest."""

    publications: Mapping[str, Snapshot] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    vocabulary: Snapshot | None = None
    root: Snapshot | None = None

    @property
    def held(self) -> Mapping[str, Snapshot]:
        """Return all that is in memory by name: publications, vocabulary, and what is over all."""
        return {**self.snapshots, **({ROOT: self.root} if self.root else {})}

    @property
    def snapshots(self) -> Mapping[str, Snapshot]:
        """Return the publications by name, and with them the vocabulary."""
        return {**self.publications, **({VOCABULARY: self.vocabulary} if self.vocabulary else {})}

    @property
    def look(self) -> str:
        """Return the tokens of the theme of all pages, which stand over all publications; "" where there are none."""
        file = self.root.files.get(THEME) if self.root else None
        return file.content.decode("utf-8", "replace") if file else ""

    @cached_property
    def stale(self) -> frozenset[str]:
        """Return the publications that stand as they were before a build that failed, as what is over all says."""
        told = _index(self.root.files).get("publications") if self.root else None
        each = [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
        return frozenset(one["id"] for one in each if one.get("stale") is True and isinstance(one.get("id"), str))

    @cached_property
    def moved(self) -> Mapping[str, Snapshot]:
        """Return the publications by the ids that they had before, as what is over all of them says."""
        told = _index(self.root.files).get("moved") if self.root else None
        pairs = told.items() if isinstance(told, dict) else ()
        return {
            old: self.publications[new]
            for old, new in pairs
            if isinstance(new, str) and new in self.publications and old not in self.publications
        }

    @property
    def only(self) -> Snapshot | None:
        """Return the publication when there is just one."""
        return next(iter(self.publications.values())) if len(self.publications) == 1 else None


def names(dist: Path) -> list[str]:
    """Return the names of the publications in a folder, of the vocabulary, and of what is over all, where that is.

    BrokenError without such a folder.
    """
    try:
        entries = sorted(dist.iterdir())
    except OSError as reason:
        raise BrokenError(f"The folder {dist} cannot be read: {reason.strerror}.") from None
    # A link too, even one that leads nowhere: a publication that is broken should be reported, not overlooked.
    found = [entry.name for entry in entries if _NAME.fullmatch(entry.name) and _is_publication(entry)]
    return [*found, *([ROOT] if (dist / ROOT).exists() else [])]


def _is_publication(entry: Path) -> bool:
    """Return whether an entry is a folder of its own; what is over all publications is a link through the root's."""
    return entry.readlink().parts[:1] != (ROOT,) if entry.is_symlink() else entry.is_dir()


def mark(dist: Path, name: str) -> tuple[str, int, int]:
    """Return what changes when a publication does: where its link leads, and its manifest's time and size."""
    folder = (dist / name).resolve()
    try:
        stat = (folder / MANIFEST).stat()
    except OSError:
        return str(folder), 0, 0
    return str(folder), stat.st_mtime_ns, stat.st_size


def load(dist: Path, name: str, known: Mapping[str, File] | None = None) -> Snapshot:
    """Return a publication, or the vocabulary, as it now lies there; BrokenError when it is not whole.

    `known` are files in memory by SHA-256. A build that is replaced while it is read is read again.
    """
    if name in RESERVED:
        raise BrokenError(f"The address /{name} is the service's own; give the publication another name.")
    # The link is resolved once for each attempt: through the link itself half the files could come from the next build.
    for attempt in range(1, ATTEMPTS + 1):
        folder = (dist / name).resolve()
        try:
            return _read(folder, name, known or {})
        except BrokenError:
            # Broken while the link still leads here: that is no race with a new build, and reading again would not
            # help.
            if attempt == ATTEMPTS or folder == (dist / name).resolve():
                raise
    raise AssertionError("unreachable")


def _read(folder: Path, name: str, known: Mapping[str, File]) -> Snapshot:
    raw, moment = _manifest(folder)
    try:
        listed = json.loads(raw)
        version, own = str(listed["version"]), str(listed["publication"])
        entries = [(e["path"], e["bytes"], e["sha256"], e["mediaType"]) for e in listed["files"]]
    except (ValueError, KeyError, TypeError):
        raise BrokenError("Its manifest.json is not in the form that this program writes.") from None
    if own != name.removeprefix("."):
        raise BrokenError(f"Its manifest.json is that of {own!r}.")
    files = {entry[0]: _file(folder, *entry, known) for entry in entries}
    digest = hashlib.sha256(raw).hexdigest()
    files[MANIFEST] = _in_memory(MANIFEST, raw, digest, MEDIA_TYPES[".json"])
    if name == VOCABULARY:
        base, terms = _terms(files)
        return Snapshot(name, version, digest[:16], base, moment, files, {}, terms)
    if name == ROOT:
        address = _index(files).get("address")
        return Snapshot(name, version, digest[:16], address if isinstance(address, str) else "", moment, files, {})
    package = _package(files)
    if "catalog.ttl" not in files:
        raise BrokenError("It has no catalog.ttl.")
    return Snapshot(name, version, digest[:16], _base_iri(package), moment, files, package)


def _manifest(folder: Path) -> tuple[bytes, datetime]:
    path = folder / MANIFEST
    try:
        # Whole seconds, because Last-Modified has no finer ones and would never equal a time with a fraction.
        return path.read_bytes(), datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    except OSError as reason:
        raise BrokenError(f"Its manifest.json cannot be read: {reason.strerror}.") from None


def _file(folder: Path, path: str, size: int, sha256: str, media_type: str, known: Mapping[str, File]) -> File:
    """Return a file that is what the manifest says, byte for byte."""
    if not isinstance(path, str) or path.startswith("/") or ".." in path.split("/") or "\\" in path:
        raise BrokenError(f"Its manifest.json names a file outside it: {path!r}.")
    try:
        content = (folder / path).read_bytes()
    except (OSError, ValueError):
        raise BrokenError(f"The file {path} of its manifest.json is missing.") from None
    if len(content) != size or hashlib.sha256(content).hexdigest() != sha256:
        raise BrokenError(f"The file {path} is not the one of its manifest.json.")
    # The manifest has no media type for files of the site; they are guessed from their suffix.
    if media_type == "application/octet-stream":
        media_type = _guessed(path)
    if (same := known.get(sha256)) and same.media_type == media_type:
        return File(path, same.content, sha256, media_type, same.gzipped)
    return _in_memory(path, content, sha256, media_type)


def _guessed(path: str) -> str:
    suffix = Path(path).suffix
    return MEDIA_TYPES.get(suffix) or _OURS.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"


def _in_memory(path: str, content: bytes, sha256: str, media_type: str) -> File:
    gzipped = None
    # Below that, gzip's own header and the smaller number of packets gain nothing.
    if COMPRESSIBLE.match(media_type) and len(content) > 256:
        # Packed once, here, and not for each request. mtime=0: with the time in it two services would send other bytes.
        packed = gzip.compress(content, 6, mtime=0)
        gzipped = packed if len(packed) < len(content) else None
    return File(path, content, sha256, media_type, gzipped)


def made(path: str, content: bytes, media_type: str) -> File:
    """Return what was made while serving as a file."""
    return _in_memory(path, content, hashlib.sha256(content).hexdigest(), media_type)


def _package(files: Mapping[str, File]) -> Mapping[str, object]:
    try:
        package = json.loads(files["datapackage.json"].content)
        if all(isinstance(resource["name"], str) for resource in package["resources"]):
            return dict(package)
    except (KeyError, ValueError, TypeError):
        pass
    raise BrokenError("Its datapackage.json is missing or not in the form that this program writes.")


def _terms(files: Mapping[str, File]) -> tuple[str, frozenset[str]]:
    """Return the IRI of the vocabulary, and the names of the terms below it."""
    kind, ontology = ox.NamedNode(str(RDF.type)), ox.NamedNode(str(OWL.Ontology))
    try:
        triples = read(files[f"{VOCABULARY}.ttl"].content, "ttl")
    except (KeyError, SyntaxError):
        raise BrokenError(f"Its {VOCABULARY}.ttl is missing or not Turtle.") from None
    kinds = {t.subject.value: t.object for t in triples if t.predicate == kind and isinstance(t.subject, ox.NamedNode)}
    base = next((iri for iri, what in kinds.items() if what == ontology), "")
    if not base:
        raise BrokenError(f"Its {VOCABULARY}.ttl does not name the vocabulary.")
    return base, frozenset(iri.removeprefix(base) for iri in kinds if iri != base)


def _base_iri(package: Mapping[str, object]) -> str:
    catalogue = str(package.get("id", ""))
    if not catalogue.endswith("catalog"):
        raise BrokenError("Its datapackage.json does not name the catalogue.")
    return catalogue.removesuffix("catalog")


def read_all(dist: Path, before: Published | None = None) -> Published:
    """Return what can be served now; what was served before stays where its new build is broken or gone.

    What the root says is withdrawn or moved goes, once it is not there: in its place stands the root's page of it.
    """
    kept = before.held if before else {}
    # Most files of a new build are those of the one before; sharing them spares memory while both are in use.
    known = {file.sha256: file for snapshot in kept.values() for file in snapshot.files.values()}
    # Begin with what is served: whatever cannot be read now keeps its place until it can be, or the service restarts.
    found: dict[str, Snapshot] = dict(kept)
    faults: dict[str, str] = {}
    try:
        present = names(dist)
    except BrokenError as reason:
        return _published(found, {"": str(reason)})
    for name, outcome in _loaded(dist, present, known):
        if isinstance(outcome, Snapshot):
            found[name] = outcome
        else:
            faults[name] = outcome
    gone = _gone(found.get(ROOT)).difference(present)
    found = {name: snapshot for name, snapshot in found.items() if name not in gone}
    faults |= {name: f"There is no {dist / name} any more." for name in found if name not in present}
    return _published(found, faults)


def _index(files: Mapping[str, File]) -> Mapping[str, Any]:
    """Return the index over all publications; nothing of one that is missing, or of another form."""
    try:
        index = json.loads(files[INDEX].content)
    except (KeyError, ValueError):
        return {}
    return index if isinstance(index, dict) else {}


def _gone(root: Snapshot | None) -> frozenset[str]:
    """Return the ids of publications that are withdrawn or moved, by the index of what is over all."""
    index = _index(root.files) if root else {}
    try:
        return frozenset((*(one["id"] for one in index.get("withdrawn", ())), *index.get("moved", ())))
    except (KeyError, TypeError):
        return frozenset()


def _published(found: Mapping[str, Snapshot], faults: Mapping[str, str]) -> Published:
    apart = (VOCABULARY, ROOT)
    publications = {name: snapshot for name, snapshot in sorted(found.items()) if name not in apart}
    return Published(publications, faults, found.get(VOCABULARY), found.get(ROOT))


def _loaded(dist: Path, present: list[str], known: Mapping[str, File]) -> Iterator[tuple[str, Snapshot | str]]:
    for name in present:
        try:
            yield name, load(dist, name, known)
        except BrokenError as reason:
            yield name, str(reason)
