"""A type of another package goes through the publication, every format, the site and the service like ours."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from rdflib import XSD, Graph

from conftest import ROOT
from ogp_data.core.findings import errors
from ogp_data.types import TYPES
from ogp_data.types.base import Type
from outside import install
from service_help import client
from typed_publication import Typed, publish

HOW_TO = (ROOT / "docs" / "how-to" / "add-a-type.md").read_text(encoding="utf-8")
MODULE = re.findall(r"```python\n(.*?)```", HOW_TO, re.DOTALL)[0]
"""The module of the how-to: what is said there is what is tried here."""

JSON = "application/json"

COLUMNS = (Typed("name", "text"), Typed("share", "percentage"))
DOCUMENT = (("Een", "12,5 %"), ("Twee", "7%"), ("Drie", ""), ("Vier", "1.000"))


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Return what installs a package with a type of its own."""
    (tmp_path / "site").mkdir()
    return lambda entry, module: install(tmp_path / "site", monkeypatch, TYPES, entry, module)


def test_a_type_of_another_package_is_in_every_format(outside: Callable[[str, str], None], tmp_path: Path) -> None:
    outside("percentage = outside_things:PERCENTAGE", MODULE)
    folder, found = publish(tmp_path, COLUMNS, DOCUMENT)
    assert errors(found) == []
    at = folder / "rows" / "rows"
    lines = at.with_suffix(".csv").read_text(encoding="utf-8").splitlines()
    assert lines == [
        "publication,sequence,name,share,source_places",
        f"{folder.name},1,Een,12.5,L2",
        f"{folder.name},2,Twee,7,L3",
        f"{folder.name},3,Drie,,L4",
        f"{folder.name},4,Vier,1000,L5",
    ]
    shares = [Decimal("12.5"), Decimal(7), None, Decimal(1000)]
    assert pq.read_table(at.with_suffix(".parquet"))["share"].to_pylist() == shares
    sheet = openpyxl.load_workbook(at.with_suffix(".xlsx")).worksheets[0]
    assert [cell.value for cell in sheet["D"]] == ["share", 12.5, 7, None, 1000]
    literals = [value for _, name, value in Graph().parse(at.with_suffix(".ttl")) if str(name).endswith("#itsShare")]
    assert {(str(value), value.datatype) for value in literals} == {
        (text, XSD.decimal) for text in ("12.5", "7", "1000")
    }
    with sqlite3.connect(folder / "typed.sqlite") as connection:
        assert connection.execute("SELECT share FROM rows").fetchall() == [("12.5",), ("7",), (None,), ("1000",)]
    assert ">12,5%<" in (folder / "rows" / "index.html").read_text(encoding="utf-8")
    assert ">12.5%<" in (folder / "en" / "rows" / "index.html").read_text(encoding="utf-8")
    assert "a number without the sign: 12.5" in (folder / "en" / "dictionary.html").read_text(encoding="utf-8")
    answer = client(folder.parent).get("/api/v1/publications/typed/datasets/rows/rows?share=12.50")
    assert [row["name"] for row in answer.json()["rows"]] == ["Een"]


def test_a_value_that_a_type_of_another_package_refuses_has_its_place(
    outside: Callable[[str, str], None], tmp_path: Path
) -> None:
    outside("percentage = outside_things:PERCENTAGE", MODULE)
    _, found = publish(tmp_path, COLUMNS, (("Een", "vijf procent"),))
    (fault,) = errors(found)
    assert (fault.rule, fault.place.row, fault.place.column) == ("cell-type", "1", "share")


