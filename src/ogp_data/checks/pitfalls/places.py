"""The rules about places: geometries that are none or lie off the earth, and locations of which nothing is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ogp_data.checks.catalogue import Catalogue, Fault
from ogp_data.checks.pitfalls.own import is_bare
from ogp_data.checks.places import shown
from ogp_data.core import geojson, wkt
from ogp_data.core.findings import Finding
from ogp_data.core.geometries import Box, Geometry, NoGeometryError
from ogp_data.core.messages import Message
from ogp_data.core.namespaces import DCAT, DCT, FOAF, GEO, LOCN, SKOS, curie
from ogp_data.core.terms import RDF, RDFS, Iri, Literal

GEOMETRIES = (DCAT.bbox, DCAT.centroid, LOCN.geometry, GEO.asWKT)
OF_ONE_FORM = (GEO.asGeoJSON, GEO.asGML, GEO.asKML)
"""The properties whose values have another form by their name."""
SAYS_WHERE = (
    *GEOMETRIES,
    *OF_ONE_FORM,
    GEO.hasGeometry,
    SKOS.prefLabel,
    RDFS.label,
    DCT.title,
    DCT.identifier,
    FOAF.name,
    LOCN.geographicName,
    LOCN.address,
)

JSON_FORMS = frozenset(
    (GEO.geoJSONLiteral, Iri("https://www.iana.org/assignments/media-types/application/vnd.geo+json"))
)
"""GeoSPARQL's, and what GeoDCAT-AP took before it had one."""

_EPSG = re.compile(
    r"(?:https?://www\.opengis\.net/def/crs/EPSG/[\d.]+/|urn:ogc:def:crs:EPSG:[\d.]*:|EPSG:{1,2})(\d+)", re.IGNORECASE
)
_CRS84 = re.compile(
    r"(?:https?://www\.opengis\.net/def/crs/OGC/[\d.]+/|urn:ogc:def:crs:OGC:[\d.]*:|OGC:)CRS:?(?:84|27|83)h?",
    re.IGNORECASE,
)
DEGREES = frozenset({"4326", "4258", "4979", "4937", "4289"})
"""Reference systems in degrees, the latitude first; many write the longitude first all the same."""
RD = frozenset({"28992", "28991", "7415"})
"""The Dutch reference system, in metres."""
RD_X, RD_Y = (-20_000, 310_000), (280_000, 650_000)
"""What a place in the Netherlands has there."""
DUTCH_LONGITUDE, DUTCH_LATITUDE = (3.0, 7.5), (50.5, 54.0)

WIDEST, HIGHEST = 180.000001, 90.000001
"""The edges of the earth, with what is lost in rounding."""


def geometries(catalogue: Catalogue) -> Iterator[Finding]:
    """Find geometries that no program can read, that lie off the earth, or that few programs read."""
    is_dutch = catalogue.profile.id == "dcat-ap-nl"
    judge = cache(lambda value: tuple(_faults(value, is_dutch)))
    for term in (*GEOMETRIES, *OF_ONE_FORM):
        for subject, values in catalogue.groups(term):
            literals = [value for value in values if isinstance(value, Literal)]
            found = [fault for value in literals for fault in judge(value)]
            for fault in found or (_form_faults(literals) if term in GEOMETRIES else ()):
                yield catalogue.fault(fault.rule, subject, term, fault.message, fault.hint)


def _faults(value: Literal, is_dutch: bool) -> Iterator[Fault]:
    try:
        geometry = (geojson if _is_json(value) else wkt).read(value.value)
    except NoGeometryError as reason:
        # Of another type it may be anything.
        if value.datatype == GEO.wktLiteral or value.datatype in JSON_FORMS:
            message = Message("{shown} {reason}.", shown=_text(value), reason=reason.args[0])
            yield Fault("invalid-geometry", message, _hint(value))
        return
    yield from _geometry_faults(value, geometry, is_dutch)


def _is_json(value: Literal) -> bool:
    return value.datatype in JSON_FORMS or (value.datatype != GEO.wktLiteral and value.value.lstrip().startswith("{"))


def _geometry_faults(value: Literal, geometry: Geometry, is_dutch: bool) -> Iterator[Fault]:
    if geometry.box is None:
        if value.datatype == GEO.wktLiteral or value.datatype in JSON_FORMS:
            yield Fault("empty-location", Message("The geometry is empty."))
    elif _is_off_earth(geometry.crs, geometry.box):
        yield Fault("invalid-geometry", *_off_earth(value, geometry.crs, geometry.box))
    elif is_dutch and _looks_turned(geometry.crs, geometry.box):
        yield Fault("swapped-coordinates", Message("{shown} has the latitude first.", shown=_text(value)))


def _off_earth(value: Literal, crs: str, box: Box) -> tuple[Message, Message | str]:
    """Return that a geometry is nowhere, with the coordinate that no place has, and what was probably meant."""
    box = _turned(box) if _code(crs) in DEGREES else box
    longitudes = [one for one in (box.east, box.west) if abs(one) > WIDEST]
    latitudes = [one for one in (box.north, box.south) if abs(one) > HIGHEST]
    shown, instead = _text(value), "" if _code(crs) in RD else _instead(box, _is_json(value))
    if longitudes:
        number = _number(longitudes[0])
        return Message("{shown} lies off the earth: {number} is no longitude.", shown=shown, number=number), instead
    if latitudes:
        number = _number(latitudes[0])
        return Message("{shown} lies off the earth: {number} is no latitude.", shown=shown, number=number), instead
    return Message("{shown} lies off the earth.", shown=shown), instead


