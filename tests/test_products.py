"""Every product holds what the CSV holds, cell by cell and with types, as other libraries read it."""

from __future__ import annotations

import csv
import datetime
import io
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import python_calamine as calamine

from ogp_data.core import resources
from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.publication import Publication
from ogp_data.core.records import Record, from_csv
from ogp_data.declaration import reading as publications
from ogp_data.formats import ods, parquet, sqlite, xlsx
from ogp_data.formats.archive import to_zip
from ogp_data.formats.columns import typed
from ogp_data.formats.workbook import UnfitError, to_workbook
from ogp_data.models.lists import load_lists
from ogp_data.types import type_of

ROOT = Path(__file__).parents[1]
NAME = "nl-2020-2022"
DATASETS = (
    "themes",
    "commitments",
    "assessments",
    "links",
    "process",
    "irm_lessons",
    "recommendations",
    "narrative",
    "document",
    "source_findings",
    "overview",
    "ogp-crosswalk",
)


def to_xlsx(publication: Publication, spec: DatasetSpec, records: Sequence[Record]) -> bytes:
    return xlsx.write(to_workbook(publication, spec, typed(spec, records)))


def to_ods(publication: Publication, spec: DatasetSpec, records: Sequence[Record]) -> bytes:
    return ods.write(to_workbook(publication, spec, typed(spec, records)))


def to_parquet(publication: Publication, spec: DatasetSpec, records: Sequence[Record]) -> bytes:
    return parquet.to_parquet(publication, spec, typed(spec, records))


def to_sqlite(publication: Publication, tables: Sequence[tuple[DatasetSpec, Sequence[Record]]]) -> bytes:
    return sqlite.to_sqlite(
        publication, [(spec, typed(spec, records)) for spec, records in tables], publication.source_files[0].said
    )


WRITERS: dict[str, Callable[..., bytes]] = {"xlsx": to_xlsx, "ods": to_ods, "parquet": to_parquet}
SPREADSHEETS = ("xlsx", "ods")

TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
XLINK = "http://www.w3.org/1999/xlink"

HOSTILE = {
    "equals": "=cmd|' /C calc'!A0",
    "plus": "+31 70 426 6426",
    "minus": "-2+3",
    "at": "@SUM(A1:A9)",
    "array": "{=1+1}",
    "number": "0042",
    "float": "1e5",
    "true": "TRUE",
    "error": "#REF!",
    "date": "2023-05-26",
    "day": "3-4",
    "month": "mei 2020",
    "decimal": "1.10",
    "fraction": "1/2",
    "time": "12:30",
    "digits": "12345678901234567890",
    "places": "L98 L100",
    "address": "https://open-overheid.nl in the text",
    "internal": "internal:Sheet2!A1",
    "apostrophe": "'s Hertogenbosch",
    "apostrophes": "''=1+1",
    "quotes": 'she said "no", twice',
    "markup": "<b>&amp;</b> ]]> <!-- -->",
    "escape": "_x0041_ and _x000D_",
    "leading": "   three spaces before",
    "trailing": "three after   ",
    "between": "three   between",
    "lines": "first\nsecond\n\nfourth",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 𝔸",
    "hebrew": "שלום, עולם",
    "arabic": "مرحبا بالعالم \u202e\u200f",
    "combining": "e\u0301 é ĳ ﬁ",
    "space": "\u00a0\u2003\u200b\ufeff",
    "replacement": "\ufffd",
    "long": "x" * 32_767,
}
"""Texts that programs like to take for something else; all of them are texts."""


@pytest.fixture(scope="module")
def publication() -> Publication:
    lists = load_lists(resources.value_lists())
    loaded, found = publications.load(ROOT / "data", NAME, lists)
    assert loaded is not None, found
    return loaded


@pytest.fixture(scope="module")
def records(published: Path) -> dict[str, list[Record]]:
    return {name: from_csv((published / name / f"{name}.csv").read_bytes()) for name in DATASETS}


@pytest.fixture(scope="module")
def database(publication: Publication, records: Mapping[str, list[Record]]) -> bytes:
    return to_sqlite(publication, [(spec_of(publication, name), records[name]) for name in DATASETS])


