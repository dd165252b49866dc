"""What site.toml says of the whole: whether it can be so, and whether it still holds."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator

from ogp_data.core.addresses import web_fault
from ogp_data.core.declared_site import Security, Site
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message
from ogp_data.core.text import url_fault
from ogp_data.declaration.naming import id_fault

SITE = "site.toml"
SOON, LONGEST = datetime.timedelta(days=30), datetime.timedelta(days=366)


def check_site(site: Site, declared: Collection[str], today: datetime.date | None = None) -> list[Finding]:
    """Return what is wrong with what is said of the whole; `declared` are the ids of publications under data/."""
    return [*_addresses(site), *_withdrawn(site, declared), *_moved(site, declared), *_security(site.security, today)]


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


def _moved(site: Site, declared: Collection[str]) -> Iterator[Finding]:
    for old, new in site.moved.items():
        yield from _gone(old, f"moved.{old}", declared)
        if new not in declared:
            message = Message("{old} leads to {new}, and there is no such publication.", old=old, new=new)
            yield _wrong("gone-still-declared", f"moved.{old}", message)


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


def _wrong(rule: str, key: str, message: Message) -> Finding:
    return finding(rule, message, Place(file=SITE, key=key))
