"""The one client of all outgoing requests: where it goes, how much it takes, how long it waits, what it gives away."""

from __future__ import annotations

import gzip
import ipaddress
import json
import random
import re
import socket
import ssl
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogp_data.core import bounds, web
from ogp_data.core.web import client, json_text, names, special, unpack
from ogp_data.core.web.accept import accepts_gzip, choose, choose_language, weights
from ogp_data.core.web.faults import (
    BrokenError,
    CertificateError,
    LateError,
    RefusedError,
    TooLargeError,
    UnconnectedError,
)
from web_server import Say, Wire, endless, give

HERE = web.Bounds(allow_private=True, pause=0)
LOCATION = "Location: /next"


def fetched(say: Say, **limits: Any) -> web.Answer:
    with Wire(say) as wire:
        return web.fetch(f"{wire.base}/c.ttl", web.Bounds(allow_private=True, **limits), "text/turtle")


# Where it goes --------------------------------------------------------------------------------------------

OF_OURS = (*special.IPV4, *special.IPV6, *special.BEYOND)


def narrower(row: special.Special) -> list[special.Special]:
    return [one for one in OF_OURS if one.block != row.block and one.block.version == row.block.version
            and row.block.supernet_of(one.block)]  # type: ignore[arg-type]  # fmt: skip


