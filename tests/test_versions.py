"""A version that was published stays, byte for byte; what changed since is told by key, and told right."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import RDF

from conftest import tiny_data
from ogp_data import pipeline, staging
from ogp_data.catalogue import versions
from ogp_data.cli.main import main
from ogp_data.core import resources
from ogp_data.core.findings import Finding, Place, errors
from ogp_data.core.publication import Contents, Earlier, Publication
from ogp_data.core.stage import Stage
from ogp_data.core.vocab import DCAT
from ogp_data.declaration import reading as publications
from ogp_data.declaration.earlier import version_faults
from ogp_data.documents import READERS
from ogp_data.models.lists import load_lists
from ogp_data.pipeline import Folders, Outcome
from ogp_data.tables import build as tables

ROOT = Path(__file__).parents[1]
BASE, FILES = "https://data.voorbeeld.nl/tiny/", "https://files.voorbeeld.nl/tiny/"
LISTS = load_lists(resources.value_lists())
FIRST, SECOND, THIRD = "2.1.0", "2.2.0", "2.10.0"

Spoil = Callable[["Tiny"], None]


@dataclass(frozen=True)
class Tiny:
    """The publication of three rows in a folder of its own, to publish, keep and change."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def published(self) -> Path:
        return self.folder / "dist" / "tiny"

    @property
    def kept(self) -> Path:
        return self.data / "tiny" / "previous" / FIRST

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace what stands just once in a file of the publication."""
        path = self.data / "tiny" / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, (old, text.count(old))
        path.write_text(text.replace(old, new), encoding="utf-8")

    def edit_source(self, old: str, new: str) -> None:
        file = "source/evaluatie.txt"
        path = self.data / "tiny" / file
        before = sha256(path)
        self.edit(file, old, new)
        self.edit("publication.toml", before, sha256(path))

    def publish(self) -> Outcome:
        folders = Folders(self.data, self.folder / "build", self.folder / "dist")
        outcome = pipeline.run(folders, "tiny", "", "", lambda _: None)
        assert outcome.published, [str(found) for found in errors(list(outcome.report.findings))]
        return outcome

    def keep(self) -> int:
        return main(["keep", "tiny", "--data", str(self.data), "--dist", str(self.folder / "dist")])

    def declare(self, version: str, manifest: str = "", checksum: str = "") -> None:
        """Do as `ogp-data keep` says: declare what is kept as the earlier version, and raise the version."""
        manifest = manifest or f"previous/{self.version()}/manifest.json"
        checksum = checksum or sha256(self.data / "tiny" / manifest)
        path = self.data / "tiny" / "publication.toml"
        text = path.read_text(encoding="utf-8").partition("\n[previous]\n")[0]
        text = text.replace(f'version = "{self.version()}"', f'version = "{version}"', 1)
        previous = f'\n[previous]\nmanifest = "{manifest}"\nsha256 = "{checksum}"\n'
        path.write_text(text + previous, encoding="utf-8")

    def version(self) -> str:
        text = (self.data / "tiny" / "publication.toml").read_text(encoding="utf-8")
        return re.findall(r'^version = "(.*)"$', text, re.M)[0]

    def load(self) -> tuple[Publication | None, list[Finding]]:
        loaded, found = publications.load(self.data, "tiny", LISTS)
        return loaded, errors(found)

    def changes(self) -> Any:
        return json.loads((self.published / "changes.json").read_bytes())

    def compare(self) -> tuple[Any, str]:
        """Return the data and the page of what changed, as publishing makes them before it makes all else."""
        loaded, found = self.load()
        assert loaded, found
        stage = Stage(self.folder / "staged")
        built = tables.build(loaded, READERS[loaded.declaration.source.kind].read(loaded.source_files[0]))
        assert errors(list(built.findings)) == []
        staging.stage_versions(loaded, staging.stage_tables(built.tables, stage), stage)
        return json.loads(stage.read("changes.json")), stage.read("en/changes.html").decode()

    def rewrite(self, change: Callable[[dict[str, Any]], object]) -> None:
        """Change the kept manifest as somebody with bad intent would, who also declares its new checksum."""
        path = self.kept / "manifest.json"
        manifest = json.loads(path.read_bytes())
        change(manifest)
        path.write_text(json.dumps(manifest), encoding="utf-8")
        self.declare(self.version(), f"previous/{FIRST}/manifest.json")

    def relist(self, file: str, **facts: object) -> None:
        """Let the kept manifest say something else of a file."""
        self.rewrite(lambda manifest: listed(manifest, file).update(facts))


def listed(manifest: Any, path: str) -> Any:
    """Return what a manifest says of a file."""
    (file,) = [file for file in manifest["files"] if file["path"] == path]
    return file


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def entry(dataset: str, status: str = "changed", key: str | None = "number", **changed: Any) -> dict[str, Any]:
    """Return what changes.json says of a dataset, written by hand: empty but for what is given."""
    rest: dict[str, Any] = {"added": [], "removed": [], "changed": [], "columns_added": [], "columns_removed": []}
    return {"dataset": dataset, "status": status, "key": key, "previous_key": key, **rest, **changed}


def cell(row: str, column: str, old: str, new: str) -> dict[str, str]:
    return {"row": row, "column": column, "old": old, "new": new}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the first version is published and kept; tests only copy it."""
    folder = tmp_path_factory.mktemp("first")
    tiny_data(folder)
    tiny = Tiny(folder)
    assert tiny.publish().changed
    assert tiny.keep() == 0
    return folder


