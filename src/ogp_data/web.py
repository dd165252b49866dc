"""Asking the web, bounded and polite: a private address is refused unless it is allowed, nothing runs for ever."""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import SplitResult, urljoin, urlsplit

from ogp_data import __version__

USER_AGENT = f"ogp-data/{__version__} (metadata quality check)"
PATIENCE = 3
"""How often a host may leave a probe unanswered before it is left alone."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})

T = TypeVar("T")


class RefusedError(Exception):
    """An address that was not asked, or an answer that was not taken, with the reason in words, and perhaps a mend."""

    def __init__(self, reason: str, hint: str = "") -> None:
        """Keep the reason, which has no full stop, and the mend, which has one."""
        super().__init__(reason)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far a request may go: seconds for one answer, bytes of it, redirects, seconds between two requests.

    `contexts` is how many other addresses a JSON-LD document may take its context from.
    """

    seconds: float = 20.0
    bytes: int = 200_000_000
    redirects: int = 5
    pause: float = 0.2
    allow_private: bool = False
    contexts: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave: the body, its media type, and the address that it came from in the end."""

    body: bytes
    media_type: str = ""
    url: str = ""


def fetch(url: str, bounds: Bounds, accept: str) -> Answer:
    """Return what is at an address; RefusedError when it cannot or must not be had."""
    return _in_time(lambda: _fetch(url, bounds, accept), url, bounds)


def _fetch(url: str, bounds: Bounds, accept: str) -> Answer:
    import requests

    deadline = time.monotonic() + bounds.seconds
    with requests.Session() as session:
        for _ in range(bounds.redirects + 1):
            response = _ask(session, "GET", url, bounds, deadline, accept)
            with response:
                if response.status_code in REDIRECTS and "Location" in response.headers:
                    url = _next(url, response)
                    continue
                if response.status_code != 200:
                    raise RefusedError(f"{url} answers with status {response.status_code}")
                media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
                return Answer(_body(response, url, bounds, deadline), media_type, url)
    raise RefusedError(f"{url} redirects more than {bounds.redirects} times")


def probe(urls: Iterable[str], bounds: Bounds) -> dict[str, int]:
    """Return the status of each address, asked by HEAD and one after the other; 0 when nothing answers.

    A host that does not answer `PATIENCE` times in a row is not asked again.
    """
    import requests

    statuses: dict[str, int] = {}
    silent: Counter[str] = Counter()
    with requests.Session() as session:
        for url in urls:
            host = urlsplit(url).netloc
            statuses[url] = _status(session, url, bounds) if silent[host] < PATIENCE else 0
            silent[host] = 0 if statuses[url] else silent[host] + 1
            if silent[host] <= PATIENCE:
                time.sleep(bounds.pause)
    return statuses


def origins(urls: Iterable[str]) -> list[str]:
    """Return the scheme and host of the web addresses among some, each once."""
    parts = [_parts(url) for url in urls]
    return sorted({f"{p.scheme}://{p.netloc}" for p in parts if p is not None})


def is_public(url: str) -> bool:
    """Return whether an address may be asked by anyone: every address of its host is a public one."""
    try:
        return all(_is_public(address) for address in _addresses(url))
    except RefusedError:
        return True


def is_loopback(url: str) -> bool:
    """Return whether an address names this very machine, so that an answer does not show publication."""
    parts = _parts(url)
    if parts and (parts.hostname or "").rstrip(".").endswith((".localhost", "localhost")):
        return True
    try:
        found = [getattr(address, "ipv4_mapped", None) or address for address in _addresses(url)]
        return all(address.is_loopback or address.is_unspecified for address in found)
    except RefusedError:
        return False


def is_placeholder(url: str) -> bool:
    """Return whether an address stands for one that is to be filled in.

    Reserved for examples and tests are the names of RFC 2606; the documents here also write `your-domain`.
    """
    parts = _parts(url)
    return bool(parts and _PLACEHOLDER.search((parts.hostname or "").rstrip(".")))


_PLACEHOLDER = re.compile(
    r"(?:^|\.)(?:example\.(?:org|com|net)|[^.]+\.(?:example|invalid|test)|your[-.]domain(?:\.[a-z]+)?)$"
)


def _in_time(work: Callable[[], T], url: str, bounds: Bounds) -> T:
    """Return what a piece of work gives; RefusedError at the bound, however slowly names, headers and bytes come."""
    results: list[T] = []
    reasons: list[Exception] = []

    def run() -> None:
        try:
            results.append(work())
        except Exception as reason:
            reasons.append(reason)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(bounds.seconds)
    if results:
        return results[0]
    raise reasons[0] if reasons else RefusedError(f"{url} does not answer within {bounds.seconds:g} seconds")


def _status(session: Any, url: str, bounds: Bounds) -> int:
    try:
        return _in_time(lambda: _head(session, url, bounds), url, bounds)
    except RefusedError:
        return 0


def _head(session: Any, url: str, bounds: Bounds) -> int:
    deadline = time.monotonic() + bounds.seconds
    for _ in range(bounds.redirects + 1):
        with _ask(session, "HEAD", url, bounds, deadline, "*/*") as response:
            status: int = response.status_code
            if status not in REDIRECTS or "Location" not in response.headers:
                return status
            url = _next(url, response)
    return 0


def _ask(session: Any, method: str, url: str, bounds: Bounds, deadline: float, accept: str) -> Any:
    import requests

    _check(url, bounds)
    left = deadline - time.monotonic()
    if left <= 0:
        raise RefusedError(f"{url} does not answer within {bounds.seconds:g} seconds")
    headers = {"User-Agent": USER_AGENT, "Accept": accept}
    try:
        return session.request(method, url, headers=headers, timeout=left, stream=True, allow_redirects=False)
    except (requests.RequestException, ValueError) as reason:
        raise RefusedError(f"{url} does not answer: {type(reason).__name__}") from reason


def _next(url: str, response: Any) -> str:
    """Return where an answer leads to."""
    location: str = response.headers["Location"]
    try:
        return urljoin(url, location)
    except ValueError as reason:
        raise RefusedError(f"{url} leads to {location}, which is no address") from reason


def _check(url: str, bounds: Bounds) -> None:
    if _parts(url) is None:
        raise RefusedError(f"{url} is no http or https address")
    if bounds.allow_private:
        return
    for address in _addresses(url):
        if not _is_public(address):
            raise RefusedError(f"{url} leads to {address}, an address that is not public (--allow-private allows it)")


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return address.is_global and not address.is_multicast


def _parts(url: str) -> SplitResult | None:
    """Return the parts of an http or https address; None when it is none."""
    try:
        parts = urlsplit(url)
        return parts if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _addresses(url: str) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    parts = _parts(url)
    if parts is None:
        raise RefusedError(f"{url} is no http or https address")
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, ValueError) as reason:
        raise RefusedError(f"The host of {url} is not known") from reason
    return sorted({ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found}, key=str)


def _body(response: Any, url: str, bounds: Bounds, deadline: float) -> bytes:
    import requests

    body = bytearray()
    try:
        for part in response.iter_content(65_536):
            body += part
            if len(body) > bounds.bytes:
                raise RefusedError(f"{url} is longer than {bounds.bytes} bytes")
            if time.monotonic() > deadline:
                raise RefusedError(f"{url} takes longer than {bounds.seconds:g} seconds")
    except requests.RequestException as reason:
        raise RefusedError(f"{url} breaks off: {type(reason).__name__}") from reason
    return bytes(body)
