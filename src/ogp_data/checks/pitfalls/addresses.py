"""The rules about addresses that nobody can open, or nobody outside of an organisation."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

from ogp_data.checks.catalogue import Catalogue, Fault
from ogp_data.checks.pitfalls.judging import judged
from ogp_data.checks.places import shown
from ogp_data.core.findings import Finding
from ogp_data.core.messages import Message
from ogp_data.core.namespaces import DCAT, DCT, FOAF, VCARD
from ogp_data.core.terms import RDF, Iri, Term
from ogp_data.core.web import special

WEB = (
    DCAT.accessURL,
    DCAT.downloadURL,
    DCAT.landingPage,
    DCAT.endpointURL,
    DCAT.endpointDescription,
    FOAF.page,
    FOAF.homepage,
    VCARD.hasURL,
)
"""The properties whose values people or programs are to open."""

NAMED = (DCAT.Catalog, DCAT.Dataset, DCAT.DatasetSeries, DCAT.DataService, DCAT.Distribution)
INSIDE = (
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "home.arpa",
    "corp",
    "private",
    "test",
    "invalid",
    "onion",
)
"""The ends of names that no public server knows, by RFC 2606, 6761, 6762, 8375 and what ICANN has set aside."""
EXAMPLES = ("example", "example.com", "example.org", "example.net")
"""The names that RFC 2606 reserves for examples."""

_WEB = re.compile(r"(?:https?|ftps?|sftp|wss?)://([^\s/?#\\<>\"{}|^`]+)(?=[/?#\\]|$)", re.IGNORECASE)
_LABEL = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")
_NUMBER = re.compile(r"\d+|0[xX][0-9a-fA-F]*")


def addresses(catalogue: Catalogue) -> Iterator[Finding]:
    """Find addresses that lead nowhere, or only for those inside; of our own network they are a warning."""
    for found in judged(catalogue, WEB, _faults):
        if catalogue.allow_private and found.rule in _LOWERED:
            yield replace(found, severity="warning")
        elif not (catalogue.allow_private and found.rule == "example-address"):
            yield found


def private_iris(catalogue: Catalogue) -> Iterator[Finding]:
    """Find what is named by an address that only those inside can open, as a server does that does not know its own."""
    graph = catalogue.graph
    for kind in () if catalogue.allow_private else NAMED:
        for subject in catalogue.all(kind):
            match = _WEB.match(subject.value) if isinstance(subject, Iri) else None
            rule, why = _of_authority(match[1]) if match else ("", "")
            if rule == "private-address" and (graph.has(subject, DCT.title) or kind == DCAT.Distribution):
                message = Message("Its IRI is an address that only those inside can open: {why}.", why=why)
                yield catalogue.fault("private-iri", subject, RDF.type, message)


_LOWERED = frozenset({"private-address", "password-in-address"})


def _faults(value: Term) -> Iterator[Fault]:
    match = _WEB.match(value.value) if isinstance(value, Iri) else None
    if match is None:
        return
    rule, why = _of_authority(match[1])
    if rule == "impossible-address":
        yield Fault(rule, Message("Nobody can open {shown}: {why}.", shown=shown(value), why=why))
        return
    user, at, _ = match[1].rpartition("@")
    if ":" in user:
        yield Fault("password-in-address", Message("The address holds the password of a user."))
    elif at:
        yield Fault("user-in-address", Message("The address holds the name of a user."))
    if rule == "private-address":
        yield Fault(rule, Message("Only those inside can open {shown}: {why}.", shown=shown(value), why=why))
    elif rule:
        yield Fault(rule, Message("{shown} is an address of an example.", shown=shown(value)))


@lru_cache(maxsize=10_000)
def _of_authority(authority: str) -> tuple[str, str]:
    """Return the rule that what stands between // and the path breaks, and why it does; "" for none."""
    try:
        parts = urlsplit(f"//{authority}")
    except ValueError:
        return "impossible-address", Message("what stands in brackets is no address of the internet")
    if why := _broken(parts):
        return "impossible-address", why
    host = (parts.hostname or "").removesuffix(".")
    if why := inside(host):
        return "private-address", why
    return ("example-address" if _ends(host, EXAMPLES) else ""), ""


def _broken(parts: SplitResult) -> str:
    """Return why no address can be as one is, "" where it can."""
    try:
        if parts.port == 0:
            return Message("there is no port 0")
    except ValueError:
        return Message("a port is a number from 1 to 65535")
    host = parts.hostname
    if not host:
        return Message("it names no host")
    return "" if _is_ip(host) or _is_name(host.removesuffix(".")) else Message("its host cannot exist")


def _is_ip(host: str) -> bool:
    return _ip(host) is not None


def _ip(host: str) -> special.Address | None:
    """Return the number that a host is, without the zone that a number of version 6 may name."""
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _is_name(host: str) -> bool:
    """Return whether a name can be that of a host; one whose last label is a number is read as an IPv4 address."""
    labels = host.split(".")
    return len(host) <= 253 and all(map(_LABEL.fullmatch, labels)) and not _NUMBER.fullmatch(labels[-1])


def inside(host: str) -> str:
    """Return why only those inside a network can reach a host; "" where everybody can."""
    address = _ip(host)
    if address is not None:
        return "" if special.is_public(address) else Message("{host} is an address of no public network", host=host)
    if _ends(host, INSIDE):
        return Message("{host} is a name of no public network", host=host)
    return "" if "." in host else Message("{host} is a name without a domain", host=host)


def _ends(host: str, ends: tuple[str, ...]) -> bool:
    dotted = f".{host.lower()}"
    return any(dotted.endswith(f".{end}") for end in ends)