@pytest.mark.parametrize("row", OF_OURS, ids=lambda row: str(row.block))
def test_a_block_is_what_the_registry_says_of_it_from_its_first_address_to_its_last(row: special.Special) -> None:
    inside = [one for one in (row.block[0], row.block[-1], row.block[row.block.num_addresses // 2])
              if not any(one in block.block for block in narrower(row))]  # fmt: skip
    assert {special.special(one) for one in inside} <= {row}
    if str(row.block) != "64:ff9b::/96":  # as public as what it embeds, below
        assert {special.is_public(one) for one in inside} <= {row.reachable is True}


@pytest.mark.parametrize(
    ("last", "first"),
    [
        ("9.255.255.255", "11.0.0.0"),
        ("100.63.255.255", "100.128.0.0"),
        ("126.255.255.255", "128.0.0.0"),
        ("169.253.255.255", "169.255.0.0"),
        ("172.15.255.255", "172.32.0.0"),
        ("191.255.255.255", "192.0.1.0"),
        ("192.0.1.255", "192.0.3.0"),
        ("192.88.98.255", "192.88.100.0"),
        ("192.167.255.255", "192.169.0.0"),
        ("198.17.255.255", "198.20.0.0"),
        ("198.51.99.255", "198.51.101.0"),
        ("203.0.112.255", "203.0.114.0"),
        ("223.255.255.255", "1.0.0.0"),
        ("2000::", "2001:200::"),
        ("2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db9::"),
        ("2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2003::"),
        ("3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff:1000::"),
        ("64:ff9b::101:101", "64:ff9b::808:808"),
    ],
)
def test_what_stands_next_to_a_block_is_public(last: str, first: str) -> None:
    assert special.is_public(ipaddress.ip_address(last))
    assert special.is_public(ipaddress.ip_address(first))


EMBEDDING = {
    "translated": "64:ff9b::{:x}:{:x}",
    "translated locally": "64:ff9b:1::{:x}:{:x}",
    "6to4": "2002:{:x}:{:x}::1",
    "mapped": "::ffff:{:x}:{:x}",
    "compatible": "::{:x}:{:x}",
    "Teredo": "2001:0:{:x}:{:x}::",
    "site-local": "fec0::{:x}:{:x}",
    "unique local": "fd00::{:x}:{:x}",
    "not given out": "4000::{:x}:{:x}",
}


@pytest.mark.parametrize("form", EMBEDDING)
def test_no_form_of_ipv6_leads_to_a_private_address_of_ipv4(form: str) -> None:
    for row in (*special.IPV4, special.BEYOND[0]):
        if row.reachable is not True:
            for inner in (row.block[0], row.block[-1]):
                address = EMBEDDING[form].format(int(inner) >> 16, int(inner) & 0xFFFF)
                assert not special.is_public(ipaddress.ip_address(address)), address


def test_the_table_agrees_with_pythons_own_where_that_knows_of_it() -> None:
    chance = random.Random(12)
    for row in (*special.IPV4, *special.IPV6):
        for _ in range(40):
            address = row.block[chance.randrange(row.block.num_addresses)]
            if not address.is_global:
                newer = ("192.0.0.9", "192.0.0.10", "2001:1::", "2001:3:", "2001:4:112:", "2001:2", "2001:3")
                assert not special.is_public(address) or str(address).startswith(newer), address


def looked_up(*answers: str) -> Callable[..., list[Any]]:
    """Return a look-up that gives another answer each time, the last for ever."""
    left = list(answers)

    def look_up(_host: str, port: int, *_: object, **__: object) -> list[Any]:
        found = left.pop(0) if len(left) > 1 else left[0]
        family = socket.AF_INET6 if ":" in found else socket.AF_INET
        where = (found, port, 0, 0) if ":" in found else (found, port)
        return [(family, socket.SOCK_STREAM, 6, "", where)]

    return look_up


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the addresses to which a socket was to be connected; none is."""
    found: list[str] = []

    def connect(_self: object, where: tuple[str, int]) -> None:
        found.append(where[0])
        raise OSError("no connection in this test")

    monkeypatch.setattr("socket.socket.connect", connect)
    return found


def test_a_name_that_changes_its_address_after_it_was_checked_is_asked_at_the_one_that_was_checked(
    connected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", looked_up("93.184.216.34", "127.0.0.1"))
    with pytest.raises(RefusedError, match="no connection was made"):
        web.fetch("http://rebinding.test.nl/c.ttl", web.Bounds(), "text/turtle")
    assert connected == ["93.184.216.34"]
    with pytest.raises(
        RefusedError, match=r"leads to 127\.0\.0\.1, an address that is not public \(loopback, RFC 1122"
    ):
        web.fetch("http://rebinding.test.nl/c.ttl", web.Bounds(), "text/turtle")
    assert connected == ["93.184.216.34"]


@pytest.mark.parametrize("row", [row for row in OF_OURS if row.reachable is not True], ids=lambda row: str(row.block))
def test_no_address_of_a_block_that_is_not_public_is_connected_to(
    row: special.Special, connected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for address in {row.block[0], row.block[-1]}:
        if any(one.reachable and address in one.block for one in OF_OURS):
            continue
        host = f"[{address}]" if address.version == 6 else str(address)
        for url in (f"http://{host}/c.ttl", f"https://name.test.nl/{address}"):
            monkeypatch.setattr(socket, "getaddrinfo", looked_up(str(address)))
            with pytest.raises(RefusedError, match="not public"):
                web.fetch(url, web.Bounds(), "text/turtle")
            assert web.probe([url], web.Bounds(pause=0)) == {url: 0}
    assert connected == []


def test_a_connection_that_is_refused_leaves_the_next_address_of_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    with Wire(give(b"x")) as wire, socket.socket() as free:
        free.bind(("127.0.0.2", 0))  # nobody listens

        def look_up(_host: str, port: int, *_: object, **__: object) -> list[Any]:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in ("127.0.0.2", "127.0.0.1")]

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        assert web.fetch(f"http://two.test.nl:{wire.port}/", HERE, "*/*").body == b"x"
        assert b"Host: two.test.nl:" in wire.heads[0]


# Certificates ---------------------------------------------------------------------------------------------


def openssl(*arguments: str, folder: Path) -> None:
    try:
        subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=folder)
    except FileNotFoundError:
        pytest.skip("openssl is not installed")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an authority of our own, and what it signed: for a name, for another one, in the past."""
    folder = tmp_path_factory.mktemp("authority")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    own = ("-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Ours", "-days", "2")
    openssl("req", "-x509", *key, *own, folder=folder)
    for name, host in (("right", "data.test.nl"), ("wrong", "other.test.nl"), ("old", "data.test.nl")):
        openssl("req", *key, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={host}", folder=folder)
        (folder / "san").write_text(f"subjectAltName=DNS:{host}\n")
        days = ("-days", "-1" if name == "old" else "2")
        signing = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "san", *days)
        openssl("x509", "-req", "-in", f"{name}.csr", *signing, "-out", f"{name}.pem", folder=folder)
    return folder


def tls(folder: Path, name: str, wire: list[str | None]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / f"{name}.pem", folder / f"{name}.key")
    context.sni_callback = lambda _socket, asked, _context: wire.append(asked)
    return context


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, authority: Path) -> None:
    """Let every name lead here, and our authority be one that is trusted."""
    monkeypatch.setattr(socket, "getaddrinfo", looked_up("127.0.0.1"))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority / "ca.pem"))


