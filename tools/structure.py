"""Measure how the package is built: rooms, arrows, circles, the way of one publication, files, functions, comments.

    .venv/bin/python tools/structure.py                      this tree
    .venv/bin/python tools/structure.py --before f3674ed     a commit beside it
    .venv/bin/python tools/structure.py --page docs/architecture.md    and write the table into that page

A room is what lies in the root of the package: a folder, or a module. An arrow leads from a room to one that it
imports. The way of a publication is what `ogp-data publish` calls while it publishes the small publication of the
tests. A move is a function of one module that calls a function of a module in another room, or takes a value from it;
each pair of modules counts once. What libraries do in between is skipped: a function that a library calls back was
called by whoever called the library. A move leads back up when the room that is called imports, in one step or more,
the room that calls. A callback does so, and a generator that is consumed below where it was written.
"""

from __future__ import annotations

import argparse
import ast
import io
import json
import os
import re
import runpy
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import tokenize
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from inspect import CO_OPTIMIZED
from pathlib import Path
from types import CodeType, FrameType

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "ogp_data"
LONG_FILE = 400
NOT_COUNTED = {"", "__main__"}
"""Modules of the root that are no rooms: the package itself, which holds its version, and its other name."""
MARK = "<!-- figures: make structure -->"
END = "<!-- end of figures -->"
CHECKER = re.compile(r"#\s*(noqa|type:|pragma|mypy:)")
"""Comments that speak to a checker and tell a reader nothing."""

Graph = Mapping[str, set[str]]
Move = tuple[str, str]


# What imports what ----------------------------------------------------------------------------------------


def modules(folder: Path) -> dict[str, Path]:
    """Return every module below a folder by its dotted name, without that of the package itself."""
    found = {}
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(path: Path, known: Mapping[str, Path]) -> Iterator[str]:
    """Yield the modules of the package that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            named = (name.name for name in node.names)
            yield from (name.removeprefix(f"{PACKAGE}.") for name in named if name.startswith(f"{PACKAGE}."))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == PACKAGE:
            base = (node.module or "").removeprefix(PACKAGE).lstrip(".")
            for name in node.names:
                whole = f"{base}.{name.name}".lstrip(".")
                yield whole if whole in known else base


def arrows(folder: Path) -> dict[str, set[str]]:
    """Return module -> the modules that it imports."""
    known = modules(folder)
    return {module: set(imports(path, known)) - {module} for module, path in known.items()}


def room_of(module: str) -> str:
    """Return the room of a module: the first part of its name."""
    return module.split(".")[0]


def room_arrows(graph: Graph) -> dict[str, set[str]]:
    """Return room -> the other rooms that it imports."""
    found: dict[str, set[str]] = {room: set() for module in graph if (room := room_of(module)) not in NOT_COUNTED}
    for module, targets in graph.items():
        if (room := room_of(module)) in found:
            found[room] |= {room_of(target) for target in targets} - NOT_COUNTED - {room}
    return found


def reach(graph: Graph, start: str) -> set[str]:
    """Return what can be reached from a node in one step or more."""
    found: set[str] = set()
    ahead = [start]
    while ahead:
        new = set(graph.get(ahead.pop(), ())) - found
        found |= new
        ahead += new
    return found


def circles(graph: Graph) -> list[list[str]]:
    """Return each group of nodes of which every one leads to every other."""
    ways = {node: reach(graph, node) for node in graph}
    groups = {frozenset(other for other in ways[node] if node in ways.get(other, ())) for node in graph}
    return sorted(sorted(group) for group in groups if group)


def floors(graph: Graph) -> int:
    """Return how many floors the rooms need, so that each import leads down; rooms in a circle share one."""
    ways = {node: reach(graph, node) for node in graph}

    @cache
    def floor(node: str) -> int:
        below = {other for other in ways[node] if node not in ways.get(other, ())}
        return 1 + max(map(floor, below), default=0)

    return max(map(floor, graph), default=0)


# The way of one publication -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Way:
    """How far one publication travels: the rooms that it enters, and its moves from module to module."""

    rooms: frozenset[str]
    moves: frozenset[Move]
    back_up: frozenset[Move]


def way(tree: Path, graph: Graph) -> Way:
    """Return the way of the small publication of the tests through the package of a tree."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _small_publication(tree, folder / "data")
        environment = {**os.environ, "PYTHONPATH": str(tree / "src")}
        command = [sys.executable, str(Path(__file__).resolve()), "--watch", str(tree / "src" / PACKAGE)]
        ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        if ended.returncode:
            raise SystemExit(f"The publication of the tests could not be published:\n{ended.stdout}{ended.stderr}")
        return way_of(((source, target) for source, target in json.loads(ended.stdout.splitlines()[-1])), graph)


