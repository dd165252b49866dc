"""The Data Package is one of version 2.0: by Frictionless, and by what the standard took away since version 1."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package

from ogp_data.formats.datapackage import licence

Descriptor = dict[str, Any]


@pytest.fixture(scope="module")
def package(published: Path) -> Descriptor:
    return dict(json.loads((published / "datapackage.json").read_bytes()))


def faults(package: Descriptor) -> list[str]:
    return [error.note for error in Package.metadata_validate(package)]


def test_it_says_that_it_is_one_and_frictionless_agrees(package: Descriptor) -> None:
    """https://datapackage.org/standard/data-package/#dollar-schema."""
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert faults(package) == []


SPOILT: dict[str, Callable[[Descriptor], object]] = {
    "a name that is a number": lambda package: package.update(name=1),
    "keywords as text": lambda package: package.update(keywords="open"),
    "a licence without name and path": lambda package: package.update(licenses=[{"title": "CC0"}]),
    "a resource without path": lambda package: package["resources"][0].pop("path"),
    "fields as text": lambda package: package["resources"][0]["schema"].update(fields="all"),
}


@pytest.mark.parametrize("fault", SPOILT)
def test_frictionless_sees_what_is_spoilt(published: Path, fault: str) -> None:
    package = json.loads((published / "datapackage.json").read_bytes())
    SPOILT[fault](package)
    assert faults(package) != []


def test_nothing_is_left_of_version_1(package: Descriptor) -> None:
    """https://datapackage.org/overview/changelog/: profiles of packages and resources, and the one role."""
    assert "profile" not in package
    for resource in package["resources"]:
        assert "profile" not in resource
        assert resource["type"] == "table"
    assert package["contributors"] == [
        {"title": "Ministry of the Interior and Kingdom Relations", "roles": ["publisher", "creator"]}
    ]


def test_codes_have_their_labels(package: Descriptor) -> None:
    """https://datapackage.org/standard/table-schema/#categories."""
    fields = {field["name"]: field for field in resource(package, "assessments")["schema"]["fields"]}
    progress = fields["progress"]
    assert [one["value"] for one in progress["categories"]] == progress["constraints"]["enum"]
    assert progress["categories"][0] == {"value": "green", "label": "Green: completed or substantial progress"}
    assert "categories" not in fields["commitment"]


def resource(package: Descriptor, name: str) -> Descriptor:
    return next(one for one in package["resources"] if one["name"] == name)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("http://creativecommons.org/publicdomain/zero/1.0/deed.nl", "CC0-1.0"),
        ("http://creativecommons.org/licenses/by/4.0/deed.nl", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by-nc-sa/3.0/", "CC-BY-NC-SA-3.0"),
    ],
)
def test_a_licence_of_creative_commons_has_its_open_name(address: str, name: str) -> None:
    assert licence(address) == {"name": name, "path": address}


def test_a_licence_without_an_open_name_is_its_address() -> None:
    """The standard wants a name of the Open Definition, or none: "other" is the name of no licence."""
    assert licence("https://www.etalab.gouv.fr/licence-ouverte/") == {
        "path": "https://www.etalab.gouv.fr/licence-ouverte/"
    }
