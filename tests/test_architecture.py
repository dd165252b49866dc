"""A house with rooms: which may know which stands here as a table, and nothing goes round in a circle."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

import pytest

from conftest import ROOT
from ogp_data.types import TYPES

sys.path.insert(0, str(ROOT / "tools"))

from structure import LONG_FILE, arrows, circles, modules, text_of

SRC = ROOT / "src" / "ogp_data"

ROOMS: dict[str, set[str]] = {
    "core": set(),
    "types": {"core"},
    "models": {"core"},
    "documents": {"core"},
    "tables": {"core", "types", "documents"},
    "declaration": {"core", "types", "models", "documents", "tables"},
    "formats": {"core", "types", "tables"},
    "catalogue": {"core", "types", "models", "formats"},
    "checks": {"core", "models", "formats", "catalogue"},
    "collection": {"catalogue", "core", "formats", "models", "tables", "types"},
    "site": {"core", "types", "documents", "declaration", "tables", "formats", "catalogue", "collection"},
    "package": {"core"},
    "delivery": {"core", "declaration"},
    "service": {"core", "types", "catalogue"},
}
"""Room -> the rooms that it may import. What composes them, `COMPOSERS`, may import all."""

COMPOSERS = {"pipeline", "beside", "staging", "cli", "__main__"}


def wrong_arrows(graph: Mapping[str, set[str]]) -> list[str]:
    """Return which imports lead where the table does not let them, and which module has no room."""
    found = []
    for module, targets in graph.items():
        room = module.split(".")[0]
        if room in COMPOSERS or not room:
            continue
        if room not in ROOMS:
            found.append(f"{module}: the room {room} is in no table")
            continue
        allowed = ROOMS[room] | {room, ""}  # the package itself holds the version of the program and nothing else
        found += [f"{module} -> {target}" for target in sorted(targets) if target.split(".")[0] not in allowed]
    return found


def test_each_room_imports_only_what_the_table_lets_it() -> None:
    assert wrong_arrows(arrows(SRC)) == []


def test_the_table_has_no_arrow_that_nothing_uses() -> None:
    graph = arrows(SRC)
    used = {(module.split(".")[0], target.split(".")[0]) for module, targets in graph.items() for target in targets}
    allowed = {(room, other) for room, others in ROOMS.items() for other in others}
    assert allowed - used == set()


def test_no_files_import_one_another_in_a_circle() -> None:
    assert circles(arrows(SRC)) == []


def test_no_import_is_relative() -> None:
    """A relative import would hide its arrow from those who look for one."""
    for path in SRC.rglob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        assert not any(isinstance(node, ast.ImportFrom) and node.level for node in nodes), path


def test_the_page_has_the_same_table() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \|.*\| *([\w, ]*) \|$", page, re.M)
    assert {room: set(filter(None, others.split(", "))) for room, others in rows} == ROOMS


def test_the_files_that_the_page_names_are_there() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w/]+(?:\.(?:py|html)|/)|\w+/[\w/]+\.toml)`", page.split("## Figures")[0])) - {
        "dist/",
        "build/",
    }
    missing = [name for name in named if not (SRC / name).exists() and not (ROOT / name).exists()]
    assert len(named) > 25
    assert missing == []


def test_the_rooms_themselves_are_in_one_order() -> None:
    assert circles(ROOMS) == []


@pytest.mark.parametrize(
    ("path", "line", "said"),
    [
        ("catalogue/metadata.py", "from ogp_data.service import app", "catalogue.metadata -> service.app"),
        ("core/text.py", "import ogp_data.tables.rows", "core.text -> tables.rows"),
        ("tables/rows.py", "def f():\n    from ogp_data import pipeline", "tables.rows -> pipeline"),
        ("attic/things.py", "from ogp_data.core import text", "attic.things: the room attic is in no table"),
        ("utils.py", "", "utils: the room utils is in no table"),
    ],
)
def test_a_planted_import_is_found(tmp_path: Path, path: str, line: str, said: str) -> None:
    for name in ("core/text.py", "tables/rows.py", "service/app.py", "catalogue/metadata.py", "pipeline.py", path):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(line if name == path else "", encoding="utf-8")
    assert wrong_arrows(arrows(tmp_path)) == [said]


def test_a_planted_circle_is_found(tmp_path: Path) -> None:
    for name, target in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")):
        (tmp_path / f"{name}.py").write_text(f"from ogp_data.{target} import x", encoding="utf-8")
    assert circles(arrows(tmp_path)) == [["a", "b", "c"]]


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_says_what_it_takes_and_gives_and_which_rooms_it_may_import(room: str) -> None:
    text = ast.get_docstring(ast.parse((SRC / room / "__init__.py").read_text(encoding="utf-8"))) or ""
    said = " ".join(text.split())
    assert " -> " in said or room == "core"
    named = re.search(r"Imports ([a-z, ]+?)(?:, (?:to|which) [^.]*)?\.", said)
    assert named, said
    rooms = set(re.split(r", | and ", named[1])) - {"no room"}
    # Every room may import core, so that goes without saying where there are others.
    assert rooms | {"core"} == ROOMS[room] | {"core"}


def test_no_function_is_longer_than_a_screen() -> None:
    texts = (text_of(path.read_text(encoding="utf-8"), module) for module, path in modules(SRC).items())
    assert [one for text in texts for one in text.functions if one.lines > 60] == []


CODE = {".py", ".html", ".js", ".css"}
"""How the files end that hold code: lists of values, rules and messages are as long as what they list."""


def long_files(folder: Path) -> list[str]:
    """Return which files of code have more lines than CONTRIBUTING.md allows."""
    files = (path for path in folder.rglob("*") if path.suffix in CODE)
    return sorted(path.name for path in files if len(path.read_text(encoding="utf-8").splitlines()) > LONG_FILE)


def test_no_file_is_longer_than_the_contributors_are_told() -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert f"No file of code has more than {LONG_FILE} lines." in told
    assert long_files(ROOT / "src") == []


@pytest.mark.parametrize("suffix", sorted(CODE))
def test_a_planted_file_that_is_too_long_is_found(tmp_path: Path, suffix: str) -> None:
    for name, lines in (("most", 400), ("more", 401)):
        (tmp_path / "room").mkdir(exist_ok=True)
        (tmp_path / "room" / f"{name}{suffix}").write_text("\n" * lines, encoding="utf-8")
    (tmp_path / "values.csv").write_text("\n" * 2000, encoding="utf-8")
    assert long_files(tmp_path) == [f"more{suffix}"]


def test_only_the_command_line_prints_and_only_it_knows_the_pipeline() -> None:
    graph = arrows(SRC)
    for module, path in modules(SRC).items():
        if module.split(".")[0] in ("cli", "__main__"):
            continue
        names = {n.id for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Name)}
        assert not names & {"print", "exit", "quit"}, path
        # What stands beside the publications is written after them, with the same nouns.
        assert not {"pipeline", "cli.main"} & graph[module] or module == "beside", path


def test_no_vocabulary_iri_is_typed_outside_the_vocabularies() -> None:
    spaces = (
        "http://www.w3.org/ns/dcat",
        "http://purl.org/dc/terms",
        "http://www.w3.org/2004/02/skos",
        "http://spdx.org",
    )
    for path in SRC.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        assert path.name in ("namespaces.py", "vocab.py") or not any(text.startswith(spaces) for text in texts), path


def is_type(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "type"


def is_of_column(node: ast.AST) -> bool:
    return is_type(node) and bool(re.search(r"\b(column|c|self)\.type$", ast.unparse(node)))


def compared_types(path: Path, names: Collection[str]) -> list[int]:
    """Return the lines that compare something's `type` with the name of a type of column, or look it up by one."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            texts = {n.value for side in sides for n in ast.walk(side) if isinstance(n, ast.Constant)}
            if any(map(is_type, sides)) and texts & {*names}:
                found.append(node.lineno)
        if isinstance(node, ast.Subscript) and is_of_column(node.slice) and ast.unparse(node.value) != "TYPES":
            found.append(node.lineno)
        if isinstance(node, ast.Call) and any(map(is_of_column, node.args)) and ast.unparse(node.func) != "TYPES.get":
            found += [node.lineno] if ast.unparse(node.func).endswith(".get") else []
    return found


def test_nobody_but_the_types_asks_what_a_column_is_called() -> None:
    names = [kind.name for kind in TYPES.own]
    for path in SRC.rglob("*.py"):
        assert path.parent.name == "types" or compared_types(path, names) == [], path
    for path in (SRC / "templates").rglob("*.html"):
        assert not re.search(r"\.type\s*(==|!=|in)\s", path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize(
    "line",
    [
        'x = column.type == "integer"',
        'x = [c for c in columns if c.type in ("date", "edtf")]',
        'x = "url" != column.type',
        'x = {"integer": 1, "date": 2, "boolean": 3}.get(column.type)',
    ],
)
def test_a_planted_comparison_is_found(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.py").write_text(line, encoding="utf-8")
    assert compared_types(tmp_path / "a.py", [kind.name for kind in TYPES.own]) == [1]
