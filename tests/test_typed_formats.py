"""Values of every type at their edges, read back from every format by libraries that are not ours."""

from __future__ import annotations

import csv
import datetime
import io
import json
import sqlite3
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import csvw
import duckdb
import isodate
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import python_calamine as calamine
from rdflib import XSD, Graph, Literal, URIRef

from csvw_oracle import minimal
from ogp_data.core.findings import Finding, Place, errors
from typed_publication import Typed, publish

BASE = "https://data.voorbeeld.nl/typed/"
COLUMNS = (
    Typed("name", "text"),
    Typed("number", "decimal"),
    Typed("count", "integer"),
    Typed("budget", "money", 'currency = "EUR"'),
    Typed("done", "boolean"),
    Typed("at", "datetime"),
    Typed("local", "datetime"),
    Typed("length", "duration"),
    Typed("day", "date"),
)
DOCUMENT = """\
Een|1.234,5|1.234.567|-€ 1.234,50|ja|2024-02-29T23:59:59+02:00|26 mei 2023, 24:00 uur|P1Y2M|29 februari 2024
Twee|0,50|7|(€ 12)|x|2023-05-26T12:00:00Z|29 februari 2024 om 9.30 uur|14 maanden|2023-12-31
Leeg||||||||
Vier|−5|0|€ 5,-|nee|26-05-2023 09:30 CEST|31 december 2023 23:59:59|1 jaar, 2 maanden en 3 dagen|
Vijf|123456789,012345|-3|€ 1,2 miljoen|☐|2023-12-31T24:00:00Z|2023-05-26T14:30:00|PT36H|
"""
"""What the document says, in Dutch."""

TEXTS = {
    "number": ["1234.5", "0.50", "", "-5", "123456789.012345"],
    "count": ["1234567", "7", "", "0", "-3"],
    "budget": ["-1234.50", "-12", "", "5", "1200000"],
    "done": ["true", "true", "", "false", "false"],
    "at": [
        "2024-02-29T23:59:59+02:00",
        "2023-05-26T12:00:00Z",
        "",
        "2023-05-26T09:30:00+02:00",
        "2024-01-01T00:00:00Z",
    ],
    "local": ["2023-05-27T00:00:00", "2024-02-29T09:30:00", "", "2023-12-31T23:59:59", "2023-05-26T14:30:00"],
    "length": ["P1Y2M", "P14M", "", "P1Y2M3D", "PT36H"],
    "day": ["2024-02-29", "2023-12-31", "", "", ""],
}
"""What that is, by hand."""

LOCAL = [datetime.datetime.fromisoformat(text) if text else None for text in TEXTS["local"]]
MOMENTS = [datetime.datetime.fromisoformat(text) if text else None for text in TEXTS["at"]]
DONE = [True, True, None, False, False]
NUMBERS = [Decimal(text) if text else None for text in TEXTS["number"]]
BUDGETS = [Decimal(text) if text else None for text in TEXTS["budget"]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Finding]]:
    folder, found = publish(
        tmp_path_factory.mktemp("typed"), COLUMNS, [line.split("|") for line in DOCUMENT.splitlines()]
    )
    assert errors(found) == []
    return folder, found


@pytest.fixture(scope="module")
def rows(made: tuple[Path, list[Finding]]) -> Path:
    return made[0] / "rows"


@pytest.fixture(scope="module")
def cells(rows: Path) -> dict[str, list[str]]:
    with (rows / "rows.csv").open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file))
    return {name: [record[name] for record in records] for name in records[0]}


def test_the_csv_has_the_canonical_texts(cells: dict[str, list[str]]) -> None:
    assert {name: cells[name] for name in TEXTS} == TEXTS


