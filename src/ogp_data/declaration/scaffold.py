"""`ogp-data new`: a declaration to start from, with the facts of the document filled in, and all that it refers to."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from ogp_data.core import resources
from ogp_data.core.files import in_the_way
from ogp_data.core.messages import SOURCE, Message
from ogp_data.declaration.drafting.answers import Answers
from ogp_data.declaration.drafting.beside import AGENTS, SITE, Known, agents, known, site
from ogp_data.declaration.drafting.draft import Asked, Draft, Survey, blank, draft, survey
from ogp_data.declaration.drafting.page import Written
from ogp_data.declaration.naming import id_fault
from ogp_data.declaration.receiving import Received
from ogp_data.declaration.trying import taken_by_form
from ogp_data.models.lists import load_lists


@dataclass(frozen=True, slots=True)
class Begun:
    """A new publication: its folder, what was seen of its document, and what is left to do.

    `beside` are the files that were laid beside the folder, `open` the lines of each file that are to be filled in.
    """

    folder: Path
    draft: Draft
    seen: Survey | None
    beside: tuple[Path, ...]
    open: Mapping[Path, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Start:
    """A publication that is to begin: where, what is asked for, what publications share, and what was seen."""

    data: Path
    asked: Asked
    there: Known
    documents: tuple[Received, ...] = ()
    seen: Survey | None = None


def prepare(data: Path, asked: Asked, documents: Sequence[Received], site: Path | None = None) -> Start:
    """Return what is known of a publication before anything is asked or written; `site` is a site.toml of elsewhere.

    Raises ValueError for an unsafe name, an existing publication, a form that its document does not follow, or another
    site.toml than that which is there.
    """
    name, folder = asked.id, data / asked.id
    if fault := id_fault(name):
        raise ValueError(
            Message("{name!r} {fault}; call it by its country and years, such as nl-2020-2022", name=name, fault=fault)
        )
    if os.path.lexists(folder):
        raise ValueError(Message("{folder} exists already", folder=folder))
    there = known(data, site)
    file = documents[0].name if len(documents) == 1 else "" if documents else "document.txt"
    asked = replace(asked, file=f"source/{file}", given=there.given, pages=there.languages)
    files = [(one.name, one.content) for one in documents]
    seen = survey(asked, files, load_lists(resources.value_lists())) if files else None
    return Start(data, asked, there, tuple(documents), seen)


def create(start: Start, answers: Answers) -> Begun:
    """Write `data/<name>/publication.toml`, put the document below it, and lay beside it what it shares with others.

    Raises OSError when a file cannot be written, ValueError where no folder can be; then nothing is left.
    """
    data, name, there, language = start.data, start.asked.id, start.there, start.asked.language
    seen = start.seen if start.seen is None or answers.follows_form else replace(start.seen, form=None)
    drafted = blank(start.asked) if seen is None else _drafted(start.asked, seen, answers)
    files = {Path(name, "publication.toml"): drafted.written}
    beside = _beside(there, language, drafted.pages, drafted.country, answers)
    written = {path: page.text.encode() for path, page in {**files, **beside}.items()}
    taken = {Path(path): content for path, content in there.taken.items()}
    written |= taken
    written |= {Path(name, "source", one.name): one.content for one in start.documents}
    _lay(data, written, [*beside, *taken, Path(name)])
    left = {data / path: page.open for path, page in {**files, **beside}.items() if page.open}
    return Begun(data / name, drafted, seen, tuple(data / path for path in (*beside, *taken)), left)


def _drafted(asked: Asked, seen: Survey, answers: Answers) -> Draft:
    """Return the draft of a document; what its form takes of it is tried, so that the rest can be drafted too."""
    return draft(asked, seen, answers, taken_by_form(asked, seen, answers) if seen.form else None)


def complete(data: Path, language: str = SOURCE) -> tuple[Path, ...]:
    """Lay into `data` what publications share and is not there, and return it; raises as `create` does."""
    there = known(data)
    beside = _beside(there, language, there.languages or (SOURCE,), "", Answers())
    _lay(data, {path: page.text.encode() for path, page in beside.items()}, [*beside])
    return tuple(data / path for path in beside)


def _beside(there: Known, language: str, pages: Sequence[str], country: str, answers: Answers) -> dict[Path, Written]:
    """Return the files that publications share and that are not there."""
    laid = {}
    if not there.has_site:
        laid[Path(SITE)] = site(language, pages, country, there.has_agents, answers)
    if not there.has_agents:
        laid[Path(AGENTS)] = agents(language, pages, answers)
    return laid


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
