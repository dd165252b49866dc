"""`ogp-data new`: a declaration to start from, with the facts of the document filled in."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from ogp_data.files import read_file

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


def create(data: Path, name: str, source: Path | None) -> Path:
    """Write `data/<name>/publication.toml` and copy the document beside it; return the folder.

    Raises ValueError for an unsafe name or an existing publication, OSError when a file cannot be read or written.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name: use small letters, digits and hyphens")
    folder = data / name
    if folder.exists():
        raise ValueError(f"{folder} exists already")
    content = read_file(source) if source else b""
    (folder / "source").mkdir(parents=True)
    file = source.name if source else "document.txt"
    if source:
        (folder / "source" / file).write_bytes(content)
    text = (Path(__file__).parent / "templates" / "publication.toml").read_text(encoding="utf-8")
    facts = {"ID": name, "FILE": f"source/{file}", "SHA256": hashlib.sha256(content).hexdigest() if source else ""}
    for key, value in facts.items():
        text = text.replace(f"@{key}@", json.dumps(value, ensure_ascii=False)[1:-1])
    (folder / "publication.toml").write_text(text, encoding="utf-8")
    return folder
