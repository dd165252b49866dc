"""What documents say, read by types: the right values by hand, what is refused, and invariants over made inputs."""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from conftest import ROOT
from ogp_data.core import resources
from ogp_data.core.columns import Column
from ogp_data.core.publication import Publication
from ogp_data.core.words import Words
from ogp_data.declaration import reading
from ogp_data.models.lists import load_lists
from ogp_data.types import TYPES, numbers
from ogp_data.types.base import Fault, Setting, Written
from ogp_data.types.datetime import Moment

EACH, RUNS = ("nl", "en", "fr", "de"), 200
SAMPLE = 10
"""One in so many of the inputs that a whole run tries; see `tried`."""


@pytest.fixture(scope="module")
def publication() -> Publication:
    loaded, found = reading.load(ROOT / "data", "nl-2020-2022", load_lists(resources.value_lists()))
    assert loaded is not None, found
    return loaded


def column(kind: str, **more: object) -> Column:
    words = Words(nl="kolom", en="column")
    declared = Column("column", kind, "cell", words, words, "ogp:text")
    return replace(declared, **more)  # type: ignore[arg-type]


def says(publication: Publication, kind: str, text: str, language: str, **more: object) -> str | Fault:
    declared = column(kind, **more)
    return TYPES[kind].parse(Written(text, language, {"other": "USD"}), Setting(publication, declared))


# By hand --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("nl", "1.234,5", "1234.5"),
        ("nl", "1.234", "1234"),
        ("nl", "12 345 678,90", "12345678.90"),
        ("nl", ",5", "0.5"),
        ("nl", "\u22125", "-5"),
        ("nl", "-0,00", "0.00"),
        ("nl", "1,2 miljoen", "1200000"),
        ("nl", "1,23456789 mln", "1234567.89"),
        ("en", "1,234.5", "1234.5"),
        ("en", "1.234", "1.234"),
        ("en", "3 billion", "3000000000"),
        ("fr", "1\u202f234\u202f567,50", "1234567.50"),
        ("fr", "3 milliards", "3000000000"),
        ("de", "1.234.567", "1234567"),
        ("de", "1'234,5", "1234.5"),
        ("de", "2 Mio.", "2000000"),
        ("", "1.234", "1.234"),
        ("es", "1.234,5", "1234.5"),
        ("es", "1,5", "1.5"),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(language: str, text: str, number: str) -> None:
    assert numbers.read(text, language) == numbers.Read(number)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "1.5"),
        ("nl", "1.23.456"),
        ("nl", "1.234 567"),
        ("nl", "12.34,5"),
        ("nl", "007"),
        ("nl", "5,"),
        ("nl", "12%"),
        ("nl", "--5"),
        ("nl", "circa 5"),
        ("nl", "1,5 million"),
        ("en", "1,23,456"),
        ("en", "1.234,5"),
        ("fr", "1.234,5"),
        ("fr", "1 234 5"),
        ("es", "1.234"),
        ("es", "1 billion"),
        ("", "1,234"),
        ("nl", "\u0661\u0662"),
        ("nl", ""),
    ],
)
def test_what_may_be_another_number_or_none_is_refused(language: str, text: str) -> None:
    assert numbers.read(text, language).fault


@pytest.mark.parametrize(
    ("kind", "language", "more", "type_told"),
    [
        ("integer", "en", {}, "text"),
        ("integer", "en", {"key": True}, "string"),
        ("integer", "en", {"references": "themes"}, "string"),
        ("decimal", "en", {}, "text"),
        ("decimal", "", {}, "text"),
        ("money", "en", {"currency": "EUR"}, "text"),
        ("duration", "en", {}, "text"),
    ],
)
@pytest.mark.parametrize("text", ["82%", "about half", "1.2.3"])
def test_what_is_no_number_is_told_of_which_type_it_can_be(
    publication: Publication, kind: str, language: str, more: dict[str, object], type_told: str, text: str
) -> None:
    found = says(publication, kind, text, language, **more)
    here = Setting(publication, column(kind, **more))
    fault = found if isinstance(found, Fault) else TYPES[kind].check(found, here, {})
    assert fault is not None
    assert f'declare the column as `type = "{type_told}"`' in fault.hint
    assert ("in the table from elsewhere" if not language else "in corrections.toml") in fault.hint
    assert TYPES[type_told].check(text, here, {}) is None


