"""Answers of a catalogue that are not as they should be -> a delivery that ends, with a reason where it fails.

What is answered is what a double of the catalogue says, with a few of its answers changed.
"""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

from hypothesis import strategies as st

from aanlever_double import CLIENT
from ckan_double import TOKEN, CkanDouble
from fuzz import spoilt
from fuzz.damage import changed, paths, texts, values
from fuzz.target import BrokenError, Case, Check, Target, told
from ogp_data.delivery.faults import DeliveryError
from ogp_data.delivery.package_reader import Package
from test_delivery_aanlever import PACKAGE, Desk
from test_delivery_ckan import FLAVOURS, Site, write_package

# Cases --------------------------------------------------------------------------------------------------

_headers = st.sampled_from(
    (
        *(
            ("Content-Type", "text/html"),
            ("Content-Type", ""),
            ("Content-Type", "application/json; charset=utf-7"),
            ("Content-Encoding", "gzip"),
        ),
        *(
            ("Content-Encoding", "br"),
            ("Retry-After", "0"),
            ("Retry-After", "-1"),
            ("Retry-After", "99999999"),
            ("Retry-After", "x"),
        ),
        *(
            ("Retry-After", "Thu, 01 Jan 99999 00:00:00 GMT"),
            ("Date", "x"),
            ("Date", "Thu, 01 Jan 1970 00:00:00 GMT"),
            ("Location", "/x"),
        ),
        *(
            ("Location", "http://[::1"),
            ("Location", ""),
            ("Transfer-Encoding", "chunked"),
            ("X", "x" * 9000),
            ("API-Version", "99.0.0"),
        ),
        *(
            ("Content-Length", "5"),
            ("Content-Length", "-1"),
            ("Content-Length", "x"),
            ("Set-Cookie", "a=b; domain=é"),
            ("WWW-Authenticate", "x"),
        ),
    )
)
_statuses = st.sampled_from(
    (
        200,
        200,
        200,
        201,
        202,
        204,
        206,
        301,
        302,
        304,
        307,
        400,
        401,
        403,
        404,
        409,
        410,
        413,
        418,
        422,
        429,
        500,
        501,
        502,
        503,
        504,
        599,
        999,
    )
)
_bodies = st.one_of(
    texts,
    st.sampled_from(
        (
            "[" * 3000,
            '{"a":' * 3000,
            '"' + "x" * 300_000 + '"',
            "\ud800",
            "NaN",
            "1e999",
            "9" * 5000,
            '{"a":1}{"b":2}',
            "\ufeff{}",
        )
    ),
)
_raw = st.sampled_from(
    (
        *(
            "",
            "\r\n",
            "HTTP/1.1 200 OK\r\n",
            "HTTP/1.1 200 OK\r\n\r\n",
            "HTTP/9.9 200 OK\r\n\r\n{}",
            "HTTP/1.1 abc OK\r\n\r\n",
            "{}",
            "<html>",
        ),
        *(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        ),
        *(
            "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}",
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
        ),
        *(
            "HTTP/1.1 100 Continue\r\n\r\n" * 20,
            "HTTP/1.1 200 OK\r\n" + "x: y\r\n" * 500 + "\r\n{}",
            "HTTP/1.1 200 OK\r\nbad header\r\n\r\n{}",
        ),
        *(
            "HTTP/1.1 200 " + "x" * 99_999,
            "HTTP/1.1 302 x\r\nLocation: file:///etc/passwd\r\n\r\n",
            "HTTP/1.1 200 OK\r\nx: \r\n y\r\n\r\n",
        ),
    )
)
changes = st.one_of(
    st.fixed_dictionaries({"place": st.integers(0, 400), "set": values}),
    st.fixed_dictionaries({"place": st.integers(0, 400), "set": values}),
    st.fixed_dictionaries({"place": st.integers(0, 400), "drop": st.just(True)}),
    st.fixed_dictionaries({"whole": values}, optional={"status": _statuses}),
    st.fixed_dictionaries({"body": _bodies}, optional={"status": _statuses}),
    st.fixed_dictionaries({"status": _statuses}),
    st.fixed_dictionaries({"header": _headers}, optional={"status": _statuses}),
    st.fixed_dictionaries({"cut": st.integers(0, 300)}),
    st.fixed_dictionaries({"raw": _raw}),
)
_cases = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(("ckan", "ckan", "aanlever")),
        "flavour": st.sampled_from(tuple(FLAVOURS)),
        "files": st.sampled_from(("link", "upload")),
        "delivered": st.booleans(),
        "prune": st.booleans(),
        "answers": st.dictionaries(
            st.one_of(st.integers(1, 6), st.integers(1, 30)).map(str), changes, min_size=1, max_size=3
        ),
        "times": st.sampled_from((1, 1, 9)),
    }
)
_numbers = st.integers(0, 10**9).map(lambda number: {"kind": "spoilt", "number": number})
cases = st.one_of(_cases, _numbers).map(lambda made: Case((json.dumps(made, indent=1) + "\n").encode(), ".json"))


