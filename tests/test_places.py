"""A place in the source is one noun, whatever kind of document it is in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from ogp_data.core import places
from ogp_data.core.names import Names
from ogp_data.core.places import Block, Box, Line, Page, SheetCell, SourcePlace

NUMBERS = st.integers(1, 10**9)
COLUMNS = st.integers(1, 16_384)
ROWS = st.integers(1, 1_048_576)
SHEETS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
POINTS = st.floats(-10_000, 10_000)
PATHS = st.just("") | st.text(st.characters(exclude_categories=["Cs"])).map("/{}".format)


def letters(number: int) -> str:
    return (letters((number - 1) // 26) if number > 26 else "") + chr(ord("A") + (number - 1) % 26)


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    left, top = draw(POINTS), draw(POINTS)
    return Box(left, top, left + draw(st.floats(0, 5000)), top + draw(st.floats(0, 5000)))


@st.composite
def cells(draw: st.DrawFn) -> SheetCell:
    row, last_row = sorted((draw(ROWS), draw(ROWS)))
    column, last_column = map(letters, sorted((draw(COLUMNS), draw(COLUMNS))))
    last = (last_column, last_row) if draw(st.booleans()) else None
    return SheetCell(draw(SHEETS), column, row, last, draw(st.integers(0, 9)), file=draw(NUMBERS))


PLACES = st.one_of(
    st.builds(Line, NUMBERS, file=NUMBERS),
    st.builds(Page, NUMBERS, st.none() | boxes(), file=NUMBERS),
    st.builds(Block, NUMBERS, PATHS, file=NUMBERS),
    cells(),
)


@pytest.mark.parametrize(
    ("place", "text", "fragment", "nl", "en"),
    [
        (Line(98), "L98", "line=97,98", "regel 98", "line 98"),
        (Line(98, file=2), "2:L98", "line=97,98", "bestand 2, regel 98", "file 2, line 98"),
        (Page(12), "p12", "page=12", "pagina 12", "page 12"),
        (
            Page(12, Box(72, 100.504, 300, 120)),
            "p12",
            "page=12&viewrect=72,100.5,228,19.5",
            "pagina 12, 72 pt van links en 100,5 pt van boven",
            "page 12, 72 pt from the left and 100.5 pt from the top",
        ),
        (Block(17), "b17", "block=17", "blok 17", "block 17"),
        (
            Block(17, "/html/body/p[3]"),
            "b17",
            "selector(type=XPathSelector,value=/html/body/p%5B3%5D)",
            "blok 17 (/html/body/p[3])",
            "block 17 (/html/body/p[3])",
        ),
        (
            Block(17, "/a[.=';)']"),
            "b17",
            "selector(type=XPathSelector,value=/a%5B.%3D%27%3B%29%27%5D)",
            "blok 17 (/a[.=';)'])",
            "block 17 (/a[.=';)'])",
        ),
        (
            Block(17, '//*[@id="actie 3"]'),
            "b17",
            "actie%203",
            'blok 17 (//*[@id="actie 3"])',
            'block 17 (//*[@id="actie 3"])',
        ),
        (
            SheetCell("Sheet1", "A", 5),
            "Sheet1!A5",
            "'Sheet1'!A5",
            "cel A5 van werkblad “Sheet1”",
            "cell A5 of sheet “Sheet1”",
        ),
        (
            SheetCell("2020", "AB", 10, ("AD", 12), file=3),
            "3:2020!AB10",
            "'2020'!AB10:AD12",
            "bestand 3, cellen AB10:AD12 van werkblad “2020”",
            "file 3, cells AB10:AD12 of sheet “2020”",
        ),
        (
            SheetCell("Plan 2020/2022 (v1.0)", "XFD", 1_048_576),
            "Plan%202020%2F2022%20%28v1%2E0%29!XFD1048576",
            "'Plan%202020%2F2022%20%28v1.0%29'!XFD1048576",
            "cel XFD1048576 van werkblad “Plan 2020/2022 (v1.0)”",
            "cell XFD1048576 of sheet “Plan 2020/2022 (v1.0)”",
        ),
        (
            SheetCell("Één_'twee'-3!;", "C", 1),
            "%C3%89%C3%A9n_%27twee%27-3%21%3B!C1",
            "'%C3%89%C3%A9n_%27%27twee%27%27-3%21%3B'!C1",
            "cel C1 van werkblad “Één_'twee'-3!;”",
            "cell C1 of sheet “Één_'twee'-3!;”",
        ),
        (
            SheetCell(" a\n\x07b ", "C", 1),
            "%20a%0A%07b%20!C1",
            "'%20a%0A%07b%20'!C1",
            "cel C1 van werkblad “a ␇b”",
            "cell C1 of sheet “a ␇b”",
        ),
        (SheetCell("~", "C", 1), "%7E!C1", "'~'!C1", "cel C1 van werkblad “~”", "cell C1 of sheet “~”"),
    ],
)
def test_each_kind_of_place_has_its_text_its_fragment_and_its_words(
    place: SourcePlace, text: str, fragment: str, nl: str, en: str
) -> None:
    assert (place.text, place.fragment) == (text, fragment)
    assert (place.of("nl"), place.of("en"), str(place)) == (nl, en, en)
    assert places.place(text) == place.whole


@given(st.lists(PLACES, min_size=1, max_size=6))
def test_the_text_of_places_reads_back_in_order_and_has_the_declared_pattern(found: list[SourcePlace]) -> None:
    text = places.write(found)
    assert places.read(text) == list(dict.fromkeys(place.whole for place in sorted(found)))
    assert all(re.fullmatch(places.PATTERN, part) for part in text.split(" "))


@given(PLACES, PLACES, PLACES)
def test_places_of_all_kinds_have_one_order(one: SourcePlace, two: SourcePlace, three: SourcePlace) -> None:
    assert (one < two) + (two < one) + (one == two) == 1
    assert sorted([one, two, three]) == sorted([three, one, two])
    assert places.merged([two, one, two]) == tuple(sorted({one, two}))


@given(PLACES, PLACES)
def test_each_place_has_an_iri_of_its_own(one: SourcePlace, two: SourcePlace) -> None:
    names = Names("https://data.example.nl/x/", "", "")
    iris = {names.place(f"{place.file}.bin", place) for place in (one, two)}
    assert all(re.fullmatch(r"[A-Za-z0-9:/#._~%!$&'()*+,;=@?-]+", iri) and iri.count("#") == 1 for iri in iris)
    assert all(rdflib.URIRef(iri).n3() for iri in iris)
    # A sheet is found by its name, and an element by its path, whatever their numbers are.
    found = [(place.file, type(place), place.members.get("path") or place.members) for place in (one, two)]
    assert len(iris) == (1 if found[0] == found[1] else 2)


@pytest.mark.parametrize(
    "text",
    [
        *("", "98", "L0", "L098", "l98", "P12", "L98,L100", " L98", "L98 ", "1:L98", "0:L98", "2:", "L٩", "L98\n"),
        *("Sheet 1!A5", "!A5", "S!5", "S!A0", "S!a5", "S!ABCD1", "%53!A1", "%ff!A1", "%FF!A1", "%2e!A1"),
        *("p0", "b0", "S!XFE1", "S!A1048577", "S!A5:B6", "'S'!A1", "S;T!A1", "/html/body;p", "L" + "9" * 5000),
    ],
)
def test_what_is_not_a_place_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a|is written as|can't decode|Exceeds the limit"):
        places.place(text)


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        *((kind, [0]) for kind in (Line, Page, Block)),
        *(
            (Box, parts)
            for parts in ([0, 20, 10, 10], [20, 0, 10, 10], [0, 0, float("nan"), 1], [0, 0, 1, float("inf")])
        ),
        *((SheetCell, parts) for parts in (["", "A", 1], ["S", "A", 0], ["S", "XFE", 1], ["S", "A", 1_048_577])),
        *((SheetCell, ["S", "C", 5, last]) for last in (("B", 5), ("C", 4), ("", 5))),
        *((SheetCell, parts) for parts in (["\ud800", "A", 1], ["S", "a", 1], ["S", "", 1])),
        *((Block, parts) for parts in ([1, "p[3]"], [1, "/\udc00"])),
    ],
)
def test_what_no_document_has_is_not_made(kind: type, parts: list[object]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each says it in its own words
        kind(*parts)


def test_a_box_is_rounded_and_a_range_of_one_cell_is_that_cell() -> None:
    assert Page(1, Box(-0.001, 1.004, 2.006, 3)) == Page(1, Box(0, 1, 2.01, 3))
    assert SheetCell("S", "A", 1, ("A", 1)) == SheetCell("S", "A", 1)


def test_a_list_of_none_is_empty() -> None:
    assert places.write([]) == ""
    assert places.read("") == []


def test_places_stand_in_the_order_of_the_source_and_once() -> None:
    texts = ["2:L1", "L100", "L98", "L9", "L98"]
    assert places.write(map(places.place, texts)) == "L9 L98 L100 2:L1"
    found = [
        *(SheetCell("b", *cell, tab=1) for cell in (("A", 2), ("AA", 1), ("B", 1))),
        SheetCell("a", "B", 1, tab=2),
        SheetCell("a", "A", 1, file=2),
    ]
    assert places.write(found) == "b!B1 b!AA1 b!A2 a!B1 2:a!A1"
    boxes = [Page(2, Box(0, 0, 1, 1)), Page(1, Box(0, 50, 1, 60)), Page(1, Box(0, 20, 1, 30)), Page(1)]
    assert places.merged(boxes) == (boxes[3], boxes[2], boxes[1], boxes[0])
    assert places.write(boxes) == "p1 p2"


@pytest.mark.parametrize(
    ("before", "after", "follows"),
    [
        *((Line(3), Line(number), number in (3, 4)) for number in (2, 3, 4, 5)),
        (Line(3), Line(4, file=2), False),
        (Line(3), Page(4), False),
        (Page(3, Box(0, 0, 1, 1)), Page(4), True),
        (Page(3), Page(5), False),
        (Block(3), Block(4, "/p"), True),
        (Block(3), Block(5), False),
        (SheetCell("S", "A", 3), SheetCell("S", "C", 4), True),
        (SheetCell("S", "A", 3, ("C", 5)), SheetCell("S", "A", 6), True),
        (SheetCell("S", "A", 3, ("C", 5)), SheetCell("S", "A", 7), False),
        (SheetCell("S", "A", 3), SheetCell("T", "A", 4), False),
    ],
)
def test_a_place_follows_what_no_other_place_lies_behind(
    before: SourcePlace, after: SourcePlace, *, follows: bool
) -> None:
    assert after.follows(before) == follows


@pytest.mark.parametrize(
    ("found", "nl", "en"),
    [
        ([Line(98)], "regel 98", "line 98"),
        ([Line(98), Line(99), Line(120)], "regels 98, 99 en 120", "lines 98, 99 and 120"),
        ([Page(1, Box(0, 0, 1, 1)), Page(1), Page(2)], "pagina's 1 en 2", "pages 1 and 2"),
        ([Block(1, "/p"), Block(2)], "blokken 1 en 2", "blocks 1 and 2"),
        ([Line(1), Page(2)], "regel 1 en pagina 2", "line 1 and page 2"),
        ([Line(1), Line(1, file=2)], "regel 1 en bestand 2, regel 1", "line 1 and file 2, line 1"),
        (
            [SheetCell("S", "A", 1), SheetCell("S", "B", 1)],
            "cel A1 van werkblad “S” en cel B1 van werkblad “S”",
            "cell A1 of sheet “S” and cell B1 of sheet “S”",
        ),
    ],
)
def test_several_places_are_listed_as_people_do(found: list[SourcePlace], nl: str, en: str) -> None:
    assert (places.series(found).of("nl"), places.series(found).of("en")) == (nl, en)


def test_the_shape_of_the_rows_asks_for_the_same_form() -> None:
    shapes = Path(__file__).parents[1] / "shapes" / "ogp" / "ogp.ttl"
    assert f'sh:pattern "^{places.PATTERN}$"' in shapes.read_text(encoding="utf-8")
