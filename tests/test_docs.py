"""The pages of docs/ say what the code does."""

from __future__ import annotations

import ast
import dataclasses
import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pyoxigraph as ox
import pytest

from conftest import ROOT
from long_form import tables
from ogp_data import pipeline
from ogp_data.checks.tables import RULES_BY_TYPE
from ogp_data.cli import reference as docs
from ogp_data.cli.keys import all_keys
from ogp_data.core.findings import Severity, rules
from ogp_data.core.namespaces import DCT, SH
from ogp_data.core.terms import RDFS
from ogp_data.pipeline import Folders
from ogp_data.tables.kinds import KINDS
from ogp_data.types import TYPES

SRC = ROOT / "src" / "ogp_data"
SHAPES = [path.name for path in (ROOT / "shapes").glob("dcat-ap*")]
DECLARATIONS = (ROOT / "data/nl-2020-2022/publication.toml", ROOT / "tests/tiny/data/tiny/publication.toml")
SHARED_VERBS = {
    *("publication", "sequence", "source_places", "reference:NAME", "phrase", "quote", "quote_places", "unknown"),
    *("code_list", "TEMPLATE", "COLUMN.COLUMN"),
}


@pytest.mark.parametrize("name", docs.pages())
def test_a_generated_page_is_what_the_code_makes_of_it(name: str) -> None:
    written = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert written == docs.pages()[name], f"docs/{name} is out of date: run `make docs`"


def test_the_generator_writes_its_pages_into_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["docs", str(tmp_path)])
    assert docs.main() == 0
    assert {path.name for path in tmp_path.iterdir()} == {"publication.md", "findings.md", "lists.md"}


# Findings -----------------------------------------------------------------------------------------------


def sources() -> Iterator[ast.Module]:
    """Yield every module of the program."""
    for path in sorted(SRC.rglob("*.py")):
        yield ast.parse(path.read_text(encoding="utf-8"))


def takers(trees: Sequence[ast.Module]) -> set[str]:
    """Return the names of the functions, and of the errors, whose first argument is a rule."""
    found = set()
    for node in (node for tree in trees for node in ast.walk(tree)):
        for function in node.body if isinstance(node, ast.ClassDef) else [node]:
            if isinstance(function, ast.FunctionDef):
                first = [arg.arg for arg in function.args.args if arg.arg != "self"][:1]
                name = node.name if function.name == "__init__" and isinstance(node, ast.ClassDef) else function.name
                found |= {name} if first == ["rule"] else set()
    return found


def named_rules(trees: Sequence[ast.Module]) -> set[str]:
    """Return the rules that code names: what it hands to a function that takes one, or pairs with a sentence."""
    functions, found = takers(trees), set[str]()
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Call) and node.args:
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            found |= names(node.args[0]) if called in functions else set()
        elif isinstance(node, ast.Tuple) and len(node.elts) > 1 and is_sentence(node.elts[1]):
            found |= names(node.elts[0])
    return found


def names(node: ast.expr) -> set[str]:
    """Return the name that an expression is, or those of which it chooses one."""
    if isinstance(node, ast.IfExp):
        return names(node.body) | names(node.orelse)
    name = node.value if isinstance(node, ast.Constant) else ""
    return {name} if isinstance(name, str) and re.fullmatch(r"[a-z]+(-[a-z]+)+", name) else set()


def is_sentence(node: ast.expr) -> bool:
    """Return whether an expression is a text of several words."""
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and " " in str(node.value))


def texts() -> set[str]:
    """Return every text that stands in the code."""
    return {text for tree in sources() for node in ast.walk(tree) if isinstance(node, ast.expr) for text in whole(node)}


def whole(node: ast.expr) -> Iterator[str]:
    """Yield the text that an expression is, when it is one."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def test_a_rule_is_found_wherever_code_names_it() -> None:
    code = """
class NoAnswerError(Exception):
    def __init__(self, rule: str) -> None: ...
class Reading:
    def fault(self, rule: str, message: str) -> None: ...
