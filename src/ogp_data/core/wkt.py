"""Well-known text of geometries, as GeoSPARQL writes it: a coordinate reference system perhaps, then the geometry.

https://docs.ogc.org/is/22-047r1/22-047r1.html#_well_known_text and https://portal.ogc.org/files/?artifact_id=25355
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ogp_data.core.geometries import DEEPEST, Extent, Geometry, NoGeometryError, check_positions
from ogp_data.core.messages import Message

DEPTHS = {
    "POINT": 1,
    "LINESTRING": 1,
    "CIRCULARSTRING": 1,
    "MULTIPOINT": 1,
    "POLYGON": 2,
    "TRIANGLE": 2,
    "MULTILINESTRING": 2,
    "MULTIPOLYGON": 3,
    "POLYHEDRALSURFACE": 3,
    "TIN": 3,
}
"""How deep the brackets of a geometry go round a list of positions."""
MEMBERS = {
    "GEOMETRYCOLLECTION": "",
    "COMPOUNDCURVE": "LINESTRING",
    "CURVEPOLYGON": "LINESTRING",
    "MULTICURVE": "LINESTRING",
    "MULTISURFACE": "POLYGON",
}
"""What is made of geometries, and the kind of one that does not name its own; "" where each must."""

_CRS = re.compile(r"\s*<([^<>\s]+)>\s*")
_TOKEN = re.compile(r"\s*(?:(?P<word>[A-Za-z]+)|(?P<sign>[(),])|(?P<positions>[-+.0-9][-+.0-9eE\s,]*))")
_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?")


@dataclass(slots=True)
class _Tokens:
    """The words, signs and runs of numbers of a text, one after the other."""

    text: str
    at: int = 0
    extent: Extent = field(default_factory=Extent)
    size: int = 0
    """How many coordinates each position of the geometry has, 0 before the first."""

    def next(self) -> str:
        """Return the next token and step behind it; "" at the end."""
        match = _TOKEN.match(self.text, self.at)
        if match:
            self.at = match.end()
            return match[0].strip()
        if self.text[self.at :].strip():
            raise NoGeometryError(Message("goes wrong at “{text}”", text=self.text[self.at :].strip()[:20]))
        return ""

    def peek(self) -> str:
        """Return the next token without a step."""
        at, token = self.at, self.next()
        self.at = at
        return token

    def expect(self, sign: str) -> None:
        """Step behind a sign."""
        if (token := self.next()) != sign:
            raise NoGeometryError(_instead(sign, token))


def _instead(sign: str, token: str) -> Message:
    if not token:
        return Message("ends where “{sign}” should be", sign=sign)
    return Message("has “{token}” where “{sign}” should be", token=token[:20], sign=sign)


def read(text: str) -> Geometry:
    """Return the geometry of a text; NoGeometryError when it is none. GeoSPARQL reads an empty text as nowhere."""
    match = _CRS.match(text)
    crs, tokens = (match[1], _Tokens(text, match.end())) if match else ("", _Tokens(text))
    if not text[tokens.at :].strip():
        return Geometry("", crs)
    kind = _geometry(tokens, 0)
    if rest := tokens.next():
        raise NoGeometryError(Message("goes on behind its end, with “{text}”", text=rest[:20]))
    return Geometry(kind, crs, tokens.extent.box)


def _geometry(tokens: _Tokens, depth: int) -> str:
    """Read one geometry and return its kind."""
    word = tokens.next()
    kind, dimension = _kind(word.upper())
    if not dimension and tokens.peek().upper() in ("Z", "M", "ZM"):
        dimension = tokens.next().upper()
    tokens.size = len(dimension) + 2 if dimension else 0
    if tokens.peek().upper() == "EMPTY":
        tokens.next()
    elif kind in MEMBERS:
        _collection(tokens, depth, MEMBERS[kind])
    else:
        _nested(tokens, DEPTHS[kind], kind)
    return kind


def _kind(word: str) -> tuple[str, str]:
    """Return the kind that a word names, and the dimensions that are glued to it."""
    for end in ("", "ZM", "Z", "M"):
        kind = word.removesuffix(end) if end else word
        if kind in MEMBERS or kind in DEPTHS:
            return kind, end if kind != word else ""
    if not word:
        raise NoGeometryError(Message("ends where a geometry should be"))
    raise NoGeometryError(Message("begins with “{word}”, which is no kind of geometry", word=word[:20]))


def _collection(tokens: _Tokens, depth: int, bare: str) -> None:
    """Read geometries between brackets; one that does not name its kind is of the kind `bare`."""
    if depth == DEEPEST:
        raise NoGeometryError(Message("has more than {count} collections within one another", count=DEEPEST))
    tokens.expect("(")
    _member(tokens, depth, bare)
    while (sign := tokens.next()) == ",":
        _member(tokens, depth, bare)
    if sign != ")":
        raise NoGeometryError(_instead(")", sign))


def _member(tokens: _Tokens, depth: int, bare: str) -> None:
    if bare and tokens.peek() == "(":
        _nested(tokens, DEPTHS[bare], bare)
    elif bare and tokens.peek().upper() == "EMPTY":
        tokens.next()
    else:
        _geometry(tokens, depth + 1)


def _nested(tokens: _Tokens, depth: int, kind: str) -> None:
    """Read the brackets of a geometry, so many deep."""
    tokens.expect("(")
    if depth == 1 and not (kind == "MULTIPOINT" and tokens.peek() in ("(", "EMPTY")):
        run = tokens.next()
        tokens.expect(")")
        return _positions(tokens, run, kind)
    while True:
        if tokens.peek().upper() == "EMPTY":
            tokens.next()
        else:
            _nested(tokens, max(depth - 1, 1), "POINT" if kind == "MULTIPOINT" else kind)
        if (sign := tokens.next()) == ")":
            return None
        if sign != ",":
            raise NoGeometryError(_instead(")", sign))


def _positions(tokens: _Tokens, run: str, kind: str) -> None:
    """Read the positions between two brackets."""
    read = list(_each(run))
    for position in read:
        tokens.size = tokens.size or len(position)
        if len(position) != tokens.size:
            raise NoGeometryError(Message("has positions of different lengths"))
        tokens.extent.add(*position[:2])
    check_positions(kind, read)


def _each(run: str) -> Iterator[tuple[float, ...]]:
    for position in run.split(","):
        numbers = position.split()
        if not 2 <= len(numbers) <= 4 or not all(map(_NUMBER.fullmatch, numbers)):
            raise NoGeometryError(Message("has “{text}” where a position should be", text=position.strip()[:20]))
        yield tuple(map(float, numbers))