@pytest.mark.usefixtures("here")
def test_the_name_and_not_the_address_is_what_a_certificate_is_checked_against(authority: Path) -> None:
    asked: list[str | None] = []
    with Wire(give(b"x"), tls(authority, "right", asked)) as wire:
        assert web.fetch(f"https://data.test.nl:{wire.port}/", HERE, "*/*").body == b"x"
        assert b"Host: data.test.nl:" in wire.heads[0]
    assert asked == ["data.test.nl"]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("name", "says"), [("wrong", "Hostname mismatch"), ("old", "expired")])
def test_a_certificate_that_does_not_fit_is_refused(authority: Path, name: str, says: str) -> None:
    with Wire(give(b"x"), tls(authority, name, [])) as wire, pytest.raises(CertificateError, match=says) as told:
        web.fetch(f"https://data.test.nl:{wire.port}/", HERE, "*/*")
    assert "The certificate of data.test.nl is not accepted" in str(told.value)
    assert "certificates are always verified" in told.value.hint
    assert wire.heads == []


@pytest.mark.usefixtures("here")
def test_a_certificate_of_an_unknown_authority_is_refused(authority: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    with Wire(give(b"x"), tls(authority, "right", [])) as wire, pytest.raises(CertificateError):
        web.fetch(f"https://data.test.nl:{wire.port}/", HERE, "*/*")
    assert wire.heads == []


@pytest.mark.usefixtures("here")
def test_a_bundle_of_authorities_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere/ca.pem")
    with Wire(give(b"x")) as wire, pytest.raises(RefusedError, match=r"/nowhere/ca\.pem"):
        web.fetch(f"https://data.test.nl:{wire.port}/", HERE, "*/*")


# How much it takes ----------------------------------------------------------------------------------------


def bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(b" " * 1_000_000) for _ in range(megabytes)) + packer.flush()


@pytest.mark.parametrize("packing", ["Content-Encoding: gzip", "X-None: x"])
def test_the_body_of_a_redirect_is_not_read(packing: str) -> None:
    def say(connection: socket.socket, wire: Wire) -> None:
        if b"GET /next" in wire.heads[-1]:
            give(b"x")(connection, wire)
        else:
            endless(f"HTTP/1.1 302 Found\r\n{LOCATION}\r\n{packing}\r\n\r\n".encode(), bomb(1) * 100)(connection, wire)

    with Wire(say) as wire:
        assert web.fetch(f"{wire.base}/", HERE, "*/*").body == b"x"
        assert wire.connections == 2, "the rest of the first is left behind with its connection"


@pytest.mark.parametrize("length", [999, 1000, 1001])
@pytest.mark.parametrize("packed", [False, True])
def test_a_body_may_have_so_many_bytes_and_no_more(length: int, packed: bool) -> None:
    content = bytes(random.Random(length).randbytes(length) if not packed else b"x" * length)
    say = give(gzip.compress(content), "Content-Encoding: gzip") if packed else give(content)
    if length <= 1000:
        assert fetched(say, bytes=1000).body == content
    else:
        with pytest.raises(TooLargeError, match="longer than 1,000 bytes"):
            fetched(say, bytes=1000)


