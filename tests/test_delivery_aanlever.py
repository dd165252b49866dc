"""Delivering to the Aanlever API: its payload by hand, each fault at each request, and what a steward is told."""

from __future__ import annotations

import functools
import json
import os
import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import requests

import aanlever_double
from aanlever_double import CLIENT, STRANGER, AanleverDouble, Assumptions, How
from conftest import ROOT, shared
from ogp_data.cli import main as cli
from ogp_data.delivery import deliver, plan, targets
from ogp_data.delivery import package_reader as contents
from ogp_data.delivery.aanlever import adapter as aanlever
from ogp_data.delivery.aanlever import api as aanlever_api
from ogp_data.delivery.aanlever.adapter import Aanlever
from ogp_data.delivery.aanlever.api import About
from ogp_data.delivery.aanlever.kind import AanleverTarget
from ogp_data.delivery.faults import DeliveryError
from ogp_data.delivery.http import Answer, AnswerLostError, Client
from ogp_data.delivery.kind import Opening
from ogp_data.delivery.package_reader import Agent, Contact, Dataset, File, Package
from ogp_data.delivery.plan import Plan
from ogp_data.delivery.target import SecretSpec
from tiers import Places

BASE = "https://data.voorbeeld.nl/ogp/"
EU = "http://publications.europa.eu/resource/authority"
BZK = Agent("https://identifier.overheid.nl/tooi/id/ministerie/mnre1034", {"nl": "ministerie van BZK", "en": "BZK"})


def a_file(dataset: str, suffix: str, title: str = "") -> File:
    return File(
        iri=f"{BASE}catalog#{dataset}-{suffix}",
        path=f"{dataset}/{dataset}.{suffix}",
        access_url=f"{BASE}{dataset}.{suffix}",
        download_url=f"{BASE}{dataset}.{suffix}",
        title={"nl": title or f"{dataset} als {suffix}", "en": f"{dataset} in {suffix}"},
        description={},
        file_type=f"{EU}/file-type/{suffix.upper()}",
        media_type=f"https://www.iana.org/assignments/media-types/text/{suffix}",
        size=12,
        sha256="ab" * 32,
        licence="http://creativecommons.org/publicdomain/zero/1.0/deed.nl",
        languages=(f"{EU}/language/NLD",),
        status="",
        availability="",
        rights="",
        conforms_to=(),
        issued="2026-11-23",
        modified="2026-11-23",
    )


def a_dataset(name: str, *files: File, **changes: Any) -> Dataset:
    made = Dataset(
        iri=f"{BASE}{name}",
        identifier=f"{BASE}{name}",
        title={"nl": f"Titel van {name}", "en": f"Title of {name}"},
        description={"nl": f"Wat {name} is.", "en": f"What {name} is."},
        keywords={"nl": ("overheid", "actieplan"), "en": ("government",)},
        publisher=BZK,
        creators=(BZK,),
        contact=Contact(f"{BASE}catalog#contact", {"nl": "Redactie"}, "redactie@voorbeeld.nl", ""),
        themes=("https://identifier.overheid.nl/tooi/def/thes/top/c_3eb6243b", f"{EU}/data-theme/GOVE"),
        access_rights=f"{EU}/access-right/PUBLIC",
        licences=("http://creativecommons.org/publicdomain/zero/1.0/deed.nl",),
        languages=(f"{EU}/language/NLD",),
        metadata_languages=(f"{EU}/language/NLD",),
        issued="2026-11-23",
        modified="2026-11-24T01:30:00+01:00",
        frequency=f"{EU}/frequency/NEVER",
        spatial=(f"{EU}/country/NLD",),
        start="2020",
        end="2022-02",
        version="1.0.0",
        version_notes={"nl": "Eerste uitgave.", "en": "First edition."},
        status=f"{EU}/dataset-status/COMPLETED",
        conforms_to=(),
        series=(f"{BASE}catalog#series",),
        pages=(),
        landing_pages=(),
        files=files,
    )
    return replace(made, **changes)


def a_package(*datasets: Dataset) -> Package:
    return Package("nl-x", "1.0.0", Path("nowhere"), BASE, datasets)


PACKAGE = a_package(a_dataset("a", a_file("a", "csv"), a_file("a", "json")), a_dataset("b", a_file("b", "csv")))


@dataclass
class Desk:
    """Somebody who delivers to a double: each call is a run of its own, with the same receipts."""

    double: AanleverDouble
    folder: Path
    seconds: float = 5.0
    key: str = CLIENT.key
    url: str = ""
    client: Client | None = None

    @property
    def receipts(self) -> Path:
        return self.folder / "build" / "receipts" / "t.json"

    @property
    def target(self) -> AanleverTarget:
        return AanleverTarget("aanlever", self.url or self.double.url, "nl-x", SecretSpec(env="KEY"), client=CLIENT.id)

    def open(self) -> Aanlever:
        os.environ["KEY"] = self.key
        adapter, self.client = targets.adapter(self.target, Opening(self.folder, self.receipts))
        self.client.seconds, self.client.sleep = self.seconds, lambda _: None
        assert isinstance(adapter, Aanlever)
        return adapter

    def plan(self, package: Package = PACKAGE, prune: bool = False) -> Plan:
        return deliver.make_plan("t", self.open(), package, prune)

    def apply(self, package: Package = PACKAGE, prune: bool = False) -> Plan:
        return deliver.apply(self.target, "t", self.open(), package, prune, lambda _: None)

    def asked(self, run: Callable[[], object]) -> list[str]:
        """Return the requests of a run, in short."""
        before = len(self.double.requests)
        run()
        return [_short(one.method, one.path) for one in self.double.requests[before:]]


def _short(method: str, path: str) -> str:
    return f"{method} {re.sub('/[0-9a-f-]{36}', '/*', path.removeprefix('/api/v1'))}"