@pytest.mark.parametrize(
    ("kind", "language", "text", "value"),
    [
        ("integer", "nl", "1.234.567", "1234567"),
        ("integer", "en", "1,234", "1234"),
        ("boolean", "nl", "Ja", "true"),
        ("boolean", "nl", "onwaar", "false"),
        ("boolean", "fr", "oui", "true"),
        ("boolean", "de", "falsch", "false"),
        ("boolean", "en", "✓", "true"),
        ("boolean", "en", "X", "true"),
        ("boolean", "en", "☐", "false"),
        ("boolean", "pl", "nee", "false"),
        ("boolean", "", "true", "true"),
        ("datetime", "nl", "26 mei 2023, 14:30 uur", "2023-05-26T14:30:00"),
        ("datetime", "nl", "26 mei 2023 om 9.05 uur", "2023-05-26T09:05:00"),
        ("datetime", "nl", "31 december 2023, 24:00", "2024-01-01T00:00:00"),
        ("datetime", "nl", "29 februari 2024 00:00", "2024-02-29T00:00:00"),
        ("datetime", "en", "26 May 2023 at 2:30 pm", "2023-05-26T14:30:00"),
        ("datetime", "en", "26 May 2023, 12:15 a.m.", "2023-05-26T00:15:00"),
        ("datetime", "en", "26 May 2023 2 pm", "2023-05-26T14:00:00"),
        ("datetime", "en", "2023-05-26 14:30 UTC", "2023-05-26T14:30:00Z"),
        ("datetime", "fr", "26/05/2023 à 14 h 30", "2023-05-26T14:30:00"),
        ("datetime", "fr", "26/05/2023 à 14h", "2023-05-26T14:00:00"),
        ("datetime", "de", "26.05.2023, 14:30 Uhr MESZ", "2023-05-26T14:30:00+02:00"),
        ("datetime", "nl", "2023-05-26T14:30:00.123456-05:30", "2023-05-26T14:30:00.123456-05:30"),
        ("datetime", "nl", "2023-05-26T14:30:00,5+0200", "2023-05-26T14:30:00.5+02:00"),
        ("duration", "nl", "P1Y2M", "P1Y2M"),
        ("duration", "nl", "-PT1.5S", "-PT1.5S"),
        ("duration", "nl", "P6W", "P42D"),
        ("duration", "nl", "14 maanden", "P14M"),
        ("duration", "nl", "één jaar en twee maanden", "P1Y2M"),
        ("duration", "nl", "1 jaar, 2 maanden en 3 dagen", "P1Y2M3D"),
        ("duration", "nl", "een kwartaal", "P3M"),
        ("duration", "en", "two years and 36 hours", "P2YT36H"),
        ("duration", "fr", "6 semaines", "P42D"),
        ("duration", "de", "1 Jahr und 6 Monate", "P1Y6M"),
    ],
)
def test_a_value_is_read_in_the_language_of_the_document(
    publication: Publication, kind: str, language: str, text: str, value: str
) -> None:
    assert says(publication, kind, text, language) == value


