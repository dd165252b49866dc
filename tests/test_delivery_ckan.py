"""Delivering to CKAN survives anything: faults at every request, kills, bad input; against a double of its API."""

from __future__ import annotations

import functools
import hashlib
import json
import logging
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
import requests
from rdflib import Graph

from ckan_double import DCAT, TOKEN, Api, CkanDouble, How, Schema, User, donl
from conftest import ROOT
from ogp_data import pipeline
from ogp_data.cli.main import main
from ogp_data.core import bounds
from ogp_data.core.findings import Finding
from ogp_data.core.web import is_placeholder
from ogp_data.delivery import deliver, plan, targets
from ogp_data.delivery import donl as donl_fields
from ogp_data.delivery import kind as kinds
from ogp_data.delivery import package_reader as contents
from ogp_data.delivery.ckan import flavours
from ogp_data.delivery.ckan.adapter import Ckan
from ogp_data.delivery.ckan.fields import dataset_name, file_id
from ogp_data.delivery.ckan.target import CkanTarget
from ogp_data.delivery.faults import DeliveryError, StoppedError
from ogp_data.delivery.http import Client
from ogp_data.delivery.package_reader import Dataset, Package
from ogp_data.delivery.plan import Held, Plan, Wanted, WantedFile, compare
from ogp_data.delivery.secrets import Secret
from ogp_data.delivery.target import SecretSpec
from ogp_data.pipeline import Folders
from tiers import Places

BASE = "https://data.voorbeeld.nl/klein/"
EU = "http://publications.europa.eu/resource/authority/"
IANA = "http://www.iana.org/assignments/media-types/"
CC0 = "http://creativecommons.org/publicdomain/zero/1.0/deed.nl"
OWMS = "http://standaarden.overheid.nl/owms/terms/"
BZK = "https://identifier.overheid.nl/tooi/id/ministerie/mnre1034"
OWMS_BZK = f"{OWMS}Ministerie_van_Binnenlandse_Zaken_en_Koninkrijksrelaties"

FLAVOURS: dict[str, Callable[[], Schema | None]] = {
    "extras": lambda: None,
    "dcat": lambda: DCAT,
    "donl": lambda: donl(ROOT / "shapes" / "ckan" / "donl.yaml"),
}
"""Flavour -> the schema of a catalogue that has its fields."""

FORMATS = {"csv": ("CSV", "text/csv"), "jsonld": ("JSON_LD", "application/ld+json")}
CELLS = {"links": "number,url\n1,https://open-overheid.nl\n", "themes": "number,title\n1,Begin\n2,Einde\n"}


# A package made by hand ---------------------------------------------------------------------------------

DATASET = """
<{base}{name}> a dcat:Dataset ;
    dct:identifier "{base}{name}" ; dct:title "Tabel {name}"@nl, "Table {name}"@en ;
    dct:description "Rijen van {name}: 'één'."@nl, "Rows of {name}."@en ;
    dcat:keyword "open overheid"@nl, "thema's"@nl, "open government"@en ;
    dct:publisher <{bzk}> ; dct:creator <{bzk}> ; dcat:contactPoint <{base}catalog#contact> ;
    dcat:theme <{eu}data-theme/GOVE> ; dct:accessRights <{eu}access-right/PUBLIC> ;
    dct:language <{eu}language/NLD>, <{eu}language/ENG> ;
    dct:issued "2024-05-03"^^xsd:date ; dct:modified "2024-06-04"^^xsd:date ;
    dct:accrualPeriodicity <{eu}frequency/NEVER> ; dct:spatial <{eu}country/NLD> ;
    dct:temporal <{base}catalog#period> ; dcat:version "1.0.0" ; adms:versionNotes "Eerste uitgave."@nl ;
    adms:status <{eu}dataset-status/COMPLETED> .
<{base}catalog> dcat:dataset <{base}{name}> .
"""
FILE = """
<{base}{name}> dcat:distribution <{base}catalog#{name}-{kind}> .
<{base}catalog#{name}-{kind}> a dcat:Distribution ;
    dct:title "Tabel {name} ({kind})"@nl ; dct:description "De rijen."@nl ; dct:license <{cc0}> ;
    dcat:accessURL <{base}{path}> ; dcat:downloadURL <{base}{path}> ;
    dct:format <{eu}file-type/{file_type}> ; dcat:mediaType <{iana}{media_type}> ; dcat:byteSize {size} ;
    spdx:checksum <{base}catalog#{name}-{kind}-checksum> ; dct:modified "2024-06-04"^^xsd:date ;
    adms:status <{eu}distribution-status/COMPLETED> .
<{base}catalog#{name}-{kind}-checksum> spdx:checksumValue "{digest}" .
"""
CATALOG = """
@prefix adms: <http://www.w3.org/ns/adms#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix spdx: <http://spdx.org/rdf/terms#> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<{base}catalog> a dcat:Catalog .
<{bzk}> foaf:name "Ministerie van BZK"@nl .
<{base}catalog#contact> vcard:fn "Loket"@nl ; vcard:hasEmail <mailto:loket@voorbeeld.nl> .
<{base}catalog#period> dcat:startDate "2020"^^xsd:gYear ; dcat:endDate "2022-02"^^xsd:gYearMonth .
"""


