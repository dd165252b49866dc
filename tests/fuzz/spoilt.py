"""Deliveries to the doubles in which one answer is spoilt between the socket and what reads it."""

from __future__ import annotations

import copy
import json
import random
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aanlever_double import AanleverDouble
from ckan_double import TOKEN, CkanDouble
from ogp_data.core.web import client
from ogp_data.delivery.faults import DeliveryError
from test_delivery_aanlever import PACKAGE, Desk, a_dataset, a_file, a_package
from test_delivery_ckan import CELLS, FLAVOURS, Site, write_package

VALUES: list[Any] = [
    None, True, False, 0, -1, 3.5, 10**30, 10**400, "", "x", "\x1b[31m\u202e", "é" * 3000, TOKEN, [], {}, [None], [[]],
    ["x"], [{}], [{"id": None}], [{"id": "x"}], [{"key": []}], {"a": 1}, {"name": None}, {"id": []}, {"message": 1},
    [[[[[[[[[[1]]]]]]]]]], {"resources": 1}, {"resources": [1]}, {"errors": 1}, {"__type": {}},
]  # fmt: skip
HEADERS: dict[str, list[str]] = {
    "Retry-After": ["", "-1", "soon", "99999999999", "1e9", "Wed, 21 Oct 2015 07:28:00 GMT", "Wed, 99 Foo 99999"],
    "Date": ["", "never", "Wed, 21 Oct 2015 07:28:00 GMT", "Thu, 01 Jan 99999 00:00:00 GMT"],
    "Content-Encoding": ["br", "gzip"],
    "Location": ["", "//", "http://[", "\x1b[31m", f"https://elsewhere.nl/?t={TOKEN}"],
}
BYTES = [
    b"",
    b"null",
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b'"\\ud800"',
    b"\xff\xfe{}",
    b"NaN",
    b"1e999",
    b"[" + b"0," * 999,
]
STATUSES = [
    100,
    200,
    201,
    204,
    206,
    302,
    304,
    400,
    401,
    403,
    404,
    409,
    410,
    413,
    415,
    418,
    422,
    428,
    429,
    500,
    503,
    599,
]


@dataclass
class Spoilt:
    """A reply that was changed on its way."""

    url: str
    status: int
    headers: dict[str, str]
    content: bytes

    def body(self, _most: int) -> bytes:
        return self.content


def spoil(chance: random.Random, reply: client.Reply) -> Spoilt:
    """Return a reply with something else in it."""
    made = Spoilt(reply.url, reply.status, dict(reply.headers), reply.body(10**8))
    how = chance.random()
    if how < 0.7:
        made.content = spoilt_json(chance, made.content)
    elif how < 0.85:
        made.content = spoilt_bytes(chance, made.content)
    if how > 0.8 or chance.random() < 0.2:
        made.status = chance.choice(STATUSES)
    if chance.random() < 0.2:
        name = chance.choice(sorted(HEADERS))
        made.headers[name] = chance.choice(HEADERS[name])
    return made


def spoilt_json(chance: random.Random, content: bytes) -> bytes:
    try:
        value = json.loads(content)
    except ValueError:
        return content
    places = list(_places(value))
    if not places or chance.random() < 0.05:
        return json.dumps(chance.choice(VALUES)).encode()
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        holder, key = chance.choice(places)
        if isinstance(holder, dict) and chance.random() < 0.25:
            holder.pop(key, None)
        else:
            holder[key] = copy.deepcopy(chance.choice(VALUES))
    return json.dumps(value).encode()


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    for key, inner in list(
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield value, key
        yield from _places(inner)


def spoilt_bytes(chance: random.Random, content: bytes) -> bytes:
    if chance.random() < 0.4 or not content:
        return chance.choice(BYTES)
    at = chance.randrange(len(content))
    return (
        content[:at]
        + chance.choice([b"", b"\x00", b"[", b'"', b"\\", b"\xff", b"9" * 400])
        + content[at + chance.randrange(3) :]
    )


@contextmanager
def spoiling(chance: random.Random, at: int) -> Iterator[None]:
    """Spoil the `at`-th answer that anybody gets."""
    real, count = client.Client.ask, 0

    @contextmanager
    def ask(self: client.Client, *arguments: Any, **options: Any) -> Iterator[Any]:
        nonlocal count
        count += 1
        with real(self, *arguments, **options) as reply:
            yield spoil(chance, reply) if count == at else reply

    client.Client.ask = ask  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        client.Client.ask = real  # type: ignore[method-assign]


def tried(deliver: Any, chance: random.Random) -> str:
    """Return how a delivery with a spoilt answer ends: "ok", "finding", or what is wrong."""
    try:
        with spoiling(chance, chance.randint(1, 10)):
            deliver()
    except DeliveryError as reason:
        if not reason.progress:
            return f"WRONG no progress: {reason.finding.message[:80]}"
        return f"WRONG token: {reason}" if TOKEN in str(reason.finding) else "finding"
    except Exception as reason:
        where = traceback.extract_tb(reason.__traceback__)[-1]
        return f"WRONG {type(reason).__name__}: {str(reason)[:80]} @ {where.name}"
    return "ok"


def ckan(chance: random.Random, folder: Path) -> str:
    """Return how a delivery to CKAN ends."""
    flavour = chance.choice(sorted(FLAVOURS))
    with CkanDouble(FLAVOURS[flavour]()) as double:
        package = write_package(folder)
        site = Site(double, flavour, chance.choice(["link", "upload"]))
        if chance.random() < 0.6:
            site.apply(package)
            cells = (
                {"links": CELLS["links"]} if chance.random() < 0.5 else {**CELLS, "themes": "number,title\n1,Anders\n"}
            )
            package = write_package(folder, cells)
        other = double.plant(name="van-een-ander", title="Van een ander", notes="n") if flavour == "extras" else None
        before = copy.deepcopy(other)
        said = tried(lambda: site.apply(package, prune=chance.random() < 0.5), chance)
        return said if not other or other == before else f"WRONG a dataset of others was changed: {said}"


AFTER = a_package(a_dataset("a", a_file("a", "csv"), version="1.1.0"), a_dataset("c", a_file("c", "csv")))


def aanlever(chance: random.Random, folder: Path, openapi: Path) -> str:
    """Return how a delivery to the Aanlever API ends."""
    with AanleverDouble(openapi) as double:
        desk = Desk(double, folder)
        if chance.random() < 0.6:
            desk.apply()
        return tried(lambda: desk.apply(chance.choice([PACKAGE, AFTER]), prune=chance.random() < 0.5), chance)
