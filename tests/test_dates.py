"""Dates, as government prose has them."""

from __future__ import annotations

import pytest

from ogp_data.dates import edtf, is_date


@pytest.mark.parametrize(
    ("written", "year", "expected"),
    [
        ("October 2019", None, "2019-10"),
        ("first quarter of 2020", None, "2020-33"),
        ("March 4", 2020, "2020?-03-04"),
        ("throughout September", 2020, "2020?-09"),
        ("From March on", 2020, "2020?-03/.."),
        ("September and November", 2020, "{2020?-09,2020?-11}"),
        ("28 October 2019", None, "2019-10-28"),
        ("May 2021", None, "2021-05"),
        ("d.d. 27 mei 2021", None, "2021-05-27"),
        ("February 11th 2021", None, "2021-02-11"),
        ("December 1, 2020", None, "2020-12-01"),
        ("beginning of 2021", None, "2021"),
        ("By the end of December 2021", None, "2021-12"),
        ("2020-2022", None, "2020/2022"),
        ("2023-05-26", None, "2023-05-26"),
        ("May 26 2023", 1999, "2023-05-26"),  # a year in the words needs no context
    ],
)
def test_dates_are_as_precise_as_their_words(written: str, year: int | None, expected: str) -> None:
    assert edtf(written, year) == expected


@pytest.mark.parametrize(
    "written", ["", "soon", "May 36 2023", "31 april 2021", "29 February 2021", "2022-2020", "March 4"]
)
def test_what_is_no_date_stays_none(written: str) -> None:
    assert edtf(written) is None


def test_a_calendar_date_exists() -> None:
    assert is_date("2024-02-29")
    assert not is_date("2023-02-29")
    assert not is_date("2023-2-9")
