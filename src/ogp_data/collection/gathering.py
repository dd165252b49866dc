"""site.toml and what is published -> the collection, with what of it cannot be read and why."""

from __future__ import annotations

from collections.abc import Collection as Names
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from ogp_data.collection.handed import Organisation, Reached
from ogp_data.collection.published import Collection, Gone, Published, UnreadableError, read
from ogp_data.core.declared_site import Site
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import SOURCE, Message, reason
from ogp_data.core.shared import Agent, Contact
from ogp_data.core.words import Words

TITLE = Message("Open government: action plans and what came of them")
DESCRIPTION = Message(
    "Action plans of the Open Government Partnership and their assessments as open data: every publication, and tables"
    " over all of them."
)


_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Found:
    """What is published: the folder of each publication by id, of which the newest build failed, and known titles."""

    folders: Mapping[str, Path]
    failed: Names[str] = field(default_factory=tuple)
    titles: Mapping[str, Words] = field(default_factory=dict)
    """What publications were called when they were last among those that are published."""


def gather(
    site: Site, people: tuple[Iterable[Agent], Iterable[Contact]], found: Found, base_iri: str = "", base_url: str = ""
) -> tuple[Collection, list[Finding]]:
    """Return the collection, and what stands in `dist/` and cannot be in it.

    `base_iri` and `base_url` take the place of the declared ones, with `{id}` in them.
    """
    gone = {one.id for one in site.withdrawn} | site.moved.keys()
    publications, faults = _read({name: path for name, path in found.folders.items() if name not in gone}, found.failed)
    iri, url = _addresses(site, publications, base_iri, base_url)
    collection = Collection(
        publications=publications,
        languages=_languages(site, publications),
        title=site.title or TITLE,
        description=site.description or DESCRIPTION,
        owner=_owner(site, people[0]) or _alike(one.publisher for one in publications),
        contact=_contact(site, people[1]) or _alike(one.contact for one in publications),
        licence=site.licence,
        profile=site.profile or _alike(one.profile for one in publications) or "",
        iri=iri,
        url=url,
        withdrawn=[
            Gone(one.id, one.date, one.reason, one.title or found.titles.get(one.id))
            for one in sorted(site.withdrawn, key=lambda one: one.id)
        ],
        moved=dict(sorted(site.moved.items())),
        security=(site.security.contact, site.security.expires) if site.security and site.security.expires else None,
        failed=sorted(set(found.failed) - {one.id for one in publications}),
    )
    return collection, faults


def _owner(site: Site, agents: Iterable[Agent]) -> Organisation | None:
    found = next((agent for agent in agents if agent.id == site.publisher), None)
    return Organisation(found.iri, found.name, found.type) if found else None


def _contact(site: Site, contacts: Iterable[Contact]) -> Reached | None:
    found = next((contact for contact in contacts if contact.id == site.contact), None)
    return Reached(found.name, found.url, found.email) if found else None


def _alike(values: Iterable[_T]) -> _T | None:
    """Return what all publications have alike; None where they differ, for then it is not that of all."""
    found = list(values)
    return found[0] if found and all(one == found[0] for one in found) else None


def _read(folders: Mapping[str, Path], failed: Names[str]) -> tuple[list[Published], list[Finding]]:
    """Return the publications in the order of their ids, and what keeps others from being read."""
    publications: list[Published] = []
    faults: list[Finding] = []
    for name, folder in sorted(folders.items()):
        try:
            publications.append(read(folder, name in failed))
        except UnreadableError as fault:
            message = Message("{name} cannot be among all publications: {why}.", name=name, why=reason(fault))
            hint = Message("Publish it again: ogp-data publish {name}", name=name)
            faults.append(finding("unlisted-publication", message, Place(file=str(folder)), hint))
    return publications, faults


def _addresses(site: Site, publications: Sequence[Published], base_iri: str, base_url: str) -> tuple[str, str]:
    """Return what names what is over all, and the address of `dist/`; "" where nothing tells them.

    Each is as declared, or that of publications as far as their id: as site.toml has it, or as all of them have it.
    """
    known = [(_before_id(one.base_iri, one.id), _before_id(one.base_url, one.id)) for one in publications]
    iris, urls = ({pair[place] for pair in known} for place in (0, 1))
    if base_iri or base_url:  # what is given takes the place of all that is declared
        site = replace(site, root_iri="" if base_iri else site.root_iri, root_url="", base_url="")
    iri = site.root_iri or _as_far_as_id(base_iri or site.base_iri) or (iris.pop() if len(iris) == 1 else "")
    url = site.root_url or _as_far_as_id(base_url or site.base_url) or (urls.pop() if len(urls) == 1 else "")
    return _slashed(iri), _slashed(url or iri)


def _before_id(address: str, name: str) -> str:
    return address.removesuffix(f"{name}/") if address.endswith(f"/{name}/") else ""


def _as_far_as_id(address: str) -> str:
    return address.partition("{id}")[0] if "{id}" in address else ""


def _slashed(address: str) -> str:
    return address if not address or address.endswith("/") else f"{address}/"


def _languages(site: Site, publications: Iterable[Published]) -> list[str]:
    """Return the languages of the pages over all: as said, else those that any publication has, in their order."""
    return list(site.languages or dict.fromkeys(tag for one in publications for tag in one.languages)) or [SOURCE]
