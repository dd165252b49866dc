"""What helps a person to ask on the service's SPARQL page: prefixes, names, examples, and where answers lead."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ogp_data.service.snapshot import VOCABULARY, Published, Snapshot

HELP: Final = "query/help.json"
_STEPS: Final = re.compile(r"[^\s\\]*")


@dataclass(frozen=True, slots=True)
class Help:
    """Prefixes and their addresses, names and what they are called, and examples by task."""

    prefixes: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, str] = field(default_factory=dict)
    examples: Sequence[Mapping[str, str]] = ()


def help_of(published: Published, language: str) -> Help:
    """Return what helps to ask of all that is served; the examples are those of the latest publication."""
    said = [found for one in published.publications.values() if (found := _read(one))]
    if not said:
        return Help()
    prefixes = {name: at for one in said for name, at in one["prefixes"].items()}
    terms = {name: label for one in said for name, label in _in(one["terms"], language).items()}
    return Help(dict(sorted(prefixes.items())), dict(sorted(terms.items())), _in(said[-1]["examples"], language))


def _read(snapshot: Snapshot) -> Mapping[str, Any] | None:
    """Return what a publication says of it, read once; None for one that was made before there was any."""
    if "help" not in snapshot.kept:
        file = snapshot.files.get(HELP)
        snapshot.kept["help"] = json.loads(file.content) if file else None
    found = snapshot.kept["help"]
    return found if isinstance(found, dict) else None


def _in(said: Mapping[str, Any], language: str) -> Any:
    return said.get(language) or next(iter(said.values()), {})


def local(iri: str, published: Published, up: str) -> str:
    """Return where a thing stands here: below its publication if it is named by one, else where its IRI leads.

    The IRIs of a publication may lead nowhere yet, and where they do, perhaps to another build of it.
    """
    for name, snapshot in published.snapshots.items():
        rest = iri.removeprefix(snapshot.base_iri)
        if rest != iri and _STEPS.fullmatch(rest) and ".." not in rest:
            return f"{up}{VOCABULARY if snapshot.is_vocabulary else name}/{rest}"
    return iri if re.match(r"https?://", iri, re.IGNORECASE) else ""
