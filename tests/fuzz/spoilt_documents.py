"""Documents of every kind, spoilt: bytes changed, cut off, doubled, and parts of archives swapped and spoilt inside."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Mapping
from contextlib import nullcontext
from functools import cache

from hypothesis import strategies

from document_help import check
from fuzz.target import Case, Target
from made_documents import MADE
from ogp_data.core.source import SourceFile
from ogp_data.documents import READERS
from ogp_data.documents.limits import UnreadableError

WORDS = [
    b"<",
    b">",
    b"</w:p>",
    b"&x;",
    b"0",
    b"-1",
    b"99999999999",
    b"\xff\xfe",
    b"\0",
    b" obj",
    b"stream",
    b"/Kids",
    b"|",
    b"\n",
    b"<table>",
    b'"',
]
"""What parsers may stumble over."""


def spoilt(chance: random.Random, content: bytes) -> bytes:
    """Return bytes with a few of them changed, taken out, doubled or replaced."""
    made = bytearray(content)
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(made) + 1)
        kind = chance.randrange(5)
        if kind == 0 and made:
            made[min(at, len(made) - 1)] = chance.randrange(256)
        elif kind == 1:
            del made[at : at + chance.randrange(1, 40)]
        elif kind == 2:
            made[at:at] = chance.choice(WORDS)
        elif kind == 3:
            made[at:at] = made[at : at + chance.randrange(1, 200)]
        elif chance.random() < 0.2:
            del made[at:]
    return bytes(made)


def spoilt_inside(chance: random.Random, content: bytes) -> bytes:
    """Return an archive one of whose parts is spoilt or gone, or stands where another did; of others, spoilt bytes."""
    if not content.startswith(b"PK") or chance.random() < 0.2:
        return spoilt(chance, content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    weights = [3 if name.endswith((".xml", ".rels")) else 1 for name in parts]
    name, other = chance.choices(list(parts), weights, k=2)
    kind = chance.randrange(8)
    if kind == 0:
        del parts[name]
    elif kind == 1:
        parts[name] = parts[other]
    else:
        parts[name] = spoilt(chance, parts[name])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, part in parts.items():
            archive.writestr(zipfile.ZipInfo(each), part)
    return made.getvalue()


@cache
def sound() -> Mapping[str, bytes]:
    """Return the made plan in each form."""
    return {kind: make() for kind, make in MADE.items()}


def read_spoilt(kind: str, content: bytes) -> str:
    """Return what became of a spoilt document: read, or refused by a rule; anything else is raised."""
    try:
        document = READERS[kind].read(SourceFile(f"spoilt.{kind}", content, "latin-1"))
    except UnreadableError as reason:
        return reason.rule
    check(document)
    return "read"


def _case(kind: str, seed: int) -> Case:
    return Case(spoilt_inside(random.Random(seed), sound()[kind]), f".{kind}")


def _check(case: Case) -> str:
    return read_spoilt(case.suffix.removeprefix("."), case.content)


SPOILT = Target(
    "spoilt",
    strategies.builds(_case, strategies.sampled_from(sorted(MADE)), strategies.integers(0, 2**32)),
    lambda _: nullcontext(_check),
)
