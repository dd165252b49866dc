"""A service that checks the catalogues of strangers, at a port: its reports, and what does not bring it down."""

from __future__ import annotations

import gzip
import json
import re
import socket
import struct
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from jsonschema import Draft202012Validator
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import title_contains
from selenium.webdriver.support.ui import WebDriverWait

from browser import Browser, invalid
from conftest import ROOT
from ogp_data.service import server
from service_help import NO_LIMIT, Running, quiet, running, serving

TURTLE = """
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
<https://example.org/catalog> a dcat:Catalog ; dct:title "Catalogus"@nl ; dcat:dataset <https://example.org/bomen> .
<https://example.org/bomen> a dcat:Dataset ; dct:title "Bomen"@nl .
"""
MISSING = "dct:publisher"
"""A property that the norm requires of this catalogue, and that it lacks."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("service")
    (folder / "empty").mkdir()
    with running(folder / "empty", folder, "--validate", "--trust-proxy", "127.0.0.1") as one:
        yield one
        assert [line for line in one.lines() if line["event"] in ("failed", "server")] == []


def post(service: Running, content: bytes, media: str = "text/turtle", client: int = 1, **more: str) -> httpx.Response:
    """Return the answer to a client that a proxy names."""
    headers = {"Content-Type": media, "X-Forwarded-For": f"192.0.2.{client}", **more}
    return httpx.post(f"{service.url}validate", content=content, headers=headers, timeout=90)


def children(service: Running) -> list[int]:
    """Return the processes that check something now."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = stat.read_text(errors="replace").rpartition(")")[2].split()[1]
            if parent == str(service.process.pid) and b"validate" in stat.with_name("cmdline").read_bytes():
                found.append(int(stat.parent.name))
    return found


def none_is_left(service: Running) -> bool:
    for _ in range(100):
        if not children(service):
            return True
        time.sleep(0.1)
    return False


def answers(service: Running) -> bool:
    """Return whether the service checks the next catalogue as ever, with no process left behind."""
    return none_is_left(service) and MISSING in post(service, TURTLE.encode(), client=99).text


# Reports --------------------------------------------------------------------------------------------------


