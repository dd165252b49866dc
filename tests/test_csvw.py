"""Each CSV has metadata (CSV on the Web) that reads it, checks it, and makes the dataset's Turtle of it.

Three checks stand beside each other, for none sees everything: the oracle converts the table and compares the
triples, the `csvw` package validates cells and keys, and the columns are compared with the header, since
the package only warns of a column that nobody described. What it says of IRIs, languages and the types of texts
it takes as it is; there the triples are the check.
"""

from __future__ import annotations

import csv
import json
import shutil
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph

import csvw_oracle
from long_form import tables
from ogp_data import pipeline
from ogp_data.core import resources
from ogp_data.declaration import reading as publication
from ogp_data.formats.csvw import SUFFIX, to_csvw
from ogp_data.models.lists import load_lists
from ogp_data.pipeline import Folders

TESTS = Path(__file__).parent
DATA = TESTS.parent / "data"
DECLARATIONS = {"nl-2020-2022": DATA / "nl-2020-2022", "tiny": TESTS / "tiny" / "data" / "tiny"}


def declared(edition: str) -> list[dict[str, Any]]:
    """Return the datasets of a publication as its declaration has them."""
    return tables(DECLARATIONS[edition].parent, edition)["dataset"]


TABLES = [(edition, dataset["name"]) for edition in DECLARATIONS for dataset in declared(edition)]


@dataclass(frozen=True)
class Edition:
    """A publication's files with the metadata of each table, and the Turtle to compare with."""

    folder: Path

    def csv(self, dataset: str) -> Path:
        return self.folder / dataset / f"{dataset}.csv"

    def metadata(self, dataset: str) -> Path:
        return self.folder / dataset / f"{dataset}{SUFFIX}"

    def turtle(self, dataset: str) -> Graph:
        return Graph().parse(self.folder / dataset / f"{dataset}.ttl")


def described(built: Path, data: Path, target: Path) -> Edition:
    """Return a copy of a built publication in which each table has its metadata, staged there or written now."""
    shutil.copytree(built.resolve(), target)
    edition = Edition(target)
    lists = load_lists(resources.value_lists())
    loaded, _ = publication.load(data, built.name, lists)
    assert loaded is not None
    for spec in loaded.declaration.dataset:
        if not edition.metadata(spec.name).exists():
            edition.metadata(spec.name).write_bytes(to_csvw(loaded, spec))
    return edition


@pytest.fixture(scope="module")
def editions(published: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Edition]:
    folder = tmp_path_factory.mktemp("csvw")
    data = folder / "data"
    shutil.copytree(TESTS / "tiny" / "data", data)
    outcome = pipeline.run(Folders(data, folder / "build", folder / "dist"), "tiny", "", "", lambda _: None)
    assert outcome.published, [str(found) for found in outcome.report.findings]
    return {
        "nl-2020-2022": described(published, DATA, folder / "nl"),
        "tiny": described(outcome.folder, data, folder / "tiny"),
    }


# The three checks ----------------------------------------------------------------------------------------