def test_what_is_packed_worse_than_unpacked_counts_as_it_is_sent() -> None:
    packed = b"".join(gzip.compress(b"") for _ in range(100))
    with pytest.raises(TooLargeError, match="longer than 1,000 bytes"):
        fetched(give(packed, "Content-Encoding: gzip"), bytes=1000)


def head_of(length: int) -> bytes:
    """Return a head of exactly so many bytes."""
    start = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n"
    lines = b""
    while (left := length - len(start) - len(lines) - 2) > 0:
        lines += b"X: " + b"y" * (min(left, 60_000) - 5) + b"\r\n"
    return start + lines + b"\r\n"


@pytest.mark.parametrize("beyond", [-1, 1])
def test_a_head_may_have_so_many_bytes_and_no_more(beyond: int) -> None:
    # Socket and reader take a head in blocks, with what follows it: the body is sent when the head was read.
    def say(connection: socket.socket, wire: Wire) -> None:
        wire.send(connection, head_of(bounds.HEAD_BYTES + beyond))
        wire.stop.wait(0.2)
        wire.send(connection, b"x")

    if beyond < 0:
        assert fetched(say).body == b"x"
    else:
        with pytest.raises(TooLargeError, match=f"longer than {bounds.HEAD_BYTES} bytes as sent"):
            fetched(say)


ENDLESS: dict[str, tuple[bytes, bytes]] = {
    "interim answers": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a chunk's length": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0" * 1000),
    "extensions of chunks": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"1;" + b"x" * 1000 + b"\r\n \r\n",
    ),
    "trailers": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n"),
    "a body": (b"HTTP/1.1 200 OK\r\n\r\n", b" " * 1000),
    "chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    "members of gzip": (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", gzip.compress(b"")),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_nothing_that_never_ends_is_taken_in_for_ever(name: str) -> None:
    with Wire(endless(*ENDLESS[name])) as wire:
        with pytest.raises((TooLargeError, BrokenError), match=r"longer than|chunk size line exceeded"):
            web.fetch(f"{wire.base}/", web.Bounds(allow_private=True, bytes=100_000, seconds=20), "*/*")
        # What the system's own buffers hold comes on top.
        assert wire.sent < bounds.HEAD_BYTES + 100_000 + 20_000_000


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": lambda content: gzip.compress(content[:7]) + gzip.compress(content[7:]) + b"\0" * 9,
    "deflate": zlib.compress,
    " DEFLATE ": lambda content: (p := zlib.compressobj(9, zlib.DEFLATED, -15)).compress(content) + p.flush(),
    "identity": bytes,
    "": bytes,
}


@given(
    st.binary(max_size=300) | st.integers(0, 5000).map(lambda n: b"ab" * n),
    st.sampled_from(sorted(PACKERS)),
    st.integers(1, 50),
    st.integers(1, 60),
)
def test_what_was_packed_comes_out_as_it_went_in(content: bytes, packing: str, step: int, piece: int) -> None:
    packed = PACKERS[packing](content)
    parts = [packed[at : at + step] for at in range(0, len(packed), step)]
    was, unpack.PIECE = unpack.PIECE, piece
    try:
        assert b"".join(unpack.unpacked(parts, packing)) == content
        assert packing.strip() in ("identity", "") or max(map(len, unpack.unpacked(parts, packing)), default=0) <= piece
    finally:
        unpack.PIECE = was


@given(st.sampled_from([gzip.compress, zlib.compress]), st.integers(1, 200))
def test_what_is_packed_and_breaks_off_is_not_taken_for_whole(pack: Callable[[bytes], bytes], lost: int) -> None:
    packed = pack(random.Random(1).randbytes(300))
    kind = "gzip" if pack is gzip.compress else "deflate"
    with pytest.raises(BrokenError):
        list(unpack.unpacked([packed[:-lost]], kind))