def state(double: AanleverDouble) -> list[tuple[str, str, str]]:
    """Return what is kept: identifier, status and content of each dataset, without what a run gives by chance."""
    kept = [one for one in double.datasets.values() if not one.deleted]
    return sorted((one.identifier, one.status, json.dumps(one.dataset, sort_keys=True)) for one in kept)


def actions(made: Plan) -> dict[str, str]:
    return {change.name: change.action for change in made.changes}


def only(found: list[Any]) -> Any:
    (one,) = found
    return one


@pytest.fixture(scope="module")
def openapi() -> Path:
    return shared() / "standards" / "aanlever-api-0.9.0" / "openapi.yaml"


@pytest.fixture(autouse=True)
def _no_secret_stays() -> Iterator[None]:
    yield
    os.environ.pop("KEY", None)


@pytest.fixture
def double(openapi: Path) -> Iterator[AanleverDouble]:
    with AanleverDouble(openapi) as running:
        yield running


@pytest.fixture
def desk(double: AanleverDouble, tmp_path: Path) -> Desk:
    return Desk(double, tmp_path)


# What is sent -------------------------------------------------------------------------------------------


def test_a_dataset_goes_in_the_fields_of_the_api(desk: Desk, double: AanleverDouble) -> None:
    desk.apply()
    kept = double.find(f"{BASE}a")
    assert kept
    assert kept.status == "PUBLISHED"
    assert kept.dataset == {
        "dctIdentifier": "https://data.voorbeeld.nl/ogp/a",
        "dctTitle": ["Titel van a"],
        "dctDescription": ["Wat a is."],
        "dcatKeyword": ["actieplan", "overheid"],
        "dctPublisher": {"foafName": ["ministerie van BZK"]},
        "dctCreator": [{"foafName": ["ministerie van BZK"]}],
        "dcatContactPoint": {"vcardFn": "Redactie", "vcardHasEmail": "mailto:redactie@voorbeeld.nl"},
        "dcatTheme": ["http://publications.europa.eu/resource/authority/data-theme/GOVE"],
        "dctAccessRights": "http://publications.europa.eu/resource/authority/access-right/PUBLIC",
        "dctLanguage": ["http://publications.europa.eu/resource/authority/language/NLD"],
        "dctAccrualPeriodicity": "http://publications.europa.eu/resource/authority/frequency/NEVER",
        "dctSpatial": [{"dctLocation": "http://publications.europa.eu/resource/authority/country/NLD"}],
        "dctTemporal": [{"dcatStartDate": "2020-01-01", "dcatEndDate": "2022-02-28"}],
        "dctIssued": "2026-11-23T00:00:00Z",
        "dctModified": "2026-11-24T00:30:00Z",
        "dcatVersion": "1.0.0",
        "admsVersionNotes": ["Eerste uitgave."],
        "admsStatus": "http://publications.europa.eu/resource/authority/dataset-status/COMPLETED",
        "dcatInSeries": ["https://data.voorbeeld.nl/ogp/catalog#series"],
        "dcatDistribution": [
            {
                "dcatAccessUrl": "https://data.voorbeeld.nl/ogp/a.csv",
                "dcatDownloadUrl": "https://data.voorbeeld.nl/ogp/a.csv",
                "dctTitle": ["a als csv"],
                "dctFormat": "http://publications.europa.eu/resource/authority/file-type/CSV",
            },
            {
                "dcatAccessUrl": "https://data.voorbeeld.nl/ogp/a.json",
                "dcatDownloadUrl": "https://data.voorbeeld.nl/ogp/a.json",
                "dctTitle": ["a als json"],
                "dctFormat": "http://publications.europa.eu/resource/authority/file-type/JSON",
            },
        ],
    }


def test_moments_are_sent_as_moments_in_utc_and_never_as_dates(desk: Desk, double: AanleverDouble) -> None:
    desk.apply(a_package(a_dataset("a", issued="2026", modified="2026-11")))
    sent = only([one.json for one in double.writes if one.method == "POST"])
    assert (sent["dctIssued"], sent["dctModified"]) == ("2026-01-01T00:00:00Z", "2026-11-01T00:00:00Z")


def test_a_dataset_is_a_draft_until_all_of_it_is_seen_to_be_there(desk: Desk, double: AanleverDouble) -> None:
    desk.apply(a_package(PACKAGE.datasets[0]))
    assert [_short(one.method, one.path) for one in double.requests] == [
        "POST /auth/token",
        "GET /me/catalog-records",
        "POST /datasets",
        "GET /datasets/*",
        "PUT /datasets/*/publication-status",
        "GET /me/catalog-records",
        "GET /datasets/*",
    ]
    assert only([one.query for one in double.writes if one.method == "POST"]) == {}


def test_a_draft_that_is_not_whole_is_not_published(desk: Desk, double: AanleverDouble) -> None:
    take = double._api.dataset

    def forgetful(*asked: Any) -> Any:
        return {name: value for name, value in take(*asked).items() if name != "dcatKeyword"}

    double._api.dataset = forgetful  # type: ignore[method-assign]
    with pytest.raises(DeliveryError) as told:
        desk.apply(a_package(a_dataset("a")))
    assert told.value.finding.rule == "target-field-dropped"
    assert "dcatKeyword" in told.value.finding.message
    assert [one.status for one in double.datasets.values()] == ["DRAFT"]