def test_pandas_reads_the_csv_by_the_types_of_the_data_package(rows: Path, made: tuple[Path, list[Finding]]) -> None:
    frame = pd.read_csv(rows / "rows.csv", dtype={"done": "boolean", "count": "Int64"}, parse_dates=["local"])
    assert [None if value is pd.NA else bool(value) for value in frame["done"]] == DONE
    assert [None if pd.isna(value) else value.to_pydatetime() for value in frame["local"]] == LOCAL
    package = json.loads((made[0] / "datapackage.json").read_text(encoding="utf-8"))
    fields = {field["name"]: field for field in package["resources"][0]["schema"]["fields"]}
    said = {name: (fields[name]["type"], fields[name].get("columnType")) for name in TEXTS}
    assert said == {
        "number": ("number", "decimal"),
        "count": ("integer", None),
        "budget": ("number", "money"),
        "done": ("boolean", None),
        "at": ("datetime", None),
        "local": ("datetime", None),
        "length": ("duration", None),
        "day": ("date", None),
    }
    assert fields["budget"]["currency"] == "EUR"


def test_parquet_has_real_types_for_pyarrow_and_duckdb(rows: Path) -> None:
    table = pq.read_table(rows / "rows.parquet")
    assert {name: str(table.schema.field(name).type) for name in TEXTS} == {
        "number": "decimal128(15, 6)",
        "count": "int64",
        "budget": "decimal128(9, 2)",
        "done": "bool",
        "at": "timestamp[us, tz=UTC]",
        "local": "timestamp[us]",
        "length": "string",
        "day": "date32[day]",
    }
    assert table["number"].to_pylist() == NUMBERS
    assert table["at"].to_pylist() == MOMENTS
    assert table.schema.field("budget").metadata[b"currency"] == b"EUR"
    query = f'SELECT number, budget, done, local, CAST("at" AS VARCHAR), length FROM "{rows / "rows.parquet"}"'
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        found = [list(column) for column in zip(*connection.execute(query).fetchall(), strict=True)]
    assert found[:4] == [NUMBERS, BUDGETS, DONE, LOCAL]
    assert found[4][3] == "2023-05-26 07:30:00+00"
    assert found[5] == [text or None for text in TEXTS["length"]]


def test_sqlite_keeps_every_digit_and_holds_columns_to_their_types(made: tuple[Path, list[Finding]]) -> None:
    with sqlite3.connect(f"file:{made[0] / 'typed.sqlite'}?mode=ro", uri=True) as connection:
        names = [name for name in TEXTS if name not in ("done", "count")]
        found = connection.execute(f"SELECT {', '.join(names)}, done, count FROM rows").fetchall()
        columns = dict(zip([*names, "done", "count"], map(list, zip(*found, strict=True)), strict=True))
        types = dict(connection.execute('SELECT "column", type FROM columns').fetchall())
        sums = connection.execute("SELECT datetime(at) FROM rows WHERE name = 'Vier'").fetchone()
    assert {name: columns[name] for name in names} == {name: [text or None for text in TEXTS[name]] for name in names}
    assert columns["done"] == [1, 1, None, 0, 0]
    assert columns["count"] == [1234567, 7, None, 0, -3]
    assert sums == ("2023-05-26 07:30:00",)
    assert types["budget"] == "money currency=EUR"
    copy = sqlite3.connect(":memory:")
    copy.deserialize((made[0] / "typed.sqlite").read_bytes())
    for column, wrong in (
        ("number", "1,5"),
        ("number", "1.2.3"),
        ("budget", "EUR 5"),
        ("done", 2),
        ("at", "2023-02-30T10:00:00"),
        ("at", "tomorrow"),
        ("length", "a year"),
    ):
        with pytest.raises(sqlite3.IntegrityError):
            copy.execute(f"UPDATE rows SET {column} = ? WHERE name = 'Een'", (wrong,))
    copy.close()


