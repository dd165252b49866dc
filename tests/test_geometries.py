"""Well-known text and GeoJSON of made geometries: both say the same, and any other text is told as none."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from typing import Any

import pytest

from ogp_data.core import geojson, wkt
from ogp_data.core.geometries import Box, NoGeometryError

KINDS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
WILD = (None, True, "5", "", -1, 0, 1e308, 10**400, 10**5000, [], {}, [[]], [None], [1], ["1", "2"], {"type": []})
"""What stands where a geometry, a list or a number should."""


def position(chance: random.Random) -> list[float]:
    return [chance.randint(-400, 400) / 2, chance.randint(-200, 200) / 2]


def made(chance: random.Random, kind: str) -> Any:
    """Return the coordinates of a geometry of a kind."""
    depth, is_ring = KINDS[kind], kind.endswith("Polygon")

    def lists(depth: int) -> Any:
        if depth == 0:
            return position(chance)
        some = [lists(depth - 1) for _ in range(chance.randint(3 if depth == 1 else 1, 4))]
        return [*some, some[0]] if is_ring and depth == 1 else some

    return lists(depth)


def flat(value: Any) -> list[list[float]]:
    """Return the positions in lists of lists."""
    return [value] if not isinstance(value[0], list) else [one for each in value for one in flat(each)]


def as_text(value: Any) -> str:
    """Return coordinates as well-known text has them."""
    if not isinstance(value[0], list):
        return f"{value[0]} {value[1]}"
    inner = [as_text(each) if not isinstance(each[0], list) else f"({as_text(each)})" for each in value]
    return ", ".join(inner)


def broken(chance: random.Random, value: Any) -> Any:
    """Return a value with something else somewhere in it."""
    if isinstance(value, list) and value and chance.random() < 0.8:
        at = chance.randrange(len(value))
        return [*value[:at], broken(chance, value[at]), *value[at + 1 :]]
    if isinstance(value, dict) and chance.random() < 0.8:
        key = chance.choice(list(value))
        return {**value, key: broken(chance, value[key])}
    return chance.choice(WILD)


def check(chance: random.Random) -> None:
    """A made geometry has its box in both forms, also within features; with something else in it it is told as none."""
    kind = chance.choice(list(KINDS))
    coordinates = made(chance, kind)
    xs, ys = zip(*flat(coordinates), strict=True)
    box = Box(min(xs), min(ys), max(xs), max(ys))
    geometry: Any = {"type": kind, "coordinates": coordinates}
    assert wkt.read(f"{kind}({as_text(coordinates)})").box == box
    assert geojson.read(json.dumps(geometry)).box == box
    feature = {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": geometry}]}
    held = chance.choice([feature, {"type": "GeometryCollection", "geometries": [geometry]}])
    assert geojson.read(json.dumps(held)).box == box
    for value in (broken(chance, geometry), broken(chance, held)):
        with suppress(NoGeometryError):  # and nothing else may be raised
            geojson.read(dumped(value))
    text = json.dumps(held)
    with pytest.raises(NoGeometryError):
        geojson.read(text[: chance.randrange(1, len(text))])


def dumped(value: Any) -> str:
    """Return JSON, whole numbers written out however long they are."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{dumped(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(dumped, value)) + "]"
    long = isinstance(value, int) and not isinstance(value, bool) and value >= 10**400
    return "1" + "0" * (400 if value == 10**400 else 5000) if long else json.dumps(value)


@pytest.mark.parametrize("seed", range(300))
def test_a_geometry_says_the_same_as_text_and_as_json(seed: int) -> None:
    check(random.Random(seed))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not GeoJSON, and no JSON"),
        ("[" * 100_000, "is not GeoJSON, and no JSON"),
        ('{"type":"Point","coordinates":[NaN,1]}', "is not GeoJSON, and no JSON"),
        ("{}", "is not GeoJSON: it has no “type”"),
        ('{"type":"Point"}', "is not GeoJSON: it has no “coordinates”"),
        ('{"type":"Feature"}', None),
        ('{"type":"FeatureCollection"}', "is not GeoJSON: it has no “features”"),
        ('{"type":"Circle","coordinates":[1,2]}', 'is not GeoJSON: its type "Circle" is no kind of geometry'),
        ('{"type":"Point","coordinates":[1]}', "has “[1]” where a position should be"),
        ('{"type":"Point","coordinates":["1","2"]}', 'has “["1","2"]” where a position should be'),
        ('{"type":"Point","coordinates":{"a":1}}', 'has “{"a":1}” where a position should be'),
        ('{"type":"LineString","coordinates":[[1,2]]}', "has a line of one position"),
        (
            '{"type":"Polygon","coordinates":[[[1,2],[2,3],[3,4],[1,3]]]}',
            "has a ring that does not end where it begins",
        ),
        ('{"type":"Point","coordinates":[]}', None),
    ],
)
def test_what_is_no_geojson_says_why(text: str, said: str | None) -> None:
    if said is None:
        assert geojson.read(text).box is None
        return
    with pytest.raises(NoGeometryError) as raised:
        geojson.read(text)
    assert str(raised.value.args[0]) == said


def test_the_reference_system_of_older_geojson_is_read() -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    text = json.dumps({"type": "Point", "coordinates": [121687, 487484], "crs": crs})
    assert geojson.read(text).crs == "urn:ogc:def:crs:EPSG::28992"