@pytest.mark.parametrize("packing", ["br", "zstd", "gzip, gzip", "compress"])
def test_a_packing_that_was_not_asked_for_is_refused(packing: str) -> None:
    with pytest.raises(RefusedError, match=f"compressed as {packing}, which was not requested"):
        fetched(give(b"x", f"Content-Encoding: {packing}"))


@pytest.mark.parametrize("length", ["5", "99999999999999999999", "1"])
def test_a_body_of_another_length_than_it_says_is_not_taken_for_whole(length: str) -> None:
    def say(connection: socket.socket, wire: Wire) -> None:
        wire.send(connection, f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\nab".encode())
        connection.shutdown(socket.SHUT_RDWR)

    if length == "1":
        assert fetched(say).body == b"a"
    else:
        with pytest.raises(BrokenError, match="breaks off"):
            fetched(say)


# How long it waits ----------------------------------------------------------------------------------------


def say_nothing(_connection: socket.socket, wire: Wire) -> None:
    wire.stop.wait(30)


DRIPS: dict[str, Say] = {
    "nothing": say_nothing,
    "a head": endless(b"HTTP/1.1 200 OK\r\nX: ", b"y", 0.02),
    "interim answers": endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.02),
    "a body": endless(b"HTTP/1.1 200 OK\r\n\r\n", b"y", 0.02),
    "chunks": endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\ny\r\n", 0.02),
    "redirects": lambda connection, wire: (
        wire.stop.wait(0.1),
        give(b"", LOCATION, status="302 Found")(connection, wire),
    )[1],
}


@pytest.mark.parametrize("name", DRIPS)
@pytest.mark.parametrize("clear", [True, False])
def test_whatever_drips_ends_at_the_deadline(
    name: str, clear: bool, authority: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", looked_up("127.0.0.1"))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority / "ca.pem"))
    with Wire(DRIPS[name], None if clear else tls(authority, "right", [])) as wire:
        url = f"http{'' if clear else 's'}://data.test.nl:{wire.port}/"
        limits = web.Bounds(allow_private=True, seconds=0.5, redirects=1000)
        with pytest.raises(LateError, match=r"within 0\.5 seconds"):
            web.fetch(url, limits, "*/*")


@pytest.mark.parametrize(("seconds", "each"), [(20.0, 10.0), (9.0, 9.0)])
def test_one_attempt_to_connect_has_its_time_and_never_more_than_is_left(
    monkeypatch: pytest.MonkeyPatch, seconds: float, each: float
) -> None:
    given: list[float] = []

    def connect(self: socket.socket, _where: object) -> None:
        given.append(self.gettimeout() or 0.0)
        raise TimeoutError("timed out")

    monkeypatch.setattr("socket.socket.connect", connect)
    addresses = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (f"93.184.216.{n}", 80)) for n in (34, 35)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_o: addresses)
    with pytest.raises(RefusedError, match="no connection was made"):
        web.fetch("http://silent.test.nl/c.ttl", web.Bounds(seconds=seconds), "text/turtle")
    assert given == pytest.approx([each, each], abs=0.5)


def test_a_greeting_of_tls_that_never_comes_ends_at_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"https://127.0.0.1:{deaf.getsockname()[1]}/"
        with pytest.raises(RefusedError, match="timed out"):
            web.fetch(url, web.Bounds(allow_private=True, seconds=0.3), "*/*")


def test_a_name_that_is_looked_up_for_ever_ends_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    with Wire(say_nothing) as wire:
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_o: [wire.stop.wait(30)][1:])
        with pytest.raises(UnconnectedError, match="is not found within"):
            web.fetch("http://slow.test.nl/", web.Bounds(seconds=0.2), "*/*")


@pytest.mark.parametrize("redirects", [0, 1, 5])
def test_an_address_may_lead_on_so_often_and_no_more(redirects: int) -> None:
    def say(connection: socket.socket, wire: Wire) -> None:
        if len(wire.heads) <= redirects:
            give(b"", LOCATION, status="301 Moved")(connection, wire)
        else:
            give(b"x")(connection, wire)

    assert fetched(say, redirects=redirects).body == b"x"
    if redirects:
        with pytest.raises(RefusedError, match=f"redirects more than {redirects - 1} times"):
            fetched(say, redirects=redirects - 1)


