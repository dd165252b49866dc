"""A small package, where every file says its version, and what must hold of the folder it is published into."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from ogp_data.core.stage import MANIFEST, Stage, manifest
from ogp_data.package.store import MARK, MARKED

ALL = os.environ.get("OGP_FAULTS") == "all"
WHOLE = pytest.mark.skipif(not ALL, reason="a sample of the faults is tried; `make fault` tries all")


def stage(folder: Path, version: str, files: int = 3) -> Path:
    """Stage a small package of which every file says its version."""
    staged = Stage(folder / f"staged-{version}")
    for number in range(files):
        staged.add(f"part{number % 2}/{number}.txt", f"{version} {number}\n".encode())
    staged.add(MANIFEST, manifest(staged.artefacts, "small", version))
    return staged.folder


def read_whole(folder: Path) -> str:
    """Return the version of a package after reading every file of its manifest, and no file beside them."""
    manifest = json.loads((folder / MANIFEST).read_bytes())
    for entry in manifest["files"]:
        content = (folder / entry["path"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (entry["bytes"], entry["sha256"]), entry["path"]
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert present == {MANIFEST, *(entry["path"] for entry in manifest["files"])}
    return str(manifest["version"])


def store(dist: Path, name: str = "small") -> list[str]:
    """Return what lies in the folder that the name's link leads into, but its mark, which must be there."""
    folder = dist / f".{name}.editions"
    names = {path.name for path in folder.iterdir()}
    assert (folder / MARK).read_bytes() == MARKED
    return sorted(names - {MARK})


def kept(dist: Path, name: str = "small") -> tuple[str, ...]:
    """Return the versions of all editions, the published one first; nothing else may lie in the store."""
    current = (dist / name).resolve()
    others = [current.parent / entry for entry in store(dist, name) if entry != current.name]
    return (read_whole(current), *map(read_whole, others))