def test_the_report_is_in_the_form_and_language_that_is_asked_for(service: Running) -> None:
    told = post(service, TURTLE.encode()).json()
    schema = json.loads((ROOT / "docs" / "validation.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(told)
    assert told["conforms"] is False
    assert MISSING in {group["property"] for group in told["groups"]}
    for media, form in (("text/turtle", ox.RdfFormat.TURTLE), ("application/ld+json", ox.RdfFormat.JSON_LD)):
        quads = list(ox.parse(post(service, TURTLE.encode(), Accept=media).content, form))
        assert any(quad.object == ox.NamedNode("http://www.w3.org/ns/shacl#ValidationReport") for quad in quads)
    sarif = post(service, TURTLE.encode(), Accept="application/sarif+json").json()
    assert (sarif["version"], len(sarif["runs"])) == ("2.1.0", 1)
    text = post(service, TURTLE.encode(), Accept="text/plain", **{"Accept-Language": "nl"})
    assert text.headers["content-language"] == "nl"
    assert "fout dcat-ap-nl-required" in text.text
    page = post(service, TURTLE.encode(), Accept="text/html")
    assert re.search(r"style-src 'self' 'sha256-\S+'", page.headers["content-security-policy"])
    assert "<script" not in page.text


def test_a_catalogue_that_conforms_is_200_too(service: Running, published: Path) -> None:
    answer = post(service, (published / "catalog.ttl").read_bytes())
    assert (answer.status_code, answer.json()["conforms"]) == (200, True)


@pytest.fixture(scope="module")
def rules(service: Running) -> dict[str, int]:
    """Return which rules a catalogue breaks in Turtle, and how often."""
    found: dict[str, int] = post(service, TURTLE.encode()).json()["totals"]["rules"]
    return found


@pytest.mark.parametrize("form", ["TRIG", "N_TRIPLES", "N_QUADS", "RDF_XML", "JSON_LD"])
def test_each_syntax_has_the_same_report(service: Running, rules: dict[str, int], form: str) -> None:
    kind = getattr(ox.RdfFormat, form)
    content = ox.serialize((quad.triple for quad in ox.parse(TURTLE, ox.RdfFormat.TURTLE)), format=kind)
    assert post(service, content, kind.media_type).json()["totals"]["rules"] == rules


def test_gzip_has_the_report_of_what_is_in_it(service: Running, rules: dict[str, int]) -> None:
    answer = post(service, gzip.compress(TURTLE.encode()), **{"Content-Encoding": "gzip"})
    assert answer.json()["totals"]["rules"] == rules


@pytest.mark.parametrize("field", ["file", "text"])
def test_a_form_is_answered_as_a_body_is(service: Running, field: str) -> None:
    parts = {field: ("c.ttl", TURTLE.encode()) if field == "file" else (None, TURTLE), "language": (None, "nl")}
    answer = httpx.post(f"{service.url}validate", files=parts, headers={"Accept": "text/plain"}, timeout=60)
    assert "fout dcat-ap-nl-required" in answer.text


def test_profiles_that_do_not_go_together_are_told(service: Running) -> None:
    address = f"{service.url}validate?profile=dcat-ap&profile=dcat-ap-nl"
    answer = httpx.post(address, content=TURTLE, headers={"Content-Type": "text/turtle"}, timeout=60)
    assert answer.status_code == 400
    assert "dcat-ap and dcat-ap-nl" in answer.json()["detail"]


# Hostile --------------------------------------------------------------------------------------------------

ENTITIES = (
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {one} "{f"&{before};" * 10}">' for before, one in zip("abcdefghi", "bcdefghij", strict=True))
    + ']><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description>&j;</rdf:Description></rdf:RDF>'
)


@pytest.mark.parametrize(
    ("media", "content"),
    [
        ("text/turtle", b"\0" * 100_000),
        ("text/turtle", b"<a> <b> " + b"[ <c> " * 200_000),
        ("text/turtle", b"<a> <b> ( " + b"1 " * 100_000),
        ("application/ld+json", b'{"@graph":' + b"[" * 500_000),
        ("application/rdf+xml", ENTITIES.encode()),
        ("application/rdf+xml", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
        ("application/n-triples", b"<http://a/" + b"x" * 5_000_000),
        ("text/turtle", gzip.compress(b" " * 300_000_000)),
        ("application/n-triples", gzip.compress(b"<http://a/a> <http://a/b> <http://a/c> .\n" * 1_000_000)),
    ],
    ids=["zeros", "nested", "list", "brackets", "entities", "file", "iri", "blank bomb", "statement bomb"],
)
def test_a_hostile_catalogue_has_an_answer_and_so_has_the_next(service: Running, media: str, content: bytes) -> None:
    answer = post(service, content, media)
    assert answer.status_code in (200, 422, 504), answer.text
    if answer.status_code == 200:
        assert answer.json()["conforms"] is False
    assert "root:" not in answer.text
    assert answers(service)


def test_nothing_is_fetched_whatever_a_catalogue_names(service: Running) -> None:
    with socket.create_server(("127.0.0.1", 0)) as trap:
        at = f"http://127.0.0.1:{trap.getsockname()[1]}"
        turtle = (
            f"<{at}/c> a <http://www.w3.org/ns/dcat#Catalog> ; <http://www.w3.org/2002/07/owl#imports> <{at}/i> ."
            f"<{at}/v> a <http://www.w3.org/ns/hydra/core#PartialCollectionView> ;"
            f" <http://www.w3.org/ns/hydra/core#next> <{at}/next> ."
        )
        json_ld = json.dumps({"@context": f"{at}/context", "@id": f"{at}/c", "title": "x"})
        xml = f'<!DOCTYPE a SYSTEM "{at}/dtd"><a/>'
        for media, content in (
            ("text/turtle", turtle),
            ("application/ld+json", json_ld),
            ("application/rdf+xml", xml),
            ("text/turtle", f"{at}/catalog.ttl"),
        ):
            assert post(service, content.encode(), media).status_code == 200
        trap.settimeout(0.5)
        with pytest.raises(TimeoutError):
            trap.accept()


def test_of_fifty_at_once_each_has_an_answer_and_as_many_a_report_as_there_are_places(service: Running) -> None:
    with ThreadPoolExecutor(50) as pool:
        found = list(pool.map(lambda number: post(service, TURTLE.encode(), client=number), range(50)))
    statuses = Counter(answer.status_code for answer in found)
    assert set(statuses) == {200, 503}
    assert statuses[200] >= 10
    assert all("retry-after" in answer.headers for answer in found if answer.status_code == 503)
    assert answers(service)


def test_one_client_that_floods_leaves_room_for_others(service: Running) -> None:
    with ThreadPoolExecutor(51) as pool:
        flood = [pool.submit(post, service, TURTLE.encode()) for _ in range(50)]
        other = pool.submit(post, service, TURTLE.encode(), client=2)
    assert other.result().status_code == 200
    assert {one.result().status_code for one in flood} == {200, 429}


def test_a_body_that_is_too_large_is_refused_by_its_length_before_it_is_sent(service: Running) -> None:
    head = b"POST /validate HTTP/1.1\r\nHost: a\r\nContent-Type: text/turtle\r\nContent-Length: 100000000\r\n\r\n"
    assert service.raw(head).startswith(b"HTTP/1.1 413 ")
    assert answers(service)


def sent(service: Running, head: bytes, part: bytes, most: int) -> bytes:
    """Return what the service answers to a body that is sent on and on; fail when it takes more than so much."""
    with socket.create_connection(("127.0.0.1", service.port), timeout=30) as connection:
        connection.sendall(head)
        connection.setblocking(False)
        count, left = 0, part
        for _ in range(100_000):
            try:
                size = connection.send(left)
                count, left = count + size, left[size:] or part
            except BlockingIOError:
                time.sleep(0.001)
            except ConnectionError:
                return b""
            assert count < most, "it takes all that is sent"
            with suppress(BlockingIOError, ConnectionError):
                if answer := connection.recv(65536):
                    return answer
    raise AssertionError("there is no answer")


def test_a_body_without_an_end_is_ended(service: Running) -> None:
    head = b"POST /validate HTTP/1.1\r\nHost: a\r\nContent-Type: text/turtle\r\nTransfer-Encoding: chunked\r\n\r\n"
    part = b"10000\r\n" + b"#" * 65_536 + b"\r\n"
    assert sent(service, head, part, 60_000_000)[:13] in (b"HTTP/1.1 413 ", b"")
    assert answers(service)


def test_a_hundred_megabytes_that_are_sent_unasked_are_not_taken(service: Running) -> None:
    head = b"POST /validate HTTP/1.1\r\nHost: a\r\nContent-Type: text/turtle\r\nContent-Length: 100000000\r\n\r\n"
    assert sent(service, head, b"#" * 65_536, 60_000_000)[:13] in (b"HTTP/1.1 413 ", b"")
    assert answers(service)


def test_other_addresses_keep_their_smaller_bound(service: Running) -> None:
    answer = httpx.post(f"{service.url}sparql", content=b"x" * 1_000_001, timeout=60)
    assert answer.status_code == 413


def test_a_body_that_comes_too_slowly_frees_its_place(tmp_path: Path) -> None:
    limits = replace(NO_LIMIT, catalogue_seconds=1.0, client_checks=1)
    made = server.create(tmp_path, quiet, limits, profiles=("dcat-ap-nl",))
    head = b"POST /validate HTTP/1.1\r\nHost: a\r\nContent-Type: text/turtle\r\nContent-Length: 1000\r\n\r\n"
    with serving(made, limits) as port:
        with socket.create_connection(("127.0.0.1", port), timeout=20) as slow:
            slow.sendall(head + b"#")
            time.sleep(0.2)
            address = f"http://127.0.0.1:{port}/validate"
            asked = {"content": TURTLE, "headers": {"Content-Type": "text/turtle"}, "timeout": 60}
            assert httpx.post(address, **asked).status_code == 429  # type: ignore[arg-type]
            assert slow.recv(100).startswith(b"HTTP/1.1 408 ")
        assert httpx.post(address, **asked).status_code == 200  # type: ignore[arg-type]


def test_a_client_that_is_killed_takes_its_check_with_it(service: Running) -> None:
    lines = "".join(f'<http://a/{n}> <http://purl.org/dc/terms/title> "{n}" .\n' for n in range(250_000)).encode()
    head = f"POST /validate HTTP/1.1\r\nHost: a\r\nContent-Type: text/turtle\r\nContent-Length: {len(lines)}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", service.port), timeout=30) as connection:
        connection.sendall(head.encode() + lines)
        for _ in range(200):
            if children(service):
                break
            time.sleep(0.02)
        assert children(service)
        # A reset, as the system sends it for a process that is killed with an answer on its way.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    for _ in range(30):
        if not children(service):
            break
        time.sleep(0.1)
    assert not children(service)
    assert answers(service)


# The page -------------------------------------------------------------------------------------------------


def page(service: Running, language: str) -> str:
    return httpx.get(f"{service.url}validate", headers={"Accept-Language": language}).text


def test_the_page_is_in_the_language_of_the_reader_and_says_the_bounds(service: Running) -> None:
    dutch, english = page(service, "nl"), page(service, "en")
    assert '<html lang="nl">' in dutch
    assert "<h1>Toets een catalogus</h1>" in dutch
    assert "<h1>Check a catalogue</h1>" in english
    assert "20 MB" in english
    assert "<script" not in english


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_the_html_of_the_page_is_valid(service: Running, language: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page(service, language), encoding="utf-8")
    assert invalid([tmp_path / "page.html"], tmp_path) == ""


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_on_the_page_and_in_its_report(browser: Browser, service: Running, dark: bool) -> None:
    browser.look(320, dark)
    browser.faults()
    browser.get(f"{service.url}validate")
    assert browser.width() <= 320
    assert browser.axe() == []
    assert browser.faults() == []


def test_a_person_without_scripts_sends_a_file_and_reads_the_report(
    browser: Browser, service: Running, tmp_path: Path
) -> None:
    (tmp_path / "catalog.ttl").write_text(TURTLE, encoding="utf-8")
    browser.look(1200)
    browser.script(allowed=False)
    try:
        browser.get(f"{service.url}validate")
        browser.driver.find_element(By.ID, "file").send_keys(str(tmp_path / "catalog.ttl"))
        browser.driver.find_element(By.CSS_SELECTOR, "option[value=nl]").click()
        browser.driver.find_element(By.CSS_SELECTOR, "button").click()
        WebDriverWait(browser.driver, 60).until(title_contains("Controle van"))
        assert browser.driver.find_element(By.TAG_NAME, "html").get_attribute("lang") == "nl"
        assert MISSING in browser.driver.find_element(By.TAG_NAME, "main").text
    finally:
        browser.script(allowed=True)
    assert browser.axe() == []
    assert browser.faults() == []