def test_the_plan_lists_what_the_fields_cannot_carry(desk: Desk) -> None:
    losses = "\n".join(desk.plan().losses)
    for lost in (
        "no language tag",
        "in another language (en)",
        "licence http://creativecommons.org/publicdomain/zero/1.0/deed.nl",
        "checksum",
        "size",
        "media type",
        "language of files",
        "dates of files",
        "IRIs of publisher, creators and contact",
        "theme https://identifier.overheid.nl/tooi/def/thes/top/c_3eb6243b",
        "year or month",
        "title and description of the series",
        "catalogue records",
    ):
        assert lost in losses, lost


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"description": {"nl": "x" * 2001}}, "more than 2,000 characters"),
        ({"description": {"nl": "\N{GRINNING FACE}" * 1001}}, "more than 2,000 characters"),
        ({"description": {}}, "no description"),
        ({"title": {}}, "no title"),
        ({"publisher": Agent("", {})}, "publisher has no name"),
        ({"creators": ()}, "no creator"),
        ({"contact": Contact("", {}, "", "https://voorbeeld.nl")}, "contact point has no name"),
        ({"themes": ("https://identifier.overheid.nl/tooi/def/thes/top/c_3eb6243b",)}, "no theme"),
        ({"access_rights": f"{EU}/access-right/SENSITIVE"}, "access rights"),
        ({"landing_pages": ("https://voorbeeld.nl/a b",)}, "'https://voorbeeld.nl/a b' is not a URI"),
        ({"files": (replace(a_file("a", "csv"), access_url="a.csv"),)}, "'a.csv' is not a URI"),
    ],
)
def test_what_the_api_would_refuse_is_told_before_anything_is_asked(
    desk: Desk, double: AanleverDouble, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(DeliveryError, match=re.escape(said)) as told:
        desk.apply(a_package(a_dataset("a", **changes)))
    assert told.value.finding.rule == "target-dataset-rejected"
    assert double.requests == []


def test_the_shipped_publication_is_taken_and_kept(desk: Desk, published: Path) -> None:
    package = contents.load(published.parent, published.name)
    assert set(actions(desk.apply(package)).values()) == {"create"}
    assert set(actions(desk.plan(package)).values()) == {"unchanged"}
    assert len(state(desk.double)) == len(package.datasets)


# Again --------------------------------------------------------------------------------------------------


def test_a_second_apply_costs_a_token_and_a_listing_and_writes_nothing(desk: Desk) -> None:
    desk.apply()
    assert desk.asked(desk.apply) == ["POST /auth/token", "GET /me/catalog-records"]
    assert desk.client
    assert (desk.client.asked, desk.client.written) == (2, 0)


def test_without_receipts_the_plan_is_the_same_and_costs_a_request_for_each_dataset(desk: Desk) -> None:
    desk.apply()
    changed = a_package(a_dataset("a", version="2.0.0"), PACKAGE.datasets[1])
    short = desk.plan(changed)
    desk.receipts.unlink()
    expected = ["POST /auth/token", "GET /me/catalog-records", "GET /datasets/*", "GET /datasets/*"]
    long: list[Plan] = []
    assert desk.asked(lambda: long.append(desk.plan(changed))) == expected
    assert plan.as_dict(only(long)) == plan.as_dict(short)


def test_only_what_changed_there_is_asked_for_again(desk: Desk, double: AanleverDouble) -> None:
    desk.apply()
    key = next(one.id for one in double.datasets.values() if one.identifier == f"{BASE}b")
    double._api.save(double.datasets[key])
    assert desk.asked(desk.plan) == ["POST /auth/token", "GET /me/catalog-records", "GET /datasets/*"]
    assert double.requests[-1].path == f"/api/v1/datasets/{key}"


def test_a_listing_is_read_by_the_hundred_and_others_in_it_are_asked_for_once(
    desk: Desk, double: AanleverDouble
) -> None:
    elsewhere = {**state_payload(), "dctIdentifier": ""}
    for number in range(105):
        double.plant({**elsewhere, "dctIdentifier": f"https://elders.nl/{number}"}, "PUBLISHED")
    assert desk.asked(desk.apply).count("GET /datasets/*") == 105 + 2 + 2
    assert desk.asked(desk.apply) == ["POST /auth/token", "GET /me/catalog-records", "GET /me/catalog-records"]
    listing = [one for one in double.requests if one.path.endswith("/catalog-records")]
    assert {(only(one.query["size"]), only(one.query["sort"])) for one in listing} == {("100", "listingDate,asc")}


def state_payload() -> dict[str, Any]:
    """Return a sound payload that says nothing of ours."""
    return {
        "dctIdentifier": "https://elders.nl/iets",
        "dctTitle": ["Iets"],
        "dctDescription": ["Van een ander."],
        "dctPublisher": {"foafName": ["Een ander"]},
        "dctCreator": [{"foafName": ["Een ander"]}],
        "dcatContactPoint": {"vcardFn": "Een ander"},
        "dcatTheme": [f"{EU}/data-theme/ENVI"],
        "dctAccessRights": f"{EU}/access-right/PUBLIC",
    }


def test_what_others_deliver_is_left_alone(desk: Desk, double: AanleverDouble) -> None:
    kept = [double.plant(state_payload(), "PUBLISHED"), double.plant(state_payload(), "DRAFT", STRANGER)]
    desk.apply(prune=True)
    assert [double.datasets[one.id] for one in kept] == kept


# Receipts -----------------------------------------------------------------------------------------------


def test_an_edit_by_another_is_seen_in_spite_of_receipts(desk: Desk, double: AanleverDouble) -> None:
    desk.apply()
    kept = double.find(f"{BASE}a")
    assert kept
    double._api._ticks += 1
    double._api.save(replace(kept, payload={**kept.payload, "dctTitle": ["Van een ander"]}))
    change = only(list(desk.plan().pending))
    assert [(one.name, one.old, one.new) for one in change.fields] == [("dctTitle", ["Van een ander"], ["Titel van a"])]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("Titel van a", "Titel van z"),
        lambda text: text.replace("PUBLISHED", "WITHDRAWN"),
        lambda _: json.dumps({"held": {}, "seal": ""}),
        lambda text: json.dumps({"held": json.loads(text)["held"], "seal": None}),
        lambda text: json.dumps({"held": dict.fromkeys(json.loads(text)["held"]), "seal": "0" * 64}),
        lambda text: text[: len(text) // 2],
        lambda _: "[" * 100_000,
        lambda _: "",
        lambda _: "null",
        lambda _: '{"held": [1], "seal": "\\u00e9"}',
    ],
)
def test_receipts_that_another_wrote_change_no_plan(desk: Desk, spoil: Callable[[str], str]) -> None:
    desk.apply()
    changed = a_package(a_dataset("a", title={"nl": "Titel van z"}), PACKAGE.datasets[1])
    expected = plan.as_dict(desk.plan(changed))
    desk.receipts.write_text(spoil(desk.receipts.read_text()))
    assert plan.as_dict(desk.plan(changed)) == expected
    assert actions(desk.apply()) == {"a": "unchanged", "b": "unchanged"}


