"""A place in the source has one text form, which leads back to it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogp_data.core import places
from ogp_data.core.places import SourcePlace

NUMBERS = st.integers(1, 10**9)
COLUMNS = st.from_regex(r"[A-Z]{1,3}", fullmatch=True)
SHEETS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
FOUND = st.one_of(
    st.builds(SourcePlace, st.sampled_from(["line", "page", "block"]), NUMBERS, file=NUMBERS),
    st.builds(SourcePlace, st.just("cell"), NUMBERS, SHEETS, COLUMNS, NUMBERS),
)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (SourcePlace("line", 98), "L98"),
        (SourcePlace("page", 12), "p12"),
        (SourcePlace("block", 17), "b17"),
        (SourcePlace("line", 98, file=2), "2:L98"),
        (SourcePlace("cell", 5, "Sheet1", "A"), "Sheet1!A5"),
        (SourcePlace("cell", 10, "2020", "AB", file=3), "3:2020!AB10"),
        (SourcePlace("cell", 1, "Plan 2020/2022 (v1.0)", "B"), "Plan%202020%2F2022%20%28v1%2E0%29!B1"),
        (SourcePlace("cell", 1, "Één_twee-3!", "C"), "%C3%89%C3%A9n_twee-3%21!C1"),
        (SourcePlace("cell", 1, "~", "C"), "%7E!C1"),
    ],
)
def test_each_kind_of_place_has_its_form(place: SourcePlace, text: str) -> None:
    assert str(place) == text
    assert places.place(text) == place


@given(st.lists(FOUND, min_size=1))
def test_a_list_of_places_reads_back_and_has_the_declared_pattern(found: list[SourcePlace]) -> None:
    text = places.write(found)
    assert places.read(text) == found
    assert all(re.fullmatch(places.PATTERN, part) for part in text.split(" "))


@pytest.mark.parametrize(
    "text",
    [
        *("", "98", "L0", "L098", "l98", "P12", "L98,L100", " L98", "L98 ", "1:L98", "0:L98", "2:", "L٩", "L98\n"),
        *("Sheet 1!A5", "!A5", "S!5", "S!A0", "S!a5", "S!ABCD1", "%53!A1", "%ff!A1", "%FF!A1", "%2e!A1"),
    ],
)
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no place|is not written|can't decode"):
        places.place(text)


def test_a_list_of_none_is_empty() -> None:
    assert places.write([]) == ""
    assert places.read("") == []


def test_places_stand_in_the_order_of_the_source_and_once() -> None:
    texts = ["2:L1", "L100", "L98", "L9", "L98"]
    assert places.write(places.in_order(map(places.place, texts))) == "L9 L98 L100 2:L1"
    cells = ["b!A2", "a!B1", "b!AA1", "b!B1", "2:a!A1"]
    ordered = places.in_order(map(places.place, cells), sheets=["b", "a"])
    assert places.write(ordered) == "b!B1 b!AA1 b!A2 a!B1 2:a!A1"


def test_the_shape_of_the_rows_asks_for_the_same_form() -> None:
    shapes = Path(__file__).parents[1] / "shapes" / "ogp" / "ogp.ttl"
    assert f'sh:pattern "^{places.PATTERN}$"' in shapes.read_text(encoding="utf-8")
