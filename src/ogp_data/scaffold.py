"""`ogp-data new`: a declaration to start from, with the facts of the document filled in, and all that it refers to."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ogp_data import resources
from ogp_data.checking import FILE_NAME
from ogp_data.files import read_file
from ogp_data.naming import id_fault

_TEMPLATE = Path(__file__).parent / "templates" / "publication.toml"
_SHARED = ("agents.toml", "vocabulary.toml", "codelists")
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Begun:
    """A new publication: its folder, what its document is called there, and what was laid beside the folder."""

    folder: Path
    document: str
    beside: tuple[Path, ...]


def create(data: Path, name: str, source: Path | None) -> Begun:
    """Write `data/<name>/publication.toml`, copy the document below it, and lay beside it what it shares with others.

    Raises ValueError for an unsafe name or an existing publication, OSError when a file cannot be read or written.
    """
    if fault := id_fault(name):
        raise ValueError(f"{name!r} {fault}; call it by its country and years, such as nl-2020-2022")
    folder = data / name
    if folder.exists():
        raise ValueError(f"{folder} exists already")
    content = read_file(source) if source else None
    document = safe_name(source.name) if source else "document.txt"
    (folder / "source").mkdir(parents=True)
    if content is not None:
        (folder / "source" / document).write_bytes(content)
    (folder / "publication.toml").write_text(_declaration(name, document, content), encoding="utf-8")
    return Begun(folder, document, tuple(_lay_beside(data)))


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
    text = _TEMPLATE.read_text(encoding="utf-8")
    for key, value in {"ID": name, "FILE": f"source/{document}", "SHA256": digest}.items():
        text = text.replace(f"@{key}@", json.dumps(value)[1:-1])
    return text


def _lay_beside(data: Path) -> Iterator[Path]:
    """Copy what publications share to where there is none yet, and yield what came."""
    for name in _SHARED:
        ours, theirs = resources.shared() / name, data / name
        if theirs.exists():
            continue
        if ours.is_dir():
            shutil.copytree(ours, theirs)
        else:
            shutil.copyfile(ours, theirs)
        yield theirs