def _number(value: float) -> str:
    return f"{value:.10g}"


def _text(value: Literal) -> str:
    return shown(Literal(value.value))


def _form_faults(values: list[Literal]) -> Iterator[Fault]:
    """Find one geometry that stands in other forms alone than the one that every portal reads."""
    if values and not any(value.datatype == GEO.wktLiteral for value in values):
        kinds = ", ".join(sorted({curie(value.datatype.value) for value in values}))
        hint = next(filter(None, map(_as_literal, sorted(values, key=str))), "")
        yield Fault("geometry-form", Message("The geometry is a literal of {kind}.", kind=kinds), hint)


def _as_literal(value: Literal) -> Message | str:
    """Return that a text in the right form lacks no more than its type."""
    try:
        geometry = wkt.read(value.value)
    except NoGeometryError:
        return ""
    return Message('The text is well-known text: write it as "..."^^geo:wktLiteral.') if geometry.kind else ""


def _hint(value: Literal) -> Message | str:
    """Return how to write what is well-known text in another dialect, or GeoJSON."""
    text = value.value
    if value.datatype in JSON_FORMS:
        return Message('Write a geometry of GeoJSON, such as {"type": "Point", "coordinates": [4.9, 52.4]}.')
    if text.lstrip().upper().startswith("SRID="):
        return Message("Begin with the IRI of the reference system in angle brackets instead of SRID.")
    if text.lstrip().upper().startswith(("ENVELOPE", "BOX", "BBOX")):
        return Message("Write the box as a POLYGON of five positions, the last of them the first again.")
    if text.lstrip().startswith(("{", "<gml", "<GML")):
        return Message("Give the literal the datatype of what it is: geo:geoJSONLiteral or geo:gmlLiteral.")
    return ""


def _code(crs: str) -> str:
    """Return the EPSG code of a reference system; "" for that of no code, and None's worth for what we do not know."""
    match = _EPSG.fullmatch(crs)
    if match:
        return str(match[1] or match[2])
    return "" if not crs or _CRS84.fullmatch(crs) else "?"


def _is_off_earth(crs: str, box: Box) -> bool:
    code, on_earth = _code(crs), _within(box, WIDEST, HIGHEST)
    if code in DEGREES:
        return not (on_earth or _within(_turned(box), WIDEST, HIGHEST))
    if code in RD:
        # Degrees that were never converted: the point of the system is in the middle of the country.
        return on_earth and not _is_rd(box)
    return code == "" and not on_earth


def _within(box: Box, widest: float, highest: float) -> bool:
    return -widest <= box.west and box.east <= widest and -highest <= box.south and box.north <= highest


def _turned(box: Box) -> Box:
    return Box(box.south, box.west, box.north, box.east)


def _is_in(box: Box, first: tuple[float, float], second: tuple[float, float]) -> bool:
    return first[0] <= box.west and box.east <= first[1] and second[0] <= box.south and box.north <= second[1]


def _is_rd(box: Box) -> bool:
    return _is_in(box, RD_X, RD_Y) or _is_in(box, RD_Y, RD_X)


def _instead(box: Box, is_json: bool) -> Message | str:
    """Return what was probably meant by a box that lies off the earth."""
    if _is_rd(box) and is_json:  # which has one reference system
        return Message("It looks like the Dutch RD (EPSG:28992): convert it to longitude and latitude.")
    if _is_rd(box):
        return Message(
            "It looks like the Dutch RD (EPSG:28992): convert it to longitude and latitude, or begin the text with "
            "<http://www.opengis.net/def/crs/EPSG/0/28992>."
        )
    if _within(_turned(box), WIDEST, HIGHEST):
        return Message("Write the longitude first; the latitude, which is from -90 to 90, comes after it.")
    if _within(box, 2 * WIDEST, HIGHEST):
        return Message("Count longitudes from -180 to 180: 190 degrees to the east are 170 to the west, -170.")
    return ""


def _looks_turned(crs: str, box: Box) -> bool:
    return _code(crs) == "" and _is_in(box, DUTCH_LATITUDE, DUTCH_LONGITUDE)


def empty_locations(catalogue: Catalogue) -> Iterator[Finding]:
    """Find locations of which nothing says where they are."""
    graph = catalogue.graph
    known = {graph.number(subject) for term in SAYS_WHERE for subject, _ in graph.pairs(term)}
    # A text in the place of a location is told by the shapes.
    named = (place for _, place in catalogue.pairs(DCT.spatial) if not isinstance(place, Literal))
    places = dict.fromkeys(named) | dict.fromkeys(catalogue.all(DCT.Location))
    for place in places:
        if graph.number(place) not in known and is_bare(catalogue, place, DCT.Location, DCT.spatial):
            message = Message("Nothing says where the location is.")
            yield catalogue.fault("empty-location", place, RDF.type, message)
