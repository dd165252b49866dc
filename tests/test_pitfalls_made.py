"""Texts, geometries, addresses, language tags and links by chance, of which it is known how they were made."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from babel import Locale

from ogp_data.checks.catalogue import Catalogue
from ogp_data.checks.pitfalls import links
from ogp_data.checks.pitfalls.addresses import addresses
from ogp_data.checks.pitfalls.all import PITFALL_RULES
from ogp_data.checks.pitfalls.texts import texts
from ogp_data.core import geometries, resources, wkt
from ogp_data.core.findings import Finding
from ogp_data.core.graph import Graph
from ogp_data.core.language_tags import TWO_LETTERS, tag_fault
from ogp_data.core.mojibake import repaired
from ogp_data.core.namespaces import DCAT, DCT, GEO
from ogp_data.core.terms import RDF, XSD, Blank, Iri, Literal
from ogp_data.models.lists import load_lists

LISTS = load_lists(resources.value_lists())
MANY = int(os.environ.get("OGP_MANY", "300"))
"""How many of each are made; a thorough run takes 10,000 and more."""

SAID = (
    "één ideeën coöperatie reünie Curaçao café crème brûlée naïef Åland Ærø smørrebrød größer Straße Übung"
    " Łódź żółć Île forêt où père ça señor niño São coração œuvre Ångström Dvořák háček €5 ’s-Gravenhage „naar“"
    " “van” ‘bij’ – … «à» ² ½ ° § Việt Tiếng «está»… 10 data gemeente Utrecht 2024 en van de het"
)
WORDS = SAID.split()
SCRIPTS = (
    "кадастр недвижимости",
    "Ελλάδα δήμος",
    "עברית נתונים",
    "بيانات مفتوحة",
    "データセット",
    "ข้อมูล",
    "հայերեն",
    "فارسی",
)


def windows(text: str) -> str:
    """Return a text in UTF-8 as a program shows it that takes it for Windows-1252."""
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in text.encode()
    )


def sentence(chance: random.Random) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 12)))


def test_what_was_read_as_windows_1252_is_brought_back() -> None:
    chance = random.Random(1)
    for _ in range(MANY):
        text = chance.choice(SCRIPTS) if chance.random() < 0.2 else sentence(chance)
        spoilt = windows(text)
        assert repaired(text) == "", text
        assert repaired(spoilt) == (text if not text.isascii() else ""), spoilt
        assert repaired(spoilt.encode("utf-8").decode("utf-8")) == repaired(spoilt)


LOCALES = (
    "nl",
    "de",
    "fr",
    "pt",
    "da",
    "sv",
    "ro",
    "tr",
    "vi",
    "ru",
    "el",
    "he",
    "ar",
    "km",
    "ja",
    "ga",
    "is",
    "cs",
    "pl",
)


@pytest.mark.parametrize("locale", LOCALES)
def test_names_as_people_write_them_are_sound(locale: str) -> None:
    """What Unicode calls languages, countries and currencies, in languages with marks and letters of many kinds."""
    known = Locale.parse(locale)
    names = [name for names in (known.languages, known.territories, known.currencies) for name in names.values()]
    assert len(names) > 300
    assert [name for name in names if faults_of(name)] == []


def test_names_of_the_lists_are_sound() -> None:
    names = {row.get(tag, "") for one in LISTS.lists.values() for row in one.rows.values() for tag in ("nl", "en")}
    assert len(names) > 3_000
    assert {name for name in names if name and faults_of(name)} == {"onbekend", "unknown"}


def faults_of(text: str) -> list[Finding]:
    graph = Graph()
    graph.add(Iri("https://data.example.nl/"), RDF.type, DCAT.Dataset)
    graph.add(Iri("https://data.example.nl/"), DCT.title, Literal(text))
    return list(texts(Catalogue(graph, LISTS)))


def test_any_characters_are_read_without_a_fault_of_the_program() -> None:
    chance = random.Random(2)
    for _ in range(MANY):
        text = "".join(
            chr(chance.choice((chance.randrange(32, 0x250), chance.randrange(0x2000, 0x2100)))) for _ in range(20)
        )
        meant = repaired(text)
        assert meant == "" or meant != text


# Geometries ---------------------------------------------------------------------------------------------


class Made:
    """A geometry by chance in well-known text, with its box."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.size = chance, chance.choice((2, 2, 3, 4))
        self.xs: list[float] = []
        self.ys: list[float] = []
        self.kind, self.text = self.geometry(2)

    def number(self) -> str:
        value = self.chance.uniform(-200, 200)
        return self.chance.choice((f"{value:.3f}", f"{value:.0f}", f"{value:.2e}", f"{value:+.1f}"))

    def position(self) -> str:
        numbers = [self.number() for _ in range(self.size)]
        self.xs.append(float(numbers[0]))
        self.ys.append(float(numbers[1]))
        return self.blank(" ").join(numbers)

    def blank(self, least: str = "") -> str:
        return least + self.chance.choice(("", "", " ", "\n"))

    def line(self, least: int = 2) -> str:
        return "(" + self.blank(",").join(self.position() for _ in range(self.chance.randint(least, 5))) + ")"

    def ring(self) -> str:
        positions = [self.position() for _ in range(self.chance.randint(3, 6))]
        return f"({self.blank(',').join([*positions, positions[0]])})"

    def several(self, one: Callable[[], str]) -> str:
        return f"({self.blank(',').join(one() for _ in range(self.chance.randint(1, 3)))})"

    def geometry(self, depth: int) -> tuple[str, str]:
        kinds: dict[str, Callable[[], str]] = {
            "POINT": lambda: f"({self.position()})",
            "LINESTRING": self.line,
            "POLYGON": lambda: self.several(self.ring),
            "MULTIPOINT": lambda: self.several(lambda: f"({self.position()})"),
            "MULTILINESTRING": lambda: self.several(self.line),
            "MULTIPOLYGON": lambda: self.several(lambda: self.several(self.ring)),
            "TIN": lambda: self.several(lambda: f"({self.ring()})"),
            "GEOMETRYCOLLECTION": lambda: self.several(lambda: self.geometry(depth - 1)[1]),
        }
        kind = self.chance.choice([kind for kind in kinds if depth or kind != "GEOMETRYCOLLECTION"])
        name = self.chance.choice((kind, kind.lower()))
        dimension = "" if kind == "GEOMETRYCOLLECTION" else self.dimension()
        return kind, f"{name}{dimension}{self.blank()}{kinds[kind]()}"

    def dimension(self) -> str:
        words = {2: ("",), 3: ("", " Z", "Z", " M"), 4: ("", " ZM", "ZM")}[self.size]
        return self.chance.choice(words)