def write_package(dist: Path, cells: Mapping[str, str] = CELLS, base: str = BASE) -> Package:
    """Write a package of two files for each table below `dist`, and return it as a delivery reads it."""
    folder = dist / "klein"
    shutil.rmtree(folder, ignore_errors=True)
    names = {"base": base, "eu": EU, "iana": IANA, "bzk": BZK, "cc0": CC0}
    text = CATALOG.format(**names)
    for name, rows in cells.items():
        text += DATASET.format(name=name, **names)
        for kind, (file_type, media_type) in FORMATS.items():
            content = (rows if kind == "csv" else json.dumps({"@id": name, "rows": len(rows)})).encode()
            path = f"{name}/{name}.{kind}"
            (folder / name).mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
            about = {"path": path, "kind": kind, "file_type": file_type, "media_type": media_type, "size": len(content)}
            text += FILE.format(name=name, digest=hashlib.sha256(content).hexdigest(), **about, **names)
    (folder / "catalog.nt").write_text(Graph().parse(data=text, format="turtle").serialize(format="nt"), "utf-8")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    entries = [
        {
            "path": path.relative_to(folder).as_posix(),
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in files
    ]
    (folder / "manifest.json").write_text(json.dumps({"version": "1.0.0", "files": entries}), "utf-8")
    return contents.load(dist, "klein")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """Return a package of two datasets with two files each; tests only read it."""
    return write_package(tmp_path_factory.mktemp("made"))


# Delivering it ------------------------------------------------------------------------------------------


@dataclass
class Site:
    """A catalogue to deliver to, and what was waited and said on the way."""

    double: CkanDouble
    flavour: str = "extras"
    files: str = "link"
    seconds: float = 20.0
    token: str = TOKEN
    organisation: str = "proef"
    waits: list[float] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def target(self) -> CkanTarget:
        return CkanTarget(
            kind="ckan",
            url=self.double.url,
            publication="klein",
            secret=SecretSpec(env="OGP_TEST_TOKEN"),
            organisation=self.organisation,
            flavour=self.flavour,  # type: ignore[arg-type]
            files=self.files,  # type: ignore[arg-type]
            themes={"GOVE": [f"{OWMS}Bestuur"]},
            organisations={BZK: OWMS_BZK},
        )

    def adapter(self) -> Ckan:
        secret = Secret(self.token)
        client = Client(self.double.url, lambda: {"Authorization": secret.reveal()}, [secret], self.seconds)
        client.sleep = self.waits.append
        return Ckan(self.target, client)

    def plan(self, package: Package, prune: bool = False) -> Plan:
        return deliver.make_plan("doel", self.adapter(), package, prune)

    def apply(self, package: Package, prune: bool = False, expected: str = "") -> Plan:
        return deliver.apply(self.target, "doel", self.adapter(), package, prune, self.said.append, expected)

    def refused(self, package: Package, **options: Any) -> Finding:
        """Return the finding with which an apply ends."""
        with pytest.raises(DeliveryError) as caught:
            self.apply(package, **options)
        return caught.value.finding


@pytest.fixture
def site() -> Iterator[Site]:
    """Return an empty catalogue without a schema."""
    with CkanDouble() as double:
        yield Site(double)


def actions(plan: Plan) -> dict[str, str]:
    return {change.name: change.action for change in plan.changes}


def files_of(double: CkanDouble, name: str) -> dict[str, Any]:
    return {file["id"]: file for file in double.datasets[name]["resources"]}


def ids(double: CkanDouble) -> dict[str, tuple[str, list[str]]]:
    return {name: (one["id"], [file["id"] for file in one["resources"]]) for name, one in double.datasets.items()}


@pytest.mark.parametrize("files", ["link", "upload"])
@pytest.mark.parametrize("flavour", FLAVOURS)
def test_the_first_apply_creates_and_the_second_writes_nothing(package: Package, flavour: str, files: str) -> None:
    with CkanDouble(FLAVOURS[flavour]()) as double:
        site = Site(double, flavour, files)
        assert actions(site.apply(package)) == {"klein-links": "create", "klein-themes": "create"}
        assert list(double.datasets) == ["klein-links", "klein-themes"]
        assert all(len(one["resources"]) == 2 for one in double.datasets.values())
        written, state = len(double.writes), double.state()
        assert actions(site.apply(package)) == {"klein-links": "unchanged", "klein-themes": "unchanged"}
        assert len(double.writes) == written
        assert double.state() == state


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_what_stands_there_is_what_the_catalogue_says(package: Package, flavour: str) -> None:
    with CkanDouble(FLAVOURS[flavour]()) as double:
        Site(double, flavour).apply(package)
        themes = double.datasets["klein-themes"]
        extras = {one["key"]: one["value"] for one in themes["extras"]}
        values = {**themes, **extras}
        assert (themes["title"], themes["notes"]) == ("Tabel themes", "Rijen van themes: 'één'.")
        assert (values["identifier"], themes["version"], themes["private"]) == (f"{BASE}themes", "1.0.0", False)
        assert values["access_rights"] == f"{EU}access-right/PUBLIC"
        csv = files_of(double, "klein-themes")[file_id(f"{BASE}catalog#themes-csv")]
        assert csv["url"] == f"{BASE}themes/themes.csv"
        assert csv["hash"] == hashlib.sha256(CELLS["themes"].encode()).hexdigest()
        assert csv["hash_algorithm"] == "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
        tags = [tag["name"] for tag in themes["tags"]]
        assert tags == (["open-overheid", "themas"] if flavour == "donl" else ["open overheid", "themas"])


def test_donl_has_sizes_in_kilobytes_its_own_lists_and_whole_moments(package: Package) -> None:
    with CkanDouble(FLAVOURS["donl"]()) as double:
        Site(double, "donl", "upload").apply(package)
        themes = double.datasets["klein-themes"]
        assert (themes["authority"], themes["publisher"]) == (OWMS_BZK, OWMS_BZK)
        assert themes["theme"] == [f"{OWMS}Bestuur"]
        assert (themes["temporal_start"], themes["temporal_end"]) == ("2020-01-01T00:00:00", "2022-02-28T23:59:59")
        assert themes["dataset_status"] == "http://data.overheid.nl/status/beschikbaar"
        assert themes["license_id"] == CC0
        assert [file["size"] for file in themes["resources"]] == [1, 1]


# What changes, and what stays ---------------------------------------------------------------------------


@pytest.mark.parametrize("files", ["link", "upload"])
def test_a_changed_cell_updates_its_dataset_and_its_file_only_and_ids_stay(
    tmp_path: Path, package: Package, site: Site, files: str
) -> None:
    site.files = files
    site.apply(package)
    before, known, written = site.double.state(), ids(site.double), len(site.double.writes)
    changed = write_package(tmp_path, {**CELLS, "themes": CELLS["themes"].replace("Einde", "Slot!")})
    made = site.apply(changed)
    assert actions(made) == {"klein-links": "unchanged", "klein-themes": "update"}
    [change] = made.pending
    assert [file.path for file in change.files] == ["themes/themes.csv"]
    assert ids(site.double) == known
    sent = [one.action for one in site.double.writes[written:]]
    assert sent == ["package_update", "resource_patch"][: 2 if files == "upload" else 1]
    csv = file_id(f"{BASE}catalog#themes-csv")
    content = (tmp_path / "klein/themes/themes.csv").read_bytes()
    assert files_of(site.double, "klein-themes")[csv]["hash"] == hashlib.sha256(content).hexdigest()
    if files == "upload":
        assert site.double.api.uploads[csv] == content
    # Nothing else of the catalogue is another.
    assert [one for one in before[0] if one["name"] == "klein-links"] == [
        one for one in site.double.state()[0] if one["name"] == "klein-links"
    ]


def test_a_rebuilt_publication_updates_the_datasets_whose_bytes_changed(tmp_path: Path, site: Site) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "tests" / "tiny" / "data", data)
    first = build(data, tmp_path / "first")
    table = data / "tiny" / "reference" / "ogp.csv"
    content = table.read_text("utf-8")
    assert content.count("XX0001") == 1
    table.write_text(content.replace("XX0001", "XX0009"), "utf-8")
    second = build(data, tmp_path / "second")
    site.files = "upload"
    site.apply(first)
    known = ids(site.double)
    # The cell stands in the table itself, and in the one dataset of files that hold all tables.
    assert [change.name for change in site.plan(second).pending] == ["tiny-commitments", "tiny-everything"]
    differing = {file.iri: file for one in first.datasets for file in one.files}
    expected = {file.path for one in second.datasets for file in one.files if differing[file.iri].sha256 != file.sha256}
    site.said.clear()
    site.apply(second)
    assert {text.removeprefix("sending ") for text in site.said if text.startswith("sending")} == expected
    assert "commitments/commitments.csv" in expected
    assert ids(site.double) == known
    assert site.plan(second).pending == ()


def build(data: Path, folder: Path) -> Package:
    outcome = pipeline.run(Folders(data, folder / "build", folder / "dist"), "tiny", "", "", lambda _: None)
    assert outcome.published, [str(found) for found in outcome.report.findings]
    return contents.load(folder / "dist", "tiny")


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_a_dropped_dataset_is_withdrawn_and_comes_back_with_its_ids(package: Package, flavour: str) -> None:
    with CkanDouble(FLAVOURS[flavour]()) as double:
        site, one_less = Site(double, flavour), replace(package, datasets=package.datasets[:1])
        site.apply(package)
        known, state = ids(double), double.state()
        assert actions(site.apply(one_less)) == {"klein-links": "unchanged", "klein-themes": "withdraw"}
        gone = double.datasets["klein-themes"]
        if flavour == "donl":
            assert gone["dataset_status"] == "http://data.overheid.nl/status/niet_beschikbaar"
        else:
            assert gone["private"] is True
        assert site.plan(one_less).pending == ()
        assert actions(site.apply(package)) == {"klein-links": "unchanged", "klein-themes": "update"}
        assert ids(double) == known
        assert double.state() == state


@pytest.mark.parametrize("files", ["link", "upload"])
def test_a_dropped_dataset_is_deleted_with_prune_only_and_comes_back_with_its_ids(
    package: Package, site: Site, files: str
) -> None:
    site.files = files
    one_less = replace(package, datasets=package.datasets[:1])
    site.apply(package)
    known, state = ids(site.double), site.double.state()
    site.apply(one_less)
    assert "klein-themes" in site.double.datasets
    assert actions(site.apply(one_less, prune=True))["klein-themes"] == "delete"
    assert "klein-themes" not in site.double.datasets
    assert site.plan(one_less, prune=True).pending == ()
    assert actions(site.apply(package)) == {"klein-links": "unchanged", "klein-themes": "create"}
    assert ids(site.double) == known
    assert site.double.state() == state


def test_a_draft_is_published(package: Package, site: Site) -> None:
    site.apply(package)
    site.double.change("klein-themes", state="draft")
    assert actions(site.apply(package)) == {"klein-links": "unchanged", "klein-themes": "update"}
    assert site.double.datasets["klein-themes"]["state"] == "active"


