"""[source] -> the files of the source as they were received, in the order in which places count them, or findings."""

from __future__ import annotations

import codecs
import errno
import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from ogp_data.core.declared import Declaration, FilesSpec, SourceSpec
from ogp_data.core.files import read_file
from ogp_data.core.findings import Finding, Place, errors, finding
from ogp_data.core.messages import Message
from ogp_data.core.places import Line
from ogp_data.core.source import SourceFile
from ogp_data.declaration.naming import is_file_name
from ogp_data.declaration.toml_files import inside
from ogp_data.documents import READERS
from ogp_data.documents.detection import is_locked, is_utf16, kind_by_bytes, reader_by_bytes
from ogp_data.documents.recognised import recognised

_FOLDER = "source/"
"""The folder of sources, which is no part of their names."""
_WILD = re.compile(r"[*?]")
_PLAIN_NAME = Message("Name the file with letters without accents, digits, full stops, hyphens and underscores only.")
_SHOWN = 5
"""So many files are named where more are meant."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """A file that is part of the source: its path, the entry that takes it, and the key that says so."""

    path: str
    entry: FilesSpec
    key: str

    @property
    def name(self) -> str:
        """Return the name under which it is published."""
        return self.path.removeprefix(_FOLDER)


@dataclass(slots=True)
class _Gathering:
    """What is gathered on the way: the folder of the publication, what is declared, and what is wrong."""

    folder: Path
    spec: SourceSpec
    language: str
    found: list[Finding] = field(default_factory=list)

    def fault(self, rule: str, message: str, key: str, hint: str = "") -> None:
        """Take up what is wrong with a key of the declaration."""
        place = Place(file=f"{self.folder.name}/publication.toml", key=key)
        self.found.append(finding(rule, message, place, hint))


def source_files(folder: Path, declaration: Declaration, found: list[Finding]) -> tuple[SourceFile, ...] | None:
    """Return the files of a source, when they are there and the declared ones; None, with findings, otherwise."""
    work = _Gathering(folder, declaration.source, declaration.language)
    taken = _one(work) if not declaration.source.files else _several(work)
    _check_names(work, taken)
    files = None if errors(work.found) else _read(work, taken)
    found += work.found
    return files


def _one(work: _Gathering) -> list[_Taken]:
    """Return the one file of a source."""
    spec = work.spec
    if not spec.file:
        hint = Message('Write the path of the document, such as file = "source/document.pdf", or `files` for several.')
        work.fault("missing-key", Message("The key '{error}' is missing.", error="file"), "source.file", hint)
        return []
    path = inside(work.folder, spec.file, "source.file", work.found)
    own = PurePosixPath(spec.file)
    return [_Taken(str(own), FilesSpec(spec.file, kind=spec.kind), "source.file")] if path else []


def _several(work: _Gathering) -> list[_Taken]:
    """Return the files of a source by path, each once."""
    if work.spec.file:
        message = Message("A source is one `file` or several `files`, not both.")
        work.fault("value-type", message, "source.file", Message("Leave out `file` or `files`."))
    taken: dict[str, _Taken] = {}
    folders: set[PurePosixPath] = set()
    for index, entry in enumerate(work.spec.files):
        key = f"source.files[{index}].path"
        top, paths = _matches(work, entry, key)
        folders |= {top} if top.name else set()
        for path in paths:
            if path in taken:
                _twice(work, path, key, taken[path].key)
            taken.setdefault(path, _Taken(path, entry, key))
    if not errors(work.found):
        _check_unclaimed(work, taken, folders)
    return [taken[path] for path in sorted(taken)]


def _matches(work: _Gathering, entry: FilesSpec, key: str) -> tuple[PurePosixPath, list[str]]:
    """Return the folder in which the files of an entry lie, and their paths."""
    pattern = PurePosixPath(entry.path)
    is_folder = entry.path.endswith("/") or (work.folder / pattern).is_dir()
    fixed = next((index for index, step in enumerate(pattern.parts) if _WILD.search(step)), len(pattern.parts))
    is_plain = fixed == len(pattern.parts)
    top = pattern if is_plain and is_folder else PurePosixPath(*pattern.parts[: min(fixed, len(pattern.parts) - 1)])
    if ".." in pattern.parts or inside(work.folder, str(top), key, work.found) is None:
        if ".." in pattern.parts:
            message = Message("{relative!r} leads outside the publication's folder.", relative=entry.path)
            work.fault("path-outside-folder", message, key)
        return PurePosixPath(), []
    wanted = pattern / "**" if is_plain and is_folder else pattern
    paths = [str(pattern)] if is_plain and not is_folder else _below(work.folder, top)
    form = re.compile("/".join(map(_step, wanted.parts)).replace("**/", _ANY_FOLDERS).replace("**", ".+"))
    matched = [path for path in paths if form.fullmatch(path) and (work.folder / path).is_file()]
    if not matched:
        _nothing(work, entry.path, key, is_plain and not is_folder)
    outside = [path for path in matched if inside(work.folder, path, key, work.found) is None]
    return top, [path for path in matched if path not in outside]


_ANY_FOLDERS = "(?:[^/]+/)*"


def _step(step: str) -> str:
    """Return one step of a path as a regular expression; `**` stays what it is."""
    if step == "**":
        return step
    return "".join({"*": "[^/]*", "?": "[^/]"}.get(sign, re.escape(sign)) for sign in step)


def _below(folder: Path, top: PurePosixPath) -> list[str]:
    """Return the paths of the files below a folder; what begins with a dot belongs to a program and is none."""
    found = []
    for step, folders, names in os.walk(folder / top):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [
            (Path(step) / name).relative_to(folder).as_posix() for name in sorted(names) if not name.startswith(".")
        ]
    return sorted(found)


def _nothing(work: _Gathering, path: str, key: str, is_file: bool) -> None:
    """Take up that an entry takes no file."""
    hint = Message("Write a path from the publication's folder, such as source/fr/*.md, and put the files there.")
    message = Message("No file fits {path!r}.", path=path)
    work.fault("missing-source", Message("There is no file {path!r}.", path=path) if is_file else message, key, hint)


def _twice(work: _Gathering, path: str, key: str, other: str) -> None:
    message = Message("The file {path!r} is part of the source already, by {other}.", path=path, other=other)
    work.fault("duplicate-file", message, key)


def _check_names(work: _Gathering, taken: Sequence[_Taken]) -> None:
    """Take up names that cannot be published, and files that would be published under one name."""
    names: dict[str, _Taken] = {}
    for one in taken:
        if unfit := next((step for step in one.name.split("/") if not is_file_name(step)), ""):
            message = Message("{file!r} cannot be part of a web address.", file=unfit)
            work.fault("unsafe-name", message, one.key, _PLAIN_NAME)
        elif one.name == "index.html" or one.name.startswith("pages/"):
            message = Message("A page of the source is called {file!r}, or may be.", file=one.name)
            work.fault("unsafe-name", message, one.key, Message("Give the file another name."))
        other = names.setdefault(one.name, one)
        if other is not one:
            message = Message("{path!r} and {other!r} have one name.", path=one.path, other=other.path)
            hint = Message("Rename one of the files.")
            work.fault("duplicate-file", message, one.key, hint)


def _check_unclaimed(work: _Gathering, taken: Mapping[str, _Taken], folders: set[PurePosixPath]) -> None:
    """Tell of files beside those of the source that no entry takes."""
    tops = [top for top in folders if not any(other in top.parents for other in folders)]
    left = [path for top in sorted(tops) for path in _below(work.folder, top) if path not in taken]
    if left:
        names = ", ".join(left[:_SHOWN])
        message = Message("No entry of `files` takes these of the folder: {names}.", names=names)
        if more := len(left[_SHOWN:]):
            message = Message(
                "No entry of `files` takes these of the folder: {names}, and {more} more.", names=names, more=more
            )
        work.fault("unclaimed-file", message, "source.files")


def _read(work: _Gathering, taken: Sequence[_Taken]) -> tuple[SourceFile, ...] | None:
    """Return the files with what is in them, all together no more than the limit."""
    files: list[SourceFile] = []
    left = work.spec.limits.bytes
    for number, one in enumerate(taken, start=1):
        place = Place(file=f"{work.folder.name}/{one.path}")
        content = _content(work, one, left, place)
        if content is None:
            return None
        left -= len(content)
        kind = one.entry.kind or recognised(one.name, content)[0] or "converted-text"
        work.found += _faults(content, kind, work.spec, place)
        language = one.entry.language or work.language
        files.append(SourceFile(one.name, content, work.spec.codec, work.spec.limits, number, one.path, kind, language))
    _check_sum(work, files)
    return tuple(files)


def _content(work: _Gathering, one: _Taken, left: int, place: Place) -> bytes | None:
    """Return the bytes of a file, None with a finding where it cannot be read."""
    limit = work.spec.limits.bytes
    try:
        return read_file(work.folder / one.path, left)
    except OSError as reason:
        rule = "too-large" if reason.errno == errno.EFBIG else "missing-source"
        message = Message("The source document cannot be read: {strerror}.", strerror=reason.strerror)
        hint = ""
        if rule == "too-large":
            message = Message("The source document has more than {limit} bytes.", limit=limit)
            if work.spec.files:
                message = Message("The files of the source have together more than {limit} bytes.", limit=limit)
            hint = Message(
                "If the document is sound, raise `{limit}` under [source.limits] in publication.toml.", limit="bytes"
            )
        work.found.append(finding(rule, message, place, hint))
    return None


def _check_sum(work: _Gathering, files: Sequence[SourceFile]) -> None:
    """Take up that the files are not the declared ones."""
    actual, declared = sum_of(files, bool(work.spec.files)), work.spec.sha256.lower()
    if actual == declared:
        return
    if not work.spec.files:
        message = Message(
            "The source document has SHA-256 {actual}, but the declaration says {sha256}.",
            actual=actual,
            sha256=work.spec.sha256,
        )
        work.found.append(finding("source-changed", message, Place(file=f"{work.folder.name}/{files[0].path}")))
        return
    message = Message(
        "The {count} files of the source have SHA-256 {actual}, but the declaration says {sha256}.",
        count=len(files),
        actual=actual,
        sha256=work.spec.sha256,
    )
    work.fault("source-changed", message, "source.sha256")


def sum_of(files: Sequence[SourceFile], several: bool = True) -> str:
    """Return the SHA-256 of a source: of its file, or of the sorted lines that `sha256sum` writes of its files."""
    if not several:
        return files[0].sha256
    lines = sorted(f"{file.sha256}  {file.path}\n" for file in files)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


# What is in a file --------------------------------------------------------------------------------------


def _faults(content: bytes, kind: str, spec: SourceSpec, place: Place) -> Iterator[Finding]:
    """Yield that a file is empty, or cannot be read as what it is said to be."""
    if not content.removeprefix(codecs.BOM_UTF8).strip():
        yield finding("empty-source", Message("The source document is empty."), place)
        return
    yield from _encoding_faults(content, kind, spec, place)


def _encoding_faults(content: bytes, declared: str, spec: SourceSpec, place: Place) -> Iterator[Finding]:
    found = reader_by_bytes(content)
    if is_locked(content):
        yield finding("encrypted-file", Message("The file cannot be read without its password."), place)
        return
    # That there is no such reader is told of the declaration.
    is_text = reader.is_text if (reader := READERS.get(declared)) else True
    if (found and found in READERS and found != declared) or not (found or is_text or not READERS.is_own(declared)):
        yield _wrong_kind(content, declared, found, place)
        return
    if not is_text:
        return
    convert = Message(
        "Convert it to text with a program for that kind of file, and declare the resulting text under `source`."
    )
    if kind := kind_by_bytes(content):
        yield finding("source-encoding", Message("The source document is {kind}, not text.", kind=kind), place, convert)
        return
    if spec.encoding != "utf-16" and is_utf16(content):
        known = not content.startswith(b"\0")  # without its mark, only the usual order of bytes is taken for granted
        hint = Message('Set `encoding = "utf-16"` under `source` in publication.toml.') if known else convert
        yield finding("source-encoding", Message("The source document is text in UTF-16."), place, hint)
        return
    try:
        content.decode(spec.codec)
    except UnicodeDecodeError as reason:
        at = replace(place, at=Line(content.count(b"\n", 0, reason.start) + 1))
        message = Message(
            "Byte {start} (0x{content:02x}) is not {encoding}.",
            start=reason.start,
            content=content[reason.start],
            encoding=spec.encoding.upper(),
        )
        yield finding("source-encoding", message, at)


def _wrong_kind(content: bytes, declared: str, found: str, place: Place) -> Finding:
    """Return that a file is not of the declared kind, and of which it is."""
    what = kind_by_bytes(content) or "text"
    message = Message("The source document is {what}, and `kind` says {declared}.", what=what, declared=declared)
    hint = Message('Write kind = "{found}" under [source] in publication.toml.', found=found) if found else ""
    return finding("wrong-kind", message, place, hint)