def test_receipts_of_another_catalogue_or_an_earlier_state_change_no_plan(
    desk: Desk, openapi: Path, tmp_path: Path
) -> None:
    desk.apply()
    early = desk.receipts.read_text()
    desk.apply(a_package(a_dataset("a", version="2.0.0"), PACKAGE.datasets[1]))
    desk.receipts.write_text(early)
    assert actions(desk.plan()) == {"a": "update", "b": "unchanged"}
    with AanleverDouble(openapi) as other:
        there = Desk(other, tmp_path / "other")
        # The same requests in the same order: the same ids and moments, and yet another title.
        there.apply(a_package(replace(PACKAGE.datasets[0], title={"nl": "Elders"}), PACKAGE.datasets[1]))
        assert json.loads(there.receipts.read_text())["held"].keys() == json.loads(early)["held"].keys()
        there.receipts.write_text(early)
        assert actions(there.plan()) == {"a": "update", "b": "unchanged"}


def test_receipts_that_cannot_be_kept_are_done_without(desk: Desk) -> None:
    (desk.folder / "build").write_text("no folder")
    desk.apply()
    assert set(actions(desk.plan()).values()) == {"unchanged"}


def test_a_change_in_the_second_of_a_receipt_is_not_missed(desk: Desk, double: AanleverDouble) -> None:
    """The double's clock stands while another edits; its Date says that this second is not over yet."""
    double.clock_off = aanlever_double.START.timestamp() - time.time()
    desk.apply()
    kept = double.find(f"{BASE}a")
    assert kept
    double._api.datasets[kept.id] = replace(kept, payload={**kept.payload, "dctTitle": ["Van een ander"]})
    assert actions(desk.plan()) == {"a": "update", "b": "unchanged"}


# Changes ------------------------------------------------------------------------------------------------


def ids(double: AanleverDouble, name: str) -> dict[str, str]:
    """Return the address of each file of a dataset -> its id in the catalogue."""
    kept = double.find(f"{BASE}{name}")
    assert kept
    return {one.content["dcatDownloadUrl"]: one.id for one in kept.distributions}


def test_a_file_keeps_its_id_when_it_changes_or_another_comes_or_goes(desk: Desk, double: AanleverDouble) -> None:
    desk.apply(a_package(a_dataset("a", a_file("a", "csv"), a_file("a", "json"), a_file("a", "xml"))))
    before, dataset = ids(double, "a"), double.find(f"{BASE}a")
    changed = a_dataset("a", a_file("a", "csv", "Andere titel"), a_file("a", "json"), a_file("a", "ttl"))
    run = desk.asked(lambda: desk.apply(a_package(changed)))
    after = ids(double, "a")
    assert [one for one in run if not one.startswith("GET")] == [
        "POST /auth/token",
        "PUT /datasets/*/distributions/*",
        "POST /datasets/*/distributions",
        "DELETE /datasets/*/distributions/*",
    ]
    assert {address: after[address] for address in after.keys() & before.keys()} == {
        f"{BASE}a.csv": before[f"{BASE}a.csv"],
        f"{BASE}a.json": before[f"{BASE}a.json"],
    }
    assert f"{BASE}a.ttl" in after
    kept = double.find(f"{BASE}a")
    assert dataset
    assert kept
    assert kept.distributions[0].content["dctTitle"] == ["Andere titel"]
    assert kept.payload == dataset.payload


def test_a_file_that_moves_keeps_its_id(desk: Desk, double: AanleverDouble) -> None:
    desk.apply(a_package(a_dataset("a", a_file("a", "csv"))))
    before = only(list(ids(double, "a").values()))
    there = "https://elders.nl/a.csv"
    desk.apply(a_package(a_dataset("a", replace(a_file("a", "csv"), access_url=there, download_url=there))))
    assert ids(double, "a") == {there: before}


def test_fields_are_changed_by_patch_and_files_keep_their_ids(desk: Desk, double: AanleverDouble) -> None:
    desk.apply()
    before = ids(double, "a")
    changed = a_dataset("a", *PACKAGE.datasets[0].files, title={"nl": "Nieuw"}, version="2", keywords={"nl": ("een",)})
    run = desk.asked(lambda: desk.apply(a_package(changed, PACKAGE.datasets[1])))
    assert [one for one in run if not one.startswith("GET")] == ["POST /auth/token", "PATCH /datasets/*"]
    assert ids(double, "a") == before
    kept = double.find(f"{BASE}a")
    assert kept
    assert [kept.payload[name] for name in ("dctTitle", "dcatVersion", "dcatKeyword")] == [["Nieuw"], "2", ["een"]]


