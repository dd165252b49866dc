"""The one client of all outgoing requests: bounded and polite, whatever answers, and nowhere that it may not go.

A private address is refused unless it is allowed, nothing runs for ever, no body of a redirect is read, and no
variable of the environment names a proxy or a password.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from ogp_data import __version__
from ogp_data.core import bounds
from ogp_data.core.messages import Message
from ogp_data.core.web import names, special, unpack
from ogp_data.core.web.faults import BrokenError, CertificateError, RefusedError

if TYPE_CHECKING:
    import requests

    from ogp_data.core.web import line

Judge = Callable[[str, special.Address], None]
"""Raises RefusedError when a host may not be asked at an address."""

USER_AGENT = f"ogp-data/{__version__} (metadata quality check)"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
ANYTHING = "*/*;q=0.1"
"""The end of every Accept: a server that knows a file only as some text gives it all the same."""
_LENGTH = re.compile(r"[0-9]+(?:[ \t]*,[ \t]*[0-9]+)*")
"""A length, perhaps said again, https://www.rfc-editor.org/rfc/rfc9110#section-8.6."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far a request may go: seconds for one answer, bytes of it, redirects, seconds between two requests.

    `contexts` is how many other addresses a JSON-LD document may take its context from, `proxy` the address of the
    proxy that is asked instead of the hosts themselves.
    """

    seconds: float = bounds.ANSWER_SECONDS
    bytes: int = bounds.CATALOGUE_BYTES
    redirects: int = bounds.REDIRECTS
    pause: float = bounds.PAUSE
    allow_private: bool = False
    contexts: int = 0
    proxy: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave: the body, its media type, and the address that it came from in the end."""

    body: bytes
    media_type: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """The head of an answer, whose body is still to come."""

    url: str
    status: int
    headers: Mapping[str, str]
    _response: requests.Response

    def body(self, most: int) -> bytes:
        """Return the body, unpacked; RefusedError when it is longer than `most` bytes, or breaks off."""
        with _translated(self.url, Message("breaks off")):
            packed = self._response.raw.stream(unpack.PIECE, decode_content=False)
            what = names.shown(self.url)
            sent = unpack.counted(packed, most, what)
            return unpack.collected(unpack.unpacked(sent, self.headers.get("Content-Encoding", "")), most, what)


class Client:
    """Asks hosts, one request after the other; connections stay open between them."""

    def __init__(self, judge: Judge, proxy: str = "") -> None:
        """Take who says which addresses may be asked, and the proxy that is asked instead, if any."""
        self._judge, self._proxy = judge, proxy

    @cached_property
    def _meter(self) -> line.Meter:
        from ogp_data.core.web import line  # with requests, which takes longer to import than to read a file

        return line.Meter()

    @cached_property
    def _session(self) -> requests.Session:
        from ogp_data.core.web import line

        # What is behind a proxy it looks up itself, and its own address is the one that was configured.
        judge = anywhere if self._proxy else self._judge
        return line.session(line.Dial(self._meter, judge), self._proxy, self._check_host)

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def begin(self, url: str, seconds: float) -> None:
        """Begin an exchange of one or more requests, which has so many seconds."""
        self._meter.start(url, seconds)

    @contextmanager
    def ask(self, method: str, url: str, headers: Mapping[str, str], most: int, **content: Any) -> Iterator[Reply]:
        """Yield what answers a request, redirects as well; RefusedError when nothing does, or it may not be asked.

        `most` are the bytes that the body may have.
        """
        # Again for each redirect, for `_followed` calls this with wherever the last answer led.
        if names.parts_of(url) is None:
            raise RefusedError(Message("{shown} is not an http or https address", shown=names.shown(url)))
        self._meter.allow(bounds.HEAD_BYTES)
        # Only what `unpack` can count while it unpacks: requests would also offer brotli where that is installed.
        sent = {"User-Agent": USER_AGENT, "Accept-Encoding": unpack.ACCEPTED, **headers}
        with _translated(url, Message("does not answer")):
            response = self._session.request(
                method, url, headers=sent, timeout=self._meter.left(), stream=True, allow_redirects=False, **content
            )
        with response:
            # http.client takes a length that it cannot read for none, and would read on until the server closes.
            if not _LENGTH.fullmatch(response.headers.get("Content-Length", "0")):
                raise _no_http(names.shown(url))
            # The head was received under its own bound; chunks and trailers around the body may take as much again.
            self._meter.allow(bounds.HEAD_BYTES + most)
            yield Reply(url, response.status_code, response.headers, response)

    def _check_host(self, host: str) -> None:
        """Refuse a host with a zone; behind a proxy, one that is written in digits can still be judged here."""
        if "%" in host:
            raise RefusedError(Message("{host} is not a host that may be requested", host=host))
        for address in names.literal(host) if self._proxy else ():
            self._judge(host, address)


