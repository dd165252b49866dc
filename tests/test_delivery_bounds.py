"""A delivery keeps to what is its own, to what is safe to repeat, and to what may be said aloud."""

from __future__ import annotations

import contextlib
import hashlib
import http.server
import json
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest

from ckan_double import TOKEN, Api, CkanDouble, RefusalError, User
from ogp_data.core import bounds
from ogp_data.core.web import is_loopback, is_placeholder
from ogp_data.delivery import package_reader as contents
from ogp_data.delivery.faults import DeliveryError
from ogp_data.delivery.http import Answer, Client, clock_hint
from ogp_data.delivery.package_reader import Package
from ogp_data.delivery.secrets import Secret
from test_delivery_ckan import BASE, CELLS, FLAVOURS, Site, actions, files_of, write_package
from web_server import Wire, give


@pytest.fixture
def package(tmp_path: Path) -> Package:
    return write_package(tmp_path / "made")


@pytest.fixture
def site() -> Iterator[Site]:
    with CkanDouble() as double:
        yield Site(double)


# What is its own ----------------------------------------------------------------------------------------


def test_a_publication_whose_base_is_below_ours_is_left_alone(tmp_path: Path, site: Site) -> None:
    below = write_package(tmp_path / "below", CELLS, f"{BASE}onder/")
    site.apply(replace(below, id="onder"))
    ours = write_package(tmp_path / "ours")
    planned = site.plan(ours, prune=True)
    assert actions(planned) == {"klein-links": "create", "klein-themes": "create"}
    site.apply(ours, prune=True)
    assert sorted(site.double.datasets) == ["klein-links", "klein-themes", "onder-links", "onder-themes"]


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_a_file_that_somebody_added_stays(tmp_path: Path, package: Package, flavour: str) -> None:
    with CkanDouble(FLAVOURS[flavour]()) as double:
        site = Site(double, flavour)
        site.apply(package)
        one = double.datasets["klein-themes"]
        theirs = {**one["resources"][0], "id": "0d4f9a52-5a1e-4c0a-9b35-6b0c3f1f7d11", "name": "Toelichting"}
        double.change("klein-themes", resources=[*one["resources"], theirs])
        assert site.plan(package).pending == ()
        site.apply(write_package(tmp_path, {**CELLS, "themes": "number,title\n1,Anders\n"}))
        assert files_of(double, "klein-themes")[theirs["id"]]["name"] == "Toelichting"
        assert len(double.datasets["klein-themes"]["resources"]) == 3


def test_a_copy_that_the_catalogue_harvests_is_not_taken_over(package: Package, site: Site) -> None:
    keys = {"identifier": f"{BASE}themes", "harvest_object_id": "b1"}
    site.double.plant(name="geoogst", title="T", extras=[{"key": key, "value": keys[key]} for key in keys])
    found = site.refused(package)
    assert (found.rule, found.message) == (
        "target-name-taken",
        "The catalogue harvests geoogst itself. Nothing was written.",
    )


def test_a_dataset_under_an_earlier_base_is_told_by_the_plan(tmp_path: Path, package: Package, site: Site) -> None:
    site.apply(package)
    moved = write_package(tmp_path / "moved", CELLS, "https://elders.nl/klein/")
    with pytest.raises(DeliveryError, match=f"The name klein-links belongs to {BASE}links") as told:
        site.plan(moved)
    assert "earlier base_iri" in told.value.finding.hint


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_a_dataset_that_somebody_hid_is_published_again(package: Package, flavour: str) -> None:
    with CkanDouble(FLAVOURS[flavour]()) as double:
        site = Site(double, flavour)
        site.apply(package)
        double.change("klein-themes", private=True)
        (change,) = site.plan(package).pending
        assert [(one.name, one.old, one.new) for one in change.fields] == [("state", "withdrawn", "published")]
        site.apply(package)
        assert double.datasets["klein-themes"]["private"] is False