@pytest.mark.parametrize(
    ("entry", "module", "rule", "said"),
    [
        ("percentage = outside_things:NONE", MODULE, "extension-broken", "AttributeError"),
        ("share = outside_things:PERCENTAGE", MODULE, "extension-broken", "'percentage', not 'share'"),
        ("percentage = outside_things:Percentage", MODULE, "extension-broken", "not to an instance of Type"),
        (
            "decimal = outside_things:OTHER",
            "from ogp_data.types.decimal import Decimal\nOTHER = Decimal()",
            "extension-taken",
            "The name 'decimal' is taken.",
        ),
        (
            "half = outside_things:HALF",
            "from ogp_data.types.base import Type\nclass Half(Type):\n    name = 'half'\nHALF = Half()",
            "extension-broken",
            "abstract",
        ),
    ],
)
def test_a_package_whose_type_cannot_be_let_in_stops_the_publication(
    outside: Callable[[str, str], None], tmp_path: Path, entry: str, module: str, rule: str, said: str
) -> None:
    outside(entry, module)
    folder, found = publish(tmp_path, (Typed("name", "text"), Typed("more", "text")), (("Een", "1"),))
    (fault,) = errors(found)
    assert (fault.rule, fault.place.file) == (rule, "outside 1.2")
    assert said in fault.message
    assert not folder.exists()


def test_the_how_to_names_every_part_of_a_type() -> None:
    public = {name for name in vars(Type) if not name.startswith("_")} - {"name"}
    assert {name for name in public if f"`{name}`" not in HOW_TO} == set()


# The service -----------------------------------------------------------------------------------------------


def test_the_service_filters_and_sorts_by_the_types_of_columns(tmp_path: Path) -> None:
    columns = (
        Typed("name", "text"),
        Typed("number", "decimal"),
        Typed("price", "money", 'currency = "EUR"'),
        Typed("done", "boolean"),
        Typed("at", "datetime"),
        Typed("length", "duration"),
    )
    document = (
        ("Een", "1.234,5", "€ 12", "ja", "2023-05-26T09:30:00+02:00", "1 jaar en 2 maanden"),
        ("Twee", "-5", "€ -0,50", "nee", "2023-05-26T10:00:00+02:00", "14 maanden"),
        ("Drie", "99,9", "", "", "2023-05-26T07:45:00Z", "3 dagen"),
    )
    folder, found = publish(tmp_path, columns, document)
    assert errors(found) == []
    web, rows = client(folder.parent), "/api/v1/publications/typed/datasets/rows/rows"

    def names(question: str) -> list[str]:
        answer = web.get(f"{rows}?{question}")
        assert answer.status_code == 200, answer.text
        return [row["name"] for row in answer.json()["rows"]]

    assert names("number=1234.50") == ["Een"]
    assert names("price=-0.5") == ["Twee"]
    assert names("price=") == ["Drie"]
    assert names("done=false") == ["Twee"]
    assert names("at=2023-05-26T07:30:00Z") == ["Een"]
    assert names("length=P14M") == ["Een", "Twee"]
    assert names("sort=number") == ["Twee", "Drie", "Een"]
    assert names("sort=-at") == ["Twee", "Drie", "Een"]
    assert names("sort=length") == ["Drie", "Een", "Twee"]
    assert names("sort=-done") == ["Een", "Twee", "Drie"]
    for wrong in ("number=1.234,5", "number=NaN", "price=EUR%2012", "done=ja", "done=1", "at=26-05-2023", "length=1Y"):
        assert web.get(f"{rows}?{wrong}").status_code == 400, wrong
    first = web.get(f"{rows}/1").json()
    assert {name: first[name] for name in ("number", "price", "done", "at", "length")} == {
        "number": "1234.5",
        "price": "12",
        "done": True,
        "at": "2023-05-26T09:30:00+02:00",
        "length": "P1Y2M",
    }
    described = web.get("/api/v1/publications/typed/datasets/rows").json()["columns"]
    assert {each["name"]: each["type"] for each in described}["price"] == "money"
    assert next(each for each in described if each["name"] == "price")["currency"] == "EUR"
    # The dataset is called `rows`, as is the last step of the address of its rows: each has its own example.
    api = json.loads(web.get("/api/v1/openapi.json").text)
    at = "/publications/typed/datasets/rows"
    examples = (
        api["paths"][path]["get"]["responses"]["200"]["content"][JSON]["example"] for path in (at, f"{at}/rows")
    )
    assert ["columns" in one for one in examples] == [True, False]
    schema = api["components"]["schemas"]["RowTypedRows"]["properties"]
    assert schema["done"]["type"] == ["boolean", "null"]
    assert schema["number"]["format"] == "decimal"
