"""Who asks, and by which address: what the connection says, and what a trusted proxy tells. Pure.

`Forwarded` is RFC 7239; `X-Forwarded-For`, `-Proto`, `-Host` and `-Prefix` are what proxies tell mostly. A proxy that
writes the one passes the other on from its client, so only one is heard: the second when it is there, else the first.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from starlette.types import Scope

from ogp_data.core.web.special import Address, Network

HOST = re.compile(r"(?:[A-Za-z0-9._~-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
"""A host as it becomes part of addresses: a name or an address in digits, and a port."""

_PREFIX = re.compile(r"(?:/[A-Za-z0-9._~+-]{1,100}){1,10}/?")
# `*+` never gives back: a value of many backslashes would otherwise be tried in ever so many ways.
_PAIR = re.compile(r'\s*([A-Za-z]+)=("(?:[^"\\]|\\.)*+"|[^\s;,"]*)\s*(?:;|$)')
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


@dataclass(frozen=True, slots=True)
class Trusted:
    """The addresses of proxies whose word is taken."""

    networks: tuple[Network, ...] = ()

    def __contains__(self, address: Address | None) -> bool:
        """Return whether an address is one of them."""
        return address is not None and any(address in network for network in self.networks)


@dataclass(frozen=True, slots=True)
class Told:
    """What a proxy tells of a request; "" for what it does not tell. `client` is the nearest that is no such proxy."""

    client: str = ""
    scheme: str = ""
    host: str = ""
    prefix: str = ""
    request_id: str = ""


NOTHING = Told()

_HEARD, _HOPS = 4096, 100
"""How many characters of all fields of one name are heard, and how many parts of them: the last."""


def trusted(text: str) -> Trusted:
    """Return the networks of a list such as `127.0.0.1, 10.0.0.0/8, 2001:db8::/32`; ValueError for what is none."""
    parts = [part.strip() for part in text.split(",")]
    return Trusted(tuple(ipaddress.ip_network(part) for part in parts if part))


@lru_cache(maxsize=4096)
def parsed(host: str) -> Address | None:
    """Return an address, an IPv4 one in IPv6 as itself; None for what is none."""
    if len(host) > 64:
        return None
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


@lru_cache(maxsize=4096)
def share(host: str) -> str:
    """Return what counts as one client: an address, and of IPv6 the network that one subscriber has."""
    address = parsed(host)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address or host)


def client_of(scope: Scope) -> str:
    """Return the client of a request, as it is counted."""
    return share(scope["client"][0]) if scope.get("client") else ""


def told(scope: Scope, proxies: Trusted) -> Told:
    """Return what a trusted proxy tells of a request; nothing when it comes from anybody else."""
    peer = scope["client"][0] if scope.get("client") else ""
    if not proxies.networks or parsed(peer) not in proxies:
        return NOTHING
    headers = _headers(scope)
    hops = list(_hops(headers))
    outermost = _outermost(hops, proxies)
    return Told(
        client=_client(outermost),
        scheme=_one_of(outermost.get("proto", "").lower(), ("http", "https")),
        host=_fitting(HOST, outermost.get("host", "")),
        prefix=_prefix(headers.get("x-forwarded-prefix", [])),
        request_id=_fitting(_REQUEST_ID, (headers.get("x-request-id") or [""])[-1]),
    )


def applied(scope: Scope, said: Told) -> Scope:
    """Return a request as its client made it, by the word of a proxy."""
    if said.host:
        others = [pair for pair in scope["headers"] if pair[0] != b"host"]
        scope = {**scope, "headers": [*others, (b"host", said.host.encode())]}
    client = (said.client, 0) if said.client else scope.get("client")
    scheme = said.scheme or scope.get("scheme", "http")
    return {**scope, "client": client, "scheme": scheme, "root_path": said.prefix or scope.get("root_path", "")}


def _headers(scope: Scope) -> dict[str, list[str]]:
    """Return the fields that a proxy tells by, each with its values in order."""
    found: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        # A field may come more than once; together they are one list, in order (RFC 9110, 5.3).
        if name.startswith(b"x-") or name == b"forwarded":
            found.setdefault(name.decode("latin-1"), []).append(value.decode("latin-1").strip())
    return found


def _hops(headers: Mapping[str, Sequence[str]]) -> Iterator[dict[str, str]]:
    """Yield what each proxy told of who asked it, the one that is nearest to us first."""
    names = {"for": "x-forwarded-for", "proto": "x-forwarded-proto", "host": "x-forwarded-host"}
    if not any(name in headers for name in names.values()):
        yield from (_pairs(element) for element in _listed(headers.get("forwarded", []), quotes=True))
        return
    lists = {name: _listed(headers.get(header, [])) for name, header in names.items()}
    for at in range(max(map(len, lists.values()))):
        # A proxy may write `For` on and tell the others but once: what it does not tell anew holds on.
        own = {name: values[min(at, len(values) - 1)] for name, values in lists.items() if values}
        yield {**own, "for": lists["for"][at] if at < len(lists["for"]) else ""}


def _listed(values: Sequence[str], quotes: bool = False) -> list[str]:
    """Return the parts of a list, the last first: what is last, the proxy nearest to us wrote.

    What is before it the client chose, who may neither push the end out of what is heard nor have a part cut.
    """
    text = ",".join(values)
    parts = list(_from_the_right(text[-_HEARD:], quotes))
    whole = parts[:-1] if len(text) > _HEARD else parts
    return [part for part in map(str.strip, whole) if part][:_HOPS]


def _from_the_right(text: str, quotes: bool) -> Iterator[str]:
    """Yield what commas part, the last first; with `quotes` a comma in a quoted string parts nothing.

    From the right a quote that the client left open cannot take in what a proxy wrote behind it.
    """
    end, quoted = len(text), False
    for at in range(len(text) - 1, -1, -1):
        if quotes and text[at] == '"':
            quoted = not quoted or text[at - 1 : at] == "\\"
        elif text[at] == "," and not quoted:
            yield text[at + 1 : end]
            end = at
    yield text[:end]


def _pairs(element: str) -> dict[str, str]:
    """Return the parameters of one element of `Forwarded`; nothing for what is not well formed."""
    found, at = {}, 0
    while at < len(element):
        pair = _PAIR.match(element, at)
        # A doubled parameter is ambiguous: which one counts would differ between us and the proxy.
        if pair is None or pair[1].lower() in found:
            return {}
        value = re.sub(r"\\(.)", r"\1", pair[2][1:-1]) if pair[2].startswith('"') else pair[2]
        found[pair[1].lower()], at = value, pair.end()
    return found


def _outermost(hops: Sequence[dict[str, str]], proxies: Trusted) -> dict[str, str]:
    """Return what the last trusted proxy told, counted from us: whom it names is the client."""
    for hop in hops:
        if parsed(_bare(hop.get("for", ""))) not in proxies:
            return hop
    return hops[-1] if hops else {}


def _client(hop: Mapping[str, str]) -> str:
    """Return whom a proxy names: an address, or what stands for one (`unknown`, `_hidden`)."""
    name = _bare(hop.get("for", ""))
    return str(parsed(name) or re.sub(r"[^A-Za-z0-9._-]", "", name)[:64])


def _bare(name: str) -> str:
    """Return an address without its brackets and its port."""
    if name.startswith("["):
        return name[1:].partition("]")[0]
    # More than one colon and no brackets: an IPv6 address without a port, as X-Forwarded-For has them.
    return name.partition(":")[0] if name.count(":") == 1 else name


def _prefix(values: Sequence[str]) -> str:
    """Return the path that a proxy takes away before it asks us, as it stands in addresses."""
    prefix = (_listed(values) or [""])[0]
    steps = prefix.split("/")
    # The prefix becomes part of every address that we write: with steps like these it would lead out of itself.
    return "" if "." in steps or ".." in steps else quote(_fitting(_PREFIX, prefix).rstrip("/"))


def _one_of(text: str, known: Sequence[str]) -> str:
    return text if text in known else ""


def _fitting(pattern: re.Pattern[str], text: str) -> str:
    return text if pattern.fullmatch(text) else ""
