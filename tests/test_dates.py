"""Dates, as government prose has them."""

from __future__ import annotations

import calendar
import random
from datetime import date, timedelta

import pytest
from babel.dates import format_date

from ogp_data.core.dates import read_date
from ogp_data.core.edtf import days, is_date, is_edtf, spans


@pytest.mark.parametrize(
    ("written", "year", "expected"),
    [
        ("October 2019", None, "2019-10"),
        ("first quarter of 2020", None, "2020-33"),
        ("March 4", 2020, "2020?-03-04"),
        ("Wednesday March 4", 2020, "2020?-03-04"),
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
        ("mid-May 2021", None, "2021-05"),
        ("2020-2022", None, "2020/2022"),
        ("2023-05-26", None, "2023-05-26"),
        ("2023-5-6", None, "2023-05-06"),
        ("May 26 2023", 1999, "2023-05-26"),  # a year in the words needs no context
        ("the 26th of May 2023", None, "2023-05-26"),
        ("Friday, May 26, 2023", None, "2023-05-26"),
        ("May 1 to 5, 2021", None, "2021-05-01/2021-05-05"),
        ("May 30 - June 5, 2021", None, "2021-05-30/2021-06-05"),
        ("from May to July 2021", None, "2021-05/2021-07"),
        ("between 2020 and 2022", None, "2020/2022"),
        ("Fall 2021", None, "2021-23"),
        ("second half of 2021", None, "2021-41"),
        ("26/05/2023", None, "2023-05-26"),  # no month is the 26th
        ("05/26/2023", None, "2023-05-26"),
        ("04/04/2023", None, "2023-04-04"),  # the same in either order
        ("Monday 03/04/2023", None, "2023-04-03"),  # the other order is a Saturday
    ],
)
def test_dates_in_an_english_document_are_as_precise_as_their_words(
    written: str, year: int | None, expected: str
) -> None:
    assert read_date(written, "en", year).edtf == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("26-05-2023", "2023-05-26"),
        ("26/05/2023", "2023-05-26"),
        ("26.05.2023", "2023-05-26"),
        ("3-4-2023", "2023-04-03"),
        ("26 mei '23", "2023-05-26"),
        ("26 mei \u201998", "1998-05-26"),
        ("26 mei '69", "1969-05-26"),
        ("26 mei '68", "2068-05-26"),
        ("vrijdag 26 mei 2023", "2023-05-26"),
        ("vr. 26 mei 2023", "2023-05-26"),
        ("26-mei-2023", "2023-05-26"),
        ("1e kwartaal 2021", "2021-33"),
        ("4de kwartaal van 2021", "2021-36"),
        ("eerste kwartaal 2021", "2021-33"),
        ("Q1 2021", "2021-33"),
        ("2021 Q1", "2021-33"),
        ("2021-Q1", "2021-33"),
        ("Q1/2021", "2021-33"),
        ("tweede helft van 2021", "2021-41"),
        ("voorjaar 2021", "2021-21"),
        ("zomer 2021", "2021-22"),
        ("in het najaar van 2021", "2021-23"),
        ("winter 2021", "2021-24"),
        ("per 1 januari 2022", "2022-01-01"),
        ("2020 t/m 2022", "2020/2022"),
        ("2020\u20132022", "2020/2022"),
        ("van 2020 tot en met 2022", "2020/2022"),
        ("1 t/m 5 mei 2021", "2021-05-01/2021-05-05"),
        ("1 mei 2021 t/m juli 2021", "2021-05-01/2021-07"),
        ("mei, juni en juli 2021", "{2021-05,2021-06,2021-07}"),
        ("vanaf maart 2020", "2020-03/.."),
        ("febr. 2021", "2021-02"),
        ("eind mei 2021", "2021-05"),
        ("medio 2021", "2021"),
        ("05-2021", "2021-05"),
        ("05-2021 t/m 07-2021", "2021-05/2021-07"),
        ("2021-05", "2021-05"),
        ("2012-12", "2012-12"),
        ("01-2021", "2021-01"),
        ("12/2021", "2021-12"),
        ("kwartaal 1 2021", "2021-33"),
        ("H2 2021", "2021-41"),
        ("2020/2022", "2020/2022"),
    ],
)
def test_dates_in_a_dutch_document_are_as_precise_as_their_words(written: str, expected: str) -> None:
    assert read_date(written, "nl").edtf == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("14 mars 2025", "2025-03-14"),
        ("Vendredi 14 mars 2025", "2025-03-14"),
        ("le 1er mars 2021", "2021-03-01"),
        ("du 1er au 5 mars 2021", "2021-03-01/2021-03-05"),
        ("du 30 mai au 5 juin 2021", "2021-05-30/2021-06-05"),
        ("14/03/2025", "2025-03-14"),
        ("août 2021", "2021-08"),
        ("déc. 2021", "2021-12"),
        ("premier trimestre 2020", "2020-33"),
        ("2e trimestre de 2021", "2021-34"),
        ("T3 2021", "2021-35"),
        ("le deuxième semestre de 2021", "2021-41"),
        ("à partir de mars 2020", "2020-03/.."),
        ("depuis 2019", "2019/.."),
        ("au printemps 2021", "2021-21"),
        ("l\u2019été 2021", "2021-22"),
        ("mi-mars 2021", "2021-03"),
        ("fin décembre 2021", "2021-12"),
        ("d'octobre à décembre 2021", "2021-10/2021-12"),
        ("entre mars et mai 2021", "2021-03/2021-05"),
        ("mars et avril 2021", "{2021-03,2021-04}"),
        ("février-mars 2021", "2021-02/2021-03"),
        ("2023-2025", "2023/2025"),
    ],
)
def test_dates_in_a_french_document_are_as_precise_as_their_words(written: str, expected: str) -> None:
    assert read_date(written, "fr").edtf == expected


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        ("de", "14. März 2025", "2025-03-14"),
        ("de", "Freitag, 14. März 2025", "2025-03-14"),
        ("de", "1.\u20135. Mai 2021", ""),  # what the CLDR does not say, only a table of our own would
        ("de", "März 2025", "2025-03"),
        ("de", "14.3.2025", "2025-03-14"),
        ("es", "14 de marzo de 2025", "2025-03-14"),
        ("es", "viernes, 14 de marzo de 2025", "2025-03-14"),
        ("es", "mar 2025", ""),  # Tuesday and March
        ("es", "04/03/2025", "2025-03-04"),
        ("pt", "14 de março de 2025", "2025-03-14"),
        ("hu", "2025. március 14.", "2025-03-14"),
        ("hu", "03/04/2025", ""),  # the year comes first there
        ("lt", "2025 m. kovo 14 d.", "2025-03-14"),
        ("lv", "2025. gada 14. marts", "2025-03-14"),
        ("uk", "14 березня 2025 р.", "2025-03-14"),
        ("ka", "14 მარტი, 2025", "2025-03-14"),
        ("xx", "14 March 2025", "2025-03-14"),
        ("de", "14 March 2025", "2025-03-14"),  # words of English, Dutch and French are known in every document
        ("en", "14. March 2025", ""),
    ],
)
def test_dates_of_other_languages_are_read_by_their_months(language: str, written: str, expected: str) -> None:
    assert read_date(written, language).edtf == expected


