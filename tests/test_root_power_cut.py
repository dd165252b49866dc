"""The power goes after any call of publishing the root: what the disk knows by then is the old root or the new."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from ogp_data.core.stage import MANIFEST
from ogp_data.package import root
from store_help import WHOLE, stage
from test_power_cut import WATCHED, formatted, mounted

ROOT_WATCHED = WATCHED.replace("import store as package", "import root as package").replace(
    'package.publish(Path(staged), Path(disk) / "dist", "small")',
    'package.publish_root(Path(staged), Path(disk) / "dist")',
)


def seen(dist: Path) -> dict[str, str]:
    """Return what a reader finds at the top, by path; a link that leads nowhere is nothing."""
    tops = [one for one in sorted(dist.iterdir()) if not one.name.startswith(".")] if dist.is_dir() else []
    files = [one for top in tops for one in ([top] if top.is_file() else sorted(top.rglob("*"))) if one.is_file()]
    return {one.relative_to(dist).as_posix(): one.read_text() for one in files if one.name != MANIFEST}


OLD = {"part0/0.txt": "old 0\n"}
NEW = {"part0/0.txt": "new 0\n", "part0/2.txt": "new 2\n", "part1/1.txt": "new 1\n"}


@pytest.mark.parametrize("bystander", ["no", pytest.param("yes", marks=WHOLE)], ids=["alone", "beside another"])
@pytest.mark.parametrize(
    ("old", "new"), [(OLD, NEW), pytest.param(NEW, OLD, marks=WHOLE)], ids=["more names", "fewer names"]
)
def test_a_power_cut_after_any_call_leaves_the_old_root_or_the_new_one(
    tmp_path: Path, old: dict[str, str], new: dict[str, str], bystander: str
) -> None:
    folders = {"old": stage(tmp_path, "old", 1), "new": stage(tmp_path, "new", 3)}
    first, then = (folders["old"], folders["new"]) if old is OLD else (folders["new"], folders["old"])
    (copies := tmp_path / "copies").mkdir()
    with mounted(image := formatted(tmp_path / "disk.img"), tmp_path / "disk") as disk:
        root.publish_root(first, disk / "dist")
        arguments = [str(then), str(disk), str(image), str(copies), bystander]
        ended = subprocess.run([sys.executable, "-c", ROOT_WATCHED, *arguments], capture_output=True, text=True)
    assert ended.stdout.startswith("published"), ended.stderr
    found, images = [], sorted(copies.iterdir())
    for image in images:
        with mounted(image, tmp_path / "after") as disk:
            found.append(seen(disk / "dist"))
            if image in images[::8]:  # and it can be gone on from
                root.publish_root(then, disk / "dist")
                assert seen(disk / "dist") == new
    assert [one for one in found if one not in (old, new)] == []
    assert found[-1] == new, "it said that it is published"
    assert sum(one != other for one, other in pairwise(found)) == 1
    print(f"\npower cuts: {len(images)} disks that differ, 0 broken")