def test_a_part_of_a_field_that_goes_is_emptied_by_put(desk: Desk, double: AanleverDouble) -> None:
    both = Contact(f"{BASE}catalog#contact", {"nl": "Redactie"}, "redactie@voorbeeld.nl", "https://voorbeeld.nl")
    desk.apply(a_package(a_dataset("a", contact=both)))
    run = desk.asked(lambda: desk.apply(a_package(a_dataset("a"))))
    assert [one for one in run if not one.startswith("GET")] == ["POST /auth/token", "PUT /datasets/*"]
    kept = double.find(f"{BASE}a")
    assert kept
    assert "vcardHasUrl" not in kept.payload["dcatContactPoint"]


def test_a_field_that_goes_is_emptied_by_put_and_files_go_along(openapi: Path, tmp_path: Path) -> None:
    with AanleverDouble(openapi, assumptions=Assumptions(same_distributions_keep_ids=True)) as double:
        desk = Desk(double, tmp_path)
        desk.apply()
        before = ids(double, "a")
        changed = a_dataset("a", *PACKAGE.datasets[0].files, version_notes={}, title={"nl": "Nieuw"})
        run = desk.asked(lambda: desk.apply(a_package(changed, PACKAGE.datasets[1])))
        assert [one for one in run if not one.startswith("GET")] == ["POST /auth/token", "PUT /datasets/*"]
        assert ids(double, "a") == before
        kept = double.find(f"{BASE}a")
        assert kept
        assert kept.payload["dctTitle"] == ["Nieuw"]
        assert "admsVersionNotes" not in kept.payload


def test_what_others_filled_in_beside_our_fields_stays(desk: Desk, double: AanleverDouble) -> None:
    desk.apply()
    kept = double.find(f"{BASE}a")
    assert kept
    double._api.save(replace(kept, payload={**kept.payload, "dctSource": ["https://elders.nl/bron"]}))
    desk.apply(a_package(a_dataset("a", *PACKAGE.datasets[0].files, version="2"), PACKAGE.datasets[1]))
    now = double.find(f"{BASE}a")
    assert now
    assert (now.payload["dctSource"], now.payload["dcatVersion"]) == (["https://elders.nl/bron"], "2")


def test_what_is_dropped_is_withdrawn_and_comes_back(desk: Desk, double: AanleverDouble) -> None:
    desk.apply()
    kept = double.find(f"{BASE}b")
    assert kept
    assert actions(desk.apply(a_package(PACKAGE.datasets[0]))) == {"a": "unchanged", "b": "withdraw"}
    assert double.datasets[kept.id].status == "WITHDRAWN"
    assert actions(desk.apply(a_package(PACKAGE.datasets[0]))) == {"a": "unchanged", "b": "unchanged"}
    made = desk.apply()
    assert [(one.name, one.old, one.new) for one in only(list(made.pending)).fields] == [
        ("state", "withdrawn", "published")
    ]
    now = double.datasets[kept.id]
    assert (now.status, now.published) == ("PUBLISHED", kept.published)


def test_what_is_dropped_is_deleted_when_that_is_asked_for(desk: Desk, double: AanleverDouble) -> None:
    desk.apply()
    assert actions(desk.apply(a_package(PACKAGE.datasets[0]), prune=True)) == {"a": "unchanged", "b": "delete"}
    assert [one.identifier for one in double.datasets.values() if not one.deleted] == [f"{BASE}a"]


def test_a_dropped_draft_can_only_be_deleted(desk: Desk, double: AanleverDouble) -> None:
    kept = double.plant({**state_payload(), "dctIdentifier": f"{BASE}oud"})
    assert actions(desk.apply()) == {"a": "create", "b": "create", "oud": "unchanged"}
    assert double.datasets[kept.id] == kept
    assert actions(desk.apply(prune=True))["oud"] == "delete"
    assert double.datasets[kept.id].deleted


def test_a_draft_that_an_interrupted_apply_left_is_found_again_and_published(
    desk: Desk, double: AanleverDouble
) -> None:
    double.kill_after(3)
    with pytest.raises(DeliveryError):
        desk.apply(a_package(PACKAGE.datasets[0]))
    assert [one.status for one in double.datasets.values()] == ["DRAFT"]
    double.revive()
    made = desk.apply(a_package(PACKAGE.datasets[0]))
    assert [(one.name, one.old, one.new) for one in only(list(made.pending)).fields] == [
        ("state", "draft", "published")
    ]
    assert [one.status for one in double.datasets.values()] == ["PUBLISHED"]


def test_later_releases_are_told_which_version_is_replaced(openapi: Path, tmp_path: Path) -> None:
    with AanleverDouble(openapi, assumptions=Assumptions(versioned=True)) as double:
        desk = Desk(double, tmp_path)
        desk.apply()
        desk.apply(a_package(a_dataset("a", version="2"), PACKAGE.datasets[1]))
        put = only([one for one in double.writes if one.method == "PATCH"])
        # Made as version 1, and 2 since its status changed.
        assert put.query == {"version": ["2"]}
        assert put.status == 200


# Every fault at every request ----------------------------------------------------------------------------

AFTER = a_package(
    a_dataset("a", a_file("a", "csv", "Andere titel"), a_file("a", "ttl"), version="2.0.0"),
    a_dataset("b", a_file("b", "csv"), version="2.0.0"),
    a_dataset("c", a_file("c", "csv")),
)
"""One to replace by PUT and its files, one that was withdrawn to PATCH, one that is new; `d` and `e` are dropped."""


def prepare(double: AanleverDouble) -> None:
    """Let a double hold what earlier deliveries left, and a dataset of somebody else."""
    desk = Desk(double, Path("nowhere"))
    for name, status in (("a", "PUBLISHED"), ("b", "WITHDRAWN"), ("d", "PUBLISHED"), ("e", "DRAFT")):
        files = [a_file(name, "csv"), a_file(name, "json")] if name == "a" else [a_file(name, "csv")]
        wanted = only(aanlever.wanted(a_package(a_dataset(name, *files)), desk.target))
        fields = {**wanted.fields, "dcatDistribution": [dict(file.fields) for file in wanted.files]}
        fields |= {"dctConformsTo": ["https://norm.nl"]} if name == "a" else {}
        double.plant(fields, status)  # type: ignore[arg-type]
    double.plant(state_payload(), "PUBLISHED")


