"""Croissant, DataCite and RO-Crate: what their makers' own programs say of these files, and what is in them."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import subprocess
import zipfile
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


CRATE = """
import json, sys
from pathlib import Path
import rdflib.plugins.shared.jsonld.context as contexts
import rocrate
from rocrate_validator import services
from rocrate_validator.models import ValidationSettings
from rocrate_validator.utils.http import HttpRequester
# The terms as they come with another program of theirs, so that the network is not asked for them.
terms = (Path(rocrate.__file__).parent / "data" / "ro-crate.jsonld").read_text(encoding="utf-8")
class Answer:
    status_code, text, from_cache, headers = 200, terms, True, {"Content-Type": "application/ld+json"}
    def json(self):
        return json.loads(terms)
def get(self, url, **named):
    assert url == "https://w3id.org/ro/crate/1.2/context"
    return Answer()
HttpRequester.get = get
contexts.source_to_json = lambda *given, **named: (json.loads(terms), None)
result = services.validate(ValidationSettings(
    rocrate_uri=sys.argv[1], profile_identifier="ro-crate-1.2", requirement_severity="REQUIRED",
    skip_availability_check=True,
))
issues = [f"{one.check.identifier} {one.violatingEntity}: {one.message}" for one in result.get_issues()]
print(json.dumps({"passed": result.passed(), "checked": len(result.executed_checks) > 50, "issues": issues}))
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
        if file["encodingFormat"] != "text/csv":
            continue
        with (folder / file["name"]).open(encoding="utf-8", newline="") as table:
            rows[file["name"].partition("/")[0]] = sum(1 for _ in csv.DictReader(table))
    assert told(READ, folder) == {"errors": [], "warnings": [], "rows": rows}


def test_the_schema_of_datacite_finds_nothing(folder: Path) -> None:
    assert told(DATACITE, folder) == []


