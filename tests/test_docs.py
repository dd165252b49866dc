"""The pages of docs/ say what the code does."""

from __future__ import annotations

import ast
import dataclasses
import hashlib
import re
import shutil
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from conftest import ROOT
from ogp_data import pipeline
from ogp_data.checks.tables import RULES_BY_TYPE
from ogp_data.cli import reference as docs
from ogp_data.core.columns import ColumnType
from ogp_data.core.findings import RULES
from ogp_data.core.finds import Find
from ogp_data.pipeline import Folders

SRC = ROOT / "src" / "ogp_data"
DECLARATIONS = (ROOT / "data/nl-2020-2022/publication.toml", ROOT / "tests/tiny/data/tiny/publication.toml")
SHARED_VERBS = {"sequence", "source_places", "reference:NAME", "phrase", "quote", "quote_places", "unknown"}


@pytest.mark.parametrize("name", docs.pages())
def test_a_generated_page_is_what_the_code_makes_of_it(name: str) -> None:
    written = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert written == docs.pages()[name], f"docs/{name} is out of date: run `make docs`"


def test_the_generator_writes_both_pages_into_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["docs", str(tmp_path)])
    assert docs.main() == 0
    assert {path.name for path in tmp_path.iterdir()} == {"publication.md", "findings.md"}


# Findings -----------------------------------------------------------------------------------------------


def sources() -> Iterator[ast.Module]:
    """Yield the modules that may use a rule: all but the list of rules and its page."""
    for path in sorted(SRC.rglob("*.py")):
        if path.name not in ("findings.py", "reference.py"):
            yield ast.parse(path.read_text(encoding="utf-8"))


def called_rules() -> set[str]:
    """Return the rules that calls name: the first argument of `finding(...)` and of `....fault(...)`."""
    calls = [node for tree in sources() for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    named = [c for c in calls if getattr(c.func, "id", "") == "finding" or getattr(c.func, "attr", "") == "fault"]
    first = [call.args[0] for call in named]
    return {arg.value for arg in first if isinstance(arg, ast.Constant) and isinstance(arg.value, str)}


def texts() -> set[str]:
    """Return every text that stands in the code."""
    nodes = [node for tree in sources() for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return {node.value for node in nodes if isinstance(node.value, str)}


def test_every_rule_that_the_code_uses_is_described() -> None:
    assert called_rules()
    assert called_rules() | set(RULES_BY_TYPE.values()) <= set(RULES)


def test_every_rule_that_is_described_is_used() -> None:
    assert set(RULES) - texts() == set()


def test_every_rule_has_an_entry_and_a_line_of_contents() -> None:
    page = docs.findings_page()
    for name in RULES:
        assert page.count(f"\n### {name}\n") == 1
        assert page.count(f"](#{name})") == 1


# The declaration ----------------------------------------------------------------------------------------


def verbs(path: Path) -> set[tuple[str, str]]:
    """Return the kinds of dataset and verbs of `take` that a declaration uses."""
    datasets = tomllib.loads(path.read_text(encoding="utf-8"))["dataset"]
    kinds = {dataset["name"]: dataset["find"]["kind"] for dataset in datasets}
    found = set()
    for dataset in datasets:
        for column in dataset["column"]:
            own = dataset["find"]["kind"] == "rows" or column["take"] == "row"
            kind = kinds[dataset["name"] if own else column.get("of", dataset["name"])]
            # Of the kind `rows`, a column takes a column of another dataset, by its name.
            verb = "COLUMN" if kind == "rows" and column["take"] not in {"count", *SHARED_VERBS} else column["take"]
            found.add((kind, verb))
    return found


@pytest.mark.parametrize("path", DECLARATIONS, ids=lambda path: path.parent.name)
def test_every_verb_that_a_declaration_uses_is_described(path: Path) -> None:
    described = {(kind, verb) for kind, (_, entries) in docs.KINDS.items() for verb, _ in entries}
    for kind, verb in verbs(path):
        general = re.sub(r":.*", ":NAME", verb)
        assert general in SHARED_VERBS or (kind, general) in described, (kind, verb)


def test_every_kind_of_dataset_and_every_type_of_column_is_described() -> None:
    kinds = {get_args(get_type_hints(noun)["kind"])[0] for noun in get_args(Find)}
    assert kinds == set(docs.KINDS)
    assert set(get_args(ColumnType)) == set(docs.TYPES)


def examples() -> list[Mapping[str, Any]]:
    """Return the TOML examples of the pages that people write and read."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    blocks = [b for page in pages for b in re.findall(r"```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.S)]
    return [tomllib.loads(block) for block in blocks]


def paths(table: Mapping[str, Any], at: str = "") -> Iterator[str]:
    """Yield the key path of each value of a TOML table, as the page writes it."""
    for key, value in table.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for entry in value:
                yield from paths(entry, f"{at}{key}[].")
        elif isinstance(value, dict) and not set(value) <= {"nl", "en"}:
            yield from paths(value, f"{at}{key}.")
        else:
            yield at + key


def test_every_key_of_every_example_exists() -> None:
    described = set(re.findall(r"^\| `([^`]+)` \|", docs.publication_page(), re.M))
    assert len(examples()) >= 5
    for example in examples():
        assert set(paths(example)) <= described


def test_every_key_of_every_file_has_a_sentence() -> None:
    for _, _, nouns in docs.FILES:
        for _, noun in nouns:
            for field, _, sentence in docs.keys(noun):
                assert sentence.endswith((".", ")")), (noun, field.name)
                assert dataclasses.is_dataclass(noun)


def test_the_whole_publication_that_the_page_shows_can_be_published(tmp_path: Path) -> None:
    page = docs.publication_page()
    document = re.search(r"```text\n(.*?)```", page, re.S)[1]  # type: ignore[index]
    declaration = re.search(r"```toml\n(.*?)```", page, re.S)[1]  # type: ignore[index]
    assert hashlib.sha256(document.encode()).hexdigest() in declaration
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("nl-*"))
    folder = tmp_path / "data" / "example"
    (folder / "source").mkdir(parents=True)
    (folder / "source" / "document.txt").write_text(document, encoding="utf-8")
    (folder / "publication.toml").write_text(declaration, encoding="utf-8")
    folders = Folders(tmp_path / "data", tmp_path / "build", tmp_path / "dist")
    outcome = pipeline.run(folders, "example", "", "", lambda _: None)
    assert outcome.published, [str(found) for found in outcome.report.findings]
