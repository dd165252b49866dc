"""The Makefile installs once, says how far it is, and notices a checkout that was moved."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

sys.path.insert(0, str(ROOT / "tools"))

import install

MOVED = "This checkout was moved or copied after it was installed"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a checkout that looks installed: make compares times and the first lines of scripts."""
    folder = tmp_path / "with a space"
    (folder / ".venv/bin").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, folder)
    (folder / ".venv/bin/python").symlink_to(sys.executable)
    (folder / ".venv/bin/ogp-data").write_text(f"#!/bin/sh\nexec '{folder}/.venv/bin/python' $0\n", encoding="utf-8")
    (folder / ".venv/installed").touch()
    return folder


def would_do(folder: Path) -> str:
    return make(folder, "--dry-run", "check")


def make(folder: Path, *arguments: str) -> str:
    # A make that runs these tests hands its own settings down to every make below it.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    ended = subprocess.run(["make", *arguments], cwd=folder, env=environment, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_the_help_has_every_command_in_a_group_on_a_line() -> None:
    parts = make(ROOT).split("\n\n")[1:]
    groups = {part.split("\n")[0]: re.findall(r"^  make ([a-z-]+) +\S", part, re.M) for part in parts}
    assert list(groups) == ["Publish", "Deliver", "Check the program", "Develop", "Measure", "Variables"]
    phony = " ".join(re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)).split()
    listed = [name for names in groups.values() for name in names]
    assert sorted(listed) == sorted({*phony} - {"help", "moved"})
    assert max(map(len, make(ROOT).splitlines())) <= 120


def test_every_make_command_of_the_pages_exists() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    named = {name for page in pages for name in re.findall(r"\bmake ([a-z]+(?:-[a-z]+)*)\b", _code(page))}
    assert len(named) > 10
    assert named <= set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


def _code(page: Path) -> str:
    """Return the code of a page: what is between backticks, or indented."""
    return "\n".join(re.findall(r"`[^`\n]+`|^    .*$", page.read_text(encoding="utf-8"), re.M))


def test_what_is_installed_is_not_installed_again(checkout: Path) -> None:
    assert [line.strip() for line in would_do(checkout).splitlines()] == [".venv/bin/ogp-data check"]


@pytest.mark.parametrize("move", [Path.rename, shutil.copytree])
def test_a_checkout_that_was_moved_or_copied_says_so_and_is_installed_again(checkout: Path, move) -> None:
    elsewhere = checkout.with_name("elsewhere")
    move(checkout, elsewhere)
    said = would_do(elsewhere)
    steps = [MOVED, "rm -rf .venv", "-m venv .venv", "install.py requirements.lock", "ogp-data check"]
    assert sorted(steps, key=said.index) == steps


FETCHING = """\
Looking in indexes: https://pypi.org/simple
Collecting annotated-doc==0.0.7 (from -r requirements.lock (line 7))
  Downloading annotated_doc-0.0.7-py3-none-any.whl (5.3 kB)
Processing /srv/wheels/markdown_it_py-4.3.0-py3-none-any.whl (from -r requirements.lock (line 10))
Requirement already satisfied: idna==3.20 in ./.venv/lib/python3.11/site-packages (from -r requirements.lock (line 1))
"""


@pytest.mark.parametrize(
    ("log", "said"),
    [
        ("", "fetching"),
        (FETCHING, "fetching: 3 of 66 packages, idna"),
        ("\n".join(FETCHING.splitlines()[:4]), "fetching: 2 of 66 packages, markdown_it_py"),
        (FETCHING + "Installing collected packages: markdown_it_py, annotated-doc\n", "unpacking: 1 of 2 packages"),
    ],
)
def test_an_installation_says_how_far_it_is(log: str, said: str) -> None:
    assert install.progress(log, 66, 1) == said


def test_what_pip_says_is_shown_when_it_fails(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    lock = tmp_path / "some.lock"
    lock.write_text("--no-index\nnowhere==1.0 --hash=sha256:" + "0" * 64 + "\n", encoding="utf-8")
    assert install.main(str(lock)) == 1
    said = capfd.readouterr().out
    assert "installing the 1 packages" in said
    assert "No matching distribution found for nowhere==1.0" in said
    assert "installed:" not in said
