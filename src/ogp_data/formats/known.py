"""The formats of this program as `known.toml` describes them; how they are written is in `writers.py`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files

from ogp_data.core.artefact import Format
from ogp_data.core.messages import Message


def _read() -> Mapping[str, Format]:
    described = tomllib.loads((files(__package__) / "known.toml").read_text(encoding="utf-8"))
    return {name: _format(name, entry) for name, entry in described.items()}


def _format(name: str, entry: Mapping[str, object]) -> Format:
    words = {key: Message(str(entry[key])) for key in ("title", "description")}
    return Format(name=name, **{**entry, **words})  # type: ignore[arg-type]  # the file is ours; a test reads it


KNOWN: Mapping[str, Format] = _read()
"""Name -> the description of a format."""


def _received() -> Mapping[str, Format]:
    described = tomllib.loads((files(__package__) / "received.toml").read_text(encoding="utf-8"))
    said = KNOWN["txt"].description
    # A name of its own: the publication may offer its rows in the same form.
    return {
        kind: replace(_format(f"source-{kind}", {**entry, "description": ""}), description=said)
        for kind, entry in described.items()
    }


_RECEIVED = _received()


def received(kind: str) -> Format:
    """Return the format of a document of a kind, as it was received."""
    return _RECEIVED.get(kind, KNOWN["txt"])