# Changed answers ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Changes:
    """Which answers are changed and how; `times` in a row, since what passes is asked for again."""

    answers: Mapping[str, dict[str, Any]]
    times: int
    number: int = 0
    _left: tuple[int, dict[str, Any]] | None = None

    def next(self) -> dict[str, Any]:
        """Return how the next answer is changed; {} when it is not."""
        self.number += 1
        if self._left and self._left[0] > 0:
            self._left = (self._left[0] - 1, self._left[1])
            return self._left[1]
        change = self.answers.get(str(self.number), {})
        self._left = (self.times - 1, change) if change else None
        return change


def send(
    handler: BaseHTTPRequestHandler, status: int, headers: Mapping[str, str], body: bytes, change: Mapping[str, Any]
) -> None:
    """Send an answer as a change has it."""
    handler.close_connection = bool(change)
    if "raw" in change:
        handler.wfile.write(change["raw"].encode())
        return
    body = _body(body, change)
    more = dict([change["header"]]) if "header" in change else {}
    handler.send_response(change.get("status", status))
    for name, value in {
        "Content-Length": str(len(body)),
        **headers,
        **more,
        **({"Connection": "close"} if change else {}),
    }.items():
        handler.send_header(name, value.encode().decode("latin-1"))
    handler.end_headers()
    handler.wfile.write(body[: change["cut"]] if "cut" in change else body)


def _body(body: bytes, change: Mapping[str, Any]) -> bytes:
    if "body" in change:
        return change["body"].encode("utf-8", "surrogatepass")
    if "whole" in change:
        return json.dumps(change["whole"]).encode()
    if "place" not in change:
        return body
    try:
        tree = json.loads(body)
        places = list(paths(tree))
        return json.dumps(changed(tree, places[change["place"] % len(places)], partial(_change, change))).encode()
    except (ValueError, ZeroDivisionError):
        return body


def _change(change: Mapping[str, Any], parent: Any, step: Any) -> None:
    if "set" in change:
        parent[step] = change["set"]
    else:
        del parent[step]


class Changing(CkanDouble):
    """The double of CKAN with some of its answers changed."""

    changes = Changes({}, 0)

    def _serve(self, handler: Any) -> None:
        change = self.changes.next()

        def sent(answer: Any, **_: object) -> None:
            send(handler, answer.status, answer.headers, answer.body, change)

        with mock.patch.object(handler, "send", sent):
            super()._serve(handler)


# A catalogue that speaks as the Aanlever API does, as far as a delivery needs it ---------------------------


ACCESS = "an-access-token-of-the-double"