def spec_of(publication: Publication, name: str) -> DatasetSpec:
    return publication.specs[name]


def with_texts(*texts: str) -> list[Record]:
    """Return rows of the dataset `recommendations` with texts of our own."""
    return [
        {"publication": NAME, "sequence": str(number), "text": text, "source_places": f"L{number}"}
        for number, text in enumerate(texts, start=1)
    ]


def in_parquet(column: Column, text: str) -> object:
    if not text:
        return None
    if column.type == "places":
        return text.split(" ")
    return in_spreadsheet(column, text)


def in_spreadsheet(column: Column, text: str) -> object:
    if column.type == "integer" and text:
        return int(text)
    if column.type == "date" and text:
        return datetime.date.fromisoformat(text)
    return text


def read_xlsx(content: bytes) -> list[list[object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [[plain(cell.value) for cell in row] for row in sheet.iter_rows()]


def read_ods(content: bytes) -> list[list[object]]:
    sheet = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return [[plain(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]


def plain(value: Any) -> object:
    """Return a value as the CSV would have it; spreadsheets know no integers and no days, only numbers and moments."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        assert value.time() == datetime.time()
        return value.date()
    return int(value) if isinstance(value, float) and value.is_integer() else value


READERS = {"xlsx": read_xlsx, "ods": read_ods}


# Every cell ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DATASETS)
@pytest.mark.parametrize("fmt", SPREADSHEETS)
def test_a_spreadsheet_holds_every_cell_of_the_csv_with_its_type(
    fmt: str, name: str, publication: Publication, records: Mapping[str, list[Record]]
) -> None:
    spec = spec_of(publication, name)
    header, *rows = READERS[fmt](WRITERS[fmt](publication, spec, records[name]))
    assert header == [column.name for column in spec.column]
    expected = [[in_spreadsheet(column, record[column.name]) for column in spec.column] for record in records[name]]
    assert rows == expected
    assert [[type(value) for value in row] for row in rows] == [[type(value) for value in row] for row in expected]


@pytest.mark.parametrize("name", DATASETS)
def test_parquet_holds_every_cell_with_its_type_for_pyarrow_and_duckdb(
    name: str, publication: Publication, records: Mapping[str, list[Record]], tmp_path: Path
) -> None:
    spec = spec_of(publication, name)
    content = to_parquet(publication, spec, records[name])
    expected = [[in_parquet(column, record[column.name]) for column in spec.column] for record in records[name]]

    table = pq.read_table(io.BytesIO(content))
    assert [list(row.values()) for row in table.to_pylist()] == expected
    types = {"integer": pa.int64(), "date": pa.date32(), "places": pa.list_(pa.string())}
    for column in spec.column:
        field = table.schema.field(column.name)
        # The name of a list's element is no part of its type.
        assert field.type.equals(types.get(column.type, pa.string())) or str(field.type) in str(types[column.type])
        assert field.nullable is not (column.required or column.key)

    path = tmp_path / "table.parquet"
    path.write_bytes(content)
    with duckdb.connect() as connection:
        result = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
        duck = {"integer": "BIGINT", "date": "DATE", "places": "VARCHAR[]"}
        assert [str(entry[1]) for entry in result.description] == [
            duck.get(column.type, "VARCHAR") for column in spec.column
        ]
        assert [list(row) for row in result.fetchall()] == expected


@pytest.mark.parametrize("name", DATASETS)
def test_the_database_holds_every_cell_with_its_type(
    name: str, publication: Publication, records: Mapping[str, list[Record]], database: bytes
) -> None:
    spec = spec_of(publication, name)
    with opened(database) as connection:
        result = connection.execute(f'SELECT * FROM "{name.replace("-", "_")}" ORDER BY rowid')
        assert [entry[0] for entry in result.description] == [column.name for column in spec.column]
        rows = [list(row) for row in result]
        assert rows == [
            [
                (int(record[c.name]) if c.type == "integer" else record[c.name]) if record[c.name] else None
                for c in spec.column
            ]
            for record in records[name]
        ]
        for column in spec.column:
            if type_of(column).about.separator:
                table = name.replace("-", "_")
                query = (
                    f'SELECT list.value FROM "_{table}_{column.name}" AS list JOIN "{table}" AS rows'
                    f' USING (publication, "{spec.key.name}") ORDER BY rows.rowid, list.position'
                )
                found = [value for (value,) in connection.execute(query)]
                joined = [in_parquet(column, record[column.name]) for record in records[name]]
                assert found == [value for cell in joined for value in cell or ()]  # type: ignore[attr-defined]


# Spreadsheets --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DATASETS)
def test_an_xlsx_is_made_to_be_read(name: str, publication: Publication, records: Mapping[str, list[Record]]) -> None:
    spec = spec_of(publication, name)
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(publication, spec, records[name])))
    assert book.sheetnames == ["Gegevens - Data", "Kolommen - Columns", "Bron - Source"]
    data, columns, source = book.worksheets
    assert data.freeze_panes == "C2"
    assert data.auto_filter.ref == f"A1:{data.cell(len(records[name]) + 1, len(spec.column)).coordinate}"
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$1:$1"
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("n", "s", "d")
                assert cell.alignment.wrap_text
                assert cell.alignment.vertical == "top"
        assert all(10 <= sheet.column_dimensions[key].width <= 101 for key in sheet.column_dimensions)
    assert [columns.cell(row, 1).value for row in range(2, columns.max_row + 1)] == [c.name for c in spec.column]
    assert {cell.value for cell in columns["D"]} >= {c.description["nl"] for c in spec.column}
    assert {cell.value for cell in columns["E"]} >= {c.description["en"] for c in spec.column}
    told = {cell.value for row in source.iter_rows() for cell in row}
    licence, version = publication.declaration.licence, publication.declaration.version
    assert told >= {
        spec.title.of("nl"),
        spec.title.of("en"),
        licence,
        version,
        f"https://example.org/ogp/{NAME}/{name}",
    }
    assert book.properties.created == datetime.datetime(2026, 11, 23)


@pytest.mark.parametrize("fmt", SPREADSHEETS)
def test_addresses_of_a_url_column_are_links(
    fmt: str, publication: Publication, records: Mapping[str, list[Record]]
) -> None:
    content = WRITERS[fmt](publication, spec_of(publication, "links"), records["links"])
    expected = [record["url"] for record in records["links"] if record["url"]]
    if fmt == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        at = [column.name for column in spec_of(publication, "links").column].index("url")
        cells = [row[at] for row in sheet.iter_rows(min_row=2) if row[at].value]
        links = [(c.hyperlink.target + (f"#{c.hyperlink.location}" if c.hyperlink.location else "")) for c in cells]
    else:
        links = [element.get(f"{{{XLINK}}}href") for element in tables(content)[0].iter(f"{{{TEXT}}}a")]
    assert links == expected


def part(content: bytes, name: str) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return ElementTree.fromstring(archive.read(name))


def tables(content: bytes) -> list[ElementTree.Element]:
    return list(part(content, "content.xml").iter(f"{{{TABLE}}}table"))


@pytest.mark.parametrize("name", DATASETS)
def test_an_ods_is_made_to_be_read(name: str, publication: Publication, records: Mapping[str, list[Record]]) -> None:
    content = to_ods(publication, spec_of(publication, name), records[name])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        listed = {element.get(f"{{{MANIFEST}}}full-path") for element in part(content, "META-INF/manifest.xml")}
        assert listed == {"/", *archive.namelist()} - {"mimetype", "META-INF/manifest.xml"}
    names = [table.get(f"{{{TABLE}}}name") for table in tables(content)]
    assert names == ["Gegevens - Data", "Kolommen - Columns", "Bron - Source"]
    body = part(content, "content.xml")
    assert not [e for e in body.iter() if any("formula" in key for key in e.attrib)]
    (area,) = body.iter(f"{{{TABLE}}}database-range")
    assert area.get(f"{{{TABLE}}}display-filter-buttons") == "true"
    assert area.get(f"{{{TABLE}}}target-range-address", "").endswith(str(len(records[name]) + 1))
    settings = part(content, "settings.xml")
    frozen = [e.text for e in settings.iter() if "VerticalSplitMode" in e.attrib.values()]
    assert frozen == ["2", "2", "2"]  # the header
    styles = ElementTree.tostring(part(content, "styles.xml"), encoding="unicode")
    assert 'print-orientation="landscape"' in styles
    assert 'scale-to-X="1"' in styles


@pytest.mark.parametrize("fmt", SPREADSHEETS)
def test_a_spreadsheet_explains_codes_keys_and_references(
    fmt: str, publication: Publication, records: Mapping[str, list[Record]]
) -> None:
    content = WRITERS[fmt](publication, spec_of(publication, "assessments"), records["assessments"])
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    header, *rows = book.get_sheet_by_index(1).to_python(skip_empty_area=False)
    explained = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    roles = {name: row["Sleutel of verwijzing / Key or reference"] for name, row in explained.items()}
    assert roles["commitment"] == "sleutel / key\nverwijst naar / refers to commitments.commitment"
    assert roles["publication"] == "sleutel / key"
    assert {role for name, role in roles.items() if name not in ("publication", "commitment")} == {""}
    assert "amber = Oranje: beperkte voortgang / Amber: limited progress" in explained["progress"]["Codes"].split("\n")
    assert explained["progress"]["Verplicht / Required"] == "nee / no"
    assert explained["evidence"]["Soort / Type"] == "tekst in een taal / text in a language (en)"


# Hostile cells -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fmt", SPREADSHEETS)
def test_hostile_texts_come_back_from_a_spreadsheet_as_the_texts_they_are(fmt: str, publication: Publication) -> None:
    spec = spec_of(publication, "recommendations")
    content = WRITERS[fmt](publication, spec, with_texts(*HOSTILE.values()))
    back = dict(zip(HOSTILE, (row[2] for row in READERS[fmt](content)[1:]), strict=True))
    assert back == HOSTILE
    if fmt == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        assert {row[2].data_type for row in sheet.iter_rows(min_row=2)} == {"s"}
        assert not [row for row in sheet.iter_rows() for cell in row if cell.hyperlink]
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert not [n for n in archive.namelist() if re.search(rb"<(?:\w+:)?f[ >/]", archive.read(n))]
    else:
        assert not [e for e in part(content, "content.xml").iter() if any("formula" in key for key in e.attrib)]


def test_hostile_texts_come_back_from_parquet_and_the_database(publication: Publication) -> None:
    spec = spec_of(publication, "recommendations")
    texts = [*HOSTILE.values(), "x" * 40_000, "nul\x00 tab\t bell\x07 return\r end"]
    table = pq.read_table(io.BytesIO(to_parquet(publication, spec, with_texts(*texts))))
    assert table["text"].to_pylist() == texts
    with opened(to_sqlite(publication, [(spec, with_texts(*texts))])) as connection:
        assert [text for (text,) in connection.execute("SELECT text FROM recommendations ORDER BY sequence")] == texts


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x" * 32_768, "32768 characters; a cell of a spreadsheet holds 32767"),
        ("𝔸" * 16_384, "32768 characters; a cell of a spreadsheet holds 32767"),
        ("x" * 40_000, "40000 characters; a cell of a spreadsheet holds 32767"),
        ("before\tafter", "the character U+0009, which a spreadsheet cannot hold"),
        ("nul\x00", "the character U+0000, which a spreadsheet cannot hold"),
        ("bell\x07", "the character U+0007, which a spreadsheet cannot hold"),
        ("return\r\n", "the character U+000D, which a spreadsheet cannot hold"),
        ("half \ud83d", "the character U+D83D, which a spreadsheet cannot hold"),
        ("none \uffff", "the character U+FFFF, which a spreadsheet cannot hold"),
    ],
)
@pytest.mark.parametrize("fmt", SPREADSHEETS)
def test_what_a_spreadsheet_cannot_hold_whole_is_refused_with_its_place(
    fmt: str, text: str, reason: str, publication: Publication
) -> None:
    spec = spec_of(publication, "recommendations")
    with pytest.raises(UnfitError) as refused:
        WRITERS[fmt](publication, spec, with_texts("good", text, "good", text))
    assert refused.value.places == tuple(("recommendations", row, "text", reason) for row in ("2", "4"))
    assert str(refused.value).startswith(f"recommendations, row 2, column text: {reason}; ")


@pytest.mark.parametrize("fmt", SPREADSHEETS)
def test_an_integer_that_a_spreadsheet_would_round_is_refused(fmt: str, publication: Publication) -> None:
    spec = spec_of(publication, "recommendations")
    row = {**with_texts("t")[0], "sequence": "9007199254740993"}
    with pytest.raises(UnfitError, match="more than 15 digits"):
        WRITERS[fmt](publication, spec, [row])


@pytest.mark.parametrize("fmt", SPREADSHEETS)
def test_a_day_before_spreadsheets_count_days_is_a_text(
    fmt: str, publication: Publication, records: Mapping[str, list[Record]]
) -> None:
    old, leap, first = (
        {**records["assessments"][0], "assessed_on": d} for d in ("1848-11-03", "1900-02-28", "1900-03-01")
    )
    content = WRITERS[fmt](publication, spec_of(publication, "assessments"), [old, leap, first])
    days = [row[3] for row in READERS[fmt](content)[1:]]
    assert days == ["1848-11-03", "1900-02-28", datetime.date(1900, 3, 1)]


@pytest.mark.parametrize("fmt", SPREADSHEETS)
def test_an_address_that_leads_nowhere_safe_is_no_link(
    fmt: str, publication: Publication, records: Mapping[str, list[Record]]
) -> None:
    urls = ["javascript:alert(1)", "file:///etc/passwd", "internal:Bron!A1", "https://a.nl/" + "x" * 3000]
    rows = [{**records["links"][0], "url": url} for url in urls]
    content = WRITERS[fmt](publication, spec_of(publication, "links"), rows)
    header, *written = READERS[fmt](content)
    assert [row[header.index("url")] for row in written] == urls
    if fmt == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    else:
        assert not list(tables(content)[0].iter(f"{{{TEXT}}}a"))


@pytest.mark.parametrize("fmt", WRITERS)
def test_a_table_without_rows_is_a_table(fmt: str, publication: Publication) -> None:
    spec = spec_of(publication, "links")
    content = WRITERS[fmt](publication, spec, [])
    if fmt == "parquet":
        assert pq.read_table(io.BytesIO(content)).num_rows == 0
    else:
        assert READERS[fmt](content) == [[column.name for column in spec.column]]


# Parquet and SQLite --------------------------------------------------------------------------------------


def test_parquet_describes_its_columns_and_itself(
    publication: Publication, records: Mapping[str, list[Record]]
) -> None:
    content = to_parquet(publication, spec_of(publication, "assessments"), records["assessments"])
    schema = pq.read_schema(io.BytesIO(content))
    assert schema.metadata[b"licence"].decode() == publication.declaration.licence
    assert schema.metadata[b"dataset"] == b"https://example.org/ogp/nl-2020-2022/assessments"
    assert schema.metadata[b"version"] == b"1.0.0"
    about = schema.field("progress").metadata
    assert about[b"title:nl"] == b"Voortgang"
    assert about[b"title:en"] == b"Progress"
    assert about[b"codes"].split() == [b"green", b"amber", b"red"]
    assert schema.field("commitment").metadata[b"references"] == b"commitments"
    assert {field.name for field in schema if b"key" in field.metadata} == {"publication", "commitment"}


class opened:  # noqa: N801
    """A database in memory with foreign keys on, closed at the end."""

    def __init__(self, content: bytes) -> None:
        self.connection = sqlite3.connect(":memory:")
        self.connection.deserialize(content)
        self.connection.execute("PRAGMA foreign_keys = ON")

    def __enter__(self) -> sqlite3.Connection:
        return self.connection

    def __exit__(self, *_: object) -> None:
        self.connection.close()


def test_the_database_is_whole_and_keeps_its_rules(database: bytes, tmp_path: Path) -> None:
    path = tmp_path / "all.sqlite"
    path.write_bytes(database)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    assert database[:16] == b"SQLite format 3\0"
    assert int.from_bytes(database[16:18], "big") == 4096
    assert database[96:100] == bytes(4)
    assert len(database) % 4096 == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE commitments SET theme_number = 99 WHERE commitment = 'C1'",
        "UPDATE commitments SET title = NULL WHERE commitment = 'C1'",
        "UPDATE commitments SET theme_number = 'one' WHERE commitment = 'C1'",
        "UPDATE assessments SET progress = 'blue' WHERE commitment = 'C1'",
        "UPDATE assessments SET assessed_on = '2023-02-30' WHERE commitment = 'C1'",
        "INSERT INTO themes SELECT * FROM themes LIMIT 1",
        "UPDATE commitments SET commitment = 'C2' WHERE commitment = 'C1'",
        "UPDATE assessments SET publication = 'another'",
        "INSERT INTO _commitments_source_places VALUES ('nl-2020-2022', 'C1', 9, 'L99999')",
        "UPDATE commitments SET lead_organisation = 'https://example.org/nobody' WHERE commitment = 'C1'",
        "DELETE FROM themes WHERE theme_number = 1",
    ],
)
def test_the_database_refuses_what_the_declaration_does(statement: str, database: bytes) -> None:
    with opened(database) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)


def test_a_row_that_refers_to_nothing_makes_no_database(
    publication: Publication, records: Mapping[str, list[Record]]
) -> None:
    commitments, themes = spec_of(publication, "commitments"), spec_of(publication, "themes")
    lost = [{**record, "theme_number": "8"} for record in records["commitments"]]
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        to_sqlite(publication, [(commitments, lost), (themes, records["themes"])])


def test_the_database_explains_itself(
    publication: Publication, records: Mapping[str, list[Record]], database: bytes
) -> None:
    with opened(database) as connection:
        columns = connection.execute('SELECT dataset, "column", title_nl, description_en FROM columns').fetchall()
        assert columns == [
            (spec.name, column.name, column.title["nl"], column.description["en"])
            for spec in (spec_of(publication, name) for name in DATASETS)
            for column in spec.column
        ]
        assert connection.execute("SELECT count(*), sum(rows) FROM datasets").fetchone() == (
            len(DATASETS),
            sum(map(len, records.values())),
        )
        facts = dict(connection.execute("SELECT name, value FROM metadata WHERE language = ''"))
        assert (facts["licence"], facts["version"]) == (publication.declaration.licence, "1.0.0")
        label = connection.execute("SELECT label_nl FROM codes_url_status WHERE code = 'corrupted'").fetchone()
        assert label == ("Beschadigd",)


def test_the_views_answer_the_obvious_questions(database: bytes) -> None:
    with opened(database) as connection:
        titled = "SELECT commitments_title, themes_title FROM assessments_with_titles WHERE commitment = 'C13'"
        assert connection.execute(titled).fetchone() == ("Open Complaints", "Open Justice")
        per = "SELECT links, with_address, without_address FROM links_per_commitments WHERE commitment = 'C9'"
        assert connection.execute(per).fetchone() == (7, 6, 1)
        listed = connection.execute("SELECT publication, commitment FROM links_per_commitments").fetchall()
        assert listed == [(NAME, f"C{number}") for number in range(1, 14)]  # in the order of the document
        missing = "SELECT count(*), count(commitment) FROM links_without_address"
        assert connection.execute(missing).fetchone() == (23, 21)
        found = "SELECT kind_nl, line_text FROM source_findings_by_line WHERE line = 74"
        kind, text = connection.execute(found).fetchone()
        assert kind == "Tegenspraak"
        assert "end of December 2021" in text
        rows = connection.execute('SELECT dataset, "row" FROM rows_by_line WHERE line = 98 ORDER BY 1').fetchall()
        assert {("assessments", "C1"), ("commitments", "C1")} <= set(rows)
        lines = connection.execute("SELECT text FROM source WHERE line = 4").fetchone()
        assert lines == ("## OGP Self-Assessment Open Government Action Plan 2020-2022",)


def test_every_view_and_table_can_be_read(database: bytes) -> None:
    with opened(database) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall():
            assert re.fullmatch(r"_?[a-z][a-z0-9_]*", name)
            assert connection.execute(f"SELECT * FROM {name}").fetchall(), name


def test_only_tables_that_join_lists_are_out_of_sight(publication: Publication, database: bytes) -> None:
    """Datasette shows no table whose name begins with an underscore."""
    with opened(database) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    hidden = {name for name in tables if name.startswith("_")}
    named = {spec.name.replace("-", "_") for spec in publication.declaration.dataset}
    assert hidden == {f"_{name}_source_places" for name in named} | {
        "_assessments_derived_progress_places",
        "_overview_derived_progress_places",
    }
    shown = {name for name in tables if not name.startswith(("_", "codes_"))}
    assert shown == named | {"source", "organisations", "datasets", "columns", "metadata"}


@pytest.mark.parametrize("languages", [["nl"], ["fr"], ["en", "nl"], ["fr", "nl", "en"]], ids="-".join)
def test_the_views_have_the_languages_of_the_publication(
    languages: list[str], publication: Publication, records: Mapping[str, list[Record]]
) -> None:
    spoken = replace(publication, declaration=replace(publication.declaration, page_languages=languages))
    names = ("links", "source_findings")
    content = to_sqlite(spoken, [(spec_of(publication, name), records[name]) for name in names])
    with opened(content) as connection:
        for (view,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
            assert connection.execute(f"SELECT * FROM {view}").fetchall(), view
        cursor = connection.execute("SELECT * FROM source_findings_by_line WHERE line = 74")
        row = dict(zip((name for name, *_ in cursor.description), cursor.fetchone(), strict=True))
    assert [name for name in row if name.startswith("kind_")] == [f"kind_{language}" for language in languages]
    assert row.get("kind_nl", "Tegenspraak") == "Tegenspraak"


def test_datasets_whose_names_the_database_needs_itself_keep_them(publication: Publication) -> None:
    spec = spec_of(publication, "recommendations")
    names = ("metadata", "a-b", "a_b", "sqlite_x", "columns", "rows_by_line", "group")
    rows = with_texts("one", "two")
    content = to_sqlite(publication, [(replace(spec, name=name), rows) for name in names])
    with opened(content) as connection:
        given = dict(connection.execute("SELECT dataset, table_name FROM datasets"))
        assert given["metadata"] == "metadata"
        assert given["columns"] == "columns"
        assert given["group"] == "group"
        assert (given["a-b"], given["a_b"], given["sqlite_x"]) == ("a_b", "a_b_", "table_sqlite_x")
        for table in given.values():
            assert connection.execute(f'SELECT count(*) FROM "{table}"').fetchone() == (2,)


def test_a_part_of_the_tables_makes_a_database_with_the_views_that_it_can_have(
    publication: Publication, records: Mapping[str, list[Record]]
) -> None:
    content = to_sqlite(publication, [(spec_of(publication, "links"), records["links"])])
    with opened(content) as connection:
        views = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
    assert views == {"links_with_titles", "links_without_address", "rows_by_line"}


# The archive ---------------------------------------------------------------------------------------------


def test_a_zip_holds_every_file_byte_for_byte(published: Path) -> None:
    files = {p.relative_to(published).as_posix(): p.read_bytes() for p in published.rglob("*") if p.is_file()}
    content = to_zip(files)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == sorted(files)
        assert {name: archive.read(name) for name in archive.namelist()} == files
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o100644}
    assert content == to_zip(dict(reversed(files.items())))


@pytest.mark.parametrize("path", ["/etc/passwd", "../up", "a/../../b", "a//b", "", "a\\b"])
def test_a_zip_has_no_path_that_leads_out_of_its_folder(path: str) -> None:
    with pytest.raises(ValueError, match="not the path of a file"):
        to_zip({path: b""})


# The same bytes ------------------------------------------------------------------------------------------

PROGRAM = """
import hashlib, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import test_products as t
from ogp_data.core import resources
from ogp_data.declaration import reading
from ogp_data.models.lists import load_lists
lists = load_lists(resources.value_lists())
loaded, _ = reading.load(t.ROOT / "data", t.NAME, lists)
rows = {n: t.from_csv((Path(sys.argv[1]) / n / f"{n}.csv").read_bytes()) for n in t.DATASETS}
for name, content in t.products(loaded, rows).items():
    print(name, hashlib.sha256(content).hexdigest())
"""


def products(publication: Publication, records: Mapping[str, list[Record]]) -> dict[str, bytes]:
    """Return every product of the publication by its file name."""
    specs = [spec_of(publication, name) for name in DATASETS]
    files = {
        f"{spec.name}.{fmt}": write(publication, spec, records[spec.name])
        for spec in specs
        for fmt, write in WRITERS.items()
    }
    files["all.sqlite"] = to_sqlite(publication, [(spec, records[spec.name]) for spec in specs])
    return {**files, "all.zip": to_zip(files)}


def test_two_writes_give_the_same_bytes_with_another_hash_seed_clock_and_language(published: Path) -> None:
    def written(**environment: str) -> str:
        command = [sys.executable, "-c", PROGRAM, str(published), str(Path(__file__).parent)]
        paths = os.pathsep.join(path for path in sys.path if path)
        variables = {**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1", **environment}
        return subprocess.run(command, check=True, env=variables, capture_output=True, text=True).stdout

    one = written(PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C")
    two = written(PYTHONHASHSEED="4711", TZ="Pacific/Kiritimati", LC_ALL="", LANG="nl_NL.UTF-8")
    assert one == two
    assert one.count("\n") == 3 * len(DATASETS) + 2


# LibreOffice ---------------------------------------------------------------------------------------------

AS_SHOWN_IN_UTF_8 = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("fmt", SPREADSHEETS)
def test_libreoffice_reads_every_cell(
    fmt: str, publication: Publication, records: Mapping[str, list[Record]], tmp_path: Path
) -> None:
    for name in DATASETS:
        content = WRITERS[fmt](publication, spec_of(publication, name), records[name])
        (tmp_path / f"{name}.{fmt}").write_bytes(content)
    convert(tmp_path, AS_SHOWN_IN_UTF_8, *(f"{name}.{fmt}" for name in DATASETS))
    for name in DATASETS:
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert list(csv.DictReader(file)) == records[name], name


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("fmt", SPREADSHEETS)
def test_libreoffice_takes_hostile_texts_for_texts(fmt: str, publication: Publication, tmp_path: Path) -> None:
    spec = spec_of(publication, "recommendations")
    (tmp_path / f"hostile.{fmt}").write_bytes(WRITERS[fmt](publication, spec, with_texts(*HOSTILE.values())))
    convert(tmp_path, AS_SHOWN_IN_UTF_8, f"hostile.{fmt}")
    with (tmp_path / "hostile.csv").open(encoding="utf-8", newline="") as file:
        back = [row["text"] for row in csv.DictReader(file)]
    assert dict(zip(HOSTILE, back, strict=True)) == HOSTILE


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_sees_the_page_the_filter_and_the_links_of_an_ods(
    publication: Publication, records: Mapping[str, list[Record]], tmp_path: Path
) -> None:
    content = to_ods(publication, spec_of(publication, "commitments"), records["commitments"])
    (tmp_path / "commitments.ods").write_bytes(content)
    convert(tmp_path, "xlsx", "commitments.ods")
    data = openpyxl.load_workbook(tmp_path / "commitments.xlsx").worksheets[0]
    assert data.auto_filter.ref == "A1:N14"
    assert data.print_title_rows == "$1:$1"
    assert data.page_setup.orientation == "landscape"
    assert data.sheet_properties.pageSetUpPr.fitToPage
    assert data["H2"].hyperlink.target == records["commitments"][0]["ogp_url"]
    assert [cell.value for cell in data[2][:4]] == [NAME, "C1", "1", 1]
    assert data["A2"].alignment.vertical == "top"
    assert data["E2"].alignment.wrap_text


def convert(folder: Path, to: str, *names: str) -> None:
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", to, *names]
    subprocess.run(command, check=True, cwd=folder, capture_output=True, timeout=180)
