"""Addresses of the web, and what their names stand for."""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit, urlunsplit

from ogp_data.core import bounds
from ogp_data.core.messages import Message
from ogp_data.core.web import special
from ogp_data.core.web.faults import RefusedError, UnconnectedError


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One way to a host: the address, and what a socket needs to connect to just that one."""

    address: special.Address
    family: int
    where: Any


def parts_of(url: str) -> SplitResult | None:
    """Return the parts of an http or https address; None when it is none, or not everyone reads the same host in it."""
    parts = _split(url)
    if parts is None or parts.scheme not in ("http", "https") or parts.port == 0:
        return None
    # Browsers read a backslash as a slash and urllib3 does not, so the host that was checked could be another one.
    return None if "\\" in parts.netloc or "%" in (parts.hostname or "") else parts


def _split(url: str) -> SplitResult | None:
    """Return the parts of an address with a host; None when it has none, or no port where one should be."""
    try:
        parts = urlsplit(url)
        return parts if parts.hostname and (parts.port or 0) >= 0 else None
    except ValueError:
        return None


def shown(url: str) -> str:
    """Return an address as it may be printed: without the name and password that it may hold.

    Where no host can be told, all that stands before the last @ may be a password.
    """
    parts = _split(url)
    if parts is None:
        return _BEFORE_AT.sub(r"\1***@", url)
    user, at, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"***@{host}")) if at and user else url


_BEFORE_AT = re.compile(r"^(\s*(?:[a-z][a-z0-9+.-]*:)?[/\\]+|).+@", re.IGNORECASE | re.DOTALL)


def resolve(host: str, port: int, seconds: float = bounds.ANSWER_SECONDS) -> list[Endpoint]:
    """Return every way to a host; RefusedError when its name is not known, or not in time."""
    found: list[list[Endpoint] | Exception] = []
    thread = threading.Thread(target=lambda: found.append(_caught(lambda: _looked_up(host, port))), daemon=True)
    thread.start()
    thread.join(seconds)  # looking up has no timeout of its own
    # The thread is left behind: getaddrinfo cannot be ended, and as a daemon it holds nobody up.
    if not found:
        raise UnconnectedError(
            Message("The host {host} is not found within {seconds:g} seconds", host=host, seconds=seconds)
        )
    if isinstance(found[0], Exception):
        raise UnconnectedError(Message("The host {host} is not known", host=host)) from found[0]
    return found[0]


def _caught(work: Callable[[], list[Endpoint]]) -> list[Endpoint] | Exception:
    try:
        return work()
    except (OSError, ValueError) as reason:
        return reason


def _looked_up(host: str, port: int, flags: int = 0) -> list[Endpoint]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)
    # A zone (fe80::1%eth0) says on which wire, not which address.
    return [
        Endpoint(ipaddress.ip_address(str(where[0]).partition("%")[0]), family, where)
        for family, _, _, _, where in found
    ]


def literal(host: str) -> list[special.Address]:
    """Return the address that a host is, however it is written (127.1, 0x7f000001, 127.0.0.1.); none for a name."""
    # The system itself is asked, which connects to 127.1 and 0x7f000001 too; Python's ipaddress knows only dotted
    # quads.
    found = _caught(lambda: _looked_up(host.strip("[]").rstrip("."), 80, socket.AI_NUMERICHOST))
    return [] if isinstance(found, Exception) else [one.address for one in found]


def addresses(url: str) -> list[special.Address]:
    """Return the addresses of an address's host; RefusedError when there are none."""
    parts = parts_of(url)
    if parts is None:
        raise RefusedError(Message("{shown} is not an http or https address", shown=shown(url)))
    found = resolve(parts.hostname or "", parts.port or 443)
    return sorted({one.address for one in found}, key=str)


def origins(urls: Iterable[str]) -> list[str]:
    """Return the scheme and host of the web addresses among some, each once."""
    parts = [parts_of(url) for url in urls]
    return sorted({f"{p.scheme}://{p.netloc}" for p in parts if p is not None})


def is_public(url: str) -> bool:
    """Return whether an address may be asked by anyone: every address of its host is a public one."""
    try:
        # Every address, since a client may take any of them.
        return all(map(special.is_public, addresses(url)))
    except RefusedError:
        return True


def is_loopback(url: str) -> bool:
    """Return whether an address names this very machine, so that an answer does not show publication."""
    parts = parts_of(url)
    if parts and (parts.hostname or "").rstrip(".").endswith((".localhost", "localhost")):
        return True
    try:
        return all(map(special.is_this_machine, addresses(url)))
    except RefusedError:
        return False


def is_placeholder(url: str) -> bool:
    """Return whether an address stands for one that is to be filled in.

    Reserved for examples and tests are the names of RFC 2606; the documents here also write `your-domain`.
    """
    parts = parts_of(url)
    return bool(parts and _PLACEHOLDER.search((parts.hostname or "").rstrip(".")))


_PLACEHOLDER = re.compile(
    r"(?:^|\.)(?:example\.(?:org|com|net)|[^.]+\.(?:example|invalid|test)|your[-.]domain(?:\.[a-z]+)?)$"
)
