"""What other packages add is found by its entry point; one that does not work is reported with its package."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import ROOT
from ogp_data.core import internal
from ogp_data.core.doors import Door
from ogp_data.core.findings import rules

MODULE = """
from test_doors import Thing
square, circle, wrong = Thing("square"), Thing("circle"), 7
"""

Install = Callable[..., None]


@dataclass(frozen=True)
class Thing:
    name: str


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Return what lays down an installed package with entry points, as an installer does."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    def lay(package: str, *entries: str, module: str = MODULE) -> None:
        monkeypatch.delitem(sys.modules, f"{package}_things", raising=False)
        (tmp_path / f"{package}_things.py").write_text(module, encoding="utf-8")
        info = tmp_path / f"{package}-2.1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 2.1\n", encoding="utf-8")
        (info / "entry_points.txt").write_text("\n".join(["[test.things]", *entries, ""]), encoding="utf-8")

    return lay


def door() -> Door[Thing]:
    return Door("test.things", Thing, (Thing("line"), Thing("circle")))


def test_our_own_come_first_in_their_order_and_then_those_of_others_by_name(install: Install) -> None:
    install("zed", "square = zed_things:square")
    opened = door()
    assert list(opened.all()) == ["line", "circle", "square"]
    assert [thing.name for thing in opened] == ["line", "circle", "square"]
    assert opened["square"].name == "square"
    assert "square" in opened
    assert opened.get("cube") is None
    assert opened.faults() == []


@pytest.mark.parametrize(
    ("entry", "module", "rule", "said"),
    [
        ("square = gone:square", MODULE, "extension-broken", "ModuleNotFoundError: No module named 'gone'"),
        ("square = a_things:gone", MODULE, "extension-broken", "AttributeError"),
        ("square = a_things:square", "1 / 0", "extension-broken", "ZeroDivisionError: division by zero"),
        ("square = a_things:wrong", MODULE, "extension-broken", "It leads to int, not to an instance of Thing."),
        ("round = a_things:circle", MODULE, "extension-broken", "is called 'circle', not 'round'"),
        ("circle = a_things:circle", MODULE, "extension-taken", "The name 'circle' is taken."),
    ],
)
def test_one_that_cannot_be_let_in_is_an_error_with_its_package(
    install: Install, entry: str, module: str, rule: str, said: str
) -> None:
    install("a", entry, module=module)
    opened = door()
    (fault,) = opened.faults()
    assert (fault.rule, fault.severity) == (rule, "error")
    assert said in fault.message
    assert (fault.place.file, fault.place.key) == ("a 2.1", f"test.things: {entry}")
    assert list(opened.all()) == ["line", "circle"]
    assert opened["circle"] == Thing("circle")


def test_of_two_packages_that_claim_one_name_the_first_has_it_and_the_other_is_an_error(
    install: Install,
) -> None:
    install("b", "square = b_things:square")
    install("a", "square = a_things:square")
    opened = door()
    assert [fault.place.file for fault in opened.faults()] == ["b 2.1"]


OFFERED = {
    "types": "a type",
    "readers": "a reader",
    "kinds": "a kind of dataset",
    "forms": "a form",
    "formats": "a format",
    "targets": "a kind of target",
}
"""What each group of entry points lets in, in the words of the rules."""


def test_the_rule_names_what_comes_in_by_each_door() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")]
    occurs = rules()["extension-broken"].occurs
    groups = {group for text in texts for group in re.findall(r'Door(?:\[\w+\])?\(\s*"ogp_data\.(\w+)"', text)}
    assert groups == set(OFFERED)
    assert [what for what in OFFERED.values() if not re.search(rf"\b{what}\b", occurs)] == []


@pytest.mark.parametrize("raised", ["SystemExit(0)", "GeneratorExit()"])
def test_a_package_that_would_end_the_program_when_it_is_loaded_is_an_error(install: Install, raised: str) -> None:
    install("a", "square = a_things:square", module=f"raise {raised}")
    (fault,) = door().faults()
    assert (fault.rule, fault.place.file) == ("extension-broken", "a 2.1")


@pytest.mark.parametrize("name", ["My Thing", "sq/are", "sq#are", "Square", "prozént"])
def test_a_name_that_cannot_be_part_of_an_address_is_refused(install: Install, name: str) -> None:
    install("a", f"{name} = a_things:thing", module=f"from test_doors import Thing\nthing = Thing({name!r})")
    (fault,) = door().faults()
    assert fault.rule == "extension-broken"
    assert "is not made of" in fault.message


@pytest.mark.parametrize("raised", ["RuntimeError('no')", "SystemExit(0)"])
def test_what_is_raised_in_the_code_of_another_package_is_blamed_on_it(install: Install, raised: str) -> None:
    install("a", "square = a_things:square", module=f"{MODULE}\ndef work():\n    raise {raised}\n")
    opened = door()
    assert opened["square"].name == "square"
    assert opened.origin("square") == "a 2.1"
    import a_things  # type: ignore[import-not-found]

    with pytest.raises((RuntimeError, SystemExit)) as caught:
        a_things.work()
    found = internal.fault(caught.value)
    assert (found.rule, found.place.file) == ("extension-broken", "a 2.1")
    assert found.message.startswith("It fails: ")


def test_what_is_raised_in_our_own_code_is_no_fault_of_another_package(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        1 / 0  # noqa: B018
    assert internal.fault(caught.value, tmp_path).rule == "internal-error"
