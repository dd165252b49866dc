"""The power goes after any call of a publish: what the disk knows by then is a whole edition, the old or the new.

A disk of its own is mounted from an image. After each call that changes something the image is copied as it is: just
what a disk holds when its power goes. Each copy is mounted, and read. That is done twice, because what a file system
keeps in memory it may write in any order. Once nothing else happens, so that only what the program itself had
written is there; once another program syncs a file of its own after each call, upon which ext4 writes all names at
once, and the bytes that belong to them much later.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from ogp_data.package import store as package
from store_help import WHOLE, kept, read_whole, stage, store

WATCHED = """
import filecmp, os, shutil, sys
from pathlib import Path
from ogp_data.package import store as package

staged, disk, image, copies, bystander = sys.argv[1:]
CHANGING = {"open", "mkdir", "chmod", "rename", "replace", "symlink", "unlink", "rmdir", "fsync", "sendfile", "write"}
number, last = 0, ""
other = os.open(Path(disk) / "other", os.O_WRONLY | os.O_CREAT)

def copy(name):
    global last
    if not last or not filecmp.cmp(image, last, shallow=False):
        last = shutil.copyfile(image, f"{copies}/{number:03}-{name}.img")

def after(frame, event, called):
    global number
    if event == "c_return" and getattr(called, "__name__", "") in CHANGING:
        if bystander == "yes":
            os.pwrite(other, b"%d" % number, 0)
            os.fsync(other)
        number += 1
        copy(called.__name__)

sys.setprofile(after)
changed = package.publish(Path(staged), Path(disk) / "dist", "small")
sys.setprofile(None)
copy("end")
print("published" if changed else "unchanged", number)
"""
"""Publishes, and copies the image of the disk after every call of the system that changes something; says how many."""

Before = Callable[[Path, Path], None]


@contextmanager
def mounted(image: Path, at: Path) -> Iterator[Path]:
    """Mount an image, where that is allowed."""
    at.mkdir(exist_ok=True)
    done = subprocess.run(["mount", "-o", "loop", str(image), str(at)], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no image can be mounted here: {done.stderr.strip()}")
    try:
        yield at
    finally:
        subprocess.run(["umount", str(at)], check=True)


def formatted(image: Path) -> Path:
    if not (make := shutil.which("mkfs.ext4", path="/usr/sbin:/sbin:/usr/bin")) or not shutil.which("mount"):
        pytest.skip("a disk of its own needs mkfs.ext4 and mount")
    with image.open("wb") as file:
        file.truncate(12 << 20)
    subprocess.run([make, "-q", "-F", "-J", "size=2", str(image)], check=True)
    return image


def cuts(folder: Path, before: Before, bystander: bool, says: str = "published") -> list[Path]:
    """Publish the version `new` on a disk of its own, and return its images after each call, all that differ."""
    copies, staged = folder / "copies", stage(folder, "new")
    copies.mkdir()
    with mounted(image := formatted(folder / "disk.img"), folder / "disk") as disk:
        before(folder, disk / "dist")
        arguments = [str(staged), str(disk), str(image), str(copies), "yes" if bystander else "no"]
        ended = subprocess.run([sys.executable, "-c", WATCHED, *arguments], capture_output=True, text=True)
    told, calls = ended.stdout.split() or ["", "0"]
    assert told == says, ended.stderr
    assert int(calls) > 64 or says == "unchanged"
    return sorted(copies.iterdir())


def nothing(_folder: Path, _dist: Path) -> None:
    """Begin with a disk on which nothing was published."""


def published(*versions: str) -> Before:
    """Begin with a disk on which these versions were published, one after another."""

    def before(folder: Path, dist: Path) -> None:
        for version in versions:
            package.publish(stage(folder, version), dist, "small")

    return before


@pytest.mark.parametrize("bystander", [False, True], ids=["alone", "beside another"])
@pytest.mark.parametrize(
    ("before", "old"),
    [
        (published("oldest", "old"), "old"),
        pytest.param(published("old"), "old", marks=WHOLE),
        pytest.param(nothing, "nothing", marks=WHOLE),
    ],
    ids=["third", "second", "first"],
)
def test_a_power_cut_after_any_call_leaves_the_old_edition_or_the_new_one(
    tmp_path: Path, before: Before, old: str, bystander: bool
) -> None:
    seen = []
    images = cuts(tmp_path, before, bystander)
    for image in images:
        with mounted(image, tmp_path / "after") as disk:
            dist = disk / "dist"
            seen.append(read_whole(dist / "small") if (dist / "small").is_symlink() else "nothing")
            if image in images[::8]:  # and it can be gone on from
                package.publish(tmp_path / "staged-new", dist, "small")
                assert kept(dist) == (("new", "old") if old == "old" else ("new",))
    assert set(seen) == {old, "new"}
    assert seen[-1] == "new", "it said that it is published"
    assert sum(one != other for one, other in pairwise(seen)) == 1
    print(f"\npower cuts: {len(images)} disks that differ, 0 broken")


@pytest.mark.parametrize("bystander", [False, True], ids=["alone", "beside another"])
def test_unchanged_is_said_of_the_disk_too(tmp_path: Path, bystander: bool) -> None:
    """An edition that was copied there by hand is in memory first."""

    def copied(folder: Path, dist: Path) -> None:
        package.publish(stage(folder, "new"), folder / "elsewhere", "small")
        shutil.copytree(folder / "elsewhere", dist, symlinks=True)

    last = cuts(tmp_path, copied, bystander, "unchanged")[-1]
    with mounted(last, tmp_path / "after") as disk:
        assert kept(disk / "dist") == ("new",)


def test_unchanged_is_said_of_a_link_that_a_killed_build_left(tmp_path: Path) -> None:
    """The build was killed after it had replaced the link, and before that was on the disk."""

    def killed(folder: Path, dist: Path) -> None:
        published("old")(folder, dist)
        edition = package._lay(folder / "staged-new", dist / ".small.editions")
        package._replace(dist / "small", edition)

    last = cuts(tmp_path, killed, False, "unchanged")[-1]
    with mounted(last, tmp_path / "after") as disk:
        assert kept(disk / "dist") == ("new", "old")
        assert len(store(disk / "dist")) == 2
