"""Dates in cells: read by the language of the document, and told where they cannot be."""

from __future__ import annotations

import pytest

from generate_declarations import SEQUENCE, Entry, Read, Small, column, furniture, narrative, read, table


def dated(written: str, kind: str, language: str = "nl", corrections: tuple[Entry, ...] = ()) -> Read:
    """Return what becomes of a table with one date in a column of a type."""
    cells = column("what", "cell", heading="What"), column("day", "cell", kind, "dct:date", heading="Day")
    small = Small(f"What\tDay\nBegin\t{written}\n", [table(["What", "Day"], SEQUENCE, *cells)], corrections)
    return read(Small(small.text, small.datasets, small.corrections, {"language": language}))


@pytest.mark.parametrize(
    ("written", "kind", "language", "expected"),
    [
        ("26-05-2023", "date", "nl", "2023-05-26"),
        ("vrijdag 26 mei 2023", "date", "nl", "2023-05-26"),
        ("26/05/2023", "date", "en", "2023-05-26"),
        ("2023-05-26", "date", "sr", "2023-05-26"),
        ("1e kwartaal 2021", "edtf", "nl", "2021-33"),
        ("2021-33", "edtf", "nl", "2021-33"),
        ("2020 t/m 2022", "edtf", "nl", "2020/2022"),
    ],
)
def test_a_date_in_a_cell_is_read_by_the_language_of_the_document(
    written: str, kind: str, language: str, expected: str
) -> None:
    found = dated(written, kind, language)
    assert (found.told, [row["day"] for row in found.rows()]) == ([], [expected])


@pytest.mark.parametrize(
    ("written", "kind", "language", "message"),
    [
        ("03/04/2023", "date", "en", "'03/04/2023' may be 2023-03-04 or 2023-04-03."),
        ("donderdag 26 mei 2023", "date", "nl", "'donderdag 26 mei 2023' says Thursday, while 2023-05-26 is a Friday."),
        ("31-02-2023", "edtf", "nl", "'31-02-2023' is not a day in the calendar."),
        ("binnenkort", "edtf", "nl", "'binnenkort' is not a date."),
        ("mei 2023", "date", "nl", "'mei 2023' is not a calendar date."),
    ],
)
def test_a_date_that_cannot_be_read_is_one_error_with_its_cell(
    written: str, kind: str, language: str, message: str
) -> None:
    found = dated(written, kind, language)
    assert found.told == [("invalid-date", "document.txt, table 'actions', line 2, row 1, column 'day'")]
    assert [one.message for one in found.findings if one.rule == "invalid-date"] == [message]


def test_a_date_that_could_be_two_is_what_a_correction_says() -> None:
    place = {"dataset": "actions", "row": "1", "column": "day", "expect": "03/04/2023", "value": "2023-04-03"}
    record = {"kind": "corrected-text", "reason": "The day comes first here.", "status": "corrected", **place}
    found = dated("03/04/2023", "date", "en", (record,))
    assert (found.told, [row["day"] for row in found.rows()]) == ([], ["2023-04-03"])


@pytest.mark.parametrize(
    ("written", "year", "expected"),
    [
        ("26-05-2023", None, ("2023-05-26", "2023-05-26", "2023-05-26")),
        ("najaar 2021", None, ("2021-23", "2021-09-01", "2021-11-30")),
        ("vanaf maart", 2020, ("2020?-03/..", "2020-03-01", "")),
        ("4 april", 2021, ("2021?-04-04", "2021-04-04", "2021-04-04")),
    ],
)
def test_an_event_has_the_first_and_last_day_that_its_date_can_mean(
    written: str, year: int | None, expected: tuple[str, str, str]
) -> None:
    quote = {"description": f"begon het {written}", "date_as_written": written, **({"year": year} if year else {})}
    days = [column(name, name, "date", "dct:date") for name in ("date_earliest", "date_latest")]
    event = [SEQUENCE, column("date", "date", "edtf", "dct:date"), *days]
    find = {"kind": "quotes", "of": "narrative", "quote": [quote]}
    quotes = {**table([], *event, name="process"), "find": find}
    text = f"# Plan\n\nHier begon het {written}.\n"
    found = read(Small(text, [narrative(), furniture(), quotes], more={"language": "nl"}))
    assert (found.told, found.cells("process")) == ([], [expected])


def test_a_month_in_a_column_of_days_is_published_when_the_column_is_declared_as_the_finding_says() -> None:
    (fault,) = [one for one in dated("mei 2023", "date").findings if one.rule == "invalid-date"]
    assert 'type = "edtf"' in fault.hint
    found = dated("mei 2023", "edtf")
    assert (found.told, [row["day"] for row in found.rows()]) == ([], ["2023-05"])


@pytest.mark.parametrize(("kind", "form"), [("date", "a day (YYYY-MM-DD)"), ("edtf", "a date in EDTF")])
def test_words_that_are_no_date_are_to_be_recorded_in_the_form_of_the_column(kind: str, form: str) -> None:
    (fault,) = [one for one in dated("binnenkort", kind).findings if one.rule == "invalid-date"]
    assert fault.hint == f"Record the intended value of this cell in corrections.toml, as {form}."