def _small_publication(tree: Path, data: Path) -> None:
    """Lay down the publication of the tests."""
    shutil.copytree(tree / "tests" / "tiny" / "data", data)


def way_of(pairs: Iterable[Move], graph: Graph) -> Way:
    """Return the way that calls between modules make: only those that lead into another room are moves."""
    rooms = room_arrows(graph)
    above = {room: {other for other in rooms if room in reach(rooms, other)} for room in rooms}
    moves = {(source, target) for source, target in pairs if room_of(source) != room_of(target)}
    moves = {move for move in moves if not NOT_COUNTED & {room_of(module) for module in move}}
    back = {(source, target) for source, target in moves if room_of(target) in above[room_of(source)]}
    entered = {room_of(module) for move in moves for module in move}
    return Way(frozenset(entered), frozenset(moves), frozenset(back))


def watch(package: Path, arguments: Sequence[str]) -> set[Move]:
    """Run the program, and return which module called which."""
    found: set[Move] = set()
    home = f"{package}{os.sep}"

    @cache
    def module(code: CodeType) -> str | None:
        ours = code.co_filename.startswith(home) and code.co_filename.endswith(".py")  # not a page made of a template
        if not ours or not code.co_flags & CO_OPTIMIZED:  # nor the body of a module or class, which imports run
            return None
        parts = Path(code.co_filename).relative_to(package).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and (target := module(frame.f_code)) is not None:
            caller = frame.f_back
            while caller and (source := module(caller.f_code)) is None:
                caller = caller.f_back
            if caller and source:
                found.add((source, target))

    sys.argv = ["ogp-data", *arguments]
    sys.setprofile(note)
    try:
        runpy.run_module(PACKAGE, run_name="__main__")
    except SystemExit as ended:
        if ended.code:
            raise
    finally:
        sys.setprofile(None)
    return found


# Lines and functions --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Function:
    """A function: how many lines it has, and where it is."""

    lines: int
    name: str


@dataclass(frozen=True, slots=True)
class Text:
    """What a file is made of: its lines, how many of them have a comment or belong to a docstring, its functions."""

    lines: int
    comments: int
    docstrings: int
    functions: tuple[Function, ...]


def text_of(source: str, module: str) -> Text:
    """Return what the source of a module is made of."""
    tree = ast.parse(source)
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    comments = {t.start[0] for t in tokens if t.type == tokenize.COMMENT and not CHECKER.match(t.string)}
    docstrings = {line for node in ast.walk(tree) for line in _docstring_lines(node)}
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    sizes = (
        Function((node.end_lineno or node.lineno) - node.lineno + 1, f"{module}.{node.name}") for node in functions
    )
    return Text(source.count("\n"), len(comments), len(docstrings), tuple(sizes))


def _docstring_lines(node: ast.AST) -> Iterator[int]:
    """Yield the lines of what stands as text alone: a docstring, or what is said below a field or constant."""
    for statement in getattr(node, "body", ()) if not isinstance(node, ast.Lambda | ast.IfExp) else ():
        value = getattr(statement, "value", None)
        if isinstance(statement, ast.Expr) and isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield from range(statement.lineno, (statement.end_lineno or statement.lineno) + 1)


# The table ------------------------------------------------------------------------------------------------