def test_the_order_of_files_in_the_catalogue_does_not_matter(package: Package, site: Site) -> None:
    site.apply(package)
    site.double.change("klein-themes", resources=site.double.datasets["klein-themes"]["resources"][::-1])
    assert site.plan(package).pending == ()


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_files_go_from_link_to_upload_and_back_with_their_ids(package: Package, flavour: str) -> None:
    csv = file_id(f"{BASE}catalog#themes-csv")
    with CkanDouble(FLAVOURS[flavour]()) as double:
        linked, sent = Site(double, flavour, "link"), Site(double, flavour, "upload")
        linked.apply(package)
        known = ids(double)
        sent.apply(package)
        assert double.api.uploads[csv] == CELLS["themes"].encode()
        assert (
            requests.get(files_of(double, "klein-themes")[csv]["url"], timeout=10).content == CELLS["themes"].encode()
        )
        assert (ids(double), sent.plan(package).pending) == (known, ())
        linked.apply(package)
        assert (ids(double), linked.plan(package).pending) == (known, ())
        file = files_of(double, "klein-themes")[csv]
        assert (file["url"], file["url_type"]) == (f"{BASE}themes/themes.csv", "")


@pytest.mark.parametrize("flavour", ["extras", "dcat"])
def test_what_others_keep_in_a_dataset_stays(tmp_path: Path, package: Package, flavour: str) -> None:
    with CkanDouble(FLAVOURS[flavour]()) as double:
        site = Site(double, flavour)
        site.apply(package)
        extras = [*double.datasets["klein-themes"]["extras"], {"key": "rating", "value": "5"}]
        double.change("klein-themes", extras=extras, maintainer="Iemand", groups=[{"name": "bestuur"}])
        files = [{**file, "note": "van ons"} for file in double.datasets["klein-themes"]["resources"]]
        double.change("klein-themes", resources=files)
        double.change("klein-themes", name="anders-genoemd")
        assert site.plan(package).pending == ()
        site.apply(write_package(tmp_path, {**CELLS, "themes": "number,title\n1,Anders\n"}))
        sent = double.writes[-1].data
        assert not any(value in (None, "", []) for name, value in sent.items() if name != "resources")
        kept = double.datasets["anders-genoemd"]
        assert (kept["maintainer"], kept["groups"]) == ("Iemand", [{"name": "bestuur"}])
        assert {"key": "rating", "value": "5"} in kept["extras"]
        assert [file["note"] for file in kept["resources"]] == ["van ons", "van ons"]
        assert "klein-themes" not in double.datasets


@pytest.mark.parametrize("flavour", ["extras", "dcat"])
def test_what_the_package_no_longer_says_is_emptied(package: Package, flavour: str) -> None:
    with CkanDouble(FLAVOURS[flavour]()) as double:
        site = Site(double, flavour)
        site.apply(package)
        links, themes = package.datasets
        bare = tuple(replace(one, title={}, media_type="", description={}, sha256="", size=None) for one in links.files)
        less = replace(links, files=bare, version="", frequency="", themes=(), keywords={})
        site.apply(replace(package, datasets=(less, themes)))
        gone = double.datasets["klein-links"]
        values = {**gone, **{one["key"]: one["value"] for one in gone["extras"]}}
        assert not any(values.get(name) for name in ("version", "frequency", "theme", "tags"))
        names = ("name", "mimetype", "description", "hash", "hash_algorithm", "size")
        assert not any(file.get(name) for file in gone["resources"] for name in names)


def test_datasets_of_others_are_left_alone(package: Package, site: Site) -> None:
    site.double.plant(
        name="van-een-ander", title="Ander", extras=[{"key": "identifier", "value": "https://ander.nl/x"}]
    )
    site.double.plant("elders", name="elders", title="Elders", extras=[{"key": "identifier", "value": f"{BASE}oud"}])
    before = site.double.state()[0]
    assert actions(site.apply(package, prune=True)) == {"klein-links": "create", "klein-themes": "create"}
    assert [one for one in site.double.state()[0] if not one["name"].startswith("klein-")] == before


# Faults at every request --------------------------------------------------------------------------------

FAULTS: list[tuple[How, bool]] = [
    ("500", False),
    ("500", True),
    ("502", True),
    ("503", False),
    ("503", True),
    ("429", False),
    ("hang", False),
    ("hang", True),
    ("reset", False),
    ("reset", True),
    ("truncated", True),
    ("html", False),
    ("html", True),
    ("redirect", False),
]
"""How a request goes wrong, and whether it had its effect before."""
TOLD_AT_ONCE = ("html", "redirect")
ALWAYS = 1000


def start_over(double: CkanDouble, before: Api) -> None:
    """Let the catalogue hold what it held."""
    double.api.datasets = json.loads(json.dumps(before.datasets))
    double.api.uploads = dict(before.uploads)
    double.requests.clear()


@dataclass
class Course:
    """From what a catalogue holds to what it is to hold: the state before, the package, and the undisturbed run."""

    site: Site
    package: Package
    before: Api
    requests: int
    expected: Any

    @property
    def double(self) -> CkanDouble:
        return self.site.double

    def finish(self) -> None:
        """Apply once more, and find what the undisturbed run left."""
        self.double.heal()
        self.site.apply(self.package)
        assert self.double.state() == self.expected


@pytest.fixture(params=["create-link", "create-upload", "update-upload"])
def course(request: pytest.FixtureRequest, tmp_path: Path, package: Package) -> Iterator[Course]:
    """Return a course of each kind: everything is new, or there is something to create, update, relink and withdraw."""
    kind, _, files = request.param.partition("-")
    wanted = package
    with CkanDouble() as double:
        site = Site(double, files=files)
        if kind == "update":
            site.apply(write_package(tmp_path, {**CELLS, "oud": "number\n1\n"}))
            for file in files_of(double, "klein-links").values():
                double.api.act(
                    "resource_patch",
                    User("iemand", ("proef",)),
                    {"id": file["id"], "url": f"{BASE}links", "url_type": ""},
                    None,
                )
            wanted = write_package(tmp_path, {**CELLS, "themes": "number,title\n1,Anders\n", "process": "number\n1\n"})
        before = Api(datasets=json.loads(json.dumps(double.api.datasets)), uploads=dict(double.api.uploads))
        double.requests.clear()
        site.apply(wanted)
        yield Course(site, wanted, before, len(double.requests), double.state())


@pytest.mark.parametrize(("how", "handled"), FAULTS)
def test_after_one_fault_at_any_request_one_more_apply_is_as_if_nothing_happened(
    course: Course, places: Places, how: How, handled: bool
) -> None:
    course.site.seconds = 0.15 if how == "hang" else 20.0
    for at in places(range(1, course.requests + 1), FAULTS.index((how, handled))):
        start_over(course.double, course.before)
        course.double.fail(at, how, handled)
        if how in TOLD_AT_ONCE:
            found = course.site.refused(course.package)
            assert found.rule == {"html": "unexpected-target-answer", "redirect": "invalid-target"}[how]
            assert re.search(r"(Nothing was written\.|\d of \d changes are made.*\.)$", found.message)
        else:
            course.site.apply(course.package)
            assert course.double.state() == course.expected
        course.finish()


@pytest.mark.parametrize(("how", "handled"), [one for one in FAULTS if one[0] not in TOLD_AT_ONCE])
def test_a_catalogue_that_stays_broken_from_any_request_on_is_told_and_the_next_apply_ends_the_work(
    course: Course, places: Places, how: How, handled: bool
) -> None:
    for at in places(range(1, course.requests + 1), FAULTS.index((how, handled))):
        start_over(course.double, course.before)
        course.site.seconds = 0.05 if how == "hang" else 20.0
        course.double.fail(at, how, handled, times=ALWAYS)
        found = course.site.refused(course.package)
        assert found.rule == "unreachable-target"
        assert "after 5 attempts" in found.message
        assert re.search(r"(Nothing was written\.|\d of \d changes are made.*\.)$", found.message)
        course.site.seconds = 20.0  # the catalogue is well again: a busy machine is no fault of it
        course.finish()