FAULTS: list[tuple[How, bool]] = [
    ("500", False),
    ("500", True),
    ("502", True),
    ("503", True),
    ("429", False),
    ("429", True),
    ("timeout", False),
    ("timeout", True),
    ("reset", False),
    ("reset", True),
    ("truncated", True),
    ("html", False),
    ("html", True),
]


@functools.cache
def undisturbed(openapi: Path, versioned: bool, prune: bool) -> tuple[int, list[tuple[str, str, str]]]:
    """Return how many requests a run without faults takes, and what it leaves."""
    with AanleverDouble(openapi, assumptions=Assumptions(versioned=versioned)) as double:
        prepare(double)
        Desk(double, Path(os.devnull)).apply(AFTER, prune)
        return len(double.requests), state(double)


def disturbed(openapi: Path, folder: Path, versioned: bool, disturb: Callable[[AanleverDouble], None]) -> str:
    """Let a run go wrong, then run once more: nothing is lost or double, and a third run writes nothing.

    Returns how the run that went wrong ended.
    """
    _, expected = undisturbed(openapi, versioned, True)
    with AanleverDouble(openapi, assumptions=Assumptions(versioned=versioned)) as double:
        prepare(double)
        desk = Desk(double, folder, seconds=0.15)
        disturb(double)
        said = ""
        try:
            desk.apply(AFTER, prune=True)
        except DeliveryError as told:
            said = str(told.finding)
        assert CLIENT.key not in said
        assert "token-1-of" not in said
        if double._gone:
            double.revive()
        double._last = 0
        double._due.clear()
        desk.apply(AFTER, prune=True)
        assert state(double) == expected
        writes = len(double.writes)
        assert set(actions(desk.apply(AFTER, prune=True)).values()) == {"unchanged"}
        assert len(double.writes) == writes
        return said


ANYWHERE = [(*fault, False) for fault in FAULTS] + [(*one, True) for one in FAULTS if one[1] and one[0] != "timeout"]


@pytest.mark.parametrize(("how", "handled", "versioned"), ANYWHERE)
def test_a_fault_at_any_request_is_made_good_by_one_more_apply(
    openapi: Path, tmp_path: Path, places: Places, how: How, handled: bool, versioned: bool
) -> None:
    count, _ = undisturbed(openapi, versioned, True)
    assert count > 20
    for at in places(range(1, count + 1), ANYWHERE.index((how, handled, versioned))):
        said = disturbed(openapi, tmp_path / str(at), versioned, lambda double, at=at: double.fail(at, how, handled))  # type: ignore[misc]
        # One fault does not even end the run that meets it, but for a web page in the place of an answer.
        assert bool(said) == (how == "html"), said


@pytest.mark.parametrize("how", ["500", "reset"])
def test_a_fault_that_lasts_is_made_good_by_one_more_apply(
    openapi: Path, tmp_path: Path, places: Places, how: How
) -> None:
    count, _ = undisturbed(openapi, False, True)
    for at in places(range(1, count + 1), len(how)):
        disturbed(openapi, tmp_path / str(at), False, lambda double, at=at: double.fail(at, how, True, times=99))  # type: ignore[misc]


def test_an_end_after_any_request_is_made_good_by_one_more_apply(openapi: Path, tmp_path: Path, places: Places) -> None:
    count, _ = undisturbed(openapi, False, True)
    for at in places(range(count + 1), 1):
        disturbed(openapi, tmp_path / str(at), False, lambda double, at=at: double.kill_after(at))  # type: ignore[misc]


@pytest.mark.parametrize("refused", [False, True])
def test_a_token_that_ends_before_any_request_is_had_anew(
    openapi: Path, tmp_path: Path, places: Places, refused: bool
) -> None:
    count, expected = undisturbed(openapi, False, True)
    for at in places(range(2, count + 1), refused):
        with AanleverDouble(openapi, assumptions=Assumptions(stale_token_refused=refused)) as double:
            prepare(double)
            double.expire_tokens(at)
            Desk(double, tmp_path / str(at)).apply(AFTER, prune=True)
            assert state(double) == expected
            assert 1 <= sum(one.path.endswith("/token") for one in double.requests) <= 3


def test_a_write_that_happens_after_it_was_looked_for_is_not_taken_for_refused(desk: Desk) -> None:
    answers: list[Answer | Exception] = [AnswerLostError("reset"), Answer(409, {"code": "DCAT_DATASET_ALREADY_EXISTS"})]
    found = [False, True]
    api = desk.open().api

    def write(*_: object, **__: object) -> Answer:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    api._write = write  # type: ignore[method-assign, assignment]
    assert api.write_once("POST", "/datasets", {}, About("a"), lambda: found.pop(0)) is None
    assert not answers
    assert not found


# Tokens and refusals ------------------------------------------------------------------------------------


def test_a_token_is_had_anew_before_it_runs_out(desk: Desk) -> None:
    now = 0.0
    client = Client(desk.double.url, dict, [])
    os.environ["KEY"] = CLIENT.key
    from ogp_data.delivery.target import secret

    tokens = aanlever_api.Tokens(client, CLIENT.id, secret(desk.target, desk.folder), clock=lambda: now)
    first = tokens.headers()
    now = 3000.0
    assert tokens.headers() == first
    now = 3500.0
    assert tokens.headers() != first
    assert len(desk.double.requests) == 2


def test_a_key_that_is_refused_is_told_and_not_tried_again(desk: Desk, double: AanleverDouble) -> None:
    desk.key = "wrong-key"
    with pytest.raises(DeliveryError) as told:
        desk.plan()
    assert told.value.finding.rule == "target-token-refused"
    assert CLIENT.id in told.value.finding.message
    assert len(double.requests) == 1


