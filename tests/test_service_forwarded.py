"""Who asks, and by which address: what a proxy tells is taken from declared addresses only, and only what fits."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest

from ogp_data.service.forwarded import HOST, NOTHING, Told, applied, client_of, share, told, trusted

Headers = list[tuple[str, str]]
PROXIES = trusted("127.0.0.1, 10.0.0.0/8, 2001:db8:1::/48")


def scope(headers: Headers, peer: str = "127.0.0.1") -> dict[str, Any]:
    pairs = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers]
    return {"type": "http", "client": (peer, 4711), "scheme": "http", "root_path": "", "headers": pairs}


def heard(*headers: tuple[str, str], peer: str = "127.0.0.1") -> Told:
    return told(scope(list(headers), peer), PROXIES)


def test_nobody_is_heard_who_is_not_declared() -> None:
    headers = [("X-Forwarded-For", "192.0.2.1"), ("Forwarded", "for=192.0.2.1"), ("X-Forwarded-Prefix", "/ogp")]
    assert heard(*headers, peer="192.0.2.99") is NOTHING
    assert heard(*headers, peer="127.0.0.2") is NOTHING
    assert told(scope(headers), trusted("")) is NOTHING
    assert heard(*headers).client == "192.0.2.1"


@pytest.mark.parametrize("size", [*range(4060, 4110), 8000, 30_000])
@pytest.mark.parametrize("pad", [",", "1", "198.51.100.9, ", '"', 'for="', '\\"', "for=198.51.100.9,", '",'])
@pytest.mark.parametrize(("name", "own"), [("X-Forwarded-For", "192.0.2.1"), ("Forwarded", 'for="192.0.2.1:80"')])
def test_a_client_cannot_push_away_what_a_proxy_wrote_behind_it(name: str, own: str, pad: str, size: int) -> None:
    padding = (pad * size)[:size]
    assert heard((name, f"{padding}, {own}")).client == "192.0.2.1"
    assert heard((name, padding), (name, own)).client == "192.0.2.1"


def test_of_a_list_that_is_too_long_no_part_is_cut() -> None:
    inner = f", 10.0.0.7{' ' * 41}" * 80
    found = {heard(("X-Forwarded-For", f"203.0.113.200{inner}{',' * more}")).client for more in range(30)}
    assert found == {"203.0.113.200", "10.0.0.7"}


@pytest.mark.parametrize("peer", ["127.0.0.1", "10.1.2.3", "2001:db8:1::7", "::ffff:10.1.2.3"])
def test_a_declared_one_may_be_an_address_or_of_a_network(peer: str) -> None:
    assert heard(("X-Forwarded-For", "192.0.2.1"), peer=peer).client == "192.0.2.1"


@pytest.mark.parametrize("text", ["nginx", "10.0.0.1/8", "127.0.0.1 10.0.0.1", "*", "10.0.0.0/33"])
def test_what_is_no_address_is_not_declared_in_silence(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text.split()[0])):
        trusted(text)


@pytest.mark.parametrize(
    ("chain", "client"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("192.0.2.1:4711", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("198.51.100.9, 192.0.2.1", "192.0.2.1"),  # the first was told by the second, whom nobody trusts
        ("198.51.100.9, 192.0.2.1, 10.0.0.7", "192.0.2.1"),
        ("10.0.0.8, 10.0.0.7", "10.0.0.8"),
        ("198.51.100.9, unknown", "unknown"),
        ("198.51.100.9, <script>", "script"),
        ("", ""),
        (",,", ""),
    ],
)
def test_the_client_is_the_nearest_that_is_no_declared_proxy(chain: str, client: str) -> None:
    assert heard(("X-Forwarded-For", chain)).client == client
    if chain.count(",") == 1:  # in two lines as in one
        assert heard(*(("X-Forwarded-For", part) for part in chain.split(","))).client == client


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        # the examples of RFC 7239, section 4
        ('for="_gazonk"', Told("_gazonk")),
        ('For="[2001:db8:cafe::17]:4711"', Told("2001:db8:cafe::17")),
        ("for=192.0.2.60;proto=http;by=203.0.113.43", Told("192.0.2.60", "http")),
        ("for=192.0.2.43, for=198.51.100.17", Told("198.51.100.17")),
        # what the proxy nearest to the client told, not what its client told it
        ("for=192.0.2.43;host=bad.example, for=198.51.100.17;host=good.example, for=10.0.0.7;host=inner", None),
        (
            'for=192.0.2.43;proto="https";host="data.example.nl:8443"',
            Told("192.0.2.43", "https", "data.example.nl:8443"),
        ),
        ('for="a\\"b,c";proto=https', Told("abc", "https")),
        ("for=192.0.2.43;for=192.0.2.44", Told()),
        ("for=192.0.2.43;proto=gopher;host=a/b", Told("192.0.2.43")),
        ('for="192.0.2.43', Told()),
        ("", Told()),
    ],
)
def test_forwarded_is_read_by_its_standard(header: str, expected: Told | None) -> None:
    assert heard(("Forwarded", header)) == (expected or Told("198.51.100.17", "", "good.example"))


def test_a_proxy_that_writes_the_one_passes_the_other_on_so_it_is_not_heard() -> None:
    said = heard(("Forwarded", "for=203.0.113.6;host=bad.example"), ("X-Forwarded-For", "192.0.2.1"))
    assert said == Told("192.0.2.1")


def test_scheme_host_prefix_and_id_are_taken_as_they_fit_into_addresses() -> None:
    said = heard(
        ("X-Forwarded-For", "192.0.2.1"),
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Host", "data.example.nl"),
        ("X-Forwarded-Prefix", "/ogp/"),
        ("X-Request-Id", "a1-b2.c3_d4"),
    )
    assert said == Told("192.0.2.1", "https", "data.example.nl", "/ogp", "a1-b2.c3_d4")
    request = applied(scope([("Host", "127.0.0.1:8000")]), said)
    assert (request["client"][0], request["scheme"], request["root_path"]) == ("192.0.2.1", "https", "/ogp")
    assert request["headers"] == [(b"host", b"data.example.nl")]


@pytest.mark.parametrize(
    "prefix", ["ogp", "//evil.example", "/a/../b", "/a b", '/a"', "/<x>", "/a?b", "/%2e", "/a\\b", "/"]
)
def test_a_prefix_that_is_no_path_is_not_taken(prefix: str) -> None:
    assert heard(("X-Forwarded-Prefix", prefix)).prefix == ""


@pytest.mark.parametrize("name", ["a" * 65, "a b", "é", 'a"b', "{}", ""])
def test_an_id_that_could_spoil_a_log_is_not_taken(name: str) -> None:
    assert heard(("X-Request-Id", name)).request_id == ""


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown", "unknown"),
    ],
)
def test_a_client_is_an_address_and_of_ipv6_a_network(address: str, counted: str) -> None:
    assert share(address) == client_of(scope([], address)) == counted


def garbage(chance: random.Random) -> str:
    pieces = (
        "for=",
        "proto=https",
        "host=",
        ";",
        ",",
        '"',
        "\\",
        "192.0.2.1",
        "[2001:db8::1]",
        ":80",
        "10.0.0.1",
        "/",
        "..",
    )
    more = (" ", "=", "%00", "\t", "é", "<", "_x", "unknown", "::", "127.0.0.1", "a" * 300, "ogp", "http", "//", "x.nl")
    return "".join(chance.choices(pieces + more, k=chance.randint(0, 12)))


@pytest.mark.parametrize("seed", range(10))
def test_whatever_is_told_what_is_taken_fits_and_what_nobody_may_tell_changes_nothing(seed: int) -> None:
    chance = random.Random(seed)
    names = ("Forwarded", *(f"X-Forwarded-{name}" for name in ("For", "Proto", "Host", "Prefix")), "X-Request-Id")
    for _ in range(200):
        headers = [(name, garbage(chance)) for name in chance.choices(names, k=chance.randint(0, 6))]
        said = heard(*headers)
        assert re.fullmatch(r"[A-Za-z0-9._:-]{0,64}", said.client)
        assert said.scheme in ("", "http", "https")
        assert not said.host or HOST.fullmatch(said.host)
        assert re.fullmatch(r"(/[\w.~+-]+)*", said.prefix)
        assert ".." not in said.prefix.split("/")
        assert re.fullmatch(r"[\w.-]{0,64}", said.request_id)
        # Who comes before the nearest that is not trusted may tell what he likes.
        liar = [(n, f"{garbage(chance)},{v}") if n == "X-Forwarded-For" else (n, v) for n, v in headers]
        if liar != headers and said.client and "10.0" not in str(headers) and "127.0" not in str(headers):
            assert '"' in str(liar) or heard(*liar).client == said.client