class KilledError(BaseException):
    """The end of a process, which nothing may catch."""


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_process_that_is_killed_at_any_request_leaves_work_that_one_more_apply_ends(
    course: Course, places: Places, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    once, left = Client._once, [0]

    def deadly(self: Client, *arguments: Any, **options: Any) -> Any:
        left[0] -= 1
        if left[0] == 0 and when == "before":
            raise KilledError
        answer = once(self, *arguments, **options)
        if left[0] == 0:
            raise KilledError
        return answer

    monkeypatch.setattr(Client, "_once", deadly)
    for at in places(range(1, course.requests + 1), len(when)):
        start_over(course.double, course.before)
        left[0] = at
        with pytest.raises(KilledError):
            course.site.apply(course.package)
        course.finish()


@pytest.mark.parametrize("at", [4, 5, 6])
def test_a_real_process_that_is_killed_between_effect_and_answer_leaves_no_double(
    tmp_path: Path, site: Site, at: int
) -> None:
    write_package(tmp_path)
    target = write_target(tmp_path, site.double, files="upload")
    command = [sys.executable, "-m", "ogp_data", "apply", str(target), "--dist", str(tmp_path)]
    environment = {**os.environ, "OGP_TEST_TOKEN": TOKEN}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        site.double.when(at, process.kill)
        process.communicate(timeout=60)
    assert process.returncode == -9
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout.splitlines()[0].split(" (")[0]) != (1, "")
    with CkanDouble() as other:
        Site(other, files="upload").apply(contents.load(tmp_path, "klein"))
        assert site.double.state() == other.state()


def test_a_lost_create_is_looked_for_before_it_is_made_again(package: Package, site: Site) -> None:
    site.apply(replace(package, datasets=()))
    for handled, expected in (
        (True, ["package_create", "package_show", "package_update"]),
        (False, ["package_create", "package_show", "package_create"]),
    ):
        start_over(site.double, Api())
        site.double.fail(5, "reset", handled)
        site.apply(package)
        assert [one.action for one in site.double.requests][4:7] == expected
        assert len(site.double.datasets) == 2


def test_a_create_that_a_proxy_refuses_after_it_happened_is_no_taken_name(package: Package, site: Site) -> None:
    site.double.fail(5, "503", handled=True)
    site.apply(package)
    sent = [one.action for one in site.double.requests][4:7]
    assert sent == ["package_create", "package_show", "package_update"]


# Waiting ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["429", "503"])
def test_a_retry_after_is_kept_to(package: Package, site: Site, how: How) -> None:
    site.double.fail(2, how, retry_after="7")
    site.apply(package)
    assert site.waits == [7.0]


def test_a_retry_after_may_be_a_date(package: Package, site: Site) -> None:
    site.double.fail(1, "503", retry_after=formatdate(time.time() + 30, usegmt=True))
    site.double.fail(2, "503", retry_after=formatdate(time.time() - 30, usegmt=True))
    site.apply(package)
    assert 25 < site.waits[0] <= 31
    # One that is past is no leave to ask at once.
    assert 1 <= site.waits[1] < 2


def test_a_retry_after_is_by_the_clock_of_the_catalogue(package: Package, site: Site) -> None:
    site.double.clock_off = -3600
    site.double.fail(1, "503", retry_after=formatdate(time.time() - 3600 + 30, usegmt=True))
    site.apply(package)
    assert 25 < site.waits[0] <= 31


@pytest.mark.parametrize("asked", ["0", "Thu, 01 Jan 1970 00:00:00 GMT"])
def test_a_retry_after_of_nothing_is_waited_for_all_the_same(package: Package, site: Site, asked: str) -> None:
    site.double.fail(1, "503", times=3, retry_after=asked)
    site.apply(package)
    assert [round(wait, 1) >= least for wait, least in zip(site.waits, (0.5, 1, 2), strict=True)] == [True] * 3


