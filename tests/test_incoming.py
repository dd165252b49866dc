"""Catalogues of others: whatever comes in ends in findings and an exit code, never in a traceback."""

from __future__ import annotations

import gzip
import json
import os
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef

from ogp_data.checks import foreign as catalogues
from ogp_data.checks import incoming
from ogp_data.cli import exits
from ogp_data.cli.main import main
from ogp_data.core import bounds, web
from ogp_data.core.findings import Finding
from ogp_data.core.vocab import ADMS, DCAT, VCARD
from ogp_data.core.web import special
from test_shapes_dcat_ap_nl import DATA, RECOMMENDED, TABLE, Row, also, instead, without

CONFORMING = Path(__file__).parent / "catalogues/conforming.ttl"
TURTLE = b'<https://a.test.nl/c> a <http://www.w3.org/ns/dcat#Catalog> ; <http://purl.org/dc/terms/title> "C"@nl .\n'
XML = (
    b'<?xml version="1.0"?>\n%s<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:d="http://d.nl/">'
    b'<rdf:Description rdf:about="https://a.test.nl/c"><d:title>%s</d:title></rdf:Description></rdf:RDF>'
)
LAUGHS = b"<!DOCTYPE x [<!ENTITY a 'ha'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (letter + 1, b"&%c;" % letter * 10) for letter in b"abcdefgh"
)
STATEMENT = b"<http://a.nl/> <http://b.nl/> "


def nested(opens: bytes, inner: bytes, closes: bytes, times: int) -> bytes:
    """Return something with brackets around it, many times."""
    return opens * times + inner + closes * times


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


DRIPS = 1000


