"""What people trip over who describe data: each change to a conforming catalogue is found, and nothing else with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from ogp_data.checks.catalogue import Catalogue
from ogp_data.checks.held import hold
from ogp_data.checks.rules import CATALOGUE_RULES
from ogp_data.core import resources
from ogp_data.core.findings import Finding, rules
from ogp_data.core.graph import Graph
from ogp_data.models.lists import load_lists
from ogp_data.models.profiles import load_profile

CONFORMING = (Path(__file__).parent / "catalogues" / "conforming.ttl").read_text(encoding="utf-8")
BASE = "https://data.example.nl/"
LISTS = load_lists(resources.value_lists())
TODAY = date(2026, 12, 1)

Told = tuple[str, str, str, str]


def found(turtle: str, allow_private: bool = False) -> list[Finding]:
    graph = Graph.of(ox.parse(turtle.encode(), ox.RdfFormat.TURTLE, lenient=True))
    catalogue = Catalogue(graph, LISTS, allow_private=allow_private, today=TODAY)
    return [fault for rule in CATALOGUE_RULES for fault in rule(catalogue)]


def told(faults: list[Finding]) -> list[Told]:
    """Return severity, rule, resource and property of each."""
    return sorted((f.severity, f.rule, f.place.iri.removeprefix(BASE), f.place.property) for f in faults)


def changed(old: str, new: str) -> str:
    """Return the conforming catalogue with one change, which must be one."""
    assert old in CONFORMING
    return CONFORMING.replace(old, new, 1)


def added(turtle: str) -> str:
    return f"{CONFORMING}\n{turtle}\n"


def test_the_conforming_catalogue_has_none_of_it() -> None:
    assert told(found(CONFORMING)) == []


TAGS = ("nl", "en-GB", "zh-Hant-TW", "sr-Latn", "fy", "es-419", "de-1996", "x-eigen", "vls", "sgn-NL")
KEYWORD = '"groen"@nl'
TITLE = '"Bomenregister Voorbeeldstad"@nl'
DESCRIPTION = '"Elke boom in beheer bij de gemeente. Met soort en plantjaar. Een rij per boom."@nl'
NAME = 'foaf:name "gemeente Voorbeeldstad"@nl'


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (TITLE, '""@nl', ("error", "empty-text", "bomen", "dct:title")),
        (TITLE, '" \\u00a0 "@nl', ("error", "empty-text", "bomen", "dct:title")),
        (TITLE, '"\\u200b"@nl', ("error", "empty-text", "bomen", "dct:title")),
        (DESCRIPTION, '""@nl', ("error", "empty-text", "bomen", "dct:description")),
        (KEYWORD, '""@nl', ("error", "empty-text", "bomen", "dcat:keyword")),
        (NAME, 'foaf:name ""@nl', ("error", "empty-text", "gemeente", "foaf:name")),
        ('vcard:fn "Team open data"@nl', 'vcard:fn ""@nl', ("error", "empty-text", "contact", "vcard:fn")),
        ('dcat:version "2.1.0"', 'dcat:version ""', ("error", "empty-text", "bomen", "dcat:version")),
        (TITLE, '"-"@nl', ("warning", "placeholder-text", "bomen", "dct:title")),
        (TITLE, '"n.v.t."@nl', ("warning", "placeholder-text", "bomen", "dct:title")),
        (TITLE, '"Test dataset 3"@nl', ("warning", "placeholder-text", "bomen", "dct:title")),
        (TITLE, '"{{ titel }}"@nl', ("warning", "placeholder-text", "bomen", "dct:title")),
        (TITLE, '"[Titel van de dataset]"@nl', ("warning", "placeholder-text", "bomen", "dct:title")),
        (DESCRIPTION, '"Vul hier de beschrijving in."@nl', ("warning", "placeholder-text", "bomen", "dct:description")),
        (DESCRIPTION, '"Lorem ipsum dolor sit amet."@nl', ("warning", "placeholder-text", "bomen", "dct:description")),
        (NAME, 'foaf:name "onbekend"@nl', ("warning", "placeholder-text", "gemeente", "foaf:name")),
        (KEYWORD, '"n/a"@nl', ("warning", "placeholder-text", "bomen", "dcat:keyword")),
        (TITLE, '"<b>Bomen</b> <script>x()</script>"@nl', ("warning", "markup-in-text", "bomen", "dct:title")),
        (TITLE, '"Bomen &amp; struiken"@nl', ("warning", "markup-in-text", "bomen", "dct:title")),
        (DESCRIPTION, '"Eerst.<br/>Dan."@nl', ("warning", "markup-in-text", "bomen", "dct:description")),
        (TITLE, '"https://data.example.nl/bomen"@nl', ("warning", "address-as-text", "bomen", "dct:title")),
        (TITLE, f'"{"boom " * 1000}"@nl', ("warning", "overlong-text", "bomen", "dct:title")),
        (TITLE, '"Bomenregister coÃ¶peratief"@nl', ("warning", "wrong-encoding", "bomen", "dct:title")),
        (TITLE, '"De gemeente en haar â€œbomenâ€\x9d"@nl', ("warning", "wrong-encoding", "bomen", "dct:title")),
        (TITLE, '"Co\\uFFFDperatief"@nl', ("warning", "wrong-encoding", "bomen", "dct:title")),
        (TITLE, '"Bomen\\u202eretsiger"@nl', ("warning", "unseen-character", "bomen", "dct:title")),
        (TITLE, '"Bomen\\u0007register"@nl', ("warning", "unseen-character", "bomen", "dct:title")),
        (DESCRIPTION, '"Bomen\\u00adregister."@nl', ("warning", "unseen-character", "bomen", "dct:description")),
        (KEYWORD, '"a, b; c, d"@nl', ("warning", "several-keywords", "bomen", "dcat:keyword")),
        (KEYWORD, '"\'s-Gravenhage"@nl', ("warning", "refused-keyword", "bomen", "dcat:keyword")),
        (KEYWORD, '"groen (stad)"@nl', ("warning", "refused-keyword", "bomen", "dcat:keyword")),
        (KEYWORD, '"x"@nl', ("warning", "refused-keyword", "bomen", "dcat:keyword")),
        (KEYWORD, f'"{"g" * 101}"@nl', ("warning", "refused-keyword", "bomen", "dcat:keyword")),
        (NAME, f'{NAME} , "stad Voorbeeld"@nl', ("warning", "several-names", "gemeente", "foaf:name")),
        (TITLE, '"Bomenregister Voorbeeldstad"@xx', ("error", "unknown-language", "bomen", "dct:title")),
        (NAME, 'foaf:name "gemeente"@en-UK', ("error", "unknown-language", "gemeente", "foaf:name")),
        (NAME, 'foaf:name "gemeente"@nld', ("error", "unknown-language", "gemeente", "foaf:name")),
    ],
)
def test_a_text_that_says_nothing_or_not_what_was_meant_is_found(old: str, new: str, expected: Told) -> None:
    assert told(found(changed(old, new))) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Namen en adressen: test- en examenlocaties",
        "Onbekende graven",
        "Temperatuur < 5 °C & > 30 °C",
        "Gebieden <b",
        "Zie https://example.nl/ voor meer",
        "„Groß“ und „klein“, « à côté », l’été – 5 € …",
        "ÅÄÖ Ångström, São Tomé, İstanbul, Łódź",
        "Кадастр недвижимости",
        "אבג\u200f",
        "Title",
    ],
)
def test_a_sound_text_is_left_alone(text: str) -> None:
    """The last but one needs its mark of direction; the last says nothing as a title, and may be meant as a keyword."""
    where = '"groen"@nl' if text == "Title" else DESCRIPTION
    assert told(found(changed(where, f'"{text}"@nl'))) == []


@pytest.mark.parametrize("tag", TAGS)
def test_a_language_that_exists_passes(tag: str) -> None:
    assert told(found(changed(NAME, f'foaf:name "gemeente"@{tag}'))) == []


def test_a_listed_organisation_that_the_catalogue_names_itself_is_held_to_its_names() -> None:
    """That a list has it excuses what the list does not say, and not what the catalogue says."""
    ministry = "<https://identifier.overheid.nl/tooi/id/ministerie/mnre1034>"
    turtle = added(f'{ministry} a foaf:Agent ; foaf:name "BZK"@nl , "Binnenlandse Zaken"@nl .')
    graph = Graph.of(ox.parse(turtle.encode(), ox.RdfFormat.TURTLE))
    told_of = {fault.rule for fault in hold(graph, LISTS, "", load_profile()).findings if "mnre1034" in fault.place.iri}
    assert "several-names" in told_of


def test_a_language_tag_says_which_was_meant() -> None:
    [fault] = found(changed(NAME, 'foaf:name "gemeente"@en-UK'))
    assert fault.message == "The language tag “en-uk” names the region “UK”, which does not exist."
    assert fault.hint == "Write @en-GB."
    for tag, meant in (("en-EN", "en"), ("gr", "el"), ("dut", "nl"), ("xx", ""), ("nl-XY", "")):
        [fault] = found(changed(NAME, f'foaf:name "gemeente"@{tag}'))
        assert fault.hint == (f"Write @{meant}." if meant else rules()["unknown-language"].fix)


SECOND = """
:catalogus dcat:dataset :struiken .
:struiken a dcat:Dataset ; dct:title "Struikenregister"@nl ; dct:identifier "https://data.example.nl/struiken" ;
    dcat:contactPoint :contact ; dcat:distribution :struiken-csv .