def in_sheet(found: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {name: [None if value == "" else value for value in found[name]] for name in TEXTS}


def expected_in_sheet() -> dict[str, list[Any]]:
    """Numbers, truth values and times where a spreadsheet has them; what has a zone, and durations, are text."""
    return {
        "number": [1234.5, 0.5, None, -5, 123456789.012345],
        "count": [1234567, 7, None, 0, -3],
        "budget": [-1234.5, -12, None, 5, 1200000],
        "done": DONE,
        "at": [text or None for text in TEXTS["at"]],
        "local": LOCAL,
        "length": [text or None for text in TEXTS["length"]],
    }


def test_openpyxl_finds_numbers_times_and_truth_values_in_the_workbook(rows: Path) -> None:
    sheet = openpyxl.load_workbook(rows / "rows.xlsx").worksheets[0]
    header, *lines = sheet.iter_rows()
    by_name = {cell.value: [line[index] for line in lines] for index, cell in enumerate(header)}
    found = in_sheet({name: [cell.value for cell in by_name[name]] for name in TEXTS})
    assert {name: found[name] for name in expected_in_sheet()} == expected_in_sheet()
    assert [cell.data_type for cell in by_name["done"]] == ["b", "b", "n", "b", "b"]
    assert [cell.number_format for cell in by_name["number"]] == ["0.0", "0.00", "General", "0", "0.000000"]
    assert by_name["budget"][0].number_format == "[$EUR] #,##0.00"
    assert by_name["local"][0].number_format == "yyyy-mm-dd hh:mm:ss"


def test_calamine_finds_the_same_in_the_opendocument_spreadsheet(rows: Path) -> None:
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO((rows / "rows.ods").read_bytes()))
    header, *lines = book.get_sheet_by_index(0).to_python()
    found = in_sheet({str(name): [line[index] for line in lines] for index, name in enumerate(header)})
    assert {name: found[name] for name in expected_in_sheet()} == expected_in_sheet()


def test_the_linked_data_has_the_datatypes_of_xml_schema(rows: Path) -> None:
    graph, again = Graph().parse(rows / "rows.ttl"), Graph().parse(rows / "rows.jsonld")
    assert set(graph) == set(again)
    own = f"{BASE}codelists/own#"
    kinds = {
        "number": XSD.decimal,
        "count": XSD.integer,
        "budget": XSD.decimal,
        "done": XSD.boolean,
        "at": XSD.dateTime,
        "local": XSD.dateTime,
        "length": XSD.duration,
        "day": XSD.date,
    }
    for name, texts in TEXTS.items():
        for number, text in enumerate(texts, start=1):
            found = list(graph.objects(URIRef(f"{BASE}rows#{number}"), URIRef(f"{own}its{name.title()}")))
            assert found == ([Literal(text, datatype=kinds[name])] if text else []), name
    currency = URIRef("https://schema.org/currency")
    assert [str(o) for o in graph.objects(URIRef(f"{BASE}rows#1"), currency)] == [
        "http://publications.europa.eu/resource/authority/currency/EUR"
    ]


def test_a_converter_of_csvw_makes_the_same_triples(rows: Path) -> None:
    assert set(minimal(rows / "rows.csv-metadata.json")) == set(Graph().parse(rows / "rows.ttl"))


def test_the_library_csvw_reads_the_values_by_the_metadata(rows: Path) -> None:
    (table,) = csvw.TableGroup.from_file(rows / "rows.csv-metadata.json").tables
    found = list(table.iterdicts())
    assert [row["number"] for row in found] == NUMBERS
    assert [row["budget"] for row in found] == BUDGETS
    assert [row["done"] for row in found] == DONE
    assert [row["at"] for row in found] == MOMENTS
    assert [row["local"] for row in found] == LOCAL
    lengths = [isodate.parse_duration(text) if text else None for text in TEXTS["length"]]
    assert [row["length"] for row in found] == lengths


def test_pages_write_values_as_their_readers_do(rows: Path, made: tuple[Path, list[Finding]]) -> None:
    dutch = (rows / "index.html").read_text(encoding="utf-8")
    english = (made[0] / "en" / "rows" / "index.html").read_text(encoding="utf-8")
    for page, said in (
        (dutch, ("1.234,5", "EUR\u00a0-1.234,50", ">ja<", "2024-02-29 09:30", "1\u00a0jaar en 2\u00a0maanden")),
        (english, ("1,234.5", "EUR\u00a0-1,234.50", ">yes<", "2024-02-29 23:59:59 UTC+02:00", "36\u00a0hours")),
    ):
        for text in said:
            assert text in page, text
    assert '<td data-value="1234.5"><span title="1234.5">1.234,5</span></td>' in dutch
    assert "bedrag in EUR" in (made[0] / "dictionary" / "rows.html").read_text(encoding="utf-8")
    dictionary = (made[0] / "en" / "dictionary" / "rows.html").read_text(encoding="utf-8")
    assert "amount in EUR" in dictionary
    assert "xsd:duration" in dictionary


