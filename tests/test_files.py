"""What is no file is refused and never waited for, wherever the declaration names it."""

from __future__ import annotations

import os
import signal
import socket
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import NAME, SOURCE, Workspace
from ogp_data.core import files, resources
from ogp_data.core.files import read_file
from ogp_data.declaration import reading as publication
from ogp_data.models.lists import load_lists

Spoil = Callable[[Path], None]


def as_socket(path: Path) -> None:
    before = Path.cwd()
    os.chdir(path.parent)  # a socket's address has a hundred bytes at most
    try:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(path.name)
    finally:
        os.chdir(before)


def as_device(path: Path) -> None:
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))  # /dev/zero, which never ends
    except PermissionError:
        path.symlink_to("/dev/zero")


def as_long_file(path: Path) -> None:
    path.touch()
    os.truncate(path, files.LIMIT + 1)


KINDS: dict[str, tuple[Spoil, str]] = {
    "pipe": (lambda path: os.mkfifo(path), "it is a pipe, not a file"),
    "link to a pipe": (
        lambda path: (os.mkfifo(path.with_name("pipe")), path.symlink_to("pipe"))[1],
        "it is a pipe, not a file",
    ),
    "folder": (lambda path: path.mkdir(), "it is a folder, not a file"),
    "socket": (as_socket, "it is a socket, not a file"),
    "device": (as_device, "it is a device, not a file"),
    "long file": (as_long_file, f"it is longer than {files.LIMIT} bytes"),
    "link to itself": (lambda path: path.symlink_to(path), "Too many levels of symbolic links"),
}

DECLARED = {
    f"{NAME}/publication.toml": "missing-declaration",
    f"{NAME}/corrections.toml": "missing-declaration",
    "agents.toml": "missing-declaration",
    "codelists/colours.toml": "missing-declaration",
    f"{NAME}/reference/ogp-commitments.csv": "missing-reference-table",
    SOURCE: "missing-source",
    f"{NAME}/previous/0.9/manifest.json": "missing-previous-version",
}
"""The files of a declaration, and the rule that says that one cannot be read."""


@pytest.fixture(autouse=True)
def _not_for_ever() -> Iterator[None]:
    """End a test that waits for somebody to write to a pipe."""
    signal.alarm(60)
    yield
    signal.alarm(0)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_is_not_read(tmp_path: Path, kind: str) -> None:
    spoil, reason = KINDS[kind]
    spoil(tmp_path / "document.txt")
    with pytest.raises(OSError, match=reason) as refused:
        read_file(tmp_path / "document.txt")
    assert refused.value.filename == str(tmp_path / "document.txt") or kind == "link to itself"


def test_a_pipe_that_takes_the_place_of_a_file_meanwhile_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "document.txt"
    path.write_bytes(b"text")
    seen = path.stat()
    path.unlink()
    os.mkfifo(path)
    monkeypatch.setattr(Path, "stat", lambda *_, **__: seen)
    with pytest.raises(OSError, match="it is a pipe"):
        read_file(path)


@pytest.mark.parametrize("length", [0, 1, 4095, 4096])
def test_a_file_is_read_up_to_the_limit(tmp_path: Path, length: int) -> None:
    path = tmp_path / "document.txt"
    path.write_bytes(b"x" * length)
    assert read_file(path, 4095 if length < 4096 else 4096) == b"x" * length
    if length:
        with pytest.raises(OSError, match=f"longer than {length - 1} bytes"):
            read_file(path, length - 1)


# A document has a limit of its own, `[source.limits]`.
OF_DECLARATION = [(path, kind) for path in DECLARED for kind in KINDS if (path, kind) != (SOURCE, "long file")]


@pytest.mark.parametrize(("path", "kind"), OF_DECLARATION)
def test_a_declared_file_that_is_none_is_an_error_with_its_place(workspace: Workspace, path: str, kind: str) -> None:
    spoil, reason = KINDS[kind]
    file = workspace.data / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    if "previous" in path:
        with (workspace.data / NAME / "publication.toml").open("a", encoding="utf-8") as declaration:
            declaration.write(f'\n[previous]\nmanifest = "previous/0.9/manifest.json"\nsha256 = "{"0" * 64}"\n')
    spoil(file)
    loaded, found = publication.load(workspace.data, NAME, load_lists(resources.value_lists()))
    assert loaded is None
    said = {fault.rule for fault in found if reason in fault.message and fault.place.file}
    if kind == "link to itself":  # it leads nowhere, so for some Python versions not into the folder either
        said |= {DECLARED[path] for fault in found if fault.rule == "path-outside-folder"}
    assert DECLARED[path] in said


def test_a_document_longer_than_its_limit_is_refused_with_the_key_that_raises_it(workspace: Workspace) -> None:
    file = workspace.data / SOURCE
    os.truncate(file, 200_000_001)
    loaded, found = publication.load(workspace.data, NAME, load_lists(resources.value_lists()))
    assert loaded is None
    assert [fault.rule for fault in found if fault.severity == "error"] == ["too-large"]
    (told,) = (fault for fault in found if fault.rule == "too-large")
    assert "200000000 bytes" in told.message
    assert "[source.limits]" in told.hint
