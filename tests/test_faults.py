"""Any call of the system can fail, or be the last: what is published stays whole, and what is said of it true.

strace lets the n-th call of a kind fail, or kills the program at it. First a publish is watched, so that its calls are
known; then it is done again with a fault at one of them. A sample of the faults is tried here, all by `make fault`.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import small_workspace
from ogp_data.package import store as package
from store_help import ALL, kept, read_whole, stage

FAULTS = ("signal=KILL", "error=ENOSPC", "error=EIO", "error=EACCES")
SEED = 20261123

PUBLISH = """
import sys
from pathlib import Path
from ogp_data.package import store as package
try:
    changed = package.publish(Path(sys.argv[1]), Path(sys.argv[2]), "small")
    print("published" if changed else "unchanged")
except OSError as reason:
    print("refused")
"""


@dataclass(frozen=True)
class Call:
    """A call of a program to the system: its name, and how many of that name it is."""

    name: str
    number: int


@dataclass(frozen=True)
class Ended:
    """How a program ended: its exit code, what it printed, and the calls in which strace let it fail."""

    code: int
    said: str
    errors: str
    injected: str


def traced(command: Sequence[str], log: Path, *options: str) -> Ended:
    """Run a program under strace, always with the same environment: its calls are counted."""
    variables = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0", "PATH": os.environ["PATH"]}
    tracing = ["strace", "-f", "-y", "-s", "400", "-o", str(log), *options]
    ended = subprocess.run([*tracing, *command], capture_output=True, text=True, env=variables)
    injected = [line for line in log.read_text(errors="replace").splitlines() if "(INJECTED)" in line]
    return Ended(ended.returncode, ended.stdout, ended.stderr, "\n".join(injected))


def calls(command: Sequence[str], folder: Path, log: Path) -> list[Call]:
    """Run a program, and return its calls that have to do with a folder."""
    ended = traced(command, log)
    assert ended.code == 0, ended.errors
    found, counted = [], Counter[str]()
    lines = log.read_text(errors="replace").splitlines()
    main = lines[0].split()[0]
    for line in lines:
        if (match := re.match(rf"{main} +(\w+)\(", line)) and match[1] != "execve":
            counted[match[1]] += 1
            if f"{folder}/" in line or f"{folder}>" in line:
                found.append(Call(match[1], counted[match[1]]))
    return found


def fail(command: Sequence[str], log: Path, call: Call, fault: str) -> Ended:
    """Run a program with a fault at one of its calls."""
    # A filter in the kernel leaves all other calls alone, which is faster; a signal needs the slower way.
    filtered = [] if "signal" in fault else ["--seccomp-bpf"]
    return traced(command, log, *filtered, f"-etrace={call.name}", f"-einject={call.name}:{fault}:when={call.number}")


def chosen(found: Sequence[Call], count: int) -> list[tuple[Call, str]]:
    """Return a sample of the faults, or all; the calls that change something come more often than questions."""
    every = [(call, fault) for call in found for fault in FAULTS]
    if ALL:
        return every
    asking = {"newfstatat", "lseek", "ioctl", "fcntl", "getdents64", "close", "read"}
    weights = [1 if call.name in asking else 8 for call, _ in every]
    return random.Random(SEED).choices(every, weights, k=count)


@pytest.fixture(scope="module", autouse=True)
def _strace() -> None:
    command = ["strace", "-e", "inject=chdir:error=EIO:when=9", "-o", os.devnull, "true"]
    if shutil.which("strace") is None or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("letting calls of the system fail needs strace, and the right to trace")


# Publishing what is staged ------------------------------------------------------------------------------


def prepare(folder: Path, versions: Sequence[str]) -> None:
    """Lay what was published before, as it was."""
    shutil.rmtree(folder / "dist", ignore_errors=True)
    for version in versions:
        package.publish(folder / f"staged-{version}", folder / "dist", "small")


def check_after(dist: Path, ended: Ended, call: Call, fault: str, old: str, new: str) -> None:
    """Hold what a publish with a fault said against what stands there."""
    what = f"{fault} at {call}: {ended}"
    there = read_whole(dist / "small") if (dist / "small").is_symlink() else "nothing"
    assert "Traceback" not in ended.errors, what
    assert there in (old, new), what
    if fault == "signal=KILL":
        assert ended.code == -9, what
    else:
        assert "(INJECTED)" in str(ended.injected), what
        expected = {"published": new, "unchanged": new, "refused": old}
        assert there == expected[ended.said.strip()], what
        assert not (call.name == "fsync" and ended.said != "refused\n"), what


@pytest.mark.parametrize(
    ("before", "count"), [(["oldest", "old"], 24), ([], 8), (["old", "new"], 6)], ids=["next", "first", "unchanged"]
)
def test_a_fault_at_any_call_of_publishing_leaves_a_whole_edition_and_the_truth(
    tmp_path: Path, before: list[str], count: int
) -> None:
    folder, log, dist = tmp_path / "disk", tmp_path / "log", tmp_path / "disk" / "dist"
    for version in ("oldest", "old", "new"):
        stage(folder, version)
    prepare(folder, before)
    command = [sys.executable, "-c", PUBLISH, str(folder / "staged-new"), str(dist)]
    faults = chosen(calls(command, folder, log), count)
    for call, fault in faults:
        prepare(folder, before)
        ended = fail(command, log, call, fault)
        check_after(dist, ended, call, fault, before[-1] if before else "nothing", "new")
        package.publish(folder / "staged-new", dist, "small")
        assert kept(dist) == (("new", "old") if before else ("new",)), f"{fault} at {call}"
        assert sorted(path.name for path in dist.iterdir()) == [".small.editions", "small"]
    print(f"\npublishing beside {before}: {len(faults)} faults, 0 broken")


def test_a_lock_that_cannot_be_let_go_of_unsays_nothing(tmp_path: Path) -> None:
    """The last call of all: the edition is published by then."""
    for version in ("old", "new"):
        stage(tmp_path, version)
    prepare(tmp_path, ["old"])
    command = [sys.executable, "-c", PUBLISH, str(tmp_path / "staged-new"), str(tmp_path / "dist")]
    last = calls(command, tmp_path, tmp_path / "log")[-1]
    assert last.name == "close"
    prepare(tmp_path, ["old"])
    ended = fail(command, tmp_path / "log", last, "error=EIO")
    assert (ended.said, read_whole(tmp_path / "dist" / "small")) == ("published\n", "new")


# A whole publish ----------------------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return the folder of a small publication of which version 1 is published, and version 2 declared."""
    (tmp_path / "small").mkdir()
    folder = small_workspace(tmp_path / "small").folder
    declare(folder, "1")
    ended = subprocess.run(publishing(folder), capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout
    declare(folder, "2")
    return folder


def declare(folder: Path, version: str) -> None:
    path = folder / "data" / "small" / "publication.toml"
    text = re.sub(r'^version = ".*"$', f'version = "{version}"', path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")


def publishing(folder: Path) -> list[str]:
    folders = [f"--{name}={folder / name}" for name in ("data", "build", "dist")]
    return [sys.executable, "-m", "ogp_data", "publish", "small", *folders]


def test_a_fault_at_any_call_of_a_whole_publish_is_one_finding_and_changes_nothing(small: Path, tmp_path: Path) -> None:
    log, dist, link = tmp_path / "log", small / "dist", small / "dist" / "small"
    shutil.copytree(dist, tmp_path / "before", symlinks=True)
    found = calls(publishing(small), small, log)
    sample = chosen(found, 2)
    limit = os.environ.get("OGP_FAULTS_WHOLE", "")
    if ALL and limit != "all":
        sample = random.Random(SEED).sample(sample, int(limit or 200))
    for call, fault in sample:
        shutil.rmtree(dist)
        shutil.copytree(tmp_path / "before", dist, symlinks=True)
        ended = fail(publishing(small), log, call, fault)
        what, there = f"{fault} at {call}: {ended}", read_whole(link)
        last = (ended.said.splitlines() or [""])[-1]
        assert "Traceback" not in ended.errors + ended.said, what
        assert there in ("1", "2"), what
        if ended.code == 0:
            assert (there, last) == ("2", f"published: {link}"), what
        elif ended.code == 1:
            # A publication that is out stays so when the vocabulary, which is written behind it, is refused.
            is_out = f"published: {link}" in ended.said.splitlines()
            assert there == ("2" if is_out else "1"), what
            assert last.startswith("not published"), what
            assert len(re.findall("^error ", ended.said, re.MULTILINE)) == 1, what
        else:
            assert (ended.code, fault) == (-9, "signal=KILL"), what
        again = subprocess.run(publishing(small), capture_output=True, text=True)
        assert again.returncode == 0, f"{what}\n{again.stdout}"
        assert kept(dist, "small") == ("2", "1"), what
    print(f"\na whole publish: {len(sample)} of {len(found) * len(FAULTS)} faults, 0 broken")
