"""What needs a library that is not installed says which extra has it, and nothing is published with less in it."""

from __future__ import annotations

import json
import re
import shutil
import sys
import tomllib
from pathlib import Path

import pytest

from conftest import ROOT, Workspace
from ogp_data.cli.main import main
from ogp_data.core.extras import EXTRAS, missing

MODULES = {
    "markdown-it-py": "markdown_it",
    "mdit-py-plugins": "mdit_py_plugins",
    "python-docx": "docx",
    "pyyaml": "yaml",
}
"""Distribution -> the module that it installs, where that has another name."""


def declared() -> dict[str, set[str]]:
    """Return module -> the extras of pyproject.toml that install it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, set[str]] = {}
    for extra in ("deliver", "serve", "documents"):
        for requirement in project["optional-dependencies"][extra]:
            name = re.split(r"[<>=]", requirement)[0]
            assert not any(re.split(r"[<>=]", one)[0] == name for one in project["dependencies"]), name
            found.setdefault(MODULES.get(name, name), set()).add(extra)
    return found


def test_each_library_of_an_extra_is_known_by_it() -> None:
    assert {module: set(extras) for module, extras in EXTRAS.items()} == declared()


def test_make_installs_and_locks_what_the_extras_have() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for name in ("lxml", "openpyxl", "pdfplumber", "python-docx", "pyyaml", "requests", "starlette", "uvicorn"):
        assert re.search(rf"^{name}==", lock, re.M), name
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "EXTRAS := --extra deliver --extra serve --extra documents\n" in makefile
    assert makefile.count("$(LOCK) $(EXTRAS)") == 2


def without(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a library not be there, and what was made of it be made again."""
    for name in list(sys.modules):
        if name.partition(".")[0] == module or name.startswith(("ogp_data.service", "ogp_data.core.web.line")):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)


@pytest.mark.parametrize("module", ["starlette", "uvicorn"])
def test_serve_names_its_extra(
    module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    without(module, monkeypatch)
    assert main(["serve", "--dist", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert f"This needs the library {module}, which is not installed." in said
    assert "pip install 'ogp-data[serve]'" in said


def test_a_publication_that_needs_one_is_not_published_without_it(
    small: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ogp_data.core import resources

    (small.data / "targets").mkdir()
    target = (ROOT / "data" / "targets" / "ckan.toml").read_text(encoding="utf-8")
    (small.data / "targets" / "ckan.toml").write_text(target.replace("nl-2020-2022", "small"), encoding="utf-8")
    resources.donl_themes.cache_clear()
    without("yaml", monkeypatch)
    outcome = small.publish()
    assert not outcome.published
    (found,) = [one for one in outcome.report.findings if one.severity == "error"]
    assert (found.rule, found.message) == ("missing-extra", "This needs the library yaml, which is not installed.")
    assert "pip install 'ogp-data[deliver]'" in found.hint
    assert not small.dist.exists() or not list(small.dist.iterdir())


def test_a_program_gets_the_finding_as_json(
    small: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert small.publish().published
    shutil.copytree(ROOT / "data" / "targets", small.data / "targets")
    path = small.data / "targets" / "ckan.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("nl-2020-2022", "small"), encoding="utf-8")
    monkeypatch.setenv("OGP_CKAN_TOKEN", "x")
    without("requests", monkeypatch)
    assert main(["plan", str(path), "--dist", str(small.dist), "--json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert found["rule"] == "missing-extra"


@pytest.mark.parametrize("reason", [None, ValueError("x"), ModuleNotFoundError("x", name="numpy"), ImportError("x")])
def test_any_other_fault_is_none_of_an_extra(reason: Exception | None) -> None:
    assert missing(reason) is None
