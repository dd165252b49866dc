"""Catalogues of others: whatever comes in ends in findings and an exit code, never in a traceback."""

from __future__ import annotations

import gzip
import ipaddress
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from rdflib import Graph

from ogp_data import cli, incoming, web
from ogp_data.findings import Finding

CONFORMING = Path(__file__).parent / "catalogues/conforming.ttl"
TURTLE = b'<https://a.test.nl/c> a <http://www.w3.org/ns/dcat#Catalog> ; <http://purl.org/dc/terms/title> "C"@nl .\n'
XML = (
    b'<?xml version="1.0"?>\n%s<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:d="http://d.nl/">'
    b'<rdf:Description rdf:about="https://a.test.nl/c"><d:title>%s</d:title></rdf:Description></rdf:RDF>'
)
LAUGHS = b"<!DOCTYPE x [<!ENTITY a 'ha'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (letter + 1, b"&%c;" % letter * 10) for letter in b"abcdefgh"
)
LONG = 60.0
"""Seconds that no test may wait: where a bound is shorter, the bound must have ended it."""


# A web server that misbehaves ---------------------------------------------------------------------------


class Server:
    """A web server on this machine: it remembers what it was asked, and answers as a test tells it to."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.stop = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self.path)
                with suppress(OSError):
                    outer.answers.get(self.path, give(TURTLE, "text/turtle"))(self)

            def do_HEAD(self) -> None:
                self.do_GET()

            def log_message(self, *_arguments: object) -> None:
                """Say nothing."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.handle_error = lambda *_: None  # type: ignore[method-assign, assignment]
        self.base = f"http://127.0.0.1:{self.http.server_port}"


def give(
    content: bytes, media_type: str, status: int = 200, **headers: str
) -> Callable[[BaseHTTPRequestHandler], None]:
    """Return an answer with this content."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", media_type)
        handler.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def lead(target: str, status: int = 302) -> Callable[[BaseHTTPRequestHandler], None]:
    """Return an answer that leads elsewhere."""
    return give(b"", "text/plain", status, Location=target)


def drip(stop: threading.Event, start: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    """Return an answer that begins, and goes on for ever by a byte at a time."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(start)
        while not stop.wait(0.02):
            handler.wfile.write(b"x")
            handler.wfile.flush()

    return answer


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.stop.set()
    made.http.shutdown()
    thread.join()
    made.http.server_close()


def refused(source: str, **bounds: float | bool) -> Finding:
    """Return the one finding that reading gives; it must say what is wrong and how to mend it, and take no time."""
    began = time.monotonic()
    graph, findings = incoming.read(source, web.Bounds(**bounds))  # type: ignore[arg-type]
    assert time.monotonic() - began < min(LONG, float(bounds.get("seconds", LONG)) + 3)
    assert graph is None
    (found,) = findings
    assert found.rule == "catalogue-unreadable"
    assert found.severity == "error"
    assert found.message.endswith(".")
    assert len(found.message.split()) >= 3 or "directory" in found.message.lower()
    assert found.hint.endswith(".")
    assert found.place.file == source
    return found


# Files --------------------------------------------------------------------------------------------------

