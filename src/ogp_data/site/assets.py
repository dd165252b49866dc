"""What the query page takes from elsewhere: Oxigraph's build for browsers, installed by `make site-assets`."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message, reason


@dataclass(frozen=True, slots=True)
class Assets:
    """A query engine: name, version, licence (SPDX) and home as its package tells them, its script and its wasm."""

    name: str
    version: str
    licence: str
    home: str
    script: str = field(repr=False)
    wasm: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of script and wasm together, in hexadecimal."""
        return hashlib.sha256(self.script.encode() + self.wasm).hexdigest()


class UnfitAssetsError(ValueError):
    """A package that this program cannot take up, with the reason."""


def installed(folder: Path) -> tuple[Assets | None, list[Finding]]:
    """Return what the query page takes from elsewhere, or why it has to do without."""
    message: str = Message("The query page has no engine.")
    try:
        found = load(folder)
    except UnfitAssetsError as fault:
        found, message = None, reason(fault)
    return found, [] if found else [finding("missing-site-assets", message, Place(file=str(folder)))]


def load(folder: Path) -> Assets | None:
    """Return the engine; None where it is not installed. UnfitAssetsError when it is of a form not known here."""
    package = folder / "node_modules" / "oxigraph"
    try:
        about = json.loads((package / "package.json").read_bytes())
        script = (package / "web.js").read_text(encoding="utf-8")
        wasm = (package / "web_bg.wasm").read_bytes()
    # Not installed is no fault: a publication without Node.js is whole but for the query page.
    except OSError:
        return None
    except ValueError as reason:
        raise UnfitAssetsError(Message("The package oxigraph cannot be read: {reason}.", reason=reason)) from None
    return Assets(
        str(about.get("name", "")),
        str(about.get("version", "")),
        str(about.get("license", "")),
        str(about.get("homepage", "")),
        _classic(script),
        wasm,
    )


def _classic(script: str) -> str:
    """Return a module as a classic script: a page from a file may load no other, and a worker of it neither."""
    plain = re.sub(r"^export (?=class |function )", "", script, flags=re.MULTILINE)
    plain = re.sub(r"^export \{[^}]*\};?\s*$", "", plain, flags=re.MULTILINE)
    # Only the default address of the wasm is made of it, and ours is given; in a classic script the words alone are an
    # error.
    plain = plain.replace("import.meta.url", '""')
    # Looked for in what came out and not in the version's number: another form would fail in the reader's browser only.
    if re.search(r"^\s*(?:export|import)\b", plain, flags=re.MULTILINE) or "function initSync(" not in plain:
        raise UnfitAssetsError(
            Message("The package oxigraph has another form than the version in site-assets/package-lock.json.")
        )
    return plain
