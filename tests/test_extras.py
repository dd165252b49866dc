"""What needs a library that is not installed says which extra has it, and nothing is published with less in it."""

from __future__ import annotations

import ast
import json
import re
import shutil
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from conftest import ROOT, Workspace
from ogp_data.cli.main import main
from ogp_data.core.extras import EXTRAS, missing

MODULES = {
    "markdown-it-py": "markdown_it",
    "pdfminer.six": "pdfminer",
    "pillow": "PIL",
    "python-docx": "docx",
    "pyyaml": "yaml",
}
"""Distribution -> the module that it installs, where that has another name."""
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
USED = {extra: PROJECT["optional-dependencies"][extra] for extra in ("publish", "deliver", "serve", "documents")}


def named(requirements: Iterable[str]) -> dict[str, str]:
    """Return module -> the distribution that a requirement names."""
    names = [re.split(r"[<>=]", requirement)[0] for requirement in requirements]
    return {MODULES.get(name, name.replace("-", "_")): name for name in names}


def declared() -> dict[str, set[str]]:
    """Return module -> the extras of pyproject.toml that install it."""
    found: dict[str, set[str]] = {}
    for extra, requirements in USED.items():
        assert not named(requirements).keys() & named(PROJECT["dependencies"]).keys()
        for module in named(requirements):
            found.setdefault(module, set()).add(extra)
    return found


def imported(folder: Path) -> set[str]:
    """Return the libraries that code imports, other than those of Python itself."""
    found = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return found - sys.stdlib_module_names


def test_each_library_of_an_extra_is_known_by_it() -> None:
    assert {module: set(extras) for module, extras in EXTRAS.items()} == declared()


def test_what_is_imported_is_declared_and_nothing_else() -> None:
    """A library that comes with another only is gone, or another, when that one changes."""
    assert imported(ROOT / "src") - {"ogp_data"} == named(PROJECT["dependencies"]).keys() | declared().keys()


@pytest.mark.parametrize("line", ["import tqdm.auto", "def f():\n    from tqdm import tqdm"])
def test_a_planted_import_is_found(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.py").write_text(f"import re\n{line}\n", encoding="utf-8")
    assert imported(tmp_path) == {"tqdm"}


def test_what_checks_catalogues_comes_without_the_libraries_of_tables() -> None:
    """A portal's pipeline downloads `dependencies` anew at each run, and these are three quarters of a full install."""
    assert named(PROJECT["dependencies"]).keys().isdisjoint({"pandas", "pyarrow", "frictionless", "xlsxwriter"})


def test_make_installs_and_locks_what_is_declared() -> None:
    for file in ("requirements.lock", "requirements-dev.lock"):
        lock = (ROOT / file).read_text(encoding="utf-8")
        for requirements in (PROJECT["dependencies"], *USED.values()):
            for name in named(requirements).values():
                assert re.search(rf"^{name.replace('.', '-')}==", lock, re.M), (file, name)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "EXTRAS := --extra publish --extra deliver --extra serve --extra documents\n" in makefile
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