@pytest.mark.parametrize(
    ("kind", "language", "text", "why"),
    [
        ("boolean", "nl", "yes", "'yes' does not say yes or no, such as ja"),
        ("boolean", "nl", "deels", "does not say yes or no"),
        ("boolean", "nl", "1", "does not say yes or no"),
        ("boolean", "", "ja", "such as true or false"),
        ("boolean", "pl", "o", None),
        ("datetime", "nl", "26 mei 2023", "is not a day and a time"),
        ("datetime", "nl", "mei 2023 14:30", "says no day of the calendar"),
        ("datetime", "nl", "29 februari 2023 12:00", "is not a day in the calendar"),
        ("datetime", "nl", "30 juni 2015 23:59:60 UTC", "is a leap second"),
        ("datetime", "nl", "26 mei 2023 24:01", "is not a time of the clock"),
        ("datetime", "nl", "26 mei 2023 25:00", "is not a time of the clock"),
        ("datetime", "en", "26 May 2023 13:00 pm", "has 13 on a clock of twelve hours"),
        ("datetime", "en", "3/4/2023 14:30", "may be 2023-03-04 or 2023-04-03"),
        ("datetime", "nl", "2023-05-26T14:30:00+15:00", "which is not a time zone"),
        ("datetime", "nl", "2023-05-26T14:30:00.1234567", "more than six decimals"),
        ("datetime", "nl", "9999-12-31T24:00:00", "ends the calendar"),
        ("duration", "nl", "1,5 jaar", "is not a duration"),
        ("duration", "nl", "10 werkdagen", "is not a duration"),
        ("duration", "nl", "2 maanden 1 jaar", "is not a duration"),
        ("duration", "nl", "2 years", "is not a duration"),
        ("duration", "nl", "P", "is not a duration"),
        ("duration", "nl", "PT", "is not a duration"),
        ("duration", "nl", "P1.5Y", "is not a duration"),
        ("duration", "nl", "", "is not a duration"),
    ],
)
def test_what_is_none_or_could_be_two_is_a_fault_with_its_fix(
    publication: Publication, kind: str, language: str, text: str, why: str | None
) -> None:
    found = says(publication, kind, text, language)
    if why is None:  # a word of one of the languages that are known
        assert found == "true"
        return
    assert isinstance(found, Fault)
    assert why in found.message
    assert found.hint


@pytest.mark.parametrize(
    ("language", "text", "amount"),
    [
        ("nl", "€ 1.234,50", "1234.50"),
        ("nl", "1.234,50 euro", "1234.50"),
        ("nl", "EUR 5", "5"),
        ("nl", "€ 5,-", "5"),
        ("nl", "€ 1.000,--", "1000"),
        ("nl", "-€ 5", "-5"),
        ("nl", "€ -5", "-5"),
        ("nl", "\u2212 € 5", "-5"),
        ("nl", "(€ 5)", "-5"),
        ("nl", "(0,00)", "0.00"),
        ("nl", "€ 1,2 mln", "1200000"),
        ("nl", "1,5 MLN", "1500000"),
        ("nl", "€\u00a02 miljard", "2000000000"),
        ("en", "€1,234.50", "1234.50"),
        ("de", "1.234,50 €", "1234.50"),
        ("fr", "1\u00a0234,50\u00a0€", "1234.50"),
    ],
)
def test_an_amount_is_read_with_or_without_its_currency(
    publication: Publication, language: str, text: str, amount: str
) -> None:
    assert says(publication, "money", text, language, currency="EUR") == amount


@pytest.mark.parametrize("text", ["$ 5", "5 USD", "GBP 5", "£5", "€ 5 EUR", "(-5)", "€", "€ vijf", "5,-,-"])
def test_an_amount_in_another_currency_or_in_none_is_a_fault(publication: Publication, text: str) -> None:
    assert isinstance(says(publication, "money", text, "nl", currency="EUR"), Fault)


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("€ 5 EUR", "names a currency more than once: € EUR"),
        ("EUR 5 euro", "names a currency more than once: EUR euro"),
        ("€ 1.234,50 euro", "names a currency more than once: € euro"),
        ("$ 5 EUR", "names a currency more than once: $ EUR"),
        ("€ EUR 5 mln", "names a currency more than once: € EUR"),
        ("eur 5", "has 'eur', which is no sign or code"),
        ("5 eur", "has 'eur', which is no sign or code"),
        ("Eur 5,-", "has 'Eur', which is no sign or code"),
        ("US$ 5", "has 'US$', which is no sign or code"),
        ("US$5", "has 'US$', which is no sign or code"),
        ("(US$ 1.234)", "has 'US$', which is no sign or code"),
        ("5 \u20bd", "has '\u20bd', which is no sign or code"),
        ("kr. 5", "has 'kr', which is no sign or code"),
        ("5 miljoen dollar", "has 'dollar', which is no sign or code"),
        ("€ 5 XXQ", "has 'XXQ', which is no sign or code"),
    ],
)
def test_a_currency_that_cannot_be_read_is_the_trouble(publication: Publication, text: str, trouble: str) -> None:
    fault = says(publication, "money", text, "nl", currency="EUR")
    assert isinstance(fault, Fault)
    assert fault.message.startswith(f"{text!r} {trouble}")
    assert "EUR 1.234,5" in fault.hint


