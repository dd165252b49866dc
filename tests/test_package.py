"""All or nothing: whatever happens to a build, what was published before stays readable and whole."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from conftest import Workspace
from ogp_data import pipeline
from ogp_data.package import store as package
from ogp_data.package.refusing import refused
from ogp_data.pipeline import Folders, Outcome
from store_help import MANIFEST, kept, read_whole, stage, store

NAME = "small"


def refusal(outcome: Outcome) -> tuple[str, str, str]:
    (found,) = [found for found in outcome.report.findings if found.severity == "error"]
    assert not outcome.published
    assert found.hint
    return found.rule, found.message, found.place.file


@contextmanager
def disk(folder: Path, size: int) -> Iterator[Path]:
    """Mount a small disk of its own, where that is allowed."""
    folder.mkdir(parents=True)
    options = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)]
    if shutil.which("mount") is None or subprocess.run(options, capture_output=True).returncode:
        pytest.skip("a disk of its own can be mounted by root only")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def room(folder: Path) -> int:
    """Return how many bytes a folder takes on a disk in memory, which counts pages of files and nothing else."""
    return sum(-(-path.stat().st_size // 4096) * 4096 for path in folder.rglob("*") if path.is_file())


# The manifest -------------------------------------------------------------------------------------------


def test_the_manifest_lists_every_other_file_with_its_bytes_and_checksum(published: Path) -> None:
    assert read_whole(published) == "1.0.0"
    paths = [entry["path"] for entry in json.loads((published / MANIFEST).read_bytes())["files"]]
    assert paths == sorted(set(paths))
    assert {"catalog.ttl", "reports/validation.json", "assessments/assessments.csv"} <= set(paths)


# Publishing again ---------------------------------------------------------------------------------------


def test_the_same_input_again_is_unchanged_and_touches_nothing(small: Workspace, small_published: Path) -> None:
    shutil.copytree(small_published.parent, small.dist, symlinks=True)

    def state() -> dict[Path, tuple[int, int]]:
        return {path: (path.lstat().st_mtime_ns, path.lstat().st_ino) for path in small.dist.rglob("*")}

    before = state()
    outcome = small.publish()
    assert (outcome.published, outcome.changed) == (True, False)
    assert state() == before


@pytest.mark.parametrize("damage", ["changed", "removed", "added", "link gone", "all gone"])
def test_a_damaged_publication_is_healed_by_the_next(tmp_path: Path, damage: str) -> None:
    staged, dist = stage(tmp_path, "one"), tmp_path / "dist"
    assert package.publish(staged, dist, "small")
    part = dist / "small" / "part0" / "0.txt"
    if damage == "changed":
        part.write_bytes(b"two 0\n")
    elif damage == "removed":
        part.unlink()
    elif damage == "added":
        part.with_name("more.txt").write_bytes(b"")
    elif damage == "link gone":
        (dist / "small").unlink()
    else:
        shutil.rmtree(dist / ".small.editions")
    assert package.publish(staged, dist, "small")
    assert read_whole(dist / "small") == "one"
    if damage == "added":  # what somebody put there is theirs
        assert (dist / ".small.editions" / store(dist)[0] / "part0" / "more.txt").exists()
    else:
        assert kept(dist) == ("one",)
    assert not package.publish(staged, dist, "small")


def test_an_edition_stays_until_the_one_after_the_next(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    for version, expected in (("1", ("1",)), ("2", ("2", "1")), ("3", ("3", "2")), ("1", ("1", "3"))):
        assert package.publish(stage(tmp_path, version, files=3 + int(version)), dist, "small")
        assert kept(dist) == expected
        assert not package.publish(tmp_path / f"staged-{version}", dist, "small")
        assert kept(dist) == expected
    assert sorted(path.name for path in dist.iterdir()) == [".small.editions", "small"]


def test_in_the_place_of_a_damaged_edition_the_one_before_it_is_kept(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    package.publish(stage(tmp_path, "one"), dist, "small")
    package.publish(stage(tmp_path, "two"), dist, "small")
    (dist / "small" / "part1" / "1.txt").unlink()
    assert package.publish(tmp_path / "staged-two", dist, "small")
    assert kept(dist) == ("two", "one")


# Whose is it --------------------------------------------------------------------------------------------


def everything(folder: Path) -> dict[str, object]:
    """Return all that lies below a folder: files with their bytes, links with where they lead."""
    return {
        path.relative_to(folder).as_posix(): path.readlink()
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else None
        for path in sorted(folder.rglob("*"))
    }


def foreign(dist: Path, case: str) -> None:
    """Put something in the way of a publication called `small`."""
    store, mine = dist / ".small.editions", dist.parent / "mine"
    (mine / "1-0123456789abcdef").mkdir(parents=True)
    (mine / "1-0123456789abcdef" / "mine.txt").write_bytes(b"mine")
    (mine / "2-0123456789abcdef.incoming").mkdir()
    dist.mkdir()
    match case:
        case "a folder as store":
            shutil.copytree(mine, store)
        case "a link as store":
            store.symlink_to(mine)
        case "a link as store to a marked one":
            (mine / package.MARK).write_bytes(package.MARKED)
            store.symlink_to(mine)
        case "a file as store":
            store.write_bytes(b"mine")
        case "a store with a mark of another":
            shutil.copytree(mine, store)
            (store / package.MARK).write_bytes(b"another\n")
        case "a store whose mark is a link":
            store.mkdir()
            (store / package.MARK).symlink_to(mine / "new.txt")
        case "a link as publication":
            (dist / "small").symlink_to(mine)
        case "a link as publication to nothing":
            (dist / "small").symlink_to("gone")
        case "a link into an older store":
            shutil.copytree(mine, dist / ".small")
            (dist / "small").symlink_to(".small/1-0123456789abcdef")
        case "a folder as publication":
            shutil.copytree(mine, dist / "small")
        case "a file as publication":
            (dist / "small").write_bytes(b"mine")


@pytest.mark.parametrize(
    "case",
    [
        "a folder as store",
        "a link as store",
        "a link as store to a marked one",
        "a file as store",
        "a store with a mark of another",
        "a store whose mark is a link",
        "a link as publication",
        "a link as publication to nothing",
        "a link into an older store",
        "a folder as publication",
        "a file as publication",
    ],
)
def test_what_others_made_is_refused_and_left_alone(tmp_path: Path, case: str) -> None:
    dist = tmp_path / "dist"
    foreign(dist, case)
    before = everything(tmp_path)
    staged = stage(tmp_path, "one")
    place = dist / ("small" if "publication" in case or "into" in case else ".small.editions")
    for _ in range(2):
        with pytest.raises(package.ForeignError) as refused:
            package.publish(staged, dist, "small")
        assert refused.value.place == place
    after = everything(tmp_path)
    made = {path for path in after if path.startswith((staged.name, f"dist/{package.MARK}"))}
    made |= {f"dist/.small.editions/{package.MARK}", "dist/.small.editions"} if place.name == "small" else set()
    assert {path: what for path, what in after.items() if path not in made} == before


@pytest.mark.parametrize("name", ["git", "well-known", "small"])
def test_no_name_of_a_publication_reaches_a_folder_of_others(tmp_path: Path, name: str) -> None:
    dist = tmp_path / "dist"
    (dist / f".{name}").mkdir(parents=True)
    (dist / f".{name}" / "HEAD").write_bytes(b"ref: refs/heads/main")
    for version in ("1", "2", "3"):
        assert package.publish(stage(tmp_path, version), dist, name)
    assert (dist / f".{name}" / "HEAD").read_bytes() == b"ref: refs/heads/main"


def test_what_others_put_into_a_store_stays(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    package.publish(stage(tmp_path, "1"), dist, "small")
    store = dist / ".small.editions"
    mine = {
        "notes.txt": b"mine",
        "8-0123456789abcdef": b"a file",
        "7-0123456789abcdef.incoming": b"a file",
        "6-0123456789abcdef.link": b"a file",
        "backup/manifest.json": b"{}",
        "5-0123456789abcdef/mine.txt": b"mine",
        f"{(dist / 'small').readlink().name}/part0/mine.txt": b"mine",
    }
    for path, content in mine.items():
        (store / path).parent.mkdir(exist_ok=True)
        (store / path).write_bytes(content)
    (store / "9-0123456789abcdef").symlink_to(store / "backup")
    for version in ("2", "3", "4"):
        package.publish(stage(tmp_path, version), dist, "small")
        assert read_whole(dist / "small") == version
    assert {path: (store / path).read_bytes() for path in mine} == mine
    assert (store / "9-0123456789abcdef").is_symlink()


@pytest.mark.parametrize("begun", [b"", package.MARKED[:20]])
def test_a_mark_that_a_killed_build_began_is_completed(tmp_path: Path, begun: bytes) -> None:
    store = tmp_path / "dist" / ".small.editions"
    store.mkdir(parents=True)
    if begun:
        (store / package.MARK).write_bytes(begun)
    assert package.publish(stage(tmp_path, "1"), tmp_path / "dist", "small")
    assert kept(tmp_path / "dist") == ("1",)


def test_a_build_never_empties_a_folder_that_it_did_not_make(small: Workspace) -> None:
    """Building into data/ would remove the document."""
    before = everything(small.data)
    for _ in range(2):
        outcome = pipeline.run(Folders(small.data, small.data, small.dist), NAME, "", "", lambda _: None)
        rule, message, place = refusal(outcome)
        assert (rule, place) == ("overlapping-folders", str(small.data / NAME))
        assert "is that of the declaration" in message
    assert everything(small.data) == before


# For others to read -------------------------------------------------------------------------------------


@pytest.mark.parametrize("mask", [0o077, 0o777, 0o002])
def test_what_is_published_can_be_read_by_others_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    staged, dist = stage(tmp_path, "one"), tmp_path / "files" / "dist"
    before = os.umask(mask)
    try:
        package.publish(staged, dist, "small")
    finally:
        os.umask(before)
    modes = {path: path.lstat().st_mode & 0o777 for path in (tmp_path / "files", *(tmp_path / "files").rglob("*"))}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o644}
    assert {mode for path, mode in modes.items() if path.is_dir() and not path.is_symlink()} == {0o755}


# Killed -------------------------------------------------------------------------------------------------

KILLED_AT = """
import os, signal, sys
from pathlib import Path
from ogp_data.package import store as package
from ogp_data.package.refusing import refused

