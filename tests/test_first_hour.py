"""What goes wrong in the first hour: full disks, closed streams, folders and names that are not meant."""

from __future__ import annotations

import errno
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Workspace, begin, fill_in
from ogp_data.cli.main import main
from ogp_data.declaration.naming import LONGEST

COMMAND = [sys.executable, "-m", "ogp_data"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder that commands run in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


# new ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("call", range(1, 16))
@pytest.mark.parametrize("kind", ["fsync", "rename"])
def test_new_on_a_full_disk_leaves_nothing(here: Path, monkeypatch: pytest.MonkeyPatch, kind: str, call: int) -> None:
    calls = 0

    def refuse(self: object, *arguments: object) -> object:
        nonlocal calls
        calls += 1
        if calls == call:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(self, *arguments)

    owner: object = os if kind == "fsync" else Path
    real: Callable[..., object] = getattr(owner, kind)
    with monkeypatch.context() as patch:
        patch.setattr(owner, kind, refuse)
        code = main(["new", "p"])
    assert (code == 2) is (calls >= call)
    assert code == 0 or below(here) == set()
    assert main(["new", "q"]) == 0
    assert {"data/agents.toml", "data/site.toml"} <= below(here)
    assert not [path for path in below(here) if "/.new-" in path]


def test_an_id_is_as_long_as_disks_take(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "p" * (LONGEST + 1)]) == 2
    assert f"is longer than {LONGEST} characters" in capsys.readouterr().err
    assert main(["publish", "p" * 300]) == 1
    assert below(here) == set()
    assert main(["new", "p" * LONGEST]) == 0


OTHERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "file": (lambda path: path.write_text("mine"), "a file"),
    "pipe": (os.mkfifo, "a pipe"),
    "link": (lambda path: path.symlink_to("nowhere"), "a link that leads nowhere"),
}


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("data", ["data", "data/deeper"])
def test_new_says_what_stands_in_the_place_of_the_data(here: Path, capsys, kind: str, data: str) -> None:
    make, called = OTHERS[kind]
    make(here / "data")
    assert main(["new", "p", "--data", data]) == 2
    assert f"data is {called}, not a folder" in capsys.readouterr().err
    assert below(here) == {"data"}


def test_the_fix_for_a_missing_shared_file_works(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "plan.txt").write_text("A paragraph.\n")
    assert main(["new", "p", "plan.txt", "--data", "my data"]) == 0
    fill_in(here / "my data/p/publication.toml")
    (here / "my data/agents.toml").unlink()
    capsys.readouterr()
    assert main(["check", "p", "--data", "my data"]) == 1
    (advised, *_) = re.findall(r"`(ogp-data new[^`]*)`", capsys.readouterr().out)
    command = shlex.split(advised)[1:]
    assert main([*command, *([] if "--data" in command else ["--data", "my data"])]) == 0
    assert fill_in(here / "my data/p/publication.toml") == 3
    assert main(["check", "p", "--data", "my data"]) == 0


