"""Croissant and DataCite: what their makers' own programs say of both files, and what is in them."""

from __future__ import annotations

import csv
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from typed_publication import Typed, publish

TOOLS = ROOT / "build" / "tools-venv" / "bin" / "python"
READ = """
import json, sys, warnings
warnings.simplefilter("ignore")
import mlcroissant
from pathlib import Path
folder = Path(sys.argv[1])
described = json.loads((folder / "croissant.json").read_bytes())
files = {file["@id"]: str(folder / file["@id"]) for file in described["distribution"]}
def fresh():  # one that has read a set of records cannot join it to another
    return mlcroissant.Dataset(str(folder / "croissant.json"), mapping=files)
issues = fresh().metadata.ctx.issues
rows = {one["@id"]: sum(1 for _ in fresh().records(one["@id"])) for one in described["recordSet"]}
print(json.dumps({"errors": sorted(issues.errors), "warnings": sorted(issues.warnings), "rows": rows}))
"""
DATACITE = """
import json, sys
from datacite import schema45
from pathlib import Path
found = schema45.validator.iter_errors(json.loads(Path(sys.argv[1], "datacite.json").read_bytes()))
print(json.dumps([error.message for error in found]))
"""


def told(script: str, folder: Path) -> Any:
    """Return what a script of the tools says; the test is skipped where they are not installed."""
    if not TOOLS.exists():
        pytest.skip("mlcroissant and datacite are not installed: make test-tools")
    ended = subprocess.run([TOOLS, "-c", script, folder], capture_output=True, text=True, check=True)
    return json.loads(ended.stdout)


@pytest.fixture(scope="module", params=["nl-2020-2022", "typed"])
def folder(request: pytest.FixtureRequest, published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if request.param != "typed":
        return published
    columns = (Typed("name", "text"), Typed("share", "decimal"), Typed("done", "boolean"), Typed("day", "date"))
    rows = (("Een", "0,5", "ja", "29 februari 2024"), ("Twee", "", "", ""))
    made, _ = publish(tmp_path_factory.mktemp("typed"), columns, rows)
    return made


def read(folder: Path, name: str) -> dict[str, Any]:
    return dict(json.loads((folder / name).read_bytes()))


def test_mlcroissant_finds_nothing_and_reads_every_row(folder: Path) -> None:
    rows = {}
    for file in read(folder, "croissant.json")["distribution"]:
        with (folder / file["name"]).open(encoding="utf-8", newline="") as table:
            rows[file["name"].partition("/")[0]] = sum(1 for _ in csv.DictReader(table))
    assert told(READ, folder) == {"errors": [], "warnings": [], "rows": rows}


def test_the_schema_of_datacite_finds_nothing(folder: Path) -> None:
    assert told(DATACITE, folder) == []


def test_croissant_has_each_column_with_its_type_and_what_it_refers_to(published: Path) -> None:
    sets = {one["@id"]: one for one in read(published, "croissant.json")["recordSet"]}
    assert sets["assessments"]["key"] == [{"@id": "assessments/publication"}, {"@id": "assessments/commitment"}]
    fields = {one["name"]: one for one in sets["assessments"]["field"]}
    assert fields["commitment"]["references"] == {"field": {"@id": "commitments/commitment"}}
    assert (fields["assessed_on"]["dataType"], fields["progress"]["dataType"]) == ("sc:Date", "sc:Text")
    assert fields["evidence"]["source"] == {
        "fileObject": {"@id": "assessments/assessments.csv"},
        "extract": {"column": "evidence"},
    }


def test_datacite_has_what_a_doi_needs_and_no_doi(published: Path) -> None:
    """https://datacite-metadata-schema.readthedocs.io/en/4.5/: creator, title, publisher, year and type."""
    found = read(published, "datacite.json")
    ministry = "Ministry of the Interior and Kingdom Relations"
    assert found["creators"] == [{"name": ministry, "nameType": "Organizational"}]
    assert found["publisher"] == {"name": ministry, "lang": "en"}
    assert [title["lang"] for title in found["titles"]] == ["nl", "en"]
    assert (found["publicationYear"], found["types"]["resourceTypeGeneral"]) == ("2026", "Dataset")
    assert found["rightsList"][0]["rightsIdentifier"] == "CC0-1.0"
    assert not {"doi", "identifiers", "prefix"} & found.keys()


@pytest.mark.parametrize("name", ["croissant.json", "datacite.json"])
def test_the_catalogue_and_the_manifest_name_both(published: Path, name: str) -> None:
    page = f"<http://xmlns.com/foaf/0.1/page> <https://example.org/ogp/nl-2020-2022/{name}>"
    lines = (published / "catalog.nt").read_text(encoding="utf-8").splitlines()
    assert [
        line for line in lines if page in line and line.startswith("<https://example.org/ogp/nl-2020-2022/everything>")
    ]
    assert name in {file["path"] for file in read(published, "manifest.json")["files"]}
