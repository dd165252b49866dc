"""What a spreadsheet makes of the CSV: nothing of what the program says changes, and what may change is told."""

from __future__ import annotations

import calendar
import csv
import io
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import libreoffice
from libreoffice import LOCALES, Seen
from ogp_data.core import places
from ogp_data.core.edtf import is_date, is_edtf
from ogp_data.core.places import Block, Line, Page, SheetCell, SourcePlace
from ogp_data.core.spreadsheet import read_as
from ogp_data.models.vocabulary import FOLDER

GOLDEN = Path(__file__).parent / "golden" / "nl-2020-2022"
CODES = FOLDER / "codelists"

# What is read, and as what -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        *((text, "number") for text in ("01", "007", "1e3", "1E+05", "1.10", "1,10", "98,100", "1.000", "+31", "-0")),
        *((text, "number") for text in ("1234567890123456", "€ 5", "$12.50", "10%", "1 1/2", "(5)", "5-", " 1", "1 ")),
        *((text, "date") for text in ("3-4", "1/2", "mei 2020", "mei-2020", "May 2020", "3-4-2020", "26 mei 2023")),
        *((text, "date") for text in ("May 26, 2023", "vrijdag 26 mei 2023", "2021-02", "31/12/2022", "1 okt.")),
        *((text, "time") for text in ("12:30", "9:05:30", "2:30 pm", "5 PM", "26-5-2023 10:00")),
        *((text, "truth value") for text in ("TRUE", "false", "Waar", "ONWAAR")),
    ],
)
def test_a_text_that_looks_like_something_else_is_read_as_that(text: str, reading: str) -> None:
    assert read_as(text) == reading


@pytest.mark.parametrize(
    "text",
    [
        *("", "0", "7", "-5", "2020", "123456789012345", "2023-05-26", "1850-01-01", " two words ", "L98 L100", "p12"),
        *("2:L98", "Sheet1!A5", "C7", "C1.10", "T2-C7", "NL0039", "1.0.0", "2020-2022", "2020/2022", "2021-33", "-"),
        *(
            "{2021-02,2021-03}",
            "2020?-03-04",
            "../2022",
            "first quarter of 2020",
            "mei",
            "May",
            "2511 PM",
            "14.15.2020",
        ),
        *("070-426 64 26", "16:00 - 17:30", "8)", "1e Kamer", "E10", "n.v.t.", "3 en 4", "art. 12", "9" * 400, "٣"),
    ],
)
def test_a_text_that_stays_as_it_is_is_not_told(text: str) -> None:
    assert read_as(text) == ""


@pytest.mark.parametrize("part", ["zat", "sept", "1 ", "1:", "1,", "1.000", "jan ", "1 jan", "-1 ", "ma", "(", "1-1-"])
def test_no_text_is_read_in_so_many_ways_that_it_never_ends(part: str) -> None:
    for end in ("!", " 1:1!", "x"):
        text = ("1 " + part * 320)[: 320 - len(end)] + end
        assert read_as(text) == ""


# A generator of each kind of short text that documents have ---------------------------------------------

ENGLISH = calendar.month_name[1:]
DUTCH = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "oktober", "mrt", "okt"]
MONTHS = [*DUTCH, *ENGLISH, *(name[:3] for name in ENGLISH)]
DAYS = ("maandag", "vr", "Friday", "Mon")