def client(limits: Bounds) -> Client:
    """Return a client for addresses that anybody may have written."""
    return Client(anywhere if limits.allow_private else public_only, limits.proxy)


# Who may be asked -----------------------------------------------------------------------------------------


def public_only(host: str, address: special.Address) -> None:
    """Refuse an address that is not public."""
    if not special.is_public(address):
        found = special.special(address)
        what = f"{found.name}, {found.rfc}" if found else Message("not given out")
        reason = Message(
            "{host} leads to {address}, an address that is not public ({what}; --allow-private allows it)",
            host=host,
            address=address,
            what=what,
        )
        raise RefusedError(reason)


def this_machine_only(host: str, address: special.Address) -> None:
    """Refuse an address of another machine."""
    if not special.is_this_machine(address):
        reason = Message(
            "{host} leads to {address}, which is not this machine, and without TLS nothing is sent elsewhere",
            host=host,
            address=address,
        )
        raise RefusedError(reason)


def anywhere(_host: str, _address: special.Address) -> None:
    """Refuse nothing."""


def unchecked(proxy: str) -> str:
    """Return what is not checked when a proxy is asked; "" without one."""
    if not proxy:
        return ""
    return Message(
        "Asked through the proxy {proxy}: it looks up names itself, so which addresses they lead to is not checked.",
        proxy=names.shown(proxy),
    )


# Fetching and probing -------------------------------------------------------------------------------------


def fetch(url: str, limits: Bounds, accept: str) -> Answer:
    """Return what is at an address; RefusedError when it cannot or must not be had."""
    with closing(client(limits)) as asking, _followed(asking, "GET", url, limits, f"{accept}, {ANYTHING}") as reply:
        if reply.status != 200:
            raise RefusedError(
                Message("{shown} answers with status {status}", shown=names.shown(reply.url), status=reply.status)
            )
        media_type = reply.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return Answer(reply.body(limits.bytes), media_type, reply.url)


def probe(urls: Iterable[str], limits: Bounds) -> dict[str, int]:
    """Return the status of each address, asked by HEAD and one after the other; 0 when nothing answers.

    A host that does not answer `PATIENCE` times in a row is not asked again.
    """
    statuses: dict[str, int] = {}
    silent: Counter[str] = Counter()
    with closing(client(limits)) as asking:
        for url in urls:
            host = urlsplit(url).netloc
            # A dead host with hundreds of files would otherwise cost its time-out for each of them.
            statuses[url] = _status(asking, url, limits) if silent[host] < bounds.PATIENCE else 0
            silent[host] = 0 if statuses[url] else silent[host] + 1
            if silent[host] <= bounds.PATIENCE:
                time.sleep(limits.pause)
    return statuses


def _status(asking: Client, url: str, limits: Bounds) -> int:
    try:
        with _followed(asking, "HEAD", url, limits, "*/*") as reply:
            return reply.status
    except RefusedError:
        return 0