def test_clocks_that_differ_are_named_where_a_key_is_refused(desk: Desk, double: AanleverDouble) -> None:
    double.clock_off = 7200
    desk.key = "wrong-key"
    with pytest.raises(DeliveryError) as told:
        desk.plan()
    assert "120 minutes apart" in told.value.finding.hint


def test_a_client_without_a_role_is_told_what_to_ask_for(openapi: Path, tmp_path: Path) -> None:
    with AanleverDouble(openapi, clients=(replace(CLIENT, role=""),)) as double:
        with pytest.raises(DeliveryError, match="not permit what was requested for a") as told:
            Desk(double, tmp_path).apply()
        assert "role User" in told.value.finding.hint


def test_an_identifier_that_another_has_is_told_and_not_tried_again(desk: Desk, double: AanleverDouble) -> None:
    double.plant({**state_payload(), "dctIdentifier": f"{BASE}a"}, "DRAFT", STRANGER)
    with pytest.raises(DeliveryError) as told:
        desk.apply()
    found = told.value.finding
    assert found.rule == "target-name-taken"
    assert "DCAT_DATASET_ALREADY_EXISTS" in found.message
    assert found.place.iri == f"{BASE}a"
    assert len(double.writes) == 1


def test_a_status_that_may_not_follow_is_told_with_who_can_set_it(openapi: Path, tmp_path: Path) -> None:
    kept = {"DRAFT": ("PUBLISHED",), "PUBLISHED": (), "WITHDRAWN": ()}
    with AanleverDouble(openapi, assumptions=Assumptions(transitions=kept)) as double:
        desk = Desk(double, tmp_path)
        desk.apply()
        made = desk.apply(a_package(PACKAGE.datasets[0]))
        assert {change.name: (change.action, change.note) for change in made.changes}["b"] == (
            "unchanged",
            "no longer published, but the catalogue does not allow it to be withdrawn under this name",
        )
        # What the catalogue says may be out of date.
        desk.double._api.assumptions = Assumptions()
        planned = Desk(double, tmp_path / "elsewhere").plan(a_package(PACKAGE.datasets[0]))
        desk.double._api.assumptions = Assumptions(transitions=kept)
        with pytest.raises(DeliveryError, match="publication status of b") as told:
            desk.open().perform(only(list(planned.pending)), PACKAGE, lambda _: None)
        assert "administrator" in told.value.finding.hint


def test_a_field_that_is_refused_is_told_with_our_own_place(openapi: Path, tmp_path: Path) -> None:
    with AanleverDouble(openapi, assumptions=Assumptions(contact_needs_address=True)) as double:
        silent = Contact("", {"nl": "Redactie"}, "", "")
        with pytest.raises(DeliveryError) as told:
            Desk(double, tmp_path).apply(a_package(a_dataset("a", contact=silent)))
    found = told.value.finding
    assert found.rule == "target-dataset-rejected"
    assert "dcatContactPoint (key contact)" in found.message
    assert "INVALID_CONTACT_POINT" in found.message
    assert (found.place.file, found.place.key, found.place.iri) == ("nl-x/publication.toml", "contact", f"{BASE}a")


def test_a_dataset_that_changes_between_plan_and_write_is_not_written(desk: Desk, double: AanleverDouble) -> None:
    desk.apply()
    adapter = desk.open()
    held = adapter.held

    def and_then_another_edits(package: Package) -> list[Any]:
        found = held(package)
        kept = double.find(f"{BASE}a")
        assert kept
        double._api.save(replace(kept, payload={**kept.payload, "dctTitle": ["Van een ander"]}))
        return found

    adapter.held = and_then_another_edits  # type: ignore[method-assign]
    changed = a_package(a_dataset("a", *PACKAGE.datasets[0].files, version="2"), PACKAGE.datasets[1])
    before = len(double.writes)
    with pytest.raises(DeliveryError) as told:
        deliver.apply(desk.target, "t", adapter, changed, False, lambda _: None)
    assert told.value.finding.rule == "target-changed"
    assert len(double.writes) == before


def documented_codes(openapi: Path) -> tuple[set[str], set[str]]:
    """Return the codes of problems and of fields that the OpenAPI document names."""
    text = openapi.read_text(encoding="utf-8")
    schemas = aanlever_double.load(openapi)["components"]["schemas"]
    of_fields = set(schemas["DcatDatasetPayloadValidationErrorResponse"]["properties"]["code"]["enum"])
    return set(re.findall(r"\b(?:DCAT_DATASET_[A-Z_]+|INTERNAL_ERROR)\b", text)), of_fields