# Bytes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_a_sent_file_that_somebody_replaced_is_sent_again(package: Package, flavour: str) -> None:
    with CkanDouble(FLAVOURS[flavour]()) as double:
        site = Site(double, flavour, "upload")
        site.apply(package)
        (file,) = [one for one in files_of(double, "klein-themes").values() if one["url"].endswith(".csv")]
        others = b"1,VERVALST\n" * 400
        double.api.act("resource_patch", User("iemand", ("proef",)), {"id": file["id"]}, ("themes.csv", others))
        site.apply(package)
        sent = [one for one in double.writes if b"1,Begin" in one.body]
        assert len(sent) == 2, "once at first, and once again"
        assert site.plan(package).pending == ()


def test_until_its_bytes_are_sent_a_file_is_a_link_to_where_it_lies(package: Package, site: Site) -> None:
    site.files = "upload"
    site.double.api.largest = 10
    assert site.refused(package).rule == "target-file-refused"
    assert {file["url"] for file in files_of(site.double, "klein-links").values()} == {
        f"{BASE}links/links.csv",
        f"{BASE}links/links.jsonld",
    }


@pytest.mark.parametrize("flavour", ["dcat", "extras"])
def test_the_address_of_a_sent_file_is_the_catalogues_own(package: Package, flavour: str) -> None:
    with CkanDouble(FLAVOURS[flavour]()) as double:
        Site(double, flavour, "upload").apply(package)
        for file in files_of(double, "klein-themes").values():
            assert file["url"].startswith(double.url)
            assert not file.get("access_url")
            assert not file.get("download_url")


def test_a_file_of_the_same_length_with_other_bytes_is_no_part_of_the_package(tmp_path: Path) -> None:
    write_package(tmp_path)
    file = tmp_path / "klein" / "themes" / "themes.csv"
    file.write_bytes(file.read_bytes().replace(b"Begin", b"Einde"))
    with pytest.raises(DeliveryError, match=r"does not match its manifest: themes/themes\.csv"):
        contents.load(tmp_path, "klein")


def test_a_file_that_the_catalogue_names_and_the_manifest_does_not_is_told(tmp_path: Path) -> None:
    write_package(tmp_path)
    path = tmp_path / "klein" / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["files"] = [one for one in manifest["files"] if one["path"] != "themes/themes.csv"]
    path.write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(DeliveryError, match=r"has no file with the checksum of .*themes-csv"):
        contents.load(tmp_path, "klein")