# What it gives away ---------------------------------------------------------------------------------------


def test_a_password_in_an_address_goes_to_that_origin_only_and_is_never_printed() -> None:
    with Wire(give(b"x")) as other:
        say = give(b"", f"Location: {other.base}/next", status="307 Temporary Redirect")
        with Wire(say) as wire:
            url = wire.base.replace("//", "//jan:geheim@")
            assert web.fetch(url, HERE, "*/*").body == b"x"
            assert b"Authorization: Basic" in wire.heads[0]
            assert b"Authorization" not in other.heads[0]
            assert b"geheim" not in other.heads[0]
    with pytest.raises(RefusedError) as told:
        web.fetch(url, HERE, "*/*")
    assert "geheim" not in str(told.value)
    assert names.shown(url).startswith("http://***@127.0.0.1:")


def test_no_cookie_is_brought_back() -> None:
    with Wire(give(b"x", "Set-Cookie: id=1; Path=/")) as wire:
        url = f"{wire.base}/"
        assert web.probe([url, f"{url}b"], HERE) == {url: 200, f"{url}b": 200}
        assert len(wire.heads) == 2
        assert not any(b"Cookie" in head for head in wire.heads)


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
def test_no_proxy_of_the_environment_is_asked(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Wire(give(b"proxy")) as proxy, Wire(give(b"x")) as wire:
        monkeypatch.setenv(name, proxy.base)
        assert web.fetch(f"{wire.base}/", HERE, "*/*").body == b"x"
        assert proxy.heads == []


def test_a_proxy_that_is_configured_is_asked_and_looks_up_the_name_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    with Wire(give(b"x")) as proxy:
        limits = web.Bounds(proxy=proxy.base, seconds=1)
        real = socket.getaddrinfo
        asked: list[str] = []
        monkeypatch.setattr(socket, "getaddrinfo", lambda h, *a, **o: (asked.append(h), real(h, *a, **o))[1])
        assert web.fetch("http://data.test.nl/c", limits, "*/*").body == b"x"
        assert proxy.heads[0].startswith(b"GET http://data.test.nl/c HTTP/1.1\r\n")
        with pytest.raises(RefusedError, match="not public"):
            web.fetch("http://127.1/c", limits, "*/*")
        with pytest.raises(RefusedError):
            web.fetch("https://data.test.nl/c", limits, "*/*")
        assert proxy.heads[1].startswith(b"CONNECT data.test.nl:443 HTTP/1.")
    assert web.unchecked(limits.proxy).startswith(f"Asked through the proxy {proxy.base}: ")
    assert web.unchecked("") == ""


def test_a_password_of_a_netrc_file_is_not_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login jan password geheim\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    with Wire(give(b"x")) as wire:
        web.fetch(f"{wire.base}/", HERE, "*/*")
        assert b"Authorization" not in wire.heads[0]


def test_a_server_that_knows_a_file_only_as_text_and_is_strict_gives_it() -> None:
    def strict(connection: socket.socket, wire: Wire) -> None:
        accept = re.search(rb"Accept: (.*)\r\n", wire.heads[-1])
        said = [one.partition(b";")[0].strip() for one in accept[1].split(b",")] if accept else []
        takes = {b"text/plain", b"text/*", b"*/*"} & set(said)
        give(b"x", "Content-Type: text/plain", status="200 OK" if takes else "406 Not Acceptable")(connection, wire)

    assert fetched(strict).body == b"x"
    assert client.ANYTHING == "*/*;q=0.1"


# JSON -----------------------------------------------------------------------------------------------------


def depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


TEXTS = st.text(st.sampled_from('"\\[]{},:a\né😀'), max_size=6)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=20,
)