LONG = "12345678901234567890,123456789012345678901234567890"


def test_what_a_spreadsheet_would_round_is_kept_everywhere_else_and_told(tmp_path: Path) -> None:
    columns = (Typed("name", "text"), Typed("number", "decimal"), Typed("code", "string"))
    columns += (Typed("price", "money", 'currency_in = "code"'),)
    document = (("Lang", LONG, "USD", "$ 1.000"), ("Kort", "0,1", "EUR", "-0,05 EUR"), ("Geen", "", "", ""))
    folder, found = publish(tmp_path, columns, document)
    assert errors(found) == []
    whole, omitted = [one for one in found if one.rule == "format-omitted"]
    assert omitted.place == Place(table="rows")
    assert whole == replace(omitted, place=Place(table="everything"))
    assert "row 1, column number: a number of more than 15 digits, which a spreadsheet rounds" in omitted.message
    assert sorted(path.suffix for path in (folder / "rows").glob("rows.*")) == [
        ".csv", ".csv", ".json", ".jsonld", ".parquet", ".ttl", ".ttl",
    ][1:]  # fmt: skip
    exact = LONG.replace(",", ".")
    parquet = pq.read_table(folder / "rows" / "rows.parquet")
    assert parquet["number"].to_pylist() == [exact, "0.1", None]
    assert parquet.schema.field("number").type == pa.string()
    assert parquet["price"].to_pylist() == [Decimal(1000), Decimal("-0.05"), None]
    assert parquet.schema.field("price").metadata[b"currencyIn"] == b"code"
    assert f"{exact}" in (folder / "rows" / "rows.ttl").read_text(encoding="utf-8")
    assert f'"number": "{exact}"' in (folder / "rows" / "rows.jsonld").read_text(encoding="utf-8")
    with sqlite3.connect(folder / "typed.sqlite") as connection:
        assert connection.execute("SELECT number FROM rows").fetchone() == (exact,)


def test_what_cannot_be_read_stops_the_publication_with_its_place_and_fix(tmp_path: Path) -> None:
    columns = (Typed("number", "decimal"), Typed("price", "money", 'currency = "EUR"'), Typed("done", "boolean"))
    columns += (Typed("local", "datetime"), Typed("length", "duration"))
    document = (("1.5", "$ 5", "deels", "30 juni 2015 23:59:60", "anderhalf jaar"), ("1,5", "€ 5", "ja", "", "1 jaar"))
    folder, found = publish(tmp_path, columns, document)
    told = [(str(one.place.at), one.place.row, one.place.column, one.rule) for one in errors(found)]
    assert sorted(told) == [
        ("line 2", "1", "done", "cell-type"),
        ("line 2", "1", "length", "cell-type"),
        ("line 2", "1", "local", "invalid-date"),
        ("line 2", "1", "number", "cell-type"),  # it is a number in the CSV of a program, and not in a text in Dutch
        ("line 2", "1", "price", "cell-type"),
    ]
    assert all(one.hint for one in errors(found))
    assert not folder.exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "A column of amounts says their currency by `currency` or by `currency_in`, one of both."),
        ('currency = "EUR"\ncurrency_in = "name"', "A column of amounts says their currency by"),
        ('currency = "euro"', "'euro' is not a code of ISO 4217, such as EUR."),
        ('currency_in = "valuta"', "There is no column 'valuta' in the dataset."),
    ],
)
def test_a_column_of_amounts_must_say_their_currency(tmp_path: Path, more: str, said: str) -> None:
    _, found = publish(tmp_path, (Typed("name", "text"), Typed("price", "money", more)), (("Een", "5"),))
    (fault,) = errors(found)
    assert fault.place.key.startswith("dataset[0].column[2].currency")
    assert said in fault.message


