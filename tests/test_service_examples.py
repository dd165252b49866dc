"""What the description of the API shows as an example is what is answered, for every operation and parameter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

import pytest

from service_help import Web, client
from typed_publication import Typed, publish

ROOT = "/api/v1"
DESCRIPTION = f"{ROOT}/openapi.json"


@pytest.fixture(scope="module", params=["nl-2020-2022", "typed"])
def web(request: pytest.FixtureRequest, published: Path, tmp_path_factory: pytest.TempPathFactory) -> Web:
    if request.param != "typed":
        return client(published.parent)
    columns = (
        Typed("name", "text"),
        Typed("share", "decimal"),
        Typed("done", "boolean"),
        Typed("day", "date"),
        Typed("count", "integer"),
    )
    rows = (
        ("Een & twee / drie?", "0,5", "ja", "29 februari 2024", "3"),
        ("“Vier” #5 100%", "-1,25", "nee", "1 maart 2024", ""),
        ("été \U0001f600 +1", "", "", "", "0"),
    )
    folder, _ = publish(tmp_path_factory.mktemp("typed"), columns, rows)
    return client(folder.parent)


def operations(web: Web) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield path, address and description of each operation that reads."""
    for path, item in web.get(DESCRIPTION).json()["paths"].items():
        if "get" in item:
            keys = {one["name"]: one for one in item["get"].get("parameters", ()) if one["in"] == "path"}
            own = path.replace("{key}", quote(str(keys["key"]["example"]), safe="")) if keys else path
            yield path, ROOT + own.rstrip("/"), item["get"]


def resolved(value: Any, base: str) -> Any:
    """Return JSON in which each link is the address that it leads to."""
    if isinstance(value, dict):
        return {name: urljoin(base, one) if name == "href" else resolved(one, base) for name, one in value.items()}
    return [resolved(one, base) for one in value] if isinstance(value, list) else value


def test_each_operation_answers_its_example(web: Web) -> None:
    seen = 0
    for path, address, operation in operations(web):
        asked = {"limit": "1"} if path.endswith("/rows") and path.count("/") == 5 else {}
        answer = web.get(address, params=asked)
        assert answer.status_code == 200, address
        content = operation["responses"]["200"]["content"]["application/json"]
        if address != DESCRIPTION:
            example = resolved(content["example"], DESCRIPTION)
            assert resolved(answer.json(), f"{address}?limit=1") == example, address
            seen += 1
    assert seen > 5


def test_each_parameter_takes_its_example_and_what_it_names_is_found(web: Web) -> None:
    seen = 0
    for path, address, operation in operations(web):
        for parameter in operation.get("parameters", ()):
            if parameter["in"] == "query" and "example" in parameter:
                answer = web.get(address, params={parameter["name"]: parameter["example"]})
                assert answer.status_code == 200, (address, parameter["name"], answer.text)
                assert answer.json()["rows"], (path, parameter["name"])
                seen += 1
    assert seen > 5


def test_every_form_that_is_described_is_given_and_said_of(web: Web) -> None:
    for _, address, operation in operations(web):
        for media in operation["responses"]["200"]["content"]:
            answer = web.get(address, headers={"Accept": media})
            assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, media), address
        refused = web.get(address, headers={"Accept": "image/png"})
        assert (refused.status_code, refused.headers["content-type"]) == (406, "application/problem+json")
