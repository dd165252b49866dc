"""Application profiles of DCAT as data: what a catalogue is held to, by the name that declarations and commands use.

They stand in profiles/, a TOML file for each; its shapes are those of the folder of the same name below shapes/.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from ogp_data.core.namespaces import expand

_FOLDER = Path(__file__).with_name("profiles")

DEFAULT = "dcat-ap-nl"


@dataclass(frozen=True, slots=True)
class LicenceRule:
    """Which licences a profile allows: those of its lists, by other addresses of theirs too, or any but a warning."""

    lists: tuple[str, ...]
    only_creative_commons: bool
    by_address: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """What a profile asks of a catalogue beyond its shapes.

    `lists` has the lists of each property's values, `only` the codes that are allowed where not all are. `version` is
    the one to check by, "" the stricter of all.
    """

    id: str
    title: str
    page: str
    conforms_to: str
    versions: tuple[str, ...]
    languages: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]]
    only: Mapping[str, tuple[str, ...]]
    status: Mapping[str, str]
    places: tuple[str, ...]
    themes: str
    publisher_types: str
    licence: LicenceRule
    one_contact: Mapping[str, str] = field(default_factory=dict)
    longest_description: int | None = None
    without: frozenset[str] = frozenset()
    version: str = ""

    def asks_of(self, version: str) -> bool:
        """Return whether what a version alone asks counts; "" is what each of them asks."""
        return not version or self.version in ("", version)


def profile_ids() -> list[str]:
    """Return the names of all profiles."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


def profile_names() -> list[str]:
    """Return the names of all profiles, and of each with one of its versions."""
    return [
        name
        for each in profile_ids()
        for name in (each, *(f"{each}-{version}" for version in load_profile(each).versions))
    ]


@cache
def load_profile(name: str = DEFAULT) -> Profile:
    """Return the profile of a name, which may end in a version of it; KeyError when there is none."""
    if (path := _FOLDER / f"{name}.toml").is_file():
        return _profile(name, tomllib.loads(path.read_text(encoding="utf-8")))
    # From the right, for the name of a profile has hyphens of its own.
    profile_id, _, version = name.rpartition("-")
    profile = load_profile(profile_id) if profile_id else None
    if profile is None or version not in profile.versions:
        raise KeyError(name)
    return replace(profile, version=version)


def _profile(profile_id: str, data: dict[str, Any]) -> Profile:
    licence = data["licence"]
    return Profile(
        id=profile_id,
        title=data["title"],
        page=data["page"],
        conforms_to=data["conforms_to"],
        versions=tuple(data["versions"]),
        languages=tuple(data["languages"]),
        lists={_term(key): tuple(names) for key, names in data["lists"].items()},
        only={_term(key): tuple(codes) for key, codes in data["only"].items()},
        status={_term(key): name for key, name in data["status"].items()},
        places=tuple(data["places"]),
        themes=data["themes"],
        publisher_types=data["publisher_types"],
        licence=LicenceRule(tuple(licence["lists"]), licence["only_creative_commons"], licence["by_address"]),
        one_contact={_term(key): version for key, version in data.get("one_contact", {}).items()},
        longest_description=data.get("longest_description"),
        without=frozenset(data.get("without", ())),
    )


def _term(curie: str) -> str:
    # A term that no vocabulary has raises, so a slip in a profile cannot switch a check off in silence.
    iri = expand(curie)
    if iri is None:
        raise ValueError(f"the term {curie} is in no vocabulary of this project")
    return iri.value
