"""`dist/` -> the publications in it, each as its own build described it, and what the root is to know besides.

A build writes `publication.json` beside its files: all that the root, the tables over all publications and the
comparison of plans need to know of it. So the root is made of what is published, and of nothing else.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from ogp_data.collection.handed import Country, Findings, Organisation, Reached, Score, Statuses, Table
from ogp_data.core.files import read_file
from ogp_data.core.messages import Message
from ogp_data.core.rdf import dump
from ogp_data.core.records import Record, from_csv
from ogp_data.core.stage import MANIFEST
from ogp_data.core.theme import Theme
from ogp_data.core.words import Text, Words

FILE = "publication.json"
"""What a publication hands over: a file beside its manifest."""

FORM = 1
"""Of that file; one of another form was written by another version of the program."""


class UnreadableError(ValueError):
    """A publication hands over nothing that this version of the program can read; the reason is in words."""


@dataclass(frozen=True)
class Published:
    """A publication as it stands in `dist/`: what its build said of it, where it lies, and its manifest's SHA-256.

    `stale`: its newest build failed, and this is the state before. `counts` are rows by dataset.
    """

    id: str
    title: Words
    description: Words
    country: Country
    plan: str
    publisher: Organisation
    contact: Reached
    licence: str
    languages: Sequence[str]
    """In which its pages and texts are; the first is at its root."""
    document_languages: Sequence[str]
    version: str
    issued: datetime.date
    modified: datetime.date
    start: str
    end: str
    base_iri: str
    base_url: str
    profile: str
    disclaimer: Words | None
    continues: Sequence[str]
    """The ids of the editions before it, the newest first."""
    findings: Findings
    scores: Mapping[str, Score]
    statuses: Statuses
    tables: Sequence[Table]
    folder: Path = field(default_factory=Path, compare=False)
    sha256: str = ""
    stale: bool = False
    pages: Sequence[str] = ()
    """The paths of its pages."""

    @property
    def counts(self) -> Mapping[str, int]:
        """Return how many rows each of its datasets has."""
        return {table.name: table.rows for table in self.tables}

    @property
    def catalogue(self) -> str:
        """Return the IRI of its catalogue."""
        return f"{self.base_iri}catalog"

    @cached_property
    def _read(self) -> dict[str, Sequence[Record]]:
        return {}

    def table(self, name: str) -> Table | None:
        """Return a dataset of it; None when it has none of that name."""
        return next((table for table in self.tables if table.name == name), None)

    def rows(self, name: str) -> Sequence[Record]:
        """Return the rows of a dataset as its CSV has them; none when there is no such dataset."""
        if name not in self._read:
            path = self.folder / name / f"{name}.csv"
            self._read[name] = from_csv(read_file(path)) if self.table(name) else ()
        return self._read[name]


@dataclass(frozen=True, slots=True)
class Gone:
    """A publication that is withdrawn: its id, the day, why, and what it was called, where that is known."""

    id: str
    date: datetime.date
    reason: Text
    title: Words | None = None

    @property
    def name(self) -> Text:
        """Return what it is called, its id where nothing else is known."""
        return self.title or Words(und=self.id)


@dataclass(frozen=True, slots=True)
class Collection:
    """What is published together: the publications by id, what is withdrawn or moved, whose it is, and where.

    `iri` names what is over all, `url` is the address of `dist/`; each is "" where nobody says it.
    """

    publications: Sequence[Published]
    languages: Sequence[str]
    title: Text
    description: Text
    owner: Organisation | None = None
    contact: Reached | None = None
    licence: str = ""
    profile: str = ""
    iri: str = ""
    url: str = ""
    withdrawn: Sequence[Gone] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    theme: Theme = field(default_factory=Theme)
    security: tuple[Sequence[str], datetime.date] | None = None
    """Who is told of a leak, and until when that holds; None where either is not declared."""
    failed: Sequence[str] = ()
    """The ids of publications of which there is no good state at all."""

    @property
    def modified(self) -> datetime.date | None:
        """Return the day on which any of it was last changed; None where there is nothing."""
        days = [one.modified for one in self.publications] + [one.date for one in self.withdrawn]
        return max(days, default=None)

    @property
    def gone(self) -> frozenset[str]:
        """Return the ids of publications that are published no longer, or under another id."""
        return frozenset((*self.moved, *(one.id for one in self.withdrawn)))

    @property
    def ids(self) -> frozenset[str]:
        """Return the ids of all publications that there are or were; none where nothing was ever published."""
        return self.gone | {one.id for one in self.publications}

    def of(self, publication: str) -> Published | None:
        """Return a publication by its id, of today or of before it moved; None for one that is not here."""
        name = self.moved.get(publication, publication)
        return next((one for one in self.publications if one.id == name), None)


_OF_THE_FOLDER = {"folder", "sha256", "stale", "pages"}
"""What the file does not say, since only who finds it knows."""


def written(published: Published) -> bytes:
    """Return what a publication hands over, as the file that its build writes."""
    said = {name: value for name, value in plain(published).items() if name not in _OF_THE_FOLDER}
    return dump({"form": FORM, **said})


def scores(told: Mapping[str, Any]) -> dict[str, Score]:
    """Return the scores that a report on quality tells: points, or criteria that are met, of all that there are."""
    found = {name: told[name] for name in ("mqa", "nde", "udata") if name in told}
    return {
        name: Score(one.get("points", one.get("met")), one.get("maximum", one.get("of")), one.get("offline_maximum"))
        for name, one in found.items()
    }


def plain(value: Any) -> Any:
    """Return a noun as JSON has it, with all that it holds: what is as by default too, so that its form is seen."""
    if is_dataclass(value):
        return {part.name: plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime.date) else str(value) if isinstance(value, Path) else value


def read(folder: Path, stale: bool = False) -> Published:
    """Return the publication that lies in a folder; UnreadableError says why it cannot be read."""
    folder = folder.resolve()
    listed, sha256 = _manifest(folder)
    pages = [path for path in listed if path.endswith(".html")]
    told = {"folder": str(folder), "sha256": sha256, "stale": stale, "pages": pages}
    try:
        said = json.loads(_listed(folder, FILE, listed))
        if said.pop("form") != FORM:
            raise ValueError(FORM)
        found: Published = _adapter().validate_json(json.dumps({**said, **told}))
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as reason:
        if isinstance(reason, UnreadableError):
            raise
        message = Message("its {file} is of another version of the program", file=FILE)
        raise UnreadableError(message) from reason
    for path in _needed(found, listed):
        _listed(folder, path, listed)
    return found


def _manifest(folder: Path) -> tuple[dict[str, str], str]:
    """Return the checksums of a publication's files by their paths, and that of its manifest itself."""
    content = _content(folder, MANIFEST)
    try:
        listed = {str(one["path"]): str(one["sha256"]) for one in json.loads(content)["files"]}
    except (KeyError, TypeError, ValueError, RecursionError) as reason:
        raise UnreadableError(Message("its {file} is damaged", file=MANIFEST)) from reason
    return listed, hashlib.sha256(content).hexdigest()