@pytest.mark.parametrize("text", ["€ 1.2.3", "5,-,-", "€ vijf", "5 of 6", "5 %"])
def test_an_amount_whose_number_cannot_be_read_is_no_number(publication: Publication, text: str) -> None:
    fault = says(publication, "money", text, "nl", currency="EUR")
    assert isinstance(fault, Fault)
    assert "is not a number" in fault.message


@pytest.mark.parametrize("text", ["euro 5", "Euro 5,-", "EUROS 5", "eur. 5"])
def test_the_word_of_a_currency_may_stand_before_the_amount(publication: Publication, text: str) -> None:
    assert says(publication, "money", text, "nl", currency="EUR") == "5"


def test_an_amount_has_the_currency_of_another_column(publication: Publication) -> None:
    assert says(publication, "money", "$ 5", "nl", currency_in="other") == "5"
    assert isinstance(says(publication, "money", "€ 5", "nl", currency_in="other"), Fault)
    setting = Setting(publication, column("money", currency_in="other"))
    assert TYPES["money"].check("5", setting, {"other": "USD"}) is None
    unknown = TYPES["money"].check("5", setting, {"other": ""})
    assert unknown is not None
    assert "The currency of '5' is ''" in unknown.message


def test_durations_are_compared_by_what_they_last() -> None:
    kind = TYPES["duration"]
    assert kind.value("P1Y2M") == kind.value("P14M") != kind.value("P13M")
    assert kind.value("PT36H") == kind.value("P1DT12H")
    assert sorted(["P2M", "P1Y", "-P1Y", "P1D"], key=lambda text: kind.rank(kind.value(text))) == [
        "-P1Y",
        "P1D",
        "P2M",
        "P1Y",
    ]


def test_times_are_ordered_by_their_moment() -> None:
    kind = TYPES["datetime"]
    texts = ["2023-05-26T12:00:00+02:00", "2023-05-26T09:00:00Z", "2023-05-26T11:00:00"]
    ranked = sorted(texts, key=lambda text: kind.rank(kind.value(text)))
    assert ranked == ["2023-05-26T09:00:00Z", "2023-05-26T12:00:00+02:00", "2023-05-26T11:00:00"]


@pytest.mark.parametrize(
    "text", ["\u00b2 jaar", "\u2460", "\u2460 jaar", "\u00b3 maanden", "\u2082\u2080 dagen", "1\u00b2 jaar"]
)
def test_a_raised_or_circled_digit_is_no_count(publication: Publication, text: str) -> None:
    fault = says(publication, "duration", text, "nl")
    assert isinstance(fault, Fault)
    assert fault.rule == "cell-type"


@pytest.mark.parametrize(
    ("text", "is_known"),
    [
        ("9999-12-31T23:00:00-02:00", False),
        ("9999-12-31T21:59:59.999999-02:00", True),
        ("9999-12-31T22:00:00-02:00", False),
        ("0001-01-01T00:00:00+02:00", False),
        ("0001-01-01T01:59:59.999999+02:00", False),
        ("0001-01-01T02:00:00+02:00", True),
        ("0001-01-01T00:00:00Z", True),
        ("9999-12-31T23:59:59.999999", True),
    ],
)
def test_a_time_lies_in_the_calendar_in_utc_too(publication: Publication, text: str, *, is_known: bool) -> None:
    kind, setting = TYPES["datetime"], Setting(publication, column("datetime"))
    found, checked = says(publication, "datetime", text, "nl"), kind.check(text, setting, {})
    assert (found == text, checked is None) == (is_known, is_known)
    for fault in filter(None, (None if found == text else found, checked)):
        assert isinstance(fault, Fault)
        assert (fault.rule, fault.message) == ("cell-type", f"{text!r} is outside the years 1 to 9999 in UTC.")
    if not is_known:
        with pytest.raises(ValueError, match=r"9999|0001"):
            kind.value(text)


def test_every_time_has_a_rank() -> None:
    texts = ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00", "9999-12-31T23:59:59", "9999-12-31T23:59:59-13:59")
    moments = [Moment(datetime.datetime.fromisoformat(text), text) for text in texts]
    ranks = [TYPES["datetime"].rank(moment) for moment in moments]
    assert ranks == sorted(set(ranks))