def test_the_archive_unpacked_anywhere_is_a_research_object_crate(folder: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(next(folder.glob("*.zip"))) as packed:
        packed.extractall(tmp_path)
    assert told(CRATE, tmp_path) == {"passed": True, "checked": True, "issues": []}


def test_the_crate_has_each_file_of_the_archive_as_it_is(folder: Path) -> None:
    """Structure by hand, https://www.researchobject.org/ro-crate/specification/1.2/structure.html."""
    graph = {one["@id"]: one for one in read(folder, "ro-crate-metadata.json")["@graph"]}
    said = {name: (int(one["contentSize"]), one["sha256"]) for name, one in graph.items() if one["@type"] == "File"}
    with zipfile.ZipFile(next(folder.glob("*.zip"))) as packed:
        inside = {name: packed.read(name) for name in packed.namelist()}
    del inside["ro-crate-metadata.json"]
    assert said == {name: (len(held), hashlib.sha256(held).hexdigest()) for name, held in inside.items()}
    root = graph["./"]
    below = [part["@id"] for part in root["hasPart"]]
    parts = [part["@id"] for name in below for part in graph[name].get("hasPart", [])]
    assert sorted([*(name for name in below if not name.endswith("/")), *parts]) == sorted(said)
    assert graph["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    for key in ("license", "author", "publisher", "distribution"):
        assert graph[root[key]["@id"]]["name"]


def data_of(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the files that hold the data, by path, as the manifest has them; whatever lies beside them is about it."""
    listed = {one["path"]: one for one in read(folder, "manifest.json")["files"]}
    tables = {path.split("/")[0] for path in listed if re.fullmatch(r"([^/]+)/\1\.csv", path)}
    own = re.compile(rf"({'|'.join(map(re.escape, tables))})/\1(\.prov)?\.[a-z]+|source/[^/]+\.(txt|md|pdf|docx|xlsx)")
    whole = re.compile(rf"{re.escape(read(folder, 'datapackage.json')['name'])}\.[a-z]+|datapackage\.json")
    return {path: one for path, one in listed.items() if own.fullmatch(path) or whole.fullmatch(path)}


def test_whoever_describes_files_describes_all_of_them(folder: Path) -> None:
    data = data_of(folder)
    assert {path.rpartition(".")[2] for path in data} == {
        *("csv", "jsonld", "ttl", "xlsx", "ods", "parquet", "sqlite", "zip", "json", "txt"),
    }
    assert {path for path, _, _ in of_catalogue(folder)} == data.keys()
    assert set(read(folder, "datacite.json")["formats"]) == {one["mediaType"] for one in data.values()}
    archive = {path for path in data if path.endswith(".zip")}
    croissant = read(folder, "croissant.json")["distribution"]
    assert {one["name"] for one in croissant} == data.keys() - archive
    package = read(folder, "datapackage.json")["resources"]
    assert {one["path"] for one in package} == {path for path in data if path.endswith(".csv")}
    pages = {path for path, _, _ in of_pages(folder)}
    assert pages == data.keys()


def test_what_is_said_of_a_file_is_so_wherever_it_is_said(folder: Path) -> None:
    as_it_is = {path: (one["bytes"], one["sha256"]) for path, one in data_of(folder).items()}
    croissant = [
        (one["name"], int(one["contentSize"].removesuffix(" B")), one["sha256"])
        for one in read(folder, "croissant.json")["distribution"]
    ]
    package = [
        (one["path"], one["bytes"], one["hash"].removeprefix("sha256:"))
        for one in read(folder, "datapackage.json")["resources"]
    ]
    for path, *said in (*croissant, *package, *of_catalogue(folder), *of_pages(folder)):
        assert tuple(said) == as_it_is[path], path


def of_catalogue(folder: Path) -> list[tuple[str, int, str]]:
    """Return path, size and checksum of each distribution of the catalogue."""
    found: dict[str, dict[str, str]] = {}
    for line in (folder / "catalog.nt").read_text(encoding="utf-8").splitlines():
        subject, predicate, value = line.removesuffix(" .").split(" ", 2)
        found.setdefault(subject.strip("<>"), {})[re.split("[/#]", predicate.strip("<>"))[-1]] = value.strip("<>")
    base = url_of(folder)
    return [
        (
            one["downloadURL"].removeprefix(base),
            int(one["byteSize"].split('"')[1]),
            found[one["checksum"]]["checksumValue"].split('"')[1],
        )
        for one in found.values()
        if "downloadURL" in one
    ]


def of_pages(folder: Path) -> list[tuple[str, int, str]]:
    """Return path, size and checksum of each download that pages tell search engines."""
    found = []
    for page in folder.glob("**/*.html"):
        for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.read_text(encoding="utf-8")):
            told = json.loads(text)
            for one in [*told.get("distribution", ()), *encodings(told)]:
                size = int(one["contentSize"].removesuffix(" B"))
                found.append((one["contentUrl"].removeprefix(url_of(folder)), size, one["sha256"]))
    return found


def encodings(told: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the files of the document that a page is about."""
    encoding = told.get("mainEntity", {}).get("encoding", [])
    return encoding if isinstance(encoding, list) else [encoding]


def url_of(folder: Path) -> str:
    return str(read(folder, "croissant.json")["url"])


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


@pytest.mark.parametrize("name", ["croissant.json", "datacite.json", "ro-crate-metadata.json"])
def test_the_catalogue_and_the_manifest_name_each(published: Path, name: str) -> None:
    page = f"<http://xmlns.com/foaf/0.1/page> <https://example.org/ogp/nl-2020-2022/{name}>"
    lines = (published / "catalog.nt").read_text(encoding="utf-8").splitlines()
    assert [
        line for line in lines if page in line and line.startswith("<https://example.org/ogp/nl-2020-2022/everything>")
    ]
    assert name in {file["path"] for file in read(published, "manifest.json")["files"]}
