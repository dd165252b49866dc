"""Clients that are slow, many or not to be understood: a real server, by a clock of the test."""

from __future__ import annotations

import contextlib
import random
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import h11
import pytest

from made_publication import publication
from ogp_data.service import connections
from ogp_data.service.connections import Gate
from ogp_data.service.forwarded import trusted
from ogp_data.service.limits import Limits
from ogp_data.service.server import create
from service_help import serving

LIMITS = Limits(rate=0, workers=1, client_connections=8, connections=20, wire_bytes=50_000)
GET = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
LARGE = 60_000_000


@dataclass
class Server:
    """A running service: its connections, its port, its log, and its clock."""

    gate: Gate
    port: int = 0
    log: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    now: float = 0.0
    looks: int = 0

    def clock(self) -> float:
        self.looks += 1
        return self.now

    def client(self, address: str = "127.0.0.1") -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), 20, (address, 0))

    def look(self) -> None:
        """Wait until all connections were looked at."""
        before = self.looks
        until(lambda: self.looks >= before + 3)

    def reasons(self) -> list[object]:
        return [about["reason"] for event, about in self.log if event == "connection"]


def until(holds: Callable[[], bool]) -> None:
    for _ in range(1000):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("it does not come to be")


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    publication(folder, "one", 1, {"large.bin": random.Random(1).randbytes(LARGE)})
    return folder


@contextlib.contextmanager
def running(dist: Path, limits: Limits = LIMITS, proxies: str = "") -> Iterator[Server]:
    log: list[tuple[str, dict[str, object]]] = []
    service = create(dist, lambda event, about: log.append((event, about)), limits, trusted(proxies))
    server = Server(service.gate, log=log)
    service.gate.clock = server.clock
    with serving(service, limits) as server.port:
        yield server


@pytest.fixture(scope="module")
def one(dist: Path) -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connections, "EVERY", 0.01)
        with running(dist) as made:
            yield made


@pytest.fixture
def server(one: Server) -> Server:
    """Return the one server, when the connections of the test before are closed."""
    until(lambda: not one.gate.open)
    one.log.clear()
    return one


def is_open(client: socket.socket) -> bool:
    client.settimeout(0.05)
    try:
        return client.recv(1, socket.MSG_PEEK) != b""
    except TimeoutError:
        return True
    except ConnectionError:
        return False
    finally:
        client.settimeout(20)


def admitted(server: Server, address: str) -> bool:
    with server.client(address) as client:
        return is_open(client)


def rest(client: socket.socket) -> bytes:
    found = []
    try:
        while part := client.recv(65536):
            found.append(part)
    except TimeoutError:
        raise AssertionError("the connection is neither used nor closed") from None
    except ConnectionError:
        pass
    return b"".join(found)


POST = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("sent", "bound", "answer"),
    [
        (b"", "idle_seconds", b""),
        (b"GET /health HT", "head_seconds", b"HTTP/1.1 408 "),
        (b"GET /health HTTP/1.1\r\nHost: x\r\n", "head_seconds", b"HTTP/1.1 408 "),
        (POST + b"Content-Length: 9\r\n\r\nASK", "body_seconds", b"HTTP/1.1 408 "),
        (CHUNKED + b"1\r\nA", "body_seconds", b"HTTP/1.1 408 "),
        # answered before its body is there: it may go on sending for as long as a body may take
        (b"GET /health HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nASK", "body_seconds", b"HTTP/1.1 200 "),
    ],
)
def test_who_is_silent_or_slow_is_open_until_the_bound_and_closed_after_it(
    server: Server, sent: bytes, bound: str, answer: bytes
) -> None:
    with server.client() as client:
        client.sendall(sent)
        time.sleep(0.1)
        server.look()
        server.now += getattr(LIMITS, bound) - 0.001
        server.look()
        if sent:
            client.sendall(b"X"[: bound != "body_seconds"])  # one byte more gives no more time
            time.sleep(0.1)
        server.look()
        assert not server.reasons()
        server.now += 0.002
        assert rest(client).startswith(answer)
        assert not is_open(client)
        until(lambda: server.reasons() == [f"slow-{bound.partition('_')[0]}"])