@pytest.mark.parametrize(("code", "near"), [("EURO", "EUR"), ("gbp", "GBP"), ("QQQ", "")])
def test_a_currency_that_does_not_exist_is_an_error_that_names_the_nearest(
    tmp_path: Path, code: str, near: str
) -> None:
    columns = (Typed("name", "text"), Typed("price", "money", f'currency = "{code}"'))
    _, found = publish(tmp_path, columns, (("Een", "5"),))
    (fault,) = errors(found)
    assert (fault.rule, fault.place.key) == ("value-type", "dataset[0].column[2].currency")
    assert (fault.hint == f'Did you mean "{near}"?') == bool(near)


def test_a_row_whose_currency_does_not_exist_is_an_error_with_its_place(tmp_path: Path) -> None:
    columns = (Typed("code", "string"), Typed("price", "money", 'currency_in = "code"'))
    _, found = publish(tmp_path, columns, (("EUR", "5"), ("XXQ", "6")))
    (fault,) = errors(found)
    assert (fault.rule, fault.place.column) == ("cell-type", "price")
    assert fault.message == "The currency of '6' is 'XXQ', not a code of ISO 4217 such as EUR."


@pytest.mark.parametrize("kind", ["text", "string", "integer", "decimal", "date", "boolean", "duration", "url"])
@pytest.mark.parametrize("key", ["currency", "currency_in"])
def test_only_amounts_have_a_currency(tmp_path: Path, kind: str, key: str) -> None:
    columns = (Typed("name", "text"), Typed("other", kind, f'{key} = "EUR"'))
    _, found = publish(tmp_path, columns, (("Een", ""),))
    (fault,) = errors(found)
    assert (fault.rule, fault.place.key) == ("value-type", f"dataset[0].column[2].{key}")
    assert fault.place.file == "typed/publication.toml"


@pytest.mark.parametrize(
    "kind", ["integer", "decimal", "boolean", "date", "datetime", "edtf", "duration", "url", "agent"]
)
@pytest.mark.parametrize("named", ["other", "price", "source_places"])
def test_a_column_that_cannot_have_currencies_is_an_error_of_the_declaration(
    tmp_path: Path, kind: str, named: str
) -> None:
    columns = (Typed("code", "string"), Typed("other", kind), Typed("price", "money", f'currency_in = "{named}"'))
    _, found = publish(tmp_path, columns, (("EUR", "", "5"),))
    (fault,) = errors(found)
    assert (fault.rule, fault.place.key) == ("value-type", "dataset[0].column[3].currency_in")
    assert fault.message == f"The column {named!r} cannot have the currency of each amount."
    assert "code" in fault.hint


def test_a_code_list_without_currencies_gives_no_amount_its_currency(tmp_path: Path) -> None:
    columns = (Typed("state", "code", 'codes = "progress"'), Typed("price", "money", 'currency_in = "state"'))
    _, found = publish(tmp_path, columns, (("", "5"),))
    (fault,) = errors(found)
    assert (fault.rule, fault.place.key) == ("value-type", "dataset[0].column[2].currency_in")
    assert fault.message == "The code list 'progress' has no code of a currency."


def test_amounts_of_two_currencies_in_a_row_have_columns_that_say_them(tmp_path: Path) -> None:
    columns = (Typed("price", "money", 'currency = "EUR"'), Typed("cost", "money", 'currency = "USD"'))
    _, found = publish(tmp_path, columns, (("5", "6"),))
    assert [one.place.key for one in errors(found)] == [f"dataset[0].column[{n}].currency" for n in (1, 2)]


def test_a_type_that_nothing_is_called_is_an_error_that_names_the_nearest(tmp_path: Path) -> None:
    _, found = publish(tmp_path, (Typed("name", "text"), Typed("number", "decimaal")), (("Een", "5"),))
    (fault,) = errors(found)
    assert (fault.rule, fault.place.key) == ("value-type", "dataset[0].column[2].type")
    assert fault.place.file == "typed/publication.toml"
    assert fault.hint.startswith("Did you mean decimal? Use one of: integer, decimal, money,")
