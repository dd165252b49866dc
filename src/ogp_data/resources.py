"""Where the shapes lie: in the installed package, or beside `src/` in a checkout."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def value_lists() -> Path:
    """Return the file of the value lists."""
    return shapes() / "dcat-ap-nl" / "value-lists.toml"


def shapes() -> Path:
    """Return the folder of SHACL shapes and value lists."""
    installed = _HERE / "shapes"
    return installed if installed.is_dir() else _HERE.parents[1] / "shapes"