# Over made inputs ------------------------------------------------------------------------------------------


def written(random_: random.Random, number: str, language: str) -> str:
    """Return a canonical number in one of the ways that a language has for it."""
    numerals = numbers.of(language)[0]
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, _, fraction = digits.partition(".")
    mark = random_.choice(["", *numerals.groups])
    parts = [whole[max(0, end - 3) : end] for end in range(len(whole), 0, -3)][::-1]
    sign = random_.choice(["-", "\u2212", "\u2013"]) if sign else random_.choice(["", "", "+"])
    return f"{sign}{mark.join(parts)}{numerals.point + fraction if fraction else ''}"


def made_numbers(random_: random.Random, count: int) -> Iterator[str]:
    for _ in range(count):
        whole = str(random_.randrange(10 ** random_.choice([1, 3, 4, 6, 9, 30])))
        fraction = "".join(random_.choices("0123456789", k=random_.choice([0, 0, 1, 2, 3, 40])))
        number = f"{whole}.{fraction}" if fraction else whole
        yield number if not number.strip("0.") else random_.choice(["", "-"]) + number


@pytest.mark.parametrize("language", EACH)
def test_a_number_written_in_a_language_is_read_to_the_digit(language: str) -> None:
    assert tried_numbers(language, RUNS) == RUNS


def tried_numbers(language: str, count: int) -> int:
    """Write and read so many numbers; returns how many, all of them read back as they were."""
    random_ = random.Random(f"numbers {language}")
    done = 0
    for number in made_numbers(random_, count):
        done += 1
        text = written(random_, number, language)
        assert numbers.read(text, language) == numbers.Read(number), text
        assert numbers.read(numbers.write(number, language), language).number == number
        assert Decimal(number) == numbers.value(number)
    return done


def made_time(random_: random.Random, _language: str) -> tuple[str, str]:
    """Return a time as programs and people write it, and its canonical text."""
    day = datetime.date(random_.randrange(1583, 9999), 1, 1) + datetime.timedelta(days=random_.randrange(365))
    hour, minute, second = random_.randrange(25), random_.randrange(60), random_.randrange(60)
    fraction = random_.choice(["", "", ".5", ".123456"])
    zone = random_.choice(["", "Z", "+02:00", "-11:30", "+14:00"])
    if hour == 24:
        minute, second, fraction = 0, 0, ""
    seconds = f":{second:02}{fraction}" if second or fraction else random_.choice(["", ":00"])
    joint, space = random_.choice(["T", " ", ", "]), random_.choice(["", " "]) if zone else ""
    text = f"{day}{joint}{hour:02}:{minute:02}{seconds}{space}{zone}"
    moment = datetime.datetime.combine(day, datetime.time()) + datetime.timedelta(hours=hour)
    return text, f"{moment:%Y-%m-%dT%H}:{minute:02}:{second:02}{fraction}{zone}"


def made_duration(random_: random.Random, language: str) -> tuple[str, str]:
    """Return a duration in words, and its canonical text."""
    names = {"nl": "jaar maanden dagen uur minuten seconden", "en": "years months days hours minutes seconds"}
    names |= {"fr": "ans mois jours heures minutes secondes", "de": "Jahre Monate Tage Stunden Minuten Sekunden"}
    joint = {"nl": "en", "en": "and", "fr": "et", "de": "und"}[language]
    chosen = sorted(random_.sample(range(6), random_.randrange(1, 7)))
    counts = {unit: random_.randrange(1000) for unit in chosen}
    words = [f"{counts[unit]} {names[language].split()[unit]}" for unit in chosen]
    text = f" {joint} ".join(filter(None, (random_.choice([", ", " "]).join(words[:-1]), words[-1])))
    days = "".join(f"{counts[unit]}{'YMD'[unit]}" for unit in chosen if unit < 3)
    time = "".join(f"{counts[unit]}{'HMS'[unit - 3]}" for unit in chosen if unit >= 3)
    return text, f"P{days}{'T' if time else ''}{time}"