def test_a_geometry_is_read_with_its_box_and_no_part_of_it_is_one() -> None:
    chance = random.Random(3)
    for _ in range(MANY):
        made = Made(chance)
        crs = chance.choice(("", "http://www.opengis.net/def/crs/EPSG/0/28992"))
        text = f"<{crs}> {made.text}" if crs else made.text
        read = wkt.read(text)
        assert (read.kind, read.crs) == (made.kind, crs), text
        assert read.box == geometries.Box(min(made.xs), min(made.ys), max(made.xs), max(made.ys)), text
        for broken in (made.text[:-1], made.text + ")", made.text.replace("(", "", 1), "x" + made.text):
            with pytest.raises(geometries.NoGeometryError):
                wkt.read(broken)


def test_a_spoilt_geometry_is_read_or_refused() -> None:
    chance = random.Random(4)
    for _ in range(MANY):
        text = list(Made(chance).text)
        for _ in range(chance.randint(1, 4)):
            text[chance.randrange(len(text))] = chance.choice("(),. -+eE0Zé\x00")
        assert refusal("".join(text)) != ""


def refusal(text: str) -> str | None:
    """Return why a text is no geometry; None when it is one."""
    try:
        wkt.read(text)
    except geometries.NoGeometryError as reason:
        return str(reason)
    return None


def test_many_brackets_and_many_positions_take_time_in_proportion() -> None:
    with pytest.raises(geometries.NoGeometryError):
        wkt.read("GEOMETRYCOLLECTION(" * 100_000)
    with pytest.raises(geometries.NoGeometryError):
        wkt.read("POLYGON" + "(" * 100_000)
    ring = ",".join(f"{x % 180} {x % 90}" for x in range(100_000))
    assert wkt.read(f"POLYGON(({ring},0 0))").box == geometries.Box(0, 0, 179, 89)


# Addresses ----------------------------------------------------------------------------------------------

PUBLIC = ("data.overheid.nl", "a.b.c.nl", "8.8.8.8", "[2a00:1450:400e:80e::2004]", "xn--bcher-kva.ch", "x_y.example.nl")
INSIDE = (
    *("localhost", "intranet", "geo.local", "a.internal", "b.test", "c.invalid", "nas.lan", "10.1.2.3", "127.0.0.1"),
    *("172.16.0.1", "192.168.0.1", "169.254.1.1", "0.0.0.0", "224.0.0.1", "[::1]", "[fe80::1]", "[fc00::2]", "[::]"),
)
NONE = (
    "a..nl",
    "-a.nl",
    "a-.nl",
    "1.2.3",
    "256.1.1.1",
    "1.2.3.4.5",
    "a" * 64 + ".nl",
    "a,b.nl",
    "[::g]",
    ".nl",
)


