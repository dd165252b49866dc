"""The double keeps to the Aanlever API's OpenAPI document: each rule that it enforces, and each way it breaks."""

from __future__ import annotations

import email.utils
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests

import aanlever_double
from aanlever_double import (
    CLIENT,
    NAMED,
    OPERATIONS,
    STRANGER,
    AanleverDouble,
    Answer,
    Assumptions,
    Client,
    How,
    Status,
    as_utc,
)
from conftest import shared

EU = "http://publications.europa.eu/resource/authority"
NOWHERE = "5aa4d627-2b5a-4b69-b8e9-7af31d1288ee"
PAYLOAD: dict[str, Any] = {
    "dctIdentifier": "https://voorbeeld.example/id/a",
    "dctTitle": ["Toezeggingen"],
    "dctDescription": ["Wat is toegezegd."],
    "dctPublisher": {"foafName": ["Ministerie"]},
    "dctCreator": [{"foafName": ["Ministerie"]}],
    "dcatContactPoint": {"vcardFn": "Redactie", "vcardHasEmail": "mailto:redactie@voorbeeld.example"},
    "dcatTheme": [f"{EU}/data-theme/GOVE"],
    "dctAccessRights": f"{EU}/access-right/PUBLIC",
}
"""A dataset with the required fields only."""
CSV = {"dcatAccessUrl": "https://voorbeeld.example/a.csv", "dctTitle": ["CSV"]}
JSON = {"dcatAccessUrl": "https://voorbeeld.example/a.json", "dctTitle": ["JSON"]}