@given(VALUES, st.booleans(), st.sampled_from([1, 2, 3, 7, 1 << 20]))
def test_the_depth_of_json_is_counted_in_its_bytes(value: Any, ascii_only: bool, piece: int) -> None:
    content, deep = json.dumps(value, ensure_ascii=ascii_only).encode(), depth(value)
    was = bounds.JSON_DEPTH, json_text._PIECE
    try:
        json_text._PIECE = piece
        bounds.JSON_DEPTH = deep
        assert json_text.parse(content, 1 << 20) == value
        bounds.JSON_DEPTH = deep - 1
        if deep:
            with pytest.raises(json_text.JsonError, match="nested more than"):
                json_text.parse(content, 1 << 20)
    finally:
        bounds.JSON_DEPTH, json_text._PIECE = was


def test_json_may_be_a_hundred_deep_and_no_more() -> None:
    assert depth(json_text.parse(b"[" * 100 + b"]" * 100, 1 << 20)) == 100
    with pytest.raises(json_text.JsonError, match="nested more than 100 deep"):
        json_text.parse(b"[" * 101 + b"]" * 101, 1 << 20)
    assert json_text.parse(b'"' + b"[" * 200 + b'"', 1 << 20) == "[" * 200


def test_each_value_of_json_counts_for_sixty_bytes_beside_its_own() -> None:
    content = b"[" + b",".join([b"1"] * 11) + b"]"  # 23 bytes, with 11 signs that begin a value
    assert json_text.parse(content, 23 + 11 * 60) == [1] * 11
    with pytest.raises(json_text.JsonError, match="too many values"):
        json_text.parse(content, 23 + 11 * 60 - 1)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"nothing", b'"\\ud800"', b"NaN", b"[1,]", b"\xff", b"[" * 50, b'{"a":1}x', b"1" * 9999]
)
def test_what_is_not_json_is_told(content: bytes) -> None:
    with pytest.raises(json_text.JsonError, match="not JSON"):
        json_text.parse(content, 1 << 20)


# Bounds ---------------------------------------------------------------------------------------------------


def test_the_page_about_the_network_names_every_bound_with_its_value() -> None:
    page = (Path(__file__).parents[1] / "docs/network.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| ([0-9.,]+) ", page, re.M))
    known = {name: value for name, value in vars(bounds).items() if name.isupper()}
    assert {name: float(value.replace(",", "")) for name, value in rows.items()} == known


def test_addresses_are_shown_without_what_is_secret() -> None:
    assert names.shown("https://a.test.nl/c?x=1") == "https://a.test.nl/c?x=1"
    assert names.shown("https://jan:ge@heim@a.test.nl/") == "https://***@a.test.nl/"


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client.time, "sleep", lambda _: None)


@pytest.mark.parametrize(
    "host",
    [
        *(
            "127%2e0.0.1",
            "127.0.0.1.",
            "127.0.0.1..",
            "%3127.0.0.1",
            "127.1.",
            "0x7f000001",
            "[::1]",
            "[::ffff:10.0.0.1]",
        ),
        *(
            "127.0.0.1\\@93.184.216.34",
            "93.184.216.34\\@127.0.0.1",
            "u:p\\@93.184.216.34",
            "[::1%25lo]",
            "[fe80::1%eth0]",
        ),
    ],
)
@pytest.mark.parametrize("hop", [False, True])
def test_behind_a_proxy_no_spelling_of_an_address_that_is_not_public_is_asked(host: str, hop: bool) -> None:
    url = f"http://{host}/c.ttl"
    with Wire(give(b"", f"Location: {url}", status="302 Found") if hop else give(b"x")) as proxy:
        limits = web.Bounds(pause=0, proxy=proxy.base)
        with pytest.raises(RefusedError, match=r"not public|is not an http or https address|leads to"):
            web.fetch("http://93.184.216.34/" if hop else url, limits, "*/*")
        assert len(proxy.heads) == hop


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://user:hunter2@[zz/", "http://***@[zz/"),
        ("gopher:user:hunter2@x/", "***@x/"),
        ("http:/user:hunter2@x/", "http:/***@x/"),
        ("http:\\\\user:hunter2@x/", "http:\\\\***@x/"),
        ("///user:hunter2@x/", "///***@x/"),
        ("//user:hunter2@[zz", "//***@[zz"),
        ("http://user:hunter2/x@y/", "http://***@y/"),
        ("http://user:hunter2#x@y/", "http://***@y/"),
        ("http://user:hunter2@y:port/", "http://***@y:port/"),
        ("ftp://h.nl/a@b", "ftp://h.nl/a@b"),
        ("http://[zz/", "http://[zz/"),
    ],
)
def test_a_password_is_hidden_also_in_what_is_no_address(url: str, shown: str) -> None:
    assert names.shown(url) == shown
    if "hunter2" in url:
        with pytest.raises(RefusedError) as told:
            fetched(give(b"", f"Location: {url}", status="302 Found"))
        assert "hunter2" not in str(told.value)