def test_a_connection_that_is_used_may_be_used_for_ever(server: Server) -> None:
    with server.client() as client:
        for _ in range(5):
            client.sendall(GET)
            until(lambda: b"\r\n\r\n{" in client.recv(65536, socket.MSG_PEEK))
            client.recv(65536)
            server.look()
            server.now += LIMITS.idle_seconds - 1
            server.look()
    assert not server.reasons()


def test_an_answer_that_is_not_taken_is_cut_and_one_that_is_taken_slowly_is_not(server: Server) -> None:
    slow = LIMITS.take_seconds + 0.1
    with server.client() as client:
        client.sendall(b"GET /one/large.bin HTTP/1.1\r\nHost: x\r\n\r\n")
        got = len(client.recv(65536))
        for _ in range(4):
            server.look()
            got += len(client.recv(2_000_000, socket.MSG_WAITALL))
            time.sleep(0.1)
            server.now += slow
            server.look()
        assert not server.reasons()
        assert got < LARGE
        server.look()
        server.now += slow
        until(lambda: server.reasons() == ["slow-take"])


def test_one_client_has_so_many_connections_and_another_is_answered(server: Server) -> None:
    silent = [server.client("127.0.0.2") for _ in range(LIMITS.client_connections)]
    assert all(is_open(client) for client in silent)
    over = [server.client("127.0.0.2") for _ in range(30)]
    assert not any(is_open(client) for client in over)
    assert server.reasons() == ["too-many"] * 30
    with server.client("127.0.0.3") as other:
        other.sendall(GET)
        assert other.recv(13) == b"HTTP/1.1 200 "
    silent.pop().close()
    until(lambda: admitted(server, "127.0.0.2"))
    for client in (*silent, *over):
        client.close()


def test_there_are_so_many_connections_in_all(server: Server) -> None:
    found = [server.client(f"127.0.1.{number}") for number in range(LIMITS.connections)]
    assert all(is_open(client) for client in found)
    over = server.client("127.0.1.250")
    assert not is_open(over)
    for client in (*found, over):
        client.close()


def test_a_declared_proxy_has_more_connections_than_a_client(dist: Path) -> None:
    with running(dist, proxies="127.0.0.0/24") as server:
        found = [server.client() for _ in range(LIMITS.client_connections + 5)]
        assert all(is_open(client) for client in found)
        for client in found:
            client.close()


def test_a_request_has_so_many_bytes_with_the_marks_of_its_chunks(server: Server) -> None:
    with server.client() as client:
        client.sendall(CHUNKED + b"1;" + b"x" * 30_000 + b"\r\n \r\n5\r\nASK{}\r\n0\r\n\r\n")
        assert client.recv(13) == b"HTTP/1.1 200 "
    with server.client() as client, contextlib.suppress(OSError):
        client.sendall(CHUNKED)
        client.sendall((b"1;" + b"x" * 30_000 + b"\r\n \r\n") * 2)
        until(lambda: server.reasons() == ["too-large"])
        assert rest(client) == b""


CHUNK = b"1\r\n \r\n"