:struiken-csv a dcat:Distribution .
"""
SAME_TITLES = SECOND.replace(
    '"Struikenregister"@nl', '"Bomenregister Voorbeeldstad"@nl , "Tree register of Voorbeeldstad"@en'
)
SAME_DOWNLOAD = """
:struiken-csv dcat:downloadURL <https://data.example.nl/bestanden/bomen.csv> ; dcat:mediaType iana:text\\/csv .
"""


def test_a_second_dataset_is_sound() -> None:
    assert told(found(added(SECOND))) == []


@pytest.mark.parametrize(
    ("turtle", "expected"),
    [
        (
            added(SAME_TITLES),
            [("warning", "same-title", "bomen", "dct:title"), ("warning", "same-title", "struiken", "dct:title")],
        ),
        (
            added(SECOND + SAME_DOWNLOAD),
            [
                ("warning", "same-download", "bomen-csv", "dcat:downloadURL"),
                ("warning", "same-download", "struiken-csv", "dcat:downloadURL"),
            ],
        ),
        (
            added(SECOND.replace('"Struikenregister"@nl', '"BOMENREGISTER: voorbeeldstad"@nl')),
            [("warning", "alike-title", "bomen", "dct:title"), ("warning", "alike-title", "struiken", "dct:title")],
        ),
        (
            added(SECOND.replace(":catalogus dcat:dataset :struiken .", "")),
            [("warning", "uncatalogued-dataset", "struiken", "rdf:type")],
        ),
        (
            added(":los a dcat:Distribution ."),
            [("warning", "orphaned-distribution", "los", "rdf:type")],
        ),
        (
            added(SECOND + ":struiken dcat:distribution :bomen-csv ."),
            [("warning", "shared-distribution", "bomen-csv", "rdf:type")],
        ),
        (
            added(":tweede a dcat:Catalog ; dcat:contactPoint :contact ."),
            [
                ("warning", "several-catalogues", "catalogus", "rdf:type"),
                ("warning", "several-catalogues", "tweede", "rdf:type"),
            ],
        ),
        (added(":tweede a dcat:Catalog ; dcat:contactPoint :contact . :catalogus dcat:catalog :tweede ."), []),
        (changed(":catalogus a dcat:Catalog ;", ":catalogus"), [("warning", "missing-catalogue", "", "")]),
        (
            added("[] a dcat:DataService ; dcat:contactPoint :contact ."),
            [("warning", "missing-iri", "", "rdf:type")],
        ),
    ],
)
def test_what_belongs_to_nothing_or_to_several_is_found(turtle: str, expected: list[Told]) -> None:
    assert told(found(turtle)) == expected


def test_a_service_without_iri_that_is_told_with_its_file_is_sound() -> None:
    service = "[ a dcat:DataService ; dcat:contactPoint :contact ]"
    assert told(found(added(f":bomen-jsonld dcat:accessService {service} ."))) == []


def test_versions_may_share_a_title_and_a_file() -> None:
    assert told(found(added(f"{SAME_TITLES} {SAME_DOWNLOAD} :struiken dcat:previousVersion :bomen ."))) == []


MODIFIED = '"2026-11"^^xsd:gYearMonth'
START, END = '"2020-01"^^xsd:gYearMonth', '"2022-12-31"^^xsd:date'


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (END, '"2019-12-31"^^xsd:date', ("error", "reversed-period", "periode", "dcat:endDate")),
        (
            f"dcat:startDate {START} ; dcat:endDate {END}",
            "time:hasBeginning [ time:inXSDDate '2022-01-01'^^xsd:date ] ;"
            " time:hasEnd [ time:inXSDgYear '2020'^^xsd:gYear ]",
            ("error", "reversed-period", "periode", "time:hasEnd"),
        ),
        (END, '"2019"^^xsd:gYear', ("error", "reversed-period", "periode", "dcat:endDate")),
        (
            f"dcat:startDate {START} ; dcat:endDate {END}",
            'dct:description "de coronajaren"@nl',
            None,
        ),
        (f" ; dcat:startDate {START} ; dcat:endDate {END}", "", ("warning", "empty-period", "periode", "rdf:type")),
        (
            'dct:issued "2024"^^xsd:gYear ;\n    dct:modified "2026-11-20"^^xsd:date',
            'dct:issued "2024"^^xsd:gYear ;\n    dct:modified "2023-12-31"^^xsd:date',
            ("warning", "modified-before-issued", "bomen", "dct:modified"),
        ),
        (
            MODIFIED,
            '"2999-01-01"^^xsd:date',
            ("warning", "future-date", "bomen-api", "dct:modified"),
        ),
        (
            MODIFIED,
            '"2026-12-05"^^xsd:date',
            ("warning", "future-date", "bomen-api", "dct:modified"),
        ),
        (MODIFIED, '"2026-12-02"^^xsd:date', None),
        (MODIFIED, '"0001-01-01"^^xsd:date', ("warning", "zero-date", "bomen-api", "dct:modified")),
        (
            MODIFIED,
            '"1970-01-01T00:00:00Z"^^xsd:dateTime',
            ("warning", "zero-date", "bomen-api", "dct:modified"),
        ),
        (MODIFIED, '"1970"^^xsd:gYear', None),
        (START, '"0001"^^xsd:gYear', ("warning", "zero-date", "periode", "dcat:startDate")),
        (START, '"1900-01-01"^^xsd:date', None),
        (END, '"9999-12-31"^^xsd:date', ("warning", "future-date", "periode", "dcat:endDate")),
        (END, '"2100"^^xsd:gYear', None),
        (END, '"2020"^^xsd:gYear', None),
    ],
)
def test_a_day_that_cannot_be_meant_is_found(old: str, new: str, expected: Told | None) -> None:
    assert told(found(changed(old, new))) == ([expected] if expected else [])


CHECKSUM = ("bomen-csv-controlesom", "spdx:checksumValue")
SHA256 = '"2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"'


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (SHA256, '"2c26"', ("error", "invalid-checksum", *CHECKSUM)),
        (
            SHA256,
            '"d41d8cd98f00b204e9800998ecf8427e"',
            ("error", "invalid-checksum", *CHECKSUM),
        ),
        (SHA256, '""', ("error", "invalid-checksum", *CHECKSUM)),
        (
            SHA256,
            '"LCa0a2j/xo/5m0U8HTBBNBNCLXBkg7+g+YpeiGJm564="',
            ("error", "invalid-checksum", *CHECKSUM),
        ),
        (SHA256, SHA256.upper(), None),
        ('"2048"', '"0"', ("warning", "empty-file", "bomen-csv", "dcat:byteSize")),
        ('"1.5"', '"-10"', ("error", "impossible-resolution", "bomen", "dcat:spatialResolutionInMeters")),
        ('"1.5"', '"0"', ("warning", "zero-resolution", "bomen", "dcat:spatialResolutionInMeters")),
        ('"P1D"', '"-P1D"', ("error", "impossible-resolution", "bomen", "dcat:temporalResolution")),
        ('"P1D"', '"PT0S"', ("warning", "zero-resolution", "bomen", "dcat:temporalResolution")),
        ('"P1D"', '"PT0.5S"', None),
        ("text\\/csv", "application\\/pdf", ("warning", "contradictory-format", "bomen-csv", "dcat:mediaType")),
        ("text\\/csv", "application\\/gzip", None),
        ("text\\/csv", "text\\/plain", None),
        ("file-type/CSV", "file-type/WFS_SRVC", None),
    ],
)
def test_a_number_that_cannot_be_is_found(old: str, new: str, expected: Told | None) -> None:
    assert told(found(changed(old, new))) == ([expected] if expected else [])


def json_literal(text: str) -> str:
    return f"'{text}'^^geo:geoJSONLiteral"


BBOX = '"POLYGON((4 52,5 52,5 53,4 53,4 52))"^^geo:wktLiteral'


@pytest.mark.parametrize(
    ("literal", "severity", "rule", "said"),
    [
        ('"POLYGON((4 52,5 52,5 53,4 53))"^^geo:wktLiteral', "error", "invalid-geometry", "a ring that does not end"),
        ('"POLYGON((4 52,5 52"^^geo:wktLiteral', "error", "invalid-geometry", "ends where"),
        ('"ENVELOPE(4,5,53,52)"^^geo:wktLiteral', "error", "invalid-geometry", "no kind of geometry"),
        ('"POINT(190 52)"^^geo:wktLiteral', "error", "invalid-geometry", "190 is no longitude"),
        ('"POINT(4 91)"^^geo:wktLiteral', "error", "invalid-geometry", "91 is no latitude"),
        (
            '"<urn:ogc:def:crs:OGC:1.3:CRS84> POINT(4 91)"^^geo:wktLiteral',
            "error",
            "invalid-geometry",
            "91 is no latit",
        ),
        (
            '"<urn:ogc:def:crs:EPSG::4326> POINT(95 195)"^^geo:wktLiteral',
            "error",
            "invalid-geometry",
            "195 is no longi",
        ),
        ('"POINT(121687 487484)"^^geo:wktLiteral', "error", "invalid-geometry", "off the earth"),
        ('"POLYGON EMPTY"^^geo:wktLiteral', "warning", "empty-location", "empty"),
        ('"POINT(52.4 4.9)"^^geo:wktLiteral', "warning", "swapped-coordinates", "latitude first"),
        (
            '"POINT(4 52)"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#wktLiteral>',
            "warning",
            "geometry-form",
            "rdf:wktLiteral",
        ),
        ('"POINT(4 52)"', "warning", "geometry-form", "xsd:string"),
        ('"<gml:Point/>"^^geo:gmlLiteral', "warning", "geometry-form", "geo:gmlLiteral"),
        ('"{}"^^geo:geoJSONLiteral', "error", "invalid-geometry", "no “type”"),
        ('"{"^^geo:geoJSONLiteral', "error", "invalid-geometry", "not GeoJSON"),
        (
            json_literal('{"type":"Point","coordinates":[121687,487484]}'),
            "error",
            "invalid-geometry",
            "121687 is no longi",
        ),
        (json_literal('{"type":"Point","coordinates":[4,91]}'), "error", "invalid-geometry", "91 is no latitude"),
        (json_literal('{"type":"LineString","coordinates":[[4,52],[5,53]]}'), "warning", "geometry-form", "geoJSON"),
        (json_literal('{"type":"MultiPoint","coordinates":[]}'), "warning", "empty-location", "empty"),
        (
            json_literal('{"type":"Feature","geometry":{"type":"Point","coordinates":[190,52]}}'),
            "error",
            "invalid-geometry",
            "190 is no longitude",
        ),
        ('\'{"type":"Point","coordinates":[190,52]}\'', "error", "invalid-geometry", "190 is no longitude"),
        ('"POINT(121687 487484)"', "error", "invalid-geometry", "off the earth"),
        ('"in de buurt"', "warning", "geometry-form", "xsd:string"),
    ],
)
def test_a_place_that_is_nowhere_is_found(literal: str, severity: str, rule: str, said: str) -> None:
    [fault] = found(changed(BBOX, literal))
    assert told([fault]) == [(severity, rule, "stad", "dcat:bbox")]
    assert said in fault.message


@pytest.mark.parametrize(
    "text",
    [
        "POINT(-180 -90)",
        "POINT Z(4.9 52.4 2)",
        "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(4.9 52.4)",
        "<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(52.4 4.9)",
        "<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(4.9 52.4)",
        "<http://www.opengis.net/def/crs/EPSG/0/4258> POINT(52.4 104.9)",
        "<http://www.opengis.net/def/crs/EPSG/0/28992> POINT(121687 487484)",
        "<http://www.opengis.net/def/crs/EPSG/0/3857> POINT(545465 6867478)",
    ],
)
def test_a_place_on_earth_passes(text: str) -> None:
    assert told(found(changed(BBOX, f'"{text}"^^geo:wktLiteral'))) == []


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("POINT(52 120)", "Write the longitude first; the latitude, which is from -90 to 90, comes after it."),
        ("POINT(190 52)", "Count longitudes from -180 to 180: 190 degrees to the east are 170 to the west, -170."),
        ("POINT(400 52)", 'Write well-known text with the longitude first: "POINT(4.9 52.4)"^^geo:wktLiteral.'),
    ],
)
def test_what_lies_off_the_earth_is_told_with_what_was_meant(text: str, fix: str) -> None:
    [fault] = found(changed(BBOX, f'"{text}"^^geo:wktLiteral'))
    assert fault.hint == fix


def test_a_property_of_geojson_has_geojson_and_says_where_it_is() -> None:
    box = f"dcat:bbox {BBOX}"
    good = json_literal('{"type":"Point","coordinates":[4,52]}')
    assert told(found(changed(box, f"geo:asGeoJSON {good}"))) == []
    [fault] = found(changed(box, f"geo:asGeoJSON {good.replace('52', '91')}"))
    assert told([fault]) == [("error", "invalid-geometry", "stad", "geo:asGeoJSON")]


def test_one_geometry_in_several_forms_is_read_by_its_well_known_text() -> None:
    also = changed(BBOX, f'{BBOX} , "<gml:Envelope/>"^^geo:gmlLiteral')
    assert told(found(also)) == []
    point = json_literal('{"type":"Point","coordinates":[4,52]}')
    others = changed(BBOX, f'{point} , "<gml:Envelope/>"^^geo:gmlLiteral')
    [fault] = found(others)
    assert fault.message == "The geometry is a literal of geo:geoJSONLiteral, geo:gmlLiteral."


def test_dutch_coordinates_in_metres_are_told_as_such() -> None:
    for text in ("POINT(121687 487484)", "POINT(487484 121687)"):
        [fault] = found(changed(BBOX, f'"{text}"^^geo:wktLiteral'))
        assert fault.hint.startswith("It looks like the Dutch RD (EPSG:28992)")
    [fault] = found(changed(BBOX, '"POINT(500000 6800000)"^^geo:wktLiteral'))
    assert "RD" not in fault.hint


def test_a_location_of_which_nothing_is_said_is_found() -> None:
    bare = changed(f' ; dcat:bbox {BBOX} ; dcat:centroid "POINT(4.5 52.5)"^^geo:wktLiteral', "")
    assert told(found(bare)) == [("warning", "empty-location", "stad", "rdf:type")]
    elsewhere = bare.replace(":stad", "<https://vocabs.example.org/stad>")
    assert "empty-location" not in {fault.rule for fault in found(elsewhere)}


@pytest.mark.parametrize(
    ("turtle", "expected"),
    [
        (":registers dcat:inSeries :registers .", ("error", "circular-series", "registers", "dcat:inSeries")),
        (":bomen dcat:hasVersion :bomen .", ("warning", "circular-link", "bomen", "dcat:hasVersion")),
        (":bomen dct:source :bomen .", ("warning", "circular-link", "bomen", "dct:source")),
        (
            ":bomen dcat:previousVersion :b . :b dcat:previousVersion :bomen .",
            ("warning", "circular-link", "b", "dcat:previousVersion"),
        ),
        (":bomen dct:hasPart :b . :bomen dct:isPartOf :b .", ("warning", "circular-link", "b", "dct:hasPart")),
        (":bomen dct:hasPart :b . :b dct:isPartOf :bomen .", None),
        (":bomen dct:isVersionOf :b . :b dct:isVersionOf :bomen .", None),
        (":bomen dct:relation :b . :b dct:relation :bomen .", None),
        (":bomen dct:source :b , :c . :b dct:source :d . :c dct:source :d .", None),
    ],
)
def test_a_link_that_leads_back_is_found(turtle: str, expected: Told | None) -> None:
    assert told(found(added(turtle))) == ([expected] if expected else [])


ACCESS = "dcat:accessURL :bomen-pagina ;\n    dcat:downloadURL <https://data.example.nl/bestanden/bomen.csv>"


@pytest.mark.parametrize(
    ("address", "rule", "lowered"),
    [
        ("http://localhost/x", "private-address", True),
        ("http://localhost:8080/x", "private-address", True),
        ("http://10.0.0.3/x", "private-address", True),
        ("http://192.168.1.1/", "private-address", True),
        ("http://169.254.169.254/", "private-address", True),
        ("http://100.64.0.1/", "private-address", True),
        ("http://[::1]/", "private-address", True),
        ("http://[fd00::1]:8080/", "private-address", True),
        ("http://[::ffff:10.0.0.3]/", "private-address", True),
        ("https://intranet/", "private-address", True),
        ("https://geo.local/", "private-address", True),
        ("https://data.gemeente.internal/", "private-address", True),
        ("https://data.test/", "private-address", True),
        ("https://naam:geheim@data.example.nl/", "password-in-address", True),
        ("https://data.example.nl:99999/", "impossible-address", False),
        ("https://data.example.nl:0/", "impossible-address", False),
        ("https://data.example.nl:http/", "impossible-address", False),
        ("https://data..example.nl/", "impossible-address", False),
        ("https://-data.example.nl/", "impossible-address", False),
        ("https://300.1.2.3/", "impossible-address", False),
        ("https://127.1/", "impossible-address", False),
        ("https://[::1/", "impossible-address", False),
    ],
)
def test_an_address_that_nobody_outside_can_open_is_found(address: str, rule: str, lowered: bool) -> None:
    turtle = changed(ACCESS, ACCESS.replace(":bomen-pagina", f"<{address}>"))
    assert told(found(turtle)) == [("error", rule, "bomen-csv", "dcat:accessURL")]
    [own] = found(turtle, allow_private=True)
    assert own.severity == ("warning" if lowered else "error")


def test_a_user_in_an_address_without_a_password_is_a_warning() -> None:
    turtle = changed(ACCESS, ACCESS.replace(":bomen-pagina", "<https://naam@data.example.nl/>"))
    assert told(found(turtle)) == [("warning", "user-in-address", "bomen-csv", "dcat:accessURL")]


@pytest.mark.parametrize(
    "address",
    [
        "https://data.example.nl:8443/x?y=1",
        "https://data.example.nl./",
        "https://8.8.8.8/",
        "https://[2a00:1450::1]/",
        "https://localhost.example.nl/",
        "https://testing.nl/",
        "https://local_data.example.nl/",
        "https://xn--dt-viam.example.nl/",
    ],
)
def test_an_address_that_everybody_can_open_passes(address: str) -> None:
    assert told(found(changed(ACCESS, ACCESS.replace(":bomen-pagina", f"<{address}>")))) == []


def test_what_is_named_by_an_address_that_only_those_inside_can_open_is_found() -> None:
    there = SECOND.replace(":struiken ", "<http://localhost:5000/dataset/1> ")
    there = there.replace("https://data.example.nl/struiken", "http://localhost:5000/dataset/1")
    assert told(found(added(there))) == [("warning", "private-iri", "http://localhost:5000/dataset/1", "rdf:type")]
    assert found(added(there), allow_private=True) == []


def test_an_address_of_an_example_is_a_warning_for_others_alone() -> None:
    turtle = changed(ACCESS, ACCESS.replace(":bomen-pagina", "<https://www.example.org/x>"))
    assert told(found(turtle)) == [("warning", "example-address", "bomen-csv", "dcat:accessURL")]
    assert found(turtle, allow_private=True) == []


@pytest.mark.parametrize(
    ("turtle", "prop", "meant"),
    [
        (':bomen dcat:title "Bomen"@nl .', "dcat:title", "dct:title"),
        (":bomen dct:licence :x .", "dct:licence", "dct:license"),
        (":bomen dct:Title :x .", "dct:Title", "dct:title"),
        (":bomen dcat:datasets :x .", "dcat:datasets", "dcat:dataset"),
        (":bomen dcat:accessUrl :x .", "dcat:accessUrl", "dcat:accessURL"),
        (":bomen dcat:Distribution :x .", "dcat:Distribution", "dcat:distribution"),
        (":x a dcat:dataset .", "rdf:type", "dcat:Dataset"),
        (":x a dcat:Datasets .", "rdf:type", "dcat:Dataset"),
        (":x a dcat:Organization .", "rdf:type", "foaf:Organization"),
        (":bomen dcatap:hvdcategory :x .", "dcatap:hvdcategory", "dcatap:hvdCategory"),
        (":bomen dct:updated :x .", "dct:updated", "dct:modified"),
        (":bomen dcat:label :x .", "dcat:label", "rdfs:label"),
        (":contact vcard:hasMail <mailto:a@example.nl> .", "vcard:hasMail", "vcard:hasEmail"),
    ],
)
def test_a_term_that_does_not_exist_is_told_with_the_one_that_was_meant(turtle: str, prop: str, meant: str) -> None:
    [fault] = found(added(turtle))
    assert (fault.severity, fault.rule, fault.place.property) == ("warning", "unknown-term", prop)
    assert fault.hint == f"Did you mean {meant}?"


@pytest.mark.parametrize(
    ("turtle", "written", "right"),
    [
        (":bomen <https://www.w3.org/ns/dcat#theme> :x .", "https://www.w3.org/ns/dcat#", "http://www.w3.org/ns/dcat#"),
        (":bomen <http://www.w3.org/ns/dcat/theme> :x .", "http://www.w3.org/ns/dcat/", "http://www.w3.org/ns/dcat#"),
        (":bomen <https://purl.org/dc/terms/subject> :x .", "https://purl.org/dc/terms/", "http://purl.org/dc/terms/"),
        (":x a <https://www.w3.org/ns/dcat#Dataset> .", "https://www.w3.org/ns/dcat#", "http://www.w3.org/ns/dcat#"),
        (
            "@prefix t: <https://purl.org/dc/terms/> . :bomen t:title 'A' ; t:subject :x . :x t:title 'B' .",
            "https://purl.org/dc/terms/",
            "http://purl.org/dc/terms/",
        ),
    ],
)
def test_a_vocabulary_at_another_address_is_told_once(turtle: str, written: str, right: str) -> None:
    [fault] = found(added(turtle))
    assert (fault.severity, fault.rule, fault.hint) == ("warning", "wrong-namespace", f"Write the prefix as <{right}>.")
    assert f"<{written}>" in fault.message


@pytest.mark.parametrize(
    "turtle",
    [
        ":bomen <https://example.nl/def#title> :x .",
        ":bomen <http://purl.org/dc/elements/1.1/title> :x .",
        ":bomen <https://schema.org/name> :x .",
        ":x a vcard:Work ; vcard:street-address 'Plein 1' ; vcard:hasTelephone <tel:+31700000000> .",
        ":x a adms:AssetRepository ; dct:conformsTo :y .",
        ":bomen dcatap:anders :x .",
        ":bomen <http://www.w3.org/1999/02/22-rdf-syntax-ns#_1> :x .",
    ],
)
def test_a_term_that_exists_or_may_exist_passes(turtle: str) -> None:
    assert told(found(added(turtle))) == []