reading.fault("one-rule", "It is wrong.")
raise NoAnswerError("two-rules" if late else "third-rule")
faults = ("rule-of-a-list", f"{it} is wrong."), ("no-rule", "no-sentence")
print("no-rule-either")
"""
    assert named_rules([ast.parse(code)]) == {"one-rule", "two-rules", "third-rule", "rule-of-a-list"}


def test_every_rule_that_the_code_uses_is_described() -> None:
    used = named_rules(list(sources())) | set(RULES_BY_TYPE.values())
    assert len(used) > 100
    assert used - set(rules()) == set()


def test_every_rule_that_is_described_is_used() -> None:
    of_shapes = {f"{name}-{kind}" for name in (*SHAPES, "shapes") for kind in ("required", "recommended")}
    assert set(rules()) - texts() - of_shapes == set()


def test_each_profile_has_a_rule_for_what_its_shapes_require_and_for_what_they_recommend() -> None:
    assert {(name, f"{name}-required" in rules(), f"{name}-recommended" in rules()) for name in SHAPES} == {
        ("dcat-ap", True, True),
        ("dcat-ap-hvd", True, False),
        ("dcat-ap-nl", True, True),
    }


def test_every_rule_is_whole() -> None:
    for rule in rules().values():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.name)
        assert rule.severity in get_args(Severity)
        assert re.fullmatch(r"[A-Z`].*\.", rule.occurs), rule.name
        assert re.fullmatch(r"[A-Z`].*\.", rule.fix) or re.search(r"https?://\S+$|\.\.\.$", rule.fix), rule.name
        assert re.fullmatch(r"(https?://\S+)?", rule.norm), rule.name


def test_every_rule_of_catalogues_that_is_an_error_says_which_sentence_it_breaks() -> None:
    """Whoever is told of an error asks for the sentence: `norm` is its address, `clause` its document and section."""
    of_others = {"shapes-required"}  # those who wrote the shapes know; nobody else does
    bare = {
        rule.name
        for rule in rules().values()
        if rule.engine in ("rules", "shacl")
        and not rule.name.startswith("ogp-")
        and rule.severity == "error"
        and not rule.house
        and not (rule.norm.startswith("https://") and rule.clause)
    }
    assert bare - of_others == set()
    assert [rule.name for rule in rules().values() if rule.clause and not rule.norm] == []


def test_every_shape_of_catalogues_says_which_sentence_it_holds() -> None:
    said: dict[str, dict[str, list[ox.Term]]] = {}
    for path in sorted((ROOT / "shapes").glob("dcat-ap*/*.ttl")):
        for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE):
            said.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(quad.object)
    shapes = {name: about for name, about in said.items() if SH.path.value in about}
    assert len(shapes) > 300
    for name, about in shapes.items():
        [address], [document] = about[RDFS.seeAlso.value], about[DCT.bibliographicCitation.value]
        assert isinstance(address, ox.NamedNode), name
        assert address.value.startswith("https://"), name
        assert re.fullmatch(r"[A-Z][\w. -]+, .+", document.value), name


def test_help_and_a_start_read_no_rules() -> None:
    code = """
from ogp_data.cli.main import main
try:
    main(["--help"])
except SystemExit:
    from ogp_data.core.findings import rules
    from ogp_data import pipeline
    assert rules.cache_info().currsize == 0
