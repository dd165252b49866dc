"""What stands below upload/ is what a delivery sends, and a target that cannot be delivered to stops no publication."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aanlever_double import CLIENT, AanleverDouble
from ckan_double import TOKEN, CkanDouble, User, donl
from conftest import NAME, ROOT, Workspace, shared
from ogp_data.core.findings import Finding
from ogp_data.delivery import deliver, targets
from ogp_data.delivery import package_reader as contents
from ogp_data.delivery.kind import Opening
from ogp_data.delivery.target import Target


def example(name: str, **changes: Any) -> Target:
    """Return a target of the shipped examples at another address."""
    target, found = targets.load(ROOT / "data" / "targets" / f"{name}.toml")
    assert target, found
    return replace(target, **changes)


def uploads(published: Path, name: str) -> list[Any]:
    return [json.loads(path.read_bytes()) for path in sorted((published / "upload" / name).glob("*.json"))]


def deliver_to(target: Target, published: Path, folder: Path) -> None:
    adapter, _ = targets.adapter(target, Opening(folder, folder / "receipts.json"))
    package = contents.load(published.parent, NAME)
    deliver.apply(target, "t", adapter, package, False, lambda _: None)


def test_ckan_is_sent_what_the_package_shows(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OGP_CKAN_TOKEN", TOKEN)
    with CkanDouble(donl(ROOT / "shapes" / "ckan" / "donl.yaml")) as double:
        double.api.organisations.append("ministerie-van-bzk")
        double.api.users[TOKEN] = User("bezorger", ("ministerie-van-bzk",))
        deliver_to(example("ckan", url=double.url), published, tmp_path)
        sent = [one.data for one in double.writes if one.path.endswith("package_create")]
    assert len(sent) == 13
    assert sorted(sent, key=lambda one: str(one["name"])) == uploads(published, "ckan")


def test_the_aanlever_api_is_sent_what_the_package_shows(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AANLEVER_API_KEY", CLIENT.key)
    with AanleverDouble(shared() / "standards" / "aanlever-api-0.9.0" / "openapi.yaml") as double:
        deliver_to(example("aanlever", url=double.url, client=CLIENT.id), published, tmp_path)
        sent = [json.loads(one.body) for one in double.writes if one.path.endswith("/datasets")]
    assert len(sent) == 13
    assert sorted(sent, key=lambda one: str(one["dctIdentifier"])) == uploads(published, "aanlever")


def left_out(workspace: Workspace) -> Finding:
    """Return what is told of a target that cannot be delivered to; the publication is published all the same."""
    outcome = workspace.publish()
    assert outcome.published
    (found,) = [one for one in outcome.report.findings if one.rule == "upload-omitted"]
    assert found.severity == "warning"
    assert found.hint
    assert sorted(path.name for path in (outcome.folder / "upload").iterdir()) == ["aanlever"]
    return found


def test_a_value_that_a_target_would_not_take_is_told_when_publishing(workspace: Workspace) -> None:
    workspace.edit("targets/ckan.toml", 'GOVE = ["http://standaarden.overheid.nl/owms/terms/Bestuur"]', "")
    found = left_out(workspace)
    assert found.place.file == "targets/ckan.toml"
    assert "the theme GOVE" in found.message


def test_a_target_that_cannot_be_read_is_told_with_its_key_when_publishing(workspace: Workspace) -> None:
    workspace.edit("targets/ckan.toml", 'flavour = "donl"', 'flavour = "donll"')
    found = left_out(workspace)
    assert (found.place.file, found.place.key) == ("targets/ckan.toml", "flavour")


def test_a_target_of_another_publication_is_passed_over(workspace: Workspace) -> None:
    workspace.edit("targets/ckan.toml", f'publication = "{NAME}"', 'publication = "elders"')
    outcome = workspace.publish()
    assert sorted(path.name for path in (outcome.folder / "upload").iterdir()) == ["aanlever"]
    assert "upload-omitted" not in {one.rule for one in outcome.report.findings}