@pytest.fixture
def tiny(first: Path, tmp_path: Path) -> Tiny:
    """Return the tiny publication with its first version published and kept, but not declared."""
    for name in ("data", "dist"):
        shutil.copytree(first / name, tmp_path / name, symlinks=True)
    return Tiny(tmp_path)


@pytest.fixture
def kept(first: Path, tmp_path: Path) -> Tiny:
    """Return it without what is published, which few tests look at."""
    shutil.copytree(first / "data", tmp_path / "data", symlinks=True)
    return Tiny(tmp_path)


@pytest.fixture
def declared(kept: Tiny) -> Tiny:
    """Return that with the first version declared and the version raised."""
    kept.declare(SECOND)
    return kept


@pytest.fixture
def next_version(tiny: Tiny) -> Tiny:
    """Return it with the first version declared and the version raised."""
    tiny.declare(SECOND)
    return tiny


# What changed -------------------------------------------------------------------------------------------


def test_a_first_version_has_nothing_to_compare_with(tiny: Tiny) -> None:
    assert tiny.changes() == {"publication": "tiny", "version": FIRST, "previous": None, "datasets": []}
    assert b"No earlier version is declared" in (tiny.published / "en/changes.html").read_bytes()


def test_a_version_without_changes_says_so_and_names_the_version_before(declared: Tiny) -> None:
    previous = {"version": FIRST, "manifest_sha256": sha256(declared.kept / "manifest.json")}
    expected = {"publication": "tiny", "version": SECOND, "previous": previous, "datasets": []}
    changes, page = declared.compare()
    assert changes == expected
    assert "No table has changed" in page


def test_one_cell_of_the_document_is_one_changed_cell(declared: Tiny) -> None:
    declared.edit_source("\tKlaar.", "\tKlaar, op tijd.")
    changed = [cell("1", "reasons", "Klaar.", "Klaar, op tijd.")]
    assert declared.compare()[0]["datasets"] == [entry("assessments", changed=changed)]


def test_a_value_that_comes_and_one_that_goes_are_changed_cells(declared: Tiny) -> None:
    declared.edit("reference/ogp.csv", "2,XX0002,ministerie,stichting\n3,,,", "2,XX0002,ministerie,\n3,XX0003,,")
    agent = f"{BASE}codelists/organisations#stichting"
    changed = [cell("2", "second_lead", agent, ""), cell("3", "ogp_id", "", "XX0003")]
    assert declared.compare()[0]["datasets"] == [entry("commitments", changed=changed)]


def test_a_paragraph_that_comes_is_an_added_row_and_one_that_goes_a_removed_row(next_version: Tiny) -> None:
    end, paragraphs = "3. Het derde punt\t\t-\t\n", 'type = "ogp:Paragraph"\n'
    next_version.edit_source(end, f"{end}\nTot slot.\n")
    next_version.edit("publication.toml", f"{paragraphs}rows = 1\n", f"{paragraphs}rows = 2\n")
    next_version.publish()
    assert next_version.changes()["datasets"] == [entry("narrative", key="sequence", added=["2"])]
    assert next_version.keep() == 0
    next_version.declare(THIRD)
    next_version.edit_source(f"{end}\nTot slot.\n", end)
    next_version.edit("publication.toml", f"{paragraphs}rows = 2\n", f"{paragraphs}rows = 1\n")
    assert next_version.compare()[0]["datasets"] == [entry("narrative", key="sequence", removed=["2"])]


def test_a_renamed_column_is_one_added_and_one_removed_and_its_cells_are_not_compared(declared: Tiny) -> None:
    declared.edit("publication.toml", 'name = "ogp_id"', 'name = "ogp_code"')
    columns = {"columns_added": ["ogp_code"], "columns_removed": ["ogp_id"]}
    assert declared.compare()[0]["datasets"] == [entry("commitments", **columns)]


