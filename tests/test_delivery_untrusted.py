"""Whatever a catalogue answers, a delivery ends in a finding that says how far it came, and tells no secret."""

from __future__ import annotations

import base64
import html
import json
import random
import re
import string
import unicodedata
from collections.abc import Callable, Iterator
from email.utils import formatdate
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from ckan_double import TOKEN, Api, CkanDouble, RefusalError
from fuzz import spoilt
from ogp_data.cli.main import main
from ogp_data.core import bounds, terminal
from ogp_data.delivery import http as http_of
from ogp_data.delivery import plan
from ogp_data.delivery.faults import DeliveryError
from ogp_data.delivery.http import Answer, Client
from ogp_data.delivery.secrets import Secret, hidden
from test_delivery_aanlever import shared
from test_delivery_ckan import Site, write_package, write_target
from web_server import Wire, give


@pytest.fixture
def site() -> Iterator[Site]:
    with CkanDouble() as double:
        yield Site(double)


# Any answer -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(40))
def test_a_spoilt_answer_of_ckan_ends_in_a_finding(number: int, tmp_path: Path) -> None:
    assert spoilt.ckan(random.Random(number), tmp_path) in ("ok", "finding")


@pytest.mark.parametrize("number", range(20))
def test_a_spoilt_answer_of_the_aanlever_api_ends_in_a_finding(number: int, tmp_path: Path) -> None:
    openapi = shared() / "standards" / "aanlever-api-0.9.0" / "openapi.yaml"
    assert spoilt.aanlever(random.Random(number), tmp_path, openapi) in ("ok", "finding")


ODD: dict[str, tuple[str, Any]] = {
    "a dataset without id": ("package_search", {"count": 1, "results": [{"name": "x"}]}),
    "extras that are none": ("package_search", {"count": 1, "results": [{"id": "1", "name": "x", "extras": [1]}]}),
    "files that are null": ("package_search", {"count": 1, "results": [{"id": "1", "name": "x", "resources": None}]}),
    "an organisation's name": ("organization_list_for_user", [{"name": ["proef"]}]),
    "a count in words": ("package_search", {"count": "two", "results": []}),
    "a dataset that is a list": ("package_show", []),
    "what was made": ("package_create", {"id": 1}),
}


@pytest.mark.parametrize("name", ODD)
def test_an_answer_of_another_shape_is_told_with_its_place_and_how_far_it_came(
    name: str, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    action, result = ODD[name]
    monkeypatch.setattr(Api, f"_do_{action}", lambda *_: result)
    found = site.refused(write_package(tmp_path))
    assert found.rule == "unexpected-target-answer"
    assert f"What {action} gives" in found.message
    assert found.message.endswith(("Nothing was written.", "may be made in part."))


@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ('{"a":', "}")])
def test_deep_json_ends_a_delivery_at_once(opens: str, closes: str) -> None:
    content = (opens * 200_000 + "1" + closes * 200_000).encode()
    with Wire(give(content)) as wire, pytest.raises(DeliveryError, match="nested more than 100 deep"):
        Client(wire.base, dict, []).get("/x")
    assert len(wire.heads) == 1


@pytest.mark.parametrize("length", [1000, 1001])
def test_an_answer_may_have_so_many_bytes_and_no_more(length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "ANSWER_BYTES", 1000)
    with Wire(give(b'"' + b"x" * (length - 2) + b'"')) as wire:
        if length == 1000:
            assert Client(wire.base, dict, []).get("/x").json == "x" * 998
        else:
            with pytest.raises(DeliveryError, match="longer than 1,000 bytes"):
                Client(wire.base, dict, []).get("/x")


@pytest.mark.parametrize("most", [2, 3])
def test_a_list_of_datasets_has_so_many_pages_and_no_more(
    most: int, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "PAGES", most)
    pages = iter([[{"id": "1", "name": "a"}], [{"id": "2", "name": "b"}], [{"id": "3", "name": "c"}]])
    monkeypatch.setattr(Api, "_do_package_search", lambda *_: {"count": 3, "results": next(pages)})
    if most == 3:
        assert len(site.plan(write_package(tmp_path)).pending) == 2
    else:
        with pytest.raises(DeliveryError, match="has more than 2 pages"):
            site.plan(write_package(tmp_path))