staged, dist = Path(sys.argv[1]), Path(sys.argv[2])

def step(event, arguments):
    global left
    if event == "open" or event.startswith(("os.", "shutil.")):
        left -= 1
        if left == 0:
            signal.raise_signal(signal.SIGKILL)

for line in sys.stdin:
    left = int(line)
    child = os.fork()
    if child == 0:
        sys.addaudithook(step)
        package.publish(staged, dist, "small")
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""For each number n that it reads, a process that publishes and is killed at the n-th thing it asks of the system."""


@contextmanager
def killing(staged: Path, dist: Path) -> Iterator[Callable[[int], bool]]:
    """Yield what publishes and is killed at a step, and returns whether it came so far."""
    command = [sys.executable, "-c", KILLED_AT, str(staged), str(dist)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout

        def killed_at(step: int) -> bool:
            print(step, file=process.stdin, flush=True)
            code = int(process.stdout.readline())  # type: ignore[union-attr]
            assert code in (0, -signal.SIGKILL)
            return code != 0

        yield killed_at


@pytest.mark.parametrize("case", ["another version", "the same version, damaged", "the first version"])
def test_a_build_killed_at_any_step_leaves_a_whole_publication_and_the_next_cleans_up(
    tmp_path: Path, case: str
) -> None:
    old, new, dist = stage(tmp_path, "old"), stage(tmp_path, "new"), tmp_path / "dist"
    seen: set[str] = set()
    with killing(new, dist) as killed_at:
        for step in range(1, 500):
            shutil.rmtree(dist, ignore_errors=True)
            if case == "another version":
                package.publish(old, dist, "small")
            elif case == "the same version, damaged":
                package.publish(new, dist, "small")
                (dist / "small" / "more.txt").write_bytes(b"")
            killed = killed_at(step)
            if case == "the same version, damaged":
                assert (dist / "small" / "part0" / "0.txt").read_bytes() == b"new 0\n"
            elif case == "another version" or (dist / "small").exists():
                seen.add(read_whole(dist / "small"))
            package.publish(new, dist, "small")
            if case == "the same version, damaged":
                (edition,) = {*store(dist)} - {(dist / "small").resolve().name}
                assert (dist / ".small.editions" / edition / "more.txt").exists()
            else:
                assert kept(dist) == (("new", "old") if case == "another version" else ("new",))
            if not killed:
                break
    assert not killed
    assert step > 10
    assert seen == {"another version": {"old", "new"}, "the first version": {"new"}}.get(case, set())


KILLED_IN = """
import signal, sys
from pathlib import Path
from ogp_data import pipeline

