"""Documents of every kind, spoilt: bytes changed, cut off, doubled, and parts of archives swapped and spoilt inside."""

from __future__ import annotations

import copy
import io
import random
import re
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import nullcontext
from functools import cache
from typing import Any

from hypothesis import strategies
from lxml import etree

from country_files import WRITERS
from document_help import check
from fuzz.target import Case, Target
from made_country import plan
from made_documents import MADE
from ogp_data.core.limits import Limits
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


VALUES = (
    "",
    "0",
    "-1",
    "1",
    "7",
    "99999999999",
    "1e9",
    "NaN",
    "x",
    "#",
    "true",
    "A1:XFD1048576",
    "\u00ad",
    "\u202e",
    "٣",
)
"""What stands in the place of an attribute or a text."""


def spoilt_xml(chance: random.Random, content: bytes) -> bytes:
    """Return XML that is well formed, some of whose elements, attributes and texts are gone, moved or others."""
    try:
        root = etree.fromstring(content)
    except etree.XMLSyntaxError:
        return spoilt(chance, content)
    for _ in range(chance.randrange(1, 6)):
        elements = [one for one in root.iter() if isinstance(one.tag, str)]
        _spoil_element(chance, root, chance.choice(elements), chance.choice(elements))
    return etree.tostring(root)


def _spoil_element(chance: random.Random, root: Any, one: Any, other: Any) -> None:
    kind = chance.randrange(7)
    if kind <= 1 and one.attrib:
        name = chance.choice(sorted(one.attrib))
        if chance.random() < 0.3:
            del one.attrib[name]
        else:
            one.set(name, chance.choice(VALUES))
    elif kind == 2 and one is not root:
        one.getparent().remove(one)
    elif kind == 3:
        other.append(copy.deepcopy(one))
    elif kind == 4 and one is not root and one not in other.iterancestors() and one is not other:
        other.insert(0, one)
    elif kind == 5:
        one.text = chance.choice(VALUES)
    elif kind == 6:
        one.tag = other.tag


_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)
_TOKEN = re.compile(rb"\S+|\s+")


def spoilt_streams(chance: random.Random, content: bytes) -> bytes:
    """Return a PDF in one of whose streams, once it is unpacked, tokens are gone, doubled or others."""
    streams = list(_STREAM.finditer(content))
    if not streams:
        return spoilt(chance, content)
    stream = chance.choice(streams)
    try:
        plain, is_packed = zlib.decompress(stream[1]), True
    except zlib.error:
        plain, is_packed = stream[1], False
    made = spoilt_tokens(chance, _TOKEN.findall(plain))
    return content[: stream.start(1)] + (zlib.compress(made) if is_packed else made) + content[stream.end(1) :]


_MARKUP = re.compile(rb"<[^<>]*>|[|*_#`\[\]()\n;\",]|[^<>|*_#`\[\]()\n;\",]+")


def spoilt_tokens(chance: random.Random, tokens: list[bytes]) -> bytes:
    """Return tokens, some of them gone, doubled, swapped or others."""
    for _ in range(chance.randrange(1, 9)):
        if not tokens:
            break
        at, other = chance.randrange(len(tokens)), chance.randrange(len(tokens))
        kind = chance.randrange(5)
        if kind == 0:
            del tokens[at : at + chance.randrange(1, 4)]
        elif kind == 1:
            tokens[at:at] = tokens[other : other + chance.randrange(1, 12)]
        elif kind == 2:
            tokens[at], tokens[other] = tokens[other], tokens[at]
        elif kind == 3:
            tokens[at] = chance.choice(VALUES).encode()
        else:
            tokens[at:at] = [tokens[other]] * chance.choice((2, 3, 300))
    return b"".join(tokens)


def spoilt_inside(chance: random.Random, content: bytes) -> bytes:
    """Return a document that is spoilt where only its reader looks: in parts of archives, streams of PDF, markup."""
    if chance.random() < 0.2:
        return spoilt(chance, content)
    if content.startswith(b"PK"):
        return _spoilt_archive(chance, content)
    if content.startswith(b"%PDF"):
        return spoilt_streams(chance, content) if chance.random() < 0.6 else spoilt(chance, content)
    return spoilt_tokens(chance, _MARKUP.findall(content))


def _spoilt_archive(chance: random.Random, content: bytes) -> bytes:
    """Return an archive one of whose parts is spoilt or gone, or stands where another did."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    weights = [3 if name.endswith((".xml", ".rels")) else 1 for name in parts]
    name, other = chance.choices(list(parts), weights, k=2)
    kind = chance.randrange(8)
    if kind == 0:
        del parts[name]
    elif kind == 1:
        parts[name] = parts[other]
    elif kind < 6 and name.endswith((".xml", ".rels")):
        parts[name] = spoilt_xml(chance, parts[name])
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


@cache
def varied(kind: str, seed: int) -> bytes:
    """Return the plan of a seed, which has all that plans of the made country differ in; a PDF is the same again."""
    return WRITERS[kind](plan(seed)) if kind in WRITERS else sound()[kind]


LIMITS = Limits(cells=50_000)
"""A number that is spoilt may repeat a row a million times: that many cells are refused sooner than by default."""


def read_spoilt(kind: str, content: bytes) -> str:
    """Return what became of a spoilt document: read, or refused by a rule; anything else is raised."""
    try:
        document = READERS[kind].read(SourceFile(f"spoilt.{kind}", content, "latin-1", limits=LIMITS))
    except UnreadableError as reason:
        return reason.rule
    check(document)
    return "read"


def _case(kind: str, seed: int) -> Case:
    content = sound()[kind] if seed % 2 else varied(kind, seed % 20)
    return Case(spoilt_inside(random.Random(seed), content), f".{kind}")


def _check(case: Case) -> str:
    return read_spoilt(case.suffix.removeprefix("."), case.content)


SPOILT = Target(
    "spoilt",
    strategies.builds(_case, strategies.sampled_from(sorted(MADE)), strategies.integers(0, 2**32)),
    lambda _: nullcontext(_check),
)
