"""Application profiles of DCAT as data: what a catalogue is held to, by the name that declarations and commands use.

They stand in profiles/, a TOML file for each; its shapes are those of the folder of the same name below shapes/. A name
may end in a version: dcat-ap-nl-3.0.0.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from ogp_data.core.findings import Severity
from ogp_data.core.messages import Message
from ogp_data.core.namespaces import expand

_FOLDER = Path(__file__).with_name("profiles")

DEFAULT = "dcat-ap-nl"


class ProfilesError(Exception):
    """Names of profiles that a catalogue cannot be held to, or not at once; its argument is the message."""


@dataclass(frozen=True, slots=True)
class LicenceRule:
    """Which licences a profile allows: those of its lists, by other addresses of theirs too, or any but a warning."""

    lists: tuple[str, ...] = ()
    only_creative_commons: bool = False
    by_address: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """What a profile asks of a catalogue beyond its shapes, and in which of its versions it is asked.

    `lists` has the lists of each property's values, `only` the codes that are allowed where not all are. `asked` are
    the versions to check by, `on` is what it is on top of, `above` what is checked on top of it.
    """

    id: str
    title: str
    page: str
    conforms_to: str
    versions: tuple[str, ...]
    asked: tuple[str, ...]
    on: str = ""
    above: tuple[Profile, ...] = ()
    languages: tuple[str, ...] = ()
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    status: Mapping[str, str] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    themes: str = ""
    publisher_types: str = ""
    licence: LicenceRule = LicenceRule()
    longest_description: int | None = None
    without: frozenset[str] = frozenset()
    severities: Mapping[tuple[str, str], Severity] = field(default_factory=dict)
    """Rule and property, or "" for all properties -> how grave it is under this profile, where that is its own."""
    norms: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Rule -> the address and the section of the sentence of this profile, where that is its own."""

    def asks_of(self, version: str) -> bool:
        """Return whether what a version alone asks counts; "" is what each of them asks."""
        return not version or version in self.asked

    def severity(self, rule: str, term: str, usual: Severity) -> Severity:
        """Return how grave a fault of a property is under this profile."""
        return self.severities.get((rule, term), self.severities.get((rule, ""), usual))

    @property
    def whole(self) -> tuple[Profile, ...]:
        """Return the profile and what is checked on top of it."""
        return (self, *self.above)

    @property
    def names(self) -> tuple[str, ...]:
        """Return what the catalogue is held to, such as dcat-ap-nl-3.0.1 and dcat-ap-hvd-3.0.0."""
        return tuple(f"{each.id}-{version}" for each in self.whole for version in each.asked)


def profile_ids() -> list[str]:
    """Return the names of the profiles that a publication may keep to."""
    return [name for name in _all() if not load_profile(name).on]


def profile_names() -> list[str]:
    """Return the names of all profiles, and of each with one of its versions."""
    return [
        name for each in _all() for name in (each, *(f"{each}-{version}" for version in load_profile(each).versions))
    ]


def _all() -> list[str]:
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


@cache
def load_profile(name: str = DEFAULT) -> Profile:
    """Return the profile of a name: a version of it, or all, of which the stricter counts; KeyError without one."""
    if (path := _FOLDER / f"{name}.toml").is_file():
        return _profile(name, tomllib.loads(path.read_text(encoding="utf-8")))
    # From the right, for the name of a profile has hyphens of its own.
    profile_id, _, version = name.rpartition("-")
    profile = load_profile(profile_id) if profile_id else None
    if profile is None or version not in profile.versions:
        raise KeyError(name)
    return replace(profile, asked=(version,))


def held_to(names: Sequence[str] = (DEFAULT,)) -> Profile:
    """Return what a catalogue is held to by names: of a name without a version its newest, of several versions all.

    One that is on top of another comes with the one that it is named with, or with its usual one.
    """
    named: dict[str, list[str]] = {}
    for name in names:
        if name not in profile_names():
            known = ", ".join(profile_names())
            raise ProfilesError(Message("there is no profile {name!r}; take one of: {names}", name=name, names=known))
        profile = load_profile(name)
        asked = profile.asked if profile.id != name else profile.versions[-1:]
        named.setdefault(profile.id, []).extend(asked)
    profiles = [replace(load_profile(each), asked=tuple(dict.fromkeys(asked))) for each, asked in named.items()]
    above = tuple(profile for profile in profiles if profile.on)
    lowest = [profile for profile in profiles if not profile.on] or [held_to([above[0].on])]
    if len(lowest) > 1:
        both = Message("{one} and {other}", one=lowest[0].id, other=lowest[1].id)
        raise ProfilesError(Message("one catalogue is held to {both} in two runs, not in one", both=both))
    return _with(lowest[0], above)


def _with(profile: Profile, above: tuple[Profile, ...]) -> Profile:
    """Return a profile with others on top of it: what they say of a rule or a property counts."""
    for each in above:
        profile = replace(
            profile,
            lists={**profile.lists, **each.lists},
            severities={**profile.severities, **each.severities},
            norms={**profile.norms, **each.norms},
            without=(profile.without | each.without) - {rule for rule, _ in each.severities},
        )
    return replace(profile, above=above)


def _profile(profile_id: str, data: dict[str, Any]) -> Profile:
    licence = data.get("licence", {})
    return Profile(
        id=profile_id,
        title=data["title"],
        page=data["page"],
        conforms_to=data["conforms_to"],
        versions=tuple(data["versions"]),
        asked=tuple(data["versions"]),
        on=data.get("on", ""),
        languages=tuple(data.get("languages", ())),
        lists={_term(key): tuple(names) for key, names in data.get("lists", {}).items()},
        only={_term(key): tuple(codes) for key, codes in data.get("only", {}).items()},
        status={_term(key): name for key, name in data.get("status", {}).items()},
        places=tuple(data.get("places", ())),
        themes=data.get("themes", ""),
        publisher_types=data.get("publisher_types", ""),
        licence=LicenceRule(**{**licence, "lists": tuple(licence.get("lists", ()))}),
        longest_description=data.get("longest_description"),
        without=frozenset(data.get("without", ())),
        severities=dict(_severities(data.get("severities", {}))),
        norms={rule: (norm, clause) for rule, (norm, clause) in data.get("norms", {}).items()},
    )


def _severities(said: Mapping[str, Any]) -> list[tuple[tuple[str, str], Severity]]:
    """Return the severity of each rule, or of each property of a rule where that differs by property."""
    of_rules = [((rule, ""), severity) for rule, severity in said.items() if isinstance(severity, str)]
    by_property = [
        ((rule, _term(key)), severity)
        for rule, terms in said.items()
        if not isinstance(terms, str)
        for key, severity in terms.items()
    ]
    return [*of_rules, *by_property]


def _term(curie: str) -> str:
    # A term that no vocabulary has raises, so a slip in a profile cannot switch a check off in silence.
    iri = expand(curie)
    if iri is None:
        raise ValueError(f"the term {curie} is in no vocabulary of this project")
    return iri.value