data, build, dist, stage = sys.argv[1:]

def say(under_way):
    if under_way == stage:
        signal.raise_signal(signal.SIGKILL)

pipeline.run(pipeline.Folders(Path(data), Path(build), Path(dist)), "small", "", "", say)
"""


@pytest.mark.parametrize("under_way", ["validating the tables", "publishing"])
def test_a_build_killed_under_way_does_not_hinder_the_next(
    small: Workspace, small_published: Path, under_way: str
) -> None:
    shutil.copytree(small_published.parent, small.dist, symlinks=True)
    small.edit(f"{NAME}/publication.toml", 'version = "1.0.0"', 'version = "1.0.1"')
    folders = [str(folder) for folder in (small.data, small.build, small.dist)]
    ended = subprocess.run([sys.executable, "-c", KILLED_IN, *folders, under_way], capture_output=True)
    assert ended.returncode == -signal.SIGKILL
    assert read_whole(small.dist / NAME) == "1.0.0"
    assert small.publish().published
    assert kept(small.dist, NAME) == ("1.0.1", "1.0.0")


# Readers ------------------------------------------------------------------------------------------------


def test_a_reader_never_finds_a_publication_missing_or_mixed(tmp_path: Path) -> None:
    """A reader that holds to the folder it began in may have to begin again, but only when the name led elsewhere."""
    versions = [stage(tmp_path, "one", files=20), stage(tmp_path, "two", files=20)]
    dist = tmp_path / "dist"
    package.publish(versions[0], dist, "small")
    seen: list[str] = []
    faults: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                held = os.open(dist / "small", os.O_RDONLY)
            except OSError as reason:  # the name leads nowhere
                faults.append(reason)
                return
            try:
                seen.append(read_whole((dist / "small").resolve()))
            except (OSError, AssertionError) as reason:
                if os.path.samestat(os.fstat(held), (dist / "small").stat()):
                    faults.append(reason)
            finally:
                os.close(held)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for turn in range(1, 21):
        assert package.publish(versions[turn % 2], dist, "small")
        assert read_whole(dist / "small") == ("one", "two")[turn % 2]
    done.set()
    for reader in readers:
        reader.join()
    assert not faults, faults[0]
    assert set(seen) <= {"one", "two"}
    assert seen


# Refused ------------------------------------------------------------------------------------------------


def test_of_two_builds_at_once_the_second_says_so(small: Workspace) -> None:
    with package.building(small.build, NAME):
        rule, message, place = refusal(small.publish())
    assert rule == "build-running"
    assert message == f"Another build of {NAME} is running."
    assert place == str(small.build / NAME)
    assert not small.dist.exists()


def test_publishes_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    """From two build folders, say: each publishes or is told that another is running."""
    dist = tmp_path / "dist"
    staged = [stage(tmp_path, str(number), files=10) for number in range(4)]
    ended: list[str] = []

    def publish(folder: Path) -> None:
        for _ in range(10):
            try:
                package.publish(folder, dist, "small")
                ended.append("published")
            except BlockingIOError:
                ended.append("under way")

    threads = [threading.Thread(target=publish, args=(folder,)) for folder in staged]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(ended), "published" in ended) == (40, True)
    assert len(kept(dist)) <= 2


def test_builds_of_two_publications_do_not_wait_for_each_other(small: Workspace) -> None:
    with package.building(small.build, "another"):
        assert small.publish().published


def test_a_folder_in_the_place_of_the_publication_is_left_alone(small: Workspace) -> None:
    (small.dist / NAME).mkdir(parents=True)
    (small.dist / NAME / "mine.txt").write_bytes(b"mine")
    outcome = small.publish()
    rule, message, place = refusal(outcome)
    assert (rule, place) == ("occupied-output", str(small.dist / NAME))
    assert "something that this program did not make" in message
    assert [path.name for path in (small.dist / NAME).iterdir()] == ["mine.txt"]
    assert json.loads((outcome.folder / "reports" / "validation.json").read_bytes())["publishable"] is False
    (outcome.folder / "document.json").unlink()  # the reading of the document is the steward's, and no part of it
    assert read_whole(outcome.folder) == "1.0.0"


@pytest.mark.parametrize("which", ["build", "dist"])
def test_a_file_in_the_place_of_a_folder_is_named(small: Workspace, which: str) -> None:
    folder = small.folder / which
    folder.write_bytes(b"mine")
    rule, _, place = refusal(small.publish())
    assert rule == "unwritable-output"
    assert place.startswith(str(folder))
    assert folder.read_bytes() == b"mine"


def test_a_read_only_disk_is_named_and_keeps_what_was_published(small: Workspace, small_published: Path) -> None:
    with disk(small.dist, 4 * room(small_published)):
        shutil.copytree(small_published.parent, small.dist, symlinks=True, dirs_exist_ok=True)
        subprocess.run(["mount", "-o", "remount,ro", str(small.dist)], check=True)
        assert (small.publish().published, small.publish().changed) == (True, False)
        small.edit(f"{NAME}/publication.toml", 'version = "1.0.0"', 'version = "1.0.1"')
        rule, message, place = refusal(small.publish())
        assert (rule, message) == ("unwritable-output", "The disk refused: Read-only file system.")
        assert place.startswith(str(small.dist))
        assert read_whole(small.dist / NAME) == "1.0.0"


def test_a_full_disk_is_named_and_keeps_what_was_published(small: Workspace, small_published: Path) -> None:
    with disk(small.dist, int(1.5 * room(small_published))):
        shutil.copytree(small_published.parent, small.dist, symlinks=True, dirs_exist_ok=True)
        small.edit(f"{NAME}/publication.toml", 'version = "1.0.0"', 'version = "1.0.1"')
        rule, message, place = refusal(small.publish())
        assert (rule, message) == ("unwritable-output", "The disk refused: No space left on device.")
        assert place.startswith(str(small.dist))
        assert kept(small.dist, NAME) == ("1.0.0",)


def test_a_full_disk_to_build_on_is_named(small: Workspace) -> None:
    with disk(small.build, 64 * 1024):
        rule, message, place = refusal(small.publish())
        assert (rule, message) == ("unwritable-output", "The disk refused: No space left on device.")
        assert place.startswith(str(small.build))
        assert not small.dist.exists()


def test_the_command_ends_with_exit_1_where_a_disk_refuses(small: Workspace) -> None:
    small.dist.write_bytes(b"mine")
    command = [sys.executable, "-m", "ogp_data", "publish", NAME, "--data", str(small.data)]
    command += ["--build", str(small.build), "--dist", str(small.dist)]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert ended.returncode == 1
    assert "error unwritable-output: In the place of a folder or file of the build there is a file." in ended.stdout
    assert "Traceback" not in ended.stderr
    assert ended.stdout.endswith(f"not published; reports and staged files: {small.build / NAME}\n")


def test_a_refusal_without_a_number_of_the_system_says_what_it_says() -> None:
    found = refused("x", shutil.Error("two files are one"), Path("dist"))
    assert (found.rule, found.message) == ("unwritable-output", "The disk refused: two files are one.")
    assert str(found.place) == "dist"