FILES: dict[str, tuple[str, bytes, str]] = {
    "truncated Turtle": ("c.ttl", TURTLE[:-20], "not well-formed Turtle"),
    "truncated RDF/XML": ("c.rdf", (XML % (b"", b"C"))[:-20], "not well-formed RDF/XML"),
    "truncated JSON-LD": ("c.jsonld", b'{"@id": "https://a.test.nl/c", "http://d.nl/t": ', "not well-formed JSON-LD"),
    "truncated N-Triples": ("c.nt", b"<https://a.test.nl/c> <http://d.nl/t> ", "not well-formed N-Triples"),
    "Turtle named .rdf": ("c.rdf", TURTLE, "RDF/XML"),
    "RDF/XML named .ttl": ("c.ttl", XML % (b"", b"C"), "not well-formed Turtle"),
    "Turtle named .jsonld": ("c.jsonld", TURTLE, "not well-formed JSON-LD"),
    "a page named .ttl": ("c.ttl", b"<!doctype html><title>C</title>", "not well-formed Turtle"),
    "no known suffix": ("c.docx", TURTLE, "in which format"),
    "no suffix": ("c", TURTLE, "in which format"),
    "empty Turtle": ("c.ttl", b"", "says nothing"),
    "empty JSON-LD": ("c.jsonld", b"", "not well-formed JSON-LD"),
    "empty N-Triples": ("c.nt", b"", "says nothing"),
    "empty RDF/XML": ("c.rdf", b"", "says nothing"),
    "JSON that says nothing": ("c.json", b'{"title": "C"}', "says nothing"),
    "only comments": ("c.ttl", b"# nothing yet\n", "says nothing"),
    "not UTF-8": ("c.ttl", TURTLE.replace(b'"C"', '"é"'.encode("latin-1")), "not well-formed Turtle"),
    "bytes": ("c.ttl", bytes(range(256)), "not well-formed Turtle"),
    "NUL": ("c.nt", b"\0" * 1000, "not well-formed N-Triples"),
    "RDF 1.2": ("c.ttl", b"<http://a.nl/> <http://b.nl/> <<( <http://a.nl/> <http://b.nl/> 1 )>> .", "RDF 1.2"),
    "JSON nested deep": ("c.jsonld", b"[" * 200_000, "not well-formed JSON-LD"),
    "Turtle nested deep": ("c.ttl", b"<http://a.nl/> <http://b.nl/> " + b"(" * 20_000, "not well-formed Turtle"),
    "XML nested deep": ("c.rdf", XML % (b"", b"<d:a><d:b>" * 100_000), "more than 500 deep"),
    "a document type": ("c.rdf", XML % (b"<!DOCTYPE rdf:RDF>\n", b"C"), "document type"),
    "an internal entity": ("c.rdf", XML % (b"<!DOCTYPE r [<!ENTITY e 'C'>]>\n", b"&e;"), "document type"),
    "an entity in lower case": ("c.xml", XML % (b"<!doctype r>\n", b"C"), "document type"),
    "an entity of nobody": ("c.rdf", XML % (b"", b"&e;"), "not well-formed RDF/XML"),
    "a billion laughs": ("c.rdf", XML % (LAUGHS + b"]>\n", b"&i;"), "document type"),
    "a billion laughs in UTF-16": (
        "c.rdf",
        (XML % (LAUGHS + b"]>\n", b"&i;")).decode().encode("utf-16"),
        "not well-formed RDF/XML",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_read_is_one_finding(name: str, tmp_path: Path) -> None:
    file_name, content, says = FILES[name]
    file = tmp_path / file_name
    file.write_bytes(content)
    assert says in refused(str(file)).message


@pytest.mark.parametrize("command", ["validate", "quality"])
@pytest.mark.parametrize("name", FILES)
def test_the_commands_end_with_exit_code_1(
    command: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file_name, content, says = FILES[name]
    file = tmp_path / file_name
    file.write_bytes(content)
    page = tmp_path / "scores.html"
    extra = ["--html", str(page)] if command == "quality" else []
    assert cli.main([command, str(file), *extra]) == cli.ERRORS
    out, err = capsys.readouterr()
    assert says in out
    assert "mend:" in out
    assert "Traceback" not in out + err
    assert not page.exists()


@pytest.mark.parametrize("command", ["validate", "quality"])
def test_the_commands_tell_it_in_json_too(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = str(tmp_path / "missing.ttl")
    assert cli.main([command, source, "--json"]) == cli.ERRORS
    told = json.loads(capsys.readouterr().out)
    assert told["source"] == source
    assert [found["rule"] for found in told["findings"]] == ["catalogue-unreadable"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "No such file" in refused(str(tmp_path / "missing.ttl")).message


def test_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "folder.ttl"
    folder.mkdir()
    assert "directory" in refused(str(folder)).message


def test_a_file_over_the_limit_is_not_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "c.ttl"
    file.write_bytes(TURTLE)
    monkeypatch.setattr(incoming, "LIMIT", len(TURTLE))
    assert incoming.read(str(file), web.Bounds())[1] == []
    monkeypatch.setattr(incoming, "LIMIT", len(TURTLE) - 1)
    assert "longer than" in refused(str(file)).message


def test_a_file_that_never_ends_is_over_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = tmp_path / "c.ttl"
    endless.symlink_to("/dev/zero")
    monkeypatch.setattr(incoming, "LIMIT", 1000)
    assert "longer than" in refused(str(endless)).message


@pytest.mark.parametrize("form", ['"%s"', '["%s", {"t": "http://d.nl/t"}]', '{"@import": "%s"}'])
def test_a_remote_context_is_refused_and_not_fetched(form: str, server: Server, tmp_path: Path) -> None:
    file = tmp_path / "c.jsonld"
    context = form % f"{server.base}/context.jsonld"
    file.write_text(f'{{"@context": {context}, "@id": "https://a.test.nl/c", "http://d.nl/t": "C"}}')
    assert "never fetched" in refused(str(file), allow_private=True).message
    assert server.asked == []


@pytest.mark.parametrize(
    "start",
    [
        '<!DOCTYPE rdf:RDF SYSTEM "{base}/x.dtd">',
        '<!DOCTYPE rdf:RDF [<!ENTITY e SYSTEM "{base}/e">]>',
        '<!DOCTYPE rdf:RDF [<!ENTITY % p SYSTEM "{base}/p"> %p;]>',
    ],
)
def test_an_external_reference_is_refused_and_not_fetched(start: str, server: Server, tmp_path: Path) -> None:
    file = tmp_path / "c.rdf"
    file.write_bytes(XML % (start.format(base=server.base).encode(), b"C"))
    assert "never fetched" in refused(str(file), allow_private=True).message
    assert server.asked == []


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    file = tmp_path / "c.ttl"
    file.write_bytes(b"\xef\xbb\xbf" + TURTLE)
    graph, findings = incoming.read(str(file), web.Bounds())
    assert (len(graph or ()), findings) == (2, [])


def test_values_that_are_no_dates_or_numbers_print_no_traceback(tmp_path: Path) -> None:
    file = tmp_path / "c.ttl"
    text = CONFORMING.read_text(encoding="utf-8")
    spoilt = text.replace('"2048"^^xsd:nonNegativeInteger', '"2 kB"^^xsd:nonNegativeInteger')
    spoilt = spoilt.replace('"2020-01"^^xsd:gYearMonth', '"2020-13"^^xsd:gYearMonth')
    assert spoilt.count("2 kB") == spoilt.count("2020-13") == 1
    file.write_text(spoilt, encoding="utf-8")
    command = [sys.executable, "-c", "import sys; from ogp_data.cli import main; sys.exit(main())", "validate"]
    ended = subprocess.run([*command, str(file)], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (cli.ERRORS, "")
    assert "2 kB" in ended.stdout
    assert "2020-13" in ended.stdout


# Addresses ----------------------------------------------------------------------------------------------

# What stands at an address, by media type; the name of the address says nothing.
SERVED = {
    "text/turtle": "turtle",
    "application/ld+json; charset=utf-8": "json-ld",
    "application/rdf+xml": "xml",
    "application/n-triples": "nt",
}


@pytest.mark.parametrize("media_type", SERVED)
def test_an_address_is_read_by_its_media_type(media_type: str, server: Server) -> None:
    content = Graph().parse(data=TURTLE, format="turtle").serialize(format=SERVED[media_type], encoding="utf-8")
    server.answers["/c"] = give(content, media_type)
    graph, findings = incoming.read(f"{server.base}/c", web.Bounds(allow_private=True))
    assert (len(graph or ()), findings) == (2, [])


def test_an_address_may_lead_elsewhere_and_its_names_may_be_relative(server: Server) -> None:
    server.answers["/old"] = lead("/new.ttl", 301)
    server.answers["/new.ttl"] = give(b"<c> <http://d.nl/t> 1 .", "text/turtle")
    graph, findings = incoming.read(f"{server.base}/old", web.Bounds(allow_private=True))
    assert findings == []
    assert graph is not None
    assert [str(subject) for subject in graph.subjects()] == [f"{server.base}/c"]


def test_an_address_that_redirects_for_ever(server: Server) -> None:
    server.answers["/c.ttl"] = lead("/c.ttl")
    assert "redirects more than 3 times" in refused(f"{server.base}/c.ttl", allow_private=True, redirects=3).message
    assert server.asked == ["/c.ttl"] * 4


@pytest.mark.parametrize(
    "target", ["http://[bad", "file:///etc/hostname", "ftp://a.test.nl/c.ttl", "//", "javascript:1"]
)
def test_an_address_that_leads_to_no_web_address(target: str, server: Server) -> None:
    server.answers["/c.ttl"] = lead(target)
    refused(f"{server.base}/c.ttl", allow_private=True, seconds=5)
    assert len(server.asked) <= web.Bounds().redirects + 1


SLOW = {
    "no answer": b"",
    "headers for ever": b"HTTP/1.1 200 OK\r\nX-Slow: ",
    "body for ever": b"HTTP/1.1 200 OK\r\nContent-Type: text/turtle\r\n\r\n# ",
}


@pytest.mark.parametrize("name", SLOW)
def test_an_address_that_answers_slowly(name: str, server: Server) -> None:
    start = SLOW[name]
    server.answers["/c.ttl"] = drip(server.stop, start) if start else lambda _: server.stop.wait(10) and None
    message = refused(f"{server.base}/c.ttl", allow_private=True, seconds=0.4).message
    assert "0.4 seconds" in message or "Timeout" in message


@pytest.mark.parametrize("name", ["no answer", "headers for ever"])
def test_a_probe_does_not_wait_for_ever_either(name: str, server: Server) -> None:
    start = SLOW[name]
    server.answers["/c.ttl"] = drip(server.stop, start) if start else lambda _: server.stop.wait(10) and None
    began = time.monotonic()
    url = f"{server.base}/c.ttl"
    assert web.probe([url], web.Bounds(allow_private=True, seconds=0.3, pause=0)) == {url: 0}
    assert time.monotonic() - began < 3


def test_an_address_that_sends_more_than_allowed(server: Server) -> None:
    server.answers["/c.ttl"] = give(TURTLE * 100, "text/turtle")
    assert "longer than 1000 bytes" in refused(f"{server.base}/c.ttl", allow_private=True, bytes=1000).message


def test_an_address_that_sends_more_than_allowed_when_unpacked(server: Server) -> None:
    packed = gzip.compress(b"#" * 5_000_000)
    assert len(packed) < 10_000
    server.answers["/c.ttl"] = give(packed, "text/turtle", Content_Encoding="gzip")
    assert "longer than 10000 bytes" in refused(f"{server.base}/c.ttl", allow_private=True, bytes=10_000).message


def test_an_address_that_says_packed_and_is_not(server: Server) -> None:
    server.answers["/c.ttl"] = give(TURTLE, "text/turtle", Content_Encoding="gzip")
    assert "breaks off" in refused(f"{server.base}/c.ttl", allow_private=True).message


def test_an_address_that_breaks_off(server: Server) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/turtle\r\nContent-Length: 9999\r\n\r\n" + TURTLE)

    server.answers["/c.ttl"] = answer
    assert "breaks off" in refused(f"{server.base}/c.ttl", allow_private=True).message


def test_an_address_with_the_wrong_media_type(server: Server) -> None:
    server.answers["/c"] = give(TURTLE, "text/html")
    server.answers["/d"] = give(TURTLE, "application/rdf+xml")
    assert "in which format" in refused(f"{server.base}/c", allow_private=True).message
    assert "RDF/XML" in refused(f"{server.base}/d", allow_private=True).message


@pytest.mark.parametrize("status", [204, 304, 401, 403, 404, 410, 429, 500, 503])
def test_an_address_that_has_nothing(status: int, server: Server) -> None:
    server.answers["/c.ttl"] = give(b"", "text/turtle", status)
    assert f"status {status}" in refused(f"{server.base}/c.ttl", allow_private=True).message


def test_an_address_where_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "does not answer" in refused(f"http://127.0.0.1:{port}/c.ttl", allow_private=True).message


PRIVATE = [
    "http://127.0.0.1/c.ttl",
    "http://127.1/c.ttl",
    "http://2130706433/c.ttl",
    "http://localhost/c.ttl",
    "http://user:word@127.0.0.1/c.ttl",
    "http://0.0.0.0/c.ttl",
    "http://[::1]/c.ttl",
    "http://[::ffff:127.0.0.1]/c.ttl",
    "http://[fe80::1]/c.ttl",
    "http://[fd00::1]/c.ttl",
    "http://10.0.0.1/c.ttl",
    "http://172.16.0.1/c.ttl",
    "http://192.168.1.1/c.ttl",
    "http://100.64.0.1/c.ttl",
    "http://169.254.1.1/c.ttl",
    "http://224.0.0.1/c.ttl",
]


@pytest.fixture
def no_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every request a failure of the test."""

    def fail(*_arguments: object, **_options: object) -> None:
        raise AssertionError("an address was asked")

    monkeypatch.setattr("requests.Session.request", fail)


@pytest.mark.usefixtures("no_request")
@pytest.mark.parametrize("url", PRIVATE)
def test_a_private_address_is_refused_before_it_is_asked(url: str) -> None:
    with pytest.raises(web.RefusedError, match="not public"):
        web.fetch(url, web.Bounds(), "text/turtle")
    assert web.probe([url], web.Bounds(pause=0)) == {url: 0}


@pytest.mark.usefixtures("no_request")
@pytest.mark.parametrize("command", ["validate", "quality"])
def test_the_commands_refuse_a_private_address(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([command, "http://127.0.0.1/c.ttl"]) == cli.ERRORS
    assert "--allow-private" in capsys.readouterr().out


def test_the_commands_ask_a_private_address_when_allowed(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    server.answers["/c.ttl"] = give(CONFORMING.read_bytes(), "text/turtle")
    assert cli.main(["validate", f"{server.base}/c.ttl", "--allow-private"]) == cli.PUBLISHED
    assert cli.main(["quality", f"{server.base}/c.ttl", "--allow-private"]) == cli.PUBLISHED
    assert ": 0 errors" in capsys.readouterr().out


@pytest.mark.usefixtures("no_request")
@pytest.mark.parametrize("scheme", ["file", "ftp", "gopher", "data"])
@pytest.mark.parametrize("allow_private", [True, False])
def test_another_scheme_is_refused(scheme: str, allow_private: bool) -> None:
    assert "no http or https address" in refused(f"{scheme}://a.test.nl/c.ttl", allow_private=allow_private).message


@pytest.mark.usefixtures("no_request")
@pytest.mark.parametrize("url", ["http://", "http://[bad", "https:///c.ttl", "http://[1.2.3.4]/"])
def test_an_address_that_is_none(url: str) -> None:
    assert "no http or https address" in refused(url).message


def test_a_public_address_that_leads_to_a_private_one_is_refused(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_addresses, real_look_up = web._addresses, socket.getaddrinfo

    def addresses(url: str) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
        return [ipaddress.ip_address("93.184.216.34")] if "public.test.nl" in url else real_addresses(url)

    def look_up(host: str, *arguments: object, **options: object) -> object:
        return real_look_up("127.0.0.1" if host == "public.test.nl" else host, *arguments, **options)  # type: ignore

    # One name passes for public, and is answered by this machine all the same.
    monkeypatch.setattr(web, "_addresses", addresses)
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    public = server.base.replace("127.0.0.1", "public.test.nl")
    server.answers["/c.ttl"] = lead(f"{server.base}/secret.ttl")
    assert "leads to 127.0.0.1" in refused(f"{public}/c.ttl").message
    assert web.probe([f"{public}/c.ttl"], web.Bounds(pause=0)) == {f"{public}/c.ttl": 0}
    assert server.asked == ["/c.ttl", "/c.ttl"]
    graph, findings = incoming.read(f"{public}/c.ttl", web.Bounds(allow_private=True))
    assert (len(graph or ()), findings) == (2, [])


def test_a_name_with_a_public_and_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", (address, 443)) for address in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr("ogp_data.web.socket.getaddrinfo", lambda *_a, **_o: found)
    assert "leads to 10.0.0.1" in refused("https://mixed.test.nl/c.ttl").message
    assert not web.is_public("https://mixed.test.nl/")
    assert not web.is_loopback("https://mixed.test.nl/")


# Validation ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "rdf", "nt"])
def test_the_published_catalogue_is_sound_in_each_format(
    suffix: str, published: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["validate", str(published / f"catalog.{suffix}"), "--json"]) == cli.PUBLISHED
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert [found for found in findings if found["severity"] == "error"] == []


def test_a_conforming_catalogue_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["validate", str(CONFORMING)]) == cli.PUBLISHED
    assert "conforming.ttl: 0 errors" in capsys.readouterr().out


BROKEN = {
    "no title": ('    dct:title "Bomenregister Voorbeeldstad"@nl , "Tree register of Voorbeeldstad"@en ;\n', ""),
    "no contact": ("    dcat:contactPoint :contact ;\n    dcat:theme", "    dcat:theme"),
    "rights of no list": ("access-right/PUBLIC> ;\n    dct:publisher", "access-right/OPEN> ;\n    dct:publisher"),
    "too long a description": ("Elke boom in beheer bij de gemeente.", "boom " * 400),
    "a licence of no list": (
        "<http://creativecommons.org/publicdomain/zero/1.0/deed.nl> ;\n    dct:rights",
        ":eigen ;\n    dct:rights",
    ),
    "a day in words": ('"2026-11-20"^^xsd:date ;\n    dct:spatial <', '"november"^^xsd:date ;\n    dct:spatial <'),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_catalogue_is_told_in_both_languages(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = BROKEN[name]
    text = CONFORMING.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "catalogue.ttl"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert cli.main(["validate", str(file), "--json"]) == cli.ERRORS
    findings = json.loads(capsys.readouterr().out)["findings"]
    errors = [found for found in findings if found["severity"] == "error"]
    assert errors
    for found in errors:
        assert found["message"], found
        assert found.get("messageNl"), found
        assert found["messageNl"] != found["message"]
        assert found["hint"]


def test_a_catalogue_with_nameless_things_is_checked_and_scored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = CONFORMING.read_text(encoding="utf-8")
    file = tmp_path / "catalogue.ttl"
    begins = ":contact a vcard:Organization ;\n"
    assert begins in text
    named = ("contact", "periode", "stad", "bomen-csv-controlesom", "bomen-nummer", "relatie", "bomen-csv")
    nameless = text
    for name in named:
        nameless = "".join(
            f"_:{name}{rest[len(name) + 1 :]}" if rest.startswith(f":{name} ") else rest
            for rest in nameless.replace(f" :{name} ", f" _:{name} ").splitlines(keepends=True)
        )
    assert nameless.count("_:") > 2 * len(named)
    file.write_text(nameless, encoding="utf-8")
    assert cli.main(["validate", str(file)]) == cli.PUBLISHED
    assert cli.main(["quality", str(file), "--as-of", "2026-11-23", "--dqv", str(tmp_path / "q.ttl")]) == cli.PUBLISHED
    assert "MQA 322.5 of 325 offline" in capsys.readouterr().out
    file.write_text(nameless.replace("vcard:hasEmail <mailto:opendata@example.nl> ;", "vcard:hasEmail 1 ;"))
    assert cli.main(["validate", str(file)]) == cli.ERRORS
