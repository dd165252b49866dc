"""The same input gives the same bytes, whatever the machine's habits."""

from __future__ import annotations

import filecmp
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def build(data: Path, folder: Path, **environment: str) -> Path:
    command = [sys.executable, "-m", "ogp_data", "publish", "--data", str(data)]
    command += ["--build", str(folder / "build"), "--dist", str(folder / "dist")]
    folder.mkdir(parents=True)
    subprocess.run(command, check=True, cwd=folder, env={**os.environ, **environment}, capture_output=True)
    return folder / "dist" / "nl-2020-2022"


def test_two_builds_with_other_hash_seed_time_zone_language_and_folder_are_the_same(tmp_path: Path) -> None:
    elsewhere = tmp_path / "een andere map" / "data"
    shutil.copytree(ROOT / "data", elsewhere)
    one = build(ROOT / "data", tmp_path / "one", PYTHONHASHSEED="1", TZ="UTC", LANG="C", LC_ALL="C")
    two = build(
        elsewhere,
        tmp_path / "twee mappen",
        PYTHONHASHSEED="4711",
        TZ="Pacific/Kiritimati",
        LANG="nl_NL.UTF-8",
        LC_ALL="",
    )
    files = sorted(path.relative_to(one).as_posix() for path in one.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(two).as_posix() for path in two.rglob("*") if path.is_file())
    assert len(files) > 55
    same, different, unreadable = filecmp.cmpfiles(one, two, files, shallow=False)
    assert (different, unreadable) == ([], [])
    assert len(same) == len(files)


def test_no_file_names_the_machine_or_the_clock(published: Path) -> None:
    for path in published.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert str(ROOT).encode() not in content, path
            assert str(published.parent).encode() not in content, path
