"""What site.toml says of the whole: whether it can be so, and whether it still holds."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from ogp_data.core.addresses import web_fault
from ogp_data.core.declared_site import Security, Site
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message
from ogp_data.core.near import meant
from ogp_data.core.text import url_fault
from ogp_data.declaration.naming import id_fault

SITE = "site.toml"
SOON, LONGEST = datetime.timedelta(days=30), datetime.timedelta(days=366)


def check_site(
    site: Site, declared: Collection[str], published: Collection[str], today: datetime.date | None = None
) -> list[Finding]:
    """Return what is wrong with what is said of the whole; the ids are of what data/ declares and of what there is."""
    gone = [*_withdrawn(site, declared), *_moved(site, declared, published)]
    return [*_addresses(site), *gone, *_security(site.security, today)]


def undeclared(site: Site, declared: Collection[str], published: Mapping[str, Path]) -> Iterator[Finding]:
    """Yield what stands in `dist/`, by its id, and is neither declared nor said to be gone: nobody keeps it."""
    for name in sorted(published.keys() - {*declared, *site.moved, *(one.id for one in site.withdrawn)}):
        message = Message("{name} is published and declared nowhere.", name=name)
        hint = Message(
            "Put its folder back into data/, or write {name} into data/site.toml: under [[withdrawn]], or under [moved]"
            " where it has another id now.",
            name=name,
        )
        yield finding("undeclared-publication", message, Place(file=str(published[name])), hint)


def unpublished(data: Path, declared: Collection[str], published: Collection[str]) -> Iterator[Finding]:
    """Yield what is declared under a folder and not published, so that nothing over all says anything of it."""
    for name in (
        sorted({*declared} - {*published}) if published else ()
    ):  # where nothing is published, nothing is over all
        message = Message("{name} is declared and not published; what is over all publications lacks it.", name=name)
        hint = Message("Publish it: ogp-data publish {name}", name=name)
        yield finding("unpublished-declaration", message, Place(file=str(data / name / "publication.toml")), hint)


def _addresses(site: Site) -> Iterator[Finding]:
    for key in ("root_iri", "root_url"):
        address = getattr(site, key)
        if address and (fault := web_fault(address)):
            yield _wrong(
                "invalid-address", key, Message("The address {fault}: {address!r}.", fault=fault, address=address)
            )


def _withdrawn(site: Site, declared: Collection[str]) -> Iterator[Finding]:
    ids = [one.id for one in site.withdrawn]
    for number, name in enumerate(ids):
        key = f"withdrawn[{number}].id"
        yield from _gone(name, key, declared)
        if name in ids[:number] or name in site.moved:
            message = Message("{name} is withdrawn or moved more than once.", name=name)
            yield _wrong("duplicate-name", key, message)


def _moved(site: Site, declared: Collection[str], published: Collection[str]) -> Iterator[Finding]:
    for old, new in site.moved.items():
        key = f"moved.{old}"
        if old == new:
            message = Message("{old} leads to itself.", old=old)
            hint = Message("Take it out of [moved], or name the id that the publication has now.")
            yield _wrong("gone-still-declared", key, message, hint)
            continue
        yield from _gone(old, key, declared)
        if led := _misled(site, old, declared, published):
            yield _wrong("gone-still-declared", key, *led)


def _misled(site: Site, old: str, declared: Collection[str], published: Collection[str]) -> tuple[Message, str] | None:
    """Return why an id leads to nothing, and what helps; None when it leads to what is published."""
    new, there = site.moved[old], sorted({*declared} & {*published})
    if new in site.moved:
        further = site.moved[new]
        hint = Message("Name the id that it has now: {old} = {new}", old=old, new=json.dumps(further))
        return Message("{old} leads to {new}, which has moved itself.", old=old, new=new), hint
    if new in (one.id for one in site.withdrawn):
        hint = Message("Write {old} under [[withdrawn]] as well, or name an id that is published.", old=old)
        return Message("{old} leads to {new}, which is withdrawn.", old=old, new=new), hint
    if new not in declared:
        message = Message("{old} leads to {new}, and there is no such publication.", old=old, new=new)
        return message, meant(new, there) or Message("Name an id that is published.")
    if new not in published:
        hint = Message("Publish it first: ogp-data publish {name}", name=new)
        return Message("{old} leads to {new}, which is not published yet.", old=old, new=new), hint
    return None


def _gone(name: str, key: str, declared: Collection[str]) -> Iterator[Finding]:
    """Yield why a publication of an id cannot be gone: it is still there, or never can have been."""
    if fault := id_fault(name):
        yield _wrong("unsafe-name", key, Message("The id {name!r} {fault}.", name=name, fault=fault))
    elif name in declared:
        message = Message("{name} is published no longer, and its declaration is still there.", name=name)
        yield _wrong("gone-still-declared", key, message)


def _security(security: Security | None, today: datetime.date | None) -> Iterator[Finding]:
    if security is None:
        return
    for number, address in enumerate(security.contact):
        if fault := _contact_fault(address):
            message = Message("The address {fault}: {address!r}.", fault=fault, address=address)
            yield _wrong("invalid-address", f"security.contact[{number}]", message)
    if not security.contact:
        yield _wrong("missing-key", "security.contact", Message("There is no address in `contact`."))
    if said := _expiry(security.expires, today):
        yield _wrong("security-expires", "security.expires", said)


def _contact_fault(address: str) -> str:
    """Return why an address cannot be a contact of security.txt (a predicate), or ""; it takes no plain http."""
    scheme, _, rest = address.partition(":")
    if scheme == "https":
        return web_fault(address)
    if scheme == "mailto":
        return url_fault(address)
    return "" if scheme == "tel" and rest else Message("is not one of https:, mailto: or tel:")


def _expiry(expires: datetime.date | None, today: datetime.date | None) -> Message | None:
    """Return what is wrong with the day until which the contacts hold; None when it is a good one, or nobody asks."""
    if expires is None:
        return Message("Nothing says until when the contacts for leaks hold, so there is no security.txt.")
    if today is None:
        return None
    if expires <= today:
        return Message("The contacts for leaks hold until {expires}, which is past.", expires=expires.isoformat())
    if expires - today < SOON:
        return Message("The contacts for leaks hold until {expires}, which is soon.", expires=expires.isoformat())
    if expires - today > LONGEST:
        return Message(
            "The contacts for leaks hold until {expires}, more than a year ahead.", expires=expires.isoformat()
        )
    return None


def _wrong(rule: str, key: str, message: Message, hint: str = "") -> Finding:
    return finding(rule, message, Place(file=SITE, key=key), hint)