@pytest.mark.parametrize("content", [b"dit is geen RDF", b"<a> <b> ."])
def test_a_catalogue_that_cannot_be_read_is_told(tmp_path: Path, content: bytes) -> None:
    write_package(tmp_path)
    (tmp_path / "klein" / "catalog.nt").write_bytes(content)
    path = tmp_path / "klein" / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    (entry,) = [one for one in manifest["files"] if one["path"] == "catalog.nt"]
    entry.update(bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
    path.write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(DeliveryError, match="is not N-Triples"):
        contents.load(tmp_path, "klein")


# Plans ------------------------------------------------------------------------------------------------------


def test_a_plan_of_one_catalogue_is_not_that_of_another(package: Package, site: Site) -> None:
    expected = site.plan(package).fingerprint
    with CkanDouble() as other:
        found = Site(other).refused(package, expected=expected)
        assert found.rule == "target-changed"
        assert other.writes == []


def test_a_wrong_flavour_is_told_with_the_one_that_fits(package: Package) -> None:
    with CkanDouble(FLAVOURS["donl"]()) as double, pytest.raises(DeliveryError) as told:
        Site(double, "extras").plan(package)
    assert told.value.finding.rule == "missing-target-plugin"
    assert told.value.finding.hint == "Set flavour = 'donl' in the target."


def test_a_token_with_rights_elsewhere_is_known(package: Package, site: Site) -> None:
    site.double.api.users[TOKEN] = User("bezorger", ("elders",))
    found = site.refused(package)
    assert found.message.startswith(
        "The token does not have permission to create datasets in the organisation 'proef'."
    )


@pytest.mark.parametrize("result", [{"count": "1", "results": [3]}, {"count": 1, "results": [3]}, {}, {"count": 1}])
def test_a_search_that_gives_no_datasets_is_told(
    package: Package, site: Site, monkeypatch: pytest.MonkeyPatch, result: Any
) -> None:
    monkeypatch.setattr(Api, "_do_package_search", lambda *_: result)
    found = site.refused(package)
    assert found.rule == "unexpected-target-answer"
    assert "not a list of datasets" in found.message


# What may be said aloud ---------------------------------------------------------------------------------


@pytest.mark.parametrize("padding", [*range(440, 510, 10)])
def test_a_token_at_the_place_where_words_are_cut_is_hidden_whole(
    package: Package, site: Site, monkeypatch: pytest.MonkeyPatch, padding: int
) -> None:
    def echo(*_: object) -> Any:
        raise RefusalError(409, {"message": "x" * padding + TOKEN, "__type": "Validation Error"})

    monkeypatch.setattr(Api, "_do_organization_list_for_user", echo)
    said = site.refused(package).message
    assert not any(TOKEN[:length] in said for length in range(6, len(TOKEN)))


@pytest.mark.parametrize("padding", [*range(240, 310, 10)])
def test_a_token_in_an_answer_of_another_kind_is_hidden_whole(padding: int) -> None:
    secret = "geheim-" * 6
    body = json.dumps({"x": "y" * padding, "auth": secret}).encode()
    with answering([(418, body)]) as (url, _):
        client = Client(url, dict, [Secret(secret)])
        with pytest.raises(DeliveryError) as told:
            client.get("/x")
    assert "geheim" not in told.value.finding.message


@pytest.mark.parametrize("url", ["https://jan:GEHEIM@ckan.voorbeeld.nl", "https://ckan.nl/?key=GEHEIM", "https://[::1"])
def test_what_stands_in_an_address_by_mistake_is_not_told(tmp_path: Path, url: str) -> None:
    from ogp_data.delivery import targets

    path = tmp_path / "t.toml"
    said = f'kind = "ckan"\nurl = "{url}"\npublication = "p"\norganisation = "GEHEIM!"\nsecret = {{ env = "T" }}\n'
    path.write_text(said, encoding="utf-8")
    target, found = targets.load(path)
    assert target is None
    assert [one.place.key for one in found] == ["url", "organisation"]
    assert not any("GEHEIM" in str(one) for one in found)


@pytest.mark.parametrize(
    ("address", "placeholder", "loopback"),
    [
        ("https://example.org./x", True, False),
        ("https://user@example.org/", True, False),
        ("https://data.your-domain.nl/ogp/", True, False),
        ("https://your.domain/ogp/", True, False),
        ("https://foo.localhost/", False, True),
        ("http://[::ffff:127.0.0.1]/", False, True),
        ("http://0.0.0.0/", False, True),
        ("https://example.nl/", False, False),
        ("https://notexample.org/", False, False),
        ("http://[::1", False, False),
    ],
)
def test_addresses_that_lead_nowhere_are_known(address: str, placeholder: bool, loopback: bool) -> None:
    assert is_placeholder(address) is placeholder
    if loopback or "::1" in address:
        assert is_loopback(address) is loopback


# The wire -----------------------------------------------------------------------------------------------


@contextmanager
def answering(
    answers: list[tuple[int, bytes]], context: ssl.SSLContext | None = None
) -> Iterator[tuple[str, list[str]]]:
    """Yield the address of a server that gives these answers, the last for ever, and what it was asked."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = answers[min(len(asked), len(answers) - 1)]
            asked.append(self.path)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http{'s' if context else ''}://127.0.0.1:{server.server_address[1]}", asked
        server.shutdown()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a certificate for 127.0.0.1 with its key, that nobody signed but itself."""
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    about = ["-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *about, "-keyout", str(path)]
    try:
        made = subprocess.run(command, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not installed")
    path.write_bytes(path.read_bytes() + made.stdout)
    return path


def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_a_certificate_that_nobody_vouches_for_is_refused_at_once(certificate: Path) -> None:
    with answering([(200, b"{}")], tls(certificate)) as (url, asked):
        with pytest.raises(DeliveryError, match=r"certificate of 127\.0\.0\.1 is not accepted") as told:
            Client(url, dict, [], sleep=lambda _: None).get("/x")
        assert asked == []
    assert "clock" in told.value.finding.hint


def test_a_certificate_that_somebody_vouches_for_is_accepted(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    with answering([(200, b'{"a": 1}')], tls(certificate)) as (url, _):
        assert Client(url, dict, []).get("/x").json == {"a": 1}


def test_what_speaks_no_tls_is_not_called_a_bad_certificate() -> None:
    with answering([(200, b"{}")]) as (url, _), pytest.raises(DeliveryError) as told:
        Client(url.replace("http:", "https:"), dict, [], sleep=lambda _: None).get("/x")
    assert "certificate" not in told.value.finding.message
    assert "after 5 attempts" in told.value.finding.message


@pytest.mark.parametrize(
    ("status", "rule"),
    [(403, "target-token-refused"), (400, "unexpected-target-answer"), (404, "unexpected-target-answer")],
)
def test_a_refusal_in_plain_words_is_a_refusal_and_not_asked_again(status: int, rule: str) -> None:
    with answering([(status, b"Forbidden by the firewall")]) as (url, asked), pytest.raises(DeliveryError) as told:
        Client(url, dict, []).get("/x")
    assert (told.value.finding.rule, len(asked)) == (rule, 1)


def test_what_a_failing_catalogue_says_is_told() -> None:
    body = json.dumps({"title": "Onderhoud", "detail": "Tot twaalf uur."}).encode()
    with answering([(503, body)]) as (url, _), pytest.raises(DeliveryError) as told:
        Client(url, dict, [], sleep=lambda _: None).get("/x")
    assert "it answers with status 503: Onderhoud, Tot twaalf uur." in told.value.finding.message


def test_an_answer_that_drips_is_given_up() -> None:
    class Drip(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            for _ in range(1000):
                self.wfile.write(b" ")
                if gone.wait(0.05):
                    return

        def log_message(self, *_: object) -> None:
            pass

    gone = threading.Event()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Drip) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}"
        with pytest.raises(DeliveryError, match=r"came within 0.2 seconds"):
            Client(url, dict, [], seconds=0.2, sleep=lambda _: None).get("/x")
        gone.set()
        server.shutdown()


# Bounds of time -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rate", "answered"), [(1_000_000, True), (1_000_000_000, False)])
def test_a_sent_file_has_its_time_on_top_of_that_of_a_request(
    monkeypatch: pytest.MonkeyPatch, rate: int, answered: bool
) -> None:
    """A file of 2 MB at 1 MB/s has 2 s more; the catalogue takes 1 s, and a request has a quarter of that."""
    monkeypatch.setattr(bounds, "UPLOAD_RATE", rate)
    monkeypatch.setattr(bounds, "ATTEMPTS", 1)

    def slow(connection: socket.socket, wire: Wire) -> None:
        connection.settimeout(1)
        with contextlib.suppress(TimeoutError):
            while connection.recv(1 << 20):
                pass
        connection.settimeout(None)
        give(b'{"success": true}', "Content-Type: application/json")(connection, wire)

    with Wire(slow) as wire:
        client = Client(wire.base, dict, [], seconds=0.25, sleep=lambda _: None)
        with contextlib.nullcontext() if answered else pytest.raises(DeliveryError, match=r"within 0\.25 seconds"):
            assert client.write("POST", "/x", {}, repeatable=True, file=("a.csv", b"x" * 2_000_000)).status == 200


@pytest.mark.parametrize(("seconds", "told"), [(599, ""), (600, ""), (601, "10 minutes apart"), (-601, "10 minutes")])
def test_clocks_are_said_to_differ_from_ten_minutes_on(
    monkeypatch: pytest.MonkeyPatch, seconds: int, told: str
) -> None:
    now = 1_800_000_000
    monkeypatch.setattr("time.time", lambda: now)
    hint = clock_hint(Answer(403, None, {"Date": formatdate(now + seconds, usegmt=True)}))
    assert (told in hint) if told else hint == ""