def test_a_word_of_the_document_is_not_that_of_another_language() -> None:
    """In French "en" stands before a month; in Dutch it is "and"."""
    assert read_date("en mars 2021", "fr").edtf == "2021-03"
    assert read_date("maart en mei 2021", "nl").edtf == "{2021-03,2021-05}"


@pytest.mark.parametrize("language", ["nl", "en", "fr", "de", "es", "it", "pl", "hu", "lt", "uk", "el", "ka"])
def test_any_day_is_read_as_its_language_writes_it(language: str) -> None:
    """Of 159 languages with a code of two letters the long form of 139 was read, and no day for another."""
    chance = random.Random(language)
    for _ in range(25):
        day = date(1990, 1, 1) + timedelta(chance.randrange(20_000))
        assert read_date(format_date(day, "long", locale=language), language).edtf == day.isoformat()


@pytest.mark.parametrize(
    ("language", "written", "fault"),
    [
        ("fr", "samedi 14 mars 2025", "says Saturday, while 2025-03-14 is a Friday"),
        ("fr", "bientôt", "is not a date"),
        ("de", "31. Februar 2025", "is not a day in the calendar"),
        *(
            ("en", text, "is not a date")
            for text in ["", "soon", "in May or June", "May-5 2021", "from May 2021", "to 2021"]
        ),
        *(
            ("nl", text, "is not a date")
            for text in ["26-05-23", "26 mei 23", "2020-22", "winter 2021-2022", "tot 2021"]
        ),
        *(
            ("nl", text, "is not a date")
            for text in ["mei - 2021", "mei/juni 2021", "-2021", "03-04/2021", "26/05-2023"]
        ),
        *(("en", text, "is not a day in the calendar") for text in ["May 36 2023", "0 May 2023", "29 February 2021"]),
        *(("nl", text, "is not a day in the calendar") for text in ["31 februari 2021", "29-02-2023", "05/26/2023"]),
        ("nl", "13-2021", "is not a month in the calendar"),
        ("nl", "00-2021", "is not a month in the calendar"),
        ("nl", "2099-13", "is not a date"),
        ("nl", "32 mei 2021", "is not a day in the calendar"),
        ("en", "29/02/2023", "is not a day in the calendar"),
        ("en", "03/04/2023", "may be 2023-03-04 or 2023-04-03"),
        ("", "03/04/2023", "may be 2023-03-04 or 2023-04-03"),
        ("nl", "2009-10", "may be 2009-10 or 2009/2010"),
        ("nl", "donderdag 26 mei 2023", "says Thursday, while 2023-05-26 is a Friday"),
        ("en", "March 4", "says no year"),
        ("nl", "5, 2021", "says no month"),
        ("en", "2022-2020", "ends before it begins"),
        ("nl", "december t/m februari 2021", "ends before it begins"),
    ],
)
def test_what_is_no_date_or_could_be_two_says_why(language: str, written: str, fault: str) -> None:
    found = read_date(written, language)
    assert (found.edtf, found.fault) == ("", fault)


