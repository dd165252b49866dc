"""What stands before every address: headers, paths that try to leave, bounds, logs; and a start that tells its faults.

Paths and bounds are tried on a service in a process of its own, since clients would fix them first.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from made_publication import publication
from ogp_data.cli.main import main
from ogp_data.service.guard import Guard, to_stream
from ogp_data.service.limits import Limits
from service_help import SCHEMA, Running, Web, client, quiet, running

STRICT = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "script-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


@pytest.fixture(scope="module")
def web(published: Path) -> Web:
    return client(published.parent)


@pytest.fixture(scope="module")
def served(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(published.parent, tmp_path_factory.mktemp("served")) as service:
        yield service


def policy(header: str) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in header.split(";"))


# Headers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/health", "/catalog.ttl", "/nothing", "/api/v1", "/api/v1/nothing", "/linkset", "/ldes", "/everything"]
)
def test_every_answer_has_the_strict_headers(web: Web, path: str) -> None:
    answer = web.get(path)
    assert policy(answer.headers["content-security-policy"]) == STRICT
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "server" not in answer.headers


def test_a_page_may_use_its_own_style_sheets_and_no_other(tmp_path: Path) -> None:
    publication(tmp_path, "large", 1, {"alone.html": b"<!doctype html><style>p { color: red }</style>"})
    answer = client(tmp_path).get("/alone.html")
    allowed = policy(answer.headers["content-security-policy"])
    digest = base64.b64encode(hashlib.sha256(b"p { color: red }").digest()).decode()
    assert allowed == {**STRICT, "style-src": f"'self' 'sha256-{digest}'"}


def test_only_the_query_page_may_run_webassembly_and_workers(tmp_path: Path) -> None:
    publication(tmp_path, "large", 1, {"query.html": b"<!doctype html>", "nl/query.html": b"<!doctype html>"})
    web = client(tmp_path)
    for path in ("/query.html", "/nl/query.html"):
        allowed = policy(web.get(path).headers["content-security-policy"])
        assert allowed == {**STRICT, "script-src": "'self' 'wasm-unsafe-eval'", "worker-src": "blob:"}
    assert policy(web.get("/catalog.ttl").headers["content-security-policy"]) == STRICT


@pytest.mark.parametrize("path", ["/charts/status.html", "/en/charts/timeline.html", "/charts/status.svg"])
def test_only_a_figure_alone_may_be_shown_in_the_page_of_another_site(web: Web, path: str) -> None:
    shown, other = web.get(path).headers, web.get("/en/").headers
    assert policy(shown["content-security-policy"])["frame-ancestors"] == "*"
    assert "x-frame-options" not in shown
    assert policy(other["content-security-policy"])["frame-ancestors"] == "'none'"
    assert other["x-frame-options"] == "DENY"


def test_a_browser_may_ask_from_elsewhere(web: Web) -> None:
    answer = web.request("OPTIONS", "/api/v1", headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-methods"] == answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert web.request("OPTIONS", "/sparql").headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert web.request("OPTIONS", "/").headers["access-control-max-age"] == "86400"


def test_an_error_is_text_for_people_and_never_runs_what_was_asked(web: Web) -> None:
    path = "/api/v1/publications/%3Cscript%3Ealert(1)%3C%2Fscript%3E"
    answer = web.get(path, headers={"Accept": "text/html"})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert b"<script>alert" not in answer.content
    answer = web.get("/catalog.ttl?page=%3Cscript%3E", headers={"Accept": "text/html"})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert b"<script>" not in answer.content
    assert b"&lt;script&gt;" in answer.content


# Paths ----------------------------------------------------------------------------------------------------

TRICKS = [
    "/../pyproject.toml",
    "/nl-2020-2022/../../etc/passwd",
    "/nl-2020-2022/%2e%2e/%2e%2e/etc/passwd",
    "/nl-2020-2022/..%2f..%2fetc/passwd",
    "/nl-2020-2022/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "/nl-2020-2022/..\\..\\etc\\passwd",
    "/nl-2020-2022/..%5c..%5cetc%5cpasswd",
    "/nl-2020-2022/%252e%252e/manifest.json",
    "/nl-2020-2022//manifest.json",
    "//etc/passwd",
    "/nl-2020-2022/%00manifest.json",
    "/nl-2020-2022/manifest.json%00.html",
    "/nl-2020-2022/./manifest.json",
    "/nl-2020-2022/commitments%2fcommitments.csv",
    "/.nl-2020-2022/manifest.json",
    "/nl-2020-2022/.nl-2020-2022",
    "/nl-2020-2022/manifest.json/",
    "/nl-2020-2022/%c0%ae%c0%ae/manifest.json",
    "/nl-2020-2022/%ff",
    "/nl-2020-2022/%zz",
    "/nl-2020-2022/%",
    "/file:///etc/passwd",
    "/nl-2020-2022/manifest.json;x=1",
    "/nl-2020-2022/MANIFEST.JSON",
    "/nl-2020-2022/reports",
]


@pytest.mark.parametrize("path", TRICKS)
def test_no_path_leads_out_or_to_what_is_not_published(served: Running, path: str) -> None:
    answer = served.raw(b"GET " + path.encode() + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    status = int(answer.split(b" ", 2)[1])
    assert status in (400, 404), answer[:200]
    assert b"root:" not in answer


@pytest.mark.parametrize("path", [b"/" + b"a" * 3000, b"/" + b"a/" * 2000, b"/?" + b"a" * 20000])
def test_what_is_very_long_is_refused(served: Running, path: bytes) -> None:
    answer = served.raw(b"GET " + path + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert int(answer.split(b" ", 2)[1]) == 414


@pytest.mark.parametrize(
    "request_", [b"\x00\x01\x02", b"GET", b"GET / HTTP/1.1\r\nA: " + b"b" * 90000, b"GET / SPDY/1"]
)
def test_what_is_no_http_is_refused_and_the_service_lives(served: Running, request_: bytes) -> None:
    answer = served.raw(request_ + b"\r\n\r\n")
    assert answer == b"" or answer.split(b" ", 2)[1] == b"400"
    assert httpx.get(f"{served.url}health").status_code == 200


# Bounds ---------------------------------------------------------------------------------------------------


def test_a_request_may_name_its_host_in_the_target(served: Running) -> None:
    # RFC 9112, section 3.2.2
    for target in (b"http://other.example/health", b"HTTP://other.example:80/themes", b"http://other.example"):
        answer = served.raw(b"GET " + target + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert answer.startswith((b"HTTP/1.1 200", b"HTTP/1.1 303")), target


def test_a_request_that_is_too_large_is_refused_before_it_is_read(served: Running) -> None:
    answer = served.raw(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\nConnection: close\r\n\r\n")
    assert answer.split(b" ", 2)[1] == b"413"


def test_a_client_that_asks_too_much_waits_and_others_do_not(published: Path) -> None:
    now = [0.0]
    web = client(published.parent)
    guard = Guard(web.service.answer.app, quiet, Limits(rate=2, burst=3), lambda: now[0])  # type: ignore[attr-defined]
    asking = Web(guard)  # type: ignore[arg-type]
    assert [asking.get("/health").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = asking.get("/health")
    assert refused.headers["retry-after"] == "1"
    assert refused.headers["content-security-policy"]
    now[0] = 0.5  # two a second: one more is allowed after half a second
    assert [asking.get("/health").status_code for _ in range(2)] == [200, 429]
    assert guard._wait("192.0.2.7") == 0
    now[0] = 60.0
    assert [asking.get("/health").status_code for _ in range(4)] == [200, 200, 200, 429]


def test_the_memory_of_clients_is_bounded() -> None:
    guard = Guard(lambda *_: None, quiet, Limits(rate=1))  # type: ignore[arg-type, return-value]
    for number in range(12_000):
        guard._wait(f"client-{number}")
    assert len(guard._buckets) == 10_000


def test_a_proxy_is_believed_only_when_it_is_trusted(published: Path, tmp_path: Path) -> None:
    forwarded = {"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "https"}
    for options, scheme, logged in (
        ((), "http", "127.0.0.1"),
        (("--trust-proxy", "127.0.0.1"), "https", "192.0.2.1"),
        (("--trust-proxy", "192.0.2.99"), "http", "127.0.0.1"),
    ):
        with running(published.parent, tmp_path, "--log-clients", *options) as service:
            body = httpx.get(f"{service.url}linkset", headers=forwarded).json()
            (line,) = service.requests()
        assert body["linkset"][0]["anchor"].partition(":")[0] == scheme
        assert line["client"] == logged


def test_a_failure_of_our_own_is_told_as_one_and_logged(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[str, dict[str, object]]] = []
    web = client(published.parent)
    monkeypatch.setattr("ogp_data.service.app.health", lambda *_: 1 / 0)
    guard = Guard(web.service.answer.app, lambda *event: said.append(event), Limits(rate=0))  # type: ignore[attr-defined]
    answer = Web(guard).get("/health")  # type: ignore[arg-type]
    assert answer.status_code == 500
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "ZeroDivisionError" not in answer.text
    assert [event for event, _ in said] == ["failed", "request"]
    assert "ZeroDivisionError" in str(said[0][1]["reason"])


def test_a_line_of_the_log_is_short_whatever_is_asked(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("x" * 30_000)

    stream = io.StringIO()
    web = client(published.parent)
    monkeypatch.setattr("ogp_data.service.app.health", fail)
    web = Web(Guard(web.service.answer.app, to_stream(stream), Limits(rate=0)))  # type: ignore[attr-defined,arg-type]
    for method, path in (("GET", "/health"), ("M" * 30_000, "/"), ("M" * 30_000, f"/{'é' * 1000}")):
        web.request(method, path)
    lines = stream.getvalue().splitlines()
    assert [json.loads(line)["event"] for line in lines] == ["failed", "request", "request", "request"]
    for line in lines:
        SCHEMA.validate(json.loads(line))
        assert len(line) < 5500


# Logs, start and stop -------------------------------------------------------------------------------------


def test_each_request_is_one_line_of_json_without_who_asked(served: Running) -> None:
    httpx.get(f"{served.url}nl-2020-2022/catalog.nt?email=someone", headers={"Accept-Encoding": "identity"})
    time.sleep(0.3)
    line = served.requests()[-1]
    assert set(line) == {"time", "event", "id", "method", "path", "status", "bytes", "ms"}
    assert (line["method"], line["path"], line["status"]) == ("GET", "/nl-2020-2022/catalog.nt", 200)
    assert int(str(line["bytes"])) > 100_000
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", str(line["time"]))


def serve(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ogp_data", "serve", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_a_port_that_is_taken_is_told_with_its_mend(published: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = serve("--port", str(other.getsockname()[1]), "--dist", str(published.parent))
    assert done.returncode == 2
    assert "is taken by another program" in done.stderr
    assert "--port" in done.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--dist", "nowhere"], "there is no folder nowhere; publish first"),
        (["--dist", ".", "--port", "70000"], "70000 is not a port"),
        (["--dist", ".", "--port", "-1"], "-1 is not a port"),
        (["--dist", ".", "--host", "192.0.2.1"], "--host"),
        (["--dist", ".", "--host", "no such host"], "is not an address of this machine"),
    ],
)
def test_what_cannot_be_is_told_with_its_mend(
    options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", *options]) == 2
    assert said in capsys.readouterr().err


def test_a_stop_lets_a_request_under_way_finish(published: Path, tmp_path: Path) -> None:
    size = (published / "nl-2020-2022.zip").stat().st_size
    with running(published.parent, tmp_path) as service:
        connection = socket.create_connection(("127.0.0.1", service.port))
        # The receive window of this socket is smaller than the file, so the answer is under way until it is read.
        connection.sendall(b"GET /nl-2020-2022.zip HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        got = connection.recv(1000)
        service.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        while part := connection.recv(65536):
            got += part
        connection.close()
        assert service.process.wait(timeout=20) in (0, -signal.SIGTERM)
        assert [line["event"] for line in service.lines()][-1] == "stopped"
    assert len(got.partition(b"\r\n\r\n")[2]) == size


def test_an_answer_does_not_wait_for_the_client_to_acknowledge_its_header(served: Running) -> None:
    # With Nagle's algorithm on, each answer on a connection that is kept open takes 40 ms, after the first few.
    with httpx.Client(base_url=served.url) as kept_open:
        times = [kept_open.get("favicon.svg").elapsed.total_seconds() for _ in range(80)]
    assert statistics.median(times[40:]) < 0.03


def test_many_clients_at_once_are_all_answered(served: Running) -> None:
    statuses: list[int] = []

    def ask() -> None:
        with httpx.Client() as asking:
            statuses.extend(asking.get(f"{served.url}nl-2020-2022/themes/themes.csv").status_code for _ in range(10))

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 200