def test_a_renamed_dataset_is_one_added_and_one_removed_with_all_their_rows(declared: Tiny) -> None:
    declared.edit("publication.toml", 'name = "process"', 'name = "events"')
    rows = ["1", "2"]
    columns = [
        "publication",
        "sequence",
        "date",
        "date_as_written",
        "description",
        "phase",
        "date_earliest",
        "date_latest",
        "source_places",
    ]
    added = entry("events", "added", "sequence", added=rows, columns_added=columns)
    removed = entry("process", "removed", "sequence", removed=rows, columns_removed=columns)
    assert declared.compare()[0]["datasets"] == [{**added, "previous_key": None}, {**removed, "key": None}]


def test_under_another_key_rows_are_not_compared_by_guess(declared: Tiny) -> None:
    declared.edit("publication.toml", 'name = "letter"\n', 'name = "sign"\n')
    path = declared.data / "tiny" / "publication.toml"
    path.write_text(path.read_text().replace('name = "number"\n', 'name = "theme_number"\n', 1), encoding="utf-8")
    columns = {"columns_added": ["theme_number", "sign"], "columns_removed": ["number", "letter"]}
    expected = {**entry("themes", "key-changed", "theme_number", **columns), "previous_key": "number"}
    changes, page = declared.compare()
    assert changes["datasets"] == [expected]
    assert "the rows cannot be compared" in page


def without_publication(tiny: Tiny) -> None:
    """Make the kept version what it was when tables had no column that says which publication a row is of."""
    path = tiny.kept / "datapackage.json"
    package = json.loads(path.read_bytes())
    for resource in package["resources"]:
        table = tiny.kept / resource["path"]
        rows = [row[1:] for row in csv.reader(table.read_text(encoding="utf-8").splitlines())]
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(rows)
        table.write_text(text.getvalue(), encoding="utf-8", newline="")
        tiny.relist(resource["path"], bytes=table.stat().st_size, sha256=sha256(table))
        resource["schema"]["primaryKey"] = resource["schema"]["primaryKey"][1:]
    path.write_text(json.dumps(package), encoding="utf-8")
    tiny.relist("datapackage.json", bytes=path.stat().st_size, sha256=sha256(path))


def test_a_version_whose_tables_did_not_say_their_publication_is_compared_row_by_row(declared: Tiny) -> None:
    without_publication(declared)
    changes, _ = declared.compare()
    found = {change["dataset"]: change for change in changes["datasets"]}
    assert len(found) == 8
    for change in found.values():
        assert (change["status"], change["columns_added"]) == ("changed", ["publication"])
        assert not change["added"]
        assert not change["removed"]
        assert not change["changed"]


def contents(*rows: str, key: str = "n", columns: str = "na") -> Contents:
    """Return a table of which each column's name, and each cell, is one letter; the first is the key."""
    return Contents(key, tuple(columns), {row[0]: dict(zip(columns, row, strict=True)) for row in rows})


def test_datasets_come_in_the_order_of_now_and_then_those_that_are_gone() -> None:
    before = {"gone": contents("1x"), "same": contents("1x"), "other": contents("1x", "2y")}
    now = {"new": contents("1x"), "other": contents("1z"), "same": contents("1x")}
    changed = versions.changes(before, now)
    assert [(change.dataset, change.status) for change in changed] == [
        ("new", "added"),
        ("other", "changed"),
        ("gone", "removed"),
    ]
    assert changed[1].changed == (versions.CellChange("1", "a", "x", "z"),)
    assert changed[1].removed == ("2",)


def test_rows_that_have_the_same_key_in_another_column_are_not_taken_for_the_same() -> None:
    before, now = contents("1x", "2y", columns="na"), contents("1z", "3y", key="m", columns="ma")
    (change,) = versions.changes({"t": before}, {"t": now})
    expected = versions.DatasetChange("t", "key-changed", "m", "n", columns_added=("m",), columns_removed=("n",))
    assert change == expected


def test_another_order_of_rows_and_columns_is_no_change() -> None:
    before, now = contents("1xp", "2yq", columns="nab"), contents("2qy", "1px", columns="nba")
    assert versions.changes({"t": before}, {"t": now}) == []


def test_a_dataset_that_lost_all_its_rows_is_still_there() -> None:
    (change,) = versions.changes({"t": contents("1x")}, {"t": contents()})
    assert (change.status, change.removed) == ("changed", ("1",))


TABLES = st.dictionaries(st.sampled_from("12345"), st.sampled_from("xyz "), max_size=5)


@given(TABLES, TABLES)
def test_the_earlier_rows_with_the_changes_made_to_them_are_the_rows_of_now(
    old: dict[str, str], new: dict[str, str]
) -> None:
    before, now = (contents(*(key + value for key, value in rows.items())) for rows in (old, new))
    changed = versions.changes({"t": before}, {"t": now})
    assert bool(changed) == (old != new)
    for change in changed:
        rows = {key: value for key, value in old.items() if key not in change.removed}
        rows |= {cell.row: cell.new for cell in change.changed}
        rows |= {key: new[key] for key in change.added}
        assert rows == new
        assert all(old[cell.row] == cell.old for cell in change.changed)


