"""The unit of systemd is well formed and lets the service do little."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

pytestmark = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """Return the unit with a program that is there."""
    text = (ROOT / "deploy/ogp-data.service").read_text(encoding="utf-8")
    path = tmp_path / "ogp-data.service"
    path.write_text(re.sub(r"(?m)^ExecStart=\S+", f"ExecStart={sys.executable}", text), encoding="utf-8")
    return path


def analyse(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True)


def test_the_unit_is_well_formed(unit: Path) -> None:
    ended = analyse("verify", str(unit))
    assert (ended.returncode, ended.stderr.replace("\n", "")) == (0, "")


def test_the_unit_exposes_little(unit: Path) -> None:
    level = re.search(
        r"Overall exposure level for \S+: ([\d.]+)", analyse("security", "--offline=true", str(unit)).stdout
    )
    assert level is not None
    assert float(level[1]) <= 2.0
