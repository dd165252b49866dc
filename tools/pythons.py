"""Publish with every Python from 3.11 on that answers on this machine: the bytes must be the same.

    .venv/bin/python tools/pythons.py

Each gets an environment of its own below build/pythons, with the libraries of the lock file and this program from its
wheel. The exit code is 1 where bytes differ, or where pyproject.toml does not claim what was tried.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "build" / "pythons"
OLDEST = (3, 11)
NAME = re.compile(r"python3\.(\d+)")
ASK = "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])"
CLAIM = re.compile(r"Programming Language :: Python :: (3\.\d+)")


def main() -> int:
    """Try each, tell which were tried, and return the exit code."""
    pythons = answering(places())
    print(f"tried: {', '.join(f'Python {version} ({path})' for version, path in pythons.items())}", flush=True)
    not_here = [version for version in claimed() if version not in pythons]
    print(f"claimed, and not on this machine: {', '.join(not_here) or 'none'}", flush=True)
    shutil.rmtree(WORK, ignore_errors=True)
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(WORK / "wheel"))
    published = {version: manifests(version, path) for version, path in pythons.items()}
    faults = [*differences(published), *(f"Python {v} is not claimed" for v in pythons if v not in claimed())]
    print("\n".join(faults) or f"the same bytes with {', '.join(pythons)}", flush=True)
    return 1 if faults else 0


def places() -> list[Path]:
    """Return the folders where a Python can lie: those of PATH, and those of pyenv."""
    path = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    return [*path, *sorted((Path.home() / ".pyenv" / "versions").glob("*/bin"))]


def answering(folders: list[Path]) -> dict[str, Path]:
    """Return the first Python of each version that starts and can make an environment, the oldest version first."""
    found: dict[str, Path] = {}
    for path in (path for folder in folders for path in sorted(folder.glob("python3.*")) if NAME.fullmatch(path.name)):
        version = path.name.removeprefix("python")
        if version not in found and _number(version) >= OLDEST and _answers(path, version):
            found[version] = path
    return dict(sorted(found.items(), key=lambda one: _number(one[0])))


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _answers(path: Path, version: str) -> bool:
    try:
        said = subprocess.run([path, "-c", ASK], capture_output=True, text=True, timeout=60, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return False
    return said.strip() == version


def claimed() -> list[str]:
    """Return the versions that the classifiers claim."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [found[1] for one in project["classifiers"] if (found := CLAIM.fullmatch(one))]


def manifests(version: str, path: Path) -> dict[str, dict[str, str]]:
    """Publish everything with a Python; return the checksum of each file of each publication."""
    folder = WORK / version
    run(str(path), "-m", "venv", str(folder))
    (wheel,) = (WORK / "wheel").glob("*.whl")
    run(str(folder / "bin" / "python"), str(ROOT / "tools" / "install.py"), "requirements.lock", str(wheel))
    dist = folder / "dist"
    run(str(folder / "bin" / "ogp-data"), "publish", "--build", str(folder / "build"), "--dist", str(dist))
    return {found.parent.name: _checksums(found) for found in sorted(dist.glob("*/manifest.json"))}


def _checksums(manifest: Path) -> dict[str, str]:
    return {file["path"]: file["sha256"] for file in json.loads(manifest.read_bytes())["files"]}


def differences(published: Mapping[str, Mapping[str, Mapping[str, str]]]) -> Iterator[str]:
    """Yield each file that is not the same as with the oldest Python."""
    (oldest, expected), *others = published.items()
    if not expected:
        yield f"nothing is published with Python {oldest}"
    for version, publications in others:
        for name in sorted({*expected, *publications}):
            before, now = expected.get(name, {}), publications.get(name, {})
            different = [path for path in sorted({*before, *now}) if before.get(path) != now.get(path)]
            yield from (f"{name}/{path} is another with Python {version} than with {oldest}" for path in different)


def run(*command: str) -> None:
    """Run a command in the checkout; what it says is shown, and when it fails so does this program."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