# What stays ---------------------------------------------------------------------------------------------


def test_the_earlier_version_stays_byte_for_byte_and_the_manifest_lists_it(next_version: Tiny) -> None:
    before = files(next_version.published)
    next_version.edit_source("\tKlaar.", "\tKlaar, op tijd.")
    next_version.publish()
    assert files(next_version.published / "v" / FIRST) == before
    assert files(next_version.kept) == before
    manifest = json.loads((next_version.published / "manifest.json").read_bytes())
    for path, content in before.items():
        file = listed(manifest, f"v/{FIRST}/{path}")
        assert (file["bytes"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    changed = "assessments/assessments.csv"
    assert (next_version.published / changed).read_bytes() != before[changed]


def test_the_earlier_version_is_not_in_the_archive_and_has_no_distribution(next_version: Tiny) -> None:
    next_version.publish()
    with zipfile.ZipFile(next_version.published / "tiny.zip") as archive:
        assert not [name for name in archive.namelist() if name.startswith("v/")]
    graph = Graph().parse(next_version.published / "catalog.nt")
    assert not [o for o in graph.objects(None, DCAT.downloadURL) if "/v/" in str(o)]


def test_a_second_publish_changes_nothing_and_needs_nothing_of_what_was_published(next_version: Tiny) -> None:
    assert next_version.publish().changed
    before = files(next_version.published)
    assert not next_version.publish().changed
    shutil.rmtree(next_version.folder / "dist")
    shutil.rmtree(next_version.folder / "build")
    assert next_version.publish().changed
    assert files(next_version.published) == before


def test_what_was_published_otherwise_in_the_meantime_is_not_what_is_compared_with(next_version: Tiny) -> None:
    next_version.edit_source("\tKlaar.", "\tAf.")
    next_version.publish()
    next_version.edit_source("\tAf.", "\tKlaar, op tijd.")
    next_version.publish()
    changed = [cell("1", "reasons", "Klaar.", "Klaar, op tijd.")]
    assert next_version.changes()["datasets"] == [entry("assessments", changed=changed)]


def test_of_three_versions_each_keeps_an_address_of_its_own(next_version: Tiny) -> None:
    one = files(next_version.published)
    next_version.edit_source("\tKlaar.", "\tKlaar, op tijd.")
    next_version.publish()
    two = files(next_version.published)
    assert next_version.keep() == 0
    next_version.declare(THIRD)
    shutil.rmtree(next_version.kept)
    next_version.edit_source("en het eind.", "en het slot.")
    next_version.publish()
    assert files(next_version.published / "v" / FIRST) == one
    own = {path: content for path, content in two.items() if not path.startswith("v/")}
    assert files(next_version.published / "v" / SECOND) == own
    assert sorted(path.name for path in (next_version.published / "v").iterdir()) == [FIRST, SECOND]
    assert next_version.changes()["previous"]["version"] == SECOND
    changed = [cell("2", "reasons", "Het begin en het eind.", "Het begin en het slot.")]
    assert next_version.changes()["datasets"] == [entry("assessments", changed=changed)]


# The catalogue ------------------------------------------------------------------------------------------


def test_the_way_to_an_earlier_version_leads_from_the_catalogue_and_each_dataset_it_had(declared: Tiny) -> None:
    loaded, found = declared.load()
    assert loaded, found
    graph = Graph()
    for triple in versions.triples(loaded, ["themes", "everything"]):
        graph.add(triple)
    expected = f"""
        @prefix dcat: <http://www.w3.org/ns/dcat#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @base <{BASE}> .
        <catalog> dcat:previousVersion <v/2.1.0/catalog> .
        <themes> dcat:previousVersion <v/2.1.0/themes> ; dcat:prev <v/2.1.0/themes> .
        <everything> dcat:previousVersion <v/2.1.0/everything> ; dcat:prev <v/2.1.0/everything> .
        <v/2.1.0/catalog> a dcat:Resource ; dcat:version "2.1.0" ; rdfs:seeAlso <{FILES}v/2.1.0/catalog.ttl> .
        <v/2.1.0/themes> a dcat:Resource ; dcat:version "2.1.0" ; rdfs:seeAlso <{FILES}v/2.1.0/catalog.ttl> .
        <v/2.1.0/everything> a dcat:Resource ; dcat:version "2.1.0" ; rdfs:seeAlso <{FILES}v/2.1.0/catalog.ttl> .
    """
    assert isomorphic(graph, Graph().parse(data=expected, format="turtle"))


def test_a_dataset_that_is_new_has_no_earlier_version(declared: Tiny) -> None:
    declared.edit("publication.toml", 'name = "process"', 'name = "events"')
    loaded, found = declared.load()
    assert loaded, found
    subjects = {str(subject) for subject, _, _ in versions.triples(loaded, ["events", "themes"])}
    assert f"{BASE}themes" in subjects
    assert f"{BASE}events" not in subjects


def test_a_first_version_leads_nowhere(kept: Tiny) -> None:
    loaded, found = kept.load()
    assert loaded, found
    assert list(versions.triples(loaded, ["themes"])) == []


def test_the_published_catalogue_leads_to_the_earlier_version_and_is_as_sound_as_before(next_version: Tiny) -> None:
    outcome = next_version.publish()
    graph = Graph().parse(next_version.published / "catalog.ttl")
    for name in ("catalog", "themes", "source_findings", "everything"):
        earlier = URIRef(f"{BASE}v/{FIRST}/{name}")
        assert list(graph.objects(URIRef(BASE + name), DCAT.previousVersion)) == [earlier]
        assert list(graph.objects(earlier, RDF.type)) == [DCAT.Resource]
    told = [str(found) for found in outcome.report.findings if "/v/" in str(found.place)]
    assert told == []


# What cannot be an earlier version ----------------------------------------------------------------------


def with_manifest(text: bytes) -> Spoil:
    def spoil(tiny: Tiny) -> None:
        (tiny.kept / "manifest.json").write_bytes(text)
        tiny.declare(SECOND, f"previous/{FIRST}/manifest.json")

    return spoil


def listing(path: str) -> Spoil:
    """Let the manifest list one file more, with the size and checksum of an empty file."""
    added = {"path": path, "bytes": 0, "mediaType": "text/plain", "sha256": hashlib.sha256().hexdigest()}
    return lambda tiny: tiny.rewrite(lambda manifest: manifest["files"].append(added))


def as_link(tiny: Tiny) -> None:
    outside = tiny.folder / "outside.csv"
    shutil.move(tiny.kept / "themes" / "themes.csv", outside)
    (tiny.kept / "themes" / "themes.csv").symlink_to(outside)


def as_linked_folder(tiny: Tiny) -> None:
    shutil.move(tiny.kept / "themes", tiny.folder / "outside")
    (tiny.kept / "themes").symlink_to(tiny.folder / "outside")


def as_folder(tiny: Tiny) -> None:
    (tiny.kept / "themes" / "themes.csv").unlink()
    (tiny.kept / "themes" / "themes.csv").mkdir()


def with_table(content: bytes) -> Spoil:
    """Put another table in the place of themes, and list it with its own size and checksum."""

    def spoil(tiny: Tiny) -> None:
        path = tiny.kept / "themes" / "themes.csv"
        path.write_bytes(content)
        tiny.relist("themes/themes.csv", bytes=len(content), sha256=sha256(path))

    return spoil


def with_package(content: bytes) -> Spoil:
    def spoil(tiny: Tiny) -> None:
        path = tiny.kept / "datapackage.json"
        path.write_bytes(content)
        tiny.relist("datapackage.json", bytes=len(content), sha256=sha256(path))

    return spoil


def leaving(path: str) -> Spoil:
    return lambda tiny: (tiny.kept / path).unlink()


def longer(path: str) -> Spoil:
    return lambda tiny: lengthen(tiny.kept / path)


def edited(path: Path, old: bytes, new: bytes) -> None:
    content = path.read_bytes()
    assert content.count(old) == 1
    path.write_bytes(content.replace(old, new))


def lengthen(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b" ")


KEPT = f"tiny/previous/{FIRST}"
FAULTS: Mapping[str, tuple[Spoil, str, str, str]] = {
    "no manifest": (leaving("manifest.json"), "missing-previous-version", f"{KEPT}/manifest.json", "no such file"),
    "a missing file": (
        leaving("themes/themes.csv"),
        "missing-previous-version",
        f"{KEPT}/themes/themes.csv",
        "no such file",
    ),
    "a folder": (as_folder, "missing-previous-version", f"{KEPT}/themes/themes.csv", "it is a folder, not a file"),
    "another manifest": (longer("manifest.json"), "previous-version-changed", f"{KEPT}/manifest.json", "SHA-256"),
    "a changed file": (longer("themes/themes.csv"), "previous-version-changed", f"{KEPT}/themes/themes.csv", "SHA-256"),
    "one byte changed": (
        lambda tiny: edited(tiny.kept / "themes" / "themes.csv", b"Open begin", b"Open Begin"),
        "previous-version-changed",
        f"{KEPT}/themes/themes.csv",
        "SHA-256",
    ),
    "another size": (
        lambda tiny: tiny.relist("themes/themes.csv", bytes=1),
        "previous-version-changed",
        f"{KEPT}/themes/themes.csv",
        "should have 1 bytes",
    ),
    "a link": (as_link, "invalid-previous-version", f"{KEPT}/themes/themes.csv", "is a link"),
    "no JSON": (with_manifest(b"<html>"), "invalid-previous-version", f"{KEPT}/manifest.json", "Invalid JSON"),
    "no UTF-8": (
        with_manifest(b'{"publication": "\xff"}'),
        "invalid-previous-version",
        f"{KEPT}/manifest.json",
        "Invalid JSON",
    ),
    "a deep nest": (with_manifest(b"[" * 100_000), "invalid-previous-version", f"{KEPT}/manifest.json", "Invalid JSON"),
    "a list": (with_manifest(b"[]"), "invalid-previous-version", f"{KEPT}/manifest.json", "form"),
    "no files": (
        with_manifest(b'{"publication": "tiny", "version": "1"}'),
        "invalid-previous-version",
        f"{KEPT}/manifest.json",
        "files",
    ),
    "a path that is a number": (
        lambda tiny: tiny.relist("themes/themes.csv", path=7),
        "invalid-previous-version",
        f"{KEPT}/manifest.json",
        "path",
    ),
    "another publication": (
        lambda tiny: tiny.rewrite(lambda manifest: manifest.update(publication="other")),
        "invalid-previous-version",
        f"{KEPT}/manifest.json",
        "'other'",
    ),
    "a path twice": (
        listing("themes/themes.csv"),
        "invalid-previous-version",
        f"{KEPT}/manifest.json",
        "more than once",
    ),
    "the manifest itself": (
        listing("manifest.json"),
        "invalid-previous-version",
        f"{KEPT}/manifest.json",
        "more than once",
    ),
    "a version of no address": (
        lambda tiny: tiny.rewrite(lambda manifest: manifest.update(version="../2.0")),
        "previous-version-number",
        f"{KEPT}/manifest.json",
        "address",
    ),
    "a key twice": (
        with_table(b"number,a\n1,x\n1,y\n"),
        "invalid-previous-version",
        f"{KEPT}/datapackage.json",
        "'number'",
    ),
    "no key": (with_table(b"a\nx\n"), "invalid-previous-version", f"{KEPT}/datapackage.json", "'number'"),
    "an empty table": (with_table(b""), "invalid-previous-version", f"{KEPT}/datapackage.json", "'number'"),
    "a ragged table": (with_table(b"number,a\n1\n"), "invalid-previous-version", f"{KEPT}/datapackage.json", "wide"),
    "a table of bytes": (
        with_table(b"number\n\xff\n"),
        "invalid-previous-version",
        f"{KEPT}/datapackage.json",
        "utf-8",
    ),
    "an open quote": (with_table(b'number\n"1\n'), "invalid-previous-version", f"{KEPT}/datapackage.json", "table"),
    "no Data Package": (with_package(b"{}"), "invalid-previous-version", f"{KEPT}/datapackage.json", "resources"),
    "a Data Package of other files": (
        with_package(b'{"resources": [{"name": "t", "path": "../t.csv", "schema": {"primaryKey": ["n"]}}]}'),
        "invalid-previous-version",
        f"{KEPT}/datapackage.json",
        "../t.csv",
    ),
    "two keys": (
        with_package(
            b'{"resources": [{"name": "t", "path": "themes/themes.csv", "schema": {"primaryKey": ["n", "m"]}}]}'
        ),
        "invalid-previous-version",
        f"{KEPT}/datapackage.json",
        "table",
    ),
}


@pytest.mark.parametrize("case", FAULTS)
def test_what_is_no_earlier_version_is_told_once_with_its_place_and_mend(declared: Tiny, case: str) -> None:
    spoil, rule, place, message = FAULTS[case]
    spoil(declared)
    loaded, found = declared.load()
    assert loaded is None
    (fault,) = found
    assert (fault.rule, fault.place.file) == (rule, place)
    assert message in fault.message
    assert fault.hint


def test_every_file_behind_a_link_is_told(declared: Tiny) -> None:
    as_linked_folder(declared)
    _, found = declared.load()
    assert {fault.rule for fault in found} == {"invalid-previous-version"}
    assert {fault.place.file for fault in found} > {f"{KEPT}/themes/themes.csv", f"{KEPT}/themes/themes.ttl"}


PATHS = [
    "/etc/passwd",
    "../../publication.toml",
    "themes/../../x",
    "themes/..",
    "./x",
    "themes//x",
    "x/",
    "",
    "..",
    "themes\\x",
    "c:x",
    "x\n",
    "x\0y",
    "v",
    "v/1.0.0",
    f"v/{FIRST}/x",
    "v/../x",
    "v/ä/x",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_leads_elsewhere_is_never_followed(declared: Tiny, path: str) -> None:
    listing(path)(declared)
    loaded, (fault,) = declared.load()
    assert loaded is None
    assert (fault.rule, fault.place.file) == ("invalid-previous-version", f"{KEPT}/manifest.json")
    assert repr(path) in fault.message


@pytest.mark.parametrize(
    ("path", "rule"), [("../outside/manifest.json", "path-outside-folder"), ("/manifest.json", "path-outside-folder")]
)
def test_a_manifest_outside_the_publication_is_not_read(declared: Tiny, path: str, rule: str) -> None:
    shutil.copytree(declared.kept, declared.data / "outside")
    declared.declare(SECOND, path, sha256(declared.kept / "manifest.json"))
    _, (fault,) = declared.load()
    assert (fault.rule, fault.place.key) == (rule, "previous.manifest")


def test_what_lies_in_dist_is_no_earlier_version_even_by_a_link(next_version: Tiny) -> None:
    shutil.rmtree(next_version.kept)
    next_version.kept.symlink_to(next_version.published)
    _, (fault,) = next_version.load()
    assert (fault.rule, fault.place.key) == ("path-outside-folder", "previous.manifest")


def test_links_in_a_circle_are_told(declared: Tiny) -> None:
    shutil.rmtree(declared.kept)
    declared.kept.symlink_to(declared.kept)
    _, (fault,) = declared.load()
    assert (fault.rule, fault.place.key) == ("path-outside-folder", "previous.manifest")


def test_an_empty_checksum_is_no_checksum(declared: Tiny) -> None:
    declared.edit("publication.toml", sha256(declared.kept / "manifest.json"), "")
    _, (fault,) = declared.load()
    assert fault.rule == "previous-version-changed"


@pytest.mark.parametrize("version", ["2.1.0", "2.1", "2.0.9", "1", "2.1.0.0", "2.0.10"])
def test_a_version_that_is_not_higher_is_told(kept: Tiny, version: str) -> None:
    kept.declare(version, f"previous/{FIRST}/manifest.json")
    _, (fault,) = kept.load()
    assert (fault.rule, fault.place.file, fault.place.key) == (
        "previous-version-number",
        "tiny/publication.toml",
        "version",
    )


@pytest.mark.parametrize("version", ["2.1.1", "2.1.0.1", "2.10", "10", "2024-05", "next"])
def test_a_version_that_is_higher_or_has_no_order_is_fine(kept: Tiny, version: str) -> None:
    kept.declare(version, f"previous/{FIRST}/manifest.json")
    loaded, found = kept.load()
    assert loaded, found
    assert loaded.earlier
    assert loaded.earlier.version == FIRST


@pytest.mark.parametrize("version", ["3/0", "3.0 beta", "..", "", "é"])
def test_a_version_that_cannot_be_part_of_an_address_is_told(kept: Tiny, version: str) -> None:
    kept.declare(version, f"previous/{FIRST}/manifest.json")
    _, found = kept.load()
    assert ("unsafe-name", "version") in [(fault.rule, fault.place.key) for fault in found]


@pytest.mark.parametrize("version", ["../../evil", "", ".1", "1.0 beta", "a/b"])
def test_the_first_version_too_can_be_part_of_an_address(kept: Tiny, version: str) -> None:
    kept.declare(version)
    _, found = kept.load()
    assert [(fault.rule, fault.place.key) for fault in found if fault.severity == "error"] == [
        ("unsafe-name", "version")
    ]


def test_a_version_that_was_published_long_before_cannot_come_again() -> None:
    earlier = Earlier("3.0", "", {"v/next/x": b"", "v/4.0/x": b""}, {})
    place = Place(file="tiny/publication.toml", key="version")
    assert [fault.rule for fault in version_faults(earlier, "next", place)] == ["previous-version-number"]
    assert "'4.0' is not lower" in next(version_faults(earlier, "3.1", place)).message


def test_an_earlier_version_that_is_no_good_leaves_what_was_published(next_version: Tiny) -> None:
    before = files(next_version.published)
    longer("themes/themes.csv")(next_version)
    folders = Folders(next_version.data, next_version.folder / "build", next_version.folder / "dist")
    outcome = pipeline.run(folders, "tiny", "", "", lambda _: None)
    assert not outcome.published
    assert [fault.rule for fault in errors(list(outcome.report.findings))] == ["previous-version-changed"]
    assert files(next_version.published) == before


# Keeping ------------------------------------------------------------------------------------------------


def test_keep_prints_the_lines_that_the_declaration_needs(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    assert tiny.keep() == 0
    printed = capsys.readouterr().out
    assert printed.startswith(f"kept already: {tiny.kept}\n")
    path = tiny.data / "tiny" / "publication.toml"
    text = path.read_text(encoding="utf-8").replace(f'version = "{FIRST}"', f'version = "{SECOND}"', 1)
    path.write_text(text + printed[printed.index("\n[previous]\n") :], encoding="utf-8")
    loaded, found = tiny.load()
    assert loaded, found
    assert loaded.earlier
    assert loaded.earlier.version == FIRST


def test_keep_copies_what_is_published_and_nothing_else(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(tiny.kept)
    (tiny.published / "mine.txt").write_bytes(b"not of the build")
    assert tiny.keep() == 0
    assert capsys.readouterr().out.startswith(f"kept: {tiny.kept}\n")
    expected = {path: content for path, content in files(tiny.published).items() if path != "mine.txt"}
    assert files(tiny.kept) == expected
    assert [path.name for path in tiny.kept.parent.iterdir()] == [FIRST]


def test_keep_refuses_a_build_of_which_a_file_was_changed(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(tiny.kept.parent)
    lengthen(tiny.published / "themes" / "themes.csv")
    assert tiny.keep() == 1
    assert "previous-version-changed" in capsys.readouterr().out
    assert not tiny.kept.parent.exists()


def test_keep_refuses_what_is_not_published(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(tiny.folder / "dist")
    assert tiny.keep() == 1
    assert "ogp-data publish tiny" in capsys.readouterr().out
    assert main(["keep", "../tiny", "--data", str(tiny.data)]) == 2


def test_keep_does_not_change_a_version_that_was_kept(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(tiny.kept)
    tiny.edit_source("\tKlaar.", "\tKlaar, op tijd.")
    tiny.publish()
    assert tiny.keep() == 1
    printed = capsys.readouterr().out
    assert "version-already-kept" in printed
    assert str(tiny.kept) in printed
    assert files(tiny.kept) == before


def test_keep_tells_when_the_version_that_was_kept_is_damaged(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    leaving("themes/themes.csv")(tiny)
    assert tiny.keep() == 1
    assert "version-already-kept" in capsys.readouterr().out


def test_keep_leaves_nothing_when_the_disk_is_full(
    tiny: Tiny, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(tiny.kept)
    write, written = Path.write_bytes, []

    def full(path: Path, content: bytes) -> int:
        written.append(path)
        if len(written) > 5:
            raise OSError(28, "No space left on device", str(path))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    assert tiny.keep() == 1
    assert "unwritable-output" in capsys.readouterr().out
    assert len(written) == 6
    assert list(tiny.kept.parent.iterdir()) == []


# The page -----------------------------------------------------------------------------------------------


def test_the_page_shows_what_was_and_what_is_and_nothing_as_markup(declared: Tiny) -> None:
    declared.edit_source("\tKlaar.", "\t&lt;script>alert(1)&lt;/script> &amp; meer.")
    declared.edit("reference/ogp.csv", "3,,,", "3,XX0003,,")
    _, page = declared.compare()
    assert re.findall(r"<script.*?>", page) == ['<script type="application/ld+json">']
    assert "<del>Klaar.</del>" in page
    assert "<ins>&lt;script&gt;alert(1)&lt;/script&gt; &amp; meer.</ins>" in page
    assert "<em>empty</em>" in page
    names = ("assessments", "commitments")
    tables = {f"{name}/{name}.csv" for name in names}
    files = {"changes.json", *tables}
    earlier = {f"v/{FIRST}/{path}" for path in {"manifest.json", *tables}}
    links = set(re.findall(r'(?:src|href)="([^"]*)"', page.partition("<main")[2].partition("</main>")[0]))
    below = {f"../{path}" for path in {*files, *earlier}}
    assert links == below | {f"#{name}" for name in names}
    assert all(f'id="{name}"' in page for name in names)


def test_the_page_marks_the_words_that_differ() -> None:
    assert versions.differing("the plan was made", "the list was made") == ("the ", "plan", " was made")
    assert versions.differing("a b", "a b c") == ("a b", "", "")
    assert versions.differing("a b c", "a b") == ("a b", " c", "")
    assert versions.differing("aa aa aa", "aa aa") == ("aa aa", " aa", "")
    assert versions.differing("", "a") == ("", "", "")


@given(st.text("ab ", max_size=12), st.text("ab ", max_size=12))
def test_the_parts_of_a_text_are_the_text(text: str, other: str) -> None:
    assert "".join(versions.differing(text, other)) == text
    assert versions.differing(text, text) == (text, "", "")


def test_a_long_list_of_changes_is_cut_on_the_page_and_whole_in_the_data(declared: Tiny) -> None:
    loaded, found = declared.load()
    assert loaded, found
    cells = tuple(versions.CellChange(str(number), "title", "old", f"new{number}") for number in range(500))
    change = versions.DatasetChange("themes", "changed", "number", "number", changed=cells)
    page = versions.to_html(loaded, [change], "en").decode()
    assert page.count("<tr>") == 201
    assert "300 more in changes.json" in page
    assert len(versions.as_dict(loaded, [change])["datasets"][0]["changed"]) == 500


def test_an_earlier_version_that_nobody_declares_is_warned_about(kept: Tiny) -> None:
    _, found = publications.load(kept.data, "tiny", LISTS)
    told = [(fault.severity, fault.place) for fault in found if fault.rule == "undeclared-previous-version"]
    assert told == [("warning", Place(file="tiny/publication.toml", key="previous"))]