def test_every_code_that_the_document_names_has_a_sentence(openapi: Path) -> None:
    problems, of_fields = documented_codes(openapi)
    assert (len(problems), len(of_fields)) == (6, 10)
    for code in problems:
        problem = {"code": code, "title": "Titel", "detail": "Uitleg."}
        told = aanlever_api.refusal(Answer(409, problem), About("a"), str)
        assert re.match(r"The catalogue .+ a\b.*: Titel, Uitleg", told.finding.message), code
        assert code in told.finding.message
        assert told.finding.hint
    for code in of_fields:
        problem = {"code": "DCAT_DATASET_VALIDATION_FAILED", "errors": [{"code": code, "path": "dctTitle"}]}
        told = aanlever_api.refusal(Answer(400, problem), About("a"), str)
        assert re.search(rf"dctTitle \(key dataset\[\]\.title\): it .+ \({code}\)", told.finding.message), code


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_fault_of_the_catalogue_that_lasts_is_told_with_its_sentence(
    desk: Desk, double: AanleverDouble, at: int
) -> None:
    """At its token, at its listing, and at a write that must not just be repeated."""
    double.fail(at, "500", False, times=99)
    with pytest.raises(DeliveryError) as told:
        desk.apply()
    assert "Onverwachte fout (INTERNAL_ERROR)" in told.value.finding.message
    assert told.value.finding.rule == "unreachable-target"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(418, {"code": "NIEUW", "title": "Nieuw", "detail": "Kan niet."}), "Nieuw, Kan niet (NIEUW)"),
        (
            Answer(400, {"errors": [{"code": "NIEUW", "path": "x.y[0]", "message": "fout"}]}),
            "x.y[0]: it is not accepted (NIEUW, fout)",
        ),
        (Answer(422, None), "(status 422)."),
        (Answer(400, {"errors": "onzin", "code": 7}), "(status 400)"),
        (Answer(400, ["onzin"]), "(status 400)."),
    ],
)
def test_a_code_that_is_not_known_is_told_in_the_words_of_the_catalogue(answer: Answer, words: str) -> None:
    assert words in aanlever_api.refusal(answer, About("a"), str).finding.message


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {},
        {"content": [1]},
        {"content": [{}]},
        {"content": [{"meta": {"primaryTopicId": "../x"}}], "page": {"totalPages": 1}},
        {"content": [{"meta": {"primaryTopicId": "x"}}], "page": {"totalPages": "1"}},
    ],
)
def test_an_answer_that_is_none_of_this_api_is_told(desk: Desk, answer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    adapter = desk.open()
    monkeypatch.setattr(Client, "_patiently", lambda *_, **__: Answer(200, answer))
    with pytest.raises(DeliveryError) as told:
        adapter.held(PACKAGE)
    assert told.value.finding.rule == "unexpected-target-answer"


def test_two_datasets_that_say_to_be_the_same_are_refused(desk: Desk, double: AanleverDouble) -> None:
    for _ in range(2):
        double.plant({**state_payload(), "dctIdentifier": f"{BASE}a"})
    with pytest.raises(DeliveryError, match="two datasets"):
        desk.plan()


def test_neither_key_nor_token_appears_anywhere(
    desk: Desk, double: AanleverDouble, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(0)
    desk.apply()
    texts = [path.read_text() for path in desk.folder.rglob("*") if path.is_file()]
    assert texts
    adapter = desk.open()
    adapter.held(PACKAGE)
    tokens = list(double._api.tokens)
    echo = {"title": f"{CLIENT.key} {' '.join(tokens)}", "detail": tokens[-1], "errors": [{"path": tokens[-1]}]}
    with monkeypatch.context() as patched:
        patched.setattr(Client, "_patiently", lambda *_, **__: Answer(400, echo))
        with pytest.raises(DeliveryError) as told:
            adapter.api.write("PUT", "/x", {}, About("a"))
    texts += [str(told.value), str(told.value.finding), repr(adapter.api.client), caplog.text]
    texts += [repr(vars(adapter.api.tokens)), json.dumps(plan.as_dict(desk.plan()))]
    for text in texts:
        assert CLIENT.key not in text
        assert tokens[-1] not in text


# The command line and a second opinion -------------------------------------------------------------------


def test_the_example_target_delivers_when_its_address_and_key_are_filled_in(
    double: AanleverDouble, published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    example = (ROOT / "data" / "targets" / "aanlever.toml").read_text(encoding="utf-8")
    (tmp_path / "dist").symlink_to(published.parent)
    path = tmp_path / "aanlever.toml"
    path.write_text(re.sub('url = ".*"', f'url = "{double.url}"', example), encoding="utf-8")
    monkeypatch.setenv("AANLEVER_API_KEY", CLIENT.key)
    arguments = [str(path), "--dist", str(tmp_path / "dist")]
    assert cli.main(["plan", *arguments]) == 3
    assert "not carried: the checksum of files" in capsys.readouterr().out
    assert cli.main(["apply", *arguments]) == 0
    assert cli.main(["plan", *arguments]) == 0
    assert (tmp_path / "build" / "receipts" / "aanlever.json").is_file()
    assert CLIENT.key not in capsys.readouterr().out


def prism() -> Path:
    """Return the program prism; without it, the calling test is skipped, and fails in CI."""
    program = ROOT / "tests" / "tools" / "node_modules" / ".bin" / "prism"
    if not program.is_file():
        assert "CI" not in os.environ, "prism is not installed: make test-tools"
        pytest.skip("prism is not installed: make test-tools")
    return program


@pytest.fixture
def proxy(double: AanleverDouble, openapi: Path, tmp_path: Path) -> Iterator[str]:
    """Return the address of a prism that checks all that goes to and from the double."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    command = [str(prism()), "proxy", "-h", "127.0.0.1", "-p", str(port), str(openapi), double.url]
    with (tmp_path / "prism.log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as running:
        try:
            _wait_for(f"http://127.0.0.1:{port}/api/v1/error-codes")
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()


def _wait_for(url: str) -> None:
    for _ in range(600):
        try:
            requests.get(url, timeout=5)
            return
        except requests.ConnectionError:
            time.sleep(0.1)
    pytest.fail("prism does not come up")


def test_a_second_validator_finds_every_request_and_answer_sound(
    double: AanleverDouble, proxy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    violations: set[str] = set()
    send = requests.Session.send

    def listening(session: requests.Session, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        answer = send(session, request, **options)
        violations.update(found["message"] for found in json.loads(answer.headers.get("sl-violations", "[]")))
        return answer

    monkeypatch.setattr(requests.Session, "send", listening)
    prepare(double)
    before = len(double.requests)
    Desk(double, tmp_path, url=proxy).apply(AFTER, prune=True)
    assert len(double.requests) > before + 20
    # The document calls Location a URI and gives a path as its example; nothing else may be wrong.
    assert violations == {'Response header parameter location must match format "uri"'}