def test_what_stands_in_the_place_of_the_corrections_is_to_be_moved_away(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begin(Path("data"), "p")
    (here / "data/p/corrections.toml").mkdir()
    assert main(["check", "p"]) == 1
    told = capsys.readouterr().out
    assert "Move away what is there (a folder). A document without known faults does not need this file." in told
    assert "ogp-data new" not in told.split("corrections.toml cannot be read")[1].split("error ")[0]


def test_a_misspelt_id_names_the_nearest_and_makes_no_folder(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begin(Path("data"), "nl-2020-2022")
    before = below(here)
    assert main(["publish", "nl-2020-202"]) == 1
    told = capsys.readouterr().out
    assert "Did you mean nl-2020-2022?" in told
    assert told.endswith("not published; nothing was written\n")
    assert below(here) == before


# Streams ------------------------------------------------------------------------------------------------


def shell(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", command.replace("ogp-data", shlex.join(COMMAND))], cwd=folder, capture_output=True, text=True
    )


@pytest.mark.parametrize("closing", ["2>&-", ">&-", "<&-", "<&- >&- 2>&-", "2>/dev/full"])
def test_a_stream_that_is_closed_is_no_fault(small: Workspace, closing: str) -> None:
    ended = shell(small.folder, f"ogp-data publish {closing}")
    assert (ended.returncode, "internal-error" in ended.stdout + ended.stderr) == (0, False)
    assert (small.dist / "small" / "catalog.ttl").is_file()


@pytest.mark.parametrize("command", ["explain", "--help", "--version", "explain occupied-output", "new p", "new"])
def test_output_that_cannot_be_written_is_told(tmp_path: Path, command: str) -> None:
    ended = shell(tmp_path, f"ogp-data {command} > /dev/full")
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1].endswith("the output could not be written: No space left on device")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("option", ["", "--json"])
def test_a_success_that_cannot_be_told_is_still_one(small: Workspace, option: str) -> None:
    ended = shell(small.folder, f"ogp-data publish {option} > /dev/full")
    assert ended.returncode == 1
    said = "ogp-data: published, but the output could not be written: No space left on device"
    assert ended.stderr.splitlines()[-1] == said
    assert (small.dist / "small" / "catalog.ttl").is_file()


# Folders ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("p", ["--dist", "build/p"]),
        ("p", ["--dist", "build/p/deeper"]),
        ("p", ["--build", "dist"]),
        ("p", ["--build", "dist/p"]),
        ("p", ["--build", "dist/.p.editions"]),
        ("p", ["--build", "data"]),
        ("p", ["--build", "linked", "--dist", "build/p"]),
        ("dist", ["--build", "."]),
        ("data", ["--build", "."]),
    ],
)
def test_a_build_that_would_empty_another_folder_is_refused(here: Path, capsys, name: str, options: list[str]) -> None:
    begin(Path("data"), name)
    Path("linked").symlink_to("build")
    before = below(here)
    assert main(["publish", name, *options]) == 1
    told = capsys.readouterr().out
    assert "error overlapping-folders: " in told
    assert told.endswith("not published; nothing was written\n")
    assert below(here) == before


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("place", ["dist", "build", "build/small"])
def test_what_stands_in_the_place_of_a_folder_is_named(
    small: Workspace, monkeypatch, capsys, kind: str, place: str
) -> None:
    monkeypatch.chdir(small.folder)
    Path("build").mkdir(exist_ok=place != "build")
    if place == "build":
        Path("build").rmdir()
    if place == "build/small":
        Path("build/.small.lock").touch()
    make, called = OTHERS[kind]
    make(Path(place))
    assert main(["publish", "small"]) == 1
    told = capsys.readouterr().out
    assert f"there is {called}.\n    at: {place}\n    fix: Move it away, or name another folder with" in told
    assert ("reports and staged files" in told) is (place == "dist")
    assert Path(place).is_symlink() or not Path(place).is_dir()


def test_a_link_in_the_place_of_the_lock_is_named(small: Workspace, monkeypatch, capsys) -> None:
    monkeypatch.chdir(small.folder)
    Path("build").mkdir()
    Path("build/.small.lock").symlink_to("../data/agents.toml")
    assert main(["publish", "small"]) == 1
    assert "there is a link.\n    at: build/.small.lock\n" in capsys.readouterr().out


# A plain document ---------------------------------------------------------------------------------------

PLAIN = "# A plan\n\nDate: 26 May 2023\n\n## Aims\n\nWe see https://example.nl/plan and\n\nanother paragraph.\n"


@pytest.mark.parametrize("text", [PLAIN, "# A plan\n\nA paragraph.\n", "A paragraph.\n\nAnother.\n"])
def test_what_new_writes_is_enough_for_a_plain_document(here: Path, capsys, text: str) -> None:
    (here / "plan.txt").write_text(text)
    assert main(["new", "p", "plan.txt"]) == 0
    fill_in(here / "data/p/publication.toml")
    assert main(["check", "p"]) == 0, capsys.readouterr().out
    assert "lost 0, doubled 0" in capsys.readouterr().out


@pytest.mark.parametrize(("kind", "called"), [("pipe", "a pipe"), ("link", "a link that leads nowhere")])
def test_what_is_no_file_of_a_target_is_named(here: Path, capsys, kind: str, called: str) -> None:
    OTHERS[kind][0](here / "ckan.toml")
    assert main(["plan", "ckan.toml"]) == 1
    assert f"ckan.toml is {called}, not a file." in capsys.readouterr().out