class Caller:
    """Asks a double as one client, or as nobody."""

    def __init__(self, double: AanleverDouble, client: Client | None = CLIENT) -> None:
        self.double, self.session = double, requests.Session()
        if client:
            self.log_in(client)

    def log_in(self, client: Client) -> None:
        answer = self.session.post(
            f"{self.double.url}/api/v1/auth/token", json={"clientId": client.id, "apiKey": client.key}, timeout=5
        )
        self.session.headers["Authorization"] = f"Bearer {answer.json()['accessToken']}"

    def ask(self, method: str, path: str, body: Any = None, timeout: float = 5, **query: Any) -> requests.Response:
        return self.session.request(method, f"{self.double.url}/api/v1{path}", json=body, params=query, timeout=timeout)

    def create(self, **changes: Any) -> str:
        """Bring a dataset and return its id."""
        answer = self.ask("POST", "/datasets", PAYLOAD | changes)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def dataset(self, key: str) -> dict[str, Any]:
        answer = self.ask("GET", f"/datasets/{key}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json()["dcatDataset"])

    def distributions(self, key: str) -> list[tuple[str, str]]:
        """Return the ids and titles of a dataset's distributions, in order."""
        content = self.ask("GET", f"/datasets/{key}/distributions").json()["content"]
        return [(one["id"], one["dcatDistribution"]["dctTitle"][0]) for one in content]

    def records(self, **query: Any) -> list[dict[str, Any]]:
        answer = self.ask("GET", "/me/catalog-records", **query)
        assert answer.status_code == 200, answer.text
        return list(answer.json()["content"])

    def set_status(self, key: str, status: str) -> requests.Response:
        return self.ask("PUT", f"/datasets/{key}/publication-status", {"publicationStatus": status})


@pytest.fixture(scope="module")
def openapi() -> Path:
    return shared() / "standards" / "aanlever-api-0.9.0" / "openapi.yaml"


@pytest.fixture
def double(openapi: Path) -> Iterator[AanleverDouble]:
    with AanleverDouble(openapi) as running:
        yield running


@pytest.fixture
def me(double: AanleverDouble) -> Iterator[Caller]:
    caller = Caller(double)
    with caller.session:
        yield caller


def code(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def errors(answer: requests.Response) -> list[tuple[str, str]]:
    assert code(answer) == (400, "DCAT_DATASET_VALIDATION_FAILED"), answer.text
    return [(one["code"], one["path"]) for one in answer.json()["errors"]]


def documented(openapi: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield path, method and description of every operation of the document."""
    for path, item in aanlever_double.load(openapi)["paths"].items():
        for method, operation in item.items():
            yield path, method.upper(), operation


# Who asks -----------------------------------------------------------------------------------------------


def test_a_token_is_had_for_the_right_key_only(double: AanleverDouble) -> None:
    def ask(**body: str) -> requests.Response:
        return requests.post(f"{double.url}/api/v1/auth/token", json=body, timeout=5)

    token = ask(clientId=CLIENT.id, apiKey=CLIENT.key).json()
    assert token["tokenType"] == "Bearer"
    assert token["expiresIn"] == 3600
    for wrong in (ask(clientId=CLIENT.id, apiKey=STRANGER.key), ask(clientId="niemand", apiKey=CLIENT.key)):
        assert (wrong.status_code, wrong.content) == (401, b"")
    assert ask(clientId=CLIENT.id).status_code == ask(clientId=CLIENT.id, apiKey="").status_code == 400


def test_what_the_document_secures_is_refused_without_a_token(
    double: AanleverDouble, me: Caller, openapi: Path
) -> None:
    token = str(me.session.headers["Authorization"]).removeprefix("Bearer ")
    secured = [(path, method) for path, method, operation in documented(openapi) if operation.get("security")]
    assert len(secured) == 10
    for path, method in secured:
        url = double.url + path.format(datasetId=NOWHERE, distributionId=NOWHERE)
        for headers in ({}, {"Authorization": "Bearer onzin"}, {"Authorization": f"Basic {token}"}):
            answer = requests.request(method, url, headers=headers, timeout=5)
            assert (answer.status_code, answer.content) == (401, b""), (method, path)


def test_a_token_lasts_as_long_as_was_said(openapi: Path) -> None:
    with AanleverDouble(openapi, expires_in=0.2) as double, Caller(double).session as session:
        assert session.get(f"{double.url}/api/v1/auth/user", timeout=5).json()["id"] == CLIENT.id
        time.sleep(0.25)
        assert session.get(f"{double.url}/api/v1/auth/user", timeout=5).status_code == 401


def test_tokens_can_be_made_to_expire_at_a_request(double: AanleverDouble, me: Caller) -> None:
    double.expire_tokens(at=2)
    assert me.ask("GET", "/auth/user").status_code == 200
    assert me.ask("GET", "/auth/user").status_code == 401
    me.log_in(CLIENT)
    assert me.ask("GET", "/auth/user").status_code == 200
    double.expire_tokens()
    assert me.ask("POST", "/datasets", PAYLOAD).status_code == 401
    assert not double.datasets


def test_a_stale_token_reads_what_nobody_in_particular_may_read(openapi: Path, double: AanleverDouble) -> None:
    with Caller(double).session as session:
        key = double.plant(PAYLOAD).id
        double.expire_tokens()
        assert session.get(f"{double.url}/api/v1/datasets/{key}", timeout=5).status_code == 404
    with AanleverDouble(openapi, assumptions=Assumptions(stale_token_refused=True)) as other:
        caller = Caller(other)
        other.expire_tokens()
        with caller.session:
            assert caller.ask("GET", f"/datasets/{other.plant(PAYLOAD).id}").status_code == 401
            caller.log_in(CLIENT)


def test_without_a_role_nothing_can_be_changed(openapi: Path) -> None:
    reader = Client("lezer", "sleutel", role="")
    with AanleverDouble(openapi, clients=(reader,)) as double, Caller(double, reader).session as session:
        answer = session.post(f"{double.url}/api/v1/datasets", json=PAYLOAD, timeout=5)
        assert (answer.status_code, answer.content) == (403, b"")
        assert session.get(f"{double.url}/api/v1/me/catalog-records", timeout=5).status_code == 200


# What may be seen and changed ---------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "others"), [("DRAFT", 404), ("PUBLISHED", 200), ("WITHDRAWN", 404)])
def test_others_see_published_datasets_only(double: AanleverDouble, status: Status, others: int) -> None:
    key = double.plant(PAYLOAD, status).id
    for client, expected in ((CLIENT, 200), (STRANGER, others), (None, others)):
        caller = Caller(double, client)
        with caller.session:
            for part in ("", "/publication-status", "/distributions"):
                assert caller.ask("GET", f"/datasets/{key}{part}").status_code == expected, (client, part)


@pytest.mark.parametrize(
    ("status", "refusal"),
    [("DRAFT", (404, "DCAT_DATASET_NOT_FOUND")), ("PUBLISHED", (403, "DCAT_DATASET_NOT_OWNED"))],
)
def test_a_dataset_of_another_organisation_cannot_be_changed(
    double: AanleverDouble, me: Caller, status: Status, refusal: tuple[int, str]
) -> None:
    key = double.plant(PAYLOAD | {"dcatDistribution": [CSV]}, status, STRANGER).id
    file = double.datasets[key].distributions[0].id
    asked = [
        me.ask("PUT", f"/datasets/{key}", PAYLOAD),
        me.ask("PATCH", f"/datasets/{key}", {"dcatVersion": "2"}),
        me.ask("DELETE", f"/datasets/{key}"),
        me.set_status(key, "WITHDRAWN"),
        me.ask("POST", f"/datasets/{key}/distributions", JSON),
        me.ask("PUT", f"/datasets/{key}/distributions/{file}", JSON),
        me.ask("DELETE", f"/datasets/{key}/distributions/{file}"),
    ]
    assert {code(answer) for answer in asked} == {refusal}
    assert double.datasets[key].distributions[0].content == CSV


def test_a_colleague_and_an_administrator_may_change_what_is_not_theirs(openapi: Path) -> None:
    clients = Client("collega", "a"), Client("beheer", "b", "elders", "Admin")
    with AanleverDouble(openapi, clients=clients) as double:
        key = double.plant(PAYLOAD).id
        for client in clients:
            caller = Caller(double, client)
            with caller.session:
                assert caller.ask("PATCH", f"/datasets/{key}", {"dcatVersion": client.id}).status_code == 200


# What is delivered --------------------------------------------------------------------------------------


def example(openapi: Path) -> dict[str, Any]:
    content = aanlever_double.load(openapi)["paths"]["/api/v1/datasets"]["post"]["requestBody"]["content"]
    return dict(content["application/json"]["examples"]["GeldigeRequestPayload"]["value"])


def test_the_documents_own_example_breaks_its_schema_in_one_place(openapi: Path, me: Caller) -> None:
    assert errors(me.ask("POST", "/datasets", example(openapi))) == [("INVALID_URI", "admsIdentifier[0]")]


def test_the_rest_of_the_documents_example_comes_back_as_it_went(openapi: Path, me: Caller) -> None:
    payload = example(openapi)
    del payload["admsIdentifier"]
    answer = me.ask("POST", "/datasets", payload)
    key = answer.json()["id"]
    assert answer.json() == {"id": key, "dctIdentifier": payload["dctIdentifier"]}
    assert answer.headers["Location"] == f"/api/v1/datasets/{key}"
    assert me.dataset(key) == payload


@pytest.mark.parametrize(
    "name",
    [
        "dcatContactPoint",
        "dcatTheme",
        "dctAccessRights",
        "dctCreator",
        "dctDescription",
        "dctIdentifier",
        "dctPublisher",
        "dctTitle",
    ],
)
def test_a_dataset_without_a_required_field_is_refused(me: Caller, name: str) -> None:
    answer = me.ask("POST", "/datasets", {key: value for key, value in PAYLOAD.items() if key != name})
    assert errors(answer) == [("REQUIRED_FIELD", name)]


@pytest.mark.parametrize(
    ("change", "rule", "path"),
    [
        ({"dctTitle": []}, "REQUIRED_FIELD", "dctTitle"),
        ({"dctTitle": [""]}, "REQUIRED_FIELD", "dctTitle[0]"),
        ({"dctTitle": ["nl", "en"]}, "INVALID_SIZE", "dctTitle"),
        ({"dctTitle": "tekst"}, "INVALID_FIELD_VALUE", "dctTitle"),
        ({"dctDescription": ["x" * 2001]}, "INVALID_SIZE", "dctDescription[0]"),
        ({"dctPublisher": {}}, "REQUIRED_FIELD", "dctPublisher.foafName"),
        ({"dctCreator": []}, "REQUIRED_FIELD", "dctCreator"),
        ({"dcatContactPoint": {"vcardHasUrl": "https://a.example"}}, "REQUIRED_FIELD", "dcatContactPoint.vcardFn"),
        (
            {"dcatContactPoint": {"vcardFn": "a", "vcardHasEmail": "a@b.example"}},
            "INVALID_URI",
            "dcatContactPoint.vcardHasEmail",
        ),
        ({"dcatTheme": ["https://a.example/thema"]}, "INVALID_PATTERN", "dcatTheme[0]"),
        ({"dcatTheme": [f"{EU}/data-theme/GOVE", f"{EU}/data-theme/gove"]}, "INVALID_PATTERN", "dcatTheme[1]"),
        ({"dctAccessRights": f"{EU}/access-right/CONFIDENTIAL"}, "INVALID_PATTERN", "dctAccessRights"),
        ({"dctLanguage": ["nl"]}, "INVALID_URI", "dctLanguage[0]"),
        ({"dctIdentifier": "https:///zonder-host"}, "INVALID_URI", "dctIdentifier"),
        ({"dctIdentifier": "https://a.example/met spatie"}, "INVALID_URI", "dctIdentifier"),
        ({"dctModified": "2024-01-01T10:00:00"}, "INVALID_DATE", "dctModified"),
        ({"dctModified": "2024-13-01"}, "INVALID_DATE", "dctModified"),
        ({"dctModified": "2024"}, "INVALID_DATE", "dctModified"),
        ({"dctTemporal": [{"dcatStartDate": "2024-01-01T00:00:00Z"}]}, "INVALID_DATE", "dctTemporal[0].dcatStartDate"),
        ({"dctTemporal": [{"timeHasEnd": "morgen"}]}, "INVALID_DATE", "dctTemporal[0].timeHasEnd"),
        ({"dcatTemporalResolution": "1 dag"}, "INVALID_DURATION", "dcatTemporalResolution"),
        ({"dcatTemporalResolution": "PT"}, "INVALID_DURATION", "dcatTemporalResolution"),
        ({"dcatSpatialResolutionInMeters": "25"}, "INVALID_NUMERIC_VALUE", "dcatSpatialResolutionInMeters"),
        ({"dcatDistribution": [CSV, {"dctFormat": "CSV"}]}, "INVALID_URI", "dcatDistribution[1].dctFormat"),
        ({"dcatKeyword": [""]}, "REQUIRED_FIELD", "dcatKeyword[0]"),
        ({"dcatVersion": None}, "INVALID_FIELD_VALUE", "dcatVersion"),
    ],
)
def test_a_field_that_does_not_fit_its_schema_is_named(
    double: AanleverDouble, me: Caller, change: dict[str, Any], rule: str, path: str
) -> None:
    assert errors(me.ask("POST", "/datasets", PAYLOAD | change)) == [(rule, path)]
    assert not double.datasets


def test_every_field_error_is_told_at_once(me: Caller) -> None:
    change = {"dctTitle": [], "dctIssued": "gisteren", "dcatLandingPage": ["nergens"]}
    assert errors(me.ask("POST", "/datasets", PAYLOAD | change)) == [
        ("INVALID_URI", "dcatLandingPage[0]"),
        ("INVALID_DATE", "dctIssued"),
        ("REQUIRED_FIELD", "dctTitle"),
    ]


@pytest.mark.parametrize("duration", ["P1D", "PT15M", "P1Y2M3D", "P2W", "PT0.5S"])
def test_durations_of_iso_8601_are_accepted(me: Caller, duration: str) -> None:
    assert me.dataset(me.create(dcatTemporalResolution=duration))["dcatTemporalResolution"] == duration


def test_a_contact_point_needs_no_more_than_a_name(me: Caller) -> None:
    assert me.dataset(me.create(dcatContactPoint={"vcardFn": "a"}))["dcatContactPoint"] == {"vcardFn": "a"}


def test_a_description_of_2000_characters_is_accepted(me: Caller) -> None:
    me.create(dctDescription=["é" * 2000])


@pytest.mark.parametrize("body", [b"{", b"", b"[]", b'"tekst"', b'{"a": NaN}', b"\xff"])
def test_a_body_that_is_no_json_object_cannot_be_read(double: AanleverDouble, me: Caller, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = me.session.post(f"{double.url}/api/v1/datasets", data=body, headers=headers, timeout=5)
    assert code(answer) == (400, "DCAT_DATASET_DESERIALIZATION_FAILED")
    assert "errors" not in answer.json()


def test_a_body_that_is_not_called_json_cannot_be_read(double: AanleverDouble, me: Caller) -> None:
    answer = me.session.post(f"{double.url}/api/v1/datasets", data=b"{}", timeout=5)
    assert code(answer) == (400, "DCAT_DATASET_DESERIALIZATION_FAILED")


def test_fields_that_the_document_does_not_know_are_not_kept(me: Caller) -> None:
    kept = me.dataset(me.create(dctLicense="x", dcatDistribution=[CSV | {"dctLicense": "x"}]))
    assert kept == PAYLOAD | {"dcatDistribution": [CSV]}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("2024-02-29", "2024-02-29T00:00:00Z"),
        ("2026-01-22T10:30:00Z", "2026-01-22T10:30:00Z"),
        ("2026-01-22T00:30:00+01:00", "2026-01-21T23:30:00Z"),
        ("2026-01-22T10:30:00-05:30", "2026-01-22T16:00:00Z"),
    ],
)
def test_moments_come_back_in_utc(me: Caller, sent: str, kept: str) -> None:
    period = {"dcatStartDate": "2024-01-01", "timeHasBeginning": sent}
    found = me.dataset(me.create(dctIssued=sent, dctModified=sent, dctTemporal=[period]))
    assert found["dctIssued"] == found["dctModified"] == kept
    assert found["dctTemporal"] == [{"dcatStartDate": "2024-01-01", "timeHasBeginning": kept}]


@pytest.mark.parametrize(
    "text", ["20240101", "2024-W01-1", "2024-01-01 10:00:00Z", "2024-02-30", "0001-01-01T00:00:00+14:00"]
)
def test_what_is_no_date_or_moment_with_a_zone_is_refused(text: str) -> None:
    with pytest.raises((ValueError, OverflowError)):
        as_utc(text)


def test_an_identifier_is_taken_once_whoever_has_it(double: AanleverDouble, me: Caller) -> None:
    taken, refusal = "https://voorbeeld.example/id/taken", (409, "DCAT_DATASET_ALREADY_EXISTS")
    double.plant(PAYLOAD | {"dctIdentifier": taken}, owner=STRANGER)
    key = me.create()
    assert code(me.ask("POST", "/datasets", PAYLOAD)) == refusal
    assert code(me.ask("POST", "/datasets", PAYLOAD | {"dctIdentifier": taken})) == refusal
    assert code(me.ask("PUT", f"/datasets/{key}", PAYLOAD | {"dctIdentifier": taken})) == refusal
    assert code(me.ask("PATCH", f"/datasets/{key}", {"dctIdentifier": taken})) == refusal
    assert len(double.datasets) == 2


def test_put_replaces_the_whole_dataset(me: Caller) -> None:
    key = me.create(dcatVersion="1", dcatKeyword=["a"])
    changed = PAYLOAD | {"dctIdentifier": "https://voorbeeld.example/id/b", "dcatKeyword": ["b"]}
    answer = me.ask("PUT", f"/datasets/{key}", changed)
    assert answer.json() == {"id": key, "dctIdentifier": "https://voorbeeld.example/id/b"}
    assert me.dataset(key) == changed


def test_put_of_the_same_changes_nothing_that_is_told_of_the_dataset(me: Caller) -> None:
    key = me.create(dcatVersion="1")
    before = me.ask("GET", f"/datasets/{key}").json()
    for _ in range(2):
        assert me.ask("PUT", f"/datasets/{key}", PAYLOAD | {"dcatVersion": "1"}).status_code == 200
    assert me.ask("GET", f"/datasets/{key}").json() == before


def test_patch_changes_what_is_sent_and_checks_the_whole(me: Caller) -> None:
    key = me.create(dcatVersion="1", dcatKeyword=["a", "b"])
    change = {"dcatVersion": "2", "dcatKeyword": ["c"], "dcatContactPoint": {"vcardFn": "Team"}}
    assert me.ask("PATCH", f"/datasets/{key}", change).status_code == 200
    contact = {"vcardFn": "Team", "vcardHasEmail": "mailto:redactie@voorbeeld.example"}
    expected = PAYLOAD | {"dcatVersion": "2", "dcatKeyword": ["c"], "dcatContactPoint": contact}
    assert me.dataset(key) == expected
    assert errors(me.ask("PATCH", f"/datasets/{key}", {"dctTitle": []})) == [("REQUIRED_FIELD", "dctTitle")]
    assert me.dataset(key) == expected


def test_a_put_that_is_refused_changes_nothing(me: Caller) -> None:
    key = me.create()
    assert errors(me.ask("PUT", f"/datasets/{key}", {"dctTitle": ["x"]}))
    assert me.dataset(key) == PAYLOAD


def test_rules_that_the_document_only_has_codes_for_can_be_assumed(openapi: Path) -> None:
    assumed = Assumptions(fixed_fields=frozenset({"dctIdentifier"}), contact_needs_address=True)
    with AanleverDouble(openapi, assumptions=assumed) as double:
        caller = Caller(double)
        with caller.session:
            key = caller.create()
            changed = {"dctIdentifier": "https://voorbeeld.example/id/b"}
            fixed = [("FIELD_NOT_MODIFIABLE", "dctIdentifier")]
            assert errors(caller.ask("PUT", f"/datasets/{key}", PAYLOAD | changed)) == fixed
            assert errors(caller.ask("PATCH", f"/datasets/{key}", changed)) == fixed
            assert caller.ask("PUT", f"/datasets/{key}", PAYLOAD).status_code == 200
            lonely = PAYLOAD | changed | {"dcatContactPoint": {"vcardFn": "a"}}
            assert errors(caller.ask("POST", "/datasets", lonely)) == [("INVALID_CONTACT_POINT", "dcatContactPoint")]


def test_a_change_can_be_made_to_need_the_version_that_was_read(openapi: Path, me: Caller) -> None:
    with AanleverDouble(openapi, assumptions=Assumptions(versioned=True)) as double:
        caller = Caller(double)
        with caller.session:
            made = caller.ask("POST", "/datasets", PAYLOAD)
            assert made.headers["API-Version"] == "0.11.0"
            path, version = f"/datasets/{made.json()['id']}", made.json()["version"]
            assert caller.ask("GET", path).json()["meta"]["version"] == version
            assert code(caller.ask("PUT", path, PAYLOAD)) == (428, "DCAT_DATASET_VERSION_REQUIRED")
            changed = caller.ask("PATCH", path, {"dcatVersion": "2"}, version=version).json()
            stale = caller.ask("PUT", path, PAYLOAD, version=version)
            assert code(stale) == (409, "DCAT_DATASET_VERSION_CONFLICT")
            assert stale.json()["currentVersion"] == changed["version"] > version
            assert caller.ask("PUT", path, PAYLOAD, version=changed["version"]).status_code == 200
    assert me.ask("PUT", f"/datasets/{me.create()}", PAYLOAD, version=99).status_code == 200


# Status -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("DRAFT", "DRAFT", 200),
        ("DRAFT", "PUBLISHED", 200),
        ("DRAFT", "WITHDRAWN", 409),
        ("PUBLISHED", "DRAFT", 409),
        ("PUBLISHED", "PUBLISHED", 200),
        ("PUBLISHED", "WITHDRAWN", 200),
        ("WITHDRAWN", "DRAFT", 409),
        ("WITHDRAWN", "PUBLISHED", 200),
        ("WITHDRAWN", "WITHDRAWN", 200),
    ],
)
def test_a_status_follows_only_those_that_the_document_allows(
    double: AanleverDouble, me: Caller, old: Status, new: Status, expected: int
) -> None:
    key = double.plant(PAYLOAD, old).id
    before = me.ask("GET", f"/datasets/{key}/publication-status").json()
    answer = me.set_status(key, new)
    assert answer.status_code == expected
    assert double.datasets[key].status == (new if expected == 200 else old)
    assert (new in before["allowedPublicationStatuses"]) == (expected == 200 and new != old)
    if expected == 409:
        assert code(answer) == (409, "DCAT_DATASET_INVALID_PUBLICATION_TRANSITION")


def test_the_moment_of_first_publication_stays(me: Caller) -> None:
    key = me.create()
    assert "publishedAt" not in me.set_status(key, "DRAFT").json()
    first = me.set_status(key, "PUBLISHED").json()
    assert first["allowedPublicationStatuses"] == ["WITHDRAWN"]
    withdrawn = me.set_status(key, "WITHDRAWN").json()
    assert withdrawn["allowedPublicationStatuses"] == ["PUBLISHED"]
    again = me.set_status(key, "PUBLISHED").json()
    assert first["publishedAt"] == withdrawn["publishedAt"] == again["publishedAt"]


@pytest.mark.parametrize("body", [{}, {"publicationStatus": "GONE"}, {"publicationStatus": None}])
def test_a_status_that_is_none_is_refused(double: AanleverDouble, me: Caller, body: dict[str, Any]) -> None:
    key = double.plant(PAYLOAD).id
    assert me.ask("PUT", f"/datasets/{key}/publication-status", body).status_code == 400


def test_withdrawing_can_be_kept_from_a_deliverer(openapi: Path) -> None:
    assumed = Assumptions(transitions={"DRAFT": ("PUBLISHED",), "PUBLISHED": (), "WITHDRAWN": ()})
    with AanleverDouble(openapi, assumptions=assumed) as double:
        key, caller = double.plant(PAYLOAD, "PUBLISHED").id, Caller(double)
        with caller.session:
            assert caller.set_status(key, "WITHDRAWN").status_code == 409
            assert caller.records()[0]["meta"]["allowedPublicationStatuses"] == []


def test_a_dataset_begins_as_draft_or_published(double: AanleverDouble, me: Caller) -> None:
    asked: list[tuple[str, dict[str, Any], int, str | None]] = [
        ("a", {}, 201, "DRAFT"),
        ("b", {"publicationStatus": "DRAFT"}, 201, "DRAFT"),
        ("c", {"publicationStatus": "PUBLISHED"}, 201, "PUBLISHED"),
        ("d", {"publicationStatus": "WITHDRAWN"}, 409, None),
        ("e", {"publicationStatus": "GONE"}, 400, None),
    ]
    for name, query, status, kept in asked:
        identifier = f"https://voorbeeld.example/id/{name}"
        answer = me.ask("POST", "/datasets", PAYLOAD | {"dctIdentifier": identifier}, **query)
        found = double.find(identifier)
        assert (answer.status_code, found and found.status) == (status, kept)


@pytest.mark.parametrize("status", ["DRAFT", "PUBLISHED", "WITHDRAWN"])
def test_a_deleted_dataset_is_gone_whatever_its_status(double: AanleverDouble, me: Caller, status: Status) -> None:
    key = double.plant(PAYLOAD, status).id
    answer = me.ask("DELETE", f"/datasets/{key}")
    assert (answer.status_code, answer.content) == (204, b"")
    for method, body in (("GET", None), ("DELETE", None), ("PUT", PAYLOAD), ("PATCH", {})):
        assert code(me.ask(method, f"/datasets/{key}", body)) == (404, "DCAT_DATASET_NOT_FOUND")
    assert me.records() == []
    assert me.create() != key


def test_a_deleted_dataset_can_be_assumed_to_keep_its_identifier(openapi: Path) -> None:
    with AanleverDouble(openapi, assumptions=Assumptions(deleted_keeps_identifier=True)) as double:
        caller = Caller(double)
        with caller.session:
            caller.ask("DELETE", f"/datasets/{caller.create()}")
            assert code(caller.ask("POST", "/datasets", PAYLOAD)) == (409, "DCAT_DATASET_ALREADY_EXISTS")


# Distributions ------------------------------------------------------------------------------------------


def test_a_distribution_keeps_its_id_while_it_is_changed(me: Caller) -> None:
    key = me.create()
    added = [me.ask("POST", f"/datasets/{key}/distributions", one) for one in (CSV, JSON)]
    first, second = (str(answer.json()["id"]) for answer in added)
    assert added[0].headers["Location"] == f"/api/v1/datasets/{key}/distributions/{first}"
    assert me.distributions(key) == [(first, "CSV"), (second, "JSON")]
    changed = me.ask("PUT", f"/datasets/{key}/distributions/{first}", CSV | {"dctTitle": ["Tabel"]})
    assert changed.json() == {"id": first, "dcatDistribution": CSV | {"dctTitle": ["Tabel"]}}
    assert me.distributions(key) == [(first, "Tabel"), (second, "JSON")]
    assert me.ask("DELETE", f"/datasets/{key}/distributions/{first}").status_code == 204
    assert me.distributions(key) == [(second, "JSON")]
    assert me.dataset(key) == PAYLOAD | {"dcatDistribution": [JSON]}


def test_a_distribution_that_is_posted_twice_is_there_twice(me: Caller) -> None:
    key = me.create()
    for _ in range(2):
        me.ask("POST", f"/datasets/{key}/distributions", CSV)
    (one, _), (other, _) = me.distributions(key)
    assert one != other


def test_a_distribution_that_is_not_there_is_told_from_a_dataset_that_is_not(me: Caller) -> None:
    key = me.create(dcatDistribution=[CSV])
    for method, body in (("GET", None), ("PUT", CSV), ("DELETE", None)):
        missing = me.ask(method, f"/datasets/{key}/distributions/{NOWHERE}", body)
        assert code(missing) == (404, "DCAT_DISTRIBUTION_NOT_FOUND")
        nowhere = me.ask(method, f"/datasets/{NOWHERE}/distributions/{NOWHERE}", body)
        assert code(nowhere) == (404, "DCAT_DATASET_NOT_FOUND")


def test_a_distribution_that_does_not_fit_its_schema_is_refused(double: AanleverDouble, me: Caller) -> None:
    key = me.create()
    for wrong in ({"dctTitle": ["a", "b"]}, {"dcatAccessUrl": "nergens"}, {"dctDescription": [""]}):
        answer = me.ask("POST", f"/datasets/{key}/distributions", wrong)
        assert answer.status_code == 400
        assert answer.headers["Content-Type"] == "application/problem+json"
    assert double.datasets[key].distributions == ()


@pytest.mark.parametrize(
    ("assumed", "same", "without"),
    [
        (Assumptions(), False, []),
        (Assumptions(same_distributions_keep_ids=True), True, []),
        (Assumptions(put_keeps_distributions=True), False, ["CSV", "JSON"]),
    ],
)
def test_put_of_a_dataset_treats_its_distributions_as_assumed(
    openapi: Path, assumed: Assumptions, same: bool, without: list[str]
) -> None:
    with AanleverDouble(openapi, assumptions=assumed) as double:
        caller = Caller(double)
        with caller.session:
            key = caller.create(dcatDistribution=[CSV, JSON])
            before = caller.distributions(key)
            assert caller.ask("PATCH", f"/datasets/{key}", {"dcatVersion": "2"}).status_code == 200
            assert caller.distributions(key) == before
            caller.ask("PUT", f"/datasets/{key}", PAYLOAD | {"dcatDistribution": [CSV, JSON]})
            assert (caller.distributions(key) == before) == same
            assert [title for _, title in caller.distributions(key)] == ["CSV", "JSON"]
            caller.ask("PUT", f"/datasets/{key}", PAYLOAD)
            assert [title for _, title in caller.distributions(key)] == without


# Listings -----------------------------------------------------------------------------------------------


def test_the_own_listing_tells_a_title_two_moments_a_status_and_ids(double: AanleverDouble, me: Caller) -> None:
    key = me.create(dctModified="2024-01-01")
    record = me.records()[0]
    assert record == {
        "id": double.datasets[key].record,
        "dcatCatalogRecord": {
            "dctTitle": ["Toezeggingen"],
            "dcatListingDate": "2026-01-01T00:00:02Z",
            "dctModified": "2026-01-01T00:00:02Z",
        },
        "meta": {
            "primaryTopicType": "DATASET",
            "primaryTopicId": key,
            "ownerId": CLIENT.id,
            "publicationStatus": "DRAFT",
            "allowedPublicationStatuses": ["PUBLISHED"],
        },
    }
    assert record["id"] != key
    me.set_status(key, "PUBLISHED")
    assert me.records()[0]["meta"] == record["meta"] | {
        "publicationStatus": "PUBLISHED",
        "allowedPublicationStatuses": ["WITHDRAWN"],
    }


def test_the_own_listing_is_that_of_the_organisation(openapi: Path) -> None:
    alone, other = Client("alleen", "a", ""), Client("ook-alleen", "b", "")
    with AanleverDouble(openapi, clients=(CLIENT, STRANGER, alone, other)) as double:
        for number, owner in enumerate((CLIENT, replace(CLIENT, id="collega"), STRANGER, alone, other)):
            double.plant(PAYLOAD | {"dctTitle": [owner.id], "dctIdentifier": f"urn:a:{number}"}, owner=owner)
        for client, expected in ((CLIENT, {CLIENT.id, "collega"}), (STRANGER, {STRANGER.id}), (alone, {alone.id})):
            caller = Caller(double, client)
            with caller.session:
                assert {record["meta"]["ownerId"] for record in caller.records()} == expected


def test_a_change_moves_the_modified_moment_of_the_record_and_a_status_that_is_the_same_does_not(me: Caller) -> None:
    key = me.create()

    def modified() -> str:
        return str(me.records()[0]["dcatCatalogRecord"]["dctModified"])

    moments = [modified()]
    me.set_status(key, "DRAFT")
    assert modified() == moments[0]
    me.ask("PATCH", f"/datasets/{key}", {"dcatVersion": "2"})
    moments.append(modified())
    me.ask("POST", f"/datasets/{key}/distributions", CSV)
    moments.append(modified())
    me.set_status(key, "PUBLISHED")
    moments.append(modified())
    assert moments == sorted(set(moments))
    assert me.records()[0]["dcatCatalogRecord"]["dcatListingDate"] == moments[0]


def test_pages_count_from_0_and_hold_20_and_at_most_100(double: AanleverDouble, me: Caller) -> None:
    for number in range(101):
        double.plant(PAYLOAD | {"dctIdentifier": f"urn:a:{number}", "dctTitle": [f"{number:03}"]})
    for query, page, titles in [
        ({}, {"size": 20, "number": 0, "totalElements": 101, "totalPages": 6}, ["000", "019"]),
        ({"page": 5}, {"size": 20, "number": 5, "totalElements": 101, "totalPages": 6}, ["100", "100"]),
        ({"page": 6}, {"size": 20, "number": 6, "totalElements": 101, "totalPages": 6}, []),
        ({"size": 500}, {"size": 100, "number": 0, "totalElements": 101, "totalPages": 2}, ["000", "099"]),
    ]:
        answer = me.ask("GET", "/me/catalog-records", sort="dctTitle,asc", **query).json()
        found = [record["dcatCatalogRecord"]["dctTitle"][0] for record in answer["content"]]
        assert answer["page"] == page
        assert [*found[:1], *found[-1:]] == titles


def test_listings_are_sorted_as_asked_and_the_newest_first_by_default(double: AanleverDouble, me: Caller) -> None:
    for title, status in (("b", "DRAFT"), ("d", "PUBLISHED"), ("a", "DRAFT"), ("c", "PUBLISHED")):
        payload = PAYLOAD | {"dctIdentifier": f"urn:a:{title}", "dctTitle": [title]}
        me.ask("POST", "/datasets", payload, publicationStatus=status)
    first = double.find("urn:a:b")
    assert first
    me.ask("PATCH", f"/datasets/{first.id}", {"dcatVersion": "2"})

    def titles(**query: Any) -> str:
        return "".join(record["dcatCatalogRecord"]["dctTitle"][0] for record in me.records(**query))

    assert titles() == "cadb"
    assert titles(sort="listingDate") == titles(sort="listingDate,asc") == "bdac"
    assert titles(sort="modifiedDate,asc") == "dacb"
    assert titles(sort="dctTitle,DESC") == "dcba"
    assert titles(sort=["publicationStatus,asc", "dctTitle,desc"]) == "badc"


@pytest.mark.parametrize(
    "query", [{"sort": "dctIdentifier"}, {"sort": "dctTitle,up"}, {"size": 0}, {"page": -1}, {"page": "a"}]
)
def test_a_listing_that_cannot_be_given_is_refused(me: Caller, query: dict[str, Any]) -> None:
    answer = me.ask("GET", "/me/catalog-records", **query)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_public_listing_holds_what_is_published(double: AanleverDouble, me: Caller) -> None:
    for status in ("DRAFT", "PUBLISHED", "WITHDRAWN"):
        double.plant(PAYLOAD | {"dctIdentifier": f"urn:a:{status}"}, status)
    found = me.ask("GET", "/datasets", sort="dctIdentifier").json()["content"]
    assert [one["dcatDataset"]["dctIdentifier"] for one in found] == ["urn:a:PUBLISHED"]
    assert found[0]["meta"]["allowedPublicationStatuses"] == ["WITHDRAWN"]


# What the document says of answers ----------------------------------------------------------------------


def test_problems_are_those_of_the_documents_examples(openapi: Path, me: Caller) -> None:
    examples = {}
    for _, _, operation in documented(openapi):
        for status, said in operation["responses"].items():
            content = said.get("content", {}).get("application/problem+json", {})
            for one in content.get("examples", {}).values():
                examples[one["value"]["code"]] = one["value"]
                assert str(one["value"]["status"]) == status
    # The schema itself gives one more example, field by field.
    schema = aanlever_double.load(openapi)["components"]["schemas"]["ProblemResponse"]["properties"]
    examples["DCAT_DATASET_NOT_FOUND"] = {name: part["example"] for name, part in schema.items()}
    key = me.create()
    caused = [
        me.ask("GET", f"/datasets/{NOWHERE}"),
        me.ask("POST", "/datasets", {}),
        me.ask("POST", "/datasets", []),
        me.ask("POST", "/datasets", PAYLOAD),
        me.set_status(key, "WITHDRAWN"),
    ]
    assert {answer.json()["code"] for answer in caused} == set(examples) == set(NAMED)
    for answer in caused:
        problem = answer.json()
        told = examples[problem["code"]]
        assert {name: problem[name] for name in ("type", "title", "status")} == {
            name: told[name] for name in ("type", "title", "status")
        }
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert problem["instance"] == answer.request.path_url


def test_every_answer_of_the_api_tells_its_version(double: AanleverDouble, me: Caller) -> None:
    answers = [me.ask("GET", "/error-codes"), me.ask("POST", "/datasets", {}), me.ask("GET", f"/datasets/{NOWHERE}")]
    double.expire_tokens()
    answers.append(me.ask("POST", "/datasets", PAYLOAD))
    assert [answer.status_code for answer in answers] == [200, 400, 404, 401]
    assert {answer.headers["API-Version"] for answer in answers} == {"0.9.0"}


def test_error_codes_are_listed_with_those_of_fields(me: Caller) -> None:
    listed = {one["code"]: one for one in me.ask("GET", "/error-codes").json()}
    assert listed["FIELD_NOT_MODIFIABLE"]["httpStatus"] == 400
    assert listed["INVALID_PATTERN"]["category"] == "VALIDATION"
    assert listed["INVALID_PATTERN"]["problemType"] == "urn:datastore:problem:dcat-dataset-validation-failed"
    assert set(NAMED) <= set(listed)


def test_an_answer_that_does_not_fit_the_document_is_a_fault_of_the_double(
    openapi: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unfit = {
        "getErrorCodes": lambda *_: Answer(200, [{"code": 1}]),
        "currentUser": lambda *_: Answer(418),
        "getMyCatalogRecords": lambda *_: Answer(200),
        "getAllDcatDatasets": lambda *_: Answer(1 // 0),
    }
    monkeypatch.setattr(aanlever_double, "OPERATIONS", {**OPERATIONS, **unfit})
    double = AanleverDouble(openapi)
    caller = Caller(double)
    with caller.session:
        for path in ("/error-codes", "/auth/user", "/me/catalog-records", "/datasets", "/auth/login"):
            assert caller.ask("GET", path).status_code == 599
    assert [fault.split(":")[0] for fault in double.faults] == [
        "getErrorCodes",
        "currentUser",
        "getMyCatalogRecords",
        "getAllDcatDatasets",
        "the double does not know login",
    ]
    with pytest.raises(AssertionError, match="getErrorCodes"):
        double.__exit__(None, None, None)


def test_an_address_that_the_document_does_not_have_is_not_found(me: Caller) -> None:
    for path in ("/dataset", "/datasets/", "/datasets/a/b", "/datasets/search"):
        assert me.ask("POST", path, {}).status_code == 404


def test_requests_are_kept_as_they_came(double: AanleverDouble, me: Caller) -> None:
    me.ask("POST", "/datasets", PAYLOAD, publicationStatus="PUBLISHED")
    me.ask("GET", "/me/catalog-records")
    token, created, listed = double.requests
    assert token.json == {"clientId": CLIENT.id, "apiKey": CLIENT.key}
    assert (created.method, created.path, created.status) == ("POST", "/api/v1/datasets", 201)
    assert created.query == {"publicationStatus": ["PUBLISHED"]}
    assert created.json == PAYLOAD
    assert created.headers["authorization"] == "Bearer token-1-of-ogp-data"
    assert listed.number == 3
    assert double.writes == [created]


def test_the_same_requests_give_the_same_answers(openapi: Path) -> None:
    said = []
    for _ in range(2):
        with AanleverDouble(openapi) as double:
            caller = Caller(double)
            with caller.session:
                key = caller.create(dcatDistribution=[CSV])
                said.append([caller.ask("GET", f"/datasets/{key}").text, caller.ask("GET", "/me/catalog-records").text])
    assert said[0] == said[1]


# Going wrong --------------------------------------------------------------------------------------------


def test_a_500_is_a_problem_of_the_api(double: AanleverDouble, me: Caller) -> None:
    double.fail(1, "500")
    answer = me.ask("POST", "/datasets", PAYLOAD)
    assert code(answer) == (500, "INTERNAL_ERROR")
    assert answer.headers["API-Version"] == "0.9.0"
    assert not double.datasets


def test_a_502_and_a_page_in_the_place_of_an_answer_are_html(double: AanleverDouble, me: Caller) -> None:
    double.fail(1, "502")
    double.fail(2, "html")
    answers = [me.ask("POST", "/datasets", PAYLOAD) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [502, 200]
    assert {answer.headers["Content-Type"] for answer in answers} == {"text/html"}
    assert "API-Version" not in answers[0].headers
    assert not double.datasets


def test_a_429_says_when_to_come_back(double: AanleverDouble, me: Caller) -> None:
    double.fail(1, "429", retry_after="7", times=2)
    answers = [me.ask("GET", "/me/catalog-records") for _ in range(3)]
    assert [(answer.status_code, answer.headers.get("Retry-After")) for answer in answers] == [
        (429, "7"),
        (429, "7"),
        (200, None),
    ]


@pytest.mark.parametrize("handled", [False, True])
@pytest.mark.parametrize("how", ["500", "502", "429", "timeout", "reset", "html"])
def test_a_write_that_goes_wrong_has_happened_or_not_as_asked(
    double: AanleverDouble, me: Caller, how: How, handled: bool
) -> None:
    double.fail(1, how, handled)
    if how in ("timeout", "reset"):
        with pytest.raises(requests.Timeout if how == "timeout" else requests.ConnectionError):
            me.ask("POST", "/datasets", PAYLOAD, timeout=0.3)
    else:
        assert me.ask("POST", "/datasets", PAYLOAD).status_code == int(how.replace("html", "200"))
    assert bool(double.find(PAYLOAD["dctIdentifier"])) == handled
    assert me.ask("POST", "/datasets", PAYLOAD).status_code == (409 if handled else 201)


def test_a_truncated_answer_is_half_of_one_to_a_write_that_happened(double: AanleverDouble, me: Caller) -> None:
    double.fail(1, "truncated")
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        me.ask("POST", "/datasets", PAYLOAD)
    stored = double.find(PAYLOAD["dctIdentifier"])
    assert stored
    double.fail(1, "truncated")
    with pytest.raises(requests.ConnectionError):
        me.ask("DELETE", f"/datasets/{stored.id}")
    assert double.datasets[stored.id].deleted
    assert [request.status for request in double.requests] == [200, 201, 204]


def test_only_the_request_that_is_meant_goes_wrong(double: AanleverDouble, me: Caller) -> None:
    me.records()
    double.fail(2, "500")
    double.fail(4, "502")
    assert [me.ask("GET", "/error-codes").status_code for _ in range(5)] == [200, 500, 200, 502, 200]


def test_a_killed_service_is_gone_until_it_is_revived_with_what_it_kept(double: AanleverDouble, me: Caller) -> None:
    double.kill_after(2)
    key = me.create()
    assert me.ask("PATCH", f"/datasets/{key}", {"dcatVersion": "2"}).status_code == 200
    for _ in range(2):
        with pytest.raises(requests.ConnectionError):
            me.ask("DELETE", f"/datasets/{key}")
    assert len(double.requests) == 3
    double.revive()
    assert me.dataset(key)["dcatVersion"] == "2"
    double.kill_after(0)
    with pytest.raises(requests.ConnectionError):
        me.records()


def test_the_date_of_answers_can_be_off(double: AanleverDouble, me: Caller) -> None:
    double.clock_off = -7200
    said = email.utils.parsedate_to_datetime(me.ask("GET", "/error-codes").headers["Date"])
    assert time.time() - said.timestamp() == pytest.approx(7200, abs=60)