def made_amount(random_: random.Random, language: str) -> tuple[str, str]:
    """Return an amount with or without its currency, and its canonical text."""
    number = next(made_numbers(random_, 1))
    if number.startswith("-") and random_.random() < 0.5:
        return f"({written(random_, number[1:], language).lstrip('+')})", number
    text = written(random_, number, language)
    return random_.choice(["{}", "€ {}", "€{}", "EUR {}", "{} €", "{} euro", "{}\u00a0EUR"]).format(text), number


MADE = {"datetime": made_time, "duration": made_duration, "money": made_amount}


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("language", EACH)
def test_a_value_written_in_a_language_is_read_as_it_is_meant(
    publication: Publication, kind: str, language: str
) -> None:
    assert tried_values(publication, kind, language, RUNS // SAMPLE) == RUNS // SAMPLE


def tried_values(publication: Publication, kind: str, language: str, count: int) -> int:
    """Write and read so many values; returns how many, all of them right and with an answer in every format."""
    random_ = random.Random(f"values {kind} {language}")
    setting = Setting(publication, column(kind, currency="EUR"))
    done = 0
    for _ in range(count):
        done += 1
        text, meant = MADE[kind](random_, language)
        assert TYPES[kind].parse(Written(text, language, {}), setting) == meant, text
        answers(kind, meant, setting)
    return done


_PIECES = (
    *"0123456789.,'-+()€$x/:T ZP%",
    *(
        "00",
        "24:00",
        "59:60",
        "23:59:59",
        "2023-02-29",
        "2024-02-29",
        "+02:00",
        "\u00a0",
        "\u202f",
        "\u2212",
        "uur",
        "h",
    ),
    *(
        "ja",
        "nee",
        "yes",
        "oui",
        "miljoen",
        "million",
        "mei",
        "May",
        "mai",
        "jaar",
        "years",
        "Monate",
        "P1Y2M",
        "PT36H",
    ),
    *("EUR", "eur", "US$", "\u00b2", "\u2460", "\u096a", "0001-01-01T00:00:00", "9999-12-31T23:59:59", "-02:00"),
    *("EUR", "euro", "true", "✓", "☐", "één", "en", "and", "14", "1.234", "1,5", "\u0661", "e5", "NaN", "Infinity"),
)
NEW = ("integer", "decimal", "money", "boolean", "datetime", "duration", "date", "edtf")


@pytest.mark.parametrize("kind", NEW)
@pytest.mark.parametrize("language", [*EACH, "", "es"])
def test_whatever_stands_in_a_cell_becomes_a_value_or_a_fault(
    publication: Publication, kind: str, language: str
) -> None:
    assert tried(publication, kind, language, RUNS // SAMPLE) == RUNS // SAMPLE


def tried(publication: Publication, kind: str, language: str, count: int) -> int:
    """Try so many texts on a type; returns how many, for all of which it had an answer in every format."""
    random_ = random.Random(f"{kind} {language}")
    setting = Setting(publication, column(kind, currency="EUR"))
    done = 0
    for _ in range(count):
        done += 1
        text = "".join(random_.choices(_PIECES, k=random_.randrange(1, 7)))
        found = TYPES[kind].parse(Written(text, language, {}), setting)
        if isinstance(found, str) and TYPES[kind].check(found, setting, {}) is None:
            answers(kind, found, setting)
        elif isinstance(found, Fault):
            assert found.message, text
            assert found.hint, text
    return done


def answers(kind: str, text: str, setting: Setting) -> None:
    """Check that each form of a value says the value."""
    known = TYPES[kind]
    value = known.value(text)
    assert known.value(text) == value
    form = known.json(value)
    assert (form if isinstance(form, str) else str(form).lower()) == text
    assert known.arrow([value, None]).null_count == 1
    assert str(known.sql(value)) == {"true": "1", "false": "0"}.get(text, text)
    assert known.show(text, setting).text == text
    assert isinstance(known.unfit(text), str)
    assert known.sheet(text, value, setting.column).value is not None
    assert known.rank(value) == known.rank(value)
    shown = known.show(text, setting).words
    if kind == "decimal" and shown:
        for language in EACH:
            assert numbers.read(shown.of(language), language).number == text
    pattern = known.openapi().get("pattern", "")
    assert re.search(pattern, text)
