"""Which addresses of the internet everybody can reach: the special-purpose registries of IANA, and what embeds IPv4.

https://www.iana.org/assignments/iana-ipv4-special-registry and https://www.iana.org/assignments/iana-ipv6-special-registry,
as of October 2025. A table of our own, because that of Python differs from one of its releases to the next.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Special:
    """A block with a purpose of its own; `reachable` is None where the registry says that it does not apply."""

    block: Network
    name: str
    rfc: str
    reachable: bool | None


def _special(block: str, name: str, rfc: str, reachable: bool | None = False) -> Special:
    return Special(ipaddress.ip_network(block), name, rfc, reachable)


IPV4 = (
    _special("0.0.0.0/8", "this network", "RFC 791"),
    _special("0.0.0.0/32", "this host on this network", "RFC 1122"),
    _special("10.0.0.0/8", "private use", "RFC 1918"),
    _special("100.64.0.0/10", "shared address space", "RFC 6598"),
    _special("127.0.0.0/8", "loopback", "RFC 1122"),
    _special("169.254.0.0/16", "link-local", "RFC 3927"),
    _special("172.16.0.0/12", "private use", "RFC 1918"),
    _special("192.0.0.0/24", "IETF protocol assignments", "RFC 6890"),
    _special("192.0.0.0/29", "IPv4 service continuity", "RFC 7335"),
    _special("192.0.0.8/32", "IPv4 dummy address", "RFC 7600"),
    _special("192.0.0.9/32", "port control protocol anycast", "RFC 7723", reachable=True),
    _special("192.0.0.10/32", "TURN anycast", "RFC 8155", reachable=True),
    _special("192.0.0.170/32", "NAT64/DNS64 discovery", "RFC 8880"),
    _special("192.0.0.171/32", "NAT64/DNS64 discovery", "RFC 8880"),
    _special("192.0.2.0/24", "documentation", "RFC 5737"),
    _special("192.31.196.0/24", "AS112", "RFC 7535", reachable=True),
    _special("192.52.193.0/24", "AMT", "RFC 7450", reachable=True),
    _special("192.88.99.0/24", "deprecated 6to4 relay anycast", "RFC 7526", reachable=None),
    _special("192.88.99.2/32", "6a44 relay anycast", "RFC 6751"),
    _special("192.168.0.0/16", "private use", "RFC 1918"),
    _special("192.175.48.0/24", "AS112 direct delegation", "RFC 7534", reachable=True),
    _special("198.18.0.0/15", "benchmarking", "RFC 2544"),
    _special("198.51.100.0/24", "documentation", "RFC 5737"),
    _special("203.0.113.0/24", "documentation", "RFC 5737"),
    _special("240.0.0.0/4", "reserved", "RFC 1112"),
    _special("255.255.255.255/32", "limited broadcast", "RFC 919"),
)
IPV6 = (
    _special("::1/128", "loopback", "RFC 4291"),
    _special("::/128", "unspecified", "RFC 4291"),
    _special("::ffff:0:0/96", "IPv4-mapped", "RFC 4291"),
    _special("64:ff9b::/96", "IPv4/IPv6 translation", "RFC 6052", reachable=True),
    _special("64:ff9b:1::/48", "local IPv4/IPv6 translation", "RFC 8215"),
    _special("100::/64", "discard only", "RFC 6666"),
    _special("100:0:0:1::/64", "dummy prefix", "RFC 9780"),
    _special("2001::/23", "IETF protocol assignments", "RFC 2928"),
    _special("2001::/32", "Teredo", "RFC 4380", reachable=None),
    _special("2001:1::1/128", "port control protocol anycast", "RFC 7723", reachable=True),
    _special("2001:1::2/128", "TURN anycast", "RFC 8155", reachable=True),
    _special("2001:1::3/128", "DNS-SD registration anycast", "RFC 9665", reachable=True),
    _special("2001:2::/48", "benchmarking", "RFC 5180"),
    _special("2001:3::/32", "AMT", "RFC 7450", reachable=True),
    _special("2001:4:112::/48", "AS112", "RFC 7535", reachable=True),
    _special("2001:10::/28", "deprecated ORCHID", "RFC 4843", reachable=None),
    _special("2001:20::/28", "ORCHIDv2", "RFC 7343", reachable=True),
    _special("2001:30::/28", "drone remote identification", "RFC 9374", reachable=True),
    _special("2001:db8::/32", "documentation", "RFC 3849"),
    _special("2002::/16", "6to4", "RFC 3056", reachable=None),
    _special("2620:4f:8000::/48", "AS112 direct delegation", "RFC 7534", reachable=True),
    _special("3fff::/20", "documentation", "RFC 9637"),
    _special("5f00::/16", "segment routing", "RFC 9602"),
    _special("fc00::/7", "unique local", "RFC 4193"),
    _special("fe80::/10", "link-local", "RFC 4291"),
)
"""The two registries, row by row."""

BEYOND = (
    _special("224.0.0.0/4", "multicast", "RFC 5771"),
    _special("::/96", "IPv4-compatible", "RFC 4291"),
    _special("fec0::/10", "site-local", "RFC 3879"),
    _special("ff00::/8", "multicast", "RFC 4291"),
)
"""What is not public either, and stands in other registries."""

GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All that IANA gives out of IPv6 so far, https://www.iana.org/assignments/ipv6-address-space."""

_NARROWEST_FIRST = sorted((*IPV4, *IPV6, *BEYOND), key=lambda special: -special.block.prefixlen)
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


def special(address: Address) -> Special | None:
    """Return the purpose of an address: that of the narrowest block it is in, None for an ordinary one."""
    return next((one for one in _NARROWEST_FIRST if address in one.block), None)


def is_public(address: Address) -> bool:
    """Return whether everybody can reach an address; one that embeds another is as public as that one."""
    found = special(address)
    # A NAT64 gateway would take the connection to the IPv4 address, which may be a private one of its own network.
    if isinstance(address, ipaddress.IPv6Address) and address in _TRANSLATED:
        return is_public(_embedded(address))
    if found:
        # "Does not apply" counts as no: 6to4 and Teredo embed addresses that nobody has checked.
        return bool(found.reachable)
    return isinstance(address, ipaddress.IPv4Address) or address in GLOBAL_UNICAST


def is_this_machine(address: Address) -> bool:
    """Return whether an address leads to the machine that asks."""
    # ::ffff:127.0.0.1 is loopback, and not every Python says so of that form.
    mapped = getattr(address, "ipv4_mapped", None) or address
    return bool(mapped.is_loopback or mapped.is_unspecified)


def _embedded(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address:
    """Return the IPv4 address in the last 32 bits."""
    return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