def test_a_year_of_the_context_is_checked_with_the_rest() -> None:
    assert read_date("29 February", "en", 2021).fault == "is not a day in the calendar"
    assert read_date("Friday March 4", "en", 2020).fault == "says Friday, while 2020?-03-04 is a Wednesday"
    assert read_date("May", "en", 0).fault == "is not a day in the calendar"


MONTHS = {
    "nl": (
        *("januari", "februari", "maart", "april", "mei", "juni"),
        *("juli", "augustus", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
SHORT = {
    "nl": ["jan", "febr", "mrt", "apr", "mei", "jun", "jul", "aug", "sept", "okt", "nov", "dec"],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"],
}
WEEKDAYS = {
    "nl": ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
SEASONS = {"nl": ["voorjaar", "zomer", "najaar", "winter"], "en": ["spring", "summer", "autumn", "winter"]}
QUARTERS = {"nl": ["eerste", "tweede", "derde", "vierde"], "en": ["first", "second", "third", "fourth"]}


def made(dice: random.Random) -> tuple[str, str, str]:
    """Return a language, words, and the EDTF that they mean; "" when they mean none, or could mean two."""
    language = dice.choice(["nl", "en"])
    day = date(1900, 1, 1) + timedelta(days=dice.randrange(200 * 365))
    forms = [*_days(language, day, dice), *_parts(language, day, dice), *_periods(language, day, dice)]
    written, edtf = dice.choice(forms + _none(language, day, dice))
    return language, written, edtf


def _days(language: str, day: date, dice: random.Random) -> list[tuple[str, str]]:
    d, m, y, at = day.day, day.month, day.year, day.isoformat()
    sign, zeros = dice.choice("-/."), dice.choice(["", "0"])
    digits = f"{d:{zeros}{2 * bool(zeros) or ''}}{sign}{m:{zeros}{2 * bool(zeros) or ''}}{sign}{y}"
    known = language == "nl" or d > 12 or d == m
    weekday = WEEKDAYS[language][day.weekday()]
    name = dice.choice([MONTHS[language][m - 1], SHORT[language][m - 1], SHORT[language][m - 1] + "."])
    forms = [
        (digits, at if known else ""),
        (at, at),
        (f"{d} {name} {y}", at),
        (f"{weekday} {d} {name} {y}", at),
        (f"{name} {d}, {y}", at),
        (f"{d} {name} '{y % 100:02}", at if 1969 <= y <= 2068 else _in_other_century(day)),
        (f"{d}-{name.rstrip('.')}-{y}", at),
    ]
    lead = {"nl": ["per", "op", "d.d.", "met ingang van"], "en": ["on", "by", "as of"]}[language]
    return [*forms, (f"{dice.choice(lead)} {d} {name} {y}", at)]


def _in_other_century(day: date) -> str:
    other = day.year + 100 if day.year < 1969 else day.year - 100
    return f"{other}-{day.month:02}-{day.day:02}" if day.day < 29 or calendar.isleap(other) or day.month != 2 else ""


def _parts(language: str, day: date, dice: random.Random) -> list[tuple[str, str]]:
    y, index = day.year, dice.randrange(4)
    month = MONTHS[language][day.month - 1]
    quarter = {"nl": "kwartaal", "en": "quarter"}[language]
    of = {"nl": "van", "en": "of"}[language]
    ending = "e" if language == "nl" else ("st", "nd", "rd", "th")[index]
    return [
        (f"{month} {y}", f"{y}-{day.month:02}"),
        (f"{dice.choice({'nl': ['begin', 'eind', 'medio'], 'en': ['early', 'late']}[language])} {y}", str(y)),
        (f"{SEASONS[language][index]} {y}", f"{y}-{21 + index}"),
        (f"{QUARTERS[language][index]} {quarter} {of} {y}", f"{y}-{33 + index}"),
        (f"{index + 1}{ending} {quarter} {y}", f"{y}-{33 + index}"),
        (f"Q{index + 1} {y}", f"{y}-{33 + index}"),
        (f"{y} Q{index + 1}", f"{y}-{33 + index}"),
        (str(y), str(y)),
    ]


def _periods(language: str, day: date, dice: random.Random) -> list[tuple[str, str]]:
    y, later = day.year, day + timedelta(days=dice.randrange(1, 4000))
    until, since, also = {"nl": ("t/m", "vanaf", "en"), "en": ("to", "since", "and")}[language]
    dash = "\u2013"
    name, last = MONTHS[language][day.month - 1], MONTHS[language][later.month - 1]
    forms = [
        (f"{y} {dice.choice((until, '-', dash))} {y + 3}", f"{y}/{y + 3}"),
        (f"{day.day} {name} {y} {until} {later.day} {last} {later.year}", f"{day}/{later}"),
        (f"{since} {name} {y}", f"{y}-{day.month:02}/.."),
        (f"{day.day} {until} {day.day} {name} {y}", f"{day}/{day}"),
    ]
    if day.month < 12:
        after = MONTHS[language][day.month]
        forms.append((f"{name} {also} {after} {y}", f"{{{y}-{day.month:02},{y}-{day.month + 1:02}}}"))
    return forms


def _none(language: str, day: date, dice: random.Random) -> list[tuple[str, str]]:
    """Return words that mean no date, or could mean two."""
    d, m, y = day.day, day.month, day.year
    wrong = WEEKDAYS[language][(day.weekday() + dice.randrange(1, 7)) % 7]
    name = MONTHS[language][m - 1]
    return [
        (f"{wrong} {d} {name} {y}", ""),
        (f"{calendar.monthrange(y, m)[1] + dice.randrange(1, 9)} {name} {y}", ""),
        (f"{d:02}-{m:02}-{y % 100:02}", ""),
        (f"{y + 1}-{y}", ""),
        (f"{d} {name}", ""),
    ]


def test_what_is_written_of_a_date_is_read_as_that_date() -> None:
    dice = random.Random(11)
    for language, written, edtf in (made(dice) for _ in range(3000)):
        found = read_date(written, language)
        assert found.edtf == edtf, (language, written, found)
        assert bool(found.fault) != bool(found.edtf)


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2023-05-26", "2023-05-26", "2023-05-26"),
        ("2021-02", "2021-02-01", "2021-02-28"),
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021-12", "2021-12-01", "2021-12-31"),
        ("2021-21", "2021-03-01", "2021-05-31"),
        ("2021-22", "2021-06-01", "2021-08-31"),
        ("2021-23", "2021-09-01", "2021-11-30"),
        ("2021-40", "2021-01-01", "2021-06-30"),
        ("2021-36", "2021-10-01", "2021-12-31"),
        ("2023-24", "2023-12-01", "2024-02-29"),
        ("2021-33", "2021-01-01", "2021-03-31"),
        ("2021-41", "2021-07-01", "2021-12-31"),
        ("2020?-03-04", "2020-03-04", "2020-03-04"),
        ("2021~", "2021-01-01", "2021-12-31"),
        ("2020/2022-03", "2020-01-01", "2022-03-31"),
        ("2020?-03/..", "2020-03-01", None),
        ("../2021-05", None, "2021-05-31"),
        ("{2020?-09,2020?-11}", "2020-09-01", "2020-11-30"),
        ("{2021-11,2020-09}", "2020-09-01", "2021-11-30"),
    ],
)
def test_a_date_covers_the_days_that_it_can_mean(edtf: str, first: str | None, last: str | None) -> None:
    assert days(edtf) == (first and date.fromisoformat(first), last and date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "..", "../..", "{}", "2020-13", "2020-02-30", "2020-33-05", "0000", "2022/2020"),
        *(
            "2020/2021/2022",
            "{2020/2021}",
            "{2020}x",
            "{2020,2021",
            "2020}",
            "2020-02-29/2020-02-28",
            "\u0662\u0660\u0662\u0663",
        ),
    ],
)
def test_edtf_is_of_the_calendar_and_its_ends_are_in_order(text: str) -> None:
    assert not is_edtf(text)


@pytest.mark.parametrize(
    ("edtf", "doubt"),
    [("2020?-03-04", "year"), ("2020-03~", "all"), ("2020%", "all"), ("2020?", "all"), ("2020-03", "")],
)
def test_what_is_in_doubt_of_a_date_is_its_year_or_all_of_it(edtf: str, doubt: str) -> None:
    (span,) = spans(edtf)
    assert span is not None
    assert span.doubt == doubt


def test_a_calendar_date_exists() -> None:
    assert is_date("2024-02-29")
    assert not is_date("2023-02-29")
    assert not is_date("2023-2-9")
    assert not is_date("\u0662023-02-09")