@pytest.mark.parametrize("pieces", [1, 7])
def test_a_request_has_so_many_chunks_and_the_next_on_its_connection_as_many(server: Server, pieces: int) -> None:
    most = LIMITS.chunks - 1
    with server.client() as client:
        for _ in range(3):
            for piece in range(pieces):
                client.sendall(CHUNKED * (not piece) + CHUNK * (most // pieces + (piece == 0) * (most % pieces)))
            client.sendall(b"5\r\nASK{}\r\n0\r\n\r\n")
            until(lambda: client.recv(65536, socket.MSG_PEEK).endswith(b"}"))
            assert client.recv(65536).startswith(b"HTTP/1.1 200 ")
    assert not server.reasons()
    with server.client() as client, contextlib.suppress(OSError):
        client.sendall(CHUNKED + CHUNK * (LIMITS.chunks + 1))
        assert rest(client)[:13] in (b"HTTP/1.1 400 ", b"")
    assert server.reasons() == ["too-large"]


@pytest.mark.parametrize("method", [b"GET", b"HEAD"])
@pytest.mark.parametrize("head", [b"Transfer-Encoding: chunked\r\n\r\n", b"Content-Length: 9999\r\n\r\n"])
def test_the_body_of_a_get_that_is_answered_is_not_read(
    server: Server, monkeypatch: pytest.MonkeyPatch, method: bytes, head: bytes
) -> None:
    parsed: list[int] = []
    receive = h11.Connection.receive_data
    monkeypatch.setattr(
        h11.Connection, "receive_data", lambda own, data: (parsed.append(len(data)), receive(own, data))
    )
    with server.client() as client:
        client.sendall(method + b" /health HTTP/1.1\r\nHost: x\r\n" + head)
        assert rest(client).startswith(b"HTTP/1.1 200 ")
        for _ in range(5):
            client.sendall(CHUNK * 100)
            time.sleep(0.01)
    until(lambda: not server.gate.open)
    assert len(parsed) == 1
    assert not server.reasons()


def test_requests_in_one_piece_are_answered_in_their_order(server: Server) -> None:
    paths = [f"/{'x' * number}" for number in range(1, 40)]
    with server.client() as client:
        client.sendall("".join(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n" for path in paths).encode())
        until(lambda: sum(event == "request" for event, _ in server.log) == len(paths))
    assert [about["path"] for event, about in server.log if event == "request"] == paths


BAD_ENDS = (
    b"zz\r\n",
    b"-1\r\n",
    b"5\r\nabc\r\n0\r\n\r\n",
    b"1;" + b"x" * 40_000,
    b"0\r\nno trailer\r\n\r\n",
    b"\r\n",
    b"1\nA\n0\n\n",
    b"ffffffffffffffffffff\r\n",
    b"0x5\r\nASK{}\r\n",
    b"+1\r\n",
)


@pytest.mark.parametrize("path", [b"GET /", b"POST /sparql", b"GET /one/catalog.ttl", b"POST /one/catalog"])
def test_a_broken_chunk_is_the_fault_of_its_client_and_no_failure(server: Server, path: bytes) -> None:
    for pause in (0.0, 0.05):
        for end in BAD_ENDS:
            with server.client() as client, contextlib.suppress(OSError):
                client.sendall(CHUNKED.replace(b"POST /sparql", path))
                time.sleep(pause)
                client.sendall(end)
                client.shutdown(socket.SHUT_WR)
                assert rest(client)[:9] in (b"", b"HTTP/1.1 ")
    check_quiet(server)


PIECES = (
    *(b"GET ", b"POST ", b"/sparql", b"/health", b" HTTP/1.1", b" HTTP/1.0", b"\r\n", b"\r\n\r\n", b"Host: x\r\n"),
    *(b"Content-Length: 5\r\n", b"Transfer-Encoding: chunked\r\n", b"Upgrade: websocket\r\nConnection: upgrade\r\n"),
    *(b"5\r\nASK{}\r\n", b"0\r\n\r\n", b"\0", b"\xff", b"zz", b"Connection: close\r\n", b"Expect: 100-continue\r\n"),
    *(GET, GET.removesuffix(b"\r\n"), POST, CHUNKED, b"X: " + b"y" * 999 + b"\r\n"),
)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_sent_the_log_tells_of_no_failure(server: Server, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        with server.client() as client, contextlib.suppress(OSError):
            for piece in chance.choices(PIECES, k=chance.randint(1, 14)):
                client.sendall(piece)
                time.sleep(chance.choice((0, 0, 0, 0.002)))
            if chance.random() < 0.7:
                client.shutdown(socket.SHUT_WR)
                rest(client)
    check_quiet(server)


def check_quiet(server: Server) -> None:
    with server.client() as client:
        client.sendall(GET)
        assert client.recv(13) == b"HTTP/1.1 200 "
    until(lambda: any(about.get("path") == "/health" for _, about in server.log))
    assert {event for event, _ in server.log} <= {"request", "connection"}
    assert "Traceback" not in str(server.log)
