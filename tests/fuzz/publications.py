"""Documents and declarations -> whole publications, every file of which others can read."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import rdflib
from hypothesis import strategies as st

from fuzz import declarations, documents
from fuzz.target import BrokenError, Case, Check, Target, told
from fuzz.tiny import NAME, copied, fitting
from fuzz.toml import to_toml
from ogp_data import pipeline
from ogp_data.pipeline import Folders

cases = st.one_of(documents.cases, declarations.cases)


@contextmanager
def opened(folder: Path) -> Iterator[Check]:
    """Yield the check of a publication: whole and readable, or not there at all and with a reason."""
    data = copied(folder)

    def check(case: Case) -> str:
        with CHANGES[case.suffix](data, case) as name:
            return _published(Folders(data, folder / "build", folder / "dist"), name).replace(str(folder), "")

    yield check


@contextmanager
def _edited(data: Path, case: Case) -> Iterator[str]:
    """Have the tiny publication with changes to its declaration."""
    with declarations.applied(data, case):
        yield NAME


@contextmanager
def _laid_down(data: Path, case: Case) -> Iterator[str]:
    """Have a small publication beside the tiny one."""
    folder = declarations.small_of(case).write(data)
    try:
        yield folder.name
    finally:
        shutil.rmtree(folder)


@contextmanager
def _written(data: Path, case: Case) -> Iterator[str]:
    """Have a document, with a declaration that fits any, in the place of the tiny publication."""
    source, declared = data / NAME / "source" / "evaluatie.txt", data / NAME / "publication.toml"
    corrections = data / NAME / "corrections.toml"
    before = {path: path.read_bytes() for path in (source, declared, corrections)}
    about = fitting()
    about["source"] = {**about["source"], "sha256": hashlib.sha256(case.content).hexdigest()}
    source.write_bytes(case.content)
    declared.write_text(to_toml(about), encoding="utf-8")
    corrections.unlink()
    try:
        yield NAME
    finally:
        for path, content in before.items():
            path.write_bytes(content)


CHANGES = {".txt": _written, ".json": _edited, ".small": _laid_down}
"""Suffix of a case -> what puts it there and yields the name of its publication."""


def _published(folders: Folders, name: str) -> str:
    link = folders.dist / name
    before = link.resolve() if link.is_symlink() else None
    outcome = pipeline.run(folders, name, "", "", lambda _: None)
    said = told(outcome.report.findings)
    if outcome.published == bool(outcome.report.count("error")):
        raise BrokenError("published with errors, or not without", said)
    if not outcome.published:
        if (link.resolve() if link.is_symlink() else None) != before:
            raise BrokenError("what was published before is gone", said)
        return said
    files = {path.relative_to(link).as_posix(): path.read_bytes() for path in sorted(link.rglob("*")) if path.is_file()}
    for name, content in files.items():
        _readable(name, content)
    return said + "".join(f"\n{name} {hashlib.sha256(content).hexdigest()}" for name, content in files.items())


# What others can read -----------------------------------------------------------------------------------

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no room for."""


def _readable(name: str, content: bytes) -> None:
    """Raise BrokenError for a file that a program that did not write it cannot read."""
    suffix = Path(name).suffix
    if name.startswith("source/") or suffix not in READERS:
        return
    try:
        READERS[suffix](content)
    except Exception as reason:
        raise BrokenError(f"no readable {suffix} in {name.partition('/')[0]}", f"{name}: {reason}") from reason


def _text(content: bytes) -> None:
    text = content.decode("utf-8")
    if found := _FORBIDDEN.search(text):
        raise ValueError(f"{found[0]!r} near {text[max(0, found.start() - 40) : found.end() + 10]!r}")


def _xml(content: bytes) -> None:
    ElementTree.fromstring(content)


def _json(content: bytes) -> None:
    _text(content)
    json.loads(content)


def _turtle(content: bytes) -> None:
    _text(content)
    rdflib.Graph().parse(data=content, format="turtle")


def _triples(content: bytes) -> None:
    _text(content)
    list(ox.parse(content, ox.RdfFormat.N_TRIPLES))


def _rows(content: bytes) -> None:
    _text(content)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    if len({len(row) for row in rows}) != 1:
        raise ValueError("rows of different lengths")


def _workbook(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels", ".rdf")):
                _xml(archive.read(name))


READERS: dict[str, Callable[[bytes], None]] = {
    ".atom": _xml,
    ".csv": _rows,
    ".html": _text,
    ".json": _json,
    ".jsonld": _json,
    ".nt": _triples,
    ".ods": _workbook,
    ".rdf": _xml,
    ".svg": _xml,
    ".ttl": _turtle,
    ".xlsx": _workbook,
    ".xml": _xml,
}
"""Suffix of a file -> what reads it, and raises what it likes when it cannot."""

PUBLICATIONS = Target("publications", cases, opened)