"""
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


# The declaration ----------------------------------------------------------------------------------------


def verbs(path: Path) -> set[tuple[str, str]]:
    """Return the kinds of dataset and verbs of `take` that a declaration uses."""
    datasets = tables(path.parents[1], path.parent.name)["dataset"]
    kinds = {dataset["name"]: dataset["find"]["kind"] for dataset in datasets}
    found = set()
    for dataset in datasets:
        for column in dataset["column"]:
            joined = dataset["find"]["kind"] == "rows"
            kind = kinds[dataset["name"] if joined else column.get("of", dataset["name"])]
            take = re.sub(r".*\{.*", "TEMPLATE", re.sub(r"[a-z_]+\.[a-z_]+", "COLUMN.COLUMN", column["take"]))
            # Of the kind `rows`, a column takes a column of another dataset, by its name.
            found.add((kind, "COLUMN" if kind == "rows" and take not in {"count", *SHARED_VERBS} else take))
    return found


@pytest.mark.parametrize("path", DECLARATIONS, ids=lambda path: path.parent.name)
def test_every_verb_that_a_declaration_uses_is_described(path: Path) -> None:
    described = {(kind.name, verb) for kind in KINDS for verb in kind.keys.offers}
    for kind, verb in verbs(path):
        general = re.sub(r":.*", ":NAME", verb)
        assert general in SHARED_VERBS or (kind, general) in described, (kind, verb)


def section(heading: str) -> str:
    """Return what the page of a publication says below a heading, up to the next of any level."""
    page = docs.publication_page()
    found = re.search(rf"^##+ `?{re.escape(heading)}`?\n(.*?)(?=^##)", page, re.S | re.M)
    assert found, heading
    return found[1]


def first_cells(text: str) -> list[str]:
    """Return the code that each row of its tables begins with."""
    return re.findall(r"^\| `([^`]+)` \|", text, re.M)


def test_every_kind_of_dataset_has_a_section_with_what_columns_take_and_its_keys() -> None:
    for kind in KINDS:
        assert get_args(get_type_hints(kind.keys)["kind"]) == (kind.name,)
        named = [f"dataset[].find.{field.name}" for field in dataclasses.fields(kind.keys)]
        assert first_cells(section(f'find = {{ kind = "{kind.name}", ... }}')) == ["take", *kind.keys.offers, *named]


def test_every_type_of_column_is_described() -> None:
    assert first_cells(section("Types of columns")) == ["type", *TYPES.all()]


FREE = {key.path for _, key in all_keys() if key.form.startswith("table of")}
"""The tables whose keys are names that a steward gives."""


def examples() -> list[Mapping[str, Any]]:
    """Return the TOML of declarations on the pages that people write and read."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    blocks = [b for page in pages for b in re.findall(r"```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.S)]
    found = [tomllib.loads(block) for block in blocks]
    # Neither the pyproject.toml of a package of others nor the file of a form.
    return [example for example in found if not {"project", "usual"} & example.keys()]


def paths(table: Mapping[str, Any], at: str = "") -> Iterator[str]:
    """Yield the key path of each value of a TOML table, as the page writes it."""
    for key, value in table.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for entry in value:
                yield from paths(entry, f"{at}{key}[].")
        elif isinstance(value, dict) and not set(value) <= {"nl", "en"} and general(f"{at}{key}") not in FREE:
            yield from paths(value, f"{at}{key}.")
        else:
            yield general(at + key)


def general(path: str) -> str:
    """Return a key path of the short form as the page describes it: by NAME, or as that of the long form."""
    path = re.sub(r"^datasets\.[^.]+\.columns\.[^.]+\.", "dataset[].column[].", path)
    path = re.sub(r"^datasets\.[^.]+\.find\.", "dataset[].find.", path)
    path = re.sub(r"^datasets\.[^.]+\.columns\.[^.]+$", "datasets.NAME.columns.NAME", path)
    path = re.sub(r"\.written\..*", ".written", path)  # below it stand codes
    return re.sub(r"^datasets\.[^.]+", "datasets.NAME", path)


def test_every_key_of_every_example_exists() -> None:
    described = set(re.findall(r"^\| `([^`]+)` \|", docs.publication_page(), re.M))
    assert len(examples()) >= 5
    for example in examples():
        assert set(paths(example)) <= described


def test_every_key_of_every_file_has_a_sentence() -> None:
    for file, key in all_keys():
        assert key.sentence.endswith((".", ")")), (file, key.path)


def test_explain_knows_exactly_the_keys_that_the_page_has() -> None:
    on_page = re.findall(r"^\| `([^`]+)` \| [^|]* \| [^|]* \| ", docs.publication_page(), re.M)
    assert sorted(on_page) == sorted(key.path for _, key in all_keys())


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
