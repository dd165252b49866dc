"""The wire below requests: a connection goes to the very address that was checked, and no byte of it is unaccounted.

A host is looked up once for each connection, every address that it has is judged, and the socket connects to one of
those. Whatever comes in, headers and redirects too, is counted and timed as it is received.
"""

from __future__ import annotations

import os
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util import parse_url
from urllib3.util.ssl_ import create_urllib3_context

from ogp_data.core import bounds
from ogp_data.core.messages import Message
from ogp_data.core.web import names
from ogp_data.core.web.faults import LateError, TooLargeError, UnconnectedError
from ogp_data.core.web.special import Address


class Meter:
    """What the exchange under way may still take: time, and bytes as they are received."""

    def __init__(self) -> None:
        """Begin with nothing allowed."""
        self.url, self.seconds, self._deadline, self._room, self._bytes = "", 0.0, 0.0, 0, 0

    def start(self, url: str, seconds: float) -> None:
        """Begin an exchange."""
        self.url, self.seconds, self._deadline = url, seconds, time.monotonic() + seconds

    def allow(self, count: int) -> None:
        """Let so many bytes come in from now on."""
        self._room = self._bytes = count

    def left(self) -> float:
        """Return the seconds that are left; LateError when there are none."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise self.late()
        return left

    def late(self) -> LateError:
        """Return the fault that the time is over."""
        return LateError(
            Message(
                "{shown} does not answer completely within {seconds:g} seconds",
                shown=names.shown(self.url),
                seconds=self.seconds,
            )
        )

    def take(self, count: int) -> None:
        """Count bytes that came in; TooLargeError when they are more than may be."""
        self._room -= count
        if self._room < 0:
            raise TooLargeError(
                Message("{shown} is longer than {bytes} bytes as sent", shown=names.shown(self.url), bytes=self._bytes)
            )


if TYPE_CHECKING:
    _AnySocket = socket.socket
else:
    _AnySocket = object


class _Metered(_AnySocket):
    """A socket that asks the meter before it waits, and tells it what came in."""

    meter: Meter

    def recv_into(self, *arguments: Any) -> int:
        with self._in_time():
            count = super().recv_into(*arguments)
        self.meter.take(count)
        return count

    def send(self, *arguments: Any) -> int:
        with self._in_time():
            return super().send(*arguments)

    def sendall(self, *arguments: Any) -> None:
        with self._in_time():
            super().sendall(*arguments)

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        try:
            # Before each wait, since a timeout of a socket begins anew with every byte, and a slow drip never meets it.
            self.settimeout(self.meter.left())
            yield
        except TimeoutError:
            raise self.meter.late() from None


class _Socket(_Metered, socket.socket):
    pass


class _TlsSocket(_Metered, ssl.SSLSocket):
    pass


class Dial:
    """Connects to hosts, for one client."""

    def __init__(self, meter: Meter, judge: Callable[[str, Address], None]) -> None:
        """Take what counts the bytes of each connection, and who says which addresses may be asked."""
        self.meter, self._judge = meter, judge

    def __call__(self, host: str, port: int) -> socket.socket:
        """Return a connection to a host; RefusedError when it has an address that may not be asked, or none answers."""
        # The one look-up. By the name, urllib3 would ask again when it connects, and could get another answer.
        endpoints = names.resolve(host, port, self.meter.left())
        for endpoint in endpoints:
            self._judge(host, endpoint.address)
        reason: Exception | None = None
        for endpoint in endpoints:
            try:
                return self._connected(endpoint)
            except (OSError, LateError) as fault:
                reason = fault
        words = getattr(reason, "strerror", None) or str(reason)
        raise UnconnectedError(
            Message("{host} does not answer: no connection was made, {words}", host=host, words=words)
        ) from reason

    def _connected(self, endpoint: names.Endpoint) -> socket.socket:
        made = _Socket(endpoint.family, socket.SOCK_STREAM)
        made.meter = self.meter
        try:
            # As urllib3 does; without it a header and a body that are sent in turn wait for one another.
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            made.settimeout(min(bounds.CONNECT_SECONDS, self.meter.left()))
            made.connect(endpoint.where)
            made.settimeout(self.meter.left())  # for the greeting of TLS
        except BaseException:
            made.close()
            raise
        return made


class _Connection(HTTPConnection):
    def __init__(self, *arguments: Any, dial: Dial, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._dial = dial

    def _new_conn(self) -> socket.socket:
        return self._dial(self._dns_host, self.port)


class _TlsConnection(HTTPSConnection):
    def __init__(self, *arguments: Any, dial: Dial, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._dial = dial

    def _new_conn(self) -> socket.socket:
        return self._dial(self._dns_host, self.port)

    def connect(self) -> None:
        super().connect()  # the certificate is checked against the name, which the address has no part in
        if isinstance(self.sock, _TlsSocket):
            # TLS wraps our socket in another one, which is made by the context and knows no meter.
            self.sock.meter = self._dial.meter


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class Adapter(HTTPAdapter):
    """Lets requests use our connections."""

    def __init__(self, dial: Dial, check: Callable[[str], None]) -> None:
        """Take what connects, and who refuses a host before it is asked."""
        self._check = check
        self._pools = {"http": partial(_Pool, dial=dial), "https": partial(_TlsPool, dial=dial)}
        super().__init__()

    def send(self, request: requests.PreparedRequest, *arguments: Any, **options: Any) -> requests.Response:
        """Return the answer to a request, whose host is checked as sent, not as someone else may read it."""
        self._check(parse_url(request.url or "").host or "")
        return super().send(request, *arguments, **options)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **options: Any) -> None:
        """Make the pools, ours."""
        super().init_poolmanager(connections, maxsize, block, ssl_context=_context(), **options)
        self._use_our_pools(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """Return the pools for a proxy, ours."""
        manager = super().proxy_manager_for(proxy, ssl_context=_context(), **options)
        return self._use_our_pools(manager)

    def _use_our_pools(self, manager: Any) -> Any:
        manager.pool_classes_by_scheme = self._pools
        return manager


def _context() -> ssl.SSLContext:
    context = create_urllib3_context()
    context.sslsocket_class = _TlsSocket
    return context


class _Session(requests.Session):
    def get_redirect_target(self, _response: requests.Response) -> None:
        """Return none: requests would read the body of a redirect, also where it is told not to follow it."""


def session(dial: Dial, proxy: str, check: Callable[[str], None]) -> requests.Session:
    """Return a session that takes no proxy, password or cookie from anywhere but us; certificates are checked.

    `check` raises RefusedError for a host that may not be asked, before anything is sent.
    """
    made = _Session()
    # HTTP_PROXY, .netrc and the like would send requests, and tokens, where nobody configured it.
    made.trust_env = False
    made.verify = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True
    made.proxies = {"http": proxy, "https": proxy} if proxy else {}
    # An answer of one catalogue has nothing to say to the next request.
    made.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    for scheme in ("http://", "https://"):
        made.mount(scheme, Adapter(dial, check))
    return made