@pytest.mark.parametrize(("hosts", "rule"), [(PUBLIC, ""), (INSIDE, "private-address"), (NONE, "impossible-address")])
def test_an_address_is_judged_by_its_host_whatever_stands_round_it(hosts: tuple[str, ...], rule: str) -> None:
    chance = random.Random(5)
    for _ in range(MANY):
        host = "".join(chance.choice((c, c.upper())) for c in chance.choice(hosts))
        port = chance.choice(("", "", ":80", ":65535", ":8443"))
        rest = chance.choice(("", "/", "/a/b", "?x=localhost", "#10.0.0.1", "/@x", "/a:99999"))
        address = f"{chance.choice(('http', 'https', 'HTTPS', 'ftp'))}://{host}{port}{rest}"
        assert judged(address) == ([rule] if rule else []), address


def judged(address: str) -> list[str]:
    lines = f"<x:d> <{RDF.type.value}> <{DCAT.Distribution.value}> .\n<x:d> <{DCAT.accessURL.value}> <{address}> ."
    graph = Graph.of(ox.parse(lines.encode(), ox.RdfFormat.N_TRIPLES, lenient=True))
    return [found.rule for found in addresses(Catalogue(graph, LISTS))]


def test_any_address_is_judged_without_a_fault_of_the_program() -> None:
    chance = random.Random(6)
    for _ in range(MANY):
        address = "http://" + "".join(chance.choice("a1.:@[]/%?#-_é0xfF:٣") for _ in range(chance.randint(1, 15)))
        assert len(judged(address)) <= 2, address


# Language tags ------------------------------------------------------------------------------------------


def test_a_tag_exists_when_each_of_its_parts_does() -> None:
    chance = random.Random(7)
    letters = "abcdefghijklmnopqrstuvwxyz"
    countries = {row["alpha2"] for row in LISTS["country"].rows.values() if row["alpha2"]}
    for _ in range(MANY):
        language = chance.choice(letters) + chance.choice(letters)
        region = chance.choice(["NL", "BE", "419", "", "UK", "QQ", "ZZ", "AB"])
        script = chance.choice(["", "", "Latn", "Cyrl"])
        tag = "-".join(filter(None, (language, script, region)))
        exists = language in TWO_LETTERS and region not in ("UK", "AB")
        assert (tag_fault(tag, {}, countries) == ("", "")) == exists, tag
        assert (tag_fault(tag.lower(), {}, countries) == ("", "")) == exists, tag


# Links --------------------------------------------------------------------------------------------------


def graph_of(pairs: set[tuple[int, int]]) -> Graph:
    graph = Graph()
    for one, other in sorted(pairs):
        graph.add(Iri(f"https://data.example.nl/{one}"), DCT.isPartOf, Iri(f"https://data.example.nl/{other}"))
    return graph


def reaching(pairs: set[tuple[int, int]], count: int) -> list[set[int]]:
    """Return what each thing leads to in one step or more, by Warshall's algorithm."""
    leads = [[(one, other) in pairs for other in range(count)] for one in range(count)]
    for through in range(count):
        for one in range(count):
            if leads[one][through]:
                leads[one] = [a or b for a, b in zip(leads[one], leads[through], strict=True)]
    return [{other for other in range(count) if leads[one][other]} for one in range(count)]


def test_each_circle_is_found_once_and_nothing_else_is() -> None:
    chance = random.Random(8)
    for _ in range(MANY):
        count = chance.randint(2, 9)
        pairs = {(chance.randrange(count), chance.randrange(count)) for _ in range(chance.randint(1, 12))}
        reach = reaching(pairs, count)
        groups = {frozenset(o for o in reach[n] if n in reach[o]) for n in range(count) if n in reach[n]}
        found = list(links.circles(Catalogue(graph_of(pairs), LISTS)))
        of_one = sorted(int(f.place.iri.rsplit("/", 1)[1]) for f in found if f.message.startswith("It leads to itself"))
        assert of_one == sorted(one for one, other in pairs if one == other)
        firsts = sorted(
            int(f.place.iri.rsplit("/", 1)[1]) for f in found if "in" in f.message.split() and "steps," in f.message
        )
        assert firsts == sorted(min(group) for group in groups if len(group) > 1)


