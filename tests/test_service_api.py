"""The rows as JSON: typed, filtered, in order and in pages, and described as the API Design Rules want."""

from __future__ import annotations

import csv
import html
import json
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
import yaml
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from conftest import Workspace
from service_help import Web, client

ROOT = "/api/v1"
PUBLICATION = f"{ROOT}/publications/nl-2020-2022"
COMMITMENTS = f"{PUBLICATION}/datasets/commitments"
ROWS = f"{COMMITMENTS}/rows"
BASE = "https://example.org/ogp/nl-2020-2022/"


@pytest.fixture(scope="module")
def web(published: Path) -> Web:
    return client(published.parent)


def records(published: Path, name: str) -> list[dict[str, str]]:
    with (published / name / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def get(web: Web, path: str, status: int = 200, here: str = ROOT) -> Any:
    path = urljoin(here, path)
    answer = web.get(path)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_each_address_leads_on_from_the_index_to_a_row(web: Web) -> None:
    index = get(web, ROOT)
    assert index["_links"]["publications"]["href"] == "v1/publications"
    (publication,) = get(web, f"{ROOT}/publications")["publications"]
    assert publication["iri"] == f"{BASE}catalog"
    assert publication["title"]["nl"].startswith("Zelfevaluatie")
    datasets = get(web, publication["_links"]["datasets"]["href"], here=f"{ROOT}/publications")["datasets"]
    assert len(datasets) == 12
    (own,) = [each for each in datasets if each["name"] == "commitments"]
    assert own["rowCount"] == 13
    described = get(web, own["_links"]["self"]["href"], here=f"{PUBLICATION}/datasets")
    assert described["key"] == "commitment"
    assert [column["queryKey"] for column in described["columns"][:3]] == [
        "publication",
        "commitment",
        "commitmentNumber",
    ]
    rows = get(web, own["_links"]["rows"]["href"], here=f"{PUBLICATION}/datasets")
    row = rows["rows"][0]["_links"]["self"]["href"]
    assert row == "../../../../../v1/publications/nl-2020-2022/datasets/commitments/rows/C1"
    shown = get(web, row, here=ROWS)
    assert {**shown, "_links": 0} == {**rows["rows"][0], "_links": 0}
    assert urljoin(f"{ROWS}/C1", shown["_links"]["self"]["href"]) == f"{ROWS}/C1"


def test_rows_have_typed_values_and_null_for_what_is_not_known(web: Web, published: Path) -> None:
    row = get(web, f"{ROWS}/C1")
    assert (row["commitment"], row["commitment_number"], row["sequence"]) == ("C1", "1", 1)
    assert row["title"] == "Transparency in the political parties act (Wpp)"
    assert row["second_lead_organisation"] is None
    assert row["_links"]["iri"]["href"] == f"{BASE}commitments#C1"
    theme = urljoin(f"{ROWS}/C1", row["_links"]["theme_number"]["href"])
    assert theme == f"{PUBLICATION}/datasets/themes/rows/1"
    assert list(row)[:-1] == list(records(published, "commitments")[0])


def test_every_row_of_every_dataset_is_there_as_the_csv_has_it(web: Web, published: Path) -> None:
    for dataset in get(web, f"{PUBLICATION}/datasets")["datasets"]:
        rows = urljoin(f"{PUBLICATION}/datasets", dataset["_links"]["rows"]["href"])
        found, href = [], "?limit=7"
        while href:
            page = get(web, href, here=rows)
            found += page["rows"]
            href = page["_links"].get("next", {}).get("href")
        texts = [{k: as_text(v) for k, v in row.items() if k != "_links"} for row in found]
        assert texts == records(published, dataset["name"])


def as_text(value: object) -> str:
    if isinstance(value, list):
        return " ".join(value)
    return "" if value is None else str(value)


def test_a_list_is_an_array_that_is_found_by_each_of_its_values_and_ordered_by_the_numbers_in_them(web: Web) -> None:
    (row,) = get(web, f"{ROWS}?sourcePlaces=L105")["rows"]
    assert (row["commitment"], row["source_places"]) == ("C4", ["L26", "L105"])
    both = get(web, f"{ROWS}?sourcePlaces=L105&sourcePlaces=L20")
    assert [row["commitment"] for row in both["rows"]] == ["C1", "C4"]
    parts = get(web, f"{PUBLICATION}/datasets/document/rows?sort=source_places&limit=500")["rows"]
    first = [row["source_places"][0] for row in parts]
    assert first == sorted(first, key=lambda place: int(place.removeprefix("L")))
    schemas = get(web, f"{ROOT}/openapi.json")["components"]["schemas"]
    places = schemas["RowNl20202022Commitments"]["properties"]["source_places"]
    assert (places["type"], places["items"]) == ("array", {"type": "string"})


def test_filters_take_the_name_of_a_column_in_both_spellings_and_several_values(web: Web, published: Path) -> None:
    theme_2 = [r["commitment"] for r in records(published, "commitments") if r["theme_number"] == "2"]
    assert theme_2
    for key in ("themeNumber", "theme_number"):
        page = get(web, f"{ROWS}?{key}=2")
        assert [row["commitment"] for row in page["rows"]] == theme_2
        assert page["totalRows"] == len(theme_2)
    both = get(web, f"{ROWS}?themeNumber=1&themeNumber=2")
    assert {row["theme_number"] for row in both["rows"]} == {1, 2}
    empty = get(web, f"{ROWS}?secondLeadOrganisation=")
    assert {row["second_lead_organisation"] for row in empty["rows"]} == {None}
    assert get(web, f"{ROWS}?title=nothing")["rows"] == []


def test_order_and_columns_are_the_clients(web: Web) -> None:
    page = get(web, f"{ROWS}?sort=-theme_number,commitmentNumber&fields=themeNumber,commitment_number&limit=500")
    pairs = [(row["theme_number"], int(row["commitment_number"])) for row in page["rows"]]
    assert pairs == sorted(pairs, key=lambda pair: (-pair[0], pair[1]))
    assert [key for key in page["rows"][0] if key != "_links"] == ["theme_number", "commitment_number"]
    assert get(web, f"{ROWS}?sort=second_lead_organisation")["rows"][-1]["second_lead_organisation"] is None


def numbers(page: Any) -> list[str]:
    return [row["commitment_number"] for row in page["rows"]]


def test_pages_lead_to_each_other_and_keep_the_question(web: Web) -> None:
    first = get(web, f"{ROWS}?limit=5&sort=-commitmentNumber")
    assert (first["limit"], first["totalRows"]) == (5, 13)
    assert numbers(first) == ["13", "12", "11", "10", "9"]
    assert "prev" not in first["_links"]
    href = urljoin(ROWS, first["_links"]["next"]["href"])
    assert re.fullmatch(re.escape(f"{ROWS}?limit=5&sort=-commitmentNumber&cursor=") + "[A-Za-z0-9_-]{24}", href)
    second = get(web, href)
    assert numbers(second) == ["8", "7", "6", "5", "4"]
    assert get(web, second["_links"]["prev"]["href"], here=ROWS)["rows"] == first["rows"]
    last = get(web, second["_links"]["next"]["href"], here=ROWS)
    assert numbers(last) == ["3", "2", "1"]
    assert "next" not in last["_links"]
    assert get(web, last["_links"]["first"]["href"], here=ROWS) == {**first, "_links": first["_links"]}


def test_a_cursor_goes_on_with_other_columns_and_another_limit_but_not_with_another_question(web: Web) -> None:
    page = get(web, f"{ROWS}?limit=5")
    cursor = page["_links"]["next"]["href"].rpartition("cursor=")[2]
    assert numbers(get(web, f"{ROWS}?limit=2&fields=commitment_number&cursor={cursor}")) == ["6", "7"]
    for question in ("sort=-commitment_number", "q=open", "themeNumber=2"):
        told = get(web, f"{ROWS}?{question}&cursor={cursor}", 400)
        (error,) = told["errors"]
        assert (error["in"], error["name"]) == ("query", "cursor")
        assert "Leave `cursor` out" in error["detail"]


@pytest.mark.parametrize("cursor", ["", "x", "5", "a" * 24, "A" * 24, "A" * 5000, "\u00e9" * 24, "=" * 24, "!" * 24])
def test_what_is_no_cursor_is_told_as_a_problem_with_what_to_do(web: Web, cursor: str) -> None:
    answer = web.get(ROWS, params={"cursor": cursor})
    if not cursor:
        assert answer.status_code == 200  # as a form sends a field that is left empty
        return
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert answer.json()["errors"][0]["detail"].endswith("to begin at the first row.")


def test_words_are_found_in_any_column_without_regard_to_capitals_and_accents(web: Web) -> None:
    assert numbers(get(web, f"{ROWS}?q=POLITICAL parties")) == ["1"]
    assert numbers(get(web, f"{ROWS}?q=p\u00f3litical transpar\u00cbncy wpp")) == ["1"]
    assert get(web, f"{ROWS}?q=political nothing")["totalRows"] == 0
    assert get(web, f"{ROWS}?q=")["totalRows"] == 13
    assert get(web, f"{ROWS}?q={'a' * 201}", 400)["errors"][0]["name"] == "q"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ('"political parties"', ["1"]),
        ("“Political Parties”", ["1"]),
        ("«political parties» transparency", ["1"]),
        ('"parties political"', []),
        ('"political parties', ["1"]),
        ("\u200fpolitical\u200b parties", ["1"]),
        ("political\u00a0parties", ["1"]),
        ("\U0001f600", []),
        ("\u05e9\u05dc\u05d5\u05dd", []),
        ("political%", []),
    ],
)
def test_words_are_found_as_people_type_them(web: Web, asked: str, found: list[str]) -> None:
    answer = web.get(ROWS, params={"q": asked})
    assert answer.status_code == 200
    assert numbers(answer.json()) == found