def figures(tree: Path) -> dict[str, str]:
    """Return what is measured of a tree, in words -> figure."""
    package = tree / "src" / PACKAGE
    graph = arrows(package)
    texts = {module: text_of(path.read_text(encoding="utf-8"), module) for module, path in modules(package).items()}
    return {**_shape(graph), **_way(way(tree, graph)), **_lines(texts), **_functions(texts)}


def _shape(graph: Graph) -> dict[str, str]:
    rooms = room_arrows(graph)
    return {
        "rooms": str(len(rooms)),
        "floors, so that each import leads down": str(floors(rooms)),
        "arrows between rooms": str(sum(map(len, rooms.values()))),
        "circles between rooms": str(len(circles(rooms))),
        "circles between files": str(len(circles(graph))),
    }


def _way(found: Way) -> dict[str, str]:
    return {
        "rooms that one publication enters": str(len(found.rooms)),
        "its moves between modules of different rooms": str(len(found.moves)),
        "of those, back up": str(len(found.back_up)),
        "its moves between rooms": str(len({(room_of(source), room_of(target)) for source, target in found.moves})),
    }


def _lines(texts: Mapping[str, Text]) -> dict[str, str]:
    total, service = _total(texts.values()), _total(t for m, t in texts.items() if room_of(m) == "service")
    comments, docstrings = (sum(getattr(t, what) for t in texts.values()) for what in ("comments", "docstrings"))
    return {
        "files": f"{len(texts):,}",
        f"files over {LONG_FILE} lines": str(sum(text.lines > LONG_FILE for text in texts.values())),
        "lines": f"{total:,}",
        "lines without the service": f"{total - service:,}",
        "lines with a comment": f"{comments / total:.1%}",
        "lines of docstrings": f"{docstrings / total:.1%}",
    }


def _total(texts: Iterable[Text]) -> int:
    return sum(text.lines for text in texts)


def _functions(texts: Mapping[str, Text]) -> dict[str, str]:
    found = sorted(function for text in texts.values() for function in text.functions)
    sizes = [function.lines for function in found]
    longest = [f"{function.lines} `{function.name}`" for function in reversed(found[-5:])]
    return {
        "functions": f"{len(found):,}",
        "lines of a function, median": f"{statistics.median(sizes):g}",
        "lines of a function, 95 of 100 have at most": str(sizes[-(-len(sizes) * 95 // 100) - 1]),
        "lines of the longest functions": "<br>".join(longest),
    }


def table(columns: Mapping[str, Mapping[str, str]]) -> str:
    """Return trees beside one another, as a table in Markdown."""
    rows = [["", *columns], ["---", *("---:" for _ in columns)]]
    names = dict.fromkeys(name for column in columns.values() for name in column)
    rows += [[name, *(column.get(name, "") for column in columns.values())] for name in names]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


# The command ----------------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures, or write them into a page, and return the exit code."""
    parser = argparse.ArgumentParser(description="Measure how the package is built.")
    parser.add_argument("--before", metavar="COMMIT", help="a commit to put beside this tree")
    parser.add_argument("--page", type=Path, help=f"write the table into this page, between {MARK} and {END}")
    parser.add_argument("--watch", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.watch:
        print("\n" + json.dumps(sorted(watch(options.watch, ["publish", "tiny"]))))
        return 0
    columns = {f"before ({options.before})": _figures_of(options.before)} if options.before else {}
    said = table({**columns, "now": figures(ROOT)})
    if options.page:
        _write(options.page, said)
    print(said, end="")
    return 0


def _figures_of(commit: str) -> dict[str, str]:
    """Return the figures of a commit, of which the files are laid down elsewhere for a moment."""
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True).stdout
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        return figures(Path(folder).resolve())


def _write(page: Path, said: str) -> None:
    before, _, rest = page.read_text(encoding="utf-8").partition(f"{MARK}\n")
    _, _, after = rest.partition(END)
    if not rest or not after:
        raise SystemExit(f"{page} has no {MARK} and {END}")
    page.write_text(f"{before}{MARK}\n{said}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