@pytest.mark.parametrize("closed", [False, True])
def test_a_chain_of_five_thousand_is_gone_through_once(closed: bool) -> None:
    pairs = {(n, n + 1) for n in range(5_000)} | ({(5_000, 0)} if closed else set())
    found = list(links.circles(Catalogue(graph_of(pairs), LISTS)))
    assert len(found) == closed
    if closed:
        assert "in 5001 steps" in found[0].message


# All rules ----------------------------------------------------------------------------------------------

CONFORMING = (Path(__file__).parent / "catalogues" / "conforming.ttl").read_bytes()
ODD = (
    *map(
        Literal,
        ("", " ", "-1", "0", "1e999", "NaN", "é" * 600, "\ud7ff", "POINT(", "{}", "P", "-P0D", "\u202e", "a, b"),
    ),
    *(Literal("x", language=tag) for tag in ("nl", "en-UK", "x-y")),
    *(Literal(text, datatype=XSD.date) for text in ("0000-00-00", "9999-12-31", "0001-01-01", "-0044-03-15")),
    *(Literal(text, datatype=XSD.dateTime) for text in ("9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00")),
    *(Literal(text, datatype=GEO.wktLiteral) for text in ("POINT(4 52)", "POINT EMPTY", "", "POINT(1e300 -1e300)")),
    *(Literal(text, datatype=GEO.geoJSONLiteral) for text in ("[]", '{"coordinates": 3}', '{"coordinates": [[]]}')),
    *map(
        Iri,
        (
            "http://localhost/",
            "urn:x",
            "http://[::1]/",
            "mailto:a@b",
            "file:///x",
            "https://www.w3.org/ns/dcat#Dataset",
        ),
    ),
    Blank("odd"),
    DCAT.Dataset,
    DCAT.Catalog,
)
"""Values that are at home nowhere, or not where they come to stand."""


def test_any_value_in_any_place_is_judged_in_whichever_order_it_stands() -> None:
    chance, triples = random.Random(9), list(ox.parse(CONFORMING, ox.RdfFormat.TURTLE))
    things = sorted({triple.subject for triple in triples}, key=str)
    for _ in range(MANY // 3):
        spoilt = list(triples)
        for at in chance.sample(range(len(spoilt)), 8):
            kept = spoilt[at]
            value = chance.choice((*ODD, chance.choice(things)))
            subject = kept.subject if chance.random() < 0.8 else chance.choice(things)
            spoilt[at] = ox.Quad(subject, kept.predicate, value)
        found = judged_by_all(spoilt)
        chance.shuffle(spoilt)
        assert judged_by_all(spoilt) == found


def judged_by_all(triples: list[ox.Quad]) -> list[tuple[str, str, str, str]]:
    catalogue = Catalogue(Graph.of(triples), LISTS, today=date(2026, 12, 1))
    found = [fault for rule in PITFALL_RULES for fault in rule(catalogue)]
    return sorted((f.rule, f.place.iri, f.place.name + f.place.property, str(f.message)) for f in found)


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("CURVEPOLYGON(CIRCULARSTRING(0 0, 4 0, 4 4, 0 4, 0 0),(1 1, 3 3, 3 1, 1 1))", (0, 0, 4, 4)),
        ("COMPOUNDCURVE Z (CIRCULARSTRING Z (0 0 9, 1 1 9, 1 0 9),(1 0 9, -2 1 9))", (-2, 0, 1, 1)),
        ("MULTICURVE(EMPTY,(0 0, 5 5),CIRCULARSTRING(4 0, 4 4, 8 4))", (0, 0, 8, 5)),
        ("MULTISURFACE(CURVEPOLYGON((0 0, 4 0, 4 4, 0 0)),((10 14, 11 10, 12 14, 10 14)))", (0, 0, 12, 14)),
        ("GEOMETRYCOLLECTION(CURVEPOLYGON EMPTY,POINT(1 2))", (1, 2, 1, 2)),
    ],
)
def test_geometries_made_of_curves_are_read(text: str, box: tuple[int, int, int, int]) -> None:
    assert wkt.read(text).box == box


@pytest.mark.parametrize(
    "text", ["GEOMETRYCOLLECTION((0 0, 1 1))", "MULTISURFACE((0 0, 1 1))", "COMPOUNDCURVE((0 0, 1 1)", "MULTICURVE()"]
)
def test_what_only_looks_like_curves_is_refused(text: str) -> None:
    with pytest.raises(geometries.NoGeometryError):
        wkt.read(text)