@pytest.mark.parametrize("asked", ["61", "86400", "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_catalogue_that_asks_for_too_long_a_wait_ends_the_delivery(package: Package, site: Site, asked: str) -> None:
    site.double.fail(1, "429", retry_after=asked)
    if len(asked) > 9 and asked.isdigit():
        site.apply(package)  # no number of seconds that can be meant; waited as without it
        assert 0 < site.waits[0] < 1
        return
    found = site.refused(package)
    assert (found.rule, site.waits) == ("unreachable-target", [])
    assert "asks to wait" in found.message
    assert found.hint == "Run the same command again later."


@pytest.mark.parametrize("asked", ["soon", "-5", "²", "1.5", "Fri, 99 Foo 2026"])
def test_a_retry_after_that_says_nothing_is_passed_over(package: Package, site: Site, asked: str) -> None:
    site.double.fail(1, "429", retry_after=asked.encode().decode("latin-1"))
    site.apply(package)
    assert 0 < site.waits[0] < 1


def test_attempts_are_bounded_and_longer_apart_each_time(package: Package, site: Site) -> None:
    site.double.fail(1, "502", times=ALWAYS)
    site.refused(package)
    assert len(site.double.requests) == 5
    assert len(site.waits) == 4
    assert site.waits == sorted(site.waits)
    assert sum(site.waits) < 12


@pytest.mark.parametrize("how", ["500", "reset", "truncated"])
def test_a_create_whose_answers_are_all_lost_is_bounded_too(package: Package, site: Site, how: How) -> None:
    for at in range(4, 40):
        site.double.fail(at, how, times=1)
    site.refused(package)
    assert len(site.double.requests) <= 3 + 5 * 5


# Somebody else is there ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("at", "said"), [(3, "Nothing was written."), (5, "1 of 2 changes are made.")])
def test_a_dataset_that_changes_between_plan_and_write_is_left_alone(
    tmp_path: Path, package: Package, site: Site, at: int, said: str
) -> None:
    site.apply(package)
    changed = write_package(tmp_path, {name: rows + "9,x\n" for name, rows in CELLS.items()})
    name = "klein-links" if at == 3 else "klein-themes"
    site.double.when(at, lambda: site.double.change(name, title="Van een ander"))
    found = site.refused(changed)
    assert found.rule == "target-changed"
    assert found.message == f"The dataset {name} changed in the catalogue since it was planned. {said}"
    assert site.double.datasets[name]["title"] == "Van een ander"


def test_a_change_of_what_is_not_ours_between_plan_and_write_is_kept(
    tmp_path: Path, package: Package, site: Site
) -> None:
    site.apply(package)
    site.double.when(3, lambda: site.double.change("klein-themes", maintainer="Iemand"))
    site.apply(write_package(tmp_path, {**CELLS, "themes": "number,title\n1,Anders\n"}))
    assert site.double.datasets["klein-themes"]["maintainer"] == "Iemand"


def test_a_dataset_that_is_made_or_deleted_between_plan_and_write_is_seen(package: Package, site: Site) -> None:
    site.double.when(3, lambda: site.double.plant("elders", name="klein-links", title="Sneller"))
    assert site.refused(package).rule == "target-name-taken"
    start_over(site.double, Api())
    site.apply(package)
    site.double.change("klein-themes", title="Anders")
    user = User("iemand", ("proef",))
    site.double.when(3, lambda: site.double.api.act("package_delete", user, {"id": "klein-themes"}, None))
    found = site.refused(package)
    assert (found.rule, "Nothing was written." in found.message) == ("target-changed", True)


def test_another_plan_than_the_expected_one_is_refused(tmp_path: Path, package: Package, site: Site) -> None:
    expected = site.plan(package).fingerprint
    changed = write_package(tmp_path, {**CELLS, "themes": "number,title\n1,Anders\n"})
    found = site.refused(changed, expected=expected)
    assert found.rule == "target-changed"
    assert f"not {expected}" in found.message
    assert found.message.endswith("Nothing was written.")
    assert site.double.writes == []
    site.apply(package, expected=expected)
    # The same wish on another state of the catalogue is another plan.
    looked_at = site.plan(changed).fingerprint
    site.double.change("klein-themes", maintainer="Iemand")
    assert site.refused(changed, expected=looked_at).rule == "target-changed"


def test_a_search_that_lags_behind_makes_no_double_and_no_false_alarm(package: Package, site: Site) -> None:
    site.double.api.index = []
    site.apply(package)
    count = len(site.double.writes)
    site.apply(package)
    assert len(site.double.writes) == count
    site.double.api.index = None
    assert site.plan(package).pending == ()


def test_an_interrupted_apply_says_how_far_it_came(
    tmp_path: Path, site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_package(tmp_path)
    target = write_target(tmp_path, site.double, monkeypatch)
    once = Client._once

    def interrupted(self: Client, *arguments: Any, **options: Any) -> Any:
        if self.asked == 6:
            raise KeyboardInterrupt
        return once(self, *arguments, **options)

    monkeypatch.setattr(Client, "_once", interrupted)
    assert main(["apply", str(target), "--dist", str(tmp_path)]) == 130
    said = "stopped: 1 of 2 changes are made; klein-themes may be made in part. Run the same command again to go on."
    assert said in capsys.readouterr().err
    monkeypatch.setattr(Client, "_once", once)
    assert main(["apply", str(target), "--dist", str(tmp_path)]) == 0
    assert list(site.double.datasets) == ["klein-links", "klein-themes"]


# Bad input: one clear sentence, and nothing half done without being said -------------------------------


def test_an_address_where_nothing_answers_is_told(package: Package, site: Site) -> None:
    gone = replace_url(site, "http://127.0.0.1:9")
    found = gone.refused(package)
    assert found.rule == "unreachable-target"
    assert found.message == (
        "GET http://127.0.0.1:9/api/3/action/organization_list_for_user failed"
        " after 5 attempts: 127.0.0.1 does not answer: no connection was made, Connection refused."
        " Nothing was written."
    )
    assert "`url`" in found.hint


def replace_url(site: Site, url: str) -> Site:
    class Elsewhere:
        pass

    there = Elsewhere()
    there.url = url  # type: ignore[attr-defined]
    return replace(site, double=there)  # type: ignore[arg-type]


def test_an_address_with_a_path_too_many_is_told(package: Package, site: Site) -> None:
    found = replace_url(site, f"{site.double.url}/dataset").refused(package)
    assert found.rule == "unexpected-target-answer"
    assert "answers with a web page (status 404), not with JSON." in found.message
    assert "`url`" in found.hint


def test_something_that_speaks_json_and_is_no_ckan_is_told(package: Package, site: Site) -> None:
    site.double.api.act = lambda *_: {"hello": "world"}  # type: ignore[method-assign]
    found = site.refused(package)
    assert found.rule == "unexpected-target-answer"
    assert f"gives at {site.double.url} is not a list of organisations" in found.message


def test_a_token_that_is_not_known_is_told(package: Package, site: Site) -> None:
    found = replace(site, token="another").refused(package)
    assert found.rule == "target-token-refused"
    said = "The token is not known, or does not have permission to create datasets in the organisation 'proef'."
    assert found.message == f"{said} Nothing was written."
    assert "administrator" in found.hint


def test_a_token_without_rights_in_the_organisation_is_told(package: Package, site: Site) -> None:
    assert replace(site, organisation="elders").refused(package).rule == "target-token-refused"


def test_rights_that_end_on_the_way_are_told_with_how_far_it_came(package: Package, site: Site) -> None:
    site.double.when(5, site.double.api.users.clear)
    found = site.refused(package)
    assert found.rule == "target-token-refused"
    assert found.message.endswith("1 of 2 changes are made; klein-themes may be made in part.")
    assert found.hint.endswith("What is made stays made: run the same command again.")


def test_an_organisation_that_is_not_there_is_told(package: Package, site: Site) -> None:
    found = replace(site, organisation="nergens").refused(package)
    assert (found.rule, found.message) == (
        "unknown-target-organisation",
        "The catalogue has no organisation 'nergens'. Nothing was written.",
    )


def test_clocks_that_are_far_apart_are_told_where_a_token_is_refused(package: Package, site: Site) -> None:
    site.double.clock_off = 7200
    found = replace(site, token="another").refused(package)
    assert found.rule == "target-token-refused"
    assert found.hint == "The clocks of the catalogue and of this machine are 120 minutes apart; set it right."


@pytest.mark.parametrize("private", [False, True])
def test_a_name_that_is_taken_by_someone_else_is_told(package: Package, site: Site, private: bool) -> None:
    site.double.plant("elders", name="klein-themes", title="Van een ander", private=private)
    found = site.refused(package)
    assert found.rule == "target-name-taken"
    assert "klein-themes" in found.message
    assert found.message.endswith("1 of 2 changes are made.")
    assert "publish under another id" in found.hint
    assert site.double.datasets["klein-themes"]["title"] == "Van een ander"


def test_our_own_dataset_in_another_organisation_is_not_taken_away(package: Package, site: Site) -> None:
    site.double.api.users[TOKEN] = User("bezorger", ("proef", "elders"))
    replace(site, organisation="elders").apply(package)
    found = site.refused(package)
    assert found.rule == "target-name-taken"
    assert "of organisation 'elders'" in found.message


def test_two_datasets_with_one_iri_are_told(package: Package, site: Site) -> None:
    site.apply(package)
    site.double.plant(name="geoogst", title="T", extras=[{"key": "identifier", "value": f"{BASE}themes"}])
    found = site.refused(package)
    assert found.message == (
        f"The catalogue has two datasets of {BASE}themes: geoogst and klein-themes. Nothing was written."
    )


def test_files_that_a_deleted_dataset_still_has_are_told(package: Package, site: Site) -> None:
    site.apply(package)
    user = User("iemand", ("proef",))
    site.double.api.act("package_delete", user, {"id": "klein-themes"}, None)
    site.double.plant(name="klein-themes", title="Van een ander")
    site.double.api.act("package_delete", user, {"id": "klein-themes"}, None)
    found = site.refused(package)
    assert found.rule == "target-dataset-rejected"
    assert "in another dataset or a deleted one: file 1 id: Resource id already exists" in found.message
    assert "purge" in found.hint


@pytest.mark.parametrize("flavour", ["donl", "dcat"])
def test_a_catalogue_without_the_fields_of_the_flavour_is_told(package: Package, site: Site, flavour: str) -> None:
    found = replace(site, flavour=flavour).refused(package)
    assert found.rule == "missing-target-plugin"
    assert f"which the flavour {flavour} needs" in found.message
    assert site.double.writes == []


def test_a_field_that_the_catalogue_drops_is_told_with_the_flavour(package: Package) -> None:
    fields = {name: one for name, one in DCAT.fields.items() if name != "frequency"}
    with CkanDouble(replace(DCAT, fields=fields)) as double:
        found = Site(double, "dcat").refused(package)
    assert found.rule == "target-field-dropped"
    assert "did not keep these fields of klein-links: frequency." in found.message
    assert found.message.endswith("0 of 2 changes are made; klein-links may be made in part.")
    assert 'flavour = "dcat"' in found.hint


def test_what_comes_back_otherwise_after_all_was_sent_is_told(
    package: Package, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_file = Api._put_file

    def forgetful(self: Api, one: Any, files: list[Any], *arguments: Any) -> Any:
        return put_file(self, one, [{**file, "hash": "0" * 64} for file in files], *arguments)

    monkeypatch.setattr(Api, "_put_file", forgetful)
    site.files = "upload"
    found = site.refused(package)
    assert found.rule == "incomplete-delivery"
    assert "klein-links: update file links/links.csv, file links/links.jsonld" in found.message
    assert found.message.endswith("2 of 2 changes are made.")
    assert "not kept by this catalogue" in found.hint


def test_a_page_in_the_place_of_json_is_told(package: Package, site: Site) -> None:
    site.double.fail(3, "html")
    found = site.refused(package)
    assert found.rule == "unexpected-target-answer"
    assert "package_search answers with a web page (status 200), not with JSON. Nothing was written." in found.message


def test_a_body_that_is_always_cut_is_told(package: Package, site: Site) -> None:
    site.double.fail(1, "truncated", times=ALWAYS)
    found = site.refused(package)
    assert found.rule == "unreachable-target"
    assert re.search(r"after 5 attempts: .* breaks off: ", found.message)


def test_a_catalogue_that_does_not_answer_is_told(package: Package, site: Site) -> None:
    site.seconds = 0.1
    site.double.fail(1, "hang", times=ALWAYS)
    found = site.refused(package)
    assert "after 5 attempts: no complete answer came within 0.1 seconds." in found.message


@pytest.mark.parametrize("proxy", [False, True])
def test_a_file_over_the_limit_of_the_catalogue_is_told(package: Package, site: Site, proxy: bool) -> None:
    site.files = "upload"
    if proxy:
        site.apply(replace(package, datasets=()))
        site.double.before_proxy = 4000
    else:
        site.double.api.largest = 30
    big = package if not proxy else with_big_file(package)
    found = site.refused(big)
    assert found.rule == "target-file-refused"
    assert re.search(r"does not accept links/links\.(csv|jsonld) \(\d+ bytes\): ", found.message)
    assert found.message.endswith("0 of 2 changes are made; klein-links may be made in part.")
    assert 'files = "link"' in found.hint


def with_big_file(package: Package) -> Package:
    """Return the package with a file that is larger than a request may be; on disk it lies in a copy."""
    folder = package.folder.parent / "large"
    shutil.copytree(package.folder, folder)
    content = b"number,url\n" * 1000
    (folder / "links/links.csv").write_bytes(content)
    links, themes = package.datasets
    digest = hashlib.sha256(content).hexdigest()
    files = tuple(
        replace(one, size=len(content), sha256=digest) if one.path.endswith(".csv") else one for one in links.files
    )
    return replace(package, folder=folder, datasets=(replace(links, files=files), themes))


def test_a_file_that_changes_under_way_is_not_sent(tmp_path: Path, site: Site) -> None:
    made = write_package(tmp_path)
    site.files = "upload"
    site.double.when(3, lambda: (tmp_path / "klein/links/links.csv").write_text("anders", "utf-8"))
    found = site.refused(made)
    assert (found.rule, "changed while the package was delivered" in found.message) == ("invalid-package", True)
    (tmp_path / "klein/links/links.csv").unlink()
    assert site.refused(made).rule == "invalid-package"
    assert site.double.api.uploads == {}


def test_a_value_that_the_catalogue_refuses_is_told_with_its_words(package: Package) -> None:
    with CkanDouble(FLAVOURS["donl"]()) as double:
        links, themes = package.datasets
        wrong = tuple(replace(file, file_type=f"{EU}file-type/BESTAATNIET") for file in links.files)
        found = Site(double, "donl").refused(replace(package, datasets=(replace(links, files=wrong), themes)))
    assert found.rule == "target-dataset-rejected"
    assert "file 1 format: Value must be one of" in found.message
    assert "file 2 format" in found.message or len(found.message) > 500


# The command line ---------------------------------------------------------------------------------------


def write_target(folder: Path, double: CkanDouble, monkeypatch: pytest.MonkeyPatch | None = None, **keys: str) -> Path:
    """Write the file of a target; with `monkeypatch` commands run in this process, and wait for nothing."""
    said = {"url": double.url, "publication": "klein", "kind": "ckan", "organisation": "proef", **keys}
    secret = said.pop("secret", '{ env = "OGP_TEST_TOKEN" }')
    path = folder / "doel.toml"
    lines = [f"{key} = {json.dumps(value)}" for key, value in said.items()]
    path.write_text("\n".join([*lines, f"secret = {secret}"]), "utf-8")
    if monkeypatch:
        monkeypatch.setenv("OGP_TEST_TOKEN", TOKEN)
        monkeypatch.setattr(kinds, "Client", functools.partial(Client, sleep=lambda _: None))
    return path


def test_plan_only_reads_and_says_by_its_exit_code_whether_something_would_change(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_package(tmp_path)
    options = [str(write_target(tmp_path, site.double, monkeypatch)), "--dist", str(tmp_path), "--json"]
    assert main(["plan", *options]) == 3
    planned = json.loads(capsys.readouterr().out)
    assert [(one["action"], one["name"]) for one in planned["changes"]] == [
        ("create", "klein-links"),
        ("create", "klein-themes"),
    ]
    assert all(one.method == "GET" or one.action == "package_search" for one in site.double.requests)
    assert site.double.api.datasets == {}
    assert main(["apply", *options, "--expect", planned["plan"]]) == 0
    done = json.loads(capsys.readouterr().out)
    assert (done["plan"], done["writes"], done["requests"]) == (planned["plan"], 2, 8)
    assert main(["plan", *options]) == 0
    assert {one["action"] for one in json.loads(capsys.readouterr().out)["changes"]} == {"unchanged"}
    assert main(["apply", *options]) == 0
    assert json.loads(capsys.readouterr().out)["writes"] == 0


def test_a_plan_for_people_names_each_dataset_field_and_loss(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = write_package(tmp_path)
    target = write_target(tmp_path, site.double, monkeypatch)
    site.apply(made)
    site.double.change("klein-themes", title="Oud")
    assert main(["plan", str(target), "--dist", str(tmp_path)]) == 3
    out = capsys.readouterr().out
    assert "update    klein-themes\n    title: Oud -> Tabel themes\n" in out
    assert "not carried: titles, descriptions and keywords in another language (en)\n" in out
    assert "1 to update, 1 unchanged (plan " in out


def test_an_apply_that_fails_says_for_programs_how_far_it_came(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_package(tmp_path)
    target = write_target(tmp_path, site.double, monkeypatch)
    site.double.plant("elders", name="klein-themes", title="Van een ander")
    assert main(["apply", str(target), "--dist", str(tmp_path), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["made"], told["of"]) == (1, 2)
    assert [one["rule"] for one in told["findings"]] == ["target-name-taken"]


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda folder: (folder / "themes/themes.csv").write_text("x", "utf-8"), "does not match its manifest"),
        (lambda folder: (folder / "themes/themes.csv").unlink(), "does not match its manifest"),
        (lambda folder: (folder / "manifest.json").unlink(), "There is no package in"),
        (lambda folder: (folder / "manifest.json").write_text("{", "utf-8"), "cannot be read"),
        (lambda folder: (folder / "manifest.json").write_text('{"files": []}', "utf-8"), "cannot be read"),
        (lambda folder: shutil.rmtree(folder), "There is no package in"),
    ],
)
def test_a_package_that_is_not_what_its_manifest_says_is_not_delivered(
    tmp_path: Path,
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    spoil: Callable[[Path], object],
    message: str,
) -> None:
    write_package(tmp_path)
    spoil(tmp_path / "klein")
    for command in ("plan", "apply"):
        target = write_target(tmp_path, site.double, monkeypatch)
        assert main([command, str(target), "--dist", str(tmp_path)]) == 1
        out = capsys.readouterr().out
        assert "invalid-package" in out
        assert message in out
    assert site.double.requests == []


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"url": "http://ckan.voorbeeld.nl"}, "would send the token over the network unencrypted"),
        ({"url": "http://192.0.2.1"}, "would send the token over the network unencrypted"),
        ({"url": "ckan.voorbeeld.nl"}, "is not the address of a catalogue"),
        ({"url": "https://"}, "is not the address of a catalogue"),
        ({"url": "https://jan:geheim@ckan.voorbeeld.nl"}, "is not the address of a catalogue"),
        ({"organisation": "Proef Org"}, "is not the name of an organisation in CKAN"),
        ({"secret": "{}"}, "Name either a variable of the environment (env) or a file (file)."),
        ({"kind": "ckna"}, "Input should be one of: ckan, aanlever; it is 'ckna'."),
        ({"token": "x"}, "There is no key 'token'."),
    ],
)
def test_a_target_that_cannot_be_is_told_with_its_key_before_anything_is_asked(
    tmp_path: Path,
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    keys: dict[str, str],
    message: str,
) -> None:
    write_package(tmp_path)
    target = write_target(tmp_path, site.double, monkeypatch, **keys)
    assert main(["apply", str(target), "--dist", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert message in out
    assert "doel.toml, key " in out
    assert "geheim" not in out or keys["url"] in out
    assert site.double.requests == []


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_token_file_that_others_can_read_is_refused(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], mode: int
) -> None:
    write_package(tmp_path)
    target = write_target(tmp_path, site.double, monkeypatch, secret='{ file = "sleutel" }')
    key = tmp_path / "sleutel"
    key.write_text(TOKEN + "\n", "ascii")
    key.chmod(mode)
    assert main(["plan", str(target), "--dist", str(tmp_path)]) == 1
    assert f"chmod 600 {key}" in capsys.readouterr().out
    assert site.double.requests == []
    key.chmod(0o600)
    assert main(["plan", str(target), "--dist", str(tmp_path)]) == 3


@pytest.mark.parametrize("base", ["https://example.org/klein/", "http://localhost/klein/", "https://x.example/klein/"])
def test_an_address_that_leads_nowhere_is_not_delivered_to_a_catalogue_elsewhere(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], base: str
) -> None:
    write_package(tmp_path, base=base)
    target = write_target(tmp_path, site.double, monkeypatch, url="https://ckan.invalid")
    monkeypatch.setattr(Client, "_once", lambda *_: pytest.fail("a request was made"))
    assert main(["apply", str(target), "--dist", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "placeholder-address" in out
    assert "Nothing was written." in out
    assert "ogp-data publish --base-iri " in out


@pytest.mark.parametrize(
    ("address", "refused"),
    [
        ("https://example.org", True),
        ("https://data.example.com:8443/x", True),
        ("https://iets.test/", True),
        ("https://voorbeeld.nl/example.org", False),
        ("https://example.org.nl/", False),
        ("https://data.overheid.nl", False),
    ],
)
def test_addresses_that_are_reserved_for_examples_are_known(address: str, refused: bool) -> None:
    assert is_placeholder(address) is refused


# The token ----------------------------------------------------------------------------------------------


def test_a_redirect_never_carries_the_token_to_another_host(package: Package, site: Site) -> None:
    with CkanDouble() as elsewhere:
        site.double.elsewhere = f"{elsewhere.url}/api/3/action/package_search?{TOKEN}"
        for at in range(1, 6):
            start_over(site.double, Api())
            site.double.fail(at, "redirect")
            found = site.refused(package)
            assert found.rule == "invalid-target"
            assert "the token is not sent there" in found.message
            assert TOKEN not in str(found)
        assert elsewhere.requests == []


def test_no_proxy_of_the_environment_sees_what_is_sent_to_this_machine(
    package: Package, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with CkanDouble() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        site.apply(package)
        assert proxy.requests == []


def test_no_password_of_a_netrc_file_takes_the_place_of_the_token(
    tmp_path: Path, package: Package, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login jan password ander\n", "ascii")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    site.apply(package)
    assert {one.headers["authorization"] for one in site.double.requests} == {TOKEN}


def everything_under(*folders: Path) -> bytes:
    return b"".join(path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file())


def test_the_token_stands_in_no_output_log_file_or_exception(
    tmp_path: Path,
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.chdir(tmp_path)
    made = write_package(tmp_path / "dist")
    target = write_target(tmp_path, site.double, monkeypatch, files="upload")
    echoing = {"name": [f"uw sleutel {TOKEN} mag dit niet"], "notes": [TOKEN]}
    for spoil in (
        lambda: None,
        lambda: site.double.fail(1, "500", times=ALWAYS),
        lambda: site.double.fail(2, "html"),
        lambda: site.double.fail(2, "reset", times=ALWAYS),
        lambda: site.double.fail(2, "redirect"),
        lambda: site.double.api.users.clear(),
        lambda: setattr(site.double, "elsewhere", f"http://localhost:9/{TOKEN}") or site.double.fail(1, "redirect"),
        lambda: setattr(site.double, "api", Echo(echoing)),
    ):
        spoil()
        for command in (["plan"], ["plan", "--json"], ["apply"], ["apply", "--json"]):
            main([command[0], str(target), *command[1:]])
        site.double.heal()
    with pytest.raises(DeliveryError) as caught:
        site.apply(made)
    everything = [*capfd.readouterr(), caplog.text, repr(caught.value), str(caught.getrepr(showlocals=False))]
    everything += [repr(site.adapter().client), str(site.adapter().client), repr(targets.load(target))]
    assert all(TOKEN not in text for text in everything)
    assert "Authorization" not in caplog.text
    assert TOKEN.encode() not in everything_under(tmp_path)
    assert any(one.headers["authorization"] == TOKEN for one in site.double.requests)


class Echo(Api):
    """A catalogue whose refusals say the token again."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__()
        self._error = error

    def _do_organization_list_for_user(self, *_: object) -> Any:
        from ckan_double import RefusalError

        raise RefusalError(409, {**self._error, "__type": "Validation Error"})


@pytest.mark.parametrize(
    "secret",
    [f'"{TOKEN}"', f'{{ env = "{TOKEN}" }}', '{ env = "abcdefghijklmnopqrstuvwxyz0123" }', f'{{ token = "{TOKEN}" }}'],
)
def test_a_token_that_was_written_into_the_target_by_mistake_is_not_told(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], secret: str
) -> None:
    target = write_target(tmp_path, site.double, monkeypatch, secret=secret)
    for option in ([], ["--json"]):
        assert main(["plan", str(target), "--dist", str(tmp_path), *option]) == 1
        out = capsys.readouterr()
        assert TOKEN[:8] not in out.out + out.err
        assert "abcdefgh" not in out.out + out.err
        assert "never written here" in out.out


@pytest.mark.parametrize(
    ("value", "said"),
    [("", "is empty or not set"), ("twee woorden", "does not contain a token"), ("é", "does not contain a token")],
)
def test_a_variable_without_a_token_is_told(
    tmp_path: Path,
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    value: str,
    said: str,
) -> None:
    target = write_target(tmp_path, site.double, monkeypatch)
    monkeypatch.setenv("OGP_TEST_TOKEN", value)
    assert main(["apply", str(target), "--dist", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert f"The variable OGP_TEST_TOKEN of the environment {said}." in out
    assert not value or value not in out


# Size ---------------------------------------------------------------------------------------------------


def plant_many(double: CkanDouble, count: int) -> None:
    one = double.plant(name="vele-0", title="Vele")
    for number in range(1, count):
        made = {**one, "id": f"{number:08}-0000-4000-8000-000000000000", "name": f"vele-{number}"}
        double.api.datasets[made["id"]] = made


def test_a_catalogue_of_more_than_a_thousand_datasets_is_one_search_for_each_thousand(
    package: Package, site: Site
) -> None:
    plant_many(site.double, 2500)
    planned = site.plan(package)
    assert [one.action for one in site.double.requests] == [
        "organization_list_for_user",
        "scheming_dataset_schema_show",
        *["package_search"] * 3,
    ]
    assert len(planned.pending) == 2


def test_a_catalogue_that_gives_fewer_than_it_is_asked_for_is_read_to_its_end(package: Package, site: Site) -> None:
    site.apply(package)
    plant_many(site.double, 250)
    site.double.api.rows_max = 100
    assert actions(site.plan(package)) == {"klein-links": "unchanged", "klein-themes": "unchanged"}
    # Names are in order, so ours are on the first page; what stands on the last is found too.
    site.double.change("klein-themes", name="zz-laatste")
    assert site.plan(package).pending == ()


# plan.compare -------------------------------------------------------------------------------------------


def wanted(name: str, title: str = "T", **hashes: str) -> Wanted:
    files = tuple(WantedFile(key, f"{name}/{key}", {"name": key, "hash": value}, True) for key, value in hashes.items())
    return Wanted(f"{BASE}{name}", name, {"title": title}, files)


def held(name: str, title: str = "T", withdrawn: bool = False, deletable: bool = False, **hashes: str) -> Held:
    files = {key: {"name": key, "hash": value} for key, value in hashes.items()}
    return Held(f"{BASE}{name}", name, f"id-{name}", {"title": title}, files, "1", withdrawn, deletable)


def test_what_is_wanted_and_not_held_is_created_and_the_same_is_unchanged() -> None:
    made = compare("doel", [wanted("b", csv="1"), wanted("a")], [held("b", csv="1")], prune=False)
    assert [(one.action, one.name) for one in made.changes] == [("create", "a"), ("unchanged", "b")]
    assert [(one.name, one.old, one.new) for one in made.changes[0].fields] == [("title", None, "T")]


def test_a_difference_is_told_field_by_field_and_bytes_are_sent_when_they_differ_only() -> None:
    [same] = compare("doel", [wanted("a", "Nieuw", csv="1")], [held("a", "Oud", csv="1")], prune=False).changes
    assert [(one.name, one.old, one.new) for one in same.fields] == [("title", "Oud", "Nieuw")]
    assert same.files == ()
    [other] = compare("doel", [wanted("a", csv="2", ttl="3")], [held("a", csv="1", xlsx="4")], prune=False).changes
    assert [(one.action, one.id, one.upload) for one in other.files] == [
        ("update", "csv", True),
        ("create", "ttl", True),
        ("delete", "xlsx", False),
    ]


def test_what_is_no_longer_wanted_is_withdrawn_once_and_deleted_with_prune() -> None:
    gone = [held("a"), held("b", withdrawn=True), held("c", deletable=True)]
    assert [one.action for one in compare("d", [], gone, prune=False).changes] == ["withdraw", "unchanged", "unchanged"]
    assert {one.action for one in compare("d", [], gone, prune=True).changes} == {"delete"}


def test_what_was_withdrawn_and_is_wanted_again_is_updated() -> None:
    [back] = compare("doel", [wanted("a")], [held("a", withdrawn=True)], prune=False).changes
    assert (back.action, back.fields[0].name) == ("update", "state")


def test_the_name_of_a_plan_is_that_of_its_changes_and_of_the_state_that_they_are_made_on() -> None:
    def name(wish: str, stamp: str) -> str:
        there = replace(held("a", "Oud"), stamp=stamp)
        return compare("doel", [wanted("a", wish)], [there], prune=False).fingerprint

    assert name("Nieuw", "1") == name("Nieuw", "1")
    assert len({name("Nieuw", "1"), name("Nieuw", "2"), name("Anders", "1")}) == 3


def test_what_is_left_of_a_change_is_known_from_what_is_held_by_now() -> None:
    [create] = compare("doel", [wanted("a")], [], prune=False).changes
    assert plan.again(create, None).action == "create"
    assert plan.again(create, held("a")).action == "unchanged"
    assert plan.again(create, held("a", "Oud")).action == "update"
    [delete] = compare("doel", [], [held("a")], prune=True).changes
    assert plan.again(delete, held("a")).action == "delete"
    assert plan.again(delete, None).action == "unchanged"


# DONL ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("", None, None),
        ("2020", "2020-01-01T00:00:00", "2020-12-31T23:59:59"),
        ("2024-02", "2024-02-01T00:00:00", "2024-02-29T23:59:59"),
        ("2023-02", "2023-02-01T00:00:00", "2023-02-28T23:59:59"),
        ("2023-05-26", "2023-05-26T00:00:00", "2023-05-26T23:59:59"),
    ],
)
def test_a_year_month_or_day_becomes_its_first_or_last_moment(
    package: Package, site: Site, date: str, first: str | None, last: str | None
) -> None:
    dataset = replace(package.datasets[0], start=date, end=date)
    fields = flavours.FLAVOURS["donl"].dataset_fields(dataset, site.target)
    assert (fields.get("temporal_start"), fields.get("temporal_end")) == (first, last)


@pytest.mark.parametrize(
    ("word", "tag"),
    [
        ("open overheid", "open-overheid"),
        ("thema's", "themas"),
        ("Coördinatie", "Coordinatie"),
        ("A/B (2020-2022)", "A-B-2020-2022"),
        ("--", ""),
    ],
)
def test_a_keyword_becomes_a_tag_of_letters_digits_and_hyphens(word: str, tag: str) -> None:
    assert donl_fields.slug(word) == tag


def test_keywords_too_short_or_too_long_for_a_tag_are_left_out(package: Package, site: Site) -> None:
    dataset = replace(package.datasets[0], keywords={"nl": ("x", "woord", "w" * 101, "wóórd")})
    assert flavours.FLAVOURS["donl"].dataset_fields(dataset, site.target)["tags"] == [{"name": "woord"}]


@pytest.mark.parametrize(("size", "kilobytes"), [(0, 1), (1, 1), (1000, 1), (1001, 2), (123_456, 124)])
def test_a_size_is_in_kilobytes_rounded_up_and_at_least_one(
    package: Package, site: Site, size: int, kilobytes: int
) -> None:
    dataset = package.datasets[0]
    file = replace(dataset.files[0], size=size)
    assert flavours.FLAVOURS["donl"].file_fields(dataset, file, site.target)["size"] == kilobytes


def test_values_that_donl_does_not_know_are_told_all_at_once_and_nothing_is_sent(package: Package) -> None:
    with CkanDouble(FLAVOURS["donl"]()) as double:
        site = Site(double, "donl")
        links, themes = package.datasets
        wrong = replace(
            links,
            licences=("https://opensource.org/licenses/MIT",),
            themes=(f"{EU}data-theme/ENVI",),
            publisher=replace(links.publisher, iri="https://voorbeeld.nl/stichting"),
            contact=replace(links.contact, email=""),
        )
        found = site.refused(replace(package, datasets=(wrong, themes)))
        assert found.rule == "unknown-target-value"
        for said in (
            "the licence https://opensource.org/licenses/MIT",
            "the theme ENVI (map it to OWMS themes under `themes` of the target)",
            "the organisation https://voorbeeld.nl/stichting (map it to an OWMS IRI",
            "a contact point without e-mail and web address",
        ):
            assert said in found.message
        assert double.writes == []


def test_a_dataset_without_licence_creator_or_theme_is_told(package: Package, site: Site) -> None:
    bare = replace(package.datasets[0], licences=(), creators=(), themes=())
    assert list(donl_fields.faults(bare, site.target)) == [
        "a dataset without a licence",
        "a dataset without a creator",
        "a dataset without a theme",
    ]
    assert list(donl_fields.faults(package.datasets[0], site.target)) == []


# Flavours -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_fields_come_back_from_a_catalogue_as_they_were_sent(package: Package, flavour: str) -> None:
    kind = flavours.FLAVOURS[flavour]
    with CkanDouble(FLAVOURS[flavour]()) as double:
        site = Site(double, flavour)
        for dataset in package.datasets:
            fields = kind.dataset_fields(dataset, site.target)
            files = [kind.file_fields(dataset, file, site.target) for file in dataset.files]
            kept = double.plant(name=dataset.name, **kind.sent(fields, {}), resources=files)
            assert kind.kept(kept) == fields
            assert [kind.kept_file(file) for file in kept["resources"]] == files
            assert kind.iri(kept) == dataset.iri
            assert not kind.is_withdrawn(kept)


def test_extras_of_others_are_sent_back_and_ours_are_replaced() -> None:
    raw = {"extras": [{"key": "rating", "value": "5"}, {"key": "identifier", "value": "oud"}]}
    sent = flavours.FLAVOURS["extras"].sent({"title": "T", "identifier": "nieuw"}, raw)
    assert sent == {
        "title": "T",
        "extras": [{"key": "identifier", "value": "nieuw"}, {"key": "rating", "value": "5"}],
    }


def test_a_set_of_choices_is_the_same_in_any_order() -> None:
    kind = flavours.FLAVOURS["donl"]
    assert kind.kept({"language": ["b", "a"], "title": "T", "rating": 5}) == {"language": ["a", "b"], "title": "T"}


def test_what_a_flavour_cannot_carry_is_told(package: Package, site: Site) -> None:
    dataset: Dataset = replace(package.datasets[0], series=(f"{BASE}catalog#series",))
    losses = {name: list(kind.losses(dataset, site.target)) for name, kind in flavours.FLAVOURS.items()}
    for told in losses.values():
        assert "the dataset series" in told
        assert "titles, descriptions and keywords in another language (en)" in told
    assert any("year or month only" in loss for loss in losses["donl"])
    assert "the status of datasets" in losses["extras"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("source_findings", "tiny-source-findings"), ("Été", "tiny--t-"), ("x" * 120, "tiny-" + "x" * 95)],
)
def test_names_in_ckan_are_small_letters_digits_and_hyphens(name: str, expected: str) -> None:
    assert dataset_name("tiny", name) == expected


def test_a_stopped_apply_is_an_interrupt() -> None:
    assert issubclass(StoppedError, KeyboardInterrupt)
    assert bounds.ATTEMPTS == 5