@pytest.mark.parametrize("query", ["q=%ff", "title=%C3", "q=%ED%A0%80", "%ff=1"])
def test_a_byte_that_is_no_letter_is_told_and_not_made_one(web: Web, query: str) -> None:
    answer = web.get(f"{ROWS}?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert "UTF-8" in answer.json()["detail"]


def test_all_that_is_wrong_with_a_question_is_told_at_once_and_where(web: Web) -> None:
    answer = web.get(f"{ROWS}?limit=501&sort=nothing&fields=title,none&colour=red&themeNumber=two&q=a&q=b")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert {"status", "title", "detail"} <= set(told)
    names = {error["name"] for error in told["errors"]}
    assert names == {"limit", "q", "sort", "fields", "colour", "themeNumber"}
    assert {error["in"] for error in told["errors"]} == {"query"}


def test_a_code_that_is_not_in_the_list_is_told_with_those_that_are(web: Web) -> None:
    dataset = f"{PUBLICATION}/datasets/source-findings"
    (column,) = [c for c in get(web, dataset)["columns"] if c["name"] == "kind"]
    told = get(web, f"{dataset}/rows?kind=nothing", 400)
    assert column["codes"][0] in told["errors"][0]["detail"]
    assert get(web, f"{dataset}/rows?kind={column['codes'][0]}")["limit"] == 50


@pytest.mark.parametrize(
    "path",
    [
        f"{ROOT}/", f"{ROOT}/publications/", f"{ROWS}/", f"{ROWS}/99", f"{ROWS}/1/2", f"{COMMITMENTS}/columns",
        f"{PUBLICATION}/datasets/nothing", f"{PUBLICATION}/other", f"{ROOT}/publications/other", f"{ROOT}/nothing",
        "/api/", "/api/v2", f"{ROWS}/%2e%2e", f"{ROWS}/a%2Fb",
    ],
)  # fmt: skip
def test_what_is_not_there_is_404_as_a_problem(web: Web, path: str) -> None:
    answer = web.get(path, headers={"Accept": "application/json, */*;q=0.1"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["api-version"] == "1.0.0"


def test_unknown_parameters_are_refused_at_every_address(web: Web) -> None:
    for path in (ROOT, f"{ROOT}/publications", PUBLICATION, f"{PUBLICATION}/datasets", COMMITMENTS, f"{ROWS}/1"):
        assert get(web, f"{path}?limit=1", 400)["errors"][0]["name"] == "limit"


def test_other_methods_and_forms_are_refused_in_the_same_way(web: Web) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = web.request(method, ROWS)
        assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")
        assert answer.headers["api-version"] == "1.0.0"
    assert web.get(ROWS, headers={"Accept": "text/turtle"}).status_code == 406
    assert web.get(COMMITMENTS, headers={"Accept": "text/csv"}).status_code == 406


def test_every_answer_has_the_headers_that_the_rules_want(web: Web) -> None:
    answer = web.get(ROWS)
    assert answer.headers["api-version"] == "1.0.0"
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    for name in ("strict-transport-security", "x-content-type-options", "x-frame-options", "cache-control"):
        assert name in answer.headers
    assert web.get(ROWS, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    assert web.head(ROWS).content == b""


# CSV and pages --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", [{"params": {"f": "csv"}}, {"headers": {"Accept": "text/csv"}}])
def test_rows_are_csv_as_the_file_of_the_dataset_has_it(web: Web, published: Path, asked: dict[str, Any]) -> None:
    for name in ("commitments", "source-findings", "document"):
        answer = web.get(f"{PUBLICATION}/datasets/{name}/rows", **asked)
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        file = name.replace("-", "_")
        assert answer.content == (published / file / f"{file}.csv").read_bytes()


def test_csv_has_the_columns_and_rows_that_are_asked_for_and_its_links_in_a_header(web: Web) -> None:
    answer = web.get(f"{ROWS}?f=csv&limit=2&fields=themeNumber,commitment")
    assert answer.text == "theme_number,commitment\n1,C1\n1,C2\n"
    links = dict(re.findall(r'<([^>]*)>; rel="(\w+)"', answer.headers["link"]))
    following = urljoin(ROWS, {rel: href for href, rel in links.items()}["next"])
    assert web.get(following).text == "theme_number,commitment\n1,C3\n2,C4\n"
    assert web.get(f"{ROWS}?f=csv&themeNumber=two").headers["content-type"] == "application/problem+json"


def test_a_form_that_is_not_there_is_told_with_those_that_are(web: Web) -> None:
    for path, known in ((ROWS, "json, csv, html"), (COMMITMENTS, "json, html")):
        (error,) = get(web, f"{path}?f=xml", 400)["errors"]
        assert (error["name"], error["detail"]) == ("f", f"'xml' is not one of {known}.")
    assert get(web, f"{ROWS}?f=csv&f=json", 400)["errors"][0]["name"] == "f"
    assert get(web, f"{ROWS}/C1?f=json", 200)["commitment"] == "C1"


def test_the_form_of_the_page_asks_for_nothing_by_what_is_left_empty(web: Web) -> None:
    answer = web.get(f"{ROWS}?f=form&q=&themeNumber=2&title=&sort=")
    assert (answer.status_code, answer.headers["location"]) == (303, "rows?f=html&themeNumber=2")
    page = web.get(urljoin(ROWS, answer.headers["location"]))
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert '<h2 id="answer">2 rows</h2>' in page.text
    assert 'rows/C4?f=html">C4</a>' in page.text


def test_a_page_tells_a_person_what_is_wrong_beside_the_form(web: Web) -> None:
    page = web.get(f"{ROWS}?themeNumber=%3Cb%3E", headers={"Accept": "text/html"})
    assert page.status_code == 400
    assert "&lt;b&gt;" in page.text
    assert "<b>" not in page.text
    assert 'aria-invalid="true"' in page.text


def test_every_address_is_a_page_too(web: Web) -> None:
    for path in (ROOT, f"{ROOT}/publications", PUBLICATION, f"{PUBLICATION}/datasets", COMMITMENTS, ROWS, f"{ROWS}/C1"):
        page = web.get(path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
        assert page.status_code == 200
        assert page.text.count("<h1>") == 1
        assert "sha256-" in page.headers["content-security-policy"]


# Its description ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def described(web: Web) -> Any:
    return get(web, f"{ROOT}/openapi.json")


def test_the_description_is_openapi_and_the_same_in_yaml(web: Web, described: Any) -> None:
    validate(described)
    answer = web.get(f"{ROOT}/openapi.yaml")
    assert answer.headers["content-type"] == "application/yaml"
    assert yaml.safe_load(answer.content) == described
    assert described["info"]["version"] == "1.0.0"
    assert described["info"]["contact"]["name"]
    assert described["servers"] == [{"url": "../v1"}]


def test_the_description_is_made_once_and_packed(web: Web) -> None:
    for name in ("openapi.json", "openapi.yaml"):
        first = web.get(f"/api/v1/{name}", headers={"Accept-Encoding": "gzip"})
        assert first.headers["content-encoding"] == "gzip"
        again = web.get(f"/api/v1/{name}", headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["etag"]})
        assert again.status_code == 304
        assert web.get(f"/api/v1/{name}?x=1").status_code == 400


@pytest.mark.parametrize("text", ["1_0", " 1", "+7", "007", "\u0667", "1.0", "1e3"])
def test_a_number_is_written_as_the_description_says(web: Web, text: str) -> None:
    path = "/api/v1/publications/nl-2020-2022/datasets/commitments/rows"
    assert web.get(path, params={"sequence": text}).status_code == 400
    assert web.get(path, params={"sequence": "7"}).json()["totalRows"] == 1


def test_paths_and_query_keys_are_spelled_as_the_rules_want(described: Any) -> None:
    for path, item in described["paths"].items():
        assert re.fullmatch(r"/|(?:/(?:[a-z0-9.-]+|\{[^}]+\}))+", path), path
        assert set(item) == {"get"}
        assert {"400", "404"} <= set(item["get"]["responses"])
        for parameter in item["get"].get("parameters", ()):
            assert parameter["in"] == "path" or re.fullmatch(r"[a-z][A-Za-z0-9]*", parameter["name"])
    names = [item["get"]["operationId"] for item in described["paths"].values()]
    assert len(names) == len(set(names))


def test_what_is_answered_is_what_is_described(web: Web, described: Any) -> None:
    registry = Registry().with_resource("urn:api", Resource.from_contents(described, DRAFT202012))
    checked = 0
    for path, item in described["paths"].items():
        named = any(f"/{name}/" in path for name in ("commitments", "assessments", "overview", "ogp-crosswalk"))
        href = f"{ROOT}{path}".rstrip("/") if path == "/" else f"{ROOT}{path.replace('{key}', 'C1' if named else '1')}"
        answer = web.get(href)
        schema = item["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        absolute = json.loads(json.dumps(schema).replace('"#/', '"urn:api#/'))
        errors = list(Draft202012Validator(absolute, registry=registry).iter_errors(answer.json()))
        assert not errors, (path, errors[0].message)
        checked += 1
    assert checked == 3 + 2 + 12 * 3


def test_a_declared_parameter_works_and_one_for_each_column_is_declared(web: Web, described: Any) -> None:
    parameters = described["paths"]["/publications/nl-2020-2022/datasets/commitments/rows"]["get"]["parameters"]
    names = [parameter["name"] for parameter in parameters]
    assert names[:6] == ["q", "limit", "cursor", "sort", "fields", "f"]
    assert len(names) == 6 + 14
    for name in names[6:]:
        assert web.get(f"{ROWS}?{name}=").status_code == 200


def test_a_new_column_of_the_declaration_comes_with_the_description(workspace: Workspace) -> None:
    workspace.edit("nl-2020-2022/publication.toml", 'name = "roman"', 'name = "roman_numeral"')
    assert workspace.publish().published
    described = get(client(workspace.dist), f"{ROOT}/openapi.json")
    validate(described)
    names = [
        parameter["name"]
        for parameter in described["paths"]["/publications/nl-2020-2022/datasets/themes/rows"]["get"]["parameters"]
    ]
    assert "romanNumeral" in names


# What is wrong, told whole and to people too --------------------------------------------------------------


@pytest.mark.parametrize("cursor", ["abc", "a" * 24, "é", "-" * 23])
def test_a_wrong_cursor_is_told_beside_all_else_that_is_wrong(web: Web, cursor: str) -> None:
    told = get(web, f"{ROWS}?cursor={cursor}&limit=zz&nope=3&nope=4", 400)
    assert {error["name"] for error in told["errors"]} == {"cursor", "limit", "nope"}


def test_a_cursor_that_may_be_right_is_not_blamed_for_another_fault(web: Web) -> None:
    following = get(web, f"{ROWS}?limit=2")["_links"]["next"]["href"]
    told = get(web, f"{following}&nope=3", 400, here=ROWS)
    assert [error["name"] for error in told["errors"]] == ["nope"]


def test_a_cursor_of_one_publication_is_none_of_another(published: Path, tmp_path: Path) -> None:
    before = published / "manifest.json"
    shutil.copytree(published, tmp_path / "one")
    shutil.copytree(published, tmp_path / "two")
    for name in ("one", "two"):
        after = tmp_path / name / "manifest.json"
        after.write_text(before.read_text(encoding="utf-8").replace('"nl-2020-2022"', f'"{name}"', 1), encoding="utf-8")
    both, at = client(tmp_path), f"{ROOT}/publications/{{}}/datasets/commitments/rows"
    following = get(both, f"{at.format('one')}?limit=2")["_links"]["next"]["href"]
    query = following.partition("?")[2]
    assert both.get(f"{at.format('one')}?{query}").status_code == 200
    told = get(both, f"{at.format('two')}?{query}", 400)
    assert "another question" in told["errors"][0]["detail"]


@pytest.mark.parametrize("query", ["limit=3", "limit=3&sort=-commitment", "limit=2&q=overheid"])
def test_the_button_for_all_rows_gives_all_of_them(web: Web, query: str) -> None:
    page = web.get(f"{ROWS}?f=html&{query}").text
    (href, total) = re.findall(r'href="([^"]*)">As CSV, all (\d+)<', page)[0]
    rows = web.get(urljoin(ROWS, html.unescape(href))).text
    assert len(list(csv.DictReader(rows.splitlines()))) == int(total)


@pytest.mark.parametrize("path", [f"{ROOT}/nothing", f"{PUBLICATION}/datasets/no", f"{ROWS}/no", f"{ROOT}/", "/api/v2"])
def test_a_browser_gets_a_page_of_what_is_not_there_and_a_program_json(web: Web, path: str) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    page = web.get(path, headers=browser)
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert page.headers["api-version"]
    for headers in ({}, {"Accept": "application/json"}, {"Accept": "*/*"}):
        assert web.get(path, headers=headers).headers["content-type"] == "application/problem+json"
    assert web.get(f"{path}?f=json", headers=browser).headers["content-type"] == "application/problem+json"


def test_the_first_step_of_the_api_leads_to_it(web: Web) -> None:
    answer = web.get("/api")
    assert (answer.status_code, urljoin("/api", answer.headers["location"])) == (308, ROOT)
