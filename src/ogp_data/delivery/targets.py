"""A target's file -> the target, its adapter, and what it would be sent, by its kind.

A kind of another package comes in by an entry point of the group `ogp_data.targets`; docs/how-to/add-a-target.md shows
one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import ConfigDict

from ogp_data.core.doors import FAILURES, Door, said
from ogp_data.core.files import kind_of
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message
from ogp_data.declaration.toml_files import read_toml
from ogp_data.delivery import target as rules
from ogp_data.delivery.aanlever.kind import AANLEVER
from ogp_data.delivery.adapter import Adapter
from ogp_data.delivery.ckan.kind import CKAN
from ogp_data.delivery.faults import DeliveryError
from ogp_data.delivery.http import Client
from ogp_data.delivery.kind import Opening, TargetKind
from ogp_data.delivery.package_reader import Package
from ogp_data.delivery.target import Target


def _unfit(kind: TargetKind, _: Mapping[str, TargetKind]) -> str:
    keys = kind.keys
    return (
        ""
        if isinstance(keys, type) and issubclass(keys, Target)
        else Message("Its keys are {keys!r:.60}, not a Target.", keys=keys)
    )


TARGETS: Door[TargetKind] = Door("ogp_data.targets", TargetKind, (CKAN, AANLEVER), _unfit)
"""Every kind of target by the name that `kind` calls it."""


@dataclass(frozen=True, slots=True)
class _Kinded:
    """The one key that says which others there may be."""

    __pydantic_config__ = ConfigDict(strict=True, extra="ignore")
    kind: Annotated[str, "Kind of catalogue."]


def load(path: Path) -> tuple[Target | None, list[Finding]]:
    """Return a target, or what is wrong with its file."""
    if not path.is_file():
        kind = kind_of(path)
        said, hint = (
            Message("{path} is {kind}, not a file.", path=path, kind=kind)
            if kind
            else Message("There is no file {path}.", path=path),
            Message("Name the file of a target, such as data/targets/ckan.toml."),
        )
        return None, [finding("invalid-target", said, Place(file=str(path)), hint)]
    found = TARGETS.faults()
    keys = _keys(path, found)
    if keys is None:
        return None, found
    target = read_toml(path, keys, found)
    found = [_discreet(one) for one in found]
    if target is not None:
        found += [
            finding("invalid-target", message, Place(file=str(path), key=key)) for key, message in rules.faults(target)
        ]
    return (None if found else target), found


def _keys(path: Path, found: list[Finding]) -> type[Target] | None:
    """Return the class of the keys that a target of its kind has."""
    # Read twice: which other keys there may be is known only once the kind is.
    named = read_toml(path, _Kinded, found)
    if named is None:
        return None
    kind = TARGETS.get(named.kind)
    if kind is None:
        message = Message(
            "Input should be one of: {all}; it is {kind!r:.60}.", all=", ".join(TARGETS.all()), kind=named.kind
        )
        found.append(finding("value-type", message, Place(file=str(path), key="kind")))
        return None
    return kind.keys


def _discreet(found: Finding) -> Finding:
    """Return a finding that does not quote what stands where a token may have been written by mistake."""
    if found.place.key.partition(".")[0] != "secret":
        return found
    message = Message("It must name a variable (env) or a file (file); the token itself is never written here.")
    return finding(found.rule, message, found.place, Message('Write: secret = { env = "NAME_OF_THE_VARIABLE" }'))


def adapter(target: Target, opening: Opening) -> tuple[Adapter, Client]:
    """Return the adapter of a target and its client."""
    return TARGETS[target.kind].opened(target, opening)


def bodies(target: Target, package: Package) -> list[dict[str, Any]]:
    """Return what would be sent to make each dataset of a package, in their order; nobody is asked."""
    kind = TARGETS[target.kind]
    try:
        made = list(kind.bodies(target, package))
    except DeliveryError:
        raise
    except FAILURES as reason:
        # A fault of ours ends in the report of an internal error; one of another package is told with its name.
        if TARGETS.is_own(kind.name):
            raise
        message = Message("The kind of target {name} fails: {said}.", name=kind.name, said=said(reason))
        raise DeliveryError("extension-broken", message, place=Place(file=TARGETS.origin(kind.name))) from reason
    # zip() further on would drop a dataset without a word.
    if len(made) != len(package.datasets):
        message = Message(
            "The kind of target {name} gives {count} bodies for {count2} datasets.",
            name=kind.name,
            count=len(made),
            count2=len(package.datasets),
        )
        raise DeliveryError("extension-broken", message)
    return made
