"""The same input gives the same bytes, whatever the machine's habits."""

from __future__ import annotations

import filecmp
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from rdflib import Graph
from rdflib.namespace import SH

from conftest import Workspace
from ogp_data import pipeline
from ogp_data.pipeline import Folders

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


def test_a_report_names_the_files_of_declarations_and_assets_alike_wherever_they_lie(small: Workspace) -> None:
    """No register has one of the organisations, and no engine lies in the folder of assets."""
    small.edit("agents.toml", "/ministerie/mnre1010", "/ministerie/mnre9999")
    assets = small.folder / "engine"
    told = pipeline.run(Folders(small.data, small.build, small.dist, assets), small.name, "", "", lambda _: None)
    assert told.published
    report = small.dist / small.name / "reports"
    found = json.loads((report / "validation.json").read_bytes())["findings"]
    said = {one["rule"]: one["place"]["file"] for one in found if "file" in one["place"]}
    assert (said["unregistered-code"], said["missing-site-assets"]) == ("agents.toml", "engine")
    files = [path for path in small.dist.rglob("*") if path.is_file()]
    assert [path for path in files if str(small.folder).encode() in path.read_bytes()] == []
    # Who runs the program opens the file; the declaration is no part of the source, whose places have addresses.
    whole = {one.rule: one.place.file for one in told.report.findings}
    assert whole["unregistered-code"] == str(small.data / "agents.toml")
    assert whole["missing-site-assets"] == str(assets)
    looked_at = Graph().parse(report / "validation.ttl").objects(None, SH.focusNode)
    assert [node for node in looked_at if "agents" in node] == []
