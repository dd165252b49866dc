"""Our checks beside the official shapes on broken catalogues: none missed, none beyond without a sentence."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import ROOT
from mutations import CHANGES, Statements, Twin, with_twins
from official_help import FILES, Compared, compare
from ogp_data.core.findings import rules
from test_shapes_dcat_ap_nl import CONFORMING, STANDARDS, needs_official

EXAMPLE = STANDARDS.parent / "samples" / "catalogues" / "geonovum-dcat-ap-nl-example.ttl"
"""The full example of the norm itself."""


def statements(path: Path) -> Statements:
    return frozenset(quad.triple for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE))


@cache
def twins(path: Path) -> tuple[Statements, dict[str, Twin]]:
    return with_twins(statements(path))


@cache
def compared(path: Path, profile: str) -> Compared:
    return compare(twins(path)[0], profile)


def listed() -> set[str]:
    """Return what the page says we call an error that the official shapes do not."""
    page = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8").split("## Errors that the official shapes")[1]
    return {line.split("`")[1] for line in page.split("\n## ")[0].splitlines() if line.startswith("| [`")}


@needs_official
@pytest.mark.parametrize("profile", FILES)
@pytest.mark.parametrize("path", [CONFORMING, EXAMPLE], ids=["conforming", "example"])
def test_the_official_shapes_find_nothing_that_ours_miss(path: Path, profile: str) -> None:
    found = compared(path, profile)
    assert len(found.errors) > 200, "the official shapes hardly ran: this test would compare nothing"
    assert found.missed == set()
    assert found.unwarned == set()


@needs_official
@pytest.mark.parametrize("profile", FILES)
@pytest.mark.parametrize("path", [CONFORMING, EXAMPLE], ids=["conforming", "example"])
def test_every_error_beyond_the_official_shapes_is_listed_with_its_sentence(path: Path, profile: str) -> None:
    beyond = compared(path, profile).beyond
    assert {found.rule for found in beyond} <= listed()
    assert [str(found) for found in beyond if not (found.norm and found.clause)] == []


@needs_official
def test_the_norms_own_example_has_no_error() -> None:
    found = compare(statements(EXAMPLE), "dcat-ap-nl-3.0.1")
    assert [str(each) for each in found.findings if each.severity == "error"] == []


def test_the_page_lists_each_rule_that_is_an_error_and_no_shape() -> None:
    own = {rule.name for rule in rules().values() if rule.engine == "rules" and rule.severity == "error"}
    assert own - {rule for rule in own if rules()[rule].house} <= listed()


def test_every_property_of_every_thing_is_changed_in_each_way() -> None:
    _, known = twins(CONFORMING)
    assert len(known) > 1000
    assert {twin.says for twin in known.values()} == {*CHANGES, "without its class"}