@dataclass(slots=True)
class Aanlever:
    """Datasets by their id, and what is answered to a request."""

    datasets: dict[str, dict[str, Any]] = field(default_factory=dict)
    count: int = 0

    def answer(self, method: str, path: str, sent: Any) -> tuple[int, Any]:
        """Return status and JSON of an answer."""
        match [method, *path.strip("/").split("/")[2:]]:
            case ["POST", "auth", "token"]:
                return 200, {"accessToken": ACCESS, "expiresIn": 3600, "tokenType": "Bearer"}
            case ["GET", "me", "catalog-records"]:
                return 200, _page([_line(key, one) for key, one in self.datasets.items()])
            case ["POST", "datasets"]:
                key = self._id()
                self.datasets[key] = {"body": sent, "status": "DRAFT", "files": self._files(sent)}
                return 201, {"id": key}
            case [_, "datasets", key, *rest] if key in self.datasets:
                return self._of(method, key, rest, sent)
        return 404, {"code": "DCAT_DATASET_NOT_FOUND", "title": "Not found", "status": 404}

    def _of(self, method: str, key: str, rest: list[str], sent: Any) -> tuple[int, Any]:
        one = self.datasets[key]
        match [method, *rest]:
            case ["GET"]:
                return 200, {"id": key, "dcatDataset": one["body"], "meta": _line(key, one)["meta"]}
            case ["PUT" | "PATCH"]:
                one["body"], one["files"] = {**one["body"], **sent}, self._files(sent) or one["files"]
                return 200, {"id": key}
            case ["DELETE"]:
                del self.datasets[key]
                return 204, None
            case ["PUT", "publication-status"]:
                one["status"] = sent["publicationStatus"]
                return 200, {}
            case ["GET", "distributions"]:
                return 200, _page([{"id": name, "dcatDistribution": file} for name, file in one["files"].items()])
            case ["POST", "distributions"]:
                one["files"][self._id()] = sent
                return 201, {"id": f"{self.count}"}
            case ["PUT", "distributions", name]:
                one["files"][name] = sent
                return 200, {}
            case ["DELETE", "distributions", name]:
                one["files"].pop(name, None)
                return 204, None
        return 405, {}

    def _id(self) -> str:
        self.count += 1
        return str(self.count)

    def _files(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        return {self._id(): file for file in sent.get("dcatDistribution") or ()}


def _line(key: str, one: Mapping[str, Any]) -> dict[str, Any]:
    about = {"primaryTopicId": key, "primaryTopicType": "DATASET", "publicationStatus": one["status"]}
    allowed = {"allowedPublicationStatuses": ["PUBLISHED", "WITHDRAWN"]}
    return {"meta": {**about, **allowed}, "dcatCatalogRecord": {"dctModified": "2024-01-01T00:00:00Z"}}


def _page(content: list[Any]) -> dict[str, Any]:
    return {"content": content, "page": {"totalPages": 1, "number": 0}}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with self.server.lock:
            sent = json.loads(body) if body else {}
            status, said = self.server.api.answer(self.command, urlsplit(self.path).path, sent)
            change = self.server.changes.next()
        content = b"" if said is None else json.dumps(said).encode()
        send(self, status, {"Content-Type": "application/json"}, content, change)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = serve  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    """A catalogue on the loopback, from `with` to its end."""

    def __init__(self) -> None:
        self.api, self.changes, self.lock = Aanlever(), Changes({}, 0), threading.Lock()
        super().__init__(("127.0.0.1", 0), _Handler)
        threading.Thread(target=self.serve_forever, args=(0.005,), daemon=True).start()

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a client may go away."""


# What must hold -----------------------------------------------------------------------------------------

SECONDS = 2.0


@contextmanager
def opened(folder: Path) -> Iterator[Check]:
    """Yield the check of a delivery: planned and applied, or ended with a reason."""
    package = write_package(folder / "dist")

    def check(case: Case) -> str:
        made = json.loads(case.content)
        if made["kind"] == "spoilt":
            return _spoilt(made["number"], folder)
        changes = Changes(made["answers"], made["times"])
        return _to_ckan(package, made, changes) if made["kind"] == "ckan" else _to_aanlever(folder, made, changes)

    yield check


def _spoilt(number: int, folder: Path) -> str:
    """Return how a delivery ends in which one answer is spoilt on its way."""
    said = spoilt.ckan(Random(number), folder / "spoilt")
    if said not in ("ok", "finding"):
        raise BrokenError(re.sub(r"[^A-Za-z ].*", "", said), said)
    return said


def _to_ckan(package: Package, made: Mapping[str, Any], changes: Changes) -> str:
    with Changing(FLAVOURS[made["flavour"]]()) as double:
        site = Site(double, made["flavour"], made["files"], SECONDS)
        if made["delivered"]:
            site.apply(package)
        double.changes = changes
        return _both(partial(site.plan, package, made["prune"]), partial(site.apply, package, made["prune"]))


def _to_aanlever(folder: Path, made: Mapping[str, Any], changes: Changes) -> str:
    shutil.rmtree(folder / "desk", ignore_errors=True)
    with _Server() as server:
        url = f"http://127.0.0.1:{server.server_address[1]}"
        desk = Desk(None, folder / "desk", SECONDS, url=url)  # type: ignore[arg-type]  # it has no double
        if made["delivered"]:
            desk.apply(PACKAGE)
        server.changes = changes
        return _both(partial(desk.plan, PACKAGE, made["prune"]), partial(desk.apply, PACKAGE, made["prune"]))


SECRETS = (TOKEN, CLIENT.key, ACCESS)


def _both(plan: Callable[[], object], apply: Callable[[], object]) -> str:
    return f"{_ended(plan, False)}, {_ended(apply, True)}"


def _ended(step: Callable[[], object], writes: bool) -> str:
    """Return how a step ended: done, or with a finding that says how far it came and no secret."""
    try:
        step()
    except DeliveryError as reason:
        text = told([reason.finding], placed=False)  # a catalogue's address and datasets are named in the sentence
        if any(secret in text for secret in SECRETS):
            raise BrokenError("a secret is told", text) from None
        if writes and reason.progress is None:
            raise BrokenError("no word of how far it came", text) from None
        return reason.finding.rule
    return "done"


DELIVERIES = Target("deliveries", cases, opened)
