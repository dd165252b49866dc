"""A package of others for tests: laid down in a folder of its own with its entry points, as an installer does."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from ogp_data.core.doors import Door


def install(
    folder: Path, monkeypatch: pytest.MonkeyPatch, door: Door[Any], entries: str, module: str, package: str = "outside"
) -> None:
    """Install a package whose only module is `<package>_things`, and let a door look again for what it offers."""
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.delitem(sys.modules, f"{package}_things", raising=False)
    (folder / f"{package}_things.py").write_text(module, encoding="utf-8")
    info = folder / f"{package}-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.2\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[{door.group}]\n{entries}\n", encoding="utf-8")
    monkeypatch.setattr(door, "_known", {})
    monkeypatch.setattr(door, "_found", [])
