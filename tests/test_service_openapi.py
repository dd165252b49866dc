"""The description of the API before other judges: the ruleset of Logius, and that of Spectral for OpenAPI."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, Workspace, shared, tiny_data
from ogp_data.service import openapi
from ogp_data.service.row_queries import Column, Table
from ogp_data.service.schemas import row, row_names
from ogp_data.service.snapshot import Published, Snapshot, load
from ogp_data.types import TYPES
from service_help import client

SPECTRAL = ROOT / "tests/tools/node_modules/.bin/spectral"
PROFILES = ("dcat-ap-nl", "dcat-ap")
Fault = tuple[str, str]


@pytest.fixture(scope="module")
def logius() -> Path:
    """Return the ruleset of Logius; without it or the linter, the calling test is skipped."""
    if not SPECTRAL.exists():
        assert "CI" not in os.environ, "spectral is not installed: make test-tools"
        pytest.skip("spectral is not installed: make test-tools")
    return shared() / "standards/adr/linter.yaml"


def lint(document: Any, ruleset: Path, folder: Path) -> list[Fault]:
    """Return what the linter finds, errors and warnings alike: the rule and where."""
    path = folder / "openapi.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    command = [str(SPECTRAL), "lint", "--quiet", "--format", "json", "--ruleset", str(ruleset), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return [(found["code"], ".".join(map(str, found["path"]))) for found in json.loads(done.stdout)]


def described(folder: Path) -> Any:
    """Return the description of what is published in a folder, with that of the checks."""
    snapshot = load(folder.parent, folder.name)
    return openapi.document(Published({snapshot.id: snapshot}), "../v1", PROFILES)


def test_the_rules_find_one_thing_without_an_e_mail_address_and_that_alone(
    published: Path, logius: Path, tmp_path: Path
) -> None:
    answered = client(published.parent).get("/api/v1/openapi.json").json()
    for document in (answered, described(published)):
        assert lint(document, logius, tmp_path) == [("nlgov:info-contact-fields-exist", "info.contact")]


def test_the_rules_find_nothing_where_one_is_declared(tiny_published: Path, logius: Path, tmp_path: Path) -> None:
    document = described(tiny_published)
    assert document["info"]["contact"]["email"] == "loket@voorbeeld.example"
    assert lint(document, logius, tmp_path) == []
    spectral = tmp_path / "oas.yaml"
    spectral.write_text('extends: [["spectral:oas", "all"]]\n', encoding="utf-8")
    assert lint(document, spectral, tmp_path) == []


def test_the_linter_would_find_something(tiny_published: Path, logius: Path, tmp_path: Path) -> None:
    document = described(tiny_published)
    del document["info"]["contact"]
    document["components"]["schemas"]["lower"] = {"type": "object"}
    assert {rule for rule, _ in lint(document, logius, tmp_path)} == {"info-contact", "nlgov:schema-camel-case"}


def columns() -> Iterator[Column]:
    """Yield a column of each type, one and several values to a cell, by each kind of name that the rules look at."""
    for kind in TYPES.all():
        for name in ("date", "datum", "signed_date", "x_datum_said", "up_dated", f"of_{kind.replace('-', '_')}"):
            for separator in ("", ";"):
                named = f"{name}_{kind.replace('-', '_')}" if name.startswith("x_") else name
                yield Column(named, kind, "T", "D", False, (), separator=separator)


def test_columns_of_every_type_and_name_have_schemas_that_the_rules_take(
    tiny_published: Path, logius: Path, tmp_path: Path
) -> None:
    document = described(tiny_published)
    for number, column in enumerate(columns()):
        table = Table("t", "t", "T", "D", (column,), column.name, (), {})
        document["components"]["schemas"][f"Row{number}"] = row(table)
    assert lint(document, logius, tmp_path) == []


def test_a_date_of_any_precision_is_edtf_and_a_day_is_a_date(published: Path) -> None:
    schemas = described(published)["components"]["schemas"]
    assert schemas["RowNl20202022Process"]["properties"]["date"]["format"] == "edtf"
    assert schemas["Publication"]["properties"]["modified"]["format"] == "date"


def test_names_of_schemas_differ_where_the_same_would_be_made_of_two(published: Path) -> None:
    def made(name: str, *slugs: str) -> Snapshot:
        snapshot = load(published.parent, published.name)
        tables = {slug: Table(slug, slug, "T", "D", (), "", (), {}) for slug in slugs}
        object.__setattr__(snapshot, "id", name)
        snapshot.kept["tables"] = tables
        return snapshot

    names = row_names([made("a-b", "c", "c-d"), made("a", "b-c"), made("ab", "c")])
    assert list(names.values()) == ["RowABC", "RowABCD", "RowABCx", "RowAbCxx"]


def test_the_address_of_the_contact_is_its_name_where_it_has_no_page(tiny_published: Path) -> None:
    contact = described(tiny_published)["info"]["contact"]
    assert contact["url"].startswith("https://")
    assert contact["url"] in (tiny_published / "catalog.nt").read_text(encoding="utf-8")


def test_a_new_publication_of_a_made_country_is_described_without_fault(tmp_path: Path, logius: Path) -> None:
    tiny_data(tmp_path)
    workspace = Workspace(tmp_path, "tiny", "tiny/source/evaluatie.txt")
    workspace.edit("agents.toml", 'email = "loket@voorbeeld.example"', 'url = "https://voorbeeld.example/"')
    outcome = workspace.publish("tiny")
    assert [fault.rule for fault in outcome.report.findings if fault.rule == "contact-without-email"]
    (found,) = lint(described(outcome.folder), logius, tmp_path)
    assert found == ("nlgov:info-contact-fields-exist", "info.contact")