def test_a_password_is_not_repeated_from_what_a_library_says_of_an_address() -> None:
    for host in ("a b", "é..x", "x" * 64, "*.x", "[::1", "[1::2::3]", "a<b>", ".x", "１.x", "h:99999"):
        with pytest.raises(RefusedError) as told:
            web.fetch(f"http://user:hunter2@{host}/", HERE, "*/*")
        assert "hunter2" not in str(told.value), host


@pytest.mark.parametrize("length", ["-5", "+5", "5_0", "five", "0x5", "5.0", "5 5", "", "5,", "-5, 5", "²"])
def test_a_length_that_is_no_digits_is_not_http(length: str) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\nhello".encode("latin-1")
    with pytest.raises(BrokenError, match="not in HTTP"):
        fetched(lambda connection, wire: wire.send(connection, head))


@pytest.mark.parametrize(
    "line", ["HTTP/1.1 200\x1b[31m", "HTTP/1.1 2000 OK", "HTTP/1.1 -20 OK", "SSH-2.0-x", "HTTP/9 200"]
)
def test_a_head_that_is_none_is_told_in_our_words(line: str) -> None:
    with pytest.raises(BrokenError, match=r"answers, but not in HTTP$"):
        fetched(lambda connection, wire: wire.send(connection, f"{line}\r\n\r\nhello".encode()))


# Accept -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "nl"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("nl-BE;q=0.5, en;q=0.4", "nl"),
        ("fr, *;q=0.1", "nl"),
        ("nl;q=0, *", "en"),
        ("fr", "nl"),
        ("en;q=abc", "nl"),
        ("english, nl;q=0.1", "nl"),
    ],
)
def test_the_language_is_the_one_that_is_liked_best(header: str, language: str) -> None:
    assert choose_language(header, ("nl", "en")) == language


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("", False),
        ("gzip", True),
        ("GZIP;Q=0.5", True),
        ("gzip;q=0", False),
        ("gzip;q=0.2, identity;q=0.5", False),
        ("x-gzip", True),
        ("br, *;q=0.1", True),
        ("*;q=0", False),
        ("gzip;q=nan", False),
        ("gzip;q=2", False),
        ("deflate", False),
    ],
)
def test_gzip_is_sent_to_who_likes_it_as_much_as_the_plain_bytes(header: str, wanted: bool) -> None:
    assert accepts_gzip(header) is wanted


def test_whatever_a_header_says_is_read_in_time_and_gives_one_of_what_is_offered() -> None:
    signs = [
        "nl",
        "en",
        "gzip",
        "*",
        "*/*",
        "text/html",
        "text/*",
        ";",
        "q",
        "=",
        "0.5",
        "1",
        "2",
        ",",
        " ",
        '"',
        "\\",
        "-BE",
    ]
    chance = random.Random(7)
    for _ in range(2_000):
        header = "".join(chance.choices(signs, k=chance.randint(0, 20)))
        assert choose(header, ("text/html", "text/turtle")) in ("text/html", "text/turtle", None)
        assert choose_language(header, ("nl", "en")) in ("nl", "en")
        assert accepts_gzip(header) in (True, False)
        assert all(0 <= weight <= 1 and name == name.lower() for name, weight in weights(header))