class Texts:
    """Makes texts of every kind, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def make(self, count: int) -> list[str]:
        """Return as many texts, each kind as often, each text once."""
        kinds: list[Callable[[], str]] = [self.numeral, self.amount, self.date_of_numbers, self.date_of_words]
        kinds += [self.time, self.truth, self.spaced, self.range, self.mark]
        return list(dict.fromkeys(kinds[number % len(kinds)]() for number in range(count)))

    def one(self, *among: str) -> str:
        return self.random.choice(among)

    def upto(self, most: int, least: int = 0) -> str:
        return str(self.random.randint(least, most))

    def year(self) -> str:
        return self.upto(2035, 1950)

    def numeral(self) -> str:
        whole, part, mark = self.upto(999), self.upto(999), self.one(".", ",")
        forms = (
            "0" * self.random.randint(1, 3) + whole,
            whole + self.one("e", "E") + self.one("", "+", "-") + self.upto(12),
            whole + mark + part,
            whole + mark + part + "0",
            whole + (mark + "000") * self.random.randint(1, 3),
            self.one(*".,") + part,
            self.upto(10**21, 10**14),
            self.one("+", "-", "- ", "+ ") + whole,
            whole + self.one("-", " -", "+"),
        )
        return self.one(*forms)

    def amount(self) -> str:
        part = self.upto(999) + self.one("", ",50", ".00", ",-", ".-", "%", " %", " procent", " miljoen", "€", " $")
        return self.one("", "€ ", "€", "$", "EUR ", "-", "-€ ", "(") + part + self.one("", "", ")")

    def date_of_numbers(self) -> str:
        parts = [
            self.upto(31, 1),
            self.upto(12, 1),
            *([self.one(self.year(), self.upto(99))] * self.random.randint(0, 1)),
        ]
        if self.random.random() < 0.3:
            parts.reverse()
        return self.one("-", "/", ".", " ", " - ").join(parts)

    def date_of_words(self) -> str:
        month = self.one(*MONTHS) + self.one("", "", ".")
        day, year, gap = self.upto(31, 1), self.year(), self.one(" ", "-", "/", " ", ". ")
        forms = (
            month,
            month + gap + self.one(year, year[2:], f"'{year[2:]}"),
            day + gap + month,
            month + gap + day,
            day + gap + month + gap + year,
            f"{month} {day}, {year}",
            f"{self.one(*DAYS)} {day} {month} {year}",
        )
        return self.one(*forms)

    def time(self) -> str:
        clock = self.upto(25) + self.one(":", ":", ".") + f"{self.random.randint(0, 61):02}"
        before = self.one("", "", "", "26-5-2023 ", "2023-05-26 ", "2023-05-26T")
        return before + clock + self.one("", "", ":30", ":30,5", " uur", " pm", "AM", " - 17:30", "-18:00")

    def truth(self) -> str:
        return self.one(
            "TRUE", "true", "FALSE", "waar", "WAAR", "onwaar", "ja", "nee", "yes", "x", "-", "?", "waarheid"
        )

    def spaced(self) -> str:
        space = self.one(" ", "\u00a0", "  ")
        return self.one("", space) + self.one(self.numeral(), self.upto(99), "tekst", self.upto(99)) + space

    def range(self) -> str:
        gap = self.one("-", "/", " - ", " en ", ", ", "\u2013", " t/m ")
        fraction = self.one("", self.upto(9) + " ") + self.upto(9, 1) + "/" + self.upto(16, 2)
        return self.one(self.year() + gap + self.year(), self.upto(99) + gap + self.upto(99), fraction)

    def mark(self) -> str:
        forms = (
            ".".join(self.upto(20) for _ in range(self.random.randint(2, 4))) + self.one("", "."),
            self.upto(31, 1) + self.one("e", "st", "th", ")", "\u00ba", "d", "x"),
            f"{self.one('Q1', 'Q3', '1e kwartaal')} {self.year()}",
            self.one("art. ", "nr. ", "p. ", "E", "C", "NL00") + self.upto(99),
            self.upto(9999, 1000) + self.one(" ", "") + self.one("CW", "PM", "AM", "ET"),
            self.one("070-", "06-", "+31 70 ") + self.upto(9999999),
        )
        return self.one(*forms)


# What the program says -----------------------------------------------------------------------------------


def of_the_program(seed: int, count: int) -> Iterator[str]:
    """Yield values of the columns that the program makes: keys, places, dates, codes, identifiers, versions."""
    made = random.Random(seed)
    yield from (match[1] for path in sorted(CODES.glob("*.toml")) for match in _CODE.finditer(path.read_text("utf-8")))
    yield from ("1", "13", "100", "2020", "-1", "999999999999999", "NL0039", "1.0.0", "10.2.1", "nl-2020-2022")
    for _ in range(count):
        yield places.write(_place(made) for _ in range(made.randint(1, 3)))
        yield _edtf(made)


_CODE = re.compile(r'^code = "(.*)"$', re.MULTILINE)
_SHEETS = ("Sheet1", "2020", "1", "Mei 2020", "a,b", "1,5", "E5", "TRUE", "-", "2020-01-01", "=1+1", "€ 5", "10:30")


def _place(made: random.Random) -> SourcePlace:
    number, file = made.randint(1, 10 ** made.randint(1, 5)), made.choice((1, 1, 2, 12))
    cell = SheetCell(made.choice(_SHEETS), made.choice(("A", "E", "AM", "XFD")), number, file=file)
    return made.choice((Line(number, file=file), Page(number, file=file), Block(number, file=file), cell))


def _edtf(made: random.Random) -> str:
    date = f"{made.randint(1900, 2100)}{made.choice(('', '', '?'))}"
    month = f"-{made.randint(1, 12):02}"
    date += made.choice(
        ("", month, f"{month}-{made.randint(1, 28):02}", f"-{made.randint(21, 24)}", f"-{made.randint(33, 36)}")
    )
    value = made.choice((date, date, f"{date}/..", f"../{date}", f"{date}/{date}", f"{{{date},{date}}}"))
    assert is_edtf(value), value
    return value


# A real spreadsheet --------------------------------------------------------------------------------------


def as_csv(texts: list[str]) -> str:
    """Return texts as the second column of a CSV, below a header."""
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows([("row", "text"), *((f"r{n}", t) for n, t in enumerate(texts))])
    return target.getvalue()


GENERATED, PROGRAM = Texts(20).make(2_000), list(of_the_program(21, 300))
Opened = dict[str, dict[str, list[list[Seen]]]]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    folder = tmp_path_factory.mktemp("csv")
    (folder / "generated.csv").write_text(as_csv(GENERATED), encoding="utf-8")
    (folder / "program.csv").write_text(as_csv(PROGRAM), encoding="utf-8")
    for path in GOLDEN.glob("*.csv"):
        (folder / path.name).write_bytes(path.read_bytes())
    return {locale: libreoffice.opened(folder, locale) for locale in LOCALES}


def column(table: list[list[Seen]]) -> list[Seen]:
    return [row[1] if len(row) > 1 else Seen("empty", "", "") for row in table[1:]]


@libreoffice.needed
@pytest.mark.parametrize("locale", LOCALES)
def test_libreoffice_alters_nothing_that_is_not_told(opened: Opened, locale: str) -> None:
    seen = dict(zip(GENERATED, column(opened[locale]["generated"]), strict=True))
    altered = {text for text, cell in seen.items() if not cell.keeps(text)}
    assert {text for text in altered if not read_as(text)} == set()
    assert len(altered) > len(GENERATED) / 5, "the generator makes too little that is altered"


@libreoffice.needed
def test_most_of_what_is_told_is_no_text_in_one_of_the_locales(opened: Opened) -> None:
    told = [(index, text) for index, text in enumerate(GENERATED) if read_as(text)]
    cells = [[column(opened[locale]["generated"])[index] for locale in LOCALES] for index, _ in told]
    altered = sum(any(cell.kind != "string" for cell in row) for row in cells)
    assert altered > 0.75 * len(told)


@libreoffice.needed
@pytest.mark.parametrize("locale", LOCALES)
def test_libreoffice_leaves_what_the_program_says(opened: Opened, locale: str) -> None:
    cells = column(opened[locale]["program"])
    assert [text for text, cell in zip(PROGRAM, cells, strict=True) if not cell.keeps(text)] == []


@libreoffice.needed
@pytest.mark.parametrize("locale", LOCALES)
def test_libreoffice_leaves_the_shipped_tables_but_for_dates_in_words(opened: Opened, locale: str) -> None:
    """Six cells, in three columns: those that docs/how-to/read-a-report.md speaks of."""
    altered = set()
    for path in GOLDEN.glob("*.csv"):
        header, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
        for row, cells in zip(rows, opened[locale][path.stem][1:], strict=True):
            for name, text, seen in zip(header, row, cells, strict=False):
                if not seen.keeps(text):
                    altered.add((path.stem, row[1], name, text))
    dutch = {cell for cell in IN_WORDS if cell[-1].startswith("December")}
    assert altered == (dutch if locale == "nl-NL" else IN_WORDS)


IN_WORDS = {
    ("document", "4", "as_written", "May 26 2023"),
    ("process", "1", "date_as_written", "October 2019"),
    ("process", "3", "date_as_written", "March 4"),
    ("process", "4", "date_as_written", "June 9"),
    ("process", "9", "date_as_written", "December 1"),
    ("source_findings", "3", "as_written", "December 2021"),
}
"""Of the shipped tables, the cells that are dates to someone who reads English; Dutch has the word December as well."""


def test_a_date_is_told_only_where_it_is_no_day_of_the_calendar() -> None:
    assert is_date("2023-05-26")
    assert read_as("2023-05-26") == ""
    assert read_as("2023-02-30") == "date"