def _listed(folder: Path, path: str, listed: Mapping[str, str]) -> bytes:
    """Return a file that is just what the manifest says."""
    content = _content(folder, path)
    if path not in listed:
        raise UnreadableError(Message("its {file} was not published with it", file=path))
    if listed[path] != hashlib.sha256(content).hexdigest():
        raise UnreadableError(Message("its {file} was changed or damaged after it was published", file=path))
    return content


def _needed(published: Published, listed: Container[str]) -> Iterator[str]:
    """Yield the files that are read of a publication, so that what is over all is made of whole ones."""
    yield "catalog.ttl"
    yield from (f"{table.name}/{table.name}.csv" for table in published.tables)
    linked = (f"{table.name}/{table.name}.ttl" for table in published.tables)
    # What could not be written, such as a format that cannot hold the rows, is left out.
    yield from filter(listed.__contains__, ("codelists/organisations.ttl", "sitemap.xml", *linked))


def _content(folder: Path, path: str) -> bytes:
    try:
        return read_file(folder / path)
    except FileNotFoundError as reason:
        is_head = path in (FILE, MANIFEST)
        message = Message("it has no {file}, which says what it is", file=path)
        raise UnreadableError(message if is_head else Message("its {file} is missing", file=path)) from reason
    except OSError as reason:
        message = Message("its {file} cannot be read: {reason}", file=path, reason=reason.strerror)
        raise UnreadableError(message) from reason


@cache
def _adapter() -> TypeAdapter[Published]:
    return TypeAdapter(Published)