def test_a_list_of_datasets_has_so_many_bytes_and_no_more(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client("http://127.0.0.1", dict, [])
    client.received = bounds.LISTING_BYTES + 5
    client.check_listing(5)
    with pytest.raises(DeliveryError, match=f"has more than {bounds.LISTING_BYTES} bytes"):
        client.check_listing(4)
    monkeypatch.setattr(bounds, "LISTING_BYTES", 10)
    with pytest.raises(DeliveryError, match="has more than 10 bytes"):
        site.plan(write_package(tmp_path))


def test_the_body_of_a_redirect_of_a_catalogue_is_not_read() -> None:
    def say(connection: Any, wire: Wire) -> None:
        wire.send(connection, b"HTTP/1.1 302 Found\r\nLocation: /next\r\n\r\n")
        while not wire.stop.is_set():
            wire.send(connection, b" " * 100_000)

    with Wire(say) as wire:
        with pytest.raises(DeliveryError, match="leads to /next; the token is not sent there"):
            Client(wire.base, dict, []).get("/x")
        assert wire.sent < 20_000_000, "what the system's buffers hold"


def test_what_drips_ends_at_the_deadline_of_a_request() -> None:
    def say(connection: Any, wire: Wire) -> None:
        wire.send(connection, b"HTTP/1.1 200 OK\r\nX: ")
        while not wire.stop.wait(0.02):
            wire.send(connection, b"y")

    with Wire(say) as wire, pytest.raises(DeliveryError, match=r"no complete answer came within 0\.2 seconds"):
        Client(wire.base, dict, [], seconds=0.2, sleep=lambda _: None).get("/x")


# Where it goes --------------------------------------------------------------------------------------------


def test_without_tls_a_name_that_no_longer_leads_to_this_machine_gets_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    connected: list[object] = []
    monkeypatch.setattr("socket.socket.connect", lambda _self, where: connected.append(where))
    monkeypatch.setattr("socket.getaddrinfo", lambda *_a, **_o: [(2, 1, 6, "", ("10.0.0.1", 80))])
    with pytest.raises(DeliveryError, match=r"leads to 10\.0\.0\.1, which is not this machine"):
        Client("http://ckan.localhost", lambda: {"Authorization": TOKEN}, []).get("/x")
    assert connected == []


def test_a_proxy_that_is_configured_is_not_asked_about_this_machine() -> None:
    with Wire(give(b"{}")) as proxy, Wire(give(b'{"a": 1}')) as wire:
        client = Client(wire.base, dict, [], proxy=proxy.base)
        assert client.get("/x").json == {"a": 1}
        assert (client.unchecked, proxy.heads) == ("", [])
        client = Client("https://ckan.test.nl", dict, [], seconds=0.3, sleep=lambda _: None, proxy=proxy.base)
        with pytest.raises(DeliveryError):
            client.get("/x")
        assert proxy.heads[0].startswith(b"CONNECT ckan.test.nl:443 ")
        assert "is not checked" in client.unchecked


# When it waits --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("off", [-120.0, 0.0, 120.0])
@pytest.mark.parametrize(
    ("asked", "waits"), [(None, 0.0), ("", 0.0), ("3", 3.0), ("soon", 0.0), (7.0, 7.0), (-7.0, 0.0)]
)
def test_only_a_retry_after_makes_a_delivery_wait_whatever_the_clock_of_the_catalogue(
    off: float, asked: str | float | None, waits: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_700_000_000.0
    monkeypatch.setattr(http_of.time, "time", lambda: now)
    headers = {"Date": formatdate(now + off, usegmt=True)}
    if asked is not None:
        headers["Retry-After"] = asked if isinstance(asked, str) else formatdate(now + off + asked, usegmt=True)
    assert http_of._retry_after(Answer(503, None, headers)) == waits


@pytest.mark.parametrize(("seconds", "waited"), [(60, True), (61, False)])
def test_a_catalogue_is_waited_for_so_long_and_no_longer(seconds: int, waited: bool) -> None:
    replies = iter([give(b"", f"Retry-After: {seconds}", status="503 Busy"), give(b"{}")])
    waits: list[float] = []
    with Wire(lambda connection, wire: next(replies)(connection, wire)) as wire:
        client = Client(wire.base, dict, [], sleep=waits.append)
        if waited:
            assert (client.get("/x").json, waits) == ({}, [60.0])
        else:
            with pytest.raises(DeliveryError, match="asks to wait 61 seconds"):
                client.get("/x")


# What is printed ------------------------------------------------------------------------------------------

WRITTEN: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "in capitals": str.upper,
    "in an address": lambda text: quote(text, safe=""),
    "in an address within one": lambda text: quote(quote(text, safe=""), safe=""),
    "wholly escaped in an address": lambda text: "".join(f"%{ord(sign):02x}" for sign in text),
    "in JSON": json.dumps,
    "in JSON within JSON": lambda text: json.dumps(json.dumps(text)),
    "in JSON of another writer": lambda text: json.dumps(text).replace("/", "\\/"),
    "wholly escaped in JSON": lambda text: "".join(f"\\u{ord(sign):04x}" for sign in text),
    "in HTML": html.escape,
    "in HTML within HTML": lambda text: html.escape(html.escape(text)),
    "in numbers of HTML": lambda text: "".join(f"&#{ord(sign)};" for sign in text),
    "in Python": repr,
    "in bytes of Python": lambda text: repr(text.encode()),
    "in hexadecimal digits": lambda text: text.encode().hex(),
    "in Basic": lambda text: base64.b64encode(f"jan:{text}".encode()).decode(),
    "in Basic of a longer name": lambda text: base64.b64encode(f"jans:{text}".encode()).decode(),
    "in base64": lambda text: base64.b64encode(text.encode()).decode(),
    "in base64 of an address": lambda text: base64.urlsafe_b64encode(f"x{text}y".encode()).decode(),
    "in base64 within an address": lambda text: quote(base64.b64encode(f"x{text}y".encode()).decode(), safe=""),
}
WRITTEN |= {
    "in numbers of HTML without an end": lambda text: "".join(f"&#x{ord(sign):x}" for sign in text),
    "in names of HTML without an end": lambda text: re.sub(r"(&#?\w+);", r"\1", html.escape(text)),
    "in long numbers of Python": lambda text: "".join(f"\\U{ord(sign):08x}" for sign in text),
    "in octal digits": lambda text: "".join(f"\\{ord(sign):03o}" for sign in text),
    "in braces of JavaScript": lambda text: "".join(f"\\u{{{ord(sign):x}}}" for sign in text),
    "in %u": lambda text: "".join(f"%u{ord(sign):04x}" for sign in text),
    "in base64 of lines": lambda text: (
        base64.encodebytes(f"{'x' * 50}{text}".encode()).decode().rstrip().split("\n", 1)[0][64:]
        + "\n  "
        + base64.encodebytes(f"{'x' * 50}{text}".encode()).decode().rstrip().split("\n", 1)[1]
    ),
    **{
        f"with {unseen!a} inside": lambda text, unseen=unseen: unseen.join([text[:3], text[3:7], text[7:]])  # type: ignore[misc]
        for unseen in (
            "\0",
            "\n",
            "\r\n",
            "\t",
            "\xad",
            "\u200b",
            "\u2060",
            "\ufeff",
            "\x1b[0m",
            "\x1b[1;31m",
            "\x9b",
            "&shy;",
        )
    },
    **{
        f"with {unseen!a} inside in JSON": lambda text, unseen=unseen: json.dumps(text[:3] + unseen + text[3:])  # type: ignore[misc]
        for unseen in ("\0", "\n", "\xad", "\u200b", "\ufeff", "\x1b[0m")
    },
}
MARKS = string.ascii_letters + string.digits + string.punctuation


@pytest.mark.parametrize("how", WRITTEN)
def test_a_token_is_hidden_however_it_is_written(how: str) -> None:
    chance = random.Random(how)
    for token in ["".join(chance.choice(MARKS) for _ in range(chance.randint(8, 60))) for _ in range(3)]:
        said = Secret(token).hidden_in(f"before {WRITTEN[how](token)} after")
        assert said.strip('"').replace('"', "").replace("\\", "").replace("'", "").replace("b***", "***") == (
            "before *** after"
        ), token


@pytest.mark.parametrize("how", ["as it is", "in an address", "in HTML", "in octal digits", "in hexadecimal digits"])
@pytest.mark.parametrize(("length", "least"), [(8, 4), (16, 8), (40, 12), (900, 12)])
def test_a_token_that_is_cut_short_is_hidden_from_half_of_it_on(how: str, length: int, least: int) -> None:
    token = "".join(random.Random(length).choice(MARKS) for _ in range(length))
    for cut in {least, least + 1, length - 1}:
        assert Secret(token).hidden_in(f"before {WRITTEN[how](token[:cut])} after") == "before *** after"
    assert Secret(token).hidden_in(token[: least - 1]) == token[: least - 1]


def test_a_token_that_is_cut_short_is_hidden_in_base64() -> None:
    token = "".join(random.Random(3).choice(MARKS) for _ in range(40))
    for before in ("", "j:", "jan:"):
        said = base64.b64encode(f"{before}{token[:20]}".encode()).decode()
        assert Secret(token).hidden_in(f"before {said} after") == "before *** after"


def test_other_words_stay_as_they_are() -> None:
    secret = Secret("eyJhbGciOiJIUzI1NiJ9")
    text = "The catalogue does not accept klein-links: title: Ontbrekende waarde (100%25, &amp; \\u00e9)."
    assert secret.hidden_in(text) == text
    assert Secret("").hidden_in(text) == text
    assert hidden({"a": [secret.reveal(), 1, None]}, secret.hidden_in) == {"a": ["***", 1, None]}


@pytest.mark.parametrize("how", ["as it is", "in an address", "in JSON", "in Basic"])
@pytest.mark.parametrize("command", [["plan"], ["plan", "--json"], ["apply"], ["apply", "--json"]])
def test_a_catalogue_that_says_the_token_again_and_commands_the_terminal_does_neither(
    how: str, command: list[str], tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    package = write_package(tmp_path)
    site.apply(package)
    said = f"\x1b[2J\x9b31m\u202e x {WRITTEN[how](TOKEN)} {'y' * 60}{TOKEN}"
    site.double.change("klein-themes", notes=said, title=said)
    if command[0] == "apply":

        def refuse(*_: object) -> Any:
            raise RefusalError(409, {"title": [said], "__type": "Validation Error"})

        monkeypatch.setattr(Api, "_do_package_update", refuse)
    target = write_target(tmp_path, site.double, monkeypatch)
    assert main([command[0], str(target), "--dist", str(tmp_path), *command[1:]]) in (1, 3)
    out, err = capsys.readouterr()
    assert "x ***" in out.replace('"', "").replace("\\", "")
    assert TOKEN not in out + err
    assert not any(TOKEN[:length] in out + err for length in range(8, len(TOKEN)))
    assert not {sign for sign in out + err if unicodedata.category(sign) in terminal.HIDDEN and sign != "\n"}


# Without a token ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("there", [False, True])
def test_a_plan_needs_no_token_and_says_that_an_apply_does(
    there: bool, tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    package = write_package(tmp_path)
    if there:
        site.apply(package)
    target = write_target(tmp_path, site.double, monkeypatch)
    monkeypatch.delenv("OGP_TEST_TOKEN")
    asked = len(site.double.requests)
    assert main(["plan", str(target), "--dist", str(tmp_path)]) == (0 if there else 3)
    out = capsys.readouterr().out
    assert ("2 unchanged" if there else "2 to create") in out
    assert "apply would refuse: The variable OGP_TEST_TOKEN of the environment is empty or not set." in out
    assert not any("authorization" in one.headers for one in site.double.requests[asked:])
    assert main(["apply", str(target), "--dist", str(tmp_path)]) == 1
    assert "target-secret" in capsys.readouterr().out


def test_a_plan_without_a_token_in_an_organisation_that_is_not_there_is_told(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_package(tmp_path)
    target = write_target(tmp_path, site.double, monkeypatch)
    target.write_text(target.read_text().replace('"proef"', '"elders-niet"'))
    monkeypatch.delenv("OGP_TEST_TOKEN")
    assert main(["plan", str(target), "--dist", str(tmp_path)]) == 1
    assert "has no organisation 'elders-niet'" in capsys.readouterr().out


def test_a_value_is_cut_after_what_is_secret_in_it_was_hidden() -> None:
    told = {
        "target": "t", "plan": "p", "losses": [],
        "changes": [{
            "action": "update", "dataset": "i", "name": "n", "files": [],
            "fields": [{"field": "notes", "old": "x" * 90 + TOKEN, "new": None}],
        }],
    }  # fmt: skip
    lines = plan.lines(hidden(told, Secret(TOKEN).hidden_in))
    assert f"    notes: {'x' * 90}*** -> -" in lines
