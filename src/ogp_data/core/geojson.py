"""GeoJSON (RFC 7946, https://www.rfc-editor.org/rfc/rfc7946): a geometry, or features that have some."""

from __future__ import annotations

import math
from typing import Any

from pydantic_core import to_json

from ogp_data.core import bounds
from ogp_data.core.geometries import DEEPEST, Extent, Geometry, NoGeometryError, check_positions
from ogp_data.core.messages import Message
from ogp_data.core.web import json_text

DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
"""How deep the brackets of a geometry go round its positions."""
MEMBERS = {"GeometryCollection": "geometries", "FeatureCollection": "features", "Feature": "geometry"}
"""What is made of others, and the key that has them."""

Position = tuple[float, float]


def read(text: str) -> Geometry:
    """Return the geometry of a text; NoGeometryError when it is none. One without positions is nowhere."""
    try:
        value = json_text.parse(text.encode(), bounds.CATALOGUE_BYTES)
    except json_text.JsonError:
        raise NoGeometryError(Message("is not GeoJSON, and no JSON")) from None
    extent = Extent()
    kind = _geometry(value, extent, 0)
    return Geometry(kind, _crs(value), extent.box)


def _crs(value: Any) -> str:
    """Return the name of the reference system, which GeoJSON of 2008 may have; "" for RFC 7946's, CRS84."""
    match value:
        case {"crs": {"properties": {"name": str(name)}}}:
            return name
    return ""


def _geometry(value: Any, extent: Extent, depth: int) -> str:
    """Take the positions of a geometry or feature into an extent, and return its kind."""
    match value:
        case {"type": str(kind)} if kind in MEMBERS:
            for each in _members(value.get(MEMBERS[kind]), kind, depth):
                _geometry(each, extent, depth + 1)
        case {"type": str(kind), "coordinates": coordinates} if kind in DEPTHS:
            _nested(coordinates, DEPTHS[kind], kind, extent)
        case {"type": str(kind)} if kind in DEPTHS:
            raise NoGeometryError(Message("is not GeoJSON: it has no “{key}”", key="coordinates"))
        case {"type": kind}:
            raise NoGeometryError(Message("is not GeoJSON: its type {kind} is no kind of geometry", kind=_text(kind)))
        case _:
            raise NoGeometryError(Message("is not GeoJSON: it has no “{key}”", key="type"))
    return str(kind)


def _members(value: Any, kind: str, depth: int) -> list[Any]:
    """Return what a collection or feature holds; a feature may have no geometry."""
    if depth == DEEPEST:
        raise NoGeometryError(Message("has more than {count} collections within one another", count=DEEPEST))
    if kind == "Feature":
        return [] if value is None else [value]
    if not isinstance(value, list):
        raise NoGeometryError(Message("is not GeoJSON: it has no “{key}”", key=MEMBERS[kind]))
    return value


def _nested(value: Any, depth: int, kind: str, extent: Extent) -> None:
    """Take in the positions in the lists of a geometry, so many deep; empty lists are nowhere."""
    if not isinstance(value, list):
        raise _no_position(value)
    if depth > 1:
        for each in value:
            _nested(each, depth - 1, kind, extent)
        return
    positions = [_position(each) for each in (value if depth else [value] if value else [])]
    for position in positions:
        extent.add(*position)
    check_positions(kind.upper(), positions)


def _position(value: Any) -> Position:
    if not isinstance(value, list) or len(value) < 2 or not all(type(each) in (int, float) for each in value):
        raise _no_position(value)
    try:
        x, y = float(value[0]), float(value[1])
    except OverflowError:
        raise _no_position(value) from None
    if not (math.isfinite(x) and math.isfinite(y)):
        raise _no_position(value)
    return x, y


def _no_position(value: Any) -> NoGeometryError:
    return NoGeometryError(Message("has “{text}” where a position should be", text=_text(value)))


def _text(value: Any) -> str:
    """Return the beginning of a value as it stands in JSON."""
    return to_json(value).decode()[:20]