def header(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def real_columns(table: dict[str, Any]) -> list[dict[str, Any]]:
    return [column for column in table["tableSchema"]["columns"] if not column.get("virtual")]


def columns_fault(metadata: Path) -> str:
    """Return where described columns and a CSV's header differ, in any table of the group."""
    for table in json.loads(metadata.read_bytes())["tables"]:
        names = [column["name"] for column in real_columns(table)]
        if names != (expected := header(metadata.parent / table["url"])):
            return f"{table['url']}: {names} are described, the header is {expected}"
    return ""


def triples_fault(metadata: Path, expected: Graph) -> str:
    """Return where the oracle's triples and the Turtle differ."""
    try:
        actual = csvw_oracle.minimal(metadata)
    except csvw_oracle.RefusedError as reason:
        return str(reason)
    lacking, alone = set(expected) - set(actual), set(actual) - set(expected)
    return f"lacking: {sorted(lacking)[:3]}, alone: {sorted(alone)[:3]}" if lacking or alone else ""


def package_fault(metadata: Path) -> str:
    """Return what the `csvw` package finds: first its strict validation, then each row read strictly."""
    from csvw import CSVW

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always")  # the package tells what it finds by warnings, which it collects itself
            read = CSVW(str(metadata), validate=True)
            if not read.is_valid:
                return "; ".join(str(warning.message) for warning in read.warnings)
        for table in read.tables:
            assert len(list(table.iterdicts(strict=True))) > 0
    except ValueError as reason:
        return str(reason) or type(reason).__name__
    return ""


# Good metadata -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("edition", "dataset"), TABLES)
def test_in_minimal_mode_a_csv_gives_exactly_the_triples_of_the_turtle(
    editions: dict[str, Edition], edition: str, dataset: str
) -> None:
    built = editions[edition]
    assert len(built.turtle(dataset)) > 0
    assert triples_fault(built.metadata(dataset), built.turtle(dataset)) == ""


@pytest.mark.parametrize(("edition", "dataset"), TABLES)
def test_the_csvw_package_reads_and_validates_every_table(
    editions: dict[str, Edition], edition: str, dataset: str
) -> None:
    assert package_fault(editions[edition].metadata(dataset)) == ""


def test_the_csvw_package_reads_typed_values_and_lists(editions: dict[str, Edition]) -> None:
    from csvw import CSVW

    rows = list(CSVW(str(editions["nl-2020-2022"].metadata("assessments"))).tables[0].iterdicts())
    assert [row["commitment"] for row in rows] == [f"C{number}" for number in range(1, 14)]
    assert {row["assessed_on"].date().isoformat() for row in rows} == {"2023-05-26"}
    assert rows[8]["source_places"] == ["L118", "L120", "L123"]
    assert rows[0]["progress"] is None


@pytest.mark.parametrize(("edition", "dataset"), TABLES)
def test_the_described_columns_are_those_of_the_header_in_order(
    editions: dict[str, Edition], edition: str, dataset: str
) -> None:
    assert columns_fault(editions[edition].metadata(dataset)) == ""


@pytest.mark.parametrize("edition", DECLARATIONS)
def test_every_csv_is_the_numbers_of_a_figure_or_has_metadata_whose_first_table_is_its_own(
    editions: dict[str, Edition], edition: str
) -> None:
    paths = sorted(editions[edition].folder.rglob("*.csv"))
    figures = [path for path in paths if path.parent.name == "charts"]
    assert figures
    assert all(path.with_suffix(suffix).is_file() for path in figures for suffix in (".html", ".svg"))
    tables = [path for path in paths if path not in figures]
    assert len(tables) >= len(declared(edition))
    for path in tables:
        group = json.loads(path.with_name(path.stem + SUFFIX).read_bytes())["tables"]
        assert group[0]["url"] == path.name
        assert [table.get("suppressOutput", False) for table in group] == [False] + [True] * (len(group) - 1)


@pytest.mark.parametrize(("edition", "dataset"), TABLES)
def test_titles_and_descriptions_are_in_both_languages_and_the_header_is_a_title_in_each(
    editions: dict[str, Edition], edition: str, dataset: str
) -> None:
    def languages(texts: list[dict[str, str]]) -> list[str]:
        return [text["@language"] for text in texts if text["@value"].strip()]

    for table in json.loads(editions[edition].metadata(dataset).read_bytes())["tables"]:
        assert languages(table["dc:title"]) == languages(table["dc:description"]) == ["nl", "en"]
        for column in table["tableSchema"]["columns"]:
            assert languages(column["dc:description"]) == ["nl", "en"], column["name"]
            assert set(column["titles"]) == {"nl", "en"}
            assert all(titles and all(titles) for titles in column["titles"].values())
        for column in real_columns(table):
            assert all(column["name"] in titles for titles in column["titles"].values())


def test_a_table_brings_those_it_refers_to_through_others_too(editions: dict[str, Edition]) -> None:
    group = json.loads(editions["nl-2020-2022"].metadata("assessments").read_bytes())
    own, commitments, themes = (table["tableSchema"] for table in group["tables"])
    assert [table["url"] for table in group["tables"]] == [
        "assessments.csv",
        "../commitments/commitments.csv",
        "../themes/themes.csv",
    ]
    assert own["primaryKey"] == ["publication", "commitment"]
    assert own["foreignKeys"] == [
        {
            "columnReference": ["publication", "commitment"],
            "reference": {
                "resource": "../commitments/commitments.csv",
                "columnReference": ["publication", "commitment"],
            },
        }
    ]
    assert commitments["foreignKeys"][0]["reference"]["resource"] == "../themes/themes.csv"
    assert "foreignKeys" not in themes


def test_a_column_that_may_be_empty_refers_by_its_iris_but_is_no_foreign_key(editions: dict[str, Edition]) -> None:
    links = json.loads(editions["nl-2020-2022"].metadata("links").read_bytes())["tables"][0]["tableSchema"]
    column = next(column for column in links["columns"] if column["name"] == "commitment")
    assert column["valueUrl"] == "https://example.org/ogp/nl-2020-2022/commitments#{commitment}"
    assert "foreignKeys" not in links


def test_codes_are_checked_and_dates_in_edtf_have_their_datatype(editions: dict[str, Edition]) -> None:
    def datatype(edition: str, dataset: str, name: str) -> dict[str, str]:
        table = json.loads(editions[edition].metadata(dataset).read_bytes())["tables"][0]
        return next(column["datatype"] for column in real_columns(table) if column["name"] == name)

    assert "|as-published|" in datatype("tiny", "links", "url_status")["format"].replace("(?:", "|")
    assert datatype("tiny", "process", "date") == {"@id": "http://id.loc.gov/datatypes/edtf/EDTF", "base": "string"}


# Bad metadata, bad tables --------------------------------------------------------------------------------


def column(group: dict[str, Any], name: str) -> dict[str, Any]:
    return next(column for column in group["tables"][0]["tableSchema"]["columns"] if column.get("name") == name)


def leave_out(name: str) -> Callable[[dict[str, Any]], None]:
    def spoil(group: dict[str, Any]) -> None:
        group["tables"][0]["tableSchema"]["columns"].remove(column(group, name))

    return spoil


def describe(name: str, /, **changed: Any) -> Callable[[dict[str, Any]], None]:
    return lambda group: column(group, name).update(changed)


def refer(**changed: Any) -> Callable[[dict[str, Any]], None]:
    return lambda group: group["tables"][0]["tableSchema"]["foreignKeys"][0]["reference"].update(changed)


COLUMNS, TRIPLES, PACKAGE = "columns", "triples", "csvw package"
SPOILT: dict[str, tuple[Callable[[dict[str, Any]], None], set[str]]] = {
    "a column left out": (leave_out("evidence"), {COLUMNS, TRIPLES, PACKAGE}),
    "the last column left out": (leave_out("source_places"), {COLUMNS, TRIPLES, PACKAGE}),
    "the class of the rows left out": (leave_out("rdf.type"), {TRIPLES}),
    "a text that is said to be a number": (describe("evidence", datatype="integer"), {TRIPLES, PACKAGE}),
    "a date that is said to be a text": (describe("assessed_on", datatype="string"), {TRIPLES}),
    "a date that is said to be an address": (describe("assessed_on", datatype="anyURI"), {TRIPLES}),
    "a text in no language": (describe("evidence", lang="und"), {TRIPLES}),
    "a name that is not the header's": (
        describe("evidence", name="proof", titles={"en": "Proof"}),
        {COLUMNS, TRIPLES, PACKAGE},
    ),
    "a separator that is another": (describe("source_places", separator=";"), {TRIPLES, PACKAGE}),
    "no separator": (describe("source_places", separator=None), {TRIPLES, PACKAGE}),
    "another property": (describe("evidence", propertyUrl="http://purl.org/dc/terms/title"), {TRIPLES}),
    "no value URL": (describe("commitment", valueUrl=None), {TRIPLES}),
    "rows that are called after another column": (
        lambda group: group["tables"][0]["tableSchema"].update(aboutUrl="https://example.org/{assessed_on}"),
        {TRIPLES},
    ),
    "a column that must not be empty and is": (describe("progress", required=True), {PACKAGE}),
    "a key with the same value twice": (
        lambda group: group["tables"][0]["tableSchema"].update(primaryKey=["assessed_on"]),
        {PACKAGE},
    ),
    "a foreign key to a column that is not there": (refer(columnReference=["publication", "number"]), {PACKAGE}),
    "a foreign key to another column": (refer(columnReference=["publication", "theme_number"]), {PACKAGE}),
    "a foreign key to another table": (
        refer(resource="../themes/themes.csv", columnReference=["publication", "theme_number"]),
        {PACKAGE},
    ),
    "a foreign key to a table that is not in the group": (refer(resource="../links/links.csv"), {PACKAGE}),
    "a referred table that is converted too": (
        lambda group: group["tables"][1].update(suppressOutput=False),
        {TRIPLES},
    ),
}
"""What is wrong -> how assessments' metadata is spoilt, and the checks that see it."""


@pytest.fixture
def spare(editions: dict[str, Edition], tmp_path: Path) -> Edition:
    """Return a copy of the Dutch publication's tables that a test may spoil."""
    shutil.copytree(editions["nl-2020-2022"].folder, tmp_path / "spare")
    return Edition(tmp_path / "spare")


def failing(edition: Edition, dataset: str) -> set[str]:
    """Return the checks that find a fault."""
    metadata = edition.metadata(dataset)
    faults = {
        COLUMNS: columns_fault(metadata),
        TRIPLES: triples_fault(metadata, edition.turtle(dataset)),
        PACKAGE: package_fault(metadata),
    }
    return {check for check, fault in faults.items() if fault}


@pytest.mark.parametrize("wrong", SPOILT)
def test_wrong_metadata_is_caught(spare: Edition, wrong: str) -> None:
    spoil, expected = SPOILT[wrong]
    path = spare.metadata("assessments")
    group = json.loads(path.read_bytes())
    spoil(group)
    path.write_text(json.dumps(group), encoding="utf-8")
    assert failing(spare, "assessments") == expected


def test_an_empty_foreign_key_is_refused_so_none_is_declared_where_cells_may_be_empty(spare: Edition) -> None:
    path = spare.metadata("links")
    group = json.loads(path.read_bytes())
    columns = ["publication", "commitment"]
    reference = {"resource": "../commitments/commitments.csv", "columnReference": columns}
    group["tables"][0]["tableSchema"]["foreignKeys"] = [{"columnReference": columns, "reference": reference}]
    path.write_text(json.dumps(group), encoding="utf-8")
    assert failing(spare, "links") == {PACKAGE}


@pytest.mark.parametrize(
    ("wrong", "old", "new", "expected"),
    [
        ("a date that does not exist", ",C1,1,2023-05-26,", ",C1,1,2023-02-30,", {TRIPLES, PACKAGE}),
        ("a code that is not in the list", ",C1,1,2023-05-26,,", ",C1,1,2023-05-26,blue,", {TRIPLES, PACKAGE}),
        ("a row that refers to nothing", ",C1,1,2023-05-26,", ",C99,1,2023-05-26,", {TRIPLES, PACKAGE}),
        ("a key that stands twice", ",C2,2,2023-05-26,", ",C1,2,2023-05-26,", {TRIPLES, PACKAGE}),
        ("a header with two columns changed round", "evidence,reasons", "reasons,evidence", {COLUMNS, TRIPLES}),
    ],
)
def test_a_wrong_table_is_caught(spare: Edition, wrong: str, old: str, new: str, expected: set[str]) -> None:
    path = spare.csv("assessments")
    content = path.read_bytes().decode()
    assert content.count(old) == 1, wrong
    path.write_bytes(content.replace(old, new).encode())
    assert failing(spare, "assessments") == expected


# The oracle against examples of the Recommendations -------------------------------------------------------


def converted(folder: Path, table: str, schema: dict[str, Any]) -> Graph:
    (folder / "table.csv").write_text(table, encoding="utf-8", newline="")
    metadata = folder / "table.csv-metadata.json"
    metadata.write_text(
        json.dumps({"@context": "http://www.w3.org/ns/csvw", "url": "table.csv", "tableSchema": schema})
    )
    return csvw_oracle.minimal(metadata)


def test_the_oracle_puts_a_list_in_one_iri_as_tabular_metadata_5_1_3_has_it(tmp_path: Path) -> None:
    schema = {"columns": [{"name": "k", "separator": ";", "valueUrl": "https://duckduckgo.com/?q={k}"}]}
    objects = set(converted(tmp_path, "k\ntable;data;conversion\n", schema).objects())
    assert {str(node) for node in objects} == {"https://duckduckgo.com/?q=table,data,conversion"}


def test_the_oracle_gives_no_triple_for_an_empty_cell_but_one_for_a_virtual_column(tmp_path: Path) -> None:
    schema = {
        "aboutUrl": "https://example.org/{a}",
        "columns": [
            {"name": "a", "suppressOutput": True},
            {"name": "b", "propertyUrl": "rdfs:seeAlso", "valueUrl": "https://example.org/{a}#{b}"},
            {"virtual": True, "propertyUrl": "rdf:type", "valueUrl": "foaf:Person"},
        ],
    }
    graph = converted(tmp_path, "a,b\nx y,\nz,é/1\n", schema)
    expected = """
        @prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <https://example.org/x%20y> a foaf:Person .
        <https://example.org/z> a foaf:Person ; rdfs:seeAlso <https://example.org/z#%C3%A9%2F1> .
        """
    assert set(graph) == set(Graph().parse(data=expected, format="turtle"))


def test_the_oracle_keeps_reserved_characters_and_resolves_against_the_table(tmp_path: Path) -> None:
    schema = {
        "aboutUrl": "#row.{_row}",
        "columns": [{"name": "u", "propertyUrl": "{#_name}", "valueUrl": "{+u}", "datatype": "anyURI"}],
    }
    graph = converted(tmp_path, "u\nhttps://example.org/a?b=%C3%A9&c=é#d\n", schema)
    table = (tmp_path / "table.csv").resolve().as_uri()
    triple = tuple(str(node) for node in next(iter(graph)))
    assert triple == (f"{table}#row.1", f"{table}#u", "https://example.org/a?b=%C3%A9&c=%C3%A9#d")
