"""Tables of many publications as one: no cell is lost, none is made, and what cannot be one table is two."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from made_collections import publications
from ogp_data.collection.handed import Table, TableColumn
from ogp_data.collection.licences import common_licence
from ogp_data.collection.stacking import Stacked, stacked
from ogp_data.core.words import Words
from ogp_data.formats.columns import typed
from ogp_data.types.rows import Row

BESIDE = ("country", "plan", "licence")


def check(seed: int) -> None:
    """Hold the tables over publications of a seed to what must be true of all."""
    made = publications(seed)
    tables = stacked(made, ["en", "nl"])
    names = [table.spec.name for table in tables]
    assert len({*names, "publications", "continuations"}) == len(names) + 2
    rows = [row for table in tables for row in sound(table, set(names))]
    assert Counter(map(cells, rows)) == Counter(
        cells(row) for one in made for table in one.tables for row in one.rows(table.name)
    )


def cells(row: dict[str, str]) -> tuple[str, ...]:
    """Return what a row says, whatever its columns are called here and there."""
    return tuple(sorted(filter(None, row.values())))


def sound(table: Stacked, names: set[str]) -> list[dict[str, str]]:
    """Return the rows of a table without what stands beside `publication`, after a look at its columns and keys."""
    columns = [column.name for column in table.spec.column]
    assert columns[:4] == ["publication", *BESIDE]
    assert len(set(columns)) == len(columns)
    assert len({(row["publication"], row[table.spec.key.name]) for row in table.records}) == len(table.records)
    assert {column.references for column in table.spec.column} - {""} <= names
    for column in table.spec.column:
        assert not (column.required or column.key) or all(row[column.name] for row in table.records), column.name
    read: list[Row] = typed(table.spec, table.records)
    assert all(list(row) == columns and row.typed is not None for row in read)
    return [{name: text for name, text in row.items() if name not in BESIDE} for row in table.records]


@pytest.mark.parametrize("part", range(4))
def test_every_row_of_each_publication_is_in_one_table_with_all_its_cells(part: int) -> None:
    for seed in range(part * 50, part * 50 + 50):
        check(seed)


@pytest.mark.parametrize(("country", "there"), [("", ["country"]), ("Elsewhere", ["country", "own_country"])])
def test_what_a_row_says_of_its_country_is_not_said_twice(country: str, there: list[str]) -> None:
    one = publications(0)[0]
    said = {"title": Words(en="x"), "description": Words(en="x"), "origin": "generated", "rdf": "https://x.example/x"}
    columns = [
        TableColumn("publication", "string", required=True, **said),  # type: ignore[arg-type]
        TableColumn("key", "string", key=True, required=True, **said),  # type: ignore[arg-type]
        TableColumn("country", "string", **said),  # type: ignore[arg-type]
    ]
    table = Table("made", "https://x.example/x", Words(en="x"), Words(en="x"), 1, columns)
    row = {"publication": one.id, "key": "K1", "country": country or one.country.code or one.country.said}
    published = replace(one, tables=[table])
    published._read["made"] = [row]
    (found,) = stacked([published], ["en"])
    assert [column.name for column in found.spec.column if "country" in column.name] == there
    assert [found.records[0][name] for name in there][-1] == row["country"]


ZERO, ZERO_NL = (
    "https://creativecommons.org/publicdomain/zero/1.0/",
    "http://creativecommons.org/publicdomain/zero/1.0/deed.nl",
)
BY, BY_NL, BY_SA = (
    f"https://creativecommons.org/licenses/{one}" for one in ("by/4.0/", "by/4.0/deed.nl", "by-sa/4.0/")
)


@pytest.mark.parametrize(
    ("licences", "common"),
    [
        ([ZERO, ZERO], ZERO),
        ([ZERO, BY], BY),
        ([BY, BY_NL, ZERO_NL], BY),
        ([BY_SA, ZERO], BY_SA),
        ([BY, BY_SA], None),
        (["https://countryq.example/terms", BY], None),
        ([BY, "https://creativecommons.org/licenses/by/3.0/"], None),
    ],
)
def test_a_table_of_many_is_under_the_licence_that_asks_all_that_any_of_them_asks(
    licences: list[str], common: str | None
) -> None:
    assert common_licence(licences) == common