@contextmanager
def _followed(asking: Client, method: str, url: str, limits: Bounds, accept: str) -> Iterator[Reply]:
    """Yield the first answer that leads nowhere else."""
    # One clock for all redirects: each with a time of its own could make one request last minutes.
    asking.begin(url, limits.seconds)
    with ExitStack() as asked:
        # A loop of our own, because requests reads the body of a redirect before it follows it.
        for _ in range(limits.redirects + 1):
            asked.close()  # a redirect is left with its body unread
            reply = asked.enter_context(asking.ask(method, url, {"Accept": accept}, limits.bytes))
            if reply.status not in REDIRECTS or "Location" not in reply.headers:
                yield reply
                return
            url = _next(url, reply.headers["Location"])
    raise RefusedError(
        Message("{shown} redirects more than {redirects} times", shown=names.shown(url), redirects=limits.redirects)
    )


def _next(url: str, location: str) -> str:
    """Return where an answer leads to."""
    try:
        if _names_a_host(location) and not urlsplit(location).hostname:
            raise ValueError(Message("a host is to follow, and none does"))
        return urljoin(url, location)
    except ValueError as reason:
        raise RefusedError(
            Message(
                "{shown} leads to {shown2}, which is not an http or https address",
                shown=names.shown(url),
                shown2=names.shown(location),
            )
        ) from reason


def _names_a_host(location: str) -> bool:
    """Return whether a host is to follow: joining would make a path of one that is misspelt, and of its password."""
    return bool(urlsplit(location).scheme) or re.match(r"\s*[/\\]{2}", location) is not None


# What went wrong ------------------------------------------------------------------------------------------


@contextmanager
def _translated(url: str, what: str) -> Iterator[None]:
    """Turn whatever can go wrong on the wire into a RefusedError."""
    import requests
    import urllib3

    try:
        yield
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as reason:
        raise _refusal(names.shown(url), what, list(_chain(reason))) from reason


def _refusal(url: str, what: str, chain: list[BaseException]) -> RefusedError:
    import ssl  # large, and loaded by now

    host = names.parts_of(url)
    if any(isinstance(one, ssl.SSLCertVerificationError) for one in chain):
        reason = Message(
            "The certificate of {hostname} is not accepted: {words}",
            hostname=host.hostname if host else url,
            words=_words(chain[-1]),
        )
        hint = Message(
            "Check that the address and the clock of this machine are right; certificates are always verified."
        )
        return CertificateError(reason, hint)
    if any(map(_is_no_http, chain)):
        return _no_http(url)
    if any(type(one).__name__ in ("InvalidURL", "LocationParseError") for one in chain):  # both repeat passwords
        return BrokenError(Message("{url} is not an address that can be requested", url=url))
    return BrokenError(Message("{url} {what}: {words}", url=url, what=what, words=_words(chain[-1])))


def _no_http(url: str) -> BrokenError:
    return BrokenError(Message("{url} answers, but not in HTTP", url=url))


def _is_no_http(reason: BaseException) -> bool:
    """Return whether an exception says that a head is none of HTTP, not that it broke off."""
    import http.client

    from urllib3.exceptions import InvalidHeader

    broke = (http.client.IncompleteRead, ConnectionError)
    return isinstance(reason, http.client.HTTPException | InvalidHeader) and not isinstance(reason, broke)


def _words(reason: BaseException) -> str:
    """Return what an exception says, without addresses and objects."""
    return str(getattr(reason, "strerror", None) or reason).rstrip(".") or type(reason).__name__


def _chain(reason: BaseException) -> Iterator[BaseException]:
    """Yield an exception and what it came from, down to the bottom."""
    yield reason
    while inner := reason.__cause__ or reason.__context__ or _argument(reason):
        yield (reason := inner)


def _argument(reason: BaseException) -> BaseException | None:
    found = getattr(reason, "reason", None) or next(iter(reason.args), None)
    return found if isinstance(found, BaseException) else None