def drip(stop: threading.Event, start: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    """Return an answer that begins, and goes on by a byte at a time: longer than any bound here, and not for ever."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(start)
        for _ in range(DRIPS):
            if stop.wait(0.02):
                return
            handler.wfile.write(b"x")
            handler.wfile.flush()
        handler.wfile.write(b"\r\n\r\n")

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


def read(source: str, limits: web.Bounds) -> tuple[Graph | None, list[Finding]]:
    """Return the graph of a source, None where it cannot be read, and what is wrong with it."""
    got = incoming.read(source, incoming.Reading(limits))
    return (got.graph if got.is_readable else None), got.findings


def refused(source: str, rule: str = "unreadable-catalogue", **limits: float | bool) -> Finding:
    """Return the one finding that reading gives; it must say what is wrong and how to fix it."""
    graph, findings = read(source, web.Bounds(**limits))  # type: ignore[arg-type]
    assert graph is None
    (found,) = findings
    assert found.rule == rule
    assert found.severity == "error"
    assert found.message.endswith(".")
    assert len(found.message.split()) >= 3 or "directory" in found.message.lower()
    assert found.hint.endswith(".")
    assert found.place.file == source
    return found


# Files --------------------------------------------------------------------------------------------------

FILES: dict[str, tuple[str, bytes, str]] = {
    "truncated RDF/XML": ("c.rdf", XML.partition(b"<d:title>")[0], "not well-formed RDF/XML"),
    "truncated JSON-LD": ("c.jsonld", b'{"@id": "https://a.test.nl/c", "http://d.nl/t": ', "not well-formed JSON-LD"),
    "truncated N-Triples": ("c.nt", b"<https://a.test.nl/c> <http://d.nl/t> ", "not well-formed N-Triples"),
    "a page named .ttl": ("c.ttl", b"<!doctype html><title>C</title>", "a web page without JSON-LD"),
    "no known suffix": ("c.docx", b"Dear all", "in which format"),
    "no suffix": ("c", b"\x7fELF\x02\x01\x01\0", "in which format"),
    "empty Turtle": ("c.ttl", b"", "without any statement"),
    "empty JSON-LD": ("c.jsonld", b"", "not well-formed JSON-LD"),
    "empty N-Triples": ("c.nt", b"", "without any statement"),
    "empty RDF/XML": ("c.rdf", b"", "not well-formed RDF/XML: the text ends before all elements are closed (line 1)"),
    "JSON that says nothing": ("c.json", b'{"title": "C"}', "without any statement"),
    "only comments": ("c.ttl", b"# nothing yet\n", "without any statement"),
    "bytes": ("c.ttl", bytes(range(256)), "not well-formed Turtle"),
    "NUL": ("c.nt", b"\0" * 1000, "not well-formed N-Triples"),
    "RDF 1.2": ("c.ttl", b"<http://a.nl/> <http://b.nl/> <<( <http://a.nl/> <http://b.nl/> 1 )>> .", "RDF 1.2"),
    "JSON nested deep": ("c.jsonld", b"[" * 200_000, "more than 500 deep"),
    "JSON-LD nested deep": ("c.jsonld", nested(b'{"http://b.nl/":', b"1", b"}", 20_000), "more than 500 deep"),
    "Turtle nested deep": ("c.ttl", STATEMENT + b"(" * 20_000, "not well-formed Turtle"),
    "statements nested deep": ("c.nt", nested(b"<<( " + STATEMENT, b"<http://b.nl/>", b" )>>", 20_000), "RDF 1.2"),
    "XML nested deep": ("c.rdf", XML % (b"", b"<d:a><d:b>" * 100_000), "more than 500 deep"),
    "an entity in lower case": ("c.xml", XML % (b"<!doctype r>\n", b"C"), "not well-formed RDF/XML"),
    "an entity that holds another": (
        "c.rdf",
        XML % (b"<!DOCTYPE r [<!ENTITY e 'C'><!ENTITY f '&e;&e;'>]>\n", b"&f;"),
        "never fetched",
    ),
    "a billion laughs": ("c.rdf", XML % (LAUGHS + b"]>\n", b"&i;"), "never fetched"),
    "a billion laughs in UTF-16": (
        "c.rdf",
        (XML % (LAUGHS + b"]>\n", b"&i;")).decode().encode("utf-16"),
        "never fetched",
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
    assert main([command, str(file), *extra]) == exits.ERRORS
    out, err = capsys.readouterr()
    assert says in out
    assert "fix:" in out
    assert "Traceback" not in out + err
    assert not page.exists()


@pytest.mark.parametrize("command", ["validate", "quality"])
def test_the_commands_tell_it_in_json_too(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = str(tmp_path / "missing.ttl")
    assert main([command, source, "--json"]) == exits.USAGE
    told = json.loads(capsys.readouterr().out)
    assert told["source"] == source
    assert [found["rule"] for found in told["findings"]] == ["missing-file"]


@pytest.mark.parametrize("suffix", ["ttl", "rdf", "jsonld", "nt"])
def test_what_a_parser_quotes_of_a_file_stays_on_one_line_and_does_not_reach_the_terminal(
    suffix: str, tmp_path: Path
) -> None:
    file = tmp_path / f"c.{suffix}"
    file.write_bytes(b"\x1b[31m red\n" + b"and more \n" * 1000)
    message = refused(str(file)).message
    assert message.isprintable()
    assert len(message) < 310


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "No such file" in refused(str(tmp_path / "missing.ttl"), "missing-file").message


def test_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "folder.ttl"
    folder.mkdir()
    assert "directory" in refused(str(folder), "missing-file").message


def test_a_pipe_that_nobody_writes_to_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "c.ttl"
    os.mkfifo(pipe)
    assert "pipe or a device" in refused(str(pipe), "missing-file").message


# Brackets in a text, a comment, a name or an escape stand in nothing; nor do many beside each other.
SHALLOW = {
    "a text": ("c.ttl", STATEMENT + b'"' + b"[" * 2000 + b'" .'),
    "a text of lines": ("c.ttl", STATEMENT + b'"""' + b'[\n"(\\\\"' * 2000 + b' """ .'),
    "a text of lines in the other quotes": ("c.ttl", STATEMENT + b"'''" + b"{\n" * 2000 + b"''' ."),
    "a comment": ("c.ttl", b"# '\" " + b"(" * 2000 + b"\n" + TURTLE),
    "an address": ("c.ttl", STATEMENT + b"<http://a.nl/" + b"((" * 1000 + b"#(> ."),
    "an escape": ("c.ttl", b"@prefix a: <http://a.nl/> . a:b a:c a:" + b"\\(" * 2000 + b" ."),
    "beside each other": ("c.ttl", STATEMENT + b"[], " * 2000 + b"[] ."),
    "a text of JSON": ("c.jsonld", b'{"@id": "http://a.nl/", "http://b.nl/": "\\"' + b"[{" * 2000 + b'"}'),
    "just so deep": ("c.ttl", STATEMENT + nested(b"(", b"1", b")", 500) + b" ."),
}


@pytest.mark.parametrize("name", SHALLOW)
def test_brackets_that_do_not_stand_in_each_other_are_no_fault(name: str, tmp_path: Path) -> None:
    file_name, content = SHALLOW[name]
    file = tmp_path / file_name
    file.write_bytes(content)
    graph, findings = read(str(file), web.Bounds())
    assert findings == []
    assert graph


def test_things_that_stand_in_each_other_200_000_times_are_read(tmp_path: Path) -> None:
    file = tmp_path / "c.ttl"
    file.write_bytes(STATEMENT + nested(b"[ a ", b"[]", b"]", 200_000) + b".")
    graph, findings = read(str(file), web.Bounds())
    assert (len(graph or ()), findings) == (200_001, [])


def test_a_file_over_the_limit_is_not_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "c.ttl"
    file.write_bytes(TURTLE)
    monkeypatch.setattr(bounds, "LOCAL_BYTES", len(TURTLE))
    assert read(str(file), web.Bounds())[1] == []
    monkeypatch.setattr(bounds, "LOCAL_BYTES", len(TURTLE) - 1)
    assert "longer than" in refused(str(file)).message


def test_a_file_of_more_statements_than_allowed_is_not_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "c.nt"
    file.write_bytes(b"<http://a.nl/> <http://b.nl/> <http://c.nl/1> .\n<http://a.nl/> <http://b.nl/> _:x .\n")
    monkeypatch.setattr(bounds, "STATEMENTS", 2)
    assert read(str(file), web.Bounds())[1] == []
    monkeypatch.setattr(bounds, "STATEMENTS", 1)
    assert "more than 1 statements" in refused(str(file)).message


def test_a_text_that_is_longer_than_the_reader_takes_is_a_finding(tmp_path: Path) -> None:
    file = tmp_path / "c.jsonld"
    file.write_bytes(b'{"@id": "http://a.nl/", "http://b.nl/": "' + b"x" * 17_000_000 + b'"}')
    assert "too long to read" in refused(str(file)).message


def test_a_device_that_never_ends_is_not_read(tmp_path: Path) -> None:
    endless = tmp_path / "c.ttl"
    endless.symlink_to("/dev/zero")
    assert "pipe or a device" in refused(str(endless), "missing-file").message


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
    graph, findings = read(str(file), web.Bounds())
    assert (len(graph or ()), findings) == (2, [])


def test_values_that_are_no_dates_or_numbers_print_no_traceback(tmp_path: Path) -> None:
    file = tmp_path / "c.ttl"
    text = CONFORMING.read_text(encoding="utf-8")
    spoilt = text.replace('"2048"^^xsd:nonNegativeInteger', '"2 kB"^^xsd:nonNegativeInteger')
    spoilt = spoilt.replace('"2020-01"^^xsd:gYearMonth', '"2020-13"^^xsd:gYearMonth')
    assert spoilt.count("2 kB") == spoilt.count("2020-13") == 1
    file.write_text(spoilt, encoding="utf-8")
    command = [sys.executable, "-c", "import sys; from ogp_data.cli.main import main; sys.exit(main())", "validate"]
    ended = subprocess.run([*command, str(file)], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (exits.ERRORS, "")
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
    graph, findings = read(f"{server.base}/c", web.Bounds(allow_private=True))
    assert (len(graph or ()), findings) == (2, [])


def test_an_address_may_lead_elsewhere_and_its_names_may_be_relative(server: Server) -> None:
    server.answers["/old"] = lead("/new.ttl", 301)
    server.answers["/new.ttl"] = give(b"<c> <http://d.nl/t> 1 .", "text/turtle")
    graph, findings = read(f"{server.base}/old", web.Bounds(allow_private=True))
    assert findings == []
    assert graph is not None
    assert [subject.value for subject, _, _ in graph.statements()] == [f"{server.base}/c"]


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
    start, left = SLOW[name], threading.Event()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        """Begin, then wait: who asked has gone when there is an end to read where no more was sent."""
        handler.wfile.write(start)
        readable, _, _ = select.select([handler.connection], [], [], 20)
        if readable and handler.connection.recv(1) == b"":
            left.set()

    server.answers["/c.ttl"] = answer
    url = f"{server.base}/c.ttl"
    assert web.probe([url], web.Bounds(allow_private=True, seconds=0.3, pause=0)) == {url: 0}
    assert left.wait(10)


def test_an_address_that_sends_more_than_allowed(server: Server) -> None:
    server.answers["/c.ttl"] = give(TURTLE * 100, "text/turtle")
    assert "longer than 1,000 bytes" in refused(f"{server.base}/c.ttl", allow_private=True, bytes=1000).message


def test_an_address_that_sends_more_than_allowed_when_unpacked(server: Server) -> None:
    packed = gzip.compress(b"#" * 5_000_000)
    assert len(packed) < 10_000
    server.answers["/c.ttl"] = give(packed, "text/turtle", Content_Encoding="gzip")
    assert "longer than 10,000 bytes" in refused(f"{server.base}/c.ttl", allow_private=True, bytes=10_000).message


def test_an_address_that_says_packed_and_is_not(server: Server) -> None:
    server.answers["/c.ttl"] = give(TURTLE, "text/turtle", Content_Encoding="gzip")
    assert "claims to be compressed as gzip, but is not" in refused(f"{server.base}/c.ttl", allow_private=True).message


def test_an_address_that_breaks_off(server: Server) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/turtle\r\nContent-Length: 9999\r\n\r\n" + TURTLE)

    server.answers["/c.ttl"] = answer
    assert "breaks off" in refused(f"{server.base}/c.ttl", allow_private=True).message


def test_an_address_with_the_wrong_media_type(server: Server) -> None:
    for media_type in ("text/html", "application/rdf+xml", "text/plain", "application/octet-stream", ""):
        server.answers["/c"] = give(TURTLE, media_type)
        graph, findings = read(f"{server.base}/c", web.Bounds(allow_private=True))
        assert (len(graph or ()), findings) == (2, [])


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

    monkeypatch.setattr("socket.socket.connect", fail)


@pytest.mark.usefixtures("no_request")
@pytest.mark.parametrize("url", PRIVATE)
def test_a_private_address_is_refused_before_it_is_asked(url: str) -> None:
    with pytest.raises(web.RefusedError, match="not public"):
        web.fetch(url, web.Bounds(), "text/turtle")
    assert web.probe([url], web.Bounds(pause=0)) == {url: 0}


@pytest.mark.usefixtures("no_request")
@pytest.mark.parametrize("command", ["validate", "quality"])
def test_the_commands_refuse_a_private_address(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "http://127.0.0.1/c.ttl"]) == exits.ERRORS
    assert "--allow-private" in capsys.readouterr().out


def test_the_commands_ask_a_private_address_when_allowed(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    server.answers["/c.ttl"] = give(CONFORMING.read_bytes(), "text/turtle")
    assert main(["validate", f"{server.base}/c.ttl", "--allow-private"]) == exits.PUBLISHED
    assert main(["quality", f"{server.base}/c.ttl", "--allow-private"]) == exits.PUBLISHED
    assert ": 0 errors" in capsys.readouterr().out


@pytest.mark.usefixtures("no_request")
@pytest.mark.parametrize("scheme", ["file", "ftp", "gopher", "data"])
@pytest.mark.parametrize("allow_private", [True, False])
def test_another_scheme_is_refused(scheme: str, allow_private: bool) -> None:
    assert "not an http or https address" in refused(f"{scheme}://a.test.nl/c.ttl", allow_private=allow_private).message


@pytest.mark.usefixtures("no_request")
@pytest.mark.parametrize("url", ["http://", "http://[bad", "https:///c.ttl", "http://[1.2.3.4]/"])
def test_an_address_that_is_none(url: str) -> None:
    assert "not an http or https address" in refused(url).message


def test_a_public_address_that_leads_to_a_private_one_is_refused(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = special.is_public
    # This machine passes for public; the one it leads to does not.
    monkeypatch.setattr(special, "is_public", lambda address: str(address) == "127.0.0.1" or real(address))
    server.answers["/c.ttl"] = lead("http://10.0.0.1/secret.ttl")
    assert "leads to 10.0.0.1" in refused(f"{server.base}/c.ttl").message
    assert web.probe([f"{server.base}/c.ttl"], web.Bounds(pause=0)) == {f"{server.base}/c.ttl": 0}
    assert server.asked == ["/c.ttl", "/c.ttl"]


def test_a_name_with_a_public_and_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", (address, 443)) for address in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_a, **_o: found)
    assert "leads to 10.0.0.1" in refused("https://mixed.test.nl/c.ttl").message
    assert not web.is_public("https://mixed.test.nl/")
    assert not web.is_loopback("https://mixed.test.nl/")


# JSON-LD that takes its context from elsewhere ----------------------------------------------------------

TITLE = {"title": "http://purl.org/dc/terms/title"}
JSON_TYPE = "application/ld+json"


def serve(server: Server, path: str, context: object) -> None:
    """Let an address answer with a context."""
    server.answers[path] = give(json.dumps({"@context": context, "more": "is ignored"}).encode(), JSON_TYPE)


def named(server: Server, tmp_path: Path, document: object, **bounds: float | bool) -> set[tuple[str, str, str]]:
    """Return the statements of a document that may take contexts from elsewhere; HERE in it is the server."""
    file = tmp_path / "c.jsonld"
    file.write_text(json.dumps(document).replace("HERE", server.base))
    graph, findings = read(str(file), web.Bounds(**{"allow_private": True, "contexts": 8, **bounds}))  # type: ignore[arg-type]
    assert findings == []
    assert graph is not None
    return {(s.value, p.value, o.value) for s, p, o in graph.statements()}


ID = "https://a.test.nl/c"
SAYS_TITLE = (ID, "http://purl.org/dc/terms/title", "C")

# How a document may name the context that holds `title`, each with what it says then.
NAMING = {
    "alone": {"@context": "HERE/t", "@id": ID, "title": "C"},
    "in a list": {"@context": [{"x": "http://x.nl/"}, "HERE/t"], "@id": ID, "title": "C"},
    "of a list": {"@context": "HERE/list", "@id": ID, "title": "C"},
    "imported": {"@context": {"@import": "HERE/t", "x": "http://x.nl/"}, "@id": ID, "title": "C"},
    "of a thing within": {"@graph": [{"@context": "HERE/t", "@id": ID, "title": "C"}]},
    "through another": {"@context": "HERE/through", "@id": ID, "title": "C"},
    "relative to the context that names it": {"@context": "HERE/deep/a/b", "@id": ID, "title": "C"},
    "relative to where the context was moved": {"@context": "HERE/moved", "@id": ID, "title": "C"},
    "of a type": {"@context": {"T": {"@id": "@nest", "@context": "HERE/t"}}, "@id": ID, "T": {"title": "C"}},
    "the last one counts": {"@context": ["HERE/t", "HERE/other", "HERE/t"], "@id": ID, "title": "C"},
}


@pytest.fixture
def contexts(server: Server) -> Server:
    serve(server, "/t", TITLE)
    serve(server, "/other", {"title": "http://other.nl/title"})
    serve(server, "/list", [{"x": "http://x.nl/"}, TITLE])
    serve(server, "/through", [{"title": "http://other.nl/title"}, "t"])
    serve(server, "/deep/a/b", "../../t")
    serve(server, "/deep/c", ["a/b"])
    server.answers["/moved"] = lead("/deep/c")
    return server


@pytest.mark.parametrize("name", NAMING)
def test_a_context_from_elsewhere_is_taken_where_it_is_asked_for(name: str, contexts: Server, tmp_path: Path) -> None:
    assert named(contexts, tmp_path, NAMING[name]) == {SAYS_TITLE}


@pytest.mark.parametrize("name", NAMING)
def test_a_context_from_elsewhere_is_refused_where_it_is_not(name: str, contexts: Server, tmp_path: Path) -> None:
    file = tmp_path / "c.jsonld"
    file.write_text(json.dumps(NAMING[name]).replace("HERE", contexts.base))
    found = refused(str(file), allow_private=True)
    assert "it is only fetched with --remote-context" in found.message
    assert "--remote-context" in found.hint
    assert contexts.asked == []


def test_a_context_is_fetched_once_however_often_it_is_named(contexts: Server, tmp_path: Path) -> None:
    things = [{"@context": "HERE/t", "@id": f"{ID}{number}", "title": "C"} for number in range(100)]
    assert len(named(contexts, tmp_path, things)) == 100
    assert contexts.asked == ["/t"]


def test_the_base_of_a_fetched_context_is_not_that_of_the_document(server: Server, tmp_path: Path) -> None:
    serve(server, "/t", [{"@base": "https://elsewhere.nl/"}, {**TITLE, "@base": "https://elsewhere.nl/"}])
    document = {"@context": [{"@base": "https://a.test.nl/"}, "HERE/t"], "@id": "c", "title": "C"}
    assert named(server, tmp_path, document) == {SAYS_TITLE}


def test_numbers_and_texts_are_not_changed_by_what_is_written_into_the_document(server: Server, tmp_path: Path) -> None:
    serve(server, "/t", {"d": {"@id": "http://d.nl/", "@type": "http://www.w3.org/2001/XMLSchema#decimal"}})
    document = {"@context": "HERE/t", "@id": ID, "d": ["1.50", 12345678901234567890], "http://e.nl/": "é\u2028\x00😀"}
    assert named(server, tmp_path, document) == {
        (ID, "http://d.nl/", "1.50"),
        (ID, "http://d.nl/", "12345678901234567890"),
        (ID, "http://e.nl/", "é\u2028\x00😀"),
    }


def test_a_document_at_an_address_names_its_context_relative_to_where_it_is(contexts: Server) -> None:
    contexts.answers["/old"] = lead("/deep/c.jsonld")
    body = json.dumps({"@context": "../t", "@id": "c", "title": "C"}).encode()
    contexts.answers["/deep/c.jsonld"] = give(body, JSON_TYPE)
    graph, findings = read(f"{contexts.base}/old", web.Bounds(allow_private=True, contexts=8))
    assert findings == []
    assert graph is not None
    assert [(s.value, o.value) for s, _, o in graph.statements()] == [(f"{contexts.base}/deep/c", "C")]


# What stands at the address, and what the finding says.
NO_CONTEXT: dict[str, tuple[Callable[[BaseHTTPRequestHandler], None], str]] = {
    "a page": (give(b"<!doctype html>", "text/html"), "JSON that has an @context"),
    "JSON without context": (give(b'{"title": "x"}', JSON_TYPE), "JSON that has an @context"),
    "a list": (give(b'[{"@context": {}}]', JSON_TYPE), "JSON that has an @context"),
    "truncated": (give(b'{"@context": {', JSON_TYPE), "JSON that has an @context"),
    "not UTF-8": (give(b'{"@context": "\xe9"}', JSON_TYPE), "JSON that has an @context"),
    "nested deep": (
        give(b'{"@context": ' + nested(b"[", b"", b"]", 100_000) + b"}", JSON_TYPE),
        "not answer with JSON",
    ),
    "Turtle": (give(TURTLE, "text/turtle"), "JSON that has an @context"),
    "nothing": (give(b"", JSON_TYPE, 404), "status 404"),
    "too much": (give(b'{"@context": {}}' + b" " * 5_000_000, JSON_TYPE), "longer than 5,000,000 bytes"),
    "itself": (give(b'{"@context": ["t"]}', JSON_TYPE), "refers back to itself"),
    "redirects for ever": (lead("/t"), "redirects more than 5 times"),
    "a file": (lead("file:///etc/hostname"), "not an http or https address"),
    "a context that is none": (give(b'{"@context": 1}', JSON_TYPE), "not well-formed JSON-LD"),
    "an address that is none": (give(b'{"@context": "http://[bad"}', JSON_TYPE), "not well-formed JSON-LD"),
}


def refused_context(server: Server, tmp_path: Path, context: str = "HERE/t", **bounds: float | bool) -> Finding:
    file = tmp_path / "c.jsonld"
    file.write_text(json.dumps({"@context": context, "@id": ID, "title": "C"}).replace("HERE", server.base))
    return refused(str(file), **{"allow_private": True, "contexts": 8, **bounds})


@pytest.mark.parametrize("name", NO_CONTEXT)
def test_a_context_that_cannot_be_had_is_one_finding(name: str, server: Server, tmp_path: Path) -> None:
    answer, says = NO_CONTEXT[name]
    server.answers["/t"] = answer
    assert says in refused_context(server, tmp_path).message


def test_a_context_that_comes_slowly_is_not_waited_for(server: Server, tmp_path: Path) -> None:
    server.answers["/t"] = drip(server.stop, b"HTTP/1.1 200 OK\r\nContent-Type: application/ld+json\r\n\r\n ")
    assert "0.4 seconds" in refused_context(server, tmp_path, seconds=0.4).message


@pytest.mark.parametrize("context", ["file:///etc/hostname", "ftp://a.test.nl/t", "data:,x"])
def test_a_file_names_only_web_addresses_for_its_context(context: str, server: Server, tmp_path: Path) -> None:
    assert "is not an http or https address" in refused_context(server, tmp_path, context).message


@pytest.mark.parametrize("context", ["t", "/t", "../t"])
def test_a_file_names_no_context_beside_it(context: str, server: Server, tmp_path: Path) -> None:
    assert "is not an http or https address" in refused_context(server, tmp_path, context).message


@pytest.mark.usefixtures("no_request")
def test_a_context_at_a_private_address_is_refused_unless_allowed(server: Server, tmp_path: Path) -> None:
    assert "--allow-private" in refused_context(server, tmp_path, allow_private=False).message


def test_contexts_that_lead_to_each_other_are_refused(server: Server, tmp_path: Path) -> None:
    serve(server, "/t", {"a": {"@id": "http://a.nl/", "@context": "/u"}})
    serve(server, "/u", {"@import": "t"})
    assert "refers back to itself" in refused_context(server, tmp_path).message
    assert server.asked == ["/t", "/u"]


def test_a_document_takes_contexts_from_eight_addresses_and_no_more(server: Server, tmp_path: Path) -> None:
    for number in range(10):
        serve(server, f"/{number}", [f"/{number + 1}"] if number < 9 else TITLE)
    assert "from more than 8 addresses" in refused_context(server, tmp_path, "HERE/0").message
    assert len(server.asked) == 8
    beside = {"@context": [f"HERE/{number}" for number in (9, 8, 7, 6, 5, 4, 3, 2)], "@id": ID, "title": "C"}
    assert named(server, tmp_path, beside) == {SAYS_TITLE}


def test_contexts_that_multiply_are_refused_before_they_are_written(server: Server, tmp_path: Path) -> None:
    serve(server, "/t", ["/u"] * 50_000)
    serve(server, "/u", ["/v"] * 50_000)
    serve(server, "/v", TITLE)
    assert "longer than 200,000,000 bytes" in refused_context(server, tmp_path).message


@pytest.mark.parametrize("command", [["validate"], ["quality", "--as-of", "2026-11-23"]])
def test_the_commands_say_of_a_catalogue_the_same_with_its_context_elsewhere(
    command: list[str], published: Path, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads((published / "catalog.jsonld").read_bytes())
    serve(server, "/t", document["@context"])
    file = tmp_path / "catalog.jsonld"
    told = []
    for context in (document["@context"], f"{server.base}/t"):
        file.write_text(json.dumps({**document, "@context": context}), encoding="utf-8")
        assert main([*command, str(file), "--remote-context", "--allow-private"]) == exits.PUBLISHED
        told.append(capsys.readouterr().out)
    assert server.asked == ["/t"]
    assert told[0] == told[1]
    assert main([*command, str(file), "--allow-private"]) == exits.ERRORS
    assert main([*command, str(file), "--remote-context"]) == exits.ERRORS
    assert server.asked == ["/t"]


# Validation ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "rdf", "nt"])
def test_the_published_catalogue_is_sound_in_each_format(
    suffix: str, published: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", str(published / f"catalog.{suffix}"), "--json"]) == exits.PUBLISHED
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert [found for found in findings if found["severity"] == "error"] == []


def test_a_conforming_catalogue_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(CONFORMING)]) == exits.PUBLISHED
    assert "conforming.ttl: 0 errors" in capsys.readouterr().out


# Each row of the table of what official shapes catch and miss, and what is found beyond it, as the command sees it.
BEYOND = (
    Row("no contact point", "bomen", without(DCAT.contactPoint), "dcat-ap-nl-required", "dcat:contactPoint"),
    Row("contact without address", "contact", without(VCARD.hasEmail, VCARD.hasURL), "contact-point", "vcard:hasEmail"),
    Row(
        "address of another scheme",
        "bomen",
        also(DCAT.landingPage, URIRef("file:///x")),
        "address-form",
        "dcat:landingPage",
    ),
    Row("keyword without language", "bomen", also(DCAT.keyword, Literal("boom")), "language-tag", "dcat:keyword"),
    Row("status of no list", "bomen", instead(ADMS.status, DATA["thema-groen"]), "value-list", "adms:status"),
)


# The command knows the types of what is in the value lists, thus of Geonovum's licences and of TOOI's themes.
TYPED = ("licence of Geonovum, untyped", "theme of EU and an untyped one")
WARNED = (RECOMMENDED, "language-tag", "description-too-long", "licence-form", "missing-distribution")


@pytest.mark.parametrize("row", [*(row for row in TABLE if row.says not in TYPED), *BEYOND], ids=lambda row: row.says)
def test_every_break_of_the_table_makes_the_command_fail(
    row: Row, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = Graph().parse(CONFORMING)
    row.change(graph, DATA[row.node])
    graph.serialize(tmp_path / "c.nt", format="nt", encoding="utf-8")
    expected = exits.PUBLISHED if row.rule in WARNED else exits.ERRORS
    assert main(["validate", str(tmp_path / "c.nt"), "--json"]) == expected
    findings = json.loads(capsys.readouterr().out)["findings"]
    severity = "warning" if row.rule in WARNED else "error"
    assert (row.rule, row.property, severity) in {
        (f["rule"], f["place"].get("property"), f["severity"]) for f in findings
    }


BROKEN = {
    "no title": ('    dct:title "Bomenregister Voorbeeldstad"@nl , "Tree register of Voorbeeldstad"@en ;\n', ""),
    "no contact": ("    dcat:contactPoint :contact ;\n    dcat:theme", "    dcat:theme"),
    "rights of no list": ("access-right/PUBLIC> ;\n    dct:publisher", "access-right/OPEN> ;\n    dct:publisher"),
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
    assert main(["validate", str(file), "--json"]) == exits.ERRORS
    findings = json.loads(capsys.readouterr().out)["findings"]
    errors = [found for found in findings if found["severity"] == "error"]
    assert errors
    for found in errors:
        assert found["message"], found
        assert found["messages"]["en"] == found["message"]
        assert found["messages"]["nl"] != found["message"]
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
    # What is related has to be a dcat:Resource for DCAT-AP itself, by which MQA goes; DCAT-AP-NL does not ask that.
    nameless += "\n:bomen-pagina a dcat:Resource .\n"
    file.write_text(nameless, encoding="utf-8")
    assert main(["validate", str(file)]) == exits.PUBLISHED
    assert main(["quality", str(file), "--as-of", "2026-11-23", "--dqv", str(tmp_path / "q.ttl")]) == exits.PUBLISHED
    assert "MQA 322.5 of 325 offline" in capsys.readouterr().out
    file.write_text(nameless.replace("vcard:hasEmail <mailto:opendata@example.nl> ;", "vcard:hasEmail 1 ;"))
    assert main(["validate", str(file)]) == exits.ERRORS


def test_rdf_that_describes_no_catalogue_is_an_error_and_not_a_sound_one(tmp_path: Path) -> None:
    path = tmp_path / "people.ttl"
    path.write_text('<https://data.test.nl/a> <http://xmlns.com/foaf/0.1/name> "A" .', encoding="utf-8")
    (found,) = catalogues.validate(str(path)).findings
    assert (found.rule, found.severity) == ("unreadable-catalogue", "error")


def test_a_host_that_leaves_three_questions_unanswered_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        web.client, "_status", lambda _session, url, _bounds: asked.append(url) or int("good" in url) * 200
    )
    addresses = [f"https://dead.test/{number}" for number in range(9)] + ["https://good.test/1"]
    answers = web.probe(addresses, web.Bounds(pause=0))
    assert asked == [*addresses[:3], "https://good.test/1"]
    assert (set(answers), answers["https://dead.test/8"], answers["https://good.test/1"]) == (set(addresses), 0, 200)


def test_a_pipe_of_the_shell_is_read_as_standard_input_is() -> None:
    inner, outer = os.pipe()
    os.write(outer, b"<https://a.test.nl/d> a <http://www.w3.org/ns/dcat#Dataset> .\n")
    os.close(outer)
    try:
        seen = incoming.read(f"/dev/fd/{inner}")
    finally:
        os.close(inner)
    assert (len(seen.graph), seen.lines("https://a.test.nl/d")) == (1, 1)


def test_bytes_behind_the_end_of_a_packed_file_are_told(tmp_path: Path) -> None:
    (tmp_path / "c.ttl.gz").write_bytes(gzip.compress(b"<a:a> <b:b> <c:c> .") + b"rest")
    [fault] = incoming.read(str(tmp_path / "c.ttl.gz")).findings
    assert fault.message == "Bytes that are not compressed stand behind its end."
